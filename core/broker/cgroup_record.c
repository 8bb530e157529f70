/* A consumer group as records of __consumer_offsets. */
#include "core/broker/cgroup_priv.h"
#include "net/wire/gen/consumer_group_log.h"

static void put(struct cgroup_turn *t, enum kw_group_record type, const void *key, const void *value)
{
    const struct kw_coord_kind *kind = kw_coord_kind(KW_COORD_GROUPS, (int16_t)type);
    struct kw_writer k, v;
    kw_writer_init(&k, t->arena, 64, CGROUP_RECORD_BYTES_MAX, false);
    kw_writer_init(&v, t->arena, value != NULL ? 64 : 0, CGROUP_RECORD_BYTES_MAX, false);
    kw_coord_key_encode(&k, kind, key);
    if (value != NULL)
        kw_coord_value_encode(&v, kind, kind->version, value);
    if (k.err != 0 || v.err != 0) {
        t->failed = true;
        return;
    }
    t->write(t, (struct mr_slice){k.buf, k.len},
             value != NULL ? (struct mr_slice){v.buf, v.len} : (struct mr_slice){NULL, 0});
}

void cgroup_put_group(struct cgroup_draft *d, int32_t epoch, int64_t hash)
{
    struct kw_consumer_group_metadata_key k = {d->g->id};
    struct kw_consumer_group_metadata_value v = {epoch, hash};
    if (d->g->has_partition_metadata)
        cgroup_put_tombstone(d->t, d->g->id, KW_GROUP_CONSUMER_PARTITION_METADATA, (struct mr_str){NULL, 0});
    put(d->t, KW_GROUP_CONSUMER_METADATA, &k, &v);
}

static bool put_classic(struct cgroup_turn *t, const struct cgroup_details *d,
                        struct kw_consumer_group_member_metadata_value_classic_member *c)
{
    kw_consumer_group_member_metadata_value_classic_member_init(c);
    c->session_timeout_ms = d->session_timeout_ms;
    c->supported_protocols =
        arena_array(t->arena, struct kw_consumer_group_member_metadata_value_protocol, d->protocol_count);
    for (uint32_t i = 0; c->supported_protocols != NULL && i < d->protocol_count; i++)
        c->supported_protocols[c->supported_protocols_count++] =
            (struct kw_consumer_group_member_metadata_value_protocol){d->protocols[i].name,
                                                                      d->protocols[i].metadata};
    return c->supported_protocols != NULL;
}

static struct mr_str or_empty(struct mr_str s)
{
    return s.ptr != NULL ? s : MR_STR_LIT("");
}

void cgroup_put_member(struct cgroup_turn *t, struct mr_str group, const struct cgroup_member *m)
{
    const struct cgroup_details *d = m->d;
    struct kw_consumer_group_member_metadata_key k = {group, m->id};
    struct kw_consumer_group_member_metadata_value v;
    struct kw_consumer_group_member_metadata_value_classic_member classic;
    kw_consumer_group_member_metadata_value_init(&v);
    v.instance_id = d->instance_id;
    v.rack_id = d->rack_id;
    v.client_id = or_empty(d->client_id);
    v.client_host = or_empty(d->client_host);
    v.subscribed_topic_names = (struct mr_str *)d->names;
    v.subscribed_topic_names_count = (int32_t)d->name_count;
    v.subscribed_topic_regex = d->regex;
    v.rebalance_timeout_ms = d->rebalance_timeout_ms;
    v.server_assignor = d->assignor;
    v.classic_member_metadata = d->classic ? &classic : NULL;
    if (d->classic && !put_classic(t, d, &classic))
        t->failed = true;
    else
        put(t, KW_GROUP_CONSUMER_MEMBER_METADATA, &k, &v);
}

void cgroup_put_target(struct cgroup_turn *t, struct mr_str group, struct mr_str member,
                       struct cgroup_parts parts)
{
    struct kw_consumer_group_target_assignment_member_key k = {group, member};
    struct kw_consumer_group_target_assignment_member_value v;
    int32_t count;
    const struct cgroup_topic_parts *topics = cgroup_parts_by_topic(t->arena, parts, &count);
    kw_consumer_group_target_assignment_member_value_init(&v);
    v.topic_partitions = arena_array(t->arena, struct kw_consumer_group_target_assignment_member_value_topic,
                                     topics != NULL ? (size_t)count : 0);
    if (topics == NULL || v.topic_partitions == NULL) {
        t->failed = true;
        return;
    }
    for (int32_t i = 0; i < count; i++)
        v.topic_partitions[v.topic_partitions_count++] =
            (struct kw_consumer_group_target_assignment_member_value_topic){topics[i].topic,
                                                                            topics[i].partitions,
                                                                            topics[i].count};
    put(t, KW_GROUP_CONSUMER_TARGET_MEMBER, &k, &v);
}

void cgroup_put_target_epoch(struct cgroup_turn *t, struct mr_str group, int32_t epoch)
{
    struct kw_consumer_group_target_assignment_metadata_key k = {group};
    struct kw_consumer_group_target_assignment_metadata_value v = {epoch};
    put(t, KW_GROUP_CONSUMER_TARGET_METADATA, &k, &v);
}

static struct kw_consumer_group_current_member_assignment_value_topic *
current_topics(struct cgroup_turn *t, struct cgroup_parts parts, int32_t *ret_count)
{
    const struct cgroup_topic_parts *topics = cgroup_parts_by_topic(t->arena, parts, ret_count);
    struct kw_consumer_group_current_member_assignment_value_topic *all =
        topics != NULL ? arena_array(t->arena, struct kw_consumer_group_current_member_assignment_value_topic,
                                     (size_t)*ret_count)
                       : NULL;
    for (int32_t i = 0; all != NULL && i < *ret_count; i++)
        all[i] = (struct kw_consumer_group_current_member_assignment_value_topic){topics[i].topic,
                                                                                  topics[i].partitions,
                                                                                  topics[i].count};
    return all;
}

void cgroup_put_current(struct cgroup_turn *t, struct mr_str group, const struct cgroup_member *m)
{
    struct kw_consumer_group_current_member_assignment_key k = {group, m->id};
    struct kw_consumer_group_current_member_assignment_value v;
    kw_consumer_group_current_member_assignment_value_init(&v);
    v.member_epoch = m->epoch;
    v.previous_member_epoch = m->previous_epoch;
    v.state = m->state;
    v.assigned_partitions = current_topics(t, m->assigned, &v.assigned_partitions_count);
    v.partitions_pending_revocation = current_topics(t, m->revoking, &v.partitions_pending_revocation_count);
    if (v.assigned_partitions == NULL || v.partitions_pending_revocation == NULL)
        t->failed = true;
    else
        put(t, KW_GROUP_CONSUMER_CURRENT_MEMBER, &k, &v);
}

void cgroup_put_regex(struct cgroup_turn *t, struct mr_str group, const struct cgroup_regex *r)
{
    struct kw_consumer_group_regular_expression_key k = {group, r->text};
    struct kw_consumer_group_regular_expression_value v;
    kw_consumer_group_regular_expression_value_init(&v);
    v.topics = r->topics;
    v.topics_count = (int32_t)r->topic_count;
    v.version = r->version;
    v.timestamp = r->wall_ms;
    put(t, KW_GROUP_CONSUMER_REGEX, &k, &v);
}

/* Every key of these begins with the group's id and has at most one text behind it. */
void cgroup_put_tombstone(struct cgroup_turn *t, struct mr_str group, enum kw_group_record type,
                          struct mr_str second)
{
    struct kw_consumer_group_member_metadata_key two = {group, second};
    struct kw_consumer_group_metadata_key one = {group};
    struct kw_writer k;
    kw_writer_init(&k, t->arena, 64, CGROUP_RECORD_BYTES_MAX, false);
    kw_put_int16(&k, (int16_t)type);
    if (second.ptr != NULL)
        kw_consumer_group_member_metadata_key_encode(&k, KW_COORD_KEY_VERSION, &two);
    else
        kw_consumer_group_metadata_key_encode(&k, KW_COORD_KEY_VERSION, &one);
    if (k.err != 0)
        t->failed = true;
    else
        t->write(t, (struct mr_slice){k.buf, k.len}, (struct mr_slice){NULL, 0});
}

void cgroup_put_gone(struct cgroup_turn *t, struct mr_str group, struct mr_str member)
{
    cgroup_put_tombstone(t, group, KW_GROUP_CONSUMER_CURRENT_MEMBER, member);
    cgroup_put_tombstone(t, group, KW_GROUP_CONSUMER_TARGET_MEMBER, member);
    cgroup_put_tombstone(t, group, KW_GROUP_CONSUMER_MEMBER_METADATA, member);
}

void cgroup_erase(const struct cgroup *g, struct cgroup_turn *t)
{
    static const struct mr_str none;
    uint32_t at = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;)
        cgroup_put_tombstone(t, g->id, KW_GROUP_CONSUMER_CURRENT_MEMBER, m->id);
    at = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;)
        cgroup_put_tombstone(t, g->id, KW_GROUP_CONSUMER_TARGET_MEMBER, m->id);
    cgroup_put_tombstone(t, g->id, KW_GROUP_CONSUMER_TARGET_METADATA, none);
    at = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;)
        cgroup_put_tombstone(t, g->id, KW_GROUP_CONSUMER_MEMBER_METADATA, m->id);
    at = 0;
    for (const struct cgroup_regex *r; (r = smap_next(&g->regexes, &at)) != NULL;)
        cgroup_put_tombstone(t, g->id, KW_GROUP_CONSUMER_REGEX, r->text);
    if (g->has_partition_metadata)
        cgroup_put_tombstone(t, g->id, KW_GROUP_CONSUMER_PARTITION_METADATA, none);
    cgroup_put_tombstone(t, g->id, KW_GROUP_CONSUMER_METADATA, none);
}
