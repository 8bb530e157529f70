/* tests/sim/storage_cuts.h - truncation of a rig's logs (storage_rig.h): at offsets in the middle of batches,
 * at their bounds, at the log start, at the end. */
#ifndef SIM_STORAGE_CUTS_H
#define SIM_STORAGE_CUTS_H

#include "tests/sim/storage_rig.h"

struct rig_cut {
    struct plog_change change;
    struct rig *g;
    struct mlog *m;
    int64_t to;
};

static inline void rig_cut_done(struct plog_change *c)
{
    struct rig_cut *x = MR_CONTAINER(c, struct rig_cut, change);
    struct rig *g = x->g;
    struct mlog *m = x->m;
    if (!rig_gone(g) && !m->remove_asked) {
        bool fine = g->may_fail || c->err == -ECANCELED || (g->full && c->err == -ENOSPC);
        RIG_CHECK(g, c->err == 0 || fine, "%s: truncation to %lld failed: %d", m->name, (long long)x->to,
                  c->err);
        if (c->err == 0) {
            uint32_t at = mlog_at(m, x->to);
            int64_t end = at < m->count ? m->batches[at].base : mlog_end(m);
            RIG_CHECK(g, c->offset == end || (m->clean_asked > 0 && c->offset < end),
                      "%s: cut at %lld it ends at %lld, the batch there begins at %lld", m->name,
                      (long long)x->to, (long long)c->offset, (long long)end);
            RIG_CHECK(g, plog_append_end(m->log) == c->offset && plog_stable_end(m->log) == c->offset,
                      "%s: cut to %lld, and ends at %lld", m->name, (long long)c->offset,
                      (long long)plog_append_end(m->log));
            mlog_truncate(g, m, x->to, c->offset);
            g->cuts++;
        }
        if (c->err != -MR_E_FENCED) /* what others say is that nothing has changed */
            m->cut_asked = -1;
    }
    m->busy--;
    g->in_flight--;
    mem_free(x);
}

static inline void rig_truncate(struct rig *g, struct mlog *m, int64_t to)
{
    struct rig_cut *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL && m->cut_asked < 0);
    *x = (struct rig_cut){.g = g, .m = m, .to = to, .change = {.done = rig_cut_done}};
    m->busy++;
    g->in_flight++;
    int err = plog_truncate(m->log, to, &x->change);
    if (err == 0) {
        m->cut_asked = to;
        return;
    }
    RIG_CHECK(g, err == -EAGAIN || g->may_fail || rig_gone(g), "%s: truncation refused: %d", m->name, err);
    m->busy--;
    g->in_flight--;
    mem_free(x);
}

static inline void rig_truncate_some(struct rig *g, struct mlog *m)
{
    if (m->log == NULL || !plog_open(m->log, NULL) || plog_failed(m->log) != 0 || m->cut_asked >= 0 ||
        g->in_flight >= RIG_FLIGHT_MAX)
        return;
    int64_t start = plog_start(m->log), end = plog_append_end(m->log);
    uint64_t dice = rng_below(g->rng, 20);
    int64_t back = mr_imin(end - start, (int64_t)rng_below(g->rng, dice < 12 ? 8 : 200));
    int64_t to = dice == 0 ? start : dice == 1 ? end : end - back;
    rig_truncate(g, m, to);
}

#endif
