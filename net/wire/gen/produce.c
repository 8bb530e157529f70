/* Written by net/wire/schema/gen.py from produce.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/produce.h"

void kw_produce_request_partition_init(struct kw_produce_request_partition *m)
{
    m->index = 0;
    m->records = (struct kw_records){.count = 0};
}

void kw_produce_request_topic_init(struct kw_produce_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->partition_data = NULL;
    m->partition_data_count = 0;
}

void kw_produce_request_init(struct kw_produce_request *m)
{
    m->transactional_id = (struct mr_str){NULL, 0};
    m->acks = 0;
    m->timeout_ms = 0;
    m->topic_data = NULL;
    m->topic_data_count = 0;
}

static void get_produce_request_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_produce_request_partition *m)
{
    const bool flex = version >= 9;
    (void)a;
    m->index = kw_get_int32(r);
    m->records = kw_get_records(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_produce_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_produce_request_topic *m)
{
    const bool flex = version >= 9;
    m->name = version <= 12 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->topic_id = version >= 13 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->partition_data_count = kw_get_count(r, flex, false, 6);
    m->partition_data = kw_get_items(r, a, m->partition_data_count, sizeof(*m->partition_data));
    for (int32_t i = 0; i < m->partition_data_count && r->err == 0; i++)
        get_produce_request_partition(r, version, a, &m->partition_data[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_produce_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_produce_request *m)
{
    const bool flex = version >= 9;
    m->transactional_id = kw_get_string(r, flex, true);
    m->acks = kw_get_int16(r);
    m->timeout_ms = kw_get_int32(r);
    m->topic_data_count = kw_get_count(r, flex, false, 3);
    m->topic_data = kw_get_items(r, a, m->topic_data_count, sizeof(*m->topic_data));
    for (int32_t i = 0; i < m->topic_data_count && r->err == 0; i++)
        get_produce_request_topic(r, version, a, &m->topic_data[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_produce_request_partition(struct kw_writer *w, int16_t version,
                                          const struct kw_produce_request_partition *m)
{
    const bool flex = version >= 9;
    kw_put_int32(w, m->index);
    kw_put_records(w, flex, true, &m->records);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_produce_request_topic(struct kw_writer *w, int16_t version,
                                      const struct kw_produce_request_topic *m)
{
    const bool flex = version >= 9;
    if (version <= 12)
        kw_put_string(w, flex, false, m->name);
    if (version >= 13)
        kw_put_uuid(w, m->topic_id);
    kw_put_count(w, flex, false, m->partition_data_count);
    for (int32_t i = 0; i < m->partition_data_count && w->err == 0; i++)
        put_produce_request_partition(w, version, &m->partition_data[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_produce_request(struct kw_writer *w, int16_t version, const struct kw_produce_request *m)
{
    const bool flex = version >= 9;
    kw_put_string(w, flex, true, m->transactional_id);
    kw_put_int16(w, m->acks);
    kw_put_int32(w, m->timeout_ms);
    kw_put_count(w, flex, false, m->topic_data_count);
    for (int32_t i = 0; i < m->topic_data_count && w->err == 0; i++)
        put_produce_request_topic(w, version, &m->topic_data[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_produce_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                              struct kw_produce_request *ret)
{
    if (version < 3 || version > 13)
        return -MR_E_VERSION;
    get_produce_request(r, version, a, ret);
    return r->err;
}

void kw_produce_request_encode(struct kw_writer *w, int16_t version, const struct kw_produce_request *m)
{
    if (version < 3 || version > 13)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_produce_request(w, version, m);
}

static void init_any_produce_request(void *m) { kw_produce_request_init(m); }

static int decode_any_produce_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_produce_request_decode(r, version, a, ret);
}

static void encode_any_produce_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_produce_request_encode(w, version, m);
}

const struct kw_message kw_produce_request_info = {
    .name = "ProduceRequest",
    .kind = KW_REQUEST,
    .key = 0,
    .v_min = 3,
    .v_max = 13,
    .v_stable = 13,
    .flexible_from = 9,
    .size = sizeof(struct kw_produce_request),
    .init = init_any_produce_request,
    .decode = decode_any_produce_request,
    .encode = encode_any_produce_request,
};

void kw_produce_response_node_endpoint_init(struct kw_produce_response_node_endpoint *m)
{
    m->node_id = 0;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
    m->rack = (struct mr_str){NULL, 0};
}

void kw_produce_response_current_leader_init(struct kw_produce_response_current_leader *m)
{
    m->leader_id = -1;
    m->leader_epoch = -1;
}

void kw_produce_response_record_error_init(struct kw_produce_response_record_error *m)
{
    m->batch_index = 0;
    m->batch_index_error_message = (struct mr_str){NULL, 0};
}

void kw_produce_response_partition_init(struct kw_produce_response_partition *m)
{
    m->index = 0;
    m->error_code = 0;
    m->base_offset = 0;
    m->log_append_time_ms = -1;
    m->log_start_offset = -1;
    m->record_errors = NULL;
    m->record_errors_count = 0;
    m->error_message = (struct mr_str){NULL, 0};
    kw_produce_response_current_leader_init(&m->current_leader);
}

void kw_produce_response_topic_init(struct kw_produce_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->partition_responses = NULL;
    m->partition_responses_count = 0;
}

void kw_produce_response_init(struct kw_produce_response *m)
{
    m->responses = NULL;
    m->responses_count = 0;
    m->throttle_time_ms = 0;
    m->node_endpoints = NULL;
    m->node_endpoints_count = 0;
}

static void get_produce_response_node_endpoint(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_produce_response_node_endpoint *m)
{
    (void)a;
    (void)version;
    m->node_id = kw_get_int32(r);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_int32(r);
    m->rack = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void get_produce_response_current_leader(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_produce_response_current_leader *m)
{
    (void)a;
    (void)version;
    m->leader_id = kw_get_int32(r);
    m->leader_epoch = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_produce_response_record_error(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_produce_response_record_error *m)
{
    const bool flex = version >= 9;
    (void)a;
    m->batch_index = kw_get_int32(r);
    m->batch_index_error_message = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_produce_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_produce_response_partition *m)
{
    const bool flex = version >= 9;
    m->index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->base_offset = kw_get_int64(r);
    m->log_append_time_ms = kw_get_int64(r);
    m->log_start_offset = version >= 5 ? kw_get_int64(r) : -1;
    if (version >= 8) {
        m->record_errors_count = kw_get_count(r, flex, false, 6);
        m->record_errors = kw_get_items(r, a, m->record_errors_count, sizeof(*m->record_errors));
        for (int32_t i = 0; i < m->record_errors_count && r->err == 0; i++)
            get_produce_response_record_error(r, version, a, &m->record_errors[i]);
    } else {
        m->record_errors = NULL;
        m->record_errors_count = 0;
    }
    m->error_message = version >= 8 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    kw_produce_response_current_leader_init(&m->current_leader);
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0 && version >= 10) {
            get_produce_response_current_leader(&payload, version, a, &m->current_leader);
            kw_tag_done(r, &payload);
        }
    }
}

static void get_produce_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_produce_response_topic *m)
{
    const bool flex = version >= 9;
    m->name = version <= 12 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->topic_id = version >= 13 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->partition_responses_count = kw_get_count(r, flex, false, 22);
    m->partition_responses = kw_get_items(r, a, m->partition_responses_count,
                                          sizeof(*m->partition_responses));
    for (int32_t i = 0; i < m->partition_responses_count && r->err == 0; i++)
        get_produce_response_partition(r, version, a, &m->partition_responses[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_produce_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_produce_response *m)
{
    const bool flex = version >= 9;
    m->responses_count = kw_get_count(r, flex, false, 3);
    m->responses = kw_get_items(r, a, m->responses_count, sizeof(*m->responses));
    for (int32_t i = 0; i < m->responses_count && r->err == 0; i++)
        get_produce_response_topic(r, version, a, &m->responses[i]);
    m->throttle_time_ms = kw_get_int32(r);
    m->node_endpoints = NULL;
    m->node_endpoints_count = 0;
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0 && version >= 10) {
            m->node_endpoints_count = kw_get_count(&payload, flex, false, 11);
            m->node_endpoints = kw_get_items(&payload, a, m->node_endpoints_count,
                                             sizeof(*m->node_endpoints));
            for (int32_t i = 0; i < m->node_endpoints_count && payload.err == 0; i++)
                get_produce_response_node_endpoint(&payload, version, a, &m->node_endpoints[i]);
            kw_tag_done(r, &payload);
        }
    }
}

static bool produce_response_current_leader_is_default(const struct kw_produce_response_current_leader *m)
{
    return !(m->leader_id != -1 || m->leader_epoch != -1);
}

static void put_produce_response_node_endpoint(struct kw_writer *w, int16_t version,
                                               const struct kw_produce_response_node_endpoint *m)
{
    (void)version;
    kw_put_int32(w, m->node_id);
    kw_put_string(w, true, false, m->host);
    kw_put_int32(w, m->port);
    kw_put_string(w, true, true, m->rack);
    kw_put_uvarint(w, 0);
}

static void put_produce_response_current_leader(struct kw_writer *w, int16_t version,
                                                const struct kw_produce_response_current_leader *m)
{
    (void)version;
    kw_put_int32(w, m->leader_id);
    kw_put_int32(w, m->leader_epoch);
    kw_put_uvarint(w, 0);
}

static void put_produce_response_record_error(struct kw_writer *w, int16_t version,
                                              const struct kw_produce_response_record_error *m)
{
    const bool flex = version >= 9;
    kw_put_int32(w, m->batch_index);
    kw_put_string(w, flex, true, m->batch_index_error_message);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_produce_response_partition(struct kw_writer *w, int16_t version,
                                           const struct kw_produce_response_partition *m)
{
    const bool flex = version >= 9;
    kw_put_int32(w, m->index);
    kw_put_int16(w, m->error_code);
    kw_put_int64(w, m->base_offset);
    kw_put_int64(w, m->log_append_time_ms);
    if (version >= 5)
        kw_put_int64(w, m->log_start_offset);
    if (version >= 8) {
        kw_put_count(w, flex, false, m->record_errors_count);
        for (int32_t i = 0; i < m->record_errors_count && w->err == 0; i++)
            put_produce_response_record_error(w, version, &m->record_errors[i]);
    }
    if (version >= 8)
        kw_put_string(w, flex, true, m->error_message);
    if (flex) {
        const bool has_current_leader = version >= 10 &&
            !produce_response_current_leader_is_default(&m->current_leader);
        kw_put_uvarint(w, has_current_leader);
        if (has_current_leader) {
            const size_t mark = kw_tag_begin(w, 0);
            put_produce_response_current_leader(w, version, &m->current_leader);
            kw_tag_end(w, mark);
        }
    }
}

static void put_produce_response_topic(struct kw_writer *w, int16_t version,
                                       const struct kw_produce_response_topic *m)
{
    const bool flex = version >= 9;
    if (version <= 12)
        kw_put_string(w, flex, false, m->name);
    if (version >= 13)
        kw_put_uuid(w, m->topic_id);
    kw_put_count(w, flex, false, m->partition_responses_count);
    for (int32_t i = 0; i < m->partition_responses_count && w->err == 0; i++)
        put_produce_response_partition(w, version, &m->partition_responses[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_produce_response(struct kw_writer *w, int16_t version, const struct kw_produce_response *m)
{
    const bool flex = version >= 9;
    kw_put_count(w, flex, false, m->responses_count);
    for (int32_t i = 0; i < m->responses_count && w->err == 0; i++)
        put_produce_response_topic(w, version, &m->responses[i]);
    kw_put_throttle(w, m->throttle_time_ms);
    if (flex) {
        const bool has_node_endpoints = version >= 10 && m->node_endpoints_count > 0;
        kw_put_uvarint(w, has_node_endpoints);
        if (has_node_endpoints) {
            const size_t mark = kw_tag_begin(w, 0);
            kw_put_count(w, flex, false, m->node_endpoints_count);
            for (int32_t i = 0; i < m->node_endpoints_count && w->err == 0; i++)
                put_produce_response_node_endpoint(w, version, &m->node_endpoints[i]);
            kw_tag_end(w, mark);
        }
    }
}

int kw_produce_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_produce_response *ret)
{
    if (version < 3 || version > 13)
        return -MR_E_VERSION;
    get_produce_response(r, version, a, ret);
    return r->err;
}

void kw_produce_response_encode(struct kw_writer *w, int16_t version, const struct kw_produce_response *m)
{
    if (version < 3 || version > 13)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_produce_response(w, version, m);
}

static void init_any_produce_response(void *m) { kw_produce_response_init(m); }

static int decode_any_produce_response(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_produce_response_decode(r, version, a, ret);
}

static void encode_any_produce_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_produce_response_encode(w, version, m);
}

const struct kw_message kw_produce_response_info = {
    .name = "ProduceResponse",
    .kind = KW_RESPONSE,
    .key = 0,
    .v_min = 3,
    .v_max = 13,
    .v_stable = 13,
    .flexible_from = 9,
    .size = sizeof(struct kw_produce_response),
    .init = init_any_produce_response,
    .decode = decode_any_produce_response,
    .encode = encode_any_produce_response,
};
