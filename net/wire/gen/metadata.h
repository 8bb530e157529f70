/* Written by net/wire/schema/gen.py from metadata.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_METADATA_H
#define MR_WIRE_GEN_METADATA_H

#include "net/wire/message.h"

/* MetadataRequest: key 3, v0-13, flexible v9+. */
struct kw_metadata_request_topic {
    struct mr_uuid topic_id; /* v10+ */
    struct mr_str name; /* may be null v10+ */
};
struct kw_metadata_request {
    struct kw_metadata_request_topic *topics; /* may be null v1+ */
    int32_t topics_count;
    bool allow_auto_topic_creation; /* v4+, default true */
    bool include_cluster_authorized_operations; /* v8-10 */
    bool include_topic_authorized_operations; /* v8+ */
};
void kw_metadata_request_topic_init(struct kw_metadata_request_topic *m);
void kw_metadata_request_init(struct kw_metadata_request *m);
int kw_metadata_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_metadata_request *ret);
void kw_metadata_request_encode(struct kw_writer *w, int16_t version, const struct kw_metadata_request *m);
extern const struct kw_message kw_metadata_request_info;

/* MetadataResponse: key 3, v0-13, flexible v9+. */
struct kw_metadata_response_partition {
    int16_t error_code;
    int32_t partition_index;
    int32_t leader_id;
    int32_t leader_epoch; /* v7+, default -1 */
    int32_t *replica_nodes;
    int32_t replica_nodes_count;
    int32_t *isr_nodes;
    int32_t isr_nodes_count;
    int32_t *offline_replicas; /* v5+ */
    int32_t offline_replicas_count;
};
struct kw_metadata_response_topic {
    int16_t error_code;
    struct mr_str name; /* may be null v12+ */
    struct mr_uuid topic_id; /* v10+ */
    bool is_internal; /* v1+ */
    struct kw_metadata_response_partition *partitions;
    int32_t partitions_count;
    int32_t topic_authorized_operations; /* v8+, default -2147483648 */
};
struct kw_metadata_response_broker {
    int32_t node_id;
    struct mr_str host;
    int32_t port;
    struct mr_str rack; /* v1+, may be null */
};
struct kw_metadata_response {
    int32_t throttle_time_ms; /* v3+ */
    struct kw_metadata_response_broker *brokers;
    int32_t brokers_count;
    struct mr_str cluster_id; /* v2+, may be null */
    int32_t controller_id; /* v1+, default -1 */
    struct kw_metadata_response_topic *topics;
    int32_t topics_count;
    int32_t cluster_authorized_operations; /* v8-10, default -2147483648 */
    int16_t error_code; /* v13+ */
};
void kw_metadata_response_partition_init(struct kw_metadata_response_partition *m);
void kw_metadata_response_topic_init(struct kw_metadata_response_topic *m);
void kw_metadata_response_broker_init(struct kw_metadata_response_broker *m);
void kw_metadata_response_init(struct kw_metadata_response *m);
int kw_metadata_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_metadata_response *ret);
void kw_metadata_response_encode(struct kw_writer *w, int16_t version, const struct kw_metadata_response *m);
extern const struct kw_message kw_metadata_response_info;

#endif
