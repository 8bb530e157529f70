/* tests/sim/rng.h - the pseudo-random numbers of the simulator (xoshiro256**, seeded through splitmix64).
 *
 * Not for secrets. The same seed gives the same numbers on every machine. Source: Blackman and Vigna,
 * "Scrambled linear pseudorandom number generators". */
#ifndef SIM_RNG_H
#define SIM_RNG_H

#include "core/base.h"

struct rng {
    uint64_t s[4];
};

static inline uint64_t rng_splitmix(uint64_t *x)
{
    uint64_t z = (*x += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* stream: independent sequences from one seed. */
static inline void rng_seed(struct rng *r, uint64_t seed, uint64_t stream)
{
    uint64_t x = seed + stream * 0xd1342543de82ef95u;
    for (int i = 0; i < 4; i++)
        r->s[i] = rng_splitmix(&x);
}

static inline uint64_t rng_next(struct rng *r)
{
    uint64_t *s = r->s;
    uint64_t x = s[1] * 5;
    uint64_t result = ((x << 7) | (x >> 57)) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
}

/* In [0, n); n > 0. */
static inline uint64_t rng_below(struct rng *r, uint64_t n)
{
    MR_ASSERT(n > 0);
    return (uint64_t)(((unsigned __int128)rng_next(r) * n) >> 64);
}

/* In [min, max]. */
static inline uint64_t rng_between(struct rng *r, uint64_t min, uint64_t max)
{
    return max <= min ? min : min + rng_below(r, max - min + 1);
}

/* True in ppm of a million cases. Draws nothing when ppm is 0. */
static inline bool rng_chance(struct rng *r, uint32_t ppm)
{
    return ppm > 0 && rng_below(r, 1000000) < ppm;
}

#endif
