/* core/broker/group_coord.h - what a coordinator of groups holds for one group, and the events on it.
 *
 * The glue between the runtime (coord.h), the members (group.h) and the committed offsets (group_offsets.h).
 * All of it on the coordinator's shard. */
#ifndef MR_GROUP_COORD_H
#define MR_GROUP_COORD_H

#include "core/broker/cgroup_coord.h"
#include "core/broker/coord.h"
#include "core/broker/group.h"
#include "core/broker/group_offsets.h"
#include "core/broker/txn_ask.h"

extern const struct coord_type group_coord_type;

enum { GROUP_TOKENS_MAX = 8 }; /* records that one event of a group puts at most */

struct group_tokens {
    uint32_t count;
    uint64_t token[GROUP_TOKENS_MAX];
};

struct group_entity {
    struct coord_entity e; /* first */
    struct group *group;   /* NULL: nobody has joined, and nobody has committed; or it is a consumer group */
    struct cgroup *cgroup; /* NULL: it is no consumer group (KIP-848) */
    bool ticking;          /* an event of cgroup's deadlines is under way */
    struct group_offsets offsets;
    bool has_offsets; /* it has had some, and no tombstone since: so it exists, with members or without */
    bool load_pending, unloaded;
    uint64_t charged;
    struct mr_list with_txns; /* of the coordinator: it has offsets of open transactions */
    struct group_tokens wake_tokens;
    struct mr_list late; /* records that wait for an event of their own */
};

/* NULL: no such group. */
struct group_entity *group_find(struct coord *c, struct mr_str name);
static inline struct group_entity *group_of(struct coord_entity *e)
{
    return MR_CONTAINER(e, struct group_entity, e);
}
bool group_exists(const struct group_entity *g);

/* ---- members ---- */

/* A request of a member, from its arrival on the coordinator's shard to its answer, which may come much
 * later. The owner of the struct keeps it until finished(), which runs exactly once, inside
 * group_call_submit() or later. */
struct group_call {
    struct coord_op op; /* private */
    /* Has its turn: call group_join(), group_sync() or group_leave() with this call as req; or say what there
     * is to say and call group_call_answered(). With create, g->group is never NULL; without, it may be. */
    void (*run)(struct group_call *call, struct group_entity *g, struct group_turn *t);
    bool create;
    bool newcomer; /* it may add a member: KW_COORDINATOR_NOT_AVAILABLE when coord_full() */
    /* The group's answer: to be copied, nothing more. Those that the call does not ask for may be NULL. */
    void (*joined)(struct group_call *call, const struct group *g, const struct group_join_answer *a);
    void (*synced)(struct group_call *call, const struct group *g, const struct group_sync_answer *a);
    void (*left)(struct group_call *call, int16_t error);
    /* All is over. error: KW_NONE, it was answered; or why run() never was: KW_NOT_COORDINATOR, ... */
    void (*finished)(struct group_call *call, enum kw_error error);
    void *ctx; /* the owner's */
    /* private */
    struct group_tokens tokens;
    bool ran, over, answered;
    enum kw_error error;
};
void group_call_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                       struct group_call *call);
static inline void group_call_answered(struct group_call *call)
{
    call->answered = true;
}
/* Answered outside of run(): it is over. */
void group_call_finish(struct group_call *call);
/* run() again, in a turn of its own: the group is another one now. */
void group_call_again(struct group_call *call);

/* ---- committing ---- */

struct group_commit_item {
    /* in */
    struct mr_str topic;
    int32_t partition;
    int64_t offset;
    int32_t leader_epoch;
    struct mr_str metadata; /* never null */
    /* out */
    enum kw_error error; /* KW_OFFSET_METADATA_TOO_LARGE, or the whole's */
};

/* OffsetCommit and TxnOffsetCommit. Everything is borrowed until done(). */
struct group_commit {
    struct coord_op
        op; /* private but for producer_id and producer_epoch, which group_commit_init() leaves at -1 */
    /* in */
    struct mr_str member_id, instance_id; /* "" and null: none */
    int32_t generation;                   /* or member epoch; -1: a simple consumer */
    int64_t retention_ms;                 /* -1: the broker's */
    bool new_errors; /* OffsetCommit v9 and later: it knows member epochs, and KW_GROUP_ID_NOT_FOUND */
    struct group_commit_item *items;
    uint32_t count;
    void (*done)(struct group_commit *g, enum kw_error error); /* later or inside */
    int64_t wall_ms;                                           /* private: of the records */
};
void group_commit_init(struct group_commit *g, void (*done)(struct group_commit *g, enum kw_error error));
/* One batch; applied and answered when it is stable. Errors of the whole: coord.h's, and those of a commit's
 * checks (KW_ILLEGAL_GENERATION, KW_UNKNOWN_MEMBER_ID, KW_FENCED_INSTANCE_ID, KW_REBALANCE_IN_PROGRESS,
 * KW_GROUP_ID_NOT_FOUND). */
void group_commit_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_commit *g);

/* TxnOffsetCommit: the offsets become pending, and count with the marker of the transaction. The
 * transaction's coordinator is asked first (KIP-890), unless the transaction has written to this
 * coordinator's partition already. Everything is borrowed until done(). */
struct group_txn_commit {
    struct group_commit
        commit; /* in: group_commit_init(.., NULL), then members and items, and of op the producer */
    struct mr_str transactional_id;
    bool add;           /* the partition joins the transaction by the question (second version) */
    bool newest_errors; /* TxnOffsetCommit v4+: knows KW_TRANSACTION_ABORTABLE */
    /* Later or inside. As of group_commit_submit(), and KW_INVALID_TXN_STATE, KW_INVALID_PRODUCER_EPOCH,
     * KW_INVALID_PRODUCER_ID_MAPPING, KW_PRODUCER_FENCED, KW_CONCURRENT_TRANSACTIONS. */
    void (*done)(struct group_txn_commit *g, enum kw_error error);
    /* private */
    struct txn_ask ask;
    struct coord_guard guard;
    struct broker_shard *home;
    struct part_key key;
    struct mr_str group;
};
void group_txn_commit_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                             struct group_txn_commit *g);

/* ---- deleting ---- */

struct group_forget_item {
    struct mr_str topic;
    int32_t partition;
    enum kw_error error; /* out: KW_GROUP_SUBSCRIBED_TO_TOPIC */
    bool written;        /* private */
};

/* OffsetDelete (KIP-496): KW_GROUP_ID_NOT_FOUND, KW_NON_EMPTY_GROUP. Everything is borrowed until done(). */
struct group_forget {
    struct coord_op op;
    struct group_forget_item *items;
    uint32_t count;
    void (*done)(struct group_forget *g, enum kw_error error);
};
void group_forget_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_forget *g);

/* DeleteGroups: the group with all its offsets. KW_GROUP_ID_NOT_FOUND, KW_NON_EMPTY_GROUP. */
struct group_deletion {
    struct coord_op op;
    void (*done)(struct group_deletion *g, enum kw_error error);
};
void group_delete_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_deletion *g);

#endif
