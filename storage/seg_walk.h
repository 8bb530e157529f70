/* storage/seg_walk.h - the batches of one segment of a log, in its file, in steps that yield; what is damaged
 * between them is told, and stepped over. The asynchronous brother of storage/walk.h, for a store at work.
 *
 * Of the last segment only what its file holds is looked at; the file of a segment may be shorter than it
 * should be. */
#ifndef MR_SEG_WALK_H
#define MR_SEG_WALK_H

#include "net/wire/batch.h"
#include "storage/store_priv.h"

/* Bytes [from_pos, to_pos) of a segment hold no sound batch; offsets [from, to) are not there. */
struct damage {
    uint32_t seg; /* the segment's number */
    uint64_t from_pos, to_pos;
    int64_t from, to;
};

enum { SEG_WALK_WAIT = INT32_MAX };

struct seg_walk {
    /* in */
    struct plog *log;
    uint32_t seg; /* number */
    uint64_t pos; /* of a batch, or 0 */
    int64_t next; /* offsets before it are not expected at pos; the segment's base at 0 */
    int64_t
        known_end; /* where the log ended, as far as others say: behind a gap no batch reaches beyond; 0 */
    uint32_t read_bytes; /* at a time, a multiple of SEGMENT_UNIT; larger when a batch is; 0: 1 MiB */
    int (*batch)(struct seg_walk *w, const struct kw_batch *b,
                 uint64_t pos); /* SEG_WALK_WAIT: it comes again after seg_walk_on(); else non-zero ends the
                                   walk with it */
    int (*damaged)(struct seg_walk *w, const struct damage *d); /* the same */
    /* After each read: true to go on at once; false: seg_walk_on() will be called. NULL: go on. */
    bool (*step)(struct seg_walk *w, uint64_t bytes);
    void (*done)(struct seg_walk *w); /* runs later, never inside seg_walk_begin() */
    bool stop;                        /* may be set at any time: ends it with -ECANCELED */
    /* out: where the last sound batch ended (pos), the offset behind it (next), */
    int err; /* 0, what a callback said, -EAGAIN (compaction has changed the log's segments), -ENOENT (the
                file is missing, or the log removed), -EIO, -ENOMEM */
    uint64_t file_end; /* as far as the file goes */
    /* private */
    struct mr_work work;
    uint32_t replacements; /* of the log: seg counts as long as there are no more */
    struct file_use use;
    bool pinned;
    struct mr_op op;
    struct mr_buf *buf;
    uint64_t at, got; /* the buffer holds [at, at + got) */
    uint64_t whole;   /* bytes of it that are read already, while the rest is */
    uint64_t want;    /* have at least so many bytes from pos on */
    uint64_t end;     /* of what is looked at: of what the file holds */
    /* The segment as it was at the beginning: what comes later, of one that grows, is not looked at. */
    bool grows;
    uint64_t should; /* the file should hold so much */
    int64_t limit;   /* offsets are below it */
    int64_t to;      /* and, but for those that stood in memory, below this one */
    bool lost;       /* pos stands at damage, and it goes on at: */
    uint64_t seek;   /* where the next sound batch is looked for */
    bool have;       /* a candidate was found: */
    uint64_t cand, run_end;
    int64_t cand_base, run_next;
};

void seg_walk_begin(struct seg_walk *w); /* the log stays, and its segment, until done */
void seg_walk_on(struct seg_walk *w);

#endif
