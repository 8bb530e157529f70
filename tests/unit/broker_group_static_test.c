/* A classic group: static members (KIP-345), which come back under a new id and keep what they had. */
#include "tests/unit/group_script.h"

#define TWO                                                                                                  \
    "join a static=A ->write new\n"                                                                          \
    "join b static=B ->\n"                                                                                   \
    "time +6000 -> a leads 1 range [a b] + b in 1 range under a\n"
#define TWO_STABLE                                                                                           \
    TWO "sync b static=B ->\n"                                                                               \
        "sync a static=A a=x b=y -> write 1 range a: a=x b=y + a gets x + b gets y\n"

static void a_static_member_comes_back_unnoticed(void **state)
{
    (void)state;
    check_group(TWO_STABLE "hold                 ->\n"
                           "join b static=B new  -> write 1 range a: a=x b#2=y\n"
                           "state                -> Stable 1 consumer range a [a=x b#2=y]\n"
                           "release              -> b in 1 range under a\n"
                           "beat b static=B      -> 0\n"
                           "beat a               -> 0\n"
                           "sync b static=B      -> b gets y\n"
                           "commit b static=B    -> 0\n"
                           "time +9999           ->\n"
                           "beat b               -> 0\n"
                           "deadline             -> 1\n");
}

static void the_old_id_is_fenced(void **state)
{
    (void)state;
    check_group(TWO_STABLE
                "join c as=b static=B client=c -> c in 1 range under a\n" /* the same process, still */
                "join b static=B new  -> write 1 range a: a=x b#2=y + b in 1 range under a\n"
                "beat c static=B      -> 82\n"
                "sync c static=B      -> c syncs 82\n"
                "commit c static=B    -> 82\n"
                "join c static=B      -> c joins 82\n"
                "leave c,static=B     -> left 82\n"
                "beat c               -> 25\n" /* no instance id: just unknown */
                "leave c              -> left 25\n"
                "beat b static=Q      -> 25\n"
                "beat b static=A      -> 82\n");
}

/* A leader that is back must not assign anew; before v9 it is told that it does not lead. */
static void the_leader_comes_back(void **state)
{
    (void)state;
    check_group(TWO_STABLE
                "join a static=A new v9 -> write 1 range a#2: b=y a#2=x + a leads 1 range skip [b a#2]\n"
                "sync a static=A        -> a gets x\n"
                "beat b                 -> 0\n"
                "join a static=A        ->\n" /* now it means it */
                "beat b                 -> 27\n"
                "join b static=B        -> b in 2 range under a#2 + a leads 2 range [b a#2]\n");
    check_group(TWO_STABLE "join a static=A new    -> write 1 range a#2: b=y a#2=x + a in 1 range under a\n"
                           "sync a static=A        -> a gets x\n"
                           "state                  -> Stable 1 consumer range a#2 [b=y a#2=x]\n");
    check_group(TWO_STABLE "join b static=B new v9 -> write 1 range a: a=x b#2=y + b in 1 range under a\n");
}

/* The choice of protocol would change: everyone joins. */
static void it_comes_back_as_another(void **state)
{
    (void)state;
    check_group("join a static=A protos=x,y -> write new\n"
                "join b static=B protos=x,y ->\n"
                "join c static=C protos=y,x ->\n"
                "time +9000 -> a leads 1 x [a b c] + b in 1 x under a + c in 1 x under a\n"
                "sync b     ->\n"
                "sync c     ->\n"
                "sync a a=1 -> write 1 x a: a=1 b= c= + a gets 1 + b gets nothing + c gets nothing\n"
                "join b static=B new protos=y,x ->\n"
                "beat a     -> 27\n"
                "join a protos=x,y ->\n"
                "join c protos=y,x -> a leads 2 y [a c b#2] + c in 2 y under a + b in 2 y under a\n");
    /* metadata alone does not */
    check_group("join a static=A protos=x:1 -> write new\n"
                "time +3000 -> a leads 1 x [a:1]\n"
                "sync a a=1 -> write 1 x a: a=1 + a gets 1\n"
                "join a static=A new v9 protos=x:2 -> write 1 x a#2: a#2=1 + a leads 1 x skip [a#2:2]\n"
                "join a static=A new protos=y -> a joins 23\n");
}

static void it_comes_back_during_a_rebalance(void **state)
{
    (void)state;
    /* Preparing: the older join is fenced, the newer one waits for the rest */
    check_group(
        "join a static=A      -> write new\n"
        "join a static=A new  -> a joins 82\n"
        "time +3000           -> a leads 1 range [a]\n"
        "sync a               -> write 1 range a: a= + a gets nothing\n"
        "join b static=B      ->\n"
        "join c static=C      ->\n"
        "join b static=B new  -> b joins 82\n"
        "join a static=A new  -> c in 2 range under a#2 + b in 2 range under a#2 + a leads 2 range [c b "
        "a#2]\n");
    /* Completing: the leader may be assigning to the old id */
    check_group(TWO "sync b static=B      ->\n"
                    "join b static=B new  -> b syncs 82\n"
                    "state                -> PreparingRebalance 1 consumer - a [a b#2]\n"
                    "sync a static=A a=x b=y -> a syncs 27\n"
                    "join a static=A      -> a leads 2 range [a b#2] + b in 2 range under a\n");
    /* while the assignments are being written */
    check_group(TWO "hold                 ->\n"
                    "sync b static=B      ->\n"
                    "sync a static=A a=x b=y -> write 1 range a: a=x b=y\n"
                    "join b static=B new  -> b syncs 82 + a syncs 27\n"
                    "release              ->\n"
                    "join a static=A      -> a leads 2 range [a b#2] + b in 2 range under a\n");
}

/* It is away during a rebalance: it stays, until its session ends or it does not sync. */
static void it_is_waited_for(void **state)
{
    (void)state;
    check_group("join a static=A session=100000 rebalance=20000 -> write new\n"
                "join b session=100000 rebalance=20000 ->\n"
                "join c session=100000 rebalance=20000 ->\n"
                "time +9000 -> a leads 1 range [a b c] + b in 1 range under a + c in 1 range under a\n"
                "sync b ->\n"
                "sync c ->\n"
                "sync a a=x b=y c=z -> write 1 range a: a=x b=y c=z + a gets x + b gets y + c gets z\n"
                "join b protos=range:2 session=100000 rebalance=20000 ->\n"
                "time +19999 ->\n"
                "time +1     -> b leads 2 range [a b:2]\n");
}

static void nobody_is_there(void **state)
{
    (void)state;
    /* static members only, all away: the join phase cannot end, and goes on until their sessions do */
    check_group("join a static=A session=50000 rebalance=20000 -> write new\n"
                "join b static=B session=50000 rebalance=20000 ->\n"
                "time +6000 -> a leads 1 range [a b] + b in 1 range under a\n"
                "sync b ->\n"
                "sync a a=x -> write 1 range a: a=x b= + a gets x + b gets nothing\n"
                "join a static=A session=50000 rebalance=20000 ->\n"
                "leave static=A -> a joins 25 + left 0\n"
                "state  -> PreparingRebalance 1 consumer - b [b]\n"
                "time +40000 ->\n"
                "state  -> PreparingRebalance 1 consumer - b [b]\n"
                "time +10000 -> write empty 2\n");
    /* a client's rebalance timeout of nothing does not make us spin */
    check_group("join a static=A session=1000000 -> write new\n"
                "join b static=B session=1000000 ->\n"
                "time +6000  -> a leads 1 range [a b] + b in 1 range under a\n"
                "sync b      ->\n"
                "sync a      -> write 1 range a: a= b= + a gets nothing + b gets nothing\n"
                "join b protos=range:2 session=1000000 rebalance=0 ->\n"
                "time +60000 -> b leads 2 range [a b:2]\n"
                "sync b      -> write 2 range b: a= b= + b gets nothing\n"
                "time +60000 ->\n" /* a has not synced, b has to join within no time at all */
                "state       -> PreparingRebalance 2 consumer - b [b]\n"
                "time +60500 ->\n"
                "deadline    -> 500\n"
                "join b protos=range:2 rebalance=0 -> b leads 3 range [b:2]\n"
                "time +0     -> write empty 4\n");
}

static void administrators_remove_it(void **state)
{
    (void)state;
    check_group(TWO_STABLE "leave static=B static=Q id=zz -> left 0 25 25\n"
                           "state               -> PreparingRebalance 1 consumer - a [a=x]\n"
                           "beat b static=B     -> 25\n"
                           "leave b,static=B    -> left 25\n"
                           "leave a,static=A    -> write empty 2 + left 0\n");
}

/* The new id could not be written: the old one holds. */
static void the_new_id_is_not_written(void **state)
{
    (void)state;
    check_group(TWO_STABLE "join c as=b static=B -> c in 1 range under a\n"
                           "hold                 ->\n"
                           "join b static=B new  -> write 1 range a: a=x b#2=y\n"
                           "beat c static=B      -> 82\n"
                           "fail 10              -> b joins -1\n"
                           "state                -> Stable 1 consumer range a [a=x b=y]\n"
                           "beat c static=B      -> 0\n"
                           "release              ->\n");
    check_group(TWO_STABLE "hold                 ->\n"
                           "join a static=A new v9 -> write 1 range a#2: b=y a#2=x\n"
                           "fail 7               -> a joins 15\n"
                           "state                -> Stable 1 consumer range a [b=y a=x]\n"
                           "release              ->\n");
    /* someone else came meanwhile: the join phase has the answer, and the record is one of many */
    check_group(TWO_STABLE
                "hold                 ->\n"
                "join b static=B new  -> write 1 range a: a=x b#2=y\n"
                "join c               ->\n"
                "release              ->\n"
                "join a static=A      -> a leads 2 range [a b#2 c] + b in 2 range under a + c in 2 range "
                "under a\n");
    check_group(TWO_STABLE
                "hold                 ->\n"
                "join b static=B new  -> write 1 range a: a=x b#2=y\n"
                "join c               ->\n"
                "join a static=A      -> a leads 2 range [a b#2 c] + b in 2 range under a + c in 2 range "
                "under a\n"
                "fail 10              ->\n" /* b was told its new id already */
                "beat b static=B      -> 0\n"
                "release              ->\n");
    /* and again, and gone */
    check_group(TWO_STABLE "hold                 ->\n"
                           "join b static=B new  -> write 1 range a: a=x b#2=y\n"
                           "join b static=B new  -> b joins 82 + write 1 range a: a=x b#3=y\n"
                           "leave static=B       -> b joins 25 + left 0\n"
                           "release              ->\n"
                           "state                -> PreparingRebalance 1 consumer - a [a=x]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_static_member_comes_back_unnoticed),
        cmocka_unit_test(the_old_id_is_fenced),
        cmocka_unit_test(the_leader_comes_back),
        cmocka_unit_test(it_comes_back_as_another),
        cmocka_unit_test(it_comes_back_during_a_rebalance),
        cmocka_unit_test(it_is_waited_for),
        cmocka_unit_test(nobody_is_there),
        cmocka_unit_test(administrators_remove_it),
        cmocka_unit_test(the_new_id_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
