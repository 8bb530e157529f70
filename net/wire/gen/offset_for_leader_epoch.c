/* Written by net/wire/schema/gen.py from offset_for_leader_epoch.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/offset_for_leader_epoch.h"

void kw_offset_for_leader_epoch_request_partition_init(struct kw_offset_for_leader_epoch_request_partition *m)
{
    m->partition = 0;
    m->current_leader_epoch = -1;
    m->leader_epoch = 0;
}

void kw_offset_for_leader_epoch_request_topic_init(struct kw_offset_for_leader_epoch_request_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_offset_for_leader_epoch_request_init(struct kw_offset_for_leader_epoch_request *m)
{
    m->replica_id = -2;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_offset_for_leader_epoch_request_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_offset_for_leader_epoch_request_partition *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->partition = kw_get_int32(r);
    m->current_leader_epoch = kw_get_int32(r);
    m->leader_epoch = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_offset_for_leader_epoch_request_topic(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_offset_for_leader_epoch_request_topic *m)
{
    const bool flex = version >= 4;
    m->topic = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 12);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_offset_for_leader_epoch_request_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_offset_for_leader_epoch_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_offset_for_leader_epoch_request *m)
{
    const bool flex = version >= 4;
    m->replica_id = version >= 3 ? kw_get_int32(r) : -2;
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_offset_for_leader_epoch_request_topic(r, version, a, &m->topics[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_offset_for_leader_epoch_request_partition(struct kw_writer *w, int16_t version,
    const struct kw_offset_for_leader_epoch_request_partition *m)
{
    const bool flex = version >= 4;
    kw_put_int32(w, m->partition);
    kw_put_int32(w, m->current_leader_epoch);
    kw_put_int32(w, m->leader_epoch);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_offset_for_leader_epoch_request_topic(struct kw_writer *w, int16_t version,
    const struct kw_offset_for_leader_epoch_request_topic *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->topic);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_offset_for_leader_epoch_request_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_offset_for_leader_epoch_request(struct kw_writer *w, int16_t version,
                                                const struct kw_offset_for_leader_epoch_request *m)
{
    const bool flex = version >= 4;
    if (version >= 3)
        kw_put_int32(w, m->replica_id);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_offset_for_leader_epoch_request_topic(w, version, &m->topics[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_offset_for_leader_epoch_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_offset_for_leader_epoch_request *ret)
{
    if (version < 2 || version > 4)
        return -MR_E_VERSION;
    get_offset_for_leader_epoch_request(r, version, a, ret);
    return r->err;
}

void kw_offset_for_leader_epoch_request_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_offset_for_leader_epoch_request *m)
{
    if (version < 2 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_offset_for_leader_epoch_request(w, version, m);
}

static void init_any_offset_for_leader_epoch_request(void *m) { kw_offset_for_leader_epoch_request_init(m); }

static int decode_any_offset_for_leader_epoch_request(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a, void *ret)
{
    return kw_offset_for_leader_epoch_request_decode(r, version, a, ret);
}

static void encode_any_offset_for_leader_epoch_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_offset_for_leader_epoch_request_encode(w, version, m);
}

const struct kw_message kw_offset_for_leader_epoch_request_info = {
    .name = "OffsetForLeaderEpochRequest",
    .kind = KW_REQUEST,
    .key = 23,
    .v_min = 2,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 4,
    .size = sizeof(struct kw_offset_for_leader_epoch_request),
    .init = init_any_offset_for_leader_epoch_request,
    .decode = decode_any_offset_for_leader_epoch_request,
    .encode = encode_any_offset_for_leader_epoch_request,
};

void kw_offset_for_leader_epoch_response_partition_init(
    struct kw_offset_for_leader_epoch_response_partition *m)
{
    m->error_code = 0;
    m->partition = 0;
    m->leader_epoch = -1;
    m->end_offset = -1;
}

void kw_offset_for_leader_epoch_response_topic_init(struct kw_offset_for_leader_epoch_response_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_offset_for_leader_epoch_response_init(struct kw_offset_for_leader_epoch_response *m)
{
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_offset_for_leader_epoch_response_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_offset_for_leader_epoch_response_partition *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->error_code = kw_get_int16(r);
    m->partition = kw_get_int32(r);
    m->leader_epoch = kw_get_int32(r);
    m->end_offset = kw_get_int64(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_offset_for_leader_epoch_response_topic(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a,
                                                       struct kw_offset_for_leader_epoch_response_topic *m)
{
    const bool flex = version >= 4;
    m->topic = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 18);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_offset_for_leader_epoch_response_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_offset_for_leader_epoch_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_offset_for_leader_epoch_response *m)
{
    const bool flex = version >= 4;
    m->throttle_time_ms = kw_get_int32(r);
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_offset_for_leader_epoch_response_topic(r, version, a, &m->topics[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_offset_for_leader_epoch_response_partition(struct kw_writer *w, int16_t version,
    const struct kw_offset_for_leader_epoch_response_partition *m)
{
    const bool flex = version >= 4;
    kw_put_int16(w, m->error_code);
    kw_put_int32(w, m->partition);
    kw_put_int32(w, m->leader_epoch);
    kw_put_int64(w, m->end_offset);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_offset_for_leader_epoch_response_topic(struct kw_writer *w, int16_t version,
    const struct kw_offset_for_leader_epoch_response_topic *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->topic);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_offset_for_leader_epoch_response_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_offset_for_leader_epoch_response(struct kw_writer *w, int16_t version,
                                                 const struct kw_offset_for_leader_epoch_response *m)
{
    const bool flex = version >= 4;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_offset_for_leader_epoch_response_topic(w, version, &m->topics[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_offset_for_leader_epoch_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_offset_for_leader_epoch_response *ret)
{
    if (version < 2 || version > 4)
        return -MR_E_VERSION;
    get_offset_for_leader_epoch_response(r, version, a, ret);
    return r->err;
}

void kw_offset_for_leader_epoch_response_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_offset_for_leader_epoch_response *m)
{
    if (version < 2 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_offset_for_leader_epoch_response(w, version, m);
}

static void init_any_offset_for_leader_epoch_response(
    void *m) { kw_offset_for_leader_epoch_response_init(m); }

static int decode_any_offset_for_leader_epoch_response(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a, void *ret)
{
    return kw_offset_for_leader_epoch_response_decode(r, version, a, ret);
}

static void encode_any_offset_for_leader_epoch_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_offset_for_leader_epoch_response_encode(w, version, m);
}

const struct kw_message kw_offset_for_leader_epoch_response_info = {
    .name = "OffsetForLeaderEpochResponse",
    .kind = KW_RESPONSE,
    .key = 23,
    .v_min = 2,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 4,
    .size = sizeof(struct kw_offset_for_leader_epoch_response),
    .init = init_any_offset_for_leader_epoch_response,
    .decode = decode_any_offset_for_leader_epoch_response,
    .encode = encode_any_offset_for_leader_epoch_response,
};
