/* Whole brokers that lose power, are killed and restarted at any moment, with producers, consumers and
 * administrators on a network that does what networks do: every promise is kept, and when the faults end
 * everything comes to an end soon. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/sim/broker_rig.h"
#include "tests/sim/broker_witness.h"
#include "tests/sim/client_admin.h"
#include "tests/sim/client_consumer.h"
#include "tests/sim/client_producer.h"
#include "tests/sim/disk.h"

enum { TOPICS_MAX = 3, HOSTS_MAX = 2, PRODUCERS_MAX = 4, CONSUMERS_MAX = 3, STARTS_MAX = 40 };
#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)
/* From the last fault on: all producers have finished by then. Beyond what clients wait for by themselves
 * (patience 5 s). */
#define CONVERGE_NS (120 * SECOND)

struct power {
    struct world *w;
    struct seed_result *res;
    struct rng rng;
    struct rig rig;
    struct rig_sizes sizes;
    struct bcheck check;
    struct witness witness;
    struct ktopic topics[TOPICS_MAX];
    uint32_t topic_count;
    struct khost hosts[HOSTS_MAX];
    uint32_t host_count;
    struct kadmin admin;
    struct kproducer producers[PRODUCERS_MAX];
    struct kconsumer consumers[CONSUMERS_MAX], observer;
    struct kpoller poller;
    uint32_t producer_count, consumer_count;
    bool poller_on, observer_on;
    uint32_t kills;
    bool by_power;  /* how the process will die */
    bool closing;   /* SIGTERM was sent */
    bool dir_fails; /* one of several has, in this life */
    bool reshard;   /* every start draws its number of shards anew */
};

static struct khost *some_host(struct power *s)
{
    return &s->hosts[rng_below(&s->rng, s->host_count)];
}

static bool ok(const struct power *s)
{
    return s->res->err == 0;
}

/* ---- the broker's life ---- */

static bool up_or_ended(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

static uint32_t draw_shards(struct rng *r)
{
    return 1u << rng_below(r, 3);
}

/* A process may die by the count of its file operations, so that starts and stops are hit in their middle. */
static void maybe_die(struct power *s, uint32_t pct, uint64_t operations_max)
{
    bool die = rng_below(&s->rng, 100) < pct;
    node_die_after(s->rig.node, die ? rng_between(&s->rng, 1, operations_max) : 0,
                   rng_below(&s->rng, 2) == 0);
}

/* The kill may come from node_die_after(): then the rig does not know yet. */
static bool dead(const struct power *s)
{
    return rig_running(&s->rig) && world_io_dead(s->rig.seats[0].io);
}

static bool up_or_ended_or_dead(void *ctx)
{
    struct power *s = ctx;
    return up_or_ended(&s->rig) || dead(s);
}

static void reap(struct power *s, bool may_fail)
{
    node_faults_clear(s->rig.node);
    may_fail = may_fail || s->dir_fails; /* its last files may be what fails, at a stop */
    char why[200] = "";
    if (dead(s)) {
        s->rig.killed = true;
        s->kills++;
    }
    if (s->rig.killed)
        witness_crash(&s->witness, s->by_power);
    int err = rig_reap(&s->rig, why, sizeof(why));
    if (s->closing || s->reshard) /* until now it may have taken requests */
        s->check.settled++;
    s->closing = false;
    seed_check(s->res, err == 0 || err == -ECANCELED || may_fail, "the broker ended with err %d: %s", err,
               why);
}

static void tell_life(struct power *s)
{
    static const char *const found[] = {"empty", "clean", "crashed"};
    const struct boot_report *r = boot_report(s->rig.boot);
    if (getenv("MR_SIM_SUMMARY") != NULL)
        fprintf(stderr,
                "  %10.3f ms life %u: %u shards (%u before), found %s: %llu logs, %llu entries, %u topics, "
                "%u partitions, %u "
                "removed, %u strays\n",
                (double)world_now_ns(s->w) / 1e6, s->rig.lives, s->sizes.shards, r->shards_before,
                found[r->state], (unsigned long long)r->logs, (unsigned long long)r->journal_entries,
                r->topics, r->partitions, r->removed, r->strays);
}

static void start(struct power *s, bool may_die)
{
    for (uint32_t i = 0; ok(s); i++) {
        if (s->sizes.shards == 0 || s->reshard)
            s->sizes.shards = draw_shards(&s->rng);
        s->sizes.mailbox_slots = 2u << rng_below(&s->rng, 6);
        rig_start(&s->rig, &s->sizes);
        if (s->reshard)
            s->check.settled++;
        maybe_die(s, may_die && i < STARTS_MAX / 2 ? 30 : 0, 120);
        bool came = world_run_until(s->w, up_or_ended_or_dead, s, 300 * SECOND);
        seed_check(s->res, came, "the broker does not come up");
        if (rig_up(&s->rig)) {
            tell_life(s);
            return;
        }
        if (came)
            reap(s, false);
        if (!seed_check(s->res, i < STARTS_MAX, "the broker was started %u times in vain", i))
            return;
    }
}

static void finish_life(struct power *s)
{
    if (dead(s) || rig_ended(&s->rig)) {
        reap(s, false);
        return;
    }
    s->closing = true;
    rig_stop(&s->rig);
    bool came = world_run_until(s->w, ended, &s->rig, 300 * SECOND);
    if (seed_check(s->res, came, "the broker does not stop"))
        reap(s, false);
}

static bool ended_or_dead(void *ctx)
{
    struct power *s = ctx;
    return rig_ended(&s->rig) || dead(s);
}

/* One end of the broker: power, kill -9 or SIGTERM, the last perhaps with a kill in its middle. */
static void crash(struct power *s)
{
    uint64_t kind = rng_below(&s->rng, 10);
    if (dead(s)) {
        reap(s, false);
    } else if (kind < 7) {
        s->by_power = kind < 4;
        rig_kill(&s->rig, s->by_power);
        s->kills++;
        reap(s, false);
    } else {
        maybe_die(s, 50, 60);
        s->closing = true;
        rig_stop(&s->rig);
        bool came = world_run_until(s->w, ended_or_dead, s, 300 * SECOND);
        if (seed_check(s->res, came, "the broker does not stop"))
            reap(s, false);
    }
    node_die_after(s->rig.node, 0, false);
    if (ok(s) && rng_below(&s->rng, 2) == 0)
        rig_verify(&s->rig);
    if (ok(s))
        world_run_for(s->w, rng_below(&s->rng, rng_below(&s->rng, 2) == 0 ? 10 * MS : 2 * SECOND));
}

/* ---- the clients ---- */

static bool admin_ready(void *ctx)
{
    struct power *s = ctx;
    return s->admin.ready || !ok(s);
}

static void make_topics(struct power *s)
{
    static const char *const segment_ms[] = {"20", "200", "100000", "604800000"};
    s->topic_count = (uint32_t)rng_between(&s->rng, 1, TOPICS_MAX);
    for (uint32_t i = 0; i < s->topic_count; i++) {
        s->topics[i].partitions = (int32_t)rng_between(&s->rng, 1, 5);
        snprintf(s->topics[i].name, sizeof(s->topics[i].name), "topic-%u", i);
    }
    kadmin_init(&s->admin, &s->hosts[0], "admin", "broker", RIG_PORT, s->res, rng_next(&s->rng));
    s->admin.client.patience_ns = 5 * SECOND;
    s->admin.configs[s->admin.config_count++] =
        (struct kconfig){"segment.ms", segment_ms[rng_below(&s->rng, MR_COUNT(segment_ms))]};
    s->admin.configs[s->admin.config_count++] = (struct kconfig){"segment.bytes", "1048576"};
    if (rng_below(&s->rng, 4) == 0)
        s->admin.configs[s->admin.config_count++] =
            (struct kconfig){"message.timestamp.type", "LogAppendTime"};
    kadmin_make(&s->admin, s->topics, s->topic_count);
    bool came = world_run_until(s->w, admin_ready, s, 200 * SECOND);
    seed_check(s->res, came, "the topics are not made in time");
    for (uint32_t i = 0; i < s->topic_count; i++)
        bcheck_topic(&s->check, &s->topics[i]);
}

static void add_producer(struct power *s)
{
    static const uint32_t bytes[] = {100, 1000, 6000, 30000};
    struct kproducer *p = &s->producers[s->producer_count];
    char name[16];
    snprintf(name, sizeof(name), "producer-%u", s->producer_count++);
    uint64_t kind = rng_below(&s->rng, 10);
    struct kproducer_options o = {
        .idempotent = kind < 8,
        .acks = kind == 9                    ? 0
                : rng_below(&s->rng, 4) == 0 ? 1
                                             : -1,
        .batches = (uint32_t)rng_between(&s->rng, 5, 80),
        .records_max = (uint32_t)rng_between(&s->rng, 1, 12),
        .record_bytes_max = bytes[rng_below(&s->rng, MR_COUNT(bytes))],
        .pace_ns = rng_between(&s->rng, 1, 40) * MS,
        .in_flight = (uint32_t)rng_between(&s->rng, 1, 5),
        .compressed_pct = rng_below(&s->rng, 2) == 0 ? 0 : 30,
        .hang_up_ppm = rng_below(&s->rng, 2) == 0 ? 0 : 150000,
    };
    kproducer_init(p, some_host(s), name, "broker", RIG_PORT, &s->check, &o, rng_next(&s->rng));
    p->client.patience_ns = 5 * SECOND;
    for (uint32_t i = 0; i < s->check.part_count; i++) {
        if (p->part_count < PRODUCER_PARTS_MAX && (rng_below(&s->rng, 2) == 0 || i == 0))
            kproducer_part(p, i);
    }
    kproducer_start(p);
}

static struct kconsumer_options draw_consumer(struct power *s)
{
    static const int32_t waits[] = {0, 5, 500}, bytes[] = {1, 1000, 100000, 10000000};
    return (struct kconsumer_options){
        .sessions = rng_below(&s->rng, 2) == 0,
        .wait_ms = waits[rng_below(&s->rng, MR_COUNT(waits))],
        .min_bytes = bytes[rng_below(&s->rng, 3)],
        .max_bytes = bytes[rng_below(&s->rng, MR_COUNT(bytes))],
        .part_bytes = bytes[rng_below(&s->rng, MR_COUNT(bytes))],
        .seek_ppm = rng_below(&s->rng, 2) == 0 ? 0 : 50000,
        .pace_ns = rng_between(&s->rng, 1, 20) * MS,
    };
}

static void add_consumer(struct power *s)
{
    struct kconsumer *c = &s->consumers[s->consumer_count];
    char name[16];
    snprintf(name, sizeof(name), "consumer-%u", s->consumer_count++);
    struct kconsumer_options o = draw_consumer(s);
    kconsumer_init(c, some_host(s), name, "broker", RIG_PORT, &s->check, &o, rng_next(&s->rng));
    c->client.patience_ns = 5 * SECOND;
    for (uint32_t i = 0; i < s->check.part_count; i++) {
        if (rng_below(&s->rng, 3) > 0 || c->part_count == 0)
            kconsumer_part(c, i, 0);
    }
    kconsumer_start(c);
}

static bool producers_finished(const struct power *s)
{
    for (uint32_t i = 0; i < s->producer_count; i++) {
        if (!kproducer_finished(&s->producers[i]))
            return false;
    }
    return true;
}

static bool produced(void *ctx)
{
    struct power *s = ctx;
    return producers_finished(s) || dead(s) || !ok(s);
}

static bool failed_or_dead(void *ctx)
{
    struct power *s = ctx;
    return dead(s) || !ok(s);
}

static bool observed(void *ctx)
{
    struct power *s = ctx;
    return kconsumer_finished(&s->observer) || !ok(s);
}

static void observe_everything(struct power *s)
{
    struct kconsumer_options o = draw_consumer(s);
    o.seek_ppm = 0;
    o.max_bytes = o.part_bytes = 10000000;
    o.min_bytes = 1;
    o.pace_ns = 0;
    kconsumer_init(&s->observer, some_host(s), "observer", "broker", RIG_PORT, &s->check, &o,
                   rng_next(&s->rng));
    s->observer_on = true;
    for (uint32_t i = 0; i < s->check.part_count; i++)
        kconsumer_part(&s->observer, i, 0);
    kconsumer_to_the_end(&s->observer);
    kconsumer_start(&s->observer);
    bool came = world_run_until(s->w, observed, s, 200 * SECOND);
    seed_check(s->res, came, "the observer does not come to the end of the logs");
}

static bool observer_over(void *ctx)
{
    return kclient_over(&((struct power *)ctx)->observer.client);
}

static void stop_observer(struct power *s)
{
    kconsumer_stop(&s->observer);
    world_run_until(s->w, observer_over, s, 60 * SECOND);
    kconsumer_done(&s->observer);
    s->observer_on = false;
}

static void check_client(struct power *s, const struct kclient *c)
{
    seed_check(s->res, !c->wrong, "%s: %s", c->name, c->why);
}

static void check_clients(struct power *s)
{
    check_client(s, &s->admin.client);
    for (uint32_t i = 0; i < s->producer_count; i++)
        check_client(s, &s->producers[i].client);
    for (uint32_t i = 0; i < s->consumer_count; i++)
        check_client(s, &s->consumers[i].client);
    if (s->poller_on)
        check_client(s, &s->poller.client);
    if (s->observer_on)
        check_client(s, &s->observer.client);
}

static void stop_clients(struct power *s)
{
    kadmin_stop(&s->admin);
    for (uint32_t i = 0; i < s->producer_count; i++)
        kproducer_stop(&s->producers[i]);
    for (uint32_t i = 0; i < s->consumer_count; i++)
        kconsumer_stop(&s->consumers[i]);
    if (s->poller_on)
        kpoller_stop(&s->poller);
    if (s->observer_on)
        kconsumer_stop(&s->observer);
}

static bool clients_over(void *ctx)
{
    struct power *s = ctx;
    for (uint32_t i = 0; i < s->host_count; i++) {
        LIST_FOR(at, &s->hosts[i].clients)
        {
            if (!kclient_over(MR_CONTAINER(at, struct kclient, link)))
                return false;
        }
    }
    return true;
}

static void free_clients(struct power *s)
{
    kadmin_done(&s->admin);
    for (uint32_t i = 0; i < s->producer_count; i++)
        kproducer_done(&s->producers[i]);
    for (uint32_t i = 0; i < s->consumer_count; i++)
        kconsumer_done(&s->consumers[i]);
    if (s->poller_on)
        kpoller_done(&s->poller);
    if (s->observer_on)
        kconsumer_done(&s->observer);
    for (uint32_t i = 0; i < s->host_count; i++)
        khost_done(&s->hosts[i]);
}

/* ---- the scenario ---- */

static void begin(struct power *s, uint64_t seed, struct seed_result *res, const struct world_options *o)
{
    *s = (struct power){.w = world_new(seed, o), .res = res};
    rng_seed(&s->rng, seed, 50);
    /* Of its own, so that seeds which found something once stay what they were. What is unpacked in steps
     * meets restarts and deletions; repacked to another codec it would not be found in the journal by the
     * witness. */
    struct rng codecs;
    rng_seed(&codecs, seed, 51);
    static const char *const unpacking[] = {"millrace.unpack.inline.bytes=0",
                                            "millrace.unpack.inline.bytes=200",
                                            "millrace.unpack.inline.bytes=1048576"};
    const char *overrides[3] = {unpacking[rng_below(&codecs, 3)], rng_below(&codecs, 3) == 0
                                                                      ? "compression.type=uncompressed"
                                                                      : "compression.type=producer"};
    overrides[2] = rig_several_dirs(seed);
    rig_init(&s->rig, s->w, overrides, overrides[2] != NULL ? 3 : 2, res);
    bcheck_init(&s->check, res);
    witness_init(&s->witness, s->w, s->rig.node, &s->check);
    s->host_count = (uint32_t)rng_between(&s->rng, 1, HOSTS_MAX);
    for (uint32_t i = 0; i < s->host_count; i++) {
        char name[16];
        snprintf(name, sizeof(name), "client-%u", i);
        khost_init(&s->hosts[i], world_node(s->w, name), i);
        witness_host(&s->witness, &s->hosts[i]);
    }
    static const uint32_t chunks[] = {4096, 65536, 262144};
    s->sizes = (struct rig_sizes){
        .net_memory_bytes = rng_below(&s->rng, 2) == 0 ? 0 : UINT64_C(50000) << rng_below(&s->rng, 8),
        .requests_per_conn = rng_below(&s->rng, 2) == 0 ? 0 : (uint32_t)rng_between(&s->rng, 1, 5),
        .grace_ms = (uint32_t)rng_below(&s->rng, 2000),
        .recv_chunk_bytes = chunks[rng_below(&s->rng, MR_COUNT(chunks))],
        .recv_chunks_max = (uint32_t)rng_between(&s->rng, 3, 64),
    };
}

/* One of several directories fails for the rest of this life; not the metadata's. What it had acknowledged is
 * there in the next one. */
static void a_directory_fails(struct power *s)
{
    const struct mr_config *c = s->rig.config;
    uint64_t d = rng_between(&s->rng, 1, c->log_dirs_count - 1);
    world_run_until(s->w, failed_or_dead, s, rng_below(&s->rng, 300 * MS));
    node_fault(s->rig.node, &(struct disk_fault){.kinds = 1u << SIM_WRITE_FLUSH | 1u << SIM_WRITE |
                                                          1u << SIM_FLUSH | 1u << SIM_OPEN,
                                                 .path = c->log_dirs[d],
                                                 .err = -EIO});
}

static void faults(struct power *s)
{
    uint32_t crashes = (uint32_t)rng_between(&s->rng, 0, 4);
    for (uint32_t i = 0; i < crashes && ok(s); i++) {
        bool fails = s->rig.config->log_dirs_count > 1 && rng_below(&s->rng, 2) == 0;
        s->dir_fails = fails;
        if (fails)
            a_directory_fails(s);
        world_run_until(s->w, failed_or_dead, s,
                        rng_below(&s->rng, rng_below(&s->rng, 2) == 0 ? 60 * MS : 1500 * MS));
        if (ok(s))
            crash(s);
        node_faults_clear(s->rig.node);
        s->dir_fails = false;
        if (fails)
            s->rig.errors = 0; /* it was told */
        if (ok(s))
            start(s, true);
        node_die_after(s->rig.node, 0, false);
    }
}

static void healthy(struct power *s)
{
    world_heal(s->w);
    for (uint32_t i = 0; i < s->producer_count; i++)
        kproducer_hurry(&s->producers[i]);
    bool came = world_run_until(s->w, produced, s, CONVERGE_NS);
    seed_check(s->res, came, "the producers do not come to an end");
    if (ok(s))
        observe_everything(s);
    if (ok(s))
        bcheck_final(&s->check);
    check_clients(s);
}

/* Closed cleanly and opened again, everything is still there. */
static void once_more(struct power *s)
{
    stop_observer(s);
    finish_life(s);
    if (!ok(s))
        return;
    if (rng_below(&s->rng, 2) == 0) {
        node_power_loss(s->rig.node);
        witness_crash(&s->witness, true);
    }
    start(s, false);
    if (ok(s))
        observe_everything(s);
    if (ok(s))
        bcheck_final(&s->check);
    check_clients(s);
}

static void end(struct power *s)
{
    if (ok(s)) {
        stop_clients(s);
        bool came = world_run_until(s->w, clients_over, s, 100 * SECOND);
        seed_check(s->res, came, "the clients do not come to an end");
    }
    if (ok(s))
        finish_life(s);
    seed_check(s->res, s->rig.errors == 0, "logged: %s", s->rig.error);
    seed_check(s->res, world_failure(s->w) == 0, "a turn failed with %d", world_failure(s->w));
    s->res->trace = world_trace_hash(s->w);
    if (ok(s)) { /* else something may be in flight */
        free_clients(s);
        rig_done(&s->rig);
        witness_done(&s->witness);
        bcheck_done(&s->check);
        world_free(s->w);
    }
}

static void scenario(uint64_t seed, struct seed_result *res, bool reshard)
{
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    if (o.link.max > 2 * MS) /* else a fetch of a megabyte takes minutes */
        o.window_bytes = (uint32_t)mr_max(o.window_bytes, 32768);
    struct power *s = calloc(1, sizeof(*s));
    assert_non_null(s);
    begin(s, seed, res, &o);
    s->reshard = reshard;
    start(s, rng_below(&s->rng, 4) == 0);
    node_die_after(s->rig.node, 0, false);
    if (ok(s))
        make_topics(s);
    if (ok(s)) {
        uint32_t producers = (uint32_t)rng_between(&s->rng, 1, PRODUCERS_MAX);
        uint32_t consumers = (uint32_t)rng_below(&s->rng, CONSUMERS_MAX + 1);
        for (uint32_t i = 0; i < producers; i++)
            add_producer(s);
        for (uint32_t i = 0; i < consumers; i++)
            add_consumer(s);
        kpoller_init(&s->poller, some_host(s), "poller", "broker", RIG_PORT, &s->check, 10 * MS,
                     rng_next(&s->rng));
        s->poller.client.patience_ns = 5 * SECOND;
        s->poller_on = true;
        if (rng_below(&s->rng, 2) == 0)
            kadmin_churn(&s->admin, rng_between(&s->rng, 5, 100) * MS);
        faults(s);
    }
    if (ok(s))
        healthy(s);
    if (ok(s) && rng_below(&s->rng, 3) == 0)
        once_more(s);
    if (getenv("MR_SIM_SUMMARY") != NULL)
        fprintf(stderr,
                "seed %llu: %llu acked, %llu served, %u lives, %u kills, %llu churned, %llu+%llu witnessed, "
                "%llu steps, %.3f s\n",
                (unsigned long long)seed, (unsigned long long)s->check.acked,
                (unsigned long long)s->check.served, s->rig.lives, s->kills,
                (unsigned long long)s->admin.changes, (unsigned long long)s->witness.acks_seen,
                (unsigned long long)s->witness.records_seen, (unsigned long long)world_steps(s->w),
                (double)world_now_ns(s->w) / 1e9);
    end(s);
    free(s);
}

static void same_shards(uint64_t seed, struct seed_result *res)
{
    scenario(seed, res, false);
}
static void other_shards(uint64_t seed, struct seed_result *res)
{
    scenario(seed, res, true);
}

static void nothing_acknowledged_or_served_is_ever_lost(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_broker_power", 1, 350, same_shards), 0);
}

static void nor_when_every_start_has_another_number_of_shards(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_broker_power", 1001, 1150, other_shards), 0);
}

/* An argument chooses among the tests, as cmocka's filter does: for one kind of seeds in a soak. */
int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_acknowledged_or_served_is_ever_lost),
        cmocka_unit_test(nor_when_every_start_has_another_number_of_shards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
