/* tests/sim/storage_lives.h - a log directory under a broker that is killed, loses power and is stopped at
 * any moment, start-up and shutdown included, on a disk that is sound itself. */
#ifndef SIM_STORAGE_LIVES_H
#define SIM_STORAGE_LIVES_H

#include "tests/sim/storage_play.h"

static inline struct world_options lives_disk(uint64_t seed)
{
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    o.slow.max = 20 * RIG_MS;
    return o;
}

/* cuts: logs are truncated whatever the seed says. */
static inline void lives_run(uint64_t seed, struct seed_result *r, uint32_t steps, uint32_t die_ppm,
                             bool cuts)
{
    struct world_options wo = lives_disk(seed);
    struct rig_options o = play_options(seed);
    struct rig g;
    o.cuts |= cuts;
    rig_init(&g, seed, &wo, &o, r);
    rig_boot(&g, 0);
    uint32_t closes = 0;
    for (uint32_t n = 0; n < steps && rig_ok(&g); n++) {
        if (rig_is_dead(&g)) {
            rig_bury(&g);
            rig_boot(&g, 300000);
            continue;
        }
        (void)rig_remove_again(&g);
        play_step(&g);
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
            if (rig_ok(&g) && g.closes > closes && rng_below(g.rng, 2) == 0)
                play_journal(&g.o, g.rng); /* another shape of ring from now on */
            closes = g.closes;
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
    play_out(&g);
    if (getenv("MR_RIG_STATS") != NULL)
        fprintf(stderr,
                "seed %llu: %u boots, %u crashes, %u closes, %llu acks, %llu reads, %llu stalls, %llu "
                "passes, %llu segments compacted, %llu cuts\n",
                (unsigned long long)seed, g.boots, g.crashes, g.closes, (unsigned long long)g.acks,
                (unsigned long long)g.reads, (unsigned long long)g.stall, (unsigned long long)g.passes,
                (unsigned long long)g.replaced, (unsigned long long)g.cuts);
    if (!g.dead && g.ios[0] != NULL)
        rig_bury(&g);
    rig_done(&g);
}

#endif
