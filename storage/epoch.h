/* storage/epoch.h - the leader epochs of one partition: for each, the offset at which it began (KIP-101,
 * KIP-320). Kept in memory, in the journal's records, and in Kafka's leader-epoch-checkpoint file. */
#ifndef MR_EPOCH_H
#define MR_EPOCH_H

#include "core/base.h"

struct epoch_entry {
    int32_t epoch;
    int64_t start;
};

struct epoch_cache {
    struct epoch_entry *items; /* both columns strictly increasing */
    uint32_t count, cap;
    bool filed; /* the text that epochs_decode() got says just this */
};

void epochs_done(struct epoch_cache *c);

/* From offset start on, batches carry epoch. No effect when it is the latest already; a smaller epoch,
 * or one below 0 (-1: a batch that has none), is refused with -MR_E_STATE, as is a start below 0; entries
 * that start at or after start are dropped first. -ENOMEM. */
int epochs_begin(struct epoch_cache *c, int32_t epoch, int64_t start);

int32_t epochs_latest(const struct epoch_cache *c); /* -1: none */
int32_t epochs_at(const struct epoch_cache *c,
                  int64_t offset); /* the epoch of the record at offset; -1: none */

/* OffsetForLeaderEpoch: the largest epoch <= asked and where it ends (log_end for the latest); for one before
 * the first, that one and the first's start. False: not known (later than the latest, or no epochs), answered
 * as -1, -1. */
bool epochs_end(const struct epoch_cache *c, int32_t asked, int64_t log_end, int32_t *ret_epoch,
                int64_t *ret_end);

void epochs_cut_end(struct epoch_cache *c, int64_t end);     /* the log was truncated to end */
void epochs_cut_start(struct epoch_cache *c, int64_t start); /* the log now begins at start */

/* Kafka's text: "0\n" version, count, then "epoch start" lines. Encode returns the bytes needed; writes at
 * most cap. */
size_t epochs_encode(const struct epoch_cache *c, char *dst, size_t cap);
int epochs_decode(struct epoch_cache *c, struct mr_slice text); /* -MR_E_CORRUPT, -ENOMEM */

#endif
