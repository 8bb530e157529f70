#include "core/broker/java_hash.h"

enum { REPLACEMENT = 0xfffd };

static bool continues(const uint8_t *p, const uint8_t *end, uint8_t lo, uint8_t hi)
{
    return p < end && *p >= lo && *p <= hi;
}

/* The next character off *at; REPLACEMENT for bytes that are none. */
static uint32_t next(const uint8_t **at, const uint8_t *end)
{
    const uint8_t *p = *at;
    uint8_t lead = *p++;
    uint32_t code = lead;
    int more = 0;
    uint8_t lo = 0x80, hi = 0xbf; /* of the second byte: no overlong forms, nothing past U+10FFFF */
    if (lead >= 0xc2 && lead <= 0xdf) {
        more = 1;
        code = lead & 0x1f;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        more = 2;
        code = lead & 0x0f;
        lo = lead == 0xe0 ? 0xa0 : 0x80;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        more = 3;
        code = lead & 0x07;
        lo = lead == 0xf0 ? 0x90 : 0x80;
        hi = lead == 0xf4 ? 0x8f : 0xbf;
    } else if (lead >= 0x80) {
        code = REPLACEMENT;
    }
    for (int i = 0; i < more; i++) {
        if (!continues(p, end, lo, hi)) {
            code = REPLACEMENT;
            break;
        }
        code = code << 6 | (*p++ & 0x3f);
        lo = 0x80;
        hi = 0xbf;
    }
    *at = p;
    return code >= 0xd800 && code <= 0xdfff ? REPLACEMENT
                                            : code; /* half of a pair: once for the three bytes */
}

int32_t java_string_hash(struct mr_str text)
{
    const uint8_t *at = (const uint8_t *)text.ptr, *end = at + text.len;
    uint32_t hash = 0;
    while (at < end) {
        uint32_t code = next(&at, end);
        if (code >= 0x10000) {
            hash = hash * 31 + (0xd7c0 + (code >> 10));
            code = 0xdc00 + (code & 0x3ff);
        }
        hash = hash * 31 + code;
    }
    return (int32_t)hash;
}

size_t java_string_length(struct mr_str text)
{
    const uint8_t *at = (const uint8_t *)text.ptr, *end = at + text.len;
    size_t units = 0;
    while (at < end)
        units += next(&at, end) >= 0x10000 ? 2 : 1;
    return units;
}

int32_t java_partition(struct mr_str name, int32_t partitions)
{
    int64_t hash = java_string_hash(name);
    if (hash == INT32_MIN)
        hash = 0;
    return (int32_t)((hash < 0 ? -hash : hash) % partitions);
}
