#include "core/mem.h"
#include "storage/index_load_priv.h"

enum {
    INDEX_FILE_BYTES_MAX = 256 << 20,
    GAP_BYTES = 4 << 20, /* more than that behind the last entry, and one interval: entries are missing */
};

static void task_step(struct index_task *t);
static void get_ready(struct file_get *g);

/* ---- ends ---- */

static void start_queued(struct store *s)
{
    while (s->index_busy < INDEX_TASKS && !list_empty(&s->index_queue)) {
        struct index_task *t = MR_CONTAINER(list_pop(&s->index_queue), struct index_task, link);
        s->index_busy++;
        shard_ready(s->shard, &t->work);
    }
}

void index_serve_all(struct index_task *t)
{
    struct mr_list wants;
    list_init(&wants);
    list_splice(&wants, &t->wants);
    while (!list_empty(&wants)) {
        struct index_want *w = MR_CONTAINER(list_pop(&wants), struct index_want, link);
        w->done(w);
    }
}

void index_task_over(struct index_task *t)
{
    struct store *s = t->store;
    struct plog *log = t->log;
    struct segment *seg = t->seg;
    if (t->pinned_file)
        file_use_end(&t->file);
    if (t->buf != NULL)
        buf_unref(t->buf);
    mem_free(t->bytes);
    mem_free(t->ahead);
    mem_free(t->times);
    seg->live->task = NULL;
    index_cached(s, seg);
    index_serve_all(t);
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
void index_task_stuck(struct index_task *t)
{
    if (t->anew && t->seg->finished && t->seg->index_filed && !t->fallback) {
        t->fallback = true;
        index_done(&t->seg->live->index);
        get_file(t, TASK_OFFSETS);
        return;
    }
    t->seg->live->index.stuck = true;
    index_task_over(t);
}

bool index_task_may(const struct index_task *t)
{
    return t->store->fenced == 0 && !t->store->closing && !t->log->removed;
}

void index_say(const struct plog *log, const struct segment *seg, const char *what)
{
    log_warn(log->store->shard->log, "storage",
             "index is built from the log part=%s-%d segment=%lld reason=\"%s\"", log->topic,
             plog_key(log).partition, (long long)seg->base, what);
}

void index_task_say(const struct index_task *t, const char *what)
{
    index_say(t->log, t->seg, what);
}

/* What the files say does not count. */
void index_begin_anew(struct index_task *t)
{
    index_done(&t->seg->live->index);
    t->anew = true;
    t->ahead_count = t->ahead_at = t->times_count = t->times_at = 0;
    t->first_delta = UINT32_MAX;
    t->restart = false;
    t->next = t->seg->base;
    t->tries = 0;
}

/* ---- what the files say ---- */

/* A copy of the entries that the walk will make again. Without memory for them none of the files is believed.
 */
static bool keep(void **ret, const void *from, uint32_t count, size_t bytes)
{
    mem_free(*ret);
    *ret = mem_alloc(count * bytes + 1);
    if (*ret != NULL && count > 0)
        memcpy(*ret, from, count * bytes);
    return *ret != NULL;
}

static bool keep_ahead(struct index_task *t, const struct offset_entry *from)
{
    const struct seg_index *ix = &t->seg->live->index;
    uint32_t first = from == NULL ? 0 : (uint32_t)(from - ix->offsets), first_time = 0;
    while (from != NULL && first_time < ix->time_count && ix->times[first_time].delta < from->delta)
        first_time++;
    t->ahead_count = ix->offset_count - first;
    t->times_count = ix->time_count - first_time;
    t->ahead_at = t->times_at = 0;
    void *offsets = t->ahead, *times = t->times;
    bool kept =
        keep(&offsets, ix->offset_count > 0 ? ix->offsets + first : NULL, t->ahead_count, sizeof(*t->ahead));
    kept &=
        keep(&times, ix->time_count > 0 ? ix->times + first_time : NULL, t->times_count, sizeof(*t->times));
    t->ahead = offsets;
    t->times = times;
    return kept;
}

/* Where the walk goes on: at an offset entry whose batch, and all before it, the time entries speak of; some
 * way before the last of them, which may be led too far. */
static void resume_at(struct index_task *t)
{
    struct seg_index *ix = &t->seg->live->index;
    t->loaded_offsets = ix->offset_count;
    t->loaded_times = ix->time_count;
    t->first_delta = UINT32_MAX;
    ix->max_ts = -1;
    const struct offset_entry *e =
        ix->time_count > 0 ? index_look_back(ix, ix->times[ix->time_count - 1].delta) : NULL;
    if (!keep_ahead(t, e)) {
        index_begin_anew(t);
        return;
    }
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
    if (!seg->finished || !seg->index_filed) /* or it has grown to its end since the files were asked for */
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
    uint64_t used = t->state == TASK_OFFSETS ? (uint64_t)ix->offset_count * 8 : (uint64_t)ix->time_count * 12;
    if (err == 0 && !t->fallback && !index_ends_at(file, used))
        err = -MR_E_CORRUPT;
    mem_free(t->get.bytes);
    if (t->restart) {
        index_begin_anew(t);
        index_open_file(t);
        return;
    }
    if (err == -ENOMEM || !index_task_may(t)) {
        index_done(ix);
        index_task_over(t);
        return;
    }
    if (err != 0 && t->fallback) {
        index_done(ix);
        ix->stuck = true;
        index_task_over(t);
        return;
    }
    if (err != 0) {
        if (seg->finished)
            index_task_say(t, err == -ENOENT ? "a file is missing" : "a file holds no index");
        index_begin_anew(t);
        index_open_file(t);
        return;
    }
    if (t->state == TASK_OFFSETS) {
        get_file(t, TASK_TIMES);
        return;
    }
    if (!t->fallback && wants_more(t)) {
        resume_at(t);
        index_open_file(t);
        return;
    }
    ix->stuck = t->fallback;
    ix->scanned = seg->size;
    index_task_over(t);
}

static void task_begin(struct index_task *t)
{
    struct segment *seg = t->seg;
    struct seg_index *ix = &seg->live->index;
    if (!index_task_may(t)) {
        index_task_over(t);
        return;
    }
    if (ix->loaded && seg->finished && !seg->doubted &&
        ix->scanned == seg->size) { /* only times are wanted */
        if (wants_more(t)) {
            resume_at(t);
            index_open_file(t);
        } else {
            index_task_over(t);
        }
        return;
    }
    /* While compaction renames its files they may be found under either name, or be the ones before. Those of
     * a segment that a crash left growing may be of a life in which it was complete: the end that it had then
     * was never acknowledged and is lost, and other batches stand there now. */
    bool files = !seg->doubted && seg->cleaned == 0 &&
                 (seg->finished ? seg->index_filed : !t->log->recovered && seg->size > index_min(t->store));
    if (files) {
        index_done(ix);
        get_file(t, TASK_OFFSETS);
    } else if (!ix->loaded && !ix->stuck && !seg->doubted && ix->scanned > 0) { /* readers have begun */
        t->anew = true;
        t->first_delta = UINT32_MAX;
        t->next = seg->base + (int64_t)ix->next_delta;
        index_open_file(t);
    } else {
        index_begin_anew(t);
        index_open_file(t);
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
        index_file_open(t);
        return;
    case TASK_FIRST:
        index_first_read(t);
        return;
    case TASK_WALK:
        index_walked(t);
        return;
    case TASK_PUT:
        if (t->put.err != 0 || t->restart)
            index_task_over(t); /* in memory it is good, or gone */
        else
            index_rename_put(t);
        return;
    case TASK_RENAME:
        if (t->op.result < 0 || t->restart) {
            index_task_over(t);
        } else if (t->times_put) {
            index_filed_both(t);
        } else {
            t->times_put = true;
            index_put_next(t);
        }
        return;
    }
}

void index_op_ready(struct mr_op *op)
{
    task_step(MR_CONTAINER(op, struct index_task, op));
}
void index_put_ready(struct file_put *p)
{
    task_step(MR_CONTAINER(p, struct index_task, put));
}
static void get_ready(struct file_get *g)
{
    task_step(MR_CONTAINER(g, struct index_task, get));
}
void index_file_ready(struct file_use *u)
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

void index_wrong(struct plog *log, struct segment *seg, const char *what)
{
    seg->doubted = true;
    index_say(log, seg, what);
    if (seg->live == NULL)
        return;
    if (seg->live->task != NULL)
        seg->live->task->restart = true;
    index_done(&seg->live->index);
}

void index_doubt(struct plog *log, struct segment *seg)
{
    if (index_probation(seg)) /* else another one was faster */
        index_wrong(log, seg, "an entry points at another batch");
}

void index_complete(struct plog *log)
{
    struct segment *seg = plog_last(log);
    if (seg->live->index.stuck || seg->live->task != NULL || log->store->recovering)
        return;
    if (task_of(log, plog_last_number(log)) != NULL)
        start_queued(log->store);
}
