/* The loop: when completions run, how long a turn waits, what time it is. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "tests/contract/steps.h"

/* ---- rules 1 and 2: later, and once ---- */

struct world {
    struct backend *b;
    struct mr_file file;
    struct mr_sock listener, client, server;
    uint16_t port;
    struct io_stat st;
    uint8_t *block;
    struct iovec iov;
    struct path a, c, dir, none;
};

struct probe {
    struct mr_op op;
    bool inside_call;
    unsigned finals;
};

static void probe_done(struct mr_op *op)
{
    struct probe *p = MR_CONTAINER(op, struct probe, op);
    assert_false(p->inside_call);
    assert_false(op->more);
    assert_false(op->busy);
    p->finals++;
}

typedef void start_fn(struct world *w, struct mr_io *io, struct mr_op *op);

static void start_open(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_open(io, op, w->none.text, IO_READ);
}
static void start_close(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_close(io, op, open_file(w->b, "closing", IO_WRITE | IO_CREATE));
}
static void start_read(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_read(io, op, w->file, w->block, IO_ALIGN, 0);
}
static void start_write(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_write(io, op, w->file, w->block, IO_ALIGN, 0);
}
static void start_write_flush(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_write_flush(io, op, w->file, w->block, IO_ALIGN, 0);
}
static void start_flush(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_flush(io, op, w->file);
}
static void start_allocate(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_allocate(io, op, w->file, 0, 1 << 16, true);
}
static void start_truncate(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_truncate(io, op, w->file, 1 << 16);
}
static void start_rename(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_rename(io, op, w->none.text, w->c.text);
}
static void start_unlink(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_unlink(io, op, w->none.text);
}
static void start_mkdir(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_mkdir(io, op, w->dir.text);
}
static void start_rmdir(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_rmdir(io, op, w->dir.text);
}
static void start_sync_dir(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_sync_dir(io, op, backend_dir(w->b));
}
static void start_sync_fs(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_sync_fs(io, op, w->file);
}
static void start_stat(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_stat(io, op, w->a.text, &w->st);
}
static void start_connect_refused(struct world *w, struct mr_io *io, struct mr_op *op)
{
    (void)w;
    io_connect(io, op, "127.0.0.1", 1); /* nobody listens there */
}
static void start_send(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_send(io, op, w->client, &w->iov, 1);
}
static void start_send_nothing(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_send(io, op, w->client, NULL, 0);
}
static void start_recv_into(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_recv_into(io, op, w->server, w->block, IO_ALIGN); /* what the sends above sent */
}
static void start_recv_cancelled(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_recv(io, op, w->client);
    io_cancel(io, op);
}
static void start_accept_cancelled(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_accept(io, op, w->listener);
    io_cancel(io, op);
}
static void start_shutdown(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_shutdown(io, op, w->client);
}
static void start_close_sock(struct world *w, struct mr_io *io, struct mr_op *op)
{
    io_close_sock(io, op, w->client);
}

static void every_op_completes_later_and_once(void **state)
{
    static start_fn *const starts[] = {
        start_open,
        start_close,
        start_read,
        start_write,
        start_write_flush,
        start_flush,
        start_allocate,
        start_truncate,
        start_rename,
        start_unlink,
        start_mkdir,
        start_rmdir,
        start_sync_dir,
        start_sync_fs,
        start_stat,
        start_connect_refused,
        start_send,
        start_send_nothing,
        start_recv_into,
        start_recv_cancelled,
        start_accept_cancelled,
        start_shutdown,
        start_close_sock,
    };
    struct backend *b = *state;
    struct mr_io *io = backend_io(b);
    struct world w = {
        .b = b, .a = in_dir(b, "a"), .c = in_dir(b, "c"), .dir = in_dir(b, "dir"), .none = in_dir(b, "none")};
    w.block = aligned_alloc(IO_ALIGN, IO_ALIGN);
    memset(w.block, 'x', IO_ALIGN);
    w.iov = (struct iovec){w.block, 100};
    w.file = open_file(b, "a", IO_READ | IO_WRITE | IO_CREATE);
    struct server srv;
    server_start(&srv, b);
    struct pair pair = connect_pair(&srv);
    io_cancel(io, &srv.accept);
    finish(b, &srv.accept);
    w.listener = srv.listener;
    w.client = pair.client;
    w.server = pair.server;

    struct probe p[MR_COUNT(starts)];
    for (size_t i = 0; i < MR_COUNT(starts); i++) {
        memset(&p[i], 0, sizeof(p[i]));
        op_init(&p[i].op, probe_done);
        p[i].inside_call = true;
        starts[i](&w, io, &p[i].op);
        p[i].inside_call = false;
        assert_true(p[i].op.busy);
        assert_int_equal(p[i].finals, 0);
        finish(b, &p[i].op);
        assert_int_equal(p[i].finals, 1);
    }
    for (int i = 0; i < 5; i++)
        assert_true(io_turn(io, 0) >= 0);
    for (size_t i = 0; i < MR_COUNT(starts); i++)
        assert_int_equal(p[i].finals, 1);
    close_file(b, w.file);
    close_sock(b, w.server);
    close_sock(b, w.listener);
    free(w.block);
}

/* ---- rule 3: after the final completion the op is the caller's again ---- */

struct chain {
    struct mr_op op;
    struct backend *b;
    unsigned left;
    struct mr_file file;
    char byte;
};

static void chain_done(struct mr_op *op)
{
    struct chain *c = MR_CONTAINER(op, struct chain, op);
    assert_int_equal(op->result, 1);
    if (--c->left > 0)
        io_read(backend_io(c->b), op, c->file, &c->byte, 1, 0);
}

static bool chain_is_over(void *ctx)
{
    return ((struct chain *)ctx)->left == 0;
}

static void done_may_submit_its_op_again(void **state)
{
    struct backend *b = *state;
    make_file(b, "f", "x");
    struct chain c = {.b = b, .left = 500, .file = open_file(b, "f", IO_READ)};
    op_init(&c.op, chain_done);
    io_read(backend_io(b), &c.op, c.file, &c.byte, 1, 0);
    assert_true(backend_until(b, chain_is_over, &c));
    assert_false(c.op.busy);
    close_file(b, c.file);
}

struct freed {
    struct mr_op op;
    unsigned *count;
    struct io_stat st;
};

static void freed_done(struct mr_op *op)
{
    struct freed *f = MR_CONTAINER(op, struct freed, op);
    (*f->count)++;
    memset(f, 0xdd, sizeof(*f));
    free(f);
}

static void done_may_free_its_op(void **state)
{
    struct backend *b = *state;
    unsigned count = 0;
    for (int i = 0; i < 100; i++) {
        struct freed *f = calloc(1, sizeof(*f));
        op_init(&f->op, freed_done);
        f->count = &count;
        io_stat(backend_io(b), &f->op, backend_dir(b), &f->st);
        if (i % 3 == 0)
            io_cancel(backend_io(b), &f->op);
        if (i == 99)
            io_wait(backend_io(b), &f->op);
    }
    wait_count(b, &count, 100);
}

/* ---- turns ---- */

static void an_idle_turn_does_not_wait_when_told_so(void **state)
{
    struct backend *b = *state;
    struct mr_io *io = backend_io(b);
    struct server srv; /* something is in flight, but nothing comes of it */
    server_start(&srv, b);
    backend_turn(b);
    uint64_t before = io_clock_ns(io);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(io_turn(io, 0), 0);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(io_turn(io, io_now_ns(io)), 0); /* that moment has come */
    assert_true(io_clock_ns(io) - before < 5000000000);
    server_stop(&srv);
}

static void a_turn_ends_at_its_time(void **state)
{
    struct backend *b = *state;
    struct mr_io *io = backend_io(b);
    io_turn(io, 0);
    for (uint64_t wait_ns = 1; wait_ns <= 10000000; wait_ns *= 10) {
        uint64_t until = io_now_ns(io) + wait_ns;
        while (io_now_ns(io) < until)
            assert_int_equal(io_turn(io, until), 0);
        assert_true(io_now_ns(io) < until + 5000000000);
    }
}

struct clocked {
    struct mr_op op;
    struct mr_io *io;
    uint64_t *now_ns;
    unsigned *count;
    struct io_stat st;
};

static void clocked_done(struct mr_op *op)
{
    struct clocked *c = MR_CONTAINER(op, struct clocked, op);
    if (*c->now_ns == 0)
        *c->now_ns = io_now_ns(c->io);
    assert_int_equal(io_now_ns(c->io), *c->now_ns);
    uint64_t start = io_clock_ns(c->io); /* work that takes time: the clock moves on, the turn's does not */
    for (int i = 0; i < 10000 && io_clock_ns(c->io) < start + 10000; i++)
        ;
    assert_int_equal(io_now_ns(c->io), *c->now_ns);
    (*c->count)++;
}

static void time_stands_still_within_a_turn(void **state)
{
    struct backend *b = *state;
    enum { COUNT = 50 };
    struct mr_io *io = backend_io(b);
    struct clocked c[COUNT];
    uint64_t now_ns = 0, last_ns = 0;
    int64_t last_ms = io_wall_ms(io);
    unsigned count = 0, turns = 0;
    for (int i = 0; i < COUNT; i++) {
        op_init(&c[i].op, clocked_done);
        c[i].io = io;
        c[i].now_ns = &now_ns;
        c[i].count = &count;
        io_stat(io, &c[i].op, backend_dir(b), &c[i].st);
    }
    while (count < COUNT) {
        now_ns = 0;
        unsigned before = count;
        assert_true(backend_turn(b) >= 0);
        if (count > before) {
            assert_int_equal(now_ns, io_now_ns(io)); /* and holds on until the next turn */
            assert_true(now_ns >= last_ns);
            last_ns = now_ns;
        }
        assert_true(io_wall_ms(io) >= last_ms);
        last_ms = io_wall_ms(io);
        assert_true(++turns < 1000);
    }
    assert_true(last_ms > 1000000000000); /* it is past 2001 in every world */
}

static void a_turn_is_bounded(void **state)
{
    struct backend *b = *state;
    enum { COUNT = 3000 };
    struct mr_io *io = backend_io(b);
    struct mr_op *ops = calloc(COUNT, sizeof(*ops));
    char byte;
    make_file(b, "f", "x");
    struct mr_file f = open_file(b, "f", IO_READ);
    for (int i = 0; i < COUNT; i++) {
        op_init(&ops[i], NULL);
        io_read(io, &ops[i], f, &byte, 1, 0);
    }
    int sum = 0;
    while (sum < COUNT) {
        int ran = backend_turn(b);
        assert_true(ran >= 0 && ran <= 1000);
        sum += ran;
    }
    assert_int_equal(sum, COUNT);
    for (int i = 0; i < COUNT; i++)
        assert_false(ops[i].busy);
    close_file(b, f);
    free(ops);
}

/* ---- io_wait ---- */

static void wait_returns_the_result_and_runs_others_on_the_way(void **state)
{
    struct backend *b = *state;
    struct mr_io *io = backend_io(b);
    struct io_stat st, other_st;
    unsigned count = 0;
    struct freed *other = calloc(1, sizeof(*other));
    op_init(&other->op, freed_done);
    other->count = &count;
    io_stat(io, &other->op, backend_dir(b), &other->st);

    struct probe p = {.finals = 0};
    op_init(&p.op, probe_done);
    io_stat(io, &p.op, in_dir(b, "none").text, &st);
    assert_int_equal(io_wait(io, &p.op), -ENOENT);
    assert_int_equal(p.finals, 1);
    assert_false(p.op.busy);
    assert_int_equal(io_wait(io, &p.op), -ENOENT); /* it is over: nothing to wait for */
    assert_int_equal(p.finals, 1);

    struct mr_op op;
    op_init(&op, NULL);
    io_stat(io, &op, backend_dir(b), &other_st);
    assert_int_equal(io_wait(io, &op), 0);
    assert_true(other_st.is_dir);
    wait_count(b, &count, 1);
}

/* ---- counters, entropy ---- */

static void counters_count(void **state)
{
    struct backend *b = *state;
    struct io_counters before, after;
    make_file(b, "f", "0123456789");
    struct mr_file f = open_file(b, "f", IO_READ | IO_WRITE);
    char in[100];
    io_counters(backend_io(b), &before);
    do_read(b, f, in, sizeof(in), 0);
    do_read(b, f, in, 4, 0);
    do_write(b, f, "abc", 3, 0);
    do_write_flush(b, f, "abcd", 4, 0);
    io_counters(backend_io(b), &after);
    assert_int_equal(after.ops - before.ops, 4);
    assert_int_equal(after.flushes - before.flushes, 1);
    assert_int_equal(after.file_bytes_read - before.file_bytes_read, 14);
    assert_int_equal(after.file_bytes_written - before.file_bytes_written, 7);
    assert_true(after.turns > before.turns);
    close_file(b, f);
}

static void random_bytes_differ(void **state)
{
    struct backend *b = *state;
    uint8_t first[1000], second[1000];
    memset(first, 0, sizeof(first));
    memset(second, 0, sizeof(second));
    io_random(backend_io(b), first, 0);
    assert_int_equal(first[0], 0);
    io_random(backend_io(b), first, sizeof(first));
    io_random(backend_io(b), second, sizeof(second));
    assert_memory_not_equal(first, second, sizeof(first));
    assert_memory_not_equal(first + 900, second + 900, 100); /* to the end */
    io_random(backend_io(b), second, 16);
    assert_memory_not_equal(first, second, 16);
}

/* ---- wakes ---- */

static void a_wake_ends_the_next_turn(void **state)
{
    struct backend *b = *state;
    struct mr_io *io = backend_io(b);
    for (int i = 0; i < 10; i++) {
        for (int n = 0; n <= i; n++)
            io_wake(io); /* many are as one */
        assert_true(io_turn(io, UINT64_MAX) >= 0);
    }
    /* All wakes are used up: a turn now lasts. */
    io_turn(io, 0);
    uint64_t until = io_now_ns(io) + 2000000;
    while (io_now_ns(io) < until)
        assert_int_equal(io_turn(io, until), 0);
}

struct waker {
    struct mr_io *io;
    _Atomic unsigned sent, seen;
    unsigned rounds;
};

static void *waker_run(void *arg)
{
    struct waker *w = arg;
    for (unsigned i = 0; i < w->rounds; i++) {
        atomic_store(&w->sent, i + 1);
        io_wake(w->io);
        while (atomic_load(&w->seen) <= i) /* the loop answers each: a lost wake stops both for ever */
            ;
    }
    return NULL;
}

static void no_wake_from_another_thread_is_lost(void **state)
{
    if (!backend_has_threads())
        skip();
    struct backend *b = *state;
    struct waker w = {.io = backend_io(b), .rounds = 2000};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, waker_run, &w), 0);
    while (atomic_load(&w.seen) < w.rounds) {
        uint64_t start = io_clock_ns(w.io);
        assert_true(io_turn(w.io, start + 5000000000) >= 0);
        assert_true(io_clock_ns(w.io) - start < 4000000000);
        atomic_store(&w.seen, atomic_load(&w.sent));
    }
    pthread_join(thread, NULL);
}

static void *wake_only(void *arg)
{
    struct waker *w = arg;
    for (unsigned i = 0; i < w->rounds; i++) {
        atomic_fetch_add(&w->sent, 1);
        io_wake(w->io);
    }
    return NULL;
}

static void wakes_from_many_threads_are_all_seen(void **state)
{
    if (!backend_has_threads())
        skip();
    struct backend *b = *state;
    enum { THREADS = 3 };
    struct waker w = {.io = backend_io(b), .rounds = 3000};
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, wake_only, &w), 0);
    while (atomic_load(&w.sent) < w.rounds * THREADS) { /* the last one to publish wakes the last turn */
        uint64_t start = io_clock_ns(w.io);
        assert_true(io_turn(w.io, start + 5000000000) >= 0);
        assert_true(io_clock_ns(w.io) - start < 4000000000);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

/* ---- start-up on one thread, the loop on another ---- */

struct handover {
    struct backend *b;
    struct mr_op read, stat;
    struct io_stat st;
    struct mr_file file;
    char byte;
    bool ok;
};

static void *handover_run(void *arg)
{
    struct handover *h = arg;
    struct mr_io *io = backend_io(h->b);
    h->ok = io_wait(io, &h->read) == 1 && h->byte == 'x' && io_wait(io, &h->stat) == 0;
    for (int i = 0; i < 100 && h->ok; i++) {
        io_read(io, &h->read, h->file, &h->byte, 1, 0);
        while (h->read.busy && h->ok)
            h->ok = io_turn(io, UINT64_MAX) >= 0;
    }
    return NULL;
}

static void an_io_may_go_to_another_thread_while_nothing_is_in_flight(void **state)
{
    if (!backend_has_threads())
        skip();
    struct backend *b = *state;
    struct handover h = {.b = b};
    make_file(b, "f", "x"); /* turns on this thread */
    h.file = open_file(b, "f", IO_READ | IO_WRITE);
    assert_int_equal(do_write_flush(b, h.file, "x", 1, 0), 1);
    struct server srv;
    server_start(&srv, b);
    struct pair pair = connect_pair(&srv);
    server_stop(&srv);
    op_init(&h.read, NULL);
    op_init(&h.stat, NULL);
    for (int i = 0; i < 3; i++) {
        /* Submitted here, before the other thread starts, and carried out there. */
        h.byte = 0;
        io_read(backend_io(b), &h.read, h.file, &h.byte, 1, 0);
        io_stat(backend_io(b), &h.stat, backend_dir(b), &h.st);
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, handover_run, &h), 0);
        pthread_join(thread, NULL);
        assert_true(h.ok);
        send_all(b, pair.client, "x", 1); /* and back */
        struct mr_op op;
        op_init(&op, NULL);
        io_recv(backend_io(b), &op, pair.server);
        while (op.result != 1)
            assert_true(backend_turn(b) >= 0);
        io_cancel(backend_io(b), &op);
        assert_int_equal(finish(b, &op), -ECANCELED);
        io_wake(backend_io(b));
        assert_true(io_turn(backend_io(b), UINT64_MAX) >= 0);
    }
    close_sock(b, pair.client);
    close_sock(b, pair.server);
    close_file(b, h.file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTRACT_TEST(every_op_completes_later_and_once),
        CONTRACT_TEST_PLAIN(every_op_completes_later_and_once),
        CONTRACT_TEST(done_may_submit_its_op_again),
        CONTRACT_TEST(done_may_free_its_op),
        CONTRACT_TEST(an_idle_turn_does_not_wait_when_told_so),
        CONTRACT_TEST(a_turn_ends_at_its_time),
        CONTRACT_TEST(time_stands_still_within_a_turn),
        CONTRACT_TEST(a_turn_is_bounded),
        CONTRACT_TEST(wait_returns_the_result_and_runs_others_on_the_way),
        CONTRACT_TEST(counters_count),
        CONTRACT_TEST(random_bytes_differ),
        CONTRACT_TEST(a_wake_ends_the_next_turn),
        CONTRACT_TEST(no_wake_from_another_thread_is_lost),
        CONTRACT_TEST(wakes_from_many_threads_are_all_seen),
        CONTRACT_TEST(an_io_may_go_to_another_thread_while_nothing_is_in_flight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
