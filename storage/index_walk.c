/* Building the index of a segment from the log: over the headers of its batches, and into files. */
#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/damage.h"
#include "storage/index_load_priv.h"

enum {
    MISSING_MAX = 8, /* entries that a file may lack at its end and is not written again for */
    TRIES_MAX = 3,   /* of a step without progress: what stands there is no batch */
    MAGIC_AT = BATCH_MAGIC_PREFIX_BYTES - 1,
};

/* ---- which batch stands where ---- */

/* Does the file's next entry fit the batch at pos? Kafka's may be of a later batch than the one that stands
 * where it points. */
static bool entry_fits(struct index_task *t, uint32_t pos, int64_t base_offset)
{
    if (t->ahead_at == t->ahead_count || t->ahead[t->ahead_at].pos > pos)
        return true;
    const struct offset_entry *e = &t->ahead[t->ahead_at++];
    return e->pos == pos && base_offset <= t->seg->base + (int64_t)e->delta;
}

/* And do the time entries of this batch? They say that nothing before it is later. */
static bool times_fit(struct index_task *t, const struct kw_batch_header *h)
{
    int64_t base = t->seg->base;
    while (t->times_at < t->times_count &&
           base + (int64_t)t->times[t->times_at].delta <= batch_last_offset(h)) {
        const struct time_entry *e = &t->times[t->times_at++];
        if (h->base_offset > base + (int64_t)e->delta || h->max_timestamp != e->timestamp ||
            t->seg->live->index.max_ts > e->timestamp)
            return false;
    }
    return true;
}

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
    if (p[MAGIC_AT] != BATCH_MAGIC || h.base_offset < t->next || h.base_offset > OFFSET_MAX ||
        h.last_offset_delta < 0)
        return -MR_E_CORRUPT;
    int64_t last = batch_last_offset(&h);
    if (last - seg->base > INT32_MAX || h.base_offset > seg->base + (int64_t)t->first_delta)
        return -MR_E_CORRUPT;
    if (!entry_fits(t, ix->scanned, h.base_offset) || !times_fit(t, &h))
        return -MR_E_CORRUPT;
    t->first_delta = UINT32_MAX;
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

void index_put_next(struct index_task *t)
{
    const struct seg_index *ix = &t->seg->live->index;
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    size_t bytes = t->times_put ? (size_t)ix->time_count * 12 : (size_t)ix->offset_count * 8;
    mem_free(t->bytes);
    t->bytes = mem_alloc(bytes + 1);
    if (t->bytes == NULL) {
        index_task_over(t);
        return;
    }
    if (t->times_put)
        index_encode_times(ix, t->bytes);
    else
        index_encode_offsets(ix, t->bytes);
    plog_dir(t->log, dir);
    segment_path(path, dir, t->seg->base, t->times_put ? ".timeindex" INDEX_BESIDE : ".index" INDEX_BESIDE);
    t->state = TASK_PUT;
    file_put_start(&t->put, t->store->io, path, t->bytes, bytes, true, index_put_ready);
}

void index_rename_put(struct index_task *t)
{
    char dir[SEGMENT_PATH_MAX], from[SEGMENT_PATH_MAX], to[SEGMENT_PATH_MAX];
    plog_dir(t->log, dir);
    segment_path(from, dir, t->seg->base, t->times_put ? ".timeindex" INDEX_BESIDE : ".index" INDEX_BESIDE);
    segment_path(to, dir, t->seg->base, t->times_put ? ".timeindex" : ".index");
    t->state = TASK_RENAME;
    op_init(&t->op, index_op_ready);
    io_rename(t->store->io, &t->op, from, to);
}

/* Both files stand. A record says so behind a checkpoint that flushes the directory; a log that has no record
 * is asked of its files in any case. */
void index_filed_both(struct index_task *t)
{
    t->seg->index_filed = t->seg->finished; /* it may grow yet, and then a record must not say so */
    t->seg->doubted = false;
    if (t->log->journalled) {
        t->log->dir_dirty = t->log->changed = true;
        store_changed(t->store);
    }
    index_task_over(t);
}

static void walk_over(struct index_task *t)
{
    struct segment *seg = t->seg;
    struct seg_index *ix = &seg->live->index;
    bool missing = ix->offset_count > t->loaded_offsets + MISSING_MAX ||
                   ix->time_count > t->loaded_times + (t->loaded_times > 0 ? MISSING_MAX : 0);
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
            index_task_say(t, "entries are missing at its end");
        index_serve_all(t);
        index_put_next(t);
        return;
    }
    seg->doubted &= seg->finished;
    index_task_over(t);
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
            while (t->ahead_at < t->ahead_count && t->ahead[t->ahead_at].pos < d->to_pos)
                t->ahead_at++; /* what is damaged may have begun there */
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

void index_walk_next(struct index_task *t)
{
    struct segment *seg = t->seg;
    uint32_t scanned = seg->live->index.scanned;
    if (!index_task_may(t)) {
        index_task_over(t);
        return;
    }
    if (t->restart) {
        index_begin_anew(t);
        scanned = 0;
    }
    if (scanned == seg->size && t->times_at < t->times_count) {
        index_task_say(t, "its last timestamp is not in the log");
        index_begin_anew(t);
        scanned = 0;
    }
    if (scanned == seg->size && t->ahead_at < t->ahead_count) {
        index_task_say(t, "its last entry points at no batch");
        index_begin_anew(t);
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
        index_open_file(t);
        return;
    }
    op_init(&t->op, index_op_ready);
    io_read(t->store->io, &t->op, segment_file(seg), t->buf->data, t->buf->cap, t->from);
}

void index_walked(struct index_task *t)
{
    if (t->restart) {
        index_walk_next(t);
        return;
    }
    if (t->op.result < 0) {
        index_task_stuck(t);
        return;
    }
    uint64_t got = mr_min((uint64_t)t->op.result, t->end > t->from ? t->end - t->from : 0);
    if (t->from + got >= t->end && !t->seg->finished)
        got += plog_copy_memory(t->log, t->number, t->from + got, t->buf->data + got, t->buf->cap - got);
    bool sound = take_batches(t, got);
    if (!sound && t->anew) {
        index_task_stuck(t);
        return;
    }
    if (!sound) {
        index_task_say(t, "an entry points at no batch");
        index_begin_anew(t);
    }
    serve_covered(t);
    index_walk_next(t);
}

/* The first batch's timestamp, for rolling by age: of a segment that grows on after a start. */
void index_first_read(struct index_task *t)
{
    struct kw_batch_header h;
    if (t->op.result >= BATCH_HEADER_BYTES) {
        batch_header_read(t->buf->data, &h);
        t->seg->first_ts = h.max_timestamp;
    }
    index_walk_next(t);
}

void index_file_open(struct index_task *t)
{
    struct segment *seg = t->seg;
    t->pinned_file = t->file.err == 0;
    if (t->file.err != 0 && t->file.err != -ENOMEM) {
        index_task_stuck(t);
        return;
    }
    if (t->pinned_file && t->buf == NULL)
        t->buf = buf_new(INDEX_WALK_BYTES, SEGMENT_UNIT, t->store->shard->id);
    if (t->buf == NULL || !t->pinned_file) {
        index_task_over(t);
        return;
    }
    if (seg->first_ts >= 0 || seg->finished || seg->live->index.scanned == 0 || seg->mat_pos == 0) {
        index_walk_next(t);
        return;
    }
    t->state = TASK_FIRST;
    op_init(&t->op, index_op_ready);
    io_read(t->store->io, &t->op, segment_file(seg), t->buf->data, SEGMENT_UNIT, 0);
}

void index_open_file(struct index_task *t)
{
    t->state = TASK_FILE;
    if (t->seg->mat_pos == 0) { /* it may have no file yet */
        if (t->buf == NULL)
            t->buf = buf_new(INDEX_WALK_BYTES, SEGMENT_UNIT, t->store->shard->id);
        if (t->buf == NULL)
            index_task_over(t);
        else
            index_walk_next(t);
        return;
    }
    if (t->pinned_file) {
        index_walk_next(t);
        return;
    }
    t->file = (struct file_use){.store = t->store, .log = t->log, .seg = t->seg, .done = index_file_ready};
    if (file_use_begin(&t->file))
        index_file_open(t);
}
