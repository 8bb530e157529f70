#include "core/broker/internal_topic.h"

#include <string.h>

enum { SETTINGS_MAX = 5, SEGMENT_BYTES_MIN = 1 << 20 };

struct setting {
    const char *name;
    const char *value; /* or NULL: that of the broker's key */
    const char *key;
};

static const struct shape {
    const char *topic, *partitions, *replication;
    struct setting settings[SETTINGS_MAX];
} shapes[] = {
    {"__consumer_offsets",
     "offsets.topic.num.partitions",
     "offsets.topic.replication.factor",
     {{"cleanup.policy", "compact", NULL},
      {"compression.type", "producer", NULL},
      {"segment.bytes", NULL, "offsets.topic.segment.bytes"}}},
    {"__transaction_state",
     "transaction.state.log.num.partitions",
     "transaction.state.log.replication.factor",
     {{"cleanup.policy", "compact", NULL},
      {"compression.type", "uncompressed", NULL},
      {"min.insync.replicas", NULL, "transaction.state.log.min.isr"},
      {"segment.bytes", NULL, "transaction.state.log.segment.bytes"},
      {"unclean.leader.election.enable", "false", NULL}}},
    {"__share_group_state",
     "share.coordinator.state.topic.num.partitions",
     "share.coordinator.state.topic.replication.factor",
     {{"cleanup.policy", "delete", NULL},
      {"compression.type", "producer", NULL},
      {"min.insync.replicas", NULL, "share.coordinator.state.topic.min.isr"},
      {"retention.ms", "-1", NULL},
      {"segment.bytes", NULL, "share.coordinator.state.topic.segment.bytes"}}},
};

int internal_topic_shape(const struct config_view *v, struct mr_arena *arena, struct ctl_topic *t)
{
    const struct shape *shape = NULL;
    for (size_t i = 0; i < MR_COUNT(shapes); i++) {
        if (mr_str_is(t->name, shapes[i].topic))
            shape = &shapes[i];
    }
    MR_ASSERT(shape != NULL);
    t->configs = arena_array(arena, struct ctl_config, SETTINGS_MAX);
    if (t->configs == NULL)
        return -MR_E_LIMIT;
    t->config_count = 0;
    for (int i = 0; i < SETTINGS_MAX && shape->settings[i].name != NULL; i++) {
        const struct setting *s = &shape->settings[i];
        const char *name = s->name;
        /* With less than a topic's least Kafka cannot make its topic at all. */
        if (s->key != NULL && strcmp(name, "segment.bytes") == 0 && config_int(v, s->key) < SEGMENT_BYTES_MIN)
            name = "internal.segment.bytes";
        t->configs[t->config_count++] =
            (struct ctl_config){.name = mr_str_of(name),
                                .value = mr_str_of(s->value != NULL ? s->value : config_text(v, s->key))};
    }
    t->partitions = (int32_t)config_int(v, shape->partitions);
    t->replication = (int16_t)config_int(v, shape->replication);
    t->internal = true;
    return 0;
}
