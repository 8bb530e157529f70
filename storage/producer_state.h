/* storage/producer_state.h - what a partition remembers about the producers that wrote to it.
 *
 * For each producer id: its epoch, its last five batches (to answer a repeated one without storing it
 * again), and where its open transaction began. Pure: no files, no clock; it is rebuilt from a snapshot
 * and the batches after it. One shard only. A partition without producers holds one null pointer.
 *
 * Usage: producer_check(); if it says append, the log gives the batch its offsets and, in the same turn,
 * producer_apply(). So a later batch of the same connection is judged with the earlier one counted, though
 * neither is stable yet. Whoever reads the log back (recovery, follower) calls producer_apply() alone.
 * Source: KIP-98, KIP-360 (epochs), KIP-890 (transactions, second version). */
#ifndef MR_PRODUCER_STATE_H
#define MR_PRODUCER_STATE_H

#include "core/base.h"
#include "core/list.h"
#include "core/scratch.h"
#include "net/wire/batch.h"
#include "net/wire/kw_error.h"

enum {
    PRODUCER_BATCHES = 5, /* Kafka's bound on max.in.flight.requests.per.connection with idempotence */
    PRODUCERS_MAX_DEFAULT = 100000,
};

struct producer_batch {
    int64_t last_offset;
    int64_t timestamp; /* the batch's largest, ms */
    int32_t last_sequence;
    int32_t offset_delta; /* of its last record to its first */
};

/* Fields are for reading (DescribeProducers, compaction); only this module writes them. */
struct producer {
    int64_t id;
    int16_t epoch; /* KW_NO_PRODUCER_EPOCH: not known */
    uint8_t batch_count;
    int32_t coordinator_epoch;                       /* of the last marker; -1: none yet */
    int64_t last_timestamp;                          /* of the last batch or marker, ms */
    int64_t txn_first_offset;                        /* of the open transaction; -1: none */
    struct producer_batch batches[PRODUCER_BATCHES]; /* oldest first */
    struct mr_list recent;                           /* in order of use */
    struct producer *chain;                          /* same bucket */
};

struct producer_table;

struct producer_state {
    struct producer_table *table; /* NULL: no producers */
    uint32_t producers_max;
};

/* producers_max bounds the producers without an open transaction: one more pushes out the one unused for
 * longest, whose next batch is then taken whatever its sequence, as after an expiry. Producers with an open
 * transaction stay (their number is bounded by the coordinators). No memory is taken. */
void producer_state_init(struct producer_state *s, uint32_t producers_max);
void producer_state_done(struct producer_state *s);

/* Forget all, keep the limit. */
void producer_state_clear(struct producer_state *s);

uint32_t producer_count(const struct producer_state *s);

/* NULL: not known. Borrowed until the next call that changes the state. */
const struct producer *producer_find(const struct producer_state *s, int64_t producer_id);

/* All producers, least recently used first: start with NULL, ends with NULL. */
const struct producer *producer_next(const struct producer_state *s, const struct producer *after);

/* The last sequence written in the producer's current epoch; KW_NO_SEQUENCE: none. */
int32_t producer_last_sequence(const struct producer *p);

/* The offset of the producer's last record; -1: none. Compaction must keep (at least the header of) the
 * batch that ends there, or the sequence is lost when the state is rebuilt. */
int64_t producer_last_offset(const struct producer *p);

enum producer_origin {
    PRODUCER_CLIENT,
    PRODUCER_CLIENT_TXN_V2, /* a transactional batch of Produce v12 and later: a new epoch starts at 0 */
    PRODUCER_COORDINATOR,   /* this broker's own appends: no sequences, epochs do count */
    PRODUCER_REPLICATION,   /* the leader has decided; nothing is refused */
};

enum producer_action {
    PRODUCER_APPEND,
    PRODUCER_DUPLICATE, /* stored before: answer with the fields below, do not append */
    PRODUCER_REFUSE,
};

struct producer_verdict {
    enum producer_action action;
    /* PRODUCER_REFUSE:
     *   KW_INVALID_PRODUCER_EPOCH        older than the one known
     *   KW_OUT_OF_ORDER_SEQUENCE_NUMBER  a gap, or part of what is stored
     *   KW_INVALID_TXN_STATE             not transactional, while the producer has a transaction open */
    enum kw_error error;
    /* PRODUCER_DUPLICATE: */
    int64_t base_offset;
    int64_t last_offset; /* answer only once the log is stable past it */
    int64_t timestamp;   /* goes into LogAppendTimeMs, whatever the topic's timestamp type (as Kafka 4.1) */
};

/* Judge a data batch (not a control batch) by its header; base_offset is not looked at. */
struct producer_verdict producer_check(const struct producer_state *s, const struct kw_batch_header *h,
                                       enum producer_origin origin);

/* Count a data batch that stands in the log at h->base_offset. Batches without a producer id change nothing.
 * 0 or -ENOMEM (nothing changed then; the caller cannot go on with this log). */
int producer_apply(struct producer_state *s, const struct kw_batch_header *h);

/* Transactions. */

struct producer_txn {
    int64_t producer_id;
    int64_t first_offset;
    int64_t last_offset; /* of the marker; -1 while the transaction is open */
    bool aborted;
};

/* Judge a marker before it is appended.
 *   txn_version  of the coordinator's request: from 2 on each transaction has an epoch of its own, so the
 *                marker's must be above the producer's; an equal one is the repeat of a marker already
 *                written and is fine while no transaction is open. Before 2, equal or above.
 * KW_NONE, KW_INVALID_PRODUCER_EPOCH, KW_TRANSACTION_COORDINATOR_FENCED (an older coordinator). */
enum kw_error producer_check_marker(const struct producer_state *s, const struct kw_batch_header *h,
                                    int32_t coordinator_epoch, int16_t txn_version);

/* Count a marker that stands in the log at h->base_offset. timestamp is the marker record's.
 * 1: it ended a transaction that had written here; *ret says which (for the transaction index).
 * 0: it did not. -ENOMEM. */
int producer_apply_marker(struct producer_state *s, const struct kw_batch_header *h, bool commit,
                          int32_t coordinator_epoch, int64_t timestamp, struct producer_txn *ret);

/* The first offset that a read_committed reader must not pass: the start of the oldest transaction that is
 * open, or whose marker lies at or above the high watermark. -1: none. */
int64_t producer_first_unstable(const struct producer_state *s, int64_t high_watermark);

/* Forget ended transactions whose markers lie below the high watermark: a matter of memory only. */
void producer_high_watermark(struct producer_state *s, int64_t high_watermark);

/* Where the last stable offset would stand if the ended transactions were all replicated: the start of the
 * oldest open one, or after `ended`'s marker. The transaction index records it. */
int64_t producer_stable_after(const struct producer_state *s, const struct producer_txn *ended);

/* Remove producers without an open transaction whose last batch or marker is at least expiration_ms older
 * than now_ms (producer.id.expiration.ms). Returns how many. A walk over all of them. */
uint32_t producer_expire(struct producer_state *s, int64_t now_ms, int64_t expiration_ms);

/* The log was cut: nothing at or above end_offset counts any more.
 * 0: done. -MR_E_STATE: what was there before cannot be told from memory (a marker was cut off, or all that
 * is known of a producer); the state is unchanged and must be rebuilt: producer_state_clear(), the newest
 * snapshot at or below end_offset, then the batches from there. */
int producer_truncate(struct producer_state *s, int64_t end_offset);

/* Snapshots: storage/producer_snapshot.c. */

/* Append the file that Kafka writes as OFFSET.snapshot (version 1). It holds each producer's last batch
 * only. 0, -MR_E_LIMIT or -ENOMEM. */
int producer_snapshot_write(const struct producer_state *s, struct mr_scratch *out);

/* Append everything, in a form of our own, for checkpoints: after a crash in-flight batches come again, and
 * one that was stored must be recognised even when it is not the producer's last. Errors as above. */
int producer_state_write(const struct producer_state *s, struct mr_scratch *out);

/* Replace the state by what either of the two wrote; producers that expired by now_ms are left out.
 *   end_offset  the snapshot's: all that it counts lies below
 * 0, -MR_E_CORRUPT (checksum, length, impossible values), -MR_E_VERSION or -ENOMEM; the state is empty on
 * errors. */
int producer_state_read(struct producer_state *s, struct mr_slice file, int64_t end_offset, int64_t now_ms,
                        int64_t expiration_ms);

#endif
