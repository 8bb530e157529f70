/* storage/salvage_order.h - the leader epochs of a salvaged log, none of them below the one before it.
 *
 * What a history, or the batches beside one, could tell has been asked by then (salvage_epochs.h). Epochs of
 * a log do not go down along its offsets (KIP-101; Kafka truncates by them): when they still do, some are
 * damaged, or come from elsewhere. */
#ifndef MR_SALVAGE_ORDER_H
#define MR_SALVAGE_ORDER_H

#include "net/wire/batch.h"

/* Batches one behind the other that came with the same epoch. */
struct order_run {
    int64_t first, last; /* offsets */
    uint64_t batches;
    int32_t epoch; /* as they came */
    int32_t want;  /* after order_settle(): as they are to be */
};

struct salvage_order { /* all zero: empty */
    struct order_run *items;
    uint32_t count, cap;
};

int order_add(struct salvage_order *o,
              const struct kw_batch_header *h); /* the log's next batch. 0, -ENOMEM */
/* As many batches as can be keep their epoch; of two ways the one with lower epochs. The others get that of
 * the batch before (at the beginning: behind) them that keeps its own. 0: all do, 1: some do not, -ENOMEM. */
int order_settle(struct salvage_order *o);
void order_done(struct salvage_order *o);

#endif
