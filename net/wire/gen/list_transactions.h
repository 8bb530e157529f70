/* Written by net/wire/schema/gen.py from list_transactions.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_LIST_TRANSACTIONS_H
#define MR_WIRE_GEN_LIST_TRANSACTIONS_H

#include "net/wire/message.h"

/* ListTransactionsRequest: key 66, v0-2, flexible v0+. */
struct kw_list_transactions_request {
    struct mr_str *state_filters;
    int32_t state_filters_count;
    int64_t *producer_id_filters;
    int32_t producer_id_filters_count;
    int64_t duration_filter; /* v1+, default -1 */
    struct mr_str transactional_id_pattern; /* v2+, may be null */
};
void kw_list_transactions_request_init(struct kw_list_transactions_request *m);
int kw_list_transactions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_list_transactions_request *ret);
void kw_list_transactions_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_list_transactions_request *m);
extern const struct kw_message kw_list_transactions_request_info;

/* ListTransactionsResponse: key 66, v0-2, flexible v0+. */
struct kw_list_transactions_response_transaction {
    struct mr_str transactional_id;
    int64_t producer_id;
    struct mr_str transaction_state;
};
struct kw_list_transactions_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str *unknown_state_filters;
    int32_t unknown_state_filters_count;
    struct kw_list_transactions_response_transaction *transaction_states;
    int32_t transaction_states_count;
};
void kw_list_transactions_response_transaction_init(struct kw_list_transactions_response_transaction *m);
void kw_list_transactions_response_init(struct kw_list_transactions_response *m);
int kw_list_transactions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_list_transactions_response *ret);
void kw_list_transactions_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_list_transactions_response *m);
extern const struct kw_message kw_list_transactions_response_info;

#endif
