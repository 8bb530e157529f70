/* storage/scrub_index.h - the index files of a log's closed segments, held against the batches that its
 * scrubber walks over (storage/scrub.h). What is wrong is logged, and made anew.
 *
 * .index and .timeindex: storage/index_check.h says what is wrong, storage/index_load.h makes them anew.
 * .txnindex: storage/verify_txns.h says so, as long as nothing of the log has been missed since its first
 * batch; and what it counted is what the file gets (storage/txn_put.h). Read directly, a window at a time. */
#ifndef MR_SCRUB_INDEX_H
#define MR_SCRUB_INDEX_H

#include "storage/index_check.h"
#include "storage/index_load.h"
#include "storage/verify_txns.h"

enum { SCRUB_TXNS = INDEX_KINDS, SCRUB_FILES };

struct scrub_index {
    /* in */
    struct plog *log;
    bool (*step)(struct scrub_index *x, uint64_t bytes); /* after each read: true: go on; false:
                                                            scrub_index_on() will be called */
    void (*ready)(struct scrub_index *x); /* what was asked for last is done; may run inside of the asking */
    /* out */
    uint32_t wrong, lost;  /* files that do not fit; that are missing or cannot be read */
    uint32_t replacements; /* of the log, when the segment's files were opened */
    bool paused;           /* waits for scrub_index_on() */
    /* private */
    uint32_t number, state;
    int64_t base;
    struct index_check check;
    struct verify_txns txns;
    bool txns_on;   /* the log has been walked over without a gap so far */
    bool txns_look; /* at this segment's, */
    bool txns_filed;
    int file; /* being opened, read or closed */
    struct mr_file files[SCRUB_FILES];
    int errs[SCRUB_FILES]; /* -ENODATA: not opened */
    struct mr_buf *buf;    /* a window for each of INDEX_KINDS */
    size_t whole, got;     /* of what is being read */
    uint64_t owes;         /* bytes that a making anew has read, and that the pace has not been told of */
    struct mr_scratch txn_file;
    struct mr_op op;
    struct index_want want;
};

/* Of an open log, which the caller keeps busy; its segments come one after the other, oldest first. */
void scrub_index_begin(struct scrub_index *x, struct plog *log);
void scrub_index_end(struct scrub_index *x); /* nothing is in flight */

/* Segment `number`: open what there is beside it. Then ready(). */
void scrub_index_open(struct scrub_index *x, uint32_t number);
/* False: ready() runs when the same batch can come again. */
bool scrub_index_batch(struct scrub_index *x, const struct kw_batch *b, uint64_t pos);
void scrub_index_hole(struct scrub_index *x); /* damage */
/* Behind the last batch; not `walked`: the segment was left before. Then ready(). */
void scrub_index_close(struct scrub_index *x, bool walked);
void scrub_index_on(struct scrub_index *x);

#endif
