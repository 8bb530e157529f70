/* Members of the classic protocol in a consumer group (KIP-848, online migration). They lead nothing: the
 * coordinator assigns. A rebalance is told to them by their heartbeats; they join again, with what they own,
 * and get what they may have by a sync. */
#include "core/broker/cgroup_priv.h"
#include "net/wire/subscription.h"

static uint32_t classic_count(const struct cgroup *g)
{
    uint32_t at = 0, count = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;)
        count += m->d->classic;
    return count;
}

static bool offers(const struct cgroup_details *d, struct mr_str protocol)
{
    for (uint32_t i = 0; i < d->protocol_count; i++) {
        if (mr_str_eq(d->protocols[i].name, protocol))
            return true;
    }
    return false;
}

static bool all_offer(const struct cgroup *g, struct mr_str protocol)
{
    uint32_t at = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
        if (m->d->classic && !offers(m->d, protocol))
            return false;
    }
    return true;
}

static bool supports(const struct cgroup *g, const struct group_join *in)
{
    if (!mr_str_is(in->protocol_type, "consumer") || in->protocol_count == 0)
        return false;
    for (int32_t i = 0; i < in->protocol_count; i++) {
        if (classic_count(g) == 0 || all_offer(g, in->protocols[i].name))
            return true;
    }
    return false;
}

static struct cgroup_parts owned_parts(struct cgroup_turn *t,
                                       const struct kw_consumer_protocol_subscription *s, bool *ok)
{
    size_t total = 0;
    uint32_t count = 0;
    struct cgroup_topic topic;
    for (int32_t i = 0; i < s->owned_partitions_count; i++)
        total += (size_t)s->owned_partitions[i].partitions_count;
    struct cgroup_part *items = arena_array(t->arena, struct cgroup_part, total);
    *ok = *ok && items != NULL;
    for (int32_t i = 0; *ok && i < s->owned_partitions_count; i++) {
        const struct kw_consumer_protocol_subscription_owned_partition *o = &s->owned_partitions[i];
        if (!t->topics->find(t->topics, o->topic, &topic))
            continue;
        for (int32_t k = 0; k < o->partitions_count; k++)
            items[count++] = (struct cgroup_part){topic.id, o->partitions[k]};
    }
    return (struct cgroup_parts){items, *ok ? cgroup_parts_sort(items, count) : 0};
}

static void update_details(struct cgroup_draft *d, const struct group_join *in,
                           const struct kw_consumer_protocol_subscription *s)
{
    struct cgroup_details *x = &d->details;
    if (in->instance_id.ptr != NULL)
        x->instance_id = in->instance_id;
    if (s->rack_id.ptr != NULL)
        x->rack_id = s->rack_id;
    x->rebalance_timeout_ms = in->rebalance_timeout_ms;
    x->names = cgroup_names(d->t->arena, s->topics, s->topics_count, &x->name_count);
    if (x->names == NULL) {
        x->name_count = 0;
        d->t->failed = true;
    }
    x->client_id = in->client_id.ptr != NULL ? in->client_id : MR_STR_LIT("");
    x->client_host = in->client_host;
    x->classic = true;
    x->session_timeout_ms = in->session_timeout_ms;
    x->protocols = in->protocols;
    x->protocol_count = (uint32_t)in->protocol_count;
}

static int16_t find(struct cgroup_draft *d, const struct group_join *in, struct mr_str id)
{
    struct cgroup_member *m = cgroup_instance(d->g, in->instance_id);
    if (in->instance_id.ptr == NULL || (in->member_id.len == 0 && m == NULL)) {
        (void)cgroup_draft_member(d, cgroup_member(d->g, id), id);
    } else if (in->member_id.len == 0) {
        (void)cgroup_static_replace(d, m, id, 0);
    } else {
        int16_t error = cgroup_static_check(d, m, in->instance_id, id);
        if (error != KW_NONE)
            return error;
        (void)cgroup_draft_member(d, m, id);
    }
    return KW_NONE;
}

static void join(struct cgroup_draft *d, const struct group_join *in, struct mr_str id)
{
    struct kw_consumer_protocol_subscription s;
    int16_t version;
    bool ok = true;
    if (kw_subscription_decode(in->protocols[0].metadata, d->t->arena, &version, &s) != 0) {
        (void)cgroup_refuse(d, KW_UNKNOWN_SERVER_ERROR, "%s", "");
        return;
    }
    if (find(d, in, id) != KW_NONE || d->t->failed)
        return;
    update_details(d, in, &s);
    struct cgroup_parts owned = owned_parts(d->t, &s, &ok);
    if (!ok) {
        d->t->failed = true;
        return;
    }
    cgroup_member_turn(d, &owned);
    struct cgroup_reply *ret = d->ret;
    if (ret->error != KW_NONE || d->t->failed)
        return;
    ret->member_id = d->now->id;
    ret->member_epoch = d->now->epoch;
    ret->protocol_name = in->protocols[0].name;
    ret->alive = d->now->id;
    ret->session_ms = in->session_timeout_ms;
    ret->sync_ms = in->rebalance_timeout_ms;
    ret->joined = true;
}

void cgroup_join(struct cgroup *g, struct cgroup_turn *t, const struct group_join *in, struct mr_str fresh,
                 struct cgroup_reply *ret)
{
    struct cgroup_draft d;
    struct mr_str id = in->member_id.len > 0 ? in->member_id : fresh;
    cgroup_draft_begin(&d, g, t, ret);
    if (in->session_timeout_ms < t->settings->classic_session_ms_min ||
        in->session_timeout_ms > t->settings->classic_session_ms_max) {
        (void)cgroup_refuse(&d, KW_INVALID_SESSION_TIMEOUT, "%s", "");
    } else if (cgroup_room_check(&d, id) != KW_NONE) {
        /* refused */
    } else if (!supports(g, in)) {
        (void)cgroup_refuse(&d, KW_INCONSISTENT_GROUP_PROTOCOL, "%s", "");
    } else if (in->id_required && in->instance_id.ptr == NULL && in->member_id.len == 0) {
        (void)cgroup_refuse(&d, KW_MEMBER_ID_REQUIRED, "%s", "");
        ret->member_id = id;
    } else {
        join(&d, in, id);
    }
    cgroup_draft_end(&d);
}

/* ---- those who are in ---- */

/* NULL: refused. */
static struct cgroup_member *known(struct cgroup_draft *d, struct mr_str member_id, struct mr_str instance_id)
{
    struct cgroup_member *m =
        instance_id.ptr != NULL ? cgroup_instance(d->g, instance_id) : cgroup_member(d->g, member_id);
    if (instance_id.ptr != NULL && cgroup_static_check(d, m, instance_id, member_id) != KW_NONE)
        return NULL;
    if (m == NULL || !m->d->classic) {
        (void)cgroup_refuse(d, KW_UNKNOWN_MEMBER_ID, "%s", "");
        return NULL;
    }
    return m;
}

/* It must join again within its rebalance timeout; the first time that it hears of it counts. */
static int16_t tell_rebalance(struct cgroup_draft *d, struct cgroup_member *m)
{
    if (m->join_due_ms == GROUP_NEVER) {
        m->join_due_ms = d->t->now_ms + m->d->rebalance_timeout_ms;
        cgroup_due(d->g, m->join_due_ms);
    }
    return cgroup_refuse(d, KW_REBALANCE_IN_PROGRESS, "%s", "");
}

static void stay_alive(struct cgroup_draft *d, struct cgroup_member *m)
{
    m->session_due_ms = d->t->now_ms + m->d->session_timeout_ms;
    cgroup_due(d->g, m->session_due_ms);
}

static int put_assignment(struct cgroup_turn *t, const struct cgroup_member *m, struct mr_slice *ret)
{
    struct kw_consumer_protocol_assignment a;
    struct kw_consumer_protocol_subscription s;
    struct kw_writer w;
    int16_t version = 0;
    int32_t count;
    const struct cgroup_topic_parts *topics = cgroup_parts_by_topic(t->arena, m->assigned, &count);
    kw_consumer_protocol_assignment_init(&a);
    a.assigned_partitions = arena_array(t->arena, struct kw_consumer_protocol_assignment_assigned_partition,
                                        topics != NULL ? (size_t)count : 0);
    if (topics == NULL || a.assigned_partitions == NULL)
        return -MR_E_LIMIT;
    for (int32_t i = 0; i < count; i++) {
        struct cgroup_topic topic;
        if (t->topics->find_id(t->topics, topics[i].topic, &topic))
            a.assigned_partitions[a.assigned_partitions_count++] =
                (struct kw_consumer_protocol_assignment_assigned_partition){topic.name, topics[i].partitions,
                                                                            topics[i].count};
    }
    if (m->d->protocol_count > 0 &&
        kw_subscription_decode(m->d->protocols[0].metadata, t->arena, &version, &s) != 0)
        version = 0;
    kw_writer_init(&w, t->arena, 64, CGROUP_RECORD_BYTES_MAX, false);
    kw_assignment_encode(&w, version, &a);
    *ret = (struct mr_slice){w.buf, w.len};
    return w.err;
}

static void take_sync(struct cgroup_draft *d, const struct group_sync *in, struct mr_slice *ret_assignment)
{
    struct cgroup_member *m = known(d, in->member_id, in->instance_id);
    if (m == NULL)
        return;
    if (in->generation != m->epoch) {
        (void)cgroup_refuse(d, KW_ILLEGAL_GENERATION, "%s", "");
    } else if ((in->protocol_type.ptr != NULL && !mr_str_is(in->protocol_type, "consumer")) ||
               (in->protocol_name.ptr != NULL && m->d->protocol_count > 0 &&
                !mr_str_eq(in->protocol_name, m->d->protocols[0].name))) {
        (void)cgroup_refuse(d, KW_INCONSISTENT_GROUP_PROTOCOL, "%s", "");
    } else if (d->g->epoch > m->epoch && m->state != CGROUP_MEMBER_UNREVOKED) {
        (void)tell_rebalance(d, m);
    } else if (put_assignment(d->t, m, ret_assignment) != 0) {
        d->t->failed = true;
    } else {
        m->sync_due_ms = GROUP_NEVER;
        stay_alive(d, m);
    }
}

void cgroup_sync(struct cgroup *g, struct cgroup_turn *t, const struct group_sync *in,
                 struct cgroup_reply *ret, struct mr_slice *ret_assignment)
{
    struct cgroup_draft d;
    cgroup_draft_begin(&d, g, t, ret);
    *ret_assignment = (struct mr_slice){(const uint8_t *)"", 0};
    take_sync(&d, in, ret_assignment);
    cgroup_draft_end(&d);
}

void cgroup_classic_heartbeat(struct cgroup *g, struct cgroup_turn *t, struct mr_str member_id,
                              struct mr_str instance_id, int32_t generation, struct cgroup_reply *ret)
{
    struct cgroup_draft d;
    cgroup_draft_begin(&d, g, t, ret);
    struct cgroup_member *m = known(&d, member_id, instance_id);
    if (m != NULL && generation != m->epoch) {
        (void)cgroup_refuse(&d, KW_ILLEGAL_GENERATION, "%s", "");
    } else if (m != NULL) {
        stay_alive(&d, m);
        bool more = m->state == CGROUP_MEMBER_UNRELEASED && !cgroup_waits_for_others(g, m, t->arena);
        if (m->epoch < g->epoch || m->state == CGROUP_MEMBER_UNREVOKED || more)
            (void)tell_rebalance(&d, m);
    }
    cgroup_draft_end(&d);
}

/* An administrator may name an instance alone, of whatever protocol. */
static int16_t leave_one(struct cgroup_draft *d, const struct group_leaver *l)
{
    struct cgroup_member *m = l->instance_id.ptr != NULL ? cgroup_instance(d->g, l->instance_id)
                                                         : cgroup_member(d->g, l->member_id);
    if (m == NULL || m->leaving)
        return KW_UNKNOWN_MEMBER_ID;
    if (l->member_id.len > 0 && !mr_str_eq(m->id, l->member_id))
        return KW_FENCED_INSTANCE_ID;
    if (l->member_id.len > 0 && !m->d->classic)
        return KW_UNKNOWN_MEMBER_ID;
    m->leaving = true;
    return KW_NONE;
}

void cgroup_leave(struct cgroup *g, struct cgroup_turn *t, struct group_leaver *leavers, int32_t count,
                  struct cgroup_reply *ret)
{
    struct cgroup_draft d;
    bool any = false;
    cgroup_draft_begin(&d, g, t, ret);
    for (int32_t i = 0; i < count; i++) {
        leavers[i].ret_error = leave_one(&d, &leavers[i]);
        any = any || leavers[i].ret_error == KW_NONE;
    }
    if (any)
        cgroup_fence(&d);
    cgroup_draft_end(&d);
}
