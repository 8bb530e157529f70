/* Our checkpoints, and the partition records in them and in the journal's OPEN entries. */
#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/dump_priv.h"
#include "storage/plog_priv.h"
#include "storage/producer_state.h"

/* storage/record.c */
enum {
    RECORD_HEAD = 68,
    RECORD_SEGMENT = 44,
    RECORD_EPOCH = 12,
    RECORD_TOPIC_MAX = 249,
    RECORD_DIR_MADE = 1,
    RECORD_TXN = 36,
    RECORD_TXNS = 2,
    RECORD_INDEX_FILED = 1,
    RECORD_TXNS_FILED = 2,
    RECORD_CLEAN_TO = 4,
    RECORD_CLEANED_SHIFT = 8,
    PRODUCER_BYTES_MAX = 256 << 20,
};

/* ---- partition records ---- */

static bool record_segments(struct dump *d, unsigned depth, uint64_t pos, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++, pos += RECORD_SEGMENT) {
        const uint8_t *p;
        if (source_get(&d->src, pos, RECORD_SEGMENT, &p) != 0)
            return false;
        line_begin(d, depth);
        line_put(d, "segment baseOffset: %lld size: %llu firstTimestamp: %lld", (long long)mr_get64(p),
                 (unsigned long long)mr_get64(p + 8), (long long)mr_get64(p + 16));
        if ((int64_t)mr_get64(p + 24) == -2)
            line_put(d, " maxTimestamp: unknown");
        else
            line_put(d, " maxTimestamp: %lld maxTimestampOffset: %lld", (long long)mr_get64(p + 24),
                     (long long)mr_get64(p + 32));
        line_put(d, " indexed: %s", mr_get32(p + 40) & RECORD_INDEX_FILED ? "true" : "false");
        if ((mr_get32(p + 40) & RECORD_TXNS_FILED) != 0)
            line_put(d, " abortedTransactions: in .txnindex");
        if (mr_get32(p + 40) >> RECORD_CLEANED_SHIFT != 0)
            line_put(d, " compacted: %u", mr_get32(p + 40) >> RECORD_CLEANED_SHIFT);
        line_end(d);
    }
    return true;
}

static bool record_epochs(struct dump *d, unsigned depth, uint64_t pos, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++, pos += RECORD_EPOCH) {
        const uint8_t *p;
        if (source_get(&d->src, pos, RECORD_EPOCH, &p) != 0)
            return false;
        line_begin(d, depth);
        line_put(d, "epoch: %d startOffset: %lld", (int32_t)mr_get32(p), (long long)mr_get64(p + 4));
        line_end(d);
    }
    return true;
}

static void producer_lines(struct dump *d, unsigned depth, const struct producer_state *state)
{
    for (const struct producer *p = producer_next(state, NULL); p != NULL; p = producer_next(state, p)) {
        line_begin(d, depth);
        line_put(d, "producerId: %lld producerEpoch: %d coordinatorEpoch: %d currentTxnFirstOffset: ",
                 (long long)p->id, p->epoch, p->coordinator_epoch);
        if (p->txn_first_offset < 0)
            line_put(d, "none");
        else
            line_put(d, "%lld", (long long)p->txn_first_offset);
        line_put(d, " lastTimestamp: %lld batches: [", (long long)p->last_timestamp);
        for (uint8_t i = 0; i < p->batch_count; i++) {
            const struct producer_batch *b = &p->batches[i];
            line_put(d, "%slastSequence: %d lastOffset: %lld offsetDelta: %d timestamp: %lld",
                     i > 0 ? ", " : "", b->last_sequence, (long long)b->last_offset, b->offset_delta,
                     (long long)b->timestamp);
        }
        line_put(d, "]");
        line_end(d);
    }
}

static bool record_producers(struct dump *d, unsigned depth, uint64_t pos, uint32_t bytes, int64_t end_offset)
{
    struct producer_state state;
    if (bytes == 0)
        return true;
    if (bytes > PRODUCER_BYTES_MAX)
        return false;
    producer_state_init(&state, UINT32_MAX);
    scratch_reset(&d->batch, 0);
    int err = source_copy(&d->src, pos, bytes, &d->batch);
    if (err == 0)
        err = producer_state_read(&state, (struct mr_slice){d->batch.data, bytes}, end_offset, 0, INT64_MAX);
    if (err == 0)
        producer_lines(d, depth, &state);
    producer_state_done(&state);
    return err == 0;
}

static bool record_clean_to(struct dump *d, unsigned depth, uint64_t pos, uint64_t bytes)
{
    const uint8_t *p;
    if (bytes < 8 || source_get(&d->src, pos, 8, &p) != 0)
        return false;
    line_begin(d, depth);
    line_put(d, "compactedBelow: %lld", (long long)mr_get64(p));
    line_end(d);
    return true;
}

static bool record_txns(struct dump *d, unsigned depth, uint64_t pos, uint64_t bytes)
{
    const uint8_t *p;
    if (bytes < 4 || source_get(&d->src, pos, 4, &p) != 0)
        return false;
    uint32_t count = mr_get32(p);
    if (count > (bytes - 4) / RECORD_TXN)
        return false;
    pos += 4;
    for (uint32_t i = 0; i < count; i++, pos += RECORD_TXN) {
        if (source_get(&d->src, pos, RECORD_TXN, &p) != 0)
            return false;
        line_begin(d, depth);
        line_put(d, "aborted segment: %u producerId: %lld firstOffset: %lld lastOffset: %lld", mr_get32(p),
                 (long long)mr_get64(p + 4), (long long)mr_get64(p + 12), (long long)mr_get64(p + 20));
        line_put(d, " lastStableOffset: %lld", (long long)mr_get64(p + 28));
        line_end(d);
    }
    return true;
}

void dump_part_record(struct dump *d, unsigned depth, uint64_t pos, uint64_t len)
{
    const uint8_t *p;
    struct part_key key;
    struct mr_str topic;
    size_t head = (size_t)mr_min(len, RECORD_HEAD + RECORD_TOPIC_MAX);
    int err = source_get(&d->src, pos, head, &p);
    if (err == 0)
        err = precord_peek((struct mr_slice){p, head}, &key, &topic);
    if (err != 0) {
        dump_problem(d, pos, pos + len, "the partition record cannot be read: %s", mr_err_text(err));
        return;
    }
    uint32_t segments = mr_get32(p + 4), epochs = mr_get32(p + 8), producers = mr_get32(p + 12),
             fragment = mr_get32(p + 16);
    int64_t end = (int64_t)mr_get64(p + 40);
    bool txns = (p[1] & RECORD_TXNS) != 0, clean = (p[1] & RECORD_CLEAN_TO) != 0;
    size_t topic_bytes = topic.len; /* p is gone with the next read */
    line_begin(d, depth);
    line_put(d, "topic: ");
    line_text(d, (struct mr_slice){(const uint8_t *)topic.ptr, topic.len}, RECORD_TOPIC_MAX);
    line_put(d, " partition: %d topicId: ", key.partition);
    line_uuid(d, key.topic);
    line_put(d, " logStartOffset: %lld endOffset: %lld sequence: %llu entry: %u", (long long)mr_get64(p + 32),
             (long long)end, (unsigned long long)mr_get64(p + 24), mr_get32(p + 20));
    line_put(d, " segments: %u epochs: %u producerBytes: %u fragmentBytes: %u directory: %s", segments,
             epochs, producers, fragment, p[1] & RECORD_DIR_MADE ? "true" : "false");
    line_end(d);
    uint64_t parts = RECORD_HEAD + topic.len + (uint64_t)segments * RECORD_SEGMENT +
                     (uint64_t)epochs * RECORD_EPOCH + producers + fragment;
    if (parts > len) {
        dump_problem(d, pos, pos + len, "the partition record has %llu bytes and needs %llu",
                     (unsigned long long)len, (unsigned long long)parts);
        return;
    }
    if (!d->cfg->entries)
        return;
    uint64_t at = pos + RECORD_HEAD + topic_bytes;
    bool fine = record_segments(d, depth + 1, at, segments);
    at += (uint64_t)segments * RECORD_SEGMENT;
    fine = fine && record_epochs(d, depth + 1, at, epochs);
    at += (uint64_t)epochs * RECORD_EPOCH;
    fine = fine && record_producers(d, depth + 1, at, producers, end);
    at += (uint64_t)producers + fragment;
    fine = fine && (!txns || record_txns(d, depth + 1, at, pos + len - at));
    fine = fine && (!clean || record_clean_to(d, depth + 1, pos + len - 8, 8)); /* the record's last part */
    if (!fine)
        dump_problem(d, pos, pos + len, "parts of the partition record cannot be read");
}

/* ---- the file ---- */

static void head_line(struct dump *d, const uint8_t *h, bool valid)
{
    line_begin(d, 0);
    line_put(
        d, "counter: %llu generation: %llu shard: %u session: %016llx replayFile: %llu replayPosition: %llu",
        (unsigned long long)mr_get64(h + 8), (unsigned long long)mr_get64(h + 16), mr_get16(h + 6),
        (unsigned long long)mr_get64(h + 80), (unsigned long long)mr_get64(h + 24),
        (unsigned long long)mr_get64(h + 32));
    line_put(d, " replaySequence: %llu replayGeneration: %llu flushedSequence: %llu journalFiles: %u",
             (unsigned long long)mr_get64(h + 40), (unsigned long long)mr_get64(h + 48),
             (unsigned long long)mr_get64(h + 72), mr_get32(h + 60));
    line_put(d, " journalFileSize: %llu unit: %u partitions: %u size: %llu isvalid: %s",
             (unsigned long long)mr_get64(h + 64), mr_get32(h + 92), mr_get32(h + 88),
             (unsigned long long)mr_get64(h + 96), valid ? "true" : "false");
    line_end(d);
}

static void body_records(struct dump *d, uint32_t partitions, uint64_t bytes)
{
    uint64_t pos = CHECKPOINT_BODY_AT, end = CHECKPOINT_BODY_AT + bytes;
    for (uint32_t n = 0; n < partitions && d->failed == 0; n++) {
        const uint8_t *p;
        uint64_t len = 0;
        int err = end - pos < 4 ? -MR_E_CORRUPT : source_get(&d->src, pos, 4, &p);
        if (err == 0) {
            len = mr_get32(p);
            err = len > end - pos - 4 ? -MR_E_CORRUPT : 0;
        }
        if (err != 0) {
            dump_problem(d, pos, end, "record %u cannot be read: %s", n, mr_err_text(err));
            return;
        }
        dump_part_record(d, 1, pos + 4, len);
        pos += 4 + len;
    }
}

/* Two slots alternate: the one being written, or torn by a crash, is not the one that counts. */
void dump_checkpoint(struct dump *d)
{
    const uint8_t *p;
    uint8_t h[CHECKPOINT_HEAD];
    int err = source_get(&d->src, 0, CHECKPOINT_HEAD, &p);
    if (err != 0) {
        dump_torn(d, 0, d->src.size, "no checkpoint: %s",
                  err == -ENODATA ? "less than its head" : mr_err_text(err));
        return;
    }
    memcpy(h, p, sizeof(h));
    if (mr_get32(h) != CHECKPOINT_MAGIC) {
        dump_torn(d, 0, CHECKPOINT_HEAD, "no checkpoint: it does not begin as one");
        return;
    }
    if (mr_get16(h + 4) != CHECKPOINT_FORMAT) {
        dump_problem(d, 0, 0, "a checkpoint of format %u, not known here", mr_get16(h + 4));
        return;
    }
    uint64_t bytes = mr_get64(h + 96);
    uint32_t crc = 0;
    bool head_right = mr_get32(h + 108) == crc32c(0, h, 108);
    bool fits = d->src.size >= CHECKPOINT_BODY_AT && bytes <= d->src.size - CHECKPOINT_BODY_AT;
    if (fits)
        err = source_crc(&d->src, CHECKPOINT_BODY_AT, bytes, &crc);
    bool valid = head_right && fits && err == 0 && crc == mr_get32(h + 104);
    head_line(d, h, valid);
    if (err != 0)
        dump_problem(d, CHECKPOINT_BODY_AT, d->src.size, "cannot be read: %s", mr_err_text(err));
    else if (!head_right)
        dump_torn(d, 0, CHECKPOINT_HEAD, "the checkpoint's head is damaged: its checksum does not fit");
    else if (!fits)
        dump_torn(d, CHECKPOINT_BODY_AT, 0, "the checkpoint is cut: %llu bytes of records are announced",
                  (unsigned long long)bytes);
    else if (!valid)
        dump_torn(d, CHECKPOINT_BODY_AT, CHECKPOINT_BODY_AT + bytes,
                  "the checkpoint's records are damaged: their checksum does not fit");
    if (head_right && fits)
        body_records(d, mr_get32(h + 88), bytes);
}
