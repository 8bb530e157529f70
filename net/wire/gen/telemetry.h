/* Written by net/wire/schema/gen.py from telemetry.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_TELEMETRY_H
#define MR_WIRE_GEN_TELEMETRY_H

#include "net/wire/message.h"

/* GetTelemetrySubscriptionsRequest: key 71, v0, flexible v0+. */
struct kw_get_telemetry_subscriptions_request {
    struct mr_uuid client_instance_id;
};
void kw_get_telemetry_subscriptions_request_init(struct kw_get_telemetry_subscriptions_request *m);
int kw_get_telemetry_subscriptions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_get_telemetry_subscriptions_request *ret);
void kw_get_telemetry_subscriptions_request_encode(struct kw_writer *w, int16_t version,
                                                   const struct kw_get_telemetry_subscriptions_request *m);
extern const struct kw_message kw_get_telemetry_subscriptions_request_info;

/* GetTelemetrySubscriptionsResponse: key 71, v0, flexible v0+. */
struct kw_get_telemetry_subscriptions_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_uuid client_instance_id;
    int32_t subscription_id;
    int8_t *accepted_compression_types;
    int32_t accepted_compression_types_count;
    int32_t push_interval_ms;
    int32_t telemetry_max_bytes;
    bool delta_temporality;
    struct mr_str *requested_metrics;
    int32_t requested_metrics_count;
};
void kw_get_telemetry_subscriptions_response_init(struct kw_get_telemetry_subscriptions_response *m);
int kw_get_telemetry_subscriptions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_get_telemetry_subscriptions_response *ret);
void kw_get_telemetry_subscriptions_response_encode(struct kw_writer *w, int16_t version,
                                                    const struct kw_get_telemetry_subscriptions_response *m);
extern const struct kw_message kw_get_telemetry_subscriptions_response_info;

/* PushTelemetryRequest: key 72, v0, flexible v0+. */
struct kw_push_telemetry_request {
    struct mr_uuid client_instance_id;
    int32_t subscription_id;
    bool terminating;
    int8_t compression_type;
    struct mr_slice metrics;
};
void kw_push_telemetry_request_init(struct kw_push_telemetry_request *m);
int kw_push_telemetry_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_push_telemetry_request *ret);
void kw_push_telemetry_request_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_push_telemetry_request *m);
extern const struct kw_message kw_push_telemetry_request_info;

/* PushTelemetryResponse: key 72, v0, flexible v0+. */
struct kw_push_telemetry_response {
    int32_t throttle_time_ms;
    int16_t error_code;
};
void kw_push_telemetry_response_init(struct kw_push_telemetry_response *m);
int kw_push_telemetry_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_push_telemetry_response *ret);
void kw_push_telemetry_response_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_push_telemetry_response *m);
extern const struct kw_message kw_push_telemetry_response_info;

#endif
