/* Written by net/wire/schema/gen.py from scram_credentials.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/scram_credentials.h"

void kw_describe_user_scram_credentials_request_user_init(
    struct kw_describe_user_scram_credentials_request_user *m)
{
    m->name = KW_EMPTY_STRING;
}

void kw_describe_user_scram_credentials_request_init(struct kw_describe_user_scram_credentials_request *m)
{
    m->users = NULL;
    m->users_count = 0;
}

static void get_describe_user_scram_credentials_request_user(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_user_scram_credentials_request_user *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    kw_skip_tags(r);
}

static void get_describe_user_scram_credentials_request(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_describe_user_scram_credentials_request *m)
{
    m->users_count = kw_get_count(r, true, true, 2);
    m->users = kw_get_items(r, a, m->users_count, sizeof(*m->users));
    for (int32_t i = 0; i < m->users_count && r->err == 0; i++)
        get_describe_user_scram_credentials_request_user(r, version, a, &m->users[i]);
    kw_skip_tags(r);
}

static void put_describe_user_scram_credentials_request_user(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_request_user *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_uvarint(w, 0);
}

static void put_describe_user_scram_credentials_request(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_request *m)
{
    kw_put_count(w, true, true, m->users_count);
    for (int32_t i = 0; i < m->users_count && w->err == 0; i++)
        put_describe_user_scram_credentials_request_user(w, version, &m->users[i]);
    kw_put_uvarint(w, 0);
}

int kw_describe_user_scram_credentials_request_decode(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_describe_user_scram_credentials_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_describe_user_scram_credentials_request(r, version, a, ret);
    return r->err;
}

void kw_describe_user_scram_credentials_request_encode(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_user_scram_credentials_request(w, version, m);
}

static void init_any_describe_user_scram_credentials_request(
    void *m) { kw_describe_user_scram_credentials_request_init(m); }

static int decode_any_describe_user_scram_credentials_request(struct kw_reader *r, int16_t version,
                                                              struct mr_arena *a, void *ret)
{
    return kw_describe_user_scram_credentials_request_decode(r, version, a, ret);
}

static void encode_any_describe_user_scram_credentials_request(struct kw_writer *w, int16_t version,
                                                               const void *m)
{
    kw_describe_user_scram_credentials_request_encode(w, version, m);
}

const struct kw_message kw_describe_user_scram_credentials_request_info = {
    .name = "DescribeUserScramCredentialsRequest",
    .kind = KW_REQUEST,
    .key = 50,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_user_scram_credentials_request),
    .init = init_any_describe_user_scram_credentials_request,
    .decode = decode_any_describe_user_scram_credentials_request,
    .encode = encode_any_describe_user_scram_credentials_request,
};

void kw_describe_user_scram_credentials_response_credential_init(
    struct kw_describe_user_scram_credentials_response_credential *m)
{
    m->mechanism = 0;
    m->iterations = 0;
}

void kw_describe_user_scram_credentials_response_result_init(
    struct kw_describe_user_scram_credentials_response_result *m)
{
    m->user = KW_EMPTY_STRING;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->credential_infos = NULL;
    m->credential_infos_count = 0;
}

void kw_describe_user_scram_credentials_response_init(struct kw_describe_user_scram_credentials_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->results = NULL;
    m->results_count = 0;
}

static void get_describe_user_scram_credentials_response_credential(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_user_scram_credentials_response_credential *m)
{
    (void)a;
    (void)version;
    m->mechanism = kw_get_int8(r);
    m->iterations = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_describe_user_scram_credentials_response_result(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_user_scram_credentials_response_result *m)
{
    m->user = kw_get_string(r, true, false);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    m->credential_infos_count = kw_get_count(r, true, false, 6);
    m->credential_infos = kw_get_items(r, a, m->credential_infos_count, sizeof(*m->credential_infos));
    for (int32_t i = 0; i < m->credential_infos_count && r->err == 0; i++)
        get_describe_user_scram_credentials_response_credential(r, version, a, &m->credential_infos[i]);
    kw_skip_tags(r);
}

static void get_describe_user_scram_credentials_response(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_user_scram_credentials_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    m->results_count = kw_get_count(r, true, false, 6);
    m->results = kw_get_items(r, a, m->results_count, sizeof(*m->results));
    for (int32_t i = 0; i < m->results_count && r->err == 0; i++)
        get_describe_user_scram_credentials_response_result(r, version, a, &m->results[i]);
    kw_skip_tags(r);
}

static void put_describe_user_scram_credentials_response_credential(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_response_credential *m)
{
    (void)version;
    kw_put_int8(w, m->mechanism);
    kw_put_int32(w, m->iterations);
    kw_put_uvarint(w, 0);
}

static void put_describe_user_scram_credentials_response_result(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_response_result *m)
{
    kw_put_string(w, true, false, m->user);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_count(w, true, false, m->credential_infos_count);
    for (int32_t i = 0; i < m->credential_infos_count && w->err == 0; i++)
        put_describe_user_scram_credentials_response_credential(w, version, &m->credential_infos[i]);
    kw_put_uvarint(w, 0);
}

static void put_describe_user_scram_credentials_response(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_count(w, true, false, m->results_count);
    for (int32_t i = 0; i < m->results_count && w->err == 0; i++)
        put_describe_user_scram_credentials_response_result(w, version, &m->results[i]);
    kw_put_uvarint(w, 0);
}

int kw_describe_user_scram_credentials_response_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_user_scram_credentials_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_describe_user_scram_credentials_response(r, version, a, ret);
    return r->err;
}

void kw_describe_user_scram_credentials_response_encode(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_user_scram_credentials_response(w, version, m);
}

static void init_any_describe_user_scram_credentials_response(
    void *m) { kw_describe_user_scram_credentials_response_init(m); }

static int decode_any_describe_user_scram_credentials_response(struct kw_reader *r, int16_t version,
                                                               struct mr_arena *a, void *ret)
{
    return kw_describe_user_scram_credentials_response_decode(r, version, a, ret);
}

static void encode_any_describe_user_scram_credentials_response(struct kw_writer *w, int16_t version,
                                                                const void *m)
{
    kw_describe_user_scram_credentials_response_encode(w, version, m);
}

const struct kw_message kw_describe_user_scram_credentials_response_info = {
    .name = "DescribeUserScramCredentialsResponse",
    .kind = KW_RESPONSE,
    .key = 50,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_user_scram_credentials_response),
    .init = init_any_describe_user_scram_credentials_response,
    .decode = decode_any_describe_user_scram_credentials_response,
    .encode = encode_any_describe_user_scram_credentials_response,
};

void kw_alter_user_scram_credentials_request_upsertion_init(
    struct kw_alter_user_scram_credentials_request_upsertion *m)
{
    m->name = KW_EMPTY_STRING;
    m->mechanism = 0;
    m->iterations = 0;
    m->salt = KW_EMPTY_BYTES;
    m->salted_password = KW_EMPTY_BYTES;
}

void kw_alter_user_scram_credentials_request_deletion_init(
    struct kw_alter_user_scram_credentials_request_deletion *m)
{
    m->name = KW_EMPTY_STRING;
    m->mechanism = 0;
}

void kw_alter_user_scram_credentials_request_init(struct kw_alter_user_scram_credentials_request *m)
{
    m->deletions = NULL;
    m->deletions_count = 0;
    m->upsertions = NULL;
    m->upsertions_count = 0;
}

static void get_alter_user_scram_credentials_request_upsertion(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_alter_user_scram_credentials_request_upsertion *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->mechanism = kw_get_int8(r);
    m->iterations = kw_get_int32(r);
    m->salt = kw_get_bytes(r, true, false);
    m->salted_password = kw_get_bytes(r, true, false);
    kw_skip_tags(r);
}

static void get_alter_user_scram_credentials_request_deletion(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_alter_user_scram_credentials_request_deletion *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->mechanism = kw_get_int8(r);
    kw_skip_tags(r);
}

static void get_alter_user_scram_credentials_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_alter_user_scram_credentials_request *m)
{
    m->deletions_count = kw_get_count(r, true, false, 3);
    m->deletions = kw_get_items(r, a, m->deletions_count, sizeof(*m->deletions));
    for (int32_t i = 0; i < m->deletions_count && r->err == 0; i++)
        get_alter_user_scram_credentials_request_deletion(r, version, a, &m->deletions[i]);
    m->upsertions_count = kw_get_count(r, true, false, 9);
    m->upsertions = kw_get_items(r, a, m->upsertions_count, sizeof(*m->upsertions));
    for (int32_t i = 0; i < m->upsertions_count && r->err == 0; i++)
        get_alter_user_scram_credentials_request_upsertion(r, version, a, &m->upsertions[i]);
    kw_skip_tags(r);
}

static void put_alter_user_scram_credentials_request_upsertion(struct kw_writer *w, int16_t version,
    const struct kw_alter_user_scram_credentials_request_upsertion *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int8(w, m->mechanism);
    kw_put_int32(w, m->iterations);
    kw_put_bytes(w, true, false, m->salt);
    kw_put_bytes(w, true, false, m->salted_password);
    kw_put_uvarint(w, 0);
}

static void put_alter_user_scram_credentials_request_deletion(struct kw_writer *w, int16_t version,
    const struct kw_alter_user_scram_credentials_request_deletion *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int8(w, m->mechanism);
    kw_put_uvarint(w, 0);
}

static void put_alter_user_scram_credentials_request(struct kw_writer *w, int16_t version,
                                                     const struct kw_alter_user_scram_credentials_request *m)
{
    kw_put_count(w, true, false, m->deletions_count);
    for (int32_t i = 0; i < m->deletions_count && w->err == 0; i++)
        put_alter_user_scram_credentials_request_deletion(w, version, &m->deletions[i]);
    kw_put_count(w, true, false, m->upsertions_count);
    for (int32_t i = 0; i < m->upsertions_count && w->err == 0; i++)
        put_alter_user_scram_credentials_request_upsertion(w, version, &m->upsertions[i]);
    kw_put_uvarint(w, 0);
}

int kw_alter_user_scram_credentials_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_alter_user_scram_credentials_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_alter_user_scram_credentials_request(r, version, a, ret);
    return r->err;
}

void kw_alter_user_scram_credentials_request_encode(struct kw_writer *w, int16_t version,
                                                    const struct kw_alter_user_scram_credentials_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_alter_user_scram_credentials_request(w, version, m);
}

static void init_any_alter_user_scram_credentials_request(
    void *m) { kw_alter_user_scram_credentials_request_init(m); }

static int decode_any_alter_user_scram_credentials_request(struct kw_reader *r, int16_t version,
                                                           struct mr_arena *a, void *ret)
{
    return kw_alter_user_scram_credentials_request_decode(r, version, a, ret);
}

static void encode_any_alter_user_scram_credentials_request(struct kw_writer *w, int16_t version,
                                                            const void *m)
{
    kw_alter_user_scram_credentials_request_encode(w, version, m);
}

const struct kw_message kw_alter_user_scram_credentials_request_info = {
    .name = "AlterUserScramCredentialsRequest",
    .kind = KW_REQUEST,
    .key = 51,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_alter_user_scram_credentials_request),
    .init = init_any_alter_user_scram_credentials_request,
    .decode = decode_any_alter_user_scram_credentials_request,
    .encode = encode_any_alter_user_scram_credentials_request,
};

void kw_alter_user_scram_credentials_response_result_init(
    struct kw_alter_user_scram_credentials_response_result *m)
{
    m->user = KW_EMPTY_STRING;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

void kw_alter_user_scram_credentials_response_init(struct kw_alter_user_scram_credentials_response *m)
{
    m->throttle_time_ms = 0;
    m->results = NULL;
    m->results_count = 0;
}

static void get_alter_user_scram_credentials_response_result(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_alter_user_scram_credentials_response_result *m)
{
    (void)a;
    (void)version;
    m->user = kw_get_string(r, true, false);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void get_alter_user_scram_credentials_response(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_alter_user_scram_credentials_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->results_count = kw_get_count(r, true, false, 5);
    m->results = kw_get_items(r, a, m->results_count, sizeof(*m->results));
    for (int32_t i = 0; i < m->results_count && r->err == 0; i++)
        get_alter_user_scram_credentials_response_result(r, version, a, &m->results[i]);
    kw_skip_tags(r);
}

static void put_alter_user_scram_credentials_response_result(struct kw_writer *w, int16_t version,
    const struct kw_alter_user_scram_credentials_response_result *m)
{
    (void)version;
    kw_put_string(w, true, false, m->user);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_uvarint(w, 0);
}

static void put_alter_user_scram_credentials_response(struct kw_writer *w, int16_t version,
    const struct kw_alter_user_scram_credentials_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, true, false, m->results_count);
    for (int32_t i = 0; i < m->results_count && w->err == 0; i++)
        put_alter_user_scram_credentials_response_result(w, version, &m->results[i]);
    kw_put_uvarint(w, 0);
}

int kw_alter_user_scram_credentials_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_alter_user_scram_credentials_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_alter_user_scram_credentials_response(r, version, a, ret);
    return r->err;
}

void kw_alter_user_scram_credentials_response_encode(struct kw_writer *w, int16_t version,
                                                     const struct kw_alter_user_scram_credentials_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_alter_user_scram_credentials_response(w, version, m);
}

static void init_any_alter_user_scram_credentials_response(
    void *m) { kw_alter_user_scram_credentials_response_init(m); }

static int decode_any_alter_user_scram_credentials_response(struct kw_reader *r, int16_t version,
                                                            struct mr_arena *a, void *ret)
{
    return kw_alter_user_scram_credentials_response_decode(r, version, a, ret);
}

static void encode_any_alter_user_scram_credentials_response(struct kw_writer *w, int16_t version,
                                                             const void *m)
{
    kw_alter_user_scram_credentials_response_encode(w, version, m);
}

const struct kw_message kw_alter_user_scram_credentials_response_info = {
    .name = "AlterUserScramCredentialsResponse",
    .kind = KW_RESPONSE,
    .key = 51,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_alter_user_scram_credentials_response),
    .init = init_any_alter_user_scram_credentials_response,
    .decode = decode_any_alter_user_scram_credentials_response,
    .encode = encode_any_alter_user_scram_credentials_response,
};
