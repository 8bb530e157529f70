/* Written by net/wire/schema/gen.py from delete_groups.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/delete_groups.h"

void kw_delete_groups_request_init(struct kw_delete_groups_request *m)
{
    m->groups_names = NULL;
    m->groups_names_count = 0;
}

static void get_delete_groups_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_delete_groups_request *m)
{
    const bool flex = version >= 2;
    m->groups_names = kw_get_string_array(r, a, flex, false, &m->groups_names_count);
    if (flex)
        kw_skip_tags(r);
}

static void put_delete_groups_request(struct kw_writer *w, int16_t version,
                                      const struct kw_delete_groups_request *m)
{
    const bool flex = version >= 2;
    kw_put_string_array(w, flex, false, m->groups_names, m->groups_names_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_delete_groups_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_delete_groups_request *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_delete_groups_request(r, version, a, ret);
    return r->err;
}

void kw_delete_groups_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_delete_groups_request *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delete_groups_request(w, version, m);
}

static void init_any_delete_groups_request(void *m) { kw_delete_groups_request_init(m); }

static int decode_any_delete_groups_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_delete_groups_request_decode(r, version, a, ret);
}

static void encode_any_delete_groups_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delete_groups_request_encode(w, version, m);
}

const struct kw_message kw_delete_groups_request_info = {
    .name = "DeleteGroupsRequest",
    .kind = KW_REQUEST,
    .key = 42,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_delete_groups_request),
    .init = init_any_delete_groups_request,
    .decode = decode_any_delete_groups_request,
    .encode = encode_any_delete_groups_request,
};

void kw_delete_groups_response_group_init(struct kw_delete_groups_response_group *m)
{
    m->group_id = KW_EMPTY_STRING;
    m->error_code = 0;
}

void kw_delete_groups_response_init(struct kw_delete_groups_response *m)
{
    m->throttle_time_ms = 0;
    m->results = NULL;
    m->results_count = 0;
}

static void get_delete_groups_response_group(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_delete_groups_response_group *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->group_id = kw_get_string(r, flex, false);
    m->error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_groups_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_delete_groups_response *m)
{
    const bool flex = version >= 2;
    m->throttle_time_ms = kw_get_int32(r);
    m->results_count = kw_get_count(r, flex, false, 4);
    m->results = kw_get_items(r, a, m->results_count, sizeof(*m->results));
    for (int32_t i = 0; i < m->results_count && r->err == 0; i++)
        get_delete_groups_response_group(r, version, a, &m->results[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_delete_groups_response_group(struct kw_writer *w, int16_t version,
                                             const struct kw_delete_groups_response_group *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->group_id);
    kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_groups_response(struct kw_writer *w, int16_t version,
                                       const struct kw_delete_groups_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->results_count);
    for (int32_t i = 0; i < m->results_count && w->err == 0; i++)
        put_delete_groups_response_group(w, version, &m->results[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_delete_groups_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_delete_groups_response *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_delete_groups_response(r, version, a, ret);
    return r->err;
}

void kw_delete_groups_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_delete_groups_response *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delete_groups_response(w, version, m);
}

static void init_any_delete_groups_response(void *m) { kw_delete_groups_response_init(m); }

static int decode_any_delete_groups_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_delete_groups_response_decode(r, version, a, ret);
}

static void encode_any_delete_groups_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delete_groups_response_encode(w, version, m);
}

const struct kw_message kw_delete_groups_response_info = {
    .name = "DeleteGroupsResponse",
    .kind = KW_RESPONSE,
    .key = 42,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_delete_groups_response),
    .init = init_any_delete_groups_response,
    .decode = decode_any_delete_groups_response,
    .encode = encode_any_delete_groups_response,
};
