/* Events of consumer groups: judged, written, replayed, settled. */
#include <stdio.h>

#include "core/broker/cgroup_coord.h"
#include "core/broker/cgroup_priv.h"
#include "core/broker/group_coord_priv.h"
#include "core/broker/group_priv.h"
#include "core/mem.h"

enum {
    CALL_BYTES_MAX =
        256 << 20,   /* of what one event considers: a group of many members over many partitions */
    RETRY_MS = 1000, /* what was due could not be written */
};

/* ---- judging ---- */

static void say(struct cgroup_call *call, int16_t error, const char *format, struct mr_str name)
{
    char text[CGROUP_MESSAGE_BYTES];
    bool ok = true;
    snprintf(text, sizeof(text), format, MR_STR(name));
    call->reply = (struct cgroup_reply){.error = error};
    call->reply.message = arena_str(&call->arena, mr_str_of(text), &ok);
}

static bool may_upgrade(const struct cgroup_scene *s, const struct group_view *v)
{
    return s->settings.upgrade && mr_str_is(v->protocol_type, "consumer") &&
           v->member_count <= s->settings.max_size;
}

/* What was written is in fresh at once: the event judges it. */
static int replay_fresh(struct cgroup_call *call, struct cgroup_scene *s)
{
    int err = 0;
    for (struct cgroup_record *r = call->first; r != NULL && err == 0; r = r->next) {
        err = cgroup_record_replay(call->fresh, &s->t, r);
        call->applied = r;
    }
    return err;
}

/* NULL: call->reply says why. */
static struct cgroup *group_for(struct cgroup_call *call, struct group_entity *g, struct cgroup_scene *s)
{
    struct group_view v = {.member_count = 0};
    if (g->cgroup != NULL)
        return g->cgroup;
    bool there = group_exists(g);
    if (g->group != NULL)
        group_describe(g->group, &v);
    bool upgrade = call->create && v.member_count > 0 && may_upgrade(s, &v);
    if (!call->create || (v.member_count > 0 && !upgrade)) {
        say(call, KW_GROUP_ID_NOT_FOUND,
            there               ? "Group %.*s is not a consumer group."
            : call->plain_words ? "Group %.*s not found."
                                : "Consumer group %.*s not found.",
            g->e.name);
        return NULL;
    }
    if (coord_full(g->e.coord) || cgroup_new(g->e.name, &call->fresh) != 0) {
        call->reply = (struct cgroup_reply){.error = KW_COORDINATOR_NOT_AVAILABLE};
        return NULL;
    }
    if (!list_empty(&g->late)) { /* a record of the classic group is still to be written */
        call->reply = (struct cgroup_reply){.error = KW_COORDINATOR_LOAD_IN_PROGRESS};
        return NULL;
    }
    if (g->group != NULL && !group_void(g->group))
        group_put_tombstone(s->op);
    if (!upgrade)
        return call->fresh;
    int err = cgroup_upgrade(call->fresh, &s->t, g->group);
    if (err == 0)
        err = replay_fresh(call, s);
    if (err == 0)
        return call->fresh;
    if (err == -MR_E_CORRUPT)
        say(call, KW_GROUP_ID_NOT_FOUND, "Group %.*s is not a consumer group.", g->e.name);
    else
        call->reply = (struct cgroup_reply){.error = KW_COORDINATOR_NOT_AVAILABLE};
    return NULL;
}

/* Members of a group that moves partitions beat one after the other. Were each alone, each would wait for a
 * flush of its own. */
static enum coord_beside call_beside(struct coord_op *op)
{
    const struct cgroup_call *call = MR_CONTAINER(op, struct cgroup_call, op);
    const struct cgroup *cg = group_of(op->entity)->cgroup;
    if (cg == NULL || cgroup_heartbeat_alone(cg, call->beat, coord_home(op->coord)->image->version))
        return COORD_ALONE;
    return cgroup_member_beats(cg, call->beat->member_id) ? COORD_LATER : COORD_SHARED;
}

static void call_run(struct coord_op *op)
{
    struct cgroup_call *call = MR_CONTAINER(op, struct cgroup_call, op);
    struct group_entity *g = group_of(op->entity);
    struct cgroup_scene s;
    call->judged = true;
    op->several = true;
    cgroup_scene_begin(&s, g, &call->arena);
    s.op = op;
    s.call = call;
    struct cgroup *cg = group_for(call, g, &s);
    if (op->shared)
        cgroup_beat_begin(cg, call->beat->member_id);
    if (cg != NULL)
        call->run(call, cg, &s.t);
    if (call->reply.error != KW_NONE)
        coord_refuse(op, (enum kw_error)call->reply.error);
}

/* ---- settling ---- */

static void rebalance(struct group_entity *g)
{
    struct group_scene gs;
    group_scene_begin(&gs, &g->e, NULL, NULL);
    group_loaded(g->group, &gs.t);
    group_prepare(g->group, &gs.t,
                  &(struct group_cause){MR_STR_LIT(""),
                                        "the last member of the new protocol left",
                                        {NULL, 0}});
}

/* The group that call judged is a consumer group now. */
static void adopt(struct cgroup_call *call, struct group_entity *g)
{
    if (call->fresh == NULL)
        return;
    if (g->group != NULL) {
        struct group_scene gs;
        group_scene_begin(&gs, &g->e, NULL, NULL);
        group_unload(g->group, &gs.t, KW_REBALANCE_IN_PROGRESS); /* they join again, and meet the new one */
        group_drop(g);
    }
    g->cgroup = call->fresh;
    call->fresh = NULL;
}

static int apply(struct cgroup_call *call, struct group_entity *g)
{
    struct cgroup_scene s;
    int err = 0;
    cgroup_scene_begin(&s, g, &call->arena);
    adopt(call, g);
    struct cgroup_record *r = call->applied != NULL ? call->applied->next : call->first;
    for (; r != NULL && err == 0; r = r->next)
        err = cgroup_record_replay(g->cgroup, &s.t, r);
    if (err != 0)
        return err;
    cgroup_settle(g->cgroup, &s.t, &call->reply);
    if (call->reply.downgraded) {
        cgroup_drop(g);
        if (group_make(g) == NULL || group_load(g->group, call->reply.classic_value) != 0)
            return -ENOMEM;
        rebalance(g);
    } else if (cgroup_void(g->cgroup)) {
        cgroup_drop(g);
    }
    return 0;
}

static void call_done(struct coord_op *op, enum kw_error error)
{
    struct cgroup_call *call = MR_CONTAINER(op, struct cgroup_call, op);
    struct group_entity *g = op->entity != NULL ? group_of(op->entity) : NULL;
    if (op->shared && call->judged && g->cgroup != NULL)
        cgroup_beat_end(g->cgroup, call->beat->member_id);
    if (!call->judged || (error != KW_NONE && call->reply.error == KW_NONE))
        call->reply = (struct cgroup_reply){.error = error == KW_MESSAGE_TOO_LARGE ? KW_UNKNOWN_SERVER_ERROR
                                                                                   : (int16_t)error};
    if (call->reply.error == KW_NONE && apply(call, g) != 0) {
        coord_fail(op->coord, KW_COORDINATOR_NOT_AVAILABLE, "out of memory");
        call->reply = (struct cgroup_reply){.error = KW_COORDINATOR_NOT_AVAILABLE};
    }
    cgroup_free(call->fresh);
    call->fresh = NULL;
    if (g != NULL && call->judged && !g->unloaded)
        group_scene_end(g);
    struct mr_arena arena = call->arena;
    call->done(call); /* it may be gone */
    arena_done(&arena);
}

static void prepare(struct cgroup_call *call)
{
    coord_op_init(&call->op, call_run, call_done);
    call->op.beside = call->beat != NULL ? call_beside : NULL;
    arena_init(&call->arena, CALL_BYTES_MAX);
    call->first = call->last = call->applied = NULL;
    call->fresh = NULL;
    call->judged = false;
    call->reply = (struct cgroup_reply){.error = KW_NONE};
}

void cgroup_call_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                        struct cgroup_call *call)
{
    prepare(call);
    coord_submit(b, COORD_GROUP, key, group, &call->op);
}

void cgroup_call_submit_on(struct group_entity *g, struct cgroup_call *call)
{
    prepare(call);
    coord_submit_on(&g->e, &call->op);
}

/* ---- what is due ---- */

static void tick_run(struct cgroup_call *call, struct cgroup *g, struct cgroup_turn *t)
{
    cgroup_tick(g, t, &call->reply);
}

static void tick_done(struct cgroup_call *call)
{
    struct group_entity *g = call->ctx;
    g->ticking = false;
    if (call->reply.error != KW_NONE && call->reply.error != KW_NOT_COORDINATOR)
        coord_wake_at(&g->e, coord_now_ms(g->e.coord) + RETRY_MS);
    mem_free(call);
}

void cgroup_wake(struct group_entity *g)
{
    if (g->ticking)
        return;
    struct cgroup_call *call = mem_zalloc(1, sizeof(*call));
    if (call == NULL) {
        coord_wake_at(&g->e, coord_now_ms(g->e.coord) + RETRY_MS);
        return;
    }
    g->ticking = true;
    call->ctx = g;
    call->run = tick_run;
    call->done = tick_done;
    cgroup_call_submit_on(g, call);
}
