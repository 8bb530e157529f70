/* Administering a broker, with 1, 2 and 4 shards and in every version of every request: what is answered,
 * that every shard knows it when the answer comes, and that it is still so after a stop and after kill -9. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "net/wire/gen/delete_records.h"
#include "net/wire/gen/describe_configs.h"
#include "tests/sim/admin_script.h"
#include "tests/sim/disk.h"

/* The same story for several seeds: each draws other versions and other turns. */
static void tell(const char *lines, const char *const *overrides, uint32_t count)
{
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct admin_script s;
        admin_script_init(&s, seed, 1u << seed % 3, overrides, count);
        admin_script_run(&s, lines);
        admin_script_done(&s);
    }
}

static void topics_come_grow_and_go(void **state)
{
    (void)state;
    tell("create a 3                 -> ok                                             \n"
         "create b 1                 -> ok                                             \n"
         "create a 1                 -> error 36: Topic 'a' already exists.            \n"
         "validate c 2               -> ok                                             \n"
         "topics 100                 -> a:0,1,2 b:0                                    \n"
         "topics 2                   -> a:0,1 / a:2 b:0                                \n"
         "topics 3                   -> a:0,1,2 / b:0                                  \n"
         "topics 0                   -> a:0 / a:1 / a:2 / b:0                          \n"
         "grow b 4                   -> ok                                             \n"
         "grow b 4                   -> error 37: Topic already has 4 partition(s).    \n"
         "produce b 3 2              -> offset 0                                       \n"
         "logs b                     -> 0 1 2 3+                                       \n"
         "topics 100                 -> a:0,1,2 b:0,1,2,3                              \n"
         "restart 2                  -> up                                             \n"
         "topics 100                 -> a:0,1,2 b:0,1,2,3                              \n"
         "delete a c                 -> ok, error 3                                    \n"
         "topics 100                 -> b:0,1,2,3                                      \n"
         "logs a                     ->                                                \n"
         "kill 4                     -> up                                             \n"
         "topics 100                 -> b:0,1,2,3                                      \n"
         "create a 2                 -> ok                                             \n"
         "offsets a 0                -> 0..0                                           \n",
         NULL, 0);
}

static void deletion_can_be_forbidden(void **state)
{
    (void)state;
    struct admin_script s;
    admin_script_init(&s, 1, 2, (const char *[]){"delete.topic.enable=false"}, 1);
    admin_script_run(&s, "create a 1  -> ok\n");
    for (int i = 0; i < 20; i++) { /* in every version */
        const char *got = admin_script_ask(&s, "delete a b");
        assert_true(strcmp(got, "error 73, error 73") == 0 || strcmp(got, "error 42, error 42") == 0);
    }
    admin_script_run(&s, "topics 9  -> a:0\n");
    admin_script_done(&s);
}

static void configs_change_and_last(void **state)
{
    (void)state;
    tell("create t 1 retention.ms=5000                 -> ok                                                 "
         "         \n"
         "get topic/t retention.ms                     -> 5000 from 1                                        "
         "         \n"
         "get topic/t cleanup.policy                   -> delete from 5                                      "
         "         \n"
         "get topic/t no.such.key                      -> no such key                                        "
         "         \n"
         "get topic/u retention.ms                     -> error 3                                            "
         "         \n"
         "set topic/t cleanup.policy=compact           -> ok                                                 "
         "         \n"
         "set topic/t retention.ms=x                   -> error 40: Invalid value x for configuration "
         "retention.ms: "
         "Not a number of type LONG \n"
         "unset topic/t retention.ms                   -> ok                                                 "
         "         \n"
         "get topic/t retention.ms                     -> 604800000 from 5                                   "
         "         \n"
         "set broker/ log.retention.ms=6000            -> ok                                                 "
         "         \n"
         "get topic/t retention.ms                     -> 6000 from 3                                        "
         "         \n"
         "set broker/1 log.retention.ms=7000           -> ok                                                 "
         "         \n"
         "get topic/t retention.ms                     -> 7000 from 2                                        "
         "         \n"
         "get broker/1 log.retention.ms                -> 7000 from 2                                        "
         "         \n"
         "get broker/ log.retention.ms                 -> 6000 from 3                                        "
         "         \n"
         "get broker/2 log.retention.ms                -> error 42: Unexpected broker id, expected 1 or "
         "empty string, but "
         "received 2 \n"
         "set broker/1 node.id=2                       -> error 42: Cannot update these configs dynamically: "
         "Set(node.id) \n"
         "replace topic/t segment.ms=9000              -> ok                                                 "
         "         \n"
         "get topic/t cleanup.policy                   -> delete from 5                                      "
         "         \n"
         "set group/g consumer.session.timeout.ms=50000 -> ok                                                "
         "         \n"
         "set metrics/m interval.ms=5000               -> ok                                                 "
         "         \n"
         "get group/g consumer.session.timeout.ms      -> 50000 from 8                                       "
         "         \n"
         "get group/h consumer.session.timeout.ms      -> 45000 from 5                                       "
         "         \n"
         "get metrics/m interval.ms                    -> 5000 from 7                                        "
         "         \n"
         "restart 4                                    -> up                                                 "
         "         \n"
         "get topic/t segment.ms                       -> 9000 from 1                                        "
         "         \n"
         "get topic/t retention.ms                     -> 7000 from 2                                        "
         "         \n"
         "get group/g consumer.session.timeout.ms      -> 50000 from 8                                       "
         "         \n"
         "get metrics/m interval.ms                    -> 5000 from 7                                        "
         "         \n"
         "unset broker/1 log.retention.ms              -> ok                                                 "
         "         \n"
         "kill 1                                       -> up                                                 "
         "         \n"
         "get topic/t retention.ms                     -> 6000 from 3                                        "
         "         \n"
         "get topic/t segment.ms                       -> 9000 from 1                                        "
         "         \n",
         NULL, 0);
}

static void loggers_have_a_level_until_the_next_start(void **state)
{
    (void)state;
    tell("get logger/1 root          -> DEBUG from 6                                                         "
         "         \n"
         "set logger/1 root=WARN     -> ok                                                                   "
         "         \n"
         "get logger/1 root          -> WARN from 6                                                          "
         "         \n"
         "set logger/1 storage=WARN  -> error 40: Logger storage does not exist!                             "
         "         \n"
         "set logger/2 root=WARN     -> error 42: Unexpected node id. Expected 1, but received 2             "
         "         \n"
         "unset logger/1 root        -> error 42: Removing the log level of the root logger is not allowed   "
         "         \n"
         "set logger/1 root=TRACE    -> ok                                                                   "
         "         \n"
         "get logger/1 root          -> DEBUG from 6                                                         "
         "         \n",
         NULL, 0);
}

static void records_are_deleted_up_to_an_offset(void **state)
{
    (void)state;
    tell("create t 2                        -> ok           \n"
         "create k 1 cleanup.policy=compact -> ok           \n"
         "produce t 0 10                    -> offset 0     \n"
         "trim t 0 4                        -> starts at 4  \n"
         "offsets t 0                       -> 4..10        \n"
         "trim t 0 2                        -> starts at 4  \n"
         "trim t 0 11                       -> error 1      \n"
         "trim t 0 -2                       -> error 1      \n"
         "trim t 1 0                        -> starts at 0  \n"
         "trim t 2 0                        -> error 3      \n"
         "trim u 0 0                        -> error 3      \n"
         "trim k 0 0                        -> error 44     \n"
         "kill 2                            -> up           \n"
         "trim t 0 6                        -> starts at 6  \n" /* the first to ask for this log: it has to be
                                                                   opened */
         "restart 1                         -> up           \n"
         "trim t 0 -1                       -> starts at 10 \n"
         "offsets t 0                       -> 10..10       \n"
         "produce t 0 1                     -> offset 10    \n",
         NULL, 0);
}

static void producers_are_told_also_after_a_start(void **state)
{
    (void)state;
    tell("create t 2             -> ok            \n"
         "producers t 0          -> none          \n"
         "produce t 0 3 70/0/0   -> offset 0      \n"
         "produce t 0 1          -> offset 3      \n"
         "produce t 0 2 71/4/0   -> offset 4      \n"
         "producers t 0          -> 70/0/2 71/4/1 \n"
         "producers t 1          -> none          \n"
         "producers t 2          -> error 3       \n"
         "producers u 0          -> error 3       \n"
         "kill 4                 -> up            \n"
         "producers t 0          -> 70/0/2 71/4/1 \n"
         "restart 2              -> up            \n"
         "producers t 0          -> 70/0/2 71/4/1 \n",
         NULL, 0);
}

/* Segment files are slow to write, so that the journal is full: DeleteRecords has to wait for room like
 * everyone else, and goes on by itself. */
static void records_are_deleted_while_the_journal_is_full(void **state)
{
    (void)state;
    static const char *const small[] = {"log.segment.bytes=1048576"};
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct admin_script s;
        admin_script_init(&s, seed, 1u << seed % 3, small, MR_COUNT(small));
        node_fault(s.rig.node,
                   &(struct disk_fault){.kinds = 1u << SIM_WRITE, .path = ".log", .delay_ns = 20 * 1000000});
        admin_script_run(&s, "create t 1            -> ok                \n"
                             "produce t 0 1000      -> offset 0          \n"
                             "flood t 0 9000 120    -> on its way        \n");
        for (int to = 1; to <= 200; to++) {
            char ask[64], want[64];
            snprintf(ask, sizeof(ask), "trim t 0 %d", to);
            snprintf(want, sizeof(want), "starts at %d", to);
            assert_string_equal(admin_script_ask(&s, ask), want);
        }
        admin_script_run(&s, "wait                  -> 0 failed          \n"
                             "offsets t 0           -> 200..1081000      \n");
        uint64_t stalls = 0;
        for (uint32_t i = 0; i < 1u << seed % 3; i++) {
            const struct broker_shard *b = s.rig.shards[i]->broker;
            struct store_stats stats;
            store_stats(b->stores[0], &stats);
            stalls += stats.journal.stalls;
        }
        assert_true(stalls > 0);
        admin_script_done(&s);
    }
}

static void the_directory_is_told_as_failed(void **state)
{
    (void)state;
    struct admin_script s;
    admin_script_init(&s, 5, 2, NULL, 0);
    admin_script_run(&s, "create t 8       -> ok             \n"
                         "logs t           -> 0 1 2 3 4 5 6 7 \n");
    node_fault(s.rig.node,
               &(struct disk_fault){.kinds = 1u << SIM_WRITE_FLUSH | 1u << SIM_FLUSH | 1u << SIM_WRITE,
                                    .path = "millrace-journal",
                                    .err = -EIO,
                                    .effect = DISK_EFFECT_NONE});
    for (int p = 0; p < 8; p++) { /* one on each shard fails its journal */
        char ask[64];
        snprintf(ask, sizeof(ask), "produce t %d 1", p);
        assert_string_equal(admin_script_ask(&s, ask), "error 56");
    }
    admin_script_run(&s, "logs t           -> dir error 56   \n"
                         "trim t 0 0       -> error 56       \n"
                         "create u 1       -> error 56       \n"
                         "grow t 9         -> error 56       \n"
                         "set topic/t retention.ms=1 -> error 56 \n"
                         "delete t         -> error 56       \n"
                         "get topic/t retention.ms -> 604800000 from 5 \n"
                         "topics 100       -> t:0,1,2,3,4,5,6,7 \n");
    node_faults_clear(s.rig.node);
    s.rig.errors = 0; /* they were expected */
    admin_script_run(&s, "kill 2           -> up             \n"
                         "produce t 0 1    -> offset 0       \n");
    admin_script_done(&s);
}

/* ---- one request that asks for much ---- */

enum { MANY = 3000 };

static void many_described(struct kcall *call)
{
    struct admin_script *s = call->ctx;
    const struct kw_describe_configs_response *out = call->out;
    s->answered = true;
    assert_int_equal(call->err, 0);
    assert_int_equal(out->results_count, MANY);
    for (int32_t i = 0; i < MANY; i++) {
        const struct kw_describe_configs_response_result *r = &out->results[i];
        char name[16];
        snprintf(name, sizeof(name), "%s", i % 3 == 0 ? "set" : i % 3 == 1 ? "plain" : "none");
        assert_true(mr_str_is(r->resource_name, name));
        assert_int_equal(r->error_code, i % 3 == 2 ? 3 : 0);
        bool found = false;
        for (int32_t k = 0; k < r->configs_count; k++) {
            if (!mr_str_is(r->configs[k].name, "retention.ms"))
                continue;
            found = true;
            assert_true(mr_str_is(r->configs[k].value, i % 3 == 0 ? "77" : "604800000"));
            assert_int_equal(r->configs[k].synonyms_count, i % 3 == 0 ? 1 : 0);
        }
        assert_int_equal(found, i % 3 != 2);
    }
}

static void thousands_of_resources_are_described_in_one_answer(void **state)
{
    (void)state;
    struct admin_script s;
    admin_script_init(&s, 3, 2, NULL, 0);
    admin_script_run(&s, "create set 1 retention.ms=77 -> ok \n"
                         "create plain 1               -> ok \n");
    struct kcall *call = kcall_new(admin_script_client(&s), 32, 4, many_described, &s);
    struct kw_describe_configs_request *in = call->in;
    in->include_synonyms = true;
    in->resources = kcall_new_array(call, struct kw_describe_configs_request_resource, MANY);
    in->resources_count = MANY;
    for (int32_t i = 0; i < MANY; i++) {
        kw_describe_configs_request_resource_init(&in->resources[i]);
        in->resources[i].resource_type = 2;
        in->resources[i].resource_name = mr_str_of(i % 3 == 0 ? "set" : i % 3 == 1 ? "plain" : "none");
        in->resources[i].configuration_keys_count = -1;
    }
    admin_script_wait(&s, call);
    assert_true(s.answered);
    admin_script_done(&s);
}

static void many_trimmed(struct kcall *call)
{
    struct admin_script *s = call->ctx;
    const struct kw_delete_records_response *out = call->out;
    s->answered = true;
    assert_int_equal(call->err, 0);
    assert_int_equal(out->topics_count, 2);
    assert_int_equal(out->topics[0].partitions_count, MANY);
    for (int32_t i = 0; i < MANY; i++) {
        assert_int_equal(out->topics[0].partitions[i].partition_index, i);
        assert_int_equal(out->topics[0].partitions[i].error_code, i < 5 ? 0 : 3);
    }
    assert_int_equal(out->topics[1].partitions_count, 1);
    assert_int_equal(out->topics[1].partitions[0].error_code, 3);
}

/* Each partition is mentioned twice, the second time with another topic between. */
static void a_partition_named_again_is_answered_once(void **state)
{
    (void)state;
    struct admin_script s;
    admin_script_init(&s, 4, 4, NULL, 0);
    admin_script_run(&s, "create t 5     -> ok       \n"
                         "produce t 2 9  -> offset 0 \n");
    struct kcall *call = kcall_new(admin_script_client(&s), 21, 2, many_trimmed, &s);
    struct kw_delete_records_request *in = call->in;
    struct kw_delete_records_request_partition one = {0, 0};
    in->timeout_ms = 30000;
    in->topics = kcall_new_array(call, struct kw_delete_records_request_topic, 3);
    in->topics_count = 3;
    for (int t = 0; t < 3; t++) {
        kw_delete_records_request_topic_init(&in->topics[t]);
        in->topics[t].name = mr_str_of(t == 1 ? "u" : "t");
        in->topics[t].partitions_count = t == 1 ? 1 : MANY;
        in->topics[t].partitions =
            t == 1 ? &one : kcall_new_array(call, struct kw_delete_records_request_partition, MANY);
        for (int32_t i = 0; t != 1 && i < MANY; i++)
            in->topics[t].partitions[i] =
                (struct kw_delete_records_request_partition){i, t == 2 && i == 2 ? 4 : 0};
    }
    admin_script_wait(&s, call);
    assert_true(s.answered);
    admin_script_run(&s, "offsets t 2 -> 4..9 \n"); /* what was said last counts */
    admin_script_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_come_grow_and_go),
        cmocka_unit_test(deletion_can_be_forbidden),
        cmocka_unit_test(configs_change_and_last),
        cmocka_unit_test(loggers_have_a_level_until_the_next_start),
        cmocka_unit_test(records_are_deleted_up_to_an_offset),
        cmocka_unit_test(producers_are_told_also_after_a_start),
        cmocka_unit_test(records_are_deleted_while_the_journal_is_full),
        cmocka_unit_test(the_directory_is_told_as_failed),
        cmocka_unit_test(thousands_of_resources_are_described_in_one_answer),
        cmocka_unit_test(a_partition_named_again_is_answered_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
