/* Group commit under load: a burst that overflows the chunk leaves sealed blocks behind, and whoever goes on
 * appending one record for each that was acknowledged must not keep them there: the groups become large
 * again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "storage/store_priv.h"
#include "tests/sim/storage_play.h"

enum { BURST = 160, ROUNDS = 4000 };

static void groups_scenario(uint64_t seed, struct seed_result *r)
{
    struct world_options wo = world_options_default();
    struct rig_options o = play_options(seed);
    struct rig g;
    o.shards = 1;
    o.batch_bytes_max = 600;
    o.store.chunk_bytes = 16384; /* the burst fills several */
    o.store.memory_bytes = 16 << 20;
    o.store.journal_file_bytes = 4 << 20;
    o.store.flush = true;
    o.store.unit = 512;
    o.store.checkpoint_ms = 1000;
    o.store.files_open_max = 512;
    o.log.segment_bytes = 1 << 20;
    o.log.index_interval_bytes = 4096;
    o.log.index_bytes_max = 10 << 20;
    rig_init(&g, seed, &wo, &o, r);
    rig_boot(&g, 0);
    struct mlog *m = rig_make(&g, "loaded");
    for (uint32_t n = 0; n < BURST && rig_ok(&g); n++)
        rig_append(&g, m);
    struct journal_stats before = {0}, after = {0};
    uint64_t acks = 0;
    for (uint32_t n = 0; n < ROUNDS && rig_ok(&g); n++) {
        if (n == ROUNDS / 2) {
            journal_stats(g.stores[0]->journal, &before);
            acks = g.acks;
        }
        rig_turn(&g, true);
        while (g.in_flight < BURST && rig_ok(&g))
            rig_append(&g, m);
    }
    journal_stats(g.stores[0]->journal, &after);
    uint64_t blocks = after.blocks - before.blocks;
    acks = g.acks - acks;
    RIG_CHECK(&g, blocks > 50 && acks / blocks >= BURST / 8, "%llu appends in %llu blocks",
              (unsigned long long)acks, (unsigned long long)blocks);
    (void)rig_drain(&g);
    if (rig_ok(&g))
        (void)rig_close(&g);
    if (!g.dead && g.ios[0] != NULL)
        rig_bury(&g);
    rig_done(&g);
}

static void a_burst_does_not_make_small_groups_for_ever(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_groups", 1, 20, groups_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_does_not_make_small_groups_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
