#include "storage/uuid.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void uuid_text(struct mr_uuid id, char dst[UUID_TEXT_BYTES])
{
    char *out = dst;
    for (int i = 0; i < 15; i += 3) {
        uint32_t n = (uint32_t)id.bytes[i] << 16 | (uint32_t)id.bytes[i + 1] << 8 | id.bytes[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6)
            *out++ = alphabet[n >> shift & 63];
    }
    *out++ = alphabet[id.bytes[15] >> 2];
    *out++ = alphabet[(id.bytes[15] & 3) << 4];
    *out = '\0';
}

static int digit(char c)
{
    const char *p = c == '\0' ? NULL : strchr(alphabet, c);
    return p == NULL ? -1 : (int)(p - alphabet);
}

bool uuid_parse(struct mr_str text, struct mr_uuid *ret)
{
    struct mr_uuid id = {{0}};
    if (text.ptr == NULL || text.len != UUID_TEXT_BYTES - 1)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int d = digit(text.ptr[i]);
        if (d < 0)
            return false;
        for (int bit = 0; bit < 6; bit++) {
            size_t at = i * 6 + (size_t)bit;
            if (at < 128 && (d >> (5 - bit) & 1))
                id.bytes[at / 8] |= (uint8_t)(0x80 >> at % 8);
        }
    }
    *ret = id;
    return true;
}
