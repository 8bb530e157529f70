/* An event on its way: what the group will be when its records are stable. */
#include <stdarg.h>
#include <stdio.h>

#include "core/broker/cgroup_priv.h"

void cgroup_draft_begin(struct cgroup_draft *d, struct cgroup *g, struct cgroup_turn *t,
                        struct cgroup_reply *ret)
{
    *d = (struct cgroup_draft){
        .g = g, .t = t, .ret = ret, .epoch = g->epoch, .assignment_epoch = g->assignment_epoch};
    *ret = (struct cgroup_reply){.member_epoch = 0};
    t->failed = false;
}

void cgroup_draft_end(struct cgroup_draft *d)
{
    uint32_t at = 0;
    for (struct cgroup_member *m; (m = cgroup_member_next(d->g, &at)) != NULL;)
        m->leaving = false;
    if (d->t->failed && d->ret->error == KW_NONE)
        d->ret->error = KW_COORDINATOR_NOT_AVAILABLE;
}

int16_t cgroup_refuse(struct cgroup_draft *d, int16_t error, const char *format, ...)
{
    char *text = arena_alloc(d->t->arena, CGROUP_MESSAGE_BYTES, 1);
    d->ret->error = error;
    if (text != NULL && format[0] != '\0') {
        va_list args;
        va_start(args, format);
        int len = vsnprintf(text, CGROUP_MESSAGE_BYTES, format, args);
        va_end(args);
        d->ret->message = (struct mr_str){text, (size_t)mr_imin(len, CGROUP_MESSAGE_BYTES - 1)};
    }
    return error;
}

int cgroup_draft_member(struct cgroup_draft *d, const struct cgroup_member *m, struct mr_str id)
{
    struct cgroup_member *now = arena_new(d->t->arena, struct cgroup_member);
    if (now == NULL) {
        d->t->failed = true;
        return -MR_E_LIMIT;
    }
    d->was = m;
    d->now = now;
    d->details = (struct cgroup_details){.rebalance_timeout_ms = -1, .regex = MR_STR_LIT("")};
    if (m != NULL) {
        *now = *m;
        d->details = *m->d;
        d->base = m->d;
    } else {
        cgroup_member_blank(now);
    }
    now->id = id;
    now->d = &d->details;
    now->leaving = false;
    return 0;
}

int cgroup_draft_members(struct cgroup_draft *d)
{
    uint32_t at = 0, count = cgroup_count(d->g) + 1;
    const struct cgroup_member **all = arena_array(d->t->arena, const struct cgroup_member *, count);
    if (all == NULL) {
        d->t->failed = true;
        return -MR_E_LIMIT;
    }
    count = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(d->g, &at)) != NULL;) {
        if (!m->leaving)
            all[count++] = m == d->was ? d->now : m;
    }
    if (d->now != NULL && d->was == NULL)
        all[count++] = d->now;
    d->members = all;
    d->member_count = count;
    return 0;
}

const struct cgroup_regex *cgroup_draft_regex(const struct cgroup_draft *d, struct mr_str text)
{
    for (uint32_t i = 0; i < d->matched_count; i++) {
        if (mr_str_eq(d->matched[i].text, text))
            return &d->matched[i];
    }
    return smap_get(&d->g->regexes, text);
}
