/* storage/rebuild.h - what stands beside the batches of a log, made anew out of them when its own file is
 * damaged or missing: leader epochs, producers, the aborted transactions of a segment. Reads every batch from
 * the log's first on. */
#ifndef MR_REBUILD_H
#define MR_REBUILD_H

#include "storage/producer_state.h"
#include "storage/seg_walk.h"

struct rebuild {
    /* in */
    struct plog *log;
    uint32_t last;  /* number of the last segment to read */
    bool epochs;    /* into log->epochs, which is emptied first */
    bool producers; /* into log->producers, the same */
    bool txns;      /* of segment `last`, into its txns, the same */
    void (*done)(struct rebuild *r);
    void *ctx; /* the caller's */
    /* out */
    int err; /* 0, -ENOMEM, -EIO, -ENOENT (removed), -ECANCELED */
    /* private */
    struct seg_walk walk;
    struct producer_state own;
    uint32_t ended;
};

void rebuild_begin(struct rebuild *r); /* done runs later */

#endif
