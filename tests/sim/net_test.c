/* The network of the simulator: streams, their ends, partitions, resets, accepting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/mem.h"
#include "tests/sim/seeds.h"
#include "tests/sim/world.h"

enum { PORT = 9092 };
#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)

/* Two machines with a driven io each, and one connection from b to a. */
struct rig {
    struct world *w;
    struct sim_node *a, *b;
    struct mr_io *server, *client;
    struct mr_sock listener, at_server, at_client;
    struct mr_op accept;
};

static void accepted(struct mr_op *op)
{
    struct rig *r = MR_CONTAINER(op, struct rig, accept);
    if (op->result >= 0)
        r->at_server.h = (int32_t)op->result;
}

static int64_t finish(struct mr_io *io, struct mr_op *op)
{
    while (op->busy)
        io_turn(io, io_now_ns(io) + SECOND);
    return op->result;
}

static void rig_init(struct rig *r, uint64_t seed, const struct world_options *o)
{
    *r = (struct rig){.w = world_new(seed, o), .at_server = MR_NO_SOCK};
    r->a = world_node(r->w, "a");
    r->b = world_node(r->w, "b");
    r->server = world_io(r->a, &(struct io_config){.shard = 0});
    r->client = world_io(r->b, &(struct io_config){.shard = 0});
    uint16_t port;
    assert_int_equal(io_listen(r->server, "", PORT, IO_LISTEN_FIRST, &r->listener, &port), 0);
    op_init(&r->accept, accepted);
    io_accept(r->server, &r->accept, r->listener);
}

static void rig_connect(struct rig *r)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_connect(r->client, &op, "a", PORT);
    r->at_client.h = (int32_t)finish(r->client, &op);
    assert_true(r->at_client.h >= 0);
    while (r->at_server.h < 0)
        io_turn(r->server, io_now_ns(r->server) + SECOND);
}

static int64_t do_send(struct mr_io *io, struct mr_sock s, const void *src, size_t len)
{
    struct mr_op op;
    struct iovec iov = {(void *)(uintptr_t)src, len};
    op_init(&op, NULL);
    io_send(io, &op, s, &iov, 1);
    return finish(io, &op);
}

static int64_t do_recv(struct mr_io *io, struct mr_sock s, void *dst, size_t len)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_recv_into(io, &op, s, dst, len);
    return finish(io, &op);
}

static int64_t do_close(struct mr_io *io, struct mr_sock s)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_close_sock(io, &op, s);
    return finish(io, &op);
}

static void half_close_lets_the_answer_through(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    assert_int_equal(do_send(r.client, r.at_client, "question", 8), 8);
    world_half_close(r.client, r.at_client);
    assert_int_equal(do_recv(r.server, r.at_server, in, sizeof(in)), 8);
    assert_int_equal(do_recv(r.server, r.at_server, in, sizeof(in)), 0);
    assert_int_equal(do_send(r.server, r.at_server, "answer", 6), 6);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), 6);
    assert_int_equal(do_send(r.client, r.at_client, "more", 4), -EPIPE);
    assert_int_equal(do_close(r.server, r.at_server), 0);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), 0);
    assert_int_equal(do_close(r.client, r.at_client), 0);
    assert_int_equal(world_io_handles(r.client), 0);
    assert_int_equal(world_io_handles(r.server), 1);
    world_free(r.w);
}

static void closing_with_unread_bytes_resets(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    assert_int_equal(do_send(r.client, r.at_client, "unread", 6), 6);
    world_run_for(r.w, 10 * MS);
    do_close(r.server, r.at_server);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), -ECONNRESET);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), 0); /* told once */
    assert_int_equal(do_send(r.client, r.at_client, "x", 1), -EPIPE);
    world_free(r.w);
}

static void sending_to_a_closed_end_is_answered_with_a_reset(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    do_close(r.server, r.at_server);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), 0);
    assert_int_equal(do_send(r.client, r.at_client, "late", 4), 4); /* it cannot know yet */
    world_run_for(r.w, 10 * MS);
    assert_int_equal(do_send(r.client, r.at_client, "late", 4), -ECONNRESET);
    assert_int_equal(do_send(r.client, r.at_client, "late", 4), -EPIPE);
    world_free(r.w);
}

static void a_slow_reader_holds_up_the_sender(void **state)
{
    (void)state;
    struct world_options o = world_options_default();
    o.window_bytes = 1000;
    struct rig r;
    rig_init(&r, 1, &o);
    rig_connect(&r);
    uint8_t out[5000], in[5000];
    for (size_t i = 0; i < sizeof(out); i++)
        out[i] = (uint8_t)(i * 7);
    struct mr_op send;
    struct iovec iov = {out, sizeof(out)};
    op_init(&send, NULL);
    io_send(r.client, &send, r.at_client, &iov, 1);
    world_run_for(r.w, SECOND);
    io_turn(r.client, 0);
    assert_true(send.busy); /* 1000 are on the way, 4000 wait */
    size_t got = 0;
    while (got < sizeof(in)) {
        int64_t n = do_recv(r.server, r.at_server, in + got, sizeof(in) - got);
        assert_true(n > 0 && n <= 1000);
        got += (size_t)n;
    }
    assert_int_equal(finish(r.client, &send), 5000);
    assert_memory_equal(in, out, sizeof(in));
    world_free(r.w);
}

/* ---- partitions ---- */

static void a_partition_delays_and_healing_delivers(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    world_partition(r.w, r.b, r.a, true);
    assert_int_equal(do_send(r.client, r.at_client, "one", 3), 3);
    world_run_for(r.w, 5 * SECOND);
    struct mr_op recv;
    op_init(&recv, NULL);
    io_recv_into(r.server, &recv, r.at_server, in, sizeof(in));
    io_turn(r.server, world_now_ns(r.w) + SECOND);
    assert_true(recv.busy);
    assert_int_equal(do_send(r.server, r.at_server, "back", 4), 4); /* the other way is open */
    char back[8];
    assert_int_equal(do_recv(r.client, r.at_client, back, sizeof(back)), 4);
    assert_int_equal(do_send(r.client, r.at_client, "two", 3), 3);
    world_run_for(r.w, SECOND);
    assert_int_equal(do_send(r.client, r.at_client, "six", 3), 3); /* still on the way when it heals */
    world_partition(r.w, r.b, r.a, false);
    size_t got = (size_t)finish(r.server, &recv);
    while (got < 9)
        got += (size_t)do_recv(r.server, r.at_server, in + got, 9 - got);
    assert_memory_equal(in, "onetwosix", 9);
    world_free(r.w);
}

static void a_long_partition_breaks_the_sender_only(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    world_partition(r.w, r.b, r.a, true);
    assert_int_equal(do_send(r.client, r.at_client, "lost", 4), 4);
    uint64_t before = world_now_ns(r.w);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), -ETIMEDOUT);
    assert_true(world_now_ns(r.w) - before >= 29 * SECOND);
    world_partition(r.w, r.b, r.a, false);
    world_run_for(r.w, 10 * SECOND);
    struct mr_op recv;
    op_init(&recv, NULL);
    io_recv_into(r.server, &recv, r.at_server, in, sizeof(in));
    io_turn(r.server, world_now_ns(r.w) + 60 * SECOND);
    assert_true(recv.busy); /* silence is all it hears */
    assert_int_equal(do_send(r.server, r.at_server, "hello?", 6), 6);
    assert_int_equal(finish(r.server, &recv), -ECONNRESET);
    world_free(r.w);
}

static void lost_acknowledgements_time_out_too(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    world_partition(r.w, r.a, r.b, true); /* what b sends arrives; what a answers does not */
    assert_int_equal(do_send(r.client, r.at_client, "there", 5), 5);
    assert_int_equal(do_recv(r.server, r.at_server, in, sizeof(in)), 5);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), -ETIMEDOUT);
    world_free(r.w);
}

static void connecting_through_a_partition(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 1, NULL);
    world_partition(r.w, r.a, r.b, true);
    struct mr_op op;
    op_init(&op, NULL);
    uint64_t before = world_now_ns(r.w);
    io_connect(r.client, &op, "a", PORT);
    assert_int_equal(finish(r.client, &op), -ETIMEDOUT);
    assert_true(world_now_ns(r.w) - before >= SECOND);
    io_connect(r.client, &op, "10.0.0.1", PORT); /* comes through when the way opens */
    world_run_for(r.w, SECOND / 2);
    world_partition(r.w, r.a, r.b, false);
    assert_true(finish(r.client, &op) >= 0);
    io_connect(r.client, &op, "a", PORT + 1);
    assert_int_equal(finish(r.client, &op), -ECONNREFUSED);
    io_connect(r.client, &op, "nobody", PORT);
    assert_int_equal(finish(r.client, &op), -EADDRNOTAVAIL);
    world_free(r.w);
}

/* ---- machines that stop ---- */

static void a_killed_process_ends_its_streams(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    assert_int_equal(do_send(r.server, r.at_server, "bye", 3), 3);
    node_kill(r.a);
    assert_false(r.accept.busy);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), 3); /* the kernel still sends it */
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), 0);
    struct mr_op op;
    op_init(&op, NULL);
    io_connect(r.client, &op, "a", PORT);
    assert_int_equal(finish(r.client, &op), -ECONNREFUSED); /* the machine is there, the process is not */
    world_free(r.w);
}

static void a_dead_machine_is_silent_until_it_boots(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    node_power_loss(r.a);
    struct mr_op recv, op;
    op_init(&recv, NULL);
    op_init(&op, NULL);
    io_recv_into(r.client, &recv, r.at_client, in, sizeof(in));
    io_turn(r.client, world_now_ns(r.w) + 100 * SECOND);
    assert_true(recv.busy); /* who only listens never learns */
    io_connect(r.client, &op, "a", PORT);
    assert_int_equal(finish(r.client, &op), -ETIMEDOUT);
    assert_int_equal(do_send(r.client, r.at_client, "hello?", 6), 6);
    world_run_for(r.w, SECOND);
    world_io(r.a, &(struct io_config){.shard = 0});
    assert_int_equal(finish(r.client, &recv), -ECONNRESET); /* the new kernel knows of no such connection */
    world_free(r.w);
}

static void a_dead_machine_times_out_who_talks_to_it(void **state)
{
    (void)state;
    struct rig r;
    char in[16];
    rig_init(&r, 1, NULL);
    rig_connect(&r);
    node_power_loss(r.a);
    assert_int_equal(do_send(r.client, r.at_client, "hello?", 6), 6);
    assert_int_equal(do_recv(r.client, r.at_client, in, sizeof(in)), -ETIMEDOUT);
    world_free(r.w);
}

/* ---- accepting ---- */

static void listeners_on_one_port_share_connections(void **state)
{
    (void)state;
    struct rig r, other = {.at_server = MR_NO_SOCK};
    rig_init(&r, 7, NULL);
    struct mr_io *second = world_io(r.a, &(struct io_config){.shard = 1});
    uint16_t port;
    assert_int_equal(io_listen(second, "", PORT, IO_LISTEN_JOIN, &other.listener, &port), 0);
    op_init(&other.accept, accepted);
    io_accept(second, &other.accept, other.listener);
    unsigned first_got = 0, second_got = 0;
    for (int i = 0; i < 60; i++) {
        struct mr_op op;
        op_init(&op, NULL);
        r.at_server = other.at_server = MR_NO_SOCK;
        io_connect(r.client, &op, "a", PORT);
        assert_true(finish(r.client, &op) >= 0);
        io_turn(r.server, 0);
        io_turn(second, 0);
        first_got += r.at_server.h >= 0;
        second_got += other.at_server.h >= 0;
    }
    assert_int_equal(first_got + second_got, 60);
    assert_true(first_got > 10 && second_got > 10);
    world_free(r.w);
}

static void running_out_of_handles_ends_the_accept(void **state)
{
    (void)state;
    struct world_options o = world_options_default();
    o.handles_max = 2; /* the listener and one more */
    struct rig r;
    rig_init(&r, 1, &o);
    rig_connect(&r);
    struct mr_op op;
    op_init(&op, NULL);
    io_connect(r.client, &op, "a", PORT);
    assert_true(finish(r.client, &op) >= 0);
    assert_int_equal(finish(r.server, &r.accept), -EMFILE);
    do_close(r.server, r.at_server);
    r.at_server = MR_NO_SOCK;
    io_accept(r.server, &r.accept, r.listener); /* the connection waited in the backlog */
    io_turn(r.server, world_now_ns(r.w) + SECOND);
    assert_true(r.at_server.h >= 0);
    world_free(r.w);
}

static void an_occupied_port_is_refused(void **state)
{
    (void)state;
    struct rig r;
    struct mr_sock s;
    uint16_t port;
    rig_init(&r, 1, NULL);
    node_occupy_port(r.a, 1234, true);
    assert_int_equal(io_listen(r.server, "", 1234, IO_LISTEN_FIRST, &s, &port), -EADDRINUSE);
    node_occupy_port(r.a, 1234, false);
    assert_int_equal(io_listen(r.server, "a", 1234, IO_LISTEN_FIRST, &s, &port), 0);
    assert_int_equal(io_listen(r.server, "b", 1235, IO_LISTEN_FIRST, &s, &port), -EADDRNOTAVAIL);
    world_free(r.w);
}

/* ---- a model: whatever the options, the bytes that come are those sent, in order, and all of them unless an
 * error is told ---- */

struct pump {
    struct mr_op send, recv;
    struct mr_io *from_io, *to_io;
    struct mr_sock from, to;
    struct iovec iov;
    uint8_t *out;
    size_t sent, got, total;
    int send_err, recv_err;
    bool recv_over, send_over, wrong, into;
    uint8_t in[512];
};

static void pump_send(struct pump *p)
{
    p->iov = (struct iovec){p->out + p->sent, p->total - p->sent};
    io_send(p->from_io, &p->send, p->from, &p->iov, 1);
}

static void pump_sent(struct mr_op *op)
{
    struct pump *p = MR_CONTAINER(op, struct pump, send);
    if (op->result < 0) {
        p->send_err = (int)op->result;
        p->send_over = true;
        return;
    }
    p->sent += (size_t)op->result;
    if (p->sent < p->total) {
        pump_send(p);
    } else {
        p->send_over = true;
        world_half_close(p->from_io, p->from);
    }
}

static void pump_recv(struct pump *p)
{
    if (p->into)
        io_recv_into(p->to_io, &p->recv, p->to, p->in, sizeof(p->in));
    else
        io_recv(p->to_io, &p->recv, p->to);
}

static void pump_received(struct mr_op *op)
{
    struct pump *p = MR_CONTAINER(op, struct pump, recv);
    if (op->result > 0) {
        const uint8_t *bytes = p->into ? p->in : op->data.ptr;
        if (p->got + (size_t)op->result > p->total || memcmp(bytes, p->out + p->got, (size_t)op->result) != 0)
            p->wrong = true;
        p->got += (size_t)op->result;
        if (!op->more)
            pump_recv(p);
        return;
    }
    if (op->result == -ENOBUFS) {
        pump_recv(p);
        return;
    }
    p->recv_err = (int)op->result;
    p->recv_over = true;
}

static bool pump_is_over(void *ctx)
{
    struct pump *p = ctx;
    return p->recv_over && p->send_over;
}

static void stream_scenario(uint64_t seed, struct seed_result *res)
{
    struct world_options o = world_options_from_seed(seed);
    o.connect_refused_ppm = o.connect_timeout_ppm = 0;
    struct rig r;
    rig_init(&r, seed, &o);
    world_faults(r.w, false);
    rig_connect(&r);
    world_faults(r.w, true);
    struct rng *rng = world_rng(r.w);
    struct pump p = {.from_io = r.client, .to_io = r.server, .from = r.at_client, .to = r.at_server};
    p.into = rng_below(rng, 2) == 0;
    p.total = rng_between(rng, 1, 100000);
    p.out = mem_alloc(p.total);
    for (size_t i = 0; i < p.total; i++)
        p.out[i] = (uint8_t)rng_next(rng);
    op_init(&p.send, pump_sent);
    op_init(&p.recv, pump_received);
    pump_send(&p);
    pump_recv(&p);
    world_attach(r.client, NULL, NULL);
    world_attach(r.server, NULL, NULL);
    bool over = world_run_until(r.w, pump_is_over, &p, 1000 * SECOND);
    if (!over && !p.recv_over) { /* a reset that only the sender heard of: a receiver waits for ever */
        seed_check(res, p.send_err != 0, "the stream stalls at %zu of %zu", p.got, p.total);
    }
    seed_check(res, !p.wrong, "wrong bytes");
    if (p.recv_over && p.recv_err == 0)
        seed_check(res, p.got == p.total, "the stream ended at %zu of %zu", p.got, p.total);
    seed_check(res, o.reset_ppm != 0 || (p.recv_err == 0 && p.send_err == 0 && p.recv_over), "errors %d %d",
               p.send_err, p.recv_err);
    world_trace_mix(r.w, p.got);
    res->trace = world_trace_hash(r.w);
    world_free(r.w);
    mem_free(p.out);
}

static void streams_arrive_in_order_or_say_why_not(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_net", 1, 500, stream_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_close_lets_the_answer_through),
        cmocka_unit_test(closing_with_unread_bytes_resets),
        cmocka_unit_test(sending_to_a_closed_end_is_answered_with_a_reset),
        cmocka_unit_test(a_slow_reader_holds_up_the_sender),
        cmocka_unit_test(a_partition_delays_and_healing_delivers),
        cmocka_unit_test(a_long_partition_breaks_the_sender_only),
        cmocka_unit_test(lost_acknowledgements_time_out_too),
        cmocka_unit_test(connecting_through_a_partition),
        cmocka_unit_test(a_killed_process_ends_its_streams),
        cmocka_unit_test(a_dead_machine_is_silent_until_it_boots),
        cmocka_unit_test(a_dead_machine_times_out_who_talks_to_it),
        cmocka_unit_test(listeners_on_one_port_share_connections),
        cmocka_unit_test(running_out_of_handles_ends_the_accept),
        cmocka_unit_test(an_occupied_port_is_refused),
        cmocka_unit_test(streams_arrive_in_order_or_say_why_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
