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

/* ---- a connection that comes ---- */

/* ASKED -> a connection, or PAUSED -> CLOSING. */
enum { ASKED, PAUSED, CLOSING };

struct accepting {
    int state;
    struct net_shard *n;
    struct mr_sock sock;
    uint32_t listener;
    struct quota_ask ask;
    struct mr_timer pause;
    struct mr_op op;
    struct mr_list link; /* in n->accepting */
    char ip[QUOTA_IP_BYTES];
};

static void accepting_free(struct accepting *a)
{
    list_remove(&a->link);
    a->n->accepting_count--;
    mem_free(a);
}

static void on_closed(struct mr_op *op)
{
    accepting_free(MR_CONTAINER(op, struct accepting, op));
}

static void turn_away(struct accepting *a)
{
    a->state = CLOSING;
    a->n->stats.refused++;
    op_init(&a->op, on_closed);
    io_close_sock(a->n->shard->io, &a->op, a->sock);
}

static void pause_over(struct mr_timer *t)
{
    turn_away(MR_CONTAINER(t, struct accepting, pause));
}

static void looked_into(struct quota_ask *ask)
{
    struct accepting *a = MR_CONTAINER(ask, struct accepting, ask);
    struct net_shard *n = a->n;
    int64_t ms = ask->charges[0].throttle_ms;
    if (n->stopping) {
        turn_away(a);
    } else if (ms > 0) { /* held, so that who connects again at once is slowed down */
        a->state = PAUSED;
        shard_timer(n->shard, &a->pause, (uint64_t)ms * 1000000);
    } else {
        net_admit(n, a->sock, a->listener);
        accepting_free(a);
    }
}

/* "1.2.3.4:5" or "[::1]:5" without the port. */
static struct mr_str host_of(const char *peer)
{
    const char *colon = strrchr(peer, ':');
    size_t len = colon != NULL ? (size_t)(colon - peer) : strlen(peer);
    if (len >= 2 && peer[0] == '[' && peer[len - 1] == ']')
        return (struct mr_str){peer + 1, len - 2};
    return (struct mr_str){peer, len};
}

bool quota_accept(struct net_shard *n, struct mr_sock sock, uint32_t listener)
{
    char peer[64] = "", ip[QUOTA_IP_BYTES];
    double limit;
    if (quotas_of(n)->total[QUOTA_CONNECTION] == 0)
        return false;
    io_peer_name(n->shard->io, sock, peer, sizeof(peer));
    if (!quota_ip_text(host_of(peer), ip) || !image_quota_of_ip(quotas_of(n), mr_str_of(ip), &limit))
        return false;
    struct accepting *a = mem_zalloc(1, sizeof(*a));
    if (a == NULL)
        return false;
    *a = (struct accepting){.n = n,
                            .sock = sock,
                            .listener = listener,
                            .ask = {.count = 1, .done = looked_into}};
    memcpy(a->ip, ip, sizeof(ip));
    timer_init(&a->pause, pause_over);
    list_push(&n->accepting, &a->link);
    n->accepting_count++;
    a->ask.charges[0] = (struct quota_charge){.type = QUOTA_CONNECTION,
                                              .how = QUOTA_RECORD_UNLESS,
                                              .limit = {.limit = limit, .client = mr_str_of(a->ip)},
                                              .amount = 1};
    quota_ask(n->shard, &a->ask);
    return true;
}

void quota_accept_stop(struct net_shard *n)
{
    LIST_FOR_SAFE(node, tmp, &n->accepting)
    {
        struct accepting *a = MR_CONTAINER(node, struct accepting, link);
        if (a->state != PAUSED)
            continue;
        shard_timer_cancel(n->shard, &a->pause);
        turn_away(a);
    }
}
