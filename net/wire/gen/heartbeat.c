/* Written by net/wire/schema/gen.py from heartbeat.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/heartbeat.h"

void kw_heartbeat_request_init(struct kw_heartbeat_request *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->generation_id = 0;
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = (struct mr_str){NULL, 0};
}

static void get_heartbeat_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_heartbeat_request *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->group_id = kw_get_string(r, flex, false);
    m->generation_id = kw_get_int32(r);
    m->member_id = kw_get_string(r, flex, false);
    m->group_instance_id = version >= 3 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    if (flex)
        kw_skip_tags(r);
}

static void put_heartbeat_request(struct kw_writer *w, int16_t version, const struct kw_heartbeat_request *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->group_id);
    kw_put_int32(w, m->generation_id);
    kw_put_string(w, flex, false, m->member_id);
    if (version >= 3)
        kw_put_string(w, flex, true, m->group_instance_id);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_heartbeat_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_heartbeat_request *ret)
{
    if (version < 0 || version > 4)
        return -MR_E_VERSION;
    get_heartbeat_request(r, version, a, ret);
    return r->err;
}

void kw_heartbeat_request_encode(struct kw_writer *w, int16_t version, const struct kw_heartbeat_request *m)
{
    if (version < 0 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_heartbeat_request(w, version, m);
}

static void init_any_heartbeat_request(void *m) { kw_heartbeat_request_init(m); }

static int decode_any_heartbeat_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_heartbeat_request_decode(r, version, a, ret);
}

static void encode_any_heartbeat_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_heartbeat_request_encode(w, version, m);
}

const struct kw_message kw_heartbeat_request_info = {
    .name = "HeartbeatRequest",
    .kind = KW_REQUEST,
    .key = 12,
    .v_min = 0,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 4,
    .size = sizeof(struct kw_heartbeat_request),
    .init = init_any_heartbeat_request,
    .decode = decode_any_heartbeat_request,
    .encode = encode_any_heartbeat_request,
};

void kw_heartbeat_response_init(struct kw_heartbeat_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
}

static void get_heartbeat_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_heartbeat_response *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->throttle_time_ms = version >= 1 ? kw_get_int32(r) : 0;
    m->error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_heartbeat_response(struct kw_writer *w, int16_t version,
                                   const struct kw_heartbeat_response *m)
{
    const bool flex = version >= 4;
    if (version >= 1)
        kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_heartbeat_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_heartbeat_response *ret)
{
    if (version < 0 || version > 4)
        return -MR_E_VERSION;
    get_heartbeat_response(r, version, a, ret);
    return r->err;
}

void kw_heartbeat_response_encode(struct kw_writer *w, int16_t version, const struct kw_heartbeat_response *m)
{
    if (version < 0 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_heartbeat_response(w, version, m);
}

static void init_any_heartbeat_response(void *m) { kw_heartbeat_response_init(m); }

static int decode_any_heartbeat_response(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_heartbeat_response_decode(r, version, a, ret);
}

static void encode_any_heartbeat_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_heartbeat_response_encode(w, version, m);
}

const struct kw_message kw_heartbeat_response_info = {
    .name = "HeartbeatResponse",
    .kind = KW_RESPONSE,
    .key = 12,
    .v_min = 0,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 4,
    .size = sizeof(struct kw_heartbeat_response),
    .init = init_any_heartbeat_response,
    .decode = decode_any_heartbeat_response,
    .encode = encode_any_heartbeat_response,
};
