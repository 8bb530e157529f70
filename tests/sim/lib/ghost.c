/* Ghosts: ios of a dead process that let it free itself; see tests/sim/world.h. */
#include "tests/sim/lib/sim_priv.h"

enum { GHOST_IDLE_MAX = 100000 };

void world_ghosts(struct world *w, bool on) { w->ghosts = on; }

bool world_io_dead(const struct mr_io *io) { return !io->alive; }

/* What had completed and what had not all end alike: the process did not live to see it. */
void ghost_rise(struct mr_io *io)
{
    io->ghost = true;
    LIST_FOR(at, &io->cqes)
    {
        struct sim_cqe *c = MR_CONTAINER(at, struct sim_cqe, link);
        MR_ASSERT(!c->more && c->buf == NULL); /* sockets have no ghosts */
        c->result = -EIO;
    }
    while (!list_empty(&io->flight))
        op_end(MR_CONTAINER(io->flight.next, struct sim_op, link), -EIO);
}

int ghost_turn(struct mr_io *io, uint64_t until_ns)
{
    unsigned ran = cqes_deliver(io, TURN_COMPLETIONS_MAX);
    if (ran > 0) {
        io->ghost_idle = 0;
        return (int)ran;
    }
    MR_ASSERT(++io->ghost_idle < GHOST_IDLE_MAX); /* waits for something that will never come */
    if (until_ns != UINT64_MAX)
        io->now_ns = mr_max(io->now_ns, until_ns); /* only its own clock goes on, so that its timers fire */
    return 0;
}
