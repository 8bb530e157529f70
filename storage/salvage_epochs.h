/* storage/salvage_epochs.h - which leader epoch a salvaged batch had.
 *
 * A batch's leader epoch stands outside its checksum, and the log's history of them (Kafka's
 * leader-epoch-checkpoint) in a file without one. When they contradict each other, either may be damaged. */
#ifndef MR_SALVAGE_EPOCHS_H
#define MR_SALVAGE_EPOCHS_H

#include "net/wire/batch.h"
#include "storage/epoch.h"
#include "storage/names.h"
#include "storage/verify_bounds.h"

struct salvage_epochs {
    struct mr_io *io;
    const char *dir;           /* of the log, borrowed, as are */
    const struct names *files; /* its names */
    struct epoch_cache history;
    int64_t end;     /* the history holds below it */
    bool certain;    /* it is a record's, which has a checksum */
    bool odd;        /* the batch before contradicted it, and stayed as it was */
    int32_t before;  /* the epoch of the batch before; -1: none */
    int64_t judged;  /* where the epoch begins that was judged last; -1: none */
    int64_t fit_to;  /* the last batch of its offsets that has it; -1: none */
    uint32_t others; /* how many of them behind that one have another */
};

/* bound: what a record says of the log, NULL: none does. */
void salvage_epochs_load(struct salvage_epochs *e, struct mr_io *io, const char *dir,
                         const struct names *files, const struct bound *bound);
void salvage_epochs_done(struct salvage_epochs *e);

/* The next batch of the log: which epoch is it to have? *ret: its own, or the history's. -ENOMEM.
 * - The history's, when a record says it.
 * - That which is not below the batch before, nor above one behind: epochs do not go down. Below the
 * history's beginning, too: what is out of order there gets that of the batch before, or the history's first.
 * - The batch's, when the history knows its epoch and only disagrees on where it begins, or when it is one of
 *   several that contradict the history up to where its next epoch begins.
 * - The history's, when other batches of its offsets have it.
 * - When a batch stands alone there, nothing tells. Then the lower one: no later leader's is below it, and
 *   nobody who has seen the higher one is told that what he has was cut off (KIP-320).
 */
int salvage_epoch(struct salvage_epochs *e, const struct kw_batch_header *h, int32_t *ret);

#endif
