/* Going through all entities of a coordinator, one event after the other: expiry, and the rewrite that keeps
 * the log short.
 *
 * The rewrite. Log compaction would keep the newest record of each key; until there is one, a coordinator
 * whose log has grown far beyond its state appends that state anew, entity by entity, and then moves the
 * log's start to where it began. Each entity is put by an exclusive event, so nothing of it is under way
 * meanwhile and what is put is what all records before it amount to. A crash in between leaves a longer log
 * and the same state: records of the snapshot stand behind those that they repeat. What an open transaction
 * has put here cannot be put anew: the log's start stays before the first offset that is not decided. A real
 * Kafka reads the result as it reads any compacted log. */
#include "core/broker/coord_priv.h"
#include "storage/producer_state.h"

enum { LOOKS_PER_STEP = 256, REWRITE_TIMES = 4 };

static void again(struct coord *c)
{
    shard_ready(c->home->shard, &c->walk.again);
}

static void begin(struct coord *c, enum coord_walk_kind kind)
{
    c->walk.kind = kind;
    c->walk.at = c->all.next;
    c->walk.born_before = c->born;
    again(c);
}

static void end(struct coord *c)
{
    c->walk.kind = COORD_WALK_NONE;
    if (c->state != COORD_SERVING)
        return;
    if (c->walk.expire_wanted)
        coord_sweep(c);
    else
        coord_walk_rewrite_if_due(c);
}

void coord_walk_skip(struct coord *c, struct coord_entity *gone)
{
    if (c->walk.at == &gone->link)
        c->walk.at = gone->link.next;
}

/* ---- expiry ---- */

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
        c->walk.kind = COORD_WALK_NONE;
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
    c->walk.expire_wanted = c->walk.kind != COORD_WALK_NONE;
    if (c->walk.kind == COORD_WALK_NONE)
        begin(c, COORD_WALK_EXPIRE);
}

/* ---- rewrite ---- */

static void snapshot_run(struct coord_op *op)
{
    op->several = true;
    op->coord->type->snapshot(op->entity, op);
}

static void snapshot_done(struct coord_op *op, enum kw_error error)
{
    struct coord *c = op->coord;
    if (error != KW_NONE || c->state != COORD_SERVING) {
        c->walk.kind = COORD_WALK_NONE;
        c->live_bytes = c->log_bytes; /* not at once again */
        return;
    }
    again(c);
}

static void cut_done(struct plog_change *change)
{
    struct coord *c = MR_CONTAINER(change, struct coord, walk.start);
    c->walk.moving = false;
    if (c->state != COORD_SERVING) {
        c->walk.kind = COORD_WALK_NONE;
        coord_maybe_free(c);
        return;
    }
    if (change->err == 0 && !c->walk.held_back)
        c->log_bytes -= c->walk.bytes;
    c->live_bytes = c->log_bytes;
    end(c);
}

/* All is put and stable, so everything before the first of it is, too. */
static void cut(struct coord *c)
{
    struct plog *log = c->p->log;
    c->walk.cutting = true;
    c->walk.start = (struct plog_change){.done = cut_done};
    if (!plog_open(log, &c->walk.again))
        return;
    int err = plog_set_start(log, mr_imin(c->walk.from, plog_stable_end(log)), &c->walk.start);
    if (err == -EAGAIN) {
        plog_wait_room(log, &c->walk.again);
        return;
    }
    c->walk.cutting = false;
    if (err == 0)
        c->walk.moving = true;
    else
        c->walk.kind = COORD_WALK_NONE; /* fenced: the next append will tell */
}

void coord_walk_rewrite_if_due(struct coord *c)
{
    if (c->state != COORD_SERVING || c->walk.kind != COORD_WALK_NONE ||
        c->log_bytes <= mr_max(c->all_of->rewrite_bytes, REWRITE_TIMES * c->live_bytes) ||
        !plog_open(c->p->log, &c->walk.again) || plog_failed(c->p->log) != 0)
        return;
    int64_t unstable = producer_first_unstable(plog_producers(c->p->log), partition_high_watermark(c->p));
    c->walk.from = plog_append_end(c->p->log);
    c->walk.held_back = unstable >= 0 && unstable < c->walk.from;
    if (c->walk.held_back)
        c->walk.from = unstable;
    c->walk.bytes = c->log_bytes;
    begin(c, COORD_WALK_REWRITE);
}

/* ---- stepping ---- */

static bool wanted(struct coord *c, struct coord_entity *e)
{
    return c->walk.kind == COORD_WALK_REWRITE ? e->born < c->walk.born_before : wants_expiry(e);
}

static void step(struct mr_work *w)
{
    struct coord *c = MR_CONTAINER(w, struct coord, walk.again);
    if (c->state != COORD_SERVING || c->walk.kind == COORD_WALK_NONE)
        return;
    if (c->walk.cutting) {
        cut(c);
        return;
    }
    for (uint32_t looks = 0; c->walk.at != &c->all; looks++) {
        if (looks == LOOKS_PER_STEP) {
            again(c);
            return;
        }
        struct coord_entity *e = MR_CONTAINER(c->walk.at, struct coord_entity, link);
        c->walk.at = e->link.next;
        if (!wanted(c, e))
            continue;
        bool rewrite = c->walk.kind == COORD_WALK_REWRITE;
        coord_op_init(&c->walk.op, rewrite ? snapshot_run : expire_run,
                      rewrite ? snapshot_done : expire_done);
        coord_submit_on(e, &c->walk.op);
        return;
    }
    if (c->walk.kind == COORD_WALK_REWRITE)
        cut(c);
    else
        end(c);
}

void coord_walk_init(struct coord *c)
{
    c->walk.at = &c->all;
    work_init(&c->walk.again, step);
}
