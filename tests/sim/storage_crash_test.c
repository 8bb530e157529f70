/* A log directory under a broker that is killed, loses power and is stopped at any moment, start-up and
 * shutdown included: what was acknowledged is there, exactly once, in order, whatever else happens. The disk
 * itself is sound here; what faults do is storage_fault_test.c's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/sim/storage_doing.h"

static const char *const names[RIG_NAMES_MAX] = {"a", "b", "orders", "d.with.dots", "e-1", "f"};

static uint64_t pick(struct rng *r, const uint64_t *from, size_t count)
{
    return from[rng_below(r, count)];
}
#define PICK(r, ...) pick((r), (const uint64_t[]){__VA_ARGS__}, MR_COUNT(((const uint64_t[]){__VA_ARGS__})))

static struct world_options sound_disk(uint64_t seed)
{
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    o.slow.max = 20 * RIG_MS;
    return o;
}

static struct rig_options draw_options(uint64_t seed)
{
    struct rng r;
    rng_seed(&r, seed, 77);
    struct rig_options o = {.shards = (uint32_t)PICK(&r, 1, 1, 1, 2, 3)};
    o.store.unit = (uint32_t)PICK(&r, 512, 4096);
    o.store.flush = rng_below(&r, 8) != 0;
    if (!o.store.flush)
        o.store.unit = 4096;
    o.store.journal_files = (uint32_t)PICK(&r, 2, 3, 4, 4, 7);
    o.store.journal_file_bytes = PICK(&r, 65536, 65536, 131072, 262144);
    o.store.chunk_bytes = (uint32_t)PICK(&r, 4096, 8192, 16384, 65536);
    o.store.memory_bytes = o.store.chunk_bytes * PICK(&r, 4, 5, 8, 16);
    o.store.checkpoint_ms = (uint32_t)PICK(&r, 1, 5, 20, 100, 1000);
    o.store.files_open_max = (uint32_t)PICK(&r, 1, 3, 512);
    o.log.segment_bytes = PICK(&r, 4096, 10000, 16384, 65536, 1 << 20);
    o.log.segment_ms = rng_below(&r, 4) == 0 ? 20000 : INT64_MAX / 2;
    o.log.index_interval_bytes = (uint32_t)PICK(&r, 100, 1000, 4096);
    o.log.index_bytes_max = (uint32_t)PICK(&r, 64, 10 << 20);
    o.batch_bytes_max = (uint32_t)PICK(&r, 1000, 9000, 30000);
    o.names = (uint32_t)rng_between(&r, 1, RIG_NAMES_MAX);
    o.check_segments = true;
    return o;
}

static void step(struct rig *g)
{
    uint64_t dice = rng_below(g->rng, 1000);
    const char *name = names[rng_below(g->rng, g->o.names)];
    struct mlog *m = rig_live(g, name);
    if (m == NULL) {
        if (g->logs_made < 40)
            (void)rig_make(g, name);
        return;
    }
    if (dice < 550) {
        for (uint64_t n = rng_below(g->rng, 4) == 0 ? rng_between(g->rng, 1, 30) : 1; n > 0; n--)
            rig_append(g, rng_below(g->rng, 2) == 0 || m->remove_asked ? m : rig_live(g, m->name));
    } else if (dice < 800) {
        if (m->log != NULL && plog_open(m->log, NULL) && plog_failed(m->log) == 0)
            rig_read_some(g, m);
    } else if (dice < 860) {
        rig_set_start(g, m);
    } else if (dice < 872) {
        rig_remove(g, m);
    } else if (dice < 900) {
        store_checkpoint(g->stores[rng_below(g->rng, g->o.shards)]);
    } else if (dice < 905) {
        m->leader_epoch++;
    }
}

static void run(uint64_t seed, struct seed_result *r, uint32_t steps, uint32_t die_ppm)
{
    struct world_options wo = sound_disk(seed);
    struct rig_options o = draw_options(seed);
    struct rig g;
    rig_init(&g, seed, &wo, &o, r);
    rig_boot(&g, 0);
    for (uint32_t n = 0; n < steps && rig_ok(&g); n++) {
        if (rig_is_dead(&g)) {
            rig_bury(&g);
            rig_boot(&g, 300000);
            continue;
        }
        (void)rig_remove_again(&g);
        step(&g);
        for (uint64_t turns = rng_below(g.rng, 4); turns > 0; turns--)
            rig_turn(&g, rng_below(g.rng, 3) != 0 && g.in_flight > 0);
        if (rng_chance(g.rng, die_ppm))
            rig_plan_death(&g, rng_below(g.rng, 4) == 0 ? 0 : rng_between(g.rng, 1, 60),
                           rng_below(g.rng, 3) != 0);
        else if (rng_chance(g.rng, die_ppm / 3)) {
            if (rng_below(g.rng, 2) == 0)
                rig_plan_death(&g, rng_between(g.rng, 1, 80), rng_below(g.rng, 3) != 0);
            if (rig_close(&g) && rng_below(g.rng, 2) == 0) {
                node_power_loss(g.n);
                g.power_lost = true;
            }
            if (rig_ok(&g))
                rig_boot(&g, 300000);
        }
    }
    /* The end: all is answered, a clean close succeeds, and everything is still there. */
    if (rig_ok(&g) && rig_is_dead(&g)) {
        rig_bury(&g);
        rig_boot(&g, 0);
    }
    node_die_after(g.n, 0, false);
    for (int i = 0; i < 2 && rig_ok(&g); i++) {
        (void)rig_close(&g);
        if (!rig_ok(&g))
            break;
        node_power_loss(g.n);
        g.power_lost = true;
        rig_boot(&g, 0);
    }
    if (getenv("MR_RIG_STATS") != NULL)
        fprintf(stderr, "seed %llu: %u boots, %u crashes, %u closes, %llu acks, %llu reads, %llu stalls\n",
                (unsigned long long)seed, g.boots, g.crashes, g.closes, (unsigned long long)g.acks,
                (unsigned long long)g.reads, (unsigned long long)g.stall);
    if (!g.dead && g.ios[0] != NULL)
        rig_bury(&g);
    rig_done(&g);
}

static void crash_scenario(uint64_t seed, struct seed_result *r)
{
    run(seed, r, 400, 8000);
}

static void acknowledged_batches_survive_crashes(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_crash", 1, 300, crash_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acknowledged_batches_survive_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
