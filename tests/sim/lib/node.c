#include <stdio.h>

#include "tests/sim/lib/sim_priv.h"

struct sim_node *world_node(struct world *w, const char *name)
{
    MR_ASSERT(w->node_count < NODES_MAX);
    MR_ASSERT(strlen(name) > 0 && strlen(name) < sizeof(((struct sim_node *)0)->name));
    for (uint32_t i = 0; i < w->node_count; i++)
        MR_ASSERT(strcmp(w->node_at[i]->name, name) != 0); /* names are addresses */
    struct sim_node *n = mem_zalloc(1, sizeof(*n));
    MR_ASSERT(n != NULL);
    n->w = w;
    n->index = w->node_count;
    w->node_at[w->node_count++] = n;
    list_push(&w->nodes, &n->link);
    snprintf(n->name, sizeof(n->name), "%s", name);
    snprintf(n->address, sizeof(n->address), "10.0.0.%u", n->index + 1);
    n->on = true;
    n->process = 1;
    n->port_next = 32768;
    list_init(&n->ios);
    list_init(&n->listeners);
    n->disk = disk_new(n);
    node_log_init(n);
    return n;
}

void node_free(struct sim_node *n)
{
    disk_free(n->disk);
    mem_free(n);
}

const char *node_name(const struct sim_node *n)
{
    return n->name;
}
const char *node_address(const struct sim_node *n)
{
    return n->address;
}

/* ---- the node's log ---- */

static void log_write(struct mr_log *log, enum log_level level, const char *line)
{
    struct sim_node *n = log->owner;
    struct world *w = n->w;
    if (level == LOG_ERROR)
        w->errors_logged++;
    trace_world(w, "log", (uint64_t)level, hash_text(line));
    if (w->print_log)
        fprintf(stderr, "%12.6f ms %-8s %-5s %s\n", (double)w->now_ns / 1e6, n->name, log_level_name(level),
                line);
}

void node_log_init(struct sim_node *n)
{
    n->log = (struct mr_log){.level = LOG_DEBUG, .write = log_write, .owner = n};
}

struct mr_log *node_log(struct sim_node *n)
{
    return &n->log;
}
uint32_t world_errors_logged(const struct world *w)
{
    return w->errors_logged;
}

/* ---- ios: birth, death ---- */

struct mr_io *world_io(struct sim_node *n, const struct io_config *cfg)
{
    struct world *w = n->w;
    MR_ASSERT(w->running == NULL || w->running->node == n);
    struct mr_io *io = mem_zalloc(1, sizeof(*io));
    MR_ASSERT(io != NULL);
    io->w = w;
    io->node = n;
    io->cfg = *cfg;
    if (io->cfg.recv_chunk_bytes == 0)
        io->cfg.recv_chunk_bytes = w->opt.recv_chunk_bytes;
    if (io->cfg.recv_chunks_max == 0)
        io->cfg.recv_chunks_max = w->opt.recv_chunks_max;
    io->number = w->ios_made++;
    io->alive = true;
    io->now_ns = w->now_ns;
    io_turn_init(io);
    list_init(&io->flight);
    list_init(&io->ending);
    list_init(&io->cqes);
    list_init(&io->chunks);
    rng_seed(&io->rng, w->seed, 1000 + io->number);
    list_push(&w->ios, &io->link);
    list_push(&n->ios, &io->node_link);
    if (!n->on) {
        n->on = true;
        net_node_boots(n);
    }
    trace_world(w, "io", n->index, io->number);
    return io;
}

/* The thread and its ring are gone; the struct stays until world_free() or io_free(). */
static void io_die(struct mr_io *io, enum death death)
{
    file_io_dies(io, death);
    sock_io_dies(io, death);
    if (io->w->ghosts && death != DEATH_WORLD)
        ghost_rise(io);
    else
        io_abandon_ops(io, death);
    chunk_retire(io);
    world_detach(io);
    io->alive = false;
    list_remove(&io->node_link);
}

void io_release(struct mr_io *io)
{
    if (io->alive)
        io_die(io, DEATH_WORLD);
    fiber_free(io->fiber);
    chunks_free(io);
    mem_free(io->handles);
    list_remove(&io->link);
    mem_free(io);
}

static void process_end(struct sim_node *n, enum death death)
{
    struct world *w = n->w;
    MR_ASSERT(w->running == NULL || w->ghosts); /* use world_at() */
    n->die_after = 0;
    while (!list_empty(&n->ios))
        io_die(MR_CONTAINER(n->ios.next, struct mr_io, node_link), death);
    disk_process_ends(n->disk, n->process);
    n->process++;
}

void node_kill(struct sim_node *n)
{
    trace_world(n->w, "kill", n->index, 0);
    process_end(n, DEATH_KILL);
}

void node_power_loss(struct sim_node *n)
{
    trace_world(n->w, "power loss", n->index, 0);
    process_end(n, DEATH_POWER);
    disk_power_loss(n->disk);
    n->on = false;
}

void node_die_after(struct sim_node *n, uint64_t operations, bool power)
{
    MR_ASSERT(n->w->ghosts);
    n->die_after = operations;
    n->die_by_power = power;
}

void node_op_completed(struct sim_node *n)
{
    if (n->die_after == 0 || --n->die_after > 0)
        return;
    if (n->die_by_power)
        node_power_loss(n);
    else
        node_kill(n);
}

int io_new(const struct io_config *cfg, struct mr_io **ret, char *why, size_t why_bytes)
{
    if (why_bytes > 0)
        why[0] = '\0';
    struct world *w = world_new(1, NULL);
    struct mr_io *io = world_io(world_node(w, "localhost"), cfg);
    io->own_world = true;
    *ret = io;
    return 0;
}

void io_free(struct mr_io *io)
{
    if (io == NULL)
        return;
    struct world *w = io->w;
    bool own_world = io->own_world;
    if (io->alive) {
        MR_ASSERT(w->running == NULL);       /* detach first; free between turns */
        MR_ASSERT(io->ops == 0);             /* no op may be in flight */
        MR_ASSERT(world_io_chunks(io) == 0); /* receive buffers are still referenced */
    } else if (io->ghost) {
        MR_ASSERT(io->ops == 0); /* it went without waiting for its operations */
    } else if (world_io_chunks(io) > 0) {
        return; /* a killed process: its buffers' memory stays until world_free() */
    }
    io_release(io);
    if (own_world)
        world_free(w);
}

uint32_t world_io_handles(const struct mr_io *io)
{
    return io->handles_used;
}
uint32_t world_io_ops(const struct mr_io *io)
{
    return io->ops;
}

/* ---- clocks, entropy, counters ---- */

enum { CLOCK_READ_NS = 20 };

uint64_t io_now_ns(const struct mr_io *io)
{
    return io->now_ns;
}

int64_t io_wall_ms(const struct mr_io *io)
{
    return io->w->opt.wall_start_ms + io->w->wall_shift_ms + (int64_t)(io->now_ns / 1000000);
}

/* Moves a little with every reading, but never past the start of the next turn. */
uint64_t io_clock_ns(struct mr_io *io)
{
    uint64_t next_ns = mr_min(io->clock_ns + CLOCK_READ_NS, io->w->now_ns + io->w->opt.turn.min);
    io->clock_ns = mr_max(io->clock_ns, mr_max(io->w->now_ns, next_ns));
    return io->clock_ns;
}

void io_random(struct mr_io *io, void *dst, size_t bytes)
{
    uint8_t *at = dst;
    while (bytes > 0) {
        uint64_t v = rng_next(&io->rng);
        size_t n = mr_min(bytes, sizeof(v));
        memcpy(at, &v, n);
        at += n;
        bytes -= n;
    }
}

void io_counters(const struct mr_io *io, struct io_counters *ret)
{
    *ret = io->counters;
}
