/* Written by net/wire/schema/gen.py from init_producer_id.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_INIT_PRODUCER_ID_H
#define MR_WIRE_GEN_INIT_PRODUCER_ID_H

#include "net/wire/message.h"

/* InitProducerIdRequest: key 22, v0-6, flexible v2+, v6+ not offered by default. */
struct kw_init_producer_id_request {
    struct mr_str transactional_id; /* may be null */
    int32_t transaction_timeout_ms;
    int64_t producer_id; /* v3+, default -1 */
    int16_t producer_epoch; /* v3+, default -1 */
    bool enable_2pc; /* v6+ */
    bool keep_prepared_txn; /* v6+ */
};
void kw_init_producer_id_request_init(struct kw_init_producer_id_request *m);
int kw_init_producer_id_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_init_producer_id_request *ret);
void kw_init_producer_id_request_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_init_producer_id_request *m);
extern const struct kw_message kw_init_producer_id_request_info;

/* InitProducerIdResponse: key 22, v0-6, flexible v2+, v6+ not offered by default. */
struct kw_init_producer_id_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    int64_t producer_id; /* default -1 */
    int16_t producer_epoch;
    int64_t ongoing_txn_producer_id; /* v6+, default -1 */
    int16_t ongoing_txn_producer_epoch; /* v6+, default -1 */
};
void kw_init_producer_id_response_init(struct kw_init_producer_id_response *m);
int kw_init_producer_id_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_init_producer_id_response *ret);
void kw_init_producer_id_response_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_init_producer_id_response *m);
extern const struct kw_message kw_init_producer_id_response_info;

#endif
