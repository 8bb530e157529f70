/* core/broker/retention.h - looks through this shard's partitions for what has outlived its topic's
 * retention, and moves their log starts (storage/plog.h: plog_expired()): first log.initial.task.delay.ms
 * after the start, then every log.retention.check.interval.ms.
 *
 * One partition at a time: its log is opened if need be, read where the age of a segment is not known, and
 * its start is on stable storage before the next one is looked at. Topics whose cleanup.policy has no delete,
 * and internal ones whose coordinators move their own starts, are passed over. */
#ifndef MR_RETENTION_H
#define MR_RETENTION_H

#include "core/broker/broker.h"

struct retention;

int retention_new(struct broker_shard *b, struct retention **ret); /* -ENOMEM; the first look comes later */
void retention_start(struct retention *r);                         /* the partitions are there */
/* No further partition is looked at. retention_idle(): nothing is in flight any more. */
void retention_stop(struct retention *r);
bool retention_idle(const struct retention *r);
void retention_free(struct retention *r); /* stopped and idle, or its store is gone; NULL is fine */

#endif
