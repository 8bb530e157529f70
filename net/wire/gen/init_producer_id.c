/* Written by net/wire/schema/gen.py from init_producer_id.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/init_producer_id.h"

void kw_init_producer_id_request_init(struct kw_init_producer_id_request *m)
{
    m->transactional_id = KW_EMPTY_STRING;
    m->transaction_timeout_ms = 0;
    m->producer_id = -1;
    m->producer_epoch = -1;
    m->enable_2pc = false;
    m->keep_prepared_txn = false;
}

static void get_init_producer_id_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_init_producer_id_request *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->transactional_id = kw_get_string(r, flex, true);
    m->transaction_timeout_ms = kw_get_int32(r);
    m->producer_id = version >= 3 ? kw_get_int64(r) : -1;
    m->producer_epoch = version >= 3 ? kw_get_int16(r) : -1;
    m->enable_2pc = version >= 6 ? kw_get_bool(r) : false;
    m->keep_prepared_txn = version >= 6 ? kw_get_bool(r) : false;
    if (flex)
        kw_skip_tags(r);
}

static void put_init_producer_id_request(struct kw_writer *w, int16_t version,
                                         const struct kw_init_producer_id_request *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, true, m->transactional_id);
    kw_put_int32(w, m->transaction_timeout_ms);
    if (version >= 3)
        kw_put_int64(w, m->producer_id);
    if (version >= 3)
        kw_put_int16(w, m->producer_epoch);
    if (version >= 6)
        kw_put_bool(w, m->enable_2pc);
    if (version >= 6)
        kw_put_bool(w, m->keep_prepared_txn);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_init_producer_id_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_init_producer_id_request *ret)
{
    if (version < 0 || version > 6)
        return -MR_E_VERSION;
    get_init_producer_id_request(r, version, a, ret);
    return r->err;
}

void kw_init_producer_id_request_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_init_producer_id_request *m)
{
    if (version < 0 || version > 6)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_init_producer_id_request(w, version, m);
}

static void init_any_init_producer_id_request(void *m) { kw_init_producer_id_request_init(m); }

static int decode_any_init_producer_id_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_init_producer_id_request_decode(r, version, a, ret);
}

static void encode_any_init_producer_id_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_init_producer_id_request_encode(w, version, m);
}

const struct kw_message kw_init_producer_id_request_info = {
    .name = "InitProducerIdRequest",
    .kind = KW_REQUEST,
    .key = 22,
    .v_min = 0,
    .v_max = 6,
    .v_stable = 5,
    .flexible_from = 2,
    .size = sizeof(struct kw_init_producer_id_request),
    .init = init_any_init_producer_id_request,
    .decode = decode_any_init_producer_id_request,
    .encode = encode_any_init_producer_id_request,
};

void kw_init_producer_id_response_init(struct kw_init_producer_id_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->producer_id = -1;
    m->producer_epoch = 0;
    m->ongoing_txn_producer_id = -1;
    m->ongoing_txn_producer_epoch = -1;
}

static void get_init_producer_id_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_init_producer_id_response *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->producer_id = kw_get_int64(r);
    m->producer_epoch = kw_get_int16(r);
    m->ongoing_txn_producer_id = version >= 6 ? kw_get_int64(r) : -1;
    m->ongoing_txn_producer_epoch = version >= 6 ? kw_get_int16(r) : -1;
    if (flex)
        kw_skip_tags(r);
}

static void put_init_producer_id_response(struct kw_writer *w, int16_t version,
                                          const struct kw_init_producer_id_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_int64(w, m->producer_id);
    kw_put_int16(w, m->producer_epoch);
    if (version >= 6)
        kw_put_int64(w, m->ongoing_txn_producer_id);
    if (version >= 6)
        kw_put_int16(w, m->ongoing_txn_producer_epoch);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_init_producer_id_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_init_producer_id_response *ret)
{
    if (version < 0 || version > 6)
        return -MR_E_VERSION;
    get_init_producer_id_response(r, version, a, ret);
    return r->err;
}

void kw_init_producer_id_response_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_init_producer_id_response *m)
{
    if (version < 0 || version > 6)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_init_producer_id_response(w, version, m);
}

static void init_any_init_producer_id_response(void *m) { kw_init_producer_id_response_init(m); }

static int decode_any_init_producer_id_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_init_producer_id_response_decode(r, version, a, ret);
}

static void encode_any_init_producer_id_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_init_producer_id_response_encode(w, version, m);
}

const struct kw_message kw_init_producer_id_response_info = {
    .name = "InitProducerIdResponse",
    .kind = KW_RESPONSE,
    .key = 22,
    .v_min = 0,
    .v_max = 6,
    .v_stable = 5,
    .flexible_from = 2,
    .size = sizeof(struct kw_init_producer_id_response),
    .init = init_any_init_producer_id_response,
    .decode = decode_any_init_producer_id_response,
    .encode = encode_any_init_producer_id_response,
};
