/* A log directory on a disk that something else fills and empties, under a broker that is killed, loses power
 * and is stopped at any moment. Appends may be refused while it is full, and a start or a clean close may
 * fail for want of room; nothing is fenced, nothing that was acknowledged is lost, what makes room goes on,
 * and all is well again soon after there is room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "storage/space.h"
#include "tests/sim/storage_play.h"

static const uint64_t roomy = UINT64_C(1) << 40;

static struct world_options sound_disk(uint64_t seed)
{
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    o.slow.max = 20 * RIG_MS;
    return o;
}

static struct rig_options full_options(uint64_t seed)
{
    struct rng r;
    struct rig_options o = play_options(seed);
    rng_seed(&r, seed, 78);
    o.store.reserve_bytes = (int64_t)PICK(&r, 0, 4096, 65536, 262144);
    o.store.space_look_ms = (uint32_t)PICK(&r, 1, 10, 50);
    return o;
}

static void make_room(struct rig *g, bool *tight)
{
    node_disk_bytes(g->n, roomy);
    node_faults_clear(g->n);
    *tight = false;
}

/* Starts until one succeeds: on a full disk it may say that there is no room, and then gets some. */
static void boot(struct rig *g, uint32_t die_ppm, bool *tight)
{
    for (int tries = 0; rig_ok(g) && g->shards == NULL; tries++) {
        MR_ASSERT(tries < 10);
        rig_boot(g, die_ppm);
        if (g->shards == NULL && rig_ok(g)) {
            RIG_CHECK(g, *tight, "refused to start although there is room");
            make_room(g, tight);
        }
    }
}

static void turns(struct rig *g, uint32_t ms)
{
    for (uint32_t i = 0; i < ms && rig_ok(g); i++) {
        world_run_for(g->w, RIG_MS);
        rig_turn(g, true);
    }
}

/* One batch, by a client or by the broker itself; true: taken, and acknowledged. */
static bool one_append(struct rig *g, struct mlog *m, bool client)
{
    struct rig_append *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    uint64_t acks = g->acks;
    x->g = g;
    x->m = m;
    x->client = client;
    m->busy++;
    g->in_flight++;
    rig_append_try(x);
    for (int i = 0; i < 5000 && g->in_flight > 0; i++)
        turns(g, 1);
    return g->acks > acks;
}

/* An append of a client's is taken again, on every shard that has a log. */
static void must_heal(struct rig *g)
{
    for (struct mlog *m = g->logs; m != NULL && rig_ok(g); m = m->next) {
        if (m->remove_asked || m->log == NULL)
            continue;
        /* One that is being cut takes nothing until a checkpoint has flushed each of its files, one by one.
         */
        for (uint32_t ms = 0; rig_ok(g) && m->cut_asked >= 0; ms++) {
            RIG_CHECK(g, ms < 60000, "%s: there is room, and it is still being cut", m->name);
            turns(g, 1);
        }
        bool taken = false;
        for (uint32_t tries = 0; !taken && rig_ok(g); tries++) {
            if (tries > 200)
                RIG_CHECK(g, false, "%s: there is room, and appends are still refused", m->name);
            (void)rig_remove_again(
                g); /* one of that name whose removal was refused for want of room has it still */
            taken = rig_usable(m) && one_append(g, m, true);
            turns(g, 10);
        }
    }
}

static void squeeze(struct rig *g, bool *tight)
{
    uint64_t left = PICK(g->rng, 0, 4096, 20000, 100000, 400000);
    node_disk_bytes(g->n, node_disk_used(g->n) + left);
    *tight = true;
}

/* Room lacks for one kind of file, or of change to a directory, and for nothing else: a full disk seldom
 * meets those that are short, or rare. Not for the journal, which has its blocks since the start. */
static void lack(struct rig *g, bool *tight)
{
    enum { FILES = 1u << SIM_WRITE | 1u << SIM_ALLOCATE | 1u << SIM_TRUNCATE };
    static const struct {
        uint32_t kinds;
        const char *path;
    } places[] = {
        {FILES, "millrace-checkpoint"},
        {FILES, "millrace-checkpoint"},
        {FILES, ".log"},
        {FILES, ".index"},
        {FILES, ".timeindex"},
        {FILES, ".txnindex"},
        {FILES, ".cleaned"},
        {FILES, ".snapshot"},
        {FILES, "leader-epoch"},
        {1u << SIM_MKDIR, NULL},
        {1u << SIM_RENAME, NULL},
        {1u << SIM_ALLOCATE, NULL},
    };
    size_t at = (size_t)rng_below(g->rng, MR_COUNT(places));
    struct disk_fault f = {.kinds = places[at].kinds,
                           .path = places[at].path,
                           .skip = PICK(g->rng, 0, 0, 1, 5),
                           .times = PICK(g->rng, 0, 1, 3, 30),
                           .err = -ENOSPC};
    if (f.kinds == 1u << SIM_RENAME && f.times == 0)
        f.times = 100; /* a name that is used again waits for the directory of the one before */
    if (places[at].kinds == FILES && rng_below(g->rng, 4) == 0) {
        f.kinds = 1u << SIM_WRITE;
        f.err = 0;
        f.short_bytes = 4096; /* what was left */
    }
    node_fault(g->n, &f);
    *tight = true;
}

static void play_full(uint64_t seed, struct seed_result *r, void (*narrow)(struct rig *g, bool *tight))
{
    struct world_options wo = sound_disk(seed);
    struct rig_options o = full_options(seed);
    struct rig g;
    bool tight = false;
    uint32_t fullest = 0;
    rig_init(&g, seed, &wo, &o, r);
    boot(&g, 0, &tight);
    g.full = true;
    for (uint32_t n = 0; n < 400 && rig_ok(&g); n++) {
        if (rig_is_dead(&g)) {
            rig_bury(&g);
            boot(&g, 200000, &tight);
            continue;
        }
        if (rng_chance(g.rng, 30000))
            narrow(&g, &tight);
        else if (tight && rng_chance(g.rng, 30000))
            make_room(&g, &tight);
        fullest += tight;
        (void)rig_remove_again(&g);
        play_step(&g);
        for (uint64_t turns = rng_below(g.rng, 4); turns > 0; turns--)
            rig_turn(&g, rng_below(g.rng, 3) != 0 && g.in_flight > 0);
        if (rng_chance(g.rng, 8000)) {
            rig_plan_death(&g, rng_below(g.rng, 4) == 0 ? 0 : rng_between(g.rng, 1, 60),
                           rng_below(g.rng, 3) != 0);
        } else if (rng_chance(g.rng, 4000) && rig_remove_again(&g)) {
            (void)rig_close(&g);
            boot(&g, 200000, &tight);
        }
    }
    if (rig_ok(&g) && rig_is_dead(&g))
        rig_bury(&g);
    node_die_after(g.n, 0, false);
    make_room(&g, &tight);
    if (rig_ok(&g))
        boot(&g, 0, &tight);
    if (rig_ok(&g))
        must_heal(&g);
    g.full = false;
    play_out(&g);
    if (getenv("MR_RIG_STATS") != NULL)
        fprintf(stderr,
                "seed %llu: %u boots, %u crashes, %u closes, %llu acks, %llu refused, %u tight steps, %llu "
                "passes\n",
                (unsigned long long)seed, g.boots, g.crashes, g.closes, (unsigned long long)g.acks,
                (unsigned long long)g.refused, fullest, (unsigned long long)g.passes);
    if (!g.dead && g.ios[0] != NULL)
        rig_bury(&g);
    rig_done(&g);
}

static void full_scenario(uint64_t seed, struct seed_result *r)
{
    play_full(seed, r, squeeze);
}

static void lack_scenario(uint64_t seed, struct seed_result *r)
{
    play_full(seed, r, lack);
}

static void a_full_disk_loses_nothing_and_heals(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_full", 1, 200, full_scenario), 0);
}

static void one_kind_of_file_lacks_room(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_lack", 1, 200, lack_scenario), 0);
}

/* ---- the reserve, step by step ---- */

static void end(struct rig *g)
{
    g->full = false;
    (void)rig_close(g);
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

static void reserve_scenario(uint64_t seed, struct seed_result *r)
{
    enum { RESERVE = 1 << 20 };
    struct world_options wo = sound_disk(seed);
    struct rig_options o = full_options(seed);
    struct rig g;
    o.shards = 1;
    o.store.reserve_bytes = RESERVE;
    o.store.space_look_ms = 10;
    o.log.file_delete_delay_ms = 10;
    o.log.segment_bytes = 65536;
    o.log.index_bytes_max = 10 << 20; /* or small files take more than the records, and the reserve */
    rig_init(&g, seed, &wo, &o, r);
    g.full = true;
    rig_boot(&g, 0);
    struct mlog *m = rig_make(&g, "a"), *big = rig_make(&g, "b");
    turns(&g, 20);
    for (uint32_t i = 0; i < 4000 && rig_ok(&g) && mlog_acked_end(big) < 2000; i++) {
        rig_append(&g, big);
        rig_turn(&g, true);
    }
    (void)rig_drain(&g);
    RIG_CHECK(&g, one_append(&g, m, true), "refused although there is room");
    node_disk_bytes(g.n, node_disk_used(g.n) + RESERVE / 2);
    turns(&g, 30);
    (void)one_append(&g, m, true);
    turns(&g, 30);
    uint64_t refused = g.refused;
    RIG_CHECK(&g, !one_append(&g, m, true) && g.refused == refused + 1, "taken below the reserve");
    RIG_CHECK(&g, one_append(&g, m, false), "the broker's own is refused above nothing");
    struct store_stats stats;
    store_stats(g.stores[0], &stats);
    RIG_CHECK(&g, stats.space_refused > 0 || refused > 0, "nothing was counted");
    /* What makes room goes on, and then all does. */
    uint64_t before = node_disk_used(g.n);
    node_disk_bytes(g.n, before + RESERVE - 4096);
    for (int i = 0; i < 2000 && !big->remove_asked; i++) { /* a small ring may be full: after a checkpoint */
        rig_remove(&g, big);
        turns(&g, 1);
    }
    turns(&g, 200);
    RIG_CHECK(&g, big->removed, "the log is not removed");
    RIG_CHECK(&g, node_disk_used(g.n) < before, "nothing was freed");
    if (before - node_disk_used(g.n) > 16 * 65536)
        RIG_CHECK(&g, one_append(&g, m, true), "%llu bytes were freed, and appends are refused",
                  (unsigned long long)(before - node_disk_used(g.n)));
    node_disk_bytes(g.n, roomy);
    turns(&g, 100);
    RIG_CHECK(&g, one_append(&g, m, true), "it does not heal");
    end(&g);
}

/* Between two looks a store takes no more than its share of what it saw. */
static void burst_scenario(uint64_t seed, struct seed_result *r)
{
    enum { RESERVE = 1 << 20, ROOM = 600 << 10 };
    struct world_options wo = sound_disk(seed);
    struct rig_options o = full_options(seed);
    struct rig g;
    uint64_t taken = 0;
    o.shards = 1;
    o.compact = false;
    o.store.reserve_bytes = RESERVE;
    o.store.space_look_ms = 3600000;
    o.log.segment_bytes = 65536;
    o.log.index_bytes_max = 10 << 20;
    rig_init(&g, seed, &wo, &o, r);
    g.full = true;
    rig_boot(&g, 0);
    struct mlog *m = rig_make(&g, "a");
    turns(&g, 20);
    uint64_t capacity = node_disk_used(g.n) + RESERVE + ROOM;
    node_disk_bytes(g.n, capacity);
    RIG_CHECK(&g, space_for_copy(g.stores[0], ROOM + RESERVE / 4 * 3),
              "compaction may not take of the reserve");
    RIG_CHECK(&g, !space_for_copy(g.stores[0], ROOM + RESERVE / 4 * 3 + 1), "compaction may take all of it");
    while (rig_ok(&g) && taken < 5000 && one_append(&g, m, true))
        taken++;
    RIG_CHECK(&g, taken > 10, "refused after %llu", (unsigned long long)taken);
    RIG_CHECK(&g, taken < 5000, "never refused");
    turns(&g, 1000);
    RIG_CHECK(&g, node_disk_used(g.n) + RESERVE / 2 < capacity, "%llu of the reserve are left",
              (unsigned long long)(capacity - mr_min(node_disk_used(g.n), capacity)));
    node_disk_bytes(g.n, roomy);
    end(&g);
}

/* A disk without any room, and no memory left either, since nothing can be written to segments: logs are
 * removed and cut from the front all the same, which is how an operator makes room. */
static void crammed_scenario(uint64_t seed, struct seed_result *r)
{
    enum { LOGS = 40, MS_MAX = 1000 };
    struct world_options wo = sound_disk(seed);
    struct rig_options o = full_options(seed);
    struct rig g;
    struct mlog *logs[LOGS] = {NULL};
    o.shards = 1;
    o.compact = false;
    o.store.chunk_bytes = 4096;
    o.store.memory_bytes = 4 * 4096;
    o.store.journal_file_bytes = 1 << 20; /* a quarter of the ring has a place for each of them */
    o.store.space_look_ms = 10;
    rig_init(&g, seed, &wo, &o, r);
    rig_boot(&g, 0);
    for (uint32_t i = 0; i < LOGS && rig_ok(&g); i++) {
        char name[8];
        snprintf(name, sizeof(name), "log%u", i);
        logs[i] = rig_make(&g, name);
        while (rig_ok(&g) && !rig_usable(logs[i]))
            turns(&g, 1);
        RIG_CHECK(&g, one_append(&g, logs[i], false), "%s: refused although there is room", name);
    }
    g.full = true;
    node_disk_bytes(g.n, node_disk_used(g.n));
    uint32_t taken = 0;
    while (rig_ok(&g) && taken < 5000 && one_append(&g, logs[0], false))
        taken++;
    RIG_CHECK(&g, taken < 5000, "never refused");
    for (uint32_t ms = 0; rig_ok(&g) && logs[0]->start_asked < mlog_acked_end(logs[0]); ms++) {
        RIG_CHECK(&g, ms < MS_MAX, "the log start does not move");
        rig_move_start(&g, logs[0], mlog_acked_end(logs[0]));
        turns(&g, 1);
    }
    for (uint32_t i = 0; i < LOGS && rig_ok(&g); i++) {
        for (uint32_t ms = 0; rig_ok(&g) && !logs[i]->remove_asked; ms++) {
            RIG_CHECK(&g, ms < MS_MAX, "%s is not removed", logs[i]->name);
            rig_remove(&g, logs[i]);
            turns(&g, 1);
        }
    }
    for (uint32_t ms = 0; rig_ok(&g) && g.in_flight > 0; ms++) {
        RIG_CHECK(&g, ms < MS_MAX, "what was asked for is not done");
        turns(&g, 1);
    }
    node_disk_bytes(g.n, roomy);
    end(&g);
}

static void logs_go_when_disk_and_memory_are_full(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_crammed", 1, 30, crammed_scenario), 0);
}

static void a_burst_leaves_the_reserve(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_burst", 1, 20, burst_scenario), 0);
}

static void the_reserve_is_not_for_clients(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_reserve", 1, 30, reserve_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_loses_nothing_and_heals),
        cmocka_unit_test(one_kind_of_file_lacks_room),
        cmocka_unit_test(the_reserve_is_not_for_clients),
        cmocka_unit_test(a_burst_leaves_the_reserve),
        cmocka_unit_test(logs_go_when_disk_and_memory_are_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
