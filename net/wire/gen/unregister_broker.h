/* Written by net/wire/schema/gen.py from unregister_broker.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_UNREGISTER_BROKER_H
#define MR_WIRE_GEN_UNREGISTER_BROKER_H

#include "net/wire/message.h"

/* UnregisterBrokerRequest: key 64, v0, flexible v0+. */
struct kw_unregister_broker_request {
    int32_t broker_id;
};
void kw_unregister_broker_request_init(struct kw_unregister_broker_request *m);
int kw_unregister_broker_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_unregister_broker_request *ret);
void kw_unregister_broker_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_unregister_broker_request *m);
extern const struct kw_message kw_unregister_broker_request_info;

/* UnregisterBrokerResponse: key 64, v0, flexible v0+. */
struct kw_unregister_broker_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
void kw_unregister_broker_response_init(struct kw_unregister_broker_response *m);
int kw_unregister_broker_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_unregister_broker_response *ret);
void kw_unregister_broker_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_unregister_broker_response *m);
extern const struct kw_message kw_unregister_broker_response_info;

#endif
