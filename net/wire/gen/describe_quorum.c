/* Written by net/wire/schema/gen.py from describe_quorum.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/describe_quorum.h"

void kw_describe_quorum_request_partition_init(struct kw_describe_quorum_request_partition *m)
{
    m->partition_index = 0;
}

void kw_describe_quorum_request_topic_init(struct kw_describe_quorum_request_topic *m)
{
    m->topic_name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_describe_quorum_request_init(struct kw_describe_quorum_request *m)
{
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_describe_quorum_request_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_describe_quorum_request_partition *m)
{
    (void)a;
    (void)version;
    m->partition_index = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_describe_quorum_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_describe_quorum_request_topic *m)
{
    m->topic_name = kw_get_string(r, true, false);
    m->partitions_count = kw_get_count(r, true, false, 5);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_describe_quorum_request_partition(r, version, a, &m->partitions[i]);
    kw_skip_tags(r);
}

static void get_describe_quorum_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_describe_quorum_request *m)
{
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_describe_quorum_request_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void put_describe_quorum_request_partition(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_quorum_request_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
    kw_put_uvarint(w, 0);
}

static void put_describe_quorum_request_topic(struct kw_writer *w, int16_t version,
                                              const struct kw_describe_quorum_request_topic *m)
{
    kw_put_string(w, true, false, m->topic_name);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_describe_quorum_request_partition(w, version, &m->partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_describe_quorum_request(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_quorum_request *m)
{
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_describe_quorum_request_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

int kw_describe_quorum_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_describe_quorum_request *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_describe_quorum_request(r, version, a, ret);
    return r->err;
}

void kw_describe_quorum_request_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_describe_quorum_request *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_quorum_request(w, version, m);
}

static void init_any_describe_quorum_request(void *m) { kw_describe_quorum_request_init(m); }

static int decode_any_describe_quorum_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_describe_quorum_request_decode(r, version, a, ret);
}

static void encode_any_describe_quorum_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_quorum_request_encode(w, version, m);
}

const struct kw_message kw_describe_quorum_request_info = {
    .name = "DescribeQuorumRequest",
    .kind = KW_REQUEST,
    .key = 55,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_quorum_request),
    .init = init_any_describe_quorum_request,
    .decode = decode_any_describe_quorum_request,
    .encode = encode_any_describe_quorum_request,
};

void kw_describe_quorum_response_listener_init(struct kw_describe_quorum_response_listener *m)
{
    m->name = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
}

void kw_describe_quorum_response_node_init(struct kw_describe_quorum_response_node *m)
{
    m->node_id = 0;
    m->listeners = NULL;
    m->listeners_count = 0;
}

void kw_describe_quorum_response_replica_init(struct kw_describe_quorum_response_replica *m)
{
    m->replica_id = 0;
    m->replica_directory_id = (struct mr_uuid){{0}};
    m->log_end_offset = 0;
    m->last_fetch_timestamp = -1;
    m->last_caught_up_timestamp = -1;
}

void kw_describe_quorum_response_partition_init(struct kw_describe_quorum_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->leader_id = 0;
    m->leader_epoch = 0;
    m->high_watermark = 0;
    m->current_voters = NULL;
    m->current_voters_count = 0;
    m->observers = NULL;
    m->observers_count = 0;
}

void kw_describe_quorum_response_topic_init(struct kw_describe_quorum_response_topic *m)
{
    m->topic_name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_describe_quorum_response_init(struct kw_describe_quorum_response *m)
{
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->topics = NULL;
    m->topics_count = 0;
    m->nodes = NULL;
    m->nodes_count = 0;
}

static void get_describe_quorum_response_listener(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_describe_quorum_response_listener *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_uint16(r);
    kw_skip_tags(r);
}

static void get_describe_quorum_response_node(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_describe_quorum_response_node *m)
{
    m->node_id = kw_get_int32(r);
    m->listeners_count = kw_get_count(r, true, false, 5);
    m->listeners = kw_get_items(r, a, m->listeners_count, sizeof(*m->listeners));
    for (int32_t i = 0; i < m->listeners_count && r->err == 0; i++)
        get_describe_quorum_response_listener(r, version, a, &m->listeners[i]);
    kw_skip_tags(r);
}

static void get_describe_quorum_response_replica(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_quorum_response_replica *m)
{
    (void)a;
    m->replica_id = kw_get_int32(r);
    m->replica_directory_id = version >= 2 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->log_end_offset = kw_get_int64(r);
    m->last_fetch_timestamp = version >= 1 ? kw_get_int64(r) : -1;
    m->last_caught_up_timestamp = version >= 1 ? kw_get_int64(r) : -1;
    kw_skip_tags(r);
}

static void get_describe_quorum_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_describe_quorum_response_partition *m)
{
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = version >= 2 ? kw_get_string(r, true, true) : KW_EMPTY_STRING;
    m->leader_id = kw_get_int32(r);
    m->leader_epoch = kw_get_int32(r);
    m->high_watermark = kw_get_int64(r);
    m->current_voters_count = kw_get_count(r, true, false, 13);
    m->current_voters = kw_get_items(r, a, m->current_voters_count, sizeof(*m->current_voters));
    for (int32_t i = 0; i < m->current_voters_count && r->err == 0; i++)
        get_describe_quorum_response_replica(r, version, a, &m->current_voters[i]);
    m->observers_count = kw_get_count(r, true, false, 13);
    m->observers = kw_get_items(r, a, m->observers_count, sizeof(*m->observers));
    for (int32_t i = 0; i < m->observers_count && r->err == 0; i++)
        get_describe_quorum_response_replica(r, version, a, &m->observers[i]);
    kw_skip_tags(r);
}

static void get_describe_quorum_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_describe_quorum_response_topic *m)
{
    m->topic_name = kw_get_string(r, true, false);
    m->partitions_count = kw_get_count(r, true, false, 25);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_describe_quorum_response_partition(r, version, a, &m->partitions[i]);
    kw_skip_tags(r);
}

static void get_describe_quorum_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_describe_quorum_response *m)
{
    m->error_code = kw_get_int16(r);
    m->error_message = version >= 2 ? kw_get_string(r, true, true) : KW_EMPTY_STRING;
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_describe_quorum_response_topic(r, version, a, &m->topics[i]);
    if (version >= 2) {
        m->nodes_count = kw_get_count(r, true, false, 6);
        m->nodes = kw_get_items(r, a, m->nodes_count, sizeof(*m->nodes));
        for (int32_t i = 0; i < m->nodes_count && r->err == 0; i++)
            get_describe_quorum_response_node(r, version, a, &m->nodes[i]);
    } else {
        m->nodes = NULL;
        m->nodes_count = 0;
    }
    kw_skip_tags(r);
}

static void put_describe_quorum_response_listener(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_quorum_response_listener *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_string(w, true, false, m->host);
    kw_put_uint16(w, m->port);
    kw_put_uvarint(w, 0);
}

static void put_describe_quorum_response_node(struct kw_writer *w, int16_t version,
                                              const struct kw_describe_quorum_response_node *m)
{
    kw_put_int32(w, m->node_id);
    kw_put_count(w, true, false, m->listeners_count);
    for (int32_t i = 0; i < m->listeners_count && w->err == 0; i++)
        put_describe_quorum_response_listener(w, version, &m->listeners[i]);
    kw_put_uvarint(w, 0);
}

static void put_describe_quorum_response_replica(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_quorum_response_replica *m)
{
    kw_put_int32(w, m->replica_id);
    if (version >= 2)
        kw_put_uuid(w, m->replica_directory_id);
    kw_put_int64(w, m->log_end_offset);
    if (version >= 1)
        kw_put_int64(w, m->last_fetch_timestamp);
    if (version >= 1)
        kw_put_int64(w, m->last_caught_up_timestamp);
    kw_put_uvarint(w, 0);
}

static void put_describe_quorum_response_partition(struct kw_writer *w, int16_t version,
                                                   const struct kw_describe_quorum_response_partition *m)
{
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
    if (version >= 2)
        kw_put_string(w, true, true, m->error_message);
    kw_put_int32(w, m->leader_id);
    kw_put_int32(w, m->leader_epoch);
    kw_put_int64(w, m->high_watermark);
    kw_put_count(w, true, false, m->current_voters_count);
    for (int32_t i = 0; i < m->current_voters_count && w->err == 0; i++)
        put_describe_quorum_response_replica(w, version, &m->current_voters[i]);
    kw_put_count(w, true, false, m->observers_count);
    for (int32_t i = 0; i < m->observers_count && w->err == 0; i++)
        put_describe_quorum_response_replica(w, version, &m->observers[i]);
    kw_put_uvarint(w, 0);
}

static void put_describe_quorum_response_topic(struct kw_writer *w, int16_t version,
                                               const struct kw_describe_quorum_response_topic *m)
{
    kw_put_string(w, true, false, m->topic_name);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_describe_quorum_response_partition(w, version, &m->partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_describe_quorum_response(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_quorum_response *m)
{
    kw_put_int16(w, m->error_code);
    if (version >= 2)
        kw_put_string(w, true, true, m->error_message);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_describe_quorum_response_topic(w, version, &m->topics[i]);
    if (version >= 2) {
        kw_put_count(w, true, false, m->nodes_count);
        for (int32_t i = 0; i < m->nodes_count && w->err == 0; i++)
            put_describe_quorum_response_node(w, version, &m->nodes[i]);
    }
    kw_put_uvarint(w, 0);
}

int kw_describe_quorum_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_quorum_response *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_describe_quorum_response(r, version, a, ret);
    return r->err;
}

void kw_describe_quorum_response_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_quorum_response *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_quorum_response(w, version, m);
}

static void init_any_describe_quorum_response(void *m) { kw_describe_quorum_response_init(m); }

static int decode_any_describe_quorum_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_describe_quorum_response_decode(r, version, a, ret);
}

static void encode_any_describe_quorum_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_quorum_response_encode(w, version, m);
}

const struct kw_message kw_describe_quorum_response_info = {
    .name = "DescribeQuorumResponse",
    .kind = KW_RESPONSE,
    .key = 55,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_quorum_response),
    .init = init_any_describe_quorum_response,
    .decode = decode_any_describe_quorum_response,
    .encode = encode_any_describe_quorum_response,
};
