#include "storage/plog.h"

#include <stdio.h>

#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/ahead.h"
#include "storage/damage.h"
#include "storage/index_load.h"
#include "storage/plog_priv.h"
#include "storage/space.h"
#include "storage/trim.h"

enum {
    APPEND_HEAD = PART_KEY_BYTES + 4,
    TAIL_CAP_FIRST = 8,
};

/* ---- making ---- */

struct plog *plog_new(struct store *s, struct part_key key, const char *topic, const struct plog_config *cfg)
{
    struct plog *log = mem_zalloc(1, sizeof(*log));
    if (log == NULL)
        return NULL;
    log->store = s;
    part_key_put(log->key_bytes, key);
    log->topic = mem_text(topic, strlen(topic));
    if (log->topic == NULL) {
        mem_free(log);
        return NULL;
    }
    log->cfg = *cfg;
    producer_state_init(&log->producers, PRODUCERS_MAX_DEFAULT);
    list_init(&log->open_waiters);
    list_init(&log->uses);
    list_init(&log->all_link);
    list_init(&log->touched_link);
    list_init(&log->work_link);
    list_init(&log->ahead_link);
    list_init(&log->swaps);
    trim_init_log(log);
    return log;
}

void plog_free(struct plog *log)
{
    MR_ASSERT(list_empty(&log->uses) && !log->materialising && log->busy == 0 && log->pins == 0);
    MR_ASSERT(list_empty(&log->open_waiters) && list_empty(&log->swaps));
    list_remove(&log->all_link);
    list_remove(&log->touched_link);
    list_remove(&log->work_link);
    ahead_forget(log);
    trim_forget(log);
    for (uint32_t i = 0; i < log->seg_count; i++) {
        segment_txns_drop(log->store, log->segs[i]);
        segment_free(log->segs[i]);
    }
    producer_state_done(&log->producers);
    epochs_done(&log->epochs);
    damage_forget(log);
    mem_free(log->segs);
    mem_free(log->tail);
    mem_free(log->frag);
    mem_free(log->topic);
    mem_free(log);
}

struct part_key plog_key(const struct plog *log)
{
    return part_key_get(log->key_bytes);
}
const char *plog_key_bytes(const struct plog *log)
{
    return (const char *)log->key_bytes;
}
const char *plog_topic(const struct plog *log)
{
    return log->topic;
}
int64_t plog_start(const struct plog *log)
{
    return log->log_start;
}
int64_t plog_stable_end(const struct plog *log)
{
    return log->stable_end;
}
int64_t plog_append_end(const struct plog *log)
{
    return log->append_end;
}
void plog_configure(struct plog *log, const struct plog_config *cfg)
{
    log->cfg = *cfg;
}
void plog_set_owner(struct plog *log, void *owner)
{
    log->owner = owner;
}
void *plog_owner(const struct plog *log)
{
    return log->owner;
}
int plog_failed(const struct plog *log)
{
    return log->store->fenced != 0 ? -MR_E_FENCED : log->failed;
}

void plog_dir(const struct plog *log, char *dst)
{
    snprintf(dst, SEGMENT_PATH_MAX, "%s/%s-%d", log->store->dir, log->topic, plog_key(log).partition);
}

static void claim_granted(void *holder)
{
    struct plog *log = holder;
    log->claim_asked = false;
    log->dir_claimed = true;
    if (log->state == PLOG_OPENING)
        plog_open_claimed(log);
}

bool plog_claim(struct plog *log)
{
    struct store *s = log->store;
    if (log->dir_claimed || log->claim_asked)
        return log->dir_claimed;
    int r = logdir_claim(s->cfg.dir, log->topic, plog_key(log).partition, log, s->shard, claim_granted);
    log->dir_claimed = r == 1;
    log->claim_asked = r == 0;
    return log->dir_claimed;
}

struct producer_state *plog_producers(struct plog *log)
{
    return &log->producers;
}

struct epoch_cache *plog_epochs(struct plog *log)
{
    return &log->epochs;
}

uint64_t plog_bytes(const struct plog *log)
{
    return log->seg_count == 0 ? 0 : log->closed_bytes + plog_last(log)->size;
}

uint64_t plog_unmaterialised(const struct plog *log)
{
    uint64_t bytes = 0;
    for (uint32_t i = log->seg_count; i > 0 && !log->segs[i - 1]->finished; i--)
        bytes += segment_unmaterialised(log->segs[i - 1]);
    return bytes;
}

void plog_info(const struct plog *log, struct plog_info *ret)
{
    *ret = (struct plog_info){
        .segments = log->seg_count,
        .tail_batches = (uint32_t)(log->tail_end - log->tail_first),
        .unmaterialised_bytes = plog_unmaterialised(log),
        .open = log->state == PLOG_OPEN,
    };
    for (uint64_t n = log->tail_first; n < log->tail_end; n++)
        ret->tail_bytes += plog_tail(log, n)->bytes;
}

/* ---- segments ---- */

int plog_attach_room(struct plog *log)
{
    if (log->seg_count < log->seg_cap)
        return 0;
    uint32_t cap = log->seg_cap == 0 ? 1 : log->seg_cap * 2;
    void *grown = mem_realloc(log->segs, cap * sizeof(*log->segs));
    if (grown == NULL)
        return -ENOMEM;
    log->segs = grown;
    log->seg_cap = cap;
    return 0;
}

void plog_attach(struct plog *log, struct segment *seg)
{
    if (log->seg_count > 0) {
        struct segment *last = plog_last(log);
        last->rolled = true;
        log->closed_bytes += last->size;
        if (segment_indexed(last))
            (void)index_close(&last->live->index, last->live->index.max_ts, last->live->index.max_ts_delta);
        materialise_want(log); /* its end has to be written and cut to size */
    }
    log->segs[log->seg_count++] = seg;
}

int plog_roll(struct plog *log, int64_t base)
{
    int err = plog_attach_room(log);
    if (err != 0)
        return err;
    struct segment *seg = segment_new(base);
    if (seg == NULL)
        return -ENOMEM;
    plog_attach(log, seg);
    return 0;
}

struct segment *plog_seg_of(const struct plog *log, int64_t offset, uint32_t *ret_number)
{
    uint32_t lo = 0, hi = log->seg_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (log->segs[mid]->base <= offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == 0)
        return NULL;
    if (ret_number != NULL)
        *ret_number = log->seg_first + lo - 1;
    return log->segs[lo - 1];
}

/* Kafka's LogSegment.shouldRoll: size, age by the first batch's time, full index, offsets beyond 31 bits; and
 * a bound of our own on aborted transactions. */
static bool must_roll(const struct plog *log, const struct segment *seg, size_t bytes, int64_t max_ts,
                      int64_t last_offset)
{
    if (seg->size == 0)
        return false;
    if (seg->size + bytes > log->cfg.segment_bytes || seg->size + bytes > INT32_MAX)
        return true;
    if (last_offset - seg->base > INT32_MAX || segment_txn_count(seg) >= TXN_INDEX_FULL)
        return true;
    /* Of the time index the last entry is kept for the end of the segment. */
    if (seg->live->index.offset_count >= log->cfg.index_bytes_max / 8 ||
        seg->live->index.time_count + 1 >= log->cfg.index_bytes_max / 12)
        return true;
    int64_t age_max = log->cfg.segment_ms - log->cfg.segment_jitter_ms;
    return seg->first_ts >= 0 && max_ts >= 0 && max_ts - seg->first_ts > age_max;
}

/* ---- the tail ---- */

static int tail_grow(struct plog *log)
{
    uint32_t cap = log->tail_cap == 0 ? TAIL_CAP_FIRST : log->tail_cap * 2;
    struct tail_entry *grown = mem_alloc((size_t)cap * sizeof(*grown));
    if (grown == NULL)
        return -ENOMEM;
    for (uint64_t n = log->tail_first; n < log->tail_end; n++)
        grown[n & (cap - 1)] = *plog_tail(log, n);
    mem_free(log->tail);
    log->tail = grown;
    log->tail_cap = cap;
    return 0;
}

static struct tail_use *use_of(struct plog *log, struct jchunk *chunk)
{
    if (!list_empty(&log->uses)) {
        struct tail_use *last = MR_CONTAINER(log->uses.prev, struct tail_use, log_link);
        if (last->chunk == chunk)
            return last;
    }
    struct mr_list *spare = list_pop(&log->store->spare_uses);
    struct tail_use *use =
        spare != NULL ? MR_CONTAINER(spare, struct tail_use, log_link) : mem_alloc(sizeof(*use));
    if (use == NULL)
        return NULL;
    *use = (struct tail_use){.log = log, .chunk = chunk};
    list_push(&chunk->uses, &use->chunk_link);
    list_push(&log->uses, &use->log_link);
    return use;
}

static void use_drop(struct tail_use *use)
{
    list_remove(&use->chunk_link);
    list_remove(&use->log_link);
    list_push(&use->log->store->spare_uses, &use->log_link);
}

int plog_note(struct plog *log, struct jchunk *chunk, uint32_t at, uint32_t len)
{
    struct mr_slice rest = {chunk->buf->data + at, len};
    struct kw_batch batch;
    struct tail_use *use = use_of(log, chunk);
    if (use == NULL)
        return -ENOMEM;
    int more;
    while ((more = batch_next(&rest, &batch)) == 1) {
        const struct kw_batch_header *h = &batch.h;
        if (h->base_offset < log->append_end || h->base_offset > OFFSET_MAX || h->last_offset_delta < 0)
            return -MR_E_CORRUPT;
        if (log->tail_end - log->tail_first == log->tail_cap && tail_grow(log) != 0)
            return -ENOMEM;
        struct segment *seg = plog_last(log);
        uint32_t bytes = (uint32_t)batch.bytes.len;
        if (h->max_timestamp > seg->max_ts)
            segment_set_max_ts(seg, h->max_timestamp, batch_last_offset(h));
        segment_scan(seg, log->cfg.index_interval_bytes, seg->size, bytes, batch_last_offset(h),
                     h->max_timestamp);
        *plog_tail(log, log->tail_end) = (struct tail_entry){
            .base = h->base_offset,
            .chunk = chunk,
            .at = (uint32_t)(batch.bytes.ptr - chunk->buf->data),
            .bytes = bytes,
            .last_delta = (uint32_t)h->last_offset_delta,
            .seg = plog_last_number(log),
        };
        log->tail_end++;
        seg->size += bytes;
        (void)epochs_begin(&log->epochs, h->leader_epoch, h->base_offset);
        int err = txn_index_count(&seg->live->txns, &log->producers, &batch);
        if (err != 0)
            return err;
        log->append_end = batch_next_offset(h);
        use->entry_end = log->tail_end;
        use->seg = plog_last_number(log);
        use->end_pos = seg->size;
        log->store->stats.tail_bytes += bytes;
        log->store->stats.unmaterialised_bytes += bytes;
    }
    log->changed = true;
    return more < 0 || rest.len != 0 ? -MR_E_CORRUPT : 0;
}

/* Bytes of the tail's entry n that the file lacks begin here. */
static uint32_t missing_from(const struct plog *log, uint64_t n)
{
    return n == log->mat_entry ? log->mat_skip : 0;
}

bool plog_retire(struct tail_use *use)
{
    struct plog *log = use->log;
    bool all_written = log->mat_entry >= use->entry_end; /* then the segment may be gone */
    if (!all_written) {
        struct segment *seg = plog_seg(log, use->seg);
        if (log->materialising)
            return false; /* it is reading those bytes now */
        if (log->mat_seg != use->seg || seg->rolled || use->end_pos - seg->mat_pos >= SEGMENT_UNIT)
            return false;
        if (plog_seg(log, log->mat_seg) != seg)
            return false;
        uint32_t add = (uint32_t)(use->end_pos - seg->mat_pos) - log->frag_len;
        uint8_t *frag = mem_realloc(log->frag, log->frag_len + add);
        if (frag == NULL)
            return false;
        log->frag = frag;
        for (uint64_t n = log->mat_entry; n < use->entry_end; n++) {
            const struct tail_entry *e = plog_tail(log, n);
            uint32_t from = missing_from(log, n);
            memcpy(log->frag + log->frag_len, e->chunk->buf->data + e->at + from, e->bytes - from);
            log->frag_len += e->bytes - from;
        }
        MR_ASSERT(log->frag_len == use->end_pos - seg->mat_pos);
        log->mat_entry = use->entry_end;
        log->mat_skip = 0;
    }
    for (; log->tail_first < use->entry_end; log->tail_first++)
        log->store->stats.tail_bytes -= plog_tail(log, log->tail_first)->bytes;
    if (log->tail_first == log->tail_end) { /* an idle log holds nothing */
        mem_free(log->tail);
        log->tail = NULL;
        log->tail_cap = 0;
    }
    use_drop(use);
    return true;
}

void plog_drop_tail(struct plog *log)
{
    for (uint64_t n = log->tail_first; n < log->tail_end; n++)
        log->store->stats.tail_bytes -= plog_tail(log, n)->bytes;
    log->store->stats.unmaterialised_bytes -= plog_unmaterialised(log);
    log->tail_first = log->mat_entry = log->tail_end;
    log->mat_skip = 0;
    mem_free(log->tail);
    log->tail = NULL;
    log->tail_cap = 0;
    while (!list_empty(&log->uses)) {
        struct tail_use *use = MR_CONTAINER(log->uses.next, struct tail_use, log_link);
        struct jchunk *chunk = use->chunk;
        use_drop(use);
        journal_chunk_put(log->store->journal, chunk);
    }
}

uint64_t plog_copy_memory(const struct plog *log, uint32_t number, uint64_t pos, uint8_t *dst, uint64_t room)
{
    const struct segment *seg = plog_seg(log, number);
    uint64_t put = 0;
    if (seg->finished || pos < seg->mat_pos || log->mat_seg > number)
        return 0;
    uint64_t at = seg->mat_pos; /* of what is looked at */
    if (log->mat_seg == number && log->frag_len > 0) {
        uint64_t pass = mr_min(pos - at, log->frag_len);
        put = mr_min(room, log->frag_len - pass);
        memcpy(dst, log->frag + pass, put);
        at += log->frag_len;
    }
    for (uint64_t n = log->mat_entry; n < log->tail_end && put < room; n++) {
        const struct tail_entry *e = plog_tail(log, n);
        if (e->seg != number)
            continue;
        uint32_t done = n == log->mat_entry ? log->mat_skip : 0, left = e->bytes - done;
        uint64_t pass = pos + put > at ? mr_min(pos + put - at, left) : 0;
        uint64_t take = mr_min(room - put, left - pass);
        memcpy(dst + put, e->chunk->buf->data + e->at + done + pass, take);
        put += take;
        at += left;
    }
    return put;
}

/* ---- appending ---- */

bool plog_has_room(struct plog *log, size_t bytes)
{
    struct journal *j = log->store->journal;
    if (log->store->space.starved)
        return true; /* or the append is refused, which is what the caller should see */
    return !journal_someone_waits(j) && !journal_slowed(j) && plog_journal_open(log) != -EAGAIN &&
           journal_room(j, JENTRY_APPEND, APPEND_HEAD + bytes);
}

void plog_wait_room(struct plog *log, struct mr_work *w)
{
    journal_wait_room(log->store->journal, w);
}

static void append_stable(struct jwait *w, int err)
{
    struct plog_append *a = MR_CONTAINER(w, struct plog_append, wait);
    struct plog *log = a->log;
    a->err = err;
    if (err == 0 && !log->removed) {
        MR_ASSERT(a->last_offset + 1 > log->stable_end);
        log->stable_end = a->last_offset + 1;
        if (!log->touched) {
            log->touched = true;
            list_push(&log->store->touched, &log->touched_link);
        }
    }
    a->done(a);
}

/* The first entry of a log since it was clean on disk, or since the start: what later entries build on. */
int plog_journal_open(struct plog *log)
{
    struct journal *j = log->store->journal;
    if (log->journalled)
        return 0;
    if (log->record_wanted)
        return log->store->fenced != 0 ? -MR_E_FENCED
                                       : -EAGAIN; /* the checkpoint wakes those who wait for room */
    struct mr_scratch record;
    scratch_init(&record, journal_entry_max(j) - PART_KEY_BYTES);
    int err = precord_put(log, &record, 0, 0);
    if (err == 0 && !journal_room(j, JENTRY_OPEN, PART_KEY_BYTES + record.len))
        err = -EAGAIN;
    if (err == 0) {
        struct jchunk *chunk;
        uint8_t *body = journal_add(j, JENTRY_OPEN, 0, plog_key(log), PART_KEY_BYTES + record.len, &chunk);
        if (body != NULL)
            memcpy(body + PART_KEY_BYTES, record.data, record.len);
        else
            err = journal_fenced(j) ? -MR_E_FENCED : -EAGAIN;
    }
    scratch_done(&record);
    if (err == -MR_E_LIMIT) { /* thousands of segments or producers */
        log->record_wanted = true;
        checkpoint_start_now(log->store);
    }
    if (err != 0)
        return err == -MR_E_FENCED ? err : -EAGAIN;
    uint32_t entry;
    journal_here(j, &log->open_sequence, &entry);
    log->settled_below = log->seg_count > 0 ? plog_last(log)->base : 0;
    log->journalled = true;
    log->changed = true;
    return 0;
}

bool plog_disk_full(struct plog *log)
{
    log->store->stats.space_refused += log->store->space.is_short;
    return log->store->space.is_short;
}

int plog_append(struct plog *log, struct plog_append *a)
{
    struct store *s = log->store;
    struct journal *j = s->journal;
    MR_ASSERT(log->state == PLOG_OPEN && !log->removed);
    if (s->fenced != 0)
        return -MR_E_FENCED;
    size_t len = a->batches.len, body_bytes = APPEND_HEAD + len;
    if (body_bytes > journal_entry_max(j))
        return -MR_E_LIMIT;
    if (!space_own(s) || (a->client && s->space.is_short))
        return -ENOSPC;
    int err = plog_journal_open(log);
    if (err != 0 && err != -EAGAIN)
        return err;
    if (err != 0 || !journal_room(j, JENTRY_APPEND, body_bytes))
        return s->space.starved ? -ENOSPC : -EAGAIN; /* not before others make room on the disk */
    if (a->client && !space_take(s, len))
        return -ENOSPC;

    /* Offsets first, so that a roll is known before anything is written. */
    struct mr_slice rest = a->batches;
    struct kw_batch batch;
    int64_t next = log->append_end, max_ts = -1;
    while (batch_next(&rest, &batch) == 1) {
        next += batch.h.last_offset_delta + 1;
        max_ts = mr_imax(max_ts, batch.h.max_timestamp);
    }
    MR_ASSERT(rest.len == 0 && next > log->append_end); /* callers validated */
    bool roll = log->seg_count == 0 || must_roll(log, plog_last(log), len, max_ts, next - 1);
    struct segment *fresh = roll && plog_attach_room(log) == 0 ? segment_new(log->append_end) : NULL;
    if (roll && fresh == NULL)
        return -EAGAIN;
    struct jchunk *chunk;
    uint8_t *body = journal_add(j, JENTRY_APPEND, roll ? JENTRY_ROLL : 0, plog_key(log), body_bytes, &chunk);
    if (body == NULL) {
        if (fresh != NULL)
            segment_free(fresh);
        return journal_fenced(j) ? -MR_E_FENCED : -EAGAIN;
    }
    journal_took(j, body_bytes);
    if (fresh != NULL)
        plog_attach(log, fresh);
    mr_put32(body + PART_KEY_BYTES, (uint32_t)a->leader_epoch);
    uint8_t *dst = body + APPEND_HEAD;
    memcpy(dst, a->batches.ptr, len);
    a->log = log;
    a->base_offset = next = log->append_end;
    for (size_t at = 0; at < len;) {
        batch_assign(dst + at, next, a->leader_epoch);
        struct kw_batch_header h;
        batch_header_read(dst + at, &h);
        next = batch_next_offset(&h);
        at += batch_bytes(&h);
    }
    a->last_offset = next - 1;
    err = plog_note(log, chunk, (uint32_t)(dst - chunk->buf->data), (uint32_t)len);
    MR_ASSERT(err == 0); /* out of memory for a few bytes of index is not survivable half way */
    a->wait.done = append_stable;
    journal_wait(j, &a->wait);
    store_changed(s);
    if (!segment_indexed(plog_last(log)))
        index_complete(log);
    return 0;
}

/* ---- log start ---- */

static void change_stable(struct jwait *w, int err)
{
    struct plog_change *c = MR_CONTAINER(w, struct plog_change, wait);
    if (err == 0) {
        c->log->stable_start = mr_imax(c->log->stable_start, c->offset);
        trim_want(c->log);
    }
    c->err = err;
    c->done(c);
}

static void change_now(struct mr_work *w)
{
    struct plog_change *c = MR_CONTAINER(w, struct plog_change, work);
    struct plog *log = c->log;
    c->err = 0;
    c->done(c);
    plog_idle(log);
}

int plog_set_start(struct plog *log, int64_t offset, struct plog_change *c)
{
    struct store *s = log->store;
    MR_ASSERT(log->state == PLOG_CUTTING || (log->state == PLOG_OPEN && offset <= log->stable_end));
    c->log = log;
    c->offset = offset = mr_imax(offset, log->log_start);
    if (s->fenced != 0)
        return -MR_E_FENCED;
    if (log->state == PLOG_CUTTING)
        return -EAGAIN;
    if (offset <= log->stable_start) {
        plog_busy(log);
        work_init(&c->work, change_now);
        shard_ready(s->shard, &c->work);
        return 0;
    }
    int err = plog_journal_open(log);
    if (err != 0)
        return err;
    if (!journal_room(s->journal, JENTRY_LOG_START, PART_KEY_BYTES + 8))
        return -EAGAIN;
    /* Nothing is left: the last segment goes, too, and the log goes on in a new one. */
    bool roll = offset == log->append_end && log->seg_count > 0 && plog_last(log)->size > 0;
    struct segment *fresh = roll && plog_attach_room(log) == 0 ? segment_new(offset) : NULL;
    struct jchunk *chunk;
    uint8_t *body = journal_add(s->journal, JENTRY_LOG_START, fresh != NULL ? JENTRY_ROLL : 0, plog_key(log),
                                PART_KEY_BYTES + 8, &chunk);
    if (body == NULL) {
        if (fresh != NULL)
            segment_free(fresh);
        return journal_fenced(s->journal) ? -MR_E_FENCED : -EAGAIN;
    }
    if (fresh != NULL) {
        plog_attach(log, fresh);
        materialise_kick(s); /* without it no segment ends, and only segments that ended go */
    }
    mr_put64(body + PART_KEY_BYTES, (uint64_t)offset);
    log->log_start = offset;
    epochs_cut_start(&log->epochs, offset);
    log->changed = true;
    c->wait.done = change_stable;
    journal_wait(s->journal, &c->wait);
    store_changed(s);
    return 0;
}
