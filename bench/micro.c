/* bench/micro.c - the program mr_micro: micro-benchmarks of the broker's parts. Single-threaded, hot caches:
 * what a piece costs at best. For costs in place, profile the broker under a load. */
#include <stdio.h>
#include <stdlib.h>

#include "bench/loop.h"
#include "bench/micro.h"

enum { ROUNDS = 9, ROUND_NS = 20000000 };

static int order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double time_ns(const struct micro *m, uint64_t n)
{
    uint64_t from = loop_now();
    m->loop(m->state, n);
    return (double)(loop_now() - from);
}

void micro_run(const struct micro *m)
{
    uint64_t n = 1;
    while (time_ns(m, n) < ROUND_NS / 4.0 && n < 1ull << 40)
        n *= 2;
    n *= 4;
    double round[ROUNDS];
    for (unsigned i = 0; i < ROUNDS; i++)
        round[i] = time_ns(m, n) / (double)n;
    qsort(round, ROUNDS, sizeof(*round), order);
    printf("%-44s %10.1f %10.1f", m->name, round[0], round[ROUNDS / 2]);
    if (m->bytes > 0)
        printf(" %10.2f", (double)m->bytes / round[ROUNDS / 2]);
    printf("\n");
}

int main(void)
{
    printf("%-44s %10s %10s %10s\n", "", "best ns", "median ns", "GB/s");
    micro_core();
    micro_wire();
    return 0;
}
