#include "storage/producer_state.h"

#include "core/err.h"
#include "core/mem.h"
#include "storage/producer_state_priv.h"

enum {
    BUCKETS_FIRST = 4,
    TXNS_FIRST = 4,
};

void producer_state_init(struct producer_state *s, uint32_t producers_max)
{
    MR_ASSERT(producers_max > 0);
    s->table = NULL;
    s->producers_max = producers_max;
}

static uint32_t bucket_of(const struct producer_table *t, int64_t id)
{
    return (uint32_t)(((uint64_t)id * 0x9e3779b97f4a7c15u) >> 32) & (t->bucket_count - 1);
}

static struct producer *lookup(const struct producer_state *s, int64_t id)
{
    if (s->table == NULL)
        return NULL;
    struct producer *p = s->table->buckets[bucket_of(s->table, id)];
    while (p != NULL && p->id != id)
        p = p->chain;
    return p;
}

static struct producer *of_recent(struct mr_list *node)
{
    return MR_CONTAINER(node, struct producer, recent);
}

static void remove_producer(struct producer_table *t, struct producer *p)
{
    struct producer **link = &t->buckets[bucket_of(t, p->id)];
    while (*link != p)
        link = &(*link)->chain;
    *link = p->chain;
    list_remove(&p->recent);
    t->count--;
    if (p->txn_first_offset >= 0)
        t->open_count--;
    mem_free(p);
}

void producer_state_clear(struct producer_state *s)
{
    struct producer_table *t = s->table;
    if (t == NULL)
        return;
    while (!list_empty(&t->order))
        remove_producer(t, of_recent(t->order.next));
    mem_free(t->txns);
    mem_free(t->buckets);
    mem_free(t);
    s->table = NULL;
}

void producer_state_done(struct producer_state *s)
{
    producer_state_clear(s);
}

void producer_table_trim(struct producer_state *s)
{
    if (s->table != NULL && s->table->count == 0 && s->table->txn_count == 0)
        producer_state_clear(s);
}

uint32_t producer_count(const struct producer_state *s)
{
    return s->table == NULL ? 0 : s->table->count;
}

const struct producer *producer_find(const struct producer_state *s, int64_t producer_id)
{
    return lookup(s, producer_id);
}

const struct producer *producer_next(const struct producer_state *s, const struct producer *after)
{
    if (s->table == NULL)
        return NULL;
    struct mr_list *next = after == NULL ? s->table->order.next : after->recent.next;
    return next == &s->table->order ? NULL : of_recent(next);
}

int32_t producer_last_sequence(const struct producer *p)
{
    return p->batch_count == 0 ? KW_NO_SEQUENCE : p->batches[p->batch_count - 1].last_sequence;
}

int64_t producer_last_offset(const struct producer *p)
{
    return p->batch_count == 0 ? -1 : p->batches[p->batch_count - 1].last_offset;
}

/* Making room. */

static bool ensure_table(struct producer_state *s)
{
    if (s->table != NULL)
        return true;
    struct producer_table *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return false;
    t->buckets = mem_zalloc(BUCKETS_FIRST, sizeof(*t->buckets));
    if (t->buckets == NULL) {
        mem_free(t);
        return false;
    }
    t->bucket_count = BUCKETS_FIRST;
    t->marker_offset = -1;
    list_init(&t->order);
    s->table = t;
    return true;
}

/* Longer chains are slower, not wrong: no memory for more buckets is no error. */
static void grow_buckets(struct producer_table *t)
{
    uint32_t count = t->bucket_count * 2;
    struct producer **fresh = mem_zalloc(count, sizeof(*fresh));
    if (fresh == NULL)
        return;
    mem_free(t->buckets);
    t->buckets = fresh;
    t->bucket_count = count;
    LIST_FOR(node, &t->order)
    {
        struct producer *p = of_recent(node);
        struct producer **head = &fresh[bucket_of(t, p->id)];
        p->chain = *head;
        *head = p;
    }
}

static void push_out_oldest(struct producer_table *t)
{
    LIST_FOR(node, &t->order)
    {
        struct producer *p = of_recent(node);
        if (p->txn_first_offset < 0) {
            remove_producer(t, p);
            return;
        }
    }
}

struct producer *producer_take(struct producer_state *s, int64_t producer_id)
{
    struct producer *p = lookup(s, producer_id);
    if (p != NULL)
        return p;
    if (!ensure_table(s))
        return NULL;
    struct producer_table *t = s->table;
    p = mem_zalloc(1, sizeof(*p));
    if (p == NULL) {
        producer_table_trim(s);
        return NULL;
    }
    if (t->count - t->open_count >= s->producers_max)
        push_out_oldest(t);
    if (t->count >= t->bucket_count)
        grow_buckets(t);
    p->id = producer_id;
    p->epoch = KW_NO_PRODUCER_EPOCH;
    p->coordinator_epoch = -1;
    p->last_timestamp = KW_NO_TIMESTAMP;
    p->txn_first_offset = -1;
    struct producer **head = &t->buckets[bucket_of(t, producer_id)];
    p->chain = *head;
    *head = p;
    list_push(&t->order, &p->recent);
    t->count++;
    return p;
}

static void touch(struct producer_table *t, struct producer *p)
{
    list_remove(&p->recent);
    list_push(&t->order, &p->recent);
}

/* Judging. */

static bool follows(int32_t last_sequence, int32_t next)
{
    return (int64_t)next == (int64_t)last_sequence + 1 || (last_sequence == INT32_MAX && next == 0);
}

static int32_t first_sequence(const struct producer_batch *b)
{
    return (int32_t)(((uint32_t)b->last_sequence - (uint32_t)b->offset_delta) & INT32_MAX);
}

static const struct producer_batch *find_duplicate(const struct producer *p, const struct kw_batch_header *h)
{
    if (p->epoch != h->producer_epoch)
        return NULL;
    for (int i = 0; i < p->batch_count; i++)
        if (first_sequence(&p->batches[i]) == h->base_sequence &&
            p->batches[i].last_sequence == batch_last_sequence(h))
            return &p->batches[i];
    return NULL;
}

static bool sequence_fits(const struct producer *p, const struct kw_batch_header *h,
                          enum producer_origin origin)
{
    if (p == NULL || p->epoch == KW_NO_PRODUCER_EPOCH) /* expired or never known: begin anywhere, KIP-360 */
        return origin != PRODUCER_CLIENT_TXN_V2 || h->base_sequence == 0;
    if (p->epoch != h->producer_epoch)
        return h->base_sequence == 0;
    return follows(producer_last_sequence(p), h->base_sequence);
}

static struct producer_verdict refuse(enum kw_error error)
{
    return (struct producer_verdict){.action = PRODUCER_REFUSE, .error = error};
}

struct producer_verdict producer_check(const struct producer_state *s, const struct kw_batch_header *h,
                                       enum producer_origin origin)
{
    struct producer_verdict append = {.action = PRODUCER_APPEND, .error = KW_NONE};
    if (!batch_has_producer(h) || origin == PRODUCER_REPLICATION)
        return append;

    bool client = origin == PRODUCER_CLIENT || origin == PRODUCER_CLIENT_TXN_V2;
    const struct producer *p = lookup(s, h->producer_id);
    if (p != NULL && client) {
        const struct producer_batch *same = find_duplicate(p, h);
        if (same != NULL)
            return (struct producer_verdict){.action = PRODUCER_DUPLICATE,
                                             .error = KW_NONE,
                                             .base_offset = same->last_offset - same->offset_delta,
                                             .last_offset = same->last_offset,
                                             .timestamp = same->timestamp};
    }
    if (p != NULL && h->producer_epoch < p->epoch)
        return refuse(KW_INVALID_PRODUCER_EPOCH);
    if (client && !sequence_fits(p, h, origin))
        return refuse(KW_OUT_OF_ORDER_SEQUENCE_NUMBER);
    if (p != NULL && p->txn_first_offset >= 0 && !batch_is_transactional(h))
        return refuse(KW_INVALID_TXN_STATE);
    return append;
}

/* Counting. */

static void set_epoch(struct producer *p, int16_t epoch)
{
    if (p->epoch == epoch)
        return;
    p->epoch = epoch;
    p->batch_count = 0; /* sequences start again */
}

static void add_batch(struct producer *p, const struct producer_batch *batch)
{
    if (p->batch_count == PRODUCER_BATCHES) {
        memmove(p->batches, p->batches + 1, sizeof(p->batches) - sizeof(p->batches[0]));
        p->batch_count--;
    }
    p->batches[p->batch_count++] = *batch;
}

int producer_txn_add(struct producer_state *s, const struct producer_txn *txn)
{
    if (!ensure_table(s))
        return -ENOMEM;
    struct producer_table *t = s->table;
    if (t->txn_count == t->txn_cap) {
        uint32_t cap = t->txn_cap == 0 ? TXNS_FIRST : t->txn_cap * 2;
        struct producer_txn *fresh = mem_realloc(t->txns, cap * sizeof(*fresh));
        if (fresh == NULL)
            return -ENOMEM;
        t->txns = fresh;
        t->txn_cap = cap;
    }
    uint32_t at = t->txn_count; /* a log grows at its end, so this is where it belongs but for snapshots */
    while (at > 0 && t->txns[at - 1].first_offset > txn->first_offset)
        at--;
    memmove(t->txns + at + 1, t->txns + at, (t->txn_count - at) * sizeof(*t->txns));
    t->txns[at] = *txn;
    t->txn_count++;
    return 0;
}

int producer_apply(struct producer_state *s, const struct kw_batch_header *h)
{
    MR_ASSERT(!batch_is_control(h));
    if (!batch_has_producer(h))
        return 0;
    struct producer *p = producer_take(s, h->producer_id);
    if (p == NULL)
        return -ENOMEM;

    if (batch_is_transactional(h) && p->txn_first_offset < 0) {
        struct producer_txn txn = {.producer_id = p->id, .first_offset = h->base_offset, .last_offset = -1};
        int err = producer_txn_add(s, &txn);
        if (err != 0)
            return err;
        p->txn_first_offset = h->base_offset;
        s->table->open_count++;
    }
    struct producer_batch batch = {.last_offset = batch_last_offset(h),
                                   .timestamp = h->max_timestamp,
                                   .last_sequence = batch_last_sequence(h),
                                   .offset_delta = h->last_offset_delta};
    set_epoch(p, h->producer_epoch);
    add_batch(p, &batch);
    p->last_timestamp = h->max_timestamp;
    touch(s->table, p);
    return 0;
}

enum kw_error producer_check_marker(const struct producer_state *s, const struct kw_batch_header *h,
                                    int32_t coordinator_epoch, int16_t txn_version)
{
    const struct producer *p = lookup(s, h->producer_id);
    if (p == NULL)
        return KW_NONE;
    if (h->producer_epoch < p->epoch)
        return KW_INVALID_PRODUCER_EPOCH;
    if (txn_version >= 2 && h->producer_epoch == p->epoch && p->txn_first_offset >= 0) /* KIP-890 */
        return KW_INVALID_PRODUCER_EPOCH;
    if (coordinator_epoch < p->coordinator_epoch)
        return KW_TRANSACTION_COORDINATOR_FENCED;
    return KW_NONE;
}

static struct producer_txn *find_txn(struct producer_table *t, int64_t first_offset)
{
    for (uint32_t i = 0; i < t->txn_count; i++)
        if (t->txns[i].first_offset == first_offset)
            return &t->txns[i];
    return NULL;
}

int producer_apply_marker(struct producer_state *s, const struct kw_batch_header *h, bool commit,
                          int32_t coordinator_epoch, int64_t timestamp, struct producer_txn *ret)
{
    struct producer *p = producer_take(s, h->producer_id);
    if (p == NULL)
        return -ENOMEM;
    struct producer_table *t = s->table;

    int ended = 0;
    if (p->txn_first_offset >= 0) {
        struct producer_txn *txn = find_txn(t, p->txn_first_offset);
        MR_ASSERT(txn != NULL);
        txn->last_offset = h->base_offset;
        txn->aborted = !commit;
        *ret = *txn;
        p->txn_first_offset = -1;
        t->open_count--;
        ended = 1;
    }
    set_epoch(p, h->producer_epoch);
    p->coordinator_epoch = coordinator_epoch;
    p->last_timestamp = timestamp;
    t->marker_offset = mr_imax(t->marker_offset, h->base_offset);
    touch(t, p);
    return ended;
}

static bool decided(const struct producer_txn *txn, int64_t high_watermark)
{
    return txn->last_offset >= 0 && txn->last_offset < high_watermark;
}

int64_t producer_first_unstable(const struct producer_state *s, int64_t high_watermark)
{
    const struct producer_table *t = s->table;
    for (uint32_t i = 0; t != NULL && i < t->txn_count; i++)
        if (!decided(&t->txns[i], high_watermark))
            return t->txns[i].first_offset;
    return -1;
}

void producer_high_watermark(struct producer_state *s, int64_t high_watermark)
{
    struct producer_table *t = s->table;
    if (t == NULL || t->txn_count == 0)
        return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->txn_count; i++) {
        if (!decided(&t->txns[i], high_watermark))
            t->txns[kept++] = t->txns[i];
    }
    t->txn_count = kept;
    producer_table_trim(s);
}

int64_t producer_stable_after(const struct producer_state *s, const struct producer_txn *ended)
{
    const struct producer_table *t = s->table;
    for (uint32_t i = 0; t != NULL && i < t->txn_count; i++)
        if (t->txns[i].last_offset < 0)
            return t->txns[i].first_offset;
    return ended->last_offset + 1;
}

bool producer_is_expired(int64_t last_timestamp, int64_t now_ms, int64_t expiration_ms)
{
    return (__int128)now_ms - last_timestamp >= expiration_ms;
}

uint32_t producer_expire(struct producer_state *s, int64_t now_ms, int64_t expiration_ms)
{
    uint32_t removed = 0;
    if (s->table == NULL)
        return 0;
    LIST_FOR_SAFE(node, tmp, &s->table->order)
    {
        struct producer *p = of_recent(node);
        if (p->txn_first_offset < 0 && producer_is_expired(p->last_timestamp, now_ms, expiration_ms)) {
            remove_producer(s->table, p);
            removed++;
        }
    }
    producer_table_trim(s);
    return removed;
}

/* Cutting. */

static int batches_below(const struct producer *p, int64_t end_offset)
{
    int n = p->batch_count;
    while (n > 0 && p->batches[n - 1].last_offset >= end_offset)
        n--;
    return n;
}

int producer_truncate(struct producer_state *s, int64_t end_offset)
{
    struct producer_table *t = s->table;
    if (t == NULL)
        return 0;
    if (t->marker_offset >= end_offset)
        return -MR_E_STATE; /* the transaction it ended would be open again */
    LIST_FOR(node, &t->order)
    {
        const struct producer *p = of_recent(node);
        if (p->batch_count > 0 && batches_below(p, end_offset) == 0)
            return -MR_E_STATE; /* it may have had an older epoch, or not have been there at all */
    }
    LIST_FOR(node, &t->order)
    {
        struct producer *p = of_recent(node);
        int kept = batches_below(p, end_offset);
        if (kept == p->batch_count)
            continue;
        p->batch_count = (uint8_t)kept;
        p->last_timestamp = p->batches[kept - 1].timestamp;
        if (p->txn_first_offset >= end_offset) {
            p->txn_first_offset = -1;
            t->open_count--;
        }
    }
    while (t->txn_count > 0 && t->txns[t->txn_count - 1].first_offset >= end_offset)
        t->txn_count--;
    return 0;
}
