/* tests/unit/cgroup_script_regex.h - what stands for RE2 in scripts about consumer groups. */
#ifndef MR_CGROUP_SCRIPT_REGEX_H
#define MR_CGROUP_SCRIPT_REGEX_H

#include "core/broker/cgroup.h"
#include "core/mem.h"

/* Expressions of the scripts: a beginning, then "*"; "(" is none. */
static int16_t regex_check(const struct cgroup_regex_way *w, struct mr_arena *a, struct mr_str text,
                           struct mr_str *ret_why)
{
    (void)w, (void)a;
    *ret_why = MR_STR_LIT("bad");
    return text.ptr[0] == '(' ? KW_INVALID_REGULAR_EXPRESSION : KW_NONE;
}

static bool regex_busy(const struct cgroup_regex_way *w)
{
    (void)w;
    return false;
}

static void *regex_begin(const struct cgroup_regex_way *w, struct mr_str text)
{
    (void)w;
    return mem_text(text.ptr, text.len);
}

static bool regex_matches(void *compiled, struct mr_str topic)
{
    const char *text = compiled;
    size_t len = strlen(text) - 1;
    return topic.len >= len && memcmp(text, topic.ptr, len) == 0;
}

/* So dear that an event has time for one name. */
static uint32_t regex_size(const void *compiled)
{
    (void)compiled;
    return 1000000;
}

#endif
