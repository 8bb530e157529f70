/* Consumers far behind: what they read together is read once, what they will read is read before, all of it
 * is the log's own bytes, and none of it holds more memory than it may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "storage/cold.h"
#include "storage/plog_priv.h"
#include "tests/sim/storage_play.h"

enum {
    LOG_BYTES = 1 << 20,
    TURNS_MAX = 60000,
    LAST_BYTES_MAX = 16384, /* a unit of the file that is not whole, and a batch that goes on into it */
};

static struct cold *cold_of(const struct rig *g)
{
    return g->stores[0]->cold;
}

static struct store_stats stats_of(const struct rig *g)
{
    struct store_stats s;
    store_stats(g->stores[0], &s);
    return s;
}

static void wait_open(struct rig *g, struct mlog *m)
{
    struct rig_flag flag = {.set = false};
    work_init(&flag.work, rig_work_flag);
    if (!plog_open(m->log, &flag.work))
        (void)rig_wait(g, &flag.set);
}

/* A log of LOG_BYTES in several segments, none of it in memory. */
static struct mlog *begin(struct rig *g, uint64_t seed, uint32_t blocks, bool faults, struct seed_result *r)
{
    struct world_options wo = faults ? world_options_from_seed(seed) : world_options_default();
    struct rig_options o = play_options(seed);
    o.shards = 1;
    o.log.segment_bytes = 300000;
    o.log.segment_ms = INT64_MAX / 2;
    o.log.index_bytes_max = 10 << 20;
    o.log.index_interval_bytes = 4096;
    o.batch_bytes_max = 9000;
    o.store.cold_block_bytes = 16384;
    o.store.cold_bytes = (uint64_t)blocks * o.store.cold_block_bytes;
    o.store.cold_share = 50;
    o.store.index_cache_bytes = 0; /* none is loaded twice */
    o.damage_indexes = false;      /* and none read anew */
    o.store.files_open_max = 512;
    rig_init(g, seed, &wo, &o, r);
    world_faults(g->w, false);
    rig_boot(g, 0);
    struct mlog *m = rig_make(g, "a");
    wait_open(g, m);
    for (uint64_t bytes = 0; bytes < LOG_BYTES && rig_ok(g);) {
        uint32_t count = m->count;
        rig_append(g, m);
        (void)rig_drain(g);
        for (; count < m->count; count++)
            bytes += m->batches[count].len;
    }
    (void)rig_close(g);
    if (rig_ok(g))
        rig_boot(g, 0); /* it reads some of it, to compare */
    if (rig_ok(g))
        (void)rig_close(g);
    if (!rig_ok(g) || rig_start(g) != 0)
        return NULL;
    for (struct mlog *x = g->logs; x != NULL; x = x->next)
        rig_check_log(g, x);
    if (rig_ok(g))
        wait_open(g, m);
    return rig_ok(g) && m->log != NULL ? m : NULL;
}

static void end(struct rig *g)
{
    if (rig_ok(g) && g->shards != NULL && !rig_is_dead(g))
        (void)rig_close(g);
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

static void chase_to(struct rig *g, struct mlog *m, int64_t at, int64_t to)
{
    struct rig_chase *c = mem_zalloc(1, sizeof(*c));
    MR_ASSERT(c != NULL);
    c->x.g = g;
    c->x.m = m;
    c->at = at;
    c->to = to;
    c->left = UINT32_MAX;
    rig_chase_go(c);
}

static void chase(struct rig *g, struct mlog *m, int64_t at)
{
    chase_to(g, m, at, INT64_MAX);
}

/* Until all is answered; the bounds hold all the time. */
static void run_out(struct rig *g)
{
    const struct cold *c = cold_of(g);
    for (uint32_t turns = 0; g->in_flight > 0 && rig_ok(g); turns++) {
        RIG_CHECK(g, turns < TURNS_MAX, "%u reads hang", g->in_flight);
        RIG_CHECK(g, c->bufs <= c->blocks_max, "%u blocks of %u", c->bufs, c->blocks_max);
        RIG_CHECK(g, c->pace.in_flight <= COLD_DEPTH, "%u reads at once", c->pace.in_flight);
        rig_turn(g, true);
    }
}

static uint64_t log_bytes(const struct mlog *m, int64_t to)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < m->count && m->batches[i].base < to; i++)
        bytes += m->batches[i].len;
    return bytes;
}

/* The offset of the first batch that is not in the file for certain, whole units of it only: read by each for
 * itself. */
static int64_t filed_end(const struct mlog *m)
{
    const struct segment *last = plog_last(m->log);
    uint64_t pos = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        if (m->batches[i].base < last->base)
            continue;
        pos += m->batches[i].len;
        if (pos > cold_file_end(last))
            return m->batches[i].base;
    }
    return plog_stable_end(m->log);
}

/* ---- one device read, however many want the same ---- */

static void identical(uint64_t seed, uint32_t readers, struct seed_result *r)
{
    struct rig g;
    struct mlog *m = begin(&g, seed, 32, false, r);
    struct io_counters before, after;
    int64_t to = m != NULL ? filed_end(m) : 0;
    for (uint32_t i = 0; i < readers && m != NULL; i++) {
        if (i == 0)
            io_counters(g.ios[0], &before);
        chase_to(&g, m, 0, to);
    }
    if (m != NULL && rig_ok(&g)) {
        run_out(&g);
        io_counters(g.ios[0], &after);
        uint64_t bytes = log_bytes(m, to), read = after.file_bytes_read - before.file_bytes_read;
        struct store_stats s = stats_of(&g);
        RIG_CHECK(&g, s.cold_read_bytes >= readers * bytes, "%u readers got %llu of %llu bytes", readers,
                  (unsigned long long)s.cold_read_bytes, (unsigned long long)bytes);
        RIG_CHECK(&g, read <= bytes + bytes / 10 + 100000, "%u readers of %llu bytes: %llu were read",
                  readers, (unsigned long long)bytes, (unsigned long long)read);
        RIG_CHECK(&g, s.cold_reads <= 2 * bytes / 16384, "%llu reads for %llu bytes",
                  (unsigned long long)s.cold_reads, (unsigned long long)bytes);
        RIG_CHECK(&g, bytes + LAST_BYTES_MAX >= log_bytes(m, INT64_MAX), "%llu bytes are in no file",
                  (unsigned long long)(log_bytes(m, INT64_MAX) - bytes));
        for (uint32_t i = 0; i < readers; i++)
            chase(&g, m, to);
        run_out(&g);
    }
    end(&g);
}

static void one_scenario(uint64_t seed, struct seed_result *r)
{
    identical(seed, 1, r);
}

static void ten_scenario(uint64_t seed, struct seed_result *r)
{
    identical(seed, 10, r);
}

static void ten_consumers_of_the_same_read_it_once(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_cold", 1, 10, one_scenario), 0);
    assert_int_equal(seeds_run("sim_storage_cold", 1, 10, ten_scenario), 0);
}

/* ---- ahead: for those who read on, and only for them ---- */

static void ahead_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    struct mlog *m = begin(&g, seed, 32, false, r);
    uint32_t reads = 0, at_once = 0;
    for (int64_t at = 0; m != NULL && rig_ok(&g) && at < plog_stable_end(m->log);) {
        struct rig_read *x = mem_zalloc(1, sizeof(*x));
        MR_ASSERT(x != NULL);
        *x = (struct rig_read){.g = &g, .m = m};
        x->read = (struct plog_read){.offset = at,
                                     .limit = plog_stable_end(m->log),
                                     .bytes_max = 20000,
                                     .one_at_least = true,
                                     .pieces = true,
                                     .own_max = UINT32_MAX,
                                     .done = rig_read_done_keep};
        m->busy++;
        g.in_flight++;
        reads++;
        bool now = plog_read(m->log, &x->read);
        at_once += now;
        if (now)
            rig_read_check(x);
        else
            (void)rig_wait(&g, &x->over);
        RIG_CHECK(&g, x->read.end > at, "no step on at %lld", (long long)at);
        at = x->read.end;
        mem_free(x);
        for (int i = 0; i < 8; i++) /* the client has it, and asks again */
            rig_turn(&g, true);
    }
    RIG_CHECK(&g, m == NULL || at_once * 100 >= reads * 96, "only %u of %u reads were there before", at_once,
              reads);
    end(&g);
}

static void a_reader_that_goes_on_finds_it_there(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_cold", 1, 10, ahead_scenario), 0);
}

static void apart_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    struct mlog *m = begin(&g, seed, 32, false, r);
    uint64_t before = m != NULL ? stats_of(&g).cold_device_bytes : 0;
    uint32_t reads = 0;
    for (uint32_t i = m != NULL ? m->count - 1 : 0; i >= 8 && rig_ok(&g); i -= 8) { /* backwards */
        struct rig_read *x = mem_zalloc(1, sizeof(*x));
        MR_ASSERT(x != NULL);
        *x = (struct rig_read){.g = &g, .m = m};
        x->read = (struct plog_read){.offset = m->batches[i].base,
                                     .limit = m->batches[i].last + 1,
                                     .bytes_max = 1,
                                     .one_at_least = true,
                                     .pieces = true,
                                     .own_max = UINT32_MAX,
                                     .done = rig_read_done};
        m->busy++;
        g.in_flight++;
        reads++;
        if (plog_read(m->log, &x->read))
            rig_read_done(&x->read);
        run_out(&g);
    }
    if (m != NULL && rig_ok(&g)) {
        uint64_t bytes = stats_of(&g).cold_device_bytes - before;
        RIG_CHECK(&g, bytes <= (uint64_t)reads * 3 * 16384, "%llu bytes for %u reads",
                  (unsigned long long)bytes, reads);
    }
    end(&g);
}

static void who_jumps_about_gets_nothing_ahead(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_cold", 1, 10, apart_scenario), 0);
}

/* ---- answers that are kept, logs that go ---- */

enum { KEPT_MAX = 64 };

struct keeper {
    struct rig_read reads[KEPT_MAX];
    uint32_t count, shared;
};

static void kept(struct plog_read *r)
{
    struct rig_read *x = MR_CONTAINER(r, struct rig_read, read);
    x->over = true;
    x->m->busy--;
    x->g->in_flight--;
}

static void keep(struct keeper *k, struct rig *g, struct mlog *m)
{
    struct rig_read *x = &k->reads[k->count++];
    *x = (struct rig_read){.g = g, .m = m};
    x->read = (struct plog_read){.offset = (int64_t)rng_below(g->rng, (uint64_t)plog_stable_end(m->log)),
                                 .limit = plog_stable_end(m->log),
                                 .bytes_max = (uint32_t)rng_between(g->rng, 5000, 60000),
                                 .one_at_least = true,
                                 .pieces = true,
                                 .own_max = UINT32_MAX,
                                 .done = kept};
    m->busy++;
    g->in_flight++;
    if (plog_read(m->log, &x->read))
        kept(&x->read);
}

static void give_back(struct keeper *k, struct rig *g)
{
    for (uint32_t i = 0; i < k->count; i++) {
        struct rig_read *x = &k->reads[i];
        RIG_CHECK(g, x->over && x->read.err == 0, "read at %lld: %d", (long long)x->read.offset, x->read.err);
        rig_check_bytes(g, x->m, x->read.offset, &x->read);
        k->shared += x->read.own_bytes == 0;
        plog_read_done(&x->read);
    }
    k->count = 0;
}

/* Slow readers hold every block there is; the log is removed under them. */
static void keepers_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    struct mlog *m = begin(&g, seed, (uint32_t)(4 + seed % 16), false, r);
    struct keeper *k = mem_zalloc(1, sizeof(*k));
    MR_ASSERT(k != NULL);
    for (int i = 0; i < KEPT_MAX && m != NULL && rig_ok(&g); i++) {
        keep(k, &g, m);
        if (rng_below(g.rng, 2) == 0)
            run_out(&g);
    }
    if (m != NULL && rig_ok(&g)) {
        run_out(&g);
        struct cold *c = cold_of(&g);
        RIG_CHECK(&g, c->bufs == c->blocks_max, "%u blocks of %u", c->bufs, c->blocks_max);
        rig_remove(&g, m);
        RIG_CHECK(&g, map_count(&c->blocks) == 0 && c->bufs > 0, "blocks of a removed log stay");
        (void)rig_drain(&g);
        for (int i = 0; i < 20; i++)
            rig_turn(&g, true);
        give_back(k, &g);
        RIG_CHECK(&g, c->bufs == 0, "%u blocks are lost", c->bufs);
        RIG_CHECK(&g, k->shared > 0 && k->shared < KEPT_MAX, "%u of %u from blocks", k->shared, KEPT_MAX);
    }
    end(&g);
    mem_free(k);
}

static void slow_readers_hold_what_they_hold_and_no_more(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_cold", 1, 30, keepers_scenario), 0);
}

/* ---- idle ---- */

static void idle_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    struct mlog *m = begin(&g, seed, 32, false, r);
    if (m != NULL) {
        for (int i = 0; i < 70; i++) {
            if (i < 2) { /* the second time they are used later */
                chase(&g, m, 0);
                run_out(&g);
                RIG_CHECK(&g, cold_of(&g)->bufs > 0, "nothing was kept");
                world_run_for(g.w, 4000 * RIG_MS);
            }
            rig_turn(&g, true);
            world_run_for(g.w, 500 * RIG_MS);
        }
        RIG_CHECK(&g, cold_of(&g)->bufs == 0, "%u blocks stay", cold_of(&g)->bufs);
    }
    end(&g);
}

static void nobody_reads_and_the_memory_goes(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_cold", 1, 5, idle_scenario), 0);
}

/* ---- damage ---- */

/* One read that is answered; its error. *ret_end: where it ended. */
static int read_at(struct rig *g, struct mlog *m, int64_t offset, bool pieces, int64_t *ret_end)
{
    struct rig_read *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    *x = (struct rig_read){.g = g, .m = m};
    x->read = (struct plog_read){.offset = offset,
                                 .limit = plog_stable_end(m->log),
                                 .bytes_max = 60000,
                                 .one_at_least = true,
                                 .pieces = pieces,
                                 .own_max = UINT32_MAX,
                                 .done = rig_read_done_keep};
    m->busy++;
    g->in_flight++;
    if (plog_read(m->log, &x->read))
        rig_read_check(x);
    else
        (void)rig_wait(g, &x->over);
    int err = x->read.err;
    *ret_end = x->read.end;
    mem_free(x);
    return err;
}

/* One batch is damaged, or cannot be read. All others are found, by readers of either kind. */
static void damage_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    struct mlog *m = begin(&g, seed, 32, false, r);
    if (m == NULL) {
        end(&g);
        return;
    }
    bool flips = seed % 2 == 0;
    const struct segment *seg = plog_seg(m->log, m->log->seg_first);
    uint64_t pos = 0, from = rng_between(g.rng, 20000, 60000);
    uint32_t bad = 0;
    while (pos < from)
        pos += m->batches[bad++].len;
    uint64_t unit = mr_round_down(pos + m->batches[bad].len / 2, 4096);
    RIG_CHECK(&g, pos + m->batches[bad].len < seg->size, "the batch is in another segment");
    char path[200];
    snprintf(path, sizeof(path), RIG_DIR "/%s-%d/00000000000000000000.log", m->name, m->key.partition);
    if (flips)
        (void)node_bit_rot(g.n, path, pos + BATCH_HEADER_BYTES, m->batches[bad].len - BATCH_HEADER_BYTES, 3);
    else
        (void)node_bad_range(g.n, path, unit, 4096, true);
    g.may_fail = true;
    uint32_t failed = 0, worked = 0;
    for (uint32_t i = 0; i < bad + 20 && i < m->count && rig_ok(&g); i += i + 5 < bad ? 5 : 1) {
        int64_t ends = 0;
        uint64_t at = 0;
        for (uint32_t k = 0; k < i; k++)
            at += m->batches[k].len;
        int err = read_at(&g, m, m->batches[i].base, rng_below(g.rng, 4) != 0, &ends);
        failed += err != 0;
        worked += err == 0;
        RIG_CHECK(&g, err != 0 || ends <= m->batches[bad].base || i > bad, "damage was served");
        /* Who looks for a place walks there from the last index entry, over what cannot be read perhaps. */
        bool near = flips ? i == bad : at + m->batches[i].len + 8192 > unit;
        RIG_CHECK(&g, err == 0 || near, "batch %u of %u: error %d, %u is bad", i, m->count, err, bad);
        RIG_CHECK(&g, err != 0 || i != bad || !flips, "the damaged batch was served");
    }
    RIG_CHECK(&g, failed > 0 && worked > 0, "%u failed, %u worked", failed, worked);
    if (g.shards != NULL)
        rig_bury(&g);
    rig_done(&g);
}

static void what_stands_beside_damage_is_served(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_cold", 1, 30, damage_scenario), 0);
}

/* ---- everything at once ---- */

static void storm_scenario(uint64_t seed, struct seed_result *r)
{
    struct rig g;
    struct mlog *m = begin(&g, seed, (uint32_t)(seed % 5 == 0 ? 0 : 1 + seed % 30), true, r);
    if (m != NULL) {
        g.may_fail = true;
        world_faults(g.w, seed % 3 == 0);
    }
    for (uint32_t n = 0; n < 250 && m != NULL && rig_ok(&g) && !g.fenced; n++) {
        struct mlog *now = rig_live(&g, "a");
        if (now == NULL)
            now = rig_make(&g, "a");
        uint64_t dice = rng_below(g.rng, 100);
        if (now->log == NULL || !plog_open(now->log, NULL) || plog_failed(now->log) != 0)
            dice = 100;
        if (dice < 25)
            rig_chase_some(&g, now);
        else if (dice < 45)
            rig_read_some(&g, now);
        else if (dice < 80)
            rig_append(&g, now);
        else if (dice < 84)
            rig_retain(&g, now);
        else if (dice < 87)
            rig_set_start(&g, now);
        else if (dice < 88)
            rig_remove(&g, now);
        else if (dice < 92)
            store_checkpoint(g.stores[0]);
        rig_turn(&g, rng_below(g.rng, 3) == 0);
        const struct cold *c = cold_of(&g);
        RIG_CHECK(&g, c->bufs <= c->blocks_max, "%u blocks of %u", c->bufs, c->blocks_max);
        RIG_CHECK(&g, c->pace.in_flight <= COLD_DEPTH, "%u reads at once", c->pace.in_flight);
    }
    world_heal(g.w);
    if (rig_ok(&g) && g.shards != NULL && !g.fenced) {
        (void)rig_drain(&g);
        RIG_CHECK(&g, cold_of(&g)->bufs == map_count(&cold_of(&g)->blocks), "blocks are lost");
    }
    if (g.shards != NULL)
        rig_bury(&g);
    rig_done(&g);
}

static void consumers_producers_retention_and_faults(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_cold", 1, 60, storm_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_consumers_of_the_same_read_it_once),
        cmocka_unit_test(a_reader_that_goes_on_finds_it_there),
        cmocka_unit_test(who_jumps_about_gets_nothing_ahead),
        cmocka_unit_test(slow_readers_hold_what_they_hold_and_no_more),
        cmocka_unit_test(nobody_reads_and_the_memory_goes),
        cmocka_unit_test(what_stands_beside_damage_is_served),
        cmocka_unit_test(consumers_producers_retention_and_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
