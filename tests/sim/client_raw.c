#include "tests/sim/client_raw.h"

#include <stdio.h>

#include "core/mem.h"

#define AGAIN_NS UINT64_C(5000000)

static void step(struct rawclient *c);

static void later(struct rawclient *c, uint64_t after_ns)
{
    khost_timer(c->host, &c->timer, after_ns);
}

static void plan_drop(struct rawclient *c)
{
    mem_free(c->plan.bytes);
    c->plan = (struct raw_plan){0};
}

static void hang_up(struct rawclient *c)
{
    if (c->state != RAW_TALK)
        return;
    c->state = RAW_CLOSE;
    timer_cancel(&c->host->timers, &c->timer);
    if (c->send.busy)
        io_cancel(c->host->io, &c->send);
    if (c->recv.busy)
        io_cancel(c->host->io, &c->recv);
}

static void send_piece(struct rawclient *c)
{
    size_t left = c->plan.len - c->sent;
    if (left == 0) {
        c->said_all = true;
        later(c, c->plan.linger_ns);
        return;
    }
    size_t n = c->plan.piece_max == 0 ? left : mr_min(left, rng_between(&c->rng, 1, c->plan.piece_max));
    c->iov = (struct iovec){c->plan.bytes + c->sent, n};
    io_send(c->host->io, &c->send, c->sock, &c->iov, 1);
}

static void on_sent(struct mr_op *op)
{
    struct rawclient *c = MR_CONTAINER(op, struct rawclient, send);
    if (op->result > 0) {
        c->sent += (size_t)op->result;
        c->sent_bytes += (uint64_t)op->result;
    }
    if (c->state == RAW_TALK && op->result <= 0)
        hang_up(c);
    else if (c->state == RAW_TALK)
        later(c, rng_between(&c->rng, 0, c->plan.pause_ns));
    step(c);
}

static void on_received(struct mr_op *op)
{
    struct rawclient *c = MR_CONTAINER(op, struct rawclient, recv);
    if (op->result > 0)
        c->read_bytes += (uint64_t)op->result;
    if (op->more)
        return;
    if (c->state == RAW_TALK && (op->result > 0 || op->result == -ENOBUFS)) {
        io_recv(c->host->io, op, c->sock);
        return;
    }
    if (c->state == RAW_TALK) {
        c->closed_by_peer++;
        hang_up(c);
    }
    step(c);
}

static void on_timer(struct mr_timer *t)
{
    struct rawclient *c = MR_CONTAINER(t, struct rawclient, timer);
    if (c->state == RAW_TALK && c->said_all)
        hang_up(c);
    else if (c->state == RAW_TALK && !c->send.busy)
        send_piece(c);
    step(c);
}

static void idle(struct rawclient *c)
{
    plan_drop(c);
    if (c->stopping || !c->next(c, &c->plan)) {
        c->state = RAW_OVER;
        return;
    }
    c->state = RAW_IDLE;
    later(c, AGAIN_NS);
}

static void on_op(struct mr_op *op)
{
    struct rawclient *c = MR_CONTAINER(op, struct rawclient, op);
    if (c->state == RAW_CLOSED) {
        idle(c);
        return;
    }
    if (op->result < 0) {
        c->refused++;
        idle(c);
        return;
    }
    c->sock.h = (int32_t)op->result;
    c->connects++;
    c->state = RAW_TALK;
    c->sent = 0;
    c->said_all = false;
    if (c->stopping) {
        hang_up(c);
        step(c);
        return;
    }
    if (c->plan.reads)
        io_recv(c->host->io, &c->recv, c->sock);
    send_piece(c);
}

static void step(struct rawclient *c)
{
    if (c->state == RAW_IDLE && !timer_armed(&c->timer)) {
        c->state = RAW_CONNECT;
        io_connect(c->host->io, &c->op, c->address, c->port);
    }
    if (c->state == RAW_CLOSE && !c->send.busy && !c->recv.busy) {
        c->state = RAW_CLOSED;
        if (c->plan.resets)
            world_reset_on_close(c->host->io, c->sock);
        io_close_sock(c->host->io, &c->op, c->sock);
    }
}

void raw_init(struct rawclient *c, struct khost *h, const char *address, uint16_t port, uint64_t seed,
              bool (*next)(struct rawclient *c, struct raw_plan *ret), void *ctx)
{
    *c = (struct rawclient){.host = h, .port = port, .next = next, .ctx = ctx, .state = RAW_OVER};
    snprintf(c->address, sizeof(c->address), "%s", address);
    rng_seed(&c->rng, seed, 61);
    op_init(&c->op, on_op);
    op_init(&c->send, on_sent);
    op_init(&c->recv, on_received);
    timer_init(&c->timer, on_timer);
}

void raw_start(struct rawclient *c)
{
    MR_ASSERT(c->state == RAW_OVER);
    idle(c);
}

void raw_stop(struct rawclient *c)
{
    c->stopping = true;
    timer_cancel(&c->host->timers, &c->timer);
    if (c->state == RAW_CONNECT) {
        io_cancel(c->host->io, &c->op);
    } else if (c->state == RAW_IDLE) {
        plan_drop(c);
        c->state = RAW_OVER;
    } else {
        hang_up(c);
        step(c);
    }
}
