/* A log directory with one file damaged, whichever and however: verify finds what matters, salvage gets all
 * that is good and nothing else, a start either says why not or serves the rest, and offsets are never used
 * again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/sim/storage_play.h"
#include "tests/sim/storage_saved.h"

#define SAVED "/data/saved"

enum { PATHS_MAX = 2000, FILE_MAX = 1 << 20 };

enum kind { FLIP, ZERO, MISDIRECT, STALE, CUT, MISSING, KINDS };
static const char *const kind_names[] = {"bit flip",    "zeros",     "misdirected write",
                                         "stale write", "truncated", "missing"};

struct damage_run {
    struct rig g;
    char *paths[PATHS_MAX];
    uint32_t count;
    char path[256];
    enum kind kind;
    uint8_t strangers[4096]; /* what a misdirected write wrote */
    size_t strangers_bytes;
    uint64_t findings; /* but those about index files that were damaged on the way */
    struct salvage_report saved;
    uint64_t of_indexes;
    uint32_t lost; /* acknowledged batches that salvage did not get */
    char finding[400];
};

static void note_path(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    struct damage_run *d = ctx;
    const char *name = strrchr(path, '/') + 1;
    if (!is_dir && bytes > 0 && bytes <= FILE_MAX && d->count < PATHS_MAX && name[0] != '.' &&
        strstr(path, "-delete/") == NULL)
        d->paths[d->count++] = mem_text(path, strlen(path));
}

static bool in_log(const struct damage_run *d, const struct mlog *m)
{
    char dir[128];
    snprintf(dir, sizeof(dir), RIG_DIR "/%s-%d/", m->name, m->key.partition);
    return strncmp(d->path, dir, strlen(dir)) == 0;
}
/* Or what a pass makes one of, or has made, and what has not got its name yet. */
static bool is_segment(const struct damage_run *d)
{
    const char *dot = strchr(strrchr(d->path, '/'), '.');
    return dot != NULL && (strcmp(dot, ".log") == 0 || strncmp(dot, ".log.", 5) == 0);
}
static bool is_of_a_log(const struct damage_run *d)
{
    return strchr(d->path + sizeof(RIG_DIR), '/') != NULL;
}

/* The file alone tells whose a directory is that a removed log of the same name has left, until its removal
 * is over: without it nobody knows. */
static bool is_last_word(const struct damage_run *d)
{
    if (strstr(d->path, "/partition.metadata") == NULL)
        return false;
    for (const struct mlog *m = d->g.logs; m != NULL; m = m->next) {
        if (in_log(d, m) && m->remove_asked && !m->removal_durable)
            return true;
    }
    return false;
}

/* ---- doing it ---- */

/* False: it would change nothing. */
static bool hurt(struct damage_run *d)
{
    struct rng *r = d->g.rng;
    static uint8_t bytes[FILE_MAX], other[8192];
    snprintf(d->path, sizeof(d->path), "%s", d->paths[rng_below(r, d->count)]);
    d->kind = (enum kind)rng_below(r, KINDS);
    if (is_last_word(d))
        return false;
    size_t len = (size_t)node_peek(d->g.n, d->path, 0, bytes, sizeof(bytes)), at = (size_t)rng_below(r, len);
    size_t block = mr_min(len - at, rng_between(r, 1, 2) * 4096), from = at;
    const char *source = d->paths[rng_below(r, d->count)];
    uint8_t old = bytes[at];
    switch (d->kind) {
    case FLIP:
        bytes[at] ^= (uint8_t)(1u << rng_below(r, 8));
        break;
    case ZERO:
        at = mr_round_down(at, 512);
        block = mr_min(len - at, 4096);
        for (old = 0, from = at; from < at + block; from++)
            old |= bytes[from];
        if (old == 0)
            return false;
        memset(bytes + at, 0, block);
        break;
    case MISDIRECT:
    case STALE: /* of this file, from elsewhere in it */
        at = mr_round_down(at, 512);
        block = mr_min(len - at, 4096);
        memset(other, 0, sizeof(other));
        if (d->kind == MISDIRECT) {
            (void)node_peek(d->g.n, source, mr_round_down(rng_below(r, 65536), 512), other, block);
            memcpy(d->strangers, other, d->strangers_bytes = block);
        } else {
            memcpy(other, bytes + mr_round_down(rng_below(r, at + 1), 512), block);
        }
        if (memcmp(other, bytes + at, block) == 0)
            return false;
        memcpy(bytes + at, other, block);
        break;
    case CUT:
        len = at;
        break;
    case MISSING:
        break;
    case KINDS:
        break;
    }
    if (d->kind == MISSING) {
        struct mr_io *io = world_io(d->g.n, &(struct io_config){.shard = 0, .log = node_log(d->g.n)});
        struct mr_op op;
        op_init(&op, NULL);
        io_unlink(io, &op, d->path);
        (void)io_wait(io, &op);
        io_free(io);
    } else {
        node_put(d->g.n, d->path, bytes, len);
    }
    return true;
}

/* ---- verify and salvage ---- */

static void found(void *ctx, const char *line)
{
    struct damage_run *d = ctx;
    if (getenv("MR_DAMAGE_SAY") != NULL)
        fprintf(stderr, "  %s\n", line);
    if (d->g.damaged > 0 && (strstr(line, ".index") != NULL || strstr(line, ".timeindex") != NULL))
        d->of_indexes++;
    else
        snprintf(d->finding, sizeof(d->finding), "%s", line);
}

static void look(struct damage_run *d)
{
    struct rig *g = &d->g;
    struct verify_report report;
    struct mr_io *io = world_io(g->n, &(struct io_config){.shard = 0, .log = node_log(g->n)});
    struct mr_shard **shards;
    int err = shards_new(1, &io, node_log(g->n), 2, &shards);
    MR_ASSERT(err == 0);
    d->finding[0] = '\0';
    d->of_indexes = 0;
    err = verify_dir(shards[0], RIG_DIR, found, d, &report);
    RIG_CHECK(g, err == 0, "verify cannot look: %d", err);
    d->findings = report.findings - d->of_indexes;
    err = salvage_dir(shards[0], RIG_DIR, SAVED, found, d, &d->saved);
    RIG_CHECK(g, err == 0, "salvage cannot: %d", err);
    d->saved.losses--; /* this directory has no metadata log */
    shards_free(shards, 1);
    io_free(io);
}

static bool must_be_saved(void *ctx, const struct mlog *m)
{
    const struct damage_run *d = ctx;
    return is_of_a_log(d) && !(is_segment(d) && in_log(d, m));
}

static bool epochs_hit(void *ctx, const struct mlog *m)
{
    const struct damage_run *d = ctx;
    return in_log(d, m) &&
           (is_segment(d) || strcmp(d->path + strlen(d->path) - strlen("checkpoint"), "checkpoint") == 0);
}

static struct mr_slice strangers(void *ctx, const struct mlog *m)
{
    const struct damage_run *d = ctx;
    return in_log(d, m) && is_segment(d) ? (struct mr_slice){d->strangers, d->strangers_bytes}
                                         : (struct mr_slice){0};
}

/* What was saved is what was written; d->lost: what is missing of it. */
static void check_saved(struct damage_run *d, bool whole)
{
    char after[320];
    snprintf(after, sizeof(after), "%s of %s", whole ? "nothing" : kind_names[d->kind], d->path);
    /* A journal that lost the removal of a log lets it live on: only metadata could tell. */
    struct saved s = {.g = &d->g,
                      .dir = SAVED,
                      .after = after,
                      .whole = whole,
                      .removed_live = !is_of_a_log(d) && d->saved.losses > 0,
                      .must = must_be_saved,
                      .strangers = whole ? NULL : strangers,
                      .epochs_hit = whole ? NULL : epochs_hit,
                      .ctx = d};
    saved_check(&s);
    d->lost = s.lost;
}

/* ---- a start ---- */

/* What is read at its offset is this batch, or, when it may be damaged, an error. */
static void read_batch(struct rig *g, struct mlog *m, uint32_t i, bool may_fail)
{
    struct rig_read x = {.g = g, .m = m};
    bool was = g->may_fail;
    x.read = (struct plog_read){.offset = m->batches[i].base,
                                .limit = plog_stable_end(m->log),
                                .bytes_max = 1,
                                .one_at_least = true,
                                .own_max = UINT32_MAX,
                                .done = rig_read_done_keep};
    m->busy++;
    g->in_flight++;
    g->may_fail = may_fail;
    if (plog_read(m->log, &x.read))
        rig_read_check(&x);
    else
        (void)rig_wait(g, &x.over);
    g->may_fail = was;
}

static void check_served(struct damage_run *d, struct mlog *m)
{
    struct rig *g = &d->g;
    bool hit = in_log(d, m) || !is_of_a_log(d);
    m->log = store_make(g->stores[m->shard], m->key, m->name, &g->o.log);
    struct rig_flag flag = {.set = false};
    work_init(&flag.work, rig_work_flag);
    if (!plog_open(m->log, &flag.work) && !rig_wait(g, &flag.set))
        return;
    RIG_CHECK(g, plog_failed(m->log) == 0, "%s: does not open: %d, after %s of %s", m->name,
              plog_failed(m->log), kind_names[d->kind], d->path);
    if (m->cut_asked >= 0 && plog_append_end(m->log) < mlog_acked_end(m))
        mlog_truncate(g, m, m->cut_asked, plog_append_end(m->log)); /* it was cut before the crash */
    RIG_CHECK(g, plog_append_end(m->log) >= mlog_acked_end(m),
              "%s: ends at %lld, %lld was acknowledged; after %s of %s", m->name,
              (long long)plog_append_end(m->log), (long long)mlog_acked_end(m), kind_names[d->kind], d->path);
    for (uint32_t i = 0; rig_ok(g) && i < m->acked; i++) {
        const struct mbatch *b = &m->batches[i];
        bool gap = hit && (d->kind == CUT || d->kind == MISSING) && b->lost; /* as Kafka, it is passed over */
        if (b->base >= m->start_asked && !gap &&
            !b->strange) /* salvage may find more, in old blocks of journals */
            read_batch(g, m, i, hit && (is_segment(d) || !is_of_a_log(d)));
    }
}

/* The leader epoch stands outside a batch's checksum: one that was flipped is served as it is, unless the
 * batch comes out of the journal (seed 1044). */
static void take_flipped_epoch(struct damage_run *d, struct mlog *m)
{
    static uint8_t bytes[FILE_MAX];
    struct mr_slice rest = {bytes, (size_t)node_peek(d->g.n, d->path, 0, bytes, sizeof(bytes))};
    struct kw_batch b;
    while (batch_next(&rest, &b) == 1) {
        uint32_t i = mlog_at(m, b.h.base_offset);
        struct mbatch *was = i < m->count ? &m->batches[i] : NULL;
        if (was == NULL || was->base != b.h.base_offset || was->other != NULL || !batch_crc_ok(&b))
            continue;
        was->other = mem_alloc(was->len);
        MR_ASSERT(was->other != NULL);
        memcpy(was->other, was->bytes, was->len);
        memcpy(was->other + 12, b.bytes.ptr + 12, 4);
    }
}

/* Batches that are no longer in the file, in whose place a fetch gets those that a disk wrote there: they
 * name no log, and their offsets may lie in the hole that they made. */
static void mark_strange(struct damage_run *d, struct mlog *m)
{
    static uint8_t bytes[FILE_MAX];
    size_t len = (size_t)node_peek(d->g.n, d->path, 0, bytes, sizeof(bytes));
    for (size_t at = 0; at < d->strangers_bytes; at++) {
        struct mr_slice rest = {d->strangers + at, d->strangers_bytes - at};
        struct kw_batch b;
        if (batch_next(&rest, &b) != 1 || !batch_crc_ok(&b))
            continue;
        for (uint32_t i = mlog_at(m, b.h.base_offset);
             i < m->count && m->batches[i].base <= batch_last_offset(&b.h); i++)
            m->batches[i].strange = memmem(bytes, len, m->batches[i].bytes, m->batches[i].len) == NULL;
    }
}

static void start(struct damage_run *d)
{
    struct rig *g = &d->g;
    for (struct mlog *m = g->logs; m != NULL && d->kind == FLIP && is_segment(d); m = m->next) {
        if (in_log(d, m) && !m->remove_asked && !m->removed)
            take_flipped_epoch(d, m);
    }
    for (struct mlog *m = g->logs; m != NULL && d->kind == MISDIRECT && is_segment(d); m = m->next) {
        if (in_log(d, m) && !m->remove_asked && !m->removed)
            mark_strange(d, m);
    }
    g->may_fail = true;
    int err = rig_start(g);
    if (err != 0) {
        RIG_CHECK(g, !is_of_a_log(d), "a start ends with %d after %s of %s", err, kind_names[d->kind],
                  d->path);
        return;
    }
    for (struct mlog *m = g->logs; m != NULL && rig_ok(g); m = m->next) {
        if (!m->remove_asked && !m->removed && m->acked > 0 &&
            (is_of_a_log(d) || (d->findings == 0 && d->lost == 0)))
            check_served(d, m);
    }
    rig_bury(g);
}

/* A number in log-start-offset-checkpoint that became another one is believed, by Kafka, too: nothing else
 * says where a log begins within its first segment. What is lost then is a log's beginning, and nothing else.
 */
static bool moved_start(const struct damage_run *d)
{
    if (d->kind != FLIP || strstr(d->path, "/log-start-offset-checkpoint") == NULL)
        return false;
    for (const struct mlog *m = d->g.logs; m != NULL; m = m->next) {
        bool begun = false;
        for (uint32_t i = 0; i < m->acked; i++) {
            if (m->batches[i].lost && begun)
                return false;
            begun |= !m->batches[i].lost && m->batches[i].base >= m->start_asked;
        }
    }
    return true;
}

/* ---- the scenario ---- */

/* In the middle of passes and swaps: then there are files of both sides. */
static void die_in_a_pass(struct rig *g, struct rng *r)
{
    uint64_t operations = rng_between(r, 1, 200);
    bool power = rng_below(r, 2) == 0;
    for (int turns = 0; turns < 2000 && rig_ok(g) && !rig_is_dead(g); turns++) {
        if (turns == 50)
            rig_plan_death(g, operations, power);
        for (struct mlog *m = g->logs; m != NULL && turns % 8 == 0; m = m->next)
            if (rig_usable(m))
                rig_clean_some(g, m);
        play_step(g);
        rig_turn(g, rng_below(r, 2) == 0);
    }
    if (rig_ok(g) && !rig_is_dead(g))
        rig_plan_death(g, 0, power);
}

static void play(uint64_t seed, bool wrong_indexes, struct seed_result *r)
{
    struct world_options wo = world_options_from_seed(seed);
    wo.read_error_ppm = wo.write_error_ppm = wo.flush_error_ppm = wo.meta_error_ppm = 0;
    wo.stuck_ppm = 0;
    wo.slow.max = 20 * RIG_MS;
    struct rig_options o = play_options(seed);
    o.store.flush = true;
    o.damage_indexes = wrong_indexes; /* else one file alone is, and which one is known */
    static struct damage_run d;
    memset(&d, 0, sizeof(d));
    struct rig *g = &d.g;
    rig_init(g, seed, &wo, &o, r);
    rig_boot(g, 0);
    for (uint64_t n = rng_between(g->rng, 20, 250); n > 0 && rig_ok(g); n--) {
        play_step(g);
        for (uint64_t turns = rng_below(g->rng, 4); turns > 0; turns--)
            rig_turn(g, rng_below(g->rng, 3) != 0 && g->in_flight > 0);
        if (rng_below(g->rng, 60) == 0 && rig_close(g) && rig_ok(g))
            rig_boot(g, 0);
    }
    struct rng extra; /* seeds that found something go on meaning the same */
    rng_seed(&extra, seed, 81);
    bool sudden = o.compact && rng_below(&extra, 2) == 0;
    if (sudden && rig_ok(g)) {
        die_in_a_pass(g, &extra);
    } else if (rig_ok(g)) {
        (void)rig_drain(g);
    }
    if (sudden) {
        rig_bury(g);
    } else if (rng_below(g->rng, 2) == 0) {
        (void)rig_close(g);
    } else {
        rig_plan_death(g, 0, false);
        rig_bury(g);
    }
    if (rig_ok(g) && wrong_indexes)
        rig_damage_indexes(g);
    if (rig_ok(g))
        look(&d);
    RIG_CHECK(g, d.findings == 0, "verify: %s", d.finding);
    RIG_CHECK(g, d.saved.losses == 0, "salvage of a sound directory: %s", d.finding);
    if (rig_ok(g))
        check_saved(&d, true);
    node_walk(g->n, RIG_DIR, note_path, &d);
    bool done = rig_ok(g) && d.count > 0 && hurt(&d);
    if (done) {
        struct mr_io *io = world_io(g->n, &(struct io_config){.shard = 0, .log = node_log(g->n)});
        struct mr_op op;
        op_init(&op, NULL);
        io_rename(io, &op, SAVED, "/data/saved-before");
        MR_ASSERT(io_wait(io, &op) == 0);
        io_free(io);
        look(&d);
        if (rig_ok(g))
            check_saved(&d, false);
        /* Of its newest block a journal cannot say whether it was torn or damaged. */
        bool newest = strstr(d.path, "millrace-journal-") != NULL && d.findings == 0;
        bool believed = d.findings == 0 && moved_start(&d);
        RIG_CHECK(g, d.lost == 0 || newest || believed || d.findings > 0,
                  "%u batches are lost, and verify finds nothing: %s of %s", d.lost, kind_names[d.kind],
                  d.path);
        RIG_CHECK(g, d.lost == 0 || newest || believed || d.saved.losses > 0,
                  "%u batches are lost, and salvage does not say so: %s of %s", d.lost, kind_names[d.kind],
                  d.path);
        if (rig_ok(g))
            start(&d);
    }
    if (!g->dead && g->ios[0] != NULL)
        rig_bury(g);
    for (uint32_t i = 0; i < d.count; i++)
        mem_free(d.paths[i]);
    rig_done(g);
}

static void scenario(uint64_t seed, struct seed_result *r)
{
    play(seed, false, r);
}
static void beside_wrong_indexes_scenario(uint64_t seed, struct seed_result *r)
{
    play(seed, true, r);
}

/* A bit of the base offset of a closed log's last batch: no checksum covers it, and nothing stands behind it.
 * Found by seed 1795400009445: a start went on behind it, at offset 2^47. */
static void flipped_offset_scenario(uint64_t seed, struct seed_result *r)
{
    static struct damage_run d;
    static uint8_t bytes[FILE_MAX];
    struct world_options wo = world_options_default();
    struct rig_options o = play_options(seed);
    uint32_t batches = seed % 3 == 0 ? 1 : 6, bit = (uint32_t)seed % 64;
    memset(&d, 0, sizeof(d));
    struct rig *g = &d.g;
    o.shards = o.names = 1;
    o.compact = o.damage_indexes = o.check_segments = false;
    o.plain = o.store.flush = true;
    o.log.segment_bytes = 1 << 20;
    o.log.index_bytes_max = 10 << 20;
    o.batch_bytes_max = 600;
    rig_init(g, seed, &wo, &o, r);
    rig_boot(g, 0);
    struct mlog *m = rig_make(g, "a");
    while (rig_ok(g) && m->acked < batches) {
        rig_append(g, m);
        (void)rig_drain(g);
    }
    (void)rig_close(g);
    snprintf(d.path, sizeof(d.path), RIG_DIR "/a-%d/%020d.log", m->key.partition, 0);
    size_t len = (size_t)node_peek(g->n, d.path, 0, bytes, sizeof(bytes));
    RIG_CHECK(g, batches == m->count && len < FILE_MAX, "%u batches, %zu bytes", m->count, len);
    if (rig_ok(g)) {
        bytes[len - m->batches[batches - 1].len + 7 - bit / 8] ^= (uint8_t)(1u << bit % 8);
        node_put(g->n, d.path, bytes, len);
        look(&d);
        check_saved(&d, false);
    }
    RIG_CHECK(g, d.findings > 0 && d.lost == 1 && d.saved.losses > 0,
              "bit %u: verify finds %llu things, salvage leaves %u batches and tells of %llu", bit,
              (unsigned long long)d.findings, d.lost, (unsigned long long)d.saved.losses);
    if (rig_ok(g) && rig_start(g) == 0) {
        rig_check_log(g, m);
        struct rig_flag flag = {.set = false};
        work_init(&flag.work, rig_work_flag);
        if (rig_ok(g) && !plog_open(m->log, &flag.work))
            (void)rig_wait(g, &flag.set);
        RIG_CHECK(g, plog_failed(m->log) == 0 && plog_append_end(m->log) == mlog_end(m),
                  "bit %u: ends at %lld, not at %lld", bit, (long long)plog_append_end(m->log),
                  (long long)mlog_end(m));
        rig_append(g, m);
        (void)rig_drain(g);
        for (uint32_t i = 0; rig_ok(g) && i < m->count; i++)
            read_batch(g, m, i, i == batches - 1);
        (void)rig_close(g);
    }
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

static void a_flipped_offset_of_the_last_batch_is_seen(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_damage", 1, 64, flipped_offset_scenario), 0);
}

static void one_damaged_file_harms_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_damage", 1, 150, scenario), 0);
}

/* Every life before may have begun, and the last one ended, with index files that say something wrong.
 * Nothing else is expected: what is lost, found and saved is the same without them. */
static void nor_beside_wrong_indexes(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_damage", 1, 150, beside_wrong_indexes_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flipped_offset_of_the_last_batch_is_seen),
        cmocka_unit_test(one_damaged_file_harms_nothing_else),
        cmocka_unit_test(nor_beside_wrong_indexes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
