/* tests/contract/steps.h - small steps that the contract tests are told in: fixtures, "do it and wait for
 * it". */
#ifndef MR_CONTRACT_STEPS_H
#define MR_CONTRACT_STEPS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/contract/backend.h"

/* cmocka fixtures: *state is the struct backend. */
static inline int make_backend(void **state)
{
    *state = backend_new(NULL);
    return 0;
}

/* The same tests once more with io_plain(). */
static inline int make_plain_backend(void **state)
{
    make_backend(state);
    io_plain(backend_io(*state), true);
    return 0;
}

static inline int drop_backend(void **state)
{
    backend_free(*state);
    return 0;
}

#define CONTRACT_TEST(f) cmocka_unit_test_setup_teardown(f, make_backend, drop_backend)
#define CONTRACT_TEST_PLAIN(f)                                                                               \
    {                                                                                                        \
        "plain_" #f, f, make_plain_backend, drop_backend, NULL                                               \
    }

/* A path in the backend's directory. Use: in_dir(b, "name").text */
struct path {
    char text[320];
};

static inline struct path in_dir(struct backend *b, const char *name)
{
    struct path p;
    snprintf(p.text, sizeof(p.text), "%s/%s", backend_dir(b), name);
    return p;
}

/* Wait for an op that was submitted; its result. */
static inline int64_t finish(struct backend *b, struct mr_op *op)
{
    assert_true(backend_finish(b, op));
    return op->result;
}

/* ---- files: each step submits, waits and returns the op's result ---- */

static inline int64_t do_open(struct backend *b, const char *name, unsigned flags)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_open(backend_io(b), &op, in_dir(b, name).text, flags);
    return finish(b, &op);
}

static inline struct mr_file open_file(struct backend *b, const char *name, unsigned flags)
{
    int64_t h = do_open(b, name, flags);
    assert_true(h >= 0);
    return (struct mr_file){(int32_t)h};
}

static inline void close_file(struct backend *b, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_close(backend_io(b), &op, f);
    assert_int_equal(finish(b, &op), 0);
}

static inline int64_t do_read(struct backend *b, struct mr_file f, void *dst, size_t len, uint64_t pos)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_read(backend_io(b), &op, f, dst, len, pos);
    return finish(b, &op);
}

static inline int64_t do_write(struct backend *b, struct mr_file f, const void *src, size_t len, uint64_t pos)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_write(backend_io(b), &op, f, src, len, pos);
    return finish(b, &op);
}

static inline int64_t do_write_flush(struct backend *b, struct mr_file f, const void *src, size_t len,
                                     uint64_t pos)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_write_flush(backend_io(b), &op, f, src, len, pos);
    return finish(b, &op);
}

static inline int64_t do_stat(struct backend *b, const char *name, struct io_stat *ret)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_stat(backend_io(b), &op, in_dir(b, name).text, ret);
    return finish(b, &op);
}

/* A file of these bytes, closed again. */
static inline void make_file(struct backend *b, const char *name, const char *text)
{
    struct mr_file f = open_file(b, name, IO_WRITE | IO_CREATE | IO_TRUNCATE);
    if (text[0] != '\0')
        assert_int_equal(do_write(b, f, text, strlen(text), 0), strlen(text));
    close_file(b, f);
}

/* ---- sockets ---- */

/* A listener on port 0 and a multishot accept on it that puts what it gets into taken[]. */
struct server {
    struct backend *b;
    struct mr_sock listener;
    uint16_t port;
    struct mr_op accept;
    struct mr_sock taken[64];
    unsigned count;
};

static inline void server_accepted(struct mr_op *op)
{
    struct server *s = MR_CONTAINER(op, struct server, accept);
    if (op->result >= 0) {
        assert_true(s->count < MR_COUNT(s->taken));
        s->taken[s->count++] = (struct mr_sock){(int32_t)op->result};
    }
    if (!op->more && op->result != -ECANCELED)
        io_accept(backend_io(s->b), op, s->listener);
}

static inline void server_start(struct server *s, struct backend *b)
{
    memset(s, 0, sizeof(*s));
    s->b = b;
    assert_int_equal(io_listen(backend_io(b), "127.0.0.1", 0, IO_LISTEN_FIRST, &s->listener, &s->port), 0);
    assert_int_not_equal(s->port, 0);
    op_init(&s->accept, server_accepted);
    io_accept(backend_io(b), &s->accept, s->listener);
}

static inline void close_sock(struct backend *b, struct mr_sock s)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_close_sock(backend_io(b), &op, s);
    assert_int_equal(finish(b, &op), 0);
}

static inline void server_stop(struct server *s)
{
    io_cancel(backend_io(s->b), &s->accept);
    finish(s->b, &s->accept);
    close_sock(s->b, s->listener);
}

/* One connection: both ends. */
struct pair {
    struct mr_sock client, server;
};

struct count_at_least {
    const unsigned *count;
    unsigned wanted;
};

static inline bool counted(void *ctx)
{
    const struct count_at_least *c = ctx;
    return *c->count >= c->wanted;
}

static inline void wait_count(struct backend *b, const unsigned *count, unsigned wanted)
{
    assert_true(backend_until(b, counted, &(struct count_at_least){count, wanted}));
}

static inline struct pair connect_pair(struct server *s)
{
    struct mr_op op;
    op_init(&op, NULL);
    unsigned before = s->count;
    io_connect(backend_io(s->b), &op, "127.0.0.1", s->port);
    int64_t h = finish(s->b, &op);
    assert_true(h >= 0);
    wait_count(s->b, &s->count, before + 1);
    return (struct pair){{(int32_t)h}, s->taken[before]};
}

/* Send all of it, whatever the number of sends that takes. */
static inline void send_all(struct backend *b, struct mr_sock s, const void *src, size_t len)
{
    const uint8_t *p = src;
    while (len > 0) {
        struct mr_op op;
        op_init(&op, NULL);
        struct iovec iov = {(void *)(uintptr_t)p, len};
        io_send(backend_io(b), &op, s, &iov, 1);
        int64_t n = finish(b, &op);
        assert_true(n > 0);
        p += n;
        len -= (size_t)n;
    }
}

/* Bytes whose value tells their place. */
static inline void fill_pattern(uint8_t *dst, size_t len, uint32_t seed)
{
    for (size_t i = 0; i < len; i++)
        dst[i] = (uint8_t)((i + seed) * 2654435761u >> 13);
}

#endif
