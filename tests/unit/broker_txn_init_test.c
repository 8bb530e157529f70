/* A transactional id: who holds it. */
#include "tests/unit/txn_script.h"

static void a_new_id_and_the_next_producer(void **state)
{
    (void)state;
    check_txn("void     -> yes\n"
              "init dry -> 15 wants an id\n"
              "void     -> yes\n"
              "init     -> write Empty 100/0 [] + 0 as 100/0\n"
              "void     -> no\n"
              "init     -> write Empty 100/1 [] + 0 as 100/1\n"
              "reload   ->\n"
              "init     -> write Empty 100/2 [] + 0 as 100/2\n");
}

static void who_is_not_there_holds_nothing(void **state)
{
    (void)state;
    check_txn("add 100/0 a:0     -> 49\n"
              "add -1/-1 a:0     -> 49\n"
              "verify -1/-1 a:0  -> 49\n"
              "commit -1/-1      -> 49\n"
              "abort -1/-1 v2    -> 49\n"
              "complete          -> no\n"
              "expire            -> no\n"
              "void              -> yes\n"
              /* whoever it was: the id has expired meanwhile */
              "init as=77/5      -> write Empty 100/0 [] + 0 as 100/0\n");
}

static void a_failed_record_changes_nothing(void **state)
{
    (void)state;
    check_txn("hold   ->\n"
              "init   -> write Empty 100/0 []\n"
              "init   -> 51\n"
              "fail   ->\n"
              "void   -> yes\n"
              "init   -> write Empty 101/0 [] + 0 as 101/0\n"
              "hold   ->\n"
              "init   -> write Empty 101/1 []\n"
              "add 101/0 a:0 -> 51\n"
              "abort 101/0   -> 51\n"
              "stable -> 0 as 101/1\n"
              "add 101/0 a:0 -> 90\n");
}

static void timeouts_and_two_phases(void **state)
{
    (void)state;
    check_txn("init timeout=0      -> 50\n"
              "init timeout=-1     -> 50\n"
              "init timeout=900001 -> 50\n"
              "init 2pc            -> 53\n"
              "init keep           -> 35\n"
              "init 2pc keep       -> 53\n"
              "set 2pc=1           ->\n"
              "init 2pc keep       -> 35\n"
              "init 2pc timeout=0  -> write Empty 100/0 [] + 0 as 100/0\n"
              "add 100/0 v2 a:0    -> write Ongoing 100/0 [a:0] v2 + 0\n"
              "deadline            -> never\n"
              "time +9999999999    ->\n"
              "commit 100/0 v2     -> write PrepareCommit 100/1 [a:0] v2 + 0 as 100/1\n");
    check_txn("init timeout=900000 -> write Empty 100/0 [] + 0 as 100/0\n"
              "deadline            -> never\n"
              "add 100/0 a:0       -> write Ongoing 100/0 [a:0] + 0\n"
              "deadline            -> 900001\n");
}

/* KIP-360: a producer goes on after an error, and may repeat itself. */
static void a_producer_goes_on(void **state)
{
    (void)state;
    check_txn("init             -> write Empty 100/0 [] + 0 as 100/0\n"
              "init as=100/0    -> write Empty 100/1 [] + 0 as 100/1\n"
              "init as=100/0    -> write Empty 100/1 [] + 0 as 100/1\n" /* the answer was lost */
              "init as=100/1    -> write Empty 100/2 [] + 0 as 100/2\n"
              "init as=100/0    -> 90\n"
              "init as=99/2     -> 90\n"
              "init as=100/3    -> 90\n"
              "init as=-2/2     -> 90\n" /* -1 alone stands for nobody */
              "init             -> write Empty 100/3 [] + 0 as 100/3\n"
              "init as=100/2    -> 90\n"); /* somebody else came in between */
}

static void epochs_are_used_up(void **state)
{
    (void)state;
    check_txn("at 7/32765      ->\n"
              "init            -> write Empty 7/32766 [] + 0 as 7/32766\n"
              "init dry        -> 15 wants an id\n"
              "state           -> Empty 7/32766 []\n"
              "init            -> write Empty 100/0 [] prev=7 + 0 as 100/0\n"
              "init as=7/32766 -> 90\n"); /* it was somebody else */
    check_txn("at 7/32766      ->\n"
              "init as=7/32766 -> write Empty 100/0 [] prev=7 + 0 as 100/0\n"
              "init as=7/32766 -> write Empty 100/0 [] + 0 as 100/0\n" /* the answer was lost */
              "init as=7/32765 -> 90\n");
    check_txn("at 7/32766      ->\n"
              "init as=7/32765 -> 90\n");
    check_txn("at 7/32765      ->\n"
              "init as=7/32765 -> write Empty 7/32766 [] + 0 as 7/32766\n"
              "init as=7/32765 -> write Empty 7/32766 [] + 0 as 7/32766\n"
              "init as=7/32764 -> 90\n");
}

static void an_open_transaction_is_aborted_first(void **state)
{
    (void)state;
    check_txn("init              -> write Empty 100/0 [] + 0 as 100/0\n"
              "add 100/0 v2 a:0  -> write Ongoing 100/0 [a:0] v2 + 0\n"
              "init timeout=5    -> write PrepareAbort 100/1 [a:0] v2 + 51\n"
              "init              -> 51\n"
              "init as=99/0      -> 51\n"
              "add 100/0 v2 a:1  -> 51\n"
              "commit 100/0 v2   -> 51\n"
              "marks             -> abort 100/1 v2 a:0\n"
              "mark 100/1 a:0    -> last\n"
              "complete          -> write CompleteAbort 100/1 [] v2\n"
              "commit 100/0 v2   -> 48\n"
              "init timeout=5    -> write Empty 100/2 [] v2 + 0 as 100/2\n"
              "commit 100/0 v2   -> 90\n");
    check_txn("set version=0     ->\n"
              "init              -> write Empty 100/0 [] + 0 as 100/0\n"
              "add 100/0 a:0     -> write Ongoing 100/0 [a:0] + 0\n"
              "init              -> write PrepareAbort 100/1 [a:0] + 51\n"
              "commit 100/0      -> 90\n"
              "marks             -> abort 100/1 a:0\n");
}

/* The coordinator can always fence: the last epoch is its own. */
static void fencing_the_last_epoch(void **state)
{
    (void)state;
    check_txn("at 7/32766 Ongoing ->\n"
              "init     -> write PrepareAbort 7/32767 [] v2 + 51\n"
              "complete -> write CompleteAbort 7/32767 [] v2\n"
              "init     -> write Empty 100/0 [] v2 prev=7 + 0 as 100/0\n");
    check_txn("at 7/32767 Ongoing ->\n"
              "init     -> write PrepareAbort 7/32767 [] v2 + 51\n");
}

static void idle_ids_expire(void **state)
{
    (void)state;
    check_txn("set expiration=1000 ->\n"
              "init                -> write Empty 100/0 [] + 0 as 100/0\n"
              "time +999           ->\n"
              "expire              -> no\n"
              "add 100/0 a:0       -> write Ongoing 100/0 [a:0] + 0\n"
              "time +2000          ->\n"
              "expire              -> no\n"
              "abort 100/0         -> write PrepareAbort 100/0 [a:0] + 0\n"
              "time +2000          ->\n"
              "expire              -> no\n"
              "mark 100/0 a:0      -> last\n"
              "complete            -> write CompleteAbort 100/0 []\n"
              "expire              -> no\n"
              "time +1000          ->\n"
              "hold                ->\n"
              "expire              -> tombstone\n"
              "init                -> 51\n"
              "fail                ->\n"
              "state               -> CompleteAbort 100/0 []\n"
              "expire              -> tombstone\n"
              "void                -> yes\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_id_and_the_next_producer),
        cmocka_unit_test(who_is_not_there_holds_nothing),
        cmocka_unit_test(a_failed_record_changes_nothing),
        cmocka_unit_test(timeouts_and_two_phases),
        cmocka_unit_test(a_producer_goes_on),
        cmocka_unit_test(epochs_are_used_up),
        cmocka_unit_test(an_open_transaction_is_aborted_first),
        cmocka_unit_test(fencing_the_last_epoch),
        cmocka_unit_test(idle_ids_expire),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
