/* A script of changes, as IncrementalAlterConfigs brings them, and what Kafka 4.1.0 answered to the same line
 * (asked of a running broker; where this broker differs, the case says so). A line is "KIND OP KEY VALUE [;
 * OP KEY VALUE]..."; the answer is "ok" with the settings afterwards, or "config ..." / "request ..." for
 * INVALID_CONFIG / INVALID_REQUEST. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/config_alter.h"
#include "core/config_topic.h"

struct world {
    struct mr_config *config;
    struct config_map topic, broker, cluster, group;
    struct config_view view;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    struct config_report report = {0};
    struct config_input in = {.file_text = MR_STR_LIT("log.cleanup.policy=delete, compact\n")};
    assert_int_equal(config_load(&in, &w->config, &report), 0);
    config_report_done(&report);
    w->view = (struct config_view){.config = w->config, .broker = &w->broker, .cluster = &w->cluster};
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    config_map_done(&w->topic);
    config_map_done(&w->broker);
    config_map_done(&w->cluster);
    config_map_done(&w->group);
    config_free(w->config);
    free(w);
    return 0;
}

static int8_t op_of(const char *text)
{
    static const char *const ops[] = {"SET", "DELETE", "APPEND", "SUBTRACT"};
    for (int8_t i = 0; i < 4; i++) {
        if (strcmp(ops[i], text) == 0)
            return i;
    }
    return 9;
}

/* "SET key value": the value may have spaces, be empty, or be NULL. */
static struct config_change change_of(char *text)
{
    while (*text == ' ')
        text++;
    char *key = strchr(text, ' ');
    *key++ = '\0';
    char *value = strchr(key, ' ');
    if (value != NULL)
        *value++ = '\0';
    struct mr_str v = mr_str_of(value != NULL ? value : "");
    if (mr_str_is(v, "NULL"))
        v = (struct mr_str){NULL, 0};
    return (struct config_change){op_of(text), mr_str_of(key), v};
}

static void check(struct world *w, const char *line, const char *want)
{
    char copy[1024], out[1024] = "ok";
    snprintf(copy, sizeof(copy), "%s", line);
    char *rest = strchr(copy, ' ');
    *rest++ = '\0';
    bool topic = strcmp(copy, "topic") == 0, group = strcmp(copy, "group") == 0,
         broker = strcmp(copy, "broker") == 0;
    enum config_kind kind = topic ? CONFIG_KIND_TOPIC : group ? CONFIG_KIND_GROUP : CONFIG_KIND_BROKER;
    struct config_map *map = topic ? &w->topic : group ? &w->group : broker ? &w->broker : &w->cluster;
    struct config_change changes[4];
    size_t count = 0;
    for (char *part = strtok(rest, ";"); part != NULL; part = strtok(NULL, ";"))
        changes[count++] = change_of(part);

    struct config_map after = {0};
    struct config_refusal refusal;
    struct topic_config base;
    topic_config_base(&w->view, &base);
    int err = config_apply(kind, map, changes, count, &after, &refusal);
    if (err == 0)
        err = topic   ? config_check_topic(&base, &after, &refusal)
              : group ? config_check_group(&w->view, &after, &refusal)
                      : config_check_broker(&w->view, &after, broker, &refusal);
    if (err != 0) {
        assert_int_equal(err, -EINVAL);
        snprintf(out, sizeof(out), "%s %s", refusal.request ? "request" : "config", refusal.why);
        config_map_done(&after);
    } else {
        config_map_done(map);
        *map = after;
        for (uint32_t i = 0; i < map->count; i++)
            snprintf(out + strlen(out), sizeof(out) - strlen(out), " %s=%s", map->pairs[i].key,
                     map->pairs[i].value);
    }
    if (strcmp(out, want) != 0)
        print_error("%s\n", line);
    assert_string_equal(out, want);
}
#define CHECK(line, want) check(*state, (line), (want))

static void topic_values_are_checked(void **state)
{
    CHECK("topic SET foo 1", "config Unknown topic config name: foo");
    CHECK("topic SET Retention.ms 5", "config Unknown topic config name: Retention.ms");
    CHECK("topic SET message.format.version 3.0", "config Unknown topic config name: message.format.version");
    CHECK("topic SET retention.ms abc",
          "config Invalid value abc for configuration retention.ms: Not a number of type LONG");
    CHECK("topic SET retention.ms -2",
          "config Invalid value -2 for configuration retention.ms: Value must be at least -1");
    CHECK("topic SET retention.ms ",
          "config Invalid value  for configuration retention.ms: Not a number of type LONG");
    CHECK(
        "topic SET retention.ms 9223372036854775808",
        "config Invalid value 9223372036854775808 for configuration retention.ms: Not a number of type LONG");
    CHECK("topic SET retention.ms 1.5",
          "config Invalid value 1.5 for configuration retention.ms: Not a number of type LONG");
    CHECK("topic SET segment.bytes 10",
          "config Invalid value 10 for configuration segment.bytes: Value must be at least 1048576");
    CHECK("topic SET segment.bytes 99999999999",
          "config Invalid value 99999999999 for configuration segment.bytes: Not a number of type INT");
    CHECK("topic SET min.insync.replicas 0",
          "config Invalid value 0 for configuration min.insync.replicas: Value must be at least 1");
    CHECK(
        "topic SET cleanup.policy foo",
        "config Invalid value foo for configuration cleanup.policy: String must be one of: compact, delete");
    CHECK(
        "topic SET cleanup.policy compact,foo",
        "config Invalid value foo for configuration cleanup.policy: String must be one of: compact, delete");
    CHECK("topic SET compression.type GZIP",
          "config Invalid value GZIP for configuration compression.type: String must "
          "be one of: uncompressed, zstd, lz4, snappy, gzip, producer");
    CHECK("topic SET compression.gzip.level 0",
          "config Invalid value 0 for configuration compression.gzip.level: Value "
          "must be between 1 and 9 or equal to -1");
    CHECK("topic SET compression.zstd.level 23",
          "config Invalid value 23 for configuration compression.zstd.level: Value must be no more than 22");
    CHECK(
        "topic SET preallocate yes",
        "config Invalid value yes for configuration preallocate: Expected value to be either true or false");
    CHECK(
        "topic SET min.cleanable.dirty.ratio 1.5",
        "config Invalid value 1.5 for configuration min.cleanable.dirty.ratio: Value must be no more than 1");
    CHECK("topic SET min.cleanable.dirty.ratio x",
          "config Invalid value x for configuration min.cleanable.dirty.ratio: Not a number of type DOUBLE");
    CHECK("topic SET message.timestamp.type foo",
          "config Invalid value foo for configuration message.timestamp.type: "
          "String must be one of: CreateTime, LogAppendTime");
    CHECK("topic SET leader.replication.throttled.replicas a",
          "config Invalid value [a] for configuration leader.replication.throttled.replicas: "
          "leader.replication.throttled.replicas must be the literal '*' or a list of replicas in the "
          "following format: "
          "[partitionId]:[brokerId],[partitionId]:[brokerId],...");
    CHECK("topic SET follower.replication.throttled.replicas *,0:1",
          "config Invalid value [*, 0:1] for configuration follower.replication.throttled.replicas: "
          "follower.replication.throttled.replicas must be the literal '*' or a list of replicas in the "
          "following "
          "format: [partitionId]:[brokerId],[partitionId]:[brokerId],...");
    CHECK("topic SET remote.storage.enable true",
          "config Tiered Storage functionality is disabled in the broker. Topic "
          "cannot be configured with remote log storage.");
    CHECK("topic SET foo abc; SET segment.bytes 1", "config Unknown topic config name: foo");
    /* Ours alone. */
    CHECK("topic SET millrace.durability fast", "config Invalid value fast for configuration "
                                                "millrace.durability: String must be one of: flush, write");
    CHECK("topic DELETE foo", "ok");
}

static void topic_values_are_taken(void **state)
{
    CHECK("topic SET retention.ms  5 ", "ok retention.ms= 5 ");
    CHECK("topic SET retention.ms +5", "ok retention.ms=+5");
    CHECK("topic SET retention.ms -1", "ok retention.ms=-1");
    CHECK("topic DELETE retention.ms 7", "ok");
    CHECK("topic SET cleanup.policy ", "ok cleanup.policy=");
    CHECK("topic SET cleanup.policy delete,delete", "ok cleanup.policy=delete,delete");
    CHECK("topic SET cleanup.policy compact, delete", "ok cleanup.policy=compact, delete");
    CHECK("topic DELETE cleanup.policy; SET preallocate TRUE", "ok preallocate=TRUE");
    CHECK("topic DELETE preallocate; SET min.cleanable.dirty.ratio .25", "ok min.cleanable.dirty.ratio=.25");
    CHECK("topic SET leader.replication.throttled.replicas 0:1,1:2; DELETE min.cleanable.dirty.ratio",
          "ok leader.replication.throttled.replicas=0:1,1:2");
    CHECK("topic SET leader.replication.throttled.replicas *", "ok leader.replication.throttled.replicas=*");
    CHECK("topic SET millrace.durability write; DELETE leader.replication.throttled.replicas",
          "ok millrace.durability=write");
}

static void topic_changes_are_checked(void **state)
{
    CHECK("topic SET retention.ms NULL", "request Null value not supported for : retention.ms");
    CHECK("topic APPEND cleanup.policy NULL", "request Null value not supported for : cleanup.policy");
    CHECK("topic SET retention.ms 1000; SET retention.ms 2000", "request Error due to duplicate config keys");
    CHECK("topic APPEND retention.ms 5",
          "config Can't APPEND to key retention.ms because its type is not LIST.");
    CHECK("topic SUBTRACT retention.ms 5",
          "config Can't SUBTRACT to key retention.ms because its type is not LIST.");
    CHECK("topic APPEND foo 5", "config Can't APPEND to key foo because its type is not LIST.");
    CHECK("topic MULTIPLY foo 5", "request Unknown alter config operation 9");
    CHECK("topic SET min.compaction.lag.ms 10; SET max.compaction.lag.ms 5",
          "config conflict topic config setting min.compaction.lag.ms (10) > max.compaction.lag.ms (5)");
    CHECK("broker SET log.cleaner.min.compaction.lag.ms 500; SET log.cleaner.max.compaction.lag.ms 600",
          "ok log.cleaner.max.compaction.lag.ms=600 log.cleaner.min.compaction.lag.ms=500");
    CHECK("topic SET max.compaction.lag.ms 100", /* against what the broker says */
          "config conflict topic config setting min.compaction.lag.ms (500) > max.compaction.lag.ms (100)");
}

static void lists_grow_and_shrink(void **state)
{
    /* What is not set starts from the key's own default, not the broker's; parts are compared with their
     * spaces. */
    CHECK("topic APPEND cleanup.policy compact", "ok cleanup.policy=delete,compact");
    CHECK("topic APPEND cleanup.policy compact,delete", "ok cleanup.policy=delete,compact");
    CHECK(
        "topic APPEND cleanup.policy foo",
        "config Invalid value foo for configuration cleanup.policy: String must be one of: compact, delete");
    CHECK("topic SUBTRACT cleanup.policy nope", "ok cleanup.policy=delete,compact");
    CHECK("topic SUBTRACT cleanup.policy delete", "ok cleanup.policy=compact");
    CHECK("topic SUBTRACT cleanup.policy compact", "ok cleanup.policy=");
    CHECK("topic DELETE cleanup.policy", "ok");
    CHECK("topic SUBTRACT cleanup.policy delete", "ok cleanup.policy=");
    CHECK("topic SET cleanup.policy compact , delete", "ok cleanup.policy=compact , delete");
    CHECK("topic APPEND cleanup.policy  delete ", "ok cleanup.policy=compact , delete, delete ");
    CHECK("topic SUBTRACT cleanup.policy delete", "ok cleanup.policy=compact , delete, delete ");
    CHECK("cluster APPEND log.cleanup.policy compact", "ok log.cleanup.policy=delete,compact");
    CHECK("cluster SUBTRACT log.cleanup.policy compact", "ok log.cleanup.policy=delete");
}

static void broker_values_are_checked(void **state)
{
    CHECK("broker SET num.io.threads 0",
          "request Invalid value 0 for configuration num.io.threads: Value must be at least 1");
    CHECK("broker SET num.io.threads x",
          "request Invalid value x for configuration num.io.threads: Not a number of type INT");
    CHECK("broker SET node.id 2", "request Cannot update these configs dynamically: Set(node.id)");
    CHECK("broker SET log.retention.hours 5; SET node.id 4; DELETE log.dirs",
          "request Cannot update these configs dynamically: Set(log.retention.hours, node.id)");
    CHECK(
        "broker SET log.retention.ms 0",
        "request requirement failed: log.retention.ms must be unlimited (-1) or, greater than or equal to 1");
    CHECK("broker SET log.roll.ms 0",
          "request requirement failed: log.roll.ms must be greater than or equal to 1");
    CHECK("broker SET log.roll.jitter.ms -5",
          "request requirement failed: log.roll.jitter.ms must be greater than or equal to 0");
    CHECK("broker SET ssl.keystore.password x",
          "request These security configs can be dynamically updated only "
          "per-listener using the listener prefix: HashSet(ssl.keystore.password)");
    CHECK("cluster SET listeners x; SET ssl.keystore.type JKS",
          "request These security configs can be dynamically updated only per-listener using the listener "
          "prefix: "
          "HashSet(ssl.keystore.type)");
    CHECK("cluster SET listeners PLAINTEXT://127.0.0.1:19492",
          "request Cannot update these configs at default cluster level, broker id must be specified: "
          "Set(listeners)");
    CHECK("cluster SET listener.name.plaintext.foo 1",
          "request Cannot update these configs at default cluster level, "
          "broker id must be specified: Set(listener.name.plaintext.foo)");
    CHECK("cluster SET sasl.jaas.config x",
          "request Cannot update these configs at default cluster level, broker id "
          "must be specified: Set(sasl.jaas.config)");
    CHECK("broker SET follower.replication.throttled.rate x",
          "request Invalid value x for configuration follower.replication.throttled.rate: Not a number of "
          "type LONG");
    CHECK("broker SET leader.replication.throttled.rate -1",
          "request Invalid value -1 for configuration leader.replication.throttled.rate: Value must be at "
          "least 0");
    CHECK("broker APPEND num.io.threads 4",
          "config Config value append is not allowed for config key: num.io.threads");
    /* Kafka would open the listener; we cannot. */
    CHECK("broker SET listeners PLAINTEXT://:9094",
          "request listeners cannot be changed while millrace runs");
}

static void broker_values_are_taken(void **state)
{
    CHECK("broker SET foo 1", "ok foo=1");
    CHECK("broker DELETE foo; SET num.io.threads 9", "ok num.io.threads=9");
    CHECK("broker DELETE log.dirs; DELETE num.io.threads", "ok");
    CHECK("broker SET log.retention.ms -5", "ok log.retention.ms=-5");
    CHECK("broker SET listener.name.plaintext.num.network.threads 4; DELETE log.retention.ms",
          "ok listener.name.plaintext.num.network.threads=4");
    CHECK("cluster SET listener.name.plaintext.num.network.threads 4",
          "ok listener.name.plaintext.num.network.threads=4");
    CHECK("cluster SET leader.replication.throttled.rate 100; DELETE "
          "listener.name.plaintext.num.network.threads",
          "ok leader.replication.throttled.rate=100");
}

static void group_values_are_checked(void **state)
{
    CHECK("group SET foo 1", "config Unknown group config name: foo");
    CHECK("group SET consumer.session.timeout.ms x",
          "config Invalid value x for configuration consumer.session.timeout.ms: Not a number of type INT");
    CHECK("group SET consumer.session.timeout.ms 1",
          "config consumer.session.timeout.ms must be greater than or equal "
          "to group.consumer.min.session.timeout.ms");
    CHECK("group SET consumer.session.timeout.ms 60001",
          "config consumer.session.timeout.ms must be less than or equal to "
          "group.consumer.max.session.timeout.ms");
    CHECK("group SET consumer.session.timeout.ms 50000", "ok consumer.session.timeout.ms=50000");
    CHECK("group SET share.auto.offset.reset by_duration:x",
          "config Invalid value by_duration:x for configuration share.auto.offset.reset: Invalid value "
          "`by_duration:x` for configuration share.auto.offset.reset. The value must be either 'earliest', "
          "'latest' or "
          "of the format 'by_duration:<PnDTnHnMn.nS>'.");
    CHECK("group SET share.auto.offset.reset by_duration:PT1H; DELETE consumer.session.timeout.ms",
          "ok share.auto.offset.reset=by_duration:PT1H");
    CHECK("group SET share.auto.offset.reset by_duration:P2DT3H4M5.006S",
          "ok share.auto.offset.reset=by_duration:P2DT3H4M5.006S");
    CHECK("group SET share.auto.offset.reset by_duration:PT",
          "config Invalid value by_duration:PT for configuration share.auto.offset.reset: Invalid value "
          "`by_duration:PT` for configuration share.auto.offset.reset. The value must be either 'earliest', "
          "'latest' or "
          "of the format 'by_duration:<PnDTnHnMn.nS>'.");
    CHECK("group SET share.isolation.level x",
          "config Invalid value x for configuration share.isolation.level: String "
          "must be one of: read_committed, read_uncommitted");
    struct world *w = *state;
    struct config_map none = {0};
    assert_int_equal(config_group_int(&w->view, &none, "consumer.session.timeout.ms"), 45000);
    assert_string_equal(config_group_text(&w->view, &w->group, "share.auto.offset.reset"),
                        "by_duration:P2DT3H4M5.006S");
}

static void topic_settings_are_typed(void **state)
{
    struct world *w = *state;
    struct topic_config base, t;
    topic_config_base(&w->view, &base);
    assert_int_equal(base.retention_ms, 604800000); /* 168 hours */
    assert_int_equal(base.retention_bytes, -1);
    assert_int_equal(base.segment_ms, 604800000);
    assert_int_equal(base.segment_jitter_ms, 0);
    assert_int_equal(base.segment_bytes, 1073741824);
    assert_int_equal(base.max_message_bytes, 1048588);
    assert_int_equal(base.cleanup, TOPIC_CLEANUP_DELETE | TOPIC_CLEANUP_COMPACT); /* from the file */
    assert_int_equal(base.compression, TOPIC_COMPRESSION_PRODUCER);
    assert_int_equal(base.timestamp, TOPIC_CREATE_TIME);
    assert_int_equal(base.flush_ms, INT64_MAX);
    assert_int_equal(base.timestamp_before_max_ms, INT64_MAX);
    assert_int_equal(base.timestamp_after_max_ms, 3600000);
    assert_int_equal(base.min_insync_replicas, 1);
    assert_int_equal(base.durability, TOPIC_DURABILITY_FLUSH);
    assert_true(base.min_cleanable_dirty_ratio == 0.5);
    assert_false(base.unclean_leader_election);

    CHECK("cluster SET log.retention.ms -7; SET min.insync.replicas 2; SET millrace.durability write",
          "ok log.retention.ms=-7 millrace.durability=write min.insync.replicas=2");
    CHECK(
        "broker SET log.roll.ms 1000; SET compression.type lz4; SET log.message.timestamp.type LogAppendTime",
        "ok compression.type=lz4 log.message.timestamp.type=LogAppendTime log.roll.ms=1000");
    topic_config_base(&w->view, &base);
    assert_int_equal(base.retention_ms, -1); /* every negative value is for ever */
    assert_int_equal(base.min_insync_replicas, 2);
    assert_int_equal(base.durability, TOPIC_DURABILITY_WRITE);
    assert_int_equal(base.segment_ms, 1000);
    assert_int_equal(base.compression, TOPIC_COMPRESSION_LZ4);
    assert_int_equal(base.timestamp, TOPIC_LOG_APPEND_TIME);

    CHECK("topic SET retention.ms 5; SET cleanup.policy compact; SET millrace.durability flush; SET "
          "preallocate true",
          "ok cleanup.policy=compact millrace.durability=flush preallocate=true retention.ms=5");
    CHECK("topic SET segment.bytes 2000000; SET internal.segment.bytes 7; SET compression.type uncompressed",
          "ok cleanup.policy=compact compression.type=uncompressed internal.segment.bytes=7 "
          "millrace.durability=flush "
          "preallocate=true retention.ms=5 segment.bytes=2000000");
    config_map_set(&w->topic, MR_STR_LIT("min.insync.replicas"),
                   MR_STR_LIT("many")); /* from some other broker */
    topic_config_make(&base, &w->topic, &t);
    assert_int_equal(t.retention_ms, 5);
    assert_int_equal(t.cleanup, TOPIC_CLEANUP_COMPACT);
    assert_int_equal(t.durability, TOPIC_DURABILITY_FLUSH);
    assert_true(t.preallocate);
    assert_int_equal(t.segment_bytes, 7);
    assert_int_equal(t.compression, TOPIC_COMPRESSION_NONE);
    assert_int_equal(t.min_insync_replicas, 2);
}

static void doubles_print_as_java_does(void **state)
{
    (void)state;
    static const struct {
        double d;
        const char *text;
    } cases[] = {
        {0, "0.0"},
        {1, "1.0"},
        {0.5, "0.5"},
        {-0.25, "-0.25"},
        {100, "100.0"},
        {1234567, "1234567.0"},
        {1e7, "1.0E7"},
        {12345678.5, "1.23456785E7"},
        {0.001, "0.001"},
        {0.00012, "1.2E-4"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.7976931348623157E308, "1.7976931348623157E308"},
        {0.05, "0.05"},
        {120.75, "120.75"},
    };
    for (size_t i = 0; i < MR_COUNT(cases); i++) {
        char text[CONFIG_DOUBLE_BYTES];
        config_print_double(cases[i].d, text);
        assert_string_equal(text, cases[i].text);
    }
}

static void maps_are_sorted_and_bounded(void **state)
{
    (void)state;
    struct config_map m = {0}, copy = {0};
    char key[16];
    for (unsigned i = 0; i < CONFIG_MAP_MAX; i++) {
        snprintf(key, sizeof(key), "k%u", (i * 7919) % CONFIG_MAP_MAX); /* a permutation */
        assert_int_equal(config_map_set(&m, mr_str_of(key), mr_str_of(key + 1)), 0);
    }
    assert_int_equal(m.count, CONFIG_MAP_MAX);
    for (uint32_t i = 1; i < m.count; i++)
        assert_true(strcmp(m.pairs[i - 1].key, m.pairs[i].key) < 0);
    assert_int_equal(config_map_set(&m, MR_STR_LIT("new"), MR_STR_LIT("")), -MR_E_LIMIT);
    assert_int_equal(config_map_set(&m, MR_STR_LIT("k5"), MR_STR_LIT("again")), 0);
    assert_string_equal(config_map_get(&m, "k5"), "again");
    assert_int_equal(config_map_set(&m, MR_STR_LIT("k5"), MR_STR_LIT("a\0b")), -EINVAL);
    assert_string_equal(config_map_get(&m, "k5"), "again");
    assert_int_equal(config_map_copy(&copy, &m), 0);
    assert_true(config_map_remove(&m, MR_STR_LIT("k5")));
    assert_false(config_map_remove(&m, MR_STR_LIT("k5")));
    assert_null(config_map_get(&m, "k5"));
    assert_string_equal(config_map_get(&copy, "k5"), "again");
    assert_null(config_map_get(NULL, "k5"));
    config_map_done(&m);
    config_map_done(&copy);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(topic_values_are_checked),
        TEST(topic_values_are_taken),
        TEST(topic_changes_are_checked),
        TEST(lists_grow_and_shrink),
        TEST(broker_values_are_checked),
        TEST(broker_values_are_taken),
        TEST(group_values_are_checked),
        TEST(topic_settings_are_typed),
        cmocka_unit_test(doubles_print_as_java_does),
        cmocka_unit_test(maps_are_sorted_and_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
