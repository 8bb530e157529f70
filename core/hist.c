#include "core/hist.h"

uint64_t hist_bucket_high(unsigned bucket)
{
    MR_ASSERT(bucket < HIST_BUCKETS);
    if (bucket < HIST_STEPS)
        return bucket + 1;
    unsigned shift = (bucket >> HIST_STEP_BITS) - 1;
    uint64_t step = bucket - (shift << HIST_STEP_BITS); /* HIST_STEPS .. 2 * HIST_STEPS - 1 */
    return (step + 1) << shift;
}

void hist_merge(struct hist *to, const struct hist *from)
{
    to->count += from->count;
    to->sum += from->sum;
    to->max = mr_max(to->max, from->max);
    for (unsigned i = 0; i < HIST_BUCKETS; i++)
        to->buckets[i] += from->buckets[i];
}

uint64_t hist_quantile(const struct hist *h, unsigned permyriad)
{
    MR_ASSERT(permyriad <= 10000);
    if (h->count == 0)
        return 0;
    uint64_t below = h->count - h->count * (10000 - permyriad) / 10000; /* rounded up */
    uint64_t wanted = mr_max(below, 1), seen = 0;
    for (unsigned i = 0; i + 1 < HIST_BUCKETS; i++) {
        seen += h->buckets[i];
        if (seen >= wanted)
            return mr_min(hist_bucket_high(i), h->max);
    }
    return h->max;
}

uint64_t hist_count_to(const struct hist *h, unsigned bits)
{
    MR_ASSERT(bits <= HIST_VALUE_BITS);
    unsigned last = hist_bucket(UINT64_C(1) << bits);
    uint64_t seen = 0;
    for (unsigned i = 0; i <= last; i++)
        seen += h->buckets[i];
    return seen;
}
