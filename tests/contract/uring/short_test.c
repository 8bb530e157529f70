/* A write_flush whose write comes out short must not look durable, whichever primitive carries it. The file
 * size limit of the process (setrlimit(2), RLIMIT_FSIZE) makes real short writes. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <sys/resource.h>
#include <unistd.h>

#include "core/io.h"

enum { LIMIT_BYTES = 64 << 10, BLOCK_BYTES = 16 << 10 };

struct fixture {
    struct mr_io *io;
    struct mr_file file;
    char dir[64], path[80];
    uint8_t *mem;
};

static int64_t write_flush(struct fixture *f, size_t len, uint64_t pos)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_write_flush(f->io, &op, f->file, f->mem, len, pos);
    return io_wait(f->io, &op);
}

static void open_limited(struct fixture *f, unsigned flags)
{
    char why[256];
    struct mr_op op;
    memset(f, 0, sizeof(*f));
    assert_int_equal(io_new(&(struct io_config){0}, &f->io, why, sizeof(why)), 0);
    snprintf(f->dir, sizeof(f->dir), "/tmp/mr-short-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->path, sizeof(f->path), "%s/f", f->dir);
    op_init(&op, NULL);
    io_open(f->io, &op, f->path, IO_READ | IO_WRITE | IO_CREATE | flags);
    f->file.h = (int32_t)io_wait(f->io, &op);
    assert_true(f->file.h >= 0);
    f->mem = aligned_alloc(IO_ALIGN, BLOCK_BYTES);
    memset(f->mem, 7, BLOCK_BYTES);
}

static void close_all(struct fixture *f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_close(f->io, &op, f->file);
    assert_int_equal(io_wait(f->io, &op), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(io_turn(f->io, 0), 0); /* nothing comes late */
    io_free(f->io);
    unlink(f->path);
    rmdir(f->dir);
    free(f->mem);
}

static void check_short(unsigned flags, enum io_flush_primitive primitive)
{
    struct fixture f;
    open_limited(&f, flags);
    io_use_flush(f.io, primitive);
    assert_int_equal(write_flush(&f, BLOCK_BYTES, 0), BLOCK_BYTES);
    assert_int_equal(write_flush(&f, BLOCK_BYTES, BLOCK_BYTES), BLOCK_BYTES);
    assert_int_equal(write_flush(&f, BLOCK_BYTES, LIMIT_BYTES - 4096), -EIO);
    assert_int_equal(write_flush(&f, BLOCK_BYTES, LIMIT_BYTES), -EFBIG);
    struct io_counters c;
    io_counters(f.io, &c);
    assert_int_equal(c.file_bytes_written, 2 * BLOCK_BYTES + 4096);
    close_all(&f);
}

static void a_short_write_is_an_error(void **state)
{
    (void)state;
    check_short(0, IO_FLUSH_LINKED_FSYNC);
    check_short(0, IO_FLUSH_DSYNC);
    check_short(IO_DIRECT, IO_FLUSH_LINKED_FSYNC);
    check_short(IO_DIRECT, IO_FLUSH_DSYNC);
}

int main(void)
{
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {LIMIT_BYTES, LIMIT_BYTES};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_write_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
