/* Written by net/wire/schema/gen.py from add_offsets_to_txn.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_ADD_OFFSETS_TO_TXN_H
#define MR_WIRE_GEN_ADD_OFFSETS_TO_TXN_H

#include "net/wire/message.h"

/* AddOffsetsToTxnRequest: key 25, v0-4, flexible v3+. */
struct kw_add_offsets_to_txn_request {
    struct mr_str transactional_id;
    int64_t producer_id;
    int16_t producer_epoch;
    struct mr_str group_id;
};
void kw_add_offsets_to_txn_request_init(struct kw_add_offsets_to_txn_request *m);
int kw_add_offsets_to_txn_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_add_offsets_to_txn_request *ret);
void kw_add_offsets_to_txn_request_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_add_offsets_to_txn_request *m);
extern const struct kw_message kw_add_offsets_to_txn_request_info;

/* AddOffsetsToTxnResponse: key 25, v0-4, flexible v3+. */
struct kw_add_offsets_to_txn_response {
    int32_t throttle_time_ms;
    int16_t error_code;
};
void kw_add_offsets_to_txn_response_init(struct kw_add_offsets_to_txn_response *m);
int kw_add_offsets_to_txn_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_add_offsets_to_txn_response *ret);
void kw_add_offsets_to_txn_response_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_add_offsets_to_txn_response *m);
extern const struct kw_message kw_add_offsets_to_txn_response_info;

#endif
