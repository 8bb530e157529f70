#include "core/broker/group_coord.h"

#include "core/broker/group_coord_priv.h"
#include "core/mem.h"

enum {
    EXPIRE_AT_ONCE = 1000, /* tombstones of one append */
    ARENA_BYTES_MAX = 64 << 20,
    GROUP_BYTES_MAX = 64 << 20, /* of one group's members */
};

bool group_exists(const struct group_entity *g)
{
    return g->has_offsets || (g->group != NULL && !group_void(g->group)) ||
           (g->cgroup != NULL && !cgroup_void(g->cgroup));
}

struct group_entity *group_find(struct coord *c, struct mr_str name)
{
    struct coord_entity *e = coord_entity(c, name);
    return e != NULL && group_exists(group_of(e)) ? group_of(e) : NULL;
}

/* ---- life ---- */

static struct coord_entity *make(struct coord *c)
{
    (void)c;
    struct group_entity *g = mem_zalloc(1, sizeof(*g));
    if (g == NULL)
        return NULL;
    group_offsets_init(&g->offsets);
    list_init(&g->with_txns);
    list_init(&g->late);
    return &g->e;
}

static void free_group(struct coord_entity *e)
{
    struct group_entity *g = group_of(e);
    list_remove(&g->with_txns);
    group_late_drop(g);
    group_offsets_done(&g->offsets);
    group_free(g->group);
    cgroup_free(g->cgroup);
    mem_free(g);
}

static bool is_empty(const struct coord_entity *e)
{
    const struct group_entity *g = MR_CONTAINER(e, const struct group_entity, e);
    return !group_exists(g) && (g->group == NULL || group_idle(g->group)) && list_empty(&g->late);
}

static int open_own(struct coord *c, void **ret)
{
    struct config_view v = broker_config_view(coord_home(c));
    struct group_own *own = mem_zalloc(1, sizeof(*own));
    if (own == NULL)
        return -ENOMEM;
    list_init(&own->with_txns);
    arena_init(&own->arena, ARENA_BYTES_MAX);
    arena_init(&own->turn_arena, ARENA_BYTES_MAX);
    own->retention_ms = config_int(&v, "offsets.retention.minutes") * 60000;
    own->metadata_max = (size_t)config_int(&v, "offset.metadata.max.bytes");
    own->limits = (struct group_limits){
        .session_timeout_ms_min = (int32_t)config_int(&v, "group.min.session.timeout.ms"),
        .session_timeout_ms_max = (int32_t)config_int(&v, "group.max.session.timeout.ms"),
        .initial_rebalance_delay_ms = (int32_t)config_int(&v, "group.initial.rebalance.delay.ms"),
        .max_size = (int32_t)config_int(&v, "group.max.size"),
        .bytes_max = GROUP_BYTES_MAX,
    };
    cgroup_settings_read(&v, &own->consumers);
    *ret = own;
    return 0;
}

static void close_own(struct coord *c, void *ctx)
{
    struct group_own *own = ctx;
    (void)c;
    arena_done(&own->arena);
    arena_done(&own->turn_arena);
    mem_free(own);
}

struct group *group_make(struct group_entity *g)
{
    if (g->group == NULL && group_new(g->e.name, coord_wall_ms(g->e.coord), &g->group) != 0)
        g->group = NULL;
    return g->group;
}

void group_drop(struct group_entity *g)
{
    group_free(g->group);
    g->group = NULL;
    coord_wake_at(&g->e, INT64_MAX);
}

void group_changed(struct group_entity *g)
{
    uint64_t bytes = g->offsets.bytes + (g->group != NULL ? group_bytes(g->group) : 0) +
                     (g->cgroup != NULL ? cgroup_bytes(g->cgroup) : 0);
    coord_charge(&g->e, (int64_t)bytes - (int64_t)g->charged);
    g->charged = bytes;
    list_remove(&g->with_txns);
    if (group_offsets_has_txns(&g->offsets))
        list_push(&group_own_of(&g->e)->with_txns, &g->with_txns);
}

int group_set_offset(struct group_entity *g, struct mr_str topic, int32_t partition, int64_t producer_id,
                     const struct group_offset *value)
{
    int err = g->cgroup == NULL && group_make(g) == NULL ? -ENOMEM : 0;
    if (err == 0)
        err = group_offsets_set(&g->offsets, topic, partition, producer_id, value, NULL);
    g->has_offsets = g->has_offsets || err == 0;
    group_changed(g);
    return err;
}

/* ---- loading ---- */

static int replay_offset(struct coord *c, const struct coord_record *r, struct kw_reader *key)
{
    struct group_own *own = coord_own(c);
    struct kw_offset_commit_key k;
    struct kw_offset_commit_value v;
    int err = kw_offset_commit_key_decode(key, KW_COORD_KEY_VERSION, &own->arena, &k);
    if (err != 0)
        return err;
    if (r->value.ptr == NULL) {
        struct coord_entity *e = coord_entity(c, k.group);
        if (e != NULL) {
            group_offsets_remove(&group_of(e)->offsets, k.topic, k.partition);
            group_changed(group_of(e));
        }
        return 0;
    }
    struct kw_reader value = kw_reader_of(r->value);
    int16_t version;
    err = kw_coord_head_decode(&value, &version);
    if (err == 0)
        err = kw_offset_commit_value_decode(&value, version, &own->arena, &v);
    struct coord_entity *e = err == 0 ? coord_entity_make(c, k.group) : NULL;
    if (e == NULL)
        return err != 0 ? err : -ENOMEM;
    struct group_offset o = {.offset = v.offset,
                             .commit_ms = v.commit_timestamp,
                             .expire_ms = v.expire_timestamp,
                             .record_offset = r->offset,
                             .leader_epoch = v.leader_epoch,
                             .topic_id = v.topic_id,
                             .metadata = v.metadata};
    return group_set_offset(group_of(e), k.topic, k.partition, r->producer_id, &o);
}

static int replay_group(struct coord *c, const struct coord_record *r, struct kw_reader *key)
{
    struct group_own *own = coord_own(c);
    struct kw_group_metadata_key k;
    int err = kw_group_metadata_key_decode(key, KW_COORD_KEY_VERSION, &own->arena, &k);
    if (err != 0)
        return err;
    struct coord_entity *e = r->value.ptr != NULL ? coord_entity_make(c, k.group) : coord_entity(c, k.group);
    if (e == NULL)
        return r->value.ptr != NULL ? -ENOMEM : 0;
    struct group_entity *g = group_of(e);
    if (r->value.ptr == NULL) {
        group_drop(g);
        g->has_offsets = !group_offsets_empty(&g->offsets);
        err = g->has_offsets && g->cgroup == NULL && group_make(g) == NULL ? -ENOMEM : 0;
    } else {
        cgroup_free(g->cgroup); /* a tombstone said so, and has been compacted away */
        g->cgroup = NULL;
        err = group_make(g) == NULL ? -ENOMEM : group_load(g->group, r->value);
    }
    group_changed(g);
    return err;
}

static int replay(struct coord *c, const struct coord_record *r)
{
    struct group_own *own = coord_own(c);
    struct kw_reader key = kw_reader_of(r->key);
    int16_t type;
    int err = kw_coord_head_decode(&key, &type);
    if (err != 0)
        return err;
    arena_reset(&own->arena);
    switch (type) {
    case KW_GROUP_OFFSET_COMMIT_OLD:
    case KW_GROUP_OFFSET_COMMIT:
        return replay_offset(c, r, &key);
    case KW_GROUP_METADATA:
        return replay_group(c, r, &key);
    case KW_GROUP_CONSUMER_METADATA:
    case KW_GROUP_CONSUMER_PARTITION_METADATA:
    case KW_GROUP_CONSUMER_MEMBER_METADATA:
    case KW_GROUP_CONSUMER_TARGET_METADATA:
    case KW_GROUP_CONSUMER_TARGET_MEMBER:
    case KW_GROUP_CONSUMER_CURRENT_MEMBER:
    case KW_GROUP_CONSUMER_REGEX:
        return cgroup_load_record(c, r, type, &key, &own->arena);
    default: /* a protocol that is not served here, or a later version's: as in Kafka, the rest is still good
              */
        if (!own->strange_told)
            log_warn(coord_home(c)->shard->log, "coord",
                     "records of unknown type are passed over part=%s-%d offset=%lld type=%d",
                     coord_partition(c)->topic, coord_partition(c)->index, (long long)r->offset, type);
        own->strange_told = true;
        return 0;
    }
}

static void replay_marker(struct coord *c, int64_t producer_id, bool commit)
{
    struct group_own *own = coord_own(c);
    struct mr_list all; /* group_changed() puts back those that have others' */
    list_init(&all);
    list_splice(&all, &own->with_txns);
    while (!list_empty(&all)) {
        struct group_entity *g = MR_CONTAINER(list_pop(&all), struct group_entity, with_txns);
        group_offsets_end_txn(&g->offsets, producer_id, commit);
        group_changed(g);
    }
}

static void start_group(void *ctx, struct coord_entity *e)
{
    struct group_entity *g = group_of(e);
    (void)ctx;
    /* All its offsets were deleted, or their transactions aborted: as if they had never been. */
    g->has_offsets = !group_offsets_empty(&g->offsets);
    if (g->cgroup != NULL)
        cgroup_load_end(g, &group_own_of(e)->turn_arena);
    g->load_pending = g->group != NULL || g->cgroup != NULL;
    if (g->load_pending)
        coord_wake_at(e, coord_now_ms(e->coord));
}

static void loaded(struct coord *c)
{
    arena_done(&((struct group_own *)coord_own(c))->arena);
    coord_each(c, start_group, NULL);
}

static void unload(struct coord_entity *e)
{
    struct group_entity *g = group_of(e);
    struct group_scene s;
    g->unloaded = true;
    if (g->group == NULL)
        return;
    group_scene_begin(&s, e, NULL, NULL);
    group_unload(g->group, &s.t, KW_NOT_COORDINATOR);
}

/* ---- records ---- */

void group_put_offset(struct coord_op *op, struct mr_str topic, int32_t partition,
                      const struct group_offset *o)
{
    const struct kw_coord_kind *kind = kw_coord_kind(KW_COORD_GROUPS, KW_GROUP_OFFSET_COMMIT);
    struct kw_offset_commit_key k;
    struct kw_offset_commit_value v;
    kw_offset_commit_key_init(&k);
    kw_offset_commit_value_init(&v);
    k.group = op->entity->name;
    k.topic = topic;
    k.partition = partition;
    if (o != NULL) {
        v.offset = o->offset;
        v.leader_epoch = o->leader_epoch;
        v.metadata = o->metadata;
        v.commit_timestamp = o->commit_ms;
        v.expire_timestamp = o->expire_ms;
        v.topic_id = o->topic_id;
    }
    /* Version 1 alone has an expiry of its own. */
    int16_t version = o == NULL || o->expire_ms == -1 ? kind->version : 1;
    coord_put_message(op, kind, &k, version, o != NULL ? &v : NULL);
}

void group_put_tombstone(struct coord_op *op)
{
    struct kw_group_metadata_key k;
    kw_group_metadata_key_init(&k);
    k.group = op->entity->name;
    coord_put_message(op, kw_coord_kind(KW_COORD_GROUPS, KW_GROUP_METADATA), &k, 0, NULL);
}

void group_put_end(struct group_entity *g, struct coord_op *op)
{
    struct group_own *own = group_own_of(&g->e);
    arena_reset(&own->turn_arena);
    if (g->cgroup != NULL)
        cgroup_put_erasure(g, op, &own->turn_arena);
    else
        group_put_tombstone(op);
}

/* ---- expiry ---- */

static bool is_subscribed(const void *ctx, struct mr_str topic)
{
    return group_subscribes(ctx, topic);
}

static bool is_consumed(const void *ctx, struct mr_str topic)
{
    return cgroup_subscribes(ctx, topic);
}

static struct group_expiry expiry_of(const struct group_entity *g, int64_t wall_ms)
{
    struct group_expiry how = {.rule = GROUP_EXPIRY_SINCE_COMMIT,
                               .retention_ms = group_own_of(&g->e)->retention_ms,
                               .now_ms = wall_ms};
    if (g->cgroup != NULL) {
        how.ctx = g->cgroup;
        how.subscribed = is_consumed;
        return how;
    }
    if (g->group == NULL)
        return how;
    how.ctx = g->group;
    how.subscribed = is_subscribed;
    if (!group_expires(g->group, &how.since_ms))
        how.rule = GROUP_EXPIRY_NEVER;
    else if (how.since_ms != -1)
        how.rule = GROUP_EXPIRY_SINCE;
    return how;
}

static bool has_members(const struct group_entity *g)
{
    if (g->cgroup != NULL)
        return !cgroup_is_empty(g->cgroup);
    return g->group != NULL && (group_delete_check(g->group) != KW_NONE || !group_idle(g->group));
}

/* Kafka removes a group without members once its last offset has gone. */
static bool group_is_over(const struct group_entity *g)
{
    return group_exists(g) && group_offsets_empty(&g->offsets) && !has_members(g);
}

static void note_expired(void *ctx, struct mr_str topic, int32_t partition)
{
    struct group_own *own = ctx;
    bool ok = true;
    if (own->gone != NULL)
        own->gone[own->gone_count++] = (struct group_gone){arena_str(&own->arena, topic, &ok), partition};
    if (!ok)
        own->gone_count--;
}

static bool wants_expiry(struct coord_entity *e, int64_t wall_ms)
{
    struct group_entity *g = group_of(e);
    struct group_own *own = group_own_of(e);
    struct group_expiry how = expiry_of(g, wall_ms);
    own->gone = NULL;
    return group_is_over(g) || group_offsets_due(&g->offsets, &how, 1, note_expired, own) > 0;
}

static void expire_run(struct coord_entity *e, struct coord_op *op, int64_t wall_ms)
{
    struct group_entity *g = group_of(e);
    struct group_own *own = group_own_of(e);
    struct group_expiry how = expiry_of(g, wall_ms);
    arena_reset(&own->arena);
    own->gone = arena_array(&own->arena, struct group_gone, EXPIRE_AT_ONCE);
    own->gone_count = 0;
    own->gone_group = false;
    if (own->gone == NULL) {
        coord_refuse(op, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    op->several = true;
    group_offsets_due(&g->offsets, &how, EXPIRE_AT_ONCE, note_expired, own);
    for (uint32_t i = 0; i < own->gone_count; i++)
        group_put_offset(op, own->gone[i].topic, own->gone[i].partition, NULL);
    if (own->gone_count == g->offsets.count && !group_offsets_has_txns(&g->offsets) && !has_members(g)) {
        own->gone_group = true;
        group_put_end(g, op);
    }
}

static void expire_done(struct coord_entity *e, struct coord_op *op, enum kw_error error)
{
    struct group_entity *g = group_of(e);
    struct group_own *own = group_own_of(e);
    (void)op;
    for (uint32_t i = 0; error == KW_NONE && i < own->gone_count; i++)
        group_offsets_remove(&g->offsets, own->gone[i].topic, own->gone[i].partition);
    if (error == KW_NONE && own->gone_group) {
        g->has_offsets = false;
        cgroup_drop(g);
        group_drop(g);
    }
    group_changed(g);
    arena_done(&own->arena);
}

static void mark_gone(void *ctx, struct coord_entity *e)
{
    (void)group_offsets_topic_gone(&group_of(e)->offsets, *(const struct mr_str *)ctx);
}

static void topic_gone(struct coord *c, struct mr_str topic)
{
    coord_each(c, mark_gone, &topic);
    coord_sweep(c);
}

/* ---- timers ---- */

static void wake_run(struct coord_entity *e, struct coord_op *op)
{
    struct group_entity *g = group_of(e);
    struct group_scene s;
    if (g->cgroup != NULL) {
        cgroup_wake(g);
        g->load_pending = false;
        return;
    }
    if (g->group == NULL)
        return;
    group_scene_begin(&s, e, op, &g->wake_tokens);
    if (g->load_pending)
        group_loaded(g->group, &s.t);
    g->load_pending = false;
    group_tick(g->group, &s.t);
    group_scene_end(g);
}

static void wake_done(struct coord_entity *e, struct coord_op *op, enum kw_error error)
{
    (void)op;
    group_scene_written(group_of(e), &group_of(e)->wake_tokens, error);
}

const struct coord_type group_coord_type = {
    .topic = "__consumer_offsets",
    .replay = replay,
    .replay_marker = replay_marker,
    .loaded = loaded,
    .make = make,
    .free = free_group,
    .is_empty = is_empty,
    .wake_shared = true,
    .wake_run = wake_run,
    .wake_done = wake_done,
    .unload = unload,
    .wants_expiry = wants_expiry,
    .expire_run = expire_run,
    .expire_done = expire_done,
    .topic_gone = topic_gone,
    .open = open_own,
    .close = close_own,
};
