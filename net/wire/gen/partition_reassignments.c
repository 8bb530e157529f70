/* Written by net/wire/schema/gen.py from partition_reassignments.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/partition_reassignments.h"

void kw_alter_partition_reassignments_request_partition_init(
    struct kw_alter_partition_reassignments_request_partition *m)
{
    m->partition_index = 0;
    m->replicas = NULL;
    m->replicas_count = -1;
}

void kw_alter_partition_reassignments_request_topic_init(
    struct kw_alter_partition_reassignments_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_alter_partition_reassignments_request_init(struct kw_alter_partition_reassignments_request *m)
{
    m->timeout_ms = 60000;
    m->allow_replication_factor_change = true;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_alter_partition_reassignments_request_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_alter_partition_reassignments_request_partition *m)
{
    (void)version;
    m->partition_index = kw_get_int32(r);
    m->replicas = kw_get_int32_array(r, a, true, true, &m->replicas_count);
    kw_skip_tags(r);
}

static void get_alter_partition_reassignments_request_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_alter_partition_reassignments_request_topic *m)
{
    m->name = kw_get_string(r, true, false);
    m->partitions_count = kw_get_count(r, true, false, 6);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_alter_partition_reassignments_request_partition(r, version, a, &m->partitions[i]);
    kw_skip_tags(r);
}

static void get_alter_partition_reassignments_request(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_alter_partition_reassignments_request *m)
{
    m->timeout_ms = kw_get_int32(r);
    m->allow_replication_factor_change = version >= 1 ? kw_get_bool(r) : true;
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_alter_partition_reassignments_request_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void put_alter_partition_reassignments_request_partition(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_request_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
    kw_put_int32_array(w, true, true, m->replicas, m->replicas_count);
    kw_put_uvarint(w, 0);
}

static void put_alter_partition_reassignments_request_topic(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_request_topic *m)
{
    kw_put_string(w, true, false, m->name);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_alter_partition_reassignments_request_partition(w, version, &m->partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_alter_partition_reassignments_request(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_request *m)
{
    kw_put_int32(w, m->timeout_ms);
    if (version >= 1)
        kw_put_bool(w, m->allow_replication_factor_change);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_alter_partition_reassignments_request_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

int kw_alter_partition_reassignments_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_alter_partition_reassignments_request *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_alter_partition_reassignments_request(r, version, a, ret);
    return r->err;
}

void kw_alter_partition_reassignments_request_encode(struct kw_writer *w, int16_t version,
                                                     const struct kw_alter_partition_reassignments_request *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_alter_partition_reassignments_request(w, version, m);
}

static void init_any_alter_partition_reassignments_request(
    void *m) { kw_alter_partition_reassignments_request_init(m); }

static int decode_any_alter_partition_reassignments_request(struct kw_reader *r, int16_t version,
                                                            struct mr_arena *a, void *ret)
{
    return kw_alter_partition_reassignments_request_decode(r, version, a, ret);
}

static void encode_any_alter_partition_reassignments_request(struct kw_writer *w, int16_t version,
                                                             const void *m)
{
    kw_alter_partition_reassignments_request_encode(w, version, m);
}

const struct kw_message kw_alter_partition_reassignments_request_info = {
    .name = "AlterPartitionReassignmentsRequest",
    .kind = KW_REQUEST,
    .key = 45,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_alter_partition_reassignments_request),
    .init = init_any_alter_partition_reassignments_request,
    .decode = decode_any_alter_partition_reassignments_request,
    .encode = encode_any_alter_partition_reassignments_request,
};

void kw_alter_partition_reassignments_response_partition_init(
    struct kw_alter_partition_reassignments_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

void kw_alter_partition_reassignments_response_topic_init(
    struct kw_alter_partition_reassignments_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_alter_partition_reassignments_response_init(struct kw_alter_partition_reassignments_response *m)
{
    m->throttle_time_ms = 0;
    m->allow_replication_factor_change = true;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->responses = NULL;
    m->responses_count = 0;
}

static void get_alter_partition_reassignments_response_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_alter_partition_reassignments_response_partition *m)
{
    (void)a;
    (void)version;
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void get_alter_partition_reassignments_response_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_alter_partition_reassignments_response_topic *m)
{
    m->name = kw_get_string(r, true, false);
    m->partitions_count = kw_get_count(r, true, false, 8);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_alter_partition_reassignments_response_partition(r, version, a, &m->partitions[i]);
    kw_skip_tags(r);
}

static void get_alter_partition_reassignments_response(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a,
                                                       struct kw_alter_partition_reassignments_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->allow_replication_factor_change = version >= 1 ? kw_get_bool(r) : true;
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    m->responses_count = kw_get_count(r, true, false, 3);
    m->responses = kw_get_items(r, a, m->responses_count, sizeof(*m->responses));
    for (int32_t i = 0; i < m->responses_count && r->err == 0; i++)
        get_alter_partition_reassignments_response_topic(r, version, a, &m->responses[i]);
    kw_skip_tags(r);
}

static void put_alter_partition_reassignments_response_partition(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_response_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_uvarint(w, 0);
}

static void put_alter_partition_reassignments_response_topic(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_response_topic *m)
{
    kw_put_string(w, true, false, m->name);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_alter_partition_reassignments_response_partition(w, version, &m->partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_alter_partition_reassignments_response(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    if (version >= 1)
        kw_put_bool(w, m->allow_replication_factor_change);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_count(w, true, false, m->responses_count);
    for (int32_t i = 0; i < m->responses_count && w->err == 0; i++)
        put_alter_partition_reassignments_response_topic(w, version, &m->responses[i]);
    kw_put_uvarint(w, 0);
}

int kw_alter_partition_reassignments_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_alter_partition_reassignments_response *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_alter_partition_reassignments_response(r, version, a, ret);
    return r->err;
}

void kw_alter_partition_reassignments_response_encode(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_response *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_alter_partition_reassignments_response(w, version, m);
}

static void init_any_alter_partition_reassignments_response(
    void *m) { kw_alter_partition_reassignments_response_init(m); }

static int decode_any_alter_partition_reassignments_response(struct kw_reader *r, int16_t version,
                                                             struct mr_arena *a, void *ret)
{
    return kw_alter_partition_reassignments_response_decode(r, version, a, ret);
}

static void encode_any_alter_partition_reassignments_response(struct kw_writer *w, int16_t version,
                                                              const void *m)
{
    kw_alter_partition_reassignments_response_encode(w, version, m);
}

const struct kw_message kw_alter_partition_reassignments_response_info = {
    .name = "AlterPartitionReassignmentsResponse",
    .kind = KW_RESPONSE,
    .key = 45,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_alter_partition_reassignments_response),
    .init = init_any_alter_partition_reassignments_response,
    .decode = decode_any_alter_partition_reassignments_response,
    .encode = encode_any_alter_partition_reassignments_response,
};

void kw_list_partition_reassignments_request_topic_init(
    struct kw_list_partition_reassignments_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partition_indexes = NULL;
    m->partition_indexes_count = 0;
}

void kw_list_partition_reassignments_request_init(struct kw_list_partition_reassignments_request *m)
{
    m->timeout_ms = 60000;
    m->topics = NULL;
    m->topics_count = -1;
}

static void get_list_partition_reassignments_request_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_list_partition_reassignments_request_topic *m)
{
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->partition_indexes = kw_get_int32_array(r, a, true, false, &m->partition_indexes_count);
    kw_skip_tags(r);
}

static void get_list_partition_reassignments_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_list_partition_reassignments_request *m)
{
    m->timeout_ms = kw_get_int32(r);
    m->topics_count = kw_get_count(r, true, true, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_list_partition_reassignments_request_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void put_list_partition_reassignments_request_topic(struct kw_writer *w, int16_t version,
    const struct kw_list_partition_reassignments_request_topic *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int32_array(w, true, false, m->partition_indexes, m->partition_indexes_count);
    kw_put_uvarint(w, 0);
}

static void put_list_partition_reassignments_request(struct kw_writer *w, int16_t version,
                                                     const struct kw_list_partition_reassignments_request *m)
{
    kw_put_int32(w, m->timeout_ms);
    kw_put_count(w, true, true, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_list_partition_reassignments_request_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

int kw_list_partition_reassignments_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_list_partition_reassignments_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_list_partition_reassignments_request(r, version, a, ret);
    return r->err;
}

void kw_list_partition_reassignments_request_encode(struct kw_writer *w, int16_t version,
                                                    const struct kw_list_partition_reassignments_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_partition_reassignments_request(w, version, m);
}

static void init_any_list_partition_reassignments_request(
    void *m) { kw_list_partition_reassignments_request_init(m); }

static int decode_any_list_partition_reassignments_request(struct kw_reader *r, int16_t version,
                                                           struct mr_arena *a, void *ret)
{
    return kw_list_partition_reassignments_request_decode(r, version, a, ret);
}

static void encode_any_list_partition_reassignments_request(struct kw_writer *w, int16_t version,
                                                            const void *m)
{
    kw_list_partition_reassignments_request_encode(w, version, m);
}

const struct kw_message kw_list_partition_reassignments_request_info = {
    .name = "ListPartitionReassignmentsRequest",
    .kind = KW_REQUEST,
    .key = 46,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_list_partition_reassignments_request),
    .init = init_any_list_partition_reassignments_request,
    .decode = decode_any_list_partition_reassignments_request,
    .encode = encode_any_list_partition_reassignments_request,
};

void kw_list_partition_reassignments_response_partition_init(
    struct kw_list_partition_reassignments_response_partition *m)
{
    m->partition_index = 0;
    m->replicas = NULL;
    m->replicas_count = 0;
    m->adding_replicas = NULL;
    m->adding_replicas_count = 0;
    m->removing_replicas = NULL;
    m->removing_replicas_count = 0;
}

void kw_list_partition_reassignments_response_topic_init(
    struct kw_list_partition_reassignments_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_list_partition_reassignments_response_init(struct kw_list_partition_reassignments_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->topics = NULL;
    m->topics_count = 0;
}

static void get_list_partition_reassignments_response_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_list_partition_reassignments_response_partition *m)
{
    (void)version;
    m->partition_index = kw_get_int32(r);
    m->replicas = kw_get_int32_array(r, a, true, false, &m->replicas_count);
    m->adding_replicas = kw_get_int32_array(r, a, true, false, &m->adding_replicas_count);
    m->removing_replicas = kw_get_int32_array(r, a, true, false, &m->removing_replicas_count);
    kw_skip_tags(r);
}

static void get_list_partition_reassignments_response_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_list_partition_reassignments_response_topic *m)
{
    m->name = kw_get_string(r, true, false);
    m->partitions_count = kw_get_count(r, true, false, 8);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_list_partition_reassignments_response_partition(r, version, a, &m->partitions[i]);
    kw_skip_tags(r);
}

static void get_list_partition_reassignments_response(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_list_partition_reassignments_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_list_partition_reassignments_response_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void put_list_partition_reassignments_response_partition(struct kw_writer *w, int16_t version,
    const struct kw_list_partition_reassignments_response_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
    kw_put_int32_array(w, true, false, m->replicas, m->replicas_count);
    kw_put_int32_array(w, true, false, m->adding_replicas, m->adding_replicas_count);
    kw_put_int32_array(w, true, false, m->removing_replicas, m->removing_replicas_count);
    kw_put_uvarint(w, 0);
}

static void put_list_partition_reassignments_response_topic(struct kw_writer *w, int16_t version,
    const struct kw_list_partition_reassignments_response_topic *m)
{
    kw_put_string(w, true, false, m->name);
    kw_put_count(w, true, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_list_partition_reassignments_response_partition(w, version, &m->partitions[i]);
    kw_put_uvarint(w, 0);
}

static void put_list_partition_reassignments_response(struct kw_writer *w, int16_t version,
    const struct kw_list_partition_reassignments_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_list_partition_reassignments_response_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

int kw_list_partition_reassignments_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_list_partition_reassignments_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_list_partition_reassignments_response(r, version, a, ret);
    return r->err;
}

void kw_list_partition_reassignments_response_encode(struct kw_writer *w, int16_t version,
                                                     const struct kw_list_partition_reassignments_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_partition_reassignments_response(w, version, m);
}

static void init_any_list_partition_reassignments_response(
    void *m) { kw_list_partition_reassignments_response_init(m); }

static int decode_any_list_partition_reassignments_response(struct kw_reader *r, int16_t version,
                                                            struct mr_arena *a, void *ret)
{
    return kw_list_partition_reassignments_response_decode(r, version, a, ret);
}

static void encode_any_list_partition_reassignments_response(struct kw_writer *w, int16_t version,
                                                             const void *m)
{
    kw_list_partition_reassignments_response_encode(w, version, m);
}

const struct kw_message kw_list_partition_reassignments_response_info = {
    .name = "ListPartitionReassignmentsResponse",
    .kind = KW_RESPONSE,
    .key = 46,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_list_partition_reassignments_response),
    .init = init_any_list_partition_reassignments_response,
    .decode = decode_any_list_partition_reassignments_response,
    .encode = encode_any_list_partition_reassignments_response,
};
