/* Log lines: the level, one event one line, and a bound on its length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/log.h"

struct memory_log {
    struct mr_log log;
    unsigned lines;
    enum log_level level;
    char line[2048];
};

static void remember(struct mr_log *log, enum log_level level, const char *line)
{
    struct memory_log *m = log->owner;
    m->lines++;
    m->level = level;
    snprintf(m->line, sizeof(m->line), "%s", line);
}

static void memory_log_init(struct memory_log *m, enum log_level level)
{
    *m = (struct memory_log){.log = {.level = level, .write = remember, .owner = m}};
}

static void lines_below_the_level_are_dropped(void **state)
{
    (void)state;
    struct memory_log m;
    memory_log_init(&m, LOG_WARN);
    log_info(&m.log, "test", "quiet");
    assert_int_equal(m.lines, 0);
    log_warn(&m.log, "test", "part=%s-%d offset=%d", "orders", 7, 120);
    log_error(&m.log, "test", "worse");
    assert_int_equal(m.lines, 2);
    assert_int_equal(m.level, LOG_ERROR);
    assert_string_equal(m.line, "test: worse");
    log_error(NULL, "test", "nobody listens"); /* allowed */
}

static void what_came_from_outside_cannot_start_a_new_line(void **state)
{
    (void)state;
    struct memory_log m;
    memory_log_init(&m, LOG_DEBUG);
    log_debug(&m.log, "net", "client=%s", "a\r\nERROR forged\x1b[2J\x7f");
    assert_string_equal(m.line, "net: client=a??ERROR forged?[2J?");
}

static void a_long_line_is_cut(void **state)
{
    (void)state;
    struct memory_log m;
    memory_log_init(&m, LOG_DEBUG);
    char text[5000];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    log_info(&m.log, "test", "%s", text);
    assert_int_equal(strlen(m.line), 1023);
}

static void a_long_component_is_cut_too(void **state)
{
    (void)state;
    struct memory_log m;
    memory_log_init(&m, LOG_DEBUG);
    char text[5000];
    memset(text, 'c', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    log_info(&m.log, text, "%s", "tail");
    assert_int_equal(m.lines, 1);
    assert_int_equal(strlen(m.line), 1023);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_below_the_level_are_dropped),
        cmocka_unit_test(what_came_from_outside_cannot_start_a_new_line),
        cmocka_unit_test(a_long_line_is_cut),
        cmocka_unit_test(a_long_component_is_cut_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
