#include "tests/sim/lib/event.h"

#include "core/mem.h"

static void place(struct event_heap *h, uint32_t i, struct sim_event *ev)
{
    h->items[i] = ev;
    ev->slot = i + 1;
}

static void sift_up(struct event_heap *h, uint32_t i, struct sim_event *ev)
{
    while (i > 0) {
        uint32_t up = (i - 1) / 2;
        if (!event_before(ev, h->items[up]))
            break;
        place(h, i, h->items[up]);
        i = up;
    }
    place(h, i, ev);
}

static void sift_down(struct event_heap *h, uint32_t i, struct sim_event *ev)
{
    for (;;) {
        uint32_t down = 2 * i + 1;
        if (down >= h->count)
            break;
        if (down + 1 < h->count && event_before(h->items[down + 1], h->items[down]))
            down++;
        if (!event_before(h->items[down], ev))
            break;
        place(h, i, h->items[down]);
        i = down;
    }
    place(h, i, ev);
}

void events_done(struct event_heap *h)
{
    mem_free(h->items);
    *h = (struct event_heap){0};
}

void events_add(struct event_heap *h, struct sim_event *ev, uint64_t at_ns, uint64_t tie)
{
    MR_ASSERT(!event_scheduled(ev));
    if (h->count == h->cap) {
        h->cap = h->cap == 0 ? 64 : h->cap * 2;
        h->items = mem_realloc(h->items, h->cap * sizeof(*h->items));
        MR_ASSERT(h->items != NULL);
    }
    ev->at_ns = at_ns;
    ev->tie = tie;
    ev->order = h->orders++;
    sift_up(h, h->count++, ev);
}

void events_remove(struct event_heap *h, struct sim_event *ev)
{
    if (!event_scheduled(ev))
        return;
    uint32_t i = ev->slot - 1;
    MR_ASSERT(i < h->count && h->items[i] == ev);
    ev->slot = 0;
    struct sim_event *last = h->items[--h->count];
    if (last == ev)
        return;
    if (i > 0 && event_before(last, h->items[(i - 1) / 2]))
        sift_up(h, i, last);
    else
        sift_down(h, i, last);
}

struct sim_event *events_first(const struct event_heap *h)
{
    return h->count > 0 ? h->items[0] : NULL;
}
