/* bench/hist.h - a log-linear histogram of durations (the idea of HDR histograms).
 *
 * 128 buckets for each power of two: a value is known to 1/128 (0.8 %) from 1 ns to 584 years, in 58 KiB, and
 * recording is a shift and an increment. Nothing is ever dropped: count, sum, minimum and maximum are exact.
 */
#ifndef BENCH_HIST_H
#define BENCH_HIST_H

#include "core/base.h"

enum {
    HIST_SUB_BITS = 7,
    HIST_BUCKETS = (64 - HIST_SUB_BITS + 1) << HIST_SUB_BITS,
};

struct hist {
    uint64_t count, sum, min, max;
    uint64_t bucket[HIST_BUCKETS];
};

/* All zero is an empty histogram. */
void hist_add(struct hist *h, uint64_t value);
void hist_merge(struct hist *into, const struct hist *from);

/* The smallest bucket edge that at least q (0..1) of the values do not exceed; never above max. 0 when
 * empty. q = 0.999 of fewer than 1000 values is their maximum: the caller says how many there were. */
uint64_t hist_quantile(const struct hist *h, double q);

double hist_mean(const struct hist *h);

uint32_t hist_index(uint64_t value);
uint64_t hist_low(uint32_t index);  /* smallest value of a bucket */
uint64_t hist_high(uint32_t index); /* largest value of a bucket */

#endif
