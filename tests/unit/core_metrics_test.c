#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/hist.h"
#include "core/mem.h"
#include "core/metrics.h"

static void hist_buckets_meet_and_are_narrow(void **state)
{
    (void)state;
    for (unsigned i = 0; i < HIST_BUCKETS; i++) {
        uint64_t high = hist_bucket_high(i), low = i == 0 ? 0 : hist_bucket_high(i - 1);
        assert_true(high > low);
        assert_int_equal(hist_bucket(high), i); /* (low, high] */
        assert_int_equal(hist_bucket(low + 1), i);
        assert_true(high - low == 1 || (high - low) * HIST_STEPS <= high);
    }
    assert_true(hist_bucket_high(HIST_BUCKETS - 1) == HIST_VALUE_MAX);
    assert_int_equal(hist_bucket(0), 0);
    assert_int_equal(hist_bucket(UINT64_MAX), HIST_BUCKETS - 1);
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Against the exact quantile of the sorted values. */
static void hist_quantiles_have_a_bounded_error(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    static const unsigned quantiles[] = {0, 1, 1000, 5000, 9000, 9900, 9990, 9999, 10000};
    uint64_t *values = mem_alloc(COUNT * sizeof(uint64_t));
    struct hist *h = mem_zalloc(1, sizeof(*h));
    uint64_t seed = 42;
    for (unsigned i = 0; i < COUNT; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        values[i] = (seed >> 24) >> (seed % 37); /* from one digit to 2^40 */
        hist_record(h, values[i]);
    }
    qsort(values, COUNT, sizeof(values[0]), compare);
    for (size_t q = 0; q < MR_COUNT(quantiles); q++) {
        uint64_t rank = ((uint64_t)COUNT * quantiles[q] + 9999) / 10000;
        uint64_t exact = values[rank == 0 ? 0 : rank - 1], got = hist_quantile(h, quantiles[q]);
        assert_true(got >= exact || (exact == 0 && got <= 1));
        assert_true(got <= exact + exact / (HIST_STEPS - 1) + 1);
    }
    assert_true(hist_quantile(h, 10000) == values[COUNT - 1]);
    for (unsigned bits = 0; bits <= HIST_VALUE_BITS; bits++) {
        uint64_t below = 0;
        while (below < COUNT && values[below] <= UINT64_C(1) << bits)
            below++;
        assert_int_equal(hist_count_to(h, bits), below);
    }
    mem_free(h);
    mem_free(values);
}

static void hist_keeps_what_is_too_large(void **state)
{
    (void)state;
    struct hist *h = mem_zalloc(2, sizeof(*h));
    assert_int_equal(hist_quantile(h, 5000), 0);
    hist_record(h, 7);
    hist_record(h, HIST_VALUE_MAX * 4);
    assert_int_equal(hist_quantile(h, 5000), 7);
    assert_true(hist_quantile(h, 9900) == HIST_VALUE_MAX * 4);
    hist_record(&h[1], 9);
    hist_merge(&h[1], h);
    assert_int_equal(h[1].count, 3);
    assert_true(h[1].sum == HIST_VALUE_MAX * 4 + 16);
    assert_int_equal(hist_count_to(&h[1], 4), 2);
    mem_free(h);
}

static const struct metric_def defs[] = {
    {.name = "requests_total", .help = "Requests by API.", .labels = "api=\"Produce\""},
    {.name = "open", .help = "A \\ and a\nnew line.", .kind = METRIC_GAUGE, .flags = METRIC_PER_SHARD},
    {.name = "requests_total", .help = "Not printed.", .labels = "api=\"Fetch\""},
    {.name = "wait_seconds",
     .help = "Wait.",
     .kind = METRIC_HISTOGRAM,
     .flags = METRIC_NANOSECONDS,
     .le_first = 10,
     .le_last = 12},
    {.name = "sizes",
     .help = "Sizes.",
     .labels = "dir=\"in\"",
     .kind = METRIC_HISTOGRAM,
     .flags = METRIC_PER_SHARD,
     .le_first = 0,
     .le_last = 1},
    {.name = "busy_seconds_total", .help = "Busy.", .flags = METRIC_NANOSECONDS},
};

static const char text[] = "# HELP requests_total Requests by API.\n"
                           "# TYPE requests_total counter\n"
                           "requests_total{api=\"Produce\"} 7\n"
                           "requests_total{api=\"Fetch\"} 0\n"
                           "# HELP open A \\\\ and a\\nnew line.\n"
                           "# TYPE open gauge\n"
                           "open{shard=\"0\"} 3\n"
                           "open{shard=\"1\"} -2\n"
                           "# HELP wait_seconds Wait.\n"
                           "# TYPE wait_seconds histogram\n"
                           "wait_seconds_bucket{le=\"0.000001024\"} 2\n"
                           "wait_seconds_bucket{le=\"0.000002048\"} 3\n"
                           "wait_seconds_bucket{le=\"0.000004096\"} 3\n"
                           "wait_seconds_bucket{le=\"+Inf\"} 4\n"
                           "wait_seconds_sum 2.000002075\n"
                           "wait_seconds_count 4\n"
                           "# HELP sizes Sizes.\n"
                           "# TYPE sizes histogram\n"
                           "sizes_bucket{dir=\"in\",shard=\"0\",le=\"1\"} 0\n"
                           "sizes_bucket{dir=\"in\",shard=\"0\",le=\"2\"} 1\n"
                           "sizes_bucket{dir=\"in\",shard=\"0\",le=\"+Inf\"} 1\n"
                           "sizes_sum{dir=\"in\",shard=\"0\"} 2\n"
                           "sizes_count{dir=\"in\",shard=\"0\"} 1\n"
                           "sizes_bucket{dir=\"in\",shard=\"1\",le=\"1\"} 0\n"
                           "sizes_bucket{dir=\"in\",shard=\"1\",le=\"2\"} 0\n"
                           "sizes_bucket{dir=\"in\",shard=\"1\",le=\"+Inf\"} 0\n"
                           "sizes_sum{dir=\"in\",shard=\"1\"} 0\n"
                           "sizes_count{dir=\"in\",shard=\"1\"} 0\n"
                           "# HELP busy_seconds_total Busy.\n"
                           "# TYPE busy_seconds_total counter\n"
                           "busy_seconds_total 1.5\n";

static void metrics_print_as_prometheus_wants(void **state)
{
    (void)state;
    struct metrics_schema *s = metrics_schema_new();
    int first = metrics_add_defs(s, defs, MR_COUNT(defs));
    assert_int_equal(first, 0);
    struct metrics *shard[3] = {metrics_new(s), metrics_new(s), metrics_new(s)};
    metric_add(shard[0], 0, 5);
    metric_add(shard[1], 0, 2);
    metric_set(shard[0], 1, 3);
    metric_set(shard[2], 1, -2);
    metric_record(shard[0], 3, 1024);
    metric_record(shard[0], 3, 1);
    metric_record(shard[1], 3, 1050);
    metric_record(shard[1], 3, 2000000000);
    metric_record(shard[0], 4, 2);
    metric_add(shard[1], 5, 1000000000);
    *metric_slot(shard[1], 5) += 500000000;
    metric_set(shard[1], 1, -2);
    metrics_copy(shard[2], shard[1]); /* as a shard answers who prints */

    char out[4096];
    const struct metrics *const asked[] = {shard[0], shard[2]};
    size_t len = metrics_print(s, asked, 2, out, sizeof(out));
    assert_string_equal(out, text);
    assert_int_equal(len, strlen(text));
    for (size_t room = 0; room <= len + 1; room++) { /* never a byte too many */
        char *tight = mem_alloc(room == 0 ? 1 : room);
        assert_int_equal(metrics_print(s, asked, 2, tight, room), len);
        if (room > 0) {
            assert_memory_equal(tight, text, room - 1);
            assert_int_equal(tight[room - 1], 0);
        }
        mem_free(tight);
    }
    assert_int_equal(metric_value(shard[0], 0), 5);
    assert_int_equal(metric_hist(shard[0], 3)->count, 2);
    for (int i = 0; i < 3; i++)
        metrics_free(shard[i]);
    metrics_schema_free(s);
}

static void metrics_refuse_bad_definitions(void **state)
{
    (void)state;
    static const struct metric_def bad[][2] = {
        {{.name = "ok", .help = ""}, {.name = "0bad", .help = ""}},
        {{.name = "ok", .help = ""}, {.name = "", .help = ""}},
        {{.name = "ok", .help = ""}, {.name = "with-dash", .help = ""}},
        {{.name = "ok", .help = ""}, {.name = "ok", .help = ""}},
        {{.name = "ok", .help = "", .labels = "a=\"1\""}, {.name = "ok", .help = "", .labels = "a=\"1\""}},
        {{.name = "ok", .help = ""}, {.name = "ok", .help = "", .labels = "a=\"1\"", .kind = METRIC_GAUGE}},
        {{.name = "ok", .help = ""},
         {.name = "h", .help = "", .kind = METRIC_HISTOGRAM, .le_first = 5, .le_last = 4}},
        {{.name = "ok", .help = ""}, {.name = "h", .help = "", .kind = METRIC_HISTOGRAM, .le_last = 41}},
    };
    static const struct metric_def one = {.name = "ok", .help = ""};
    for (size_t i = 0; i < MR_COUNT(bad); i++) {
        struct metrics_schema *s = metrics_schema_new();
        assert_int_equal(metrics_add_defs(s, bad[i], 2), -EINVAL);
        assert_int_equal(metrics_add_defs(s, &one, 1), 0); /* nothing of the refused pair stayed */
        metrics_schema_free(s);
    }
    struct metrics_schema *s = metrics_schema_new();
    struct metric_def *many = mem_zalloc(METRICS_MAX + 1, sizeof(*many));
    char(*names)[8] = mem_zalloc(METRICS_MAX + 1, sizeof(*names));
    for (unsigned i = 0; i <= METRICS_MAX; i++) {
        snprintf(names[i], sizeof(names[i]), "m%u", i);
        many[i] = (struct metric_def){.name = names[i], .help = ""};
    }
    assert_int_equal(metrics_add_defs(s, many, METRICS_MAX + 1), -MR_E_LIMIT);
    assert_int_equal(metrics_add_defs(s, many, METRICS_MAX), 0);
    assert_int_equal(metrics_add_defs(s, &many[METRICS_MAX], 1), -MR_E_LIMIT);
    metrics_schema_free(s);
    mem_free(many);
    mem_free(names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hist_buckets_meet_and_are_narrow),
        cmocka_unit_test(hist_quantiles_have_a_bounded_error),
        cmocka_unit_test(hist_keeps_what_is_too_large),
        cmocka_unit_test(metrics_print_as_prometheus_wants),
        cmocka_unit_test(metrics_refuse_bad_definitions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
