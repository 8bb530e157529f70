/* Written by net/wire/schema/gen.py from describe_cluster.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DESCRIBE_CLUSTER_H
#define MR_WIRE_GEN_DESCRIBE_CLUSTER_H

#include "net/wire/message.h"

/* DescribeClusterRequest: key 60, v0-2, flexible v0+. */
struct kw_describe_cluster_request {
    bool include_cluster_authorized_operations;
    int8_t endpoint_type; /* v1+, default 1 */
    bool include_fenced_brokers; /* v2+ */
};
void kw_describe_cluster_request_init(struct kw_describe_cluster_request *m);
int kw_describe_cluster_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_cluster_request *ret);
void kw_describe_cluster_request_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_cluster_request *m);
extern const struct kw_message kw_describe_cluster_request_info;

/* DescribeClusterResponse: key 60, v0-2, flexible v0+. */
struct kw_describe_cluster_response_broker {
    int32_t broker_id;
    struct mr_str host;
    int32_t port;
    struct mr_str rack; /* may be null */
    bool is_fenced; /* v2+ */
};
struct kw_describe_cluster_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    int8_t endpoint_type; /* v1+, default 1 */
    struct mr_str cluster_id;
    int32_t controller_id; /* default -1 */
    struct kw_describe_cluster_response_broker *brokers;
    int32_t brokers_count;
    int32_t cluster_authorized_operations; /* default -2147483648 */
};
void kw_describe_cluster_response_broker_init(struct kw_describe_cluster_response_broker *m);
void kw_describe_cluster_response_init(struct kw_describe_cluster_response *m);
int kw_describe_cluster_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_describe_cluster_response *ret);
void kw_describe_cluster_response_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_cluster_response *m);
extern const struct kw_message kw_describe_cluster_response_info;

#endif
