/* tests/sim/storage_doing.h - what a scenario may do to the directory of a rig (storage_rig.h): append, read,
 * remove, close, boot, and look at what is there afterwards. */
#ifndef SIM_STORAGE_DOING_H
#define SIM_STORAGE_DOING_H

#include "net/wire/batch_build.h"
#include "storage/plog_priv.h"
#include "storage/verify.h"
#include "tests/sim/storage_compact.h"
#include "tests/sim/storage_damaged.h"
#include "tests/sim/storage_strays.h"
#include "tests/sim/storage_txns.h"

struct rig_append {
    struct plog_append append;
    struct mr_work again;
    struct rig *g;
    struct mlog *m;
    uint32_t index;
    bool client; /* leaves the reserve alone */
};

static inline void rig_append_done(struct plog_append *a)
{
    struct rig_append *x = MR_CONTAINER(a, struct rig_append, append);
    struct rig *g = x->g;
    struct mlog *m = x->m;
    if (!rig_gone(g)) {
        if (a->err == 0) {
            MR_ASSERT(x->index < m->count);
            RIG_CHECK(g, x->index == m->acked || m->remove_asked, "%s: acknowledged out of order", m->name);
            RIG_CHECK(g, m->remove_asked || plog_stable_end(m->log) > m->batches[x->index].last,
                      "%s: acknowledged before stable", m->name);
            m->batches[x->index].acked = true;
            m->acked = mr_min(m->count, x->index + 1);
            g->acks++;
        } else {
            RIG_CHECK(g, g->may_fail, "%s: append failed: %d", m->name, a->err);
        }
    }
    m->busy--;
    g->in_flight--;
    mem_free(x);
}

static inline void rig_batch_build(struct rig *g, struct mlog *m, struct mbatch *b, uint32_t payload)
{
    int32_t records = (int32_t)rng_between(g->rng, 1, 5);
    b->len = BATCH_HEADER_BYTES + payload;
    b->bytes = mem_alloc(b->len);
    MR_ASSERT(b->bytes != NULL);
    uint64_t fill = rng_next(g->rng);
    for (uint32_t i = 0; i < payload; i++, fill = fill * 6364136223846793005u + 1442695040888963407u)
        b->bytes[BATCH_HEADER_BYTES + i] = (uint8_t)(fill >> 56);
    b->bytes[BATCH_HEADER_BYTES] =
        0; /* a record of no bytes: noise that nobody can unpack, not even by chance */
    struct kw_batch_header h = {
        .length = (int32_t)(b->len - BATCH_PREFIX_BYTES),
        .magic = BATCH_MAGIC,
        .attributes = b->txn ? BATCH_TRANSACTIONAL : 0,
        .last_offset_delta = records - 1,
        .base_timestamp = world_seed(g->w) % 2 == 0 ? 1700000000000 + (int64_t)rng_below(g->rng, 100000)
                                                    : (int64_t)m->count * 10,
        .producer_id = b->producer < 0 ? KW_NO_PRODUCER_ID : b->producer,
        .producer_epoch = b->producer < 0 ? KW_NO_PRODUCER_EPOCH : b->epoch,
        .base_sequence = b->producer < 0 ? KW_NO_SEQUENCE : b->sequence,
        .record_count = records,
    };
    h.max_timestamp = h.base_timestamp + (int64_t)rng_below(g->rng, 50);
    if (g->o.plain)
        h.base_timestamp = h.max_timestamp = 1700000000000 + (int64_t)m->count * 10;
    if (g->o.coarse)
        h.base_timestamp = h.max_timestamp =
            1700000000000 + (int64_t)(m->count / 8 + rng_below(g->rng, 3)) * 1000;
    batch_header_write(b->bytes, &h);
    batch_seal(b->bytes);
    b->last_sequence = b->sequence + records - 1;
}

static inline void rig_marker_build(struct mbatch *b)
{
    struct mr_scratch out;
    scratch_init(&out, 4096);
    struct batch_build_how how = batch_build_how_plain();
    how.producer_id = b->producer;
    how.producer_epoch = b->epoch;
    int err = control_put_marker(&out, &how, b->commit, b->coordinator_epoch, 1700000000000);
    MR_ASSERT(err == 0);
    b->len = (uint32_t)out.len;
    b->bytes = mem_alloc(b->len);
    MR_ASSERT(b->bytes != NULL);
    memcpy(b->bytes, out.data, b->len);
    scratch_done(&out);
    b->last_sequence = -1;
}

/* Producers write in and out of transactions, which end with a marker, seldom without having begun; it may
 * bring a new epoch (KIP-890). */
static inline void rig_draw_producer(struct rig *g, const struct mlog *m, struct mbatch *b)
{
    uint32_t who = g->o.plain ? RIG_PRODUCERS : (uint32_t)rng_below(g->rng, RIG_PRODUCERS + 2);
    if (who >= RIG_PRODUCERS)
        return;
    b->producer = who + 1;
    b->epoch = m->epochs[who];
    b->sequence = m->sequences[who];
    b->marker = rng_below(g->rng, 40) < (m->txn_open[who] ? 16 : 1);
    if (b->marker) {
        b->commit = rng_below(g->rng, 5) < 2;
        b->coordinator_epoch = (int32_t)(m->count / 50);
        b->epoch = (int16_t)(b->epoch + (rng_below(g->rng, 3) == 0));
        return;
    }
    b->txn = m->txn_open[who] || rng_below(g->rng, 3) == 0;
    if (!m->txn_open[who] && rng_below(g->rng, 30) == 0) {
        b->epoch++;
        b->sequence = 0;
    }
}

static inline void rig_append_try(struct rig_append *x);
static inline void rig_append_again(struct mr_work *w)
{
    rig_append_try(MR_CONTAINER(w, struct rig_append, again));
}

/* One or several batches of one producer, in one go. The bytes are drawn when there is room, so that what
 * waits costs nothing. */
static inline void rig_append_try(struct rig_append *x)
{
    struct rig *g = x->g;
    struct mlog *m = x->m;
    if (m->remove_asked || m->log == NULL || rig_gone(g)) { /* the topic went while it waited */
        m->busy--;
        g->in_flight--;
        mem_free(x);
        return;
    }
    work_init(&x->again, rig_append_again);
    if (!plog_open(m->log, &x->again))
        return; /* it is being cut */
    struct mbatch b = {.producer = -1};
    rig_draw_producer(g, m, &b);
    uint32_t payload =
        (uint32_t)rng_between(g->rng, 1, rng_below(g->rng, 12) == 0 ? g->o.batch_bytes_max : 600);
    if (b.marker)
        rig_marker_build(&b);
    else if (m->compact)
        rig_keyed_build(g, m, &b, payload);
    else
        rig_batch_build(g, m, &b, payload);
    x->append = (struct plog_append){.batches = {b.bytes, b.len},
                                     .leader_epoch = m->leader_epoch,
                                     .client = x->client,
                                     .done = rig_append_done};
    int err = x->client && plog_disk_full(m->log) ? -ENOSPC
              : !plog_has_room(m->log, b.len)     ? -EAGAIN
                                                  : plog_append(m->log, &x->append);
    if (err != 0)
        mem_free(b.bytes);
    if (err == -EAGAIN) {
        g->stall++;
        plog_wait_room(m->log, &x->again);
        return;
    }
    if (err != 0) {
        g->refused++;
        RIG_CHECK(g, g->may_fail || rig_gone(g) || (g->full && err == -ENOSPC), "%s: append refused: %d",
                  m->name, err);
        m->busy--;
        g->in_flight--;
        mem_free(x);
        return;
    }
    b.base = x->append.base_offset;
    b.last = x->append.last_offset;
    RIG_CHECK(g, b.base == mlog_end(m), "%s: offset %lld assigned, expected %lld", m->name, (long long)b.base,
              (long long)mlog_end(m));
    batch_assign(b.bytes, b.base, m->leader_epoch);
    mlog_follow(m, &b);
    if (m->count == m->cap) {
        m->cap = m->cap == 0 ? 16 : m->cap * 2;
        m->batches = mem_realloc(m->batches, m->cap * sizeof(*m->batches));
        MR_ASSERT(m->batches != NULL);
    }
    x->index = m->count;
    m->batches[m->count++] = b;
}

static inline void rig_append(struct rig *g, struct mlog *m)
{
    if (g->in_flight >= RIG_FLIGHT_MAX || m->log == NULL)
        return;
    if (!plog_open(m->log, NULL) || plog_failed(m->log) != 0)
        return; /* being opened: next time */
    struct rig_append *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    x->g = g;
    x->m = m;
    x->client = g->full && rng_below(g->rng, 4) != 0;
    m->busy++;
    g->in_flight++;
    rig_append_try(x);
}

struct rig_change {
    struct plog_change change;
    struct rig *g;
    struct mlog *m;
    int64_t start; /* -1: a removal */
};

static inline void rig_change_done(struct plog_change *c)
{
    struct rig_change *x = MR_CONTAINER(c, struct rig_change, change);
    if (!rig_gone(x->g)) {
        if (c->err != 0)
            RIG_CHECK(x->g, x->g->may_fail, "%s: change failed: %d", x->m->name, c->err);
        else if (x->start < 0)
            x->m->removed = true;
        else
            x->m->start_acked = mr_imax(x->m->start_acked, x->start);
    }
    x->m->busy--;
    x->g->in_flight--;
    mem_free(x);
}

static inline void rig_move_start(struct rig *g, struct mlog *m, int64_t to)
{
    struct rig_change *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    *x = (struct rig_change){.g = g, .m = m, .change = {.done = rig_change_done}};
    x->start = to;
    m->busy++;
    g->in_flight++;
    int64_t asked = mr_imax(m->start_asked, x->start);
    int err = plog_set_start(m->log, x->start, &x->change);
    if (err == 0) {
        m->start_asked = asked;
        return;
    }
    RIG_CHECK(g, err == -EAGAIN || g->may_fail || rig_gone(g), "%s: log start refused: %d", m->name, err);
    m->busy--;
    g->in_flight--;
    mem_free(x);
}

static inline bool rig_usable(const struct mlog *m)
{
    return m->log != NULL && plog_open(m->log, NULL) && plog_failed(m->log) == 0;
}

static inline void rig_set_start(struct rig *g, struct mlog *m)
{
    if (!rig_usable(m))
        return;
    int64_t start = plog_start(m->log), end = plog_stable_end(m->log);
    bool all = rng_below(g->rng, 6) == 0;
    rig_move_start(g, m,
                   all ? end : (int64_t)rng_between(g->rng, (uint64_t)mr_imax(start - 2, 0), (uint64_t)end));
}

/* Retention by age or by size, against what the model knows of the batches: nothing goes too early, and
 * everything goes when everything may. */
static inline void rig_retain(struct rig *g, struct mlog *m)
{
    if (!rig_usable(m) || mlog_is_compacted(m)) /* what went is not what the model thinks */
        return;
    struct plog_config cfg = g->o.log;
    bool by_age = rng_below(g->rng, 2) == 0;
    int64_t start = plog_start(m->log), end = plog_stable_end(m->log), newest = 0;
    uint64_t left = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        struct kw_batch_header h;
        batch_header_read(m->batches[i].bytes, &h);
        newest = mr_imax(newest, h.max_timestamp);
        left += m->batches[i].base >= start ? m->batches[i].len : 0;
    }
    int64_t now = newest + (int64_t)rng_below(g->rng, 2000);
    cfg.cleanup_delete = true;
    cfg.retention_ms = by_age ? (int64_t)rng_below(g->rng, 2500) : -1;
    cfg.retention_bytes = by_age ? -1 : (int64_t)rng_below(g->rng, left + 1);
    plog_configure(m->log, &cfg);
    bool untimed;
    int64_t to = plog_expired(m->log, now, end, &untimed);
    RIG_CHECK(g, to >= start && to <= end, "%s: retention moves %lld of %lld to %lld", m->name,
              (long long)start, (long long)end, (long long)to);
    left = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        struct kw_batch_header h;
        batch_header_read(m->batches[i].bytes, &h);
        bool goes = m->batches[i].base >= start && m->batches[i].last < to;
        RIG_CHECK(g, !goes || !by_age || now - h.max_timestamp > cfg.retention_ms,
                  "%s: offset %lld goes after %lld ms", m->name, (long long)m->batches[i].base,
                  (long long)(now - h.max_timestamp));
        left += m->batches[i].base >= to ? m->batches[i].len : 0;
    }
    RIG_CHECK(g, by_age || to == start || left >= (uint64_t)cfg.retention_bytes,
              "%s: %llu bytes left of %lld", m->name, (unsigned long long)left,
              (long long)cfg.retention_bytes);
    bool all = !untimed && plog_append_end(m->log) == end &&
               (by_age ? now - newest > cfg.retention_ms : cfg.retention_bytes == 0);
    RIG_CHECK(g, !all || to == end, "%s: everything may go, %lld of %lld stays", m->name, (long long)to,
              (long long)end);
    plog_configure(m->log, &g->o.log);
    if (to > start)
        rig_move_start(g, m, to);
}

static inline void rig_remove(struct rig *g, struct mlog *m)
{
    if (m->log == NULL || (m->remove_asked && !m->remove_again))
        return;
    struct rig_change *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    *x = (struct rig_change){.g = g, .m = m, .change = {.done = rig_change_done}, .start = -1};
    m->busy++;
    g->in_flight++;
    int err = store_remove(g->stores[m->shard], m->log, &x->change);
    if (err == 0) {
        m->remove_asked = true;
        m->remove_again = false;
        m->log = NULL;
        return;
    }
    RIG_CHECK(g, err == -EAGAIN || g->may_fail || rig_gone(g), "%s: removal refused: %d", m->name, err);
    m->busy--;
    g->in_flight--;
    mem_free(x);
}

static inline struct mlog *rig_make(struct rig *g, const char *name)
{
    struct mlog *m = rig_mlog_new(g, name);
    m->log = store_make(g->stores[m->shard], m->key, m->name, &g->o.log);
    MR_ASSERT(m->log != NULL);
    m->checked = true;
    RIG_CHECK(g, plog_stable_end(m->log) == 0 && plog_start(m->log) == 0,
              "%s: a new log is not empty: %lld to %lld", name, (long long)plog_start(m->log),
              (long long)plog_stable_end(m->log));
    return m;
}

/* True: nothing is left that must go. */
static inline bool rig_remove_again(struct rig *g)
{
    bool all = true;
    for (struct mlog *m = g->logs; m != NULL; m = m->next) {
        if (m->remove_again)
            rig_remove(g, m);
        all = all && !m->remove_again;
    }
    return all;
}

/* Open it, and look at all that it holds. False: died. */
static inline bool rig_check_deep(struct rig *g, struct mlog *m)
{
    if (m->log == NULL)
        return true; /* removed */
    int64_t start = plog_start(m->log), end = plog_stable_end(m->log);
    struct rig_flag flag = {.set = false};
    work_init(&flag.work, rig_work_flag);
    if (!plog_open(m->log, &flag.work)) {
        if (!rig_wait(g, &flag.set)) {
            list_remove(&flag.work.link);
            return !rig_is_dead(g);
        }
    }
    if (plog_failed(m->log) != 0) {
        RIG_CHECK(g, g->may_fail || rig_is_dead(g), "%s: cannot be opened: %d", m->name, plog_failed(m->log));
        return true;
    }
    RIG_CHECK(g, plog_stable_end(m->log) == end && plog_start(m->log) == start,
              "%s: positions change at opening: %lld to %lld", m->name, (long long)plog_start(m->log),
              (long long)plog_stable_end(m->log));
    if (rig_ok(g))
        rig_check_producers(g, m);
    if (rig_ok(g))
        rig_check_stable(g, m);
    if (rig_ok(g) && !rig_check_aborted(g, m))
        return false;
    return !rig_ok(g) || m->log == NULL || rig_read_all(g, m); /* it may have been removed meanwhile */
}

static inline void rig_finding(void *ctx, const char *line)
{
    struct rig *g = ctx;
    bool damage_of_ours =
        g->damaged > 0 && (strstr(line, ".index") != NULL || strstr(line, ".timeindex") != NULL);
    RIG_CHECK(g, damage_of_ours || rig_is_left_over(g, line), "verify: %s", line);
}

/* Between processes: what is there fits together. */
static inline void rig_verify(struct rig *g)
{
    struct verify_report report;
    node_die_after(g->n, 0, false); /* a death that was planned for the process before */
    struct mr_io *io = world_io(g->n, &(struct io_config){.shard = 0, .log = node_log(g->n)});
    struct mr_shard **shards;
    int err = shards_new(1, &io, node_log(g->n), 2, &shards);
    MR_ASSERT(err == 0);
    err = verify_dir(shards[0], RIG_DIR, rig_finding, g, &report);
    RIG_CHECK(g, err == 0, "verify cannot look: %d", err);
    shards_free(shards, 1);
    io_free(io);
}

/* Start until it stays alive, and compare. */
static inline void rig_boot(struct rig *g, uint32_t die_ppm)
{
    for (uint32_t tries = 0; rig_ok(g); tries++) {
        MR_ASSERT(tries < 1000);
        if (g->boots > 0 && g->o.damage_indexes && rng_below(g->rng, 2) == 0)
            rig_damage_indexes(g);
        if (g->boots > 0 && !g->may_fail && rng_below(g->rng, 4) == 0)
            rig_verify(g);
        if (rng_chance(g->rng, die_ppm))
            rig_plan_death(g, rng_between(g->rng, 1, rng_below(g->rng, 2) == 0 ? 12 : 120),
                           rng_below(g->rng, 2) == 0);
        int err = rig_start(g);
        if (err > 0) {
            continue;
        }
        if (err < 0)
            return;
        rig_set_strays_aside(g);
        for (struct mlog *m = g->logs; m != NULL && rig_ok(g); m = m->next)
            rig_check_log(g, m);
        bool alive = true;
        g->fresh_boot = true;
        for (struct mlog *m = g->logs; m != NULL && alive && rig_ok(g); m = m->next)
            alive = rng_below(g->rng, 4) == 0 || rig_check_deep(g, m);
        g->fresh_boot = false;
        alive = alive && !rig_is_dead(g);
        if (alive) {
            g->power_lost = false;
            return;
        }
        rig_bury(g);
    }
}

enum {
    RIG_DRAIN_TURNS = 20000,
    RIG_OP_TURNS = 10, /* a turn that waits in vain is followed by one of twice its length: ten reach 10 ms */
    RIG_SEGMENT_OPS =
        15, /* made, written, cut, flushed, its indexes put and renamed, their directory flushed */
    RIG_WRITE_BYTES = 4096 /* the least that a write takes along */
};

/* Turns in which the background has done what the journal waits for, when a disk does one thing at a time:
 * whoever waits for room may have to wait for all of it. */
static inline uint32_t rig_turns_due(const struct rig *g)
{
    uint64_t ops = 0;
    for (const struct mlog *m = g->logs; m != NULL; m = m->next) {
        struct plog_info info = {.segments = 0};
        if (m->log != NULL)
            plog_info(m->log, &info);
        for (uint32_t i = 0; i < info.segments; i++) {
            const struct segment *seg = m->log->segs[i];
            ops += !seg->finished || seg->dirty ? RIG_SEGMENT_OPS : 0;
        }
        ops += info.unmaterialised_bytes / RIG_WRITE_BYTES;
    }
    return (uint32_t)(ops * RIG_OP_TURNS);
}

/* All that was asked is answered, each within a bound: with segments of 500 bytes on a slow disk an append
 * takes tens of milliseconds, and 47 of them are no hang (sim_storage_compact seed 496); nor are 60 that wait
 * until 450 such segments of the journal's are written (seed 1795302750198). False: died. */
static inline bool rig_drain(struct rig *g)
{
    uint32_t least = UINT32_MAX, limit = RIG_DRAIN_TURNS + rig_turns_due(g);
    g->scrub_stop = false;
    for (uint32_t turns = 0; !rig_remove_again(g) || g->in_flight > 0; turns++) {
        if (rig_is_dead(g))
            return false;
        if (g->fenced)
            return true;
        if (g->in_flight < least && turns > 5000)
            turns = 5001;
        least = (uint32_t)mr_min(least, g->in_flight);
        if (turns == 5000) { /* a pass over many small segments takes a while on a slow disk, or a scrub */
            rig_clean_stop(g);
            g->scrub_stop = true;
        }
        if (turns > limit) {
            RIG_CHECK(g, false, "%u operations hang", g->in_flight);
            return true;
        }
        rig_turn(g, true);
    }
    g->scrub_stop = false;
    return !rig_is_dead(g);
}

/* ---- Kafka's files, from outside, after a clean close ---- */

struct rig_segments {
    struct rig *g;
    const struct mlog *m;
    char dir[128];
    uint32_t next; /* batch */
    bool any;
    struct mlook look; /* of a compacted log */
};

static inline void rig_check_file(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    struct rig_segments *s = ctx;
    const struct mlog *m = s->m;
    struct rig *g = s->g;
    size_t len = strlen(path);
    if (is_dir || len < 24 || strcmp(path + len - 4, ".log") != 0)
        return;
    int64_t base = strtoll(path + len - 24, NULL, 10);
    if (!s->any) {
        s->next = mlog_at(m, base);
        RIG_CHECK(g, base <= m->start_acked, "%s: first segment %lld is beyond the log start %lld", m->name,
                  (long long)base, (long long)m->start_acked);
    }
    s->any = true;
    RIG_CHECK(g,
              mlog_is_compacted(m) || base == (s->next < m->count ? m->batches[s->next].base : mlog_end(m)),
              "%s: unexpected segment %lld", m->name, (long long)base);
    uint8_t *data = mem_alloc(bytes + 1);
    MR_ASSERT(data != NULL);
    int64_t n = node_durable_peek(g->n, path, 0, data, bytes);
    RIG_CHECK(g, n == (int64_t)bytes && node_durable_bytes(g->n, path) == n,
              "%s: segment %lld is not durable: %lld of %llu bytes", m->name, (long long)base, (long long)n,
              (unsigned long long)bytes);
    if (mlog_is_compacted(m)) {
        if (s->look.m == NULL)
            mlook_begin(&s->look, g, m, base, true);
        RIG_CHECK(g, base >= s->look.at, "%s: segment %lld begins inside the one before it", m->name,
                  (long long)base);
        mlook_gap(&s->look, base);
        RIG_CHECK(g, mlook_bytes(&s->look, (struct mr_slice){data, bytes}) == 0,
                  "%s: segment %lld ends inside a batch", m->name, (long long)base);
        s->next = m->count; /* the end is looked at when all segments have been */
        mem_free(data);
        if (rig_ok(g))
            rig_check_txnindex(g, m, path, base, s->look.at);
        return;
    }
    uint64_t at = 0;
    while (at < bytes && rig_ok(g)) {
        if (s->next >= m->count || m->batches[s->next].len > bytes - at ||
            memcmp(data + at, m->batches[s->next].bytes, m->batches[s->next].len) != 0) {
            RIG_CHECK(g, false, "%s: segment %lld differs at byte %llu", m->name, (long long)base,
                      (unsigned long long)at);
            break;
        }
        at += m->batches[s->next].len;
        s->next++;
    }
    mem_free(data);
    if (rig_ok(g))
        rig_check_txnindex(g, m, path, base, s->next < m->count ? m->batches[s->next].base : mlog_end(m));
}

static inline void rig_check_segments(struct rig *g)
{
    for (struct mlog *m = g->logs; m != NULL && rig_ok(g); m = m->next) {
        if (m->removed || m->remove_asked || m->count == 0)
            continue;
        struct rig_segments s = {.g = g, .m = m};
        snprintf(s.dir, sizeof(s.dir), RIG_DIR "/%s-%d", m->name, m->key.partition);
        node_walk(g->n, s.dir, rig_check_file, &s);
        if (s.look.m != NULL)
            mlook_end(&s.look, mlog_end(m));
        RIG_CHECK(g, s.any && s.next == m->count, "%s: segments end before the log does", m->name);
    }
}

/* Close cleanly. False: it died meanwhile (and was buried), or failed to. */
static inline bool rig_close(struct rig *g)
{
    if (g->o.compact && rng_below(g->rng, 2) == 0)
        rig_clean_stop(g);
    if (!rig_drain(g)) {
        rig_bury(g);
        return false;
    }
    for (struct mlog *m = g->logs; m != NULL; m = m->next)
        m->at_settle = m->count;
    int err = 0;
    for (uint32_t i = 0; i < g->o.shards; i++)
        store_stop(g->stores[i]);
    for (uint32_t quiet = 0, turns = 0; quiet < g->o.shards && rig_ok(g); turns++) {
        for (quiet = 0; quiet < g->o.shards && store_quiet(g->stores[quiet]);)
            quiet++;
        rig_turn(g, quiet < g->o.shards);
        RIG_CHECK(g, turns < 20000, "does not come to rest");
    }
    for (uint32_t i = 0; i < g->o.shards && err == 0; i++)
        err = store_quiesce(g->stores[i]);
    for (int i = 0; i < 4 && err == 0; i++)
        rig_turn(g, false); /* messages between shards arrive */
    for (uint32_t i = 0; i < g->o.shards && err == 0; i++)
        err = store_settle(g->stores[i]);
    if (err == 0)
        err = logdir_settle(g->dir, g->ios[0]);
    for (uint32_t i = 0; i < g->o.shards && err == 0; i++) {
        err = store_close(g->stores[i]);
        g->stores[i] = NULL;
    }
    if (err == 0) {
        err = logdir_close(g->dir, g->ios[0]);
        g->dir = NULL;
    }
    bool died = rig_is_dead(g);
    if (err != 0 || died) {
        RIG_CHECK(g, died || g->may_fail || (g->full && err == -ENOSPC), "clean close failed: %d (%s)", err,
                  mr_err_text(err));
        rig_bury(g);
        return false;
    }
    rig_ios_free(g);
    rig_forget_process(g);
    g->closes++;
    for (struct mlog *m = g->logs; m != NULL; m = m->next) {
        m->at_clean = m->count;
        if (m->remove_asked)
            m->removed = m->removal_durable = true;
    }
    if (g->o.check_segments)
        rig_check_segments(g);
    return true;
}

static inline void rig_init(struct rig *g, uint64_t seed, const struct world_options *wo,
                            const struct rig_options *o, struct seed_result *r)
{
    *g = (struct rig){.r = r, .o = *o};
    g->w = world_new(seed, wo);
    g->rng = world_rng(g->w);
    g->n = world_node(g->w, "a");
    world_ghosts(g->w, true);
    g->comp = comp_new();
    MR_ASSERT(g->comp != NULL);
    scratch_init(&g->work, 4 << 20);
    scratch_init(&g->unpacked[0], 4 << 20);
    scratch_init(&g->unpacked[1], 4 << 20);
}

static inline void rig_done(struct rig *g)
{
    g->r->trace = world_trace_hash(g->w);
    while (g->logs != NULL) {
        struct mlog *m = g->logs;
        g->logs = m->next;
        mlog_free(m);
    }
    world_free(g->w);
    comp_free(g->comp);
    scratch_done(&g->work);
    scratch_done(&g->unpacked[0]);
    scratch_done(&g->unpacked[1]);
}

#endif
