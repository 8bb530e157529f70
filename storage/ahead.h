/* storage/ahead.h - blocks that segment files get before they are written.
 *
 * A direct write that extends a file is done by a kernel worker, one after the other, at a third more CPU;
 * one into blocks that are there goes out from the ring itself. So a file that grows
 * gets as many blocks again as it has, AHEAD_BYTES_MAX at most: little is lost on small logs, and nothing on
 * the smallest. A log that has not grown for a while gives them back, so that idle logs take no more room
 * than their records, and their files end where what was written ends. A rolled segment is cut when it is
 * complete (storage/materialise.c), and the last one by a clean close. After a crash a file may be longer
 * than what is in it, by zeros: nothing but mat_pos says where its bytes end. */
#ifndef MR_AHEAD_H
#define MR_AHEAD_H

#include "storage/plog_priv.h"

/* How far seg's file should have blocks before it is written up to end; 0: the write needs none. */
uint64_t ahead_wanted(const struct plog *log, const struct segment *seg, uint64_t end);
/* What became of asking for blocks up to to: 0, or -errno (the write will say whether that matters). */
void ahead_given(struct plog *log, struct segment *seg, uint64_t to, int err);

void ahead_init(struct store *s);
void ahead_stop(struct store *s);    /* the timer; cuts under way are among store->tasks */
void ahead_forget(struct plog *log); /* it goes away */

#endif
