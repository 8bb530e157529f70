/* How many connections each address has, and may have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/broker/conn_counts.h"

static void an_address_has_as_many_as_it_may(void **state)
{
    (void)state;
    struct conn_counts *c = conn_counts_new();
    assert_non_null(c);
    assert_true(conn_counts_in(c, "10.0.0.1", 2));
    assert_true(conn_counts_in(c, "10.0.0.1", 2));
    assert_false(conn_counts_in(c, "10.0.0.1", 2));
    assert_true(conn_counts_in(c, "10.0.0.2", 2));
    assert_int_equal(conn_counts_of(c, "10.0.0.1"), 2);
    conn_counts_out(c, "10.0.0.1");
    assert_true(conn_counts_in(c, "10.0.0.1", 2));
    assert_false(conn_counts_in(c, "10.0.0.1", 1)); /* it has become less: nobody is thrown out */
    assert_int_equal(conn_counts_of(c, "10.0.0.1"), 2);
    assert_false(conn_counts_in(c, "10.0.0.3", 0));
    assert_int_equal(conn_counts_of(c, "10.0.0.3"), 0);
    assert_true(conn_counts_in(c, "10.0.0.1", UINT32_MAX));
    conn_counts_out(c, "10.0.0.9"); /* was not counted */
    for (int i = 0; i < 3; i++)
        conn_counts_out(c, "10.0.0.1");
    assert_int_equal(conn_counts_of(c, "10.0.0.1"), 0);
    conn_counts_free(c);
}

static void check_most(const char *overrides, const char *ip, uint32_t expected)
{
    const char *lines[] = {"max.connections.per.ip=7", overrides};
    struct config_input in = {.file_name = "f",
                              .file_text = mr_str_of(NULL),
                              .cpus = 1,
                              .overrides = lines,
                              .overrides_count = 2,
                              .hostname = "h",
                              .cwd = "/"};
    struct mr_config *config = NULL;
    struct config_report report = {0};
    assert_int_equal(config_load(&in, &config, &report), 0);
    struct config_view v = config_static(config);
    assert_int_equal(conn_count_most(&v, ip), expected);
    config_free(config);
    config_report_done(&report);
}

static void overrides_are_by_address(void **state)
{
    (void)state;
    static const char some[] =
        "max.connections.per.ip.overrides=10.0.0.1:3, localhost:0,::1:9,10.0.0.2:2147483647";
    check_most(some, "10.0.0.1", 3);
    check_most(some, "127.0.0.1", 0);
    check_most(some, "10.0.0.2", UINT32_MAX);
    check_most(some, "10.0.0.3", 7);
    check_most("max.connections.per.ip=2147483647", "10.0.0.3", UINT32_MAX);
    check_most("max.connections.per.ip.overrides=nobody:x", "10.0.0.3", 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_has_as_many_as_it_may),
        cmocka_unit_test(overrides_are_by_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
