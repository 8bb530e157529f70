/* Written by net/wire/schema/gen.py from list_offsets.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/list_offsets.h"

void kw_list_offsets_request_partition_init(struct kw_list_offsets_request_partition *m)
{
    m->partition_index = 0;
    m->current_leader_epoch = -1;
    m->timestamp = 0;
}

void kw_list_offsets_request_topic_init(struct kw_list_offsets_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_list_offsets_request_init(struct kw_list_offsets_request *m)
{
    m->replica_id = 0;
    m->isolation_level = 0;
    m->topics = NULL;
    m->topics_count = 0;
    m->timeout_ms = 0;
}

static void get_list_offsets_request_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_list_offsets_request_partition *m)
{
    const bool flex = version >= 6;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->current_leader_epoch = version >= 4 ? kw_get_int32(r) : -1;
    m->timestamp = kw_get_int64(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_list_offsets_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_list_offsets_request_topic *m)
{
    const bool flex = version >= 6;
    m->name = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 12);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_list_offsets_request_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_list_offsets_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_list_offsets_request *m)
{
    const bool flex = version >= 6;
    m->replica_id = kw_get_int32(r);
    m->isolation_level = version >= 2 ? kw_get_int8(r) : 0;
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_list_offsets_request_topic(r, version, a, &m->topics[i]);
    m->timeout_ms = version >= 10 ? kw_get_int32(r) : 0;
    if (flex)
        kw_skip_tags(r);
}

static void put_list_offsets_request_partition(struct kw_writer *w, int16_t version,
                                               const struct kw_list_offsets_request_partition *m)
{
    const bool flex = version >= 6;
    kw_put_int32(w, m->partition_index);
    if (version >= 4)
        kw_put_int32(w, m->current_leader_epoch);
    kw_put_int64(w, m->timestamp);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_list_offsets_request_topic(struct kw_writer *w, int16_t version,
                                           const struct kw_list_offsets_request_topic *m)
{
    const bool flex = version >= 6;
    kw_put_string(w, flex, false, m->name);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_list_offsets_request_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_list_offsets_request(struct kw_writer *w, int16_t version,
                                     const struct kw_list_offsets_request *m)
{
    const bool flex = version >= 6;
    kw_put_int32(w, m->replica_id);
    if (version >= 2)
        kw_put_int8(w, m->isolation_level);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_list_offsets_request_topic(w, version, &m->topics[i]);
    if (version >= 10)
        kw_put_int32(w, m->timeout_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_list_offsets_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_list_offsets_request *ret)
{
    if (version < 1 || version > 10)
        return -MR_E_VERSION;
    get_list_offsets_request(r, version, a, ret);
    return r->err;
}

void kw_list_offsets_request_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_list_offsets_request *m)
{
    if (version < 1 || version > 10)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_offsets_request(w, version, m);
}

static void init_any_list_offsets_request(void *m) { kw_list_offsets_request_init(m); }

static int decode_any_list_offsets_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_list_offsets_request_decode(r, version, a, ret);
}

static void encode_any_list_offsets_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_list_offsets_request_encode(w, version, m);
}

const struct kw_message kw_list_offsets_request_info = {
    .name = "ListOffsetsRequest",
    .kind = KW_REQUEST,
    .key = 2,
    .v_min = 1,
    .v_max = 10,
    .v_stable = 10,
    .flexible_from = 6,
    .size = sizeof(struct kw_list_offsets_request),
    .init = init_any_list_offsets_request,
    .decode = decode_any_list_offsets_request,
    .encode = encode_any_list_offsets_request,
};

void kw_list_offsets_response_partition_init(struct kw_list_offsets_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
    m->timestamp = -1;
    m->offset = -1;
    m->leader_epoch = -1;
}

void kw_list_offsets_response_topic_init(struct kw_list_offsets_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_list_offsets_response_init(struct kw_list_offsets_response *m)
{
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_list_offsets_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_list_offsets_response_partition *m)
{
    const bool flex = version >= 6;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->timestamp = kw_get_int64(r);
    m->offset = kw_get_int64(r);
    m->leader_epoch = version >= 4 ? kw_get_int32(r) : -1;
    if (flex)
        kw_skip_tags(r);
}

static void get_list_offsets_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_list_offsets_response_topic *m)
{
    const bool flex = version >= 6;
    m->name = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 22);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_list_offsets_response_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_list_offsets_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_list_offsets_response *m)
{
    const bool flex = version >= 6;
    m->throttle_time_ms = version >= 2 ? kw_get_int32(r) : 0;
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_list_offsets_response_topic(r, version, a, &m->topics[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_list_offsets_response_partition(struct kw_writer *w, int16_t version,
                                                const struct kw_list_offsets_response_partition *m)
{
    const bool flex = version >= 6;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
    kw_put_int64(w, m->timestamp);
    kw_put_int64(w, m->offset);
    if (version >= 4)
        kw_put_int32(w, m->leader_epoch);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_list_offsets_response_topic(struct kw_writer *w, int16_t version,
                                            const struct kw_list_offsets_response_topic *m)
{
    const bool flex = version >= 6;
    kw_put_string(w, flex, false, m->name);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_list_offsets_response_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_list_offsets_response(struct kw_writer *w, int16_t version,
                                      const struct kw_list_offsets_response *m)
{
    const bool flex = version >= 6;
    if (version >= 2)
        kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_list_offsets_response_topic(w, version, &m->topics[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_list_offsets_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_list_offsets_response *ret)
{
    if (version < 1 || version > 10)
        return -MR_E_VERSION;
    get_list_offsets_response(r, version, a, ret);
    return r->err;
}

void kw_list_offsets_response_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_list_offsets_response *m)
{
    if (version < 1 || version > 10)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_offsets_response(w, version, m);
}

static void init_any_list_offsets_response(void *m) { kw_list_offsets_response_init(m); }

static int decode_any_list_offsets_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_list_offsets_response_decode(r, version, a, ret);
}

static void encode_any_list_offsets_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_list_offsets_response_encode(w, version, m);
}

const struct kw_message kw_list_offsets_response_info = {
    .name = "ListOffsetsResponse",
    .kind = KW_RESPONSE,
    .key = 2,
    .v_min = 1,
    .v_max = 10,
    .v_stable = 10,
    .flexible_from = 6,
    .size = sizeof(struct kw_list_offsets_response),
    .init = init_any_list_offsets_response,
    .decode = decode_any_list_offsets_response,
    .encode = encode_any_list_offsets_response,
};
