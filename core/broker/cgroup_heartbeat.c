/* Who comes, stays, goes. */
#include "core/broker/cgroup_priv.h"

int16_t cgroup_room_check(struct cgroup_draft *d, struct mr_str member_id)
{
    const struct cgroup_settings *s = d->t->settings;
    bool full = cgroup_count(d->g) >= (uint32_t)s->max_size || d->g->bytes >= s->bytes_max;
    if (full && (member_id.len == 0 || cgroup_member(d->g, member_id) == NULL))
        return cgroup_refuse(d, KW_GROUP_MAX_SIZE_REACHED,
                             "The consumer group has reached its maximum capacity of %d members.",
                             s->max_size);
    return KW_NONE;
}

/* An answer may have been lost: the epoch before is good, too, of who has nothing but what it was given. */
static int16_t epoch_check(struct cgroup_draft *d, const struct cgroup_member *m,
                           const struct cgroup_heartbeat *in)
{
    const char *how = in->member_epoch > m->epoch ? "greater" : "smaller";
    if (in->member_epoch == m->epoch)
        return KW_NONE;
    if (in->member_epoch < m->epoch && in->member_epoch == m->previous_epoch && in->owned_given &&
        cgroup_parts_within(in->owned, m->assigned))
        return KW_NONE;
    return cgroup_refuse(
        d, KW_FENCED_MEMBER_EPOCH,
        "The consumer group member has a %s member epoch (%d) than the one known by the group "
        "coordinator (%d). The member must abandon all its partitions and rejoin.",
        how, in->member_epoch, m->epoch);
}

static int16_t unknown(struct cgroup_draft *d, struct mr_str member_id)
{
    return cgroup_refuse(d, KW_UNKNOWN_MEMBER_ID, "Member %.*s is not a member of group %.*s.",
                         MR_STR(member_id), MR_STR(d->g->id));
}

static int16_t find_dynamic(struct cgroup_draft *d, const struct cgroup_heartbeat *in)
{
    const struct cgroup_member *m = cgroup_member(d->g, in->member_id);
    if (m == NULL && in->member_epoch != 0)
        return unknown(d, in->member_id);
    int16_t error = m != NULL ? epoch_check(d, m, in) : KW_NONE;
    if (error == KW_NONE)
        (void)cgroup_draft_member(d, m, in->member_id);
    return error;
}

static int16_t find_static(struct cgroup_draft *d, const struct cgroup_heartbeat *in)
{
    struct cgroup_member *m = cgroup_instance(d->g, in->instance_id);
    if (in->member_epoch != 0) {
        int16_t error = cgroup_static_check(d, m, in->instance_id, in->member_id);
        if (error == KW_NONE)
            error = epoch_check(d, m, in);
        if (error == KW_NONE)
            (void)cgroup_draft_member(d, m, in->member_id);
        return error;
    }
    if (m == NULL)
        return find_dynamic(d, in);
    if (m->epoch != CGROUP_EPOCH_LEAVE_STATIC && !m->d->classic)
        return cgroup_refuse(d, KW_UNRELEASED_INSTANCE_ID,
                             "Static member %.*s with instance id %.*s cannot join the group because the "
                             "instance id is owned by %.*s member.",
                             MR_STR(in->member_id), MR_STR(in->instance_id), MR_STR(m->id));
    (void)cgroup_static_replace(d, m, in->member_id, 0);
    return KW_NONE;
}

static void update_details(struct cgroup_draft *d, const struct cgroup_heartbeat *in)
{
    struct cgroup_details *x = &d->details;
    if (in->instance_id.ptr != NULL)
        x->instance_id = in->instance_id;
    if (in->rack_id.ptr != NULL)
        x->rack_id = in->rack_id;
    if (in->rebalance_timeout_ms != -1)
        x->rebalance_timeout_ms = in->rebalance_timeout_ms;
    if (in->assignor.ptr != NULL)
        x->assignor = in->assignor;
    if (in->regex.ptr != NULL)
        x->regex = in->regex;
    if (in->names != NULL) {
        x->names = cgroup_names(d->t->arena, in->names, in->name_count, &x->name_count);
        if (x->names == NULL) {
            x->name_count = 0;
            d->t->failed = true;
        }
    }
    x->client_id = in->client_id;
    x->client_host = in->client_host;
    x->classic = false;
    x->session_timeout_ms = 0;
    x->protocols = NULL;
    x->protocol_count = 0;
}

void cgroup_member_turn(struct cgroup_draft *d, const struct cgroup_parts *owned)
{
    struct cgroup *g = d->g;
    bool bump = g->epoch == 0;
    if (d->base == NULL || !cgroup_details_eq(d->base, &d->details)) {
        cgroup_put_member(d->t, g->id, d->now);
        bump = bump || (d->base == NULL ? d->details.name_count > 0 : !cgroup_names_eq(d->base, &d->details));
    }
    if (cgroup_regex_change(d, &bump) != KW_NONE)
        return;
    int err = 0;
    if (bump || g->topics_version != d->t->topics->version)
        err = cgroup_refresh(d, bump);
    if (err == 0 && d->epoch > d->assignment_epoch)
        err = cgroup_target(d);
    if (err == 0)
        (void)cgroup_reconcile(d, owned);
}

static void stay(struct cgroup_draft *d, const struct cgroup_heartbeat *in)
{
    struct cgroup_reply *ret = d->ret;
    enum cgroup_assignor assignor;
    if (in->assignor.ptr != NULL && !cgroup_assignor_find(d->t->settings, in->assignor, &assignor)) {
        const struct cgroup_settings *s = d->t->settings;
        bool two = s->assignor_count > 1;
        (void)cgroup_refuse(d, KW_UNSUPPORTED_ASSIGNOR,
                            "ServerAssignor %.*s is not supported. Supported assignors: %s%s%s.",
                            MR_STR(in->assignor), cgroup_assignor_name(s->assignors[0]), two ? ", " : "",
                            two ? cgroup_assignor_name(s->assignors[1]) : "");
        return;
    }
    if (cgroup_room_check(d, in->member_id) != KW_NONE)
        return;
    if ((in->instance_id.ptr != NULL ? find_static(d, in) : find_dynamic(d, in)) != KW_NONE || d->t->failed)
        return;
    update_details(d, in);
    struct cgroup_parts before = d->now->assigned;
    cgroup_member_turn(d, in->owned_given ? &in->owned : NULL);
    if (ret->error != KW_NONE || d->t->failed)
        return;
    bool full =
        in->rebalance_timeout_ms != -1 && (in->names != NULL || in->regex.ptr != NULL) && in->owned_given;
    ret->member_id = d->now->id;
    ret->member_epoch = d->now->epoch;
    ret->heartbeat_interval_ms = d->t->settings->heartbeat_interval_ms;
    ret->with_assignment = in->member_epoch == 0 || full || !cgroup_parts_eq(before, d->now->assigned);
    ret->assignment = d->now->assigned;
    ret->alive = d->now->id;
    ret->session_ms = d->t->settings->session_timeout_ms;
}

/* ---- leaving ---- */

static void leave(struct cgroup_draft *d, const struct cgroup_heartbeat *in)
{
    struct cgroup_member *m = in->instance_id.ptr != NULL ? cgroup_instance(d->g, in->instance_id)
                                                          : cgroup_member(d->g, in->member_id);
    int16_t error = KW_NONE;
    if (in->instance_id.ptr != NULL)
        error = cgroup_static_check(d, m, in->instance_id, in->member_id);
    else if (m == NULL)
        error = unknown(d, in->member_id);
    if (error != KW_NONE)
        return;
    d->ret->member_id = in->member_id;
    d->ret->member_epoch = in->member_epoch;
    if (in->instance_id.ptr != NULL && in->member_epoch == CGROUP_EPOCH_LEAVE_STATIC) {
        struct cgroup_member gone = *m;
        gone.epoch = CGROUP_EPOCH_LEAVE_STATIC;
        gone.revoking = (struct cgroup_parts){NULL, 0};
        cgroup_put_current(d->t, d->g->id, &gone);
        return;
    }
    m->leaving = true;
    cgroup_fence(d);
}

void cgroup_heartbeat(struct cgroup *g, struct cgroup_turn *t, const struct cgroup_heartbeat *in,
                      struct cgroup_reply *ret)
{
    struct cgroup_draft d;
    cgroup_draft_begin(&d, g, t, ret);
    if (in->member_epoch < 0)
        leave(&d, in);
    else
        stay(&d, in);
    cgroup_draft_end(&d);
}

/* ---- beside others ---- */

bool cgroup_heartbeat_alone(const struct cgroup *g, const struct cgroup_heartbeat *in,
                            uint64_t topics_version)
{
    const struct cgroup_member *m = in->member_epoch > 0 ? cgroup_member(g, in->member_id) : NULL;
    if (m == NULL || m->d->classic || !mr_str_eq(in->client_id, m->d->client_id) ||
        !mr_str_eq(in->client_host, m->d->client_host))
        return true;
    bool other_place = in->instance_id.ptr != NULL && !mr_str_eq(in->instance_id, m->d->instance_id);
    bool tells = in->names != NULL || in->regex.ptr != NULL || in->assignor.ptr != NULL ||
                 in->rack_id.ptr != NULL || in->rebalance_timeout_ms != -1;
    bool due = g->topics_version != topics_version || g->epoch == 0 || g->epoch > g->assignment_epoch;
    return other_place || tells || due;
}

static void beats(struct cgroup *g, struct mr_str member_id, bool now)
{
    struct cgroup_member *m = cgroup_member(g, member_id);
    MR_ASSERT(m != NULL && m->beats != now);
    m->beats = now;
}

void cgroup_beat_begin(struct cgroup *g, struct mr_str member_id)
{
    beats(g, member_id, true);
}

void cgroup_beat_end(struct cgroup *g, struct mr_str member_id)
{
    beats(g, member_id, false);
}

bool cgroup_member_beats(const struct cgroup *g, struct mr_str member_id)
{
    const struct cgroup_member *m = cgroup_member(g, member_id);
    return m != NULL && m->beats;
}
