#include "storage/verify_txns.h"

#include <stdio.h>

#include "core/err.h"

enum { FORGET_AFTER = 256 };

void verify_txns_init(struct verify_txns *t)
{
    *t = (struct verify_txns){.next = -1};
    producer_state_init(&t->producers, PRODUCERS_MAX_DEFAULT);
}

void verify_txns_done(struct verify_txns *t)
{
    producer_state_done(&t->producers);
    txn_index_done(&t->segment);
}

void verify_txns_segment(struct verify_txns *t, int64_t base)
{
    t->exact = t->next < 0 ? base == 0 : t->exact && base == t->next;
    t->next = base;
    txn_index_done(&t->segment);
}

int verify_txns_batch(struct verify_txns *t, const struct kw_batch *b)
{
    const struct kw_batch_header *h = &b->h;
    t->exact = t->exact && h->base_offset == t->next && h->record_count == h->last_offset_delta + 1;
    t->next = batch_next_offset(h);
    if (batch_is_control(h) && ++t->ended == FORGET_AFTER) {
        t->ended = 0;
        producer_high_watermark(&t->producers, t->next);
    }
    bool counts = !t->transactions || batch_is_transactional(h) || batch_is_control(h);
    int err = counts ? txn_index_count(&t->segment, &t->producers, b) : 0;
    t->exact = t->exact && err == 0;
    return err;
}

/* ---- .txnindex ---- */

static const struct txn_aborted *with_marker(const struct txn_index *ix, int64_t marker)
{
    uint32_t at = txn_index_from(ix, marker);
    return at < ix->count && ix->items[at].last_offset == marker ? &ix->items[at] : NULL;
}

static bool hold(const struct verify_txns *t, const struct txn_index *have, int64_t base, bool damaged,
                 char *why, size_t why_bytes)
{
    for (uint32_t i = 0; i < t->segment.count; i++) {
        const struct txn_aborted *want = &t->segment.items[i], *e = with_marker(have, want->last_offset);
        bool fits = e != NULL && e->producer_id == want->producer_id && e->first_offset <= want->first_offset;
        if (fits && t->exact)
            fits = e->first_offset == want->first_offset && e->last_stable == want->last_stable;
        if (fits)
            continue;
        snprintf(why, why_bytes, "producer %lld aborted what it wrote from offset %lld to %lld: %s",
                 (long long)want->producer_id, (long long)want->first_offset, (long long)want->last_offset,
                 e == NULL ? "no entry says so" : "the entry says something else");
        return false;
    }
    for (uint32_t i = 0; i < have->count; i++) {
        int64_t marker = have->items[i].last_offset;
        if (damaged ||
            (marker >= base && marker < t->next && (!t->exact || with_marker(&t->segment, marker) != NULL)))
            continue;
        snprintf(why, why_bytes, "entry %u (offset %lld) is of no transaction that was aborted there", i,
                 (long long)marker);
        return false;
    }
    return true;
}

bool verify_txns_index(const struct verify_txns *t, struct mr_slice file, int64_t base, bool damaged,
                       char *why, size_t why_bytes)
{
    struct txn_index have = {.items = NULL};
    int err = txn_index_decode(&have, file);
    if (err != 0)
        snprintf(why, why_bytes, "cannot be read: %s", mr_err_text(err));
    bool fits = err == 0 && hold(t, &have, base, damaged, why, why_bytes);
    txn_index_done(&have);
    return fits;
}

/* ---- the snapshot ---- */

static bool same_producer(const struct producer *a, const struct producer *b)
{
    return a->epoch == b->epoch && producer_last_sequence(a) == producer_last_sequence(b) &&
           producer_last_offset(a) == producer_last_offset(b) && a->txn_first_offset == b->txn_first_offset &&
           a->coordinator_epoch == b->coordinator_epoch;
}

/* Producers that the snapshot lacks have expired, but for those with an open transaction. */
static bool hold_producers(const struct verify_txns *t, const struct producer_state *have, char *why,
                           size_t why_bytes)
{
    for (const struct producer *p = producer_next(&t->producers, NULL); p != NULL;
         p = producer_next(&t->producers, p)) {
        const struct producer *stored = producer_find(have, p->id);
        if (stored == NULL && p->txn_first_offset >= 0) {
            snprintf(why, why_bytes, "producer %lld is missing, with a transaction open since offset %lld",
                     (long long)p->id, (long long)p->txn_first_offset);
            return false;
        }
        if (stored != NULL && t->exact && !same_producer(stored, p)) {
            snprintf(why, why_bytes, "producer %lld is not as the log's batches leave it", (long long)p->id);
            return false;
        }
    }
    return true;
}

bool verify_txns_snapshot(const struct verify_txns *t, struct mr_slice file, char *why, size_t why_bytes)
{
    struct producer_state have;
    producer_state_init(&have, PRODUCERS_MAX_DEFAULT);
    int err = producer_state_read(&have, file, t->next, 0, INT64_MAX);
    if (err != 0)
        snprintf(why, why_bytes, "cannot be read: %s", mr_err_text(err));
    bool fits = err == 0 && hold_producers(t, &have, why, why_bytes);
    producer_state_done(&have);
    return fits;
}
