#include "core/arena.h"

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"

enum {
    CHUNK_BYTES_FIRST = 4096,
    CHUNK_BYTES_MAX = 256 * 1024,
};

struct arena_chunk {
    struct arena_chunk *older;
    size_t bytes; /* with this header */
    _Alignas(16) uint8_t data[];
};

struct arena_drop {
    struct arena_drop *older;
    struct mr_buf *buf;
};

void arena_init(struct mr_arena *a, size_t limit_bytes)
{
    memset(a, 0, sizeof(*a));
    a->limit_bytes = limit_bytes;
}

static void run_drops(struct mr_arena *a)
{
    while (a->drops != NULL) {
        struct arena_drop *drop = a->drops;
        a->drops = drop->older;
        buf_unref(drop->buf);
    }
}

static void free_chunks_but(struct mr_arena *a, struct arena_chunk *keep)
{
    while (a->chunks != keep) {
        struct arena_chunk *chunk = a->chunks;
        a->chunks = chunk->older;
        a->used_bytes -= chunk->bytes;
        mem_free(chunk);
    }
}

void arena_done(struct mr_arena *a)
{
    run_drops(a);
    free_chunks_but(a, NULL);
    a->next = a->end = NULL;
}

void arena_reset(struct mr_arena *a)
{
    run_drops(a);
    struct arena_chunk *first = a->chunks;
    while (first != NULL && first->older != NULL)
        first = first->older;
    free_chunks_but(a, first);
    if (first != NULL) {
        a->next = first->data;
        a->end = (uint8_t *)first + first->bytes;
    }
}

static bool grow(struct mr_arena *a, size_t size, size_t align)
{
    if (size > a->limit_bytes)
        return false;
    size_t bytes = a->chunks == NULL ? CHUNK_BYTES_FIRST : mr_min(a->chunks->bytes * 2, CHUNK_BYTES_MAX);
    bytes = mr_max(bytes, sizeof(struct arena_chunk) + size + align);
    if (bytes > a->limit_bytes - mr_min(a->used_bytes, a->limit_bytes)) {
        bytes = sizeof(struct arena_chunk) + size + align;
        if (bytes > a->limit_bytes - mr_min(a->used_bytes, a->limit_bytes))
            return false;
    }
    struct arena_chunk *chunk = mem_alloc(bytes);
    if (chunk == NULL)
        return false;
    chunk->older = a->chunks;
    chunk->bytes = bytes;
    a->chunks = chunk;
    a->used_bytes += bytes;
    a->next = chunk->data;
    a->end = (uint8_t *)chunk + bytes;
    return true;
}

void *arena_alloc(struct mr_arena *a, size_t size, size_t align)
{
    MR_ASSERT(align > 0 && align <= 64 && (align & (align - 1)) == 0);
    for (;;) {
        uintptr_t start = mr_round_up((uintptr_t)a->next, align);
        if (a->next != NULL && start <= (uintptr_t)a->end && size <= (uintptr_t)a->end - start) {
            a->next = (uint8_t *)start + size;
            return (void *)start;
        }
        if (!grow(a, size, align))
            return NULL;
    }
}

void *arena_zalloc(struct mr_arena *a, size_t count, size_t size, size_t align)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    void *p = arena_alloc(a, bytes, align);
    if (p != NULL)
        memset(p, 0, bytes);
    return p;
}

struct mr_str arena_str(struct mr_arena *a, struct mr_str s, bool *ok)
{
    if (s.ptr == NULL)
        return s;
    char *copy = arena_alloc(a, s.len + 1, 1);
    if (copy == NULL) {
        *ok = false;
        return (struct mr_str){NULL, 0};
    }
    memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return (struct mr_str){copy, s.len};
}

struct mr_slice arena_bytes(struct mr_arena *a, struct mr_slice s, bool *ok)
{
    if (s.ptr == NULL)
        return s;
    uint8_t *copy = arena_alloc(a, s.len, 8);
    if (copy == NULL) {
        *ok = false;
        return (struct mr_slice){NULL, 0};
    }
    memcpy(copy, s.ptr, s.len);
    return (struct mr_slice){copy, s.len};
}

int arena_hold(struct mr_arena *a, struct mr_buf *buf)
{
    struct arena_drop *drop = arena_new(a, struct arena_drop);
    if (drop == NULL)
        return -MR_E_LIMIT;
    drop->buf = buf_ref(buf);
    drop->older = a->drops;
    a->drops = drop;
    return 0;
}
