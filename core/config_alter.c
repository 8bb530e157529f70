#include "core/config_alter.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/config_topic.h"
#include "core/mem.h"

MR_PRINTF(3, 4)
static int refuse(struct config_refusal *r, bool request, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    r->request = request;
    vsnprintf(r->why, sizeof(r->why), fmt, args);
    va_end(args);
    return -EINVAL;
}

/* "a, b" as a growing text that is cut at its end. */
struct names {
    char text[CONFIG_WHY_BYTES - 160];
    size_t len;
    unsigned count;
};

static void names_add(struct names *n, const char *separator, struct mr_str name)
{
    if (n->count++ > 0 && n->len < sizeof(n->text))
        n->len += (size_t)snprintf(n->text + n->len, sizeof(n->text) - n->len, "%s", separator);
    if (n->len < sizeof(n->text))
        n->len += (size_t)snprintf(n->text + n->len, sizeof(n->text) - n->len, "%.*s", MR_STR(name));
}

/* ---- the changes ---- */

static const struct config_table *table_of(enum config_kind kind)
{
    switch (kind) {
    case CONFIG_KIND_TOPIC:
        return &config_table_topic;
    case CONFIG_KIND_BROKER:
        return &config_table_broker;
    case CONFIG_KIND_GROUP:
        return &config_table_group;
    }
    return &config_table_topic;
}

static bool has_part(struct mr_str list, struct mr_str part)
{
    while (list.ptr != NULL) {
        const char *comma = list.len > 0 ? memchr(list.ptr, ',', list.len) : NULL;
        size_t len = comma != NULL ? (size_t)(comma - list.ptr) : list.len;
        if (mr_str_eq((struct mr_str){list.ptr, len}, part))
            return true;
        list = comma != NULL ? (struct mr_str){comma + 1, list.len - len - 1} : (struct mr_str){NULL, 0};
    }
    return false;
}

/* Adds to dst (of size enough) the parts of list that dst (APPEND) or value (SUBTRACT) does not have. Parts
 * are compared as they are, spaces included, as Kafka does. */
static size_t copy_parts(char *dst, size_t len, struct mr_str list, const struct mr_str *unwanted)
{
    while (list.ptr != NULL && list.len > 0) {
        const char *comma = memchr(list.ptr, ',', list.len);
        size_t part_len = comma != NULL ? (size_t)(comma - list.ptr) : list.len;
        struct mr_str part = {list.ptr, part_len};
        if (part_len > 0 && !has_part(unwanted != NULL ? *unwanted : (struct mr_str){dst, len}, part)) {
            if (len > 0)
                dst[len++] = ',';
            memcpy(dst + len, part.ptr, part_len);
            len += part_len;
        }
        list = comma != NULL ? (struct mr_str){comma + 1, list.len - part_len - 1} : (struct mr_str){NULL, 0};
    }
    return len;
}

static int change_list(const struct config_key *key, const struct config_change *c, struct config_map *map)
{
    static const struct mr_str none = {NULL, 0};
    const char *now = config_map_find(map, c->key);
    if (now == NULL)
        now = key->def != NULL ? key->def : "";
    struct mr_str old = mr_str_of(now);
    char *text = mem_alloc(old.len + c->value.len + 2);
    if (text == NULL)
        return -ENOMEM;
    size_t len = copy_parts(text, 0, old, c->op == CONFIG_APPEND ? &none : &c->value);
    if (c->op == CONFIG_APPEND)
        len = copy_parts(text, len, c->value, NULL);
    int err = config_map_set(map, c->key, (struct mr_str){text, len});
    mem_free(text);
    return err;
}

static int change_one(enum config_kind kind, const struct config_change *c, struct config_map *map,
                      struct config_refusal *refusal)
{
    const struct config_key *key =
        kind == CONFIG_KIND_BROKER ? config_broker_key(c->key) : config_key_find(table_of(kind), c->key);
    if (c->op == CONFIG_DELETE) {
        config_map_remove(map, c->key);
        return 0;
    }
    if (c->op == CONFIG_SET)
        return config_map_set(map, c->key, c->value);
    if (key != NULL && key->type == CONFIG_LIST)
        return change_list(key, c, map);
    if (kind == CONFIG_KIND_BROKER)
        return refuse(refusal, false, "Config value %s is not allowed for config key: %.*s",
                      c->op == CONFIG_APPEND ? "append" : "subtract", MR_STR(c->key));
    return refuse(refusal, false, "Can't %s to key %.*s because its type is not LIST.",
                  c->op == CONFIG_APPEND ? "APPEND" : "SUBTRACT", MR_STR(c->key));
}

static int check_changes(const struct config_change *changes, size_t count, struct config_refusal *refusal)
{
    struct names nulls = {.len = 0};
    for (size_t i = 0; i < count; i++) {
        if (changes[i].op < CONFIG_SET || changes[i].op > CONFIG_SUBTRACT)
            return refuse(refusal, true, "Unknown alter config operation %d", changes[i].op);
        for (size_t j = 0; j < i; j++) {
            if (mr_str_eq(changes[i].key, changes[j].key))
                return refuse(refusal, true, "Error due to duplicate config keys");
        }
        if (changes[i].value.ptr == NULL && changes[i].op != CONFIG_DELETE)
            names_add(&nulls, ",", changes[i].key);
    }
    if (nulls.count > 0)
        return refuse(refusal, true, "Null value not supported for : %s", nulls.text);
    return 0;
}

int config_apply(enum config_kind kind, const struct config_map *before, const struct config_change *changes,
                 size_t count, struct config_map *after, struct config_refusal *refusal)
{
    if (count > CONFIG_MAP_MAX)
        return -MR_E_LIMIT; /* also bounds the search for duplicates */
    int err = check_changes(changes, count, refusal);
    if (err == 0)
        err = config_map_copy(after, before);
    if (err != 0)
        return err;
    for (size_t i = 0; i < count && err == 0; i++) {
        refusal->why[0] = '\0';
        err = change_one(kind, &changes[i], after, refusal);
        if (err == -EINVAL && refusal->why[0] == '\0') /* from the map */
            err = refuse(refusal, true, "A NUL character is not allowed");
    }
    if (err != 0)
        config_map_done(after);
    return err;
}

/* ---- checks ---- */

/* Every name known, then every value good. what: "topic", "group". */
static int check_pairs(const struct config_table *table, const char *what, const struct config_map *m,
                       struct config_refusal *refusal)
{
    for (uint32_t i = 0; i < m->count; i++) {
        if (config_key_find(table, mr_str_of(m->pairs[i].key)) == NULL)
            return refuse(refusal, false, "Unknown %s config name: %.300s", what, m->pairs[i].key);
    }
    for (uint32_t i = 0; i < m->count; i++) {
        const struct config_key *key = config_key_find(table, mr_str_of(m->pairs[i].key));
        refusal->request = false;
        int err = config_value_check(key, mr_str_of(m->pairs[i].value), refusal->why, sizeof(refusal->why));
        if (err != 0)
            return err;
    }
    return 0;
}

int config_check_topic(const struct config_view *v, const struct config_map *overrides,
                       struct config_refusal *refusal)
{
    int err = check_pairs(&config_table_topic, "topic", overrides, refusal);
    if (err != 0)
        return err;
    bool tiered = false;
    const char *remote = config_map_get(overrides, "remote.storage.enable");
    if (remote != NULL && config_parse_bool(mr_str_of(remote), &tiered) && tiered)
        return refuse(
            refusal, false,
            "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote "
            "log storage.");
    struct topic_config base, made;
    topic_config_base(v, &base);
    topic_config_make(&base, overrides, &made);
    if (made.min_compaction_lag_ms > made.max_compaction_lag_ms)
        return refuse(
            refusal, false,
            "conflict topic config setting min.compaction.lag.ms (%lld) > max.compaction.lag.ms (%lld)",
            (long long)made.min_compaction_lag_ms, (long long)made.max_compaction_lag_ms);
    return 0;
}

/* These can only be set for one listener: listener.name.LISTENER.KEY. */
static bool is_listener_security(const char *name)
{
    static const char *const names[] = {
        "ssl.key.password",
        "ssl.keystore.certificate.chain",
        "ssl.keystore.key",
        "ssl.keystore.location",
        "ssl.keystore.password",
        "ssl.keystore.type",
        "ssl.truststore.certificates",
        "ssl.truststore.location",
        "ssl.truststore.password",
        "ssl.truststore.type",
    };
    for (size_t i = 0; i < MR_COUNT(names); i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

/* Kafka opens and closes listeners at run time; this broker does not. */
static bool is_fixed_here(const char *name)
{
    return strcmp(name, "listeners") == 0 || strcmp(name, "listener.security.protocol.map") == 0 ||
           strcmp(name, "principal.builder.class") == 0;
}

static int check_broker_names(const struct config_map *settings, bool per_broker,
                              struct config_refusal *refusal)
{
    struct names fixed = {.len = 0}, security = {.len = 0}, local = {.len = 0};
    for (uint32_t i = 0; i < settings->count; i++) {
        struct mr_str name = mr_str_of(settings->pairs[i].key);
        const struct config_key *key = config_key_find(&config_table_broker, name);
        if (key == NULL && config_listener_base(name.ptr) != NULL) {
            const struct config_key *base = config_broker_key(name);
            if (base == NULL || base->scope == CONFIG_PER_BROKER)
                names_add(&local, ", ", name);
        } else if (key != NULL && (key->flags & CONFIG_QUOTA) == 0) {
            if (key->scope == CONFIG_READ_ONLY)
                names_add(&fixed, ", ", name);
            if (is_listener_security(name.ptr))
                names_add(&security, ", ", name);
            if (key->scope == CONFIG_PER_BROKER)
                names_add(&local, ", ", name);
        }
    }
    if (fixed.count > 0)
        return refuse(refusal, true, "Cannot update these configs dynamically: Set(%s)", fixed.text);
    if (security.count > 0)
        return refuse(
            refusal, true,
            "These security configs can be dynamically updated only per-listener using the listener prefix: "
            "HashSet(%s)",
            security.text);
    if (!per_broker && local.count > 0)
        return refuse(
            refusal, true,
            "Cannot update these configs at default cluster level, broker id must be specified: Set(%s)",
            local.text);
    return 0;
}

/* Kafka's words for what its dynamic settings refuse. */
#define INVALID_DYNAMIC(what)                                                                                \
    "Invalid value org.apache.kafka.common.config.ConfigException: " what                                    \
    " for configuration Invalid dynamic configuration"

/* ADDRESS:COUNT pairs. Kafka's text is Java's own of a text without a colon. */
static int check_overrides(const struct config_view *v, struct config_refusal *refusal)
{
    static const char key[] = "max.connections.per.ip.overrides";
    struct config_list list = config_list(v, key);
    struct mr_str item;
    while (config_list_next(&list, &item)) {
        const char *colon = item.len > 0 ? memrchr(item.ptr, ':', item.len) : NULL;
        if (colon == NULL)
            return refuse(refusal, true,
                          "Error parsing configuration property '%s': begin 0, end -1, length %zu", key,
                          item.len);
        int64_t n;
        struct mr_str count = {colon + 1, (size_t)(item.ptr + item.len - colon - 1)};
        if (!config_parse_long(count, &n))
            return refuse(refusal, true, "For input string: \"%.*s\"", MR_STR(count));
    }
    return 0;
}

static int check_connections(const struct config_view *v, struct config_refusal *refusal)
{
    static const char *const positive[] = {"max.connections", "max.connection.creation.rate"};
    for (size_t i = 0; i < MR_COUNT(positive); i++) {
        int64_t n = config_int(v, positive[i]);
        if (n <= 0)
            return refuse(refusal, true, INVALID_DYNAMIC("Invalid %s %lld"), positive[i], (long long)n);
    }
    int err = check_overrides(v, refusal);
    const char *overrides = config_text(v, "max.connections.per.ip.overrides");
    if (err == 0 && config_int(v, "max.connections.per.ip") == 0 &&
        (overrides == NULL || overrides[0] == '\0'))
        err = refuse(refusal, true,
                     "requirement failed: max.connections.per.ip can be set to zero only if "
                     "max.connections.per.ip.overrides property is set.");
    return err;
}

static int check_cleaner(const struct config_view *now, const struct config_view *next,
                         struct config_refusal *refusal)
{
    int64_t before = config_int(now, "log.cleaner.threads"),
            threads = config_int(next, "log.cleaner.threads");
    if (threads < 1)
        return refuse(refusal, true, "requirement failed: log.cleaner.threads must be at least 1");
    if (config_int(next, "log.cleaner.dedupe.buffer.size") / threads <= 1 << 20)
        return refuse(refusal, true,
                      "requirement failed: log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner "
                      "thread.");
    if (threads > before * 2)
        return refuse(
            refusal, true,
            INVALID_DYNAMIC(
                "Log cleaner threads cannot be increased to more than double the current value %lld"),
            (long long)before);
    if (threads < before / 2)
        return refuse(refusal, true,
                      INVALID_DYNAMIC(
                          "Log cleaner threads cannot be reduced to less than half the current value %lld"),
                      (long long)before);
    return 0;
}

/* Kafka changes its pools of threads by halves and doubles at most. They do nothing here, yet a script that
 * Kafka would refuse is refused. */
static int check_threads(const struct config_view *now, const struct config_view *next,
                         struct config_refusal *refusal)
{
    static const char *const pools[] = {
        "background.threads",
        "num.io.threads",
        "num.network.threads",
        "num.recovery.threads.per.data.dir",
        "num.replica.fetchers",
        "remote.log.manager.copier.thread.pool.size",
        "remote.log.manager.expiration.thread.pool.size",
        "remote.log.reader.threads",
    };
    for (size_t i = 0; i < MR_COUNT(pools); i++) {
        int64_t before = config_int(now, pools[i]), n = config_int(next, pools[i]);
        if (n == before)
            continue;
        if (n < 1)
            return refuse(refusal, true,
                          INVALID_DYNAMIC("Dynamic thread count update validation failed for %s=%lld, value "
                                          "should be at least 1"),
                          pools[i], (long long)n);
        if (n < before / 2)
            return refuse(refusal, true,
                          INVALID_DYNAMIC("Dynamic thread count update validation failed for %s=%lld, value "
                                          "should be at least half the current value %lld"),
                          pools[i], (long long)n, (long long)before);
        if (n > before * 2)
            return refuse(refusal, true,
                          INVALID_DYNAMIC("Dynamic thread count update validation failed for %s=%lld, value "
                                          "should not be greater than double the current value %lld"),
                          pools[i], (long long)n, (long long)before);
    }
    return 0;
}

/* What is kept on local disks may not outlast what is kept at all; -2 follows it. */
static int check_local_retention(const struct config_view *v, const char *local_key, const char *whole_key,
                                 int64_t whole, struct config_refusal *refusal)
{
    int64_t local = config_int(v, local_key);
    if (whole == -1 || local == -2)
        return 0;
    if (local == -1)
        return refuse(refusal, true,
                      INVALID_DYNAMIC(
                          "Invalid value -1 for configuration %s: Value must not be -1 as %s value "
                          "is set as %lld."),
                      local_key, whole_key, (long long)whole);
    if (local > whole)
        return refuse(refusal, true,
                      INVALID_DYNAMIC(
                          "Invalid value %lld for configuration %s: Value must not be more than %s "
                          "property value: %lld"),
                      (long long)local, local_key, whole_key, (long long)whole);
    return 0;
}

/* A cluster that was formatted with eligible leader replicas (KIP-966) has the value for the whole cluster,
 * where it must stay. */
static int check_min_isr(const struct config_view *v, const struct config_map *settings, bool per_broker,
                         struct config_refusal *refusal)
{
    static const char key[] = "min.insync.replicas";
    if (config_map_get(v->cluster, key) == NULL)
        return 0;
    const char *now = config_map_get(settings, key);
    if (!per_broker && now == NULL)
        return refuse(refusal, false,
                      "Cluster-level min.insync.replicas cannot be removed while ELR is enabled.");
    const char *before = config_map_get(v->broker, key);
    if (per_broker && now != NULL && (before == NULL || strcmp(before, now) != 0))
        return refuse(refusal, false,
                      "Broker-level min.insync.replicas cannot be altered while ELR is enabled.");
    return 0;
}

int config_check_broker(const struct config_view *v, const struct config_map *settings, bool per_broker,
                        struct config_refusal *refusal)
{
    int err = check_broker_names(settings, per_broker, refusal);
    for (uint32_t i = 0; i < settings->count && err == 0; i++) {
        const struct config_key *key = config_broker_key(mr_str_of(settings->pairs[i].key));
        refusal->request = true;
        if (key != NULL)
            err = config_value_check(key, mr_str_of(settings->pairs[i].value), refusal->why,
                                     sizeof(refusal->why));
        if (err == 0 && is_fixed_here(settings->pairs[i].key))
            err = refuse(refusal, true, "%s cannot be changed while millrace runs", settings->pairs[i].key);
    }
    if (err != 0)
        return err;
    struct config_view next = *v;
    if (per_broker)
        next.broker = settings;
    else
        next.cluster = settings;
    if (config_int_or(&next, "log.retention.ms", -1) == 0)
        return refuse(
            refusal, true,
            "requirement failed: log.retention.ms must be unlimited (-1) or, greater than or equal to 1");
    if (config_int_or(&next, "log.roll.ms", 1) < 1)
        return refuse(refusal, true, "requirement failed: log.roll.ms must be greater than or equal to 1");
    if (config_int_or(&next, "log.roll.jitter.ms", 0) < 0)
        return refuse(refusal, true,
                      "requirement failed: log.roll.jitter.ms must be greater than or equal to 0");
    struct topic_config base;
    topic_config_base(&next, &base);
    err = check_connections(&next, refusal);
    if (err == 0)
        err = check_cleaner(v, &next, refusal);
    if (err == 0)
        err = check_threads(v, &next, refusal);
    if (err == 0)
        err = check_local_retention(&next, "log.local.retention.ms", "log.retention.ms", base.retention_ms,
                                    refusal);
    if (err == 0)
        err = check_local_retention(&next, "log.local.retention.bytes", "log.retention.bytes",
                                    config_int(&next, "log.retention.bytes"), refusal);
    if (err == 0)
        err = check_min_isr(v, settings, per_broker, refusal);
    return err;
}

/* ---- groups ---- */

const char *config_group_text(const struct config_view *v, const struct config_map *overrides,
                              const char *key)
{
    const struct config_key *k = config_key_find(&config_table_group, mr_str_of(key));
    MR_ASSERT(k != NULL);
    char why[CONFIG_WHY_BYTES], broker[128];
    const char *raw = config_map_get(overrides, key);
    if (raw != NULL && config_value_check(k, mr_str_of(raw), why, sizeof(why)) == 0)
        return raw;
    snprintf(broker, sizeof(broker), "group.%s", key);
    if (config_key_find(&config_table_broker, mr_str_of(broker)) != NULL)
        return config_raw(v, broker, NULL);
    return config_key_default(k);
}

int64_t config_group_int(const struct config_view *v, const struct config_map *overrides, const char *key)
{
    int64_t n = 0;
    bool ok = config_parse_long(mr_str_of(config_group_text(v, overrides, key)), &n);
    MR_ASSERT(ok); /* a bad override was passed over, the broker's value was checked at load */
    return n;
}

int config_check_group(const struct config_view *v, const struct config_map *overrides,
                       struct config_refusal *refusal)
{
    static const struct {
        const char *key, *min, *max; /* of the broker; NULL: no such limit */
    } limits[] = {
        {"consumer.heartbeat.interval.ms", "group.consumer.min.heartbeat.interval.ms",
         "group.consumer.max.heartbeat.interval.ms"},
        {"consumer.session.timeout.ms", "group.consumer.min.session.timeout.ms",
         "group.consumer.max.session.timeout.ms"},
        {"share.heartbeat.interval.ms", "group.share.min.heartbeat.interval.ms",
         "group.share.max.heartbeat.interval.ms"},
        {"share.session.timeout.ms", "group.share.min.session.timeout.ms",
         "group.share.max.session.timeout.ms"},
        {"share.record.lock.duration.ms", "group.share.min.record.lock.duration.ms",
         "group.share.max.record.lock.duration.ms"},
        {"streams.heartbeat.interval.ms", "group.streams.min.heartbeat.interval.ms",
         "group.streams.max.heartbeat.interval.ms"},
        {"streams.session.timeout.ms", "group.streams.min.session.timeout.ms",
         "group.streams.max.session.timeout.ms"},
        {"streams.num.standby.replicas", NULL, "group.streams.max.standby.replicas"},
    };
    static const char *const longer[][2] = {
        {"consumer.session.timeout.ms", "consumer.heartbeat.interval.ms"},
        {"share.session.timeout.ms", "share.heartbeat.interval.ms"},
        {"streams.session.timeout.ms", "streams.heartbeat.interval.ms"},
    };
    int err = check_pairs(&config_table_group, "group", overrides, refusal);
    if (err != 0)
        return err;
    for (size_t i = 0; i < MR_COUNT(limits); i++) {
        int64_t n = config_group_int(v, overrides, limits[i].key);
        if (limits[i].min != NULL && n < config_int(v, limits[i].min))
            return refuse(refusal, false, "%s must be greater than or equal to %s", limits[i].key,
                          limits[i].min);
        if (n > config_int(v, limits[i].max))
            return refuse(refusal, false, "%s must be less than or equal to %s", limits[i].key,
                          limits[i].max);
    }
    for (size_t i = 0; i < MR_COUNT(longer); i++) {
        if (config_group_int(v, overrides, longer[i][0]) <= config_group_int(v, overrides, longer[i][1]))
            return refuse(refusal, false, "%s must be greater than %s", longer[i][0], longer[i][1]);
    }
    return 0;
}
