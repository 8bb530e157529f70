/* storage/segment.h - one .log file of a partition and what is known of it.
 *
 * Covers offsets [base, next segment's base). Bytes [0, mat_pos) are in the file, written once in whole units
 * of SEGMENT_UNIT; [mat_pos, size) are in memory (the log's fragment and tail) and in the journal. Only the
 * last segment grows. A finished segment has mat_pos == size and a file of exactly that size. Bytes are
 * Kafka's. */
#ifndef MR_SEGMENT_H
#define MR_SEGMENT_H

#include "core/io.h"
#include "storage/index.h"
#include "storage/txn_index.h"

struct segment_closer;
struct index_task;
struct segment;

/* What only a segment needs that grows, that is in use, or of which something is kept in memory. */
struct segment_live {
    struct segment *seg;
    uint64_t ahead;      /* the file has blocks, and zeros behind mat_pos, up to here; 0: not known to */
    struct mr_file file; /* MR_NO_FILE when not open */
    struct segment_closer *closer; /* storage/files.c */
    struct mr_list lru;            /* in store->files while open */
    struct mr_list txn_lru;        /* in store->txn_cached: filed, and loaded all the same */
    struct txn_index txns;         /* storage/aborted.c */
    struct seg_index index;
    struct index_task *task; /* storage/index_load.h: it is being loaded or built */
};

/* 56 bytes: a broker may have 100,000 of them, nearly all closed. */
struct segment {
    int64_t base;
    int64_t first_ts; /* of the first batch, for rolling by age; -1: none */
    int64_t max_ts;   /* of all of it when times_known, else of what was seen of it; -1: none */
    struct segment_live *live;
    uint32_t size; /* at most INT32_MAX, as Kafka's */
    uint32_t mat_pos;
    uint32_t max_ts_delta; /* base + it: the last offset of the batch with max_ts, as in Kafka's time index;
                              UINT32_MAX: none */
    uint32_t cold_id;      /* of its blocks in memory (storage/cold.h); 0: it has none */
    uint32_t pins : 20;    /* operations that use the file */
    bool rolled : 1;       /* a later segment exists */
    bool finished : 1;
    bool times_known : 1; /* max_ts is that of the whole segment */
    bool dirty : 1;       /* written since the last flush was submitted */
    bool opening : 1;
    bool index_filed : 1; /* .index and .timeindex on disk are complete */
    bool txns_filed : 1;  /* .txnindex on disk is complete, and not empty; else live->txns is all there is */
    bool txns_loaded : 1; /* live->txns holds what there is; always so unless it is filed */
    bool doubted : 1;     /* its index was wrong, or the log is: not rebuilt a second time */
    uint32_t cleaned;     /* its files still have the names that cleaning number gave them; 0: their own */
};
_Static_assert(sizeof(struct segment) == 56, "memory of a closed segment");

enum { SEGMENT_PATH_MAX = 1400 };

/* Does the index in memory reflect the whole segment? And are all timestamps known? */
static inline bool segment_indexed(const struct segment *seg)
{
    return seg->live != NULL && seg->live->index.scanned == seg->size;
}
static inline bool segment_timed(const struct segment *seg)
{
    return seg->times_known;
}
static inline struct mr_file segment_file(const struct segment *seg)
{
    return seg->live != NULL ? seg->live->file : MR_NO_FILE;
}
static inline int64_t segment_max_ts_offset(const struct segment *seg)
{
    return seg->max_ts_delta == UINT32_MAX ? -1 : seg->base + (int64_t)seg->max_ts_delta;
}
static inline void segment_set_max_ts(struct segment *seg, int64_t ts, int64_t offset)
{
    seg->max_ts = ts;
    seg->max_ts_delta = offset < seg->base ? UINT32_MAX : (uint32_t)(offset - seg->base);
}
static inline uint32_t segment_txn_count(const struct segment *seg) /* in memory */
{
    return seg->live != NULL ? seg->live->txns.count : 0;
}

/* Take a batch at pos into index and times; nothing happens unless pos is where the index ends. */
void segment_scan(struct segment *seg, uint32_t interval_bytes, uint64_t pos, uint32_t bytes,
                  int64_t last_offset, int64_t max_ts);

struct segment *segment_new(int64_t base); /* live, empty, its index complete */
void segment_free(struct segment *seg);    /* its file is closed, no pins */
/* seg->live, made when it has none. NULL: out of memory. */
struct segment_live *segment_liven(struct segment *seg);
/* Give seg->live up if nothing is in it: of a finished segment without open file, whose index and
 * transactions are not in memory. */
void segment_rest(struct segment *seg);

/* dir/00000000000000000042.suffix into dst[SEGMENT_PATH_MAX]. */
void segment_path(char *dst, const char *dir, int64_t base, const char *suffix);
/* The same for the file that seg has now: 00000000000000000042.suffix.NUMBER.cleaned until its swap is over
 * (storage/compact_swap.h). */
void segment_named(char *dst, const char *dir, const struct segment *seg, const char *suffix);
/* The base offset in a file name with this suffix (".log"), or -1: none, or beyond OFFSET_MAX. */
int64_t segment_base_of(const char *name, const char *suffix);

#endif
