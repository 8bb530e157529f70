/* core/broker/cgroup.h - one consumer group of the new protocol (KIP-848): who is in it, what each shall
 * have, what each has.
 *
 * A pure state machine. Its log is its state: an event judges the group as it is, hands out records through
 * the turn's write(), and says what it will answer; nothing has changed yet. When the records are stable the
 * caller gives each of them to cgroup_replay(), which is also how a group is loaded, and the reply to
 * cgroup_settle(); when they could not be written it drops both. So events on one group come one at a time:
 * the next one after the settling of the one before. It does no I/O, reads no clock, draws no entropy.
 *
 *   Empty        no members
 *   Assigning    the group's epoch is ahead of the target assignment's
 *   Reconciling  some member has not reached the target
 *   Stable       all have
 *
 * Epochs: the group's goes up when a subscription or a subscribed topic changes, the assignment's follows
 * when the next heartbeat computes the target, a member's when it has given back what is not its own any
 * more. A partition is given to a member only when nobody else has it: a rebalance stops only what moves.
 *
 * Members of the classic protocol may be in it, too (`classic`): they learn what they have by joining again.
 *
 * Bounds: settings->max_size members, settings->bytes_max bytes; beyond either a new member gets
 * GROUP_MAX_SIZE_REACHED. Time: a heartbeat without news costs look-ups; one that changes the group all its
 * members and partitions. Memory: README.md.
 *
 * Sources: KIP-848, KIP-1082 (ids by the client), KIP-1099 (kinds of members); the rest is what Apache Kafka
 * 4.1.0 was seen to answer. */
#ifndef MR_BROKER_CGROUP_H
#define MR_BROKER_CGROUP_H

#include "core/broker/cgroup_parts.h"
#include "core/broker/group.h"

struct cgroup;
struct kw_reader;

enum {
    CGROUP_EPOCH_LEAVE = -1,        /* a member's: it goes */
    CGROUP_EPOCH_LEAVE_STATIC = -2, /* it goes for a while, and keeps its place */
    CGROUP_MESSAGE_BYTES = 1024,    /* of an error's text at most */
};

enum cgroup_state { CGROUP_EMPTY, CGROUP_ASSIGNING, CGROUP_RECONCILING, CGROUP_STABLE, CGROUP_DEAD };
const char *cgroup_state_name(enum cgroup_state state); /* as Kafka's. Static */
enum cgroup_state cgroup_state_of(const struct cgroup *g);

/* ---- what it asks of the world ---- */

struct cgroup_topic {
    struct mr_str name;
    struct mr_uuid id;
    int32_t partitions;
};

/* The cluster's topics. */
struct cgroup_topics {
    bool (*find)(const struct cgroup_topics *t, struct mr_str name, struct cgroup_topic *ret);
    bool (*find_id)(const struct cgroup_topics *t, struct mr_uuid id, struct cgroup_topic *ret);
    bool (*next)(const struct cgroup_topics *t, uint32_t *at, struct cgroup_topic *ret); /* all of them */
    uint64_t version; /* another one whenever a topic may have come, gone or grown */
};

enum cgroup_assignor { CGROUP_UNIFORM, CGROUP_RANGE, CGROUP_ASSIGNORS };

struct cgroup_settings {
    int32_t session_timeout_ms;    /* consumer.session.timeout.ms of the group, or the broker's */
    int32_t heartbeat_interval_ms; /* likewise */
    int32_t max_size;              /* group.consumer.max.size */
    int64_t regex_refresh_ms;      /* group.consumer.regex.refresh.interval.ms */
    enum cgroup_assignor assignors[CGROUP_ASSIGNORS]; /* group.consumer.assignors; the first is the default */
    int32_t assignor_count;
    bool upgrade, downgrade;  /* group.consumer.migration.policy */
    int32_t classic_max_size; /* group.max.size: a larger group is not turned into a classic one */
    int32_t classic_session_ms_min, classic_session_ms_max;
    uint64_t bytes_max; /* of one group; ours */
};

/* Regular expressions. */
struct cgroup_regex_way {
    /* 0, or an enum kw_error with *ret_why in the arena. */
    int16_t (*check)(const struct cgroup_regex_way *w, struct mr_arena *a, struct mr_str text,
                     struct mr_str *ret_why);
    /* As many expressions as may be are compiled: each takes memory, and it lasts over many events. */
    bool (*busy)(const struct cgroup_regex_way *w);
    /* Begins to match; NULL: it cannot (memory). */
    void *(*begin)(const struct cgroup_regex_way *w, struct mr_str text);
    bool (*matches)(void *compiled, struct mr_str topic); /* the whole name */
    uint32_t (*size)(const void *compiled); /* instructions: what a character of a name may cost */
    void (*end)(void *compiled);            /* may come in a later event */
};

/* One event's surroundings. write() must not call back; what it is given is in the turn's arena. */
struct cgroup_turn {
    int64_t now_ms;  /* monotonic: deadlines */
    int64_t wall_ms; /* for what is written */
    const struct cgroup_settings *settings;
    const struct cgroup_topics *topics;
    const struct cgroup_regex_way *regexes;
    struct mr_arena *arena; /* of the event: records and replies lie there until it is settled */
    void (*write)(struct cgroup_turn *t, struct mr_slice key,
                  struct mr_slice value); /* ptr NULL: tombstone */
    bool failed; /* the arena was too small: the event's error is COORDINATOR_NOT_AVAILABLE */
};

/* ---- its life ---- */

/* Empty, epoch 0: nobody knows of it yet. id is copied. -ENOMEM. */
int cgroup_new(struct mr_str id, struct cgroup **ret);
void cgroup_free(struct cgroup *g); /* NULL is fine */
/* No record of it is in the log. */
bool cgroup_void(const struct cgroup *g);
uint64_t cgroup_bytes(const struct cgroup *g);

/* A stable record of this group: type and what follows the group's id in its key (member id, expression; null
 * where there is none); value with its version in front, ptr NULL: a tombstone. 0, -MR_E_VERSION,
 * -MR_E_CORRUPT, -ENOMEM. After a tombstone of the group itself it is void, whatever else it was. */
int cgroup_replay(struct cgroup *g, struct cgroup_turn *t, int16_t type, struct mr_str second,
                  struct mr_slice value);
/* Loading is over: members' sessions begin now. What no member's record explains is forgotten. */
void cgroup_loaded(struct cgroup *g, struct cgroup_turn *t);
/* Writes tombstones of all records that make it what it is. */
void cgroup_erase(const struct cgroup *g, struct cgroup_turn *t);

/* ---- events ---- */

/* What follows from an event once its records are stable. Lies with the caller, refers to the arena. */
struct cgroup_reply {
    int16_t error;           /* enum kw_error; then what was written must be dropped */
    struct mr_str message;   /* null: none */
    struct mr_str member_id; /* null with an error */
    int32_t member_epoch;
    int32_t heartbeat_interval_ms;
    bool with_assignment;
    struct cgroup_parts assignment;
    /* a classic member's join */
    struct mr_str protocol_name;
    /* the group shall become a classic one: this is the value of its record, which was written */
    bool downgraded;
    struct mr_slice classic_value;
    /* private: for cgroup_settle() */
    struct mr_str alive; /* whose session lasts from now; null: nobody's */
    int64_t session_ms, sync_ms;
    bool joined, synced;
    bool refreshed;
    uint64_t topics_version;
    bool regexes_wanted, regexes_done;
};

/* The event's records are stable and replayed. */
void cgroup_settle(struct cgroup *g, struct cgroup_turn *t, const struct cgroup_reply *reply);

/* No later than what cgroup_tick() has to do next; GROUP_NEVER. */
int64_t cgroup_next_deadline(const struct cgroup *g);
/* Whoever's time is up goes; regular expressions are matched anew. An event like others. */
void cgroup_tick(struct cgroup *g, struct cgroup_turn *t, struct cgroup_reply *ret);

struct cgroup_heartbeat {
    struct mr_str member_id; /* "" only when member_epoch is 0 and the client does not make ids: then fresh */
    int32_t member_epoch;    /* 0: joins; CGROUP_EPOCH_LEAVE, _LEAVE_STATIC */
    struct mr_str instance_id, rack_id; /* null: none */
    int32_t rebalance_timeout_ms;       /* -1: as last time */
    const struct mr_str *names;         /* NULL: as last time */
    int32_t name_count;
    struct mr_str regex;    /* null: as last time */
    struct mr_str assignor; /* null: as last time */
    bool owned_given;
    struct cgroup_parts owned; /* sorted */
    struct mr_str client_id, client_host;
};

/* Errors: UNKNOWN_MEMBER_ID, FENCED_MEMBER_EPOCH, FENCED_INSTANCE_ID, UNRELEASED_INSTANCE_ID,
 * UNSUPPORTED_ASSIGNOR, GROUP_MAX_SIZE_REACHED, INVALID_REGULAR_EXPRESSION, COORDINATOR_NOT_AVAILABLE. What a
 * request must hold is the handler's to check; the group stands (join: it may be void). */
void cgroup_heartbeat(struct cgroup *g, struct cgroup_turn *t, const struct cgroup_heartbeat *in,
                      struct cgroup_reply *ret);

/* Must it be alone on the group? Not if a member that stays says nothing new, and the group owes no new epoch
 * or target: then it is judged by what its own member was given and what the others hold, and changes nothing
 * but what its member holds. No two members are given the same partition, so what others' heartbeats are
 * writing meanwhile contradicts nothing: a partition that is being given back is still held for this one. */
bool cgroup_heartbeat_alone(const struct cgroup *g, const struct cgroup_heartbeat *in,
                            uint64_t topics_version);
/* One at a time of each member: from judging to settling. */
void cgroup_beat_begin(struct cgroup *g, struct mr_str member_id);
void cgroup_beat_end(struct cgroup *g, struct mr_str member_id);
bool cgroup_member_beats(const struct cgroup *g, struct mr_str member_id);

/* ---- members of the classic protocol ---- */

/* JoinGroup: ret->member_id, member_epoch (the generation), protocol_name; no member leads. fresh: the id of
 * a member without one. Errors: also MEMBER_ID_REQUIRED (with member_id), INCONSISTENT_GROUP_PROTOCOL,
 * INVALID_SESSION_TIMEOUT. */
void cgroup_join(struct cgroup *g, struct cgroup_turn *t, const struct group_join *in, struct mr_str fresh,
                 struct cgroup_reply *ret);
/* SyncGroup: *ret_assignment in the arena, as consumers read it. */
void cgroup_sync(struct cgroup *g, struct cgroup_turn *t, const struct group_sync *in,
                 struct cgroup_reply *ret, struct mr_slice *ret_assignment);
void cgroup_classic_heartbeat(struct cgroup *g, struct cgroup_turn *t, struct mr_str member_id,
                              struct mr_str instance_id, int32_t generation, struct cgroup_reply *ret);
/* LeaveGroup; sets the leavers' errors. */
void cgroup_leave(struct cgroup *g, struct cgroup_turn *t, struct group_leaver *leavers, int32_t count,
                  struct cgroup_reply *ret);

/* A classic group becomes a consumer group: writes its records, from the value of the classic group's record.
 * g is void. 0; -MR_E_CORRUPT: its members are no consumers that can be read. The group's tombstone is the
 * caller's. The caller replays what was written into g at once: the heartbeat that follows judges g. */
int cgroup_upgrade(struct cgroup *g, struct cgroup_turn *t, const struct group *from);

/* ---- committing, looking ---- */

/* May offsets be committed, fetched? 0, UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH, ILLEGAL_GENERATION (classic
 * members), UNSUPPORTED_VERSION (a commit below v9). member_id null in a fetch: nobody. */
int16_t cgroup_commit_check(const struct cgroup *g, struct mr_str member_id, struct mr_str instance_id,
                            int32_t epoch, bool transactional, bool new_protocol);
int16_t cgroup_fetch_check(const struct cgroup *g, struct mr_str member_id, int32_t epoch);
bool cgroup_is_empty(const struct cgroup *g); /* no members */
bool cgroup_subscribes(const struct cgroup *g, struct mr_str topic);

struct cgroup_view {
    struct mr_str id;
    enum cgroup_state state;
    int32_t epoch, assignment_epoch;
    const char *assignor;
    int32_t member_count;
};
void cgroup_describe(const struct cgroup *g, const struct cgroup_settings *settings, struct cgroup_view *ret);

struct cgroup_member_view {
    struct mr_str member_id, instance_id, rack_id, client_id, client_host, regex;
    const struct mr_str *names;
    int32_t name_count;
    int32_t epoch;
    bool classic;
    struct cgroup_parts assigned, target;
};
bool cgroup_next_member(const struct cgroup *g, uint32_t *at, struct cgroup_member_view *ret);

#endif
