/* storage/file_put.h - small whole files: written or read in one go. */
#ifndef MR_FILE_PUT_H
#define MR_FILE_PUT_H

#include "core/io.h"

/* Create or replace the file at path with len bytes: OPEN -> WRITE (again while short) -> FLUSH if asked ->
 * CLOSE. The bytes are borrowed until done. The entry is durable only after io_sync_dir(). */
struct file_put {
    struct mr_op op;
    struct mr_io *io;
    int step;
    int err; /* out: 0 or -errno */
    bool flush;
    struct mr_file file;
    const void *bytes;
    size_t len, written;
    size_t cut; /* SIZE_MAX, or: the file is written over, and has so many bytes in the end */
    void (*done)(struct file_put *p);
};
void file_put_start(struct file_put *p, struct mr_io *io, const char *path, const void *bytes, size_t len,
                    bool flush, void (*done)(struct file_put *p));

/* The same without flush, over what is there: bytes has room for whole units of FILE_PUT_UNIT, zeros behind
 * len; all of them are written, and the file is cut to len. So it stays in its blocks, nothing of them needs
 * to be read, and the kernel does not begin to write at the close (as ext4 does for a file that was emptied
 * first): what is many small files for us are few large writes for the device. */
enum { FILE_PUT_UNIT = 4096 };
void file_put_over_start(struct file_put *p, struct mr_io *io, const char *path, const void *bytes,
                         size_t len, void (*done)(struct file_put *p));

/* Read a whole file of at most bytes_max: OPEN -> READ until the end -> CLOSE. done() then owns bytes
 * (mem_free; NULL after an error; NUL added). err: -ENOENT, -EFBIG, -EIO, -ENOMEM. */
struct file_get {
    struct mr_op op;
    struct mr_io *io;
    int step;
    int err;
    struct mr_file file;
    uint8_t *bytes;
    size_t len, cap, bytes_max;
    void (*done)(struct file_get *g);
};
void file_get_start(struct file_get *g, struct mr_io *io, const char *path, size_t bytes_max,
                    void (*done)(struct file_get *g));

/* The same with io_wait(); start-up and shutdown only. */
int file_put_wait(struct mr_io *io, const char *path, const void *bytes, size_t len, bool flush);
/* Written beside as path.tmp, flushed, renamed, and the directory flushed: readers see the old or the new,
 * now and after a power failure. -ENOSPC: the old, and path.tmp is gone. */
int file_replace_wait(struct mr_io *io, const char *dir, const char *name, const void *bytes, size_t len);
/* Read a file of at most bytes_max; *ret from mem_alloc, NUL added. -ENOENT, -EFBIG, -EIO, -ENOMEM. */
int file_get_wait(struct mr_io *io, const char *path, size_t bytes_max, uint8_t **ret, size_t *ret_len);

#endif
