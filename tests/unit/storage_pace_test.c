/* The pace of the background and of produce, from the fill of the journal: decisions by the thousand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "storage/pace.h"

enum { MIB = 1 << 20 };
static const uint64_t ms = 1000000;

static void fill_is_in_thousandths(void **state)
{
    (void)state;
    assert_int_equal(pace_fill(0, 64 * MIB), 0);
    assert_int_equal(pace_fill(16 * MIB, 64 * MIB), 250);
    assert_int_equal(pace_fill(64 * MIB, 64 * MIB), PACE_FULL);
    assert_int_equal(pace_fill(65 * MIB, 64 * MIB), PACE_FULL);
    assert_int_equal(pace_fill(UINT64_MAX / 2, UINT64_MAX), 500);
}

static void a_fuller_journal_means_more_in_flight_and_less_rest(void **state)
{
    (void)state;
    assert_int_equal(pace_writes(0), 1);
    assert_int_equal(pace_flushes(0), 1);
    assert_int_equal(pace_writes(PACE_FULL), PACE_WRITES_MAX);
    assert_int_equal(pace_flushes(PACE_FULL), PACE_FLUSHES_MAX);
    assert_int_equal(pace_rest_ns(0, ms), 3 * ms);
    assert_int_equal(pace_rest_ns(PACE_SLOW, ms), 0);
    for (uint32_t fill = 1; fill <= PACE_FULL; fill++) {
        assert_true(pace_writes(fill) >= pace_writes(fill - 1));
        assert_true(pace_flushes(fill) >= pace_flushes(fill - 1));
        assert_true(pace_rest_ns(fill, ms) <= pace_rest_ns(fill - 1, ms));
        assert_true(pace_rest_ns(fill, 3600 * 1000 * ms) <= PACE_REST_MS_MAX * ms); /* a stuck disk */
    }
}

static void a_write_is_as_large_as_half_a_millisecond_takes(void **state)
{
    (void)state;
    assert_int_equal(pace_write_bytes(0), MIB / 4);         /* not known yet */
    assert_int_equal(pace_write_bytes(ms / 3), MIB);        /* 3 GB/s */
    assert_int_equal(pace_write_bytes(ms), MIB / 2);        /* 1 GB/s */
    assert_int_equal(pace_write_bytes(2 * ms), MIB / 4);    /* 500 MB/s */
    assert_int_equal(pace_write_bytes(1000 * ms), MIB / 8); /* 1 MB/s: never less */
    assert_int_equal(pace_write_bytes(1), MIB);
}

/* Steps of a checkpoint follow what is appended, or time where little is, whichever is ahead; and all of them
 * are begun when its part of the ring is used up. */
static void steps_follow_bytes_and_time(void **state)
{
    (void)state;
    assert_int_equal(pace_steps(1000, 0, 16 * MIB, 0, 10000 * ms), 1);
    assert_int_equal(pace_steps(1000, 8 * MIB, 16 * MIB, 0, 10000 * ms), 501);
    assert_int_equal(pace_steps(1000, 0, 16 * MIB, 5000 * ms, 10000 * ms), 501);
    assert_int_equal(pace_steps(1000, 4 * MIB, 16 * MIB, 5000 * ms, 10000 * ms), 501);
    assert_int_equal(pace_steps(1000, 16 * MIB, 16 * MIB, 0, 10000 * ms), 1000);
    assert_int_equal(pace_steps(1000, 0, 16 * MIB, 10000 * ms, 10000 * ms), 1000);
    assert_int_equal(pace_steps(0, 0, 16 * MIB, 0, 10000 * ms), 0);
    assert_int_equal(pace_steps(1, 0, 16 * MIB, 0, 10000 * ms), 1);
}

/* Who waits for the time at which a step is due may take it then: else a timer would fire for ever. */
static void a_step_that_is_due_may_be_taken(void **state)
{
    (void)state;
    for (uint32_t total = 1; total <= 3000; total = total * 3 + 1)
        for (uint64_t in_ns = 7; in_ns < 100000 * ms; in_ns = in_ns * 13 + 1)
            for (uint32_t step = 0; step < total; step += 1 + total / 50) {
                uint64_t due = pace_step_due_ns(total, step, in_ns);
                assert_true(step < pace_steps(total, 0, MIB, due, in_ns));
            }
}

static void produce_is_slowed_by_degrees(void **state)
{
    (void)state;
    for (uint32_t fill = 0; fill <= PACE_SLOW; fill++)
        assert_int_equal(pace_slow_ns(fill, 20 * ms), 0);
    assert_true(pace_slow_ns(PACE_SLOW + 10, 20 * ms) < ms / 10);
    assert_int_equal(pace_slow_ns(750, 20 * ms), 5 * ms);
    assert_int_equal(pace_slow_ns(PACE_FULL, 20 * ms), 20 * ms);
    assert_int_equal(pace_slow_ns(PACE_FULL + 1, 20 * ms), 20 * ms);
    for (uint32_t fill = PACE_SLOW + 1; fill <= PACE_FULL; fill++)
        assert_true(pace_slow_ns(fill, 20 * ms) >= pace_slow_ns(fill - 1, 20 * ms));
}

/* Producers that could fill the ring at once, a background that stands still: the ring is not full after a
 * second, so there is no moment at which everybody stalls. */
static void the_end_of_the_ring_is_not_reached(void **state)
{
    (void)state;
    uint64_t max = 64 * MIB, used = max / 2, now = 0;
    while (now < 1000 * ms) {
        used += pace_slow_bytes(used, max);
        assert_true(used < max);
        now += pace_slow_ns(pace_fill(used, max), 20 * ms) + ms / 10; /* and a commit */
    }
    assert_true(used > max * 3 / 4); /* nor is it held back long before */
    assert_true(pace_slow_bytes(max, max) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fill_is_in_thousandths),
        cmocka_unit_test(a_fuller_journal_means_more_in_flight_and_less_rest),
        cmocka_unit_test(a_write_is_as_large_as_half_a_millisecond_takes),
        cmocka_unit_test(steps_follow_bytes_and_time),
        cmocka_unit_test(a_step_that_is_due_may_be_taken),
        cmocka_unit_test(produce_is_slowed_by_degrees),
        cmocka_unit_test(the_end_of_the_ring_is_not_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
