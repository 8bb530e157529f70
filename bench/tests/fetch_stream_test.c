/* Fetch answers from the generated encoder, read in every fragmentation; the events are compared as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bench/fetch_stream.h"
#include "bench/schedule.h"
#include "net/wire/gen/fetch.h"
#include "net/wire/header.h"

enum { TEXT_MAX = 8192, RECORD_BYTES = 300 };

struct log {
    char text[TEXT_MAX];
    size_t len;
};

static void log_add(struct fetch_stream *s, const char *fmt, ...) MR_PRINTF(2, 3);

static void log_add(struct fetch_stream *s, const char *fmt, ...)
{
    struct log *log = s->owner;
    va_list args;
    va_start(args, fmt);
    log->len += (size_t)vsnprintf(log->text + log->len, TEXT_MAX - log->len, fmt, args);
    va_end(args);
    assert_true(log->len < TEXT_MAX);
}

static void on_part(struct fetch_stream *s, int32_t partition, int16_t error, int64_t high_watermark)
{
    log_add(s, "part %d error %d end %lld\n", partition, error, (long long)high_watermark);
}

static void on_batch(struct fetch_stream *s, int32_t partition, const struct stamped_info *info)
{
    log_add(s, "  batch of %d at %lld, %d records, %u bytes, number %llu\n", partition,
            (long long)info->base_offset, info->records, info->bytes, (unsigned long long)info->number);
}

static void on_end(struct fetch_stream *s)
{
    log_add(s, "end of %u, session %d, error %d\n", s->correlation, s->session_id, s->error);
}

static const struct fetch_events events = {on_part, on_batch, on_end};

/* `count` batches of 2 records behind each other, the last one cut off after `cut` bytes if cut is not 0. */
static struct mr_slice make_records(struct mr_arena *a, uint32_t count, int64_t offset, size_t cut)
{
    struct stamped_batch b;
    assert_int_equal(stamped_init(&b, 2, RECORD_BYTES, 1), 0);
    size_t one = stamped_bytes(&b), len = cut == 0 ? count * one : (count - 1) * one + cut;
    uint8_t *p = arena_alloc(a, count * one, 8);
    for (uint32_t i = 0; i < count; i++) {
        struct stamped_patch patch = {.producer_id = -1, .sequence = -1, .number = (uint64_t)offset + i};
        memcpy(p + i * one, b.head, b.head_len);
        stamped_patch(&b, p + i * one, &patch);
        mr_put64(p + i * one, (uint64_t)offset + 2 * i); /* not under the checksum */
        memcpy(p + i * one + b.head_len, b.tail, b.tail_len);
    }
    stamped_done(&b);
    return (struct mr_slice){p, len};
}

/* Two answers, one behind the other. */
static struct mr_slice make_answers(struct mr_arena *a, int16_t version, struct kw_writer *w)
{
    struct kw_fetch_response_aborted_transaction aborted[] = {{1, 2}, {3, 4}};
    struct kw_fetch_response_partition parts[4];
    for (int32_t i = 0; i < 4; i++) {
        kw_fetch_response_partition_init(&parts[i]);
        parts[i].partition_index = 10 + i;
        parts[i].high_watermark = 1000 + i;
    }
    parts[0].records = kw_records_of(make_records(a, 3, 100, 0));
    parts[1].records = kw_records_of((struct mr_slice){NULL, 0});
    parts[1].error_code = 1;
    parts[1].diverging_epoch.epoch = 5;                             /* a tagged field */
    parts[2].records = kw_records_of(make_records(a, 2, 200, 400)); /* the second is incomplete */
    parts[2].aborted_transactions = aborted;
    parts[2].aborted_transactions_count = 2;
    parts[3].records = kw_records_of(make_records(a, 1, 300, 20)); /* not even a header */
    struct kw_fetch_response_topic topics[] = {
        {.topic = MR_STR_LIT("orders"), .partitions = parts, .partitions_count = 3},
        {.topic = MR_STR_LIT("bills"), .partitions = parts + 3, .partitions_count = 1}};
    struct kw_fetch_response_node_endpoint node = {1, MR_STR_LIT("host"), 9092, {NULL, 0}};
    struct kw_fetch_response full = {.session_id = 77,
                                     .responses = topics,
                                     .responses_count = 2,
                                     .node_endpoints = &node,
                                     .node_endpoints_count = 1};
    struct kw_fetch_response none = {.error_code = 71, .session_id = 78};
    kw_writer_init(w, a, 0, 1 << 20, false);
    for (uint32_t i = 0; i < 2; i++) {
        struct kw_frame frame = kw_frame_begin(w);
        kw_response_head_encode(w, 1, version, (int32_t)(40 + i));
        kw_fetch_response_encode(w, version, i == 0 ? &full : &none);
        kw_frame_end(w, frame);
    }
    assert_int_equal(w->err, 0);
    return (struct mr_slice){w->buf, w->len};
}

static const char expected[] = "part 10 error 0 end 1000\n"
                               "  batch of 10 at 100, 2 records, 679 bytes, number 100\n"
                               "  batch of 10 at 102, 2 records, 679 bytes, number 101\n"
                               "  batch of 10 at 104, 2 records, 679 bytes, number 102\n"
                               "part 11 error 1 end 1001\n"
                               "part 12 error 0 end 1002\n"
                               "  batch of 12 at 200, 2 records, 679 bytes, number 200\n"
                               "part 13 error 0 end 1003\n"
                               "end of 40, session 77, error 0\n"
                               "end of 41, session 78, error 71\n";

/* Reads as a consumer would: keeps what was not consumed, and skips what need not be looked at. The size of
 * each read is 1 + random % most. */
static int64_t read_in_pieces(struct mr_slice answers, int16_t version, bool verify, uint64_t seed,
                              size_t most, struct log *log)
{
    struct fetch_stream s = {.events = &events, .owner = log, .version = version, .verify = verify};
    uint8_t *kept = malloc(answers.len + 1);
    size_t kept_len = 0, at = 0;
    int64_t used = 0;
    while (at < answers.len) {
        size_t n = mr_min(1 + schedule_random(&seed) % most, answers.len - at);
        uint32_t skip = fetch_stream_skippable(&s);
        if (kept_len == 0 && skip > 0 && schedule_random(&seed) % 2 == 0) {
            n = mr_min(n, skip);
            fetch_stream_skipped(&s, (uint32_t)n);
            at += n;
            continue;
        }
        memcpy(kept + kept_len, answers.ptr + at, n);
        kept_len += n;
        at += n;
        used = fetch_stream_feed(&s, kept, kept_len);
        if (used < 0)
            break;
        memmove(kept, kept + used, kept_len - (size_t)used);
        kept_len -= (size_t)used;
    }
    free(kept);
    if (used >= 0)
        assert_int_equal(kept_len, 0);
    return used < 0 ? used : 0;
}

static void every_fragmentation_gives_the_same_events(void **state)
{
    (void)state;
    for (int16_t version = 12; version <= 17; version++) {
        struct mr_arena a;
        struct kw_writer w;
        arena_init(&a, 1 << 20);
        struct mr_slice answers = make_answers(&a, version, &w);
        for (uint64_t seed = 0; seed < 300; seed++) {
            struct log log = {.len = 0};
            size_t most = seed == 0 ? answers.len : seed == 1 ? 1 : 1 + seed * 5;
            assert_int_equal(read_in_pieces(answers, version, seed % 2 == 0, seed, most, &log), 0);
            assert_string_equal(log.text, expected);
        }
        arena_done(&a);
    }
}

static void a_wrong_byte_is_found_when_verifying(void **state)
{
    (void)state;
    struct mr_arena a;
    struct kw_writer w;
    arena_init(&a, 1 << 20);
    struct mr_slice answers = make_answers(&a, 17, &w);
    w.buf[answers.len / 4] ^= 1; /* inside a batch */
    struct log log = {.len = 0};
    assert_int_equal(read_in_pieces(answers, 17, true, 1, 100, &log), -MR_E_CORRUPT);
    log.len = 0;
    assert_int_equal(read_in_pieces(answers, 17, false, 1, 100, &log), 0);
    arena_done(&a);
}

/* Whatever comes, the reader stays within its input (run under sanitizers) and stops or goes on. */
static void mutated_answers_do_no_harm(void **state)
{
    (void)state;
    struct mr_arena a;
    struct kw_writer w;
    arena_init(&a, 1 << 20);
    struct mr_slice answers = make_answers(&a, 17, &w);
    uint8_t *mutant = malloc(answers.len);
    uint32_t refused = 0;
    for (uint64_t seed = 1; seed <= 5000; seed++) {
        uint64_t random = seed;
        memcpy(mutant, answers.ptr, answers.len);
        for (unsigned i = 0; i < 1 + seed % 3; i++)
            mutant[schedule_random(&random) % answers.len] = (uint8_t)schedule_random(&random);
        struct fetch_stream s = {.events = &events, .version = 17, .verify = seed % 2 == 0};
        struct log *log = calloc(1, sizeof(*log));
        s.owner = log;
        refused += fetch_stream_feed(&s, mutant, answers.len) < 0;
        free(log);
    }
    assert_true(refused > 500);
    free(mutant);
    arena_done(&a);
}

static void a_frame_without_end_is_refused(void **state)
{
    (void)state;
    struct log log = {.len = 0};
    struct fetch_stream s = {.events = &events, .owner = &log, .version = 17};
    uint8_t huge[4] = {0x7f, 0xff, 0xff, 0xff};
    assert_int_equal(fetch_stream_feed(&s, huge, 4), -MR_E_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fragmentation_gives_the_same_events),
        cmocka_unit_test(a_wrong_byte_is_found_when_verifying),
        cmocka_unit_test(mutated_answers_do_no_harm),
        cmocka_unit_test(a_frame_without_end_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
