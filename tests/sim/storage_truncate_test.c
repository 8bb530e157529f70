/* sim_storage_crash, and logs are truncated all the time: what was cut off stays away, what stays is all
 * there, whatever happens between the request and the answer, and what is appended next goes on at the cut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/sim/storage_lives.h"

static void truncate_scenario(uint64_t seed, struct seed_result *r)
{
    lives_run(seed, r, 400, 8000, true);
}

static void what_is_cut_off_stays_away(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_truncate", 1, 300, truncate_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_cut_off_stays_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
