/* A transactional id: its records are, byte for byte, those that Apache Kafka 4.1.0 wrote for the same story
 * (tests/wire/golden/captured/transaction_state.txt). */
#include "tests/unit/txn_script.h"

static void assert_hex(struct mr_slice s, const char *want)
{
    char *hex = calloc(2, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        snprintf(hex + 2 * i, 3, "%02x", s.ptr[i]);
    assert_string_equal(hex, want);
    free(hex);
}

/* The change under way is that record, and holds. A new id made of it says the same. */
static void written(struct script *s, const char *want)
{
    struct mr_slice key, value, again;
    struct txn *copy;
    int16_t version = s->limits.version > 0;
    assert_int_equal(txn_record(s->t, &s->arena, version, &key, &value), 0);
    assert_hex(value, want);
    txn_written(s->t, true);
    assert_int_equal(txn_new(MR_STR_LIT("shop"), &copy), 0);
    assert_int_equal(txn_load(copy, value), 0);
    assert_int_equal(txn_record(copy, &s->arena, version, &key, &again), 0);
    assert_hex(again, want);
    txn_free(copy);
}

static void add(struct script *s, int16_t epoch, bool v2, const char *topic, int32_t first, int32_t count,
                int64_t now_ms)
{
    struct txn_part parts[PARTS_MAX];
    struct txn_add in = {.producer_id = s->fresh_id,
                         .producer_epoch = epoch,
                         .parts = parts,
                         .count = (uint32_t)count,
                         .v2 = v2,
                         .now_ms = now_ms};
    for (int32_t i = 0; i < count; i++)
        parts[i] = (struct txn_part){mr_str_of(topic), first + i};
    assert_int_equal(txn_add(s->t, &s->limits, &in).error, 0);
}

static void end(struct script *s, int16_t epoch, bool v2, bool commit, int64_t now_ms)
{
    struct txn_end in = {.producer_id = s->fresh_id,
                         .producer_epoch = epoch,
                         .commit = commit,
                         .v2 = v2,
                         .fresh_id = -1,
                         .now_ms = now_ms};
    assert_int_equal(txn_end(s->t, &s->limits, &in).error, 0);
}

static void complete(struct script *s, int64_t now_ms)
{
    struct txn_marker m;
    struct txn_part p;
    uint32_t topic = 0, part = 0;
    assert_true(txn_ending(s->t, &m));
    while (txn_next_part(s->t, &topic, &part, &p))
        (void)txn_marked(s->t, m.producer_id, m.producer_epoch, &p);
    assert_true(txn_complete(s->t, now_ms));
}

static void as_kafka_writes_the_second_version(void **state)
{
    struct script s;
    struct mr_slice key;
    (void)state;
    script_init(&s);
    txn_free(s.t);
    assert_int_equal(txn_new(MR_STR_LIT("shop-1"), &s.t), 0);
    assert_int_equal(txn_key(s.t, &s.arena, &key), 0);
    assert_hex(key, "0000000673686f702d31");
    s.fresh_id = 0;
    struct txn_init in = {.timeout_ms = 60000,
                          .producer_id = -1,
                          .producer_epoch = -1,
                          .now_ms = 1795254215768};
    assert_true(txn_init(s.t, &s.limits, &in).write);
    written(&s, "0001000000000000000000000000ea600000000001a1fd7d6458ffffffffffffffff00");
    add(&s, 0, true, "orders", 0, 3, 1795254215865);
    written(&s, "0001000000000000000000000000ea600102076f72646572730400000000000000010000000200000001a1fd7d"
                "64b9000001a1fd7d64b90102020002");
    end(&s, 0, true, true, 1795254215913);
    written(&s, "0001000000000000000000010000ea600202076f72646572730400000000000000010000000200000001a1fd7d"
                "64e9000001a1fd7d64b90102020002");
    complete(&s, 1795254215924);
    written(&s, "0001000000000000000000010000ea600401000001a1fd7d64f4000001a1fd7d64b90102020002");
    add(&s, 1, true, "__consumer_offsets", 0, 1, 1795254228360);
    written(&s, "0001000000000000000000010000ea600102135f5f636f6e73756d65725f6f6666736574730200000000000000"
                "01a1fd7d9588000001a1fd7d95880102020002");
    add(&s, 1, true, "orders", 0, 1, 1795254228372);
    written(&s, "0001000000000000000000010000ea600103135f5f636f6e73756d65725f6f6666736574730200000000000"
                "76f7264657273020000000000000001a1fd7d9594000001a1fd7d95880102020002");
    end(&s, 1, true, true, 1795254228379);
    written(&s, "0001000000000000000000020000ea600203135f5f636f6e73756d65725f6f6666736574730200000000000"
                "76f7264657273020000000000000001a1fd7d959b000001a1fd7d95880102020002");
    complete(&s, 1795254228380);
    written(&s, "0001000000000000000000020000ea600401000001a1fd7d959c000001a1fd7d95880102020002");
    add(&s, 2, true, "orders-eu", 1, 1, 1795254228396);
    written(&s, "0001000000000000000000020000ea6001020a6f72646572732d6575020000000100000001a1fd7d95ac000001"
                "a1fd7d95ac0102020002");
    end(&s, 2, true, false, 1795254228404);
    written(&s, "0001000000000000000000030000ea6003020a6f72646572732d6575020000000100000001a1fd7d95b4000001"
                "a1fd7d95ac0102020002");
    complete(&s, 1795254228408);
    written(&s, "0001000000000000000000030000ea600501000001a1fd7d95b8000001a1fd7d95ac0102020002");
    script_done(&s);
}

static void as_kafka_writes_without_the_feature(void **state)
{
    struct script s;
    (void)state;
    script_init(&s);
    s.limits.version = 0;
    s.fresh_id = 1;
    struct txn_init in = {
        .timeout_ms = 60000, .producer_id = -1, .producer_epoch = -1, .fresh_id = 1, .now_ms = 1795254253660};
    assert_true(txn_init(s.t, &s.limits, &in).write);
    written(&s, "0000000000000000000100000000ea6000ffffffff000001a1fd7df85cffffffffffffffff");
    add(&s, 0, false, "orders", 1, 1, 1795254253669);
    written(&s, "0000000000000000000100000000ea60010000000100066f72646572730000000100000001000001a1fd7df865"
                "000001a1fd7df865");
    end(&s, 0, false, true, 1795254253693);
    written(&s, "0000000000000000000100000000ea60020000000100066f72646572730000000100000001000001a1fd7df87d"
                "000001a1fd7df865");
    complete(&s, 1795254253695);
    written(&s, "0000000000000000000100000000ea600400000000000001a1fd7df87f000001a1fd7df865");
    script_done(&s);
}

static void put_back(struct txn *t, const char *hex, int want)
{
    uint8_t bytes[256];
    size_t len = strlen(hex) / 2;
    for (size_t i = 0; i < len; i++) {
        unsigned byte;
        sscanf(hex + 2 * i, "%2x", &byte);
        bytes[i] = (uint8_t)byte;
    }
    assert_int_equal(txn_load(t, (struct mr_slice){bytes, len}), want);
}

static void what_cannot_be_read(void **state)
{
    struct script s;
    const char *ongoing =
        "0000000000000000000100000000ea60010000000100066f72646572730000000100000001000001a1fd7df865"
        "000001a1fd7df865";
    (void)state;
    script_init(&s);
    put_back(s.t, "", -MR_E_CORRUPT);
    put_back(s.t, "00", -MR_E_CORRUPT);
    put_back(s.t, "0002000000000000000100000000ea6000ffffffff000001a1fd7df85cffffffffffffffff",
             -MR_E_VERSION);
    put_back(s.t, "ffff000000000000000100000000ea6000ffffffff000001a1fd7df85cffffffffffffffff",
             -MR_E_VERSION);
    /* a state that nobody writes, and none at all */
    put_back(s.t, "0000000000000000000100000000ea6006ffffffff000001a1fd7df85cffffffffffffffff",
             -MR_E_CORRUPT);
    put_back(s.t, "0000000000000000000100000000ea60ffffffffff000001a1fd7df85cffffffffffffffff",
             -MR_E_CORRUPT);
    /* partition -1 */
    put_back(s.t,
             "0000000000000000000100000000ea60010000000100066f726465727300000001ffffffff000001a1fd7df865"
             "000001a1fd7df865",
             -MR_E_CORRUPT);
    /* no producer, or none of an epoch: markers of it could not be written (fuzz_coord) */
    put_back(s.t,
             "0000ffffffffffffffff00000000ea60020000000100066f72646572730000000100000001000001a1fd7df865"
             "000001a1fd7df865",
             -MR_E_CORRUPT);
    put_back(s.t,
             "00000000000000000001ffff0000ea60020000000100066f72646572730000000100000001000001a1fd7df865"
             "000001a1fd7df865",
             -MR_E_CORRUPT);
    assert_true(txn_void(s.t));
    put_back(s.t, ongoing, 0);
    for (size_t len = 0; len < strlen(ongoing); len += 2) {
        char cut[256];
        struct txn_view v;
        snprintf(cut, sizeof(cut), "%.*s", (int)len, ongoing);
        put_back(s.t, cut, -MR_E_CORRUPT);
        txn_describe(s.t, &v); /* as before */
        assert_int_equal(v.state, TXN_ONGOING);
        assert_int_equal(v.partitions, 1);
    }
    script_done(&s);
}

static void nothing_to_write(void **state)
{
    struct script s;
    struct mr_slice key, value;
    (void)state;
    script_init(&s);
    assert_int_equal(txn_record(s.t, &s.arena, 1, &key, &value), 0);
    assert_null(value.ptr);
    assert_hex(key, "0000000473686f70");
    script_done(&s);
    check_txn("state -> Empty -1/-1 []\n");
}

static void names_of_states(void **state)
{
    enum txn_state s;
    (void)state;
    for (int i = TXN_EMPTY; i <= TXN_PREPARE_EPOCH_FENCE; i++) {
        assert_true(txn_state_of_name(mr_str_of(txn_state_name((enum txn_state)i)), &s));
        assert_int_equal(s, i);
    }
    assert_false(txn_state_of_name(MR_STR_LIT("ongoing"), &s));
    assert_false(txn_state_of_name(MR_STR_LIT(""), &s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_kafka_writes_the_second_version),
        cmocka_unit_test(as_kafka_writes_without_the_feature),
        cmocka_unit_test(what_cannot_be_read),
        cmocka_unit_test(nothing_to_write),
        cmocka_unit_test(names_of_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
