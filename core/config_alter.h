/* core/config_alter.h - changing settings at run time: AlterConfigs, IncrementalAlterConfigs, the configs of
 * CreateTopics. Texts are Kafka 4.1.0's, because tools show them. Source: KIP-133, KIP-226, KIP-339.
 *
 * First config_apply() makes the settings as they would be, then the check of the resource says whether they
 * may be. */
#ifndef MR_CONFIG_ALTER_H
#define MR_CONFIG_ALTER_H

#include "core/config.h"

enum config_kind { CONFIG_KIND_TOPIC, CONFIG_KIND_BROKER, CONFIG_KIND_GROUP };

enum config_op {
    CONFIG_SET = 0,
    CONFIG_DELETE = 1,
    CONFIG_APPEND = 2,
    CONFIG_SUBTRACT = 3
}; /* as on the wire */

struct config_change {
    int8_t op; /* enum config_op, as it came */
    struct mr_str key;
    struct mr_str value; /* null is refused, but for CONFIG_DELETE */
};

struct config_refusal {
    bool request; /* answer INVALID_REQUEST; otherwise INVALID_CONFIG */
    char why[CONFIG_WHY_BYTES];
};

/* after = before with the changes; after must be empty (all zero) and stays so on an error. Keys need not be
 * known, except that only lists can be appended to. Returns 0, -EINVAL with *refusal, -ENOMEM, -MR_E_LIMIT.
 */
int config_apply(enum config_kind kind, const struct config_map *before, const struct config_change *changes,
                 size_t count, struct config_map *after, struct config_refusal *refusal);

/* May these be a topic's overrides over base (topic_config_base())? Returns 0 or -EINVAL with *refusal. */
struct topic_config;
int config_check_topic(const struct topic_config *base, const struct config_map *overrides,
                       struct config_refusal *refusal);

/* May these be the dynamic settings of this broker (per_broker), or of all brokers? v holds the settings in
 * force now; the map in question takes the place of its own. A read-only key that is deleted is not in
 * settings and thus fine. */
int config_check_broker(const struct config_view *v, const struct config_map *settings, bool per_broker,
                        struct config_refusal *refusal);

/* May these be a group's overrides? They must lie within the broker's group.* limits. */
int config_check_group(const struct config_view *v, const struct config_map *overrides,
                       struct config_refusal *refusal);

/* The number in force for a group key: the group's override, else the broker's group.KEY, else the key's
 * default. The key must be a number. */
int64_t config_group_int(const struct config_view *v, const struct config_map *overrides, const char *key);

/* The same as text, for any group key. */
const char *config_group_text(const struct config_view *v, const struct config_map *overrides,
                              const char *key);

#endif
