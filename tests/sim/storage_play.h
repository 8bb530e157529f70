/* tests/sim/storage_play.h - what a scenario does to a storage rig: limits drawn from a seed, and random
 * steps. */
#ifndef SIM_STORAGE_PLAY_H
#define SIM_STORAGE_PLAY_H

#include "tests/sim/storage_consumers.h"
#include "tests/sim/storage_cuts.h"
#include "tests/sim/storage_doing.h"

static const char *const play_names[RIG_NAMES_MAX] = {"a", "b", "orders", "d.with.dots", "e-1", "f"};

static inline uint64_t play_pick(struct rng *r, const uint64_t *from, size_t count)
{
    return from[rng_below(r, count)];
}
#define PICK(r, ...)                                                                                         \
    play_pick((r), (const uint64_t[]){__VA_ARGS__}, MR_COUNT(((const uint64_t[]){__VA_ARGS__})))

/* Of the journal and its memory: may change at every clean stop. */
static inline void play_journal(struct rig_options *o, struct rng *r)
{
    o->store.unit = (uint32_t)PICK(r, 512, 4096);
    o->store.flush = rng_below(r, 8) != 0;
    o->store.journal_files = (uint32_t)PICK(r, 2, 3, 4, 4, 7);
    o->store.journal_file_bytes = PICK(r, 65536, 65536, 131072, 262144);
    o->store.chunk_bytes = (uint32_t)PICK(r, 4096, 8192, 16384, 65536);
    o->store.memory_bytes = o->store.chunk_bytes * PICK(r, 4, 5, 8, 16);
}

static inline struct rig_options play_options(uint64_t seed)
{
    struct rng r;
    rng_seed(&r, seed, 77);
    struct rig_options o = {.shards = (uint32_t)PICK(&r, 1, 1, 1, 2, 3)};
    play_journal(&o, &r);
    o.store.checkpoint_ms = (uint32_t)PICK(&r, 1, 5, 20, 100, 1000);
    o.store.files_open_max = (uint32_t)PICK(&r, 1, 3, 512);
    o.store.index_cache_bytes = PICK(&r, 1, 1000, 16 << 20);
    o.store.index_min = (uint32_t)PICK(&r, 1, 1, 8192, 1 << 20);
    o.store.txns_cached_max = (uint32_t)PICK(&r, 1, 20, 100000);
    o.log.segment_bytes = PICK(&r, 4096, 10000, 16384, 65536, 1 << 20);
    o.log.file_delete_delay_ms = (int64_t)PICK(&r, 0, 1, 10, 200, 60000);
    o.log.segment_ms = rng_below(&r, 4) == 0 ? 20000 : INT64_MAX / 2;
    o.log.index_interval_bytes = (uint32_t)PICK(&r, 100, 1000, 4096);
    o.log.index_bytes_max = (uint32_t)PICK(&r, 64, 10 << 20);
    o.batch_bytes_max = (uint32_t)PICK(&r, 1000, 9000, 30000);
    o.names = (uint32_t)rng_between(&r, 1, RIG_NAMES_MAX);
    o.check_segments = true;
    o.damage_indexes = rng_below(&r, 3) == 0;
    o.store.cold_block_bytes = (uint32_t)PICK(&r, 4096, 8192, 16384, 262144);
    o.store.cold_bytes = o.store.cold_block_bytes * PICK(&r, 0, 1, 2, 5, 20, 100);
    o.store.cold_share = (uint32_t)PICK(&r, 1, 20, 50, 100);
    o.store.ahead_min = (uint32_t)PICK(&r, 4096, 4096, 12288, 1 << 20);
    o.store.ahead_idle_ms = (uint32_t)PICK(&r, 1, 10, 200);
    rng_seed(&r, seed, 78); /* what came later: seeds that found something go on meaning the same */
    o.store.pace = rng_below(&r, 4) != 0;
    o.store.slow_max_us = (uint32_t)PICK(&r, 0, 1, 100, 5000, 50000);
    o.store.flights = (uint32_t)rng_between(&r, 1, 2);
    o.store.flight_entries = (uint32_t)PICK(&r, 1, 2, 8);
    rng_seed(&r, seed, 79);
    o.compact = rng_below(&r, 3) == 0;
    if (o.compact) {
        o.names = (uint32_t)mr_min(o.names, 2);
        o.store.checkpoint_ms = (uint32_t)PICK(&r, 1, 1, 5);
    }
    if (o.compact)
        o.log.segment_bytes = PICK(&r, 1000, 1000, 4096, 10000);
    o.delete_retention_ms = (int64_t)PICK(&r, 0, 1, 50, RIG_FOR_EVER_MS);
    rng_seed(&r, seed, 80);
    o.store.sync_fs_logs = (uint32_t)PICK(&r, 1, UINT32_MAX);
    rng_seed(&r, seed, 81);
    const char *cuts = getenv("MR_RIG_CUTS"); /* 0: as seeds were before logs were truncated (found.txt) */
    o.cuts = rng_below(&r, 3) == 0 && (cuts == NULL || strcmp(cuts, "0") != 0);
    return o;
}

static inline void play_read(struct rig *g, struct mlog *m)
{
    uint64_t dice = rng_below(g->rng, 12);
    if (dice < 4)
        rig_aborted_some(g, m);
    else if (dice < 8)
        rig_read_some(g, m);
    else if (dice < 10)
        rig_find_some(g, m);
    else if (g->in_flight < RIG_FLIGHT_MAX)
        rig_chase_some(g, m);
}

static inline void play_step(struct rig *g)
{
    uint64_t dice = rng_below(g->rng, 1000);
    const char *name = play_names[rng_below(g->rng, g->o.names)];
    struct mlog *m = rig_live(g, name);
    if (m == NULL) {
        if (g->logs_made < 40)
            (void)rig_make(g, name);
        return;
    }
    if (g->o.cuts && rng_below(g->rng, 30) == 0)
        rig_truncate_some(g, m);
    else if (dice < 550) {
        for (uint64_t n = rng_below(g->rng, 4) == 0 ? rng_between(g->rng, 1, 30) : 1; n > 0; n--)
            rig_append(g, rng_below(g->rng, 2) == 0 || m->remove_asked ? m : rig_live(g, m->name));
    } else if (dice < 800) {
        if (m->log != NULL && plog_open(m->log, NULL) && plog_failed(m->log) == 0)
            play_read(g, m);
    } else if (dice < 860) {
        rng_below(g->rng, 3) == 0 ? rig_retain(g, m) : rig_set_start(g, m);
    } else if (dice < 872) {
        rig_remove(g, m);
    } else if (dice < 900) {
        store_checkpoint(g->stores[rng_below(g->rng, g->o.shards)]);
    } else if (dice < 905) {
        m->leader_epoch++;
    } else if (dice < 970) {
        rig_clean_some(g, m);
    } else if (rig_usable(m) && !m->removed && g->in_flight < RIG_FLIGHT_MAX) {
        rig_scrub_some(g, m);
    }
}

/* The end: a clean close succeeds, and behind a power loss everything is still there; twice. */
static inline void play_out(struct rig *g)
{
    for (int i = 0; i < 2 && rig_ok(g); i++) {
        (void)rig_close(g);
        if (!rig_ok(g))
            break;
        node_power_loss(g->n);
        g->power_lost = true;
        rig_boot(g, 0);
    }
}

#endif
