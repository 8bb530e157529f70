/* tests/sim/storage_compact.h - what compaction may take from a log of a rig (storage_rig.h), and what it
 * must. For storage_doing.h.
 *
 * The model keeps every batch that was appended, and how far passes were asked and said to have gone. A
 * record that is not there must have been allowed to go: superseded by a later one of its key that a pass may
 * have seen, a tombstone or marker whose time may be over, aborted, or without a key. A record that is there
 * is as it was written, at its offset. And once a pass has said that it is over, none is there that it had to
 * take. */
#ifndef SIM_STORAGE_COMPACT_H
#define SIM_STORAGE_COMPACT_H

#include "net/wire/batch_build.h"
#include "net/wire/records.h"
#include "storage/compact.h"
#include "tests/sim/storage_rig.h"

/* ---- appending ---- */

static inline int32_t mrecord_value(const struct rig *g, int64_t seed, uint8_t *dst, int32_t len)
{
    (void)g;
    for (int32_t i = 0; i < len; i++)
        dst[i] = (uint8_t)(seed >> (i % 7));
    return len;
}

/* Real records with keys of a small set, seldom without one, a fifth without a value. */
static inline void rig_keyed_build(struct rig *g, struct mlog *m, struct mbatch *b, uint32_t payload)
{
    static const int codecs[] = {COMP_NONE,   COMP_NONE, COMP_NONE, COMP_GZIP,
                                 COMP_SNAPPY, COMP_LZ4,  COMP_ZSTD};
    struct mr_scratch out;
    struct batch_builder bb;
    uint8_t value[256];
    char key[16];
    b->keyed = (uint8_t)rng_between(g->rng, 1, RIG_BATCH_KEYS);
    int64_t ts = 1700000000000 + (int64_t)m->count * 10;
    struct batch_build_how how = batch_build_how_plain();
    how.codec = codecs[rng_below(g->rng, MR_COUNT(codecs))];
    how.level = comp_level_default((enum comp_codec)how.codec);
    how.attributes = b->txn ? BATCH_TRANSACTIONAL : 0;
    if (b->producer >= 0) {
        how.producer_id = b->producer;
        how.producer_epoch = b->epoch;
        how.base_sequence = b->sequence;
    }
    scratch_init(&out, 1 << 20);
    int err = batch_build_begin(&bb, &how, &out, g->comp, &g->work);
    for (uint32_t i = 0; i < b->keyed && err == 0; i++) {
        b->keys[i] = (int8_t)(rng_below(g->rng, 40) == 0 ? -1 : (int)rng_below(g->rng, RIG_KEYS));
        b->nulls[i] = rng_below(g->rng, 5) == 0;
        int len = snprintf(key, sizeof(key), "key-%d", b->keys[i]);
        int32_t bytes = mrecord_value(g, (int64_t)rng_next(g->rng), value,
                                      (int32_t)mr_min(payload / b->keyed, sizeof(value)));
        struct batch_record r = {.timestamp = ts + (int64_t)rng_below(g->rng, 50)};
        if (b->keys[i] >= 0)
            r.key = (struct mr_slice){(const uint8_t *)key, (size_t)len};
        if (!b->nulls[i])
            r.value = (struct mr_slice){value, (size_t)bytes};
        err = batch_build_add(&bb, &r);
    }
    if (err == 0)
        err = batch_build_end(&bb);
    MR_ASSERT(err == 0);
    b->len = (uint32_t)out.len;
    b->bytes = mem_alloc(b->len);
    MR_ASSERT(b->bytes != NULL);
    memcpy(b->bytes, out.data, b->len);
    b->last_sequence = b->sequence + b->keyed - 1;
    scratch_done(&out);
}

/* ---- what may go ---- */

struct mcompact {
    bool *aborted;           /* by batch */
    int64_t asked[RIG_KEYS]; /* the newest offset of each key that a pass may have seen */
    int64_t done[RIG_KEYS];  /* the one that passes have said they saw */
};

static inline void mcompact_of(const struct mlog *m, struct mcompact *ret)
{
    enum { OPEN, COMMITTED, ABORTED } ends[RIG_PRODUCERS] = {OPEN};
    ret->aborted = mem_zalloc(m->count + 1, sizeof(*ret->aborted));
    MR_ASSERT(ret->aborted != NULL);
    for (uint32_t i = m->count; i-- > 0;) {
        const struct mbatch *b = &m->batches[i];
        if (b->producer > 0 && b->marker)
            ends[b->producer - 1] = b->commit ? COMMITTED : ABORTED;
        ret->aborted[i] = b->producer > 0 && b->txn && ends[b->producer - 1] == ABORTED;
    }
    for (int k = 0; k < RIG_KEYS; k++)
        ret->asked[k] = ret->done[k] = -1;
    for (uint32_t i = 0; i < m->count; i++) {
        const struct mbatch *b = &m->batches[i];
        for (uint32_t n = 0; n < b->keyed && !ret->aborted[i]; n++) {
            int64_t offset = b->base + n;
            if (b->keys[n] >= 0 && offset < m->clean_asked)
                ret->asked[b->keys[n]] = offset;
            if (b->keys[n] >= 0 && offset < m->clean_done && !b->taken[n])
                ret->done[b->keys[n]] = offset;
        }
    }
}

static inline bool mrecord_may_go(const struct rig *g, const struct mlog *m, const struct mcompact *c,
                                  uint32_t i, uint32_t n)
{
    const struct mbatch *b = &m->batches[i];
    bool expires = g->o.delete_retention_ms < RIG_FOR_EVER_MS;
    if (b->base >= m->clean_asked)
        return false;
    if (b->base + n < m->start_asked)
        return true;
    if (b->marker)
        return expires;
    if (c->aborted[i] || b->keys[n] < 0)
        return true;
    return b->base + n < c->asked[b->keys[n]] || (b->nulls[n] && expires);
}

static inline bool mrecord_must_go(const struct mlog *m, const struct mcompact *c, uint32_t i, uint32_t n)
{
    const struct mbatch *b = &m->batches[i];
    if (b->marker || b->base + n >= m->clean_done)
        return false;
    return c->aborted[i] || b->keys[n] < 0 || b->base + n < c->done[b->keys[n]];
}

/* All batches from keep on are cut off. What went because of them does not come back. */
static inline void mlog_note_taken(struct rig *g, struct mlog *m, uint32_t keep)
{
    struct mcompact c;
    m->clean_most = mr_imax(m->clean_most, m->clean_asked);
    if (m->clean_asked == 0)
        return;
    mcompact_of(m, &c);
    for (uint32_t i = 0; i < keep; i++)
        for (uint32_t n = 0; n < RIG_BATCH_KEYS; n++)
            m->batches[i].taken[n] |= mrecord_may_go(g, m, &c, i, n);
    mem_free(c.aborted);
}

/* ---- looking ---- */

struct mlook {
    struct rig *g;
    const struct mlog *m;
    struct mcompact c;
    int64_t at;  /* looked at up to here */
    bool strict; /* what must be gone is */
    /* A record of batch i is not there, and may not go: NULL: that is wrong. */
    void (*lost)(struct mlook *l, uint32_t i);
    void *ctx; /* its */
};

static inline void mlook_begin(struct mlook *l, struct rig *g, const struct mlog *m, int64_t from,
                               bool strict)
{
    *l = (struct mlook){.g = g, .m = m, .at = from, .strict = strict};
    mcompact_of(m, &l->c);
}

static inline void mlook_gone(struct mlook *l, uint32_t i, int64_t offset)
{
    const struct mlog *m = l->m;
    const struct mbatch *b = &m->batches[i];
    if (b->lost || b->taken[offset - b->base] ||
        mrecord_may_go(l->g, m, &l->c, i, (uint32_t)(offset - b->base)))
        return;
    if (l->lost != NULL)
        l->lost(l, i);
    else
        RIG_CHECK(l->g, false, "%s: offset %lld is gone (passes up to %lld asked, %lld done)", m->name,
                  (long long)offset, (long long)m->clean_asked, (long long)m->clean_done);
}

/* Records in [at, to) are not there. */
static inline void mlook_gap(struct mlook *l, int64_t to)
{
    const struct mlog *m = l->m;
    for (uint32_t i = mlog_at(m, l->at);
         l->at < to && i < m->count && m->batches[i].base < to && rig_ok(l->g); i++) {
        const struct mbatch *b = &m->batches[i];
        for (int64_t o = mr_imax(b->base, l->at); o <= b->last && o < to; o++)
            mlook_gone(l, i, o);
    }
    l->at = mr_imax(l->at, to);
}

static inline bool same_slice(struct mr_slice a, struct mr_slice b)
{
    return a.len == b.len && (a.ptr == NULL) == (b.ptr == NULL) &&
           (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* The records that are there, against those that were written. */
static inline void mlook_records(struct mlook *l, uint32_t i, const struct kw_batch *have)
{
    struct rig *g = l->g;
    const struct mlog *m = l->m;
    const struct mbatch *b = &m->batches[i];
    struct mr_slice all = {b->bytes, b->len}, was, is;
    struct kw_batch want;
    struct record_iter wi, hi;
    struct kw_record w, h;
    int err = batch_next(&all, &want) == 1 ? 0 : -1;
    if (err == 0)
        err = batch_records(&want, g->comp, &g->unpacked[0], 1 << 20, &was);
    if (err == 0 && have->h.record_count > 0)
        err = batch_records(have, g->comp, &g->unpacked[1], 1 << 20, &is);
    RIG_CHECK(g, err == 0, "%s: batch at %lld cannot be unpacked", m->name, (long long)b->base);
    if (err != 0)
        return;
    record_iter_init(&wi, was, want.h.record_count);
    int more = 0;
    if (have->h.record_count > 0) {
        record_iter_init(&hi, is, have->h.record_count);
        more = record_next(&hi, &h);
    }
    int64_t max = KW_NO_TIMESTAMP;
    while (record_next(&wi, &w) == 1 && rig_ok(g)) {
        int64_t offset = b->base + w.offset_delta;
        if (more != 1 || h.offset_delta != w.offset_delta) {
            if (offset >= l->at)
                mlook_gone(l, i, offset);
            continue;
        }
        int64_t ts = batch_record_timestamp(&have->h, h.timestamp_delta);
        max = mr_imax(max, ts);
        RIG_CHECK(g,
                  same_slice(h.key, w.key) && same_slice(h.value, w.value) &&
                      h.header_count == w.header_count &&
                      ts == batch_record_timestamp(&want.h, w.timestamp_delta),
                  "%s: the record at %lld differs", m->name, (long long)offset);
        RIG_CHECK(g,
                  !l->strict || offset < m->start_asked ||
                      !mrecord_must_go(m, &l->c, i, (uint32_t)w.offset_delta),
                  "%s: offset %lld is still there, a pass went to %lld", m->name, (long long)offset,
                  (long long)m->clean_done);
        more = record_next(&hi, &h);
    }
    RIG_CHECK(g, more == 0, "%s: batch at %lld has other records", m->name, (long long)b->base);
    RIG_CHECK(g, have->h.record_count == 0 || have->h.max_timestamp == max,
              "%s: batch at %lld: greatest timestamp", m->name, (long long)b->base);
}

static inline void mlook_batch(struct mlook *l, const struct kw_batch *have)
{
    struct rig *g = l->g;
    const struct mlog *m = l->m;
    uint32_t i = mlog_at(m, have->h.base_offset);
    const struct mbatch *b = i < m->count ? &m->batches[i] : NULL;
    if (b == NULL || b->base != have->h.base_offset || b->last != batch_last_offset(&have->h) ||
        b->last < l->at) {
        RIG_CHECK(g, false, "%s: a batch from %lld to %lld was never appended", m->name,
                  (long long)have->h.base_offset, (long long)batch_last_offset(&have->h));
        return;
    }
    mlook_gap(l, b->base);
    struct kw_batch_header want;
    batch_header_read(b->bytes, &want);
    int changed = have->h.attributes ^ want.attributes;
    bool empty = have->h.record_count == 0;
    RIG_CHECK(g,
              batch_crc_ok(have) &&
                  (have->h.leader_epoch == want.leader_epoch ||
                   (b->other != NULL && mr_get32(b->other + 12) == (uint32_t)have->h.leader_epoch)) &&
                  have->h.producer_id == want.producer_id && have->h.producer_epoch == want.producer_epoch &&
                  have->h.base_sequence == want.base_sequence &&
                  (changed & ~(BATCH_DELETE_HORIZON | (empty ? BATCH_CODEC_MASK : 0))) == 0,
              "%s: the header of the batch at %lld differs", m->name, (long long)b->base);
    if (rig_ok(g))
        mlook_records(l, i, have);
    l->at = b->last + 1;
}

static inline void mlook_end(struct mlook *l, int64_t to)
{
    if (rig_ok(l->g))
        mlook_gap(l, to);
    mem_free(l->c.aborted);
}

/* Batches in a row. Returns how many bytes are none. */
static inline size_t mlook_bytes(struct mlook *l, struct mr_slice bytes)
{
    struct kw_batch b;
    while (rig_ok(l->g) && batch_next(&bytes, &b) == 1)
        mlook_batch(l, &b);
    return bytes.len;
}

static inline bool mlog_is_compacted(const struct mlog *m)
{
    return m->clean_asked > 0;
}

static inline void rig_check_compacted(struct rig *g, struct rig_read *x)
{
    struct mlook l;
    bool nothing = x->read.count == 0; /* none that it might return begins below the limit */
    x->end = nothing ? x->read.limit : x->read.end;
    RIG_CHECK(g, !nothing || x->read.end == x->read.offset, "%s: read at %lld ends at %lld with nothing",
              x->m->name, (long long)x->read.offset, (long long)x->read.end);
    if (nothing && !x->read.one_at_least)
        return; /* the first one may be too large */
    mlook_begin(&l, g, x->m, x->read.offset, x->strict);
    uint8_t *all = mem_alloc(x->read.bytes + 1); /* batches may be in pieces */
    size_t bytes = 0;
    MR_ASSERT(all != NULL);
    for (uint32_t part = 0; part < x->read.count; part++) {
        struct mr_slice piece = x->read.parts[part].bytes;
        RIG_CHECK(g, bytes + piece.len <= x->read.bytes, "%s: parts have more bytes than the read",
                  x->m->name);
        if (bytes + piece.len <= x->read.bytes)
            memcpy(all + bytes, piece.ptr, piece.len);
        bytes += piece.len;
    }
    RIG_CHECK(g, mlook_bytes(&l, (struct mr_slice){all, x->read.bytes}) == 0, "%s: read ends inside a batch",
              x->m->name);
    mem_free(all);
    RIG_CHECK(g, nothing || l.at == x->read.end, "%s: read at %lld says it ends at %lld, and ends at %lld",
              x->m->name, (long long)x->read.offset, (long long)x->read.end, (long long)l.at);
    if (!nothing)
        x->end = l.at;
    /* Batches that begin below the limit reach beyond it; nothing at or beyond it is promised. */
    mlook_end(&l, nothing ? x->read.limit : l.at);
}

/* ---- passes ---- */

struct rig_clean {
    struct plog_clean clean;
    struct rig *g;
    struct mlog *m;
};

static inline void rig_clean_done(struct plog_clean *c)
{
    struct rig_clean *x = MR_CONTAINER(c, struct rig_clean, clean);
    struct rig *g = x->g;
    struct mlog *m = x->m;
    m->clean = NULL;
    if (!rig_gone(g) && !m->remove_asked) {
        bool moved = c->err == -ECANCELED && (c->stop || m->start_asked > 0 || g->o.cuts);
        bool full = g->full && c->err == -ENOSPC;
        RIG_CHECK(g, c->err == 0 || moved || full || g->may_fail, "%s: compaction failed: %d", m->name,
                  c->err);
        if (c->err == 0) {
            m->clean_done = mr_imax(m->clean_done, c->clean_to);
            g->passes++;
            g->replaced += c->segments_before;
        }
    }
    m->busy--;
    g->in_flight--;
    mem_free(x);
}

static inline void rig_clean_some(struct rig *g, struct mlog *m)
{
    if (!m->compact || m->clean != NULL || m->log == NULL || !plog_open(m->log, NULL) ||
        plog_failed(m->log) != 0)
        return;
    struct plog_dirt dirt;
    int64_t now = shard_wall_ms(g->shards[m->shard]);
    plog_dirt(m->log, plog_last_stable(m->log, plog_stable_end(m->log)), now, 0, &dirt);
    if (dirt.unsettled_bytes > 0)
        store_checkpoint(g->stores[m->shard]);
    if (dirt.to <= dirt.from && rng_below(g->rng, 4) != 0)
        return;
    static const uint64_t maps[] = {1, 24 * 5, 24 * 12, 1 << 20, 1 << 20};
    struct rig_clean *x = mem_zalloc(1, sizeof(*x));
    MR_ASSERT(x != NULL);
    x->g = g;
    x->m = m;
    x->clean = (struct plog_clean){.to = dirt.to,
                                   .now_ms = now,
                                   .delete_retention_ms = g->o.delete_retention_ms,
                                   .map_bytes = maps[rng_below(g->rng, MR_COUNT(maps))],
                                   .bytes_per_second = rng_below(g->rng, 4) == 0 ? 10000000 : 0,
                                   .unpacked_bytes_max = 1 << 20,
                                   .comp = g->comp,
                                   .scratch = &g->work,
                                   .done = rig_clean_done};
    int err = plog_clean(m->log, &x->clean);
    MR_ASSERT(err == 0);
    m->clean_asked = mr_imax(m->clean_asked, dirt.to);
    m->clean = &x->clean;
    m->busy++;
    g->in_flight++;
}

/* A process is about to stop: passes are told to. */
static inline void rig_clean_stop(struct rig *g)
{
    for (struct mlog *m = g->logs; m != NULL; m = m->next)
        if (m->clean != NULL)
            m->clean->stop = true;
}

#endif
