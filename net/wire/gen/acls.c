/* Written by net/wire/schema/gen.py from acls.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/acls.h"

void kw_describe_acls_request_init(struct kw_describe_acls_request *m)
{
    m->resource_type_filter = 0;
    m->resource_name_filter = KW_EMPTY_STRING;
    m->pattern_type_filter = 3;
    m->principal_filter = KW_EMPTY_STRING;
    m->host_filter = KW_EMPTY_STRING;
    m->operation = 0;
    m->permission_type = 0;
}

static void get_describe_acls_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_describe_acls_request *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->resource_type_filter = kw_get_int8(r);
    m->resource_name_filter = kw_get_string(r, flex, true);
    m->pattern_type_filter = kw_get_int8(r);
    m->principal_filter = kw_get_string(r, flex, true);
    m->host_filter = kw_get_string(r, flex, true);
    m->operation = kw_get_int8(r);
    m->permission_type = kw_get_int8(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_acls_request(struct kw_writer *w, int16_t version,
                                      const struct kw_describe_acls_request *m)
{
    const bool flex = version >= 2;
    kw_put_int8(w, m->resource_type_filter);
    kw_put_string(w, flex, true, m->resource_name_filter);
    kw_put_int8(w, m->pattern_type_filter);
    kw_put_string(w, flex, true, m->principal_filter);
    kw_put_string(w, flex, true, m->host_filter);
    kw_put_int8(w, m->operation);
    kw_put_int8(w, m->permission_type);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_acls_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_describe_acls_request *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_describe_acls_request(r, version, a, ret);
    return r->err;
}

void kw_describe_acls_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_describe_acls_request *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_acls_request(w, version, m);
}

static void init_any_describe_acls_request(void *m) { kw_describe_acls_request_init(m); }

static int decode_any_describe_acls_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_describe_acls_request_decode(r, version, a, ret);
}

static void encode_any_describe_acls_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_acls_request_encode(w, version, m);
}

const struct kw_message kw_describe_acls_request_info = {
    .name = "DescribeAclsRequest",
    .kind = KW_REQUEST,
    .key = 29,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_describe_acls_request),
    .init = init_any_describe_acls_request,
    .decode = decode_any_describe_acls_request,
    .encode = encode_any_describe_acls_request,
};

void kw_describe_acls_response_acl_init(struct kw_describe_acls_response_acl *m)
{
    m->principal = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->operation = 0;
    m->permission_type = 0;
}

void kw_describe_acls_response_resource_init(struct kw_describe_acls_response_resource *m)
{
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
    m->pattern_type = 3;
    m->acls = NULL;
    m->acls_count = 0;
}

void kw_describe_acls_response_init(struct kw_describe_acls_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->resources = NULL;
    m->resources_count = 0;
}

static void get_describe_acls_response_acl(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_describe_acls_response_acl *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->principal = kw_get_string(r, flex, false);
    m->host = kw_get_string(r, flex, false);
    m->operation = kw_get_int8(r);
    m->permission_type = kw_get_int8(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_acls_response_resource(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_describe_acls_response_resource *m)
{
    const bool flex = version >= 2;
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, flex, false);
    m->pattern_type = kw_get_int8(r);
    m->acls_count = kw_get_count(r, flex, false, 5);
    m->acls = kw_get_items(r, a, m->acls_count, sizeof(*m->acls));
    for (int32_t i = 0; i < m->acls_count && r->err == 0; i++)
        get_describe_acls_response_acl(r, version, a, &m->acls[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_acls_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_acls_response *m)
{
    const bool flex = version >= 2;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->resources_count = kw_get_count(r, flex, false, 5);
    m->resources = kw_get_items(r, a, m->resources_count, sizeof(*m->resources));
    for (int32_t i = 0; i < m->resources_count && r->err == 0; i++)
        get_describe_acls_response_resource(r, version, a, &m->resources[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_acls_response_acl(struct kw_writer *w, int16_t version,
                                           const struct kw_describe_acls_response_acl *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->principal);
    kw_put_string(w, flex, false, m->host);
    kw_put_int8(w, m->operation);
    kw_put_int8(w, m->permission_type);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_acls_response_resource(struct kw_writer *w, int16_t version,
                                                const struct kw_describe_acls_response_resource *m)
{
    const bool flex = version >= 2;
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, flex, false, m->resource_name);
    kw_put_int8(w, m->pattern_type);
    kw_put_count(w, flex, false, m->acls_count);
    for (int32_t i = 0; i < m->acls_count && w->err == 0; i++)
        put_describe_acls_response_acl(w, version, &m->acls[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_acls_response(struct kw_writer *w, int16_t version,
                                       const struct kw_describe_acls_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    kw_put_count(w, flex, false, m->resources_count);
    for (int32_t i = 0; i < m->resources_count && w->err == 0; i++)
        put_describe_acls_response_resource(w, version, &m->resources[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_acls_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_describe_acls_response *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_describe_acls_response(r, version, a, ret);
    return r->err;
}

void kw_describe_acls_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_describe_acls_response *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_acls_response(w, version, m);
}

static void init_any_describe_acls_response(void *m) { kw_describe_acls_response_init(m); }

static int decode_any_describe_acls_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_describe_acls_response_decode(r, version, a, ret);
}

static void encode_any_describe_acls_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_acls_response_encode(w, version, m);
}

const struct kw_message kw_describe_acls_response_info = {
    .name = "DescribeAclsResponse",
    .kind = KW_RESPONSE,
    .key = 29,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_describe_acls_response),
    .init = init_any_describe_acls_response,
    .decode = decode_any_describe_acls_response,
    .encode = encode_any_describe_acls_response,
};

void kw_create_acls_request_creation_init(struct kw_create_acls_request_creation *m)
{
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
    m->resource_pattern_type = 3;
    m->principal = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->operation = 0;
    m->permission_type = 0;
}

void kw_create_acls_request_init(struct kw_create_acls_request *m)
{
    m->creations = NULL;
    m->creations_count = 0;
}

static void get_create_acls_request_creation(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_create_acls_request_creation *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, flex, false);
    m->resource_pattern_type = kw_get_int8(r);
    m->principal = kw_get_string(r, flex, false);
    m->host = kw_get_string(r, flex, false);
    m->operation = kw_get_int8(r);
    m->permission_type = kw_get_int8(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_acls_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_create_acls_request *m)
{
    const bool flex = version >= 2;
    m->creations_count = kw_get_count(r, flex, false, 8);
    m->creations = kw_get_items(r, a, m->creations_count, sizeof(*m->creations));
    for (int32_t i = 0; i < m->creations_count && r->err == 0; i++)
        get_create_acls_request_creation(r, version, a, &m->creations[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_create_acls_request_creation(struct kw_writer *w, int16_t version,
                                             const struct kw_create_acls_request_creation *m)
{
    const bool flex = version >= 2;
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, flex, false, m->resource_name);
    kw_put_int8(w, m->resource_pattern_type);
    kw_put_string(w, flex, false, m->principal);
    kw_put_string(w, flex, false, m->host);
    kw_put_int8(w, m->operation);
    kw_put_int8(w, m->permission_type);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_acls_request(struct kw_writer *w, int16_t version,
                                    const struct kw_create_acls_request *m)
{
    const bool flex = version >= 2;
    kw_put_count(w, flex, false, m->creations_count);
    for (int32_t i = 0; i < m->creations_count && w->err == 0; i++)
        put_create_acls_request_creation(w, version, &m->creations[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_create_acls_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_create_acls_request *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_create_acls_request(r, version, a, ret);
    return r->err;
}

void kw_create_acls_request_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_create_acls_request *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_create_acls_request(w, version, m);
}

static void init_any_create_acls_request(void *m) { kw_create_acls_request_init(m); }

static int decode_any_create_acls_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_create_acls_request_decode(r, version, a, ret);
}

static void encode_any_create_acls_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_create_acls_request_encode(w, version, m);
}

const struct kw_message kw_create_acls_request_info = {
    .name = "CreateAclsRequest",
    .kind = KW_REQUEST,
    .key = 30,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_create_acls_request),
    .init = init_any_create_acls_request,
    .decode = decode_any_create_acls_request,
    .encode = encode_any_create_acls_request,
};

void kw_create_acls_response_result_init(struct kw_create_acls_response_result *m)
{
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

void kw_create_acls_response_init(struct kw_create_acls_response *m)
{
    m->throttle_time_ms = 0;
    m->results = NULL;
    m->results_count = 0;
}

static void get_create_acls_response_result(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_create_acls_response_result *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_acls_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_create_acls_response *m)
{
    const bool flex = version >= 2;
    m->throttle_time_ms = kw_get_int32(r);
    m->results_count = kw_get_count(r, flex, false, 4);
    m->results = kw_get_items(r, a, m->results_count, sizeof(*m->results));
    for (int32_t i = 0; i < m->results_count && r->err == 0; i++)
        get_create_acls_response_result(r, version, a, &m->results[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_create_acls_response_result(struct kw_writer *w, int16_t version,
                                            const struct kw_create_acls_response_result *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_acls_response(struct kw_writer *w, int16_t version,
                                     const struct kw_create_acls_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->results_count);
    for (int32_t i = 0; i < m->results_count && w->err == 0; i++)
        put_create_acls_response_result(w, version, &m->results[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_create_acls_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_create_acls_response *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_create_acls_response(r, version, a, ret);
    return r->err;
}

void kw_create_acls_response_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_create_acls_response *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_create_acls_response(w, version, m);
}

static void init_any_create_acls_response(void *m) { kw_create_acls_response_init(m); }

static int decode_any_create_acls_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_create_acls_response_decode(r, version, a, ret);
}

static void encode_any_create_acls_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_create_acls_response_encode(w, version, m);
}

const struct kw_message kw_create_acls_response_info = {
    .name = "CreateAclsResponse",
    .kind = KW_RESPONSE,
    .key = 30,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_create_acls_response),
    .init = init_any_create_acls_response,
    .decode = decode_any_create_acls_response,
    .encode = encode_any_create_acls_response,
};

void kw_delete_acls_request_filter_init(struct kw_delete_acls_request_filter *m)
{
    m->resource_type_filter = 0;
    m->resource_name_filter = KW_EMPTY_STRING;
    m->pattern_type_filter = 3;
    m->principal_filter = KW_EMPTY_STRING;
    m->host_filter = KW_EMPTY_STRING;
    m->operation = 0;
    m->permission_type = 0;
}

void kw_delete_acls_request_init(struct kw_delete_acls_request *m)
{
    m->filters = NULL;
    m->filters_count = 0;
}

static void get_delete_acls_request_filter(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_delete_acls_request_filter *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->resource_type_filter = kw_get_int8(r);
    m->resource_name_filter = kw_get_string(r, flex, true);
    m->pattern_type_filter = kw_get_int8(r);
    m->principal_filter = kw_get_string(r, flex, true);
    m->host_filter = kw_get_string(r, flex, true);
    m->operation = kw_get_int8(r);
    m->permission_type = kw_get_int8(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_acls_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_delete_acls_request *m)
{
    const bool flex = version >= 2;
    m->filters_count = kw_get_count(r, flex, false, 8);
    m->filters = kw_get_items(r, a, m->filters_count, sizeof(*m->filters));
    for (int32_t i = 0; i < m->filters_count && r->err == 0; i++)
        get_delete_acls_request_filter(r, version, a, &m->filters[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_delete_acls_request_filter(struct kw_writer *w, int16_t version,
                                           const struct kw_delete_acls_request_filter *m)
{
    const bool flex = version >= 2;
    kw_put_int8(w, m->resource_type_filter);
    kw_put_string(w, flex, true, m->resource_name_filter);
    kw_put_int8(w, m->pattern_type_filter);
    kw_put_string(w, flex, true, m->principal_filter);
    kw_put_string(w, flex, true, m->host_filter);
    kw_put_int8(w, m->operation);
    kw_put_int8(w, m->permission_type);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_acls_request(struct kw_writer *w, int16_t version,
                                    const struct kw_delete_acls_request *m)
{
    const bool flex = version >= 2;
    kw_put_count(w, flex, false, m->filters_count);
    for (int32_t i = 0; i < m->filters_count && w->err == 0; i++)
        put_delete_acls_request_filter(w, version, &m->filters[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_delete_acls_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_delete_acls_request *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_delete_acls_request(r, version, a, ret);
    return r->err;
}

void kw_delete_acls_request_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_delete_acls_request *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delete_acls_request(w, version, m);
}

static void init_any_delete_acls_request(void *m) { kw_delete_acls_request_init(m); }

static int decode_any_delete_acls_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_delete_acls_request_decode(r, version, a, ret);
}

static void encode_any_delete_acls_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delete_acls_request_encode(w, version, m);
}

const struct kw_message kw_delete_acls_request_info = {
    .name = "DeleteAclsRequest",
    .kind = KW_REQUEST,
    .key = 31,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_delete_acls_request),
    .init = init_any_delete_acls_request,
    .decode = decode_any_delete_acls_request,
    .encode = encode_any_delete_acls_request,
};

void kw_delete_acls_response_acl_init(struct kw_delete_acls_response_acl *m)
{
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
    m->pattern_type = 3;
    m->principal = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->operation = 0;
    m->permission_type = 0;
}

void kw_delete_acls_response_result_init(struct kw_delete_acls_response_result *m)
{
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->matching_acls = NULL;
    m->matching_acls_count = 0;
}

void kw_delete_acls_response_init(struct kw_delete_acls_response *m)
{
    m->throttle_time_ms = 0;
    m->filter_results = NULL;
    m->filter_results_count = 0;
}

static void get_delete_acls_response_acl(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_delete_acls_response_acl *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, flex, false);
    m->pattern_type = kw_get_int8(r);
    m->principal = kw_get_string(r, flex, false);
    m->host = kw_get_string(r, flex, false);
    m->operation = kw_get_int8(r);
    m->permission_type = kw_get_int8(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_acls_response_result(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_delete_acls_response_result *m)
{
    const bool flex = version >= 2;
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->matching_acls_count = kw_get_count(r, flex, false, 11);
    m->matching_acls = kw_get_items(r, a, m->matching_acls_count, sizeof(*m->matching_acls));
    for (int32_t i = 0; i < m->matching_acls_count && r->err == 0; i++)
        get_delete_acls_response_acl(r, version, a, &m->matching_acls[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_acls_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_delete_acls_response *m)
{
    const bool flex = version >= 2;
    m->throttle_time_ms = kw_get_int32(r);
    m->filter_results_count = kw_get_count(r, flex, false, 5);
    m->filter_results = kw_get_items(r, a, m->filter_results_count, sizeof(*m->filter_results));
    for (int32_t i = 0; i < m->filter_results_count && r->err == 0; i++)
        get_delete_acls_response_result(r, version, a, &m->filter_results[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_delete_acls_response_acl(struct kw_writer *w, int16_t version,
                                         const struct kw_delete_acls_response_acl *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, flex, false, m->resource_name);
    kw_put_int8(w, m->pattern_type);
    kw_put_string(w, flex, false, m->principal);
    kw_put_string(w, flex, false, m->host);
    kw_put_int8(w, m->operation);
    kw_put_int8(w, m->permission_type);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_acls_response_result(struct kw_writer *w, int16_t version,
                                            const struct kw_delete_acls_response_result *m)
{
    const bool flex = version >= 2;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    kw_put_count(w, flex, false, m->matching_acls_count);
    for (int32_t i = 0; i < m->matching_acls_count && w->err == 0; i++)
        put_delete_acls_response_acl(w, version, &m->matching_acls[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_acls_response(struct kw_writer *w, int16_t version,
                                     const struct kw_delete_acls_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->filter_results_count);
    for (int32_t i = 0; i < m->filter_results_count && w->err == 0; i++)
        put_delete_acls_response_result(w, version, &m->filter_results[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_delete_acls_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_delete_acls_response *ret)
{
    if (version < 1 || version > 3)
        return -MR_E_VERSION;
    get_delete_acls_response(r, version, a, ret);
    return r->err;
}

void kw_delete_acls_response_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_delete_acls_response *m)
{
    if (version < 1 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delete_acls_response(w, version, m);
}

static void init_any_delete_acls_response(void *m) { kw_delete_acls_response_init(m); }

static int decode_any_delete_acls_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_delete_acls_response_decode(r, version, a, ret);
}

static void encode_any_delete_acls_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delete_acls_response_encode(w, version, m);
}

const struct kw_message kw_delete_acls_response_info = {
    .name = "DeleteAclsResponse",
    .kind = KW_RESPONSE,
    .key = 31,
    .v_min = 1,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_delete_acls_response),
    .init = init_any_delete_acls_response,
    .decode = decode_any_delete_acls_response,
    .encode = encode_any_delete_acls_response,
};
