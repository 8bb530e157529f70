/* Each case: a file, an environment and overrides; and the report plus the configuration that come out, as
 * text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/config.h"

struct scene {
    const char *file; /* NULL: none */
    const char *const *env;
    const char *overrides[8];
    const char *hostname, *cwd;
    const char *show; /* a key whose value is printed too */
};

static const char *level_text(enum log_level level)
{
    return level == LOG_ERROR ? "stop" : level == LOG_WARN ? "warn" : "note";
}

MR_PRINTF(2, 3)
static void say(char out[8192], const char *fmt, ...)
{
    size_t len = strlen(out);
    va_list args;
    va_start(args, fmt);
    vsnprintf(out + len, 8192 - len, fmt, args);
    va_end(args);
}

static void describe(const struct mr_config *c, char *out)
{
    say(out, "node %d%s%s%s\n", c->node_id, c->controller ? " controller" : "",
        c->cluster_id ? " cluster " : "", c->cluster_id ? c->cluster_id : "");
    for (uint32_t i = 0; i < c->listeners_count; i++) {
        const struct config_listener *l = &c->listeners[i];
        say(out, "%s [%s]:%u as [%s]:%u%s\n", l->name, l->host, l->port, l->advertised_host,
            l->advertised_port, c->inter_broker == i ? " inter" : "");
    }
    for (uint32_t i = 0; i < c->log_dirs_count; i++)
        say(out, "dir %s\n", c->log_dirs[i]);
}

static void check(const struct scene *s, const char *want)
{
    char out[8192] = "";
    struct config_input in = {.file_name = "f",
                              .file_text = mr_str_of(s->file),
                              .env = s->env,
                              .cpus = 3,
                              .overrides = s->overrides,
                              .hostname = s->hostname,
                              .cwd = s->cwd};
    while (in.overrides_count < MR_COUNT(s->overrides) && s->overrides[in.overrides_count] != NULL)
        in.overrides_count++;
    struct mr_config *c = NULL;
    struct config_report report = {0};
    int err = config_load(&in, &c, &report);
    for (uint32_t i = 0; i < report.count; i++)
        say(out, "%s: %s\n", level_text(report.notes[i].level), report.notes[i].text);
    assert_int_equal(err, report.errors > 0 ? -EINVAL : 0);
    if (err == 0) {
        describe(c, out);
        if (s->show != NULL) {
            struct config_view v = config_static(c);
            const char *raw = config_raw(&v, s->show, NULL);
            say(out, "%s=%s\n", s->show, raw != NULL ? raw : "null");
        }
    }
    assert_string_equal(out, want);
    config_free(c);
    config_report_done(&report);
}

#define CHECK(want, ...) check(&(struct scene){__VA_ARGS__}, (want))
#define ENV(...)                                                                                             \
    (const char *const[])                                                                                    \
    {                                                                                                        \
        __VA_ARGS__, NULL                                                                                    \
    }

static void config_starts_with_nothing_at_all(void **state)
{
    (void)state;
    CHECK("node 1 controller\n"
          "PLAINTEXT [127.0.0.1]:9092 as [127.0.0.1]:9092 inter\n"
          "dir ./data\n"
          "offsets.topic.replication.factor=1\n",
          .show = "offsets.topic.replication.factor");
    CHECK("node 1 controller\n"
          "PLAINTEXT [127.0.0.1]:9092 as [127.0.0.1]:9092 inter\n"
          "dir /x\n"
          "millrace.shards=3\n",
          .overrides = {"log.dirs=/x"}, .show = "millrace.shards");
}

/* The settings of the file that Kafka ships as config/server.properties, and of the same as a container
 * image. */
static const char shipped[] =
    "process.roles=broker,controller\n"
    "node.id=1\n"
    "controller.quorum.bootstrap.servers=localhost:9093\n"
    "listeners=PLAINTEXT://:9092,CONTROLLER://:9093\n"
    "inter.broker.listener.name=PLAINTEXT\n"
    "advertised.listeners=PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093\n"
    "controller.listener.names=CONTROLLER\n"
    "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,"
    "SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL\n"
    "num.network.threads=3\n"
    "num.io.threads=8\n"
    "socket.send.buffer.bytes=102400\n"
    "socket.receive.buffer.bytes=102400\n"
    "socket.request.max.bytes=104857600\n"
    "log.dirs=/tmp/kraft-combined-logs\n"
    "num.partitions=1\n"
    "num.recovery.threads.per.data.dir=1\n"
    "offsets.topic.replication.factor=1\n"
    "share.coordinator.state.topic.replication.factor=1\n"
    "share.coordinator.state.topic.min.isr=1\n"
    "transaction.state.log.replication.factor=1\n"
    "transaction.state.log.min.isr=1\n"
    "log.retention.hours=168\n"
    "log.segment.bytes=1073741824\n"
    "log.retention.check.interval.ms=300000\n";

static void config_takes_the_file_that_kafka_ships(void **state)
{
    (void)state;
    CHECK("note: accepted without effect: num.io.threads, num.network.threads, "
          "num.recovery.threads.per.data.dir, "
          "socket.receive.buffer.bytes, socket.send.buffer.bytes\n"
          "note: controller listener CONTROLLER is not opened: the controller of a single node is built in\n"
          "note: controller.quorum.bootstrap.servers names this node alone: the built-in controller is used\n"
          "node 1 controller\n"
          "PLAINTEXT []:9092 as [localhost]:9092 inter\n"
          "dir /tmp/kraft-combined-logs\n",
          .file = shipped);
}

static void config_takes_a_tutorials_container(void **state)
{
    (void)state;
    CHECK("note: controller listener CONTROLLER is not opened: the controller of a single node is built in\n"
          "note: controller.quorum.voters names this node alone: the built-in controller is used\n"
          "node 1 controller\n"
          "PLAINTEXT []:9092 as [kafka]:9092 inter\n"
          "PLAINTEXT_HOST []:29092 as [localhost]:29092\n"
          "dir /tmp/kafka-logs\n"
          "auto.create.topics.enable=false\n",
          .env = ENV("PATH=/bin", "KAFKA_ENABLE_KRAFT=yes", "KAFKA_CFG_PROCESS_ROLES=broker,controller",
                     "KAFKA_CFG_NODE_ID=1", "KAFKA_CFG_CONTROLLER_QUORUM_VOTERS=1@kafka:9093",
                     "KAFKA_CFG_CONTROLLER_LISTENER_NAMES=CONTROLLER",
                     "KAFKA_CFG_LISTENERS=PLAINTEXT://:9092,PLAINTEXT_HOST://:29092,CONTROLLER://:9093",
                     "KAFKA_CFG_ADVERTISED_LISTENERS=PLAINTEXT://kafka:9092,PLAINTEXT_HOST://localhost:29092",
                     "KAFKA_CFG_LISTENER_SECURITY_PROTOCOL_MAP=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,"
                     "PLAINTEXT_HOST:PLAINTEXT",
                     "ALLOW_PLAINTEXT_LISTENER=yes", "KAFKA_CFG_AUTO_CREATE_TOPICS_ENABLE=false",
                     "KAFKA_CFG_NUM_PARTITIONS=3", "KAFKA_CFG_OFFSETS_TOPIC_REPLICATION_FACTOR=1",
                     "KAFKA_CFG_TRANSACTION_STATE_LOG_REPLICATION_FACTOR=1",
                     "KAFKA_CFG_TRANSACTION_STATE_LOG_MIN_ISR=1"),
          .show = "auto.create.topics.enable");
}

static void config_reads_the_plain_environment_names_too(void **state)
{
    (void)state;
    CHECK("warn: environment KAFKA_CREATE_TOPICS: there is no setting create.topics; ignored\n"
          "node 4 controller cluster MkU3OEVBNTcwNTJENDM2Qg\n"
          "PLAINTEXT []:9092 as [box]:9092 inter\n"
          "dir /tmp/kafka-logs\n"
          "num.partitions=6\n",
          .env = ENV("KAFKA_CFG_NUM_PARTITIONS=6", "KAFKA_NUM_PARTITIONS=5", "KAFKA_NODE_ID=4",
                     "KAFKA_HEAP_OPTS=-Xmx1g", "KAFKA_LOG4J_OPTS=x", "KAFKA_VERSION=4.1.0", "KAFKA_HOME=/opt",
                     "KAFKA_PORT_9092_TCP=tcp://10.0.0.1:9092", "KAFKA_CREATE_TOPICS=a:1:1",
                     "CLUSTER_ID=MkU3OEVBNTcwNTJENDM2Qg", "NOEQUALS"),
          .hostname = "box", .show = "num.partitions");
    CHECK("stop: environment KAFKA_KRAFT_CLUSTER_ID: short is no cluster id; it must be 22 characters of "
          "A-Z a-z 0-9 - _\n",
          .env = ENV("KAFKA_KRAFT_CLUSTER_ID=short"));
    /* __ is an underscore, ___ a dash. */
    CHECK("stop: environment KAFKA_LISTENER_NAME_IN__SIDE_MAX_CONNECTIONS: Invalid value x for configuration "
          "max.connections: Not a number of type INT\n",
          .env = ENV("KAFKA_LISTENER_NAME_IN__SIDE_MAX_CONNECTIONS=x"));
}

static void config_layers_override_each_other(void **state)
{
    (void)state;
    CHECK("node 1 controller\n"
          "PLAINTEXT []:9092 as [localhost]:9092 inter\n"
          "dir /tmp/kafka-logs\n"
          "num.partitions=3\n",
          .file = "num.partitions=1\n", .env = ENV("KAFKA_CFG_NUM_PARTITIONS=2"),
          .overrides = {"num.partitions=3"}, .show = "num.partitions");
    CHECK("warn: f:2: num.partitions was set before (f:1); the last one counts\n"
          "node 1 controller\n"
          "PLAINTEXT []:9092 as [localhost]:9092 inter\n"
          "dir /tmp/kafka-logs\n"
          "num.partitions=2\n",
          .file = "num.partitions=1\nnum.partitions=2\n", .show = "num.partitions");
    CHECK("stop: --override num.partitions: must be KEY=VALUE\n", .overrides = {"num.partitions"});
}

static void config_stops_at_a_bad_value(void **state)
{
    (void)state;
    CHECK("stop: f:1: Invalid value many for configuration num.partitions: Not a number of type INT\n",
          .file = "num.partitions=many\n");
    CHECK("stop: f:2: Invalid value yes for configuration auto.create.topics.enable: Expected value to be "
          "either "
          "true or false\n"
          "stop: f:1: Invalid value 0 for configuration num.partitions: Value must be at least 1\n",
          .file = "num.partitions=0\nauto.create.topics.enable=yes\n"); /* every error, not only the first */
    CHECK("stop: --override: Invalid value 65 for configuration millrace.shards: Value must be no more than "
          "64\n",
          .overrides = {"millrace.shards=65"});
    CHECK("stop: f:1: Invalid value fast for configuration millrace.durability: String must be one of: "
          "flush, write\n",
          .file = "millrace.durability=fast\n");
    CHECK("stop: f:2: \\u needs four hexadecimal digits\n", .file = "num.\\u0070artitions=1\nb=\\u1\n");
    CHECK("stop: group.min.session.timeout.ms (9000000) must not be larger than group.max.session.timeout.ms "
          "(1800000)\n",
          .file = "group.min.session.timeout.ms=9000000\n");
    CHECK("stop: Invalid value 0 for configuration log.retention.ms: must be -1 (unlimited) or at least 1\n",
          .file = "log.retention.ms=0\n");
}

static void config_stops_at_what_it_cannot_do_yet(void **state)
{
    (void)state;
    CHECK("stop: f:1: zookeeper.connect: ZooKeeper is not supported, as in Kafka 4; migrate the cluster to "
          "KRaft "
          "first, then remove the key\n",
          .file = "zookeeper.connect=localhost:2181\n");
    CHECK("stop: listeners: SSL uses SSL: millrace has no TLS and no SASL yet; remove this listener or map "
          "it to "
          "PLAINTEXT\n",
          .file = "listeners=PLAINTEXT://:9092,SSL://:9093\n");
    CHECK("stop: f:1: authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer: "
          "millrace does "
          "not support this yet; only leaving it unset works\n",
          .file = "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer\n");
    CHECK("stop: f:1: remote.log.storage.system.enable=true: millrace does not support this yet; only false "
          "works\n",
          .file = "remote.log.storage.system.enable=true\n");
}

static void config_warns_of_unknown_keys(void **state)
{
    (void)state;
    CHECK("warn: f:2: unknown setting my.plugin.key\n"
          "warn: f:1: unknown setting num.partition; did you mean num.partitions?\n"
          "note: accepted without effect: listener.name.plaintext.ssl.keystore.password\n"
          "node 1 controller\n"
          "PLAINTEXT []:9092 as [localhost]:9092 inter\n"
          "dir /tmp/kafka-logs\n",
          .file = "num.partition=3\nmy.plugin.key=3\nlistener.name.plaintext.ssl.keystore.password=x\n");
}

static void config_runs_alone_or_not_at_all(void **state)
{
    (void)state;
    CHECK("stop: controller.quorum.voters: 2@b:9093 is another node: this version of millrace runs alone and "
          "cannot "
          "join a cluster; name only this node, or leave the key out\n",
          .file = "node.id=1\ncontroller.quorum.voters=1@a:9093,2@b:9093\n");
    CHECK("stop: controller.quorum.voters: a:9093: must be ID@HOST:PORT\n",
          .file = "controller.quorum.voters=a:9093\n");
    CHECK("stop: controller.quorum.bootstrap.servers: c1:9093 is another node: this version of millrace runs "
          "alone and "
          "cannot join a cluster; name only this node, or leave the key out\n",
          .file = "process.roles=broker\ncontroller.quorum.bootstrap.servers=c1:9093\n"
                  "controller.listener.names=CONTROLLER\n");
    CHECK("stop: process.roles=controller: millrace is a broker with a built-in controller; the roles must "
          "include "
          "broker\n",
          .file = "process.roles=controller\n");
    CHECK("stop: f:1: Invalid value worker for configuration process.roles: String must be one of: broker, "
          "controller\n",
          .file = "process.roles=broker,worker\n");
    CHECK("node 7\n"
          "PLAINTEXT []:9092 as [localhost]:9092 inter\n"
          "dir /tmp/kafka-logs\n"
          "broker.id=7\n",
          .file = "process.roles=broker\nnode.id=7\n", .show = "broker.id");
    CHECK("stop: node.id is 7 and broker.id is 8; they must be equal\n", .file = "node.id=7\nbroker.id=8\n");
    CHECK("stop: f:1: Invalid value -1 for configuration node.id: Value must be at least 0\n"
          "stop: Invalid value -1 for configuration node.id: must be at least 0\n",
          .file = "broker.id=-1\n");
}

static void config_reads_listeners(void **state)
{
    (void)state;
    CHECK("node 1 controller\n"
          "INSIDE [::1]:9092 as [::1]:9092\n"
          "OUTSIDE [0.0.0.0]:0 as [box]:0 inter\n"
          "dir /tmp/kafka-logs\n",
          .file = "listeners= inside://[::1]:9092 , OUTSIDE://0.0.0.0:0\n"
                  "advertised.listeners=INSIDE://[::1]:9092,outside://:0\n"
                  "listener.security.protocol.map=INSIDE:PLAINTEXT,OUTSIDE:plaintext\n"
                  "inter.broker.listener.name=OUTSIDE\n",
          .hostname = "box");
    CHECK("node 1 controller\n"
          "PLAINTEXT [127.0.0.1]:9092 as [127.0.0.1]:9092 inter\n"
          "PLAINTEXT [::1]:9092 as [127.0.0.1]:9092\n"
          "dir /tmp/kafka-logs\n",
          .file = "listeners=PLAINTEXT://127.0.0.1:9092,PLAINTEXT://[::1]:9092\n"
                  "advertised.listeners=PLAINTEXT://127.0.0.1:9092\n");
}

static void config_refuses_listeners_as_kafka_does(void **state)
{
    (void)state;
    CHECK("stop: listeners: 9092 is no listener; it must be NAME://HOST:PORT\n", .file = "listeners=9092\n");
    CHECK("stop: listeners: PLAINTEXT://:70000 is no listener; it must be NAME://HOST:PORT\n",
          .file = "listeners=PLAINTEXT://:70000\n");
    CHECK("stop: listeners: PLAINTEXT://a b:1 is no listener; it must be NAME://HOST:PORT\n",
          .file = "listeners=PLAINTEXT://a b:1\n");
    CHECK("stop: listeners: none is for clients: \n", .file = "listeners=\n");
    CHECK("stop: listeners: each listener must have a different port, unless one has an IPv4 and the other "
          "an IPv6 "
          "address: PLAINTEXT://:9092,SSL://:9092\n",
          .file = "listeners=PLAINTEXT://:9092,SSL://:9092\n");
    CHECK("stop: listeners: each listener must have a different name: PLAINTEXT://:9092,plaintext://:9093\n",
          .file = "listeners=PLAINTEXT://:9092,plaintext://:9093\n");
    CHECK("stop: listeners: no security protocol is defined for listener CLIENT in "
          "listener.security.protocol.map\n",
          .file = "listeners=CLIENT://:9092\n");
    CHECK("stop: listener.security.protocol.map: CLIENT:TLS: must be NAME:PROTOCOL with PLAINTEXT, SSL, "
          "SASL_PLAINTEXT "
          "or SASL_SSL\n",
          .file = "listener.security.protocol.map=CLIENT:TLS\n");
    CHECK("stop: advertised.listeners: EXT is not among listeners (PLAINTEXT://:9092)\n",
          .file = "listeners=PLAINTEXT://:9092\nadvertised.listeners=EXT://x:9092\n");
    CHECK("stop: advertised.listeners: clients cannot connect to 0.0.0.0; name an address of this machine "
          "that they can "
          "reach\n",
          .file = "listeners=PLAINTEXT://0.0.0.0:9092\n");
    CHECK("stop: inter.broker.listener.name: B is not among the listeners\n",
          .file = "inter.broker.listener.name=B\n");
    CHECK("stop: only one of inter.broker.listener.name and security.inter.broker.protocol may be set\n",
          .file = "inter.broker.listener.name=PLAINTEXT\nsecurity.inter.broker.protocol=PLAINTEXT\n");
}

static void config_reads_log_directories(void **state)
{
    (void)state;
    CHECK("node 1 controller\n"
          "PLAINTEXT []:9092 as [localhost]:9092 inter\n"
          "dir /a\n"
          "dir /b\n",
          .file = "log.dirs=/a , /b/\nlog.dir=/c\n");
    CHECK("node 1 controller\n"
          "PLAINTEXT []:9092 as [localhost]:9092 inter\n"
          "dir /c\n",
          .file = "log.dir=/c\n");
    CHECK("node 1 controller\n"
          "PLAINTEXT []:9092 as [localhost]:9092 inter\n"
          "dir /home/me/data/logs\n"
          "dir /home/me/./x/../y\n"
          "dir /\n"
          "dir /a/b\n",
          .file = "log.dirs=data//logs/,./x/../y,//,/a///b//\n", .cwd = "/home/me");
    CHECK("stop: log.dirs: /home/me/a is named twice\n", .file = "log.dirs=a,/home/me//a/\n",
          .cwd = "/home/me");
    CHECK("stop: log.dirs: /a is named twice\n", .file = "log.dirs=/a,/b,/a/\n");
    CHECK("stop: log.dirs: an empty name in /a,,/b\n", .file = "log.dirs=/a,,/b\n");
    CHECK("stop: at least one log directory must be named by log.dirs or log.dir\n", .file = "log.dirs=\n");
}

static void config_view_puts_dynamic_settings_on_top(void **state)
{
    (void)state;
    struct config_input in = {.file_name = "f",
                              .file_text = MR_STR_LIT("num.io.threads=5\nlog.roll.jitter.hours=1\n")};
    struct mr_config *c = NULL;
    struct config_report report = {0};
    assert_int_equal(config_load(&in, &c, &report), 0);
    struct config_map broker = {0}, cluster = {0};
    struct config_view v = {.config = c, .broker = &broker, .cluster = &cluster};
    enum config_source source;

    assert_int_equal(config_int(&v, "num.io.threads"), 5);
    config_map_set(&cluster, MR_STR_LIT("num.io.threads"), MR_STR_LIT("6"));
    assert_int_equal(config_int(&v, "num.io.threads"), 6);
    config_map_set(&broker, MR_STR_LIT("num.io.threads"), MR_STR_LIT(" 7 "));
    assert_int_equal(config_int(&v, "num.io.threads"), 7);
    config_map_set(&broker, MR_STR_LIT("num.io.threads"), MR_STR_LIT("what"));
    assert_int_equal(config_int(&v, "num.io.threads"), 6); /* a bad dynamic value is passed over */
    assert_string_equal(config_raw(&v, "num.io.threads", &source), "6");
    assert_int_equal(source, CONFIG_FROM_CLUSTER_DEFAULT);

    assert_int_equal(config_int(&v, "log.roll.jitter.hours"), 1);
    config_map_set(&cluster, MR_STR_LIT("log.roll.jitter.ms"), MR_STR_LIT("9"));
    assert_int_equal(config_int(&v, "log.roll.jitter.hours"), 0);
    assert_int_equal(config_int_or(&v, "log.retention.ms", -7), -7);
    assert_true(config_double(&v, "log.cleaner.min.cleanable.ratio") == 0.5);
    assert_true(config_bool(&v, "delete.topic.enable"));

    config_map_done(&broker);
    config_map_done(&cluster);
    config_free(c);
    config_report_done(&report);
}

static void config_counts_the_cpus_it_may_use(void **state)
{
    (void)state;
    CHECK("node 1 controller\n"
          "PLAINTEXT [127.0.0.1]:9092 as [127.0.0.1]:9092 inter\n"
          "dir ./data\n"
          "millrace.shards=4\n",
          .overrides = {"millrace.cpus=5, 1-3,2"}, .show = "millrace.shards");
    CHECK("node 1 controller\n"
          "PLAINTEXT [127.0.0.1]:9092 as [127.0.0.1]:9092 inter\n"
          "dir ./data\n"
          "millrace.shards=64\n",
          .overrides = {"millrace.cpus=0-100"}, .show = "millrace.shards");
    CHECK("stop: --override: Invalid value 3-1 for configuration millrace.cpus: CPUs are numbers and ranges, "
          "like "
          "0,2,4-7\n",
          .overrides = {"millrace.cpus=1,3-1"});
    CHECK("stop: --override: Invalid value 1024 for configuration millrace.cpus: CPUs are numbers and "
          "ranges, like "
          "0,2,4-7\n",
          .overrides = {"millrace.cpus=1024"});
    for (uint32_t cpus = 0; cpus < 80; cpus++) {
        struct config_input of = {.cpus = cpus};
        struct mr_config *made = NULL;
        struct config_report said = {0};
        assert_int_equal(config_load(&of, &made, &said), 0);
        assert_int_equal(made->shards, cpus <= 2 ? 1 : cpus > 64 ? 64 : cpus);
        config_free(made);
        config_report_done(&said);
    }
    struct config_input in = {.overrides = (const char *const[]){"millrace.cpus=5,1-3,2"},
                              .overrides_count = 1};
    struct mr_config *c = NULL;
    struct config_report report = {0};
    uint16_t cpus[CONFIG_CPUS_MAX];
    assert_int_equal(config_load(&in, &c, &report), 0);
    assert_int_equal(config_cpus(c, cpus), 4);
    assert_memory_equal(cpus, ((uint16_t[]){1, 2, 3, 5}), 8);
    config_free(c);
    config_report_done(&report);
}

static void config_tables_are_sound(void **state)
{
    (void)state;
    const struct config_table *tables[] = {&config_table_broker, &config_table_topic, &config_table_group};
    for (size_t t = 0; t < MR_COUNT(tables); t++) {
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct config_key *key = &tables[t]->keys[i];
            char why[CONFIG_WHY_BYTES];
            if (i > 0) /* the look-up is a binary search */
                assert_true(strcmp(tables[t]->keys[i - 1].name, key->name) < 0);
            assert_ptr_equal(config_key_find(tables[t], mr_str_of(key->name)), key);
            if (key->def != NULL)
                assert_int_equal(config_value_check(key, mr_str_of(key->def), why, sizeof(why)), 0);
            if (key->ours != NULL)
                assert_int_equal(config_value_check(key, mr_str_of(key->ours), why, sizeof(why)), 0);
            const struct config_link *link = config_link_of(key->name);
            for (unsigned b = 0; link != NULL && b < CONFIG_SYNONYMS_MAX && link->broker[b].name != NULL; b++)
                assert_non_null(config_key_find(&config_table_broker, mr_str_of(link->broker[b].name)));
        }
    }
    assert_null(config_key_find(&config_table_topic, MR_STR_LIT("retention.m")));
    assert_null(config_key_find(&config_table_topic, MR_STR_LIT("")));
    assert_string_equal(config_key_near(&config_table_topic, MR_STR_LIT("retension.ms")), "retention.ms");
    assert_null(config_key_near(&config_table_topic, MR_STR_LIT("something.else")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(config_starts_with_nothing_at_all),
        cmocka_unit_test(config_takes_the_file_that_kafka_ships),
        cmocka_unit_test(config_takes_a_tutorials_container),
        cmocka_unit_test(config_reads_the_plain_environment_names_too),
        cmocka_unit_test(config_layers_override_each_other),
        cmocka_unit_test(config_stops_at_a_bad_value),
        cmocka_unit_test(config_stops_at_what_it_cannot_do_yet),
        cmocka_unit_test(config_warns_of_unknown_keys),
        cmocka_unit_test(config_runs_alone_or_not_at_all),
        cmocka_unit_test(config_reads_listeners),
        cmocka_unit_test(config_refuses_listeners_as_kafka_does),
        cmocka_unit_test(config_reads_log_directories),
        cmocka_unit_test(config_view_puts_dynamic_settings_on_top),
        cmocka_unit_test(config_counts_the_cpus_it_may_use),
        cmocka_unit_test(config_tables_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
