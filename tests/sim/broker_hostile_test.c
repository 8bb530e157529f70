/* Strangers at the door of a whole broker: random bytes, damaged requests, absurd lengths and counts, halves
 * of requests, peers that never read, silence. It never asserts, polite clients beside them finish in time,
 * and afterwards nothing is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/mem.h"
#include "net/wire/gen/fetch.h"
#include "net/wire/header.h"
#include "tests/sim/broker_rig.h"
#include "tests/sim/client_admin.h"
#include "tests/sim/client_consumer.h"
#include "tests/sim/client_producer.h"
#include "tests/sim/client_raw.h"
#include "tests/sim/hostile_frames.h"

enum { STRANGERS_MAX = 1000, TOPICS = 2, PRODUCERS = 2 };
#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)
#define POLITE_NS                                                                                            \
    (60 * SECOND) /* by then a few hundred small requests have been answered, whoever else is there */

struct house {
    struct world *w;
    struct seed_result *res;
    struct rng rng;
    struct rig rig;
    struct bcheck check;
    struct ktopic topics[TOPICS];
    struct khost polite, strange;
    struct kadmin admin;
    struct kproducer producers[PRODUCERS];
    struct kconsumer consumer;
    struct rawclient *strangers;
    uint32_t stranger_count, plans_left;
    bool clients_on;
};

static bool ok(const struct house *h)
{
    return h->res->err == 0;
}
static bool up_or_ended(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

static bool admin_ready(void *ctx)
{
    struct house *h = ctx;
    return h->admin.ready || !ok(h);
}

static bool polite_done(void *ctx)
{
    struct house *h = ctx;
    for (int i = 0; i < PRODUCERS; i++) {
        if (!kproducer_finished(&h->producers[i]))
            return !ok(h);
    }
    return kconsumer_finished(&h->consumer) || !ok(h);
}

static uint32_t conns(const struct house *h)
{
    uint32_t n = 0;
    for (uint32_t i = 0; rig_up(&h->rig) && i < h->rig.sizes.shards; i++)
        n += net_of(h->rig.shards[i])->conn_count;
    return n;
}

static bool nothing_in_flight(void *ctx)
{
    struct house *h = ctx;
    return (rig_net_bytes(&h->rig) == 0 && conns(h) == 0) || !ok(h);
}

static bool strangers_gone(void *ctx)
{
    struct house *h = ctx;
    for (uint32_t i = 0; i < h->stranger_count; i++) {
        if (!raw_over(&h->strangers[i]))
            return !ok(h);
    }
    return true;
}

static bool clients_over(void *ctx)
{
    struct house *h = ctx;
    LIST_FOR(at, &h->polite.clients)
    {
        if (!kclient_over(MR_CONTAINER(at, struct kclient, link)))
            return !ok(h);
    }
    return true;
}

/* ---- open and close ---- */

static void house_open(struct house *h, uint64_t seed, struct seed_result *res, const struct world_options *o,
                       const struct rig_sizes *sizes, const char *const *overrides, uint32_t override_count)
{
    *h = (struct house){.w = world_new(seed, o), .res = res};
    rng_seed(&h->rng, seed, 70);
    world_faults(h->w, false);
    rig_init(&h->rig, h->w, overrides, override_count, res);
    bcheck_init(&h->check, res);
    khost_init(&h->polite, world_node(h->w, "polite"), 0);
    khost_init(&h->strange, world_node(h->w, "strange"), 1);
    h->strangers = mem_zalloc(STRANGERS_MAX, sizeof(*h->strangers));
    assert_non_null(h->strangers);
    rig_start(&h->rig, sizes);
    seed_check(res, world_run_until(h->w, up_or_ended, &h->rig, 60 * SECOND) && rig_up(&h->rig),
               "it does not start");
    for (int i = 0; i < TOPICS; i++) {
        h->topics[i].partitions = 4;
        snprintf(h->topics[i].name, sizeof(h->topics[i].name), "polite-%d", i);
    }
    kadmin_init(&h->admin, &h->polite, "admin", "broker", RIG_PORT, res, seed);
    kadmin_make(&h->admin, h->topics, TOPICS);
    seed_check(res, world_run_until(h->w, admin_ready, h, 60 * SECOND), "the topics are not made");
    bcheck_topic(&h->check, &h->topics[0]);
    bcheck_topic(&h->check, &h->topics[1]);
}

/* Producers and a consumer on the first topic: strangers may write to the second. */
static void polite_start(struct house *h, uint32_t batches, uint32_t record_bytes, uint64_t pace_ns)
{
    struct kproducer_options o = {.idempotent = true,
                                  .acks = -1,
                                  .batches = batches,
                                  .records_max = record_bytes > 100000 ? 1 : 5,
                                  .record_bytes_max = record_bytes,
                                  .pace_ns = pace_ns,
                                  .in_flight = 3};
    struct kconsumer_options co = {.sessions = true,
                                   .wait_ms = 100,
                                   .min_bytes = 1,
                                   .max_bytes = 1000000,
                                   .part_bytes = 100000,
                                   .pace_ns = 5 * MS};
    for (int i = 0; i < PRODUCERS; i++) {
        char name[16];
        snprintf(name, sizeof(name), "producer-%d", i);
        kproducer_init(&h->producers[i], &h->polite, name, "broker", RIG_PORT, &h->check, &o,
                       rng_next(&h->rng));
    }
    kconsumer_init(&h->consumer, &h->polite, "consumer", "broker", RIG_PORT, &h->check, &co,
                   rng_next(&h->rng));
    for (int32_t part = 0; part < h->topics[0].partitions; part++) {
        for (int i = 0; i < PRODUCERS; i++)
            kproducer_part(&h->producers[i], (uint32_t)part);
        kconsumer_part(&h->consumer, (uint32_t)part, 0);
    }
    h->clients_on = true;
    for (int i = 0; i < PRODUCERS; i++)
        kproducer_start(&h->producers[i]);
    kconsumer_start(&h->consumer);
}

static void check_polite(struct house *h, const struct kclient *c)
{
    seed_check(h->res, !c->wrong, "%s: %s", c->name, c->why);
    seed_check(h->res, c->breaks == 0, "%s: %u connections broke", c->name, c->breaks);
}

static void polite_finish(struct house *h)
{
    kconsumer_to_the_end(&h->consumer);
    bool came = world_run_until(h->w, polite_done, h, POLITE_NS);
    seed_check(h->res, came, "the polite clients wait");
    for (int i = 0; i < PRODUCERS; i++)
        check_polite(h, &h->producers[i].client);
    check_polite(h, &h->consumer.client);
    check_polite(h, &h->admin.client);
}

static void polite_stop(struct house *h)
{
    kadmin_stop(&h->admin);
    for (int i = 0; i < PRODUCERS && h->clients_on; i++)
        kproducer_stop(&h->producers[i]);
    if (h->clients_on)
        kconsumer_stop(&h->consumer);
    seed_check(h->res, world_run_until(h->w, clients_over, h, 60 * SECOND),
               "polite clients do not come to an end");
}

static void house_close(struct house *h)
{
    if (ok(h)) {
        for (uint32_t i = 0; i < h->stranger_count; i++)
            raw_stop(&h->strangers[i]);
        seed_check(h->res, world_run_until(h->w, strangers_gone, h, 60 * SECOND), "strangers do not go");
        polite_stop(h);
        bool quiet = world_run_until(h->w, nothing_in_flight, h, 60 * SECOND);
        seed_check(h->res, quiet, "%llu bytes and %u connections are left",
                   (unsigned long long)rig_net_bytes(&h->rig), conns(h));
    }
    if (ok(h)) {
        rig_stop(&h->rig);
        char why[200];
        bool came = world_run_until(h->w, ended, &h->rig, 60 * SECOND);
        if (seed_check(h->res, came, "it does not stop"))
            seed_check(h->res, rig_reap(&h->rig, why, sizeof(why)) == 0, "%s", why);
    }
    seed_check(h->res, h->rig.errors == 0, "logged: %s", h->rig.error);
    h->res->trace = world_trace_hash(h->w);
    if (!ok(h))
        return; /* something may be in flight */
    kadmin_done(&h->admin);
    for (int i = 0; i < PRODUCERS && h->clients_on; i++)
        kproducer_done(&h->producers[i]);
    if (h->clients_on)
        kconsumer_done(&h->consumer);
    khost_done(&h->polite);
    khost_done(&h->strange);
    mem_free(h->strangers);
    rig_done(&h->rig);
    bcheck_done(&h->check);
    world_free(h->w);
}

/* ---- strangers ---- */

static void random_bytes(struct rng *r, struct mr_scratch *out)
{
    for (uint64_t n = rng_between(r, 1, 2000); n > 0; n--) {
        uint8_t byte = rng_below(r, 4) == 0 ? 0 : (uint8_t)rng_next(r);
        int err = scratch_put(out, &byte, 1);
        MR_ASSERT(err == 0);
    }
}

/* A frame that says it is as large as it may be, or larger, and the beginning of it. */
static void absurd_size(struct rng *r, struct mr_scratch *out)
{
    static const uint32_t sizes[] = {0,          1,          7,          104857600, 104857601,
                                     0x7fffffff, 0x80000000, 0xffffffff, 50000000};
    uint8_t head[4];
    mr_put32(head, sizes[rng_below(r, MR_COUNT(sizes))]);
    int err = scratch_put(out, head, 4);
    MR_ASSERT(err == 0);
    random_bytes(r, out);
}

static bool stranger_plan(struct rawclient *c, struct raw_plan *ret)
{
    struct house *h = c->ctx;
    if (h->plans_left == 0)
        return false;
    h->plans_left--;
    struct mr_scratch out;
    scratch_init(&out, 16 << 20);
    uint64_t kind = rng_below(&c->rng, 10);
    if (kind == 0) {
        random_bytes(&c->rng, &out);
    } else if (kind == 1) {
        absurd_size(&c->rng, &out);
    } else {
        uint32_t damage_pct = kind < 4 ? 0 : kind < 8 ? 30 : 100;
        for (uint64_t n = rng_between(&c->rng, 1, 40); n > 0; n--) {
            size_t start = out.len;
            frame_put(&c->rng, (uint32_t)rng_below(&c->rng, frames_kinds()), &h->topics[1], 1, &out);
            if (rng_below(&c->rng, 100) < damage_pct)
                frame_damage(&c->rng, &out, start);
        }
    }
    if (rng_below(&c->rng, 4) == 0) /* the end is missing */
        out.len = rng_between(&c->rng, 1, out.len);
    *ret = (struct raw_plan){.bytes = mem_alloc(out.len),
                             .len = out.len,
                             .piece_max = rng_below(&c->rng, 2) == 0 ? 0 : rng_between(&c->rng, 1, 3000),
                             .pause_ns = rng_below(&c->rng, 2) == 0 ? 0 : rng_below(&c->rng, 3 * MS),
                             .linger_ns = rng_below(&c->rng, 300 * MS),
                             .reads = rng_below(&c->rng, 3) > 0,
                             .resets = rng_below(&c->rng, 2) == 0};
    MR_ASSERT(ret->bytes != NULL);
    memcpy(ret->bytes, out.data, out.len);
    scratch_done(&out);
    return true;
}

static void strangers_come(struct house *h, uint32_t count,
                           bool (*plan)(struct rawclient *c, struct raw_plan *ret))
{
    MR_ASSERT(h->stranger_count + count <= STRANGERS_MAX);
    for (; count > 0; count--) {
        struct rawclient *c = &h->strangers[h->stranger_count++];
        raw_init(c, &h->strange, "broker", RIG_PORT, rng_next(&h->rng), plan, h);
        raw_start(c);
    }
}

static void noise_scenario(uint64_t seed, struct seed_result *res)
{
    struct world_options o = world_options_from_seed(seed);
    o.link = (struct span_ns){MS / 20, MS / 5};
    o.window_bytes = (uint32_t)mr_max(o.window_bytes, 16384);
    o.handles_max = 16384;
    o.backlog_max = 128;
    o.recv_chunks_max = 64;
    struct house *h = calloc(1, sizeof(*h));
    assert_non_null(h);
    struct rng r;
    rng_seed(&r, seed, 71);
    struct rig_sizes sizes = {.shards = 1u << rng_below(&r, 3),
                              .mailbox_slots = 2u << rng_below(&r, 6),
                              .net_memory_bytes = rng_below(&r, 2) == 0 ? 0 : 200000,
                              .requests_per_conn = rng_below(&r, 2) == 0 ? 0 : 3,
                              .grace_ms = 100};
    house_open(h, seed, res, &o, &sizes, NULL, 0);
    if (ok(h)) {
        polite_start(h, 60, 1000, 3 * MS);
        h->plans_left = 60;
        strangers_come(h, (uint32_t)rng_between(&h->rng, 1, 12), stranger_plan);
        polite_finish(h);
    }
    if (ok(h))
        bcheck_final(&h->check);
    house_close(h);
    free(h);
}

static void strangers_disturb_nobody(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_broker_hostile", 1, 150, noise_scenario), 0);
}

/* ---- silence ---- */

static bool silent_plan(struct rawclient *c, struct raw_plan *ret)
{
    struct house *h = c->ctx;
    if (h->plans_left == 0)
        return false;
    h->plans_left--;
    *ret = (struct raw_plan){.linger_ns = 1000 * SECOND, .reads = rng_below(&c->rng, 2) == 0};
    if (rng_below(&c->rng, 2) == 0) { /* half a size, or half a request */
        static const uint8_t beginning[] = {0, 0, 1, 0, 0, 3, 0, 9, 0, 0, 0};
        ret->len = rng_between(&c->rng, 1, sizeof(beginning));
        ret->bytes = mem_alloc(ret->len);
        memcpy(ret->bytes, beginning, ret->len);
    }
    return true;
}

static bool all_closed_by_peer(void *ctx)
{
    struct house *h = ctx;
    return conns(h) <= 1; /* the polite admin */
}

static void a_thousand_silent_connections_cost_little_and_are_closed(void **state)
{
    (void)state;
    struct seed_result res = {0};
    static const char *const idle[] = {"connections.max.idle.ms=20000"};
    struct world_options o = world_options_default();
    o.backlog_max = 1024;
    struct house *h = calloc(1, sizeof(*h));
    assert_non_null(h);
    house_open(h, 1, &res, &o, &(struct rig_sizes){.shards = 2, .grace_ms = 100}, idle, 1);
    h->plans_left = STRANGERS_MAX;
    strangers_come(h, STRANGERS_MAX, silent_plan);
    world_run_for(h->w, SECOND);
    assert_string_equal(res.why, "");
    assert_true(conns(h) >= STRANGERS_MAX);
    assert_true(rig_net_bytes(&h->rig) == 0); /* half a request is no request */
    polite_start(h, 100, 500, MS);
    polite_finish(h);
    assert_string_equal(res.why, "");
    polite_stop(h);
    bool came = world_run_until(h->w, all_closed_by_peer, h, 60 * SECOND);
    assert_true(came);
    house_close(h);
    assert_string_equal(res.why, "");
    free(h);
}

/* ---- who never reads ---- */

/* Asks for everything, many times over, and reads nothing of it. */
static bool greedy_plan(struct rawclient *c, struct raw_plan *ret)
{
    struct house *h = c->ctx;
    if (h->plans_left == 0)
        return false;
    h->plans_left--;
    struct mr_arena a;
    arena_init(&a, 16 << 20);
    struct kw_writer w;
    kw_writer_init(&w, &a, 0, 16 << 20, false);
    for (int i = 0; i < 200; i++) {
        struct kw_fetch_request in;
        struct kw_fetch_request_topic topic;
        struct kw_fetch_request_partition parts[4];
        kw_fetch_request_init(&in);
        kw_fetch_request_topic_init(&topic);
        in.max_bytes = INT32_MAX;
        in.topics = &topic;
        in.topics_count = 1;
        topic.topic = mr_str_of(h->topics[0].name);
        topic.partitions = parts;
        topic.partitions_count = 4;
        for (int p = 0; p < 4; p++) {
            kw_fetch_request_partition_init(&parts[p]);
            parts[p].partition = p;
            parts[p].partition_max_bytes = INT32_MAX;
        }
        struct kw_frame frame = kw_frame_begin(&w);
        kw_request_head_encode(&w, &kw_fetch_request_info, 12, i, MR_STR_LIT("greedy"));
        kw_fetch_request_encode(&w, 12, &in);
        kw_frame_end(&w, frame);
    }
    *ret = (struct raw_plan){.bytes = mem_alloc(w.len), .len = w.len, .linger_ns = 1000 * SECOND};
    memcpy(ret->bytes, w.buf, w.len);
    arena_done(&a);
    return true;
}

/* The connections that never read hold the newest records while others go on writing: many times what the
 * broker may keep in memory. Nobody may have to wait for them. */
static void who_never_reads_holds_up_nobody(void **state)
{
    (void)state;
    for (uint32_t shards = 1; shards <= 2; shards++) {
        struct seed_result res = {0};
        struct house *h = calloc(1, sizeof(*h));
        assert_non_null(h);
        house_open(h, shards, &res, NULL, &(struct rig_sizes){.shards = shards, .grace_ms = 100}, NULL, 0);
        polite_start(h, 900, 900000, MS / 2);
        for (int i = 0; i < 40; i++) { /* they come while there is something to hold */
            world_run_for(h->w, 20 * MS);
            h->plans_left += 2;
            if (getenv("NOSTRANGER") == NULL)
                strangers_come(h, 2, greedy_plan);
        }
        polite_finish(h);
        assert_string_equal(res.why, "");
        house_close(h);
        assert_string_equal(res.why, "");
        free(h);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strangers_disturb_nobody),
        cmocka_unit_test(a_thousand_silent_connections_cost_little_and_are_closed),
        cmocka_unit_test(who_never_reads_holds_up_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
