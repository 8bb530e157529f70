/* tests/sim/echo_client.h - a scripted client of the echo server: connects, sends frames, compares the
 * answers, tries again on a new connection when one breaks or stands still, and ends when it has had its say.
 */
#ifndef SIM_ECHO_CLIENT_H
#define SIM_ECHO_CLIENT_H

#include <stdio.h>

#include "core/mem.h"
#include "tests/sim/echo_server.h"
#include "tests/sim/world.h"

enum { CLIENT_BYTES_MAX = 200 * 1024 };
#define CLIENT_PATIENCE_NS UINT64_C(60000000000)
#define CLIENT_RETRY_NS UINT64_C(50000000)

enum client_state {
    CLIENT_IDLE,    /* not connected; tries again at retry_ns */
    CLIENT_CONNECT, /* op: connect */
    CLIENT_TALK,    /* send and recv run */
    CLIENT_CLOSE,   /* no new send or recv; closes when both are over */
    CLIENT_CLOSED,  /* op: close */
    CLIENT_OVER,
};

struct client {
    struct mr_io *io;
    const char *host;
    uint16_t port;
    struct rng rng;
    enum client_state state;
    struct mr_op op, send, recv;
    struct mr_sock sock;
    uint8_t *out; /* one round: frames as they are sent, and as they must come back but for the flipping */
    uint8_t *expect;
    uint64_t total, sent, got;
    struct iovec iov;
    uint64_t retry_ns, moved_ns;
    unsigned rounds_left, breaks;
    uint32_t send_piece_max;
    bool wrong; /* an answer that is not what was asked */
    char why[160];
};

static void client_wrong(struct client *c, const char *what)
{
    if (!c->wrong)
        snprintf(c->why, sizeof(c->why), "%s at byte %llu of %llu", what, (unsigned long long)c->got,
                 (unsigned long long)c->total);
    c->wrong = true;
}

/* A fresh set of frames for one connection. */
static void client_compose(struct client *c)
{
    uint64_t frames = rng_between(&c->rng, 1, 20);
    c->total = c->sent = c->got = 0;
    for (uint64_t i = 0; i < frames; i++) {
        uint64_t max = rng_below(&c->rng, 20) == 0 ? 60000 : rng_below(&c->rng, 4) == 0 ? 3000 : 60;
        uint32_t len = (uint32_t)rng_below(&c->rng, max + 1);
        if (c->total + 4 + len > CLIENT_BYTES_MAX)
            break;
        mr_put32(c->out + c->total, len);
        mr_put32(c->expect + c->total, len);
        c->total += 4;
        for (uint32_t at = 0; at < len; at++, c->total++) {
            c->out[c->total] = (uint8_t)(at * 131 + i * 7 + c->rng.s[0]);
            c->expect[c->total] = c->out[c->total] ^ ECHO_FLIP;
        }
    }
}

static void client_hang_up(struct client *c)
{
    c->state = CLIENT_CLOSE;
    if (c->send.busy)
        io_cancel(c->io, &c->send);
    if (c->recv.busy)
        io_cancel(c->io, &c->recv);
}

static void client_send_more(struct client *c)
{
    uint64_t n = mr_min(c->total - c->sent, rng_between(&c->rng, 1, c->send_piece_max));
    c->iov = (struct iovec){c->out + c->sent, n};
    if (n > 0)
        io_send(c->io, &c->send, c->sock, &c->iov, 1);
    else
        world_half_close(c->io, c->sock); /* all said: the server reads to the end */
}

static void client_on_sent(struct mr_op *op)
{
    struct client *c = MR_CONTAINER(op, struct client, send);
    if (op->result > 0) {
        c->sent += (uint64_t)op->result;
        c->moved_ns = io_now_ns(c->io);
    }
    if (c->state != CLIENT_TALK)
        return;
    if (op->result < 0)
        client_hang_up(c);
    else
        client_send_more(c);
}

static void client_on_received(struct mr_op *op)
{
    struct client *c = MR_CONTAINER(op, struct client, recv);
    if (op->result > 0) {
        c->moved_ns = io_now_ns(c->io);
        if (c->got + op->data.len > c->total)
            client_wrong(c, "an answer without a question");
        else if (memcmp(op->data.ptr, c->expect + c->got, op->data.len) != 0)
            client_wrong(c, "a wrong answer");
        c->got += op->data.len;
        if (!op->more && c->state == CLIENT_TALK)
            io_recv(c->io, op, c->sock);
        return;
    }
    if (c->state != CLIENT_TALK)
        return;
    if (op->result == -ENOBUFS) {
        io_recv(c->io, op, c->sock);
        return;
    }
    if (op->result == 0 && c->sent == c->total && c->got == c->total)
        c->rounds_left--;
    else
        c->breaks++;
    client_hang_up(c);
}

static void client_on_op(struct mr_op *op)
{
    struct client *c = MR_CONTAINER(op, struct client, op);
    if (c->state == CLIENT_CLOSED) {
        c->state = c->rounds_left == 0 ? CLIENT_OVER : CLIENT_IDLE;
        c->retry_ns = io_now_ns(c->io) + CLIENT_RETRY_NS;
        return;
    }
    if (op->result < 0) {
        c->breaks++;
        c->state = CLIENT_IDLE;
        c->retry_ns = io_now_ns(c->io) + CLIENT_RETRY_NS;
        return;
    }
    c->sock.h = (int32_t)op->result;
    c->state = CLIENT_TALK;
    c->moved_ns = io_now_ns(c->io);
    client_compose(c);
    io_recv(c->io, &c->recv, c->sock);
    client_send_more(c);
}

/* What is due now; returns when to look again. */
static uint64_t client_step(struct client *c)
{
    uint64_t now_ns = io_now_ns(c->io);
    if (c->state == CLIENT_IDLE && now_ns >= c->retry_ns) {
        c->state = CLIENT_CONNECT;
        io_connect(c->io, &c->op, c->host, c->port);
    }
    if (c->state == CLIENT_TALK && now_ns >= c->moved_ns + CLIENT_PATIENCE_NS) {
        c->breaks++;
        client_hang_up(c);
    }
    if (c->state == CLIENT_CLOSE && !c->send.busy && !c->recv.busy) {
        c->state = CLIENT_CLOSED;
        io_close_sock(c->io, &c->op, c->sock);
    }
    switch (c->state) {
    case CLIENT_IDLE:
        return c->retry_ns;
    case CLIENT_TALK:
        return c->moved_ns + CLIENT_PATIENCE_NS;
    case CLIENT_CLOSE:
    case CLIENT_CONNECT:
    case CLIENT_CLOSED:
    case CLIENT_OVER:
        return UINT64_MAX;
    }
    return UINT64_MAX;
}

static void client_init(struct client *c, struct mr_io *io, const char *host, uint16_t port, struct rng *r)
{
    *c = (struct client){.io = io, .host = host, .port = port};
    rng_seed(&c->rng, rng_next(r), 1);
    c->rounds_left = (unsigned)rng_between(&c->rng, 1, 4);
    c->send_piece_max = rng_below(&c->rng, 3) == 0 ? 50 : 70000;
    op_init(&c->op, client_on_op);
    op_init(&c->send, client_on_sent);
    op_init(&c->recv, client_on_received);
    c->out = mem_alloc(CLIENT_BYTES_MAX);
    c->expect = mem_alloc(CLIENT_BYTES_MAX);
    MR_ASSERT(c->out != NULL && c->expect != NULL);
}

static void client_done(struct client *c)
{
    mem_free(c->out);
    mem_free(c->expect);
}

#endif
