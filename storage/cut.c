/* A log that becomes a shorter one, by way of a partition record (storage/record.c): whether the record was
 * just made or stands in the journal, what a log is behind it is the same. */
#include "storage/cut.h"

#include "core/mem.h"
#include "storage/ahead.h"
#include "storage/damage.h"
#include "storage/plog_priv.h"
#include "storage/trim.h"

enum { RECORD_BYTES_MAX = 256 << 20 };

void cut_free(struct plog *copy)
{
    if (copy == NULL)
        return;
    for (uint32_t i = 0; i < copy->seg_count; i++)
        copy->segs[i]->dirty = false;
    plog_drop_tail(copy);
    plog_free(copy);
}

int cut_copy(const struct plog *log, struct mr_slice record, struct plog **ret)
{
    struct plog *copy = plog_new(log->store, plog_key(log), log->topic, &log->cfg);
    if (copy == NULL)
        return -ENOMEM;
    copy->producers.producers_max = log->producers.producers_max;
    int err = precord_get(copy, record, NULL, NULL);
    if (err != 0) {
        cut_free(copy);
        return err;
    }
    *ret = copy;
    return 0;
}

/* The record's last segment ends at c->pos, and its rest is c->rest. */
static int shorten(struct plog *copy, struct cut *c)
{
    struct store *s = copy->store;
    while (copy->seg_count > c->keep) {
        struct segment *seg = plog_last(copy);
        segment_txns_drop(s, seg);
        segment_free(seg);
        copy->seg_count--;
    }
    struct segment *last = plog_last(copy);
    if (segment_liven(last) == NULL)
        return -ENOMEM;
    s->stats.unmaterialised_bytes -= copy->frag_len;
    mem_free(copy->frag);
    copy->frag = NULL;
    copy->frag_len = 0;
    last->rolled = last->finished = last->index_filed = false;
    last->size = (uint32_t)c->pos;
    last->mat_pos = (uint32_t)mr_round_down(c->pos, SEGMENT_UNIT);
    last->times_known = c->pos == 0;
    last->first_ts = c->pos == 0 ? -1 : last->first_ts;
    segment_set_max_ts(last, -1, -1);
    segment_txns_set(s, last, &c->txns);
    uint32_t rest = last->size - last->mat_pos;
    s->stats.unmaterialised_bytes += rest;
    if (rest > 0) {
        copy->frag = mem_alloc(rest);
        if (copy->frag == NULL)
            return -ENOMEM;
        memcpy(copy->frag, c->rest, rest);
        copy->frag_len = rest;
    }
    epochs_cut_end(&copy->epochs, c->end);
    copy->append_end = copy->stable_end = c->end;
    copy->log_start = copy->stable_start = mr_imin(copy->log_start, c->end);
    copy->clean_to = mr_imin(copy->clean_to, c->end);
    return 0;
}

static int cut_producers(struct plog *copy, struct cut *c)
{
    if (!c->counted)
        return producer_truncate(&copy->producers, c->end);
    producer_state_done(&copy->producers);
    copy->producers = c->producers;
    producer_state_init(&c->producers, PRODUCERS_MAX_DEFAULT);
    return 0;
}

int cut_record(const struct plog *log, struct cut *c, struct mr_scratch *ret)
{
    struct plog *copy = NULL;
    struct mr_scratch whole;
    scratch_init(&whole, RECORD_BYTES_MAX);
    int err = precord_put(log, &whole, 0, 0);
    if (err == 0)
        err = cut_copy(log, (struct mr_slice){whole.data, whole.len}, &copy);
    scratch_done(&whole);
    if (err != 0)
        return err;
    err = shorten(copy, c);
    if (err == 0)
        err = cut_producers(copy, c);
    int64_t open = err == 0 ? producer_first_unstable(&copy->producers, c->end) : -1;
    if (open >= 0) /* a pass had gone by: it was committed, and may be aborted now */
        copy->clean_to = mr_imin(copy->clean_to, open);
    if (err == 0)
        err = precord_put(copy, ret, 0, 0);
    cut_free(copy);
    return err;
}

void cut_become(struct plog *log, struct plog *copy, bool sync)
{
    struct store *s = log->store;
    MR_ASSERT(list_empty(&log->swaps) && !log->materialising && log->pins == 0);
    plog_drop_tail(log);
    for (uint32_t i = 0; i < log->seg_count; i++) {
        log->segs[i]->dirty = false;
        segment_leave(s, log->segs[i], sync);
    }
    trim_forget(log);
    damage_forget(log);
    ahead_forget(log);
    list_remove(&log->work_link);
    mem_free(log->segs);
    mem_free(log->frag);
    producer_state_done(&log->producers);
    epochs_done(&log->epochs);
    log->seg_first += log->seg_count; /* numbers of old segments mean nothing any more */
    log->segs = copy->segs;
    log->seg_count = copy->seg_count;
    log->seg_cap = copy->seg_cap;
    log->seg_below = 0;
    log->closed_bytes = copy->closed_bytes;
    log->mat_seg = log->seg_first + (copy->mat_seg - copy->seg_first);
    log->frag = copy->frag;
    log->frag_len = copy->frag_len;
    log->producers = copy->producers;
    log->epochs = copy->epochs;
    log->log_start = copy->log_start;
    log->stable_start = copy->stable_start;
    log->append_end = copy->append_end;
    log->stable_end = copy->stable_end;
    log->settled_below = copy->settled_below;
    log->clean_to = copy->clean_to;
    log->cleanings = mr_max(log->cleanings, copy->cleanings);
    log->dir_made |= copy->dir_made;
    log->recovered = true; /* its files may be longer than it is */
    log->replacements++;
    log->changed = true;
    copy->segs = NULL;
    copy->seg_count = copy->seg_cap = 0;
    copy->frag = NULL;
    copy->frag_len = 0;
    producer_state_init(&copy->producers, PRODUCERS_MAX_DEFAULT);
    copy->epochs = (struct epoch_cache){.items = NULL};
    plog_free(copy);
}
