/* Which leader epoch a batch had, when it and the log's history contradict each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "storage/file_put.h"
#include "storage/salvage_epochs.h"
#include "storage/salvage_order.h"
#include "storage/segment.h"

#define DIR "/log"

enum { BATCHES_MAX = 32, BATCH_BYTES = BATCH_HEADER_BYTES + 4, SPAN = 5 };

static struct kw_batch_header put_batch(uint8_t *dst, int64_t base, int32_t epoch)
{
    struct kw_batch_header h = {.base_offset = base,
                                .length = BATCH_BYTES - BATCH_PREFIX_BYTES,
                                .leader_epoch = epoch,
                                .magic = BATCH_MAGIC,
                                .last_offset_delta = SPAN - 1,
                                .producer_id = KW_NO_PRODUCER_ID,
                                .producer_epoch = KW_NO_PRODUCER_EPOCH,
                                .base_sequence = KW_NO_SEQUENCE,
                                .record_count = SPAN};
    memset(dst, 7, BATCH_BYTES);
    batch_header_write(dst, &h);
    batch_seal(dst);
    return h;
}

/* batches: "offset:epoch ...", and " | " where another file begins; history: "epoch@offset ..."; want: the
 * epochs they are to have. */
static void check(const char *batches, const char *history, const char *want)
{
    struct kw_batch_header all[BATCHES_MAX];
    uint32_t count = 0;
    struct mr_io *io = NULL;
    char why[128];
    assert_int_equal(io_new(&(struct io_config){.shard = 0}, &io, why, sizeof(why)), 0);
    struct mr_op op;
    op_init(&op, NULL);
    io_mkdir(io, &op, DIR);
    assert_int_equal(io_wait(io, &op), 0);
    uint8_t file[BATCHES_MAX * BATCH_BYTES];
    size_t len = 0;
    int64_t base = -1;
    for (const char *at = batches; at != NULL;) {
        char path[SEGMENT_PATH_MAX];
        if (*at != '|') {
            char *epoch;
            int64_t offset = strtoll(at, &epoch, 10);
            base = len == 0 ? offset : base;
            all[count++] = put_batch(file + len, offset, atoi(epoch + 1));
            len += BATCH_BYTES;
        }
        at = strchr(at, ' ');
        at = at != NULL ? at + 1 : NULL;
        if (at != NULL && *at != '|')
            continue;
        segment_path(path, DIR, base, ".log");
        assert_true(len == 0 || file_put_wait(io, path, file, len, true) == 0);
        len = 0;
    }
    char text[256], lines[200] = "";
    uint32_t entries = 0;
    for (const char *at = history; at != NULL; entries++) {
        char *start;
        size_t used = strlen(lines);
        long epoch = strtol(at, &start, 10);
        snprintf(lines + used, sizeof(lines) - used, "%ld %lld\n", epoch, strtoll(start + 1, NULL, 10));
        at = strchr(at, ' ');
        at = at != NULL ? at + 1 : NULL;
    }
    int n = snprintf(text, sizeof(text), "0\n%u\n%s", entries, lines);
    assert_int_equal(file_put_wait(io, DIR "/leader-epoch-checkpoint", text, (size_t)n, true), 0);
    struct names files;
    assert_int_equal(names_list(&files, io, DIR, false), 0);
    struct salvage_epochs e;
    salvage_epochs_load(&e, io, DIR, &files, NULL);
    for (uint32_t i = 0; i < count; i++) {
        int32_t epoch;
        assert_int_equal(salvage_epoch(&e, &all[i], &epoch), 0);
        char *rest;
        assert_int_equal(epoch, strtol(want, &rest, 10));
        want = rest;
    }
    salvage_epochs_done(&e);
    names_done(&files);
    io_free(io);
}

static void what_fits_stays(void **state)
{
    (void)state;
    check("0:0 5:0 | 10:1 15:1", "0@0 1@10", "0 0 1 1");
    check("0:3", "7@20", "3"); /* the history says nothing of it */
}

static void a_batch_is_put_right_by_its_neighbours(void **state)
{
    (void)state;
    check("0:0 5:4 10:0", "0@0", "0 0 0");
    check("0:8 5:0", "0@0", "0 0");
    check("0:0 5:64", "0@0", "0 0");
    check("0:0 | 5:64 | 10:0", "0@0", "0 0 0"); /* alone in its file */
    check("0:64 | 5:0", "0@0", "0 0");
    check("0:0 5:1 10:0 15:1", "0@0 1@15",
          "0 0 0 1"); /* an epoch that the history knows: they do not go down */
    check("0:1 5:1 10:0 15:1", "1@0", "1 1 1 1");
    check("0:0 5:1 10:0 15:2", "0@0 1@5 2@15", "0 1 1 2");
}

static void a_history_that_nobody_fits_is_wrong(void **state)
{
    (void)state;
    check("0:0 5:0", "2@0", "0 0");
    check("0:0 | 5:0", "2@0", "0 0"); /* in other files */
    check("0:0 5:0 10:1 | 15:1 20:2", "0@0 9@10 10@20", "0 0 1 1 2");
    check("0:0 5:0 10:1 15:1", "0@0 1@5", "0 0 1 1"); /* it begins elsewhere */
    check("0:0 5:1 10:1 15:1", "0@0 1@10", "0 1 1 1");
}

/* sim_storage_damage seed 413: the history became 2, and the one batch with it. */
static void of_one_that_stands_alone_nothing_tells(void **state)
{
    (void)state;
    check("0:0", "2@0", "0");
    check("0:2", "0@0", "0");
    check("0:0 5:3", "0@0 1@5", "0 1");
    check("0:0 5:1", "0@0 3@5", "0 1");
    check("0:4 5:1", "4@0 6@5", "4 6"); /* not below the batch before */
}

/* batches: "epoch ...", one a batch of SPAN offsets; want: the epochs they are to have. */
static void check_order(const char *batches, const char *want, int settled)
{
    struct salvage_order o = {.items = NULL};
    int64_t base = 0;
    char *rest;
    for (const char *at = batches; *at != '\0'; at = rest, base += SPAN) {
        struct kw_batch_header h = {.base_offset = base, .last_offset_delta = SPAN - 1};
        h.leader_epoch = (int32_t)strtol(at, &rest, 10);
        assert_int_equal(order_add(&o, &h), 0);
    }
    assert_int_equal(order_settle(&o), settled);
    for (uint32_t i = 0; i < o.count; i++) {
        for (uint64_t n = 0; n < o.items[i].batches; n++, want = rest)
            assert_int_equal(o.items[i].want, strtol(want, &rest, 10));
        assert_int_equal(o.items[i].last + 1, i + 1 < o.count ? o.items[i + 1].first : base);
    }
    assert_string_equal(want, "");
    order_done(&o);
}

static void epochs_that_go_down_are_put_in_order(void **state)
{
    (void)state;
    check_order("", "", 0);
    check_order("-1 0 0 3 7", "-1 0 0 3 7", 0);
    check_order("0 0 65536 0 0", "0 0 0 0 0", 1);
    check_order("0 0 -1 0 1", "0 0 0 0 1", 1);
    check_order("9 0 0 1", "0 0 0 1", 1);
    check_order("1 0", "0 0", 1); /* of two ways that with lower epochs */
    check_order("3 3 3 0 0", "3 3 3 3 3", 1);
    check_order("0 5 5 5 1 1 6 2", "0 5 5 5 5 5 6 6", 1);
    check_order("0 2 1 2 1 2 3", "0 0 1 1 1 2 3", 1);
    check_order("2147483647 -1 5", "-1 -1 5", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fits_stays),
        cmocka_unit_test(a_batch_is_put_right_by_its_neighbours),
        cmocka_unit_test(a_history_that_nobody_fits_is_wrong),
        cmocka_unit_test(of_one_that_stands_alone_nothing_tells),
        cmocka_unit_test(epochs_that_go_down_are_put_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
