#include "tests/sim/client.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/mem.h"
#include "core/scratch.h"
#include "net/wire/header.h"

enum { CALL_ARENA_BYTES = 64 << 20, ANSWER_BYTES_MAX = 64 << 20, IOV_MAX_HERE = 16 };

static void step(struct kclient *c);

/* ---- the host ---- */

static int host_turn(void *ctx)
{
    struct khost *h = ctx;
    (void)timers_run(&h->timers, io_now_ns(h->io), 1000);
    int ran = io_turn(h->io, timers_next_ns(&h->timers));
    return ran < 0 ? ran : 0;
}

void khost_init(struct khost *h, struct sim_node *node, uint32_t number)
{
    *h = (struct khost){.node = node, .correlation = (int32_t)(number << 24)};
    timers_init(&h->timers);
    list_init(&h->clients);
    map_init(&h->calls);
    h->io =
        world_io(node,
                 &(struct io_config){.shard = number, .recv_chunk_bytes = 64 * 1024, .recv_chunks_max = 64});
    world_attach(h->io, host_turn, h);
}

void khost_done(struct khost *h)
{
    MR_ASSERT(list_empty(&h->clients) && h->calls_alive == 0);
    world_detach(h->io);
    timers_done(&h->timers);
    map_done(&h->calls);
}

struct kcall *khost_call(const struct khost *h, int32_t correlation)
{
    return map_get(&h->calls, (uint64_t)(uint32_t)correlation);
}

/* The world asks for the next turn only after the host's own; a timer armed from outside needs a wake. */
void khost_timer(struct khost *h, struct mr_timer *t, uint64_t after_ns)
{
    timer_arm(&h->timers, t, io_now_ns(h->io) + after_ns);
    io_wake(h->io);
}

/* ---- calls ---- */

static void wrong(struct kclient *c, const char *fmt, ...) MR_PRINTF(2, 3);
static void wrong(struct kclient *c, const char *fmt, ...)
{
    if (!c->wrong) {
        va_list args;
        va_start(args, fmt);
        vsnprintf(c->why, sizeof(c->why), fmt, args);
        va_end(args);
    }
    c->wrong = true;
}

static struct kcall *call_make(struct kclient *c, void (*done)(struct kcall *call), void *ctx)
{
    struct kcall *call = mem_zalloc(1, sizeof(*call));
    MR_ASSERT(call != NULL);
    call->client = c;
    call->done = done;
    call->ctx = ctx;
    arena_init(&call->arena, CALL_ARENA_BYTES);
    list_init(&call->link);
    c->host->calls_alive++;
    return call;
}

struct kcall *kcall_new(struct kclient *c, int16_t key, int16_t version, void (*done)(struct kcall *call),
                        void *ctx)
{
    struct kcall *call = call_make(c, done, ctx);
    const struct kw_message *info = kw_request_info(key);
    MR_ASSERT(info != NULL && version >= info->v_min && version <= info->v_max);
    call->key = key;
    call->version = version;
    call->in = arena_zalloc(&call->arena, 1, info->size, 8);
    MR_ASSERT(call->in != NULL);
    info->init(call->in);
    return call;
}

static void call_queue(struct kcall *call)
{
    struct kclient *c = call->client;
    MR_ASSERT(!c->stopping);
    list_push(&c->calls, &call->link);
    kclient_kick(c);
}

void kcall_send(struct kcall *call)
{
    struct kclient *c = call->client;
    const struct kw_message *info = kw_request_info(call->key);
    struct kw_writer w;
    kw_writer_init(&w, &call->arena, 0, CALL_ARENA_BYTES, false);
    struct kw_frame frame = kw_frame_begin(&w);
    call->correlation = ++c->host->correlation;
    kw_request_head_encode(&w, info, call->version, call->correlation, mr_str_of(c->name));
    info->encode(&w, call->version, call->in);
    kw_frame_end(&w, frame);
    MR_ASSERT(w.err == 0);
    call->frame = w.buf;
    call->frame_bytes = w.len;
    call_queue(call);
}

void kcall_send_raw(struct kclient *c, const void *bytes, size_t len, void (*done)(struct kcall *call),
                    void *ctx)
{
    MR_ASSERT(len > 0);
    struct kcall *call = call_make(c, done, ctx);
    call->key = -1;
    call->no_answer = true;
    call->frame = arena_alloc(&call->arena, len, 1);
    MR_ASSERT(call->frame != NULL);
    memcpy(call->frame, bytes, len);
    call->frame_bytes = len;
    call_queue(call);
}

static void call_end(struct kcall *call, int err)
{
    struct khost *h = call->client->host;
    list_remove(&call->link);
    map_remove(&h->calls, (uint64_t)(uint32_t)call->correlation);
    call->err = err;
    call->answered_ns = io_now_ns(h->io);
    if (call->done != NULL)
        call->done(call);
    arena_done(&call->arena);
    mem_free(call);
    h->calls_alive--;
}

/* ---- answers ---- */

static struct kcall *oldest_asked(struct kclient *c)
{
    LIST_FOR(at, &c->calls)
    {
        struct kcall *call = MR_CONTAINER(at, struct kcall, link);
        if (!call->no_answer)
            return call->sent_ns != 0 ? call : NULL;
    }
    return NULL;
}

/* One whole answer. False: it cannot be. */
static bool answer(struct kclient *c, struct mr_slice frame)
{
    struct kcall *call = oldest_asked(c);
    if (call == NULL) {
        wrong(c, "an answer of %zu bytes without a question", frame.len);
        return false;
    }
    const struct kw_message *info = kw_response_info(call->key);
    bool ok = true;
    frame = arena_bytes(&call->arena, frame, &ok);
    MR_ASSERT(ok);
    struct kw_reader r = kw_reader_of(frame);
    int32_t correlation;
    if (kw_response_head_decode(&r, call->key, call->version, &correlation) != 0) {
        wrong(c, "the header of an answer does not parse");
        return false;
    }
    if (correlation != call->correlation) {
        wrong(c, "answer to %d where %d was next", correlation, call->correlation);
        return false;
    }
    void *out = arena_zalloc(&call->arena, 1, info->size, 8);
    MR_ASSERT(out != NULL);
    int err = info->decode(&r, call->version, &call->arena, out);
    if (err != 0 || kw_left(&r) > 0) {
        wrong(c, "%s v%d does not decode: err %d, %zu bytes left", info->name, call->version, err,
              kw_left(&r));
        return false;
    }
    call->out = out;
    c->answers++;
    call_end(call, 0);
    return true;
}

static void answers(struct kclient *c)
{
    size_t at = 0;
    while (c->state == KCLIENT_TALK && c->in.len - at >= 4) {
        int32_t size = (int32_t)mr_get32(c->in.data + at);
        if (size < 4 || size > ANSWER_BYTES_MAX) {
            wrong(c, "an answer of %d bytes", size);
            break;
        }
        if (c->in.len - at - 4 < (size_t)size)
            break;
        struct kcall *next = oldest_asked(c);
        if (next != NULL && next->frame_sent < next->frame_bytes && c->send.busy)
            break; /* the answer came before the word that all was sent: the frame is still being pointed at
                    */
        if (!answer(c, (struct mr_slice){c->in.data + at + 4, (size_t)size}))
            break;
        at += 4 + (size_t)size;
    }
    if (c->wrong) {
        kclient_hang_up(c, -ECONNRESET, true);
        return;
    }
    if (at > 0)
        memmove(c->in.data, c->in.data + at, c->in.len - at);
    c->in.len -= at;
}

static void on_received(struct mr_op *op)
{
    struct kclient *c = MR_CONTAINER(op, struct kclient, recv);
    if (c->state == KCLIENT_TALK && op->result > 0) {
        c->moved_ns = io_now_ns(c->host->io);
        int err = scratch_put(&c->in, op->data.ptr, op->data.len);
        MR_ASSERT(err == 0);
        answers(c);
    }
    if (op->more)
        return;
    if (c->state == KCLIENT_TALK) {
        if (op->result > 0 || op->result == -ENOBUFS || (op->result == -ECANCELED && c->deaf)) {
            if (!c->deaf)
                io_recv(c->host->io, op, c->sock);
            return;
        }
        kclient_hang_up(c, -ECONNRESET, false);
    }
    step(c);
}

void kclient_deaf(struct kclient *c, bool on)
{
    c->deaf = on;
    if (c->state != KCLIENT_TALK)
        return;
    if (on && c->recv.busy)
        io_cancel(c->host->io, &c->recv);
    else if (!on && !c->recv.busy)
        io_recv(c->host->io, &c->recv, c->sock);
}

/* ---- sending ---- */

static void send_more(struct kclient *c)
{
    if (c->send.busy || c->state != KCLIENT_TALK)
        return;
    unsigned count = 0;
    LIST_FOR(at, &c->calls)
    {
        struct kcall *call = MR_CONTAINER(at, struct kcall, link);
        if (call->frame_sent == call->frame_bytes)
            continue;
        if (count == IOV_MAX_HERE)
            break;
        if (call->sent_ns == 0) {
            call->sent_ns = io_now_ns(c->host->io);
            if (!call->no_answer) {
                int err = map_put(&c->host->calls, (uint64_t)(uint32_t)call->correlation, call);
                MR_ASSERT(err == 0);
            }
        }
        c->iov[count++] =
            (struct iovec){call->frame + call->frame_sent, call->frame_bytes - call->frame_sent};
    }
    if (count == 0)
        return;
    io_send(c->host->io, &c->send, c->sock, c->iov, count);
    if (!timer_armed(&c->timer))
        khost_timer(c->host, &c->timer, c->patience_ns);
}

static void on_sent(struct mr_op *op)
{
    struct kclient *c = MR_CONTAINER(op, struct kclient, send);
    uint64_t n = op->result > 0 ? (uint64_t)op->result : 0;
    c->sent_bytes += n;
    c->moved_ns = io_now_ns(c->host->io);
    LIST_FOR(at, &c->calls)
    {
        struct kcall *call = MR_CONTAINER(at, struct kcall, link);
        uint64_t part = mr_min(n, call->frame_bytes - call->frame_sent);
        call->frame_sent += part;
        n -= part;
    }
    LIST_FOR_SAFE(at, next, &c->calls)
    {
        struct kcall *call = MR_CONTAINER(at, struct kcall, link);
        if (!call->no_answer || call->frame_sent < call->frame_bytes || c->state != KCLIENT_TALK)
            break; /* in order; those behind an unanswered one wait for it, which does no harm */
        call_end(call, 0);
    }
    if (c->state == KCLIENT_TALK && op->result <= 0)
        kclient_hang_up(c, -ECONNRESET, false);
    else
        send_more(c);
    if (c->state == KCLIENT_TALK)
        answers(c);
    step(c);
}

/* ---- the connection ---- */

static bool something_to_say(const struct kclient *c)
{
    return !list_empty(&c->calls);
}

/* Patience: the oldest call that was sent is answered in time, or this connection is given up. */
static void on_timer(struct mr_timer *t)
{
    struct kclient *c = MR_CONTAINER(t, struct kclient, timer);
    if (c->state == KCLIENT_IDLE || c->state == KCLIENT_CLOSE) {
        step(c);
        return;
    }
    if (c->state != KCLIENT_TALK || list_empty(&c->calls))
        return;
    struct kcall *call = MR_CONTAINER(c->calls.next, struct kcall, link);
    uint64_t now = io_now_ns(c->host->io);
    uint64_t since = mr_max(call->sent_ns, c->moved_ns);
    if (call->sent_ns != 0 && since + c->patience_ns <= now)
        kclient_hang_up(c, -ETIMEDOUT, true);
    else
        khost_timer(c->host, t, call->sent_ns != 0 ? since + c->patience_ns - now : c->patience_ns);
}

static void on_op(struct mr_op *op)
{
    struct kclient *c = MR_CONTAINER(op, struct kclient, op);
    if (c->state == KCLIENT_CLOSED) {
        c->state = c->stopping ? KCLIENT_OVER : KCLIENT_IDLE;
        if (!c->stopping)
            khost_timer(c->host, &c->timer, c->retry_ns);
        return;
    }
    if (op->result < 0) {
        c->breaks++;
        c->state = c->stopping ? KCLIENT_OVER : KCLIENT_IDLE;
        if (!c->stopping)
            khost_timer(c->host, &c->timer, c->retry_ns);
        return;
    }
    c->sock.h = (int32_t)op->result;
    if (c->stopping) {
        c->state = KCLIENT_CLOSE;
        step(c);
        return;
    }
    c->state = KCLIENT_TALK;
    c->connects++;
    c->in.len = 0;
    if (!c->deaf)
        io_recv(c->host->io, &c->recv, c->sock);
    if (c->connected != NULL)
        c->connected(c);
    send_more(c);
}

/* Also what was not sent yet: on the next connection it would overtake what its owner repeats. */
static void fail_calls(struct kclient *c)
{
    struct mr_list failed;
    list_init(&failed);
    list_splice(&failed, &c->calls);
    c->failing = true;
    while (!list_empty(&failed))
        call_end(MR_CONTAINER(failed.next, struct kcall, link), c->break_err);
    c->failing = false;
    if (c->broken != NULL && !c->stopping)
        c->broken(c);
}

static void step(struct kclient *c)
{
    switch (c->state) {
    case KCLIENT_IDLE:
        if (timer_armed(&c->timer) || !something_to_say(c))
            return;
        c->state = KCLIENT_CONNECT;
        io_connect(c->host->io, &c->op, c->address, c->port);
        return;
    case KCLIENT_CLOSE:
        if (c->send.busy || c->recv.busy)
            return;
        c->state = KCLIENT_CLOSED;
        if (c->reset_on_close)
            world_reset_on_close(c->host->io, c->sock);
        io_close_sock(c->host->io, &c->op, c->sock);
        fail_calls(c);
        return;
    case KCLIENT_CONNECT:
    case KCLIENT_TALK:
    case KCLIENT_CLOSED:
    case KCLIENT_OVER:
        return;
    }
}

void kclient_kick(struct kclient *c)
{
    if (c->state == KCLIENT_TALK)
        send_more(c);
    else
        step(c);
}

void kclient_hang_up(struct kclient *c, int err, bool reset)
{
    if (c->state != KCLIENT_TALK)
        return;
    c->breaks++;
    c->state = KCLIENT_CLOSE;
    c->break_err = err;
    c->reset_on_close = reset;
    timer_cancel(&c->host->timers, &c->timer);
    if (c->send.busy)
        io_cancel(c->host->io, &c->send);
    if (c->recv.busy)
        io_cancel(c->host->io, &c->recv);
    if (!c->send.busy && !c->recv.busy) /* never call back inside the caller */
        khost_timer(c->host, &c->timer, 0);
}

void kclient_stop(struct kclient *c)
{
    if (c->stopping)
        return;
    c->stopping = true;
    c->break_err = -ECANCELED;
    if (c->state == KCLIENT_TALK) {
        c->state = KCLIENT_CLOSE;
        if (c->send.busy)
            io_cancel(c->host->io, &c->send);
        if (c->recv.busy)
            io_cancel(c->host->io, &c->recv);
    } else if (c->state == KCLIENT_CONNECT) {
        io_cancel(c->host->io, &c->op);
    } else if (c->state == KCLIENT_IDLE) {
        c->state = KCLIENT_OVER;
    }
    timer_cancel(&c->host->timers, &c->timer);
    if (c->state != KCLIENT_CLOSE) /* there what they point at may still be in use */
        fail_calls(c);
    step(c);
}

void kclient_init(struct kclient *c, struct khost *h, const char *name, const char *address, uint16_t port)
{
    *c =
        (struct kclient){.host = h, .port = port, .patience_ns = UINT64_C(30000000000), .retry_ns = 20000000};
    snprintf(c->name, sizeof(c->name), "%s", name);
    snprintf(c->address, sizeof(c->address), "%s", address);
    rng_seed(&c->rng, mr_hash_bytes(name, strlen(name)), 7);
    memset(c->versions, -1, sizeof(c->versions));
    op_init(&c->op, on_op);
    op_init(&c->send, on_sent);
    op_init(&c->recv, on_received);
    list_init(&c->calls);
    timer_init(&c->timer, on_timer);
    scratch_init(&c->in, 2 * (size_t)ANSWER_BYTES_MAX);
    list_push(&h->clients, &c->link);
}

void kclient_done(struct kclient *c)
{
    MR_ASSERT(c->state == KCLIENT_OVER && list_empty(&c->calls));
    list_remove(&c->link);
    scratch_done(&c->in);
}

int16_t kclient_version(struct kclient *c, int16_t key, int16_t v_min, int16_t v_max)
{
    MR_ASSERT(key >= 0 && (size_t)key < MR_COUNT(c->versions));
    const struct kw_message *info = kw_request_info(key);
    if (c->versions[key] < 0) {
        uint64_t lo = (uint64_t)mr_imax(v_min, info->v_min), hi = (uint64_t)mr_imin(v_max, info->v_stable);
        c->versions[key] = (int16_t)rng_between(&c->rng, lo, hi);
    }
    return c->versions[key];
}
