#include "storage/compact.h"

#include <stdio.h>

#include "core/mem.h"
#include "storage/compact_priv.h"
#include "storage/compact_swap.h"
#include "storage/index_load.h"
#include "storage/space.h"

enum {
    WRITE_BYTES = 512 << 10,
    KEY_MAP_BYTES_MIN = 64 << 10,
    CLEANINGS_MAX = 0xffffff,
};

static const char *const cleaned_suffixes[] = {".log", ".index", ".timeindex", ".txnindex"};

void clean_wake(struct clean_task *t)
{
    shard_ready(t->store->shard, &t->work);
}

void clean_move(struct clean_task *t, enum clean_state state)
{
    t->state = state;
    clean_wake(t);
}

void clean_op_done(struct mr_op *op)
{
    clean_wake(MR_CONTAINER(op, struct clean_task, op));
}

/* ---- the end ---- */

static void strays_free(struct clean_task *t)
{
    for (uint32_t i = 0; i < t->stray_count; i++)
        mem_free(t->strays[i]);
    mem_free(t->strays);
    t->strays = NULL;
    t->stray_count = 0;
}

void clean_drop_read(struct clean_task *t)
{
    plog_read_done(&t->read); /* harmless when there is none */
    t->reading = false;
}

static void drop_file(struct clean_task *t)
{
    if (t->file_used)
        file_use_end(&t->file);
    t->file_used = false;
}

static void drop_group(struct clean_task *t)
{
    clean_drop_read(t);
    drop_file(t);
    if (t->fresh != NULL) {
        segment_close_later(t->store, t->fresh);
        segment_free(t->fresh);
    }
    t->fresh = NULL;
    mem_free(t->put_bytes);
    t->put_bytes = NULL;
    t->out.len = t->out_at = 0;
}

static void finish(struct clean_task *t)
{
    struct plog *log = t->log;
    struct plog_clean *c = t->c;
    drop_group(t);
    c->err = log->removed ? -ENOENT : t->err;
    if (c->err == 0 && !t->skipped) {
        log->clean_to = mr_imax(log->clean_to, t->filter.map_end);
        log->changed = true; /* for the next record; without it the next pass begins where this one did */
    }
    c->clean_to = log->clean_to;
    c->keys = t->filter.map.count;
    c->records_in = t->filter.records_in;
    c->records_out = t->filter.records_out;
    c->invalid = t->filter.invalid;
    log->cleaning = false;
    strays_free(t);
    compact_filter_done(&t->filter);
    scratch_done(&t->out);
    if (t->buf != NULL)
        buf_unref(t->buf);
    mem_free(t);
    c->done(c);
    plog_idle(log);
}

/* The group is given up, and with it the pass. */
void clean_fail(struct clean_task *t, int err)
{
    if (t->err == 0)
        t->err = err;
    clean_move(t, t->fresh != NULL ? CLEAN_UNDO : CLEAN_OVER);
}

static bool must_stop(const struct clean_task *t)
{
    return t->c->stop || t->store->closing || t->store->fenced != 0 || !plog_in_peace(t->log);
}

/* ---- GROUP, OPEN ---- */

/* How many segments from i on become one: Kafka's groupSegmentsBySize. */
static uint32_t group_count(const struct clean_task *t, uint32_t i)
{
    const struct plog *log = t->log;
    uint64_t bytes = 0, txns = 0;
    uint32_t n = 0;
    for (; i + n + 1 < log->seg_count; n++) {
        const struct segment *seg = log->segs[i + n];
        if (seg->base >= t->filter.map_end || log->segs[i + n + 1]->base > t->c->to || seg->cleaned != 0)
            break;
        bytes += seg->size;
        txns += segment_txn_count(seg);
        uint64_t entries = bytes / mr_max(log->cfg.index_interval_bytes, 1u) + 1;
        if (n > 0 && (bytes > log->cfg.segment_bytes || bytes > INT32_MAX || txns > TXN_INDEX_FULL ||
                      entries * 12 > log->cfg.index_bytes_max ||
                      log->segs[i + n + 1]->base - log->segs[i]->base > INT32_MAX))
            break;
    }
    return n;
}

static uint64_t group_bytes(const struct clean_task *t, uint32_t first)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < t->count; i++)
        bytes += t->log->segs[first + i]->size;
    return bytes;
}

static void group_next(struct clean_task *t)
{
    struct plog *log = t->log;
    uint32_t i = log->seg_below;
    while (i < log->seg_count && log->segs[i]->base < t->next_base)
        i++;
    t->count = 0;
    for (; i + 1 < log->seg_count && (t->count = group_count(t, i)) == 0; i++)
        if (log->segs[i]->base >= t->filter.map_end)
            break;
    if (t->count == 0) {
        clean_move(t, CLEAN_OVER);
        return;
    }
    if (!space_for_copy(t->store, group_bytes(t, i))) {
        clean_fail(t, -ENOSPC);
        return;
    }
    t->first_base = log->segs[i]->base;
    t->end = t->next_base = t->filter.group_end = log->segs[i + t->count]->base;
    t->at = t->first_base;
    t->fresh = segment_new(t->first_base);
    if (t->fresh == NULL) {
        clean_fail(t, -ENOMEM);
        return;
    }
    log->cleanings = log->cleanings % CLEANINGS_MAX + 1;
    t->fresh->cleaned = log->cleanings;
    t->changed = t->count > 1;
    t->buffered = t->written = 0;
    t->file_pos = 0;
    t->out.len = t->out_at = 0;
    clean_ask_aborted(t, CLEAN_GROUP_TXNS);
}

static void file_open(struct file_use *u)
{
    clean_wake(MR_CONTAINER(u, struct clean_task, file));
}

static void open_fresh(struct clean_task *t)
{
    t->state = CLEAN_OPEN;
    t->file = (struct file_use){
        .store = t->store, .log = t->log, .seg = t->fresh, .create = true, .done = file_open};
    t->log->swept = true;
    if (file_use_begin(&t->file))
        clean_wake(t);
}

/* ---- COPY, WRITE ---- */

static void write_some(struct clean_task *t, enum clean_state state, uint32_t padded)
{
    t->state = state;
    op_init(&t->op, clean_op_done);
    io_write(t->store->io, &t->op, segment_file(t->fresh), t->buf->data + t->written, padded - t->written,
             t->file_pos + t->written);
}

/* What stays of a piece, into the buffer. True: it is full and on its way. */
static bool buffer_out(struct clean_task *t)
{
    size_t n = mr_min(t->out.len - t->out_at, (size_t)(WRITE_BYTES - t->buffered));
    if (n > 0)
        memcpy(t->buf->data + t->buffered, t->out.data + t->out_at, n);
    t->buffered += (uint32_t)n;
    t->out_at += n;
    if (t->buffered == WRITE_BYTES) {
        write_some(t, CLEAN_WRITE, WRITE_BYTES);
        return true;
    }
    t->out.len = t->out_at = 0;
    return false;
}

/* A batch of the new segment: what stays of b stands at the end of out, from start on. */
static int count_batch(struct clean_task *t, size_t start, const struct txn_aborted *txn)
{
    struct segment *seg = t->fresh;
    struct mr_slice bytes = {t->out.data + start, t->out.len - start};
    struct kw_batch b;
    if (batch_next(&bytes, &b) != 1)
        return -MR_E_CORRUPT;
    if (seg->size + b.bytes.len > INT32_MAX)
        return -MR_E_LIMIT;
    segment_scan(seg, t->log->cfg.index_interval_bytes, seg->size, (uint32_t)b.bytes.len,
                 batch_last_offset(&b.h), b.h.max_timestamp);
    seg->size += b.bytes.len;
    return txn != NULL ? txn_index_add(&seg->live->txns, txn) : 0;
}

static int copy_batch(struct clean_task *t, const struct kw_batch *b)
{
    size_t start = t->out.len;
    enum compact_fate fate;
    const struct txn_aborted *txn;
    int err = compact_batch(&t->filter, b, &t->out, &fate, &txn);
    if (err != 0)
        return err;
    t->changed |= fate != COMPACT_KEPT;
    return fate != COMPACT_DROPPED ? count_batch(t, start, txn) : 0;
}

static void rest(struct clean_task *t)
{
    if (!t->changed) {
        clean_move(t, CLEAN_UNDO); /* it is as it was */
        return;
    }
    uint32_t padded = (uint32_t)mr_round_up(t->buffered, SEGMENT_UNIT);
    if (padded == 0) {
        clean_move(t, CLEAN_REST);
        return;
    }
    memset(t->buf->data + t->buffered, 0, padded - t->buffered);
    write_some(t, CLEAN_REST, padded);
}

static void copy(struct clean_task *t)
{
    if (t->out.len > 0 && buffer_out(t))
        return;
    int there = clean_walk_begin(t);
    if (there < 0)
        return;
    if (there == 0) {
        rest(t);
        return;
    }
    if (clean_paused(t))
        return;
    t->filter.comp = t->c->comp;
    t->filter.unpacked = t->c->scratch;
    struct kw_batch b;
    uint64_t bytes = 0;
    while (bytes < CLEAN_PIECE_BYTES) {
        if (!clean_walk_next(t, &b)) {
            clean_walk_end(t);
            return;
        }
        bytes += b.bytes.len;
        int err = copy_batch(t, &b);
        if (err != 0) {
            clean_fail(t, err);
            return;
        }
    }
    clean_wake(t);
}

/* 1: all of it is in the file. */
static int written(struct clean_task *t, uint32_t padded)
{
    if (t->op.result <= 0) {
        clean_fail(t, t->op.result < 0 ? (int)t->op.result : -ENOSPC);
        return 0;
    }
    t->written += (uint32_t)t->op.result;
    t->c->written_bytes += (uint64_t)t->op.result;
    if (t->written < padded) {
        write_some(t, t->state, padded);
        return 0;
    }
    t->file_pos += padded;
    t->written = t->buffered = 0;
    return 1;
}

/* ---- its end, its indexes ---- */

static void put_done(struct file_put *p)
{
    clean_wake(MR_CONTAINER(p, struct clean_task, put));
}

/* True: on its way; false: there is none to write. */
static bool put_file(struct clean_task *t, enum clean_state state)
{
    struct segment *seg = t->fresh;
    const char *suffix = state == CLEAN_TXNS ? ".txnindex" : state == CLEAN_OFFSETS ? ".index" : ".timeindex";
    size_t bytes = state == CLEAN_TXNS      ? (size_t)seg->live->txns.count * TXN_INDEX_ENTRY_BYTES
                   : state == CLEAN_OFFSETS ? (size_t)seg->live->index.offset_count * 8
                                            : (size_t)seg->live->index.time_count * 12;
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    t->state = state;
    if (state == CLEAN_TXNS && bytes == 0)
        return false;
    mem_free(t->put_bytes);
    t->put_bytes = mem_alloc(bytes + 1);
    if (t->put_bytes == NULL) {
        t->put.err = -ENOMEM;
        return false;
    }
    if (state == CLEAN_TXNS)
        txn_index_encode(&seg->live->txns, t->put_bytes);
    else if (state == CLEAN_OFFSETS)
        index_encode_offsets(&seg->live->index, t->put_bytes);
    else
        index_encode_times(&seg->live->index, t->put_bytes);
    plog_dir(t->log, dir);
    segment_named(path, dir, seg, suffix);
    file_put_start(&t->put, t->store->io, path, t->put_bytes, bytes, true, put_done);
    return true;
}

static void put_next(struct clean_task *t, enum clean_state state)
{
    t->put.err = 0;
    if (!put_file(t, state))
        clean_wake(t);
}

/* As a segment that was rolled and materialised. */
static void complete(struct segment *seg)
{
    seg->mat_pos = seg->size;
    seg->rolled = seg->finished = true;
    (void)index_close(&seg->live->index, seg->max_ts, seg->max_ts_delta);
}

static void sync_dir(struct clean_task *t)
{
    char dir[SEGMENT_PATH_MAX];
    plog_dir(t->log, dir);
    t->state = CLEAN_DIR;
    op_init(&t->op, clean_op_done);
    io_sync_dir(t->store->io, &t->op, dir);
}

/* ---- COMMIT ---- */

static void committed(struct jwait *w, int err)
{
    struct clean_task *t = MR_CONTAINER(w, struct clean_task, wait);
    if (err != 0)
        t->err = err;
    clean_wake(t);
}

/* The group's segments as they are now; false: some of them are about to go. */
static bool group_stands(const struct clean_task *t, uint32_t *ret_first)
{
    const struct plog *log = t->log;
    uint32_t i = 0;
    while (i < log->seg_count && log->segs[i]->base != t->first_base)
        i++;
    *ret_first = i;
    return i >= log->seg_below && i + t->count < log->seg_count && log->segs[i + t->count]->base == t->end;
}

static void commit(struct clean_task *t)
{
    uint32_t first;
    if (!group_stands(t, &first)) {
        clean_fail(t, -ECANCELED);
        return;
    }
    t->wait.done = committed;
    int err = swap_commit(t->log, first, t->count, t->fresh, &t->wait);
    if (err == -EAGAIN) {
        t->state = CLEAN_COMMIT;
        t->log->clean_waits = &t->work;
        plog_wait_room(t->log, &t->work);
        return;
    }
    if (err != 0) {
        clean_fail(t, err);
        return;
    }
    t->c->segments_before += t->count;
    t->c->segments_after++;
    drop_file(t);
    index_cached(t->store, t->fresh);
    t->fresh = NULL;
    t->state = CLEAN_STABLE;
}

/* ---- UNDO ---- */

static void undo(struct clean_task *t)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    clean_drop_read(t);
    drop_file(t);
    if (t->undo == MR_COUNT(cleaned_suffixes) || t->store->closing || t->store->fenced != 0 ||
        t->log->removed) {
        t->undo = 0;
        drop_group(t);
        space_freed(t->store);
        clean_move(t, t->err != 0 ? CLEAN_OVER : CLEAN_GROUP);
        return;
    }
    plog_dir(t->log, dir);
    segment_named(path, dir, t->fresh, cleaned_suffixes[t->undo++]);
    op_init(&t->op, clean_op_done);
    io_unlink(t->store->io, &t->op, path); /* what stays is swept at the next start, or at the clean close */
}

/* ---- the steps ---- */

/* Of a state that waited for an operation which must have succeeded. */
static bool failed(struct clean_task *t, int err)
{
    if (err < 0)
        clean_fail(t, err);
    return err < 0;
}

static void clean_step(struct clean_task *t)
{
    switch (t->state) {
    case CLEAN_SWEEP:
        clean_sweep(t);
        return;
    case CLEAN_SCAN:
        clean_scan_next(t);
        return;
    case CLEAN_SCAN_TXNS:
        if (clean_take_aborted(t)) {
            t->state = CLEAN_LEARN;
            clean_read_more(t);
        }
        return;
    case CLEAN_LEARN:
        clean_learn(t);
        return;
    case CLEAN_GROUP:
        group_next(t);
        return;
    case CLEAN_GROUP_TXNS:
        if (clean_take_aborted(t))
            open_fresh(t);
        return;
    case CLEAN_OPEN:
        t->file_used = t->file.err == 0;
        if (!failed(t, t->file.err)) {
            t->state = CLEAN_COPY;
            clean_read_more(t);
        }
        return;
    case CLEAN_COPY:
        copy(t);
        return;
    case CLEAN_WRITE:
        if (written(t, WRITE_BYTES) == 1)
            clean_move(t, CLEAN_COPY);
        return;
    case CLEAN_REST: {
        uint32_t padded = (uint32_t)mr_round_up(t->buffered, SEGMENT_UNIT);
        if (padded > 0 && written(t, padded) == 0)
            return;
        complete(t->fresh);
        t->state = CLEAN_CUT;
        op_init(&t->op, clean_op_done);
        io_truncate(t->store->io, &t->op, segment_file(t->fresh), t->fresh->size);
        return;
    }
    case CLEAN_CUT:
        if (failed(t, (int)mr_imin(t->op.result, 0)))
            return;
        t->state = CLEAN_FLUSH;
        op_init(&t->op, clean_op_done);
        io_flush(t->store->io, &t->op, segment_file(t->fresh));
        return;
    case CLEAN_FLUSH:
        if (!failed(t, (int)mr_imin(t->op.result, 0)))
            put_next(t, CLEAN_TXNS);
        return;
    case CLEAN_TXNS:
        if (failed(t, t->put.err))
            return;
        t->fresh->txns_filed = segment_txn_count(t->fresh) > 0;
        put_next(t, CLEAN_OFFSETS);
        return;
    case CLEAN_OFFSETS:
        if (!failed(t, t->put.err))
            put_next(t, CLEAN_TIMES);
        return;
    case CLEAN_TIMES:
        if (failed(t, t->put.err))
            return;
        t->fresh->index_filed = true;
        sync_dir(t);
        return;
    case CLEAN_DIR:
        if (!failed(t, (int)mr_imin(t->op.result, 0)))
            commit(t);
        return;
    case CLEAN_COMMIT:
        commit(t);
        return;
    case CLEAN_STABLE:
        swaps_kick(t->log);
        clean_move(t, t->err != 0 ? CLEAN_OVER : CLEAN_GROUP);
        return;
    case CLEAN_UNDO:
        undo(t);
        return;
    case CLEAN_OVER:
        finish(t);
        return;
    }
}

/* Nothing is in flight here but what the state has waited for. */
static void clean_run(struct mr_work *w)
{
    struct clean_task *t = MR_CONTAINER(w, struct clean_task, work);
    t->log->clean_waits = NULL;
    bool past = t->state == CLEAN_STABLE || t->state == CLEAN_UNDO || t->state == CLEAN_OVER;
    if (!past && t->err == 0 && must_stop(t)) {
        if (t->state == CLEAN_SCAN_TXNS || t->state == CLEAN_GROUP_TXNS)
            plog_aborted_done(&t->aborted);
        if (t->state == CLEAN_OPEN)
            t->file_used = t->file.err == 0;
        clean_fail(t, t->store->fenced != 0 ? -MR_E_FENCED : -ECANCELED);
        return;
    }
    clean_step(t);
}

int plog_clean(struct plog *log, struct plog_clean *c)
{
    struct store *s = log->store;
    MR_ASSERT((log->state == PLOG_OPEN || log->state == PLOG_CUTTING) && !log->cleaning && !log->removed);
    if (log->state == PLOG_CUTTING)
        return -EAGAIN;
    struct plog_dirt dirt;
    uint8_t secret[KEY_SECRET_BYTES];
    c->err = 0;
    c->keys = c->read_bytes = c->written_bytes = c->records_in = c->records_out = c->invalid = 0;
    c->segments_before = c->segments_after = 0;
    plog_dirt(log, INT64_MAX, c->now_ms, 0, &dirt);
    c->to = mr_imin(c->to, dirt.to);
    struct clean_task *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return -ENOMEM;
    t->c = c;
    t->log = log;
    t->store = s;
    t->next_base = 0;
    t->began_ns = shard_now_ns(s->shard);
    work_init(&t->work, clean_run);
    timer_init(&t->pause, clean_pause_over);
    scratch_init(&t->out, INT32_MAX);
    log->cleaning = true;
    plog_busy(log);
    t->filter.map_from = t->filter.map_end = dirt.from;
    t->filter.now_ms = c->now_ms;
    t->filter.delete_retention_ms = c->delete_retention_ms;
    t->filter.unpacked_bytes_max = c->unpacked_bytes_max;
    t->filter.producers = &log->producers;
    compact_filter_init(&t->filter);
    io_random(s->io, secret, sizeof(secret));
    /* There are no more keys than offsets, and a map that is half full finds them soon. All of it gets
     * touched: the keys' places are random. */
    uint64_t keys = (uint64_t)mr_imax(c->to - dirt.from, 0);
    uint64_t wanted = mr_min(mr_min(keys, c->map_bytes) * 2 * KEY_SLOT_BYTES, dirt.dirty_bytes * 6);
    t->err = key_map_init(&t->filter.map, mr_min(c->map_bytes, mr_max(wanted, (uint64_t)KEY_MAP_BYTES_MIN)),
                          secret);
    t->buf = buf_new(WRITE_BYTES, SEGMENT_UNIT, s->shard->id);
    if (t->buf == NULL)
        t->err = -ENOMEM;
    /* A segment whose names are still being exchanged would be passed over, and a marker behind it, whose
     * transaction has batches there, taken for one that nobody needs. */
    bool nothing = !log->dir_made || c->to <= log->log_start || !list_empty(&log->swaps);
    t->skipped = nothing;
    clean_move(t, t->err != 0 || nothing ? CLEAN_OVER : CLEAN_SWEEP);
    return 0;
}
