/* Opening a log that a clean close left in Kafka's files: its segments, the last bytes, epochs and producers.
 */
#include <stdio.h>

#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/damage.h"
#include "storage/plog_priv.h"
#include "storage/rebuild.h"
#include "storage/trim.h"

enum {
    EPOCH_BYTES_MAX = 16 << 20,
    SNAPSHOT_BYTES_MAX = 64 << 20,
    INDEX_BYTES_MAX = 64 << 20,
    SEGMENTS_MAX = 1 << 20,
    OPENS_AT_ONCE = 32 /* of a store: each reads up to 1 MiB at a time, and there may be 20,000 */
};

enum open_state { OPEN_STAT, OPEN_EPOCHS, OPEN_SNAPSHOT, OPEN_TXNS, OPEN_INDEX, OPEN_FILE, OPEN_FRAGMENT };

/* STAT each segment -> EPOCHS -> (there is one: SNAPSHOT) -> (the last segment has one: TXNS) -> (the end is
 * known: INDEX, whose last entry is a good place to begin with) -> a walk to the log's end -> (something
 * beside the batches cannot be used: made anew out of them all) -> FILE -> (the end is not a whole unit:
 * FRAGMENT) -> open. */
struct open_task {
    struct plog *log;
    enum open_state state;
    struct mr_op op;
    struct mr_work begin;
    struct mr_list link; /* store.opens: not begun */
    struct file_use file;
    struct file_get get;
    struct io_stat stat;
    uint32_t next;         /* segment to stat */
    int64_t snapshot_base; /* newest .snapshot at or below the end; -1: none */
    struct mr_buf *buf;
    struct seg_walk walk;
    uint64_t walk_from;
    struct rebuild rebuild;
    uint64_t file_bytes; /* of the last segment */
    bool end_known;
    bool pinned;
    bool damaged; /* what the walk came upon */
    int err;
};

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

/* The next ones in line begin. */
static void open_more(struct store *s)
{
    while (s->opening < OPENS_AT_ONCE && !list_empty(&s->opens)) {
        s->opening++;
        shard_ready(s->shard, &MR_CONTAINER(list_pop(&s->opens), struct open_task, link)->begin);
    }
}

static void open_finish(struct open_task *t, int err)
{
    struct plog *log = t->log;
    struct mr_shard *shard = log->store->shard;
    log->store->opening--;
    open_more(log->store);
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
    plog_wake_waiters(log);
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
    if (!is_dir && segment_base_of(name, ".log.swap") >= 0) {
        log_error(
            log->store->shard->log, "storage",
            "Apache Kafka stopped in the middle of a compaction: start and stop it once part=%s-%d file=%s",
            log->topic, plog_key(log).partition, name);
        return -MR_E_VERSION;
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
    if (!t->end_known)
        log->append_end = log->stable_end = seg->base;
    log->mat_seg = plog_last_number(log);
    return true;
}

/* A file beside the segments that cannot be used: said, and made anew. 0: go on. */
static int doubt(struct open_task *t, int err, const char *suffix, int64_t base, bool *ret_bad)
{
    char name[64];
    if (err != -MR_E_CORRUPT && err != -MR_E_VERSION && err != -ENOENT && err != -EFBIG)
        return err;
    if (base >= 0)
        snprintf(name, sizeof(name), "%020lld%s", (long long)base, suffix);
    else
        snprintf(name, sizeof(name), "%s", suffix);
    log_error(t->log->store->shard->log, "storage",
              "damaged part=%s-%d file=%s err=\"%s\": made anew from the log", t->log->topic,
              plog_key(t->log).partition, name, mr_err_text(err));
    *ret_bad = true;
    return 0;
}

static int take_epochs(struct open_task *t)
{
    int err = t->get.err == -ENOENT ? 0 : t->get.err;
    if (t->get.err == 0)
        err = epochs_decode(&t->log->epochs, (struct mr_slice){t->get.bytes, t->get.len});
    mem_free(t->get.bytes);
    return err == 0 ? 0 : doubt(t, err, "leader-epoch-checkpoint", -1, &t->rebuild.epochs);
}

static int take_snapshot(struct open_task *t)
{
    int err = t->get.err;
    if (err == 0)
        err = producer_state_read(&t->log->producers, (struct mr_slice){t->get.bytes, t->get.len},
                                  t->snapshot_base, 0, INT64_MAX);
    mem_free(t->get.bytes);
    return err == 0 ? 0 : doubt(t, err, ".snapshot", t->snapshot_base, &t->rebuild.producers);
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
    return err == 0 ? 0 : doubt(t, err, ".txnindex", seg->base, &t->rebuild.txns);
}

/* As for Kafka the log begins at its first segment at the earliest. When its history of epochs begins before
 * that, it was no retention that took the rest. */
static void begin_at_first(struct open_task *t)
{
    struct plog *log = t->log;
    int64_t base = log->segs[0]->base;
    if (base <= log->log_start)
        return;
    if (log->epochs.count > 0 && log->epochs.items[0].start < base)
        log_error(
            log->store->shard->log, "storage",
            "damaged part=%s-%d offsets=%lld..%lld: the files are missing; the log begins at offset %lld",
            log->topic, plog_key(log).partition, (long long)log->epochs.items[0].start, (long long)base - 1,
            (long long)base);
    log->log_start = log->stable_start = base;
    log->append_end = log->stable_end = mr_imax(log->append_end, base);
    epochs_cut_start(&log->epochs, base);
}

/* Where to begin to walk: at the last entry of the index, when it can be read. Derived, so nothing is said of
 * it. */
static void take_index(struct open_task *t)
{
    struct seg_index ix = {.offsets = NULL};
    if (t->get.err == 0 &&
        index_decode_offsets(&ix, (struct mr_slice){t->get.bytes, t->get.len}, t->file_bytes) == 0 &&
        ix.offset_count > 0)
        t->walk_from = ix.offsets[ix.offset_count - 1].pos;
    index_done(&ix);
    mem_free(t->get.bytes);
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

static void get_index(struct open_task *t)
{
    char name[64];
    snprintf(name, sizeof(name), "%020lld.index", (long long)plog_last(t->log)->base);
    get_named(t, OPEN_INDEX, name, INDEX_BYTES_MAX);
}

/* ---- the end of the log ---- */

static void walk_last(struct open_task *t);
static void open_last(struct open_task *t);

static int walk_batch(struct seg_walk *w, const struct kw_batch *b, uint64_t pos)
{
    struct open_task *t = MR_CONTAINER(w, struct open_task, walk);
    struct plog *log = t->log;
    struct segment *seg = plog_last(log);
    segment_scan(seg, log->cfg.index_interval_bytes, pos, (uint32_t)b->bytes.len, batch_last_offset(&b->h),
                 b->h.max_timestamp);
    bool counts =
        !t->end_known && b->h.base_offset >= t->snapshot_base && !t->rebuild.producers && !t->rebuild.txns;
    int err = counts ? txn_index_count(&seg->live->txns, &log->producers, b) : 0;
    return err == -MR_E_CORRUPT ? 0 : err;
}

static int walk_damaged(struct seg_walk *w, const struct damage *d)
{
    struct open_task *t = MR_CONTAINER(w, struct open_task, walk);
    t->damaged = true;
    if (t->walk_from > 0)
        return 1; /* the index may be wrong: all of it */
    if (d->to_pos < t->file_bytes)
        (void)damage_add(t->log, d);
    return 0;
}

/* The log goes on in a new segment, for its last one does not hold all that it should. Offsets are not used
 * again. */
static int go_on_behind(struct open_task *t, uint64_t end_pos, int64_t next)
{
    struct plog *log = t->log;
    struct segment *seg = plog_last(log);
    seg->size = seg->mat_pos = (uint32_t)t->file_bytes;
    seg->times_known = segment_indexed(seg);
    int err = plog_roll(log, log->append_end);
    if (err != 0)
        return err;
    seg->finished = seg->index_filed = true;
    list_remove(&log->work_link);
    log->mat_seg = plog_last_number(log);
    struct damage d = {.seg = plog_last_number(log) - 1,
                       .from_pos = end_pos,
                       .to_pos = t->file_bytes,
                       .from = next,
                       .to = log->append_end};
    (void)damage_add(log, &d);
    return 0;
}

static int settle_end(struct open_task *t)
{
    struct plog *log = t->log;
    struct segment *seg = plog_last(log);
    uint64_t end_pos = t->walk.pos;
    int64_t next = t->walk.next, known = t->end_known ? log->append_end : mr_imax(t->snapshot_base, 0);
    if (next < known && next < log->log_start)
        next = mr_imin(known, log->log_start); /* retention took the rest, and the file is empty */
    if (next < known) {
        log->append_end = log->stable_end = known;
        return go_on_behind(t, end_pos, next);
    }
    if (t->end_known && next > known)
        log_error(
            log->store->shard->log, "storage",
            "damaged part=%s-%d file=recovery-point-offset-checkpoint: it says %lld, the log ends at %lld",
            log->topic, plog_key(log).partition, (long long)known, (long long)next);
    log->append_end = log->stable_end = next;
    seg->size = (uint32_t)end_pos; /* what may stand behind it is nothing */
    seg->times_known = segment_indexed(seg);
    return 0;
}

static void rebuilt(struct rebuild *r)
{
    struct open_task *t = MR_CONTAINER(r, struct open_task, rebuild);
    if (r->err != 0)
        open_finish(t, r->err);
    else
        open_last(t);
}

static void walk_done(struct seg_walk *w)
{
    struct open_task *t = MR_CONTAINER(w, struct open_task, walk);
    struct plog *log = t->log;
    bool again = t->walk_from > 0 && (t->damaged || w->next != log->append_end || w->pos != t->file_bytes);
    if (w->err < 0) {
        open_finish(t, w->err);
        return;
    }
    if (again) { /* it does not fit: then every batch of it */
        t->walk_from = 0;
        t->damaged = false;
        walk_last(t);
        return;
    }
    t->rebuild.log = log;
    t->rebuild.last = plog_last_number(log);
    t->rebuild.done = rebuilt;
    int err = settle_end(t);
    if (err != 0)
        open_finish(t, err);
    else if (t->rebuild.epochs || t->rebuild.producers || t->rebuild.txns)
        rebuild_begin(&t->rebuild);
    else
        open_last(t);
}

static void walk_last(struct open_task *t)
{
    struct segment *seg = plog_last(t->log);
    seg->size = seg->mat_pos = (uint32_t)t->file_bytes;
    t->walk = (struct seg_walk){.log = t->log,
                                .seg = plog_last_number(t->log),
                                .pos = t->walk_from,
                                .next = seg->base,
                                .known_end = t->end_known ? t->log->append_end : 0,
                                .batch = walk_batch,
                                .damaged = walk_damaged,
                                .done = walk_done};
    seg_walk_begin(&t->walk);
}

/* Its file, for the bytes that have no whole unit yet. */
static void open_last(struct open_task *t)
{
    struct plog *log = t->log;
    struct segment *seg = plog_last(log);
    seg->mat_pos = (uint32_t)mr_round_down(seg->size, SEGMENT_UNIT);
    if (seg->mat_pos == seg->size) {
        open_finish(t, 0);
        return;
    }
    t->state = OPEN_FILE;
    t->buf = buf_new(SEGMENT_UNIT, SEGMENT_UNIT, log->store->shard->id);
    t->file = (struct file_use){.store = log->store, .log = log, .seg = seg, .done = open_file};
    if (t->buf == NULL)
        open_finish(t, -ENOMEM);
    else if (file_use_begin(&t->file))
        open_step(t);
}

/* What comes next, of what stands beside the last segment. */
static void after_snapshot(struct open_task *t)
{
    if (plog_last(t->log)->txns_filed)
        get_txns(t);
    else if (t->end_known && t->file_bytes > 0)
        get_index(t);
    else
        walk_last(t);
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
        if (err == 0)
            begin_at_first(t);
        if (err == 0 && t->end_known && t->snapshot_base >= 0 && t->snapshot_base < t->log->append_end)
            err = doubt(t, -ENOENT, ".snapshot", t->log->append_end, &t->rebuild.producers);
        if (err != 0)
            open_finish(t, err);
        else if (t->snapshot_base >= 0)
            get_snapshot(t);
        else
            after_snapshot(t);
        return;
    case OPEN_SNAPSHOT:
        err = take_snapshot(t);
        if (err != 0)
            open_finish(t, err);
        else
            after_snapshot(t);
        return;
    case OPEN_TXNS:
        err = take_txns(t);
        if (err != 0)
            open_finish(t, err);
        else if (t->end_known && t->file_bytes > 0)
            get_index(t);
        else
            walk_last(t);
        return;
    case OPEN_INDEX:
        take_index(t);
        walk_last(t);
        return;
    case OPEN_FILE:
        if (t->file.err != 0) {
            open_finish(t, t->file.err);
            return;
        }
        t->pinned = true;
        t->state = OPEN_FRAGMENT;
        submit_read(t, plog_last(t->log)->mat_pos);
        return;
    case OPEN_FRAGMENT:
        open_finish(t, t->op.result < 0 ? (int)t->op.result : take_fragment(t));
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
    log->closed_bytes = 0;
    list_remove(&log->work_link); /* plog_roll() put it in line: nothing to write */
    if (err == 0 && log->seg_count == 0 && log->append_end > log->log_start)
        (void)damage_add(log, &(struct damage){.from = log->log_start, .to = log->append_end});
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
    list_push(&log->store->opens, &t->link);
    open_more(log->store);
    return false;
}

void plog_wake_waiters(struct plog *log)
{
    while (!list_empty(&log->open_waiters))
        shard_ready(log->store->shard, MR_CONTAINER(list_pop(&log->open_waiters), struct mr_work, link));
}

void plog_open_claimed(struct plog *log)
{
    if (open_go(log))
        plog_wake_waiters(log);
}

void plog_open_failed(struct plog *log, int err)
{
    if (log->state != PLOG_OPENING || log->dir_claimed)
        return;
    log->state = PLOG_FAILED;
    log->failed = err;
    plog_wake_waiters(log);
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
