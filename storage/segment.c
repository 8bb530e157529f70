#include "storage/segment.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "storage/format.h"

enum { BASE_DIGITS = 20 };

struct segment_live *segment_liven(struct segment *seg)
{
    if (seg->live != NULL)
        return seg->live;
    struct segment_live *live = mem_zalloc(1, sizeof(*live));
    if (live == NULL)
        return NULL;
    live->seg = seg;
    live->file = MR_NO_FILE;
    list_init(&live->lru);
    list_init(&live->txn_lru);
    index_init(&live->index);
    return seg->live = live;
}

struct segment *segment_new(int64_t base)
{
    struct segment *seg = mem_zalloc(1, sizeof(*seg));
    if (seg == NULL)
        return NULL;
    seg->base = base;
    seg->first_ts = seg->max_ts = -1;
    seg->max_ts_delta = UINT32_MAX;
    seg->txns_loaded = seg->times_known = true;
    if (segment_liven(seg) == NULL) {
        mem_free(seg);
        return NULL;
    }
    return seg;
}

static void live_free(struct segment *seg)
{
    struct segment_live *live = seg->live;
    seg->live = NULL;
    if (live == NULL)
        return;
    index_done(&live->index);
    txn_index_done(&live->txns);
    mem_free(live->closer);
    mem_free(live);
}

void segment_rest(struct segment *seg)
{
    const struct segment_live *live = seg->live;
    if (live == NULL || !seg->finished || seg->opening || live->task != NULL || live->file.h >= 0 ||
        live->txns.cap > 0 || !list_empty(&live->txn_lru) || !index_empty(&live->index) || seg->pins > 0)
        return;
    live_free(seg);
}

void segment_free(struct segment *seg)
{
    MR_ASSERT(segment_file(seg).h < 0 && seg->pins == 0);
    MR_ASSERT(seg->live == NULL || list_empty(&seg->live->txn_lru));
    MR_ASSERT(seg->cold_id == 0); /* segment_txns_drop() */
    live_free(seg);
    mem_free(seg);
}

void segment_scan(struct segment *seg, uint32_t interval_bytes, uint64_t pos, uint32_t bytes,
                  int64_t last_offset, int64_t max_ts)
{
    struct seg_index *ix = &seg->live->index;
    if (pos != ix->scanned)
        return;
    uint32_t delta = (uint32_t)(last_offset - seg->base);
    if (seg->first_ts < 0 && pos == 0)
        seg->first_ts = max_ts;
    if (max_ts > seg->max_ts)
        segment_set_max_ts(seg, max_ts, last_offset);
    if (max_ts > ix->max_ts) {
        ix->max_ts = max_ts;
        ix->max_ts_delta = delta;
    }
    /* Out of memory leaves out an entry, which only makes look-ups slower. */
    (void)index_add(ix, interval_bytes, delta, (uint32_t)pos, bytes, ix->max_ts, ix->max_ts_delta);
    ix->scanned += bytes;
    ix->next_delta = delta + 1;
}

void segment_path(char *dst, const char *dir, int64_t base, const char *suffix)
{
    snprintf(dst, SEGMENT_PATH_MAX, "%s/%020lld%s", dir, (long long)base, suffix);
}

void segment_named(char *dst, const char *dir, const struct segment *seg, const char *suffix)
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
    return base <= OFFSET_MAX ? base : -1;
}
