/* core/map.h - hash maps: struct mr_map from 64-bit keys, struct mr_smap from byte strings, to pointers.
 *
 * A walk goes in the order of insertion, whatever the keys and the addresses are, so runs repeat exactly.
 * Values are the caller's and never NULL. Keys of an mr_smap are borrowed: they stay alive and unchanged
 * while they are in the map (usually they lie in the value). Bounds: 1.6 billion keys; 24 bytes a key and 5
 * to 11 of index, doubled as the map grows. A look-up costs a few probes. The hash has no secret, so chosen
 * keys can make that O(count): what a peer may add is limited by whoever owns the map (partitions, groups,
 * ... all have limits). One thread only. */
#ifndef MR_MAP_H
#define MR_MAP_H

#include "core/base.h"

struct map_entry {
    uint64_t key;     /* mr_smap: hash << 32 | length of text */
    const char *text; /* mr_smap only */
    void *value;      /* NULL: removed, a hole until the array is packed */
};

struct mr_map {
    struct map_entry *entries; /* in order of insertion, [used] with holes */
    uint32_t *index;           /* open addressing: place in entries + 1; 0 is free */
    uint32_t used, cap;
    uint32_t count;      /* without holes */
    uint32_t index_mask; /* its size - 1; the size is a power of two, at least 4/3 of cap */
};

/* No memory is taken before the first key. map_done() frees the map, not the values; it may be used again. */
void map_init(struct mr_map *m);
void map_done(struct mr_map *m);

/* -EEXIST when the key is there (the old value stays), -ENOMEM. */
int map_put(struct mr_map *m, uint64_t key, void *value);
void *map_get(const struct mr_map *m, uint64_t key); /* NULL: not there */
void *map_remove(struct mr_map *m, uint64_t key);    /* the value, NULL: not there */
int map_reserve(struct mr_map *m, uint32_t count);   /* so that the map can hold count keys without -ENOMEM */
static inline uint32_t map_count(const struct mr_map *m)
{
    return m->count;
}

/* Walk: `uint32_t at = 0; while ((value = map_next(m, &at)) != NULL)`. Any key may be removed meanwhile, but
 * none added. */
void *map_next(const struct mr_map *m, uint32_t *at);

struct mr_smap {
    struct mr_map map;
};

void smap_init(struct mr_smap *m);
void smap_done(struct mr_smap *m);
int smap_put(struct mr_smap *m, struct mr_str key, void *value); /* as map_put(); key.len < 2^32 */
void *smap_get(const struct mr_smap *m, struct mr_str key);
void *smap_remove(struct mr_smap *m, struct mr_str key);
int smap_reserve(struct mr_smap *m, uint32_t count);
static inline uint32_t smap_count(const struct mr_smap *m)
{
    return m->map.count;
}
void *smap_next(const struct mr_smap *m, uint32_t *at);

/* The hash behind it: 64 bits, the same in every process and build. For placement by name and the like. */
uint64_t mr_hash_bytes(const void *p, size_t len);
uint64_t mr_hash_u64(uint64_t key);

#endif
