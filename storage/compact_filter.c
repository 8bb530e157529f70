#include "storage/compact_filter.h"

#include "core/err.h"
#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "net/wire/records.h"
#include "storage/producer_state.h"

enum { RECORDS_KEEP_BYTES = 1 << 20 };

void compact_filter_init(struct compact_filter *f)
{
    scratch_init(&f->records, INT32_MAX);
    map_init(&f->open);
    map_init(&f->aborted_first);
    f->aborted = NULL;
    f->aborted_next = NULL;
    f->aborted_count = 0;
    f->records_in = f->records_out = f->invalid = 0;
}

static void drop_aborted(struct compact_filter *f)
{
    mem_free(f->aborted);
    mem_free(f->aborted_next);
    f->aborted = NULL;
    f->aborted_next = NULL;
    f->aborted_count = 0;
    map_done(&f->aborted_first);
    map_init(&f->aborted_first);
}

void compact_filter_done(struct compact_filter *f)
{
    drop_aborted(f);
    map_done(&f->aborted_first);
    map_done(&f->open);
    scratch_done(&f->records);
    key_map_done(&f->map);
}

/* ---- transactions ---- */

/* aborted_next[n] is where producer n's next entry is; aborted_first points at the element that holds the
 * number of the producer's first one, counted from aborted_next[count] on. */
int compact_aborted(struct compact_filter *f, const struct txn_aborted *items, uint32_t count)
{
    drop_aborted(f);
    if (count == 0)
        return 0;
    f->aborted = mem_alloc(count * sizeof(*f->aborted));
    f->aborted_next = mem_alloc(2 * (size_t)count * sizeof(*f->aborted_next));
    if (f->aborted == NULL || f->aborted_next == NULL) {
        drop_aborted(f);
        return -ENOMEM;
    }
    memcpy(f->aborted, items, count * sizeof(*items));
    f->aborted_count = count;
    for (uint32_t n = count; n-- > 0;) {
        uint64_t producer = (uint64_t)items[n].producer_id;
        uint32_t *first = map_get(&f->aborted_first, producer);
        f->aborted_next[n] = first != NULL ? *first : UINT32_MAX;
        if (first == NULL) {
            first = &f->aborted_next[count + n];
            if (map_put(&f->aborted_first, producer, first) != 0) {
                drop_aborted(f);
                return -ENOMEM;
            }
        }
        *first = n;
    }
    return 0;
}

/* The producer's aborted transaction that ends at or beyond offset, or NULL. Offsets only grow. */
static const struct txn_aborted *aborted_from(struct compact_filter *f, int64_t producer, int64_t offset)
{
    uint32_t *at = map_get(&f->aborted_first, (uint64_t)producer);
    while (at != NULL && *at != UINT32_MAX && f->aborted[*at].last_offset < offset)
        *at = f->aborted_next[*at];
    return at != NULL && *at != UINT32_MAX ? &f->aborted[*at] : NULL;
}

static bool is_aborted(struct compact_filter *f, const struct kw_batch_header *h)
{
    if (!batch_is_transactional(h))
        return false;
    const struct txn_aborted *e = aborted_from(f, h->producer_id, h->base_offset);
    return e != NULL && e->first_offset <= h->base_offset;
}

/* ---- learning ---- */

/* 1, 0 when the map is full, or an error. */
static int learn_records(struct compact_filter *f, const struct kw_batch *b)
{
    struct mr_slice records;
    int err = batch_records(b, f->comp, f->unpacked, f->unpacked_bytes_max, &records);
    if (err != 0)
        return err;
    struct record_iter it;
    struct kw_record r;
    record_iter_init(&it, records, b->h.record_count);
    while ((err = record_next(&it, &r)) == 1) {
        int64_t offset = b->h.base_offset + r.offset_delta;
        if (offset < f->map_from || r.key.ptr == NULL)
            continue;
        if (!key_map_put(&f->map, r.key, offset)) {
            f->map_end = mr_imax(f->map_end, offset);
            return 0;
        }
        f->map_end = mr_imax(f->map_end, offset + 1);
    }
    return err < 0 ? err : 1;
}

int compact_learn(struct compact_filter *f, const struct kw_batch *b)
{
    int more = 1;
    if (!batch_is_control(&b->h) && b->h.record_count > 0 && !is_aborted(f, &b->h))
        more = learn_records(f, b);
    if (more == 1)
        f->map_end = mr_imax(f->map_end, batch_next_offset(&b->h));
    return more;
}

void compact_turn(struct compact_filter *f)
{
    drop_aborted(f);
}

/* ---- what stays ---- */

/* May all of it go, whatever the keys say? *ret_needless: a marker of a transaction without batches. Called
 * once for each batch, in order. */
static int may_go(struct compact_filter *f, const struct kw_batch *b, bool *ret, bool *ret_needless)
{
    const struct kw_batch_header *h = &b->h;
    uint64_t producer = (uint64_t)h->producer_id;
    *ret = *ret_needless = false;
    if (!batch_is_control(h)) {
        *ret = is_aborted(f, h);
        if (batch_is_transactional(h) && map_get(&f->open, producer) == NULL)
            return map_put(&f->open, producer, f);
        return 0;
    }
    struct control_record c;
    int any = control_read(b, &c);
    if (any < 0)
        return any;
    if (any == 1 && c.type != CONTROL_ABORT && c.type != CONTROL_COMMIT)
        return 0;
    *ret_needless = any == 0 || map_remove(&f->open, producer) == NULL;
    *ret = *ret_needless && (h->attributes & BATCH_DELETE_HORIZON) != 0 && h->base_timestamp <= f->now_ms;
    return 0;
}

/* Its sequence or epoch is known from nowhere else when the state is rebuilt. */
static bool last_of_producer(const struct compact_filter *f, const struct kw_batch_header *h)
{
    const struct producer *p = batch_has_producer(h) ? producer_find(f->producers, h->producer_id) : NULL;
    if (p == NULL)
        return false;
    int64_t last = producer_last_offset(p);
    return last >= 0 ? last == batch_last_offset(h) : batch_is_control(h) && p->epoch == h->producer_epoch;
}

static bool record_stays(struct compact_filter *f, const struct kw_batch_header *h, const struct kw_record *r)
{
    int64_t offset = h->base_offset + r->offset_delta;
    if (batch_is_control(h) || offset >= f->map_end)
        return true;
    if (r->key.ptr == NULL) {
        f->invalid++;
        return false;
    }
    if (offset < key_map_get(&f->map, r->key))
        return false;
    return r->value.ptr != NULL || (h->attributes & BATCH_DELETE_HORIZON) == 0 ||
           f->now_ms < h->base_timestamp;
}

/* What of a batch stays, by two walks: the first one counts. */
struct stay {
    uint32_t count;
    bool tombstones;
    int64_t first_ts; /* of the first one */
};

static int count_staying(struct compact_filter *f, const struct kw_batch *b, struct mr_slice records,
                         struct stay *ret)
{
    struct record_iter it;
    struct kw_record r;
    int more;
    *ret = (struct stay){.count = 0};
    record_iter_init(&it, records, b->h.record_count);
    while ((more = record_next(&it, &r)) == 1) {
        if (!record_stays(f, &b->h, &r))
            continue;
        if (ret->count++ == 0)
            ret->first_ts = batch_record_timestamp(&b->h, r.timestamp_delta);
        ret->tombstones |= r.value.ptr == NULL;
    }
    return more;
}

/* The header goes to out; what follows it stands there already. */
static int put_header(struct kw_batch_header *h, struct mr_scratch *out, size_t start)
{
    size_t bytes = out->len - start;
    if (bytes - BATCH_PREFIX_BYTES > INT32_MAX)
        return -MR_E_LIMIT;
    h->length = (int32_t)(bytes - BATCH_PREFIX_BYTES);
    batch_header_write(out->data + start, h);
    batch_seal(out->data + start);
    return 0;
}

/* A producer expires by its last batch's time, so that stays. Otherwise no record has it any more: it must
 * not get into the time index, where Kafka would look for it in vain. */
static int put_empty(const struct kw_batch *b, bool timed, struct mr_scratch *out)
{
    struct kw_batch_header h = b->h;
    if (!timed)
        h.max_timestamp = KW_NO_TIMESTAMP;
    h.attributes &= BATCH_LOG_APPEND_TIME | BATCH_TRANSACTIONAL | BATCH_CONTROL;
    h.base_timestamp = KW_NO_TIMESTAMP;
    h.record_count = 0;
    size_t start = out->len;
    int err = scratch_reserve(out, BATCH_HEADER_BYTES);
    if (err != 0)
        return err;
    out->len += BATCH_HEADER_BYTES;
    return put_header(&h, out, start);
}

/* Those that stay, their times counted from base, to dst. */
static int put_records(struct compact_filter *f, const struct kw_batch *b, struct mr_slice records,
                       struct mr_scratch *dst, int64_t base, int64_t *ret_max)
{
    struct record_iter it;
    struct kw_record r;
    int more;
    record_iter_init(&it, records, b->h.record_count);
    while ((more = record_next(&it, &r)) == 1) {
        if (!record_stays(f, &b->h, &r))
            continue;
        int64_t ts = batch_record_timestamp(&b->h, r.timestamp_delta);
        *ret_max = mr_imax(*ret_max, ts);
        r.timestamp_delta = (int64_t)((uint64_t)ts - (uint64_t)base);
        int err = record_put(dst, &r);
        if (err != 0)
            return err;
    }
    return more;
}

static int put_changed(struct compact_filter *f, const struct kw_batch *b, struct mr_slice records,
                       const struct stay *stay, bool horizon, struct mr_scratch *out)
{
    struct kw_batch_header h = b->h;
    uint64_t invalid = f->invalid;
    int codec = batch_codec(&h);
    if (horizon) {
        h.attributes |= BATCH_DELETE_HORIZON;
        h.base_timestamp =
            f->now_ms > INT64_MAX - f->delete_retention_ms ? INT64_MAX : f->now_ms + f->delete_retention_ms;
    } else if ((h.attributes & BATCH_DELETE_HORIZON) == 0) {
        h.base_timestamp = stay->first_ts;
    }
    h.record_count = (int32_t)stay->count;
    if ((h.attributes & BATCH_LOG_APPEND_TIME) == 0)
        h.max_timestamp = KW_NO_TIMESTAMP;
    size_t start = out->len;
    int err = scratch_reserve(out, BATCH_HEADER_BYTES);
    if (err != 0)
        return err;
    out->len += BATCH_HEADER_BYTES;
    scratch_reset(&f->records, RECORDS_KEEP_BYTES);
    int64_t max = h.max_timestamp;
    err = put_records(f, b, records, codec == COMP_NONE ? out : &f->records, h.base_timestamp, &max);
    h.max_timestamp = max;
    f->invalid = invalid; /* counted by the first walk */
    if (err == 0 && codec != COMP_NONE)
        err = comp_pack(f->comp, codec, comp_level_default((enum comp_codec)codec),
                        (struct mr_slice){f->records.data, f->records.len}, out);
    if (err == 0)
        err = put_header(&h, out, start);
    if (err != 0)
        out->len = start;
    return err;
}

static const struct txn_aborted *entry_of(struct compact_filter *f, const struct kw_batch_header *h)
{
    const struct txn_aborted *e =
        batch_is_control(h) ? aborted_from(f, h->producer_id, h->base_offset) : NULL;
    return e != NULL && e->last_offset == h->base_offset ? e : NULL;
}

int compact_batch(struct compact_filter *f, const struct kw_batch *b, struct mr_scratch *out,
                  enum compact_fate *ret, const struct txn_aborted **ret_txn)
{
    bool gone, needless;
    *ret = COMPACT_DROPPED;
    *ret_txn = NULL;
    int err = may_go(f, b, &gone, &needless);
    if (err != 0)
        return err;
    f->records_in += (uint64_t)b->h.record_count;
    struct mr_slice records = {NULL, 0};
    struct stay stay = {.count = 0};
    if (!gone && b->h.record_count > 0) {
        err = batch_records(b, f->comp, f->unpacked, f->unpacked_bytes_max, &records);
        if (err == 0)
            err = count_staying(f, b, records, &stay);
        if (err != 0)
            return err;
    }
    f->records_out += stay.count;
    if (stay.count == 0) {
        bool producers = last_of_producer(f, &b->h);
        if (!producers && batch_next_offset(&b->h) != f->group_end)
            return 0;
        *ret = b->h.record_count == 0 ? COMPACT_KEPT : COMPACT_EMPTIED;
        return *ret == COMPACT_KEPT ? scratch_put(out, b->bytes.ptr, b->bytes.len)
                                    : put_empty(b, producers, out);
    }
    *ret_txn = entry_of(f, &b->h);
    bool horizon = (stay.tombstones || needless) && (b->h.attributes & BATCH_DELETE_HORIZON) == 0;
    if (stay.count == (uint32_t)b->h.record_count && !horizon) {
        *ret = COMPACT_KEPT;
        return scratch_put(out, b->bytes.ptr, b->bytes.len);
    }
    *ret = COMPACT_CHANGED;
    return put_changed(f, b, records, &stay, horizon, out);
}
