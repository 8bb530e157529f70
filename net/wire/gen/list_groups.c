/* Written by net/wire/schema/gen.py from list_groups.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/list_groups.h"

void kw_list_groups_request_init(struct kw_list_groups_request *m)
{
    m->states_filter = NULL;
    m->states_filter_count = 0;
    m->types_filter = NULL;
    m->types_filter_count = 0;
}

static void get_list_groups_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_list_groups_request *m)
{
    const bool flex = version >= 3;
    if (version >= 4) {
        m->states_filter = kw_get_string_array(r, a, flex, false, &m->states_filter_count);
    } else {
        m->states_filter = NULL;
        m->states_filter_count = 0;
    }
    if (version >= 5) {
        m->types_filter = kw_get_string_array(r, a, flex, false, &m->types_filter_count);
    } else {
        m->types_filter = NULL;
        m->types_filter_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void put_list_groups_request(struct kw_writer *w, int16_t version,
                                    const struct kw_list_groups_request *m)
{
    const bool flex = version >= 3;
    if (version >= 4)
        kw_put_string_array(w, flex, false, m->states_filter, m->states_filter_count);
    if (version >= 5)
        kw_put_string_array(w, flex, false, m->types_filter, m->types_filter_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_list_groups_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_list_groups_request *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_list_groups_request(r, version, a, ret);
    return r->err;
}

void kw_list_groups_request_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_list_groups_request *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_groups_request(w, version, m);
}

static void init_any_list_groups_request(void *m) { kw_list_groups_request_init(m); }

static int decode_any_list_groups_request(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_list_groups_request_decode(r, version, a, ret);
}

static void encode_any_list_groups_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_list_groups_request_encode(w, version, m);
}

const struct kw_message kw_list_groups_request_info = {
    .name = "ListGroupsRequest",
    .kind = KW_REQUEST,
    .key = 16,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 3,
    .size = sizeof(struct kw_list_groups_request),
    .init = init_any_list_groups_request,
    .decode = decode_any_list_groups_request,
    .encode = encode_any_list_groups_request,
};

void kw_list_groups_response_group_init(struct kw_list_groups_response_group *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->protocol_type = KW_EMPTY_STRING;
    m->group_state = KW_EMPTY_STRING;
    m->group_type = KW_EMPTY_STRING;
}

void kw_list_groups_response_init(struct kw_list_groups_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->groups = NULL;
    m->groups_count = 0;
}

static void get_list_groups_response_group(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_list_groups_response_group *m)
{
    const bool flex = version >= 3;
    (void)a;
    m->group_id = kw_get_string(r, flex, false);
    m->protocol_type = kw_get_string(r, flex, false);
    m->group_state = version >= 4 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->group_type = version >= 5 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    if (flex)
        kw_skip_tags(r);
}

static void get_list_groups_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_list_groups_response *m)
{
    const bool flex = version >= 3;
    m->throttle_time_ms = version >= 1 ? kw_get_int32(r) : 0;
    m->error_code = kw_get_int16(r);
    m->groups_count = kw_get_count(r, flex, false, 3);
    m->groups = kw_get_items(r, a, m->groups_count, sizeof(*m->groups));
    for (int32_t i = 0; i < m->groups_count && r->err == 0; i++)
        get_list_groups_response_group(r, version, a, &m->groups[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_list_groups_response_group(struct kw_writer *w, int16_t version,
                                           const struct kw_list_groups_response_group *m)
{
    const bool flex = version >= 3;
    kw_put_string(w, flex, false, m->group_id);
    kw_put_string(w, flex, false, m->protocol_type);
    if (version >= 4)
        kw_put_string(w, flex, false, m->group_state);
    if (version >= 5)
        kw_put_string(w, flex, false, m->group_type);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_list_groups_response(struct kw_writer *w, int16_t version,
                                     const struct kw_list_groups_response *m)
{
    const bool flex = version >= 3;
    if (version >= 1)
        kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_count(w, flex, false, m->groups_count);
    for (int32_t i = 0; i < m->groups_count && w->err == 0; i++)
        put_list_groups_response_group(w, version, &m->groups[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_list_groups_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_list_groups_response *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_list_groups_response(r, version, a, ret);
    return r->err;
}

void kw_list_groups_response_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_list_groups_response *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_groups_response(w, version, m);
}

static void init_any_list_groups_response(void *m) { kw_list_groups_response_init(m); }

static int decode_any_list_groups_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_list_groups_response_decode(r, version, a, ret);
}

static void encode_any_list_groups_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_list_groups_response_encode(w, version, m);
}

const struct kw_message kw_list_groups_response_info = {
    .name = "ListGroupsResponse",
    .kind = KW_RESPONSE,
    .key = 16,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 3,
    .size = sizeof(struct kw_list_groups_response),
    .init = init_any_list_groups_response,
    .decode = decode_any_list_groups_response,
    .encode = encode_any_list_groups_response,
};
