/* net/client against the generated codecs: what one writes, the other reads. They share no code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "net/client.h"
#include "net/wire/gen/api_versions.h"
#include "net/wire/gen/create_partitions.h"
#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/delete_topics.h"
#include "net/wire/gen/fetch.h"
#include "net/wire/gen/init_producer_id.h"
#include "net/wire/gen/list_offsets.h"
#include "net/wire/gen/metadata.h"
#include "net/wire/gen/produce.h"
#include "net/wire/header.h"

enum { CORRELATION = 0x01020304 };

struct fixture {
    struct mr_arena arena;
    uint8_t bytes[65536];
    struct client_writer w;
    struct kw_writer answer;
    struct client_reader r;
};

static const struct mr_uuid topic_id = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    arena_init(&f->arena, 1 << 20);
    f->w = (struct client_writer){.ptr = f->bytes, .cap = sizeof(f->bytes)};
    kw_writer_init(&f->answer, &f->arena, 0, 1 << 20, false);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arena_done(&f->arena);
    free(f);
    return 0;
}

/* Decodes the frame that the client wrote; every byte of it must be used. */
static void check_request(struct fixture *f, int16_t api, int16_t version, void *ret)
{
    assert_false(f->w.full);
    assert_int_equal(mr_get32(f->bytes), f->w.len - 4);
    struct kw_reader r = kw_reader_of((struct mr_slice){f->bytes + 4, f->w.len - 4});
    struct kw_request_head head;
    assert_int_equal(kw_request_head_decode(&r, &head), 0);
    assert_int_equal(head.api_key, api);
    assert_int_equal(head.api_version, version);
    assert_int_equal(head.correlation_id, CORRELATION);
    assert_true(mr_str_is(head.client_id, "millrace-bench"));
    assert_int_equal(head.info->decode(&r, version, &f->arena, ret), 0);
    assert_int_equal(kw_left(&r), 0);
}

/* Encodes an answer and leaves f->r behind its header. */
static void make_answer(struct fixture *f, int16_t api, int16_t version, const void *message)
{
    kw_response_head_encode(&f->answer, api, version, CORRELATION);
    kw_response_info(api)->encode(&f->answer, version, message);
    assert_int_equal(f->answer.err, 0);
    struct mr_slice frame = {f->answer.buf, f->answer.len};
    assert_int_equal(client_answer(&f->r, frame, (enum client_api)api, CORRELATION), 0);
}

static void asks_for_api_versions(void **state)
{
    struct fixture *f = *state;
    struct kw_api_versions_request q;
    assert_int_equal(client_ask_api_versions(&f->w, CORRELATION), 0);
    check_request(f, CLIENT_API_VERSIONS, 3, &q);
    assert_true(mr_str_is(q.client_software_name, "millrace-bench"));
}

static void picks_the_highest_common_version(void **state)
{
    struct fixture *f = *state;
    struct kw_api_versions_response_api_key keys[] = {
        {0, 0, 13}, {1, 4, 16}, {3, 0, 11}, {18, 0, 4}, {19, 8, 9}};
    struct kw_api_versions_response_supported_feature features[] = {{MR_STR_LIT("kraft.version"), 0, 1}};
    struct kw_api_versions_response a;
    kw_api_versions_response_init(&a);
    a.api_keys = keys;
    a.api_keys_count = MR_COUNT(keys);
    a.supported_features = features;
    a.supported_features_count = 1;
    make_answer(f, CLIENT_API_VERSIONS, 3, &a);
    struct client_versions v;
    int16_t error = -1;
    assert_int_equal(client_read_api_versions(&f->r, &v, &error), 0);
    assert_int_equal(error, 0);
    assert_int_equal(client_pick(&v, CLIENT_PRODUCE), 13);
    assert_int_equal(client_pick(&v, CLIENT_FETCH), 16);
    assert_int_equal(client_pick(&v, CLIENT_METADATA), -MR_E_VERSION);      /* too old */
    assert_int_equal(client_pick(&v, CLIENT_CREATE_TOPICS), -MR_E_VERSION); /* too new */
    assert_int_equal(client_pick(&v, CLIENT_DELETE_TOPICS), -MR_E_VERSION); /* not offered */
}

static void asks_for_a_topic(void **state)
{
    struct fixture *f = *state;
    for (int16_t version = 12; version <= 13; version++) {
        struct kw_metadata_request q;
        f->w.len = 0;
        assert_int_equal(client_ask_topic(&f->w, version, CORRELATION, MR_STR_LIT("orders")), 0);
        check_request(f, CLIENT_METADATA, version, &q);
        assert_int_equal(q.topics_count, 1);
        assert_true(mr_str_is(q.topics[0].name, "orders"));
        assert_true(mr_uuid_is_zero(q.topics[0].topic_id));
        assert_false(q.allow_auto_topic_creation);
        assert_false(q.include_topic_authorized_operations);
    }
}

static void reads_a_topic(void **state)
{
    struct fixture *f = *state;
    int32_t nodes[] = {1, 2, 3};
    struct kw_metadata_response_broker brokers[] = {{1, MR_STR_LIT("127.0.0.1"), 9092, {NULL, 0}},
                                                    {2, MR_STR_LIT("host"), 9093, MR_STR_LIT("rack")}};
    struct kw_metadata_response_partition parts[4];
    for (int32_t i = 0; i < 4; i++) {
        kw_metadata_response_partition_init(&parts[i]);
        parts[i].partition_index = i;
        parts[i].leader_id = i == 2 ? -1 : 1;
        parts[i].error_code = i == 3 ? 5 : 0;
        parts[i].replica_nodes = parts[i].isr_nodes = nodes;
        parts[i].replica_nodes_count = 3;
        parts[i].isr_nodes_count = 2;
    }
    struct kw_metadata_response_topic topic = {.name = MR_STR_LIT("orders"),
                                               .topic_id = topic_id,
                                               .partitions = parts,
                                               .partitions_count = 4};
    struct kw_metadata_response a;
    kw_metadata_response_init(&a);
    a.brokers = brokers;
    a.brokers_count = 2;
    a.cluster_id = MR_STR_LIT("cluster");
    a.topics = &topic;
    a.topics_count = 1;
    make_answer(f, CLIENT_METADATA, 13, &a);
    struct client_topic got = {0};
    int16_t error = -1;
    assert_int_equal(client_read_topic(&f->r, 13, &got, &error), 0);
    assert_int_equal(error, 0);
    assert_true(mr_uuid_eq(got.id, topic_id));
    assert_int_equal(got.partitions, 4);
    assert_int_equal(got.leaderless, 2);
}

static void creates_a_topic(void **state)
{
    struct fixture *f = *state;
    struct client_config config[] = {{MR_STR_LIT("segment.bytes"), MR_STR_LIT("1048576")},
                                     {MR_STR_LIT("retention.ms"), MR_STR_LIT("-1")}};
    assert_int_equal(client_ask_create_topic(&f->w, 7, CORRELATION, MR_STR_LIT("orders"), 12, -1, config, 2,
                                             15000),
                     0);
    struct kw_create_topics_request q;
    check_request(f, CLIENT_CREATE_TOPICS, 7, &q);
    assert_int_equal(q.topics_count, 1);
    assert_true(mr_str_is(q.topics[0].name, "orders"));
    assert_int_equal(q.topics[0].num_partitions, 12);
    assert_int_equal(q.topics[0].replication_factor, -1);
    assert_int_equal(q.topics[0].configs_count, 2);
    assert_true(mr_str_is(q.topics[0].configs[1].name, "retention.ms"));
    assert_true(mr_str_is(q.topics[0].configs[1].value, "-1"));
    assert_int_equal(q.timeout_ms, 15000);
    assert_false(q.validate_only);

    struct kw_create_topics_response_topic topic = {.name = MR_STR_LIT("orders"),
                                                    .topic_id = topic_id,
                                                    .error_code = 36,
                                                    .error_message = MR_STR_LIT("there")};
    struct kw_create_topics_response a = {.topics = &topic, .topics_count = 1};
    make_answer(f, CLIENT_CREATE_TOPICS, 7, &a);
    int16_t error = 0;
    assert_int_equal(client_read_create_topic(&f->r, &error), 0);
    assert_int_equal(error, CLIENT_TOPIC_EXISTS);
}

static void gives_a_topic_more_partitions(void **state)
{
    struct fixture *f = *state;
    struct kw_create_partitions_request q;
    assert_int_equal(client_ask_create_partitions(&f->w, 3, CORRELATION, MR_STR_LIT("orders"), 10000, 15000),
                     0);
    check_request(f, CLIENT_CREATE_PARTITIONS, 3, &q);
    assert_int_equal(q.topics_count, 1);
    assert_true(mr_str_is(q.topics[0].name, "orders"));
    assert_int_equal(q.topics[0].count, 10000);
    assert_int_equal(q.topics[0].assignments_count, -1); /* null: as the broker likes */
    assert_int_equal(q.timeout_ms, 15000);
    assert_false(q.validate_only);

    struct kw_create_partitions_response_topic topic = {.name = MR_STR_LIT("orders"), .error_code = 37};
    struct kw_create_partitions_response a = {.results = &topic, .results_count = 1};
    make_answer(f, CLIENT_CREATE_PARTITIONS, 3, &a);
    int16_t error = 0;
    assert_int_equal(client_read_create_partitions(&f->r, &error), 0);
    assert_int_equal(error, 37); /* INVALID_PARTITIONS */
}

static void deletes_a_topic(void **state)
{
    struct fixture *f = *state;
    struct kw_delete_topics_request q;
    assert_int_equal(client_ask_delete_topic(&f->w, 6, CORRELATION, MR_STR_LIT("orders"), 15000), 0);
    check_request(f, CLIENT_DELETE_TOPICS, 6, &q);
    assert_int_equal(q.topics_count, 1);
    assert_true(mr_str_is(q.topics[0].name, "orders"));

    struct kw_delete_topics_response_topic topic = {.name = MR_STR_LIT("orders"),
                                                    .topic_id = topic_id,
                                                    .error_code = 3};
    struct kw_delete_topics_response a = {.responses = &topic, .responses_count = 1};
    make_answer(f, CLIENT_DELETE_TOPICS, 6, &a);
    int16_t error = 0;
    assert_int_equal(client_read_delete_topic(&f->r, &error), 0);
    assert_int_equal(error, CLIENT_UNKNOWN_TOPIC);
}

static void asks_for_offsets(void **state)
{
    struct fixture *f = *state;
    for (int16_t version = 6; version <= 9; version++) {
        struct kw_list_offsets_request q;
        f->w.len = 0;
        assert_int_equal(client_ask_offsets(&f->w, version, CORRELATION, MR_STR_LIT("orders"), 5, 3, -2), 0);
        check_request(f, CLIENT_LIST_OFFSETS, version, &q);
        assert_int_equal(q.replica_id, -1);
        assert_int_equal(q.topics[0].partitions_count, 3);
        assert_int_equal(q.topics[0].partitions[2].partition_index, 7);
        assert_int_equal(q.topics[0].partitions[2].timestamp, -2);
        assert_int_equal(q.topics[0].partitions[2].current_leader_epoch, -1);
    }
}

static void reads_offsets_in_any_order(void **state)
{
    struct fixture *f = *state;
    struct kw_list_offsets_response_partition parts[] = {{7, 0, -1, 700, 0},
                                                         {5, 0, -1, 500, 0},
                                                         {6, 6, -1, -1, -1}};
    struct kw_list_offsets_response_topic topic = {.name = MR_STR_LIT("orders"),
                                                   .partitions = parts,
                                                   .partitions_count = 3};
    struct kw_list_offsets_response a = {.topics = &topic, .topics_count = 1};
    make_answer(f, CLIENT_LIST_OFFSETS, 9, &a);
    struct client_reader again = f->r;
    int64_t offsets[3];
    int16_t error = 0;
    assert_int_equal(client_read_offsets(&f->r, 5, 3, offsets, &error), 0);
    assert_int_equal(offsets[0], 500);
    assert_int_equal(offsets[1], -1);
    assert_int_equal(offsets[2], 700);
    assert_int_equal(error, 6);
    assert_int_equal(client_read_offsets(&again, 6, 3, offsets, &error), -MR_E_CORRUPT); /* 5 was not asked */
}

static void gets_a_producer_id(void **state)
{
    struct fixture *f = *state;
    for (int16_t version = 3; version <= 5; version++) {
        struct kw_init_producer_id_request q;
        f->w.len = 0;
        assert_int_equal(client_ask_producer_id(&f->w, version, CORRELATION), 0);
        check_request(f, CLIENT_INIT_PRODUCER_ID, version, &q);
        assert_null(q.transactional_id.ptr);
        assert_int_equal(q.producer_id, -1);
        assert_int_equal(q.producer_epoch, -1);
    }
    struct kw_init_producer_id_response a = {.producer_id = 4711, .producer_epoch = 2};
    make_answer(f, CLIENT_INIT_PRODUCER_ID, 5, &a);
    int64_t id = 0;
    int16_t epoch = 0, error = -1;
    assert_int_equal(client_read_producer_id(&f->r, &id, &epoch, &error), 0);
    assert_int_equal(id, 4711);
    assert_int_equal(epoch, 2);
    assert_int_equal(error, 0);
}

static void asks_to_fetch(void **state)
{
    struct fixture *f = *state;
    struct client_topic topic = {.name = "orders", .id = topic_id};
    struct client_fetch_part parts[] = {{3, 300}, {1, 100}};
    struct client_fetch fetch = {.wait_ms = 500,
                                 .min_bytes = 1,
                                 .max_bytes = 1000000,
                                 .partition_max_bytes = 2000,
                                 .session_id = 9,
                                 .session_epoch = 4};
    for (int16_t version = 12; version <= 17; version++) {
        for (uint32_t count = 0; count <= 2; count++) {
            struct kw_fetch_request q;
            f->w.len = 0;
            assert_int_equal(client_ask_fetch(&f->w, version, CORRELATION, "millrace-bench", &fetch, &topic,
                                              parts, count),
                             0);
            check_request(f, CLIENT_FETCH, version, &q);
            assert_int_equal(q.replica_id, -1);
            assert_int_equal(q.replica_state.replica_id, -1);
            assert_int_equal(q.max_wait_ms, 500);
            assert_int_equal(q.min_bytes, 1);
            assert_int_equal(q.max_bytes, 1000000);
            assert_int_equal(q.session_id, 9);
            assert_int_equal(q.session_epoch, 4);
            assert_int_equal(q.topics_count, count == 0 ? 0 : 1);
            if (count < 2)
                continue;
            if (version >= 13)
                assert_true(mr_uuid_eq(q.topics[0].topic_id, topic_id));
            else
                assert_true(mr_str_is(q.topics[0].topic, "orders"));
            assert_int_equal(q.topics[0].partitions_count, 2);
            assert_int_equal(q.topics[0].partitions[0].partition, 3);
            assert_int_equal(q.topics[0].partitions[1].fetch_offset, 100);
            assert_int_equal(q.topics[0].partitions[1].partition_max_bytes, 2000);
            assert_int_equal(q.topics[0].partitions[1].current_leader_epoch, -1);
            assert_int_equal(q.topics[0].partitions[1].last_fetched_epoch, -1);
        }
    }
}

static void reads_what_was_produced(void **state)
{
    struct fixture *f = *state;
    struct kw_produce_response_record_error record = {3, MR_STR_LIT("bad")};
    struct kw_produce_response_partition parts[] = {{.index = 0, .base_offset = 10},
                                                    {.index = 1,
                                                     .error_code = 87,
                                                     .record_errors = &record,
                                                     .record_errors_count = 1,
                                                     .error_message = MR_STR_LIT("no"),
                                                     .current_leader = {2, 7}},
                                                    {.index = 2, .error_code = 2}};
    struct kw_produce_response_topic topic = {.name = MR_STR_LIT("orders"),
                                              .topic_id = topic_id,
                                              .partition_responses = parts,
                                              .partition_responses_count = 3};
    struct kw_produce_response_node_endpoint node = {1, MR_STR_LIT("host"), 9092, {NULL, 0}};
    struct kw_produce_response a = {.responses = &topic,
                                    .responses_count = 1,
                                    .throttle_time_ms = 5,
                                    .node_endpoints = &node,
                                    .node_endpoints_count = 1};
    for (int16_t version = 9; version <= 13; version++) {
        struct client_produced got;
        f->answer.len = 0;
        make_answer(f, CLIENT_PRODUCE, version, &a);
        struct client_reader cut = f->r;
        assert_int_equal(client_read_produced(&f->r, version, &got), 0);
        assert_int_equal(got.partitions, 3);
        assert_int_equal(got.failed, 2);
        assert_int_equal(got.error, 87);
        assert_int_equal(got.throttle_ms, 5);
        for (size_t len = cut.pos; len < cut.len; len++) { /* no prefix passes */
            struct client_reader r = {.ptr = cut.ptr, .len = len, .pos = cut.pos};
            assert_int_equal(client_read_produced(&r, version, &got), -MR_E_CORRUPT);
        }
    }
}

static void another_correlation_is_refused(void **state)
{
    struct fixture *f = *state;
    uint8_t frame[] = {0, 0, 0, 1, 0};
    assert_int_equal(client_answer(&f->r, (struct mr_slice){frame, 5}, CLIENT_FETCH, 1), 0);
    assert_int_equal(client_answer(&f->r, (struct mr_slice){frame, 5}, CLIENT_FETCH, 2), -MR_E_CORRUPT);
    assert_int_equal(client_answer(&f->r, (struct mr_slice){frame, 3}, CLIENT_FETCH, 1), -MR_E_CORRUPT);
}

static void varints_survive(void **state)
{
    struct fixture *f = *state;
    static const int64_t values[] = {0,   -1,   1,         63,        -64,       64,
                                     300, -300, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < MR_COUNT(values); i++)
        client_put_varint(&f->w, values[i]);
    struct client_reader r = {.ptr = f->bytes, .len = f->w.len};
    for (size_t i = 0; i < MR_COUNT(values); i++)
        assert_true(client_get_varint(&r) == values[i]);
    assert_int_equal(r.pos, r.len);
    assert_false(r.bad);
    memset(f->bytes, 0xff, 16);
    struct client_reader endless = {.ptr = f->bytes, .len = 16};
    assert_int_equal(client_get_uvarint(&endless), 0);
    assert_true(endless.bad);
}

static void what_does_not_fit_is_told(void **state)
{
    struct fixture *f = *state;
    f->w.cap = 40;
    assert_int_equal(client_ask_topic(&f->w, 12, CORRELATION, MR_STR_LIT("orders")), -MR_E_LIMIT);
    assert_true(f->w.len <= 40);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(asks_for_api_versions),
        TEST(picks_the_highest_common_version),
        TEST(asks_for_a_topic),
        TEST(reads_a_topic),
        TEST(creates_a_topic),
        TEST(gives_a_topic_more_partitions),
        TEST(deletes_a_topic),
        TEST(asks_for_offsets),
        TEST(reads_offsets_in_any_order),
        TEST(gets_a_producer_id),
        TEST(asks_to_fetch),
        TEST(reads_what_was_produced),
        TEST(another_correlation_is_refused),
        TEST(varints_survive),
        TEST(what_does_not_fit_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
