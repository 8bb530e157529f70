/* core/broker/append.h - producing to one partition: validate, judge the producer, append, wait until stable.
 * What the partition's own file needs of it; handlers use core/broker/partition.h. */
#ifndef MR_APPEND_H
#define MR_APPEND_H

#include "core/broker/partition.h"

void append_pump(struct partition *p);      /* try those that wait, in order */
void append_on_stable(struct partition *p); /* stable_end moved: answer repeats of what is stable now */
void append_fail_all(struct partition *p,
                     enum kw_error error); /* those that wait and have not been appended */

#endif
