/* Written by net/wire/schema/gen.py from unregister_broker.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/unregister_broker.h"

void kw_unregister_broker_request_init(struct kw_unregister_broker_request *m)
{
    m->broker_id = 0;
}

static void get_unregister_broker_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_unregister_broker_request *m)
{
    (void)a;
    (void)version;
    m->broker_id = kw_get_int32(r);
    kw_skip_tags(r);
}

static void put_unregister_broker_request(struct kw_writer *w, int16_t version,
                                          const struct kw_unregister_broker_request *m)
{
    (void)version;
    kw_put_int32(w, m->broker_id);
    kw_put_uvarint(w, 0);
}

int kw_unregister_broker_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_unregister_broker_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_unregister_broker_request(r, version, a, ret);
    return r->err;
}

void kw_unregister_broker_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_unregister_broker_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_unregister_broker_request(w, version, m);
}

static void init_any_unregister_broker_request(void *m) { kw_unregister_broker_request_init(m); }

static int decode_any_unregister_broker_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_unregister_broker_request_decode(r, version, a, ret);
}

static void encode_any_unregister_broker_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_unregister_broker_request_encode(w, version, m);
}

const struct kw_message kw_unregister_broker_request_info = {
    .name = "UnregisterBrokerRequest",
    .kind = KW_REQUEST,
    .key = 64,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_unregister_broker_request),
    .init = init_any_unregister_broker_request,
    .decode = decode_any_unregister_broker_request,
    .encode = encode_any_unregister_broker_request,
};

void kw_unregister_broker_response_init(struct kw_unregister_broker_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

static void get_unregister_broker_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_unregister_broker_response *m)
{
    (void)a;
    (void)version;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void put_unregister_broker_response(struct kw_writer *w, int16_t version,
                                           const struct kw_unregister_broker_response *m)
{
    (void)version;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_uvarint(w, 0);
}

int kw_unregister_broker_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_unregister_broker_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_unregister_broker_response(r, version, a, ret);
    return r->err;
}

void kw_unregister_broker_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_unregister_broker_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_unregister_broker_response(w, version, m);
}

static void init_any_unregister_broker_response(void *m) { kw_unregister_broker_response_init(m); }

static int decode_any_unregister_broker_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_unregister_broker_response_decode(r, version, a, ret);
}

static void encode_any_unregister_broker_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_unregister_broker_response_encode(w, version, m);
}

const struct kw_message kw_unregister_broker_response_info = {
    .name = "UnregisterBrokerResponse",
    .kind = KW_RESPONSE,
    .key = 64,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_unregister_broker_response),
    .init = init_any_unregister_broker_response,
    .decode = decode_any_unregister_broker_response,
    .encode = encode_any_unregister_broker_response,
};
