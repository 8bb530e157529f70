/* Finding records by time: whole segments are passed over by their greatest timestamp, then the time index
 * says from which offset to read, then batches are looked at, and only one that may hold the record is
 * unpacked. */
#include "core/mem.h"
#include "net/wire/records.h"
#include "storage/damage.h"
#include "storage/plog_priv.h"

enum { FIND_BYTES = 256 * 1024 };

static void find_go(struct plog_find *f);

static void find_finish(struct plog_find *f, int err)
{
    f->err = err;
    if (err != 0)
        f->ret_offset = f->ret_timestamp = -1;
    struct plog *log = f->log;
    f->done(f);
    plog_idle(log);
}

/* The greatest timestamp that the time index knows of a batch wholly below limit. False: it knows none. */
static bool index_latest_below(const struct segment *seg, int64_t limit, int64_t *ret)
{
    for (uint32_t n = seg->index.time_count; n > 0 && segment_indexed(seg); n--) {
        if (seg->base + seg->index.times[n - 1].delta < limit) {
            *ret = seg->index.times[n - 1].timestamp;
            return true;
        }
    }
    return false;
}

/* From where on to read for the greatest timestamp below limit: nothing before is as great as the greatest
 * from there on. What a segment says of itself counts only when all of it is below limit: its newest batches
 * may not be stable yet. */
static int64_t latest_from(const struct plog *log, int64_t limit)
{
    int64_t best = INT64_MIN, from = log->log_start;
    for (uint32_t i = 0; i < log->seg_count && log->segs[i]->base < limit; i++) {
        const struct segment *seg = log->segs[i];
        int64_t end = i + 1 < log->seg_count ? log->segs[i + 1]->base : log->append_end;
        int64_t latest = seg->max_ts;
        if (end <= limit ? !segment_timed(seg) : !index_latest_below(seg, limit, &latest))
            break; /* what follows is not known: read on from the best so far */
        if (latest <= best)
            continue;
        best = latest;
        from = segment_indexed(seg) ? seg->base + index_time_delta(&seg->index, latest) : seg->base;
    }
    return from;
}

/* Where to begin: f->at. False: there is no such record. */
static bool find_start(struct plog_find *f)
{
    const struct plog *log = f->log;
    f->at = log->log_start;
    if (f->max_timestamp) {
        f->at = mr_imax(f->at, latest_from(log, f->limit));
        return f->at < f->limit;
    }
    for (uint32_t i = 0; i < log->seg_count; i++) {
        const struct segment *seg = log->segs[i];
        if (segment_timed(seg) && seg->max_ts < f->timestamp)
            continue;
        int64_t from =
            segment_indexed(seg) ? seg->base + index_time_delta(&seg->index, f->timestamp) : seg->base;
        f->at = mr_imax(f->at, from);
        return f->at < f->limit;
    }
    return false;
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
    bool found = false;
    int64_t before = f->at;
    for (uint32_t i = 0; i < f->read.count && err == 0 && !found; i++) {
        struct mr_slice rest = f->read.parts[i].bytes;
        struct kw_batch b;
        while (err == 0 && !found && batch_next(&rest, &b) == 1) {
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
        return true;
    }
    if (err == -ERANGE) { /* the start moved meanwhile */
        f->at = f->log->log_start;
        return true;
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

static void find_first(struct mr_work *w)
{
    struct plog_find *f = MR_CONTAINER(w, struct plog_find, work);
    work_init(&f->work, find_work);
    if (f->log->removed)
        find_finish(f, -ENOENT);
    else if (find_start(f))
        find_go(f);
    else
        find_finish(f, 0);
}

void plog_find(struct plog *log, struct plog_find *f)
{
    f->log = log;
    f->ret_offset = f->ret_timestamp = -1;
    plog_busy(log);
    work_init(&f->work, find_first);
    shard_ready(log->store->shard, &f->work);
}
