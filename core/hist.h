/* core/hist.h - a histogram of non-negative numbers with a bounded relative error: log-linear buckets.
 *
 * Every power of two is cut into HIST_STEPS equal buckets, so a bucket is at most 1/HIST_STEPS (3.1 %) wide
 * relative to its values; below HIST_STEPS every number has its own. A bucket takes (low, high], so that "at
 * most 2^k" is exact for every k, which is what Prometheus' le wants. Values above HIST_VALUE_MAX count in
 * the last bucket; sum and max are exact. Recording is a few instructions, no allocation. One thread only; 9
 * KB each. */
#ifndef MR_HIST_H
#define MR_HIST_H

#include "core/base.h"

enum {
    HIST_STEP_BITS = 5,
    HIST_STEPS = 1 << HIST_STEP_BITS,
    HIST_VALUE_BITS = 40, /* 2^40 ns is 18 minutes */
    HIST_BUCKETS = HIST_STEPS * (HIST_VALUE_BITS - HIST_STEP_BITS + 1),
};
#define HIST_VALUE_MAX (UINT64_C(1) << HIST_VALUE_BITS)

/* All zero is an empty histogram. */
struct hist {
    uint64_t count;
    uint64_t sum; /* wraps */
    uint64_t max;
    uint64_t buckets[HIST_BUCKETS];
};

/* The bucket of value: that of value - 1 in half-open buckets. */
static inline unsigned hist_bucket(uint64_t value)
{
    uint64_t v = value == 0 ? 0 : value - 1;
    if (MR_UNLIKELY(v >= HIST_VALUE_MAX))
        v = HIST_VALUE_MAX - 1;
    if (v < HIST_STEPS)
        return (unsigned)v;
    unsigned shift = 63 - (unsigned)__builtin_clzll(v) - HIST_STEP_BITS;
    return (shift << HIST_STEP_BITS) + (unsigned)(v >> shift);
}

static inline void hist_record(struct hist *h, uint64_t value)
{
    h->count++;
    h->sum += value;
    if (value > h->max)
        h->max = value;
    h->buckets[hist_bucket(value)]++;
}

/* The largest value that falls into a bucket. */
uint64_t hist_bucket_high(unsigned bucket);

void hist_merge(struct hist *to, const struct hist *from);

/* The smallest recorded bucket end that at least permyriad/10000 of all values do not exceed, never above
 * max; 0 when nothing was recorded. The true quantile lies within 3.1 % below it. 5000 is the median, 9990
 * p99.9. */
uint64_t hist_quantile(const struct hist *h, unsigned permyriad);

/* How many values are at most 2^bits; bits from 0 to HIST_VALUE_BITS. */
uint64_t hist_count_to(const struct hist *h, unsigned bits);

#endif
