/* Written by net/wire/schema/gen.py from describe_producers.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DESCRIBE_PRODUCERS_H
#define MR_WIRE_GEN_DESCRIBE_PRODUCERS_H

#include "net/wire/message.h"

/* DescribeProducersRequest: key 61, v0, flexible v0+. */
struct kw_describe_producers_request_topic {
    struct mr_str name;
    int32_t *partition_indexes;
    int32_t partition_indexes_count;
};
struct kw_describe_producers_request {
    struct kw_describe_producers_request_topic *topics;
    int32_t topics_count;
};
void kw_describe_producers_request_topic_init(struct kw_describe_producers_request_topic *m);
void kw_describe_producers_request_init(struct kw_describe_producers_request *m);
int kw_describe_producers_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_describe_producers_request *ret);
void kw_describe_producers_request_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_describe_producers_request *m);
extern const struct kw_message kw_describe_producers_request_info;

/* DescribeProducersResponse: key 61, v0, flexible v0+. */
struct kw_describe_producers_response_active_producer {
    int64_t producer_id;
    int32_t producer_epoch;
    int32_t last_sequence; /* default -1 */
    int64_t last_timestamp; /* default -1 */
    int32_t coordinator_epoch;
    int64_t current_txn_start_offset; /* default -1 */
};
struct kw_describe_producers_response_partition {
    int32_t partition_index;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_describe_producers_response_active_producer *active_producers;
    int32_t active_producers_count;
};
struct kw_describe_producers_response_topic {
    struct mr_str name;
    struct kw_describe_producers_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_describe_producers_response {
    int32_t throttle_time_ms;
    struct kw_describe_producers_response_topic *topics;
    int32_t topics_count;
};
void kw_describe_producers_response_active_producer_init(
    struct kw_describe_producers_response_active_producer *m);
void kw_describe_producers_response_partition_init(struct kw_describe_producers_response_partition *m);
void kw_describe_producers_response_topic_init(struct kw_describe_producers_response_topic *m);
void kw_describe_producers_response_init(struct kw_describe_producers_response *m);
int kw_describe_producers_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_describe_producers_response *ret);
void kw_describe_producers_response_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_describe_producers_response *m);
extern const struct kw_message kw_describe_producers_response_info;

#endif
