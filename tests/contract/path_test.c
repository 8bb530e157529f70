/* Ops on paths and directories, and the lock of a log directory. */
#include "tests/contract/steps.h"

typedef void path_op(struct mr_io *io, struct mr_op *op, const char *path);

static int64_t do_path(struct backend *b, path_op *call, const char *name)
{
    struct mr_op op;
    op_init(&op, NULL);
    call(backend_io(b), &op, in_dir(b, name).text);
    return finish(b, &op);
}

static int64_t do_rename(struct backend *b, const char *from, const char *to)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_rename(backend_io(b), &op, in_dir(b, from).text, in_dir(b, to).text);
    return finish(b, &op);
}

static void check_text(struct backend *b, const char *name, const char *text)
{
    char in[64] = "";
    struct mr_file f = open_file(b, name, IO_READ);
    assert_int_equal(do_read(b, f, in, sizeof(in) - 1, 0), strlen(text));
    assert_string_equal(in, text);
    close_file(b, f);
}

static void rename_replaces(void **state)
{
    struct backend *b = *state;
    struct io_stat st;
    make_file(b, "a", "first");
    make_file(b, "b", "second");
    assert_int_equal(do_rename(b, "a", "c"), 0);
    assert_int_equal(do_stat(b, "a", &st), -ENOENT);
    check_text(b, "c", "first");
    assert_int_equal(do_rename(b, "b", "c"), 0);
    check_text(b, "c", "second");
    assert_int_equal(do_rename(b, "b", "c"), -ENOENT);
    assert_int_equal(do_path(b, io_mkdir, "dir"), 0);
    assert_int_equal(do_rename(b, "dir", "dir2"), 0);
    assert_int_equal(do_stat(b, "dir2", &st), 0);
    assert_true(st.is_dir);
}

static void an_open_file_outlives_its_name(void **state)
{
    struct backend *b = *state;
    struct io_stat st;
    char in[8];
    make_file(b, "f", "text");
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE);
    assert_int_equal(do_path(b, io_unlink, "f"), 0);
    assert_int_equal(do_stat(b, "f", &st), -ENOENT);
    assert_int_equal(do_path(b, io_unlink, "f"), -ENOENT);
    assert_int_equal(do_read(b, f, in, sizeof(in), 0), 4);
    assert_int_equal(do_write(b, f, "TEXT", 4, 4), 4);
    close_file(b, f);
}

static void directories_are_made_and_removed_when_empty(void **state)
{
    struct backend *b = *state;
    assert_int_equal(do_path(b, io_mkdir, "d"), 0);
    assert_int_equal(do_path(b, io_mkdir, "d"), -EEXIST);
    assert_int_equal(do_path(b, io_mkdir, "none/d"), -ENOENT);
    make_file(b, "d/f", "x");
    assert_int_equal(do_path(b, io_rmdir, "d"), -ENOTEMPTY);
    assert_int_equal(do_path(b, io_unlink, "d/f"), 0);
    assert_int_equal(do_path(b, io_rmdir, "d"), 0);
    assert_int_equal(do_path(b, io_rmdir, "d"), -ENOENT);
    make_file(b, "f", "x");
    assert_int_equal(do_path(b, io_rmdir, "f"), -ENOTDIR);
    assert_int_equal(do_path(b, io_mkdir, "f"), -EEXIST);
}

static void sync_dir_wants_a_directory(void **state)
{
    struct backend *b = *state;
    make_file(b, "f", "x");
    assert_int_equal(do_path(b, io_mkdir, "d"), 0);
    struct io_counters before, after;
    io_counters(backend_io(b), &before);
    assert_int_equal(do_path(b, io_sync_dir, "d"), 0);
    io_counters(backend_io(b), &after);
    assert_int_equal(after.flushes - before.flushes, 1);
    assert_int_equal(do_path(b, io_sync_dir, "none"), -ENOENT);
    assert_int_equal(do_path(b, io_sync_dir, "f"), -ENOTDIR);
}

static void stat_tells_kind_size_and_time(void **state)
{
    struct backend *b = *state;
    struct io_stat st;
    make_file(b, "f", "0123456789");
    assert_int_equal(do_stat(b, "f", &st), 0);
    assert_int_equal(st.bytes, 10);
    assert_false(st.is_dir);
    int64_t age_ms = io_wall_ms(backend_io(b)) - st.mtime_ms;
    assert_true(age_ms > -60000 && age_ms < 60000);
    assert_int_equal(do_path(b, io_mkdir, "d"), 0);
    assert_int_equal(do_stat(b, "d", &st), 0);
    assert_true(st.is_dir);
    assert_int_equal(do_stat(b, "none", &st), -ENOENT);
    assert_int_equal(do_stat(b, "f/x", &st), -ENOTDIR);
}

/* ---- list ---- */

struct listing {
    char text[512];
    int stop_after;
};

static int note(void *ctx, const char *name, bool is_dir)
{
    struct listing *l = ctx;
    size_t len = strlen(l->text);
    snprintf(l->text + len, sizeof(l->text) - len, "%s%s ", name, is_dir ? "/" : "");
    return --l->stop_after == 0 ? 77 : 0;
}

static void list_is_sorted_and_stops_when_told(void **state)
{
    struct backend *b = *state;
    struct listing l = {0};
    assert_int_equal(io_list(backend_io(b), backend_dir(b), note, &l), 0);
    assert_string_equal(l.text, "");

    static const char *const names[] = {"b", "a", "topic-10", "topic-2", "Z", ".hidden"};
    for (size_t i = 0; i < MR_COUNT(names); i++)
        make_file(b, names[i], "");
    assert_int_equal(do_path(b, io_mkdir, "m"), 0);
    make_file(b, "m/inside", "");
    assert_int_equal(io_list(backend_io(b), backend_dir(b), note, &l), 0);
    assert_string_equal(l.text, ".hidden Z a b m/ topic-10 topic-2 "); /* by bytes */

    l = (struct listing){.stop_after = 2};
    assert_int_equal(io_list(backend_io(b), backend_dir(b), note, &l), 77);
    assert_string_equal(l.text, ".hidden Z ");

    assert_int_equal(io_list(backend_io(b), in_dir(b, "none").text, note, &l), -ENOENT);
    assert_int_equal(io_list(backend_io(b), in_dir(b, "a").text, note, &l), -ENOTDIR);
}

static void a_long_list_is_whole(void **state)
{
    struct backend *b = *state;
    enum { COUNT = 300 };
    for (int i = 0; i < COUNT; i++) {
        char name[16];
        snprintf(name, sizeof(name), "%d", i);
        make_file(b, name, "");
    }
    struct listing l = {.stop_after = COUNT};
    assert_int_equal(io_list(backend_io(b), backend_dir(b), note, &l), 77); /* the last one */
}

static void space_is_known(void **state)
{
    struct backend *b = *state;
    uint64_t total = 0, available = 0;
    assert_int_equal(io_space(backend_io(b), backend_dir(b), &total, &available), 0);
    assert_true(total > 0 && available <= total);
    assert_int_equal(io_space(backend_io(b), in_dir(b, "none").text, &total, &available), -ENOENT);
}

/* ---- lock ---- */

static void a_lock_keeps_other_processes_out(void **state)
{
    struct backend *b = *state;
    struct path lock = in_dir(b, ".lock");
    struct mr_file f = MR_NO_FILE;
    struct io_stat st;

    assert_int_equal(io_lock_file(backend_io(b), lock.text, &f), 0);
    assert_int_equal(do_stat(b, ".lock", &st), 0);
    assert_int_equal(backend_lock_elsewhere(b, lock.text), -EAGAIN);
    backend_unlock_elsewhere(b);
    io_unlock_file(backend_io(b), f);

    assert_int_equal(backend_lock_elsewhere(b, lock.text), 0);
    assert_int_equal(io_lock_file(backend_io(b), lock.text, &f), -EAGAIN);
    backend_unlock_elsewhere(b);
    assert_int_equal(io_lock_file(backend_io(b), lock.text, &f), 0);
    io_unlock_file(backend_io(b), f);
    assert_int_equal(io_lock_file(backend_io(b), in_dir(b, "none/.lock").text, &f), -ENOENT);
}

static void a_lock_survives_reading_the_file(void **state)
{
    struct backend *b = *state;
    struct path lock = in_dir(b, ".lock");
    struct mr_file f = MR_NO_FILE;
    assert_int_equal(io_lock_file(backend_io(b), lock.text, &f), 0);
    close_file(b, open_file(b, ".lock", IO_READ)); /* a plain fcntl lock would be lost here */
    assert_int_equal(backend_lock_elsewhere(b, lock.text), -EAGAIN);
    io_unlock_file(backend_io(b), f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTRACT_TEST(rename_replaces),
        CONTRACT_TEST(an_open_file_outlives_its_name),
        CONTRACT_TEST(directories_are_made_and_removed_when_empty),
        CONTRACT_TEST(sync_dir_wants_a_directory),
        CONTRACT_TEST(stat_tells_kind_size_and_time),
        CONTRACT_TEST(list_is_sorted_and_stops_when_told),
        CONTRACT_TEST(a_long_list_is_whole),
        CONTRACT_TEST(space_is_known),
        CONTRACT_TEST(a_lock_keeps_other_processes_out),
        CONTRACT_TEST(a_lock_survives_reading_the_file),
        CONTRACT_TEST_PLAIN(rename_replaces),
        CONTRACT_TEST_PLAIN(an_open_file_outlives_its_name),
        CONTRACT_TEST_PLAIN(directories_are_made_and_removed_when_empty),
        CONTRACT_TEST_PLAIN(sync_dir_wants_a_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
