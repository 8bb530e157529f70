/* storage/segment.h - one .log file of a partition and what is known of it.
 *
 * Covers offsets [base, next segment's base). Bytes [0, mat_pos) are in the file, written once in whole units
 * of SEGMENT_UNIT; [mat_pos, size) are in memory (the log's fragment and tail) and in the journal. Only the
 * last segment grows. A finished segment has mat_pos == size and a file of exactly that size. Bytes are
 * Kafka's (semantics.md 6). */
#ifndef MR_SEGMENT_H
#define MR_SEGMENT_H

#include "core/io.h"
#include "storage/index.h"
#include "storage/txn_index.h"

struct segment_closer;

struct segment {
    int64_t base;
    uint64_t size;
    uint64_t mat_pos;
    uint64_t ahead;        /* the file has blocks, and zeros behind mat_pos, up to here; 0: not known to */
    int64_t first_ts;      /* of the first batch, for rolling by age; -1: none */
    int64_t max_ts;        /* of [0, scanned); -1: none */
    int64_t max_ts_offset; /* of the last record of the batch that has it, as Kafka's time index */
    bool rolled;           /* a later segment exists */
    bool finished;
    bool times_known; /* max_ts is that of the whole segment although scanned < size */
    bool dirty;       /* written since the last flush was submitted; its file stays open while it is */
    bool opening;
    bool index_filed;    /* .index and .timeindex on disk are complete */
    bool txns_filed;     /* .txnindex on disk is complete, and not empty; else txns is all there is */
    bool txns_loaded;    /* txns holds what there is; always so unless it is filed */
    uint64_t scanned;    /* index and times reflect bytes [0, scanned): of a new segment all, of others what
                            reads have    walked so far */
    uint32_t pins;       /* operations that use the file, and reads that are at it */
    uint32_t cold_id;    /* of its blocks in memory (storage/cold.h); 0: it has none */
    struct mr_file file; /* MR_NO_FILE when not open */
    struct segment_closer *closer; /* storage/files.c */
    struct mr_list lru;            /* in store->files while open */
    struct mr_list txn_lru;        /* in store->txn_cached: filed, and loaded all the same */
    struct seg_index index;
    struct txn_index txns; /* storage/aborted.c */
    uint32_t cleaned;      /* its files still have the names that cleaning number gave them; 0: their own */
};

enum { SEGMENT_PATH_MAX = 1400 };

/* Does the index reflect the whole segment? And the timestamps? */
static inline bool segment_indexed(const struct segment *seg)
{
    return seg->scanned == seg->size;
}
static inline bool segment_timed(const struct segment *seg)
{
    return seg->times_known || segment_indexed(seg);
}

/* Take a batch at pos into index and times; nothing happens unless pos is where the scan stands. */
void segment_scan(struct segment *seg, uint32_t interval_bytes, uint64_t pos, uint32_t bytes,
                  int64_t last_offset, int64_t max_ts);

struct segment *segment_new(int64_t base);
void segment_free(struct segment *seg); /* its file is closed, no pins */

/* dir/00000000000000000042.suffix into dst[SEGMENT_PATH_MAX]. */
void segment_path(char *dst, const char *dir, int64_t base, const char *suffix);
/* The same for the file that seg has now: 00000000000000000042.suffix.NUMBER.cleaned until its swap is over
 * (storage/compact_swap.h). */
void segment_file(char *dst, const char *dir, const struct segment *seg, const char *suffix);
/* The base offset in a file name with this suffix (".log"), or -1. */
int64_t segment_base_of(const char *name, const char *suffix);

#endif
