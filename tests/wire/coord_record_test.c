/* Heads of coordinator records and of what consumers embed, against bytes that Apache Kafka 4.1.0 wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "net/wire/coord_record.h"
#include "net/wire/gen/consumer_group_log.h"
#include "net/wire/gen/group_log.h"
#include "net/wire/gen/txn_log.h"
#include "net/wire/subscription.h"
#include "tests/wire/golden.h"

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

/* Bytes of hex digits, in the arena. */
static struct mr_slice hex(struct mr_arena *a, const char *digits)
{
    struct mr_slice own = golden_unhex(digits);
    uint8_t *copy = arena_alloc(a, own.len + 1, 1);
    assert_non_null(copy);
    memcpy(copy, own.ptr, own.len);
    free((void *)(uintptr_t)own.ptr);
    return (struct mr_slice){copy, own.len};
}

static void check_written(const struct kw_writer *w, struct mr_slice want)
{
    assert_int_equal(w->err, 0);
    assert_int_equal(w->len, want.len);
    assert_memory_equal(w->buf, want.ptr, want.len);
}

static void a_committed_offset_is_written_as_kafka_does(void **state)
{
    struct mr_arena *a = *state;
    struct mr_slice key_bytes = hex(a, "000100016700017400000007");
    struct mr_slice value_bytes = hex(a, "000300000000000000050000000200016d0000000000000009");
    struct kw_reader r = kw_reader_of(key_bytes);
    int16_t type, version;
    assert_int_equal(kw_coord_head_decode(&r, &type), 0);
    const struct kw_coord_kind *kind = kw_coord_kind(KW_COORD_GROUPS, type);
    assert_non_null(kind);
    assert_int_equal(kind->type, KW_GROUP_OFFSET_COMMIT);
    assert_ptr_equal(kind->key, &kw_offset_commit_key_info);
    struct kw_offset_commit_key key;
    assert_int_equal(kw_offset_commit_key_decode(&r, KW_COORD_KEY_VERSION, a, &key), 0);
    assert_true(mr_str_is(key.group, "g") && mr_str_is(key.topic, "t"));
    assert_int_equal(key.partition, 7);

    r = kw_reader_of(value_bytes);
    assert_int_equal(kw_coord_head_decode(&r, &version), 0);
    assert_int_equal(version, 3);
    struct kw_offset_commit_value value;
    assert_int_equal(kw_offset_commit_value_decode(&r, version, a, &value), 0);
    assert_int_equal(value.offset, 5);
    assert_int_equal(value.leader_epoch, 2);
    assert_true(mr_str_is(value.metadata, "m"));
    assert_int_equal(value.commit_timestamp, 9);

    struct kw_writer w;
    kw_writer_init(&w, a, 0, 1 << 16, false);
    kw_coord_key_encode(&w, kind, &key);
    check_written(&w, key_bytes);
    kw_writer_init(&w, a, 0, 1 << 16, false);
    kw_coord_value_encode(&w, kind, version, &value);
    check_written(&w, value_bytes);
}

static void an_offset_of_the_oldest_type_is_read(void **state)
{
    struct mr_arena *a = *state;
    struct kw_reader r = kw_reader_of(hex(a, "000000016700017400000007"));
    int16_t type = -1, version = -1;
    assert_int_equal(kw_coord_head_decode(&r, &type), 0);
    const struct kw_coord_kind *kind = kw_coord_kind(KW_COORD_GROUPS, type);
    assert_non_null(kind);
    struct kw_offset_commit_key key;
    assert_int_equal(kind->key->decode(&r, KW_COORD_KEY_VERSION, a, &key), 0);
    assert_int_equal(key.partition, 7);
    r = kw_reader_of(hex(a, "0000000000000000000500016d0000000000000009"));
    assert_int_equal(kw_coord_head_decode(&r, &version), 0);
    assert_int_equal(version, kind->version);
    struct kw_offset_commit_value value;
    assert_int_equal(kind->value->decode(&r, version, a, &value), 0);
    assert_int_equal(value.offset, 5);
    assert_int_equal(value.leader_epoch, -1);
    assert_int_equal(kw_left(&r), 0);
}

static void a_record_of_brokers_before_4_1_is_read(void **state)
{
    struct mr_arena *a = *state;
    struct kw_reader r = kw_reader_of(hex(a, "0004000167"));
    int16_t type = -1, version = -1;
    assert_int_equal(kw_coord_head_decode(&r, &type), 0);
    assert_int_equal(type, KW_GROUP_CONSUMER_PARTITION_METADATA);
    r = kw_reader_of(hex(a, "00000200000000000000000000000000000000027400000003010000"));
    assert_int_equal(kw_coord_head_decode(&r, &version), 0);
    struct kw_consumer_group_partition_metadata_value value;
    assert_int_equal(kw_coord_kind(KW_COORD_GROUPS, type)->value->decode(&r, version, a, &value), 0);
    assert_int_equal(value.topics_count, 1);
    assert_true(mr_str_is(value.topics[0].topic_name, "t"));
    assert_int_equal(value.topics[0].num_partitions, 3);
    assert_int_equal(kw_left(&r), 0);
}

static void heads_that_are_too_short_or_unknown_are_told_apart(void **state)
{
    struct mr_arena *a = *state;
    int16_t head = 77;
    struct kw_reader r = kw_reader_of(hex(a, "00"));
    assert_int_equal(kw_coord_head_decode(&r, &head), -MR_E_CORRUPT);
    r = kw_reader_of((struct mr_slice){NULL, 0});
    assert_int_equal(kw_coord_head_decode(&r, &head), -MR_E_CORRUPT);
    assert_int_equal(head, 77);
    r = kw_reader_of(hex(a, "ffff"));
    assert_int_equal(kw_coord_head_decode(&r, &head), 0);
    assert_int_equal(head, -1);
    struct kw_offset_commit_value value;
    assert_int_equal(kw_offset_commit_value_decode(&r, head, a, &value), -MR_E_VERSION);
}

static void every_type_has_a_key_and_a_value_of_its_own(void **state)
{
    (void)state;
    const struct kw_message *info;
    int keys = 0, kinds = 0;
    for (uint32_t i = 0; (info = kw_message_at(i)) != NULL; i++) {
        size_t len = strlen(info->name);
        if (info->kind != KW_DATA || info->key < 0 || strcmp(info->name + len - 3, "Key") != 0)
            continue;
        keys++;
        bool txn = info == &kw_transaction_log_key_info;
        const struct kw_coord_kind *kind = kw_coord_kind(txn ? KW_COORD_TXNS : KW_COORD_GROUPS, info->key);
        assert_non_null(kind);
        assert_ptr_equal(kind->key, info);
        assert_memory_equal(kind->value->name, info->name, len - 3);
        assert_string_equal(kind->value->name + len - 3, "Value");
        assert_int_equal(kind->value->key, kind->type);
        assert_int_equal(kind->key->v_max, KW_COORD_KEY_VERSION);
        assert_in_range(kind->version, 0, kind->value->v_max);
    }
    for (int type = INT16_MIN; type <= INT16_MAX; type++) {
        kinds += kw_coord_kind(KW_COORD_GROUPS, (int16_t)type) != NULL;
        kinds += kw_coord_kind(KW_COORD_TXNS, (int16_t)type) != NULL;
    }
    assert_int_equal(keys, 10);
    assert_int_equal(kinds, keys + 1); /* the oldest type shares its messages */
}

static void what_an_encoder_cannot_write_is_an_error(void **state)
{
    struct kw_offset_commit_value value;
    kw_offset_commit_value_init(&value);
    struct kw_writer w;
    kw_writer_init(&w, *state, 0, 1 << 16, false);
    kw_coord_value_encode(&w, kw_coord_kind(KW_COORD_GROUPS, KW_GROUP_OFFSET_COMMIT), 5, &value);
    assert_int_equal(w.err, -MR_E_VERSION);
}

/* Topic t, generation 4, rack r, at version 3. */
static const char subscription_v3[] = "000300000001000174ffffffff0000000000000004000172";
static const char subscription_v9[] = "000900000001000174ffffffff00000000000000040001720102";

static void a_subscription_newer_than_ours_is_read_as_our_last(void **state)
{
    struct mr_arena *a = *state;
    const char *const both[] = {subscription_v3, subscription_v9};
    for (size_t i = 0; i < MR_COUNT(both); i++) {
        struct kw_consumer_protocol_subscription s;
        int16_t version;
        assert_int_equal(kw_subscription_decode(hex(a, both[i]), a, &version, &s), 0);
        assert_int_equal(version, i == 0 ? 3 : 9);
        assert_int_equal(s.topics_count, 1);
        assert_true(mr_str_is(s.topics[0], "t"));
        assert_null(s.user_data.ptr);
        assert_int_equal(s.generation_id, 4);
        assert_true(mr_str_is(s.rack_id, "r"));
        struct kw_writer w;
        kw_writer_init(&w, a, 0, 1 << 16, false);
        kw_subscription_encode(&w, version, &s);
        check_written(&w, hex(a, subscription_v3));
    }
}

static void a_subscription_that_does_not_parse_is_corrupt(void **state)
{
    struct mr_arena *a = *state;
    static const char *const broken[] = {
        "-",
        "00",
        "ffff00000001000174ffffffff0000000000000004000172", /* a negative version */
        "000900000001000174ffffffff",                       /* newer than ours, yet without v1's fields */
        "0003000000ff000174ffffffff0000000000000004000172", /* 255 topics */
    };
    for (size_t i = 0; i < MR_COUNT(broken); i++) {
        struct kw_consumer_protocol_subscription s;
        int16_t version;
        assert_int_equal(kw_subscription_decode(hex(a, broken[i]), a, &version, &s), -MR_E_CORRUPT);
    }
}

static void topics_are_found_whatever_the_version_says(void **state)
{
    struct mr_arena *a = *state;
    static const char *const same[] = {subscription_v3, subscription_v9, "ffff00000001000174ffffffff"};
    struct kw_consumer_protocol_subscription s;
    for (size_t i = 0; i < MR_COUNT(same); i++) {
        assert_int_equal(kw_subscription_decode_v0(hex(a, same[i]), a, &s), 0);
        assert_int_equal(s.topics_count, 1);
        assert_true(mr_str_is(s.topics[0], "t"));
        assert_int_equal(s.generation_id, -1);
        assert_null(s.rack_id.ptr);
    }
    assert_int_equal(kw_subscription_decode_v0(hex(a, "000000000001000174ffff"), a, &s), -MR_E_CORRUPT);
}

static void an_assignment_survives_and_newer_ones_are_our_last(void **state)
{
    struct mr_arena *a = *state;
    const char *v3 = "000300000001000174000000020000000000000002ffffffff";
    const char *v9 = "000900000001000174000000020000000000000002ffffffff";
    struct kw_consumer_protocol_assignment m;
    int16_t version;
    assert_int_equal(kw_assignment_decode(hex(a, v9), a, &version, &m), 0);
    assert_int_equal(version, 9);
    assert_int_equal(m.assigned_partitions_count, 1);
    assert_true(mr_str_is(m.assigned_partitions[0].topic, "t"));
    assert_int_equal(m.assigned_partitions[0].partitions_count, 2);
    assert_int_equal(m.assigned_partitions[0].partitions[1], 2);
    struct kw_writer w;
    kw_writer_init(&w, a, 0, 1 << 16, false);
    kw_assignment_encode(&w, version, &m);
    check_written(&w, hex(a, v3));
    assert_int_equal(kw_assignment_decode(hex(a, "ffff00000000ffffffff"), a, &version, &m), -MR_E_CORRUPT);
    assert_int_equal(kw_assignment_decode(hex(a, "000000000000"), a, &version, &m), -MR_E_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_committed_offset_is_written_as_kafka_does, setup, teardown),
        cmocka_unit_test_setup_teardown(an_offset_of_the_oldest_type_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(a_record_of_brokers_before_4_1_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(heads_that_are_too_short_or_unknown_are_told_apart, setup, teardown),
        cmocka_unit_test(every_type_has_a_key_and_a_value_of_its_own),
        cmocka_unit_test_setup_teardown(what_an_encoder_cannot_write_is_an_error, setup, teardown),
        cmocka_unit_test_setup_teardown(a_subscription_newer_than_ours_is_read_as_our_last, setup, teardown),
        cmocka_unit_test_setup_teardown(a_subscription_that_does_not_parse_is_corrupt, setup, teardown),
        cmocka_unit_test_setup_teardown(topics_are_found_whatever_the_version_says, setup, teardown),
        cmocka_unit_test_setup_teardown(an_assignment_survives_and_newer_ones_are_our_last, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
