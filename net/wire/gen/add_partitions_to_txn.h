/* Written by net/wire/schema/gen.py from add_partitions_to_txn.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_ADD_PARTITIONS_TO_TXN_H
#define MR_WIRE_GEN_ADD_PARTITIONS_TO_TXN_H

#include "net/wire/message.h"

/* AddPartitionsToTxnRequest: key 24, v0-5, flexible v3+. */
struct kw_add_partitions_to_txn_request_old_topic {
    struct mr_str name;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_add_partitions_to_txn_request_topic {
    struct mr_str name;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_add_partitions_to_txn_request_transaction {
    struct mr_str transactional_id;
    int64_t producer_id;
    int16_t producer_epoch;
    bool verify_only;
    struct kw_add_partitions_to_txn_request_topic *topics;
    int32_t topics_count;
};
struct kw_add_partitions_to_txn_request {
    struct kw_add_partitions_to_txn_request_transaction *transactions; /* v4+ */
    int32_t transactions_count;
    struct mr_str v3_and_below_transactional_id; /* v0-3 */
    int64_t v3_and_below_producer_id; /* v0-3 */
    int16_t v3_and_below_producer_epoch; /* v0-3 */
    struct kw_add_partitions_to_txn_request_old_topic *v3_and_below_topics; /* v0-3 */
    int32_t v3_and_below_topics_count;
};
void kw_add_partitions_to_txn_request_old_topic_init(struct kw_add_partitions_to_txn_request_old_topic *m);
void kw_add_partitions_to_txn_request_topic_init(struct kw_add_partitions_to_txn_request_topic *m);
void kw_add_partitions_to_txn_request_transaction_init(
    struct kw_add_partitions_to_txn_request_transaction *m);
void kw_add_partitions_to_txn_request_init(struct kw_add_partitions_to_txn_request *m);
int kw_add_partitions_to_txn_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_add_partitions_to_txn_request *ret);
void kw_add_partitions_to_txn_request_encode(struct kw_writer *w, int16_t version,
                                             const struct kw_add_partitions_to_txn_request *m);
extern const struct kw_message kw_add_partitions_to_txn_request_info;

/* AddPartitionsToTxnResponse: key 24, v0-5, flexible v3+. */
struct kw_add_partitions_to_txn_response_old_partition {
    int32_t partition_index;
    int16_t partition_error_code;
};
struct kw_add_partitions_to_txn_response_old_topic {
    struct mr_str name;
    struct kw_add_partitions_to_txn_response_old_partition *results_by_partition;
    int32_t results_by_partition_count;
};
struct kw_add_partitions_to_txn_response_partition {
    int32_t partition_index;
    int16_t partition_error_code;
};
struct kw_add_partitions_to_txn_response_topic {
    struct mr_str name;
    struct kw_add_partitions_to_txn_response_partition *results_by_partition;
    int32_t results_by_partition_count;
};
struct kw_add_partitions_to_txn_response_transaction {
    struct mr_str transactional_id;
    struct kw_add_partitions_to_txn_response_topic *topic_results;
    int32_t topic_results_count;
};
struct kw_add_partitions_to_txn_response {
    int32_t throttle_time_ms;
    int16_t error_code; /* v4+ */
    struct kw_add_partitions_to_txn_response_transaction *results_by_transaction; /* v4+ */
    int32_t results_by_transaction_count;
    struct kw_add_partitions_to_txn_response_old_topic *results_by_topic_v3_and_below; /* v0-3 */
    int32_t results_by_topic_v3_and_below_count;
};
void kw_add_partitions_to_txn_response_old_partition_init(
    struct kw_add_partitions_to_txn_response_old_partition *m);
void kw_add_partitions_to_txn_response_old_topic_init(struct kw_add_partitions_to_txn_response_old_topic *m);
void kw_add_partitions_to_txn_response_partition_init(struct kw_add_partitions_to_txn_response_partition *m);
void kw_add_partitions_to_txn_response_topic_init(struct kw_add_partitions_to_txn_response_topic *m);
void kw_add_partitions_to_txn_response_transaction_init(
    struct kw_add_partitions_to_txn_response_transaction *m);
void kw_add_partitions_to_txn_response_init(struct kw_add_partitions_to_txn_response *m);
int kw_add_partitions_to_txn_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_add_partitions_to_txn_response *ret);
void kw_add_partitions_to_txn_response_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_add_partitions_to_txn_response *m);
extern const struct kw_message kw_add_partitions_to_txn_response_info;

#endif
