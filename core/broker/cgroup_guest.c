/* Requests of the classic protocol that meet a consumer group. */
#include "core/broker/cgroup_coord.h"
#include "core/broker/cgroup_priv.h"
#include "core/broker/group_coord_priv.h"
#include "core/mem.h"
#include "storage/uuid.h"

struct guest {
    struct cgroup_call c;
    struct group_call *call;
    const struct group_join *join; /* of the request, which outlives this */
    struct group_leaver *leavers;
    int32_t count;
    bool vacated; /* nobody is left in it: the classic protocol may have the name */
    char fresh[UUID_TEXT_BYTES + 1];
};

bool cgroup_takes(const struct group_entity *g)
{
    return g->cgroup != NULL;
}

static struct guest *guest_new(struct group_call *call,
                               void (*run)(struct cgroup_call *c, struct cgroup *g, struct cgroup_turn *t),
                               void (*done)(struct cgroup_call *c))
{
    struct guest *x = mem_zalloc(1, sizeof(*x));
    if (x == NULL)
        return NULL;
    x->call = call;
    x->c.run = run;
    x->c.done = done;
    x->c.ctx = x;
    return x;
}

/* ---- JoinGroup ---- */

static void join_answer(struct group_call *call, const struct group_join *in, const struct cgroup_reply *r)
{
    struct group_join_answer a = {
        .error = r->error,
        .generation = r->error == KW_NONE ? r->member_epoch : -1,
        .leader = MR_STR_LIT(""),
        .member_id = r->member_id.ptr != NULL ? r->member_id : in->member_id,
    };
    if (r->error == KW_NONE) {
        a.protocol_type = MR_STR_LIT("consumer");
        a.protocol_name = r->protocol_name;
    }
    call->joined(call, NULL, &a);
    group_call_finish(call);
}

static void join_run(struct cgroup_call *c, struct cgroup *g, struct cgroup_turn *t)
{
    struct guest *x = c->ctx;
    if (cgroup_count(g) == 0) {
        x->vacated = true;
        cgroup_erase(g, t);
    } else {
        cgroup_join(g, t, x->join, mr_str_of(x->fresh), &c->reply);
    }
}

static void join_done(struct cgroup_call *c)
{
    struct guest *x = c->ctx;
    /* It may have become a classic group while this waited for its turn. */
    bool again = (x->vacated && c->reply.error == KW_NONE) || c->reply.error == KW_GROUP_ID_NOT_FOUND;
    if (again)
        group_call_again(x->call);
    else
        join_answer(x->call, x->join, &c->reply);
    mem_free(x);
}

void cgroup_take_join(struct group_call *call, struct group_entity *g, const struct group_join *in)
{
    struct guest *x = guest_new(call, join_run, join_done);
    if (x == NULL) {
        join_answer(call, in, &(struct cgroup_reply){.error = KW_COORDINATOR_NOT_AVAILABLE});
        return;
    }
    x->join = in;
    uuid_text(in->fresh, x->fresh);
    x->fresh[UUID_TEXT_BYTES] = '\0';
    cgroup_call_submit_on(g, &x->c);
}

/* ---- LeaveGroup ---- */

static void leave_run(struct cgroup_call *c, struct cgroup *g, struct cgroup_turn *t)
{
    struct guest *x = c->ctx;
    cgroup_leave(g, t, x->leavers, x->count, &c->reply);
}

static void leave_done(struct cgroup_call *c)
{
    struct guest *x = c->ctx;
    if (c->reply.error == KW_GROUP_ID_NOT_FOUND) {
        group_call_again(x->call);
    } else {
        x->call->left(x->call, c->reply.error);
        group_call_finish(x->call);
    }
    mem_free(x);
}

void cgroup_take_leave(struct group_call *call, struct group_entity *g, struct group_leaver *leavers,
                       int32_t count)
{
    struct guest *x = guest_new(call, leave_run, leave_done);
    if (x == NULL) {
        call->left(call, KW_COORDINATOR_NOT_AVAILABLE);
        group_call_finish(call);
        return;
    }
    x->leavers = leavers;
    x->count = count;
    cgroup_call_submit_on(g, &x->c);
}

/* ---- SyncGroup and Heartbeat: they write nothing, so need no turn of their own ---- */

void cgroup_take_sync(struct group_call *call, struct group_entity *g, struct mr_arena *arena,
                      const struct group_sync *in)
{
    struct cgroup_scene s;
    struct cgroup_reply r;
    struct group_sync_answer a = {.error = KW_NONE};
    cgroup_scene_begin(&s, g, arena);
    cgroup_sync(g->cgroup, &s.t, in, &r, &a.assignment);
    a.error = r.error;
    if (r.error == KW_NONE) {
        a.protocol_type = in->protocol_type;
        a.protocol_name = in->protocol_name;
    }
    call->synced(call, NULL, &a);
    group_call_answered(call);
}

int16_t cgroup_take_heartbeat(struct group_entity *g, struct mr_arena *arena, struct mr_str member_id,
                              struct mr_str instance_id, int32_t generation)
{
    struct cgroup_scene s;
    struct cgroup_reply r;
    cgroup_scene_begin(&s, g, arena);
    cgroup_classic_heartbeat(g->cgroup, &s.t, member_id, instance_id, generation, &r);
    return r.error;
}
