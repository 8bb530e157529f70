/* core/broker/internal_topic.h - the topics that coordinators keep their state in: how they are made when
 * they are first needed. */
#ifndef MR_INTERNAL_TOPIC_H
#define MR_INTERNAL_TOPIC_H

#include "core/broker/controller.h"

enum { INTERNAL_TOPIC_CONFIGS = 5, INTERNAL_TOPIC_TEXT_BYTES = 24 };

/* Room for what the command points at. */
struct internal_topic {
    struct ctl_topic topic;
    struct ctl_config configs[INTERNAL_TOPIC_CONFIGS];
    char segment_bytes[INTERNAL_TOPIC_TEXT_BYTES], min_insync[INTERNAL_TOPIC_TEXT_BYTES];
};

/* Fill in ret->topic with Kafka 4.1's settings for __consumer_offsets or __transaction_state. False: it is
 * neither. ret must not move afterwards. */
bool internal_topic_make(const struct broker_shard *b, struct mr_str name, struct internal_topic *ret);

#endif
