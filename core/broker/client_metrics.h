/* core/broker/client_metrics.h - the settings of client metrics subscriptions (KIP-714): kept and shown, as Kafka does where
 * no metrics reporter is configured. */
#ifndef MR_CLIENT_METRICS_H
#define MR_CLIENT_METRICS_H

#include "core/config_alter.h"

/* May these be a subscription's settings? 0 or -EINVAL with *refusal, in Apache Kafka 4.1.0's words. */
int client_metrics_check(const struct config_map *settings, struct config_refusal *refusal);

#endif
