/* core/buf.h - counted byte buffers that outlive the function that filled them.
 *
 * The count is not atomic: a buffer belongs to one shard (buf->home) and only that shard touches the
 * count. Another shard that was handed a pointer sends its message home to release it. */
#ifndef MR_BUF_H
#define MR_BUF_H

#include "core/base.h"

struct mr_buf {
    uint8_t *data;
    size_t cap;
    uint32_t refs;
    uint32_t home;                       /* shard id of the owner */
    void (*release)(struct mr_buf *buf); /* called when the last reference goes; may recycle */
    void *owner;                         /* release()'s own: a pool, an io */
};

static inline struct mr_buf *buf_ref(struct mr_buf *buf)
{
    MR_ASSERT(buf->refs > 0);
    buf->refs++;
    return buf;
}

static inline void buf_unref(struct mr_buf *buf)
{
    MR_ASSERT(buf->refs > 0);
    if (--buf->refs == 0)
        buf->release(buf);
}

/* A pool of equal, page-aligned buffers taken from one mapping (transparent huge pages asked for).
 * pool_take() returns NULL when count_max buffers are out: the caller waits or reads less. Fresh memory is
 * touched only when the free ones are used up: last returned, first reused (warm cache). */
struct buf_pool;
struct buf_pool *pool_new(size_t buf_bytes, uint32_t count_max, uint32_t home);
void pool_free(struct buf_pool *pool); /* every buffer must be back */
struct mr_buf *pool_take(struct buf_pool *pool);
uint32_t pool_out(const struct buf_pool *pool);
uint32_t pool_max(const struct buf_pool *pool);

/* One buffer of its own, from the allocator, aligned to align (a power of two). NULL when out of memory. */
struct mr_buf *buf_new(size_t bytes, size_t align, uint32_t home);

#endif
