/* tests/sim/seeds.h - run a scenario over many seeds.
 *
 * The environment decides: MR_SEEDS=N (one seed), MR_SEEDS=A-B (both included); without it the test's own
 * range. MR_SEEDS_TWICE=K compares two runs of every Kth seed (default 16, 0: never), the second of them in a
 * memory that was shaken. */
#ifndef SIM_SEEDS_H
#define SIM_SEEDS_H

#include "core/base.h"

struct seed_result {
    int err;        /* not 0: the scenario found something wrong */
    uint64_t trace; /* world_trace_hash() at its end: equal in both runs of a seed; 0: not compared */
    char why[256];  /* said in the report when err is not 0 */
};

/* Runs scenario(seed) for each seed of the range, stops at the first failure and says on stderr which seed it
 * was and how to repeat it. An abort inside says the same. Returns 0 or that err; -EILSEQ when two runs
 * differed. name: the program and its test, as in "sim_echo". */
int seeds_run(const char *name, uint64_t from, uint64_t to,
              void (*scenario)(uint64_t seed, struct seed_result *r));

/* From here to seed_calm() what core/mem.h gives lies elsewhere and in another order, and junk is in what
 * nobody has written yet, in what was freed, and in the stack (under a sanitizer: no junk). seeds_run() does
 * it. */
void seed_shake(uint64_t seed);
void seed_calm(void);

/* For a failed check inside a scenario: fills r once (the first failure stays) and returns false when !ok. */
bool seed_check(struct seed_result *r, bool ok, const char *fmt, ...) MR_PRINTF(3, 4);

#endif
