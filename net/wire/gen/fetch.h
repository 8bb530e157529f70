/* Written by net/wire/schema/gen.py from fetch.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_FETCH_H
#define MR_WIRE_GEN_FETCH_H

#include "net/wire/message.h"

/* FetchRequest: key 1, v4-18, flexible v12+. */
struct kw_fetch_request_forgotten_topic {
    struct mr_str topic; /* v7-12 */
    struct mr_uuid topic_id; /* v13+ */
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_fetch_request_partition {
    int32_t partition;
    int32_t current_leader_epoch; /* v9+, default -1 */
    int64_t fetch_offset;
    int32_t last_fetched_epoch; /* v12+, default -1 */
    int64_t log_start_offset; /* v5+, default -1 */
    int32_t partition_max_bytes;
    struct mr_uuid replica_directory_id; /* v17+, tag 0 */
    int64_t high_watermark; /* v18+, tag 1, default 9223372036854775807 */
};
struct kw_fetch_request_topic {
    struct mr_str topic; /* v4-12 */
    struct mr_uuid topic_id; /* v13+ */
    struct kw_fetch_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_fetch_request_replica_state {
    int32_t replica_id; /* default -1 */
    int64_t replica_epoch; /* default -1 */
};
struct kw_fetch_request {
    struct mr_str cluster_id; /* v12+, may be null, tag 0 */
    int32_t replica_id; /* v4-14, default -1 */
    struct kw_fetch_request_replica_state replica_state; /* v15+, tag 1 */
    int32_t max_wait_ms;
    int32_t min_bytes;
    int32_t max_bytes; /* default 2147483647 */
    int8_t isolation_level;
    int32_t session_id; /* v7+ */
    int32_t session_epoch; /* v7+, default -1 */
    struct kw_fetch_request_topic *topics;
    int32_t topics_count;
    struct kw_fetch_request_forgotten_topic *forgotten_topics_data; /* v7+ */
    int32_t forgotten_topics_data_count;
    struct mr_str rack_id; /* v11+ */
};
void kw_fetch_request_forgotten_topic_init(struct kw_fetch_request_forgotten_topic *m);
void kw_fetch_request_partition_init(struct kw_fetch_request_partition *m);
void kw_fetch_request_topic_init(struct kw_fetch_request_topic *m);
void kw_fetch_request_replica_state_init(struct kw_fetch_request_replica_state *m);
void kw_fetch_request_init(struct kw_fetch_request *m);
int kw_fetch_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                            struct kw_fetch_request *ret);
void kw_fetch_request_encode(struct kw_writer *w, int16_t version, const struct kw_fetch_request *m);
extern const struct kw_message kw_fetch_request_info;

/* FetchResponse: key 1, v4-18, flexible v12+. */
struct kw_fetch_response_node_endpoint {
    int32_t node_id;
    struct mr_str host;
    int32_t port;
    struct mr_str rack; /* may be null */
};
struct kw_fetch_response_aborted_transaction {
    int64_t producer_id;
    int64_t first_offset;
};
struct kw_fetch_response_snapshot_id {
    int64_t end_offset; /* default -1 */
    int32_t epoch; /* default -1 */
};
struct kw_fetch_response_current_leader {
    int32_t leader_id; /* default -1 */
    int32_t leader_epoch; /* default -1 */
};
struct kw_fetch_response_diverging_epoch {
    int32_t epoch; /* default -1 */
    int64_t end_offset; /* default -1 */
};
struct kw_fetch_response_partition {
    int32_t partition_index;
    int16_t error_code;
    int64_t high_watermark;
    int64_t last_stable_offset; /* default -1 */
    int64_t log_start_offset; /* v5+, default -1 */
    struct kw_fetch_response_diverging_epoch diverging_epoch; /* v12+, tag 0 */
    struct kw_fetch_response_current_leader current_leader; /* v12+, tag 1 */
    struct kw_fetch_response_snapshot_id snapshot_id; /* v12+, tag 2 */
    struct kw_fetch_response_aborted_transaction *aborted_transactions; /* may be null */
    int32_t aborted_transactions_count;
    int32_t preferred_read_replica; /* v11+, default -1 */
    struct kw_records records; /* may be null */
};
struct kw_fetch_response_topic {
    struct mr_str topic; /* v4-12 */
    struct mr_uuid topic_id; /* v13+ */
    struct kw_fetch_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_fetch_response {
    int32_t throttle_time_ms;
    int16_t error_code; /* v7+ */
    int32_t session_id; /* v7+ */
    struct kw_fetch_response_topic *responses;
    int32_t responses_count;
    struct kw_fetch_response_node_endpoint *node_endpoints; /* v16+, tag 0 */
    int32_t node_endpoints_count;
};
void kw_fetch_response_node_endpoint_init(struct kw_fetch_response_node_endpoint *m);
void kw_fetch_response_aborted_transaction_init(struct kw_fetch_response_aborted_transaction *m);
void kw_fetch_response_snapshot_id_init(struct kw_fetch_response_snapshot_id *m);
void kw_fetch_response_current_leader_init(struct kw_fetch_response_current_leader *m);
void kw_fetch_response_diverging_epoch_init(struct kw_fetch_response_diverging_epoch *m);
void kw_fetch_response_partition_init(struct kw_fetch_response_partition *m);
void kw_fetch_response_topic_init(struct kw_fetch_response_topic *m);
void kw_fetch_response_init(struct kw_fetch_response *m);
int kw_fetch_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                             struct kw_fetch_response *ret);
void kw_fetch_response_encode(struct kw_writer *w, int16_t version, const struct kw_fetch_response *m);
extern const struct kw_message kw_fetch_response_info;

#endif
