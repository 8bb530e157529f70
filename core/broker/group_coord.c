#include "core/broker/group_coord.h"

#include "core/broker/java_hash.h"
#include "core/mem.h"
#include "net/wire/gen/group_log.h"

enum {
    KEY_OFFSET_OLD = 0, /* the first format of offsets' keys; the same but for the type */
    KEY_OFFSET = 1,
    KEY_GROUP = 2,
    EXPIRE_AT_ONCE = 1000, /* tombstones of one append */
    ARENA_BYTES_MAX = 64 << 20,
};

/* One coordinator's. */
struct own {
    struct mr_list with_txns; /* of group_entity */
    struct mr_arena arena;    /* what is being read or expired */
    struct gone {
        struct mr_str topic;
        int32_t partition;
    } * gone; /* of the expiry under way, in arena */
    uint32_t gone_count;
    bool gone_group;
    int64_t retention_ms;
    size_t metadata_max;
};

static struct group_entity *group_of(struct coord_entity *e)
{
    return MR_CONTAINER(e, struct group_entity, e);
}
static const struct group_entity *group_of_const(const struct coord_entity *e)
{
    return MR_CONTAINER(e, const struct group_entity, e);
}
static struct own *own_of(const struct coord_entity *e)
{
    return coord_own(e->coord);
}

struct group_entity *group_find(struct coord *c, struct mr_str name)
{
    struct coord_entity *e = coord_entity(c, name);
    return e != NULL && group_of(e)->known ? group_of(e) : NULL;
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
    return &g->e;
}

static void free_group(struct coord_entity *e)
{
    struct group_entity *g = group_of(e);
    list_remove(&g->with_txns);
    group_offsets_done(&g->offsets);
    mem_free(g);
}

static bool is_empty(const struct coord_entity *e)
{
    return !group_of_const(e)->known;
}

static int open_own(struct coord *c, void **ret)
{
    struct config_view v = broker_config_view(coord_home(c));
    struct own *own = mem_zalloc(1, sizeof(*own));
    if (own == NULL)
        return -ENOMEM;
    list_init(&own->with_txns);
    arena_init(&own->arena, ARENA_BYTES_MAX);
    own->retention_ms = config_int(&v, "offsets.retention.minutes") * 60000;
    own->metadata_max = (size_t)config_int(&v, "offset.metadata.max.bytes");
    *ret = own;
    return 0;
}

static void close_own(struct coord *c, void *own)
{
    (void)c;
    arena_done(&((struct own *)own)->arena);
    mem_free(own);
}

/* After every change of the offsets. */
static void changed(struct group_entity *g)
{
    coord_charge(&g->e, (int64_t)g->offsets.bytes - (int64_t)g->charged);
    g->charged = g->offsets.bytes;
    list_remove(&g->with_txns);
    if (group_offsets_has_txns(&g->offsets))
        list_push(&own_of(&g->e)->with_txns, &g->with_txns);
}

static int set(struct group_entity *g, struct mr_str topic, int32_t partition, int64_t producer_id,
               const struct group_offset *value)
{
    int err = group_offsets_set(&g->offsets, topic, partition, producer_id, value, NULL);
    g->known = true;
    changed(g);
    return err;
}

/* ---- loading ---- */

static int replay_offset(struct coord *c, const struct coord_record *r, struct kw_reader *key)
{
    struct own *own = coord_own(c);
    struct kw_offset_commit_key k;
    struct kw_offset_commit_value v;
    int err = kw_offset_commit_key_decode(key, 0, &own->arena, &k);
    if (err != 0)
        return err;
    if (r->value.ptr == NULL) {
        struct coord_entity *e = coord_entity(c, k.group);
        if (e != NULL) {
            group_offsets_remove(&group_of(e)->offsets, k.topic, k.partition);
            changed(group_of(e));
        }
        return 0;
    }
    struct kw_reader value = kw_reader_of(r->value);
    int16_t version = kw_get_int16(&value);
    err = value.err != 0 ? value.err : kw_offset_commit_value_decode(&value, version, &own->arena, &v);
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
    return set(group_of(e), k.topic, k.partition, r->producer_id, &o);
}

static int replay_group(struct coord *c, const struct coord_record *r, struct kw_reader *key)
{
    struct own *own = coord_own(c);
    struct kw_group_metadata_key k;
    int err = kw_group_metadata_key_decode(key, 0, &own->arena, &k);
    if (err != 0)
        return err;
    struct coord_entity *e = r->value.ptr != NULL ? coord_entity_make(c, k.group) : coord_entity(c, k.group);
    if (e == NULL)
        return r->value.ptr != NULL ? -ENOMEM : 0;
    group_of(e)->known = r->value.ptr != NULL;
    return 0;
}

static int replay(struct coord *c, const struct coord_record *r)
{
    struct own *own = coord_own(c);
    struct kw_reader key = kw_reader_of(r->key);
    int16_t type = kw_get_int16(&key);
    if (key.err != 0)
        return -MR_E_CORRUPT;
    arena_reset(&own->arena);
    switch (type) {
    case KEY_OFFSET_OLD:
    case KEY_OFFSET:
        return replay_offset(c, r, &key);
    case KEY_GROUP:
        return replay_group(c, r, &key);
    default: /* of a later version, or of a protocol that is not served: its group is not known here */
        return 0;
    }
}

static void replay_marker(struct coord *c, int64_t producer_id, bool commit)
{
    struct own *own = coord_own(c);
    LIST_FOR_SAFE(node, tmp, &own->with_txns)
    {
        struct group_entity *g = MR_CONTAINER(node, struct group_entity, with_txns);
        group_offsets_end_txn(&g->offsets, producer_id, commit);
        changed(g);
    }
}

static void loaded(struct coord *c)
{
    arena_done(&((struct own *)coord_own(c))->arena);
}

static void unload(struct coord_entity *e)
{
    (void)e;
}

/* ---- records ---- */

static void put_offset(struct coord_op *op, struct mr_str topic, int32_t partition,
                       const struct group_offset *o)
{
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
    /* Version 1 alone has an expiry of its own; 3 is what Kafka 4.1 writes. */
    int16_t version = o == NULL || o->expire_ms == -1 ? 3 : 1;
    coord_put_message(op, KEY_OFFSET, &kw_offset_commit_key_info, &k, &kw_offset_commit_value_info, version,
                      o != NULL ? &v : NULL);
}

static void put_group_tombstone(struct coord_op *op)
{
    struct kw_group_metadata_key k;
    kw_group_metadata_key_init(&k);
    k.group = op->entity->name;
    coord_put_message(op, KEY_GROUP, &kw_group_metadata_key_info, &k, &kw_group_metadata_value_info, 3, NULL);
}

static void snapshot(struct coord_entity *e, struct coord_op *op)
{
    struct group_offsets_at at = {.topic = 0};
    while (group_offsets_next(&group_of(e)->offsets, &at)) {
        if (at.committed != NULL)
            put_offset(op, at.name, at.index, at.committed);
    }
}

/* ---- expiry ---- */

static struct group_expiry expiry_of(struct group_entity *g, int64_t wall_ms)
{
    return (struct group_expiry){.rule = GROUP_EXPIRY_SINCE_COMMIT,
                                 .retention_ms = own_of(&g->e)->retention_ms,
                                 .now_ms = wall_ms};
}

static void note_expired(void *ctx, struct mr_str topic, int32_t partition)
{
    struct own *own = ctx;
    bool ok = true;
    if (own->gone != NULL)
        own->gone[own->gone_count++] = (struct gone){arena_str(&own->arena, topic, &ok), partition};
    if (!ok)
        own->gone_count--;
}

static bool group_is_over(const struct group_entity *g)
{
    return g->known && group_offsets_empty(&g->offsets);
}

static bool wants_expiry(struct coord_entity *e, int64_t wall_ms)
{
    struct group_entity *g = group_of(e);
    struct own *own = own_of(e);
    struct group_expiry how = expiry_of(g, wall_ms);
    own->gone = NULL;
    return group_is_over(g) || group_offsets_expire(&g->offsets, &how, 1, note_expired, own) > 0;
}

static void expire_run(struct coord_entity *e, struct coord_op *op, int64_t wall_ms)
{
    struct group_entity *g = group_of(e);
    struct own *own = own_of(e);
    struct group_expiry how = expiry_of(g, wall_ms);
    arena_reset(&own->arena);
    own->gone = arena_array(&own->arena, struct gone, EXPIRE_AT_ONCE);
    own->gone_count = 0;
    own->gone_group = false;
    if (own->gone == NULL) {
        coord_refuse(op, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    op->several = true;
    group_offsets_expire(&g->offsets, &how, EXPIRE_AT_ONCE, note_expired, own);
    for (uint32_t i = 0; i < own->gone_count; i++)
        put_offset(op, own->gone[i].topic, own->gone[i].partition, NULL);
    if (own->gone_count == g->offsets.count && !group_offsets_has_txns(&g->offsets)) {
        own->gone_group = true;
        put_group_tombstone(op);
    }
}

static void expire_done(struct coord_entity *e, struct coord_op *op, enum kw_error error)
{
    struct group_entity *g = group_of(e);
    struct own *own = own_of(e);
    (void)op;
    for (uint32_t i = 0; error == KW_NONE && i < own->gone_count; i++)
        group_offsets_remove(&g->offsets, own->gone[i].topic, own->gone[i].partition);
    if (error == KW_NONE && own->gone_group)
        g->known = false;
    changed(g);
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
    (void)e;
    (void)op;
}

static void wake_done(struct coord_entity *e, struct coord_op *op, enum kw_error error)
{
    (void)e;
    (void)op;
    (void)error;
}

const struct coord_type group_coord_type = {
    .topic = "__consumer_offsets",
    .replay = replay,
    .replay_marker = replay_marker,
    .loaded = loaded,
    .make = make,
    .free = free_group,
    .is_empty = is_empty,
    .wake_run = wake_run,
    .wake_done = wake_done,
    .unload = unload,
    .snapshot = snapshot,
    .wants_expiry = wants_expiry,
    .expire_run = expire_run,
    .expire_done = expire_done,
    .topic_gone = topic_gone,
    .open = open_own,
    .close = close_own,
};

/* ---- committing ---- */

static struct group_offset value_of(const struct group_commit *g, const struct group_commit_item *item,
                                    int64_t wall_ms, int64_t record_offset)
{
    return (struct group_offset){.offset = item->offset,
                                 .commit_ms = wall_ms,
                                 .expire_ms = g->retention_ms == -1 ? -1 : wall_ms + g->retention_ms,
                                 .record_offset = record_offset,
                                 .leader_epoch = item->leader_epoch,
                                 .metadata = item->metadata};
}

static enum kw_error commit_check(const struct group_commit *g)
{
    if (g->generation < 0)
        return KW_NONE; /* a simple consumer or an administrator */
    return g->version >= 9 ? KW_GROUP_ID_NOT_FOUND : KW_ILLEGAL_GENERATION;
}

static bool grows(const struct group_offsets *o, const struct group_commit_item *item)
{
    return group_offsets_get(o, item->topic, item->partition) == NULL &&
           !group_offsets_pending(o, item->topic, item->partition);
}

static void commit_run(struct coord_op *op)
{
    struct group_commit *g = MR_CONTAINER(op, struct group_commit, op);
    struct group_entity *e = group_of(op->entity);
    const struct own *own = own_of(op->entity);
    enum kw_error error = commit_check(g);
    if (error != KW_NONE) {
        coord_refuse(op, error);
        return;
    }
    bool full = coord_full(op->coord);
    g->wall_ms = coord_wall_ms(op->coord);
    for (uint32_t i = 0; i < g->count; i++) {
        struct group_commit_item *item = &g->items[i];
        if (item->metadata.len > own->metadata_max &&
            java_string_length(item->metadata) > own->metadata_max) {
            item->error = KW_OFFSET_METADATA_TOO_LARGE;
            continue;
        }
        if (full && grows(&e->offsets, item)) {
            coord_refuse(op, KW_COORDINATOR_NOT_AVAILABLE);
            return;
        }
        struct group_offset o = value_of(g, item, g->wall_ms, -1);
        put_offset(op, item->topic, item->partition, &o);
    }
}

static void commit_done(struct coord_op *op, enum kw_error error)
{
    struct group_commit *g = MR_CONTAINER(op, struct group_commit, op);
    int64_t at = op->base_offset;
    for (uint32_t i = 0; error == KW_NONE && i < g->count; i++) {
        struct group_commit_item *item = &g->items[i];
        if (item->error != KW_NONE)
            continue;
        struct group_offset o = value_of(g, item, g->wall_ms, at++);
        if (set(group_of(op->entity), item->topic, item->partition, op->producer_id, &o) != 0) {
            error = KW_COORDINATOR_NOT_AVAILABLE;
            coord_fail(op->coord, error, "out of memory");
        }
    }
    g->done(g, error);
}

void group_commit_init(struct group_commit *g, void (*done)(struct group_commit *g, enum kw_error error))
{
    *g = (struct group_commit){.generation = -1, .retention_ms = -1, .done = done};
    coord_op_init(&g->op, commit_run, commit_done);
    g->op.shared = true;
}

void group_commit_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_commit *g)
{
    coord_submit(b, COORD_GROUP, key, group, &g->op);
}

/* ---- deleting ---- */

static void forget_run(struct coord_op *op)
{
    struct group_forget *g = MR_CONTAINER(op, struct group_forget, op);
    struct group_entity *e = group_of(op->entity);
    if (!e->known) {
        coord_refuse(op, KW_GROUP_ID_NOT_FOUND);
        return;
    }
    for (uint32_t i = 0; i < g->count; i++) {
        struct group_forget_item *item = &g->items[i];
        item->written = !grows(&e->offsets, &(struct group_commit_item){.topic = item->topic,
                                                                        .partition = item->partition});
        if (item->written)
            put_offset(op, item->topic, item->partition, NULL);
    }
}

static void forget_done(struct coord_op *op, enum kw_error error)
{
    struct group_forget *g = MR_CONTAINER(op, struct group_forget, op);
    for (uint32_t i = 0; error == KW_NONE && i < g->count; i++) {
        if (g->items[i].written)
            group_offsets_remove(&group_of(op->entity)->offsets, g->items[i].topic, g->items[i].partition);
    }
    if (error == KW_NONE)
        changed(group_of(op->entity));
    g->done(g, error);
}

void group_forget_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_forget *g)
{
    coord_op_init(&g->op, forget_run, forget_done);
    coord_submit(b, COORD_GROUP, key, group, &g->op);
}
