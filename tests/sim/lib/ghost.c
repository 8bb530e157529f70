/* Ghosts: ios of a dead process that let it free itself; see tests/sim/world.h. */
#include "tests/sim/lib/sim_priv.h"

enum { GHOST_IDLE_MAX = 400000, GHOST_TURN_NS = 100000 };

void world_ghosts(struct world *w, bool on)
{
    w->ghosts = on;
}

bool world_io_dead(const struct mr_io *io)
{
    return !io->alive;
}

/* What had completed and what had not all end alike: the process did not live to see it. */
void ghost_rise(struct mr_io *io)
{
    io->ghost = true;
    LIST_FOR_SAFE(at, next, &io->cqes)
    {
        struct sim_cqe *c = MR_CONTAINER(at, struct sim_cqe, link);
        if (c->buf != NULL)
            buf_unref(c->buf);
        c->buf = NULL;
        c->data = (struct mr_slice){0};
        c->result = -EIO;
        if (c->more) { /* a connection that nobody has heard of, or bytes of one */
            list_remove(&c->link);
            mem_free(c);
        }
    }
    while (!list_empty(&io->flight))
        op_end(MR_CONTAINER(io->flight.next, struct sim_op, link), -EIO);
}

bool ghost_op(struct mr_io *io, struct mr_op *op, enum sim_kind kind)
{
    if (!io->ghost)
        return false;
    struct sim_op *s = op_begin(io, op, kind);
    op_submitted(s);
    op_end(s, -EIO);
    return true;
}

int ghost_turn(struct mr_io *io, uint64_t until_ns)
{
    unsigned ran = cqes_deliver(io, TURN_COMPLETIONS_MAX);
    if (ran > 0) {
        io->ghost_idle = 0;
        return (int)ran;
    }
    MR_ASSERT(++io->ghost_idle < GHOST_IDLE_MAX); /* waits for something that will never come */
    /* Only its own clock goes on, so that its timers fire, also when it polls. */
    io->now_ns = mr_max(io->now_ns + GHOST_TURN_NS, until_ns != UINT64_MAX ? until_ns : 0);
    return 0;
}
