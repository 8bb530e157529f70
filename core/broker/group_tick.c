/* What is due. */
#include "core/broker/group_priv.h"

/* Members and ids whose time has come go one by one, each as if alone: the first may begin a rebalance, the
 * last may end it. A tick that comes late takes them in the order in which they came. */
static void end_sessions(struct group *g, struct group_turn *t)
{
    uint32_t at = 0;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        if (m->due_ms > t->now_ms)
            continue;
        m->due_ms = GROUP_NEVER;
        /* Who waits for the group is alive, as far as anyone can know. A new member cannot send heartbeats
         * and may have gone: it shall ask again. */
        if (!m->is_new && (m->join_req != NULL || m->sync_req != NULL))
            continue;
        group_tell(g, t, GROUP_NOTE_LOST, m->id, "its session ended", (struct mr_str){NULL, 0});
        group_member_remove(g, t, m, KW_UNKNOWN_MEMBER_ID);
        if (g->state == GROUP_COMPLETING || g->state == GROUP_STABLE)
            group_prepare(g, t, &(struct group_cause){{"", 0}, "a member's session ended", {NULL, 0}});
        else if (g->state == GROUP_PREPARING && group_all_joined(g))
            group_complete(g, t);
    }
}

static void end_pending(struct group *g, struct group_turn *t)
{
    uint32_t at = 0;
    for (struct group_pending *p; (p = smap_next(&g->pending, &at)) != NULL;) {
        if (p->due_ms > t->now_ms)
            continue;
        group_pending_remove(g, p->id);
        if (g->state == GROUP_PREPARING && group_all_joined(g))
            group_complete(g, t);
    }
    if (smap_count(&g->pending) == 0)
        smap_done(&g->pending);
}

/* Members that took part in the join phase and never asked for what they got (KAFKA-9752's remedy). */
static void end_syncs(struct group *g, struct group_turn *t)
{
    uint32_t at = 0;
    g->sync_due_ms = GROUP_NEVER;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        if (!m->sync_due)
            continue;
        group_tell(g, t, GROUP_NOTE_LOST, m->id, "did not sync", (struct mr_str){NULL, 0});
        group_member_remove(g, t, m, KW_UNKNOWN_MEMBER_ID);
    }
    group_prepare(g, t, &(struct group_cause){{"", 0}, "members did not sync", {NULL, 0}});
}

static void find_next(struct group *g)
{
    uint32_t at = 0;
    g->next_ms = mr_imin(g->join_due_ms, g->sync_due_ms);
    for (const struct group_member *m; (m = group_member_next(g, &at)) != NULL;)
        group_due(g, m->due_ms);
    at = 0;
    for (const struct group_pending *p; (p = smap_next(&g->pending, &at)) != NULL;)
        group_due(g, p->due_ms);
}

void group_tick(struct group *g, struct group_turn *t)
{
    if (g->state == GROUP_DEAD || g->next_ms > t->now_ms)
        return;
    end_sessions(g, t);
    end_pending(g, t);
    if (g->join_due_ms <= t->now_ms) {
        if (g->join_initial)
            group_delay_over(g, t);
        else
            group_complete(g, t);
    }
    if (g->sync_due_ms <= t->now_ms)
        end_syncs(g, t);
    find_next(g);
}
