/* A classic group becomes a consumer group while it works, and back. */
#include "core/broker/cgroup_priv.h"
#include "core/broker/group_priv.h"
#include "net/wire/gen/consumer_group_log.h"
#include "net/wire/gen/group_log.h"
#include "net/wire/subscription.h"

enum { CLASSIC_VALUE_VERSION = 3 };

/* ---- up ---- */

static int read_assignment(struct cgroup_turn *t, struct mr_slice bytes, struct cgroup_parts *ret)
{
    struct kw_consumer_protocol_assignment a;
    struct cgroup_topic topic;
    int16_t version;
    size_t total = 0;
    uint32_t count = 0;
    *ret = (struct cgroup_parts){NULL, 0};
    if (bytes.len == 0)
        return 0; /* it has joined and not got anything yet */
    int err = kw_assignment_decode(bytes, t->arena, &version, &a);
    if (err != 0)
        return err;
    for (int32_t i = 0; i < a.assigned_partitions_count; i++)
        total += (size_t)a.assigned_partitions[i].partitions_count;
    struct cgroup_part *items = arena_array(t->arena, struct cgroup_part, total);
    if (items == NULL)
        return -MR_E_LIMIT;
    for (int32_t i = 0; i < a.assigned_partitions_count; i++) {
        const struct kw_consumer_protocol_assignment_assigned_partition *p = &a.assigned_partitions[i];
        if (!t->topics->find(t->topics, p->topic, &topic))
            continue;
        for (int32_t k = 0; k < p->partitions_count; k++)
            items[count++] = (struct cgroup_part){topic.id, p->partitions[k]};
    }
    *ret = (struct cgroup_parts){items, cgroup_parts_sort(items, count)};
    return 0;
}

static int convert_member(struct cgroup_turn *t, const struct group *from, const struct group_member *src,
                          struct cgroup_member *m, struct cgroup_details *d)
{
    struct kw_consumer_protocol_subscription s;
    struct cgroup_parts assigned;
    int16_t version;
    struct mr_slice metadata = group_metadata(src, from->protocol_name);
    if (metadata.len == 0 && src->protocols->count > 0)
        metadata = src->protocols->items[0].metadata;
    int err = kw_subscription_decode(metadata, t->arena, &version, &s);
    if (err == 0)
        err = read_assignment(t, src->assignment, &assigned);
    if (err != 0)
        return err;
    *d = (struct cgroup_details){
        .instance_id = src->instance_id,
        .rack_id = s.rack_id,
        .client_id = src->client_id,
        .client_host = src->client_host,
        .regex = MR_STR_LIT(""),
        .rebalance_timeout_ms = src->rebalance_timeout_ms,
        .classic = true,
        .session_timeout_ms = src->session_timeout_ms,
        .protocols = src->protocols->items,
        .protocol_count = (uint32_t)src->protocols->count,
    };
    d->names = cgroup_names(t->arena, s.topics, s.topics_count, &d->name_count);
    *m = (struct cgroup_member){.id = src->id,
                                .d = d,
                                .epoch = from->generation,
                                .previous_epoch = from->generation,
                                .state = CGROUP_MEMBER_STABLE,
                                .assigned = assigned,
                                .target = assigned};
    return d->names != NULL ? 0 : -MR_E_LIMIT;
}

int cgroup_upgrade(struct cgroup *g, struct cgroup_turn *t, const struct group *from)
{
    uint32_t at = 0, count = 0, total = group_count(from);
    struct cgroup_member *members = arena_array(t->arena, struct cgroup_member, total);
    struct cgroup_details *details = arena_array(t->arena, struct cgroup_details, total);
    struct cgroup_reply reply;
    struct cgroup_draft d;
    MR_ASSERT(cgroup_void(g));
    if (members == NULL || details == NULL)
        return -MR_E_LIMIT;
    cgroup_draft_begin(&d, g, t, &reply);
    for (const struct group_member *m; (m = group_member_next(from, &at)) != NULL; count++) {
        int err = convert_member(t, from, m, &members[count], &details[count]);
        if (err != 0)
            return err;
    }
    for (uint32_t i = 0; i < count; i++)
        cgroup_put_member(t, g->id, &members[i]);
    cgroup_put_group(&d, from->generation, 0);
    for (uint32_t i = 0; i < count; i++)
        cgroup_put_target(t, g->id, members[i].id, members[i].target);
    cgroup_put_target_epoch(t, g->id, from->generation);
    for (uint32_t i = 0; i < count; i++)
        cgroup_put_current(t, g->id, &members[i]);
    return t->failed ? -MR_E_LIMIT : 0;
}

/* ---- down ---- */

static bool may_be_classic(const struct cgroup_draft *d)
{
    const struct cgroup_settings *s = d->t->settings;
    uint32_t at = 0, left = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(d->g, &at)) != NULL;) {
        if (!m->leaving && (!m->d->classic || m->d->protocol_count == 0))
            return false;
        left += !m->leaving;
    }
    return s->downgrade && left > 0 && left <= (uint32_t)s->classic_max_size;
}

/* One that all who stay offer; the first of the first who does. */
static struct mr_str common_protocol(const struct cgroup *g)
{
    uint32_t first_at = 0;
    const struct cgroup_member *first;
    while ((first = cgroup_member_next(g, &first_at)) != NULL && first->leaving) {
    }
    for (uint32_t i = 0; i < first->d->protocol_count; i++) {
        struct mr_str name = first->d->protocols[i].name;
        uint32_t at = 0, without = 0;
        for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
            bool has = m->leaving;
            for (uint32_t k = 0; !has && k < m->d->protocol_count; k++)
                has = mr_str_eq(m->d->protocols[k].name, name);
            without += !has;
        }
        if (without == 0)
            return name;
    }
    return first->d->protocols[0].name;
}

static bool put_assignment(struct cgroup_turn *t, struct cgroup_parts parts, struct mr_slice *ret)
{
    struct kw_consumer_protocol_assignment a;
    struct kw_writer w;
    int32_t count;
    struct cgroup_topic topic;
    const struct cgroup_topic_parts *topics = cgroup_parts_by_topic(t->arena, parts, &count);
    kw_consumer_protocol_assignment_init(&a);
    a.assigned_partitions = arena_array(t->arena, struct kw_consumer_protocol_assignment_assigned_partition,
                                        topics != NULL ? (size_t)count : 0);
    if (topics == NULL || a.assigned_partitions == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        if (t->topics->find_id(t->topics, topics[i].topic, &topic))
            a.assigned_partitions[a.assigned_partitions_count++] =
                (struct kw_consumer_protocol_assignment_assigned_partition){topic.name, topics[i].partitions,
                                                                            topics[i].count};
    }
    kw_writer_init(&w, t->arena, 64, CGROUP_RECORD_BYTES_MAX, false);
    kw_assignment_encode(&w, 0, &a);
    *ret = (struct mr_slice){w.buf, w.len};
    return w.err == 0;
}

static bool put_classic_member(struct cgroup_turn *t, const struct cgroup_member *m, struct mr_str protocol,
                               struct kw_group_metadata_value_member *dst)
{
    kw_group_metadata_value_member_init(dst);
    dst->member_id = m->id;
    dst->group_instance_id = m->d->instance_id;
    dst->client_id = m->d->client_id;
    dst->client_host = m->d->client_host;
    dst->rebalance_timeout = m->d->rebalance_timeout_ms;
    dst->session_timeout = m->d->session_timeout_ms;
    dst->subscription = m->d->protocols[0].metadata;
    for (uint32_t i = 0; i < m->d->protocol_count; i++) {
        if (mr_str_eq(m->d->protocols[i].name, protocol))
            dst->subscription = m->d->protocols[i].metadata;
    }
    return put_assignment(t, m->target, &dst->assignment);
}

static bool put_classic(struct cgroup_draft *d)
{
    struct kw_group_metadata_key k = {d->g->id};
    struct kw_group_metadata_value v;
    struct kw_writer key, value;
    uint32_t at = 0;
    kw_group_metadata_value_init(&v);
    v.protocol_type = MR_STR_LIT("consumer");
    v.generation = d->g->epoch;
    v.protocol = common_protocol(d->g);
    v.current_state_timestamp = d->t->wall_ms;
    v.members = arena_array(d->t->arena, struct kw_group_metadata_value_member, cgroup_count(d->g));
    if (v.members == NULL)
        return false;
    for (const struct cgroup_member *m; (m = cgroup_member_next(d->g, &at)) != NULL;) {
        if (m->leaving)
            continue;
        if (!put_classic_member(d->t, m, v.protocol, &v.members[v.members_count++]))
            return false;
    }
    v.leader = v.members[0].member_id;
    kw_writer_init(&key, d->t->arena, 64, CGROUP_RECORD_BYTES_MAX, false);
    kw_writer_init(&value, d->t->arena, 64, CGROUP_RECORD_BYTES_MAX, false);
    kw_put_int16(&key, KW_GROUP_METADATA);
    kw_group_metadata_key_encode(&key, KW_COORD_KEY_VERSION, &k);
    kw_put_int16(&value, CLASSIC_VALUE_VERSION);
    kw_group_metadata_value_encode(&value, CLASSIC_VALUE_VERSION, &v);
    if (key.err != 0 || value.err != 0)
        return false;
    d->ret->downgraded = true;
    d->ret->classic_value = (struct mr_slice){value.buf, value.len};
    d->t->write(d->t, (struct mr_slice){key.buf, key.len}, d->ret->classic_value);
    return true;
}

bool cgroup_downgrade(struct cgroup_draft *d)
{
    if (!may_be_classic(d))
        return false;
    cgroup_erase(d->g, d->t);
    if (!put_classic(d))
        d->t->failed = true;
    return true;
}
