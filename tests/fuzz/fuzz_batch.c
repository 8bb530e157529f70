/* tests/fuzz/fuzz_batch.c - hostile records of a Produce request, and hostile compressed bytes.
 *
 * Input: one byte of rules, one byte of what to do, then the bytes. What a broker takes must be consistent:
 * readable again, the same after recompression, and its own verdict on that. */
#include <stdlib.h>

#include "core/err.h"
#include "net/wire/batch_build.h"
#include "net/wire/batch_validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t fuzz_seed(uint32_t i, uint8_t *to, size_t cap);

enum {
    UNPACKED_MAX = 1 << 20,
    NOW = 1000000,
    DO_SEAL = 0x80, /* put in the right checksum first: else hardly an input gets further */
    DO_UNPACK = 0x40,
};

struct tools {
    struct comp *comp;
    struct mr_scratch in, unpacked, rebuilt, work;
};

static void tools_init(struct tools *t)
{
    t->comp = comp_new();
    scratch_init(&t->in, 4 * UNPACKED_MAX);
    scratch_init(&t->unpacked, 4 * UNPACKED_MAX);
    scratch_init(&t->rebuilt, 4 * UNPACKED_MAX);
    scratch_init(&t->work, 4 * UNPACKED_MAX);
}

static void tools_done(struct tools *t)
{
    scratch_done(&t->in);
    scratch_done(&t->unpacked);
    scratch_done(&t->rebuilt);
    scratch_done(&t->work);
    comp_free(t->comp);
}

static struct batch_rules rules_of(uint8_t bits)
{
    return (struct batch_rules){
        .produce_version = bits & 1 ? 9 : 5,
        .compacted = bits & 2,
        .log_append_time = bits & 4,
        .codec = bits & 8 ? (bits >> 4) % COMP_CODECS : BATCH_CODEC_OF_PRODUCER,
        .bytes_max = UNPACKED_MAX,
        .unpacked_bytes_max = UNPACKED_MAX,
        .now_ms = NOW,
        .before_max_ms = INT64_MAX,
        .after_max_ms = NOW,
    };
}

static void check_accepted(struct tools *t, const struct batch_rules *rules, const struct batch_verdict *v)
{
    const struct kw_batch *b = &v->batch;
    struct mr_slice records;
    struct record_time max;
    MR_ASSERT(batch_check(b) == 0);
    MR_ASSERT(batch_find_max_timestamp(b, t->comp, &t->unpacked, UNPACKED_MAX, INT64_MIN, &max) == 0);
    if (v->max_timestamp != KW_NO_TIMESTAMP)
        MR_ASSERT(max.timestamp == v->max_timestamp);
    MR_ASSERT(batch_records(b, t->comp, &t->unpacked, UNPACKED_MAX, &records) == 0);

    int codec = (batch_codec(&b->h) + 1) % COMP_CODECS;
    t->rebuilt.len = 0;
    MR_ASSERT(batch_rebuild(b, records, t->comp, codec, 1, &t->rebuilt, &t->work) == 0);
    struct batch_rules again = *rules;
    struct batch_verdict second;
    again.codec = BATCH_CODEC_OF_PRODUCER;
    again.produce_version = 9;
    again.bytes_max = INT32_MAX;
    again.unpacked_bytes_max = 2 * UNPACKED_MAX; /* renumbered, it may be a little larger */
    batch_validate((struct mr_slice){t->rebuilt.data, t->rebuilt.len}, &again, t->comp, &t->unpacked,
                   &second);
    MR_ASSERT(second.error == KW_NONE);
    MR_ASSERT(!second.rebuild);
    MR_ASSERT(second.max_timestamp == v->max_timestamp);
    MR_ASSERT(second.max_timestamp_delta == v->max_timestamp_delta);
}

/* In steps it unpacks to the same. Only zstd may differ in what it refuses: as a stream it does not hold an
 * empty frame to its word, and takes no window above 128 MiB. */
static void check_steps(struct tools *t, int codec, struct mr_slice bytes, size_t step, int whole)
{
    int err;
    comp_unpack_begin(t->comp, codec, bytes, UNPACKED_MAX, &t->rebuilt);
    while ((err = comp_unpack_step(t->comp, step)) == 1)
        MR_ASSERT(t->rebuilt.len <= UNPACKED_MAX);
    MR_ASSERT(t->rebuilt.len <= UNPACKED_MAX && (err == 0 || t->rebuilt.len == 0));
    MR_ASSERT(err == whole || codec == COMP_ZSTD);
    if (err == 0 && whole == 0)
        MR_ASSERT(t->rebuilt.len == t->unpacked.len &&
                  (t->rebuilt.len == 0 || memcmp(t->rebuilt.data, t->unpacked.data, t->rebuilt.len) == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct tools t;
    tools_init(&t);
    struct mr_slice bytes = {data + 2, size - 2};
    if (data[1] & DO_UNPACK) {
        int err = comp_unpack(t.comp, data[1] & 7, bytes, UNPACKED_MAX, &t.unpacked);
        MR_ASSERT(t.unpacked.len <= UNPACKED_MAX && (err == 0 || t.unpacked.len == 0));
        check_steps(&t, data[1] & 7, bytes, data[0] * (size_t)64 + 1, err);
    } else {
        struct batch_rules rules = rules_of(data[0]);
        struct batch_verdict v;
        struct kw_batch b;
        MR_ASSERT(scratch_put(&t.in, bytes.ptr, bytes.len) == 0);
        struct mr_slice in = {t.in.data, t.in.len};
        struct mr_slice rest = in;
        if ((data[1] & DO_SEAL) && batch_next(&rest, &b) == 1)
            batch_seal(t.in.data);
        enum kw_error error = batch_validate(in, &rules, t.comp, &t.unpacked, &v);
        MR_ASSERT((error == KW_NONE) == (v.fault == BATCH_FINE));
        if (error == KW_NONE)
            check_accepted(&t, &rules, &v);
    }
    tools_done(&t);
    return 0;
}

size_t fuzz_seed(uint32_t i, uint8_t *to, size_t cap)
{
    enum { SHAPES = 4 };
    if (i >= SHAPES * COMP_CODECS * 2)
        return 0;
    int codec = (int)(i % COMP_CODECS), shape = (int)(i / COMP_CODECS % SHAPES);
    bool unpack = i >= SHAPES * COMP_CODECS;
    struct tools t;
    struct batch_builder b;
    struct batch_build_how how = batch_build_how_plain();
    struct kw_header headers[2] = {{MR_STR_LIT("h"), {(const uint8_t *)"x", 1}}, {MR_STR_LIT(""), {NULL, 0}}};
    uint8_t value[100];
    tools_init(&t);
    how.codec = codec;
    how.level = comp_level_default((enum comp_codec)codec);
    how.producer_id = shape == 3 ? 5 : KW_NO_PRODUCER_ID;
    how.producer_epoch = how.base_sequence = shape == 3 ? 7 : -1;
    MR_ASSERT(batch_build_begin(&b, &how, &t.in, t.comp, &t.work) == 0);
    for (int k = 0; k <= shape * 5; k++) {
        memset(value, 'a' + k, sizeof(value));
        struct batch_record record = {.timestamp = NOW + k % 3,
                                      .key = {(const uint8_t *)"key", shape == 1 ? 0 : 3},
                                      .value = {k == 4 ? NULL : value, k == 4 ? 0 : (size_t)k * 6},
                                      .headers = headers,
                                      .header_count = k % 3};
        MR_ASSERT(batch_build_add(&b, &record) == 0);
    }
    MR_ASSERT(batch_build_end(&b) == 0);
    size_t skip = unpack ? BATCH_HEADER_BYTES : 0, len = t.in.len - skip + 2;
    MR_ASSERT(len <= cap);
    to[0] = (uint8_t)(i & 7);
    to[1] = (uint8_t)(unpack ? DO_UNPACK | codec : DO_SEAL);
    memcpy(to + 2, t.in.data + skip, len - 2);
    tools_done(&t);
    return len;
}
