/* Logs that are compacted all the time, under a broker that is killed, loses power, is stopped, or whose disk
 * fails: nothing goes that may not go, nothing that must stays, whatever happens between a pass's first read
 * and the last name of its files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/sim/storage_play.h"
#include "tests/sim/storage_saved.h"

static struct rig_options options(uint64_t seed)
{
    struct rig_options o = play_options(seed);
    struct rng r;
    rng_seed(&r, seed, 80);
    o.compact = true;
    o.names = (uint32_t)rng_between(&r, 1, 2);
    o.shards = (uint32_t)PICK(&r, 1, 1, 2);
    o.log.segment_bytes = PICK(&r, 500, 1000, 1000, 4096, 10000);
    o.store.checkpoint_ms = (uint32_t)PICK(&r, 1, 5, 20);
    o.store.chunk_bytes = (uint32_t)PICK(&r, 16384, 65536);
    o.store.memory_bytes = o.store.chunk_bytes * PICK(&r, 5, 8, 16);
    o.store.journal_file_bytes = PICK(&r, 131072, 262144);
    return o;
}

static void step(struct rig *g)
{
    uint64_t dice = rng_below(g->rng, 1000);
    const char *name = play_names[rng_below(g->rng, g->o.names)];
    struct mlog *m = rig_live(g, name);
    if (m == NULL) {
        if (g->logs_made < 20)
            (void)rig_make(g, name);
        return;
    }
    bool usable = m->log != NULL && plog_open(m->log, NULL) && plog_failed(m->log) == 0;
    if (g->o.cuts && rng_below(g->rng, 60) == 0)
        rig_truncate_some(g, m);
    else if (dice < 500)
        rig_append(g, m);
    else if (dice < 700 && usable)
        rng_below(g->rng, 3) == 0 ? rig_aborted_some(g, m) : rig_read_some(g, m);
    else if (dice < 900 && usable)
        rig_clean_some(g, m);
    else if (dice < 910)
        rig_set_start(g, m);
    else if (dice < 912)
        rig_remove(g, m);
    else if (dice < 940)
        store_checkpoint(g->stores[rng_below(g->rng, g->o.shards)]);
}

/* Now and then long enough for a checkpoint, or a pass. */
static void quiet(struct rig *g)
{
    for (uint64_t turns = rng_below(g->rng, 12) == 0 ? 150 : rng_below(g->rng, 4); turns > 0; turns--)
        rig_turn(g, rng_below(g->rng, 3) != 0);
}

static void die_or_stop(struct rig *g, uint32_t die_ppm)
{
    if (rng_chance(g->rng, die_ppm)) {
        rig_plan_death(g, rng_below(g->rng, 4) == 0 ? 0 : rng_between(g->rng, 1, 60),
                       rng_below(g->rng, 3) != 0);
    } else if (rng_chance(g->rng, die_ppm / 3)) {
        if (rng_below(g->rng, 2) == 0)
            rig_plan_death(g, rng_between(g->rng, 1, 80), rng_below(g->rng, 3) != 0);
        if (rig_close(g) && rng_below(g->rng, 2) == 0) {
            node_power_loss(g->n);
            g->power_lost = true;
        }
        if (rig_ok(g))
            rig_boot(g, 300000);
    }
}

static void note_loss(void *ctx, const char *line)
{
    if (strncmp(line, "lost ", 5) == 0 && strncmp(line, "lost __", 7) != 0)
        snprintf(ctx, 400, "%s", line);
}

/* Salvage of what a crash left, in the middle of whatever pass and swap: the old records or the new, never
 * both, never none. */
static void salvage_what_is_left(struct rig *g)
{
    struct salvage_report report;
    struct mr_shard **shards;
    char to[64], line[400] = "";
    if ((g->power_lost && !g->o.store.flush) || rng_below(g->rng, 3) != 0)
        return;
    node_die_after(g->n, 0, false); /* a death that was planned for the process before */
    struct mr_io *io = world_io(g->n, &(struct io_config){.shard = 0, .log = node_log(g->n)});
    int err = shards_new(1, &io, node_log(g->n), 2, &shards);
    MR_ASSERT(err == 0);
    snprintf(to, sizeof(to), "/data/saved-%u", g->boots);
    err = salvage_dir(shards[0], RIG_DIR, to, note_loss, line, &report);
    RIG_CHECK(g, err == 0, "salvage cannot: %d", err);
    RIG_CHECK(g, report.losses == 1, "salvage of a sound directory: %s", line); /* it has no metadata log */
    shards_free(shards, 1);
    io_free(io);
    struct saved s = {.g = g, .dir = to, .after = "a crash", .whole = true};
    if (rig_ok(g))
        saved_check(&s);
}

static void live(struct rig *g, uint32_t steps, uint32_t die_ppm)
{
    for (uint32_t n = 0; n < steps && rig_ok(g); n++) {
        if (rig_is_dead(g)) {
            rig_bury(g);
            if (g->r->err == 0 && !g->may_fail)
                salvage_what_is_left(g);
            rig_boot(g, 300000);
            continue;
        }
        (void)rig_remove_again(g);
        step(g);
        quiet(g);
        die_or_stop(g, die_ppm);
    }
}

static void at_the_end(struct rig *g)
{
    if (rig_ok(g) && rig_is_dead(g)) {
        rig_bury(g);
        rig_boot(g, 0);
    }
    node_die_after(g->n, 0, false);
    play_out(g);
}

static void crash_scenario(uint64_t seed, struct seed_result *r)
{
    struct world_options wo = world_options_from_seed(seed);
    wo.read_error_ppm = wo.write_error_ppm = wo.flush_error_ppm = wo.meta_error_ppm = 0;
    wo.stuck_ppm = 0;
    wo.slow.max = 5 * RIG_MS;
    struct rig_options o = options(seed);
    struct rig g;
    rig_init(&g, seed, &wo, &o, r);
    rig_boot(&g, 0);
    live(&g, 1500, 4000);
    at_the_end(&g);
    if (getenv("MR_RIG_STATS") != NULL)
        fprintf(stderr, "seed %llu: %u boots, %llu acks, %llu reads, %llu passes, %llu segments\n",
                (unsigned long long)seed, g.boots, (unsigned long long)g.acks, (unsigned long long)g.reads,
                (unsigned long long)g.passes, (unsigned long long)g.replaced);
    if (!g.dead && g.ios[0] != NULL)
        rig_bury(&g);
    rig_done(&g);
}

static void compacted_logs_survive_crashes(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_compact", 1, 150, crash_scenario), 0);
}

/* Faults now and then, and between them a disk that is well. */
static void fault_scenario(uint64_t seed, struct seed_result *r)
{
    struct world_options wo = world_options_from_seed(seed);
    struct rig_options o = options(seed);
    struct rig g;
    wo.read_error_ppm /= 4;
    wo.write_error_ppm /= 4;
    wo.flush_error_ppm /= 4;
    wo.meta_error_ppm /= 4;
    rig_init(&g, seed, &wo, &o, r);
    for (int life = 0; life < 6 && rig_ok(&g); life++) {
        g.may_fail = true;
        world_faults(g.w, true);
        if (rig_start(&g) == 0) {
            for (struct mlog *m = g.logs; m != NULL && rig_ok(&g); m = m->next)
                rig_check_log(&g, m);
            for (uint32_t n = 0; n < 300 && rig_ok(&g) && !g.fenced; n++) {
                (void)rig_remove_again(&g);
                step(&g);
                quiet(&g);
            }
            if (rig_ok(&g) && !g.fenced && rng_below(g.rng, 2) == 0)
                (void)rig_close(&g);
        }
        if (g.shards != NULL)
            rig_bury(&g);
        if (rng_below(g.rng, 2) == 0) {
            node_power_loss(g.n);
            g.power_lost = true;
        }
        if (!rig_ok(&g) || life % 2 == 0)
            continue;
        g.may_fail = false;
        world_heal(g.w);
        node_faults_clear(g.n);
        rig_boot(&g, 0);
        live(&g, 200, 0);
        at_the_end(&g);
        if (g.shards != NULL)
            rig_bury(&g);
    }
    rig_done(&g);
}

static void compacted_logs_survive_faults(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_compact", 1, 100, fault_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compacted_logs_survive_crashes),
        cmocka_unit_test(compacted_logs_survive_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
