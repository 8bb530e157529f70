/* Who gets what: the leader says it, a record keeps it, everyone hears it. */
#include "core/broker/group_priv.h"
#include "core/mem.h"

/* KIP-559: a client may say what it believes the group agreed on. */
static bool differs(struct mr_str said, struct mr_str is)
{
    return said.ptr != NULL && is.ptr != NULL && !mr_str_eq(said, is);
}

static int16_t check(const struct group *g, const struct group_sync *in)
{
    if (g->state == GROUP_DEAD)
        return KW_COORDINATOR_NOT_AVAILABLE;
    int16_t error = group_member_check(g, in->member_id, in->instance_id);
    if (error != KW_NONE)
        return error;
    if (in->generation != g->generation)
        return KW_ILLEGAL_GENERATION;
    if (differs(in->protocol_type, g->protocol_type) || differs(in->protocol_name, g->protocol_name))
        return KW_INCONSISTENT_GROUP_PROTOCOL;
    return g->state == GROUP_PREPARING ? KW_REBALANCE_IN_PROGRESS : KW_NONE;
}

/* The first report for this generation counts; while its record is on its way a repetition only waits. */
static bool under_way(const struct group *g)
{
    LIST_FOR(node, &g->writes)
    {
        const struct group_write *w = MR_CONTAINER(node, struct group_write, link);
        if (w->kind == GROUP_WRITE_ASSIGN && w->generation == g->generation)
            return true;
    }
    return false;
}

/* What the leader wants, kept beside what holds until it is written. Members that it forgot get nothing. */
static int16_t keep(struct group *g, const struct group_turn *t, const struct group_sync *in)
{
    uint64_t bytes = g->bytes;
    uint32_t at = 0;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;)
        (void)group_bytes_set(g, &m->next, (struct mr_slice){NULL, 0});
    for (int32_t i = 0; i < in->assignment_count; i++)
        bytes += in->assignments[i].assignment.len;
    if (bytes > t->limits->bytes_max)
        return KW_MESSAGE_TOO_LARGE;
    for (int32_t i = 0; i < in->assignment_count; i++) {
        struct group_member *m = group_member(g, in->assignments[i].member_id);
        if (m != NULL && group_bytes_set(g, &m->next, in->assignments[i].assignment) != 0)
            return KW_COORDINATOR_NOT_AVAILABLE;
    }
    return KW_NONE;
}

/* Nobody gets anything in this generation: all shall join again. */
static void fail(struct group *g, struct group_turn *t, int16_t error)
{
    uint32_t at = 0;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        (void)group_bytes_set(g, &m->next, (struct mr_slice){NULL, 0});
        (void)group_bytes_set(g, &m->assignment, (struct mr_slice){NULL, 0});
        if (m->sync_req != NULL) {
            group_sync_answer(g, t, m, group_write_error(error));
            group_member_alive(g, t, m);
        }
    }
    group_prepare(g, t, &(struct group_cause){g->leader->id, "the assignments were not written", {NULL, 0}});
}

static void assign(struct group *g, struct group_turn *t, const struct group_sync *in)
{
    int16_t error = keep(g, t, in);
    if (error == KW_NONE) {
        struct group_write *w = group_write_new(g, GROUP_WRITE_ASSIGN, NULL, 0);
        if (w == NULL)
            error = KW_COORDINATOR_NOT_AVAILABLE;
        else if (group_write(g, t, w, GROUP_CONTENT_NEXT) != 0) {
            group_write_free(g, w);
            error = KW_MESSAGE_TOO_LARGE;
        }
    }
    if (error != KW_NONE)
        fail(g, t, error);
}

void group_sync(struct group *g, struct group_turn *t, void *req, const struct group_sync *in)
{
    int16_t error = check(g, in);
    if (error != KW_NONE) {
        group_sync_tell(g, t, req, NULL, error);
        return;
    }
    struct group_member *m = group_member(g, in->member_id);
    group_synced(g, m);
    if (g->state == GROUP_STABLE) {
        group_sync_tell(g, t, req, m, KW_NONE);
        return;
    }
    group_sync_wait(g, t, m, req);
    if (g->leader == m && !under_way(g))
        assign(g, t, in);
}

void group_assigned(struct group *g, struct group_turn *t, const struct group_write *w, int16_t error)
{
    uint32_t at = 0;
    if (g->state != GROUP_COMPLETING || g->generation != w->generation)
        return; /* a rebalance began meanwhile: nobody waits for these */
    if (error != KW_NONE) {
        fail(g, t, error);
        return;
    }
    group_move(g, t, GROUP_STABLE);
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        group_discharge(g, m->assignment.len);
        mem_free((void *)m->assignment.ptr);
        m->assignment = m->next;
        m->next = (struct mr_slice){NULL, 0};
        if (m->sync_req != NULL) {
            group_sync_answer(g, t, m, KW_NONE);
            group_member_alive(g, t, m); /* its session may have ended unseen while it waited */
        }
    }
    group_tell(g, t, GROUP_NOTE_STABLE, g->leader->id, "assigned", (struct mr_str){NULL, 0});
}
