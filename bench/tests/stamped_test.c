/* Batches from the template, judged by the broker's own batch code (net/wire), and read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bench/stamped.h"
#include "core/crc32c.h"
#include "net/wire/batch.h"
#include "net/wire/records.h"

static const struct stamped_patch patch = {.timestamp_ms = 1700000000123,
                                           .producer_id = 4711,
                                           .producer_epoch = 3,
                                           .sequence = 1000,
                                           .intended_ns = 123456789012345,
                                           .number = 77};

/* Head and tail as they would go out. */
static uint8_t *assemble(const struct stamped_batch *b, const struct stamped_patch *with)
{
    uint8_t *whole = malloc(stamped_bytes(b));
    memcpy(whole, b->head, b->head_len);
    stamped_patch(b, whole, with);
    memcpy(whole + b->head_len, b->tail, b->tail_len);
    return whole;
}

static void check_batch(uint32_t records, uint32_t record_bytes)
{
    struct stamped_batch b;
    assert_int_equal(stamped_init(&b, records, record_bytes, 5), 0);
    assert_int_equal(b.payload_bytes, (uint64_t)records * record_bytes);
    uint8_t *whole = assemble(&b, &patch);

    struct mr_slice rest = {whole, stamped_bytes(&b)};
    struct kw_batch parsed;
    assert_int_equal(batch_next(&rest, &parsed), 1);
    assert_int_equal(rest.len, 0);
    assert_int_equal(batch_check(&parsed), 0);
    assert_true(batch_crc_ok(&parsed));
    assert_int_equal(parsed.h.record_count, records);
    assert_int_equal(parsed.h.last_offset_delta, records - 1);
    assert_int_equal(parsed.h.base_timestamp, patch.timestamp_ms);
    assert_int_equal(parsed.h.max_timestamp, patch.timestamp_ms);
    assert_int_equal(parsed.h.producer_id, 4711);
    assert_int_equal(parsed.h.base_sequence, 1000);

    struct stamped_info info;
    assert_int_equal(stamped_read(whole, mr_min(STAMPED_HEAD_MAX, stamped_bytes(&b)), &info), 0);
    assert_int_equal(info.bytes, stamped_bytes(&b));
    assert_int_equal(info.records, records);
    assert_true(info.stamped);
    assert_int_equal(info.intended_ns, patch.intended_ns);
    assert_int_equal(info.number, patch.number);
    free(whole);
    stamped_done(&b);
}

static void batches_of_many_shapes_are_sound(void **state)
{
    (void)state;
    check_batch(1, STAMP_BYTES);
    check_batch(1, STAMP_BYTES + 1);
    check_batch(1, 1024);
    check_batch(64, 1024);
    check_batch(1000, 100);
    check_batch(3, 1000000);
}

static void a_single_changed_byte_breaks_the_checksum(void **state)
{
    (void)state;
    struct stamped_batch b;
    assert_int_equal(stamped_init(&b, 2, 100, 5), 0);
    uint8_t *whole = assemble(&b, &patch);
    for (size_t at = STAMPED_CRC_FROM; at < stamped_bytes(&b); at++) {
        whole[at] ^= 0x40;
        assert_int_not_equal(mr_get32(whole + STAMPED_CRC_POS),
                             crc32c(0, whole + STAMPED_CRC_FROM, stamped_bytes(&b) - STAMPED_CRC_FROM));
        whole[at] ^= 0x40;
    }
    free(whole);
    stamped_done(&b);
}

static void the_head_and_tail_checksum_is_that_of_the_whole(void **state)
{
    (void)state;
    uint8_t bytes[5000];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i * 7 + i / 256);
    static const size_t heads[] = {0, 1, 3, 4, 61, 4999, 5000};
    for (size_t i = 0; i < MR_COUNT(heads); i++) {
        struct crc_tail c;
        assert_int_equal(crc_tail_init(&c, bytes + heads[i], sizeof(bytes) - heads[i]), 0);
        assert_int_equal(crc_tail_of(&c, bytes, heads[i]), crc32c(0, bytes, sizeof(bytes)));
    }
}

static void what_is_no_batch_is_refused(void **state)
{
    (void)state;
    struct stamped_batch b;
    struct stamped_info info;
    assert_int_equal(stamped_init(&b, 1, 100, 5), 0);
    uint8_t *whole = assemble(&b, &patch);
    whole[16] = 1; /* magic */
    assert_int_equal(stamped_read(whole, stamped_bytes(&b), &info), -MR_E_CORRUPT);
    whole[16] = 2;
    mr_put32(whole + 8, 10); /* shorter than a header */
    assert_int_equal(stamped_read(whole, stamped_bytes(&b), &info), -MR_E_CORRUPT);
    mr_put32(whole + 8, 0x80000000u);
    assert_int_equal(stamped_read(whole, stamped_bytes(&b), &info), -MR_E_CORRUPT);
    free(whole);
    stamped_done(&b);
}

static void other_records_have_no_stamp(void **state)
{
    (void)state;
    struct stamped_batch b;
    struct stamped_info info;
    assert_int_equal(stamped_init(&b, 1, 100, 5), 0);
    uint8_t *whole = assemble(&b, &patch);
    whole[b.stamp_pos] ^= 1;
    assert_int_equal(stamped_read(whole, stamped_bytes(&b), &info), 0);
    assert_false(info.stamped);
    whole[b.stamp_pos] ^= 1;
    whole[22] = 1; /* gzip */
    assert_int_equal(stamped_read(whole, stamped_bytes(&b), &info), 0);
    assert_false(info.stamped);
    whole[22] = 0;
    assert_int_equal(stamped_read(whole, STAMPED_HEADER_BYTES, &info), 0); /* too little to see */
    assert_false(info.stamped);
    free(whole);
    stamped_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_of_many_shapes_are_sound),
        cmocka_unit_test(a_single_changed_byte_breaks_the_checksum),
        cmocka_unit_test(the_head_and_tail_checksum_is_that_of_the_whole),
        cmocka_unit_test(what_is_no_batch_is_refused),
        cmocka_unit_test(other_records_have_no_stamp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
