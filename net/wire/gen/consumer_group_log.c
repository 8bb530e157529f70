/* Written by net/wire/schema/gen.py from consumer_group_log.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/consumer_group_log.h"

void kw_consumer_group_metadata_key_init(struct kw_consumer_group_metadata_key *m)
{
    m->group_id = KW_EMPTY_STRING;
}

static void get_consumer_group_metadata_key(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_consumer_group_metadata_key *m)
{
    (void)a;
    (void)version;
    m->group_id = kw_get_string(r, false, false);
}

static void put_consumer_group_metadata_key(struct kw_writer *w, int16_t version,
                                            const struct kw_consumer_group_metadata_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group_id);
}

int kw_consumer_group_metadata_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_consumer_group_metadata_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_metadata_key(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_metadata_key_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_consumer_group_metadata_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_metadata_key(w, version, m);
}

static void init_any_consumer_group_metadata_key(void *m) { kw_consumer_group_metadata_key_init(m); }

static int decode_any_consumer_group_metadata_key(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  void *ret)
{
    return kw_consumer_group_metadata_key_decode(r, version, a, ret);
}

static void encode_any_consumer_group_metadata_key(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_group_metadata_key_encode(w, version, m);
}

const struct kw_message kw_consumer_group_metadata_key_info = {
    .name = "ConsumerGroupMetadataKey",
    .kind = KW_DATA,
    .key = 3,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_group_metadata_key),
    .init = init_any_consumer_group_metadata_key,
    .decode = decode_any_consumer_group_metadata_key,
    .encode = encode_any_consumer_group_metadata_key,
};

void kw_consumer_group_metadata_value_init(struct kw_consumer_group_metadata_value *m)
{
    m->epoch = 0;
    m->metadata_hash = 0;
}

static void get_consumer_group_metadata_value(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_consumer_group_metadata_value *m)
{
    (void)a;
    (void)version;
    m->epoch = kw_get_int32(r);
    m->metadata_hash = 0;
    uint32_t tags = kw_get_tag_count(r);
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->metadata_hash = kw_get_int64(&payload);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_consumer_group_metadata_value(struct kw_writer *w, int16_t version,
                                              const struct kw_consumer_group_metadata_value *m)
{
    (void)version;
    kw_put_int32(w, m->epoch);
    const bool has_metadata_hash = m->metadata_hash != 0;
    kw_put_uvarint(w, has_metadata_hash);
    if (has_metadata_hash) {
        const size_t mark = kw_tag_begin(w, 0);
        kw_put_int64(w, m->metadata_hash);
        kw_tag_end(w, mark);
    }
}

int kw_consumer_group_metadata_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_consumer_group_metadata_value *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_metadata_value(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_metadata_value_encode(struct kw_writer *w, int16_t version,
                                             const struct kw_consumer_group_metadata_value *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_metadata_value(w, version, m);
}

static void init_any_consumer_group_metadata_value(void *m) { kw_consumer_group_metadata_value_init(m); }

static int decode_any_consumer_group_metadata_value(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    void *ret)
{
    return kw_consumer_group_metadata_value_decode(r, version, a, ret);
}

static void encode_any_consumer_group_metadata_value(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_group_metadata_value_encode(w, version, m);
}

const struct kw_message kw_consumer_group_metadata_value_info = {
    .name = "ConsumerGroupMetadataValue",
    .kind = KW_DATA,
    .key = 3,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_metadata_value),
    .init = init_any_consumer_group_metadata_value,
    .decode = decode_any_consumer_group_metadata_value,
    .encode = encode_any_consumer_group_metadata_value,
};

void kw_consumer_group_partition_metadata_key_init(struct kw_consumer_group_partition_metadata_key *m)
{
    m->group_id = KW_EMPTY_STRING;
}

static void get_consumer_group_partition_metadata_key(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_consumer_group_partition_metadata_key *m)
{
    (void)a;
    (void)version;
    m->group_id = kw_get_string(r, false, false);
}

static void put_consumer_group_partition_metadata_key(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_partition_metadata_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group_id);
}

int kw_consumer_group_partition_metadata_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_consumer_group_partition_metadata_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_partition_metadata_key(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_partition_metadata_key_encode(struct kw_writer *w, int16_t version,
                                                     const struct kw_consumer_group_partition_metadata_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_partition_metadata_key(w, version, m);
}

static void init_any_consumer_group_partition_metadata_key(
    void *m) { kw_consumer_group_partition_metadata_key_init(m); }

static int decode_any_consumer_group_partition_metadata_key(struct kw_reader *r, int16_t version,
                                                            struct mr_arena *a, void *ret)
{
    return kw_consumer_group_partition_metadata_key_decode(r, version, a, ret);
}

static void encode_any_consumer_group_partition_metadata_key(struct kw_writer *w, int16_t version,
                                                             const void *m)
{
    kw_consumer_group_partition_metadata_key_encode(w, version, m);
}

const struct kw_message kw_consumer_group_partition_metadata_key_info = {
    .name = "ConsumerGroupPartitionMetadataKey",
    .kind = KW_DATA,
    .key = 4,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_group_partition_metadata_key),
    .init = init_any_consumer_group_partition_metadata_key,
    .decode = decode_any_consumer_group_partition_metadata_key,
    .encode = encode_any_consumer_group_partition_metadata_key,
};

void kw_consumer_group_partition_metadata_value_partition_init(
    struct kw_consumer_group_partition_metadata_value_partition *m)
{
    m->partition = 0;
    m->racks = NULL;
    m->racks_count = 0;
}

void kw_consumer_group_partition_metadata_value_topic_init(
    struct kw_consumer_group_partition_metadata_value_topic *m)
{
    m->topic_id = (struct mr_uuid){{0}};
    m->topic_name = KW_EMPTY_STRING;
    m->num_partitions = 0;
    m->partition_metadata = NULL;
    m->partition_metadata_count = 0;
}

void kw_consumer_group_partition_metadata_value_init(struct kw_consumer_group_partition_metadata_value *m)
{
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_consumer_group_partition_metadata_value_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_partition_metadata_value_partition *m)
{
    (void)version;
    m->partition = kw_get_int32(r);
    m->racks = kw_get_string_array(r, a, true, false, &m->racks_count);
    kw_skip_tags(r);
}

static void get_consumer_group_partition_metadata_value_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_partition_metadata_value_topic *m)
{
    m->topic_id = kw_get_uuid(r);
    m->topic_name = kw_get_string(r, true, false);
    m->num_partitions = kw_get_int32(r);
    m->partition_metadata_count = kw_get_count(r, true, false, 6);
    m->partition_metadata = kw_get_items(r, a, m->partition_metadata_count, sizeof(*m->partition_metadata));
    for (int32_t i = 0; i < m->partition_metadata_count && r->err == 0; i++)
        get_consumer_group_partition_metadata_value_partition(r, version, a, &m->partition_metadata[i]);
    kw_skip_tags(r);
}

static void get_consumer_group_partition_metadata_value(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_consumer_group_partition_metadata_value *m)
{
    m->topics_count = kw_get_count(r, true, false, 23);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_consumer_group_partition_metadata_value_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void put_consumer_group_partition_metadata_value_partition(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_partition_metadata_value_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition);
    kw_put_string_array(w, true, false, m->racks, m->racks_count);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_partition_metadata_value_topic(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_partition_metadata_value_topic *m)
{
    kw_put_uuid(w, m->topic_id);
    kw_put_string(w, true, false, m->topic_name);
    kw_put_int32(w, m->num_partitions);
    kw_put_count(w, true, false, m->partition_metadata_count);
    for (int32_t i = 0; i < m->partition_metadata_count && w->err == 0; i++)
        put_consumer_group_partition_metadata_value_partition(w, version, &m->partition_metadata[i]);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_partition_metadata_value(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_partition_metadata_value *m)
{
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_consumer_group_partition_metadata_value_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_partition_metadata_value_decode(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_consumer_group_partition_metadata_value *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_partition_metadata_value(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_partition_metadata_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_partition_metadata_value *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_partition_metadata_value(w, version, m);
}

static void init_any_consumer_group_partition_metadata_value(
    void *m) { kw_consumer_group_partition_metadata_value_init(m); }

static int decode_any_consumer_group_partition_metadata_value(struct kw_reader *r, int16_t version,
                                                              struct mr_arena *a, void *ret)
{
    return kw_consumer_group_partition_metadata_value_decode(r, version, a, ret);
}

static void encode_any_consumer_group_partition_metadata_value(struct kw_writer *w, int16_t version,
                                                               const void *m)
{
    kw_consumer_group_partition_metadata_value_encode(w, version, m);
}

const struct kw_message kw_consumer_group_partition_metadata_value_info = {
    .name = "ConsumerGroupPartitionMetadataValue",
    .kind = KW_DATA,
    .key = 4,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_partition_metadata_value),
    .init = init_any_consumer_group_partition_metadata_value,
    .decode = decode_any_consumer_group_partition_metadata_value,
    .encode = encode_any_consumer_group_partition_metadata_value,
};

void kw_consumer_group_member_metadata_key_init(struct kw_consumer_group_member_metadata_key *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->member_id = KW_EMPTY_STRING;
}

static void get_consumer_group_member_metadata_key(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_consumer_group_member_metadata_key *m)
{
    (void)a;
    (void)version;
    m->group_id = kw_get_string(r, false, false);
    m->member_id = kw_get_string(r, false, false);
}

static void put_consumer_group_member_metadata_key(struct kw_writer *w, int16_t version,
                                                   const struct kw_consumer_group_member_metadata_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group_id);
    kw_put_string(w, false, false, m->member_id);
}

int kw_consumer_group_member_metadata_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_consumer_group_member_metadata_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_member_metadata_key(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_member_metadata_key_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_consumer_group_member_metadata_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_member_metadata_key(w, version, m);
}

static void init_any_consumer_group_member_metadata_key(
    void *m) { kw_consumer_group_member_metadata_key_init(m); }

static int decode_any_consumer_group_member_metadata_key(struct kw_reader *r, int16_t version,
                                                         struct mr_arena *a, void *ret)
{
    return kw_consumer_group_member_metadata_key_decode(r, version, a, ret);
}

static void encode_any_consumer_group_member_metadata_key(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_group_member_metadata_key_encode(w, version, m);
}

const struct kw_message kw_consumer_group_member_metadata_key_info = {
    .name = "ConsumerGroupMemberMetadataKey",
    .kind = KW_DATA,
    .key = 5,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_group_member_metadata_key),
    .init = init_any_consumer_group_member_metadata_key,
    .decode = decode_any_consumer_group_member_metadata_key,
    .encode = encode_any_consumer_group_member_metadata_key,
};

void kw_consumer_group_member_metadata_value_protocol_init(
    struct kw_consumer_group_member_metadata_value_protocol *m)
{
    m->name = KW_EMPTY_STRING;
    m->metadata = KW_EMPTY_BYTES;
}

void kw_consumer_group_member_metadata_value_classic_member_init(
    struct kw_consumer_group_member_metadata_value_classic_member *m)
{
    m->session_timeout_ms = 0;
    m->supported_protocols = NULL;
    m->supported_protocols_count = 0;
}

void kw_consumer_group_member_metadata_value_init(struct kw_consumer_group_member_metadata_value *m)
{
    m->instance_id = KW_EMPTY_STRING;
    m->rack_id = KW_EMPTY_STRING;
    m->client_id = KW_EMPTY_STRING;
    m->client_host = KW_EMPTY_STRING;
    m->subscribed_topic_names = NULL;
    m->subscribed_topic_names_count = 0;
    m->subscribed_topic_regex = KW_EMPTY_STRING;
    m->rebalance_timeout_ms = -1;
    m->server_assignor = KW_EMPTY_STRING;
    m->classic_member_metadata = NULL;
}

static void get_consumer_group_member_metadata_value_protocol(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_member_metadata_value_protocol *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->metadata = kw_get_bytes(r, true, false);
    kw_skip_tags(r);
}

static void get_consumer_group_member_metadata_value_classic_member(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_member_metadata_value_classic_member *m)
{
    m->session_timeout_ms = kw_get_int32(r);
    m->supported_protocols_count = kw_get_count(r, true, false, 3);
    m->supported_protocols = kw_get_items(r, a, m->supported_protocols_count,
                                          sizeof(*m->supported_protocols));
    for (int32_t i = 0; i < m->supported_protocols_count && r->err == 0; i++)
        get_consumer_group_member_metadata_value_protocol(r, version, a, &m->supported_protocols[i]);
    kw_skip_tags(r);
}

static void get_consumer_group_member_metadata_value(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_consumer_group_member_metadata_value *m)
{
    m->instance_id = kw_get_string(r, true, true);
    m->rack_id = kw_get_string(r, true, true);
    m->client_id = kw_get_string(r, true, false);
    m->client_host = kw_get_string(r, true, false);
    m->subscribed_topic_names = kw_get_string_array(r, a, true, false, &m->subscribed_topic_names_count);
    m->subscribed_topic_regex = kw_get_string(r, true, true);
    m->rebalance_timeout_ms = kw_get_int32(r);
    m->server_assignor = kw_get_string(r, true, true);
    m->classic_member_metadata = kw_get_items(r, a, 1, sizeof(*m->classic_member_metadata));
    if (m->classic_member_metadata != NULL)
        kw_consumer_group_member_metadata_value_classic_member_init(m->classic_member_metadata);
    uint32_t tags = kw_get_tag_count(r);
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->classic_member_metadata = NULL;
            if (kw_get_uvarint(&payload) != 0) {
                m->classic_member_metadata = kw_get_items(&payload, a, 1,
                                                          sizeof(*m->classic_member_metadata));
                if (m->classic_member_metadata != NULL)
                    get_consumer_group_member_metadata_value_classic_member(&payload, version, a,
                        m->classic_member_metadata);
            }
            kw_tag_done(r, &payload);
        }
    }
}

static bool consumer_group_member_metadata_value_classic_member_is_default(
    const struct kw_consumer_group_member_metadata_value_classic_member *m)
{
    return !(m->session_timeout_ms != 0 || m->supported_protocols_count > 0);
}

static void put_consumer_group_member_metadata_value_protocol(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_member_metadata_value_protocol *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_bytes(w, true, false, m->metadata);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_member_metadata_value_classic_member(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_member_metadata_value_classic_member *m)
{
    kw_put_int32(w, m->session_timeout_ms);
    kw_put_count(w, true, false, m->supported_protocols_count);
    for (int32_t i = 0; i < m->supported_protocols_count && w->err == 0; i++)
        put_consumer_group_member_metadata_value_protocol(w, version, &m->supported_protocols[i]);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_member_metadata_value(struct kw_writer *w, int16_t version,
                                                     const struct kw_consumer_group_member_metadata_value *m)
{
    kw_put_string(w, true, true, m->instance_id);
    kw_put_string(w, true, true, m->rack_id);
    kw_put_string(w, true, false, m->client_id);
    kw_put_string(w, true, false, m->client_host);
    kw_put_string_array(w, true, false, m->subscribed_topic_names, m->subscribed_topic_names_count);
    kw_put_string(w, true, true, m->subscribed_topic_regex);
    kw_put_int32(w, m->rebalance_timeout_ms);
    kw_put_string(w, true, true, m->server_assignor);
    const bool has_classic_member_metadata = (m->classic_member_metadata == NULL ||
        !consumer_group_member_metadata_value_classic_member_is_default(m->classic_member_metadata));
    kw_put_uvarint(w, has_classic_member_metadata);
    if (has_classic_member_metadata) {
        const size_t mark = kw_tag_begin(w, 0);
        kw_put_uvarint(w, m->classic_member_metadata != NULL);
        if (m->classic_member_metadata != NULL)
            put_consumer_group_member_metadata_value_classic_member(w, version, m->classic_member_metadata);
        kw_tag_end(w, mark);
    }
}

int kw_consumer_group_member_metadata_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_consumer_group_member_metadata_value *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_member_metadata_value(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_member_metadata_value_encode(struct kw_writer *w, int16_t version,
                                                    const struct kw_consumer_group_member_metadata_value *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_member_metadata_value(w, version, m);
}

static void init_any_consumer_group_member_metadata_value(
    void *m) { kw_consumer_group_member_metadata_value_init(m); }

static int decode_any_consumer_group_member_metadata_value(struct kw_reader *r, int16_t version,
                                                           struct mr_arena *a, void *ret)
{
    return kw_consumer_group_member_metadata_value_decode(r, version, a, ret);
}

static void encode_any_consumer_group_member_metadata_value(struct kw_writer *w, int16_t version,
                                                            const void *m)
{
    kw_consumer_group_member_metadata_value_encode(w, version, m);
}

const struct kw_message kw_consumer_group_member_metadata_value_info = {
    .name = "ConsumerGroupMemberMetadataValue",
    .kind = KW_DATA,
    .key = 5,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_member_metadata_value),
    .init = init_any_consumer_group_member_metadata_value,
    .decode = decode_any_consumer_group_member_metadata_value,
    .encode = encode_any_consumer_group_member_metadata_value,
};

void kw_consumer_group_target_assignment_metadata_key_init(
    struct kw_consumer_group_target_assignment_metadata_key *m)
{
    m->group_id = KW_EMPTY_STRING;
}

static void get_consumer_group_target_assignment_metadata_key(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_metadata_key *m)
{
    (void)a;
    (void)version;
    m->group_id = kw_get_string(r, false, false);
}

static void put_consumer_group_target_assignment_metadata_key(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_metadata_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group_id);
}

int kw_consumer_group_target_assignment_metadata_key_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_metadata_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_target_assignment_metadata_key(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_target_assignment_metadata_key_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_metadata_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_target_assignment_metadata_key(w, version, m);
}

static void init_any_consumer_group_target_assignment_metadata_key(
    void *m) { kw_consumer_group_target_assignment_metadata_key_init(m); }

static int decode_any_consumer_group_target_assignment_metadata_key(struct kw_reader *r, int16_t version,
    struct mr_arena *a, void *ret)
{
    return kw_consumer_group_target_assignment_metadata_key_decode(r, version, a, ret);
}

static void encode_any_consumer_group_target_assignment_metadata_key(struct kw_writer *w, int16_t version,
    const void *m)
{
    kw_consumer_group_target_assignment_metadata_key_encode(w, version, m);
}

const struct kw_message kw_consumer_group_target_assignment_metadata_key_info = {
    .name = "ConsumerGroupTargetAssignmentMetadataKey",
    .kind = KW_DATA,
    .key = 6,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_group_target_assignment_metadata_key),
    .init = init_any_consumer_group_target_assignment_metadata_key,
    .decode = decode_any_consumer_group_target_assignment_metadata_key,
    .encode = encode_any_consumer_group_target_assignment_metadata_key,
};

void kw_consumer_group_target_assignment_metadata_value_init(
    struct kw_consumer_group_target_assignment_metadata_value *m)
{
    m->assignment_epoch = 0;
}

static void get_consumer_group_target_assignment_metadata_value(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_metadata_value *m)
{
    (void)a;
    (void)version;
    m->assignment_epoch = kw_get_int32(r);
    kw_skip_tags(r);
}

static void put_consumer_group_target_assignment_metadata_value(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_metadata_value *m)
{
    (void)version;
    kw_put_int32(w, m->assignment_epoch);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_target_assignment_metadata_value_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_metadata_value *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_target_assignment_metadata_value(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_target_assignment_metadata_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_metadata_value *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_target_assignment_metadata_value(w, version, m);
}

static void init_any_consumer_group_target_assignment_metadata_value(
    void *m) { kw_consumer_group_target_assignment_metadata_value_init(m); }

static int decode_any_consumer_group_target_assignment_metadata_value(struct kw_reader *r, int16_t version,
    struct mr_arena *a, void *ret)
{
    return kw_consumer_group_target_assignment_metadata_value_decode(r, version, a, ret);
}

static void encode_any_consumer_group_target_assignment_metadata_value(struct kw_writer *w, int16_t version,
    const void *m)
{
    kw_consumer_group_target_assignment_metadata_value_encode(w, version, m);
}

const struct kw_message kw_consumer_group_target_assignment_metadata_value_info = {
    .name = "ConsumerGroupTargetAssignmentMetadataValue",
    .kind = KW_DATA,
    .key = 6,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_target_assignment_metadata_value),
    .init = init_any_consumer_group_target_assignment_metadata_value,
    .decode = decode_any_consumer_group_target_assignment_metadata_value,
    .encode = encode_any_consumer_group_target_assignment_metadata_value,
};

void kw_consumer_group_target_assignment_member_key_init(
    struct kw_consumer_group_target_assignment_member_key *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->member_id = KW_EMPTY_STRING;
}

static void get_consumer_group_target_assignment_member_key(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_member_key *m)
{
    (void)a;
    (void)version;
    m->group_id = kw_get_string(r, false, false);
    m->member_id = kw_get_string(r, false, false);
}

static void put_consumer_group_target_assignment_member_key(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_member_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group_id);
    kw_put_string(w, false, false, m->member_id);
}

int kw_consumer_group_target_assignment_member_key_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_member_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_target_assignment_member_key(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_target_assignment_member_key_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_member_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_target_assignment_member_key(w, version, m);
}

static void init_any_consumer_group_target_assignment_member_key(
    void *m) { kw_consumer_group_target_assignment_member_key_init(m); }

static int decode_any_consumer_group_target_assignment_member_key(struct kw_reader *r, int16_t version,
                                                                  struct mr_arena *a, void *ret)
{
    return kw_consumer_group_target_assignment_member_key_decode(r, version, a, ret);
}

static void encode_any_consumer_group_target_assignment_member_key(struct kw_writer *w, int16_t version,
    const void *m)
{
    kw_consumer_group_target_assignment_member_key_encode(w, version, m);
}

const struct kw_message kw_consumer_group_target_assignment_member_key_info = {
    .name = "ConsumerGroupTargetAssignmentMemberKey",
    .kind = KW_DATA,
    .key = 7,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_group_target_assignment_member_key),
    .init = init_any_consumer_group_target_assignment_member_key,
    .decode = decode_any_consumer_group_target_assignment_member_key,
    .encode = encode_any_consumer_group_target_assignment_member_key,
};

void kw_consumer_group_target_assignment_member_value_topic_init(
    struct kw_consumer_group_target_assignment_member_value_topic *m)
{
    m->topic_id = (struct mr_uuid){{0}};
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_consumer_group_target_assignment_member_value_init(
    struct kw_consumer_group_target_assignment_member_value *m)
{
    m->topic_partitions = NULL;
    m->topic_partitions_count = 0;
}

static void get_consumer_group_target_assignment_member_value_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_member_value_topic *m)
{
    (void)version;
    m->topic_id = kw_get_uuid(r);
    m->partitions = kw_get_int32_array(r, a, true, false, &m->partitions_count);
    kw_skip_tags(r);
}

static void get_consumer_group_target_assignment_member_value(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_member_value *m)
{
    m->topic_partitions_count = kw_get_count(r, true, false, 18);
    m->topic_partitions = kw_get_items(r, a, m->topic_partitions_count, sizeof(*m->topic_partitions));
    for (int32_t i = 0; i < m->topic_partitions_count && r->err == 0; i++)
        get_consumer_group_target_assignment_member_value_topic(r, version, a, &m->topic_partitions[i]);
    kw_skip_tags(r);
}

static void put_consumer_group_target_assignment_member_value_topic(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_member_value_topic *m)
{
    (void)version;
    kw_put_uuid(w, m->topic_id);
    kw_put_int32_array(w, true, false, m->partitions, m->partitions_count);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_target_assignment_member_value(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_member_value *m)
{
    kw_put_count(w, true, false, m->topic_partitions_count);
    for (int32_t i = 0; i < m->topic_partitions_count && w->err == 0; i++)
        put_consumer_group_target_assignment_member_value_topic(w, version, &m->topic_partitions[i]);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_target_assignment_member_value_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_member_value *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_target_assignment_member_value(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_target_assignment_member_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_member_value *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_target_assignment_member_value(w, version, m);
}

static void init_any_consumer_group_target_assignment_member_value(
    void *m) { kw_consumer_group_target_assignment_member_value_init(m); }

static int decode_any_consumer_group_target_assignment_member_value(struct kw_reader *r, int16_t version,
    struct mr_arena *a, void *ret)
{
    return kw_consumer_group_target_assignment_member_value_decode(r, version, a, ret);
}

static void encode_any_consumer_group_target_assignment_member_value(struct kw_writer *w, int16_t version,
    const void *m)
{
    kw_consumer_group_target_assignment_member_value_encode(w, version, m);
}

const struct kw_message kw_consumer_group_target_assignment_member_value_info = {
    .name = "ConsumerGroupTargetAssignmentMemberValue",
    .kind = KW_DATA,
    .key = 7,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_target_assignment_member_value),
    .init = init_any_consumer_group_target_assignment_member_value,
    .decode = decode_any_consumer_group_target_assignment_member_value,
    .encode = encode_any_consumer_group_target_assignment_member_value,
};

void kw_consumer_group_current_member_assignment_key_init(
    struct kw_consumer_group_current_member_assignment_key *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->member_id = KW_EMPTY_STRING;
}

static void get_consumer_group_current_member_assignment_key(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_current_member_assignment_key *m)
{
    (void)a;
    (void)version;
    m->group_id = kw_get_string(r, false, false);
    m->member_id = kw_get_string(r, false, false);
}

static void put_consumer_group_current_member_assignment_key(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_current_member_assignment_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group_id);
    kw_put_string(w, false, false, m->member_id);
}

int kw_consumer_group_current_member_assignment_key_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_current_member_assignment_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_current_member_assignment_key(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_current_member_assignment_key_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_current_member_assignment_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_current_member_assignment_key(w, version, m);
}

static void init_any_consumer_group_current_member_assignment_key(
    void *m) { kw_consumer_group_current_member_assignment_key_init(m); }

static int decode_any_consumer_group_current_member_assignment_key(struct kw_reader *r, int16_t version,
    struct mr_arena *a, void *ret)
{
    return kw_consumer_group_current_member_assignment_key_decode(r, version, a, ret);
}

static void encode_any_consumer_group_current_member_assignment_key(struct kw_writer *w, int16_t version,
    const void *m)
{
    kw_consumer_group_current_member_assignment_key_encode(w, version, m);
}

const struct kw_message kw_consumer_group_current_member_assignment_key_info = {
    .name = "ConsumerGroupCurrentMemberAssignmentKey",
    .kind = KW_DATA,
    .key = 8,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_group_current_member_assignment_key),
    .init = init_any_consumer_group_current_member_assignment_key,
    .decode = decode_any_consumer_group_current_member_assignment_key,
    .encode = encode_any_consumer_group_current_member_assignment_key,
};

void kw_consumer_group_current_member_assignment_value_topic_init(
    struct kw_consumer_group_current_member_assignment_value_topic *m)
{
    m->topic_id = (struct mr_uuid){{0}};
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_consumer_group_current_member_assignment_value_init(
    struct kw_consumer_group_current_member_assignment_value *m)
{
    m->member_epoch = 0;
    m->previous_member_epoch = 0;
    m->state = 0;
    m->assigned_partitions = NULL;
    m->assigned_partitions_count = 0;
    m->partitions_pending_revocation = NULL;
    m->partitions_pending_revocation_count = 0;
}

static void get_consumer_group_current_member_assignment_value_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_current_member_assignment_value_topic *m)
{
    (void)version;
    m->topic_id = kw_get_uuid(r);
    m->partitions = kw_get_int32_array(r, a, true, false, &m->partitions_count);
    kw_skip_tags(r);
}

static void get_consumer_group_current_member_assignment_value(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_current_member_assignment_value *m)
{
    m->member_epoch = kw_get_int32(r);
    m->previous_member_epoch = kw_get_int32(r);
    m->state = kw_get_int8(r);
    m->assigned_partitions_count = kw_get_count(r, true, false, 18);
    m->assigned_partitions = kw_get_items(r, a, m->assigned_partitions_count,
                                          sizeof(*m->assigned_partitions));
    for (int32_t i = 0; i < m->assigned_partitions_count && r->err == 0; i++)
        get_consumer_group_current_member_assignment_value_topic(r, version, a, &m->assigned_partitions[i]);
    m->partitions_pending_revocation_count = kw_get_count(r, true, false, 18);
    m->partitions_pending_revocation = kw_get_items(r, a, m->partitions_pending_revocation_count,
                                                    sizeof(*m->partitions_pending_revocation));
    for (int32_t i = 0; i < m->partitions_pending_revocation_count && r->err == 0; i++)
        get_consumer_group_current_member_assignment_value_topic(r, version, a,
                                                                 &m->partitions_pending_revocation[i]);
    kw_skip_tags(r);
}

static void put_consumer_group_current_member_assignment_value_topic(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_current_member_assignment_value_topic *m)
{
    (void)version;
    kw_put_uuid(w, m->topic_id);
    kw_put_int32_array(w, true, false, m->partitions, m->partitions_count);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_current_member_assignment_value(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_current_member_assignment_value *m)
{
    kw_put_int32(w, m->member_epoch);
    kw_put_int32(w, m->previous_member_epoch);
    kw_put_int8(w, m->state);
    kw_put_count(w, true, false, m->assigned_partitions_count);
    for (int32_t i = 0; i < m->assigned_partitions_count && w->err == 0; i++)
        put_consumer_group_current_member_assignment_value_topic(w, version, &m->assigned_partitions[i]);
    kw_put_count(w, true, false, m->partitions_pending_revocation_count);
    for (int32_t i = 0; i < m->partitions_pending_revocation_count && w->err == 0; i++)
        put_consumer_group_current_member_assignment_value_topic(w, version,
                                                                 &m->partitions_pending_revocation[i]);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_current_member_assignment_value_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_current_member_assignment_value *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_current_member_assignment_value(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_current_member_assignment_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_current_member_assignment_value *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_current_member_assignment_value(w, version, m);
}

static void init_any_consumer_group_current_member_assignment_value(
    void *m) { kw_consumer_group_current_member_assignment_value_init(m); }

static int decode_any_consumer_group_current_member_assignment_value(struct kw_reader *r, int16_t version,
    struct mr_arena *a, void *ret)
{
    return kw_consumer_group_current_member_assignment_value_decode(r, version, a, ret);
}

static void encode_any_consumer_group_current_member_assignment_value(struct kw_writer *w, int16_t version,
    const void *m)
{
    kw_consumer_group_current_member_assignment_value_encode(w, version, m);
}

const struct kw_message kw_consumer_group_current_member_assignment_value_info = {
    .name = "ConsumerGroupCurrentMemberAssignmentValue",
    .kind = KW_DATA,
    .key = 8,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_current_member_assignment_value),
    .init = init_any_consumer_group_current_member_assignment_value,
    .decode = decode_any_consumer_group_current_member_assignment_value,
    .encode = encode_any_consumer_group_current_member_assignment_value,
};

void kw_consumer_group_regular_expression_key_init(struct kw_consumer_group_regular_expression_key *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->regular_expression = KW_EMPTY_STRING;
}

static void get_consumer_group_regular_expression_key(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_consumer_group_regular_expression_key *m)
{
    (void)a;
    (void)version;
    m->group_id = kw_get_string(r, false, false);
    m->regular_expression = kw_get_string(r, false, false);
}

static void put_consumer_group_regular_expression_key(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_regular_expression_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group_id);
    kw_put_string(w, false, false, m->regular_expression);
}

int kw_consumer_group_regular_expression_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_consumer_group_regular_expression_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_regular_expression_key(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_regular_expression_key_encode(struct kw_writer *w, int16_t version,
                                                     const struct kw_consumer_group_regular_expression_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_regular_expression_key(w, version, m);
}

static void init_any_consumer_group_regular_expression_key(
    void *m) { kw_consumer_group_regular_expression_key_init(m); }

static int decode_any_consumer_group_regular_expression_key(struct kw_reader *r, int16_t version,
                                                            struct mr_arena *a, void *ret)
{
    return kw_consumer_group_regular_expression_key_decode(r, version, a, ret);
}

static void encode_any_consumer_group_regular_expression_key(struct kw_writer *w, int16_t version,
                                                             const void *m)
{
    kw_consumer_group_regular_expression_key_encode(w, version, m);
}

const struct kw_message kw_consumer_group_regular_expression_key_info = {
    .name = "ConsumerGroupRegularExpressionKey",
    .kind = KW_DATA,
    .key = 16,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_group_regular_expression_key),
    .init = init_any_consumer_group_regular_expression_key,
    .decode = decode_any_consumer_group_regular_expression_key,
    .encode = encode_any_consumer_group_regular_expression_key,
};

void kw_consumer_group_regular_expression_value_init(struct kw_consumer_group_regular_expression_value *m)
{
    m->topics = NULL;
    m->topics_count = 0;
    m->version = 0;
    m->timestamp = 0;
}

static void get_consumer_group_regular_expression_value(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_consumer_group_regular_expression_value *m)
{
    (void)version;
    m->topics = kw_get_string_array(r, a, true, false, &m->topics_count);
    m->version = kw_get_int64(r);
    m->timestamp = kw_get_int64(r);
    kw_skip_tags(r);
}

static void put_consumer_group_regular_expression_value(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_regular_expression_value *m)
{
    (void)version;
    kw_put_string_array(w, true, false, m->topics, m->topics_count);
    kw_put_int64(w, m->version);
    kw_put_int64(w, m->timestamp);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_regular_expression_value_decode(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_consumer_group_regular_expression_value *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_consumer_group_regular_expression_value(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_regular_expression_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_regular_expression_value *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_regular_expression_value(w, version, m);
}

static void init_any_consumer_group_regular_expression_value(
    void *m) { kw_consumer_group_regular_expression_value_init(m); }

static int decode_any_consumer_group_regular_expression_value(struct kw_reader *r, int16_t version,
                                                              struct mr_arena *a, void *ret)
{
    return kw_consumer_group_regular_expression_value_decode(r, version, a, ret);
}

static void encode_any_consumer_group_regular_expression_value(struct kw_writer *w, int16_t version,
                                                               const void *m)
{
    kw_consumer_group_regular_expression_value_encode(w, version, m);
}

const struct kw_message kw_consumer_group_regular_expression_value_info = {
    .name = "ConsumerGroupRegularExpressionValue",
    .kind = KW_DATA,
    .key = 16,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_regular_expression_value),
    .init = init_any_consumer_group_regular_expression_value,
    .decode = decode_any_consumer_group_regular_expression_value,
    .encode = encode_any_consumer_group_regular_expression_value,
};
