/* Written by net/wire/schema/gen.py from telemetry.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/telemetry.h"

void kw_get_telemetry_subscriptions_request_init(struct kw_get_telemetry_subscriptions_request *m)
{
    m->client_instance_id = (struct mr_uuid){{0}};
}

static void get_get_telemetry_subscriptions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_get_telemetry_subscriptions_request *m)
{
    (void)a;
    (void)version;
    m->client_instance_id = kw_get_uuid(r);
    kw_skip_tags(r);
}

static void put_get_telemetry_subscriptions_request(struct kw_writer *w, int16_t version,
                                                    const struct kw_get_telemetry_subscriptions_request *m)
{
    (void)version;
    kw_put_uuid(w, m->client_instance_id);
    kw_put_uvarint(w, 0);
}

int kw_get_telemetry_subscriptions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_get_telemetry_subscriptions_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_get_telemetry_subscriptions_request(r, version, a, ret);
    return r->err;
}

void kw_get_telemetry_subscriptions_request_encode(struct kw_writer *w, int16_t version,
                                                   const struct kw_get_telemetry_subscriptions_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_get_telemetry_subscriptions_request(w, version, m);
}

static void init_any_get_telemetry_subscriptions_request(
    void *m) { kw_get_telemetry_subscriptions_request_init(m); }

static int decode_any_get_telemetry_subscriptions_request(struct kw_reader *r, int16_t version,
                                                          struct mr_arena *a, void *ret)
{
    return kw_get_telemetry_subscriptions_request_decode(r, version, a, ret);
}

static void encode_any_get_telemetry_subscriptions_request(struct kw_writer *w, int16_t version,
                                                           const void *m)
{
    kw_get_telemetry_subscriptions_request_encode(w, version, m);
}

const struct kw_message kw_get_telemetry_subscriptions_request_info = {
    .name = "GetTelemetrySubscriptionsRequest",
    .kind = KW_REQUEST,
    .key = 71,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_get_telemetry_subscriptions_request),
    .init = init_any_get_telemetry_subscriptions_request,
    .decode = decode_any_get_telemetry_subscriptions_request,
    .encode = encode_any_get_telemetry_subscriptions_request,
};

void kw_get_telemetry_subscriptions_response_init(struct kw_get_telemetry_subscriptions_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->client_instance_id = (struct mr_uuid){{0}};
    m->subscription_id = 0;
    m->accepted_compression_types = NULL;
    m->accepted_compression_types_count = 0;
    m->push_interval_ms = 0;
    m->telemetry_max_bytes = 0;
    m->delta_temporality = false;
    m->requested_metrics = NULL;
    m->requested_metrics_count = 0;
}

static void get_get_telemetry_subscriptions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_get_telemetry_subscriptions_response *m)
{
    (void)version;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->client_instance_id = kw_get_uuid(r);
    m->subscription_id = kw_get_int32(r);
    m->accepted_compression_types = kw_get_int8_array(r, a, true, false,
                                                      &m->accepted_compression_types_count);
    m->push_interval_ms = kw_get_int32(r);
    m->telemetry_max_bytes = kw_get_int32(r);
    m->delta_temporality = kw_get_bool(r);
    m->requested_metrics = kw_get_string_array(r, a, true, false, &m->requested_metrics_count);
    kw_skip_tags(r);
}

static void put_get_telemetry_subscriptions_response(struct kw_writer *w, int16_t version,
                                                     const struct kw_get_telemetry_subscriptions_response *m)
{
    (void)version;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_uuid(w, m->client_instance_id);
    kw_put_int32(w, m->subscription_id);
    kw_put_int8_array(w, true, false, m->accepted_compression_types, m->accepted_compression_types_count);
    kw_put_int32(w, m->push_interval_ms);
    kw_put_int32(w, m->telemetry_max_bytes);
    kw_put_bool(w, m->delta_temporality);
    kw_put_string_array(w, true, false, m->requested_metrics, m->requested_metrics_count);
    kw_put_uvarint(w, 0);
}

int kw_get_telemetry_subscriptions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_get_telemetry_subscriptions_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_get_telemetry_subscriptions_response(r, version, a, ret);
    return r->err;
}

void kw_get_telemetry_subscriptions_response_encode(struct kw_writer *w, int16_t version,
                                                    const struct kw_get_telemetry_subscriptions_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_get_telemetry_subscriptions_response(w, version, m);
}

static void init_any_get_telemetry_subscriptions_response(
    void *m) { kw_get_telemetry_subscriptions_response_init(m); }

static int decode_any_get_telemetry_subscriptions_response(struct kw_reader *r, int16_t version,
                                                           struct mr_arena *a, void *ret)
{
    return kw_get_telemetry_subscriptions_response_decode(r, version, a, ret);
}

static void encode_any_get_telemetry_subscriptions_response(struct kw_writer *w, int16_t version,
                                                            const void *m)
{
    kw_get_telemetry_subscriptions_response_encode(w, version, m);
}

const struct kw_message kw_get_telemetry_subscriptions_response_info = {
    .name = "GetTelemetrySubscriptionsResponse",
    .kind = KW_RESPONSE,
    .key = 71,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_get_telemetry_subscriptions_response),
    .init = init_any_get_telemetry_subscriptions_response,
    .decode = decode_any_get_telemetry_subscriptions_response,
    .encode = encode_any_get_telemetry_subscriptions_response,
};

void kw_push_telemetry_request_init(struct kw_push_telemetry_request *m)
{
    m->client_instance_id = (struct mr_uuid){{0}};
    m->subscription_id = 0;
    m->terminating = false;
    m->compression_type = 0;
    m->metrics = KW_EMPTY_BYTES;
}

static void get_push_telemetry_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_push_telemetry_request *m)
{
    (void)a;
    (void)version;
    m->client_instance_id = kw_get_uuid(r);
    m->subscription_id = kw_get_int32(r);
    m->terminating = kw_get_bool(r);
    m->compression_type = kw_get_int8(r);
    m->metrics = kw_get_bytes(r, true, false);
    kw_skip_tags(r);
}

static void put_push_telemetry_request(struct kw_writer *w, int16_t version,
                                       const struct kw_push_telemetry_request *m)
{
    (void)version;
    kw_put_uuid(w, m->client_instance_id);
    kw_put_int32(w, m->subscription_id);
    kw_put_bool(w, m->terminating);
    kw_put_int8(w, m->compression_type);
    kw_put_bytes(w, true, false, m->metrics);
    kw_put_uvarint(w, 0);
}

int kw_push_telemetry_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_push_telemetry_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_push_telemetry_request(r, version, a, ret);
    return r->err;
}

void kw_push_telemetry_request_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_push_telemetry_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_push_telemetry_request(w, version, m);
}

static void init_any_push_telemetry_request(void *m) { kw_push_telemetry_request_init(m); }

static int decode_any_push_telemetry_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_push_telemetry_request_decode(r, version, a, ret);
}

static void encode_any_push_telemetry_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_push_telemetry_request_encode(w, version, m);
}

const struct kw_message kw_push_telemetry_request_info = {
    .name = "PushTelemetryRequest",
    .kind = KW_REQUEST,
    .key = 72,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_push_telemetry_request),
    .init = init_any_push_telemetry_request,
    .decode = decode_any_push_telemetry_request,
    .encode = encode_any_push_telemetry_request,
};

void kw_push_telemetry_response_init(struct kw_push_telemetry_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
}

static void get_push_telemetry_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_push_telemetry_response *m)
{
    (void)a;
    (void)version;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    kw_skip_tags(r);
}

static void put_push_telemetry_response(struct kw_writer *w, int16_t version,
                                        const struct kw_push_telemetry_response *m)
{
    (void)version;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_uvarint(w, 0);
}

int kw_push_telemetry_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_push_telemetry_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_push_telemetry_response(r, version, a, ret);
    return r->err;
}

void kw_push_telemetry_response_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_push_telemetry_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_push_telemetry_response(w, version, m);
}

static void init_any_push_telemetry_response(void *m) { kw_push_telemetry_response_init(m); }

static int decode_any_push_telemetry_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_push_telemetry_response_decode(r, version, a, ret);
}

static void encode_any_push_telemetry_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_push_telemetry_response_encode(w, version, m);
}

const struct kw_message kw_push_telemetry_response_info = {
    .name = "PushTelemetryResponse",
    .kind = KW_RESPONSE,
    .key = 72,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_push_telemetry_response),
    .init = init_any_push_telemetry_response,
    .decode = decode_any_push_telemetry_response,
    .encode = encode_any_push_telemetry_response,
};
