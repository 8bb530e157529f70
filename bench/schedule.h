/* bench/schedule.h - when requests are meant to be sent.
 *
 * Open loop: arrivals do not wait for answers. A request that could not be sent in time is late, and its
 * latency counts from the time given here (no coordinated omission). Each connection has a schedule of its
 * own; together they make up the asked rate: even      connection c of n takes arrivals c, c+n, c+2n, ... of
 * one evenly spaced stream poisson   independent Poisson processes of rate/n each; their union is one of the
 * whole rate Arrivals are computed from their number, not added up, so an even schedule never drifts. */
#ifndef BENCH_SCHEDULE_H
#define BENCH_SCHEDULE_H

#include "core/base.h"

enum arrival { ARRIVAL_EVEN, ARRIVAL_POISSON };

struct schedule {
    enum arrival arrival;
    uint64_t start_ns;
    uint64_t rate_milli; /* requests in 1000 s, over all connections */
    uint64_t number;     /* even: of the next arrival in the whole stream */
    uint64_t stride;     /* connections */
    double at_ns;        /* poisson: after start_ns */
    uint64_t random;
};

/* rate > 0 requests a second over all connections. seed: the same seed gives the same arrivals. */
void schedule_init(struct schedule *s, enum arrival arrival, uint64_t start_ns, double rate,
                   uint32_t connection, uint32_t connections, uint64_t seed);

/* The next arrival of this connection, in the clock of start_ns; never before the one before it. */
uint64_t schedule_next(struct schedule *s);

/* splitmix64: also fills payloads. */
uint64_t schedule_random(uint64_t *state);

#endif
