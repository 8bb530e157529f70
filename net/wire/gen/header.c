/* Written by net/wire/schema/gen.py from header.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/header.h"

void kw_request_header_init(struct kw_request_header *m)
{
    m->request_api_key = 0;
    m->request_api_version = 0;
    m->correlation_id = 0;
    m->client_id = KW_EMPTY_STRING;
}

static void get_request_header(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_request_header *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->request_api_key = kw_get_int16(r);
    m->request_api_version = kw_get_int16(r);
    m->correlation_id = kw_get_int32(r);
    m->client_id = kw_get_string(r, false, true);
    if (flex)
        kw_skip_tags(r);
}

static void put_request_header(struct kw_writer *w, int16_t version, const struct kw_request_header *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->request_api_key);
    kw_put_int16(w, m->request_api_version);
    kw_put_int32(w, m->correlation_id);
    kw_put_string(w, false, true, m->client_id);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_request_header_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                             struct kw_request_header *ret)
{
    if (version < 1 || version > 2)
        return -MR_E_VERSION;
    get_request_header(r, version, a, ret);
    return r->err;
}

void kw_request_header_encode(struct kw_writer *w, int16_t version, const struct kw_request_header *m)
{
    if (version < 1 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_request_header(w, version, m);
}

static void init_any_request_header(void *m) { kw_request_header_init(m); }

static int decode_any_request_header(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_request_header_decode(r, version, a, ret);
}

static void encode_any_request_header(struct kw_writer *w, int16_t version, const void *m)
{
    kw_request_header_encode(w, version, m);
}

const struct kw_message kw_request_header_info = {
    .name = "RequestHeader",
    .kind = KW_HEADER,
    .key = -1,
    .v_min = 1,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_request_header),
    .init = init_any_request_header,
    .decode = decode_any_request_header,
    .encode = encode_any_request_header,
};

void kw_response_header_init(struct kw_response_header *m)
{
    m->correlation_id = 0;
}

static void get_response_header(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_response_header *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->correlation_id = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_response_header(struct kw_writer *w, int16_t version, const struct kw_response_header *m)
{
    const bool flex = version >= 1;
    kw_put_int32(w, m->correlation_id);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_response_header_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                              struct kw_response_header *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_response_header(r, version, a, ret);
    return r->err;
}

void kw_response_header_encode(struct kw_writer *w, int16_t version, const struct kw_response_header *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_response_header(w, version, m);
}

static void init_any_response_header(void *m) { kw_response_header_init(m); }

static int decode_any_response_header(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_response_header_decode(r, version, a, ret);
}

static void encode_any_response_header(struct kw_writer *w, int16_t version, const void *m)
{
    kw_response_header_encode(w, version, m);
}

const struct kw_message kw_response_header_info = {
    .name = "ResponseHeader",
    .kind = KW_HEADER,
    .key = -1,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_response_header),
    .init = init_any_response_header,
    .decode = decode_any_response_header,
    .encode = encode_any_response_header,
};
