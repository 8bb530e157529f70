/* Opening a log that a clean close left in Kafka's files: its segments, the last bytes, epochs and producers. */
#include <stdio.h>

#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/plog_priv.h"

enum { EPOCH_BYTES_MAX = 16 << 20, SNAPSHOT_BYTES_MAX = 64 << 20, SCAN_BYTES = 1 << 20, SEGMENTS_MAX = 1 << 20 };

enum open_state { OPEN_STAT, OPEN_FILE, OPEN_SCAN, OPEN_FRAGMENT, OPEN_EPOCHS, OPEN_SNAPSHOT };

/* STAT each segment -> FILE -> (end unknown: SCAN) -> FRAGMENT -> EPOCHS -> SNAPSHOT -> open. */
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
    uint64_t from, skip;   /* scan: buffer's place and first byte to look at */
    uint64_t file_bytes;   /* of the last segment */
    bool end_known;
    bool pinned;
    int err;
};

static void open_step(struct open_task *t);
static void open_op(struct mr_op *op) { open_step(MR_CONTAINER(op, struct open_task, op)); }
static void open_file(struct file_use *u) { open_step(MR_CONTAINER(u, struct open_task, file)); }
static void open_get(struct file_get *g) { open_step(MR_CONTAINER(g, struct open_task, get)); }

static void open_finish(struct open_task *t, int err)
{
    struct plog *log = t->log;
    struct mr_shard *shard = log->store->shard;
    if (t->pinned)
        file_use_end(&t->file);
    if (t->buf != NULL)
        buf_unref(t->buf);
    mem_free(t);
    log->reads--;
    log->store->tasks--;
    log->state = err == 0 ? PLOG_OPEN : PLOG_FAILED;
    log->failed = err;
    if (err != 0)
        log_error(shard->log, "storage", "cannot open part=%s-%d err=\"%s\"", log->topic, plog_key(log).partition,
                  mr_err_text(err));
    while (!list_empty(&log->open_waiters))
        shard_ready(shard, MR_CONTAINER(list_pop(&log->open_waiters), struct mr_work, link));
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
            seg->finished = seg->index_filed = true;
        }
        return err;
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
    io_read(t->log->store->io, &t->op, plog_last(t->log)->file, t->buf->data, SCAN_BYTES, from);
}

static void get_named(struct open_task *t, enum open_state state, const char *name, size_t bytes_max)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX * 2];
    plog_dir(t->log, dir);
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    t->state = state;
    file_get_start(&t->get, t->log->store->io, path, bytes_max, open_get);
}

/* Walk the last segment to find where it ends. True: more to read. */
static bool scan(struct open_task *t, uint64_t got)
{
    struct plog *log = t->log;
    struct segment *seg = plog_last(log);
    uint64_t at = t->skip;
    struct kw_batch b;
    struct mr_slice rest = {t->buf->data + at, got > at ? got - at : 0};
    while (batch_next(&rest, &b) == 1 && batch_check(&b) == 0 && b.h.base_offset >= log->append_end) {
        segment_scan(seg, log->cfg.index_interval_bytes, t->from + at, (uint32_t)b.bytes.len, batch_last_offset(&b.h),
                     b.h.max_timestamp);
        at += b.bytes.len;
        seg->size = t->from + at;
        log->append_end = log->stable_end = batch_next_offset(&b.h);
    }
    if (seg->size >= t->file_bytes || got == 0 || t->from + at + BATCH_HEADER_BYTES > t->file_bytes)
        return false;
    int64_t size = batch_bytes_peek(t->buf->data + at, got > at ? got - at : 0);
    if (t->from + at == t->from + t->skip && at > 0 && (size <= 0 || (uint64_t)size > SCAN_BYTES - SEGMENT_UNIT))
        return false; /* no progress: what follows is no batch */
    if (at == t->skip && t->skip < SEGMENT_UNIT && got == SCAN_BYTES)
        return false;
    t->skip = (t->from + at) % SEGMENT_UNIT;
    return true;
}

static void read_fragment(struct open_task *t)
{
    struct segment *seg = plog_last(t->log);
    seg->mat_pos = mr_round_down(seg->size, SEGMENT_UNIT);
    t->state = OPEN_FRAGMENT;
    if (seg->mat_pos == seg->size) {
        t->op.result = 0;
        open_step(t);
        return;
    }
    submit_read(t, seg->mat_pos);
}

static int take_fragment(struct open_task *t)
{
    struct plog *log = t->log;
    struct segment *seg = plog_last(log);
    uint64_t bytes = seg->size - seg->mat_pos;
    if (bytes == 0)
        return 0;
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

static void open_step(struct open_task *t)
{
    struct plog *log = t->log;
    int err = 0;
    switch (t->state) {
    case OPEN_STAT: {
        if (t->op.result < 0) {
            open_finish(t, (int)t->op.result);
            return;
        }
        struct segment *seg = log->segs[t->next];
        bool last = t->next + 1 == log->seg_count;
        if (t->stat.bytes > INT32_MAX) {
            open_finish(t, -MR_E_CORRUPT);
            return;
        }
        if (!last) {
            seg->size = seg->mat_pos = t->stat.bytes;
            log->closed_bytes += seg->size;
            t->next++;
            submit_stat(t);
            return;
        }
        t->file_bytes = t->stat.bytes;
        if (t->end_known)
            seg->size = t->stat.bytes;
        else
            log->append_end = log->stable_end = seg->base;
        log->mat_seg = plog_last_number(log);
        t->buf = buf_new(SCAN_BYTES, SEGMENT_UNIT, log->store->shard->id);
        if (t->buf == NULL) {
            open_finish(t, -ENOMEM);
            return;
        }
        t->state = OPEN_FILE;
        t->file = (struct file_use){.store = log->store, .log = log, .seg = seg, .done = open_file};
        if (!file_use_begin(&t->file))
            return;
    }
        /* fall through */
    case OPEN_FILE:
        if (t->file.err != 0) {
            open_finish(t, t->file.err);
            return;
        }
        t->pinned = true;
        if (t->end_known) {
            read_fragment(t);
            return;
        }
        t->state = OPEN_SCAN;
        submit_read(t, 0);
        return;
    case OPEN_SCAN:
        if (t->op.result < 0) {
            open_finish(t, (int)t->op.result);
            return;
        }
        if (scan(t, mr_min((uint64_t)t->op.result, t->file_bytes - mr_min(t->from, t->file_bytes))))
            submit_read(t, mr_round_down(plog_last(log)->size, SEGMENT_UNIT));
        else
            read_fragment(t);
        return;
    case OPEN_FRAGMENT:
        err = t->op.result < 0 ? (int)t->op.result : take_fragment(t);
        if (err != 0) {
            open_finish(t, err);
            return;
        }
        get_named(t, OPEN_EPOCHS, "leader-epoch-checkpoint", EPOCH_BYTES_MAX);
        return;
    case OPEN_EPOCHS:
        if (t->get.err == 0)
            err = epochs_decode(&log->epochs, (struct mr_slice){t->get.bytes, t->get.len});
        else if (t->get.err != -ENOENT)
            err = t->get.err;
        mem_free(t->get.bytes);
        if (err != 0 || t->snapshot_base < 0) {
            open_finish(t, err);
            return;
        }
        {
            char name[64];
            snprintf(name, sizeof(name), "%020lld.snapshot", (long long)t->snapshot_base);
            get_named(t, OPEN_SNAPSHOT, name, SNAPSHOT_BYTES_MAX);
        }
        return;
    case OPEN_SNAPSHOT:
        err = t->get.err;
        if (err == 0)
            err = producer_state_read(&log->producers, (struct mr_slice){t->get.bytes, t->get.len}, t->snapshot_base, 0, INT64_MAX);
        mem_free(t->get.bytes);
        open_finish(t, err);
        return;
    }
}

static void open_begin(struct mr_work *w)
{
    struct open_task *t = MR_CONTAINER(w, struct open_task, begin);
    struct plog *log = t->log;
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    int err = io_list(log->store->io, dir, list_name, t);
    for (uint32_t i = 0; i < log->seg_count; i++)
        index_done(&log->segs[i]->index);
    log->closed_bytes = 0;
    list_remove(&log->work_link); /* plog_roll() put it in line: nothing to write */
    if (err != 0 || log->seg_count == 0) {
        open_finish(t, err);
        return;
    }
    t->state = OPEN_STAT;
    submit_stat(t);
}

bool plog_open(struct plog *log, struct mr_work *w)
{
    if (log->state == PLOG_OPEN || log->state == PLOG_FAILED)
        return true;
    if (w != NULL && !work_queued(w))
        list_push(&log->open_waiters, &w->link);
    if (log->state == PLOG_OPENING)
        return false;
    struct open_task *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL) {
        if (w != NULL)
            list_remove(&w->link);
        log->state = PLOG_FAILED;
        log->failed = -ENOMEM;
        return true;
    }
    struct logdir_part part;
    logdir_part(log->store->cfg.dir, log->topic, plog_key(log).partition, &part);
    t->log = log;
    t->end_known = part.end >= 0;
    t->snapshot_base = -1;
    log->state = PLOG_OPENING;
    log->reads++;
    log->store->tasks++;
    work_init(&t->begin, open_begin);
    shard_ready(log->store->shard, &t->begin);
    return false;
}
