/* storage/verify.h - checking a log directory offline: read, compare, name what is wrong, change nothing. */
#ifndef MR_VERIFY_H
#define MR_VERIFY_H

#include "core/shard.h"

struct verify_report {
    uint64_t logs, segments, batches, bytes; /* of segments, looked at */
    uint64_t journal_blocks_entries;         /* entries in the journals behind their checkpoints */
    uint64_t damaged_bytes;                  /* of segments */
    uint64_t findings;
};

/* Check the directory at path: checkpoints, journals, every batch of every segment, indexes, epochs. A
 * crashed directory may hold more or less at the end of a log's last segment than its journal knows;
 * everything else must fit. say() gets one line for each finding. 0, or why it could not be done: -EAGAIN (a
 * broker has it open), -ENOENT, -EIO, -ENOMEM. */
int verify_dir(struct mr_shard *shard, const char *path, void (*say)(void *ctx, const char *line), void *ctx,
               struct verify_report *ret);

#endif
