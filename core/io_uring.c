/* core/io_uring.c - making an io, its turns, its clocks. See io_uring_priv.h for how the parts fit. */
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "core/io_uring_priv.h"
#include "core/log.h"
#include "core/mem.h"

static const struct uring_kind *kind_of(const struct mr_op *op)
{
    unsigned id = op->priv.kind;
    if (id >= KIND_ACCEPT)
        return &uring_sock_kinds[id];
    return id >= KIND_OPEN ? &uring_path_kinds[id] : &uring_file_kinds[id];
}

/* ---- starting and completing ops ---- */

/* Write the op's SQEs, or let it wait for room. Whoever waits keeps the order of those behind. */
static void push(struct mr_io *io, struct mr_op *op)
{
    if (list_empty(&io->backlog) && ring_room(io) < URING_OP_SQES_MAX && io->bound)
        (void)ring_submit(io); /* a broken ring shows in the turn */
    if (!list_empty(&io->backlog) || ring_room(io) < URING_OP_SQES_MAX) {
        op->priv.flags |= OPF_BACKLOG;
        list_remove(&op->priv.link);
        list_push(&io->backlog, &op->priv.link);
        return;
    }
    kind_of(op)->prep(io, op);
}

void uring_begin(struct mr_io *io, struct mr_op *op, enum uring_kind_id kind)
{
    MR_ASSERT(!op->busy); /* one op, one operation at a time */
    op->busy = true;
    op->more = false;
    op->result = 0;
    op->data = (struct mr_slice){NULL, 0};
    op->buf = NULL;
    op->priv.io = io;
    op->priv.kind = (uint8_t)kind;
    op->priv.flags = 0;
    op->priv.step = 0;
    op->priv.p = op->priv.q = NULL;
    list_init(&op->priv.link);
    const struct uring_kind *k = kind_of(op);
    io->busy_ops++;
    io->disk_ops += k->disk;
    io->counters.ops++;
    io->counters.flushes += k->is_flush;
}

void uring_push(struct mr_io *io, struct mr_op *op)
{
    if (op->priv.flags & OPF_CANCEL)
        uring_push_local(io, op, -ECANCELED);
    else if (io->plain && kind_of(op)->plain != NULL)
        uring_push_local(io, op, kind_of(op)->plain(op));
    else
        push(io, op);
}

void io_plain(struct mr_io *io, bool on)
{
    io->plain = on;
}

void uring_push_local(struct mr_io *io, struct mr_op *op, int64_t result)
{
    MR_ASSERT(op->busy);
    op->result = result;
    op->priv.flags |= OPF_LOCAL;
    list_remove(&op->priv.link); /* from the cancels: no longer needed */
    list_push(&io->local, &op->priv.link);
}

void uring_complete(struct mr_io *io, struct mr_op *op, int64_t result, bool more)
{
    MR_ASSERT(io->in_turn && op->busy);
    op->result = result;
    op->more = more;
    io->ran++;
    if (!more) {
        list_remove(&op->priv.link); /* a cancel that was not sent yet is too late */
        op->busy = false;
        io->busy_ops--;
        io->disk_ops -= kind_of(op)->disk;
        if (io->waiting == op) {
            io->waiting = NULL;
            io->waiting_result = result;
        }
    }
    if (op->done != NULL)
        op->done(op); /* op may be gone after this line */
}

/* ---- cancelling ---- */

void io_cancel(struct mr_io *io, struct mr_op *op)
{
    if (!op->busy || (op->priv.flags & OPF_CANCEL))
        return;
    op->priv.flags |= OPF_CANCEL;
    if (op->priv.flags & OPF_LOCAL)
        return;                                        /* it has completed already */
    if (op->priv.flags & (OPF_BACKLOG | OPF_NAMING)) { /* the kernel has nothing of it */
        if (op->priv.flags & OPF_NAMING)
            name_forget(op);
        list_remove(&op->priv.link);
        op->priv.flags &= (uint16_t)~OPF_BACKLOG;
        uring_push_local(io, op, -ECANCELED);
        return;
    }
    list_push(&io->cancels, &op->priv.link);
}

static void cancel_prep(struct mr_io *io, struct mr_op *op)
{
    for (unsigned tag = 0; tag <= (op->priv.kind == KIND_WRITE_FLUSH ? TAG_WRITE : 0); tag++) {
        struct io_uring_sqe *sqe = ring_sqe(io, NULL, 0);
        io_uring_prep_cancel64(sqe, (uint64_t)(uintptr_t)op | tag, 0);
        sqe->user_data = UD_IGNORE;
    }
}

/* Write SQEs for all that waits for room. What a full kernel refuses stays for the next turn. */
static void drain_waiting(struct mr_io *io)
{
    while (!list_empty(&io->backlog) || !list_empty(&io->cancels)) {
        if (ring_room(io) < URING_OP_SQES_MAX)
            (void)ring_submit(io);
        if (ring_room(io) < URING_OP_SQES_MAX)
            return;
        bool is_op = !list_empty(&io->backlog);
        struct mr_list *node = list_pop(is_op ? &io->backlog : &io->cancels);
        struct mr_op *op = MR_CONTAINER(node, struct mr_op, priv.link);
        op->priv.flags &= (uint16_t)~OPF_BACKLOG;
        if (is_op)
            kind_of(op)->prep(io, op);
        else
            cancel_prep(io, op);
    }
}

/* ---- turns ---- */

static void run_local(struct mr_io *io)
{
    struct mr_list batch; /* what they complete in turn waits for the next turn */
    list_init(&batch);
    list_splice(&batch, &io->local);
    while (io->ran < URING_TURN_MAX && !list_empty(&batch)) {
        struct mr_op *op = MR_CONTAINER(list_pop(&batch), struct mr_op, priv.link);
        op->priv.flags &= (uint16_t)~OPF_LOCAL;
        kind_of(op)->cqe(io, op, (struct uring_cqe){.res = (int32_t)op->result, .tag = TAG_LOCAL});
    }
    list_splice(&batch, &io->local);
    list_splice(&io->local, &batch);
}

static void run_cqe(struct mr_io *io, uint64_t user_data, struct uring_cqe cqe)
{
    bool more = (cqe.flags & IORING_CQE_F_MORE) != 0;
    if (!more)
        io->kernel_ops--;
    if (user_data == UD_IGNORE)
        return;
    if (user_data == UD_WAKE) {
        io->wake_armed = more;
        atomic_exchange(&io->wake_pending, 0); /* what was published before it is visible from here on */
        return;
    }
    cqe.tag = (unsigned)(user_data & UD_TAG);
    struct mr_op *op = (struct mr_op *)(uintptr_t)(user_data & ~(uint64_t)UD_TAG);
    MR_ASSERT(op->busy);
    kind_of(op)->cqe(io, op, cqe);
}

static unsigned cq_ready(const struct mr_io *io)
{
    return __atomic_load_n(io->ring.cq.ktail, __ATOMIC_ACQUIRE) - *io->ring.cq.khead;
}

static void run_cqes(struct mr_io *io)
{
    while (io->ran < URING_TURN_MAX && cq_ready(io) > 0) {
        unsigned head = *io->ring.cq.khead;
        const struct io_uring_cqe *from = &io->ring.cq.cqes[head & io->ring.cq.ring_mask];
        uint64_t user_data = from->user_data;
        struct uring_cqe cqe = {.res = from->res, .flags = from->flags};
        __atomic_store_n(io->ring.cq.khead, head + 1, __ATOMIC_RELEASE);
        run_cqe(io, user_data, cqe);
    }
}

static uint64_t clock_read(clockid_t id)
{
    struct timespec ts;
    clock_gettime(id, &ts);
    return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

static void clocks_update(struct mr_io *io)
{
    io->now_ns = clock_read(CLOCK_MONOTONIC);
    io->wall_ms = (int64_t)(clock_read(CLOCK_REALTIME) / 1000000);
}

static int turn(struct mr_io *io, uint64_t until_ns, bool for_long)
{
    MR_ASSERT(!io->in_turn); /* a done() must return before the next turn */
    int err = io->broken ? -EIO : ring_bind(io, for_long);
    if (err != 0)
        return err;
    io->counters.turns++;
    name_answers(io);
    drain_waiting(io);
    recv_refill(io);

    bool wait = until_ns != 0 && list_empty(&io->local) && cq_ready(io) == 0;
    uint64_t timeout_ns = UINT64_MAX;
    if (wait && until_ns != UINT64_MAX) {
        uint64_t now_ns = clock_read(CLOCK_MONOTONIC);
        wait = now_ns < until_ns;
        timeout_ns = until_ns - now_ns;
    }
    if (wait || ring_pending(io) > 0 || ring_wants_enter(io) || !io->wake_armed) {
        err = ring_enter(io, wait, timeout_ns);
        if (err == 0 && __atomic_load_n(io->ring.cq.koverflow, __ATOMIC_RELAXED) != 0) {
            /* The kernel had no memory to keep completions and lost some: their ops would never end. */
            log_error(io->cfg.log, "io", "shard=%u completions lost: the kernel is out of memory",
                      io->cfg.shard);
            err = -ENOMEM;
        }
        if (err != 0) {
            io->broken = true;
            return err;
        }
    }

    clocks_update(io);
    io->ran = 0;
    io->in_turn = true;
    run_local(io);
    run_cqes(io);
    io->in_turn = false;
    return (int)io->ran;
}

int io_turn(struct mr_io *io, uint64_t until_ns)
{
    return turn(io, until_ns, true);
}

int64_t io_wait(struct mr_io *io, struct mr_op *op)
{
    if (!op->busy)
        return op->result;
    MR_ASSERT(io->waiting == NULL);
    io->waiting = op;
    while (io->waiting != NULL) {
        int err = turn(io, UINT64_MAX, false);
        if (err < 0) {
            io->waiting = NULL;
            return err;
        }
    }
    return io->waiting_result;
}

void io_wake(struct mr_io *io)
{
    if (atomic_exchange(&io->wake_pending, 1) != 0)
        return; /* the turn that takes the first wake also sees what this one is about */
    uint64_t one = 1;
    ssize_t n = write(io->wake_fd, &one, sizeof(one));
    MR_ASSERT(n == sizeof(one)); /* 2^64 wakes do not happen */
}

void io_wake_from(struct mr_io *from, struct mr_io *io)
{
    static const uint64_t one = 1;
    if (ring_room(from) == 0) {
        io_wake(io);
        return;
    }
    if (atomic_exchange(&io->wake_pending, 1) != 0)
        return;
    struct io_uring_sqe *sqe = ring_sqe(from, NULL, 0);
    io_uring_prep_write(sqe, io->wake_fd, &one, sizeof(one), (uint64_t)-1);
    sqe->user_data = UD_IGNORE;
}

uint64_t io_now_ns(const struct mr_io *io)
{
    return io->now_ns;
}

int64_t io_wall_ms(const struct mr_io *io)
{
    return io->wall_ms;
}

uint64_t io_clock_ns(struct mr_io *io)
{
    (void)io;
    return clock_read(CLOCK_MONOTONIC);
}

void io_random(struct mr_io *io, void *dst, size_t bytes)
{
    (void)io;
    uint8_t *p = dst;
    while (bytes > 0) {
        ssize_t n = getrandom(p, bytes, 0);
        if (n < 0 && errno == EINTR)
            continue;
        MR_ASSERT(n > 0); /* the call exists since Linux 3.17 and has no other error for valid memory */
        p += n;
        bytes -= (size_t)n;
    }
}

void io_counters(const struct mr_io *io, struct io_counters *ret)
{
    *ret = io->counters;
}

/* ---- making ---- */

int io_new(const struct io_config *cfg, struct mr_io **ret, char *why, size_t why_bytes)
{
    return uring_new(cfg, 0, ret, why, why_bytes);
}

int uring_new(const struct io_config *cfg, unsigned without, struct mr_io **ret, char *why, size_t why_bytes)
{
    MR_ASSERT(why_bytes > 0);
    why[0] = '\0';
    struct mr_io *io = mem_zalloc(1, sizeof(*io));
    if (io == NULL)
        return -ENOMEM;
    io->cfg = *cfg;
    io->without = without;
    if (io->cfg.entries == 0)
        io->cfg.entries = URING_ENTRIES;
    io->cfg.entries = (uint32_t)mr_max(io->cfg.entries, URING_OP_SQES_MAX);
    list_init(&io->backlog);
    list_init(&io->cancels);
    list_init(&io->local);
    clocks_update(io);

    int err = 0;
    io->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (io->wake_fd < 0) {
        err = -errno;
        goto out_free;
    }
    err = recv_open(io);
    if (err != 0)
        goto out_close_wake;
    err = ring_open(io, why, why_bytes);
    if (err != 0)
        goto out_close_recv;
    *ret = io;
    return 0;

out_close_recv:
    recv_close(io);
out_close_wake:
    close(io->wake_fd);
out_free:
    if (why[0] == '\0')
        snprintf(why, why_bytes, "cannot make an io: %s", strerror(-err));
    mem_free(io);
    return err;
}

void io_free(struct mr_io *io)
{
    MR_ASSERT(io->busy_ops == 0 || io->broken);
    name_service_stop(io);
    ring_close(io);
    recv_close(io);
    file_marks_done(io);
    close(io->wake_fd);
    mem_free(io);
}
