/* core/broker/group_coord.h - what a coordinator of groups holds for one group, and the events on its
 * committed offsets.
 *
 * The glue between the runtime (coord.h), the offsets (group_offsets.h) and the group itself (group.h). All
 * of it on the coordinator's shard. */
#ifndef MR_GROUP_COORD_H
#define MR_GROUP_COORD_H

#include "core/broker/coord.h"
#include "core/broker/group_offsets.h"

extern const struct coord_type group_coord_type;

struct group_entity {
    struct coord_entity e; /* first */
    struct group_offsets offsets;
    bool known;       /* it exists for those who ask: it has had offsets or members, and no tombstone */
    uint64_t charged; /* of the offsets */
    struct mr_list with_txns; /* of the coordinator: it has offsets of open transactions */
};

/* NULL: no such group. */
struct group_entity *group_find(struct coord *c, struct mr_str name);

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
    int16_t version;                      /* of OffsetCommit; what is unknown is named after it */
    struct group_commit_item *items;
    uint32_t count;
    void (*done)(struct group_commit *g, enum kw_error error); /* later or inside */
    int64_t wall_ms;                                           /* private: of the records */
};
void group_commit_init(struct group_commit *g, void (*done)(struct group_commit *g, enum kw_error error));
/* One batch; applied and answered when it is stable. Errors of the whole: coord.h's, and those of a commit's
 * checks (KW_ILLEGAL_GENERATION, KW_UNKNOWN_MEMBER_ID, KW_FENCED_INSTANCE_ID, KW_REBALANCE_IN_PROGRESS,
 * KW_GROUP_ID_NOT_FOUND from v9 on). */
void group_commit_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_commit *g);

/* ---- deleting ---- */

struct group_forget_item {
    struct mr_str topic;
    int32_t partition;
    enum kw_error error; /* out: KW_GROUP_SUBSCRIBED_TO_TOPIC */
    bool written;        /* private */
};

/* OffsetDelete (KIP-496). KW_GROUP_ID_NOT_FOUND, KW_NON_EMPTY_GROUP. */
struct group_forget {
    struct coord_op op;
    struct group_forget_item *items;
    uint32_t count;
    void (*done)(struct group_forget *g, enum kw_error error);
};
void group_forget_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                         struct group_forget *g);

#endif
