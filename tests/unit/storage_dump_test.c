/* Segments, journals and checkpoints as text: as the store wrote them, and the same cut, overwritten and
 * unreadable. */
#include "storage/format.h"
#include "tests/unit/dump_script.h"

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
    /* Two in a row. */
    flip(&f, RIG_DIR "/millrace-journal-0-0",
         strtoull(strstr(strstr(f.text, "sequence: 7 "), "position: ") + 10, NULL, 10) + 100);
    assert_int_equal(look(&f, RIG_DIR "/millrace-journal-0-0", PLAIN), 0);
    assert_int_equal(f.report.problems, 2);
    assert_non_null(strstr(f.text, "block 7 is damaged: block 9 says that it was flushed"));
    fixture_done(&f);
}

static void a_torn_last_block_is_a_note_unless_nobody_knows_the_directory(void **state)
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
    put_text(&f, RIG_DIR "/.kafka_cleanshutdown", "{}"); /* closed: the journal is void */
    assert_int_equal(look(&f, path, PLAIN), 0);
    assert_int_equal(f.report.problems, 0);
    assert_int_equal(f.report.notes, 1);
    uint8_t all[16384]; /* elsewhere */
    size_t len = (size_t)node_peek(f.rig.n, path, 0, all, sizeof(all));
    node_put(f.rig.n, "/copy/millrace-journal-0-0", all, len);
    assert_int_equal(look(&f, "/copy/millrace-journal-0-0", PLAIN), 0);
    assert_int_equal(f.report.problems, 1);
    fixture_done(&f);
}

static void a_checkpoint_shows_its_partitions(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    write_orders(&f);
    struct batch_build_how how = batch_build_how_plain();
    how.producer_id = 77;
    how.producer_epoch = 2;
    assert_int_equal(control_put_marker(&f.batch, &how, false, 4, T0), 0);
    append(&f, f.rig.logs);
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
        "| topic: \"orders\" partition: 0 topicId: * logStartOffset: 0 endOffset: 20 * segments: 1 epochs: 1 "
        "producerBytes: * fragmentBytes: * directory: *\n"
        "|| segment baseOffset: 0 size: * firstTimestamp: 1700000000002 maxTimestamp: 1700000012000 "
        "maxTimestampOffset: 18 indexed: false\n"
        "|| epoch: 3 startOffset: 0\n"
        "|| producerId: 77 producerEpoch: 2 coordinatorEpoch: 4 currentTxnFirstOffset: none lastTimestamp: "
        "1700000000000 batches: [lastSequence: 11 lastOffset: 16 offsetDelta: 1 timestamp: 1700000006001, "
        "lastSequence: 13 lastOffset: 18 offsetDelta: 1 timestamp: 1700000012000]\n"
        "|| aborted segment: 0 producerId: 77 firstOffset: 17 lastOffset: 19 lastStableOffset: 20\n");
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

static void blocks_ahead_of_a_growing_file_are_no_damage(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    static char value[10000];
    static const uint8_t zeros[SEGMENT_UNIT];
    memset(value, 'v', sizeof(value) - 1);
    f.batch.len = 0;
    build(&f, batch_build_how_plain(), T0, 1, value);
    size_t second = f.batch.len;
    build(&f, batch_build_how_plain(), T0, 1, value);
    batch_assign(f.batch.data, 100, 1);
    batch_assign(f.batch.data + second, 101, 1);
    size_t whole = f.batch.len;
    assert_int_equal(scratch_put(&f.batch, zeros, mr_round_up(whole, SEGMENT_UNIT) - whole), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(scratch_put(&f.batch, zeros, SEGMENT_UNIT), 0);
    put_text(&f, "/at-rest/meta.properties",
             "#\nmillrace.session=1\nversion=71\n"); /* millrace has it open */
    put_batches(&f, FOUR);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\nbaseOffset: 101 *true\n!*: bytes * to *: zeros to the end\n");
    assert_int_equal(f.report.problems, 0);
    memset(f.batch.data + 16384, 0, whole - 16384);
    put_batches(&f, FOUR);
    check(
        &f, FOUR, PLAIN,
        "baseOffset: 100 *true\n!*: bytes * to 32768: an incomplete batch at the end: * of its * bytes, then "
        "zeros\n");
    assert_int_equal(f.report.problems, 0);
    assert_int_equal(f.report.notes, 1);
    /* Something behind the zeros: then it is damage. */
    f.batch.data[f.batch.len - 1] = 1;
    put_batches(&f, FOUR);
    check(&f, FOUR, PLAIN,
          "baseOffset: 100 *true\nbaseOffset: 101 * isvalid: false\n!*: * is damaged: *\n!*\n");
    assert_true(f.report.problems > 0);
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
        cmocka_unit_test(a_torn_last_block_is_a_note_unless_nobody_knows_the_directory),
        cmocka_unit_test(a_checkpoint_shows_its_partitions),
        cmocka_unit_test(what_is_damaged_is_named_and_stepped_over),
        cmocka_unit_test(the_end_may_be_torn_only_where_a_broker_writes),
        cmocka_unit_test(blocks_ahead_of_a_growing_file_are_no_damage),
        cmocka_unit_test(batches_larger_than_the_window_are_checked_and_stepped_over),
        cmocka_unit_test(what_the_disk_cannot_read_is_stepped_over),
        cmocka_unit_test(no_damage_does_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
