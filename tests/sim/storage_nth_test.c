/* The Nth operation fails, for every N through a life that is always the same: a start, appends, a roll, a
 * checkpoint, log starts that drop segments, a removal, a clean stop, and a start and a stop again. The store
 * may refuse, fence itself, or fail to start or stop; when the disk is well again everything acknowledged is
 * there. storage_fault_test.c does the same to random lives, and not to every N of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "storage/space.h"
#include "tests/sim/storage_cuts.h"
#include "tests/sim/storage_doing.h"

enum { ALL_KINDS = (1u << SIM_ACCEPT) - 1, PARTS = 16, TURNS_MAX = 20000 };

struct variant {
    int err;
    uint64_t times; /* 0: from then on for ever */
};
static const struct variant variants[] = {{-EIO, 1}, {-EIO, 0}, {-ENOSPC, 1}, {-ENOSPC, 0}};

static struct world_options calm(void)
{
    struct world_options o = world_options_default();
    o.flush_covers_device = false;
    o.flush_commits_metadata = false;
    return o;
}

static struct rig_options small(bool flush)
{
    struct rig_options o = {.shards = 1, .names = 2, .batch_bytes_max = 9000, .check_segments = true};
    o.store = (struct store_config){.unit = 512,
                                    .flush = flush,
                                    .journal_files = 3,
                                    .journal_file_bytes = 65536,
                                    .chunk_bytes = 16384,
                                    .memory_bytes = 5 * 16384,
                                    .checkpoint_ms = 1000000,
                                    .files_open_max = 2,
                                    .txns_cached_max = 20,
                                    .sync_fs_logs = flush ? 1 : UINT32_MAX,
                                    .ahead_min = 8192,
                                    .ahead_idle_ms = 50,
                                    .pace = true,
                                    .slow_max_us = 1000,
                                    .flights = 2,
                                    .flight_entries = 2};
    o.log = (struct plog_config){.segment_bytes = 16384,
                                 .segment_ms = INT64_MAX / 2,
                                 .index_interval_bytes = 1000,
                                 .index_bytes_max = 10 << 20,
                                 .file_delete_delay_ms = 1};
    return o;
}

static bool going(const struct rig *g)
{
    return rig_ok(g) && !g->fenced;
}

static void append_all(struct rig *g, uint32_t count)
{
    for (uint32_t n = 0; n < count && going(g); n++) {
        struct mlog *m = rig_live(g, n % 3 == 0 ? "b" : "a");
        if (m != NULL)
            rig_append(g, m);
        rig_turn(g, n % 4 == 3);
    }
    if (going(g))
        (void)rig_drain(g);
}

static uint64_t checkpoints(const struct rig *g)
{
    struct store_stats st;
    store_stats(g->stores[0], &st);
    return st.checkpoints;
}

/* Asked for: without pace; else as the background does it by itself, when a quarter of the ring is used. */
static void see_checkpoint(struct rig *g, bool asked)
{
    uint64_t before = checkpoints(g);
    if (asked)
        store_checkpoint(g->stores[0]);
    for (uint32_t turns = 0; going(g) && checkpoints(g) == before; turns++) {
        struct mlog *m = rig_live(g, "a");
        if (m == NULL || m->log == NULL || plog_failed(m->log) != 0)
            return; /* what failed was the opening of the log: there is nothing to append to */
        if (g->may_fail && space_lacking(g->stores[0]))
            return; /* it waits for room, and there will be none: that is no reason to fence */
        if (!asked && turns % 8 == 0)
            append_all(g, 2);
        if (turns == TURNS_MAX / 2 && space_waiting(g->stores[0]))
            node_faults_clear(g->n); /* as long as there is no room it cannot end; then it must */
        rig_turn(g, true);
        RIG_CHECK(g, turns < TURNS_MAX, "no checkpoint comes to its end");
    }
}

/* The process is gone afterwards, whatever happened. */
static void a_life(struct rig *g, bool first)
{
    bool up = rig_start(g) == 0;
    for (struct mlog *m = g->logs; up && m != NULL && rig_ok(g); m = m->next)
        rig_check_log(g, m);
    for (int i = 0; i < 2 && up && going(g); i++)
        if (rig_live(g, i == 0 ? "a" : "b") == NULL && (first || i == 0))
            (void)rig_make(g, i == 0 ? "a" : "b");
    if (up)
        append_all(g, 30);
    if (up && going(g))
        see_checkpoint(g, false);
    if (up && first && going(g)) {
        struct mlog *m = rig_live(g, "a");
        if (rig_usable(m))
            rig_move_start(g, m, plog_stable_end(m->log) * 2 / 3);
        (void)rig_drain(g);
        if (going(g) && rig_usable(m)) /* in a segment that is complete, and in the one that grows */
            rig_truncate(g, m, plog_stable_end(m->log) * 5 / 6);
        (void)rig_drain(g);
        append_all(g, 6);
        if (going(g) && rig_usable(m))
            rig_truncate(g, m, plog_stable_end(m->log) - 2);
        (void)rig_drain(g);
        append_all(g, 6);
        rig_remove(g, rig_live(g, "b"));
        (void)rig_drain(g);
        for (int i = 0; i < 200 && going(g); i++) /* the files of both go */
            rig_turn(g, true);
    }
    if (up && going(g))
        see_checkpoint(g, true);
    if (up && rig_ok(g) && !g->fenced)
        (void)rig_close(g);
    else if (g->shards != NULL)
        rig_bury(g);
}

static void count_op(void *ctx, const struct sim_trace *t)
{
    if (t->moment == SIM_SUBMITTED && t->kind < SIM_ACCEPT)
        (*(uint64_t *)ctx)++;
}

/* 0: none fails. Returns how many operations there were. */
static uint64_t one_fault(uint64_t nth, const struct variant *v, bool flush, struct seed_result *r)
{
    struct world_options wo = calm();
    struct rig_options o = small(flush);
    struct rig g;
    uint64_t ops = 0;
    rig_init(&g, 5, &wo, &o, r);
    g.may_fail = nth > 0;
    world_observe(g.w, count_op, &ops);
    if (nth > 0)
        node_fault(
            g.n, &(struct disk_fault){.kinds = ALL_KINDS, .skip = nth - 1, .times = v->times, .err = v->err});
    a_life(&g, true);
    if (rig_ok(&g))
        a_life(&g, false);
    uint64_t counted = ops;
    node_faults_clear(g.n);
    node_power_loss(g.n); /* what was acknowledged needs no page cache */
    g.power_lost = true;
    g.may_fail = false;
    for (int i = 0; i < 2 && rig_ok(&g); i++) {
        rig_boot(&g, 0);
        if (rig_ok(&g))
            (void)rig_close(&g);
    }
    if (g.shards != NULL)
        rig_bury(&g);
    RIG_CHECK(&g, nth > 0 || (g.closes == 4 && g.acks > 50),
              "the life without faults is not a whole one: %u closes, %llu acks, fenced %d", g.closes,
              (unsigned long long)g.acks, g.fenced);
    rig_done(&g);
    return counted;
}

/* Part s of 16: every N that leaves s over. */
static void part(uint64_t s, bool flush, struct seed_result *r)
{
    uint64_t count = one_fault(0, NULL, flush, r);
    for (uint64_t nth = 1 + (s - 1) % PARTS; nth <= count && r->err == 0; nth += PARTS)
        for (size_t i = 0; i < MR_COUNT(variants) && r->err == 0; i++) {
            (void)one_fault(nth, &variants[i], flush, r);
            if (r->err == 0)
                continue;
            char why[200];
            snprintf(why, sizeof(why), "%.190s", r->why);
            snprintf(r->why, sizeof(r->why), "operation %llu of %llu gave %d%s: %s", (unsigned long long)nth,
                     (unsigned long long)count, variants[i].err,
                     variants[i].times == 0 ? " and all after it" : "", why);
        }
    r->trace = 0;
}

static void flushed(uint64_t s, struct seed_result *r)
{
    part(s, true, r);
}

static void written(uint64_t s, struct seed_result *r)
{
    part(s, false, r);
}

static void every_operation_fails_once(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_nth", 1, PARTS, flushed), 0);
}

static void every_operation_fails_once_without_flush(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_nth", 1, PARTS, written), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_fails_once),
        cmocka_unit_test(every_operation_fails_once_without_flush),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
