/* storage/producer_state: sequences, epochs, transactions, snapshots.
 *
 * Script lines: `p7 e0 s0 n3 -> append 0-2` is a batch of producer 7, epoch 0, base sequence 0, three
 * records; appended ones go to the end of the log. Words: `txn` transactional, `v2` by a client of
 * transactions v2, `coord` and `repl` other origins, `t9` timestamp. `p7 e0 commit c4` and `abort` are
 * markers of coordinator epoch 4, `v2` again for transaction version 2. Results: append FIRST-LAST, dup
 * FIRST-LAST
 * @TIMESTAMP, error codes of Kafka, `ended FIRST-LAST stable N`. Others are commands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/err.h"
#include "core/mem.h"
#include "storage/producer_state.h"

enum { DAY_MS = 86400000 };

struct fixture {
    struct producer_state state;
    struct mr_scratch file;
    int64_t end; /* of the log */
    int64_t high_watermark;
};

static int setup(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    producer_state_init(&f->state, 4);
    scratch_init(&f->file, 1 << 20);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    producer_state_done(&f->state);
    scratch_done(&f->file);
    mem_free(f);
    return 0;
}

struct line {
    struct kw_batch_header h;
    int64_t timestamp;
    int records, coordinator_epoch;
    bool marker, commit, v2;
    enum producer_origin origin;
};

static void parse_word(struct line *l, const char *w)
{
    if (strcmp(w, "txn") == 0)
        l->h.attributes |= BATCH_TRANSACTIONAL;
    else if (strcmp(w, "v2") == 0)
        l->v2 = true;
    else if (strcmp(w, "coord") == 0)
        l->origin = PRODUCER_COORDINATOR;
    else if (strcmp(w, "repl") == 0)
        l->origin = PRODUCER_REPLICATION;
    else if (strcmp(w, "commit") == 0 || strcmp(w, "abort") == 0)
        l->marker = true, l->commit = w[0] == 'c';
    else if (w[0] == 'p')
        l->h.producer_id = atoll(w + 1);
    else if (w[0] == 'e')
        l->h.producer_epoch = (int16_t)atoi(w + 1);
    else if (w[0] == 's')
        l->h.base_sequence = (int32_t)atoll(w + 1);
    else if (w[0] == 'n')
        l->records = atoi(w + 1);
    else if (w[0] == 't')
        l->timestamp = atoll(w + 1);
    else if (w[0] == 'c')
        l->coordinator_epoch = atoi(w + 1);
    else
        fail_msg("no such word: %s", w);
}

static void run_data(struct fixture *f, struct line *l, char *got)
{
    l->h.last_offset_delta = l->records - 1;
    l->h.max_timestamp = l->timestamp;
    if (l->v2)
        l->origin = PRODUCER_CLIENT_TXN_V2;
    struct producer_verdict v = producer_check(&f->state, &l->h, l->origin);
    switch (v.action) {
    case PRODUCER_APPEND:
        assert_int_equal(v.error, KW_NONE);
        l->h.base_offset = f->end;
        assert_int_equal(producer_apply(&f->state, &l->h), 0);
        f->end += l->records;
        sprintf(got, "append %d-%d", (int)l->h.base_offset, (int)f->end - 1);
        return;
    case PRODUCER_DUPLICATE:
        sprintf(got, "dup %d-%d @%d", (int)v.base_offset, (int)v.last_offset, (int)v.timestamp);
        return;
    case PRODUCER_REFUSE:
        sprintf(got, "%d", v.error);
        return;
    }
}

static void run_marker(struct fixture *f, struct line *l, char *got)
{
    struct producer_txn ended;
    enum kw_error error = producer_check_marker(&f->state, &l->h, l->coordinator_epoch, l->v2 ? 2 : 1);
    if (error != KW_NONE) {
        sprintf(got, "%d", error);
        return;
    }
    l->h.base_offset = f->end++;
    int done = producer_apply_marker(&f->state, &l->h, l->commit, l->coordinator_epoch, l->timestamp, &ended);
    if (done == 0) {
        sprintf(got, "nothing");
        return;
    }
    assert_int_equal(done, 1);
    assert_int_equal(ended.aborted, !l->commit);
    sprintf(got, "ended %d-%d stable %d", (int)ended.first_offset, (int)ended.last_offset,
            (int)producer_stable_after(&f->state, &ended));
}

/* "7:e0 s5 o9 b3 c-1 x-1" for each producer: epoch, last sequence, last offset, batches, coordinator, txn. */
static void show(struct fixture *f, char *got)
{
    got[0] = '\0';
    uint32_t n = 0;
    for (const struct producer *p = producer_next(&f->state, NULL); p != NULL;
         p = producer_next(&f->state, p), n++)
        sprintf(got + strlen(got), "%s%d:e%d s%d o%d b%d c%d x%d", n ? "; " : "", (int)p->id, p->epoch,
                producer_last_sequence(p), (int)producer_last_offset(p), p->batch_count, p->coordinator_epoch,
                (int)p->txn_first_offset);
    assert_int_equal(n, producer_count(&f->state));
    assert_true(n > 0 || f->state.table == NULL ||
                producer_first_unstable(&f->state, f->high_watermark) >= 0);
}

static bool run_command(struct fixture *f, char *line, char *got)
{
    long long a = 0;
    if (sscanf(line, "truncate %lld", &a) == 1) {
        int err = producer_truncate(&f->state, a);
        sprintf(got, "%s", err == 0 ? "ok" : "rebuild");
        assert_true(err == 0 || err == -MR_E_STATE);
        f->end = err == 0 ? a : f->end;
    } else if (sscanf(line, "expire at %lld", &a) == 1) {
        sprintf(got, "%u", producer_expire(&f->state, a, DAY_MS));
    } else if (sscanf(line, "high watermark %lld", &a) == 1) {
        int64_t unstable = producer_first_unstable(&f->state, a);
        f->high_watermark = a;
        producer_high_watermark(&f->state, a); /* forgets what does not count any more, and nothing else */
        assert_int_equal(producer_first_unstable(&f->state, a), unstable);
        sprintf(got, "%d", (int)unstable);
    } else if (strncmp(line, "unstable", 8) == 0) {
        sprintf(got, "%d", (int)producer_first_unstable(&f->state, f->high_watermark));
    } else if (strncmp(line, "show", 4) == 0) {
        show(f, got);
    } else if (strncmp(line, "restart", 7) == 0) { /* our checkpoint: everything is there again */
        f->file.len = 0;
        assert_int_equal(producer_state_write(&f->state, &f->file), 0);
        assert_int_equal(producer_state_read(&f->state, (struct mr_slice){f->file.data, f->file.len}, f->end,
                                             0, DAY_MS),
                         0);
        sprintf(got, "ok");
    } else if (strncmp(line, "kafka restart", 13) == 0) { /* Kafka's snapshot: the last batch of each */
        f->file.len = 0;
        assert_int_equal(producer_snapshot_write(&f->state, &f->file), 0);
        assert_int_equal(producer_state_read(&f->state, (struct mr_slice){f->file.data, f->file.len}, f->end,
                                             0, DAY_MS),
                         0);
        sprintf(got, "ok");
    } else {
        return false;
    }
    return true;
}

static void check(void **state, const char *script)
{
    struct fixture *f = *state;
    char text[8192], got[1024];
    char *save = NULL;
    producer_state_clear(&f->state);
    f->end = f->high_watermark = 0;
    assert_true(strlen(script) < sizeof(text));
    strcpy(text, script);
    for (char *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char shown[512];
        char *want = strstr(line, "->");
        assert_non_null(want);
        snprintf(shown, sizeof(shown), "%s", line);
        *want = '\0';
        want += 3;
        for (size_t n = strlen(want); n > 0 && want[n - 1] == ' '; n--)
            want[n - 1] = '\0';
        if (!run_command(f, line, got)) {
            struct line l = {.records = 1,
                             .h = {.producer_id = -1, .producer_epoch = -1, .base_sequence = -1}};
            char *words = NULL;
            for (char *w = strtok_r(line, " ", &words); w != NULL; w = strtok_r(NULL, " ", &words))
                parse_word(&l, w);
            if (l.marker)
                run_marker(f, &l, got);
            else
                run_data(f, &l, got);
        }
        if (strcmp(got, want) != 0)
            fail_msg("%s\n  but got: %s", shown, got);
    }
}

static void no_producer_costs_nothing(void **state)
{
    struct fixture *f = *state;
    check(state, "n5        -> append 0-4\n"
                 "n5 txn    -> append 5-9\n"
                 "unstable  -> -1\n"
                 "restart   -> ok\n"
                 "show      -> \n");
    assert_null(f->state.table);
}

static void sequences(void **state)
{
    check(state, "p7 e0 s0 n3 t5 -> append 0-2\n"
                 "p7 e0 s3 n3 t6 -> append 3-5\n"
                 "p7 e0 s0 n3    -> dup 0-2 @5\n"
                 "p7 e0 s3 n3    -> dup 3-5 @6\n"
                 "p7 e0 s3 n2    -> 45\n" /* part of a batch is no duplicate */
                 "p7 e0 s4 n2    -> 45\n"
                 "p7 e0 s0 n6    -> 45\n"
                 "p7 e0 s7 n1    -> 45\n"
                 "p7 e0 s6 n1    -> append 6-6\n"
                 "p8 e0 s6 n1    -> append 7-7\n" /* unknown: any sequence */
                 "p9 e0 s6 n1 v2 txn -> 45\n"     /* but not from a writer of transactions v2 */
                 "p9 e0 s0 n1 v2 txn -> append 8-8\n");
}

static void only_five_are_remembered(void **state)
{
    check(state, "p7 e0 s0 n2 -> append 0-1\n"
                 "p7 e0 s2 n2 -> append 2-3\n"
                 "p7 e0 s4 n2 -> append 4-5\n"
                 "p7 e0 s6 n2 -> append 6-7\n"
                 "p7 e0 s8 n2 -> append 8-9\n"
                 "p7 e0 s0 n2 -> dup 0-1 @0\n"
                 "p7 e0 s10 n2 -> append 10-11\n"
                 "p7 e0 s0 n2 -> 45\n"
                 "p7 e0 s2 n2 -> dup 2-3 @0\n"
                 "restart     -> ok\n"
                 "p7 e0 s2 n2 -> dup 2-3 @0\n"
                 "p7 e0 s10 n2 -> dup 10-11 @0\n"
                 "kafka restart -> ok\n"
                 "p7 e0 s10 n2 -> dup 10-11 @0\n"
                 "p7 e0 s8 n2 -> 45\n"
                 "p7 e0 s12 n2 -> append 12-13\n");
}

static void sequences_wrap(void **state)
{
    check(state, "p7 e0 s2147483646 n3 -> append 0-2\n"
                 "p7 e0 s2 n1          -> 45\n"
                 "p7 e0 s1 n1          -> append 3-3\n"
                 "p7 e0 s2147483646 n3 -> dup 0-2 @0\n"
                 "p8 e0 s2147483647 n1 -> append 4-4\n"
                 "p8 e0 s0 n1          -> append 5-5\n"
                 "kafka restart        -> ok\n"
                 "p8 e0 s0 n1          -> dup 5-5 @0\n");
}

static void epochs(void **state)
{
    check(state, "p7 e1 s0 n2 -> append 0-1\n"
                 "p7 e0 s2 n1 -> 47\n"
                 "p7 e0 s0 n2 -> 47\n"
                 "p7 e2 s2 n1 -> 45\n" /* a new epoch begins at 0 */
                 "p7 e2 s0 n1 -> append 2-2\n"
                 "p7 e1 s0 n2 -> 47\n" /* what was a duplicate is fenced now */
                 "p7 e2 s0 n1 -> dup 2-2 @0\n"
                 "p6 e-1 s0 n1 -> append 3-3\n" /* as Kafka: an id without an epoch */
                 "p6 e-1 s9 n1 -> append 4-4\n");
}

static void other_origins(void **state)
{
    check(state, "p7 e1 s0 n2        -> append 0-1\n"
                 "p7 e1 s9 n1 coord  -> append 2-2\n" /* no sequences */
                 "p7 e0 s9 n1 coord  -> 47\n"
                 "p7 e0 s50 n1 repl  -> append 3-3\n" /* the leader has decided */
                 "p7 e1 s0 n2 repl   -> append 4-5\n"
                 "p7 e1 s0 n2        -> dup 4-5 @0\n");
}

static void transactions(void **state)
{
    check(state, "p7 e0 s0 n3 txn   -> append 0-2\n"
                 "unstable          -> 0\n"
                 "p7 e0 s3 n1       -> 48\n"
                 "p7 e0 s3 n1 txn   -> append 3-3\n"
                 "n2                -> append 4-5\n"
                 "p8 e5 s0 n1 txn   -> append 6-6\n"
                 "p9 e0 s0 n1 txn   -> append 7-7\n"
                 "p7 e0 abort c3 t9 -> ended 0-8 stable 6\n"
                 "unstable          -> 0\n" /* the marker is not replicated yet */
                 "high watermark 8  -> 0\n"
                 "high watermark 9  -> 6\n"
                 "p7 e0 s4 n1       -> append 9-9\n" /* sequences go on after a marker */
                 "p7 e0 s4 n1 coord -> append 10-10\n"
                 "p7 e0 commit c3   -> nothing\n" /* no transaction open */
                 "p9 e0 commit c0   -> ended 7-12 stable 6\n"
                 "p8 e5 commit c0   -> ended 6-13 stable 14\n"
                 "high watermark 13 -> 6\n"
                 "high watermark 14 -> -1\n");
}

static void markers_are_fenced(void **state)
{
    check(state, "p7 e2 s0 txn      -> append 0-0\n"
                 "p7 e1 commit c3   -> 47\n"
                 "p7 e2 commit c3   -> ended 0-1 stable 2\n"
                 "p7 e2 s1 txn      -> append 2-2\n"
                 "p7 e2 commit c2   -> 52\n"
                 "p7 e3 abort c3    -> ended 2-3 stable 4\n" /* a raised epoch fences the producer */
                 "p7 e2 s2 txn      -> 47\n"
                 "p7 e3 s5 txn      -> 45\n"
                 "p7 e3 s0 txn      -> append 4-4\n"
                 "p5 e9 commit c0   -> nothing\n" /* unknown here; its epoch counts from now on */
                 "p5 e8 s0          -> 47\n"
                 "show -> 7:e3 s0 o4 b1 c3 x4; 5:e9 s-1 o-1 b0 c0 x-1\n");
}

static void markers_of_transactions_v2(void **state)
{
    check(state, "p7 e2 s0 txn v2    -> append 0-0\n"
                 "p7 e2 commit c1 v2 -> 47\n" /* each transaction has an epoch of its own */
                 "p7 e3 commit c1 v2 -> ended 0-1 stable 2\n"
                 "p7 e3 commit c1 v2 -> nothing\n" /* the coordinator's retry */
                 "p7 e3 s1 txn v2    -> 45\n"
                 "p7 e3 s0 txn v2    -> append 3-3\n"
                 "p7 e3 abort c1 v2  -> 47\n");
}

static void the_unused_go_first(void **state) /* four producers are kept here */
{
    check(state, "p1 e0 s0 -> append 0-0\n"
                 "p2 e0 s0 -> append 1-1\n"
                 "p3 e0 s0 txn -> append 2-2\n"
                 "p4 e0 s0 -> append 3-3\n"
                 "p1 e0 s1 -> append 4-4\n"
                 "p5 e0 s0 -> append 5-5\n"
                 "p6 e0 s0 -> append 6-6\n"
                 "show -> 3:e0 s0 o2 b1 c-1 x2; 4:e0 s0 o3 b1 c-1 x-1; 1:e0 s1 o4 b2 c-1 x-1; "
                 "5:e0 s0 o5 b1 c-1 x-1; 6:e0 s0 o6 b1 c-1 x-1\n"
                 "p2 e0 s7 -> append 7-7\n" /* forgotten, so taken as it comes */
                 "show -> 3:e0 s0 o2 b1 c-1 x2; 1:e0 s1 o4 b2 c-1 x-1; "
                 "5:e0 s0 o5 b1 c-1 x-1; 6:e0 s0 o6 b1 c-1 x-1; 2:e0 s7 o7 b1 c-1 x-1\n");
}

static void expiry(void **state)
{
    struct fixture *f = *state;
    check(state, "p1 e0 s0 t1000     -> append 0-0\n"
                 "p2 e0 s0 t1001     -> append 1-1\n"
                 "p3 e0 s0 txn t0    -> append 2-2\n"
                 "expire at 86400999 -> 0\n"
                 "expire at 86401000 -> 1\n"
                 "p1 e0 s9           -> append 3-3\n"
                 "expire at 86400999 -> 1\n" /* its time was 0 */
                 "p3 e0 commit c0 t500 -> ended 2-4 stable 5\n"
                 "expire at 999999999 -> 2\n"
                 "unstable           -> 2\n" /* the transaction outlives its producer until replicated */
                 "show -> \n"
                 "restart            -> ok\n"
                 "unstable           -> 2\n"
                 "high watermark 5   -> -1\n"
                 "p4 e0 s0 t-9223372036854775807 -> append 5-5\n"
                 "expire at 9223372036854775807 -> 1\n");
    assert_null(f->state.table);
}

static void truncation(void **state)
{
    check(state, "p1 e0 s0 n2 t1 -> append 0-1\n"
                 "p1 e0 s2 n2 t2 -> append 2-3\n"
                 "p2 e0 s0 n2    -> append 4-5\n"
                 "p1 e0 s4 n2 txn t3 -> append 6-7\n"
                 "unstable       -> 6\n"
                 "truncate 8     -> ok\n"
                 "truncate 6     -> ok\n"
                 "unstable       -> -1\n"
                 "show -> 2:e0 s1 o5 b1 c-1 x-1; 1:e0 s3 o3 b2 c-1 x-1\n"
                 "p1 e0 s4 n2    -> append 6-7\n"
                 "truncate 4     -> rebuild\n" /* all of producer 2 would go */
                 "show -> 2:e0 s1 o5 b1 c-1 x-1; 1:e0 s5 o7 b3 c-1 x-1\n");
    check(state, "p1 e0 s0 txn    -> append 0-0\n"
                 "p1 e0 s1 txn    -> append 1-1\n"
                 "p1 e0 commit c0 -> ended 0-2 stable 3\n"
                 "p1 e0 s2 txn    -> append 3-3\n"
                 "truncate 3      -> ok\n"
                 "unstable        -> 0\n"
                 "truncate 2      -> rebuild\n" /* the marker would go */
                 "kafka restart   -> ok\n"
                 "truncate 2      -> rebuild\n");
}

static void snapshots_keep_transactions(void **state)
{
    check(state, "p1 e0 s0 txn    -> append 0-0\n"
                 "p2 e0 s0 txn    -> append 1-1\n"
                 "p1 e0 commit c7 -> ended 0-2 stable 1\n"
                 "restart         -> ok\n"
                 "show -> 2:e0 s0 o1 b1 c-1 x1; 1:e0 s0 o0 b1 c7 x-1\n"
                 "unstable        -> 0\n"
                 "high watermark 3 -> 1\n"
                 "p2 e0 s1        -> 48\n"
                 "truncate 2      -> rebuild\n"
                 "kafka restart   -> ok\n"
                 "show -> 2:e0 s0 o1 b1 c-1 x1; 1:e0 s0 o0 b1 c7 x-1\n"
                 "unstable        -> 1\n"
                 "p2 e0 abort c0  -> ended 1-3 stable 4\n");
}

/* From Apache Kafka 4.1.0's clean shutdown: three transactional producers (0 committed, 1 has a transaction
 * open since offset 11, 2 aborted) and two idempotent ones (9000001, and 9000002 at sequence 2^31-1). */
static const char kafka_snapshot[] =
    "00017d39608f00000005"
    "0000000000000000000000000002000000000000000900000002000001a1fca8b92200000000ffffffffffffffff"
    "0000000000000001000000000002000000000000000d00000002000001a1fca8ae7bffffffff000000000000000b"
    "0000000000000002000000000002000000000000001000000002000001a1fca8bd2200000000ffffffffffffffff"
    "0000000000895441000000000005000000000000000500000002000001a1fca8ae7bffffffffffffffffffffffff"
    "000000000089544200047fffffff000000000000000600000000000001a1fca8ae7bffffffffffffffffffffffff";

static size_t unhex(const char *hex, uint8_t *to)
{
    size_t n = 0;
    for (; hex[0] != '\0'; hex += 2) {
        char two[3] = {hex[0], hex[1], 0};
        to[n++] = (uint8_t)strtol(two, NULL, 16);
    }
    return n;
}

static void reads_and_writes_kafkas_snapshot(void **state)
{
    struct fixture *f = *state;
    uint8_t file[512];
    char got[1024];
    size_t len = unhex(kafka_snapshot, file);
    struct producer_state s;
    producer_state_init(&s, PRODUCERS_MAX_DEFAULT);
    assert_int_equal(producer_state_read(&s, (struct mr_slice){file, len}, 18, 0x01a1fca8ae7b, DAY_MS), 0);
    struct fixture shown = {.state = s};
    show(&shown, got);
    assert_string_equal(got, "0:e0 s2 o9 b1 c0 x-1; 1:e0 s2 o13 b1 c-1 x11; 2:e0 s2 o16 b1 c0 x-1; "
                             "9000001:e0 s5 o5 b1 c-1 x-1; 9000002:e4 s2147483647 o6 b1 c-1 x-1");
    assert_int_equal(producer_first_unstable(&s, 18), 11);

    f->file.len = 0;
    assert_int_equal(producer_snapshot_write(&s, &f->file), 0);
    assert_int_equal(f->file.len, len);
    assert_memory_equal(f->file.data, file, len);

    /* Later most have expired, but not the one with an open transaction. */
    assert_int_equal(producer_state_read(&s, (struct mr_slice){file, len}, 18, 0x01a1fca8ae7b + 10 * DAY_MS,
                                         DAY_MS),
                     0);
    assert_int_equal(producer_count(&s), 1);
    producer_state_done(&s);
}

static void damaged_snapshots(void **state)
{
    struct fixture *f = *state;
    uint8_t file[512];
    size_t len = unhex(kafka_snapshot, file);
    struct producer_state s;
    producer_state_init(&s, 10);
    check(state,
          "p1 e0 s0 txn -> append 0-0\np1 e0 s1 txn -> append 1-1\np1 e0 abort c1 -> ended 0-2 stable 3\n");
    f->file.len = 0;
    assert_int_equal(producer_state_write(&f->state, &f->file), 0);
    for (int ours = 0; ours <= 1; ours++) {
        uint8_t *p = ours ? f->file.data : file;
        size_t n = ours ? f->file.len : len;
        for (size_t cut = 0; cut < n; cut++)
            assert_int_equal(producer_state_read(&s, (struct mr_slice){p, cut}, 18, 0, DAY_MS),
                             -MR_E_CORRUPT);
        for (size_t pos = 0; pos < n; pos++) {
            p[pos] ^= 0x10;
            assert_int_equal(producer_state_read(&s, (struct mr_slice){p, n}, 18, 0, DAY_MS),
                             pos < 2 ? -MR_E_VERSION : -MR_E_CORRUPT);
            assert_null(s.table);
            p[pos] ^= 0x10;
        }
        assert_int_equal(producer_state_read(&s, (struct mr_slice){p, n}, 18, 0, DAY_MS), 0);
    }
    producer_state_done(&s);
}

static void many_producers(void **state)
{
    (void)state;
    enum { N = 3000, KEEP = 2000 };
    struct producer_state s;
    producer_state_init(&s, KEEP);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < N; i++) {
            struct kw_batch_header h = {.base_offset = round * N + i,
                                        .producer_id = (int64_t)i * 1000,
                                        .base_sequence = round,
                                        .max_timestamp = i};
            assert_int_equal(producer_check(&s, &h, PRODUCER_CLIENT).action, PRODUCER_APPEND);
            assert_int_equal(producer_apply(&s, &h), 0);
            assert_non_null(producer_find(&s, h.producer_id));
            assert_int_equal(producer_find(&s, h.producer_id)->last_timestamp, i);
        }
    }
    assert_int_equal(producer_count(&s), KEEP);
    assert_null(producer_find(&s, 999 * 1000));
    assert_non_null(producer_find(&s, 1000 * 1000));
    assert_int_equal(producer_expire(&s, 2000 + 100, 100), KEEP - 999);
    assert_int_equal(producer_count(&s), 999);
    assert_int_equal(producer_expire(&s, INT64_MAX, 0), 999);
    assert_null(s.table);
    producer_state_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_producer_costs_nothing),
        cmocka_unit_test(sequences),
        cmocka_unit_test(only_five_are_remembered),
        cmocka_unit_test(sequences_wrap),
        cmocka_unit_test(epochs),
        cmocka_unit_test(other_origins),
        cmocka_unit_test(transactions),
        cmocka_unit_test(markers_are_fenced),
        cmocka_unit_test(markers_of_transactions_v2),
        cmocka_unit_test(the_unused_go_first),
        cmocka_unit_test(expiry),
        cmocka_unit_test(truncation),
        cmocka_unit_test(snapshots_keep_transactions),
        cmocka_unit_test(reads_and_writes_kafkas_snapshot),
        cmocka_unit_test(damaged_snapshots),
        cmocka_unit_test(many_producers),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
