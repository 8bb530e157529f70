/* Written by net/wire/schema/gen.py from txn_offset_commit.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_TXN_OFFSET_COMMIT_H
#define MR_WIRE_GEN_TXN_OFFSET_COMMIT_H

#include "net/wire/message.h"

/* TxnOffsetCommitRequest: key 28, v0-5, flexible v3+. */
struct kw_txn_offset_commit_request_partition {
    int32_t partition_index;
    int64_t committed_offset;
    int32_t committed_leader_epoch; /* v2+, default -1 */
    struct mr_str committed_metadata; /* may be null */
};
struct kw_txn_offset_commit_request_topic {
    struct mr_str name;
    struct kw_txn_offset_commit_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_txn_offset_commit_request {
    struct mr_str transactional_id;
    struct mr_str group_id;
    int64_t producer_id;
    int16_t producer_epoch;
    int32_t generation_id; /* v3+, default -1 */
    struct mr_str member_id; /* v3+ */
    struct mr_str group_instance_id; /* v3+, may be null */
    struct kw_txn_offset_commit_request_topic *topics;
    int32_t topics_count;
};
void kw_txn_offset_commit_request_partition_init(struct kw_txn_offset_commit_request_partition *m);
void kw_txn_offset_commit_request_topic_init(struct kw_txn_offset_commit_request_topic *m);
void kw_txn_offset_commit_request_init(struct kw_txn_offset_commit_request *m);
int kw_txn_offset_commit_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_txn_offset_commit_request *ret);
void kw_txn_offset_commit_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_txn_offset_commit_request *m);
extern const struct kw_message kw_txn_offset_commit_request_info;

/* TxnOffsetCommitResponse: key 28, v0-5, flexible v3+. */
struct kw_txn_offset_commit_response_partition {
    int32_t partition_index;
    int16_t error_code;
};
struct kw_txn_offset_commit_response_topic {
    struct mr_str name;
    struct kw_txn_offset_commit_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_txn_offset_commit_response {
    int32_t throttle_time_ms;
    struct kw_txn_offset_commit_response_topic *topics;
    int32_t topics_count;
};
void kw_txn_offset_commit_response_partition_init(struct kw_txn_offset_commit_response_partition *m);
void kw_txn_offset_commit_response_topic_init(struct kw_txn_offset_commit_response_topic *m);
void kw_txn_offset_commit_response_init(struct kw_txn_offset_commit_response *m);
int kw_txn_offset_commit_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_txn_offset_commit_response *ret);
void kw_txn_offset_commit_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_txn_offset_commit_response *m);
extern const struct kw_message kw_txn_offset_commit_response_info;

#endif
