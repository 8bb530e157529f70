/* Written by net/wire/schema/gen.py from describe_quorum.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DESCRIBE_QUORUM_H
#define MR_WIRE_GEN_DESCRIBE_QUORUM_H

#include "net/wire/message.h"

/* DescribeQuorumRequest: key 55, v0-2, flexible v0+. */
struct kw_describe_quorum_request_partition {
    int32_t partition_index;
};
struct kw_describe_quorum_request_topic {
    struct mr_str topic_name;
    struct kw_describe_quorum_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_describe_quorum_request {
    struct kw_describe_quorum_request_topic *topics;
    int32_t topics_count;
};
void kw_describe_quorum_request_partition_init(struct kw_describe_quorum_request_partition *m);
void kw_describe_quorum_request_topic_init(struct kw_describe_quorum_request_topic *m);
void kw_describe_quorum_request_init(struct kw_describe_quorum_request *m);
int kw_describe_quorum_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_describe_quorum_request *ret);
void kw_describe_quorum_request_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_describe_quorum_request *m);
extern const struct kw_message kw_describe_quorum_request_info;

/* DescribeQuorumResponse: key 55, v0-2, flexible v0+. */
struct kw_describe_quorum_response_listener {
    struct mr_str name;
    struct mr_str host;
    uint16_t port;
};
struct kw_describe_quorum_response_node {
    int32_t node_id;
    struct kw_describe_quorum_response_listener *listeners;
    int32_t listeners_count;
};
struct kw_describe_quorum_response_replica {
    int32_t replica_id;
    struct mr_uuid replica_directory_id; /* v2+ */
    int64_t log_end_offset;
    int64_t last_fetch_timestamp; /* v1+, default -1 */
    int64_t last_caught_up_timestamp; /* v1+, default -1 */
};
struct kw_describe_quorum_response_partition {
    int32_t partition_index;
    int16_t error_code;
    struct mr_str error_message; /* v2+, may be null */
    int32_t leader_id;
    int32_t leader_epoch;
    int64_t high_watermark;
    struct kw_describe_quorum_response_replica *current_voters;
    int32_t current_voters_count;
    struct kw_describe_quorum_response_replica *observers;
    int32_t observers_count;
};
struct kw_describe_quorum_response_topic {
    struct mr_str topic_name;
    struct kw_describe_quorum_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_describe_quorum_response {
    int16_t error_code;
    struct mr_str error_message; /* v2+, may be null */
    struct kw_describe_quorum_response_topic *topics;
    int32_t topics_count;
    struct kw_describe_quorum_response_node *nodes; /* v2+ */
    int32_t nodes_count;
};
void kw_describe_quorum_response_listener_init(struct kw_describe_quorum_response_listener *m);
void kw_describe_quorum_response_node_init(struct kw_describe_quorum_response_node *m);
void kw_describe_quorum_response_replica_init(struct kw_describe_quorum_response_replica *m);
void kw_describe_quorum_response_partition_init(struct kw_describe_quorum_response_partition *m);
void kw_describe_quorum_response_topic_init(struct kw_describe_quorum_response_topic *m);
void kw_describe_quorum_response_init(struct kw_describe_quorum_response *m);
int kw_describe_quorum_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_quorum_response *ret);
void kw_describe_quorum_response_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_quorum_response *m);
extern const struct kw_message kw_describe_quorum_response_info;

#endif
