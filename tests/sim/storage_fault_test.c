/* A log directory on a disk that fails: every operation once, some at random, some slow, some stuck. The
 * store may refuse, fence itself, fail to start or to stop; it must never say that something is safe which is
 * not, lose what it said, hang, or stay broken once the disk is well again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/sim/storage_play.h"

enum { ALL_KINDS = (1u << SIM_ACCEPT) - 1 };

static struct world_options calm(uint64_t seed)
{
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = o.slow_ppm = 0;
    return o;
}

/* A life with everything in it: start, appends, removal, crash, start, clean close, start, abandon. False
 * when something did not work (and the process is buried). */
static bool live(struct rig *g, uint32_t steps)
{
    if (rig_start(g) != 0)
        return false;
    for (struct mlog *m = g->logs; m != NULL && rig_ok(g); m = m->next)
        rig_check_log(g, m);
    for (uint32_t n = 0; n < steps && rig_ok(g) && !g->fenced; n++) {
        (void)rig_remove_again(g);
        play_step(g);
        rig_turn(g, rng_below(g->rng, 3) == 0);
    }
    return rig_ok(g) && !g->fenced;
}

static void a_life(struct rig *g)
{
    if (live(g, 60))
        rig_bury(g);
    else if (g->shards != NULL)
        rig_bury(g);
    if (live(g, 60))
        (void)rig_close(g);
    else if (g->shards != NULL)
        rig_bury(g);
    if (live(g, 20))
        rig_bury(g);
    else if (g->shards != NULL)
        rig_bury(g);
}

/* The disk is well again. */
static void must_be_well(struct rig *g)
{
    g->may_fail = false;
    world_heal(g->w);
    node_faults_clear(g->n);
    rig_boot(g, 0);
    for (int i = 0; i < 2 && rig_ok(g); i++) {
        (void)rig_close(g);
        if (rig_ok(g))
            rig_boot(g, 0);
    }
    if (g->shards != NULL)
        rig_bury(g);
}

static void count_op(void *ctx, const struct sim_trace *t)
{
    if (t->moment == SIM_SUBMITTED && t->kind < SIM_ACCEPT)
        (*(uint64_t *)ctx)++;
}

/* Operation number nth (and, when times is 0, all after it) fails. Returns how many there were. */
static uint64_t one_fault(uint64_t seed, uint64_t nth, int err, uint64_t times, struct seed_result *r)
{
    struct world_options wo = calm(seed);
    struct rig_options o = play_options(seed);
    struct rig g;
    uint64_t ops = 0;
    rig_init(&g, seed, &wo, &o, r);
    g.may_fail = true;
    world_observe(g.w, count_op, &ops);
    if (nth > 0)
        node_fault(g.n,
                   &(struct disk_fault){.kinds = ALL_KINDS, .skip = nth - 1, .times = times, .err = err});
    a_life(&g);
    uint64_t counted = ops;
    if (rig_ok(&g))
        must_be_well(&g);
    rig_done(&g);
    return counted;
}

/* Each seed: another script; a stride through its operations, so that all places are met over some seeds. */
static void fault_scenario(uint64_t seed, struct seed_result *r)
{
    static const int errs[] = {-EIO, -ENOSPC};
    uint64_t count = one_fault(seed, 0, 0, 0, r);
    uint64_t stride = 23;
    for (uint64_t nth = 1 + seed % stride; nth <= count && r->err == 0; nth += stride) {
        int err = errs[nth / stride % 2];
        uint64_t times = seed / stride % 2 == 0 ? 1 : 0;
        (void)one_fault(seed, nth, err, times, r);
        if (r->err != 0) {
            char why[200];
            snprintf(why, sizeof(why), "%.190s", r->why);
            snprintf(r->why, sizeof(r->why), "operation %llu gave %d: %s", (unsigned long long)nth, err, why);
        }
    }
    r->trace = 0;
}

static void any_operation_may_fail(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_fault", 1, 46, fault_scenario), 0);
}

static void random_scenario(uint64_t seed, struct seed_result *r)
{
    struct world_options wo = world_options_from_seed(seed);
    struct rig_options o = play_options(seed);
    struct rig g;
    wo.read_error_ppm /= 4; /* else too little happens before the first fence */
    wo.write_error_ppm /= 4;
    wo.flush_error_ppm /= 4;
    wo.meta_error_ppm /= 4;
    rig_init(&g, seed, &wo, &o, r);
    for (int life = 0; life < 6 && rig_ok(&g); life++) {
        g.may_fail = true;
        world_faults(g.w, true);
        a_life(&g);
        if (!rig_ok(&g))
            break;
        if (rng_below(g.rng, 2) == 0) {
            node_power_loss(g.n);
            g.power_lost = true;
        }
        if (life % 2 == 1)
            must_be_well(&g);
    }
    rig_done(&g);
}

static void the_disk_fails_now_and_then(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_fault", 1, 200, random_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_operation_may_fail),
        cmocka_unit_test(the_disk_fails_now_and_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
