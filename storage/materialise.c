/* Materialising: copying what is stable in the journal from memory into the segment files, in whole units,
 * each written once. A file never holds the only copy of an acknowledged record while it is rewritten,
 * because it is never rewritten: the last, incomplete unit stays in memory and in the journal or a
 * checkpoint. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/ahead.h"
#include "storage/index_load.h"
#include "storage/pace.h"
#include "storage/plog_priv.h"
#include "storage/space.h"
#include "storage/trim.h"

enum mat_state { MAT_FILE, MAT_AHEAD, MAT_WRITE, MAT_CUT, MAT_TXNS, MAT_OFFSETS, MAT_TIMES };

/* FILE -> (AHEAD) -> WRITE (again while short) -> (a rolled segment that is complete: CUT -> (aborted
 * transactions: TXNS) -> OFFSETS -> TIMES) -> done. Failure fences the store, but for want of space: the
 * cursor stands where it stood, the journal has it all, and the same bytes are written again when there is
 * room. And but for blocks ahead, which are for speed alone, and the indexes: offsets and times are derived,
 * and aborted transactions stay in the records. */
struct mat_task {
    struct store *store;
    struct plog *log;
    struct segment *seg;
    struct file_use file;
    struct mr_op op;
    enum mat_state state;
    struct mr_buf *buf;
    uint32_t bytes;   /* of log taken */
    uint32_t padded;  /* to be written */
    uint32_t written; /* of padded */
    uint64_t ahead;   /* how far blocks are being asked for */
    struct file_put put;
    uint8_t *index_bytes;
    bool index_failed;
    bool pinned;
    uint64_t began_ns; /* the task, */
    uint64_t write_ns; /* and its write */
};

static void mat_step(struct mat_task *t);

static void file_ready(struct file_use *u)
{
    mat_step(MR_CONTAINER(u, struct mat_task, file));
}
static void op_ready(struct mr_op *op)
{
    mat_step(MR_CONTAINER(op, struct mat_task, op));
}
static void put_ready(struct file_put *p)
{
    mat_step(MR_CONTAINER(p, struct mat_task, put));
}

void materialise_want(struct plog *log)
{
    if (log->removed)
        return;
    if (log->materialising)
        log->mat_again = true;
    else if (list_empty(&log->work_link))
        list_push(&log->store->to_materialise, &log->work_link);
}

void materialise_kick(struct store *s)
{
    shard_ready(s->shard, &s->mat_work);
}

bool materialised_to(const struct plog *log, uint32_t number, uint64_t pos)
{
    if (log->removed || number < log->seg_first)
        return true;
    if (log->mat_seg < number)
        return false;
    /* A rolled segment counts once it is cut: nothing looks at its file's length afterwards. */
    const struct segment *seg = plog_seg(log, number);
    return seg->finished || (!seg->rolled && seg->mat_pos >= mr_round_down(pos, SEGMENT_UNIT));
}

/* Nobody is to be spared: it starts, it stops, or what waits for room waits for this. */
static bool in_a_hurry(const struct store *s)
{
    return !s->cfg.pace || s->recovering || s->closing || s->mat_force || s->checkpoint_hurry ||
           journal_starved(s->journal);
}

static uint64_t bytes_max(const struct store *s)
{
    return in_a_hurry(s) || store_fill(s) >= PACE_SLOW ? MAT_BYTES_MAX : pace_write_bytes(s->mat_ns_per_mib);
}

/* How many bytes of segment number log->mat_seg are stable, counted from mat_pos; at most max. */
static uint64_t stable_bytes(const struct plog *log, uint64_t max)
{
    uint64_t bytes = log->frag_len;
    for (uint64_t n = log->mat_entry; n < log->tail_end && bytes < max; n++) {
        const struct tail_entry *e = plog_tail(log, n);
        if (e->seg != log->mat_seg || e->base >= log->stable_end)
            break;
        bytes += e->bytes - (n == log->mat_entry ? log->mat_skip : 0);
    }
    return mr_min(bytes, max);
}

/* Gather bytes into t->buf without moving the cursor. */
static void gather(struct mat_task *t)
{
    const struct plog *log = t->log;
    uint8_t *dst = t->buf->data;
    uint32_t left = t->bytes;
    uint32_t n = (uint32_t)mr_min(left, log->frag_len);
    if (n > 0)
        memcpy(dst, log->frag, n);
    dst += n;
    left -= n;
    uint32_t skip = log->mat_skip;
    for (uint64_t at = log->mat_entry; left > 0; at++, skip = 0) {
        const struct tail_entry *e = plog_tail(log, at);
        n = (uint32_t)mr_min(left, e->bytes - skip);
        memcpy(dst, e->chunk->buf->data + e->at + skip, n);
        dst += n;
        left -= n;
    }
    memset(dst, 0, t->padded - t->bytes);
}

/* The bytes are in the file: move the cursor behind them. */
static void advance(struct plog *log, uint32_t bytes)
{
    log->store->stats.unmaterialised_bytes -= bytes;
    log->store->stats.materialised_bytes += bytes;
    uint32_t n = (uint32_t)mr_min(bytes, log->frag_len);
    log->frag_len -= n;
    bytes -= n;
    if (log->frag_len == 0) {
        mem_free(log->frag);
        log->frag = NULL;
    } else {
        memmove(log->frag, log->frag + n, log->frag_len);
    }
    while (bytes > 0) {
        const struct tail_entry *e = plog_tail(log, log->mat_entry);
        n = (uint32_t)mr_min(bytes, e->bytes - log->mat_skip);
        log->mat_skip += n;
        bytes -= n;
        if (log->mat_skip == e->bytes) {
            log->mat_entry++;
            log->mat_skip = 0;
        }
    }
}

/* A commit behind a large write waits for all of it, so the device's pace decides how large it may be. */
static void learn(struct store *s, uint64_t bytes, uint64_t took_ns)
{
    if (bytes < PACE_WRITE_BYTES_MIN)
        return;
    uint64_t ns = took_ns * (1 << 20) / bytes;
    s->mat_ns_per_mib = s->mat_ns_per_mib == 0 ? ns : (s->mat_ns_per_mib * 7 + ns) / 8;
}

static void mat_finish(struct mat_task *t, int err)
{
    struct store *s = t->store;
    struct plog *log = t->log;
    uint64_t now = io_clock_ns(s->io);
    if (t->padded >= PACE_WRITE_BYTES_MIN) /* small ones come one after the other; a checkpoint spaces them */
        s->mat_rest_until = now + pace_rest_ns(store_fill(s), now - mr_min(t->began_ns, now));
    log->materialising = false;
    s->mat_busy--;
    if (t->buf != NULL)
        buf_unref(t->buf);
    if (t->pinned) {
        t->seg->pins--;
        index_cached(s, t->seg);
    }
    mem_free(t->index_bytes);
    mem_free(t);
    if (space_is_full(err))
        space_failed(s, "writing a segment", err);
    else if (err != 0)
        store_fence(s, err, "writing a segment failed");
    if (err == 0 || space_is_full(err))
        materialise_want(log); /* looked at again until it has nothing more */
    plog_idle(log);
    materialise_kick(s);
    checkpoint_poke(s);
    journal_nudge(s->journal);
}

/* ---- the indexes of a segment that is complete ---- */

/* Is its index whole, and does nobody else work on it? Who builds it anew writes it, too. */
static bool may_put(const struct segment *seg)
{
    return segment_indexed(seg) && !seg->index_filed && seg->live->task == NULL;
}

static void put_index(struct mat_task *t, enum mat_state state)
{
    const struct seg_index *ix = &t->seg->live->index;
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    size_t bytes = state == MAT_OFFSETS ? (size_t)ix->offset_count * 8 : (size_t)ix->time_count * 12;
    mem_free(t->index_bytes);
    t->index_bytes = mem_alloc(bytes + 1);
    if (t->index_bytes == NULL) {
        mat_finish(t, 0); /* rebuilt when it is needed */
        return;
    }
    if (state == MAT_OFFSETS)
        index_encode_offsets(ix, t->index_bytes);
    else
        index_encode_times(ix, t->index_bytes);
    t->state = state;
    plog_dir(t->log, dir);
    segment_path(path, dir, t->seg->base, state == MAT_OFFSETS ? ".index" : ".timeindex");
    file_put_start(&t->put, t->store->io, path, t->index_bytes, bytes, true, put_ready);
}

static void index_put(struct mat_task *t)
{
    if (t->index_failed) {
        mat_finish(t, 0);
        return;
    }
    t->seg->index_filed =
        true; /* for records from now on; the checkpoint that takes one flushes the directory first */
    t->log->dir_dirty = true;
    t->log->changed = true;
    store_changed(t->store);
    mat_finish(t, 0);
}

static void put_indexes(struct mat_task *t)
{
    if (!may_put(t->seg)) {
        mat_finish(t, 0);
        return;
    }
    /* It may have become complete since the segment was rolled: by readers, behind a crash. */
    struct seg_index *ix = &t->seg->live->index;
    (void)index_close(ix, ix->max_ts, ix->max_ts_delta);
    put_index(t, MAT_OFFSETS);
}

static void txns_put(struct mat_task *t)
{
    if (t->put.err == 0) { /* counts as an index file does: see index_put() */
        segment_txns_filed(t->store, t->seg);
        t->log->dir_dirty = true;
        t->log->changed = true;
        store_changed(t->store);
    }
    put_indexes(t);
}

static void segment_complete(struct mat_task *t)
{
    const struct txn_index *ix = &t->seg->live->txns;
    t->seg->finished = true;
    t->seg->pins++; /* its index stays in memory */
    t->pinned = true;
    t->log->mat_seg++;
    t->log->changed = true;
    size_t bytes = (size_t)ix->count * TXN_INDEX_ENTRY_BYTES;
    if (bytes > 0)
        t->index_bytes = mem_alloc(bytes);
    if (t->index_bytes == NULL) {
        put_indexes(t);
        return;
    }
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    txn_index_encode(ix, t->index_bytes);
    plog_dir(t->log, dir);
    segment_path(path, dir, t->seg->base, ".txnindex");
    t->state = MAT_TXNS;
    file_put_start(&t->put, t->store->io, path, t->index_bytes, bytes, true, put_ready);
}

/* ---- the steps ---- */

static void submit_write(struct mat_task *t)
{
    struct segment *seg = t->seg;
    t->state = MAT_WRITE;
    seg->dirty = t->log->changed = true;
    op_init(&t->op, op_ready);
    t->write_ns = io_clock_ns(t->store->io);
    io_write(t->store->io, &t->op, segment_file(seg), t->buf->data + t->written, t->padded - t->written,
             seg->mat_pos + t->written);
}

static void submit_ahead(struct mat_task *t)
{
    struct segment *seg = t->seg;
    t->state = MAT_AHEAD;
    seg->dirty = t->log->changed = true;
    op_init(&t->op, op_ready);
    io_allocate(t->store->io, &t->op, segment_file(seg), seg->mat_pos, t->ahead - seg->mat_pos, false);
}

/* To its size: the last unit was padded, there may be blocks ahead, and a file from before a crash may have
 * been longer. */
static void submit_cut(struct mat_task *t)
{
    t->state = MAT_CUT;
    op_init(&t->op, op_ready);
    io_truncate(t->store->io, &t->op, segment_file(t->seg), t->seg->size);
}

static void mat_step(struct mat_task *t)
{
    struct segment *seg = t->seg;
    switch (t->state) {
    case MAT_FILE:
        if (t->file.err != 0) {
            mat_finish(t, t->file.err);
            return;
        }
        if (t->padded == 0) {
            submit_cut(t);
            return;
        }
        t->ahead = ahead_wanted(t->log, seg, seg->mat_pos + t->padded);
        if (t->ahead > 0) {
            submit_ahead(t);
            return;
        }
        gather(t);
        submit_write(t);
        return;
    case MAT_AHEAD:
        ahead_given(t->log, seg, t->ahead, (int)mr_imin(t->op.result, 0));
        gather(t);
        submit_write(t);
        return;
    case MAT_WRITE:
        if (t->op.result <= 0) {
            file_use_end(&t->file);
            mat_finish(t, t->op.result < 0 ? (int)t->op.result : -ENOSPC);
            return;
        }
        seg->dirty = t->log->changed = true; /* a flush submitted meanwhile did not cover it */
        t->written += (uint32_t)t->op.result;
        learn(t->store, (uint64_t)t->op.result, io_clock_ns(t->store->io) - t->write_ns);
        if (t->written < t->padded) {
            submit_write(t);
            return;
        }
        seg->mat_pos += t->bytes;
        advance(t->log, t->bytes);
        space_written(t->store);
        if (seg->rolled && seg->mat_pos == seg->size) {
            submit_cut(t);
            return;
        }
        file_use_end(&t->file);
        mat_finish(t, 0);
        return;
    case MAT_CUT:
        seg->dirty = t->log->changed = true;
        file_use_end(&t->file);
        if (t->op.result < 0) {
            mat_finish(t, (int)t->op.result);
        } else {
            space_written(t->store);
            segment_complete(t);
        }
        return;
    case MAT_TXNS:
        txns_put(t);
        return;
    case MAT_OFFSETS:
        t->index_failed = t->put.err != 0;
        if (may_put(t->seg))
            put_index(t, MAT_TIMES);
        else
            mat_finish(t, 0);
        return;
    case MAT_TIMES:
        t->index_failed |= t->put.err != 0 || !may_put(t->seg);
        index_put(t);
        return;
    }
}

/* ---- choosing ---- */

/* Worth writing now? Under force everything that is whole units; else only large pieces, or when memory is
 * short. */
static bool worth(const struct store *s, const struct plog *log, const struct segment *seg, uint64_t bytes)
{
    if (seg->rolled)
        return true;
    if (bytes < SEGMENT_UNIT)
        return false;
    if (s->mat_force || log->mat_force || s->recovering || journal_someone_waits(s->journal) ||
        bytes >= mr_min(MAT_BYTES_MAX / 4, bytes_max(s)))
        return true;
    return journal_units_out(s->journal) * 2 > journal_units_max(s->journal);
}

static void sync_done(struct jwait *w, int err)
{
    struct store *s = MR_CONTAINER(w, struct store, mat_sync);
    s->mat_syncing = false;
    s->tasks--;
    if (err == 0) {
        materialise_kick(s);
        trim_kick(s);
    }
}

bool store_flushed(struct store *s, uint64_t sequence)
{
    if (sequence <= journal_flushed_sequence(s->journal))
        return true;
    if (!s->cfg.flush && !s->mat_syncing) {
        s->mat_syncing = true;
        s->tasks++;
        s->mat_sync.done = sync_done;
        journal_sync(s->journal, &s->mat_sync);
    }
    return false;
}

enum mat_choice { MAT_NOTHING, MAT_STARTED, MAT_LATER };

static enum mat_choice mat_start(struct store *s, struct plog *log)
{
    if (log->materialising || log->removed || log->seg_count == 0 || s->fenced != 0)
        return MAT_NOTHING;
    struct segment *seg = plog_seg(log, log->mat_seg);
    uint64_t bytes = stable_bytes(log, bytes_max(s));
    if (!worth(s, log, seg, bytes))
        return MAT_NOTHING;
    bool whole = seg->rolled && seg->mat_pos + bytes == seg->size;
    if (!whole)
        bytes = mr_round_down(bytes, SEGMENT_UNIT);
    if (!whole && bytes == 0)
        return MAT_NOTHING; /* its end is not stable yet */
    /* Before its files change, a log's OPEN entry is on stable storage (also without flush): else a crash
     * could take the entry and leave the files, which then would not be what the last clean close left. */
    if (!store_flushed(s, log->open_sequence))
        return MAT_LATER;
    if (s->recovering && !plog_claim(log))
        return MAT_NOTHING; /* settle_dirs() will refuse it */
    struct mat_task *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return MAT_LATER;
    t->padded = (uint32_t)mr_round_up(bytes, SEGMENT_UNIT);
    t->bytes = (uint32_t)bytes;
    if (t->padded > 0)
        t->buf = buf_new(t->padded, SEGMENT_UNIT, s->shard->id);
    if (t->padded > 0 && t->buf == NULL) {
        mem_free(t);
        return MAT_LATER;
    }
    t->store = s;
    t->began_ns = io_clock_ns(s->io);
    t->log = log;
    t->seg = seg;
    t->file = (struct file_use){.store = s, .log = log, .seg = seg, .create = true, .done = file_ready};
    log->materialising = true;
    log->mat_again = false;
    plog_busy(log);
    s->mat_busy++;
    if (file_use_begin(&t->file))
        mat_step(t);
    return MAT_STARTED;
}

/* One step: the logs in line, as many as the pace allows. */
void materialise_run(struct store *s)
{
    struct mr_list later;
    list_init(&later);
    bool hurry = in_a_hurry(s);
    uint32_t tasks = hurry ? MAT_TASKS : pace_writes(store_fill(s));
    uint64_t now = io_now_ns(s->io);
    if (!hurry && now < s->mat_rest_until && !list_empty(&s->to_materialise)) {
        shard_timer(s->shard, &s->mat_timer, s->mat_rest_until - now);
        return;
    }
    while (s->mat_busy < tasks && !space_waiting(s) && !list_empty(&s->to_materialise)) {
        struct plog *log = MR_CONTAINER(list_pop(&s->to_materialise), struct plog, work_link);
        if (mat_start(s, log) == MAT_LATER)
            list_push(&later, &log->work_link);
    }
    list_splice(&s->to_materialise, &later);
}
