/* tests/sim/echo_server.h - an echo server on several shards: the smallest program that uses the whole
 * runtime.
 *
 * A connection lives on the shard that accepted it. Each frame (4 bytes of length, big-endian, then the
 * payload) hops to the next shard by mailbox, where its payload is turned over (every byte xor ECHO_FLIP),
 * and back; answers leave in the order of the questions. A connection has at most ECHO_FLIGHT_MAX bytes of
 * frames between being read and being sent: beyond that it stops receiving. A connection without progress for
 * ECHO_IDLE_NS is shut down. */
#ifndef SIM_ECHO_SERVER_H
#define SIM_ECHO_SERVER_H

#include "core/mem.h"
#include "core/shard.h"

enum { ECHO_FRAME_MAX = 128 * 1024, ECHO_FLIGHT_MAX = 64 * 1024, ECHO_IOV_MAX = 16, ECHO_FLIP = 0x5a };
#define ECHO_IDLE_NS UINT64_C(150000000000)

struct echo_shard {
    struct mr_shard *shard;
    struct mr_sock listener;
    struct mr_op accept;
    struct mr_op close_listener;
    struct mr_list conns;
    bool stopping;
    bool listener_closed;
    uint64_t frames_turned; /* for other shards */
    uint64_t accepted;
    uint32_t frames_alive;
};

struct echo_frame {
    struct mr_msg msg;   /* first */
    struct mr_list link; /* echo_conn.out */
    struct echo_conn *conn;
    uint32_t len, filled; /* of payload */
    uint8_t bytes[];      /* 4 of length, then the payload */
};

struct echo_conn {
    struct echo_shard *at;
    struct mr_list link;
    struct mr_sock sock;
    struct mr_op recv, send, shut, close;
    struct mr_timer idle;
    struct mr_work retry;     /* receive again in the next turn */
    struct echo_frame *frame; /* being received */
    uint8_t head[4];
    uint32_t head_filled;
    struct mr_list out; /* answers to send, in order */
    struct iovec iov[ECHO_IOV_MAX];
    uint64_t sent_of_first;
    uint64_t flight_bytes; /* of frames that were received whole and not sent: one being received must get its
                              rest */
    uint32_t hops;         /* frames that are on another shard */
    bool ended;            /* nothing more will come */
    bool broken;           /* nothing can be sent */
    bool paused;           /* receives no more until flight_bytes falls */
    bool closing;
};

static void echo_conn_check(struct echo_conn *c);

static void echo_frame_free(struct echo_conn *c, struct echo_frame *f)
{
    c->at->frames_alive--;
    if (f->filled == f->len)
        c->flight_bytes -= f->len;
    mem_free(f);
}

/* ---- sending ---- */

static void echo_conn_send(struct echo_conn *c)
{
    unsigned count = 0;
    uint64_t skip = c->sent_of_first;
    LIST_FOR(at, &c->out)
    {
        struct echo_frame *f = MR_CONTAINER(at, struct echo_frame, link);
        if (count == ECHO_IOV_MAX)
            break;
        c->iov[count++] = (struct iovec){f->bytes + skip, 4 + f->len - skip};
        skip = 0;
    }
    if (count > 0 && !c->send.busy && !c->broken)
        io_send(c->at->shard->io, &c->send, c->sock, c->iov, count);
}

static void echo_conn_on_sent(struct mr_op *op)
{
    struct echo_conn *c = MR_CONTAINER(op, struct echo_conn, send);
    if (op->result < 0) {
        c->broken = true;
        echo_conn_check(c);
        return;
    }
    shard_timer(c->at->shard, &c->idle, ECHO_IDLE_NS);
    uint64_t n = (uint64_t)op->result + c->sent_of_first;
    while (!list_empty(&c->out)) {
        struct echo_frame *f = MR_CONTAINER(c->out.next, struct echo_frame, link);
        if (n < 4 + (uint64_t)f->len)
            break;
        n -= 4 + f->len;
        list_remove(&f->link);
        echo_frame_free(c, f);
    }
    c->sent_of_first = n;
    echo_conn_send(c);
    echo_conn_check(c);
}

/* ---- hopping ---- */

static void echo_frame_home(struct mr_shard *at, struct mr_msg *msg)
{
    struct echo_frame *f = (struct echo_frame *)msg;
    struct echo_conn *c = f->conn;
    MR_ASSERT(c->at->shard == at);
    c->hops--;
    list_push(&c->out, &f->link);
    echo_conn_send(c);
    echo_conn_check(c);
}

static void echo_frame_turn(struct mr_shard *at, struct mr_msg *msg)
{
    struct echo_frame *f = (struct echo_frame *)msg;
    struct echo_shard *here = at->broker;
    for (uint32_t i = 0; i < f->len; i++)
        f->bytes[4 + i] ^= ECHO_FLIP;
    here->frames_turned++;
    msg->run = echo_frame_home;
    shard_send(at, f->conn->at->shard->id, msg);
}

static void echo_frame_complete(struct echo_conn *c)
{
    struct mr_shard *s = c->at->shard;
    struct echo_frame *f = c->frame;
    c->frame = NULL;
    c->head_filled = 0;
    c->hops++;
    c->flight_bytes += f->len;
    f->msg.run = echo_frame_turn;
    shard_send(s, (s->id + 1) % s->count, &f->msg);
}

/* ---- receiving ---- */

static void echo_conn_shut(struct echo_conn *c)
{
    c->ended = true;
    c->broken = true;
    if (!c->shut.busy && !c->closing)
        io_shutdown(c->at->shard->io, &c->shut, c->sock);
}

/* False: the peer does not speak our language. */
static bool echo_conn_take(struct echo_conn *c, const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        if (c->frame == NULL) {
            c->head[c->head_filled++] = *bytes++;
            len--;
            if (c->head_filled < 4)
                continue;
            uint32_t frame_len = mr_get32(c->head);
            if (frame_len > ECHO_FRAME_MAX)
                return false;
            c->frame = mem_zalloc(1, sizeof(*c->frame) + 4 + frame_len);
            MR_ASSERT(c->frame != NULL);
            c->frame->conn = c;
            c->frame->len = frame_len;
            memcpy(c->frame->bytes, c->head, 4);
            list_init(&c->frame->link);
            c->at->frames_alive++;
        }
        struct echo_frame *f = c->frame;
        size_t n = mr_min(len, f->len - f->filled);
        memcpy(f->bytes + 4 + f->filled, bytes, n);
        f->filled += (uint32_t)n;
        bytes += n;
        len -= n;
        if (f->filled == f->len)
            echo_frame_complete(c);
    }
    return true;
}

static void echo_conn_on_retry(struct mr_work *w)
{
    struct echo_conn *c = MR_CONTAINER(w, struct echo_conn, retry);
    if (!c->ended && !c->recv.busy && !c->paused)
        io_recv(c->at->shard->io, &c->recv, c->sock);
    echo_conn_check(c);
}

static void echo_conn_on_received(struct mr_op *op)
{
    struct echo_conn *c = MR_CONTAINER(op, struct echo_conn, recv);
    if (op->result > 0) {
        shard_timer(c->at->shard, &c->idle, ECHO_IDLE_NS);
        if (!c->ended && !echo_conn_take(c, op->data.ptr, op->data.len))
            echo_conn_shut(c);
        if (c->flight_bytes > ECHO_FLIGHT_MAX && op->more && !c->paused) {
            c->paused = true;
            io_cancel(c->at->shard->io, op);
        }
    } else if (op->result != -ENOBUFS && op->result != -ECANCELED) {
        c->ended = true; /* the end of the stream, or an error */
    }
    if (!op->more)
        shard_ready(c->at->shard, &c->retry);
}

/* ---- ending ---- */

static void echo_conn_on_closed(struct mr_op *op)
{
    struct echo_conn *c = MR_CONTAINER(op, struct echo_conn, close);
    shard_timer_cancel(c->at->shard, &c->idle);
    list_remove(&c->link);
    mem_free(c);
}

static void echo_conn_on_shut(struct mr_op *op)
{
    echo_conn_check(MR_CONTAINER(op, struct echo_conn, shut));
}

static void echo_conn_on_idle(struct mr_timer *t)
{
    struct echo_conn *c = MR_CONTAINER(t, struct echo_conn, idle);
    echo_conn_shut(c);
    if (c->recv.busy)
        io_cancel(c->at->shard->io, &c->recv);
    if (c->send.busy)
        io_cancel(c->at->shard->io, &c->send);
    echo_conn_check(c);
}

/* After every event: go on receiving when there is room again, or close when all is done. */
static void echo_conn_check(struct echo_conn *c)
{
    struct mr_shard *s = c->at->shard;
    if (c->closing)
        return;
    if (c->paused && !c->recv.busy && c->flight_bytes <= ECHO_FLIGHT_MAX / 2) {
        c->paused = false;
        shard_ready(s, &c->retry);
    }
    if (c->broken) {
        while (!list_empty(&c->out) && !c->send.busy)
            echo_frame_free(c, MR_CONTAINER(list_pop(&c->out), struct echo_frame, link));
        if (!c->ended)
            echo_conn_shut(c); /* the receive ends with it */
    }
    bool busy = c->recv.busy || c->send.busy || c->shut.busy || work_queued(&c->retry);
    if (!c->ended || busy || c->hops > 0 || !list_empty(&c->out))
        return;
    if (c->frame != NULL)
        echo_frame_free(c, c->frame);
    c->frame = NULL;
    c->closing = true;
    io_close_sock(s->io, &c->close, c->sock);
}

/* ---- the server ---- */

static void echo_on_listener_closed(struct mr_op *op)
{
    MR_CONTAINER(op, struct echo_shard, close_listener)->listener_closed = true;
}

static void echo_on_accepted(struct mr_op *op)
{
    struct echo_shard *e = MR_CONTAINER(op, struct echo_shard, accept);
    struct mr_shard *s = e->shard;
    if (op->result >= 0) {
        struct echo_conn *c = mem_zalloc(1, sizeof(*c));
        MR_ASSERT(c != NULL);
        c->at = e;
        c->sock.h = (int32_t)op->result;
        op_init(&c->recv, echo_conn_on_received);
        op_init(&c->send, echo_conn_on_sent);
        op_init(&c->shut, echo_conn_on_shut);
        op_init(&c->close, echo_conn_on_closed);
        timer_init(&c->idle, echo_conn_on_idle);
        work_init(&c->retry, echo_conn_on_retry);
        list_init(&c->out);
        list_push(&e->conns, &c->link);
        e->accepted++;
        shard_timer(s, &c->idle, ECHO_IDLE_NS);
        io_recv(s->io, &c->recv, c->sock);
    }
    if (op->more)
        return;
    if (e->stopping)
        io_close_sock(s->io, &e->close_listener, e->listener);
    else
        io_accept(s->io, op, e->listener);
}

static int echo_start(struct echo_shard *e, struct mr_shard *s, uint16_t port)
{
    *e = (struct echo_shard){.shard = s};
    s->broker = e;
    list_init(&e->conns);
    op_init(&e->accept, echo_on_accepted);
    op_init(&e->close_listener, echo_on_listener_closed);
    uint16_t got;
    int err = io_listen(s->io, "", port, IO_LISTEN_JOIN, &e->listener, &got);
    if (err == 0)
        io_accept(s->io, &e->accept, e->listener);
    return err;
}

/* Between turns. Then turns until echo_stopped(). */
static void echo_stop(struct echo_shard *e)
{
    e->stopping = true;
    io_cancel(e->shard->io, &e->accept);
    LIST_FOR(at, &e->conns)
    echo_conn_shut(MR_CONTAINER(at, struct echo_conn, link));
    io_wake(e->shard->io);
}

static bool echo_stopped(const struct echo_shard *e)
{
    return e->listener_closed && list_empty(&e->conns);
}

#endif
