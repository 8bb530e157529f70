/* core/io.h - the only way to files, sockets, clocks and entropy.
 *
 * Two backends, chosen at link time: core/io_uring.c (Linux, one ring per shard) and tests/sim/io_sim.c (a
 * deterministic world with virtual time and injected faults). tests/contract runs against both.
 *
 * One operation is one struct mr_op embedded in its owner. The contract:
 *  1. done() never runs inside the submitting call, only inside io_turn() or io_wait() of the same io.
 *  2. Exactly one final completion per op. Multishot ops (accept, recv) set op->more on all but the last.
 *  3. What an op points at stays alive and unchanged until its final completion; cancelled ops complete too.
 *     After the final completion the op is the caller's again: done() may free or resubmit it.
 *  4. Reads, sends and writes may be short. Completions come in any order.
 *  5. Handles are opaque small integers, valid until their close op is submitted.
 *  6. After a failed write or flush, what the file holds past the last good flush is unknown: fence, never
 *     retry.
 *  7. Time moves only between turns: io_now_ns() is constant inside one io_turn().
 *
 * Results follow io_uring's convention: op->result >= 0 is success, negative is -errno.
 * An io is used by one thread only, except io_wake(). */
#ifndef MR_IO_H
#define MR_IO_H

#include <sys/uio.h>

#include "core/base.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/list.h"

struct mr_io;
struct mr_log;

struct mr_file {
    int32_t h;
};
struct mr_sock {
    int32_t h;
};
#define MR_NO_FILE ((struct mr_file){-1})
#define MR_NO_SOCK ((struct mr_sock){-1})

struct mr_op {
    void (*done)(struct mr_op *op);
    int64_t result;
    bool more;            /* multishot: further completions follow */
    bool busy;            /* submitted and not finally completed */
    struct mr_slice data; /* io_recv(): the bytes of this completion, inside buf */
    struct mr_buf *buf;   /* io_recv(): borrowed for the time of done(); buf_ref() it to keep the bytes */

    /* The backend's own. */
    struct {
        struct mr_io *io;
        struct mr_list link;
        uint64_t a, b, c;
        void *p, *q;
        uint8_t kind;
        uint8_t step;
        uint16_t flags;
        int32_t h;
    } priv;
};

static inline void op_init(struct mr_op *op, void (*done)(struct mr_op *op))
{
    memset(op, 0, sizeof(*op));
    op->done = done;
}

/* ---- the loop ---- */

/* Submit what is queued, wait until something completed, io_wake() was called or the monotonic clock reached
 * until_ns (0: do not wait, UINT64_MAX: no limit), then run the done() of everything that completed, at most
 * a few hundred. Returns the number of completions run, or -errno when the ring itself is broken. */
int io_turn(struct mr_io *io, uint64_t until_ns);

/* Wait for this op alone; for start-up, recovery and shutdown. Completions of other ops are run on the way.
 * op->done may be NULL; otherwise it runs before io_wait() returns. Returns op->result. */
int64_t io_wait(struct mr_io *io, struct mr_op *op);

/* Make the current or the next io_turn() of that io return soon. The only call allowed from other threads. */
void io_wake(struct mr_io *io);

/* The same from the thread of another io, from: the wake leaves with what from submits next, so it costs no
 * system call of its own. from must be about to turn. */
void io_wake_from(struct mr_io *from, struct mr_io *io);

uint64_t io_now_ns(const struct mr_io *io); /* monotonic, as of the start of this turn */
int64_t io_wall_ms(const struct mr_io *io); /* Unix time in ms, as of the start of this turn */
uint64_t io_clock_ns(struct mr_io *io);     /* monotonic, read now; for measurements only */
void io_random(struct mr_io *io, void *dst, size_t bytes);

/* Counters since the start, for metrics and tests. */
struct io_counters {
    uint64_t turns, enters, ops, flushes, file_bytes_written, file_bytes_read, sent_bytes, received_bytes;
};
void io_counters(const struct mr_io *io, struct io_counters *ret);

/* ---- files. Paths are NUL-terminated and copied. ---- */

enum io_open_flags {
    IO_READ = 1,
    IO_WRITE = 2,
    IO_CREATE = 4,    /* with IO_WRITE */
    IO_EXCL = 8,      /* with IO_CREATE: -EEXIST when it is there */
    IO_TRUNCATE = 16, /* with IO_WRITE */
    IO_DIRECT = 32,   /* O_DIRECT; silently buffered where the file system has none (tmpfs) */
};

/* result: a handle for struct mr_file, >= 0. */
void io_open(struct mr_io *io, struct mr_op *op, const char *path, unsigned flags);
void io_close(struct mr_io *io, struct mr_op *op, struct mr_file f);

/* result: bytes, may be short; a read at or past the end gives 0. With IO_DIRECT, address, len and pos are
 * multiples of IO_ALIGN (a read may ask past the end of the file). */
#define IO_ALIGN 4096
void io_read(struct mr_io *io, struct mr_op *op, struct mr_file f, void *dst, size_t len, uint64_t pos);
void io_write(struct mr_io *io, struct mr_op *op, struct mr_file f, const void *src, size_t len,
              uint64_t pos);

/* A write and the flush that covers it, as one operation: result is len when both succeeded and everything
 * that completed in this file before is on stable storage; a short write is an error (-EIO). The backend uses
 * the primitive that io_config chose: linked fdatasync (default) or RWF_DSYNC. pos and len are multiples of
 * 512 for IO_DIRECT. */
void io_write_flush(struct mr_io *io, struct mr_op *op, struct mr_file f, const void *src, size_t len,
                    uint64_t pos);

/* The primitive of io_write_flush() from now on, for whoever probed the device (core/probe.h). */
enum io_flush_primitive { IO_FLUSH_LINKED_FSYNC, IO_FLUSH_DSYNC };
void io_use_flush(struct mr_io *io, enum io_flush_primitive primitive);

void io_flush(struct mr_io *io, struct mr_op *op, struct mr_file f); /* fdatasync */

/* All that has completed on the file system that f stands on: writes, sizes, directory entries; and, unasked,
 * what other programs have written there, so it may take long. It stops the calling thread: shutdown only.
 * Failures that count are those since f was opened, of whatever file. -EOPNOTSUPP where io_has_sync_fs() is
 * false (a plain call): on kinds of file systems that are not known to keep this promise. */
void io_sync_fs(struct mr_io *io, struct mr_op *op, struct mr_file f);
bool io_has_sync_fs(struct mr_io *io, struct mr_file f);

/* From now on (until on is false) the calling thread itself opens, makes, renames, unlinks, writes, truncates
 * and closes, inside the submitting call; completions come in a turn as ever. For thousands of small files,
 * shutdown only: a handing over to a worker of the kernel and back costs several times what such a call
 * does. */
void io_plain(struct mr_io *io, bool on);

/* Reserve blocks for [pos, pos+len); keep_size: the file's size does not grow. -EOPNOTSUPP is possible. */
void io_allocate(struct mr_io *io, struct mr_op *op, struct mr_file f, uint64_t pos, uint64_t len,
                 bool keep_size);
void io_truncate(struct mr_io *io, struct mr_op *op, struct mr_file f, uint64_t size);

/* Directory entries. They are durable only after io_sync_dir() of the directory that holds them. */
void io_rename(struct mr_io *io, struct mr_op *op, const char *from, const char *to); /* replaces to */
void io_unlink(struct mr_io *io, struct mr_op *op, const char *path);                 /* a file */
void io_rmdir(struct mr_io *io, struct mr_op *op, const char *path);                  /* an empty directory */
void io_mkdir(struct mr_io *io, struct mr_op *op, const char *path);                  /* -EEXIST when there */
void io_sync_dir(struct mr_io *io, struct mr_op *op, const char *path);

struct io_stat {
    uint64_t bytes;
    int64_t mtime_ms;
    uint32_t
        direct_align; /* of pos and len with IO_DIRECT, in bytes; 0: unknown, or the file has no direct I/O */
    bool is_dir;
};
void io_stat(struct mr_io *io, struct mr_op *op, const char *path, struct io_stat *ret);

/* These are plain calls (Linux has no ring operation for them): start-up, shutdown and rare admin calls only.
 * Entries come sorted by name; each() returns non-zero to stop, and that is returned. */
int io_list(struct mr_io *io, const char *path, int (*each)(void *ctx, const char *name, bool is_dir),
            void *ctx);
int io_space(struct mr_io *io, const char *path, uint64_t *ret_total_bytes, uint64_t *ret_free_bytes);

/* Take the exclusive lock that Java's FileChannel.tryLock() takes (fcntl), creating the file. -EAGAIN when
 * another process holds it. Held until io_unlock_file() or the end of the process. */
int io_lock_file(struct mr_io *io, const char *path, struct mr_file *ret);
void io_unlock_file(struct mr_io *io, struct mr_file f);

/* ---- sockets (TCP). ---- */

/* Listen; port 0 picks one. host: a name or address, "" for all. Plain call, start-up only. -EADDRINUSE,
 * -EADDRNOTAVAIL, ...
 *   IO_LISTEN_FIRST  nobody listens there, else -EADDRINUSE
 *   IO_LISTEN_JOIN   beside a first one of this user's: the kernel spreads connections over both, so that
 * every shard can have a listener of its own on one port */
enum io_listen_how { IO_LISTEN_FIRST, IO_LISTEN_JOIN };
int io_listen(struct mr_io *io, const char *host, uint16_t port, enum io_listen_how how, struct mr_sock *ret,
              uint16_t *ret_port);

/* Multishot. result: a handle for struct mr_sock (TCP_NODELAY set). Without op->more it has ended: submit
 * again. -EMFILE and -ENFILE end it too. */
void io_accept(struct mr_io *io, struct mr_op *op, struct mr_sock listener);

void io_connect(struct mr_io *io, struct mr_op *op, const char *host, uint16_t port); /* result: a handle */

/* Multishot receive into the io's shared chunks. Each completion with result > 0 gives op->data inside
 * op->buf. Final completions: 0 end of stream, -ENOBUFS all chunks are held (submit again when some are
 * released), -ECANCELED after io_cancel(), other -errno. A final completion may carry data (result > 0 and
 * !more). */
void io_recv(struct mr_io *io, struct mr_op *op, struct mr_sock s);

/* One receive straight into dst, may be short; 0 is the end of the stream. */
void io_recv_into(struct mr_io *io, struct mr_op *op, struct mr_sock s, void *dst, size_t len);

/* Send a gather list (iov is borrowed until completion; count at most 1024). Tries to send all; may be short.
 */
void io_send(struct mr_io *io, struct mr_op *op, struct mr_sock s, const struct iovec *iov, unsigned count);

void io_shutdown(struct mr_io *io, struct mr_op *op, struct mr_sock s); /* both directions */
void io_close_sock(struct mr_io *io, struct mr_op *op,
                   struct mr_sock s); /* after all other ops on it ended */

/* Ask that a submitted op ends soon: it still completes, with -ECANCELED or with what it got. */
void io_cancel(struct mr_io *io, struct mr_op *op);

/* "address:port" of the peer, NUL-terminated; "?" when unknown. */
void io_peer_name(struct mr_io *io, struct mr_sock s, char *dst, size_t bytes);

/* ---- making one (the signature is shared; the simulator makes its ios through tests/sim/world.h) ---- */

struct io_config {
    uint32_t shard;            /* whose io this is: buf->home of its receive chunks */
    uint32_t entries;          /* submission queue entries, 0: 1024 */
    uint32_t recv_chunk_bytes; /* 0: 256 KiB */
    uint32_t recv_chunks_max;  /* 0: 64 */
    enum io_flush_primitive flush_primitive;
    struct mr_log *log; /* borrowed */
};

/* Errors: -ENOSYS or -EPERM (io_uring missing or forbidden), -ENOMEM, ... On failure a sentence that names
 * cause and remedy goes to why (at most why_bytes, NUL-terminated). */
int io_new(const struct io_config *cfg, struct mr_io **ret, char *why, size_t why_bytes);
void io_free(struct mr_io *io); /* no op may be in flight */

#endif
