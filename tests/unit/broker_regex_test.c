/* Expressions over topic names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/broker/regex.h"

static bool matches(const char *text, const char *name)
{
    char why[REGEX_WHY_BYTES];
    struct regex *r = regex_new(text, strlen(text), why, sizeof(why));
    assert_non_null(r);
    bool yes = regex_matches(r, name, strlen(name));
    regex_free(r);
    return yes;
}

static void check_bad(const char *text, const char *expected)
{
    char why[REGEX_WHY_BYTES];
    assert_null(regex_new(text, strlen(text), why, sizeof(why)));
    assert_string_equal(why, expected);
}

static void the_whole_name_is_matched(void **state)
{
    (void)state;
    assert_true(matches("orders-.*", "orders-eu"));
    assert_false(matches("orders", "orders-eu"));
    assert_false(matches("rders-eu", "orders-eu"));
    assert_true(matches("a|b", "b"));
    assert_false(matches("a|b", "ab"));
    assert_true(matches("(?i)ORDERS", "orders"));
    assert_true(matches("[a-c]+\\.\\d{2}", "abc.42"));
    assert_false(matches("", "a"));
}

static void groups_have_perls_names_too(void **state)
{
    (void)state;
    assert_true(matches("(?<x>a)b", "ab"));
    assert_true(matches("(?P<x>a)b", "ab"));
    assert_true(matches("[(?<x>]+", "<(?"));
    assert_true(matches("[](?<]+", "](?<"));
    assert_true(matches("[[:alpha:](?<]+", "(?<a"));
    assert_true(matches("\\Q(?<x>\\C\\E", "(?<x>\\C"));
    assert_true(matches("\\(?<", "(<"));
    assert_true(matches("\\\\C", "\\C"));
}

static void what_is_none_is_named(void **state)
{
    (void)state;
    check_bad("(", "missing closing )");
    check_bad("[", "missing closing ]");
    check_bad("*", "missing argument to repetition operator");
    check_bad("a**", "invalid nested repetition operator");
    check_bad("\\", "trailing backslash at end of expression");
    check_bad("\\8", "invalid escape sequence");
    check_bad("(?=a)", "invalid or unsupported Perl syntax");
    check_bad("[b-a]", "invalid character class range");
    check_bad("a{1001}", "invalid repeat count");
    check_bad("\\C", "invalid escape sequence");
    check_bad("a\\\\\\C", "invalid escape sequence");
    check_bad("(?<x", "invalid named capture");
    check_bad("(?<=a)b", "invalid named capture");
}

/* A client's one heartbeat must not hold a shard up by what takes long to compile. */
static void what_is_large_is_refused(void **state)
{
    (void)state;
    char text[16000];
    size_t at = 0;
    for (int i = 0; i < 40; i++)
        at += (size_t)snprintf(text + at, sizeof(text) - at, "\\pL{20}");
    check_bad(text, "expression too large");
    at = 0;
    for (int i = 0; i < 1000; i++)
        at += (size_t)snprintf(text + at, sizeof(text) - at, "%sorders-%05d", i > 0 ? "|" : "",
                               i * 7919 % 100000);
    assert_true(matches(text, "orders-07919"));
    assert_false(matches(text, "orders-07918"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_name_is_matched),
        cmocka_unit_test(groups_have_perls_names_too),
        cmocka_unit_test(what_is_none_is_named),
        cmocka_unit_test(what_is_large_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
