/* tests/sim/world.h - the deterministic world: many ios of many machines in one thread from one seed.
 *
 * A world holds nodes; a node is a machine with a disk and an address and runs (at most) one process; a
 * process is the set of ios made on that node since it was last killed, one io per shard. The code under test
 * sees core/io.h and nothing else; this header is for the harness around it.
 *
 * Two ways to run an io:
 *  - attached: world_attach() gives the io a turn function (for a shard: one shard_turn()); world_step()
 * calls it when the io has something to do. io_turn() then never blocks: it runs what completed, and the
 * world remembers its deadline.
 *  - driven: an io that is not attached is driven by whoever calls io_turn() or io_wait() on it; these move
 *    virtual time, and io_turn() lets the attached ios run meanwhile. Good for unit tests.
 *
 * A third way is for code that blocks on its own thread, as shards do while they start and stop:
 * world_thread() runs a function on a stack of its own; it gives the turn back whenever it waits in io_turn()
 * or io_wait().
 *
 * Nothing here is thread-safe and nothing is global: any number of worlds live side by side. Errors of the
 * code under test against the contract of core/io.h abort with MR_ASSERT. See README.md for the model. */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "core/io.h"
#include "core/log.h"
#include "tests/sim/options.h"
#include "tests/sim/rng.h"

struct world;
struct sim_node;

/* ---- the world ---- */

/* options: copied; NULL is world_options_default(). Never NULL: out of memory aborts. */
struct world *world_new(uint64_t seed, const struct world_options *options);

/* Frees everything, ios included, whatever state they are in. */
void world_free(struct world *w);

uint64_t world_seed(const struct world *w);
uint64_t world_now_ns(const struct world *w);
uint64_t world_steps(const struct world *w); /* taken so far */
struct rng *world_rng(struct world *w);      /* for the scenario's own choices; a stream of its own */

/* Run the next event in (time, seeded tie-break) order: one completion, one delivery, one turn or one call.
 * False when nothing will ever happen again. */
bool world_step(struct world *w);

/* Run all that is due until virtual time reaches at_ns (relative: now + for_ns); time then stands there even
 * when nothing was due. */
void world_run_to(struct world *w, uint64_t at_ns);
void world_run_for(struct world *w, uint64_t for_ns);

/* Step until until(ctx) is true, checked after every step. False when limit_ns of virtual time passed first,
 * or nothing is left to happen. */
bool world_run_until(struct world *w, bool (*until)(void *ctx), void *ctx, uint64_t limit_ns);

/* Call fn at a virtual time, between turns: the place for kills, partitions and other scripted events. A time
 * in the past means next. */
void world_at(struct world *w, uint64_t at_ns, void (*fn)(struct world *w, void *ctx), void *ctx);

/* Probabilistic faults on or off (on at the start). world_heal(): off, no more scripted disk faults, no
 * partitions, and slow or stuck operations complete soon: the healthy phase of a scenario. */
void world_faults(struct world *w, bool on);
void world_heal(struct world *w);
void world_step_wall_clock(struct world *w, int64_t ms);

/* The first negative value returned by a turn function, or 0. */
int world_failure(const struct world *w);

/* ---- nodes and processes ---- */

/* A machine with an empty disk, switched on. name: its host name, copied; at most 64 nodes. Its address is
 * 10.0.0.N, N counting from 1. The root directory "/" is there. */
struct sim_node *world_node(struct world *w, const char *name);
const char *node_name(const struct sim_node *n);
const char *node_address(const struct sim_node *n);

/* Make an io for a shard of the process on that node; switches the node on when it was off. cfg: copied. Ends
 * with io_free(), or lives until world_free(). */
struct mr_io *world_io(struct sim_node *n, const struct io_config *cfg);

/* turn runs when the io has completions, was woken or its deadline passed: it must call io_turn(io, ...)
 * once, at its end. Returns 0, 1 to be detached (a stopped shard), or negative: recorded as world_failure()
 * and detached. turn == NULL: io_turn(io, UINT64_MAX), enough for clients made of done() functions. The first
 * turn is due at once. */
void world_attach(struct mr_io *io, int (*turn)(void *ctx), void *ctx);
void world_detach(struct mr_io *io);

/* A thread for this io: fn runs from a turn of the io on, on a stack of its own, and may block in io_turn()
 * and io_wait() of this io alone; everything else goes on meanwhile. It ends when fn returns; a negative
 * value is a world_failure(). When the process is killed, ghosts must be on: then node_bury() must run before
 * world_free(). */
void world_thread(struct mr_io *io, int (*fn)(void *ctx), void *ctx);
bool world_thread_over(const struct mr_io *io);

/* Let the threads of a killed process find out and end (world_ghosts()): they run in turn until all have
 * returned. Not from inside a turn. False: they do not come to an end, they wait for something that cannot
 * happen any more. */
bool node_bury(struct sim_node *n);

/* What that io still holds: open files and sockets; submitted ops; receive chunks held by the user. */
uint32_t world_io_handles(const struct mr_io *io);
uint32_t world_io_ops(const struct mr_io *io);
uint32_t world_io_chunks(const struct mr_io *io);

/* End the process at once (kill -9). What it wrote stays visible; each of its ops in flight is done, not
 * done, or (a write) done in part; done() runs for none of them and their op->busy becomes false, so that the
 * owner's memory may be freed. Peers see its connections end. Calls on the dead ios abort, io_free() and
 * buf_unref() excepted. Not from inside a turn: use world_at(). Call it before freeing the memory of the
 * process. */
void node_kill(struct sim_node *n);

/* Cut the power: as node_kill(), and of what was not made durable each write is kept, dropped or torn, each
 * directory operation kept or dropped in order. Peers hear nothing. The node stays off until world_io(). */
void node_power_loss(struct sim_node *n);

/* Ghosts. While they are on, a process that dies may still be freed by its own code: its ios go on as ghosts.
 * What was in flight ends with -EIO in their next io_turn() or io_wait(), as does all that they submit, and
 * nothing of it touches the disk or the time of the world. A kill may then also come from inside a turn or a
 * wait. */
void world_ghosts(struct world *w, bool on);
bool world_io_dead(const struct mr_io *io);

/* End the process (power: cut the power) right after that many more of its file operations have completed; 0:
 * do not. Needs ghosts. */
void node_die_after(struct sim_node *n, uint64_t operations, bool power);

/* A log for code on that node: counts lines of level error (world_errors_logged()), and prints all lines with
 * virtual time to stderr when the environment has MR_SIM_LOG=1. Lives as long as the node. */
struct mr_log *node_log(struct sim_node *n);
uint32_t world_errors_logged(const struct world *w);

/* ---- network ---- */

/* Nothing sent from a reaches b while on. Connections survive it until they time out. */
void world_partition(struct world *w, struct sim_node *a, struct sim_node *b, bool on);

/* Reset this connection: both ends get -ECONNRESET, each in its own time; data on the way is lost. */
void world_reset_conn(struct mr_io *io, struct mr_sock s);

/* From now on closing this socket resets the connection instead of ending the stream in order (SO_LINGER 0).
 */
void world_reset_on_close(struct mr_io *io, struct mr_sock s);

/* shutdown(SHUT_WR), for scripted clients: the peer reads to the end of the stream; this end still receives.
 */
void world_half_close(struct mr_io *io, struct mr_sock s);

/* Make io_listen() on that port fail with -EADDRINUSE, as if another program had it. */
void node_occupy_port(struct sim_node *n, uint16_t port, bool on);

/* ---- the trace ---- */

enum sim_kind {
    SIM_OPEN,
    SIM_CLOSE,
    SIM_READ,
    SIM_WRITE,
    SIM_WRITE_FLUSH,
    SIM_FLUSH,
    SIM_ALLOCATE,
    SIM_TRUNCATE,
    SIM_RENAME,
    SIM_UNLINK,
    SIM_RMDIR,
    SIM_MKDIR,
    SIM_SYNC_DIR,
    SIM_SYNC_FS,
    SIM_STAT,
    SIM_ACCEPT,
    SIM_CONNECT,
    SIM_RECV,
    SIM_RECV_INTO,
    SIM_SEND,
    SIM_SHUTDOWN,
    SIM_CLOSE_SOCK,
    SIM_KINDS,
};
const char *sim_kind_name(enum sim_kind kind);

enum sim_moment {
    SIM_SUBMITTED, /* inside the submitting call */
    SIM_COMPLETED, /* the effect has happened; the io will see it in a later turn */
    SIM_DELIVERED, /* done() is about to run */
};

struct sim_trace {
    enum sim_moment moment;
    enum sim_kind kind;
    uint64_t at_ns;
    struct mr_io *io;
    struct sim_node *node;
    uint32_t shard;
    const struct mr_op *op;
    const char *path;  /* as it was opened; "" for sockets; the source for renames */
    const char *path2; /* the target of a rename, else "" */
    int32_t handle;    /* of the file or socket, -1 when there is none */
    uint64_t pos, len;
    int64_t result;          /* COMPLETED and DELIVERED */
    const void *src;         /* SUBMITTED writes: what is written */
    const struct iovec *iov; /* SUBMITTED sends */
    unsigned iov_count;
};

/* Observers see every event in order; they must not submit, step or kill (world_at() is fine). At most 8. */
void world_observe(struct world *w, void (*see)(void *ctx, const struct sim_trace *t), void *ctx);

/* Over everything observable that happened so far: equal for equal seeds and equal code. */
uint64_t world_trace_hash(const struct world *w);

/* Mix the scenario's own observations in, so that they are part of the comparison. */
void world_trace_mix(struct world *w, uint64_t value);

/* With MR_SIM_TRACE=1 in the environment every event is printed to stderr. */

#endif
