/* Written by net/wire/schema/gen.py from delegation_tokens.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/delegation_tokens.h"

void kw_create_delegation_token_request_renewer_init(struct kw_create_delegation_token_request_renewer *m)
{
    m->principal_type = KW_EMPTY_STRING;
    m->principal_name = KW_EMPTY_STRING;
}

void kw_create_delegation_token_request_init(struct kw_create_delegation_token_request *m)
{
    m->owner_principal_type = KW_EMPTY_STRING;
    m->owner_principal_name = KW_EMPTY_STRING;
    m->renewers = NULL;
    m->renewers_count = 0;
    m->max_lifetime_ms = 0;
}

static void get_create_delegation_token_request_renewer(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_create_delegation_token_request_renewer *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->principal_type = kw_get_string(r, flex, false);
    m->principal_name = kw_get_string(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_delegation_token_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_create_delegation_token_request *m)
{
    const bool flex = version >= 2;
    m->owner_principal_type = version >= 3 ? kw_get_string(r, flex, true) : KW_EMPTY_STRING;
    m->owner_principal_name = version >= 3 ? kw_get_string(r, flex, true) : KW_EMPTY_STRING;
    m->renewers_count = kw_get_count(r, flex, false, 3);
    m->renewers = kw_get_items(r, a, m->renewers_count, sizeof(*m->renewers));
    for (int32_t i = 0; i < m->renewers_count && r->err == 0; i++)
        get_create_delegation_token_request_renewer(r, version, a, &m->renewers[i]);
    m->max_lifetime_ms = kw_get_int64(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_create_delegation_token_request_renewer(struct kw_writer *w, int16_t version,
    const struct kw_create_delegation_token_request_renewer *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->principal_type);
    kw_put_string(w, flex, false, m->principal_name);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_delegation_token_request(struct kw_writer *w, int16_t version,
                                                const struct kw_create_delegation_token_request *m)
{
    const bool flex = version >= 2;
    if (version >= 3)
        kw_put_string(w, flex, true, m->owner_principal_type);
    if (version >= 3)
        kw_put_string(w, flex, true, m->owner_principal_name);
    kw_put_count(w, flex, false, m->renewers_count);
    for (int32_t i = 0; i < m->renewers_count && w->err == 0; i++)
        put_create_delegation_token_request_renewer(w, version, &m->renewers[i]);
    kw_put_int64(w, m->max_lifetime_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_create_delegation_token_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_create_delegation_token_request *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_create_delegation_token_request(r, version, a, ret);
    return r->err;
}

void kw_create_delegation_token_request_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_create_delegation_token_request *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_create_delegation_token_request(w, version, m);
}

static void init_any_create_delegation_token_request(void *m) { kw_create_delegation_token_request_init(m); }

static int decode_any_create_delegation_token_request(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a, void *ret)
{
    return kw_create_delegation_token_request_decode(r, version, a, ret);
}

static void encode_any_create_delegation_token_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_create_delegation_token_request_encode(w, version, m);
}

const struct kw_message kw_create_delegation_token_request_info = {
    .name = "CreateDelegationTokenRequest",
    .kind = KW_REQUEST,
    .key = 38,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_create_delegation_token_request),
    .init = init_any_create_delegation_token_request,
    .decode = decode_any_create_delegation_token_request,
    .encode = encode_any_create_delegation_token_request,
};

void kw_create_delegation_token_response_init(struct kw_create_delegation_token_response *m)
{
    m->error_code = 0;
    m->principal_type = KW_EMPTY_STRING;
    m->principal_name = KW_EMPTY_STRING;
    m->token_requester_principal_type = KW_EMPTY_STRING;
    m->token_requester_principal_name = KW_EMPTY_STRING;
    m->issue_timestamp_ms = 0;
    m->expiry_timestamp_ms = 0;
    m->max_timestamp_ms = 0;
    m->token_id = KW_EMPTY_STRING;
    m->hmac = KW_EMPTY_BYTES;
    m->throttle_time_ms = 0;
}

static void get_create_delegation_token_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_create_delegation_token_response *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->error_code = kw_get_int16(r);
    m->principal_type = kw_get_string(r, flex, false);
    m->principal_name = kw_get_string(r, flex, false);
    m->token_requester_principal_type = version >= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->token_requester_principal_name = version >= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->issue_timestamp_ms = kw_get_int64(r);
    m->expiry_timestamp_ms = kw_get_int64(r);
    m->max_timestamp_ms = kw_get_int64(r);
    m->token_id = kw_get_string(r, flex, false);
    m->hmac = kw_get_bytes(r, flex, false);
    m->throttle_time_ms = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_create_delegation_token_response(struct kw_writer *w, int16_t version,
                                                 const struct kw_create_delegation_token_response *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, false, m->principal_type);
    kw_put_string(w, flex, false, m->principal_name);
    if (version >= 3)
        kw_put_string(w, flex, false, m->token_requester_principal_type);
    if (version >= 3)
        kw_put_string(w, flex, false, m->token_requester_principal_name);
    kw_put_int64(w, m->issue_timestamp_ms);
    kw_put_int64(w, m->expiry_timestamp_ms);
    kw_put_int64(w, m->max_timestamp_ms);
    kw_put_string(w, flex, false, m->token_id);
    kw_put_bytes(w, flex, false, m->hmac);
    kw_put_throttle(w, m->throttle_time_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_create_delegation_token_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_create_delegation_token_response *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_create_delegation_token_response(r, version, a, ret);
    return r->err;
}

void kw_create_delegation_token_response_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_create_delegation_token_response *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_create_delegation_token_response(w, version, m);
}

static void init_any_create_delegation_token_response(
    void *m) { kw_create_delegation_token_response_init(m); }

static int decode_any_create_delegation_token_response(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a, void *ret)
{
    return kw_create_delegation_token_response_decode(r, version, a, ret);
}

static void encode_any_create_delegation_token_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_create_delegation_token_response_encode(w, version, m);
}

const struct kw_message kw_create_delegation_token_response_info = {
    .name = "CreateDelegationTokenResponse",
    .kind = KW_RESPONSE,
    .key = 38,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_create_delegation_token_response),
    .init = init_any_create_delegation_token_response,
    .decode = decode_any_create_delegation_token_response,
    .encode = encode_any_create_delegation_token_response,
};

void kw_renew_delegation_token_request_init(struct kw_renew_delegation_token_request *m)
{
    m->hmac = KW_EMPTY_BYTES;
    m->renew_period_ms = 0;
}

static void get_renew_delegation_token_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_renew_delegation_token_request *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->hmac = kw_get_bytes(r, flex, false);
    m->renew_period_ms = kw_get_int64(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_renew_delegation_token_request(struct kw_writer *w, int16_t version,
                                               const struct kw_renew_delegation_token_request *m)
{
    const bool flex = version >= 2;
    kw_put_bytes(w, flex, false, m->hmac);
    kw_put_int64(w, m->renew_period_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_renew_delegation_token_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_renew_delegation_token_request *ret)
{
    if (version < 1 || version > 2)
        return -MR_E_VERSION;
    get_renew_delegation_token_request(r, version, a, ret);
    return r->err;
}

void kw_renew_delegation_token_request_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_renew_delegation_token_request *m)
{
    if (version < 1 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_renew_delegation_token_request(w, version, m);
}

static void init_any_renew_delegation_token_request(void *m) { kw_renew_delegation_token_request_init(m); }

static int decode_any_renew_delegation_token_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     void *ret)
{
    return kw_renew_delegation_token_request_decode(r, version, a, ret);
}

static void encode_any_renew_delegation_token_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_renew_delegation_token_request_encode(w, version, m);
}

const struct kw_message kw_renew_delegation_token_request_info = {
    .name = "RenewDelegationTokenRequest",
    .kind = KW_REQUEST,
    .key = 39,
    .v_min = 1,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_renew_delegation_token_request),
    .init = init_any_renew_delegation_token_request,
    .decode = decode_any_renew_delegation_token_request,
    .encode = encode_any_renew_delegation_token_request,
};

void kw_renew_delegation_token_response_init(struct kw_renew_delegation_token_response *m)
{
    m->error_code = 0;
    m->expiry_timestamp_ms = 0;
    m->throttle_time_ms = 0;
}

static void get_renew_delegation_token_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_renew_delegation_token_response *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->error_code = kw_get_int16(r);
    m->expiry_timestamp_ms = kw_get_int64(r);
    m->throttle_time_ms = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_renew_delegation_token_response(struct kw_writer *w, int16_t version,
                                                const struct kw_renew_delegation_token_response *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->error_code);
    kw_put_int64(w, m->expiry_timestamp_ms);
    kw_put_throttle(w, m->throttle_time_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_renew_delegation_token_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_renew_delegation_token_response *ret)
{
    if (version < 1 || version > 2)
        return -MR_E_VERSION;
    get_renew_delegation_token_response(r, version, a, ret);
    return r->err;
}

void kw_renew_delegation_token_response_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_renew_delegation_token_response *m)
{
    if (version < 1 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_renew_delegation_token_response(w, version, m);
}

static void init_any_renew_delegation_token_response(void *m) { kw_renew_delegation_token_response_init(m); }

static int decode_any_renew_delegation_token_response(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a, void *ret)
{
    return kw_renew_delegation_token_response_decode(r, version, a, ret);
}

static void encode_any_renew_delegation_token_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_renew_delegation_token_response_encode(w, version, m);
}

const struct kw_message kw_renew_delegation_token_response_info = {
    .name = "RenewDelegationTokenResponse",
    .kind = KW_RESPONSE,
    .key = 39,
    .v_min = 1,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_renew_delegation_token_response),
    .init = init_any_renew_delegation_token_response,
    .decode = decode_any_renew_delegation_token_response,
    .encode = encode_any_renew_delegation_token_response,
};

void kw_expire_delegation_token_request_init(struct kw_expire_delegation_token_request *m)
{
    m->hmac = KW_EMPTY_BYTES;
    m->expiry_time_period_ms = 0;
}

static void get_expire_delegation_token_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_expire_delegation_token_request *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->hmac = kw_get_bytes(r, flex, false);
    m->expiry_time_period_ms = kw_get_int64(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_expire_delegation_token_request(struct kw_writer *w, int16_t version,
                                                const struct kw_expire_delegation_token_request *m)
{
    const bool flex = version >= 2;
    kw_put_bytes(w, flex, false, m->hmac);
    kw_put_int64(w, m->expiry_time_period_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_expire_delegation_token_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_expire_delegation_token_request *ret)
{
    if (version < 1 || version > 2)
        return -MR_E_VERSION;
    get_expire_delegation_token_request(r, version, a, ret);
    return r->err;
}

void kw_expire_delegation_token_request_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_expire_delegation_token_request *m)
{
    if (version < 1 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_expire_delegation_token_request(w, version, m);
}

static void init_any_expire_delegation_token_request(void *m) { kw_expire_delegation_token_request_init(m); }

static int decode_any_expire_delegation_token_request(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a, void *ret)
{
    return kw_expire_delegation_token_request_decode(r, version, a, ret);
}

static void encode_any_expire_delegation_token_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_expire_delegation_token_request_encode(w, version, m);
}

const struct kw_message kw_expire_delegation_token_request_info = {
    .name = "ExpireDelegationTokenRequest",
    .kind = KW_REQUEST,
    .key = 40,
    .v_min = 1,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_expire_delegation_token_request),
    .init = init_any_expire_delegation_token_request,
    .decode = decode_any_expire_delegation_token_request,
    .encode = encode_any_expire_delegation_token_request,
};

void kw_expire_delegation_token_response_init(struct kw_expire_delegation_token_response *m)
{
    m->error_code = 0;
    m->expiry_timestamp_ms = 0;
    m->throttle_time_ms = 0;
}

static void get_expire_delegation_token_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_expire_delegation_token_response *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->error_code = kw_get_int16(r);
    m->expiry_timestamp_ms = kw_get_int64(r);
    m->throttle_time_ms = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_expire_delegation_token_response(struct kw_writer *w, int16_t version,
                                                 const struct kw_expire_delegation_token_response *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->error_code);
    kw_put_int64(w, m->expiry_timestamp_ms);
    kw_put_throttle(w, m->throttle_time_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_expire_delegation_token_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_expire_delegation_token_response *ret)
{
    if (version < 1 || version > 2)
        return -MR_E_VERSION;
    get_expire_delegation_token_response(r, version, a, ret);
    return r->err;
}

void kw_expire_delegation_token_response_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_expire_delegation_token_response *m)
{
    if (version < 1 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_expire_delegation_token_response(w, version, m);
}

static void init_any_expire_delegation_token_response(
    void *m) { kw_expire_delegation_token_response_init(m); }

static int decode_any_expire_delegation_token_response(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a, void *ret)
{
    return kw_expire_delegation_token_response_decode(r, version, a, ret);
}

static void encode_any_expire_delegation_token_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_expire_delegation_token_response_encode(w, version, m);
}

const struct kw_message kw_expire_delegation_token_response_info = {
    .name = "ExpireDelegationTokenResponse",
    .kind = KW_RESPONSE,
    .key = 40,
    .v_min = 1,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_expire_delegation_token_response),
    .init = init_any_expire_delegation_token_response,
    .decode = decode_any_expire_delegation_token_response,
    .encode = encode_any_expire_delegation_token_response,
};

void kw_describe_delegation_token_request_owner_init(struct kw_describe_delegation_token_request_owner *m)
{
    m->principal_type = KW_EMPTY_STRING;
    m->principal_name = KW_EMPTY_STRING;
}

void kw_describe_delegation_token_request_init(struct kw_describe_delegation_token_request *m)
{
    m->owners = NULL;
    m->owners_count = 0;
}

static void get_describe_delegation_token_request_owner(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_describe_delegation_token_request_owner *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->principal_type = kw_get_string(r, flex, false);
    m->principal_name = kw_get_string(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_delegation_token_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_describe_delegation_token_request *m)
{
    const bool flex = version >= 2;
    m->owners_count = kw_get_count(r, flex, true, 3);
    m->owners = kw_get_items(r, a, m->owners_count, sizeof(*m->owners));
    for (int32_t i = 0; i < m->owners_count && r->err == 0; i++)
        get_describe_delegation_token_request_owner(r, version, a, &m->owners[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_delegation_token_request_owner(struct kw_writer *w, int16_t version,
    const struct kw_describe_delegation_token_request_owner *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->principal_type);
    kw_put_string(w, flex, false, m->principal_name);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_delegation_token_request(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_delegation_token_request *m)
{
    const bool flex = version >= 2;
    kw_put_count(w, flex, true, m->owners_count);
    for (int32_t i = 0; i < m->owners_count && w->err == 0; i++)
        put_describe_delegation_token_request_owner(w, version, &m->owners[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_delegation_token_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_describe_delegation_token_request *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_describe_delegation_token_request(r, version, a, ret);
    return r->err;
}

void kw_describe_delegation_token_request_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_delegation_token_request *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_delegation_token_request(w, version, m);
}

static void init_any_describe_delegation_token_request(
    void *m) { kw_describe_delegation_token_request_init(m); }

static int decode_any_describe_delegation_token_request(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a, void *ret)
{
    return kw_describe_delegation_token_request_decode(r, version, a, ret);
}

static void encode_any_describe_delegation_token_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_delegation_token_request_encode(w, version, m);
}

const struct kw_message kw_describe_delegation_token_request_info = {
    .name = "DescribeDelegationTokenRequest",
    .kind = KW_REQUEST,
    .key = 41,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_describe_delegation_token_request),
    .init = init_any_describe_delegation_token_request,
    .decode = decode_any_describe_delegation_token_request,
    .encode = encode_any_describe_delegation_token_request,
};

void kw_describe_delegation_token_response_renewer_init(
    struct kw_describe_delegation_token_response_renewer *m)
{
    m->principal_type = KW_EMPTY_STRING;
    m->principal_name = KW_EMPTY_STRING;
}

void kw_describe_delegation_token_response_token_init(struct kw_describe_delegation_token_response_token *m)
{
    m->principal_type = KW_EMPTY_STRING;
    m->principal_name = KW_EMPTY_STRING;
    m->token_requester_principal_type = KW_EMPTY_STRING;
    m->token_requester_principal_name = KW_EMPTY_STRING;
    m->issue_timestamp = 0;
    m->expiry_timestamp = 0;
    m->max_timestamp = 0;
    m->token_id = KW_EMPTY_STRING;
    m->hmac = KW_EMPTY_BYTES;
    m->renewers = NULL;
    m->renewers_count = 0;
}

void kw_describe_delegation_token_response_init(struct kw_describe_delegation_token_response *m)
{
    m->error_code = 0;
    m->tokens = NULL;
    m->tokens_count = 0;
    m->throttle_time_ms = 0;
}

static void get_describe_delegation_token_response_renewer(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_delegation_token_response_renewer *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->principal_type = kw_get_string(r, flex, false);
    m->principal_name = kw_get_string(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_delegation_token_response_token(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_delegation_token_response_token *m)
{
    const bool flex = version >= 2;
    m->principal_type = kw_get_string(r, flex, false);
    m->principal_name = kw_get_string(r, flex, false);
    m->token_requester_principal_type = version >= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->token_requester_principal_name = version >= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->issue_timestamp = kw_get_int64(r);
    m->expiry_timestamp = kw_get_int64(r);
    m->max_timestamp = kw_get_int64(r);
    m->token_id = kw_get_string(r, flex, false);
    m->hmac = kw_get_bytes(r, flex, false);
    m->renewers_count = kw_get_count(r, flex, false, 3);
    m->renewers = kw_get_items(r, a, m->renewers_count, sizeof(*m->renewers));
    for (int32_t i = 0; i < m->renewers_count && r->err == 0; i++)
        get_describe_delegation_token_response_renewer(r, version, a, &m->renewers[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_delegation_token_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_describe_delegation_token_response *m)
{
    const bool flex = version >= 2;
    m->error_code = kw_get_int16(r);
    m->tokens_count = kw_get_count(r, flex, false, 30);
    m->tokens = kw_get_items(r, a, m->tokens_count, sizeof(*m->tokens));
    for (int32_t i = 0; i < m->tokens_count && r->err == 0; i++)
        get_describe_delegation_token_response_token(r, version, a, &m->tokens[i]);
    m->throttle_time_ms = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_delegation_token_response_renewer(struct kw_writer *w, int16_t version,
    const struct kw_describe_delegation_token_response_renewer *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->principal_type);
    kw_put_string(w, flex, false, m->principal_name);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_delegation_token_response_token(struct kw_writer *w, int16_t version,
    const struct kw_describe_delegation_token_response_token *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->principal_type);
    kw_put_string(w, flex, false, m->principal_name);
    if (version >= 3)
        kw_put_string(w, flex, false, m->token_requester_principal_type);
    if (version >= 3)
        kw_put_string(w, flex, false, m->token_requester_principal_name);
    kw_put_int64(w, m->issue_timestamp);
    kw_put_int64(w, m->expiry_timestamp);
    kw_put_int64(w, m->max_timestamp);
    kw_put_string(w, flex, false, m->token_id);
    kw_put_bytes(w, flex, false, m->hmac);
    kw_put_count(w, flex, false, m->renewers_count);
    for (int32_t i = 0; i < m->renewers_count && w->err == 0; i++)
        put_describe_delegation_token_response_renewer(w, version, &m->renewers[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_delegation_token_response(struct kw_writer *w, int16_t version,
                                                   const struct kw_describe_delegation_token_response *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->error_code);
    kw_put_count(w, flex, false, m->tokens_count);
    for (int32_t i = 0; i < m->tokens_count && w->err == 0; i++)
        put_describe_delegation_token_response_token(w, version, &m->tokens[i]);
    kw_put_throttle(w, m->throttle_time_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_delegation_token_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_delegation_token_response *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_describe_delegation_token_response(r, version, a, ret);
    return r->err;
}

void kw_describe_delegation_token_response_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_delegation_token_response *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_delegation_token_response(w, version, m);
}

static void init_any_describe_delegation_token_response(
    void *m) { kw_describe_delegation_token_response_init(m); }

static int decode_any_describe_delegation_token_response(struct kw_reader *r, int16_t version,
                                                         struct mr_arena *a, void *ret)
{
    return kw_describe_delegation_token_response_decode(r, version, a, ret);
}

static void encode_any_describe_delegation_token_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_delegation_token_response_encode(w, version, m);
}

const struct kw_message kw_describe_delegation_token_response_info = {
    .name = "DescribeDelegationTokenResponse",
    .kind = KW_RESPONSE,
    .key = 41,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_describe_delegation_token_response),
    .init = init_any_describe_delegation_token_response,
    .decode = decode_any_describe_delegation_token_response,
    .encode = encode_any_describe_delegation_token_response,
};
