#include "net/wire/batch_validate.h"

#include "core/err.h"
#include "net/wire/records.h"

static enum kw_error refuse(struct batch_verdict *v, enum kw_error error, enum batch_fault fault)
{
    v->error = error;
    v->fault = fault;
    return error;
}

/* Exactly one whole batch of magic 2. Kafka looks at the start of a second one with the same eyes. */
static enum kw_error find_batch(struct mr_slice records, struct batch_verdict *v)
{
    int got = batch_next(&records, &v->batch);
    if (got == -MR_E_VERSION) {
        int64_t length = (int32_t)mr_get32(records.ptr + BATCH_AT_LENGTH);
        bool whole = records.len >= (uint64_t)length + BATCH_PREFIX_BYTES;
        return refuse(v, KW_INVALID_RECORD, whole ? BATCH_FAULT_MAGIC_OLD : BATCH_FAULT_NONE_WHOLE);
    }
    if (got == -MR_E_CORRUPT) {
        bool magic = records.len >= BATCH_MAGIC_PREFIX_BYTES && records.ptr[BATCH_AT_MAGIC] != BATCH_MAGIC;
        return refuse(v, KW_CORRUPT_MESSAGE, magic ? BATCH_FAULT_MAGIC : BATCH_FAULT_LENGTH);
    }
    if (got == 0)
        return refuse(v, KW_INVALID_RECORD, BATCH_FAULT_NONE_WHOLE);

    struct kw_batch second;
    got = batch_next(&records, &second);
    if (got == -MR_E_CORRUPT)
        return refuse(v, KW_CORRUPT_MESSAGE, BATCH_FAULT_SEVERAL);
    if (got != 0)
        return refuse(v, KW_INVALID_RECORD, BATCH_FAULT_SEVERAL);
    return KW_NONE;
}

static enum kw_error check_header(const struct batch_rules *rules, struct batch_verdict *v)
{
    const struct kw_batch_header *h = &v->batch.h;
    int codec = batch_codec(h);
    if (codec == COMP_ZSTD && rules->produce_version < PRODUCE_VERSION_ZSTD) /* KIP-110 */
        return refuse(v, KW_UNSUPPORTED_COMPRESSION_TYPE, BATCH_FAULT_CODEC);
    if (h->base_offset != 0)
        return refuse(v, KW_INVALID_RECORD, BATCH_FAULT_BASE_OFFSET);
    if (v->batch.bytes.len > (size_t)mr_imax(rules->bytes_max, 0))
        return refuse(v, KW_MESSAGE_TOO_LARGE, BATCH_FAULT_TOO_LARGE);
    if (!batch_crc_ok(&v->batch))
        return refuse(v, KW_CORRUPT_MESSAGE, BATCH_FAULT_CRC);
    if (codec >= COMP_CODECS)
        return refuse(v, KW_UNSUPPORTED_COMPRESSION_TYPE, BATCH_FAULT_CODEC);
    if (h->record_count <= 0 || (int64_t)h->last_offset_delta + 1 != h->record_count)
        return refuse(v, KW_INVALID_RECORD, BATCH_FAULT_COUNT);
    if (batch_is_control(h))
        return refuse(v, KW_INVALID_RECORD, BATCH_FAULT_CONTROL);
    if (batch_has_producer(h) && h->base_sequence < 0)
        return refuse(v, KW_INVALID_RECORD, BATCH_FAULT_SEQUENCE);
    return KW_NONE;
}

/* The timestamps a topic takes. KIP-32, KIP-937. */
struct time_window {
    int64_t first, last;
};

static struct time_window window_of(const struct batch_rules *rules)
{
    struct time_window w;
    if (__builtin_sub_overflow(rules->now_ms, rules->before_max_ms, &w.first))
        w.first = INT64_MIN;
    if (__builtin_add_overflow(rules->now_ms, rules->after_max_ms, &w.last))
        w.last = INT64_MAX;
    return w;
}

static bool record_is_faulty(const struct batch_rules *rules, struct time_window window, bool stamped,
                             const struct kw_record *record, int64_t timestamp,
                             enum record_fault_kind *ret_kind)
{
    if (rules->compacted && record->key.ptr == NULL) {
        *ret_kind = RECORD_FAULT_KEY;
        return true;
    }
    if (!rules->log_append_time && timestamp != KW_NO_TIMESTAMP) {
        *ret_kind = RECORD_FAULT_TIMESTAMP;
        return timestamp < window.first || timestamp > window.last;
    }
    *ret_kind = RECORD_FAULT_TIME_TYPE;
    return stamped;
}

void batch_walk_begin(struct batch_walk *w, struct mr_slice records, const struct batch_rules *rules,
                      struct batch_verdict *v)
{
    const struct kw_batch_header *h = &v->batch.h;
    struct time_window window = window_of(rules);
    *w = (struct batch_walk){.first_ms = window.first, .last_ms = window.last};
    record_iter_init(&w->it, records, h->record_count);
}

bool batch_walk_step(struct batch_walk *w, const struct batch_rules *rules, struct batch_verdict *v,
                     size_t bytes)
{
    const struct kw_batch_header *h = &v->batch.h;
    struct time_window window = {w->first_ms, w->last_ms};
    bool stamped = (h->attributes & BATCH_LOG_APPEND_TIME) != 0;
    struct kw_record record;
    int got = 0;

    const uint8_t *from = w->it.at;
    while ((size_t)(w->it.at - from) < bytes && (got = record_next(&w->it, &record)) > 0) {
        int32_t i = w->index++;
        int64_t timestamp = batch_record_timestamp(h, record.timestamp_delta);
        enum record_fault_kind kind;
        if (MR_UNLIKELY(record_is_faulty(rules, window, stamped, &record, timestamp, &kind))) {
            if (v->record_fault_count < BATCH_RECORD_FAULTS_MAX)
                v->record_faults[v->record_fault_count] = (struct record_fault){i, kind, timestamp};
            v->record_fault_count++;
            w->timestamp_faults |= kind != RECORD_FAULT_KEY;
        }
        if (timestamp > v->max_timestamp) {
            v->max_timestamp = timestamp;
            v->max_timestamp_delta = i;
        }
        /* Some old clients number the records inside a batch wrongly. A reader would believe them, and
         * records would appear at offsets that are not theirs. */
        if (MR_UNLIKELY(record.offset_delta != i))
            v->rebuild = v->renumber = true;
        if (i == 0 && record.timestamp_delta != 0 &&
            v->rebuild) /* a rebuilt batch counts from its first record */
            v->renumber = true;
    }
    if (got > 0)
        return false;
    if (got < 0) {
        v->record_fault_count = 0;
        refuse(v, KW_INVALID_RECORD, BATCH_FAULT_RECORD);
    } else if (v->record_fault_count > 0) {
        refuse(v, w->timestamp_faults ? KW_INVALID_TIMESTAMP : KW_INVALID_RECORD, BATCH_FAULT_RECORDS);
    }
    return true;
}

enum kw_error batch_validate_begin(struct mr_slice records, const struct batch_rules *rules,
                                   struct batch_verdict *v)
{
    v->error = KW_NONE;
    v->fault = BATCH_FINE;
    v->max_timestamp = KW_NO_TIMESTAMP;
    v->max_timestamp_delta = 0;
    v->rebuild = v->renumber = false;
    v->record_fault_count = 0;

    enum kw_error error = find_batch(records, v);
    if (error == KW_NONE)
        error = check_header(rules, v);
    if (error == KW_NONE)
        v->rebuild = rules->codec != BATCH_CODEC_OF_PRODUCER && rules->codec != batch_codec(&v->batch.h);
    return error;
}

enum kw_error batch_refuse_payload(struct batch_verdict *v, int err)
{
    if (err == -MR_E_LIMIT)
        return refuse(v, KW_MESSAGE_TOO_LARGE, BATCH_FAULT_UNPACKED_LARGE);
    if (err == -ENOMEM)
        return refuse(v, KW_UNKNOWN_SERVER_ERROR, BATCH_FAULT_MEMORY);
    return refuse(v, KW_INVALID_RECORD, BATCH_FAULT_PAYLOAD);
}

enum kw_error batch_validate(struct mr_slice records, const struct batch_rules *rules, struct comp *c,
                             struct mr_scratch *scratch, struct batch_verdict *v)
{
    enum kw_error error = batch_validate_begin(records, rules, v);
    if (error != KW_NONE)
        return error;
    const struct kw_batch_header *h = &v->batch.h;
    if (rules->records_trusted) {
        v->max_timestamp = h->max_timestamp;
        v->max_timestamp_delta = h->last_offset_delta;
        return KW_NONE;
    }
    struct mr_slice unpacked;
    int err = batch_records(&v->batch, c, scratch, rules->unpacked_bytes_max, &unpacked);
    if (err != 0)
        return batch_refuse_payload(v, err);
    struct batch_walk walk;
    batch_walk_begin(&walk, unpacked, rules, v);
    batch_walk_step(&walk, rules, v, SIZE_MAX);
    return v->error;
}

const char *batch_fault_text(enum batch_fault fault)
{
    switch (fault) {
    case BATCH_FINE:
        return NULL;
    case BATCH_FAULT_NONE_WHOLE:
        return "the request holds no complete record batch for this partition";
    case BATCH_FAULT_LENGTH:
        return "the record batch gives a length that no batch can have";
    case BATCH_FAULT_MAGIC:
        return "the record batch is of an unknown format (magic)";
    case BATCH_FAULT_MAGIC_OLD:
        return "messages of format 0 and 1 are no longer accepted; only record batches of magic 2 are";
    case BATCH_FAULT_SEVERAL:
        return "more than one record batch for this partition";
    case BATCH_FAULT_CODEC:
        return "the compression codec is unknown, or newer than this request version may use";
    case BATCH_FAULT_BASE_OFFSET:
        return "the base offset of a record batch must be 0 when it is produced";
    case BATCH_FAULT_TOO_LARGE:
        return "the record batch is larger than max.message.bytes of the topic";
    case BATCH_FAULT_CRC:
        return "the checksum of the record batch does not match";
    case BATCH_FAULT_COUNT:
        return "record count and last offset of the record batch contradict each other";
    case BATCH_FAULT_CONTROL:
        return "clients may not write control records";
    case BATCH_FAULT_SEQUENCE:
        return "the record batch has a producer id but no sequence number";
    case BATCH_FAULT_PAYLOAD:
        return "the compressed records are damaged";
    case BATCH_FAULT_UNPACKED_LARGE:
        return "the compressed records unpack to more than the broker accepts";
    case BATCH_FAULT_RECORD:
        return "a record is malformed, or the batch holds more or fewer records than it says";
    case BATCH_FAULT_MEMORY:
        return "out of memory while unpacking the records";
    case BATCH_FAULT_RECORDS:
        return "records of the batch were refused; the whole batch was dropped";
    }
    return NULL;
}

const char *record_fault_text(enum record_fault_kind kind)
{
    switch (kind) {
    case RECORD_FAULT_KEY:
        return "a compacted topic takes no record without a key";
    case RECORD_FAULT_TIMESTAMP:
        return "the timestamp is too far in the past or the future for this topic";
    case RECORD_FAULT_TIME_TYPE:
        return "only the broker may set the timestamp type to log append time";
    }
    return NULL;
}
