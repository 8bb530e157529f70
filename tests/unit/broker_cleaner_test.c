/* Which logs the cleaner leaves alone. */
#include "core/broker/coord.h"
#include "storage/plog_priv.h"
#include "tests/unit/broker_script.h"

enum { KEYS = 20, OLD_ROUNDS = 9, ROUNDS = 150 };
#define DAY_MS INT64_C(86400000)

/* Records of a kind that no coordinator knows, and passes over: all keys, again and again. The first ones are
 * ten days old. */
static void append_keys(struct fixture *f, struct partition *p)
{
    int64_t now_ms = shard_wall_ms(p->home->shard);
    static uint8_t value[100];
    struct mr_scratch out;
    scratch_init(&out, 1 << 20);
    for (int round = 0; round < ROUNDS; round++) {
        struct batch_build_how how = batch_build_how_plain();
        struct batch_builder b;
        out.len = 0;
        assert_int_equal(batch_build_begin(&b, &how, &out, NULL, NULL), 0);
        for (uint8_t k = 0; k < KEYS; k++) {
            uint8_t key[3] = {0x7f, 0xf0, k};
            struct batch_record r = {.timestamp = round < OLD_ROUNDS ? now_ms - 10 * DAY_MS : now_ms,
                                     .key = {key, sizeof(key)},
                                     .value = {value, sizeof(value)}};
            assert_int_equal(batch_build_add(&b, &r), 0);
        }
        assert_int_equal(batch_build_end(&b), 0);
        append_batch(f, p, (struct mr_slice){out.data, out.len});
    }
    scratch_done(&out);
}

static bool is_loaded(void *ctx)
{
    const struct partition *p = ctx;
    return p->coord != NULL && !coord_is_loading(p);
}

static bool is_cleaned(void *ctx)
{
    return ((struct partition *)ctx)->log->clean_to > 0;
}

/* A disk that takes a second for each read, and one for all of them: a coordinator needs most of a minute for
 * its 50 segments, a pass less, for three of them alone are old enough. None begins before all is read; then
 * one does. */
static void not_while_its_coordinator_loads(const char *topic)
{
    char line[200];
    struct fixture f;
    fixture_with(&f, 1, NULL, 1, "log.cleaner.backoff.ms=10");
    snprintf(
        line, sizeof(line),
        "create %s 1 1 cleanup.policy=compact internal.segment.bytes=8000 min.compaction.lag.ms=432000000 "
        "min.cleanable.dirty.ratio=1 -> ok 1x1\n",
        topic);
    check(&f, line); /* more than all cannot be dirty: nothing is compacted so far */
    append_keys(&f, partition_of(&f, topic, "0"));
    check(&f, "stop -> clean\n");
    node_fault(f.rig.node, &(struct disk_fault){.kinds = 1u << SIM_READ, .path = ".log", .delay_ns = SECOND});
    check(&f, "start 1 -> clean 1 topics\n");
    snprintf(line, sizeof(line), "alter 2 %s min.cleanable.dirty.ratio=0 -> ok\n", topic);
    check(&f, line);
    struct partition *p = partition_of(&f, topic, "0");
    world_run_for(f.w, 40 * SECOND);
    assert_true(coord_is_loading(p));
    assert_int_equal(p->log->clean_to, 0);
    assert_int_equal(p->log->replacements, 0);
    assert_true(world_run_until(f.w, is_loaded, p, 60 * SECOND));
    assert_true(world_run_until(f.w, is_cleaned, p, 60 * SECOND));
    assert_true(p->log->replacements > 0);
    node_faults_clear(f.rig.node);
    fixture_done(&f);
}

static void a_log_of_groups_is_left_alone_while_it_is_loaded(void **state)
{
    (void)state;
    not_while_its_coordinator_loads("__consumer_offsets");
}

static void and_one_of_transactions(void **state)
{
    (void)state;
    not_while_its_coordinator_loads("__transaction_state");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_log_of_groups_is_left_alone_while_it_is_loaded),
        cmocka_unit_test(and_one_of_transactions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
