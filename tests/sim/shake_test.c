/* Two runs of a seed find what must not decide anything: addresses, and memory that nobody has written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/compress.h"
#include "core/err.h"
#include "core/mem.h"
#include "tests/sim/rng.h"
#include "tests/sim/seeds.h"

enum { BLOCKS = 64, PACKED_MAX = 1024 };

static void blocks_are_ordered_by_address(uint64_t seed, struct seed_result *r)
{
    uintptr_t at[BLOCKS];
    void *blocks[BLOCKS];
    r->trace = seed;
    for (unsigned i = 0; i < BLOCKS; i++) {
        blocks[i] = mem_zalloc(1, 48);
        at[i] = (uintptr_t)blocks[i];
        for (unsigned other = 0; other < i; other++)
            r->trace = r->trace * 31 + (at[i] < at[other]);
    }
    for (unsigned i = 0; i < BLOCKS; i++)
        mem_free(blocks[i]);
}

static void an_order_by_address_is_found(void **state)
{
    (void)state;
    print_message("the next failures are wanted\n");
    assert_int_equal(seeds_run("self-test", 1, 1, blocks_are_ordered_by_address), -EILSEQ);
}

#if !MR_SANITIZED
/* What the block holds that mem_alloc() gave, as a program reads it that forgot to write it. */
static void a_fresh_block_decides(uint64_t seed, struct seed_result *r)
{
    volatile uint8_t *block = mem_alloc(100);
    r->trace = seed;
    for (unsigned i = 0; i < 100; i++)
        r->trace = r->trace * 31 + block[i];
    mem_free((void *)(uintptr_t)block);
}

static void what_lies_behind_a_block_decides(uint64_t seed, struct seed_result *r)
{
    volatile uint8_t *block = mem_zalloc(1, 100);
    r->trace = seed + block[100]; /* in the same class of sizes */
    mem_free((void *)(uintptr_t)block);
}

static void a_freed_block_decides(uint64_t seed, struct seed_result *r)
{
    volatile uint8_t *block = mem_zalloc(1, 100);
    mem_free((void *)(uintptr_t)block);
    r->trace = seed + block[50];
}
#endif

static void memory_that_nobody_wrote_is_found(void **state)
{
    (void)state;
#if MR_SANITIZED
    skip(); /* it sees these by itself */
#else
    print_message("the next failures are wanted\n");
    assert_int_equal(seeds_run("self-test", 1, 1, a_fresh_block_decides), -EILSEQ);
    assert_int_equal(seeds_run("self-test", 1, 1, what_lies_behind_a_block_decides), -EILSEQ);
    assert_int_equal(seeds_run("self-test", 1, 1, a_freed_block_decides), -EILSEQ);
#endif
}

static struct comp *pack(int codec, struct mr_slice in, uint8_t *ret, size_t *ret_len)
{
    struct comp *c = comp_new();
    struct mr_scratch out;
    assert_non_null(c);
    scratch_init(&out, 1 << 20);
    assert_int_equal(comp_pack(c, codec, comp_level_default((enum comp_codec)codec), in, &out), 0);
    assert_true(out.len <= PACKED_MAX);
    memcpy(ret, out.data, out.len);
    *ret_len = out.len;
    scratch_done(&out);
    return c;
}

/* lib/igzip.c has the reason. Without it this fails. */
static void packed_bytes_do_not_tell_where_they_were_packed(void **state)
{
    (void)state;
    enum { INPUTS = 150, TIMES = 16 };
    static const int codecs[] = {COMP_GZIP, COMP_SNAPPY, COMP_LZ4, COMP_ZSTD};
    uint8_t in[128], packed[TIMES][PACKED_MAX];
    struct comp *c[TIMES]; /* all at a time: one that is freed gives its place to the next */
    size_t len[TIMES];
    struct rng r;
    rng_seed(&r, 1, 0);
    for (unsigned i = 0; i < INPUTS * MR_COUNT(codecs); i++) {
        size_t bytes = rng_between(&r, 20, sizeof(in)), period = rng_between(&r, 5, 9);
        for (size_t at = 0; at < bytes; at++)
            in[at] = at < period ? (uint8_t)rng_next(&r) : in[at - period];
        for (unsigned n = 0; n < TIMES; n++) {
            c[n] = pack(codecs[i % MR_COUNT(codecs)], (struct mr_slice){in, bytes}, packed[n], &len[n]);
            assert_true(len[n] == len[0] && memcmp(packed[n], packed[0], len[0]) == 0);
        }
        for (unsigned n = 0; n < TIMES; n++)
            comp_free(c[n]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_by_address_is_found),
        cmocka_unit_test(memory_that_nobody_wrote_is_found),
        cmocka_unit_test(packed_bytes_do_not_tell_where_they_were_packed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
