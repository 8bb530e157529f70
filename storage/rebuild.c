#include "storage/rebuild.h"

#include "core/err.h"
#include "storage/damage.h"
#include "storage/plog_priv.h"

enum { FORGET_AFTER = 256 };

static void walk_segment(struct rebuild *r, uint32_t number);

static void finish(struct rebuild *r, int err)
{
    bool there = err != -EAGAIN && r->last >= r->log->seg_first; /* retention may have been faster */
    struct segment *seg = there ? plog_seg(r->log, r->last) : NULL;
    producer_state_done(&r->own);
    if (!there && err != -EAGAIN)
        err = -ERANGE;
    if (err == 0 && r->txns) {
        seg->txns_loaded = true;
        seg->txns_filed = false; /* records have it from now on; the next clean close writes the file again */
    }
    r->err = err;
    r->done(r);
}

static int take_batch(struct seg_walk *w, const struct kw_batch *b, uint64_t pos)
{
    struct rebuild *r = MR_CONTAINER(w, struct rebuild, walk);
    struct plog *log = r->log;
    struct segment *seg = plog_seg(log, w->seg);
    struct txn_index other = {.items = NULL};
    bool wanted = r->txns && w->seg == r->last;
    struct producer_state *producers = r->producers ? &log->producers : &r->own;
    if (wanted && segment_liven(seg) == NULL)
        return -ENOMEM;
    (void)pos;
    if (r->epochs)
        (void)epochs_begin(&log->epochs, b->h.leader_epoch, mr_imax(b->h.base_offset, log->log_start));
    if (!r->producers && !r->txns)
        return 0;
    if (batch_is_control(&b->h) && ++r->ended == FORGET_AFTER) {
        r->ended = 0;
        producer_high_watermark(producers, batch_next_offset(&b->h));
    }
    int err = txn_index_count(wanted ? &seg->live->txns : &other, producers, b);
    txn_index_done(&other);
    return err == -MR_E_CORRUPT ? 0 : err; /* a marker that cannot be read ends nothing */
}

static int take_damage(struct seg_walk *w, const struct damage *d)
{
    (void)damage_add(w->log, d);
    return 0;
}

static void walk_done(struct seg_walk *w)
{
    struct rebuild *r = MR_CONTAINER(w, struct rebuild, walk);
    int err = w->err == -ENOENT && !r->log->removed ? 0 : w->err;
    if (err != 0 || w->seg >= r->last)
        finish(r, err);
    else
        walk_segment(r, (uint32_t)mr_max(w->seg + 1, r->log->seg_first));
}

static void walk_segment(struct rebuild *r, uint32_t number)
{
    if (r->last < r->log->seg_first) {
        finish(r, -ERANGE);
        return;
    }
    struct segment *seg = plog_seg(r->log, number);
    r->walk = (struct seg_walk){.log = r->log,
                                .seg = number,
                                .next = seg->base,
                                .batch = take_batch,
                                .damaged = take_damage,
                                .done = walk_done};
    seg_walk_begin(&r->walk);
}

void rebuild_begin(struct rebuild *r)
{
    struct plog *log = r->log;
    producer_state_init(&r->own, PRODUCERS_MAX_DEFAULT);
    if (r->epochs)
        epochs_cut_end(&log->epochs, 0);
    if (r->producers)
        producer_state_clear(&log->producers);
    if (r->txns && plog_seg(log, r->last)->live != NULL)
        txn_index_done(&plog_seg(log, r->last)->live->txns);
    log_warn(log->store->shard->log, "storage", "made anew from the log's batches part=%s-%d what=%s%s%s",
             log->topic, plog_key(log).partition, r->epochs ? "epochs " : "",
             r->producers ? "producers " : "", r->txns ? "aborted-transactions" : "");
    walk_segment(r, log->seg_first);
}
