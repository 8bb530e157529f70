/* Words in, options or a sentence out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bench/options.h"
#include "core/err.h"

static int parse(struct bench_options *o, const char *line, char *why, size_t why_bytes)
{
    char text[512], *words[32], *save = NULL;
    int count = 0;
    assert_true(strlen(line) < sizeof(text));
    memcpy(text, line, strlen(line) + 1);
    for (char *word = strtok_r(text, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
        words[count++] = word;
    return options_parse(o, count, words, why, why_bytes);
}

static void check_refused(const char *line, const char *part_of_why)
{
    struct bench_options o;
    char why[256] = "";
    assert_int_equal(parse(&o, line, why, sizeof(why)), -EINVAL);
    if (strstr(why, part_of_why) == NULL)
        fail_msg("%s: %s", line, why);
}

static void words_become_options(void **state)
{
    (void)state;
    struct bench_options o;
    char why[256];
    assert_int_equal(parse(&o, "mode=catchup consumers=2 rate=0.5 arrival=poisson topic=x acks=1", why,
                           sizeof(why)),
                     0);
    assert_int_equal(o.mode, MODE_CATCHUP);
    assert_int_equal(o.consumers, 2);
    assert_true(o.rate > 0.49 && o.rate < 0.51);
    assert_int_equal(o.arrival, 1);
    assert_string_equal(o.topic, "x");
    assert_int_equal(o.acks, 1);
    assert_int_equal(o.port, 9092); /* a default */
    assert_string_equal(o.host, "127.0.0.1");
}

static void bad_words_are_refused_by_name(void **state)
{
    (void)state;
    check_refused("speed=7", "speed=7: not an option");
    check_refused("acks", "acks: not an option");
    check_refused("acks=2", "acks=2: allowed is -1 to 1");
    check_refused("port=0", "port=0: allowed is 1 to 65535");
    check_refused("port=12x", "port=12x");
    check_refused("port=", "port=");
    check_refused("port=1.5", "whole number");
    check_refused("rate=nan", "rate=nan");
    check_refused("mode=produc", "produce|catchup");
    check_refused("mode=", "produce|catchup");
}

static void options_that_do_not_go_together_are_refused(void **state)
{
    (void)state;
    check_refused("idempotent=1 acks=1", "acks=-1");
    check_refused("idempotent=1 inflight=6", "inflight=5");
    check_refused("mode=catchup", "consumers");
    check_refused("mode=echo acks=0", "acknowledgements");
    check_refused("mode=disk block=1000", "multiple of 512");
    check_refused("rate=0.0001", "at least 0.001");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_become_options),
        cmocka_unit_test(bad_words_are_refused_by_name),
        cmocka_unit_test(options_that_do_not_go_together_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
