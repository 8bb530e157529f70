#include "core/crc32c.h"

#include <isa-l/crc.h>

enum {
    PIECE_BYTES_MAX = 1 << 30, /* isa-l counts in int */
    COPY_BYTES = 4096,         /* stays in the first-level cache between the copy and the checksum */
};

uint32_t crc32c(uint32_t crc, const void *p, size_t len)
{
    const uint8_t *at = p;
    uint32_t state = ~crc; /* isa-l inverts at neither end */
    while (len > 0) {
        size_t piece = mr_min(len, PIECE_BYTES_MAX);
        /* isa-l's prototype lacks a const; it only reads. */
        state = crc32_iscsi((unsigned char *)(uintptr_t)at, (int)piece, state);
        at += piece;
        len -= piece;
    }
    return ~state;
}

uint32_t crc32c_copy(uint32_t crc, void *dst, const void *src, size_t len)
{
    uint8_t *to = dst;
    const uint8_t *from = src;
    while (len > 0) {
        size_t piece = mr_min(len, COPY_BYTES);
        memcpy(to, from, piece);
        crc = crc32c(crc, to, piece);
        to += piece;
        from += piece;
        len -= piece;
    }
    return crc;
}
