/* Written by net/wire/schema/gen.py from describe_producers.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/describe_producers.h"

void kw_describe_producers_request_topic_init(struct kw_describe_producers_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partition_indexes = NULL;
    m->partition_indexes_count = 0;
}

void kw_describe_producers_request_init(struct kw_describe_producers_request *m)
{
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_describe_producers_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_producers_request_topic *m)
{
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->partition_indexes = kw_get_int32_array(r, a, true, false, &m->partition_indexes_count);
    kw_skip_tags(r);
}

static void get_describe_producers_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_describe_producers_request *m)
{
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_describe_producers_request_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void put_describe_producers_request_topic(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_producers_request_topic *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int32_array(w, true, false, m->partition_indexes, m->partition_indexes_count);
    kw_put_uvarint(w, 0);
}

static void put_describe_producers_request(struct kw_writer *w, int16_t version,
                                           const struct kw_describe_producers_request *m)
{
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_describe_producers_request_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

int kw_describe_producers_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_describe_producers_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_describe_producers_request(r, version, a, ret);
    return r->err;
}

void kw_describe_producers_request_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_describe_producers_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_producers_request(w, version, m);
}

static void init_any_describe_producers_request(void *m) { kw_describe_producers_request_init(m); }

static int decode_any_describe_producers_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_describe_producers_request_decode(r, version, a, ret);
}

static void encode_any_describe_producers_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_producers_request_encode(w, version, m);
}

const struct kw_message kw_describe_producers_request_info = {
    .name = "DescribeProducersRequest",
    .kind = KW_REQUEST,
    .key = 61,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_producers_request),
    .init = init_any_describe_producers_request,
    .decode = decode_any_describe_producers_request,
    .encode = encode_any_describe_producers_request,
};

void kw_describe_producers_response_active_producer_init(
    struct kw_describe_producers_response_active_producer *m)
{
    m->producer_id = 0;
    m->producer_epoch = 0;
    m->last_sequence = -1;
    m->last_timestamp = -1;
    m->coordinator_epoch = 0;
    m->current_txn_start_offset = -1;
}

void kw_describe_producers_response_partition_init(struct kw_describe_producers_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
    m->error_message = (struct mr_str){NULL, 0};
    m->active_producers = NULL;
    m->active_producers_count = 0;
}

void kw_describe_producers_response_topic_init(struct kw_describe_producers_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_describe_producers_response_init(struct kw_describe_producers_response *m)
{
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_describe_producers_response_active_producer(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_producers_response_active_producer *m)
{
    (void)a;
    (void)version;
    m->producer_id = kw_get_int64(r);
    m->producer_epoch = kw_get_int32(r);
    m->last_sequence = kw_get_int32(r);
    m->last_timestamp = kw_get_int64(r);
    m->coordinator_epoch = kw_get_int32(r);
    m->current_txn_start_offset = kw_get_int64(r);
    kw_skip_tags(r);
}

static void get_describe_producers_response_partition(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_describe_producers_response_partition *m)
{
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    m->active_producers_count = kw_get_count(r, true, false, 37);
    m->active_producers = kw_get_items(r, a, m->active_producers_count, sizeof(*m->active_producers));
    for (int32_t i = 0; i < m->active_producers_count && r->err == 0; i++)
        get_describe_producers_response_active_producer(r, version, a, &m->active_producers[i]);
    kw_skip_tags(r);
}

static void get_describe_producers_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_describe_producers_response_topic *m)
{
    m->name = kw_get_string(r, true, false);
    m->partitions_count = kw_get_count(r, true, false, 9);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_describe_producers_response_partition(r, version, a, &m->partitions[i]);
    kw_skip_tags(r);
}

static void get_describe_producers_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_describe_producers_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_describe_producers_response_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void put_describe_producers_response_active_producer(struct kw_writer *w, int16_t version,
    const struct kw_describe_producers_response_active_producer *m)
{
    (void)version;
    kw_put_int64(w, m->producer_id);
    kw_put_int32(w, m->producer_epoch);
    kw_put_int32(w, m->last_sequence);
    kw_put_int64(w, m->last_timestamp);
    kw_put_int32(w, m->coordinator_epoch);
    kw_put_int64(w, m->current_txn_start_offset);
    kw_put_uvarint(w, 0);
}

static void put_describe_producers_response_partition(struct kw_writer *w, int16_t version,
    const struct kw_describe_producers_response_partition *m)
{
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_count(w, true, false, m->active_producers_count);
    for (int32_t i = 0; i < m->active_producers_count && w->err == 0; i++)
        put_describe_producers_response_active_producer(w, version, &m->active_producers[i]);
    kw_put_uvarint(w, 0);
}

static void put_describe_producers_response_topic(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_producers_response_topic *m)
{
    kw_put_string(w, true, false, m->name);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_describe_producers_response_partition(w, version, &m->partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_describe_producers_response(struct kw_writer *w, int16_t version,
                                            const struct kw_describe_producers_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_describe_producers_response_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

int kw_describe_producers_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_describe_producers_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_describe_producers_response(r, version, a, ret);
    return r->err;
}

void kw_describe_producers_response_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_describe_producers_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_producers_response(w, version, m);
}

static void init_any_describe_producers_response(void *m) { kw_describe_producers_response_init(m); }

static int decode_any_describe_producers_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  void *ret)
{
    return kw_describe_producers_response_decode(r, version, a, ret);
}

static void encode_any_describe_producers_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_producers_response_encode(w, version, m);
}

const struct kw_message kw_describe_producers_response_info = {
    .name = "DescribeProducersResponse",
    .kind = KW_RESPONSE,
    .key = 61,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_producers_response),
    .init = init_any_describe_producers_response,
    .decode = decode_any_describe_producers_response,
    .encode = encode_any_describe_producers_response,
};
