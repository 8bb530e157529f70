/* A rebalance: from its cause through the join phase to the next generation. */
#include "core/broker/group_priv.h"

/* Clients may say that a rebalance takes no time; a join phase that cannot end is not tried again at once. */
enum { RETRY_MS_MIN = 1000 };

/* KIP-62: as long as the slowest member may take. */
static int32_t rebalance_timeout_ms(const struct group *g)
{
    int32_t most = 0;
    uint32_t at = 0;
    for (const struct group_member *m; (m = group_member_next(g, &at)) != NULL;)
        most = (int32_t)mr_imax(most, m->rebalance_timeout_ms);
    return most;
}

bool group_all_joined(const struct group *g)
{
    return g->joining == group_count(g) && smap_count(&g->pending) == 0;
}

static void join_phase_until(struct group *g, int64_t at_ms, bool initial)
{
    g->join_due_ms = at_ms;
    g->join_initial = initial;
    group_due(g, at_ms);
}

void group_forget_syncs(struct group *g)
{
    uint32_t at = 0;
    for (struct group_member *m; g->syncs_due > 0 && (m = group_member_next(g, &at)) != NULL;)
        group_synced(g, m);
    g->sync_due_ms = GROUP_NEVER;
}

/* Whoever waits for this generation's assignments is sent to join again. */
static void refuse_syncs(struct group *g, struct group_turn *t, int16_t error)
{
    uint32_t at = 0;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        (void)group_bytes_set(g, &m->assignment, (struct mr_slice){NULL, 0});
        if (m->sync_req == NULL)
            continue;
        group_sync_answer(g, t, m, error);
        group_member_alive(g, t, m); /* its session may have ended unseen while it waited */
    }
}

void group_prepare(struct group *g, struct group_turn *t, const struct group_cause *cause)
{
    bool initial = g->state == GROUP_EMPTY;
    if (g->state == GROUP_COMPLETING)
        refuse_syncs(g, t, KW_REBALANCE_IN_PROGRESS);
    group_forget_syncs(g);
    group_move(g, t, GROUP_PREPARING);
    group_tell(g, t, GROUP_NOTE_REBALANCE, cause->who, cause->why, cause->reason);
    if (initial) { /* KIP-134: whoever starts now as well gets into the first generation */
        g->new_member = false;
        g->delay_ms = t->limits->initial_rebalance_delay_ms;
        g->delay_left_ms = (int32_t)mr_imax(rebalance_timeout_ms(g) - (int64_t)g->delay_ms, 0);
        join_phase_until(g, t->now_ms + g->delay_ms, true);
    } else if (group_all_joined(g)) {
        group_complete(g, t);
    } else {
        join_phase_until(g, t->now_ms + rebalance_timeout_ms(g), false);
    }
}

void group_disturb(struct group *g, struct group_turn *t, const struct group_cause *cause)
{
    if (g->state == GROUP_EMPTY || g->state == GROUP_COMPLETING || g->state == GROUP_STABLE)
        group_prepare(g, t, cause);
    else
        group_may_complete(g, t);
}

void group_may_complete(struct group *g, struct group_turn *t)
{
    if (g->state == GROUP_PREPARING && g->previous != GROUP_EMPTY && group_all_joined(g))
        group_complete(g, t);
}

/* A step of the initial delay has passed: another one if someone came meanwhile, up to the rebalance timeout.
 */
void group_delay_over(struct group *g, struct group_turn *t)
{
    if (!g->new_member || g->delay_left_ms == 0) {
        group_complete(g, t);
        return;
    }
    int32_t left_ms = g->delay_left_ms;
    g->new_member = false;
    g->delay_left_ms = (int32_t)mr_imax((int64_t)left_ms - g->delay_ms, 0);
    g->delay_ms = (int32_t)mr_imin(t->limits->initial_rebalance_delay_ms, left_ms);
    join_phase_until(g, t->now_ms + g->delay_ms, true);
}

/* Dynamic members that did not come back are out; static ones have until their session ends (KIP-345). */
static void drop_absent(struct group *g, struct group_turn *t)
{
    uint32_t at = 0;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        if (m->join_req != NULL || m->instance_id.ptr != NULL)
            continue;
        group_tell(g, t, GROUP_NOTE_LOST, m->id, "did not rejoin", (struct mr_str){NULL, 0});
        group_member_remove(g, t, m, KW_UNKNOWN_MEMBER_ID);
    }
}

/* Somebody who is here leads. False: nobody is. */
static bool elect(struct group *g)
{
    uint32_t at = 0;
    if (g->leader != NULL && g->leader->join_req != NULL)
        return true;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        if (m->join_req != NULL) {
            g->leader = m;
            return true;
        }
    }
    return false;
}

static void become_empty(struct group *g, struct group_turn *t)
{
    g->generation++;
    (void)group_text_set(g, &g->protocol_name, (struct mr_str){NULL, 0});
    group_move(g, t, GROUP_EMPTY);
    group_forget_syncs(g);
    group_topics_find(g);
    smap_done(&g->members); /* an empty group may stay for days */
    smap_done(&g->instances);
    smap_done(&g->offers);
    group_tell(g, t, GROUP_NOTE_GENERATION, MR_STR_LIT(""), "empty", (struct mr_str){NULL, 0});
    /* A record that cannot be written is no loss: after a crash the generation before comes back, and its
     * members' sessions end. */
    struct group_write *w = group_write_new(g, GROUP_WRITE_EMPTY, NULL, 0);
    if (w != NULL && group_write(g, t, w, GROUP_CONTENT_EMPTY) != 0)
        group_write_free(g, w);
}

void group_complete(struct group *g, struct group_turn *t)
{
    MR_ASSERT(g->state == GROUP_PREPARING);
    g->join_due_ms = GROUP_NEVER;
    drop_absent(g, t);
    if (group_count(g) == 0) {
        become_empty(g, t);
        return;
    }
    /* Without memory for a name, or with static members only, none of whom is here: later. */
    if (!elect(g) || group_text_set(g, &g->protocol_name, group_choose_protocol(g)) != 0) {
        join_phase_until(g, t->now_ms + mr_imax(rebalance_timeout_ms(g), RETRY_MS_MIN), false);
        return;
    }
    g->generation++;
    group_move(g, t, GROUP_COMPLETING);
    group_topics_find(g);
    group_tell(g, t, GROUP_NOTE_GENERATION, MR_STR_LIT(""), "joined", (struct mr_str){NULL, 0});
    g->syncs_due = group_count(g);
    g->sync_due_ms = t->now_ms + rebalance_timeout_ms(g);
    group_due(g, g->sync_due_ms);
    uint32_t at = 0;
    for (struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        m->is_new = false;
        m->sync_due = true;
        group_member_alive(g, t, m);
        group_join_accept(g, t, m, false);
    }
}
