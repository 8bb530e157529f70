/* core/crc32c: known answers, and that pieces and copies agree with the whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/crc32c.h"
#include "core/mem.h"

/* Bit by bit, from the polynomial: the reference that shares nothing with the library. */
static uint32_t slow(const uint8_t *p, size_t len)
{
    uint32_t crc = ~0u;
    for (size_t i = 0; i < len; i++) {
        crc ^= p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? 0x82f63b78u : 0);
    }
    return ~crc;
}

static void known_answers(void **state) /* RFC 3720 B.4, and the customary check value */
{
    (void)state;
    uint8_t bytes[32];
    assert_int_equal(crc32c(0, NULL, 0), 0);
    assert_int_equal(crc32c(0, "123456789", 9), 0xe3069283u);
    memset(bytes, 0, sizeof(bytes));
    assert_int_equal(crc32c(0, bytes, 32), 0x8a9136aau);
    memset(bytes, 0xff, sizeof(bytes));
    assert_int_equal(crc32c(0, bytes, 32), 0x62a8ab43u);
    for (int i = 0; i < 32; i++)
        bytes[i] = (uint8_t)i;
    assert_int_equal(crc32c(0, bytes, 32), 0x46dd794eu);
    for (int i = 0; i < 32; i++)
        bytes[i] = (uint8_t)(31 - i);
    assert_int_equal(crc32c(0, bytes, 32), 0x113fdb5cu);
}

static void every_length_and_cut(void **state)
{
    (void)state;
    enum { N = 700 };
    uint8_t bytes[N], copy[N];
    for (int i = 0; i < N; i++)
        bytes[i] = (uint8_t)(i * 31 + (i >> 3));
    for (size_t len = 0; len <= N; len += 1 + len / 16) {
        uint32_t want = slow(bytes, len);
        assert_int_equal(crc32c(0, bytes, len), want);
        for (size_t cut = 0; cut <= len; cut += 1 + len / 7)
            assert_int_equal(crc32c(crc32c(0, bytes, cut), bytes + cut, len - cut), want);
        memset(copy, 0xa5, sizeof(copy));
        assert_int_equal(crc32c_copy(0, copy, bytes, len), want);
        assert_memory_equal(copy, bytes, len);
        if (len < N)
            assert_int_equal(copy[len], 0xa5);
    }
}

static void long_copies(void **state)
{
    (void)state;
    size_t len = 3 * 4096 + 17;
    uint8_t *from = mem_alloc(len), *to = mem_alloc(len);
    for (size_t i = 0; i < len; i++)
        from[i] = (uint8_t)(i ^ (i >> 8));
    uint32_t start = crc32c(0, "head", 4);
    assert_int_equal(crc32c_copy(start, to, from, len), crc32c(start, from, len));
    assert_memory_equal(to, from, len);
    mem_free(from);
    mem_free(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(every_length_and_cut),
        cmocka_unit_test(long_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
