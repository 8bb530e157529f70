/* Arrivals: the asked rate, no drift, in order, the same for the same seed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bench/schedule.h"

enum { START = 1000000000 };

static void even_arrivals_of_all_connections_are_one_even_stream(void **state)
{
    (void)state;
    enum { CONNS = 7, EACH = 1000 };
    for (uint32_t c = 0; c < CONNS; c++) {
        struct schedule s;
        schedule_init(&s, ARRIVAL_EVEN, START, 10000, c, CONNS, 1);
        for (uint32_t k = 0; k < EACH; k++)
            assert_int_equal(schedule_next(&s), START + (c + k * CONNS) * 100000ull);
    }
}

static void an_even_stream_does_not_drift(void **state)
{
    (void)state;
    struct schedule s;
    schedule_init(&s, ARRIVAL_EVEN, START, 3, 0, 1, 1); /* a third of a second is no whole number of ns */
    uint64_t last = 0;
    for (uint32_t k = 0; k < 3000000; k++)
        last = schedule_next(&s);
    assert_int_equal(last, START + 2999999ull * 1000000000ull / 3);
}

static void rates_may_be_fractions(void **state)
{
    (void)state;
    struct schedule s;
    schedule_init(&s, ARRIVAL_EVEN, START, 0.5, 0, 1, 1);
    assert_int_equal(schedule_next(&s), START);
    assert_int_equal(schedule_next(&s), START + 2000000000ull);
}

static void poisson_gaps_have_the_right_mean_and_spread(void **state)
{
    (void)state;
    enum { CONNS = 4, COUNT = 200000 };
    for (uint32_t c = 0; c < CONNS; c++) {
        struct schedule s;
        schedule_init(&s, ARRIVAL_POISSON, START, 1000, c, CONNS, 42);
        double sum = 0, squares = 0;
        uint64_t last = START;
        for (uint32_t k = 0; k < COUNT; k++) {
            uint64_t at = schedule_next(&s);
            assert_true(at >= last);
            double gap = (double)(at - last);
            sum += gap;
            squares += gap * gap;
            last = at;
        }
        double mean = sum / COUNT, deviation = sqrt(squares / COUNT - mean * mean);
        assert_true(fabs(mean / (CONNS * 1e6) - 1) < 0.01);
        assert_true(fabs(deviation / mean - 1) < 0.02); /* exponential: they are equal */
    }
}

static void a_seed_decides_and_connections_differ(void **state)
{
    (void)state;
    struct schedule a, b, other_seed, other_conn;
    schedule_init(&a, ARRIVAL_POISSON, START, 1000, 1, 4, 42);
    schedule_init(&b, ARRIVAL_POISSON, START, 1000, 1, 4, 42);
    schedule_init(&other_seed, ARRIVAL_POISSON, START, 1000, 1, 4, 43);
    schedule_init(&other_conn, ARRIVAL_POISSON, START, 1000, 2, 4, 42);
    uint32_t same_seed = 0, same_conn = 0;
    for (uint32_t k = 0; k < 1000; k++) {
        uint64_t at = schedule_next(&a);
        assert_int_equal(at, schedule_next(&b));
        same_seed += at == schedule_next(&other_seed);
        same_conn += at == schedule_next(&other_conn);
    }
    assert_true(same_seed < 10);
    assert_true(same_conn < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_arrivals_of_all_connections_are_one_even_stream),
        cmocka_unit_test(an_even_stream_does_not_drift),
        cmocka_unit_test(rates_may_be_fractions),
        cmocka_unit_test(poisson_gaps_have_the_right_mean_and_spread),
        cmocka_unit_test(a_seed_decides_and_connections_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
