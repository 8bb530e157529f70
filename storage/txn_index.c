#include "storage/txn_index.h"

#include "core/err.h"
#include "core/mem.h"
#include "net/wire/batch_build.h"

enum { CAP_FIRST = 4 };

void txn_index_done(struct txn_index *ix)
{
    mem_free(ix->items);
    *ix = (struct txn_index){.items = NULL};
}

static int make_room(struct txn_index *ix, uint32_t cap)
{
    if (cap <= ix->cap)
        return 0;
    void *grown = mem_realloc(ix->items, (size_t)cap * sizeof(*ix->items));
    if (grown == NULL)
        return -ENOMEM;
    ix->items = grown;
    ix->cap = cap;
    return 0;
}

int txn_index_add(struct txn_index *ix, const struct txn_aborted *entry)
{
    if (ix->count > 0 && entry->last_offset <= ix->items[ix->count - 1].last_offset)
        return 0;
    int err = ix->count < ix->cap ? 0 : make_room(ix, ix->cap == 0 ? CAP_FIRST : ix->cap * 2);
    if (err == 0)
        ix->items[ix->count++] = *entry;
    return err;
}

static int count_control(struct txn_index *ix, struct producer_state *producers, const struct kw_batch *b)
{
    struct control_record c;
    int got = control_read(b, &c);
    if (got <= 0) /* 0: compaction took the record */
        return got;
    if (c.type != CONTROL_ABORT && c.type != CONTROL_COMMIT)
        return 0;
    struct producer_txn ended;
    got = producer_apply_marker(producers, &b->h, c.type == CONTROL_COMMIT, c.coordinator_epoch, c.timestamp,
                                &ended);
    if (got <= 0 || !ended.aborted)
        return mr_imin(got, 0);
    struct txn_aborted entry = {.producer_id = ended.producer_id,
                                .first_offset = ended.first_offset,
                                .last_offset = ended.last_offset,
                                .last_stable = producer_stable_after(producers, &ended)};
    return txn_index_add(ix, &entry);
}

int txn_index_count(struct txn_index *ix, struct producer_state *producers, const struct kw_batch *b)
{
    if (!batch_has_producer(&b->h))
        return 0;
    return batch_is_control(&b->h) ? count_control(ix, producers, b) : producer_apply(producers, &b->h);
}

uint32_t txn_index_from(const struct txn_index *ix, int64_t offset)
{
    uint32_t lo = 0, hi = ix->count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (ix->items[mid].last_offset < offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void txn_index_encode(const struct txn_index *ix, uint8_t *dst)
{
    for (uint32_t i = 0; i < ix->count; i++, dst += TXN_INDEX_ENTRY_BYTES) {
        const struct txn_aborted *e = &ix->items[i];
        mr_put16(dst, 0);
        mr_put64(dst + 2, (uint64_t)e->producer_id);
        mr_put64(dst + 10, (uint64_t)e->first_offset);
        mr_put64(dst + 18, (uint64_t)e->last_offset);
        mr_put64(dst + 26, (uint64_t)e->last_stable);
    }
}

int txn_index_decode(struct txn_index *ix, struct mr_slice file)
{
    MR_ASSERT(ix->count == 0);
    if (file.len % TXN_INDEX_ENTRY_BYTES != 0 || file.len > TXN_INDEX_FILE_BYTES_MAX)
        return -MR_E_CORRUPT;
    uint32_t count = (uint32_t)(file.len / TXN_INDEX_ENTRY_BYTES);
    int err = make_room(ix, count);
    int64_t last = -1;
    for (const uint8_t *p = file.ptr; err == 0 && ix->count < count; p += TXN_INDEX_ENTRY_BYTES) {
        struct txn_aborted e = {.producer_id = (int64_t)mr_get64(p + 2),
                                .first_offset = (int64_t)mr_get64(p + 10),
                                .last_offset = (int64_t)mr_get64(p + 18),
                                .last_stable = (int64_t)mr_get64(p + 26)};
        if (mr_get16(p) != 0)
            err = -MR_E_VERSION;
        else if (e.producer_id < 0 || e.first_offset < 0 || e.last_offset < e.first_offset ||
                 e.last_offset <= last || e.last_stable < 0)
            err = -MR_E_CORRUPT;
        else
            ix->items[ix->count++] = e;
        last = e.last_offset;
    }
    if (err != 0)
        txn_index_done(ix);
    return err;
}
