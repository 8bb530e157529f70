/* net/wire/records, batch_build, batch_control, varint: what is written is read, and what Kafka wrote too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/err.h"
#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "net/wire/varint.h"
#include "tests/unit/java_batches.h"

enum { MIB = 1 << 20 };

struct fixture {
    struct comp *comp;
    struct mr_scratch out, work, unpacked;
};

static int setup(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    f->comp = comp_new();
    scratch_init(&f->out, 16 * MIB);
    scratch_init(&f->work, 16 * MIB);
    scratch_init(&f->unpacked, 16 * MIB);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    scratch_done(&f->out);
    scratch_done(&f->work);
    scratch_done(&f->unpacked);
    comp_free(f->comp);
    mem_free(f);
    return 0;
}

static struct mr_slice text(const char *s)
{
    return (struct mr_slice){(const uint8_t *)s, strlen(s)};
}

static struct mr_slice from_hex(struct mr_scratch *s, const char *hex)
{
    s->len = 0;
    for (; hex[0] != '\0'; hex += 2) {
        char two[3] = {hex[0], hex[1], 0};
        uint8_t byte = (uint8_t)strtol(two, NULL, 16);
        assert_int_equal(scratch_put(s, &byte, 1), 0);
    }
    return (struct mr_slice){s->data, s->len};
}

static struct kw_batch only_batch(struct mr_slice bytes)
{
    struct kw_batch b;
    assert_int_equal(batch_next(&bytes, &b), 1);
    assert_int_equal(bytes.len, 0);
    assert_int_equal(batch_check(&b), 0);
    return b;
}

static void varints(void **state)
{
    (void)state;
    static const int64_t numbers[] = {0,
                                      1,
                                      -1,
                                      63,
                                      -64,
                                      64,
                                      -65,
                                      8191,
                                      -8192,
                                      8192,
                                      1 << 20,
                                      INT32_MAX,
                                      INT32_MIN,
                                      (int64_t)INT32_MAX + 1,
                                      (int64_t)1 << 55,
                                      INT64_MAX,
                                      INT64_MIN};
    uint8_t bytes[16];
    for (size_t i = 0; i < MR_COUNT(numbers); i++) {
        int64_t got = 0;
        uint8_t *end = varlong_put(bytes, numbers[i]);
        assert_int_equal(end - bytes, varlong_bytes(numbers[i]));
        assert_ptr_equal(varlong_get(bytes, end, &got), end);
        assert_true(got == numbers[i]);
        assert_null(varlong_get(bytes, end - 1, &got));
        if (numbers[i] != (int32_t)numbers[i])
            continue;
        int32_t small = 0;
        end = varint_put(bytes, (int32_t)numbers[i]);
        assert_int_equal(end - bytes, varint_bytes((int32_t)numbers[i]));
        assert_ptr_equal(varint_get(bytes, end, &small), end);
        assert_int_equal(small, numbers[i]);
        assert_null(varint_get(bytes, end - 1, &small));
    }
    uint32_t u32 = 0;
    uint64_t u64 = 0;
    static const uint8_t max32[] = {0xff, 0xff, 0xff, 0xff, 0x0f}, over32[] = {0xff, 0xff, 0xff, 0xff, 0x1f},
                         six[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x00};
    static const uint8_t max64[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01},
                         over64[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x03},
                         eleven[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0};
    assert_non_null(uvarint_get(max32, max32 + 5, &u32));
    assert_int_equal(u32, UINT32_MAX);
    assert_null(uvarint_get(over32, over32 + 5, &u32));
    assert_null(uvarint_get(six, six + 6, &u32));
    assert_non_null(uvarlong_get(max64, max64 + 10, &u64));
    assert_true(u64 == UINT64_MAX);
    assert_null(uvarlong_get(over64, over64 + 10, &u64));
    assert_null(uvarlong_get(eleven, eleven + 11, &u64));
}

/* The 50 records of java_batches.h. */
static void java_record(int i, int64_t base, struct batch_record *r, struct kw_header *header, char *space)
{
    int n = sprintf(space, "key-%d", i % 5);
    r->timestamp = base + 7 * i;
    r->key = (struct mr_slice){(uint8_t *)space, (size_t)n};
    char *value = space + n + 1, *at = value;
    for (int k = 0; k < 1 + i % 4; k++)
        at += sprintf(at, "value %d of fifty, ", i);
    r->value = (struct mr_slice){(uint8_t *)value, (size_t)(at - value)};
    char *number = at + 1;
    n = sprintf(number, "%d", i);
    *header = (struct kw_header){MR_STR_LIT("trace"), {(uint8_t *)number, (size_t)n}};
    r->headers = header;
    r->header_count = i % 3 == 0;
}

static void assert_slice(struct mr_slice got, struct mr_slice want)
{
    assert_int_equal(got.ptr == NULL, want.ptr == NULL);
    assert_int_equal(got.len, want.len);
    if (want.len > 0)
        assert_memory_equal(got.ptr, want.ptr, want.len);
}

static void assert_java_records(struct fixture *f, const struct kw_batch *b)
{
    struct mr_slice records;
    struct record_iter it;
    struct kw_record got;
    assert_int_equal(b->h.record_count, 50);
    assert_int_equal(batch_records(b, f->comp, &f->unpacked, MIB, &records), 0);
    record_iter_init(&it, records, b->h.record_count);
    for (int i = 0; i < 50; i++) {
        char space[512];
        struct batch_record want;
        struct kw_header want_header, header;
        java_record(i, b->h.base_timestamp, &want, &want_header, space);
        assert_int_equal(record_next(&it, &got), 1);
        assert_int_equal(got.offset_delta, i);
        assert_int_equal(got.timestamp_delta, 7 * i);
        assert_slice(got.key, want.key);
        assert_slice(got.value, want.value);
        assert_int_equal(got.header_count, want.header_count);
        if (want.header_count > 0) {
            assert_true(header_next(&got.headers, &header));
            assert_true(mr_str_is(header.key, "trace"));
            assert_slice(header.value, want_header.value);
        }
        assert_false(header_next(&got.headers, &header));
    }
    assert_int_equal(record_next(&it, &got), 0);
}

static void reads_what_kafka_wrote(void **state)
{
    struct fixture *f = *state;
    struct mr_scratch bytes;
    scratch_init(&bytes, MIB);
    for (int codec = COMP_GZIP; codec < COMP_CODECS; codec++) {
        struct kw_batch b = only_batch(from_hex(&bytes, java_batches[codec]));
        assert_int_equal(batch_codec(&b.h), codec);
        assert_int_equal(b.h.max_timestamp, b.h.base_timestamp + 49 * 7);
        assert_java_records(f, &b);

        struct record_time at;
        int64_t base = b.h.base_timestamp;
        assert_int_equal(batch_find_timestamp(&b, f->comp, &f->unpacked, MIB, base + 15, 0, &at), 0);
        assert_int_equal(at.offset, 3);
        assert_true(at.timestamp == base + 21);
        assert_int_equal(batch_find_max_timestamp(&b, f->comp, &f->unpacked, MIB, 0, &at), 0);
        assert_int_equal(at.offset, 49);
        assert_int_equal(batch_find_timestamp(&b, f->comp, &f->unpacked, 100, base + 15, 0, &at),
                         -MR_E_LIMIT);
    }
    scratch_done(&bytes);
}

static void build_java_records(struct fixture *f, int codec, int64_t base, struct mr_scratch *out)
{
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    how.codec = codec;
    how.level = comp_level_default(codec);
    assert_int_equal(batch_build_begin(&b, &how, out, f->comp, &f->work), 0);
    for (int i = 0; i < 50; i++) {
        char space[512];
        struct batch_record record;
        struct kw_header header;
        java_record(i, base, &record, &header, space);
        assert_int_equal(batch_build_add(&b, &record), 0);
    }
    assert_int_equal(batch_build_end(&b), 0);
}

static void writes_as_kafka_does(void **state) /* byte for byte: the checksum is Kafka's */
{
    struct fixture *f = *state;
    struct mr_scratch want;
    scratch_init(&want, MIB);
    struct mr_slice header = from_hex(&want, java_plain_header);
    assert_int_equal(header.len, BATCH_HEADER_BYTES);
    struct kw_batch_header h;
    batch_header_read(header.ptr, &h);
    f->out.len = 0;
    build_java_records(f, COMP_NONE, h.base_timestamp, &f->out);
    assert_memory_equal(f->out.data, header.ptr, BATCH_HEADER_BYTES);
    scratch_done(&want);
}

static void round_trips_with_every_codec(void **state)
{
    struct fixture *f = *state;
    f->out.len = 0;
    for (int codec = COMP_NONE; codec < COMP_CODECS; codec++) {
        build_java_records(f, codec, 1000000, &f->out);
        for (int to = COMP_NONE; to < COMP_CODECS; to++) {
            struct mr_scratch again;
            struct mr_slice all = {f->out.data, f->out.len}, records;
            struct kw_batch b = {0};
            scratch_init(&again, MIB);
            for (int i = 0; i <= codec; i++) /* they stand in a row */
                assert_int_equal(batch_next(&all, &b), 1);
            assert_int_equal(all.len, 0);
            assert_int_equal(batch_next(&all, &b), 0);
            assert_int_equal(batch_check(&b), 0);
            assert_int_equal(batch_codec(&b.h), codec);
            assert_java_records(f, &b);
            assert_int_equal(batch_records(&b, f->comp, &f->unpacked, MIB, &records), 0);
            assert_int_equal(batch_rebuild(&b, records, f->comp, to, comp_level_default(to), &again,
                                           &f->work),
                             0);
            b = only_batch((struct mr_slice){again.data, again.len});
            assert_int_equal(batch_codec(&b.h), to);
            assert_int_equal(b.h.max_timestamp, 1000000 + 49 * 7);
            assert_java_records(f, &b);
            scratch_done(&again);
        }
    }
}

/* A batch of records whose numbers and times are given: "offset@time,..." */
static struct kw_batch batch_of(struct fixture *f, int codec, bool stamped, int64_t max, const char *list)
{
    int32_t count = 0, last = 0;
    f->out.len = 0;
    assert_int_equal(scratch_reserve(&f->out, BATCH_HEADER_BYTES), 0);
    f->work.len = 0;
    for (const char *at = list; *at != '\0'; at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',')) {
        struct kw_record record = {.offset_delta = atoi(at), .timestamp_delta = atoll(strchr(at, '@') + 1)};
        record.key = text("k");
        assert_int_equal(record_put(&f->work, &record), 0);
        last = record.offset_delta;
        count++;
    }
    f->out.len = BATCH_HEADER_BYTES;
    assert_int_equal(comp_pack(f->comp, codec, 0, (struct mr_slice){f->work.data, f->work.len}, &f->out), 0);
    struct kw_batch_header h = {.base_offset = 100,
                                .length = (int32_t)(f->out.len - BATCH_PREFIX_BYTES),
                                .magic = 2,
                                .attributes = (int16_t)(codec | (stamped ? BATCH_LOG_APPEND_TIME : 0)),
                                .last_offset_delta = last,
                                .max_timestamp = max,
                                .producer_id = -1,
                                .record_count = count};
    batch_header_write(f->out.data, &h);
    batch_seal(f->out.data);
    return only_batch((struct mr_slice){f->out.data, f->out.len});
}

static void assert_found(struct fixture *f, const struct kw_batch *b, int64_t timestamp, int64_t offset_min,
                         int64_t want)
{
    struct record_time at;
    assert_int_equal(batch_find_timestamp(b, f->comp, &f->unpacked, MIB, timestamp, offset_min, &at), 0);
    assert_int_equal(at.offset, want);
}

static void finds_by_time(void **state)
{
    struct fixture *f = *state;
    struct record_time at;
    for (int codec = COMP_NONE; codec <= COMP_GZIP; codec++) {
        struct kw_batch b = batch_of(f, codec, false, 9, "0@5,2@9,3@7,7@9,8@1");
        assert_found(f, &b, 0, 0, 100);
        assert_found(f, &b, 5, 0, 100);
        assert_found(f, &b, 6, 0, 102);
        assert_found(f, &b, 9, 0, 102);
        assert_found(f, &b, 10, 0, -1);
        assert_found(f, &b, 0, 101, 102);
        assert_found(f, &b, 8, 103, 107);
        assert_found(f, &b, 2, 108, -1);
        assert_found(f, &b, 0, 109, -1);
        assert_int_equal(batch_find_max_timestamp(&b, f->comp, &f->unpacked, MIB, 0, &at), 0);
        assert_int_equal(at.offset, 102);
        assert_int_equal(at.timestamp, 9);

        b = batch_of(f, codec, true, 50, "0@5,2@9,3@7"); /* the broker's time counts for all */
        assert_found(f, &b, 50, 0, 100);
        assert_found(f, &b, 51, 0, -1);
        assert_int_equal(batch_find_max_timestamp(&b, f->comp, &f->unpacked, MIB, 0, &at), 0);
        assert_int_equal(at.offset, 100); /* as measured on Kafka 4.1.0 */
        assert_int_equal(at.timestamp, 50);

        b = batch_of(f, codec, false, -1, "0@-1,1@-1");
        assert_int_equal(batch_find_max_timestamp(&b, f->comp, &f->unpacked, MIB, 0, &at), 0);
        assert_int_equal(at.offset, 100);
        assert_int_equal(at.timestamp, -1);
    }
    struct kw_batch b = batch_of(f, COMP_NONE, false, 9, "");
    assert_int_equal(batch_find_max_timestamp(&b, f->comp, &f->unpacked, MIB, 0, &at), 0);
    assert_int_equal(at.offset, -1);
}

static void renumbers(void **state)
{
    struct fixture *f = *state;
    char list[4096] = "";
    for (int i = 0; i < 200; i++)
        sprintf(list + strlen(list), "%d@%d,", (i * 37) % 50, i);
    struct kw_batch b = batch_of(f, COMP_LZ4, false, 199, list);
    struct mr_slice records;
    struct mr_scratch again;
    scratch_init(&again, MIB);
    assert_int_equal(batch_records(&b, f->comp, &f->unpacked, MIB, &records), 0);
    assert_int_equal(batch_rebuild(&b, records, f->comp, COMP_LZ4, 9, &again, &f->work), 0);
    struct kw_batch fresh = only_batch((struct mr_slice){again.data, again.len});
    assert_int_equal(batch_records(&fresh, f->comp, &f->unpacked, MIB, &records), 0);
    struct record_iter it;
    struct kw_record record;
    record_iter_init(&it, records, fresh.h.record_count);
    for (int i = 0; i < 200; i++) {
        assert_int_equal(record_next(&it, &record), 1);
        assert_int_equal(record.offset_delta, i);
        assert_int_equal(record.timestamp_delta, i);
        assert_slice(record.key, text("k"));
    }
    assert_int_equal(record_next(&it, &record), 0);

    size_t before = again.len; /* damage leaves the output alone */
    fresh.h.record_count++;
    assert_int_equal(batch_rebuild(&fresh, records, f->comp, COMP_LZ4, 9, &again, &f->work), -MR_E_CORRUPT);
    assert_int_equal(again.len, before);
    scratch_done(&again);
}

static void the_builder_keeps_its_bounds(void **state)
{
    struct fixture *f = *state;
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    how.bytes_max = 205;
    how.base_offset = 500;
    how.leader_epoch = 7;
    how.producer_id = 9;
    how.producer_epoch = 3;
    how.base_sequence = INT32_MAX;
    how.attributes = BATCH_TRANSACTIONAL;
    f->out.len = 0;
    assert_int_equal(batch_build_begin(&b, &how, &f->out, NULL, NULL), 0);
    struct batch_record record = {.timestamp = 10, .value = text("0123456789")};
    int n = 0, err;
    while ((err = batch_build_add(&b, &record)) == 0)
        n++;
    assert_int_equal(err, -MR_E_LIMIT);
    assert_int_equal(n, (205 - 61) / 17);
    record.value = text("");
    record.timestamp = 4;
    assert_int_equal(batch_build_add_at(&b, 20, &record), 0); /* a gap; this one still fits */
    assert_true(batch_build_bytes(&b) <= 205);
    assert_int_equal(batch_build_end(&b), 0);
    struct kw_batch got = only_batch((struct mr_slice){f->out.data, f->out.len});
    assert_int_equal(got.h.base_offset, 500);
    assert_int_equal(batch_last_offset(&got.h), 520);
    assert_int_equal(got.h.leader_epoch, 7);
    assert_int_equal(got.h.record_count, n + 1);
    assert_int_equal(got.h.base_timestamp, 10);
    assert_int_equal(got.h.max_timestamp, 10);
    assert_int_equal(got.h.crc, b.h.crc);
    assert_true(batch_is_transactional(&got.h));
    assert_int_equal(batch_last_sequence(&got.h), 19); /* wrapped */

    batch_assign(f->out.data, 1234567, 8);
    got = only_batch((struct mr_slice){f->out.data, f->out.len});
    assert_int_equal(got.h.base_offset, 1234567);
    assert_int_equal(got.h.leader_epoch, 8);
    assert_int_equal(got.h.crc, b.h.crc);

    assert_false(batch_set_timestamp(f->out.data, false, 10));
    assert_true(batch_set_timestamp(f->out.data, true, 99));
    got = only_batch((struct mr_slice){f->out.data, f->out.len});
    assert_true(got.h.attributes & BATCH_LOG_APPEND_TIME);
    assert_int_equal(got.h.max_timestamp, 99);
    assert_true(batch_set_timestamp(f->out.data, false, 10));
    assert_int_equal(mr_get32(f->out.data + BATCH_AT_CRC), b.h.crc);

    /* An empty batch keeps a producer's place after compaction. */
    f->out.len = 0;
    assert_int_equal(batch_build_begin(&b, &how, &f->out, NULL, NULL), 0);
    b.h.last_offset_delta = 4;
    assert_int_equal(batch_build_end(&b), 0);
    got = only_batch((struct mr_slice){f->out.data, f->out.len});
    assert_int_equal(got.bytes.len, 61);
    assert_int_equal(batch_next_offset(&got.h), 505);

    /* Given up half way. */
    assert_int_equal(batch_build_begin(&b, &how, &f->out, NULL, NULL), 0);
    assert_int_equal(batch_build_add(&b, &record), 0);
    batch_build_drop(&b);
    assert_int_equal(f->out.len, 61);
}

static void control_batches(void **state)
{
    struct fixture *f = *state;
    /* From a log of Kafka 4.1.0: producer 0, epoch 0, commits at offset 10. */
    static const char kafka_commit[] = "000000000000000a0000004200000000021a5dbbe1003000000000000001a1fca8b92"
                                       "2000001a1fca8b922000000000000000000"
                                       "00ffffffff000000012000000008000000010c00000000000000";
    struct batch_build_how how = batch_build_how_plain();
    struct control_record record;
    how.base_offset = 10;
    how.producer_id = 0;
    how.producer_epoch = 0;
    f->out.len = 0;
    assert_int_equal(control_put_marker(&f->out, &how, true, 0, 0x01a1fca8b922), 0);
    struct mr_scratch hex;
    scratch_init(&hex, 4096);
    struct mr_slice kafka = from_hex(&hex, kafka_commit);
    assert_int_equal(f->out.len, kafka.len);
    assert_memory_equal(f->out.data, kafka.ptr, kafka.len);
    struct kw_batch b = only_batch(kafka);
    assert_true(batch_is_control(&b.h) && batch_is_transactional(&b.h));
    assert_int_equal(control_read(&b, &record), 1);
    assert_int_equal(record.type, CONTROL_COMMIT);
    assert_int_equal(record.coordinator_epoch, 0);
    assert_true(record.timestamp == 0x01a1fca8b922);
    scratch_done(&hex);

    f->out.len = 0;
    how.producer_id = 5;
    assert_int_equal(control_put_marker(&f->out, &how, false, 77, 1), 0);
    b = only_batch((struct mr_slice){f->out.data, f->out.len});
    assert_int_equal(control_read(&b, &record), 1);
    assert_int_equal(record.type, CONTROL_ABORT);
    assert_int_equal(record.coordinator_epoch, 77);

    f->out.len = 0;
    how = batch_build_how_plain();
    assert_int_equal(control_put(&f->out, &how, CONTROL_SNAPSHOT_FOOTER, 1, text("\1\1\1")), 0);
    b = only_batch((struct mr_slice){f->out.data, f->out.len});
    assert_false(batch_is_transactional(&b.h));
    assert_int_equal(control_read(&b, &record), 1);
    assert_int_equal(record.type, CONTROL_SNAPSHOT_FOOTER);
    assert_slice(record.value, text("\1\1\1"));

    /* Compaction may leave an empty one; a short key or value is damage. */
    struct batch_builder builder;
    how.attributes = BATCH_CONTROL;
    f->out.len = 0;
    assert_int_equal(batch_build_begin(&builder, &how, &f->out, NULL, NULL), 0);
    builder.h.last_offset_delta = 0;
    assert_int_equal(batch_build_end(&builder), 0);
    b = only_batch((struct mr_slice){f->out.data, f->out.len});
    assert_int_equal(control_read(&b, &record), 0);
    static const struct {
        const char *key;
        size_t key_len, value_len;
    } bad[] = {{"\0\0\0", 3, 6}, {"\xff\xff\0\1", 4, 6}, {"\0\0\0\1", 4, 5}, {NULL, 0, 6}};
    for (size_t i = 0; i < MR_COUNT(bad); i++) {
        struct batch_record broken = {.key = {(const uint8_t *)bad[i].key, bad[i].key_len},
                                      .value = {(const uint8_t *)"\0\0\0\0\0\0", bad[i].value_len}};
        f->out.len = 0;
        assert_int_equal(batch_build_begin(&builder, &how, &f->out, NULL, NULL), 0);
        assert_int_equal(batch_build_add(&builder, &broken), 0);
        assert_int_equal(batch_build_end(&builder), 0);
        b = only_batch((struct mr_slice){f->out.data, f->out.len});
        assert_int_equal(control_read(&b, &record), -MR_E_CORRUPT);
    }
}

static void walking(void **state)
{
    struct fixture *f = *state;
    f->out.len = 0;
    build_java_records(f, COMP_NONE, 5, &f->out);
    size_t one = f->out.len;
    build_java_records(f, COMP_GZIP, 5, &f->out);
    size_t whole = f->out.len;
    for (size_t len = 0; len <= whole; len++) { /* a log cut anywhere: whole batches, then a rest */
        struct mr_slice rest = {f->out.data, len};
        struct kw_batch b;
        int n = 0, got;
        while ((got = batch_next(&rest, &b)) == 1)
            n++;
        assert_int_equal(got, 0);
        assert_int_equal(n, len == whole ? 2 : len >= one);
        assert_int_equal(rest.len, len == whole ? 0 : len >= one ? len - one : len);
    }
    assert_int_equal(batch_bytes_peek(f->out.data, 11), 0);
    assert_int_equal(batch_bytes_peek(f->out.data, 12), one);
    f->out.data[BATCH_AT_LENGTH + 3] = 48;
    f->out.data[BATCH_AT_LENGTH + 2] = 0;
    assert_int_equal(batch_bytes_peek(f->out.data, 12), -MR_E_CORRUPT);

    f->out.len = 0;
    build_java_records(f, COMP_NONE, 5, &f->out);
    struct mr_slice rest = {f->out.data, f->out.len};
    struct kw_batch b;
    assert_int_equal(batch_next(&rest, &b), 1);
    for (size_t pos = BATCH_AT_CRC; pos < f->out.len; pos += 13) { /* every damaged byte is seen */
        f->out.data[pos] ^= 1;
        batch_header_read(f->out.data, &b.h);
        assert_int_equal(batch_check(&b), -MR_E_CORRUPT);
        f->out.data[pos] ^= 1;
    }
    batch_header_read(f->out.data, &b.h);
    assert_int_equal(batch_check(&b), 0);
    b.h.base_offset = -1;
    assert_int_equal(batch_check(&b), -MR_E_CORRUPT);
    b.h.base_offset = INT64_MAX - 3;
    assert_int_equal(batch_check(&b), -MR_E_CORRUPT);
}

static void sequences(void **state)
{
    (void)state;
    assert_int_equal(batch_sequence_add(0, 5), 5);
    assert_int_equal(batch_sequence_add(INT32_MAX, 1), 0);
    assert_int_equal(batch_sequence_add(INT32_MAX - 1, 2), 0);
    assert_int_equal(batch_sequence_add(INT32_MAX, INT32_MAX), INT32_MAX - 1);
    struct kw_batch_header h = {.base_sequence = KW_NO_SEQUENCE, .last_offset_delta = 3};
    assert_int_equal(batch_last_sequence(&h), KW_NO_SEQUENCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(varints),
        cmocka_unit_test(reads_what_kafka_wrote),
        cmocka_unit_test(writes_as_kafka_does),
        cmocka_unit_test(round_trips_with_every_codec),
        cmocka_unit_test(finds_by_time),
        cmocka_unit_test(renumbers),
        cmocka_unit_test(the_builder_keeps_its_bounds),
        cmocka_unit_test(control_batches),
        cmocka_unit_test(walking),
        cmocka_unit_test(sequences),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
