/* What is due; and what became of an event. */
#include "core/broker/cgroup_priv.h"

void cgroup_fence(struct cgroup_draft *d)
{
    uint32_t at = 0;
    if (cgroup_downgrade(d))
        return;
    for (const struct cgroup_member *m; (m = cgroup_member_next(d->g, &at)) != NULL;) {
        if (m->leaving)
            cgroup_put_gone(d->t, d->g->id, m->id);
    }
    cgroup_regex_drop(d);
    (void)cgroup_refresh(d, true);
}

/* Of one member: the earliest. */
static int64_t due_of(const struct cgroup_member *m)
{
    return mr_imin(mr_imin(m->session_due_ms, m->revoke_due_ms), mr_imin(m->join_due_ms, m->sync_due_ms));
}

static void find_next(struct cgroup *g)
{
    uint32_t at = 0;
    g->next_ms = g->regexes_due_ms;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;)
        cgroup_due(g, due_of(m));
}

void cgroup_tick(struct cgroup *g, struct cgroup_turn *t, struct cgroup_reply *ret)
{
    struct cgroup_draft d;
    uint32_t at = 0;
    bool any = false;
    cgroup_draft_begin(&d, g, t, ret);
    if (g->next_ms > t->now_ms)
        return;
    for (struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
        m->leaving = due_of(m) <= t->now_ms;
        any = any || m->leaving;
    }
    if (any) {
        cgroup_fence(&d);
    } else if (g->regexes_due_ms <= t->now_ms && cgroup_matching_step(&d)) {
        bool changed = cgroup_regex_match(&d);
        if (!t->failed && changed)
            (void)cgroup_refresh(&d, true);
        cgroup_matching_drop(g); /* what became of it is in the records now */
    }
    cgroup_draft_end(&d);
    if (!any && ret->error == KW_NONE && !ret->regexes_done)
        find_next(g);
}

void cgroup_settle(struct cgroup *g, struct cgroup_turn *t, const struct cgroup_reply *r)
{
    struct cgroup_member *m = r->alive.ptr != NULL ? cgroup_member(g, r->alive) : NULL;
    if (m != NULL) {
        m->session_due_ms = t->now_ms + r->session_ms;
        cgroup_due(g, m->session_due_ms);
        if (r->joined) {
            m->join_due_ms = GROUP_NEVER;
            m->sync_due_ms = t->now_ms + r->sync_ms;
            cgroup_due(g, m->sync_due_ms);
        }
        if (r->synced)
            m->sync_due_ms = GROUP_NEVER;
    }
    if (r->refreshed)
        g->topics_version = r->topics_version;
    if (r->regexes_wanted) {
        g->regexes_due_ms = t->now_ms;
        cgroup_due(g, t->now_ms);
    }
    if (r->regexes_done) {
        g->regexes_ms = t->now_ms;
        g->regexes_version = r->topics_version;
        g->regexes_due_ms = GROUP_NEVER;
    }
    if (g->next_ms <= t->now_ms && !r->regexes_wanted)
        find_next(g);
}
