/* storage/space.h - a disk that fills up: a reserve that clients' records do not touch, and waiting for room.
 *
 * A client's batch is taken only when there is room for it and for everything acknowledged that is not in the
 * segment files yet, with the reserve left over. So what was acknowledged never waits for space, unless
 * something else fills the disk: then the journal, which has its blocks since the start, keeps it, nothing
 * more is taken, and the files are tried again until there is room. The reserve is for what makes room and
 * for what may not stop: metadata, offsets, markers, checkpoints, a clean close.
 *
 * Each store looks for itself: every LOOK_MS while clients append, while it is short, and when files have
 * gone; never while it is idle. Between two looks it takes its share of what it saw. */
#ifndef MR_SPACE_H
#define MR_SPACE_H

#include "storage/plog_priv.h"

/* The reserve, of a file system of so many bytes: cfg's, or for -1 a hundredth of it, at least 64 MiB, at
 * most 1 GiB, and never more than an eighth of it. */
uint64_t space_reserve(int64_t configured, uint64_t total_bytes);

/* No room on the disk: the write changed nothing that counts, and may be tried again. */
static inline bool space_is_full(int err)
{
    return err == -ENOSPC || err == -EDQUOT;
}

void space_init(struct store *s);
void space_stop(struct store *s);

/* May these bytes of a client's be appended? Counts them as taken when they may, as refused when not. */
bool space_take(struct store *s, uint64_t bytes);
/* May something of the broker's own be appended? While files cannot be written, the last quarter of journal
 * and memory is kept for what deletes. */
bool space_own(const struct store *s);
/* Blocks ahead for speed alone: only where they are a small part of what is free. */
bool space_ahead(const struct store *s, uint64_t bytes);
/* May files be written that take the place of as many bytes, which then go? They may take of the reserve what
 * checkpoints and the journal's bytes do not need: three quarters. */
bool space_for_copy(const struct store *s, uint64_t bytes);

/* A file could not be written for want of space: nothing more is tried until the next look. */
void space_failed(struct store *s, const char *what, int err);
void space_written(struct store *s); /* one could: there is room again */
void space_freed(struct store *s);   /* files have gone: look soon */
static inline bool space_waiting(const struct store *s)
{
    return s->space.waiting;
}
/* What a clean close would need has no room now. */
static inline bool space_lacking(const struct store *s)
{
    return s->space.waiting || s->space.unnamed > 0;
}

#endif
