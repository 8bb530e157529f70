/* core/compress and core/scratch: round trips, bounds, damage. wire_records_test reads what Java wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <snappy-c.h>

#include "core/compress.h"
#include "core/err.h"
#include "core/mem.h"

enum { MIB = 1 << 20 };

static size_t step; /* for setup() */

struct fixture {
    struct comp *comp;
    struct mr_scratch in, packed, out;
    size_t step; /* 0: whole blocks */
};

static int setup(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    f->comp = comp_new();
    f->step = step;
    scratch_init(&f->in, 64 * MIB);
    scratch_init(&f->packed, 64 * MIB);
    scratch_init(&f->out, 64 * MIB);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    scratch_done(&f->in);
    scratch_done(&f->packed);
    scratch_done(&f->out);
    comp_free(f->comp);
    mem_free(f);
    return 0;
}

static struct mr_slice content(const struct mr_scratch *s)
{
    return (struct mr_slice){s->data, s->len};
}

/* Every test is run with whole blocks and with steps of several sizes. */
static int unpack(struct fixture *f, int codec, struct mr_slice in, size_t out_max, struct mr_scratch *out)
{
    if (f->step == 0)
        return comp_unpack(f->comp, codec, in, out_max, out);
    int err;
    comp_unpack_begin(f->comp, codec, in, out_max, out);
    while ((err = comp_unpack_step(f->comp, f->step)) == 1)
        ;
    return err;
}

static int pack(struct fixture *f, int codec, int level, struct mr_slice in, struct mr_scratch *out)
{
    if (f->step == 0)
        return comp_pack(f->comp, codec, level, in, out);
    int err;
    comp_pack_begin(f->comp, codec, level, in, out);
    while ((err = comp_pack_step(f->comp, f->step)) == 1)
        ;
    return err;
}

/* Compressible, but not trivially: a small generator with runs. */
static void fill(struct mr_scratch *s, size_t bytes, uint32_t seed, uint32_t mask)
{
    s->len = 0;
    assert_int_equal(scratch_reserve(s, bytes + 1), 0);
    for (size_t i = 0; i < bytes; i++) {
        seed = seed * 1664525u + 1013904223u;
        s->data[i] = (uint8_t)((seed >> 24) & mask);
    }
    s->len = bytes;
}

static void round_trips(void **state)
{
    struct fixture *f = *state;
    static const size_t sizes[] = {0, 1, 2, 61, 4096, 32768, 32769, 65536, 65537, 300000, 3 * MIB};
    static const uint32_t masks[] = {0, 0x03, 0xff};
    for (int codec = COMP_NONE; codec < COMP_CODECS; codec++) {
        for (size_t i = 0; i < MR_COUNT(sizes); i++) {
            for (size_t m = 0; m < MR_COUNT(masks); m++) {
                fill(&f->in, sizes[i], (uint32_t)i + 7, masks[m]);
                f->packed.len = f->out.len = 0;
                assert_int_equal(scratch_put(&f->packed, "before", 6), 0);
                assert_int_equal(scratch_put(&f->out, "before", 6), 0);
                assert_int_equal(pack(f, codec, comp_level_default(codec), content(&f->in), &f->packed), 0);
                struct mr_slice packed = {f->packed.data + 6, f->packed.len - 6};
                /* Exactly as much as allowed is fine, one byte more is not. */
                assert_int_equal(unpack(f, codec, packed, sizes[i], &f->out), 0);
                assert_int_equal(f->out.len, 6 + sizes[i]);
                assert_memory_equal(f->out.data, "before", 6);
                assert_memory_equal(f->out.data + 6, f->in.data, sizes[i]);
                f->out.len = 6;
                if (sizes[i] > 0)
                    assert_int_equal(unpack(f, codec, packed, sizes[i] - 1, &f->out), -MR_E_LIMIT);
                assert_int_equal(f->out.len, 6);
            }
        }
    }
}

static void every_level(void **state)
{
    struct fixture *f = *state;
    static const struct {
        int codec, low, high;
    } ranges[] = {{COMP_GZIP, -1, 9}, {COMP_LZ4, 1, 17}, {COMP_ZSTD, -5, 22}, {COMP_ZSTD, -131073, -131071}};
    fill(&f->in, 100000, 3, 0x03);
    for (size_t i = 0; i < MR_COUNT(ranges); i++) {
        for (int level = ranges[i].low; level <= ranges[i].high; level++) {
            f->packed.len = f->out.len = 0;
            assert_int_equal(pack(f, ranges[i].codec, level, content(&f->in), &f->packed), 0);
            assert_true(f->packed.len < f->in.len || level < -5);
            assert_int_equal(unpack(f, ranges[i].codec, content(&f->packed), MIB, &f->out), 0);
            assert_int_equal(f->out.len, f->in.len);
            assert_memory_equal(f->out.data, f->in.data, f->in.len);
        }
    }
}

/* 48 MiB of zeros pack into little; the reader must stop at its limit, and take little memory. */
static void bombs_are_refused_cheaply(void **state)
{
    struct fixture *f = *state;
    fill(&f->in, 48 * MIB, 1, 0);
    for (int codec = COMP_GZIP; codec < COMP_CODECS; codec++) {
        f->packed.len = 0;
        assert_int_equal(pack(f, codec, comp_level_default(codec), content(&f->in), &f->packed), 0);
        struct mr_scratch out;
        scratch_init(&out, 64 * MIB);
        assert_int_equal(unpack(f, codec, content(&f->packed), MIB, &out), -MR_E_LIMIT);
        assert_int_equal(out.len, 0);
        assert_true(out.cap <= 8 * MIB);
        scratch_done(&out);

        scratch_init(&out, MIB); /* the array's own limit, the same */
        assert_int_equal(unpack(f, codec, content(&f->packed), 64 * MIB, &out), -MR_E_LIMIT);
        assert_true(out.cap <= MIB);
        scratch_done(&out);
    }
}

/* Small input that claims a large output must not make us take it. */
static void claims_cost_nothing(void **state)
{
    struct fixture *f = *state;
    static const uint8_t snappy[] = {0x80, 0x80, 0x80, 0x10, 0x00, 'x'}; /* 32 MiB */
    static const uint8_t zstd[] = {0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0,
                                   0,    0,    2,    0x01, 0,    0}; /* 32 MiB, an empty block */
    struct mr_scratch out;
    scratch_init(&out, 64 * MIB);
    assert_int_equal(unpack(f, COMP_SNAPPY, (struct mr_slice){snappy, sizeof(snappy)}, 64 * MIB, &out),
                     -MR_E_CORRUPT);
    /* The library's stream does not hold an empty frame to its word; what counts is the records. */
    int err = unpack(f, COMP_ZSTD, (struct mr_slice){zstd, sizeof(zstd)}, 64 * MIB, &out);
    assert_int_equal(f->step > 0 ? -MR_E_CORRUPT * (err != 0) : -MR_E_CORRUPT, err);
    assert_int_equal(out.len, 0);
    assert_true(out.cap < 65536);
    scratch_done(&out);
}

static void damage_is_noticed(void **state)
{
    struct fixture *f = *state;
    fill(&f->in, 5000, 11, 0x1f);
    for (int codec = COMP_GZIP; codec < COMP_CODECS; codec++) {
        f->packed.len = 0;
        assert_int_equal(pack(f, codec, comp_level_default(codec), content(&f->in), &f->packed), 0);
        size_t whole = f->packed.len;
        for (size_t len = 0; len < whole; len += 1 + len / 40) {
            /* A copy of exactly that size, so that the sanitizer sees a read past it. */
            uint8_t *copy = mem_alloc(len + (len == 0));
            memcpy(copy, f->packed.data, len);
            f->out.len = 0;
            int err = unpack(f, codec, (struct mr_slice){copy, len}, MIB, &f->out);
            if (codec == COMP_SNAPPY && len == 16)
                assert_int_equal(err, 0); /* xerial's header with no block yet is an empty stream */
            else
                assert_int_equal(err, -MR_E_CORRUPT);
            mem_free(copy);
        }
        assert_int_equal(scratch_put(&f->packed, "garbage!", 8), 0);
        f->out.len = 0;
        assert_int_equal(unpack(f, codec, content(&f->packed), MIB, &f->out), -MR_E_CORRUPT);
        f->packed.len = whole;

        /* Flips: an error or other bytes, never a crash, never more than allowed. */
        for (size_t pos = 0; pos < whole; pos += 1 + whole / 300) {
            f->packed.data[pos] ^= 0x21;
            f->out.len = 0;
            int err = unpack(f, codec, content(&f->packed), 65536, &f->out);
            assert_true(err == 0 || err == -MR_E_CORRUPT || err == -MR_E_LIMIT);
            assert_true(f->out.len <= 65536);
            f->packed.data[pos] ^= 0x21;
        }
        f->out.len = 0; /* and the reader is none the worse for it */
        assert_int_equal(unpack(f, codec, content(&f->packed), MIB, &f->out), 0);
        assert_int_equal(f->out.len, f->in.len);
    }
}

static void expect(struct fixture *f, int codec, const void *p, size_t len, int want, const char *text)
{
    f->out.len = 0;
    int err = unpack(f, codec, (struct mr_slice){p, len}, MIB, &f->out);
    assert_int_equal(err, want);
    if (want == 0) {
        assert_int_equal(f->out.len, strlen(text));
        assert_memory_equal(f->out.data, text, strlen(text));
    }
}
#define EXPECT(codec, lit, want, text) expect(f, codec, lit, sizeof(lit) - 1, want, text)
#define XERIAL "\x82SNAPPY\0\0\0\0\1\0\0\0\1"

static void forms_that_clients_send(void **state)
{
    struct fixture *f = *state;
    /* clang-format off */
    /* Snappy bare (librdkafka, with compatibility off), framed, in several blocks and streams. */
    EXPECT(COMP_SNAPPY, "\x03\x08" "abc", 0, "abc");
    EXPECT(COMP_SNAPPY, XERIAL "\0\0\0\5\x03\x08" "abc", 0, "abc");
    EXPECT(COMP_SNAPPY, XERIAL "\0\0\0\5\x03\x08" "abc" "\0\0\0\5\x03\x08" "def", 0, "abcdef");
    EXPECT(COMP_SNAPPY, XERIAL "\0\0\0\5\x03\x08" "abc" XERIAL "\0\0\0\5\x03\x08" "def", 0, "abcdef");
    EXPECT(COMP_SNAPPY, XERIAL "\0\0\0\6\x03\x08" "abc", -MR_E_CORRUPT, NULL);
    EXPECT(COMP_SNAPPY, XERIAL "\0\0\0\5\x03\x08" "abc" "\0\0\0", -MR_E_CORRUPT, NULL);
    EXPECT(COMP_SNAPPY, XERIAL "\xff\xff\xff\xff\x03\x08" "abc", -MR_E_CORRUPT, NULL);
    EXPECT(COMP_SNAPPY, XERIAL "\0\0\0\0", -MR_E_CORRUPT, NULL);
    EXPECT(COMP_SNAPPY, "\x82SNAPPY\0\0\0\0\0\0\0\0\1" "\0\0\0\5\x03\x08" "abc", -MR_E_CORRUPT, NULL);

    /* An LZ4 frame with independent blocks, one uncompressed block; with linked blocks; two frames. */
#define LZ4_BLOCK "\3\0\0\x80" "abc" "\0\0\0\0"
    EXPECT(COMP_LZ4, "\x04\x22\x4d\x18\x60\x40\x82" LZ4_BLOCK, 0, "abc");
    EXPECT(COMP_LZ4, "\x04\x22\x4d\x18\x40\x40\xc0" LZ4_BLOCK, -MR_E_CORRUPT, NULL);
    EXPECT(COMP_LZ4, "\x04\x22\x4d\x18\x60\x40\x83" LZ4_BLOCK, -MR_E_CORRUPT, NULL); /* header checksum */
    EXPECT(COMP_LZ4, "\x04\x22\x4d\x18\x60\x40\x82" LZ4_BLOCK
                     "\x04\x22\x4d\x18\x60\x40\x82" LZ4_BLOCK, -MR_E_CORRUPT, NULL);
    /* clang-format on */

    /* Members and frames in a row. */
    for (int codec = COMP_GZIP; codec <= COMP_ZSTD; codec += COMP_ZSTD - COMP_GZIP) {
        f->packed.len = 0;
        assert_int_equal(pack(f, codec, 1, (struct mr_slice){(const uint8_t *)"abc", 3}, &f->packed), 0);
        assert_int_equal(pack(f, codec, 1, (struct mr_slice){(const uint8_t *)"def", 3}, &f->packed), 0);
        expect(f, codec, f->packed.data, f->packed.len, 0, "abcdef");
    }
    EXPECT(5, "abc", -MR_E_VERSION, NULL);
    EXPECT(7, "abc", -MR_E_VERSION, NULL);
    EXPECT(-1, "abc", -MR_E_VERSION, NULL);
    assert_int_equal(pack(f, 5, 0, (struct mr_slice){NULL, 0}, &f->out), -MR_E_VERSION);
}

static void no_room_to_pack(void **state)
{
    struct fixture *f = *state;
    fill(&f->in, 100000, 5, 0xff);
    for (int codec = COMP_NONE; codec < COMP_CODECS; codec++) {
        struct mr_scratch out;
        scratch_init(&out, 50000);
        assert_int_equal(scratch_put(&out, "kept", 4), 0);
        assert_int_equal(pack(f, codec, comp_level_default(codec), content(&f->in), &out), -MR_E_LIMIT);
        assert_int_equal(out.len, 4);
        assert_memory_equal(out.data, "kept", 4);
        scratch_done(&out);
    }
}

static void scratch_grows_to_its_limit(void **state)
{
    (void)state;
    struct mr_scratch s;
    scratch_init(&s, 10000);
    assert_null(s.data);
    assert_int_equal(scratch_reserve(&s, 10001), -MR_E_LIMIT);
    assert_int_equal(scratch_reserve(&s, SIZE_MAX), -MR_E_LIMIT);
    assert_null(s.data);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(scratch_put(&s, "x", 1), 0);
    assert_int_equal(s.len, 10000);
    assert_int_equal(s.cap, 10000);
    assert_int_equal(scratch_put(&s, "x", 1), -MR_E_LIMIT);
    scratch_reset(&s, 10000);
    assert_int_equal(s.len, 0);
    assert_int_equal(s.cap, 10000);
    scratch_reset(&s, 9999);
    assert_null(s.data);
    assert_int_equal(scratch_reserve(&s, 0), 0);
    scratch_done(&s);
}

/* Bare blocks, which may be as large as a batch: the steps take them apart themselves, the whole asks the
 * library. */
static void bare_snappy_as_the_library(void **state)
{
    struct fixture *f = *state;
    static const size_t sizes[] = {0, 1, 59, 60, 61, 300, 5000, 70000, 400000};
    struct mr_scratch other;
    scratch_init(&other, 64 * MIB);
    for (size_t i = 0; i < MR_COUNT(sizes) * 3; i++) {
        static const uint32_t masks[] = {0, 0x03, 0xff};
        fill(&f->in, sizes[i / 3], (uint32_t)i, masks[i % 3]);
        size_t packed = snappy_max_compressed_length(f->in.len);
        f->packed.len = 0;
        assert_int_equal(scratch_reserve(&f->packed, packed), 0);
        assert_int_equal(snappy_compress((char *)f->in.data, f->in.len, (char *)f->packed.data, &packed),
                         SNAPPY_OK);
        f->packed.len = packed;
        f->out.len = 0;
        assert_int_equal(unpack(f, COMP_SNAPPY, content(&f->packed), MIB, &f->out), 0);
        assert_int_equal(f->out.len, f->in.len);
        assert_memory_equal(f->out.data, f->in.data, f->in.len);
        for (size_t pos = 0; pos < packed; pos += 1 + packed / (packed > 5000 ? 8 : 200)) {
            for (unsigned bit = 0; bit < 8; bit++) {
                f->packed.data[pos] ^= (uint8_t)(1u << bit);
                f->out.len = other.len = 0;
                int err = unpack(f, COMP_SNAPPY, content(&f->packed), MIB, &f->out);
                assert_int_equal(err, comp_unpack(f->comp, COMP_SNAPPY, content(&f->packed), MIB, &other));
                assert_int_equal(f->out.len, other.len);
                if (err == 0)
                    assert_memory_equal(f->out.data, other.data, other.len);
                f->packed.data[pos] ^= (uint8_t)(1u << bit);
            }
        }
    }
    scratch_done(&other);
}

/* What a step takes is bounded, or there would be no point in it. */
static void steps_are_small(void **state)
{
    struct fixture *f = *state;
    enum { STEP = 64 << 10, MORE = 128 << 10 };
    fill(&f->in, 3 * MIB, 5, 0x0f);
    for (int codec = COMP_NONE; codec < COMP_CODECS; codec++) {
        unsigned steps = 0;
        f->packed.len = f->out.len = 0;
        comp_pack_begin(f->comp, codec, comp_level_default(codec), content(&f->in), &f->packed);
        for (int err = 1; err != 0; steps++) {
            err = comp_pack_step(f->comp, STEP);
            assert_in_range(err, 0, 1);
        }
        assert_int_equal(steps, 3 * MIB / STEP);
        comp_unpack_begin(f->comp, codec, content(&f->packed), 3 * MIB, &f->out);
        for (int err = 1; err != 0;) {
            size_t before = f->out.len;
            err = comp_unpack_step(f->comp, STEP);
            assert_in_range(err, 0, 1);
            assert_true(f->out.len - before <= STEP + MORE);
        }
        assert_int_equal(f->out.len, f->in.len);
        assert_memory_equal(f->out.data, f->in.data, f->in.len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trips),
        cmocka_unit_test(every_level),
        cmocka_unit_test(bombs_are_refused_cheaply),
        cmocka_unit_test(claims_cost_nothing),
        cmocka_unit_test(damage_is_noticed),
        cmocka_unit_test(forms_that_clients_send),
        cmocka_unit_test(no_room_to_pack),
        cmocka_unit_test(bare_snappy_as_the_library),
        cmocka_unit_test(scratch_grows_to_its_limit),
        cmocka_unit_test(steps_are_small),
    };
    int failed = 0;
    static const size_t steps[] = {0, 5000, 100000};
    for (size_t i = 0; i < MR_COUNT(steps); i++) {
        step = steps[i];
        failed += cmocka_run_group_tests(tests, setup, teardown);
    }
    return failed;
}
