/* Written by net/wire/schema/gen.py from delete_records.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/delete_records.h"

void kw_delete_records_request_partition_init(struct kw_delete_records_request_partition *m)
{
    m->partition_index = 0;
    m->offset = 0;
}

void kw_delete_records_request_topic_init(struct kw_delete_records_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_delete_records_request_init(struct kw_delete_records_request *m)
{
    m->topics = NULL;
    m->topics_count = 0;
    m->timeout_ms = 0;
}

static void get_delete_records_request_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_delete_records_request_partition *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->offset = kw_get_int64(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_records_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_delete_records_request_topic *m)
{
    const bool flex = version >= 2;
    m->name = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 12);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_delete_records_request_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_records_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_delete_records_request *m)
{
    const bool flex = version >= 2;
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_delete_records_request_topic(r, version, a, &m->topics[i]);
    m->timeout_ms = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_delete_records_request_partition(struct kw_writer *w, int16_t version,
                                                 const struct kw_delete_records_request_partition *m)
{
    const bool flex = version >= 2;
    kw_put_int32(w, m->partition_index);
    kw_put_int64(w, m->offset);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_records_request_topic(struct kw_writer *w, int16_t version,
                                             const struct kw_delete_records_request_topic *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->name);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_delete_records_request_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_records_request(struct kw_writer *w, int16_t version,
                                       const struct kw_delete_records_request *m)
{
    const bool flex = version >= 2;
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_delete_records_request_topic(w, version, &m->topics[i]);
    kw_put_int32(w, m->timeout_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_delete_records_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_delete_records_request *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_delete_records_request(r, version, a, ret);
    return r->err;
}

void kw_delete_records_request_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_delete_records_request *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delete_records_request(w, version, m);
}

static void init_any_delete_records_request(void *m) { kw_delete_records_request_init(m); }

static int decode_any_delete_records_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_delete_records_request_decode(r, version, a, ret);
}

static void encode_any_delete_records_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delete_records_request_encode(w, version, m);
}

const struct kw_message kw_delete_records_request_info = {
    .name = "DeleteRecordsRequest",
    .kind = KW_REQUEST,
    .key = 21,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_delete_records_request),
    .init = init_any_delete_records_request,
    .decode = decode_any_delete_records_request,
    .encode = encode_any_delete_records_request,
};

void kw_delete_records_response_partition_init(struct kw_delete_records_response_partition *m)
{
    m->partition_index = 0;
    m->low_watermark = 0;
    m->error_code = 0;
}

void kw_delete_records_response_topic_init(struct kw_delete_records_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_delete_records_response_init(struct kw_delete_records_response *m)
{
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_delete_records_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_delete_records_response_partition *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->low_watermark = kw_get_int64(r);
    m->error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_records_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_delete_records_response_topic *m)
{
    const bool flex = version >= 2;
    m->name = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 14);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_delete_records_response_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_records_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_delete_records_response *m)
{
    const bool flex = version >= 2;
    m->throttle_time_ms = kw_get_int32(r);
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_delete_records_response_topic(r, version, a, &m->topics[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_delete_records_response_partition(struct kw_writer *w, int16_t version,
                                                  const struct kw_delete_records_response_partition *m)
{
    const bool flex = version >= 2;
    kw_put_int32(w, m->partition_index);
    kw_put_int64(w, m->low_watermark);
    kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_records_response_topic(struct kw_writer *w, int16_t version,
                                              const struct kw_delete_records_response_topic *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->name);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_delete_records_response_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_records_response(struct kw_writer *w, int16_t version,
                                        const struct kw_delete_records_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_delete_records_response_topic(w, version, &m->topics[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_delete_records_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_delete_records_response *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_delete_records_response(r, version, a, ret);
    return r->err;
}

void kw_delete_records_response_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_delete_records_response *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delete_records_response(w, version, m);
}

static void init_any_delete_records_response(void *m) { kw_delete_records_response_init(m); }

static int decode_any_delete_records_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_delete_records_response_decode(r, version, a, ret);
}

static void encode_any_delete_records_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delete_records_response_encode(w, version, m);
}

const struct kw_message kw_delete_records_response_info = {
    .name = "DeleteRecordsResponse",
    .kind = KW_RESPONSE,
    .key = 21,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_delete_records_response),
    .init = init_any_delete_records_response,
    .decode = decode_any_delete_records_response,
    .encode = encode_any_delete_records_response,
};
