/* storage/compact_filter and storage/compact_map: what compaction keeps.
 *
 * A log is a script. A line of records is a batch: `a=1` is key a with value 1, `a` a tombstone, `=1` has no
 * key; before them `p7` (its producer), `txn`, a codec. `p7 abort` and `p7 commit` are markers. `clean NOW`
 * compacts everything, with delete.retention.ms 100; what stays is told, a line a batch: first and last
 * offset, `h` with a horizon, `empty` without records. */
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
#include "storage/compact_filter.h"
#include "storage/producer_state.h"

enum { RETENTION_MS = 100, TEXT_BYTES = 4096, UNPACKED_MAX = 1 << 20 };

struct fixture {
    struct comp *comp;
    struct mr_scratch log, out, work;
    struct producer_state producers;
    struct txn_index txns;
    int64_t end;
    uint64_t map_bytes;
    char told[TEXT_BYTES];
    size_t told_len;
};

static void add_records(struct fixture *f, char *line)
{
    static const char *const codecs[] = {"none", "gzip", "snappy", "lz4", "zstd"};
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    char *save = NULL, *word = strtok_r(line, " ", &save);
    bool begun = false;
    how.base_offset = f->end;
    for (; word != NULL; word = strtok_r(NULL, " ", &save)) {
        if (!begun && word[0] == 'p' && word[1] >= '0' && word[1] <= '9') {
            how.producer_id = atoi(word + 1);
            how.producer_epoch = 0;
            how.base_sequence = 0;
            continue;
        }
        if (!begun && strcmp(word, "txn") == 0) {
            how.attributes |= BATCH_TRANSACTIONAL;
            continue;
        }
        for (int i = 0; i < (int)MR_COUNT(codecs); i++)
            if (strcmp(word, codecs[i]) == 0)
                how.codec = i;
        if (strcmp(word, codecs[how.codec]) == 0)
            continue;
        if (!begun)
            assert_int_equal(batch_build_begin(&b, &how, &f->log, f->comp, &f->work), 0);
        begun = true;
        char *value = strchr(word, '=');
        struct batch_record r = {.timestamp = 1000 + f->end};
        size_t key_bytes = value != NULL ? (size_t)(value - word) : strlen(word);
        if (key_bytes > 0)
            r.key = (struct mr_slice){(const uint8_t *)word, key_bytes};
        if (value != NULL)
            r.value = (struct mr_slice){(const uint8_t *)value + 1, strlen(value + 1)};
        assert_int_equal(batch_build_add(&b, &r), 0);
    }
    assert_int_equal(batch_build_end(&b), 0);
}

static void add(struct fixture *f, char *line)
{
    size_t start = f->log.len;
    int producer = 0;
    char word[16] = "";
    if (sscanf(line, "p%d %15s", &producer, word) == 2 &&
        (strcmp(word, "abort") == 0 || strcmp(word, "commit") == 0)) {
        struct batch_build_how how = batch_build_how_plain();
        how.base_offset = f->end;
        how.producer_id = producer;
        how.producer_epoch = 0;
        assert_int_equal(control_put_marker(&f->log, &how, word[0] == 'c', 1, 1), 0);
    } else {
        add_records(f, line);
    }
    struct mr_slice rest = {f->log.data + start, f->log.len - start};
    struct kw_batch b;
    assert_int_equal(batch_next(&rest, &b), 1);
    assert_int_equal(txn_index_count(&f->txns, &f->producers, &b), 0);
    f->end = batch_next_offset(&b.h);
}

static void tell(struct fixture *f, const char *fmt, ...) MR_PRINTF(2, 3);
static void tell(struct fixture *f, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    f->told_len += (size_t)vsnprintf(f->told + f->told_len, TEXT_BYTES - f->told_len, fmt, args);
    va_end(args);
}

static void tell_batch(struct fixture *f, const struct kw_batch *b)
{
    assert_int_equal(batch_check(b), 0);
    tell(f, "%lld-%lld", (long long)b->h.base_offset, (long long)batch_last_offset(&b->h));
    tell(f, "%s%s", b->h.attributes & BATCH_DELETE_HORIZON ? " h" : "",
         b->h.record_count == 0 ? " empty" : "");
    if (batch_is_control(&b->h) && b->h.record_count > 0)
        tell(f, " marker");
    struct mr_slice records;
    struct record_iter it;
    struct kw_record r;
    if (b->h.record_count > 0 && !batch_is_control(&b->h)) {
        assert_int_equal(batch_records(b, f->comp, &f->work, UNPACKED_MAX, &records), 0);
        record_iter_init(&it, records, b->h.record_count);
        while (record_next(&it, &r) == 1) {
            tell(f, " %.*s%s%.*s", (int)r.key.len, (const char *)r.key.ptr, r.value.ptr != NULL ? "=" : "",
                 (int)r.value.len, (const char *)r.value.ptr);
            assert_true(batch_record_timestamp(&b->h, r.timestamp_delta) >= 1000);
        }
    }
    tell(f, "\n");
}

static void clean(struct fixture *f, int64_t now_ms)
{
    static const uint8_t secret[KEY_SECRET_BYTES] = {1, 2, 3};
    struct compact_filter c = {.now_ms = now_ms,
                               .delete_retention_ms = RETENTION_MS,
                               .unpacked_bytes_max = UNPACKED_MAX,
                               .producers = &f->producers,
                               .comp = f->comp,
                               .unpacked = &f->work};
    struct txn_index kept = {.items = NULL};
    c.group_end = f->end;
    compact_filter_init(&c);
    assert_int_equal(key_map_init(&c.map, f->map_bytes, secret), 0);
    assert_int_equal(compact_aborted(&c, f->txns.items, f->txns.count), 0);
    struct mr_slice rest = {f->log.data, f->log.len};
    struct kw_batch b;
    int more = 1;
    while (more == 1 && batch_next(&rest, &b) == 1)
        more = compact_learn(&c, &b);
    assert_true(more >= 0);
    if (more == 0)
        tell(f, "full at %lld\n", (long long)c.map_end);
    compact_turn(&c);
    assert_int_equal(compact_aborted(&c, f->txns.items, f->txns.count), 0);
    rest = (struct mr_slice){f->log.data, f->log.len};
    f->out.len = 0;
    while (batch_next(&rest, &b) == 1) {
        enum compact_fate fate;
        const struct txn_aborted *txn;
        size_t start = f->out.len;
        assert_int_equal(compact_batch(&c, &b, &f->out, &fate, &txn), 0);
        assert_int_equal(fate == COMPACT_DROPPED, f->out.len == start);
        if (fate == COMPACT_KEPT)
            assert_memory_equal(f->out.data + start, b.bytes.ptr, b.bytes.len);
        if (txn != NULL)
            assert_int_equal(txn_index_add(&kept, txn), 0);
    }
    txn_index_done(&f->txns);
    f->txns = kept;
    compact_filter_done(&c);
    struct mr_scratch was = f->log;
    f->log = f->out;
    f->out = was;
    rest = (struct mr_slice){f->log.data, f->log.len};
    while (batch_next(&rest, &b) == 1)
        tell_batch(f, &b);
    assert_int_equal(rest.len, 0);
}

static void play(uint64_t map_bytes, const char *script, const char *expected)
{
    struct fixture f = {.map_bytes = map_bytes, .comp = comp_new()};
    char text[TEXT_BYTES];
    char *save = NULL;
    scratch_init(&f.log, 1 << 20);
    scratch_init(&f.out, 1 << 20);
    scratch_init(&f.work, 1 << 20);
    producer_state_init(&f.producers, PRODUCERS_MAX_DEFAULT);
    snprintf(text, sizeof(text), "%s", script);
    for (char *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        if (strncmp(line, "clean ", 6) == 0)
            clean(&f, atoll(line + 6));
        else
            add(&f, line);
    }
    assert_string_equal(f.told, expected);
    scratch_done(&f.log);
    scratch_done(&f.out);
    scratch_done(&f.work);
    producer_state_done(&f.producers);
    txn_index_done(&f.txns);
    comp_free(f.comp);
}

static void the_newest_of_each_key_stays(void **state)
{
    (void)state;
    play(1 << 16,
         "a=1 b=1 c=1\n"
         "a=2\n"
         "zstd b=2 d=1 a=3\n"
         "e=1\n"
         "clean 5000\n",
         "0-2 c=1\n"
         "4-6 b=2 d=1 a=3\n"
         "7-7 e=1\n");
}

static void a_tombstone_stays_until_its_horizon(void **state)
{
    (void)state;
    play(1 << 16,
         "a=1\n"
         "gzip a b=1\n"
         "c=1\n"
         "clean 5000\n"
         "clean 5099\n"
         "clean 5100\n",
         "1-2 h a b=1\n"
         "3-3 c=1\n"
         "1-2 h a b=1\n"
         "3-3 c=1\n"
         "1-2 h b=1\n"
         "3-3 c=1\n");
}

static void records_without_a_key_go(void **state)
{
    (void)state;
    play(1 << 16,
         "=1\n"
         "a=1 =2\n"
         "clean 5000\n",
         "1-2 a=1\n");
}

static void aborted_data_goes_and_its_marker_follows(void **state)
{
    (void)state;
    play(1 << 16,
         "a=1\n"
         "p7 txn a=2 b=2\n"
         "p7 abort\n"
         "p7 txn c=1\n"
         "p7 commit\n"
         "p7 txn c=2\n"
         "p7 commit\n"
         "d=1\n"
         "clean 5000\n"  /* the first sees batches of both */
         "clean 5010\n"  /* now none of the aborted one's: its horizon */
         "clean 5110\n", /* is over */
         "0-0 a=1\n"
         "3-3 marker\n"
         "5-5 marker\n"
         "6-6 c=2\n"
         "7-7 marker\n"
         "8-8 d=1\n"
         "0-0 a=1\n"
         "3-3 h marker\n"
         "5-5 h marker\n"
         "6-6 c=2\n"
         "7-7 marker\n"
         "8-8 d=1\n"
         "0-0 a=1\n"
         "6-6 c=2\n"
         "7-7 marker\n"
         "8-8 d=1\n");
}

static void the_last_batch_of_a_producer_keeps_its_header(void **state)
{
    (void)state;
    play(1 << 16,
         "p7 a=1\n"
         "p7 lz4 a=2\n"
         "a=3\n"
         "clean 5000\n"
         "p7 b=1\n"
         "clean 5000\n",
         "1-1 empty\n"
         "2-2 a=3\n"
         "2-2 a=3\n"
         "3-3 b=1\n");
}

static void the_end_of_the_round_keeps_its_batch(void **state)
{
    (void)state;
    play(1 << 16,
         "a=1\n"
         "=1\n"
         "clean 5000\n",
         "0-0 a=1\n"
         "1-1 empty\n");
}

/* Three slots take two keys; what was not learnt stays as it is. */
static void a_full_map_leaves_the_rest(void **state)
{
    (void)state;
    play(3 * KEY_SLOT_BYTES,
         "a=1\n"
         "b=1\n"
         "a=2 c=1\n"
         "a=3 b=2\n"
         "clean 5000\n",
         "full at 3\n"
         "1-1 b=1\n"
         "2-3 a=2 c=1\n"
         "4-5 a=3 b=2\n");
}

/* The first vector of the reference implementation: key 00..0f, of nothing. */
static void siphash_is_siphash(void **state)
{
    (void)state;
    uint8_t key[16];
    uint64_t digest[2];
    for (uint8_t i = 0; i < 16; i++)
        key[i] = i;
    siphash128(key, (struct mr_slice){key, 0}, digest);
    assert_true(digest[0] == 0xe6a825ba047f81a3u && digest[1] == 0x930255c71472f66du);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_of_each_key_stays),
        cmocka_unit_test(a_tombstone_stays_until_its_horizon),
        cmocka_unit_test(records_without_a_key_go),
        cmocka_unit_test(aborted_data_goes_and_its_marker_follows),
        cmocka_unit_test(the_last_batch_of_a_producer_keeps_its_header),
        cmocka_unit_test(the_end_of_the_round_keeps_its_batch),
        cmocka_unit_test(a_full_map_leaves_the_rest),
        cmocka_unit_test(siphash_is_siphash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
