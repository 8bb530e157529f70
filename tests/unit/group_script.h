/* tests/unit/group_script.h - a classic group in virtual time, driven by words. See check_group().
 *
 * Clients have names; each remembers the member id and the generation that it was given. An id shows as its
 * client's name, the second of the same client as a#2, and so on. A line is a command, "->", and all that
 * came out of it, joined with " + ".
 *
 *   join A [KEY=VALUE]... [new] [v0] [v9]  twice, when an id is required first; "new" forgets the id; v0
 * admits at once, v9 knows skip_assignment static=I protos=range:m,rr:m type=T session=MS rebalance=MS as=B
 * (B's id) reason=R client=C join1 A ...                            once
 *        -> a leads 1 range [a b]          a follows b in 1 range        a joins 25
 *   sync A [b=x c=y]... [gen=N] [type=T] [proto=P] [static=I] [as=B]  -> a gets x      a gets nothing      a
 * syncs 27 beat A [gen=N] [static=I] [as=B]       -> 0 leave A|id=X|static=I|A,static=I ...   -> left 0 25
 * left 15 (the whole) commit A [gen=N] [static=I] [txn]      commit - [gen=N]: nobody time +MS ticks as
 * deadlines ask for hold, release                          reports on writes wait; release: report all of
 * them as good fail N                                 report on the oldest write: error N writes show as
 * write new, write empty 2, write 2 range a: a=x b=y state              -> Stable 2 consumer range a [a b]
 * (generation, type, protocol, leader) reload             a new group made of the snapshot, as after a crash
 *   set KEY=VALUE...   delay=MS size=N min=MS max=MS
 *   tight N            the group may take N bytes more than it does
 *   delete | offset-delete | subscribes T | expire | deadline | void | doom | unload N
 */
#ifndef GROUP_SCRIPT_H
#define GROUP_SCRIPT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/group_priv.h"
#include "core/mem.h"
#include "net/wire/gen/group_log.h"
#include "net/wire/kw_error.h"

enum { CLIENTS_MAX = 1024, IDS_MAX = 1024, REQUESTS_MAX = 4096, WRITES_MAX = 64, SEEN_BYTES = 8192 };

#define WALL_MS INT64_C(1700000000000)

struct client {
    char name[16];
    char id[96]; /* "" before it has one */
    int32_t generation;
    int ids; /* that it was given */
};

struct request {
    struct client *from; /* NULL: a leave */
    struct group_leaver *leavers;
    int leaver_count;
    bool answered;
};

struct script {
    struct group *g;
    struct group_turn turn;
    struct group_limits limits;
    struct mr_arena arena;
    int64_t now_ms;
    bool hold;
    bool quiet;         /* too many to be listened to */
    bool hide_metadata; /* it is no text */
    uint64_t writes[WRITES_MAX];
    int write_count;
    struct client clients[CLIENTS_MAX];
    int client_count;
    struct {
        char id[96], shown[24];
    } ids[IDS_MAX];
    int id_count;
    struct client *joins[REQUESTS_MAX]; /* in order; the number is in the id that comes of it */
    uint16_t join_count;
    struct request requests[REQUESTS_MAX];
    int request_count;
    char seen[SEEN_BYTES];
};

static void saw(struct script *s, const char *fmt, ...) MR_PRINTF(2, 3);
static void saw(struct script *s, const char *fmt, ...)
{
    size_t len = strlen(s->seen);
    va_list args;
    if (s->quiet)
        return;
    if (len > 0)
        len += (size_t)snprintf(s->seen + len, sizeof(s->seen) - len, " + ");
    va_start(args, fmt);
    vsnprintf(s->seen + len, sizeof(s->seen) - len, fmt, args);
    va_end(args);
}
static void also(struct script *s, const char *fmt, ...) MR_PRINTF(2, 3);
static void also(struct script *s, const char *fmt, ...)
{
    size_t len = strlen(s->seen);
    va_list args;
    if (s->quiet)
        return;
    va_start(args, fmt);
    vsnprintf(s->seen + len, sizeof(s->seen) - len, fmt, args);
    va_end(args);
}

static struct client *client_of(struct script *s, const char *name)
{
    for (int i = 0; i < s->client_count; i++) {
        if (strcmp(s->clients[i].name, name) == 0)
            return &s->clients[i];
    }
    assert_true(s->client_count < CLIENTS_MAX);
    struct client *c = &s->clients[s->client_count++];
    snprintf(c->name, sizeof(c->name), "%s", name);
    c->id[0] = '\0';
    c->generation = -1;
    return c;
}

/* An id ends with the number of the join that it was made for, and that was of a client. */
static const char *shown(struct script *s, struct mr_str id)
{
    for (int i = 0; i < s->id_count; i++) {
        if (mr_str_is(id, s->ids[i].id))
            return s->ids[i].shown;
    }
    if (id.len == 0)
        return "-";
    char digits[5] = "";
    memcpy(digits, id.ptr + id.len - 4, 4);
    unsigned long join = strtoul(digits, NULL, 16);
    assert_true(s->id_count < IDS_MAX && id.len < sizeof(s->ids[0].id) && join < REQUESTS_MAX);
    const struct client *c = s->joins[join];
    int n = ++s->joins[join]->ids;
    snprintf(s->ids[s->id_count].id, sizeof(s->ids[0].id), "%.*s", MR_STR(id));
    if (n == 1)
        snprintf(s->ids[s->id_count].shown, sizeof(s->ids[0].shown), "%s", c->name);
    else
        snprintf(s->ids[s->id_count].shown, sizeof(s->ids[0].shown), "%s#%d", c->name, n);
    return s->ids[s->id_count++].shown;
}

static void learn(struct script *s, struct client *c, struct mr_str id)
{
    (void)shown(s, id);
    assert_true(id.len < sizeof(c->id));
    snprintf(c->id, sizeof(c->id), "%.*s", MR_STR(id));
}

/* ---- what comes out ---- */

static struct script *script_of(struct group_turn *t)
{
    return MR_CONTAINER(t, struct script, turn);
}

static void on_joined(struct group_turn *t, const struct group *g, void *req,
                      const struct group_join_answer *a)
{
    struct script *s = script_of(t);
    struct request *r = req;
    struct group_member_view m;
    uint32_t at = 0;
    const char *sep = "";
    assert_false(r->answered);
    r->answered = true;
    if (a->error != KW_NONE) {
        saw(s, "%s joins %d", r->from->name, a->error);
        if (a->error == KW_MEMBER_ID_REQUIRED)
            learn(s, r->from, a->member_id);
        assert_false(a->with_members);
        return;
    }
    learn(s, r->from, a->member_id);
    r->from->generation = a->generation;
    assert_int_not_equal(a->protocol_type.len, 0);
    saw(s, "%s %s %d %.*s", r->from->name, mr_str_eq(a->leader, a->member_id) ? "leads" : "in", a->generation,
        MR_STR(a->protocol_name));
    if (!mr_str_eq(a->leader, a->member_id))
        also(s, " under %s", shown(s, a->leader));
    if (a->skip_assignment)
        also(s, " skip");
    if (!a->with_members)
        return;
    also(s, " [");
    for (; group_next_member(g, &at, &m); sep = " ")
        also(s, "%s%.*s%s%.*s", sep,
             MR_STR(m.member_id.len > 0 ? mr_str_of(shown(s, m.member_id)) : m.member_id),
             !s->hide_metadata && m.metadata.len > 0 ? ":" : "", s->hide_metadata ? 0 : (int)m.metadata.len,
             m.metadata.ptr);
    also(s, "]");
}

static void on_synced(struct group_turn *t, const struct group *g, void *req,
                      const struct group_sync_answer *a)
{
    struct script *s = script_of(t);
    struct request *r = req;
    (void)g;
    assert_false(r->answered);
    r->answered = true;
    assert_non_null(a->assignment.ptr);
    if (a->error != KW_NONE)
        saw(s, "%s syncs %d", r->from->name, a->error);
    else if (a->assignment.len == 0)
        saw(s, "%s gets nothing", r->from->name);
    else
        saw(s, "%s gets %.*s", r->from->name, (int)a->assignment.len, a->assignment.ptr);
    assert_true((a->error == KW_NONE) == (a->protocol_type.ptr != NULL));
}

static void on_left(struct group_turn *t, const struct group *g, void *req, int16_t error)
{
    struct script *s = script_of(t);
    struct request *r = req;
    (void)g;
    assert_false(r->answered);
    r->answered = true;
    saw(s, "left");
    if (error != KW_NONE)
        also(s, " %d (all)", error);
    for (int i = 0; i < r->leaver_count && error == KW_NONE; i++)
        also(s, " %d", r->leavers[i].ret_error);
}

static void show_record(struct script *s, struct mr_slice key, struct mr_slice value)
{
    struct kw_reader r = kw_reader_of(key);
    struct kw_group_metadata_key k;
    struct kw_group_metadata_value v;
    assert_int_equal(kw_get_int16(&r), 2);
    assert_int_equal(kw_group_metadata_key_decode(&r, 0, &s->arena, &k), 0);
    assert_true(mr_str_is(k.group, "g") && kw_left(&r) == 0);
    r = kw_reader_of(value);
    assert_int_equal(kw_get_int16(&r), 3);
    assert_int_equal(kw_group_metadata_value_decode(&r, 3, &s->arena, &v), 0);
    assert_int_equal(kw_left(&r), 0);
    assert_true(v.current_state_timestamp >= WALL_MS);
    if (v.members_count == 0) {
        assert_true(v.protocol.ptr == NULL && v.leader.ptr == NULL);
        if (v.protocol_type.len == 0)
            saw(s, "write new");
        else
            saw(s, "write empty %d", v.generation);
        return;
    }
    saw(s, "write %d %.*s %s:", v.generation, MR_STR(v.protocol), shown(s, v.leader));
    for (int32_t i = 0; i < v.members_count; i++)
        also(s, " %s=%.*s", shown(s, v.members[i].member_id), (int)v.members[i].assignment.len,
             v.members[i].assignment.ptr);
}

static void on_write(struct group_turn *t, const struct group *g, uint64_t token, struct mr_slice key,
                     struct mr_slice value)
{
    struct script *s = script_of(t);
    (void)g;
    show_record(s, key, value);
    assert_true(s->write_count < WRITES_MAX);
    s->writes[s->write_count++] = token;
}

static void report(struct script *s, int16_t error)
{
    uint64_t token = s->writes[0];
    assert_true(s->write_count > 0);
    memmove(s->writes, s->writes + 1, (size_t)--s->write_count * sizeof(token));
    int before = s->write_count;
    s->turn.now_ms = s->now_ms;
    group_written(s->g, &s->turn, token, error);
    assert_int_equal(s->write_count, before); /* it never writes */
}

static void settle(struct script *s)
{
    while (!s->hold && s->write_count > 0)
        report(s, KW_NONE);
    arena_reset(&s->arena);
}

/* ---- words ---- */

static const char *value_of(char **w, const char *key)
{
    size_t len = strlen(key);
    for (; *w != NULL; w++) {
        if (strncmp(*w, key, len) == 0 && (*w)[len] == '=')
            return *w + len + 1;
    }
    return NULL;
}

static bool has(char **w, const char *word)
{
    for (; *w != NULL; w++) {
        if (strcmp(*w, word) == 0)
            return true;
    }
    return false;
}

static int32_t number_of(char **w, const char *key, int32_t otherwise)
{
    const char *v = value_of(w, key);
    return v != NULL ? atoi(v) : otherwise;
}

static struct request *request_new(struct script *s, struct client *from)
{
    assert_true(s->request_count < REQUESTS_MAX);
    struct request *r = &s->requests[s->request_count++];
    *r = (struct request){.from = from};
    return r;
}

/* Of the options as= and static=; else the client's own. */
static struct mr_str id_of(struct script *s, struct client *c, char **w)
{
    const char *as = value_of(w, "as");
    return mr_str_of(as != NULL ? client_of(s, as)->id : c->id);
}

static void join(struct script *s, char **w, bool twice)
{
    struct client *c = client_of(s, w[0]);
    struct group_protocol protocols[8];
    char list[256], *save;
    snprintf(list, sizeof(list), "%s", value_of(w, "protos") != NULL ? value_of(w, "protos") : "range");
    if (has(w, "new"))
        c->id[0] = '\0';
    struct group_join in = {
        .member_id = id_of(s, c, w),
        .instance_id = mr_str_of(value_of(w, "static")),
        .client_id = mr_str_of(value_of(w, "client") != NULL ? value_of(w, "client") : c->name),
        .client_host = MR_STR_LIT("/127.0.0.1"),
        .session_timeout_ms = number_of(w, "session", 10000),
        .rebalance_timeout_ms = number_of(w, "rebalance", 60000),
        .protocol_type = mr_str_of(value_of(w, "type") != NULL ? value_of(w, "type") : "consumer"),
        .protocols = protocols,
        .reason = mr_str_of(value_of(w, "reason")),
        .id_required = !has(w, "v0"),
        .skip_assignment_known = has(w, "v9"),
    };
    mr_put16(&in.fresh.bytes[14], s->join_count);
    s->joins[s->join_count++] = c;
    for (char *p = strtok_r(list, ",", &save); p != NULL; p = strtok_r(NULL, ",", &save)) {
        char *colon = strchr(p, ':');
        struct mr_slice meta = {(const uint8_t *)"", 0};
        if (colon != NULL) {
            *colon = '\0';
            meta = (struct mr_slice){(const uint8_t *)colon + 1, strlen(colon + 1)};
        }
        if (strcmp(p, "none") != 0)
            protocols[in.protocol_count++] = (struct group_protocol){mr_str_of(p), meta};
    }
    bool had_id = in.member_id.len > 0;
    struct request *r = request_new(s, c);
    group_join(s->g, &s->turn, r, &in);
    if (!twice || had_id || !r->answered || c->id[0] == '\0' || in.instance_id.ptr != NULL)
        return;
    char required[64];
    snprintf(required, sizeof(required), "%s joins %d", c->name, KW_MEMBER_ID_REQUIRED);
    char *said = strstr(s->seen, required);
    if (said == NULL)
        return;
    memmove(said, said + strlen(required), strlen(said + strlen(required)) + 1);
    if (strncmp(s->seen, " + ", 3) == 0)
        memmove(s->seen, s->seen + 3, strlen(s->seen + 3) + 1);
    settle(s);
    in.member_id = mr_str_of(c->id);
    group_join(s->g, &s->turn, request_new(s, c), &in);
}

static void sync(struct script *s, char **w)
{
    struct client *c = client_of(s, w[0]);
    struct group_assignment assignments[16];
    struct group_sync in = {
        .member_id = id_of(s, c, w),
        .instance_id = mr_str_of(value_of(w, "static")),
        .generation = number_of(w, "gen", c->generation),
        .protocol_type = mr_str_of(value_of(w, "type")),
        .protocol_name = mr_str_of(value_of(w, "proto")),
        .assignments = assignments,
    };
    for (char **p = w + 1; *p != NULL; p++) {
        char *eq = strchr(*p, '=');
        if (eq == NULL || strncmp(*p, "gen=", 4) == 0 || strncmp(*p, "type=", 5) == 0 ||
            strncmp(*p, "proto=", 6) == 0 || strncmp(*p, "static=", 7) == 0 || strncmp(*p, "as=", 3) == 0)
            continue;
        *eq = '\0';
        assignments[in.assignment_count++] =
            (struct group_assignment){mr_str_of(client_of(s, *p)->id),
                                      {(const uint8_t *)eq + 1, strlen(eq + 1)}};
    }
    group_sync(s->g, &s->turn, request_new(s, c), &in);
}

/* a | static=I | a,static=I | id=X */
static void leave(struct script *s, char **w)
{
    struct request *r = request_new(s, NULL);
    int n = 0;
    while (w[n] != NULL)
        n++;
    r->leavers = mem_zalloc((size_t)n + 1, sizeof(*r->leavers));
    for (r->leaver_count = 0; *w != NULL; w++) {
        struct group_leaver *l = &r->leavers[r->leaver_count++];
        char *instance = strstr(*w, "static=");
        l->member_id = MR_STR_LIT("");
        if (instance != NULL) {
            l->instance_id = mr_str_of(instance + 7);
            if (instance > *w)
                instance[-1] = '\0';
            else
                continue;
        }
        l->member_id = strncmp(*w, "id=", 3) == 0 ? mr_str_of(*w + 3) : mr_str_of(client_of(s, *w)->id);
    }
    group_leave(s->g, &s->turn, r, r->leavers, r->leaver_count);
}

static void pass(struct script *s, int64_t ms)
{
    int64_t until = s->now_ms + ms;
    for (int i = 0; group_next_deadline(s->g) <= until; i++) {
        assert_true(i < 10000);
        s->now_ms = mr_imax(s->now_ms, group_next_deadline(s->g));
        s->turn.now_ms = s->now_ms;
        s->turn.wall_ms = WALL_MS + s->now_ms;
        group_tick(s->g, &s->turn);
        settle(s);
    }
    s->now_ms = until;
}

static void show_state(struct script *s)
{
    struct group_view v;
    struct group_member_view m;
    uint32_t at = 0;
    const char *sep = "";
    int32_t count = 0;
    group_describe(s->g, &v);
    saw(s, "%s %d %s %s %s [", group_state_name(v.state), v.generation,
        v.protocol_type.len > 0 ? v.protocol_type.ptr : "-",
        v.protocol_name.len > 0 ? v.protocol_name.ptr : "-", shown(s, v.leader));
    for (; group_next_member(s->g, &at, &m); sep = " ", count++) {
        also(s, "%s%s", sep, shown(s, m.member_id));
        if (m.assignment.len > 0)
            also(s, "=%.*s", (int)m.assignment.len, m.assignment.ptr);
    }
    also(s, "]");
    assert_int_equal(count, v.member_count);
}

/* The record that would describe g now. During a rebalance nobody owns anything that a crash must keep: an
 * empty group of the same generation sends the members to join again, and no generation is given out twice.
 * *ret_value is null when there is nothing to say: a group that only has offsets. */
static void snapshot(const struct group *g, struct mr_arena *a, struct mr_slice *ret_key,
                     struct mr_slice *ret_value)
{
    enum group_content content = g->state == GROUP_STABLE ? GROUP_CONTENT_CURRENT : GROUP_CONTENT_EMPTY;
    assert_true(list_empty(&g->writes)); /* theirs would be the newer record, with older content */
    *ret_value = (struct mr_slice){NULL, 0};
    assert_int_equal(group_key(g, a, ret_key), 0);
    if (g->recorded && g->state != GROUP_DEAD)
        assert_int_equal(group_value(g, content, a, ret_value), 0);
}

/* Crash and come back: what was answered is in the snapshot or void. */
static void reload(struct script *s)
{
    struct mr_slice key, value;
    struct group *fresh;
    snapshot(s->g, &s->arena, &key, &value);
    group_unload(s->g, &s->turn, KW_NOT_COORDINATOR);
    group_free(s->g);
    s->seen[0] = '\0'; /* the crash ate the answers */
    assert_int_equal(group_new(MR_STR_LIT("g"), WALL_MS, &fresh), 0);
    s->g = fresh;
    if (value.ptr == NULL) {
        saw(s, "no record");
        return;
    }
    assert_int_equal(group_load(s->g, value), 0);
    group_loaded(s->g, &s->turn);
}

static void set(struct script *s, char **w)
{
    s->limits.initial_rebalance_delay_ms = number_of(w, "delay", s->limits.initial_rebalance_delay_ms);
    s->limits.max_size = number_of(w, "size", s->limits.max_size);
    s->limits.session_timeout_ms_min = number_of(w, "min", s->limits.session_timeout_ms_min);
    s->limits.session_timeout_ms_max = number_of(w, "max", s->limits.session_timeout_ms_max);
}

static void commit(struct script *s, char **w)
{
    struct client *c = strcmp(w[0], "-") == 0 ? NULL : client_of(s, w[0]);
    saw(s, "%d",
        group_commit_check(s->g, &s->turn, c != NULL ? id_of(s, c, w) : MR_STR_LIT(""),
                           mr_str_of(value_of(w, "static")),
                           number_of(w, "gen", c != NULL ? c->generation : -1), has(w, "txn")));
}

static void obey(struct script *s, char **w)
{
    char **args = w + 1;
    struct client *c;
    int64_t since;
    s->turn.now_ms = s->now_ms;
    s->turn.wall_ms = WALL_MS + s->now_ms;
    if (strcmp(w[0], "join") == 0)
        join(s, args, true);
    else if (strcmp(w[0], "join1") == 0)
        join(s, args, false);
    else if (strcmp(w[0], "sync") == 0)
        sync(s, args);
    else if (strcmp(w[0], "beat") == 0) {
        c = client_of(s, args[0]);
        saw(s, "%d",
            group_heartbeat(s->g, &s->turn, id_of(s, c, args), mr_str_of(value_of(args, "static")),
                            number_of(args, "gen", c->generation)));
    } else if (strcmp(w[0], "leave") == 0)
        leave(s, args);
    else if (strcmp(w[0], "commit") == 0)
        commit(s, args);
    else if (strcmp(w[0], "time") == 0)
        pass(s, atoi(args[0]));
    else if (strcmp(w[0], "hold") == 0)
        s->hold = true;
    else if (strcmp(w[0], "release") == 0)
        s->hold = false;
    else if (strcmp(w[0], "fail") == 0)
        report(s, (int16_t)atoi(args[0]));
    else if (strcmp(w[0], "state") == 0)
        show_state(s);
    else if (strcmp(w[0], "reload") == 0)
        reload(s);
    else if (strcmp(w[0], "set") == 0)
        set(s, args);
    else if (strcmp(w[0], "tight") == 0)
        s->limits.bytes_max = group_bytes(s->g) + (uint64_t)atoi(args[0]);
    else if (strcmp(w[0], "delete") == 0)
        saw(s, "%d", group_delete_check(s->g));
    else if (strcmp(w[0], "offset-delete") == 0)
        saw(s, "%d", group_offset_delete_check(s->g));
    else if (strcmp(w[0], "subscribes") == 0)
        saw(s, "%s", group_subscribes(s->g, mr_str_of(args[0])) ? "yes" : "no");
    else if (strcmp(w[0], "expire") == 0) {
        if (!group_expires(s->g, &since))
            saw(s, "no");
        else if (since < 0)
            saw(s, "since commit");
        else
            saw(s, "since %lld", (long long)(since - WALL_MS));
    } else if (strcmp(w[0], "deadline") == 0)
        saw(s, "%lld",
            group_next_deadline(s->g) == GROUP_NEVER ? -1LL
                                                     : (long long)(group_next_deadline(s->g) - s->now_ms));
    else if (strcmp(w[0], "void") == 0)
        saw(s, "%s", group_void(s->g) ? "yes" : "no");
    else if (strcmp(w[0], "doom") == 0)
        group_doom(s->g);
    else if (strcmp(w[0], "unload") == 0)
        group_unload(s->g, &s->turn, (int16_t)atoi(args[0]));
    else
        fail_msg("what is %s", w[0]);
    settle(s);
}

/* ---- the checker ---- */

static void script_init(struct script *s)
{
    memset(s, 0, sizeof(*s));
    s->limits = (struct group_limits){6000, 1800000, 3000, INT32_MAX, 1 << 30};
    s->now_ms = 1000;
    arena_init(&s->arena, 1 << 24);
    s->turn = (struct group_turn){
        .limits = &s->limits,
        .arena = &s->arena,
        .joined = on_joined,
        .synced = on_synced,
        .left = on_left,
        .write = on_write,
    };
    assert_int_equal(group_new(MR_STR_LIT("g"), WALL_MS, &s->g), 0);
}

/* Nothing is left unanswered, and no memory is kept. */
static void script_done(struct script *s)
{
    s->seen[0] = '\0';
    group_unload(s->g, &s->turn, KW_NOT_COORDINATOR);
    for (int i = 0; i < s->request_count; i++) {
        assert_true(s->requests[i].answered);
        mem_free(s->requests[i].leavers);
    }
    group_free(s->g);
    arena_done(&s->arena);
}

static void script_run(struct script *s, const char *text)
{
    char *copy = strdup(text), *save;
    for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char whole[1024], *arrow = strstr(line, "->"), *words[32] = {NULL}, *word_save;
        int n = 0;
        snprintf(whole, sizeof(whole), "%s", line);
        if (arrow != NULL)
            *arrow = '\0';
        char *want = arrow != NULL ? arrow + 2 + strspn(arrow + 2, " ") : line + strlen(line);
        for (size_t len = strlen(want); len > 0 && want[len - 1] == ' ';)
            want[--len] = '\0';
        for (char *w = strtok_r(line, " ", &word_save); w != NULL && n < 31;
             w = strtok_r(NULL, " ", &word_save))
            words[n++] = w;
        if (n == 0)
            continue;
        s->seen[0] = '\0';
        obey(s, words);
        if (strcmp(s->seen, want) != 0)
            fail_msg("%s\n  but it was: %s", whole, s->seen);
    }
    free(copy);
}

static void check_group(const char *text)
{
    static struct script s;
    script_init(&s);
    script_run(&s, text);
    script_done(&s);
}

#endif
