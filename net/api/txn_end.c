#include "net/api/apis.h"
#include "net/api/coord_way.h"
#include "net/wire/gen/end_txn.h"

static void end_home(struct mr_req *req, struct coord_way *w)
{
    struct kw_end_txn_response *out = req->out;
    const struct txn_answer *a = &w->u.txn.answer;
    out->error_code = txn_old_error(a->error, req->version < 2);
    out->producer_id = a->error == KW_NONE ? a->producer_id : -1;
    out->producer_epoch = a->error == KW_NONE ? a->producer_epoch : -1;
    req_finish(req);
}

/* EndTxn (key 26), v0-5. v2 PRODUCER_FENCED (KIP-588), v3 flexible, v4 TRANSACTION_ABORTABLE, v5 the epoch
 * rises with each transaction (KIP-890). The answer comes when the decision is on stable storage; markers
 * follow. Differs from Kafka: core/broker/README.md. */
static void end_txn_start(struct mr_req *req)
{
    const struct kw_end_txn_request *in = req->in;
    struct kw_end_txn_response *out = req->out;
    if (in->transactional_id.len == 0) {
        out->error_code = KW_INVALID_REQUEST;
        out->producer_id = -1;
        out->producer_epoch = -1;
        req_finish(req);
        return;
    }
    struct coord_way *w = coord_way_new(req, COORD_TXN, in->transactional_id, coord_way_txn, end_home);
    if (w == NULL)
        return;
    w->u.txn.kind = TXN_CALL_END;
    w->u.txn.u.end = (struct txn_end){.producer_id = in->producer_id,
                                      .producer_epoch = in->producer_epoch,
                                      .commit = in->committed,
                                      .v2 = req->version >= 5};
    coord_way_send(req, w);
}

const struct mr_api mr_api_end_txn = {
    .key = 26, .name = "EndTxn", .v_min = 0, .v_max = 5, .v_min_shown = 0, .start = end_txn_start};
