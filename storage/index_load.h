/* storage/index_load.h - indexes of segments, in memory by need.
 *
 * The index of a segment that grows is in memory. That of a closed one is in .index and .timeindex, and in
 * memory while the shard's cache has room (store_config.index_cache_bytes, least recently used first). What
 * is loaded is believed on probation: whoever follows an entry checks the batch that it finds, and says
 * index_doubt() when it is not the one. An index that is missing, cannot be one, or was doubted, is built
 * anew from the log: a step of 256 KiB at a time, at most INDEX_TASKS at once in a shard, and written beside
 * and renamed. Of a segment that grows the end of the log that its files do not cover yet (after a start) is
 * walked in the same way. */
#ifndef MR_INDEX_LOAD_H
#define MR_INDEX_LOAD_H

#include "net/wire/batch.h"
#include "storage/plog_priv.h"

enum { INDEX_TASKS = 2, INDEX_CACHE_BYTES = 16 << 20, INDEX_SEGMENT_MIN = 64 * 1024 };

/* Beside .index and .timeindex while they are written; Kafka removes files of that name. */
#define INDEX_BESIDE ".cleaned"

/* See that the index of segment number seg is in memory. True: it is, or all that can be had of it is, now.
 * False: done runs later, and then it is; the segment is there until done has returned. The log is busy
 * meanwhile, the caller's struct must live. */
bool index_want(struct plog *log, uint32_t seg, struct index_want *w);

/* Somebody followed an entry of this segment's index while it was loaded and not stuck (index_probation()),
 * and found something else than it said. It is logged and forgotten; want it again, and it comes from the
 * log. What an index on no probation points at is what the log holds, damaged or not. */
void index_doubt(struct plog *log, struct segment *seg);
static inline bool index_probation(const struct segment *seg)
{
    return seg->live != NULL && seg->live->index.loaded && !seg->live->index.stuck;
}

/* A reader has walked over a batch of the segment that grows: its index, which a start has to make anew, gets
 * that much further without a look of its own. */
static inline void index_feed(const struct plog *log, struct segment *seg, uint64_t pos,
                              const struct kw_batch_header *h)
{
    if (!seg->finished && seg->live->task == NULL && !seg->live->index.loaded && !seg->live->index.stuck)
        segment_scan(seg, log->cfg.index_interval_bytes, pos, (uint32_t)batch_bytes(h), batch_last_offset(h),
                     h->max_timestamp);
}

/* Something is known to be wrong with the files of a segment's index, or what of them is in memory: it is
 * logged and forgotten, and comes from the log when it is wanted next. */
void index_wrong(struct plog *log, struct segment *seg, const char *what);
void index_say(const struct plog *log, const struct segment *seg, const char *what); /* the line alone */

/* Damage of the segment is known now, so an index that ended there can be built on behind it. */
void index_unstick(struct plog *log, struct segment *seg);

/* The index of the segment that grows is not complete (after a start): complete it in the background. */
void index_complete(struct plog *log);

/* A segment is finished: its index is kept only as long as the cache has room for it. */
void index_cached(struct store *s, struct segment *seg);

static inline uint32_t index_min(const struct store *s)
{
    return s->cfg.index_min == 0 ? INDEX_SEGMENT_MIN : s->cfg.index_min;
}

void index_load_init(struct store *s);

#endif
