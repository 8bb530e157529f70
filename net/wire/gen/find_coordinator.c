/* Written by net/wire/schema/gen.py from find_coordinator.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/find_coordinator.h"

void kw_find_coordinator_request_init(struct kw_find_coordinator_request *m)
{
    m->key = KW_EMPTY_STRING;
    m->key_type = 0;
    m->coordinator_keys = NULL;
    m->coordinator_keys_count = 0;
}

static void get_find_coordinator_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_find_coordinator_request *m)
{
    const bool flex = version >= 3;
    m->key = version <= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->key_type = version >= 1 ? kw_get_int8(r) : 0;
    if (version >= 4) {
        m->coordinator_keys = kw_get_string_array(r, a, flex, false, &m->coordinator_keys_count);
    } else {
        m->coordinator_keys = NULL;
        m->coordinator_keys_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void put_find_coordinator_request(struct kw_writer *w, int16_t version,
                                         const struct kw_find_coordinator_request *m)
{
    const bool flex = version >= 3;
    if (version <= 3)
        kw_put_string(w, flex, false, m->key);
    if (version >= 1)
        kw_put_int8(w, m->key_type);
    if (version >= 4)
        kw_put_string_array(w, flex, false, m->coordinator_keys, m->coordinator_keys_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_find_coordinator_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_find_coordinator_request *ret)
{
    if (version < 0 || version > 6)
        return -MR_E_VERSION;
    get_find_coordinator_request(r, version, a, ret);
    return r->err;
}

void kw_find_coordinator_request_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_find_coordinator_request *m)
{
    if (version < 0 || version > 6)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_find_coordinator_request(w, version, m);
}

static void init_any_find_coordinator_request(void *m) { kw_find_coordinator_request_init(m); }

static int decode_any_find_coordinator_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_find_coordinator_request_decode(r, version, a, ret);
}

static void encode_any_find_coordinator_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_find_coordinator_request_encode(w, version, m);
}

const struct kw_message kw_find_coordinator_request_info = {
    .name = "FindCoordinatorRequest",
    .kind = KW_REQUEST,
    .key = 10,
    .v_min = 0,
    .v_max = 6,
    .v_stable = 6,
    .flexible_from = 3,
    .size = sizeof(struct kw_find_coordinator_request),
    .init = init_any_find_coordinator_request,
    .decode = decode_any_find_coordinator_request,
    .encode = encode_any_find_coordinator_request,
};

void kw_find_coordinator_response_coordinator_init(struct kw_find_coordinator_response_coordinator *m)
{
    m->key = KW_EMPTY_STRING;
    m->node_id = 0;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

void kw_find_coordinator_response_init(struct kw_find_coordinator_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->node_id = 0;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
    m->coordinators = NULL;
    m->coordinators_count = 0;
}

static void get_find_coordinator_response_coordinator(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_find_coordinator_response_coordinator *m)
{
    (void)a;
    (void)version;
    m->key = kw_get_string(r, true, false);
    m->node_id = kw_get_int32(r);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void get_find_coordinator_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_find_coordinator_response *m)
{
    const bool flex = version >= 3;
    m->throttle_time_ms = version >= 1 ? kw_get_int32(r) : 0;
    m->error_code = version <= 3 ? kw_get_int16(r) : 0;
    m->error_message = version >= 1 && version <= 3 ? kw_get_string(r, flex, true) : KW_EMPTY_STRING;
    m->node_id = version <= 3 ? kw_get_int32(r) : 0;
    m->host = version <= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->port = version <= 3 ? kw_get_int32(r) : 0;
    if (version >= 4) {
        m->coordinators_count = kw_get_count(r, flex, false, 14);
        m->coordinators = kw_get_items(r, a, m->coordinators_count, sizeof(*m->coordinators));
        for (int32_t i = 0; i < m->coordinators_count && r->err == 0; i++)
            get_find_coordinator_response_coordinator(r, version, a, &m->coordinators[i]);
    } else {
        m->coordinators = NULL;
        m->coordinators_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void put_find_coordinator_response_coordinator(struct kw_writer *w, int16_t version,
    const struct kw_find_coordinator_response_coordinator *m)
{
    (void)version;
    kw_put_string(w, true, false, m->key);
    kw_put_int32(w, m->node_id);
    kw_put_string(w, true, false, m->host);
    kw_put_int32(w, m->port);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_uvarint(w, 0);
}

static void put_find_coordinator_response(struct kw_writer *w, int16_t version,
                                          const struct kw_find_coordinator_response *m)
{
    const bool flex = version >= 3;
    if (version >= 1)
        kw_put_throttle(w, m->throttle_time_ms);
    if (version <= 3)
        kw_put_int16(w, m->error_code);
    if (version >= 1 && version <= 3)
        kw_put_string(w, flex, true, m->error_message);
    if (version <= 3)
        kw_put_int32(w, m->node_id);
    if (version <= 3)
        kw_put_string(w, flex, false, m->host);
    if (version <= 3)
        kw_put_int32(w, m->port);
    if (version >= 4) {
        kw_put_count(w, flex, false, m->coordinators_count);
        for (int32_t i = 0; i < m->coordinators_count && w->err == 0; i++)
            put_find_coordinator_response_coordinator(w, version, &m->coordinators[i]);
    }
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_find_coordinator_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_find_coordinator_response *ret)
{
    if (version < 0 || version > 6)
        return -MR_E_VERSION;
    get_find_coordinator_response(r, version, a, ret);
    return r->err;
}

void kw_find_coordinator_response_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_find_coordinator_response *m)
{
    if (version < 0 || version > 6)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_find_coordinator_response(w, version, m);
}

static void init_any_find_coordinator_response(void *m) { kw_find_coordinator_response_init(m); }

static int decode_any_find_coordinator_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_find_coordinator_response_decode(r, version, a, ret);
}

static void encode_any_find_coordinator_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_find_coordinator_response_encode(w, version, m);
}

const struct kw_message kw_find_coordinator_response_info = {
    .name = "FindCoordinatorResponse",
    .kind = KW_RESPONSE,
    .key = 10,
    .v_min = 0,
    .v_max = 6,
    .v_stable = 6,
    .flexible_from = 3,
    .size = sizeof(struct kw_find_coordinator_response),
    .init = init_any_find_coordinator_response,
    .decode = decode_any_find_coordinator_response,
    .encode = encode_any_find_coordinator_response,
};
