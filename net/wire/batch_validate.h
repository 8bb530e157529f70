/* net/wire/batch_validate.h - does a broker take these records from a client?
 *
 * The checks and their order are Apache Kafka 4.1.0's, measured against a running one; net/wire/batch.md
 * has the table and the places where this differs. Source: KIP-98, KIP-32 (timestamps), KIP-110 (zstd),
 * KIP-467 (errors per record). Nothing is changed here: batch_assign(), batch_set_timestamp() and
 * batch_rebuild() do that with the verdict. */
#ifndef KW_BATCH_VALIDATE_H
#define KW_BATCH_VALIDATE_H

#include "core/compress.h"
#include "net/wire/batch.h"
#include "net/wire/kw_error.h"
#include "net/wire/records.h"

enum {
    BATCH_RECORD_FAULTS_MAX = 16, /* named one by one; the rest are only counted */
    BATCH_CODEC_OF_PRODUCER = -1, /* compression.type=producer: as it came */
    PRODUCE_VERSION_ZSTD = 7,     /* the first request version that may carry zstd */
};

/* What a topic and the moment ask of a batch. */
struct batch_rules {
    int16_t produce_version;
    bool compacted;            /* cleanup.policy has compact: every record needs a key */
    bool log_append_time;      /* message.timestamp.type */
    bool records_trusted;      /* skip unpacking and walking the records (never for clients at large) */
    int codec;                 /* compression.type: enum comp_codec, or BATCH_CODEC_OF_PRODUCER */
    int32_t bytes_max;         /* max.message.bytes: of the batch as it came, header included */
    size_t unpacked_bytes_max; /* of its records; more is MESSAGE_TOO_LARGE */
    int64_t now_ms;            /* wall clock */
    int64_t before_max_ms;     /* message.timestamp.before.max.ms; INT64_MAX: any */
    int64_t after_max_ms;
};

/* Why, for the error message. */
enum batch_fault {
    BATCH_FINE,
    BATCH_FAULT_NONE_WHOLE,  /* no complete batch */
    BATCH_FAULT_LENGTH,      /* a length no batch can have */
    BATCH_FAULT_MAGIC,       /* no such format */
    BATCH_FAULT_MAGIC_OLD,   /* magic 0 or 1 */
    BATCH_FAULT_SEVERAL,     /* more than one batch */
    BATCH_FAULT_CODEC,       /* unknown, or zstd before Produce v7 */
    BATCH_FAULT_BASE_OFFSET, /* not 0 */
    BATCH_FAULT_TOO_LARGE,
    BATCH_FAULT_CRC,
    BATCH_FAULT_COUNT, /* record count and last offset delta */
    BATCH_FAULT_CONTROL,
    BATCH_FAULT_SEQUENCE, /* a producer id without a sequence */
    BATCH_FAULT_PAYLOAD,  /* does not unpack */
    BATCH_FAULT_UNPACKED_LARGE,
    BATCH_FAULT_RECORD,  /* a record's own structure */
    BATCH_FAULT_MEMORY,  /* ours, not the client's */
    BATCH_FAULT_RECORDS, /* see the record faults */
};

enum record_fault_kind {
    RECORD_FAULT_KEY,       /* null on a compacted topic */
    RECORD_FAULT_TIMESTAMP, /* out of the window */
    RECORD_FAULT_TIME_TYPE, /* log append time is for the broker to set */
};

struct record_fault {
    int32_t batch_index; /* which record, from 0 */
    enum record_fault_kind kind;
    int64_t timestamp; /* the record's, for RECORD_FAULT_TIMESTAMP */
};

struct batch_verdict {
    enum kw_error error;
    enum batch_fault fault;
    struct kw_batch batch;       /* set once a whole batch was found; borrowed from the records */
    int64_t max_timestamp;       /* of the records, or KW_NO_TIMESTAMP; the header's when trusted */
    int32_t max_timestamp_delta; /* offset delta of the first record that has it */
    bool rebuild;                /* must go through batch_rebuild(): other codec, or offsets out of step */
    bool renumber;               /* and its records must be written anew, not only packed */
    uint32_t record_fault_count; /* all of them; only the first BATCH_RECORD_FAULTS_MAX are kept */
    struct record_fault record_faults[BATCH_RECORD_FAULTS_MAX];
};

/* Judge what a Produce request carries for one partition. Fills *ret and returns ret->error:
 *   KW_NONE
 *   KW_CORRUPT_MESSAGE, KW_INVALID_RECORD, KW_MESSAGE_TOO_LARGE, KW_INVALID_TIMESTAMP,
 *   KW_UNSUPPORTED_COMPRESSION_TYPE
 *   KW_UNKNOWN_SERVER_ERROR  no memory to unpack
 * Bytes behind the batch that begin a second one but do not complete it are ignored, as Kafka does; they
 * must not be stored: ret->batch.bytes has the right length.
 *   c, scratch  for compressed batches; on return scratch holds the unpacked records, so that
 *               batch_rebuild() need not unpack again */
enum kw_error batch_validate(struct mr_slice records, const struct batch_rules *rules, struct comp *c,
                             struct mr_scratch *scratch, struct batch_verdict *ret);

/* ---- the same in steps, for batches whose records take long ---- */

/* All but the records: KW_NONE means that those are still to be unpacked and walked. */
enum kw_error batch_validate_begin(struct mr_slice records, const struct batch_rules *rules,
                                   struct batch_verdict *ret);

/* The verdict on records that did not unpack; err is comp_unpack()'s. */
enum kw_error batch_refuse_payload(struct batch_verdict *v, int err);

struct batch_walk {
    struct record_iter it;
    int64_t first_ms, last_ms; /* the timestamps that the topic takes */
    int32_t index;
    bool timestamp_faults;
};
void batch_walk_begin(struct batch_walk *w, struct mr_slice records, const struct batch_rules *rules,
                      struct batch_verdict *v);
/* Look at about `bytes` of records, at least one record. True: it is over, and v->error says how. */
bool batch_walk_step(struct batch_walk *w, const struct batch_rules *rules, struct batch_verdict *v,
                     size_t bytes);

/* English, for ErrorMessage and BatchIndexErrorMessage. Static storage; NULL for BATCH_FINE. */
const char *batch_fault_text(enum batch_fault fault);
const char *record_fault_text(enum record_fault_kind kind);

#endif
