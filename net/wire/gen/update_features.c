/* Written by net/wire/schema/gen.py from update_features.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/update_features.h"

void kw_update_features_request_update_init(struct kw_update_features_request_update *m)
{
    m->feature = KW_EMPTY_STRING;
    m->max_version_level = 0;
    m->allow_downgrade = false;
    m->upgrade_type = 1;
}

void kw_update_features_request_init(struct kw_update_features_request *m)
{
    m->timeout_ms = 60000;
    m->feature_updates = NULL;
    m->feature_updates_count = 0;
    m->validate_only = false;
}

static void get_update_features_request_update(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_update_features_request_update *m)
{
    (void)a;
    m->feature = kw_get_string(r, true, false);
    m->max_version_level = kw_get_int16(r);
    m->allow_downgrade = version <= 0 ? kw_get_bool(r) : false;
    m->upgrade_type = version >= 1 ? kw_get_int8(r) : 1;
    kw_skip_tags(r);
}

static void get_update_features_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_update_features_request *m)
{
    m->timeout_ms = kw_get_int32(r);
    m->feature_updates_count = kw_get_count(r, true, false, 5);
    m->feature_updates = kw_get_items(r, a, m->feature_updates_count, sizeof(*m->feature_updates));
    for (int32_t i = 0; i < m->feature_updates_count && r->err == 0; i++)
        get_update_features_request_update(r, version, a, &m->feature_updates[i]);
    m->validate_only = version >= 1 ? kw_get_bool(r) : false;
    kw_skip_tags(r);
}

static void put_update_features_request_update(struct kw_writer *w, int16_t version,
                                               const struct kw_update_features_request_update *m)
{
    kw_put_string(w, true, false, m->feature);
    kw_put_int16(w, m->max_version_level);
    if (version <= 0)
        kw_put_bool(w, m->allow_downgrade);
    if (version >= 1)
        kw_put_int8(w, m->upgrade_type);
    kw_put_uvarint(w, 0);
}

static void put_update_features_request(struct kw_writer *w, int16_t version,
                                        const struct kw_update_features_request *m)
{
    kw_put_int32(w, m->timeout_ms);
    kw_put_count(w, true, false, m->feature_updates_count);
    for (int32_t i = 0; i < m->feature_updates_count && w->err == 0; i++)
        put_update_features_request_update(w, version, &m->feature_updates[i]);
    if (version >= 1)
        kw_put_bool(w, m->validate_only);
    kw_put_uvarint(w, 0);
}

int kw_update_features_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_update_features_request *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_update_features_request(r, version, a, ret);
    return r->err;
}

void kw_update_features_request_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_update_features_request *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_update_features_request(w, version, m);
}

static void init_any_update_features_request(void *m) { kw_update_features_request_init(m); }

static int decode_any_update_features_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_update_features_request_decode(r, version, a, ret);
}

static void encode_any_update_features_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_update_features_request_encode(w, version, m);
}

const struct kw_message kw_update_features_request_info = {
    .name = "UpdateFeaturesRequest",
    .kind = KW_REQUEST,
    .key = 57,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_update_features_request),
    .init = init_any_update_features_request,
    .decode = decode_any_update_features_request,
    .encode = encode_any_update_features_request,
};

void kw_update_features_response_result_init(struct kw_update_features_response_result *m)
{
    m->feature = KW_EMPTY_STRING;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

void kw_update_features_response_init(struct kw_update_features_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->results = NULL;
    m->results_count = 0;
}

static void get_update_features_response_result(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_update_features_response_result *m)
{
    (void)a;
    (void)version;
    m->feature = kw_get_string(r, true, false);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void get_update_features_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_update_features_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    if (version <= 1) {
        m->results_count = kw_get_count(r, true, false, 5);
        m->results = kw_get_items(r, a, m->results_count, sizeof(*m->results));
        for (int32_t i = 0; i < m->results_count && r->err == 0; i++)
            get_update_features_response_result(r, version, a, &m->results[i]);
    } else {
        m->results = NULL;
        m->results_count = 0;
    }
    kw_skip_tags(r);
}

static void put_update_features_response_result(struct kw_writer *w, int16_t version,
                                                const struct kw_update_features_response_result *m)
{
    (void)version;
    kw_put_string(w, true, false, m->feature);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_uvarint(w, 0);
}

static void put_update_features_response(struct kw_writer *w, int16_t version,
                                         const struct kw_update_features_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    if (version <= 1) {
        kw_put_count(w, true, false, m->results_count);
        for (int32_t i = 0; i < m->results_count && w->err == 0; i++)
            put_update_features_response_result(w, version, &m->results[i]);
    }
    kw_put_uvarint(w, 0);
}

int kw_update_features_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_update_features_response *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_update_features_response(r, version, a, ret);
    return r->err;
}

void kw_update_features_response_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_update_features_response *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_update_features_response(w, version, m);
}

static void init_any_update_features_response(void *m) { kw_update_features_response_init(m); }

static int decode_any_update_features_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_update_features_response_decode(r, version, a, ret);
}

static void encode_any_update_features_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_update_features_response_encode(w, version, m);
}

const struct kw_message kw_update_features_response_info = {
    .name = "UpdateFeaturesResponse",
    .kind = KW_RESPONSE,
    .key = 57,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_update_features_response),
    .init = init_any_update_features_response,
    .decode = decode_any_update_features_response,
    .encode = encode_any_update_features_response,
};
