/* Who goes, by its own word. */
#include "core/broker/group_priv.h"

/* "" stands for whoever holds the instance id: an administrator's way to remove it (KIP-345). */
static int16_t leave_one(struct group *g, struct group_turn *t, const struct group_leaver *l)
{
    struct group_member *m = NULL;
    if (l->member_id.len == 0) {
        if (l->instance_id.ptr != NULL)
            m = smap_get(&g->instances, l->instance_id);
        if (m == NULL)
            return KW_UNKNOWN_MEMBER_ID;
    } else if (group_pending(g, l->member_id) != NULL) {
        group_pending_remove(g, l->member_id);
        return KW_NONE;
    } else {
        int16_t error = group_member_check(g, l->member_id, l->instance_id);
        if (error != KW_NONE)
            return error;
        m = group_member(g, l->member_id);
    }
    group_member_remove(g, t, m, KW_UNKNOWN_MEMBER_ID);
    return KW_NONE;
}

void group_leave(struct group *g, struct group_turn *t, void *req, struct group_leaver *leavers,
                 int32_t count)
{
    struct group_cause cause = {MR_STR_LIT(""), "members left", {NULL, 0}};
    uint64_t written = g->tokens;
    bool any = false;
    if (g->state == GROUP_DEAD) {
        t->left(t, g, req, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        leavers[i].ret_error = leave_one(g, t, &leavers[i]);
        if (leavers[i].ret_error != KW_NONE)
            continue;
        any = true;
        cause.who = leavers[i].member_id;
        cause.reason = leavers[i].reason;
    }
    if (any && g->state != GROUP_EMPTY)
        group_disturb(g, t, &cause);
    if (g->tokens == written) {
        t->left(t, g, req, KW_NONE);
        return;
    }
    /* They were the last: the answer waits for the record that says so. */
    struct group_write *w = MR_CONTAINER(g->writes.prev, struct group_write, link);
    MR_ASSERT(w->kind == GROUP_WRITE_EMPTY && w->token == g->tokens);
    w->left_req = req;
}
