/* Written by net/wire/schema/gen.py from create_topics.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/create_topics.h"

void kw_create_topics_request_config_init(struct kw_create_topics_request_config *m)
{
    m->name = KW_EMPTY_STRING;
    m->value = KW_EMPTY_STRING;
}

void kw_create_topics_request_assignment_init(struct kw_create_topics_request_assignment *m)
{
    m->partition_index = 0;
    m->broker_ids = NULL;
    m->broker_ids_count = 0;
}

void kw_create_topics_request_topic_init(struct kw_create_topics_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->num_partitions = 0;
    m->replication_factor = 0;
    m->assignments = NULL;
    m->assignments_count = 0;
    m->configs = NULL;
    m->configs_count = 0;
}

void kw_create_topics_request_init(struct kw_create_topics_request *m)
{
    m->topics = NULL;
    m->topics_count = 0;
    m->timeout_ms = 60000;
    m->validate_only = false;
}

static void get_create_topics_request_config(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_create_topics_request_config *m)
{
    const bool flex = version >= 5;
    (void)a;
    m->name = kw_get_string(r, flex, false);
    m->value = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_topics_request_assignment(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_create_topics_request_assignment *m)
{
    const bool flex = version >= 5;
    m->partition_index = kw_get_int32(r);
    m->broker_ids = kw_get_int32_array(r, a, flex, false, &m->broker_ids_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_topics_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_create_topics_request_topic *m)
{
    const bool flex = version >= 5;
    m->name = kw_get_string(r, flex, false);
    m->num_partitions = kw_get_int32(r);
    m->replication_factor = kw_get_int16(r);
    m->assignments_count = kw_get_count(r, flex, false, 6);
    m->assignments = kw_get_items(r, a, m->assignments_count, sizeof(*m->assignments));
    for (int32_t i = 0; i < m->assignments_count && r->err == 0; i++)
        get_create_topics_request_assignment(r, version, a, &m->assignments[i]);
    m->configs_count = kw_get_count(r, flex, false, 3);
    m->configs = kw_get_items(r, a, m->configs_count, sizeof(*m->configs));
    for (int32_t i = 0; i < m->configs_count && r->err == 0; i++)
        get_create_topics_request_config(r, version, a, &m->configs[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_create_topics_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_create_topics_request *m)
{
    const bool flex = version >= 5;
    m->topics_count = kw_get_count(r, flex, false, 10);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_create_topics_request_topic(r, version, a, &m->topics[i]);
    m->timeout_ms = kw_get_int32(r);
    m->validate_only = kw_get_bool(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_create_topics_request_config(struct kw_writer *w, int16_t version,
                                             const struct kw_create_topics_request_config *m)
{
    const bool flex = version >= 5;
    kw_put_string(w, flex, false, m->name);
    kw_put_string(w, flex, true, m->value);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_topics_request_assignment(struct kw_writer *w, int16_t version,
                                                 const struct kw_create_topics_request_assignment *m)
{
    const bool flex = version >= 5;
    kw_put_int32(w, m->partition_index);
    kw_put_int32_array(w, flex, false, m->broker_ids, m->broker_ids_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_topics_request_topic(struct kw_writer *w, int16_t version,
                                            const struct kw_create_topics_request_topic *m)
{
    const bool flex = version >= 5;
    kw_put_string(w, flex, false, m->name);
    kw_put_int32(w, m->num_partitions);
    kw_put_int16(w, m->replication_factor);
    kw_put_count(w, flex, false, m->assignments_count);
    for (int32_t i = 0; i < m->assignments_count && w->err == 0; i++)
        put_create_topics_request_assignment(w, version, &m->assignments[i]);
    kw_put_count(w, flex, false, m->configs_count);
    for (int32_t i = 0; i < m->configs_count && w->err == 0; i++)
        put_create_topics_request_config(w, version, &m->configs[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_create_topics_request(struct kw_writer *w, int16_t version,
                                      const struct kw_create_topics_request *m)
{
    const bool flex = version >= 5;
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_create_topics_request_topic(w, version, &m->topics[i]);
    kw_put_int32(w, m->timeout_ms);
    kw_put_bool(w, m->validate_only);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_create_topics_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_create_topics_request *ret)
{
    if (version < 2 || version > 7)
        return -MR_E_VERSION;
    get_create_topics_request(r, version, a, ret);
    return r->err;
}

void kw_create_topics_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_create_topics_request *m)
{
    if (version < 2 || version > 7)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_create_topics_request(w, version, m);
}

static void init_any_create_topics_request(void *m) { kw_create_topics_request_init(m); }

static int decode_any_create_topics_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_create_topics_request_decode(r, version, a, ret);
}

static void encode_any_create_topics_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_create_topics_request_encode(w, version, m);
}

const struct kw_message kw_create_topics_request_info = {
    .name = "CreateTopicsRequest",
    .kind = KW_REQUEST,
    .key = 19,
    .v_min = 2,
    .v_max = 7,
    .v_stable = 7,
    .flexible_from = 5,
    .size = sizeof(struct kw_create_topics_request),
    .init = init_any_create_topics_request,
    .decode = decode_any_create_topics_request,
    .encode = encode_any_create_topics_request,
};

void kw_create_topics_response_config_init(struct kw_create_topics_response_config *m)
{
    m->name = KW_EMPTY_STRING;
    m->value = KW_EMPTY_STRING;
    m->read_only = false;
    m->config_source = -1;
    m->is_sensitive = false;
}

void kw_create_topics_response_topic_init(struct kw_create_topics_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->topic_config_error_code = 0;
    m->num_partitions = -1;
    m->replication_factor = -1;
    m->configs = NULL;
    m->configs_count = 0;
}

void kw_create_topics_response_init(struct kw_create_topics_response *m)
{
    m->throttle_time_ms = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_create_topics_response_config(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_create_topics_response_config *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->value = kw_get_string(r, true, true);
    m->read_only = kw_get_bool(r);
    m->config_source = kw_get_int8(r);
    m->is_sensitive = kw_get_bool(r);
    kw_skip_tags(r);
}

static void get_create_topics_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_create_topics_response_topic *m)
{
    const bool flex = version >= 5;
    m->name = kw_get_string(r, flex, false);
    m->topic_id = version >= 7 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->num_partitions = version >= 5 ? kw_get_int32(r) : -1;
    m->replication_factor = version >= 5 ? kw_get_int16(r) : -1;
    if (version >= 5) {
        m->configs_count = kw_get_count(r, flex, true, 6);
        m->configs = kw_get_items(r, a, m->configs_count, sizeof(*m->configs));
        for (int32_t i = 0; i < m->configs_count && r->err == 0; i++)
            get_create_topics_response_config(r, version, a, &m->configs[i]);
    } else {
        m->configs = NULL;
        m->configs_count = 0;
    }
    m->topic_config_error_code = 0;
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->topic_config_error_code = kw_get_int16(&payload);
            kw_tag_done(r, &payload);
        }
    }
}

static void get_create_topics_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_create_topics_response *m)
{
    const bool flex = version >= 5;
    m->throttle_time_ms = kw_get_int32(r);
    m->topics_count = kw_get_count(r, flex, false, 6);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_create_topics_response_topic(r, version, a, &m->topics[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_create_topics_response_config(struct kw_writer *w, int16_t version,
                                              const struct kw_create_topics_response_config *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_string(w, true, true, m->value);
    kw_put_bool(w, m->read_only);
    kw_put_int8(w, m->config_source);
    kw_put_bool(w, m->is_sensitive);
    kw_put_uvarint(w, 0);
}

static void put_create_topics_response_topic(struct kw_writer *w, int16_t version,
                                             const struct kw_create_topics_response_topic *m)
{
    const bool flex = version >= 5;
    kw_put_string(w, flex, false, m->name);
    if (version >= 7)
        kw_put_uuid(w, m->topic_id);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    if (version >= 5)
        kw_put_int32(w, m->num_partitions);
    if (version >= 5)
        kw_put_int16(w, m->replication_factor);
    if (version >= 5) {
        kw_put_count(w, flex, true, m->configs_count);
        for (int32_t i = 0; i < m->configs_count && w->err == 0; i++)
            put_create_topics_response_config(w, version, &m->configs[i]);
    }
    if (flex) {
        const bool has_topic_config_error_code = m->topic_config_error_code != 0;
        kw_put_uvarint(w, has_topic_config_error_code);
        if (has_topic_config_error_code) {
            const size_t mark = kw_tag_begin(w, 0);
            kw_put_int16(w, m->topic_config_error_code);
            kw_tag_end(w, mark);
        }
    }
}

static void put_create_topics_response(struct kw_writer *w, int16_t version,
                                       const struct kw_create_topics_response *m)
{
    const bool flex = version >= 5;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_create_topics_response_topic(w, version, &m->topics[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_create_topics_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_create_topics_response *ret)
{
    if (version < 2 || version > 7)
        return -MR_E_VERSION;
    get_create_topics_response(r, version, a, ret);
    return r->err;
}

void kw_create_topics_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_create_topics_response *m)
{
    if (version < 2 || version > 7)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_create_topics_response(w, version, m);
}

static void init_any_create_topics_response(void *m) { kw_create_topics_response_init(m); }

static int decode_any_create_topics_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_create_topics_response_decode(r, version, a, ret);
}

static void encode_any_create_topics_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_create_topics_response_encode(w, version, m);
}

const struct kw_message kw_create_topics_response_info = {
    .name = "CreateTopicsResponse",
    .kind = KW_RESPONSE,
    .key = 19,
    .v_min = 2,
    .v_max = 7,
    .v_stable = 7,
    .flexible_from = 5,
    .size = sizeof(struct kw_create_topics_response),
    .init = init_any_create_topics_response,
    .decode = decode_any_create_topics_response,
    .encode = encode_any_create_topics_response,
};
