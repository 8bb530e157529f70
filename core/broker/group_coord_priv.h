/* core/broker/group_coord_priv.h - what group_coord.c, group_call.c and group_commit.c share. */
#ifndef MR_GROUP_COORD_PRIV_H
#define MR_GROUP_COORD_PRIV_H

#include "core/broker/group_coord.h"
#include "net/wire/gen/group_log.h"

/* One coordinator's own. */
struct group_own {
    uint32_t expressions;     /* compiled now, to be matched (cgroup_world.c) */
    struct mr_list with_txns; /* of group_entity */
    struct mr_arena arena;    /* what is being read or expired */
    struct mr_arena turn_arena;
    struct group_limits limits;
    struct cgroup_settings consumers; /* of groups of the new protocol */
    int64_t retention_ms;
    size_t metadata_max;
    bool strange_told;
    /* The expiry under way. */
    struct group_gone {
        struct mr_str topic;
        int32_t partition;
    } * gone; /* in arena */
    uint32_t gone_count;
    bool gone_group;
};

static inline struct group_own *group_own_of(const struct coord_entity *e)
{
    return coord_own(e->coord);
}

/* An event's surroundings as group.h wants them; records go into op, their tokens to tokens. */
struct group_scene {
    struct group_turn t;
    struct coord_op *op; /* NULL: what is written gets an event of its own */
    struct group_entity *g;
    struct mr_log *log;
    struct group_tokens *tokens;
};
void group_scene_begin(struct group_scene *s, struct coord_entity *e, struct coord_op *op,
                       struct group_tokens *tokens);
/* The event has returned: deadlines and memory of the group may be others. */
void group_scene_end(struct group_entity *g);
/* What became of the records behind tokens. */
void group_scene_written(struct group_entity *g, struct group_tokens *tokens, enum kw_error error);

void group_late_drop(struct group_entity *g);

/* g->group, made when it is not there. NULL: no memory. */
struct group *group_make(struct group_entity *g);
void group_drop(struct group_entity *g); /* its record is gone; nobody waits */

/* After every change of the offsets. */
void group_changed(struct group_entity *g);
int group_set_offset(struct group_entity *g, struct mr_str topic, int32_t partition, int64_t producer_id,
                     const struct group_offset *value);

/* value NULL: a tombstone. */
void group_put_offset(struct coord_op *op, struct mr_str topic, int32_t partition,
                      const struct group_offset *value);
void group_put_tombstone(struct coord_op *op);
/* Tombstones of the group itself, of whatever kind it is. */
void group_put_end(struct group_entity *g, struct coord_op *op);

#endif
