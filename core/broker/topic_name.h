/* core/broker/topic_name.h - what a topic may be called: 1 to 249 of [a-zA-Z0-9._-], not "." or "..". */
#ifndef MR_TOPIC_NAME_H
#define MR_TOPIC_NAME_H

#include "core/arena.h"

/* NULL when the name is fine, else why not; static text. Source: Kafka's Topic.validate. */
const char *topic_name_check(struct mr_str name);

/* NULL when the name is fine, else Kafka 4.1's sentence about it, NUL-terminated, in the arena; without room
 * the static reason alone. */
const char *topic_name_refusal(struct mr_arena *arena, struct mr_str name);

/* Two names that differ in '.' and '_' only collide in metric names. */
bool topic_names_collide(struct mr_str a, struct mr_str b);

/* __consumer_offsets, __transaction_state, __share_group_state. */
bool topic_name_internal(struct mr_str name);

#endif
