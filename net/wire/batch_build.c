#include "net/wire/batch_build.h"

#include "core/err.h"
#include "net/wire/varint.h"

static size_t bytes_size(struct mr_slice s)
{
    return s.ptr == NULL ? 1 : varint_bytes((int32_t)s.len) + s.len;
}

static uint8_t *bytes_put(uint8_t *at, struct mr_slice s)
{
    if (s.ptr == NULL)
        return varint_put(at, -1);
    at = varint_put(at, (int32_t)s.len);
    if (s.len > 0)
        memcpy(at, s.ptr, s.len);
    return at + s.len;
}

static size_t headers_size(const struct kw_header *headers, int32_t count)
{
    size_t bytes = 0;
    for (int32_t i = 0; i < count; i++) {
        MR_ASSERT(headers[i].key.ptr != NULL);
        bytes += bytes_size((struct mr_slice){(const uint8_t *)headers[i].key.ptr, headers[i].key.len});
        bytes += bytes_size(headers[i].value);
    }
    return bytes;
}

/* Headers come as a list, or encoded in record->headers when the list is NULL. */
static int put(struct mr_scratch *out, const struct kw_record *record, const struct kw_header *headers)
{
    size_t header_bytes = headers != NULL ? headers_size(headers, record->header_count) : record->headers.len;
    size_t body = 1 + varlong_bytes(record->timestamp_delta) + varint_bytes(record->offset_delta) +
                  bytes_size(record->key) + bytes_size(record->value) + varint_bytes(record->header_count) +
                  header_bytes;
    if (body > INT32_MAX)
        return -MR_E_LIMIT;
    int err = scratch_reserve(out, VARINT_BYTES_MAX + body);
    if (err != 0)
        return err;

    uint8_t *at = out->data + out->len;
    at = varint_put(at, (int32_t)body);
    *at++ = 0; /* attributes */
    at = varlong_put(at, record->timestamp_delta);
    at = varint_put(at, record->offset_delta);
    at = bytes_put(at, record->key);
    at = bytes_put(at, record->value);
    at = varint_put(at, record->header_count);
    if (headers == NULL) {
        if (header_bytes > 0)
            memcpy(at, record->headers.ptr, header_bytes);
        at += header_bytes;
    } else {
        for (int32_t i = 0; i < record->header_count; i++) {
            at = bytes_put(at, (struct mr_slice){(const uint8_t *)headers[i].key.ptr, headers[i].key.len});
            at = bytes_put(at, headers[i].value);
        }
    }
    out->len = (size_t)(at - out->data);
    return 0;
}

int record_put(struct mr_scratch *out, const struct kw_record *record)
{
    return put(out, record, NULL);
}

int batch_build_begin(struct batch_builder *b, const struct batch_build_how *how, struct mr_scratch *out,
                      struct comp *comp, struct mr_scratch *work)
{
    int err = scratch_reserve(out, BATCH_HEADER_BYTES);
    if (err != 0)
        return err;
    memset(b, 0, sizeof(*b));
    b->h.base_offset = how->base_offset;
    b->h.leader_epoch = how->leader_epoch;
    b->h.magic = BATCH_MAGIC;
    b->h.attributes = (int16_t)((how->attributes & ~BATCH_CODEC_MASK) | how->codec);
    b->h.last_offset_delta = -1;
    b->h.base_timestamp = b->h.max_timestamp = KW_NO_TIMESTAMP;
    b->h.producer_id = how->producer_id;
    b->h.producer_epoch = how->producer_epoch;
    b->h.base_sequence = how->base_sequence;
    b->level = how->level;
    b->bytes_max = how->bytes_max;
    b->out = out;
    b->start = out->len;
    b->comp = comp;
    out->len += BATCH_HEADER_BYTES;
    b->plain = out;
    if (how->codec != COMP_NONE) {
        MR_ASSERT(comp != NULL && work != NULL && work != out);
        work->len = 0;
        b->plain = work;
    }
    b->plain_start = b->plain->len;
    return 0;
}

size_t batch_build_bytes(const struct batch_builder *b)
{
    return BATCH_HEADER_BYTES + b->plain->len - b->plain_start;
}

int batch_build_add_at(struct batch_builder *b, int32_t offset_delta, const struct batch_record *in)
{
    MR_ASSERT(offset_delta > b->h.last_offset_delta || b->h.record_count == 0);
    if (b->h.record_count == 0)
        b->h.base_timestamp = in->timestamp;
    struct kw_record record = {
        .timestamp_delta = (int64_t)((uint64_t)in->timestamp - (uint64_t)b->h.base_timestamp),
        .offset_delta = offset_delta,
        .key = in->key,
        .value = in->value,
        .header_count = in->header_count,
    };
    if (in->key.len > INT32_MAX || in->value.len > INT32_MAX)
        return -MR_E_LIMIT;
    size_t before = b->plain->len;
    int err = put(b->plain, &record, in->headers);
    if (err != 0)
        return err;
    size_t bytes_max = b->bytes_max != 0 ? mr_min(b->bytes_max, INT32_MAX) : INT32_MAX;
    if (batch_build_bytes(b) > bytes_max) {
        b->plain->len = before;
        return -MR_E_LIMIT;
    }
    if (in->timestamp > b->h.max_timestamp)
        b->h.max_timestamp = in->timestamp;
    b->h.last_offset_delta = offset_delta;
    b->h.record_count++;
    return 0;
}

int batch_build_add(struct batch_builder *b, const struct batch_record *record)
{
    if (b->h.last_offset_delta == INT32_MAX)
        return -MR_E_LIMIT;
    return batch_build_add_at(b, b->h.last_offset_delta + 1, record);
}

/* The payload stands in out; write the header before it. */
static int finish(struct kw_batch_header *h, struct mr_scratch *out, size_t start)
{
    size_t bytes = out->len - start;
    if (bytes - BATCH_PREFIX_BYTES > INT32_MAX)
        return -MR_E_LIMIT;
    h->length = (int32_t)(bytes - BATCH_PREFIX_BYTES);
    h->crc = 0;
    batch_header_write(out->data + start, h);
    batch_seal(out->data + start);
    h->crc = mr_get32(out->data + start + BATCH_AT_CRC);
    return 0;
}

int batch_build_end(struct batch_builder *b)
{
    int err = 0;
    MR_ASSERT(b->h.last_offset_delta >= 0);
    if (b->plain != b->out)
        err = comp_pack(b->comp, batch_codec(&b->h), b->level,
                        (struct mr_slice){b->plain->data, b->plain->len}, b->out);
    if (err == 0)
        err = finish(&b->h, b->out, b->start);
    if (err != 0)
        b->out->len = b->start;
    return err;
}

void batch_build_drop(struct batch_builder *b)
{
    b->out->len = b->start;
}

/* A rebuilt batch is a new one: it counts time from its first record, and bits that mean nothing are not in
 * it. */
int batch_repack_begin(struct batch_repack *r, const struct kw_batch *b, struct mr_slice records, int codec,
                       struct mr_scratch *out)
{
    int err = scratch_reserve(out, BATCH_HEADER_BYTES);
    if (err != 0)
        return err;
    *r = (struct batch_repack){.h = b->h, .base_was = b->h.base_timestamp, .start = out->len};
    uint16_t kept = (uint16_t)b->h.attributes & (BATCH_LOG_APPEND_TIME | BATCH_TRANSACTIONAL | BATCH_CONTROL);
    r->h.attributes = (int16_t)(kept | codec);
    out->len += BATCH_HEADER_BYTES;
    record_iter_init(&r->it, records, b->h.record_count);
    return 0;
}

int batch_repack_renumber(struct batch_repack *r, struct mr_scratch *to, size_t bytes)
{
    struct kw_record record;
    int got = 0;
    const uint8_t *from = r->it.at;
    while ((size_t)(r->it.at - from) < bytes && (got = record_next(&r->it, &record)) > 0) {
        int64_t timestamp = (int64_t)((uint64_t)r->base_was + (uint64_t)record.timestamp_delta);
        if (r->index == 0)
            r->h.base_timestamp = timestamp;
        record.timestamp_delta = (int64_t)((uint64_t)timestamp - (uint64_t)r->h.base_timestamp);
        record.offset_delta = r->index++;
        int err = record_put(to, &record);
        if (err != 0)
            return err;
    }
    return got;
}

int batch_repack_end(struct batch_repack *r, struct mr_scratch *out)
{
    return finish(&r->h, out, r->start);
}

int batch_rebuild(const struct kw_batch *b, struct mr_slice records, struct comp *c, int codec, int level,
                  struct mr_scratch *out, struct mr_scratch *work)
{
    struct batch_repack r;
    int err = batch_repack_begin(&r, b, records, codec, out);
    if (err != 0)
        return err;
    if (codec == COMP_NONE) {
        err = batch_repack_renumber(&r, out, SIZE_MAX);
    } else {
        work->len = 0;
        err = batch_repack_renumber(&r, work, SIZE_MAX);
        if (err == 0)
            err = comp_pack(c, codec, level, (struct mr_slice){work->data, work->len}, out);
    }
    if (err == 0)
        err = batch_repack_end(&r, out);
    if (err != 0)
        out->len = r.start;
    return err;
}
