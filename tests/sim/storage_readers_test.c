/* Readers that keep what they were given: appends go on, what readers keep stays as it was, and all of it
 * comes back, also when the log has gone meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "storage/store_priv.h"
#include "tests/sim/storage_play.h"

enum { KEPT_MAX = 200, APPENDS = 600, KEEP_EVERY = 3 };

struct keeper {
    struct rig_read reads[KEPT_MAX];
    uint32_t count;
    uint32_t pinned_max; /* the most that readers ever held of the journal's memory, in chunks */
    uint32_t refused, copied, pinned;
};

static void kept(struct plog_read *r)
{
    struct rig_read *x = MR_CONTAINER(r, struct rig_read, read);
    x->over = true;
    x->m->busy--;
    x->g->in_flight--;
}

/* Everything from a random offset on, without giving it back. */
static void keep(struct keeper *k, struct rig *g, struct mlog *m)
{
    int64_t start = plog_start(m->log), end = plog_stable_end(m->log);
    if (k->count == KEPT_MAX || start >= end)
        return;
    struct rig_read *x = &k->reads[k->count++];
    *x = (struct rig_read){.g = g, .m = m};
    x->read = (struct plog_read){.offset = (int64_t)rng_between(g->rng, (uint64_t)start, (uint64_t)end - 1),
                                 .limit = end,
                                 .bytes_max = UINT32_MAX,
                                 .one_at_least = true,
                                 .pieces = rng_below(g->rng, 2) == 0,
                                 .own_max = (uint32_t)PICK(g->rng, 0, 0, 5000, UINT32_MAX),
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
        RIG_CHECK(g, x->over, "a read was never answered");
        k->refused += x->read.err == -ENOBUFS;
        k->copied += x->read.own_bytes > 0;
        k->pinned += x->read.bytes > 0 && x->read.own_bytes == 0;
        RIG_CHECK(g, x->read.err == 0 || (x->read.err == -ENOBUFS && x->read.own_max == 0),
                  "a read failed: %d", x->read.err);
        RIG_CHECK(g, x->read.own_bytes == 0 || x->read.own_max > 0, "memory was taken that was not granted");
        uint64_t bytes = mr_max(x->read.own_max, g->o.batch_bytes_max + BATCH_HEADER_BYTES);
        RIG_CHECK(g, x->read.own_bytes <= 4 * bytes, "%llu bytes were taken",
                  (unsigned long long)x->read.own_bytes);
        rig_check_bytes(g, x->m, x->read.offset, &x->read);
        plog_read_done(&x->read);
    }
    k->count = 0;
}

static void append_beside(struct keeper *k, struct rig *g, struct mlog *m)
{
    const struct journal *j = g->stores[m->shard]->journal;
    for (uint32_t n = 0; n < APPENDS && rig_ok(g); n++) {
        rig_append(g, m);
        if (n % KEEP_EVERY == 0)
            keep(k, g, m);
        rig_turn(g, n % 4 == 0);
        k->pinned_max = mr_max(k->pinned_max, journal_units_pinned(j));
    }
    (void)rig_drain(g); /* fails when appends hang */
    RIG_CHECK(g, k->pinned_max <= mr_max(journal_units_max(j) / 4, 1), "readers hold %u chunks of %u",
              k->pinned_max, journal_units_max(j));
}

static void readers_scenario(uint64_t seed, struct seed_result *r)
{
    struct world_options wo = world_options_default();
    struct rig_options o = play_options(seed);
    struct rig g;
    static const char *const names[] = {"stays", "goes"};
    struct keeper *k = mem_zalloc(1, sizeof(*k));
    MR_ASSERT(k != NULL);
    o.shards = 1;
    o.log.segment_bytes = 1 << 20;
    rig_init(&g, seed, &wo, &o, r);
    rig_boot(&g, 0);
    for (size_t i = 0; i < MR_COUNT(names) && rig_ok(&g); i++) {
        struct mlog *m = rig_make(&g, names[i]);
        append_beside(k, &g, m);
        if (i == 1 && rig_ok(&g)) {
            rig_remove(&g, m);
            (void)rig_drain(&g);
            rig_turn(&g, true);
        }
        if (rig_ok(&g))
            give_back(k, &g);
    }
    RIG_CHECK(&g, journal_units_pinned(g.stores[0]->journal) == 0, "chunks are still held");
    if (rig_ok(&g))
        (void)rig_close(&g);
    if (!g.dead && g.ios[0] != NULL)
        rig_bury(&g);
    bool fits =
        o.store.chunk_bytes > 2 * o.batch_bytes_max + 8192; /* else a chunk may be too large to be held */
    RIG_CHECK(&g, k->refused + k->copied > 0 && (k->pinned > 0 || !fits), "%u refused, %u copied, %u held",
              k->refused, k->copied, k->pinned);
    rig_done(&g);
    mem_free(k);
}

static void readers_that_keep_the_tail_do_not_stop_appends(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_readers", 1, 60, readers_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_that_keep_the_tail_do_not_stop_appends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
