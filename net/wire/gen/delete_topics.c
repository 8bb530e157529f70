/* Written by net/wire/schema/gen.py from delete_topics.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/delete_topics.h"

void kw_delete_topics_request_topic_init(struct kw_delete_topics_request_topic *m)
{
    m->name = (struct mr_str){NULL, 0};
    m->topic_id = (struct mr_uuid){{0}};
}

void kw_delete_topics_request_init(struct kw_delete_topics_request *m)
{
    m->topics = NULL;
    m->topics_count = 0;
    m->topic_names = NULL;
    m->topic_names_count = 0;
    m->timeout_ms = 0;
}

static void get_delete_topics_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_delete_topics_request_topic *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, true);
    m->topic_id = kw_get_uuid(r);
    kw_skip_tags(r);
}

static void get_delete_topics_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_delete_topics_request *m)
{
    const bool flex = version >= 4;
    if (version >= 6) {
        m->topics_count = kw_get_count(r, flex, false, 18);
        m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
        for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
            get_delete_topics_request_topic(r, version, a, &m->topics[i]);
    } else {
        m->topics = NULL;
        m->topics_count = 0;
    }
    if (version <= 5) {
        m->topic_names = kw_get_string_array(r, a, flex, false, &m->topic_names_count);
    } else {
        m->topic_names = NULL;
        m->topic_names_count = 0;
    }
    m->timeout_ms = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_delete_topics_request_topic(struct kw_writer *w, int16_t version,
                                            const struct kw_delete_topics_request_topic *m)
{
    (void)version;
    kw_put_string(w, true, true, m->name);
    kw_put_uuid(w, m->topic_id);
    kw_put_uvarint(w, 0);
}

static void put_delete_topics_request(struct kw_writer *w, int16_t version,
                                      const struct kw_delete_topics_request *m)
{
    const bool flex = version >= 4;
    if (version >= 6) {
        kw_put_count(w, flex, false, m->topics_count);
        for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
            put_delete_topics_request_topic(w, version, &m->topics[i]);
    }
    if (version <= 5)
        kw_put_string_array(w, flex, false, m->topic_names, m->topic_names_count);
    kw_put_int32(w, m->timeout_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_delete_topics_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_delete_topics_request *ret)
{
    if (version < 1 || version > 6)
        return -MR_E_VERSION;
    get_delete_topics_request(r, version, a, ret);
    return r->err;
}

void kw_delete_topics_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_delete_topics_request *m)
{
    if (version < 1 || version > 6)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delete_topics_request(w, version, m);
}

static void init_any_delete_topics_request(void *m) { kw_delete_topics_request_init(m); }

static int decode_any_delete_topics_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_delete_topics_request_decode(r, version, a, ret);
}

static void encode_any_delete_topics_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delete_topics_request_encode(w, version, m);
}

const struct kw_message kw_delete_topics_request_info = {
    .name = "DeleteTopicsRequest",
    .kind = KW_REQUEST,
    .key = 20,
    .v_min = 1,
    .v_max = 6,
    .v_stable = 6,
    .flexible_from = 4,
    .size = sizeof(struct kw_delete_topics_request),
    .init = init_any_delete_topics_request,
    .decode = decode_any_delete_topics_request,
    .encode = encode_any_delete_topics_request,
};

void kw_delete_topics_response_topic_init(struct kw_delete_topics_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->error_code = 0;
    m->error_message = (struct mr_str){NULL, 0};
}

void kw_delete_topics_response_init(struct kw_delete_topics_response *m)
{
    m->throttle_time_ms = 0;
    m->responses = NULL;
    m->responses_count = 0;
}

static void get_delete_topics_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_delete_topics_response_topic *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->name = kw_get_string(r, flex, version >= 6);
    m->topic_id = version >= 6 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->error_code = kw_get_int16(r);
    m->error_message = version >= 5 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    if (flex)
        kw_skip_tags(r);
}

static void get_delete_topics_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_delete_topics_response *m)
{
    const bool flex = version >= 4;
    m->throttle_time_ms = kw_get_int32(r);
    m->responses_count = kw_get_count(r, flex, false, 4);
    m->responses = kw_get_items(r, a, m->responses_count, sizeof(*m->responses));
    for (int32_t i = 0; i < m->responses_count && r->err == 0; i++)
        get_delete_topics_response_topic(r, version, a, &m->responses[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_delete_topics_response_topic(struct kw_writer *w, int16_t version,
                                             const struct kw_delete_topics_response_topic *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, version >= 6, m->name);
    if (version >= 6)
        kw_put_uuid(w, m->topic_id);
    kw_put_int16(w, m->error_code);
    if (version >= 5)
        kw_put_string(w, flex, true, m->error_message);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_delete_topics_response(struct kw_writer *w, int16_t version,
                                       const struct kw_delete_topics_response *m)
{
    const bool flex = version >= 4;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->responses_count);
    for (int32_t i = 0; i < m->responses_count && w->err == 0; i++)
        put_delete_topics_response_topic(w, version, &m->responses[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_delete_topics_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_delete_topics_response *ret)
{
    if (version < 1 || version > 6)
        return -MR_E_VERSION;
    get_delete_topics_response(r, version, a, ret);
    return r->err;
}

void kw_delete_topics_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_delete_topics_response *m)
{
    if (version < 1 || version > 6)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delete_topics_response(w, version, m);
}

static void init_any_delete_topics_response(void *m) { kw_delete_topics_response_init(m); }

static int decode_any_delete_topics_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_delete_topics_response_decode(r, version, a, ret);
}

static void encode_any_delete_topics_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delete_topics_response_encode(w, version, m);
}

const struct kw_message kw_delete_topics_response_info = {
    .name = "DeleteTopicsResponse",
    .kind = KW_RESPONSE,
    .key = 20,
    .v_min = 1,
    .v_max = 6,
    .v_stable = 6,
    .flexible_from = 4,
    .size = sizeof(struct kw_delete_topics_response),
    .init = init_any_delete_topics_response,
    .decode = decode_any_delete_topics_response,
    .encode = encode_any_delete_topics_response,
};
