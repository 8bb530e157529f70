#include "storage/segment.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"

enum { BASE_DIGITS = 20 };

struct segment *segment_new(int64_t base)
{
    struct segment *seg = mem_zalloc(1, sizeof(*seg));
    if (seg == NULL)
        return NULL;
    seg->base = base;
    seg->first_ts = seg->max_ts = seg->max_ts_offset = -1;
    seg->file = MR_NO_FILE;
    seg->txns_loaded = true;
    list_init(&seg->lru);
    list_init(&seg->txn_lru);
    return seg;
}

void segment_free(struct segment *seg)
{
    MR_ASSERT(seg->file.h < 0 && seg->pins == 0);
    MR_ASSERT(list_empty(&seg->txn_lru));
    MR_ASSERT(seg->cold_id == 0); /* segment_txns_drop() */
    index_done(&seg->index);
    txn_index_done(&seg->txns);
    mem_free(seg->closer);
    mem_free(seg);
}

void segment_scan(struct segment *seg, uint32_t interval_bytes, uint64_t pos, uint32_t bytes,
                  int64_t last_offset, int64_t max_ts)
{
    if (pos != seg->scanned)
        return;
    if (seg->first_ts < 0)
        seg->first_ts = max_ts;
    if (max_ts > seg->max_ts) {
        seg->max_ts = max_ts;
        seg->max_ts_offset = last_offset;
    }
    /* Out of memory leaves out an entry, which only makes look-ups slower. */
    (void)index_add(&seg->index, interval_bytes, (uint32_t)(last_offset - seg->base), (uint32_t)pos, bytes,
                    seg->max_ts,
                    seg->max_ts_offset >= seg->base ? (uint32_t)(seg->max_ts_offset - seg->base) : 0);
    seg->scanned += bytes;
}

void segment_path(char *dst, const char *dir, int64_t base, const char *suffix)
{
    snprintf(dst, SEGMENT_PATH_MAX, "%s/%020lld%s", dir, (long long)base, suffix);
}

void segment_file(char *dst, const char *dir, const struct segment *seg, const char *suffix)
{
    if (seg->cleaned == 0)
        segment_path(dst, dir, seg->base, suffix);
    else
        snprintf(dst, SEGMENT_PATH_MAX, "%s/%020lld%s.%u.cleaned", dir, (long long)seg->base, suffix,
                 seg->cleaned);
}

int64_t segment_base_of(const char *name, const char *suffix)
{
    if (strlen(name) != BASE_DIGITS + strlen(suffix) || strcmp(name + BASE_DIGITS, suffix) != 0)
        return -1;
    int64_t base = 0;
    for (int i = 0; i < BASE_DIGITS; i++) {
        if (name[i] < '0' || name[i] > '9' || base > (INT64_MAX - 9) / 10)
            return -1;
        base = base * 10 + (name[i] - '0');
    }
    return base;
}
