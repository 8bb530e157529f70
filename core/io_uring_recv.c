/* core/io_uring_recv.c - receiving into shared chunks.
 *
 * All multishot receives of an io fill the same chunks, from a ring that we publish chunks in and the kernel
 * takes them from. With IOU_PBUF_RING_INC (Linux 6.12) the kernel fills a chunk piece by piece, for whichever
 * socket has data, and says with the last piece that it is done with it; so small messages share a chunk.
 * Older kernels use a chunk per completion: there the same memory is cut into more and smaller ones.
 *
 * A completion does not say where in the chunk its bytes lie: pieces are handed out in the order of
 * completions, which we count along. That order is certain because the kernel runs everything that receives
 * inside our own io_uring_enter() (DEFER_TASKRUN), one after the other, and completions that find the queue
 * full are appended to a list in the same order. Hence no incremental ring without DEFER_TASKRUN.
 *
 * A chunk goes round: free -> published (the kernel holds one reference) -> filled (slices may hold more
 * references) -> the kernel is done and the last slice is released -> free.
 * Sources: io_uring_register(2), IORING_REGISTER_PBUF_RING; io_uring_prep_recv_multishot(3). */
#include <sys/mman.h>

#include "core/io_uring_priv.h"
#include "core/mem.h"

enum {
    RECV_GROUP = 0,
    RECV_RING_ENTRIES = 512,
    RECV_CHUNK_BYTES = 256 << 10,
    RECV_CHUNKS = 64,
    RECV_DEPTH = 8,              /* incremental chunks at the kernel: few, so that warm ones are used again */
    RECV_PIECE_BYTES = 64 << 10, /* of a chunk that is not incremental */
    RECV_COUNT_MAX = 32768,      /* ids are 16 bits, and the kernel's limit */
};

static void chunk_release(struct mr_buf *buf)
{
    struct mr_io *io = buf->owner;
    struct recv_pool *pool = &io->recv;
    struct recv_chunk *chunk = MR_CONTAINER(buf, struct recv_chunk, buf);
    pool->free[pool->free_count++] = (uint32_t)(chunk - pool->chunks);
}

/* The kernel is done with the chunk. */
static void chunk_unpublish(struct recv_pool *pool, struct recv_chunk *chunk)
{
    MR_ASSERT(chunk->published);
    chunk->published = false;
    pool->published--;
    buf_unref(&chunk->buf);
}

void recv_refill(struct mr_io *io)
{
    struct recv_pool *pool = &io->recv;
    if (MR_LIKELY(pool->published == pool->depth || pool->free_count == 0))
        return;
    int added = 0;
    while (pool->published < pool->depth && pool->free_count > 0) {
        uint32_t id = pool->free[--pool->free_count];
        struct recv_chunk *chunk = &pool->chunks[id];
        chunk->buf.refs = 1;
        chunk->used_bytes = 0;
        chunk->published = true;
        pool->published++;
        io_uring_buf_ring_add(pool->ring, chunk->buf.data, pool->chunk_bytes, (unsigned short)id,
                              io_uring_buf_ring_mask(RECV_RING_ENTRIES), added++);
    }
    io_uring_buf_ring_advance(pool->ring, added);
}

int recv_open(struct mr_io *io)
{
    struct recv_pool *pool = &io->recv;
    uint64_t chunk_bytes = io->cfg.recv_chunk_bytes != 0 ? io->cfg.recv_chunk_bytes : RECV_CHUNK_BYTES;
    uint64_t chunks = io->cfg.recv_chunks_max != 0 ? io->cfg.recv_chunks_max : RECV_CHUNKS;
    if (chunks > RECV_COUNT_MAX)
        return -EINVAL;
    pool->chunk_bytes = (uint32_t)mr_round_up(chunk_bytes, 4096);
    pool->map_bytes = pool->chunk_bytes * chunks;
    pool->ring_bytes = RECV_RING_ENTRIES * sizeof(struct io_uring_buf);
    void *map = mmap(NULL, pool->map_bytes + pool->ring_bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED)
        return -errno;
    pool->map = map;
    pool->ring = (struct io_uring_buf_ring *)(pool->map + pool->map_bytes);
    return 0;
}

static int pool_carve(struct mr_io *io)
{
    struct recv_pool *pool = &io->recv;
    if (!pool->incremental)
        pool->chunk_bytes = (uint32_t)mr_min(pool->chunk_bytes, RECV_PIECE_BYTES);
    pool->count = (uint32_t)mr_min(pool->map_bytes / pool->chunk_bytes, RECV_COUNT_MAX);
    pool->depth = (uint32_t)mr_min(pool->count, pool->incremental ? RECV_DEPTH : RECV_RING_ENTRIES);
    pool->chunks = mem_zalloc(pool->count, sizeof(*pool->chunks));
    pool->free = mem_zalloc(pool->count, sizeof(*pool->free));
    if (pool->chunks == NULL || pool->free == NULL)
        return -ENOMEM;
    for (uint32_t i = 0; i < pool->count; i++) {
        pool->chunks[i].buf = (struct mr_buf){
            .data = pool->map + (size_t)i * pool->chunk_bytes,
            .cap = pool->chunk_bytes,
            .home = io->cfg.shard,
            .release = chunk_release,
            .owner = io,
        };
        pool->free[pool->count - 1 - i] = i; /* chunk 0 first */
    }
    pool->free_count = pool->count;
    return 0;
}

int recv_register(struct mr_io *io)
{
    struct recv_pool *pool = &io->recv;
    for (uint32_t i = 0; i < pool->count; i++) { /* an earlier ring had them; it fills none any more */
        if (pool->chunks[i].published)
            chunk_unpublish(pool, &pool->chunks[i]);
    }
    io_uring_buf_ring_init(pool->ring);
    struct io_uring_buf_reg reg = {
        .ring_addr = (uint64_t)(uintptr_t)pool->ring,
        .ring_entries = RECV_RING_ENTRIES,
        .bgid = RECV_GROUP,
    };
    bool may_be_incremental =
        (io->ring_flags & IORING_SETUP_DEFER_TASKRUN) && !(io->without & URING_WITHOUT_INC);
    if (may_be_incremental)
        reg.pad = URING_PBUF_RING_INC; /* `flags` in newer headers */
    int err = io_uring_register_buf_ring(&io->ring, &reg, 0);
    if (err == -EINVAL && may_be_incremental) {
        may_be_incremental = false;
        reg.pad = 0;
        err = io_uring_register_buf_ring(&io->ring, &reg, 0);
    }
    if (err != 0)
        return err;
    MR_ASSERT(pool->chunks == NULL ||
              pool->incremental == may_be_incremental); /* the same kernel as before */
    pool->incremental = may_be_incremental;
    return pool->chunks == NULL ? pool_carve(io) : 0;
}

void recv_close(struct mr_io *io)
{
    struct recv_pool *pool = &io->recv;
    MR_ASSERT(pool->free_count + pool->published == pool->count || io->broken); /* all slices are released */
    mem_free(pool->chunks);
    mem_free(pool->free);
    munmap(pool->map, pool->map_bytes + pool->ring_bytes);
}

/* ---- the op; h: the socket ---- */

void io_recv(struct mr_io *io, struct mr_op *op, struct mr_sock s)
{
    uring_begin(io, op, KIND_RECV);
    op->priv.h = s.h;
    uring_push(io, op);
}

void recv_prep(struct mr_io *io, struct mr_op *op)
{
    struct io_uring_sqe *sqe = ring_sqe(io, op, TAG_MAIN);
    io_uring_prep_recv_multishot(sqe, op->priv.h, NULL, 0, 0);
    sqe->flags |= IOSQE_BUFFER_SELECT;
    sqe->buf_group = RECV_GROUP;
}

static void recv_data(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    struct recv_pool *pool = &io->recv;
    uint32_t id = cqe.flags >> IORING_CQE_BUFFER_SHIFT;
    MR_ASSERT(id < pool->count);
    struct recv_chunk *chunk = &pool->chunks[id];
    MR_ASSERT(chunk->published && (uint32_t)cqe.res <= pool->chunk_bytes - chunk->used_bytes);
    op->data = (struct mr_slice){chunk->buf.data + chunk->used_bytes, (size_t)cqe.res};
    op->buf = &chunk->buf;
    chunk->used_bytes += (uint32_t)cqe.res;
    io->counters.received_bytes += (uint64_t)cqe.res;

    uring_complete(io, op, cqe.res, (cqe.flags & IORING_CQE_F_MORE) != 0);

    if (!pool->incremental || !(cqe.flags & URING_CQE_F_BUF_MORE))
        chunk_unpublish(pool, chunk);
}

void recv_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    struct recv_pool *pool = &io->recv;
    bool has_chunk = cqe.tag == TAG_MAIN && (cqe.flags & IORING_CQE_F_BUFFER);
    if (has_chunk && cqe.res > 0) {
        recv_data(io, op, cqe);
        return;
    }
    /* An incremental chunk is never used up by nothing, whatever the flag says (kernels before 6.17 leave out
     * F_BUF_MORE at the end of a stream); the others are. */
    if (has_chunk && !pool->incremental)
        chunk_unpublish(pool, &pool->chunks[cqe.flags >> IORING_CQE_BUFFER_SHIFT]);
    if (cqe.res == -ENOBUFS && !(op->priv.flags & OPF_CANCEL)) {
        recv_refill(io);
        if (pool->published > 0) { /* the kernel had run out, we have not */
            uring_push(io, op);
            return;
        }
    }
    op->data = (struct mr_slice){NULL, 0};
    op->buf = NULL;
    uring_complete(io, op, cqe.res, (cqe.flags & IORING_CQE_F_MORE) != 0);
}
