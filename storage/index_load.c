#include "storage/index_load.h"

#include <stdio.h>

#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/damage.h"

enum {
    WALK_BYTES = 256 * 1024,
    INDEX_FILE_BYTES_MAX = 256 << 20,
    GAP_BYTES = 4 << 20, /* more than that behind the last entry, and one interval: entries are missing */
    MISSING_MAX = 8,     /* entries that a file may lack at its end and is not written again for */
    TRIES_MAX = 3,       /* of a step without progress: what stands there is no batch */
    MAGIC_AT = BATCH_MAGIC_PREFIX_BYTES - 1,
};

enum task_state {
    TASK_QUEUED,
    TASK_OFFSETS,
    TASK_TIMES,
    TASK_FILE,
    TASK_FIRST,
    TASK_WALK,
    TASK_PUT,
    TASK_RENAME
};

/* QUEUED -> OFFSETS -> TIMES -> (more than offsets is wanted, or files that do not do: FILE -> (FIRST) ->
 * WALK, again until the end -> (built anew, of a closed segment: PUT -> RENAME, of both files)) -> over. */
struct index_task {
    struct store *store;
    struct plog *log;
    uint32_t number;
    uint32_t replacements; /* of the log: number counts as long as there are no more */
    struct segment *seg;   /* pinned */
    enum task_state state;
    bool anew; /* walked from the first byte on: no file counts */
    bool fallback;
    bool restart; /* somebody doubted what was loaded meanwhile: begin anew */
    bool pinned_file;
    bool times_put;
    bool damaged; /* it has stepped over bytes that hold no batch: what the files say of them stays */
    uint32_t skip, from, end, tries;
    uint32_t loaded_offsets; /* entries */
    int64_t next;            /* no batch begins below it */
    uint32_t first_delta;    /* the walk's first batch begins at or before it */
    struct time_entry last;  /* of the file: what the walk must find */
    bool last_found;
    struct mr_buf *buf;
    uint8_t *bytes;
    struct mr_op op;
    struct file_get get;
    struct file_put put;
    struct file_use file;
    struct mr_work work;
    struct mr_list wants; /* of struct index_want */
    struct mr_list link;  /* in store->index_queue */
};

static void task_step(struct index_task *t);
static void op_ready(struct mr_op *op);
static void put_ready(struct file_put *p);
static void get_ready(struct file_get *g);
static void file_ready(struct file_use *u);

/* ---- ends ---- */

static void start_queued(struct store *s)
{
    while (s->index_busy < INDEX_TASKS && !list_empty(&s->index_queue)) {
        struct index_task *t = MR_CONTAINER(list_pop(&s->index_queue), struct index_task, link);
        s->index_busy++;
        shard_ready(s->shard, &t->work);
    }
}

static void serve_all(struct index_task *t)
{
    struct mr_list wants;
    list_init(&wants);
    list_splice(&wants, &t->wants);
    while (!list_empty(&wants)) {
        struct index_want *w = MR_CONTAINER(list_pop(&wants), struct index_want, link);
        w->done(w);
    }
}

static void task_over(struct index_task *t)
{
    struct store *s = t->store;
    struct plog *log = t->log;
    struct segment *seg = t->seg;
    if (t->pinned_file)
        file_use_end(&t->file);
    if (t->buf != NULL)
        buf_unref(t->buf);
    mem_free(t->bytes);
    seg->live->task = NULL;
    index_cached(s, seg);
    serve_all(t);
    mem_free(t);
    seg->pins--;
    segment_rest(seg);
    s->index_busy--;
    start_queued(s);
    plog_idle(log); /* may free it */
}

/* The log cannot be read further. Files, if there are any, may know of what lies behind that place; else this
 * is all there is. Not tried again while it is in memory. */
static void get_file(struct index_task *t, enum task_state state);
static void task_stuck(struct index_task *t)
{
    if (t->anew && t->seg->finished && t->seg->index_filed && !t->fallback) {
        t->fallback = true;
        index_done(&t->seg->live->index);
        get_file(t, TASK_OFFSETS);
        return;
    }
    t->seg->live->index.stuck = true;
    task_over(t);
}

static bool may_go_on(const struct index_task *t)
{
    return t->store->fenced == 0 && !t->store->closing && !t->log->removed;
}

static void say(const struct index_task *t, const char *what)
{
    log_warn(t->store->shard->log, "storage",
             "index is built from the log part=%s-%d segment=%lld reason=\"%s\"", t->log->topic,
             plog_key(t->log).partition, (long long)t->seg->base, what);
}

/* What the files say does not count. */
static void begin_anew(struct index_task *t)
{
    index_done(&t->seg->live->index);
    t->anew = t->last_found = true;
    t->first_delta = UINT32_MAX;
    t->restart = false;
    t->next = t->seg->base;
    t->tries = 0;
}

/* ---- which batch stands where ---- */

/* Take the batch whose header stands at p into the index. Its bytes, 0: no more header at hand, or negative:
 * this is no batch of the segment. */
static int64_t take_batch(struct index_task *t, const uint8_t *p, uint64_t len)
{
    struct segment *seg = t->seg;
    struct seg_index *ix = &seg->live->index;
    int64_t bytes = batch_bytes_peek(p, len);
    if (bytes < 0 || ix->scanned + (uint64_t)bytes > seg->size)
        return -MR_E_CORRUPT;
    if (bytes == 0 || len < BATCH_HEADER_BYTES)
        return 0;
    struct kw_batch_header h;
    batch_header_read(p, &h);
    int64_t last = batch_last_offset(&h);
    uint32_t delta = (uint32_t)(last - seg->base);
    if (p[MAGIC_AT] != BATCH_MAGIC || h.base_offset < t->next || last < h.base_offset ||
        last - seg->base > INT32_MAX || h.base_offset > seg->base + (int64_t)t->first_delta)
        return -MR_E_CORRUPT;
    t->first_delta = UINT32_MAX;
    if (!t->last_found && delta >= t->last.delta) {
        if (h.base_offset > seg->base + (int64_t)t->last.delta || h.max_timestamp != t->last.timestamp)
            return -MR_E_CORRUPT;
        t->last_found = true;
    }
    t->next = last + 1;
    segment_scan(seg, t->log->cfg.index_interval_bytes, ix->scanned, (uint32_t)bytes, last, h.max_timestamp);
    return bytes;
}

static void serve_covered(struct index_task *t)
{
    const struct seg_index *ix = &t->seg->live->index;
    LIST_FOR_SAFE(node, tmp, &t->wants)
    {
        struct index_want *w = MR_CONTAINER(node, struct index_want, link);
        if (w->times || ix->offset_count == 0 || ix->offsets[ix->offset_count - 1].delta <= w->delta)
            continue;
        list_remove(node);
        w->done(w);
    }
}

/* ---- the end of a walk ---- */

static void put_next(struct index_task *t)
{
    const struct seg_index *ix = &t->seg->live->index;
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    size_t bytes = t->times_put ? (size_t)ix->time_count * 12 : (size_t)ix->offset_count * 8;
    mem_free(t->bytes);
    t->bytes = mem_alloc(bytes + 1);
    if (t->bytes == NULL) {
        task_over(t);
        return;
    }
    if (t->times_put)
        index_encode_times(ix, t->bytes);
    else
        index_encode_offsets(ix, t->bytes);
    plog_dir(t->log, dir);
    segment_path(path, dir, t->seg->base, t->times_put ? ".timeindex" INDEX_BESIDE : ".index" INDEX_BESIDE);
    t->state = TASK_PUT;
    file_put_start(&t->put, t->store->io, path, t->bytes, bytes, true, put_ready);
}

static void rename_put(struct index_task *t)
{
    char dir[SEGMENT_PATH_MAX], from[SEGMENT_PATH_MAX], to[SEGMENT_PATH_MAX];
    plog_dir(t->log, dir);
    segment_path(from, dir, t->seg->base, t->times_put ? ".timeindex" INDEX_BESIDE : ".index" INDEX_BESIDE);
    segment_path(to, dir, t->seg->base, t->times_put ? ".timeindex" : ".index");
    t->state = TASK_RENAME;
    op_init(&t->op, op_ready);
    io_rename(t->store->io, &t->op, from, to);
}

/* Both files stand. A record says so behind a checkpoint that flushes the directory; a log that has no record
 * is asked of its files in any case. */
static void filed(struct index_task *t)
{
    t->seg->index_filed = true;
    t->seg->doubted = false;
    if (t->log->journalled) {
        t->log->dir_dirty = t->log->changed = true;
        store_changed(t->store);
    }
    task_over(t);
}

static void walk_over(struct index_task *t)
{
    struct segment *seg = t->seg;
    struct seg_index *ix = &seg->live->index;
    bool missing = ix->offset_count > t->loaded_offsets + MISSING_MAX;
    if (!seg->times_known)
        segment_set_max_ts(seg, ix->max_ts, seg->base + (int64_t)ix->max_ts_delta);
    seg->times_known = true;
    if (seg->rolled || seg->finished)
        (void)index_close(ix, ix->max_ts, ix->max_ts_delta);
    /* Files of a segment that grows are written when it is complete; but if the log has not been touched
     * since a clean close, they are what the next start finds. */
    bool files_count = seg->finished || (!t->log->journalled && seg->size > index_min(t->store));
    if (files_count && !seg->finished)
        (void)index_close(ix, ix->max_ts, ix->max_ts_delta);
    if (files_count && (t->anew || missing) && !t->damaged && seg->cleaned == 0) {
        if (!t->anew)
            say(t, "entries are missing at its end");
        serve_all(t);
        put_next(t);
        return;
    }
    seg->doubted &= seg->finished;
    task_over(t);
}

/* ---- walking ---- */

/* The batches that begin in the buffer. False: what stands there is none. */
static bool take_batches(struct index_task *t, uint64_t got)
{
    uint64_t at = t->skip;
    while (at < got) {
        const struct damage *d = t->replacements == t->log->replacements
                                     ? damage_at(t->log, t->number, t->seg->live->index.scanned)
                                     : NULL;
        if (d != NULL) {
            at += d->to_pos - d->from_pos;
            t->seg->live->index.scanned = (uint32_t)d->to_pos;
            t->damaged = true;
            t->tries = 0;
            continue;
        }
        int64_t n = take_batch(t, t->buf->data + at, got - at);
        if (n < 0)
            return false;
        if (n == 0)
            break;
        at += (uint64_t)n;
        t->tries = 0;
    }
    return ++t->tries <= TRIES_MAX;
}

static void open_file(struct index_task *t);
static void walk_next(struct index_task *t)
{
    struct segment *seg = t->seg;
    uint32_t scanned = seg->live->index.scanned;
    if (!may_go_on(t)) {
        task_over(t);
        return;
    }
    if (t->restart) {
        begin_anew(t);
        scanned = 0;
    }
    if (scanned == seg->size && !t->last_found) {
        say(t, "its last timestamp is not in the log");
        begin_anew(t);
        scanned = 0;
    }
    if (scanned == seg->size) {
        walk_over(t);
        return;
    }
    t->state = TASK_WALK;
    t->from = (uint32_t)mr_round_down(scanned, SEGMENT_UNIT);
    t->skip = scanned - t->from;
    t->end = seg->finished ? seg->size : seg->mat_pos;
    if (t->from >= t->end) { /* all that is left is in memory */
        t->op.result = 0;
        shard_ready(t->store->shard, &t->work);
        return;
    }
    if (!t->pinned_file) { /* it has got one meanwhile */
        open_file(t);
        return;
    }
    op_init(&t->op, op_ready);
    io_read(t->store->io, &t->op, segment_file(seg), t->buf->data, t->buf->cap, t->from);
}

static void walked(struct index_task *t)
{
    if (t->restart) {
        walk_next(t);
        return;
    }
    if (t->op.result < 0) {
        task_stuck(t);
        return;
    }
    uint64_t got = mr_min((uint64_t)t->op.result, t->end > t->from ? t->end - t->from : 0);
    if (t->from + got >= t->end && !t->seg->finished)
        got += plog_copy_memory(t->log, t->number, t->from + got, t->buf->data + got, t->buf->cap - got);
    bool sound = take_batches(t, got);
    if (!sound && t->anew) {
        task_stuck(t);
        return;
    }
    if (!sound) {
        say(t, "an entry points at no batch");
        begin_anew(t);
    }
    serve_covered(t);
    walk_next(t);
}

/* The first batch's timestamp, for rolling by age: of a segment that grows on after a start. */
static void first_read(struct index_task *t)
{
    struct kw_batch_header h;
    if (t->op.result >= BATCH_HEADER_BYTES) {
        batch_header_read(t->buf->data, &h);
        t->seg->first_ts = h.max_timestamp;
    }
    walk_next(t);
}

static void file_open(struct index_task *t)
{
    struct segment *seg = t->seg;
    t->pinned_file = t->file.err == 0;
    if (t->file.err != 0 && t->file.err != -ENOMEM) {
        task_stuck(t);
        return;
    }
    if (t->pinned_file && t->buf == NULL)
        t->buf = buf_new(WALK_BYTES, SEGMENT_UNIT, t->store->shard->id);
    if (t->buf == NULL || !t->pinned_file) {
        task_over(t);
        return;
    }
    if (seg->first_ts >= 0 || seg->finished || seg->live->index.scanned == 0 || seg->mat_pos == 0) {
        walk_next(t);
        return;
    }
    t->state = TASK_FIRST;
    op_init(&t->op, op_ready);
    io_read(t->store->io, &t->op, segment_file(seg), t->buf->data, SEGMENT_UNIT, 0);
}

static void open_file(struct index_task *t)
{
    t->state = TASK_FILE;
    if (t->seg->mat_pos == 0) { /* it may have no file yet */
        if (t->buf == NULL)
            t->buf = buf_new(WALK_BYTES, SEGMENT_UNIT, t->store->shard->id);
        if (t->buf == NULL)
            task_over(t);
        else
            walk_next(t);
        return;
    }
    if (t->pinned_file) {
        walk_next(t);
        return;
    }
    t->file = (struct file_use){.store = t->store, .log = t->log, .seg = t->seg, .done = file_ready};
    if (file_use_begin(&t->file))
        file_open(t);
}

/* ---- what the files say ---- */

/* Where the walk goes on: at an offset entry whose batch, and all before it, the time entries speak of. */
static void resume_at(struct index_task *t)
{
    struct seg_index *ix = &t->seg->live->index;
    t->loaded_offsets = ix->offset_count;
    t->first_delta = UINT32_MAX;
    t->last_found = ix->time_count == 0;
    if (ix->time_count > 0)
        t->last = ix->times[ix->time_count - 1];
    ix->max_ts = -1;
    const struct offset_entry *e = ix->time_count > 0 ? index_offset_entry(ix, t->last.delta) : NULL;
    if (e != NULL) {
        ix->scanned = e->pos;
        t->first_delta = e->delta;
        index_cut(ix, e->delta);
        ix->since_entry = UINT32_MAX; /* this one's entry is put again */
        if (ix->time_count > 0) {
            ix->max_ts = ix->times[ix->time_count - 1].timestamp;
            ix->max_ts_delta = ix->times[ix->time_count - 1].delta;
        }
    } else {
        ix->offset_count = ix->time_count = ix->scanned = ix->since_entry = 0;
    }
    t->next = t->seg->base;
}

static bool wants_more(const struct index_task *t)
{
    const struct segment *seg = t->seg;
    const struct seg_index *ix = &seg->live->index;
    if (!seg->finished)
        return true;
    uint32_t known = ix->offset_count > 0 ? ix->offsets[ix->offset_count - 1].pos : 0;
    if (seg->size - known > GAP_BYTES + (uint64_t)t->log->cfg.index_interval_bytes)
        return true;
    LIST_FOR(node, &t->wants)
    {
        if (MR_CONTAINER(node, struct index_want, link)->times && !seg->times_known)
            return true;
    }
    return false;
}

static void get_file(struct index_task *t, enum task_state state)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    plog_dir(t->log, dir);
    segment_path(path, dir, t->seg->base, state == TASK_OFFSETS ? ".index" : ".timeindex");
    t->state = state;
    file_get_start(&t->get, t->store->io, path, INDEX_FILE_BYTES_MAX, get_ready);
}

/* A file is here, or is not. */
static void got_file(struct index_task *t)
{
    struct segment *seg = t->seg;
    struct seg_index *ix = &seg->live->index;
    int err = t->get.err;
    struct mr_slice file = {t->get.bytes, t->get.len};
    ix->loaded = true;
    if (err == 0 && t->state == TASK_OFFSETS)
        err = t->get.len % 8 != 0 ? -MR_E_CORRUPT : index_decode_offsets(ix, file, seg->size);
    else if (err == 0)
        err = t->get.len % 12 != 0 ? -MR_E_CORRUPT : index_decode_times(ix, file);
    mem_free(t->get.bytes);
    if (t->restart) {
        begin_anew(t);
        open_file(t);
        return;
    }
    if (err == -ENOMEM || !may_go_on(t)) {
        index_done(ix);
        task_over(t);
        return;
    }
    if (err != 0 && t->fallback) {
        index_done(ix);
        ix->stuck = true;
        task_over(t);
        return;
    }
    if (err != 0) {
        if (seg->finished)
            say(t, err == -ENOENT ? "a file is missing" : "a file holds no index");
        begin_anew(t);
        open_file(t);
        return;
    }
    if (t->state == TASK_OFFSETS) {
        get_file(t, TASK_TIMES);
        return;
    }
    if (!t->fallback && wants_more(t)) {
        resume_at(t);
        open_file(t);
        return;
    }
    ix->stuck = t->fallback;
    ix->scanned = seg->size;
    task_over(t);
}

static void task_begin(struct index_task *t)
{
    struct segment *seg = t->seg;
    struct seg_index *ix = &seg->live->index;
    if (!may_go_on(t)) {
        task_over(t);
        return;
    }
    if (ix->loaded && seg->finished && !seg->doubted &&
        ix->scanned == seg->size) { /* only times are wanted */
        if (wants_more(t)) {
            resume_at(t);
            open_file(t);
        } else {
            task_over(t);
        }
        return;
    }
    /* While compaction renames its files they may be found under either name, or be the ones before. */
    bool files = !seg->doubted && seg->cleaned == 0 &&
                 (seg->finished ? seg->index_filed : seg->size > index_min(t->store));
    if (files) {
        index_done(ix);
        get_file(t, TASK_OFFSETS);
    } else if (!ix->loaded && !ix->stuck && !seg->doubted && ix->scanned > 0) { /* readers have begun */
        t->anew = t->last_found = true;
        t->first_delta = UINT32_MAX;
        t->next = seg->base + (int64_t)ix->next_delta;
        open_file(t);
    } else {
        begin_anew(t);
        open_file(t);
    }
}

/* ---- the task ---- */

static void task_step(struct index_task *t)
{
    switch (t->state) {
    case TASK_QUEUED:
        task_begin(t);
        return;
    case TASK_OFFSETS:
    case TASK_TIMES:
        got_file(t);
        return;
    case TASK_FILE:
        file_open(t);
        return;
    case TASK_FIRST:
        first_read(t);
        return;
    case TASK_WALK:
        walked(t);
        return;
    case TASK_PUT:
        if (t->put.err != 0 || t->restart)
            task_over(t); /* in memory it is good, or gone */
        else
            rename_put(t);
        return;
    case TASK_RENAME:
        if (t->op.result < 0 || t->restart) {
            task_over(t);
        } else if (t->times_put) {
            filed(t);
        } else {
            t->times_put = true;
            put_next(t);
        }
        return;
    }
}

static void op_ready(struct mr_op *op)
{
    task_step(MR_CONTAINER(op, struct index_task, op));
}
static void put_ready(struct file_put *p)
{
    task_step(MR_CONTAINER(p, struct index_task, put));
}
static void get_ready(struct file_get *g)
{
    task_step(MR_CONTAINER(g, struct index_task, get));
}
static void file_ready(struct file_use *u)
{
    task_step(MR_CONTAINER(u, struct index_task, file));
}
static void work_ready(struct mr_work *w)
{
    task_step(MR_CONTAINER(w, struct index_task, work));
}

/* NULL: out of memory, or the store does nothing more in the background. */
static struct index_task *task_of(struct plog *log, uint32_t number)
{
    struct store *s = log->store;
    struct segment *seg = plog_seg(log, number);
    struct segment_live *live = segment_liven(seg);
    if (live == NULL || live->task != NULL)
        return live != NULL ? live->task : NULL;
    struct index_task *t = s->closing || s->fenced != 0 || log->removed ? NULL : mem_zalloc(1, sizeof(*t));
    if (t == NULL) {
        segment_rest(seg);
        return NULL;
    }
    t->store = s;
    t->log = log;
    t->number = number;
    t->replacements = log->replacements;
    t->seg = seg;
    work_init(&t->work, work_ready);
    list_init(&t->wants);
    list_push(&s->index_queue, &t->link);
    live->task = t;
    seg->pins++;
    plog_busy(log);
    return t;
}

/* ---- asking ---- */

static bool has(const struct segment *seg, const struct index_want *w)
{
    if (seg->live == NULL || seg->size == 0)
        return seg->size == 0;
    const struct seg_index *ix = &seg->live->index;
    if (ix->stuck)
        return true;
    if (w->times)
        return seg->times_known && ix->scanned == seg->size;
    return ix->scanned == seg->size || w->delta <= ix->next_delta ||
           (ix->offset_count > 0 && ix->offsets[ix->offset_count - 1].delta > w->delta);
}

bool index_want(struct plog *log, uint32_t seg_number, struct index_want *w)
{
    struct segment *seg = plog_seg(log, seg_number);
    w->log = log;
    w->seg = seg_number;
    if (has(seg, w)) {
        index_cached(log->store, seg);
        return true;
    }
    struct index_task *t = task_of(log, seg_number);
    if (t == NULL)
        return true;
    list_push(&t->wants, &w->link);
    if (t->state == TASK_QUEUED && !list_empty(&t->link)) { /* before those that nobody waits for */
        list_remove(&t->link);
        list_push_front(&log->store->index_queue, &t->link);
    }
    start_queued(log->store);
    return false;
}

void index_unstick(struct plog *log, struct segment *seg)
{
    (void)log;
    if (seg->live == NULL || !seg->live->index.stuck || seg->live->task != NULL)
        return;
    seg->doubted = false;
    index_done(&seg->live->index);
    segment_rest(seg);
}

void index_doubt(struct plog *log, struct segment *seg)
{
    if (!index_probation(seg))
        return; /* another one was faster */
    seg->doubted = true;
    if (seg->live->task != NULL)
        seg->live->task->restart = true;
    log_warn(
        log->store->shard->log, "storage",
        "index is built from the log part=%s-%d segment=%lld reason=\"an entry points at another batch\"",
        log->topic, plog_key(log).partition, (long long)seg->base);
    index_done(&seg->live->index);
}

void index_complete(struct plog *log)
{
    struct segment *seg = plog_last(log);
    if (seg->live->index.stuck || seg->live->task != NULL || log->store->recovering)
        return;
    if (task_of(log, plog_last_number(log)) != NULL)
        start_queued(log->store);
}
