/* Written by net/wire/schema/gen.py from add_offsets_to_txn.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/add_offsets_to_txn.h"

void kw_add_offsets_to_txn_request_init(struct kw_add_offsets_to_txn_request *m)
{
    m->transactional_id = KW_EMPTY_STRING;
    m->producer_id = 0;
    m->producer_epoch = 0;
    m->group_id = KW_EMPTY_STRING;
}

static void get_add_offsets_to_txn_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_add_offsets_to_txn_request *m)
{
    const bool flex = version >= 3;
    (void)a;
    m->transactional_id = kw_get_string(r, flex, false);
    m->producer_id = kw_get_int64(r);
    m->producer_epoch = kw_get_int16(r);
    m->group_id = kw_get_string(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void put_add_offsets_to_txn_request(struct kw_writer *w, int16_t version,
                                           const struct kw_add_offsets_to_txn_request *m)
{
    const bool flex = version >= 3;
    kw_put_string(w, flex, false, m->transactional_id);
    kw_put_int64(w, m->producer_id);
    kw_put_int16(w, m->producer_epoch);
    kw_put_string(w, flex, false, m->group_id);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_add_offsets_to_txn_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_add_offsets_to_txn_request *ret)
{
    if (version < 0 || version > 4)
        return -MR_E_VERSION;
    get_add_offsets_to_txn_request(r, version, a, ret);
    return r->err;
}

void kw_add_offsets_to_txn_request_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_add_offsets_to_txn_request *m)
{
    if (version < 0 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_add_offsets_to_txn_request(w, version, m);
}

static void init_any_add_offsets_to_txn_request(void *m) { kw_add_offsets_to_txn_request_init(m); }

static int decode_any_add_offsets_to_txn_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_add_offsets_to_txn_request_decode(r, version, a, ret);
}

static void encode_any_add_offsets_to_txn_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_add_offsets_to_txn_request_encode(w, version, m);
}

const struct kw_message kw_add_offsets_to_txn_request_info = {
    .name = "AddOffsetsToTxnRequest",
    .kind = KW_REQUEST,
    .key = 25,
    .v_min = 0,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 3,
    .size = sizeof(struct kw_add_offsets_to_txn_request),
    .init = init_any_add_offsets_to_txn_request,
    .decode = decode_any_add_offsets_to_txn_request,
    .encode = encode_any_add_offsets_to_txn_request,
};

void kw_add_offsets_to_txn_response_init(struct kw_add_offsets_to_txn_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
}

static void get_add_offsets_to_txn_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_add_offsets_to_txn_response *m)
{
    const bool flex = version >= 3;
    (void)a;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_add_offsets_to_txn_response(struct kw_writer *w, int16_t version,
                                            const struct kw_add_offsets_to_txn_response *m)
{
    const bool flex = version >= 3;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_add_offsets_to_txn_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_add_offsets_to_txn_response *ret)
{
    if (version < 0 || version > 4)
        return -MR_E_VERSION;
    get_add_offsets_to_txn_response(r, version, a, ret);
    return r->err;
}

void kw_add_offsets_to_txn_response_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_add_offsets_to_txn_response *m)
{
    if (version < 0 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_add_offsets_to_txn_response(w, version, m);
}

static void init_any_add_offsets_to_txn_response(void *m) { kw_add_offsets_to_txn_response_init(m); }

static int decode_any_add_offsets_to_txn_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  void *ret)
{
    return kw_add_offsets_to_txn_response_decode(r, version, a, ret);
}

static void encode_any_add_offsets_to_txn_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_add_offsets_to_txn_response_encode(w, version, m);
}

const struct kw_message kw_add_offsets_to_txn_response_info = {
    .name = "AddOffsetsToTxnResponse",
    .kind = KW_RESPONSE,
    .key = 25,
    .v_min = 0,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 3,
    .size = sizeof(struct kw_add_offsets_to_txn_response),
    .init = init_any_add_offsets_to_txn_response,
    .decode = decode_any_add_offsets_to_txn_response,
    .encode = encode_any_add_offsets_to_txn_response,
};
