/* tests/sim/storage_consumers.h - readers of a rig's logs (storage_rig.h): those that ask for a time, those
 * that catch up, and the scrubber. */
#ifndef SIM_STORAGE_CONSUMERS_H
#define SIM_STORAGE_CONSUMERS_H

#include "storage/scrub.h"
#include "tests/sim/storage_rig.h"

struct rig_find {
    struct plog_find find;
    struct rig *g;
    struct mlog *m;
    uint32_t count; /* batches at or beyond it are beyond the limit */
};

static inline int64_t rig_batch_max_ts(const struct mbatch *b)
{
    struct kw_batch_header h;
    batch_header_read(b->bytes, &h);
    return h.max_timestamp;
}

/* Payloads are noise, so the search ends with an error at the first batch that it unpacks, which must be the
 * right one; a marker can be unpacked, and what has keys. Of what compaction may have taken nothing is
 * expected. */
static inline void rig_find_check(struct rig_find *x)
{
    const struct plog_find *f = &x->find;
    struct rig *g = x->g;
    const struct mlog *m = x->m;
    if (rig_gone(g) || m->remove_asked)
        return;
    if (f->err != 0 && f->err != -MR_E_CORRUPT) {
        RIG_CHECK(g, g->may_fail, "%s: search for time %lld failed: %d", m->name, (long long)f->timestamp,
                  f->err);
        return;
    }
    /* The start may have moved since. */
    uint32_t first = mlog_at(m, m->start_acked), last = mlog_at(m, m->start_asked), hit = UINT32_MAX;
    if (f->err != 0)
        hit = mlog_at(m, f->at - 1);
    else if (f->ret_offset >= 0)
        hit = mlog_at(m, f->ret_offset);
    for (uint32_t i = first; i < mr_min(hit, x->count); i++)
        RIG_CHECK(g,
                  i <= last || f->max_timestamp || m->batches[i].last < m->clean_asked ||
                      rig_batch_max_ts(&m->batches[i]) < f->timestamp,
                  "%s: search for time %lld passed over offset %lld", m->name, (long long)f->timestamp,
                  (long long)m->batches[i].base);
    RIG_CHECK(g,
              hit == UINT32_MAX || f->max_timestamp ||
                  (hit < x->count && rig_batch_max_ts(&m->batches[hit]) >= f->timestamp),
              "%s: search for time %lld found offset %lld", m->name, (long long)f->timestamp,
              (long long)f->ret_offset);
    /* The latest: nothing before the first batch that is looked at is later than what comes from there on. */
    for (uint32_t i = first; f->max_timestamp && f->err != 0 && i < hit; i++) {
        bool later = i <= last || m->batches[i].last < m->clean_asked;
        for (uint32_t k = hit; k < x->count && !later; k++)
            later = rig_batch_max_ts(&m->batches[k]) >= rig_batch_max_ts(&m->batches[i]);
        RIG_CHECK(g, later || i >= hit, "%s: search for the latest passed over offset %lld", m->name,
                  (long long)m->batches[i].base);
    }
    for (uint32_t i = first; f->max_timestamp && f->err == 0 && i < x->count; i++)
        RIG_CHECK(g,
                  i <= last || m->batches[i].last < m->clean_asked ||
                      rig_batch_max_ts(&m->batches[i]) <= f->ret_timestamp,
                  "%s: the latest is not at offset %lld", m->name, (long long)f->ret_offset);
}

static inline void rig_find_done(struct plog_find *f)
{
    struct rig_find *x = MR_CONTAINER(f, struct rig_find, find);
    rig_find_check(x);
    x->m->busy--;
    x->g->in_flight--;
    mem_free(x);
}

/* Latest: the greatest timestamp there is, whatever timestamp says. The log is not empty. Of what begins
 * before limit, which is what a reader sees of a log in which a transaction is open. */
static inline void rig_find_below(struct rig *g, struct mlog *m, int64_t timestamp, bool latest,
                                  int64_t limit)
{
    struct rig_find *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    x->g = g;
    x->m = m;
    x->find = (struct plog_find){.max_timestamp = latest,
                                 .timestamp = timestamp,
                                 .limit = limit,
                                 .unpacked_bytes_max = 1 << 20,
                                 .comp = g->comp,
                                 .scratch = &g->work,
                                 .done = rig_find_done};
    x->count = mlog_at(m, limit);
    m->busy++;
    g->in_flight++;
    plog_find(m->log, &x->find);
}

static inline void rig_find_at(struct rig *g, struct mlog *m, int64_t timestamp, bool latest)
{
    rig_find_below(g, m, timestamp, latest, plog_stable_end(m->log));
}

static inline void rig_find_some(struct rig *g, struct mlog *m)
{
    int64_t start = plog_start(m->log), end = plog_stable_end(m->log);
    if (start >= end)
        return;
    uint32_t near = mlog_at(m, (int64_t)rng_between(g->rng, (uint64_t)start, (uint64_t)end - 1));
    bool latest = rng_below(g->rng, 4) == 0;
    rig_find_at(g, m, rig_batch_max_ts(&m->batches[near]) + (int64_t)rng_below(g->rng, 40) - 20, latest);
}

/* A consumer that catches up: reads on where its last read ended, and so do others at about the same place.
 */
struct rig_chase {
    struct rig_read x;
    int64_t at;
    int64_t to;    /* no further than there; INT64_MAX: to the end */
    uint32_t left; /* reads to do */
};

static inline void rig_chase_go(struct rig_chase *c);

static inline void rig_chase_done(struct plog_read *r)
{
    struct rig_chase *c = MR_CONTAINER(r, struct rig_chase, x.read);
    struct rig *g = c->x.g;
    struct mlog *m = c->x.m;
    int64_t end = r->err == 0 ? r->end : c->at;
    bool on = r->err == 0 && end > c->at && --c->left > 0;
    rig_read_check(&c->x);
    c->at = end;
    if (on && rig_ok(g) && !rig_gone(g) && !g->fenced && !m->remove_asked && m->log != NULL)
        rig_chase_go(c);
    else
        mem_free(c);
}

static inline void rig_chase_go(struct rig_chase *c)
{
    struct rig *g = c->x.g;
    struct mlog *m = c->x.m;
    int64_t end = mr_imin(plog_stable_end(m->log), c->to), start = plog_start(m->log);
    c->at = mr_imax(c->at, start);
    if (c->at >= end) {
        mem_free(c);
        return;
    }
    c->x.over = false;
    c->x.read = (struct plog_read){.offset = c->at,
                                   .limit = end,
                                   .bytes_max = (uint32_t)rng_between(g->rng, 1, 60000),
                                   .one_at_least = true,
                                   .pieces = true,
                                   .own_max = UINT32_MAX,
                                   .done = rig_chase_done};
    m->busy++;
    g->in_flight++;
    if (plog_read(m->log, &c->x.read))
        rig_chase_done(&c->x.read);
}

static inline void rig_chase_some(struct rig *g, struct mlog *m)
{
    int64_t start = plog_start(m->log), end = plog_stable_end(m->log);
    if (start >= end)
        return;
    int64_t at =
        rng_below(g->rng, 2) == 0 ? start : (int64_t)rng_between(g->rng, (uint64_t)start, (uint64_t)end - 1);
    for (uint64_t n = rng_between(g->rng, 1, 4); n > 0 && m->log != NULL; n--) {
        struct rig_chase *c = mem_zalloc(1, sizeof(*c));
        MR_ASSERT(c != NULL);
        c->x.g = g;
        c->x.m = m;
        c->at = at;
        c->to = INT64_MAX;
        c->left = (uint32_t)rng_between(g->rng, 1, 12);
        rig_chase_go(c);
    }
}

/* The scrubber, beside retention, compaction and removal: it goes through all files, and nothing is damaged.
 */
struct rig_scrub {
    struct plog_scrub scrub;
    struct mr_work on;
    struct rig *g;
    struct mlog *m;
    uint32_t steps;
    bool keep, over; /* the caller has it, and looks at what was found */
};

static inline void rig_scrub_on(struct mr_work *w)
{
    struct rig_scrub *x = MR_CONTAINER(w, struct rig_scrub, on);
    if (x->g->scrub_stop)
        plog_scrub_stop(&x->scrub);
    plog_scrub_on(&x->scrub);
}

static inline bool rig_scrub_step(struct plog_scrub *s, uint64_t bytes)
{
    struct rig_scrub *x = MR_CONTAINER(s, struct rig_scrub, scrub);
    (void)bytes;
    if (x->steps++ % 3 != 2)
        return true;
    shard_ready(x->g->shards[x->m->shard], &x->on);
    return false;
}

static inline void rig_scrub_done(struct plog_scrub *s)
{
    struct rig_scrub *x = MR_CONTAINER(s, struct rig_scrub, scrub);
    struct rig *g = x->g;
    if (!rig_gone(g) && !g->may_fail && !x->m->remove_asked)
        RIG_CHECK(g, s->damages == 0, "%s: the scrubber finds damage %u times in %llu batches", x->m->name,
                  s->damages, (unsigned long long)s->batches);
    if (!rig_gone(g) && !g->may_fail && !x->m->remove_asked && g->damaged == 0 && !x->keep)
        RIG_CHECK(g, s->indexes == 0, "%s: the scrubber finds %u index files that are wrong", x->m->name,
                  s->indexes);
    g->scrubbed += s->batches;
    x->m->busy--;
    g->in_flight--;
    x->over = true;
    if (!x->keep)
        mem_free(x);
}

static inline void rig_scrub_begin(struct rig_scrub *x)
{
    work_init(&x->on, rig_scrub_on);
    x->scrub = (struct plog_scrub){.log = x->m->log,
                                   .read_bytes = SEGMENT_UNIT,
                                   .step = rig_scrub_step,
                                   .done = rig_scrub_done};
    x->m->busy++;
    x->g->in_flight++;
    plog_scrub(&x->scrub);
}

static inline void rig_scrub_some(struct rig *g, struct mlog *m)
{
    struct rig_scrub *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    x->g = g;
    x->m = m;
    rig_scrub_begin(x);
}

#endif
