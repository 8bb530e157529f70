/* Index files, entry by entry: what is taken of them, and that nothing is read behind their end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "storage/index.h"

static uint32_t offsets_of(const uint8_t *file, size_t len)
{
    struct seg_index ix;
    index_init(&ix);
    assert_int_equal(index_decode_offsets(&ix, (struct mr_slice){file, len}, 1000), 0);
    uint32_t count = ix.offset_count;
    index_done(&ix);
    return count;
}

static void a_preallocated_file_has_no_entries(void **state)
{
    (void)state;
    static const uint8_t zeros[64];
    for (size_t len = 16; len <= sizeof(zeros); len++)
        assert_int_equal(offsets_of(zeros, len), 0);
}

static void an_entry_of_nothing_may_be_the_first(void **state)
{
    (void)state;
    uint8_t file[16] = {0};
    mr_put32(file + 8, 7);
    mr_put32(file + 12, 100);
    assert_int_equal(offsets_of(file, sizeof(file)), 2);
}

/* A file that is cut within an entry, and what else its memory holds. */
static void nothing_behind_the_end_counts(void **state)
{
    (void)state;
    uint8_t file[32] = {0};
    for (size_t len = 8; len < 16; len++) {
        memset(file, 0, sizeof(file));
        uint32_t zeros = offsets_of(file, len);
        memset(file + len, 0xff, sizeof(file) - len);
        assert_int_equal(offsets_of(file, len), zeros);
    }
}

/* An entry that does not grow, or one that was led so far that those behind it do not, is no file's end. */
static void only_zeros_are_an_end(void **state)
{
    (void)state;
    uint8_t file[64];
    for (size_t used = 0; used <= sizeof(file); used++) {
        memset(file, 0xff, used);
        memset(file + used, 0, sizeof(file) - used);
        assert_true(index_ends_at((struct mr_slice){file, sizeof(file)}, used));
        assert_int_equal(index_ends_at((struct mr_slice){file, sizeof(file)}, used > 0 ? used - 1 : 0),
                         used == 0);
        for (size_t at = used; at < sizeof(file); at++) {
            file[at] = 1;
            assert_false(index_ends_at((struct mr_slice){file, sizeof(file)}, used));
            file[at] = 0;
        }
    }
}

static void a_look_back_has_a_bound(void **state)
{
    (void)state;
    enum { BYTES = 4096, COUNT = 100 };
    struct seg_index ix;
    index_init(&ix);
    for (uint32_t i = 0; i < COUNT; i++) /* batch i has offset i and stands at i * BYTES */
        assert_int_equal(index_add(&ix, BYTES - 1, i, i * BYTES, BYTES, 1000 + i, i), 0);
    for (uint32_t i = 0; i < COUNT; i++) {
        const struct offset_entry *e = index_look_back(&ix, i);
        uint32_t pos = e == NULL ? 0 : e->pos;
        assert_int_equal(e == NULL, i * BYTES <= INDEX_LOOK_BACK);
        assert_int_equal(pos, e == NULL ? 0 : i * BYTES - INDEX_LOOK_BACK);
    }
    index_done(&ix);
    assert_null(index_look_back(&ix, 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_preallocated_file_has_no_entries),
        cmocka_unit_test(an_entry_of_nothing_may_be_the_first),
        cmocka_unit_test(nothing_behind_the_end_counts),
        cmocka_unit_test(only_zeros_are_an_end),
        cmocka_unit_test(a_look_back_has_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
