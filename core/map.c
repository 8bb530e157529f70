#include "core/map.h"

#include "core/err.h"
#include "core/mem.h"

enum { CAP_FIRST = 6, INDEX_FIRST = 8, CAP_MAX = 0x60000000 };

/* The finaliser of MurmurHash3 (Appleby, public domain): every input bit reaches every output bit. */
uint64_t mr_hash_u64(uint64_t key)
{
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdu;
    key ^= key >> 33;
    key *= 0xc4ceb9fe1a85ec53u;
    key ^= key >> 33;
    return key;
}

uint64_t mr_hash_bytes(const void *p, size_t len)
{
    const uint8_t *bytes = p;
    uint64_t h = mr_hash_u64(len);
    for (; len >= 8; bytes += 8, len -= 8)
        h = mr_hash_u64(h ^ __builtin_bswap64(mr_get64(bytes))) * 0x9e3779b97f4a7c15u;
    uint64_t rest = 0;
    for (size_t i = 0; i < len; i++)
        rest |= (uint64_t)bytes[i] << (8 * i);
    return mr_hash_u64(h ^ rest);
}

void map_init(struct mr_map *m)
{
    memset(m, 0, sizeof(*m));
}

void map_done(struct mr_map *m)
{
    mem_free(m->entries);
    mem_free(m->index);
    memset(m, 0, sizeof(*m));
}

static bool same(const struct map_entry *e, uint64_t key, const char *text)
{
    if (e->key != key)
        return false;
    uint32_t len = (uint32_t)key;
    return text == NULL || len == 0 || memcmp(e->text, text, len) == 0;
}

/* The index slot that names the key, or the free one where it would go. */
static uint32_t find(const struct mr_map *m, uint64_t key, const char *text)
{
    uint32_t slot = (uint32_t)mr_hash_u64(key) & m->index_mask;
    while (m->index[slot] != 0 && !same(&m->entries[m->index[slot] - 1], key, text))
        slot = (slot + 1) & m->index_mask;
    return slot;
}

static uint32_t free_slot(const struct mr_map *m, uint64_t key)
{
    uint32_t slot = (uint32_t)mr_hash_u64(key) & m->index_mask;
    while (m->index[slot] != 0)
        slot = (slot + 1) & m->index_mask;
    return slot;
}

/* Packs the holes out of entries and gives them and the index room for cap keys. */
static int rebuild(struct mr_map *m, uint32_t cap, uint32_t index_size)
{
    struct map_entry *entries = mem_alloc((size_t)cap * sizeof(*entries));
    uint32_t *index = mem_zalloc(index_size, sizeof(*index));
    if (entries == NULL || index == NULL) {
        mem_free(entries);
        mem_free(index);
        return -ENOMEM;
    }
    uint32_t used = 0;
    for (uint32_t i = 0; i < m->used; i++) {
        if (m->entries[i].value != NULL)
            entries[used++] = m->entries[i];
    }
    MR_ASSERT(used == m->count && used <= cap);
    mem_free(m->entries);
    mem_free(m->index);
    *m = (struct mr_map){entries, index, used, cap, used, index_size - 1};
    for (uint32_t i = 0; i < used; i++)
        m->index[free_slot(m, entries[i].key)] = i + 1;
    return 0;
}

/* Packing the holes may be all it takes; a map that has lost most of its keys shrinks here. */
int map_reserve(struct mr_map *m, uint32_t count)
{
    if (count <= m->cap - (m->used - m->count) && m->cap != 0)
        return 0;
    uint64_t cap = CAP_FIRST, index_size = INDEX_FIRST;
    while (cap < count) {
        cap *= 2;
        index_size *= 2;
    }
    if (cap > CAP_MAX)
        return -ENOMEM;
    return rebuild(m, (uint32_t)cap, (uint32_t)index_size);
}

static int put(struct mr_map *m, uint64_t key, const char *text, void *value)
{
    MR_ASSERT(value != NULL);
    if (m->cap != 0 && m->index[find(m, key, text)] != 0)
        return -EEXIST;
    if (m->used == m->cap) {
        /* A quarter more than there are, so that holes made and filled in turn do not rebuild every time. */
        int err = map_reserve(m, m->count + m->count / 4 + 1);
        if (err != 0)
            return err;
    }
    m->index[free_slot(m, key)] = m->used + 1;
    m->entries[m->used++] = (struct map_entry){key, text, value};
    m->count++;
    return 0;
}

static void *get(const struct mr_map *m, uint64_t key, const char *text)
{
    if (m->count == 0)
        return NULL;
    uint32_t at = m->index[find(m, key, text)];
    return at == 0 ? NULL : m->entries[at - 1].value;
}

static void *take(struct mr_map *m, uint64_t key, const char *text)
{
    if (m->count == 0)
        return NULL;
    uint32_t hole = find(m, key, text);
    if (m->index[hole] == 0)
        return NULL;
    struct map_entry *e = &m->entries[m->index[hole] - 1];
    void *value = e->value;
    e->value = NULL;

    /* Close the gap in the probe sequence: what lies behind moves up, unless that is before its home. */
    for (uint32_t slot = (hole + 1) & m->index_mask; m->index[slot] != 0; slot = (slot + 1) & m->index_mask) {
        uint32_t home = (uint32_t)mr_hash_u64(m->entries[m->index[slot] - 1].key) & m->index_mask;
        if (((slot - home) & m->index_mask) < ((slot - hole) & m->index_mask))
            continue;
        m->index[hole] = m->index[slot];
        hole = slot;
    }
    m->index[hole] = 0;
    m->count--;
    while (m->used > 0 && m->entries[m->used - 1].value == NULL) /* holes at the end cost nothing */
        m->used--;
    return value;
}

int map_put(struct mr_map *m, uint64_t key, void *value)
{
    return put(m, key, NULL, value);
}

void *map_get(const struct mr_map *m, uint64_t key)
{
    return get(m, key, NULL);
}

void *map_remove(struct mr_map *m, uint64_t key)
{
    return take(m, key, NULL);
}

void *map_next(const struct mr_map *m, uint32_t *at)
{
    while (*at < m->used) {
        void *value = m->entries[(*at)++].value;
        if (value != NULL)
            return value;
    }
    return NULL;
}

void smap_init(struct mr_smap *m)
{
    map_init(&m->map);
}

void smap_done(struct mr_smap *m)
{
    map_done(&m->map);
}

/* The text of a key is never NULL, which is what tells it from a number. */
static const char *text_of(struct mr_str key)
{
    return key.ptr != NULL ? key.ptr : "";
}

static uint64_t key_of(struct mr_str key)
{
    MR_ASSERT(key.len <= UINT32_MAX);
    return mr_hash_bytes(key.ptr, key.len) << 32 | key.len;
}

int smap_put(struct mr_smap *m, struct mr_str key, void *value)
{
    return put(&m->map, key_of(key), text_of(key), value);
}

void *smap_get(const struct mr_smap *m, struct mr_str key)
{
    return get(&m->map, key_of(key), text_of(key));
}

void *smap_remove(struct mr_smap *m, struct mr_str key)
{
    return take(&m->map, key_of(key), text_of(key));
}

int smap_reserve(struct mr_smap *m, uint32_t count)
{
    return map_reserve(&m->map, count);
}

void *smap_next(const struct mr_smap *m, uint32_t *at)
{
    return map_next(&m->map, at);
}
