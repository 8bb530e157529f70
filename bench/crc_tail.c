#include "bench/crc_tail.h"

#include <isa-l/crc.h>

#include "core/mem.h"

/* isa-l's register form: no inversion before or after, so it is linear in (init, bytes). */
static uint32_t raw(uint32_t init, const uint8_t *p, size_t len)
{
    MR_ASSERT(len <= INT32_MAX); /* its length is an int */
    return crc32_iscsi((unsigned char *)(uintptr_t)p, (int)len, init);
}

int crc_tail_init(struct crc_tail *c, const uint8_t *tail, size_t tail_len)
{
    uint8_t *zeros = mem_zalloc(1, tail_len + 1);
    if (zeros == NULL)
        return -ENOMEM;
    uint32_t column[32];
    for (unsigned bit = 0; bit < 32; bit++)
        column[bit] = raw(1u << bit, zeros, tail_len);
    mem_free(zeros);

    for (unsigned byte = 0; byte < 4; byte++) {
        for (unsigned value = 0; value < 256; value++) {
            uint32_t sum = 0;
            for (unsigned bit = 0; bit < 8; bit++)
                sum ^= (value >> bit & 1) != 0 ? column[8 * byte + bit] : 0;
            c->push[byte][value] = sum;
        }
    }
    c->tail = raw(0, tail, tail_len);
    return 0;
}

uint32_t crc_tail_of(const struct crc_tail *c, const uint8_t *head, size_t head_len)
{
    uint32_t r = raw(UINT32_MAX, head, head_len);
    r = c->push[0][r & 0xff] ^ c->push[1][r >> 8 & 0xff] ^ c->push[2][r >> 16 & 0xff] ^ c->push[3][r >> 24];
    return ~(r ^ c->tail);
}
