/* Written by net/wire/schema/gen.py from produce.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_PRODUCE_H
#define MR_WIRE_GEN_PRODUCE_H

#include "net/wire/message.h"

/* ProduceRequest: key 0, v3-13, flexible v9+. */
struct kw_produce_request_partition {
    int32_t index;
    struct kw_records records; /* may be null */
};
struct kw_produce_request_topic {
    struct mr_str name; /* v3-12 */
    struct mr_uuid topic_id; /* v13+ */
    struct kw_produce_request_partition *partition_data;
    int32_t partition_data_count;
};
struct kw_produce_request {
    struct mr_str transactional_id; /* may be null */
    int16_t acks;
    int32_t timeout_ms;
    struct kw_produce_request_topic *topic_data;
    int32_t topic_data_count;
};
void kw_produce_request_partition_init(struct kw_produce_request_partition *m);
void kw_produce_request_topic_init(struct kw_produce_request_topic *m);
void kw_produce_request_init(struct kw_produce_request *m);
int kw_produce_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                              struct kw_produce_request *ret);
void kw_produce_request_encode(struct kw_writer *w, int16_t version, const struct kw_produce_request *m);
extern const struct kw_message kw_produce_request_info;

/* ProduceResponse: key 0, v3-13, flexible v9+. */
struct kw_produce_response_node_endpoint {
    int32_t node_id;
    struct mr_str host;
    int32_t port;
    struct mr_str rack; /* may be null */
};
struct kw_produce_response_current_leader {
    int32_t leader_id; /* default -1 */
    int32_t leader_epoch; /* default -1 */
};
struct kw_produce_response_record_error {
    int32_t batch_index;
    struct mr_str batch_index_error_message; /* may be null */
};
struct kw_produce_response_partition {
    int32_t index;
    int16_t error_code;
    int64_t base_offset;
    int64_t log_append_time_ms; /* default -1 */
    int64_t log_start_offset; /* v5+, default -1 */
    struct kw_produce_response_record_error *record_errors; /* v8+ */
    int32_t record_errors_count;
    struct mr_str error_message; /* v8+, may be null */
    struct kw_produce_response_current_leader current_leader; /* v10+, tag 0 */
};
struct kw_produce_response_topic {
    struct mr_str name; /* v3-12 */
    struct mr_uuid topic_id; /* v13+ */
    struct kw_produce_response_partition *partition_responses;
    int32_t partition_responses_count;
};
struct kw_produce_response {
    struct kw_produce_response_topic *responses;
    int32_t responses_count;
    int32_t throttle_time_ms;
    struct kw_produce_response_node_endpoint *node_endpoints; /* v10+, tag 0 */
    int32_t node_endpoints_count;
};
void kw_produce_response_node_endpoint_init(struct kw_produce_response_node_endpoint *m);
void kw_produce_response_current_leader_init(struct kw_produce_response_current_leader *m);
void kw_produce_response_record_error_init(struct kw_produce_response_record_error *m);
void kw_produce_response_partition_init(struct kw_produce_response_partition *m);
void kw_produce_response_topic_init(struct kw_produce_response_topic *m);
void kw_produce_response_init(struct kw_produce_response *m);
int kw_produce_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_produce_response *ret);
void kw_produce_response_encode(struct kw_writer *w, int16_t version, const struct kw_produce_response *m);
extern const struct kw_message kw_produce_response_info;

#endif
