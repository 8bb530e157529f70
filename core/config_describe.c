#include "core/config_describe.h"

#include "core/config_alter.h"
#include "core/config_topic.h"

enum { SYNONYMS_MAX = 1 + 4 * CONFIG_SYNONYMS_MAX }; /* the override, then four layers of every name */

/* Entries being collected. full: the arena gave out; the caller sees it once, at the end. */
struct listing {
    struct mr_arena *arena;
    struct config_entry *entries;
    size_t count, cap;
    bool full;
};

static bool listing_init(struct listing *l, struct mr_arena *arena, size_t cap)
{
    *l = (struct listing){.arena = arena, .cap = cap};
    l->entries = arena_array(arena, struct config_entry, cap);
    l->full = l->entries == NULL;
    return !l->full;
}

static int listing_done(const struct listing *l, const struct config_entry **ret, size_t *ret_count)
{
    if (l->full)
        return -MR_E_LIMIT;
    *ret = l->entries;
    *ret_count = l->count;
    return 0;
}

static const char *printed(struct listing *l, const struct config_key *key, const char *raw)
{
    if (raw == NULL || key == NULL)
        return raw;
    const char *text = config_value_print(l->arena, key, raw);
    l->full = l->full || text == NULL;
    return text;
}

/* ---- synonyms ---- */

struct synonyms {
    struct config_synonym items[SYNONYMS_MAX];
    unsigned count;
};

static void synonyms_add(struct synonyms *s, const char *name, const char *value, enum config_source source,
                         bool sensitive)
{
    if (value == NULL)
        return;
    MR_ASSERT(s->count < SYNONYMS_MAX);
    s->items[s->count++] = (struct config_synonym){name, sensitive ? NULL : value, source};
}

static const char *default_of(const struct config_view *v, const char *name)
{
    const char *derived = config_map_get(&v->config->derived, name);
    if (derived != NULL)
        return derived;
    const struct config_key *key = config_key_find(&config_table_broker, mr_str_of(name));
    if (key == NULL || (key->flags & CONFIG_QUOTA) != 0)
        return NULL;
    return config_key_default(key);
}

/* Of a broker key: layer by layer, in each the names of its family. What stands before the name itself is
 * dropped. */
static void synonyms_of_broker_key(const struct config_view *v, const char *name, bool sensitive,
                                   struct synonyms *s)
{
    const char *names[CONFIG_SYNONYMS_MAX];
    unsigned count = config_synonyms_of(name, names);
    unsigned first = s->count;
    for (unsigned i = 0; i < count; i++)
        synonyms_add(s, names[i], config_map_get(v->broker, names[i]), CONFIG_FROM_BROKER, sensitive);
    for (unsigned i = 0; i < count; i++)
        synonyms_add(s, names[i], config_map_get(v->cluster, names[i]), CONFIG_FROM_CLUSTER_DEFAULT,
                     sensitive);
    for (unsigned i = 0; i < count; i++)
        synonyms_add(s, names[i], config_map_get(&v->config->set, names[i]), CONFIG_FROM_STATIC, sensitive);
    for (unsigned i = 0; i < count; i++)
        synonyms_add(s, names[i], default_of(v, names[i]), CONFIG_FROM_DEFAULT, sensitive);

    unsigned skip = first;
    while (skip < s->count && strcmp(s->items[skip].name, name) != 0)
        skip++;
    memmove(&s->items[first], &s->items[skip], (s->count - skip) * sizeof(s->items[0]));
    s->count -= skip - first;
}

static void add(struct listing *l, struct config_entry e, const struct synonyms *s)
{
    if (l->full)
        return;
    MR_ASSERT(l->count < l->cap);
    struct config_synonym *copy = arena_array(l->arena, struct config_synonym, s->count);
    if (copy == NULL) {
        l->full = true;
        return;
    }
    memcpy(copy, s->items, s->count * sizeof(*copy));
    e.synonyms = copy;
    e.synonyms_count = s->count;
    e.source = s->count > 0 ? s->items[0].source : CONFIG_FROM_DEFAULT;
    if (e.sensitive)
        e.value = NULL;
    l->entries[l->count++] = e;
}

/* ---- topics ---- */

int config_describe_topic(const struct config_view *v, const struct config_map *overrides,
                          struct mr_arena *arena, const struct config_entry **ret, size_t *ret_count)
{
    struct listing l;
    if (!listing_init(&l, arena, config_table_topic.count))
        return -MR_E_LIMIT;
    for (size_t i = 0; i < config_table_topic.count; i++) {
        const struct config_key *key = &config_table_topic.keys[i];
        const char *override = config_map_get(overrides, key->name);
        if (override == NULL && (key->flags & CONFIG_INTERNAL) != 0)
            continue;
        char text[TOPIC_DEFAULT_BYTES];
        const char *raw = override != NULL ? override : topic_config_default(v, key->name, text);
        struct config_entry e = {.name = key->name, .value = printed(&l, key, raw), .type = key->type};
        struct synonyms s = {.count = 0};
        if (override != NULL)
            synonyms_add(&s, key->name, e.value, CONFIG_FROM_TOPIC, false);
        const struct config_link *link = config_link_of(key->name);
        if (link != NULL)
            synonyms_of_broker_key(v, link->broker[0].name, false, &s);
        add(&l, e, &s);
    }
    return listing_done(&l, ret, ret_count);
}

/* ---- brokers ---- */

static void add_broker_key(struct listing *l, const struct config_view *v, const char *name)
{
    const struct config_key *own = config_key_find(&config_table_broker, mr_str_of(name));
    const struct config_key *key = own != NULL ? own : config_broker_key(mr_str_of(name));
    bool quota = own != NULL && (own->flags & CONFIG_QUOTA) != 0;
    struct config_entry e = {
        .name = name,
        .type = key != NULL ? key->type : CONFIG_UNKNOWN,
        .sensitive = config_key_sensitive(key),
        .read_only = own == NULL || own->scope == CONFIG_READ_ONLY,
    };
    if (!e.sensitive) /* what is not in Kafka's own list is shown as it was written */
        e.value = printed(l, own != NULL && !quota ? own : NULL, config_raw(v, name, NULL));
    struct synonyms s = {.count = 0};
    synonyms_of_broker_key(v, name, e.sensitive, &s);
    add(l, e, &s);
}

static bool listed_anyway(const char *name)
{
    const struct config_key *key = config_key_find(&config_table_broker, mr_str_of(name));
    return key != NULL && (key->flags & (CONFIG_INTERNAL | CONFIG_QUOTA)) == 0;
}

int config_describe_broker(const struct config_view *v, struct mr_arena *arena,
                           const struct config_entry **ret, size_t *ret_count)
{
    const struct config_map *maps[] = {&v->config->set, v->broker, v->cluster};
    size_t cap = config_table_broker.count;
    for (size_t m = 0; m < MR_COUNT(maps); m++)
        cap += maps[m] != NULL ? maps[m]->count : 0;
    struct listing l;
    if (!listing_init(&l, arena, cap))
        return -MR_E_LIMIT;
    for (size_t i = 0; i < config_table_broker.count; i++) {
        if (listed_anyway(config_table_broker.keys[i].name))
            add_broker_key(&l, v, config_table_broker.keys[i].name);
    }
    for (size_t m = 0; m < MR_COUNT(maps); m++) {
        for (uint32_t i = 0; maps[m] != NULL && i < maps[m]->count; i++) {
            const char *name = maps[m]->pairs[i].key;
            bool seen = listed_anyway(name);
            for (size_t before = 0; before < m; before++)
                seen = seen || config_map_get(maps[before], name) != NULL;
            if (!seen)
                add_broker_key(&l, v, name);
        }
    }
    return listing_done(&l, ret, ret_count);
}

int config_describe_cluster(const struct config_view *v, struct mr_arena *arena,
                            const struct config_entry **ret, size_t *ret_count)
{
    struct listing l;
    size_t count = v->cluster != NULL ? v->cluster->count : 0;
    if (!listing_init(&l, arena, count))
        return -MR_E_LIMIT;
    for (size_t i = 0; i < count; i++) {
        const struct config_pair *pair = &v->cluster->pairs[i];
        const struct config_key *own = config_key_find(&config_table_broker, mr_str_of(pair->key));
        const struct config_key *key = own != NULL ? own : config_broker_key(mr_str_of(pair->key));
        struct config_entry e = {
            .name = pair->key,
            .value = pair->value,
            .type = key != NULL ? key->type : CONFIG_UNKNOWN,
            .sensitive = config_key_sensitive(key),
            .read_only = own == NULL || own->scope == CONFIG_READ_ONLY,
        };
        struct synonyms s = {.count = 0};
        synonyms_add(&s, pair->key, pair->value, CONFIG_FROM_CLUSTER_DEFAULT, e.sensitive);
        add(&l, e, &s);
    }
    return listing_done(&l, ret, ret_count);
}

/* ---- groups ---- */

int config_describe_group(const struct config_view *v, const struct config_map *overrides,
                          struct mr_arena *arena, const struct config_entry **ret, size_t *ret_count)
{
    struct listing l;
    if (!listing_init(&l, arena, config_table_group.count))
        return -MR_E_LIMIT;
    for (size_t i = 0; i < config_table_group.count; i++) {
        const struct config_key *key = &config_table_group.keys[i];
        bool set = config_map_get(overrides, key->name) != NULL;
        struct config_entry e = {.name = key->name,
                                 .value = printed(&l, key, config_group_text(v, overrides, key->name)),
                                 .type = key->type};
        struct synonyms s = {.count = 0};
        synonyms_add(&s, key->name, e.value, set ? CONFIG_FROM_GROUP : CONFIG_FROM_DEFAULT, false);
        add(&l, e, &s);
    }
    return listing_done(&l, ret, ret_count);
}
