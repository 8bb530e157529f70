#include "net/quota.h"

#include "core/broker/quota_accounts.h"
#include "core/mem.h"
#include "net/wire/gen/produce.h"

enum { PRODUCE = 0 }; /* API key */

struct mr_str quota_user(const struct mr_req *req)
{
    (void)req;
    return MR_STR_LIT("ANONYMOUS");
}

static const struct image_quotas *quotas_of(const struct net_shard *n)
{
    return &n->broker->image->quotas;
}

/* ---- a request that ends ---- */

struct settling {
    struct quota_ask ask;
    struct mr_req *req;
    void (*go)(struct mr_req *req);
};

static void settled(struct quota_ask *ask)
{
    struct settling *s = MR_CONTAINER(ask, struct settling, ask);
    struct mr_req *req = s->req;
    for (uint32_t i = 0; i < ask->count; i++)
        req->throttle_ms = mr_imax(req->throttle_ms, ask->charges[i].throttle_ms);
    s->go(req);
}

static void charge(struct mr_req *req, struct quota_ask *ask, enum quota_type type, enum quota_how how,
                   double amount)
{
    struct quota_charge c = {.type = type, .how = how, .amount = amount};
    if (image_quota_of_client(quotas_of(req->conn->net), type, quota_user(req), req->head.client_id,
                              &c.limit))
        ask->charges[ask->count++] = c;
}

static void settle(struct mr_req *req, const struct quota_ask *ask, void (*go)(struct mr_req *req))
{
    req->settled = true;
    struct settling *s = ask->count > 0 ? req_new(req, struct settling) : NULL;
    if (s == NULL) { /* no quota; or no memory left to ask with */
        go(req);
        return;
    }
    req->hurry = NULL; /* soon done */
    s->ask = *ask;
    s->ask.done = settled;
    s->req = req;
    s->go = go;
    quota_ask(req->shard, &s->ask);
}

/* What the request took of its shards' threads. */
static void charge_time(struct mr_req *req, struct quota_ask *ask)
{
    struct net_shard *n = req->conn->net;
    if (!req->timed)
        return;
    if (n->slice_req == req)
        quota_slice_end(n);
    charge(req, ask, QUOTA_REQUEST, QUOTA_RECORD, (double)req->thread_ns * 100 / 1e9);
}

void quota_settle(struct mr_req *req, void (*go)(struct mr_req *req))
{
    struct quota_ask ask = {.count = 0};
    const struct image_quotas *q = quotas_of(req->conn->net);
    if (req->settled || req->unsupported_version || q->total[QUOTA_PRODUCE] + q->total[QUOTA_REQUEST] == 0) {
        go(req);
        return;
    }
    bool produce = req->api->key == PRODUCE;
    if (produce)
        charge(req, &ask, QUOTA_PRODUCE, QUOTA_RECORD, (double)req->frame_bytes);
    if (!produce || ((const struct kw_produce_request *)req->in)->acks != 0)
        charge_time(req, &ask); /* who waits for no answer is slowed by its bytes alone, as in Kafka */
    settle(req, &ask, go);
}

void quota_settle_fetch(struct mr_req *req, uint64_t bytes, void (*go)(struct mr_req *req))
{
    struct quota_ask ask = {.count = 0};
    charge(req, &ask, QUOTA_FETCH, QUOTA_RECORD_UNLESS, (double)bytes);
    charge_time(req, &ask);
    settle(req, &ask, go);
}

uint64_t quota_fetch_bytes_max(const struct mr_req *req)
{
    const struct net_shard *n = req->conn->net;
    struct quota_limit limit;
    if (!image_quota_of_client(quotas_of(n), QUOTA_FETCH, quota_user(req), req->head.client_id, &limit))
        return UINT64_MAX;
    double most = limit.limit * n->limits.quota_windows_s;
    return most < (double)INT32_MAX ? (uint64_t)most : UINT64_MAX;
}

void quota_apply(struct mr_req *req)
{
    if (req->throttle_ms <= 0)
        return;
    int32_t ms = (int32_t)mr_imin(req->throttle_ms, INT32_MAX);
    kw_throttle_set(&req->writer, ms);
    conn_throttle(req->conn, (uint64_t)ms);
}

/* ---- time ---- */

bool quota_slice_begin(struct mr_req *req)
{
    struct net_shard *n = req->conn->net;
    if (!req->timed || n->slice_req != NULL)
        return false;
    n->slice_req = req;
    n->slice_ns = io_clock_ns(n->shard->io);
    return true;
}

void quota_slice_end(struct net_shard *n)
{
    if (n->slice_req != NULL)
        n->slice_req->thread_ns += io_clock_ns(n->shard->io) - n->slice_ns;
    n->slice_req = NULL;
}
