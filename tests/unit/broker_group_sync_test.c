/* A classic group: who gets what, who is lost, who leaves, and what a failed write does. */
#include "tests/unit/group_script.h"

#define TWO                                                                                                  \
    "join a ->write new\n"                                                                                   \
    "join b ->\n"                                                                                            \
    "time +6000 -> a leads 1 range [a b] + b in 1 range under a\n"
#define TWO_STABLE                                                                                           \
    TWO "sync b ->\n"                                                                                        \
        "sync a a=x b=y -> write 1 range a: a=x b=y + a gets x + b gets y\n"
#define THREE_STABLE                                                                                         \
    "join a ->write new\n"                                                                                   \
    "join b ->\n"                                                                                            \
    "join c ->\n"                                                                                            \
    "time +6000 -> a leads 1 range [a b c] + b in 1 range under a + c in 1 range under a\n"                  \
    "sync c ->\n"                                                                                            \
    "sync b ->\n"                                                                                            \
    "sync a a=x b=y c=z -> write 1 range a: a=x b=y c=z + a gets x + b gets y + c gets z\n"

static void assignments_are_written_before_they_are_told(void **state)
{
    (void)state;
    check_group(TWO "hold               ->\n"
                    "sync a a=x b=y     -> write 1 range a: a=x b=y\n"
                    "state              -> CompletingRebalance 1 consumer - a [a b]\n"
                    "sync b             ->\n" /* too late for the record, in time for the answer */
                    "beat b             -> 0\n"
                    "commit b           -> 27\n"
                    "sync a a=9 b=9     -> a syncs 27\n" /* the older request; the record stays as it is */
                    "release            -> a gets x + b gets y\n"
                    "state              -> Stable 1 consumer range a [a=x b=y]\n"
                    "sync b             -> b gets y\n" /* whenever it asks again */
                    "sync a a=7         -> a gets x\n"
                    "commit b           -> 0\n");
    /* nobody is forgotten, strangers get nothing */
    check_group(TWO "sync b             ->\n"
                    "sync a a=x q=y     -> write 1 range a: a=x b= + a gets x + b gets nothing\n");
}

static void syncs_are_checked(void **state)
{
    (void)state;
    check_group("join a -> write new\n"
                "sync a gen=0       -> a syncs 27\n"
                "time +3000         -> a leads 1 range [a]\n"
                "sync a gen=0       -> a syncs 22\n"
                "sync a gen=2       -> a syncs 22\n"
                "sync q gen=1       -> q syncs 25\n"
                "sync a type=connect -> a syncs 23\n"
                "sync a proto=rr    -> a syncs 23\n"
                "sync a static=i    -> a syncs 25\n"
                "sync a a=x type=consumer proto=range -> write 1 range a: a=x + a gets x\n"
                "sync a proto=rr    -> a syncs 23\n"
                "beat q gen=1       -> 25\n"
                "beat a gen=2       -> 22\n"
                "leave a            -> write empty 2 + left 0\n"
                "sync a             -> a syncs 25\n"
                "beat a             -> 25\n"
                "unload 16          ->\n"
                "sync a             -> a syncs 15\n"
                "beat a             -> 15\n"
                "leave a            -> left 15 (all)\n");
}

static void the_leader_dies_between_join_and_sync(void **state)
{
    (void)state;
    check_group(TWO "sync b           ->\n"
                    "time +9999       ->\n"
                    "time +1          -> b syncs 27\n" /* b waits, so b lives */
                    "state            -> PreparingRebalance 1 consumer - b [b]\n"
                    "join b           -> b leads 2 range [b]\n"
                    "sync b b=z       -> write 2 range b: b=z + b gets z\n"
                    "sync a a=x b=y gen=1 -> a syncs 25\n");
    /* it comes back too late */
    check_group("join a rebalance=20000 session=60000 -> write new\n"
                "join b rebalance=20000 session=60000 ->\n"
                "time +6000       -> a leads 1 range [a b] + b in 1 range under a\n"
                "sync b           ->\n"
                "time +19999      ->\n"
                "time +1          -> b syncs 27\n" /* pending sync: a never sent its own */
                "join b rebalance=20000 -> b leads 2 range [b]\n"
                "sync a a=x b=y   -> a syncs 25\n");
}

static void a_member_never_syncs(void **state)
{
    (void)state;
    check_group("join a rebalance=20000 session=60000 -> write new\n"
                "join b rebalance=20000 session=60000 ->\n"
                "time +6000       -> a leads 1 range [a b] + b in 1 range under a\n"
                "sync a a=x b=y   -> write 1 range a: a=x b=y + a gets x\n"
                "beat b           -> 0\n" /* heartbeats do not help */
                "time +19999      ->\n"
                "beat b           -> 0\n"
                "time +1          ->\n"
                "beat b           -> 25\n"
                "beat a           -> 27\n"
                "join a           -> a leads 2 range [a]\n");
    /* both: nobody is left */
    check_group("join a rebalance=20000 session=60000 -> write new\n"
                "time +3000       -> a leads 1 range [a]\n"
                "time +20000      -> write empty 2\n"
                "state            -> Empty 2 consumer - - []\n");
    /* an id that was given out holds the rebalance up no longer than it lives */
    check_group("join a rebalance=20000 session=60000 -> write new\n"
                "time +3000       -> a leads 1 range [a]\n"
                "time +15000      ->\n"
                "join1 b session=30000 -> b joins 79\n"
                "time +5000       -> write empty 2\n"
                "state            -> Empty 2 consumer - - []\n"
                "join1 b session=30000 ->\n"
                "time +3000       -> b leads 3 range [b]\n");
}

static void sessions_end(void **state)
{
    (void)state;
    check_group(TWO_STABLE "time +5000 ->\n"
                           "beat a     -> 0\n"
                           "time +4999 ->\n"
                           "time +1    ->\n"
                           "beat a     -> 27\n"
                           "beat b     -> 25\n"
                           "state      -> PreparingRebalance 1 consumer - a [a=x]\n"
                           "time +9999 ->\n"
                           "time +1    -> write empty 2\n" /* a did not come, and its session ended */
                           "state      -> Empty 2 consumer - - []\n");
    /* commits keep a session alive */
    check_group(TWO_STABLE "time +5000 ->\n"
                           "commit a   -> 0\n"
                           "commit b txn -> 0\n"
                           "time +5000 ->\n"
                           "beat b     -> 25\n"
                           "beat a     -> 27\n");
    /* during a rebalance heartbeats do, for those who have not joined yet */
    check_group(THREE_STABLE "join a     ->\n"
                             "time +9000 ->\n"
                             "beat b     -> 27\n"
                             "time +1000 ->\n" /* c is out */
                             "state      -> PreparingRebalance 1 consumer - a [a=x b=y]\n"
                             "time +7000 ->\n"
                             "commit b   -> 0\n" /* what it still owns */
                             "time +9000 ->\n"
                             "join b     -> a leads 2 range [a b] + b in 2 range under a\n");
    /* the last one to be waited for dies */
    check_group(THREE_STABLE "join a     ->\n"
                             "join b     ->\n"
                             "time +9999 ->\n"
                             "time +1    -> a leads 2 range [a b] + b in 2 range under a\n");
    /* all at once */
    check_group(THREE_STABLE "time +10000 -> write empty 2\n"
                             "deadline    -> -1\n");
}

static void members_leave(void **state)
{
    (void)state;
    check_group(THREE_STABLE "leave c        -> left 0\n"
                             "beat a         -> 27\n"
                             "leave q        -> left 25\n"
                             "leave c        -> left 25\n"
                             "join a         ->\n"
                             "leave b id=zz  -> a leads 2 range [a] + left 0 25\n"
                             "leave a        -> write empty 3 + left 0\n"
                             "leave a        -> left 25\n"
                             "state          -> Empty 3 consumer - - []\n");
    /* whoever waits is told */
    check_group(THREE_STABLE "join b v9 protos=range:new ->\n"
                             "leave b        -> b joins 25 + left 0\n"
                             "join a         ->\n"
                             "join c         -> a leads 2 range [a c] + c in 2 range under a\n"
                             "sync c         ->\n"
                             "leave c        -> c syncs 25 + left 0\n");
    /* the answer waits for the record of an empty group */
    check_group(TWO_STABLE "hold        ->\n"
                           "leave a b   -> write empty 2\n"
                           "leave a     -> left 25\n"
                           "state       -> Empty 2 consumer - - []\n"
                           "release     -> left 0 0\n");
    check_group(TWO_STABLE "hold        ->\n"
                           "leave a b   -> write empty 2\n"
                           "fail 56     -> left 16 (all)\n"
                           "join1 a new -> a joins 79\n"
                           "release     ->\n");
    /* everyone leaves, but an id was given out: the rebalance ends at once all the same */
    check_group(TWO_STABLE "join1 c     -> c joins 79\n"
                           "leave a b   -> left 0 0\n"
                           "deadline    -> 0\n"
                           "time +0     -> write empty 2\n"
                           "leave c     -> left 0\n"
                           "void        -> no\n");
}

static void a_write_fails(void **state)
{
    (void)state;
    check_group(TWO "hold           ->\n"
                    "sync b         ->\n"
                    "sync a a=x b=y -> write 1 range a: a=x b=y\n"
                    "fail 10        -> a syncs -1 + b syncs -1\n" /* too large for the partition */
                    "state          -> PreparingRebalance 1 consumer - a [a b]\n"
                    "join b         ->\n"
                    "join a         -> a leads 2 range [a b] + b in 2 range under a\n"
                    "sync a a=x     -> write 2 range a: a=x b=\n"
                    "fail 56        -> a syncs 16\n"
                    "beat b         -> 27\n"
                    "join b         ->\n"
                    "join a         -> a leads 3 range [a b] + b in 3 range under a\n"
                    "sync a a=x     -> write 3 range a: a=x b=\n"
                    "fail 7         -> a syncs 15\n"
                    "release        ->\n");
    /* the group has gone on meanwhile: nobody is told of what was written */
    check_group(TWO
                "hold           ->\n"
                "sync b         ->\n"
                "sync a a=x b=y -> write 1 range a: a=x b=y\n"
                "join c         -> a syncs 27 + b syncs 27\n"
                "join a         ->\n"
                "join b         -> a leads 2 range [a b c] + b in 2 range under a + c in 2 range under a\n"
                "sync b         ->\n"
                "sync a a=1 b=2 -> write 2 range a: a=1 b=2 c=\n"
                "fail 10        ->\n"
                "release        -> a gets 1 + b gets 2\n");
    check_group(TWO "hold           ->\n"
                    "sync b         ->\n"
                    "sync a a=x b=y -> write 1 range a: a=x b=y\n"
                    "leave b        -> b syncs 25 + a syncs 27 + left 0\n"
                    "release        ->\n"
                    "state          -> PreparingRebalance 1 consumer - a [a]\n");
    /* the group itself cannot be written: it never was */
    check_group("hold               ->\n"
                "join a             -> write new\n"
                "join1 b            -> b joins 79\n"
                "fail 56            -> a joins 16\n"
                "void               -> yes\n"
                "join1 b            -> b joins 15\n");
    check_group(TWO "hold           ->\n"
                    "sync b         ->\n"
                    "sync a a=x b=y -> write 1 range a: a=x b=y\n"
                    "leave a b      -> a syncs 25 + b syncs 25 + write empty 2\n"
                    "unload 16      -> left 16 (all)\n"
                    "fail 56        ->\n"
                    "fail 56        ->\n");
}

/* Cooperative consumers (KIP-429): a first generation takes away, a second one gives; whoever gave something
 * up joins again with what it owns in its metadata. */
static void cooperative_members_join_twice(void **state)
{
    (void)state;
    check_group("join a protos=cs:-   -> write new\n"
                "time +3000           -> a leads 1 cs [a:-]\n"
                "sync a a=012         -> write 1 cs a: a=012 + a gets 012\n"
                "join b protos=cs:-   ->\n"
                "commit a             -> 0\n" /* it goes on reading */
                "join a protos=cs:012 -> a leads 2 cs [a:012 b:-] + b in 2 cs under a\n"
                "sync b               ->\n"
                "sync a a=01          -> write 2 cs a: a=01 b= + a gets 01 + b gets nothing\n"
                "join a protos=cs:01  ->\n" /* it gave up 2 */
                "beat b               -> 27\n"
                "join b protos=cs:    -> a leads 3 cs [a:01 b] + b in 3 cs under a\n"
                "sync b               ->\n"
                "sync a a=01 b=2      -> write 3 cs a: a=01 b=2 + a gets 01 + b gets 2\n"
                "join b protos=cs:    -> b in 3 cs under a\n"
                "sync b               -> b gets 2\n"
                "time +9999           ->\n"
                "beat a               -> 0\n"
                "time +1              ->\n" /* b is lost */
                "beat a               -> 27\n"
                "join a protos=cs:01  -> a leads 4 cs [a:01]\n"
                "sync a a=012         -> write 4 cs a: a=012 + a gets 012\n");
}

/* Three partitions, four members: one has nothing, until another leaves. */
static void a_surplus_member_waits_its_turn(void **state)
{
    (void)state;
    check_group(THREE_STABLE
                "join d         ->\n"
                "join a         ->\n"
                "join b         ->\n"
                "join c         -> a leads 2 range [a b c d] + b in 2 range under a + c in 2 range under "
                "a + d in 2 range under a\n"
                "sync d         ->\n"
                "sync a a=x b=y c=z -> write 2 range a: a=x b=y c=z d= + a gets x + d gets nothing\n"
                "sync b         -> b gets y\n"
                "sync c         -> c gets z\n"
                "beat d         -> 0\n"
                "leave b        -> left 0\n"
                "beat d         -> 27\n"
                "join d         ->\n"
                "join c         ->\n"
                "join a         -> a leads 3 range [a c d] + c in 3 range under a + d in 3 range under "
                "a\n"
                "sync d         ->\n"
                "sync c         ->\n"
                "sync a a=x c=z d=y -> write 3 range a: a=x c=z d=y + a gets x + c gets z + d gets y\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assignments_are_written_before_they_are_told),
        cmocka_unit_test(syncs_are_checked),
        cmocka_unit_test(the_leader_dies_between_join_and_sync),
        cmocka_unit_test(a_member_never_syncs),
        cmocka_unit_test(sessions_end),
        cmocka_unit_test(members_leave),
        cmocka_unit_test(a_write_fails),
        cmocka_unit_test(cooperative_members_join_twice),
        cmocka_unit_test(a_surplus_member_waits_its_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
