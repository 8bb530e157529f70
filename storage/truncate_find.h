/* storage/truncate_find.h - where a log is cut that is to end before an offset (storage/truncate.c): at the
 * first batch that reaches it, found from an index entry on, or from the beginning of the log when producers
 * and transactions have to be counted on the way. */
#ifndef MR_TRUNCATE_FIND_H
#define MR_TRUNCATE_FIND_H

#include "storage/cut.h"
#include "storage/seg_walk.h"

struct cut_find {
    /* in */
    struct plog *log; /* nobody changes it meanwhile, but for segments below the start, which may go */
    int64_t to;       /* log_start <= to < append_end */
    bool counting;    /* producers, and transactions of the segment that is cut */
    void (*done)(struct cut_find *f); /* may run inside cut_find_begin() */
    /* out */
    int err;        /* 0, -EIO (the files are missing, too), -ENOMEM, -MR_E_CORRUPT, as seg_walk.h */
    uint32_t last;  /* number of the segment that is cut */
    struct cut cut; /* all but keep, and txns unless counting */
    /* private */
    bool found, at_end;
    uint64_t from; /* where the walk of the last segment began */
    struct seg_walk walk;
    struct file_use use;
    struct mr_op op;
    struct mr_buf *buf; /* bytes [at, at + got) of the segment, want of them are needed from the file */
    uint64_t at, got, want;
};

void cut_find_begin(struct cut_find *f);
void cut_find_forget(struct cut_find *f); /* what was found, and its memory */

#endif
