/* tests/sim/storage_rig.h - a model of what a log directory must remember, beside a real one that is killed
 * again and again. For tests/sim/storage_*_test.c.
 *
 * A rig is one machine with one log directory and 1 to 3 shards, driven turn by turn by the scenario. For
 * every partition the model keeps each batch that was handed to plog_append(), how many of them were
 * acknowledged, how far readers were served, which log starts were asked for and acknowledged. After each
 * boot what the directory holds is compared. What the batches say of producers and transactions:
 * storage_txns.h. */
#ifndef SIM_STORAGE_RIG_H
#define SIM_STORAGE_RIG_H

#include <stdio.h>
#include <stdlib.h>

#include "core/compress.h"
#include "core/crc32c.h"
#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/compact.h"
#include "storage/logdir.h"
#include "storage/plog_priv.h"
#include "storage/producer_state.h"
#include "storage/store.h"
#include "tests/sim/disk.h"
#include "tests/sim/seeds.h"
#include "tests/sim/world.h"

enum {
    RIG_SHARDS_MAX = 3,
    RIG_NAMES_MAX = 6,
    RIG_PRODUCERS = 3,
    RIG_FLIGHT_MAX = 400,
    RIG_KEYS = 12, /* of compacted logs */
    RIG_BATCH_KEYS = 8,
    RIG_FOR_EVER_MS = 1 << 30,
    RIG_VIEWS_MAX = 24,
};
#define RIG_MS UINT64_C(1000000)
#define RIG_DIR "/data/logs"

/* ---- the model ---- */

struct mbatch {
    int64_t base, last;
    uint8_t *bytes; /* as stored: offsets and leader epoch patched */
    uint8_t *other; /* storage_damage_test.c: or this, in a file; NULL: nothing else will do */
    uint32_t len;
    int64_t producer; /* -1: none */
    int16_t epoch;
    int32_t sequence, last_sequence;
    bool txn;            /* data of a transaction */
    bool marker, commit; /* what ends one */
    int32_t coordinator_epoch;
    bool acked;
    bool lost;     /* storage_damage_test.c: damage took it */
    bool strange;  /* and a misdirected write put batches of another log there */
    uint8_t keyed; /* records of a compacted log; 0: a marker, or bytes that nobody looks into */
    int8_t keys[RIG_BATCH_KEYS]; /* -1: none */
    bool nulls[RIG_BATCH_KEYS];
    bool taken[RIG_BATCH_KEYS]; /* a pass may have taken it for the sake of one that was cut off since */
};

struct mlog {
    struct mlog *next;
    char name[32];
    struct part_key key;
    uint32_t shard;
    struct plog *log; /* in the process that runs now; NULL: not made there */
    struct mbatch *batches;
    uint32_t count, cap;
    uint32_t acked;     /* batches: a prefix */
    uint32_t at_clean;  /* batches at the last clean close */
    uint32_t at_settle; /* and at the last one that was begun: a producer snapshot may stand for those */
    int64_t served_end;
    int64_t start_acked, start_asked;
    int64_t cut_asked; /* a truncation to there is under way; -1: none */
    /* Behind a truncation producers and transactions may have been counted from one of these offsets on, and
     * what was deleted before is forgotten (storage/truncate.c). The first one is 0. */
    int64_t counted_from[RIG_VIEWS_MAX];
    uint32_t views;
    bool cut;                   /* once at least */
    bool remove_asked, removed; /* removed: acknowledged, or found to be gone */
    bool removal_durable;
    bool remove_again; /* found after a crash although it was to go: as a broker does with what its metadata
                          do not know */
    bool checked;      /* since the boot */
    uint32_t busy;     /* reads, appends, changes in flight */
    int32_t leader_epoch;
    int32_t sequences[RIG_PRODUCERS];
    int16_t epochs[RIG_PRODUCERS];
    bool txn_open[RIG_PRODUCERS];
    /* storage_compact.h */
    bool compact;
    int64_t clean_asked, clean_done; /* passes may have gone up to here, and have said so */
    int64_t clean_most;              /* the first of both, before logs were cut */
    struct plog_clean *clean;        /* under way */
};

struct rig_options {
    uint32_t shards;
    struct store_config store;
    struct plog_config log;
    uint32_t batch_bytes_max;
    uint32_t names;
    bool damage_indexes; /* between processes */
    bool plain;          /* no producers, no markers, and each batch is later than the one before */
    bool coarse;         /* many batches have the same time, and times go to and fro */
    bool compact;        /* some logs have keys, and passes */
    bool cuts;           /* some logs are truncated */
    int64_t delete_retention_ms;
    bool check_segments; /* after a clean close, look at Kafka's files from outside */
};

struct rig {
    struct world *w;
    struct sim_node *n;
    struct rng *rng;
    struct seed_result *r;
    struct rig_options o;
    struct mr_io *ios[RIG_SHARDS_MAX];
    struct mr_shard **shards;
    struct logdir *dir;
    struct store *stores[RIG_SHARDS_MAX];
    struct mlog *logs; /* newest first */
    uint32_t logs_made;
    uint32_t in_flight; /* of rig_append, rig_read, rig_change */
    bool dead;          /* the process is being freed: what it says now counts no more */
    bool may_fail;      /* faults are on: errors are allowed, lies are not */
    bool full;          /* the disk may be: appends are refused, starts and closes may fail for that alone */
    bool fenced;
    bool plan_power; /* the death that is planned is a power loss */
    bool power_lost; /* since the last boot that was compared */
    uint32_t idle;   /* turns since something happened */
    uint32_t boots, crashes, closes;
    bool scrub_stop; /* scrubs under way are to end */
    uint64_t acks, reads, stall, refused, passes, replaced, scrubbed, cuts;
    uint32_t damaged; /* index files */
    struct comp *comp;
    struct mr_scratch work, unpacked[2];
    bool fresh_boot; /* reads come from files, but for what replay found */
};

static inline bool rig_ok(const struct rig *g)
{
    return g->r->err == 0;
}

#define RIG_CHECK(g, cond, ...) ((void)seed_check((g)->r, (cond), __VA_ARGS__))

static inline void mlog_free(struct mlog *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        mem_free(m->batches[i].bytes);
        mem_free(m->batches[i].other);
    }
    mem_free(m->batches);
    mem_free(m);
}

static inline void mlog_cut(struct mlog *m, uint32_t count)
{
    while (m->count > count)
        mem_free(m->batches[--m->count].bytes);
    m->acked = (uint32_t)mr_min(m->acked, count);
}

static inline int64_t mlog_end(const struct mlog *m)
{
    return m->count == 0 ? 0 : m->batches[m->count - 1].last + 1;
}

static inline int64_t mlog_acked_end(const struct mlog *m)
{
    return m->acked == 0 ? 0 : m->batches[m->acked - 1].last + 1;
}

/* What the producer of b will write next builds on b. */
static inline void mlog_follow(struct mlog *m, const struct mbatch *b)
{
    if (b->producer <= 0)
        return;
    int64_t who = b->producer - 1;
    if (b->marker && b->epoch != m->epochs[who])
        m->sequences[who] = 0;
    if (!b->marker)
        m->sequences[who] = b->last_sequence + 1;
    m->epochs[who] = b->epoch;
    m->txn_open[who] = !b->marker && (m->txn_open[who] || b->txn);
}

static inline void mlog_follow_all(struct mlog *m)
{
    memset(m->sequences, 0, sizeof(m->sequences));
    memset(m->txn_open, 0, sizeof(m->txn_open));
    for (uint32_t i = 0; i < m->count; i++)
        mlog_follow(m, &m->batches[i]);
}

/* The batch that contains offset, or count. */
static inline uint32_t mlog_at(const struct mlog *m, int64_t offset)
{
    uint32_t lo = 0, hi = m->count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (m->batches[mid].last < offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static inline struct mlog *rig_live(struct rig *g, const char *name)
{
    for (struct mlog *m = g->logs; m != NULL; m = m->next)
        if (!m->remove_asked && strcmp(m->name, name) == 0)
            return m;
    return NULL;
}

static inline struct mlog *rig_mlog_new(struct rig *g, const char *name)
{
    struct mlog *m = mem_zalloc(1, sizeof(*m));
    MR_ASSERT(m != NULL);
    snprintf(m->name, sizeof(m->name), "%s", name);
    for (int i = 0; i < 16; i += 8) {
        uint64_t v = rng_next(g->rng);
        memcpy(m->key.topic.bytes + i, &v, 8);
    }
    m->key.partition = (int32_t)rng_below(g->rng, 2);
    m->shard = (uint32_t)rng_below(g->rng, g->o.shards);
    m->compact = g->o.compact && rng_below(g->rng, 3) != 0;
    m->cut_asked = -1;
    m->views = 1;
    m->next = g->logs;
    g->logs = m;
    g->logs_made++;
    return m;
}

static inline bool rig_is_dead(const struct rig *g)
{
    return g->ios[0] != NULL && world_io_dead(g->ios[0]);
}
/* Nothing that the process says counts any more. */
static inline bool rig_gone(const struct rig *g)
{
    return g->dead || rig_is_dead(g);
}

/* ---- the process ---- */

static inline void rig_on_stable(void *owner, struct plog *log)
{
    (void)owner;
    producer_high_watermark(plog_producers(log), plog_stable_end(log)); /* as a broker does */
}

static inline void rig_on_fenced(void *owner, int err, const char *reason)
{
    struct rig *g = owner;
    g->fenced = true;
    if (!rig_gone(g) && !g->may_fail)
        RIG_CHECK(g, false, "fenced without a fault: %d %s", err, reason);
}

/* Die after that many more file operations; 0: at once (between turns only). */
static inline void rig_plan_death(struct rig *g, uint64_t operations, bool power)
{
    if (rig_is_dead(g))
        return;
    g->plan_power = power;
    if (operations > 0)
        node_die_after(g->n, operations, power);
    else if (power)
        node_power_loss(g->n);
    else
        node_kill(g->n);
}

/* One turn of each shard; wait: then let some time pass, the more the longer nothing happens. */
static inline void rig_turn(struct rig *g, bool wait)
{
    uint64_t steps = world_steps(g->w);
    uint32_t at = (uint32_t)rng_below(g->rng, g->o.shards);
    for (uint32_t i = 0; i < g->o.shards; i++) {
        int err = shard_turn(g->shards[(at + i) % g->o.shards], false);
        MR_ASSERT(err == 0);
    }
    if (wait && !rig_is_dead(g))
        world_run_for(g->w, rng_between(g->rng, 1, UINT64_C(20000) << g->idle));
    if (world_steps(g->w) != steps)
        g->idle = 0;
    else if (g->idle < 12)
        g->idle++;
}

static inline void rig_ios_free(struct rig *g)
{
    shards_free(g->shards, g->o.shards);
    g->shards = NULL;
    for (uint32_t i = 0; i < g->o.shards; i++) {
        io_free(g->ios[i]);
        g->ios[i] = NULL;
    }
}

static inline void rig_forget_process(struct rig *g)
{
    for (struct mlog *m = g->logs; m != NULL; m = m->next) {
        m->log = NULL;
        m->clean = NULL;
        m->checked = m->remove_again = false;
        m->busy = 0;
    }
    g->fenced = false;
}

/* The process is dead or shall be: free it. In flight: all that was asked must be answered, with whatever. */
static inline void rig_bury(struct rig *g)
{
    g->dead = true;
    g->power_lost |= rig_is_dead(g) && g->plan_power;
    node_die_after(g->n, 0, false); /* one that is planned, and has not come, must not come unseen below */
    for (uint32_t i = 0; i < g->o.shards; i++) {
        if (g->stores[i] != NULL)
            store_abandon(g->stores[i]);
        g->stores[i] = NULL;
    }
    if (g->dir != NULL)
        logdir_abandon(g->dir, g->ios[0]);
    g->dir = NULL;
    RIG_CHECK(g, g->in_flight == 0, "%u operations were never answered", g->in_flight);
    rig_ios_free(g);
    rig_forget_process(g);
    g->dead = false;
    g->crashes++;
}

/* 0; 1: it died meanwhile and was buried; negative: it refused to start. */
static inline int rig_start(struct rig *g)
{
    char why[512] = "";
    for (uint32_t i = 0; i < g->o.shards; i++)
        g->ios[i] = world_io(g->n, &(struct io_config){.shard = i, .log = node_log(g->n)});
    int err = shards_new(g->o.shards, g->ios, node_log(g->n), 16, &g->shards);
    MR_ASSERT(err == 0);
    struct logdir_config dc = {.path = RIG_DIR,
                               .io = g->ios[0],
                               .log = node_log(g->n),
                               .node_id = 1,
                               .cluster_id = "rig-rig-rig-rig-rig-00"};
    err = logdir_open(&dc, &g->dir, why, sizeof(why));
    if (err != 0)
        g->dir = NULL;
    for (uint32_t i = 0; i < g->o.shards && err == 0; i++) {
        struct store_config sc = g->o.store;
        struct store_recovery rec;
        sc.shard = g->shards[i];
        sc.dir = g->dir;
        sc.stable = rig_on_stable;
        sc.fenced = rig_on_fenced;
        sc.owner = g;
        err = store_open(&sc, &g->stores[i], &rec, why, sizeof(why));
        if (err != 0)
            g->stores[i] = NULL;
    }
    if (err == 0 && !rig_is_dead(g)) {
        g->boots++;
        return 0;
    }
    bool died = rig_is_dead(g);
    rig_bury(g);
    if (!died && !g->may_fail && !(g->full && err == -ENOSPC))
        RIG_CHECK(g, false, "refused to start: %d (%s) %s", err, mr_err_text(err), why);
    return died ? 1 : err;
}

/* ---- comparing ---- */

static inline void rig_check_bytes(struct rig *g, const struct mlog *m, int64_t offset,
                                   const struct plog_read *r)
{
    uint32_t i = mlog_at(m, offset), at = 0;
    for (uint32_t part = 0; part < r->count; part++) {
        struct mr_slice s = r->parts[part].bytes;
        for (size_t done = 0; done < s.len;) {
            if (i >= m->count) {
                RIG_CHECK(g, false, "%s: read more than was ever appended", m->name);
                return;
            }
            const struct mbatch *b = &m->batches[i];
            size_t n = mr_min(s.len - done, b->len - at);
            if (memcmp(s.ptr + done, b->bytes + at, n) != 0 &&
                (b->other == NULL || memcmp(s.ptr + done, b->other + at, n) != 0)) {
                RIG_CHECK(g, false, "%s: batch at offset %lld differs", m->name, (long long)b->base);
                return;
            }
            done += n;
            at += (uint32_t)n;
            if (at == b->len) {
                i++;
                at = 0;
            }
        }
    }
    RIG_CHECK(g, at == 0, "%s: read ends inside a batch", m->name);
    int64_t end = r->count == 0 ? offset : m->batches[i - 1].last + 1;
    RIG_CHECK(g, r->end == end, "%s: read at %lld says it ends at %lld, and ends at %lld", m->name,
              (long long)offset, (long long)r->end, (long long)end);
}

struct rig_read {
    struct plog_read read;
    struct rig *g;
    struct mlog *m;
    int64_t end; /* what the answer covers */
    bool over, strict;
};

static inline void rig_check_compacted(struct rig *g, struct rig_read *x); /* storage_compact.h */

static inline void rig_read_check(struct rig_read *x)
{
    struct rig *g = x->g;
    struct mlog *m = x->m;
    if (rig_gone(g) || m->remove_asked) /* whatever it says */
        goto out;
    if (x->read.err != 0) {
        bool fine = g->may_fail || (x->read.err == -ERANGE && x->read.offset < m->start_asked) ||
                    (x->read.err == -ENOBUFS && x->read.own_max == 0);
        RIG_CHECK(g, fine, "%s: read at %lld failed: %d", m->name, (long long)x->read.offset, x->read.err);
        goto out;
    }
    if (m->clean_asked > 0) {
        rig_check_compacted(g, x);
        m->served_end = mr_imax(m->served_end, x->read.limit);
        g->reads++;
        goto out;
    }
    RIG_CHECK(g,
              x->read.count > 0 || x->read.offset >= x->read.limit ||
                  (!x->read.one_at_least &&
                   m->batches[mlog_at(m, x->read.offset)].len > mr_min(x->read.bytes_max, x->read.own_max)),
              "%s: nothing read at %lld below %lld", m->name, (long long)x->read.offset,
              (long long)x->read.limit);
    rig_check_bytes(g, m, x->read.offset, &x->read);
    RIG_CHECK(g, x->read.count == 0 || m->batches[mlog_at(m, x->read.end - 1)].base < x->read.limit,
              "%s: read at %lld below %lld ends at %lld", m->name, (long long)x->read.offset,
              (long long)x->read.limit, (long long)x->read.end);
    m->served_end = mr_imax(m->served_end, x->read.limit);
    g->reads++;
out:
    plog_read_done(&x->read);
    m->busy--;
    g->in_flight--;
    x->over = true;
}

static inline void rig_read_done(struct plog_read *r)
{
    struct rig_read *x = MR_CONTAINER(r, struct rig_read, read);
    rig_read_check(x);
    if (x->read.done == rig_read_done)
        mem_free(x);
}

static inline void rig_read_done_keep(struct plog_read *r)
{
    rig_read_check(MR_CONTAINER(r, struct rig_read, read));
}

/* A read in the background. */
static inline void rig_read_some(struct rig *g, struct mlog *m)
{
    int64_t start = plog_start(m->log), end = plog_stable_end(m->log);
    if (start >= end)
        return;
    struct rig_read *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    x->g = g;
    x->m = m;
    x->read.offset = (int64_t)rng_between(g->rng, (uint64_t)start, (uint64_t)end - 1);
    x->read.limit = (int64_t)rng_between(g->rng, (uint64_t)x->read.offset + 1, (uint64_t)end);
    x->read.bytes_max = (uint32_t)rng_between(g->rng, 1, 40000);
    x->read.one_at_least = rng_below(g->rng, 4) != 0;
    x->read.own_max = rng_below(g->rng, 4) != 0 ? UINT32_MAX : (uint32_t)rng_below(g->rng, 3) * 1000;
    x->read.pieces = rng_below(g->rng, 3) != 0;
    x->read.done = rig_read_done;
    m->busy++;
    g->in_flight++;
    if (plog_read(m->log, &x->read))
        rig_read_done(&x->read);
}

static inline bool rig_remove_again(struct rig *g); /* storage_doing.h */

/* Turns until the flag; false: the process died, or nothing happens any more. */
static inline bool rig_wait(struct rig *g, const bool *flag)
{
    for (uint32_t turns = 0; !*flag; turns++) {
        if (rig_is_dead(g))
            return false;
        if (turns > 20000) {
            RIG_CHECK(g, false, "hangs");
            return false;
        }
        (void)rig_remove_again(g); /* a name may have to become free first */
        rig_turn(g, true);
    }
    return true;
}

/* Read the whole log. False: died. */
static inline bool rig_read_all(struct rig *g, struct mlog *m)
{
    int64_t at = plog_start(m->log), end = plog_stable_end(m->log);
    while (at < end && rig_ok(g)) {
        struct rig_read *x = mem_zalloc(1, sizeof(*x));
        MR_ASSERT(x != NULL);
        x->g = g;
        x->m = m;
        x->read.offset = at;
        x->read.limit = end;
        x->read.bytes_max = (uint32_t)rng_between(g->rng, 1, 100000);
        x->read.one_at_least = true;
        x->read.pieces = rng_below(g->rng, 2) == 0;
        x->read.own_max = UINT32_MAX;
        x->read.done = rig_read_done_keep;
        x->strict = g->fresh_boot;
        m->busy++;
        g->in_flight++;
        uint32_t bytes = 0;
        /* What was read is counted before the check gives it back. */
        bool now = plog_read(m->log, &x->read);
        if (now) {
            bytes = x->read.bytes;
            rig_read_check(x);
        } else {
            bool alive = true;
            while (!x->over && alive) {
                rig_turn(g, true);
                alive = !rig_is_dead(g);
            }
            if (!alive) {
                x->read.done = rig_read_done;
                if (x->over)
                    mem_free(x);
                return false;
            }
            bytes = UINT32_MAX;
        }
        if (x->read.err != 0 || m->remove_asked) {
            mem_free(x);
            return true; /* said by the check, or allowed; or nobody looked at the answer */
        }
        if (m->clean_asked > 0) {
            at = x->end;
            mem_free(x);
            continue;
        }
        uint32_t i = mlog_at(m, at);
        if (bytes == UINT32_MAX) {
            i++; /* at least one came; the rest is read again, from memory or not */
        } else {
            for (uint32_t got = 0; got < bytes && i < m->count; i++)
                got += m->batches[i].len;
        }
        at = i < m->count ? m->batches[i].base : end;
        mem_free(x);
    }
    return true;
}

struct rig_flag {
    struct mr_work work;
    bool set;
};
static inline void rig_work_flag(struct mr_work *w)
{
    MR_CONTAINER(w, struct rig_flag, work)->set = true;
}

static inline void mlog_note_taken(struct rig *g, struct mlog *m, uint32_t keep); /* storage_compact.h */

/* Nothing at or beyond offset is there any more; ends_at: where the log ends, as it says. The last batch that
 * stays may end before offset, and compaction may have taken more. */
static inline void mlog_truncate(struct rig *g, struct mlog *m, int64_t offset, int64_t ends_at)
{
    uint32_t keep = mlog_at(m, offset);
    mlog_note_taken(g, m, keep);
    if (m->clean_asked > 0)
        while (keep > 0 && m->batches[keep - 1].last >= ends_at)
            keep--;
    mlog_cut(m, keep);
    m->at_clean = (uint32_t)mr_min(m->at_clean, keep);
    m->cut = true;
    m->at_settle = keep; /* of each producer the last batch is known, as behind a clean close */
    m->served_end = mr_imin(m->served_end, ends_at);
    m->start_acked = mr_imin(m->start_acked, ends_at);
    m->start_asked = mr_imin(m->start_asked, ends_at);
    m->clean_asked = mr_imin(m->clean_asked, ends_at);
    m->clean_done = 0; /* what was committed may be aborted now: before the next pass nothing must be gone */
    mlog_follow_all(m);
    const struct segment *first = plog_seg_of(m->log, plog_start(m->log), NULL);
    int64_t from = first == NULL ? 0 : first->base;
    for (uint32_t i = 0; i < m->views; i++)
        if (m->counted_from[i] == from)
            return;
    MR_ASSERT(m->views < RIG_VIEWS_MAX);
    m->counted_from[m->views++] = from;
}

/* After a boot: bring the model to what is there, if that may be. */
static inline void rig_check_log(struct rig *g, struct mlog *m)
{
    struct store *s = g->stores[m->shard];
    struct plog *found = store_find(s, m->key);
    bool lossy = !g->o.store.flush && g->power_lost;
    if (m->remove_asked && found == NULL) {
        m->removed = m->removal_durable = true;
        return;
    }
    RIG_CHECK(g, !m->removed || (lossy && !m->removal_durable), "%s: removed, and back again", m->name);
    m->removed = false;
    char topic[40];
    snprintf(topic, sizeof(topic), "%s", m->name);
    m->log = store_make(s, m->key, topic, &g->o.log);
    MR_ASSERT(m->log != NULL);
    int64_t start = plog_start(m->log), end = plog_stable_end(m->log);
    RIG_CHECK(g, plog_append_end(m->log) == end, "%s: append end differs from stable end after a start",
              m->name);
    uint32_t cut = mlog_at(m, mr_imax(m->cut_asked, 0));
    if (m->cut_asked >= 0 && cut < m->count && end <= m->batches[cut].base) /* it was cut, or not */
        mlog_truncate(g, m, m->cut_asked, end);
    m->cut_asked = -1;
    /* The end must be that of a batch, not below what was acknowledged. */
    uint32_t count = 0;
    while (count < m->count && m->batches[count].last < end)
        count++;
    int64_t count_end = count == 0 ? 0 : m->batches[count - 1].last + 1;
    RIG_CHECK(g, end == count_end, "%s: ends at %lld, inside or beyond what was appended (%lld)", m->name,
              (long long)end, (long long)mlog_end(m));
    uint32_t floor = lossy ? m->at_clean : m->acked;
    RIG_CHECK(g, count >= floor, "%s: lost acknowledged batches: ends at %lld, acknowledged %lld", m->name,
              (long long)end, (long long)mlog_acked_end(m));
    RIG_CHECK(g, lossy || end >= m->served_end, "%s: ends at %lld, served up to %lld", m->name,
              (long long)end, (long long)m->served_end);
    RIG_CHECK(g, (lossy || start >= m->start_acked) && start <= m->start_asked,
              "%s: starts at %lld, asked %lld, acknowledged %lld", m->name, (long long)start,
              (long long)m->start_asked, (long long)m->start_acked);
    if (!rig_ok(g))
        return;
    /* Recovery makes what it found durable. */
    mlog_cut(m, count);
    m->acked = count;
    m->served_end = mr_imin(m->served_end, end);
    if (lossy)
        m->clean_done = 0;
    m->start_acked = m->start_asked = start;
    for (uint32_t i = 0; i < m->count; i++)
        m->batches[i].acked = true;
    mlog_follow_all(m);
    m->checked = true;
    m->remove_again = m->remove_asked;
}

#endif
