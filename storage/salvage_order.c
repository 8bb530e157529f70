#include "storage/salvage_order.h"

#include <errno.h>
#include <stdlib.h>

#include "core/mem.h"

enum { NOBODY = UINT32_MAX };

/* The best way that ends with a run: none of its epochs is below the one before it. */
struct way {
    uint64_t batches; /* that keep their epoch */
    uint32_t before;  /* the run before on it; NOBODY */
};

struct settling {
    const struct order_run *runs;
    struct way *ways;   /* one a run */
    int32_t *epochs;    /* those there are, once each, rising */
    uint32_t *best;     /* a tree of prefixes over epochs (Fenwick): the run that ends the best way; NOBODY */
    uint32_t different; /* epochs */
};

void order_done(struct salvage_order *o)
{
    mem_free(o->items);
    *o = (struct salvage_order){.items = NULL};
}

int order_add(struct salvage_order *o, const struct kw_batch_header *h)
{
    struct order_run *run = o->count > 0 ? &o->items[o->count - 1] : NULL;
    if (run != NULL && run->epoch == h->leader_epoch) {
        run->last = batch_last_offset(h);
        run->batches++;
        return 0;
    }
    if (o->count == o->cap) {
        uint32_t cap = o->cap == 0 ? 16 : o->cap * 2;
        void *grown = mem_realloc(o->items, (size_t)cap * sizeof(*o->items));
        if (grown == NULL)
            return -ENOMEM;
        o->items = grown;
        o->cap = cap;
    }
    o->items[o->count++] = (struct order_run){.first = h->base_offset,
                                              .last = batch_last_offset(h),
                                              .batches = 1,
                                              .epoch = h->leader_epoch,
                                              .want = h->leader_epoch};
    return 0;
}

static bool goes_down(const struct salvage_order *o)
{
    for (uint32_t i = 1; i < o->count; i++) {
        if (o->items[i].epoch < o->items[i - 1].epoch)
            return true;
    }
    return false;
}

static int by_value(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t rank_of(const struct settling *t, int32_t epoch)
{
    const int32_t *at = bsearch(&epoch, t->epochs, t->different, sizeof(epoch), by_value);
    MR_ASSERT(at != NULL);
    return (uint32_t)(at - t->epochs);
}

static uint32_t better(const struct settling *t, uint32_t a, uint32_t b)
{
    if (a == NOBODY || b == NOBODY)
        return a == NOBODY ? b : a;
    if (t->ways[a].batches != t->ways[b].batches)
        return t->ways[a].batches > t->ways[b].batches ? a : b;
    return t->runs[b].epoch < t->runs[a].epoch ? b : a;
}

static void find_ways(struct settling *t, uint32_t count)
{
    for (uint32_t i = 0; i < t->different; i++)
        t->best[i] = NOBODY;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t rank = rank_of(t, t->runs[i].epoch) + 1, before = NOBODY;
        for (uint32_t k = rank; k > 0; k &= k - 1)
            before = better(t, before, t->best[k - 1]);
        t->ways[i] =
            (struct way){.batches = t->runs[i].batches + (before == NOBODY ? 0 : t->ways[before].batches),
                         .before = before};
        for (uint32_t k = rank; k <= t->different; k += k & -k)
            t->best[k - 1] = better(t, t->best[k - 1], i);
    }
}

/* Those on the best way keep their epoch, from its end on backwards. */
static void take_way(struct salvage_order *o, const struct settling *t)
{
    uint32_t at = NOBODY, behind = o->count;
    for (uint32_t i = 0; i < o->count; i++)
        at = better(t, at, i);
    for (; at != NOBODY; behind = at, at = t->ways[at].before) {
        for (uint32_t i = at + 1; i < behind; i++)
            o->items[i].want = o->items[at].epoch;
    }
    for (uint32_t i = 0; i < behind; i++)
        o->items[i].want = o->items[behind].epoch;
}

int order_settle(struct salvage_order *o)
{
    if (!goes_down(o))
        return 0;
    struct settling t = {.runs = o->items,
                         .ways = mem_alloc(o->count * sizeof(*t.ways)),
                         .epochs = mem_alloc(o->count * sizeof(*t.epochs)),
                         .best = mem_alloc(o->count * sizeof(*t.best))};
    bool enough = t.ways != NULL && t.epochs != NULL && t.best != NULL;
    if (enough) {
        for (uint32_t i = 0; i < o->count; i++)
            t.epochs[i] = o->items[i].epoch;
        qsort(t.epochs, o->count, sizeof(*t.epochs), by_value);
        for (uint32_t i = 0; i < o->count; i++) {
            if (i == 0 || t.epochs[i] != t.epochs[t.different - 1])
                t.epochs[t.different++] = t.epochs[i];
        }
        find_ways(&t, o->count);
        take_way(o, &t);
    }
    mem_free(t.ways);
    mem_free(t.epochs);
    mem_free(t.best);
    return enough ? 1 : -ENOMEM;
}
