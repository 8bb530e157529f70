/* storage/salvage.h - copying out of a damaged log directory what is good.
 *
 * Reads the directory whatever state it is in, writes nothing to it, and makes another one: closed, as Kafka
 * or millrace would have left it, with every sound batch of every partition at its offset. What was lost is
 * said range by range, and stands in the file `millrace-salvaged` there. */
#ifndef MR_SALVAGE_H
#define MR_SALVAGE_H

#include "core/shard.h"

struct salvage_report {
    uint64_t logs, batches, bytes; /* copied */
    uint64_t losses;               /* ranges of offsets, and files, that could not be saved */
    uint64_t lost_offsets;         /* in those ranges: records at most */
    uint64_t notes;                /* what was damaged without a loss */
};

/* From directory `from` to `to`, which must not exist or be empty. say() gets one line for each loss and each
 * note. 0 (the report tells whether there were losses), or why it could not be done: -EAGAIN (a broker has
 * `from` open), -ENOENT, -EEXIST (`to` is not empty), -ENOSPC, -EIO (of `to`), -ENOMEM. */
int salvage_dir(struct mr_shard *shard, const char *from, const char *to,
                void (*say)(void *ctx, const char *line), void *ctx, struct salvage_report *ret);

#endif
