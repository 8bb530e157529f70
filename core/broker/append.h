/* core/broker/append.h - producing to one partition: validate, judge the producer, append, wait until stable.
 * What the partition's own file needs of it; handlers use core/broker/partition.h. */
#ifndef MR_APPEND_H
#define MR_APPEND_H

#include "core/broker/partition.h"

/* True: done with it (answered, or on its way). False: it must wait; p->pump will be run. */
bool append_try(struct part_append *a);
bool append_usable(struct partition *p, int16_t acks, enum kw_error *ret); /* false: *ret says why not */
void append_finish(struct part_append *a, enum kw_error error, const char *message);

void append_pump(struct partition *p);      /* try those that wait, in order */
void append_on_stable(struct partition *p); /* stable_end moved: answer repeats of what is stable now */
void append_fail_all(struct partition *p,
                     enum kw_error error); /* those that wait and have not been appended */

/* core/broker/append_txn.c. A batch of a producer whose coordinator is being asked stands behind the one that
 * asks. True: it was put there. */
bool append_behind(struct part_append *a, int64_t producer_id);
/* Must the coordinator be asked first? Then it is: true. */
bool append_ask(struct part_append *a, const struct kw_batch_header *h);
void append_fail_behind(struct partition *p,
                        enum kw_error error); /* those that ask are told when they return */
bool marker_try(struct part_marker *m);       /* as append_try() */
void marker_finish(struct part_marker *m, enum kw_error error);

#endif
