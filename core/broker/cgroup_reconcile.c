/* What a member may have now, on its way to what it shall have (KIP-848). */
#include "core/broker/cgroup_priv.h"

/* Does anybody hold it, or has not given it back yet? */
static bool is_held(const struct cgroup *g, const struct cgroup_part *p)
{
    uint32_t at = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
        if (cgroup_parts_has(m->assigned, p) || cgroup_parts_has(m->revoking, p))
            return true;
    }
    return false;
}

/* Those of s that nobody holds. */
static struct cgroup_parts free_ones(const struct cgroup *g, struct mr_arena *a, struct cgroup_parts s,
                                     bool *ok)
{
    uint32_t count = 0;
    struct cgroup_part *items = arena_array(a, struct cgroup_part, s.count);
    *ok = *ok && items != NULL;
    for (uint32_t i = 0; items != NULL && i < s.count; i++) {
        if (!is_held(g, &s.items[i]))
            items[count++] = s.items[i];
    }
    return (struct cgroup_parts){items, count};
}

static void move(struct cgroup_member *m, enum cgroup_member_state state, int32_t epoch)
{
    m->state = (int8_t)state;
    m->previous_epoch = m->epoch;
    m->epoch = epoch;
}

/* owned NULL: the member did not say, so nothing is known to be given back. */
static bool still_has(const struct cgroup_parts *owned, struct cgroup_parts revoking)
{
    return owned == NULL || cgroup_parts_meet(*owned, revoking);
}

static int next(struct cgroup_draft *d, int32_t epoch, const struct cgroup_parts *owned)
{
    struct cgroup_member *m = d->now;
    struct mr_arena *a = d->t->arena;
    bool ok = true;
    struct cgroup_parts kept = cgroup_parts_and(a, m->assigned, m->target, &ok);
    struct cgroup_parts back = cgroup_parts_minus(a, m->assigned, kept, &ok);
    struct cgroup_parts wanted = cgroup_parts_minus(a, m->target, kept, &ok);
    struct cgroup_parts fresh = free_ones(d->g, a, wanted, &ok);
    bool waits = fresh.count < wanted.count;
    if (!ok) {
        d->t->failed = true;
        return -MR_E_LIMIT;
    }
    if (back.count > 0 && still_has(owned, back)) { /* what moves must be given back first */
        move(m, CGROUP_MEMBER_UNREVOKED, epoch);
        m->assigned = kept;
        m->revoking = back;
        return 0;
    }
    m->revoking = (struct cgroup_parts){NULL, 0};
    m->assigned = fresh.count > 0 ? cgroup_parts_or(a, kept, fresh, &ok) : kept;
    move(m, waits ? CGROUP_MEMBER_UNRELEASED : CGROUP_MEMBER_STABLE, d->assignment_epoch);
    if (!ok)
        d->t->failed = true;
    return ok ? 0 : -MR_E_LIMIT;
}

static int step(struct cgroup_draft *d, const struct cgroup_parts *owned)
{
    struct cgroup_member *m = d->now;
    switch ((enum cgroup_member_state)m->state) {
    case CGROUP_MEMBER_STABLE:
        return m->epoch != d->assignment_epoch ? next(d, m->epoch, owned) : 0;
    case CGROUP_MEMBER_UNREVOKED:
        return still_has(owned, m->revoking) ? 0 : next(d, m->epoch + 1, owned);
    case CGROUP_MEMBER_UNRELEASED:
        return next(d, m->epoch, owned);
    case CGROUP_MEMBER_UNKNOWN: /* a later version's: it begins anew */
        break;
    }
    if (owned == NULL || owned->count > 0) {
        (void)
            cgroup_refuse(d, KW_FENCED_MEMBER_EPOCH,
                          "The consumer group member is in a unknown state. The member must abandon all its "
                          "partitions and rejoin.");
        return 0;
    }
    return next(d, d->assignment_epoch, owned);
}

static bool same(const struct cgroup_member *a, const struct cgroup_member *b)
{
    return a->epoch == b->epoch && a->previous_epoch == b->previous_epoch && a->state == b->state &&
           cgroup_parts_eq(a->assigned, b->assigned) && cgroup_parts_eq(a->revoking, b->revoking);
}

int cgroup_reconcile(struct cgroup_draft *d, const struct cgroup_parts *owned)
{
    struct cgroup_member before = *d->now;
    int err = step(d, owned);
    if (err == 0 && d->ret->error == KW_NONE && !same(&before, d->now))
        cgroup_put_current(d->t, d->g->id, d->now);
    return err;
}

bool cgroup_waits_for_others(const struct cgroup *g, const struct cgroup_member *m, struct mr_arena *a)
{
    bool ok = true;
    struct cgroup_parts wanted = cgroup_parts_minus(a, m->target, m->assigned, &ok);
    for (uint32_t i = 0; ok && i < wanted.count; i++) {
        if (is_held(g, &wanted.items[i]))
            return true;
    }
    return false;
}
