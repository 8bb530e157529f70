/* Written by net/wire/schema/gen.py from list_config_resources.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/list_config_resources.h"

void kw_list_config_resources_request_init(struct kw_list_config_resources_request *m)
{
    m->resource_types = NULL;
    m->resource_types_count = 0;
}

static void get_list_config_resources_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_list_config_resources_request *m)
{
    if (version >= 1) {
        m->resource_types = kw_get_int8_array(r, a, true, false, &m->resource_types_count);
    } else {
        m->resource_types = NULL;
        m->resource_types_count = 0;
    }
    kw_skip_tags(r);
}

static void put_list_config_resources_request(struct kw_writer *w, int16_t version,
                                              const struct kw_list_config_resources_request *m)
{
    if (version >= 1)
        kw_put_int8_array(w, true, false, m->resource_types, m->resource_types_count);
    kw_put_uvarint(w, 0);
}

int kw_list_config_resources_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_list_config_resources_request *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_list_config_resources_request(r, version, a, ret);
    return r->err;
}

void kw_list_config_resources_request_encode(struct kw_writer *w, int16_t version,
                                             const struct kw_list_config_resources_request *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_config_resources_request(w, version, m);
}

static void init_any_list_config_resources_request(void *m) { kw_list_config_resources_request_init(m); }

static int decode_any_list_config_resources_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    void *ret)
{
    return kw_list_config_resources_request_decode(r, version, a, ret);
}

static void encode_any_list_config_resources_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_list_config_resources_request_encode(w, version, m);
}

const struct kw_message kw_list_config_resources_request_info = {
    .name = "ListConfigResourcesRequest",
    .kind = KW_REQUEST,
    .key = 74,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_list_config_resources_request),
    .init = init_any_list_config_resources_request,
    .decode = decode_any_list_config_resources_request,
    .encode = encode_any_list_config_resources_request,
};

void kw_list_config_resources_response_resource_init(struct kw_list_config_resources_response_resource *m)
{
    m->resource_name = KW_EMPTY_STRING;
    m->resource_type = 16;
}

void kw_list_config_resources_response_init(struct kw_list_config_resources_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->config_resources = NULL;
    m->config_resources_count = 0;
}

static void get_list_config_resources_response_resource(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_list_config_resources_response_resource *m)
{
    (void)a;
    m->resource_name = kw_get_string(r, true, false);
    m->resource_type = version >= 1 ? kw_get_int8(r) : 16;
    kw_skip_tags(r);
}

static void get_list_config_resources_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_list_config_resources_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->config_resources_count = kw_get_count(r, true, false, 2);
    m->config_resources = kw_get_items(r, a, m->config_resources_count, sizeof(*m->config_resources));
    for (int32_t i = 0; i < m->config_resources_count && r->err == 0; i++)
        get_list_config_resources_response_resource(r, version, a, &m->config_resources[i]);
    kw_skip_tags(r);
}

static void put_list_config_resources_response_resource(struct kw_writer *w, int16_t version,
    const struct kw_list_config_resources_response_resource *m)
{
    kw_put_string(w, true, false, m->resource_name);
    if (version >= 1)
        kw_put_int8(w, m->resource_type);
    kw_put_uvarint(w, 0);
}

static void put_list_config_resources_response(struct kw_writer *w, int16_t version,
                                               const struct kw_list_config_resources_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_count(w, true, false, m->config_resources_count);
    for (int32_t i = 0; i < m->config_resources_count && w->err == 0; i++)
        put_list_config_resources_response_resource(w, version, &m->config_resources[i]);
    kw_put_uvarint(w, 0);
}

int kw_list_config_resources_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_list_config_resources_response *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_list_config_resources_response(r, version, a, ret);
    return r->err;
}

void kw_list_config_resources_response_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_list_config_resources_response *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_config_resources_response(w, version, m);
}

static void init_any_list_config_resources_response(void *m) { kw_list_config_resources_response_init(m); }

static int decode_any_list_config_resources_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     void *ret)
{
    return kw_list_config_resources_response_decode(r, version, a, ret);
}

static void encode_any_list_config_resources_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_list_config_resources_response_encode(w, version, m);
}

const struct kw_message kw_list_config_resources_response_info = {
    .name = "ListConfigResourcesResponse",
    .kind = KW_RESPONSE,
    .key = 74,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_list_config_resources_response),
    .init = init_any_list_config_resources_response,
    .decode = decode_any_list_config_resources_response,
    .encode = encode_any_list_config_resources_response,
};
