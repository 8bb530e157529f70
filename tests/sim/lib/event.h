/* tests/sim/lib/event.h - a binary heap of intrusive events in (time, seeded tie-break, order of adding)
 * order. */
#ifndef SIM_EVENT_H
#define SIM_EVENT_H

#include "core/base.h"

struct world;

struct sim_event {
    void (*run)(struct world *w,
                struct sim_event *ev); /* out of the heap already; may free or add it again */
    uint64_t at_ns;
    uint64_t tie;
    uint64_t order;
    uint32_t slot; /* place in the heap + 1; 0: not scheduled */
};

struct event_heap {
    struct sim_event **items;
    uint32_t count, cap;
    uint64_t orders;
};

void events_done(struct event_heap *h); /* scheduled events are forgotten */
void events_add(struct event_heap *h, struct sim_event *ev, uint64_t at_ns,
                uint64_t tie);                                  /* not scheduled yet */
void events_remove(struct event_heap *h, struct sim_event *ev); /* harmless when not scheduled */
struct sim_event *events_first(const struct event_heap *h);     /* NULL when empty */

static inline bool event_scheduled(const struct sim_event *ev)
{
    return ev->slot != 0;
}

/* Whether a comes before b. */
static inline bool event_before(const struct sim_event *a, const struct sim_event *b)
{
    if (a->at_ns != b->at_ns)
        return a->at_ns < b->at_ns;
    if (a->tie != b->tie)
        return a->tie < b->tie;
    return a->order < b->order;
}

#endif
