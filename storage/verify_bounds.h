/* storage/verify_bounds.h - how far the files of a crashed directory's logs must be right: as far as the
 * partition records in its checkpoints and journals say that they are on stable storage. What lies beyond was
 * written ahead of them, and recovery writes it anew from the journal. */
#ifndef MR_VERIFY_BOUNDS_H
#define MR_VERIFY_BOUNDS_H

#include "storage/format.h"

struct bounds {
    struct bound **items;
    uint32_t count;
};

void bounds_done(struct bounds *b);
/* A partition record (storage/record.c). An earlier one of the same log stays: it is from the checkpoint. 0,
 * -MR_E_CORRUPT, -ENOMEM. */
int bounds_add(struct bounds *b, struct mr_slice record);
/* The log was deleted; a record of it need not be known. 0, -ENOMEM, -MR_E_CORRUPT. */
int bounds_remove(struct bounds *b, struct part_key key, struct mr_str topic);
/* The log's start moved: what ends below it is nobody's any more, though its files may still be there, or
 * half there. And a new segment began. */
void bounds_start(struct bounds *b, struct part_key key, int64_t start);
void bounds_rolled(struct bounds *b, struct part_key key, int64_t base);
/* Is TOPIC-PARTITION, if it is still there, what a deleted log left? The next start deletes it. */
bool bounds_gone(const struct bounds *b, const char *dir);

struct bound_segment {
    uint64_t bytes; /* from the beginning of the file */
    bool indexed;   /* its index files count, too */
    bool txns;      /* and its .txnindex */
};
/* Of the segment that begins at base, in the directory TOPIC-PARTITION. False: no record names that log, so
 * all must be right. A segment that the record does not have may hold anything. */
bool bounds_of(const struct bounds *b, const char *dir, int64_t base, struct bound_segment *ret);

#endif
