/* Several log directories: where partitions go, what is left when one fails at work, at the start, or is put
 * back, and a partition that is in two. */
#include "core/broker/dirs.h"
#include "tests/unit/broker_script.h"

enum { PARTS = 6 };

static void several(struct fixture *f, uint64_t seed, uint32_t shards)
{
    fixture_with(f, seed, NULL, shards, "log.dirs=/data/a,/data/b,/c");
}

/* In which directory each partition of t is, and "-" where it is offline. */
static const char *places(struct fixture *f, char dst[PARTS + 1])
{
    const struct image_topic *t = image_topic(shard_at(f, 0)->image, mr_str_of("t"));
    for (int32_t i = 0; i < t->partition_count; i++) {
        const struct broker *b = boot_broker(f->rig.boot);
        bool offline = dirs_offline(b, &t->partitions[i]);
        dst[i] = offline ? '-' : (char)('0' + dirs_of(b, &t->partitions[i]));
        struct part_key key = {t->id, i};
        struct broker_shard *home = shard_at(f, placement_shard(key, f->rig.sizes.shards));
        assert_int_equal(t->partitions[i].leader, offline ? -1 : 1);
        assert_true((partition_find(home, key) == NULL) == offline);
        assert_int_equal(dirs_missing(home, key),
                         offline ? KW_KAFKA_STORAGE_ERROR : KW_UNKNOWN_TOPIC_OR_PARTITION);
    }
    dst[t->partition_count] = '\0';
    return dst;
}

static void append_to(struct fixture *f, int partition, const char *want)
{
    char line[80];
    snprintf(line, sizeof(line), "append t %d 1 -> %s\n", partition, want);
    check(f, line);
}

static bool none_leads(void *ctx)
{
    struct fixture *f = ctx;
    const struct image_topic *t = image_topic(shard_at(f, 0)->image, mr_str_of("t"));
    return t->partitions[1].leader == -1 && t->partitions[4].leader == -1;
}

static void new_partitions_take_turns_on_equal_disks(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct fixture f;
        char at[PARTS + 1];
        several(&f, seed, 2);
        check(&f, "create t 6 1 -> ok 6x1\n");
        assert_string_equal(places(&f, at), "012012");
        for (int i = 0; i < PARTS; i++)
            append_to(&f, i, "at 0");
        check(&f, "kill -> \nstart 3 -> crashed 1 topics\n");
        assert_string_equal(places(&f, at), "012012");
        for (int i = 0; i < PARTS; i++)
            append_to(&f, i, "at 1");
        check(&f, "stop -> clean\nstart 1 -> clean 1 topics\n");
        for (int i = 0; i < PARTS; i++)
            append_to(&f, i, "at 2");
        check(&f, "delete t -> ok t\ncreate t 3 1 -> ok 3x1\nappend t 0 1 -> at 0\npower-off -> \n"
                  "start 2 -> crashed 1 topics\nappend t 0 1 -> at 1\n");
        fixture_done(&f);
    }
}

/* A flush fails in one directory: the others do not notice, and what it had acknowledged is there when it is
 * well again. */
static void one_fails_at_work(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct fixture f;
        char at[PARTS + 1];
        several(&f, seed, 2);
        check(&f, "create t 6 1 -> ok 6x1\n");
        for (int i = 0; i < PARTS; i++)
            append_to(&f, i, "at 0");
        node_fault(f.rig.node,
                   &(struct disk_fault){.kinds = 1u << SIM_WRITE_FLUSH | 1u << SIM_WRITE | 1u << SIM_FLUSH,
                                        .path = "/data/b",
                                        .err = -EIO});
        append_to(&f, 1, "56");
        assert_true(world_run_until(f.w, none_leads, &f, 60 * SECOND));
        world_run_for(f.w, SECOND);
        assert_string_equal(places(&f, at), "0-20-2");
        for (int i = 0; i < PARTS; i++) {
            if (i % 3 != 1)
                append_to(&f, i, "at 1");
        }
        check(&f, "create more 4 1 -> ok 4x1\nappend more 0 1 -> at 0\nappend more 3 1 -> at 0\n");
        check(&f, seed % 2 == 0 ? "kill -> \n" : "stop -> clean\n");
        node_faults_clear(f.rig.node);
        check(&f, seed % 2 == 0 ? "start 2 -> crashed 2 topics\n" : "start 2 -> clean 2 topics\n");
        assert_string_equal(places(&f, at), "012012");
        append_to(&f, 4, "at 1");
        append_to(&f, 0, "at 2");
        fixture_done(&f);
    }
}

/* From the Nth write or flush of a stop on: the others are closed cleanly, and of this one nothing that was
 * acknowledged is lost: its next start recovers it. */
static void one_fails_in_a_stop(void **state)
{
    (void)state;
    bool met = true;
    for (uint64_t nth = 0; met; nth++) {
        struct fixture f;
        char at[PARTS + 1];
        assert_true(nth < 60);
        several(&f, 1 + nth, 2);
        check(&f, "create t 6 1 -> ok 6x1\n");
        for (int i = 0; i < PARTS; i++)
            append_to(&f, i, "at 0");
        node_fault(f.rig.node,
                   &(struct disk_fault){.kinds = 1u << SIM_WRITE_FLUSH | 1u << SIM_WRITE | 1u << SIM_FLUSH,
                                        .path = "/data/b",
                                        .skip = nth,
                                        .err = -EIO});
        f.seen[0] = '\0';
        stop(&f);
        met = strcmp(f.seen, "clean") != 0;
        node_faults_clear(f.rig.node);
        check(&f, "start 2 -> clean 1 topics\n");
        assert_string_equal(places(&f, at), "012012");
        for (int i = 0; i < PARTS; i++)
            append_to(&f, i, "at 1");
        fixture_done(&f);
    }
}

/* Its journal cannot be read: the start goes on without it, and nothing in it is lost. */
static void one_fails_at_the_start(void **state)
{
    (void)state;
    struct fixture f;
    char at[PARTS + 1];
    several(&f, 3, 2);
    check(&f, "create t 6 1 -> ok 6x1\n");
    for (int i = 0; i < PARTS; i++)
        append_to(&f, i, "at 0");
    check(&f, "kill -> \n");
    node_fault(f.rig.node, &(struct disk_fault){.kinds = 1u << SIM_READ, .path = "/c/", .err = -EIO});
    check(&f, "start 2 -> crashed 1 topics\n");
    assert_string_equal(places(&f, at), "01-01-");
    append_to(&f, 0, "at 1");
    check(&f, "grow t 9 -> ok\nstop -> clean\n");
    node_faults_clear(f.rig.node);
    check(&f,
          "start 2 -> clean 1 topics\nappend t 2 1 -> at 1\nappend t 5 1 -> at 1\nappend t 8 1 -> at 0\n");
    fixture_done(&f);
}

/* The metadata's own is not one of several. */
static void without_the_metadata_there_is_no_start(void **state)
{
    (void)state;
    struct fixture f;
    several(&f, 4, 1);
    check(&f, "create t 6 1 -> ok 6x1\nstop -> clean\n");
    node_fault(f.rig.node, &(struct disk_fault){.kinds = 1u << SIM_READ, .path = "/data/a/m", .err = -EIO});
    start(&f, 1);
    assert_null(strstr(f.seen, "topics"));
    f.seen[0] = '\0';
    node_faults_clear(f.rig.node);
    check(&f, "start 1 -> clean 1 topics\n");
    fixture_done(&f);
}

static void a_partition_in_two_stops_the_start(void **state)
{
    (void)state;
    struct fixture f;
    uint8_t text[200];
    several(&f, 5, 1);
    check(&f, "create t 6 1 -> ok 6x1\nappend t 1 1 -> at 0\nstop -> clean\n");
    int64_t n = node_peek(f.rig.node, "/data/b/t-1/partition.metadata", 0, text, sizeof(text));
    assert_true(n > 0);
    node_mkdirs(f.rig.node, "/c/t-1");
    node_put(f.rig.node, "/c/t-1/partition.metadata", text, (size_t)n);
    start(&f, 1);
    assert_non_null(strstr(f.seen, "t-1 is in two log directories, /data/b and /c"));
    f.seen[0] = '\0';
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_partitions_take_turns_on_equal_disks),
        cmocka_unit_test(one_fails_at_work),
        cmocka_unit_test(one_fails_in_a_stop),
        cmocka_unit_test(one_fails_at_the_start),
        cmocka_unit_test(without_the_metadata_there_is_no_start),
        cmocka_unit_test(a_partition_in_two_stops_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
