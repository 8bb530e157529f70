/* Written by net/wire/schema/gen.py from elect_leaders.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/elect_leaders.h"

void kw_elect_leaders_request_topic_init(struct kw_elect_leaders_request_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_elect_leaders_request_init(struct kw_elect_leaders_request *m)
{
    m->election_type = 0;
    m->topic_partitions = NULL;
    m->topic_partitions_count = 0;
    m->timeout_ms = 60000;
}

static void get_elect_leaders_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_elect_leaders_request_topic *m)
{
    const bool flex = version >= 2;
    m->topic = kw_get_string(r, flex, false);
    m->partitions = kw_get_int32_array(r, a, flex, false, &m->partitions_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_elect_leaders_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_elect_leaders_request *m)
{
    const bool flex = version >= 2;
    m->election_type = version >= 1 ? kw_get_int8(r) : 0;
    m->topic_partitions_count = kw_get_count(r, flex, true, 3);
    m->topic_partitions = kw_get_items(r, a, m->topic_partitions_count, sizeof(*m->topic_partitions));
    for (int32_t i = 0; i < m->topic_partitions_count && r->err == 0; i++)
        get_elect_leaders_request_topic(r, version, a, &m->topic_partitions[i]);
    m->timeout_ms = kw_get_int32(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_elect_leaders_request_topic(struct kw_writer *w, int16_t version,
                                            const struct kw_elect_leaders_request_topic *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->topic);
    kw_put_int32_array(w, flex, false, m->partitions, m->partitions_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_elect_leaders_request(struct kw_writer *w, int16_t version,
                                      const struct kw_elect_leaders_request *m)
{
    const bool flex = version >= 2;
    if (version >= 1)
        kw_put_int8(w, m->election_type);
    kw_put_count(w, flex, true, m->topic_partitions_count);
    for (int32_t i = 0; i < m->topic_partitions_count && w->err == 0; i++)
        put_elect_leaders_request_topic(w, version, &m->topic_partitions[i]);
    kw_put_int32(w, m->timeout_ms);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_elect_leaders_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_elect_leaders_request *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_elect_leaders_request(r, version, a, ret);
    return r->err;
}

void kw_elect_leaders_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_elect_leaders_request *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_elect_leaders_request(w, version, m);
}

static void init_any_elect_leaders_request(void *m) { kw_elect_leaders_request_init(m); }

static int decode_any_elect_leaders_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_elect_leaders_request_decode(r, version, a, ret);
}

static void encode_any_elect_leaders_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_elect_leaders_request_encode(w, version, m);
}

const struct kw_message kw_elect_leaders_request_info = {
    .name = "ElectLeadersRequest",
    .kind = KW_REQUEST,
    .key = 43,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_elect_leaders_request),
    .init = init_any_elect_leaders_request,
    .decode = decode_any_elect_leaders_request,
    .encode = encode_any_elect_leaders_request,
};

void kw_elect_leaders_response_partition_init(struct kw_elect_leaders_response_partition *m)
{
    m->partition_id = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

void kw_elect_leaders_response_topic_init(struct kw_elect_leaders_response_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->partition_result = NULL;
    m->partition_result_count = 0;
}

void kw_elect_leaders_response_init(struct kw_elect_leaders_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->replica_election_results = NULL;
    m->replica_election_results_count = 0;
}

static void get_elect_leaders_response_partition(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_elect_leaders_response_partition *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->partition_id = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_elect_leaders_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_elect_leaders_response_topic *m)
{
    const bool flex = version >= 2;
    m->topic = kw_get_string(r, flex, false);
    m->partition_result_count = kw_get_count(r, flex, false, 8);
    m->partition_result = kw_get_items(r, a, m->partition_result_count, sizeof(*m->partition_result));
    for (int32_t i = 0; i < m->partition_result_count && r->err == 0; i++)
        get_elect_leaders_response_partition(r, version, a, &m->partition_result[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_elect_leaders_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_elect_leaders_response *m)
{
    const bool flex = version >= 2;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = version >= 1 ? kw_get_int16(r) : 0;
    m->replica_election_results_count = kw_get_count(r, flex, false, 3);
    m->replica_election_results = kw_get_items(r, a, m->replica_election_results_count,
                                               sizeof(*m->replica_election_results));
    for (int32_t i = 0; i < m->replica_election_results_count && r->err == 0; i++)
        get_elect_leaders_response_topic(r, version, a, &m->replica_election_results[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_elect_leaders_response_partition(struct kw_writer *w, int16_t version,
                                                 const struct kw_elect_leaders_response_partition *m)
{
    const bool flex = version >= 2;
    kw_put_int32(w, m->partition_id);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_elect_leaders_response_topic(struct kw_writer *w, int16_t version,
                                             const struct kw_elect_leaders_response_topic *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->topic);
    kw_put_count(w, flex, false, m->partition_result_count);
    for (int32_t i = 0; i < m->partition_result_count && w->err == 0; i++)
        put_elect_leaders_response_partition(w, version, &m->partition_result[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_elect_leaders_response(struct kw_writer *w, int16_t version,
                                       const struct kw_elect_leaders_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    if (version >= 1)
        kw_put_int16(w, m->error_code);
    kw_put_count(w, flex, false, m->replica_election_results_count);
    for (int32_t i = 0; i < m->replica_election_results_count && w->err == 0; i++)
        put_elect_leaders_response_topic(w, version, &m->replica_election_results[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_elect_leaders_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_elect_leaders_response *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_elect_leaders_response(r, version, a, ret);
    return r->err;
}

void kw_elect_leaders_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_elect_leaders_response *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_elect_leaders_response(w, version, m);
}

static void init_any_elect_leaders_response(void *m) { kw_elect_leaders_response_init(m); }

static int decode_any_elect_leaders_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_elect_leaders_response_decode(r, version, a, ret);
}

static void encode_any_elect_leaders_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_elect_leaders_response_encode(w, version, m);
}

const struct kw_message kw_elect_leaders_response_info = {
    .name = "ElectLeadersResponse",
    .kind = KW_RESPONSE,
    .key = 43,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_elect_leaders_response),
    .init = init_any_elect_leaders_response,
    .decode = decode_any_elect_leaders_response,
    .encode = encode_any_elect_leaders_response,
};
