/* core/arena.h - memory that lives as long as one request.
 *
 * Allocation bumps a pointer; nothing is freed alone; arena_reset() or arena_done() drops all at once and
 * runs the releases registered with arena_on_drop() (counted buffers held by the request).
 * An arena never grows past its limit: arena_alloc() then returns NULL, which callers treat as
 * -MR_E_LIMIT (a request larger than what admission granted). One thread only. */
#ifndef MR_ARENA_H
#define MR_ARENA_H

#include "core/base.h"

struct mr_buf;
struct arena_chunk;
struct arena_drop;

struct mr_arena {
    uint8_t *next; /* first free byte of the current chunk */
    uint8_t *end;
    struct arena_chunk *chunks; /* newest first */
    struct arena_drop *drops;
    size_t used_bytes; /* of all chunks, as allocated from the system */
    size_t limit_bytes;
};

/* No memory is taken until the first allocation. */
void arena_init(struct mr_arena *a, size_t limit_bytes);

/* Drop everything and keep nothing (done), or keep the first chunk for reuse (reset). */
void arena_done(struct mr_arena *a);
void arena_reset(struct mr_arena *a);

/* size bytes, aligned to align (a power of two, at most 64), not zeroed. NULL past the limit. size 0 gives
 * a valid pointer. */
void *arena_alloc(struct mr_arena *a, size_t size, size_t align);

/* The same, zeroed; count * size is checked for overflow. */
void *arena_zalloc(struct mr_arena *a, size_t count, size_t size, size_t align);

/* Copies, NUL-terminated for text. A null slice stays null. *ok turns false past the limit. */
struct mr_str arena_str(struct mr_arena *a, struct mr_str s, bool *ok);
struct mr_slice arena_bytes(struct mr_arena *a, struct mr_slice s, bool *ok);

/* Keep one reference of buf until the arena is dropped (the reference is taken here).
 * Returns -MR_E_LIMIT past the limit; then no reference was taken. */
int arena_hold(struct mr_arena *a, struct mr_buf *buf);

#define arena_new(a, type) ((type *)arena_zalloc((a), 1, sizeof(type), _Alignof(type)))
#define arena_array(a, type, count) ((type *)arena_zalloc((a), (count), sizeof(type), _Alignof(type)))

#endif
