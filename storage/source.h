/* storage/source.h - a file read through a window of bounded size, for whoever looks at files from outside:
 * dump, verify, salvage. Calls wait (io_wait()). */
#ifndef MR_SOURCE_H
#define MR_SOURCE_H

#include "core/io.h"
#include "core/scratch.h"

enum {
    SOURCE_BYTES = 1 << 20, /* of the window: the most that source_get() gives at once */
    SOURCE_UNIT = 4096,     /* what a disk that cannot read one byte cannot read around it */
};

struct source {
    struct mr_io *io;
    struct mr_file file;
    uint64_t size; /* when it was opened, or less: it was cut since */
    uint8_t *buf;  /* holds bytes [at, at + got) */
    uint64_t at;
    size_t got;
    uint64_t over_at; /* source_overlay() */
    struct mr_slice over;
};

int source_open(struct source *s, struct mr_io *io, const char *path); /* also -EISDIR */
int source_open_none(struct source *s, struct mr_io *io); /* no file, no bytes: for source_overlay() */
void source_close(struct source *s);                      /* opened or all zero */
/* len <= SOURCE_BYTES bytes at pos, until the next call. 0; -ENODATA: the file ends before; -EIO, ... */
int source_get(struct source *s, uint64_t pos, size_t len, const uint8_t **ret);
int source_copy(struct source *s, uint64_t pos, uint64_t len, struct mr_scratch *out); /* appends */
int source_crc(struct source *s, uint64_t pos, uint64_t len, uint32_t *crc);           /* goes on with *crc */
/* Is all of [pos, end) zero? False also when it cannot be read. */
bool source_is_zero(struct source *s, uint64_t pos, uint64_t end);
/* Where the last SEGMENT_UNIT ends that is not all zero, or cannot be read: behind it are blocks ahead. */
uint64_t source_written(struct source *s);

/* Bytes that stand elsewhere take the place of the file's from pos on (a log's last bytes in a checkpoint
 * record), whether it has any there or not. Borrowed. */
void source_overlay(struct source *s, uint64_t pos, struct mr_slice bytes);

#endif
