/* Written by net/wire/schema/gen.py from txn_log.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_TXN_LOG_H
#define MR_WIRE_GEN_TXN_LOG_H

#include "net/wire/message.h"

/* TransactionLogKey: key 0, v0. */
struct kw_transaction_log_key {
    struct mr_str transactional_id;
};
void kw_transaction_log_key_init(struct kw_transaction_log_key *m);
int kw_transaction_log_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_transaction_log_key *ret);
void kw_transaction_log_key_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_transaction_log_key *m);
extern const struct kw_message kw_transaction_log_key_info;

/* TransactionLogValue: key 0, v0-1, flexible v1+. */
struct kw_transaction_log_value_topic {
    struct mr_str topic;
    int32_t *partition_ids;
    int32_t partition_ids_count;
};
struct kw_transaction_log_value {
    int64_t producer_id;
    int64_t previous_producer_id; /* v1+, tag 0, default -1 */
    int64_t next_producer_id; /* v1+, tag 1, default -1 */
    int16_t producer_epoch;
    int16_t next_producer_epoch; /* v1+, tag 3, default -1 */
    int32_t transaction_timeout_ms;
    int8_t transaction_status;
    struct kw_transaction_log_value_topic *transaction_partitions; /* may be null */
    int32_t transaction_partitions_count;
    int64_t transaction_last_update_timestamp_ms;
    int64_t transaction_start_timestamp_ms;
    int16_t client_transaction_version; /* v1+, tag 2 */
};
void kw_transaction_log_value_topic_init(struct kw_transaction_log_value_topic *m);
void kw_transaction_log_value_init(struct kw_transaction_log_value *m);
int kw_transaction_log_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_transaction_log_value *ret);
void kw_transaction_log_value_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_transaction_log_value *m);
extern const struct kw_message kw_transaction_log_value_info;

#endif
