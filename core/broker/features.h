/* core/broker/features.h - what can be finalized in a cluster (KIP-584), and to which levels.
 *
 * What Apache Kafka 4.1.0 writes into an empty directory and what this broker registers with: the same, so
 * that either of them can open the other's directory. What clients are told is another matter (ApiVersions).
 */
#ifndef MR_FEATURES_H
#define MR_FEATURES_H

#include "core/base.h"

struct broker_feature {
    const char *name;
    int16_t min, max;
    int16_t level;      /* in a new cluster */
    int16_t obeyed_max; /* the highest that can be gone to here */
};

enum { BROKER_FEATURES = 6 };
extern const struct broker_feature broker_features[BROKER_FEATURES];

const struct broker_feature *broker_feature(struct mr_str name); /* NULL: none */

#endif
