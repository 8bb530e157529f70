/* bench/stamped.h - the record batches of a run: one template, of which only a short head changes.
 *
 * head   the 61-byte batch header and the first record up to the end of its stamp
 * tail   everything else: the rest of the first record and the other records, shared by every request
 * A stamp stands at the front of the first record's value and carries the time at which the batch was meant
 * to be sent, so that a consumer in the same process can tell its age. Record batch v2: KIP-98. */
#ifndef BENCH_STAMPED_H
#define BENCH_STAMPED_H

#include "bench/crc_tail.h"
#include "core/base.h"

enum {
    STAMPED_HEADER_BYTES = 61,
    STAMPED_LENGTH_END = 12, /* batchLength counts from here */
    STAMPED_CRC_POS = 17,
    STAMPED_CRC_FROM = 21,
    STAMP_BYTES = 24, /* magic, intended time, number: 8 bytes each */
    STAMPED_HEAD_MAX = STAMPED_HEADER_BYTES + 32 + STAMP_BYTES,
    STAMPED_BYTES_MAX = 64 << 20,
};

struct stamped_batch {
    uint8_t head[STAMPED_HEAD_MAX];
    uint32_t head_len;
    uint32_t stamp_pos; /* in head */
    uint8_t *tail;      /* own */
    uint32_t tail_len;
    uint32_t records;
    uint64_t payload_bytes; /* the values of all its records */
    struct crc_tail crc;
};

/* records >= 1 values of record_bytes >= STAMP_BYTES random (incompressible) bytes each, no keys, no headers.
 * -MR_E_LIMIT above STAMPED_BYTES_MAX, -ENOMEM. */
int stamped_init(struct stamped_batch *b, uint32_t records, uint32_t record_bytes, uint64_t seed);
void stamped_done(struct stamped_batch *b);
uint64_t stamped_bytes(const struct stamped_batch *b);

/* What differs from batch to batch. producer_id -1: not idempotent. */
struct stamped_patch {
    int64_t timestamp_ms; /* wall clock */
    int64_t producer_id;
    int16_t producer_epoch;
    int32_t sequence;
    uint64_t intended_ns, number;
};

/* Writes into a copy of the template's head (head_len bytes), checksum included. */
void stamped_patch(const struct stamped_batch *b, uint8_t *head, const struct stamped_patch *patch);

/* The fields of a stored batch that a reader needs, from its first bytes. */
struct stamped_info {
    int64_t base_offset;
    uint32_t bytes; /* of the whole batch */
    uint32_t crc;
    int16_t attributes;
    int32_t last_delta;
    int32_t records;
    bool stamped;
    uint64_t intended_ns, number; /* if stamped */
};

/* len >= STAMPED_HEADER_BYTES. The stamp is found if the first record's front is within len and the batch
 * is not compressed. -MR_E_CORRUPT: not a v2 batch. */
int stamped_read(const uint8_t *p, size_t len, struct stamped_info *ret);

#endif
