/* Changing settings of topics, brokers, groups and client metrics at run time (KIP-133, KIP-226, KIP-339,
 * KIP-848). Texts are Apache Kafka 4.1.0's. */
#include "core/broker/client_metrics.h"
#include "core/broker/controller_priv.h"
#include "core/config_alter.h"
#include "core/mem.h"
#include "net/wire/gen/meta_topics.h"

enum {
    RESOURCE_TOPIC = 2,
    RESOURCE_BROKER = 4,
    RESOURCE_LOGGER = 8,
    RESOURCE_METRICS = 16,
    RESOURCE_GROUP = 32
};

/* A broker's name is its number. */
static bool own_number(struct controller *c, struct ctl_command *cmd, struct ctl_alter *a)
{
    int64_t id;
    int32_t own = c->zero->image->node_id;
    if (!config_parse_long(a->resource_name, &id))
        ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "Node id must be an integer, but it is: %.*s",
                 MR_STR(a->resource_name));
    else if (id != own)
        ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "Unexpected %s id%s %d, but received %.*s",
                 a->resource_type == RESOURCE_BROKER ? "broker" : "node",
                 a->resource_type == RESOURCE_BROKER ? ", expected" : ". Expected", own,
                 MR_STR(a->resource_name));
    else
        return true;
    return false;
}

/* The settings that a resource has now, NULL: none. False with a result when there is no such resource. */
static bool settings_now(struct controller *c, struct ctl_command *cmd, struct ctl_alter *a,
                         const struct config_map **ret)
{
    const struct image *img = c->zero->image;
    const struct image_topic *t;
    *ret = NULL;
    switch (a->resource_type) {
    case RESOURCE_TOPIC:
        if (a->resource_name.len == 0) {
            ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "Default topic resources are not allowed.");
            return false;
        }
        if (!ctl_topic_name(cmd, &a->result, a->resource_name))
            return false;
        t = image_topic(img, a->resource_name);
        if (t == NULL) {
            ctl_fail(cmd, &a->result, KW_UNKNOWN_TOPIC_OR_PARTITION, "The topic '%.*s' does not exist.",
                     MR_STR(a->resource_name));
            return false;
        }
        *ret = &t->configs;
        return true;
    case RESOURCE_BROKER:
        *ret = a->resource_name.len == 0 ? &img->cluster_configs : &img->broker_configs;
        return a->resource_name.len == 0 || own_number(c, cmd, a);
    case RESOURCE_LOGGER:
        if (a->incremental) {
            if (own_number(c, cmd, a))
                ctl_fail(cmd, &a->result, KW_INVALID_REQUEST,
                         "This broker has no loggers whose level can be changed.");
            return false;
        }
        break;
    case RESOURCE_GROUP:
    case RESOURCE_METRICS:
        if (a->resource_name.len == 0) {
            ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "%s",
                     a->resource_type == RESOURCE_GROUP ? "Default group resources are not allowed."
                                                        : "Subscription name can't be empty");
            return false;
        }
        *ret = image_configs(img, a->resource_type, a->resource_name);
        return true;
    default:
        break;
    }
    ctl_fail(cmd, &a->result, KW_INVALID_REQUEST, "Unknown resource type %d", a->resource_type);
    return false;
}

static void refuse(struct ctl_command *cmd, struct ctl_alter *a, int err,
                   const struct config_refusal *refusal)
{
    if (err == -EINVAL)
        ctl_fail(cmd, &a->result, refusal->request ? KW_INVALID_REQUEST : KW_INVALID_CONFIG, "%s",
                 refusal->why);
    else
        ctl_fail(cmd, &a->result, KW_UNKNOWN_SERVER_ERROR, "%s", mr_err_text(err));
}

static int check(struct controller *c, const struct ctl_alter *a, const struct config_map *after,
                 struct config_refusal *refusal)
{
    struct config_view v = broker_config_view(c->zero);
    switch (a->resource_type) {
    case RESOURCE_TOPIC:
        return config_check_topic(&c->zero->topic_base, after, refusal);
    case RESOURCE_BROKER:
        return config_check_broker(&v, after, a->resource_name.len > 0, refusal);
    case RESOURCE_GROUP:
        return config_check_group(&v, after, refusal);
    default:
        return client_metrics_check(after, refusal);
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
        changes[i] = (struct config_change){a->incremental ? a->configs[i].op : (int8_t)CONFIG_SET,
                                            a->configs[i].name, a->configs[i].value};
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
    enum { TYPES = 6 }; /* resource types are the bits 1 to 5 */
    struct mr_smap seen[TYPES];
    int err = 0;
    for (int i = 0; i < TYPES; i++)
        smap_init(&seen[i]);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        struct ctl_alter *a = &cmd->u.alters[i];
        int bit = a->resource_type > 0 ? __builtin_ctz((unsigned)a->resource_type) : 0;
        a->result = (struct ctl_result){KW_NONE, NULL};
        if (a->resource_name.ptr == NULL)
            a->resource_name = MR_STR_LIT("");
        if (bit < TYPES && a->resource_type == 1 << bit)
            err = ctl_once(cmd, &seen[bit], a->resource_name, &a->result,
                           "Each resource must appear at most once.");
    }
    for (int i = 0; i < TYPES; i++)
        smap_done(&seen[i]);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        if (cmd->u.alters[i].result.error == KW_NONE)
            alter(c, cmd, &cmd->u.alters[i]);
    }
    return err == 0 ? KW_NONE : KW_UNKNOWN_SERVER_ERROR;
}
