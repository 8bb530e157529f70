/* Each case: a command line, and what is understood: the verb, its arguments, the overrides; or why it is
 * refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/cli.h"

static void check(const char *line, const char *want)
{
    static const char *const verbs[] = {"serve", "verify", "salvage", "dump", "version", "help"};
    char copy[4096], why[CLI_WHY_BYTES], out[4096];
    char *argv[512];
    int argc = 0;
    snprintf(copy, sizeof(copy), "%s", line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    struct cli cli;
    int err = cli_parse(argc, argv, &cli, why);
    if (err != 0) {
        assert_int_equal(err, -EINVAL);
        snprintf(out, sizeof(out), "! %s", why);
    } else {
        snprintf(out, sizeof(out), "%s", verbs[cli.verb]);
        for (unsigned i = 0; i < cli.args_count; i++)
            snprintf(out + strlen(out), sizeof(out) - strlen(out), " %s", cli.args[i]);
        for (unsigned i = 0; i < cli.overrides_count; i++)
            snprintf(out + strlen(out), sizeof(out) - strlen(out), " [%s]", cli.overrides[i]);
        if (cli.to != NULL)
            snprintf(out + strlen(out), sizeof(out) - strlen(out), " to %s", cli.to);
        snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%s%s", cli.records ? " +records" : "",
                 cli.values ? " +values" : "", cli.entries ? " +entries" : "");
    }
    assert_string_equal(out, want);
}

static void cli_understands_its_verbs(void **state)
{
    (void)state;
    check("millrace", "help");
    check("millrace salvage /a --to /b", "salvage /a to /b");
    check("millrace salvage --to=/b /a", "salvage /a to /b");
    check("millrace salvage /a", "! salvage needs one log directory, and --to with another");
    check("millrace help", "help");
    check("millrace --help", "help");
    check("millrace -h serve", "help serve");
    check("millrace version", "version");
    check("millrace --version", "version");
    check("millrace serve", "serve");
    check("millrace serve --help", "help");
    check("millrace serve server.properties", "serve server.properties");
    check("millrace serve a.properties --override log.dirs=/a --override=num.partitions=3",
          "serve a.properties [log.dirs=/a] [num.partitions=3]");
    check("millrace serve --override a=b=c a.properties", "serve a.properties [a=b=c]");
    check("millrace serve --override a=", "serve [a=]");
    check("millrace serve -- --override", "serve --override");
    check("millrace verify /data", "verify /data");
    check("millrace dump 00.log 01.log 02.index", "dump 00.log 01.log 02.index");
    check("millrace dump -", "dump -");
    check("millrace dump --records 00.log", "dump 00.log +records");
    check("millrace dump 00.log --values --entries", "dump 00.log +values +entries");
    check("millrace dump -- --records", "dump --records");
}

static void cli_says_what_it_does_not_understand(void **state)
{
    (void)state;
    check("millrace start", "! unknown verb start; try millrace help");
    check("millrace serve a b", "! serve takes at most one configuration file");
    check("millrace serve --override", "! --override : must be KEY=VALUE");
    check("millrace serve --override a", "! --override a: must be KEY=VALUE");
    check("millrace serve --override =a", "! --override =a: must be KEY=VALUE");
    check("millrace serve --daemon", "! unknown option --daemon");
    check("millrace verify", "! verify needs one log directory");
    check("millrace verify a b", "! verify needs one log directory");
    check("millrace verify --override a=b d", "! unknown option --override");
    check("millrace dump", "! dump needs at least one file");
    check("millrace dump --records", "! dump needs at least one file");
    check("millrace dump --record 00.log", "! unknown option --record");
    check("millrace serve --records", "! unknown option --records");
    check("millrace version now", "! version takes no arguments");
}

static void cli_has_bounds(void **state)
{
    (void)state;
    char name[] = "millrace", dump[] = "dump", x[] = "x", serve[] = "serve", option[] = "--override=a=b";
    char *argv[600] = {name, dump};
    for (int i = 2; i < 600; i++)
        argv[i] = x;
    struct cli cli;
    char why[CLI_WHY_BYTES];
    assert_int_equal(cli_parse(2 + CLI_ARGS_MAX, argv, &cli, why), 0);
    assert_int_equal(cli.args_count, CLI_ARGS_MAX);
    assert_int_equal(cli_parse(3 + CLI_ARGS_MAX, argv, &cli, why), -EINVAL);
    assert_string_equal(why, "more than 256 arguments");
    argv[1] = serve;
    for (int i = 2; i < 600; i++)
        argv[i] = option;
    assert_int_equal(cli_parse(2 + CLI_OVERRIDES_MAX, argv, &cli, why), 0);
    assert_int_equal(cli_parse(3 + CLI_OVERRIDES_MAX, argv, &cli, why), -EINVAL);
    assert_string_equal(why, "more than 256 overrides");
    assert_non_null(strstr(cli_usage(), "serve [FILE]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cli_understands_its_verbs),
        cmocka_unit_test(cli_says_what_it_does_not_understand),
        cmocka_unit_test(cli_has_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
