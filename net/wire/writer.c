#include "net/wire/writer.h"

#include "net/wire/varint.h"

void kw_writer_init(struct kw_writer *w, struct mr_arena *a, size_t bytes_first, size_t limit_bytes,
                    bool splicing)
{
    *w = (struct kw_writer){.arena = a, .limit_bytes = limit_bytes, .splicing = splicing};
    w->first_bytes = bytes_first != 0 ? bytes_first : KW_WRITER_BYTES_FIRST;
}

void kw_writer_fail(struct kw_writer *w, int err)
{
    if (w->err == 0)
        w->err = err;
    w->cap = w->len; /* no room, so that every write meets kw_room_slow() and stops there */
}

uint8_t *kw_room_slow(struct kw_writer *w, size_t n)
{
    if (w->err != 0)
        return NULL;
    if (n > w->limit_bytes - mr_min(w->len, w->limit_bytes)) {
        kw_writer_fail(w, -MR_E_LIMIT);
        return NULL;
    }
    size_t cap = w->cap == 0 ? w->first_bytes : w->cap * 2;
    cap = mr_min(mr_max(cap, w->len + n), w->limit_bytes);
    uint8_t *buf = arena_alloc(w->arena, cap, 8);
    if (buf == NULL) {
        cap = w->len + n; /* the arena may still hold just enough */
        buf = arena_alloc(w->arena, cap, 8);
    }
    if (buf == NULL) {
        kw_writer_fail(w, -MR_E_LIMIT);
        return NULL;
    }
    if (w->len > 0)
        memcpy(buf, w->buf, w->len);
    w->buf = buf;
    w->cap = cap;
    uint8_t *p = w->buf + w->len;
    w->len += n;
    return p;
}

static uint32_t iov_add(struct iovec *dst, uint32_t max, uint32_t count, const uint8_t *ptr, size_t len)
{
    if (len == 0)
        return count;
    if (count < max)
        dst[count] = (struct iovec){.iov_base = (void *)(uintptr_t)ptr, .iov_len = len};
    return count + 1;
}

uint32_t kw_writer_iov(const struct kw_writer *w, struct iovec *dst, uint32_t max)
{
    MR_ASSERT(w->err == 0);
    uint32_t count = 0;
    size_t pos = 0;
    for (uint32_t i = 0; i < w->splice_count; i++) {
        const struct kw_splice *splice = &w->splices[i];
        if (splice->pos > pos)
            count = iov_add(dst, max, count, w->buf + pos, splice->pos - pos);
        pos = splice->pos;
        count = iov_add(dst, max, count, splice->bytes.ptr, splice->bytes.len);
    }
    if (w->len > pos)
        count = iov_add(dst, max, count, w->buf + pos, w->len - pos);
    return count;
}

struct kw_frame kw_frame_begin(struct kw_writer *w)
{
    struct kw_frame frame = {.pos = w->len, .splice_bytes = w->splice_bytes};
    kw_put_int32(w, 0);
    return frame;
}

void kw_frame_end(struct kw_writer *w, struct kw_frame frame)
{
    if (w->err != 0)
        return;
    size_t bytes = w->len - frame.pos - 4 + w->splice_bytes - frame.splice_bytes;
    if (bytes > INT32_MAX) {
        kw_writer_fail(w, -MR_E_LIMIT);
        return;
    }
    mr_put32(w->buf + frame.pos, (uint32_t)bytes);
}

void kw_put_uvarint_slow(struct kw_writer *w, uint32_t value)
{
    uint8_t bytes[VARINT_BYTES_MAX];
    kw_put_raw(w, bytes, (size_t)(uvarint_put(bytes, value) - bytes));
}

void kw_put_string(struct kw_writer *w, bool flex, bool nullable, struct mr_str s)
{
    if (MR_UNLIKELY(s.len > KW_STRING_BYTES_MAX)) {
        kw_writer_fail(w, -MR_E_LIMIT);
        return;
    }
    bool null = nullable && s.ptr == NULL;
    if (flex)
        kw_put_uvarint(w, null ? 0 : (uint32_t)s.len + 1);
    else
        kw_put_int16(w, null ? -1 : (int16_t)s.len);
    kw_put_raw(w, s.ptr, s.ptr != NULL ? s.len : 0);
}

static void put_length32(struct kw_writer *w, bool flex, bool null, size_t length)
{
    if (MR_UNLIKELY(length > INT32_MAX)) {
        kw_writer_fail(w, -MR_E_LIMIT);
        return;
    }
    if (flex)
        kw_put_uvarint(w, null ? 0 : (uint32_t)length + 1);
    else
        kw_put_int32(w, null ? -1 : (int32_t)length);
}

void kw_put_bytes(struct kw_writer *w, bool flex, bool nullable, struct mr_slice s)
{
    put_length32(w, flex, nullable && s.ptr == NULL, s.len);
    kw_put_raw(w, s.ptr, s.ptr != NULL ? s.len : 0);
}

int32_t kw_put_count(struct kw_writer *w, bool flex, bool nullable, int32_t count)
{
    bool null = nullable && count < 0;
    int32_t present = count < 0 ? 0 : count;
    put_length32(w, flex, null, (size_t)present);
    return present;
}

static bool grow_splices(struct kw_writer *w)
{
    uint32_t cap = w->splice_cap == 0 ? 8 : w->splice_cap * 2;
    struct kw_splice *splices = arena_alloc(w->arena, cap * sizeof(*splices), _Alignof(struct kw_splice));
    if (splices == NULL)
        return false;
    if (w->splice_count > 0)
        memcpy(splices, w->splices, w->splice_count * sizeof(*splices));
    w->splices = splices;
    w->splice_cap = cap;
    return true;
}

void kw_put_splice(struct kw_writer *w, struct mr_slice bytes, struct mr_buf *hold)
{
    if (w->err != 0 || bytes.len == 0)
        return;
    if (!w->splicing) {
        kw_put_raw(w, bytes.ptr, bytes.len);
        return;
    }
    if (w->splice_count == w->splice_cap && !grow_splices(w)) {
        kw_writer_fail(w, -MR_E_LIMIT);
        return;
    }
    if (hold != NULL && arena_hold(w->arena, hold) != 0) {
        kw_writer_fail(w, -MR_E_LIMIT);
        return;
    }
    w->splices[w->splice_count++] = (struct kw_splice){.pos = w->len, .bytes = bytes};
    w->splice_bytes += bytes.len;
}

void kw_put_records(struct kw_writer *w, bool flex, bool nullable, const struct kw_records *records)
{
    put_length32(w, flex, nullable && records->null, records->bytes);
    size_t bytes = 0;
    for (uint32_t i = 0; i < records->count; i++) {
        struct mr_slice part = kw_records_part(records, i);
        bytes += part.len;
        if (part.len >= KW_SPLICE_BYTES_MIN)
            kw_put_splice(w, part, NULL);
        else
            kw_put_raw(w, part.ptr, part.len);
    }
    MR_ASSERT(bytes == records->bytes); /* else the frame would be torn for the peer */
}

void kw_put_int8_array(struct kw_writer *w, bool flex, bool nullable, const int8_t *items, int32_t count)
{
    count = kw_put_count(w, flex, nullable, count);
    for (int32_t i = 0; i < count && w->err == 0; i++)
        kw_put_int8(w, items[i]);
}

void kw_put_int16_array(struct kw_writer *w, bool flex, bool nullable, const int16_t *items, int32_t count)
{
    count = kw_put_count(w, flex, nullable, count);
    for (int32_t i = 0; i < count && w->err == 0; i++)
        kw_put_int16(w, items[i]);
}

void kw_put_int32_array(struct kw_writer *w, bool flex, bool nullable, const int32_t *items, int32_t count)
{
    count = kw_put_count(w, flex, nullable, count);
    for (int32_t i = 0; i < count && w->err == 0; i++)
        kw_put_int32(w, items[i]);
}

void kw_put_int64_array(struct kw_writer *w, bool flex, bool nullable, const int64_t *items, int32_t count)
{
    count = kw_put_count(w, flex, nullable, count);
    for (int32_t i = 0; i < count && w->err == 0; i++)
        kw_put_int64(w, items[i]);
}

void kw_put_uuid_array(struct kw_writer *w, bool flex, bool nullable, const struct mr_uuid *items,
                       int32_t count)
{
    count = kw_put_count(w, flex, nullable, count);
    for (int32_t i = 0; i < count && w->err == 0; i++)
        kw_put_uuid(w, items[i]);
}

void kw_put_string_array(struct kw_writer *w, bool flex, bool nullable, const struct mr_str *items,
                         int32_t count)
{
    count = kw_put_count(w, flex, nullable, count);
    for (int32_t i = 0; i < count && w->err == 0; i++)
        kw_put_string(w, flex, false, items[i]); /* elements are never null */
}

size_t kw_tag_begin(struct kw_writer *w, uint32_t tag)
{
    kw_put_uvarint(w, tag);
    kw_put_int8(w, 0); /* the size, most of the time */
    return w->len;
}

void kw_tag_end(struct kw_writer *w, size_t mark)
{
    if (w->err != 0)
        return;
    size_t bytes = w->len - mark;
    if (bytes < 0x80) {
        w->buf[mark - 1] = (uint8_t)bytes;
        return;
    }
    if (bytes > INT32_MAX) {
        kw_writer_fail(w, -MR_E_LIMIT);
        return;
    }
    size_t more = uvarint_bytes((uint32_t)bytes) - 1; /* than the one that was set aside */
    if (kw_room(w, more) == NULL)
        return;
    memmove(w->buf + mark + more, w->buf + mark, bytes);
    uvarint_put(w->buf + mark - 1, (uint32_t)bytes);
}
