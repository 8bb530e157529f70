/* Written by net/wire/schema/gen.py from write_txn_markers.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/write_txn_markers.h"

void kw_write_txn_markers_request_topic_init(struct kw_write_txn_markers_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partition_indexes = NULL;
    m->partition_indexes_count = 0;
}

void kw_write_txn_markers_request_marker_init(struct kw_write_txn_markers_request_marker *m)
{
    m->producer_id = 0;
    m->producer_epoch = 0;
    m->transaction_result = false;
    m->topics = NULL;
    m->topics_count = 0;
    m->coordinator_epoch = 0;
}

void kw_write_txn_markers_request_init(struct kw_write_txn_markers_request *m)
{
    m->markers = NULL;
    m->markers_count = 0;
}

static void get_write_txn_markers_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_write_txn_markers_request_topic *m)
{
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->partition_indexes = kw_get_int32_array(r, a, true, false, &m->partition_indexes_count);
    kw_skip_tags(r);
}

static void get_write_txn_markers_request_marker(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_write_txn_markers_request_marker *m)
{
    m->producer_id = kw_get_int64(r);
    m->producer_epoch = kw_get_int16(r);
    m->transaction_result = kw_get_bool(r);
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_write_txn_markers_request_topic(r, version, a, &m->topics[i]);
    m->coordinator_epoch = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_write_txn_markers_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_write_txn_markers_request *m)
{
    m->markers_count = kw_get_count(r, true, false, 17);
    m->markers = kw_get_items(r, a, m->markers_count, sizeof(*m->markers));
    for (int32_t i = 0; i < m->markers_count && r->err == 0; i++)
        get_write_txn_markers_request_marker(r, version, a, &m->markers[i]);
    kw_skip_tags(r);
}

static void put_write_txn_markers_request_topic(struct kw_writer *w, int16_t version,
                                                const struct kw_write_txn_markers_request_topic *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int32_array(w, true, false, m->partition_indexes, m->partition_indexes_count);
    kw_put_uvarint(w, 0);
}

static void put_write_txn_markers_request_marker(struct kw_writer *w, int16_t version,
                                                 const struct kw_write_txn_markers_request_marker *m)
{
    kw_put_int64(w, m->producer_id);
    kw_put_int16(w, m->producer_epoch);
    kw_put_bool(w, m->transaction_result);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_write_txn_markers_request_topic(w, version, &m->topics[i]);
    kw_put_int32(w, m->coordinator_epoch);
    kw_put_uvarint(w, 0);
}

static void put_write_txn_markers_request(struct kw_writer *w, int16_t version,
                                          const struct kw_write_txn_markers_request *m)
{
    kw_put_count(w, true, false, m->markers_count);
    for (int32_t i = 0; i < m->markers_count && w->err == 0; i++)
        put_write_txn_markers_request_marker(w, version, &m->markers[i]);
    kw_put_uvarint(w, 0);
}

int kw_write_txn_markers_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_write_txn_markers_request *ret)
{
    if (version < 1 || version > 1)
        return -MR_E_VERSION;
    get_write_txn_markers_request(r, version, a, ret);
    return r->err;
}

void kw_write_txn_markers_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_write_txn_markers_request *m)
{
    if (version < 1 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_write_txn_markers_request(w, version, m);
}

static void init_any_write_txn_markers_request(void *m) { kw_write_txn_markers_request_init(m); }

static int decode_any_write_txn_markers_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_write_txn_markers_request_decode(r, version, a, ret);
}

static void encode_any_write_txn_markers_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_write_txn_markers_request_encode(w, version, m);
}

const struct kw_message kw_write_txn_markers_request_info = {
    .name = "WriteTxnMarkersRequest",
    .kind = KW_REQUEST,
    .key = 27,
    .v_min = 1,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_write_txn_markers_request),
    .init = init_any_write_txn_markers_request,
    .decode = decode_any_write_txn_markers_request,
    .encode = encode_any_write_txn_markers_request,
};

void kw_write_txn_markers_response_partition_init(struct kw_write_txn_markers_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
}

void kw_write_txn_markers_response_topic_init(struct kw_write_txn_markers_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_write_txn_markers_response_marker_init(struct kw_write_txn_markers_response_marker *m)
{
    m->producer_id = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

void kw_write_txn_markers_response_init(struct kw_write_txn_markers_response *m)
{
    m->markers = NULL;
    m->markers_count = 0;
}

static void get_write_txn_markers_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_write_txn_markers_response_partition *m)
{
    (void)a;
    (void)version;
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_write_txn_markers_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_write_txn_markers_response_topic *m)
{
    m->name = kw_get_string(r, true, false);
    m->partitions_count = kw_get_count(r, true, false, 7);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_write_txn_markers_response_partition(r, version, a, &m->partitions[i]);
    kw_skip_tags(r);
}

static void get_write_txn_markers_response_marker(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_write_txn_markers_response_marker *m)
{
    m->producer_id = kw_get_int64(r);
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_write_txn_markers_response_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void get_write_txn_markers_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_write_txn_markers_response *m)
{
    m->markers_count = kw_get_count(r, true, false, 10);
    m->markers = kw_get_items(r, a, m->markers_count, sizeof(*m->markers));
    for (int32_t i = 0; i < m->markers_count && r->err == 0; i++)
        get_write_txn_markers_response_marker(r, version, a, &m->markers[i]);
    kw_skip_tags(r);
}

static void put_write_txn_markers_response_partition(struct kw_writer *w, int16_t version,
                                                     const struct kw_write_txn_markers_response_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
    kw_put_uvarint(w, 0);
}

static void put_write_txn_markers_response_topic(struct kw_writer *w, int16_t version,
                                                 const struct kw_write_txn_markers_response_topic *m)
{
    kw_put_string(w, true, false, m->name);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_write_txn_markers_response_partition(w, version, &m->partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_write_txn_markers_response_marker(struct kw_writer *w, int16_t version,
                                                  const struct kw_write_txn_markers_response_marker *m)
{
    kw_put_int64(w, m->producer_id);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_write_txn_markers_response_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

static void put_write_txn_markers_response(struct kw_writer *w, int16_t version,
                                           const struct kw_write_txn_markers_response *m)
{
    kw_put_count(w, true, false, m->markers_count);
    for (int32_t i = 0; i < m->markers_count && w->err == 0; i++)
        put_write_txn_markers_response_marker(w, version, &m->markers[i]);
    kw_put_uvarint(w, 0);
}

int kw_write_txn_markers_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_write_txn_markers_response *ret)
{
    if (version < 1 || version > 1)
        return -MR_E_VERSION;
    get_write_txn_markers_response(r, version, a, ret);
    return r->err;
}

void kw_write_txn_markers_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_write_txn_markers_response *m)
{
    if (version < 1 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_write_txn_markers_response(w, version, m);
}

static void init_any_write_txn_markers_response(void *m) { kw_write_txn_markers_response_init(m); }

static int decode_any_write_txn_markers_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_write_txn_markers_response_decode(r, version, a, ret);
}

static void encode_any_write_txn_markers_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_write_txn_markers_response_encode(w, version, m);
}

const struct kw_message kw_write_txn_markers_response_info = {
    .name = "WriteTxnMarkersResponse",
    .kind = KW_RESPONSE,
    .key = 27,
    .v_min = 1,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_write_txn_markers_response),
    .init = init_any_write_txn_markers_response,
    .decode = decode_any_write_txn_markers_response,
    .encode = encode_any_write_txn_markers_response,
};
