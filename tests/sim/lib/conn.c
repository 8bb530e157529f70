/* Connections: segments, streams, ends. */
#include "tests/sim/lib/net_priv.h"

static void seg_run(struct world *w, struct sim_event *ev);
static void give_up(struct world *w, struct sim_event *ev);

static void end_init(struct conn *c, uint8_t side, struct sim_node *node, uint16_t port)
{
    struct end *e = &c->end[side];
    e->c = c;
    e->side = side;
    e->node = node;
    e->port = port;
    e->giving_up.run = give_up;
    list_init(&e->backlog_link);
    list_init(&e->in.held);
}

struct conn *net_conn_new(struct world *w, struct sim_node *from, struct sim_node *to, uint16_t port)
{
    struct conn *c = mem_zalloc(1, sizeof(*c));
    MR_ASSERT(c != NULL);
    c->w = w;
    list_init(&c->segs);
    end_init(c, 0, from, from->port_next++);
    end_init(c, 1, to, port);
    if (from->port_next < 32768)
        from->port_next = 32768; /* went round */
    list_push(&w->conns, &c->link);
    return c;
}

static void seg_free(struct seg *g)
{
    events_remove(&g->c->w->device, &g->ev);
    list_remove(&g->link);
    mem_free(g);
}

static void segs_free(struct mr_list *segs)
{
    while (!list_empty(segs))
        seg_free(MR_CONTAINER(segs->next, struct seg, link));
}

void conn_free(struct conn *c)
{
    segs_free(&c->segs);
    for (int i = 0; i < 2; i++) {
        segs_free(&c->end[i].in.held);
        events_remove(&c->w->device, &c->end[i].giving_up);
        mem_free(c->end[i].in.ring);
    }
    list_remove(&c->link);
    mem_free(c);
}

static void conn_free_when_over(struct conn *c)
{
    if (c->end[0].closed && c->end[1].closed && list_empty(&c->segs) && list_empty(&c->end[0].in.held) &&
        list_empty(&c->end[1].in.held))
        conn_free(c);
}

/* ---- segments ---- */

static void seg_schedule(struct seg *g, uint64_t after_ns)
{
    struct world *w = g->c->w;
    struct stream *in = &g->c->end[g->to].in;
    in->last_ns = mr_max(in->last_ns + 1, w->now_ns + after_ns);
    device_at(w, &g->ev, in->last_ns, &w->rng_net);
}

static void seg_send(struct end *from, enum seg_kind kind, uint64_t bytes)
{
    struct conn *c = from->c;
    struct world *w = c->w;
    struct seg *g = mem_zalloc(1, sizeof(*g));
    MR_ASSERT(g != NULL);
    g->ev.run = seg_run;
    g->c = c;
    g->to = (uint8_t)(1 - from->side);
    g->kind = kind;
    g->bytes = bytes;
    list_push(&c->segs, &g->link);
    c->end[g->to].in.last_ns += bytes * w->opt.ns_per_kib / 1024;
    seg_schedule(g, net_delay_ns(w, from->node, c->end[g->to].node));
}

static bool way_is_open(const struct end *from, const struct end *to)
{
    return to->node->on && !net_blocked(from->node, to->node);
}

/* Whoever sent something that nobody acknowledges gives up at last. */
static void give_up_later(struct end *sender)
{
    struct world *w = sender->c->w;
    if (!event_scheduled(&sender->giving_up))
        device_at(w, &sender->giving_up, w->now_ns + w->opt.tcp_timeout_ns, &w->rng_net);
}

static void end_fails(struct end *e, int err)
{
    if (e->closed || e->err != 0)
        return;
    e->err = err;
    if (rng_below(&e->c->w->rng_net, 2) == 0) { /* who hears of it first */
        end_pump_send(e);
        end_pump_recv(e);
    } else {
        end_pump_recv(e);
        end_pump_send(e);
    }
}

/* Forget what e sent and what has not arrived, but for segments that arrive by keep_ns. Never from the
 * middle. */
static void forget_sent(struct end *e, uint64_t keep_ns)
{
    struct stream *out = &end_peer(e)->in;
    if (!list_empty(&out->held))
        keep_ns = 0; /* the others come after these */
    segs_free(&out->held);
    LIST_FOR_SAFE(at, next, &e->c->segs)
    {
        struct seg *g = MR_CONTAINER(at, struct seg, link);
        if (g->to != e->side && g->ev.at_ns > keep_ns)
            seg_free(g);
    }
}

static void give_up(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct end *e = MR_CONTAINER(ev, struct end, giving_up);
    struct conn *c = e->c;
    forget_sent(e, 0);
    end_fails(e, -ETIMEDOUT);
    conn_free_when_over(c);
}

static void data_arrives(struct end *e, struct end *sender, uint64_t bytes)
{
    if (e->closed || e->shut || e->err != 0) { /* RFC 1122: data for nobody is answered with a reset */
        e->in.arrived += bytes;
        seg_send(e, SEG_RST, 0);
        return;
    }
    e->in.arrived += bytes;
    if (!way_is_open(e, sender))
        give_up_later(sender); /* the acknowledgement does not get back */
    end_pump_recv(e);
}

static void seg_arrives(struct seg *g)
{
    struct conn *c = g->c;
    struct end *e = &c->end[g->to], *sender = end_peer(e);
    switch (g->kind) {
    case SEG_DATA:
        if (c->reset)
            give_up_later(sender); /* should the reset not reach it */
        else
            data_arrives(e, sender, g->bytes);
        return;
    case SEG_FIN:
        if (c->reset || e->err != 0)
            return;
        e->in.fin_arrived = true;
        end_pump_recv(e);
        return;
    case SEG_RST:
        end_fails(e, -ECONNRESET);
        return;
    case SEG_WINDOW:
        sender->in.window_on_the_way = false;
        sender->in.credit = sender->in.head;
        end_pump_send(e);
        return;
    }
}

static void seg_run(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct seg *g = (struct seg *)ev;
    struct conn *c = g->c;
    struct end *e = &c->end[g->to], *sender = end_peer(e);
    if (!way_is_open(sender, e) && !(c->reset && g->kind != SEG_RST)) {
        list_remove(&g->link);
        list_push(&e->in.held, &g->link);
        if (g->kind == SEG_DATA || g->kind == SEG_FIN)
            give_up_later(sender);
        return;
    }
    seg_arrives(g);
    seg_free(g);
    conn_free_when_over(c);
}

void conn_release_held(struct conn *c, uint8_t to)
{
    struct world *w = c->w;
    struct end *e = &c->end[to], *sender = end_peer(e);
    if (!way_is_open(sender, e))
        return;
    if (way_is_open(e, sender)) { /* acknowledgements flow too */
        events_remove(&w->device, &sender->giving_up);
    }
    uint64_t after_ns = span_draw(&w->rng_net, w->opt.retransmit);
    while (!list_empty(&e->in.held)) {
        struct seg *g = MR_CONTAINER(list_pop(&e->in.held), struct seg, link);
        list_push(&c->segs, &g->link);
        seg_schedule(g, after_ns);
    }
}

/* Both ends learn it in their own time; what is on the way is lost. */
void conn_reset(struct conn *c)
{
    if (c->reset)
        return;
    c->reset = true;
    seg_send(&c->end[0], SEG_RST, 0);
    seg_send(&c->end[1], SEG_RST, 0);
}

/* ---- sending ---- */

static void ring_put(struct stream *in, uint64_t cap, const uint8_t *from, uint64_t n)
{
    uint64_t at = in->tail % cap;
    uint64_t first = mr_min(n, cap - at);
    memcpy(in->ring + at, from, first);
    memcpy(in->ring, from + first, n - first);
    in->tail += n;
}

static void ring_get(struct stream *in, uint64_t cap, uint8_t *to, uint64_t n)
{
    uint64_t at = in->head % cap;
    uint64_t first = mr_min(n, cap - at);
    memcpy(to, in->ring + at, first);
    memcpy(to + first, in->ring, n - first);
    in->head += n;
}

/* Copy up to n bytes of the gather list from byte `skip` on. */
static void put_gathered(struct stream *in, uint64_t cap, const struct sim_op *s, uint64_t skip, uint64_t n)
{
    for (unsigned i = 0; i < s->iov_count && n > 0; i++) {
        uint64_t len = s->iov[i].iov_len;
        if (skip >= len) {
            skip -= len;
            continue;
        }
        uint64_t part = mr_min(n, len - skip);
        ring_put(in, cap, (const uint8_t *)s->iov[i].iov_base + skip, part);
        skip = 0;
        n -= part;
    }
}

static void send_segments(struct end *e, uint64_t n)
{
    struct world *w = e->c->w;
    struct rng *r = &w->rng_net;
    bool pieces = w->opt.fragment_bytes_max > 0 && rng_chance(r, w->opt.fragment_ppm);
    for (unsigned i = 0; n > 0; i++) {
        if (fault_chance(w, r, w->opt.reset_ppm)) {
            conn_reset(e->c);
            return;
        }
        uint64_t part = n;
        if (pieces && i < SEND_FRAGMENTS_MAX)
            part = rng_between(r, 1, mr_min(n, w->opt.fragment_bytes_max));
        seg_send(e, SEG_DATA, part);
        n -= part;
    }
}

static void send_end(struct end *e, int64_t err)
{
    struct sim_op *s = e->send;
    sock_op_end(s, s->sent > 0 ? (int64_t)s->sent : err);
}

void end_pump_send(struct end *e)
{
    struct sim_op *s = e->send;
    struct world *w = e->c->w;
    struct stream *out = &end_peer(e)->in;
    uint64_t cap = w->opt.window_bytes;
    if (s == NULL)
        return;
    if (e->err != 0) {
        int err = e->err_told ? -EPIPE : e->err;
        e->err_told = e->err_told || s->sent == 0;
        send_end(e, err);
        return;
    }
    if (e->send_shut) {
        send_end(e, -EPIPE);
        return;
    }
    uint64_t n = mr_min(s->len - s->sent, out->credit + cap - out->tail);
    if (n > 0) {
        if (out->ring == NULL) {
            out->ring = mem_alloc(cap);
            MR_ASSERT(out->ring != NULL);
        }
        put_gathered(out, cap, s, s->sent, n);
        s->sent += n;
        s->io->counters.sent_bytes += n;
        send_segments(e, n);
    }
    if (s->sent == s->len)
        sock_op_end(s, (int64_t)s->sent);
    else if (s->sent > 0 && fault_chance(w, &w->rng_net, w->opt.send_short_ppm))
        sock_op_end(s, (int64_t)s->sent);
}

/* ---- receiving ---- */

/* Tell the sender of the room; at once when it does not wait for it, which saves an event. */
static void window_opens(struct end *e)
{
    struct end *sender = end_peer(e);
    if (sender->send == NULL && way_is_open(e, sender)) {
        e->in.credit = e->in.head;
    } else if (!e->in.window_on_the_way && !sender->closed) {
        e->in.window_on_the_way = true;
        seg_send(e, SEG_WINDOW, 0);
    }
}

/* One piece of what has arrived to the armed receive. False when there is no room for it. */
static bool recv_take(struct end *e)
{
    struct sim_op *s = e->recv;
    struct world *w = e->c->w;
    uint64_t cap = w->opt.window_bytes, avail = e->in.arrived - e->in.head;
    if (s->kind == SIM_RECV_INTO) {
        uint64_t n = mr_min(avail, s->len);
        ring_get(&e->in, cap, s->dst, n);
        s->io->counters.received_bytes += n;
        sock_op_end(s, (int64_t)n);
        return true;
    }
    struct mr_slice data;
    struct mr_buf *buf = chunk_take(s->io, avail, &data);
    if (buf == NULL)
        return false;
    ring_get(&e->in, cap, (uint8_t *)(uintptr_t)data.ptr, data.len);
    s->io->counters.received_bytes += data.len;
    if (fault_chance(w, &w->rng_net, w->opt.recv_ends_ppm)) {
        e->recv = NULL;
        op_end_data(s, buf, data);
    } else {
        op_more(s, (int64_t)data.len, buf, data);
    }
    return true;
}

void end_pump_recv(struct end *e)
{
    bool took = false;
    while (e->recv != NULL) {
        struct sim_op *s = e->recv;
        if (s->kind == SIM_RECV_INTO && s->len == 0) {
            sock_op_end(s, 0);
        } else if (e->in.arrived > e->in.head) {
            if (recv_take(e))
                took = true;
            else
                sock_op_end(s, -ENOBUFS);
        } else if (e->err != 0 && !e->err_told) {
            e->err_told = true;
            sock_op_end(s, e->err);
        } else if (e->err != 0 || e->in.fin_arrived || e->shut) {
            sock_op_end(s, 0);
        } else {
            break;
        }
    }
    if (took && e->err == 0)
        window_opens(e);
}

/* ---- ending ---- */

static void send_fin(struct end *e)
{
    struct stream *out = &end_peer(e)->in;
    if (out->fin_sent || e->err != 0)
        return;
    out->fin_sent = true;
    seg_send(e, SEG_FIN, 0);
}

void end_shutdown(struct end *e, bool both)
{
    e->send_shut = true;
    e->shut = e->shut || both;
    send_fin(e);
    end_pump_recv(e);
    end_pump_send(e);
}

static void end_detach(struct end *e)
{
    e->recv = NULL;
    e->send = NULL;
    if (e->listener != NULL) {
        list_remove(&e->backlog_link);
        e->listener->backlog_count--;
        e->listener = NULL;
    }
    if (e->sock != NULL)
        e->sock->end = NULL;
    e->sock = NULL;
}

void end_close(struct end *e)
{
    struct conn *c = e->c;
    MR_ASSERT(!e->closed);
    bool unread = e->in.arrived > e->in.head;
    end_detach(e);
    if (e->err == 0) {
        if (unread || e->reset_on_close)
            seg_send(e, SEG_RST, 0);
        else
            send_fin(e);
    }
    e->closed = true;
    conn_free_when_over(c);
}

/* A machine without power: what its kernel had not put on the wire is gone, and no end of the stream follows.
 */
void end_vanish(struct end *e, bool power)
{
    struct conn *c = e->c;
    struct world *w = c->w;
    end_detach(e);
    e->closed = true;
    if (!power)
        return;
    events_remove(&w->device, &e->giving_up);
    forget_sent(e, w->now_ns + w->opt.link.max);
    conn_free_when_over(c);
}
