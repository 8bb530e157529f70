/* Each case: a text, and what comes out of it: "LINE [key]=[value]" rows, or "LINE error". */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/mem.h"
#include "core/properties.h"

struct out {
    char text[4096];
    size_t len;
};

static int each(void *owner, unsigned line, struct mr_str key, struct mr_str value)
{
    struct out *o = owner;
    assert_int_equal(key.ptr[key.len], 0);
    assert_int_equal(value.ptr[value.len], 0);
    o->len += (size_t)snprintf(o->text + o->len, sizeof(o->text) - o->len, "%u [%.*s]=[%.*s]\n", line,
                               MR_STR(key), MR_STR(value));
    return mr_str_is(key, "stop") ? 7 : 0;
}

static void check(const char *text, size_t len, const char *want, int want_err)
{
    struct out o = {.text = ""};
    struct properties_error error;
    char *exact =
        mem_alloc(len + 1); /* its end is the end of the memory: the sanitizer sees a read past it */
    memcpy(exact, text, len);
    char *tight = mem_realloc(exact, len == 0 ? 1 : len);
    int err = properties_parse((struct mr_str){tight, len}, each, &o, &error);
    if (err == -MR_E_CORRUPT || err == -MR_E_LIMIT)
        snprintf(o.text + o.len, sizeof(o.text) - o.len, "%u %s\n", error.line, error.text);
    assert_string_equal(o.text, want);
    assert_int_equal(err, want_err);
    mem_free(tight);
}
#define CHECK(text, want) check((text), sizeof(text) - 1, (want), 0)
#define CHECK_FAILS(text, want) check((text), sizeof(text) - 1, (want), -MR_E_CORRUPT)

static void properties_reads_lines(void **state)
{
    (void)state;
    CHECK("", "");
    CHECK("\n\r\n \t\f\n", "");
    CHECK("a=b", "1 [a]=[b]\n");
    CHECK("a=b\nc=d\r\ne=f\rg=h\n", "1 [a]=[b]\n2 [c]=[d]\n3 [e]=[f]\n4 [g]=[h]\n");
    CHECK("a:b\nc d\n e\t=\tf\n", "1 [a]=[b]\n2 [c]=[d]\n3 [e]=[f]\n");
    CHECK("a = = b\nc : = d\ne==\n", "1 [a]=[= b]\n2 [c]=[= d]\n3 [e]=[=]\n");
    CHECK("key\nkey2 \n=v\n", "1 [key]=[]\n2 [key2]=[]\n3 []=[v]\n");
    CHECK("a=b  \n", "1 [a]=[b  ]\n"); /* white space at the end stays, as in Java */
    CHECK("a=1\na=2\n", "1 [a]=[1]\n2 [a]=[2]\n");
}

static void properties_skips_comments(void **state)
{
    (void)state;
    CHECK("# x=y\n  ! z\n#\na=b#c\n", "4 [a]=[b#c]\n");
    CHECK("# ends in a backslash \\\na=b\n", "2 [a]=[b]\n"); /* a comment does not continue */
    CHECK("#", "");
}

static void properties_joins_continued_lines(void **state)
{
    (void)state;
    CHECK("a=b\\\n  c\\\r\n\td\ne=f\n", "1 [a]=[bcd]\n4 [e]=[f]\n");
    CHECK("a\\\n  b=c\n", "1 [ab]=[c]\n");
    CHECK("a \\\n = \\\n b\n", "1 [a]=[b]\n");
    CHECK("a=b\\\\\nc=d\n", "1 [a]=[b\\]\n2 [c]=[d]\n"); /* an even number of backslashes does not continue */
    CHECK("a=b\\\\\\\nc\n", "1 [a]=[b\\c]\n");
    CHECK("a=b\\\n\nc=d\n", "1 [a]=[b]\n3 [c]=[d]\n"); /* continued by a blank line: the value ends there */
    CHECK("a=b\\\n#c\n", "1 [a]=[b#c]\n");
    CHECK("a=b\\", "1 [a]=[b]\n");
    CHECK("a=b\\\n", "1 [a]=[b]\n");
    CHECK("\\\na=b\n", "2 [a]=[b]\n");
    CHECK("\\\n#a=b\nc=d\n", "3 [c]=[d]\n");
}

static void properties_reads_escapes(void **state)
{
    (void)state;
    CHECK("a\\=b\\:c\\ d=e\n", "1 [a=b:c d]=[e]\n");
    CHECK("a=\\t\\n\\r\\f\\q\\\\\\\"\n", "1 [a]=[\t\n\r\fq\\\"]\n");
    CHECK("a=\\  b\n", "1 [a]=[  b]\n");
    CHECK("a=\\u0041\\u00e9\\u20AC\\uD83D\\uDE00.\n", "1 [a]=[A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80.]\n");
    CHECK("\\#a=\\!b\n", "1 [#a]=[!b]\n");
    CHECK("a=\xc3\xa9\n", "1 [a]=[\xc3\xa9]\n");
}

static void properties_refuses_what_it_cannot_read(void **state)
{
    (void)state;
    CHECK_FAILS("a=b\nc=\\u12\n", "1 [a]=[b]\n2 \\u needs four hexadecimal digits\n");
    CHECK_FAILS("c=\\u12", "1 \\u needs four hexadecimal digits\n");
    CHECK_FAILS("c=\\u12g4", "1 \\u needs four hexadecimal digits\n");
    CHECK_FAILS("c=\\u0000", "1 a NUL character is not allowed\n");
    CHECK_FAILS("c=\\ud83d!", "1 half of a surrogate pair\n");
    CHECK_FAILS("c=\\ud83d\\u0041", "1 half of a surrogate pair\n");
    CHECK_FAILS("c=\\ude00", "1 half of a surrogate pair\n");
    CHECK_FAILS("a=\\\n\\\n\0", "3 a NUL character is not allowed\n");
    CHECK_FAILS("a=\\\0", "1 a NUL character is not allowed\n");
}

static void properties_stops_when_told(void **state)
{
    (void)state;
    check("a=1\nstop=2\nb=3\n", 15, "1 [a]=[1]\n2 [stop]=[2]\n", 7);
}

static void properties_has_a_size_limit(void **state)
{
    (void)state;
    size_t len = PROPERTIES_BYTES_MAX;
    char *text = mem_alloc(len + 1);
    memset(text, '#', len + 1);
    check(text, len, "", 0);
    check(text, len + 1, "0 the file is larger than 1 MiB\n", -MR_E_LIMIT);
    mem_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(properties_reads_lines),
        cmocka_unit_test(properties_skips_comments),
        cmocka_unit_test(properties_joins_continued_lines),
        cmocka_unit_test(properties_reads_escapes),
        cmocka_unit_test(properties_refuses_what_it_cannot_read),
        cmocka_unit_test(properties_stops_when_told),
        cmocka_unit_test(properties_has_a_size_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
