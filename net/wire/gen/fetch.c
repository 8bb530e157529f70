/* Written by net/wire/schema/gen.py from fetch.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/fetch.h"

void kw_fetch_request_forgotten_topic_init(struct kw_fetch_request_forgotten_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_fetch_request_partition_init(struct kw_fetch_request_partition *m)
{
    m->partition = 0;
    m->current_leader_epoch = -1;
    m->fetch_offset = 0;
    m->last_fetched_epoch = -1;
    m->log_start_offset = -1;
    m->partition_max_bytes = 0;
    m->replica_directory_id = (struct mr_uuid){{0}};
    m->high_watermark = INT64_MAX;
}

void kw_fetch_request_topic_init(struct kw_fetch_request_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_fetch_request_replica_state_init(struct kw_fetch_request_replica_state *m)
{
    m->replica_id = -1;
    m->replica_epoch = -1;
}

void kw_fetch_request_init(struct kw_fetch_request *m)
{
    m->cluster_id = (struct mr_str){NULL, 0};
    m->replica_id = -1;
    kw_fetch_request_replica_state_init(&m->replica_state);
    m->max_wait_ms = 0;
    m->min_bytes = 0;
    m->max_bytes = INT32_MAX;
    m->isolation_level = 0;
    m->session_id = 0;
    m->session_epoch = -1;
    m->topics = NULL;
    m->topics_count = 0;
    m->forgotten_topics_data = NULL;
    m->forgotten_topics_data_count = 0;
    m->rack_id = KW_EMPTY_STRING;
}

static void get_fetch_request_forgotten_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_fetch_request_forgotten_topic *m)
{
    const bool flex = version >= 12;
    m->topic = version <= 12 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->topic_id = version >= 13 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->partitions = kw_get_int32_array(r, a, flex, false, &m->partitions_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_fetch_request_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_fetch_request_partition *m)
{
    const bool flex = version >= 12;
    (void)a;
    m->partition = kw_get_int32(r);
    m->current_leader_epoch = version >= 9 ? kw_get_int32(r) : -1;
    m->fetch_offset = kw_get_int64(r);
    m->last_fetched_epoch = version >= 12 ? kw_get_int32(r) : -1;
    m->log_start_offset = version >= 5 ? kw_get_int64(r) : -1;
    m->partition_max_bytes = kw_get_int32(r);
    m->replica_directory_id = (struct mr_uuid){{0}};
    m->high_watermark = INT64_MAX;
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0 && version >= 17) {
            m->replica_directory_id = kw_get_uuid(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 1 && version >= 18) {
            m->high_watermark = kw_get_int64(&payload);
            kw_tag_done(r, &payload);
        }
    }
}

static void get_fetch_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_fetch_request_topic *m)
{
    const bool flex = version >= 12;
    m->topic = version <= 12 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->topic_id = version >= 13 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->partitions_count = kw_get_count(r, flex, false, 16);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_fetch_request_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_fetch_request_replica_state(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_fetch_request_replica_state *m)
{
    (void)a;
    (void)version;
    m->replica_id = kw_get_int32(r);
    m->replica_epoch = kw_get_int64(r);
    kw_skip_tags(r);
}

static void get_fetch_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                              struct kw_fetch_request *m)
{
    const bool flex = version >= 12;
    m->replica_id = version <= 14 ? kw_get_int32(r) : -1;
    m->max_wait_ms = kw_get_int32(r);
    m->min_bytes = kw_get_int32(r);
    m->max_bytes = kw_get_int32(r);
    m->isolation_level = kw_get_int8(r);
    m->session_id = version >= 7 ? kw_get_int32(r) : 0;
    m->session_epoch = version >= 7 ? kw_get_int32(r) : -1;
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_fetch_request_topic(r, version, a, &m->topics[i]);
    if (version >= 7) {
        m->forgotten_topics_data_count = kw_get_count(r, flex, false, 3);
        m->forgotten_topics_data = kw_get_items(r, a, m->forgotten_topics_data_count,
                                                sizeof(*m->forgotten_topics_data));
        for (int32_t i = 0; i < m->forgotten_topics_data_count && r->err == 0; i++)
            get_fetch_request_forgotten_topic(r, version, a, &m->forgotten_topics_data[i]);
    } else {
        m->forgotten_topics_data = NULL;
        m->forgotten_topics_data_count = 0;
    }
    m->rack_id = version >= 11 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->cluster_id = (struct mr_str){NULL, 0};
    kw_fetch_request_replica_state_init(&m->replica_state);
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->cluster_id = kw_get_string(&payload, flex, true);
            kw_tag_done(r, &payload);
        } else if (tag == 1 && version >= 15) {
            get_fetch_request_replica_state(&payload, version, a, &m->replica_state);
            kw_tag_done(r, &payload);
        }
    }
}

static bool fetch_request_replica_state_is_default(const struct kw_fetch_request_replica_state *m)
{
    return !(m->replica_id != -1 || m->replica_epoch != -1);
}

static void put_fetch_request_forgotten_topic(struct kw_writer *w, int16_t version,
                                              const struct kw_fetch_request_forgotten_topic *m)
{
    const bool flex = version >= 12;
    if (version <= 12)
        kw_put_string(w, flex, false, m->topic);
    if (version >= 13)
        kw_put_uuid(w, m->topic_id);
    kw_put_int32_array(w, flex, false, m->partitions, m->partitions_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_fetch_request_partition(struct kw_writer *w, int16_t version,
                                        const struct kw_fetch_request_partition *m)
{
    const bool flex = version >= 12;
    kw_put_int32(w, m->partition);
    if (version >= 9)
        kw_put_int32(w, m->current_leader_epoch);
    kw_put_int64(w, m->fetch_offset);
    if (version >= 12)
        kw_put_int32(w, m->last_fetched_epoch);
    if (version >= 5)
        kw_put_int64(w, m->log_start_offset);
    kw_put_int32(w, m->partition_max_bytes);
    if (flex) {
        const bool has_replica_directory_id = version >= 17 && !mr_uuid_is_zero(m->replica_directory_id);
        const bool has_high_watermark = version >= 18 && m->high_watermark != INT64_MAX;
        kw_put_uvarint(w, (uint32_t)(has_replica_directory_id + has_high_watermark));
        if (has_replica_directory_id) {
            const size_t mark = kw_tag_begin(w, 0);
            kw_put_uuid(w, m->replica_directory_id);
            kw_tag_end(w, mark);
        }
        if (has_high_watermark) {
            const size_t mark = kw_tag_begin(w, 1);
            kw_put_int64(w, m->high_watermark);
            kw_tag_end(w, mark);
        }
    }
}

static void put_fetch_request_topic(struct kw_writer *w, int16_t version,
                                    const struct kw_fetch_request_topic *m)
{
    const bool flex = version >= 12;
    if (version <= 12)
        kw_put_string(w, flex, false, m->topic);
    if (version >= 13)
        kw_put_uuid(w, m->topic_id);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_fetch_request_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_fetch_request_replica_state(struct kw_writer *w, int16_t version,
                                            const struct kw_fetch_request_replica_state *m)
{
    (void)version;
    kw_put_int32(w, m->replica_id);
    kw_put_int64(w, m->replica_epoch);
    kw_put_uvarint(w, 0);
}

static void put_fetch_request(struct kw_writer *w, int16_t version, const struct kw_fetch_request *m)
{
    const bool flex = version >= 12;
    if (version <= 14)
        kw_put_int32(w, m->replica_id);
    kw_put_int32(w, m->max_wait_ms);
    kw_put_int32(w, m->min_bytes);
    kw_put_int32(w, m->max_bytes);
    kw_put_int8(w, m->isolation_level);
    if (version >= 7)
        kw_put_int32(w, m->session_id);
    if (version >= 7)
        kw_put_int32(w, m->session_epoch);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_fetch_request_topic(w, version, &m->topics[i]);
    if (version >= 7) {
        kw_put_count(w, flex, false, m->forgotten_topics_data_count);
        for (int32_t i = 0; i < m->forgotten_topics_data_count && w->err == 0; i++)
            put_fetch_request_forgotten_topic(w, version, &m->forgotten_topics_data[i]);
    }
    if (version >= 11)
        kw_put_string(w, flex, false, m->rack_id);
    if (flex) {
        const bool has_cluster_id = m->cluster_id.ptr != NULL;
        const bool has_replica_state = version >= 15 &&
            !fetch_request_replica_state_is_default(&m->replica_state);
        kw_put_uvarint(w, (uint32_t)(has_cluster_id + has_replica_state));
        if (has_cluster_id) {
            const size_t mark = kw_tag_begin(w, 0);
            kw_put_string(w, flex, true, m->cluster_id);
            kw_tag_end(w, mark);
        }
        if (has_replica_state) {
            const size_t mark = kw_tag_begin(w, 1);
            put_fetch_request_replica_state(w, version, &m->replica_state);
            kw_tag_end(w, mark);
        }
    }
}

int kw_fetch_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                            struct kw_fetch_request *ret)
{
    if (version < 4 || version > 18)
        return -MR_E_VERSION;
    get_fetch_request(r, version, a, ret);
    return r->err;
}

void kw_fetch_request_encode(struct kw_writer *w, int16_t version, const struct kw_fetch_request *m)
{
    if (version < 4 || version > 18)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_fetch_request(w, version, m);
}

static void init_any_fetch_request(void *m) { kw_fetch_request_init(m); }

static int decode_any_fetch_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_fetch_request_decode(r, version, a, ret);
}

static void encode_any_fetch_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_fetch_request_encode(w, version, m);
}

const struct kw_message kw_fetch_request_info = {
    .name = "FetchRequest",
    .kind = KW_REQUEST,
    .key = 1,
    .v_min = 4,
    .v_max = 18,
    .v_stable = 18,
    .flexible_from = 12,
    .size = sizeof(struct kw_fetch_request),
    .init = init_any_fetch_request,
    .decode = decode_any_fetch_request,
    .encode = encode_any_fetch_request,
};

void kw_fetch_response_node_endpoint_init(struct kw_fetch_response_node_endpoint *m)
{
    m->node_id = 0;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
    m->rack = (struct mr_str){NULL, 0};
}

void kw_fetch_response_aborted_transaction_init(struct kw_fetch_response_aborted_transaction *m)
{
    m->producer_id = 0;
    m->first_offset = 0;
}

void kw_fetch_response_snapshot_id_init(struct kw_fetch_response_snapshot_id *m)
{
    m->end_offset = -1;
    m->epoch = -1;
}

void kw_fetch_response_current_leader_init(struct kw_fetch_response_current_leader *m)
{
    m->leader_id = -1;
    m->leader_epoch = -1;
}

void kw_fetch_response_diverging_epoch_init(struct kw_fetch_response_diverging_epoch *m)
{
    m->epoch = -1;
    m->end_offset = -1;
}

void kw_fetch_response_partition_init(struct kw_fetch_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
    m->high_watermark = 0;
    m->last_stable_offset = -1;
    m->log_start_offset = -1;
    kw_fetch_response_diverging_epoch_init(&m->diverging_epoch);
    kw_fetch_response_current_leader_init(&m->current_leader);
    kw_fetch_response_snapshot_id_init(&m->snapshot_id);
    m->aborted_transactions = NULL;
    m->aborted_transactions_count = 0;
    m->preferred_read_replica = -1;
    m->records = (struct kw_records){.count = 0};
}

void kw_fetch_response_topic_init(struct kw_fetch_response_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_fetch_response_init(struct kw_fetch_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->session_id = 0;
    m->responses = NULL;
    m->responses_count = 0;
    m->node_endpoints = NULL;
    m->node_endpoints_count = 0;
}

static void get_fetch_response_node_endpoint(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_fetch_response_node_endpoint *m)
{
    (void)a;
    (void)version;
    m->node_id = kw_get_int32(r);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_int32(r);
    m->rack = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void get_fetch_response_aborted_transaction(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_fetch_response_aborted_transaction *m)
{
    const bool flex = version >= 12;
    (void)a;
    m->producer_id = kw_get_int64(r);
    m->first_offset = kw_get_int64(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_fetch_response_snapshot_id(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_fetch_response_snapshot_id *m)
{
    (void)a;
    (void)version;
    m->end_offset = kw_get_int64(r);
    m->epoch = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_fetch_response_current_leader(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_fetch_response_current_leader *m)
{
    (void)a;
    (void)version;
    m->leader_id = kw_get_int32(r);
    m->leader_epoch = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_fetch_response_diverging_epoch(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_fetch_response_diverging_epoch *m)
{
    (void)a;
    (void)version;
    m->epoch = kw_get_int32(r);
    m->end_offset = kw_get_int64(r);
    kw_skip_tags(r);
}

static void get_fetch_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_fetch_response_partition *m)
{
    const bool flex = version >= 12;
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->high_watermark = kw_get_int64(r);
    m->last_stable_offset = kw_get_int64(r);
    m->log_start_offset = version >= 5 ? kw_get_int64(r) : -1;
    m->aborted_transactions_count = kw_get_count(r, flex, true, 16);
    m->aborted_transactions = kw_get_items(r, a, m->aborted_transactions_count,
                                           sizeof(*m->aborted_transactions));
    for (int32_t i = 0; i < m->aborted_transactions_count && r->err == 0; i++)
        get_fetch_response_aborted_transaction(r, version, a, &m->aborted_transactions[i]);
    m->preferred_read_replica = version >= 11 ? kw_get_int32(r) : -1;
    m->records = kw_get_records(r, flex, true);
    kw_fetch_response_diverging_epoch_init(&m->diverging_epoch);
    kw_fetch_response_current_leader_init(&m->current_leader);
    kw_fetch_response_snapshot_id_init(&m->snapshot_id);
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            get_fetch_response_diverging_epoch(&payload, version, a, &m->diverging_epoch);
            kw_tag_done(r, &payload);
        } else if (tag == 1) {
            get_fetch_response_current_leader(&payload, version, a, &m->current_leader);
            kw_tag_done(r, &payload);
        } else if (tag == 2) {
            get_fetch_response_snapshot_id(&payload, version, a, &m->snapshot_id);
            kw_tag_done(r, &payload);
        }
    }
}

static void get_fetch_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_fetch_response_topic *m)
{
    const bool flex = version >= 12;
    m->topic = version <= 12 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->topic_id = version >= 13 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->partitions_count = kw_get_count(r, flex, false, 30);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_fetch_response_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_fetch_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_fetch_response *m)
{
    const bool flex = version >= 12;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = version >= 7 ? kw_get_int16(r) : 0;
    m->session_id = version >= 7 ? kw_get_int32(r) : 0;
    m->responses_count = kw_get_count(r, flex, false, 3);
    m->responses = kw_get_items(r, a, m->responses_count, sizeof(*m->responses));
    for (int32_t i = 0; i < m->responses_count && r->err == 0; i++)
        get_fetch_response_topic(r, version, a, &m->responses[i]);
    m->node_endpoints = NULL;
    m->node_endpoints_count = 0;
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0 && version >= 16) {
            m->node_endpoints_count = kw_get_count(&payload, flex, false, 11);
            m->node_endpoints = kw_get_items(&payload, a, m->node_endpoints_count,
                                             sizeof(*m->node_endpoints));
            for (int32_t i = 0; i < m->node_endpoints_count && payload.err == 0; i++)
                get_fetch_response_node_endpoint(&payload, version, a, &m->node_endpoints[i]);
            kw_tag_done(r, &payload);
        }
    }
}

static bool fetch_response_snapshot_id_is_default(const struct kw_fetch_response_snapshot_id *m)
{
    return !(m->end_offset != -1 || m->epoch != -1);
}

static bool fetch_response_current_leader_is_default(const struct kw_fetch_response_current_leader *m)
{
    return !(m->leader_id != -1 || m->leader_epoch != -1);
}

static bool fetch_response_diverging_epoch_is_default(const struct kw_fetch_response_diverging_epoch *m)
{
    return !(m->epoch != -1 || m->end_offset != -1);
}

static void put_fetch_response_node_endpoint(struct kw_writer *w, int16_t version,
                                             const struct kw_fetch_response_node_endpoint *m)
{
    (void)version;
    kw_put_int32(w, m->node_id);
    kw_put_string(w, true, false, m->host);
    kw_put_int32(w, m->port);
    kw_put_string(w, true, true, m->rack);
    kw_put_uvarint(w, 0);
}

static void put_fetch_response_aborted_transaction(struct kw_writer *w, int16_t version,
                                                   const struct kw_fetch_response_aborted_transaction *m)
{
    const bool flex = version >= 12;
    kw_put_int64(w, m->producer_id);
    kw_put_int64(w, m->first_offset);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_fetch_response_snapshot_id(struct kw_writer *w, int16_t version,
                                           const struct kw_fetch_response_snapshot_id *m)
{
    (void)version;
    kw_put_int64(w, m->end_offset);
    kw_put_int32(w, m->epoch);
    kw_put_uvarint(w, 0);
}

static void put_fetch_response_current_leader(struct kw_writer *w, int16_t version,
                                              const struct kw_fetch_response_current_leader *m)
{
    (void)version;
    kw_put_int32(w, m->leader_id);
    kw_put_int32(w, m->leader_epoch);
    kw_put_uvarint(w, 0);
}

static void put_fetch_response_diverging_epoch(struct kw_writer *w, int16_t version,
                                               const struct kw_fetch_response_diverging_epoch *m)
{
    (void)version;
    kw_put_int32(w, m->epoch);
    kw_put_int64(w, m->end_offset);
    kw_put_uvarint(w, 0);
}

static void put_fetch_response_partition(struct kw_writer *w, int16_t version,
                                         const struct kw_fetch_response_partition *m)
{
    const bool flex = version >= 12;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
    kw_put_int64(w, m->high_watermark);
    kw_put_int64(w, m->last_stable_offset);
    if (version >= 5)
        kw_put_int64(w, m->log_start_offset);
    kw_put_count(w, flex, true, m->aborted_transactions_count);
    for (int32_t i = 0; i < m->aborted_transactions_count && w->err == 0; i++)
        put_fetch_response_aborted_transaction(w, version, &m->aborted_transactions[i]);
    if (version >= 11)
        kw_put_int32(w, m->preferred_read_replica);
    kw_put_records(w, flex, true, &m->records);
    if (flex) {
        const bool has_diverging_epoch = !fetch_response_diverging_epoch_is_default(&m->diverging_epoch);
        const bool has_current_leader = !fetch_response_current_leader_is_default(&m->current_leader);
        const bool has_snapshot_id = !fetch_response_snapshot_id_is_default(&m->snapshot_id);
        kw_put_uvarint(w, (uint32_t)(has_diverging_epoch + has_current_leader + has_snapshot_id));
        if (has_diverging_epoch) {
            const size_t mark = kw_tag_begin(w, 0);
            put_fetch_response_diverging_epoch(w, version, &m->diverging_epoch);
            kw_tag_end(w, mark);
        }
        if (has_current_leader) {
            const size_t mark = kw_tag_begin(w, 1);
            put_fetch_response_current_leader(w, version, &m->current_leader);
            kw_tag_end(w, mark);
        }
        if (has_snapshot_id) {
            const size_t mark = kw_tag_begin(w, 2);
            put_fetch_response_snapshot_id(w, version, &m->snapshot_id);
            kw_tag_end(w, mark);
        }
    }
}

static void put_fetch_response_topic(struct kw_writer *w, int16_t version,
                                     const struct kw_fetch_response_topic *m)
{
    const bool flex = version >= 12;
    if (version <= 12)
        kw_put_string(w, flex, false, m->topic);
    if (version >= 13)
        kw_put_uuid(w, m->topic_id);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_fetch_response_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_fetch_response(struct kw_writer *w, int16_t version, const struct kw_fetch_response *m)
{
    const bool flex = version >= 12;
    kw_put_throttle(w, m->throttle_time_ms);
    if (version >= 7)
        kw_put_int16(w, m->error_code);
    if (version >= 7)
        kw_put_int32(w, m->session_id);
    kw_put_count(w, flex, false, m->responses_count);
    for (int32_t i = 0; i < m->responses_count && w->err == 0; i++)
        put_fetch_response_topic(w, version, &m->responses[i]);
    if (flex) {
        const bool has_node_endpoints = version >= 16 && m->node_endpoints_count > 0;
        kw_put_uvarint(w, has_node_endpoints);
        if (has_node_endpoints) {
            const size_t mark = kw_tag_begin(w, 0);
            kw_put_count(w, flex, false, m->node_endpoints_count);
            for (int32_t i = 0; i < m->node_endpoints_count && w->err == 0; i++)
                put_fetch_response_node_endpoint(w, version, &m->node_endpoints[i]);
            kw_tag_end(w, mark);
        }
    }
}

int kw_fetch_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                             struct kw_fetch_response *ret)
{
    if (version < 4 || version > 18)
        return -MR_E_VERSION;
    get_fetch_response(r, version, a, ret);
    return r->err;
}

void kw_fetch_response_encode(struct kw_writer *w, int16_t version, const struct kw_fetch_response *m)
{
    if (version < 4 || version > 18)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_fetch_response(w, version, m);
}

static void init_any_fetch_response(void *m) { kw_fetch_response_init(m); }

static int decode_any_fetch_response(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_fetch_response_decode(r, version, a, ret);
}

static void encode_any_fetch_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_fetch_response_encode(w, version, m);
}

const struct kw_message kw_fetch_response_info = {
    .name = "FetchResponse",
    .kind = KW_RESPONSE,
    .key = 1,
    .v_min = 4,
    .v_max = 18,
    .v_stable = 18,
    .flexible_from = 12,
    .size = sizeof(struct kw_fetch_response),
    .init = init_any_fetch_response,
    .decode = decode_any_fetch_response,
    .encode = encode_any_fetch_response,
};
