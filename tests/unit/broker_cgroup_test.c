/* A consumer group (KIP-848): epochs, reconciliation, who goes. */
#include "tests/unit/cgroup_script.h"

static void one_member_has_all(void **state)
{
    (void)state;
    check_cgroup("topic t 3     ->\n"
                 "join a t      -> 1 t:0,1,2\n"
                 "log           -> 5 3 7 6 8\n"
                 "beat a        -> 1\n"
                 "log           ->\n"
                 "beat a own    -> 1\n"
                 "state         -> Stable 1/1 a=1 t:0,1,2\n"
                 "leave a       -> -1\n"
                 "log           -> -8 -7 -5 3\n"
                 "state         -> Empty 2/1\n"
                 "join a t      -> 3 t:0,1,2\n");
}

/* What moves is given back before somebody else gets it; the rest goes on. */
static void a_second_one_gets_what_the_first_gives_back(void **state)
{
    (void)state;
    check_cgroup("topic t 3     ->\n"
                 "join a t      -> 1 t:0,1,2\n"
                 "join b t      -> 2 none\n"
                 "state         -> Reconciling 2/2 a=1 t:0,1,2 b=2\n"
                 "target        -> a t:0,1 b t:2\n"
                 "beat b        -> 2\n"
                 "beat a        -> 1 t:0,1\n"
                 "log           -> 8\n"
                 "beat b        -> 2\n"
                 "beat a        -> 1\n" /* it has not said that it gave it back */
                 "beat a own    -> 2\n"
                 "beat b        -> 2 t:2\n"
                 "state         -> Stable 2/2 a=2 t:0,1 b=2 t:2\n"
                 "beat a        -> 2\n"
                 "leave b       -> -1\n"
                 "state         -> Assigning 3/2 a=2 t:0,1\n"
                 "beat a        -> 3 t:0,1,2\n");
}

static void who_does_not_give_back_in_time_is_out(void **state)
{
    (void)state;
    check_cgroup("topic t 2     ->\n"
                 "join a t rt=9000 -> 1 t:0,1\n"
                 "join b t      -> 2 none\n"
                 "beat a        -> 1 t:0\n"
                 "time +8999    ->\n"
                 "beat a        -> 1\n"
                 "beat b        -> 2\n"
                 "time +1       -> -a\n"
                 "beat a        -> 25\n"
                 "beat b        -> 3 t:0,1\n");
}

static void a_session_ends(void **state)
{
    (void)state;
    check_cgroup("topic t 2     ->\n"
                 "join a t      -> 1 t:0,1\n"
                 "join b t      -> 2 none\n"
                 "time +44999   ->\n"
                 "beat b        -> 2\n"
                 "time +1       -> -a\n"
                 "log           -> -8 -7 -5 3\n"
                 "beat b        -> 3 t:0,1\n"
                 "time +45000   -> -b\n"
                 "state         -> Empty 4/3\n");
}

static void epochs_are_checked(void **state)
{
    (void)state;
    check_cgroup("topic t 2         ->\n"
                 "beat a epoch=1    -> 25\n"
                 "join a t          -> 1 t:0,1\n"
                 "join b t          -> 2 none\n"
                 "beat a epoch=9    -> 110\n"
                 "beat a            -> 1 t:0\n"
                 "beat a own        -> 2\n"
                 "beat b            -> 2 t:1\n"
                 "beat a epoch=1    -> 110\n"        /* nothing known of what it has */
                 "beat a epoch=1 own=t:0 -> 2\n"     /* the answer was lost */
                 "beat a epoch=1 own=t:0,1 -> 110\n" /* more than it was given */
                 "commit a 2        -> 0\n"
                 "commit a 1        -> 113\n"
                 "commit x 1        -> 25\n"
                 "fetch a 2         -> 0\n"
                 "fetch a 3         -> 113\n"
                 "fetch x 3         -> 25\n"
                 "leave x           -> 25\n"
                 "beat a assignor=no -> 112\n"
                 "set size=2        ->\n"
                 "join c t          -> 81\n"
                 "beat b            -> 2\n");
}

/* Nothing is so before it is in the log. */
static void a_failed_write_changes_nothing(void **state)
{
    (void)state;
    check_cgroup("topic t 2  ->\n"
                 "fail       ->\n"
                 "join a t   -> 0\n"
                 "state      -> Empty 0/0\n"
                 "join a t   -> 1 t:0,1\n"
                 "fail       ->\n"
                 "join b t   -> 0\n"
                 "state      -> Stable 1/1 a=1 t:0,1\n"
                 "fail       ->\n"
                 "leave a    -> 0\n"
                 "state      -> Stable 1/1 a=1 t:0,1\n");
}

static void topics_come_and_grow(void **state)
{
    (void)state;
    check_cgroup("topic t 1      ->\n"
                 "join a t,u     -> 1 t:0\n"
                 "beat a         -> 1\n"
                 "topic x 4      ->\n"
                 "beat a         -> 1\n" /* not its own */
                 "log            ->\n"
                 "topic t 2      ->\n"
                 "beat a         -> 2 t:0,1\n"
                 "log            -> 3 7 6 8\n"
                 "topic u 1      ->\n"
                 "beat a         -> 3 t:0,1 u:0\n"
                 "drop t         ->\n"
                 "beat a         -> 3 u:0\n"
                 "beat a own     -> 4\n"
                 "beat a names=t -> 4 none\n"
                 "beat a own     -> 5\n");
}

static void static_members_keep_their_place(void **state)
{
    (void)state;
    check_cgroup("topic t 4                      ->\n"
                 "join a t static=A              -> 1 t:0,1,2,3\n"
                 "join b t static=B              -> 2 none\n"
                 "beat a static=A                -> 1 t:0,1\n"
                 "beat a own static=A            -> 2\n"
                 "beat b static=B                -> 2 t:2,3\n"
                 "join c t static=B              -> 111\n"
                 "beat b static=Q                -> 25\n"
                 "beat a static=B epoch=2        -> 82\n"
                 "leave b static=B epoch=-2      -> -2\n"
                 "log                            -> 8\n"
                 "state                          -> Reconciling 2/2 a=2 t:0,1 b=-2 t:2,3\n"
                 "beat a static=A                -> 2\n"
                 "join c t static=B              -> 2 t:2,3\n"
                 "log                            -> -8 -7 -5 5 7 8 8\n"
                 "beat a static=A                -> 2\n"
                 "beat b static=B                -> 82\n"
                 "state                          -> Stable 2/2 a=2 t:0,1 c=2 t:2,3\n"
                 "leave c static=B epoch=-2      -> -2\n"
                 "time +44000                    ->\n"
                 "beat a static=A                -> 2\n"
                 "time +1000                     -> -c\n"
                 "beat a static=A                -> 3 t:0,1,2,3\n"
                 "join d t static=D              -> 4 none\n"
                 "leave d static=D               -> -1\n"
                 "state                          -> Assigning 5/4 a=3 t:0,1,2,3\n");
}

static void expressions_are_matched(void **state)
{
    (void)state;
    check_cgroup("topic ta 1           ->\n"
                 "topic b 1            ->\n"
                 "join a - regex=(     -> 128\n"
                 "state                -> Empty 0/0\n"
                 "join a - regex=t*    -> 1 none\n"
                 "time +0              ->\n"
                 "log                  -> 16 3\n"
                 "beat a               -> 2 ta:0\n"
                 "topic tb 2           ->\n"
                 "beat a               -> 2\n"
                 "time +9000           ->\n"
                 "beat a               -> 2\n" /* not all the time */
                 "time +1001           ->\n"
                 "beat a               -> 2\n"
                 "time +0              ->\n"
                 "beat a               -> 3 ta:0 tb:0,1\n"
                 "join b b regex=t*    -> 4 b:0\n" /* known already */
                 "beat b regex=b*      -> 4\n"
                 "time +0              ->\n"
                 "beat b               -> 5\n"
                 "leave a              -> -1\n"
                 "log                  -> -8 -7 -5 -16 3\n");
    /* One that stands for no topic is known from then on, and moves nobody. */
    check_cgroup("topic ta 1           ->\n"
                 "join a - regex=n*    -> 1 none\n"
                 "time +0              ->\n"
                 "log                  -> 16\n"
                 "beat a               -> 1\n"
                 "join b - regex=t*    -> 1 none\n"
                 "time +0              ->\n"
                 "beat a               -> 2\n"
                 "topic na 1           ->\n"
                 "time +10001          ->\n"
                 "beat b               -> 2 ta:0\n"
                 "time +0              ->\n"
                 "beat a               -> 3 na:0\n");
}

/* A name an event, others' events between them. */
static void expressions_are_matched_in_pieces(void **state)
{
    (void)state;
    check_cgroup("topic tc 1           ->\n"
                 "topic b 1            ->\n"
                 "topic ta 1           ->\n"
                 "join a - regex=t*    -> 1 none\n"
                 "tick                 ->\n"
                 "tick                 ->\n"
                 "join b - regex=b*    -> 1 none\n"
                 "tick                 ->\n"
                 "beat a               -> 1\n"
                 "time +0              ->\n"
                 "beat a               -> 2 tc:0 ta:0\n"
                 "beat b               -> 2 b:0\n");
    /* Topics change amid that: it begins anew. */
    check_cgroup("topic ta 1           ->\n"
                 "topic tb 1           ->\n"
                 "join a - regex=t*    -> 1 none\n"
                 "tick                 ->\n"
                 "tick                 ->\n"
                 "topic tc 1           ->\n"
                 "tick                 ->\n"
                 "tick                 ->\n"
                 "beat a               -> 1\n"
                 "time +0              ->\n"
                 "beat a               -> 2 ta:0 tb:0 tc:0\n");
    /* The member whose expression it is goes amid that. */
    check_cgroup("topic ta 1           ->\n"
                 "topic tb 1           ->\n"
                 "join a - regex=t*    -> 1 none\n"
                 "tick                 ->\n"
                 "leave a              -> -1\n"
                 "time +0              ->\n"
                 "state                -> Empty 2/1\n");
}

static void classic_members_take_part(void **state)
{
    (void)state;
    check_cgroup("topic t 4            ->\n"
                 "join a t             -> 1 t:0,1,2,3\n"
                 "classic c t new      -> 79\n"
                 "classic c t type=x   -> 23\n"
                 "classic c t session=1 -> 26\n"
                 "classic c t          -> 2 range\n"
                 "sync c gen=1         -> 22\n"
                 "sync c               -> none\n"
                 "cbeat c              -> 0\n"
                 "beat a               -> 1 t:0,1\n"
                 "cbeat c              -> 0\n"
                 "beat a own           -> 2\n"
                 "cbeat c              -> 27\n" /* there is more for it */
                 "classic c t          -> 2 range\n"
                 "sync c               -> t:2,3\n"
                 "cbeat c              -> 0\n"
                 "cbeat a              -> 25\n"
                 "commit c 2           -> 0\n"
                 "commit c 1           -> 22\n"
                 "time +9000           ->\n"
                 "cbeat c              -> 0\n"
                 "beat a               -> 2\n"
                 "join b t             -> 3 none\n"
                 "cbeat c              -> 27\n"
                 "sync c               -> 27\n"
                 "classic c t          -> 2 range\n"
                 "sync c               -> t:2\n"
                 "cbeat c              -> 27\n" /* it must say that it gave it back */
                 "classic c t          -> 3 range\n"
                 "sync c               -> t:2\n"
                 "beat b               -> 3 t:3\n"
                 "leave b              -> -1\n"
                 "cleave c             -> 0\n"
                 "state                -> Assigning 5/3 a=2 t:0,1\n"
                 "beat a               -> 5 t:0,1,2,3\n");
}

static void it_becomes_classic_when_only_such_are_left(void **state)
{
    (void)state;
    check_cgroup("topic t 2            ->\n"
                 "join a t             -> 1 t:0,1\n"
                 "classic c t          -> 2 range\n"
                 "leave a              -> -1\n"
                 "log                  -> -8 -8 -7 -7 -6 -5 -5 -3 2\n"
                 "state                -> Empty 0/0\n");
    check_cgroup("topic t 2            ->\n"
                 "set downgrade=0      ->\n"
                 "join a t             -> 1 t:0,1\n"
                 "classic c t          -> 2 range\n"
                 "leave a              -> -1\n"
                 "state                -> Assigning 3/2 c=2\n"
                 "time +10000          -> -c\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_member_has_all),
        cmocka_unit_test(a_second_one_gets_what_the_first_gives_back),
        cmocka_unit_test(who_does_not_give_back_in_time_is_out),
        cmocka_unit_test(a_session_ends),
        cmocka_unit_test(epochs_are_checked),
        cmocka_unit_test(a_failed_write_changes_nothing),
        cmocka_unit_test(topics_come_and_grow),
        cmocka_unit_test(static_members_keep_their_place),
        cmocka_unit_test(expressions_are_matched),
        cmocka_unit_test(expressions_are_matched_in_pieces),
        cmocka_unit_test(classic_members_take_part),
        cmocka_unit_test(it_becomes_classic_when_only_such_are_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
