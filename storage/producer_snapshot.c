/* The two stored forms of a producer state; declared in storage/producer_state.h.
 *
 *   i16 version, u32 CRC-32C of all that follows, i32 count, then that many producers.
 * Kafka's, version 1: i64 id, i16 epoch, i32 last sequence, i64 last offset, i32 offset delta, i64 timestamp,
 * i32 coordinator epoch, i64 first offset of the open transaction. -1 stands for none.
 * Ours has a version that Kafka will never reach, every batch, and after the producers the offset of the last
 * marker and the ended transactions that the high watermark has not passed. */
#include "core/crc32c.h"
#include "core/err.h"
#include "storage/producer_state.h"
#include "storage/producer_state_priv.h"

enum {
    VERSION_KAFKA = 1,
    VERSION_OURS = 0x4d01,
    HEAD_BYTES = 10,
    AT_CRC = 2,
    CRC_START = 6,
    AT_COUNT = 6,
    KAFKA_ENTRY_BYTES = 46,
    OUR_ENTRY_BYTES = 31, /* and the batches */
    BATCH_BYTES = 24,
    TXN_BYTES = 25,
};

static uint8_t *put64(uint8_t *at, int64_t v)
{
    mr_put64(at, (uint64_t)v);
    return at + 8;
}

static uint8_t *put32(uint8_t *at, int32_t v)
{
    mr_put32(at, (uint32_t)v);
    return at + 4;
}

static uint8_t *put16(uint8_t *at, int16_t v)
{
    mr_put16(at, (uint16_t)v);
    return at + 2;
}

static void put_head(struct mr_scratch *out, size_t start, int16_t version, uint32_t count)
{
    uint8_t *head = out->data + start;
    put16(head, version);
    put32(head + AT_COUNT, (int32_t)count);
    mr_put32(head + AT_CRC, crc32c(0, head + CRC_START, out->len - start - CRC_START));
}

static uint8_t *put_kafka_entry(uint8_t *at, const struct producer *p)
{
    at = put64(at, p->id);
    at = put16(at, p->epoch);
    at = put32(at, producer_last_sequence(p));
    at = put64(at, producer_last_offset(p));
    at = put32(at, p->batch_count == 0 ? 0 : p->batches[p->batch_count - 1].offset_delta);
    at = put64(at, p->last_timestamp);
    at = put32(at, p->coordinator_epoch);
    return put64(at, p->txn_first_offset);
}

int producer_snapshot_write(const struct producer_state *s, struct mr_scratch *out)
{
    size_t start = out->len;
    int err = scratch_reserve(out, HEAD_BYTES + (size_t)producer_count(s) * KAFKA_ENTRY_BYTES);
    if (err != 0)
        return err;
    uint8_t *at = out->data + start + HEAD_BYTES;
    for (const struct producer *p = producer_next(s, NULL); p != NULL; p = producer_next(s, p))
        at = put_kafka_entry(at, p);
    out->len = (size_t)(at - out->data);
    put_head(out, start, VERSION_KAFKA, producer_count(s));
    return 0;
}

static uint8_t *put_our_entry(uint8_t *at, const struct producer *p)
{
    at = put64(at, p->id);
    at = put16(at, p->epoch);
    at = put32(at, p->coordinator_epoch);
    at = put64(at, p->last_timestamp);
    at = put64(at, p->txn_first_offset);
    *at++ = p->batch_count;
    for (int i = 0; i < p->batch_count; i++) {
        at = put64(at, p->batches[i].last_offset);
        at = put64(at, p->batches[i].timestamp);
        at = put32(at, p->batches[i].last_sequence);
        at = put32(at, p->batches[i].offset_delta);
    }
    return at;
}

int producer_state_write(const struct producer_state *s, struct mr_scratch *out)
{
    const struct producer_table *t = s->table;
    size_t start = out->len;
    uint32_t txns = t == NULL ? 0 : t->txn_count, ended = 0;
    size_t bytes = HEAD_BYTES +
                   (size_t)producer_count(s) * (OUR_ENTRY_BYTES + PRODUCER_BATCHES * BATCH_BYTES) + 12 +
                   (size_t)txns * TXN_BYTES;
    int err = scratch_reserve(out, bytes);
    if (err != 0)
        return err;
    uint8_t *at = out->data + start + HEAD_BYTES;
    for (const struct producer *p = producer_next(s, NULL); p != NULL; p = producer_next(s, p))
        at = put_our_entry(at, p);
    at = put64(at, t == NULL ? -1 : t->marker_offset);
    uint8_t *ended_count = at;
    at += 4;
    for (uint32_t i = 0; i < txns; i++) {
        const struct producer_txn *txn = &t->txns[i];
        if (txn->last_offset < 0) /* the producer's entry says it */
            continue;
        at = put64(at, txn->producer_id);
        at = put64(at, txn->first_offset);
        at = put64(at, txn->last_offset);
        *at++ = txn->aborted;
        ended++;
    }
    put32(ended_count, (int32_t)ended);
    out->len = (size_t)(at - out->data);
    put_head(out, start, VERSION_OURS, producer_count(s));
    return 0;
}

/* Reading. A cursor that fails once stays failed and yields zeros. */
struct cursor {
    const uint8_t *at, *end;
    bool bad;
};

static const uint8_t *take(struct cursor *c, size_t bytes)
{
    static const uint8_t zeros[8];
    if (c->bad || (size_t)(c->end - c->at) < bytes) {
        c->bad = true;
        return zeros;
    }
    c->at += bytes;
    return c->at - bytes;
}

static int64_t take64(struct cursor *c)
{
    return (int64_t)mr_get64(take(c, 8));
}
static int32_t take32(struct cursor *c)
{
    return (int32_t)mr_get32(take(c, 4));
}
static int16_t take16(struct cursor *c)
{
    return (int16_t)mr_get16(take(c, 2));
}
static uint8_t take8(struct cursor *c)
{
    return *take(c, 1);
}

static void take_kafka_entry(struct cursor *c, struct producer *p)
{
    struct producer_batch batch;
    p->id = take64(c);
    p->epoch = take16(c);
    batch.last_sequence = take32(c);
    batch.last_offset = take64(c);
    batch.offset_delta = take32(c);
    p->last_timestamp = batch.timestamp = take64(c);
    p->coordinator_epoch = take32(c);
    p->txn_first_offset = take64(c);
    p->batch_count = batch.last_offset >= 0;
    p->batches[0] = batch;
}

static void take_our_entry(struct cursor *c, struct producer *p)
{
    p->id = take64(c);
    p->epoch = take16(c);
    p->coordinator_epoch = take32(c);
    p->last_timestamp = take64(c);
    p->txn_first_offset = take64(c);
    p->batch_count = take8(c);
    if (p->batch_count > PRODUCER_BATCHES) {
        c->bad = true;
        return;
    }
    for (int i = 0; i < p->batch_count; i++) {
        p->batches[i].last_offset = take64(c);
        p->batches[i].timestamp = take64(c);
        p->batches[i].last_sequence = take32(c);
        p->batches[i].offset_delta = take32(c);
    }
}

static bool is_possible(const struct producer *p)
{
    if (p->id < 0 || p->epoch < KW_NO_PRODUCER_EPOCH || p->txn_first_offset < -1)
        return false;
    for (int i = 0; i < p->batch_count; i++) {
        const struct producer_batch *b = &p->batches[i];
        if (b->last_sequence < KW_NO_SEQUENCE || b->offset_delta < 0 || b->last_offset < b->offset_delta)
            return false;
    }
    return true;
}

static int add_producer(struct producer_state *s, const struct producer *read)
{
    if (producer_find(s, read->id) != NULL)
        return -MR_E_CORRUPT;
    struct producer *p = producer_take(s, read->id);
    if (p == NULL)
        return -ENOMEM;
    if (read->txn_first_offset >= 0) {
        struct producer_txn txn = {.producer_id = p->id,
                                   .first_offset = read->txn_first_offset,
                                   .last_offset = -1};
        int err = producer_txn_add(s, &txn);
        if (err != 0)
            return err;
        p->txn_first_offset = read->txn_first_offset;
        s->table->open_count++;
    }
    p->epoch = read->epoch;
    p->coordinator_epoch = read->coordinator_epoch;
    p->last_timestamp = read->last_timestamp;
    p->batch_count = read->batch_count;
    memcpy(p->batches, read->batches, sizeof(p->batches));
    return 0;
}

static int read_producers(struct producer_state *s, struct cursor *c, int16_t version, int64_t now_ms,
                          int64_t expiration_ms)
{
    int32_t count = take32(c);
    if (count < 0)
        return -MR_E_CORRUPT;
    for (int32_t i = 0; i < count; i++) { /* a count too large ends with the bytes */
        struct producer read = {0};
        if (version == VERSION_KAFKA)
            take_kafka_entry(c, &read);
        else
            take_our_entry(c, &read);
        if (c->bad || !is_possible(&read))
            return -MR_E_CORRUPT;
        if (read.txn_first_offset < 0 && producer_is_expired(read.last_timestamp, now_ms, expiration_ms))
            continue;
        int err = add_producer(s, &read);
        if (err != 0)
            return err;
    }
    return 0;
}

static int read_ended(struct producer_state *s, struct cursor *c)
{
    int64_t marker_offset = take64(c);
    int32_t count = take32(c);
    if (c->bad || count < 0 || marker_offset < -1)
        return -MR_E_CORRUPT;
    if (s->table != NULL)
        s->table->marker_offset = marker_offset;
    for (int32_t i = 0; i < count; i++) {
        struct producer_txn txn;
        txn.producer_id = take64(c);
        txn.first_offset = take64(c);
        txn.last_offset = take64(c);
        txn.aborted = take8(c) != 0;
        if (c->bad || txn.first_offset < 0 || txn.last_offset < txn.first_offset)
            return -MR_E_CORRUPT;
        int err = producer_txn_add(s, &txn);
        if (err != 0)
            return err;
    }
    return 0;
}

int producer_state_read(struct producer_state *s, struct mr_slice file, int64_t end_offset, int64_t now_ms,
                        int64_t expiration_ms)
{
    producer_state_clear(s);
    if (file.len < HEAD_BYTES)
        return -MR_E_CORRUPT;
    struct cursor c = {file.ptr, file.ptr + file.len, false};
    int16_t version = take16(&c);
    uint32_t crc = (uint32_t)take32(&c);
    if (version != VERSION_KAFKA && version != VERSION_OURS)
        return -MR_E_VERSION;
    if (crc != crc32c(0, c.at, (size_t)(c.end - c.at)))
        return -MR_E_CORRUPT;

    int err = read_producers(s, &c, version, now_ms, expiration_ms);
    if (err == 0 && version == VERSION_OURS)
        err = read_ended(s, &c);
    else if (err == 0 && s->table != NULL)
        s->table->marker_offset = end_offset - 1; /* Kafka does not say where the last one was */
    if (err == 0 && c.at != c.end)
        err = -MR_E_CORRUPT;
    if (err != 0)
        producer_state_clear(s);
    return err;
}
