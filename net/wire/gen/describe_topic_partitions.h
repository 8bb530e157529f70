/* Written by net/wire/schema/gen.py from describe_topic_partitions.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DESCRIBE_TOPIC_PARTITIONS_H
#define MR_WIRE_GEN_DESCRIBE_TOPIC_PARTITIONS_H

#include "net/wire/message.h"

/* DescribeTopicPartitionsRequest: key 75, v0, flexible v0+. */
struct kw_describe_topic_partitions_request_cursor {
    struct mr_str topic_name;
    int32_t partition_index;
};
struct kw_describe_topic_partitions_request_topic {
    struct mr_str name;
};
struct kw_describe_topic_partitions_request {
    struct kw_describe_topic_partitions_request_topic *topics;
    int32_t topics_count;
    int32_t response_partition_limit; /* default 2000 */
    struct kw_describe_topic_partitions_request_cursor *cursor; /* may be null */
};
void kw_describe_topic_partitions_request_cursor_init(struct kw_describe_topic_partitions_request_cursor *m);
void kw_describe_topic_partitions_request_topic_init(struct kw_describe_topic_partitions_request_topic *m);
void kw_describe_topic_partitions_request_init(struct kw_describe_topic_partitions_request *m);
int kw_describe_topic_partitions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_describe_topic_partitions_request *ret);
void kw_describe_topic_partitions_request_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_topic_partitions_request *m);
extern const struct kw_message kw_describe_topic_partitions_request_info;

/* DescribeTopicPartitionsResponse: key 75, v0, flexible v0+. */
struct kw_describe_topic_partitions_response_next_cursor {
    struct mr_str topic_name;
    int32_t partition_index;
};
struct kw_describe_topic_partitions_response_partition {
    int16_t error_code;
    int32_t partition_index;
    int32_t leader_id;
    int32_t leader_epoch; /* default -1 */
    int32_t *replica_nodes;
    int32_t replica_nodes_count;
    int32_t *isr_nodes;
    int32_t isr_nodes_count;
    int32_t *eligible_leader_replicas; /* may be null */
    int32_t eligible_leader_replicas_count;
    int32_t *last_known_elr; /* may be null */
    int32_t last_known_elr_count;
    int32_t *offline_replicas;
    int32_t offline_replicas_count;
};
struct kw_describe_topic_partitions_response_topic {
    int16_t error_code;
    struct mr_str name; /* may be null */
    struct mr_uuid topic_id;
    bool is_internal;
    struct kw_describe_topic_partitions_response_partition *partitions;
    int32_t partitions_count;
    int32_t topic_authorized_operations; /* default -2147483648 */
};
struct kw_describe_topic_partitions_response {
    int32_t throttle_time_ms;
    struct kw_describe_topic_partitions_response_topic *topics;
    int32_t topics_count;
    struct kw_describe_topic_partitions_response_next_cursor *next_cursor; /* may be null */
};
void kw_describe_topic_partitions_response_next_cursor_init(
    struct kw_describe_topic_partitions_response_next_cursor *m);
void kw_describe_topic_partitions_response_partition_init(
    struct kw_describe_topic_partitions_response_partition *m);
void kw_describe_topic_partitions_response_topic_init(struct kw_describe_topic_partitions_response_topic *m);
void kw_describe_topic_partitions_response_init(struct kw_describe_topic_partitions_response *m);
int kw_describe_topic_partitions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_topic_partitions_response *ret);
void kw_describe_topic_partitions_response_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_topic_partitions_response *m);
extern const struct kw_message kw_describe_topic_partitions_response_info;

#endif
