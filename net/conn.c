#include "net/conn.h"

#include <stdio.h>

#include "core/mem.h"
#include "net/arrival.h"
#include "net/dispatch.h"
#include "net/memory.h"

enum {
    COPY_BYTES_MAX =
        2048, /* smaller frames are copied, so that a parked request does not hold a receive chunk */
    FRAME_STEP_BYTES =
        128 * 1024,         /* a frame's first memory, while there is plenty: most are not copied twice */
    PRODUCE = 0,            /* its API key, with which its frame begins */
    SEND_PIECES_MAX = 1024, /* io_send()'s */
};

static void on_recv(struct mr_op *op);
static void on_sent(struct mr_op *op);
static void send_run(struct mr_work *w);
static void close_step(struct mr_conn *c);
static void throttle_over(struct mr_timer *t);

struct mr_conn *conn_new(struct net_shard *net, struct mr_sock sock, uint32_t listener)
{
    struct mr_conn *c = mem_zalloc(1, sizeof(*c));
    if (c == NULL)
        return NULL;
    c->net = net;
    c->id = ++net->conn_ids * net->shard->count + net->shard->id;
    c->sock = sock;
    c->listener = listener;
    list_init(&c->requests);
    list_init(&c->stall_link);
    list_init(&c->send_link);
    op_init(&c->send_op, on_sent);
    work_init(&c->send_work, send_run);
    timer_init(&c->mute_timer, throttle_over);
    io_peer_name(net->shard->io, sock, c->peer, sizeof(c->peer));
    c->active_ns = shard_now_ns(net->shard);
    list_push(&net->conns, &c->link);
    net->conn_count++;
    conn_resume(c);
    return c;
}

/* ---- limits ---- */

static bool throttled(const struct mr_conn *c)
{
    return c->mute_until_ns > shard_now_ns(c->net->shard);
}

static bool over_limits(const struct mr_conn *c)
{
    const struct net_shard *n = c->net;
    if (throttled(c))
        return true;
    /* One request is always let in: those who do not read their answers may use up the memory, not the
     * others' turn. */
    return c->request_count >= n->limits.requests_per_conn_max ||
           (c->request_count > 0 && net_memory_full(n));
}

/* Stop reading: until there is memory, or, for who has too many requests, until a response has left. */
static void mute(struct mr_conn *c, bool for_memory)
{
    if (for_memory)
        net_wait_memory(c->net, c);
    if (c->muted)
        return;
    c->muted = true;
    c->net->stats.stalls++;
    if (c->receiving)
        io_cancel(c->net->shard->io, &c->recv_op);
}

static void throttle_over(struct mr_timer *t)
{
    conn_resume(MR_CONTAINER(t, struct mr_conn, mute_timer));
}

void conn_throttle(struct mr_conn *c, uint64_t ms)
{
    uint64_t now = shard_now_ns(c->net->shard), until = now + ms * 1000000;
    if (c->closing || until <= c->mute_until_ns)
        return;
    c->mute_until_ns = until;
    c->net->stats.throttled++;
    mute(c, false);
    shard_timer(c->net->shard, &c->mute_timer, until - now);
}

/* ---- frames ---- */

/* Keep bytes for later; they are few: what was under way when reading was stopped. False: out of memory. */
static bool keep(struct mr_conn *c, const uint8_t *data, size_t len)
{
    if (len == 0)
        return true;
    struct mr_buf *grown = buf_new(c->backlog_len + len, 16, c->net->shard->id);
    if (grown == NULL)
        return false;
    uint64_t backlog_cap = c->backlog != NULL ? c->backlog->cap : 0;
    if (c->backlog != NULL) {
        memcpy(grown->data, c->backlog->data + c->backlog_at, c->backlog_len);
        buf_unref(c->backlog);
    }
    memcpy(grown->data + c->backlog_len, data, len);
    net_charge(c->net, grown->cap);
    net_release(c->net, backlog_cap);
    c->backlog = grown;
    c->backlog_at = 0;
    c->backlog_len += len;
    return true;
}

/* A frame's memory grows with what arrives, beyond a first step not with what is announced. 0, -EAGAIN: no
 * memory now, -ENOMEM.
 */
static int frame_grow(struct mr_conn *c, size_t want)
{
    size_t old = c->frame == NULL ? 0 : c->frame->cap;
    if (want <= old)
        return 0;
    bool plenty = c->net->memory_bytes + FRAME_STEP_BYTES <= c->net->limits.memory_bytes_max / 2;
    size_t step = plenty ? FRAME_STEP_BYTES : CONN_FRAME_BYTES_FREE;
    size_t cap = mr_min(c->frame_bytes, mr_max(mr_max(want, old * 2), step));
    if (cap > CONN_FRAME_BYTES_FREE && !net_frame_may_grow(c->net, c, cap - old))
        return -EAGAIN;
    struct mr_buf *grown = buf_new(cap, 64, c->net->shard->id);
    if (grown == NULL)
        return -ENOMEM;
    if (c->frame != NULL) {
        memcpy(grown->data, c->frame->data, c->frame_got);
        buf_unref(c->frame);
    }
    net_charge(c->net, cap - old);
    c->frame = grown;
    return 0;
}

/* What was gathered becomes a request, which counts it from now on. */
static void frame_whole(struct mr_conn *c)
{
    struct mr_buf *whole = c->frame;
    struct mr_slice frame = {whole->data, c->frame_bytes};
    c->frame = NULL;
    c->frame_bytes = c->frame_got = 0;
    dispatch(c, frame, whole);
    net_release(c->net, whole->cap);
    net_frame_end(c->net, c);
    buf_unref(whole);
}

/* May a request that lies in a receive chunk hold it? Large ones that are soon done: there are few chunks,
 * and others wait for as long as their client likes. */
static bool may_hold(struct mr_slice frame)
{
    return frame.len > COPY_BYTES_MAX && mr_get16(frame.ptr) == PRODUCE;
}

static bool size_ok(struct mr_conn *c, int32_t size)
{
    if (size >= 0 && (uint32_t)size <= c->net->limits.frame_bytes_max)
        return true;
    char reason[96];
    snprintf(reason, sizeof(reason), "frame of %d bytes, socket.request.max.bytes is %u", size,
             c->net->limits.frame_bytes_max);
    conn_close(c, reason);
    return false;
}

/* Take bytes that arrived in buf. Returns how many were taken: fewer only when the connection was muted or
 * closed. */
static size_t feed(struct mr_conn *c, struct mr_buf *buf, const uint8_t *data, size_t len)
{
    size_t at = 0;
    while (at < len && !c->closing) {
        if (over_limits(c)) {
            mute(c, !throttled(c) && net_memory_full(c->net));
            return at;
        }
        if (c->frame_bytes == 0 && c->frame_got == 0 && len - at >= 4) { /* at the start of a frame */
            int32_t size = (int32_t)mr_get32(data + at);
            if (!size_ok(c, size))
                return len;
            if (len - at - 4 >= (size_t)size) {
                struct mr_slice frame = {data + at + 4, (size_t)size};
                at += 4 + (size_t)size;
                dispatch(c, frame, may_hold(frame) ? buf : NULL);
                continue;
            }
        }
        if (c->frame_bytes == 0) { /* its size is still arriving */
            c->size_bytes[c->frame_got++] = data[at++];
            if (c->frame_got < 4)
                continue;
            int32_t size = (int32_t)mr_get32(c->size_bytes);
            c->frame_got = 0;
            if (!size_ok(c, size))
                return len;
            if (size == 0) {
                dispatch(c, (struct mr_slice){c->size_bytes, 0}, NULL);
                continue;
            }
            c->frame_bytes = (uint32_t)size;
            continue;
        }
        size_t n = mr_min(len - at, c->frame_bytes - c->frame_got);
        int err = frame_grow(c, c->frame_got + n);
        if (err == -EAGAIN) {
            mute(c, true);
            return at;
        }
        if (err != 0) {
            conn_close(c, "out of memory");
            return len;
        }
        memcpy(c->frame->data + c->frame_got, data + at, n);
        c->frame_got += (uint32_t)n;
        at += n;
        if (c->frame_got == c->frame_bytes)
            frame_whole(c);
    }
    return at;
}

static void moved(struct mr_conn *c)
{
    c->active_ns = shard_now_ns(c->net->shard);
    list_remove(&c->link);
    list_push(&c->net->conns, &c->link);
}

static void on_recv(struct mr_op *op)
{
    struct mr_conn *c = MR_CONTAINER(op, struct mr_conn, recv_op);
    if (!op->more)
        c->receiving = false;
    if (op->result > 0 && !c->closing) {
        moved(c);
        size_t taken = c->muted ? 0 : feed(c, op->buf, op->data.ptr, op->data.len);
        if (!c->closing && !keep(c, op->data.ptr + taken, op->data.len - taken))
            conn_close(c, "out of memory");
    }
    if (op->more)
        return;
    if (c->closing) {
        close_step(c);
    } else if (op->result > 0 || op->result == -ECANCELED) {
        if (!c->muted)
            conn_resume(c);
    } else if (op->result == -ENOBUFS) { /* every receive chunk is held by requests: go on when one is done */
        c->muted = true;
        if (c->net->request_count > 0)
            net_wait_chunk(c->net, c);
        else
            conn_resume(c);
    } else {
        conn_close(c, op->result == 0 ? NULL : mr_err_text((int)op->result));
    }
}

void conn_resume(struct mr_conn *c)
{
    if (c->closing || c->net->stopping)
        return;
    if (over_limits(c)) { /* by now, perhaps by others: somebody must remember to come back */
        mute(c, !throttled(c) && net_memory_full(c->net));
        return;
    }
    if (c->muted)
        moved(c); /* from now on it is the peer that we wait for */
    c->muted = false;
    list_remove(&c->stall_link);
    while (c->backlog != NULL && !c->muted && !c->closing) {
        struct mr_buf *backlog = c->backlog;
        size_t taken = feed(c, backlog, backlog->data + c->backlog_at, c->backlog_len);
        c->backlog_at += taken;
        c->backlog_len -= taken;
        if (c->backlog_len == 0) {
            c->backlog = NULL;
            net_release(c->net, backlog->cap);
            buf_unref(backlog);
        }
    }
    if (c->muted || c->closing || c->receiving)
        return;
    c->receiving = true;
    op_init(&c->recv_op, on_recv);
    io_recv(c->net->shard->io, &c->recv_op, c->sock);
}

/* ---- responses ---- */

static uint64_t held_bytes(const struct mr_conn *c)
{
    uint64_t bytes = c->frame != NULL ? c->frame->cap : 0;
    LIST_FOR(node, &c->requests)
    {
        const struct mr_req *req = MR_CONTAINER(node, struct mr_req, link);
        bytes += req->cost_bytes + (req->done && !req->no_reply ? req->writer.splice_bytes : 0);
    }
    return bytes;
}

void conn_ready(struct mr_conn *c)
{
    if (c->closing)
        close_step(c);
    else if (!c->send_op.busy)
        shard_turn_end(c->net->shard, &c->send_work); /* responses of one turn leave together */
}

static void send_more(struct mr_conn *c)
{
    struct net_shard *n = c->net;
    uint32_t count = (uint32_t)mr_min(c->iov_count - c->iov_at, SEND_PIECES_MAX);
    c->sent_ns = shard_now_ns(n->shard);
    list_remove(&c->send_link);
    list_push(&n->sending, &c->send_link);
    io_send(n->shard->io, &c->send_op, c->sock, c->iov + c->iov_at, count);
}

void conn_look(struct mr_conn *c, const struct conn_probe *probe)
{
    if (c->closing || c->probe.why != NULL)
        return;
    c->probe = *probe;
    io_cancel(c->net->shard->io, &c->send_op);
}

static bool is_to_go(const struct mr_conn *c, const struct conn_probe *probe)
{
    return probe->why != NULL && shard_now_ns(c->net->shard) - c->took_ns >= probe->patience_ns &&
           (probe->want == NULL || *probe->want > 0);
}

/* Gather the finished responses at the head of the line. */
static void send_run(struct mr_work *w)
{
    struct mr_conn *c = MR_CONTAINER(w, struct mr_conn, send_work);
    if (c->closing) {
        close_step(c);
        return;
    }
    if (c->send_op.busy)
        return;
    uint32_t total = 0, responses = 0;
    LIST_FOR_SAFE(node, tmp, &c->requests)
    {
        struct mr_req *req = MR_CONTAINER(node, struct mr_req, link);
        if (!req->done)
            break;
        if (req->close) {
            if (responses > 0)
                break; /* what was answered before it leaves first */
            conn_close(c, NULL);
            return;
        }
        if (req->no_reply) {
            if (responses == 0)
                req_free(req);
            else
                responses++;
            continue;
        }
        uint32_t pieces = kw_writer_iov(&req->writer, NULL, 0);
        if (responses > 0 && total + pieces > CONN_IOV_MAX)
            break;
        total += pieces;
        responses++;
    }
    if (responses == 0) {
        if (c->muted)
            conn_resume(c);
        return;
    }
    c->iov = mem_alloc(total * sizeof(*c->iov));
    if (c->iov == NULL) {
        conn_close(c, "out of memory");
        return;
    }
    c->iov_count = c->iov_at = 0;
    c->sending = responses;
    c->took_ns = shard_now_ns(c->net->shard);
    LIST_FOR(node, &c->requests)
    {
        if (responses-- == 0)
            break;
        struct mr_req *req = MR_CONTAINER(node, struct mr_req, link);
        if (!req->no_reply)
            c->iov_count += kw_writer_iov(&req->writer, c->iov + c->iov_count, total - c->iov_count);
    }
    send_more(c);
}

static void send_end(struct mr_conn *c)
{
    mem_free(c->iov);
    c->iov = NULL;
    list_remove(&c->send_link);
    while (c->sending > 0) {
        c->sending--;
        req_free(MR_CONTAINER(c->requests.next, struct mr_req, link));
    }
}

/* What came of the send under way. True: there is more to send, to a peer that takes it. */
static bool more_to_send(struct mr_conn *c, int64_t result)
{
    struct conn_probe probe = c->probe;
    c->probe.why = NULL;
    if (c->closing || (result <= 0 && (probe.why == NULL || result != -ECANCELED)))
        return false;
    size_t sent = (size_t)mr_imax(result, 0);
    if (probe.why == NULL || sent >= probe.bytes_min)
        c->took_ns = shard_now_ns(c->net->shard);
    if (sent > 0)
        moved(c);
    while (c->iov_at < c->iov_count && sent >= c->iov[c->iov_at].iov_len)
        sent -= c->iov[c->iov_at++].iov_len;
    if (c->iov_at == c->iov_count)
        return false;
    c->iov[c->iov_at].iov_base = (uint8_t *)c->iov[c->iov_at].iov_base + sent;
    c->iov[c->iov_at].iov_len -= sent;
    if (!is_to_go(c, &probe))
        return true;
    uint64_t bytes = conn_close_slow(c, probe.why);
    if (probe.want != NULL)
        *probe.want -= mr_min(*probe.want, bytes);
    return false;
}

static void on_sent(struct mr_op *op)
{
    struct mr_conn *c = MR_CONTAINER(op, struct mr_conn, send_op);
    if (more_to_send(c, op->result)) {
        send_more(c);
        return;
    }
    bool failed = op->result <= 0;
    send_end(c);
    if (c->closing) {
        close_step(c);
    } else if (failed) {
        conn_close(c, mr_err_text((int)op->result));
    } else {
        if (c->muted)
            conn_resume(c);
        if (!c->closing)
            send_run(&c->send_work);
    }
}

/* ---- closing ---- */

static void on_closed(struct mr_op *op)
{
    struct mr_conn *c = MR_CONTAINER(op, struct mr_conn, close_op);
    struct net_shard *n = c->net;
    list_remove(&c->link);
    list_remove(&c->stall_link);
    list_remove(&c->send_work.link);
    n->conn_count--;
    n->stats.closed++;
    uint64_t bytes = (c->frame != NULL ? c->frame->cap : 0) + (c->backlog != NULL ? c->backlog->cap : 0);
    if (c->frame != NULL)
        buf_unref(c->frame);
    if (c->backlog != NULL)
        buf_unref(c->backlog);
    net_release(n, bytes);
    arrival_over(c->place);
    mem_free(c);
}

/* The socket goes when no operation and no request refers to it any more. */
static void close_step(struct mr_conn *c)
{
    if (c->closed || c->receiving || c->send_op.busy)
        return;
    LIST_FOR_SAFE(node, tmp, &c->requests)
    {
        struct mr_req *req = MR_CONTAINER(node, struct mr_req, link);
        if (req->done)
            req_free(req);
    }
    if (!list_empty(&c->requests))
        return;
    c->closed = true;
    op_init(&c->close_op, on_closed);
    io_close_sock(c->net->shard->io, &c->close_op, c->sock);
}

static void hurry(struct mr_conn *c)
{
    LIST_FOR(node, &c->requests)
    {
        struct mr_req *req = MR_CONTAINER(node, struct mr_req, link);
        if (!req->done && req->hurry != NULL)
            req->hurry(req);
    }
}

void conn_quit(struct mr_conn *c)
{
    if (c->closing)
        return;
    mute(c, false);
    hurry(c);
}

void conn_close(struct mr_conn *c, const char *reason)
{
    if (c->closing)
        return;
    c->closing = true;
    shard_timer_cancel(c->net->shard, &c->mute_timer);
    if (reason != NULL)
        log_info(c->net->shard->log, "net", "connection closed conn=%llu peer=%s reason=\"%s\"",
                 (unsigned long long)c->id, c->peer, reason);
    if (c->receiving)
        io_cancel(c->net->shard->io, &c->recv_op);
    if (c->send_op.busy)
        io_cancel(c->net->shard->io, &c->send_op);
    hurry(c);
    net_frame_end(c->net, c);
    shard_turn_end(c->net->shard, &c->send_work); /* never free inside a caller that still uses c */
}

bool conn_waits_for_frame(const struct mr_conn *c)
{
    return c->frame != NULL && !c->muted && !c->closing;
}

uint64_t conn_close_slow(struct mr_conn *c, const char *why)
{
    if (c->closing)
        return 0;
    uint64_t bytes = held_bytes(c);
    c->net->stats.slow++;
    log_warn(c->net->shard->log, "net", "connection closed conn=%llu peer=%s bytes=%llu reason=\"%s\"",
             (unsigned long long)c->id, c->peer, (unsigned long long)bytes, why);
    conn_close(c, NULL);
    return bytes;
}
