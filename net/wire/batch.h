/* net/wire/batch.h - the header of a record batch (magic 2), and walking batches that stand in a row.
 *
 * A batch is stored and sent as it came. What a broker fills in, base offset and leader epoch, lies outside
 * the checksum and is patched in place. Layout and what is checked where: net/wire/batch.md.
 * Source: KIP-98 (format), KIP-101 (leader epoch), KIP-534 (delete horizon). */
#ifndef KW_BATCH_H
#define KW_BATCH_H

#include "core/base.h"

enum {
    BATCH_HEADER_BYTES = 61,
    BATCH_PREFIX_BYTES = 12,       /* base offset and length; the length counts what follows */
    BATCH_MAGIC_PREFIX_BYTES = 17, /* up to and with magic: enough to know what follows */
    BATCH_CRC_START = 21,          /* the checksum covers everything from here on */
    BATCH_MAGIC = 2,

    BATCH_AT_BASE_OFFSET = 0,
    BATCH_AT_LENGTH = 8,
    BATCH_AT_LEADER_EPOCH = 12,
    BATCH_AT_MAGIC = 16,
    BATCH_AT_CRC = 17,
    BATCH_AT_ATTRIBUTES = 21,
    BATCH_AT_LAST_OFFSET_DELTA = 23,
    BATCH_AT_BASE_TIMESTAMP = 27,
    BATCH_AT_MAX_TIMESTAMP = 35,
    BATCH_AT_PRODUCER_ID = 43,
    BATCH_AT_PRODUCER_EPOCH = 51,
    BATCH_AT_BASE_SEQUENCE = 53,
    BATCH_AT_RECORD_COUNT = 57,
};

enum batch_attribute {
    BATCH_CODEC_MASK = 0x07, /* enum comp_codec; 5 to 7 mean nothing */
    BATCH_LOG_APPEND_TIME = 0x08,
    BATCH_TRANSACTIONAL = 0x10,
    BATCH_CONTROL = 0x20,
    BATCH_DELETE_HORIZON = 0x40, /* base_timestamp is when tombstones and markers may go */
};

#define KW_NO_TIMESTAMP (-1LL)
#define KW_NO_PRODUCER_ID (-1LL)
#define KW_NO_PRODUCER_EPOCH (-1)
#define KW_NO_SEQUENCE (-1)

struct kw_batch_header {
    int64_t base_offset;
    int32_t length; /* bytes after this field; batch_bytes() for all */
    int32_t leader_epoch;
    int8_t magic;
    uint32_t crc;
    int16_t attributes;
    int32_t last_offset_delta;
    int64_t base_timestamp; /* ms since 1970 */
    int64_t max_timestamp;
    int64_t producer_id;
    int16_t producer_epoch;
    int32_t base_sequence;
    int32_t record_count;
};

/* A whole batch: its header, and where its bytes (header included) stand. Borrowed. */
struct kw_batch {
    struct kw_batch_header h;
    struct mr_slice bytes;
};

static inline size_t batch_bytes(const struct kw_batch_header *h)
{
    return (size_t)BATCH_PREFIX_BYTES + (size_t)h->length;
}
static inline int64_t batch_last_offset(const struct kw_batch_header *h)
{
    return h->base_offset + h->last_offset_delta;
}
static inline int64_t batch_next_offset(const struct kw_batch_header *h)
{
    return batch_last_offset(h) + 1;
}
static inline int batch_codec(const struct kw_batch_header *h)
{
    return h->attributes & BATCH_CODEC_MASK;
}
static inline bool batch_has_producer(const struct kw_batch_header *h)
{
    return h->producer_id > KW_NO_PRODUCER_ID;
}
static inline bool batch_is_transactional(const struct kw_batch_header *h)
{
    return (h->attributes & BATCH_TRANSACTIONAL) != 0;
}
static inline bool batch_is_control(const struct kw_batch_header *h)
{
    return (h->attributes & BATCH_CONTROL) != 0;
}

/* Sequences run from 0 to 2^31-1 and start again at 0. n >= 0. */
int32_t batch_sequence_add(int32_t sequence, int32_t n);

/* The sequence of the batch's last record; KW_NO_SEQUENCE when the batch carries none. */
int32_t batch_last_sequence(const struct kw_batch_header *h);

/* The records' own time, for a record with this delta: one time for all when the broker stamped the batch. */
static inline int64_t batch_record_timestamp(const struct kw_batch_header *h, int64_t delta)
{
    if (h->attributes & BATCH_LOG_APPEND_TIME)
        return h->max_timestamp;
    return (int64_t)((uint64_t)h->base_timestamp + (uint64_t)delta); /* wraps as Kafka's does */
}

/* Everything after the header: the records, or one compressed block of them. */
static inline struct mr_slice batch_payload(const struct kw_batch *b)
{
    return (struct mr_slice){b->bytes.ptr + BATCH_HEADER_BYTES, b->bytes.len - BATCH_HEADER_BYTES};
}

/* Reads the 61 bytes at p, unchecked. */
void batch_header_read(const uint8_t *p, struct kw_batch_header *ret);
void batch_header_write(uint8_t *p, const struct kw_batch_header *h);

/* Take the next whole batch off the front of *rest.
 * 1: *ret is set and *rest moved past it. 0: no whole batch is left; rest->len says how many bytes of an
 * incomplete one remain. *rest does not move on errors:
 *   -MR_E_VERSION  a message of magic 0 or 1, complete or not
 *   -MR_E_CORRUPT  a length or a magic that no batch has
 * Neither checksum nor counts are looked at: batch_crc_ok(), batch_check(). */
int batch_next(struct mr_slice *rest, struct kw_batch *ret);

/* The size of the batch that starts at p, of which len bytes are at hand, once that is known (12 bytes).
 * 0: more bytes are needed. Otherwise the size in bytes, or -MR_E_CORRUPT (too small for a batch). */
int64_t batch_bytes_peek(const uint8_t *p, size_t len);

bool batch_crc_ok(const struct kw_batch *b);

/* What must hold for any stored or replicated batch: checksum, magic, no negative count, and a last offset
 * not before the base offset. 0 or -MR_E_CORRUPT. Compaction leaves gaps and empty batches, so the count
 * need not match the offsets. */
int batch_check(const struct kw_batch *b);

/* Fill in what the leader decides. batch points at a whole, checked batch; the checksum stays right. */
void batch_assign(uint8_t *batch, int64_t base_offset, int32_t leader_epoch);

/* Set the timestamp type bit and the largest timestamp; if either changes, attribute bits that mean nothing
 * are cleared, as Kafka does, and the checksum is computed anew. Returns whether something changed. Source:
 * KIP-32. */
bool batch_set_timestamp(uint8_t *batch, bool log_append_time, int64_t max_timestamp);

/* Compute length-dependent checksum over a batch whose header is otherwise complete. */
void batch_seal(uint8_t *batch);

#endif
