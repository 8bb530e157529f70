/* A log directory under a broker that is killed, loses power and is stopped at any moment, start-up and
 * shutdown included: what was acknowledged is there, exactly once, in order, whatever else happens. The disk
 * itself is sound here; what faults do is storage_fault_test.c's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/sim/storage_lives.h"

static void crash_scenario(uint64_t seed, struct seed_result *r)
{
    lives_run(seed, r, 400, 8000, false);
}

static void acknowledged_batches_survive_crashes(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_crash", 1, 300, crash_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acknowledged_batches_survive_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
