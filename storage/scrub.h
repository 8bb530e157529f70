/* storage/scrub.h - reading all that the files of one open log hold, at a caller's pace, and noting what is
 * damaged; index files of closed segments are held against these, and made anew when they are wrong. */
#ifndef MR_STORAGE_SCRUB_H
#define MR_STORAGE_SCRUB_H

#include "storage/plog.h"
#include "storage/scrub_index.h"
#include "storage/seg_walk.h"

struct plog_scrub {
    /* in */
    struct plog *log;
    uint32_t read_bytes; /* at a time, a multiple of SEGMENT_UNIT */
    /* After each read: true: go on; false: plog_scrub_on() will be called. */
    bool (*step)(struct plog_scrub *s, uint64_t bytes);
    void (*done)(struct plog_scrub *s); /* runs later */
    /* out, growing */
    uint64_t batches, bytes;
    uint32_t damages; /* ranges that are damaged, and files that cannot be read: each has been logged */
    uint32_t indexes, indexes_lost; /* files beside segments that were wrong; missing, or not to be read */
    /* private */
    struct seg_walk walk;
    struct scrub_index index;
    int phase;
    int64_t from, begun; /* bases below it have been read; that of the one before */
    bool stop;
};

void plog_scrub(struct plog_scrub *s);
void plog_scrub_on(struct plog_scrub *s);
void plog_scrub_stop(struct plog_scrub *s); /* done runs soon, and step no more; not between step and on */

#endif
