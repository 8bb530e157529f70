/* Transactions of a log: where the last stable offset stands, and what a read_committed reader leaves out.
 *
 * An aborted transaction becomes an entry of the segment that its marker stands in (storage/txn_index.h).
 * Until that segment is complete the entry is in memory and in the log's records; then in the segment's
 * .txnindex file, and in memory as long as the shard's cache has room. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/cold.h"
#include "storage/plog_priv.h"
#include "storage/rebuild.h"

enum {
    CACHED_MAX = 262144, /* entries of filed segments kept by a shard */
    ITEMS_FIRST = 8,
};

int64_t plog_last_stable(const struct plog *log, int64_t high_watermark)
{
    int64_t unstable = producer_first_unstable(&log->producers, high_watermark);
    return unstable < 0 ? high_watermark : mr_imin(high_watermark, mr_imax(unstable, log->log_start));
}

/* ---- the cache ---- */

static void uncache(struct store *s, struct segment *seg)
{
    if (seg->live == NULL || list_empty(&seg->live->txn_lru))
        return;
    list_remove(&seg->live->txn_lru);
    s->txn_cached_count -= seg->live->txns.count;
}

static void cache(struct store *s, struct segment *seg)
{
    uncache(s, seg);
    if (seg->live == NULL)
        return; /* nothing is kept of an empty one */
    list_push(&s->txn_cached, &seg->live->txn_lru);
    s->txn_cached_count += seg->live->txns.count;
    uint64_t max = s->cfg.txns_cached_max == 0 ? CACHED_MAX : s->cfg.txns_cached_max;
    while (s->txn_cached_count > max && s->txn_cached.next != &seg->live->txn_lru) {
        struct segment *oldest = MR_CONTAINER(s->txn_cached.next, struct segment_live, txn_lru)->seg;
        uncache(s, oldest);
        txn_index_done(&oldest->live->txns);
        oldest->txns_loaded = false;
        segment_rest(oldest);
    }
}

void segment_txns_filed(struct store *s, struct segment *seg)
{
    seg->txns_filed = true;
    cache(s, seg);
}

void segment_txns_set(struct store *s, struct segment *seg, struct txn_index *entries)
{
    uncache(s, seg);
    txn_index_done(&seg->live->txns);
    seg->live->txns = *entries;
    *entries = (struct txn_index){.items = NULL};
    seg->txns_loaded = true;
    seg->txns_filed = false;
}

void segment_txns_drop(struct store *s, struct segment *seg)
{
    uncache(s, seg);
    if (seg->live != NULL)
        txn_index_done(&seg->live->txns);
    cold_forget_segment(s->cold, seg);
}

/* ---- asking ---- */

static int add_item(struct plog_aborted *q, const struct txn_aborted *e)
{
    if (q->count == q->cap) {
        uint32_t cap = q->cap == 0 ? ITEMS_FIRST : q->cap * 2;
        void *grown = mem_realloc(q->items, (size_t)cap * sizeof(*q->items));
        if (grown == NULL)
            return -ENOMEM;
        q->items = grown;
        q->cap = cap;
    }
    q->items[q->count++] = *e;
    return 0;
}

/* 1: no later entry can concern what ends at q->end. 0: look on. -ENOMEM. */
static int take_entries(struct plog_aborted *q, const struct segment *seg)
{
    if (segment_txn_count(seg) == 0)
        return 0;
    const struct txn_index *ix = &seg->live->txns;
    for (uint32_t i = txn_index_from(ix, q->offset); i < ix->count; i++) {
        const struct txn_aborted *e = &ix->items[i];
        if (e->first_offset < q->end && add_item(q, e) != 0)
            return -ENOMEM;
        if (e->last_stable >= q->end)
            return 1;
    }
    return 0;
}

/* From segment q->seg on. 1: a file has to be read first; 0 or an error: that is all. */
static int take_segments(struct plog_aborted *q)
{
    const struct plog *log = q->log;
    for (; log->seg_count > 0 && q->seg <= plog_last_number(log); q->seg++) {
        struct segment *seg = plog_seg(log, q->seg);
        if (!seg->txns_loaded)
            return 1;
        if (seg->txns_filed && seg->cleaned == 0)
            cache(log->store, seg);
        int r = take_entries(q, seg);
        if (r != 0)
            return mr_imin(r, 0);
    }
    return 0;
}

static void file_here(struct file_get *g);

static void get_file(struct plog_aborted *q)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    plog_dir(q->log, dir);
    segment_path(path, dir, plog_seg(q->log, q->seg)->base, ".txnindex");
    file_get_start(&q->get, q->log->store->io, path, TXN_INDEX_FILE_BYTES_MAX, file_here);
}

static void answer(struct plog_aborted *q, int err)
{
    struct plog *log = q->log;
    q->err = err;
    q->done(q);
    plog_idle(log);
}

static void resume(struct plog_aborted *q, int err)
{
    int more = err != 0 ? err : take_segments(q);
    if (more == 1)
        get_file(q);
    else
        answer(q, more);
}

/* Where to begin. 0 or -ERANGE. */
static int begin(struct plog_aborted *q)
{
    const struct plog *log = q->log;
    q->replacements = log->replacements;
    if (plog_seg_of(log, q->offset, &q->seg) != NULL)
        return 0;
    q->seg = log->seg_first;
    return q->offset < log->log_start ? -ERANGE : 0;
}

/* ---- a file that cannot be read ---- */

static void made_anew(struct rebuild *r)
{
    struct plog_aborted *q = r->ctx;
    struct plog *log = r->log;
    int err = r->err;
    mem_free(r);
    log->making_txns = false;
    if (err == -EAGAIN) { /* the segment is another one by now */
        q->count = 0;
        err = begin(q);
    }
    resume(q, log->removed ? -ENOENT : err);
}

/* Out of the log's batches, from its first on: one such task a log at a time. */
static void make_anew(struct plog_aborted *q, int err)
{
    struct plog *log = q->log;
    struct rebuild *r = log->making_txns ? NULL : mem_zalloc(1, sizeof(*r));
    if (r == NULL) {
        answer(q, log->making_txns ? -EIO : -ENOMEM); /* it is asked again */
        return;
    }
    log_error(log->store->shard->log, "storage",
              "damaged part=%s-%d file=%020lld.txnindex err=\"%s\": made anew from the log", log->topic,
              plog_key(log).partition, (long long)plog_seg(log, q->seg)->base, mr_err_text(err));
    log->making_txns = true;
    *r = (struct rebuild){.log = log, .last = q->seg, .txns = true, .done = made_anew, .ctx = q};
    rebuild_begin(r);
}

static void file_here(struct file_get *g)
{
    struct plog_aborted *q = MR_CONTAINER(g, struct plog_aborted, get);
    struct plog *log = q->log;
    if (q->replacements != log->replacements) { /* the file may be another segment's by now: begin again */
        mem_free(g->bytes);
        q->count = 0;
        int err = log->removed ? -ENOENT : begin(q);
        resume(q, err);
        return;
    }
    if (q->seg < log->seg_first || (g->err == -ENOENT && q->seg < log->seg_first + log->seg_below)) {
        mem_free(g->bytes); /* it is below the log start by now, and gone */
        answer(q, log->removed ? -ENOENT : -ERANGE);
        return;
    }
    struct segment *seg = plog_seg(log, q->seg);
    int err = g->err;
    if (err == 0 && !seg->txns_loaded) { /* else another one was faster */
        struct segment_live *live = segment_liven(seg);
        err = live != NULL ? txn_index_decode(&live->txns, (struct mr_slice){g->bytes, g->len}) : -ENOMEM;
        seg->txns_loaded = err == 0;
    }
    mem_free(g->bytes);
    bool damaged = err == -ENOENT || err == -MR_E_CORRUPT || err == -MR_E_VERSION || err == -EFBIG;
    if (!log->removed && !seg->txns_loaded && damaged)
        make_anew(q, err);
    else
        resume(q, log->removed ? -ENOENT : seg->txns_loaded ? 0 : err);
}

bool plog_aborted(struct plog *log, struct plog_aborted *q)
{
    MR_ASSERT(log->state == PLOG_OPEN || log->state == PLOG_CUTTING);
    q->log = log;
    q->items = NULL;
    q->count = q->cap = 0;
    q->err = log->removed ? -ENOENT : 0;
    if (q->err != 0 || q->offset >= q->end || log->seg_count == 0)
        return true;
    q->err = begin(q);
    if (q->err != 0)
        return true;
    int more = take_segments(q);
    if (more == 1) {
        plog_busy(log);
        get_file(q);
        return false;
    }
    q->err = more;
    return true;
}

void plog_aborted_done(struct plog_aborted *q)
{
    mem_free(q->items);
    q->items = NULL;
    q->count = q->cap = 0;
}
