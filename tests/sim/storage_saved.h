/* tests/sim/storage_saved.h - what millrace salvage made of a rig's directory, against what was written to
 * it.
 */
#ifndef SIM_STORAGE_SAVED_H
#define SIM_STORAGE_SAVED_H

#include "storage/salvage.h"
#include "tests/sim/storage_doing.h"

struct saved {
    struct rig *g;
    const char *dir;   /* the new directory */
    const char *after; /* what had happened before, for people */
    bool whole;        /* nothing was damaged */
    bool removed_live; /* a log that was removed may be there, for a journal has lost that */
    /* What says the leader epochs of this log may be damaged: a batch that is the only one of its epoch may
     * come back with a lower one, for then nothing tells which is right, but with no other
     * (salvage_epochs.h). */
    bool (*epochs_hit)(void *ctx, const struct mlog *m);
    /* Bytes that a disk wrote into a segment of this log instead of its own; empty: none, or of another log.
     * A batch names no log: one of them whose offsets lie in the hole that they made may come with it. */
    struct mr_slice (*strangers)(void *ctx, const struct mlog *m);
    /* Must all of this log be there? NULL: as whole says. */
    bool (*must)(void *ctx, const struct mlog *m);
    void *ctx;
    uint32_t lost; /* out: acknowledged batches that are not; mbatch.lost says which */
};

struct saved_log {
    struct saved *d;
    struct mlog *m;
    uint32_t next; /* batch of the model */
    int64_t end;   /* behind the last batch that was saved */
    bool right;
    struct mlook look; /* of a compacted log */
};

static inline void saved_miss(struct saved *d, struct mlog *m, uint32_t i)
{
    bool cut = m->cut_asked >= 0 && m->batches[i].last >= m->cut_asked; /* or not: nobody was told yet */
    m->batches[i].lost = i < m->acked && m->batches[i].last >= m->start_asked && !cut;
    d->lost += m->batches[i].lost;
}

static inline void saved_miss_some(struct mlook *l, uint32_t i)
{
    saved_miss(l->ctx, (struct mlog *)l->m, i);
}

static inline bool saved_alone(const struct mlog *m, uint32_t i)
{
    const uint8_t *epoch = m->batches[i].bytes + 12;
    for (uint32_t k = 0; k < m->count; k++) {
        if (k != i && m->batches[k].last >= m->start_acked && memcmp(m->batches[k].bytes + 12, epoch, 4) == 0)
            return false;
    }
    return true;
}

static inline bool saved_same(const struct saved *d, const struct mlog *m, uint32_t i,
                              const struct kw_batch *b)
{
    const uint8_t *was = m->batches[i].bytes;
    if (m->batches[i].len != b->bytes.len || memcmp(was, b->bytes.ptr, 12) != 0 ||
        memcmp(was + 16, b->bytes.ptr + 16, b->bytes.len - 16) != 0)
        return false;
    return memcmp(was + 12, b->bytes.ptr + 12, 4) == 0 ||
           (d->epochs_hit != NULL && d->epochs_hit(d->ctx, m) && saved_alone(m, i) &&
            b->h.leader_epoch >= 0 && (uint32_t)b->h.leader_epoch < mr_get32(was + 12));
}

/* Is it one of the batches that a disk wrote here, whole? Those of the model that it covers are lost then. */
static inline bool saved_stranger(struct saved_log *s, const struct kw_batch *b)
{
    const struct saved *d = s->d;
    struct mr_slice in = d->strangers != NULL ? d->strangers(d->ctx, s->m) : (struct mr_slice){0};
    bool found = false;
    for (size_t at = 0; at + b->bytes.len <= in.len && !found;
         at++) /* but the leader epoch, which is put right */
        found = memcmp(in.ptr + at, b->bytes.ptr, 12) == 0 &&
                memcmp(in.ptr + at + 16, b->bytes.ptr + 16, b->bytes.len - 16) == 0;
    if (!found || b->h.base_offset < s->end)
        return false;
    for (; s->next < s->m->count && s->m->batches[s->next].base <= batch_last_offset(&b->h); s->next++)
        saved_miss(s->d, s->m, s->next);
    s->end = batch_next_offset(&b->h);
    return true;
}

static inline void saved_file(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    struct saved_log *s = ctx;
    struct mlog *m = s->m;
    size_t len = strlen(path);
    if (is_dir || strcmp(path + len - 4, ".log") != 0 || !s->right)
        return;
    uint8_t *data = mem_alloc(bytes + 1);
    (void)node_peek(s->d->g->n, path, 0, data, bytes);
    struct mr_slice rest = {data, bytes};
    struct kw_batch b;
    if (mlog_is_compacted(m)) {
        struct seed_result *r = s->d->g->r, other = {.err = r->err};
        if (s->d->removed_live)
            s->d->g->r = &other; /* it may be a log that was removed, under the same name */
        rest.ptr += bytes - mlook_bytes(&s->look, rest);
        rest.len -= (size_t)(rest.ptr - data);
        s->d->g->r = r;
        s->right = r->err == other.err || !s->d->removed_live;
    }
    while (s->right && rest.len > 0 && batch_next(&rest, &b) == 1) {
        uint32_t i = mlog_at(m, b.h.base_offset);
        if (!(i < m->count && saved_same(s->d, m, i, &b)) && saved_stranger(s, &b))
            continue;
        s->right = i < m->count && i >= s->next && saved_same(s->d, m, i, &b);
        for (; s->right && s->next < i; s->next++)
            saved_miss(s->d, m, s->next);
        s->next = i + 1;
        s->end = batch_next_offset(&b.h);
    }
    RIG_CHECK(s->d->g, (s->right && rest.len == 0) || s->d->removed_live,
              "%s: salvaged what never was, in %s, after %s", m->name, path, s->d->after);
    mem_free(data);
}

static inline void saved_check(struct saved *d)
{
    struct rig *g = d->g;
    d->lost = 0;
    for (struct mlog *m = g->logs; m != NULL && rig_ok(g); m = m->next) {
        struct saved_log s = {.d = d, .m = m, .right = true};
        char dir[128];
        if (m->remove_asked || m->removed || m->acked == 0)
            continue;
        uint32_t before = d->lost;
        bool compacted = mlog_is_compacted(m);
        if (compacted) {
            mlook_begin(&s.look, g, m, 0, d->whole); /* a start that had been asked for may not have come */
            s.look.lost = saved_miss_some;
            s.look.ctx = d;
        }
        snprintf(dir, sizeof(dir), "%s/%s-%d", d->dir, m->name, m->key.partition);
        if (node_exists(g->n, dir))
            node_walk(g->n, dir, saved_file, &s);
        if (compacted && s.right)
            mlook_end(&s.look, mlog_acked_end(m));
        for (; !compacted && s.next < m->acked; s.next++)
            saved_miss(d, m, s.next);
        if (!s.right)
            continue;
        bool must = d->whole || (d->must != NULL && d->must(d->ctx, m));
        RIG_CHECK(g, !must || d->lost == before, "%s: %u batches were not salvaged: %s", m->name,
                  d->lost - before, d->after);
    }
}

#endif
