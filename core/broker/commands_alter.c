/* Changing settings of topics, brokers, groups and client metrics at run time (KIP-133, KIP-226, KIP-339, KIP-848).
 * Texts are Apache Kafka 4.1.0's. */
#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "core/broker/topic_name.h"
#include "core/config_alter.h"
#include "core/mem.h"
#include "net/wire/gen/meta_topics.h"

enum { RESOURCE_TOPIC = 2, RESOURCE_BROKER = 4, RESOURCE_LOGGER = 8, RESOURCE_METRICS = 16, RESOURCE_GROUP = 32 };

/* The settings that a resource has now, NULL: none. False with a result when there is no such resource. */
static bool settings_now(struct controller *c, struct ctl_command *cmd, struct ctl_alter *a, const struct config_map **ret)
{
    const struct image *img = c->zero->image;
    char text[300];
    int64_t id;
    *ret = NULL;
    switch (a->resource_type) {
    case RESOURCE_TOPIC: {
        const char *why = topic_name_check(a->resource_name);
        if (why != NULL) {
            ctl_fail(cmd, &a->result, KW_INVALID_TOPIC_EXCEPTION, "Topic name is invalid: %s", why);
            return false;
        }
        const struct image_topic *t = image_topic(img, a->resource_name);
        if (t == NULL) {
            ctl_fail(cmd, &a->result, KW_UNKNOWN_TOPIC_OR_PARTITION, "The topic '%.*s' does not exist.",
                     MR_STR(a->resource_name));
            return false;
        }
        *ret = &t->configs;
        return true;
    }
    case RESOURCE_BROKER:
        if (a->resource_name.len == 0) {
            *ret = &img->cluster_configs;
            return true;
        }
        if (!config_parse_long(a->resource_name, &id)) {
            ctl_fail(cmd, &a->result, KW_INVALID_REQUEST,
                     "Node id must be an integer, but it is: %.*s", MR_STR(a->resource_name));
            return false;
        }
        if (id != img->node_id) {
            ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "Unexpected broker id, expected %d or empty string, but received %.*s",
                     img->node_id, MR_STR(a->resource_name));
            return false;
        }
        *ret = &img->broker_configs;
        return true;
    case RESOURCE_GROUP:
    case RESOURCE_METRICS:
        if (a->resource_name.len == 0) {
            ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "Default %s resources are not allowed.",
                     a->resource_type == RESOURCE_GROUP ? "group" : "client metrics");
            return false;
        }
        if (a->resource_name.len > TOPIC_NAME_MAX) {
            ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "The name of the resource is too long.");
            return false;
        }
        snprintf(text, sizeof(text), "%d:%.*s", a->resource_type, MR_STR(a->resource_name));
        *ret = smap_get(&img->other_configs, mr_str_of(text));
        return true;
    default:
        ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "Unknown resource type %d.", a->resource_type);
        return false;
    }
}

static void refuse(struct ctl_command *cmd, struct ctl_alter *a, int err, const struct config_refusal *refusal)
{
    if (err == -EINVAL)
        ctl_fail(cmd, &a->result, refusal->request ? KW_INVALID_REQUEST : KW_INVALID_CONFIG, "%s", refusal->why);
    else
        ctl_fail(cmd, &a->result, KW_UNKNOWN_SERVER_ERROR, "%s", mr_err_text(err));
}

static int check(struct controller *c, const struct ctl_alter *a, const struct config_map *after,
                 struct config_refusal *refusal)
{
    struct config_view v = broker_config_view(c->zero);
    switch (a->resource_type) {
    case RESOURCE_TOPIC:
        return config_check_topic(&v, after, refusal);
    case RESOURCE_BROKER:
        return config_check_broker(&v, after, a->resource_name.len > 0, refusal);
    case RESOURCE_GROUP:
        return config_check_group(&v, after, refusal);
    default: /* client metrics: kept, and nothing is made of them */
        return 0;
    }
}

static void put_config(struct controller *c, const struct ctl_alter *a, const char *key, const char *value)
{
    struct kw_config_record r;
    kw_config_record_init(&r);
    r.resource_type = a->resource_type;
    r.resource_name = a->resource_name;
    r.name = mr_str_of(key);
    r.value = mr_str_of(value);
    meta_out_put(&c->out, &kw_config_record_info, 0, &r);
}

/* Records for what differs. Both maps are sorted. */
static void put_changes(struct controller *c, const struct ctl_alter *a, const struct config_map *before,
                        const struct config_map *after)
{
    for (uint32_t i = 0; i < after->count; i++) {
        const char *old = config_map_get(before, after->pairs[i].key);
        if (old == NULL || strcmp(old, after->pairs[i].value) != 0)
            put_config(c, a, after->pairs[i].key, after->pairs[i].value);
    }
    for (uint32_t i = 0; before != NULL && i < before->count; i++) {
        if (config_map_get(after, before->pairs[i].key) == NULL)
            put_config(c, a, before->pairs[i].key, NULL);
    }
}

static void alter(struct controller *c, struct ctl_command *cmd, struct ctl_alter *a)
{
    static const struct config_map none;
    const struct config_map *before;
    struct config_map after = {0};
    struct config_refusal refusal;
    if (!settings_now(c, cmd, a, &before))
        return;
    struct config_change *changes = mem_zalloc((size_t)a->config_count + 1, sizeof(*changes));
    if (changes == NULL) {
        refuse(cmd, a, -ENOMEM, NULL);
        return;
    }
    for (int32_t i = 0; i < a->config_count; i++)
        changes[i] = (struct config_change){a->incremental ? a->configs[i].op : (int8_t)CONFIG_SET, a->configs[i].name,
                                            a->configs[i].value};
    enum config_kind kind = a->resource_type == RESOURCE_TOPIC    ? CONFIG_KIND_TOPIC
                            : a->resource_type == RESOURCE_BROKER ? CONFIG_KIND_BROKER
                                                                  : CONFIG_KIND_GROUP;
    const struct config_map *base = a->incremental && before != NULL ? before : &none;
    int err = config_apply(kind, base, changes, (size_t)a->config_count, &after, &refusal);
    mem_free(changes);
    if (err == 0)
        err = check(c, a, &after, &refusal);
    if (err == 0)
        put_changes(c, a, before, &after);
    else
        refuse(cmd, a, err, &refusal);
    config_map_done(&after);
}

enum kw_error command_alter_configs(struct controller *c, struct ctl_command *cmd)
{
    for (int32_t i = 0; i < cmd->count; i++) {
        struct ctl_alter *a = &cmd->u.alters[i];
        bool twice = false;
        a->result = (struct ctl_result){KW_NONE, NULL};
        for (int32_t k = 0; k < cmd->count; k++)
            twice = twice || (k != i && a->resource_type == cmd->u.alters[k].resource_type &&
                              mr_str_eq(a->resource_name, cmd->u.alters[k].resource_name));
        if (twice)
            ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "Each resource must appear at most once.");
        else
            alter(c, cmd, a);
    }
    return KW_NONE;
}
