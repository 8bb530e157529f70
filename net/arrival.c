#include "net/arrival.h"

#include "core/broker/quota_accounts.h"
#include "core/mem.h"
#include "net/net.h"

/* RATE -> DELAYED -> PLACE -> a connection; RATE -> PAUSED -> CLOSING; PLACE -> CLOSING. */
enum { RATE, DELAYED, PLACE, PAUSED, CLOSING };

struct arrival {
    int state;
    struct net_shard *n;
    struct mr_sock sock;
    uint32_t listener;
    struct arrival_place *place; /* NULL: its address is not known, or there was no memory */
    struct quota_ask ask;
    struct mr_timer pause;
    struct mr_op op;
    struct mr_list link; /* in n->accepting */
};

/* ---- places ---- */

static void place_free(struct arrival_place *place)
{
    place->n->places--;
    mem_free(place);
}

static void place_left(struct conn_place *p)
{
    place_free(MR_CONTAINER(p, struct arrival_place, place));
}

static void place_leave(struct arrival_place *place)
{
    place->place.done = place_left;
    conn_count_out(place->n->shard, &place->place);
}

void arrival_over(struct arrival_place *place)
{
    if (place == NULL)
        return;
    place->gone = true;
    if (place->counted)
        place_leave(place);
}

static struct arrival_place *place_new(struct net_shard *n, const char *ip)
{
    struct config_view v = broker_config_view(n->broker);
    struct arrival_place *place = mem_zalloc(1, sizeof(*place));
    if (place == NULL)
        return NULL;
    place->n = n;
    memcpy(place->place.ip, ip, sizeof(place->place.ip));
    place->place.most = conn_count_most(&v, ip);
    n->places++;
    return place;
}

/* ---- on the way ---- */

static void arrival_free(struct arrival *a)
{
    list_remove(&a->link);
    a->n->accepting_count--;
    mem_free(a);
}

static void on_closed(struct mr_op *op)
{
    arrival_free(MR_CONTAINER(op, struct arrival, op));
}

static void turn_away(struct arrival *a)
{
    a->state = CLOSING;
    a->n->stats.refused++;
    if (a->place != NULL)
        place_free(a->place); /* it was not counted */
    a->place = NULL;
    op_init(&a->op, on_closed);
    io_close_sock(a->n->shard->io, &a->op, a->sock);
}

static void let_in(struct net_shard *n, struct mr_sock sock, uint32_t listener, struct arrival_place *place)
{
    struct mr_conn *c = net_admit(n, sock, listener);
    if (c != NULL)
        c->place = place;
    else
        arrival_over(place);
}

static void place_told(struct conn_place *p)
{
    struct arrival_place *place = MR_CONTAINER(p, struct arrival_place, place);
    struct arrival *a = place->waits;
    place->waits = NULL;
    place->counted = !p->refused;
    if (a == NULL) {
        if (place->gone)
            place_leave(place);
        return;
    }
    if (p->refused) {
        log_info(place->n->shard->log, "net", "connection refused address=%s reason=\"it has %u\"", p->ip,
                 p->most);
        turn_away(a);
        return;
    }
    a->place = NULL;
    let_in(a->n, a->sock, a->listener, place);
    arrival_free(a);
}

static void take_place(struct arrival *a)
{
    struct arrival_place *place = a->place;
    a->state = PLACE;
    if (a->n->stopping) {
        turn_away(a);
    } else if (place == NULL) {
        let_in(a->n, a->sock, a->listener, NULL);
        arrival_free(a);
    } else {
        place->waits = a;
        place->place.done = place_told;
        conn_count_in(a->n->shard, &place->place); /* a may be gone after this line */
    }
}

static void pause_over(struct mr_timer *t)
{
    struct arrival *a = MR_CONTAINER(t, struct arrival, pause);
    if (a->state == DELAYED)
        take_place(a);
    else
        turn_away(a);
}

/* ---- rates ---- */

static void rate_told(struct quota_ask *ask)
{
    struct arrival *a = MR_CONTAINER(ask, struct arrival, ask);
    int64_t paused_ms = 0, delayed_ms = 0;
    for (uint32_t i = 0; i < ask->count; i++) {
        const struct quota_charge *c = &ask->charges[i];
        *(c->how == QUOTA_RECORD ? &delayed_ms : &paused_ms) = c->throttle_ms;
    }
    if (a->n->stopping || (paused_ms <= 0 && delayed_ms <= 0)) {
        take_place(a);
        return;
    }
    /* Held, so that who connects again at once is slowed down. */
    a->state = paused_ms > 0 ? PAUSED : DELAYED;
    shard_timer(a->n->shard, &a->pause, (uint64_t)(paused_ms > 0 ? paused_ms : delayed_ms) * 1000000);
}

/* ---- the beginning ---- */

/* "1.2.3.4:5" or "[::1]:5" without the port. */
static struct mr_str host_of(const char *peer)
{
    const char *colon = strrchr(peer, ':');
    size_t len = colon != NULL ? (size_t)(colon - peer) : strlen(peer);
    if (len >= 2 && peer[0] == '[' && peer[len - 1] == ']')
        return (struct mr_str){peer + 1, len - 2};
    return (struct mr_str){peer, len};
}

/* What limits how often it connects: how many rates, in charges. */
static uint32_t rates_of(struct net_shard *n, const char *ip, struct quota_charge *charges)
{
    const struct image_quotas *quotas = &n->broker->image->quotas;
    struct config_view v = broker_config_view(n->broker);
    int64_t all = config_int(&v, "max.connection.creation.rate");
    uint32_t count = 0;
    double limit;
    if (quotas->total[QUOTA_CONNECTION] > 0 && image_quota_of_ip(quotas, mr_str_of(ip), &limit))
        charges[count++] = (struct quota_charge){.type = QUOTA_CONNECTION,
                                                 .how = QUOTA_RECORD_UNLESS,
                                                 .limit = {.limit = limit, .client = mr_str_of(ip)},
                                                 .amount = 1};
    if (all < INT32_MAX)
        charges[count++] = (struct quota_charge){.type = QUOTA_CONNECTION,
                                                 .how = QUOTA_RECORD,
                                                 .limit = {.limit = (double)all},
                                                 .amount = 1};
    return count;
}

static struct arrival *arrival_new(struct net_shard *n, struct mr_sock sock, uint32_t listener,
                                   struct arrival_place *place)
{
    struct arrival *a = mem_zalloc(1, sizeof(*a));
    if (a == NULL)
        return NULL;
    *a = (struct arrival){
        .n = n, .sock = sock, .listener = listener, .place = place, .ask = {.done = rate_told}};
    timer_init(&a->pause, pause_over);
    list_push(&n->accepting, &a->link);
    n->accepting_count++;
    return a;
}

void arrival_begin(struct net_shard *n, struct mr_sock sock, uint32_t listener)
{
    struct quota_charge charges[QUOTA_CHARGES_MAX];
    char peer[64] = "", ip[QUOTA_IP_BYTES];
    io_peer_name(n->shard->io, sock, peer, sizeof(peer));
    struct arrival_place *place = quota_ip_text(host_of(peer), ip) ? place_new(n, ip) : NULL;
    uint32_t rates = place != NULL ? rates_of(n, place->place.ip, charges) : 0;
    bool waits = rates > 0 || (place != NULL && place->place.most != UINT32_MAX);
    struct arrival *a = waits ? arrival_new(n, sock, listener, place) : NULL;
    if (a != NULL && rates > 0) {
        memcpy(a->ask.charges, charges, rates * sizeof(charges[0]));
        a->ask.count = rates;
        quota_ask(n->shard, &a->ask);
        return;
    }
    if (a != NULL) {
        take_place(a);
        return;
    }
    let_in(n, sock, listener, place);
    if (place !=
        NULL) { /* counted meanwhile, whatever its number: there is no limit, or no memory to keep it */
        place->place.most = UINT32_MAX;
        place->place.done = place_told;
        conn_count_in(n->shard, &place->place);
    }
}

void arrival_stop(struct net_shard *n)
{
    LIST_FOR_SAFE(node, tmp, &n->accepting)
    {
        struct arrival *a = MR_CONTAINER(node, struct arrival, link);
        if (a->state != PAUSED && a->state != DELAYED)
            continue;
        shard_timer_cancel(n->shard, &a->pause);
        turn_away(a);
    }
}
