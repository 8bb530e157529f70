#include "core/sha2.h"

/* One code for both: SHA-256 has words of 32 bits and the upper halves of the same constants. */

/* The fractions of the cube roots of the first 80 primes. */
static const uint64_t round_constants[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

/* The fractions of the square roots of the first 8. */
static const uint64_t initial[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

struct sha2 {
    bool wide; /* SHA-512 */
    uint64_t h[8];
    uint64_t total; /* bytes so far */
    size_t used;    /* of block */
    uint8_t block[128];
};

static uint64_t rotated(const struct sha2 *s, uint64_t x, unsigned n)
{
    return s->wide ? x >> n | x << (64 - n) : (uint32_t)((uint32_t)x >> n | (uint32_t)x << (32 - n));
}

/* Sums are taken in 64 bits; a narrow word is what is left of them in 32. */
static uint64_t word(const struct sha2 *s, uint64_t x)
{
    return s->wide ? x : (uint32_t)x;
}

static uint64_t mix(const struct sha2 *s, uint64_t x, const uint8_t n[3])
{
    return rotated(s, x, n[0]) ^ rotated(s, x, n[1]) ^ rotated(s, x, n[2]);
}

static uint64_t mix_shift(const struct sha2 *s, uint64_t x, const uint8_t n[3])
{
    return rotated(s, x, n[0]) ^ rotated(s, x, n[1]) ^ x >> n[2];
}

static void compress(struct sha2 *s)
{
    static const uint8_t narrow_n[4][3] = {{2, 13, 22}, {6, 11, 25}, {7, 18, 3}, {17, 19, 10}};
    static const uint8_t wide_n[4][3] = {{28, 34, 39}, {14, 18, 41}, {1, 8, 7}, {19, 61, 6}};
    const uint8_t(*n)[3] = s->wide ? wide_n : narrow_n;
    unsigned rounds = s->wide ? 80 : 64;
    uint64_t w[80], v[8];
    for (unsigned i = 0; i < 16; i++)
        w[i] = s->wide ? mr_get64(s->block + 8 * i) : mr_get32(s->block + 4 * i);
    for (unsigned i = 16; i < rounds; i++)
        w[i] = word(s, w[i - 16] + mix_shift(s, w[i - 15], n[2]) + w[i - 7] + mix_shift(s, w[i - 2], n[3]));
    memcpy(v, s->h, sizeof(v));
    for (unsigned i = 0; i < rounds; i++) {
        uint64_t k = s->wide ? round_constants[i] : round_constants[i] >> 32;
        uint64_t choose = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint64_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        uint64_t one = v[7] + mix(s, v[4], n[1]) + choose + k + w[i];
        uint64_t two = mix(s, v[0], n[0]) + majority;
        memmove(v + 1, v, 7 * sizeof(v[0]));
        v[4] = word(s, v[4] + one);
        v[0] = word(s, one + two);
    }
    for (unsigned i = 0; i < 8; i++)
        s->h[i] = word(s, s->h[i] + v[i]);
}

static size_t block_bytes(const struct sha2 *s)
{
    return s->wide ? 128 : 64;
}

static void begin(struct sha2 *s, enum sha2_kind kind)
{
    memset(s, 0, sizeof(*s));
    s->wide = kind == SHA2_512;
    for (unsigned i = 0; i < 8; i++)
        s->h[i] = s->wide ? initial[i] : initial[i] >> 32;
}

static void add(struct sha2 *s, struct mr_slice data)
{
    s->total += data.len;
    while (data.len > 0) {
        size_t take = mr_min(data.len, block_bytes(s) - s->used);
        memcpy(s->block + s->used, data.ptr, take);
        s->used += take;
        data.ptr += take;
        data.len -= take;
        if (s->used < block_bytes(s))
            return;
        compress(s);
        s->used = 0;
    }
}

static void end(struct sha2 *s, uint8_t *dst)
{
    static const uint8_t one = 0x80, zero = 0;
    uint64_t bits = s->total * 8;
    size_t length_bytes = s->wide ? 16 : 8;
    add(s, (struct mr_slice){&one, 1});
    while (s->used != block_bytes(s) - length_bytes)
        add(s, (struct mr_slice){&zero, 1});
    uint8_t length[16] = {0};
    mr_put64(length + length_bytes - 8, bits);
    add(s, (struct mr_slice){length, length_bytes});
    for (unsigned i = 0; i < 8; i++) {
        if (s->wide)
            mr_put64(dst + 8 * i, s->h[i]);
        else
            mr_put32(dst + 4 * i, (uint32_t)s->h[i]);
    }
}

void sha2(enum sha2_kind kind, struct mr_slice data, uint8_t dst[SHA2_BYTES_MAX])
{
    struct sha2 s;
    begin(&s, kind);
    add(&s, data);
    end(&s, dst);
}

void sha2_hmac(enum sha2_kind kind, struct mr_slice key, struct mr_slice data, uint8_t dst[SHA2_BYTES_MAX])
{
    struct sha2 s;
    uint8_t block[128] = {0}, inner[SHA2_BYTES_MAX];
    begin(&s, kind);
    size_t bytes = block_bytes(&s);
    if (key.len > bytes)
        sha2(kind, key, block);
    else if (key.len > 0)
        memcpy(block, key.ptr, key.len);
    for (size_t i = 0; i < bytes; i++)
        block[i] ^= 0x36;
    add(&s, (struct mr_slice){block, bytes});
    add(&s, data);
    end(&s, inner);
    for (size_t i = 0; i < bytes; i++)
        block[i] ^= 0x36 ^ 0x5c;
    begin(&s, kind);
    add(&s, (struct mr_slice){block, bytes});
    add(&s, (struct mr_slice){inner, sha2_bytes(kind)});
    end(&s, dst);
}
