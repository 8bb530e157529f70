/* core/probe.h on both backends: it finds something sensible and leaves nothing behind. */
#include <stdlib.h>

#include "core/probe.h"
#include "tests/contract/steps.h"

static int count_entry(void *ctx, const char *name, bool is_dir)
{
    (void)name, (void)is_dir;
    (*(int *)ctx)++;
    return 0;
}

static void it_measures_and_cleans_up(void **state)
{
    struct backend *b = *state;
    struct probe_result r;
    memset(&r, 0xff, sizeof(r));
    assert_int_equal(probe_flush(backend_io(b), backend_dir(b), &r), 0);
    assert_true(r.linked.ops >= 3 && r.linked.ops <= 64);
    assert_int_equal(r.dsync.ops, r.linked.ops);
    assert_true(r.linked.p50_ns <= r.linked.p99_ns && r.dsync.p50_ns <= r.dsync.p99_ns);
    assert_int_equal(r.primitive, probe_choose(&r.linked, &r.dsync));
    assert_true(r.unit_bytes >= 512 && r.unit_bytes <= IO_ALIGN && (r.unit_bytes & (r.unit_bytes - 1)) == 0);
    assert_true(r.took_ns < 5000000000);
    int entries = 0;
    assert_int_equal(io_list(backend_io(b), backend_dir(b), count_entry, &entries), 0);
    assert_int_equal(entries, 0);

    /* The unit is one that write_flush takes. */
    uint8_t *block = aligned_alloc(IO_ALIGN, IO_ALIGN);
    memset(block, 1, IO_ALIGN);
    struct mr_file f = open_file(b, "f", IO_WRITE | IO_CREATE | IO_DIRECT);
    assert_int_equal(do_write_flush(b, f, block, r.unit_bytes, r.unit_bytes), r.unit_bytes);
    close_file(b, f);
    free(block);
}

static void a_missing_directory_is_an_error(void **state)
{
    struct backend *b = *state;
    struct probe_result r = {.unit_bytes = 77};
    assert_int_equal(probe_flush(backend_io(b), in_dir(b, "none").text, &r), -ENOENT);
    assert_int_equal(r.unit_bytes, 77);
}

static void percentiles_are_by_nearest_rank(void **state)
{
    (void)state;
    uint64_t samples[100];
    for (uint64_t i = 0; i < 100; i++)
        samples[i] = (i * 37) % 100 + 1; /* 1 to 100 in some order */
    struct probe_latency l = probe_latency_of(samples, 100);
    assert_int_equal(l.ops, 100);
    assert_int_equal(l.p50_ns, 50);
    assert_int_equal(l.p99_ns, 99);
    uint64_t one = 7;
    l = probe_latency_of(&one, 1);
    assert_int_equal(l.p50_ns, 7);
    assert_int_equal(l.p99_ns, 7);
    l = probe_latency_of(NULL, 0);
    assert_int_equal(l.ops, 0);
    assert_int_equal(l.p99_ns, 0);
}

static enum io_flush_primitive choose(uint32_t ops, uint64_t linked_p50, uint64_t linked_p99,
                                      uint64_t dsync_p50, uint64_t dsync_p99)
{
    return probe_choose(&(struct probe_latency){ops, linked_p50, linked_p99},
                        &(struct probe_latency){ops, dsync_p50, dsync_p99});
}

static void dsync_must_be_clearly_better(void **state)
{
    (void)state;
    assert_int_equal(choose(64, 50, 100, 20, 60), IO_FLUSH_DSYNC);
    assert_int_equal(choose(64, 50, 100, 40, 100), IO_FLUSH_DSYNC);
    assert_int_equal(choose(64, 50, 100, 45, 60), IO_FLUSH_LINKED_FSYNC);   /* a little better is noise */
    assert_int_equal(choose(64, 50, 100, 20, 4000), IO_FLUSH_LINKED_FSYNC); /* the two modes of a busy core */
    assert_int_equal(choose(3, 50, 100, 20, 60), IO_FLUSH_LINKED_FSYNC);    /* too few to know */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTRACT_TEST(it_measures_and_cleans_up),
        CONTRACT_TEST(a_missing_directory_is_an_error),
        cmocka_unit_test(percentiles_are_by_nearest_rank),
        cmocka_unit_test(dsync_must_be_clearly_better),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
