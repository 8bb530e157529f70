/* Written by net/wire/schema/gen.py from describe_topic_partitions.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/describe_topic_partitions.h"

void kw_describe_topic_partitions_request_cursor_init(struct kw_describe_topic_partitions_request_cursor *m)
{
    m->topic_name = KW_EMPTY_STRING;
    m->partition_index = 0;
}

void kw_describe_topic_partitions_request_topic_init(struct kw_describe_topic_partitions_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
}

void kw_describe_topic_partitions_request_init(struct kw_describe_topic_partitions_request *m)
{
    m->topics = NULL;
    m->topics_count = 0;
    m->response_partition_limit = 2000;
    m->cursor = NULL;
}

static void get_describe_topic_partitions_request_cursor(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_topic_partitions_request_cursor *m)
{
    (void)a;
    (void)version;
    m->topic_name = kw_get_string(r, true, false);
    m->partition_index = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_describe_topic_partitions_request_topic(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_describe_topic_partitions_request_topic *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    kw_skip_tags(r);
}

static void get_describe_topic_partitions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_describe_topic_partitions_request *m)
{
    m->topics_count = kw_get_count(r, true, false, 2);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_describe_topic_partitions_request_topic(r, version, a, &m->topics[i]);
    m->response_partition_limit = kw_get_int32(r);
    m->cursor = NULL;
    if (kw_get_int8(r) >= 0) {
        m->cursor = kw_get_items(r, a, 1, sizeof(*m->cursor));
        if (m->cursor != NULL)
            get_describe_topic_partitions_request_cursor(r, version, a, m->cursor);
    }
    kw_skip_tags(r);
}

static void put_describe_topic_partitions_request_cursor(struct kw_writer *w, int16_t version,
    const struct kw_describe_topic_partitions_request_cursor *m)
{
    (void)version;
    kw_put_string(w, true, false, m->topic_name);
    kw_put_int32(w, m->partition_index);
    kw_put_uvarint(w, 0);
}

static void put_describe_topic_partitions_request_topic(struct kw_writer *w, int16_t version,
    const struct kw_describe_topic_partitions_request_topic *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_uvarint(w, 0);
}

static void put_describe_topic_partitions_request(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_topic_partitions_request *m)
{
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_describe_topic_partitions_request_topic(w, version, &m->topics[i]);
    kw_put_int32(w, m->response_partition_limit);
    kw_put_int8(w, m->cursor != NULL ? 1 : -1);
    if (m->cursor != NULL)
        put_describe_topic_partitions_request_cursor(w, version, m->cursor);
    kw_put_uvarint(w, 0);
}

int kw_describe_topic_partitions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_describe_topic_partitions_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_describe_topic_partitions_request(r, version, a, ret);
    return r->err;
}

void kw_describe_topic_partitions_request_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_topic_partitions_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_topic_partitions_request(w, version, m);
}

static void init_any_describe_topic_partitions_request(
    void *m) { kw_describe_topic_partitions_request_init(m); }

static int decode_any_describe_topic_partitions_request(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a, void *ret)
{
    return kw_describe_topic_partitions_request_decode(r, version, a, ret);
}

static void encode_any_describe_topic_partitions_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_topic_partitions_request_encode(w, version, m);
}

const struct kw_message kw_describe_topic_partitions_request_info = {
    .name = "DescribeTopicPartitionsRequest",
    .kind = KW_REQUEST,
    .key = 75,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_topic_partitions_request),
    .init = init_any_describe_topic_partitions_request,
    .decode = decode_any_describe_topic_partitions_request,
    .encode = encode_any_describe_topic_partitions_request,
};

void kw_describe_topic_partitions_response_next_cursor_init(
    struct kw_describe_topic_partitions_response_next_cursor *m)
{
    m->topic_name = KW_EMPTY_STRING;
    m->partition_index = 0;
}

void kw_describe_topic_partitions_response_partition_init(
    struct kw_describe_topic_partitions_response_partition *m)
{
    m->error_code = 0;
    m->partition_index = 0;
    m->leader_id = 0;
    m->leader_epoch = -1;
    m->replica_nodes = NULL;
    m->replica_nodes_count = 0;
    m->isr_nodes = NULL;
    m->isr_nodes_count = 0;
    m->eligible_leader_replicas = NULL;
    m->eligible_leader_replicas_count = -1;
    m->last_known_elr = NULL;
    m->last_known_elr_count = -1;
    m->offline_replicas = NULL;
    m->offline_replicas_count = 0;
}

void kw_describe_topic_partitions_response_topic_init(struct kw_describe_topic_partitions_response_topic *m)
{
    m->error_code = 0;
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->is_internal = false;
    m->partitions = NULL;
    m->partitions_count = 0;
    m->topic_authorized_operations = INT32_MIN;
}

void kw_describe_topic_partitions_response_init(struct kw_describe_topic_partitions_response *m)
{
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
    m->next_cursor = NULL;
}

static void get_describe_topic_partitions_response_next_cursor(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_topic_partitions_response_next_cursor *m)
{
    (void)a;
    (void)version;
    m->topic_name = kw_get_string(r, true, false);
    m->partition_index = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_describe_topic_partitions_response_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_topic_partitions_response_partition *m)
{
    (void)version;
    m->error_code = kw_get_int16(r);
    m->partition_index = kw_get_int32(r);
    m->leader_id = kw_get_int32(r);
    m->leader_epoch = kw_get_int32(r);
    m->replica_nodes = kw_get_int32_array(r, a, true, false, &m->replica_nodes_count);
    m->isr_nodes = kw_get_int32_array(r, a, true, false, &m->isr_nodes_count);
    m->eligible_leader_replicas = kw_get_int32_array(r, a, true, true, &m->eligible_leader_replicas_count);
    m->last_known_elr = kw_get_int32_array(r, a, true, true, &m->last_known_elr_count);
    m->offline_replicas = kw_get_int32_array(r, a, true, false, &m->offline_replicas_count);
    kw_skip_tags(r);
}

static void get_describe_topic_partitions_response_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_topic_partitions_response_topic *m)
{
    m->error_code = kw_get_int16(r);
    m->name = kw_get_string(r, true, true);
    m->topic_id = kw_get_uuid(r);
    m->is_internal = kw_get_bool(r);
    m->partitions_count = kw_get_count(r, true, false, 20);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_describe_topic_partitions_response_partition(r, version, a, &m->partitions[i]);
    m->topic_authorized_operations = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_describe_topic_partitions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_describe_topic_partitions_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->topics_count = kw_get_count(r, true, false, 26);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_describe_topic_partitions_response_topic(r, version, a, &m->topics[i]);
    m->next_cursor = NULL;
    if (kw_get_int8(r) >= 0) {
        m->next_cursor = kw_get_items(r, a, 1, sizeof(*m->next_cursor));
        if (m->next_cursor != NULL)
            get_describe_topic_partitions_response_next_cursor(r, version, a, m->next_cursor);
    }
    kw_skip_tags(r);
}

static void put_describe_topic_partitions_response_next_cursor(struct kw_writer *w, int16_t version,
    const struct kw_describe_topic_partitions_response_next_cursor *m)
{
    (void)version;
    kw_put_string(w, true, false, m->topic_name);
    kw_put_int32(w, m->partition_index);
    kw_put_uvarint(w, 0);
}

static void put_describe_topic_partitions_response_partition(struct kw_writer *w, int16_t version,
    const struct kw_describe_topic_partitions_response_partition *m)
{
    (void)version;
    kw_put_int16(w, m->error_code);
    kw_put_int32(w, m->partition_index);
    kw_put_int32(w, m->leader_id);
    kw_put_int32(w, m->leader_epoch);
    kw_put_int32_array(w, true, false, m->replica_nodes, m->replica_nodes_count);
    kw_put_int32_array(w, true, false, m->isr_nodes, m->isr_nodes_count);
    kw_put_int32_array(w, true, true, m->eligible_leader_replicas, m->eligible_leader_replicas_count);
    kw_put_int32_array(w, true, true, m->last_known_elr, m->last_known_elr_count);
    kw_put_int32_array(w, true, false, m->offline_replicas, m->offline_replicas_count);
    kw_put_uvarint(w, 0);
}

static void put_describe_topic_partitions_response_topic(struct kw_writer *w, int16_t version,
    const struct kw_describe_topic_partitions_response_topic *m)
{
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->name);
    kw_put_uuid(w, m->topic_id);
    kw_put_bool(w, m->is_internal);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_describe_topic_partitions_response_partition(w, version, &m->partitions[i]);
    kw_put_int32(w, m->topic_authorized_operations);
    kw_put_uvarint(w, 0);
}

static void put_describe_topic_partitions_response(struct kw_writer *w, int16_t version,
                                                   const struct kw_describe_topic_partitions_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_describe_topic_partitions_response_topic(w, version, &m->topics[i]);
    kw_put_int8(w, m->next_cursor != NULL ? 1 : -1);
    if (m->next_cursor != NULL)
        put_describe_topic_partitions_response_next_cursor(w, version, m->next_cursor);
    kw_put_uvarint(w, 0);
}

int kw_describe_topic_partitions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_topic_partitions_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_describe_topic_partitions_response(r, version, a, ret);
    return r->err;
}

void kw_describe_topic_partitions_response_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_topic_partitions_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_topic_partitions_response(w, version, m);
}

static void init_any_describe_topic_partitions_response(
    void *m) { kw_describe_topic_partitions_response_init(m); }

static int decode_any_describe_topic_partitions_response(struct kw_reader *r, int16_t version,
                                                         struct mr_arena *a, void *ret)
{
    return kw_describe_topic_partitions_response_decode(r, version, a, ret);
}

static void encode_any_describe_topic_partitions_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_topic_partitions_response_encode(w, version, m);
}

const struct kw_message kw_describe_topic_partitions_response_info = {
    .name = "DescribeTopicPartitionsResponse",
    .kind = KW_RESPONSE,
    .key = 75,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_topic_partitions_response),
    .init = init_any_describe_topic_partitions_response,
    .decode = decode_any_describe_topic_partitions_response,
    .encode = encode_any_describe_topic_partitions_response,
};
