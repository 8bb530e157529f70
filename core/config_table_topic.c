/* core/config_table_topic.c - every topic and group key of Apache Kafka 4.1.0, and ours, sorted by name; and
 * which broker keys a topic key takes its default from. */
#include "core/config_keys_priv.h"

/* One row is one line. */
/* clang-format off */

static const struct config_key topic_rows[] = {
    K(LIST, CLUSTER_WIDE, "cleanup.policy", "delete", "list compact|delete", 0),
    K(INT, CLUSTER_WIDE, "compression.gzip.level", "-1", "gzip", 0),
    K(INT, CLUSTER_WIDE, "compression.lz4.level", "9", "1..17", 0),
    K(STRING, CLUSTER_WIDE, "compression.type", "producer", "one uncompressed|zstd|lz4|snappy|gzip|producer", 0),
    K(INT, CLUSTER_WIDE, "compression.zstd.level", "3", "-131072..22", 0),
    K(LONG, CLUSTER_WIDE, "delete.retention.ms", "86400000", "0..", 0),
    K(LONG, CLUSTER_WIDE, "file.delete.delay.ms", "60000", "0..", 0),
    K(LONG, CLUSTER_WIDE, "flush.messages", "9223372036854775807", "1..", CONFIG_INERT),
    K(LONG, CLUSTER_WIDE, "flush.ms", "9223372036854775807", "0..", CONFIG_INERT),
    K(LIST, CLUSTER_WIDE, "follower.replication.throttled.replicas", "", "throttled", CONFIG_INERT),
    K(INT, CLUSTER_WIDE, "index.interval.bytes", "4096", "0..", 0),
    K(INT, CLUSTER_WIDE, "internal.segment.bytes", NULL, NULL, CONFIG_INTERNAL | CONFIG_INERT),
    K(LIST, CLUSTER_WIDE, "leader.replication.throttled.replicas", "", "throttled", CONFIG_INERT),
    K(LONG, CLUSTER_WIDE, "local.retention.bytes", "-2", "-2..", CONFIG_INERT),
    K(LONG, CLUSTER_WIDE, "local.retention.ms", "-2", "-2..", CONFIG_INERT),
    K(LONG, CLUSTER_WIDE, "max.compaction.lag.ms", "9223372036854775807", "1..", 0),
    K(INT, CLUSTER_WIDE, "max.message.bytes", "1048588", "0..", 0),
    K(LONG, CLUSTER_WIDE, "message.timestamp.after.max.ms", "3600000", "0..", 0),
    K(LONG, CLUSTER_WIDE, "message.timestamp.before.max.ms", "9223372036854775807", "0..", 0),
    K(STRING, CLUSTER_WIDE, "message.timestamp.type", "CreateTime", "one CreateTime|LogAppendTime", 0),
    K(STRING, CLUSTER_WIDE, "millrace.durability", "flush", "one flush|write", CONFIG_OURS),
    K(DOUBLE, CLUSTER_WIDE, "min.cleanable.dirty.ratio", "0.5", "0..1", 0),
    K(LONG, CLUSTER_WIDE, "min.compaction.lag.ms", "0", "0..", 0),
    K(INT, CLUSTER_WIDE, "min.insync.replicas", "1", "1..", 0),
    K(BOOLEAN, CLUSTER_WIDE, "preallocate", "false", NULL, 0),
    K(BOOLEAN, CLUSTER_WIDE, "remote.log.copy.disable", "false", NULL, CONFIG_INERT),
    K(BOOLEAN, CLUSTER_WIDE, "remote.log.delete.on.disable", "false", NULL, CONFIG_INERT),
    K(BOOLEAN, CLUSTER_WIDE, "remote.storage.enable", "false", NULL, CONFIG_INERT),
    K(LONG, CLUSTER_WIDE, "retention.bytes", "-1", NULL, 0),
    K(LONG, CLUSTER_WIDE, "retention.ms", "604800000", "-1..", 0),
    K(INT, CLUSTER_WIDE, "segment.bytes", "1073741824", "1048576..", 0),
    K(INT, CLUSTER_WIDE, "segment.index.bytes", "10485760", "4..", 0),
    K(LONG, CLUSTER_WIDE, "segment.jitter.ms", "0", "0..", 0),
    K(LONG, CLUSTER_WIDE, "segment.ms", "604800000", "1..", 0),
    K(BOOLEAN, CLUSTER_WIDE, "unclean.leader.election.enable", "false", NULL, 0),
};

const struct config_table config_table_topic = {topic_rows, MR_COUNT(topic_rows)};

static const struct config_key group_rows[] = {
    K(INT, CLUSTER_WIDE, "consumer.heartbeat.interval.ms", "5000", "1..", 0),
    K(INT, CLUSTER_WIDE, "consumer.session.timeout.ms", "45000", "1..", 0),
    K(STRING, CLUSTER_WIDE, "share.auto.offset.reset", "latest", "reset", 0),
    K(INT, CLUSTER_WIDE, "share.heartbeat.interval.ms", "5000", "1..", 0),
    K(STRING, CLUSTER_WIDE, "share.isolation.level", "read_uncommitted", "one read_committed|read_uncommitted", 0),
    K(INT, CLUSTER_WIDE, "share.record.lock.duration.ms", "30000", "1000..", 0),
    K(INT, CLUSTER_WIDE, "share.session.timeout.ms", "45000", "1..", 0),
    K(INT, CLUSTER_WIDE, "streams.heartbeat.interval.ms", "5000", "1..", 0),
    K(INT, CLUSTER_WIDE, "streams.num.standby.replicas", "0", "0..", 0),
    K(INT, CLUSTER_WIDE, "streams.session.timeout.ms", "45000", "1..", 0),
};

const struct config_table config_table_group = {group_rows, MR_COUNT(group_rows)};
/* clang-format on */

/* A topic key, the broker keys that give its default, strongest first, and what one unit of each is worth in
 * the topic key's unit. A broker key without a value (NULL default) passes on to the next. */
static const struct config_link links[] = {
    {"cleanup.policy", {{"log.cleanup.policy", 1}}},
    {"compression.gzip.level", {{"compression.gzip.level", 1}}},
    {"compression.lz4.level", {{"compression.lz4.level", 1}}},
    {"compression.type", {{"compression.type", 1}}},
    {"compression.zstd.level", {{"compression.zstd.level", 1}}},
    {"delete.retention.ms", {{"log.cleaner.delete.retention.ms", 1}}},
    {"file.delete.delay.ms", {{"log.segment.delete.delay.ms", 1}}},
    {"flush.messages", {{"log.flush.interval.messages", 1}}},
    {"flush.ms", {{"log.flush.interval.ms", 1}, {"log.flush.scheduler.interval.ms", 1}}},
    {"index.interval.bytes", {{"log.index.interval.bytes", 1}}},
    {"local.retention.bytes", {{"log.local.retention.bytes", 1}}},
    {"local.retention.ms", {{"log.local.retention.ms", 1}}},
    {"max.compaction.lag.ms", {{"log.cleaner.max.compaction.lag.ms", 1}}},
    {"max.message.bytes", {{"message.max.bytes", 1}}},
    {"message.timestamp.after.max.ms", {{"log.message.timestamp.after.max.ms", 1}}},
    {"message.timestamp.before.max.ms", {{"log.message.timestamp.before.max.ms", 1}}},
    {"message.timestamp.type", {{"log.message.timestamp.type", 1}}},
    {"millrace.durability", {{"millrace.durability", 1}}},
    {"min.cleanable.dirty.ratio", {{"log.cleaner.min.cleanable.ratio", 1}}},
    {"min.compaction.lag.ms", {{"log.cleaner.min.compaction.lag.ms", 1}}},
    {"min.insync.replicas", {{"min.insync.replicas", 1}}},
    {"preallocate", {{"log.preallocate", 1}}},
    {"retention.bytes", {{"log.retention.bytes", 1}}},
    {"retention.ms",
     {{"log.retention.ms", 1}, {"log.retention.minutes", 60000}, {"log.retention.hours", 3600000}}},
    {"segment.bytes", {{"log.segment.bytes", 1}}},
    {"segment.index.bytes", {{"log.index.size.max.bytes", 1}}},
    {"segment.jitter.ms", {{"log.roll.jitter.ms", 1}, {"log.roll.jitter.hours", 3600000}}},
    {"segment.ms", {{"log.roll.ms", 1}, {"log.roll.hours", 3600000}}},
    {"unclean.leader.election.enable", {{"unclean.leader.election.enable", 1}}},
};

const struct config_link *config_link_of(const char *topic_key)
{
    for (size_t i = 0; i < MR_COUNT(links); i++) {
        if (strcmp(links[i].topic, topic_key) == 0)
            return &links[i];
    }
    return NULL;
}

/* Broker keys that are read together; a key's synonyms are itself and the others of its family, strongest
 * first. log.flush.scheduler.interval.ms alone does not list its sibling. */
static const char *const families[][CONFIG_SYNONYMS_MAX] = {
    {"log.retention.ms", "log.retention.minutes", "log.retention.hours"},
    {"log.roll.ms", "log.roll.hours"},
    {"log.roll.jitter.ms", "log.roll.jitter.hours"},
};

/* Settings of one SASL mechanism: listener.name.LISTENER.MECHANISM.KEY stands for KEY. */
static const char *const per_mechanism[] = {"sasl.login.callback.handler.class",
                                            "sasl.server.callback.handler.class", "connections.max.reauth.ms",
                                            "sasl.login.class", "sasl.jaas.config"};

const char *config_listener_base(const char *name)
{
    static const char prefix[] = "listener.name.";
    if (strncmp(name, prefix, sizeof(prefix) - 1) != 0)
        return NULL;
    const char *dot = strchr(name + sizeof(prefix) - 1, '.');
    if (dot == NULL)
        return NULL;
    const char *base = dot + 1;
    for (size_t i = 0; i < MR_COUNT(per_mechanism); i++) {
        size_t want = strlen(per_mechanism[i]), have = strlen(base);
        if (have >= want && strcmp(base + have - want, per_mechanism[i]) == 0)
            return base + have - want;
    }
    return base;
}

unsigned config_synonyms_of(const char *name, const char *ret[CONFIG_SYNONYMS_MAX])
{
    for (size_t f = 0; f < MR_COUNT(families); f++) {
        unsigned count = 0;
        bool member = false;
        for (; count < CONFIG_SYNONYMS_MAX && families[f][count] != NULL; count++) {
            ret[count] = families[f][count];
            member = member || strcmp(ret[count], name) == 0;
        }
        if (member)
            return count;
    }
    ret[0] = name;
    if (strcmp(name, "log.flush.interval.ms") == 0) {
        ret[1] = "log.flush.scheduler.interval.ms";
        return 2;
    }
    ret[1] = config_listener_base(name);
    return ret[1] != NULL ? 2 : 1;
}
