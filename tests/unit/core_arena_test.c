/* An arena gives aligned memory up to its limit and drops all of it, and what it holds, at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/arena.h"
#include "core/buf.h"
#include "core/err.h"

static void memory_is_aligned_and_does_not_overlap(void **state)
{
    (void)state;
    struct mr_arena a;
    arena_init(&a, 1 << 20);
    uint8_t *last = NULL;
    size_t last_bytes = 0;
    for (size_t i = 0; i < 2000; i++) {
        size_t align = (size_t)1 << (i % 7), bytes = i % 97;
        uint8_t *p = arena_alloc(&a, bytes, align);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % align, 0);
        memset(p, 0xab, bytes); /* the sanitizer watches the ends */
        if (last != NULL)
            assert_true(p >= last + last_bytes || p + bytes <= last);
        last = p;
        last_bytes = bytes;
    }
    arena_done(&a);
}

static void nothing_is_taken_before_the_first_use(void **state)
{
    (void)state;
    struct mr_arena a;
    arena_init(&a, 1 << 20);
    assert_int_equal(a.used_bytes, 0);
    arena_done(&a);
}

static void the_limit_holds_for_one_large_and_for_many_small(void **state)
{
    (void)state;
    struct mr_arena a;
    arena_init(&a, 64 * 1024);
    assert_null(arena_alloc(&a, 64 * 1024 + 1, 1));
    assert_null(arena_alloc(&a, SIZE_MAX, 1));
    assert_null(arena_zalloc(&a, SIZE_MAX / 2, 3, 1)); /* the product overflows */
    size_t got = 0;
    while (arena_alloc(&a, 100, 1) != NULL)
        got += 100;
    assert_true(got >= 32 * 1024);
    assert_true(a.used_bytes <= a.limit_bytes);
    arena_done(&a);
    assert_int_equal(a.used_bytes, 0);
}

static void a_reset_arena_reuses_its_first_chunk(void **state)
{
    (void)state;
    struct mr_arena a;
    arena_init(&a, 1 << 20);
    void *first = arena_alloc(&a, 10, 8);
    size_t used_bytes = a.used_bytes;
    for (int i = 0; i < 100; i++)
        assert_non_null(arena_alloc(&a, 5000, 8));
    arena_reset(&a);
    assert_int_equal(a.used_bytes, used_bytes);
    assert_ptr_equal(arena_alloc(&a, 10, 8), first);
    arena_done(&a);
}

static void zeroed_memory_is_zero_also_after_a_reset(void **state)
{
    (void)state;
    struct mr_arena a;
    arena_init(&a, 1 << 20);
    memset(arena_alloc(&a, 1000, 1), 0xff, 1000);
    arena_reset(&a);
    const uint8_t *p = arena_array(&a, uint8_t, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0);
    arena_done(&a);
}

static void copies_are_their_own_and_null_stays_null(void **state)
{
    (void)state;
    struct mr_arena a;
    arena_init(&a, 5000);
    char text[] = "orders";
    bool ok = true;
    struct mr_str s = arena_str(&a, mr_str_of(text), &ok);
    struct mr_slice b = arena_bytes(&a, (struct mr_slice){(uint8_t *)text, 3}, &ok);
    text[0] = 'X';
    assert_string_equal(s.ptr, "orders");
    assert_memory_equal(b.ptr, "ord", 3);
    assert_null(arena_str(&a, (struct mr_str){NULL, 0}, &ok).ptr);
    assert_null(arena_bytes(&a, (struct mr_slice){NULL, 0}, &ok).ptr);
    assert_non_null(arena_str(&a, MR_STR_LIT(""), &ok).ptr); /* empty is not null */
    assert_true(ok);

    static const uint8_t large[6000];
    assert_null(arena_bytes(&a, (struct mr_slice){large, sizeof(large)}, &ok).ptr);
    assert_false(ok);
    arena_done(&a);
}

static void a_held_buffer_is_released_with_the_arena(void **state)
{
    (void)state;
    struct buf_pool *pool = pool_new(4096, 2, 0);
    struct mr_arena a;
    arena_init(&a, 1 << 16);
    for (int round = 0; round < 3; round++) {
        struct mr_buf *buf = pool_take(pool);
        assert_int_equal(arena_hold(&a, buf), 0);
        buf_unref(buf);
        assert_int_equal(pool_out(pool), 1);
        arena_reset(&a);
        assert_int_equal(pool_out(pool), 0);
    }
    arena_done(&a);

    struct mr_buf *buf = pool_take(pool);
    arena_init(&a, 8); /* no room to remember it */
    assert_int_equal(arena_hold(&a, buf), -MR_E_LIMIT);
    arena_done(&a);
    buf_unref(buf);
    assert_int_equal(pool_out(pool), 0);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_aligned_and_does_not_overlap),
        cmocka_unit_test(nothing_is_taken_before_the_first_use),
        cmocka_unit_test(the_limit_holds_for_one_large_and_for_many_small),
        cmocka_unit_test(a_reset_arena_reuses_its_first_chunk),
        cmocka_unit_test(zeroed_memory_is_zero_also_after_a_reset),
        cmocka_unit_test(copies_are_their_own_and_null_stays_null),
        cmocka_unit_test(a_held_buffer_is_released_with_the_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
