/* Creating topics. The order of the checks and their texts are Apache Kafka 4.1.0's (KIP-4, KIP-525,
 * KIP-632). */
#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "core/broker/topic_name.h"
#include "core/config_alter.h"
#include "core/mem.h"
#include "net/wire/gen/meta_topics.h"
#include "storage/uuid.h"

/* Kafka 4.1: no request creates more than this. */
enum { PARTITIONS_MAX = 10000, CONFIGS_MAX = 512 };

/* Metric names replace '.' by '_', so only one of a.b and a_b may exist. */
static const struct image_topic *collision(const struct controller *c, struct mr_str name)
{
    uint32_t at = 0;
    if (!collisions_any(&c->collisions, name))
        return NULL;
    for (const struct image_topic *t; (t = image_next(c->zero->image, &at)) != NULL;) {
        if (topic_names_collide(name, mr_str_of(t->name)))
            return t;
    }
    return NULL;
}

static bool check_name(struct controller *c, struct ctl_command *cmd, struct ctl_topic *t)
{
    const struct image *img = c->zero->image;
    if (mr_str_is(t->name, METADATA_TOPIC)) {
        ctl_fail(cmd, &t->result, KW_INVALID_REQUEST,
                 "Creation of internal topic " METADATA_TOPIC " is prohibited.");
        return false;
    }
    if (image_topic(img, t->name) != NULL) {
        ctl_fail(cmd, &t->result, KW_TOPIC_ALREADY_EXISTS, "Topic '%.*s' already exists.", MR_STR(t->name));
        return false;
    }
    if (!ctl_topic_name(cmd, &t->result, t->name))
        return false;
    const struct image_topic *other = collision(c, t->name);
    if (other != NULL) {
        ctl_fail(cmd, &t->result, KW_INVALID_TOPIC_EXCEPTION, "Topic '%.*s' collides with existing topic: %s",
                 MR_STR(t->name), other->name);
        return false;
    }
    return true;
}

/* The overrides that the topic would have; false with a result when they may not be. */
static bool check_configs(struct controller *c, struct ctl_command *cmd, struct ctl_topic *t,
                          struct config_map *ret)
{
    struct config_refusal refusal;
    struct config_change *changes = mem_zalloc((size_t)t->config_count + 1, sizeof(*changes));
    if (changes == NULL || t->config_count > CONFIGS_MAX) {
        mem_free(changes);
        ctl_fail(cmd, &t->result, KW_INVALID_CONFIG, "Too many configs.");
        return false;
    }
    char nulls[512];
    size_t at = 0;
    for (int32_t i = 0; i < t->config_count; i++) {
        changes[i] = (struct config_change){CONFIG_SET, t->configs[i].name, t->configs[i].value};
        if (t->configs[i].value.ptr == NULL && at < sizeof(nulls))
            at += (size_t)snprintf(nulls + at, sizeof(nulls) - at, "%s%.*s", at > 0 ? "," : "",
                                   MR_STR(t->configs[i].name));
    }
    if (at > 0) {
        ctl_fail(cmd, &t->result, KW_INVALID_CONFIG, "Null value not supported for topic configs: %s", nulls);
        mem_free(changes);
        return false;
    }
    /* What stands twice counts as it stands last. */
    static const struct config_map none;
    size_t count = 0;
    for (int32_t i = 0; i < t->config_count; i++) {
        size_t k = 0;
        while (k < count && !mr_str_eq(changes[k].key, changes[i].key))
            k++;
        changes[k] = changes[i];
        count += k == count;
    }
    int err = config_apply(CONFIG_KIND_TOPIC, &none, changes, count, ret, &refusal);
    mem_free(changes);
    if (err == 0)
        err = config_check_topic(&c->zero->topic_base, ret, &refusal);
    if (err == 0)
        return true;
    config_map_done(ret);
    if (err == -EINVAL)
        ctl_fail(cmd, &t->result, refusal.request ? KW_INVALID_REQUEST : KW_INVALID_CONFIG, "%s",
                 refusal.why);
    else
        ctl_fail(cmd, &t->result, KW_UNKNOWN_SERVER_ERROR, "%s", mr_err_text(err));
    return false;
}

static bool check_assignments(struct controller *c, struct ctl_command *cmd, struct ctl_topic *t)
{
    if (t->replication != -1) {
        ctl_fail(cmd, &t->result, KW_INVALID_REQUEST,
                 "A manual partition assignment was specified, but replication factor was not set to -1.");
        return false;
    }
    if (t->partitions != -1) {
        ctl_fail(cmd, &t->result, KW_INVALID_REQUEST,
                 "A manual partition assignment was specified, but numPartitions was not set to -1.");
        return false;
    }
    /* One bit per partition: in a dense sequence no number reaches the count. */
    uint8_t *seen = mem_zalloc((size_t)t->assignment_count / 8 + 1, 1);
    bool dense = true;
    if (seen == NULL)
        return false;
    for (int32_t i = 0; i < t->assignment_count; i++) {
        const struct ctl_assignment *a = &t->assignments[i];
        bool inside = a->partition >= 0 && a->partition < t->assignment_count;
        if (inside && (seen[a->partition / 8] & 1u << a->partition % 8) != 0) {
            ctl_fail(cmd, &t->result, KW_INVALID_REPLICA_ASSIGNMENT,
                     "Found multiple manual partition assignments for partition %d", a->partition);
            mem_free(seen);
            return false;
        }
        if (!assignment_check(c, cmd, &t->result, a, a->partition,
                              i > 0 ? t->assignments[0].broker_count : 0)) {
            mem_free(seen);
            return false;
        }
        dense = dense && inside;
        if (inside)
            seen[a->partition / 8] |= (uint8_t)(1u << a->partition % 8);
    }
    mem_free(seen);
    if (!dense)
        ctl_fail(cmd, &t->result, KW_INVALID_REPLICA_ASSIGNMENT,
                 "partitions should be a consecutive 0-based integer sequence");
    t->ret_partitions = t->assignment_count;
    t->ret_replication = (int16_t)t->assignments[0].broker_count;
    return dense;
}

static bool check_counts(struct controller *c, struct ctl_command *cmd, struct ctl_topic *t)
{
    if (t->assignment_count > 0)
        return check_assignments(c, cmd, t);
    if (t->replication < -1 || t->replication == 0) {
        ctl_fail(cmd, &t->result, KW_INVALID_REPLICATION_FACTOR,
                 "Replication factor must be larger than 0, or -1 to use the default value.");
        return false;
    }
    if (t->partitions < -1 || t->partitions == 0) {
        ctl_fail(cmd, &t->result, KW_INVALID_PARTITIONS,
                 "Number of partitions was set to an invalid non-positive value.");
        return false;
    }
    t->ret_partitions = t->partitions == -1 ? c->zero->settings.num_partitions : t->partitions;
    t->ret_replication = t->replication == -1 ? c->zero->settings.replication_factor : t->replication;
    return replication_check(c, cmd, &t->result, t->ret_replication);
}

/* Random, never one of Kafka's reserved ids, nor one whose text a tool would take for an option. */
static struct mr_uuid fresh_id(struct controller *c)
{
    static const uint8_t zeros[8];
    struct mr_uuid id;
    char text[UUID_TEXT_BYTES];
    do {
        io_random(c->zero->shard->io, id.bytes, sizeof(id.bytes));
        id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x40); /* version 4, as java.util.UUID */
        id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
        uuid_text(id, text);
    } while (text[0] == '-' || memcmp(id.bytes, zeros, sizeof(zeros)) == 0 ||
             image_topic_by_id(c->zero->image, id) != NULL);
    return id;
}

static void put_topic(struct controller *c, struct ctl_topic *t, const struct config_map *configs)
{
    struct kw_topic_record topic;
    kw_topic_record_init(&topic);
    topic.name = t->name;
    topic.topic_id = t->id = fresh_id(c);
    meta_out_put(&c->out, &kw_topic_record_info, 0, &topic);
    for (uint32_t i = 0; i < configs->count; i++) {
        struct kw_config_record config;
        kw_config_record_init(&config);
        config.resource_type = 2;
        config.resource_name = t->name;
        config.name = mr_str_of(configs->pairs[i].key);
        config.value = mr_str_of(configs->pairs[i].value);
        meta_out_put(&c->out, &kw_config_record_info, 0, &config);
    }
    for (int32_t i = 0; i < t->ret_partitions; i++)
        put_partition(c, t->id, i);
}

static void create(struct controller *c, struct ctl_command *cmd, struct ctl_topic *t)
{
    struct config_map configs = {0};
    if (!check_name(c, cmd, t) || !check_configs(c, cmd, t, &configs))
        return;
    if (check_counts(c, cmd, t) && ctl_permit(c, cmd, &t->result, t->ret_partitions))
        put_topic(c, t, &configs);
    config_map_done(&configs);
}

enum kw_error command_create_topics(struct controller *c, struct ctl_command *cmd)
{
    int64_t partitions = 0;
    struct mr_smap names;
    int err = 0;
    smap_init(&names);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        struct ctl_topic *t = &cmd->u.topics[i];
        t->result = (struct ctl_result){KW_NONE, NULL};
        if (t->name.ptr == NULL)
            t->name = MR_STR_LIT("");
        int64_t wanted = t->assignment_count > 0 ? t->assignment_count : t->partitions;
        partitions += wanted == -1 ? c->zero->settings.num_partitions : mr_imax(wanted, 1);
        err = ctl_once(cmd, &names, t->name, &t->result, "Duplicate topic name.");
    }
    smap_done(&names);
    if (err != 0)
        return KW_UNKNOWN_SERVER_ERROR;
    for (int32_t i = 0; i < cmd->count; i++) {
        struct ctl_topic *t = &cmd->u.topics[i];
        if (t->result.error == KW_NONE && partitions > PARTITIONS_MAX)
            ctl_fail(cmd, &t->result, KW_POLICY_VIOLATION,
                     "Excessively large number of partitions per request.");
        else if (t->result.error == KW_NONE)
            create(c, cmd, t);
    }
    return KW_NONE;
}
