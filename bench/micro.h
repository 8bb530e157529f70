/* bench/micro.h - nanoseconds of small pieces: a loop of n calls, timed by the harness in micro.c. */
#ifndef BENCH_MICRO_H
#define BENCH_MICRO_H

#include "core/base.h"

struct micro {
    const char *name;
    void (*loop)(void *state, uint64_t n); /* n operations */
    void *state;
    uint64_t bytes; /* of one operation, for GB/s; 0: not about bytes */
};

/* Prints one line: the best and the median of nine rounds, ns an operation. */
void micro_run(const struct micro *m);

/* Keeps the compiler from dropping a result. */
static inline void micro_use(uint64_t value)
{
    __asm__ volatile("" : : "r"(value) : "memory");
}

/* Each prints its lines. */
void micro_core(void); /* checksum, mailbox, timers */
void micro_wire(void); /* batches, Produce and Fetch codecs */

#endif
