/* Written by net/wire/schema/gen.py from metadata.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/metadata.h"

void kw_metadata_request_topic_init(struct kw_metadata_request_topic *m)
{
    m->topic_id = (struct mr_uuid){{0}};
    m->name = KW_EMPTY_STRING;
}

void kw_metadata_request_init(struct kw_metadata_request *m)
{
    m->topics = NULL;
    m->topics_count = 0;
    m->allow_auto_topic_creation = true;
    m->include_cluster_authorized_operations = false;
    m->include_topic_authorized_operations = false;
}

static void get_metadata_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_metadata_request_topic *m)
{
    const bool flex = version >= 9;
    (void)a;
    m->topic_id = version >= 10 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->name = kw_get_string(r, flex, version >= 10);
    if (flex)
        kw_skip_tags(r);
}

static void get_metadata_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_metadata_request *m)
{
    const bool flex = version >= 9;
    m->topics_count = kw_get_count(r, flex, version >= 1, 2);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_metadata_request_topic(r, version, a, &m->topics[i]);
    m->allow_auto_topic_creation = version >= 4 ? kw_get_bool(r) : true;
    m->include_cluster_authorized_operations = version >= 8 && version <= 10 ? kw_get_bool(r) : false;
    m->include_topic_authorized_operations = version >= 8 ? kw_get_bool(r) : false;
    if (flex)
        kw_skip_tags(r);
}

static void put_metadata_request_topic(struct kw_writer *w, int16_t version,
                                       const struct kw_metadata_request_topic *m)
{
    const bool flex = version >= 9;
    if (version >= 10)
        kw_put_uuid(w, m->topic_id);
    kw_put_string(w, flex, version >= 10, m->name);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_metadata_request(struct kw_writer *w, int16_t version, const struct kw_metadata_request *m)
{
    const bool flex = version >= 9;
    kw_put_count(w, flex, version >= 1, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_metadata_request_topic(w, version, &m->topics[i]);
    if (version >= 4)
        kw_put_bool(w, m->allow_auto_topic_creation);
    if (version >= 8 && version <= 10)
        kw_put_bool(w, m->include_cluster_authorized_operations);
    if (version >= 8)
        kw_put_bool(w, m->include_topic_authorized_operations);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_metadata_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_metadata_request *ret)
{
    if (version < 0 || version > 13)
        return -MR_E_VERSION;
    get_metadata_request(r, version, a, ret);
    return r->err;
}

void kw_metadata_request_encode(struct kw_writer *w, int16_t version, const struct kw_metadata_request *m)
{
    if (version < 0 || version > 13)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_metadata_request(w, version, m);
}

static void init_any_metadata_request(void *m) { kw_metadata_request_init(m); }

static int decode_any_metadata_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_metadata_request_decode(r, version, a, ret);
}

static void encode_any_metadata_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_metadata_request_encode(w, version, m);
}

const struct kw_message kw_metadata_request_info = {
    .name = "MetadataRequest",
    .kind = KW_REQUEST,
    .key = 3,
    .v_min = 0,
    .v_max = 13,
    .v_stable = 13,
    .flexible_from = 9,
    .size = sizeof(struct kw_metadata_request),
    .init = init_any_metadata_request,
    .decode = decode_any_metadata_request,
    .encode = encode_any_metadata_request,
};

void kw_metadata_response_partition_init(struct kw_metadata_response_partition *m)
{
    m->error_code = 0;
    m->partition_index = 0;
    m->leader_id = 0;
    m->leader_epoch = -1;
    m->replica_nodes = NULL;
    m->replica_nodes_count = 0;
    m->isr_nodes = NULL;
    m->isr_nodes_count = 0;
    m->offline_replicas = NULL;
    m->offline_replicas_count = 0;
}

void kw_metadata_response_topic_init(struct kw_metadata_response_topic *m)
{
    m->error_code = 0;
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->is_internal = false;
    m->partitions = NULL;
    m->partitions_count = 0;
    m->topic_authorized_operations = INT32_MIN;
}

void kw_metadata_response_broker_init(struct kw_metadata_response_broker *m)
{
    m->node_id = 0;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
    m->rack = (struct mr_str){NULL, 0};
}

void kw_metadata_response_init(struct kw_metadata_response *m)
{
    m->throttle_time_ms = 0;
    m->brokers = NULL;
    m->brokers_count = 0;
    m->cluster_id = (struct mr_str){NULL, 0};
    m->controller_id = -1;
    m->topics = NULL;
    m->topics_count = 0;
    m->cluster_authorized_operations = INT32_MIN;
    m->error_code = 0;
}

static void get_metadata_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_metadata_response_partition *m)
{
    const bool flex = version >= 9;
    m->error_code = kw_get_int16(r);
    m->partition_index = kw_get_int32(r);
    m->leader_id = kw_get_int32(r);
    m->leader_epoch = version >= 7 ? kw_get_int32(r) : -1;
    m->replica_nodes = kw_get_int32_array(r, a, flex, false, &m->replica_nodes_count);
    m->isr_nodes = kw_get_int32_array(r, a, flex, false, &m->isr_nodes_count);
    if (version >= 5) {
        m->offline_replicas = kw_get_int32_array(r, a, flex, false, &m->offline_replicas_count);
    } else {
        m->offline_replicas = NULL;
        m->offline_replicas_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void get_metadata_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_metadata_response_topic *m)
{
    const bool flex = version >= 9;
    m->error_code = kw_get_int16(r);
    m->name = kw_get_string(r, flex, version >= 12);
    m->topic_id = version >= 10 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->is_internal = version >= 1 ? kw_get_bool(r) : false;
    m->partitions_count = kw_get_count(r, flex, false, 18);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_metadata_response_partition(r, version, a, &m->partitions[i]);
    m->topic_authorized_operations = version >= 8 ? kw_get_int32(r) : INT32_MIN;
    if (flex)
        kw_skip_tags(r);
}

static void get_metadata_response_broker(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_metadata_response_broker *m)
{
    const bool flex = version >= 9;
    (void)a;
    m->node_id = kw_get_int32(r);
    m->host = kw_get_string(r, flex, false);
    m->port = kw_get_int32(r);
    m->rack = version >= 1 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    if (flex)
        kw_skip_tags(r);
}

static void get_metadata_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_metadata_response *m)
{
    const bool flex = version >= 9;
    m->throttle_time_ms = version >= 3 ? kw_get_int32(r) : 0;
    m->brokers_count = kw_get_count(r, flex, false, 10);
    m->brokers = kw_get_items(r, a, m->brokers_count, sizeof(*m->brokers));
    for (int32_t i = 0; i < m->brokers_count && r->err == 0; i++)
        get_metadata_response_broker(r, version, a, &m->brokers[i]);
    m->cluster_id = version >= 2 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->controller_id = version >= 1 ? kw_get_int32(r) : -1;
    m->topics_count = kw_get_count(r, flex, false, 8);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_metadata_response_topic(r, version, a, &m->topics[i]);
    m->cluster_authorized_operations = version >= 8 && version <= 10 ? kw_get_int32(r) : INT32_MIN;
    m->error_code = version >= 13 ? kw_get_int16(r) : 0;
    if (flex)
        kw_skip_tags(r);
}

static void put_metadata_response_partition(struct kw_writer *w, int16_t version,
                                            const struct kw_metadata_response_partition *m)
{
    const bool flex = version >= 9;
    kw_put_int16(w, m->error_code);
    kw_put_int32(w, m->partition_index);
    kw_put_int32(w, m->leader_id);
    if (version >= 7)
        kw_put_int32(w, m->leader_epoch);
    kw_put_int32_array(w, flex, false, m->replica_nodes, m->replica_nodes_count);
    kw_put_int32_array(w, flex, false, m->isr_nodes, m->isr_nodes_count);
    if (version >= 5)
        kw_put_int32_array(w, flex, false, m->offline_replicas, m->offline_replicas_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_metadata_response_topic(struct kw_writer *w, int16_t version,
                                        const struct kw_metadata_response_topic *m)
{
    const bool flex = version >= 9;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, version >= 12, m->name);
    if (version >= 10)
        kw_put_uuid(w, m->topic_id);
    if (version >= 1)
        kw_put_bool(w, m->is_internal);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_metadata_response_partition(w, version, &m->partitions[i]);
    if (version >= 8)
        kw_put_int32(w, m->topic_authorized_operations);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_metadata_response_broker(struct kw_writer *w, int16_t version,
                                         const struct kw_metadata_response_broker *m)
{
    const bool flex = version >= 9;
    kw_put_int32(w, m->node_id);
    kw_put_string(w, flex, false, m->host);
    kw_put_int32(w, m->port);
    if (version >= 1)
        kw_put_string(w, flex, true, m->rack);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_metadata_response(struct kw_writer *w, int16_t version, const struct kw_metadata_response *m)
{
    const bool flex = version >= 9;
    if (version >= 3)
        kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->brokers_count);
    for (int32_t i = 0; i < m->brokers_count && w->err == 0; i++)
        put_metadata_response_broker(w, version, &m->brokers[i]);
    if (version >= 2)
        kw_put_string(w, flex, true, m->cluster_id);
    if (version >= 1)
        kw_put_int32(w, m->controller_id);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_metadata_response_topic(w, version, &m->topics[i]);
    if (version >= 8 && version <= 10)
        kw_put_int32(w, m->cluster_authorized_operations);
    if (version >= 13)
        kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_metadata_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_metadata_response *ret)
{
    if (version < 0 || version > 13)
        return -MR_E_VERSION;
    get_metadata_response(r, version, a, ret);
    return r->err;
}

void kw_metadata_response_encode(struct kw_writer *w, int16_t version, const struct kw_metadata_response *m)
{
    if (version < 0 || version > 13)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_metadata_response(w, version, m);
}

static void init_any_metadata_response(void *m) { kw_metadata_response_init(m); }

static int decode_any_metadata_response(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_metadata_response_decode(r, version, a, ret);
}

static void encode_any_metadata_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_metadata_response_encode(w, version, m);
}

const struct kw_message kw_metadata_response_info = {
    .name = "MetadataResponse",
    .kind = KW_RESPONSE,
    .key = 3,
    .v_min = 0,
    .v_max = 13,
    .v_stable = 13,
    .flexible_from = 9,
    .size = sizeof(struct kw_metadata_response),
    .init = init_any_metadata_response,
    .decode = decode_any_metadata_response,
    .encode = encode_any_metadata_response,
};
