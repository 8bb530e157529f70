/* storage/producer_state_priv.h - shared by producer_state.c and producer_snapshot.c. */
#ifndef MR_PRODUCER_STATE_PRIV_H
#define MR_PRODUCER_STATE_PRIV_H

#include "storage/producer_state.h"

struct producer_table {
    struct producer **buckets;
    uint32_t bucket_count; /* a power of two */
    uint32_t count;
    uint32_t open_count;       /* of them, with an open transaction */
    struct mr_list order;      /* of producer.recent, least recently used first */
    struct producer_txn *txns; /* open, or ended and not yet replicated; by first offset */
    uint32_t txn_count;
    uint32_t txn_cap;
    int64_t marker_offset; /* of the last marker counted; -1: none */
};

/* The producer, made if unknown (with no epoch and no batches). Makes room first if that is needed.
 * NULL: out of memory. */
struct producer *producer_take(struct producer_state *s, int64_t producer_id);

/* Record a transaction, in order of first offset. 0 or -ENOMEM. */
int producer_txn_add(struct producer_state *s, const struct producer_txn *txn);

/* Whether a producer unused since last_timestamp has expired. Timestamps are the clients' and may be
 * anything. */
bool producer_is_expired(int64_t last_timestamp, int64_t now_ms, int64_t expiration_ms);

/* Give the table back when nothing is in it. */
void producer_table_trim(struct producer_state *s);

#endif
