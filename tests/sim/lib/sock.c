/* Socket operations of core/io.h. */
#include <stdio.h>

#include "tests/sim/lib/net_priv.h"

/* What a system call of the kernel's own takes before it looks at the socket. */
enum { SYSCALL_NS_MIN = 100, SYSCALL_NS_MAX = 3000 };
#define RETRY_NS UINT64_C(1000000000) /* of a connection attempt; doubles */

static void sock_unref(struct sock *k)
{
    if (--k->refs == 0)
        mem_free(k);
}

static struct sock *sock_new(struct mr_io *io)
{
    struct sock *k = mem_zalloc(1, sizeof(*k));
    MR_ASSERT(k != NULL);
    k->io = io;
    k->refs = 1;
    k->handle = handle_new(io, HANDLE_SOCK, k);
    if (k->handle < 0) {
        mem_free(k);
        return NULL;
    }
    return k;
}

static struct sock *sock_for_end(struct mr_io *io, struct end *e)
{
    struct sock *k = sock_new(io);
    if (k != NULL) {
        k->end = e;
        e->sock = k;
    }
    return k;
}

static struct sock *sock_get(struct mr_io *io, struct mr_sock s)
{
    return handle_get(io, HANDLE_SOCK, s.h);
}

/* Take the op off the place where it waits. */
static void disarm(struct sim_op *s)
{
    struct sock *k = s->sock;
    if (k == NULL)
        return;
    if (k->end != NULL && k->end->recv == s)
        k->end->recv = NULL;
    if (k->end != NULL && k->end->send == s)
        k->end->send = NULL;
    if (k->listener != NULL && k->listener->accept == s)
        k->listener->accept = NULL;
}

void sock_op_end(struct sim_op *s, int64_t result)
{
    disarm(s);
    op_end(s, result);
}

void sock_op_done(struct sim_op *s)
{
    if (s->sock == NULL)
        return;
    disarm(s);
    s->sock->ops--;
    sock_unref(s->sock);
    s->sock = NULL;
}

static void sock_submit(struct sim_op *s, void (*run)(struct world *w, struct sim_event *ev),
                        uint64_t after_ns)
{
    struct world *w = s->io->w;
    s->ev.run = run;
    op_submitted(s);
    device_at(w, &s->ev, w->now_ns + after_ns, &w->rng_net);
}

static uint64_t syscall_ns(struct world *w)
{
    return rng_between(&w->rng_net, SYSCALL_NS_MIN, SYSCALL_NS_MAX);
}

static struct sim_op *sock_op(struct mr_io *io, struct mr_op *op, enum sim_kind kind, struct mr_sock h)
{
    struct sim_op *s = op_begin(io, op, kind);
    s->sock = sock_get(io, h);
    s->sock->refs++;
    s->sock->ops++;
    s->handle = h.h;
    return s;
}

/* ---- listening and accepting ---- */

static bool listened_on(const struct sim_node *n, uint16_t port)
{
    LIST_FOR(at, &n->listeners)
    {
        if (MR_CONTAINER(at, struct listener, link)->port == port)
            return true;
    }
    return false;
}

int io_listen(struct mr_io *io, const char *host, uint16_t port, enum io_listen_how how, struct mr_sock *ret,
              uint16_t *ret_port)
{
    if (io->ghost)
        return -EIO;
    MR_ASSERT(io->alive && (io->w->running == NULL || io->w->running == io));
    struct sim_node *n = io->node;
    bool all = host[0] == '\0' || strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
    if (!all && net_find(n, host) != n)
        return -EADDRNOTAVAIL;
    if (port == 0) {
        do
            port = n->port_next++;
        while (net_port_taken(n, port) || listened_on(n, port) || port == 0);
    }
    if (net_port_taken(n, port) || (how == IO_LISTEN_FIRST && listened_on(n, port)))
        return -EADDRINUSE;
    struct sock *k = sock_new(io);
    if (k == NULL)
        return -EMFILE;
    struct listener *l = mem_zalloc(1, sizeof(*l));
    MR_ASSERT(l != NULL);
    l->node = n;
    l->sock = k;
    l->port = port;
    l->local_only = net_is_loopback_name(host);
    list_init(&l->backlog);
    list_push(&n->listeners, &l->link);
    k->listener = l;
    ret->h = k->handle;
    *ret_port = port;
    return 0;
}

/* power: the machine is off, nobody hears of it. */
static void listener_free(struct listener *l, bool tell, bool power)
{
    while (!list_empty(&l->backlog)) {
        struct end *e = MR_CONTAINER(l->backlog.next, struct end, backlog_link);
        e->reset_on_close = true;
        if (tell)
            end_close(e);
        else
            end_vanish(e, power);
    }
    list_remove(&l->link);
    mem_free(l);
}

void listener_pump(struct listener *l)
{
    while (l->accept != NULL && !list_empty(&l->backlog)) {
        struct sim_op *s = l->accept;
        struct end *e = MR_CONTAINER(l->backlog.next, struct end, backlog_link);
        struct sock *k = sock_for_end(s->io, e);
        if (k == NULL) {
            sock_op_end(s, -EMFILE); /* the connection stays in the backlog */
            return;
        }
        list_remove(&e->backlog_link);
        e->listener = NULL;
        l->backlog_count--;
        op_more(s, k->handle, NULL, (struct mr_slice){0});
    }
}

static void accept_run(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    struct listener *l = s->sock->listener;
    l->accept = s;
    listener_pump(l);
}

void io_accept(struct mr_io *io, struct mr_op *op, struct mr_sock listener)
{
    if (ghost_op(io, op, SIM_ACCEPT))
        return;
    struct sim_op *s = sock_op(io, op, SIM_ACCEPT, listener);
    MR_ASSERT(s->sock->listener != NULL);
    MR_ASSERT(s->sock->ops == 1 || s->sock->listener->accept == NULL); /* one accept at a time */
    sock_submit(s, accept_run, syscall_ns(io->w));
}

/* ---- connecting: s->dst is our end once the peer has answered ---- */

static void connect_done(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    struct end *e = s->dst;
    s->dst = NULL;
    struct sock *k = sock_for_end(s->io, e);
    if (k == NULL) {
        e->reset_on_close = true;
        end_close(e);
        op_end(s, -EMFILE);
        return;
    }
    s->handle = k->handle;
    op_end(s, k->handle);
}

static void connect_again(struct sim_op *s)
{
    struct world *w = s->io->w;
    uint64_t wait_ns = RETRY_NS << mr_min(s->tries, 6);
    s->tries++;
    uint64_t waited_ns = RETRY_NS * ((UINT64_C(1) << mr_min(s->tries, 7)) - 1); /* when that try will start */
    if (waited_ns >= w->opt.connect_timeout_ns) {
        op_end(s, -ETIMEDOUT);
        return;
    }
    device_at(w, &s->ev, w->now_ns + wait_ns, &w->rng_net);
}

static void connect_try(struct world *w, struct sim_event *ev)
{
    struct sim_op *s = (struct sim_op *)ev;
    struct sim_node *from = s->io->node, *to = net_find(from, s->path);
    if (to == NULL) {
        op_end(s, -EADDRNOTAVAIL);
        return;
    }
    if (fault_chance(w, &w->rng_net, w->opt.connect_timeout_ppm)) {
        op_end(s, -ETIMEDOUT);
        return;
    }
    if (!to->on || net_blocked(from, to) || net_blocked(to, from)) {
        connect_again(s);
        return;
    }
    struct listener *l = net_listener(from, to, s->port);
    if (l == NULL || fault_chance(w, &w->rng_net, w->opt.connect_refused_ppm)) {
        op_end(s, -ECONNREFUSED);
        return;
    }
    if (l->backlog_count >= w->opt.backlog_max) {
        connect_again(s);
        return;
    }
    struct conn *c = net_conn_new(w, from, to, s->port);
    c->end[1].listener = l;
    list_push(&l->backlog, &c->end[1].backlog_link);
    l->backlog_count++;
    s->dst = &c->end[0];
    s->ev.run = connect_done;
    device_at(w, &s->ev, w->now_ns + net_delay_ns(w, to, from), &w->rng_net);
    listener_pump(l);
}

void io_connect(struct mr_io *io, struct mr_op *op, const char *host, uint16_t port)
{
    if (ghost_op(io, op, SIM_CONNECT))
        return;
    struct world *w = io->w;
    struct sim_op *s = op_begin(io, op, SIM_CONNECT);
    struct sim_node *to = net_find(io->node, host);
    s->path = mem_text(host, strlen(host));
    MR_ASSERT(s->path != NULL);
    s->port = port;
    s->pos = port; /* for the trace */
    sock_submit(s, connect_try, syscall_ns(w) + (to == NULL ? 0 : net_delay_ns(w, io->node, to)));
}

/* ---- receiving and sending ---- */

static struct end *end_of(const struct sim_op *s)
{
    MR_ASSERT(s->sock->end != NULL); /* a listener neither sends nor receives */
    return s->sock->end;
}

static void recv_run(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    struct end *e = end_of(s);
    MR_ASSERT(e->recv == NULL); /* two receives at once: the order of bytes would be anybody's guess */
    e->recv = s;
    end_pump_recv(e);
}

static void send_run(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    struct end *e = end_of(s);
    MR_ASSERT(e->send == NULL); /* two sends at once: likewise */
    op_check_memory(s);
    e->send = s;
    end_pump_send(e);
}

void io_recv(struct mr_io *io, struct mr_op *op, struct mr_sock h)
{
    if (ghost_op(io, op, SIM_RECV))
        return;
    sock_submit(sock_op(io, op, SIM_RECV, h), recv_run, syscall_ns(io->w));
}

void io_recv_into(struct mr_io *io, struct mr_op *op, struct mr_sock h, void *dst, size_t len)
{
    if (ghost_op(io, op, SIM_RECV_INTO))
        return;
    struct sim_op *s = sock_op(io, op, SIM_RECV_INTO, h);
    s->dst = dst;
    s->len = len;
    sock_submit(s, recv_run, syscall_ns(io->w));
}

void io_send(struct mr_io *io, struct mr_op *op, struct mr_sock h, const struct iovec *iov, unsigned count)
{
    if (ghost_op(io, op, SIM_SEND))
        return;
    MR_ASSERT(count <= IOV_MAX_COUNT);
    struct sim_op *s = sock_op(io, op, SIM_SEND, h);
    s->iov = iov;
    s->iov_count = count;
    for (unsigned i = 0; i < count; i++)
        s->len += iov[i].iov_len;
    sock_submit(s, send_run, syscall_ns(io->w));
}

/* ---- ending ---- */

static void shutdown_run(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    struct end *e = end_of(s);
    int64_t result = e->err != 0 ? -ENOTCONN : 0;
    end_shutdown(e, true);
    op_end(s, result);
}

void io_shutdown(struct mr_io *io, struct mr_op *op, struct mr_sock h)
{
    if (ghost_op(io, op, SIM_SHUTDOWN))
        return;
    sock_submit(sock_op(io, op, SIM_SHUTDOWN, h), shutdown_run, syscall_ns(io->w));
}

static void sock_close(struct sock *k)
{
    if (k->listener != NULL)
        listener_free(k->listener, true, false);
    if (k->end != NULL)
        end_close(k->end);
    k->listener = NULL;
    k->end = NULL;
}

static void close_run(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    sock_close(s->sock);
    op_end(s, 0);
}

void io_close_sock(struct mr_io *io, struct mr_op *op, struct mr_sock h)
{
    if (ghost_op(io, op, SIM_CLOSE_SOCK))
        return;
    struct sim_op *s = sock_op(io, op, SIM_CLOSE_SOCK, h);
    MR_ASSERT(s->sock->ops == 1); /* all other ops on it have ended */
    sock_unref(s->sock);          /* the handle's reference */
    handle_drop(io, h.h);
    sock_submit(s, close_run, syscall_ns(io->w));
}

/* ---- cancelling ---- */

static void cancel_run(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    if (s->kind == SIM_CONNECT && s->dst != NULL) {
        struct end *e = s->dst;
        s->dst = NULL;
        e->reset_on_close = true;
        end_close(e);
    }
    sock_op_end(s, s->kind == SIM_SEND && s->sent > 0 ? (int64_t)s->sent : -ECANCELED);
}

void sock_op_cancel(struct sim_op *s)
{
    struct world *w = s->io->w;
    if (s->kind == SIM_SHUTDOWN || s->kind == SIM_CLOSE_SOCK)
        return; /* these do not wait for anything */
    events_remove(&w->device, &s->ev);
    s->ev.run = cancel_run;
    device_at(w, &s->ev, w->now_ns + syscall_ns(w), &w->rng_net);
}

/* ---- the end of a process ---- */

static void sock_dies(struct sock *k, enum death death)
{
    if (death == DEATH_KILL) {
        sock_close(k);
        return;
    }
    if (k->listener != NULL)
        listener_free(k->listener, false, death == DEATH_POWER);
    if (k->end != NULL)
        end_vanish(k->end, death == DEATH_POWER);
    k->listener = NULL;
    k->end = NULL;
}

void sock_io_dies(struct mr_io *io, enum death death)
{
    LIST_FOR(at, &io->flight)
    {
        struct sim_op *s = MR_CONTAINER(at, struct sim_op, link);
        disarm(s);
        if (s->kind == SIM_CLOSE_SOCK)
            sock_dies(s->sock, death);
        if (s->kind == SIM_CONNECT && s->dst != NULL) {
            if (death == DEATH_KILL)
                end_close(s->dst);
            else
                end_vanish(s->dst, death == DEATH_POWER);
            s->dst = NULL;
        }
    }
    for (uint32_t i = 0; i < io->handles_cap; i++) {
        struct handle *h = &io->handles[i];
        if (h->kind != HANDLE_SOCK)
            continue;
        sock_dies(h->obj, death);
        sock_unref(h->obj);
        handle_drop(io, (int32_t)((uint32_t)h->gen << 16 | i));
    }
}

/* ---- for scripts and names ---- */

void world_reset_conn(struct mr_io *io, struct mr_sock s)
{
    struct sock *k = sock_get(io, s);
    if (k->end != NULL)
        conn_reset(k->end->c);
}

void world_reset_on_close(struct mr_io *io, struct mr_sock s)
{
    struct sock *k = sock_get(io, s);
    MR_ASSERT(k->end != NULL);
    k->end->reset_on_close = true;
}

void world_half_close(struct mr_io *io, struct mr_sock s)
{
    struct sock *k = sock_get(io, s);
    MR_ASSERT(k->end != NULL);
    end_shutdown(k->end, false);
}

void io_peer_name(struct mr_io *io, struct mr_sock s, char *dst, size_t bytes)
{
    struct sock *k = io->ghost ? NULL : sock_get(io, s);
    if (bytes == 0)
        return;
    if (k == NULL || k->end == NULL) {
        snprintf(dst, bytes, "?");
        return;
    }
    struct end *peer = end_peer(k->end);
    snprintf(dst, bytes, "%s:%u", peer->node == k->end->node ? "127.0.0.1" : peer->node->address, peer->port);
}
