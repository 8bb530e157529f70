/* core/io_uring_path.c - ops on paths, and the plain calls on directories and locks.
 *
 * The kernel reads a path when the SQE is submitted, so each op keeps a copy: p the (first) path, q the
 * second path or what else the op needs, both freed with its last completion. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/io_uring_priv.h"
#include "core/mem.h"

enum { FILE_MODE = 0644, DIR_MODE = 0755 };

/* A copy for the op; when there is no memory for it the op completes with that. */
static bool begin(struct mr_io *io, struct mr_op *op, enum uring_kind_id kind, const char *path)
{
    uring_begin(io, op, kind);
    op->priv.p = mem_text(path, strlen(path));
    if (op->priv.p != NULL)
        return true;
    uring_push_local(io, op, -ENOMEM);
    return false;
}

static void finish(struct mr_io *io, struct mr_op *op, int64_t result)
{
    mem_free(op->priv.p);
    mem_free(op->priv.q);
    op->priv.p = op->priv.q = NULL;
    uring_complete(io, op, result, false);
}

static void plain_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    finish(io, op, cqe.res);
}

/* ---- open; a: the flags of open(2) ---- */

void io_open(struct mr_io *io, struct mr_op *op, const char *path, unsigned flags)
{
    MR_ASSERT(flags & (IO_READ | IO_WRITE));
    if (!begin(io, op, KIND_OPEN, path))
        return;
    int how = O_CLOEXEC;
    if (flags & IO_WRITE)
        how |= flags & IO_READ ? O_RDWR : O_WRONLY;
    if (flags & IO_CREATE)
        how |= O_CREAT;
    if (flags & IO_EXCL)
        how |= O_EXCL;
    if (flags & IO_TRUNCATE)
        how |= O_TRUNC;
    if (flags & IO_DIRECT)
        how |= O_DIRECT;
    op->priv.a = (uint64_t)how;
    uring_push(io, op);
}

static void open_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_openat(ring_sqe(io, op, TAG_MAIN), AT_FDCWD, op->priv.p, (int)op->priv.a, FILE_MODE);
}

static int64_t open_plain(struct mr_op *op)
{
    int fd = openat(AT_FDCWD, op->priv.p, (int)op->priv.a, FILE_MODE);
    return fd >= 0 ? fd : -errno;
}

static void open_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    if (cqe.res == -EINVAL && (op->priv.a & O_DIRECT)) {
        /* No direct I/O here. The refused open may have made the file already, after it had looked that
         * nobody else had: so O_EXCL has done its duty. */
        op->priv.a &= ~(uint64_t)(O_DIRECT | O_EXCL);
        uring_push(io, op);
        return;
    }
    finish(io, op, cqe.res);
}

/* ---- rename, unlink, mkdir ---- */

void io_rename(struct mr_io *io, struct mr_op *op, const char *from, const char *to)
{
    if (!begin(io, op, KIND_RENAME, from))
        return;
    op->priv.q = mem_text(to, strlen(to));
    if (op->priv.q == NULL)
        uring_push_local(io, op, -ENOMEM);
    else
        uring_push(io, op);
}

static void rename_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_renameat(ring_sqe(io, op, TAG_MAIN), AT_FDCWD, op->priv.p, AT_FDCWD, op->priv.q, 0);
}

static int64_t rename_plain(struct mr_op *op)
{
    return renameat(AT_FDCWD, op->priv.p, AT_FDCWD, op->priv.q) == 0 ? 0 : -errno;
}

/* a: the flags of unlinkat(2) */
static void start_unlink(struct mr_io *io, struct mr_op *op, const char *path, int flags)
{
    if (!begin(io, op, KIND_UNLINK, path))
        return;
    op->priv.a = (uint64_t)flags;
    uring_push(io, op);
}

void io_unlink(struct mr_io *io, struct mr_op *op, const char *path)
{
    start_unlink(io, op, path, 0);
}

void io_rmdir(struct mr_io *io, struct mr_op *op, const char *path)
{
    start_unlink(io, op, path, AT_REMOVEDIR);
}

static void unlink_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_unlinkat(ring_sqe(io, op, TAG_MAIN), AT_FDCWD, op->priv.p, (int)op->priv.a);
}

static int64_t unlink_plain(struct mr_op *op)
{
    return unlinkat(AT_FDCWD, op->priv.p, (int)op->priv.a) == 0 ? 0 : -errno;
}

void io_mkdir(struct mr_io *io, struct mr_op *op, const char *path)
{
    if (begin(io, op, KIND_MKDIR, path))
        uring_push(io, op);
}

static void mkdir_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_mkdirat(ring_sqe(io, op, TAG_MAIN), AT_FDCWD, op->priv.p, DIR_MODE);
}

static int64_t mkdir_plain(struct mr_op *op)
{
    return mkdirat(AT_FDCWD, op->priv.p, DIR_MODE) == 0 ? 0 : -errno;
}

/* ---- sync_dir: OPEN -> FSYNC, then a plain close (of a directory it never waits); h: the directory ---- */

enum sync_dir_step { SYNC_DIR_OPEN, SYNC_DIR_FSYNC };

void io_sync_dir(struct mr_io *io, struct mr_op *op, const char *path)
{
    if (!begin(io, op, KIND_SYNC_DIR, path))
        return;
    op->priv.h = -1;
    op->priv.step = SYNC_DIR_OPEN;
    uring_push(io, op);
}

static void sync_dir_prep(struct mr_io *io, struct mr_op *op)
{
    struct io_uring_sqe *sqe = ring_sqe(io, op, TAG_MAIN);
    switch ((enum sync_dir_step)op->priv.step) {
    case SYNC_DIR_OPEN:
        io_uring_prep_openat(sqe, AT_FDCWD, op->priv.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
        return;
    case SYNC_DIR_FSYNC:
        io_uring_prep_fsync(sqe, op->priv.h, 0);
        return;
    }
}

static void sync_dir_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    if (op->priv.step == SYNC_DIR_OPEN && cqe.tag == TAG_MAIN && cqe.res >= 0) {
        op->priv.h = cqe.res;
        op->priv.step = SYNC_DIR_FSYNC;
        uring_push(io, op);
        return;
    }
    if (op->priv.step == SYNC_DIR_FSYNC)
        close(op->priv.h);
    finish(io, op, cqe.res);
}

/* ---- stat; q: struct statx, b: the caller's struct io_stat ---- */

/* What statx(2) tells since Linux 6.1 and Debian 12's libc has no fields for. The numbers are from
 * linux/stat.h. */
enum { MR_STATX_DIOALIGN = 0x2000, STATX_DIO_OFFSET_ALIGN_POS = 156 };
_Static_assert(sizeof(struct statx) >= STATX_DIO_OFFSET_ALIGN_POS + sizeof(uint32_t), "statx has the field");

void io_stat(struct mr_io *io, struct mr_op *op, const char *path, struct io_stat *ret)
{
    if (!begin(io, op, KIND_STAT, path))
        return;
    op->priv.b = (uint64_t)(uintptr_t)ret;
    op->priv.q = mem_zalloc(1, sizeof(struct statx));
    if (op->priv.q == NULL)
        uring_push_local(io, op, -ENOMEM);
    else
        uring_push(io, op);
}

static void stat_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_statx(ring_sqe(io, op, TAG_MAIN), AT_FDCWD, op->priv.p, 0,
                        STATX_TYPE | STATX_SIZE | STATX_MTIME | MR_STATX_DIOALIGN, op->priv.q);
}

static void stat_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    if (cqe.res == 0) {
        const struct statx *stx = op->priv.q;
        struct io_stat *ret = (struct io_stat *)(uintptr_t)op->priv.b;
        *ret = (struct io_stat){
            .bytes = stx->stx_size,
            .mtime_ms = stx->stx_mtime.tv_sec * 1000 + stx->stx_mtime.tv_nsec / 1000000,
            .is_dir = S_ISDIR(stx->stx_mode),
        };
        if (stx->stx_mask & MR_STATX_DIOALIGN)
            memcpy(&ret->direct_align, (const uint8_t *)stx + STATX_DIO_OFFSET_ALIGN_POS, sizeof(uint32_t));
    }
    finish(io, op, cqe.res);
}

const struct uring_kind uring_path_kinds[KINDS] = {
    [KIND_OPEN] = {.prep = open_prep, .cqe = open_cqe, .plain = open_plain, .disk = true},
    [KIND_RENAME] = {.prep = rename_prep, .cqe = plain_cqe, .plain = rename_plain, .disk = true},
    [KIND_UNLINK] = {.prep = unlink_prep, .cqe = plain_cqe, .plain = unlink_plain, .disk = true},
    [KIND_MKDIR] = {.prep = mkdir_prep, .cqe = plain_cqe, .plain = mkdir_plain, .disk = true},
    [KIND_SYNC_DIR] = {.prep = sync_dir_prep, .cqe = sync_dir_cqe, .disk = true, .is_flush = true},
    [KIND_STAT] = {.prep = stat_prep, .cqe = stat_cqe, .disk = true},
};

/* ---- plain calls ---- */

struct dir_entry {
    char *name;
    bool is_dir;
};

struct dir_list {
    struct dir_entry *items;
    size_t count, cap;
};

static int entry_compare(const void *a, const void *b)
{
    return strcmp(((const struct dir_entry *)a)->name, ((const struct dir_entry *)b)->name);
}

static int dir_list_add(struct dir_list *list, DIR *dir, const struct dirent *d)
{
    bool is_dir = d->d_type == DT_DIR;
    if (d->d_type == DT_UNKNOWN || d->d_type == DT_LNK) {
        struct stat st;
        is_dir = fstatat(dirfd(dir), d->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode);
    }
    if (list->count == list->cap) {
        size_t cap = list->cap == 0 ? 64 : list->cap * 2;
        struct dir_entry *items = mem_realloc(list->items, cap * sizeof(*items));
        if (items == NULL)
            return -ENOMEM;
        list->items = items;
        list->cap = cap;
    }
    char *name = mem_text(d->d_name, strlen(d->d_name));
    if (name == NULL)
        return -ENOMEM;
    list->items[list->count++] = (struct dir_entry){name, is_dir};
    return 0;
}

static int dir_list_read(struct dir_list *list, const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL)
        return -errno;
    int err = 0;
    while (err == 0) {
        errno = 0;
        const struct dirent *d = readdir(dir);
        if (d == NULL) {
            err = -errno;
            break;
        }
        if (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0)
            err = dir_list_add(list, dir, d);
    }
    closedir(dir);
    return err;
}

int io_list(struct mr_io *io, const char *path, int (*each)(void *ctx, const char *name, bool is_dir),
            void *ctx)
{
    (void)io;
    struct dir_list list = {0};
    int err = dir_list_read(&list, path);
    if (err == 0 && list.count > 0)
        qsort(list.items, list.count, sizeof(*list.items), entry_compare);
    for (size_t i = 0; err == 0 && i < list.count; i++)
        err = each(ctx, list.items[i].name, list.items[i].is_dir);
    for (size_t i = 0; i < list.count; i++)
        mem_free(list.items[i].name);
    mem_free(list.items);
    return err;
}

int io_space(struct mr_io *io, const char *path, uint64_t *ret_total_bytes, uint64_t *ret_free_bytes)
{
    (void)io;
    struct statvfs vfs;
    if (statvfs(path, &vfs) != 0)
        return -errno;
    *ret_total_bytes = (uint64_t)vfs.f_blocks * vfs.f_frsize;
    *ret_free_bytes = (uint64_t)vfs.f_bavail * vfs.f_frsize; /* what is not reserved for root */
    return 0;
}

/* Java locks [0, 2^63-1) with F_SETLK. We lock the same range by the open file description (F_OFD_SETLK):
 * each conflicts with the other, but ours does not vanish when some other descriptor of the file is closed,
 * and it also keeps out a second broker in this process. Source: fcntl(2). */
int io_lock_file(struct mr_io *io, const char *path, struct mr_file *ret)
{
    (void)io;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
    if (fd < 0)
        return -errno;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = INT64_MAX};
    if (fcntl(fd, F_OFD_SETLK, &lock) != 0) {
        int err = errno == EACCES ? -EAGAIN : -errno;
        close(fd);
        return err;
    }
    *ret = (struct mr_file){fd};
    return 0;
}

void io_unlock_file(struct mr_io *io, struct mr_file f)
{
    (void)io;
    close(f.h); /* frees the lock; the file stays, as Java leaves it */
}
