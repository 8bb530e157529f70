/* A group as a record of __consumer_offsets, and back. */
#include "core/broker/group_priv.h"
#include "net/wire/gen/group_log.h"

enum {
    KEY_TYPE = 2,
    VALUE_VERSION = 3,              /* what Kafka 4.1 writes */
    VALUE_BYTES_MAX = 1 << 30,      /* the log refuses much smaller ones */
    LOAD_ARENA_BYTES_MAX = 1 << 28, /* of the members of one record */
};

static const struct mr_slice nothing = {(const uint8_t *)"", 0};

int group_key(const struct group *g, struct mr_arena *a, struct mr_slice *ret)
{
    struct kw_group_metadata_key key = {.group = g->id};
    struct kw_writer w;
    kw_writer_init(&w, a, g->id.len + 8, VALUE_BYTES_MAX, false);
    kw_put_int16(&w, KEY_TYPE);
    kw_group_metadata_key_encode(&w, 0, &key);
    if (w.err == 0)
        *ret = (struct mr_slice){w.buf, w.len};
    return w.err;
}

static struct mr_slice or_nothing(struct mr_slice s)
{
    return s.ptr != NULL ? s : nothing;
}

/* All members; *bytes: about what they take. */
static int put_members(const struct group *g, bool next, struct mr_arena *a,
                       struct kw_group_metadata_value *v, size_t *bytes)
{
    uint32_t at = 0;
    v->members = arena_array(a, struct kw_group_metadata_value_member, group_count(g));
    if (v->members == NULL)
        return -MR_E_LIMIT;
    for (const struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        struct kw_group_metadata_value_member *dst = &v->members[v->members_count++];
        kw_group_metadata_value_member_init(dst);
        dst->member_id = m->id;
        dst->group_instance_id = m->instance_id;
        dst->client_id = m->client_id;
        dst->client_host = m->client_host;
        dst->rebalance_timeout = m->rebalance_timeout_ms;
        dst->session_timeout = m->session_timeout_ms;
        dst->subscription = group_metadata(m, g->protocol_name);
        dst->assignment = or_nothing(next ? m->next : m->assignment);
        *bytes += m->bytes + dst->subscription.len + dst->assignment.len;
    }
    return 0;
}

int group_value(const struct group *g, enum group_content content, struct mr_arena *a, struct mr_slice *ret)
{
    struct kw_group_metadata_value v;
    struct kw_writer w;
    size_t bytes = 64;
    bool members = content == GROUP_CONTENT_CURRENT || content == GROUP_CONTENT_NEXT;
    kw_group_metadata_value_init(&v);
    v.current_state_timestamp = g->state_wall_ms;
    v.protocol = v.leader = (struct mr_str){NULL, 0};
    v.protocol_type = MR_STR_LIT("");
    if (content != GROUP_CONTENT_NEW) {
        v.generation = g->generation;
        if (g->protocol_type.ptr != NULL)
            v.protocol_type = g->protocol_type;
    }
    if (members) {
        v.protocol = g->protocol_name;
        if (g->leader != NULL)
            v.leader = g->leader->id;
        int err = put_members(g, content == GROUP_CONTENT_NEXT, a, &v, &bytes);
        if (err != 0)
            return err;
    }
    kw_writer_init(&w, a, bytes, VALUE_BYTES_MAX, false);
    kw_put_int16(&w, VALUE_VERSION);
    kw_group_metadata_value_encode(&w, VALUE_VERSION, &v);
    if (w.err == 0)
        *ret = (struct mr_slice){w.buf, w.len};
    return w.err;
}

/* ---- loading ---- */

static int load_member(struct group *g, const struct kw_group_metadata_value *v,
                       const struct kw_group_metadata_value_member *src)
{
    /* The log knows a member's metadata for the protocol that was chosen, and so does the group until it
     * joins again. */
    struct group_protocol protocol = {v->protocol.ptr != NULL ? v->protocol : MR_STR_LIT(""),
                                      src->subscription};
    struct group_join in = {
        .instance_id = src->group_instance_id,
        .client_id = src->client_id,
        .client_host = src->client_host,
        .session_timeout_ms = src->session_timeout,
        .rebalance_timeout_ms = src->rebalance_timeout >= 0 ? src->rebalance_timeout : src->session_timeout,
        .protocols = &protocol,
        .protocol_count = 1,
    };
    struct group_member *m;
    if (group_member(g, src->member_id) != NULL ||
        (src->group_instance_id.ptr != NULL && smap_get(&g->instances, src->group_instance_id) != NULL))
        return -MR_E_CORRUPT;
    int err = group_member_new(src->member_id, &in, &m);
    if (err != 0)
        return err;
    err = group_member_add(g, m, v->protocol_type);
    if (err != 0) {
        group_member_free(m);
        return err;
    }
    return group_bytes_set(g, &m->assignment, src->assignment);
}

static int load_all(struct group *g, const struct kw_group_metadata_value *v)
{
    int err = 0;
    if (v->protocol_type.len > 0)
        err = group_text_set(g, &g->protocol_type, v->protocol_type);
    if (err == 0)
        err = group_text_set(g, &g->protocol_name, v->protocol);
    for (int32_t i = 0; i < v->members_count && err == 0; i++)
        err = load_member(g, v, &v->members[i]);
    if (err != 0)
        return err;
    struct group_member *leader = v->leader.ptr != NULL ? group_member(g, v->leader) : NULL;
    if (leader != NULL)
        g->leader = leader;
    g->state = v->members_count > 0 ? GROUP_STABLE : GROUP_EMPTY;
    g->generation = v->generation;
    g->state_wall_ms = v->current_state_timestamp;
    g->recorded = true;
    group_topics_find(g);
    return 0;
}

/* Everything but the names, which lie behind the structs. */
static void trade(struct group *a, struct group *b)
{
    struct group was = *a;
    *a = *b;
    *b = was;
    b->id = a->id;
    a->id = was.id;
    a->tokens = was.tokens;
    list_init(&a->writes);
    list_init(&b->writes);
}

int group_load(struct group *g, struct mr_slice value)
{
    struct kw_reader r = kw_reader_of(value);
    struct kw_group_metadata_value v;
    struct mr_arena a;
    struct group *fresh;
    MR_ASSERT(group_idle(g));
    int16_t version = kw_get_int16(&r);
    if (r.err != 0)
        return r.err;
    arena_init(&a, LOAD_ARENA_BYTES_MAX);
    int err = kw_group_metadata_value_decode(&r, version, &a, &v);
    if (err == 0)
        err = group_new(g->id, 0, &fresh);
    if (err == 0) {
        err = load_all(fresh, &v);
        if (err == 0)
            trade(g, fresh);
        group_free(fresh);
    }
    arena_done(&a);
    return err;
}

void group_loaded(struct group *g, struct group_turn *t)
{
    uint32_t at = 0;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;)
        group_member_alive(g, t, m);
    /* The bound was lowered: who joins last is out. */
    if (group_count(g) > (uint32_t)mr_imax(t->limits->max_size, 0))
        group_prepare(g, t, &(struct group_cause){{"", 0}, "the group is too large", {NULL, 0}});
}
