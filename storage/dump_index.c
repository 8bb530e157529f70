/* The files beside a segment: its indexes, and the producers' state at its beginning. They are rows of
 * entries of one size; what is wrong with one is said, and the next one is shown all the same. */
#include <stdio.h>

#include "net/wire/gen/log_data.h"
#include "storage/dump_priv.h"
#include "storage/walk.h"

enum {
    OFFSET_ENTRY = 8,
    TIME_ENTRY = 12,
    TXN_ENTRY = 34, /* version, then an AbortedTxn */
    SNAPSHOT_HEAD = 10,
    SNAPSHOT_ENTRY = 46,
    SNAPSHOT_VERSION = 1,
};

/* The entry at pos, or NULL: it cannot be read, which has been said. */
static const uint8_t *entry_at(struct dump *d, uint64_t pos, size_t bytes)
{
    const uint8_t *p;
    int err = source_get(&d->src, pos, bytes, &p);
    if (err == 0)
        return p;
    dump_problem(d, pos, pos + bytes, "cannot be read: %s", mr_err_text(err));
    return NULL;
}

/* What is left behind the last whole entry. */
static void say_rest(struct dump *d, uint64_t pos)
{
    if (pos < d->src.size)
        dump_torn(d, pos, d->src.size, "less than an entry at the end");
}

/* From here on only what a broker has allocated ahead; it cuts that off when it closes the file. */
static bool is_ahead(struct dump *d, uint64_t pos)
{
    if (!source_is_zero(&d->src, pos, d->src.size))
        return false;
    dump_torn(d, pos, d->src.size, "zeros to the end");
    return true;
}

/* The segment of an index, or nothing: then its entries are shown unchecked. */
static bool open_segment(struct dump *d, struct source *log)
{
    char path[DUMP_PATH_BYTES];
    const char *dot = strrchr(d->path, '.');
    *log = (struct source){.buf = NULL};
    if (dot == NULL || (size_t)(dot - d->path) + 8 > sizeof(path))
        return false;
    snprintf(path, sizeof(path), "%.*s.log", (int)(dot - d->path), d->path);
    return source_open(log, d->cfg->io, path) == 0;
}

/* Does a batch with this last offset stand at pos? */
static bool leads_to(struct source *log, uint32_t pos, int64_t last_offset)
{
    const uint8_t *p;
    struct kw_batch_header h;
    if (source_get(log, pos, BATCH_HEADER_BYTES, &p) != 0)
        return false;
    batch_header_read(p, &h);
    bool old = h.magic == 0 || h.magic == 1; /* of such a message the last offset is not looked for */
    return old || (batch_plausible(&h, log->size - pos) && batch_last_offset(&h) == last_offset);
}

void dump_offset_index(struct dump *d, int64_t base)
{
    struct source log;
    bool checked = open_segment(d, &log);
    int64_t last = -1;
    uint32_t last_pos = 0;
    uint64_t pos = 0;
    for (; pos + OFFSET_ENTRY <= d->src.size && d->failed == 0; pos += OFFSET_ENTRY) {
        const uint8_t *p = entry_at(d, pos, OFFSET_ENTRY);
        if (p == NULL)
            continue;
        int32_t delta = (int32_t)mr_get32(p);
        uint32_t at = mr_get32(p + 4);
        int64_t offset = mr_imax(base, 0) + delta;
        if (delta == 0 && at == 0 && (pos > 0 || d->src.size > OFFSET_ENTRY) && is_ahead(d, pos))
            goto out;
        line_begin(d, 0);
        line_put(d, "offset: %lld position: %u", (long long)offset, at);
        line_end(d);
        if (delta < 0 || (pos > 0 && (offset <= last || at <= last_pos)))
            dump_problem(d, pos, pos + OFFSET_ENTRY,
                         "entry (offset %lld, position %u) does not come after the one before",
                         (long long)offset, at);
        else if (checked && base >= 0 && !leads_to(&log, at, offset))
            dump_problem(d, pos, pos + OFFSET_ENTRY,
                         "entry (offset %lld, position %u) leads to no such batch", (long long)offset, at);
        last = offset;
        last_pos = at;
    }
    say_rest(d, pos);
out:
    source_close(&log);
}

void dump_time_index(struct dump *d, int64_t base)
{
    int64_t last_time = INT64_MIN, last = -1;
    uint64_t pos = 0;
    for (; pos + TIME_ENTRY <= d->src.size && d->failed == 0; pos += TIME_ENTRY) {
        const uint8_t *p = entry_at(d, pos, TIME_ENTRY);
        if (p == NULL)
            continue;
        int64_t timestamp = (int64_t)mr_get64(p);
        int32_t delta = (int32_t)mr_get32(p + 8);
        int64_t offset = mr_imax(base, 0) + delta;
        if (timestamp == 0 && delta == 0 && (pos > 0 || d->src.size > TIME_ENTRY) && is_ahead(d, pos))
            return;
        line_begin(d, 0);
        line_put(d, "timestamp: %lld offset: %lld", (long long)timestamp, (long long)offset);
        line_end(d);
        if (delta < 0 || (pos > 0 && (timestamp <= last_time || offset < last)))
            dump_problem(d, pos, pos + TIME_ENTRY,
                         "entry (timestamp %lld, offset %lld) does not come after the one before",
                         (long long)timestamp, (long long)offset);
        last_time = timestamp;
        last = offset;
    }
    say_rest(d, pos);
}

void dump_txn_index(struct dump *d)
{
    int64_t last = -1;
    uint64_t pos = 0;
    for (; pos + TXN_ENTRY <= d->src.size && d->failed == 0; pos += TXN_ENTRY) {
        const uint8_t *p = entry_at(d, pos, TXN_ENTRY);
        if (p == NULL)
            continue;
        int16_t version = (int16_t)mr_get16(p);
        struct kw_aborted_txn txn;
        struct kw_reader r = kw_reader_of((struct mr_slice){p + 2, TXN_ENTRY - 2});
        if (kw_aborted_txn_decode(&r, version, &d->arena, &txn) != 0) {
            dump_problem(d, pos, pos + TXN_ENTRY, "entry has version %d, not known here", version);
            continue;
        }
        line_begin(d, 0);
        line_put(d, "version: %d producerId: %lld firstOffset: %lld lastOffset: %lld lastStableOffset: %lld",
                 version, (long long)txn.producer_id, (long long)txn.first_offset, (long long)txn.last_offset,
                 (long long)txn.last_stable_offset);
        line_end(d);
        if (txn.first_offset < 0 || txn.last_offset < txn.first_offset || txn.last_offset <= last)
            dump_problem(d, pos, pos + TXN_ENTRY, "entry of producer %lld does not come after the one before",
                         (long long)txn.producer_id);
        last = txn.last_offset;
    }
    say_rest(d, pos);
}

static void producer_line(struct dump *d, const uint8_t *p)
{
    int32_t last_sequence = (int32_t)mr_get32(p + 10), offset_delta = (int32_t)mr_get32(p + 22);
    int64_t txn_first = (int64_t)mr_get64(p + 38);
    line_begin(d, 0);
    line_put(d, "producerId: %lld producerEpoch: %d coordinatorEpoch: %d currentTxnFirstOffset: ",
             (long long)mr_get64(p), (int16_t)mr_get16(p + 8), (int32_t)mr_get32(p + 34));
    if (txn_first < 0)
        line_put(d, "none");
    else
        line_put(d, "%lld", (long long)txn_first);
    line_put(d, " lastTimestamp: %lld firstSequence: %d lastSequence: %d lastOffset: %lld offsetDelta: %d",
             (long long)mr_get64(p + 26),
             last_sequence < 0 ? -1
                               : (int32_t)(((uint32_t)last_sequence - (uint32_t)offset_delta) & INT32_MAX),
             last_sequence, (long long)mr_get64(p + 14), offset_delta);
    line_end(d);
}

void dump_producers(struct dump *d)
{
    const uint8_t *p = d->src.size >= SNAPSHOT_HEAD ? entry_at(d, 0, SNAPSHOT_HEAD) : NULL;
    if (p == NULL) {
        if (d->src.size < SNAPSHOT_HEAD)
            dump_problem(d, 0, d->src.size, "less than the head of a producer snapshot");
        return;
    }
    int16_t version = (int16_t)mr_get16(p);
    uint32_t want = mr_get32(p + 2), count = mr_get32(p + 6), crc = 0;
    line_begin(d, 0);
    line_put(d, "version: %d crc: %u producers: %u", version, want, count);
    line_end(d);
    if (version != SNAPSHOT_VERSION) {
        dump_problem(d, 0, 0, "a producer snapshot of version %d, not known here", version);
        return;
    }
    int err = source_crc(&d->src, 6, d->src.size - 6, &crc);
    if (err != 0)
        dump_problem(d, 0, d->src.size, "cannot be read: %s", mr_err_text(err));
    else if (crc != want)
        dump_problem(d, 0, d->src.size, "the producer snapshot is damaged: its checksum does not fit");
    uint64_t pos = SNAPSHOT_HEAD;
    for (uint32_t i = 0; i < count && pos + SNAPSHOT_ENTRY <= d->src.size; i++, pos += SNAPSHOT_ENTRY) {
        p = entry_at(d, pos, SNAPSHOT_ENTRY);
        if (p != NULL)
            producer_line(d, p);
    }
    if (pos != SNAPSHOT_HEAD + (uint64_t)count * SNAPSHOT_ENTRY || pos != d->src.size)
        dump_problem(d, pos, d->src.size, "%u producers are not what these bytes hold", count);
}
