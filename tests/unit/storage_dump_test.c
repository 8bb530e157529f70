/* Files of a log directory as text: what the store itself wrote, what Apache Kafka wrote, and the same cut,
 * overwritten and unreadable. Each case: a file, and the lines that it must give; "*" in a line stands for
 * anything, lines of what is wrong begin with "!". */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "net/wire/batch_build.h"
#include "net/wire/gen/quorum_data.h"
#include "net/wire/header.h"
#include "storage/dump.h"
#include "storage/format.h"
#include "tests/sim/storage_doing.h"

#define T0 INT64_C(1700000000000)
#define LOG0 "/00000000000000000000.log"

enum { TEXT_BYTES = 1 << 20, LINES_MAX = 4000 };

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

static void fixture_init(struct fixture *f)
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

static void fixture_done(struct fixture *f)
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

static struct mlog *make(struct fixture *f, const char *name)
{
    struct mlog *m = rig_mlog_new(&f->rig, name);
    m->key.partition = 0;
    m->log = store_make(f->rig.stores[0], m->key, m->name, &f->rig.o.log);
    assert_non_null(m->log);
    return m;
}

/* A batch of `count` records "key N" = text, a header in the first one, at the end of f->batch. */
static void build(struct fixture *f, struct batch_build_how how, int64_t timestamp, int count,
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

static void stable(struct plog_append *a)
{
    a->log = NULL; /* said */
}

/* What is in f->batch goes into the log, durably, and f->batch is empty again. */
static void append(struct fixture *f, struct mlog *m)
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

static void append_plain(struct fixture *f, struct mlog *m, int count, const char *text)
{
    build(f, batch_build_how_plain(), T0, count, text);
    append(f, m);
}

static void put_text(struct fixture *f, const char *path, const char *text)
{
    node_put(f->rig.n, path, text, strlen(text));
}

/* What is in f->batch becomes a file, and stays. */
static void put_batches(struct fixture *f, const char *path)
{
    node_put(f->rig.n, path, f->batch.data, f->batch.len);
}

static void put_kafka_file(struct fixture *f, const char *path, const char *name)
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
static void patch(struct fixture *f, const char *path, uint64_t pos, const void *src, size_t len)
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

static void flip(struct fixture *f, const char *path, uint64_t pos)
{
    uint8_t byte;
    assert_int_equal(node_peek(f->rig.n, path, pos, &byte, 1), 1);
    byte ^= 0x10;
    patch(f, path, pos, &byte, 1);
}

/* ---- looking ---- */

static void say(void *ctx, bool problem, const char *line)
{
    struct fixture *f = ctx;
    size_t n = strlen(line);
    assert_true(f->len + n + 3 < TEXT_BYTES);
    f->len += (size_t)snprintf(f->text + f->len, TEXT_BYTES - f->len, "%s%s\n", problem ? "!" : "", line);
}

static int look(struct fixture *f, const char *path, int options)
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

static bool fits(const char *line, size_t len, const char *want, size_t want_len)
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
static void expect(struct fixture *f, const char *want)
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

static void check(struct fixture *f, const char *path, int options, const char *want)
{
    assert_int_equal(look(f, path, options), 0);
    expect(f, want);
}

/* ---- what the store writes ---- */

static struct batch_build_how with(int codec, uint16_t attributes, int64_t producer, int32_t sequence)
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
static void write_orders(struct fixture *f)
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

static void a_closed_segment_is_shown_batch_by_batch(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    write_orders(&f);
    assert_true(rig_close(&f.rig));
    assert_int_equal(look(&f, RIG_DIR "/orders-0" LOG0, PLAIN), 0);
    expect(
        &f,
        "baseOffset: 0 lastOffset: 2 count: 3 baseSequence: -1 lastSequence: -1 producerId: -1 "
        "producerEpoch: -1 "
        "partitionLeaderEpoch: 3 isTransactional: false isControl: false deleteHorizonMs: none position: 0 "
        "baseTimestamp: 1700000000000 CreateTime: 1700000000002 size: 128 magic: 2 compresscodec: none crc: "
        "* "
        "isvalid: true\n"
        "baseOffset: 3 lastOffset: 5 * position: 128 * CreateTime: 1700000001002 * compresscodec: gzip * "
        "isvalid: true\n"
        "baseOffset: 6 lastOffset: 8 * compresscodec: snappy * isvalid: true\n"
        "baseOffset: 9 lastOffset: 11 * compresscodec: lz4 * isvalid: true\n"
        "baseOffset: 12 lastOffset: 14 * compresscodec: zstd * isvalid: true\n"
        "baseOffset: 15 lastOffset: 16 count: 2 baseSequence: 10 lastSequence: 11 producerId: 77 "
        "producerEpoch: 2 * "
        "isvalid: true\n"
        "baseOffset: 17 lastOffset: 18 count: 2 baseSequence: 12 lastSequence: 13 producerId: 77 "
        "producerEpoch: 2 "
        "partitionLeaderEpoch: 3 isTransactional: true isControl: false * baseTimestamp: 1700000007000 "
        "LogAppendTime: "
        "1700000012000 * compresscodec: lz4 * isvalid: true\n");
    assert_int_equal(f.report.problems + f.report.notes, 0);
    assert_true(strncmp(f.text, "Dumping " RIG_DIR "/orders-0" LOG0 "\n", 20) == 0);
    fixture_done(&f);
}

static void records_are_unpacked_and_shown_as_text(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    write_orders(&f);
    assert_true(rig_close(&f.rig));
    check(&f, RIG_DIR "/orders-0" LOG0, RECORDS,
          "baseOffset: 0 *\n"
          "| offset: 0 CreateTime: 1700000000000 keySize: 5 valueSize: 7 sequence: -1 headerKeys: [trace]\n"
          "| offset: 1 CreateTime: 1700000000001 keySize: 5 valueSize: 7 sequence: -1 headerKeys: []\n"
          "| offset: 2 *\nbaseOffset: 3 *\n| offset: 3 *\n| offset: 4 *\n| offset: 5 CreateTime: "
          "1700000001002 *\n"
          "baseOffset: 6 *\n| offset: 6 *\n| offset: 7 *\n| offset: 8 CreateTime: 1700000002002 *\n"
          "baseOffset: 9 *\n| offset: 9 *\n| offset: 10 *\n| offset: 11 CreateTime: 1700000003002 *\n"
          "baseOffset: 12 *\n| offset: 12 *\n| offset: 13 *\n| offset: 14 CreateTime: 1700000004002 *\n"
          "baseOffset: 15 *\n| offset: 15 * sequence: 10 headerKeys: [trace]\n| offset: 16 * sequence: 11 *\n"
          "baseOffset: 17 *\n| offset: 17 LogAppendTime: 1700000012000 * sequence: 12 *\n| offset: 18 *\n");
    check(&f, RIG_DIR "/orders-0" LOG0, VALUES,
          "...\n"
          "| offset: 12 * headerKeys: [trace] key: \"key 0\" payload: \"a value\" headers: {\"trace\": "
          "\"abc\"}\n"
          "| offset: 13 * headerKeys: [] key: \"key 1\" payload: \"a value\"\n"
          "...\n");
    fixture_done(&f);
}

static void what_stands_beside_a_segment_is_shown(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    write_orders(&f);
    assert_true(rig_close(&f.rig));
    /* Every 200 bytes of log, (last offset of the batch, its position), as the segment above has them. */
    assert_int_equal(look(&f, RIG_DIR "/orders-0/00000000000000000000.index", PLAIN), 0);
    assert_int_equal(f.report.problems + f.report.notes, 0);
    assert_true(f.report.lines >= 3);
    check(&f, RIG_DIR "/orders-0/00000000000000000000.timeindex", PLAIN,
          "...\ntimestamp: 1700000012000 offset: 18\n");
    check(&f, RIG_DIR "/orders-0/00000000000000000019.snapshot", PLAIN,
          "version: 1 crc: * producers: 1\n"
          "producerId: 77 producerEpoch: 2 coordinatorEpoch: -1 currentTxnFirstOffset: 17 lastTimestamp: "
          "1700000012000 "
          "firstSequence: 12 lastSequence: 13 lastOffset: 18 offsetDelta: 1\n");
    check(&f, RIG_DIR "/orders-0/leader-epoch-checkpoint", PLAIN,
          "version: 0 entries: 1\nepoch: 3 startOffset: 0\n");
    check(&f, RIG_DIR "/orders-0/partition.metadata", PLAIN, "version: 0\ntopic_id: *\n");
    check(&f, RIG_DIR "/recovery-point-offset-checkpoint", PLAIN,
          "version: 0 entries: 1\ntopic: orders partition: 0 offset: 19\n");
    check(&f, RIG_DIR "/meta.properties", PLAIN,
          "version: 1\ncluster.id: rig-rig-rig-rig-rig-00\nnode.id: 1\ndirectory.id: *\n");
    check(&f, RIG_DIR "/.kafka_cleanshutdown", PLAIN, "{\"version\":0,\"brokerEpoch\":-1}\n");
    check(&f, RIG_DIR "/millrace-checkpoint-0-0", ENTRIES,
          "counter: * shard: 0 * partitions: 0 size: 0 isvalid: true\n");
    assert_int_equal(f.report.problems + f.report.notes, 0);
    fixture_done(&f);
}

static void a_killed_store_has_its_batches_in_the_journal(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    write_orders(&f);
    struct mlog *gone = make(&f, "gone");
    append_plain(&f, gone, 1, "x");
    rig_remove(&f.rig, gone);
    assert_true(rig_drain(&f.rig));
    rig_plan_death(&f.rig, 0, false);
    rig_bury(&f.rig);
    check(&f, RIG_DIR "/millrace-journal-0-0", PLAIN,
          "sequence: 1 generation: 1 shard: 0 logicalFile: 0 position: 0 size: * entries: 2 flushedSequence: "
          "0 prevCrc: 0 "
          "follows: false crc: * isvalid: true\n"
          "sequence: 2 * entries: 1 flushedSequence: 1 * follows: true crc: * isvalid: true\n"
          "...\n");
    check(&f, RIG_DIR "/millrace-journal-0-0", ENTRIES,
          "sequence: 1 *\n"
          "| entry: 0 type: OPEN topicId: * partition: 0 size: *\n"
          "|| topic: \"orders\" partition: 0 topicId: * logStartOffset: 0 endOffset: 0 * segments: 0 epochs: "
          "0 *\n"
          "| entry: 1 type: APPEND topicId: * partition: 0 size: 152 leaderEpoch: 3 newSegment: true\n"
          "|| baseOffset: 0 lastOffset: 2 * isvalid: true\n"
          "sequence: 2 *\n"
          "| entry: 0 type: APPEND * newSegment: false\n"
          "|| baseOffset: 3 * compresscodec: gzip * isvalid: true\n"
          "...\n"
          "| entry: 0 type: REMOVE topicId: * partition: 0 size: 24 topic: \"gone\"\n");
    check(&f, RIG_DIR "/millrace-journal-0-0", VALUES,
          "...\n"
          "||| offset: 17 LogAppendTime: 1700000012000 * key: \"key 0\" payload: \"numbered\" *\n"
          "...\n");
    assert_int_equal(f.report.problems + f.report.notes, 0);
    /* The last block torn: that is how a crash may leave it. */
    uint64_t last = strtoull(strstr(strstr(f.text, "sequence: 8 "), "position: ") + 10, NULL, 10);
    flip(&f, RIG_DIR "/millrace-journal-0-0", last + 100);
    assert_int_equal(look(&f, RIG_DIR "/millrace-journal-0-0", PLAIN), 0);
    expect(&f, "...\nsequence: 8 * isvalid: false\n...\n");
    assert_int_equal(f.report.problems, 1); /* later blocks say that it was flushed */
    assert_non_null(strstr(f.text, "!" RIG_DIR "/millrace-journal-0-0: bytes "));
    assert_non_null(strstr(f.text, "block 8 is damaged: block 9 says that it was flushed"));
    fixture_done(&f);
}

static void a_torn_last_block_is_a_note_after_a_crash_and_damage_at_rest(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    write_orders(&f);
    rig_plan_death(&f.rig, 0, false);
    rig_bury(&f.rig);
    const char *path = RIG_DIR "/millrace-journal-0-0";
    assert_int_equal(look(&f, path, PLAIN), 0);
    const char *seventh = strstr(f.text, "sequence: 7 ");
    assert_non_null(seventh);
    flip(&f, path, strtoull(strstr(seventh, "position: ") + 10, NULL, 10) + 100);
    check(&f, path, ENTRIES,
          "...\nsequence: 7 * isvalid: false\n!*block 7 does not fit its checksum: torn or damaged\n");
    assert_int_equal(f.report.problems, 0);
    assert_int_equal(f.report.notes, 1);
    put_text(&f, RIG_DIR "/meta.properties", "version=1\n");
    put_text(&f, RIG_DIR "/.kafka_cleanshutdown", "{}");
    assert_int_equal(look(&f, path, PLAIN), 0);
    assert_int_equal(f.report.problems, 1);
    assert_int_equal(f.report.notes, 0);
    fixture_done(&f);
}

static void a_checkpoint_shows_its_partitions(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    write_orders(&f);
    store_checkpoint(f.rig.stores[0]);
    for (int turns = 0; turns < 3000; turns++) {
        struct store_stats stats;
        store_stats(f.rig.stores[0], &stats);
        if (stats.checkpoints > 0)
            break;
        rig_turn(&f.rig, true);
    }
    rig_plan_death(&f.rig, 0, false);
    rig_bury(&f.rig);
    const char *path = NULL; /* of both slots the one that has a partition */
    for (int slot = 0; slot < 2 && path == NULL; slot++) {
        const char *one = slot == 0 ? RIG_DIR "/millrace-checkpoint-0-0" : RIG_DIR "/millrace-checkpoint-0-1";
        assert_int_equal(look(&f, one, PLAIN), 0);
        path = strstr(f.text, "partitions: 1 ") != NULL ? one : NULL;
    }
    assert_non_null(path);
    check(
        &f, path, ENTRIES,
        "counter: * generation: 1 shard: 0 session: * journalFiles: 3 journalFileSize: 1048576 unit: 512 "
        "partitions: 1 "
        "size: * isvalid: true\n"
        "| topic: \"orders\" partition: 0 topicId: * logStartOffset: 0 endOffset: 19 * segments: 1 epochs: 1 "
        "producerBytes: * fragmentBytes: * directory: *\n"
        "|| segment baseOffset: 0 size: * firstTimestamp: 1700000000002 maxTimestamp: 1700000012000 "
        "maxTimestampOffset: 18 indexed: false\n"
        "|| epoch: 3 startOffset: 0\n"
        "|| producerId: 77 producerEpoch: 2 coordinatorEpoch: -1 currentTxnFirstOffset: 17 lastTimestamp: "
        "1700000012000 batches: [lastSequence: 11 lastOffset: 16 offsetDelta: 1 timestamp: 1700000006001, "
        "lastSequence: 13 lastOffset: 18 offsetDelta: 1 timestamp: 1700000012000]\n");
    /* A slot that was being written when the machine died. */
    flip(&f, path, CHECKPOINT_BODY_AT + 60);
    assert_int_equal(look(&f, path, PLAIN), 0);
    assert_non_null(strstr(f.text, "records are damaged: their checksum does not fit"));
    assert_int_equal(f.report.notes, 1);
    assert_int_equal(f.report.problems, 0);
    flip(&f, path, 20);
    check(&f, path, PLAIN,
          "counter: * isvalid: false\n!*: bytes 0 to 112: the checkpoint's head is damaged: *\n");
    patch(&f, path, 50, NULL, 0);
    check(&f, path, PLAIN, "!*: bytes 0 to 50: no checkpoint: less than its head\n");
    fixture_done(&f);
}

/* ---- damage in segments ---- */

/* Four batches of three records, from offset 100, at rest: positions 0, 128, 256, 384, end 512. */
#define FOUR "/at-rest/t-0/00000000000000000100.log"
enum { ONE = 128 };

static void put_four(struct fixture *f)
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

static void what_is_damaged_is_named_and_stepped_over(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    put_four(&f);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\nbaseOffset: 103 *true\nbaseOffset: 106 *true\nbaseOffset: 109 *true\n");
    assert_int_equal(f.report.problems, 0);
    /* A flipped bit in a record. */
    flip(&f, FOUR, ONE + 80);
    check(&f, FOUR, RECORDS,
          "baseOffset: 100 *true\n| *\n| *\n| *\n"
          "baseOffset: 103 * position: 128 * isvalid: false\n"
          "!" FOUR ": bytes 128 to 256: batch at offset 103 is damaged: its checksum does not fit\n"
          "baseOffset: 106 *true\n| *\n| *\n| *\nbaseOffset: 109 *true\n| *\n| *\n| *\n");
    assert_int_equal(f.report.problems, 1);
    /* A length that leads astray: too long, too short, none. */
    put_four(&f);
    patch(&f, FOUR, ONE + 10, "\1\0", 2);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\nbaseOffset: 103 * isvalid: false\n!*: bytes 128 to *: batch at offset 103 "
          "is damaged: *\n"
          "baseOffset: 106 *true\nbaseOffset: 109 *true\n");
    put_four(&f);
    patch(&f, FOUR, ONE + 8, "\0\0\0\0", 4);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\n!" FOUR
          ": bytes 128 to 256: no batch\nbaseOffset: 106 *true\nbaseOffset: 109 *true\n");
    put_four(&f);
    patch(&f, FOUR, ONE + 8, "\x70", 1);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\n!" FOUR
          ": bytes 128 to 256: no batch\nbaseOffset: 106 *true\nbaseOffset: 109 *true\n");
    /* Zeros over the end of one batch and the beginning of the next. */
    put_four(&f);
    uint8_t zeros[ONE] = {0};
    patch(&f, FOUR, ONE + 70, zeros, ONE);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\nbaseOffset: 103 * isvalid: false\n!*: bytes 128 to 256: *\nbaseOffset: 109 "
          "*true\n");
    assert_int_equal(f.report.problems, 1);
    /* An offset that was there before. */
    put_four(&f);
    batch_assign(f.batch.data + 2 * ONE, 101, 1);
    put_batches(&f, FOUR);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\nbaseOffset: 103 *true\nbaseOffset: 101 *true\n"
          "!" FOUR ": bytes 256 to 384: batch at offset 101, expected at least 106\nbaseOffset: 109 *true\n");
    /* One that no segment of this name can have; those behind it are as they should be. */
    put_four(&f);
    batch_assign(f.batch.data + ONE, INT64_C(1) << 40, 1);
    put_batches(&f, FOUR);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\nbaseOffset: 1099511627776 *true\n!*: bytes 128 to 256: batch at offset "
          "1099511627776 "
          "cannot be in a segment that begins at 100\nbaseOffset: 106 *true\nbaseOffset: 109 *true\n");
    assert_int_equal(f.report.problems, 1);
    fixture_done(&f);
}

static void the_end_may_be_torn_only_where_a_broker_writes(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    put_four(&f);
    const char *three = "baseOffset: 100 *\nbaseOffset: 103 *\nbaseOffset: 106 *\n"
                        "!" FOUR ": bytes 384 to 412: less than the head of a batch at the end\n";
    patch(&f, FOUR, 3 * ONE + 100, NULL, 0);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *\nbaseOffset: 103 *\nbaseOffset: 106 *\n"
          "!" FOUR ": bytes 384 to 484: an incomplete batch at the end: 100 of its 128 bytes\n");
    assert_int_equal(f.report.problems, 1);
    patch(&f, FOUR, 3 * ONE + 28, NULL, 0);
    three = "baseOffset: 100 *\nbaseOffset: 103 *\nbaseOffset: 106 *\n"
            "!" FOUR ": bytes 384 to 412: an incomplete batch at the end: 28 of its 128 bytes\n";
    check(&f, FOUR, PLAIN, three);
    put_text(&f, "/at-rest/meta.properties", "version=1\n");
    check(&f, FOUR, PLAIN, three); /* Kafka has it open, or crashed */
    assert_int_equal(f.report.notes, 1);
    assert_int_equal(f.report.problems, 0);
    put_text(&f, "/at-rest/.kafka_cleanshutdown", "{}");
    check(&f, FOUR, PLAIN, three);
    assert_int_equal(f.report.problems, 1);
    put_text(&f, "/at-rest/meta.properties", "#\nmillrace.session=1\nversion=71\n");
    check(&f, FOUR, PLAIN, three); /* millrace has */
    assert_int_equal(f.report.notes, 1);
    put_text(&f, "/at-rest/t-0/00000000000000000200.log", ""); /* but writes another segment */
    check(&f, FOUR, PLAIN, three);
    assert_int_equal(f.report.problems, 1);
    /* Less than can be judged, zeros, garbage. */
    put_four(&f);
    patch(&f, FOUR, 3 * ONE + 10, NULL, 0);
    check(&f, FOUR, PLAIN, "...\n!*: bytes 384 to 394: less than the head of a batch at the end\n");
    put_four(&f);
    uint8_t bytes[ONE] = {0};
    patch(&f, FOUR, 3 * ONE, bytes, ONE);
    check(&f, FOUR, PLAIN, "...\n!*: bytes 384 to 512: zeros to the end\n");
    memset(bytes, 0xee, ONE);
    patch(&f, FOUR, 3 * ONE, bytes, ONE);
    check(&f, FOUR, PLAIN, "...\n!*: bytes 384 to 512: no batch, to the end\n");
    assert_int_equal(f.report.problems, 1);
    fixture_done(&f);
}

static void batches_larger_than_the_window_are_checked_and_stepped_over(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    static char value[3000000];
    memset(value, 'v', sizeof(value) - 1);
    f.batch.len = 0;
    build(&f, batch_build_how_plain(), T0, 2, value);
    size_t first = f.batch.len;
    build(&f, with(COMP_ZSTD, 0, -1, 0), T0, 2, value);
    batch_assign(f.batch.data + first, 2, 1);
    size_t second = f.batch.len;
    build(&f, batch_build_how_plain(), T0, 2, "small");
    batch_assign(f.batch.data + second, 4, 1);
    put_batches(&f, "/x/t-0" LOG0);
    check(&f, "/x/t-0" LOG0, VALUES,
          "baseOffset: 0 * isvalid: true\n"
          "| offset: 0 * valueSize: 2999999 * payload: \"vvv*vvv\"... (2998975 bytes more) headers: *\n| "
          "offset: 1 *\n"
          "baseOffset: 2 * compresscodec: zstd * isvalid: true\n| offset: 2 * valueSize: 2999999 *\n| "
          "offset: 3 *\n"
          "baseOffset: 4 *\n| *\n| *\n");
    assert_int_equal(f.report.problems, 0);
    /* Six megabytes of nothing are searched through. */
    patch(&f, "/x/t-0" LOG0, 8, "\0\0\0\0", 4);
    check(&f, "/x/t-0" LOG0, PLAIN,
          "!*: bytes 0 to *: no batch\nbaseOffset: 2 * isvalid: true\nbaseOffset: 4 * isvalid: true\n");
    fixture_done(&f);
}

static void what_the_disk_cannot_read_is_stepped_over(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    static char value[10000];
    memset(value, 'v', sizeof(value) - 1);
    f.batch.len = 0;
    for (int i = 0; i < 8; i++) {
        size_t start = f.batch.len;
        build(&f, batch_build_how_plain(), T0, 1, value);
        batch_assign(f.batch.data + start, i, 1);
    }
    put_batches(&f, "/x/t-0" LOG0);
    assert_int_equal(node_bad_range(f.rig.n, "/x/t-0" LOG0, 24576, 4096, true), 0);
    assert_int_equal(look(&f, "/x/t-0" LOG0, PLAIN), 0);
    expect(&f, "baseOffset: 0 *true\nbaseOffset: 1 *true\nbaseOffset: 2 * isvalid: false\n"
               "!*: batch at offset 2 cannot be read: Input/output error\n"
               "baseOffset: 3 *true\nbaseOffset: 4 *true\nbaseOffset: 5 *true\nbaseOffset: 6 "
               "*true\nbaseOffset: 7 *true\n");
    assert_int_equal(node_bad_range(f.rig.n, "/x/t-0" LOG0, 20480, 4096, true), 0); /* its header, too */
    check(&f, "/x/t-0" LOG0, PLAIN,
          "baseOffset: 0 *true\nbaseOffset: 1 *\n...\nbaseOffset: 3 *true\n...\nbaseOffset: 7 *true\n");
    assert_true(f.report.problems > 0);
    assert_non_null(strstr(f.text, "Input/output error"));
    fixture_done(&f);
}

/* ---- what other brokers write ---- */

static void records_of_the_metadata_are_named(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    const char *log = "/k/__cluster_metadata-0" LOG0;
    put_kafka_file(&f, log, "kafka-4.1.0-metadata.log");
    check(&f, log, RECORDS,
          "baseOffset: 0 * isControl: true *\n| offset: 0 * LeaderChange: {\"version\":*\n"
          "| offset: 1 * KRaftVersion: {\"version\":0,\"kRaftVersion\":1}\n"
          "| offset: 2 * KRaftVoters: "
          "{\"version\":0,\"voters\":[{\"voterId\":1,\"voterDirectoryId\":\"*\",\"endpoints\":"
          "[{\"name\":\"CONTROLLER\",\"host\":\"127.0.0.1\",\"port\":*}],\"kRaftVersionFeature\":{"
          "\"minSupportedVersion\":0,"
          "\"maxSupportedVersion\":1}}]}\n"
          "...\n"
          "| offset: * payload: "
          "{\"type\":\"TOPIC_RECORD\",\"version\":0,\"data\":{\"name\":\"s1\",\"topicId\":\"*\"}}\n"
          "| offset: * payload: "
          "{\"type\":\"PARTITION_RECORD\",\"version\":*,\"data\":{\"partitionId\":0,\"topicId\":\"*\","
          "\"replicas\":[1],\"isr\":[1],\"removingReplicas\":[],\"addingReplicas\":[],\"leader\":1,"
          "\"leaderEpoch\":0,"
          "\"partitionEpoch\":0,\"directories\":[\"*\"]*}}\n"
          "...\n");
    assert_int_equal(f.report.problems, 0);
    check(&f, log, PLAIN, "baseOffset: 0 *\nbaseOffset: 3 *\n...\n");
    const char *snapshot = "/k/__cluster_metadata-0/00000000000000000067-0000000001.checkpoint";
    put_kafka_file(&f, snapshot, "kafka-4.1.0-metadata.checkpoint");
    check(&f, snapshot, RECORDS,
          "snapshotEndOffset: 67 snapshotEpoch: 1\n"
          "baseOffset: 0 * isControl: true *\n| offset: 0 * SnapshotHeader: "
          "{\"version\":0,\"lastContainedLogTimestamp\":*}\n"
          "...\n| offset: * SnapshotFooter: {\"version\":0}\n");
    assert_int_equal(f.report.problems, 0);
    /* The same file elsewhere is known by what stands beside it; without that its values are just bytes. */
    put_kafka_file(&f, "/copy" LOG0, "kafka-4.1.0-metadata.log");
    check(&f, "/copy" LOG0, VALUES, "...\n| offset: * key: null payload: \"*\n...\n");
    assert_null(strstr(f.text, "TOPIC_RECORD"));
    put_text(&f, "/copy/partition.metadata", "version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ");
    look(&f, "/copy" LOG0, RECORDS);
    assert_non_null(strstr(f.text, "TOPIC_RECORD"));
    fixture_done(&f);
}

/* One record with this value, as a metadata log of one batch. */
static void put_metadata(struct fixture *f, const void *value, size_t len)
{
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    struct batch_record r = {.timestamp = T0, .value = {value, len}};
    f->batch.len = 0;
    assert_int_equal(batch_build_begin(&b, &how, &f->batch, NULL, NULL), 0);
    assert_int_equal(batch_build_add(&b, &r), 0);
    assert_int_equal(batch_build_end(&b), 0);
    put_batches(f, "/k/__cluster_metadata-0" LOG0);
}

static void metadata_that_is_not_understood_is_named(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    const char *log = "/k/__cluster_metadata-0" LOG0;
    put_metadata(&f, "\1\2\0\5name\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0", 25);
    check(&f, log, RECORDS,
          "*\n| * payload: {\"type\":\"TOPIC_RECORD\",\"version\":0,\"data\":{\"name\":\"name\",\"topicId\":"
          "\"AAAAAAAAAAAAAAAAAAAAAQ\"}}\n");
    assert_int_equal(f.report.problems, 0);
    put_metadata(&f, "\1\2\0\5na\"\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0", 26);
    check(&f, log, RECORDS,
          "*\n| *{\"name\":\"na\\\"\\u000a\",*\n!*: bytes 0 to *: record at offset 0 cannot be decoded: *\n");
    put_metadata(&f, "\1\2\0\5name", 8);
    check(&f, log, RECORDS,
          "*\n| * payload: {\"type\":\"TOPIC_RECORD\",\"version\":0,\"data\":null}\n!*record at offset 0 "
          "cannot be decoded: *\n");
    put_metadata(&f, "\1\2\7\5name", 8); /* a version of tomorrow */
    check(&f, log, RECORDS, "*\n| *\n!*: record at offset 0 is of a type or version not known here\n");
    put_metadata(&f, "\1\x7f\0", 3);
    check(&f, log, RECORDS,
          "*\n| * payload: {\"type\":127,\"version\":0}\n!*: record at offset 0 is of a type or version not "
          "known here\n");
    put_metadata(&f, "\7\2\0\5name", 8);
    check(&f, log, RECORDS, "*\n| * payload: *\n!*record at offset 0 *\n");
    assert_int_equal(f.report.problems, 1);
    fixture_done(&f);
}

static void transactions_are_shown(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct batch_build_how how = with(COMP_NONE, BATCH_TRANSACTIONAL, 5, -1);
    f.batch.len = 0;
    assert_int_equal(control_put_marker(&f.batch, &how, true, 9, T0), 0);
    size_t second = f.batch.len;
    assert_int_equal(control_put_marker(&f.batch, &how, false, 10, T0 + 1), 0);
    batch_assign(f.batch.data + second, 1, 0);
    put_batches(&f, "/x/t-0" LOG0);
    check(&f, "/x/t-0" LOG0, RECORDS,
          "baseOffset: 0 * producerId: 5 producerEpoch: 2 * isTransactional: true isControl: true *\n"
          "| offset: 0 * keySize: 4 valueSize: 6 sequence: -1 headerKeys: [] endTxnMarker: COMMIT "
          "coordinatorEpoch: 9\n"
          "baseOffset: 1 *\n| offset: 1 * endTxnMarker: ABORT coordinatorEpoch: 10\n");
    uint8_t e[3 * 34 + 5] = {0};
    for (int i = 0; i < 3; i++) {
        mr_put64(e + 34 * i + 2, 5);
        mr_put64(e + 34 * i + 10, 10 * (uint64_t)i);
        mr_put64(e + 34 * i + 18, 10 * (uint64_t)i + 4);
        mr_put64(e + 34 * i + 26, 10 * (uint64_t)i + 5);
    }
    node_put(f.rig.n, "/x/t-0/00000000000000000000.txnindex", e, 3 * 34);
    check(&f, "/x/t-0/00000000000000000000.txnindex", PLAIN,
          "version: 0 producerId: 5 firstOffset: 0 lastOffset: 4 lastStableOffset: 5\n"
          "version: 0 producerId: 5 firstOffset: 10 lastOffset: 14 lastStableOffset: 15\n"
          "version: 0 producerId: 5 firstOffset: 20 lastOffset: 24 lastStableOffset: 25\n");
    mr_put16(e, 3);
    mr_put64(e + 34 + 18, 30);
    node_put(f.rig.n, "/x/t-0/00000000000000000000.txnindex", e, sizeof(e));
    check(&f, "/x/t-0/00000000000000000000.txnindex", PLAIN,
          "!*: bytes 0 to 34: entry has version 3, not known here\n"
          "version: 0 * firstOffset: 10 lastOffset: 30 *\n"
          "version: 0 * firstOffset: 20 lastOffset: 24 *\n!*: bytes 68 to 102: entry of producer 5 does not "
          "come after *\n"
          "!*: bytes 102 to 107: less than an entry at the end\n");
    assert_int_equal(f.report.problems, 3);
    fixture_done(&f);
}

static void indexes_are_held_against_the_segment(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    put_four(&f);
    const char *index = "/at-rest/t-0/00000000000000000100.index",
               *times = "/at-rest/t-0/00000000000000000100.timeindex";
    uint8_t e[60] = {0};
    mr_put32(e, 5);
    mr_put32(e + 4, ONE);
    mr_put32(e + 8, 8);
    mr_put32(e + 12, 2 * ONE);
    node_put(f.rig.n, index, e, 16);
    check(&f, index, PLAIN, "offset: 105 position: 128\noffset: 108 position: 256\n");
    assert_int_equal(f.report.problems, 0);
    node_put(f.rig.n, index, e, 40); /* as Kafka allocates it ahead */
    check(&f, index, PLAIN,
          "offset: 105 position: 128\noffset: 108 position: 256\n!*: bytes 16 to 40: zeros to the end\n");
    mr_put32(e + 12, 2 * ONE + 1);
    mr_put32(e + 16, 7);
    mr_put32(e + 20, 3 * ONE);
    node_put(f.rig.n, index, e, 27);
    check(&f, index, PLAIN,
          "offset: 105 position: 128\noffset: 108 position: 257\n"
          "!*: bytes 8 to 16: entry (offset 108, position 257) leads to no such batch\n"
          "offset: 107 position: 384\n!*: bytes 16 to 24: entry (offset 107, position 384) does not come "
          "after the one *\n"
          "!*: bytes 24 to 27: less than an entry at the end\n");
    assert_int_equal(f.report.problems, 3);
    memset(e, 0, sizeof(e));
    for (uint64_t i = 0; i < 3; i++) {
        mr_put64(e + 12 * i, (uint64_t)T0 + (i == 2 ? 0 : i));
        mr_put32(e + 12 * i + 8, (uint32_t)i);
    }
    node_put(f.rig.n, times, e, 36);
    check(&f, times, PLAIN,
          "timestamp: 1700000000000 offset: 100\ntimestamp: 1700000000001 offset: 101\ntimestamp: "
          "1700000000000 offset: 102\n"
          "!*: bytes 24 to 36: entry (timestamp 1700000000000, offset 102) does not come after the one "
          "before\n");
    fixture_done(&f);
}

static void small_files_say_what_does_not_fit(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    put_text(&f, "/x/recovery-point-offset-checkpoint", "0\n3\na 0 5\nb x 7\nc 1 9\n");
    check(
        &f, "/x/recovery-point-offset-checkpoint", PLAIN,
        "version: 0 entries: 3\ntopic: a partition: 0 offset: 5\n!*: bytes 10 to 15: this line is no entry\n"
        "topic: c partition: 1 offset: 9\n!*: byte 22: 2 entries are here, 3 were announced\n");
    assert_int_equal(f.report.problems, 2);
    put_text(&f, "/x/leader-epoch-checkpoint", "1\n0\n");
    check(&f, "/x/leader-epoch-checkpoint", PLAIN, "!*: byte 0: the first line is not version 0\n");
    put_text(&f, "/x/leader-epoch-checkpoint", "0\nmany\n");
    check(&f, "/x/leader-epoch-checkpoint", PLAIN,
          "!*: byte 2: the second line is not a number of entries\n");
    put_text(&f, "/x/meta.properties", "# hello\nversion=1\nnonsense\na=b=c\n\x1b[31m=1\n");
    check(&f, "/x/meta.properties", PLAIN,
          "version: 1\nnonsense\n!*: bytes 18 to 26: this line is no key=value\na: "
          "b=c\n\"\\x1b[31m=1\"\n!*this line is no text\n");
    uint8_t s[10 + 46] = {0, 1, 1, 2, 3, 4, 0, 0, 0, 2};
    node_put(f.rig.n, "/x/t-0/00000000000000000009.snapshot", s, sizeof(s));
    check(&f, "/x/t-0/00000000000000000009.snapshot", PLAIN,
          "version: 1 crc: 16909060 producers: 2\n!*: bytes 0 to 56: the producer snapshot is damaged: *\n"
          "producerId: 0 *\n!*: byte 56: 2 producers are not what these bytes hold\n");
    node_put(f.rig.n, "/x/t-0/00000000000000000009.snapshot", s, 7);
    check(&f, "/x/t-0/00000000000000000009.snapshot", PLAIN,
          "!*: bytes 0 to 7: less than the head of a producer snapshot\n");
    fixture_done(&f);
}

static void texts_cannot_reach_the_terminal(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    f.batch.len = 0;
    build(
        &f, batch_build_how_plain(), T0, 1,
        "tab\there \x1b[2J \"quoted\" back\\slash \xc3\xbc \xe2\x82\xac \xff \xc0\xaf \xc2\x9b \xe2\x80\xae");
    size_t second = f.batch.len;
    build(&f, batch_build_how_plain(), T0, 1, NULL);
    batch_assign(f.batch.data + second, 1, 0);
    put_batches(&f, "/x/t-0" LOG0);
    check(&f, "/x/t-0" LOG0, VALUES,
          "*\n| * payload: \"tab\\there \\x1b[2J \\\"quoted\\\" back\\\\slash \xc3\xbc \xe2\x82\xac \\xff "
          "\\xc0\\xaf \\xc2\\x9b "
          "\\xe2\\x80\\xae\" headers: *\n"
          "*\n| * valueSize: -1 * payload: null headers: *\n");
    fixture_done(&f);
}

static void kinds_follow_from_names_and_contents(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    put_four(&f);
    put_batches(&f, "/x/renamed");
    check(&f, "/x/renamed", PLAIN, "baseOffset: 100 *\n*\n*\n*\n");
    put_batches(&f, "/x/some.log");
    check(&f, "/x/some.log", PLAIN, "baseOffset: 100 *\n*\n*\n*\n");
    put_batches(&f, "/x/00000000000000000100.log.deleted");
    check(&f, "/x/00000000000000000100.log.deleted", PLAIN, "baseOffset: 100 *\n*\n*\n*\n");
    put_text(&f, "/x/server.log", "INFO started\n");
    assert_int_equal(look(&f, "/x/server.log", PLAIN), -MR_E_VERSION);
    put_text(&f, "/x/passwd", "root:x:0:0\n");
    assert_int_equal(look(&f, "/x/passwd", PLAIN), -MR_E_VERSION);
    put_text(&f, "/x/nothing", "");
    assert_int_equal(look(&f, "/x/nothing", PLAIN), -MR_E_VERSION);
    assert_int_equal(f.report.lines, 0);
    assert_int_equal(look(&f, "/x/absent", PLAIN), -ENOENT);
    assert_int_equal(look(&f, "/x", PLAIN), -EISDIR);
    put_text(&f, "/x/00000000000000000000.index", "");
    assert_int_equal(look(&f, "/x/00000000000000000000.index", PLAIN), 0);
    assert_string_equal(f.text, "Dumping /x/00000000000000000000.index: empty\n");
    fixture_done(&f);
}

/* Whatever stands in a file: lines, no more. Under the sanitizers this is the test of every bound. */
static void no_damage_does_harm(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    write_orders(&f);
    rig_plan_death(&f.rig, 0, false);
    rig_bury(&f.rig);
    put_four(&f);
    put_kafka_file(&f, "/k/__cluster_metadata-0" LOG0, "kafka-4.1.0-metadata.log");
    const char *const from[] = {FOUR, "/k/__cluster_metadata-0" LOG0, RIG_DIR "/millrace-journal-0-0",
                                RIG_DIR "/millrace-checkpoint-0-0"};
    static const char *const as[] = {"/d/__cluster_metadata-0" LOG0,
                                     "/d/__cluster_metadata-0/00000000000000000000.index",
                                     "/d/__cluster_metadata-0/00000000000000000000.timeindex",
                                     "/d/__cluster_metadata-0/00000000000000000000.txnindex",
                                     "/d/__cluster_metadata-0/00000000000000000000.snapshot",
                                     "/d/millrace-journal-0-0",
                                     "/d/millrace-checkpoint-0-0",
                                     "/d/meta.properties",
                                     "/d/leader-epoch-checkpoint",
                                     "/d/recovery-point-offset-checkpoint"};
    static uint8_t bytes[8192];
    struct rng r;
    rng_seed(&r, 5, 1);
    for (int i = 0; i < 600; i++) {
        size_t what = (size_t)rng_below(&r, MR_COUNT(from));
        size_t len = (size_t)node_peek(f.rig.n, from[what], 0, bytes, sizeof(bytes));
        for (uint64_t n = rng_below(&r, 6); n > 0; n--)
            bytes[rng_below(&r, len)] = (uint8_t)(rng_below(&r, 3) == 0 ? 0xff : rng_next(&r));
        if (rng_below(&r, 4) == 0)
            len = (size_t)rng_between(&r, 1, len);
        /* Half of the time under its own name. */
        static const size_t own[] = {0, 0, 5, 6};
        const char *path = as[rng_below(&r, 2) == 0 ? own[what] : rng_below(&r, MR_COUNT(as))];
        if (what < 2 && rng_below(&r, 2) == 0 &&
            len > BATCH_HEADER_BYTES) { /* damage under a right checksum */
            int64_t whole = batch_bytes_peek(bytes, len);
            if (whole >= BATCH_HEADER_BYTES && whole <= (int64_t)len)
                batch_seal(bytes);
        }
        node_put(f.rig.n, path, bytes, len);
        assert_int_equal(look(&f, path, (int)rng_below(&r, 8)), 0);
        assert_true(f.report.lines + f.report.problems + f.report.notes < 20000);
    }
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_segment_is_shown_batch_by_batch),
        cmocka_unit_test(records_are_unpacked_and_shown_as_text),
        cmocka_unit_test(what_stands_beside_a_segment_is_shown),
        cmocka_unit_test(a_killed_store_has_its_batches_in_the_journal),
        cmocka_unit_test(a_torn_last_block_is_a_note_after_a_crash_and_damage_at_rest),
        cmocka_unit_test(a_checkpoint_shows_its_partitions),
        cmocka_unit_test(what_is_damaged_is_named_and_stepped_over),
        cmocka_unit_test(the_end_may_be_torn_only_where_a_broker_writes),
        cmocka_unit_test(batches_larger_than_the_window_are_checked_and_stepped_over),
        cmocka_unit_test(what_the_disk_cannot_read_is_stepped_over),
        cmocka_unit_test(records_of_the_metadata_are_named),
        cmocka_unit_test(metadata_that_is_not_understood_is_named),
        cmocka_unit_test(transactions_are_shown),
        cmocka_unit_test(indexes_are_held_against_the_segment),
        cmocka_unit_test(small_files_say_what_does_not_fit),
        cmocka_unit_test(texts_cannot_reach_the_terminal),
        cmocka_unit_test(kinds_follow_from_names_and_contents),
        cmocka_unit_test(no_damage_does_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
