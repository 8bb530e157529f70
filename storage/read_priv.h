/* storage/read_priv.h - a read from files that is under way, shared by read.c and cold_read.c. */
#ifndef MR_READ_PRIV_H
#define MR_READ_PRIV_H

#include "storage/cold.h"
#include "storage/damage.h"
#include "storage/plog_priv.h"

enum { COLD_BYTES_STEP = 1 << 20 }; /* an answer has no more, unless its first batch is larger */

struct cold_read {
    struct plog *log;
    struct plog_read *r;
    struct segment *seg; /* pinned */
    uint32_t seg_number;
    uint32_t replacements; /* seg_number is as of then */
    int64_t seg_end;       /* where the segment behind it began then; INT64_MAX: there was none */
    uint64_t from;         /* position in the segment from which on it looks: a multiple of SEGMENT_UNIT, */
    uint64_t skip;         /* and the bytes from there to the first batch to look at */
    bool shared;           /* from blocks (cold_read.c); else for itself (read.c) */

    /* From blocks. */
    struct cold_wait wait;
    uint64_t need;   /* bytes from the first batch on that must be at hand; 0: not known yet */
    uint32_t rounds; /* without getting on */
    bool certain;    /* a batch before the wanted one was seen: no index has led past it */

    /* For itself. */
    struct cold_turn turn;
    struct file_use file;
    bool pinned; /* file is in use */
    bool small;  /* a large piece could not be read: no more than is needed from now on */
    struct mr_op op;
    struct mr_buf *buf;
    uint64_t want; /* bytes to have */
    uint64_t max;  /* of the answer */
    uint64_t end;  /* where the file's bytes ended when the read was submitted */
    uint64_t got;
    uint32_t tries;
    uint64_t looked_from, bad; /* where it began to walk this segment, and came upon what does not fit */
    bool again;                /* it has begun anew since */
    struct damage_look look;
};

/* Does a batch lie in its segment, and below the one behind it (header; NULL: not at hand)? Offsets stand
 * outside the checksum. */
bool cold_batch_fits(const struct cold_read *c, const struct kw_batch_header *h,
                     const struct kw_batch_header *after);

/* Look for r->offset in segment seg_number of the log, from its index's nearest entry on. */
void cold_read_segment(struct cold_read *c);
/* Behind the last batch of its segment: on with the next one. False: that was the last one. */
bool cold_read_next(struct cold_read *c);
void cold_read_go(struct cold_read *c);              /* for itself */
void cold_read_finish(struct cold_read *c, int err); /* c is gone */

/* From blocks; goes on for itself when that is not possible: what is wanted lies partly in memory, there is
 * no room for blocks, or something in them does not fit. */
void cold_read_shared(struct cold_read *c);

#endif
