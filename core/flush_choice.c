#include "core/flush_choice.h"

#include <stdlib.h>

void flush_choice_init(struct flush_choice *c, enum io_flush_primitive first, bool fixed)
{
    *c = (struct flush_choice){.now = first,
                               .fixed = fixed,
                               .gap = FLUSH_TRIAL_GAP_MIN,
                               .until_trial = FLUSH_TRIAL_GAP_MIN};
}

static enum io_flush_primitive other(enum io_flush_primitive p)
{
    return p == IO_FLUSH_DSYNC ? IO_FLUSH_LINKED_FSYNC : IO_FLUSH_DSYNC;
}

/* How many commits of the trial are over. */
static uint32_t trial_at(const struct flush_choice *c)
{
    return FLUSH_TRIAL_RUNS * FLUSH_TRIAL_RUN - c->trial_left;
}

enum io_flush_primitive flush_choice_next(const struct flush_choice *c, size_t bytes)
{
    bool tried =
        c->trial_left > 0 && trial_at(c) / FLUSH_TRIAL_RUN % 2 == 1 && bytes <= FLUSH_TRIAL_BYTES_MAX;
    return tried ? other(c->now) : c->now;
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The mean of a primitive's commits but for the slowest: a hiccup of the device or of the machine lasts for
 * several commits and meets one of the two more than the other, while a primitive that waits for a busy core
 * does so all the time. */
static uint64_t trial_mean(struct flush_choice *c, enum io_flush_primitive p)
{
    uint64_t sum = 0;
    uint32_t count = c->taken[p] - FLUSH_TRIAL_DROPPED;
    qsort(c->took_ns[p], c->taken[p], sizeof(c->took_ns[p][0]), by_size);
    for (uint32_t i = 0; i < count; i++)
        sum += c->took_ns[p][i];
    return sum / count;
}

static bool trial_end(struct flush_choice *c)
{
    enum io_flush_primitive rival = other(c->now);
    bool enough =
        mr_imin(c->taken[0], c->taken[1]) > FLUSH_TRIAL_COUNTED / 2; /* else large ones came between */
    bool change = enough && trial_mean(c, rival) * 10 < trial_mean(c, c->now) * 9; /* less is noise */
    if (change) {
        c->now = rival;
        c->switches++;
        c->gap = FLUSH_TRIAL_GAP_MIN;
    } else {
        c->gap = mr_min(c->gap * 2, (uint32_t)FLUSH_TRIAL_GAP_MAX);
    }
    c->until_trial = c->gap;
    return change;
}

bool flush_choice_took(struct flush_choice *c, enum io_flush_primitive used, size_t bytes, uint64_t ns)
{
    if (c->fixed || bytes > FLUSH_TRIAL_BYTES_MAX)
        return false;
    if (c->trial_left > 0) {
        bool counts = trial_at(c) % FLUSH_TRIAL_RUN >= FLUSH_TRIAL_LEAD;
        if (counts && c->taken[used] < FLUSH_TRIAL_COUNTED)
            c->took_ns[used][c->taken[used]++] = (uint32_t)mr_min(ns, (uint64_t)UINT32_MAX);
        return --c->trial_left == 0 && trial_end(c);
    }
    if (--c->until_trial == 0) {
        c->trial_left = FLUSH_TRIAL_RUNS * FLUSH_TRIAL_RUN;
        c->taken[0] = c->taken[1] = 0;
    }
    return false;
}
