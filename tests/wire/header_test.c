/* Headers and whole frames, byte by byte from the protocol's facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "net/wire/gen/api_versions.h"
#include "net/wire/gen/heartbeat.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/gen/produce.h"
#include "net/wire/header.h"

static int setup(void **state)
{
    struct mr_arena *a = malloc(sizeof(*a));
    arena_init(a, 1 << 20);
    *state = a;
    return 0;
}

static int teardown(void **state)
{
    arena_done(*state);
    free(*state);
    return 0;
}

#define BYTES(...) ((struct mr_slice){(const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})})

static void check_bytes(const struct kw_writer *w, struct mr_slice want)
{
    assert_int_equal(w->err, 0);
    assert_int_equal(w->len, want.len);
    assert_memory_equal(w->buf, want.ptr, want.len);
}

static void a_flexible_request_has_header_2(void **state)
{
    struct mr_arena *a = *state;
    /* Produce v9: key, version, correlation id, client id with an int16 length, tags; then the body. */
    struct mr_slice bytes = BYTES(0, 0, 0, 9, 0, 0, 0, 42, 0, 2, 'm', 'e', 0, /* header */
                                  0, 0xff, 0xff, 0, 0, 0x75, 0x30,            /* null txn, acks -1, 30 s */
                                  2, 2, 't', 2, 0, 0, 0, 3, 4, 'a', 'b', 'c', 0, 0, 0);
    struct kw_reader r = kw_reader_of(bytes);
    struct kw_request_head head;
    assert_int_equal(kw_request_head_decode(&r, &head), 0);
    assert_int_equal(head.api_key, 0);
    assert_int_equal(head.api_version, 9);
    assert_int_equal(head.correlation_id, 42);
    assert_true(mr_str_is(head.client_id, "me"));
    assert_ptr_equal(head.info, &kw_produce_request_info);
    struct kw_produce_request m;
    assert_int_equal(kw_produce_request_decode(&r, 9, a, &m), 0);
    assert_int_equal(kw_left(&r), 0);
    assert_null(m.transactional_id.ptr);
    assert_int_equal(m.acks, -1);
    assert_int_equal(m.timeout_ms, 30000);
    assert_int_equal(m.topic_data_count, 1);
    assert_true(mr_str_is(m.topic_data[0].name, "t"));
    assert_true(mr_uuid_is_zero(m.topic_data[0].topic_id));
    const struct kw_produce_request_partition *p = &m.topic_data[0].partition_data[0];
    assert_int_equal(p->index, 3);
    assert_int_equal(p->records.bytes, 3);
    assert_true(p->records.one.ptr > bytes.ptr && p->records.one.ptr < bytes.ptr + bytes.len);

    struct kw_writer w;
    kw_writer_init(&w, a, 0, 4096, false);
    kw_request_head_encode(&w, &kw_produce_request_info, 9, 42, MR_STR_LIT("me"));
    kw_produce_request_encode(&w, 9, &m);
    check_bytes(&w, bytes);
}

static void a_classic_request_has_header_1(void **state)
{
    struct mr_arena *a = *state;
    struct mr_slice bytes = BYTES(0, 12, 0, 0, 0, 0, 0, 1, 0xff, 0xff, /* no client id */
                                  0, 1, 'g', 0, 0, 0, 5, 0, 1, 'm');
    struct kw_reader r = kw_reader_of(bytes);
    struct kw_request_head head;
    assert_int_equal(kw_request_head_decode(&r, &head), 0);
    assert_null(head.client_id.ptr);
    struct kw_heartbeat_request m;
    assert_int_equal(kw_heartbeat_request_decode(&r, 0, a, &m), 0);
    assert_int_equal(m.generation_id, 5);
    assert_true(mr_str_is(m.member_id, "m"));
    assert_null(m.group_instance_id.ptr); /* its default, which is null */
    struct kw_writer w;
    kw_writer_init(&w, a, 0, 4096, false);
    kw_request_head_encode(&w, &kw_heartbeat_request_info, 0, 1, (struct mr_str){NULL, 0});
    kw_heartbeat_request_encode(&w, 0, &m);
    check_bytes(&w, bytes);
}

static void an_unknown_api_leaves_all_but_eight_bytes(void **state)
{
    (void)state;
    struct kw_reader r = kw_reader_of(BYTES(0, 200, 0, 7, 0, 0, 0, 1, 0xee, 0xee, 0xee));
    struct kw_request_head head;
    assert_int_equal(kw_request_head_decode(&r, &head), 0);
    assert_int_equal(head.api_key, 200);
    assert_int_equal(head.api_version, 7);
    assert_null(head.info);
    assert_null(head.client_id.ptr);
    assert_int_equal(kw_left(&r), 3);
}

/* KIP-511: a client may ask in a version that does not exist yet; the header is still read. */
static void api_versions_of_the_future_has_header_2(void **state)
{
    (void)state;
    struct kw_reader r = kw_reader_of(BYTES(0, 18, 0, 99, 0, 0, 0, 7, 0, 1, 'c', 1, 0, 2, 5, 5, 0xaa));
    struct kw_request_head head;
    assert_int_equal(kw_request_head_decode(&r, &head), 0);
    assert_int_equal(head.api_version, 99);
    assert_true(head.api_version > head.info->v_max);
    assert_true(mr_str_is(head.client_id, "c"));
    assert_int_equal(kw_left(&r), 1);
}

static void bad_headers_are_corrupt(void **state)
{
    (void)state;
    struct mr_slice good = BYTES(0, 18, 0, 3, 0, 0, 0, 7, 0, 1, 'c', 1, 0, 2, 5, 5);
    struct kw_request_head head;
    for (size_t cut = 0; cut < good.len; cut++) {
        struct kw_reader r = kw_reader_of((struct mr_slice){good.ptr, cut});
        assert_int_equal(kw_request_head_decode(&r, &head), -MR_E_CORRUPT);
    }
    struct kw_reader long_id = kw_reader_of(BYTES(0, 18, 0, 3, 0, 0, 0, 7, 0x7f, 0xff, 'c', 0));
    assert_int_equal(kw_request_head_decode(&long_id, &head), -MR_E_CORRUPT);
}

static void api_versions_answers_have_header_0(void **state)
{
    struct mr_arena *a = *state;
    /* What Kafka 4.1.0 sends to a client that asked in version 99: layout of v0, error 35, its range. */
    struct kw_api_versions_response_api_key key = {.api_key = 18, .min_version = 0, .max_version = 4};
    struct kw_api_versions_response m;
    kw_api_versions_response_init(&m);
    m.error_code = 35;
    m.api_keys = &key;
    m.api_keys_count = 1;
    struct kw_writer w;
    kw_writer_init(&w, a, 0, 4096, false);
    struct kw_frame frame = kw_frame_begin(&w);
    kw_response_head_encode(&w, 18, 0, 7);
    kw_api_versions_response_encode(&w, 0, &m);
    kw_frame_end(&w, frame);
    check_bytes(&w, BYTES(0, 0, 0, 16, 0, 0, 0, 7, 0, 35, 0, 0, 0, 1, 0, 18, 0, 0, 0, 4));

    /* v3: a flexible body behind the same header. */
    m.error_code = 0;
    kw_writer_init(&w, a, 0, 4096, false);
    kw_response_head_encode(&w, 18, 3, 7);
    kw_api_versions_response_encode(&w, 3, &m);
    check_bytes(&w, BYTES(0, 0, 0, 7, 0, 0, 2, 0, 18, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0));
    m.finalized_features_epoch = 1;
    m.zk_migration_ready = true;
    kw_writer_init(&w, a, 0, 4096, false);
    kw_api_versions_response_encode(&w, 3, &m);
    check_bytes(&w, BYTES(0, 0, 2, 0, 18, 0, 0, 0, 4, 0, 0, 0, 0, 0, /* as above, then two tags */
                          2, 1, 8, 0, 0, 0, 0, 0, 0, 0, 1, 3, 1, 1));
}

static void response_headers_follow_the_version(void **state)
{
    struct mr_arena *a = *state;
    struct kw_writer w;
    kw_writer_init(&w, a, 0, 4096, false);
    kw_response_head_encode(&w, 0, 8, 1);  /* Produce, classic */
    kw_response_head_encode(&w, 0, 9, 2);  /* flexible */
    kw_response_head_encode(&w, 47, 0, 3); /* OffsetDelete is never flexible */
    kw_response_head_encode(&w, 18, 4, 4); /* ApiVersions never in its header */
    check_bytes(&w, BYTES(0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 4));
    struct kw_reader r = kw_reader_of((struct mr_slice){w.buf, w.len});
    int32_t correlation_id;
    assert_int_equal(kw_response_head_decode(&r, 0, 8, &correlation_id), 0);
    assert_int_equal(correlation_id, 1);
    assert_int_equal(kw_response_head_decode(&r, 0, 9, &correlation_id), 0);
    assert_int_equal(correlation_id, 2);
    assert_int_equal(kw_response_head_decode(&r, 47, 0, &correlation_id), 0);
    assert_int_equal(correlation_id, 3);
    assert_int_equal(kw_response_head_decode(&r, 18, 4, &correlation_id), 0);
    assert_int_equal(correlation_id, 4);
    assert_int_equal(kw_response_head_decode(&r, 0, 8, &correlation_id), -MR_E_CORRUPT);
    assert_int_equal(correlation_id, 4);
}

static void metadata_records_carry_type_and_version(void **state)
{
    struct mr_arena *a = *state;
    struct mr_slice bytes =
        BYTES(1, 2, 0, 4, 'a', 'b', 'c', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0);
    struct kw_reader r = kw_reader_of(bytes);
    int16_t type, version;
    assert_int_equal(kw_record_head_decode(&r, &type, &version), 0);
    assert_int_equal(type, 2);
    assert_int_equal(version, 0);
    assert_ptr_equal(kw_record_info(type), &kw_topic_record_info);
    struct kw_topic_record m;
    assert_int_equal(kw_topic_record_decode(&r, version, a, &m), 0);
    assert_true(mr_str_is(m.name, "abc"));
    assert_int_equal(m.topic_id.bytes[15], 16);
    struct kw_writer w;
    kw_writer_init(&w, a, 0, 4096, false);
    kw_record_head_encode(&w, type, version);
    kw_topic_record_encode(&w, version, &m);
    check_bytes(&w, bytes);

    struct kw_reader other = kw_reader_of(BYTES(2, 2, 0));
    assert_int_equal(kw_record_head_decode(&other, &type, &version), -MR_E_VERSION);
    struct kw_reader big = kw_reader_of(BYTES(1, 0xff, 0xff, 0x7f, 0));
    assert_int_equal(kw_record_head_decode(&big, &type, &version), -MR_E_CORRUPT);
    struct kw_reader cut = kw_reader_of(BYTES(1, 2));
    assert_int_equal(kw_record_head_decode(&cut, &type, &version), -MR_E_CORRUPT);
}

/* A sample by hand; the golden files cover the rest. */
static void versions_are_those_of_4_1(void **state)
{
    (void)state;
    assert_int_equal(kw_produce_request_info.flexible_from, 9);
    assert_int_equal(kw_heartbeat_request_info.flexible_from, 4);
    assert_int_equal(kw_api_versions_request_info.v_max, 4);
    assert_int_equal(kw_produce_request_info.v_min, 3);
    assert_int_equal(kw_request_info(47)->flexible_from, KW_NEVER);
    assert_int_equal(kw_request_info(22)->v_stable, 5);
    assert_int_equal(kw_request_info(9)->v_stable, 9);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_flexible_request_has_header_2),
        T(a_classic_request_has_header_1),
        T(an_unknown_api_leaves_all_but_eight_bytes),
        T(api_versions_of_the_future_has_header_2),
        T(bad_headers_are_corrupt),
        T(api_versions_answers_have_header_0),
        T(response_headers_follow_the_version),
        T(metadata_records_carry_type_and_version),
        T(versions_are_those_of_4_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
