/* Operations from submission to done(), and the handle table. */
#include "tests/sim/lib/sim_priv.h"

const char *sim_kind_name(enum sim_kind kind)
{
    static const char *const names[SIM_KINDS] = {
        [SIM_OPEN] = "open",
        [SIM_CLOSE] = "close",
        [SIM_READ] = "read",
        [SIM_WRITE] = "write",
        [SIM_WRITE_FLUSH] = "write_flush",
        [SIM_FLUSH] = "flush",
        [SIM_ALLOCATE] = "allocate",
        [SIM_TRUNCATE] = "truncate",
        [SIM_RENAME] = "rename",
        [SIM_UNLINK] = "unlink",
        [SIM_RMDIR] = "rmdir",
        [SIM_MKDIR] = "mkdir",
        [SIM_SYNC_DIR] = "sync_dir",
        [SIM_SYNC_FS] = "sync_fs",
        [SIM_STAT] = "stat",
        [SIM_ACCEPT] = "accept",
        [SIM_CONNECT] = "connect",
        [SIM_RECV] = "recv",
        [SIM_RECV_INTO] = "recv_into",
        [SIM_SEND] = "send",
        [SIM_SHUTDOWN] = "shutdown",
        [SIM_CLOSE_SOCK] = "close_sock",
    };
    return names[kind];
}

struct sim_op *op_begin(struct mr_io *io, struct mr_op *op, enum sim_kind kind)
{
    MR_ASSERT(io->alive || io->ghost);
    MR_ASSERT(io->ghost || io->w->running == NULL ||
              io->w->running == io); /* an io is used by one thread only */
    MR_ASSERT(!op->busy);            /* submitted twice */
    struct sim_op *s = mem_zalloc(1, sizeof(*s));
    MR_ASSERT(s != NULL);
    op->busy = true;
    op->more = false;
    op->result = 0;
    op->data = (struct mr_slice){0};
    op->buf = NULL;
    op->priv.io = io;
    op->priv.p = s;
    s->op = op;
    s->io = io;
    s->kind = kind;
    s->handle = -1;
    list_init(&s->cqe.link);
    list_push(&io->flight, &s->link);
    io->ops++;
    io->counters.ops++;
    return s;
}

static uint64_t memory_sum(const struct sim_op *s)
{
    if (s->src != NULL)
        return hash_bytes(s->src, s->len, 1);
    uint64_t sum = 2;
    for (unsigned i = 0; i < s->iov_count; i++)
        sum = hash_bytes(s->iov[i].iov_base, s->iov[i].iov_len, sum);
    return sum;
}

void op_submitted(struct sim_op *s)
{
    if (s->io->w->opt.check_memory)
        s->checksum = memory_sum(s);
    trace_op(s, SIM_SUBMITTED, 0);
}

void op_check_memory(const struct sim_op *s)
{
    if (s->io->w->opt.check_memory)
        MR_ASSERT(memory_sum(s) ==
                  s->checksum); /* what the op points at was changed while it was in flight */
}

struct sim_op *op_find(struct mr_op *op)
{
    return op->busy ? op->priv.p : NULL;
}

static void cqe_push(struct sim_op *s, struct sim_cqe *c)
{
    trace_op(s, SIM_COMPLETED, c->result);
    c->s = s;
    list_push(&s->io->cqes, &c->link);
    io_kick(s->io);
}

static void op_finish(struct sim_op *s, int64_t result, struct mr_buf *buf, struct mr_slice data)
{
    MR_ASSERT(!s->ended);
    op_check_memory(s);
    s->ended = true;
    list_remove(&s->link);
    list_push(&s->io->ending, &s->link);
    s->cqe.result = result;
    s->cqe.buf = buf;
    s->cqe.data = data;
    events_remove(&s->io->w->device, &s->ev);
    cqe_push(s, &s->cqe);
}

void op_end(struct sim_op *s, int64_t result)
{
    op_finish(s, result, NULL, (struct mr_slice){0});
}

void op_end_data(struct sim_op *s, struct mr_buf *buf, struct mr_slice data)
{
    op_finish(s, (int64_t)data.len, buf, data);
}

void op_more(struct sim_op *s, int64_t result, struct mr_buf *buf, struct mr_slice data)
{
    MR_ASSERT(!s->ended);
    struct sim_cqe *c = mem_zalloc(1, sizeof(*c));
    MR_ASSERT(c != NULL);
    c->result = result;
    c->more = true;
    c->buf = buf;
    c->data = data;
    cqe_push(s, c);
}

static void op_drop(struct sim_op *s)
{
    events_remove(&s->io->w->device, &s->ev);
    list_remove(&s->link);
    s->io->ops--;
    file_op_done(s);
    sock_op_done(s);
    mem_free(s->path);
    mem_free(s->path2);
    mem_free(s);
}

static void waiters_tell(struct mr_io *io, const struct sim_op *s, int64_t result)
{
    for (struct waiter *at = io->waiter; at != NULL; at = at->outer) {
        if (at->s != s)
            continue;
        at->s = NULL;
        at->result = result;
    }
}

unsigned cqes_deliver(struct mr_io *io, unsigned max)
{
    unsigned ran = 0;
    while (ran < max && !list_empty(&io->cqes)) {
        struct sim_cqe *c = MR_CONTAINER(list_pop(&io->cqes), struct sim_cqe, link);
        struct sim_op *s = c->s;
        struct mr_op *op = s->op;
        struct mr_buf *buf = c->buf;
        trace_op(s, SIM_DELIVERED, c->result);
        op->result = c->result;
        op->more = c->more;
        op->data = c->data;
        op->buf = buf;
        if (c->more) {
            mem_free(c);
        } else {
            op->busy = false;
            op->priv.p = NULL;
            waiters_tell(io, s, c->result);
            op_drop(s);
        }
        if (op->done != NULL)
            op->done(op); /* op may be gone after this line */
        if (buf != NULL)
            buf_unref(buf);
        ran++;
    }
    return ran;
}

void io_abandon_ops(struct mr_io *io, enum death death)
{
    while (!list_empty(&io->cqes)) {
        struct sim_cqe *c = MR_CONTAINER(list_pop(&io->cqes), struct sim_cqe, link);
        if (c->buf != NULL)
            buf_unref(c->buf);
        if (c->more)
            mem_free(c);
    }
    list_splice(&io->ending, &io->flight);
    while (!list_empty(&io->ending)) {
        struct sim_op *s = MR_CONTAINER(io->ending.next, struct sim_op, link);
        if (death != DEATH_WORLD) {
            s->op->busy = false;
            s->op->priv.p = NULL;
        }
        op_drop(s);
    }
}

static bool kind_is_sock(enum sim_kind kind)
{
    return kind >= SIM_ACCEPT;
}

void io_cancel(struct mr_io *io, struct mr_op *op)
{
    if (io->ghost)
        return; /* all its ops end at once */
    MR_ASSERT(io->alive && (io->w->running == NULL || io->w->running == io));
    struct sim_op *s = op_find(op);
    if (s == NULL)
        return; /* over already */
    MR_ASSERT(s->io == io);
    if (s->ended || s->cancelled)
        return;
    s->cancelled = true;
    if (kind_is_sock(s->kind))
        sock_op_cancel(s);
    else
        file_op_cancel(s);
}

/* ---- handles: a slot number and a generation, so that the use of a closed one is seen ---- */

enum { GEN_MAX = 0x3fff };

int32_t handle_new(struct mr_io *io, uint8_t kind, void *obj)
{
    if (io->handles_used >= io->w->opt.handles_max)
        return -EMFILE;
    if (io->handles_free == 0) {
        uint32_t cap = io->handles_cap == 0 ? 16 : io->handles_cap * 2;
        MR_ASSERT(cap <= 65536);
        io->handles = mem_realloc(io->handles, cap * sizeof(*io->handles));
        MR_ASSERT(io->handles != NULL);
        for (uint32_t i = cap; i > io->handles_cap; i--) {
            io->handles[i - 1] = (struct handle){.next_free = io->handles_free};
            io->handles_free = i;
        }
        io->handles_cap = cap;
    }
    uint32_t i = io->handles_free - 1;
    struct handle *h = &io->handles[i];
    io->handles_free = h->next_free;
    h->obj = obj;
    h->kind = kind;
    io->handles_used++;
    return (int32_t)((uint32_t)h->gen << 16 | i);
}

static struct handle *handle_at(struct mr_io *io, int32_t h)
{
    MR_ASSERT(h >= 0);
    uint32_t i = (uint32_t)h & 0xffff;
    MR_ASSERT(i < io->handles_cap);
    struct handle *slot = &io->handles[i];
    MR_ASSERT(slot->kind != HANDLE_FREE &&
              slot->gen == (uint32_t)h >> 16); /* a closed handle, or another io's */
    return slot;
}

void *handle_get(struct mr_io *io, uint8_t kind, int32_t h)
{
    MR_ASSERT(io->alive);
    struct handle *slot = handle_at(io, h);
    MR_ASSERT(slot->kind == kind);
    return slot->obj;
}

void handle_drop(struct mr_io *io, int32_t h)
{
    struct handle *slot = handle_at(io, h);
    slot->obj = NULL;
    slot->kind = HANDLE_FREE;
    slot->gen = (uint16_t)((slot->gen + 1) & GEN_MAX);
    slot->next_free = io->handles_free;
    io->handles_free = ((uint32_t)h & 0xffff) + 1;
    io->handles_used--;
}
