/* Written by net/wire/schema/gen.py from list_transactions.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/list_transactions.h"

void kw_list_transactions_request_init(struct kw_list_transactions_request *m)
{
    m->state_filters = NULL;
    m->state_filters_count = 0;
    m->producer_id_filters = NULL;
    m->producer_id_filters_count = 0;
    m->duration_filter = -1;
    m->transactional_id_pattern = (struct mr_str){NULL, 0};
}

static void get_list_transactions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_list_transactions_request *m)
{
    m->state_filters = kw_get_string_array(r, a, true, false, &m->state_filters_count);
    m->producer_id_filters = kw_get_int64_array(r, a, true, false, &m->producer_id_filters_count);
    m->duration_filter = version >= 1 ? kw_get_int64(r) : -1;
    m->transactional_id_pattern = version >= 2 ? kw_get_string(r, true, true) : (struct mr_str){NULL, 0};
    kw_skip_tags(r);
}

static void put_list_transactions_request(struct kw_writer *w, int16_t version,
                                          const struct kw_list_transactions_request *m)
{
    kw_put_string_array(w, true, false, m->state_filters, m->state_filters_count);
    kw_put_int64_array(w, true, false, m->producer_id_filters, m->producer_id_filters_count);
    if (version >= 1)
        kw_put_int64(w, m->duration_filter);
    if (version >= 2)
        kw_put_string(w, true, true, m->transactional_id_pattern);
    kw_put_uvarint(w, 0);
}

int kw_list_transactions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_list_transactions_request *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_list_transactions_request(r, version, a, ret);
    return r->err;
}

void kw_list_transactions_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_list_transactions_request *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_transactions_request(w, version, m);
}

static void init_any_list_transactions_request(void *m) { kw_list_transactions_request_init(m); }

static int decode_any_list_transactions_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_list_transactions_request_decode(r, version, a, ret);
}

static void encode_any_list_transactions_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_list_transactions_request_encode(w, version, m);
}

const struct kw_message kw_list_transactions_request_info = {
    .name = "ListTransactionsRequest",
    .kind = KW_REQUEST,
    .key = 66,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_list_transactions_request),
    .init = init_any_list_transactions_request,
    .decode = decode_any_list_transactions_request,
    .encode = encode_any_list_transactions_request,
};

void kw_list_transactions_response_transaction_init(struct kw_list_transactions_response_transaction *m)
{
    m->transactional_id = KW_EMPTY_STRING;
    m->producer_id = 0;
    m->transaction_state = KW_EMPTY_STRING;
}

void kw_list_transactions_response_init(struct kw_list_transactions_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->unknown_state_filters = NULL;
    m->unknown_state_filters_count = 0;
    m->transaction_states = NULL;
    m->transaction_states_count = 0;
}

static void get_list_transactions_response_transaction(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a,
                                                       struct kw_list_transactions_response_transaction *m)
{
    (void)a;
    (void)version;
    m->transactional_id = kw_get_string(r, true, false);
    m->producer_id = kw_get_int64(r);
    m->transaction_state = kw_get_string(r, true, false);
    kw_skip_tags(r);
}

static void get_list_transactions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_list_transactions_response *m)
{
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->unknown_state_filters = kw_get_string_array(r, a, true, false, &m->unknown_state_filters_count);
    m->transaction_states_count = kw_get_count(r, true, false, 11);
    m->transaction_states = kw_get_items(r, a, m->transaction_states_count, sizeof(*m->transaction_states));
    for (int32_t i = 0; i < m->transaction_states_count && r->err == 0; i++)
        get_list_transactions_response_transaction(r, version, a, &m->transaction_states[i]);
    kw_skip_tags(r);
}

static void put_list_transactions_response_transaction(struct kw_writer *w, int16_t version,
    const struct kw_list_transactions_response_transaction *m)
{
    (void)version;
    kw_put_string(w, true, false, m->transactional_id);
    kw_put_int64(w, m->producer_id);
    kw_put_string(w, true, false, m->transaction_state);
    kw_put_uvarint(w, 0);
}

static void put_list_transactions_response(struct kw_writer *w, int16_t version,
                                           const struct kw_list_transactions_response *m)
{
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string_array(w, true, false, m->unknown_state_filters, m->unknown_state_filters_count);
    kw_put_count(w, true, false, m->transaction_states_count);
    for (int32_t i = 0; i < m->transaction_states_count && w->err == 0; i++)
        put_list_transactions_response_transaction(w, version, &m->transaction_states[i]);
    kw_put_uvarint(w, 0);
}

int kw_list_transactions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_list_transactions_response *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_list_transactions_response(r, version, a, ret);
    return r->err;
}

void kw_list_transactions_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_list_transactions_response *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_list_transactions_response(w, version, m);
}

static void init_any_list_transactions_response(void *m) { kw_list_transactions_response_init(m); }

static int decode_any_list_transactions_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_list_transactions_response_decode(r, version, a, ret);
}

static void encode_any_list_transactions_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_list_transactions_response_encode(w, version, m);
}

const struct kw_message kw_list_transactions_response_info = {
    .name = "ListTransactionsResponse",
    .kind = KW_RESPONSE,
    .key = 66,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_list_transactions_response),
    .init = init_any_list_transactions_response,
    .decode = decode_any_list_transactions_response,
    .encode = encode_any_list_transactions_response,
};
