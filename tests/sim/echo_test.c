/* An echo server on two shards, several clients, and a network that does what networks do: every answer comes
 * back as it must, in order, and when all is over nothing is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/sim/echo_client.h"
#include "tests/sim/echo_server.h"
#include "tests/sim/seeds.h"

enum { SHARDS = 2, CLIENTS_MAX = 8, PORT = 7 };
#define SECOND UINT64_C(1000000000)

struct client_io {
    struct mr_io *io;
    struct client *clients[CLIENTS_MAX];
    unsigned count;
};

struct echo_world {
    struct world *w;
    struct sim_node *server, *far;
    struct mr_io *ios[SHARDS];
    struct mr_shard **shards;
    struct echo_shard echo[SHARDS];
    struct client_io hosts[2];
    struct client clients[CLIENTS_MAX];
    unsigned client_count;
    unsigned frames_over_limit;
};

static int shard_turn_fn(void *ctx)
{
    return shard_turn(ctx, true);
}

static int client_turn(void *ctx)
{
    struct client_io *h = ctx;
    uint64_t until_ns = UINT64_MAX;
    for (unsigned i = 0; i < h->count; i++)
        until_ns = mr_min(until_ns, client_step(h->clients[i]));
    int ran = io_turn(h->io, until_ns);
    return ran < 0 ? ran : 0;
}

static void start(struct echo_world *e, uint64_t seed, const struct world_options *o)
{
    *e = (struct echo_world){.w = world_new(seed, o)};
    struct rng *r = world_rng(e->w);
    e->server = world_node(e->w, "server");
    e->far = world_node(e->w, "far");
    for (uint32_t i = 0; i < SHARDS; i++)
        e->ios[i] = world_io(e->server, &(struct io_config){.shard = i, .log = node_log(e->server)});
    uint32_t slots = 2u << rng_below(r, 6);
    int err = shards_new(SHARDS, e->ios, node_log(e->server), slots, &e->shards);
    MR_ASSERT(err == 0);
    for (uint32_t i = 0; i < SHARDS; i++) {
        err = echo_start(&e->echo[i], e->shards[i], PORT);
        MR_ASSERT(err == 0);
        world_attach(e->ios[i], shard_turn_fn, e->shards[i]);
    }
    e->hosts[0].io = world_io(e->far, &(struct io_config){.shard = 0});
    e->hosts[1].io = world_io(e->server, &(struct io_config){.shard = SHARDS}); /* by loopback */
    e->client_count = (unsigned)rng_between(r, 1, CLIENTS_MAX);
    for (unsigned i = 0; i < e->client_count; i++) {
        struct client_io *h = &e->hosts[rng_below(r, 2)];
        client_init(&e->clients[i], h->io, h == &e->hosts[0] ? "server" : "127.0.0.1", PORT, r);
        h->clients[h->count++] = &e->clients[i];
    }
    for (int i = 0; i < 2; i++)
        world_attach(e->hosts[i].io, client_turn, &e->hosts[i]);
}

static bool clients_over(void *ctx)
{
    struct echo_world *e = ctx;
    for (unsigned i = 0; i < e->client_count; i++) {
        if (e->clients[i].state != CLIENT_OVER || e->clients[i].wrong)
            return e->clients[i].wrong;
    }
    return true;
}

static bool server_over(void *ctx)
{
    struct echo_world *e = ctx;
    for (int i = 0; i < SHARDS; i++) {
        if (!echo_stopped(&e->echo[i]))
            return false;
    }
    return true;
}

static void cut(struct world *w, void *ctx)
{
    struct echo_world *e = ctx;
    bool to_server = rng_below(world_rng(w), 2) == 0;
    world_partition(w, to_server ? e->far : e->server, to_server ? e->server : e->far, true);
}

static void join(struct world *w, void *ctx)
{
    struct echo_world *e = ctx;
    world_partition(w, e->far, e->server, false);
    world_partition(w, e->server, e->far, false);
}

/* Faults for a while, then a healthy phase in which all must come to an end. */
static void run(struct echo_world *e, struct seed_result *res)
{
    struct rng *r = world_rng(e->w);
    if (rng_below(r, 3) == 0) {
        uint64_t at_ns = world_now_ns(e->w) + rng_below(r, SECOND / 10);
        world_at(e->w, at_ns, cut, e);
        world_at(e->w, at_ns + rng_below(r, 100 * SECOND), join, e);
    }
    world_run_until(e->w, clients_over, e, 200 * SECOND);
    world_heal(e->w);
    bool over = world_run_until(e->w, clients_over, e, 1000 * SECOND);
    for (unsigned i = 0; i < e->client_count; i++)
        seed_check(res, !e->clients[i].wrong, "client %u: %s", i, e->clients[i].why);
    seed_check(res, over, "the clients did not come to an end");
}

static void check_nothing_is_left(struct echo_world *e, struct seed_result *res)
{
    for (int i = 0; i < SHARDS; i++)
        echo_stop(&e->echo[i]);
    bool over = world_run_until(e->w, server_over, e, 1000 * SECOND);
    seed_check(res, over, "the server did not come to an end");
    uint64_t turned = 0;
    for (int i = 0; i < SHARDS; i++) {
        turned += e->echo[i].frames_turned;
        seed_check(res, e->echo[i].frames_alive == 0, "%u frames are left", e->echo[i].frames_alive);
        seed_check(res, world_io_handles(e->ios[i]) == 0, "%u handles are left", world_io_handles(e->ios[i]));
        seed_check(res, world_io_ops(e->ios[i]) == 0, "%u ops are left", world_io_ops(e->ios[i]));
        seed_check(res, world_io_chunks(e->ios[i]) == 0, "%u chunks are left", world_io_chunks(e->ios[i]));
        seed_check(res, e->shards[i]->timers.count == 0, "%u timers are left", e->shards[i]->timers.count);
    }
    for (int i = 0; i < 2; i++)
        seed_check(res, world_io_ops(e->hosts[i].io) == 0 && world_io_handles(e->hosts[i].io) == 0,
                   "a client left something behind");
    seed_check(res, turned > 0, "nothing hopped");
    seed_check(res, world_failure(e->w) == 0, "a turn failed with %d", world_failure(e->w));
}

static void finish(struct echo_world *e, struct seed_result *res)
{
    res->trace = world_trace_hash(e->w);
    if (res->err == 0) { /* otherwise something may be in flight */
        for (int i = 0; i < SHARDS; i++)
            io_free(e->ios[i]);
    }
    shards_free(e->shards, SHARDS);
    for (unsigned i = 0; i < e->client_count; i++)
        client_done(&e->clients[i]);
    world_free(e->w);
}

static void echo_scenario(uint64_t seed, struct seed_result *res)
{
    struct world_options o = world_options_from_seed(seed);
    struct echo_world e;
    start(&e, seed, &o);
    run(&e, res);
    check_nothing_is_left(&e, res);
    finish(&e, res);
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_echo", 1, 400, echo_scenario), 0);
}

/* Slow, in pieces, with small windows and few chunks; but nothing fails, so nothing may have to be tried
 * again. */
static void calm_scenario(uint64_t seed, struct seed_result *res)
{
    struct world_options o = world_options_from_seed(seed);
    struct echo_world e;
    start(&e, seed, &o);
    world_faults(e.w, false);
    bool over = world_run_until(e.w, clients_over, &e, 50 * SECOND);
    seed_check(res, over, "the clients did not come to an end");
    for (unsigned i = 0; i < e.client_count; i++)
        seed_check(res, e.clients[i].breaks == 0 && !e.clients[i].wrong, "client %u: %u breaks; %s", i,
                   e.clients[i].breaks, e.clients[i].why);
    check_nothing_is_left(&e, res);
    finish(&e, res);
}

static void without_faults_nothing_breaks(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_echo", 1, 200, calm_scenario), 0);
}

static void both_shards_accept_and_both_turn(void **state)
{
    (void)state;
    uint64_t accepted[SHARDS] = {0}, turned[SHARDS] = {0};
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct seed_result res = {0};
        struct echo_world e;
        start(&e, seed, NULL);
        world_run_until(e.w, clients_over, &e, 10 * SECOND);
        check_nothing_is_left(&e, &res);
        for (int i = 0; i < SHARDS; i++) {
            accepted[i] += e.echo[i].accepted;
            turned[i] += e.echo[i].frames_turned;
        }
        finish(&e, &res);
    }
    for (int i = 0; i < SHARDS; i++)
        assert_true(accepted[i] > 0 && turned[i] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_faults_nothing_breaks),
        cmocka_unit_test(both_shards_accept_and_both_turn),
        cmocka_unit_test(every_byte_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
