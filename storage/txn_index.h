/* storage/txn_index.h - the aborted transactions whose markers stand in one segment, and their form in
 * Kafka's .txnindex file.
 *
 * In order of their markers. A read_committed reader gets from it what to leave out. The entries of a segment
 * that is not complete are in memory and in the log's records (storage/record.c); those of a complete one are
 * in its file, and in memory only as a cache. Source: KIP-98. */
#ifndef MR_TXN_INDEX_H
#define MR_TXN_INDEX_H

#include "storage/producer_state.h"

enum {
    TXN_INDEX_ENTRY_BYTES = 34, /* i16 version 0, then the fields of struct txn_aborted, i64 each */
    TXN_INDEX_FULL = 65536,     /* a segment with that many is rolled: bounds memory, records and reads */
    TXN_INDEX_FILE_BYTES_MAX = 1 << 30, /* Kafka has no such bound */
};

struct txn_aborted {
    int64_t producer_id;
    int64_t first_offset; /* of the transaction's first batch in this partition */
    int64_t last_offset;  /* of the marker */
    int64_t last_stable;  /* the last stable offset once the marker is replicated: what ends below it is
                             decided  by entries up to this one */
};

struct txn_index {
    struct txn_aborted *items;
    uint32_t count, cap;
};

void txn_index_done(struct txn_index *ix);

/* Add an entry at the end; one whose marker is not beyond the last one's is known already. 0 or -ENOMEM. */
int txn_index_add(struct txn_index *ix, const struct txn_aborted *entry);

/* Count a batch that now stands at the end of ix's segment: producers, transactions, and an entry when it
 * aborts one. 0, -ENOMEM, -MR_E_CORRUPT (a marker that cannot be read). */
int txn_index_count(struct txn_index *ix, struct producer_state *producers, const struct kw_batch *b);

/* The number of the first entry whose marker stands at or beyond offset, or count. */
uint32_t txn_index_from(const struct txn_index *ix, int64_t offset);

/* Kafka's file: encode into dst of count * TXN_INDEX_ENTRY_BYTES. Decode into an empty index: 0, -ENOMEM,
 * -MR_E_VERSION, -MR_E_CORRUPT (impossible offsets, an order that no log has, a piece of an entry). */
void txn_index_encode(const struct txn_index *ix, uint8_t *dst);
int txn_index_decode(struct txn_index *ix, struct mr_slice file);

#endif
