/* tests/unit/dump_script.h - a log directory on a simulated machine, and the lines that a dump of its files
 * must give. For tests/unit/storage_dump_*test.c.
 *
 * check() compares line by line: "*" stands for anything, a line "..." for any number of lines, and lines of
 * what is wrong begin with "!". */
#ifndef DUMP_SCRIPT_H
#define DUMP_SCRIPT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "net/wire/batch_build.h"
#include "storage/dump.h"
#include "storage/format.h"
#include "tests/sim/storage_doing.h"

#define T0 INT64_C(1700000000000)
#define LOG0 "/00000000000000000000.log"

enum { TEXT_BYTES = 1 << 20 };

enum { PLAIN = 0, RECORDS = 1, VALUES = 2, ENTRIES = 4 };

struct fixture {
    struct seed_result res;
    struct rig rig;
    struct mr_io *io; /* of the one who looks */
    struct comp *comp;
    struct mr_scratch batch, work;
    char *text;
    size_t len;
    struct dump_report report;
};

static inline void fixture_init(struct fixture *f)
{
    struct rig_options o = {
        .shards = 1,
        .store = {.unit = 512,
                  .flush = true,
                  .journal_files = 3,
                  .journal_file_bytes = 1 << 20,
                  .chunk_bytes = 65536,
                  .memory_bytes = 1 << 20,
                  .checkpoint_ms = 600000},
        .log = {.segment_bytes = 1 << 20,
                .segment_ms = INT64_MAX / 2,
                .index_interval_bytes = 200,
                .index_bytes_max = 10 << 20},
        .batch_bytes_max = 1 << 19,
        .names = 1,
    };
    struct world_options wo = world_options_default();
    memset(f, 0, sizeof(*f));
    rig_init(&f->rig, 7, &wo, &o, &f->res);
    f->comp = comp_new();
    f->text = mem_alloc(TEXT_BYTES);
    scratch_init(&f->batch, 64 << 20);
    scratch_init(&f->work, 64 << 20);
    assert_non_null(f->comp);
    assert_non_null(f->text);
}

static inline void fixture_done(struct fixture *f)
{
    if (f->io != NULL)
        io_free(f->io);
    if (f->rig.shards != NULL)
        rig_bury(&f->rig);
    rig_done(&f->rig);
    assert_string_equal(f->res.why, "");
    comp_free(f->comp);
    mem_free(f->text);
    scratch_done(&f->batch);
    scratch_done(&f->work);
}

/* ---- making files ---- */

static inline struct mlog *make(struct fixture *f, const char *name)
{
    struct mlog *m = rig_mlog_new(&f->rig, name);
    m->key.partition = 0;
    m->log = store_make(f->rig.stores[0], m->key, m->name, &f->rig.o.log);
    assert_non_null(m->log);
    return m;
}

/* A batch of `count` records "key N" = text, a header in the first one, at the end of f->batch. */
static inline void build(struct fixture *f, struct batch_build_how how, int64_t timestamp, int count,
                         const char *text)
{
    struct batch_builder b;
    size_t start = f->batch.len;
    how.level = comp_level_default((enum comp_codec)how.codec);
    assert_int_equal(batch_build_begin(&b, &how, &f->batch, f->comp, &f->work), 0);
    for (int i = 0; i < count; i++) {
        char key[32];
        snprintf(key, sizeof(key), "key %d", i);
        struct kw_header h = {{"trace", 5}, {(const uint8_t *)"abc", 3}};
        struct batch_record r = {.timestamp = timestamp + i,
                                 .key = {(const uint8_t *)key, strlen(key)},
                                 .value = {(const uint8_t *)text, text != NULL ? strlen(text) : 0},
                                 .headers = &h,
                                 .header_count = i == 0};
        assert_int_equal(batch_build_add(&b, &r), 0);
    }
    assert_int_equal(batch_build_end(&b), 0);
    if (how.attributes & BATCH_LOG_APPEND_TIME)
        batch_set_timestamp(f->batch.data + start, true, timestamp + 5000);
}

static inline void stable(struct plog_append *a)
{
    a->log = NULL; /* said */
}

/* What is in f->batch goes into the log, durably, and f->batch is empty again. */
static inline void append(struct fixture *f, struct mlog *m)
{
    struct rig_flag flag = {.set = false};
    work_init(&flag.work, rig_work_flag);
    while (!plog_open(m->log, flag.set ? NULL : &flag.work) && !flag.set)
        rig_turn(&f->rig, true);
    struct plog_append a = {.batches = {f->batch.data, f->batch.len}, .leader_epoch = 3, .done = stable};
    assert_int_equal(plog_append(m->log, &a), 0);
    for (int turns = 0; a.log != NULL; turns++) {
        assert_true(turns < 10000);
        rig_turn(&f->rig, true);
    }
    assert_int_equal(a.err, 0);
    f->batch.len = 0;
}

static inline void append_plain(struct fixture *f, struct mlog *m, int count, const char *text)
{
    build(f, batch_build_how_plain(), T0, count, text);
    append(f, m);
}

static inline void put_text(struct fixture *f, const char *path, const char *text)
{
    node_put(f->rig.n, path, text, strlen(text));
}

/* What is in f->batch becomes a file, and stays. */
static inline void put_batches(struct fixture *f, const char *path)
{
    node_put(f->rig.n, path, f->batch.data, f->batch.len);
}

static inline void put_kafka_file(struct fixture *f, const char *path, const char *name)
{
    char from[512];
    uint8_t bytes[16384];
    snprintf(from, sizeof(from), "%.*s/data/%s", (int)(strrchr(__FILE__, '/') - __FILE__), __FILE__, name);
    FILE *in = fopen(from, "rb");
    assert_non_null(in);
    size_t len = fread(bytes, 1, sizeof(bytes), in);
    assert_true(len > 0 && len < sizeof(bytes));
    fclose(in);
    node_put(f->rig.n, path, bytes, len);
}

/* Overwrite a part of a file; len 0: cut it at pos. */
static inline void patch(struct fixture *f, const char *path, uint64_t pos, const void *src, size_t len)
{
    int64_t bytes = node_file_bytes(f->rig.n, path);
    assert_true(bytes > 0 && pos + len <= (uint64_t)bytes);
    uint8_t *all = mem_alloc((size_t)bytes);
    assert_non_null(all);
    assert_int_equal(node_peek(f->rig.n, path, 0, all, (size_t)bytes), bytes);
    if (len > 0)
        memcpy(all + pos, src, len);
    node_put(f->rig.n, path, all, len > 0 ? (size_t)bytes : pos);
    mem_free(all);
}

static inline void flip(struct fixture *f, const char *path, uint64_t pos)
{
    uint8_t byte;
    assert_int_equal(node_peek(f->rig.n, path, pos, &byte, 1), 1);
    byte ^= 0x10;
    patch(f, path, pos, &byte, 1);
}

/* ---- looking ---- */

static inline void say(void *ctx, bool problem, const char *line)
{
    struct fixture *f = ctx;
    size_t n = strlen(line);
    assert_true(f->len + n + 3 < TEXT_BYTES);
    f->len += (size_t)snprintf(f->text + f->len, TEXT_BYTES - f->len, "%s%s\n", problem ? "!" : "", line);
}

static inline int look(struct fixture *f, const char *path, int options)
{
    if (f->io == NULL)
        f->io = world_io(f->rig.n, &(struct io_config){.shard = 0, .log = node_log(f->rig.n)});
    struct dump_config cfg = {.io = f->io,
                              .records = (options & (RECORDS | VALUES)) != 0,
                              .values = (options & VALUES) != 0,
                              .entries = (options & ENTRIES) != 0,
                              .say = say,
                              .ctx = f};
    uint64_t before = node_disk_hash(f->rig.n);
    f->len = 0;
    f->text[0] = '\0';
    memset(&f->report, 0, sizeof(f->report));
    int err = dump_file(&cfg, path, &f->report);
    assert_true(node_disk_hash(f->rig.n) == before); /* it only looks */
    assert_int_equal(world_io_handles(f->io), 0);
    return err;
}

static inline bool fits(const char *line, size_t len, const char *want, size_t want_len)
{
    while (want_len > 0 && *want != '*') {
        if (len == 0 || *line != *want)
            return false;
        line++, len--, want++, want_len--;
    }
    if (want_len == 0)
        return len == 0;
    for (size_t skip = 0; skip <= len; skip++) {
        if (fits(line + skip, len - skip, want + 1, want_len - 1))
            return true;
    }
    return false;
}

/* The lines after the title must be these, "..." any number of them. */
static inline void expect(struct fixture *f, const char *want)
{
    const char *p = strchr(f->text, '\n');
    assert_non_null(p);
    for (p++; *want != '\0' || *p != '\0';) {
        const char *end = strchr(want, '\n');
        size_t len = end != NULL ? (size_t)(end - want) : 0, have = strcspn(p, "\n");
        if (end == NULL || (*p == '\0' && strncmp(want, "...", 3) != 0))
            fail_msg("more or less than wanted:\n%s\nat: %s\nwanted: %s", f->text, p, want);
        if (strncmp(want, "...", 3) == 0) {
            const char *next = end + 1;
            size_t next_len = strcspn(next, "\n");
            if (*p != '\0' && (*next == '\0' || !fits(p, have, next, next_len)))
                p += have + 1;
            else
                want = next;
            continue;
        }
        if (!fits(p, have, want, len))
            fail_msg("\n  line: %.*s\nwanted: %.*s\nof:\n%s", (int)have, p, (int)len, want, f->text);
        want = end + 1;
        p += have + 1;
    }
}

static inline void check(struct fixture *f, const char *path, int options, const char *want)
{
    assert_int_equal(look(f, path, options), 0);
    expect(f, want);
}

/* ---- what the store writes ---- */

static inline struct batch_build_how with(int codec, uint16_t attributes, int64_t producer, int32_t sequence)
{
    struct batch_build_how how = batch_build_how_plain();
    how.codec = codec;
    how.attributes = attributes;
    if (producer >= 0) {
        how.producer_id = producer;
        how.producer_epoch = 2;
        how.base_sequence = sequence;
    }
    return how;
}

/* A log with a batch of every kind; its directory is closed again. */
static inline void write_orders(struct fixture *f)
{
    assert_int_equal(rig_start(&f->rig), 0);
    struct mlog *m = make(f, "orders");
    for (int codec = COMP_NONE; codec <= COMP_ZSTD; codec++) {
        build(f, with(codec, 0, -1, 0), T0 + 1000 * codec, 3, "a value");
        append(f, m);
    }
    build(f, with(COMP_NONE, 0, 77, 10), T0 + 6000, 2, "numbered");
    append(f, m);
    build(f, with(COMP_LZ4, BATCH_LOG_APPEND_TIME | BATCH_TRANSACTIONAL, 77, 12), T0 + 7000, 2, "numbered");
    append(f, m);
}

/* Four batches of three records, from offset 100, at rest: positions 0, 128, 256, 384, end 512. */
#define FOUR "/at-rest/t-0/00000000000000000100.log"
enum { ONE = 128 };

static inline void put_four(struct fixture *f)
{
    f->batch.len = 0;
    for (int i = 0; i < 4; i++) {
        size_t start = f->batch.len;
        build(f, batch_build_how_plain(), T0, 3, "a value");
        batch_assign(f->batch.data + start, 100 + 3 * i, 1);
    }
    assert_int_equal(f->batch.len, 4 * ONE);
    put_batches(f, FOUR);
}

#endif
