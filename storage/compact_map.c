#include "storage/compact_map.h"

#include "core/err.h"
#include "core/mem.h"

/* ---- SipHash: little endian throughout ---- */

struct sip {
    uint64_t a, b, c, d;
};

static uint64_t get64le(const uint8_t *p)
{
    return __builtin_bswap64(mr_get64(p));
}

static uint64_t rotate(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}

static void sip_rounds(struct sip *s, unsigned rounds)
{
    for (; rounds > 0; rounds--) {
        s->a += s->b;
        s->b = rotate(s->b, 13) ^ s->a;
        s->a = rotate(s->a, 32);
        s->c += s->d;
        s->d = rotate(s->d, 16) ^ s->c;
        s->a += s->d;
        s->d = rotate(s->d, 21) ^ s->a;
        s->c += s->b;
        s->b = rotate(s->b, 17) ^ s->c;
        s->c = rotate(s->c, 32);
    }
}

void siphash128(const uint8_t secret[KEY_SECRET_BYTES], struct mr_slice data, uint64_t ret[2])
{
    uint64_t k0 = get64le(secret), k1 = get64le(secret + 8);
    struct sip s = {0x736f6d6570736575u ^ k0, 0x646f72616e646f6du ^ k1 ^ 0xee, 0x6c7967656e657261u ^ k0,
                    0x7465646279746573u ^ k1};
    size_t at = 0;
    for (; at + 8 <= data.len; at += 8) {
        uint64_t word = get64le(data.ptr + at);
        s.d ^= word;
        sip_rounds(&s, 2);
        s.a ^= word;
    }
    uint64_t last = (uint64_t)data.len << 56;
    for (unsigned i = 0; at + i < data.len; i++)
        last |= (uint64_t)data.ptr[at + i] << (8 * i);
    s.d ^= last;
    sip_rounds(&s, 2);
    s.a ^= last;
    s.c ^= 0xee;
    sip_rounds(&s, 4);
    ret[0] = s.a ^ s.b ^ s.c ^ s.d;
    s.b ^= 0xdd;
    sip_rounds(&s, 4);
    ret[1] = s.a ^ s.b ^ s.c ^ s.d;
}

/* ---- the map ---- */

int key_map_init(struct key_map *m, uint64_t bytes_max, const uint8_t secret[KEY_SECRET_BYTES])
{
    *m = (struct key_map){.cap = mr_max(bytes_max / KEY_SLOT_BYTES, 2)};
    m->count_max = mr_max(m->cap * 9 / 10, 1);
    memcpy(m->secret, secret, KEY_SECRET_BYTES);
    m->slots = mem_zalloc(m->cap, sizeof(*m->slots));
    return m->slots == NULL ? -ENOMEM : 0;
}

void key_map_done(struct key_map *m)
{
    mem_free(m->slots);
    *m = (struct key_map){.slots = NULL};
}

/* The key's slot, or the free one where it would go: there always is one. */
static struct key_slot *slot_of(const struct key_map *m, const uint64_t digest[2])
{
    uint64_t at = (uint64_t)((unsigned __int128)digest[0] * m->cap >> 64);
    for (;;) {
        struct key_slot *s = &m->slots[at];
        if (s->next == 0 || (s->high == digest[0] && s->low == digest[1]))
            return s;
        at = at + 1 == m->cap ? 0 : at + 1;
    }
}

bool key_map_put(struct key_map *m, struct mr_slice key, int64_t offset)
{
    uint64_t digest[2];
    siphash128(m->secret, key, digest);
    struct key_slot *s = slot_of(m, digest);
    if (s->next == 0) {
        if (m->count == m->count_max)
            return false;
        m->count++;
        s->high = digest[0];
        s->low = digest[1];
    }
    s->next = offset + 1;
    return true;
}

int64_t key_map_get(const struct key_map *m, struct mr_slice key)
{
    uint64_t digest[2];
    siphash128(m->secret, key, digest);
    return slot_of(m, digest)->next - 1;
}
