#include "bench/schedule.h"

#include <math.h>

uint64_t schedule_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

void schedule_init(struct schedule *s, enum arrival arrival, uint64_t start_ns, double rate,
                   uint32_t connection, uint32_t connections, uint64_t seed)
{
    MR_ASSERT(rate >= 0.001);
    MR_ASSERT(connection < connections);
    *s = (struct schedule){.arrival = arrival,
                           .start_ns = start_ns,
                           .rate_milli = (uint64_t)llround(rate * 1000),
                           .number = connection,
                           .stride = connections,
                           .random = seed};
    for (uint32_t i = 0; i <= connection; i++) /* a stream of its own for each connection */
        s->random = schedule_random(&s->random);
}

uint64_t schedule_next(struct schedule *s)
{
    if (s->arrival == ARRIVAL_EVEN) {
        unsigned __int128 ps = (unsigned __int128)s->number * 1000000000000ull;
        s->number += s->stride;
        return s->start_ns + (uint64_t)(ps / s->rate_milli);
    }
    /* The gaps of a Poisson process are exponential: -ln(u) for u uniform in (0, 1]. */
    double u = (double)((schedule_random(&s->random) >> 11) + 1) / 9007199254740992.0;
    double mean_ns = 1e12 / (double)s->rate_milli * (double)s->stride;
    s->at_ns += -log(u) * mean_ns;
    return s->start_ns + (uint64_t)s->at_ns;
}
