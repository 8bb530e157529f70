/* core/broker/txn_mark.h - the marker that ends a producer's transaction in one partition, on the shard that
 * owns the partition: an ordinary one, or one with a coordinator of groups, where the marker also decides
 * what the transaction has committed. */
#ifndef MR_TXN_MARK_H
#define MR_TXN_MARK_H

#include "core/broker/coord.h"
#include "core/broker/partition.h"

struct txn_mark {
    /* in */
    struct part_key key;
    int64_t producer_id;
    int16_t producer_epoch;
    bool commit;
    int32_t coordinator_epoch;
    int16_t txn_version;              /* see producer_check_marker() */
    void (*done)(struct txn_mark *m); /* runs later or inside txn_mark() */
    /* out: KW_NONE: stable. KW_UNKNOWN_TOPIC_OR_PARTITION, KW_NOT_LEADER_OR_FOLLOWER, KW_NOT_ENOUGH_REPLICAS,
     * KW_KAFKA_STORAGE_ERROR, and of coordinators KW_NOT_COORDINATOR, KW_COORDINATOR_LOAD_IN_PROGRESS,
     * KW_COORDINATOR_NOT_AVAILABLE: to be repeated. KW_INVALID_PRODUCER_EPOCH,
     * KW_TRANSACTION_COORDINATOR_FENCED: not. */
    enum kw_error error;
    /* private */
    union {
        struct part_marker marker;
        struct coord_op op;
    } u;
};

void txn_mark(struct broker_shard *b, struct txn_mark *m);

#endif
