#include "core/config_priv.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/config_env.h"
#include "core/mem.h"
#include "core/properties.h"

enum { NOTE_BYTES = 768, INERT_BYTES = 600 };

void config_report_add(struct config_report *r, enum log_level level, const char *fmt, ...)
{
    char text[NOTE_BYTES];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    if (level == LOG_ERROR)
        r->errors++;
    if (r->notes == NULL)
        r->notes = mem_zalloc(CONFIG_NOTES_MAX, sizeof(r->notes[0]));
    char *copy = r->notes != NULL && r->count < CONFIG_NOTES_MAX ? mem_text(text, strlen(text)) : NULL;
    if (copy == NULL) {
        r->dropped++;
        return;
    }
    r->notes[r->count++] = (struct config_note){level, copy};
}

void config_report_done(struct config_report *r)
{
    for (uint32_t i = 0; i < r->count; i++)
        mem_free(r->notes[i].text);
    mem_free(r->notes);
    *r = (struct config_report){0};
}

/* ---- reading ---- */

/* A dynamic setting takes the place of the weaker static keys of its family: with log.roll.jitter.ms set at
 * run time, log.roll.jitter.hours of the file is as good as not there. */
static bool shadowed(const struct config_view *v, const char *name)
{
    if (v->broker == NULL && v->cluster == NULL)
        return false;
    const struct config_map *maps[] = {v->broker, v->cluster};
    for (size_t m = 0; m < MR_COUNT(maps); m++) {
        for (uint32_t i = 0; maps[m] != NULL && i < maps[m]->count; i++) {
            const char *names[CONFIG_SYNONYMS_MAX], *set = maps[m]->pairs[i].key;
            if (strcmp(set, name) == 0)
                continue;
            unsigned count = config_listener_base(set) == NULL ? config_synonyms_of(set, names) : 0;
            for (unsigned n = 0; n < count; n++) {
                if (strcmp(names[n], name) == 0)
                    return true;
            }
        }
    }
    return false;
}

const char *config_raw(const struct config_view *v, const char *name, enum config_source *ret_source)
{
    const struct config_key *key = config_broker_key(mr_str_of(name));
    char why[CONFIG_WHY_BYTES];
    enum config_source ignored;
    if (ret_source == NULL)
        ret_source = &ignored;

    const char *raw = config_map_get(v->broker, name);
    *ret_source = CONFIG_FROM_BROKER;
    if (raw != NULL && (key == NULL || config_value_check(key, mr_str_of(raw), why, sizeof(why)) == 0))
        return raw;
    raw = config_map_get(v->cluster, name);
    *ret_source = CONFIG_FROM_CLUSTER_DEFAULT;
    if (raw != NULL && (key == NULL || config_value_check(key, mr_str_of(raw), why, sizeof(why)) == 0))
        return raw;
    raw = config_map_get(&v->config->set, name);
    *ret_source = CONFIG_FROM_STATIC;
    if (raw != NULL && !shadowed(v, name))
        return raw;
    raw = config_map_get(&v->config->derived, name);
    *ret_source = CONFIG_FROM_DEFAULT;
    if (raw != NULL)
        return raw;
    return key != NULL ? config_key_default(key) : NULL;
}

int64_t config_int_or(const struct config_view *v, const char *name, int64_t fallback)
{
    const struct config_key *key = config_broker_key(mr_str_of(name));
    MR_ASSERT(key != NULL);
    MR_ASSERT(key->type == CONFIG_INT || key->type == CONFIG_SHORT || key->type == CONFIG_LONG);
    int64_t n = fallback;
    const char *raw = config_raw(v, name, NULL);
    if (raw != NULL && !config_parse_long(mr_str_of(raw), &n))
        return fallback; /* only while a bad configuration is being reported */
    return n;
}

int64_t config_int(const struct config_view *v, const char *name)
{
    MR_ASSERT(config_raw(v, name, NULL) != NULL);
    return config_int_or(v, name, 0);
}

double config_double(const struct config_view *v, const char *name)
{
    const struct config_key *key = config_broker_key(mr_str_of(name));
    MR_ASSERT(key != NULL && key->type == CONFIG_DOUBLE);
    double d = 0;
    const char *raw = config_raw(v, name, NULL);
    MR_ASSERT(raw != NULL);
    return config_parse_double(mr_str_of(raw), &d) ? d : 0;
}

bool config_bool(const struct config_view *v, const char *name)
{
    const struct config_key *key = config_broker_key(mr_str_of(name));
    MR_ASSERT(key != NULL && key->type == CONFIG_BOOLEAN);
    bool flag = false;
    const char *raw = config_raw(v, name, NULL);
    MR_ASSERT(raw != NULL);
    return config_parse_bool(mr_str_of(raw), &flag) && flag;
}

const char *config_text(const struct config_view *v, const char *name)
{
    MR_ASSERT(config_broker_key(mr_str_of(name)) != NULL);
    return config_raw(v, name, NULL);
}

struct config_list config_list(const struct config_view *v, const char *name)
{
    const char *raw = config_text(v, name);
    return config_list_of(mr_str_of(raw != NULL ? raw : ""));
}

bool config_list_has(const struct config_view *v, const char *key, struct mr_str item)
{
    struct mr_str have;
    struct config_list list = config_list(v, key);
    while (config_list_next(&list, &have)) {
        if (have.len == item.len && strncasecmp(have.ptr, item.ptr, item.len) == 0)
            return true;
    }
    return false;
}

unsigned config_cpus(const struct mr_config *c, uint16_t ret[CONFIG_CPUS_MAX])
{
    bool named[CONFIG_CPUS_MAX] = {false};
    struct config_view v = config_static(c);
    struct config_list list = config_list(&v, "millrace.cpus");
    struct mr_str item;
    unsigned first, last, count = 0;
    while (config_list_next(&list, &item)) {
        if (!config_parse_cpus(item, &first, &last))
            continue; /* only while a bad configuration is being reported */
        for (unsigned i = first; i <= last; i++)
            named[i] = true;
    }
    for (unsigned i = 0; i < CONFIG_CPUS_MAX; i++) {
        if (named[i])
            ret[count++] = (uint16_t)i;
    }
    return count;
}

/* ---- loading ---- */

struct loading {
    const struct config_input *in;
    struct mr_config *c;
    struct config_report *report;
    struct config_map origins; /* key -> where it was set, for messages */
    bool configured;           /* by a file or the environment */
    bool from_cfg;             /* the pass over the environment that reads KAFKA_CFG_ */
};

static int put(struct loading *l, struct mr_str key, struct mr_str value, const char *origin)
{
    int err = config_map_set(&l->c->set, key, value);
    if (err == 0)
        err = config_map_set(&l->origins, key, mr_str_of(origin));
    if (err == -ENOMEM)
        return err;
    if (err != 0) {
        config_report_add(l->report, LOG_ERROR, "%s: %.*s: %s", origin, (int)mr_min(key.len, 100), key.ptr,
                          err == -MR_E_LIMIT ? "too many settings, or the value is too long"
                                             : "a NUL character is not allowed");
    }
    return 0;
}

static int put_line(void *owner, unsigned line, struct mr_str key, struct mr_str value)
{
    struct loading *l = owner;
    char origin[256];
    snprintf(origin, sizeof(origin), "%s:%u", l->in->file_name != NULL ? l->in->file_name : "file", line);
    const char *before = config_map_find(&l->origins, key);
    if (before != NULL)
        config_report_add(l->report, LOG_WARN, "%s: %.*s was set before (%s); the last one counts", origin,
                          MR_STR(key), before);
    return put(l, key, value, origin);
}

static int load_file(struct loading *l)
{
    struct properties_error error;
    if (l->in->file_text.ptr == NULL)
        return 0;
    l->configured = true;
    int err = properties_parse(l->in->file_text, put_line, l, &error);
    if (err == -MR_E_CORRUPT || err == -MR_E_LIMIT) {
        config_report_add(l->report, LOG_ERROR, "%s:%u: %s",
                          l->in->file_name != NULL ? l->in->file_name : "file", error.line, error.text);
        return 0;
    }
    return err;
}

/* 22 characters of base64url: 16 bytes. */
static bool is_cluster_id(struct mr_str s)
{
    if (s.len != 22)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i], low = (char)(c | 0x20);
        if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return true;
}

static int load_cluster_id(struct loading *l, const struct config_env *env)
{
    struct mr_str id = config_trim(env->value);
    if (id.len == 0)
        return 0;
    if (!is_cluster_id(id)) {
        config_report_add(
            l->report, LOG_ERROR,
            "environment %.*s: %.*s is no cluster id; it must be 22 characters of A-Z a-z 0-9 - _",
            MR_STR(env->variable), (int)mr_min(id.len, 100), id.ptr);
        return 0;
    }
    mem_free(l->c->cluster_id);
    l->c->cluster_id = mem_text(id.ptr, id.len);
    return l->c->cluster_id != NULL ? 0 : -ENOMEM;
}

static int load_variable(struct loading *l, const struct config_env *env, bool cfg)
{
    char origin[320];
    if (env->kind == CONFIG_ENV_CLUSTER_ID && !cfg)
        return load_cluster_id(l, env);
    if (env->kind != CONFIG_ENV_KEY || env->cfg != cfg)
        return 0;
    snprintf(origin, sizeof(origin), "environment %.*s", MR_STR(env->variable));
    bool known = config_broker_key(mr_str_of(env->key)) != NULL || strncmp(env->key, "zookeeper.", 10) == 0;
    if (!known && !cfg) { /* plain KAFKA_ names many things that are no settings */
        config_report_add(l->report, LOG_WARN, "%s: there is no setting %s; ignored", origin, env->key);
        return 0;
    }
    l->configured = true;
    return put(l, mr_str_of(env->key), env->value, origin);
}

static int load_env(struct loading *l)
{
    int err = 0;
    for (int cfg = 0; cfg <= 1 && l->in->env != NULL; cfg++) { /* KAFKA_CFG_X last: it is the stronger */
        for (const char *const *entry = l->in->env; *entry != NULL && err == 0; entry++) {
            struct config_env env = config_env_read(*entry);
            err = load_variable(l, &env, cfg == 1);
        }
    }
    return err;
}

static int load_overrides(struct loading *l)
{
    int err = 0;
    for (size_t i = 0; i < l->in->overrides_count && err == 0; i++) {
        const char *text = l->in->overrides[i], *equals = strchr(text, '=');
        if (equals == NULL || equals == text) {
            config_report_add(l->report, LOG_ERROR, "--override %.200s: must be KEY=VALUE", text);
            continue;
        }
        struct mr_str key = config_trim((struct mr_str){text, (size_t)(equals - text)});
        err = put(l, key, mr_str_of(equals + 1), "--override");
    }
    return err;
}

static int derive(struct mr_config *c, const char *key, const char *value)
{
    return config_map_set(&c->derived, mr_str_of(key), mr_str_of(value));
}

/* One for each CPU; of two, one is left to the kernel's flushes and to whatever else runs there, or half of
 * the acknowledgements wait for both shards to be scheduled (measured: README.md). */
static unsigned shards_for(uint32_t cpus)
{
    return cpus <= 2 ? 1 : (unsigned)mr_min(cpus, 64);
}

static int derive_defaults(struct loading *l)
{
    char text[16];
    uint16_t list[CONFIG_CPUS_MAX];
    unsigned named = config_cpus(l->c, list);
    snprintf(text, sizeof(text), "%u", named > 0 ? (unsigned)mr_min(named, 64) : shards_for(l->in->cpus));
    int err = derive(l->c, "millrace.shards", text);
    if (err == 0 && !l->configured) /* nobody said that the network may reach this broker */
        err = derive(l->c, "listeners", "PLAINTEXT://127.0.0.1:9092");
    if (err == 0 && !l->configured)
        err = derive(l->c, "log.dirs", "./data");
    return err;
}

/* node.id and broker.id are one setting with two names. */
static int join_node_ids(struct loading *l)
{
    static const char *const names[] = {"node.id", "broker.id"};
    const char *values[] = {config_map_get(&l->c->set, names[0]), config_map_get(&l->c->set, names[1])};
    int64_t ids[2];
    if (values[0] == NULL && values[1] == NULL)
        return derive(l->c, "broker.id", config_key_default(config_broker_key(MR_STR_LIT("node.id"))));
    if (values[0] != NULL && values[1] != NULL) {
        if (config_parse_long(mr_str_of(values[0]), &ids[0]) &&
            config_parse_long(mr_str_of(values[1]), &ids[1]) && ids[0] != ids[1])
            config_report_add(l->report, LOG_ERROR, "node.id is %s and broker.id is %s; they must be equal",
                              values[0], values[1]);
        return 0;
    }
    int missing = values[0] == NULL ? 0 : 1;
    char origin[320];
    snprintf(origin, sizeof(origin), "%s", config_map_get(&l->origins, names[1 - missing]));
    return put(l, mr_str_of(names[missing]), mr_str_of(values[1 - missing]), origin);
}

static void check_unknown(struct loading *l, const char *name, const char *origin)
{
    if (strcmp(name, "zookeeper.connect") == 0) {
        config_report_add(
            l->report, LOG_ERROR,
            "%s: zookeeper.connect: ZooKeeper is not supported, as in Kafka 4; migrate the cluster to KRaft "
            "first, then remove the key",
            origin);
        return;
    }
    const char *near = config_key_near(&config_table_broker, mr_str_of(name));
    if (near != NULL)
        config_report_add(l->report, LOG_WARN, "%s: unknown setting %s; did you mean %s?", origin, name,
                          near);
    else
        config_report_add(l->report, LOG_WARN, "%s: unknown setting %s", origin, name);
}

static bool refused(const struct config_key *key, const char *value)
{
    if ((key->flags & CONFIG_REFUSED) == 0)
        return false;
    struct mr_str given = config_trim(mr_str_of(value));
    const char *def = key->def != NULL ? key->def : "";
    return given.len != strlen(def) || strncasecmp(given.ptr, def, given.len) != 0;
}

static void check_pair(struct loading *l, const struct config_pair *pair, char *inert)
{
    char why[CONFIG_WHY_BYTES];
    const char *origin = config_map_get(&l->origins, pair->key);
    const struct config_key *key = config_broker_key(mr_str_of(pair->key));
    if (key == NULL) {
        check_unknown(l, pair->key, origin);
        return;
    }
    if ((key->flags & CONFIG_QUOTA) != 0) {
        config_report_add(l->report, LOG_WARN, "%s: %s counts only as a dynamic setting (kafka-configs)",
                          origin, pair->key);
        return;
    }
    if (config_value_check(key, mr_str_of(pair->value), why, sizeof(why)) != 0)
        config_report_add(l->report, LOG_ERROR, "%s: %s", origin, why);
    else if (refused(key, pair->value))
        config_report_add(l->report, LOG_ERROR,
                          "%s: %s=%.100s: millrace does not support this yet; only %s works", origin,
                          pair->key, pair->value,
                          key->def != NULL && key->def[0] != '\0' ? key->def : "leaving it unset");
    else if ((key->flags & CONFIG_INERT) != 0 && strlen(inert) + strlen(pair->key) + 3 < INERT_BYTES)
        snprintf(inert + strlen(inert), INERT_BYTES - strlen(inert), "%s%s", inert[0] != '\0' ? ", " : "",
                 pair->key);
}

static void check_pairs(struct loading *l)
{
    char inert[INERT_BYTES] = "";
    for (uint32_t i = 0; i < l->c->set.count; i++)
        check_pair(l, &l->c->set.pairs[i], inert);
    if (inert[0] != '\0')
        config_report_add(l->report, LOG_INFO, "accepted without effect: %s", inert);
}

static int load_all(struct loading *l)
{
    struct mr_config *c = l->c;
    int err = load_file(l);
    if (err == 0)
        err = load_env(l);
    if (err == 0)
        err = load_overrides(l);
    if (err == 0)
        err = join_node_ids(l);
    if (err == 0)
        err = derive_defaults(l);
    if (err != 0)
        return err;
    check_pairs(l);
    struct config_view v = config_static(c);
    c->node_id = (int32_t)config_int(&v, "node.id");
    c->shards = (uint32_t)config_int(&v, "millrace.shards");
    c->controller = config_list_has(&v, "process.roles", MR_STR_LIT("controller"));
    config_check_bounds(c, l->report);
    err = config_load_listeners(c, l->in->hostname != NULL ? l->in->hostname : "localhost", l->report);
    if (err == 0)
        err = config_load_log_dirs(c, l->in->cwd, l->report);
    if (err != 0)
        return err;
    config_check_quorum(c, l->report);
    return l->report->errors > 0 ? -EINVAL : 0;
}

int config_load(const struct config_input *in, struct mr_config **ret, struct config_report *report)
{
    struct mr_config *c = mem_zalloc(1, sizeof(*c));
    if (c == NULL)
        return -ENOMEM;
    struct loading l = {.in = in, .c = c, .report = report};
    int err = load_all(&l);
    config_map_done(&l.origins);
    if (err != 0) {
        config_free(c);
        return err;
    }
    *ret = c;
    return 0;
}

void config_free(struct mr_config *c)
{
    if (c == NULL)
        return;
    config_map_done(&c->set);
    config_map_done(&c->derived);
    for (uint32_t i = 0; i < c->listeners_count; i++) {
        mem_free(c->listeners[i].name);
        mem_free(c->listeners[i].host);
        mem_free(c->listeners[i].advertised_host);
    }
    mem_free(c->listeners);
    for (uint32_t i = 0; i < c->log_dirs_count; i++)
        mem_free(c->log_dirs[i]);
    mem_free(c->log_dirs);
    mem_free(c->cluster_id);
    mem_free(c);
}
