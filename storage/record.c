/* Partition records: all that is needed to rebuild a log as it was at one instant, but for the bytes that are
 * in its segment files. Byte by byte in storage/README.md ("Formats"). */
#include "core/mem.h"
#include "storage/compact_swap.h"
#include "storage/names.h"
#include "storage/plog_priv.h"

enum {
    RECORD_HEAD = 68,
    RECORD_SEGMENT = 44,
    RECORD_EPOCH = 12,
    RECORD_FORMAT = 1,
    RECORD_TXN = 36,
    RECORD_DIR_MADE = 1, /* flags of the record */
    RECORD_TXNS = 2,
    RECORD_CLEAN_TO = 4,
    RECORD_INDEX_FILED = 1, /* flags of a segment */
    RECORD_TXNS_FILED = 2,
    RECORD_CLEANED_SHIFT = 8, /* from there on: the number of a cleaning whose names its files may have */
};

static size_t fragment_bytes(const struct plog *log)
{
    return log->seg_count == 0 ? 0 : plog_last(log)->size % SEGMENT_UNIT;
}

/* The last bytes of the last segment, from the tail backwards and then the fragment. */
static void put_fragment(const struct plog *log, uint8_t *dst, size_t bytes)
{
    size_t left = bytes;
    uint64_t n = log->tail_end;
    while (left > 0 && n > log->mat_entry) {
        const struct tail_entry *e = plog_tail(log, --n);
        size_t take = mr_min(left, e->bytes - (n == log->mat_entry ? log->mat_skip : 0));
        memcpy(dst + left - take, e->chunk->buf->data + e->at + e->bytes - take, take);
        left -= take;
    }
    MR_ASSERT(left <= log->frag_len);
    if (left > 0)
        memcpy(dst, log->frag + log->frag_len - left, left);
}

void plog_copy_rest(const struct plog *log, uint8_t *dst)
{
    put_fragment(log, dst, segment_unmaterialised(plog_last(log)));
}

/* What no file has of aborted transactions. *ret_any: there is some. */
static int put_txns(const struct plog *log, struct mr_scratch *out, bool *ret_any)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < log->seg_count; i++)
        count += log->segs[i]->txns_filed ? 0 : segment_txn_count(log->segs[i]);
    *ret_any = count > 0;
    int err = count > 0 ? scratch_reserve(out, 4 + (size_t)count * RECORD_TXN) : 0;
    if (count == 0 || err != 0)
        return err;
    uint8_t *p = out->data + out->len;
    out->len += 4 + (size_t)count * RECORD_TXN;
    mr_put32(p, count);
    p += 4;
    for (uint32_t i = 0; i < log->seg_count; i++) {
        uint32_t here = log->segs[i]->txns_filed ? 0 : segment_txn_count(log->segs[i]);
        for (uint32_t n = 0; n < here; n++, p += RECORD_TXN) {
            const struct txn_aborted *e = &log->segs[i]->live->txns.items[n];
            mr_put32(p, i);
            mr_put64(p + 4, (uint64_t)e->producer_id);
            mr_put64(p + 12, (uint64_t)e->first_offset);
            mr_put64(p + 20, (uint64_t)e->last_offset);
            mr_put64(p + 28, (uint64_t)e->last_stable);
        }
    }
    return 0;
}

int precord_put(const struct plog *log, struct mr_scratch *out, uint64_t sequence, uint32_t entry)
{
    size_t topic_bytes = strlen(log->topic), start = out->len, frag = fragment_bytes(log);
    size_t plain = RECORD_HEAD + topic_bytes + (size_t)log->seg_count * RECORD_SEGMENT +
                   (size_t)log->epochs.count * RECORD_EPOCH;
    int err = scratch_reserve(out, plain + frag);
    if (err != 0)
        return err;
    uint8_t *p = out->data + start + RECORD_HEAD;
    memcpy(p, log->topic, topic_bytes);
    p += topic_bytes;
    for (uint32_t i = 0; i < log->seg_count; i++, p += RECORD_SEGMENT) {
        const struct segment *seg = log->segs[i];
        mr_put64(p, (uint64_t)seg->base);
        mr_put64(p + 8, seg->size);
        mr_put64(p + 16, (uint64_t)seg->first_ts);
        mr_put64(p + 24, (uint64_t)(segment_timed(seg) ? seg->max_ts : -2));
        mr_put64(p + 32, (uint64_t)segment_max_ts_offset(seg));
        mr_put32(p + 40, (seg->index_filed ? RECORD_INDEX_FILED : 0u) |
                             (seg->txns_filed ? RECORD_TXNS_FILED : 0u) |
                             seg->cleaned << RECORD_CLEANED_SHIFT);
    }
    for (uint32_t i = 0; i < log->epochs.count; i++, p += RECORD_EPOCH) {
        mr_put32(p, (uint32_t)log->epochs.items[i].epoch);
        mr_put64(p + 4, (uint64_t)log->epochs.items[i].start);
    }
    out->len = start + plain;
    if (producer_count(&log->producers) > 0)
        err = producer_state_write(&log->producers, out);
    size_t producer_bytes = out->len - start - plain;
    if (err == 0)
        err = scratch_reserve(out, frag);
    bool txns = false;
    if (err == 0) {
        put_fragment(log, out->data + out->len, frag);
        out->len += frag;
        err = put_txns(log, out, &txns);
    }
    if (err == 0 && log->clean_to > 0) {
        uint8_t clean_to[8];
        mr_put64(clean_to, (uint64_t)log->clean_to);
        err = scratch_put(out, clean_to, sizeof(clean_to));
    }
    if (err != 0) {
        out->len = start;
        return err;
    }

    uint8_t *h = out->data + start;
    memset(h, 0, RECORD_HEAD);
    h[0] = RECORD_FORMAT;
    h[1] = (uint8_t)((log->dir_made ? RECORD_DIR_MADE : 0) | (txns ? RECORD_TXNS : 0) |
                     (log->clean_to > 0 ? RECORD_CLEAN_TO : 0));
    mr_put16(h + 2, (uint16_t)topic_bytes);
    mr_put32(h + 4, log->seg_count);
    mr_put32(h + 8, log->epochs.count);
    mr_put32(h + 12, (uint32_t)producer_bytes);
    mr_put32(h + 16, (uint32_t)frag);
    mr_put32(h + 20, entry);
    mr_put64(h + 24, sequence);
    mr_put64(h + 32, (uint64_t)log->log_start);
    mr_put64(h + 40, (uint64_t)log->append_end);
    memcpy(h + 48, log->key_bytes, PART_KEY_BYTES);
    return 0;
}

int precord_peek(struct mr_slice record, struct part_key *ret_key, struct mr_str *ret_topic)
{
    if (record.len < RECORD_HEAD || record.ptr[0] != RECORD_FORMAT)
        return -MR_E_CORRUPT;
    size_t topic_bytes = mr_get16(record.ptr + 2);
    if (record.len - RECORD_HEAD < topic_bytes)
        return -MR_E_CORRUPT;
    *ret_key = part_key_get(record.ptr + 48);
    *ret_topic = (struct mr_str){(const char *)record.ptr + RECORD_HEAD, topic_bytes};
    return names_legal(*ret_topic, ret_key->partition) ? 0 : -MR_E_CORRUPT;
}

static int get_segments(struct plog *log, const uint8_t *p, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++, p += RECORD_SEGMENT) {
        int64_t base = (int64_t)mr_get64(p);
        if (base < 0 || (log->seg_count > 0 && base <= plog_last(log)->base))
            return -MR_E_CORRUPT;
        int err = plog_roll(log, base);
        if (err != 0)
            return err;
        struct segment *seg = plog_last(log);
        uint64_t bytes = mr_get64(p + 8);
        if (bytes > INT32_MAX)
            return -MR_E_CORRUPT;
        seg->size = (uint32_t)bytes;
        seg->first_ts = (int64_t)mr_get64(p + 16);
        segment_set_max_ts(seg, (int64_t)mr_get64(p + 24), (int64_t)mr_get64(p + 32));
        seg->index_filed = (mr_get32(p + 40) & RECORD_INDEX_FILED) != 0;
        seg->txns_filed = (mr_get32(p + 40) & RECORD_TXNS_FILED) != 0;
        seg->txns_loaded = !seg->txns_filed;
        seg->cleaned = mr_get32(p + 40) >> RECORD_CLEANED_SHIFT;
        log->cleanings = mr_max(log->cleanings, seg->cleaned);
        err = seg->cleaned != 0 ? swap_found(log, seg) : 0;
        if (err != 0)
            return err;
        seg->times_known = seg->max_ts != -2; /* the index is gone: loaded or rebuilt by need */
        if (!seg->times_known)
            segment_set_max_ts(seg, -1, -1);
        bool last = i + 1 == count;
        seg->finished = seg->rolled = !last;
        seg->mat_pos = last ? (uint32_t)mr_round_down(seg->size, SEGMENT_UNIT) : seg->size;
        segment_rest(seg);
    }
    return 0;
}

static int get_txns(struct plog *log, const uint8_t *p, size_t bytes, size_t *ret_used)
{
    uint32_t count = bytes < 4 ? 0 : mr_get32(p);
    if (bytes < 4 || count > (bytes - 4) / RECORD_TXN)
        return -MR_E_CORRUPT;
    p += 4;
    *ret_used = 4 + (size_t)count * RECORD_TXN;
    for (uint32_t i = 0; i < count; i++, p += RECORD_TXN) {
        uint32_t at = mr_get32(p);
        struct txn_aborted e = {.producer_id = (int64_t)mr_get64(p + 4),
                                .first_offset = (int64_t)mr_get64(p + 12),
                                .last_offset = (int64_t)mr_get64(p + 20),
                                .last_stable = (int64_t)mr_get64(p + 28)};
        if (at >= log->seg_count || log->segs[at]->txns_filed)
            return -MR_E_CORRUPT;
        struct segment_live *live = segment_liven(log->segs[at]);
        int err = live != NULL ? txn_index_add(&live->txns, &e) : -ENOMEM;
        if (err != 0)
            return err;
    }
    return 0;
}

int precord_get(struct plog *log, struct mr_slice record, uint64_t *ret_sequence, uint32_t *ret_entry)
{
    struct part_key key;
    struct mr_str topic;
    int err = precord_peek(record, &key, &topic);
    if (err != 0)
        return err;
    const uint8_t *h = record.ptr;
    uint64_t segs = mr_get32(h + 4), epochs = mr_get32(h + 8), producers = mr_get32(h + 12),
             frag = mr_get32(h + 16);
    uint64_t need =
        RECORD_HEAD + topic.len + segs * RECORD_SEGMENT + epochs * RECORD_EPOCH + producers + frag;
    if (need > record.len || frag >= SEGMENT_UNIT)
        return -MR_E_CORRUPT;
    MR_ASSERT(log->seg_count == 0 && log->epochs.count == 0);
    const uint8_t *p = h + RECORD_HEAD + topic.len;
    err = get_segments(log, p, (uint32_t)segs);
    if (err != 0)
        return err;
    log->mat_seg = log->seg_count > 0 ? plog_last_number(log) : 0;
    p += segs * RECORD_SEGMENT;
    for (uint64_t i = 0; i < epochs; i++, p += RECORD_EPOCH) {
        err = epochs_begin(&log->epochs, (int32_t)mr_get32(p), (int64_t)mr_get64(p + 4));
        if (err != 0)
            return err == -MR_E_STATE ? -MR_E_CORRUPT : err;
    }
    if (producers > 0) {
        err = producer_state_read(&log->producers, (struct mr_slice){p, producers}, (int64_t)mr_get64(h + 40),
                                  0, INT64_MAX);
        if (err != 0)
            return err;
    }
    p += producers;
    if (frag != fragment_bytes(log))
        return -MR_E_CORRUPT;
    if (frag > 0) {
        log->frag = mem_alloc(frag);
        if (log->frag == NULL)
            return -ENOMEM;
        memcpy(log->frag, p, frag);
        log->frag_len = (uint32_t)frag;
        log->store->stats.unmaterialised_bytes += frag;
    }
    p += frag;
    if ((h[1] & RECORD_TXNS) != 0) {
        size_t used = 0;
        err = get_txns(log, p, record.len - (size_t)(p - h), &used);
        if (err != 0)
            return err;
        p += used;
    }
    if ((h[1] & RECORD_CLEAN_TO) != 0) {
        if (record.len - (size_t)(p - h) < 8)
            return -MR_E_CORRUPT;
        log->clean_to = (int64_t)mr_get64(p);
    }
    log->settled_below = log->seg_count > 0 ? plog_last(log)->base : 0;
    /* Whole units were written before the record counted, so the directory is there even if the record was
     * taken before it was made. */
    log->dir_made = (h[1] & RECORD_DIR_MADE) != 0 || (log->seg_count > 0 && log->segs[0]->mat_pos > 0);
    log->log_start = log->stable_start = (int64_t)mr_get64(h + 32);
    log->append_end = log->stable_end = (int64_t)mr_get64(h + 40);
    if (log->log_start < 0 || log->append_end < log->log_start || log->append_end > OFFSET_MAX ||
        (log->seg_count > 0 && log->append_end < plog_last(log)->base))
        return -MR_E_CORRUPT;
    log->state = PLOG_OPEN;
    log->journalled = log->recovered = true;
    list_remove(&log->work_link);
    if (ret_sequence != NULL)
        *ret_sequence = mr_get64(h + 24);
    if (ret_entry != NULL)
        *ret_entry = mr_get32(h + 20);
    return 0;
}
