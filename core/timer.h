/* core/timer.h - timers of one shard: an intrusive binary heap by (deadline, order of arming).
 *
 * 100,000 armed timers are normal (parked fetches). Time comes from the caller, so that tests step it. */
#ifndef MR_TIMER_H
#define MR_TIMER_H

#include "core/base.h"

struct mr_timer {
    void (*fire)(struct mr_timer *t); /* may re-arm or free the timer */
    uint64_t at_ns;
    uint64_t order;
    uint32_t slot; /* place in the heap + 1; 0: not armed */
};

struct timer_heap {
    struct mr_timer **items;
    uint32_t count, cap;
    uint64_t orders;
};

void timers_init(struct timer_heap *h);
void timers_done(struct timer_heap *h); /* armed timers are forgotten */

static inline void timer_init(struct mr_timer *t, void (*fire)(struct mr_timer *t))
{
    memset(t, 0, sizeof(*t));
    t->fire = fire;
}
static inline bool timer_armed(const struct mr_timer *t)
{
    return t->slot != 0;
}

/* Arm, or move when armed. Aborts when out of memory for the heap (8 bytes a timer). */
void timer_arm(struct timer_heap *h, struct mr_timer *t, uint64_t at_ns);
void timer_cancel(struct timer_heap *h, struct mr_timer *t); /* harmless when not armed */

uint64_t timers_next_ns(const struct timer_heap *h); /* UINT64_MAX when none */
/* Fire what is due at now_ns, at most max of them; returns how many fired. What a firing timer arms waits for
 * the next run, even when it is due, so a timer that re-arms itself at once cannot hold the loop. */
unsigned timers_run(struct timer_heap *h, uint64_t now_ns, unsigned max);

#endif
