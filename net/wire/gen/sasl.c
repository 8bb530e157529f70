/* Written by net/wire/schema/gen.py from sasl.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/sasl.h"

void kw_sasl_handshake_request_init(struct kw_sasl_handshake_request *m)
{
    m->mechanism = KW_EMPTY_STRING;
}

static void get_sasl_handshake_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_sasl_handshake_request *m)
{
    (void)a;
    (void)version;
    m->mechanism = kw_get_string(r, false, false);
}

static void put_sasl_handshake_request(struct kw_writer *w, int16_t version,
                                       const struct kw_sasl_handshake_request *m)
{
    (void)version;
    kw_put_string(w, false, false, m->mechanism);
}

int kw_sasl_handshake_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_sasl_handshake_request *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_sasl_handshake_request(r, version, a, ret);
    return r->err;
}

void kw_sasl_handshake_request_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_sasl_handshake_request *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_sasl_handshake_request(w, version, m);
}

static void init_any_sasl_handshake_request(void *m) { kw_sasl_handshake_request_init(m); }

static int decode_any_sasl_handshake_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_sasl_handshake_request_decode(r, version, a, ret);
}

static void encode_any_sasl_handshake_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_sasl_handshake_request_encode(w, version, m);
}

const struct kw_message kw_sasl_handshake_request_info = {
    .name = "SaslHandshakeRequest",
    .kind = KW_REQUEST,
    .key = 17,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_sasl_handshake_request),
    .init = init_any_sasl_handshake_request,
    .decode = decode_any_sasl_handshake_request,
    .encode = encode_any_sasl_handshake_request,
};

void kw_sasl_handshake_response_init(struct kw_sasl_handshake_response *m)
{
    m->error_code = 0;
    m->mechanisms = NULL;
    m->mechanisms_count = 0;
}

static void get_sasl_handshake_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_sasl_handshake_response *m)
{
    (void)version;
    m->error_code = kw_get_int16(r);
    m->mechanisms = kw_get_string_array(r, a, false, false, &m->mechanisms_count);
}

static void put_sasl_handshake_response(struct kw_writer *w, int16_t version,
                                        const struct kw_sasl_handshake_response *m)
{
    (void)version;
    kw_put_int16(w, m->error_code);
    kw_put_string_array(w, false, false, m->mechanisms, m->mechanisms_count);
}

int kw_sasl_handshake_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_sasl_handshake_response *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_sasl_handshake_response(r, version, a, ret);
    return r->err;
}

void kw_sasl_handshake_response_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_sasl_handshake_response *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_sasl_handshake_response(w, version, m);
}

static void init_any_sasl_handshake_response(void *m) { kw_sasl_handshake_response_init(m); }

static int decode_any_sasl_handshake_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_sasl_handshake_response_decode(r, version, a, ret);
}

static void encode_any_sasl_handshake_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_sasl_handshake_response_encode(w, version, m);
}

const struct kw_message kw_sasl_handshake_response_info = {
    .name = "SaslHandshakeResponse",
    .kind = KW_RESPONSE,
    .key = 17,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_sasl_handshake_response),
    .init = init_any_sasl_handshake_response,
    .decode = decode_any_sasl_handshake_response,
    .encode = encode_any_sasl_handshake_response,
};

void kw_sasl_authenticate_request_init(struct kw_sasl_authenticate_request *m)
{
    m->auth_bytes = KW_EMPTY_BYTES;
}

static void get_sasl_authenticate_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_sasl_authenticate_request *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->auth_bytes = kw_get_bytes(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void put_sasl_authenticate_request(struct kw_writer *w, int16_t version,
                                          const struct kw_sasl_authenticate_request *m)
{
    const bool flex = version >= 2;
    kw_put_bytes(w, flex, false, m->auth_bytes);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_sasl_authenticate_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_sasl_authenticate_request *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_sasl_authenticate_request(r, version, a, ret);
    return r->err;
}

void kw_sasl_authenticate_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_sasl_authenticate_request *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_sasl_authenticate_request(w, version, m);
}

static void init_any_sasl_authenticate_request(void *m) { kw_sasl_authenticate_request_init(m); }

static int decode_any_sasl_authenticate_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_sasl_authenticate_request_decode(r, version, a, ret);
}

static void encode_any_sasl_authenticate_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_sasl_authenticate_request_encode(w, version, m);
}

const struct kw_message kw_sasl_authenticate_request_info = {
    .name = "SaslAuthenticateRequest",
    .kind = KW_REQUEST,
    .key = 36,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_sasl_authenticate_request),
    .init = init_any_sasl_authenticate_request,
    .decode = decode_any_sasl_authenticate_request,
    .encode = encode_any_sasl_authenticate_request,
};

void kw_sasl_authenticate_response_init(struct kw_sasl_authenticate_response *m)
{
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->auth_bytes = KW_EMPTY_BYTES;
    m->session_lifetime_ms = 0;
}

static void get_sasl_authenticate_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_sasl_authenticate_response *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->auth_bytes = kw_get_bytes(r, flex, false);
    m->session_lifetime_ms = version >= 1 ? kw_get_int64(r) : 0;
    if (flex)
        kw_skip_tags(r);
}

static void put_sasl_authenticate_response(struct kw_writer *w, int16_t version,
                                           const struct kw_sasl_authenticate_response *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    kw_put_bytes(w, flex, false, m->auth_bytes);
    if (version >= 1)
        kw_put_int64(w, m->session_lifetime_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_sasl_authenticate_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_sasl_authenticate_response *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_sasl_authenticate_response(r, version, a, ret);
    return r->err;
}

void kw_sasl_authenticate_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_sasl_authenticate_response *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_sasl_authenticate_response(w, version, m);
}

static void init_any_sasl_authenticate_response(void *m) { kw_sasl_authenticate_response_init(m); }

static int decode_any_sasl_authenticate_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_sasl_authenticate_response_decode(r, version, a, ret);
}

static void encode_any_sasl_authenticate_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_sasl_authenticate_response_encode(w, version, m);
}

const struct kw_message kw_sasl_authenticate_response_info = {
    .name = "SaslAuthenticateResponse",
    .kind = KW_RESPONSE,
    .key = 36,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_sasl_authenticate_response),
    .init = init_any_sasl_authenticate_response,
    .decode = decode_any_sasl_authenticate_response,
    .encode = encode_any_sasl_authenticate_response,
};
