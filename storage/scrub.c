#include "storage/scrub.h"

#include "core/err.h"
#include "storage/damage.h"
#include "storage/plog_priv.h"

static void walk_next_segment(struct plog_scrub *s);

/* The leader epoch stands outside the checksum: reads go by without looking at it. */
static int saw_batch(struct seg_walk *w, const struct kw_batch *b, uint64_t pos)
{
    struct plog_scrub *s = MR_CONTAINER(w, struct plog_scrub, walk);
    const struct plog *log = w->log;
    int32_t epoch = epochs_at(&log->epochs, b->h.base_offset);
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
    MR_CONTAINER(w, struct plog_scrub, walk)->damages++;
    (void)damage_add(w->log, d);
    return 0;
}

static bool stepped(struct seg_walk *w, uint64_t bytes)
{
    struct plog_scrub *s = MR_CONTAINER(w, struct plog_scrub, walk);
    s->bytes += bytes;
    return s->stop || s->step(s, bytes);
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
    walk_next_segment(s);
}

static void walk_next_segment(struct plog_scrub *s)
{
    struct plog *log = s->log;
    /* Those below the start may be going at this moment (storage/trim.h). */
    uint32_t number = log->seg_first + log->seg_below;
    uint32_t count = log->removed ? 0 : log->seg_count - log->seg_below;
    while (count > 0 && plog_seg(log, number)->base < s->from) {
        number++;
        count--;
    }
    if (s->stop || count == 0) {
        s->done(s);
        return;
    }
    s->walk = (struct seg_walk){.log = log,
                                .seg = number,
                                .next = plog_seg(log, number)->base,
                                .read_bytes = s->read_bytes,
                                .batch = saw_batch,
                                .damaged = saw_damage,
                                .step = stepped,
                                .done = walked};
    s->begun = s->from;
    s->from = plog_seg(log, number)->base + 1;
    seg_walk_begin(&s->walk);
}

void plog_scrub(struct plog_scrub *s)
{
    MR_ASSERT(s->log->state == PLOG_OPEN);
    s->damages = 0;
    s->from = s->begun = 0;
    s->batches = s->bytes = 0;
    s->stop = false;
    walk_next_segment(s);
}

void plog_scrub_on(struct plog_scrub *s)
{
    seg_walk_on(&s->walk);
}

void plog_scrub_stop(struct plog_scrub *s)
{
    s->stop = s->walk.stop = true;
}
