/* Counted buffers and their pool. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/buf.h"

static void the_last_reference_returns_a_buffer(void **state)
{
    (void)state;
    struct buf_pool *pool = pool_new(8192, 3, 5);
    assert_int_equal(pool_max(pool), 3);
    struct mr_buf *buf = pool_take(pool);
    assert_int_equal(buf->cap, 8192);
    assert_int_equal(buf->home, 5);
    assert_int_equal((uintptr_t)buf->data % 4096, 0);
    buf_ref(buf);
    buf_unref(buf);
    assert_int_equal(pool_out(pool), 1);
    buf_unref(buf);
    assert_int_equal(pool_out(pool), 0);
    pool_free(pool);
}

static void a_pool_gives_no_more_than_it_has_and_no_byte_twice(void **state)
{
    (void)state;
    enum { COUNT = 16 };
    struct buf_pool *pool = pool_new(4096, COUNT, 0);
    struct mr_buf *bufs[COUNT];
    for (int i = 0; i < COUNT; i++) {
        bufs[i] = pool_take(pool);
        memset(bufs[i]->data, i, bufs[i]->cap);
    }
    assert_null(pool_take(pool));
    for (int i = 0; i < COUNT; i++) {
        for (size_t b = 0; b < bufs[i]->cap; b++)
            assert_int_equal(bufs[i]->data[b], i);
        buf_unref(bufs[i]);
    }
    assert_int_equal(pool_out(pool), 0);
    pool_free(pool);
}

static void the_buffer_returned_last_is_taken_first(void **state)
{
    (void)state;
    struct buf_pool *pool = pool_new(4096, 8, 0);
    struct mr_buf *a = pool_take(pool);
    struct mr_buf *b = pool_take(pool);
    buf_unref(a);
    buf_unref(b);
    assert_ptr_equal(pool_take(pool), b);
    assert_ptr_equal(pool_take(pool), a);
    buf_unref(a);
    buf_unref(b);
    pool_free(pool);
}

static void a_single_buffer_is_aligned_and_frees_itself(void **state)
{
    (void)state;
    struct mr_buf *buf = buf_new(10000, 4096, 1);
    assert_int_equal((uintptr_t)buf->data % 4096, 0);
    assert_int_equal(buf->cap, 10000);
    assert_int_equal(buf->home, 1);
    memset(buf->data, 1, buf->cap);
    buf_unref(buf);
    buf = buf_new(0, 1, 0);
    assert_non_null(buf);
    buf_unref(buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_reference_returns_a_buffer),
        cmocka_unit_test(a_pool_gives_no_more_than_it_has_and_no_byte_twice),
        cmocka_unit_test(the_buffer_returned_last_is_taken_first),
        cmocka_unit_test(a_single_buffer_is_aligned_and_frees_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
