/* Written by net/wire/schema/gen.py from offset_fetch.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/offset_fetch.h"

void kw_offset_fetch_request_group_topic_init(struct kw_offset_fetch_request_group_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->partition_indexes = NULL;
    m->partition_indexes_count = 0;
}

void kw_offset_fetch_request_group_init(struct kw_offset_fetch_request_group *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->member_id = (struct mr_str){NULL, 0};
    m->member_epoch = -1;
    m->topics = NULL;
    m->topics_count = 0;
}

void kw_offset_fetch_request_topic_init(struct kw_offset_fetch_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partition_indexes = NULL;
    m->partition_indexes_count = 0;
}

void kw_offset_fetch_request_init(struct kw_offset_fetch_request *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->topics = NULL;
    m->topics_count = 0;
    m->groups = NULL;
    m->groups_count = 0;
    m->require_stable = false;
}

static void get_offset_fetch_request_group_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_offset_fetch_request_group_topic *m)
{
    m->name = version <= 9 ? kw_get_string(r, true, false) : KW_EMPTY_STRING;
    m->topic_id = version >= 10 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->partition_indexes = kw_get_int32_array(r, a, true, false, &m->partition_indexes_count);
    kw_skip_tags(r);
}

static void get_offset_fetch_request_group(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_offset_fetch_request_group *m)
{
    m->group_id = kw_get_string(r, true, false);
    m->member_id = version >= 9 ? kw_get_string(r, true, true) : (struct mr_str){NULL, 0};
    m->member_epoch = version >= 9 ? kw_get_int32(r) : -1;
    m->topics_count = kw_get_count(r, true, true, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_offset_fetch_request_group_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void get_offset_fetch_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_offset_fetch_request_topic *m)
{
    const bool flex = version >= 6;
    m->name = kw_get_string(r, flex, false);
    m->partition_indexes = kw_get_int32_array(r, a, flex, false, &m->partition_indexes_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_offset_fetch_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_offset_fetch_request *m)
{
    const bool flex = version >= 6;
    m->group_id = version <= 7 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    if (version <= 7) {
        m->topics_count = kw_get_count(r, flex, version >= 2, 3);
        m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
        for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
            get_offset_fetch_request_topic(r, version, a, &m->topics[i]);
    } else {
        m->topics = NULL;
        m->topics_count = 0;
    }
    if (version >= 8) {
        m->groups_count = kw_get_count(r, flex, false, 3);
        m->groups = kw_get_items(r, a, m->groups_count, sizeof(*m->groups));
        for (int32_t i = 0; i < m->groups_count && r->err == 0; i++)
            get_offset_fetch_request_group(r, version, a, &m->groups[i]);
    } else {
        m->groups = NULL;
        m->groups_count = 0;
    }
    m->require_stable = version >= 7 ? kw_get_bool(r) : false;
    if (flex)
        kw_skip_tags(r);
}

static void put_offset_fetch_request_group_topic(struct kw_writer *w, int16_t version,
                                                 const struct kw_offset_fetch_request_group_topic *m)
{
    if (version <= 9)
        kw_put_string(w, true, false, m->name);
    if (version >= 10)
        kw_put_uuid(w, m->topic_id);
    kw_put_int32_array(w, true, false, m->partition_indexes, m->partition_indexes_count);
    kw_put_uvarint(w, 0);
}

static void put_offset_fetch_request_group(struct kw_writer *w, int16_t version,
                                           const struct kw_offset_fetch_request_group *m)
{
    kw_put_string(w, true, false, m->group_id);
    if (version >= 9)
        kw_put_string(w, true, true, m->member_id);
    if (version >= 9)
        kw_put_int32(w, m->member_epoch);
    kw_put_count(w, true, true, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_offset_fetch_request_group_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

static void put_offset_fetch_request_topic(struct kw_writer *w, int16_t version,
                                           const struct kw_offset_fetch_request_topic *m)
{
    const bool flex = version >= 6;
    kw_put_string(w, flex, false, m->name);
    kw_put_int32_array(w, flex, false, m->partition_indexes, m->partition_indexes_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_offset_fetch_request(struct kw_writer *w, int16_t version,
                                     const struct kw_offset_fetch_request *m)
{
    const bool flex = version >= 6;
    if (version <= 7)
        kw_put_string(w, flex, false, m->group_id);
    if (version <= 7) {
        kw_put_count(w, flex, version >= 2, m->topics_count);
        for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
            put_offset_fetch_request_topic(w, version, &m->topics[i]);
    }
    if (version >= 8) {
        kw_put_count(w, flex, false, m->groups_count);
        for (int32_t i = 0; i < m->groups_count && w->err == 0; i++)
            put_offset_fetch_request_group(w, version, &m->groups[i]);
    }
    if (version >= 7)
        kw_put_bool(w, m->require_stable);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_offset_fetch_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_offset_fetch_request *ret)
{
    if (version < 1 || version > 10)
        return -MR_E_VERSION;
    get_offset_fetch_request(r, version, a, ret);
    return r->err;
}

void kw_offset_fetch_request_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_offset_fetch_request *m)
{
    if (version < 1 || version > 10)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_offset_fetch_request(w, version, m);
}

static void init_any_offset_fetch_request(void *m) { kw_offset_fetch_request_init(m); }

static int decode_any_offset_fetch_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_offset_fetch_request_decode(r, version, a, ret);
}

static void encode_any_offset_fetch_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_offset_fetch_request_encode(w, version, m);
}

const struct kw_message kw_offset_fetch_request_info = {
    .name = "OffsetFetchRequest",
    .kind = KW_REQUEST,
    .key = 9,
    .v_min = 1,
    .v_max = 10,
    .v_stable = 9,
    .flexible_from = 6,
    .size = sizeof(struct kw_offset_fetch_request),
    .init = init_any_offset_fetch_request,
    .decode = decode_any_offset_fetch_request,
    .encode = encode_any_offset_fetch_request,
};

void kw_offset_fetch_response_group_partition_init(struct kw_offset_fetch_response_group_partition *m)
{
    m->partition_index = 0;
    m->committed_offset = 0;
    m->committed_leader_epoch = -1;
    m->metadata = KW_EMPTY_STRING;
    m->error_code = 0;
}

void kw_offset_fetch_response_group_topic_init(struct kw_offset_fetch_response_group_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_offset_fetch_response_group_init(struct kw_offset_fetch_response_group *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->topics = NULL;
    m->topics_count = 0;
    m->error_code = 0;
}

void kw_offset_fetch_response_partition_init(struct kw_offset_fetch_response_partition *m)
{
    m->partition_index = 0;
    m->committed_offset = 0;
    m->committed_leader_epoch = -1;
    m->metadata = KW_EMPTY_STRING;
    m->error_code = 0;
}

void kw_offset_fetch_response_topic_init(struct kw_offset_fetch_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_offset_fetch_response_init(struct kw_offset_fetch_response *m)
{
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
    m->error_code = 0;
    m->groups = NULL;
    m->groups_count = 0;
}

static void get_offset_fetch_response_group_partition(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_offset_fetch_response_group_partition *m)
{
    (void)a;
    (void)version;
    m->partition_index = kw_get_int32(r);
    m->committed_offset = kw_get_int64(r);
    m->committed_leader_epoch = kw_get_int32(r);
    m->metadata = kw_get_string(r, true, true);
    m->error_code = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_offset_fetch_response_group_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_offset_fetch_response_group_topic *m)
{
    m->name = version <= 9 ? kw_get_string(r, true, false) : KW_EMPTY_STRING;
    m->topic_id = version >= 10 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->partitions_count = kw_get_count(r, true, false, 20);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_offset_fetch_response_group_partition(r, version, a, &m->partitions[i]);
    kw_skip_tags(r);
}

static void get_offset_fetch_response_group(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_offset_fetch_response_group *m)
{
    m->group_id = kw_get_string(r, true, false);
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_offset_fetch_response_group_topic(r, version, a, &m->topics[i]);
    m->error_code = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_offset_fetch_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_offset_fetch_response_partition *m)
{
    const bool flex = version >= 6;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->committed_offset = kw_get_int64(r);
    m->committed_leader_epoch = version >= 5 ? kw_get_int32(r) : -1;
    m->metadata = kw_get_string(r, flex, true);
    m->error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_offset_fetch_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_offset_fetch_response_topic *m)
{
    const bool flex = version >= 6;
    m->name = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 16);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_offset_fetch_response_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_offset_fetch_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_offset_fetch_response *m)
{
    const bool flex = version >= 6;
    m->throttle_time_ms = version >= 3 ? kw_get_int32(r) : 0;
    if (version <= 7) {
        m->topics_count = kw_get_count(r, flex, false, 3);
        m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
        for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
            get_offset_fetch_response_topic(r, version, a, &m->topics[i]);
    } else {
        m->topics = NULL;
        m->topics_count = 0;
    }
    m->error_code = version >= 2 && version <= 7 ? kw_get_int16(r) : 0;
    if (version >= 8) {
        m->groups_count = kw_get_count(r, flex, false, 5);
        m->groups = kw_get_items(r, a, m->groups_count, sizeof(*m->groups));
        for (int32_t i = 0; i < m->groups_count && r->err == 0; i++)
            get_offset_fetch_response_group(r, version, a, &m->groups[i]);
    } else {
        m->groups = NULL;
        m->groups_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void put_offset_fetch_response_group_partition(struct kw_writer *w, int16_t version,
    const struct kw_offset_fetch_response_group_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
    kw_put_int64(w, m->committed_offset);
    kw_put_int32(w, m->committed_leader_epoch);
    kw_put_string(w, true, true, m->metadata);
    kw_put_int16(w, m->error_code);
    kw_put_uvarint(w, 0);
}

static void put_offset_fetch_response_group_topic(struct kw_writer *w, int16_t version,
                                                  const struct kw_offset_fetch_response_group_topic *m)
{
    if (version <= 9)
        kw_put_string(w, true, false, m->name);
    if (version >= 10)
        kw_put_uuid(w, m->topic_id);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_offset_fetch_response_group_partition(w, version, &m->partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_offset_fetch_response_group(struct kw_writer *w, int16_t version,
                                            const struct kw_offset_fetch_response_group *m)
{
    kw_put_string(w, true, false, m->group_id);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_offset_fetch_response_group_topic(w, version, &m->topics[i]);
    kw_put_int16(w, m->error_code);
    kw_put_uvarint(w, 0);
}

static void put_offset_fetch_response_partition(struct kw_writer *w, int16_t version,
                                                const struct kw_offset_fetch_response_partition *m)
{
    const bool flex = version >= 6;
    kw_put_int32(w, m->partition_index);
    kw_put_int64(w, m->committed_offset);
    if (version >= 5)
        kw_put_int32(w, m->committed_leader_epoch);
    kw_put_string(w, flex, true, m->metadata);
    kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_offset_fetch_response_topic(struct kw_writer *w, int16_t version,
                                            const struct kw_offset_fetch_response_topic *m)
{
    const bool flex = version >= 6;
    kw_put_string(w, flex, false, m->name);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_offset_fetch_response_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_offset_fetch_response(struct kw_writer *w, int16_t version,
                                      const struct kw_offset_fetch_response *m)
{
    const bool flex = version >= 6;
    if (version >= 3)
        kw_put_throttle(w, m->throttle_time_ms);
    if (version <= 7) {
        kw_put_count(w, flex, false, m->topics_count);
        for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
            put_offset_fetch_response_topic(w, version, &m->topics[i]);
    }
    if (version >= 2 && version <= 7)
        kw_put_int16(w, m->error_code);
    if (version >= 8) {
        kw_put_count(w, flex, false, m->groups_count);
        for (int32_t i = 0; i < m->groups_count && w->err == 0; i++)
            put_offset_fetch_response_group(w, version, &m->groups[i]);
    }
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_offset_fetch_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_offset_fetch_response *ret)
{
    if (version < 1 || version > 10)
        return -MR_E_VERSION;
    get_offset_fetch_response(r, version, a, ret);
    return r->err;
}

void kw_offset_fetch_response_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_offset_fetch_response *m)
{
    if (version < 1 || version > 10)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_offset_fetch_response(w, version, m);
}

static void init_any_offset_fetch_response(void *m) { kw_offset_fetch_response_init(m); }

static int decode_any_offset_fetch_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_offset_fetch_response_decode(r, version, a, ret);
}

static void encode_any_offset_fetch_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_offset_fetch_response_encode(w, version, m);
}

const struct kw_message kw_offset_fetch_response_info = {
    .name = "OffsetFetchResponse",
    .kind = KW_RESPONSE,
    .key = 9,
    .v_min = 1,
    .v_max = 10,
    .v_stable = 9,
    .flexible_from = 6,
    .size = sizeof(struct kw_offset_fetch_response),
    .init = init_any_offset_fetch_response,
    .decode = decode_any_offset_fetch_response,
    .encode = encode_any_offset_fetch_response,
};
