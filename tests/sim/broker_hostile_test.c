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
    int greed; /* requests of one greedy stranger */
    bool clients_on;
    uint64_t memory_most[RIG_SHARDS_MAX], read_most[RIG_SHARDS_MAX]; /* that the net layer ever held */
    uint64_t cold_most[RIG_SHARDS_MAX]; /* that blocks of segment files ever were */
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

static void note_memory(struct house *h)
{
    for (uint32_t i = 0; rig_up(&h->rig) && i < h->rig.sizes.shards; i++) {
        const struct net_shard *n = net_of(h->rig.shards[i]);
        h->memory_most[i] = mr_max(h->memory_most[i], n->memory_bytes);
        h->read_most[i] = mr_max(h->read_most[i], n->read_bytes);
        struct store_stats stats;
        store_stats(broker_of(h->rig.shards[i])->stores[0], &stats);
        h->cold_most[i] = mr_max(h->cold_most[i], stats.cold_bytes);
    }
}

static bool polite_done(void *ctx)
{
    struct house *h = ctx;
    note_memory(h);
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
    assert_true(rig_net_bytes(&h->rig) < STRANGERS_MAX * 300); /* half a request is no request */
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

/* ---- who never reads, who never ends ---- */

/* A plan that sends len bytes and then says no more for a long time. Takes bytes. */
static struct raw_plan and_then_silence(uint8_t *bytes, size_t len)
{
    return (struct raw_plan){.bytes = bytes, .len = len, .linger_ns = 3000 * SECOND};
}

/* count fetch requests for all of the first topic, from the beginning on; names: of topics that are not,
 * which make them longer. */
static struct raw_plan fetches(struct house *h, int count, int32_t wait_ms, int32_t names)
{
    struct mr_arena a;
    arena_init(&a, 16 << 20);
    struct kw_writer w;
    kw_writer_init(&w, &a, 0, 16 << 20, false);
    for (int i = 0; i < count; i++) {
        struct kw_fetch_request in;
        struct kw_fetch_request_partition parts[4];
        struct kw_fetch_request_topic topic;
        struct kw_fetch_request_forgotten_topic *forgotten =
            arena_array(&a, struct kw_fetch_request_forgotten_topic, (size_t)names);
        kw_fetch_request_init(&in);
        kw_fetch_request_topic_init(&topic);
        in.max_bytes = INT32_MAX;
        in.min_bytes = wait_ms > 0 ? INT32_MAX : 1;
        in.max_wait_ms = wait_ms;
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
        for (int32_t n = 0; n < names; n++) {
            kw_fetch_request_forgotten_topic_init(&forgotten[n]);
            forgotten[n].topic = MR_STR_LIT("a topic that nobody has ever heard of");
        }
        in.forgotten_topics_data = forgotten;
        in.forgotten_topics_data_count = names;
        struct kw_frame frame = kw_frame_begin(&w);
        kw_request_head_encode(&w, &kw_fetch_request_info, 12, i, MR_STR_LIT("greedy"));
        kw_fetch_request_encode(&w, 12, &in);
        kw_frame_end(&w, frame);
    }
    MR_ASSERT(w.err == 0);
    uint8_t *bytes = mem_alloc(w.len);
    MR_ASSERT(bytes != NULL);
    memcpy(bytes, w.buf, w.len);
    struct raw_plan plan = and_then_silence(bytes, w.len);
    arena_done(&a);
    return plan;
}

/* Asks for everything, a number of times, and reads nothing of it. */
static bool greedy_plan(struct rawclient *c, struct raw_plan *ret)
{
    struct house *h = c->ctx;
    if (h->plans_left == 0)
        return false;
    h->plans_left--;
    *ret = fetches(h, h->greed, 0, 0);
    return true;
}

/* Wants to hear when there is more than there will ever be; in requests that are not small. */
static bool patient_plan(struct rawclient *c, struct raw_plan *ret)
{
    struct house *h = c->ctx;
    if (h->plans_left == 0)
        return false;
    h->plans_left--;
    *ret = fetches(h, 2, INT32_MAX, 100);
    ret->reads = true;
    return true;
}

/* Nearly all of a large request. */
static bool nearly_plan(struct rawclient *c, struct raw_plan *ret)
{
    struct house *h = c->ctx;
    size_t bytes = 3000000;
    if (h->plans_left == 0)
        return false;
    h->plans_left--;
    *ret = and_then_silence(mem_zalloc(1, bytes), bytes);
    mr_put32(ret->bytes, (uint32_t)bytes);
    return true;
}

static uint64_t slow_closed(const struct house *h)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < h->rig.sizes.shards; i++)
        count += net_of(h->rig.shards[i])->stats.slow;
    return count;
}

/* The connections that never read hold the newest records, and older ones, while others go on writing: many
 * times what the broker may keep in memory. Nobody may have to wait for them for long, and the memory is what
 * the configuration says. */
static void never_reads(uint32_t shards, int greed)
{
    struct seed_result res = {0};
    struct house *h = calloc(1, sizeof(*h));
    assert_non_null(h);
    house_open(h, shards, &res, NULL, &(struct rig_sizes){.shards = shards, .grace_ms = 100}, NULL, 0);
    h->greed = greed;
    polite_start(h, 300, 900000, 2 * MS);
    for (int i = 0; i < 40; i++) { /* they come while there is something to hold */
        world_run_for(h->w, 20 * MS);
        h->plans_left += 2;
        strangers_come(h, 2, greedy_plan);
    }
    polite_finish(h);
    assert_string_equal(res.why, "");
    world_run_for(h->w, 15 * SECOND);
    assert_true(greed == 1 ||
                slow_closed(h) > 0); /* one answer each, and nearly all the same: there is room */
    uint64_t quarter = (64 << 20) / shards / 4, batch = 1000000, read = 0;
    for (uint32_t i = 0; i < shards; i++) {
        /* Requests grow while they are worked on, and beyond the bound each of the strangers has one, and
         * what it sent before we stopped reading. */
        assert_in_range(h->memory_most[i], 1, 2 * quarter + 3 * batch + 80 * 65536);
        /* Most of what they read they share; the other half of the quarter is for that. */
        assert_in_range(h->read_most[i], 0, quarter / 2 + batch);
        assert_in_range(h->cold_most[i], 0, quarter / 2);
        read += h->read_most[i] + h->cold_most[i];
    }
    assert_true(greed == 1 || read > 0);
    house_close(h);
    assert_string_equal(res.why, "");
    free(h);
}

static void who_never_reads_holds_up_nobody(void **state)
{
    (void)state;
    for (uint32_t shards = 1; shards <= 2; shards++) {
        never_reads(shards, 200);
        never_reads(shards, 1);
    }
}

/* Requests that never get whole hold memory until others want it. */
static void who_never_ends_a_request_holds_up_nobody(void **state)
{
    (void)state;
    for (uint32_t shards = 1; shards <= 2; shards++) {
        struct seed_result res = {0};
        struct house *h = calloc(1, sizeof(*h));
        assert_non_null(h);
        struct rig_sizes sizes = {.shards = shards, .net_memory_bytes = 6000000, .grace_ms = 100};
        house_open(h, shards, &res, NULL, &sizes, NULL, 0);
        h->plans_left = 20;
        strangers_come(h, 20, nearly_plan);
        world_run_for(h->w, SECOND);
        polite_start(h, 100, 900000, 2 * MS);
        polite_finish(h);
        assert_string_equal(res.why, "");
        assert_true(slow_closed(h) > 0);
        for (uint32_t i = 0; i < shards; i++)
            assert_in_range(h->memory_most[i], 3000000, 6000000 + 2 * 4000000);
        house_close(h);
        assert_string_equal(res.why, "");
        free(h);
    }
}

/* Honest ones that together want more than there is take turns, and none of them is closed. */
static void large_requests_take_turns(void **state)
{
    (void)state;
    for (uint32_t shards = 1; shards <= 2; shards++) {
        struct seed_result res = {0};
        struct house *h = calloc(1, sizeof(*h));
        assert_non_null(h);
        struct rig_sizes sizes = {.shards = shards, .net_memory_bytes = 300000, .grace_ms = 100};
        house_open(h, shards, &res, NULL, &sizes, NULL, 0);
        polite_start(h, 100, 900000, MS);
        polite_finish(h);
        assert_string_equal(res.why, "");
        assert_int_equal(slow_closed(h), 0);
        house_close(h);
        assert_string_equal(res.why, "");
        free(h);
    }
}

/* An answer of which nothing is taken goes after connections.max.idle.ms, also when there is memory enough.
 */
static void who_never_reads_goes_in_the_end(void **state)
{
    (void)state;
    struct seed_result res = {0};
    static const char *const idle[] = {"connections.max.idle.ms=30000"};
    struct world_options o = world_options_default();
    o.window_bytes = 65536;
    struct house *h = calloc(1, sizeof(*h));
    assert_non_null(h);
    house_open(h, 1, &res, &o, &(struct rig_sizes){.shards = 2, .grace_ms = 100}, idle, 1);
    polite_start(h, 10, 20000, MS);
    polite_finish(h);
    assert_string_equal(res.why, "");
    polite_stop(h);
    h->plans_left = 4;
    h->greed = 2;
    strangers_come(h, 4, greedy_plan);
    world_run_for(h->w, 29 * SECOND);
    assert_int_equal(slow_closed(h), 0);
    assert_true(conns(h) >= 4);
    assert_true(rig_net_bytes(&h->rig) > 0);
    world_run_for(h->w, 18 * SECOND); /* how much was taken is looked at four times in 30 s */
    assert_int_equal(slow_closed(h), 4);
    assert_int_equal(conns(h), 0);
    assert_true(rig_net_bytes(&h->rig) == 0);
    house_close(h);
    assert_string_equal(res.why, "");
    free(h);
}

/* Requests that wait for ever do not hold what others need to be heard, and go with their connection. */
static void who_waits_for_ever_holds_up_nobody(void **state)
{
    (void)state;
    struct seed_result res = {0};
    struct house *h = calloc(1, sizeof(*h));
    assert_non_null(h);
    struct rig_sizes sizes = {.shards = 2, .recv_chunk_bytes = 16384, .recv_chunks_max = 8, .grace_ms = 100};
    house_open(h, 1, &res, NULL, &sizes, NULL, 0);
    h->plans_left = 100;
    strangers_come(h, 100, patient_plan);
    world_run_for(h->w, SECOND);
    assert_true(conns(h) >= 100);
    polite_start(h, 100, 5000, MS);
    polite_finish(h);
    assert_string_equal(res.why, "");
    assert_true(conns(h) >= 100);
    house_close(h);
    assert_string_equal(res.why, "");
    free(h);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strangers_disturb_nobody),
        cmocka_unit_test(a_thousand_silent_connections_cost_little_and_are_closed),
        cmocka_unit_test(who_never_reads_holds_up_nobody),
        cmocka_unit_test(who_never_ends_a_request_holds_up_nobody),
        cmocka_unit_test(large_requests_take_turns),
        cmocka_unit_test(who_never_reads_goes_in_the_end),
        cmocka_unit_test(who_waits_for_ever_holds_up_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
