/* net/wire/varint.h - variable-length integers: seven bits a byte, least significant first.
 *
 * Records use the zig-zag form (KIP-98), compact types and tagged fields the unsigned one (KIP-482).
 * A reader never looks at or past end, and refuses a number of more bytes than its type can need or whose
 * last byte carries bits beyond the type: such bytes mean different numbers to different clients.
 * Longer than shortest forms (0x80 0x00) are accepted, as every client does. */
#ifndef KW_VARINT_H
#define KW_VARINT_H

#include "core/base.h"

enum {
    VARINT_BYTES_MAX = 5,   /* of a 32-bit number */
    VARLONG_BYTES_MAX = 10, /* of a 64-bit number */
};

/* Readers return the byte after the number, or NULL (cut off or too long); *ret is set only on success. */
static inline const uint8_t *uvarlong_get(const uint8_t *at, const uint8_t *end, uint64_t *ret)
{
    uint64_t value = 0;
    for (int shift = 0; at < end && shift < 70; shift += 7) {
        uint8_t byte = *at++;
        if (shift == 63 && byte > 1)
            return NULL;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *ret = value;
            return at;
        }
    }
    return NULL;
}

/* The numbers in records mostly take one byte or two, so those come without a loop. */
static inline const uint8_t *uvarint_get(const uint8_t *at, const uint8_t *end, uint32_t *ret)
{
    if (MR_LIKELY(end - at >= 2)) {
        if (at[0] < 0x80) {
            *ret = at[0];
            return at + 1;
        }
        if (at[1] < 0x80) {
            *ret = (uint32_t)(at[0] & 0x7f) | (uint32_t)at[1] << 7;
            return at + 2;
        }
    }
    uint64_t value;
    at = uvarlong_get(at, end - at > VARINT_BYTES_MAX ? at + VARINT_BYTES_MAX : end, &value);
    if (at == NULL || value > UINT32_MAX)
        return NULL;
    *ret = (uint32_t)value;
    return at;
}

static inline int32_t zigzag32_decode(uint32_t n)
{
    return (int32_t)((n >> 1) ^ -(n & 1));
}
static inline int64_t zigzag64_decode(uint64_t n)
{
    return (int64_t)((n >> 1) ^ -(n & 1));
}
static inline uint32_t zigzag32_encode(int32_t n)
{
    return ((uint32_t)n << 1) ^ (uint32_t)(n >> 31);
}
static inline uint64_t zigzag64_encode(int64_t n)
{
    return ((uint64_t)n << 1) ^ (uint64_t)(n >> 63);
}

static inline const uint8_t *varint_get(const uint8_t *at, const uint8_t *end, int32_t *ret)
{
    uint32_t raw;
    at = uvarint_get(at, end, &raw);
    if (at != NULL)
        *ret = zigzag32_decode(raw);
    return at;
}

static inline const uint8_t *varlong_get(const uint8_t *at, const uint8_t *end, int64_t *ret)
{
    uint64_t raw;
    if (MR_LIKELY(end - at >= 2 && (at[0] < 0x80 || at[1] < 0x80))) {
        uint32_t few;
        at = uvarint_get(at, end, &few);
        raw = few;
    } else {
        at = uvarlong_get(at, end, &raw);
    }
    if (at != NULL)
        *ret = zigzag64_decode(raw);
    return at;
}

/* Writers need VARINT_BYTES_MAX or VARLONG_BYTES_MAX bytes of room and return the byte after the number. */
static inline uint8_t *uvarlong_put(uint8_t *at, uint64_t value)
{
    while (value >= 0x80) {
        *at++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *at++ = (uint8_t)value;
    return at;
}

static inline uint8_t *uvarint_put(uint8_t *at, uint32_t value)
{
    return uvarlong_put(at, value);
}
static inline uint8_t *varint_put(uint8_t *at, int32_t value)
{
    return uvarlong_put(at, zigzag32_encode(value));
}
static inline uint8_t *varlong_put(uint8_t *at, int64_t value)
{
    return uvarlong_put(at, zigzag64_encode(value));
}

/* How many bytes the writers will use. */
static inline size_t uvarlong_bytes(uint64_t value)
{
    return (size_t)(63 - __builtin_clzll(value | 1)) / 7 + 1;
}
static inline size_t uvarint_bytes(uint32_t value)
{
    return uvarlong_bytes(value);
}
static inline size_t varint_bytes(int32_t value)
{
    return uvarlong_bytes(zigzag32_encode(value));
}
static inline size_t varlong_bytes(int64_t value)
{
    return uvarlong_bytes(zigzag64_encode(value));
}

#endif
