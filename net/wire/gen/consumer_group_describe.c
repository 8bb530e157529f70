/* Written by net/wire/schema/gen.py from consumer_group_describe.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/consumer_group_describe.h"

void kw_consumer_group_describe_request_init(struct kw_consumer_group_describe_request *m)
{
    m->group_ids = NULL;
    m->group_ids_count = 0;
    m->include_authorized_operations = false;
}

static void get_consumer_group_describe_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_consumer_group_describe_request *m)
{
    (void)version;
    m->group_ids = kw_get_string_array(r, a, true, false, &m->group_ids_count);
    m->include_authorized_operations = kw_get_bool(r);
    kw_skip_tags(r);
}

static void put_consumer_group_describe_request(struct kw_writer *w, int16_t version,
                                                const struct kw_consumer_group_describe_request *m)
{
    (void)version;
    kw_put_string_array(w, true, false, m->group_ids, m->group_ids_count);
    kw_put_bool(w, m->include_authorized_operations);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_describe_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_consumer_group_describe_request *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_consumer_group_describe_request(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_describe_request_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_consumer_group_describe_request *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_describe_request(w, version, m);
}

static void init_any_consumer_group_describe_request(void *m) { kw_consumer_group_describe_request_init(m); }

static int decode_any_consumer_group_describe_request(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a, void *ret)
{
    return kw_consumer_group_describe_request_decode(r, version, a, ret);
}

static void encode_any_consumer_group_describe_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_group_describe_request_encode(w, version, m);
}

const struct kw_message kw_consumer_group_describe_request_info = {
    .name = "ConsumerGroupDescribeRequest",
    .kind = KW_REQUEST,
    .key = 69,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_describe_request),
    .init = init_any_consumer_group_describe_request,
    .decode = decode_any_consumer_group_describe_request,
    .encode = encode_any_consumer_group_describe_request,
};

void kw_consumer_group_describe_response_topic_init(struct kw_consumer_group_describe_response_topic *m)
{
    m->topic_id = (struct mr_uuid){{0}};
    m->topic_name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_consumer_group_describe_response_assignment_init(
    struct kw_consumer_group_describe_response_assignment *m)
{
    m->topic_partitions = NULL;
    m->topic_partitions_count = 0;
}

void kw_consumer_group_describe_response_member_init(struct kw_consumer_group_describe_response_member *m)
{
    m->member_id = KW_EMPTY_STRING;
    m->instance_id = (struct mr_str){NULL, 0};
    m->rack_id = (struct mr_str){NULL, 0};
    m->member_epoch = 0;
    m->client_id = KW_EMPTY_STRING;
    m->client_host = KW_EMPTY_STRING;
    m->subscribed_topic_names = NULL;
    m->subscribed_topic_names_count = 0;
    m->subscribed_topic_regex = (struct mr_str){NULL, 0};
    kw_consumer_group_describe_response_assignment_init(&m->assignment);
    kw_consumer_group_describe_response_assignment_init(&m->target_assignment);
    m->member_type = -1;
}

void kw_consumer_group_describe_response_group_init(struct kw_consumer_group_describe_response_group *m)
{
    m->error_code = 0;
    m->error_message = (struct mr_str){NULL, 0};
    m->group_id = KW_EMPTY_STRING;
    m->group_state = KW_EMPTY_STRING;
    m->group_epoch = 0;
    m->assignment_epoch = 0;
    m->assignor_name = KW_EMPTY_STRING;
    m->members = NULL;
    m->members_count = 0;
    m->authorized_operations = INT32_MIN;
}

void kw_consumer_group_describe_response_init(struct kw_consumer_group_describe_response *m)
{
    m->throttle_time_ms = 0;
    m->groups = NULL;
    m->groups_count = 0;
}

static void get_consumer_group_describe_response_topic(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a,
                                                       struct kw_consumer_group_describe_response_topic *m)
{
    (void)version;
    m->topic_id = kw_get_uuid(r);
    m->topic_name = kw_get_string(r, true, false);
    m->partitions = kw_get_int32_array(r, a, true, false, &m->partitions_count);
    kw_skip_tags(r);
}

static void get_consumer_group_describe_response_assignment(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_describe_response_assignment *m)
{
    m->topic_partitions_count = kw_get_count(r, true, false, 19);
    m->topic_partitions = kw_get_items(r, a, m->topic_partitions_count, sizeof(*m->topic_partitions));
    for (int32_t i = 0; i < m->topic_partitions_count && r->err == 0; i++)
        get_consumer_group_describe_response_topic(r, version, a, &m->topic_partitions[i]);
    kw_skip_tags(r);
}

static void get_consumer_group_describe_response_member(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_consumer_group_describe_response_member *m)
{
    m->member_id = kw_get_string(r, true, false);
    m->instance_id = kw_get_string(r, true, true);
    m->rack_id = kw_get_string(r, true, true);
    m->member_epoch = kw_get_int32(r);
    m->client_id = kw_get_string(r, true, false);
    m->client_host = kw_get_string(r, true, false);
    m->subscribed_topic_names = kw_get_string_array(r, a, true, false, &m->subscribed_topic_names_count);
    m->subscribed_topic_regex = kw_get_string(r, true, true);
    get_consumer_group_describe_response_assignment(r, version, a, &m->assignment);
    get_consumer_group_describe_response_assignment(r, version, a, &m->target_assignment);
    m->member_type = version >= 1 ? kw_get_int8(r) : -1;
    kw_skip_tags(r);
}

static void get_consumer_group_describe_response_group(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a,
                                                       struct kw_consumer_group_describe_response_group *m)
{
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    m->group_id = kw_get_string(r, true, false);
    m->group_state = kw_get_string(r, true, false);
    m->group_epoch = kw_get_int32(r);
    m->assignment_epoch = kw_get_int32(r);
    m->assignor_name = kw_get_string(r, true, false);
    m->members_count = kw_get_count(r, true, false, 16);
    m->members = kw_get_items(r, a, m->members_count, sizeof(*m->members));
    for (int32_t i = 0; i < m->members_count && r->err == 0; i++)
        get_consumer_group_describe_response_member(r, version, a, &m->members[i]);
    m->authorized_operations = kw_get_int32(r);
    kw_skip_tags(r);
}

static void get_consumer_group_describe_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_consumer_group_describe_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->groups_count = kw_get_count(r, true, false, 20);
    m->groups = kw_get_items(r, a, m->groups_count, sizeof(*m->groups));
    for (int32_t i = 0; i < m->groups_count && r->err == 0; i++)
        get_consumer_group_describe_response_group(r, version, a, &m->groups[i]);
    kw_skip_tags(r);
}

static void put_consumer_group_describe_response_topic(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_describe_response_topic *m)
{
    (void)version;
    kw_put_uuid(w, m->topic_id);
    kw_put_string(w, true, false, m->topic_name);
    kw_put_int32_array(w, true, false, m->partitions, m->partitions_count);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_describe_response_assignment(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_describe_response_assignment *m)
{
    kw_put_count(w, true, false, m->topic_partitions_count);
    for (int32_t i = 0; i < m->topic_partitions_count && w->err == 0; i++)
        put_consumer_group_describe_response_topic(w, version, &m->topic_partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_describe_response_member(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_describe_response_member *m)
{
    kw_put_string(w, true, false, m->member_id);
    kw_put_string(w, true, true, m->instance_id);
    kw_put_string(w, true, true, m->rack_id);
    kw_put_int32(w, m->member_epoch);
    kw_put_string(w, true, false, m->client_id);
    kw_put_string(w, true, false, m->client_host);
    kw_put_string_array(w, true, false, m->subscribed_topic_names, m->subscribed_topic_names_count);
    kw_put_string(w, true, true, m->subscribed_topic_regex);
    put_consumer_group_describe_response_assignment(w, version, &m->assignment);
    put_consumer_group_describe_response_assignment(w, version, &m->target_assignment);
    if (version >= 1)
        kw_put_int8(w, m->member_type);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_describe_response_group(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_describe_response_group *m)
{
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_string(w, true, false, m->group_id);
    kw_put_string(w, true, false, m->group_state);
    kw_put_int32(w, m->group_epoch);
    kw_put_int32(w, m->assignment_epoch);
    kw_put_string(w, true, false, m->assignor_name);
    kw_put_count(w, true, false, m->members_count);
    for (int32_t i = 0; i < m->members_count && w->err == 0; i++)
        put_consumer_group_describe_response_member(w, version, &m->members[i]);
    kw_put_int32(w, m->authorized_operations);
    kw_put_uvarint(w, 0);
}

static void put_consumer_group_describe_response(struct kw_writer *w, int16_t version,
                                                 const struct kw_consumer_group_describe_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, true, false, m->groups_count);
    for (int32_t i = 0; i < m->groups_count && w->err == 0; i++)
        put_consumer_group_describe_response_group(w, version, &m->groups[i]);
    kw_put_uvarint(w, 0);
}

int kw_consumer_group_describe_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_consumer_group_describe_response *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_consumer_group_describe_response(r, version, a, ret);
    return r->err;
}

void kw_consumer_group_describe_response_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_consumer_group_describe_response *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_group_describe_response(w, version, m);
}

static void init_any_consumer_group_describe_response(
    void *m) { kw_consumer_group_describe_response_init(m); }

static int decode_any_consumer_group_describe_response(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a, void *ret)
{
    return kw_consumer_group_describe_response_decode(r, version, a, ret);
}

static void encode_any_consumer_group_describe_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_group_describe_response_encode(w, version, m);
}

const struct kw_message kw_consumer_group_describe_response_info = {
    .name = "ConsumerGroupDescribeResponse",
    .kind = KW_RESPONSE,
    .key = 69,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_consumer_group_describe_response),
    .init = init_any_consumer_group_describe_response,
    .decode = decode_any_consumer_group_describe_response,
    .encode = encode_any_consumer_group_describe_response,
};
