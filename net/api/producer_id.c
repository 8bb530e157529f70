#include "core/broker/producer_ids.h"
#include "net/api/apis.h"
#include "net/api/coord_way.h"
#include "net/wire/gen/init_producer_id.h"

struct plain {
    struct producer_ids_wait wait;
    struct mr_req *req;
};

static void refuse(struct mr_req *req, enum kw_error error)
{
    struct kw_init_producer_id_response *out = req->out;
    out->error_code = (int16_t)error;
    out->producer_epoch = -1;
    req_finish(req);
}

/* ---- without a transactional id ---- */

static void give(struct mr_req *req)
{
    struct kw_init_producer_id_response *out = req->out;
    out->producer_id = producer_ids_take(broker_of(req->shard));
    out->producer_epoch = 0;
    req_finish(req);
}

static void plain_go(struct plain *p);

static void ids_came(struct producer_ids_wait *w, enum kw_error error)
{
    struct plain *p = MR_CONTAINER(w, struct plain, wait);
    if (error == KW_NONE)
        plain_go(p);
    else
        refuse(p->req, error);
}

static void plain_go(struct plain *p)
{
    struct broker_shard *b = broker_of(p->req->shard);
    p->wait.done = ids_came;
    if (producer_ids_peek(b) >= 0)
        give(p->req);
    else
        producer_ids_want(b, &p->wait);
}

/* ---- with one ---- */

static void init_home(struct mr_req *req, struct coord_way *w)
{
    struct kw_init_producer_id_response *out = req->out;
    const struct txn_answer *a = &w->u.txn.answer;
    out->error_code = txn_old_error(a->error, req->version < 4);
    out->producer_id = a->error == KW_NONE ? a->producer_id : -1;
    out->producer_epoch = a->error == KW_NONE ? a->producer_epoch : -1;
    req_finish(req);
}

static void init_txn(struct mr_req *req)
{
    const struct kw_init_producer_id_request *in = req->in;
    struct coord_way *w = coord_way_new(req, COORD_TXN, in->transactional_id, coord_way_txn, init_home);
    if (w == NULL)
        return;
    w->u.txn.kind = TXN_CALL_INIT;
    w->u.txn.u.init = (struct txn_init){.timeout_ms = in->transaction_timeout_ms,
                                        .producer_id = in->producer_id,
                                        .producer_epoch = in->producer_epoch};
    coord_way_send(req, w);
}

/* InitProducerId (key 22), v0-5. v2 flexible, v3 a producer goes on after an error (KIP-360), v4
 * PRODUCER_FENCED (KIP-588), v5 TRANSACTION_ABORTABLE (KIP-890). v6 (KIP-939) is not stable in Kafka 4.1.
 * Differs from Kafka: core/broker/README.md. */
static void init_producer_id_start(struct mr_req *req)
{
    const struct kw_init_producer_id_request *in = req->in;
    struct config_view v = broker_config_view(broker_of(req->shard));
    if ((in->producer_id == -1) != (in->producer_epoch == -1)) {
        refuse(req, KW_INVALID_REQUEST);
        return;
    }
    if (in->transactional_id.ptr != NULL) {
        if (in->transactional_id.len == 0)
            refuse(req, KW_INVALID_REQUEST);
        else if (in->transaction_timeout_ms <= 0 ||
                 in->transaction_timeout_ms > config_int(&v, "transaction.max.timeout.ms"))
            refuse(req, KW_INVALID_TRANSACTION_TIMEOUT); /* before anyone asks for the coordinator */
        else
            init_txn(req);
        return;
    }
    struct plain *p = req_new(req, struct plain);
    if (p == NULL) {
        req_close(req, "request too large");
        return;
    }
    p->req = req;
    plain_go(p);
}

const struct mr_api mr_api_init_producer_id = {.key = 22,
                                               .name = "InitProducerId",
                                               .v_min = 0,
                                               .v_max = 5,
                                               .v_min_shown = 0,
                                               .start = init_producer_id_start};
