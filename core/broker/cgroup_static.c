/* Places that outlive their holders (KIP-345 within KIP-848). */
#include "core/broker/cgroup_priv.h"

int16_t cgroup_static_check(struct cgroup_draft *d, const struct cgroup_member *m, struct mr_str instance_id,
                            struct mr_str member_id)
{
    if (m == NULL)
        return cgroup_refuse(d, KW_UNKNOWN_MEMBER_ID, "Instance id %.*s is unknown.", MR_STR(instance_id));
    if (!mr_str_eq(m->id, member_id))
        return cgroup_refuse(d, KW_FENCED_INSTANCE_ID,
                             "Static member %.*s with instance id %.*s was fenced by member %.*s.",
                             MR_STR(member_id), MR_STR(instance_id), MR_STR(m->id));
    return KW_NONE;
}

/* Whoever comes gets what its predecessor had and should have: nobody else needs to move. */
int cgroup_static_replace(struct cgroup_draft *d, struct cgroup_member *old, struct mr_str id, int32_t epoch)
{
    int err = cgroup_draft_member(d, old, id);
    if (err != 0)
        return err;
    old->leaving = true;
    d->was = NULL; /* it is another one */
    d->now->epoch = epoch;
    d->now->previous_epoch = 0;
    d->now->session_due_ms = d->now->revoke_due_ms = d->now->join_due_ms = d->now->sync_due_ms = GROUP_NEVER;
    cgroup_put_gone(d->t, d->g->id, old->id);
    cgroup_put_member(d->t, d->g->id, d->now);
    if (old->has_target)
        cgroup_put_target(d->t, d->g->id, id, old->target);
    cgroup_put_current(d->t, d->g->id, d->now);
    return 0;
}
