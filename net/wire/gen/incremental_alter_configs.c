/* Written by net/wire/schema/gen.py from incremental_alter_configs.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/incremental_alter_configs.h"

void kw_incremental_alter_configs_request_config_init(struct kw_incremental_alter_configs_request_config *m)
{
    m->name = KW_EMPTY_STRING;
    m->config_operation = 0;
    m->value = KW_EMPTY_STRING;
}

void kw_incremental_alter_configs_request_resource_init(
    struct kw_incremental_alter_configs_request_resource *m)
{
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
    m->configs = NULL;
    m->configs_count = 0;
}

void kw_incremental_alter_configs_request_init(struct kw_incremental_alter_configs_request *m)
{
    m->resources = NULL;
    m->resources_count = 0;
    m->validate_only = false;
}

static void get_incremental_alter_configs_request_config(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_incremental_alter_configs_request_config *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->name = kw_get_string(r, flex, false);
    m->config_operation = kw_get_int8(r);
    m->value = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_incremental_alter_configs_request_resource(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_incremental_alter_configs_request_resource *m)
{
    const bool flex = version >= 1;
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, flex, false);
    m->configs_count = kw_get_count(r, flex, false, 4);
    m->configs = kw_get_items(r, a, m->configs_count, sizeof(*m->configs));
    for (int32_t i = 0; i < m->configs_count && r->err == 0; i++)
        get_incremental_alter_configs_request_config(r, version, a, &m->configs[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_incremental_alter_configs_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_incremental_alter_configs_request *m)
{
    const bool flex = version >= 1;
    m->resources_count = kw_get_count(r, flex, false, 4);
    m->resources = kw_get_items(r, a, m->resources_count, sizeof(*m->resources));
    for (int32_t i = 0; i < m->resources_count && r->err == 0; i++)
        get_incremental_alter_configs_request_resource(r, version, a, &m->resources[i]);
    m->validate_only = kw_get_bool(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_incremental_alter_configs_request_config(struct kw_writer *w, int16_t version,
    const struct kw_incremental_alter_configs_request_config *m)
{
    const bool flex = version >= 1;
    kw_put_string(w, flex, false, m->name);
    kw_put_int8(w, m->config_operation);
    kw_put_string(w, flex, true, m->value);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_incremental_alter_configs_request_resource(struct kw_writer *w, int16_t version,
    const struct kw_incremental_alter_configs_request_resource *m)
{
    const bool flex = version >= 1;
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, flex, false, m->resource_name);
    kw_put_count(w, flex, false, m->configs_count);
    for (int32_t i = 0; i < m->configs_count && w->err == 0; i++)
        put_incremental_alter_configs_request_config(w, version, &m->configs[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_incremental_alter_configs_request(struct kw_writer *w, int16_t version,
                                                  const struct kw_incremental_alter_configs_request *m)
{
    const bool flex = version >= 1;
    kw_put_count(w, flex, false, m->resources_count);
    for (int32_t i = 0; i < m->resources_count && w->err == 0; i++)
        put_incremental_alter_configs_request_resource(w, version, &m->resources[i]);
    kw_put_bool(w, m->validate_only);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_incremental_alter_configs_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_incremental_alter_configs_request *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_incremental_alter_configs_request(r, version, a, ret);
    return r->err;
}

void kw_incremental_alter_configs_request_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_incremental_alter_configs_request *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_incremental_alter_configs_request(w, version, m);
}

static void init_any_incremental_alter_configs_request(
    void *m) { kw_incremental_alter_configs_request_init(m); }

static int decode_any_incremental_alter_configs_request(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a, void *ret)
{
    return kw_incremental_alter_configs_request_decode(r, version, a, ret);
}

static void encode_any_incremental_alter_configs_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_incremental_alter_configs_request_encode(w, version, m);
}

const struct kw_message kw_incremental_alter_configs_request_info = {
    .name = "IncrementalAlterConfigsRequest",
    .kind = KW_REQUEST,
    .key = 44,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_incremental_alter_configs_request),
    .init = init_any_incremental_alter_configs_request,
    .decode = decode_any_incremental_alter_configs_request,
    .encode = encode_any_incremental_alter_configs_request,
};

void kw_incremental_alter_configs_response_resource_init(
    struct kw_incremental_alter_configs_response_resource *m)
{
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
}

void kw_incremental_alter_configs_response_init(struct kw_incremental_alter_configs_response *m)
{
    m->throttle_time_ms = 0;
    m->responses = NULL;
    m->responses_count = 0;
}

static void get_incremental_alter_configs_response_resource(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_incremental_alter_configs_response_resource *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_incremental_alter_configs_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_incremental_alter_configs_response *m)
{
    const bool flex = version >= 1;
    m->throttle_time_ms = kw_get_int32(r);
    m->responses_count = kw_get_count(r, flex, false, 6);
    m->responses = kw_get_items(r, a, m->responses_count, sizeof(*m->responses));
    for (int32_t i = 0; i < m->responses_count && r->err == 0; i++)
        get_incremental_alter_configs_response_resource(r, version, a, &m->responses[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_incremental_alter_configs_response_resource(struct kw_writer *w, int16_t version,
    const struct kw_incremental_alter_configs_response_resource *m)
{
    const bool flex = version >= 1;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, flex, false, m->resource_name);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_incremental_alter_configs_response(struct kw_writer *w, int16_t version,
                                                   const struct kw_incremental_alter_configs_response *m)
{
    const bool flex = version >= 1;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->responses_count);
    for (int32_t i = 0; i < m->responses_count && w->err == 0; i++)
        put_incremental_alter_configs_response_resource(w, version, &m->responses[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_incremental_alter_configs_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_incremental_alter_configs_response *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_incremental_alter_configs_response(r, version, a, ret);
    return r->err;
}

void kw_incremental_alter_configs_response_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_incremental_alter_configs_response *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_incremental_alter_configs_response(w, version, m);
}

static void init_any_incremental_alter_configs_response(
    void *m) { kw_incremental_alter_configs_response_init(m); }

static int decode_any_incremental_alter_configs_response(struct kw_reader *r, int16_t version,
                                                         struct mr_arena *a, void *ret)
{
    return kw_incremental_alter_configs_response_decode(r, version, a, ret);
}

static void encode_any_incremental_alter_configs_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_incremental_alter_configs_response_encode(w, version, m);
}

const struct kw_message kw_incremental_alter_configs_response_info = {
    .name = "IncrementalAlterConfigsResponse",
    .kind = KW_RESPONSE,
    .key = 44,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_incremental_alter_configs_response),
    .init = init_any_incremental_alter_configs_response,
    .decode = decode_any_incremental_alter_configs_response,
    .encode = encode_any_incremental_alter_configs_response,
};
