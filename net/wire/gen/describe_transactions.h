/* Written by net/wire/schema/gen.py from describe_transactions.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DESCRIBE_TRANSACTIONS_H
#define MR_WIRE_GEN_DESCRIBE_TRANSACTIONS_H

#include "net/wire/message.h"

/* DescribeTransactionsRequest: key 65, v0, flexible v0+. */
struct kw_describe_transactions_request {
    struct mr_str *transactional_ids;
    int32_t transactional_ids_count;
};
void kw_describe_transactions_request_init(struct kw_describe_transactions_request *m);
int kw_describe_transactions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_describe_transactions_request *ret);
void kw_describe_transactions_request_encode(struct kw_writer *w, int16_t version,
                                             const struct kw_describe_transactions_request *m);
extern const struct kw_message kw_describe_transactions_request_info;

/* DescribeTransactionsResponse: key 65, v0, flexible v0+. */
struct kw_describe_transactions_response_topic {
    struct mr_str topic;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_describe_transactions_response_transaction {
    int16_t error_code;
    struct mr_str transactional_id;
    struct mr_str transaction_state;
    int32_t transaction_timeout_ms;
    int64_t transaction_start_time_ms;
    int64_t producer_id;
    int16_t producer_epoch;
    struct kw_describe_transactions_response_topic *topics;
    int32_t topics_count;
};
struct kw_describe_transactions_response {
    int32_t throttle_time_ms;
    struct kw_describe_transactions_response_transaction *transaction_states;
    int32_t transaction_states_count;
};
void kw_describe_transactions_response_topic_init(struct kw_describe_transactions_response_topic *m);
void kw_describe_transactions_response_transaction_init(
    struct kw_describe_transactions_response_transaction *m);
void kw_describe_transactions_response_init(struct kw_describe_transactions_response *m);
int kw_describe_transactions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_describe_transactions_response *ret);
void kw_describe_transactions_response_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_describe_transactions_response *m);
extern const struct kw_message kw_describe_transactions_response_info;

#endif
