/* Segments below the log start go when their time has come, whatever else happens or does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/sim/storage_play.h"

enum { TURNS_MAX = 3000, DELETE_DELAY_MS = 100, IN_MS = 10000 };

/* A log wholly expires, and nobody appends to any: no commit and no checkpoint comes that would see to its
 * last segment. Found by the suite `retention` on a busy machine: its file stayed until the next checkpoint.
 */
static void expired_scenario(uint64_t seed, struct seed_result *r)
{
    struct world_options wo = world_options_from_seed(seed);
    struct rig_options o = play_options(seed);
    struct rig g;
    wo.read_error_ppm = wo.write_error_ppm = wo.flush_error_ppm = wo.meta_error_ppm = 0;
    wo.stuck_ppm = wo.slow_ppm = 0;
    o.shards = 1;
    o.store.flush = true;
    o.store.checkpoint_ms = 100000000;
    o.batch_bytes_max = 600;
    o.log.file_delete_delay_ms = DELETE_DELAY_MS;
    o.log.segment_ms = INT64_MAX / 2;
    rig_init(&g, seed, &wo, &o, r);
    rig_boot(&g, 0);
    struct mlog *m = rig_make(&g, "a");
    struct rig_flag flag = {.set = false};
    work_init(&flag.work, rig_work_flag);
    if (!plog_open(m->log, &flag.work))
        (void)rig_wait(&g, &flag.set);
    for (uint32_t n = 0; n < 5 && rig_ok(&g); n++) {
        rig_append(&g, m);
        (void)rig_drain(&g);
    }
    uint64_t began = world_now_ns(g.w);
    rig_move_start(&g, m, plog_stable_end(m->log));
    for (uint32_t turns = 0; (g.in_flight > 0 || m->log->seg_count > 1) && turns < TURNS_MAX; turns++)
        rig_turn(&g, true);
    RIG_CHECK(&g, m->log->seg_count == 1 && plog_last(m->log)->size == 0, "%u segments stay",
              m->log->seg_count);
    uint64_t took_ms = (world_now_ns(g.w) - began) / 1000000;
    RIG_CHECK(&g, took_ms < IN_MS, "the last segment went after %llu ms", (unsigned long long)took_ms);
    if (g.shards != NULL)
        rig_bury(&g);
    rig_done(&g);
}

static void a_log_that_expired_is_gone_when_nothing_else_happens(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_trim", 1, 20, expired_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_log_that_expired_is_gone_when_nothing_else_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
