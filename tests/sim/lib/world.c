#include "tests/sim/world.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/sim/lib/sim_priv.h"

struct call {
    struct sim_event ev; /* first */
    void (*fn)(struct world *w, void *ctx);
    void *ctx;
};

static void call_run(struct world *w, struct sim_event *ev)
{
    struct call *c = (struct call *)ev;
    w->in_call = true;
    c->fn(w, c->ctx);
    w->in_call = false;
    mem_free(c);
}

static bool env_is_on(const char *name)
{
    const char *text = getenv(name);
    return text != NULL && strcmp(text, "1") == 0;
}

struct world *world_new(uint64_t seed, const struct world_options *options)
{
    struct world *w = mem_zalloc(1, sizeof(*w));
    MR_ASSERT(w != NULL);
    w->opt = options != NULL ? *options : world_options_default();
    MR_ASSERT(w->opt.block_bytes == 512 || w->opt.block_bytes == 4096);
    MR_ASSERT(w->opt.window_bytes > 0 && w->opt.recv_chunk_bytes > 0 && w->opt.recv_chunks_max > 0);
    w->seed = seed;
    rng_seed(&w->rng_sched, seed, 1);
    rng_seed(&w->rng_disk, seed, 2);
    rng_seed(&w->rng_net, seed, 3);
    rng_seed(&w->rng_user, seed, 4);
    list_init(&w->nodes);
    list_init(&w->ios);
    list_init(&w->conns);
    w->faults = true;
    w->print_trace = env_is_on("MR_SIM_TRACE");
    w->print_log = env_is_on("MR_SIM_LOG");
    w->now_ns = 1000000; /* not 0: code may take 0 for "never" */
    return w;
}

void world_free(struct world *w)
{
    if (w == NULL)
        return;
    MR_ASSERT(w->running == NULL && !w->in_call);
    LIST_FOR_SAFE(at, next, &w->ios)
    io_release(MR_CONTAINER(at, struct mr_io, link));
    net_free(w);
    for (uint32_t i = 0; i < w->node_count; i++)
        node_free(w->node_at[i]);
    for (uint32_t i = 0; i < w->user.count; i++) {
        MR_ASSERT(w->user.items[i]->run == call_run); /* turns went with their ios */
        mem_free(w->user.items[i]);
    }
    events_done(&w->user);
    events_done(&w->device);
    mem_free(w);
}

uint64_t world_seed(const struct world *w)
{
    return w->seed;
}
uint64_t world_now_ns(const struct world *w)
{
    return w->now_ns;
}
uint64_t world_steps(const struct world *w)
{
    return w->steps;
}
struct rng *world_rng(struct world *w)
{
    return &w->rng_user;
}
int world_failure(const struct world *w)
{
    return w->failure;
}

void world_lapse(struct world *w, uint64_t at_ns)
{
    if (at_ns > w->now_ns)
        w->now_ns = at_ns;
}

void device_at(struct world *w, struct sim_event *ev, uint64_t at_ns, struct rng *r)
{
    events_add(&w->device, ev, at_ns, rng_next(r));
}

static void heap_run_first(struct world *w, struct event_heap *h)
{
    struct sim_event *ev = events_first(h);
    events_remove(h, ev);
    world_lapse(w, ev->at_ns);
    w->steps++;
    ev->run(w, ev);
}

bool world_step_device(struct world *w)
{
    if (w->device.count == 0)
        return false;
    heap_run_first(w, &w->device);
    return true;
}

static struct event_heap *heap_next(struct world *w)
{
    struct sim_event *dev = events_first(&w->device);
    struct sim_event *user = events_first(&w->user);
    if (dev == NULL)
        return user == NULL ? NULL : &w->user;
    if (user == NULL)
        return &w->device;
    return event_before(dev, user) ? &w->device : &w->user;
}

bool world_step(struct world *w)
{
    MR_ASSERT(w->running == NULL && !w->in_call); /* no stepping from inside a step */
    struct event_heap *h = heap_next(w);
    if (h == NULL)
        return false;
    heap_run_first(w, h);
    return true;
}

uint64_t world_next_ns(struct world *w)
{
    struct event_heap *h = heap_next(w);
    return h == NULL ? UINT64_MAX : events_first(h)->at_ns;
}

void world_run_to(struct world *w, uint64_t at_ns)
{
    while (world_next_ns(w) <= at_ns)
        world_step(w);
    world_lapse(w, at_ns);
}

void world_run_for(struct world *w, uint64_t for_ns)
{
    world_run_to(w, w->now_ns + for_ns);
}

bool world_run_until(struct world *w, bool (*until)(void *ctx), void *ctx, uint64_t limit_ns)
{
    uint64_t end_ns = w->now_ns + limit_ns;
    while (!until(ctx)) {
        if (world_next_ns(w) > end_ns || !world_step(w))
            return false;
    }
    return true;
}

void world_at(struct world *w, uint64_t at_ns, void (*fn)(struct world *w, void *ctx), void *ctx)
{
    struct call *c = mem_zalloc(1, sizeof(*c));
    MR_ASSERT(c != NULL);
    c->ev.run = call_run;
    c->fn = fn;
    c->ctx = ctx;
    events_add(&w->user, &c->ev, at_ns, rng_next(&w->rng_sched));
}

void world_faults(struct world *w, bool on)
{
    w->faults = on;
}

void world_heal(struct world *w)
{
    w->faults = false;
    file_heal(w);
    net_heal(w);
}

void world_step_wall_clock(struct world *w, int64_t ms)
{
    w->wall_shift_ms += ms;
}

/* ---- turns of attached ios ---- */

static void turn_at(struct mr_io *io, uint64_t at_ns)
{
    struct world *w = io->w;
    at_ns = mr_max(mr_max(at_ns, io->free_ns), w->now_ns);
    if (event_scheduled(&io->turn)) {
        if (io->turn.at_ns <= at_ns)
            return;
        events_remove(&w->user, &io->turn);
    }
    events_add(&w->user, &io->turn, at_ns, rng_next(&w->rng_sched));
}

void io_kick(struct mr_io *io)
{
    struct world *w = io->w;
    if (io->attached && w->running != io)
        turn_at(io, w->now_ns + span_draw(&w->rng_sched, w->opt.wake));
}

static void wall_clock_wobble(struct world *w)
{
    if (!fault_chance(w, &w->rng_sched, w->opt.wall_step_ppm))
        return;
    int64_t max = w->opt.wall_step_ms_max;
    w->wall_shift_ms += (int64_t)rng_between(&w->rng_sched, 0, 2 * (uint64_t)max) - max;
}

static void turn_run(struct world *w, struct sim_event *ev)
{
    struct mr_io *io = MR_CONTAINER(ev, struct mr_io, turn);
    MR_ASSERT(io->alive && io->attached);
    wall_clock_wobble(w);
    io->now_ns = w->now_ns;
    io->ran = 0;
    io->until_ns = 0;
    w->running = io;
    int verdict = io->turn_fn != NULL ? io->turn_fn(io->turn_ctx) : io_turn(io, UINT64_MAX);
    w->running = NULL;
    trace_world(w, "turn", io->number, (uint64_t)(uint32_t)io->ran);

    io->free_ns = w->now_ns + mr_max(1, span_draw(&w->rng_sched, w->opt.turn));
    if (fault_chance(w, &w->rng_sched, w->opt.stall_ppm))
        io->free_ns += span_draw(&w->rng_sched, w->opt.stall);
    if (verdict != 0 && io->turn_fn != NULL) {
        if (verdict < 0 && w->failure == 0)
            w->failure = verdict;
        world_detach(io);
    }
    if (!io->attached)
        return;
    if (io->ran > 0 || io->woken || !list_empty(&io->cqes))
        turn_at(io, io->free_ns);
    else if (io->until_ns != UINT64_MAX)
        turn_at(io, io->until_ns);
}

void world_attach(struct mr_io *io, int (*turn)(void *ctx), void *ctx)
{
    MR_ASSERT(io->alive && !io->attached);
    io->attached = true;
    io->turn_fn = turn;
    io->turn_ctx = ctx;
    turn_at(io, io->w->now_ns);
}

void world_detach(struct mr_io *io)
{
    io->attached = false;
    events_remove(&io->w->user, &io->turn);
}

void io_turn_init(struct mr_io *io)
{
    io->turn.run = turn_run;
}

/* ---- driving an io from outside of a step ---- */

int io_turn(struct mr_io *io, uint64_t until_ns)
{
    struct world *w = io->w;
    if (io->fiber != NULL)
        return fiber_io_turn(io, until_ns);
    if (io->ghost)
        return ghost_turn(io, until_ns);
    MR_ASSERT(io->alive);
    io->counters.turns++;
    io->counters.enters++;
    if (w->running != NULL) {
        MR_ASSERT(w->running == io); /* an io is used by one thread only */
        bool woken = io->woken;
        io->woken = false;
        int ran = (int)cqes_deliver(io, TURN_COMPLETIONS_MAX);
        io->ran += ran + (woken ? 1 : 0);
        io->until_ns = until_ns;
        return ran;
    }
    MR_ASSERT(!w->in_call);
    MR_ASSERT(!io->attached); /* the world has its turns */
    uint64_t free_ns = w->now_ns + mr_max(1, span_draw(&w->rng_sched, w->opt.turn)); /* this turn's cost */
    while (list_empty(&io->cqes) && !io->woken && until_ns > w->now_ns) {
        uint64_t next_ns = world_next_ns(w);
        if (next_ns > until_ns) {
            world_lapse(w, until_ns);
            break;
        }
        MR_ASSERT(next_ns != UINT64_MAX); /* would sleep for ever: nothing is left to happen */
        world_step(w);
    }
    io->woken = false;
    world_run_to(w, free_ns);
    io->now_ns = w->now_ns;
    wall_clock_wobble(w);
    return (int)cqes_deliver(io, TURN_COMPLETIONS_MAX);
}

int64_t io_wait(struct mr_io *io, struct mr_op *op)
{
    struct world *w = io->w;
    MR_ASSERT(io->alive || io->ghost);
    MR_ASSERT(io->ghost || w->running == NULL || w->running == io);
    if (!op->busy)
        return op->result;
    struct waiter me = {.s = op_find(op), .outer = io->waiter};
    MR_ASSERT(me.s->io == io);
    io->waiter = &me;
    while (me.s != NULL) {
        if (cqes_deliver(io, 1) > 0)
            continue;
        io->counters.enters++;
        if (io->fiber != NULL) {
            fiber_sleep(io, UINT64_MAX);
            continue;
        }
        if (!world_step_device(w)) {
            MR_ASSERT(w->running == NULL); /* would wait for ever: only another io's turn could end it */
            bool stepped = world_step(w);
            MR_ASSERT(stepped); /* would wait for ever: nothing is left to happen */
        }
        io->now_ns = w->now_ns;
    }
    io->waiter = me.outer;
    return me.result;
}

void io_wake_from(struct mr_io *from, struct mr_io *io)
{
    (void)from;
    io_wake(io);
}

void io_wake(struct mr_io *io)
{
    if (!io->alive)
        return; /* a peer that does not know yet */
    io->woken = true;
    trace_world(io->w, "wake", io->number, 0);
    io_kick(io);
}
