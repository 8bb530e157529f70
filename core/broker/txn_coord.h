/* core/broker/txn_coord.h - what a coordinator of transactions holds for one transactional id, and the events
 * on it.
 *
 * The glue between the runtime (coord.h), the pure state (txn.h) and the partitions that take part: they are
 * told how a transaction ended by markers (txn_mark.h), and they ask whether it is open (txn_ask.h). All of
 * it on the coordinator's shard but for txn_ask_coordinator(). */
#ifndef MR_TXN_COORD_H
#define MR_TXN_COORD_H

#include "core/broker/coord.h"
#include "core/broker/producer_ids.h"
#include "core/broker/txn.h"
#include "core/broker/txn_ask.h"

extern const struct coord_type txn_coord_type;

/* The transactional id's state that holds; NULL: it is not known. Borrowed until the next return to the loop.
 */
const struct txn *txn_find(struct coord *c, struct mr_str id);

/* All of one coordinator that are known, in order of creation. */
void txn_each(struct coord *c, void (*each)(void *ctx, const struct txn *t), void *ctx);

/* ---- InitProducerId, EndTxn ---- */

/* One request, from its arrival on the coordinator's shard to its answer. Strings are borrowed until done().
 */
struct txn_call {
    /* in: one of them; now_ms and fresh_id are filled in */
    enum txn_call_kind { TXN_CALL_INIT, TXN_CALL_END } kind;
    union {
        struct txn_init init;
        struct txn_end end;
    } u;
    void (*done)(struct txn_call *call); /* later or inside */
    /* out: txn.h's errors, and those of the runtime as clients are told them (txn_write_error()) */
    struct txn_answer answer;
    /* private */
    struct coord_op op;
    struct broker_shard *home;
    struct part_key key;
    struct mr_str id;
    struct producer_ids_wait wait;
    bool waited; /* for producer ids */
};
void txn_call_submit(struct broker_shard *b, struct part_key key, struct mr_str id, struct txn_call *call);

/* ---- partitions come into the transaction ---- */

/* AddPartitionsToTxn and AddOffsetsToTxn. While the transaction before is being ended it waits for that, for
 * TXN_PATIENCE_MS at most: then KW_CONCURRENT_TRANSACTIONS. Several that wait become one change. */
struct txn_adding {
    struct txn_add add;                                      /* borrowed until done(); now_ms is filled in */
    void (*done)(struct txn_adding *a, enum kw_error error); /* later or inside; txn_add()'s errors */
    struct mr_list link;
    int64_t until_ms;
};
enum { TXN_PATIENCE_MS = 500 };
void txn_adding_submit(struct broker_shard *b, struct part_key key, struct mr_str id, struct txn_adding *a);

/* ---- questions of partitions, on any shard: broker_shard.txn_ask ---- */
void txn_ask_coordinator(struct broker_shard *b, struct txn_ask *ask);

#endif
