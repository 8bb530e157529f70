/* Sockets: connecting, sending, ending. Receiving into shared chunks is recv_test.c. */
#include <stdlib.h>

#include "tests/contract/steps.h"

static int64_t do_recv_into(struct backend *b, struct mr_sock s, void *dst, size_t len)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_recv_into(backend_io(b), &op, s, dst, len);
    return finish(b, &op);
}

/* Receive exactly len bytes; stops early at the end of the stream. */
static size_t recv_exactly(struct backend *b, struct mr_sock s, uint8_t *dst, size_t len)
{
    size_t got = 0;
    while (got < len) {
        int64_t n = do_recv_into(b, s, dst + got, len - got);
        assert_true(n >= 0);
        if (n == 0)
            break;
        got += (size_t)n;
    }
    return got;
}

static void bytes_travel_both_ways(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    uint8_t in[16];

    send_all(b, p.client, "question", 8);
    assert_int_equal(recv_exactly(b, p.server, in, 8), 8);
    assert_memory_equal(in, "question", 8);
    send_all(b, p.server, "answer", 6);
    assert_int_equal(recv_exactly(b, p.client, in, 6), 6);
    assert_memory_equal(in, "answer", 6);

    close_sock(b, p.client);
    assert_int_equal(do_recv_into(b, p.server, in, sizeof(in)), 0);
    close_sock(b, p.server);
    server_stop(&srv);
}

static void one_accept_takes_many_connections(void **state)
{
    struct backend *b = *state;
    enum { COUNT = 20 };
    struct server srv;
    server_start(&srv, b);
    struct mr_op ops[COUNT];
    for (int i = 0; i < COUNT; i++) {
        op_init(&ops[i], NULL);
        io_connect(backend_io(b), &ops[i], "127.0.0.1", srv.port);
    }
    struct mr_sock clients[COUNT];
    for (int i = 0; i < COUNT; i++) {
        clients[i].h = (int32_t)finish(b, &ops[i]);
        assert_true(clients[i].h >= 0);
    }
    wait_count(b, &srv.count, COUNT);
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < i; j++)
            assert_int_not_equal(srv.taken[i].h, srv.taken[j].h);
        close_sock(b, clients[i]);
        close_sock(b, srv.taken[i]);
    }
    server_stop(&srv);
}

static void connecting_where_nobody_listens_is_refused(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    uint16_t port = srv.port;
    server_stop(&srv);
    struct mr_op op;
    op_init(&op, NULL);
    io_connect(backend_io(b), &op, "127.0.0.1", port);
    assert_int_equal(finish(b, &op), -ECONNREFUSED);
}

static void names_are_looked_up_without_stopping_the_loop(void **state)
{
    if (!backend_has_threads()) /* the simulator has no names */
        skip();
    struct backend *b = *state;
    struct server srv = {.b = b};
    assert_int_equal(io_listen(backend_io(b), "localhost", 0, IO_LISTEN_FIRST, &srv.listener, &srv.port), 0);
    op_init(&srv.accept, server_accepted);
    io_accept(backend_io(b), &srv.accept, srv.listener);
    struct mr_op ops[8];
    for (size_t i = 0; i < MR_COUNT(ops); i++) {
        op_init(&ops[i], NULL);
        io_connect(backend_io(b), &ops[i], "localhost", srv.port);
    }
    for (size_t i = 0; i < MR_COUNT(ops); i++)
        assert_true(finish(b, &ops[i]) >= 0);
    wait_count(b, &srv.count, MR_COUNT(ops));
    for (size_t i = 0; i < MR_COUNT(ops); i++) {
        close_sock(b, (struct mr_sock){(int32_t)ops[i].result});
        close_sock(b, srv.taken[i]);
    }
    server_stop(&srv);

    struct mr_op op;
    op_init(&op, NULL);
    io_connect(backend_io(b), &op, "a-name-that-nobody-has.invalid", 1);
    io_cancel(backend_io(b), &op); /* nobody has to wait for a name server */
    assert_true(op.busy);
    assert_int_equal(finish(b, &op), -ECANCELED);

    char too_long[400];
    memset(too_long, 'x', sizeof(too_long) - 1);
    too_long[sizeof(too_long) - 1] = '\0';
    op_init(&op, NULL);
    io_connect(backend_io(b), &op, too_long, 1);
    assert_int_equal(finish(b, &op), -ENAMETOOLONG);
}

struct taken {
    const struct server *two;
    unsigned wanted;
};

static bool taken_by_both(void *ctx)
{
    const struct taken *t = ctx;
    return t->two[0].count + t->two[1].count == t->wanted;
}

static void several_listeners_share_a_port(void **state)
{
    struct backend *b = *state;
    struct server srv[2] = {{.b = b}, {.b = b}};
    struct mr_sock third;
    uint16_t again = 0;
    for (int i = 0; i < 2; i++) {
        uint16_t port = srv[0].port;
        assert_int_equal(io_listen(backend_io(b), "127.0.0.1", port,
                                   i == 0 ? IO_LISTEN_FIRST : IO_LISTEN_JOIN, &srv[i].listener, &srv[i].port),
                         0);
        assert_int_not_equal(srv[i].port, 0);
        op_init(&srv[i].accept, server_accepted);
        io_accept(backend_io(b), &srv[i].accept, srv[i].listener);
    }
    assert_int_equal(srv[1].port, srv[0].port);
    assert_int_equal(io_listen(backend_io(b), "127.0.0.1", srv[0].port, IO_LISTEN_FIRST, &third, &again),
                     -EADDRINUSE);
    assert_int_equal(io_listen(backend_io(b), "", srv[0].port, IO_LISTEN_FIRST, &third, &again), -EADDRINUSE);
    uint32_t count = 0;
    while (count < 32 && (srv[0].count == 0 || srv[1].count == 0)) { /* they are spread over both */
        struct mr_op op;
        op_init(&op, NULL);
        io_connect(backend_io(b), &op, "127.0.0.1", srv[0].port);
        struct mr_sock client = {(int32_t)finish(b, &op)};
        assert_true(client.h >= 0);
        count++;
        assert_true(backend_until(b, taken_by_both, &(struct taken){srv, count}));
        close_sock(b, client);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_not_equal(srv[i].count, 0);
        for (uint32_t c = 0; c < srv[i].count; c++)
            close_sock(b, srv[i].taken[c]);
        server_stop(&srv[i]);
    }
}

static void a_port_is_free_again_when_its_listeners_are_gone(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    uint16_t port = srv.port, again = 0;
    struct mr_sock next;
    struct pair p = connect_pair(&srv);
    close_sock(b, p.server); /* first: it waits for the other end for some minutes */
    close_sock(b, p.client);
    server_stop(&srv);
    assert_int_equal(io_listen(backend_io(b), "127.0.0.1", port, IO_LISTEN_FIRST, &next, &again), 0);
    close_sock(b, next);
}

static void listening_everywhere_takes_local_connections(void **state)
{
    struct backend *b = *state;
    struct server srv = {.b = b};
    assert_int_equal(io_listen(backend_io(b), "", 0, IO_LISTEN_FIRST, &srv.listener, &srv.port), 0);
    op_init(&srv.accept, server_accepted);
    io_accept(backend_io(b), &srv.accept, srv.listener);
    struct pair p = connect_pair(&srv);
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
}

static void a_peer_has_a_name(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    char name[64], wanted[64], tiny[4];
    snprintf(wanted, sizeof(wanted), "127.0.0.1:%u", srv.port);
    io_peer_name(backend_io(b), p.client, name, sizeof(name));
    assert_string_equal(name, wanted);
    io_peer_name(backend_io(b), p.server, name, sizeof(name));
    assert_memory_equal(name, "127.0.0.1:", 10);
    io_peer_name(backend_io(b), p.client, tiny, sizeof(tiny));
    assert_string_equal(tiny, "127");
    io_peer_name(backend_io(b), srv.listener, name, sizeof(name));
    assert_string_equal(name, "?");
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
}

/* ---- gather lists ---- */

struct transfer {
    struct backend *b;
    struct mr_sock to, from;
    struct mr_op send, recv;
    struct iovec *iov;
    unsigned iov_count, iov_next;
    uint8_t *in;
    size_t got, total, sent;
};

static void transfer_send(struct transfer *t)
{
    io_send(backend_io(t->b), &t->send, t->to, t->iov + t->iov_next, t->iov_count - t->iov_next);
}

static void transfer_sent(struct mr_op *op)
{
    struct transfer *t = MR_CONTAINER(op, struct transfer, send);
    assert_true(op->result > 0);
    size_t n = (size_t)op->result;
    t->sent += n;
    while (n > 0 && n >= t->iov[t->iov_next].iov_len)
        n -= t->iov[t->iov_next++].iov_len;
    if (t->iov_next == t->iov_count)
        return;
    t->iov[t->iov_next].iov_base = (uint8_t *)t->iov[t->iov_next].iov_base + n;
    t->iov[t->iov_next].iov_len -= n;
    transfer_send(t);
}

static void transfer_received(struct mr_op *op)
{
    struct transfer *t = MR_CONTAINER(op, struct transfer, recv);
    assert_true(op->result > 0);
    t->got += (size_t)op->result;
    if (t->got < t->total)
        io_recv_into(backend_io(t->b), op, t->from, t->in + t->got, t->total - t->got);
}

static bool transfer_complete(void *ctx)
{
    const struct transfer *t = ctx;
    return t->got == t->total && !t->send.busy;
}

/* count pieces of sizes that differ, from one end to the other. */
static void check_gather(struct backend *b, unsigned count, size_t piece_bytes)
{
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    struct transfer t = {.b = b, .to = p.client, .from = p.server, .iov_count = count};
    t.iov = calloc(count, sizeof(*t.iov));
    for (unsigned i = 0; i < count; i++)
        t.total += 1 + (piece_bytes * (i + 1) * 7919) % piece_bytes;
    uint8_t *out = malloc(t.total);
    t.in = malloc(t.total);
    fill_pattern(out, t.total, count);
    size_t at = 0;
    for (unsigned i = 0; i < count; i++) {
        t.iov[i] = (struct iovec){out + at, 1 + (piece_bytes * (i + 1) * 7919) % piece_bytes};
        at += t.iov[i].iov_len;
    }
    struct io_counters before, after;
    io_counters(backend_io(b), &before);
    op_init(&t.send, transfer_sent);
    op_init(&t.recv, transfer_received);
    transfer_send(&t);
    io_recv_into(backend_io(b), &t.recv, t.from, t.in, t.total);
    assert_true(backend_until(b, transfer_complete, &t));
    io_counters(backend_io(b), &after);
    assert_memory_equal(t.in, out, t.total);
    assert_int_equal(after.sent_bytes - before.sent_bytes, t.total);
    assert_int_equal(after.received_bytes - before.received_bytes, t.total);
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
    free(t.iov);
    free(t.in);
    free(out);
}

static void gather_lists_arrive_in_order(void **state)
{
    check_gather(*state, 1, 100);
    check_gather(*state, 2, 100);
    check_gather(*state, 1024, 50);
}

static void a_large_send_goes_on_as_the_peer_reads(void **state)
{
    check_gather(*state, 1, 1);
    check_gather(*state, 200, 131071); /* some 13 MB: more than the buffers in between */
}

static void an_empty_gather_list_is_sent_at_once(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    struct mr_op op;
    op_init(&op, NULL);
    io_send(backend_io(b), &op, p.client, NULL, 0);
    assert_true(op.busy);
    assert_int_equal(finish(b, &op), 0);
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
}

/* ---- ends ---- */

static void shutdown_ends_both_directions(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    char in[8];
    send_all(b, p.client, "last", 4);
    struct mr_op op;
    op_init(&op, NULL);
    io_shutdown(backend_io(b), &op, p.client);
    assert_int_equal(finish(b, &op), 0);
    assert_int_equal(do_recv_into(b, p.client, in, sizeof(in)), 0);
    assert_int_equal(recv_exactly(b, p.server, (uint8_t *)in, 8),
                     4); /* what was sent before arrives, then the end */

    struct iovec iov = {in, 4};
    op_init(&op, NULL);
    io_send(backend_io(b), &op, p.client, &iov, 1);
    assert_int_equal(finish(b, &op), -EPIPE);
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
}

static void shutdown_wakes_a_waiting_receive(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    char in[8];
    struct mr_op recv, op;
    op_init(&recv, NULL);
    op_init(&op, NULL);
    io_recv_into(backend_io(b), &recv, p.server, in, sizeof(in));
    io_shutdown(backend_io(b), &op, p.server);
    assert_int_equal(finish(b, &op), 0);
    assert_int_equal(finish(b, &recv), 0);
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
}

static void a_reset_is_an_error(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    char in[8];
    struct mr_op recv;
    op_init(&recv, NULL);
    io_recv_into(backend_io(b), &recv, p.server, in, sizeof(in));
    backend_turn(b);
    backend_reset_on_close(b, p.client);
    close_sock(b, p.client);
    assert_int_equal(finish(b, &recv), -ECONNRESET);
    close_sock(b, p.server);
    server_stop(&srv);
}

static void cancelled_ops_complete(void **state)
{
    struct backend *b = *state;
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    char in[8];
    struct mr_op recv;
    for (int turns = 0; turns < 2; turns++) { /* before and after the kernel has seen it */
        op_init(&recv, NULL);
        io_recv_into(backend_io(b), &recv, p.server, in, sizeof(in));
        for (int i = 0; i < turns; i++)
            assert_true(io_turn(backend_io(b), 0) >= 0);
        io_cancel(backend_io(b), &recv);
        assert_true(recv.busy);
        io_cancel(backend_io(b), &recv); /* twice is once */
        assert_int_equal(finish(b, &recv), -ECANCELED);
        io_cancel(backend_io(b), &recv); /* too late is nothing */
    }
    send_all(b, p.client, "still", 5); /* the connection is unharmed */
    assert_int_equal(recv_exactly(b, p.server, (uint8_t *)in, 5), 5);

    io_cancel(backend_io(b), &srv.accept);
    assert_int_equal(finish(b, &srv.accept), -ECANCELED);
    io_accept(backend_io(b), &srv.accept, srv.listener);
    struct pair q = connect_pair(&srv);
    close_sock(b, q.client);
    close_sock(b, q.server);
    close_sock(b, p.client);
    close_sock(b, p.server);
    server_stop(&srv);
}

static void a_cancelled_send_tells_what_went_out(void **state)
{
    struct backend *b = *state;
    enum { BYTES = 32 << 20 };
    struct server srv;
    server_start(&srv, b);
    struct pair p = connect_pair(&srv);
    uint8_t *out = calloc(1, BYTES), *in = malloc(BYTES);
    struct iovec iov = {out, BYTES};
    struct mr_op send;
    op_init(&send, NULL);
    io_send(backend_io(b), &send, p.client, &iov, 1); /* nobody reads: it cannot end */
    for (int i = 0; i < 3; i++)
        backend_turn(b);
    if (!send.busy)
        assert_true(send.result < BYTES); /* a backend may end it short */
    io_cancel(backend_io(b), &send);
    int64_t sent = finish(b, &send);
    assert_true(sent == -ECANCELED || (sent > 0 && sent < BYTES));
    close_sock(b, p.client);
    size_t got = recv_exactly(b, p.server, in, BYTES);
    assert_int_equal(got, sent < 0 ? 0 : sent);
    close_sock(b, p.server);
    server_stop(&srv);
    free(out);
    free(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTRACT_TEST(bytes_travel_both_ways),
        CONTRACT_TEST(one_accept_takes_many_connections),
        CONTRACT_TEST(connecting_where_nobody_listens_is_refused),
        CONTRACT_TEST(names_are_looked_up_without_stopping_the_loop),
        CONTRACT_TEST(several_listeners_share_a_port),
        CONTRACT_TEST(a_port_is_free_again_when_its_listeners_are_gone),
        CONTRACT_TEST(listening_everywhere_takes_local_connections),
        CONTRACT_TEST(a_peer_has_a_name),
        CONTRACT_TEST(gather_lists_arrive_in_order),
        CONTRACT_TEST(a_large_send_goes_on_as_the_peer_reads),
        CONTRACT_TEST(an_empty_gather_list_is_sent_at_once),
        CONTRACT_TEST(shutdown_ends_both_directions),
        CONTRACT_TEST(shutdown_wakes_a_waiting_receive),
        CONTRACT_TEST(a_reset_is_an_error),
        CONTRACT_TEST(cancelled_ops_complete),
        CONTRACT_TEST(a_cancelled_send_tells_what_went_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
