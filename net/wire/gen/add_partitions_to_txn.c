/* Written by net/wire/schema/gen.py from add_partitions_to_txn.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/add_partitions_to_txn.h"

void kw_add_partitions_to_txn_request_old_topic_init(struct kw_add_partitions_to_txn_request_old_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_add_partitions_to_txn_request_topic_init(struct kw_add_partitions_to_txn_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_add_partitions_to_txn_request_transaction_init(struct kw_add_partitions_to_txn_request_transaction *m)
{
    m->transactional_id = KW_EMPTY_STRING;
    m->producer_id = 0;
    m->producer_epoch = 0;
    m->verify_only = false;
    m->topics = NULL;
    m->topics_count = 0;
}

void kw_add_partitions_to_txn_request_init(struct kw_add_partitions_to_txn_request *m)
{
    m->transactions = NULL;
    m->transactions_count = 0;
    m->v3_and_below_transactional_id = KW_EMPTY_STRING;
    m->v3_and_below_producer_id = 0;
    m->v3_and_below_producer_epoch = 0;
    m->v3_and_below_topics = NULL;
    m->v3_and_below_topics_count = 0;
}

static void get_add_partitions_to_txn_request_old_topic(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a,
                                                        struct kw_add_partitions_to_txn_request_old_topic *m)
{
    const bool flex = version >= 3;
    m->name = kw_get_string(r, flex, false);
    m->partitions = kw_get_int32_array(r, a, flex, false, &m->partitions_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_add_partitions_to_txn_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_add_partitions_to_txn_request_topic *m)
{
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->partitions = kw_get_int32_array(r, a, true, false, &m->partitions_count);
    kw_skip_tags(r);
}

static void get_add_partitions_to_txn_request_transaction(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_add_partitions_to_txn_request_transaction *m)
{
    m->transactional_id = kw_get_string(r, true, false);
    m->producer_id = kw_get_int64(r);
    m->producer_epoch = kw_get_int16(r);
    m->verify_only = kw_get_bool(r);
    m->topics_count = kw_get_count(r, true, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_add_partitions_to_txn_request_topic(r, version, a, &m->topics[i]);
    kw_skip_tags(r);
}

static void get_add_partitions_to_txn_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_add_partitions_to_txn_request *m)
{
    const bool flex = version >= 3;
    if (version >= 4) {
        m->transactions_count = kw_get_count(r, flex, false, 14);
        m->transactions = kw_get_items(r, a, m->transactions_count, sizeof(*m->transactions));
        for (int32_t i = 0; i < m->transactions_count && r->err == 0; i++)
            get_add_partitions_to_txn_request_transaction(r, version, a, &m->transactions[i]);
    } else {
        m->transactions = NULL;
        m->transactions_count = 0;
    }
    m->v3_and_below_transactional_id = version <= 3 ? kw_get_string(r, flex, false) : KW_EMPTY_STRING;
    m->v3_and_below_producer_id = version <= 3 ? kw_get_int64(r) : 0;
    m->v3_and_below_producer_epoch = version <= 3 ? kw_get_int16(r) : 0;
    if (version <= 3) {
        m->v3_and_below_topics_count = kw_get_count(r, flex, false, 3);
        m->v3_and_below_topics = kw_get_items(r, a, m->v3_and_below_topics_count,
                                              sizeof(*m->v3_and_below_topics));
        for (int32_t i = 0; i < m->v3_and_below_topics_count && r->err == 0; i++)
            get_add_partitions_to_txn_request_old_topic(r, version, a, &m->v3_and_below_topics[i]);
    } else {
        m->v3_and_below_topics = NULL;
        m->v3_and_below_topics_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void put_add_partitions_to_txn_request_old_topic(struct kw_writer *w, int16_t version,
    const struct kw_add_partitions_to_txn_request_old_topic *m)
{
    const bool flex = version >= 3;
    kw_put_string(w, flex, false, m->name);
    kw_put_int32_array(w, flex, false, m->partitions, m->partitions_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_add_partitions_to_txn_request_topic(struct kw_writer *w, int16_t version,
                                                    const struct kw_add_partitions_to_txn_request_topic *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int32_array(w, true, false, m->partitions, m->partitions_count);
    kw_put_uvarint(w, 0);
}

static void put_add_partitions_to_txn_request_transaction(struct kw_writer *w, int16_t version,
    const struct kw_add_partitions_to_txn_request_transaction *m)
{
    kw_put_string(w, true, false, m->transactional_id);
    kw_put_int64(w, m->producer_id);
    kw_put_int16(w, m->producer_epoch);
    kw_put_bool(w, m->verify_only);
    kw_put_count(w, true, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_add_partitions_to_txn_request_topic(w, version, &m->topics[i]);
    kw_put_uvarint(w, 0);
}

static void put_add_partitions_to_txn_request(struct kw_writer *w, int16_t version,
                                              const struct kw_add_partitions_to_txn_request *m)
{
    const bool flex = version >= 3;
    if (version >= 4) {
        kw_put_count(w, flex, false, m->transactions_count);
        for (int32_t i = 0; i < m->transactions_count && w->err == 0; i++)
            put_add_partitions_to_txn_request_transaction(w, version, &m->transactions[i]);
    }
    if (version <= 3)
        kw_put_string(w, flex, false, m->v3_and_below_transactional_id);
    if (version <= 3)
        kw_put_int64(w, m->v3_and_below_producer_id);
    if (version <= 3)
        kw_put_int16(w, m->v3_and_below_producer_epoch);
    if (version <= 3) {
        kw_put_count(w, flex, false, m->v3_and_below_topics_count);
        for (int32_t i = 0; i < m->v3_and_below_topics_count && w->err == 0; i++)
            put_add_partitions_to_txn_request_old_topic(w, version, &m->v3_and_below_topics[i]);
    }
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_add_partitions_to_txn_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_add_partitions_to_txn_request *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_add_partitions_to_txn_request(r, version, a, ret);
    return r->err;
}

void kw_add_partitions_to_txn_request_encode(struct kw_writer *w, int16_t version,
                                             const struct kw_add_partitions_to_txn_request *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_add_partitions_to_txn_request(w, version, m);
}

static void init_any_add_partitions_to_txn_request(void *m) { kw_add_partitions_to_txn_request_init(m); }

static int decode_any_add_partitions_to_txn_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    void *ret)
{
    return kw_add_partitions_to_txn_request_decode(r, version, a, ret);
}

static void encode_any_add_partitions_to_txn_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_add_partitions_to_txn_request_encode(w, version, m);
}

const struct kw_message kw_add_partitions_to_txn_request_info = {
    .name = "AddPartitionsToTxnRequest",
    .kind = KW_REQUEST,
    .key = 24,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 3,
    .size = sizeof(struct kw_add_partitions_to_txn_request),
    .init = init_any_add_partitions_to_txn_request,
    .decode = decode_any_add_partitions_to_txn_request,
    .encode = encode_any_add_partitions_to_txn_request,
};

void kw_add_partitions_to_txn_response_old_partition_init(
    struct kw_add_partitions_to_txn_response_old_partition *m)
{
    m->partition_index = 0;
    m->partition_error_code = 0;
}

void kw_add_partitions_to_txn_response_old_topic_init(struct kw_add_partitions_to_txn_response_old_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->results_by_partition = NULL;
    m->results_by_partition_count = 0;
}

void kw_add_partitions_to_txn_response_partition_init(struct kw_add_partitions_to_txn_response_partition *m)
{
    m->partition_index = 0;
    m->partition_error_code = 0;
}

void kw_add_partitions_to_txn_response_topic_init(struct kw_add_partitions_to_txn_response_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->results_by_partition = NULL;
    m->results_by_partition_count = 0;
}

void kw_add_partitions_to_txn_response_transaction_init(
    struct kw_add_partitions_to_txn_response_transaction *m)
{
    m->transactional_id = KW_EMPTY_STRING;
    m->topic_results = NULL;
    m->topic_results_count = 0;
}

void kw_add_partitions_to_txn_response_init(struct kw_add_partitions_to_txn_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->results_by_transaction = NULL;
    m->results_by_transaction_count = 0;
    m->results_by_topic_v3_and_below = NULL;
    m->results_by_topic_v3_and_below_count = 0;
}

static void get_add_partitions_to_txn_response_old_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_add_partitions_to_txn_response_old_partition *m)
{
    const bool flex = version >= 3;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->partition_error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_add_partitions_to_txn_response_old_topic(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_add_partitions_to_txn_response_old_topic *m)
{
    const bool flex = version >= 3;
    m->name = kw_get_string(r, flex, false);
    m->results_by_partition_count = kw_get_count(r, flex, false, 6);
    m->results_by_partition = kw_get_items(r, a, m->results_by_partition_count,
                                           sizeof(*m->results_by_partition));
    for (int32_t i = 0; i < m->results_by_partition_count && r->err == 0; i++)
        get_add_partitions_to_txn_response_old_partition(r, version, a, &m->results_by_partition[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_add_partitions_to_txn_response_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_add_partitions_to_txn_response_partition *m)
{
    (void)a;
    (void)version;
    m->partition_index = kw_get_int32(r);
    m->partition_error_code = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_add_partitions_to_txn_response_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_add_partitions_to_txn_response_topic *m)
{
    m->name = kw_get_string(r, true, false);
    m->results_by_partition_count = kw_get_count(r, true, false, 7);
    m->results_by_partition = kw_get_items(r, a, m->results_by_partition_count,
                                           sizeof(*m->results_by_partition));
    for (int32_t i = 0; i < m->results_by_partition_count && r->err == 0; i++)
        get_add_partitions_to_txn_response_partition(r, version, a, &m->results_by_partition[i]);
    kw_skip_tags(r);
}

static void get_add_partitions_to_txn_response_transaction(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_add_partitions_to_txn_response_transaction *m)
{
    m->transactional_id = kw_get_string(r, true, false);
    m->topic_results_count = kw_get_count(r, true, false, 3);
    m->topic_results = kw_get_items(r, a, m->topic_results_count, sizeof(*m->topic_results));
    for (int32_t i = 0; i < m->topic_results_count && r->err == 0; i++)
        get_add_partitions_to_txn_response_topic(r, version, a, &m->topic_results[i]);
    kw_skip_tags(r);
}

static void get_add_partitions_to_txn_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_add_partitions_to_txn_response *m)
{
    const bool flex = version >= 3;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = version >= 4 ? kw_get_int16(r) : 0;
    if (version >= 4) {
        m->results_by_transaction_count = kw_get_count(r, flex, false, 3);
        m->results_by_transaction = kw_get_items(r, a, m->results_by_transaction_count,
                                                 sizeof(*m->results_by_transaction));
        for (int32_t i = 0; i < m->results_by_transaction_count && r->err == 0; i++)
            get_add_partitions_to_txn_response_transaction(r, version, a, &m->results_by_transaction[i]);
    } else {
        m->results_by_transaction = NULL;
        m->results_by_transaction_count = 0;
    }
    if (version <= 3) {
        m->results_by_topic_v3_and_below_count = kw_get_count(r, flex, false, 3);
        m->results_by_topic_v3_and_below = kw_get_items(r, a, m->results_by_topic_v3_and_below_count,
                                                        sizeof(*m->results_by_topic_v3_and_below));
        for (int32_t i = 0; i < m->results_by_topic_v3_and_below_count && r->err == 0; i++)
            get_add_partitions_to_txn_response_old_topic(r, version, a, &m->results_by_topic_v3_and_below[i]);
    } else {
        m->results_by_topic_v3_and_below = NULL;
        m->results_by_topic_v3_and_below_count = 0;
    }
    if (flex)
        kw_skip_tags(r);
}

static void put_add_partitions_to_txn_response_old_partition(struct kw_writer *w, int16_t version,
    const struct kw_add_partitions_to_txn_response_old_partition *m)
{
    const bool flex = version >= 3;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->partition_error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_add_partitions_to_txn_response_old_topic(struct kw_writer *w, int16_t version,
    const struct kw_add_partitions_to_txn_response_old_topic *m)
{
    const bool flex = version >= 3;
    kw_put_string(w, flex, false, m->name);
    kw_put_count(w, flex, false, m->results_by_partition_count);
    for (int32_t i = 0; i < m->results_by_partition_count && w->err == 0; i++)
        put_add_partitions_to_txn_response_old_partition(w, version, &m->results_by_partition[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_add_partitions_to_txn_response_partition(struct kw_writer *w, int16_t version,
    const struct kw_add_partitions_to_txn_response_partition *m)
{
    (void)version;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->partition_error_code);
    kw_put_uvarint(w, 0);
}

static void put_add_partitions_to_txn_response_topic(struct kw_writer *w, int16_t version,
                                                     const struct kw_add_partitions_to_txn_response_topic *m)
{
    kw_put_string(w, true, false, m->name);
    kw_put_count(w, true, false, m->results_by_partition_count);
    for (int32_t i = 0; i < m->results_by_partition_count && w->err == 0; i++)
        put_add_partitions_to_txn_response_partition(w, version, &m->results_by_partition[i]);
    kw_put_uvarint(w, 0);
}

static void put_add_partitions_to_txn_response_transaction(struct kw_writer *w, int16_t version,
    const struct kw_add_partitions_to_txn_response_transaction *m)
{
    kw_put_string(w, true, false, m->transactional_id);
    kw_put_count(w, true, false, m->topic_results_count);
    for (int32_t i = 0; i < m->topic_results_count && w->err == 0; i++)
        put_add_partitions_to_txn_response_topic(w, version, &m->topic_results[i]);
    kw_put_uvarint(w, 0);
}

static void put_add_partitions_to_txn_response(struct kw_writer *w, int16_t version,
                                               const struct kw_add_partitions_to_txn_response *m)
{
    const bool flex = version >= 3;
    kw_put_throttle(w, m->throttle_time_ms);
    if (version >= 4)
        kw_put_int16(w, m->error_code);
    if (version >= 4) {
        kw_put_count(w, flex, false, m->results_by_transaction_count);
        for (int32_t i = 0; i < m->results_by_transaction_count && w->err == 0; i++)
            put_add_partitions_to_txn_response_transaction(w, version, &m->results_by_transaction[i]);
    }
    if (version <= 3) {
        kw_put_count(w, flex, false, m->results_by_topic_v3_and_below_count);
        for (int32_t i = 0; i < m->results_by_topic_v3_and_below_count && w->err == 0; i++)
            put_add_partitions_to_txn_response_old_topic(w, version, &m->results_by_topic_v3_and_below[i]);
    }
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_add_partitions_to_txn_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_add_partitions_to_txn_response *ret)
{
    if (version < 0 || version > 5)
        return -MR_E_VERSION;
    get_add_partitions_to_txn_response(r, version, a, ret);
    return r->err;
}

void kw_add_partitions_to_txn_response_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_add_partitions_to_txn_response *m)
{
    if (version < 0 || version > 5)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_add_partitions_to_txn_response(w, version, m);
}

static void init_any_add_partitions_to_txn_response(void *m) { kw_add_partitions_to_txn_response_init(m); }

static int decode_any_add_partitions_to_txn_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     void *ret)
{
    return kw_add_partitions_to_txn_response_decode(r, version, a, ret);
}

static void encode_any_add_partitions_to_txn_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_add_partitions_to_txn_response_encode(w, version, m);
}

const struct kw_message kw_add_partitions_to_txn_response_info = {
    .name = "AddPartitionsToTxnResponse",
    .kind = KW_RESPONSE,
    .key = 24,
    .v_min = 0,
    .v_max = 5,
    .v_stable = 5,
    .flexible_from = 3,
    .size = sizeof(struct kw_add_partitions_to_txn_response),
    .init = init_any_add_partitions_to_txn_response,
    .decode = decode_any_add_partitions_to_txn_response,
    .encode = encode_any_add_partitions_to_txn_response,
};
