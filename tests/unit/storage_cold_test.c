/* What decides over reads of old data: who reads on, how much ahead, how much of the device. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "storage/cold_pace.h"
#include "storage/cold_streams.h"

#define US UINT64_C(1000)
#define MS UINT64_C(1000000)

static const char log_a, log_b;

/* ---- streams ---- */

static void a_reader_that_goes_on_is_a_run(void **state)
{
    (void)state;
    struct cold_streams s = {0};
    assert_int_equal(streams_note(&s, &log_a, 100, 110, false, 1), 0);
    assert_int_equal(streams_note(&s, &log_a, 110, 125, false, 2), 1);
    assert_int_equal(streams_note(&s, &log_a, 125, 130, false, 3), 2);
    assert_int_equal(streams_note(&s, &log_b, 130, 135, false, 4), 0); /* another log */
    assert_int_equal(streams_note(&s, &log_a, 500, 510, false, 5), 0); /* another place */
    assert_int_equal(streams_note(&s, &log_a, 130, 140, false, 6), 3); /* the first one still goes on */
    assert_int_equal(streams_note(&s, &log_a, 0, 10, true, 7), 1);     /* at the start of its log */
}

static void readers_of_the_same_are_one_stream(void **state)
{
    (void)state;
    struct cold_streams s = {0};
    for (int64_t at = 0; at < 1000; at += 10)
        for (int reader = 0; reader < 10; reader++) /* the last ones get a little further */
            (void)streams_note(&s, &log_a, at, at + 10, false, (uint64_t)at + 1);
    assert_int_equal(streams_active(&s, 1000), 1);
    assert_int_equal(streams_note(&s, &log_a, 1000, 1010, false, 1001), 100);
    assert_int_equal(streams_note(&s, &log_a, 1005, 1020, false, 1002), 100); /* overlaps: no step on */
    assert_int_equal(streams_note(&s, &log_a, 1020, 1030, false, 1003), 101);
}

static void the_same_read_again_is_no_run(void **state)
{
    (void)state;
    struct cold_streams s = {0};
    for (int i = 0; i < 5; i++)
        assert_int_equal(streams_note(&s, &log_a, 70, 80, false, (uint64_t)i + 1), 0);
}

static void the_table_is_bounded_and_the_oldest_goes(void **state)
{
    (void)state;
    struct cold_streams s = {0};
    for (int64_t i = 0; i <= COLD_STREAMS; i++)
        assert_int_equal(streams_note(&s, &log_a, i * 1000, i * 1000 + 10, false, (uint64_t)i + 1), 0);
    assert_int_equal(streams_active(&s, 100), COLD_STREAMS);
    assert_int_equal(streams_note(&s, &log_a, 10, 20, false, 200), 0);     /* stream 0 has made room */
    assert_int_equal(streams_note(&s, &log_a, 2010, 2020, false, 201), 1); /* stream 2 is still known */
}

static void who_reads_no_more_does_not_count(void **state)
{
    (void)state;
    struct cold_streams s = {0};
    assert_int_equal(streams_active(&s, 0), 1); /* shares are never divided by nothing */
    (void)streams_note(&s, &log_a, 0, 10, false, MS);
    (void)streams_note(&s, &log_b, 0, 10, false, MS);
    assert_int_equal(streams_active(&s, 2 * MS), 2);
    assert_int_equal(streams_active(&s, MS + COLD_STREAM_NS), 1);
    streams_forget(&s, &log_a);
    assert_int_equal(streams_note(&s, &log_a, 10, 20, false, 3 * MS), 0);
    assert_int_equal(streams_note(&s, &log_b, 10, 20, false, 3 * MS), 1);
}

static void ahead_is_a_share_of_the_memory(void **state)
{
    (void)state;
    static const struct {
        uint32_t run, blocks, active, window;
    } cases[] = {
        {0, 1000, 1, 0}, /* one read alone says nothing */
        {1, 1000, 1, 2}, {2, 1000, 1, 4}, {UINT32_MAX / 2, 1000, 1, 4}, {9, 128, 16, 4}, {9, 128, 32, 2},
        {9, 128, 64, 1}, {9, 64, 64, 0}, /* no room for so many: each reads what it needs */
        {9, 1, 1, 0},    {9, 0, 1, 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(cold_window(cases[i].run, cases[i].blocks, cases[i].active), cases[i].window);
}

/* ---- pace ---- */

static void alone_it_is_bounded_by_depth_only(void **state)
{
    (void)state;
    struct cold_pace p;
    pace_init(&p, 10);
    for (uint64_t t = 0; t < 100; t++) {
        for (uint32_t i = 0; i < COLD_DEPTH; i++) {
            assert_int_equal(pace_wait(&p, t * MS, false), 0);
            pace_begin(&p, t * MS);
        }
        assert_true(pace_wait(&p, t * MS, false) == COLD_WHEN_ONE_ENDS);
        for (uint32_t i = 0; i < COLD_DEPTH; i++)
            pace_end(&p, t * MS + 900 * US);
    }
}

/* How much of 10 s reads keep the device that take read_ns each, when there is always one that waits. */
static uint32_t percent(uint32_t share, uint64_t read_ns)
{
    struct cold_pace p;
    uint64_t t = MS, busy_ns = 0, end = 10000 * MS;
    pace_init(&p, share);
    (void)pace_wait(&p, t, true);
    while (t < end) {
        uint32_t n = 0;
        while (pace_wait(&p, t, true) == 0) {
            pace_begin(&p, t);
            n++;
        }
        assert_true(n <= COLD_DEPTH_BUSY);
        if (n == 0) {
            uint64_t rest = pace_wait(&p, t, true);
            assert_true(rest != COLD_WHEN_ONE_ENDS && rest > 0 && rest <= COLD_REST_NS_MAX);
            t += rest;
            continue;
        }
        for (; n > 0; n--) { /* one after the other */
            t += read_ns;
            busy_ns += read_ns;
            assert_true(n == 1 || pace_wait(&p, t, true) == COLD_WHEN_ONE_ENDS || share == 100);
            pace_end(&p, t);
        }
    }
    return (uint32_t)(busy_ns * 100 / (t - MS));
}

static void beside_acknowledgements_it_takes_its_share(void **state)
{
    (void)state;
    static const uint32_t shares[] = {5, 20, 50, 80, 99, 100};
    for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++) {
        uint32_t got = percent(shares[i], 150 * US);
        assert_in_range(got, shares[i] - 1, shares[i] + 1);
    }
    assert_in_range(percent(50, 3 * MS), 49, 51); /* a slow device: the same share */
}

static void a_stuck_read_is_not_paid_for_for_ever(void **state)
{
    (void)state;
    struct cold_pace p;
    pace_init(&p, 1);
    assert_int_equal(pace_wait(&p, MS, true), 0);
    pace_begin(&p, MS);
    pace_end(&p, 60000 * MS);
    assert_int_equal(pace_wait(&p, 60000 * MS, true), COLD_REST_NS_MAX);
    assert_int_equal(pace_wait(&p, 60000 * MS + COLD_REST_NS_MAX, true), 0);
    assert_int_equal(pace_wait(&p, 60000 * MS, false), 0); /* a clock that stands changes nothing */
}

static void when_nobody_is_kept_waiting_nothing_is_owed(void **state)
{
    (void)state;
    struct cold_pace p;
    pace_init(&p, 10);
    pace_begin(&p, MS);
    pace_end(&p, 2 * MS);
    assert_int_equal(pace_wait(&p, 2 * MS, false), 0);
    assert_int_equal(pace_wait(&p, 2 * MS, true), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_that_goes_on_is_a_run),
        cmocka_unit_test(readers_of_the_same_are_one_stream),
        cmocka_unit_test(the_same_read_again_is_no_run),
        cmocka_unit_test(the_table_is_bounded_and_the_oldest_goes),
        cmocka_unit_test(who_reads_no_more_does_not_count),
        cmocka_unit_test(ahead_is_a_share_of_the_memory),
        cmocka_unit_test(alone_it_is_bounded_by_depth_only),
        cmocka_unit_test(beside_acknowledgements_it_takes_its_share),
        cmocka_unit_test(a_stuck_read_is_not_paid_for_for_ever),
        cmocka_unit_test(when_nobody_is_kept_waiting_nothing_is_owed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
