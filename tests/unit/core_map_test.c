/* Maps behave like a searched list, walk in order of insertion, and keep doing so with holes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/err.h"
#include "core/map.h"

/* Values are pointers into this, so that value n is "n". */
static const char values[256];
static void *value(unsigned n)
{
    return (void *)(uintptr_t)&values[n];
}
static unsigned number(const void *v)
{
    return (unsigned)((const char *)v - values);
}

static void put_get_remove(void **state)
{
    (void)state;
    struct mr_map m;
    map_init(&m);
    assert_null(map_get(&m, 7));
    assert_null(map_remove(&m, 7));
    assert_int_equal(map_put(&m, 7, value(1)), 0);
    assert_int_equal(map_put(&m, 0, value(2)), 0);
    assert_int_equal(map_put(&m, UINT64_MAX, value(3)), 0);
    assert_int_equal(map_put(&m, 7, value(4)), -EEXIST);
    assert_ptr_equal(map_get(&m, 7), value(1));
    assert_ptr_equal(map_get(&m, 0), value(2));
    assert_ptr_equal(map_get(&m, UINT64_MAX), value(3));
    assert_int_equal(map_count(&m), 3);
    assert_ptr_equal(map_remove(&m, 0), value(2));
    assert_null(map_get(&m, 0));
    assert_int_equal(map_count(&m), 2);
    map_done(&m);
    assert_int_equal(map_count(&m), 0);
}

static void walks_are(const struct mr_map *m, const char *expected)
{
    char got[256] = "";
    uint32_t at = 0;
    for (void *v = map_next(m, &at); v != NULL; v = map_next(m, &at))
        snprintf(got + strlen(got), sizeof(got) - strlen(got), "%u ", number(v));
    assert_string_equal(got, expected);
}

static void a_walk_is_in_order_of_insertion(void **state)
{
    (void)state;
    struct mr_map m;
    map_init(&m);
    walks_are(&m, "");
    for (unsigned n = 0; n < 10; n++)
        assert_int_equal(map_put(&m, 1000 - n * 77, value(n)), 0);
    walks_are(&m, "0 1 2 3 4 5 6 7 8 9 ");
    map_remove(&m, 1000 - 3 * 77);
    map_remove(&m, 1000 - 9 * 77);
    assert_int_equal(map_put(&m, 1000 - 3 * 77, value(3)), 0); /* comes back as the newest */
    walks_are(&m, "0 1 2 4 5 6 7 8 3 ");
    map_done(&m);
}

static void all_may_be_removed_during_a_walk(void **state)
{
    (void)state;
    struct mr_map m;
    map_init(&m);
    for (unsigned n = 0; n < 100; n++)
        assert_int_equal(map_put(&m, n, value(n)), 0);
    uint32_t at = 0;
    unsigned seen = 0;
    for (void *v = map_next(&m, &at); v != NULL; v = map_next(&m, &at)) {
        assert_int_equal(number(v), seen++);
        assert_ptr_equal(map_remove(&m, number(v)), v);
    }
    assert_int_equal(seen, 100);
    assert_int_equal(map_count(&m), 0);
    map_done(&m);
}

static void keys_that_come_and_go_take_no_more_memory(void **state)
{
    (void)state;
    struct mr_map m;
    map_init(&m);
    for (unsigned n = 0; n < 100; n++)
        assert_int_equal(map_put(&m, n, value(n)), 0);
    uint32_t cap = m.cap;
    for (uint64_t key = 100; key < 100000; key++) {
        assert_non_null(map_remove(&m, key - 100));
        assert_int_equal(map_put(&m, key, value(key % 100)), 0);
    }
    assert_int_equal(map_count(&m), 100);
    assert_true(m.cap <= 2 * cap);
    for (uint64_t key = 100000 - 100; key < 100000; key++)
        assert_ptr_equal(map_get(&m, key), value(key % 100));
    map_done(&m);
}

static void a_reserved_map_does_not_move(void **state)
{
    (void)state;
    struct mr_map m;
    map_init(&m);
    assert_int_equal(map_reserve(&m, 1000), 0);
    const struct map_entry *entries = m.entries;
    for (unsigned n = 0; n < 1000; n++)
        assert_int_equal(map_put(&m, n, value(n % 256)), 0);
    assert_ptr_equal(m.entries, entries);
    assert_int_equal(map_reserve(&m, UINT32_MAX), -ENOMEM); /* past the bound, not an attempt */
    map_done(&m);
}

static uint32_t step_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/* Keys from a small range, so that the probe sequences collide, gap and close all the time. */
static void a_long_random_life_matches_a_table(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        void *model[200] = {0};
        unsigned live = 0;
        uint64_t dice = seed;
        struct mr_map m;
        map_init(&m);
        for (int step = 0; step < 5000; step++) {
            uint32_t key = step_random(&dice) % MR_COUNT(model);
            uint32_t odds = 3 + (uint32_t)(step / 1000) % 3 * 2; /* it grows, and shrinks again */
            if (step_random(&dice) % 10 < odds) {
                int err = map_put(&m, key, value(key));
                assert_int_equal(err, model[key] != NULL ? -EEXIST : 0);
                live += model[key] == NULL;
                model[key] = value(key);
            } else {
                assert_ptr_equal(map_remove(&m, key), model[key]);
                live -= model[key] != NULL;
                model[key] = NULL;
            }
            assert_int_equal(map_count(&m), live);
            uint32_t other = step_random(&dice) % MR_COUNT(model);
            assert_ptr_equal(map_get(&m, other), model[other]);
        }
        unsigned walked = 0;
        uint32_t at = 0;
        for (void *v = map_next(&m, &at); v != NULL; v = map_next(&m, &at), walked++)
            assert_ptr_equal(model[number(v)], v);
        assert_int_equal(walked, live);
        map_done(&m);
    }
}

static void strings_differ_by_every_byte_and_by_length(void **state)
{
    (void)state;
    static const char *const words[] = {"",
                                        "a",
                                        "b",
                                        "aa",
                                        "ab",
                                        "ba",
                                        "orders",
                                        "orders-1",
                                        "orders-10",
                                        "__consumer_offsets",
                                        "__consumer_offsetsX",
                                        "\xc3\xa4"};
    struct mr_smap m;
    smap_init(&m);
    for (unsigned n = 0; n < MR_COUNT(words); n++)
        assert_int_equal(smap_put(&m, mr_str_of(words[n]), value(n)), 0);
    assert_int_equal(smap_put(&m, (struct mr_str){"a\0b", 3}, value(100)), 0);
    assert_int_equal(smap_put(&m, (struct mr_str){"a\0c", 3}, value(101)), 0);
    for (unsigned n = 0; n < MR_COUNT(words); n++) {
        char copy[32]; /* the bytes count, not where they lie */
        snprintf(copy, sizeof(copy), "%s", words[n]);
        assert_ptr_equal(smap_get(&m, mr_str_of(copy)), value(n));
        assert_int_equal(smap_put(&m, mr_str_of(copy), value(0)), -EEXIST);
    }
    assert_ptr_equal(smap_get(&m, (struct mr_str){"a\0b", 3}), value(100));
    assert_ptr_equal(smap_remove(&m, MR_STR_LIT("a")), value(1));
    assert_null(smap_get(&m, MR_STR_LIT("a")));
    assert_ptr_equal(smap_get(&m, (struct mr_str){"a\0c", 3}), value(101));
    assert_int_equal(smap_count(&m), MR_COUNT(words) + 1);
    uint32_t at = 0;
    assert_ptr_equal(smap_next(&m, &at), value(0));
    assert_ptr_equal(smap_next(&m, &at), value(2)); /* 1 is gone */
    smap_done(&m);
}

/* Fixed: it may place names on shards, so a new build must not move them. */
static void the_hash_is_the_same_for_ever(void **state)
{
    (void)state;
    assert_true(mr_hash_u64(0) == 0);
    assert_true(mr_hash_u64(1) == 0xb456bcfc34c2cb2cu);
    assert_true(mr_hash_bytes("orders", 6) == mr_hash_bytes("orders-not", 6));
    assert_true(mr_hash_bytes("orders", 6) != mr_hash_bytes("orders\0", 7));
    assert_true(mr_hash_bytes("__consumer_offsets", 18) == 0xb11b2951b10a3bffu);
}

static void the_hash_spreads_counted_names(void **state)
{
    (void)state;
    unsigned buckets[64] = {0};
    for (unsigned n = 0; n < 6400; n++) {
        char name[32];
        int len = snprintf(name, sizeof(name), "topic-%u", n);
        buckets[mr_hash_bytes(name, (size_t)len) % 64]++;
    }
    for (unsigned b = 0; b < 64; b++)
        assert_in_range(buckets[b], 60, 140); /* 100 on average, standard deviation 10 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(put_get_remove),
        cmocka_unit_test(a_walk_is_in_order_of_insertion),
        cmocka_unit_test(all_may_be_removed_during_a_walk),
        cmocka_unit_test(keys_that_come_and_go_take_no_more_memory),
        cmocka_unit_test(a_reserved_map_does_not_move),
        cmocka_unit_test(a_long_random_life_matches_a_table),
        cmocka_unit_test(strings_differ_by_every_byte_and_by_length),
        cmocka_unit_test(the_hash_is_the_same_for_ever),
        cmocka_unit_test(the_hash_spreads_counted_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
