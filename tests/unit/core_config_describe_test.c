/* What DescribeConfigs answers, against what a running Apache Kafka 4.1.0 answered.
 *
 * tests/unit/data/kafka-4.1.0-*.tsv hold its answers as facts, one row a key: name, value, type, source, ro
 * or rw, sensitive or -, synonyms as SOURCE:name=value. Two brokers were asked: one with
 * kafka-4.1.0-base.properties and no dynamic setting but min.insync.replicas=1 for the cluster, which every
 * new 4.1 cluster has; and one with kafka-4.1.0-rich.properties and the dynamic settings that
 * describes_a_broker_with_settings_of_every_kind makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/config_describe.h"
#include "core/mem.h"

/* Rows of ours that differ from Kafka's on purpose, in every golden file that has the key; NULL row: Kafka
 * does not have the key. A single node has defaults that let it work alone, so node.id and process.roles need
 * not be set and internal topics have one replica. */
struct difference {
    const char *name, *row;
};
#define ONE_REPLICA(name, type)                                                                              \
    {                                                                                                        \
        name, name "\t\"1\"\t" type "\tSTATIC_BROKER_CONFIG\tro\t-\tSTATIC_BROKER_CONFIG:" name              \
                   "=\"1\" | DEFAULT_CONFIG:" name "=\"1\""                                                  \
    }
static const struct difference differences[] = {
    {"node.id", "node.id\t\"1\"\tINT\tSTATIC_BROKER_CONFIG\tro\t-\tSTATIC_BROKER_CONFIG:node.id=\"1\" | "
                "DEFAULT_CONFIG:node.id=\"1\""},
    {"process.roles", "process.roles\t\"broker,controller\"\tLIST\tSTATIC_BROKER_CONFIG\tro\t-\t"
                      "STATIC_BROKER_CONFIG:process.roles=\"broker,controller\" | "
                      "DEFAULT_CONFIG:process.roles=\"broker,controller\""},
    ONE_REPLICA("offsets.topic.replication.factor", "SHORT"),
    ONE_REPLICA("transaction.state.log.replication.factor", "SHORT"),
    ONE_REPLICA("transaction.state.log.min.isr", "INT"),
    ONE_REPLICA("share.coordinator.state.topic.replication.factor", "SHORT"),
    ONE_REPLICA("share.coordinator.state.topic.min.isr", "SHORT"),
    {"millrace.cold.share", NULL},
    {"millrace.cpus", NULL},
    {"millrace.disk.reserve.bytes", NULL},
    {"millrace.durability", NULL},
    {"millrace.flush", NULL},
    {"millrace.journal.flights", NULL},
    {"millrace.journal.pace", NULL},
    {"millrace.journal.slow.max.ms", NULL},
    {"millrace.log.level", NULL},
    {"millrace.journal.bytes", NULL},
    {"millrace.memory.bytes", NULL},
    {"millrace.scrub.bytes.per.second", NULL},
    {"millrace.scrub.delay.ms", NULL},
    {"millrace.scrub.interval.hours", NULL},
    {"millrace.shards", NULL},
    {"millrace.unpack.inline.bytes", NULL},
};

static char *read_data(const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%.*s/data/%s", (int)(strrchr(__FILE__, '/') - __FILE__), __FILE__, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *text = mem_zalloc(1, 256 * 1024);
    size_t len = fread(text, 1, 256 * 1024 - 1, f);
    assert_true(len > 0 && feof(f));
    fclose(f);
    return text;
}

static const char *source_name(enum config_source source)
{
    switch (source) {
    case CONFIG_FROM_TOPIC:
        return "DYNAMIC_TOPIC_CONFIG";
    case CONFIG_FROM_BROKER:
        return "DYNAMIC_BROKER_CONFIG";
    case CONFIG_FROM_CLUSTER_DEFAULT:
        return "DYNAMIC_DEFAULT_BROKER_CONFIG";
    case CONFIG_FROM_STATIC:
        return "STATIC_BROKER_CONFIG";
    case CONFIG_FROM_DEFAULT:
        return "DEFAULT_CONFIG";
    case CONFIG_FROM_GROUP:
        return "DYNAMIC_GROUP_CONFIG";
    case CONFIG_FROM_LOGGER:
        return "DYNAMIC_BROKER_LOGGER_CONFIG";
    case CONFIG_FROM_METRICS:
        return "DYNAMIC_CLIENT_METRICS_CONFIG";
    }
    return "?";
}

static void row_of(const struct config_entry *e, char row[2048])
{
    int len = snprintf(row, 2048, "%s\t%s%s%s\t%s\t%s\t%s\t%s\t", e->name, e->value ? "\"" : "",
                       e->value ? e->value : "null", e->value ? "\"" : "", config_type_name(e->type),
                       source_name(e->source), e->read_only ? "ro" : "rw", e->sensitive ? "sensitive" : "-");
    for (unsigned i = 0; i < e->synonyms_count; i++) {
        const struct config_synonym *s = &e->synonyms[i];
        len += snprintf(row + len, 2048 - (size_t)len, "%s%s:%s=%s%s%s", i > 0 ? " | " : "",
                        source_name(s->source), s->name, s->value ? "\"" : "", s->value ? s->value : "null",
                        s->value ? "\"" : "");
    }
}

static const struct config_entry *entry_of(const struct config_entry *entries, size_t count,
                                           struct mr_str name)
{
    const struct config_entry *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (mr_str_is(name, entries[i].name)) {
            assert_null(found); /* listed twice */
            found = &entries[i];
        }
    }
    return found;
}

static const struct difference *difference_of(struct mr_str name)
{
    for (size_t i = 0; i < MR_COUNT(differences); i++) {
        if (mr_str_is(name, differences[i].name))
            return &differences[i];
    }
    return NULL;
}

static void compare(const struct config_entry *entries, size_t count, const char *golden)
{
    char *text = read_data(golden);
    size_t rows = 0, ours = 0;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"), rows++) {
        struct mr_str name = {line, strcspn(line, "\t")};
        const struct config_entry *e = entry_of(entries, count, name);
        const struct difference *d = difference_of(name);
        char row[2048];
        if (e == NULL)
            fail_msg("%s: we do not list %.*s", golden, MR_STR(name));
        row_of(e, row);
        assert_string_equal(row, d != NULL ? d->row : line);
        if (d != NULL)
            assert_string_not_equal(row, line); /* a difference that is gone must leave the list */
    }
    for (size_t i = 0; i < count; i++) {
        const struct difference *d = difference_of(mr_str_of(entries[i].name));
        ours += d != NULL && d->row == NULL ? 1 : 0;
    }
    assert_int_equal(count, rows + ours); /* and we list nothing more */
    mem_free(text);
}

/* ---- a broker to ask ---- */

struct asked {
    struct mr_config *config;
    struct config_map broker, cluster;
    struct config_view view;
    struct mr_arena arena;
    const struct config_entry *entries;
    size_t count;
};

static void set(struct config_map *m, const char *key, const char *value)
{
    assert_int_equal(config_map_set(m, mr_str_of(key), mr_str_of(value)), 0);
}

static void start(struct asked *a, const char *properties)
{
    *a = (struct asked){.config = NULL};
    char *text = read_data(properties);
    struct config_report report = {0};
    struct config_input in = {.file_name = properties, .file_text = mr_str_of(text), .cpus = 3};
    assert_int_equal(config_load(&in, &a->config, &report), 0);
    config_report_done(&report);
    mem_free(text);
    a->view = (struct config_view){.config = a->config, .broker = &a->broker, .cluster = &a->cluster};
    set(&a->cluster, "min.insync.replicas", "1");
    arena_init(&a->arena, 1024 * 1024);
}

static void stop(struct asked *a)
{
    arena_done(&a->arena);
    config_map_done(&a->broker);
    config_map_done(&a->cluster);
    config_free(a->config);
}

static void describes_a_plain_broker(void **state)
{
    (void)state;
    struct asked a;
    start(&a, "kafka-4.1.0-base.properties");
    assert_int_equal(config_describe_broker(&a.view, &a.arena, &a.entries, &a.count), 0);
    compare(a.entries, a.count, "kafka-4.1.0-broker.tsv");
    assert_int_equal(config_describe_topic(&a.view, NULL, &a.arena, &a.entries, &a.count), 0);
    compare(a.entries, a.count, "kafka-4.1.0-topic.tsv");
    assert_int_equal(config_describe_group(&a.view, NULL, &a.arena, &a.entries, &a.count), 0);
    compare(a.entries, a.count, "kafka-4.1.0-group.tsv");
    stop(&a);
}

static void describes_a_broker_with_settings_of_every_kind(void **state)
{
    (void)state;
    struct asked a;
    start(&a, "kafka-4.1.0-rich.properties");
    set(&a.broker, "log.roll.jitter.ms", "5");
    set(&a.broker, "log.cleaner.min.cleanable.ratio", ".75");
    set(&a.broker, "message.max.bytes", " 3000000");
    set(&a.cluster, "log.flush.interval.ms", "99999");
    set(&a.cluster, "message.max.bytes", "2500000");
    set(&a.cluster, "log.segment.bytes", "2000000");
    assert_int_equal(config_describe_broker(&a.view, &a.arena, &a.entries, &a.count), 0);
    compare(a.entries, a.count, "kafka-4.1.0-rich-broker.tsv");
    assert_int_equal(config_describe_cluster(&a.view, &a.arena, &a.entries, &a.count), 0);
    compare(a.entries, a.count, "kafka-4.1.0-rich-cluster.tsv");
    assert_int_equal(config_describe_topic(&a.view, NULL, &a.arena, &a.entries, &a.count), 0);
    compare(a.entries, a.count, "kafka-4.1.0-rich-topic-plain.tsv");

    struct config_map overrides = {0};
    set(&overrides, "retention.ms", " 5 ");
    set(&overrides, "cleanup.policy", "compact, delete");
    set(&overrides, "min.cleanable.dirty.ratio", ".5");
    set(&overrides, "segment.ms", "100000");
    set(&overrides, "preallocate", "FALSE");
    set(&overrides, "internal.segment.bytes", "1000000");
    assert_int_equal(config_describe_topic(&a.view, &overrides, &a.arena, &a.entries, &a.count), 0);
    compare(a.entries, a.count, "kafka-4.1.0-rich-topic.tsv");
    config_map_done(&overrides);
    stop(&a);
}

static void check_row(const struct asked *a, const char *want)
{
    struct mr_str name = {want, strcspn(want, "\t")};
    const struct config_entry *e = entry_of(a->entries, a->count, name);
    char row[2048];
    assert_non_null(e);
    row_of(e, row);
    assert_string_equal(row, want);
}

/* Single answers of the same broker, after more changes. */
static void describes_what_only_changes_can_make(void **state)
{
    (void)state;
    struct asked a;
    start(&a, "kafka-4.1.0-base.properties");
    set(&a.broker, "foo", "1");
    set(&a.cluster, "foo", "1");
    set(&a.broker, "listener.name.plaintext.num.network.threads", "4");
    set(&a.cluster, "listener.name.plaintext.num.network.threads", "4");
    set(&a.broker, "leader.replication.throttled.rate", "100");
    set(&a.cluster, "leader.replication.throttled.rate", "100");
    set(&a.broker, "log.retention.ms", "5000");
    set(&a.cluster, "log.retention.ms", "5000");
    assert_int_equal(config_describe_broker(&a.view, &a.arena, &a.entries, &a.count), 0);
    check_row(&a,
              "foo\tnull\tUNKNOWN\tDYNAMIC_BROKER_CONFIG\tro\tsensitive\tDYNAMIC_BROKER_CONFIG:foo=null | "
              "DYNAMIC_DEFAULT_BROKER_CONFIG:foo=null");
    check_row(&a, "listener.name.plaintext.num.network.threads\t\"4\"\tINT\tDYNAMIC_BROKER_CONFIG\tro\t-\t"
                  "DYNAMIC_BROKER_CONFIG:listener.name.plaintext.num.network.threads=\"4\" | "
                  "DYNAMIC_DEFAULT_BROKER_CONFIG:listener.name.plaintext.num.network.threads=\"4\" | "
                  "DEFAULT_CONFIG:num.network.threads=\"3\"");
    check_row(&a, "leader.replication.throttled.rate\t\"100\"\tLONG\tDYNAMIC_BROKER_CONFIG\tro\t-\t"
                  "DYNAMIC_BROKER_CONFIG:leader.replication.throttled.rate=\"100\" | "
                  "DYNAMIC_DEFAULT_BROKER_CONFIG:leader.replication.throttled.rate=\"100\"");
    check_row(&a, "log.retention.ms\t\"5000\"\tLONG\tDYNAMIC_BROKER_CONFIG\trw\t-\t"
                  "DYNAMIC_BROKER_CONFIG:log.retention.ms=\"5000\" | "
                  "DYNAMIC_DEFAULT_BROKER_CONFIG:log.retention.ms=\"5000\" | "
                  "DEFAULT_CONFIG:log.retention.hours=\"168\"");
    struct config_map group = {0};
    set(&group, "consumer.session.timeout.ms", "50000");
    assert_int_equal(config_describe_group(&a.view, &group, &a.arena, &a.entries, &a.count), 0);
    check_row(&a, "consumer.session.timeout.ms\t\"50000\"\tINT\tDYNAMIC_GROUP_CONFIG\trw\t-\t"
                  "DYNAMIC_GROUP_CONFIG:consumer.session.timeout.ms=\"50000\"");
    config_map_done(&group);
    stop(&a);
}

static void describes_our_own_keys(void **state)
{
    (void)state;
    struct asked a;
    start(&a, "kafka-4.1.0-base.properties");
    set(&a.cluster, "millrace.durability", "write");
    assert_int_equal(config_describe_broker(&a.view, &a.arena, &a.entries, &a.count), 0);
    check_row(&a, "millrace.shards\t\"3\"\tINT\tDEFAULT_CONFIG\tro\t-\tDEFAULT_CONFIG:millrace.shards=\"3\"");
    assert_int_equal(config_describe_topic(&a.view, NULL, &a.arena, &a.entries, &a.count), 0);
    check_row(&a, "millrace.durability\t\"write\"\tSTRING\tDYNAMIC_DEFAULT_BROKER_CONFIG\trw\t-\t"
                  "DYNAMIC_DEFAULT_BROKER_CONFIG:millrace.durability=\"write\" | "
                  "DEFAULT_CONFIG:millrace.durability=\"flush\"");
    stop(&a);
}

static void says_when_the_arena_is_full(void **state)
{
    (void)state;
    struct asked a;
    start(&a, "kafka-4.1.0-rich.properties");
    arena_init(&a.arena, 16 * 1024);
    assert_int_equal(config_describe_broker(&a.view, &a.arena, &a.entries, &a.count), -MR_E_LIMIT);
    arena_done(&a.arena);
    arena_init(&a.arena, 80 * 1024); /* what the header promises to be enough */
    assert_int_equal(config_describe_broker(&a.view, &a.arena, &a.entries, &a.count), 0);
    stop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(describes_a_plain_broker),
        cmocka_unit_test(describes_a_broker_with_settings_of_every_kind),
        cmocka_unit_test(describes_what_only_changes_can_make),
        cmocka_unit_test(describes_our_own_keys),
        cmocka_unit_test(says_when_the_arena_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
