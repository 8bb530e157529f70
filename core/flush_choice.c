#include "core/flush_choice.h"

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

enum io_flush_primitive flush_choice_next(const struct flush_choice *c, size_t bytes)
{
    bool tried = c->trial_left % 2 == 1 && bytes <= FLUSH_TRIAL_BYTES_MAX;
    return tried ? other(c->now) : c->now;
}

static bool trial_end(struct flush_choice *c)
{
    /* Without the worst of each: one hiccup of the device decides nothing. */
    enum io_flush_primitive rival = other(c->now);
    uint64_t mine = c->sum_ns[c->now] - c->max_ns[c->now];
    uint64_t theirs = c->sum_ns[rival] - c->max_ns[rival];
    bool change = theirs * 10 < mine * 9; /* by a tenth: less is noise */
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
        c->sum_ns[used] += ns;
        c->max_ns[used] = mr_max(c->max_ns[used], ns);
        return --c->trial_left == 0 && trial_end(c);
    }
    if (--c->until_trial == 0) {
        c->trial_left = 2 * FLUSH_TRIAL_PAIRS;
        c->sum_ns[0] = c->sum_ns[1] = c->max_ns[0] = c->max_ns[1] = 0;
    }
    return false;
}
