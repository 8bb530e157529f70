/* RWF_DSYNC covers its own bytes only, io_write_flush() promises everything that completed in the file
 * before: so dsync may carry it only where a flush has covered all plain writes. priv.step tells how many
 * SQEs were used. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <unistd.h>

#include "core/io_uring_priv.h"

enum { BY_DSYNC = 1, BY_FLUSH = 2 };

static struct mr_file open_file(struct mr_io *io, const char *path)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_open(io, &op, path, IO_READ | IO_WRITE | IO_CREATE);
    struct mr_file f = {(int32_t)io_wait(io, &op)};
    assert_true(f.h >= 0);
    return f;
}

static void plain_write(struct mr_io *io, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_write(io, &op, f, "plain", 5, 0);
    assert_int_equal(io_wait(io, &op), 5);
}

static void check_write_flush(struct mr_io *io, struct mr_file f, int by)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_write_flush(io, &op, f, "durable", 7, 0);
    assert_int_equal(op.priv.step, by);
    assert_int_equal(io_wait(io, &op), 7);
}

static void close_file(struct mr_io *io, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_close(io, &op, f);
    assert_int_equal(io_wait(io, &op), 0);
}

static void dsync_only_where_all_is_flushed(void **state)
{
    (void)state;
    char why[256], path[] = "/tmp/mr-dsync-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    struct mr_io *io = NULL;
    assert_int_equal(io_new(&(struct io_config){.flush_primitive = IO_FLUSH_DSYNC}, &io, why, sizeof(why)),
                     0);
    struct mr_file f = open_file(io, path);
    check_write_flush(io, f, BY_FLUSH); /* who knows what was written before it was opened */
    check_write_flush(io, f, BY_DSYNC);
    check_write_flush(io, f, BY_DSYNC);
    plain_write(io, f);
    check_write_flush(io, f, BY_FLUSH);
    check_write_flush(io, f, BY_DSYNC);

    struct mr_op flush;
    op_init(&flush, NULL);
    plain_write(io, f);
    io_flush(io, &flush, f);
    check_write_flush(io, f, BY_FLUSH); /* the flush in flight has not ended yet */
    io_wait(io, &flush);
    check_write_flush(io, f, BY_DSYNC);

    io_use_flush(io, IO_FLUSH_LINKED_FSYNC);
    check_write_flush(io, f, BY_FLUSH);
    plain_write(io, f); /* counted all the same */
    io_use_flush(io, IO_FLUSH_DSYNC);
    check_write_flush(io, f, BY_FLUSH);
    check_write_flush(io, f, BY_DSYNC);
    close_file(io, f);

    f = open_file(io, path); /* most likely the same descriptor */
    check_write_flush(io, f, BY_FLUSH);
    close_file(io, f);
    io_free(io);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dsync_only_where_all_is_flushed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
