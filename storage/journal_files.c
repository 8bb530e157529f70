/* Making, opening and closing the files of a journal. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/journal_priv.h"

static int64_t wait_open(struct mr_io *io, const char *path, unsigned flags)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_open(io, &op, path, flags);
    return io_wait(io, &op);
}

static int wait_close(struct mr_io *io, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_close(io, &op, f);
    return (int)io_wait(io, &op);
}

static int wait_flush(struct mr_io *io, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_flush(io, &op, f);
    return (int)io_wait(io, &op);
}

/* Blocks for the whole file, and its size. */
static int reserve(struct journal *j, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_allocate(j->io, &op, f, 0, j->cfg.file_bytes, false);
    int err = (int)io_wait(j->io, &op);
    if (err == -EOPNOTSUPP) {
        op_init(&op, NULL);
        io_truncate(j->io, &op, f, j->cfg.file_bytes);
        err = (int)io_wait(j->io, &op);
    }
    return err != 0 ? err : wait_flush(j->io, f);
}

/* A start that was killed may have made the file as long as it is, and not have come to flushing that. */
static int open_file(struct journal *j, uint32_t n, bool *ret_fresh)
{
    char path[JOURNAL_PATH_MAX + 64];
    snprintf(path, sizeof(path), "%s/millrace-journal-%u-%u", j->dir, j->cfg.shard->id, n);
    struct mr_op op;
    struct io_stat st = {0};
    op_init(&op, NULL);
    io_stat(j->io, &op, path, &st);
    int64_t r = io_wait(j->io, &op);
    if (r < 0 && r != -ENOENT)
        return (int)r;
    if (r == 0 && j->cfg.anew && st.bytes > 0) {
        r = wait_open(j->io, path, IO_WRITE | IO_TRUNCATE);
        if (r >= 0)
            r = wait_close(j->io, (struct mr_file){(int32_t)r});
        if (r < 0)
            return (int)r;
        st.bytes = 0;
    }
    *ret_fresh = r == -ENOENT || st.bytes < j->cfg.file_bytes;
    r = wait_open(j->io, path, IO_READ | IO_WRITE | IO_CREATE | IO_DIRECT);
    if (r < 0)
        return (int)r;
    j->files[n] = (struct mr_file){(int32_t)r};
    j->files_open = n + 1;
    return *ret_fresh ? reserve(j, j->files[n]) : j->cfg.unsure ? wait_flush(j->io, j->files[n]) : 0;
}

int journal_open_files(struct journal *j)
{
    bool any_fresh = false, kept_fresh = false;
    for (uint32_t n = 0; n < j->cfg.files; n++) {
        bool fresh = false;
        int err = open_file(j, n, &fresh);
        if (err != 0)
            return err;
        any_fresh |= fresh;
    }
    int err = journal_kept_open(j, &kept_fresh);
    if (err != 0 || (!any_fresh && !kept_fresh && !j->cfg.unsure))
        return err;
    j->zero_needed = any_fresh;
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_dir(j->io, &op, j->dir);
    return (int)io_wait(j->io, &op);
}

void journal_close_files(struct journal *j)
{
    for (uint32_t n = 0; n < j->files_open; n++)
        (void)wait_close(j->io, j->files[n]); /* every byte that counts was flushed before */
    j->files_open = 0;
    journal_kept_close(j);
}

struct mr_file journal_file(const struct journal *j, uint64_t logical)
{
    return j->files[logical % j->cfg.files];
}

int journal_files_check(struct mr_io *io, const char *dir, uint32_t shard, uint32_t files,
                        uint64_t file_bytes, char *why, size_t why_bytes)
{
    for (uint32_t n = 0; n < files; n++) {
        char path[JOURNAL_PATH_MAX + 64];
        struct mr_op op;
        struct io_stat st = {0};
        snprintf(path, sizeof(path), "%s/millrace-journal-%u-%u", dir, shard, n);
        op_init(&op, NULL);
        io_stat(io, &op, path, &st);
        int64_t r = io_wait(io, &op);
        if (r == 0 && st.bytes >= file_bytes)
            continue;
        if (r < 0 && r != -ENOENT)
            return (int)r;
        if (r < 0)
            snprintf(why, why_bytes, "%s: the file is missing", path);
        else
            snprintf(why, why_bytes, "%s: bytes %llu to %llu: the file ends before: it was longer", path,
                     (unsigned long long)st.bytes, (unsigned long long)file_bytes);
        return -MR_E_CORRUPT;
    }
    return 0;
}
