/* The codecs against bytes that Apache Kafka wrote: tests/wire/golden/README.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "net/wire/header.h"
#include "tests/wire/describe_gen.h"
#include "tests/wire/golden.h"

enum { ARENA_BYTES = 64 << 20 };

static const struct wt_message *find_message(const char *name)
{
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        if (strcmp(wt_messages[i].info->name, name) == 0)
            return &wt_messages[i];
    }
    fail_msg("no message %s", name);
    return NULL;
}

static void check_message(const struct wt_message *m, int16_t version, struct mr_slice bytes,
                          const char *values)
{
    struct mr_arena a;
    arena_init(&a, ARENA_BYTES);
    void *message = wt_alloc(&a, m->info->size);
    memset(message, 0xa5, m->info->size);
    struct kw_reader r = kw_reader_of(bytes);
    assert_int_equal(m->info->decode(&r, version, &a, message), 0);
    assert_int_equal(kw_left(&r), 0);
    assert_string_equal(wt_text_of(&a, m->shape, version, message), values);

    struct kw_writer w;
    kw_writer_init(&w, &a, 0, ARENA_BYTES, false);
    m->info->encode(&w, version, message);
    assert_int_equal(w.err, 0);
    assert_int_equal(w.len, bytes.len);
    if (w.len > 0)
        assert_memory_equal(w.buf, bytes.ptr, bytes.len);
    arena_done(&a);
}

/* seen[i] counts the versions of message i, lowest first. */
static uint32_t seen[MR_COUNT(wt_messages)][32];

static void check_file(const char *path)
{
    struct golden g;
    golden_open(&g, path);
    while (golden_next(&g)) {
        const struct wt_message *m = find_message(g.name);
        check_message(m, g.version, g.bytes, g.values);
        if (g.version >= m->info->v_min && g.version <= m->info->v_max)
            seen[m - wt_messages][g.version - m->info->v_min]++;
    }
    golden_close(&g);
}

static void bytes_of_kafka_mean_the_same_here(void **state)
{
    (void)state;
    assert_true(golden_each("golden", check_file) > 30);
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        for (int v = 0; v <= wt_messages[i].info->v_max - wt_messages[i].info->v_min; v++) {
            if (seen[i][v] == 0)
                fail_msg("no golden bytes of %s v%d", wt_messages[i].info->name, v);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_of_kafka_mean_the_same_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
