/* Multishot receive into shared chunks: order, references, running out, ending. */
#include <stdlib.h>

#include "tests/contract/steps.h"

enum { SHARD = 5, CHUNK_BYTES = 16384, CHUNKS = 4, HELD_MAX = 4096 };

static int make_small_backend(void **state)
{
    *state = backend_new(
        &(struct io_config){.shard = SHARD, .recv_chunk_bytes = CHUNK_BYTES, .recv_chunks_max = CHUNKS});
    return 0;
}

#define RECV_TEST(f) cmocka_unit_test_setup_teardown(f, make_small_backend, drop_backend)

/* Receives a stream; keeps the slices by reference when `hold` is set, else copies at once. */
struct sink {
    struct mr_op op;
    struct backend *b;
    struct mr_sock s;
    bool hold;
    struct {
        struct mr_buf *buf;
        struct mr_slice data;
    } held[HELD_MAX];
    unsigned held_count;
    uint8_t *bytes;
    size_t got, cap;
    unsigned finals;
    int64_t ended; /* result of the last final completion without data */
};

static void sink_take(struct sink *k, struct mr_slice data)
{
    assert_true(k->got + data.len <= k->cap);
    memcpy(k->bytes + k->got, data.ptr, data.len);
    k->got += data.len;
}

static void sink_received(struct mr_op *op)
{
    struct sink *k = MR_CONTAINER(op, struct sink, op);
    if (!op->more)
        k->finals++;
    if (op->result <= 0) {
        assert_false(op->more);
        k->ended = op->result;
        return;
    }
    assert_int_equal(op->data.len, op->result);
    assert_int_equal(op->buf->home, SHARD);
    assert_true(op->data.ptr >= op->buf->data && op->data.ptr + op->data.len <= op->buf->data + op->buf->cap);
    if (k->hold) {
        assert_true(k->held_count < HELD_MAX);
        k->held[k->held_count].buf = buf_ref(op->buf);
        k->held[k->held_count++].data = op->data;
    } else {
        sink_take(k, op->data);
    }
    if (!op->more)
        io_recv(backend_io(k->b), op, k->s); /* it ended with data: go on */
}

static struct sink *sink_new(struct backend *b, struct mr_sock s, size_t cap)
{
    struct sink *k = calloc(1, sizeof(*k));
    *k = (struct sink){.b = b, .s = s, .bytes = malloc(cap), .cap = cap, .ended = 1};
    op_init(&k->op, sink_received);
    io_recv(backend_io(b), &k->op, s);
    return k;
}

/* Copy what is held and let it go: newest first, as owners do not release in any order. */
static void sink_release(struct sink *k)
{
    for (unsigned i = 0; i < k->held_count; i++)
        sink_take(k, k->held[i].data);
    while (k->held_count > 0)
        buf_unref(k->held[--k->held_count].buf);
}

static void sink_free(struct sink *k)
{
    assert_false(k->op.busy);
    assert_int_equal(k->held_count, 0);
    free(k->bytes);
    free(k);
}

static bool sink_ended(void *ctx)
{
    return !((struct sink *)ctx)->op.busy;
}

struct sink_at {
    struct sink *k;
    size_t got;
};

static bool sink_got(void *ctx)
{
    const struct sink_at *at = ctx;
    return at->k->got >= at->got;
}

static void wait_got(struct sink *k, size_t got)
{
    assert_true(backend_until(k->b, sink_got, &(struct sink_at){k, got}));
}

static void a_stream_arrives_whole_and_ends(void **state)
{
    struct backend *b = *state;
    enum { BYTES = 300000 }; /* many times all chunks */
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    struct sink *k = sink_new(b, p.server, BYTES);
    uint8_t *out = malloc(BYTES);
    fill_pattern(out, BYTES, 5);
    struct io_counters before, after;
    io_counters(backend_io(b), &before);
    for (size_t at = 0; at < BYTES; at += 10000)
        send_all(b, p.client, out + at, 10000);
    wait_got(k, BYTES);
    assert_memory_equal(k->bytes, out, BYTES);
    io_counters(backend_io(b), &after);
    assert_int_equal(after.received_bytes - before.received_bytes, BYTES);
    assert_true(k->op.busy);
    close_sock(b, p.client);
    assert_true(backend_until(b, sink_ended, k));
    assert_int_equal(k->ended, 0);
    close_sock(b, p.server);
    server_stop(&srv);
    sink_free(k);
    free(out);
}

static void small_messages_come_as_they_were_sent(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    struct sink *k = sink_new(b, p.server, 1 << 20);
    for (int i = 0; i < 500; i++) {
        char text[32];
        int len = snprintf(text, sizeof(text), "message %d;", i);
        size_t before = k->got;
        send_all(b, p.client, text, (size_t)len);
        wait_got(k, before + (size_t)len);
        assert_memory_equal(k->bytes + before, text, (size_t)len);
    }
    io_cancel(backend_io(b), &k->op);
    assert_true(backend_until(b, sink_ended, k));
    assert_int_equal(k->ended, -ECANCELED);
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
    sink_free(k);
}

static void held_bytes_stay_until_released(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv), q = connect_pair(&srv);
    struct sink *held = sink_new(b, p.server, 1 << 20), *other = sink_new(b, q.server, 1 << 20);
    held->hold = true;
    uint8_t out[2000], noise[2000];
    fill_pattern(out, sizeof(out), 1);
    memset(noise, 0xee, sizeof(noise));
    send_all(b, p.client, out, sizeof(out));
    wait_count(b, &held->held_count, 1);
    for (int i = 0; i < 200; i++) { /* the other chunks go round many times */
        send_all(b, q.client, noise, sizeof(noise));
        wait_got(other, (size_t)(i + 1) * sizeof(noise));
    }
    close_sock(b, p.client);
    assert_true(backend_until(b, sink_ended, held));
    close_sock(b, p.server); /* the bytes outlive the connection too */
    sink_release(held);
    assert_int_equal(held->got, sizeof(out));
    assert_memory_equal(held->bytes, out, sizeof(out));
    close_sock(b, q.client);
    assert_true(backend_until(b, sink_ended, other));
    close_sock(b, q.server);
    server_stop(&srv);
    sink_free(held);
    sink_free(other);
}

static void connections_share_chunks_without_mixing(void **state)
{
    struct backend *b = *state;
    enum { PAIRS = 8, ROUNDS = 60, BYTES = 700 };
    struct server srv;
    server_start(&srv, b);
    struct pair p[PAIRS];
    struct sink *k[PAIRS];
    uint8_t out[PAIRS][BYTES];
    for (int i = 0; i < PAIRS; i++) {
        p[i] = connect_pair(&srv);
        k[i] = sink_new(b, p[i].server, BYTES * ROUNDS);
        fill_pattern(out[i], BYTES, (uint32_t)i * 1000);
    }
    for (int round = 0; round < ROUNDS; round++) {
        struct mr_op ops[PAIRS];
        struct iovec iov[PAIRS];
        for (int i = 0; i < PAIRS; i++) { /* all at once */
            op_init(&ops[i], NULL);
            iov[i] = (struct iovec){out[i], BYTES};
            io_send(backend_io(b), &ops[i], p[i].client, &iov[i], 1);
        }
        for (int i = 0; i < PAIRS; i++)
            assert_int_equal(finish(b, &ops[i]), BYTES);
    }
    for (int i = 0; i < PAIRS; i++) {
        wait_got(k[i], BYTES * ROUNDS);
        for (int round = 0; round < ROUNDS; round++)
            assert_memory_equal(k[i]->bytes + round * BYTES, out[i], BYTES);
        close_sock(b, p[i].client);
        assert_true(backend_until(b, sink_ended, k[i]));
        close_sock(b, p[i].server);
        sink_free(k[i]);
    }
    server_stop(&srv);
}

/* A ring of 4 entries: submissions find it full, and more completions come at once than it holds. */
static int make_tiny_backend(void **state)
{
    *state = backend_new(&(struct io_config){.shard = SHARD, .entries = 4});
    return 0;
}

static void a_tiny_ring_loses_nothing(void **state)
{
    struct backend *b = *state;
    enum { PAIRS = 60, ROUNDS = 20, BYTES = 100 };
    struct server srv;
    server_start(&srv, b);
    struct pair p[PAIRS];
    struct sink *k[PAIRS];
    uint8_t out[PAIRS][BYTES];
    for (int i = 0; i < PAIRS; i++) {
        p[i] = connect_pair(&srv);
        k[i] = sink_new(b, p[i].server, BYTES * ROUNDS);
        fill_pattern(out[i], BYTES, (uint32_t)i * 1000);
    }
    struct mr_file f = open_file(b, "f", IO_WRITE | IO_CREATE);
    for (int round = 0; round < ROUNDS; round++) {
        struct mr_op sends[PAIRS], writes[PAIRS];
        struct iovec iov[PAIRS][3];
        for (int i = 0; i < PAIRS; i++) {
            op_init(&sends[i], NULL);
            op_init(&writes[i], NULL);
            iov[i][0] = (struct iovec){out[i], 10};
            iov[i][1] = (struct iovec){out[i] + 10, 20};
            iov[i][2] = (struct iovec){out[i] + 30, BYTES - 30};
            io_send(backend_io(b), &sends[i], p[i].client, iov[i], 3);
            io_write_flush(backend_io(b), &writes[i], f, out[i], BYTES, (uint64_t)i * BYTES);
        }
        for (int i = 0; i < PAIRS; i++) {
            assert_int_equal(finish(b, &sends[i]), BYTES);
            assert_int_equal(finish(b, &writes[i]), BYTES);
        }
    }
    for (int i = 0; i < PAIRS; i++) {
        wait_got(k[i], BYTES * ROUNDS);
        for (int round = 0; round < ROUNDS; round++)
            assert_memory_equal(k[i]->bytes + round * BYTES, out[i], BYTES);
        io_cancel(backend_io(b), &k[i]->op); /* many cancels at once, too */
    }
    for (int i = 0; i < PAIRS; i++) {
        assert_true(backend_until(b, sink_ended, k[i]));
        assert_int_equal(k[i]->ended, -ECANCELED);
        close_sock(b, p[i].client);
        close_sock(b, p[i].server);
        sink_free(k[i]);
    }
    close_file(b, f);
    server_stop(&srv);
}

static void running_out_of_chunks_ends_it_and_releasing_lets_it_go_on(void **state)
{
    struct backend *b = *state;
    enum { BYTES = CHUNK_BYTES * CHUNKS * 3 };
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    struct sink *k = sink_new(b, p.server, BYTES);
    k->hold = true;
    uint8_t *out = malloc(BYTES);
    fill_pattern(out, BYTES, 11);
    struct mr_op send;
    op_init(&send, NULL);
    struct iovec iov = {out, BYTES};
    io_send(backend_io(b), &send, p.client, &iov, 1); /* may wait for the receiver */

    unsigned times = 0;
    while (k->got < BYTES) {
        assert_true(backend_until(b, sink_ended, k));
        assert_int_equal(k->ended, -ENOBUFS);
        times++;
        size_t bytes_held = 0;
        for (unsigned i = 0; i < k->held_count; i++)
            bytes_held += k->held[i].data.len;
        assert_true(bytes_held > 0 && bytes_held <= CHUNK_BYTES * CHUNKS);

        /* While all is held, trying again ends the same way. */
        unsigned held = k->held_count;
        io_recv(backend_io(b), &k->op, k->s);
        assert_true(backend_until(b, sink_ended, k));
        assert_int_equal(k->ended, -ENOBUFS);
        assert_int_equal(k->held_count, held);

        sink_release(k);
        if (k->got + CHUNK_BYTES * CHUNKS >= BYTES) /* the rest fits */
            k->hold = false;
        io_recv(backend_io(b), &k->op, k->s);
        if (!k->hold)
            wait_got(k, BYTES);
    }
    assert_true(times >= 2);
    assert_memory_equal(k->bytes, out, BYTES);
    finish(b, &send);
    assert_int_equal(send.result, BYTES);
    close_sock(b, p.client);
    assert_true(backend_until(b, sink_ended, k));
    assert_int_equal(k->ended, 0);
    close_sock(b, p.server);
    server_stop(&srv);
    sink_free(k);
    free(out);
}

static int make_backend_of_small_chunks(void **state)
{
    *state =
        backend_new(&(struct io_config){.shard = SHARD, .recv_chunk_bytes = 4096, .recv_chunks_max = 64});
    return 0;
}

static void chunks_that_nobody_holds_do_not_run_out(void **state)
{
    struct backend *b = *state;
    enum { BYTES = 100000 }; /* comes at once; fits all chunks, but not a few of them */
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    uint8_t *out = malloc(BYTES);
    fill_pattern(out, BYTES, 3);
    struct mr_op send;
    op_init(&send, NULL);
    struct iovec iov = {out, BYTES};
    io_send(backend_io(b), &send, p.client, &iov, 1);
    for (int i = 0; i < 3; i++) /* as much as the buffers in between take is there when the receive starts */
        backend_turn(b);
    struct sink *k = sink_new(b, p.server, BYTES);
    size_t sent = (size_t)finish(b, &send);
    assert_true(sent > 0 && sent <= BYTES);
    wait_got(k, sent);
    assert_int_equal(k->ended, 1); /* it never ended without data: no -ENOBUFS */
    assert_memory_equal(k->bytes, out, sent);
    close_sock(b, p.client);
    assert_true(backend_until(b, sink_ended, k));
    assert_int_equal(k->ended, 0);
    close_sock(b, p.server);
    server_stop(&srv);
    sink_free(k);
    free(out);
}

static void a_cancelled_receive_can_start_again(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    struct sink *k = sink_new(b, p.server, 1 << 16);
    send_all(b, p.client, "one", 3);
    wait_got(k, 3);
    io_cancel(backend_io(b), &k->op);
    assert_true(backend_until(b, sink_ended, k));
    assert_int_equal(k->ended, -ECANCELED);
    send_all(b, p.client, "two", 3); /* nobody listens now */
    assert_int_equal(k->got, 3);
    io_recv(backend_io(b), &k->op, k->s);
    wait_got(k, 6);
    assert_memory_equal(k->bytes, "onetwo", 6);

    io_cancel(backend_io(b), &k->op); /* cancelled in the same turn as it is submitted */
    assert_true(backend_until(b, sink_ended, k));
    io_recv(backend_io(b), &k->op, k->s);
    io_cancel(backend_io(b), &k->op);
    assert_true(k->op.busy);
    assert_true(backend_until(b, sink_ended, k));
    assert_int_equal(k->ended, -ECANCELED);
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
    sink_free(k);
}

static void a_stream_cut_by_its_receiver_goes_on_in_place(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    struct sink *k = sink_new(b, p.server, 1 << 16);
    send_all(b, p.client, "head", 4);
    wait_got(k, 4);
    io_cancel(backend_io(b), &k->op);
    assert_true(backend_until(b, sink_ended, k));
    uint8_t body[1000], in[1000];
    fill_pattern(body, sizeof(body), 2);
    send_all(b, p.client, body, sizeof(body));
    size_t got = 0;
    while (got < sizeof(in)) { /* a large frame: straight to where it belongs */
        struct mr_op op;
        op_init(&op, NULL);
        io_recv_into(backend_io(b), &op, p.server, in + got, sizeof(in) - got);
        int64_t n = finish(b, &op);
        assert_true(n > 0);
        got += (size_t)n;
    }
    assert_memory_equal(in, body, sizeof(in));
    io_recv(backend_io(b), &k->op, k->s);
    send_all(b, p.client, "tail", 4);
    wait_got(k, 8);
    assert_memory_equal(k->bytes, "headtail", 8);
    close_sock(b, p.client);
    assert_true(backend_until(b, sink_ended, k));
    close_sock(b, p.server);
    server_stop(&srv);
    sink_free(k);
}

static void a_reset_ends_it_with_an_error(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    struct sink *k = sink_new(b, p.server, 1 << 16);
    backend_turn(b);
    backend_reset_on_close(b, p.client);
    close_sock(b, p.client);
    assert_true(backend_until(b, sink_ended, k));
    assert_int_equal(k->ended, -ECONNRESET);
    assert_int_equal(k->finals, 1);
    close_sock(b, p.server);
    server_stop(&srv);
    sink_free(k);
}

static void many_short_connections_leave_no_chunk_behind(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    for (int i = 0; i < 50; i++) { /* each ends without and with bytes: neither may cost a chunk for good */
        srv.count = 0;
        struct pair p = connect_pair(&srv);
        struct sink *k = sink_new(b, p.server, 64);
        if (i % 2 == 1) {
            send_all(b, p.client, "bye", 3);
            wait_got(k, 3);
        }
        close_sock(b, p.client);
        assert_true(backend_until(b, sink_ended, k));
        assert_int_equal(k->ended, 0);
        close_sock(b, p.server);
        sink_free(k);
    }
    server_stop(&srv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RECV_TEST(a_stream_arrives_whole_and_ends),
        RECV_TEST(small_messages_come_as_they_were_sent),
        RECV_TEST(held_bytes_stay_until_released),
        RECV_TEST(connections_share_chunks_without_mixing),
        cmocka_unit_test_setup_teardown(a_tiny_ring_loses_nothing, make_tiny_backend, drop_backend),
        RECV_TEST(running_out_of_chunks_ends_it_and_releasing_lets_it_go_on),
        cmocka_unit_test_setup_teardown(chunks_that_nobody_holds_do_not_run_out, make_backend_of_small_chunks,
                                        drop_backend),
        RECV_TEST(a_cancelled_receive_can_start_again),
        RECV_TEST(a_stream_cut_by_its_receiver_goes_on_in_place),
        RECV_TEST(a_reset_ends_it_with_an_error),
        RECV_TEST(many_short_connections_leave_no_chunk_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
