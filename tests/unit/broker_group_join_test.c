/* A classic group: who comes, who waits, who leads. */
#include "tests/unit/group_script.h"

static void the_first_generation_waits_for_latecomers(void **state)
{
    (void)state;
    check_group("void              -> yes\n"
                "state             -> Empty 0 - - - []\n"
                "join a            -> write new\n"
                "void              -> no\n"
                "state             -> PreparingRebalance 0 consumer - a [a]\n"
                "time +2000        ->\n"
                "join b            ->\n"
                "time +1000        ->\n" /* someone came: another delay */
                "time +2999        ->\n"
                "time +1           -> a leads 1 range [a b] + b in 1 range under a\n"
                "state             -> CompletingRebalance 1 consumer - a [a b]\n");
}

/* New members may prolong the initial delay up to the rebalance timeout of those who wait. */
static void the_initial_delay_is_bounded(void **state)
{
    (void)state;
    check_group(
        "join a rebalance=7000 -> write new\n"
        "time +2500            ->\n"
        "join b rebalance=7000 ->\n"
        "time +3000            ->\n" /* 5.5 s */
        "join c rebalance=7000 ->\n"
        "time +499             ->\n"
        "time +1               ->\n" /* 6 s: one more second is left */
        "join d rebalance=7000 ->\n"
        "time +999             ->\n"
        "time +1               -> a leads 1 range [a b c d] + b in 1 range under a + c in 1 range under a "
        "+ d in 1 range under a\n");
    check_group("join a rebalance=2000 -> write new\n" /* shorter than the delay, which is not cut */
                "time +2999            ->\n"
                "time +1               -> a leads 1 range [a]\n");
    check_group("set delay=0 ->\n"
                "join a -> write new\n"
                "deadline -> 0\n"
                "time +0 -> a leads 1 range [a]\n");
}

/* A group that has had members waits for those it knows only. */
static void later_rebalances_end_when_all_are_back(void **state)
{
    (void)state;
    check_group(
        "join a      -> write new\n"
        "time +3000  -> a leads 1 range [a]\n"
        "sync a a=x  -> write 1 range a: a=x + a gets x\n"
        "state       -> Stable 1 consumer range a [a=x]\n"
        "join b      ->\n"
        "state       -> PreparingRebalance 1 consumer - a [a=x b]\n"
        "beat a      -> 27\n"
        "join a      -> a leads 2 range [a b] + b in 2 range under a\n"
        "beat a      -> 0\n"
        "sync b      ->\n"
        "sync a a=y b=z -> write 2 range a: a=y b=z + a gets y + b gets z\n"
        "beat b      -> 0\n"
        "beat b gen=1 -> 22\n"
        "join c      ->\n"
        "join c2     ->\n"
        "join b      ->\n"
        "join a      -> a leads 3 range [a b c c2] + b in 3 range under a + c in 3 range under a + c2 in 3 "
        "range under a\n");
}

static void a_rebalance_drops_who_does_not_come_back(void **state)
{
    (void)state;
    check_group("set delay=0      ->\n"
                "join a session=30000 rebalance=20000 -> write new\n"
                "join b session=30000 rebalance=10000 ->\n"
                "time +0          -> a leads 1 range [a b] + b in 1 range under a\n"
                "sync b           ->\n"
                "sync a a=x b=y   -> write 1 range a: a=x b=y + a gets x + b gets y\n"
                "join c rebalance=5000 ->\n"
                "join b           ->\n"
                "time +19999      ->\n" /* the slowest member's rebalance timeout */
                "time +1          -> b leads 2 range [b c] + c in 2 range under b\n"
                "beat a           -> 25\n"
                "join a           -> a joins 25\n"
                "join a new       ->\n"
                "state            -> PreparingRebalance 2 consumer - b [b c a#2]\n");
}

static void an_id_is_required_first(void **state)
{
    (void)state;
    check_group("join1 a                -> a joins 79 + write new\n"
                "state                  -> Empty 0 - - - []\n"
                "void                   -> no\n"
                "deadline               -> 10000\n"
                "join1 a session=8000   ->\n"
                "time +3000             -> a leads 1 range [a]\n"
                "sync a                 -> write 1 range a: a= + a gets nothing\n"
                "join1 b session=6000   -> b joins 79\n"
                "state                  -> Stable 1 consumer range a [a]\n"
                "beat a                 -> 0\n"
                "join1 a                ->\n" /* the rebalance waits for b, whose id was given out */
                "state                  -> PreparingRebalance 1 consumer - a [a]\n"
                "time +5999             ->\n"
                "time +1                -> a leads 2 range [a]\n"
                "join1 b                -> b joins 25\n"
                "join1 b new            -> b joins 79\n"
                "leave b                -> left 0\n"
                "join1 b                -> b joins 25\n"
                "join1 b new            -> b joins 79\n"
                "join1 b static=i       -> b joins -1\n" /* Kafka: an exception */
                "beat b                 -> 25\n"
                "sync b gen=2           -> b syncs 25\n");
    /* before v4 it is admitted at once; and forgotten after five minutes without a word */
    check_group("join a v0                      -> write new\n"
                "time +3000                     -> a leads 1 range [a]\n"
                "sync a                         -> write 1 range a: a= + a gets nothing\n"
                "join b v0 rebalance=600000     ->\n"
                "state                          -> PreparingRebalance 1 consumer - a [a b]\n"
                "join a rebalance=600000        -> a leads 2 range [a b] + b in 2 range under a\n");
    check_group("join s static=i rebalance=900000 session=1800000 -> write new\n"
                "join a rebalance=900000        ->\n"
                "time +6000                     -> s leads 1 range [s a] + a in 1 range under s\n"
                "sync a                         ->\n"
                "sync s static=i                -> write 1 range s: s= a= + s gets nothing + a gets nothing\n"
                "join b rebalance=900000        ->\n"
                "beat a                         -> 27\n"
                "join a rebalance=900000        ->\n"
                "time +299999                   ->\n" /* a waits, and lives; b is new and may be gone */
                "time +1                        -> b joins 25\n"
                "state                          -> PreparingRebalance 1 consumer - s [s a]\n"
                "join s static=i rebalance=900000 -> s leads 2 range [s a] + a in 2 range under s\n");
}

static void who_is_refused(void **state)
{
    (void)state;
    check_group("join a session=5999     -> a joins 26\n"
                "join a session=1800001  -> a joins 26\n"
                "join a type=            -> a joins 23\n"
                "join a protos=none      -> a joins 23\n"
                "void                    -> yes\n" /* nothing of this leaves a trace */
                "join a as=a             -> write new\n"
                "join b type=connect     -> b joins 23\n"
                "join b protos=rr        -> b joins 23\n"
                "join b protos=rr,range  ->\n"
                "join c protos=rr        -> c joins 23\n" /* a does not offer it */
                "time +6000              -> a leads 1 range [a b] + b in 1 range under a\n"
                "join a type=connect     -> a joins 23\n"
                "leave a b               -> write empty 2 + left 0 0\n"
                "join c type=connect protos=rr ->\n" /* an empty group takes whoever comes */
                "state                   -> PreparingRebalance 2 connect - c [c]\n");
    check_group("join a                  -> write new\n"
                "leave a                 -> a joins 25 + left 0\n"
                "state                   -> PreparingRebalance 0 consumer - - []\n"
                "join b type=connect     -> b joins 23\n" /* not yet empty again */
                "join b protos=rr        ->\n"
                "time +6000              -> b leads 1 rr [b]\n");
    /* an id that nobody knows, in a group that nobody knows */
    check_group("join1 a                 -> a joins 79 + write new\n"
                "reload                  ->\n"
                "join1 a                 -> a joins 25\n"
                "void                    -> no\n");
    check_group("join1 a                 -> a joins 79 + write new\n"
                "unload 16               ->\n"
                "join1 a                 -> a joins 15\n"
                "join1 a new             -> a joins 15\n"
                "void                    -> yes\n");
}

static void members_vote_on_the_protocol(void **state)
{
    (void)state;
    check_group("join a protos=x,y,z  -> write new\n"
                "join b protos=z,y    ->\n"
                "join c protos=q,y,z  ->\n"
                "time +9000           -> a leads 1 y [a b c] + b in 1 y under a + c in 1 y under a\n"
                "join d protos=z,y    ->\n"
                "join a protos=x,y,z  ->\n"
                "join b protos=z,y    ->\n"
                "join c protos=q,z,y  -> a leads 2 z [a b c d] + b in 2 z under a + c in 2 z under a + d in "
                "2 z under "
                "a\n");
    /* a list that repeats itself votes once, and counts once */
    check_group("join a protos=x:1,x:2 -> write new\n"
                "join b protos=x,x     ->\n"
                "join c protos=y,x     ->\n"
                "time +9000            -> a leads 1 x [a:1 b c] + b in 1 x under a + c in 1 x under a\n"
                "leave a               -> left 0\n"
                "join b protos=x       ->\n"
                "join c protos=y,x     -> b leads 2 x [b c] + c in 2 x under b\n");
}

static void a_member_that_comes_again(void **state)
{
    (void)state;
    /* Completing: its answer was lost, or it has changed */
    check_group("join a protos=range:1 -> write new\n"
                "join b protos=range:2 ->\n"
                "time +6000            -> a leads 1 range [a:1 b:2] + b in 1 range under a\n"
                "join b protos=range:2 -> b in 1 range under a\n"
                "join a protos=range:1 -> a leads 1 range [a:1 b:2]\n"
                "sync b                ->\n"
                "join b protos=range:2 -> b in 1 range under a\n" /* its sync waits on */
                "join b protos=range:3 -> b syncs 27\n"
                "state                 -> PreparingRebalance 1 consumer - a [a b]\n"
                "sync a a=x            -> a syncs 27\n"
                "join a protos=range:1 -> a leads 2 range [a:1 b:3] + b in 2 range under a\n"
                "sync b                ->\n"
                "sync a a=x b=y        -> write 2 range a: a=x b=y + a gets x + b gets y\n"
                /* Stable: a follower that has not changed, one that has, the leader */
                "join b protos=range:3 -> b in 2 range under a\n"
                "sync b                -> b gets y\n"
                "join b protos=range:4 ->\n"
                "join a protos=range:1 -> a leads 3 range [a:1 b:4] + b in 3 range under a\n"
                "sync a                -> write 3 range a: a= b= + a gets nothing\n"
                "sync b                -> b gets nothing\n"
                "join a protos=range:1 ->\n"
                "beat b                -> 27\n"
                "join b protos=range:4 -> a leads 4 range [a:1 b:4] + b in 4 range under a\n"
                "join a as=b protos=range:4 -> a in 4 range under a\n");
    /* Preparing: the newer request takes the place of the older */
    check_group("join a                -> write new\n"
                "join a                -> a joins 27\n"
                "time +3000            -> a leads 1 range [a]\n");
}

static void the_size_is_bounded(void **state)
{
    (void)state;
    check_group("set size=2   ->\n"
                "join a       -> write new\n"
                "join b       ->\n"
                "join1 c      -> c joins 81\n"
                "join c v0    -> c joins 81\n"
                "time +6000   -> a leads 1 range [a b] + b in 1 range under a\n"
                "join1 c      -> c joins 81\n"
                "sync a       -> write 1 range a: a= b= + a gets nothing\n"
                "join1 c      -> c joins 81\n"
                "leave b      -> left 0\n"
                "join c       ->\n"
                "join a       -> a leads 2 range [a c] + c in 2 range under a\n");
    /* two ids may be given out for one place: the first to come gets it */
    check_group("set size=1   ->\n"
                "join1 a      -> a joins 79 + write new\n"
                "join1 b      -> b joins 79\n"
                "join1 a      ->\n"
                "join1 b      -> b joins 81\n"
                "join1 b      -> b joins 81\n"
                "time +3000   -> a leads 1 range [a]\n");
    /* a bound that was lowered: whoever comes last is out, and the others go on */
    check_group("join a -> write new\n"
                "join b ->\n"
                "join c ->\n"
                "time +6000   -> a leads 1 range [a b c] + b in 1 range under a + c in 1 range under a\n"
                "sync b       ->\n"
                "sync c       ->\n"
                "sync a a=x b=y c=z -> write 1 range a: a=x b=y c=z + a gets x + b gets y + c gets z\n"
                "set size=2   ->\n"
                "reload       ->\n"
                "beat a       -> 27\n"
                "join c       ->\n"
                "join b       ->\n"
                "join a       -> a joins 81 + b leads 2 range [b c] + c in 2 range under b\n");
    check_group(
        "join a       -> write new\n"
        "tight 2000   ->\n"
        "join b       ->\n"
        "tight 200    ->\n"
        "join1 c      -> c joins 81\n"
        "time +6000   -> a leads 1 range [a b] + b in 1 range under a\n"
        "sync b       ->\n"
        "sync a a=0123456789 -> write 1 range a: a=0123456789 b= + a gets 0123456789 + b gets nothing\n"
        "tight 9      ->\n"
        "join b       -> b joins 81\n"
        "tight 2000   ->\n"
        "join a       ->\n"
        "join b       -> a leads 2 range [a b] + b in 2 range under a\n"
        "sync b       ->\n"
        "tight 19     ->\n"
        "sync a a=0123456789 b=0123456789 -> a syncs -1 + b syncs -1\n"
        "state        -> PreparingRebalance 2 consumer - a [a b]\n");
}

static void ids_are_made_of_names(void **state)
{
    (void)state;
    static struct script s;
    script_init(&s);
    script_run(&s, "join a client=app-7 -> write new\n"
                   "join b static=inst client=app-7 ->\n");
    assert_int_equal(strlen(s.clients[0].id), 5 + 1 + 36);
    assert_memory_equal(s.clients[0].id, "app-7-", 6);
    assert_int_equal(s.clients[0].id[6 + 14], '4'); /* a random UUID, as Java's */
    script_run(&s, "time +6000 -> a leads 1 range [a b] + b in 1 range under a\n");
    assert_memory_equal(s.clients[1].id, "inst-", 5);
    script_done(&s);

    static char name[40000];
    memset(name, 'n', sizeof(name) - 1);
    script_init(&s);
    struct group *g;
    assert_int_equal(group_new(mr_str_of(name), 0, &g), -MR_E_LIMIT);
    struct group_protocol p = {MR_STR_LIT("range"), {(const uint8_t *)"", 0}};
    s.joins[0] = client_of(&s, "a"); /* all ids made below have the same random bytes */
    struct group_join in = {.member_id = MR_STR_LIT(""),
                            .client_id = {name, 32767 - 37},
                            .session_timeout_ms = 10000,
                            .rebalance_timeout_ms = 1,
                            .protocol_type = MR_STR_LIT("consumer"),
                            .protocols = &p,
                            .protocol_count = 1};
    group_join(s.g, &s.turn, request_new(&s, client_of(&s, "a")), &in);
    assert_true(s.requests[0].answered == false); /* it fits, and waits */
    in.client_id.len++;
    s.seen[0] = '\0';
    group_join(s.g, &s.turn, request_new(&s, client_of(&s, "a")), &in);
    assert_string_equal(s.seen, "a joins -1");
    in.client_id = (struct mr_str){NULL, 0};
    in.id_required = true;
    s.seen[0] = '\0';
    group_join(s.g, &s.turn, request_new(&s, client_of(&s, "a")), &in);
    assert_string_equal(s.seen, "a joins 79");
    assert_int_equal(strlen(client_of(&s, "a")->id), 1 + 36); /* "-..." */
    script_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_generation_waits_for_latecomers),
        cmocka_unit_test(the_initial_delay_is_bounded),
        cmocka_unit_test(later_rebalances_end_when_all_are_back),
        cmocka_unit_test(a_rebalance_drops_who_does_not_come_back),
        cmocka_unit_test(an_id_is_required_first),
        cmocka_unit_test(who_is_refused),
        cmocka_unit_test(members_vote_on_the_protocol),
        cmocka_unit_test(a_member_that_comes_again),
        cmocka_unit_test(the_size_is_bounded),
        cmocka_unit_test(ids_are_made_of_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
