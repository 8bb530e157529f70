/* net/wire/records.h - the records inside a batch.
 *
 * A record: varint length of the rest, attributes (unused), varlong timestamp delta, varint offset delta,
 * key and value (varint length, negative = null), varint header count, headers (key never null).
 * Nothing is copied: slices point into what was handed in. Source: KIP-98, KIP-82 (headers). */
#ifndef KW_RECORDS_H
#define KW_RECORDS_H

#include "core/compress.h"
#include "net/wire/batch.h"

struct kw_record {
    int64_t timestamp_delta; /* ms after the batch's base timestamp; batch_record_timestamp() */
    int32_t offset_delta;    /* after the batch's base offset */
    struct mr_slice key;
    struct mr_slice value;
    int32_t header_count;
    struct mr_slice headers; /* header_count of them, checked; header_next() takes them apart */
};

struct kw_header {
    struct mr_str key;
    struct mr_slice value;
};

/* Walks `count` records that must fill `records` exactly. */
struct record_iter {
    const uint8_t *at;
    const uint8_t *end;
    int32_t left; /* records not yet returned */
};

static inline void record_iter_init(struct record_iter *it, struct mr_slice records, int32_t count)
{
    it->at = records.ptr != NULL ? records.ptr : (const uint8_t *)"";
    it->end = it->at + records.len;
    it->left = count;
}

/* 1: *ret is the next record. 0: all were returned and nothing follows them.
 * -MR_E_CORRUPT: a length reaches outside its record or the data, a number is no number, a header has no
 * key, there are fewer records than said, or bytes follow the last. */
int record_next(struct record_iter *it, struct kw_record *ret);

/* Take the first header off *rest (of a record that record_next() returned). False at the end. */
bool header_next(struct mr_slice *rest, struct kw_header *ret);

/* The records of a batch, unpacked when the batch is compressed.
 *   c        the shard's codecs; may be NULL for an uncompressed batch
 *   scratch  reset and filled when the batch is compressed; *ret then points into it
 * 0, or comp_unpack()'s errors: -MR_E_LIMIT (more than out_max bytes), -MR_E_CORRUPT, -MR_E_VERSION (no
 * such codec), -ENOMEM. */
int batch_records(const struct kw_batch *b, struct comp *c, struct mr_scratch *scratch, size_t out_max,
                  struct mr_slice *ret);

/* A place in a log, by time. */
struct record_time {
    int64_t offset; /* -1: none */
    int64_t timestamp;
};

/* The first record of the batch, at or after offset_min, whose timestamp is at or after `timestamp`
 * (ListOffsets, KIP-79). ret->offset is -1 when there is none. The header settles most batches; only one
 * that may hold the record is unpacked. Errors as batch_records() and record_next(). */
int batch_find_timestamp(const struct kw_batch *b, struct comp *c, struct mr_scratch *scratch, size_t out_max,
                         int64_t timestamp, int64_t offset_min, struct record_time *ret);

/* The greatest timestamp of the batch's records at or after offset_min, and the first that has it
 * (ListOffsets -3, KIP-734). ret->offset is -1 when there are none. In a batch that the broker stamped all
 * records have one time, so its first record is named, as in Kafka 4.1. */
int batch_find_max_timestamp(const struct kw_batch *b, struct comp *c, struct mr_scratch *scratch,
                             size_t out_max, int64_t offset_min, struct record_time *ret);

#endif
