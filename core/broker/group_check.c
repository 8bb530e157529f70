/* Heartbeats, and what committers and administrators may do. */
#include "core/broker/group_priv.h"

int16_t group_heartbeat(struct group *g, struct group_turn *t, struct mr_str member_id,
                        struct mr_str instance_id, int32_t generation)
{
    if (g->state == GROUP_DEAD)
        return KW_COORDINATOR_NOT_AVAILABLE;
    int16_t error = group_member_check(g, member_id, instance_id);
    if (error != KW_NONE)
        return error;
    if (generation != g->generation)
        return KW_ILLEGAL_GENERATION;
    group_member_alive(g, t, group_member(g, member_id));
    return g->state == GROUP_PREPARING ? KW_REBALANCE_IN_PROGRESS : KW_NONE;
}

static int16_t commit_check(const struct group *g, struct mr_str member_id, struct mr_str instance_id,
                            int32_t generation, bool transactional)
{
    if (g->state == GROUP_DEAD)
        return KW_COORDINATOR_NOT_AVAILABLE;
    if (generation < 0 && g->state == GROUP_EMPTY)
        return KW_NONE;
    if (generation >= 0 || member_id.len > 0 || instance_id.ptr != NULL) {
        int16_t error = group_member_check(g, member_id, instance_id);
        if (error != KW_NONE)
            return error;
        if (generation != g->generation)
            return KW_ILLEGAL_GENERATION;
    } else if (!transactional && g->state != GROUP_EMPTY) {
        return KW_UNKNOWN_MEMBER_ID;
    }
    /* It knows the generation but not yet what it owns there. Transactions: their producer is fenced
     * otherwise. */
    return !transactional && g->state == GROUP_COMPLETING ? KW_REBALANCE_IN_PROGRESS : KW_NONE;
}

int16_t group_commit_check(struct group *g, struct group_turn *t, struct mr_str member_id,
                           struct mr_str instance_id, int32_t generation, bool transactional)
{
    int16_t error = commit_check(g, member_id, instance_id, generation, transactional);
    struct group_member *m = group_member(g, member_id);
    if (error == KW_NONE && !transactional && m != NULL)
        group_member_alive(g, t, m);
    return error;
}

int16_t group_delete_check(const struct group *g)
{
    switch (g->state) {
    case GROUP_EMPTY:
        return KW_NONE;
    case GROUP_PREPARING:
    case GROUP_COMPLETING:
    case GROUP_STABLE:
        return KW_NON_EMPTY_GROUP;
    case GROUP_DEAD:
        break;
    }
    return KW_GROUP_ID_NOT_FOUND;
}

int16_t group_offset_delete_check(const struct group *g)
{
    int16_t error = group_delete_check(g);
    if (error == KW_NON_EMPTY_GROUP && mr_str_is(g->protocol_type, "consumer"))
        return KW_NONE; /* its subscriptions are known */
    return error;
}
