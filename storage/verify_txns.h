/* storage/verify_txns.h - what the batches of a log say of producers and transactions, for verify to hold the
 * .txnindex files and the last producer snapshot against. */
#ifndef MR_VERIFY_TXNS_H
#define MR_VERIFY_TXNS_H

#include "storage/txn_index.h"

struct verify_txns {
    struct producer_state producers;
    struct txn_index segment; /* of the segment being walked */
    int64_t next;             /* offset after the last batch; -1: none yet */
    /* Everything since offset 0 was seen, with no gap: what is stored must be equal. Else compaction or
     * deletion took something, and only what a reader would be misled by counts. */
    bool exact;
    bool transactions; /* nothing but these counts: producers without one are not kept */
    uint32_t ended;    /* since ended transactions were last forgotten */
};

void verify_txns_init(struct verify_txns *t);
void verify_txns_done(struct verify_txns *t);
void verify_txns_segment(struct verify_txns *t, int64_t base); /* another one begins */
/* 0, -ENOMEM, -MR_E_CORRUPT: a marker that cannot be read. */
int verify_txns_batch(struct verify_txns *t, const struct kw_batch *b);

/* After the last batch of a segment: its .txnindex (empty when there is none). After the last of a log: the
 * snapshot of its end. damaged: batches are missing, so what the file has more than them proves nothing.
 * False: why says what is wrong. */
bool verify_txns_index(const struct verify_txns *t, struct mr_slice file, int64_t base, bool damaged,
                       char *why, size_t why_bytes);
bool verify_txns_snapshot(const struct verify_txns *t, struct mr_slice file, char *why, size_t why_bytes);

#endif
