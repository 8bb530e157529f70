#include "core/buf.h"

#include <sys/mman.h>

#include "core/mem.h"

struct buf_pool {
    struct mr_buf *bufs; /* [count_max] */
    uint32_t *free;      /* indexes of returned buffers, a stack */
    uint32_t free_count;
    uint32_t touched; /* buffers [0, touched) have been out at least once */
    uint32_t count_max;
    uint32_t out;
    size_t buf_bytes;
    uint8_t *map;
    size_t map_bytes;
};

enum { HUGE_PAGE = 2 << 20 };

static void pool_release(struct mr_buf *buf)
{
    struct buf_pool *pool = buf->owner;
    pool->free[pool->free_count++] = (uint32_t)(buf - pool->bufs);
    pool->out--;
}

struct buf_pool *pool_new(size_t buf_bytes, uint32_t count_max, uint32_t home)
{
    MR_ASSERT(buf_bytes > 0 && buf_bytes % 4096 == 0 && count_max > 0);
    struct buf_pool *pool = mem_zalloc(1, sizeof(*pool));
    if (pool == NULL)
        return NULL;
    pool->buf_bytes = buf_bytes;
    pool->count_max = count_max;
    pool->bufs = mem_zalloc(count_max, sizeof(*pool->bufs));
    pool->free = mem_zalloc(count_max, sizeof(*pool->free));
    pool->map_bytes = mr_round_up(buf_bytes * count_max, 4096);
    void *map = mmap(NULL, pool->map_bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pool->bufs == NULL || pool->free == NULL || map == MAP_FAILED) {
        if (map != MAP_FAILED)
            munmap(map, pool->map_bytes);
        mem_free(pool->bufs);
        mem_free(pool->free);
        mem_free(pool);
        return NULL;
    }
    pool->map = map;
    if (buf_bytes >= HUGE_PAGE)
        (void)madvise(map, pool->map_bytes, MADV_HUGEPAGE); /* advice: without it only slower */
    for (uint32_t i = 0; i < count_max; i++) {
        pool->bufs[i] = (struct mr_buf){
            .data = pool->map + (size_t)i * buf_bytes,
            .cap = buf_bytes,
            .home = home,
            .release = pool_release,
            .owner = pool,
        };
    }
    return pool;
}

void pool_free(struct buf_pool *pool)
{
    if (pool == NULL)
        return;
    MR_ASSERT(pool->out == 0);
    munmap(pool->map, pool->map_bytes);
    mem_free(pool->bufs);
    mem_free(pool->free);
    mem_free(pool);
}

struct mr_buf *pool_take(struct buf_pool *pool)
{
    uint32_t i;
    if (pool->free_count > 0)
        i = pool->free[--pool->free_count];
    else if (pool->touched < pool->count_max)
        i = pool->touched++;
    else
        return NULL;
    pool->out++;
    struct mr_buf *buf = &pool->bufs[i];
    MR_ASSERT(buf->refs == 0);
    buf->refs = 1;
    return buf;
}

uint32_t pool_out(const struct buf_pool *pool)
{
    return pool->out;
}

uint32_t pool_max(const struct buf_pool *pool)
{
    return pool->count_max;
}

static void single_release(struct mr_buf *buf)
{
    mem_free(buf->data);
    mem_free(buf);
}

struct mr_buf *buf_new(size_t bytes, size_t align, uint32_t home)
{
    struct mr_buf *buf = mem_zalloc(1, sizeof(*buf));
    if (buf == NULL)
        return NULL;
    buf->data = mem_aligned(mr_max(bytes, 1), mr_max(align, sizeof(void *)));
    if (buf->data == NULL) {
        mem_free(buf);
        return NULL;
    }
    *buf =
        (struct mr_buf){.data = buf->data, .cap = bytes, .refs = 1, .home = home, .release = single_release};
    return buf;
}
