/* Which indexes of closed segments stay in memory. */
#include "storage/index_load.h"

static void evict(struct store *s, const struct segment *keep)
{
    struct index_cache *c = &s->indexes;
    LIST_FOR_SAFE(node, tmp, &c->lru)
    {
        if (c->bytes <= c->bytes_max)
            return;
        struct seg_index *ix = MR_CONTAINER(node, struct seg_index, lru);
        struct segment *seg = MR_CONTAINER(ix, struct segment_live, index)->seg;
        if (seg == keep || seg->live->task != NULL || seg->pins > 0)
            continue;
        index_done(ix);
        segment_rest(seg);
    }
}

void index_cached(struct store *s, struct segment *seg)
{
    struct seg_index *ix = seg->live != NULL ? &seg->live->index : NULL;
    if (ix == NULL || index_empty(ix) || !seg->finished)
        return;
    list_remove(&ix->lru);
    list_push(&s->indexes.lru, &ix->lru);
    s->indexes.bytes += index_bytes(ix) + sizeof(struct segment_live) - ix->cached_bytes;
    ix->cached_bytes = index_bytes(ix) + sizeof(struct segment_live);
    ix->cache = &s->indexes;
    evict(s, seg);
}

void index_load_init(struct store *s)
{
    list_init(&s->indexes.lru);
    s->indexes.bytes_max = s->cfg.index_cache_bytes == 0 ? INDEX_CACHE_BYTES : s->cfg.index_cache_bytes;
    list_init(&s->index_queue);
}
