/* What a pass of compaction reads, and the first half of it: the map of keys. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/compact_priv.h"

enum { READ_BYTES = 512 << 10, PAUSE_MS_MAX = 100 };

/* ---- how dirty a log is ---- */

int64_t plog_clean_to(const struct plog *log)
{
    return mr_imax(log->clean_to, log->stable_start);
}

void plog_dirt(const struct plog *log, int64_t last_stable, int64_t now_ms, int64_t min_lag_ms,
               struct plog_dirt *ret)
{
    *ret = (struct plog_dirt){.oldest_ms = -1};
    ret->from = ret->to = plog_clean_to(log);
    /* Of a log that nothing has been written to since a clean close no record tells: all its segments are
     * as that left them, and the first record will say so. */
    int64_t settled_below =
        log->journalled || log->seg_count == 0 ? log->settled_below : plog_last(log)->base;
    if (log->state != PLOG_OPEN || log->removed || !list_empty(&log->swaps))
        return;
    for (uint32_t i = log->seg_below; i + 1 < log->seg_count; i++) {
        const struct segment *seg = log->segs[i];
        int64_t end = log->segs[i + 1]->base;
        if (end <= ret->from) {
            ret->clean_bytes += seg->size;
            continue;
        }
        if (end > last_stable)
            return;
        if (min_lag_ms > 0 && seg->size > 0) {
            ret->untimed = !segment_timed(seg);
            if (ret->untimed || seg->max_ts > now_ms - min_lag_ms)
                return;
        }
        if (!seg->finished || seg->base >= settled_below) {
            ret->unsettled_bytes += seg->size;
            continue;
        }
        if (ret->unsettled_bytes > 0)
            continue; /* behind one that has to wait */
        ret->to = end;
        ret->dirty_bytes += seg->size;
        int64_t ts = seg->first_ts >= 0 ? seg->first_ts : segment_timed(seg) ? seg->max_ts : -1;
        if (ts >= 0 && (ret->oldest_ms < 0 || ts < ret->oldest_ms))
            ret->oldest_ms = ts;
    }
}

/* ---- SWEEP ---- */

static int note_stray(void *ctx, const char *name, bool is_dir)
{
    struct clean_task *t = ctx;
    size_t len = strlen(name), tail = strlen(".cleaned");
    if (is_dir || len < tail || strcmp(name + len - tail, ".cleaned") != 0)
        return 0;
    char **grown = mem_realloc(t->strays, (t->stray_count + 1) * sizeof(*grown));
    char *copy = mem_text(name, len);
    if (grown != NULL)
        t->strays = grown;
    if (grown == NULL || copy == NULL) {
        mem_free(copy);
        return -ENOMEM;
    }
    t->strays[t->stray_count++] = copy;
    return 0;
}

void clean_sweep(struct clean_task *t)
{
    struct plog *log = t->log;
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX * 2];
    plog_dir(log, dir);
    if (!log->swept && t->strays == NULL && list_empty(&log->swaps)) {
        int err = io_list(t->store->io, dir, note_stray, t); /* a plain call, once a log and start */
        if (err != 0) {
            clean_fail(t, err);
            return;
        }
        log->swept = true;
    }
    if (t->stray_at == t->stray_count) {
        clean_move(t, CLEAN_SCAN);
        return;
    }
    snprintf(path, sizeof(path), "%s/%s", dir, t->strays[t->stray_at++]);
    op_init(&t->op, clean_op_done);
    io_unlink(t->store->io, &t->op, path); /* one that stays is written over, or goes at the clean close */
}

/* ---- reading ---- */

static void read_done(struct plog_read *r)
{
    clean_wake(MR_CONTAINER(r, struct clean_task, read));
}

/* The next answer. */
void clean_read_more(struct clean_task *t)
{
    if (t->at < t->log->log_start) {
        t->skipped |= t->log->log_start > t->log->stable_start;
        t->at = t->log->log_start;
        t->changed = true; /* what is below may be the last that a marker was kept for */
    }
    if (t->at >= t->end) {
        t->read = (struct plog_read){.end = t->at};
        clean_wake(t);
        return;
    }
    t->read = (struct plog_read){.offset = t->at,
                                 .limit = t->end,
                                 .bytes_max = READ_BYTES,
                                 .one_at_least = true,
                                 .own_max = UINT32_MAX,
                                 .done = read_done};
    if (plog_read(t->log, &t->read))
        clean_wake(t);
}

/* What is_there to walk: 1, 0: all of [at, end) has been, -1: not yet, or failed. */
int clean_walk_begin(struct clean_task *t)
{
    if (t->reading)
        return 1;
    int err = t->read.err;
    if (err == -ERANGE) { /* the start has moved meanwhile */
        plog_read_done(&t->read);
        clean_read_more(t);
        return -1;
    }
    if (err != 0) {
        plog_read_done(&t->read);
        clean_fail(t, err);
        return -1;
    }
    if (t->read.count == 0) {
        plog_read_done(&t->read);
        return 0;
    }
    t->reading = true;
    t->part = 0;
    t->rest = t->read.parts[0].bytes;
    t->c->read_bytes += t->read.bytes;
    return 1;
}

/* The next batch of the answer. False: that was the last one. */
bool clean_walk_next(struct clean_task *t, struct kw_batch *ret)
{
    while (batch_next(&t->rest, ret) != 1) {
        if (++t->part >= t->read.count)
            return false;
        t->rest = t->read.parts[t->part].bytes;
    }
    return true;
}

void clean_walk_end(struct clean_task *t)
{
    t->at = t->read.end;
    clean_drop_read(t);
    clean_read_more(t);
}

static void aborted_done(struct plog_aborted *q)
{
    clean_wake(MR_CONTAINER(q, struct clean_task, aborted));
}

/* Which transactions of [at, end) were aborted. */
void clean_ask_aborted(struct clean_task *t, enum clean_state state)
{
    t->state = state;
    t->aborted = (struct plog_aborted){.offset = mr_imax(t->at, t->log->log_start),
                                       .end = t->end,
                                       .done = aborted_done};
    if (t->aborted.offset >= t->end || plog_aborted(t->log, &t->aborted))
        clean_wake(t);
}

/* True: they are known. */
bool clean_take_aborted(struct clean_task *t)
{
    int err = t->aborted.err;
    if (err == -ERANGE) {
        plog_aborted_done(&t->aborted);
        clean_ask_aborted(t, t->state);
        return false;
    }
    if (err == 0)
        err = compact_aborted(&t->filter, t->aborted.items, t->aborted.count);
    plog_aborted_done(&t->aborted);
    if (err != 0)
        clean_fail(t, err);
    return err == 0;
}

/* Faster than allowed: wait a little. */
bool clean_paused(struct clean_task *t)
{
    uint64_t rate = t->c->bytes_per_second, bytes = t->c->read_bytes + t->c->written_bytes;
    if (rate == 0)
        return false;
    uint64_t since = shard_now_ns(t->store->shard) - t->began_ns;
    uint64_t due = (uint64_t)((double)bytes / (double)rate * 1e9);
    if (due <= since)
        return false;
    shard_timer(t->store->shard, &t->pause, mr_min(due - since, (uint64_t)PAUSE_MS_MAX * 1000000));
    return true;
}

void clean_pause_over(struct mr_timer *timer)
{
    clean_wake(MR_CONTAINER(timer, struct clean_task, pause));
}

/* ---- SCAN, LEARN ---- */

void clean_scan_next(struct clean_task *t)
{
    struct plog *log = t->log;
    struct compact_filter *f = &t->filter;
    t->skipped |= f->map_end < log->log_start && log->log_start > log->stable_start;
    t->at = mr_imax(f->map_end, log->log_start);
    if (t->at >= t->c->to) {
        f->map_end = t->c->to;
        compact_turn(f);
        clean_move(t, CLEAN_GROUP);
        return;
    }
    uint32_t number;
    if (plog_seg_of(log, t->at, &number) == NULL)
        number = log->seg_first;
    t->end = number == plog_last_number(log) ? t->c->to : plog_seg(log, number + 1)->base;
    t->end = mr_imin(t->end, t->c->to);
    clean_ask_aborted(t, CLEAN_SCAN_TXNS);
}

void clean_learn(struct clean_task *t)
{
    struct compact_filter *f = &t->filter;
    int there = clean_walk_begin(t);
    if (there < 0)
        return;
    if (there == 0) {
        f->map_end = mr_imax(f->map_end, t->end);
        clean_move(t, CLEAN_SCAN);
        return;
    }
    if (clean_paused(t))
        return;
    f->comp = t->c->comp;
    f->unpacked = t->c->scratch;
    struct kw_batch b;
    uint64_t bytes = 0;
    int more = 1;
    while (bytes < CLEAN_PIECE_BYTES && more == 1) {
        if (!clean_walk_next(t, &b)) {
            clean_walk_end(t);
            return;
        }
        bytes += b.bytes.len;
        more = compact_learn(f, &b);
    }
    if (more < 0) {
        clean_fail(t, more);
    } else if (more == 0) { /* the map is full */
        clean_drop_read(t);
        compact_turn(f);
        clean_move(t, CLEAN_GROUP);
    } else {
        clean_wake(t);
    }
}
