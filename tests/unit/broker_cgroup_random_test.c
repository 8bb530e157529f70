/* A consumer group among members that come, go, hang, return under old ids, tell late or nothing, with topics
 * that come and grow, writes that fail, and crashes after which the group is what its log says.
 *
 *   no partition is with two members (the script checks it after each event)
 *   a group made of the log is the group (likewise)
 *   epochs do not go back
 *   when faults stop, all is shared out evenly within a few rounds of heartbeats, and stays so */
#include "tests/unit/cgroup_script.h"

enum { SEEDS = 300, STEPS = 300, PEOPLE = 8, TOPICS = 4 };

static uint32_t rnd(uint64_t *x, uint32_t n)
{
    *x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*x >> 33) % n;
}

static const char *do_words(struct cscript *s, const char *fmt, ...) MR_PRINTF(2, 3);
static const char *do_words(struct cscript *s, const char *fmt, ...)
{
    char line[256];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof(line), fmt, args);
    va_end(args);
    s->seen[0] = '\0';
    do_line(s, line);
    return s->seen;
}

static const char *topics_of(uint64_t *x)
{
    static const char *const lists[] = {"t0", "t0,t1", "t0,t1", "t1,t2", "t0,t1,t2,t3", "-"};
    return lists[rnd(x, MR_COUNT(lists))];
}

/* The group as after a crash: from its log. */
static void crash(struct cscript *s)
{
    cgroup_free(s->g);
    assert_int_equal(cgroup_new(MR_STR_LIT("g"), &s->g), 0);
    begin(s);
    for (uint32_t i = 0; i < s->log_count; i++)
        replay_one(s, s->g, &s->log[i]);
    cgroup_loaded(s->g, &s->turn);
}

static void step(struct cscript *s, uint64_t *x)
{
    uint32_t who = rnd(x, PEOPLE);
    bool fixed = who < 3;
    char more[32] = "";
    if (fixed)
        snprintf(more, sizeof(more), "static=i%u", who);
    switch (rnd(x, 16)) {
    case 0:
    case 1:
        (void)do_words(s, "join m%u %s %s %s", who, topics_of(x), more, rnd(x, 4) == 0 ? "regex=t*" : "");
        break;
    case 2:
        (void)do_words(s, "leave m%u %s %s", who, more, fixed && rnd(x, 2) == 0 ? "epoch=-2" : "");
        break;
    case 3:
        (void)do_words(s, "time +%u", rnd(x, 50000));
        break;
    case 4:
        (void)do_words(s, "topic t%u %u", rnd(x, TOPICS), 1 + rnd(x, 9));
        break;
    case 5:
        (void)do_words(s, "fail");
        break;
    case 6:
        crash(s);
        break;
    case 7:
        (void)do_words(s, "beat m%u epoch=%u own", who, rnd(x, 30));
        break;
    case 8:
        (void)do_words(s, "beat m%u %s names=%s", who, more, "t0,t2");
        break;
    case 9:
        (void)do_words(s, "time +%u", rnd(x, 2000));
        break;
    default:
        (void)do_words(s, "beat m%u %s %s", who, more, rnd(x, 2) == 0 ? "own" : "");
        break;
    }
}

/* Everybody is honest now. */
static void calm_round(struct cscript *s, int round)
{
    for (uint32_t who = 0; who < PEOPLE; who++) {
        char more[32] = "";
        if (who < 3)
            snprintf(more, sizeof(more), "static=i%u", who);
        const char *said = do_words(s, "beat m%u %s own", who, more);
        if (said[0] >= '1' && strlen(said) >= 2 &&
            (strcmp(said, "25") == 0 || strcmp(said, "110") == 0 || strcmp(said, "82") == 0) && round < 4) {
            (void)do_words(s, "leave m%u %s", who, more);
            (void)do_words(s, "join m%u t0,t1,t2,t3 %s", who, more);
        } else if (round == 0) {
            (void)do_words(s, "beat m%u %s own names=t0,t1,t2,t3", who, more);
        }
    }
    (void)do_words(s, "time +5000");
}

static void check_even(struct cscript *s)
{
    struct cgroup_view v;
    struct cgroup_member_view m;
    uint32_t at = 0, least = UINT32_MAX, most = 0, total = 0, slots = 0;
    cgroup_describe(s->g, &s->settings, &v);
    if (v.state != CGROUP_STABLE)
        fail_msg("not stable: %s", do_words(s, "state"));
    while (cgroup_next_member(s->g, &at, &m)) {
        least = (uint32_t)mr_min(least, m.assigned.count);
        most = (uint32_t)mr_max(most, m.assigned.count);
        total += m.assigned.count;
    }
    for (int i = 0; i < s->topic_count; i++)
        slots += (uint32_t)s->all[i].partitions;
    assert_int_equal(total, slots);
    assert_true(most - least <= 1);
}

static void members_lie_and_brokers_crash(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct cscript *s = cscript_new();
        uint64_t x = seed;
        int32_t epoch = 0;
        for (int i = 0; i < STEPS; i++) {
            struct cgroup_view v;
            step(s, &x);
            cgroup_describe(s->g, &s->settings, &v);
            if (v.epoch < epoch && v.epoch != 0)
                fail_msg("seed %llu: epoch %d after %d", (unsigned long long)seed, v.epoch, epoch);
            epoch = v.epoch;
        }
        s->fail = false;
        (void)do_words(s, "topic t0 7");
        (void)do_words(s, "time +60000"); /* who does not speak has gone */
        for (int round = 0; round < 12; round++)
            calm_round(s, round);
        check_even(s);
        cscript_free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_lie_and_brokers_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
