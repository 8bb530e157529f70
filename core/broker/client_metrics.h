/* core/broker/client_metrics.h - the settings of client metrics subscriptions (KIP-714): kept and shown, as
 * Kafka does where no metrics reporter is configured. */
#ifndef MR_CLIENT_METRICS_H
#define MR_CLIENT_METRICS_H

#include "core/config_alter.h"
#include "core/config_describe.h"

/* May these be a subscription's settings? 0 or -EINVAL with *refusal, in Apache Kafka 4.1.0's words. */
int client_metrics_check(const struct config_map *settings, struct config_refusal *refusal);

/* Every key of a subscription (settings NULL: of one that has none), as config_describe_group(). */
int client_metrics_describe(const struct config_map *settings, struct mr_arena *arena,
                            const struct config_entry **ret, size_t *ret_count);

#endif
