/* Written by net/wire/schema/gen.py from consumer_group_heartbeat.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/consumer_group_heartbeat.h"

void kw_consumer_group_heartbeat_request_topic_init(struct kw_consumer_group_heartbeat_request_topic *m)
{
    m->topic_id = (struct mr_uuid){{0}};
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_consumer_group_heartbeat_request_init(struct kw_consumer_group_heartbeat_request *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->member_id = KW_EMPTY_STRING;
    m->member_epoch = 0;
    m->instance_id = (struct mr_str){NULL, 0};
    m->rack_id = (struct mr_str){NULL, 0};
    m->rebalance_timeout_ms = -1;
    m->subscribed_topic_names = NULL;
    m->subscribed_topic_names_count = -1;
    m->subscribed_topic_regex = (struct mr_str){NULL, 0};
    m->server_assignor = (struct mr_str){NULL, 0};
    m->topic_partitions = NULL;
    m->topic_partitions_count = -1;
}

static void get_consumer_group_heartbeat_request_topic(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a,
                                                       struct kw_consumer_group_heartbeat_request_topic *m)
{
    (void)version;
    m->topic_id = kw_get_uuid(r);
    m->partitions = kw_get_int32_array(r, a, true, false, &m->partitions_count);
    kw_skip_tags(r);
}

static void get_consumer_group_heartbeat_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_consumer_group_heartbeat_request *m)
{
    m->group_id = kw_get_string(r, true, false);
    m->member_id = kw_get_string(r, true, false);
    m->member_epoch = kw_get_int32(r);
    m->instance_id = kw_get_string(r, true, true);
    m->rack_id = kw_get_string(r, true, true);
    m->rebalance_timeout_ms = kw_get_int32(r);
    m->subscribed_topic_names = kw_get_string_array(r, a, true, true, &m->subscribed_topic_names_count);
    m->subscribed_topic_regex = version >= 1 ? kw_get_string(r, true, true) : (struct mr_str){NULL, 0};
    m->server_assignor = kw_get_string(r, true, true);
    m->topic_partitions_count = kw_get_count(r, true, true, 18);
    m->topic_partitions = kw_get_items(r, a, m->topic_partitions_count, sizeof(*m->topic_partitions));
    for (int32_t i = 0; i < m->topic_partitions_count && r->err == 0; i++)
        get_consumer_group_heartbeat_request_topic(r, version, a, &m->topic_partitions[i]);
    kw_skip_tags(r);
}

static void put_consumer_group_heartbeat_request_topic(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_heartbeat_request_topic *m)
{
    (void)version;
    kw_put_uuid(w, m->topic_id);
    kw_put_int32_array(w, true, false, m->partitions, m->partitions_count);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_heartbeat_request(struct kw_writer *w, int16_t version,
                                                 const struct kw_consumer_group_heartbeat_request *m)
{
    kw_put_string(w, true, false, m->group_id);
    kw_put_string(w, true, false, m->member_id);
    kw_put_int32(w, m->member_epoch);
    kw_put_string(w, true, true, m->instance_id);
    kw_put_string(w, true, true, m->rack_id);
    kw_put_int32(w, m->rebalance_timeout_ms);
    kw_put_string_array(w, true, true, m->subscribed_topic_names, m->subscribed_topic_names_count);
    if (version >= 1)
        kw_put_string(w, true, true, m->subscribed_topic_regex);
    kw_put_string(w, true, true, m->server_assignor);
    kw_put_count(w, true, true, m->topic_partitions_count);
    for (int32_t i = 0; i < m->topic_partitions_count && w->err == 0; i++)
        put_consumer_group_heartbeat_request_topic(w, version, &m->topic_partitions[i]);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_heartbeat_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_consumer_group_heartbeat_request *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_consumer_group_heartbeat_request(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_heartbeat_request_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_consumer_group_heartbeat_request *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_heartbeat_request(w, version, m);
}

static void init_any_consumer_group_heartbeat_request(
    void *m) { kw_consumer_group_heartbeat_request_init(m); }

static int decode_any_consumer_group_heartbeat_request(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a, void *ret)
{
    return kw_consumer_group_heartbeat_request_decode(r, version, a, ret);
}

static void encode_any_consumer_group_heartbeat_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_group_heartbeat_request_encode(w, version, m);
}

const struct kw_message kw_consumer_group_heartbeat_request_info = {
    .name = "ConsumerGroupHeartbeatRequest",
    .kind = KW_REQUEST,
    .key = 68,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_heartbeat_request),
    .init = init_any_consumer_group_heartbeat_request,
    .decode = decode_any_consumer_group_heartbeat_request,
    .encode = encode_any_consumer_group_heartbeat_request,
};

void kw_consumer_group_heartbeat_response_topic_init(struct kw_consumer_group_heartbeat_response_topic *m)
{
    m->topic_id = (struct mr_uuid){{0}};
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_consumer_group_heartbeat_response_assignment_init(
    struct kw_consumer_group_heartbeat_response_assignment *m)
{
    m->topic_partitions = NULL;
    m->topic_partitions_count = 0;
}

void kw_consumer_group_heartbeat_response_init(struct kw_consumer_group_heartbeat_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = (struct mr_str){NULL, 0};
    m->member_id = (struct mr_str){NULL, 0};
    m->member_epoch = 0;
    m->heartbeat_interval_ms = 0;
    m->assignment = NULL;
}

static void get_consumer_group_heartbeat_response_topic(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_consumer_group_heartbeat_response_topic *m)
{
    (void)version;
    m->topic_id = kw_get_uuid(r);
    m->partitions = kw_get_int32_array(r, a, true, false, &m->partitions_count);
    kw_skip_tags(r);
}

static void get_consumer_group_heartbeat_response_assignment(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_heartbeat_response_assignment *m)
{
    m->topic_partitions_count = kw_get_count(r, true, false, 18);
    m->topic_partitions = kw_get_items(r, a, m->topic_partitions_count, sizeof(*m->topic_partitions));
    for (int32_t i = 0; i < m->topic_partitions_count && r->err == 0; i++)
        get_consumer_group_heartbeat_response_topic(r, version, a, &m->topic_partitions[i]);
    kw_skip_tags(r);
}

static void get_consumer_group_heartbeat_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_consumer_group_heartbeat_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    m->member_id = kw_get_string(r, true, true);
    m->member_epoch = kw_get_int32(r);
    m->heartbeat_interval_ms = kw_get_int32(r);
    m->assignment = NULL;
    if (kw_get_int8(r) >= 0) {
        m->assignment = kw_get_items(r, a, 1, sizeof(*m->assignment));
        if (m->assignment != NULL)
            get_consumer_group_heartbeat_response_assignment(r, version, a, m->assignment);
    }
    kw_skip_tags(r);
}

static void put_consumer_group_heartbeat_response_topic(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_heartbeat_response_topic *m)
{
    (void)version;
    kw_put_uuid(w, m->topic_id);
    kw_put_int32_array(w, true, false, m->partitions, m->partitions_count);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_heartbeat_response_assignment(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_heartbeat_response_assignment *m)
{
    kw_put_count(w, true, false, m->topic_partitions_count);
    for (int32_t i = 0; i < m->topic_partitions_count && w->err == 0; i++)
        put_consumer_group_heartbeat_response_topic(w, version, &m->topic_partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_heartbeat_response(struct kw_writer *w, int16_t version,
                                                  const struct kw_consumer_group_heartbeat_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_string(w, true, true, m->member_id);
    kw_put_int32(w, m->member_epoch);
    kw_put_int32(w, m->heartbeat_interval_ms);
    kw_put_int8(w, m->assignment != NULL ? 1 : -1);
    if (m->assignment != NULL)
        put_consumer_group_heartbeat_response_assignment(w, version, m->assignment);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_heartbeat_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_consumer_group_heartbeat_response *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_consumer_group_heartbeat_response(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_heartbeat_response_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_consumer_group_heartbeat_response *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_heartbeat_response(w, version, m);
}

static void init_any_consumer_group_heartbeat_response(
    void *m) { kw_consumer_group_heartbeat_response_init(m); }

static int decode_any_consumer_group_heartbeat_response(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a, void *ret)
{
    return kw_consumer_group_heartbeat_response_decode(r, version, a, ret);
}

static void encode_any_consumer_group_heartbeat_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_group_heartbeat_response_encode(w, version, m);
}

const struct kw_message kw_consumer_group_heartbeat_response_info = {
    .name = "ConsumerGroupHeartbeatResponse",
    .kind = KW_RESPONSE,
    .key = 68,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_heartbeat_response),
    .init = init_any_consumer_group_heartbeat_response,
    .decode = decode_any_consumer_group_heartbeat_response,
    .encode = encode_any_consumer_group_heartbeat_response,
};
