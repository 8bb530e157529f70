/* core/broker/group.h - one classic consumer group: who is in it, who leads it, who owns what.
 *
 * A pure state machine. Events come in as plain structs with the time in them; what follows leaves through
 * the calls of struct group_turn: answers to requests, records to write. It does no I/O, reads no clock and
 * draws no entropy. It knows nothing of committed offsets (group_offsets.h) and of which groups exist
 * (coord.h).
 *
 *            first member                all members are here, or time is up
 *   Empty ----------------> Preparing -----------------------------------> Completing
 *     ^                      ^  |   ^                                        |     |
 *     |     no member is left|  |   +----- a member comes, goes, changes ----+     | the leader's assignments
 *     +----------------------|--+                                                  v are on disk
 *                            +------------- a member comes, goes, changes ------ Stable
 *
 * A request that waits is named by its `req`, the caller's pointer: it is answered exactly once, through the
 * turn's joined(), synced() or left(), either inside the event that brought it or inside a later one.
 *
 * Records are written before anyone is told what they say: the turn's write() hands out a record with a
 * token, and group_written() brings back what became of it. Events may come while writes are under way; so
 * the caller need not hold back anything but deletions (group_doom()).
 *
 * Bounds: a group holds at most limits->max_size members that answer, and limits->bytes_max bytes of what
 * clients sent; a join beyond either gets GROUP_MAX_SIZE_REACHED. Ids are at most GROUP_ID_BYTES_MAX.
 * Waiting requests: a join and a sync for each member; an older one is answered when a newer comes.
 * Time: an event costs the members it concerns, a completed join all members. group_tick() is O(members).
 *
 * Sources: KIP-62, KIP-134 (initial delay), KIP-345 (static members), KIP-389 (max size), KIP-394 (member id
 * required), KIP-429, KIP-559 (protocol checks), KIP-800 (reasons), KIP-814 (skip assignment); the rest is
 * what Apache Kafka 4.1.0 was seen to answer or its sources say (core/broker/README.md lists where we
 * differ). */
#ifndef MR_BROKER_GROUP_H
#define MR_BROKER_GROUP_H

#include "core/arena.h"
#include "core/base.h"

struct group;

enum { GROUP_ID_BYTES_MAX = 32767 }; /* of any id or name: a Kafka string's limit */

#define GROUP_NEVER INT64_MAX /* no deadline */

enum group_state { GROUP_EMPTY, GROUP_PREPARING, GROUP_COMPLETING, GROUP_STABLE, GROUP_DEAD };

/* "Empty", "PreparingRebalance", "CompletingRebalance", "Stable", "Dead". Static. */
const char *group_state_name(enum group_state state);

/* Settings; shared by all groups, read anew at every event. */
struct group_limits {
    int32_t session_timeout_ms_min;     /* group.min.session.timeout.ms */
    int32_t session_timeout_ms_max;     /* group.max.session.timeout.ms */
    int32_t initial_rebalance_delay_ms; /* group.initial.rebalance.delay.ms */
    int32_t max_size;                   /* group.max.size, members */
    uint64_t bytes_max;                 /* group_bytes() of one group; ours, there is no such setting */
};

/* ---- what comes out ---- */

struct group_join_answer {
    int16_t error;               /* enum kw_error */
    bool skip_assignment;        /* a static leader is back: it shall not assign anew (KIP-814) */
    bool with_members;           /* list them all with group_next_member(): the answer is the leader's */
    int32_t generation;          /* -1 on most errors */
    struct mr_str protocol_type; /* null on errors */
    struct mr_str protocol_name; /* null on errors; the handler sends "" below v7 */
    struct mr_str leader;        /* "" on errors */
    struct mr_str member_id;     /* "" when the client shall come without one */
};

struct group_sync_answer {
    int16_t error;
    struct mr_str protocol_type; /* null on errors */
    struct mr_str protocol_name;
    struct mr_slice assignment; /* empty on errors, never null */
};

enum group_note {
    GROUP_NOTE_REBALANCE,  /* a rebalance began; who: the member behind it or "", why: our words, reason: its
                              own */
    GROUP_NOTE_GENERATION, /* a join phase is over; group_describe() tells what came of it */
    GROUP_NOTE_STABLE,     /* the leader's assignments hold */
    GROUP_NOTE_LOST,       /* who did not come back in time and was removed */
};

/* One event's surroundings. The calls run inside the event; they must not call back into the group, and
 * what they are given is borrowed for the call (copy it, or encode it on the spot). */
struct group_turn {
    int64_t now_ms;  /* monotonic, the clock of deadlines */
    int64_t wall_ms; /* since 1970, for what is written */
    const struct group_limits *limits;
    struct mr_arena *arena; /* for bytes of records; may be reset when the event has returned and the records
                             * handed to write() are no longer needed */

    void (*joined)(struct group_turn *t, const struct group *g, void *req, const struct group_join_answer *a);
    void (*synced)(struct group_turn *t, const struct group *g, void *req, const struct group_sync_answer *a);
    /* Of group_leave(); the leavers hold their own errors. error: of the request as a whole. */
    void (*left)(struct group_turn *t, const struct group *g, void *req, int16_t error);
    /* Append this record (in the turn's arena) to the group's partition; report with group_written(), not
     * from inside this call, in the order of the writes. */
    void (*write)(struct group_turn *t, const struct group *g, uint64_t token, struct mr_slice key,
                  struct mr_slice value);
    /* Something that a log may want to tell; may be NULL. */
    void (*note)(struct group_turn *t, const struct group *g, enum group_note note, struct mr_str who,
                 const char *why, struct mr_str reason);
};

/* ---- its life ---- */

/* An empty group that nobody knows of yet. id is copied. -ENOMEM, -MR_E_LIMIT (the id is too long). */
int group_new(struct mr_str id, int64_t wall_ms, struct group **ret);

/* Everything that waits is answered with error (NOT_COORDINATOR as a rule), and the group is Dead. Writes
 * under way are forgotten: what group_written() says of them is passed over. */
void group_unload(struct group *g, struct group_turn *t, int16_t error);

/* Nothing may wait: after group_unload(), or for a group that group_idle() calls idle. NULL is fine. */
void group_free(struct group *g);

/* Nobody waits for this group and no write is under way. */
bool group_idle(const struct group *g);

/* Nothing would be lost with it but offsets: it is Empty, there is no record of it, and no member id was
 * given out; or it is Dead. So a refused join leaves nothing behind. */
bool group_void(const struct group *g);

/* Memory that it holds, bytes; 0 members and nothing written: group_bytes() of a new group. */
uint64_t group_bytes(const struct group *g);

/* No later than the earliest time at which group_tick() has something to do; GROUP_NEVER. It may be too early
 * (heartbeats move deadlines without a search): the tick then finds the next one. Ask again after each event.
 */
int64_t group_next_deadline(const struct group *g);
void group_tick(struct group *g, struct group_turn *t);

/* ---- events of members ----
 * Of a group that does not exist: for a join make one with group_new() and free it when it is void
 * afterwards; a sync, a heartbeat: UNKNOWN_MEMBER_ID; a leave: UNKNOWN_MEMBER_ID for each leaver. An empty
 * group id is the handler's to refuse (INVALID_GROUP_ID). */

struct group_protocol {
    struct mr_str name;
    struct mr_slice metadata; /* opaque; the clients' */
};

struct group_join {
    struct mr_str member_id;   /* "" for a new member, never null */
    struct mr_str instance_id; /* group.instance.id, null: a dynamic member */
    struct mr_str client_id;   /* of the request's header; null counts as "" */
    struct mr_str client_host; /* "/127.0.0.1", as Kafka writes addresses */
    struct mr_uuid fresh;      /* random bytes: the id of a new member is made from them */
    int32_t session_timeout_ms;
    int32_t rebalance_timeout_ms; /* v0 has none: the handler passes the session timeout */
    struct mr_str protocol_type;
    const struct group_protocol *protocols; /* in order of preference; a repeated name counts once */
    int32_t protocol_count;
    struct mr_str reason;       /* v8+, for the log; null: none */
    bool id_required;           /* v4+: a new dynamic member must come again with the id that it is given */
    bool skip_assignment_known; /* v9+ */
};

/* Answered with joined(), now or when the join phase ends. Errors: INVALID_SESSION_TIMEOUT,
 * GROUP_MAX_SIZE_REACHED, INCONSISTENT_GROUP_PROTOCOL, MEMBER_ID_REQUIRED, UNKNOWN_MEMBER_ID,
 * FENCED_INSTANCE_ID, UNKNOWN_SERVER_ERROR (an id too long), COORDINATOR_NOT_AVAILABLE (Dead, or out of
 * memory), REBALANCE_IN_PROGRESS (a newer join of the same member took its place), and those of a failed
 * write. */
void group_join(struct group *g, struct group_turn *t, void *req, const struct group_join *in);

struct group_assignment {
    struct mr_str member_id;
    struct mr_slice assignment;
};

struct group_sync {
    struct mr_str member_id;
    struct mr_str instance_id; /* null: dynamic */
    int32_t generation;
    struct mr_str protocol_type; /* v5+; null: not checked */
    struct mr_str protocol_name;
    const struct group_assignment
        *assignments; /* of the leader; what is for nobody in the group is dropped */
    int32_t assignment_count;
};

/* Answered with synced(): now, or when the leader's assignments are on disk. Errors: UNKNOWN_MEMBER_ID,
 * FENCED_INSTANCE_ID, ILLEGAL_GENERATION, INCONSISTENT_GROUP_PROTOCOL, REBALANCE_IN_PROGRESS,
 * COORDINATOR_NOT_AVAILABLE, and those of a failed write. */
void group_sync(struct group *g, struct group_turn *t, void *req, const struct group_sync *in);

/* 0, or UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS,
 * COORDINATOR_NOT_AVAILABLE. */
int16_t group_heartbeat(struct group *g, struct group_turn *t, struct mr_str member_id,
                        struct mr_str instance_id, int32_t generation);

struct group_leaver {
    struct mr_str member_id;   /* "": by the instance id, whoever holds it (an administrator) */
    struct mr_str instance_id; /* null: dynamic */
    struct mr_str reason;      /* v5+; null: none */
    int16_t ret_error; /* 0, UNKNOWN_MEMBER_ID or FENCED_INSTANCE_ID; set before group_leave() returns */
};

/* Answered with left(), when an empty group is on disk if that is what they leave behind. leavers is only
 * used inside this call. Error of the whole: COORDINATOR_NOT_AVAILABLE, and those of a failed write. */
void group_leave(struct group *g, struct group_turn *t, void *req, struct group_leaver *leavers,
                 int32_t count);

/* ---- records ---- */

/* What became of the record with this token: 0 when it is stable (high watermark), else the enum kw_error of
 * the append: MESSAGE_TOO_LARGE, KAFKA_STORAGE_ERROR, NOT_LEADER_OR_FOLLOWER, ... Clients get it translated
 * by group_write_error(). A group whose first record fails is Dead afterwards. */
void group_written(struct group *g, struct group_turn *t, uint64_t token, int16_t error);

/* Kafka's translation of an append's error for members and committers. */
int16_t group_write_error(int16_t append_error);

/* While loading: the group as this GroupMetadataValue (with its version in front) says. Replaces all; nothing
 * may wait. -MR_E_VERSION, -MR_E_CORRUPT, -ENOMEM; the group is then as before. A null value is a tombstone:
 * the caller frees the group. */
int group_load(struct group *g, struct mr_slice value);

/* Loading is over: members' session timeouts start now; a group above max_size rebalances. */
void group_loaded(struct group *g, struct group_turn *t);

/* The key of its records: for a tombstone. -MR_E_LIMIT. */
int group_key(const struct group *g, struct mr_arena *a, struct mr_slice *ret);

/* ---- offsets and administration ---- */

/* May this client commit offsets? 0, or UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, FENCED_INSTANCE_ID,
 * REBALANCE_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE. A commit that is not transactional extends the session of
 * its member. generation < 0 and no member: a simple consumer or an administrator; welcome in an Empty group
 * only (transactional: always). Of a group that does not exist: make it with group_new() when generation < 0;
 * else ILLEGAL_GENERATION (OffsetCommit v9+: GROUP_ID_NOT_FOUND). */
int16_t group_commit_check(struct group *g, struct group_turn *t, struct mr_str member_id,
                           struct mr_str instance_id, int32_t generation, bool transactional);

/* 0, GROUP_ID_NOT_FOUND (Dead), NON_EMPTY_GROUP. */
int16_t group_delete_check(const struct group *g);
/* Its tombstone is being written: it is Dead, whoever comes is sent away until it is freed. Nothing may wait.
 */
void group_doom(struct group *g);

/* OffsetDelete: 0, GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP (members that are no consumers). Topics that
 * group_subscribes() to are refused one by one with GROUP_SUBSCRIBED_TO_TOPIC. */
int16_t group_offset_delete_check(const struct group *g);

/* Do its members consume this topic, as of the last generation? True too for consumers whose subscriptions
 * cannot be read. */
bool group_subscribes(const struct group *g, struct mr_str topic);

/* When may offsets of topics that it does not subscribe to expire? *ret_since_ms: counted from then, wall
 * clock; or -1: from each offset's commit. False: not now. */
bool group_expires(const struct group *g, int64_t *ret_since_ms);

struct group_view {
    struct mr_str id;
    enum group_state state;
    struct mr_str protocol_type; /* "" when none */
    struct mr_str protocol_name; /* "" unless Stable, as DescribeGroups wants it */
    struct mr_str leader;        /* null when none */
    int32_t generation;
    int32_t member_count;
};
void group_describe(const struct group *g, struct group_view *ret);

struct group_member_view {
    struct mr_str member_id;
    struct mr_str instance_id; /* null: dynamic */
    struct mr_str client_id;
    struct mr_str client_host;
    struct mr_slice metadata; /* for the group's protocol; empty when there is none */
    struct mr_slice assignment;
};
/* `uint32_t at = 0; while (group_next_member(g, &at, &m))`: in the order in which they came. DescribeGroups
 * shows metadata only while the group is Stable. */
bool group_next_member(const struct group *g, uint32_t *at, struct group_member_view *ret);

#endif
