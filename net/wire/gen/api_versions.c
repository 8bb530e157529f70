/* Written by net/wire/schema/gen.py from api_versions.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/api_versions.h"

void kw_api_versions_request_init(struct kw_api_versions_request *m)
{
    m->client_software_name = KW_EMPTY_STRING;
    m->client_software_version = KW_EMPTY_STRING;
}

static void get_api_versions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_api_versions_request *m)
{
    const bool flex = version >= 3;
    (void)a;
    m->client_software_name = version >= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->client_software_version = version >= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    if (flex)
        kw_skip_tags(r);
}

static void put_api_versions_request(struct kw_writer *w, int16_t version,
                                     const struct kw_api_versions_request *m)
{
    const bool flex = version >= 3;
    if (version >= 3)
        kw_put_string(w, flex, false, m->client_software_name);
    if (version >= 3)
        kw_put_string(w, flex, false, m->client_software_version);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_api_versions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_api_versions_request *ret)
{
    if (version < 0 || version > 4)
        return -MR_E_VERSION;
    get_api_versions_request(r, version, a, ret);
    return r->err;
}

void kw_api_versions_request_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_api_versions_request *m)
{
    if (version < 0 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_api_versions_request(w, version, m);
}

static void init_any_api_versions_request(void *m) { kw_api_versions_request_init(m); }

static int decode_any_api_versions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_api_versions_request_decode(r, version, a, ret);
}

static void encode_any_api_versions_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_api_versions_request_encode(w, version, m);
}

const struct kw_message kw_api_versions_request_info = {
    .name = "ApiVersionsRequest",
    .kind = KW_REQUEST,
    .key = 18,
    .v_min = 0,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 3,
    .size = sizeof(struct kw_api_versions_request),
    .init = init_any_api_versions_request,
    .decode = decode_any_api_versions_request,
    .encode = encode_any_api_versions_request,
};

void kw_api_versions_response_finalized_feature_init(struct kw_api_versions_response_finalized_feature *m)
{
    m->name = KW_EMPTY_STRING;
    m->max_version_level = 0;
    m->min_version_level = 0;
}

void kw_api_versions_response_supported_feature_init(struct kw_api_versions_response_supported_feature *m)
{
    m->name = KW_EMPTY_STRING;
    m->min_version = 0;
    m->max_version = 0;
}

void kw_api_versions_response_api_key_init(struct kw_api_versions_response_api_key *m)
{
    m->api_key = 0;
    m->min_version = 0;
    m->max_version = 0;
}

void kw_api_versions_response_init(struct kw_api_versions_response *m)
{
    m->error_code = 0;
    m->api_keys = NULL;
    m->api_keys_count = 0;
    m->throttle_time_ms = 0;
    m->supported_features = NULL;
    m->supported_features_count = 0;
    m->finalized_features_epoch = -1;
    m->finalized_features = NULL;
    m->finalized_features_count = 0;
    m->zk_migration_ready = false;
}

static void get_api_versions_response_finalized_feature(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_api_versions_response_finalized_feature *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->max_version_level = kw_get_int16(r);
    m->min_version_level = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_api_versions_response_supported_feature(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_api_versions_response_supported_feature *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->min_version = kw_get_int16(r);
    m->max_version = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_api_versions_response_api_key(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_api_versions_response_api_key *m)
{
    const bool flex = version >= 3;
    (void)a;
    m->api_key = kw_get_int16(r);
    m->min_version = kw_get_int16(r);
    m->max_version = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_api_versions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_api_versions_response *m)
{
    const bool flex = version >= 3;
    m->error_code = kw_get_int16(r);
    m->api_keys_count = kw_get_count(r, flex, false, 6);
    m->api_keys = kw_get_items(r, a, m->api_keys_count, sizeof(*m->api_keys));
    for (int32_t i = 0; i < m->api_keys_count && r->err == 0; i++)
        get_api_versions_response_api_key(r, version, a, &m->api_keys[i]);
    m->throttle_time_ms = version >= 1 ? kw_get_int32(r) : 0;
    m->supported_features = NULL;
    m->supported_features_count = 0;
    m->finalized_features_epoch = -1;
    m->finalized_features = NULL;
    m->finalized_features_count = 0;
    m->zk_migration_ready = false;
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->supported_features_count = kw_get_count(&payload, flex, false, 6);
            m->supported_features = kw_get_items(&payload, a, m->supported_features_count,
                                                 sizeof(*m->supported_features));
            for (int32_t i = 0; i < m->supported_features_count && payload.err == 0; i++)
                get_api_versions_response_supported_feature(&payload, version, a, &m->supported_features[i]);
            kw_tag_done(r, &payload);
        } else if (tag == 1) {
            m->finalized_features_epoch = kw_get_int64(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 2) {
            m->finalized_features_count = kw_get_count(&payload, flex, false, 6);
            m->finalized_features = kw_get_items(&payload, a, m->finalized_features_count,
                                                 sizeof(*m->finalized_features));
            for (int32_t i = 0; i < m->finalized_features_count && payload.err == 0; i++)
                get_api_versions_response_finalized_feature(&payload, version, a, &m->finalized_features[i]);
            kw_tag_done(r, &payload);
        } else if (tag == 3) {
            m->zk_migration_ready = kw_get_bool(&payload);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_api_versions_response_finalized_feature(struct kw_writer *w, int16_t version,
    const struct kw_api_versions_response_finalized_feature *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int16(w, m->max_version_level);
    kw_put_int16(w, m->min_version_level);
    kw_put_uvarint(w, 0);
}

static void put_api_versions_response_supported_feature(struct kw_writer *w, int16_t version,
    const struct kw_api_versions_response_supported_feature *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int16(w, m->min_version);
    kw_put_int16(w, m->max_version);
    kw_put_uvarint(w, 0);
}

static void put_api_versions_response_api_key(struct kw_writer *w, int16_t version,
                                              const struct kw_api_versions_response_api_key *m)
{
    const bool flex = version >= 3;
    kw_put_int16(w, m->api_key);
    kw_put_int16(w, m->min_version);
    kw_put_int16(w, m->max_version);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_api_versions_response(struct kw_writer *w, int16_t version,
                                      const struct kw_api_versions_response *m)
{
    const bool flex = version >= 3;
    kw_put_int16(w, m->error_code);
    kw_put_count(w, flex, false, m->api_keys_count);
    for (int32_t i = 0; i < m->api_keys_count && w->err == 0; i++)
        put_api_versions_response_api_key(w, version, &m->api_keys[i]);
    if (version >= 1)
        kw_put_throttle(w, m->throttle_time_ms);
    if (flex) {
        const bool has_supported_features = m->supported_features_count > 0;
        const bool has_finalized_features_epoch = m->finalized_features_epoch != -1;
        const bool has_finalized_features = m->finalized_features_count > 0;
        const bool has_zk_migration_ready = m->zk_migration_ready;
        kw_put_uvarint(w, (uint32_t)(has_supported_features + has_finalized_features_epoch +
                       has_finalized_features + has_zk_migration_ready));
        if (has_supported_features) {
            const size_t mark = kw_tag_begin(w, 0);
            kw_put_count(w, flex, false, m->supported_features_count);
            for (int32_t i = 0; i < m->supported_features_count && w->err == 0; i++)
                put_api_versions_response_supported_feature(w, version, &m->supported_features[i]);
            kw_tag_end(w, mark);
        }
        if (has_finalized_features_epoch) {
            const size_t mark = kw_tag_begin(w, 1);
            kw_put_int64(w, m->finalized_features_epoch);
            kw_tag_end(w, mark);
        }
        if (has_finalized_features) {
            const size_t mark = kw_tag_begin(w, 2);
            kw_put_count(w, flex, false, m->finalized_features_count);
            for (int32_t i = 0; i < m->finalized_features_count && w->err == 0; i++)
                put_api_versions_response_finalized_feature(w, version, &m->finalized_features[i]);
            kw_tag_end(w, mark);
        }
        if (has_zk_migration_ready) {
            const size_t mark = kw_tag_begin(w, 3);
            kw_put_bool(w, m->zk_migration_ready);
            kw_tag_end(w, mark);
        }
    }
}

int kw_api_versions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_api_versions_response *ret)
{
    if (version < 0 || version > 4)
        return -MR_E_VERSION;
    get_api_versions_response(r, version, a, ret);
    return r->err;
}

void kw_api_versions_response_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_api_versions_response *m)
{
    if (version < 0 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_api_versions_response(w, version, m);
}

static void init_any_api_versions_response(void *m) { kw_api_versions_response_init(m); }

static int decode_any_api_versions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_api_versions_response_decode(r, version, a, ret);
}

static void encode_any_api_versions_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_api_versions_response_encode(w, version, m);
}

const struct kw_message kw_api_versions_response_info = {
    .name = "ApiVersionsResponse",
    .kind = KW_RESPONSE,
    .key = 18,
    .v_min = 0,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 3,
    .size = sizeof(struct kw_api_versions_response),
    .init = init_any_api_versions_response,
    .decode = decode_any_api_versions_response,
    .encode = encode_any_api_versions_response,
};
