#include "storage/compact_swap.h"

#include <stdio.h>

#include "core/mem.h"
#include "storage/damage.h"
#include "storage/plog_priv.h"
#include "storage/space.h"
#include "storage/verify_bounds.h"

enum {
    AGAIN_MS = 100, /* somebody reads in an old file */
    FAILED_AGAIN_MS = 30000,
};

static const char *const old_suffixes[] = {".log", ".index", ".timeindex", ".txnindex", ".snapshot"};

struct swap {
    struct mr_list link; /* log->swaps */
    struct plog *log;
    struct segment *seg;  /* the new one: pinned while its names change */
    struct segment **old; /* until nobody reads in them any more; NULL: nobody does */
    uint32_t old_count;
    int64_t *others; /* bases of old segments but for the first, which has the new one's name */
    uint32_t other_count;
    uint64_t sequence; /* of the REPLACE entry */
    bool stable, running;
    uint32_t step;
    struct mr_op op;
    struct file_use use;
    struct mr_timer timer;
};

static void swap_free(struct swap *w)
{
    shard_timer_cancel(w->log->store->shard, &w->timer);
    list_remove(&w->link);
    mem_free(w->old);
    mem_free(w->others);
    mem_free(w);
}

/* ---- the steps: old files go, then the new ones are renamed, .log last ---- */

enum step_kind { STEP_OVER, STEP_UNLINK, STEP_RENAME };

static enum step_kind step_of(const struct swap *w, uint32_t step, char *from, char *to)
{
    const struct segment *seg = w->seg;
    char dir[SEGMENT_PATH_MAX];
    plog_dir(w->log, dir);
    uint32_t unlinks = w->other_count * MR_COUNT(old_suffixes);
    if (step < unlinks) {
        segment_path(from, dir, w->others[step / MR_COUNT(old_suffixes)],
                     old_suffixes[step % MR_COUNT(old_suffixes)]);
        return STEP_UNLINK;
    }
    const struct {
        const char *suffix;
        bool filed;
    } names[] = {{".txnindex", seg->txns_filed},
                 {".timeindex", seg->index_filed},
                 {".index", seg->index_filed},
                 {".log", true}};
    step -= unlinks;
    if (step >= MR_COUNT(names))
        return STEP_OVER;
    segment_path(to, dir, seg->base, names[step].suffix);
    segment_named(from, dir, seg, names[step].suffix);
    if (names[step].filed)
        return STEP_RENAME;
    memcpy(from, to, SEGMENT_PATH_MAX); /* of the old one: nothing takes its place */
    return STEP_UNLINK;
}

static void submit(struct swap *w, enum step_kind kind, const char *from, const char *to)
{
    struct mr_io *io = w->log->store->io;
    if (kind == STEP_RENAME)
        io_rename(io, &w->op, from, to);
    else
        io_unlink(io, &w->op, from);
}

/* All names are right. */
static void settled(struct swap *w)
{
    struct plog *log = w->log;
    w->seg->cleaned = 0;
    log->dir_dirty = log->changed =
        true; /* a record that says so counts after a flush of the directory only */
    if (w->seg->txns_filed && w->seg->txns_loaded)
        segment_txns_filed(log->store, w->seg);
}

/* ---- in the background ---- */

static void again(struct swap *w, uint64_t ms)
{
    if (!w->log->store->closing)
        shard_timer(w->log->store->shard, &w->timer, ms * 1000000);
}

static void leave_old(struct swap *w, bool sync)
{
    struct store *s = w->log->store;
    for (uint32_t i = 0; i < w->old_count; i++)
        segment_leave(s, w->old[i], sync);
    mem_free(w->old);
    w->old = NULL;
    w->old_count = 0;
}

static bool old_unused(const struct swap *w)
{
    for (uint32_t i = 0; i < w->old_count; i++)
        if (w->old[i]->pins > 0 || w->old[i]->opening)
            return false;
    return true;
}

static void stop(struct swap *w)
{
    struct plog *log = w->log;
    file_use_end(&w->use);
    w->running = false;
    plog_idle(log); /* may free it, and w */
}

static void next_step(struct swap *w);

static void step_done(struct mr_op *op)
{
    struct swap *w = MR_CONTAINER(op, struct swap, op);
    struct store *s = w->log->store;
    if (op->result < 0 && op->result != -ENOENT) {
        if (!w->log->removed)
            log_warn(s->shard->log, "storage",
                     "files of a compacted segment keep their old names part=%s-%d segment=%lld err=\"%s\"",
                     w->log->topic, plog_key(w->log).partition, (long long)w->seg->base,
                     mr_err_text((int)op->result));
        again(w, FAILED_AGAIN_MS);
        stop(w);
        return;
    }
    w->step++;
    next_step(w);
}

static void next_step(struct swap *w)
{
    struct plog *log = w->log;
    char from[SEGMENT_PATH_MAX], to[SEGMENT_PATH_MAX];
    enum step_kind kind = log->removed ? STEP_OVER : step_of(w, w->step, from, to);
    if (kind != STEP_OVER) {
        op_init(&w->op, step_done);
        submit(w, kind, from, to);
        return;
    }
    settled(w);
    space_freed(log->store);
    store_changed(log->store);
    file_use_end(&w->use);
    swap_free(w);
    plog_idle(log);
}

static void opened(struct file_use *u)
{
    struct swap *w = MR_CONTAINER(u, struct swap, use);
    struct plog *log = w->log;
    if (u->err == 0) {
        w->step = 0;
        next_step(w);
        return;
    }
    again(w, FAILED_AGAIN_MS);
    w->running = false;
    plog_idle(log);
}

static void go(struct swap *w)
{
    struct plog *log = w->log;
    struct store *s = log->store;
    if (!w->stable || w->running || s->closing || s->fenced != 0 || log->removed || timer_armed(&w->timer))
        return;
    if (!store_flushed(s, w->sequence) || !old_unused(w)) {
        again(w, AGAIN_MS);
        return;
    }
    leave_old(w, false);
    w->running = true;
    plog_busy(log);
    /* The file stays open, so nobody opens it by a name that is about to change. */
    w->use = (struct file_use){.store = s, .log = log, .seg = w->seg, .done = opened};
    if (file_use_begin(&w->use))
        opened(&w->use);
}

static void due(struct mr_timer *t)
{
    go(MR_CONTAINER(t, struct swap, timer));
}

void swaps_kick(struct plog *log)
{
    uint64_t stable = journal_stable_sequence(log->store->journal);
    LIST_FOR_SAFE(node, tmp, &log->swaps)
    {
        struct swap *w = MR_CONTAINER(node, struct swap, link);
        w->stable |= w->sequence <= stable;
        go(w);
    }
}

/* ---- the change itself ---- */

static struct swap *swap_new(struct plog *log, struct segment *seg, uint32_t old)
{
    struct swap *w = mem_zalloc(1, sizeof(*w));
    if (w == NULL)
        return NULL;
    list_init(&w->link);
    timer_init(&w->timer, due);
    w->log = log;
    w->seg = seg;
    w->old = old > 0 ? mem_alloc(old * sizeof(*w->old)) : NULL;
    w->others = old > 1 ? mem_alloc((old - 1) * sizeof(*w->others)) : NULL;
    if ((old > 0 && w->old == NULL) || (old > 1 && w->others == NULL)) {
        swap_free(w);
        return NULL;
    }
    return w;
}

/* What memory still has of the old segments must not be read any more, least of all by the next pass. The
 * chunks go when their time comes. */
static void forget_tail(struct plog *log, int64_t end)
{
    for (; log->tail_first < log->mat_entry && plog_tail(log, log->tail_first)->base < end; log->tail_first++)
        log->store->stats.tail_bytes -= plog_tail(log, log->tail_first)->bytes;
}

/* The new segment gets the number of the last old one, so the numbers of what follows stay; those of the
 * segments before, which are complete, grow. */
static void exchange(struct plog *log, uint32_t first, uint32_t count, struct swap *w)
{
    for (uint32_t i = 0; i < count; i++) {
        struct segment *old = log->segs[first + i];
        MR_ASSERT(old->finished && !old->dirty);
        log->closed_bytes -= old->size;
        w->old[w->old_count++] = old;
        if (i > 0)
            w->others[w->other_count++] = old->base;
    }
    log->closed_bytes += w->seg->size;
    forget_tail(log, log->segs[first + count]->base);
    damage_renumber(log, log->seg_first + first, count);
    log->segs[first] = w->seg;
    memmove(log->segs + first + 1, log->segs + first + count,
            (log->seg_count - first - count) * sizeof(struct segment *));
    log->seg_count -= count - 1;
    log->seg_first += count - 1;
    log->replacements++;
    log->changed = true;
    list_push(&log->swaps, &w->link);
}

static void body_put(uint8_t *p, const struct segment *fresh, int64_t last)
{
    mr_put64(p + 20, (uint64_t)fresh->base);
    mr_put64(p + 28, (uint64_t)last);
    mr_put32(p + 36, fresh->cleaned);
    mr_put32(p + 40,
             (fresh->index_filed ? REPLACE_INDEX_FILED : 0u) | (fresh->txns_filed ? REPLACE_TXNS_FILED : 0u));
    mr_put64(p + 44, fresh->size);
    mr_put64(p + 52, (uint64_t)fresh->first_ts);
    mr_put64(p + 60, (uint64_t)fresh->max_ts);
    mr_put64(p + 68, (uint64_t)segment_max_ts_offset(fresh));
    mr_put64(p + 76, 0);
}

int swap_commit(struct plog *log, uint32_t first, uint32_t count, struct segment *fresh, struct jwait *wait)
{
    struct journal *j = log->store->journal;
    MR_ASSERT(first + count < log->seg_count && log->segs[first]->base == fresh->base &&
              first >= log->seg_below);
    if (log->store->fenced != 0)
        return -MR_E_FENCED;
    int err = plog_journal_open(log);
    if (err != 0)
        return err;
    if (!journal_room(j, JENTRY_REPLACE, REPLACE_BODY_BYTES))
        return -EAGAIN;
    struct swap *w = swap_new(log, fresh, count);
    if (w == NULL)
        return -ENOMEM;
    struct jchunk *chunk;
    uint8_t *body = journal_add(j, JENTRY_REPLACE, 0, plog_key(log), REPLACE_BODY_BYTES, &chunk);
    if (body == NULL) {
        swap_free(w);
        return journal_fenced(j) ? -MR_E_FENCED : -EAGAIN;
    }
    body_put(body, fresh, log->segs[first + count - 1]->base);
    uint32_t entry;
    journal_here(j, &w->sequence, &entry);
    exchange(log, first, count, w);
    journal_wait(j, wait);
    store_changed(log->store);
    return 0;
}

/* ---- recovery ---- */

int swap_found(struct plog *log, struct segment *seg)
{
    struct swap *w = swap_new(log, seg, 0);
    if (w == NULL)
        return -ENOMEM;
    list_push(&log->swaps, &w->link);
    return 0;
}

/* An old segment was itself the new one of a swap: what that left to unlink is this one's. */
static int inherit(struct swap *w, const struct segment *old)
{
    LIST_FOR_SAFE(node, tmp, &w->log->swaps)
    {
        struct swap *before = MR_CONTAINER(node, struct swap, link);
        if (before->seg != old)
            continue;
        size_t count = w->other_count + before->other_count;
        int64_t *grown = mem_realloc(w->others, (count + 1) * sizeof(*grown));
        if (grown == NULL)
            return -ENOMEM;
        w->others = grown;
        for (uint32_t i = 0; i < before->other_count; i++)
            w->others[w->other_count++] = before->others[i];
        swap_free(before);
    }
    return 0;
}

bool swap_parse(struct mr_slice body, struct bound_segment *ret, int64_t *ret_last)
{
    const uint8_t *p = body.ptr;
    if (body.len < REPLACE_BODY_BYTES)
        return false;
    *ret = (struct bound_segment){.base = (int64_t)mr_get64(p + 20),
                                  .bytes = mr_get64(p + 44),
                                  .indexed = (mr_get32(p + 40) & REPLACE_INDEX_FILED) != 0,
                                  .txns = (mr_get32(p + 40) & REPLACE_TXNS_FILED) != 0,
                                  .cleaned = mr_get32(p + 36)};
    *ret_last = (int64_t)mr_get64(p + 28);
    return ret->base >= 0 && *ret_last >= ret->base && *ret_last <= OFFSET_MAX && ret->bytes <= INT32_MAX;
}

int swap_replay(struct plog *log, struct mr_slice body)
{
    const uint8_t *p = body.ptr;
    if (body.len < REPLACE_BODY_BYTES)
        return -MR_E_CORRUPT;
    uint32_t first = 0, count = 1;
    while (first < log->seg_count && log->segs[first]->base != (int64_t)mr_get64(p + 20))
        first++;
    while (first + count < log->seg_count && log->segs[first + count - 1]->base != (int64_t)mr_get64(p + 28))
        count++;
    if (first + count >= log->seg_count || !log->segs[first + count - 1]->finished ||
        mr_get64(p + 44) > INT32_MAX)
        return -MR_E_CORRUPT;
    struct segment *fresh = segment_new(log->segs[first]->base);
    struct swap *w = fresh != NULL ? swap_new(log, fresh, count) : NULL;
    if (w == NULL) {
        if (fresh != NULL)
            segment_free(fresh);
        return -ENOMEM;
    }
    fresh->cleaned = mr_get32(p + 36);
    fresh->index_filed = (mr_get32(p + 40) & REPLACE_INDEX_FILED) != 0;
    fresh->txns_filed = (mr_get32(p + 40) & REPLACE_TXNS_FILED) != 0;
    fresh->txns_loaded = !fresh->txns_filed;
    fresh->size = fresh->mat_pos = (uint32_t)mr_get64(p + 44);
    fresh->first_ts = (int64_t)mr_get64(p + 52);
    segment_set_max_ts(fresh, (int64_t)mr_get64(p + 60), (int64_t)mr_get64(p + 68));
    fresh->rolled = fresh->finished = fresh->times_known = true;
    segment_rest(fresh);
    log->cleanings = mr_max(log->cleanings, fresh->cleaned);
    exchange(log, first, count, w);
    int err = 0;
    for (uint32_t i = 0; i < count && err == 0; i++)
        err = inherit(w, w->old[i]);
    leave_old(w, true);
    return err;
}

int swaps_finish_wait(struct plog *log)
{
    while (!list_empty(&log->swaps)) {
        struct swap *w = MR_CONTAINER(log->swaps.next, struct swap, link);
        char from[SEGMENT_PATH_MAX], to[SEGMENT_PATH_MAX];
        enum step_kind kind;
        MR_ASSERT(!w->running && old_unused(w));
        leave_old(w, true);
        segment_close_sync(log->store, w->seg);
        for (uint32_t step = 0; (kind = step_of(w, step, from, to)) != STEP_OVER; step++) {
            op_init(&w->op, NULL);
            submit(w, kind, from, to);
            int err = (int)io_wait(log->store->io, &w->op);
            if (err < 0 && err != -ENOENT)
                return err;
        }
        settled(w);
        swap_free(w);
    }
    return 0;
}

void swaps_drop(struct plog *log, bool sync)
{
    while (!list_empty(&log->swaps)) {
        struct swap *w = MR_CONTAINER(log->swaps.next, struct swap, link);
        MR_ASSERT(!w->running);
        leave_old(w, sync);
        swap_free(w);
    }
}
