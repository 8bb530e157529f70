/* Index files that say something wrong, or nothing: every read and every search by time is answered as if
 * they were right. Then every batch is read by its offset, and looked for by its time, so that every entry
 * has been followed, and each file stands on the disk as it was before. In Kafka's format, so whoever wrote
 * them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "storage/plog_priv.h"
#include "tests/sim/storage_play.h"

enum { LOG_BYTES = 300000, FILES_MAX = 64, FILE_BYTES_MAX = 16384 };

enum kind { GONE, ZEROS, OTHERS, SHIFTED, FURTHER, INSIDE, CUT, EMPTY, LATER, ALL_LATER, LESS_LATER, HIGHER };

struct index_file {
    char path[128];
    size_t len;
    uint8_t bytes[FILE_BYTES_MAX];
};

struct index_run {
    struct rig g;
    const struct mlog *m;
    const char *suffix;
    uint32_t segment_bytes; /* 0: the usual */
    struct index_file files[FILES_MAX];
    uint32_t count;
    bool lie, named; /* an entry says of batches before its own what is not so; verify has named such a one */
};

static void note_file(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    struct index_run *x = ctx;
    const char *dot = strrchr(path, '.');
    if (is_dir || dot == NULL || strcmp(dot, x->suffix) != 0 || strstr(path, "/a-") == NULL || bytes == 0)
        return;
    MR_ASSERT(x->count < FILES_MAX && bytes <= FILE_BYTES_MAX);
    struct index_file *f = &x->files[x->count++];
    snprintf(f->path, sizeof(f->path), "%s", path);
    f->len = (size_t)node_peek(x->g.n, path, 0, f->bytes, sizeof(f->bytes));
}

static void unlink_now(struct rig *g, const char *path)
{
    struct mr_io *io = world_io(g->n, &(struct io_config){.shard = 0, .log = node_log(g->n)});
    struct mr_op op;
    op_init(&op, NULL);
    io_unlink(io, &op, path);
    MR_ASSERT(io_wait(io, &op) == 0);
    io_free(io);
}

/* A batch of the same time behind the one that a time entry is of: what the entry says of all before it need
 * not be so, and whoever looks at its batch sees nothing wrong. */
static void lead_later(struct index_run *x, int64_t base, int64_t end, uint8_t *entry)
{
    const struct mlog *m = x->m;
    uint32_t at = mlog_at(m, base + (int64_t)mr_get32(entry + 8)), same = 0, chosen = at;
    for (uint32_t i = at + 1; i < m->count && i < at + 40; i++) {
        if (rig_batch_max_ts(&m->batches[i]) == (int64_t)mr_get64(entry) && rng_below(x->g.rng, ++same) == 0)
            chosen = i;
    }
    mr_put32(entry + 8, (uint32_t)(m->batches[chosen].last - base));
    for (uint32_t i = mlog_at(m, base); i < chosen; i++)
        x->lie |= rig_batch_max_ts(&m->batches[i]) > (int64_t)mr_get64(entry);
    x->lie |= m->batches[chosen].base >= end;
}

static size_t entry_of(const char *suffix)
{
    return strcmp(suffix, ".index") == 0 ? 8 : strcmp(suffix, ".timeindex") == 0 ? 12 : TXN_INDEX_ENTRY_BYTES;
}

static void hurt(struct index_run *x, enum kind kind)
{
    static uint8_t wrong[FILE_BYTES_MAX];
    size_t entry = entry_of(x->suffix);
    for (uint32_t i = 0; i < x->count; i++) {
        const struct index_file *f = &x->files[i], *other = &x->files[(i + 1) % x->count];
        switch (kind) {
        case GONE:
            unlink_now(&x->g, f->path);
            break;
        case ZEROS:
            memset(wrong, 0, f->len);
            node_put(x->g.n, f->path, wrong, f->len);
            break;
        case OTHERS:
            node_put(x->g.n, f->path, other->bytes, other->len);
            break;
        case SHIFTED: /* sorted, and each a little wrong */
            memcpy(wrong, f->bytes, f->len);
            for (size_t at = 0; at + entry <= f->len; at += entry)
                mr_put32(wrong + at + entry - 4, mr_get32(wrong + at + entry - 4) + 1);
            node_put(x->g.n, f->path, wrong, f->len);
            break;
        case FURTHER: /* each leads to where the one behind it should: batches that begin there, but too late
                       */
            memcpy(wrong, f->bytes, f->len);
            for (size_t at = 0; at + 2 * entry <= f->len; at += entry)
                mr_put32(wrong + at + entry - 4, mr_get32(wrong + at + 2 * entry - 4));
            node_put(x->g.n, f->path, wrong, f->len > entry ? f->len - entry : f->len);
            break;
        case INSIDE: /* the same, but the last one, by which a file is tried when it is loaded, is right */
            memcpy(wrong, f->bytes, f->len);
            if (f->len < 3 * entry)
                break;
            for (size_t at = 0; at + 3 * entry <= f->len; at += entry)
                mr_put32(wrong + at + entry - 4, mr_get32(wrong + at + 2 * entry - 4));
            memcpy(wrong + f->len - 2 * entry, f->bytes + f->len - entry, entry);
            node_put(x->g.n, f->path, wrong, f->len - entry);
            break;
        case CUT: /* inside an entry */
            node_put(x->g.n, f->path, f->bytes, f->len / 2 / entry * entry + 3);
            break;
        case EMPTY:
            node_put(x->g.n, f->path, wrong, 0);
            break;
        case LATER:
        case ALL_LATER:
        case LESS_LATER: {
            size_t count = f->len / entry, chosen = (size_t)rng_below(x->g.rng, count);
            int64_t base = segment_base_of(strrchr(f->path, '/') + 1, x->suffix);
            int64_t end =
                i + 1 == x->count ? INT64_MAX : segment_base_of(strrchr(other->path, '/') + 1, x->suffix);
            memcpy(wrong, f->bytes, f->len);
            for (size_t at = 0; at < count; at++) {
                if (kind != LATER || at == chosen)
                    lead_later(x, base, end, wrong + at * entry);
            }
            node_put(x->g.n, f->path, wrong, kind == LESS_LATER ? (chosen + 1) * entry : f->len);
            break;
        }
        case HIGHER: { /* one that is not the last: up to the one behind it */
            size_t count = f->len / entry, at = (size_t)rng_below(x->g.rng, count) * entry;
            if (at + 2 * entry > f->len)
                break;
            memcpy(wrong, f->bytes, f->len);
            mr_put64(wrong + at,
                     rng_between(x->g.rng, mr_get64(wrong + at), mr_get64(wrong + at + entry) - 1));
            node_put(x->g.n, f->path, wrong, f->len);
            break;
        }
        }
    }
}

static void wait_open(struct rig *g, struct mlog *m)
{
    struct rig_flag flag = {.set = false};
    work_init(&flag.work, rig_work_flag);
    if (!plog_open(m->log, &flag.work))
        (void)rig_wait(g, &flag.set);
}

/* A log of several segments, and of so much in the last. */
static struct mlog *begin(struct index_run *x, uint64_t seed, const char *suffix, uint32_t interval_bytes,
                          uint32_t last_bytes, bool coarse, struct seed_result *r)
{
    uint32_t segment_bytes = x->segment_bytes == 0 ? 40000 : x->segment_bytes;
    memset(x, 0, sizeof(*x));
    x->suffix = suffix;
    struct rig *g = &x->g;
    struct world_options wo = world_options_default();
    struct rig_options o = play_options(seed);
    o.shards = 1;
    o.names = 1;
    o.compact = o.damage_indexes = false;
    o.plain = seed % 2 == 1;
    o.coarse = coarse;
    o.log.segment_bytes = segment_bytes;
    o.log.segment_ms = INT64_MAX / 2;
    o.log.index_bytes_max = 10 << 20;
    o.log.index_interval_bytes = interval_bytes;
    o.batch_bytes_max = 1500;
    o.store.index_min = 1;
    rig_init(g, seed, &wo, &o, r);
    world_faults(g->w, false);
    rig_boot(g, 0);
    struct mlog *m = rig_make(g, "a");
    x->m = m;
    for (uint64_t bytes = 0; rig_ok(g) && (bytes < LOG_BYTES || plog_last(m->log)->size < last_bytes);) {
        uint32_t count = m->count;
        rig_append(g, m);
        (void)rig_drain(g);
        for (; count < m->count; count++)
            bytes += m->batches[count].len;
    }
    return m;
}

static void wait_indexes(struct rig *g)
{
    for (uint32_t turns = 0; rig_ok(g) && g->stores[0]->index_busy > 0; turns++) {
        RIG_CHECK(g, turns < 10000, "indexes are being built for ever");
        rig_turn(g, true);
    }
}

static void read_last_of(struct rig *g, struct mlog *m, uint32_t i)
{
    struct rig_read *r = mem_zalloc(1, sizeof(*r));
    MR_ASSERT(r != NULL);
    r->g = g;
    r->m = m;
    r->read = (struct plog_read){.offset = m->batches[i].last,
                                 .limit = plog_stable_end(m->log),
                                 .bytes_max = 100,
                                 .one_at_least = true,
                                 .own_max = UINT32_MAX,
                                 .done = rig_read_done};
    m->busy++;
    g->in_flight++;
    if (plog_read(m->log, &r->read))
        rig_read_done(&r->read);
    (void)rig_drain(g);
}

/* What is there first, and whatever is later than the batch: an entry of that time is followed. Or the latest
 * of all, for which that of each segment has to be known. */
static void find_from(struct rig *g, struct mlog *m, uint32_t i, bool latest)
{
    rig_find_at(g, m, rig_batch_max_ts(&m->batches[i]) + 1, latest);
    (void)rig_drain(g);
}

/* Every entry there can be is followed. From the end to the beginning, for who reads on is led by no index.
 */
static void use_all(struct rig *g, struct mlog *m)
{
    for (uint32_t turn = 0; turn < 40 && rig_ok(g); turn++) {
        rig_read_some(g, m);
        rig_find_some(g, m);
        (void)rig_drain(g);
    }
    if (rig_ok(g))
        find_from(g, m, 0, true);
    for (uint32_t i = m->count; i > 0 && rig_ok(g); i--) {
        read_last_of(g, m, i - 1);
        if (rig_ok(g))
            find_from(g, m, i - 1, false);
    }
    wait_indexes(g); /* files are written behind */
}

static void growing_path(char *dst, const struct mlog *m, const char *suffix)
{
    char dir[64];
    snprintf(dir, sizeof(dir), RIG_DIR "/%s-%d", m->name, m->key.partition);
    segment_path(dst, dir, plog_last(m->log)->base, suffix);
}

static void run(uint64_t seed, const char *suffix, enum kind kind, struct seed_result *r)
{
    static struct index_run x;
    /* Or hardly a batch is without an entry. */
    struct mlog *m = begin(&x, seed, suffix, kind == INSIDE ? 3000 : 500, 0, false, r);
    struct rig *g = &x.g;
    /* When times go to and fro, most searches end in the first segment: entries of others are not followed.
     */
    bool met = g->o.plain || strcmp(suffix, ".index") == 0 || (kind != SHIFTED && kind != INSIDE);
    char growing[SEGMENT_PATH_MAX] =
        ""; /* its index is made when the log is opened, its files when it has grown */
    if (rig_ok(g) && rig_close(g)) {
        node_walk(g->n, RIG_DIR, note_file, &x);
        RIG_CHECK(g, x.count >= 5, "only %u index files", x.count);
        hurt(&x, kind);
        if (rig_ok(g) && rig_start(g) == 0) {
            rig_check_log(g, m);
            if (rig_ok(g))
                wait_open(g, m);
            if (rig_ok(g))
                use_all(g, m);
            if (rig_ok(g))
                growing_path(growing, m, suffix);
            (void)rig_close(g);
        }
    }
    for (uint32_t i = 0; i < x.count && rig_ok(g) && met; i++) {
        static uint8_t now[FILE_BYTES_MAX];
        int64_t n = node_peek(g->n, x.files[i].path, 0, now, sizeof(now));
        RIG_CHECK(g,
                  strcmp(x.files[i].path, growing) == 0 ||
                      (n == (int64_t)x.files[i].len && memcmp(now, x.files[i].bytes, (size_t)n) == 0),
                  "%s is not what it was", x.files[i].path);
    }
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

/* A segment that grows when its process dies, beside files of it whose last entry fits and others do not, as
 * an earlier life may have left them, of whose end nothing was acknowledged: nothing of them is in those that
 * the next clean stop writes. */
static void grown_beside_others(const char *suffix, uint64_t seed, struct seed_result *r)
{
    static struct index_run x;
    enum { LAST_BYTES = 15000, INTERVAL = 1000 };
    struct mlog *m = begin(&x, seed, suffix, INTERVAL, LAST_BYTES, false, r);
    struct rig *g = &x.g;
    char growing[SEGMENT_PATH_MAX] = "";
    if (rig_ok(g))
        growing_path(growing, m, suffix);
    if (rig_ok(g) && rig_close(g)) {
        node_walk(g->n, RIG_DIR, note_file, &x);
        while (x.count > 0 && strcmp(x.files[0].path, growing) != 0)
            memmove(x.files, x.files + 1, --x.count * sizeof(x.files[0]));
        RIG_CHECK(g, x.count == 1, "%u files behind %s", x.count, growing);
    }
    for (uint32_t life = 0; life < 2 && rig_ok(g); life++) {
        if (rig_start(g) != 0)
            break;
        rig_check_log(g, m);
        if (rig_ok(g))
            wait_open(g, m);
        if (!rig_ok(g))
            break;
        rig_append(g, m);
        (void)rig_drain(g);
        wait_indexes(g);
        if (life == 1) {
            (void)rig_close(g);
            break;
        }
        rig_plan_death(g, 0, false);
        rig_bury(g);
        hurt(&x, INSIDE);
    }
    if (rig_ok(g))
        rig_verify(g);
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

static void named(void *ctx, const char *line)
{
    struct index_run *x = ctx;
    x->named |= strstr(line, "is later than the entry's time") != NULL ||
                strstr(line, "has the entry's time") != NULL; /* it leads out of the segment */
    RIG_CHECK(&x->g, strstr(line, ".timeindex") != NULL, "verify: %s", line);
}

static void look_at(struct index_run *x)
{
    struct rig *g = &x->g;
    struct verify_report report;
    struct mr_io *io = world_io(g->n, &(struct io_config){.shard = 0, .log = node_log(g->n)});
    struct mr_shard **shards;
    int err = shards_new(1, &io, node_log(g->n), 2, &shards);
    MR_ASSERT(err == 0);
    err = verify_dir(shards[0], RIG_DIR, named, x, &report);
    RIG_CHECK(g, err == 0, "verify cannot look: %d", err);
    shards_free(shards, 1);
    io_free(io);
}

/* Entries of .timeindex that are led to another batch of the same time: nothing that can be seen of the batch
 * is wrong. Whoever asks for what a reader in a transaction sees asks it of a segment that grows on. */
static void run_coarse(uint64_t seed, enum kind kind, struct seed_result *r)
{
    static struct index_run x;
    enum { LAST_BYTES = 15000, INTERVAL = 500 };
    struct mlog *m = begin(&x, seed, ".timeindex", INTERVAL, LAST_BYTES, true, r);
    struct rig *g = &x.g;
    if (rig_ok(g) && rig_close(g)) {
        node_walk(g->n, RIG_DIR, note_file, &x);
        look_at(&x);
        RIG_CHECK(g, !x.named, "verify names an entry that is right");
        hurt(&x, kind);
        look_at(&x);
        RIG_CHECK(g, kind != LATER || x.named == x.lie, "verify %s an entry",
                  x.lie ? "does not name" : "names");
        if (rig_ok(g) && rig_start(g) == 0) {
            rig_check_log(g, m);
            if (rig_ok(g))
                wait_open(g, m);
            for (uint32_t i = m->count / 2; i < m->count && rig_ok(g); i++) {
                uint32_t at = (uint32_t)rng_between(g->rng, m->count / 2, m->count - 1);
                rig_find_below(g, m, 0, true, m->batches[at].base);
                (void)rig_drain(g);
            }
            if (rig_ok(g))
                use_all(g, m);
            (void)rig_close(g);
        }
    }
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

/* ---- the scrubber alone ---- */

/* A pass over the log, with nobody else about. */
static void scrub(struct rig *g, struct mlog *m, uint32_t *ret_wrong)
{
    struct rig_scrub x = {.g = g, .m = m};
    x.keep = true;
    rig_scrub_begin(&x);
    if (rig_wait(g, &x.over))
        *ret_wrong = x.scrub.indexes + x.scrub.indexes_lost;
    wait_indexes(g); /* files are written behind */
    for (uint32_t turns = 0; turns < 100 && rig_ok(g); turns++)
        rig_turn(g, false);
}

/* Damaged files of closed segments, of which no client asks anything: one pass puts all of them right, and
 * the next one finds nothing. coarse: times that many batches have. */
static void run_scrub(uint64_t seed, const char *suffix, enum kind kind, bool coarse, struct seed_result *r)
{
    static struct index_run x;
    x.segment_bytes = 60000; /* more than eight entries, at the default interval */
    struct mlog *m = begin(&x, seed, suffix, kind == INSIDE ? 1500 : 500, 0, coarse, r);
    x.segment_bytes = 0;
    struct rig *g = &x.g;
    char growing[SEGMENT_PATH_MAX] = "";
    uint32_t wrong = 0;
    if (rig_ok(g))
        growing_path(growing, m, suffix);
    for (int life = 0; life < 2 && rig_ok(g) && rig_close(g); life++) {
        if (life == 0) {
            node_walk(g->n, RIG_DIR, note_file, &x);
            if (x.count > 0 && strcmp(x.files[x.count - 1].path, growing) == 0)
                x.count--;
            RIG_CHECK(g, x.count >= 4 || strcmp(suffix, ".txnindex") == 0, "only %u index files", x.count);
            hurt(&x, kind);
        }
        if (!rig_ok(g) || rig_start(g) != 0)
            break;
        rig_check_log(g, m);
        if (rig_ok(g))
            wait_open(g, m);
        if (rig_ok(g))
            scrub(g, m, &wrong);
        RIG_CHECK(g, life == 0 || wrong == 0, "a second pass finds %u index files that are wrong", wrong);
    }
    for (uint32_t i = 0; i < x.count && rig_ok(g); i++) {
        static uint8_t now[FILE_BYTES_MAX];
        int64_t n = node_peek(g->n, x.files[i].path, 0, now, sizeof(now));
        RIG_CHECK(g, n == (int64_t)x.files[i].len && memcmp(now, x.files[i].bytes, (size_t)n) == 0,
                  "%s is not what it was", x.files[i].path);
    }
    if (rig_ok(g))
        use_all(g, m);
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

static void scrub_scenario(uint64_t seed, struct seed_result *r)
{
    static const struct {
        const char *suffix;
        enum kind kind;
    } cases[] = {{".index", GONE},        {".index", ZEROS},      {".index", OTHERS},
                 {".index", SHIFTED},     {".index", FURTHER},    {".index", INSIDE},
                 {".index", CUT},         {".index", EMPTY},      {".timeindex", GONE},
                 {".timeindex", ZEROS},   {".timeindex", OTHERS}, {".timeindex", SHIFTED},
                 {".timeindex", FURTHER}, {".timeindex", INSIDE}, {".timeindex", CUT},
                 {".timeindex", EMPTY},   {".timeindex", HIGHER}, {".txnindex", GONE},
                 {".txnindex", ZEROS},    {".txnindex", OTHERS},  {".txnindex", SHIFTED},
                 {".txnindex", CUT},      {".txnindex", EMPTY}};
    run_scrub(seed / MR_COUNT(cases) + 1, cases[seed % MR_COUNT(cases)].suffix,
              cases[seed % MR_COUNT(cases)].kind, false, r);
}

static void the_scrubber_puts_each_right(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_index", 0, 91, scrub_scenario), 0);
}

#define COARSE(name, kind)                                                                                   \
    static void name##_scenario(uint64_t seed, struct seed_result *r)                                        \
    {                                                                                                        \
        run_coarse(seed, kind, r);                                                                           \
    }                                                                                                        \
    static void name(void **state)                                                                           \
    {                                                                                                        \
        (void)state;                                                                                         \
        assert_int_equal(seeds_run("sim_storage_index", 1, 6, name##_scenario), 0);                          \
    }

COARSE(one_time_leads_to_a_later_batch_like_it, LATER)
COARSE(one_time_is_higher, HIGHER)
COARSE(all_times_lead_to_later_batches_like_them, ALL_LATER)
COARSE(the_last_time_that_is_left_leads_to_a_later_batch_like_it, LESS_LATER)

#define SCENARIO(name, suffix, kind)                                                                         \
    static void name##_scenario(uint64_t seed, struct seed_result *r)                                        \
    {                                                                                                        \
        run(seed, suffix, kind, r);                                                                          \
    }                                                                                                        \
    static void name(void **state)                                                                           \
    {                                                                                                        \
        (void)state;                                                                                         \
        assert_int_equal(seeds_run("sim_storage_index", 1, 6, name##_scenario), 0);                          \
    }

SCENARIO(offsets_gone, ".index", GONE)
SCENARIO(offsets_are_zeros, ".index", ZEROS)
SCENARIO(offsets_of_another_segment, ".index", OTHERS)
SCENARIO(offsets_shifted, ".index", SHIFTED)
SCENARIO(offsets_lead_too_far, ".index", FURTHER)
SCENARIO(offsets_wrong_inside, ".index", INSIDE)
SCENARIO(offsets_cut, ".index", CUT)
SCENARIO(offsets_empty, ".index", EMPTY)
SCENARIO(times_gone, ".timeindex", GONE)
SCENARIO(times_are_zeros, ".timeindex", ZEROS)
SCENARIO(times_of_another_segment, ".timeindex", OTHERS)
SCENARIO(times_shifted, ".timeindex", SHIFTED)
SCENARIO(times_lead_too_far, ".timeindex", FURTHER)
SCENARIO(times_wrong_inside, ".timeindex", INSIDE)
SCENARIO(times_cut, ".timeindex", CUT)
SCENARIO(times_empty, ".timeindex", EMPTY)

static void offsets_of_another_life_scenario(uint64_t seed, struct seed_result *r)
{
    grown_beside_others(".index", seed, r);
}
static void times_of_another_life_scenario(uint64_t seed, struct seed_result *r)
{
    grown_beside_others(".timeindex", seed * 2 - 1, r); /* times that grow: a time index of many entries */
}

static void files_of_another_life_are_not_asked(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_index", 1, 6, offsets_of_another_life_scenario), 0);
    assert_int_equal(seeds_run("sim_storage_index", 1, 6, times_of_another_life_scenario), 0);
}

/* The number of the segment with the latest batch; of several, the first. */
static uint32_t latest_segment(const struct mlog *m)
{
    uint32_t best = 0, number = 0;
    for (uint32_t i = 1; i < m->count; i++) {
        if (rig_batch_max_ts(&m->batches[i]) > rig_batch_max_ts(&m->batches[best]))
            best = i;
    }
    (void)plog_seg_of(m->log, m->batches[best].base, &number);
    return number;
}

/* A search for the latest waits for an index; the segment that has the latest so far goes meanwhile. Found by
 * sim_storage_crash, seed 1795500079999. */
static void let_go_scenario(uint64_t seed, struct seed_result *r)
{
    static struct index_run x;
    enum { TURNS_MAX = 3000 };
    struct mlog *m = begin(&x, seed * 2, ".index", 500, 0, false, r); /* times that go to and fro */
    struct rig *g = &x.g;
    while (rig_ok(g) && latest_segment(m) + 2 > plog_last_number(m->log)) {
        rig_append(g, m);
        (void)rig_drain(g);
    }
    g->o.log.file_delete_delay_ms = 0;
    if (rig_ok(g) && rig_close(g) && rig_start(g) == 0) {
        rig_check_log(g, m);
        if (rig_ok(g))
            wait_open(g, m);
        wait_indexes(g);
        uint32_t number = latest_segment(m) + 1;
        const struct segment *seg = plog_seg(m->log, number);
        char path[SEGMENT_PATH_MAX];
        segment_path(path, "", seg->base, ".index");
        node_fault(g->n,
                   &(struct disk_fault){.kinds = 1u << SIM_OPEN, .path = path, .delay_ns = 10000 * RIG_MS});
        rig_find_at(g, m, 0, true);
        for (uint32_t turns = 0; seg->pins == 0 && turns < TURNS_MAX; turns++)
            rig_turn(g, true);
        RIG_CHECK(g, seg->pins > 0, "the index of segment %u is not asked for", number);
        rig_move_start(g, m, seg->base);
        for (uint32_t turns = 0; m->log->seg_first < number && turns < TURNS_MAX; turns++)
            rig_turn(g, true);
        RIG_CHECK(g, m->log->seg_first == number && g->in_flight == 1, "segment %u and before stay: %u, %u",
                  number - 1, m->log->seg_first, g->in_flight);
        (void)rig_drain(g); /* rig_find_check() */
        (void)rig_close(g);
    }
    if (g->shards != NULL)
        rig_bury(g);
    rig_done(g);
}

static void segments_may_go_while_an_index_is_waited_for(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_storage_index", 1, 4, let_go_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_gone),
        cmocka_unit_test(offsets_are_zeros),
        cmocka_unit_test(offsets_of_another_segment),
        cmocka_unit_test(offsets_shifted),
        cmocka_unit_test(offsets_lead_too_far),
        cmocka_unit_test(offsets_wrong_inside),
        cmocka_unit_test(offsets_cut),
        cmocka_unit_test(offsets_empty),
        cmocka_unit_test(times_gone),
        cmocka_unit_test(times_are_zeros),
        cmocka_unit_test(times_of_another_segment),
        cmocka_unit_test(times_shifted),
        cmocka_unit_test(times_lead_too_far),
        cmocka_unit_test(times_wrong_inside),
        cmocka_unit_test(times_cut),
        cmocka_unit_test(times_empty),
        cmocka_unit_test(files_of_another_life_are_not_asked),
        cmocka_unit_test(the_scrubber_puts_each_right),
        cmocka_unit_test(segments_may_go_while_an_index_is_waited_for),
        cmocka_unit_test(one_time_leads_to_a_later_batch_like_it),
        cmocka_unit_test(one_time_is_higher),
        cmocka_unit_test(all_times_lead_to_later_batches_like_them),
        cmocka_unit_test(the_last_time_that_is_left_leads_to_a_later_batch_like_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
