/* Written by net/wire/schema/gen.py from describe_groups.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DESCRIBE_GROUPS_H
#define MR_WIRE_GEN_DESCRIBE_GROUPS_H

#include "net/wire/message.h"

/* DescribeGroupsRequest: key 15, v0-6, flexible v5+. */
struct kw_describe_groups_request {
    struct mr_str *groups;
    int32_t groups_count;
    bool include_authorized_operations; /* v3+ */
};
void kw_describe_groups_request_init(struct kw_describe_groups_request *m);
int kw_describe_groups_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_describe_groups_request *ret);
void kw_describe_groups_request_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_describe_groups_request *m);
extern const struct kw_message kw_describe_groups_request_info;

/* DescribeGroupsResponse: key 15, v0-6, flexible v5+. */
struct kw_describe_groups_response_member {
    struct mr_str member_id;
    struct mr_str group_instance_id; /* v4+, may be null */
    struct mr_str client_id;
    struct mr_str client_host;
    struct mr_slice member_metadata;
    struct mr_slice member_assignment;
};
struct kw_describe_groups_response_group {
    int16_t error_code;
    struct mr_str error_message; /* v6+, may be null */
    struct mr_str group_id;
    struct mr_str group_state;
    struct mr_str protocol_type;
    struct mr_str protocol_data;
    struct kw_describe_groups_response_member *members;
    int32_t members_count;
    int32_t authorized_operations; /* v3+, default -2147483648 */
};
struct kw_describe_groups_response {
    int32_t throttle_time_ms; /* v1+ */
    struct kw_describe_groups_response_group *groups;
    int32_t groups_count;
};
void kw_describe_groups_response_member_init(struct kw_describe_groups_response_member *m);
void kw_describe_groups_response_group_init(struct kw_describe_groups_response_group *m);
void kw_describe_groups_response_init(struct kw_describe_groups_response *m);
int kw_describe_groups_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_groups_response *ret);
void kw_describe_groups_response_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_groups_response *m);
extern const struct kw_message kw_describe_groups_response_info;

#endif
