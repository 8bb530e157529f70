/* core/broker/txn_ask.h - what the leader of a partition asks the coordinator of a transactional id before
 * the first batch of a transaction goes into the log (KIP-890).
 *
 * Without the question a batch that was late could open a transaction that nobody will ever end. Who answers
 * is the transaction coordinator (broker_shard.txn_ask); the answer comes to the shard that asked. */
#ifndef MR_TXN_ASK_H
#define MR_TXN_ASK_H

#include "net/wire/kw_error.h"
#include "storage/format.h"

struct broker_shard;

struct txn_ask {
    /* in; borrowed until done() */
    struct mr_str transactional_id;
    int64_t producer_id;
    int16_t producer_epoch;
    struct mr_str topic;
    struct part_key key;
    bool add; /* the partition becomes one of the transaction's (second version), else it must be one already
               */
    void (*done)(struct txn_ask *ask); /* runs later, or inside the question */
    /* out: as AddPartitionsToTxn v4 answers. KW_NONE; KW_TRANSACTION_ABORTABLE or KW_INVALID_TXN_STATE (not
     * one of the transaction's), KW_INVALID_PRODUCER_ID_MAPPING, KW_PRODUCER_FENCED,
     * KW_INVALID_PRODUCER_EPOCH, KW_CONCURRENT_TRANSACTIONS (the one before is being ended), and what
     * coordinators say when they are not there. */
    enum kw_error error;
};

#endif
