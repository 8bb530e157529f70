#include "net/wire/batch.h"

#include "core/crc32c.h"
#include "core/err.h"

enum {
    /* The smallest message there ever was (magic 0 without key and value), counted like length. Kafka calls
     * anything shorter corrupt before it looks at the magic. */
    LENGTH_MIN_MAGIC_0 = 14,
};

int32_t batch_sequence_add(int32_t sequence, int32_t n)
{
    MR_ASSERT(n >= 0);
    return (int32_t)(((uint32_t)sequence + (uint32_t)n) & INT32_MAX);
}

int32_t batch_last_sequence(const struct kw_batch_header *h)
{
    if (h->base_sequence == KW_NO_SEQUENCE)
        return KW_NO_SEQUENCE;
    return (int32_t)(((uint32_t)h->base_sequence + (uint32_t)h->last_offset_delta) & INT32_MAX);
}

void batch_header_read(const uint8_t *p, struct kw_batch_header *ret)
{
    ret->base_offset = (int64_t)mr_get64(p + BATCH_AT_BASE_OFFSET);
    ret->length = (int32_t)mr_get32(p + BATCH_AT_LENGTH);
    ret->leader_epoch = (int32_t)mr_get32(p + BATCH_AT_LEADER_EPOCH);
    ret->magic = (int8_t)p[BATCH_AT_MAGIC];
    ret->crc = mr_get32(p + BATCH_AT_CRC);
    ret->attributes = (int16_t)mr_get16(p + BATCH_AT_ATTRIBUTES);
    ret->last_offset_delta = (int32_t)mr_get32(p + BATCH_AT_LAST_OFFSET_DELTA);
    ret->base_timestamp = (int64_t)mr_get64(p + BATCH_AT_BASE_TIMESTAMP);
    ret->max_timestamp = (int64_t)mr_get64(p + BATCH_AT_MAX_TIMESTAMP);
    ret->producer_id = (int64_t)mr_get64(p + BATCH_AT_PRODUCER_ID);
    ret->producer_epoch = (int16_t)mr_get16(p + BATCH_AT_PRODUCER_EPOCH);
    ret->base_sequence = (int32_t)mr_get32(p + BATCH_AT_BASE_SEQUENCE);
    ret->record_count = (int32_t)mr_get32(p + BATCH_AT_RECORD_COUNT);
}

void batch_header_write(uint8_t *p, const struct kw_batch_header *h)
{
    mr_put64(p + BATCH_AT_BASE_OFFSET, (uint64_t)h->base_offset);
    mr_put32(p + BATCH_AT_LENGTH, (uint32_t)h->length);
    mr_put32(p + BATCH_AT_LEADER_EPOCH, (uint32_t)h->leader_epoch);
    p[BATCH_AT_MAGIC] = (uint8_t)h->magic;
    mr_put32(p + BATCH_AT_CRC, h->crc);
    mr_put16(p + BATCH_AT_ATTRIBUTES, (uint16_t)h->attributes);
    mr_put32(p + BATCH_AT_LAST_OFFSET_DELTA, (uint32_t)h->last_offset_delta);
    mr_put64(p + BATCH_AT_BASE_TIMESTAMP, (uint64_t)h->base_timestamp);
    mr_put64(p + BATCH_AT_MAX_TIMESTAMP, (uint64_t)h->max_timestamp);
    mr_put64(p + BATCH_AT_PRODUCER_ID, (uint64_t)h->producer_id);
    mr_put16(p + BATCH_AT_PRODUCER_EPOCH, (uint16_t)h->producer_epoch);
    mr_put32(p + BATCH_AT_BASE_SEQUENCE, (uint32_t)h->base_sequence);
    mr_put32(p + BATCH_AT_RECORD_COUNT, (uint32_t)h->record_count);
}

int64_t batch_bytes_peek(const uint8_t *p, size_t len)
{
    if (len < BATCH_PREFIX_BYTES)
        return 0;
    int32_t length = (int32_t)mr_get32(p + BATCH_AT_LENGTH);
    if (length < BATCH_HEADER_BYTES - BATCH_PREFIX_BYTES)
        return -MR_E_CORRUPT;
    return (int64_t)length + BATCH_PREFIX_BYTES;
}

int batch_next(struct mr_slice *rest, struct kw_batch *ret)
{
    const uint8_t *p = rest->ptr;
    if (rest->len < BATCH_PREFIX_BYTES)
        return 0;
    int32_t length = (int32_t)mr_get32(p + BATCH_AT_LENGTH);
    if (length < LENGTH_MIN_MAGIC_0)
        return -MR_E_CORRUPT;
    if (rest->len < BATCH_MAGIC_PREFIX_BYTES)
        return 0;
    int8_t magic = (int8_t)p[BATCH_AT_MAGIC];
    if (magic == 0 || magic == 1)
        return -MR_E_VERSION;
    if (magic != BATCH_MAGIC || length < BATCH_HEADER_BYTES - BATCH_PREFIX_BYTES)
        return -MR_E_CORRUPT;
    size_t bytes = (size_t)length + BATCH_PREFIX_BYTES;
    if (rest->len < bytes)
        return 0;
    batch_header_read(p, &ret->h);
    ret->bytes = (struct mr_slice){p, bytes};
    rest->ptr += bytes;
    rest->len -= bytes;
    return 1;
}

static uint32_t crc_of(const uint8_t *batch, size_t bytes)
{
    return crc32c(0, batch + BATCH_CRC_START, bytes - BATCH_CRC_START);
}

bool batch_crc_ok(const struct kw_batch *b)
{
    return crc_of(b->bytes.ptr, b->bytes.len) == b->h.crc;
}

int batch_check(const struct kw_batch *b)
{
    const struct kw_batch_header *h = &b->h;
    if (h->magic != BATCH_MAGIC || h->record_count < 0 || h->last_offset_delta < 0)
        return -MR_E_CORRUPT;
    if (h->base_offset < 0 || h->base_offset > INT64_MAX - INT32_MAX - 1) /* the next offset must fit */
        return -MR_E_CORRUPT;
    return batch_crc_ok(b) ? 0 : -MR_E_CORRUPT;
}

void batch_assign(uint8_t *batch, int64_t base_offset, int32_t leader_epoch)
{
    mr_put64(batch + BATCH_AT_BASE_OFFSET, (uint64_t)base_offset);
    mr_put32(batch + BATCH_AT_LEADER_EPOCH, (uint32_t)leader_epoch);
}

bool batch_set_timestamp(uint8_t *batch, bool log_append_time, int64_t max_timestamp)
{
    uint16_t old = mr_get16(batch + BATCH_AT_ATTRIBUTES);
    bool stamped = (old & BATCH_LOG_APPEND_TIME) != 0;
    if (stamped == log_append_time && (int64_t)mr_get64(batch + BATCH_AT_MAX_TIMESTAMP) == max_timestamp)
        return false;
    uint16_t attributes =
        old & (BATCH_CODEC_MASK | BATCH_TRANSACTIONAL | BATCH_CONTROL | BATCH_DELETE_HORIZON);
    mr_put16(batch + BATCH_AT_ATTRIBUTES, log_append_time ? attributes | BATCH_LOG_APPEND_TIME : attributes);
    mr_put64(batch + BATCH_AT_MAX_TIMESTAMP, (uint64_t)max_timestamp);
    batch_seal(batch);
    return true;
}

void batch_seal(uint8_t *batch)
{
    size_t bytes = (size_t)mr_get32(batch + BATCH_AT_LENGTH) + BATCH_PREFIX_BYTES;
    mr_put32(batch + BATCH_AT_CRC, crc_of(batch, bytes));
}
