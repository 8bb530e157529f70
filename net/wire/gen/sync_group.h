/* Written by net/wire/schema/gen.py from sync_group.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_SYNC_GROUP_H
#define MR_WIRE_GEN_SYNC_GROUP_H

#include "net/wire/message.h"

/* SyncGroupRequest: key 14, v0-5, flexible v4+. */
struct kw_sync_group_request_assignment {
    struct mr_str member_id;
    struct mr_slice assignment;
};
struct kw_sync_group_request {
    struct mr_str group_id;
    int32_t generation_id;
    struct mr_str member_id;
    struct mr_str group_instance_id; /* v3+, may be null */
    struct mr_str protocol_type; /* v5+, may be null */
    struct mr_str protocol_name; /* v5+, may be null */
    struct kw_sync_group_request_assignment *assignments;
    int32_t assignments_count;
};
void kw_sync_group_request_assignment_init(struct kw_sync_group_request_assignment *m);
void kw_sync_group_request_init(struct kw_sync_group_request *m);
int kw_sync_group_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_sync_group_request *ret);
void kw_sync_group_request_encode(struct kw_writer *w, int16_t version,
                                  const struct kw_sync_group_request *m);
extern const struct kw_message kw_sync_group_request_info;

/* SyncGroupResponse: key 14, v0-5, flexible v4+. */
struct kw_sync_group_response {
    int32_t throttle_time_ms; /* v1+ */
    int16_t error_code;
    struct mr_str protocol_type; /* v5+, may be null */
    struct mr_str protocol_name; /* v5+, may be null */
    struct mr_slice assignment;
};
void kw_sync_group_response_init(struct kw_sync_group_response *m);
int kw_sync_group_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_sync_group_response *ret);
void kw_sync_group_response_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_sync_group_response *m);
extern const struct kw_message kw_sync_group_response_info;

#endif
