/* Every other kind of file as text, also those that Apache Kafka wrote; and what a file is taken for. */
#include "tests/unit/dump_script.h"

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

/* A log of one batch of one record. */
static void put_record(struct fixture *f, const char *path, struct mr_slice key, struct mr_slice value)
{
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    struct batch_record r = {.timestamp = T0, .key = key, .value = value};
    f->batch.len = 0;
    assert_int_equal(batch_build_begin(&b, &how, &f->batch, NULL, NULL), 0);
    assert_int_equal(batch_build_add(&b, &r), 0);
    assert_int_equal(batch_build_end(&b), 0);
    put_batches(f, path);
}

#define BYTES(text) ((struct mr_slice){(const uint8_t *)(text), sizeof(text) - 1})
#define NONE ((struct mr_slice){NULL, 0})

static void records_of_coordinators_are_named(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f);
    const char *groups = "/k/__consumer_offsets-3" LOG0, *txns = "/k/__transaction_state-0" LOG0;
    struct mr_slice offset = BYTES("\0\1\0\1g\0\1t\0\0\0\2"), group = BYTES("\0\2\0\1g");
    put_record(&f, groups, offset, BYTES("\0\3\0\0\0\0\0\0\0\7\377\377\377\377\0\1m\0\0\0\0\0\0\0\5"));
    check(&f, groups, RECORDS,
          "*\n| offset: 0 * key: {\"type\":\"1\",\"data\":{\"group\":\"g\",\"topic\":\"t\",\"partition\":2}} "
          "payload: "
          "{\"version\":\"3\",\"data\":{\"offset\":7,\"leaderEpoch\":-1,\"metadata\":\"m\","
          "\"commitTimestamp\":5}}\n");
    assert_int_equal(f.report.problems, 0);
    put_record(&f, groups, offset, NONE);
    check(&f, groups, VALUES, "*\n| * payload: <DELETE>\n");
    assert_int_equal(f.report.problems, 0);
    /* A member whose subscription says what it is, and whose assignment does not. */
    put_record(&f, groups, group,
               BYTES("\0\0\0\10consumer\0\0\0\1\0\1r\0\1m\0\0\0\1\0\1m\0\1c\0\1h\0\0\0\1\0\0\0\15\0\0\0\0\0\1"
                     "\0\1t\377\377\377"
                     "\377\0\0\0\1\7"));
    check(&f, groups, RECORDS,
          "*\n| * key: {\"type\":\"2\",\"data\":{\"group\":\"g\"}} payload: "
          "{\"version\":\"0\",\"data\":{\"protocolType\":"
          "\"consumer\",\"generation\":1,\"protocol\":\"r\",\"leader\":\"m\",\"members\":[{\"memberId\":"
          "\"m\",\"clientId\":\"c\","
          "\"clientHost\":\"h\",\"sessionTimeout\":1,\"subscription\":{\"topics\":[\"t\"],\"userData\":null},"
          "\"assignment\":"
          "\"Bw==\"}]}}\n");
    assert_int_equal(f.report.problems, 0);
    /* No consumers: the same bytes are bytes. */
    put_record(&f, groups, group,
               BYTES("\0\0\0\10producer\0\0\0\1\0\1r\0\1m\0\0\0\1\0\1m\0\1c\0\1h\0\0\0\1\0\0\0\15\0\0\0\0\0\1"
                     "\0\1t\377\377\377"
                     "\377\0\0\0\1\7"));
    check(&f, groups, RECORDS, "*\n| *\"subscription\":\"AAAAAAABAAF0/////w==\",*\n");
    /* What is not known or not whole is told, and what can be read is shown. */
    put_record(&f, groups, BYTES("\0\143\0\1g"), BYTES("\0\0"));
    check(&f, groups, RECORDS,
          "*\n| * key: \"\\x00c\\x00\\x01g\" payload: \"\\x00\\x00\"\n!*: record at offset 0 is of a type or "
          "version not known "
          "here\n");
    put_record(&f, groups, offset, BYTES("\0\143\0\0"));
    check(&f, groups, RECORDS,
          "*\n| * key: {\"type\":\"1\",*}} payload: {\"version\":\"99\",\"data\":null}\n!*: record at offset "
          "0 is of a type or "
          "version not known here\n");
    put_record(&f, groups, offset, BYTES("\0\3\0\0"));
    check(&f, groups, RECORDS,
          "*\n| * payload: {\"version\":\"3\",\"data\":null}\n!*: record at offset 0 cannot be decoded: *\n");
    put_record(&f, groups, BYTES("\0\1\0\5g"), BYTES("\0"));
    check(&f, groups, RECORDS,
          "*\n| * key: {\"type\":\"1\",\"data\":null} payload: \"\\x00\"\n!*: record at offset 0 cannot be "
          "decoded: *\n");
    put_record(&f, groups, NONE, NONE);
    check(&f, groups, RECORDS,
          "*\n| * key: null payload: null\n!*: record at offset 0 cannot be decoded: *\n");
    put_record(&f, txns, BYTES("\0\0\0\2id"), NONE);
    check(&f, txns, RECORDS,
          "*\n| * key: {\"type\":\"0\",\"data\":{\"transactionalId\":\"id\"}} payload: <DELETE>\n");
    /* Names are as clients chose them. */
    put_record(&f, txns, BYTES("\0\0\0\13\033[\302\233\342\200\256\377\303\274q"), NONE);
    check(&f, txns, RECORDS,
          "*\n| *{\"transactionalId\":\"\\u001b[\\u009b\\u202e\\ufffd\303\274q\"}} payload: <DELETE>\n");
    /* A topic whose name only begins like that. */
    put_record(&f, "/k/__consumer_offsets_old-0" LOG0, offset, NONE);
    check(&f, "/k/__consumer_offsets_old-0" LOG0, RECORDS, "*\n| offset: 0 * headerKeys: []\n");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_the_metadata_are_named),
        cmocka_unit_test(metadata_that_is_not_understood_is_named),
        cmocka_unit_test(records_of_coordinators_are_named),
        cmocka_unit_test(transactions_are_shown),
        cmocka_unit_test(indexes_are_held_against_the_segment),
        cmocka_unit_test(small_files_say_what_does_not_fit),
        cmocka_unit_test(texts_cannot_reach_the_terminal),
        cmocka_unit_test(kinds_follow_from_names_and_contents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
