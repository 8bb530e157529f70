/* Segments below the log start.
 *
 * The new start is in the journal and flushed before the first file goes, so whatever a crash leaves, nobody
 * asks for those files again: replay moves the start over them and they are put in line once more. A segment
 * leaves the log, and so the next record of it, only when its files are gone; the checkpoint with that record
 * flushes the directory first. So a file that no record names does not exist.
 *
 * Only finished segments go, from the front on, when nobody has them pinned: who reads at or beyond the start
 * never needs one, and who began before gets to its end. */
#include "storage/trim.h"

#include "core/mem.h"
#include "storage/plog_priv.h"
#include "storage/space.h"

/* Not possible yet (somebody reads there, its end is not written, the start is not flushed): looked at again.
 */
enum { AGAIN_MS = 1000, FAILED_AGAIN_MS = 30000 };

static const char *const suffixes[] = {".log", ".index", ".timeindex", ".txnindex", ".snapshot"};

struct trim_task {
    struct mr_op op;
    struct store *store;
    struct plog *log;
    size_t next; /* suffix */
};

static void again(struct plog *log, uint64_t ms)
{
    if (!log->store->closing)
        shard_timer(log->store->shard, &log->trim_timer, ms * 1000000);
}

/* Does segment i end at or before offset? */
static bool ends_below(const struct plog *log, uint32_t i, int64_t offset)
{
    return i + 1 < log->seg_count && log->segs[i + 1]->base <= offset;
}

/* The first segment out of the log's list. Nothing points at it. */
static void drop_first(struct plog *log)
{
    struct segment *seg = log->segs[0];
    MR_ASSERT(log->seg_below > 0 && seg->finished && seg->pins == 0 && log->mat_seg > log->seg_first);
    log->seg_below--;
    log->seg_count--;
    log->seg_first++;
    memmove(log->segs, log->segs + 1, log->seg_count * sizeof(*log->segs));
    segment_txns_drop(log->store, seg);
    segment_free(seg);
}

static bool may_go(const struct plog *log)
{
    const struct segment *seg = log->segs[0];
    return ends_below(log, 0, log->trim_to) && seg->finished && seg->pins == 0 && !seg->opening &&
           seg->cleaned == 0 && !log->materialising;
}

static void in_line(struct plog *log)
{
    if (list_empty(&log->trim_link))
        list_push(&log->store->trims, &log->trim_link);
}

static void run(struct store *s);
static void unlinked(struct mr_op *op);

static void unlink_next(struct trim_task *t)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    plog_dir(t->log, dir);
    segment_path(path, dir, t->log->segs[0]->base, suffixes[t->next]);
    op_init(&t->op, unlinked);
    io_unlink(t->store->io, &t->op, path);
}

static void start(struct store *s, struct plog *log)
{
    struct trim_task *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL) {
        again(log, AGAIN_MS);
        return;
    }
    t->store = s;
    t->log = log;
    s->trimming = true;
    plog_busy(log);
    log->segs[0]->dirty = false; /* nobody needs its bytes any more */
    segment_close_later(s, log->segs[0]);
    unlink_next(t);
}

/* Due and in line: on with it; else with the next in line. */
static void run(struct store *s)
{
    while (!s->trimming && !s->closing && s->fenced == 0 && !list_empty(&s->trims)) {
        struct plog *log = MR_CONTAINER(list_pop(&s->trims), struct plog, trim_link);
        if (log->removed)
            continue;
        if (log->seg_below > 0 && !store_flushed(s, log->trim_sequence)) {
            list_push_front(&s->trims, &log->trim_link);
            return; /* trim_kick() */
        }
        if (log->seg_below > 0 && may_go(log))
            start(s, log);
        else if (log->seg_below > 0 && ends_below(log, 0, log->trim_to))
            again(log, AGAIN_MS);
        else
            trim_want(log); /* the start has moved on since */
    }
}

static void unlinked(struct mr_op *op)
{
    struct trim_task *t = MR_CONTAINER(op, struct trim_task, op);
    struct plog *log = t->log;
    struct store *s = t->store;
    bool gone = op->result >= 0 || op->result == -ENOENT;
    if (!gone)
        log_warn(s->shard->log, "storage",
                 "a file below the log start stays part=%s-%d segment=%lld%s err=\"%s\"", log->topic,
                 plog_key(log).partition, (long long)log->segs[0]->base, suffixes[t->next],
                 mr_err_text((int)op->result));
    if (gone && ++t->next < MR_COUNT(suffixes)) {
        unlink_next(t);
        return;
    }
    mem_free(t);
    s->trimming = false;
    bool wanted = log->segs[0]->pins > 0 || log->segs[0]->opening; /* since: by one who goes through all */
    if (gone && wanted) {
        again(log, AGAIN_MS);
    } else if (gone) {
        space_freed(s);
        log->segs[0]->dirty = false;
        segment_close_later(s, log->segs[0]); /* somebody opened it meanwhile, and is through with it */
        drop_first(log);
        log->dir_dirty = log->changed = true;
        store_changed(s);
        in_line(log); /* for its next one, behind the other logs */
    } else {
        again(log, FAILED_AGAIN_MS);
    }
    plog_idle(log); /* may free it */
    run(s);
}

static void due(struct mr_timer *timer)
{
    struct plog *log = MR_CONTAINER(timer, struct plog, trim_timer);
    in_line(log);
    run(log->store);
}

void trim_kick(struct store *s)
{
    run(s);
}

void trim_init(struct store *s)
{
    list_init(&s->trims);
}

void trim_init_log(struct plog *log)
{
    list_init(&log->trim_link);
    timer_init(&log->trim_timer, due);
}

/* Segments that end below the durable start: counted out. */
static void count_below(struct plog *log)
{
    while (ends_below(log, log->seg_below, log->stable_start))
        log->closed_bytes -= log->segs[log->seg_below++]->size;
}

void trim_want(struct plog *log)
{
    struct store *s = log->store;
    if (log->removed || s->recovering)
        return;
    count_below(log);
    if (log->seg_below == 0 || s->closing || timer_armed(&log->trim_timer) || !list_empty(&log->trim_link))
        return;
    log->trim_to = log->stable_start;
    log->trim_sequence = journal_stable_sequence(s->journal);
    again(log, (uint64_t)mr_imax(log->cfg.file_delete_delay_ms, 0));
}

void trim_now(struct plog *log)
{
    trim_forget(log);
    count_below(log);
    while (log->seg_below > 0 && log->segs[0]->finished && log->segs[0]->pins == 0) {
        log->segs[0]->dirty = false;
        segment_close_sync(log->store, log->segs[0]);
        drop_first(log);
    }
}

void trim_forget(struct plog *log)
{
    shard_timer_cancel(log->store->shard, &log->trim_timer);
    list_remove(&log->trim_link);
}
