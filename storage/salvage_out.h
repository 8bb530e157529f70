/* storage/salvage_out.h - a log of a new, closed directory, written batch by batch with everything that
 * stands beside it: indexes, aborted transactions, epochs, the producers at its end. Waits (io_wait()). */
#ifndef MR_SALVAGE_OUT_H
#define MR_SALVAGE_OUT_H

#include "core/scratch.h"
#include "net/wire/batch.h"
#include "storage/producer_state.h"
#include "storage/salvage_order.h"
#include "storage/segment.h"

struct salvage_out {
    struct mr_io *io;
    char dir[SEGMENT_PATH_MAX];
    struct segment *seg; /* being written; NULL: none yet */
    struct mr_file file;
    struct mr_scratch rest; /* of it, not written yet */
    uint64_t written;
    struct salvage_order order; /* its epochs; after out_end() as they are in the files */
    struct producer_state producers;
    int64_t next; /* offset behind the last batch */
    uint32_t ended;
};

/* Make the directory. id zero: no partition.metadata. After an error too: out_done(). */
int out_begin(struct salvage_out *o, struct mr_io *io, const char *root, const char *name,
              const struct mr_uuid *id);
/* What is written next begins a segment. */
int out_roll(struct salvage_out *o, int64_t base);
bool out_full(const struct salvage_out *o, const struct kw_batch *b); /* must it, for this batch? */
int out_batch(struct salvage_out *o, const struct kw_batch *b);       /* 0, -ENOSPC, -EIO, -ENOMEM */
/* The log ends at offset end: an empty segment says so when its batches do not. Leader epochs that go down
 * are put in order, in the files, too. */
int out_end(struct salvage_out *o, int64_t end);
void out_done(struct salvage_out *o);

#endif
