/* core/broker/recode.h - batches whose records take long to unpack, check and pack anew: in steps, beside
 * other work.
 *
 * Each shard has one and does one batch at a time; others stand in line. So the memory is bounded: what one
 * batch unpacks to (RECODE_UNPACKED_BYTES_MAX; twice when its records must be numbered anew), the batch that
 * comes out (max.message.bytes and 1 MiB), the codecs' own (compress.h), all given back with the batch.
 *
 * A step takes `inline / 4` bytes (millrace.unpack.inline.bytes) of records, less for codecs and levels that
 * are slow; one step a turn of the shard. */
#ifndef MR_RECODE_H
#define MR_RECODE_H

#include "core/broker/partition.h"
#include "net/wire/batch_validate.h"

enum { RECODE_UNPACKED_BYTES_MAX = 256 << 20 }; /* of one batch's records; more is MESSAGE_TOO_LARGE */

struct recode *recode_new(struct broker_shard *b); /* NULL: out of memory */
void recode_free(struct recode *r);

/* Begin with a, whose header batch_validate_begin() found good, or put it in line. a->p->pump is run when it
 * is done. a must be forgotten before it goes. */
void recode_begin(struct recode *r, struct part_append *a, const struct batch_rules *rules,
                  const struct batch_verdict *v, int level);

/* Is a in it: being worked on, or in line? */
bool recode_has(const struct recode *r, const struct part_append *a);

/* The verdict when a is done, else NULL. *ret_bytes: the batch as it is to be stored, but for its timestamps;
 * it may be written to when it was rebuilt. Both stand until recode_forget(). */
const struct batch_verdict *recode_done(const struct recode *r, const struct part_append *a,
                                        struct mr_slice *ret_bytes);

/* Harmless when a is not in it. */
void recode_forget(struct recode *r, struct part_append *a);

#endif
