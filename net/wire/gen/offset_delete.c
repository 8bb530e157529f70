/* Written by net/wire/schema/gen.py from offset_delete.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/offset_delete.h"

void kw_offset_delete_request_partition_init(struct kw_offset_delete_request_partition *m)
{
    m->partition_index = 0;
}

void kw_offset_delete_request_topic_init(struct kw_offset_delete_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_offset_delete_request_init(struct kw_offset_delete_request *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_offset_delete_request_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_offset_delete_request_partition *m)
{
    (void)a;
    (void)version;
    m->partition_index = kw_get_int32(r);
}

static void get_offset_delete_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_offset_delete_request_topic *m)
{
    m->name = kw_get_string(r, false, false);
    m->partitions_count = kw_get_count(r, false, false, 4);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_offset_delete_request_partition(r, version, a, &m->partitions[i]);
}

static void get_offset_delete_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_offset_delete_request *m)
{
    m->group_id = kw_get_string(r, false, false);
    m->topics_count = kw_get_count(r, false, false, 6);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_offset_delete_request_topic(r, version, a, &m->topics[i]);
}

static void put_offset_delete_request_partition(struct kw_writer *w, int16_t version,
                                                const struct kw_offset_delete_request_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
}

static void put_offset_delete_request_topic(struct kw_writer *w, int16_t version,
                                            const struct kw_offset_delete_request_topic *m)
{
    kw_put_string(w, false, false, m->name);
    kw_put_count(w, false, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_offset_delete_request_partition(w, version, &m->partitions[i]);
}

static void put_offset_delete_request(struct kw_writer *w, int16_t version,
                                      const struct kw_offset_delete_request *m)
{
    kw_put_string(w, false, false, m->group_id);
    kw_put_count(w, false, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_offset_delete_request_topic(w, version, &m->topics[i]);
}

int kw_offset_delete_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_offset_delete_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_offset_delete_request(r, version, a, ret);
    return r->err;
}

void kw_offset_delete_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_offset_delete_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_offset_delete_request(w, version, m);
}

static void init_any_offset_delete_request(void *m) { kw_offset_delete_request_init(m); }

static int decode_any_offset_delete_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_offset_delete_request_decode(r, version, a, ret);
}

static void encode_any_offset_delete_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_offset_delete_request_encode(w, version, m);
}

const struct kw_message kw_offset_delete_request_info = {
    .name = "OffsetDeleteRequest",
    .kind = KW_REQUEST,
    .key = 47,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_offset_delete_request),
    .init = init_any_offset_delete_request,
    .decode = decode_any_offset_delete_request,
    .encode = encode_any_offset_delete_request,
};

void kw_offset_delete_response_partition_init(struct kw_offset_delete_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
}

void kw_offset_delete_response_topic_init(struct kw_offset_delete_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_offset_delete_response_init(struct kw_offset_delete_response *m)
{
    m->error_code = 0;
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_offset_delete_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_offset_delete_response_partition *m)
{
    (void)a;
    (void)version;
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
}

static void get_offset_delete_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_offset_delete_response_topic *m)
{
    m->name = kw_get_string(r, false, false);
    m->partitions_count = kw_get_count(r, false, false, 6);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_offset_delete_response_partition(r, version, a, &m->partitions[i]);
}

static void get_offset_delete_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_offset_delete_response *m)
{
    m->error_code = kw_get_int16(r);
    m->throttle_time_ms = kw_get_int32(r);
    m->topics_count = kw_get_count(r, false, false, 6);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_offset_delete_response_topic(r, version, a, &m->topics[i]);
}

static void put_offset_delete_response_partition(struct kw_writer *w, int16_t version,
                                                 const struct kw_offset_delete_response_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
}

static void put_offset_delete_response_topic(struct kw_writer *w, int16_t version,
                                             const struct kw_offset_delete_response_topic *m)
{
    kw_put_string(w, false, false, m->name);
    kw_put_count(w, false, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_offset_delete_response_partition(w, version, &m->partitions[i]);
}

static void put_offset_delete_response(struct kw_writer *w, int16_t version,
                                       const struct kw_offset_delete_response *m)
{
    kw_put_int16(w, m->error_code);
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, false, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_offset_delete_response_topic(w, version, &m->topics[i]);
}

int kw_offset_delete_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_offset_delete_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_offset_delete_response(r, version, a, ret);
    return r->err;
}

void kw_offset_delete_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_offset_delete_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_offset_delete_response(w, version, m);
}

static void init_any_offset_delete_response(void *m) { kw_offset_delete_response_init(m); }

static int decode_any_offset_delete_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_offset_delete_response_decode(r, version, a, ret);
}

static void encode_any_offset_delete_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_offset_delete_response_encode(w, version, m);
}

const struct kw_message kw_offset_delete_response_info = {
    .name = "OffsetDeleteResponse",
    .kind = KW_RESPONSE,
    .key = 47,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_offset_delete_response),
    .init = init_any_offset_delete_response,
    .decode = decode_any_offset_delete_response,
    .encode = encode_any_offset_delete_response,
};
