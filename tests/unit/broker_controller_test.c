/* The controller: commands and their answers. Error texts are what Apache Kafka 4.1.0 answered to the same
 * requests. */
#include "tests/unit/broker_script.h"

static void check_controller(const char *script)
{
    for (uint32_t shards = 1; shards <= 3; shards += 2) {
        struct fixture f;
        fixture_init(&f, shards, NULL, shards);
        check(&f, script);
        fixture_done(&f);
    }
}

static void topics_are_created(void **state)
{
    (void)state;
    check_controller("create a 3 1              -> ok 3x1\n"
                     "create d -1 -1            -> ok 2x1\n"
                     "create x 1 1 + y 2 1      -> ok 1x1 + ok 2x1\n"
                     "validate create v 5 1     -> ok 5x1\n"
                     "create c 1 1 retention.ms=5000 cleanup.policy=compact -> ok 1x1\n"
                     "create two 1 1 retention.ms=5000 retention.ms=6000 -> ok 1x1\n"
                     "create as -1 -1 @0:1 @1:1 -> ok 2x1\n"
                     "create __consumer_offsets 1 1 -> ok 1x1\n"
                     "topics -> a(3) + d(2) + x(1) + y(2) + c(1) cleanup.policy=compact retention.ms=5000 + "
                     "two(1) retention.ms=6000 + as(2)"
                     " + __consumer_offsets(1)\n");
}

static void names_are_checked(void **state)
{
    (void)state;
    check_controller(
        "create a 3 1      -> ok 3x1\n"
        "create a 3 1      -> 36 Topic 'a' already exists.\n"
        "validate create a 3 1 -> 36 Topic 'a' already exists.\n"
        "create \"\" 1 1   -> 17 Topic name is invalid: the empty string is not allowed\n"
        "create . 1 1      -> 17 Topic name is invalid: '.' is not allowed\n"
        "create .. 1 1     -> 17 Topic name is invalid: '..' is not allowed\n"
        "create \xc3\xa4 1 1 -> 17 Topic name is invalid: '\xc3\xa4' contains one or more characters other "
        "than ASCII "
        "alphanumerics, '.', '_' and '-'\n"
        "create c.d 1 1    -> ok 1x1\n"
        "create c_d 1 1    -> 17 Topic 'c_d' collides with existing topic: c.d\n"
        "create c.d 1 1    -> 36 Topic 'c.d' already exists.\n"
        "create e.f 1 1 + e_f 1 1 -> ok 1x1 + ok 1x1\n" /* Kafka looks at existing topics only */
        "create e-f 1 1    -> ok 1x1\n"
        "delete e_f        -> ok e_f\n"
        "create e_f 1 1    -> 17 Topic 'e_f' collides with existing topic: e.f\n"
        "delete e.f        -> ok e.f\n"
        "create e_f 1 1    -> ok 1x1\n"
        "create q 1 1 + q 2 1 + q3 1 1 -> 42 Duplicate topic name. + 42 Duplicate topic name. + ok 1x1\n"
        "create __cluster_metadata 1 1 -> 42 Creation of internal topic __cluster_metadata is prohibited.\n");
}

static void counts_and_assignments_are_checked(void **state)
{
    (void)state;
    check_controller(
        "create z 0 1  -> 37 Number of partitions was set to an invalid non-positive value.\n"
        "create z -2 1 -> 37 Number of partitions was set to an invalid non-positive value.\n"
        "create z 1 3  -> 38 Unable to replicate the partition 3 time(s): The target replication factor of 3 "
        "cannot be reached "
        "because only 1 broker(s) are registered.\n"
        "create z 1 0  -> 38 Replication factor must be larger than 0, or -1 to use the default value.\n"
        "create z 1 -2 -> 38 Replication factor must be larger than 0, or -1 to use the default value.\n"
        "create z 0 0  -> 38 Replication factor must be larger than 0, or -1 to use the default value.\n"
        "create z 2 -1 @0:1 -> 42 A manual partition assignment was specified, but numPartitions was not set "
        "to -1.\n"
        "create z -1 1 @0:1 -> 42 A manual partition assignment was specified, but replication factor was "
        "not set to -1.\n"
        "create z -1 -1 @0:1 @2:1 -> 39 partitions should be a consecutive 0-based integer sequence\n"
        "create z -1 -1 @-1:1 -> 39 partitions should be a consecutive 0-based integer sequence\n"
        "create z -1 -1 @0:1 @0:1 -> 39 Found multiple manual partition assignments for partition 0\n"
        "create z -1 -1 @0:1 @1:7 -> 39 The manual partition assignment includes broker 7, but no such "
        "broker is registered.\n"
        "create z -1 -1 @0:1,1 -> 39 The manual partition assignment includes the broker 1 more than once.\n"
        "create z -1 -1 @0: -> 39 The manual partition assignment includes an empty replica list.\n"
        "create z -1 -1 @0:1 @1: -> 39 The manual partition assignment includes an empty replica list.\n"
        "create z 10001 1 + y 1 1 -> 44 Excessively large number of partitions per request. + 44 Excessively "
        "large number of "
        "partitions per request.\n"
        "validate create z 9999 1 + y 1 1 -> ok 9999x1 + ok 1x1\n"
        "create z 1 1 retention.ms=x -> 40 Invalid value x for configuration retention.ms: Not a number of "
        "type LONG\n"
        "create z 1 1 nope=x -> 40 Unknown topic config name: nope\n"
        "create z 1 1 retention.ms! cleanup.policy! -> 40 Null value not supported for topic configs: "
        "retention.ms,cleanup.policy\n"
        "topics -> \n");
}

static void topics_are_deleted(void **state)
{
    (void)state;
    check_controller("create a 3 1 + b 1 1 + c 1 1 -> ok 3x1 + ok 1x1 + ok 1x1\n"
                     "delete nope   -> 3 This server does not host this topic-partition.\n"
                     "delete #nope  -> 100 This server does not host this topic ID.\n"
                     "delete #0     -> 42 Neither topic name nor id were specified.\n"
                     "delete a #a   -> 42 The provided topic name maps to an ID that was already supplied. + "
                     "42 The provided topic name maps "
                     "to an ID that was already supplied.\n"
                     "delete #a #a  -> 42 Duplicate topic id. + 42 Duplicate topic id.\n"
                     "delete a a b  -> 42 Duplicate topic name. + 42 Duplicate topic name. + ok b\n"
                     "delete nn nn  -> 42 Duplicate topic name. + 42 Duplicate topic name.\n"
                     "topics        -> a(3) + c(1)\n"
                     "delete #a     -> ok a\n"
                     "create a 2 1  -> ok 2x1\n"
                     "topics        -> c(1) + a(2)\n");
}

static void partitions_are_added(void **state)
{
    (void)state;
    check_controller(
        "create a 3 1 -> ok 3x1\n"
        "grow a 3     -> 37 Topic already has 3 partition(s).\n"
        "grow a 2     -> 37 The topic a currently has 3 partition(s); 2 would not be an increase.\n"
        "grow a -1    -> 37 The topic a currently has 3 partition(s); -1 would not be an increase.\n"
        "grow nope 2  -> 3\n"
        "validate grow a 9 -> ok\n"
        "grow a 4     -> ok\n"
        "grow a 6 @1  -> 39 Attempted to add 2 additional partition(s), but only 1 assignment(s) were "
        "specified.\n"
        "grow a 5 @none -> 39 Attempted to add 1 additional partition(s), but only 0 assignment(s) were "
        "specified.\n"
        "grow a 5 @9  -> 39 The manual partition assignment includes broker 9, but no such broker is "
        "registered.\n"
        "grow a 5 @1,1 -> 39 The manual partition assignment includes the broker 1 more than once.\n"
        "grow a 5 @   -> 39 The manual partition assignment includes an empty replica list.\n"
        "grow a 6 @1 @1 -> ok\n"
        "grow a 8 + a 9 -> 42 Duplicate topic name. + 42 Duplicate topic name.\n"
        "topics       -> a(6)\n");
}

static void settings_are_changed(void **state)
{
    (void)state;
    check_controller(
        "create a 1 1 -> ok 1x1\n"
        "alter 2 nope retention.ms=5 -> 3 The topic 'nope' does not exist.\n"
        "alter 2 \"\" retention.ms=5 -> 42 Default topic resources are not allowed.\n"
        "alter 2 a|b retention.ms=5 -> 17 Topic name is invalid: 'a|b' contains one or more characters other "
        "than ASCII "
        "alphanumerics, '.', '_' and '-'\n"
        "alter 3 x k=v -> 42 Unknown resource type 3\n"
        "replace 8 1 root=INFO -> 42 Unknown resource type 8\n"
        "alter 4 7 log.cleaner.threads=2 -> 42 Unexpected broker id, expected 1, but received 7\n"
        "alter 4 x log.cleaner.threads=2 -> 42 Node id must be an integer, but it is: x\n"
        "alter 8 7 root=INFO -> 42 Unexpected node id. Expected 1, but received 7\n"
        "alter 4 1 log.cleaner.threads=2 + 4 \"\" log.cleaner.threads=1 -> ok + ok\n"
        "alter 4 1 node.id=2 -> 42 Cannot update these configs dynamically: Set(node.id)\n"
        "alter 2 a retention.ms=77 + 2 a retention.ms=78 -> 42 Each resource must appear at most once. + 42 "
        "Each resource must "
        "appear at most once.\n"
        "alter 2 a retention.ms=77 -> ok\n"
        "alter 2 a +cleanup.policy=compact -retention.bytes -> ok\n"
        "topics -> a(1) cleanup.policy=delete,compact retention.ms=77\n"
        "alter 2 a ~cleanup.policy=delete -retention.ms -> ok\n"
        "topics -> a(1) cleanup.policy=compact\n"
        "alter 2 a +retention.ms=77 -> 40 Can't APPEND to key retention.ms because its type is not LIST.\n"
        "alter 2 a retention.ms=z + 2 nope -> 40 Invalid value z for configuration retention.ms: Not a "
        "number of type LONG + 3 "
        "The topic 'nope' does not exist.\n"
        "replace 2 a retention.ms=88 -> ok\n"
        "topics -> a(1) retention.ms=88\n"
        "replace 2 a -> ok\n"
        "topics -> a(1)\n"
        "alter 32 g consumer.session.timeout.ms=50000 -> ok\n"
        "alter 32 \"\" consumer.session.timeout.ms=50000 -> 42 Default group resources are not allowed.\n"
        "alter 32 g zz=5 -> 40 Unknown group config name: zz\n"
        "alter 16 m interval.ms=5000 match=client_id=b.* metrics=org.apache. -> ok\n"
        "alter 16 \"\" interval.ms=5000 -> 42 Subscription name can't be empty\n"
        "alter 16 m zz=5 -> 42 Unknown client metrics configuration: zz\n"
        "alter 16 m interval.ms=5 -> 42 Invalid value 5 for interval.ms, interval must be between 100 and "
        "3600000 (1 hour)\n"
        "alter 16 m interval.ms=x -> 40 Invalid value x for configuration interval.ms: Not a number of type "
        "INT\n"
        "alter 16 m match=foo=b -> 40 Illegal client matching pattern: foo=b\n"
        "alter 16 m match=client_id=[ -> 40 Illegal client matching pattern: client_id=[\n"
        "alter 16 m match=client_id= -> 40 Illegal client matching pattern: client_id=\n"
        "alter 16 m +metrics=x -> 40 Can't APPEND to key metrics because its type is not LIST.\n"
        "alter 16 m -interval.ms -match -metrics -> ok\n");
}

/* Commands of many shards at once run one after the other; each is answered on its own shard. */
static void commands_queue_up(void **state)
{
    (void)state;
    enum { COMMANDS = 60 };
    struct fixture f;
    static struct command cmds[COMMANDS];
    static struct ctl_topic topics_of[COMMANDS];
    fixture_init(&f, 7, NULL, 4);
    memset(cmds, 0, sizeof(cmds));
    memset(topics_of, 0, sizeof(topics_of));
    for (int i = 0; i < COMMANDS; i++) {
        topics_of[i] = (struct ctl_topic){.name = MR_STR_LIT("same"), .partitions = 1, .replication = 1};
        cmds[i].c = (struct ctl_command){.kind = i % 3 == 2 ? CTL_PRODUCER_IDS : CTL_CREATE_TOPICS,
                                         .u.topics = &topics_of[i]};
        cmds[i].c.count = i % 3 == 2 ? 0 : 1;
        submit(&f, &cmds[i]);
    }
    int made = 0;
    bool ids[COMMANDS] = {false};
    for (int i = 0; i < COMMANDS; i++) {
        assert_true(world_run_until(f.w, is_done, &cmds[i], 60 * SECOND));
        assert_int_equal(cmds[i].c.error, KW_NONE);
        if (i % 3 == 2) { /* blocks of a thousand, none handed out twice */
            int64_t block = cmds[i].c.producer_id_first / 1000;
            assert_int_equal(cmds[i].c.producer_id_first % 1000, 0);
            assert_true(block < COMMANDS && !ids[block]);
            ids[block] = true;
        } else {
            made += topics_of[i].result.error == KW_NONE;
        }
        arena_done(&cmds[i].arena);
    }
    assert_int_equal(made, 1);
    fixture_done(&f);
}

static void a_failed_disk_ends_changes(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 3, NULL, 2);
    check(&f, "create a 1 1 -> ok 1x1\n");
    node_fault(f.rig.node, &(struct disk_fault){.kinds = 1u << SIM_WRITE_FLUSH,
                                                .path = "journal-0",
                                                .err = -EIO,
                                                .effect = DISK_EFFECT_NONE});
    check(&f, "create b 1 1 -> failed 56\n"
              "create c 1 1 -> failed 56\n"
              "ids          -> failed 56\n"
              "topics       -> a(1)\n");
    node_faults_clear(f.rig.node);
    stop(&f);
    assert_string_not_equal(f.seen, "clean");
    check(&f, "start 2      -> crashed 1 topics\n"
              "create b 1 1 -> ok 1x1\n");
    fixture_done(&f);
}

/* Shard 1's disk fails: topics could not be removed as a whole any more, so shard 0 refuses too. */
static void any_failed_shard_ends_changes(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 3, NULL, 2);
    check(&f, "create a 8 1 -> ok 8x1\n");
    node_fault(f.rig.node,
               &(struct disk_fault){.kinds = 1u << SIM_WRITE_FLUSH, .path = "journal-1", .err = -EIO});
    int failed = 0;
    for (char index[2] = "0"; index[0] < '8'; index[0]++) {
        char *words[] = {(char *)"a", index, (char *)"1"};
        f.seen[0] = '\0';
        append(&f, words);
        failed += strcmp(f.seen, "56") == 0;
    }
    assert_int_equal(failed, 4);
    check(&f, "create b 1 1 -> failed 56\n");
    fixture_done(&f);
}

struct making {
    struct fixture *f;
    struct command cmd;
    uint32_t looks, made, most; /* the last one's count; most at once */
};

static bool made_all(void *ctx)
{
    struct making *m = ctx;
    struct broker_shard *b = shard_at(m->f, 0);
    uint32_t made = smap_count(&b->partitions);
    if (made != m->made) {
        assert_non_null(image_topic(b->image, MR_STR_LIT("large"))); /* whole, from the first one on */
        assert_int_equal(image_topic(b->image, MR_STR_LIT("large"))->partition_count, 2000);
        m->looks++;
        m->most = mr_max(m->most, made - m->made);
        m->made = made;
    }
    return m->cmd.done;
}

/* A shard makes its partitions some a turn, and all are there when the command is answered. */
static void many_partitions_are_made_in_many_turns(void **state)
{
    (void)state;
    for (uint32_t shards = 1; shards <= 3; shards += 2) {
        struct fixture f;
        fixture_init(&f, shards, NULL, shards);
        struct ctl_topic topic = {.name = MR_STR_LIT("large"), .partitions = 2000, .replication = 1};
        struct making m = {.f = &f,
                           .cmd = {.c = {.kind = CTL_CREATE_TOPICS, .u.topics = &topic, .count = 1}}};
        submit(&f, &m.cmd);
        assert_true(world_run_until(f.w, made_all, &m, 60 * SECOND));
        assert_int_equal(topic.result.error, KW_NONE);
        uint32_t all = 0;
        for (uint32_t s = 0; s < shards; s++)
            all += smap_count(&shard_at(&f, s)->partitions);
        assert_int_equal(all, 2000);
        assert_in_range(m.looks, 10, 100);
        assert_in_range(m.most, 1, 200);
        arena_done(&m.cmd.arena);
        check(&f, "delete large -> ok large\n"
                  "topics       -> \n");
        fixture_done(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_are_created),
        cmocka_unit_test(names_are_checked),
        cmocka_unit_test(counts_and_assignments_are_checked),
        cmocka_unit_test(topics_are_deleted),
        cmocka_unit_test(partitions_are_added),
        cmocka_unit_test(settings_are_changed),
        cmocka_unit_test(commands_queue_up),
        cmocka_unit_test(many_partitions_are_made_in_many_turns),
        cmocka_unit_test(a_failed_disk_ends_changes),
        cmocka_unit_test(any_failed_shard_ends_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
