/* storage/space.h: how much of a disk is kept back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "storage/space.h"

#define MIB (UINT64_C(1) << 20)

static void the_reserve_fits_the_disk(void **state)
{
    (void)state;
    assert_int_equal(space_reserve(-1, 20480 * 1024 * MIB), 1024 * MIB); /* 20 TiB */
    assert_int_equal(space_reserve(-1, 20000 * MIB), 200 * MIB);
    assert_int_equal(space_reserve(-1, 1000 * MIB), 64 * MIB);
    assert_int_equal(space_reserve(-1, 80 * MIB), 10 * MIB);
    assert_int_equal(space_reserve(-1, 0), 0);
    assert_int_equal(space_reserve(0, 1000 * MIB), 0);
    assert_int_equal(space_reserve(123, 1000 * MIB), 123);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_reserve_fits_the_disk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
