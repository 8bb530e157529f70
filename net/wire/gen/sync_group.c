/* Written by net/wire/schema/gen.py from sync_group.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/sync_group.h"

void kw_sync_group_request_assignment_init(struct kw_sync_group_request_assignment *m)
{
    m->member_id = KW_EMPTY_STRING;
    m->assignment = KW_EMPTY_BYTES;
}

void kw_sync_group_request_init(struct kw_sync_group_request *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->generation_id = 0;
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = (struct mr_str){NULL, 0};
    m->protocol_type = (struct mr_str){NULL, 0};
    m->protocol_name = (struct mr_str){NULL, 0};
    m->assignments = NULL;
    m->assignments_count = 0;
}

static void get_sync_group_request_assignment(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_sync_group_request_assignment *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->member_id = kw_get_string(r, flex, false);
    m->assignment = kw_get_bytes(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_sync_group_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_sync_group_request *m)
{
    const bool flex = version >= 4;
    m->group_id = kw_get_string(r, flex, false);
    m->generation_id = kw_get_int32(r);
    m->member_id = kw_get_string(r, flex, false);
    m->group_instance_id = version >= 3 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->protocol_type = version >= 5 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->protocol_name = version >= 5 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->assignments_count = kw_get_count(r, flex, false, 3);
    m->assignments = kw_get_items(r, a, m->assignments_count, sizeof(*m->assignments));
    for (int32_t i = 0; i < m->assignments_count && r->err == 0; i++)
        get_sync_group_request_assignment(r, version, a, &m->assignments[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_sync_group_request_assignment(struct kw_writer *w, int16_t version,
                                              const struct kw_sync_group_request_assignment *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->member_id);
    kw_put_bytes(w, flex, false, m->assignment);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_sync_group_request(struct kw_writer *w, int16_t version,
                                   const struct kw_sync_group_request *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->group_id);
    kw_put_int32(w, m->generation_id);
    kw_put_string(w, flex, false, m->member_id);
    if (version >= 3)
        kw_put_string(w, flex, true, m->group_instance_id);
    if (version >= 5)
        kw_put_string(w, flex, true, m->protocol_type);
    if (version >= 5)
        kw_put_string(w, flex, true, m->protocol_name);
    kw_put_count(w, flex, false, m->assignments_count);
    for (int32_t i = 0; i < m->assignments_count && w->err == 0; i++)
        put_sync_group_request_assignment(w, version, &m->assignments[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_sync_group_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_sync_group_request *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_sync_group_request(r, version, a, ret);
    return r->err;
}

void kw_sync_group_request_encode(struct kw_writer *w, int16_t version, const struct kw_sync_group_request *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_sync_group_request(w, version, m);
}

static void init_any_sync_group_request(void *m) { kw_sync_group_request_init(m); }

static int decode_any_sync_group_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_sync_group_request_decode(r, version, a, ret);
}

static void encode_any_sync_group_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_sync_group_request_encode(w, version, m);
}

const struct kw_message kw_sync_group_request_info = {
    .name = "SyncGroupRequest",
    .kind = KW_REQUEST,
    .key = 14,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 4,
    .size = sizeof(struct kw_sync_group_request),
    .init = init_any_sync_group_request,
    .decode = decode_any_sync_group_request,
    .encode = encode_any_sync_group_request,
};

void kw_sync_group_response_init(struct kw_sync_group_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->protocol_type = (struct mr_str){NULL, 0};
    m->protocol_name = (struct mr_str){NULL, 0};
    m->assignment = KW_EMPTY_BYTES;
}

static void get_sync_group_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_sync_group_response *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->throttle_time_ms = version >= 1 ? kw_get_int32(r) : 0;
    m->error_code = kw_get_int16(r);
    m->protocol_type = version >= 5 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->protocol_name = version >= 5 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->assignment = kw_get_bytes(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void put_sync_group_response(struct kw_writer *w, int16_t version,
                                    const struct kw_sync_group_response *m)
{
    const bool flex = version >= 4;
    if (version >= 1)
        kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    if (version >= 5)
        kw_put_string(w, flex, true, m->protocol_type);
    if (version >= 5)
        kw_put_string(w, flex, true, m->protocol_name);
    kw_put_bytes(w, flex, false, m->assignment);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_sync_group_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_sync_group_response *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_sync_group_response(r, version, a, ret);
    return r->err;
}

void kw_sync_group_response_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_sync_group_response *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_sync_group_response(w, version, m);
}

static void init_any_sync_group_response(void *m) { kw_sync_group_response_init(m); }

static int decode_any_sync_group_response(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_sync_group_response_decode(r, version, a, ret);
}

static void encode_any_sync_group_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_sync_group_response_encode(w, version, m);
}

const struct kw_message kw_sync_group_response_info = {
    .name = "SyncGroupResponse",
    .kind = KW_RESPONSE,
    .key = 14,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 4,
    .size = sizeof(struct kw_sync_group_response),
    .init = init_any_sync_group_response,
    .decode = decode_any_sync_group_response,
    .encode = encode_any_sync_group_response,
};
