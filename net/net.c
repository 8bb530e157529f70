#include "net/net.h"

#include <stdio.h>

#include "core/mem.h"
#include "net/arrival.h"
#include "net/conn.h"
#include "net/memory.h"
#include "net/sessions.h"

enum { ACCEPT_RETRY_MS = 50, MEMORY_BYTES_MIN = 4 << 20, PORT_WAIT_MS = 3000, PORT_RETRY_MS = 20 };
#define SLOW_NS_MAX UINT64_C(10000000000)

/* One listening socket of one shard: SO_REUSEPORT spreads connections over the shards. */
struct listener {
    struct net_shard *net;
    uint32_t index; /* in config->listeners */
    struct mr_sock sock;
    struct mr_op op;
    struct mr_timer retry;
};

static void accept_start(struct listener *l);

struct refused {
    struct mr_op op;
};

static void refused_closed(struct mr_op *op)
{
    mem_free(MR_CONTAINER(op, struct refused, op));
}

static void refuse(struct net_shard *n, struct mr_sock sock, const char *why)
{
    n->stats.refused++;
    log_warn(n->shard->log, "net", "connection refused shard=%u reason=\"%s\"", n->shard->id, why);
    struct refused *r = mem_zalloc(1, sizeof(*r));
    if (r == NULL)
        return;
    op_init(&r->op, refused_closed);
    io_close_sock(n->shard->io, &r->op, sock);
}

struct mr_conn *net_admit(struct net_shard *n, struct mr_sock sock, uint32_t listener)
{
    struct mr_conn *c = n->stopping ? NULL : conn_new(n, sock, listener);
    if (c == NULL)
        refuse(n, sock, n->stopping ? "stopping" : "out of memory");
    else if (!timer_armed(&n->idle_timer))
        shard_timer(n->shard, &n->idle_timer, n->limits.idle_ns_max / CONN_PROBES);
    return c;
}

static void on_accept(struct mr_op *op)
{
    struct listener *l = MR_CONTAINER(op, struct listener, op);
    struct net_shard *n = l->net;
    bool more = op->more;
    if (op->result >= 0) {
        struct mr_sock sock = {(int32_t)op->result};
        n->stats.accepted++;
        if (n->conn_count + n->accepting_count >= n->limits.conns_max)
            refuse(n, sock, "too many connections");
        else
            arrival_begin(n, sock, l->index);
    } else if (op->result != -ECANCELED) {
        log_warn(n->shard->log, "net", "accept failed shard=%u err=\"%s\"", n->shard->id,
                 mr_err_text((int)op->result));
    }
    if (more || n->stopping)
        return;
    if (op->result < 0)
        shard_timer(n->shard, &l->retry,
                    ACCEPT_RETRY_MS * 1000000ull); /* out of descriptors: not in a hot loop */
    else
        accept_start(l);
}

static void accept_start(struct listener *l)
{
    op_init(&l->op, on_accept);
    io_accept(l->net->shard->io, &l->op, l->sock);
}

static void accept_retry(struct mr_timer *t)
{
    accept_start(MR_CONTAINER(t, struct listener, retry));
}

/* Whose peer takes nothing of an answer. Returns when the next one may be due. */
static uint64_t close_deaf(struct net_shard *n, uint64_t now)
{
    uint64_t idle_ns = n->limits.idle_ns_max, look_ns = idle_ns / CONN_PROBES + 1;
    const struct conn_probe probe = {.why = "its peer took nothing of an answer for connections.max.idle.ms",
                                     .bytes_min = 1,
                                     .patience_ns = idle_ns};
    LIST_FOR_SAFE(node, tmp, &n->sending)
    {
        struct mr_conn *c = MR_CONTAINER(node, struct mr_conn, send_link);
        if (c->sent_ns + look_ns > now)
            return c->sent_ns + look_ns;
        conn_look(c, &probe);
    }
    return now + look_ns;
}

/* Connections are in order of activity, so only the first ones can be idle for too long. */
static uint64_t close_idle(struct net_shard *n, uint64_t now)
{
    LIST_FOR_SAFE(node, tmp, &n->conns)
    {
        struct mr_conn *c = MR_CONTAINER(node, struct mr_conn, link);
        if (c->closing || c->request_count > 0)
            continue;
        if (c->active_ns + n->limits.idle_ns_max > now)
            return c->active_ns + n->limits.idle_ns_max;
        conn_close(c, "idle");
    }
    return now + n->limits.idle_ns_max;
}

static void idle_check(struct mr_timer *t)
{
    struct net_shard *n = MR_CONTAINER(t, struct net_shard, idle_timer);
    uint64_t now = shard_now_ns(n->shard), deaf = close_deaf(n, now), idle = close_idle(n, now);
    if (n->conn_count > 0)
        shard_timer(n->shard, &n->idle_timer, mr_min(deaf, idle) - now);
}

static void set_limits(struct net_shard *n, const struct mr_config *config)
{
    struct config_view v = config_static(config);
    n->limits = (struct net_limits){
        .frame_bytes_max = (uint32_t)config_int(&v, "socket.request.max.bytes"),
        .requests_per_conn_max = 128,
        .slow_ns_max = SLOW_NS_MAX,
        .idle_ns_max = (uint64_t)config_int(&v, "connections.max.idle.ms") * 1000000,
        .conns_max = (uint32_t)config_int(&v, "max.connections"),
    };
    n->limits.quota_windows_s = (double)(config_int(&v, "quota.window.num") - 1) *
                                (double)config_int(&v, "quota.window.size.seconds");
    uint64_t quarter = (uint64_t)config_int(&v, "millrace.memory.bytes") / n->shard->count / 4;
    n->limits.memory_bytes_max = mr_max(quarter, MEMORY_BYTES_MIN);
    n->limits.read_bytes_max = mr_max(quarter / 2, MEMORY_BYTES_MIN); /* the other half: storage/cold.h */
    n->limits.slow_ns_max = mr_min(n->limits.slow_ns_max, n->limits.idle_ns_max);
}

static struct net_shard *net_new(struct mr_shard *s, const struct mr_config *config)
{
    struct net_shard *n = mem_zalloc(1, sizeof(*n));
    if (n == NULL)
        return NULL;
    n->shard = s;
    list_init(&n->conns);
    list_init(&n->sending);
    list_init(&n->accepting);
    timer_init(&n->idle_timer, idle_check);
    set_limits(n, config);
    n->listeners = mem_zalloc(config->listeners_count, sizeof(*n->listeners));
    if (net_memory_new(n) != 0 || n->listeners == NULL) {
        mem_free(n->listeners);
        mem_free(n->hints);
        mem_free(n);
        return NULL;
    }
    s->net = n;
    return n;
}

/* Of this broker's listeners before i, does one have its port? One on IPv4 and one on IPv6 may. */
static bool shares_port(const struct mr_config *config, uint32_t i)
{
    for (uint32_t before = 0; before < i; before++) {
        if (config->listeners[before].port == config->listeners[i].port && config->listeners[i].port != 0)
            return true;
    }
    return false;
}

static void close_listeners(struct net_shard *n)
{
    struct mr_shard *s = n->shard;
    for (; n->listener_count > 0; n->listener_count--) {
        struct listener *l = &n->listeners[n->listener_count - 1];
        shard_timer_cancel(s, &l->retry);
        if (l->op.busy)
            io_cancel(s->io, &l->op);
        while (l->op.busy && shard_wait(s) >= 0)
            ;
        struct mr_op op;
        op_init(&op, NULL);
        io_close_sock(s->io, &op, l->sock);
        (void)io_wait(s->io, &op);
    }
}

static int listen_on_all(struct net_shard *n, struct broker *broker, char *why, size_t why_bytes)
{
    const struct mr_config *config = broker->config;
    bool first = n->shard->id == 0;
    for (uint32_t i = 0; i < config->listeners_count; i++) {
        struct listener *l = &n->listeners[i];
        const struct config_listener *cl = &config->listeners[i];
        uint16_t port = first ? cl->port : broker->bound_ports[i];
        l->net = n;
        l->index = i;
        timer_init(&l->retry, accept_retry);
        int err =
            io_listen(n->shard->io, cl->host, port,
                      first && !shares_port(config, i) ? IO_LISTEN_FIRST : IO_LISTEN_JOIN, &l->sock, &port);
        if (err != 0) {
            snprintf(why, why_bytes, "cannot listen on %s://%s:%u: %s%s", cl->name, cl->host, port,
                     mr_err_text(err),
                     err == -EADDRINUSE ? "; another broker, or another program, has the port" : "");
            return err;
        }
        if (first)
            broker->bound_ports[i] = port;
        n->listener_count++;
    }
    return 0;
}

static void only_wake(struct mr_timer *t)
{
    (void)t;
}

/* Turns the shard once, for at most so long. */
static int turn_for(struct mr_shard *s, uint64_t ms)
{
    struct mr_timer wake;
    timer_init(&wake, only_wake);
    shard_timer(s, &wake, ms * 1000000ull);
    int err = shard_wait(s);
    shard_timer_cancel(s, &wake);
    return err;
}

/* A broker that was killed is gone before its sockets are: the kernel takes a ring apart in the background.
 * So a port in use is tried again for a while. */
int net_bind(struct mr_shard *zero, struct broker *broker, char *why, size_t why_bytes)
{
    struct net_shard *n = net_new(zero, broker->config);
    if (n == NULL)
        return -ENOMEM;
    uint64_t until_ns = shard_now_ns(zero) + PORT_WAIT_MS * 1000000ull;
    int err = listen_on_all(n, broker, why, why_bytes);
    while (err == -EADDRINUSE && shard_now_ns(zero) < until_ns) {
        close_listeners(n);
        err = turn_for(zero, PORT_RETRY_MS);
        if (err == 0)
            err = listen_on_all(n, broker, why, why_bytes);
    }
    if (err != 0)
        net_stop(n, 0);
    return err;
}

int net_start(struct broker_shard *b, struct net_shard **ret, char *why, size_t why_bytes)
{
    struct net_shard *n = net_of(b->shard);
    int err = 0;
    if (n == NULL) {
        n = net_new(b->shard, b->broker->config);
        if (n == NULL)
            return -ENOMEM;
        err = listen_on_all(n, b->broker, why, why_bytes);
    }
    n->broker = b;
    n->sessions = fetch_sessions_new(b);
    if (err == 0 && n->sessions == NULL)
        err = -ENOMEM;
    if (err != 0) {
        net_stop(n, 0);
        return err;
    }
    *ret = n;
    for (uint32_t i = 0; i < n->listener_count; i++)
        accept_start(&n->listeners[i]);
    return 0;
}

static bool quiet(const struct net_shard *n)
{
    LIST_FOR(node, &n->conns)
    {
        if (MR_CONTAINER(node, struct mr_conn, link)->request_count > 0)
            return false;
    }
    return true;
}

void net_stop(struct net_shard *n, uint32_t grace_ms)
{
    struct mr_shard *s = n->shard;
    n->stopping = true;
    close_listeners(n);
    shard_timer_cancel(s, &n->idle_timer);
    LIST_FOR(node, &n->conns)
    conn_quit(MR_CONTAINER(node, struct mr_conn, link));
    uint64_t until = shard_now_ns(s) + grace_ms * 1000000ull;
    while (!quiet(n) && shard_now_ns(s) < until) {
        if (turn_for(s, 1) < 0)
            break;
    }
    LIST_FOR_SAFE(node, tmp, &n->conns)
    conn_close(MR_CONTAINER(node, struct mr_conn, link), NULL);
    arrival_stop(n);
    while (n->conn_count > 0 || n->accepting_count > 0 || n->places > 0 || !net_memory_quiet(n)) {
        if (turn_for(s, 1) < 0)
            break;
    }
    net_memory_done(n);
    fetch_sessions_free(n->sessions);
    mem_free(n->listeners);
    s->net = NULL;
    mem_free(n);
}
