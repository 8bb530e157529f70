/* Going through all entities of a coordinator, one event after the other: expiry, and the rewrite that keeps
 * the log short.
 *
 * The rewrite. Log compaction would keep the newest record of each key; until there is one, a coordinator
 * whose log has grown far beyond its state appends that state anew, entity by entity, and then moves the
 * log's start to where it began. Each entity is put by an exclusive event, so nothing of it is under way
 * meanwhile and what is put is what all records before it amount to. A crash in between leaves a longer log
 * and the same state: records of the snapshot stand behind those that they repeat. What an open transaction
 * has put here cannot be put anew: the log's start stays before the first offset that is not decided. Nor can
 * what it is about to replace (coord_keep_from()): put behind the transaction's records it would count as the
 * newer. A real Kafka reads the result as it reads any compacted log. */
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
    if (c->type->snapshot_done != NULL)
        c->type->snapshot_done(op->entity, op);
    again(c);
}

void coord_keep_from(struct coord *c, int64_t offset)
{
    MR_ASSERT(c->all_of->current == &c->walk.op);
    c->walk.cut = mr_imin(c->walk.cut, offset);
}

/* Of what the log held when the walk began, about: records are taken to be of one size. */
static uint64_t bytes_cut(const struct coord_walk *w)
{
    if (w->cut <= w->began)
        return 0;
    return (uint64_t)((double)w->bytes * (double)(w->cut - w->began) / (double)(w->from - w->began));
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
    if (change->err == 0)
        c->log_bytes -= mr_min(bytes_cut(&c->walk), c->log_bytes);
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
    int err = plog_set_start(log, mr_imin(c->walk.cut, plog_stable_end(log)), &c->walk.start);
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
    c->walk.began = plog_start(c->p->log);
    c->walk.from = c->walk.cut = plog_append_end(c->p->log);
    if (unstable >= 0)
        c->walk.cut = mr_imin(c->walk.cut, unstable);
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
