/* Written by net/wire/schema/gen.py from describe_transactions.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/describe_transactions.h"

void kw_describe_transactions_request_init(struct kw_describe_transactions_request *m)
{
    m->transactional_ids = NULL;
    m->transactional_ids_count = 0;
}

static void get_describe_transactions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_describe_transactions_request *m)
{
    (void)version;
    m->transactional_ids = kw_get_string_array(r, a, true, false, &m->transactional_ids_count);
    kw_skip_tags(r);
}

static void put_describe_transactions_request(struct kw_writer *w, int16_t version,
                                              const struct kw_describe_transactions_request *m)
{
    (void)version;
    kw_put_string_array(w, true, false, m->transactional_ids, m->transactional_ids_count);
    kw_put_uvarint(w, 0);
}

int kw_describe_transactions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_describe_transactions_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_describe_transactions_request(r, version, a, ret);
    return r->err;
}

void kw_describe_transactions_request_encode(struct kw_writer *w, int16_t version,
                                             const struct kw_describe_transactions_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_transactions_request(w, version, m);
}

static void init_any_describe_transactions_request(void *m) { kw_describe_transactions_request_init(m); }

static int decode_any_describe_transactions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    void *ret)
{
    return kw_describe_transactions_request_decode(r, version, a, ret);
}

static void encode_any_describe_transactions_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_transactions_request_encode(w, version, m);
}

const struct kw_message kw_describe_transactions_request_info = {
    .name = "DescribeTransactionsRequest",
    .kind = KW_REQUEST,
    .key = 65,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_transactions_request),
    .init = init_any_describe_transactions_request,
    .decode = decode_any_describe_transactions_request,
    .encode = encode_any_describe_transactions_request,
};

void kw_describe_transactions_response_topic_init(struct kw_describe_transactions_response_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_describe_transactions_response_transaction_init(
    struct kw_describe_transactions_response_transaction *m)
{
    m->error_code = 0;
    m->transactional_id = KW_EMPTY_STRING;
    m->transaction_state = KW_EMPTY_STRING;
    m->transaction_timeout_ms = 0;
    m->transaction_start_time_ms = 0;
    m->producer_id = 0;
    m->producer_epoch = 0;
    m->topics = NULL;
    m->topics_count = 0;
}

void kw_describe_transactions_response_init(struct kw_describe_transactions_response *m)
{
    m->throttle_time_ms = 0;
    m->transaction_states = NULL;
    m->transaction_states_count = 0;
}

static void get_describe_transactions_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_describe_transactions_response_topic *m)
{
    (void)version;
    m->topic = kw_get_string(r, true, false);
    m->partitions = kw_get_int32_array(r, a, true, false, &m->partitions_count);
    kw_skip_tags(r);
}

static void get_describe_transactions_response_transaction(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_transactions_response_transaction *m)
{
    m->error_code = kw_get_int16(r);
    m->transactional_id = kw_get_string(r, true, false);
    m->transaction_state = kw_get_string(r, true, false);
    m->transaction_timeout_ms = kw_get_int32(r);
    m->transaction_start_time_ms = kw_get_int64(r);
    m->producer_id = kw_get_int64(r);
    m->producer_epoch = kw_get_int16(r);
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_describe_transactions_response_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void get_describe_transactions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_describe_transactions_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->transaction_states_count = kw_get_count(r, true, false, 28);
    m->transaction_states = kw_get_items(r, a, m->transaction_states_count, sizeof(*m->transaction_states));
    for (int32_t i = 0; i < m->transaction_states_count && r->err == 0; i++)
        get_describe_transactions_response_transaction(r, version, a, &m->transaction_states[i]);
    kw_skip_tags(r);
}

static void put_describe_transactions_response_topic(struct kw_writer *w, int16_t version,
                                                     const struct kw_describe_transactions_response_topic *m)
{
    (void)version;
    kw_put_string(w, true, false, m->topic);
    kw_put_int32_array(w, true, false, m->partitions, m->partitions_count);
    kw_put_uvarint(w, 0);
}

static void put_describe_transactions_response_transaction(struct kw_writer *w, int16_t version,
    const struct kw_describe_transactions_response_transaction *m)
{
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, false, m->transactional_id);
    kw_put_string(w, true, false, m->transaction_state);
    kw_put_int32(w, m->transaction_timeout_ms);
    kw_put_int64(w, m->transaction_start_time_ms);
    kw_put_int64(w, m->producer_id);
    kw_put_int16(w, m->producer_epoch);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_describe_transactions_response_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

static void put_describe_transactions_response(struct kw_writer *w, int16_t version,
                                               const struct kw_describe_transactions_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, true, false, m->transaction_states_count);
    for (int32_t i = 0; i < m->transaction_states_count && w->err == 0; i++)
        put_describe_transactions_response_transaction(w, version, &m->transaction_states[i]);
    kw_put_uvarint(w, 0);
}

int kw_describe_transactions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_describe_transactions_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_describe_transactions_response(r, version, a, ret);
    return r->err;
}

void kw_describe_transactions_response_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_describe_transactions_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_transactions_response(w, version, m);
}

static void init_any_describe_transactions_response(void *m) { kw_describe_transactions_response_init(m); }

static int decode_any_describe_transactions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     void *ret)
{
    return kw_describe_transactions_response_decode(r, version, a, ret);
}

static void encode_any_describe_transactions_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_transactions_response_encode(w, version, m);
}

const struct kw_message kw_describe_transactions_response_info = {
    .name = "DescribeTransactionsResponse",
    .kind = KW_RESPONSE,
    .key = 65,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_describe_transactions_response),
    .init = init_any_describe_transactions_response,
    .decode = decode_any_describe_transactions_response,
    .encode = encode_any_describe_transactions_response,
};
