/* Written by net/wire/schema/gen.py from leave_group.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_LEAVE_GROUP_H
#define MR_WIRE_GEN_LEAVE_GROUP_H

#include "net/wire/message.h"

/* LeaveGroupRequest: key 13, v0-5, flexible v4+. */
struct kw_leave_group_request_member {
    struct mr_str member_id;
    struct mr_str group_instance_id; /* may be null */
    struct mr_str reason; /* v5+, may be null */
};
struct kw_leave_group_request {
    struct mr_str group_id;
    struct mr_str member_id; /* v0-2 */
    struct kw_leave_group_request_member *members; /* v3+ */
    int32_t members_count;
};
void kw_leave_group_request_member_init(struct kw_leave_group_request_member *m);
void kw_leave_group_request_init(struct kw_leave_group_request *m);
int kw_leave_group_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_leave_group_request *ret);
void kw_leave_group_request_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_leave_group_request *m);
extern const struct kw_message kw_leave_group_request_info;

/* LeaveGroupResponse: key 13, v0-5, flexible v4+. */
struct kw_leave_group_response_member {
    struct mr_str member_id;
    struct mr_str group_instance_id; /* may be null */
    int16_t error_code;
};
struct kw_leave_group_response {
    int32_t throttle_time_ms; /* v1+ */
    int16_t error_code;
    struct kw_leave_group_response_member *members; /* v3+ */
    int32_t members_count;
};
void kw_leave_group_response_member_init(struct kw_leave_group_response_member *m);
void kw_leave_group_response_init(struct kw_leave_group_response *m);
int kw_leave_group_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_leave_group_response *ret);
void kw_leave_group_response_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_leave_group_response *m);
extern const struct kw_message kw_leave_group_response_info;

#endif
