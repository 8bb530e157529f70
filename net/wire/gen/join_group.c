/* Written by net/wire/schema/gen.py from join_group.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/join_group.h"

void kw_join_group_request_protocol_init(struct kw_join_group_request_protocol *m)
{
    m->name = KW_EMPTY_STRING;
    m->metadata = KW_EMPTY_BYTES;
}

void kw_join_group_request_init(struct kw_join_group_request *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->session_timeout_ms = 0;
    m->rebalance_timeout_ms = -1;
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = (struct mr_str){NULL, 0};
    m->protocol_type = KW_EMPTY_STRING;
    m->protocols = NULL;
    m->protocols_count = 0;
    m->reason = (struct mr_str){NULL, 0};
}

static void get_join_group_request_protocol(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_join_group_request_protocol *m)
{
    const bool flex = version >= 6;
    (void)a;
    m->name = kw_get_string(r, flex, false);
    m->metadata = kw_get_bytes(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_join_group_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_join_group_request *m)
{
    const bool flex = version >= 6;
    m->group_id = kw_get_string(r, flex, false);
    m->session_timeout_ms = kw_get_int32(r);
    m->rebalance_timeout_ms = version >= 1 ? kw_get_int32(r) : -1;
    m->member_id = kw_get_string(r, flex, false);
    m->group_instance_id = version >= 5 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->protocol_type = kw_get_string(r, flex, false);
    m->protocols_count = kw_get_count(r, flex, false, 3);
    m->protocols = kw_get_items(r, a, m->protocols_count, sizeof(*m->protocols));
    for (int32_t i = 0; i < m->protocols_count && r->err == 0; i++)
        get_join_group_request_protocol(r, version, a, &m->protocols[i]);
    m->reason = version >= 8 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    if (flex)
        kw_skip_tags(r);
}

static void put_join_group_request_protocol(struct kw_writer *w, int16_t version,
                                            const struct kw_join_group_request_protocol *m)
{
    const bool flex = version >= 6;
    kw_put_string(w, flex, false, m->name);
    kw_put_bytes(w, flex, false, m->metadata);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_join_group_request(struct kw_writer *w, int16_t version,
                                   const struct kw_join_group_request *m)
{
    const bool flex = version >= 6;
    kw_put_string(w, flex, false, m->group_id);
    kw_put_int32(w, m->session_timeout_ms);
    if (version >= 1)
        kw_put_int32(w, m->rebalance_timeout_ms);
    kw_put_string(w, flex, false, m->member_id);
    if (version >= 5)
        kw_put_string(w, flex, true, m->group_instance_id);
    kw_put_string(w, flex, false, m->protocol_type);
    kw_put_count(w, flex, false, m->protocols_count);
    for (int32_t i = 0; i < m->protocols_count && w->err == 0; i++)
        put_join_group_request_protocol(w, version, &m->protocols[i]);
    if (version >= 8)
        kw_put_string(w, flex, true, m->reason);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_join_group_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_join_group_request *ret)
{
    if (version < 0 || version > 9)
        return -MR_E_VERSION;
    get_join_group_request(r, version, a, ret);
    return r->err;
}

void kw_join_group_request_encode(struct kw_writer *w, int16_t version, const struct kw_join_group_request *m)
{
    if (version < 0 || version > 9)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_join_group_request(w, version, m);
}

static void init_any_join_group_request(void *m) { kw_join_group_request_init(m); }

static int decode_any_join_group_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_join_group_request_decode(r, version, a, ret);
}

static void encode_any_join_group_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_join_group_request_encode(w, version, m);
}

const struct kw_message kw_join_group_request_info = {
    .name = "JoinGroupRequest",
    .kind = KW_REQUEST,
    .key = 11,
    .v_min = 0,
    .v_max = 9,
    .v_stable = 9,
    .flexible_from = 6,
    .size = sizeof(struct kw_join_group_request),
    .init = init_any_join_group_request,
    .decode = decode_any_join_group_request,
    .encode = encode_any_join_group_request,
};

void kw_join_group_response_member_init(struct kw_join_group_response_member *m)
{
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = (struct mr_str){NULL, 0};
    m->metadata = KW_EMPTY_BYTES;
}

void kw_join_group_response_init(struct kw_join_group_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->generation_id = -1;
    m->protocol_type = (struct mr_str){NULL, 0};
    m->protocol_name = KW_EMPTY_STRING;
    m->leader = KW_EMPTY_STRING;
    m->skip_assignment = false;
    m->member_id = KW_EMPTY_STRING;
    m->members = NULL;
    m->members_count = 0;
}

static void get_join_group_response_member(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_join_group_response_member *m)
{
    const bool flex = version >= 6;
    (void)a;
    m->member_id = kw_get_string(r, flex, false);
    m->group_instance_id = version >= 5 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->metadata = kw_get_bytes(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_join_group_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_join_group_response *m)
{
    const bool flex = version >= 6;
    m->throttle_time_ms = version >= 2 ? kw_get_int32(r) : 0;
    m->error_code = kw_get_int16(r);
    m->generation_id = kw_get_int32(r);
    m->protocol_type = version >= 7 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->protocol_name = kw_get_string(r, flex, version >= 7);
    m->leader = kw_get_string(r, flex, false);
    m->skip_assignment = version >= 9 ? kw_get_bool(r) : false;
    m->member_id = kw_get_string(r, flex, false);
    m->members_count = kw_get_count(r, flex, false, 4);
    m->members = kw_get_items(r, a, m->members_count, sizeof(*m->members));
    for (int32_t i = 0; i < m->members_count && r->err == 0; i++)
        get_join_group_response_member(r, version, a, &m->members[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_join_group_response_member(struct kw_writer *w, int16_t version,
                                           const struct kw_join_group_response_member *m)
{
    const bool flex = version >= 6;
    kw_put_string(w, flex, false, m->member_id);
    if (version >= 5)
        kw_put_string(w, flex, true, m->group_instance_id);
    kw_put_bytes(w, flex, false, m->metadata);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_join_group_response(struct kw_writer *w, int16_t version,
                                    const struct kw_join_group_response *m)
{
    const bool flex = version >= 6;
    if (version >= 2)
        kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_int32(w, m->generation_id);
    if (version >= 7)
        kw_put_string(w, flex, true, m->protocol_type);
    kw_put_string(w, flex, version >= 7, m->protocol_name);
    kw_put_string(w, flex, false, m->leader);
    if (version >= 9)
        kw_put_bool(w, m->skip_assignment);
    kw_put_string(w, flex, false, m->member_id);
    kw_put_count(w, flex, false, m->members_count);
    for (int32_t i = 0; i < m->members_count && w->err == 0; i++)
        put_join_group_response_member(w, version, &m->members[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_join_group_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_join_group_response *ret)
{
    if (version < 0 || version > 9)
        return -MR_E_VERSION;
    get_join_group_response(r, version, a, ret);
    return r->err;
}

void kw_join_group_response_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_join_group_response *m)
{
    if (version < 0 || version > 9)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_join_group_response(w, version, m);
}

static void init_any_join_group_response(void *m) { kw_join_group_response_init(m); }

static int decode_any_join_group_response(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_join_group_response_decode(r, version, a, ret);
}

static void encode_any_join_group_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_join_group_response_encode(w, version, m);
}

const struct kw_message kw_join_group_response_info = {
    .name = "JoinGroupResponse",
    .kind = KW_RESPONSE,
    .key = 11,
    .v_min = 0,
    .v_max = 9,
    .v_stable = 9,
    .flexible_from = 6,
    .size = sizeof(struct kw_join_group_response),
    .init = init_any_join_group_response,
    .decode = decode_any_join_group_response,
    .encode = encode_any_join_group_response,
};
