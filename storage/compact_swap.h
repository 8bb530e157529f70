/* storage/compact_swap.h - putting what a compaction pass has made into the place of the segments it was made
 * from.
 *
 * The new segment's files (BASE.log.N.cleaned, .index, .timeindex, .txnindex likewise; N counts the cleanings
 * of the log) are complete and flushed, with their directory. Then one journal entry, REPLACE, takes the old
 * segments out of the log and the new one in: before it the old files are the log, from it on the new ones,
 * under whatever name they have. Only when the entry is flushed, and nobody reads in the old files any more,
 * they are unlinked, and the new files get their names: a swap. Replay finds the entry, or a record that
 * names N, and does the rest of the swap: each of its steps may have been done before. A number is never
 * used again while an entry or a record may name it. */
#ifndef MR_COMPACT_SWAP_H
#define MR_COMPACT_SWAP_H

#include "storage/journal.h"

struct bound_segment;
struct plog;
struct segment;
struct swap;

enum { REPLACE_BODY_BYTES = 84, REPLACE_INDEX_FILED = 1, REPLACE_TXNS_FILED = 2 };

/* Replace the count segments from index first on by fresh (taken when this succeeds: complete, flushed, its
 * names those of fresh->cleaned). wait->done runs when that is stable, as journal_wait()'s.
 * 0, -EAGAIN (no room in the journal: plog_wait_room()), -MR_E_FENCED, -ENOMEM. */
int swap_commit(struct plog *log, uint32_t first, uint32_t count, struct segment *fresh, struct jwait *wait);

/* Recovery: the entry comes again; a segment of a record whose files may have those names.
 * 0, -ENOMEM, -MR_E_CORRUPT. */
int swap_replay(struct plog *log, struct mr_slice body);
int swap_found(struct plog *log, struct segment *seg);

/* What an entry says of the new segment, and the base of the last old one. False: it is too short. */
bool swap_parse(struct mr_slice body, struct bound_segment *ret, int64_t *ret_last);

/* Start-up and clean close (io_wait): do the rest of all swaps of a log in which nothing is in flight. 0 or
 * the error. */
int swaps_finish_wait(struct plog *log);

/* Look again: something that swaps may wait for has happened. */
void swaps_kick(struct plog *log);

/* The log's memory goes: what swaps hold of it goes, too. sync: start-up and shutdown. */
void swaps_drop(struct plog *log, bool sync);

#endif
