/* Written by net/wire/schema/gen.py from describe_cluster.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/describe_cluster.h"

void kw_describe_cluster_request_init(struct kw_describe_cluster_request *m)
{
    m->include_cluster_authorized_operations = false;
    m->endpoint_type = 1;
    m->include_fenced_brokers = false;
}

static void get_describe_cluster_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_describe_cluster_request *m)
{
    (void)a;
    m->include_cluster_authorized_operations = kw_get_bool(r);
    m->endpoint_type = version >= 1 ? kw_get_int8(r) : 1;
    m->include_fenced_brokers = version >= 2 ? kw_get_bool(r) : false;
    kw_skip_tags(r);
}

static void put_describe_cluster_request(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_cluster_request *m)
{
    kw_put_bool(w, m->include_cluster_authorized_operations);
    if (version >= 1)
        kw_put_int8(w, m->endpoint_type);
    if (version >= 2)
        kw_put_bool(w, m->include_fenced_brokers);
    kw_put_uvarint(w, 0);
}

int kw_describe_cluster_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_cluster_request *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_describe_cluster_request(r, version, a, ret);
    return r->err;
}

void kw_describe_cluster_request_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_cluster_request *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_cluster_request(w, version, m);
}

static void init_any_describe_cluster_request(void *m) { kw_describe_cluster_request_init(m); }

static int decode_any_describe_cluster_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_describe_cluster_request_decode(r, version, a, ret);
}

static void encode_any_describe_cluster_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_cluster_request_encode(w, version, m);
}

const struct kw_message kw_describe_cluster_request_info = {
    .name = "DescribeClusterRequest",
    .kind = KW_REQUEST,
    .key = 60,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_cluster_request),
    .init = init_any_describe_cluster_request,
    .decode = decode_any_describe_cluster_request,
    .encode = encode_any_describe_cluster_request,
};

void kw_describe_cluster_response_broker_init(struct kw_describe_cluster_response_broker *m)
{
    m->broker_id = 0;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
    m->rack = (struct mr_str){NULL, 0};
    m->is_fenced = false;
}

void kw_describe_cluster_response_init(struct kw_describe_cluster_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = (struct mr_str){NULL, 0};
    m->endpoint_type = 1;
    m->cluster_id = KW_EMPTY_STRING;
    m->controller_id = -1;
    m->brokers = NULL;
    m->brokers_count = 0;
    m->cluster_authorized_operations = INT32_MIN;
}

static void get_describe_cluster_response_broker(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_cluster_response_broker *m)
{
    (void)a;
    m->broker_id = kw_get_int32(r);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_int32(r);
    m->rack = kw_get_string(r, true, true);
    m->is_fenced = version >= 2 ? kw_get_bool(r) : false;
    kw_skip_tags(r);
}

static void get_describe_cluster_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_describe_cluster_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    m->endpoint_type = version >= 1 ? kw_get_int8(r) : 1;
    m->cluster_id = kw_get_string(r, true, false);
    m->controller_id = kw_get_int32(r);
    m->brokers_count = kw_get_count(r, true, false, 11);
    m->brokers = kw_get_items(r, a, m->brokers_count, sizeof(*m->brokers));
    for (int32_t i = 0; i < m->brokers_count && r->err == 0; i++)
        get_describe_cluster_response_broker(r, version, a, &m->brokers[i]);
    m->cluster_authorized_operations = kw_get_int32(r);
    kw_skip_tags(r);
}

static void put_describe_cluster_response_broker(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_cluster_response_broker *m)
{
    kw_put_int32(w, m->broker_id);
    kw_put_string(w, true, false, m->host);
    kw_put_int32(w, m->port);
    kw_put_string(w, true, true, m->rack);
    if (version >= 2)
        kw_put_bool(w, m->is_fenced);
    kw_put_uvarint(w, 0);
}

static void put_describe_cluster_response(struct kw_writer *w, int16_t version,
                                          const struct kw_describe_cluster_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    if (version >= 1)
        kw_put_int8(w, m->endpoint_type);
    kw_put_string(w, true, false, m->cluster_id);
    kw_put_int32(w, m->controller_id);
    kw_put_count(w, true, false, m->brokers_count);
    for (int32_t i = 0; i < m->brokers_count && w->err == 0; i++)
        put_describe_cluster_response_broker(w, version, &m->brokers[i]);
    kw_put_int32(w, m->cluster_authorized_operations);
    kw_put_uvarint(w, 0);
}

int kw_describe_cluster_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_describe_cluster_response *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_describe_cluster_response(r, version, a, ret);
    return r->err;
}

void kw_describe_cluster_response_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_cluster_response *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_cluster_response(w, version, m);
}

static void init_any_describe_cluster_response(void *m) { kw_describe_cluster_response_init(m); }

static int decode_any_describe_cluster_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_describe_cluster_response_decode(r, version, a, ret);
}

static void encode_any_describe_cluster_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_cluster_response_encode(w, version, m);
}

const struct kw_message kw_describe_cluster_response_info = {
    .name = "DescribeClusterResponse",
    .kind = KW_RESPONSE,
    .key = 60,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_cluster_response),
    .init = init_any_describe_cluster_response,
    .decode = decode_any_describe_cluster_response,
    .encode = encode_any_describe_cluster_response,
};
