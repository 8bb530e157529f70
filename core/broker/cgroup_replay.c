/* Records of a consumer group, at loading and when they have become stable. */
#include "core/broker/cgroup_priv.h"
#include "core/mem.h"
#include "net/wire/gen/consumer_group_log.h"

static int replay_group(struct cgroup *g, struct cgroup_turn *t, struct kw_reader *r, int16_t version)
{
    struct kw_consumer_group_metadata_value v;
    int err = kw_consumer_group_metadata_value_decode(r, version, t->arena, &v);
    if (err != 0)
        return err;
    g->recorded = true;
    g->epoch = v.epoch;
    g->metadata_hash = v.metadata_hash;
    return 0;
}

static int classic_details(struct cgroup_turn *t, struct cgroup_details *d,
                           const struct kw_consumer_group_member_metadata_value_classic_member *c)
{
    struct group_protocol *protocols =
        arena_array(t->arena, struct group_protocol, (size_t)c->supported_protocols_count);
    if (protocols == NULL)
        return -MR_E_LIMIT;
    for (int32_t i = 0; i < c->supported_protocols_count; i++)
        protocols[i] =
            (struct group_protocol){c->supported_protocols[i].name, c->supported_protocols[i].metadata};
    d->classic = true;
    d->session_timeout_ms = c->session_timeout_ms;
    d->protocols = protocols;
    d->protocol_count = (uint32_t)c->supported_protocols_count;
    return 0;
}

static int replay_member(struct cgroup *g, struct cgroup_turn *t, struct kw_reader *r, int16_t version,
                         struct cgroup_member *m)
{
    struct kw_consumer_group_member_metadata_value v;
    int err = kw_consumer_group_member_metadata_value_decode(r, version, t->arena, &v);
    if (err != 0)
        return err;
    struct cgroup_details d = {
        .instance_id = v.instance_id,
        .rack_id = v.rack_id,
        .client_id = v.client_id,
        .client_host = v.client_host,
        .regex = v.subscribed_topic_regex,
        .assignor = v.server_assignor,
        .rebalance_timeout_ms = v.rebalance_timeout_ms,
    };
    d.names = cgroup_names(t->arena, v.subscribed_topic_names, v.subscribed_topic_names_count, &d.name_count);
    if (d.names == NULL)
        return -MR_E_LIMIT;
    if (v.classic_member_metadata != NULL)
        err = classic_details(t, &d, v.classic_member_metadata);
    return err != 0 ? err : cgroup_member_describe(g, m, &d);
}

/* Sorted and each once, whatever the record says. */
static void add_topic(struct cgroup_part **at, struct mr_uuid id, const int32_t *partitions, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        *(*at)++ = (struct cgroup_part){id, partitions[i]};
}

static int replay_target(struct cgroup *g, struct cgroup_turn *t, struct kw_reader *r, int16_t version,
                         struct cgroup_member *m)
{
    struct kw_consumer_group_target_assignment_member_value v;
    size_t count = 0;
    int err = kw_consumer_group_target_assignment_member_value_decode(r, version, t->arena, &v);
    for (int32_t i = 0; err == 0 && i < v.topic_partitions_count; i++)
        count += (size_t)v.topic_partitions[i].partitions_count;
    struct cgroup_part *items = err == 0 ? arena_array(t->arena, struct cgroup_part, count) : NULL;
    if (items == NULL)
        return err != 0 ? err : -MR_E_LIMIT;
    struct cgroup_part *at = items;
    for (int32_t i = 0; i < v.topic_partitions_count; i++)
        add_topic(&at, v.topic_partitions[i].topic_id, v.topic_partitions[i].partitions,
                  v.topic_partitions[i].partitions_count);
    m->has_target = true;
    return cgroup_member_set(g, &m->target,
                             (struct cgroup_parts){items, cgroup_parts_sort(items, (uint32_t)count)});
}

static int set_current(struct cgroup *g, struct cgroup_turn *t, struct cgroup_parts *dst,
                       const struct kw_consumer_group_current_member_assignment_value_topic *topics,
                       int32_t topics_count)
{
    size_t count = 0;
    for (int32_t i = 0; i < topics_count; i++)
        count += (size_t)topics[i].partitions_count;
    struct cgroup_part *items = arena_array(t->arena, struct cgroup_part, count);
    if (items == NULL)
        return -MR_E_LIMIT;
    struct cgroup_part *at = items;
    for (int32_t i = 0; i < topics_count; i++)
        add_topic(&at, topics[i].topic_id, topics[i].partitions, topics[i].partitions_count);
    return cgroup_member_set(g, dst, (struct cgroup_parts){items, cgroup_parts_sort(items, (uint32_t)count)});
}

static int64_t rebalance_ms(const struct cgroup_member *m)
{
    return m->d != NULL ? mr_imax(m->d->rebalance_timeout_ms, 0) : 0;
}

static int replay_current(struct cgroup *g, struct cgroup_turn *t, struct kw_reader *r, int16_t version,
                          struct cgroup_member *m)
{
    struct kw_consumer_group_current_member_assignment_value v;
    int err = kw_consumer_group_current_member_assignment_value_decode(r, version, t->arena, &v);
    if (err == 0)
        err = set_current(g, t, &m->assigned, v.assigned_partitions, v.assigned_partitions_count);
    if (err == 0)
        err = set_current(g, t, &m->revoking, v.partitions_pending_revocation,
                          v.partitions_pending_revocation_count);
    if (err != 0)
        return err;
    m->epoch = v.member_epoch;
    m->previous_epoch = v.previous_member_epoch;
    m->state = v.state >= 0 && v.state <= CGROUP_MEMBER_UNRELEASED ? v.state : CGROUP_MEMBER_UNKNOWN;
    m->revoke_due_ms = GROUP_NEVER;
    if (m->state == CGROUP_MEMBER_UNREVOKED) {
        m->revoke_due_ms = t->now_ms + rebalance_ms(m);
        cgroup_due(g, m->revoke_due_ms);
    }
    if (m->epoch == CGROUP_EPOCH_LEAVE_STATIC)
        m->join_due_ms = m->sync_due_ms = m->revoke_due_ms = GROUP_NEVER;
    return 0;
}

static struct cgroup_regex *regex_copy(const struct kw_consumer_group_regular_expression_value *v,
                                       struct mr_str text)
{
    size_t bytes = sizeof(struct cgroup_regex) + (size_t)v->topics_count * sizeof(struct mr_str) + text.len;
    for (int32_t i = 0; i < v->topics_count; i++)
        bytes += v->topics[i].len;
    struct cgroup_regex *x = mem_alloc(bytes);
    if (x == NULL)
        return NULL;
    struct mr_str *topics = (struct mr_str *)(x + 1);
    char *at = (char *)(topics + v->topics_count);
    for (int32_t i = 0; i < v->topics_count; i++) {
        memcpy(at, v->topics[i].ptr, v->topics[i].len);
        topics[i] = (struct mr_str){at, v->topics[i].len};
        at += v->topics[i].len;
    }
    if (text.len > 0)
        memcpy(at, text.ptr, text.len);
    *x = (struct cgroup_regex){.text = {at, text.len},
                               .topics = topics,
                               .topic_count = (uint32_t)v->topics_count,
                               .version = v->version,
                               .wall_ms = v->timestamp,
                               .bytes = bytes + CGROUP_KEY_BYTES};
    return x;
}

static void regex_remove(struct cgroup *g, struct mr_str text)
{
    struct cgroup_regex *x = smap_remove(&g->regexes, text);
    if (x == NULL)
        return;
    g->bytes -= x->bytes;
    mem_free(x);
}

static int replay_regex(struct cgroup *g, struct cgroup_turn *t, struct kw_reader *r, int16_t version,
                        struct mr_str text)
{
    struct kw_consumer_group_regular_expression_value v;
    int err = kw_consumer_group_regular_expression_value_decode(r, version, t->arena, &v);
    struct cgroup_regex *x = err == 0 ? regex_copy(&v, text) : NULL;
    if (x == NULL)
        return err != 0 ? err : -ENOMEM;
    regex_remove(g, text);
    err = smap_put(&g->regexes, x->text, x);
    if (err != 0)
        mem_free(x);
    else
        g->bytes += x->bytes;
    return err;
}

static void replay_tombstone(struct cgroup *g, int16_t type, struct mr_str second)
{
    static const struct cgroup_parts none;
    struct cgroup_member *m = second.ptr != NULL ? cgroup_member(g, second) : NULL;
    switch (type) {
    case KW_GROUP_CONSUMER_METADATA:
        cgroup_clear(g);
        return;
    case KW_GROUP_CONSUMER_PARTITION_METADATA:
        g->has_partition_metadata = false;
        return;
    case KW_GROUP_CONSUMER_TARGET_METADATA:
        g->assignment_epoch = -1;
        return;
    case KW_GROUP_CONSUMER_REGEX:
        regex_remove(g, second);
        return;
    default:
        break;
    }
    if (m == NULL)
        return;
    switch (type) {
    case KW_GROUP_CONSUMER_MEMBER_METADATA:
        cgroup_member_remove(g, m);
        return;
    case KW_GROUP_CONSUMER_TARGET_MEMBER:
        (void)cgroup_member_set(g, &m->target, none); /* what frees cannot fail */
        m->has_target = false;
        return;
    case KW_GROUP_CONSUMER_CURRENT_MEMBER:
        (void)cgroup_member_set(g, &m->assigned, none);
        (void)cgroup_member_set(g, &m->revoking, none);
        m->epoch = m->previous_epoch = CGROUP_EPOCH_LEAVE;
        m->state = CGROUP_MEMBER_STABLE;
        m->revoke_due_ms = GROUP_NEVER;
        return;
    default:
        return;
    }
}

static bool is_of_member(int16_t type)
{
    return type == KW_GROUP_CONSUMER_MEMBER_METADATA || type == KW_GROUP_CONSUMER_TARGET_MEMBER ||
           type == KW_GROUP_CONSUMER_CURRENT_MEMBER;
}

int cgroup_replay(struct cgroup *g, struct cgroup_turn *t, int16_t type, struct mr_str second,
                  struct mr_slice value)
{
    struct kw_reader r = kw_reader_of(value);
    struct kw_consumer_group_target_assignment_metadata_value epoch;
    struct kw_consumer_group_partition_metadata_value old;
    struct cgroup_member *m = NULL;
    int16_t version;
    if (value.ptr == NULL) {
        replay_tombstone(g, type, second);
        return 0;
    }
    int err = kw_coord_head_decode(&r, &version);
    if (err == 0 && is_of_member(type)) {
        m = cgroup_member_make(g, second);
        err = m == NULL ? -ENOMEM : 0;
    }
    if (err != 0)
        return err;
    switch (type) {
    case KW_GROUP_CONSUMER_METADATA:
        return replay_group(g, t, &r, version);
    case KW_GROUP_CONSUMER_PARTITION_METADATA:
        err = kw_consumer_group_partition_metadata_value_decode(&r, version, t->arena, &old);
        g->has_partition_metadata = g->has_partition_metadata || err == 0;
        return err;
    case KW_GROUP_CONSUMER_MEMBER_METADATA:
        return replay_member(g, t, &r, version, m);
    case KW_GROUP_CONSUMER_TARGET_METADATA:
        err = kw_consumer_group_target_assignment_metadata_value_decode(&r, version, t->arena, &epoch);
        if (err == 0)
            g->assignment_epoch = epoch.assignment_epoch;
        return err;
    case KW_GROUP_CONSUMER_TARGET_MEMBER:
        return replay_target(g, t, &r, version, m);
    case KW_GROUP_CONSUMER_CURRENT_MEMBER:
        return replay_current(g, t, &r, version, m);
    case KW_GROUP_CONSUMER_REGEX:
        return replay_regex(g, t, &r, version, second);
    default:
        return -MR_E_VERSION;
    }
}

void cgroup_loaded(struct cgroup *g, struct cgroup_turn *t)
{
    uint32_t at = 0;
    for (struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
        if (m->d == NULL) {
            cgroup_member_remove(g, m);
            continue;
        }
        int64_t session_ms = m->d->classic ? m->d->session_timeout_ms : t->settings->session_timeout_ms;
        m->session_due_ms = t->now_ms + session_ms;
        cgroup_due(g, m->session_due_ms);
        if (m->state == CGROUP_MEMBER_UNREVOKED) {
            m->revoke_due_ms = t->now_ms + rebalance_ms(m);
            cgroup_due(g, m->revoke_due_ms);
        }
    }
}
