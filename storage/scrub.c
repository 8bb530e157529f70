#include "storage/scrub.h"

#include "core/err.h"
#include "storage/damage.h"
#include "storage/plog_priv.h"

enum { OPENING, WALKING, CLOSING };

static void walk_next_segment(struct plog_scrub *s);

/* The leader epoch stands outside the checksum: reads go by without looking at it. */
static int saw_batch(struct seg_walk *w, const struct kw_batch *b, uint64_t pos)
{
    struct plog_scrub *s = MR_CONTAINER(w, struct plog_scrub, walk);
    const struct plog *log = w->log;
    int32_t epoch = epochs_at(&log->epochs, b->h.base_offset);
    if (!scrub_index_batch(&s->index, b, pos))
        return SEG_WALK_WAIT;
    s->batches++;
    if (epoch < 0 || epoch == b->h.leader_epoch)
        return 0;
    s->damages++;
    log_error(log->store->shard->log, "storage",
              "damaged part=%s-%d file=%020lld.log byte=%llu offset=%lld: leader epoch %d, the log's history "
              "says %d; the records are good",
              log->topic, plog_key(log).partition, (long long)plog_seg(log, w->seg)->base,
              (unsigned long long)pos, (long long)b->h.base_offset, b->h.leader_epoch, epoch);
    return 0;
}

static int saw_damage(struct seg_walk *w, const struct damage *d)
{
    struct plog_scrub *s = MR_CONTAINER(w, struct plog_scrub, walk);
    s->damages++;
    scrub_index_hole(&s->index);
    (void)damage_add(w->log, d);
    return 0;
}

static bool count(struct plog_scrub *s, uint64_t bytes)
{
    s->bytes += bytes;
    if (!plog_in_peace(s->log)) { /* who waits for the log does not wait for all of a segment */
        s->walk.stop = true;
        return true;
    }
    return s->stop || s->step(s, bytes);
}

static bool stepped(struct seg_walk *w, uint64_t bytes)
{
    return count(MR_CONTAINER(w, struct plog_scrub, walk), bytes);
}

static bool index_stepped(struct scrub_index *x, uint64_t bytes)
{
    return count(MR_CONTAINER(x, struct plog_scrub, index), bytes);
}

static void walked(struct seg_walk *w)
{
    struct plog_scrub *s = MR_CONTAINER(w, struct plog_scrub, walk);
    struct plog *log = w->log;
    bool there = !log->removed && w->seg >= log->seg_first + log->seg_below;
    if (w->err == -EAGAIN) { /* what it was in has been compacted: from there once more */
        s->from = s->begun;
        there = false;
    }
    if (w->err < 0 && w->err != -ECANCELED && w->err != -ENOMEM && there) {
        s->damages++;
        log_error(log->store->shard->log, "storage",
                  "damaged part=%s-%d file=%020lld.log byte=%llu offset=%lld err=\"%s\"", log->topic,
                  plog_key(log).partition, (long long)plog_seg(log, w->seg)->base, (unsigned long long)w->pos,
                  (long long)w->next, mr_err_text(w->err));
    }
    s->phase = CLOSING;
    scrub_index_close(&s->index, w->err == 0);
}

/* Its index files are open: on with the segment. */
static void walk_segment(struct plog_scrub *s)
{
    struct plog *log = s->log;
    uint32_t number = s->walk.seg;
    bool there = !log->removed && log->replacements == s->index.replacements &&
                 number >= log->seg_first + log->seg_below;
    if (s->stop || !there) { /* it is found again by its offset, if it has become another one */
        if (!log->removed && log->replacements != s->index.replacements)
            s->from = s->begun;
        s->phase = CLOSING;
        scrub_index_close(&s->index, false);
        return;
    }
    s->phase = WALKING;
    s->walk = (struct seg_walk){.log = log,
                                .seg = number,
                                .next = plog_seg(log, number)->base,
                                .read_bytes = s->read_bytes,
                                .batch = saw_batch,
                                .damaged = saw_damage,
                                .step = stepped,
                                .done = walked};
    seg_walk_begin(&s->walk);
}

static void index_ready(struct scrub_index *x)
{
    struct plog_scrub *s = MR_CONTAINER(x, struct plog_scrub, index);
    if (s->phase == OPENING)
        walk_segment(s);
    else if (s->phase == WALKING)
        seg_walk_on(&s->walk);
    else
        walk_next_segment(s);
}

static void finish(struct plog_scrub *s)
{
    struct plog *log = s->log;
    s->indexes = s->index.wrong;
    s->indexes_lost = s->index.lost;
    scrub_index_end(&s->index);
    s->done(s);
    plog_idle(log); /* may free it */
}

static void walk_next_segment(struct plog_scrub *s)
{
    struct plog *log = s->log;
    /* Those below the start may be going at this moment (storage/trim.h). */
    uint32_t number = log->seg_first + log->seg_below;
    uint32_t left = plog_in_peace(log) ? log->seg_count - log->seg_below : 0;
    while (left > 0 && plog_seg(log, number)->base < s->from) {
        number++;
        left--;
    }
    if (s->stop || left == 0) {
        finish(s);
        return;
    }
    s->walk.seg = number;
    s->begun = s->from;
    s->from = plog_seg(log, number)->base + 1;
    s->phase = OPENING;
    scrub_index_open(&s->index, number);
}

void plog_scrub(struct plog_scrub *s)
{
    MR_ASSERT(s->log->state == PLOG_OPEN || s->log->state == PLOG_CUTTING);
    s->damages = s->indexes = s->indexes_lost = 0;
    s->from = s->begun = 0;
    s->batches = s->bytes = 0;
    s->stop = false;
    s->walk = (struct seg_walk){.log = s->log};
    s->index.step = index_stepped;
    s->index.ready = index_ready;
    plog_busy(s->log);
    scrub_index_begin(&s->index, s->log);
    walk_next_segment(s);
}

void plog_scrub_on(struct plog_scrub *s)
{
    if (s->index.paused)
        scrub_index_on(&s->index);
    else
        seg_walk_on(&s->walk);
}

void plog_scrub_stop(struct plog_scrub *s)
{
    s->stop = s->walk.stop = true;
}
