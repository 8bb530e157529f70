/* Subscriptions by expression: matched by the coordinator, kept in the log, matched anew when topics come. */
#include "core/broker/cgroup_priv.h"

bool cgroup_has_regexes(const struct cgroup *g)
{
    uint32_t at = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
        if (m->d->regex.len > 0)
            return true;
    }
    return false;
}

static uint32_t holders(const struct cgroup *g, struct mr_str text)
{
    uint32_t at = 0, count = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;)
        count += !m->leaving && mr_str_eq(m->d->regex, text);
    return count;
}

/* When they are to be matched. What nobody has matched yet is at once; else not all the time. */
static void want(struct cgroup_draft *d)
{
    const struct cgroup *g = d->g;
    struct mr_str text = d->details.regex;
    bool fresh = text.len > 0 && cgroup_draft_regex(d, text) == NULL;
    if (text.len == 0)
        return;
    bool old = g->regexes_ms == GROUP_NEVER || g->regexes_version != d->t->topics->version ||
               d->t->now_ms > g->regexes_ms + d->t->settings->regex_refresh_ms;
    bool paused = g->regexes_ms != GROUP_NEVER && d->t->now_ms <= g->regexes_ms + CGROUP_REGEX_PAUSE_MS;
    d->ret->regexes_wanted = fresh || (old && !paused);
}

int16_t cgroup_regex_change(struct cgroup_draft *d, bool *ret_bump)
{
    struct mr_str was = d->base != NULL ? d->base->regex : (struct mr_str){NULL, 0};
    struct mr_str now = d->details.regex, why = {NULL, 0};
    if (!mr_str_eq(was, now)) {
        /* A predecessor that leaves in this event still counts: its expression is the newcomer's. */
        bool last = was.len > 0 && holders(d->g, was) == (d->was != NULL ? 1 : 0);
        if (last && smap_get(&d->g->regexes, was) != NULL)
            cgroup_put_tombstone(d->t, d->g->id, KW_GROUP_CONSUMER_REGEX, was);
        if (now.len > 0 && holders(d->g, now) == 0) {
            int16_t error = d->t->regexes->check(d->t->regexes, d->t->arena, now, &why);
            if (error != KW_NONE)
                return cgroup_refuse(d, error,
                                     "SubscribedTopicRegex `%.*s` is not a valid regular expression: %.*s.",
                                     MR_STR(now), MR_STR(why));
        } else if (now.len > 0 && smap_get(&d->g->regexes, now) != NULL) {
            *ret_bump = true;
        }
        *ret_bump = *ret_bump || (was.len > 0 && now.len == 0);
    }
    want(d);
    return KW_NONE;
}

/* What has not been matched yet stands for no topics. */
static bool same_topics(const struct cgroup_regex *a, const struct cgroup_regex *b)
{
    if ((a != NULL ? a->topic_count : 0) != b->topic_count)
        return false;
    for (uint32_t i = 0; i < b->topic_count; i++) {
        if (!mr_str_eq(a->topics[i], b->topics[i]))
            return false;
    }
    return true;
}

bool cgroup_regex_match(struct cgroup_draft *d)
{
    uint32_t at = 0, count = 0;
    bool changed = false;
    struct cgroup_regex *all = arena_array(d->t->arena, struct cgroup_regex, cgroup_count(d->g));
    struct mr_smap seen; /* none of them twice */
    bool ok = all != NULL;
    smap_init(&seen);
    d->matched = all;
    for (const struct cgroup_member *m; ok && (m = cgroup_member_next(d->g, &at)) != NULL;) {
        struct mr_str text = m->d->regex;
        if (m->leaving || text.len == 0 || smap_get(&seen, text) != NULL)
            continue;
        struct cgroup_regex *r = &all[count];
        *r = (struct cgroup_regex){.text = text,
                                   .version = (int64_t)d->t->topics->version,
                                   .wall_ms = d->t->wall_ms};
        cgroup_matching_found(d->g, text, &r->topics, &r->topic_count);
        const struct cgroup_regex *was = smap_get(&d->g->regexes, text);
        bool same = same_topics(was, r);
        if (was == NULL || !same)
            cgroup_put_regex(d->t, d->g->id, r);
        changed = changed || !same;
        d->matched_count = ++count;
        ok = smap_put(&seen, text, r) == 0;
    }
    smap_done(&seen);
    if (!ok) {
        d->t->failed = true;
        return false;
    }
    d->ret->regexes_done = true;
    d->ret->topics_version = d->t->topics->version;
    return changed;
}

void cgroup_regex_drop(struct cgroup_draft *d)
{
    uint32_t at = 0;
    for (const struct cgroup_regex *r; (r = smap_next(&d->g->regexes, &at)) != NULL;) {
        if (holders(d->g, r->text) == 0)
            cgroup_put_tombstone(d->t, d->g->id, KW_GROUP_CONSUMER_REGEX, r->text);
    }
}
