/* A classic group: who comes, who waits, who leads. */
#include "tests/unit/group_script.h"

static void the_first_generation_waits_for_latecomers(void **state)
{
    (void)state;
    check_group("state             -> Empty 0 - - - []\n"
                "join a            -> write new\n"
                "state             -> PreparingRebalance 0 consumer - a [a]\n"
                "time +2000        ->\n"
                "join b            ->\n"
                "time +1000        ->\n" /* someone came: another delay */
                "time +2999        ->\n"
                "time +1           -> a leads 1 range [a b] + b in 1 range under a\n"
                "state             -> CompletingRebalance 1 consumer - a [a b]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_generation_waits_for_latecomers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
