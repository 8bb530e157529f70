/* More is appended than the disk can bring into files: produce is slowed, the same for all, by a little and
 * never by a wall; without slowing it stops until a checkpoint has ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/sim/storage_doing.h"

enum { LOGS = 4, FLIGHT = 6, SLOW_MS = 20, OVERLOAD_MS = 700 };
static const char *const names[LOGS] = {"a", "b", "c", "d"};

struct load {
    uint64_t gap_max_ns; /* between two acknowledgements */
    uint64_t acks_min, acks_max;
    struct store_stats stats;
};

static struct rig_options overloaded(uint32_t slow_max_us)
{
    struct rig_options o = {.shards = 1, .names = LOGS, .batch_bytes_max = 4000};
    o.store = (struct store_config){.unit = 512,
                                    .flush = true,
                                    .journal_files = 8,
                                    .journal_file_bytes = 256 * 1024,
                                    .chunk_bytes = 64 * 1024,
                                    .memory_bytes = 8 << 20,
                                    .pace = true,
                                    .slow_max_us = slow_max_us};
    o.log = (struct plog_config){.segment_bytes = 1 << 30,
                                 .segment_ms = INT64_MAX / 2,
                                 .index_interval_bytes = 4096,
                                 .index_bytes_max = 10 << 20};
    return o;
}

/* Every log has as many appends waiting as it may. */
static void overload(uint64_t seed, uint32_t slow_max_us, struct load *ret, struct seed_result *r)
{
    struct world_options wo = world_options_default();
    struct rig_options o = overloaded(slow_max_us);
    struct rig g;
    rig_init(&g, seed, &wo, &o, r);
    rig_boot(&g, 0);
    for (int i = 0; i < LOGS && rig_ok(&g); i++)
        (void)rig_make(&g, names[i]);
    for (int i = 0; i < LOGS; i++) { /* segment files alone: DIR/a-0/..., not the journal */
        char dir[64];
        struct mlog *m = rig_live(&g, names[i]);
        snprintf(dir, sizeof(dir), "/%s-%d/", m->name, m->key.partition);
        node_fault(g.n, &(struct disk_fault){.kinds = 1u << SIM_WRITE, .path = dir, .delay_ns = 10 * RIG_MS});
    }
    *ret = (struct load){.acks_min = UINT64_MAX};
    uint64_t from = world_now_ns(g.w), last = from, acks = g.acks;
    while (rig_ok(&g) && world_now_ns(g.w) < from + OVERLOAD_MS * RIG_MS) {
        for (int i = 0; i < LOGS; i++) {
            struct mlog *m = rig_live(&g, names[i]);
            while (m->busy < FLIGHT)
                rig_append(&g, m);
        }
        int err = shard_turn(g.shards[0], true); /* rig_turn() may let the thread sleep on: 40 ms, seed 26 */
        MR_ASSERT(err == 0);
        uint64_t now = world_now_ns(g.w);
        if (g.acks != acks || now == last) {
            acks = g.acks;
            last = now;
        }
        ret->gap_max_ns = mr_max(ret->gap_max_ns, now - last);
    }
    for (int i = 0; i < LOGS; i++) {
        ret->acks_min = mr_min(ret->acks_min, rig_live(&g, names[i])->acked);
        ret->acks_max = mr_max(ret->acks_max, rig_live(&g, names[i])->acked);
    }
    store_stats(g.stores[0], &ret->stats);
    node_faults_clear(g.n);
    if (rig_ok(&g))
        (void)rig_close(&g);
    if (g.shards != NULL)
        rig_bury(&g);
    rig_done(&g);
}

static void slowed(uint64_t seed, struct seed_result *r)
{
    struct load l;
    overload(seed, SLOW_MS * 1000, &l, r);
    (void)seed_check(r, l.stats.journal.slowed > 10 && l.stats.journal.slowed_ns > 0, "nothing was slowed");
    (void)seed_check(r, l.stats.journal.full == 0, "%llu times the ring was full",
                     (unsigned long long)l.stats.journal.full);
    (void)seed_check(r, l.gap_max_ns < SLOW_MS * RIG_MS / 2, "nothing is acknowledged for %.1f ms",
                     (double)l.gap_max_ns / 1e6);
    (void)seed_check(r, l.acks_min * 10 >= l.acks_max * 8, "one log got %llu, another %llu",
                     (unsigned long long)l.acks_min, (unsigned long long)l.acks_max);
    if (getenv("MR_RIG_STATS") != NULL)
        fprintf(stderr,
                "gap %.1f ms, acks %llu to %llu, slowed %llu times, %.0f ms, full %llu, %llu checkpoints\n",
                (double)l.gap_max_ns / 1e6, (unsigned long long)l.acks_min, (unsigned long long)l.acks_max,
                (unsigned long long)l.stats.journal.slowed, (double)l.stats.journal.slowed_ns / 1e6,
                (unsigned long long)l.stats.journal.full, (unsigned long long)l.stats.checkpoints);
}

static void not_slowed(uint64_t seed, struct seed_result *r)
{
    struct load l;
    overload(seed, 0, &l, r);
    (void)seed_check(r, l.stats.journal.slowed == 0 && l.stats.journal.full > 0, "nobody waits for room");
    if (getenv("MR_RIG_STATS") != NULL)
        fprintf(stderr, "not slowed: gap %.1f ms, acks %llu to %llu, full %llu, %llu checkpoints\n",
                (double)l.gap_max_ns / 1e6, (unsigned long long)l.acks_min, (unsigned long long)l.acks_max,
                (unsigned long long)l.stats.journal.full, (unsigned long long)l.stats.checkpoints);
}

static void an_overloaded_journal_slows_all_alike(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_slow", 1, 4, slowed), 0);
}

static void without_slowing_it_comes_to_a_stop(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_slow", 1, 2, not_slowed), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_overloaded_journal_slows_all_alike),
        cmocka_unit_test(without_slowing_it_comes_to_a_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
