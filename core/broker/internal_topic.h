/* core/broker/internal_topic.h - the shape in which a broker makes its own topics: partitions, replicas and
 * settings come from the broker's configuration, whoever is the first to need the topic. */
#ifndef MR_INTERNAL_TOPIC_H
#define MR_INTERNAL_TOPIC_H

#include "core/broker/controller.h"
#include "core/config.h"

/* t->name is the name of an internal topic (topic_name_internal()). What is filled in lies in the arena and
 * in the view. 0 or -MR_E_LIMIT. Source: Kafka 4.1's brokers, KIP-932 for __share_group_state. */
int internal_topic_shape(const struct config_view *v, struct mr_arena *arena, struct ctl_topic *t);

#endif
