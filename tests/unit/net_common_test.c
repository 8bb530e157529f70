/* net/api/common.h: numbers as Java reads them, and which names a request has said before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "net/api/common.h"

static void check_number(const char *text, bool ok, int32_t want)
{
    int32_t got = 7;
    bool read = api_number(mr_str_of(text), &got);
    if (read != ok || got != (ok ? want : 7))
        fail_msg("\"%s\": %s %d", text, read ? "read as" : "refused", got);
}

static void numbers_are_read_as_java_reads_them(void **state)
{
    (void)state;
    check_number("0", true, 0);
    check_number("1", true, 1);
    check_number("+1", true, 1);
    check_number("-1", true, -1);
    check_number("-0", true, 0);
    check_number("007", true, 7);
    check_number("2147483647", true, INT32_MAX);
    check_number("2147483648", false, 0);
    check_number("-2147483648", true, INT32_MIN);
    check_number("-2147483649", false, 0);
    check_number("99999999999999999999999999", false, 0);
    check_number("", false, 0);
    check_number("-", false, 0);
    check_number("+", false, 0);
    check_number("--1", false, 0);
    check_number("1.5", false, 0);
    check_number(" 1", false, 0);
    check_number("1 ", false, 0);
    check_number("0x1", false, 0);
    check_number("one", false, 0);
}

static void what_was_said_before_is_known(void **state)
{
    (void)state;
    struct api_seen seen = {.ready = false};
    assert_false(api_seen_has(&seen, MR_STR_LIT("a"), -1));
    assert_false(api_seen_before(&seen, MR_STR_LIT("a"), -1));
    assert_true(api_seen_before(&seen, MR_STR_LIT("a"), -1));
    assert_false(api_seen_before(&seen, MR_STR_LIT("a"), 0));
    assert_true(api_seen_before(&seen, MR_STR_LIT("a"), 0));
    assert_false(api_seen_before(&seen, MR_STR_LIT("ab"), 0));
    assert_true(api_seen_has(&seen, MR_STR_LIT("a"), -1));
    assert_true(api_seen_has(&seen, MR_STR_LIT("ab"), 0));
    assert_false(api_seen_has(&seen, MR_STR_LIT("ab"), 1));
    assert_false(api_seen_has(&seen, MR_STR_LIT("b"), 0));
    assert_false(api_seen_before(&seen, MR_STR_LIT(""), INT32_MAX));
    assert_true(api_seen_has(&seen, MR_STR_LIT(""), INT32_MAX));
    api_seen_done(&seen);
    assert_false(api_seen_has(&seen, MR_STR_LIT("a"), -1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_java_reads_them),
        cmocka_unit_test(what_was_said_before_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
