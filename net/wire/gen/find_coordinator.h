/* Written by net/wire/schema/gen.py from find_coordinator.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_FIND_COORDINATOR_H
#define MR_WIRE_GEN_FIND_COORDINATOR_H

#include "net/wire/message.h"

/* FindCoordinatorRequest: key 10, v0-6, flexible v3+. */
struct kw_find_coordinator_request {
    struct mr_str key; /* v0-3 */
    int8_t key_type; /* v1+ */
    struct mr_str *coordinator_keys; /* v4+ */
    int32_t coordinator_keys_count;
};
void kw_find_coordinator_request_init(struct kw_find_coordinator_request *m);
int kw_find_coordinator_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_find_coordinator_request *ret);
void kw_find_coordinator_request_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_find_coordinator_request *m);
extern const struct kw_message kw_find_coordinator_request_info;

/* FindCoordinatorResponse: key 10, v0-6, flexible v3+. */
struct kw_find_coordinator_response_coordinator {
    struct mr_str key;
    int32_t node_id;
    struct mr_str host;
    int32_t port;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
struct kw_find_coordinator_response {
    int32_t throttle_time_ms; /* v1+ */
    int16_t error_code; /* v0-3 */
    struct mr_str error_message; /* v1-3, may be null */
    int32_t node_id; /* v0-3 */
    struct mr_str host; /* v0-3 */
    int32_t port; /* v0-3 */
    struct kw_find_coordinator_response_coordinator *coordinators; /* v4+ */
    int32_t coordinators_count;
};
void kw_find_coordinator_response_coordinator_init(struct kw_find_coordinator_response_coordinator *m);
void kw_find_coordinator_response_init(struct kw_find_coordinator_response *m);
int kw_find_coordinator_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_find_coordinator_response *ret);
void kw_find_coordinator_response_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_find_coordinator_response *m);
extern const struct kw_message kw_find_coordinator_response_info;

#endif
