#include "core/broker/group_priv.h"
#include "core/mem.h"

const char *group_state_name(enum group_state state)
{
    switch (state) {
    case GROUP_EMPTY:
        return "Empty";
    case GROUP_PREPARING:
        return "PreparingRebalance";
    case GROUP_COMPLETING:
        return "CompletingRebalance";
    case GROUP_STABLE:
        return "Stable";
    case GROUP_DEAD:
        return "Dead";
    }
    return "?";
}

int group_new(struct mr_str id, int64_t wall_ms, struct group **ret)
{
    if (id.len > GROUP_ID_BYTES_MAX)
        return -MR_E_LIMIT;
    struct group *g = mem_zalloc(1, sizeof(*g) + id.len);
    if (g == NULL)
        return -ENOMEM;
    char *text = (char *)(g + 1);
    if (id.len > 0)
        memcpy(text, id.ptr, id.len);
    g->id = (struct mr_str){text, id.len};
    g->bytes = sizeof(*g) + id.len;
    g->state = GROUP_EMPTY;
    g->previous = GROUP_DEAD;
    g->state_wall_ms = wall_ms;
    g->next_ms = g->join_due_ms = g->sync_due_ms = GROUP_NEVER;
    smap_init(&g->members);
    smap_init(&g->instances);
    smap_init(&g->pending);
    smap_init(&g->offers);
    smap_init(&g->topics);
    list_init(&g->writes);
    *ret = g;
    return 0;
}

bool group_idle(const struct group *g)
{
    uint32_t at = 0;
    if (g->joining > 0 || !list_empty(&g->writes))
        return false;
    for (const struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        if (m->sync_req != NULL)
            return false;
    }
    return true;
}

bool group_void(const struct group *g)
{
    return g->state == GROUP_DEAD ||
           (g->state == GROUP_EMPTY && !g->recorded && smap_count(&g->pending) == 0);
}

static void end_writes(struct group *g, struct group_turn *t, int16_t error)
{
    for (struct mr_list *node; (node = list_pop(&g->writes)) != NULL;) {
        struct group_write *w = MR_CONTAINER(node, struct group_write, link);
        if (w->left_req != NULL)
            t->left(t, g, w->left_req, error);
        group_write_free(g, w);
    }
}

static void remove_all(struct group *g, struct group_turn *t, int16_t error)
{
    uint32_t at = 0;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;)
        group_member_remove(g, t, m, error);
    at = 0;
    for (struct group_pending *p; (p = smap_next(&g->pending, &at)) != NULL;)
        group_pending_remove(g, p->id);
    group_topics_clear(g);
}

void group_unload(struct group *g, struct group_turn *t, int16_t error)
{
    end_writes(g, t, error);
    remove_all(g, t, error);
    g->state = GROUP_DEAD;
    g->join_due_ms = g->sync_due_ms = g->next_ms = GROUP_NEVER;
}

void group_doom(struct group *g)
{
    MR_ASSERT(group_idle(g));
    remove_all(g, NULL, KW_NONE); /* nobody waits, so nobody is told */
    g->state = GROUP_DEAD;
    g->join_due_ms = g->sync_due_ms = g->next_ms = GROUP_NEVER;
}

void group_free(struct group *g)
{
    if (g == NULL)
        return;
    MR_ASSERT(group_idle(g));
    remove_all(g, NULL, KW_NONE);
    (void)group_text_set(g, &g->protocol_type, (struct mr_str){NULL, 0});
    (void)group_text_set(g, &g->protocol_name, (struct mr_str){NULL, 0});
    MR_ASSERT(g->bytes == sizeof(*g) + g->id.len);
    smap_done(&g->members);
    smap_done(&g->instances);
    smap_done(&g->pending);
    smap_done(&g->offers);
    smap_done(&g->topics);
    mem_free(g);
}

uint64_t group_bytes(const struct group *g)
{
    return g->bytes;
}

void group_charge(struct group *g, size_t bytes)
{
    g->bytes += bytes;
}

void group_discharge(struct group *g, size_t bytes)
{
    MR_ASSERT(g->bytes >= bytes);
    g->bytes -= bytes;
}

int64_t group_next_deadline(const struct group *g)
{
    return g->next_ms;
}

void group_due(struct group *g, int64_t at_ms)
{
    g->next_ms = mr_imin(g->next_ms, at_ms);
}

void group_move(struct group *g, struct group_turn *t, enum group_state to)
{
    g->previous = g->state;
    g->state = to;
    g->state_wall_ms = t->wall_ms;
}

void group_tell(struct group *g, struct group_turn *t, enum group_note note, struct mr_str who,
                const char *why, struct mr_str reason)
{
    if (t->note != NULL)
        t->note(t, g, note, who, why, reason);
}

int group_text_set(struct group *g, struct mr_str *dst, struct mr_str src)
{
    struct mr_str copy = {NULL, 0};
    if (src.ptr != NULL) {
        char *text = mem_text(src.ptr, src.len);
        if (text == NULL)
            return -ENOMEM;
        copy = (struct mr_str){text, src.len};
        group_charge(g, src.len + 1);
    }
    if (dst->ptr != NULL) {
        group_discharge(g, dst->len + 1);
        mem_free((void *)dst->ptr);
    }
    *dst = copy;
    return 0;
}

/* ---- looking at it ---- */

static struct mr_str text_or_empty(struct mr_str s)
{
    return s.ptr != NULL ? s : MR_STR_LIT("");
}

void group_describe(const struct group *g, struct group_view *ret)
{
    *ret = (struct group_view){
        .id = g->id,
        .state = g->state,
        .protocol_type = text_or_empty(g->protocol_type),
        .protocol_name = g->state == GROUP_STABLE ? text_or_empty(g->protocol_name) : MR_STR_LIT(""),
        .generation = g->generation,
        .member_count = (int32_t)group_count(g),
    };
    if (g->leader != NULL)
        ret->leader = g->leader->id;
}

bool group_next_member(const struct group *g, uint32_t *at, struct group_member_view *ret)
{
    const struct group_member *m = group_member_next(g, at);
    if (m == NULL)
        return false;
    *ret = (struct group_member_view){
        .member_id = m->id,
        .instance_id = m->instance_id,
        .client_id = m->client_id,
        .client_host = m->client_host,
        .metadata = group_metadata(m, g->protocol_name),
        .assignment = m->assignment.ptr != NULL ? m->assignment : (struct mr_slice){(const uint8_t *)"", 0},
    };
    return true;
}
