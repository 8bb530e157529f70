/* Written by net/wire/schema/gen.py from create_partitions.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/create_partitions.h"

void kw_create_partitions_request_assignment_init(struct kw_create_partitions_request_assignment *m)
{
    m->broker_ids = NULL;
    m->broker_ids_count = 0;
}

void kw_create_partitions_request_topic_init(struct kw_create_partitions_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->count = 0;
    m->assignments = NULL;
    m->assignments_count = 0;
}

void kw_create_partitions_request_init(struct kw_create_partitions_request *m)
{
    m->topics = NULL;
    m->topics_count = 0;
    m->timeout_ms = 0;
    m->validate_only = false;
}

static void get_create_partitions_request_assignment(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_create_partitions_request_assignment *m)
{
    const bool flex = version >= 2;
    m->broker_ids = kw_get_int32_array(r, a, flex, false, &m->broker_ids_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_partitions_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_create_partitions_request_topic *m)
{
    const bool flex = version >= 2;
    m->name = kw_get_string(r, flex, false);
    m->count = kw_get_int32(r);
    m->assignments_count = kw_get_count(r, flex, true, 2);
    m->assignments = kw_get_items(r, a, m->assignments_count, sizeof(*m->assignments));
    for (int32_t i = 0; i < m->assignments_count && r->err == 0; i++)
        get_create_partitions_request_assignment(r, version, a, &m->assignments[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_partitions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_create_partitions_request *m)
{
    const bool flex = version >= 2;
    m->topics_count = kw_get_count(r, flex, false, 7);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_create_partitions_request_topic(r, version, a, &m->topics[i]);
    m->timeout_ms = kw_get_int32(r);
    m->validate_only = kw_get_bool(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_create_partitions_request_assignment(struct kw_writer *w, int16_t version,
                                                     const struct kw_create_partitions_request_assignment *m)
{
    const bool flex = version >= 2;
    kw_put_int32_array(w, flex, false, m->broker_ids, m->broker_ids_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_partitions_request_topic(struct kw_writer *w, int16_t version,
                                                const struct kw_create_partitions_request_topic *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->name);
    kw_put_int32(w, m->count);
    kw_put_count(w, flex, true, m->assignments_count);
    for (int32_t i = 0; i < m->assignments_count && w->err == 0; i++)
        put_create_partitions_request_assignment(w, version, &m->assignments[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_partitions_request(struct kw_writer *w, int16_t version,
                                          const struct kw_create_partitions_request *m)
{
    const bool flex = version >= 2;
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_create_partitions_request_topic(w, version, &m->topics[i]);
    kw_put_int32(w, m->timeout_ms);
    kw_put_bool(w, m->validate_only);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_create_partitions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_create_partitions_request *ret)
{
    if (version < 0 || version > 3)
        return -MR_E_VERSION;
    get_create_partitions_request(r, version, a, ret);
    return r->err;
}

void kw_create_partitions_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_create_partitions_request *m)
{
    if (version < 0 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_create_partitions_request(w, version, m);
}

static void init_any_create_partitions_request(void *m) { kw_create_partitions_request_init(m); }

static int decode_any_create_partitions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_create_partitions_request_decode(r, version, a, ret);
}

static void encode_any_create_partitions_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_create_partitions_request_encode(w, version, m);
}

const struct kw_message kw_create_partitions_request_info = {
    .name = "CreatePartitionsRequest",
    .kind = KW_REQUEST,
    .key = 37,
    .v_min = 0,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_create_partitions_request),
    .init = init_any_create_partitions_request,
    .decode = decode_any_create_partitions_request,
    .encode = encode_any_create_partitions_request,
};

void kw_create_partitions_response_topic_init(struct kw_create_partitions_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->error_code = 0;
    m->error_message = (struct mr_str){NULL, 0};
}

void kw_create_partitions_response_init(struct kw_create_partitions_response *m)
{
    m->throttle_time_ms = 0;
    m->results = NULL;
    m->results_count = 0;
}

static void get_create_partitions_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_create_partitions_response_topic *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->name = kw_get_string(r, flex, false);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_partitions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_create_partitions_response *m)
{
    const bool flex = version >= 2;
    m->throttle_time_ms = kw_get_int32(r);
    m->results_count = kw_get_count(r, flex, false, 5);
    m->results = kw_get_items(r, a, m->results_count, sizeof(*m->results));
    for (int32_t i = 0; i < m->results_count && r->err == 0; i++)
        get_create_partitions_response_topic(r, version, a, &m->results[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_create_partitions_response_topic(struct kw_writer *w, int16_t version,
                                                 const struct kw_create_partitions_response_topic *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->name);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_partitions_response(struct kw_writer *w, int16_t version,
                                           const struct kw_create_partitions_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->results_count);
    for (int32_t i = 0; i < m->results_count && w->err == 0; i++)
        put_create_partitions_response_topic(w, version, &m->results[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_create_partitions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_create_partitions_response *ret)
{
    if (version < 0 || version > 3)
        return -MR_E_VERSION;
    get_create_partitions_response(r, version, a, ret);
    return r->err;
}

void kw_create_partitions_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_create_partitions_response *m)
{
    if (version < 0 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_create_partitions_response(w, version, m);
}

static void init_any_create_partitions_response(void *m) { kw_create_partitions_response_init(m); }

static int decode_any_create_partitions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_create_partitions_response_decode(r, version, a, ret);
}

static void encode_any_create_partitions_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_create_partitions_response_encode(w, version, m);
}

const struct kw_message kw_create_partitions_response_info = {
    .name = "CreatePartitionsResponse",
    .kind = KW_RESPONSE,
    .key = 37,
    .v_min = 0,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 2,
    .size = sizeof(struct kw_create_partitions_response),
    .init = init_any_create_partitions_response,
    .decode = decode_any_create_partitions_response,
    .encode = encode_any_create_partitions_response,
};
