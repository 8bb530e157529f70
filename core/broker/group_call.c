/* Events of members: a group's turn, and the way back of its answers and records. */
#include "core/broker/group_coord_priv.h"
#include "core/mem.h"
#include "net/wire/kw_error.h"

/* ---- the scene ---- */

/* A record that follows from what became of another: it has no event of its own yet and gets one in a later
 * step. */
struct late {
    struct mr_list link; /* of the entity, until its event begins */
    struct mr_work work;
    struct coord_op op;
    struct group_entity *g;
    struct group_tokens tokens;
    struct mr_slice key, value; /* behind this struct */
};

static void late_run(struct coord_op *op)
{
    struct late *l = MR_CONTAINER(op, struct late, op);
    if (l->g->group != NULL) /* else it was deleted meanwhile, and would be back after the next start */
        coord_put(op, l->key, l->value);
}

static void late_done(struct coord_op *op, enum kw_error error)
{
    struct late *l = MR_CONTAINER(op, struct late, op);
    group_scene_written(l->g, &l->tokens, error);
    mem_free(l);
}

static void late_submit(struct mr_work *w)
{
    struct late *l = MR_CONTAINER(w, struct late, work);
    list_remove(&l->link);
    coord_submit_on(&l->g->e, &l->op);
}

static void write_late(struct group_scene *s, uint64_t token, struct mr_slice key, struct mr_slice value)
{
    struct late *l = mem_alloc(sizeof(*l) + key.len + value.len);
    MR_ASSERT(l != NULL); /* the group counts on hearing of its record */
    uint8_t *bytes = (uint8_t *)(l + 1);
    memcpy(bytes, key.ptr, key.len);
    memcpy(bytes + key.len, value.ptr, value.len);
    *l = (struct late){.g = s->g,
                       .tokens = {1, {token}},
                       .key = {bytes, key.len},
                       .value = {bytes + key.len, value.len}};
    coord_op_init(&l->op, late_run, late_done);
    l->op.shared = true;
    work_init(&l->work, late_submit);
    list_init(&l->link);
    list_push(&s->g->late, &l->link);
    shard_ready(coord_home(s->g->e.coord)->shard, &l->work);
}

void group_late_drop(struct group_entity *g)
{
    while (!list_empty(&g->late)) {
        struct late *l = MR_CONTAINER(list_pop(&g->late), struct late, link);
        list_remove(&l->work.link);
        mem_free(l);
    }
}

static void write_record(struct group_turn *t, const struct group *g, uint64_t token, struct mr_slice key,
                         struct mr_slice value)
{
    struct group_scene *s = MR_CONTAINER(t, struct group_scene, t);
    (void)g;
    if (s->op == NULL) {
        write_late(s, token, key, value);
        return;
    }
    MR_ASSERT(s->tokens->count < GROUP_TOKENS_MAX);
    s->tokens->token[s->tokens->count++] = token;
    coord_put(s->op, key, value);
}

static void finish_if_over(struct group_call *call)
{
    if (call->over && call->answered)
        call->finished(call, call->error);
}

/* A call that is being answered inside its own event is finished when that has ended. */
static void answered(struct group_call *call)
{
    call->answered = true;
    finish_if_over(call);
}

static void joined(struct group_turn *t, const struct group *g, void *req, const struct group_join_answer *a)
{
    struct group_call *call = req;
    (void)t;
    call->joined(call, g, a);
    answered(call);
}

static void synced(struct group_turn *t, const struct group *g, void *req, const struct group_sync_answer *a)
{
    struct group_call *call = req;
    (void)t;
    call->synced(call, g, a);
    answered(call);
}

static void left(struct group_turn *t, const struct group *g, void *req, int16_t error)
{
    struct group_call *call = req;
    (void)t;
    (void)g;
    call->left(call, error);
    answered(call);
}

static void note(struct group_turn *t, const struct group *g, enum group_note what, struct mr_str who,
                 const char *why, struct mr_str reason)
{
    struct group_scene *s = MR_CONTAINER(t, struct group_scene, t);
    static const char *const texts[] = {"rebalance", "generation", "stable", "member lost"};
    struct group_view v;
    group_describe(g, &v);
    log_debug(s->log, "group",
              "%s group=%.*s generation=%d members=%d member=%.*s why=\"%s\" reason=\"%.*s\"", texts[what],
              MR_STR(v.id), v.generation, v.member_count, MR_STR(who), why != NULL ? why : "",
              MR_STR(reason));
}

void group_scene_begin(struct group_scene *s, struct coord_entity *e, struct coord_op *op,
                       struct group_tokens *tokens)
{
    struct group_own *own = group_own_of(e);
    arena_reset(&own->turn_arena);
    if (tokens != NULL)
        tokens->count = 0;
    *s = (struct group_scene){.t = {.now_ms = coord_now_ms(e->coord),
                                    .wall_ms = coord_wall_ms(e->coord),
                                    .limits = &own->limits,
                                    .arena = &own->turn_arena,
                                    .joined = joined,
                                    .synced = synced,
                                    .left = left,
                                    .write = write_record,
                                    .note = note},
                              .op = op,
                              .tokens = tokens,
                              .g = group_of(e),
                              .log = coord_home(e->coord)->shard->log};
}

void group_scene_end(struct group_entity *g)
{
    if (g->group != NULL && group_void(g->group) && group_idle(g->group) && !g->has_offsets)
        group_drop(g);
    int64_t at = g->group != NULL ? group_next_deadline(g->group) : GROUP_NEVER;
    if (g->cgroup != NULL)
        at = mr_imin(at, cgroup_next_deadline(g->cgroup));
    coord_wake_at(&g->e, at == GROUP_NEVER ? INT64_MAX : at);
    group_changed(g);
}

void group_scene_written(struct group_entity *g, struct group_tokens *tokens, enum kw_error error)
{
    struct group_scene s;
    uint32_t count = tokens->count;
    if (g->unloaded || g->group == NULL || count == 0)
        return; /* after an unload nobody waits for them any more */
    group_scene_begin(&s, &g->e, NULL, NULL);
    for (uint32_t i = 0; i < count; i++)
        group_written(g->group, &s.t, tokens->token[i],
                      (int16_t)(error == KW_NOT_COORDINATOR ? KW_NOT_LEADER_OR_FOLLOWER : error));
    tokens->count = 0;
    group_scene_end(g);
}

/* ---- calls ---- */

static void call_run(struct coord_op *op)
{
    struct group_call *call = MR_CONTAINER(op, struct group_call, op);
    struct group_entity *g = group_of(op->entity);
    struct group_scene s;
    if ((call->newcomer && coord_full(op->coord)) ||
        (call->create && !cgroup_takes(g) && group_make(g) == NULL)) {
        coord_refuse(op, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    call->ran = true;
    group_scene_begin(&s, op->entity, op, &call->tokens);
    call->run(call, g, &s.t);
    group_scene_end(g);
}

static void call_done(struct coord_op *op, enum kw_error error)
{
    struct group_call *call = MR_CONTAINER(op, struct group_call, op);
    if (call->ran) {
        group_scene_written(group_of(op->entity), &call->tokens, error);
    } else {
        call->error = error;
        call->answered = true;
    }
    call->over = true;
    finish_if_over(call);
}

void group_call_finish(struct group_call *call)
{
    answered(call);
}

static void init(struct group_call *call)
{
    coord_op_init(&call->op, call_run, call_done);
    call->op.shared = true; /* a group sees to it by itself that records under way are not contradicted */
    call->ran = call->over = call->answered = false;
    call->error = KW_NONE;
    call->tokens.count = 0;
}

void group_call_again(struct group_call *call)
{
    struct coord_entity *e = call->op.entity;
    MR_ASSERT(call->over && !call->answered);
    init(call);
    coord_submit_on(e, &call->op);
}

void group_call_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                       struct group_call *call)
{
    init(call);
    coord_submit(b, COORD_GROUP, key, group, &call->op);
}
