/* Written by net/wire/schema/gen.py from join_group.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_JOIN_GROUP_H
#define MR_WIRE_GEN_JOIN_GROUP_H

#include "net/wire/message.h"

/* JoinGroupRequest: key 11, v0-9, flexible v6+. */
struct kw_join_group_request_protocol {
    struct mr_str name;
    struct mr_slice metadata;
};
struct kw_join_group_request {
    struct mr_str group_id;
    int32_t session_timeout_ms;
    int32_t rebalance_timeout_ms; /* v1+, default -1 */
    struct mr_str member_id;
    struct mr_str group_instance_id; /* v5+, may be null */
    struct mr_str protocol_type;
    struct kw_join_group_request_protocol *protocols;
    int32_t protocols_count;
    struct mr_str reason; /* v8+, may be null */
};
void kw_join_group_request_protocol_init(struct kw_join_group_request_protocol *m);
void kw_join_group_request_init(struct kw_join_group_request *m);
int kw_join_group_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_join_group_request *ret);
void kw_join_group_request_encode(struct kw_writer *w, int16_t version,
                                  const struct kw_join_group_request *m);
extern const struct kw_message kw_join_group_request_info;

/* JoinGroupResponse: key 11, v0-9, flexible v6+. */
struct kw_join_group_response_member {
    struct mr_str member_id;
    struct mr_str group_instance_id; /* v5+, may be null */
    struct mr_slice metadata;
};
struct kw_join_group_response {
    int32_t throttle_time_ms; /* v2+ */
    int16_t error_code;
    int32_t generation_id; /* default -1 */
    struct mr_str protocol_type; /* v7+, may be null */
    struct mr_str protocol_name; /* may be null v7+ */
    struct mr_str leader;
    bool skip_assignment; /* v9+ */
    struct mr_str member_id;
    struct kw_join_group_response_member *members;
    int32_t members_count;
};
void kw_join_group_response_member_init(struct kw_join_group_response_member *m);
void kw_join_group_response_init(struct kw_join_group_response *m);
int kw_join_group_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_join_group_response *ret);
void kw_join_group_response_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_join_group_response *m);
extern const struct kw_message kw_join_group_response_info;

#endif
