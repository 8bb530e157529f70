/* What Java 17 makes of the same bytes: new String(bytes, "UTF-8"), its hashCode(), its length(), and Kafka's
 * partition of 50. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/broker/java_hash.h"

struct sample {
    const char *text;
    int32_t hash;
    size_t length;
    int32_t of_50;
};

static void check(const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mr_str s = mr_str_of(samples[i].text);
        assert_int_equal(java_string_hash(s), samples[i].hash);
        assert_int_equal(java_string_length(s), samples[i].length);
        assert_int_equal(java_partition(s, 50), samples[i].of_50);
    }
}

static void hashes_are_javas(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"", 0, 0, 0},
        {"a", 97, 1, 47},
        {"console-consumer-1", 35782224, 18, 24},
        {"group", 98629247, 5, 47},
        {"gr\xc3\xb6\xc3\x9f\x65", 98762257, 5, 7},
        {"\xe6\x97\xa5\xe6\x9c\xac", 835047, 2, 47},
        {"\xf0\x9f\x98\x80", 1772899, 2, 49},
        {"polygenelubricants", INT32_MIN, 18, 0}, /* abs() has no answer */
    };
    check(samples, MR_COUNT(samples));
}

static void what_is_no_utf8_is_replaced_as_java_does(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"\x61\xff\x62", 2124838, 3, 38},
        {"\xe0\x80\x80", 65074269, 3, 19},    /* overlong */
        {"\xf0\x9f\x98", 65533, 1, 33},       /* cut off */
        {"\xed\xa0\x80\x78", 2031643, 2, 43}, /* a surrogate */
        {"\xc3\x78", 2031643, 2, 43},
        {"\xc0\x80", 2097056, 2, 6},
        {"\xf4\x90\x80\x80", 2017367872, 4, 22}, /* past the last character */
        {"\xe6\x97\x7a", 2031645, 2, 45},
        {"\xf5\x61", 2031620, 2, 20},
        {"\x80", 65533, 1, 33},
    };
    check(samples, MR_COUNT(samples));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_javas),
        cmocka_unit_test(what_is_no_utf8_is_replaced_as_java_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
