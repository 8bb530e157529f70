/* storage/compact_filter.h - what stays of a batch when its log is compacted. Pure: no files, no clock.
 *
 * Batches are shown in the order of the log, twice: first those of the dirty part to compact_learn(), which
 * notes the newest offset of each key; then all of them to compact_batch(), which appends what stays.
 *
 *   record                            stays
 *   at or beyond map_end              always
 *   of an aborted transaction         never
 *   without a key                     never
 *   not the newest of its key         never
 *   without a value (a tombstone)     until its batch's horizon has passed
 *   a marker                          until none of its transaction's batches is left and its horizon passed
 *
 * A batch whose first tombstone or needless marker is seen gets its horizon then: now + delete.retention.ms,
 * in the place of its base timestamp (attribute bit 6, KIP-534). A batch that loses all records goes, unless
 * it is the last one of its producer, whose sequence it carries, or the last one of the group that becomes
 * one segment: then its header stays. So a new segment says itself how far it reaches, and what is missing at
 * a segment's end is damage. Offsets, sequences, producer, codec and last offset of a batch never change.
 * Source: Kafka's Cleaner, KIP-98, KIP-534. */
#ifndef MR_COMPACT_FILTER_H
#define MR_COMPACT_FILTER_H

#include "core/compress.h"
#include "core/map.h"
#include "net/wire/batch.h"
#include "storage/compact_map.h"
#include "storage/txn_index.h"

struct producer_state;

struct compact_filter {
    /* the pass's */
    struct key_map map;
    int64_t map_from;  /* the dirty part begins here: nothing below is learnt */
    int64_t map_end;   /* learnt up to here */
    int64_t group_end; /* the segments that become one end here: of the second showing */
    int64_t now_ms;
    int64_t delete_retention_ms;
    size_t unpacked_bytes_max;
    const struct producer_state *producers; /* of the log, as it is now */
    /* the shard's: used inside a call only */
    struct comp *comp;
    struct mr_scratch *unpacked;
    /* its own */
    struct mr_scratch records; /* what stays of a batch, before it is packed */
    struct mr_map open;        /* producers of whose running transaction a batch was seen */
    struct txn_aborted *aborted;
    uint32_t *aborted_next; /* of the same producer; UINT32_MAX: none */
    uint32_t aborted_count;
    struct mr_map aborted_first; /* producer -> entry that comes next for it, as a pointer to aborted_next */
    /* counted */
    uint64_t records_in, records_out, invalid;
};

/* Fields above "its own" are the caller's to set. */
void compact_filter_init(struct compact_filter *f);
void compact_filter_done(struct compact_filter *f);

/* The aborted transactions that concern the batches shown from now on, by the offsets of their markers:
 * copied. 0 or -ENOMEM. */
int compact_aborted(struct compact_filter *f, const struct txn_aborted *items, uint32_t count);

/* The first showing. 1: learnt. 0: the map is full, map_end says how far it got (inside the batch, maybe).
 * Errors: as batch_records() and record_next(). */
int compact_learn(struct compact_filter *f, const struct kw_batch *b);
/* Between the showings. */
void compact_turn(struct compact_filter *f);

enum compact_fate {
    COMPACT_DROPPED, /* nothing is appended */
    COMPACT_KEPT,    /* as it was */
    COMPACT_CHANGED, /* some records, or a horizon */
    COMPACT_EMPTIED, /* its header */
};

/* The second one. out gets what stays. ret_txn: the aborted transaction that ends with this batch's marker,
 * when that stays; else NULL. 0, or errors of batch_records(), record_next(), comp_pack(). */
int compact_batch(struct compact_filter *f, const struct kw_batch *b, struct mr_scratch *out,
                  enum compact_fate *ret, const struct txn_aborted **ret_txn);

#endif
