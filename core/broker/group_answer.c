#include "core/broker/group_priv.h"

static const struct mr_slice nothing = {(const uint8_t *)"", 0};

void group_join_tell(const struct group *g, struct group_turn *t, void *req, const struct group_member *m,
                     bool skip_assignment)
{
    MR_ASSERT(g->state == GROUP_COMPLETING || g->state == GROUP_STABLE);
    struct group_join_answer a = {
        .skip_assignment = skip_assignment,
        .with_members = g->leader == m,
        .generation = g->generation,
        .protocol_type = g->protocol_type,
        .protocol_name = g->protocol_name,
        .leader = g->leader->id,
        .member_id = m->id,
    };
    t->joined(t, g, req, &a);
}

void group_join_error(const struct group *g, struct group_turn *t, void *req, int16_t error,
                      struct mr_str member_id)
{
    struct group_join_answer a = {
        .error = error,
        .generation = -1,
        .leader = MR_STR_LIT(""),
        .member_id = member_id,
    };
    t->joined(t, g, req, &a);
}

void group_sync_tell(const struct group *g, struct group_turn *t, void *req, const struct group_member *m,
                     int16_t error)
{
    struct group_sync_answer a = {.error = error, .assignment = nothing};
    if (error == KW_NONE) {
        a.protocol_type = g->protocol_type;
        a.protocol_name = g->protocol_name;
        if (m->assignment.len > 0)
            a.assignment = m->assignment;
    }
    t->synced(t, g, req, &a);
}
