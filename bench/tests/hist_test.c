/* The histogram against exact answers from the sorted values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bench/hist.h"
#include "bench/schedule.h"

static const double quantiles[] = {0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1};

static int order(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The value that at least q of the n sorted values do not exceed. */
static uint64_t exact(const uint64_t *sorted, size_t n, double q)
{
    double rank = q * (double)n;
    size_t at = (size_t)rank;
    if ((double)at < rank || at == 0)
        at++;
    return sorted[at - 1];
}

static void check_quantiles(uint64_t *values, size_t n)
{
    struct hist *h = calloc(1, sizeof(*h));
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        hist_add(h, values[i]);
        sum += values[i];
    }
    qsort(values, n, sizeof(*values), order);
    assert_int_equal(h->count, n);
    assert_int_equal(h->min, values[0]);
    assert_int_equal(h->max, values[n - 1]);
    assert_int_equal(h->sum, sum);
    for (size_t i = 0; i < MR_COUNT(quantiles); i++) {
        uint64_t want = exact(values, n, quantiles[i]), got = hist_quantile(h, quantiles[i]);
        assert_true(got >= want);              /* never flatters */
        assert_true(got - want <= want / 128); /* and is at most one bucket above */
    }
    free(h);
}

static void every_value_lies_in_its_bucket(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (unsigned i = 0; i < 1000000; i++) {
        uint64_t v = schedule_random(&random) >> (i % 64);
        uint32_t index = hist_index(v);
        assert_true(index < HIST_BUCKETS);
        assert_true(hist_low(index) <= v);
        assert_true(v <= hist_high(index));
    }
    assert_int_equal(hist_index(UINT64_MAX), HIST_BUCKETS - 1);
    assert_true(hist_high(HIST_BUCKETS - 1) == UINT64_MAX);
}

static void buckets_leave_no_gap(void **state)
{
    (void)state;
    assert_int_equal(hist_low(0), 0);
    for (uint32_t i = 1; i < HIST_BUCKETS; i++)
        assert_true(hist_low(i) == hist_high(i - 1) + 1);
}

static void quantiles_of_even_values(void **state)
{
    (void)state;
    uint64_t values[10000];
    for (size_t i = 0; i < MR_COUNT(values); i++)
        values[i] = (i + 1) * 1000;
    check_quantiles(values, MR_COUNT(values));
}

static void quantiles_of_values_with_a_long_tail(void **state)
{
    (void)state;
    static uint64_t values[100000];
    uint64_t random = 7;
    for (size_t i = 0; i < MR_COUNT(values); i++)
        values[i] = schedule_random(&random) >> (24 + i % 40);
    check_quantiles(values, MR_COUNT(values));
}

static void quantiles_of_one_value(void **state)
{
    (void)state;
    uint64_t value = 123456789;
    check_quantiles(&value, 1);
}

static void merging_is_as_adding_all(void **state)
{
    (void)state;
    struct hist *a = calloc(1, sizeof(*a)), *b = calloc(1, sizeof(*b)), *all = calloc(1, sizeof(*all));
    uint64_t random = 3;
    for (unsigned i = 0; i < 10000; i++) {
        uint64_t v = schedule_random(&random) >> (i % 50);
        hist_add(i % 3 == 0 ? a : b, v);
        hist_add(all, v);
    }
    hist_merge(a, b);
    assert_memory_equal(a, all, sizeof(*a));
    struct hist *none = calloc(1, sizeof(*none));
    hist_merge(a, none);
    assert_memory_equal(a, all, sizeof(*a));
    hist_merge(none, all);
    assert_memory_equal(none, all, sizeof(*none));
    free(a);
    free(b);
    free(all);
    free(none);
}

static void an_empty_one_says_zero(void **state)
{
    (void)state;
    struct hist *h = calloc(1, sizeof(*h));
    assert_int_equal(hist_quantile(h, 0.5), 0);
    assert_true(hist_mean(h) >= 0 && hist_mean(h) <= 0);
    free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_lies_in_its_bucket),
        cmocka_unit_test(buckets_leave_no_gap),
        cmocka_unit_test(quantiles_of_even_values),
        cmocka_unit_test(quantiles_of_values_with_a_long_tail),
        cmocka_unit_test(quantiles_of_one_value),
        cmocka_unit_test(merging_is_as_adding_all),
        cmocka_unit_test(an_empty_one_says_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
