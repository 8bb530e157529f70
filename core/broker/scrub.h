/* core/broker/scrub.h - reads this shard's logs again in the background, batch by batch, so that what a disk
 * has lost is known before somebody asks for it.
 *
 * At most millrace.scrub.bytes.per.second over all shards (0: off; it may change at run time), in direct
 * reads of at most 128 KiB, one at a time; a whole pass at most every millrace.scrub.interval.hours. A pass
 * begins at a partition drawn by chance, so that many short lives of a broker look at all of them. What is
 * damaged is logged once and noted (storage/damage.h): fetches step over it. Beside closed segments their
 * .index, .timeindex and .txnindex are read at the same rate, and made anew when they do not fit
 * (storage/scrub_index.h). */
#ifndef MR_SCRUB_H
#define MR_SCRUB_H

#include "core/broker/broker.h"

struct scrub;

int scrub_new(struct broker_shard *b, struct scrub **ret); /* -ENOMEM */
void scrub_start(struct scrub *s); /* the partitions are there; the first pass comes later */
/* No further read. scrub_idle(): nothing is in flight any more, which comes soon. */
void scrub_stop(struct scrub *s);
bool scrub_idle(const struct scrub *s);
void scrub_free(struct scrub *s); /* stopped and idle; NULL is fine */

#endif
