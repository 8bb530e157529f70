/* Written by net/wire/schema/gen.py from consumer_group_heartbeat.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_CONSUMER_GROUP_HEARTBEAT_H
#define MR_WIRE_GEN_CONSUMER_GROUP_HEARTBEAT_H

#include "net/wire/message.h"

/* ConsumerGroupHeartbeatRequest: key 68, v0-1, flexible v0+. */
struct kw_consumer_group_heartbeat_request_topic {
    struct mr_uuid topic_id;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_consumer_group_heartbeat_request {
    struct mr_str group_id;
    struct mr_str member_id;
    int32_t member_epoch;
    struct mr_str instance_id; /* may be null */
    struct mr_str rack_id; /* may be null */
    int32_t rebalance_timeout_ms; /* default -1 */
    struct mr_str *subscribed_topic_names; /* may be null */
    int32_t subscribed_topic_names_count;
    struct mr_str subscribed_topic_regex; /* v1+, may be null */
    struct mr_str server_assignor; /* may be null */
    struct kw_consumer_group_heartbeat_request_topic *topic_partitions; /* may be null */
    int32_t topic_partitions_count;
};
void kw_consumer_group_heartbeat_request_topic_init(struct kw_consumer_group_heartbeat_request_topic *m);
void kw_consumer_group_heartbeat_request_init(struct kw_consumer_group_heartbeat_request *m);
int kw_consumer_group_heartbeat_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_consumer_group_heartbeat_request *ret);
void kw_consumer_group_heartbeat_request_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_consumer_group_heartbeat_request *m);
extern const struct kw_message kw_consumer_group_heartbeat_request_info;

/* ConsumerGroupHeartbeatResponse: key 68, v0-1, flexible v0+. */
struct kw_consumer_group_heartbeat_response_topic {
    struct mr_uuid topic_id;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_consumer_group_heartbeat_response_assignment {
    struct kw_consumer_group_heartbeat_response_topic *topic_partitions;
    int32_t topic_partitions_count;
};
struct kw_consumer_group_heartbeat_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct mr_str member_id; /* may be null */
    int32_t member_epoch;
    int32_t heartbeat_interval_ms;
    struct kw_consumer_group_heartbeat_response_assignment *assignment; /* may be null */
};
void kw_consumer_group_heartbeat_response_topic_init(struct kw_consumer_group_heartbeat_response_topic *m);
void kw_consumer_group_heartbeat_response_assignment_init(
    struct kw_consumer_group_heartbeat_response_assignment *m);
void kw_consumer_group_heartbeat_response_init(struct kw_consumer_group_heartbeat_response *m);
int kw_consumer_group_heartbeat_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_consumer_group_heartbeat_response *ret);
void kw_consumer_group_heartbeat_response_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_consumer_group_heartbeat_response *m);
extern const struct kw_message kw_consumer_group_heartbeat_response_info;

#endif
