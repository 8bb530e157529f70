/* core/broker/cgroup_coord.h - consumer groups (cgroup.h) under their coordinator: events in turns, records
 * into the log, the cluster's topics and settings as a group wants them, classic requests that meet such a
 * group.
 *
 * An event is alone on its group from judging to settling (coord.h), but for heartbeats that concern nothing
 * but what their own member holds: those of several members go into one flush. All of it on the coordinator's
 * shard. */
#ifndef MR_CGROUP_COORD_H
#define MR_CGROUP_COORD_H

#include "core/broker/cgroup.h"
#include "core/broker/coord.h"

struct config_view;
struct group_call;
struct group_entity;
struct cgroup_record;

/* An event. The owner keeps it until done(), which runs exactly once, inside cgroup_call_submit() or later.
 */
struct cgroup_call {
    struct coord_op op; /* private */
    /* Judges g, fills reply: cgroup_heartbeat() and the like. What it leaves in the turn's arena lives until
     * done() returns. */
    void (*run)(struct cgroup_call *call, struct cgroup *g, struct cgroup_turn *t);
    /* reply.error: the event's own, GROUP_ID_NOT_FOUND (no such group, or none of this kind), or the
     * runtime's. */
    void (*done)(struct cgroup_call *call);
    /* A heartbeat that may be shared with others' (cgroup_heartbeat_alone()); NULL: none. */
    const struct cgroup_heartbeat *beat;
    bool create;      /* a group that is not there, is empty, or may be turned into one, will do */
    bool plain_words; /* as Kafka says to who leaves: "Group g not found." */
    struct cgroup_reply reply;
    void *ctx; /* the owner's */
    /* private */
    struct mr_arena arena;
    struct cgroup_record *first, *last, *applied;
    struct cgroup *fresh;
    bool judged;
};
void cgroup_call_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                        struct cgroup_call *call);
/* An event of the group's own: whatever is due. */
void cgroup_wake(struct group_entity *g);

void cgroup_call_submit_on(struct group_entity *g, struct cgroup_call *call);

/* A record that an event wrote. */
struct cgroup_record {
    struct cgroup_record *next;
    struct mr_slice key, value;
};
int cgroup_record_replay(struct cgroup *g, struct cgroup_turn *t, const struct cgroup_record *r);

/* The world as a group sees it, for one event. */
struct cgroup_scene {
    struct cgroup_turn t;
    struct cgroup_settings settings;
    struct cgroup_topics topics;
    struct cgroup_regex_way regexes;
    struct group_own *own;
    const struct image *image;
    struct coord_op *op;      /* where records go; NULL: nothing is written */
    struct cgroup_call *call; /* that remembers them; NULL: nobody */
};
void cgroup_scene_begin(struct cgroup_scene *s, struct group_entity *g, struct mr_arena *arena);
/* Of the whole broker, group settings aside. */
void cgroup_settings_read(const struct config_view *v, struct cgroup_settings *ret);
/* group.coordinator.rebalance.protocols and group.version allow it. */
bool cgroup_enabled(const struct broker_shard *b);

/* ---- for group_coord.c ---- */

int cgroup_load_record(struct coord *c, const struct coord_record *r, int16_t type, struct kw_reader *key,
                       struct mr_arena *arena);
void cgroup_load_end(struct group_entity *g, struct mr_arena *arena);
void cgroup_put_erasure(struct group_entity *g, struct coord_op *op, struct mr_arena *arena);
void cgroup_drop(struct group_entity *g); /* its records are gone */

/* ---- requests of the classic protocol that meet a consumer group ---- */

bool cgroup_takes(const struct group_entity *g); /* they are for it */
/* Both answer the call, later or now. leavers is the caller's until then. */
void cgroup_take_join(struct group_call *call, struct group_entity *g, const struct group_join *in);
void cgroup_take_leave(struct group_call *call, struct group_entity *g, struct group_leaver *leavers,
                       int32_t count);
void cgroup_take_sync(struct group_call *call, struct group_entity *g, struct mr_arena *arena,
                      const struct group_sync *in);
int16_t cgroup_take_heartbeat(struct group_entity *g, struct mr_arena *arena, struct mr_str member_id,
                              struct mr_str instance_id, int32_t generation);

#endif
