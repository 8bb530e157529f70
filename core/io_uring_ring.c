/* core/io_uring_ring.c - the ring: opening it with what this kernel offers, the thread it belongs to, SQEs,
 * entering the kernel.
 *
 * Only io_uring_enter(2) moves anything: completions are delivered while we are inside (DEFER_TASKRUN), so
 * that nothing interrupts the shard between turns. Sources: io_uring_setup(2), io_uring_enter(2),
 * io_uring_register(2). */
#include <poll.h>
#include <stdio.h>
#include <sys/utsname.h>

#include "core/io_uring_priv.h"
#include "core/log.h"
#include "core/mem.h"

/* What a ring may be opened with, best first. SUBMIT_ALL: an SQE that is refused does not hold up those
 * behind it. */
static const unsigned ring_flag_sets[] = {
    IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_TASKRUN_FLAG |
        IORING_SETUP_R_DISABLED | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CQSIZE,
    IORING_SETUP_COOP_TASKRUN | IORING_SETUP_TASKRUN_FLAG | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CQSIZE,
    IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CQSIZE,
};

static void explain(int err, char *why, size_t why_bytes)
{
    struct utsname u;
    const char *release = uname(&u) == 0 ? u.release : "unknown";
    switch (-err) {
    case ENOSYS:
        snprintf(why, why_bytes,
                 "io_uring is missing: this kernel (%s) is older than 5.1, was built without "
                 "CONFIG_IO_URING, or a "
                 "seccomp profile hides the call; millrace needs Linux 6.1 or newer with io_uring (in a "
                 "container: "
                 "a profile that allows io_uring_setup, io_uring_enter and io_uring_register)",
                 release);
        return;
    case EPERM:
    case EACCES:
        snprintf(why, why_bytes,
                 "io_uring is forbidden here: either by the sysctl (cure: sysctl -w "
                 "kernel.io_uring_disabled=0) or by "
                 "the container's seccomp profile (cure: --security-opt seccomp=PROFILE with a profile that "
                 "allows "
                 "io_uring_setup, io_uring_enter and io_uring_register, or seccomp=unconfined)");
        return;
    case ENOMEM:
        snprintf(why, why_bytes,
                 "no memory for an io_uring: the locked-memory limit (ulimit -l, or LimitMEMLOCK= of the "
                 "service) or "
                 "the memory limit of the container is too low");
        return;
    case EMFILE:
    case ENFILE:
        snprintf(why, why_bytes,
                 "no file descriptor for an io_uring: raise the limit (ulimit -n, or LimitNOFILE= of "
                 "the service)");
        return;
    }
    snprintf(why, why_bytes, "cannot open an io_uring on Linux %s: %s", release, strerror(-err));
}

/* -ENOSYS when a kernel older than 6.1 answers: SENDMSG_ZC came with 6.1 and stands for all that did. */
static int ring_probe(struct mr_io *io, char *why, size_t why_bytes)
{
    struct io_uring_probe *probe = io_uring_get_probe_ring(&io->ring);
    if (probe == NULL) {
        explain(-ENOMEM, why, why_bytes);
        return -ENOMEM;
    }
    bool known = io_uring_opcode_supported(probe, IORING_OP_SENDMSG_ZC);
    io->has_ftruncate =
        io_uring_opcode_supported(probe, URING_OP_FTRUNCATE) && !(io->without & URING_WITHOUT_FTRUNCATE);
    io_uring_free_probe(probe);

    unsigned needed =
        IORING_FEAT_NODROP | IORING_FEAT_SUBMIT_STABLE | IORING_FEAT_FAST_POLL | IORING_FEAT_EXT_ARG;
    if (known && (io->ring.features & needed) == needed)
        return 0;
    struct utsname u;
    snprintf(why, why_bytes, "io_uring of this kernel (%s) is too old: millrace needs Linux 6.1 or newer",
             uname(&u) == 0 ? u.release : "unknown");
    return -ENOSYS;
}

static int ring_setup(struct mr_io *io)
{
    unsigned entries = io->cfg.entries;
    int err = -EINVAL;
    for (size_t i = io->without & URING_WITHOUT_DEFER ? 1 : 0; i < MR_COUNT(ring_flag_sets) && err == -EINVAL;
         i++) {
        struct io_uring_params params = {
            .flags = ring_flag_sets[i] | IORING_SETUP_CLAMP,
            .cq_entries = entries * URING_CQ_PER_SQ,
        };
        io->ring_flags = ring_flag_sets[i];
        err = io_uring_queue_init_params(entries, &io->ring, &params);
    }
    return err;
}

int ring_open(struct mr_io *io, char *why, size_t why_bytes)
{
    int err = ring_setup(io);
    if (err != 0) {
        explain(err, why, why_bytes);
        return err;
    }
    io->ring_open = true;
    io->bound = false;
    io->msgs = mem_zalloc(io->ring.sq.ring_entries, sizeof(*io->msgs));
    if (io->msgs == NULL) {
        explain(-ENOMEM, why, why_bytes);
        err = -ENOMEM;
        goto out_close;
    }
    io->fd_tried = io->fd_registered = false;
    io->wake_armed = false;
    for (unsigned i = 0; i < io->ring.sq.ring_entries; i++)
        io->ring.sq.array[i] = i; /* entry i is SQE i, for ever: submitting only moves the tail */

    err = ring_probe(io, why, why_bytes);
    if (err != 0)
        goto out_close;

    /* A limit that is not accepted leaves the kernel's own in place: not worth a failed start. */
    unsigned workers[2] = {URING_IOWQ_BOUNDED, URING_IOWQ_UNBOUNDED};
    (void)io_uring_register_iowq_max_workers(&io->ring, workers);

    err = recv_register(io);
    if (err != 0) {
        explain(err, why, why_bytes);
        goto out_close;
    }
    return 0;

out_close:
    ring_close(io);
    return err;
}

void ring_close(struct mr_io *io)
{
    if (!io->ring_open)
        return;
    io_uring_queue_exit(&io->ring);
    mem_free(io->msgs);
    io->msgs = NULL;
    io->ring_open = false;
}

unsigned ring_pending(const struct mr_io *io)
{
    return io->ring.sq.sqe_tail - __atomic_load_n(io->ring.sq.khead, __ATOMIC_ACQUIRE);
}

unsigned ring_room(const struct mr_io *io)
{
    return io->ring.sq.ring_entries - ring_pending(io);
}

bool ring_wants_enter(const struct mr_io *io)
{
    unsigned flags = __atomic_load_n(io->ring.sq.kflags, __ATOMIC_RELAXED);
    return (flags & (IORING_SQ_TASKRUN | IORING_SQ_CQ_OVERFLOW)) != 0;
}

static struct io_uring_sqe *sqe_next(struct mr_io *io)
{
    MR_ASSERT(ring_room(io) > 0);
    struct io_uring_sqe *sqe = &io->ring.sq.sqes[io->ring.sq.sqe_tail & io->ring.sq.ring_mask];
    io->ring.sq.sqe_tail++;
    memset(sqe, 0, sizeof(*sqe));
    return sqe;
}

struct io_uring_sqe *ring_sqe(struct mr_io *io, const struct mr_op *op, unsigned tag)
{
    struct io_uring_sqe *sqe = sqe_next(io);
    sqe->user_data = (uint64_t)(uintptr_t)op | tag;
    return sqe;
}

/* The wake poll reports every write to wake_fd (edges), so nobody has to read the counter back. */
static void wake_arm(struct mr_io *io)
{
    struct io_uring_sqe *sqe = sqe_next(io);
    io_uring_prep_poll_multishot(sqe, io->wake_fd, POLLIN);
    sqe->user_data = UD_WAKE;
    io->wake_armed = true;
}

/* One io_uring_enter(2). What a full kernel refuses for now (-EAGAIN, -EBUSY) stays in the queue for the next
 * one. */
static int enter_once(struct mr_io *io, unsigned submit, unsigned wait, uint64_t timeout_ns, bool get_events)
{
    struct __kernel_timespec ts = {
        .tv_sec = (int64_t)(timeout_ns / 1000000000),
        .tv_nsec = (int64_t)(timeout_ns % 1000000000),
    };
    struct io_uring_getevents_arg arg = {.sigmask_sz = _NSIG / 8, .ts = (uint64_t)(uintptr_t)&ts};
    unsigned flags = get_events ? IORING_ENTER_GETEVENTS : 0;
    bool timed = wait > 0 && timeout_ns != UINT64_MAX;
    if (timed)
        flags |= IORING_ENTER_EXT_ARG;
    if (io->fd_registered) /* then enter_ring_fd is its index */
        flags |= IORING_ENTER_REGISTERED_RING;
    /* A broker without work waits for its peers, and must not look like one that waits for a slow disk. */
    if (wait > 0 && io->disk_ops == 0 && (io->ring.features & URING_FEAT_NO_IOWAIT))
        flags |= URING_ENTER_NO_IOWAIT;

    int taken = io_uring_enter2((unsigned)io->ring.enter_ring_fd, submit, wait, flags,
                                timed ? (void *)&arg : NULL, timed ? sizeof(arg) : 0);
    io->counters.enters++;
    if (taken >= 0) {
        io->kernel_ops += (uint32_t)taken;
        return taken;
    }
    return taken == -EINTR || taken == -ETIME || taken == -EAGAIN || taken == -EBUSY ? 0 : taken;
}

int ring_submit(struct mr_io *io)
{
    unsigned pending = ring_pending(io);
    if (pending == 0)
        return 0;
    __atomic_store_n(io->ring.sq.ktail, io->ring.sq.sqe_tail, __ATOMIC_RELEASE);
    int taken = enter_once(io, pending, 0, 0, false);
    return taken < 0 ? taken : 0;
}

int ring_enter(struct mr_io *io, bool wait, uint64_t timeout_ns)
{
    if (!io->wake_armed && ring_room(io) > 0)
        wake_arm(io);
    unsigned pending = ring_pending(io);
    __atomic_store_n(io->ring.sq.ktail, io->ring.sq.sqe_tail, __ATOMIC_RELEASE);
    int taken = enter_once(io, pending, wait ? 1 : 0, timeout_ns, true);
    if (taken >= 0 && (unsigned)taken < pending && ring_pending(io) > 0)
        taken =
            enter_once(io, 0, 0, 0, true); /* submitting in part skipped the completions: they make room */
    if (taken < 0)
        log_error(io->cfg.log, "io", "shard=%u io_uring_enter failed: %s", io->cfg.shard, strerror(-taken));
    return taken < 0 ? taken : 0;
}

/* A ring belongs to the thread that first entered it. Another thread gets a new ring; what was written on the
 * old thread and not yet submitted moves along. */
static int ring_replace(struct mr_io *io)
{
    struct io_uring old = io->ring;
    struct msghdr *old_msgs = io->msgs;
    unsigned old_flags = io->ring_flags, head = *old.sq.khead, count = ring_pending(io);
    char why[320];
    int err = ring_open(io, why, sizeof(why));
    if (err != 0) {
        log_error(io->cfg.log, "io", "shard=%u no ring for this thread: %s", io->cfg.shard, why);
        io->ring = old;
        io->msgs = old_msgs;
        io->ring_flags = old_flags;
        io->ring_open = true;
        return err;
    }
    for (unsigned i = 0; i < count; i++) {
        const struct io_uring_sqe *from = &old.sq.sqes[(head + i) & old.sq.ring_mask];
        if (from->user_data == UD_WAKE)
            continue; /* the new ring arms its own */
        struct io_uring_sqe *to = sqe_next(io);
        *to = *from;
        if (from->opcode == IORING_OP_SENDMSG) {
            *ring_msg(io, to) = old_msgs[from - old.sq.sqes];
            to->addr = (uint64_t)(uintptr_t)ring_msg(io, to);
        }
    }
    io_uring_queue_exit(&old);
    mem_free(old_msgs);
    io->kernel_ops = 0;
    return 0;
}

int ring_bind(struct mr_io *io, bool for_long)
{
    pthread_t self = pthread_self();
    if (MR_UNLIKELY(!io->bound || !pthread_equal(self, io->thread))) {
        if (io->bound) {
            MR_ASSERT(io->kernel_ops <=
                      (io->wake_armed ? 1 : 0)); /* a thread's ops cannot follow to another */
            int err = ring_replace(io);
            if (err != 0)
                return err;
        }
        if (io->ring_flags & IORING_SETUP_R_DISABLED) {
            int err = io_uring_register((unsigned)io->ring.ring_fd, IORING_REGISTER_ENABLE_RINGS, NULL, 0);
            if (err < 0)
                return err;
        }
        io->bound = true;
        io->thread = self;
    }
    if (for_long && !io->fd_tried) {
        /* Saves the descriptor lookup of each enter. It pins the ring until this thread ends, hence not for a
         * thread that only starts things. Where it fails the ring works as well. */
        io->fd_tried = true;
        io->fd_registered = io_uring_register_ring_fd(&io->ring) == 1;
    }
    return 0;
}
