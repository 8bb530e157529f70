#include "bench/hist.h"

enum { SUB_COUNT = 1 << HIST_SUB_BITS };

/* Below SUB_COUNT a bucket is one value. Above, a value is shifted right until it lies in
 * [SUB_COUNT, 2 * SUB_COUNT); each shift starts the next SUB_COUNT buckets. */
uint32_t hist_index(uint64_t value)
{
    if (value < SUB_COUNT)
        return (uint32_t)value;
    uint32_t shift = 63u - (uint32_t)__builtin_clzll(value) - HIST_SUB_BITS;
    return (shift << HIST_SUB_BITS) + (uint32_t)(value >> shift);
}

uint64_t hist_low(uint32_t index)
{
    MR_ASSERT(index < HIST_BUCKETS);
    if (index < 2 * SUB_COUNT)
        return index;
    uint32_t shift = (index >> HIST_SUB_BITS) - 1;
    return (uint64_t)(index - (shift << HIST_SUB_BITS)) << shift;
}

uint64_t hist_high(uint32_t index)
{
    if (index < 2 * SUB_COUNT)
        return index;
    uint32_t shift = (index >> HIST_SUB_BITS) - 1;
    return hist_low(index) + ((1ull << shift) - 1);
}

void hist_add(struct hist *h, uint64_t value)
{
    h->bucket[hist_index(value)]++;
    if (h->count == 0 || value < h->min)
        h->min = value;
    if (value > h->max)
        h->max = value;
    h->count++;
    h->sum += value;
}

void hist_merge(struct hist *into, const struct hist *from)
{
    if (from->count == 0)
        return;
    for (uint32_t i = 0; i < HIST_BUCKETS; i++)
        into->bucket[i] += from->bucket[i];
    if (into->count == 0 || from->min < into->min)
        into->min = from->min;
    if (from->max > into->max)
        into->max = from->max;
    into->count += from->count;
    into->sum += from->sum;
}

uint64_t hist_quantile(const struct hist *h, double q)
{
    if (h->count == 0)
        return 0;
    double exact = q * (double)h->count;
    uint64_t rank = exact <= 1 ? 1 : (uint64_t)exact;
    if ((double)rank < exact)
        rank++; /* at least q of them, so round up */
    if (rank > h->count)
        rank = h->count;
    uint64_t seen = 0;
    for (uint32_t i = 0; i < HIST_BUCKETS; i++) {
        seen += h->bucket[i];
        if (seen >= rank)
            return mr_min(hist_high(i), h->max);
    }
    MR_ASSERT(!"the buckets hold fewer values than count says");
    return h->max;
}

double hist_mean(const struct hist *h)
{
    return h->count == 0 ? 0 : (double)h->sum / (double)h->count;
}
