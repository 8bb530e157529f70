/* core/broker/txn_priv.h - a transactional id's insides, for core/broker/txn*.c alone.
 *
 * txn.c         its life, changes, what others may look at
 * txn_init.c    who holds it           txn_add.c     what is in the transaction
 * txn_end.c     how it ends            txn_record.c  records
 * txn_set.c     partitions by topic */
#ifndef MR_BROKER_TXN_PRIV_H
#define MR_BROKER_TXN_PRIV_H

#include "core/broker/txn.h"
#include "core/broker/txn_set.h"
#include "core/err.h"
#include "net/wire/kw_error.h"

/* What a record says, but for the partitions. */
struct txn_facts {
    enum txn_state state;
    int64_t producer_id;
    int64_t previous_id; /* -1; the producer id before the newest change, which may be the same one */
    int64_t next_id;     /* -1; Prepare*: the client goes on with this id, for the epochs are used up */
    int16_t producer_epoch;
    int16_t last_epoch; /* -1; the epoch before, whose holder may repeat itself */
    int16_t version;    /* of the protocol that the client spoke: 0 or 2 */
    int32_t timeout_ms;
    int64_t start_ms, updated_ms;
};

struct txn {
    struct mr_str id; /* text behind this struct */
    bool recorded;    /* a record of it is in the log */
    bool changing;    /* next is on its way to the log */
    bool next_has_parts;
    struct txn_facts now, next;
    struct txn_set parts, next_parts;
};

static inline struct txn_answer txn_refuse(int16_t error)
{
    return (struct txn_answer){.error = error, .producer_id = -1, .producer_epoch = -1};
}

static inline bool txn_preparing(const struct txn *t)
{
    return t->now.state == TXN_PREPARE_COMMIT || t->now.state == TXN_PREPARE_ABORT;
}

/* KIP-360: none above these may be given to a client. */
static inline bool txn_exhausted(int16_t epoch)
{
    return epoch >= TXN_EPOCH_MAX - 1;
}

/* ---- txn.c ---- */
/* A change begins: next is what holds, to be altered. */
struct txn_facts *txn_change(struct txn *t, int64_t now_ms);

/* ---- txn_end.c ---- */
/* The change that fences whoever holds the open transaction and aborts it. */
void txn_fence(struct txn *t, const struct txn_limits *limits, int64_t now_ms);

#endif
