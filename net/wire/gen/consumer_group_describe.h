/* Written by net/wire/schema/gen.py from consumer_group_describe.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_CONSUMER_GROUP_DESCRIBE_H
#define MR_WIRE_GEN_CONSUMER_GROUP_DESCRIBE_H

#include "net/wire/message.h"

/* ConsumerGroupDescribeRequest: key 69, v0-1, flexible v0+. */
struct kw_consumer_group_describe_request {
    struct mr_str *group_ids;
    int32_t group_ids_count;
    bool include_authorized_operations;
};
void kw_consumer_group_describe_request_init(struct kw_consumer_group_describe_request *m);
int kw_consumer_group_describe_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_consumer_group_describe_request *ret);
void kw_consumer_group_describe_request_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_consumer_group_describe_request *m);
extern const struct kw_message kw_consumer_group_describe_request_info;

/* ConsumerGroupDescribeResponse: key 69, v0-1, flexible v0+. */
struct kw_consumer_group_describe_response_topic {
    struct mr_uuid topic_id;
    struct mr_str topic_name;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_consumer_group_describe_response_assignment {
    struct kw_consumer_group_describe_response_topic *topic_partitions;
    int32_t topic_partitions_count;
};
struct kw_consumer_group_describe_response_member {
    struct mr_str member_id;
    struct mr_str instance_id; /* may be null */
    struct mr_str rack_id; /* may be null */
    int32_t member_epoch;
    struct mr_str client_id;
    struct mr_str client_host;
    struct mr_str *subscribed_topic_names;
    int32_t subscribed_topic_names_count;
    struct mr_str subscribed_topic_regex; /* may be null */
    struct kw_consumer_group_describe_response_assignment assignment;
    struct kw_consumer_group_describe_response_assignment target_assignment;
    int8_t member_type; /* v1+, default -1 */
};
struct kw_consumer_group_describe_response_group {
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct mr_str group_id;
    struct mr_str group_state;
    int32_t group_epoch;
    int32_t assignment_epoch;
    struct mr_str assignor_name;
    struct kw_consumer_group_describe_response_member *members;
    int32_t members_count;
    int32_t authorized_operations; /* default -2147483648 */
};
struct kw_consumer_group_describe_response {
    int32_t throttle_time_ms;
    struct kw_consumer_group_describe_response_group *groups;
    int32_t groups_count;
};
void kw_consumer_group_describe_response_topic_init(struct kw_consumer_group_describe_response_topic *m);
void kw_consumer_group_describe_response_assignment_init(
    struct kw_consumer_group_describe_response_assignment *m);
void kw_consumer_group_describe_response_member_init(struct kw_consumer_group_describe_response_member *m);
void kw_consumer_group_describe_response_group_init(struct kw_consumer_group_describe_response_group *m);
void kw_consumer_group_describe_response_init(struct kw_consumer_group_describe_response *m);
int kw_consumer_group_describe_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_consumer_group_describe_response *ret);
void kw_consumer_group_describe_response_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_consumer_group_describe_response *m);
extern const struct kw_message kw_consumer_group_describe_response_info;

#endif
