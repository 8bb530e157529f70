/* tuning/disk_cells.h - durable writes at one size, queue depth and primitive, measured for a stated time.
 *
 * Closed loop: depth writers, each with one op in flight, over blocks that were written before. */
#ifndef MR_DISK_CELLS_H
#define MR_DISK_CELLS_H

#include "core/io.h"

enum disk_primitive { DISK_LINKED, DISK_DSYNC, DISK_UNFLUSHED };

const char *disk_primitive_name(enum disk_primitive p);

struct disk_cell {
    enum disk_primitive primitive;
    uint32_t bytes; /* of one write: a multiple of the unit, at most DISK_BYTES_MAX */
    uint32_t depth; /* at most DISK_DEPTH_MAX */
    /* the results */
    uint64_t ops;
    uint64_t took_ns;
    uint64_t p50_ns, p99_ns, max_ns;
};

enum { DISK_BYTES_MAX = 1 << 20, DISK_DEPTH_MAX = 16 };

/* The file that is written to: DISK_BYTES_MAX * DISK_DEPTH_MAX bytes, all written once. */
struct disk_file {
    struct mr_io *io;
    struct mr_file file;
    uint8_t *mem; /* what is written: as large as the file */
    char *path;
};

/* -errno of the first step that failed; then nothing is left behind. */
int disk_file_make(struct disk_file *f, struct mr_io *io, const char *dir);
void disk_file_drop(struct disk_file *f);

/* -errno when a write failed. */
int disk_cell_run(struct disk_file *f, struct disk_cell *cell, uint64_t for_ns);

/* Write the file from end to end, 1 MiB at a time, 4 in flight, one flush at the end, again and again for at
 * least for_ns. */
int disk_bulk_run(struct disk_file *f, uint64_t for_ns, double *ret_mb_per_s);

#endif
