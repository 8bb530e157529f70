/* core/broker/cleaner.h - chooses which of this shard's logs is compacted next (storage/compact.h), and
 * when: the one with the highest share of dirty bytes above min.cleanable.dirty.ratio, or with records older
 * than max.compaction.lag.ms; one pass at a time, and when nothing is to do, again after
 * log.cleaner.backoff.ms. With log.cleaner.enable=false never.
 *
 * The broker's log.cleaner.dedupe.buffer.size and log.cleaner.io.max.bytes.per.second are divided among its
 * shards. A log whose pass failed is left alone for ten minutes. */
#ifndef MR_CLEANER_H
#define MR_CLEANER_H

#include "core/broker/broker.h"

struct cleaner;

int cleaner_new(struct broker_shard *b, struct cleaner **ret); /* -ENOMEM; the first look comes later */
void cleaner_start(struct cleaner *c);                         /* the partitions are there */
/* The pass that is under way is told to end. cleaner_idle(): nothing is in flight any more. */
void cleaner_stop(struct cleaner *c);
bool cleaner_idle(const struct cleaner *c);
void cleaner_free(struct cleaner *c); /* stopped and idle, or its store is gone; NULL is fine */

#endif
