/* Opening a log that a clean close left in Kafka's files: its segments, the last bytes, epochs and producers.
 */
#include <stdio.h>

#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/plog_priv.h"
#include "storage/trim.h"

enum {
    EPOCH_BYTES_MAX = 16 << 20,
    SNAPSHOT_BYTES_MAX = 64 << 20,
    SCAN_BYTES = 1 << 20,
    SEGMENTS_MAX = 1 << 20
};

enum open_state { OPEN_STAT, OPEN_EPOCHS, OPEN_SNAPSHOT, OPEN_TXNS, OPEN_FILE, OPEN_SCAN, OPEN_FRAGMENT };

/* STAT each segment -> EPOCHS -> (there is one: SNAPSHOT) -> (the last segment has one: TXNS) -> FILE -> (end
 * unknown: SCAN) -> (the end is not a whole unit: FRAGMENT) -> open. */
struct open_task {
    struct plog *log;
    enum open_state state;
    struct mr_op op;
    struct mr_work begin;
    struct file_use file;
    struct file_get get;
    struct io_stat stat;
    uint32_t next;         /* segment to stat */
    int64_t snapshot_base; /* newest .snapshot at or below the end; -1: none */
    struct mr_buf *buf;
    uint64_t from, skip; /* scan: buffer's place and first byte to look at */
    uint64_t file_bytes; /* of the last segment */
    bool end_known;
    bool pinned;
    int err;
};

static void wake_waiters(struct plog *log);
static void open_step(struct open_task *t);
static void open_op(struct mr_op *op)
{
    open_step(MR_CONTAINER(op, struct open_task, op));
}
static void open_file(struct file_use *u)
{
    open_step(MR_CONTAINER(u, struct open_task, file));
}
static void open_get(struct file_get *g)
{
    open_step(MR_CONTAINER(g, struct open_task, get));
}

static void open_finish(struct open_task *t, int err)
{
    struct plog *log = t->log;
    struct mr_shard *shard = log->store->shard;
    if (t->pinned)
        file_use_end(&t->file);
    if (t->buf != NULL)
        buf_unref(t->buf);
    mem_free(t);
    log->state = err == 0 ? PLOG_OPEN : PLOG_FAILED;
    log->failed = err;
    if (err != 0)
        log_error(shard->log, "storage", "cannot open part=%s-%d err=\"%s\"", log->topic,
                  plog_key(log).partition, mr_err_text(err));
    else
        trim_want(log);
    wake_waiters(log);
    plog_idle(log);
}

static int list_name(void *ctx, const char *name, bool is_dir)
{
    struct open_task *t = ctx;
    struct plog *log = t->log;
    int64_t base = is_dir ? -1 : segment_base_of(name, ".log");
    if (base >= 0) {
        if (log->seg_count >= SEGMENTS_MAX)
            return -MR_E_LIMIT;
        int err = plog_roll(log, base); /* names come sorted, so bases grow */
        if (err == 0 && log->seg_count > 1) {
            struct segment *seg = log->segs[log->seg_count - 2];
            seg->finished = seg->index_filed = true; /* if not, that is found when it is wanted */
        }
        return err;
    }
    base = is_dir ? -1 : segment_base_of(name, ".txnindex");
    if (base >= 0 && log->seg_count > 0 && plog_last(log)->base == base) {
        plog_last(log)->txns_filed = true; /* its .log came before it */
        plog_last(log)->txns_loaded = false;
    }
    base = is_dir ? -1 : segment_base_of(name, ".snapshot");
    if (base >= 0)
        t->snapshot_base = mr_imax(t->snapshot_base, base);
    return 0;
}

static void submit_stat(struct open_task *t)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    plog_dir(t->log, dir);
    segment_path(path, dir, t->log->segs[t->next]->base, ".log");
    op_init(&t->op, open_op);
    io_stat(t->log->store->io, &t->op, path, &t->stat);
}

static void submit_read(struct open_task *t, uint64_t from)
{
    t->from = from;
    op_init(&t->op, open_op);
    io_read(t->log->store->io, &t->op, segment_file(plog_last(t->log)), t->buf->data, t->buf->cap, from);
}

static void get_named(struct open_task *t, enum open_state state, const char *name, size_t bytes_max)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX * 2];
    plog_dir(t->log, dir);
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    t->state = state;
    file_get_start(&t->get, t->log->store->io, path, bytes_max, open_get);
}

/* Walk the last segment to find where it ends. 1: more to read, 0: that is the end, or an error. */
static int scan(struct open_task *t, uint64_t got)
{
    struct plog *log = t->log;
    struct segment *seg = plog_last(log);
    uint64_t at = t->skip;
    struct kw_batch b;
    struct mr_slice rest = {t->buf->data + at, got > at ? got - at : 0};
    while (batch_next(&rest, &b) == 1 && batch_check(&b) == 0 && b.h.base_offset >= log->append_end) {
        segment_scan(seg, log->cfg.index_interval_bytes, t->from + at, (uint32_t)b.bytes.len,
                     batch_last_offset(&b.h), b.h.max_timestamp);
        int err = 0;
        if (b.h.base_offset >= t->snapshot_base)
            err = txn_index_count(&seg->live->txns, &log->producers, &b);
        if (err != 0)
            return err;
        at += b.bytes.len;
        seg->size = (uint32_t)(t->from + at);
        log->append_end = log->stable_end = batch_next_offset(&b.h);
    }
    if (t->from + got >= t->file_bytes || got == 0)
        return 0;
    /* What follows is the head of a batch that reaches beyond the buffer, or no batch. */
    int64_t size = batch_bytes_peek(t->buf->data + at, got - at);
    if (size < 0 || t->from + at + (uint64_t)size > t->file_bytes)
        return 0;
    if (at == t->skip) { /* nothing was taken: a buffer that holds it, or the end */
        uint64_t want = mr_round_up(t->skip + mr_max((uint64_t)size, BATCH_HEADER_BYTES), SEGMENT_UNIT);
        if (want <= t->buf->cap)
            return 0;
        buf_unref(t->buf);
        t->buf = buf_new(want, SEGMENT_UNIT, log->store->shard->id);
        if (t->buf == NULL)
            return -ENOMEM;
    }
    t->skip = seg->size % SEGMENT_UNIT;
    return 1;
}

static int take_fragment(struct open_task *t)
{
    struct plog *log = t->log;
    struct segment *seg = plog_last(log);
    uint64_t bytes = seg->size - seg->mat_pos;
    if (t->op.result < (int64_t)bytes)
        return -MR_E_CORRUPT;
    log->frag = mem_alloc(bytes);
    if (log->frag == NULL)
        return -ENOMEM;
    memcpy(log->frag, t->buf->data, bytes);
    log->frag_len = (uint32_t)bytes;
    log->store->stats.unmaterialised_bytes += bytes;
    return 0;
}

static void open_fragment(struct open_task *t)
{
    struct segment *seg = plog_last(t->log);
    seg->mat_pos = (uint32_t)mr_round_down(seg->size, SEGMENT_UNIT);
    t->state = OPEN_FRAGMENT;
    if (seg->mat_pos == seg->size)
        open_finish(t, 0);
    else
        submit_read(t, seg->mat_pos);
}

/* True: on with the next state; the last segment's size is known, or it will be scanned. */
static bool take_stat(struct open_task *t)
{
    struct plog *log = t->log;
    struct segment *seg = log->segs[t->next];
    if (t->op.result < 0 || t->stat.bytes > INT32_MAX) {
        open_finish(t, t->op.result < 0 ? (int)t->op.result : -MR_E_CORRUPT);
        return false;
    }
    if (t->next + 1 < log->seg_count) {
        seg->size = seg->mat_pos = (uint32_t)t->stat.bytes;
        seg->times_known = false;
        segment_rest(seg);
        log->closed_bytes += seg->size;
        t->next++;
        submit_stat(t);
        return false;
    }
    t->file_bytes = t->stat.bytes;
    seg->times_known = !t->end_known || t->file_bytes == 0; /* it is scanned then */
    if (t->end_known)
        seg->size = (uint32_t)t->stat.bytes;
    else
        log->append_end = log->stable_end = seg->base;
    log->mat_seg = plog_last_number(log);
    return true;
}

static int take_epochs(struct open_task *t)
{
    int err = t->get.err == -ENOENT ? 0 : t->get.err;
    if (t->get.err == 0)
        err = epochs_decode(&t->log->epochs, (struct mr_slice){t->get.bytes, t->get.len});
    mem_free(t->get.bytes);
    return err;
}

static int take_snapshot(struct open_task *t)
{
    int err = t->get.err;
    if (err == 0)
        err = producer_state_read(&t->log->producers, (struct mr_slice){t->get.bytes, t->get.len},
                                  t->snapshot_base, 0, INT64_MAX);
    mem_free(t->get.bytes);
    return err;
}

/* The last segment's will grow: its entries are in the records from now on, not in the file. */
static int take_txns(struct open_task *t)
{
    struct segment *seg = plog_last(t->log);
    int err = t->get.err;
    if (err == 0)
        err = txn_index_decode(&seg->live->txns, (struct mr_slice){t->get.bytes, t->get.len});
    mem_free(t->get.bytes);
    seg->txns_filed = false;
    seg->txns_loaded = true;
    return err;
}

static void get_snapshot(struct open_task *t)
{
    char name[64];
    snprintf(name, sizeof(name), "%020lld.snapshot", (long long)t->snapshot_base);
    get_named(t, OPEN_SNAPSHOT, name, SNAPSHOT_BYTES_MAX);
}

static void get_txns(struct open_task *t)
{
    char name[64];
    snprintf(name, sizeof(name), "%020lld.txnindex", (long long)plog_last(t->log)->base);
    get_named(t, OPEN_TXNS, name, TXN_INDEX_FILE_BYTES_MAX);
}

/* True: open at once. */
static bool open_last(struct open_task *t)
{
    struct plog *log = t->log;
    if (plog_last(log)->txns_filed) {
        get_txns(t);
        return false;
    }
    t->state = OPEN_FILE;
    t->buf = buf_new(SCAN_BYTES, SEGMENT_UNIT, log->store->shard->id);
    t->file = (struct file_use){.store = log->store, .log = log, .seg = plog_last(log), .done = open_file};
    if (t->buf == NULL)
        t->file.err = -ENOMEM;
    return t->buf == NULL || file_use_begin(&t->file);
}

static void open_step(struct open_task *t)
{
    int err = 0;
    switch (t->state) {
    case OPEN_STAT:
        if (take_stat(t))
            get_named(t, OPEN_EPOCHS, "leader-epoch-checkpoint", EPOCH_BYTES_MAX);
        return;
    case OPEN_EPOCHS:
        err = take_epochs(t);
        if (err != 0) {
            open_finish(t, err);
            return;
        }
        if (t->snapshot_base >= 0) {
            get_snapshot(t);
            return;
        }
        if (!open_last(t))
            return;
        break;
    case OPEN_SNAPSHOT:
        err = take_snapshot(t);
        if (err != 0) {
            open_finish(t, err);
            return;
        }
        if (!open_last(t))
            return;
        break;
    case OPEN_TXNS:
        err = take_txns(t);
        if (err != 0) {
            open_finish(t, err);
            return;
        }
        if (!open_last(t))
            return;
        break;
    case OPEN_FILE:
        break;
    case OPEN_SCAN:
        err = t->op.result < 0
                  ? (int)t->op.result
                  : scan(t, mr_min((uint64_t)t->op.result, t->file_bytes - mr_min(t->from, t->file_bytes)));
        if (err < 0)
            open_finish(t, err);
        else if (err > 0)
            submit_read(t, mr_round_down(plog_last(t->log)->size, SEGMENT_UNIT));
        else
            open_fragment(t);
        return;
    case OPEN_FRAGMENT:
        open_finish(t, t->op.result < 0 ? (int)t->op.result : take_fragment(t));
        return;
    }
    /* The last segment's file is open. */
    if (t->file.err != 0) {
        open_finish(t, t->file.err);
        return;
    }
    t->pinned = true;
    if (t->end_known) {
        open_fragment(t);
        return;
    }
    t->state = OPEN_SCAN;
    submit_read(t, 0);
}

static void open_begin(struct mr_work *w)
{
    struct open_task *t = MR_CONTAINER(w, struct open_task, begin);
    struct plog *log = t->log;
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    int err = io_list(log->store->io, dir, list_name, t);
    log->closed_bytes = 0;
    list_remove(&log->work_link); /* plog_roll() put it in line: nothing to write */
    if (err != 0 || log->seg_count == 0) {
        open_finish(t, err);
        return;
    }
    t->state = OPEN_STAT;
    submit_stat(t);
}

/* The name is ours. True: open at once. */
static bool open_go(struct plog *log)
{
    struct open_task *t = log->dir_made ? mem_zalloc(1, sizeof(*t)) : NULL;
    if (t == NULL) {
        log->failed = log->dir_made ? -ENOMEM : 0;
        log->state = log->dir_made ? PLOG_FAILED : PLOG_OPEN;
        return true;
    }
    struct logdir_part part;
    logdir_part(log->store->cfg.dir, log->topic, plog_key(log).partition, &part);
    t->log = log;
    t->end_known = part.end >= 0;
    t->snapshot_base = -1;
    log->state = PLOG_OPENING;
    plog_busy(log);
    work_init(&t->begin, open_begin);
    shard_ready(log->store->shard, &t->begin);
    return false;
}

static void wake_waiters(struct plog *log)
{
    while (!list_empty(&log->open_waiters))
        shard_ready(log->store->shard, MR_CONTAINER(list_pop(&log->open_waiters), struct mr_work, link));
}

void plog_open_claimed(struct plog *log)
{
    if (open_go(log))
        wake_waiters(log);
}

void plog_open_failed(struct plog *log, int err)
{
    if (log->state != PLOG_OPENING || log->dir_claimed)
        return;
    log->state = PLOG_FAILED;
    log->failed = err;
    wake_waiters(log);
}

bool plog_open(struct plog *log, struct mr_work *w)
{
    MR_ASSERT(!log->removed);
    if (log->state == PLOG_OPEN || log->state == PLOG_FAILED)
        return true;
    if (log->state == PLOG_CLOSED) {
        if (!plog_claim(log))
            log->state = PLOG_OPENING;
        else if (open_go(log))
            return true;
    }
    if (w != NULL && !work_queued(w))
        list_push(&log->open_waiters, &w->link);
    return false;
}
