#include "net/wire/reader.h"

#include "net/wire/varint.h"

void kw_reader_fail(struct kw_reader *r, int err)
{
    if (r->err == 0)
        r->err = err;
    r->p = r->end;
}

uint32_t kw_get_uvarint_slow(struct kw_reader *r)
{
    uint32_t value;
    const uint8_t *p = uvarint_get(r->p, r->end, &value);
    if (p == NULL) {
        kw_reader_fail(r, -MR_E_CORRUPT);
        return 0;
    }
    r->p = p;
    return value;
}

/* A length: -1 for null, which a classic encoding writes as any negative number. */
static int64_t get_length16(struct kw_reader *r, bool flex)
{
    int64_t length = flex ? (int64_t)kw_get_uvarint(r) - 1 : kw_get_int16(r);
    return length < 0 ? -1 : length;
}

static int64_t get_length32(struct kw_reader *r, bool flex)
{
    int64_t length = flex ? (int64_t)kw_get_uvarint(r) - 1 : kw_get_int32(r);
    return length < 0 ? -1 : length;
}

struct mr_str kw_get_string(struct kw_reader *r, bool flex, bool nullable)
{
    int64_t length = get_length16(r, flex);
    if (MR_UNLIKELY(length > KW_STRING_BYTES_MAX || (length < 0 && !nullable))) {
        kw_reader_fail(r, -MR_E_CORRUPT);
        return (struct mr_str){NULL, 0};
    }
    if (length < 0)
        return (struct mr_str){NULL, 0};
    const uint8_t *p = kw_take(r, (size_t)length);
    return (struct mr_str){(const char *)p, p != NULL ? (size_t)length : 0};
}

struct mr_slice kw_get_bytes(struct kw_reader *r, bool flex, bool nullable)
{
    int64_t length = get_length32(r, flex);
    if (MR_UNLIKELY(length < 0 && !nullable))
        kw_reader_fail(r, -MR_E_CORRUPT);
    if (length < 0)
        return (struct mr_slice){NULL, 0};
    const uint8_t *p = kw_take(r, (size_t)length);
    return (struct mr_slice){p, p != NULL ? (size_t)length : 0};
}

int32_t kw_get_count(struct kw_reader *r, bool flex, bool nullable, uint32_t bytes_min)
{
    int64_t count = get_length32(r, flex);
    if (MR_UNLIKELY((count < 0 && !nullable) || (count > 0 && (uint64_t)count * bytes_min > kw_left(r)))) {
        kw_reader_fail(r, -MR_E_CORRUPT);
        return 0;
    }
    if (MR_UNLIKELY(r->err != 0))
        return 0;
    return (int32_t)mr_imin(count, INT32_MAX);
}

void *kw_get_items(struct kw_reader *r, struct mr_arena *a, int32_t count, size_t size)
{
    if (count <= 0)
        return NULL;
    size_t bytes;
    void *items = NULL;
    if (!__builtin_mul_overflow((size_t)count, size, &bytes))
        items = arena_alloc(a, bytes, 8);
    if (items == NULL)
        kw_reader_fail(r, -MR_E_LIMIT);
    return items;
}

int8_t *kw_get_int8_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                          int32_t *ret_count)
{
    int32_t count = *ret_count = kw_get_count(r, flex, nullable, 1);
    int8_t *items = kw_get_items(r, a, count, sizeof(*items));
    for (int32_t i = 0; items != NULL && i < count; i++)
        items[i] = kw_get_int8(r);
    return items;
}

int16_t *kw_get_int16_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                            int32_t *ret_count)
{
    int32_t count = *ret_count = kw_get_count(r, flex, nullable, 2);
    int16_t *items = kw_get_items(r, a, count, sizeof(*items));
    for (int32_t i = 0; items != NULL && i < count; i++)
        items[i] = kw_get_int16(r);
    return items;
}

int32_t *kw_get_int32_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                            int32_t *ret_count)
{
    int32_t count = *ret_count = kw_get_count(r, flex, nullable, 4);
    int32_t *items = kw_get_items(r, a, count, sizeof(*items));
    for (int32_t i = 0; items != NULL && i < count; i++)
        items[i] = kw_get_int32(r);
    return items;
}

int64_t *kw_get_int64_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                            int32_t *ret_count)
{
    int32_t count = *ret_count = kw_get_count(r, flex, nullable, 8);
    int64_t *items = kw_get_items(r, a, count, sizeof(*items));
    for (int32_t i = 0; items != NULL && i < count; i++)
        items[i] = kw_get_int64(r);
    return items;
}

struct mr_uuid *kw_get_uuid_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                                  int32_t *ret_count)
{
    int32_t count = *ret_count = kw_get_count(r, flex, nullable, sizeof(struct mr_uuid));
    struct mr_uuid *items = kw_get_items(r, a, count, sizeof(*items));
    for (int32_t i = 0; items != NULL && i < count; i++)
        items[i] = kw_get_uuid(r);
    return items;
}

struct mr_str *kw_get_string_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                                   int32_t *ret_count)
{
    int32_t count = *ret_count = kw_get_count(r, flex, nullable, flex ? 1 : 2);
    struct mr_str *items = kw_get_items(r, a, count, sizeof(*items));
    for (int32_t i = 0; items != NULL && i < count && r->err == 0; i++)
        items[i] = kw_get_string(r, flex, false); /* elements are never null */
    return items;
}

struct kw_reader kw_get_tag(struct kw_reader *r, uint32_t *ret_tag)
{
    *ret_tag = kw_get_uvarint(r);
    uint32_t bytes = kw_get_uvarint(r);
    const uint8_t *p = kw_take(r, bytes);
    if (r->err != 0)
        return (struct kw_reader){.p = r->end, .end = r->end, .err = r->err};
    return (struct kw_reader){.p = p, .end = p + bytes, .err = 0};
}

void kw_tag_done(struct kw_reader *r, const struct kw_reader *payload)
{
    if (payload->err != 0)
        kw_reader_fail(r, payload->err);
    else if (payload->p != payload->end)
        kw_reader_fail(r, -MR_E_CORRUPT);
}

void kw_skip_tags_slow(struct kw_reader *r)
{
    uint32_t count = kw_get_tag_count(r);
    for (uint32_t i = 0; i < count && r->err == 0; i++) {
        uint32_t tag;
        (void)kw_get_tag(r, &tag);
    }
}
