/* net/wire/reader.h - reads Kafka's primitive types from bytes that a stranger sent.
 *
 * The first failure sticks: `err` is set, nothing is left to read, and every later read gives zero or
 * null. So a decoder reads field after field and looks at `err` once, before it trusts what it read, and
 * in every loop. Strings and bytes point into the input, which must outlive them; only arrays are
 * allocated, and only after their count was checked against the bytes that are left.
 *
 * Errors: -MR_E_CORRUPT (too short, a bad length, null where it is not allowed), -MR_E_LIMIT (the
 * arena's limit), -MR_E_VERSION (a version outside the message's range).
 * Text is not checked for being UTF-8: names have rules of their own, and the rest is only handed on.
 * Source: the protocol guide's primitive types; KIP-482 (compact types, tagged fields). */
#ifndef MR_WIRE_READER_H
#define MR_WIRE_READER_H

#include "core/arena.h"
#include "core/base.h"
#include "core/err.h"
#include "net/wire/field.h"

struct kw_reader {
    const uint8_t *p;
    const uint8_t *end;
    int err; /* 0 or the first failure; sticks */
};

static inline struct kw_reader kw_reader_of(struct mr_slice bytes)
{
    const uint8_t *end = bytes.len > 0 ? bytes.ptr + bytes.len : bytes.ptr;
    return (struct kw_reader){.p = bytes.ptr, .end = end, .err = 0};
}

static inline size_t kw_left(const struct kw_reader *r)
{
    return (size_t)(r->end - r->p);
}

/* Keeps the first error and leaves nothing to read. */
void kw_reader_fail(struct kw_reader *r, int err) __attribute__((cold));

/* The next n bytes, or NULL (failed) when fewer are left. */
static inline const uint8_t *kw_take(struct kw_reader *r, size_t n)
{
    if (MR_UNLIKELY(kw_left(r) < n)) {
        kw_reader_fail(r, -MR_E_CORRUPT);
        return NULL;
    }
    const uint8_t *p = r->p;
    r->p += n;
    return p;
}

static inline int8_t kw_get_int8(struct kw_reader *r)
{
    const uint8_t *p = kw_take(r, 1);
    return p != NULL ? (int8_t)*p : 0;
}

static inline bool kw_get_bool(struct kw_reader *r)
{
    return kw_get_int8(r) != 0;
}

static inline uint16_t kw_get_uint16(struct kw_reader *r)
{
    const uint8_t *p = kw_take(r, 2);
    return p != NULL ? mr_get16(p) : 0;
}

static inline uint32_t kw_get_uint32(struct kw_reader *r)
{
    const uint8_t *p = kw_take(r, 4);
    return p != NULL ? mr_get32(p) : 0;
}

static inline uint64_t kw_get_uint64(struct kw_reader *r)
{
    const uint8_t *p = kw_take(r, 8);
    return p != NULL ? mr_get64(p) : 0;
}

static inline int16_t kw_get_int16(struct kw_reader *r)
{
    return (int16_t)kw_get_uint16(r);
}
static inline int32_t kw_get_int32(struct kw_reader *r)
{
    return (int32_t)kw_get_uint32(r);
}
static inline int64_t kw_get_int64(struct kw_reader *r)
{
    return (int64_t)kw_get_uint64(r);
}

static inline double kw_get_float64(struct kw_reader *r)
{
    uint64_t bits = kw_get_uint64(r);
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static inline struct mr_uuid kw_get_uuid(struct kw_reader *r)
{
    struct mr_uuid id = {{0}};
    const uint8_t *p = kw_take(r, sizeof(id.bytes));
    if (p != NULL)
        memcpy(id.bytes, p, sizeof(id.bytes));
    return id;
}

/* More than one byte, or a failure. At most five bytes and 32 bits; more is corrupt. */
uint32_t kw_get_uvarint_slow(struct kw_reader *r);

static inline uint32_t kw_get_uvarint(struct kw_reader *r)
{
    if (MR_LIKELY(r->p < r->end && *r->p < 0x80))
        return *r->p++;
    return kw_get_uvarint_slow(r);
}

/* Too long is corrupt (KW_STRING_BYTES_MAX), and so is null where it is not allowed. A classic encoding may
 * write null as any negative length. */
struct mr_str kw_get_string(struct kw_reader *r, bool flex, bool nullable);
struct mr_slice kw_get_bytes(struct kw_reader *r, bool flex, bool nullable);

static inline struct kw_records kw_get_records(struct kw_reader *r, bool flex, bool nullable)
{
    return kw_records_of(kw_get_bytes(r, flex, nullable));
}

/* The count of an array whose elements take at least bytes_min (> 0) each: -1 for null. A count that the
 * bytes left cannot hold is corrupt, so what a caller allocates is bounded by what was received. */
int32_t kw_get_count(struct kw_reader *r, bool flex, bool nullable, uint32_t bytes_min);

/* Room for count elements, not zeroed, aligned for any message's struct; NULL when count <= 0, and on
 * failure (-MR_E_LIMIT). */
void *kw_get_items(struct kw_reader *r, struct mr_arena *a, int32_t count, size_t size);

/* Whole arrays of primitives. *ret_count is -1 for null. */
int8_t *kw_get_int8_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                          int32_t *ret_count);
int16_t *kw_get_int16_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                            int32_t *ret_count);
int32_t *kw_get_int32_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                            int32_t *ret_count);
int64_t *kw_get_int64_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                            int32_t *ret_count);
struct mr_uuid *kw_get_uuid_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                                  int32_t *ret_count);
struct mr_str *kw_get_string_array(struct kw_reader *r, struct mr_arena *a, bool flex, bool nullable,
                                   int32_t *ret_count);

/* Tagged fields: a count, then for each kw_get_tag() gives its number and a reader over its payload only.
 * A known payload must be used up: kw_tag_done() fails r otherwise. An unknown one is simply left. */
static inline uint32_t kw_get_tag_count(struct kw_reader *r)
{
    uint32_t count = kw_get_uvarint(r);
    if (MR_UNLIKELY(count > kw_left(r) / 2)) { /* a tag and a size are two bytes at least */
        kw_reader_fail(r, -MR_E_CORRUPT);
        return 0;
    }
    return count;
}

struct kw_reader kw_get_tag(struct kw_reader *r, uint32_t *ret_tag);
void kw_tag_done(struct kw_reader *r, const struct kw_reader *payload);
void kw_skip_tags_slow(struct kw_reader *r);

/* Passes over a tag section in which no tag is known. */
static inline void kw_skip_tags(struct kw_reader *r)
{
    if (MR_LIKELY(r->p < r->end && *r->p == 0)) {
        r->p++;
        return;
    }
    kw_skip_tags_slow(r);
}

#endif
