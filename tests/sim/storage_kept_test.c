/* A flush fails, the process starts again, and the power fails: what a start found and nobody had confirmed
 * may be seen by readers only, and no later flush saves it. Found by sim_storage_fault, seed 736185658036. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/sim/storage_play.h"

enum { JOURNAL = 1u << SIM_WRITE_FLUSH | 1u << SIM_FLUSH, TURNS_MAX = 3000, START_OPERATIONS_MAX = 400 };

/* keep_pct: of what a power failure may take, that much stays; 101: anything. */
static void begin(struct rig *g, uint64_t seed, bool flush, uint8_t keep_pct, struct seed_result *r)
{
    struct world_options wo = world_options_from_seed(seed);
    struct rig_options o = play_options(seed);
    wo.read_error_ppm = wo.write_error_ppm = wo.flush_error_ppm = wo.meta_error_ppm = 0;
    wo.stuck_ppm = wo.slow_ppm = 0;
    wo.keep_pct = keep_pct;
    wo.torn_pct = keep_pct > 100 ? 30 : 0;
    o.shards = 1;
    o.store.flush = flush;
    o.store.checkpoint_ms = 100000000; /* none but those that are asked for */
    o.store.journal_file_bytes = 262144;
    o.batch_bytes_max = 600;
    o.log.segment_ms = INT64_MAX / 2;
    rig_init(g, seed, &wo, &o, r);
    rig_boot(g, 0);
}

static struct mlog *the_log(struct rig *g)
{
    struct mlog *m = rig_live(g, "a");
    return m != NULL ? m : rig_make(g, "a");
}

static void append(struct rig *g, uint32_t batches)
{
    for (uint32_t n = 0; n < batches && rig_ok(g); n++) {
        struct mlog *m = the_log(g);
        struct rig_flag flag = {.set = false};
        work_init(&flag.work, rig_work_flag);
        if (!plog_open(m->log, &flag.work))
            (void)rig_wait(g, &flag.set);
        rig_append(g, m);
        (void)rig_drain(g);
    }
}

static void until_fenced(struct rig *g)
{
    for (uint32_t turns = 0; !g->fenced && turns < TURNS_MAX; turns++)
        rig_turn(g, true);
    RIG_CHECK(g, g->fenced, "the fault was not met");
    node_faults_clear(g->n);
    rig_bury(g); /* the process goes, the machine stays */
    g->may_fail = false;
}

/* The next group is written, its flush fails, and the process ends. */
static void append_and_fail(struct rig *g)
{
    g->may_fail = true;
    node_fault(g->n, &(struct disk_fault){.kinds = JOURNAL,
                                          .path = "millrace-journal",
                                          .times = 1,
                                          .err = -EIO,
                                          .effect = DISK_EFFECT_FORGOTTEN});
    rig_append(g, the_log(g));
    until_fenced(g);
}

/* A start that finds the batch of the failed flush. */
static void boot_with_it(struct rig *g)
{
    uint32_t had = the_log(g)->count;
    rig_boot(g, 0);
    RIG_CHECK(g, the_log(g)->count == had, "the batch is gone before the power was");
}

static void pull_the_plug(struct rig *g)
{
    if (!rig_ok(g))
        return;
    rig_plan_death(g, 0, true);
    rig_bury(g);
    rig_boot(g, 0);
}

static void checkpoint(struct rig *g)
{
    struct store_stats before, now;
    if (!rig_ok(g))
        return;
    store_stats(g->stores[0], &before);
    store_checkpoint(g->stores[0]);
    for (uint32_t turns = 0; turns < TURNS_MAX; turns++) {
        rig_turn(g, true);
        store_stats(g->stores[0], &now);
        if (now.checkpoints > before.checkpoints)
            return;
    }
    RIG_CHECK(g, false, "no checkpoint");
}

static void end(struct rig *g)
{
    if (rig_ok(g)) {
        (void)rig_close(g);
        rig_boot(g, 0);
    }
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

static void at_once_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    begin(&g, seed, true, 0, r);
    append(&g, 1 + (uint32_t)seed % 4);
    append_and_fail(&g);
    boot_with_it(&g);
    pull_the_plug(&g);
    end(&g);
}

static void behind_others_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    begin(&g, seed, true, 0, r);
    append(&g, 1 + (uint32_t)seed % 4);
    append_and_fail(&g);
    boot_with_it(&g);
    append(&g, 3);
    pull_the_plug(&g);
    append(&g, 1);
    end(&g);
}

/* Again and again, with no checkpoint between; and once more when one has made all before it void. */
static void again_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    begin(&g, seed, true, 0, r);
    for (uint32_t n = 0; n < 6 && rig_ok(&g); n++) {
        append(&g, (uint32_t)rng_below(g.rng, 3));
        append_and_fail(&g);
        boot_with_it(&g);
        if (n == 3)
            checkpoint(&g);
    }
    pull_the_plug(&g);
    end(&g);
}

/* Replay has to make room: files are written while it goes on. */
static void little_memory_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    begin(&g, seed, true, 0, r);
    rig_bury(&g);
    g.o.store.chunk_bytes = 4096;
    g.o.store.memory_bytes = 16384;
    rig_boot(&g, 0);
    append(&g, 60);
    append_and_fail(&g);
    boot_with_it(&g);
    append(&g, 2);
    pull_the_plug(&g);
    end(&g);
}

/* Without flush a power failure may take what was acknowledged; it must not keep the broker from starting. */
static void unflushed_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    begin(&g, seed, false, 0, r);
    append(&g, 5);
    g.may_fail = true;
    node_fault(g.n, &(struct disk_fault){.kinds = 1u << SIM_FLUSH,
                                         .path = "millrace-journal",
                                         .times = 1,
                                         .err = -EIO,
                                         .effect = DISK_EFFECT_FORGOTTEN});
    store_checkpoint(g.stores[0]);
    until_fenced(&g);
    boot_with_it(&g);
    append(&g, (uint32_t)seed % 3);
    pull_the_plug(&g);
    end(&g);
}

struct writes {
    uint32_t kept, largest;
};

static void see_write(void *ctx, const struct sim_trace *t)
{
    struct writes *w = ctx;
    if (t->moment != SIM_SUBMITTED || t->kind != SIM_WRITE || strstr(t->path, "-kept") == NULL)
        return;
    w->kept++;
    w->largest = mr_max(w->largest, (uint32_t)t->len);
}

/* Without flush all that replay finds is in doubt: it is kept, in few writes, and no power failure takes it.
 */
static void many_scenario(uint64_t seed, struct seed_result *r)
{
    enum { BLOCKS = 120 };
    struct rig g;
    struct writes w = {0};
    begin(&g, seed, false, 0, r);
    rig_bury(&g);
    g.o.store.chunk_bytes = 65536;
    g.o.store.memory_bytes = 16 * 65536;
    rig_boot(&g, 0);
    world_observe(g.w, see_write, &w);
    for (uint32_t again = 0; again < 2 && rig_ok(&g); again++) {
        append(&g, BLOCKS);
        rig_bury(&g);
        uint32_t had = the_log(&g)->count;
        w = (struct writes){0};
        rig_boot(&g, 0);
        RIG_CHECK(&g, w.kept > 0 && w.kept < BLOCKS / 4, "%u writes keep the blocks", w.kept);
        RIG_CHECK(&g, w.largest <= 65536, "a write of %u bytes", w.largest);
        pull_the_plug(&g);
        RIG_CHECK(&g, !rig_ok(&g) || the_log(&g)->count == had, "%u batches of %u stayed", the_log(&g)->count,
                  had);
    }
    end(&g);
}

/* The counter of the newest checkpoint that the next power failure cannot take. */
static uint64_t durable_checkpoint(struct rig *g)
{
    uint64_t counter = 0;
    for (int slot = 0; slot < 2; slot++) {
        char path[64];
        snprintf(path, sizeof(path), RIG_DIR "/millrace-checkpoint-0-%d", slot);
        int64_t bytes = node_durable_bytes(g->n, path);
        if (bytes < CHECKPOINT_BODY_AT)
            continue;
        uint8_t *h = mem_alloc((size_t)bytes);
        MR_ASSERT(h != NULL && node_durable_peek(g->n, path, 0, h, (size_t)bytes) == bytes);
        if (mr_get32(h) == CHECKPOINT_MAGIC && mr_get32(h + 108) == crc32c(0, h, 108) &&
            mr_get64(h + 96) <= (uint64_t)bytes - CHECKPOINT_BODY_AT && /* a longer one may have been there */
            mr_get32(h + 104) == crc32c(0, h + CHECKPOINT_BODY_AT, (size_t)mr_get64(h + 96)))
            counter = mr_max(counter, mr_get64(h + 8));
        mem_free(h);
    }
    return counter;
}

/* The power fails at every operation of the start that has the doubt. Whatever it takes: the journal before
 * the last certain checkpoint's mark may be overwritten, so one from before that would be no help. */
static void in_the_start(uint64_t seed, uint32_t kinds, const char *path, struct seed_result *r)
{
    bool over = false;
    for (uint32_t nth = 1; nth < START_OPERATIONS_MAX && !over && r->err == 0;
         nth += 1 + (uint32_t)seed % 2) {
        struct rig g;
        begin(&g, seed + nth, true, 101, r);
        append(&g, 2);
        checkpoint(&g);
        append(&g, 2);
        uint64_t certain = durable_checkpoint(&g);
        g.may_fail = true;
        node_fault(g.n, &(struct disk_fault){.kinds = kinds,
                                             .path = path,
                                             .times = 1,
                                             .err = -EIO,
                                             .effect = DISK_EFFECT_FORGOTTEN});
        rig_append(&g, the_log(&g));
        store_checkpoint(g.stores[0]);
        until_fenced(&g);
        rig_plan_death(&g, nth, true);
        over = rig_start(&g) == 0;
        node_die_after(g.n, 0, false);
        RIG_CHECK(&g, durable_checkpoint(&g) >= certain, "operation %u: no certain checkpoint is left", nth);
        if (over && rig_ok(&g))
            rig_bury(&g);
        if (rig_ok(&g))
            rig_boot(&g, 0);
        end(&g);
    }
}

static void start_scenario(uint64_t seed, struct seed_result *r)
{
    in_the_start(seed, JOURNAL, "millrace-journal", r);
    r->trace = 0;
}

/* The same of a checkpoint: the next start reads one that is not on stable storage. */
static void checkpoint_scenario(uint64_t seed, struct seed_result *r)
{
    in_the_start(seed, 1u << SIM_FLUSH, "millrace-checkpoint", r);
    r->trace = 0;
}

/* A block that only its copy has; then a checkpoint behind it that was not flushed; then a start that has a
 * doubt of its own, and would begin the copies anew. Whatever the power takes in that start, the checkpoint
 * before, which counts again then, must find the copy. */
static void needed_scenario(uint64_t seed, struct seed_result *r)
{
    bool over = false;
    for (uint32_t nth = 1; nth < START_OPERATIONS_MAX && !over && r->err == 0; nth++) {
        struct rig g;
        begin(&g, seed, true, 0, r);
        append(&g, 1 + (uint32_t)seed % 3);
        append_and_fail(&g);
        boot_with_it(&g);
        append(&g, 2);
        g.may_fail = true;
        node_fault(g.n, &(struct disk_fault){.kinds = 1u << SIM_FLUSH,
                                             .path = "millrace-checkpoint",
                                             .times = 1,
                                             .err = -EIO,
                                             .effect = DISK_EFFECT_FORGOTTEN});
        store_checkpoint(g.stores[0]);
        for (uint32_t turns = 0; turns < TURNS_MAX && !g.fenced && rig_ok(&g); turns++) {
            rig_append(&g, the_log(&g)); /* so that blocks follow which the checkpoint does not know */
            rig_turn(&g, true);
        }
        until_fenced(&g);
        rig_plan_death(&g, nth, true);
        over = rig_start(&g) == 0;
        node_die_after(g.n, 0, false);
        if (over && rig_ok(&g))
            rig_bury(&g);
        if (rig_ok(&g))
            rig_boot(&g, 0);
        end(&g);
    }
    r->trace = 0;
}

/* A start that makes the journal's files longer is killed at every operation; the next one finds them as long
 * as it wants them, and then the power fails. Found by sim_storage_crash. */
static void longer_scenario(uint64_t seed, struct seed_result *r)
{
    bool over = false;
    for (uint32_t nth = 1; nth < START_OPERATIONS_MAX && !over && r->err == 0; nth++) {
        struct rig g;
        begin(&g, seed, true, 0, r);
        append(&g, 1);
        (void)rig_close(&g);
        g.o.store.journal_file_bytes *= 2;
        rig_plan_death(&g, nth, false);
        over = rig_start(&g) == 0;
        node_die_after(g.n, 0, false);
        if (over && rig_ok(&g))
            rig_bury(&g);
        if (rig_ok(&g))
            rig_boot(&g, 0);
        append(&g, 1);
        pull_the_plug(&g);
        append(&g, 1);
        end(&g);
    }
    r->trace = 0;
}

/* Without flush: starts that keep blocks are cut off, one after the other, and each may find others of them
 * in the journal, and others only where they are kept. None refuses what the ones before have left. Found by
 * sim_storage_crash, seed 1795500080299; of these, seed 172 finds it. */
static void cut_off_scenario(uint64_t seed, struct seed_result *r)
{
    enum { LIVES = 10, CUT_OFF = 2 };
    struct rig g;
    begin(&g, seed, false, 101, r);
    rig_bury(&g);
    g.o.store.chunk_bytes = 4096; /* a block is written before the next one is read */
    g.o.store.memory_bytes = 16 * 4096;
    g.o.log.segment_bytes = 4096;
    g.o.log.file_delete_delay_ms = 0;
    rig_boot(&g, 0);
    for (uint32_t life = 0; life < LIVES && rig_ok(&g); life++) {
        for (uint32_t n = 0; n < 3 && rig_ok(&g); n++) { /* what is let go has the journal flushed */
            append(&g, 1 + (uint32_t)rng_below(g.rng, 8));
            rig_set_start(&g, the_log(&g));
            (void)rig_drain(&g);
        }
        rig_plan_death(&g, 0, rng_below(g.rng, 2) == 0);
        rig_bury(&g);
        for (uint32_t n = 0; n < CUT_OFF && rig_ok(&g); n++) {
            rig_plan_death(&g, rng_between(g.rng, 1, 60), rng_below(g.rng, 2) == 0);
            if (rig_start(&g) == 0)
                rig_bury(&g);
        }
        node_die_after(g.n, 0, false);
        if (rig_ok(&g))
            rig_boot(&g, 0);
    }
    end(&g);
}

#define CASE(name, count, scenario)                                                                          \
    static void name(void **state)                                                                           \
    {                                                                                                        \
        (void)state;                                                                                         \
        assert_int_equal(seeds_run("sim_storage_kept", 1, (count), (scenario)), 0);                          \
    }

CASE(what_a_start_found_stays, 40, at_once_scenario)
CASE(what_was_appended_behind_it_stays, 40, behind_others_scenario)
CASE(it_stays_when_that_happens_again, 40, again_scenario)
CASE(it_stays_when_replay_makes_room, 40, little_memory_scenario)
CASE(without_flush_the_start_is_not_refused, 40, unflushed_scenario)
CASE(many_blocks_are_kept_in_few_writes, 20, many_scenario)
CASE(the_power_may_fail_in_that_start, 8, start_scenario)
CASE(or_when_a_checkpoint_was_not_flushed, 8, checkpoint_scenario)
CASE(copies_that_the_checkpoint_before_needs_stay, 8, needed_scenario)
CASE(starts_that_are_cut_off_lose_no_kept_block, 200, cut_off_scenario)
CASE(files_that_a_killed_start_made_longer_stay_so, 4, longer_scenario)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_start_found_stays),
        cmocka_unit_test(what_was_appended_behind_it_stays),
        cmocka_unit_test(it_stays_when_that_happens_again),
        cmocka_unit_test(it_stays_when_replay_makes_room),
        cmocka_unit_test(without_flush_the_start_is_not_refused),
        cmocka_unit_test(many_blocks_are_kept_in_few_writes),
        cmocka_unit_test(the_power_may_fail_in_that_start),
        cmocka_unit_test(or_when_a_checkpoint_was_not_flushed),
        cmocka_unit_test(copies_that_the_checkpoint_before_needs_stay),
        cmocka_unit_test(starts_that_are_cut_off_lose_no_kept_block),
        cmocka_unit_test(files_that_a_killed_start_made_longer_stay_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
