/* Finding records by time: whole segments are passed over by their greatest timestamp, then the time index
 * says from which offset to read, then batches are looked at, and only one that may hold the record is
 * unpacked. */
#include "core/mem.h"
#include "net/wire/records.h"
#include "storage/damage.h"
#include "storage/index_load.h"

enum { FIND_BYTES = 256 * 1024 };

static void find_go(struct plog_find *f);
static void find_asked(struct index_want *w);
static void find_begin(struct plog_find *f);

static void find_finish(struct plog_find *f, int err)
{
    f->err = err;
    if (err != 0)
        f->ret_offset = f->ret_timestamp = -1;
    struct plog *log = f->log;
    f->done(f);
    plog_idle(log);
}

/* The entry with the greatest timestamp that the time index knows of a batch wholly below limit. NULL: it
 * knows none. */
static const struct time_entry *index_latest_below(const struct segment *seg, int64_t limit)
{
    if (!segment_indexed(seg))
        return NULL;
    const struct seg_index *ix = &seg->live->index;
    for (uint32_t n = ix->time_count; n > 0; n--) {
        if (seg->base + (int64_t)ix->times[n - 1].delta < limit)
            return &ix->times[n - 1];
    }
    return NULL;
}

static int64_t segment_end(const struct plog *log, uint32_t number)
{
    return number < plog_last_number(log) ? plog_seg(log, number + 1)->base : log->append_end;
}

/* Ask for the index of segment f->seg, once. False: find_asked() goes on. */
static bool ask(struct plog_find *f)
{
    if (f->asked && f->asked_seg == f->seg)
        return true;
    f->asked = true;
    f->asked_seg = f->seg;
    f->index = (struct index_want){.times = true, .done = find_asked};
    f->waits = !index_want(f->log, f->seg, &f->index);
    return !f->waits;
}

/* Read on from what the time index of segment f->seg says of ts, or from its base. On probation from some way
 * before: an entry says of all batches before its own that none is later, and one that was led too far, to
 * another batch of the same time, shows by nothing else. (Of an index that was right, and of which one entry
 * was changed, no entry gives a wrong answer: what it says held up to the offset entry that it was put with,
 * and the entry behind it stands beyond that. index_ends_at() sees to it that there is one when there was.)
 */
static void follow(struct plog_find *f, int64_t ts)
{
    const struct segment *seg = plog_seg(f->log, f->seg);
    const struct time_entry *e = seg->live != NULL ? index_time_entry(&seg->live->index, ts) : NULL;
    bool probation = index_probation(seg);
    if (e != NULL && probation &&
        seg->base + (int64_t)e->delta >= mr_imin(f->limit, segment_end(f->log, f->seg)))
        e = NULL; /* there is no batch to check it by */
    int64_t entry_at = seg->base + (e != NULL ? (int64_t)e->delta : 0), from = entry_at;
    f->followed = e != NULL && entry_at >= f->log->log_start && probation;
    if (f->followed) {
        const struct offset_entry *o = index_look_back(&seg->live->index, e->delta);
        from = seg->base + (o != NULL ? (int64_t)o->delta : 0);
    }
    f->at = mr_imax(f->log->log_start, from);
    if (e != NULL)
        f->entry = *e;
}

/* Does a batch that is read contradict what f->seg's time index has said? */
static bool contradicts(struct plog_find *f, int64_t seg_base, const struct kw_batch_header *h)
{
    int64_t last = batch_last_offset(h);
    bool wrong = f->followed && h->max_timestamp > f->entry.timestamp;
    if (f->followed && last >= seg_base + (int64_t)f->entry.delta) {
        wrong |= h->max_timestamp != f->entry.timestamp;
        f->followed = false;
    }
    if (f->claimed && last >= seg_base + (int64_t)f->claim.delta) {
        wrong |= h->max_timestamp != f->claim.timestamp;
        f->claimed = false;
    }
    return wrong;
}

/* From where on to read for the greatest timestamp below limit: nothing before is as great as the greatest
 * from there on. What a segment says of itself counts only when all of it is below limit: its newest batches
 * may not be stable yet. False: it waits for an index. */
static bool seek_latest(struct plog_find *f)
{
    const struct plog *log = f->log;
    for (; !f->best_known && f->seg <= plog_last_number(log); f->seg++) {
        const struct segment *seg = plog_seg(log, f->seg);
        int64_t end = segment_end(log, f->seg);
        if (end <= log->log_start)
            continue;
        bool whole = end <= f->limit;
        if (seg->base >= f->limit || (!(whole && segment_timed(seg)) && !ask(f)))
            break;
        const struct time_entry *below = whole ? NULL : index_latest_below(seg, f->limit);
        if (whole ? !segment_timed(seg) : below == NULL)
            break; /* what follows is not known: read on from the best so far */
        int64_t latest = whole ? seg->max_ts : below->timestamp;
        if (latest > f->best) {
            f->best = latest;
            f->best_seg = f->seg;
            f->claimed =
                !whole && index_probation(seg) && seg->base + (int64_t)below->delta >= log->log_start;
            if (f->claimed)
                f->claim = *below;
        }
    }
    if (f->waits)
        return false;
    f->best_known = true;
    f->seg = f->best_seg;
    if (f->best == INT64_MIN)
        return true;
    if (!ask(f))
        return false;
    follow(f, f->best);
    return true;
}

/* The first segment that has a timestamp as late as what is looked for. False: it waits for an index, or
 * there is none: f->at is the limit then. */
static bool seek_time(struct plog_find *f)
{
    const struct plog *log = f->log;
    for (; f->seg <= plog_last_number(log) && plog_seg(log, f->seg)->base < f->limit; f->seg++) {
        const struct segment *seg = plog_seg(log, f->seg);
        if (segment_end(log, f->seg) <= log->log_start || (segment_timed(seg) && seg->max_ts < f->timestamp))
            continue;
        if (!ask(f))
            return false;
        if (segment_timed(seg) && seg->max_ts < f->timestamp)
            continue;
        follow(f, f->timestamp);
        return true;
    }
    f->at = f->limit;
    return true;
}

/* 1: found (or, for the maximum, never: it reads to the end), 0: go on, negative: error. */
static int look(struct plog_find *f, const struct kw_batch *b)
{
    struct record_time hit;
    int err;
    if (f->max_timestamp) {
        if (b->h.max_timestamp <= f->ret_timestamp)
            return 0;
        err =
            batch_find_max_timestamp(b, f->comp, f->scratch, f->unpacked_bytes_max, f->log->log_start, &hit);
        if (err == 0 && hit.offset >= 0 && hit.timestamp > f->ret_timestamp) {
            f->ret_offset = hit.offset;
            f->ret_timestamp = hit.timestamp;
        }
        return err;
    }
    err = batch_find_timestamp(b, f->comp, f->scratch, f->unpacked_bytes_max, f->timestamp, f->log->log_start,
                               &hit);
    if (err != 0 || hit.offset < 0 || hit.offset >= f->limit)
        return err;
    f->ret_offset = hit.offset;
    f->ret_timestamp = hit.timestamp;
    return 1;
}

/* True: go on reading at f->at. */
static bool find_take(struct plog_find *f)
{
    int err = f->read.err;
    bool found = false, wrong = false;
    int64_t before = f->at, seg_base = 0;
    f->followed &= f->replacements == f->log->replacements && f->seg >= f->log->seg_first;
    f->claimed &= f->replacements == f->log->replacements && f->seg >= f->log->seg_first;
    if (f->followed || f->claimed)
        seg_base = plog_seg(f->log, f->seg)->base;
    for (uint32_t i = 0; i < f->read.count && err == 0 && !found; i++) {
        struct mr_slice rest = f->read.parts[i].bytes;
        struct kw_batch b;
        while (err == 0 && !found && !wrong && batch_next(&rest, &b) == 1) {
            wrong = contradicts(f, seg_base, &b.h);
            if (wrong)
                break;
            int r = look(f, &b);
            found = r == 1;
            err = mr_imin(r, 0);
            f->at = batch_next_offset(&b.h);
        }
    }
    plog_read_done(&f->read);
    const struct damage *d = err == -MR_E_CORRUPT ? damage_of(f->log, f->at) : NULL;
    if (d != NULL && d->to < f->limit) { /* what is damaged has no time any more */
        f->at = d->to;
        f->followed = f->claimed = false;
        return true;
    }
    wrong |= err == 0 && f->claimed && (f->at == before || f->at >= f->limit); /* there is no such batch */
    if (wrong)
        index_doubt(f->log, plog_seg(f->log, f->seg));
    if (wrong || err == -ERANGE) { /* or the start moved meanwhile */
        find_begin(f);
        return false;
    }
    if (err != 0 || found || f->at == before || f->at >= f->limit) {
        find_finish(f, err);
        return false;
    }
    return true;
}

static void find_read_done(struct plog_read *r)
{
    struct plog_find *f = MR_CONTAINER(r, struct plog_find, read);
    if (find_take(f))
        shard_ready(f->log->store->shard, &f->work);
}

static void find_work(struct mr_work *w)
{
    find_go(MR_CONTAINER(w, struct plog_find, work));
}

/* One piece a turn, so that a long search does not hold up the shard. */
static void find_go(struct plog_find *f)
{
    f->read = (struct plog_read){.offset = f->at,
                                 .limit = f->limit,
                                 .bytes_max = FIND_BYTES,
                                 .one_at_least = true,
                                 .own_max = UINT32_MAX,
                                 .done = find_read_done};
    if (plog_read(f->log, &f->read))
        find_read_done(&f->read);
}

/* Where to begin is known. */
static void find_from(struct plog_find *f)
{
    if (f->at < f->limit)
        find_go(f);
    else
        find_finish(f, 0);
}

static void seek(struct plog_find *f)
{
    if (f->log->removed)
        find_finish(f, -ENOENT);
    else if (f->max_timestamp ? seek_latest(f) : seek_time(f))
        find_from(f);
}

static void find_asked(struct index_want *w)
{
    struct plog_find *f = MR_CONTAINER(w, struct plog_find, index);
    f->waits = false;
    /* Compaction may have changed the segments' numbers, and retention may have let some go. */
    uint32_t first = f->max_timestamp ? mr_min(f->seg, f->best_seg) : f->seg;
    if ((f->replacements != f->log->replacements || first < f->log->seg_first) && !f->log->removed)
        find_begin(f);
    else
        seek(f);
}

/* From the first segment on. */
static void find_begin(struct plog_find *f)
{
    struct plog *log = f->log;
    f->seg = f->best_seg = log->seg_first + log->seg_below; /* what is below the start may be going */
    f->best = INT64_MIN;
    f->asked = f->followed = f->claimed = f->waits = f->best_known = false;
    f->replacements = log->replacements;
    f->ret_offset = f->ret_timestamp = -1;
    f->at = log->log_start;
    if (log->seg_count == 0)
        find_finish(f, 0);
    else
        seek(f);
}

static void find_first(struct mr_work *w)
{
    struct plog_find *f = MR_CONTAINER(w, struct plog_find, work);
    work_init(&f->work, find_work);
    if (f->log->removed)
        find_finish(f, -ENOENT);
    else
        find_begin(f);
}

void plog_find(struct plog *log, struct plog_find *f)
{
    f->log = log;
    f->ret_offset = f->ret_timestamp = -1;
    plog_busy(log);
    work_init(&f->work, find_first);
    shard_ready(log->store->shard, &f->work);
}
