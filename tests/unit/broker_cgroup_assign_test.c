/* The rules by which a consumer group's partitions are given out. */
#include "tests/unit/cgroup_script.h"

#include "core/broker/cgroup_assign.h"

/* Members by their numbers of partitions, largest first. */
static void uniform_is_even_and_keeps_what_it_can(void **state)
{
    (void)state;
    check_cgroup("topic t 7     ->\n"
                 "join a t      -> 1 t:0,1,2,3,4,5,6\n"
                 "join b t      -> 2 none\n"
                 "target        -> a t:0,1,2,3 b t:4,5,6\n"
                 "join c t      -> 3 none\n"
                 "target        -> a t:0,1,2 b t:4,5 c t:3,6\n"
                 "join d t      -> 4 none\n"
                 "target        -> a t:0,1 b t:4,5 c t:3,6 d t:2\n"
                 "leave b       -> -1\n"
                 "beat c own    -> 5\n" /* a has them all still */
                 "target        -> a t:0,1,4 c t:3,6 d t:2,5\n"
                 "topic t 9     ->\n"
                 "beat c own    -> 6 t:7\n"
                 "target        -> a t:0,1,4 c t:3,6,7 d t:2,5,8\n");
}

static void range_gives_alike_topics_alike(void **state)
{
    (void)state;
    check_cgroup("topic t 5     ->\n"
                 "topic u 5     ->\n"
                 "join z t,u assignor=range           -> 1 t:0,1,2,3,4 u:0,1,2,3,4\n"
                 "join a t,u assignor=range           -> 2 none\n"
                 "target        -> z t:3,4 u:3,4 a t:0,1,2 u:0,1,2\n"
                 "join y t,u assignor=range static=I  -> 3 none\n" /* those with a name of their own first */
                 "target        -> z t:4 u:4 a t:2,3 u:2,3 y t:0,1 u:0,1\n"
                 "join b u assignor=range             -> 4 none\n"
                 "target        -> z t:4 u:4 a t:2,3 u:2 y t:0,1 u:0,1 b u:3\n");
}

/* The one that most ask for; who asks for none has no vote. */
static void the_assignor_is_voted_for(void **state)
{
    (void)state;
    check_cgroup("topic t 4 ->\n"
                 "join b t  -> 1 t:0,1,2,3\n"
                 "join a t assignor=range -> 2 none\n"
                 "target    -> b t:2,3 a t:0,1\n"
                 "join c t assignor=uniform -> 3 none\n"
                 "target    -> b t:2,3 a t:0 c t:1\n");
}

static void mixed_subscriptions_are_even_where_they_can(void **state)
{
    (void)state;
    check_cgroup("topic t 4   ->\n"
                 "topic u 4   ->\n"
                 "join a t    -> 1 t:0,1,2,3\n"
                 "join b t,u  -> 2 u:0,1,2,3\n"
                 "target      -> a t:0,1,2,3 b u:0,1,2,3\n"
                 "join c u    -> 3 none\n"
                 "join d t,u  -> 4 none\n"
                 "target      -> a t:2,3 b t:0 u:3 c u:1,2 d t:1 u:0\n"
                 "join e x    -> 5 none\n" /* of a topic that there is not */
                 "target      -> a t:2,3 b t:0 u:3 c u:1,2 d t:1 u:0 e \n");
}

/* ---- problems from seeds ---- */

static uint32_t rnd(uint64_t *x, uint32_t n)
{
    *x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*x >> 33) % n;
}

static bool wants(const struct cgroup_seat *s, uint32_t topic)
{
    for (uint32_t i = 0; i < s->topic_count; i++) {
        if (s->topics[i] == topic)
            return true;
    }
    return false;
}

static void check_fair(const struct cgroup_problem *p)
{
    uint32_t has[64] = {0};
    for (uint32_t t = 0; t < p->topic_count; t++) {
        uint32_t fans = 0;
        for (uint32_t i = 0; i < p->seat_count; i++)
            fans += wants(&p->seats[i], t);
        for (uint32_t s = p->first[t]; s < p->first[t + 1]; s++) {
            assert_int_equal(p->owner[s] == CGROUP_NOBODY, fans == 0);
            if (fans > 0) {
                assert_true(wants(&p->seats[p->owner[s]], t));
                has[p->owner[s]]++;
            }
        }
    }
    /* No single move would make it more even. */
    for (uint32_t t = 0; t < p->topic_count; t++) {
        for (uint32_t s = p->first[t]; s < p->first[t + 1]; s++) {
            for (uint32_t i = 0; p->owner[s] != CGROUP_NOBODY && i < p->seat_count; i++) {
                if (wants(&p->seats[i], t))
                    assert_true(has[i] + 1 >= has[p->owner[s]]);
            }
        }
    }
}

static void problems_from_seeds(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        uint64_t x = seed;
        struct mr_arena a;
        arena_init(&a, 1 << 20);
        uint32_t first[9], owner[128], topics[64][8], slots = 0, kept = 0, had = 0;
        struct cgroup_seat seats[64] = {{.limit = 0}};
        struct cgroup_problem p = {.seats = seats, .first = first, .owner = owner, .same = rnd(&x, 2) == 0};
        p.seat_count = 1 + rnd(&x, 12);
        p.topic_count = 1 + rnd(&x, 8);
        for (uint32_t t = 0; t <= p.topic_count; t++) {
            first[t] = slots;
            slots += t < p.topic_count ? 1 + rnd(&x, 15) : 0;
        }
        for (uint32_t i = 0; i < p.seat_count; i++) {
            seats[i].topics = topics[i];
            for (uint32_t t = 0; t < p.topic_count; t++) {
                if (p.same || rnd(&x, 2) == 0)
                    topics[i][seats[i].topic_count++] = t;
            }
        }
        for (uint32_t t = 0; t < p.topic_count; t++) {
            for (uint32_t s = first[t]; s < first[t + 1]; s++) {
                uint32_t i = rnd(&x, p.seat_count);
                owner[s] = wants(&seats[i], t) && rnd(&x, 4) > 0 ? i : CGROUP_NOBODY;
            }
        }
        assert_int_equal(cgroup_assign_uniform(&p, &a), 0);
        check_fair(&p);
        /* What is even stays where it is. */
        uint32_t was[128];
        memcpy(was, owner, sizeof(uint32_t) * slots);
        assert_int_equal(cgroup_assign_uniform(&p, &a), 0);
        assert_memory_equal(was, owner, sizeof(uint32_t) * slots);
        /* One goes: those who stay keep all they had. */
        if (p.same && p.seat_count > 1) {
            p.seat_count--;
            for (uint32_t s = 0; s < slots; s++) {
                if (owner[s] == p.seat_count)
                    owner[s] = CGROUP_NOBODY;
            }
            memcpy(was, owner, sizeof(uint32_t) * slots);
            assert_int_equal(cgroup_assign_uniform(&p, &a), 0);
            for (uint32_t s = 0; s < slots; s++) {
                had += was[s] != CGROUP_NOBODY;
                kept += was[s] != CGROUP_NOBODY && was[s] == owner[s];
            }
            assert_int_equal(kept, had);
            check_fair(&p);
        }
        arena_done(&a);
    }
}

/* A thousand members join one by one, and reach what each shall have. */
static void a_thousand_members(void **state)
{
    (void)state;
    struct cscript *s = cscript_new();
    char line[64];
    s->big = true;
    set_topic(s, "t", 2000);
    for (int i = 0; i < 1000; i++) {
        s->seen[0] = '\0';
        snprintf(line, sizeof(line), "join m%d t", i);
        arena_reset(&s->arena);
        do_line(s, line);
        cscript_forget(s);
    }
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 1000; i++) {
            s->seen[0] = '\0';
            snprintf(line, sizeof(line), "beat m%d own", i);
            do_line(s, line);
            cscript_forget(s);
        }
    }
    struct cgroup_member_view m;
    uint32_t at = 0;
    assert_int_equal(cgroup_state_of(s->g), CGROUP_STABLE);
    while (cgroup_next_member(s->g, &at, &m))
        assert_int_equal(m.assigned.count, 2);
    uint64_t each = cgroup_bytes(s->g) / 1000;
    if (each > 600)
        fail_msg("%llu bytes a member", (unsigned long long)each);
    cscript_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uniform_is_even_and_keeps_what_it_can),
        cmocka_unit_test(range_gives_alike_topics_alike),
        cmocka_unit_test(the_assignor_is_voted_for),
        cmocka_unit_test(mixed_subscriptions_are_even_where_they_can),
        cmocka_unit_test(problems_from_seeds),
        cmocka_unit_test(a_thousand_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
