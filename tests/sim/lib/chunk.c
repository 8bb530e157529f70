/* Receive chunks: each its own allocation, freed at its last reference, so that a sanitizer sees a late
 * reader. */
#include "tests/sim/lib/sim_priv.h"

struct sim_chunk {
    struct mr_buf buf; /* first */
    struct mr_io *io;
    struct mr_list link; /* mr_io.chunks */
    size_t used;
};

static void chunk_free(struct sim_chunk *c)
{
    memset(c->buf.data, 0xdd, c->used); /* stale readers shall see nonsense */
    list_remove(&c->link);
    c->io->chunk_count--;
    mem_free(c->buf.data);
    mem_free(c);
}

static void chunk_release(struct mr_buf *buf)
{
    struct sim_chunk *c = (struct sim_chunk *)buf;
    struct mr_io *io = c->io;
    MR_ASSERT(io->w->running == NULL || io->w->running == io); /* only its own shard touches the count */
    chunk_free(c);
}

struct mr_buf *chunk_take(struct mr_io *io, size_t want, struct mr_slice *ret)
{
    struct sim_chunk *c = io->chunk;
    if (c != NULL && c->used == c->buf.cap) {
        chunk_retire(io);
        c = NULL;
    }
    if (c == NULL) {
        if (io->chunk_count >= io->cfg.recv_chunks_max)
            return NULL;
        c = mem_zalloc(1, sizeof(*c));
        MR_ASSERT(c != NULL);
        c->buf = (struct mr_buf){.data = mem_aligned(io->cfg.recv_chunk_bytes, 64),
                                 .cap = io->cfg.recv_chunk_bytes,
                                 .refs = 1,
                                 .home = io->cfg.shard,
                                 .release = chunk_release,
                                 .owner = io};
        MR_ASSERT(c->buf.data != NULL);
        c->io = io;
        list_push(&io->chunks, &c->link);
        io->chunk_count++;
        io->chunk = c;
    }
    size_t n = mr_min(want, c->buf.cap - c->used);
    *ret = (struct mr_slice){c->buf.data + c->used, n};
    c->used += n;
    return buf_ref(&c->buf);
}

void chunk_retire(struct mr_io *io)
{
    struct sim_chunk *c = io->chunk;
    io->chunk = NULL;
    if (c != NULL && --c->buf.refs == 0)
        chunk_free(c);
}

void chunks_free(struct mr_io *io)
{
    io->chunk = NULL;
    while (!list_empty(&io->chunks))
        chunk_free(MR_CONTAINER(io->chunks.next, struct sim_chunk, link));
}

/* Chunks that the user holds: the one being filled counts when somebody else has a reference. */
uint32_t world_io_chunks(const struct mr_io *io)
{
    uint32_t idle = io->chunk != NULL && io->chunk->buf.refs == 1 ? 1 : 0;
    return io->chunk_count - idle;
}
