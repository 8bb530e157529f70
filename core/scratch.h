/* core/scratch.h - a byte array that grows in steps up to a limit and is used again and again.
 *
 * One owner, one thread. What was written stays where it is relative to data, but data itself moves when
 * the array grows: keep positions, not pointers. */
#ifndef MR_SCRATCH_H
#define MR_SCRATCH_H

#include "core/base.h"

struct mr_scratch {
    uint8_t *data; /* NULL until the first byte is asked for */
    size_t len;    /* written */
    size_t cap;
    size_t max; /* cap never passes this */
};

/* No memory is taken until the first reservation. */
void scratch_init(struct mr_scratch *s, size_t max_bytes);
void scratch_done(struct mr_scratch *s);

/* Forget the content, keep the memory for the next use, but no more of it than keep_bytes. */
void scratch_reset(struct mr_scratch *s, size_t keep_bytes);

/* Make room for `bytes` more after len. 0, -MR_E_LIMIT (past max) or -ENOMEM; on error nothing changes. */
int scratch_reserve(struct mr_scratch *s, size_t bytes);

/* Append a copy. Errors as scratch_reserve(). */
int scratch_put(struct mr_scratch *s, const void *p, size_t bytes);

static inline size_t scratch_room(const struct mr_scratch *s)
{
    return s->cap - s->len;
}

#endif
