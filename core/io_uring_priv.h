/* core/io_uring_priv.h - what the files of the io_uring backend share. Nobody else includes it (but for
 * tests/contract/backend_uring.c, which needs the descriptor behind a handle).
 *
 * An op is prepared into submission queue entries (SQEs) when it is submitted: its arguments lie in op->priv,
 * and its kind names the functions that fill the SQEs and take the completions (CQEs). What finds no room in
 * the submission queue waits in io->backlog, so every submission is accepted. A completion that the backend
 * makes itself (a synchronous fallback, an error before the kernel was asked) goes to io->local and runs in
 * the next turn.
 *
 * Layers: io_uring.c (making, turns, clocks) over io_uring_file.c, io_uring_path.c, io_uring_sock.c,
 * io_uring_recv.c, io_uring_name.c (kinds of ops) over io_uring_ring.c (the ring itself). */
#ifndef MR_IO_URING_PRIV_H
#define MR_IO_URING_PRIV_H

#include <liburing.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "core/io.h"

/* ---- what liburing 2.3 does not know yet; numbers from the kernel's include/uapi/linux/io_uring.h ---- */
enum {
    URING_OP_FTRUNCATE = 55,        /* Linux 6.9 */
    URING_PBUF_RING_INC = 2,        /* 6.12: a provided buffer is consumed piece by piece */
    URING_CQE_F_BUF_MORE = 1 << 4,  /* 6.12: the kernel goes on filling this buffer */
    URING_ENTER_NO_IOWAIT = 1 << 7, /* 6.15: a waiting thread does not count as waiting for the disk */
    URING_FEAT_NO_IOWAIT = 1 << 17,
};

/* ---- user_data: the address of the op (8-aligned) with a tag in its low bits, or a small value ---- */
enum {
    UD_IGNORE = 0, /* a cancel request: what it found is told by the op's own completion */
    UD_WAKE = 8,
    UD_TAG = 7,
};
enum uring_tag {
    TAG_MAIN,
    TAG_WRITE, /* write_flush: the write before its flush */
    TAG_LOCAL, /* not from the kernel: the result of the whole op */
};

enum uring_limits {
    URING_ENTRIES = 1024,
    URING_CQ_PER_SQ = 8,    /* completions that fit before the kernel has to keep a list of its own */
    URING_TURN_MAX = 512,   /* done() calls in one turn */
    URING_IOWQ_BOUNDED = 8, /* kernel worker threads for files; flushes run there */
    URING_IOWQ_UNBOUNDED = 8,
    URING_OP_SQES_MAX = 2,
    IOV_COUNT_MAX = 1024, /* of sendmsg(2) */
    ADDR_COUNT_MAX = 8,   /* addresses of one name that are tried */
};

/* What a kernel may lack. Tests leave it out on purpose, to see the fallback work. */
enum uring_without {
    URING_WITHOUT_DEFER = 1,     /* DEFER_TASKRUN */
    URING_WITHOUT_INC = 2,       /* incremental provided buffers */
    URING_WITHOUT_FTRUNCATE = 4, /* IORING_OP_FTRUNCATE */
};

enum uring_op_flags {
    OPF_CANCEL = 1,   /* io_cancel() was called: do not retry, do not re-arm */
    OPF_LOCAL = 8,    /* in io->local */
    OPF_BACKLOG = 16, /* in io->backlog */
    OPF_NAMING = 32,  /* connect: the name is being looked up */
};

enum uring_kind_id {
    KIND_CLOSE, /* io_uring_file.c: ops on an open file */
    KIND_READ,
    KIND_WRITE,
    KIND_WRITE_FLUSH,
    KIND_FLUSH,
    KIND_SYNC_FS,
    KIND_ALLOCATE,
    KIND_TRUNCATE,
    KIND_OPEN, /* io_uring_path.c: ops on paths */
    KIND_RENAME,
    KIND_UNLINK,
    KIND_MKDIR,
    KIND_SYNC_DIR,
    KIND_STAT,
    KIND_ACCEPT, /* io_uring_sock.c */
    KIND_CONNECT,
    KIND_RECV,
    KIND_RECV_INTO,
    KIND_SEND,
    KIND_SHUTDOWN,
    KIND_CLOSE_SOCK,
    KINDS,
};

struct uring_cqe {
    int32_t res;
    uint32_t flags;
    unsigned tag;
};

struct uring_kind {
    void (*prep)(struct mr_io *io, struct mr_op *op); /* takes at most URING_OP_SQES_MAX SQEs, never fails */
    void (*cqe)(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe);
    bool disk; /* waiting for it is waiting for the disk */
    bool is_flush;
    int64_t (*plain)(struct mr_op *op); /* the same by a system call; NULL: the ring in any case */
};

/* One receive chunk. The kernel's use of it counts as one reference of buf. */
struct recv_chunk {
    struct mr_buf buf;
    uint32_t used_bytes; /* filled by the kernel so far */
    bool published;      /* the kernel has it */
};

struct recv_pool {
    struct recv_chunk *chunks; /* [count] */
    uint32_t *free; /* chunks that nobody holds, a stack: last freed, first used again (warm cache) */
    uint32_t free_count, count;
    uint32_t published; /* chunks that the kernel has */
    uint32_t depth;     /* how many it should have */
    uint32_t chunk_bytes;
    bool incremental;
    uint8_t *map;
    size_t map_bytes;
    struct io_uring_buf_ring *ring; /* behind map */
    size_t ring_bytes;
};

/* How far each file's completed plain writes are flushed, by descriptor. */
struct file_mark {
    uint64_t written; /* completed plain writes */
    uint64_t flushed; /* of these, how many a completed flush covers */
};

struct addr_list {
    uint32_t count;
    struct sockaddr_storage addrs[ADDR_COUNT_MAX];
};

struct name_service; /* io_uring_name.c */

struct mr_io {
    struct io_uring ring;
    struct io_config cfg;
    unsigned without;    /* enum uring_without */
    unsigned ring_flags; /* of io_uring_setup, as accepted */
    bool ring_open;
    bool bound; /* to `thread`; submissions from another one need a ring of their own (see ring_bind) */
    bool fd_tried, fd_registered; /* the ring's descriptor, with the kernel */
    bool broken;
    bool in_turn;
    bool has_ftruncate;
    bool plain; /* io_plain() */
    pthread_t thread;

    struct mr_list backlog; /* of mr_op.priv.link: no SQE yet */
    struct mr_list cancels; /* to be cancelled in the kernel */
    struct mr_list local;   /* completed by the backend itself */

    uint32_t kernel_ops; /* SQEs that the kernel has taken and not finally completed */
    uint32_t busy_ops;
    uint32_t ran; /* completions run in this turn */
    uint32_t disk_ops;
    bool wake_armed; /* the poll on wake_fd */

    struct mr_op *waiting; /* the op of io_wait() */
    int64_t waiting_result;

    int wake_fd;
    _Atomic uint32_t wake_pending;

    uint64_t now_ns;
    int64_t wall_ms;
    struct io_counters counters;

    struct recv_pool recv;
    struct msghdr *msgs; /* [SQ entries]: the header of the send in that SQE; copied at submission */
    struct file_mark *marks;
    uint32_t marks_count;
    bool marks_lost;
    struct name_service *names;
};

/* ---- io_uring_ring.c ---- */

/* Open the ring, not yet bound to a thread. why: see io_new(). */
int ring_open(struct mr_io *io, char *why, size_t why_bytes);
void ring_close(struct mr_io *io);

/* Make the calling thread the ring's own; when it was another's, only while the kernel has none of our ops.
 * for_long: the thread will run the loop, not only start things. */
int ring_bind(struct mr_io *io, bool for_long);

/* Submit all SQEs; wait for a completion when wait is set, at most timeout_ns (UINT64_MAX: no limit). 0 or
 * -errno when the ring is broken. */
int ring_enter(struct mr_io *io, bool wait, uint64_t timeout_ns);

/* Submit all SQEs to make room, without looking at completions. */
int ring_submit(struct mr_io *io);

/* SQEs that the kernel has not taken yet; free ones; whether the kernel wants to be entered. */
unsigned ring_pending(const struct mr_io *io);
unsigned ring_room(const struct mr_io *io);
bool ring_wants_enter(const struct mr_io *io);

/* The next SQE, cleared, with user_data for this op and tag. There must be room. */
struct io_uring_sqe *ring_sqe(struct mr_io *io, const struct mr_op *op, unsigned tag);

static inline struct msghdr *ring_msg(struct mr_io *io, const struct io_uring_sqe *sqe)
{
    return &io->msgs[sqe - io->ring.sq.sqes];
}

/* ---- io_uring.c ---- */

/* Begin an op: it is busy from here on. Its arguments go to op->priv next, then comes one of the pushes. */
void uring_begin(struct mr_io *io, struct mr_op *op, enum uring_kind_id kind);

/* Hand the op to the kernel: at its start, or from its cqe() for another step or a retry (of a cancelled op
 * it makes -ECANCELED). */
void uring_push(struct mr_io *io, struct mr_op *op);

/* Let its cqe() see this result in the next turn, without the kernel. */
void uring_push_local(struct mr_io *io, struct mr_op *op, int64_t result);

/* Complete an op, from its cqe() only. With more set the op goes on. */
void uring_complete(struct mr_io *io, struct mr_op *op, int64_t result, bool more);

extern const struct uring_kind uring_file_kinds[KINDS];
extern const struct uring_kind uring_path_kinds[KINDS];
extern const struct uring_kind uring_sock_kinds[KINDS];

/* io_new() that does without some of what the kernel has: enum uring_without. */
int uring_new(const struct io_config *cfg, unsigned without, struct mr_io **ret, char *why, size_t why_bytes);

/* ---- io_uring_file.c ---- */
void file_marks_done(struct mr_io *io);

/* ---- io_uring_recv.c ---- */
int recv_open(struct mr_io *io);     /* the memory; before ring_open() */
int recv_register(struct mr_io *io); /* with a new ring */
void recv_close(struct mr_io *io);
void recv_refill(struct mr_io *io); /* hand free chunks to the kernel */
void recv_prep(struct mr_io *io, struct mr_op *op);
void recv_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe);

/* ---- io_uring_sock.c ---- */
void connect_next(struct mr_io *io, struct mr_op *op); /* try the address that priv.step says */

/* ---- io_uring_name.c ---- */

/* A numeric host: its one address goes to list. */
bool addr_parse(struct addr_list *list, const char *host, uint16_t port);

/* Look the name up for a connect op: its addresses go to priv.p and connect_next() is called in a later turn,
 * or its cqe() sees the error. -ENAMETOOLONG, -EAGAIN (256 are being looked up), -ENOMEM. */
int name_lookup(struct mr_io *io, struct mr_op *op, const char *host, uint16_t port);
void name_forget(struct mr_op *op);  /* the op waits no longer */
void name_answers(struct mr_io *io); /* in the turn: take what was found */
void name_service_stop(struct mr_io *io);

#endif
