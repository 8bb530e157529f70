/* Written by net/wire/schema/gen.py from heartbeat.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_HEARTBEAT_H
#define MR_WIRE_GEN_HEARTBEAT_H

#include "net/wire/message.h"

/* HeartbeatRequest: key 12, v0-4, flexible v4+. */
struct kw_heartbeat_request {
    struct mr_str group_id;
    int32_t generation_id;
    struct mr_str member_id;
    struct mr_str group_instance_id; /* v3+, may be null */
};
void kw_heartbeat_request_init(struct kw_heartbeat_request *m);
int kw_heartbeat_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_heartbeat_request *ret);
void kw_heartbeat_request_encode(struct kw_writer *w, int16_t version, const struct kw_heartbeat_request *m);
extern const struct kw_message kw_heartbeat_request_info;

/* HeartbeatResponse: key 12, v0-4, flexible v4+. */
struct kw_heartbeat_response {
    int32_t throttle_time_ms; /* v1+ */
    int16_t error_code;
};
void kw_heartbeat_response_init(struct kw_heartbeat_response *m);
int kw_heartbeat_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_heartbeat_response *ret);
void kw_heartbeat_response_encode(struct kw_writer *w, int16_t version,
                                  const struct kw_heartbeat_response *m);
extern const struct kw_message kw_heartbeat_response_info;

#endif
