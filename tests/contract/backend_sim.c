/* The contract's backend on the simulator: a world without faults, whose only io is driven by the test.
 * MR_CONTRACT_SEED=N draws its costs, windows, fragments and so on from that seed. */
#include "tests/contract/backend.h"

#include <stdlib.h>

#include "core/mem.h"
#include "tests/sim/disk.h"
#include "tests/sim/world.h"

struct backend {
    struct world *w;
    struct sim_node *node;
    struct mr_io *io;
    uint64_t limit_ns;
    char locked[320]; /* held by another process; "": none */
};

static const char dir[] = "/contract";
enum { TURN_NS = 100 * 1000 * 1000 };
#define LIMIT_NS UINT64_C(10000000000)

struct backend *backend_new(const struct io_config *cfg)
{
    struct backend *b = mem_zalloc(1, sizeof(*b));
    MR_ASSERT(b != NULL);
    const char *seed = getenv("MR_CONTRACT_SEED");
    uint64_t n = seed != NULL ? strtoull(seed, NULL, 10) : 0;
    struct world_options o = seed != NULL ? world_options_from_seed(n) : world_options_default();
    b->w = world_new(n, &o);
    b->limit_ns = seed != NULL ? 100 * LIMIT_NS : LIMIT_NS; /* some drawn networks are very slow */
    world_faults(b->w, false);
    b->node = world_node(b->w, "contract");
    node_mkdirs(b->node, dir);
    struct io_config own = cfg != NULL ? *cfg : (struct io_config){0};
    own.log = node_log(b->node);
    b->io = world_io(b->node, &own);
    return b;
}

void backend_free(struct backend *b)
{
    MR_ASSERT(world_io_handles(b->io) == 0); /* every handle is closed */
    io_free(b->io);
    world_free(b->w);
    mem_free(b);
}

struct mr_io *backend_io(struct backend *b)
{
    return b->io;
}

const char *backend_dir(struct backend *b)
{
    (void)b;
    return dir;
}

int backend_turn(struct backend *b)
{
    return io_turn(b->io, world_now_ns(b->w) + TURN_NS);
}

bool backend_until(struct backend *b, bool (*cond)(void *ctx), void *ctx)
{
    uint64_t end_ns = world_now_ns(b->w) + b->limit_ns;
    while (!cond(ctx)) {
        if (world_now_ns(b->w) >= end_ns || backend_turn(b) < 0)
            return false;
    }
    return true;
}

static bool op_is_over(void *ctx)
{
    return !((struct mr_op *)ctx)->busy;
}

bool backend_finish(struct backend *b, struct mr_op *op)
{
    return backend_until(b, op_is_over, op);
}

void backend_reset_on_close(struct backend *b, struct mr_sock s)
{
    world_reset_on_close(b->io, s);
}

int backend_lock_elsewhere(struct backend *b, const char *path)
{
    MR_ASSERT(b->locked[0] == '\0' && strlen(path) < sizeof(b->locked));
    if (!node_hold_lock(b->node, path, true))
        return -EAGAIN;
    memcpy(b->locked, path, strlen(path) + 1);
    return 0;
}

void backend_unlock_elsewhere(struct backend *b)
{
    if (b->locked[0] != '\0')
        node_hold_lock(b->node, b->locked, false);
    b->locked[0] = '\0';
}

bool backend_has_threads(void)
{
    return false;
}

/* It has, but misaligned calls are a bug here and abort. */
bool backend_has_direct_io(struct backend *b)
{
    (void)b;
    return false;
}
