/* core/io_uring_file.c - ops on open files.
 *
 * In op->priv: h the descriptor, p the memory, a the length in bytes, b the position. */
#include <fcntl.h>
#include <linux/falloc.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/io_uring_priv.h"
#include "core/mem.h"

/* The kernel takes 32-bit lengths and cuts at 2 GiB less a page. */
enum { RW_BYTES_MAX = 1 << 30 };

static struct mr_op *begin(struct mr_io *io, struct mr_op *op, enum uring_kind_id kind, struct mr_file f,
                           void *mem, uint64_t a, uint64_t b)
{
    uring_begin(io, op, kind);
    op->priv.h = f.h;
    op->priv.p = mem;
    op->priv.a = a;
    op->priv.b = b;
    return op;
}

/* ---- how far completed writes are flushed ----
 * io_write_flush() promises that all writes that completed in the file before are stable too. A flush gives
 * that; RWF_DSYNC covers its own bytes only. So completed plain writes are counted per handle, and RWF_DSYNC
 * is used only where a flush has covered them all. A fresh handle counts as written to: by whom wrote before
 * it was opened. */

static struct file_mark *mark_of(struct mr_io *io, int32_t h)
{
    if (h < 0)
        return NULL; /* the kernel says -EBADF */
    if ((uint32_t)h >= io->marks_count) {
        uint32_t count = (uint32_t)mr_round_up((uint64_t)h + 1, 64);
        struct file_mark *marks = mem_realloc(io->marks, count * sizeof(*marks));
        if (marks == NULL) {
            io->marks_lost = true; /* from now on always the flush */
            return NULL;
        }
        for (uint32_t i = io->marks_count; i < count; i++)
            marks[i] = (struct file_mark){.written = 1, .flushed = 0};
        io->marks = marks;
        io->marks_count = count;
    }
    return &io->marks[h];
}

static uint64_t mark_written(struct mr_io *io, int32_t h)
{
    const struct file_mark *m = mark_of(io, h);
    return m != NULL ? m->written : 0;
}

static void mark_write_done(struct mr_io *io, int32_t h)
{
    struct file_mark *m = mark_of(io, h);
    if (m != NULL)
        m->written++;
}

static void mark_flush_done(struct mr_io *io, int32_t h, uint64_t covers)
{
    struct file_mark *m = mark_of(io, h);
    if (m != NULL)
        m->flushed = mr_max(m->flushed, covers);
}

static bool mark_is_clean(struct mr_io *io, int32_t h)
{
    const struct file_mark *m = mark_of(io, h);
    return m != NULL && m->written == m->flushed && !io->marks_lost;
}

static void mark_forget(struct mr_io *io, int32_t h)
{
    struct file_mark *m = mark_of(io, h);
    if (m != NULL)
        *m = (struct file_mark){.written = 1, .flushed = 0};
}

void file_marks_done(struct mr_io *io)
{
    mem_free(io->marks);
    io->marks = NULL;
    io->marks_count = 0;
}

void io_use_flush(struct mr_io *io, enum io_flush_primitive primitive)
{
    io->cfg.flush_primitive = primitive;
}

/* ---- close ---- */

void io_close(struct mr_io *io, struct mr_op *op, struct mr_file f)
{
    mark_forget(io, f.h);
    uring_push(io, begin(io, op, KIND_CLOSE, f, NULL, 0, 0));
}

static void close_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_close(ring_sqe(io, op, TAG_MAIN), op->priv.h);
}

static int64_t close_plain(struct mr_op *op)
{
    return close(op->priv.h) == 0 ? 0 : -errno;
}

static void plain_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    uring_complete(io, op, cqe.res, false);
}

/* ---- read, write ---- */

void io_read(struct mr_io *io, struct mr_op *op, struct mr_file f, void *dst, size_t len, uint64_t pos)
{
    uring_push(io, begin(io, op, KIND_READ, f, dst, mr_min(len, RW_BYTES_MAX), pos));
}

static void read_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_read(ring_sqe(io, op, TAG_MAIN), op->priv.h, op->priv.p, (unsigned)op->priv.a, op->priv.b);
}

static void read_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    if (cqe.res > 0)
        io->counters.file_bytes_read += (uint64_t)cqe.res;
    uring_complete(io, op, cqe.res, false);
}

void io_write(struct mr_io *io, struct mr_op *op, struct mr_file f, const void *src, size_t len, uint64_t pos)
{
    uring_push(io, begin(io, op, KIND_WRITE, f, (void *)(uintptr_t)src, mr_min(len, RW_BYTES_MAX), pos));
}

static void write_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_write(ring_sqe(io, op, TAG_MAIN), op->priv.h, op->priv.p, (unsigned)op->priv.a, op->priv.b);
}

static int64_t write_plain(struct mr_op *op)
{
    ssize_t n;
    do {
        n = pwrite(op->priv.h, op->priv.p, op->priv.a, (off_t)op->priv.b);
    } while (n < 0 && errno == EINTR);
    return n >= 0 ? n : -errno;
}

static void write_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    if (cqe.res > 0) {
        io->counters.file_bytes_written += (uint64_t)cqe.res;
        mark_write_done(io, op->priv.h);
    }
    uring_complete(io, op, cqe.res, false);
}

/* ---- write and flush ----
 * As two linked SQEs that make one completion: the write's success is not reported (CQE_SKIP_SUCCESS), so the
 * loop is woken once, by the flush. A write that fails or is short breaks the link; then its own completion
 * comes, and the flush, which was not tried, makes none. Source: io_uring_enter(2), IOSQE_IO_LINK,
 * IOSQE_CQE_SKIP_SUCCESS. priv.c: the plain writes that the flush covers; priv.step: SQEs. */

void io_write_flush(struct mr_io *io, struct mr_op *op, struct mr_file f, const void *src, size_t len,
                    uint64_t pos)
{
    begin(io, op, KIND_WRITE_FLUSH, f, (void *)(uintptr_t)src, len, pos);
    if (len > RW_BYTES_MAX)
        uring_push_local(io, op, -EINVAL); /* it could only be short */
    else
        uring_push(io, op);
}

static void write_flush_prep(struct mr_io *io, struct mr_op *op)
{
    bool dsync = io->cfg.flush_primitive == IO_FLUSH_DSYNC && mark_is_clean(io, op->priv.h);
    op->priv.c = mark_written(io, op->priv.h);
    op->priv.step = dsync ? 1 : 2;
    struct io_uring_sqe *write = ring_sqe(io, op, TAG_WRITE);
    io_uring_prep_write(write, op->priv.h, op->priv.p, (unsigned)op->priv.a, op->priv.b);
    if (dsync) {
        write->rw_flags = RWF_DSYNC;
        return;
    }
    write->flags |= IOSQE_IO_LINK | IOSQE_CQE_SKIP_SUCCESS;
    io_uring_prep_fsync(ring_sqe(io, op, TAG_MAIN), op->priv.h, IORING_FSYNC_DATASYNC);
}

static void write_flush_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    int64_t result = cqe.res;
    if (cqe.tag != TAG_LOCAL)
        io->kernel_ops -= op->priv.step - 1u; /* what makes no completion of its own */
    if (cqe.tag == TAG_WRITE && cqe.res >= 0 && (op->priv.step == 2 || (uint64_t)cqe.res != op->priv.a))
        result = -EIO; /* short */
    else if (cqe.tag != TAG_LOCAL && cqe.res >= 0)
        result = (int64_t)op->priv.a;
    if (result == -ECANCELED && !(op->priv.flags & OPF_CANCEL))
        result = -EIO; /* a link that broke by itself */
    if (cqe.tag == TAG_WRITE && cqe.res > 0)
        io->counters.file_bytes_written += (uint64_t)cqe.res;
    else if (cqe.tag == TAG_MAIN)
        io->counters.file_bytes_written += op->priv.a; /* the flush was tried, so the write was whole */
    if (result >= 0)
        mark_flush_done(io, op->priv.h, op->priv.c);
    uring_complete(io, op, result, false);
}

void io_flush(struct mr_io *io, struct mr_op *op, struct mr_file f)
{
    uring_push(io, begin(io, op, KIND_FLUSH, f, NULL, 0, 0));
}

static void flush_prep(struct mr_io *io, struct mr_op *op)
{
    op->priv.c = mark_written(io, op->priv.h);
    io_uring_prep_fsync(ring_sqe(io, op, TAG_MAIN), op->priv.h, IORING_FSYNC_DATASYNC);
}

static void flush_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    if (cqe.res == 0)
        mark_flush_done(io, op->priv.h, op->priv.c);
    uring_complete(io, op, cqe.res, false);
}

/* ---- the whole file system ----
 * syncfs(2): the ring has no such operation. It reports failed writes since Linux 5.8. XFS sends no flush to
 * the device when its log had nothing to write, ext4 and btrfs do in any case: the fdatasync behind it does
 * everywhere (a file without changes, too), so that what was written directly has left the device's cache. */

enum { EXT4_MAGIC = 0xEF53, XFS_MAGIC = 0x58465342 };
static const uint32_t BTRFS_MAGIC = 0x9123683E;

bool io_has_sync_fs(struct mr_io *io, struct mr_file f)
{
    (void)io;
    struct statfs fs;
    if (fstatfs(f.h, &fs) != 0)
        return false;
    uint32_t magic = (uint32_t)fs.f_type;
    return magic == EXT4_MAGIC || magic == XFS_MAGIC || magic == BTRFS_MAGIC;
}

void io_sync_fs(struct mr_io *io, struct mr_op *op, struct mr_file f)
{
    begin(io, op, KIND_SYNC_FS, f, NULL, 0, 0);
    int err = io_has_sync_fs(io, f) ? 0 : -EOPNOTSUPP;
    if (err == 0 && (syncfs(f.h) != 0 || fdatasync(f.h) != 0))
        err = -errno;
    uring_push_local(io, op, err);
}

/* ---- size ---- */

void io_allocate(struct mr_io *io, struct mr_op *op, struct mr_file f, uint64_t pos, uint64_t len,
                 bool keep_size)
{
    begin(io, op, KIND_ALLOCATE, f, NULL, len, pos);
    op->priv.c = keep_size ? FALLOC_FL_KEEP_SIZE : 0;
    uring_push(io, op);
}

static void allocate_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_fallocate(ring_sqe(io, op, TAG_MAIN), op->priv.h, (int)op->priv.c, (off_t)op->priv.b,
                            (off_t)op->priv.a);
}

static int64_t truncate_plain(struct mr_op *op)
{
    return ftruncate(op->priv.h, (off_t)op->priv.a) == 0 ? 0 : -errno;
}

void io_truncate(struct mr_io *io, struct mr_op *op, struct mr_file f, uint64_t size)
{
    begin(io, op, KIND_TRUNCATE, f, NULL, size, 0);
    if (io->has_ftruncate)
        uring_push(io, op);
    else
        uring_push_local(io, op, truncate_plain(op));
}

static void truncate_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_rw(URING_OP_FTRUNCATE, ring_sqe(io, op, TAG_MAIN), op->priv.h, NULL, 0, op->priv.a);
}

const struct uring_kind uring_file_kinds[KINDS] = {
    [KIND_CLOSE] = {.prep = close_prep, .cqe = plain_cqe, .plain = close_plain},
    [KIND_READ] = {.prep = read_prep, .cqe = read_cqe, .disk = true},
    [KIND_WRITE] = {.prep = write_prep, .cqe = write_cqe, .plain = write_plain, .disk = true},
    [KIND_WRITE_FLUSH] = {.prep = write_flush_prep, .cqe = write_flush_cqe, .disk = true, .is_flush = true},
    [KIND_FLUSH] = {.prep = flush_prep, .cqe = flush_cqe, .disk = true, .is_flush = true},
    [KIND_SYNC_FS] = {.cqe = plain_cqe, .disk = true, .is_flush = true},
    [KIND_ALLOCATE] = {.prep = allocate_prep, .cqe = plain_cqe, .disk = true},
    [KIND_TRUNCATE] = {.prep = truncate_prep, .cqe = plain_cqe, .plain = truncate_plain, .disk = true},
};
