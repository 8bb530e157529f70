#include "core/broker/internal_topic.h"

#include <stdio.h>

static void add(struct internal_topic *t, const char *name, const char *value)
{
    t->configs[t->topic.config_count++] =
        (struct ctl_config){.name = mr_str_of(name), .value = mr_str_of(value)};
}

/* Source: Kafka 4.1's AutoTopicCreationManager; segments are small so that compaction and loading stay short.
 */
bool internal_topic_make(const struct broker_shard *b, struct mr_str name, struct internal_topic *ret)
{
    struct config_view v = broker_config_view(b);
    bool offsets = mr_str_is(name, "__consumer_offsets");
    if (!offsets && !mr_str_is(name, "__transaction_state"))
        return false;
    *ret = (struct internal_topic){.topic = {.name = name, .configs = ret->configs, .internal = true}};
    const char *prefix = offsets ? "offsets.topic." : "transaction.state.log.";
    char key[64];
    snprintf(key, sizeof(key), "%snum.partitions", prefix);
    ret->topic.partitions = (int32_t)config_int(&v, key);
    snprintf(key, sizeof(key), "%sreplication.factor", prefix);
    ret->topic.replication = (int16_t)config_int(&v, key);
    snprintf(key, sizeof(key), "%ssegment.bytes", prefix);
    snprintf(ret->segment_bytes, sizeof(ret->segment_bytes), "%lld", (long long)config_int(&v, key));
    add(ret, "cleanup.policy", "compact");
    add(ret, "segment.bytes", ret->segment_bytes);
    add(ret, "compression.type", offsets ? "producer" : "uncompressed");
    if (!offsets) {
        snprintf(ret->min_insync, sizeof(ret->min_insync), "%lld",
                 (long long)config_int(&v, "transaction.state.log.min.isr"));
        add(ret, "min.insync.replicas", ret->min_insync);
        add(ret, "unclean.leader.election.enable", "false");
    }
    return true;
}
