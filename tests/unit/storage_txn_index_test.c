/* storage/txn_index, and storage/verify_txns, which holds stored ones against a log.
 *
 * Logs are scripts: `p7 n3 txn` is a batch of producer 7 with three records, `p7 abort`, `p7 commit` markers,
 * `gap 5` offsets that compaction took, `segment` begins another segment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/err.h"
#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "storage/verify_txns.h"

struct fixture {
    struct verify_txns walk;
    struct mr_scratch batch;
    int64_t end, base;
    int32_t sequence;
};

static int setup(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    scratch_init(&f->batch, 1 << 16);
    verify_txns_init(&f->walk);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    verify_txns_done(&f->walk);
    scratch_done(&f->batch);
    mem_free(f);
    return 0;
}

static void add_batch(struct fixture *f, const char *line)
{
    char word[16] = "";
    int producer = -1, records = 1;
    (void)sscanf(line, "p%d %15s", &producer, word);
    struct batch_build_how how = batch_build_how_plain();
    how.base_offset = f->end;
    how.producer_id = producer;
    how.producer_epoch = producer < 0 ? -1 : 0;
    f->batch.len = 0;
    if (strcmp(word, "abort") == 0 || strcmp(word, "commit") == 0) {
        assert_int_equal(control_put_marker(&f->batch, &how, word[0] == 'c', 1, 1), 0);
    } else {
        (void)sscanf(word, "n%d", &records);
        how.attributes = strstr(line, "txn") != NULL ? BATCH_TRANSACTIONAL : 0;
        how.base_sequence = producer < 0 ? -1 : f->sequence;
        f->sequence += records;
        struct batch_builder b;
        assert_int_equal(batch_build_begin(&b, &how, &f->batch, NULL, NULL), 0);
        for (int i = 0; i < records; i++)
            assert_int_equal(batch_build_add(&b, &(struct batch_record){.timestamp = 1}), 0);
        assert_int_equal(batch_build_end(&b), 0);
    }
    struct mr_slice rest = {f->batch.data, f->batch.len};
    struct kw_batch batch;
    assert_int_equal(batch_next(&rest, &batch), 1);
    assert_int_equal(verify_txns_batch(&f->walk, &batch), 0);
    f->end += records;
}

static void play(struct fixture *f, const char *script)
{
    char text[2048];
    char *save = NULL;
    long long n;
    snprintf(text, sizeof(text), "%s", script);
    for (char *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        if (sscanf(line, "gap %lld", &n) == 1)
            f->end += n;
        else if (strncmp(line, "segment", 7) == 0)
            verify_txns_segment(&f->walk, f->base = f->end);
        else
            add_batch(f, line);
    }
}

/* "7:0-4 stable 5; ..." */
static void show(const struct txn_index *ix, char *got)
{
    got[0] = '\0';
    for (uint32_t i = 0; i < ix->count; i++)
        sprintf(got + strlen(got), "%s%d:%d-%d stable %d", i > 0 ? "; " : "", (int)ix->items[i].producer_id,
                (int)ix->items[i].first_offset, (int)ix->items[i].last_offset, (int)ix->items[i].last_stable);
}

static void expect(struct fixture *f, const char *want)
{
    char got[512];
    show(&f->walk.segment, got);
    assert_string_equal(got, want);
}

static bool holds(struct fixture *f, const struct txn_aborted *entries, uint32_t count)
{
    uint8_t file[256];
    char why[256] = "";
    struct txn_index ix = {.items = NULL};
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(txn_index_add(&ix, &entries[i]), 0);
    txn_index_encode(&ix, file);
    bool ok = verify_txns_index(&f->walk, (struct mr_slice){file, (size_t)count * TXN_INDEX_ENTRY_BYTES},
                                f->base, false, why, sizeof(why));
    assert_int_equal(ok, why[0] == '\0');
    txn_index_done(&ix);
    return ok;
}

static void aborted_transactions_are_noted_where_their_marker_stands(void **state)
{
    struct fixture *f = *state;
    play(f, "segment    \n"
            "p7 n3 txn  \n"   /* 0-2 */
            "p8 n2 txn  \n"   /* 3-4 */
            "p7 abort   \n"   /* 5 */
            "p9 n1 txn  \n"   /* 6 */
            "p9 commit  \n"   /* 7 */
            "p9 abort   \n"); /* 8: nothing open */
    expect(f, "7:0-5 stable 3");
    play(f, "segment\n"
            "p8 abort\n"); /* 9 */
    expect(f, "8:3-9 stable 10");
}

/* From Apache Kafka 4.1.0: producer 0 wrote 0-2, producer 1 from 3 on, 0 aborted at 7; 1 wrote 9-10, 0 from
 * 11 on, 1 aborted at 12. */
static const char kafka_file[] = "0000"
                                 "0000000000000000000000000000000000000000000000070000000000000003"
                                 "0000"
                                 "00000000000000010000000000000009000000000000000c000000000000000b";

static size_t unhex(const char *hex, uint8_t *to)
{
    size_t n = 0;
    for (; hex[0] != '\0'; hex += 2) {
        char two[3] = {hex[0], hex[1], 0};
        to[n++] = (uint8_t)strtol(two, NULL, 16);
    }
    return n;
}

static void reads_and_writes_kafkas_file(void **state)
{
    (void)state;
    uint8_t file[128], again[128];
    char got[512];
    size_t len = unhex(kafka_file, file);
    struct txn_index ix = {.items = NULL};
    assert_int_equal(txn_index_decode(&ix, (struct mr_slice){file, len}), 0);
    show(&ix, got);
    assert_string_equal(got, "0:0-7 stable 3; 1:9-12 stable 11");
    txn_index_encode(&ix, again);
    assert_memory_equal(again, file, len);
    assert_int_equal(txn_index_from(&ix, 0), 0);
    assert_int_equal(txn_index_from(&ix, 7), 0);
    assert_int_equal(txn_index_from(&ix, 8), 1);
    assert_int_equal(txn_index_from(&ix, 13), 2);
    /* What is known already is not noted twice. */
    assert_int_equal(txn_index_add(&ix, &(struct txn_aborted){1, 9, 12, 11}), 0);
    assert_int_equal(ix.count, 2);
    txn_index_done(&ix);
    assert_int_equal(txn_index_decode(&ix, (struct mr_slice){file, 0}), 0);
    assert_int_equal(ix.count, 0);
    txn_index_done(&ix);
}

static void refuses_what_no_log_has(void **state)
{
    (void)state;
    uint8_t file[128];
    struct txn_index ix = {.items = NULL};
    size_t len = unhex(kafka_file, file);
    assert_int_equal(txn_index_decode(&ix, (struct mr_slice){file, len - 1}), -MR_E_CORRUPT);
    file[1] = 1;
    assert_int_equal(txn_index_decode(&ix, (struct mr_slice){file, len}), -MR_E_VERSION);
    file[1] = 0;
    file[TXN_INDEX_ENTRY_BYTES + 25] = 7; /* the second one ends where the first does */
    assert_int_equal(txn_index_decode(&ix, (struct mr_slice){file, len}), -MR_E_CORRUPT);
    file[TXN_INDEX_ENTRY_BYTES + 25] = 12;
    file[17] = 9; /* begins behind its end */
    assert_int_equal(txn_index_decode(&ix, (struct mr_slice){file, len}), -MR_E_CORRUPT);
    assert_null(ix.items);
}

static void verify_knows_what_the_index_must_say(void **state)
{
    struct fixture *f = *state;
    play(f, "segment\n"
            "p7 n3 txn\n"
            "p8 n2 txn\n"
            "p7 abort\n"
            "p8 commit\n");
    assert_true(holds(f, (struct txn_aborted[]){{7, 0, 5, 3}}, 1));
    assert_false(holds(f, NULL, 0));
    assert_false(holds(f, (struct txn_aborted[]){{8, 0, 5, 3}}, 1));
    assert_false(holds(f, (struct txn_aborted[]){{7, 1, 5, 3}}, 1)); /* a reader would see offset 0 */
    assert_false(holds(f, (struct txn_aborted[]){{7, 0, 5, 6}}, 1));
    assert_false(holds(f, (struct txn_aborted[]){{7, 0, 5, 3}, {8, 3, 6, 7}}, 2)); /* it was committed */
    play(f, "p9 n1 txn\n"
            "segment\n"
            "p9 abort\n");
    assert_true(holds(f, (struct txn_aborted[]){{9, 7, 8, 9}}, 1));
    assert_false(holds(f, (struct txn_aborted[]){{7, 0, 5, 3}, {9, 7, 8, 9}}, 2)); /* not of this segment */
}

static void a_log_without_its_beginning_proves_less(void **state)
{
    struct fixture *f = *state;
    f->end = 100;
    play(f, "segment\n"
            "p7 n3 txn\n"
            "p7 abort\n"   /* 103 */
            "p8 abort\n"); /* 104: begun before what is left */
    assert_true(holds(f, (struct txn_aborted[]){{7, 90, 103, 90}, {8, 95, 104, 105}}, 2));
    assert_false(holds(f, (struct txn_aborted[]){{8, 95, 104, 105}}, 1));
    assert_false(holds(f, (struct txn_aborted[]){{7, 101, 103, 104}}, 1));
    /* Compaction takes the data of aborted transactions and leaves their markers. */
    play(f, "gap 4\n"
            "p7 abort\n");
    assert_true(holds(f, (struct txn_aborted[]){{7, 90, 103, 90}, {7, 105, 109, 110}}, 2));
}

static bool snapshot_holds(struct fixture *f, const struct producer_state *s)
{
    struct mr_scratch file;
    char why[256] = "";
    scratch_init(&file, 4096);
    assert_int_equal(producer_snapshot_write(s, &file), 0);
    bool ok = verify_txns_snapshot(&f->walk, (struct mr_slice){file.data, file.len}, why, sizeof(why));
    assert_int_equal(ok, why[0] == '\0');
    scratch_done(&file);
    return ok;
}

static void verify_knows_what_the_snapshot_must_say(void **state)
{
    struct fixture *f = *state;
    struct producer_state other;
    producer_state_init(&other, 10);
    play(f, "segment\n"
            "p7 n3 txn\n");
    assert_true(snapshot_holds(f, &f->walk.producers));
    assert_false(snapshot_holds(f, &other)); /* an open transaction would be lost */
    play(f, "p7 commit\n");
    assert_true(snapshot_holds(f, &other)); /* it may have expired */
    struct kw_batch_header h = {.producer_id = 7, .last_offset_delta = 2, .attributes = BATCH_TRANSACTIONAL};
    assert_int_equal(producer_apply(&other, &h), 0);
    assert_false(snapshot_holds(f, &other)); /* still open */
    char why[256];
    assert_false(
        verify_txns_snapshot(&f->walk, (struct mr_slice){(const uint8_t *)"x", 1}, why, sizeof(why)));
    producer_state_done(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(aborted_transactions_are_noted_where_their_marker_stands, setup,
                                        teardown),
        cmocka_unit_test(reads_and_writes_kafkas_file),
        cmocka_unit_test(refuses_what_no_log_has),
        cmocka_unit_test_setup_teardown(verify_knows_what_the_index_must_say, setup, teardown),
        cmocka_unit_test_setup_teardown(a_log_without_its_beginning_proves_less, setup, teardown),
        cmocka_unit_test_setup_teardown(verify_knows_what_the_snapshot_must_say, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
