/* Batches in a row: their lines, and finding the next one behind bytes that are none. */
#include <stdio.h>

#include "storage/dump_priv.h"
#include "storage/walk.h"

static const char *const codec_names[] = {"none", "gzip", "snappy", "lz4", "zstd"};

int dump_batch_at(struct dump *d, uint64_t pos, uint64_t end, struct kw_batch_header *h, uint64_t *bytes)
{
    const uint8_t *p;
    uint64_t left = end - pos;
    if (left < BATCH_MAGIC_PREFIX_BYTES)
        return 0;
    int err = source_get(&d->src, pos, BATCH_MAGIC_PREFIX_BYTES, &p);
    if (err != 0)
        return err;
    int32_t length = (int32_t)mr_get32(p + BATCH_AT_LENGTH);
    int8_t magic = (int8_t)p[BATCH_AT_MAGIC];
    bool old = magic == 0 || magic == 1;
    int32_t least = old ? 14 : BATCH_HEADER_BYTES - BATCH_PREFIX_BYTES; /* an empty message of format 0 */
    if ((magic != BATCH_MAGIC && !old) || length < least)
        return -MR_E_CORRUPT;
    *bytes = BATCH_PREFIX_BYTES + (uint64_t)length;
    *h = (struct kw_batch_header){.base_offset = (int64_t)mr_get64(p), .length = length, .magic = magic};
    if (old || left < BATCH_HEADER_BYTES)
        return *bytes > left ? 0 : -MR_E_VERSION;
    err = source_get(&d->src, pos, BATCH_HEADER_BYTES, &p);
    if (err != 0)
        return err;
    batch_header_read(p, h);
    if (*bytes <= left)
        return 1;
    return batch_plausible(h, *bytes) ? 0 : -MR_E_CORRUPT;
}

/* Its checksum, read or not: -EIO, ... */
static int check_crc(struct dump *d, uint64_t pos, const struct kw_batch_header *h, uint64_t bytes, bool *ret)
{
    uint32_t crc = 0;
    int err = source_crc(&d->src, pos + BATCH_CRC_START, bytes - BATCH_CRC_START, &crc);
    *ret = err == 0 && crc == h->crc;
    return err;
}

static void batch_line(struct dump *d, unsigned depth, uint64_t pos, const struct kw_batch_header *h,
                       bool valid)
{
    int codec = batch_codec(h);
    line_begin(d, depth);
    line_put(d,
             "baseOffset: %lld lastOffset: %lld count: %d baseSequence: %d lastSequence: %d producerId: "
             "%lld producerEpoch: %d partitionLeaderEpoch: %d",
             (long long)h->base_offset,
             (long long)((uint64_t)h->base_offset + (uint64_t)h->last_offset_delta), h->record_count,
             h->base_sequence, h->last_offset_delta < 0 ? KW_NO_SEQUENCE : batch_last_sequence(h),
             (long long)h->producer_id, h->producer_epoch, h->leader_epoch);
    line_put(d, " isTransactional: %s isControl: %s", batch_is_transactional(h) ? "true" : "false",
             batch_is_control(h) ? "true" : "false");
    if (h->attributes & BATCH_DELETE_HORIZON)
        line_put(d, " deleteHorizonMs: %lld", (long long)h->base_timestamp);
    else
        line_put(d, " deleteHorizonMs: none");
    line_put(d, " position: %llu baseTimestamp: %lld %s: %lld size: %llu magic: %d", (unsigned long long)pos,
             (long long)h->base_timestamp,
             h->attributes & BATCH_LOG_APPEND_TIME ? "LogAppendTime" : "CreateTime",
             (long long)h->max_timestamp, (unsigned long long)batch_bytes(h), h->magic);
    if (codec < (int)MR_COUNT(codec_names))
        line_put(d, " compresscodec: %s", codec_names[codec]);
    else
        line_put(d, " compresscodec: %d", codec);
    line_put(d, " crc: %u isvalid: %s", h->crc, valid ? "true" : "false");
    line_end(d);
}

bool dump_batch(struct dump *d, unsigned depth, uint64_t pos, const struct kw_batch_header *h, uint64_t bytes)
{
    bool right;
    int err = check_crc(d, pos, h, bytes, &right);
    bool valid = right && batch_plausible(h, bytes);
    batch_line(d, depth, pos, h, valid);
    if (err != 0)
        dump_problem(d, pos, pos + bytes, "batch at offset %lld cannot be read: %s",
                     (long long)h->base_offset, mr_err_text(err));
    else if (!right)
        dump_problem(d, pos, pos + bytes, "batch at offset %lld is damaged: its checksum does not fit",
                     (long long)h->base_offset);
    else if (!valid)
        dump_problem(d, pos, pos + bytes, "batch at offset %lld has a header that no batch has",
                     (long long)h->base_offset);
    else if (d->cfg->records)
        dump_records(d, depth + 1, pos, h, bytes);
    return valid;
}

/* ---- behind damage ---- */

/* The first sound batch at or after pos whose offset is not below `least`; end: none. */
static uint64_t search(struct dump *d, uint64_t pos, uint64_t end, int64_t least)
{
    bool gave_up;
    uint64_t found = batch_search(&d->src, pos, end, least, &gave_up);
    if (gave_up)
        dump_problem(d, pos, 0, "too much looks like a batch and is none: what follows is not looked at");
    return found;
}

/* Nothing whole from pos on, and no batch behind it. */
static void say_tail(struct dump *d, uint64_t pos, int why, uint64_t bytes, bool newest)
{
    uint64_t end = d->src.size;
    char text[160];
    if (pos >= end)
        return;
    if (source_is_zero(&d->src, pos, end))
        snprintf(text, sizeof(text), "zeros to the end");
    else if (why == 0 && bytes > 0)
        snprintf(text, sizeof(text), "an incomplete batch at the end: %llu of its %llu bytes",
                 (unsigned long long)(end - pos), (unsigned long long)bytes);
    else if (why == 0)
        snprintf(text, sizeof(text), "less than the head of a batch at the end");
    else if (why == -MR_E_CORRUPT)
        snprintf(text, sizeof(text), "no batch, to the end");
    else
        snprintf(text, sizeof(text), "cannot be read, to the end: %s", mr_err_text(why));
    if (newest && (why == 0 || why == -MR_E_CORRUPT))
        dump_torn(d, pos, end, "%s", text);
    else
        dump_problem(d, pos, end, "%s", text);
}

/* Is the end of a damaged batch, if its length is right, the beginning of another one or of nothing? */
static bool ends_well(struct dump *d, uint64_t end)
{
    struct kw_batch_header h;
    uint64_t bytes;
    int what = end == d->src.size ? 0 : dump_batch_at(d, end, d->src.size, &h, &bytes);
    return what >= 0 || what == -MR_E_VERSION;
}

/* The base offset stands outside the checksum. */
static void check_offset(struct dump *d, uint64_t pos, const struct kw_batch_header *h, int64_t base,
                         int64_t *next)
{
    uint64_t end = pos + batch_bytes(h);
    if (base >= 0 && batch_last_offset(h) - base > INT32_MAX) {
        dump_problem(d, pos, end, "batch at offset %lld cannot be in a segment that begins at %lld",
                     (long long)h->base_offset, (long long)base);
        return;
    }
    if (h->base_offset < *next)
        dump_problem(d, pos, end, "batch at offset %lld, expected at least %lld", (long long)h->base_offset,
                     (long long)*next);
    *next = batch_next_offset(h);
}

/* Does the newest file's last batch end in zeros that its rest will take the place of? Then that is said. */
static bool is_unfinished(struct dump *d, uint64_t pos, const struct kw_batch_header *h, uint64_t written)
{
    uint64_t bytes = batch_bytes(h);
    bool right;
    if (pos + bytes <= written || check_crc(d, pos, h, bytes, &right) != 0 || right)
        return false;
    dump_torn(d, pos, d->src.size, "an incomplete batch at the end: %llu of its %llu bytes, then zeros",
              (unsigned long long)(written - pos), (unsigned long long)bytes);
    return true;
}

void dump_batches(struct dump *d, int64_t base, bool newest)
{
    int64_t next = mr_imax(base, 0);
    uint64_t pos = 0, written = newest ? source_written(&d->src) : d->src.size;
    while (pos < d->src.size && d->failed == 0) {
        struct kw_batch_header h;
        uint64_t bytes = 0, end = d->src.size;
        int what = dump_batch_at(d, pos, end, &h, &bytes);
        bool whole = what == 1 || what == -MR_E_VERSION;
        bool valid = false;
        if (what == 1 && is_unfinished(d, pos, &h, written))
            return;
        if (what == -MR_E_VERSION) {
            dump_problem(d, pos, pos + bytes, "message at offset %lld has format %d, which is not shown",
                         (long long)h.base_offset, h.magic);
        } else if (whole) {
            valid = dump_batch(d, 0, pos, &h, bytes);
        }
        if (valid)
            check_offset(d, pos, &h, base, &next);
        if (valid || (whole && ends_well(d, pos + bytes))) {
            pos += bytes;
            continue;
        }
        uint64_t found = search(d, pos + 1, end, next);
        if (found == end && d->src.size == end)
            say_tail(d, whole ? pos + bytes : pos, whole ? -MR_E_CORRUPT : what, bytes, newest);
        else if (found < end && !whole)
            dump_problem(d, pos, found, "no batch%s%s", what == -MR_E_CORRUPT || what == 0 ? "" : ": ",
                         what == -MR_E_CORRUPT || what == 0 ? "" : mr_err_text(what));
        pos = found;
    }
}
