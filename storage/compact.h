/* storage/compact.h - compaction: of each key only the newest record stays (cleanup.policy=compact).
 *
 * A pass reads the dirty part of a log into a map of keys, then reads all of it up to there and writes what
 * stays into new segments, several small old ones into one (storage/compact_filter.h decides,
 * storage/compact_swap.h puts the result in place). It works in pieces of some 32 KiB, one a turn of the
 * shard, so that requests come between. Reads see the old segments or the new ones, never a mixture.
 *
 * One pass of a log at a time. Which log, and when: core/broker/cleaner.c. */
#ifndef MR_COMPACT_H
#define MR_COMPACT_H

#include "core/compress.h"
#include "core/scratch.h"
#include "storage/plog.h"

/* What a pass could do in an open log. Offsets count in whole segments, as in Kafka. */
struct plog_dirt {
    int64_t from; /* the first offset that no pass has seen */
    int64_t to;   /* up to here a pass may go; == from: nothing is dirty */
    uint64_t clean_bytes, dirty_bytes;
    int64_t oldest_ms; /* the oldest timestamp known in [from, to); -1: none */
    /* More would be dirty once a checkpoint has taken in the newest segments: store_checkpoint(). */
    uint64_t unsettled_bytes;
    bool untimed; /* min.compaction.lag.ms: the age of the segment at `to` is not known before it is read */
};
/* last_stable: nothing beyond is touched. min_lag_ms: nor what is younger. */
void plog_dirt(const struct plog *log, int64_t last_stable, int64_t now_ms, int64_t min_lag_ms,
               struct plog_dirt *ret);

struct plog_clean {
    /* in */
    int64_t to; /* plog_dirt.to */
    int64_t now_ms;
    int64_t delete_retention_ms;
    uint64_t map_bytes;        /* bound of the key map: what does not fit waits for the next pass */
    uint64_t bytes_per_second; /* read and written; 0: as fast as requests leave room */
    size_t unpacked_bytes_max;
    struct comp *comp; /* the shard's, used between waits only */
    struct mr_scratch *scratch;
    void (*done)(struct plog_clean *c);
    bool stop; /* set by the caller at any time: end soon, with -ECANCELED */
    /* out */
    int err; /* 0, -ECANCELED, -ENOENT (removed), -EIO, -ENOSPC, -ENOMEM, -MR_E_CORRUPT, -MR_E_FENCED, ... */
    int64_t clean_to; /* no key is twice below it */
    uint64_t keys, read_bytes, written_bytes, records_in, records_out, invalid;
    uint32_t segments_before, segments_after;
};
/* Open logs without a pass under way. 0: done runs later. -ENOMEM: it does not. */
int plog_clean(struct plog *log, struct plog_clean *c);

/* The first offset that no pass has seen, as plog_dirt.from. */
int64_t plog_clean_to(const struct plog *log);

#endif
