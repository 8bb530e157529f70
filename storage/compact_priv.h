/* storage/compact_priv.h - a pass of compaction, shared by compact.c (its states, what it writes) and
 * compact_read.c (what it reads, and the map of keys). */
#ifndef MR_COMPACT_PRIV_H
#define MR_COMPACT_PRIV_H

#include "storage/compact.h"
#include "storage/compact_filter.h"
#include "storage/plog_priv.h"

enum { CLEAN_PIECE_BYTES = 32 << 10 }; /* a turn's: about 100 us */

/* SWEEP (files of passes before the last start go) ->
 * SCAN -> SCAN_TXNS -> LEARN (again until the segment is learnt) -> SCAN the next one ->
 * GROUP -> GROUP_TXNS -> OPEN -> COPY (again; WRITE when the buffer is full) -> REST -> CUT -> FLUSH ->
 * TXNS -> OFFSETS -> TIMES -> DIR -> COMMIT -> STABLE -> GROUP the next ones -> over.
 * A group that did not change, or failed: UNDO (its files go) -> GROUP, or over. */
enum clean_state {
    CLEAN_SWEEP,
    CLEAN_SCAN,
    CLEAN_SCAN_TXNS,
    CLEAN_LEARN,
    CLEAN_GROUP,
    CLEAN_GROUP_TXNS,
    CLEAN_OPEN,
    CLEAN_COPY,
    CLEAN_WRITE,
    CLEAN_REST,
    CLEAN_CUT,
    CLEAN_FLUSH,
    CLEAN_TXNS,
    CLEAN_OFFSETS,
    CLEAN_TIMES,
    CLEAN_DIR,
    CLEAN_COMMIT,
    CLEAN_STABLE,
    CLEAN_UNDO,
    CLEAN_OVER,
};

struct clean_task {
    struct plog_clean *c;
    struct plog *log;
    struct store *store;
    enum clean_state state;
    struct mr_work work;
    struct mr_timer pause;
    struct mr_op op;
    struct compact_filter filter;
    uint64_t began_ns;
    int err; /* the pass ends with it */

    /* Reading: of [at, end), a segment or a group. */
    int64_t at, end;
    struct plog_read read;
    struct plog_aborted aborted;
    bool skipped; /* what a log start made needless that a crash may take back */
    bool reading; /* an answer is being walked */
    uint32_t part;
    struct mr_slice rest; /* of it */

    /* The group that is being written. */
    int64_t next_base; /* where the next one begins, at least */
    int64_t first_base;
    uint32_t count;
    bool changed;
    struct segment *fresh;
    struct file_use file;
    bool file_used;
    struct mr_scratch out; /* what stays of a piece */
    size_t out_at;
    struct mr_buf *buf;
    uint32_t buffered, written; /* of buf: filled, in the file */
    uint64_t file_pos;
    struct file_put put;
    uint8_t *put_bytes;
    struct jwait wait;
    uint32_t undo; /* suffix */
    char **strays;
    uint32_t stray_count, stray_at;
};

/* ---- of compact.c ---- */

void clean_wake(struct clean_task *t); /* its step runs in the next turn */
void clean_move(struct clean_task *t, enum clean_state state);
void clean_op_done(struct mr_op *op);
void clean_fail(struct clean_task *t, int err); /* the group is given up, and with it the pass */
void clean_drop_read(struct clean_task *t);

/* ---- of compact_read.c ---- */

void clean_sweep(struct clean_task *t);
/* Ask for what comes next of [at, end). */
void clean_read_more(struct clean_task *t);
/* 1: there is an answer to walk; 0: all of [at, end) has been; -1: not yet, or failed. */
int clean_walk_begin(struct clean_task *t);
/* The next batch of the answer. False: that was the last one: clean_walk_end(). */
bool clean_walk_next(struct clean_task *t, struct kw_batch *ret);
void clean_walk_end(struct clean_task *t);
/* Which transactions of [at, end) were aborted; in that state clean_take_aborted() says true once they are
 * known. */
void clean_ask_aborted(struct clean_task *t, enum clean_state state);
bool clean_take_aborted(struct clean_task *t);
/* Faster than allowed: the step runs again in a little while. */
bool clean_paused(struct clean_task *t);
void clean_pause_over(struct mr_timer *timer);
void clean_scan_next(struct clean_task *t);
void clean_learn(struct clean_task *t);

#endif
