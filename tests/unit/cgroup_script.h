/* tests/unit/cgroup_script.h - a consumer group in virtual time, driven by words. See check_cgroup().
 *
 * A line is a command, "->", and what came of it. Members have names, which are their ids; each remembers its
 * epoch and what it was given. After each event its records are replayed, as when they are stable; no
 * partition may then be with two members, and a group made of the log alone must be the same.
 *
 *   topic T N           there is a topic (now) of N partitions
 *   drop T              there is not
 *   join M T,T [regex=R] [static=I] [assignor=A] [rt=MS] [epoch=N]     a first heartbeat, epoch 0
 *   beat M [own|own=T:0,1;T:2] [names=T,T] [regex=R] [static=I] [epoch=N] [assignor=A]
 *                       own: tells what it has, which is what it was given last
 *        -> 3 t:0,1     epoch, and the assignment if it is told; or an error's number
 *   leave M [static=I] [epoch=-2] -> 0
 *   tick                one tick, in which there is time for one name and one expression
 *   time +MS            ticks as deadlines ask for -> who is gone: -m
 *   state               -> Stable 3/3 a=3 t:0,1 b=2 t:2 giving t:3
 *   target              -> a t:0,1 b t:2
 *   log                 types of the last event's records, tombstones with a minus -> 5 3 7 6 8
 *   fail                the next event's records are not written: nothing may change
 *   classic M T,T [own=..] [static=I] [session=MS] [known]       JoinGroup -> 3
 *   sync M [gen=N] -> t:0,1        cbeat M [gen=N] -> 0        cleave M -> 0
 *   commit M N, fetch M N -> an error's number
 *   set size=N | refresh=MS | downgrade=0 */
#ifndef CGROUP_SCRIPT_H
#define CGROUP_SCRIPT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/cgroup.h"
#include "core/mem.h"
#include "net/wire/coord_record.h"
#include "net/wire/kw_error.h"
#include "net/wire/subscription.h"
#include "tests/unit/cgroup_script_regex.h"

enum { TOPICS_MAX = 64, MEMBERS_MAX = 1100, LOG_MAX = 200000, SEEN_BYTES = 65536, LAST_MAX = 4096 };

struct one_topic {
    char name[32];
    struct mr_uuid id;
    int32_t partitions; /* 0: gone */
};

struct one_member {
    char name[32];
    int32_t epoch;
    struct cgroup_part *has;
    uint32_t has_count;
};

struct one_record {
    struct mr_slice key, value;
};

struct cscript {
    struct cgroup *g;
    struct cgroup_turn turn;
    struct cgroup_settings settings;
    struct cgroup_topics topics;
    struct cgroup_regex_way regexes;
    struct mr_arena arena;
    struct one_topic all[TOPICS_MAX];
    int topic_count;
    struct one_member members[MEMBERS_MAX];
    int member_count;
    struct one_record log[LOG_MAX];
    uint32_t log_count, event_at;
    int16_t last[LAST_MAX];
    int last_count;
    bool fail;
    bool big; /* too large to be looked through after each event; its log may be forgotten */
    int64_t now_ms;
    char seen[SEEN_BYTES];
};

static void saw(struct cscript *s, const char *fmt, ...) MR_PRINTF(2, 3);
static void saw(struct cscript *s, const char *fmt, ...)
{
    size_t len = strlen(s->seen);
    va_list args;
    if (len > 0 && len + 1 < sizeof(s->seen))
        s->seen[len++] = ' ';
    va_start(args, fmt);
    vsnprintf(s->seen + len, sizeof(s->seen) - len, fmt, args);
    va_end(args);
}

/* ---- the world ---- */

static bool give_topic(const struct one_topic *t, struct cgroup_topic *ret)
{
    if (t->partitions == 0)
        return false;
    *ret = (struct cgroup_topic){mr_str_of(t->name), t->id, t->partitions};
    return true;
}

static bool topic_find(const struct cgroup_topics *x, struct mr_str name, struct cgroup_topic *ret)
{
    struct cscript *s = MR_CONTAINER(x, struct cscript, topics);
    for (int i = 0; i < s->topic_count; i++) {
        if (mr_str_is(name, s->all[i].name) && give_topic(&s->all[i], ret))
            return true;
    }
    return false;
}

static bool topic_find_id(const struct cgroup_topics *x, struct mr_uuid id, struct cgroup_topic *ret)
{
    struct cscript *s = MR_CONTAINER(x, struct cscript, topics);
    for (int i = 0; i < s->topic_count; i++) {
        if (mr_uuid_eq(id, s->all[i].id) && give_topic(&s->all[i], ret))
            return true;
    }
    return false;
}

static bool topic_next(const struct cgroup_topics *x, uint32_t *at, struct cgroup_topic *ret)
{
    struct cscript *s = MR_CONTAINER(x, struct cscript, topics);
    while (*at < (uint32_t)s->topic_count) {
        if (give_topic(&s->all[(*at)++], ret))
            return true;
    }
    return false;
}

static const char *topic_name(struct cscript *s, struct mr_uuid id)
{
    for (int i = 0; i < s->topic_count; i++) {
        if (mr_uuid_eq(id, s->all[i].id))
            return s->all[i].name;
    }
    return "?";
}

static void set_topic(struct cscript *s, const char *name, int32_t partitions)
{
    struct one_topic *t = NULL;
    for (int i = 0; i < s->topic_count; i++) {
        if (strcmp(s->all[i].name, name) == 0 && s->all[i].partitions > 0)
            t = &s->all[i];
    }
    if (t == NULL) {
        assert_true(s->topic_count < TOPICS_MAX);
        t = &s->all[s->topic_count++];
        snprintf(t->name, sizeof(t->name), "%s", name);
        t->id = (struct mr_uuid){{(uint8_t)s->topic_count}};
    }
    t->partitions = partitions;
    s->topics.version++;
}

/* ---- members ---- */

static struct one_member *member_of(struct cscript *s, const char *name)
{
    for (int i = 0; i < s->member_count; i++) {
        if (strcmp(s->members[i].name, name) == 0)
            return &s->members[i];
    }
    assert_true(s->member_count < MEMBERS_MAX);
    struct one_member *m = &s->members[s->member_count++];
    snprintf(m->name, sizeof(m->name), "%s", name);
    return m;
}

static void show_parts(struct cscript *s, struct cgroup_parts p, char *dst, size_t size)
{
    size_t len = 0;
    dst[0] = '\0';
    for (uint32_t i = 0; i < p.count && len < size; i++) {
        bool same = i > 0 && mr_uuid_eq(p.items[i].topic, p.items[i - 1].topic);
        len += (size_t)snprintf(dst + len, size - len, "%s%s%s%d",
                                same    ? ","
                                : i > 0 ? " "
                                        : "",
                                same ? "" : topic_name(s, p.items[i].topic), same ? "" : ":",
                                p.items[i].partition);
    }
}

static void remember(struct one_member *m, struct cgroup_parts p)
{
    free(m->has);
    m->has = malloc(p.count * sizeof(*p.items) + 1);
    m->has_count = p.count;
    if (p.count > 0)
        memcpy(m->has, p.items, p.count * sizeof(*p.items));
}

/* ---- the log ---- */

static void on_write(struct cgroup_turn *t, struct mr_slice key, struct mr_slice value)
{
    struct cscript *s = MR_CONTAINER(t, struct cscript, turn);
    assert_true(s->log_count < LOG_MAX && s->last_count < LAST_MAX);
    uint8_t *copy = malloc(key.len + value.len);
    memcpy(copy, key.ptr, key.len);
    if (value.len > 0)
        memcpy(copy + key.len, value.ptr, value.len);
    s->log[s->log_count++] =
        (struct one_record){{copy, key.len}, {value.ptr != NULL ? copy + key.len : NULL, value.len}};
    int16_t type = (int16_t)mr_get16(key.ptr);
    s->last[s->last_count++] = value.ptr != NULL ? type : (int16_t)-type;
}

static void replay_one(struct cscript *s, struct cgroup *g, const struct one_record *r)
{
    struct kw_reader key = kw_reader_of(r->key);
    struct mr_str second = {NULL, 0};
    int16_t type = kw_get_int16(&key);
    assert_true(mr_str_is(kw_get_string(&key, false, false), "g"));
    if (key.p < key.end)
        second = kw_get_string(&key, false, false);
    if (type != KW_GROUP_METADATA)
        assert_int_equal(cgroup_replay(g, &s->turn, type, second, r->value), 0);
}

static void check_alone(struct cscript *s, const struct cgroup *g)
{
    struct cgroup_member_view a, b;
    uint32_t at = 0;
    while (cgroup_next_member(g, &at, &a)) {
        uint32_t next = at;
        while (cgroup_next_member(g, &next, &b))
            assert_false(cgroup_parts_meet(a.assigned, b.assigned));
    }
    (void)s;
}

static void show_state(struct cscript *s, const struct cgroup *g, char *dst, size_t size)
{
    struct cgroup_view v;
    struct cgroup_member_view m;
    uint32_t at = 0;
    char parts[4096];
    cgroup_describe(g, &s->settings, &v);
    size_t len =
        (size_t)snprintf(dst, size, "%s %d/%d", cgroup_state_name(v.state), v.epoch, v.assignment_epoch);
    while (cgroup_next_member(g, &at, &m) && len < size) {
        show_parts(s, m.assigned, parts, sizeof(parts));
        len += (size_t)snprintf(dst + len, size - len, " %.*s=%d%s%s", MR_STR(m.member_id), m.epoch,
                                parts[0] != '\0' ? " " : "", parts);
    }
}

/* The group that the log makes is the one that there is. */
static void check_reload(struct cscript *s)
{
    static char was[SEEN_BYTES], is[SEEN_BYTES];
    struct cgroup *g;
    assert_int_equal(cgroup_new(MR_STR_LIT("g"), &g), 0);
    for (uint32_t i = 0; i < s->log_count; i++)
        replay_one(s, g, &s->log[i]);
    show_state(s, s->g, was, sizeof(was));
    show_state(s, g, is, sizeof(is));
    assert_string_equal(was, is);
    assert_int_equal(cgroup_bytes(g), cgroup_bytes(s->g));
    cgroup_free(g);
}

static bool settle(struct cscript *s, struct cgroup_reply *r)
{
    bool ok = r->error == KW_NONE && !s->fail;
    uint32_t from = s->event_at;
    if (!ok) {
        while (s->log_count > from)
            free((void *)s->log[--s->log_count].key.ptr);
        s->fail = false;
        return false;
    }
    for (uint32_t i = from; i < s->log_count; i++)
        replay_one(s, s->g, &s->log[i]);
    cgroup_settle(s->g, &s->turn, r);
    if (!s->big) {
        check_alone(s, s->g);
        check_reload(s);
    }
    return true;
}

/* Of large groups: the log is not kept. */
static inline void cscript_forget(struct cscript *s)
{
    for (uint32_t i = 0; i < s->log_count; i++)
        free((void *)s->log[i].key.ptr);
    s->log_count = 0;
}

static void begin(struct cscript *s)
{
    arena_reset(&s->arena);
    s->turn.now_ms = s->now_ms;
    s->turn.wall_ms = s->now_ms + 1000000;
    s->event_at = s->log_count;
    s->last_count = 0;
}

/* ---- words ---- */

static const char *word(char **at)
{
    while (**at == ' ')
        (*at)++;
    char *from = *at;
    while (**at != '\0' && **at != ' ')
        (*at)++;
    if (**at != '\0')
        *(*at)++ = '\0';
    return from;
}

static const char *value_of(const char *w, const char *key)
{
    size_t len = strlen(key);
    return strncmp(w, key, len) == 0 && w[len] == '=' ? w + len + 1 : NULL;
}

static int32_t split(char *text, struct mr_str *dst)
{
    int32_t count = 0;
    for (char *rest = text, *one; (one = strtok_r(rest, ",", &rest)) != NULL;)
        dst[count++] = mr_str_of(one);
    return count;
}

/* T:0,1;T:2 */
static struct cgroup_parts parse_parts(struct cscript *s, const char *text)
{
    struct cgroup_part *items = arena_array(&s->arena, struct cgroup_part, 256);
    uint32_t count = 0;
    char copy[512];
    snprintf(copy, sizeof(copy), "%s", text);
    for (char *rest = copy, *one; (one = strtok_r(rest, ";", &rest)) != NULL;) {
        char *colon = strchr(one, ':');
        struct cgroup_topic t;
        *colon = '\0';
        assert_true(topic_find(&s->topics, mr_str_of(one), &t));
        for (char *list = colon + 1, *n; (n = strtok_r(list, ",", &list)) != NULL;)
            items[count++] = (struct cgroup_part){t.id, atoi(n)};
    }
    return (struct cgroup_parts){items, cgroup_parts_sort(items, count)};
}

static void heartbeat(struct cscript *s, char *args, bool joins)
{
    struct one_member *m = member_of(s, word(&args));
    struct mr_str names[64];
    char names_text[256];
    struct cgroup_reply r;
    struct cgroup_heartbeat in = {
        .member_id = mr_str_of(m->name),
        .member_epoch = joins ? 0 : m->epoch,
        .rebalance_timeout_ms = joins ? 60000 : -1,
        .client_id = MR_STR_LIT("client"),
        .client_host = MR_STR_LIT("/host"),
        .owned_given = joins,
    };
    begin(s);
    if (joins) {
        snprintf(names_text, sizeof(names_text), "%s", word(&args));
        in.names = names;
        in.name_count = strcmp(names_text, "-") == 0 ? 0 : split(names_text, names);
    }
    for (const char *w, *v; *(w = word(&args)) != '\0';) {
        if ((v = value_of(w, "regex")) != NULL) {
            in.regex = mr_str_of(v);
        } else if ((v = value_of(w, "static")) != NULL) {
            in.instance_id = mr_str_of(v);
        } else if ((v = value_of(w, "assignor")) != NULL) {
            in.assignor = mr_str_of(v);
        } else if ((v = value_of(w, "rt")) != NULL) {
            in.rebalance_timeout_ms = atoi(v);
        } else if ((v = value_of(w, "epoch")) != NULL) {
            in.member_epoch = atoi(v);
        } else if ((v = value_of(w, "names")) != NULL) {
            snprintf(names_text, sizeof(names_text), "%s", v);
            in.names = names;
            in.name_count = split(names_text, names);
        } else if ((v = value_of(w, "own")) != NULL) {
            in.owned_given = true;
            in.owned = parse_parts(s, v);
        } else {
            assert_string_equal(w, "own");
            in.owned_given = true;
            in.owned = (struct cgroup_parts){m->has, m->has_count};
        }
    }
    cgroup_heartbeat(s->g, &s->turn, &in, &r);
    if (!settle(s, &r)) {
        saw(s, "%d", r.error);
        return;
    }
    if (in.member_epoch >= 0)
        m->epoch = r.member_epoch;
    saw(s, "%d", r.member_epoch);
    if (r.with_assignment) {
        char parts[4096];
        show_parts(s, r.assignment, parts, sizeof(parts));
        saw(s, "%s", parts[0] != '\0' ? parts : "none");
        remember(m, r.assignment);
    }
}

static void tick(struct cscript *s)
{
    struct cgroup_reply r;
    begin(s);
    cgroup_tick(s->g, &s->turn, &r);
    assert_int_equal(r.error, 0);
    (void)settle(s, &r);
}

static void pass(struct cscript *s, int64_t ms)
{
    int64_t until = s->now_ms + ms;
    char before[64][32];
    for (int64_t at; (at = cgroup_next_deadline(s->g)) <= until;) {
        struct cgroup_member_view v;
        struct cgroup_reply r;
        uint32_t next = 0;
        int count = 0;
        s->now_ms = mr_imax(s->now_ms, at);
        begin(s);
        while (count < 64 && cgroup_next_member(s->g, &next, &v))
            snprintf(before[count++], sizeof(before[0]), "%.*s", MR_STR(v.member_id));
        cgroup_tick(s->g, &s->turn, &r);
        assert_int_equal(r.error, 0);
        (void)settle(s, &r);
        for (int i = 0; i < count; i++) {
            bool there = false;
            next = 0;
            while (cgroup_next_member(s->g, &next, &v))
                there = there || mr_str_is(v.member_id, before[i]);
            if (!there)
                saw(s, "-%s", before[i]);
        }
        if (r.downgraded)
            saw(s, "classic");
    }
    s->now_ms = until;
}

static struct mr_slice subscription(struct cscript *s, const struct mr_str *names, int32_t count,
                                    struct cgroup_parts owned)
{
    struct kw_consumer_protocol_subscription x;
    struct kw_writer w;
    int32_t topics;
    kw_consumer_protocol_subscription_init(&x);
    x.topics = (struct mr_str *)names;
    x.topics_count = count;
    const struct cgroup_topic_parts *by = cgroup_parts_by_topic(&s->arena, owned, &topics);
    x.owned_partitions =
        arena_array(&s->arena, struct kw_consumer_protocol_subscription_owned_partition, (size_t)topics);
    for (int32_t i = 0; i < topics; i++)
        x.owned_partitions[x.owned_partitions_count++] =
            (struct kw_consumer_protocol_subscription_owned_partition){mr_str_of(topic_name(s, by[i].topic)),
                                                                       by[i].partitions, by[i].count};
    kw_writer_init(&w, &s->arena, 64, 1 << 20, false);
    kw_subscription_encode(&w, 1, &x);
    assert_int_equal(w.err, 0);
    return (struct mr_slice){w.buf, w.len};
}

static void classic_join(struct cscript *s, char *args)
{
    struct one_member *m = member_of(s, word(&args));
    struct mr_str names[64];
    char names_text[256];
    struct cgroup_reply r;
    struct cgroup_parts owned = {m->has, m->has_count};
    snprintf(names_text, sizeof(names_text), "%s", word(&args));
    begin(s);
    struct group_join in = {
        .member_id = mr_str_of(m->name),
        .client_id = MR_STR_LIT("client"),
        .client_host = MR_STR_LIT("/host"),
        .session_timeout_ms = 10000,
        .rebalance_timeout_ms = 60000,
        .protocol_type = MR_STR_LIT("consumer"),
        .protocol_count = 1,
        .id_required = true,
    };
    for (const char *w, *v; *(w = word(&args)) != '\0';) {
        if ((v = value_of(w, "own")) != NULL)
            owned = parse_parts(s, v);
        else if ((v = value_of(w, "static")) != NULL)
            in.instance_id = mr_str_of(v);
        else if ((v = value_of(w, "type")) != NULL)
            in.protocol_type = mr_str_of(v);
        else if ((v = value_of(w, "session")) != NULL)
            in.session_timeout_ms = atoi(v);
        else if (strcmp(w, "new") == 0)
            in.member_id = MR_STR_LIT("");
        else
            fail_msg("word %s", w);
    }
    int32_t count = split(names_text, names);
    struct group_protocol p = {MR_STR_LIT("range"), subscription(s, names, count, owned)};
    in.protocols = &p;
    cgroup_join(s->g, &s->turn, &in, mr_str_of(m->name), &r);
    if (!settle(s, &r)) {
        saw(s, "%d", r.error);
        return;
    }
    m->epoch = r.member_epoch;
    saw(s, "%d %.*s", r.member_epoch, MR_STR(r.protocol_name));
}

static void classic_sync(struct cscript *s, char *args)
{
    struct one_member *m = member_of(s, word(&args));
    struct cgroup_reply r;
    struct mr_slice bytes;
    struct kw_consumer_protocol_assignment a;
    int16_t version;
    struct group_sync in = {.member_id = mr_str_of(m->name), .generation = m->epoch};
    begin(s);
    for (const char *w, *v; *(w = word(&args)) != '\0';) {
        if ((v = value_of(w, "gen")) != NULL)
            in.generation = atoi(v);
    }
    cgroup_sync(s->g, &s->turn, &in, &r, &bytes);
    if (!settle(s, &r)) {
        saw(s, "%d", r.error);
        return;
    }
    assert_int_equal(kw_assignment_decode(bytes, &s->arena, &version, &a), 0);
    struct cgroup_part items[64];
    uint32_t count = 0;
    for (int32_t i = 0; i < a.assigned_partitions_count; i++) {
        struct cgroup_topic t;
        assert_true(topic_find(&s->topics, a.assigned_partitions[i].topic, &t));
        for (int32_t k = 0; k < a.assigned_partitions[i].partitions_count; k++)
            items[count++] = (struct cgroup_part){t.id, a.assigned_partitions[i].partitions[k]};
    }
    struct cgroup_parts parts = {items, cgroup_parts_sort(items, count)};
    char text[1024];
    show_parts(s, parts, text, sizeof(text));
    remember(m, parts);
    saw(s, "%s", text[0] != '\0' ? text : "none");
}

static void do_line(struct cscript *s, char *args)
{
    const char *cmd = word(&args);
    static char text[SEEN_BYTES];
    struct cgroup_reply r;
    if (strcmp(cmd, "topic") == 0) {
        const char *name = word(&args);
        set_topic(s, name, atoi(word(&args)));
    } else if (strcmp(cmd, "drop") == 0) {
        set_topic(s, word(&args), 0);
    } else if (strcmp(cmd, "join") == 0 || strcmp(cmd, "beat") == 0) {
        heartbeat(s, args, cmd[0] == 'j');
    } else if (strcmp(cmd, "leave") == 0) {
        char line[128];
        const char *name = word(&args);
        snprintf(line, sizeof(line), "%s epoch=-1 %s", name, args);
        heartbeat(s, line, false);
    } else if (strcmp(cmd, "time") == 0) {
        pass(s, atoll(word(&args) + 1));
    } else if (strcmp(cmd, "tick") == 0) {
        tick(s);
    } else if (strcmp(cmd, "state") == 0) {
        show_state(s, s->g, text, sizeof(text));
        saw(s, "%s", text);
    } else if (strcmp(cmd, "target") == 0) {
        struct cgroup_member_view m;
        uint32_t at = 0;
        while (cgroup_next_member(s->g, &at, &m)) {
            show_parts(s, m.target, text, sizeof(text));
            saw(s, "%.*s %s", MR_STR(m.member_id), text);
        }
    } else if (strcmp(cmd, "log") == 0) {
        for (int i = 0; i < s->last_count; i++)
            saw(s, "%d", s->last[i]);
    } else if (strcmp(cmd, "fail") == 0) {
        s->fail = true;
    } else if (strcmp(cmd, "classic") == 0) {
        classic_join(s, args);
    } else if (strcmp(cmd, "sync") == 0) {
        classic_sync(s, args);
    } else if (strcmp(cmd, "cbeat") == 0) {
        struct one_member *m = member_of(s, word(&args));
        const char *gen = value_of(word(&args), "gen");
        begin(s);
        cgroup_classic_heartbeat(s->g, &s->turn, mr_str_of(m->name), (struct mr_str){NULL, 0},
                                 gen != NULL ? atoi(gen) : m->epoch, &r);
        (void)settle(s, &r);
        saw(s, "%d", r.error);
    } else if (strcmp(cmd, "cleave") == 0) {
        struct group_leaver l = {.member_id = mr_str_of(word(&args))};
        begin(s);
        cgroup_leave(s->g, &s->turn, &l, 1, &r);
        (void)settle(s, &r);
        saw(s, "%d%s", r.error != 0 ? r.error : l.ret_error, r.downgraded ? " classic" : "");
    } else if (strcmp(cmd, "commit") == 0 || strcmp(cmd, "fetch") == 0) {
        struct mr_str name = mr_str_of(word(&args));
        int32_t epoch = atoi(word(&args));
        saw(s, "%d",
            cmd[0] == 'c' ? cgroup_commit_check(s->g, name, (struct mr_str){NULL, 0}, epoch, false, true)
                          : cgroup_fetch_check(s->g, name, epoch));
    } else if (strcmp(cmd, "set") == 0) {
        const char *w = word(&args), *v;
        if ((v = value_of(w, "size")) != NULL)
            s->settings.max_size = atoi(v);
        else if ((v = value_of(w, "downgrade")) != NULL)
            s->settings.downgrade = atoi(v) != 0;
        else
            fail_msg("word %s", w);
    } else {
        fail_msg("command %s", cmd);
    }
}

static struct cscript *cscript_new(void)
{
    struct cscript *s = calloc(1, sizeof(*s));
    s->settings = (struct cgroup_settings){
        .session_timeout_ms = 45000,
        .heartbeat_interval_ms = 5000,
        .max_size = INT32_MAX,
        .regex_refresh_ms = 600000,
        .assignors = {CGROUP_UNIFORM, CGROUP_RANGE},
        .assignor_count = 2,
        .upgrade = true,
        .downgrade = true,
        .classic_max_size = INT32_MAX,
        .classic_session_ms_min = 6000,
        .classic_session_ms_max = 1800000,
        .bytes_max = UINT64_MAX,
    };
    s->topics = (struct cgroup_topics){topic_find, topic_find_id, topic_next, 1};
    s->regexes =
        (struct cgroup_regex_way){regex_check, regex_busy, regex_begin, regex_matches, regex_size, mem_free};
    arena_init(&s->arena, 256 << 20);
    s->turn = (struct cgroup_turn){.settings = &s->settings,
                                   .topics = &s->topics,
                                   .regexes = &s->regexes,
                                   .arena = &s->arena,
                                   .write = on_write};
    assert_int_equal(cgroup_new(MR_STR_LIT("g"), &s->g), 0);
    return s;
}

static void cscript_free(struct cscript *s)
{
    cgroup_free(s->g);
    for (uint32_t i = 0; i < s->log_count; i++)
        free((void *)s->log[i].key.ptr);
    for (int i = 0; i < s->member_count; i++)
        free(s->members[i].has);
    arena_done(&s->arena);
    free(s);
}

static inline void check_cgroup(const char *script)
{
    struct cscript *s = cscript_new();
    char *copy = strdup(script);
    for (char *rest = copy, *line; (line = strtok_r(rest, "\n", &rest)) != NULL;) {
        char *arrow = strstr(line, "->"), was[256];
        snprintf(was, sizeof(was), "%s", line);
        assert_non_null(arrow);
        char *expected = arrow + 2;
        while (*expected == ' ')
            expected++;
        *arrow = '\0';
        s->seen[0] = '\0';
        do_line(s, line);
        if (strcmp(s->seen, expected) != 0)
            fail_msg("%s\n  came: %s", was, s->seen);
    }
    free(copy);
    cscript_free(s);
}

#endif
