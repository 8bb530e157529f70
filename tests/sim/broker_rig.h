/* tests/sim/broker_rig.h - a whole broker on a simulated machine: the code that runs in production, on
 * simulated threads.
 *
 * One life of the process is: rig_start(), which returns at once; the shards' threads start, serve and are
 * stopped by rig_stop() or killed by rig_kill(); rig_reap() frees what is left and says how it went. The disk
 * outlives it. */
#ifndef SIM_BROKER_RIG_H
#define SIM_BROKER_RIG_H

#include "core/broker/boot.h"
#include "net/net.h"
#include "tests/sim/seeds.h"
#include "tests/sim/world.h"

enum { RIG_SHARDS_MAX = 8, RIG_PORT = 9092, RIG_OVERRIDES_MAX = 32 };

/* Of one life; 0: as the configuration says. */
struct rig_sizes {
    uint32_t shards;
    uint32_t mailbox_slots;    /* a power of two; 0: 1024 */
    uint64_t net_memory_bytes; /* of requests in flight, a shard */
    uint32_t requests_per_conn;
    uint32_t grace_ms;
    uint32_t recv_chunk_bytes, recv_chunks_max;
};

struct rig_seat {
    struct rig *rig;
    struct mr_io *io;
    struct mr_shard *shard;
    bool up, ended;
    int err;
};

struct rig {
    struct world *w;
    struct sim_node *node;
    struct mr_config *config;
    struct boot *boot; /* NULL: no process */
    struct mr_shard **shards;
    struct rig_seat seats[RIG_SHARDS_MAX];
    struct rig_sizes sizes;
    struct seed_result *res; /* where failures are told */
    bool killed;
    uint32_t lives, clean_ends;
    struct mr_log log;
    uint32_t errors; /* lines of level error by living processes */
    char error[160]; /* the first one */
};

/* A node "broker" in w, ghosts on. overrides: "key=value" beside the rig's own, count of them. */
void rig_init(struct rig *rig, struct world *w, const char *const *overrides, uint32_t count,
              struct seed_result *res);
void rig_done(struct rig *rig); /* no process */

/* An override for some seeds: several log directories. NULL: one. */
const char *rig_several_dirs(uint64_t seed);

void rig_start(struct rig *rig, const struct rig_sizes *sizes);
bool rig_up(const struct rig *rig);    /* all shards serve */
bool rig_ended(const struct rig *rig); /* all threads have returned, or the process was killed */
void rig_stop(struct rig *rig);        /* SIGTERM */
/* kill -9, or the power. Between turns: world_at(). rig_reap() must follow before the next start. */
void rig_kill(struct rig *rig, bool power);
/* rig_ended(). Frees the process; checks that a process that was not killed left nothing behind. Returns the
 * first error of its start or stop, -ECANCELED when it was killed. why (may be NULL): boot's sentence. */
int rig_reap(struct rig *rig, char *why, size_t why_bytes);

/* `millrace verify` on the directory of a process that has ended: nothing is wrong, and nothing was changed.
 */
void rig_verify(struct rig *rig);

static inline bool rig_running(const struct rig *rig)
{
    return rig->boot != NULL;
}
/* Requests that the net layer has in flight, in bytes. */
uint64_t rig_net_bytes(const struct rig *rig);

#endif
