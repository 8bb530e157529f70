/* tests/sim/lives.h - one broker that is killed, loses power, is stopped and comes back with another number
 * of shards, while clients that outlive it play their scenario.
 *
 * A life ends between two turns, or right after any one of its next file operations. Some lives are lame: the
 * journal of one shard is slow, so that what several shards have to do together is done on some of them long
 * before the others; or from some write on it fails, and the broker lives on without that shard's disk until
 * its next start. */
#ifndef SIM_LIVES_H
#define SIM_LIVES_H

#include "tests/sim/broker_rig.h"
#include "tests/sim/client_admin.h"

/* Overrides: the logs of coordinators are rolled when they have so many bytes (a text), and compacted, all
 * the time. */
#define LIVES_COMPACTED(bytes)                                                                               \
    "offsets.topic.segment.bytes=" bytes, "transaction.state.log.segment.bytes=" bytes,                      \
        "log.cleaner.backoff.ms=20", "log.cleaner.min.cleanable.ratio=0.2",                                  \
        "log.cleaner.delete.retention.ms=50"

struct lives {
    struct world *w;
    struct seed_result *res;
    struct rng rng;
    struct rig rig;
    struct rig_sizes sizes;
    struct khost host;
    struct kadmin admin;
    struct ktopic topic; /* "t", which clients use */
    bool fails;          /* a disk of this life may fail */
    bool clock_is_set;   /* now and then */
};

/* A world with what the seed draws, but no disk faults beside those above; no process yet. overrides: as
 * rig_init() has them. */
void lives_init(struct lives *l, uint64_t seed, struct seed_result *res, const char *const *overrides,
                uint32_t count, int32_t partitions);
/* The first life, with the topic. Clients may start. */
void lives_begin(struct lives *l, bool may_be_lame);
/* The life ends one way or another; the next one begins, a lame one perhaps. */
void lives_next(struct lives *l, bool may_be_lame);
/* Time goes by until something wrong was found. */
void lives_run(struct lives *l, uint64_t for_ns);
/* Until until(ctx), or something wrong was found; false: neither within limit_ns. */
bool lives_run_until(struct lives *l, bool (*until)(void *ctx), void *ctx, uint64_t limit_ns);
/* The last life ends, if nothing was found by a stop or a kill; afterwards clients may be stopped. */
void lives_end(struct lives *l);
/* All clients of the host are over. Puts the trace into res. */
void lives_done(struct lives *l);

static inline bool lives_ok(const struct lives *l)
{
    return l->res->err == 0;
}

#endif
