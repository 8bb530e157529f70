/* tests/sim/storage_txns.h - what the batches of a rig (storage_rig.h) say of producers and transactions, and
 * whether the log says the same. */
#ifndef SIM_STORAGE_TXNS_H
#define SIM_STORAGE_TXNS_H

#include "tests/sim/storage_rig.h"

/* ---- the model ---- */

struct mproducer {
    bool known;
    int16_t epoch;
    int32_t coordinator_epoch;
    int64_t txn_first;                  /* -1: none open */
    uint32_t batches[PRODUCER_BATCHES]; /* of the epoch, newest first */
    uint32_t count;
};

struct mtxn {
    int64_t producer, first;
    int64_t marker; /* -1: open */
    int64_t stable; /* where the last stable offset stands once the marker is there */
    bool aborted;
};

struct mtxns {
    struct mproducer producers[RIG_PRODUCERS];
    struct mtxn *items; /* in order of first; those of one producer one after the other */
    uint32_t count;
};

/* As it may be: one for each place that was counted from. */
struct mviews {
    struct mtxns at[RIG_VIEWS_MAX];
    uint32_t count;
};

static inline int64_t mtxns_oldest_open(const struct mtxns *t)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (t->items[i].marker < 0)
            return t->items[i].first;
    return -1;
}

static inline void mtxns_marker(struct mtxns *t, struct mproducer *p, const struct mbatch *b)
{
    for (uint32_t i = t->count; i > 0; i--) {
        struct mtxn *x = &t->items[i - 1];
        if (x->producer != b->producer || x->marker >= 0)
            continue;
        x->marker = b->base;
        x->aborted = !b->commit;
        int64_t open = mtxns_oldest_open(t);
        x->stable = open >= 0 ? open : b->base + 1;
    }
    p->txn_first = -1;
    p->coordinator_epoch = b->coordinator_epoch;
}

/* From all batches at or beyond an offset; the caller frees items. */
static inline void mtxns_of(const struct mlog *m, int64_t from, struct mtxns *ret)
{
    *ret = (struct mtxns){.items = mem_alloc((m->count + 1) * sizeof(*ret->items))};
    MR_ASSERT(ret->items != NULL);
    for (int i = 0; i < RIG_PRODUCERS; i++)
        ret->producers[i] = (struct mproducer){.coordinator_epoch = -1, .txn_first = -1};
    for (uint32_t i = 0; i < m->count; i++) {
        const struct mbatch *b = &m->batches[i];
        if (b->producer < 0 || b->base < from)
            continue;
        struct mproducer *p = &ret->producers[b->producer - 1];
        if (p->known && p->epoch != b->epoch)
            p->count = 0;
        p->known = true;
        p->epoch = b->epoch;
        if (b->marker) {
            mtxns_marker(ret, p, b);
            continue;
        }
        if (b->txn && p->txn_first < 0) {
            p->txn_first = b->base;
            ret->items[ret->count++] = (struct mtxn){.producer = b->producer, .first = b->base, .marker = -1};
        }
        p->count = (uint32_t)mr_min(p->count + 1, PRODUCER_BATCHES);
        memmove(p->batches + 1, p->batches, (p->count - 1) * sizeof(p->batches[0]));
        p->batches[0] = i;
    }
}

static inline void mviews_of(const struct mlog *m, struct mviews *ret)
{
    ret->count = m->views;
    for (uint32_t i = 0; i < ret->count; i++)
        mtxns_of(m, m->counted_from[i], &ret->at[i]);
}

static inline void mviews_free(struct mviews *v)
{
    for (uint32_t i = 0; i < v->count; i++)
        mem_free(v->at[i].items);
    v->count = 0;
}

static inline int64_t mtxns_last_stable(const struct mtxns *t, int64_t start, int64_t high_watermark)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (t->items[i].marker < 0 || t->items[i].marker >= high_watermark)
            return mr_imin(mr_imax(t->items[i].first, start), high_watermark);
    return high_watermark;
}

/* ---- producers ---- */

/* Counted anew, where compaction had been: it has taken batches and markers, which it would not have with
 * those that were cut off. */
static inline bool mlog_is_vague(const struct mlog *m)
{
    return m->cut && m->clean_most > 0;
}

/* Is this what was counted of it? Says what differs. */
static inline bool mproducer_is(const struct mlog *m, const struct mproducer *want,
                                const struct producer *have, char *why, size_t bytes)
{
    const struct mbatch *last = want->count == 0 ? NULL : &m->batches[want->batches[0]];
    int32_t sequence = last == NULL ? KW_NO_SEQUENCE : last->last_sequence;
    int64_t offset = last == NULL ? -1 : last->last;
    if (have == NULL || !want->known) {
        snprintf(why, bytes, "is %s", have != NULL ? "known and never wrote" : "forgotten");
        return have == NULL && !want->known;
    }
    snprintf(
        why, bytes,
        "epoch %d sequence %d offset %lld transaction since %lld coordinator %d, expected %d %d %lld %lld %d",
        have->epoch, producer_last_sequence(have), (long long)producer_last_offset(have),
        (long long)have->txn_first_offset, have->coordinator_epoch, want->epoch, sequence, (long long)offset,
        (long long)want->txn_first, want->coordinator_epoch);
    return have->epoch == want->epoch && producer_last_sequence(have) == sequence &&
           producer_last_offset(have) == offset && have->txn_first_offset == want->txn_first &&
           have->coordinator_epoch == want->coordinator_epoch;
}

/* The last five of the epoch must be recognised; of what a clean close left only the very last. */
static inline void rig_check_repeats(struct rig *g, const struct mlog *m, const struct mproducer *want)
{
    for (uint32_t n = 0; n < want->count; n++) {
        const struct mbatch *b = &m->batches[want->batches[n]];
        if (n > 0 && want->batches[n] < m->at_settle)
            break;
        struct kw_batch_header h;
        batch_header_read(b->bytes, &h);
        struct producer_verdict v = producer_check(plog_producers(m->log), &h, PRODUCER_CLIENT);
        RIG_CHECK(g, v.action == PRODUCER_DUPLICATE && v.base_offset == b->base,
                  "%s: batch at %lld is not recognised as a repeat", m->name, (long long)b->base);
    }
}

/* What the producers' state must be, from the batches. */
static inline void rig_check_producers(struct rig *g, struct mlog *m)
{
    struct mviews v;
    if (mlog_is_vague(m))
        return;
    mviews_of(m, &v);
    for (int p = 0; p < RIG_PRODUCERS && rig_ok(g); p++) {
        const struct producer *have = producer_find(plog_producers(m->log), p + 1);
        char why[256], first[256];
        uint32_t i = 0;
        while (i < v.count &&
               !mproducer_is(m, &v.at[i].producers[p], have, i == 0 ? first : why, sizeof(why)))
            i++;
        RIG_CHECK(g, i < v.count, "%s: producer %d %s", m->name, p + 1, first);
        if (have != NULL && rig_ok(g))
            rig_check_repeats(g, m, &v.at[i].producers[p]);
    }
    mviews_free(&v);
}

/* ---- what read_committed sees ---- */

static inline void rig_check_stable(struct rig *g, struct mlog *m)
{
    struct mviews v;
    mviews_of(m, &v);
    int64_t end = plog_stable_end(m->log), have = plog_last_stable(m->log, end), want = -1;
    for (uint32_t i = 0; i < v.count && want != have; i++)
        want = mtxns_last_stable(&v.at[i], plog_start(m->log), end);
    bool vague = mlog_is_vague(m) && have <= end;
    RIG_CHECK(g, have == want || vague, "%s: last stable offset %lld, expected %lld", m->name,
              (long long)have, (long long)want);
    mviews_free(&v);
}

static inline int mtxn_by_marker(const void *a, const void *b)
{
    int64_t x = ((const struct mtxn *)a)->marker, y = ((const struct mtxn *)b)->marker;
    return (x > y) - (x < y);
}

/* Aborted ones that touch [offset, end), by their markers: what must be said, or written. */
static inline uint32_t mtxns_aborted(struct mtxns *t, int64_t offset, int64_t end)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        const struct mtxn *x = &t->items[i];
        if (x->aborted && x->marker >= offset && x->first < end && offset < end)
            t->items[count++] = *x;
    }
    t->count = count;
    if (count > 0)
        qsort(t->items, count, sizeof(*t->items), mtxn_by_marker);
    return count;
}

static inline bool mtxn_is(const struct mtxn *x, const struct txn_aborted *e)
{
    return x->producer == e->producer_id && x->first == e->first_offset && x->marker == e->last_offset &&
           x->stable == e->last_stable;
}

/* Aborted ones of all views that touch [offset, end): how many the first view has, which has most. */
static inline uint32_t mviews_aborted(struct mviews *v, int64_t offset, int64_t end)
{
    for (uint32_t i = 0; i < v->count; i++)
        (void)mtxns_aborted(&v->at[i], offset, end);
    return v->at[0].count;
}

/* Does every view, or any, have this one? all: by its marker; else as a whole. */
static inline bool mviews_all_have(const struct mviews *v, int64_t marker)
{
    for (uint32_t i = 1; i < v->count; i++) {
        uint32_t n = 0;
        while (n < v->at[i].count && v->at[i].items[n].marker != marker)
            n++;
        if (n == v->at[i].count)
            return false;
    }
    return true;
}

static inline bool mviews_one_has(const struct mviews *v, bool vague, const struct txn_aborted *e)
{
    for (uint32_t i = 0; i < v->count; i++)
        for (uint32_t n = 0; n < v->at[i].count; n++) {
            const struct mtxn *x = &v->at[i].items[n];
            if (mtxn_is(x, e) || (vague && x->producer == e->producer_id && x->marker == e->last_offset &&
                                  x->first <= e->first_offset))
                return true;
        }
    return false;
}

/* Are these the entries? Of a compacted log those whose markers may be gone may be gone, too. */
static inline bool mviews_hold(const struct rig *g, const struct mlog *m, const struct mviews *want,
                               uint32_t count, const struct txn_aborted *have, uint32_t have_count)
{
    uint32_t n = 0;
    bool expires = g->o.delete_retention_ms < RIG_FOR_EVER_MS;
    for (uint32_t i = 0; i < count; i++) {
        int64_t marker = want->at[0].items[i].marker;
        if (n < have_count && have[n].last_offset == marker &&
            mviews_one_has(want, mlog_is_vague(m), &have[n]))
            n++;
        else if ((!m->cut || want->at[0].items[i].first >= m->clean_most) &&
                 (((!expires && marker >= m->start_asked) || marker >= m->clean_asked)) &&
                 mviews_all_have(want, marker))
            return false;
    }
    return n == have_count;
}

struct rig_aborted {
    struct plog_aborted q;
    struct rig *g;
    struct mlog *m;
    struct mviews want; /* as of the question */
    bool keep, over;
};

static inline void rig_aborted_check(struct rig_aborted *x)
{
    struct rig *g = x->g;
    struct mlog *m = x->m;
    if (!rig_gone(g) && !m->remove_asked && x->q.err != 0) {
        bool moved = x->q.err == -ERANGE && x->q.offset < m->start_asked;
        RIG_CHECK(g, g->may_fail || moved, "%s: aborted transactions of %lld to %lld: %d", m->name,
                  (long long)x->q.offset, (long long)x->q.end, x->q.err);
    } else if (!rig_gone(g) && !m->remove_asked) {
        uint32_t count = mviews_aborted(&x->want, x->q.offset, x->q.end);
        bool same = mviews_hold(g, m, &x->want, count, x->q.items, x->q.count);
        RIG_CHECK(g, same, "%s: aborted transactions of %lld to %lld differ: %u, expected %u", m->name,
                  (long long)x->q.offset, (long long)x->q.end, x->q.count, count);
    }
    plog_aborted_done(&x->q);
    mviews_free(&x->want);
    m->busy--;
    g->in_flight--;
    x->over = true;
}

static inline void rig_aborted_done(struct plog_aborted *q)
{
    struct rig_aborted *x = MR_CONTAINER(q, struct rig_aborted, q);
    rig_aborted_check(x);
    if (!x->keep)
        mem_free(x);
}

static inline struct rig_aborted *rig_aborted_new(struct rig *g, struct mlog *m, int64_t offset, int64_t end)
{
    struct rig_aborted *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    x->g = g;
    x->m = m;
    x->q = (struct plog_aborted){.offset = offset, .end = end, .done = rig_aborted_done};
    mviews_of(m, &x->want);
    m->busy++;
    g->in_flight++;
    return x;
}

/* In the background, of some range that a read_committed reader may have been given. */
static inline void rig_aborted_some(struct rig *g, struct mlog *m)
{
    rig_check_stable(g, m);
    int64_t start = plog_start(m->log), end = plog_last_stable(m->log, plog_stable_end(m->log));
    if (start >= end)
        return;
    int64_t offset = (int64_t)rng_between(g->rng, (uint64_t)start, (uint64_t)end - 1);
    struct rig_aborted *x =
        rig_aborted_new(g, m, offset, (int64_t)rng_between(g->rng, (uint64_t)offset + 1, (uint64_t)end));
    if (plog_aborted(m->log, &x->q))
        rig_aborted_done(&x->q);
}

/* All of the log. False: died. */
static inline bool rig_check_aborted(struct rig *g, struct mlog *m)
{
    struct rig_aborted *x =
        rig_aborted_new(g, m, plog_start(m->log), plog_last_stable(m->log, plog_stable_end(m->log)));
    x->keep = true;
    if (plog_aborted(m->log, &x->q))
        rig_aborted_done(&x->q);
    bool alive = x->over || rig_wait(g, &x->over);
    if (x->over)
        mem_free(x);
    else
        x->keep = false; /* it answers when the process is buried */
    return alive || !rig_is_dead(g);
}

/* The .txnindex of the segment that begins at base, from outside after a clean close. */
static inline void rig_check_txnindex(struct rig *g, const struct mlog *m, const char *log_path, int64_t base,
                                      int64_t end)
{
    char path[256];
    size_t stem = strlen(log_path) - 4;
    snprintf(path, sizeof(path), "%.*s.txnindex", (int)stem, log_path);
    struct mviews t;
    mviews_of(m, &t);
    (void)mviews_aborted(&t, base, INT64_MAX);
    uint32_t count = 0;
    while (count < t.at[0].count && t.at[0].items[count].marker < end)
        count++;
    int64_t bytes = node_durable_bytes(g->n, path);
    if (m->clean_asked > 0 || m->views > 1) {
        uint32_t have_count = bytes < 0 ? 0 : (uint32_t)bytes / TXN_INDEX_ENTRY_BYTES;
        struct txn_index have = {.items = NULL};
        uint8_t *file = mem_alloc((size_t)have_count * TXN_INDEX_ENTRY_BYTES + 1);
        MR_ASSERT(file != NULL);
        (void)node_durable_peek(g->n, path, 0, file, (size_t)have_count * TXN_INDEX_ENTRY_BYTES);
        int err =
            txn_index_decode(&have, (struct mr_slice){file, (size_t)have_count * TXN_INDEX_ENTRY_BYTES});
        RIG_CHECK(g, err == 0 && bytes != 0 && mviews_hold(g, m, &t, count, have.items, have.count),
                  "%s: %u entries in %s, expected %u", m->name, have_count, path + stem - 20, count);
        txn_index_done(&have);
        mem_free(file);
        mviews_free(&t);
        return;
    }
    RIG_CHECK(g, count == 0 ? bytes == -ENOENT : bytes == (int64_t)count * TXN_INDEX_ENTRY_BYTES,
              "%s: %lld bytes in %s, expected %u entries", m->name, (long long)bytes, path + stem - 20,
              count);
    for (uint32_t i = 0; i < count && rig_ok(g); i++) {
        uint8_t e[TXN_INDEX_ENTRY_BYTES];
        (void)node_durable_peek(g->n, path, (uint64_t)i * sizeof(e), e, sizeof(e));
        struct txn_aborted have = {(int64_t)mr_get64(e + 2), (int64_t)mr_get64(e + 10),
                                   (int64_t)mr_get64(e + 18), (int64_t)mr_get64(e + 26)};
        RIG_CHECK(g, mr_get16(e) == 0 && mtxn_is(&t.at[0].items[i], &have), "%s: entry %u of %s differs",
                  m->name, i, path + stem - 20);
    }
    mviews_free(&t);
}

#endif
