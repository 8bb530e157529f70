/* Written by net/wire/schema/gen.py from describe_configs.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/describe_configs.h"

void kw_describe_configs_request_resource_init(struct kw_describe_configs_request_resource *m)
{
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
    m->configuration_keys = NULL;
    m->configuration_keys_count = 0;
}

void kw_describe_configs_request_init(struct kw_describe_configs_request *m)
{
    m->resources = NULL;
    m->resources_count = 0;
    m->include_synonyms = false;
    m->include_documentation = false;
}

static void get_describe_configs_request_resource(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_describe_configs_request_resource *m)
{
    const bool flex = version >= 4;
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, flex, false);
    m->configuration_keys = kw_get_string_array(r, a, flex, true, &m->configuration_keys_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_configs_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_describe_configs_request *m)
{
    const bool flex = version >= 4;
    m->resources_count = kw_get_count(r, flex, false, 4);
    m->resources = kw_get_items(r, a, m->resources_count, sizeof(*m->resources));
    for (int32_t i = 0; i < m->resources_count && r->err == 0; i++)
        get_describe_configs_request_resource(r, version, a, &m->resources[i]);
    m->include_synonyms = kw_get_bool(r);
    m->include_documentation = version >= 3 ? kw_get_bool(r) : false;
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_configs_request_resource(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_configs_request_resource *m)
{
    const bool flex = version >= 4;
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, flex, false, m->resource_name);
    kw_put_string_array(w, flex, true, m->configuration_keys, m->configuration_keys_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_configs_request(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_configs_request *m)
{
    const bool flex = version >= 4;
    kw_put_count(w, flex, false, m->resources_count);
    for (int32_t i = 0; i < m->resources_count && w->err == 0; i++)
        put_describe_configs_request_resource(w, version, &m->resources[i]);
    kw_put_bool(w, m->include_synonyms);
    if (version >= 3)
        kw_put_bool(w, m->include_documentation);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_configs_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_configs_request *ret)
{
    if (version < 1 || version > 4)
        return -MR_E_VERSION;
    get_describe_configs_request(r, version, a, ret);
    return r->err;
}

void kw_describe_configs_request_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_configs_request *m)
{
    if (version < 1 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_configs_request(w, version, m);
}

static void init_any_describe_configs_request(void *m) { kw_describe_configs_request_init(m); }

static int decode_any_describe_configs_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_describe_configs_request_decode(r, version, a, ret);
}

static void encode_any_describe_configs_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_configs_request_encode(w, version, m);
}

const struct kw_message kw_describe_configs_request_info = {
    .name = "DescribeConfigsRequest",
    .kind = KW_REQUEST,
    .key = 32,
    .v_min = 1,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 4,
    .size = sizeof(struct kw_describe_configs_request),
    .init = init_any_describe_configs_request,
    .decode = decode_any_describe_configs_request,
    .encode = encode_any_describe_configs_request,
};

void kw_describe_configs_response_synonym_init(struct kw_describe_configs_response_synonym *m)
{
    m->name = KW_EMPTY_STRING;
    m->value = KW_EMPTY_STRING;
    m->source = 0;
}

void kw_describe_configs_response_config_init(struct kw_describe_configs_response_config *m)
{
    m->name = KW_EMPTY_STRING;
    m->value = KW_EMPTY_STRING;
    m->read_only = false;
    m->config_source = -1;
    m->is_sensitive = false;
    m->synonyms = NULL;
    m->synonyms_count = 0;
    m->config_type = 0;
    m->documentation = KW_EMPTY_STRING;
}

void kw_describe_configs_response_result_init(struct kw_describe_configs_response_result *m)
{
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
    m->configs = NULL;
    m->configs_count = 0;
}

void kw_describe_configs_response_init(struct kw_describe_configs_response *m)
{
    m->throttle_time_ms = 0;
    m->results = NULL;
    m->results_count = 0;
}

static void get_describe_configs_response_synonym(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_describe_configs_response_synonym *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->name = kw_get_string(r, flex, false);
    m->value = kw_get_string(r, flex, true);
    m->source = kw_get_int8(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_configs_response_config(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_configs_response_config *m)
{
    const bool flex = version >= 4;
    m->name = kw_get_string(r, flex, false);
    m->value = kw_get_string(r, flex, true);
    m->read_only = kw_get_bool(r);
    m->config_source = kw_get_int8(r);
    m->is_sensitive = kw_get_bool(r);
    m->synonyms_count = kw_get_count(r, flex, false, 4);
    m->synonyms = kw_get_items(r, a, m->synonyms_count, sizeof(*m->synonyms));
    for (int32_t i = 0; i < m->synonyms_count && r->err == 0; i++)
        get_describe_configs_response_synonym(r, version, a, &m->synonyms[i]);
    m->config_type = version >= 3 ? kw_get_int8(r) : 0;
    m->documentation = version >= 3 ? kw_get_string(r, flex, true) : KW_EMPTY_STRING;
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_configs_response_result(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_configs_response_result *m)
{
    const bool flex = version >= 4;
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, flex, false);
    m->configs_count = kw_get_count(r, flex, false, 9);
    m->configs = kw_get_items(r, a, m->configs_count, sizeof(*m->configs));
    for (int32_t i = 0; i < m->configs_count && r->err == 0; i++)
        get_describe_configs_response_config(r, version, a, &m->configs[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_configs_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_describe_configs_response *m)
{
    const bool flex = version >= 4;
    m->throttle_time_ms = kw_get_int32(r);
    m->results_count = kw_get_count(r, flex, false, 7);
    m->results = kw_get_items(r, a, m->results_count, sizeof(*m->results));
    for (int32_t i = 0; i < m->results_count && r->err == 0; i++)
        get_describe_configs_response_result(r, version, a, &m->results[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_configs_response_synonym(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_configs_response_synonym *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->name);
    kw_put_string(w, flex, true, m->value);
    kw_put_int8(w, m->source);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_configs_response_config(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_configs_response_config *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->name);
    kw_put_string(w, flex, true, m->value);
    kw_put_bool(w, m->read_only);
    kw_put_int8(w, m->config_source);
    kw_put_bool(w, m->is_sensitive);
    kw_put_count(w, flex, false, m->synonyms_count);
    for (int32_t i = 0; i < m->synonyms_count && w->err == 0; i++)
        put_describe_configs_response_synonym(w, version, &m->synonyms[i]);
    if (version >= 3)
        kw_put_int8(w, m->config_type);
    if (version >= 3)
        kw_put_string(w, flex, true, m->documentation);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_configs_response_result(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_configs_response_result *m)
{
    const bool flex = version >= 4;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, flex, false, m->resource_name);
    kw_put_count(w, flex, false, m->configs_count);
    for (int32_t i = 0; i < m->configs_count && w->err == 0; i++)
        put_describe_configs_response_config(w, version, &m->configs[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_configs_response(struct kw_writer *w, int16_t version,
                                          const struct kw_describe_configs_response *m)
{
    const bool flex = version >= 4;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->results_count);
    for (int32_t i = 0; i < m->results_count && w->err == 0; i++)
        put_describe_configs_response_result(w, version, &m->results[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_configs_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_describe_configs_response *ret)
{
    if (version < 1 || version > 4)
        return -MR_E_VERSION;
    get_describe_configs_response(r, version, a, ret);
    return r->err;
}

void kw_describe_configs_response_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_configs_response *m)
{
    if (version < 1 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_configs_response(w, version, m);
}

static void init_any_describe_configs_response(void *m) { kw_describe_configs_response_init(m); }

static int decode_any_describe_configs_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_describe_configs_response_decode(r, version, a, ret);
}

static void encode_any_describe_configs_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_configs_response_encode(w, version, m);
}

const struct kw_message kw_describe_configs_response_info = {
    .name = "DescribeConfigsResponse",
    .kind = KW_RESPONSE,
    .key = 32,
    .v_min = 1,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 4,
    .size = sizeof(struct kw_describe_configs_response),
    .init = init_any_describe_configs_response,
    .decode = decode_any_describe_configs_response,
    .encode = encode_any_describe_configs_response,
};
