#include "core/timer.h"

#include "core/mem.h"

enum { CAP_FIRST = 64 };

void timers_init(struct timer_heap *h)
{
    memset(h, 0, sizeof(*h));
}

void timers_done(struct timer_heap *h)
{
    for (uint32_t i = 0; i < h->count; i++)
        h->items[i]->slot = 0;
    mem_free(h->items);
    memset(h, 0, sizeof(*h));
}

static bool before(const struct mr_timer *a, const struct mr_timer *b)
{
    return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->order < b->order;
}

static void place(struct timer_heap *h, uint32_t i, struct mr_timer *t)
{
    h->items[i] = t;
    t->slot = i + 1;
}

static void sift_up(struct timer_heap *h, uint32_t i, struct mr_timer *t)
{
    while (i > 0) {
        uint32_t parent = (i - 1) / 2;
        if (!before(t, h->items[parent]))
            break;
        place(h, i, h->items[parent]);
        i = parent;
    }
    place(h, i, t);
}

static void sift_down(struct timer_heap *h, uint32_t i, struct mr_timer *t)
{
    for (;;) {
        uint64_t child = (uint64_t)i * 2 + 1;
        if (child >= h->count)
            break;
        if (child + 1 < h->count && before(h->items[child + 1], h->items[child]))
            child++;
        if (!before(h->items[child], t))
            break;
        place(h, i, h->items[child]);
        i = (uint32_t)child;
    }
    place(h, i, t);
}

/* Puts t where it belongs, starting from the free place i. */
static void settle(struct timer_heap *h, uint32_t i, struct mr_timer *t)
{
    if (i > 0 && before(t, h->items[(i - 1) / 2]))
        sift_up(h, i, t);
    else
        sift_down(h, i, t);
}

void timer_arm(struct timer_heap *h, struct mr_timer *t, uint64_t at_ns)
{
    t->at_ns = at_ns;
    t->order = h->orders++;
    if (timer_armed(t)) {
        MR_ASSERT(h->items[t->slot - 1] == t); /* armed in this heap and no other */
        settle(h, t->slot - 1, t);
        return;
    }
    if (h->count == h->cap) {
        uint32_t cap = h->cap == 0 ? CAP_FIRST : h->cap * 2;
        struct mr_timer **items = mem_realloc(h->items, (size_t)cap * sizeof(*items));
        MR_ASSERT(cap > h->cap && items != NULL);
        h->items = items;
        h->cap = cap;
    }
    sift_up(h, h->count++, t);
}

void timer_cancel(struct timer_heap *h, struct mr_timer *t)
{
    if (!timer_armed(t))
        return;
    uint32_t i = t->slot - 1;
    MR_ASSERT(i < h->count && h->items[i] == t);
    t->slot = 0;
    struct mr_timer *last = h->items[--h->count];
    if (last != t)
        settle(h, i, last);
}

uint64_t timers_next_ns(const struct timer_heap *h)
{
    return h->count == 0 ? UINT64_MAX : h->items[0]->at_ns;
}

unsigned timers_run(struct timer_heap *h, uint64_t now_ns, unsigned max)
{
    uint64_t orders = h->orders;
    unsigned fired = 0;
    while (fired < max && h->count > 0) {
        struct mr_timer *t = h->items[0];
        if (t->at_ns > now_ns || t->order >= orders) /* armed by a timer of this run: next run */
            break;
        timer_cancel(h, t);
        fired++;
        t->fire(t); /* t may be gone after this line */
    }
    return fired;
}
