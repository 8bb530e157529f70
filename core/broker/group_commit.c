/* Events on a group's committed offsets: committing, forgetting some, deleting the group. */
#include "core/broker/group_coord_priv.h"
#include "core/broker/java_hash.h"

/* ---- committing ---- */

static struct group_offset value_of(const struct group_commit *g, const struct group_commit_item *item,
                                    int64_t record_offset)
{
    /* What overflows has expired long ago, as in Kafka, whose sum wraps round. */
    int64_t expire_ms = (int64_t)((uint64_t)g->wall_ms + (uint64_t)g->retention_ms);
    return (struct group_offset){.offset = item->offset,
                                 .commit_ms = g->wall_ms,
                                 .expire_ms = g->retention_ms == -1 ? -1 : expire_ms,
                                 .record_offset = record_offset,
                                 .leader_epoch = item->leader_epoch,
                                 .metadata = item->metadata};
}

static enum kw_error commit_check(struct group_commit *g, struct group_entity *e)
{
    struct group_scene s;
    bool transactional = g->op.producer_id != -1;
    if (!group_exists(e)) {
        if (g->generation < 0)
            return KW_NONE; /* a simple consumer or an administrator: the group comes into being */
        return g->new_errors ? KW_GROUP_ID_NOT_FOUND : KW_ILLEGAL_GENERATION;
    }
    if (e->cgroup != NULL)
        return (enum kw_error)cgroup_commit_check(e->cgroup, g->member_id, g->instance_id, g->generation,
                                                  transactional, g->new_errors);
    group_scene_begin(&s, &e->e, NULL, NULL);
    int16_t error =
        group_commit_check(e->group, &s.t, g->member_id, g->instance_id, g->generation, transactional);
    group_scene_end(e);
    return (enum kw_error)error;
}

static bool has(const struct group_offsets *o, struct mr_str topic, int32_t partition)
{
    return group_offsets_get(o, topic, partition) != NULL || group_offsets_pending(o, topic, partition);
}

static void commit_run(struct coord_op *op)
{
    struct group_commit *g = MR_CONTAINER(op, struct group_commit, op);
    struct group_entity *e = group_of(op->entity);
    const struct group_own *own = group_own_of(op->entity);
    enum kw_error error = commit_check(g, e);
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
        if (full && !has(&e->offsets, item->topic, item->partition)) {
            coord_refuse(op, KW_COORDINATOR_NOT_AVAILABLE);
            return;
        }
        struct group_offset o = value_of(g, item, -1);
        group_put_offset(op, item->topic, item->partition, &o);
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
        struct group_offset o = value_of(g, item, at++);
        if (group_set_offset(group_of(op->entity), item->topic, item->partition, op->producer_id, &o) != 0) {
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

/* ---- forgetting ---- */

static enum kw_error forget_check(const struct group_entity *e)
{
    if (!group_exists(e))
        return KW_GROUP_ID_NOT_FOUND;
    return e->cgroup != NULL ? KW_NONE : (enum kw_error)group_offset_delete_check(e->group);
}

static bool subscribes(const struct group_entity *e, struct mr_str topic)
{
    return e->cgroup != NULL ? cgroup_subscribes(e->cgroup, topic) : group_subscribes(e->group, topic);
}

static void forget_run(struct coord_op *op)
{
    struct group_forget *g = MR_CONTAINER(op, struct group_forget, op);
    struct group_entity *e = group_of(op->entity);
    enum kw_error error = forget_check(e);
    if (error != KW_NONE) {
        coord_refuse(op, error);
        return;
    }
    for (uint32_t i = 0; i < g->count; i++) {
        struct group_forget_item *item = &g->items[i];
        if (subscribes(e, item->topic)) {
            item->error = KW_GROUP_SUBSCRIBED_TO_TOPIC;
            continue;
        }
        item->written = has(&e->offsets, item->topic, item->partition);
        if (item->written)
            group_put_offset(op, item->topic, item->partition, NULL);
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
        group_changed(group_of(op->entity));
    g->done(g, error);
}

void group_forget_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_forget *g)
{
    coord_op_init(&g->op, forget_run, forget_done);
    coord_submit(b, COORD_GROUP, key, group, &g->op);
}

/* ---- deleting ---- */

static enum kw_error delete_check(const struct group_entity *e)
{
    if (!group_exists(e))
        return KW_GROUP_ID_NOT_FOUND;
    if (e->cgroup != NULL)
        return cgroup_is_empty(e->cgroup) ? KW_NONE : KW_NON_EMPTY_GROUP;
    return (enum kw_error)group_delete_check(e->group);
}

static void delete_run(struct coord_op *op)
{
    struct group_entity *e = group_of(op->entity);
    struct group_offsets_at at = {.topic = 0};
    enum kw_error error = delete_check(e);
    if (error != KW_NONE) {
        coord_refuse(op, error);
        return;
    }
    op->several = true;
    while (group_offsets_next(&e->offsets, &at))
        group_put_offset(op, at.name, at.index, NULL);
    group_put_end(e, op);
}

static void delete_done(struct coord_op *op, enum kw_error error)
{
    struct group_deletion *g = MR_CONTAINER(op, struct group_deletion, op);
    if (error == KW_NONE) {
        struct group_entity *e = group_of(op->entity);
        group_offsets_done(&e->offsets);
        group_offsets_init(&e->offsets);
        e->has_offsets = false;
        cgroup_drop(e);
        group_drop(e);
        group_changed(e);
    }
    g->done(g, error);
}

void group_delete_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_deletion *g)
{
    coord_op_init(&g->op, delete_run, delete_done);
    coord_submit(b, COORD_GROUP, key, group, &g->op);
}
