/* Written by net/wire/schema/gen.py from describe_groups.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/describe_groups.h"

void kw_describe_groups_request_init(struct kw_describe_groups_request *m)
{
    m->groups = NULL;
    m->groups_count = 0;
    m->include_authorized_operations = false;
}

static void get_describe_groups_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_describe_groups_request *m)
{
    const bool flex = version >= 5;
    m->groups = kw_get_string_array(r, a, flex, false, &m->groups_count);
    m->include_authorized_operations = version >= 3 ? kw_get_bool(r) : false;
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_groups_request(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_groups_request *m)
{
    const bool flex = version >= 5;
    kw_put_string_array(w, flex, false, m->groups, m->groups_count);
    if (version >= 3)
        kw_put_bool(w, m->include_authorized_operations);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_groups_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_describe_groups_request *ret)
{
    if (version < 0 || version > 6)
        return -MR_E_VERSION;
    get_describe_groups_request(r, version, a, ret);
    return r->err;
}

void kw_describe_groups_request_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_describe_groups_request *m)
{
    if (version < 0 || version > 6)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_groups_request(w, version, m);
}

static void init_any_describe_groups_request(void *m) { kw_describe_groups_request_init(m); }

static int decode_any_describe_groups_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_describe_groups_request_decode(r, version, a, ret);
}

static void encode_any_describe_groups_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_groups_request_encode(w, version, m);
}

const struct kw_message kw_describe_groups_request_info = {
    .name = "DescribeGroupsRequest",
    .kind = KW_REQUEST,
    .key = 15,
    .v_min = 0,
    .v_max = 6,
    .v_stable = 6,
    .flexible_from = 5,
    .size = sizeof(struct kw_describe_groups_request),
    .init = init_any_describe_groups_request,
    .decode = decode_any_describe_groups_request,
    .encode = encode_any_describe_groups_request,
};

void kw_describe_groups_response_member_init(struct kw_describe_groups_response_member *m)
{
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = (struct mr_str){NULL, 0};
    m->client_id = KW_EMPTY_STRING;
    m->client_host = KW_EMPTY_STRING;
    m->member_metadata = KW_EMPTY_BYTES;
    m->member_assignment = KW_EMPTY_BYTES;
}

void kw_describe_groups_response_group_init(struct kw_describe_groups_response_group *m)
{
    m->error_code = 0;
    m->error_message = (struct mr_str){NULL, 0};
    m->group_id = KW_EMPTY_STRING;
    m->group_state = KW_EMPTY_STRING;
    m->protocol_type = KW_EMPTY_STRING;
    m->protocol_data = KW_EMPTY_STRING;
    m->members = NULL;
    m->members_count = 0;
    m->authorized_operations = INT32_MIN;
}

void kw_describe_groups_response_init(struct kw_describe_groups_response *m)
{
    m->throttle_time_ms = 0;
    m->groups = NULL;
    m->groups_count = 0;
}

static void get_describe_groups_response_member(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_describe_groups_response_member *m)
{
    const bool flex = version >= 5;
    (void)a;
    m->member_id = kw_get_string(r, flex, false);
    m->group_instance_id = version >= 4 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->client_id = kw_get_string(r, flex, false);
    m->client_host = kw_get_string(r, flex, false);
    m->member_metadata = kw_get_bytes(r, flex, false);
    m->member_assignment = kw_get_bytes(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_groups_response_group(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_describe_groups_response_group *m)
{
    const bool flex = version >= 5;
    m->error_code = kw_get_int16(r);
    m->error_message = version >= 6 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->group_id = kw_get_string(r, flex, false);
    m->group_state = kw_get_string(r, flex, false);
    m->protocol_type = kw_get_string(r, flex, false);
    m->protocol_data = kw_get_string(r, flex, false);
    m->members_count = kw_get_count(r, flex, false, 7);
    m->members = kw_get_items(r, a, m->members_count, sizeof(*m->members));
    for (int32_t i = 0; i < m->members_count && r->err == 0; i++)
        get_describe_groups_response_member(r, version, a, &m->members[i]);
    m->authorized_operations = version >= 3 ? kw_get_int32(r) : INT32_MIN;
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_groups_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_describe_groups_response *m)
{
    const bool flex = version >= 5;
    m->throttle_time_ms = version >= 1 ? kw_get_int32(r) : 0;
    m->groups_count = kw_get_count(r, flex, false, 12);
    m->groups = kw_get_items(r, a, m->groups_count, sizeof(*m->groups));
    for (int32_t i = 0; i < m->groups_count && r->err == 0; i++)
        get_describe_groups_response_group(r, version, a, &m->groups[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_groups_response_member(struct kw_writer *w, int16_t version,
                                                const struct kw_describe_groups_response_member *m)
{
    const bool flex = version >= 5;
    kw_put_string(w, flex, false, m->member_id);
    if (version >= 4)
        kw_put_string(w, flex, true, m->group_instance_id);
    kw_put_string(w, flex, false, m->client_id);
    kw_put_string(w, flex, false, m->client_host);
    kw_put_bytes(w, flex, false, m->member_metadata);
    kw_put_bytes(w, flex, false, m->member_assignment);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_groups_response_group(struct kw_writer *w, int16_t version,
                                               const struct kw_describe_groups_response_group *m)
{
    const bool flex = version >= 5;
    kw_put_int16(w, m->error_code);
    if (version >= 6)
        kw_put_string(w, flex, true, m->error_message);
    kw_put_string(w, flex, false, m->group_id);
    kw_put_string(w, flex, false, m->group_state);
    kw_put_string(w, flex, false, m->protocol_type);
    kw_put_string(w, flex, false, m->protocol_data);
    kw_put_count(w, flex, false, m->members_count);
    for (int32_t i = 0; i < m->members_count && w->err == 0; i++)
        put_describe_groups_response_member(w, version, &m->members[i]);
    if (version >= 3)
        kw_put_int32(w, m->authorized_operations);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_groups_response(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_groups_response *m)
{
    const bool flex = version >= 5;
    if (version >= 1)
        kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->groups_count);
    for (int32_t i = 0; i < m->groups_count && w->err == 0; i++)
        put_describe_groups_response_group(w, version, &m->groups[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_groups_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_groups_response *ret)
{
    if (version < 0 || version > 6)
        return -MR_E_VERSION;
    get_describe_groups_response(r, version, a, ret);
    return r->err;
}

void kw_describe_groups_response_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_groups_response *m)
{
    if (version < 0 || version > 6)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_groups_response(w, version, m);
}

static void init_any_describe_groups_response(void *m) { kw_describe_groups_response_init(m); }

static int decode_any_describe_groups_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_describe_groups_response_decode(r, version, a, ret);
}

static void encode_any_describe_groups_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_groups_response_encode(w, version, m);
}

const struct kw_message kw_describe_groups_response_info = {
    .name = "DescribeGroupsResponse",
    .kind = KW_RESPONSE,
    .key = 15,
    .v_min = 0,
    .v_max = 6,
    .v_stable = 6,
    .flexible_from = 5,
    .size = sizeof(struct kw_describe_groups_response),
    .init = init_any_describe_groups_response,
    .decode = decode_any_describe_groups_response,
    .encode = encode_any_describe_groups_response,
};
