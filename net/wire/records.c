#include "net/wire/records.h"

#include "core/err.h"
#include "net/wire/varint.h"

/* Length-prefixed bytes; any negative length is null, as in Kafka's own reader. */
static const uint8_t *bytes_get(const uint8_t *at, const uint8_t *end, struct mr_slice *ret)
{
    int32_t len;
    at = varint_get(at, end, &len);
    if (at == NULL)
        return NULL;
    if (len < 0) {
        *ret = (struct mr_slice){NULL, 0};
        return at;
    }
    if (len > end - at)
        return NULL;
    *ret = (struct mr_slice){at, (size_t)len};
    return at + len;
}

static const uint8_t *header_get(const uint8_t *at, const uint8_t *end, struct kw_header *ret)
{
    struct mr_slice key;
    at = bytes_get(at, end, &key);
    if (at == NULL || key.ptr == NULL)
        return NULL;
    ret->key = (struct mr_str){(const char *)key.ptr, key.len};
    return bytes_get(at, end, &ret->value);
}

int record_next(struct record_iter *it, struct kw_record *ret)
{
    const uint8_t *at = it->at;
    if (it->left == 0)
        return at == it->end ? 0 : -MR_E_CORRUPT;

    int32_t len;
    at = varint_get(at, it->end, &len);
    if (at == NULL || len < 1 || len > it->end - at)
        return -MR_E_CORRUPT;
    const uint8_t *end = at + len;
    at++; /* attributes mean nothing yet, and must not be refused */
    at = varlong_get(at, end, &ret->timestamp_delta);
    if (at == NULL)
        return -MR_E_CORRUPT;
    at = varint_get(at, end, &ret->offset_delta);
    if (at == NULL)
        return -MR_E_CORRUPT;
    at = bytes_get(at, end, &ret->key);
    if (at == NULL)
        return -MR_E_CORRUPT;
    at = bytes_get(at, end, &ret->value);
    if (at == NULL)
        return -MR_E_CORRUPT;
    at = varint_get(at, end, &ret->header_count);
    if (at == NULL || ret->header_count < 0)
        return -MR_E_CORRUPT;
    ret->headers = (struct mr_slice){at, (size_t)(end - at)};
    for (int32_t i = 0; i < ret->header_count; i++) { /* each takes two bytes or ends the walk */
        struct kw_header header;
        at = header_get(at, end, &header);
        if (at == NULL)
            return -MR_E_CORRUPT;
    }
    if (at != end)
        return -MR_E_CORRUPT;
    it->at = end;
    it->left--;
    return 1;
}

bool header_next(struct mr_slice *rest, struct kw_header *ret)
{
    const uint8_t *end = rest->ptr + rest->len;
    if (rest->len == 0)
        return false;
    const uint8_t *at = header_get(rest->ptr, end, ret);
    MR_ASSERT(at != NULL); /* record_next() walked them */
    *rest = (struct mr_slice){at, (size_t)(end - at)};
    return true;
}

int batch_records(const struct kw_batch *b, struct comp *c, struct mr_scratch *scratch, size_t out_max,
                  struct mr_slice *ret)
{
    struct mr_slice payload = batch_payload(b);
    if (batch_codec(&b->h) == COMP_NONE) {
        *ret = payload;
        return 0;
    }
    scratch->len = 0;
    int err = comp_unpack(c, batch_codec(&b->h), payload, out_max, scratch);
    if (err != 0)
        return err;
    *ret = (struct mr_slice){scratch->data, scratch->len};
    return 0;
}

int batch_find_timestamp(const struct kw_batch *b, struct comp *c, struct mr_scratch *scratch, size_t out_max,
                         int64_t timestamp, int64_t offset_min, struct record_time *ret)
{
    *ret = (struct record_time){-1, KW_NO_TIMESTAMP};
    if (b->h.max_timestamp < timestamp || batch_last_offset(&b->h) < offset_min)
        return 0;

    struct mr_slice records;
    int err = batch_records(b, c, scratch, out_max, &records);
    if (err != 0)
        return err;
    struct record_iter it;
    struct kw_record record;
    record_iter_init(&it, records, b->h.record_count);
    while ((err = record_next(&it, &record)) > 0) {
        int64_t offset = b->h.base_offset + record.offset_delta;
        int64_t at = batch_record_timestamp(&b->h, record.timestamp_delta);
        if (at >= timestamp && offset >= offset_min) {
            *ret = (struct record_time){offset, at};
            return 0;
        }
    }
    return err;
}

int batch_find_max_timestamp(const struct kw_batch *b, struct comp *c, struct mr_scratch *scratch,
                             size_t out_max, int64_t offset_min, struct record_time *ret)
{
    *ret = (struct record_time){-1, KW_NO_TIMESTAMP};
    if (b->h.record_count == 0 || batch_last_offset(&b->h) < offset_min)
        return 0; /* and there is nothing to unpack */

    struct mr_slice records;
    int err = batch_records(b, c, scratch, out_max, &records);
    if (err != 0)
        return err;
    struct record_time best = *ret;
    bool any = false;
    struct record_iter it;
    struct kw_record record;
    record_iter_init(&it, records, b->h.record_count);
    while ((err = record_next(&it, &record)) > 0) {
        int64_t at = batch_record_timestamp(&b->h, record.timestamp_delta);
        int64_t offset = b->h.base_offset + record.offset_delta;
        if (offset < offset_min)
            continue;
        if (!any || at > best.timestamp)
            best = (struct record_time){offset, at};
        any = true;
    }
    if (err != 0)
        return err;
    *ret = best;
    return 0;
}
