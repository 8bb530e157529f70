/* Going through all entities of a coordinator, one event after the other, for what has expired. */
#include "core/broker/coord_priv.h"

enum { LOOKS_PER_STEP = 256 };

static void again(struct coord *c)
{
    shard_ready(c->home->shard, &c->walk.again);
}

static void end(struct coord *c)
{
    c->walk.under_way = false;
    if (c->state == COORD_SERVING && c->walk.wanted)
        coord_sweep(c);
}

void coord_walk_skip(struct coord *c, struct coord_entity *gone)
{
    if (c->walk.at == &gone->link)
        c->walk.at = gone->link.next;
}

static bool wants_expiry(struct coord_entity *e)
{
    return e->coord->type->wants_expiry(e, coord_wall_ms(e->coord));
}

static void expire_run(struct coord_op *op)
{
    op->coord->type->expire_run(op->entity, op, coord_wall_ms(op->coord));
}

static void expire_done(struct coord_op *op, enum kw_error error)
{
    struct coord *c = op->coord;
    struct coord_entity *e = op->entity;
    c->type->expire_done(e, op, error);
    if (c->state != COORD_SERVING) {
        c->walk.under_way = false;
        return;
    }
    if (error == KW_NONE && op->records > 0 && wants_expiry(e))
        c->walk.at = &e->link; /* it took a part only */
    again(c);
}

void coord_sweep(struct coord *c)
{
    if (c->type->wants_expiry == NULL || c->state != COORD_SERVING)
        return;
    c->walk.wanted = c->walk.under_way;
    if (c->walk.under_way)
        return;
    c->walk.under_way = true;
    c->walk.at = c->all.next;
    again(c);
}

static void step(struct mr_work *w)
{
    struct coord *c = MR_CONTAINER(w, struct coord, walk.again);
    if (c->state != COORD_SERVING || !c->walk.under_way)
        return;
    for (uint32_t looks = 0; c->walk.at != &c->all; looks++) {
        if (looks == LOOKS_PER_STEP) {
            again(c);
            return;
        }
        struct coord_entity *e = MR_CONTAINER(c->walk.at, struct coord_entity, link);
        c->walk.at = e->link.next;
        if (!wants_expiry(e))
            continue;
        coord_op_init(&c->walk.op, expire_run, expire_done);
        coord_submit_on(e, &c->walk.op);
        return;
    }
    end(c);
}

void coord_walk_init(struct coord *c)
{
    c->walk.at = &c->all;
    work_init(&c->walk.again, step);
}
