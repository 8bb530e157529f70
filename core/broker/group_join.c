/* Who comes: new members, members that come again, static members under a new id. */
#include "core/broker/group_priv.h"
#include "core/mem.h"

enum { UUID_TEXT_BYTES = 36 };

static const struct mr_str no_id = {"", 0};

/* As Java prints a random UUID. */
static void put_uuid(char *dst, struct mr_uuid id)
{
    static const char hex[] = "0123456789abcdef";
    id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x40); /* version 4 */
    id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
    for (unsigned i = 0; i < sizeof(id.bytes); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *dst++ = '-';
        *dst++ = hex[id.bytes[i] >> 4];
        *dst++ = hex[id.bytes[i] & 15];
    }
}

/* What the client or the instance is called, and a UUID. NULL: out of memory; the caller frees it. */
static char *make_id(const struct group_join *in, struct mr_str *ret)
{
    struct mr_str stem = in->instance_id.ptr != NULL ? in->instance_id : in->client_id;
    char *text = mem_alloc(stem.len + 1 + UUID_TEXT_BYTES);
    if (text == NULL)
        return NULL;
    if (stem.len > 0)
        memcpy(text, stem.ptr, stem.len);
    text[stem.len] = '-';
    put_uuid(text + stem.len + 1, in->fresh);
    *ret = (struct mr_str){text, stem.len + 1 + UUID_TEXT_BYTES};
    return text;
}

static bool too_long(const struct group_join *in)
{
    struct mr_str stem = in->instance_id.ptr != NULL ? in->instance_id : in->client_id;
    return stem.len + 1 + UUID_TEXT_BYTES > GROUP_ID_BYTES_MAX;
}

/* KIP-389. What counts during a rebalance is who has come: whoever comes too late is out, so a group that was
 * larger once shrinks. */
static bool has_room(const struct group *g, const struct group_limits *limits, struct mr_str member_id)
{
    const struct group_member *m = group_member(g, member_id);
    int64_t most = limits->max_size;
    switch (g->state) {
    case GROUP_EMPTY:
    case GROUP_DEAD:
        return true;
    case GROUP_PREPARING:
        return (m != NULL && m->join_req != NULL) || g->joining < most;
    case GROUP_COMPLETING:
    case GROUP_STABLE:
        return m != NULL || group_count(g) < most;
    }
    return false;
}

/* The group's first record. Not earlier: a refused join leaves nothing. */
static void record_group(struct group *g, struct group_turn *t)
{
    if (g->recorded)
        return;
    struct group_write *w = group_write_new(g, GROUP_WRITE_CREATE, NULL, 0);
    if (w != NULL && group_write(g, t, w, GROUP_CONTENT_NEW) != 0)
        group_write_free(g, w); /* without memory: the next join tries again */
}

static void add(struct group *g, struct group_turn *t, void *req, const struct group_join *in,
                struct mr_str id)
{
    struct group_member *m;
    int err = group_member_new(id, in, &m);
    if (err == 0 && (err = group_member_add(g, m, in->protocol_type)) != 0)
        group_member_free(m);
    if (err != 0) {
        group_join_error(g, t, req, KW_COORDINATOR_NOT_AVAILABLE, no_id);
        return;
    }
    group_pending_remove(g, id);
    if (g->state == GROUP_PREPARING && g->previous == GROUP_EMPTY)
        g->new_member = true; /* prolongs the initial delay */
    m->is_new = true;
    m->due_ms = t->now_ms + GROUP_NEW_MEMBER_MS;
    group_due(g, m->due_ms);
    group_join_wait(g, t, m, req);
    record_group(g, t);
    group_disturb(g, t, &(struct group_cause){m->id, "a new member", in->reason});
}

static void update(struct group *g, struct group_turn *t, void *req, const struct group_join *in,
                   struct group_member *m, const char *why)
{
    if (group_member_update(g, m, in) != 0) {
        group_join_error(g, t, req, KW_COORDINATOR_NOT_AVAILABLE, m->id);
        return;
    }
    group_join_wait(g, t, m, req);
    group_disturb(g, t, &(struct group_cause){m->id, why, in->reason});
}

/* ---- a static member under a new id (KIP-345) ---- */

/* Stable, and the choice of protocol stays as it is: the others need not know. The new id must be on disk
 * before its owner hears of it: after a crash the old one would be back. */
static void replace_quietly(struct group *g, struct group_turn *t, const struct group_join *in,
                            struct group_member *old, struct group_member *m, struct mr_str leader)
{
    struct group_write *w = group_write_new(g, GROUP_WRITE_REPLACE, old, m->id.len + leader.len);
    if (w != NULL) {
        char *text = (char *)(w + 1);
        memcpy(text, m->id.ptr, m->id.len);
        memcpy(text + m->id.len, leader.ptr, leader.len);
        w->new_id = (struct mr_str){text, m->id.len};
        w->leader = (struct mr_str){text + m->id.len, leader.len};
        w->join_req = m->join_req;
        w->skip_assignment_known = in->skip_assignment_known;
        if (group_write(g, t, w, GROUP_CONTENT_CURRENT) == 0)
            return;
        group_write_free(g, w); /* with old */
    } else {
        group_member_free(old);
    }
    /* It cannot be kept quiet: all shall join. */
    group_prepare(g, t, &(struct group_cause){m->id, "a static member that cannot be written", in->reason});
}

static void replace(struct group *g, struct group_turn *t, void *req, const struct group_join *in,
                    struct group_member *old, struct mr_str id)
{
    struct group_member *m;
    struct mr_str leader = g->leader->id; /* old's own, perhaps: it lives on for a while */
    if (group_member_new(id, in, &m) != 0) {
        group_join_error(g, t, req, KW_COORDINATOR_NOT_AVAILABLE, no_id);
        return;
    }
    group_join_refuse(g, t, old, KW_FENCED_INSTANCE_ID, old->id);
    group_sync_answer(g, t, old, KW_FENCED_INSTANCE_ID);
    if (group_member_swap(g, old, m) != 0) {
        group_member_free(m);
        group_join_error(g, t, req, KW_COORDINATOR_NOT_AVAILABLE, no_id);
        return;
    }
    group_member_alive(g, t, m);
    group_join_wait(g, t, m, req);

    struct group_cause cause = {m->id, "a static member is back", in->reason};
    if (g->state == GROUP_STABLE && mr_str_eq(group_choose_protocol(g), g->protocol_name)) {
        replace_quietly(g, t, in, old, m, leader);
        return;
    }
    group_member_free(old);
    if (g->state == GROUP_PREPARING)
        group_may_complete(g, t);
    else /* Completing: the leader may be assigning to the old id already */
        group_prepare(g, t, &cause);
}

/* Who was back hears of it, if the group has not gone on without this: then the join phase answers. */
static void replaced_well(struct group *g, struct group_turn *t, const struct group_write *w,
                          struct group_member *m)
{
    if (g->state != GROUP_STABLE)
        return;
    group_member_alive(g, t, m);
    if (w->skip_assignment_known) {
        group_join_accept(g, t, m, g->leader == m);
        return;
    }
    /* Older clients assign when they lead, and must not now: the leader is named by its old id. */
    struct group_join_answer a = {
        .generation = g->generation,
        .protocol_type = g->protocol_type,
        .protocol_name = g->protocol_name,
        .leader = w->leader,
        .member_id = m->id,
    };
    t->joined(t, g, group_join_take(g, m), &a);
}

/* The log still has the old id. */
static void replaced_badly(struct group *g, struct group_turn *t, struct group_write *w,
                           struct group_member *m, int16_t error)
{
    struct group_join_answer a = {
        .error = group_write_error(error),
        .generation = g->generation,
        .protocol_type = g->protocol_type,
        .protocol_name = g->protocol_name,
        .leader = w->leader,
        .member_id = no_id,
    };
    t->joined(t, g, group_join_take(g, m), &a);
    if (group_member_swap(g, m, w->old) != 0)
        return; /* out of memory: the new one stays until its session ends */
    group_member_alive(g, t, w->old);
    w->old = NULL;
    group_member_free(m);
}

void group_replaced(struct group *g, struct group_turn *t, struct group_write *w, int16_t error)
{
    struct group_member *m = group_member(g, w->new_id);
    if (m == NULL || m->join_req != w->join_req)
        return; /* it went, or was answered: by a join phase, or when yet another one took its place */
    if (error == KW_NONE)
        replaced_well(g, t, w, m);
    else
        replaced_badly(g, t, w, m, error);
}

/* ---- the ways in ---- */

static void join_new(struct group *g, struct group_turn *t, void *req, const struct group_join *in)
{
    struct mr_str id;
    if (too_long(in)) {
        group_join_error(g, t, req, KW_UNKNOWN_SERVER_ERROR, no_id);
        return;
    }
    char *text = make_id(in, &id);
    if (text == NULL) {
        group_join_error(g, t, req, KW_COORDINATOR_NOT_AVAILABLE, no_id);
        return;
    }
    if (in->instance_id.ptr != NULL) {
        struct group_member *old = smap_get(&g->instances, in->instance_id);
        if (old != NULL)
            replace(g, t, req, in, old, id);
        else
            add(g, t, req, in, id);
    } else if (!in->id_required) {
        add(g, t, req, in, id);
    } else if (group_pending_add(g, id, t->now_ms + in->session_timeout_ms) != 0) {
        group_join_error(g, t, req, KW_COORDINATOR_NOT_AVAILABLE, no_id);
    } else { /* KIP-394: a client whose answer is lost does not leave a member behind */
        group_join_error(g, t, req, KW_MEMBER_ID_REQUIRED, id);
        record_group(g, t);
    }
    mem_free(text);
}

static void join_again(struct group *g, struct group_turn *t, void *req, const struct group_join *in,
                       struct group_member *m)
{
    bool changed = !group_protocols_match(m, in);
    switch (g->state) {
    case GROUP_PREPARING:
        update(g, t, req, in, m, "");
        return;
    case GROUP_COMPLETING:
        if (changed)
            update(g, t, req, in, m, "a member changed");
        else /* the answer was lost on its way */
            group_join_tell(g, t, req, m, false);
        return;
    case GROUP_STABLE:
        if (g->leader == m) /* it wants to assign anew, for reasons of its own: a topic has grown */
            update(g, t, req, in, m, "the leader joins again");
        else if (changed)
            update(g, t, req, in, m, "a member changed");
        else
            group_join_tell(g, t, req, m, false);
        return;
    case GROUP_EMPTY:
    case GROUP_DEAD:
        break;
    }
    MR_ASSERT(!"a member of an empty group");
}

static void join_known(struct group *g, struct group_turn *t, void *req, const struct group_join *in)
{
    if (group_pending(g, in->member_id) != NULL) {
        /* Such an id was never given to a static member. Kafka fails on this one (UNKNOWN_SERVER_ERROR). */
        if (in->instance_id.ptr != NULL)
            group_join_error(g, t, req, KW_UNKNOWN_SERVER_ERROR, no_id);
        else
            add(g, t, req, in, in->member_id);
        return;
    }
    int16_t error = group_member_check(g, in->member_id, in->instance_id);
    if (error != KW_NONE)
        group_join_error(g, t, req, error, in->member_id);
    else
        join_again(g, t, req, in, group_member(g, in->member_id));
}

void group_join(struct group *g, struct group_turn *t, void *req, const struct group_join *in)
{
    const struct group_limits *limits = t->limits;
    bool known = in->member_id.len > 0;
    if (in->session_timeout_ms < limits->session_timeout_ms_min ||
        in->session_timeout_ms > limits->session_timeout_ms_max) {
        group_join_error(g, t, req, KW_INVALID_SESSION_TIMEOUT, in->member_id);
    } else if (known && g->state == GROUP_EMPTY &&
               group_void(g)) { /* made for this request: there is no such group */
        group_join_error(g, t, req, KW_UNKNOWN_MEMBER_ID, in->member_id);
    } else if (!has_room(g, limits, in->member_id) || g->bytes + group_join_bytes(in) > limits->bytes_max) {
        struct group_member *m = group_member(g, in->member_id);
        group_pending_remove(g, in->member_id);
        if (m != NULL && g->state == GROUP_PREPARING)
            group_member_remove(g, t, m, KW_UNKNOWN_MEMBER_ID);
        group_join_error(g, t, req, KW_GROUP_MAX_SIZE_REACHED, no_id);
        if (g->state == GROUP_PREPARING)
            group_may_complete(g, t);
    } else if (g->state == GROUP_DEAD) {
        group_join_error(g, t, req, KW_COORDINATOR_NOT_AVAILABLE, in->member_id);
    } else if (!group_supports(g, in)) {
        group_join_error(g, t, req, KW_INCONSISTENT_GROUP_PROTOCOL, in->member_id);
    } else if (known) {
        join_known(g, t, req, in);
    } else {
        join_new(g, t, req, in);
    }
}
