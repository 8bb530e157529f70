/* Entities and their events: who has a turn, who waits. */
#include "core/broker/coord_priv.h"
#include "core/mem.h"

/* ---- entities ---- */

void coord_turn_init(struct coord_entity *e)
{
    list_init(&e->link);
    list_init(&e->queue);
    list_init(&e->later);
}

static void wake_due(struct mr_timer *t);

struct coord_entity *coord_entity(struct coord *c, struct mr_str name)
{
    return smap_get(&c->names, name);
}

struct coord_entity *coord_entity_make(struct coord *c, struct mr_str name)
{
    struct coord_entity *e = coord_entity(c, name);
    if (e != NULL)
        return e;
    char *copy = mem_text(name.ptr, name.len);
    e = copy != NULL ? c->type->make(c) : NULL;
    if (e == NULL) {
        mem_free(copy);
        return NULL;
    }
    coord_turn_init(e);
    e->coord = c;
    e->name = (struct mr_str){copy, name.len};
    timer_init(&e->wake, wake_due);
    if (smap_put(&c->names, e->name, e) != 0) {
        c->type->free(e);
        mem_free(copy);
        return NULL;
    }
    list_push(&c->all, &e->link);
    coord_charge(e, (int64_t)(sizeof(*e) + name.len));
    return e;
}

void coord_entity_drop(struct coord_entity *e)
{
    struct coord *c = e->coord;
    coord_walk_skip(c, e);
    shard_timer_cancel(c->home->shard, &e->wake);
    smap_remove(&c->names, e->name);
    list_remove(&e->link);
    list_remove(&e->later);
    c->all_of->bytes -= e->charged;
    mem_free((char *)e->name.ptr);
    c->type->free(e);
}

bool coord_entity_idle(const struct coord_entity *e)
{
    return e->shared == 0 && !e->exclusive && !e->pumping && !e->waking && !e->held && list_empty(&e->queue);
}

void coord_each(struct coord *c, void (*each)(void *ctx, struct coord_entity *e), void *ctx)
{
    LIST_FOR_SAFE(node, tmp, &c->all)
    each(ctx, MR_CONTAINER(node, struct coord_entity, link));
}

void coord_charge(struct coord_entity *e, int64_t bytes)
{
    MR_ASSERT(bytes >= 0 || e->charged >= (uint64_t)-bytes);
    e->charged += (uint64_t)bytes;
    e->coord->all_of->bytes += (uint64_t)bytes;
}

bool coord_full(const struct coord *c)
{
    struct coords *cs = c->all_of;
    if (cs->bytes <= cs->bytes_max)
        return false;
    if (!cs->full_told)
        log_warn(
            c->home->shard->log, "coord",
            "groups and transactions take %llu MiB, no more are taken; see millrace.memory.bytes shard=%u",
            (unsigned long long)(cs->bytes >> 20), c->home->shard->id);
    cs->full_told = true;
    return true;
}

/* ---- turns ---- */

static struct coord_entity *entity_of(const struct coord_op *op)
{
    return op->entity != NULL ? op->entity : &op->coord->nobody;
}

static void start(struct coord_entity *e, struct coord_op *op)
{
    struct coords *cs = e->coord->all_of;
    if (op->shared)
        e->shared++;
    else
        e->exclusive = true;
    cs->current = op;
    coord_write_begin(op);
    op->run(op);
    cs->current = NULL;
    if (!list_empty(&cs->later))
        shard_ready(cs->home->shard, &cs->later_work);
    if (op->error != KW_NONE || op->records == 0)
        coord_finish(op, op->error);
    else
        coord_write(op);
}

static bool may_start(const struct coord_entity *e, struct coord_op *op)
{
    if (e->exclusive)
        return false;
    if (op->beside != NULL) {
        enum coord_beside how = op->beside(op);
        MR_ASSERT(how != COORD_LATER || e->shared > 0);
        op->shared = how == COORD_SHARED;
        if (how == COORD_LATER)
            return false;
    }
    return op->shared || e->shared == 0;
}

/* Those who wait, in order. e may be gone afterwards. */
static void pump(struct coord_entity *e)
{
    struct coord *c = e->coord;
    struct coords *cs = c->all_of;
    if (e->pumping)
        return;
    e->pumping = true;
    while (!list_empty(&e->queue)) {
        struct coord_op *op = MR_CONTAINER(e->queue.next, struct coord_op, link);
        if (c->state != COORD_SERVING) { /* it ended with the event before this one */
            coord_entity_fail(e, KW_NOT_COORDINATOR);
            break;
        }
        if (!may_start(e, op))
            break;
        if (cs->current != NULL) { /* its records are being put: this one's would get among them */
            list_remove(&e->later);
            list_push(&cs->later, &e->later);
            break;
        }
        list_remove(&op->link);
        e->queued--;
        start(e, op);
    }
    e->pumping = false;
    if (e != &c->nobody && coord_entity_idle(e) && c->state != COORD_LOADING &&
        (c->state != COORD_SERVING || c->type->is_empty(e)))
        coord_entity_drop(e);
}

void coord_turn_later(struct mr_work *w)
{
    struct coords *cs = MR_CONTAINER(w, struct coords, later_work);
    struct mr_list now;
    list_init(&now);
    list_splice(&now, &cs->later);
    while (!list_empty(&now))
        pump(MR_CONTAINER(list_pop(&now), struct coord_entity, later));
}

void coord_finish(struct coord_op *op, enum kw_error error)
{
    struct coord_entity *e = entity_of(op);
    bool shared = op->shared;
    op->done(op, error); /* op may be gone */
    if (shared)
        e->shared--;
    else
        e->exclusive = false;
    pump(e);
}

void coord_entity_fail(struct coord_entity *e, enum kw_error error)
{
    while (!list_empty(&e->queue)) {
        struct coord_op *op = MR_CONTAINER(list_pop(&e->queue), struct coord_op, link);
        e->queued--;
        op->done(op, error);
    }
}

/* ---- submitting ---- */

void coord_op_init(struct coord_op *op, void (*run)(struct coord_op *op),
                   void (*done)(struct coord_op *op, enum kw_error error))
{
    *op = (struct coord_op){.run = run,
                            .done = done,
                            .producer_id = KW_NO_PRODUCER_ID,
                            .producer_epoch = KW_NO_PRODUCER_EPOCH,
                            .base_offset = -1};
    list_init(&op->link);
}

static void submit(struct coord_entity *e, struct coord_op *op)
{
    struct coord *c = e->coord;
    op->coord = c;
    op->entity = e == &c->nobody ? NULL : e;
    if (c->state != COORD_SERVING || c->all_of->stopping) {
        op->done(op, KW_NOT_COORDINATOR);
        return;
    }
    bool own = op == &e->wake_op || op == &c->walk.op;
    if (e->queued >= COORD_QUEUE_MAX && !own) {
        op->done(op, KW_COORDINATOR_LOAD_IN_PROGRESS);
        return;
    }
    list_push(&e->queue, &op->link);
    e->queued++;
    pump(e);
}

void coord_submit_on(struct coord_entity *e, struct coord_op *op)
{
    submit(e, op);
}

void coord_submit(struct broker_shard *b, enum coord_kind kind, struct part_key key, struct mr_str name,
                  struct coord_op *op)
{
    struct coord *c;
    enum kw_error error = coord_find(b, kind, key, &c);
    op->coord = NULL;
    op->entity = NULL;
    if (error != KW_NONE) {
        op->done(op, error);
        return;
    }
    struct coord_entity *e = &c->nobody;
    if (name.ptr == NULL) {
        op->shared = true;
    } else {
        e = coord_entity(c, name);
        if (e == NULL && !coord_full(c))
            e = coord_entity_make(c, name);
    }
    if (e == NULL)
        op->done(op, KW_COORDINATOR_NOT_AVAILABLE);
    else
        submit(e, op);
}

/* ---- waking ---- */

static void wake_run(struct coord_op *op)
{
    op->coord->type->wake_run(op->entity, op);
}

static void wake_submit(struct coord_entity *e);

static void wake_done(struct coord_op *op, enum kw_error error)
{
    struct coord_entity *e = op->entity;
    e->coord->type->wake_done(e, op, error);
    e->waking = false;
    if (e->wake_again && e->coord->state == COORD_SERVING)
        wake_submit(e);
}

static void wake_submit(struct coord_entity *e)
{
    e->waking = true;
    e->wake_again = false;
    coord_op_init(&e->wake_op, wake_run, wake_done);
    e->wake_op.shared = e->coord->type->wake_shared;
    submit(e, &e->wake_op);
}

static void wake_due(struct mr_timer *t)
{
    struct coord_entity *e = MR_CONTAINER(t, struct coord_entity, wake);
    if (e->waking)
        e->wake_again = true;
    else
        wake_submit(e);
}

void coord_wake_at(struct coord_entity *e, int64_t at_ms)
{
    struct mr_shard *s = e->coord->home->shard;
    if (at_ms == INT64_MAX || e->coord->state != COORD_SERVING) {
        shard_timer_cancel(s, &e->wake);
        return;
    }
    int64_t now_ns = (int64_t)shard_now_ns(s);
    int64_t at_ns = at_ms > INT64_MAX / 1000000 ? INT64_MAX : at_ms * 1000000;
    shard_timer(s, &e->wake, (uint64_t)mr_imax(at_ns - now_ns, 0));
}
