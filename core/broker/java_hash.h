/* core/broker/java_hash.h - which partition of an internal topic a name belongs to, as Kafka's Java computes
 * it. */
#ifndef MR_JAVA_HASH_H
#define MR_JAVA_HASH_H

#include "core/base.h"

/* String.hashCode() of UTF-8 text: over UTF-16 units; what is no UTF-8 counts as U+FFFD, once for each
 * longest beginning of a character, as Java decodes it. */
int32_t java_string_hash(struct mr_str text);

/* How many UTF-16 units the text has: String.length(). */
size_t java_string_length(struct mr_str text);

/* abs(hash) % partitions; the one number without a positive counterpart counts as 0. partitions > 0. */
int32_t java_partition(struct mr_str name, int32_t partitions);

#endif
