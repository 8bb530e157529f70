/* Transactions on whole brokers that are killed, lose power and change their number of shards, with clients
 * that repeat, fall silent, take each other's transactional id over and go on as zombies: all or nothing.
 * Readers of what is committed never see what was aborted or is undecided, while it happens and in the end;
 * the offsets and the records of one transaction are there together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/sim/broker_rig.h"
#include "tests/sim/client_admin.h"
#include "tests/sim/client_txn.h"

#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)

enum { HOLDERS = 6, LEAVERS = 2, IDS = 3, LIVES = 5 };

struct scene {
    struct world *w;
    struct seed_result *res;
    struct rng rng;
    struct rig rig;
    struct khost host;
    struct ktopic topic;
    struct kadmin admin;
    struct txn_check check;
    struct ktxn holders[HOLDERS];
    struct txn_reader reader;
};

static bool ok(const struct scene *s)
{
    return s->res->err == 0;
}
static bool settled(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

static void start(struct scene *s)
{
    rig_start(&s->rig, &(struct rig_sizes){.shards = 1u << rng_below(&s->rng, 3)});
    bool came = world_run_until(s->w, settled, &s->rig, 300 * SECOND);
    seed_check(s->res, came && rig_up(&s->rig), "the broker does not come up");
}

static void stop(struct scene *s)
{
    char why[200] = "";
    uint64_t kind = rng_below(&s->rng, 4);
    if (kind < 3) {
        rig_kill(&s->rig, kind == 0);
    } else {
        rig_stop(&s->rig);
        bool came = world_run_until(s->w, ended, &s->rig, 300 * SECOND);
        if (!seed_check(s->res, came, "the broker does not stop"))
            return;
    }
    int err = rig_reap(&s->rig, why, sizeof(why));
    seed_check(s->res, err == 0 || err == -ECANCELED, "the broker ended with %d: %s", err, why);
}

static bool ready(void *ctx)
{
    const struct scene *s = ctx;
    return s->admin.ready || !ok(s);
}

static bool all_over(void *ctx)
{
    const struct scene *s = ctx;
    for (int i = 0; i < HOLDERS; i++) {
        if (!ktxn_finished(&s->holders[i]))
            return !ok(s);
    }
    return true;
}

static bool all_read(void *ctx)
{
    const struct scene *s = ctx;
    return txn_reader_finished(&s->reader) || !ok(s);
}

static bool all_closed(void *ctx)
{
    const struct scene *s = ctx;
    bool over = kclient_over(&s->reader.client) && kclient_over(&s->admin.client);
    for (int i = 0; i < HOLDERS; i++)
        over = over && kclient_over(&s->holders[i].client) && kclient_over(&s->holders[i].ghost);
    return over;
}

static void clients_init(struct scene *s, uint64_t seed)
{
    khost_init(&s->host, world_node(s->w, "client"), 0);
    s->topic = (struct ktopic){.name = "t", .partitions = TXN_PARTS};
    kadmin_init(&s->admin, &s->host, "admin", "broker", RIG_PORT, s->res, seed);
    txn_check_init(&s->check, s->res);
    for (uint32_t i = 0; i < HOLDERS; i++)
        ktxn_init(&s->holders[i], &s->host, "broker", RIG_PORT, &s->check, &s->topic, i % IDS, i, seed);
    for (uint32_t i = 0; i < LEAVERS; i++)
        s->holders[HOLDERS - 1 - i].leaver = true; /* the others of that id have it for themselves */
    txn_reader_init(&s->reader, &s->host, "broker", RIG_PORT, &s->check, &s->topic, IDS, seed);
}

static void clients_done(struct scene *s)
{
    kadmin_stop(&s->admin);
    txn_reader_stop(&s->reader);
    for (int i = 0; i < HOLDERS; i++)
        ktxn_stop(&s->holders[i]);
    bool came = world_run_until(s->w, all_closed, s, 60 * SECOND);
    seed_check(s->res, came, "clients do not end");
    kadmin_done(&s->admin);
    txn_reader_done(&s->reader);
    for (int i = 0; i < HOLDERS; i++)
        ktxn_done(&s->holders[i]);
    khost_done(&s->host);
}

static void play(struct scene *s)
{
    kadmin_make(&s->admin, &s->topic, 1);
    bool came = world_run_until(s->w, ready, s, 200 * SECOND);
    if (!seed_check(s->res, came, "the topic is not made"))
        return;
    for (int i = 0; i < HOLDERS; i++)
        ktxn_start(&s->holders[i]);
    txn_reader_start(&s->reader);
    for (int life = 0; ok(s) && life < LIVES; life++) {
        world_run_for(s->w, rng_between(&s->rng, 20 * MS, 5000 * MS));
        if (!ok(s))
            return;
        stop(s);
        if (ok(s))
            start(s);
    }
    if (!ok(s))
        return;
    world_heal(s->w);
    for (int i = 0; i < HOLDERS; i++)
        ktxn_hurry(&s->holders[i]);
    came = world_run_until(s->w, all_over, s, 300 * SECOND);
    if (!seed_check(s->res, came, "transactions do not come to an end: %s", ktxn_stuck(s->holders, HOLDERS)))
        return;
    txn_reader_to_the_end(&s->reader);
    came = world_run_until(s->w, all_read, s, 300 * SECOND);
    if (seed_check(s->res, came, "the last stable offset stays behind: %s", txn_reader_stuck(&s->reader)))
        txn_check_end(&s->check);
}

static void scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {
        "offsets.topic.num.partitions=2",
        "transaction.state.log.num.partitions=2",
        "millrace.coordinator.rewrite.bytes=65536",
    };
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    o.disk_bytes = UINT64_C(4) << 30;
    struct scene *s = calloc(1, sizeof(*s));
    s->w = world_new(seed, &o);
    s->res = res;
    rng_seed(&s->rng, seed, 78);
    rig_init(&s->rig, s->w, overrides, MR_COUNT(overrides), res);
    clients_init(s, seed);
    start(s);
    if (ok(s))
        play(s);
    clients_done(s);
    if (rig_running(&s->rig)) {
        rig_kill(&s->rig, false);
        (void)rig_reap(&s->rig, NULL, 0);
    }
    seed_check(res, s->rig.errors == 0, "the broker says: %s", s->rig.error);
    txn_check_done(&s->check);
    res->trace = world_trace_hash(s->w);
    rig_done(&s->rig);
    world_free(s->w);
    free(s);
}

static void all_or_nothing(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_txn", 1, 25, scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_or_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
