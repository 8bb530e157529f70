/* net/wire/batch_build.h - make record batches: from records, from other batches, and control batches.
 *
 * Output is appended to a caller's mr_scratch: out->data + (out->len before the call) is the batch. */
#ifndef KW_BATCH_BUILD_H
#define KW_BATCH_BUILD_H

#include "core/compress.h"
#include "net/wire/batch.h"
#include "net/wire/records.h"

/* A record to be written. */
struct batch_record {
    int64_t timestamp;     /* ms; KW_NO_TIMESTAMP is allowed */
    struct mr_slice key;   /* ptr NULL: null */
    struct mr_slice value; /* the same */
    const struct kw_header *headers;
    int32_t header_count;
};

struct batch_build_how {
    int64_t base_offset; /* 0 for a producer */
    int32_t leader_epoch;
    int codec;           /* enum comp_codec */
    int level;           /* comp_level_default() */
    uint16_t attributes; /* of enum batch_attribute, but for the codec */
    int64_t producer_id;
    int16_t producer_epoch;
    int32_t base_sequence;
    size_t bytes_max; /* of the batch before compression; 0: as far as out allows */
};

/* No producer, no codec, leader epoch and offsets 0. */
static inline struct batch_build_how batch_build_how_plain(void)
{
    return (struct batch_build_how){.producer_id = KW_NO_PRODUCER_ID,
                                    .producer_epoch = KW_NO_PRODUCER_EPOCH,
                                    .base_sequence = KW_NO_SEQUENCE};
}

struct batch_builder {
    struct kw_batch_header h; /* record_count, timestamps and last_offset_delta grow with each record */
    int level;
    size_t bytes_max;
    struct mr_scratch *out;
    size_t start;             /* of the batch in out */
    struct mr_scratch *plain; /* where records go: out, or the caller's work area when compressing */
    size_t plain_start;
    struct comp *comp;
};

/* Begin a batch at the end of out. comp and work are needed only with a codec, else NULL; work is reset and
 * must not be out. 0, -MR_E_LIMIT or -ENOMEM. Until batch_build_end(), nothing else may write to out. */
int batch_build_begin(struct batch_builder *b, const struct batch_build_how *how, struct mr_scratch *out,
                      struct comp *comp, struct mr_scratch *work);

/* Add the next record, or one at a given offset delta (rising; compaction leaves gaps).
 * 0, -MR_E_LIMIT (bytes_max, out's limit, 2^31-1 records; the record is then not in) or -ENOMEM. */
int batch_build_add(struct batch_builder *b, const struct batch_record *record);
int batch_build_add_at(struct batch_builder *b, int32_t offset_delta, const struct batch_record *record);

/* Bytes of the batch so far, before compression. */
size_t batch_build_bytes(const struct batch_builder *b);

/* Compress, fill in the header, compute the checksum. b->h is then what was written. On errors (as
 * comp_pack()) out->len is as it was before batch_build_begin(). A batch without records is allowed
 * (compaction keeps one for a producer's last sequence); its last_offset_delta must be set in b->h first. */
int batch_build_end(struct batch_builder *b);

/* Give up instead: out->len is as it was before batch_build_begin(). */
void batch_build_drop(struct batch_builder *b);

/* Append one record as it stands in a batch. */
int record_put(struct mr_scratch *out, const struct kw_record *record);

/* Append a copy of b with its records numbered 0 to n-1 and packed with codec.
 *   records  b's, unpacked; not in out or work
 *   work     reset and used
 * Offsets, times, producer, sequence and what the attributes mean are kept; the base timestamp becomes the
 * first record's, and attribute bits that mean nothing go, as in Kafka. Needed when a topic's
 * compression.type differs from the batch's, or its records are numbered wrongly (batch_verdict.rebuild). The
 * caller must check the new size against max.message.bytes again. 0, -MR_E_CORRUPT (records), comp_pack()'s
 * errors. */
int batch_rebuild(const struct kw_batch *b, struct mr_slice records, struct comp *c, int codec, int level,
                  struct mr_scratch *out, struct mr_scratch *work);

/* The same in steps: begin, then renumber into out or a work array until it returns 0 (or, if the verdict
 * does not ask for it, take the records as they stand), pack or copy that behind the header in out, end. On
 * errors out->len must be set back to r->start. */
struct batch_repack {
    struct kw_batch_header h;
    struct record_iter it;
    int64_t base_was;
    int32_t index;
    size_t start; /* of the batch in out */
};
int batch_repack_begin(struct batch_repack *r, const struct kw_batch *b, struct mr_slice records, int codec,
                       struct mr_scratch *out);
/* About `bytes` of records. 1: there is more. 0: done. -MR_E_CORRUPT, -MR_E_LIMIT, -ENOMEM. */
int batch_repack_renumber(struct batch_repack *r, struct mr_scratch *to, size_t bytes);
int batch_repack_end(struct batch_repack *r, struct mr_scratch *out); /* 0 or -MR_E_LIMIT */

/* Control batches: one record whose key names its kind. Consumers skip them; they take an offset. */
enum control_type {
    CONTROL_ABORT = 0,
    CONTROL_COMMIT = 1,
    CONTROL_LEADER_CHANGE = 2,
    CONTROL_SNAPSHOT_HEADER = 3,
    CONTROL_SNAPSHOT_FOOTER = 4,
    CONTROL_KRAFT_VERSION = 5,
    CONTROL_KRAFT_VOTERS = 6,
};

struct control_record {
    int16_t type;              /* enum control_type, or one that this build does not know */
    int32_t coordinator_epoch; /* of CONTROL_ABORT and CONTROL_COMMIT */
    int64_t timestamp;
    struct mr_slice value; /* as it stands, version first */
};

/* The record of a control batch (never compressed). 1: *ret is set. 0: the batch is empty, compaction took
 * its record. -MR_E_CORRUPT. Source: KIP-98 (markers), KIP-595 and KIP-630 (KRaft). */
int control_read(const struct kw_batch *b, struct control_record *ret);

/* Append a control batch with this record. how->attributes gets BATCH_CONTROL. */
int control_put(struct mr_scratch *out, const struct batch_build_how *how, enum control_type type,
                int64_t timestamp, struct mr_slice value);

/* Append the marker that ends a transaction; how carries the producer's id and epoch, its attributes get
 * BATCH_CONTROL and BATCH_TRANSACTIONAL. */
int control_put_marker(struct mr_scratch *out, const struct batch_build_how *how, bool commit,
                       int32_t coordinator_epoch, int64_t timestamp);

#endif
