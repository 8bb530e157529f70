/* The cluster and the settings as a consumer group sees them. */
#include <strings.h>

#include "core/broker/cgroup_coord.h"
#include "core/broker/cgroup_priv.h"
#include "core/broker/group_coord_priv.h"
#include "core/broker/regex.h"
#include "core/mem.h"

enum {
    RESOURCE_GROUP = 32,
    GROUP_BYTES_MAX = 64 << 20, /* of one group */
    EXPRESSIONS_MAX = 1,        /* that a coordinator has compiled at a time: REGEX_BYTES_MAX each at worst */
};

/* ---- topics ---- */

static bool give(const struct image_topic *t, struct cgroup_topic *ret)
{
    if (t == NULL)
        return false;
    *ret = (struct cgroup_topic){mr_str_of(t->name), t->id, t->partition_count};
    return true;
}

static const struct image *image_of(const struct cgroup_topics *t)
{
    return MR_CONTAINER(t, const struct cgroup_scene, topics)->image;
}

static bool find(const struct cgroup_topics *t, struct mr_str name, struct cgroup_topic *ret)
{
    return give(image_topic(image_of(t), name), ret);
}

static bool find_id(const struct cgroup_topics *t, struct mr_uuid id, struct cgroup_topic *ret)
{
    return give(image_topic_by_id(image_of(t), id), ret);
}

static bool next(const struct cgroup_topics *t, uint32_t *at, struct cgroup_topic *ret)
{
    return give(image_next(image_of(t), at), ret);
}

/* ---- expressions ---- */

static int16_t check(const struct cgroup_regex_way *w, struct mr_arena *a, struct mr_str text,
                     struct mr_str *ret_why)
{
    char why[REGEX_WHY_BYTES];
    bool ok = true;
    (void)w;
    struct regex *r = regex_new(text.ptr, text.len, why, sizeof(why));
    regex_free(r);
    if (r != NULL)
        return KW_NONE;
    *ret_why = arena_str(a, mr_str_of(why), &ok);
    return KW_INVALID_REGULAR_EXPRESSION;
}

/* One that is being matched. */
struct compiled {
    struct regex *regex;
    struct group_own *own;
};

static struct group_own *own_of(const struct cgroup_regex_way *w)
{
    return MR_CONTAINER(w, const struct cgroup_scene, regexes)->own;
}

static bool busy(const struct cgroup_regex_way *w)
{
    return own_of(w)->expressions >= EXPRESSIONS_MAX;
}

static void *begin(const struct cgroup_regex_way *w, struct mr_str text)
{
    char why[REGEX_WHY_BYTES];
    struct compiled *c = mem_alloc(sizeof(*c));
    struct regex *r = c != NULL ? regex_new(text.ptr, text.len, why, sizeof(why)) : NULL;
    if (r == NULL) {
        mem_free(c);
        return NULL;
    }
    *c = (struct compiled){r, own_of(w)};
    c->own->expressions++;
    return c;
}

static bool matches(void *compiled, struct mr_str topic)
{
    return regex_matches(((struct compiled *)compiled)->regex, topic.ptr, topic.len);
}

static uint32_t size(const void *compiled)
{
    return regex_size(((const struct compiled *)compiled)->regex);
}

static void end(void *compiled)
{
    struct compiled *c = compiled;
    c->own->expressions--;
    regex_free(c->regex);
    mem_free(c);
}

/* ---- settings ---- */

void cgroup_settings_read(const struct config_view *v, struct cgroup_settings *s)
{
    struct config_list assignors = config_list(v, "group.consumer.assignors");
    const char *policy = config_text(v, "group.consumer.migration.policy");
    struct mr_str name;
    *s = (struct cgroup_settings){
        .session_timeout_ms = (int32_t)config_int(v, "group.consumer.session.timeout.ms"),
        .heartbeat_interval_ms = (int32_t)config_int(v, "group.consumer.heartbeat.interval.ms"),
        .max_size = (int32_t)config_int(v, "group.consumer.max.size"),
        .regex_refresh_ms = config_int(v, "group.consumer.regex.refresh.interval.ms"),
        .upgrade = strcasecmp(policy, "UPGRADE") == 0 || strcasecmp(policy, "BIDIRECTIONAL") == 0,
        .downgrade = strcasecmp(policy, "DOWNGRADE") == 0 || strcasecmp(policy, "BIDIRECTIONAL") == 0,
        .classic_max_size = (int32_t)config_int(v, "group.max.size"),
        .classic_session_ms_min = (int32_t)config_int(v, "group.min.session.timeout.ms"),
        .classic_session_ms_max = (int32_t)config_int(v, "group.max.session.timeout.ms"),
        .bytes_max = GROUP_BYTES_MAX,
    };
    while (config_list_next(&assignors, &name)) {
        enum cgroup_assignor a = mr_str_is(name, "range") ? CGROUP_RANGE : CGROUP_UNIFORM;
        bool known =
            mr_str_is(name, "range") || mr_str_is(name, "uniform"); /* classes of Java's are not ours */
        bool twice = s->assignor_count > 0 && s->assignors[0] == a;
        if (known && !twice && s->assignor_count < CGROUP_ASSIGNORS)
            s->assignors[s->assignor_count++] = a;
    }
    if (s->assignor_count == 0)
        s->assignors[s->assignor_count++] = CGROUP_UNIFORM;
}

/* The group's own, when the group's config resource has it and the broker's bounds allow it. */
static void override(const struct config_map *m, const char *key, int32_t *value)
{
    const char *text = config_map_get(m, key);
    int64_t parsed;
    if (text != NULL && config_parse_long(mr_str_of(text), &parsed) && parsed > 0 && parsed <= INT32_MAX)
        *value = (int32_t)parsed;
}

bool cgroup_enabled(const struct broker_shard *b)
{
    struct config_view v = broker_config_view(b);
    struct config_list protocols = config_list(&v, "group.coordinator.rebalance.protocols");
    struct mr_str name;
    if (image_feature_level(b->image, "group.version") < 1)
        return false;
    while (config_list_next(&protocols, &name)) {
        if (mr_str_is(name, "consumer"))
            return true;
    }
    return false;
}

/* ---- one event ---- */

static void write_record(struct cgroup_turn *t, struct mr_slice key, struct mr_slice value);

void cgroup_scene_begin(struct cgroup_scene *s, struct group_entity *g, struct mr_arena *arena)
{
    struct group_own *own = group_own_of(&g->e);
    const struct image *image = coord_home(g->e.coord)->image;
    const struct config_map *m = image_configs(image, RESOURCE_GROUP, g->e.name);
    *s = (struct cgroup_scene){
        .settings = own->consumers,
        .topics = {find, find_id, next, image->version},
        .regexes = {check, busy, begin, matches, size, end},
        .image = image,
        .own = own,
    };
    override(m, "consumer.session.timeout.ms", &s->settings.session_timeout_ms);
    override(m, "consumer.heartbeat.interval.ms", &s->settings.heartbeat_interval_ms);
    if (coord_full(g->e.coord))
        s->settings.bytes_max = 0; /* who is a member may stay */
    s->t = (struct cgroup_turn){
        .now_ms = coord_now_ms(g->e.coord),
        .wall_ms = coord_wall_ms(g->e.coord),
        .settings = &s->settings,
        .topics = &s->topics,
        .regexes = &s->regexes,
        .arena = arena,
        .write = write_record,
    };
}

/* What a call wrote, to be replayed when it is stable. */
static void write_record(struct cgroup_turn *t, struct mr_slice key, struct mr_slice value)
{
    struct cgroup_scene *s = MR_CONTAINER(t, struct cgroup_scene, t);
    if (s->op != NULL)
        coord_put(s->op, key, value);
    if (s->call == NULL)
        return;
    struct cgroup_record *r = arena_new(t->arena, struct cgroup_record);
    if (r == NULL) {
        t->failed = true;
        return;
    }
    r->key = key;
    r->value = value;
    if (s->call->last != NULL)
        s->call->last->next = r;
    else
        s->call->first = r;
    s->call->last = r;
}
