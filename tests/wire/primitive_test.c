/* The reader and the writer: edges of each primitive, errors that stick, splices, frames, tags, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "net/wire/gen/fetch.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/gen/metadata.h"
#include "net/wire/gen/produce.h"
#include "net/wire/kw_error.h"
#include "net/wire/reader.h"
#include "net/wire/writer.h"

enum { ARENA_BYTES = 4 << 20 };

struct fixture {
    struct mr_arena a;
    struct kw_writer w;
};

static int setup(void **state)
{
    struct fixture *f = malloc(sizeof(*f));
    arena_init(&f->a, ARENA_BYTES);
    kw_writer_init(&f->w, &f->a, 0, 1 << 20, false);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arena_done(&f->a);
    free(f);
    return 0;
}

#define READER(...)                                                                                          \
    kw_reader_of((struct mr_slice){(const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})})

static void check_uvarint(struct fixture *f, uint32_t value, size_t bytes)
{
    kw_writer_init(&f->w, &f->a, 0, 1024, false);
    kw_put_uvarint(&f->w, value);
    assert_int_equal(f->w.len, bytes);
    struct kw_reader r = kw_reader_of((struct mr_slice){f->w.buf, f->w.len});
    assert_int_equal(kw_get_uvarint(&r), value);
    assert_int_equal(r.err, 0);
    assert_int_equal(kw_left(&r), 0);
}

static void uvarints_grow_at_seven_bits(void **state)
{
    struct fixture *f = *state;
    check_uvarint(f, 0, 1);
    check_uvarint(f, 127, 1);
    check_uvarint(f, 128, 2);
    check_uvarint(f, 16383, 2);
    check_uvarint(f, 16384, 3);
    check_uvarint(f, 2097151, 3);
    check_uvarint(f, 2097152, 4);
    check_uvarint(f, 268435455, 4);
    check_uvarint(f, 268435456, 5);
    check_uvarint(f, UINT32_MAX, 5);

    struct kw_reader wide = READER(0xff, 0xff, 0xff, 0xff, 0x10); /* 33 bits */
    (void)kw_get_uvarint(&wide);
    assert_int_equal(wide.err, -MR_E_CORRUPT);
    struct kw_reader endless = READER(0x80, 0x80, 0x80, 0x80, 0x80, 0x00);
    (void)kw_get_uvarint(&endless);
    assert_int_equal(endless.err, -MR_E_CORRUPT);
    struct kw_reader padded = READER(0x81, 0x00); /* longer than it must be, and allowed */
    assert_int_equal(kw_get_uvarint(&padded), 1);
    assert_int_equal(padded.err, 0);
}

static void the_first_error_sticks(void **state)
{
    (void)state;
    struct kw_reader r = READER(1, 2, 3, 4, 5);
    assert_int_equal(kw_get_int32(&r), 0x01020304);
    assert_int_equal(kw_get_int16(&r), 0);
    assert_int_equal(r.err, -MR_E_CORRUPT);
    assert_int_equal(kw_get_int8(&r), 0); /* the byte that is left is not given any more */
    kw_reader_fail(&r, -MR_E_LIMIT);
    assert_int_equal(r.err, -MR_E_CORRUPT);
}

static void integers_are_big_endian(void **state)
{
    struct fixture *f = *state;
    kw_put_int8(&f->w, -2);
    kw_put_int16(&f->w, -2);
    kw_put_int32(&f->w, 0x01020304);
    kw_put_int64(&f->w, 0x0102030405060708);
    kw_put_uint16(&f->w, 0xfffe);
    kw_put_uint32(&f->w, 0xfffefdfc);
    kw_put_float64(&f->w, 1.5);
    kw_put_bool(&f->w, true);
    static const uint8_t want[] = {0xfe, 0xff, 0xfe, 1,    2,    3,    4,    1,    2, 3, 4, 5, 6, 7, 8,
                                   0xff, 0xfe, 0xff, 0xfe, 0xfd, 0xfc, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 1};
    assert_int_equal(f->w.len, sizeof(want));
    assert_memory_equal(f->w.buf, want, sizeof(want));
}

static void strings_keep_null_apart_from_empty(void **state)
{
    (void)state;
    struct kw_reader classic = READER(0xff, 0xff, 0, 0, 0, 2, 'h', 'i');
    assert_null(kw_get_string(&classic, false, true).ptr);
    struct mr_str empty = kw_get_string(&classic, false, true);
    assert_non_null(empty.ptr);
    assert_int_equal(empty.len, 0);
    assert_true(mr_str_is(kw_get_string(&classic, false, true), "hi"));
    assert_int_equal(classic.err, 0);

    struct kw_reader compact = READER(0, 1, 3, 'h', 'i');
    assert_null(kw_get_string(&compact, true, true).ptr);
    assert_non_null(kw_get_string(&compact, true, true).ptr);
    assert_true(mr_str_is(kw_get_string(&compact, true, true), "hi"));
    assert_int_equal(compact.err, 0);

    struct kw_reader null1 = READER(0xff, 0xff);
    (void)kw_get_string(&null1, false, false);
    assert_int_equal(null1.err, -MR_E_CORRUPT);
    struct kw_reader null2 = READER(0);
    (void)kw_get_bytes(&null2, true, false);
    assert_int_equal(null2.err, -MR_E_CORRUPT);
}

static void a_string_has_at_most_32767_bytes(void **state)
{
    struct fixture *f = *state;
    char *text = arena_zalloc(&f->a, 40000, 1, 1);
    kw_put_string(&f->w, true, false, (struct mr_str){text, 32767});
    assert_int_equal(f->w.err, 0);
    struct kw_reader r = kw_reader_of((struct mr_slice){f->w.buf, f->w.len});
    assert_int_equal(kw_get_string(&r, true, false).len, 32767);
    kw_put_string(&f->w, true, false, (struct mr_str){text, 32768});
    assert_int_equal(f->w.err, -MR_E_LIMIT);

    kw_writer_init(&f->w, &f->a, 0, 1 << 20, false);
    kw_put_bytes(&f->w, true, false, (struct mr_slice){(const uint8_t *)text, 32768});
    r = kw_reader_of((struct mr_slice){f->w.buf, f->w.len});
    (void)kw_get_string(&r, true, false);
    assert_int_equal(r.err, -MR_E_CORRUPT);
}

/* What a count promises must be there before memory is taken for it. */
static void a_count_beyond_the_bytes_takes_no_memory(void **state)
{
    struct fixture *f = *state;
    static const uint8_t huge[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3, 4};
    struct kw_produce_request request; /* transactional id "", acks, timeout, 2^31 - 1 topics */
    struct mr_slice classic = {huge, sizeof(huge)};
    classic.ptr += 4;
    classic.len -= 4;
    struct kw_reader r = kw_reader_of(classic);
    size_t before = f->a.used_bytes;
    assert_int_equal(kw_produce_request_decode(&r, 3, &f->a, &request), -MR_E_CORRUPT);
    assert_int_equal(f->a.used_bytes, before);

    int32_t count;
    struct kw_reader five = READER(0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0); /* two int32 in 7 bytes */
    assert_null(kw_get_int32_array(&five, &f->a, false, false, &count));
    assert_int_equal(five.err, -MR_E_CORRUPT);
    struct kw_reader null = READER(0xff, 0xff, 0xff, 0xff);
    assert_null(kw_get_int32_array(&null, &f->a, false, true, &count));
    assert_int_equal(count, -1);
    assert_int_equal(null.err, 0);
    struct kw_reader never = READER(0);
    (void)kw_get_int32_array(&never, &f->a, true, false, &count);
    assert_int_equal(never.err, -MR_E_CORRUPT);
}

static void arrays_of_primitives_come_back(void **state)
{
    struct fixture *f = *state;
    static const int8_t i8[] = {-1, 2};
    static const int16_t i16[] = {-1, 2};
    static const int64_t i64[] = {-1, 2};
    kw_put_int8_array(&f->w, true, false, i8, 2);
    kw_put_int16_array(&f->w, false, false, i16, 2);
    kw_put_int64_array(&f->w, true, false, i64, 2);
    kw_put_int64_array(&f->w, true, true, NULL, -1);
    struct kw_reader r = kw_reader_of((struct mr_slice){f->w.buf, f->w.len});
    int32_t count;
    assert_memory_equal(kw_get_int8_array(&r, &f->a, true, false, &count), i8, sizeof(i8));
    assert_memory_equal(kw_get_int16_array(&r, &f->a, false, false, &count), i16, sizeof(i16));
    assert_memory_equal(kw_get_int64_array(&r, &f->a, true, false, &count), i64, sizeof(i64));
    assert_int_equal(count, 2);
    assert_null(kw_get_int64_array(&r, &f->a, true, true, &count));
    assert_int_equal(count, -1);
    assert_int_equal(r.err, 0);
    assert_int_equal(kw_left(&r), 0);
}

static void unknown_tags_are_passed_over(void **state)
{
    struct fixture *f = *state;
    /* AbortTransaction would do; PartitionChange has tags 0-8. Unknown 9 and 300 stand around tag 1. */
    static const uint8_t bytes[] = {0,    0,    0,    7, /* partition_id */
                                    0,    0,    0,    0,    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, /* tags */
                                    1,    4,    0,    0,    0, 5, /* leader */
                                    9,    2,    0xaa, 0xbb,       /* unknown */
                                    0xac, 0x02, 0};               /* unknown 300, empty */
    struct kw_partition_change_record record;
    struct kw_reader r = kw_reader_of((struct mr_slice){bytes, sizeof(bytes)});
    assert_int_equal(kw_partition_change_record_decode(&r, 0, &f->a, &record), 0);
    assert_int_equal(record.leader, 5);
    assert_int_equal(record.isr_count, -1);
    assert_int_equal(kw_left(&r), 0);

    /* Tag 8 exists from version 1 on: in version 0 it is unknown and may hold anything. */
    static const uint8_t later[] = {0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0,
                                    0, 0, 0, 0, 0, 0, 0, 0, 1, 8, 1, 0x55};
    r = kw_reader_of((struct mr_slice){later, sizeof(later)});
    assert_int_equal(kw_partition_change_record_decode(&r, 0, &f->a, &record), 0);
    r = kw_reader_of((struct mr_slice){later, sizeof(later)});
    assert_int_equal(kw_partition_change_record_decode(&r, 1, &f->a, &record), -MR_E_CORRUPT);
}

static void a_known_tag_must_fill_its_size(void **state)
{
    struct fixture *f = *state;
    uint8_t bytes[] = {0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 4, 0, 0, 0, 5, 0};
    struct kw_partition_change_record record;
    bytes[22] = 5; /* one byte more than an int32 */
    struct kw_reader r = kw_reader_of((struct mr_slice){bytes, sizeof(bytes)});
    assert_int_equal(kw_partition_change_record_decode(&r, 0, &f->a, &record), -MR_E_CORRUPT);
    bytes[22] = 3; /* one less: the field must not read past it */
    r = kw_reader_of((struct mr_slice){bytes, sizeof(bytes)});
    assert_int_equal(kw_partition_change_record_decode(&r, 0, &f->a, &record), -MR_E_CORRUPT);
    bytes[22] = 4;
    r = kw_reader_of((struct mr_slice){bytes, sizeof(bytes)});
    assert_int_equal(kw_partition_change_record_decode(&r, 0, &f->a, &record), 0);
    bytes[20] = 200; /* more tags than bytes */
    r = kw_reader_of((struct mr_slice){bytes, sizeof(bytes)});
    assert_int_equal(kw_partition_change_record_decode(&r, 0, &f->a, &record), -MR_E_CORRUPT);
}

/* A payload of 128 bytes and more needs a longer size than was set aside. */
static void long_tags_are_moved(void **state)
{
    struct fixture *f = *state;
    for (int32_t count = 1; count < 6000; count = count * 3 / 2 + 1) {
        int32_t *isr = arena_alloc(&f->a, sizeof(*isr) * (size_t)count, 8);
        for (int32_t i = 0; i < count; i++)
            isr[i] = i;
        struct kw_partition_change_record record, back;
        kw_partition_change_record_init(&record);
        record.isr = isr;
        record.isr_count = count;
        record.leader = 3;
        kw_writer_init(&f->w, &f->a, 16, 1 << 20, false);
        kw_partition_change_record_encode(&f->w, 2, &record);
        assert_int_equal(f->w.err, 0);
        struct kw_reader r = kw_reader_of((struct mr_slice){f->w.buf, f->w.len});
        assert_int_equal(kw_partition_change_record_decode(&r, 2, &f->a, &back), 0);
        assert_int_equal(back.isr_count, count);
        assert_memory_equal(back.isr, isr, sizeof(*isr) * (size_t)count);
        assert_int_equal(back.leader, 3);
        assert_int_equal(kw_left(&r), 0);
    }
}

static void null_goes_out_as_empty_where_there_is_no_null(void **state)
{
    struct fixture *f = *state;
    struct kw_metadata_request all;
    kw_metadata_request_init(&all);
    all.topics_count = -1;
    kw_metadata_request_encode(&f->w, 0, &all); /* v0: no topics means all */
    assert_int_equal(f->w.len, 4);
    assert_memory_equal(f->w.buf, "\0\0\0\0", 4);
    kw_metadata_request_encode(&f->w, 1, &all);
    assert_int_equal(f->w.len, 8);
    assert_memory_equal(f->w.buf + 4, "\xff\xff\xff\xff", 4);
}

static void a_writer_keeps_to_its_limit(void **state)
{
    struct fixture *f = *state;
    kw_writer_init(&f->w, &f->a, 8, 100, false);
    static const uint8_t bytes[101];
    kw_put_raw(&f->w, bytes, 60);
    kw_put_raw(&f->w, bytes, 40);
    assert_int_equal(f->w.err, 0);
    kw_put_int8(&f->w, 1);
    assert_int_equal(f->w.err, -MR_E_LIMIT);
    assert_int_equal(f->w.len, 100);
    kw_put_raw(&f->w, bytes, 101);
    kw_put_uvarint(&f->w, 1000);
    kw_frame_end(&f->w, (struct kw_frame){0, 0});
    assert_int_equal(f->w.len, 100);

    struct mr_arena small;
    arena_init(&small, 8192);
    kw_writer_init(&f->w, &small, 0, 1 << 20, false);
    for (int i = 0; i < 10000; i++)
        kw_put_int8(&f->w, 1);
    assert_int_equal(f->w.err, -MR_E_LIMIT);
    arena_done(&small);
}

static struct mr_slice join(struct mr_arena *a, const struct iovec *iov, uint32_t count)
{
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++)
        len += iov[i].iov_len;
    uint8_t *bytes = arena_alloc(a, len, 1);
    struct mr_slice all = {bytes, len};
    for (uint32_t i = 0; i < count; i++) {
        memcpy(bytes, iov[i].iov_base, iov[i].iov_len);
        bytes += iov[i].iov_len;
    }
    return all;
}

/* A fetch response of four partitions: long parts by reference, short ones copied, and null. */
static void fill_fetch(struct mr_arena *a, struct kw_fetch_response *m, struct mr_slice *parts,
                       const uint8_t *data)
{
    parts[0] = (struct mr_slice){data, KW_SPLICE_BYTES_MIN};
    parts[1] = (struct mr_slice){data + 5000, 20};
    parts[2] = (struct mr_slice){data + 6000, 1000};
    struct kw_fetch_response_partition *p = arena_array(a, struct kw_fetch_response_partition, 4);
    for (int32_t i = 0; i < 4; i++) {
        kw_fetch_response_partition_init(&p[i]);
        p[i].partition_index = i;
    }
    p[0].records = kw_records_of_parts(parts, 3);
    p[1].records = kw_records_of((struct mr_slice){data, KW_SPLICE_BYTES_MIN - 1});
    p[2].records = kw_records_of((struct mr_slice){NULL, 0});
    p[3].records = kw_records_of((struct mr_slice){data, 9000});
    struct kw_fetch_response_topic *t = arena_new(a, struct kw_fetch_response_topic);
    kw_fetch_response_topic_init(t);
    t->topic = MR_STR_LIT("t");
    t->partitions = p;
    t->partitions_count = 4;
    kw_fetch_response_init(m);
    m->responses = t;
    m->responses_count = 1;
}

static void splices_change_nothing_but_the_copying(void **state)
{
    struct fixture *f = *state;
    uint8_t *data = arena_alloc(&f->a, 10000, 1);
    for (size_t i = 0; i < 10000; i++)
        data[i] = (uint8_t)(i * 7 + i / 256);
    for (int16_t version = 4; version <= 18; version++) {
        struct mr_slice parts[3];
        struct kw_fetch_response m;
        fill_fetch(&f->a, &m, parts, data);
        struct kw_writer plain, spliced;
        kw_writer_init(&plain, &f->a, 16, 1 << 20, false);
        struct kw_frame frame = kw_frame_begin(&plain);
        kw_fetch_response_encode(&plain, version, &m);
        kw_frame_end(&plain, frame);
        kw_writer_init(&spliced, &f->a, 16, 4096, true);
        frame = kw_frame_begin(&spliced);
        kw_fetch_response_encode(&spliced, version, &m);
        kw_frame_end(&spliced, frame);
        assert_int_equal(plain.err, 0);
        assert_int_equal(spliced.err, 0);
        assert_int_equal(spliced.splice_count, 3);
        assert_int_equal(kw_writer_bytes(&spliced), plain.len);
        assert_int_equal(mr_get32(plain.buf), plain.len - 4);

        struct iovec iov[16];
        uint32_t count = kw_writer_iov(&spliced, iov, 16);
        uint32_t pieces = version >= 12 ? 7 : 6; /* classic versions have nothing after the last */
        assert_int_equal(count, pieces);
        assert_ptr_equal(iov[1].iov_base, data);
        assert_ptr_equal(iov[3].iov_base, data + 6000);
        struct mr_slice all = join(&f->a, iov, count);
        assert_int_equal(all.len, plain.len);
        assert_memory_equal(all.ptr, plain.buf, plain.len);
        struct iovec few[2] = {{0}};
        assert_int_equal(kw_writer_iov(&spliced, few, 1), pieces);
        assert_null(few[1].iov_base);

        struct kw_fetch_response back;
        struct kw_reader r = kw_reader_of((struct mr_slice){all.ptr + 4, all.len - 4});
        assert_int_equal(kw_fetch_response_decode(&r, version, &f->a, &back), 0);
        const struct kw_fetch_response_partition *p = back.responses[0].partitions;
        assert_int_equal(p[0].records.bytes, KW_SPLICE_BYTES_MIN + 1020);
        assert_true(p[2].records.null);
        assert_int_equal(p[3].records.one.len, 9000);
        assert_ptr_equal(kw_records_part(&p[3].records, 0).ptr, p[3].records.one.ptr);
        assert_memory_equal(p[3].records.one.ptr, data, 9000);
    }
}

static void many_splices_grow_the_list(void **state)
{
    struct fixture *f = *state;
    static const uint8_t x[3] = {'x', 'y', 'z'};
    kw_writer_init(&f->w, &f->a, 0, 1 << 20, true);
    for (int i = 0; i < 100; i++) {
        kw_put_splice(&f->w, (struct mr_slice){x, sizeof(x)}, NULL);
        if (i % 2 == 0)
            kw_put_int8(&f->w, (int8_t)i);
    }
    struct iovec iov[256];
    uint32_t count = kw_writer_iov(&f->w, iov, 256);
    assert_int_equal(count, 150);
    assert_int_equal(join(&f->a, iov, count).len, 350);
    assert_int_equal(kw_writer_bytes(&f->w), 350);

    kw_writer_init(&f->w, &f->a, 0, 1 << 20, true);
    assert_int_equal(kw_writer_iov(&f->w, iov, 256), 0);
}

static void a_held_buffer_lives_as_long_as_the_arena(void **state)
{
    struct fixture *f = *state;
    struct mr_buf *buf = buf_new(100, 8, 0);
    struct mr_arena a;
    arena_init(&a, 65536);
    kw_writer_init(&f->w, &a, 0, 4096, true);
    kw_put_splice(&f->w, (struct mr_slice){buf->data, 100}, buf);
    assert_int_equal(buf->refs, 2);
    arena_done(&a);
    assert_int_equal(buf->refs, 1);

    kw_writer_init(&f->w, &f->a, 0, 4096, false);
    kw_put_splice(&f->w, (struct mr_slice){buf->data, 100}, buf); /* copied: nothing to hold */
    assert_int_equal(buf->refs, 1);
    assert_int_equal(f->w.len, 100);
    buf_unref(buf);
}

static void error_names_are_kafkas(void **state)
{
    (void)state;
    assert_string_equal(kw_error_name(KW_NONE), "NONE");
    assert_string_equal(kw_error_name(-1), "UNKNOWN_SERVER_ERROR");
    assert_string_equal(kw_error_name(3), "UNKNOWN_TOPIC_OR_PARTITION");
    assert_string_equal(kw_error_name(35), "UNSUPPORTED_VERSION");
    assert_string_equal(kw_error_name(100), "UNKNOWN_TOPIC_ID");
    assert_string_equal(kw_error_name(133), "SHARE_SESSION_LIMIT_REACHED");
    assert_string_equal(kw_error_name(134), "?"); /* later than 4.1 */
    assert_string_equal(kw_error_name(-2), "?");
    for (int16_t code = 0; code <= 133; code++)
        assert_non_null(kw_error_name(code));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(uvarints_grow_at_seven_bits),
        T(the_first_error_sticks),
        T(integers_are_big_endian),
        T(strings_keep_null_apart_from_empty),
        T(a_string_has_at_most_32767_bytes),
        T(a_count_beyond_the_bytes_takes_no_memory),
        T(arrays_of_primitives_come_back),
        T(unknown_tags_are_passed_over),
        T(a_known_tag_must_fill_its_size),
        T(long_tags_are_moved),
        T(null_goes_out_as_empty_where_there_is_no_null),
        T(a_writer_keeps_to_its_limit),
        T(splices_change_nothing_but_the_copying),
        T(many_splices_grow_the_list),
        T(a_held_buffer_lives_as_long_as_the_arena),
        T(error_names_are_kafkas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
