/* Written by net/wire/schema/gen.py from leave_group.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/leave_group.h"

void kw_leave_group_request_member_init(struct kw_leave_group_request_member *m)
{
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = (struct mr_str){NULL, 0};
    m->reason = (struct mr_str){NULL, 0};
}

void kw_leave_group_request_init(struct kw_leave_group_request *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->member_id = KW_EMPTY_STRING;
    m->members = NULL;
    m->members_count = 0;
}

static void get_leave_group_request_member(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_leave_group_request_member *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->member_id = kw_get_string(r, flex, false);
    m->group_instance_id = kw_get_string(r, flex, true);
    m->reason = version >= 5 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    if (flex)
        kw_skip_tags(r);
}

static void get_leave_group_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_leave_group_request *m)
{
    const bool flex = version >= 4;
    m->group_id = kw_get_string(r, flex, false);
    m->member_id = version <= 2 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    if (version >= 3) {
        m->members_count = kw_get_count(r, flex, false, 3);
        m->members = kw_get_items(r, a, m->members_count, sizeof(*m->members));
        for (int32_t i = 0; i < m->members_count && r->err == 0; i++)
            get_leave_group_request_member(r, version, a, &m->members[i]);
    } else {
        m->members = NULL;
        m->members_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void put_leave_group_request_member(struct kw_writer *w, int16_t version,
                                           const struct kw_leave_group_request_member *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->member_id);
    kw_put_string(w, flex, true, m->group_instance_id);
    if (version >= 5)
        kw_put_string(w, flex, true, m->reason);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_leave_group_request(struct kw_writer *w, int16_t version,
                                    const struct kw_leave_group_request *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->group_id);
    if (version <= 2)
        kw_put_string(w, flex, false, m->member_id);
    if (version >= 3) {
        kw_put_count(w, flex, false, m->members_count);
        for (int32_t i = 0; i < m->members_count && w->err == 0; i++)
            put_leave_group_request_member(w, version, &m->members[i]);
    }
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_leave_group_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_leave_group_request *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_leave_group_request(r, version, a, ret);
    return r->err;
}

void kw_leave_group_request_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_leave_group_request *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_leave_group_request(w, version, m);
}

static void init_any_leave_group_request(void *m) { kw_leave_group_request_init(m); }

static int decode_any_leave_group_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_leave_group_request_decode(r, version, a, ret);
}

static void encode_any_leave_group_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_leave_group_request_encode(w, version, m);
}

const struct kw_message kw_leave_group_request_info = {
    .name = "LeaveGroupRequest",
    .kind = KW_REQUEST,
    .key = 13,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 4,
    .size = sizeof(struct kw_leave_group_request),
    .init = init_any_leave_group_request,
    .decode = decode_any_leave_group_request,
    .encode = encode_any_leave_group_request,
};

void kw_leave_group_response_member_init(struct kw_leave_group_response_member *m)
{
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = KW_EMPTY_STRING;
    m->error_code = 0;
}

void kw_leave_group_response_init(struct kw_leave_group_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->members = NULL;
    m->members_count = 0;
}

static void get_leave_group_response_member(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_leave_group_response_member *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->member_id = kw_get_string(r, flex, false);
    m->group_instance_id = kw_get_string(r, flex, true);
    m->error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_leave_group_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_leave_group_response *m)
{
    const bool flex = version >= 4;
    m->throttle_time_ms = version >= 1 ? kw_get_int32(r) : 0;
    m->error_code = kw_get_int16(r);
    if (version >= 3) {
        m->members_count = kw_get_count(r, flex, false, 5);
        m->members = kw_get_items(r, a, m->members_count, sizeof(*m->members));
        for (int32_t i = 0; i < m->members_count && r->err == 0; i++)
            get_leave_group_response_member(r, version, a, &m->members[i]);
    } else {
        m->members = NULL;
        m->members_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void put_leave_group_response_member(struct kw_writer *w, int16_t version,
                                            const struct kw_leave_group_response_member *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->member_id);
    kw_put_string(w, flex, true, m->group_instance_id);
    kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_leave_group_response(struct kw_writer *w, int16_t version,
                                     const struct kw_leave_group_response *m)
{
    const bool flex = version >= 4;
    if (version >= 1)
        kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    if (version >= 3) {
        kw_put_count(w, flex, false, m->members_count);
        for (int32_t i = 0; i < m->members_count && w->err == 0; i++)
            put_leave_group_response_member(w, version, &m->members[i]);
    }
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_leave_group_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_leave_group_response *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_leave_group_response(r, version, a, ret);
    return r->err;
}

void kw_leave_group_response_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_leave_group_response *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_leave_group_response(w, version, m);
}

static void init_any_leave_group_response(void *m) { kw_leave_group_response_init(m); }

static int decode_any_leave_group_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_leave_group_response_decode(r, version, a, ret);
}

static void encode_any_leave_group_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_leave_group_response_encode(w, version, m);
}

const struct kw_message kw_leave_group_response_info = {
    .name = "LeaveGroupResponse",
    .kind = KW_RESPONSE,
    .key = 13,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 4,
    .size = sizeof(struct kw_leave_group_response),
    .init = init_any_leave_group_response,
    .decode = decode_any_leave_group_response,
    .encode = encode_any_leave_group_response,
};
