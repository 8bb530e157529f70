/* tests/sim/lib/sim_priv.h - what the simulator's files share: world, node, io and operation.
 *
 * Two heaps of events: `device` (completions, deliveries: nothing in it runs user code) and `user` (turns of
 * attached ios, calls of world_at()). world_step() takes the earlier first event of both; io_wait() takes
 * from `device` alone, so that no other shard's code runs inside a wait. */
#ifndef SIM_PRIV_H
#define SIM_PRIV_H

#include "core/io.h"
#include "core/mem.h"
#include "tests/sim/disk.h"
#include "tests/sim/lib/event.h"
#include "tests/sim/world.h"

enum { OBSERVERS_MAX = 8, NODES_MAX = 64, TURN_COMPLETIONS_MAX = 256 };

enum death {
    DEATH_KILL,  /* of the process */
    DEATH_POWER, /* of the machine */
    DEATH_WORLD, /* the world is freed: the memory of the code under test may be gone */
};

struct disk;
struct open_file;
struct sock;

struct observer {
    void (*see)(void *ctx, const struct sim_trace *t);
    void *ctx;
};

struct world {
    struct world_options opt;
    uint64_t seed;
    uint64_t now_ns;
    uint64_t steps;
    struct event_heap device, user;
    struct rng rng_sched, rng_disk, rng_net, rng_user;
    struct mr_list nodes;
    struct mr_list ios;   /* all that were ever made and not freed */
    struct mr_list conns; /* network */
    struct sim_node *node_at[NODES_MAX];
    uint32_t node_count;
    struct mr_io *running; /* whose turn it is */
    bool in_call;          /* inside a function of world_at() */
    bool faults;
    bool ghosts; /* world_ghosts() */
    bool print_trace, print_log;
    int64_t wall_shift_ms;
    int failure;
    uint32_t errors_logged;
    uint64_t hash;
    struct observer observers[OBSERVERS_MAX];
    unsigned observer_count;
    uint32_t ios_made;
};

struct sim_node {
    struct world *w;
    struct mr_list link; /* world.nodes */
    uint32_t index;
    char name[64];
    char address[16];
    bool on;
    uint64_t process;   /* counts processes; owner id of file locks */
    uint64_t die_after; /* completed file operations; 0: no such plan */
    bool die_by_power;
    struct disk *disk;
    struct mr_list ios; /* alive */
    struct mr_log log;
    struct mr_list listeners;
    uint64_t blocked_to; /* bit i: nothing reaches node i */
    uint16_t port_next;
    uint16_t ports_occupied[16];
    unsigned occupied_count;
};

/* One completion on its way to done(). */
struct sim_cqe {
    struct mr_list link; /* mr_io.cqes */
    struct sim_op *s;
    int64_t result;
    bool more;
    struct mr_buf *buf; /* a reference of its own */
    struct mr_slice data;
};

/* A submitted op, from the submitting call to its final done(). */
struct sim_op {
    struct sim_event ev; /* first; on the device heap while the operation has something to come */
    struct mr_list link; /* mr_io.flight until the final completion was queued, then mr_io.ending */
    struct mr_op *op;
    struct mr_io *io;
    enum sim_kind kind;
    bool ended;     /* its final completion is queued */
    bool cancelled; /* io_cancel() was called */
    int32_t handle;
    struct open_file *file; /* a reference */
    struct sock *sock;      /* a reference */
    char *path, *path2;
    unsigned flags;
    uint64_t pos, len;
    const void *src;
    void *dst;
    const struct iovec *iov;
    unsigned iov_count;
    uint64_t checksum; /* of src or iov, at submission */
    uint64_t sent;     /* network: bytes taken so far */
    uint64_t seq;      /* disk: writes up to this one had completed at submission */
    uint32_t tries;    /* network: connection attempts */
    uint16_t port;
    int fault_err;        /* what the disk will answer; 0: as it can */
    uint64_t fault_short; /* at most this many bytes; 0: all */
    enum disk_effect fault_effect;
    struct sim_cqe cqe; /* the final one */
};

enum { HANDLE_FREE, HANDLE_FILE, HANDLE_SOCK };

struct handle {
    void *obj;
    uint16_t gen;
    uint8_t kind;
    uint32_t next_free; /* index + 1 */
};

/* An io_wait() under way. It knows its op by the submission: done() may free or resubmit the op. */
struct waiter {
    struct sim_op *s;
    int64_t result;
    struct waiter *outer;
};

struct mr_io {
    struct world *w;
    struct sim_node *node;
    struct io_config cfg;
    struct mr_list link;      /* world.ios */
    struct mr_list node_link; /* node.ios while alive */
    uint32_t number;          /* in the world, in the order of making */
    bool alive;
    bool ghost;          /* dead, but its process may still free itself */
    uint32_t ghost_idle; /* turns without anything to do since */
    bool own_world;      /* made by io_new(): the world goes with it */

    struct sim_event turn; /* on the user heap */
    int (*turn_fn)(void *ctx);
    void *turn_ctx;
    bool attached;
    bool woken;
    int ran;           /* completions run by io_turn() in this turn */
    uint64_t until_ns; /* the deadline of the last io_turn() */
    uint64_t now_ns;
    uint64_t free_ns; /* its thread is busy until then */
    uint64_t clock_ns;
    struct fiber *fiber; /* of world_thread() */

    struct waiter *waiter;

    struct mr_list flight; /* sim_op */
    struct mr_list ending; /* sim_op: only the final done() is missing */
    struct mr_list cqes;
    uint32_t ops;
    struct io_counters counters;
    struct rng rng;

    struct handle *handles;
    uint32_t handles_cap, handles_used, handles_free; /* free list: index + 1 */

    struct mr_list chunks; /* all that exist */
    uint32_t chunk_count;
    struct sim_chunk *chunk; /* being filled */
};

/* ---- world.c ---- */
void world_lapse(struct world *w, uint64_t at_ns); /* virtual time never goes back */
void device_at(struct world *w, struct sim_event *ev, uint64_t at_ns, struct rng *r);
uint64_t world_next_ns(struct world *w); /* UINT64_MAX: nothing will happen */
void io_turn_init(struct mr_io *io);
void io_kick(struct mr_io *io); /* something for this io to see: have its turn soon */
bool world_step_device(struct world *w);
static inline uint64_t span_draw(struct rng *r, struct span_ns s)
{
    return rng_between(r, s.min, s.max);
}
static inline bool fault_chance(struct world *w, struct rng *r, uint32_t ppm)
{
    return w->faults && rng_chance(r, ppm);
}

/* ---- node.c ---- */
void node_free(struct sim_node *n);
void node_log_init(struct sim_node *n);
void io_release(struct mr_io *io);
void node_op_completed(struct sim_node *n); /* a file operation: node_die_after() counts them */

/* ---- ghost.c ---- */
void ghost_rise(struct mr_io *io); /* its process has just died */
int ghost_turn(struct mr_io *io, uint64_t until_ns);
bool ghost_op(struct mr_io *io, struct mr_op *op,
              enum sim_kind kind); /* true: io is a ghost, and the op has ended */

/* ---- fiber.c ---- */
struct fiber;
int fiber_io_turn(struct mr_io *io, uint64_t until_ns); /* io_turn() on a thread of world_thread() */
void fiber_sleep(struct mr_io *io, uint64_t until_ns);  /* give the turn back until something happens */
void fiber_free(struct fiber *f);                       /* NULL is fine; aborts when it has not ended */

/* ---- op.c ---- */
struct sim_op *op_begin(struct mr_io *io, struct mr_op *op, enum sim_kind kind); /* the op becomes busy */
void op_submitted(struct sim_op *s);           /* all fields are set: trace it */
void op_end(struct sim_op *s, int64_t result); /* the final completion */
void op_end_data(struct sim_op *s, struct mr_buf *buf, struct mr_slice data); /* takes buf's reference */
void op_more(struct sim_op *s, int64_t result, struct mr_buf *buf, struct mr_slice data); /* likewise */
void op_check_memory(const struct sim_op *s); /* what the op points at is as it was at submission */
unsigned cqes_deliver(struct mr_io *io, unsigned max);
void io_abandon_ops(struct mr_io *io, enum death death); /* every op ends without done() */
struct sim_op *op_find(struct mr_op *op);

int32_t handle_new(struct mr_io *io, uint8_t kind, void *obj); /* or -EMFILE */
void *handle_get(struct mr_io *io, uint8_t kind, int32_t h);   /* aborts when it is not one */
void handle_drop(struct mr_io *io, int32_t h);

/* ---- chunk.c ---- */
struct mr_buf *chunk_take(struct mr_io *io, size_t want,
                          struct mr_slice *ret); /* a reference; NULL: all held */
void chunk_retire(struct mr_io *io);             /* start a fresh chunk next time */
void chunks_free(struct mr_io *io);

/* ---- shake.c ---- */
void shake_stack(uint8_t *stack, size_t bytes); /* a new one: after seed_shake() it holds junk */

/* ---- trace.c ---- */
void trace_op(const struct sim_op *s, enum sim_moment moment, int64_t result);
void trace_world(struct world *w, const char *what, uint64_t a, uint64_t b);
uint64_t hash_bytes(const void *p, size_t len, uint64_t seed);
uint64_t hash_text(const char *text);

/* ---- file.c: operations on files ---- */
void file_io_dies(struct mr_io *io, enum death death); /* end its file operations, close its files */
void file_op_cancel(struct sim_op *s);
void file_op_done(struct sim_op *s);              /* drop what it refers to */
const char *file_path(const struct open_file *f); /* as opened; "" for NULL */
void file_heal(struct world *w);

/* ---- disk.c ---- */
struct disk *disk_new(struct sim_node *n);
void disk_free(struct disk *d);
void disk_power_loss(struct disk *d);
void disk_process_ends(struct disk *d, uint64_t process); /* its locks */

/* ---- net.c, sock.c ---- */
void sock_io_dies(struct mr_io *io, enum death death);
void sock_op_cancel(struct sim_op *s);
void sock_op_done(struct sim_op *s);
void net_node_boots(struct sim_node *n);
void net_heal(struct world *w);
void net_free(struct world *w);

#endif
