/* The journal's choice between two flushes follows what they cost, by trials that become rarer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/flush_choice.h"

enum { TRIAL = FLUSH_TRIAL_RUNS * FLUSH_TRIAL_RUN };

/* What a commit costs on the device at hand. */
struct device {
    uint64_t ns[2];
    uint32_t used[2];
};

static void run(struct flush_choice *c, struct device *d, uint32_t commits, size_t bytes)
{
    for (uint32_t i = 0; i < commits; i++) {
        enum io_flush_primitive p = flush_choice_next(c, bytes);
        d->used[p]++;
        flush_choice_took(c, p, bytes, d->ns[p]);
    }
}

static void follows_the_quicker(void **state)
{
    (void)state;
    struct flush_choice c;
    struct device d = {.ns = {[IO_FLUSH_LINKED_FSYNC] = 150000, [IO_FLUSH_DSYNC] = 100000}};
    flush_choice_init(&c, IO_FLUSH_LINKED_FSYNC, false);
    run(&c, &d, FLUSH_TRIAL_GAP_MIN + TRIAL, 512);
    assert_int_equal(c.now, IO_FLUSH_DSYNC);
    assert_int_equal(d.used[IO_FLUSH_DSYNC], TRIAL / 2);

    d.ns[IO_FLUSH_DSYNC] = 4000000; /* the core became busy */
    run(&c, &d, FLUSH_TRIAL_GAP_MIN + TRIAL, 512);
    assert_int_equal(c.now, IO_FLUSH_LINKED_FSYNC);
    assert_int_equal(c.switches, 2);
}

static void stays_when_little_is_to_gain(void **state)
{
    (void)state;
    struct flush_choice c;
    struct device d = {.ns = {[IO_FLUSH_LINKED_FSYNC] = 100000, [IO_FLUSH_DSYNC] = 95000}};
    flush_choice_init(&c, IO_FLUSH_LINKED_FSYNC, false);
    run(&c, &d, 1000000, 512);
    assert_int_equal(c.switches, 0);
    /* Gaps of 256, 512, ... 65,536 and so on: trials cost next to nothing. */
    assert_int_equal(c.gap, FLUSH_TRIAL_GAP_MAX);
    assert_in_range(d.used[IO_FLUSH_DSYNC], 20 * TRIAL / 2, 25 * TRIAL / 2);
}

/* A trial in which the one in use, dsync, is a little quicker but for its first `slow` commits that count. */
static enum io_flush_primitive after_slow(uint32_t slow)
{
    struct flush_choice c;
    flush_choice_init(&c, IO_FLUSH_DSYNC, false);
    for (uint32_t i = 0; i < FLUSH_TRIAL_GAP_MIN; i++)
        flush_choice_took(&c, IO_FLUSH_DSYNC, 512, 1000000);
    for (uint32_t i = 0, used = 0; i < TRIAL; i++) {
        enum io_flush_primitive p = flush_choice_next(&c, 512);
        bool counts = i % FLUSH_TRIAL_RUN >= FLUSH_TRIAL_LEAD;
        bool slowly = p == IO_FLUSH_DSYNC && (!counts || used++ < slow);
        flush_choice_took(&c, p, 512, slowly ? 500000000 : p == IO_FLUSH_DSYNC ? 1000000 : 1100000);
    }
    assert_int_equal(c.trial_left, 0);
    return c.now;
}

static void some_hiccups_decide_nothing(void **state)
{
    (void)state;
    assert_int_equal(after_slow(1), IO_FLUSH_DSYNC);
    assert_int_equal(after_slow(FLUSH_TRIAL_DROPPED), IO_FLUSH_DSYNC);
    assert_int_equal(after_slow(FLUSH_TRIAL_DROPPED + 1), IO_FLUSH_LINKED_FSYNC);
}

/* A primitive is judged among its like: what the one before leaves behind for it does not count. */
static void each_is_tried_in_a_row(void **state)
{
    (void)state;
    struct flush_choice c;
    enum io_flush_primitive before = IO_FLUSH_DSYNC;
    flush_choice_init(&c, IO_FLUSH_DSYNC, false);
    for (uint32_t i = 0; i < FLUSH_TRIAL_GAP_MIN + TRIAL; i++) {
        enum io_flush_primitive p = flush_choice_next(&c, 512);
        bool alone = p == IO_FLUSH_DSYNC && before != IO_FLUSH_DSYNC;
        flush_choice_took(&c, p, 512, p == IO_FLUSH_DSYNC && !alone ? 150000 : 200000);
        before = p;
    }
    assert_int_equal(c.trial_left, 0);
    assert_int_equal(c.now, IO_FLUSH_DSYNC);
    assert_int_equal(c.gap, 2 * FLUSH_TRIAL_GAP_MIN);
}

static void large_commits_do_not_count(void **state)
{
    (void)state;
    struct flush_choice c;
    struct device d = {.ns = {[IO_FLUSH_LINKED_FSYNC] = 900000, [IO_FLUSH_DSYNC] = 100}};
    flush_choice_init(&c, IO_FLUSH_LINKED_FSYNC, false);
    run(&c, &d, 100000, FLUSH_TRIAL_BYTES_MAX + 512);
    assert_int_equal(d.used[IO_FLUSH_DSYNC], 0);
    assert_int_equal(c.until_trial, FLUSH_TRIAL_GAP_MIN);
}

static void the_operators_word_stands(void **state)
{
    (void)state;
    struct flush_choice c;
    struct device d = {.ns = {[IO_FLUSH_LINKED_FSYNC] = 900000, [IO_FLUSH_DSYNC] = 100}};
    flush_choice_init(&c, IO_FLUSH_LINKED_FSYNC, true);
    run(&c, &d, 100000, 512);
    assert_int_equal(d.used[IO_FLUSH_DSYNC], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_quicker),         cmocka_unit_test(stays_when_little_is_to_gain),
        cmocka_unit_test(some_hiccups_decide_nothing), cmocka_unit_test(large_commits_do_not_count),
        cmocka_unit_test(the_operators_word_stands),   cmocka_unit_test(each_is_tried_in_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
