/* Written by net/wire/schema/gen.py from log_data.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_LOG_DATA_H
#define MR_WIRE_GEN_LOG_DATA_H

#include "net/wire/message.h"

/* EndTxnMarker: v0. */
struct kw_end_txn_marker {
    int32_t coordinator_epoch;
};
void kw_end_txn_marker_init(struct kw_end_txn_marker *m);
int kw_end_txn_marker_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                             struct kw_end_txn_marker *ret);
void kw_end_txn_marker_encode(struct kw_writer *w, int16_t version, const struct kw_end_txn_marker *m);
extern const struct kw_message kw_end_txn_marker_info;

/* AbortedTxn: v0. */
struct kw_aborted_txn {
    int64_t producer_id;
    int64_t first_offset;
    int64_t last_offset;
    int64_t last_stable_offset;
};
void kw_aborted_txn_init(struct kw_aborted_txn *m);
int kw_aborted_txn_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                          struct kw_aborted_txn *ret);
void kw_aborted_txn_encode(struct kw_writer *w, int16_t version, const struct kw_aborted_txn *m);
extern const struct kw_message kw_aborted_txn_info;

/* ProducerSnapshot: v1. */
struct kw_producer_snapshot_producer_entry {
    int64_t producer_id;
    int16_t epoch;
    int32_t last_sequence;
    int64_t last_offset;
    int32_t offset_delta;
    int64_t timestamp;
    int32_t coordinator_epoch;
    int64_t current_txn_first_offset;
};
struct kw_producer_snapshot {
    uint32_t crc;
    struct kw_producer_snapshot_producer_entry *producer_entries;
    int32_t producer_entries_count;
};
void kw_producer_snapshot_producer_entry_init(struct kw_producer_snapshot_producer_entry *m);
void kw_producer_snapshot_init(struct kw_producer_snapshot *m);
int kw_producer_snapshot_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_producer_snapshot *ret);
void kw_producer_snapshot_encode(struct kw_writer *w, int16_t version, const struct kw_producer_snapshot *m);
extern const struct kw_message kw_producer_snapshot_info;

#endif
