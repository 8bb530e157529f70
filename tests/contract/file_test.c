/* Ops on open files: what they return, and what the file holds afterwards. */
#include <stdlib.h>

#include "tests/contract/steps.h"

static void written_bytes_read_back(void **state)
{
    struct backend *b = *state;
    uint8_t out[10000], in[10000] = {0};
    fill_pattern(out, sizeof(out), 1);
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE | IO_CREATE);
    assert_int_equal(do_write(b, f, out, sizeof(out), 0), sizeof(out));
    assert_int_equal(do_read(b, f, in, sizeof(in), 0), sizeof(in));
    assert_memory_equal(in, out, sizeof(out));
    assert_int_equal(do_read(b, f, in, 100, 7), 100);
    assert_memory_equal(in, out + 7, 100);
    close_file(b, f);

    f = open_file(b, "f", IO_READ);
    memset(in, 0, sizeof(in));
    assert_int_equal(do_read(b, f, in, sizeof(in), 0), sizeof(in));
    assert_memory_equal(in, out, sizeof(out));
    close_file(b, f);
}

static void a_read_is_short_at_the_end_of_the_file_and_0_past_it(void **state)
{
    struct backend *b = *state;
    make_file(b, "f", "0123456789");
    struct mr_file f = open_file(b, "f", IO_READ);
    char in[64];
    assert_int_equal(do_read(b, f, in, sizeof(in), 0), 10);
    assert_int_equal(do_read(b, f, in, sizeof(in), 8), 2);
    assert_memory_equal(in, "89", 2);
    assert_int_equal(do_read(b, f, in, sizeof(in), 10), 0);
    assert_int_equal(do_read(b, f, in, sizeof(in), 10000), 0);
    close_file(b, f);
}

static void a_hole_reads_as_zeroes(void **state)
{
    struct backend *b = *state;
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE | IO_CREATE);
    assert_int_equal(do_write(b, f, "end", 3, 9000), 3);
    uint8_t in[9003], zero[9000] = {0};
    assert_int_equal(do_read(b, f, in, sizeof(in), 0), sizeof(in));
    assert_memory_equal(in, zero, sizeof(zero));
    assert_memory_equal(in + 9000, "end", 3);
    close_file(b, f);
}

static void open_looks_at_its_flags(void **state)
{
    struct backend *b = *state;
    assert_int_equal(do_open(b, "none", IO_READ), -ENOENT);
    assert_int_equal(do_open(b, "none", IO_READ | IO_WRITE), -ENOENT);
    assert_int_equal(do_open(b, "no/such/dir", IO_WRITE | IO_CREATE), -ENOENT);

    close_file(b, open_file(b, "new", IO_WRITE | IO_CREATE | IO_EXCL));
    assert_int_equal(do_open(b, "new", IO_WRITE | IO_CREATE | IO_EXCL), -EEXIST);

    make_file(b, "kept", "text");
    struct io_stat st;
    close_file(b, open_file(b, "kept", IO_WRITE | IO_CREATE));
    assert_int_equal(do_stat(b, "kept", &st), 0);
    assert_int_equal(st.bytes, 4);
    close_file(b, open_file(b, "kept", IO_WRITE | IO_TRUNCATE));
    assert_int_equal(do_stat(b, "kept", &st), 0);
    assert_int_equal(st.bytes, 0);
}

static void a_path_may_change_after_the_call(void **state)
{
    struct backend *b = *state;
    make_file(b, "f", "text");
    struct mr_op op;
    op_init(&op, NULL);
    struct path p = in_dir(b, "f");
    io_open(backend_io(b), &op, p.text, IO_READ);
    memset(p.text, 'x', strlen(p.text));
    int64_t h = finish(b, &op);
    assert_true(h >= 0);
    close_file(b, (struct mr_file){(int32_t)h});
}

static void truncate_cuts_and_grows(void **state)
{
    struct backend *b = *state;
    make_file(b, "f", "0123456789");
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE);
    struct mr_op op;
    struct io_stat st;
    char in[64];

    op_init(&op, NULL);
    io_truncate(backend_io(b), &op, f, 4);
    assert_int_equal(finish(b, &op), 0);
    assert_int_equal(do_stat(b, "f", &st), 0);
    assert_int_equal(st.bytes, 4);
    assert_int_equal(do_read(b, f, in, sizeof(in), 0), 4);

    op_init(&op, NULL);
    io_truncate(backend_io(b), &op, f, 12);
    assert_int_equal(finish(b, &op), 0);
    assert_int_equal(do_read(b, f, in, sizeof(in), 0), 12);
    assert_memory_equal(in, "0123\0\0\0\0\0\0\0\0", 12); /* what was cut does not come back */
    close_file(b, f);
}

static void allocate_grows_the_size_only_when_asked(void **state)
{
    struct backend *b = *state;
    make_file(b, "f", "0123456789");
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE);
    struct mr_op op;
    struct io_stat st;

    op_init(&op, NULL);
    io_allocate(backend_io(b), &op, f, 0, 1 << 20, true);
    int64_t result = finish(b, &op);
    assert_int_equal(do_stat(b, "f", &st), 0);
    assert_int_equal(st.bytes, 10);
    if (result == -EOPNOTSUPP) { /* a file system without */
        close_file(b, f);
        skip();
    }
    assert_int_equal(result, 0);

    op_init(&op, NULL);
    io_allocate(backend_io(b), &op, f, 0, 1 << 20, false);
    assert_int_equal(finish(b, &op), 0);
    assert_int_equal(do_stat(b, "f", &st), 0);
    assert_int_equal(st.bytes, 1 << 20);
    char in[16];
    assert_int_equal(do_read(b, f, in, sizeof(in), 0), 16);
    assert_memory_equal(in, "0123456789\0\0\0\0\0\0", 16);
    close_file(b, f);
}

static void write_flush_writes_all_of_it_and_counts_one_flush(void **state)
{
    struct backend *b = *state;
    enum { BYTES = 64 << 10 };
    uint8_t *out = malloc(BYTES), *in = malloc(BYTES);
    fill_pattern(out, BYTES, 3);
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE | IO_CREATE);
    struct io_counters before, after;

    for (int primitive = IO_FLUSH_LINKED_FSYNC; primitive <= IO_FLUSH_DSYNC; primitive++) {
        io_use_flush(backend_io(b), (enum io_flush_primitive)primitive);
        for (int i = 0; i < 3; i++) { /* the first of a file may go another way than those after it */
            uint64_t pos = (uint64_t)i * BYTES;
            out[0] = (uint8_t)(primitive * 8 + i);
            io_counters(backend_io(b), &before);
            assert_int_equal(do_write_flush(b, f, out, BYTES, pos), BYTES);
            io_counters(backend_io(b), &after);
            assert_int_equal(after.flushes - before.flushes, 1);
            assert_int_equal(after.file_bytes_written - before.file_bytes_written, BYTES);
            assert_int_equal(do_read(b, f, in, BYTES, pos), BYTES);
            assert_memory_equal(in, out, BYTES);
        }
    }
    close_file(b, f);
    free(out);
    free(in);
}

static void flush_of_a_file_succeeds_with_and_without_writes(void **state)
{
    struct backend *b = *state;
    struct mr_file f = open_file(b, "f", IO_WRITE | IO_CREATE);
    struct mr_op op;
    struct io_counters before, after;
    io_counters(backend_io(b), &before);
    for (int i = 0; i < 2; i++) {
        op_init(&op, NULL);
        io_flush(backend_io(b), &op, f);
        assert_int_equal(finish(b, &op), 0);
        assert_int_equal(do_write(b, f, "x", 1, 0), 1);
    }
    io_counters(backend_io(b), &after);
    assert_int_equal(after.flushes - before.flushes, 2);
    close_file(b, f);
}

/* By a handle that only reads, of another file. */
static void the_file_system_is_flushed_as_a_whole(void **state)
{
    struct backend *b = *state;
    make_file(b, "f", "text");
    struct mr_file f = open_file(b, "f", IO_READ), g = open_file(b, "g", IO_WRITE | IO_CREATE);
    struct mr_op op;
    struct io_counters before, after;
    assert_int_equal(do_write(b, g, "x", 1, 0), 1);
    io_counters(backend_io(b), &before);
    op_init(&op, NULL);
    io_sync_fs(backend_io(b), &op, f);
    assert_int_equal(finish(b, &op), io_has_sync_fs(backend_io(b), f) ? 0 : -EOPNOTSUPP);
    io_counters(backend_io(b), &after);
    assert_int_equal(after.flushes - before.flushes, 1);
    close_file(b, f);
    close_file(b, g);
}

static void a_file_opened_for_reading_refuses_writes(void **state)
{
    struct backend *b = *state;
    make_file(b, "f", "text");
    struct mr_file f = open_file(b, "f", IO_READ);
    assert_int_equal(do_write(b, f, "more", 4, 0), -EBADF);
    assert_int_equal(do_write_flush(b, f, "more", 4, 0), -EBADF);
    close_file(b, f);
    struct io_stat st;
    assert_int_equal(do_stat(b, "f", &st), 0);
    assert_int_equal(st.bytes, 4);
}

static void direct_io_goes_in_aligned_blocks(void **state)
{
    struct backend *b = *state;
    uint8_t *block = aligned_alloc(IO_ALIGN, 2 * IO_ALIGN);
    uint8_t *in = aligned_alloc(IO_ALIGN, 4 * IO_ALIGN);
    fill_pattern(block, 2 * IO_ALIGN, 9);
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE | IO_CREATE | IO_EXCL | IO_DIRECT);
    assert_int_equal(do_write(b, f, block, 2 * IO_ALIGN, 0), 2 * IO_ALIGN);
    assert_int_equal(do_write_flush(b, f, block, IO_ALIGN, 2 * IO_ALIGN), IO_ALIGN);
    assert_int_equal(do_write_flush(b, f, block, 512, IO_ALIGN), 512); /* the smaller unit of write_flush */

    assert_int_equal(do_read(b, f, in, 4 * IO_ALIGN, 0), 3 * IO_ALIGN); /* past the end: short */
    assert_memory_equal(in, block, IO_ALIGN);
    assert_memory_equal(in + IO_ALIGN, block, 512);
    assert_memory_equal(in + IO_ALIGN + 512, block + IO_ALIGN + 512, IO_ALIGN - 512);
    assert_memory_equal(in + 2 * IO_ALIGN, block, IO_ALIGN);

    if (backend_has_direct_io(b)) {
        assert_int_equal(do_write(b, f, block, 100, 0), -EINVAL);
        assert_int_equal(do_write(b, f, block, IO_ALIGN, 100), -EINVAL);
        struct io_stat st;
        assert_int_equal(do_stat(b, "f", &st), 0);
        assert_true(st.direct_align == 0 || IO_ALIGN % st.direct_align == 0);
    }
    close_file(b, f);

    f = open_file(b, "f", IO_READ); /* and the page cache sees the same bytes */
    assert_int_equal(do_read(b, f, in, IO_ALIGN, 0), IO_ALIGN);
    assert_memory_equal(in, block, IO_ALIGN);
    close_file(b, f);
    free(block);
    free(in);
}

static void many_writes_in_flight_all_land(void **state)
{
    struct backend *b = *state;
    enum { COUNT = 3000, BYTES = 64 }; /* more than the submission queue holds */
    struct mr_op *ops = calloc(COUNT, sizeof(*ops));
    uint8_t(*out)[BYTES] = calloc(COUNT, BYTES);
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE | IO_CREATE);
    for (int i = 0; i < COUNT; i++) {
        fill_pattern(out[i], BYTES, (uint32_t)i);
        op_init(&ops[i], NULL);
        io_write(backend_io(b), &ops[i], f, out[i], BYTES, (uint64_t)i * BYTES);
        assert_true(ops[i].busy);
    }
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(finish(b, &ops[i]), BYTES);
    uint8_t *in = malloc(COUNT * BYTES);
    assert_int_equal(do_read(b, f, in, COUNT * BYTES, 0), COUNT * BYTES);
    assert_memory_equal(in, out, COUNT * BYTES);
    close_file(b, f);
    free(in);
    free(out);
    free(ops);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTRACT_TEST(written_bytes_read_back),
        CONTRACT_TEST(a_read_is_short_at_the_end_of_the_file_and_0_past_it),
        CONTRACT_TEST(a_hole_reads_as_zeroes),
        CONTRACT_TEST(open_looks_at_its_flags),
        CONTRACT_TEST(a_path_may_change_after_the_call),
        CONTRACT_TEST(truncate_cuts_and_grows),
        CONTRACT_TEST(allocate_grows_the_size_only_when_asked),
        CONTRACT_TEST(write_flush_writes_all_of_it_and_counts_one_flush),
        CONTRACT_TEST(flush_of_a_file_succeeds_with_and_without_writes),
        CONTRACT_TEST(a_file_opened_for_reading_refuses_writes),
        CONTRACT_TEST(direct_io_goes_in_aligned_blocks),
        CONTRACT_TEST(many_writes_in_flight_all_land),
        CONTRACT_TEST(the_file_system_is_flushed_as_a_whole),
        CONTRACT_TEST_PLAIN(written_bytes_read_back),
        CONTRACT_TEST_PLAIN(a_read_is_short_at_the_end_of_the_file_and_0_past_it),
        CONTRACT_TEST_PLAIN(a_hole_reads_as_zeroes),
        CONTRACT_TEST_PLAIN(open_looks_at_its_flags),
        CONTRACT_TEST_PLAIN(a_path_may_change_after_the_call),
        CONTRACT_TEST_PLAIN(truncate_cuts_and_grows),
        CONTRACT_TEST_PLAIN(allocate_grows_the_size_only_when_asked),
        CONTRACT_TEST_PLAIN(write_flush_writes_all_of_it_and_counts_one_flush),
        CONTRACT_TEST_PLAIN(flush_of_a_file_succeeds_with_and_without_writes),
        CONTRACT_TEST_PLAIN(a_file_opened_for_reading_refuses_writes),
        CONTRACT_TEST_PLAIN(direct_io_goes_in_aligned_blocks),
        CONTRACT_TEST_PLAIN(many_writes_in_flight_all_land),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
