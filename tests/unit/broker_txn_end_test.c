/* A transactional id: what is in a transaction and how it ends. */
#include "tests/unit/txn_script.h"

static void the_first_version(void **state)
{
    (void)state;
    check_txn("init                -> write Empty 100/0 [] + 0 as 100/0\n"
              "commit 100/0        -> 48\n"
              "abort 100/0         -> 48\n"
              "add 100/0 a:0 a:1   -> write Ongoing 100/0 [a:0 a:1] + 0\n"
              "add 100/0 a:1       -> 0\n"
              "add 100/0 b:0 a:2   -> write Ongoing 100/0 [a:0 a:1 a:2 b:0] + 0\n"
              "add 101/0 c:0       -> 49\n"
              "add 100/1 c:0       -> 90\n"
              "commit 101/0        -> 49\n"
              "commit 100/1        -> 90\n"
              "marks               -> nothing\n"
              "complete            -> no\n"
              "commit 100/0        -> write PrepareCommit 100/0 [a:0 a:1 a:2 b:0] + 0\n"
              "commit 100/0        -> 51\n"
              "abort 100/0         -> 51\n"
              "add 100/0 a:0       -> 51\n"
              "init                -> 51\n"
              "marks               -> commit 100/0 a:0 a:1 a:2 b:0\n"
              "mark 100/0 a:0 b:0  ->\n"
              "mark 100/0 b:0 c:0  ->\n" /* twice; never was in it */
              "mark 100/1 a:1      ->\n" /* another transaction's */
              "marks               -> commit 100/0 a:1 a:2\n"
              "complete            -> no\n"
              "mark 100/0 a:2 a:1  -> last\n"
              "complete            -> write CompleteCommit 100/0 []\n"
              "complete            -> no\n"
              "marks               -> nothing\n"
              "commit 100/0        -> 0\n" /* repeated */
              "abort 100/0         -> 48\n"
              "add 100/0 a:0       -> write Ongoing 100/0 [a:0] + 0\n"
              "abort 100/0         -> write PrepareAbort 100/0 [a:0] + 0\n"
              "mark 100/0 a:0      -> last\n"
              "complete            -> write CompleteAbort 100/0 []\n"
              "abort 100/0         -> 0\n"
              "commit 100/0        -> 48\n");
}

static void the_second_version(void **state)
{
    (void)state;
    check_txn("init                 -> write Empty 100/0 [] + 0 as 100/0\n"
              "commit 100/0 v2      -> 48\n"
              "add 100/0 v2 a:0     -> write Ongoing 100/0 [a:0] v2 + 0\n"
              "commit 100/0 v2      -> write PrepareCommit 100/1 [a:0] v2 + 0 as 100/1\n"
              "commit 100/0 v2      -> 51\n" /* repeated */
              "abort 100/0 v2       -> 51\n"
              "commit 100/1 v2      -> 51\n" /* the next one */
              "add 100/1 v2 a:0     -> 51\n"
              "add 100/0 v2 a:0     -> 51\n"
              "commit 100/2 v2      -> 51\n"
              "commit 101/0 v2      -> 51\n"
              "marks                -> commit 100/1 v2 a:0\n"
              "mark 100/1 a:0       -> last\n"
              "complete             -> write CompleteCommit 100/1 [] v2\n"
              "commit 100/0 v2      -> 0 as 100/1\n"
              "abort 100/0 v2       -> 48\n"
              "commit 100/1 v2      -> 48\n"
              "add 100/0 v2 a:0     -> 90\n"
              "add 100/1 v2 b:0     -> write Ongoing 100/1 [b:0] v2 + 0\n"
              "commit 100/0 v2      -> 90\n"
              "abort 100/1 v2       -> write PrepareAbort 100/2 [b:0] v2 + 0 as 100/2\n"
              "mark 100/2 b:0       -> last\n"
              "complete             -> write CompleteAbort 100/2 [] v2\n"
              "abort 100/1 v2       -> 0 as 100/2\n"
              "commit 100/1 v2      -> 48\n"
              "commit 100/2 v2      -> 48\n"
              "commit 100/0 v2      -> 90\n");
}

/* A client of the second version does not know whether anything reached a partition. */
static void an_empty_transaction_is_aborted(void **state)
{
    (void)state;
    check_txn("init             -> write Empty 100/0 [] + 0 as 100/0\n"
              "abort 100/-1 v2  -> 90\n"
              "abort 100/0 v2   -> write PrepareAbort 100/1 [] v2 + 0 as 100/1\n"
              "marks            -> abort 100/1 v2\n"
              "abort 100/0 v2   -> 51\n"
              "complete         -> write CompleteAbort 100/1 [] v2\n"
              "abort 100/0 v2   -> 0 as 100/1\n"
              "abort 100/1 v2   -> write PrepareAbort 100/2 [] v2 + 0 as 100/2\n"
              "complete         -> write CompleteAbort 100/2 [] v2\n");
}

/* Where the feature is not on, EndTxn v5 is as the ones before. */
static void without_the_feature(void **state)
{
    (void)state;
    check_txn("set version=1    ->\n"
              "init             -> write Empty 100/0 [] + 0 as 100/0\n"
              "abort 100/0 v2   -> 48\n"
              "add 100/0 v2 a:0 -> write Ongoing 100/0 [a:0] + 0\n"
              "commit 100/0 v2  -> write PrepareCommit 100/0 [a:0] + 0\n");
}

static void epochs_are_used_up(void **state)
{
    (void)state;
    check_txn("at 7/32765             ->\n"
              "add 7/32765 v2 a:0     -> write Ongoing 7/32765 [a:0] v2 + 0\n"
              "commit 7/32765 v2      -> write PrepareCommit 7/32766 [a:0] v2 + 0 as 7/32766\n"
              "mark 7/32766 a:0       -> last\n"
              "complete               -> write CompleteCommit 7/32766 [] v2\n"
              "add 7/32766 v2 a:0     -> write Ongoing 7/32766 [a:0] v2 + 0\n"
              "commit 7/32766 v2 dry  -> 15 wants an id\n"
              "state                  -> Ongoing 7/32766 [a:0]\n"
              "commit 7/32766 v2      -> write PrepareCommit 7/32767 [a:0] v2 next=100 + 0 as 100/0\n"
              "commit 7/32766 v2      -> 51\n"
              "add 100/0 v2 a:0       -> 51\n" /* it knows already who it will be */
              "abort 100/0 v2         -> 51\n"
              "commit 101/0 v2        -> 51\n"
              "reload                 ->\n"
              "marks                  -> commit 7/32767 v2 a:0\n"
              "mark 7/32767 a:0       -> last\n"
              "complete               -> write CompleteCommit 100/0 [] v2 prev=7\n"
              "commit 7/32766 v2      -> 0 as 100/0\n"
              "abort 7/32766 v2       -> 48\n"
              "commit 7/32765 v2      -> 49\n"
              "reload                 ->\n"
              "commit 7/32766 v2      -> 0 as 100/0\n"
              "add 100/0 v2 a:0       -> write Ongoing 100/0 [a:0] v2 + 0\n"
              "commit 7/32766 v2      -> 49\n");
}

static void who_takes_too_long_is_fenced(void **state)
{
    (void)state;
    check_txn("init timeout=1000   -> write Empty 100/0 [] + 0 as 100/0\n"
              "time +5000          ->\n"
              "add 100/0 v2 a:0    -> write Ongoing 100/0 [a:0] v2 + 0\n"
              "time +600           ->\n"
              "add 100/0 v2 a:1    -> write Ongoing 100/0 [a:0 a:1] v2 + 0\n" /* still the same start */
              "deadline            -> 401\n"
              "time +400           ->\n"
              "time +1             -> write PrepareAbort 100/1 [a:0 a:1] v2\n"
              "deadline            -> never\n"
              "time +5000          ->\n"
              "commit 100/0 v2     -> 51\n"
              "add 100/0 v2 a:0    -> 51\n"
              "mark 100/1 a:0 a:1  -> last\n"
              "complete            -> write CompleteAbort 100/1 [] v2\n"
              "commit 100/0        -> 90\n"
              "abort 100/0         -> 90\n"
              "commit 100/0 v2     -> 48\n"
              "abort 100/0 v2      -> 0 as 100/1\n"
              "init as=100/0       -> write Empty 100/1 [] v2 + 0 as 100/1\n"
              "init                -> write Empty 100/2 [] v2 + 0 as 100/2\n"
              "init as=100/0       -> 90\n");
    check_txn("set version=0       ->\n"
              "init timeout=1000   -> write Empty 100/0 [] + 0 as 100/0\n"
              "add 100/0 a:0       -> write Ongoing 100/0 [a:0] + 0\n"
              "hold                ->\n"
              "commit 100/0        -> write PrepareCommit 100/0 [a:0]\n"
              "time +1001          ->\n" /* its end is on its way */
              "fail                ->\n"
              "time +0             -> write PrepareAbort 100/1 [a:0]\n");
}

static void what_partitions_ask(void **state)
{
    (void)state;
    check_txn("init              -> write Empty 100/0 [] + 0 as 100/0\n"
              "verify 100/0 a:0  -> 120\n"
              "add 100/0 a:0     -> write Ongoing 100/0 [a:0] + 0\n"
              "verify 100/0 a:0  -> 0\n"
              "verify 100/0 a:1  -> 120\n"
              "verify 100/0 a:-1 -> 120\n"
              "verify 100/1 a:0  -> 90\n"
              "verify 99/0 a:0   -> 49\n"
              "hold              ->\n"
              "add 100/0 a:1     -> write Ongoing 100/0 [a:0 a:1]\n"
              "verify 100/0 a:0  -> 0\n"
              "verify 100/0 a:1  -> 120\n" /* not stable yet */
              "stable            -> 0\n"
              "verify 100/0 a:1  -> 0\n"
              "commit 100/0      -> write PrepareCommit 100/0 [a:0 a:1] + 0\n"
              "verify 100/0 a:0  -> 51\n");
}

static void a_transaction_is_bounded(void **state)
{
    (void)state;
    check_txn("set parts=2           ->\n"
              "init                  -> write Empty 100/0 [] + 0 as 100/0\n"
              "add 100/0 a:0 a:0 a:1 -> write Ongoing 100/0 [a:0 a:1] + 0\n"
              "add 100/0 b:0         -> 42\n"
              "state                 -> Ongoing 100/0 [a:0 a:1]\n"
              "add 100/0 a:1         -> 0\n");
}

static void markers_are_done_while_they_are_walked(void **state)
{
    (void)state;
    check_txn("init                          -> write Empty 100/0 [] + 0 as 100/0\n"
              "add 100/0 a:0 b:7 b:3 c:1 c:2 -> write Ongoing 100/0 [a:0 b:7 b:3 c:1 c:2] + 0\n"
              "abort 100/0                   -> write PrepareAbort 100/0 [a:0 b:7 b:3 c:1 c:2] + 0\n"
              "mark 100/0 b:7 c:1 c:2        ->\n"
              "sweep                         -> a:0 + b:3 last\n"
              "complete                      -> write CompleteAbort 100/0 []\n");
}

static void a_crash_at_any_step(void **state)
{
    (void)state;
    check_txn("init              -> write Empty 100/0 [] + 0 as 100/0\n"
              "add 100/0 v2 a:0  -> write Ongoing 100/0 [a:0] v2 + 0\n"
              "hold              ->\n"
              "add 100/0 v2 b:0  -> write Ongoing 100/0 [a:0 b:0] v2\n"
              "reload            ->\n"
              "hold              ->\n"
              "commit 100/0 v2   -> write PrepareCommit 100/1 [a:0] v2\n"
              "stable            -> 0 as 100/1\n"
              "mark 100/1 a:0    -> last\n"
              "reload            ->\n" /* markers are written again */
              "marks             -> commit 100/1 v2 a:0\n"
              "commit 100/0 v2   -> 51\n"
              "mark 100/1 a:0    -> last\n"
              "complete          -> write CompleteCommit 100/1 [] v2\n"
              "reload            ->\n"
              "commit 100/0 v2   -> 0 as 100/1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_version),
        cmocka_unit_test(the_second_version),
        cmocka_unit_test(an_empty_transaction_is_aborted),
        cmocka_unit_test(without_the_feature),
        cmocka_unit_test(epochs_are_used_up),
        cmocka_unit_test(who_takes_too_long_is_fenced),
        cmocka_unit_test(what_partitions_ask),
        cmocka_unit_test(a_transaction_is_bounded),
        cmocka_unit_test(markers_are_done_while_they_are_walked),
        cmocka_unit_test(a_crash_at_any_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
