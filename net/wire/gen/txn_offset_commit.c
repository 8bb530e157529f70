/* Written by net/wire/schema/gen.py from txn_offset_commit.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/txn_offset_commit.h"

void kw_txn_offset_commit_request_partition_init(struct kw_txn_offset_commit_request_partition *m)
{
    m->partition_index = 0;
    m->committed_offset = 0;
    m->committed_leader_epoch = -1;
    m->committed_metadata = KW_EMPTY_STRING;
}

void kw_txn_offset_commit_request_topic_init(struct kw_txn_offset_commit_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_txn_offset_commit_request_init(struct kw_txn_offset_commit_request *m)
{
    m->transactional_id = KW_EMPTY_STRING;
    m->group_id = KW_EMPTY_STRING;
    m->producer_id = 0;
    m->producer_epoch = 0;
    m->generation_id = -1;
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = (struct mr_str){NULL, 0};
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_txn_offset_commit_request_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_txn_offset_commit_request_partition *m)
{
    const bool flex = version >= 3;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->committed_offset = kw_get_int64(r);
    m->committed_leader_epoch = version >= 2 ? kw_get_int32(r) : -1;
    m->committed_metadata = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_txn_offset_commit_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_txn_offset_commit_request_topic *m)
{
    const bool flex = version >= 3;
    m->name = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 14);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_txn_offset_commit_request_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_txn_offset_commit_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_txn_offset_commit_request *m)
{
    const bool flex = version >= 3;
    m->transactional_id = kw_get_string(r, flex, false);
    m->group_id = kw_get_string(r, flex, false);
    m->producer_id = kw_get_int64(r);
    m->producer_epoch = kw_get_int16(r);
    m->generation_id = version >= 3 ? kw_get_int32(r) : -1;
    m->member_id = version >= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->group_instance_id = version >= 3 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_txn_offset_commit_request_topic(r, version, a, &m->topics[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_txn_offset_commit_request_partition(struct kw_writer *w, int16_t version,
                                                    const struct kw_txn_offset_commit_request_partition *m)
{
    const bool flex = version >= 3;
    kw_put_int32(w, m->partition_index);
    kw_put_int64(w, m->committed_offset);
    if (version >= 2)
        kw_put_int32(w, m->committed_leader_epoch);
    kw_put_string(w, flex, true, m->committed_metadata);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_txn_offset_commit_request_topic(struct kw_writer *w, int16_t version,
                                                const struct kw_txn_offset_commit_request_topic *m)
{
    const bool flex = version >= 3;
    kw_put_string(w, flex, false, m->name);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_txn_offset_commit_request_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_txn_offset_commit_request(struct kw_writer *w, int16_t version,
                                          const struct kw_txn_offset_commit_request *m)
{
    const bool flex = version >= 3;
    kw_put_string(w, flex, false, m->transactional_id);
    kw_put_string(w, flex, false, m->group_id);
    kw_put_int64(w, m->producer_id);
    kw_put_int16(w, m->producer_epoch);
    if (version >= 3)
        kw_put_int32(w, m->generation_id);
    if (version >= 3)
        kw_put_string(w, flex, false, m->member_id);
    if (version >= 3)
        kw_put_string(w, flex, true, m->group_instance_id);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_txn_offset_commit_request_topic(w, version, &m->topics[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_txn_offset_commit_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_txn_offset_commit_request *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_txn_offset_commit_request(r, version, a, ret);
    return r->err;
}

void kw_txn_offset_commit_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_txn_offset_commit_request *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_txn_offset_commit_request(w, version, m);
}

static void init_any_txn_offset_commit_request(void *m) { kw_txn_offset_commit_request_init(m); }

static int decode_any_txn_offset_commit_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_txn_offset_commit_request_decode(r, version, a, ret);
}

static void encode_any_txn_offset_commit_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_txn_offset_commit_request_encode(w, version, m);
}

const struct kw_message kw_txn_offset_commit_request_info = {
    .name = "TxnOffsetCommitRequest",
    .kind = KW_REQUEST,
    .key = 28,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 3,
    .size = sizeof(struct kw_txn_offset_commit_request),
    .init = init_any_txn_offset_commit_request,
    .decode = decode_any_txn_offset_commit_request,
    .encode = encode_any_txn_offset_commit_request,
};

void kw_txn_offset_commit_response_partition_init(struct kw_txn_offset_commit_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
}

void kw_txn_offset_commit_response_topic_init(struct kw_txn_offset_commit_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_txn_offset_commit_response_init(struct kw_txn_offset_commit_response *m)
{
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_txn_offset_commit_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_txn_offset_commit_response_partition *m)
{
    const bool flex = version >= 3;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_txn_offset_commit_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_txn_offset_commit_response_topic *m)
{
    const bool flex = version >= 3;
    m->name = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 6);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_txn_offset_commit_response_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_txn_offset_commit_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_txn_offset_commit_response *m)
{
    const bool flex = version >= 3;
    m->throttle_time_ms = kw_get_int32(r);
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_txn_offset_commit_response_topic(r, version, a, &m->topics[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_txn_offset_commit_response_partition(struct kw_writer *w, int16_t version,
                                                     const struct kw_txn_offset_commit_response_partition *m)
{
    const bool flex = version >= 3;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_txn_offset_commit_response_topic(struct kw_writer *w, int16_t version,
                                                 const struct kw_txn_offset_commit_response_topic *m)
{
    const bool flex = version >= 3;
    kw_put_string(w, flex, false, m->name);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_txn_offset_commit_response_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_txn_offset_commit_response(struct kw_writer *w, int16_t version,
                                           const struct kw_txn_offset_commit_response *m)
{
    const bool flex = version >= 3;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_txn_offset_commit_response_topic(w, version, &m->topics[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_txn_offset_commit_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_txn_offset_commit_response *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_txn_offset_commit_response(r, version, a, ret);
    return r->err;
}

void kw_txn_offset_commit_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_txn_offset_commit_response *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_txn_offset_commit_response(w, version, m);
}

static void init_any_txn_offset_commit_response(void *m) { kw_txn_offset_commit_response_init(m); }

static int decode_any_txn_offset_commit_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_txn_offset_commit_response_decode(r, version, a, ret);
}

static void encode_any_txn_offset_commit_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_txn_offset_commit_response_encode(w, version, m);
}

const struct kw_message kw_txn_offset_commit_response_info = {
    .name = "TxnOffsetCommitResponse",
    .kind = KW_RESPONSE,
    .key = 28,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 3,
    .size = sizeof(struct kw_txn_offset_commit_response),
    .init = init_any_txn_offset_commit_response,
    .decode = decode_any_txn_offset_commit_response,
    .encode = encode_any_txn_offset_commit_response,
};
