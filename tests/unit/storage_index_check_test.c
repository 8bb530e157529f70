/* storage/index_check: entries against batches, seen through windows of any size. A segment is a row of
 * batches of two records and 100 bytes each, from offset 1000 on, with times that are given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "storage/index_check.h"

enum { BASE = 1000, BYTES = 100, BATCHES = 40, INTERVAL = 350, FILE_MAX = 1024 };

struct fixture {
    struct index_check c;
    uint8_t files[INDEX_KINDS][FILE_MAX];
    size_t lens[INDEX_KINDS];
    size_t window;
    uint64_t interval;
    int64_t times[BATCHES];
    int hole; /* batches [hole, hole + 3) are damaged; -1: none */
};

static void put_offset(struct fixture *f, uint32_t delta, uint32_t pos)
{
    mr_put32(f->files[INDEX_OFFSETS] + f->lens[INDEX_OFFSETS], delta);
    mr_put32(f->files[INDEX_OFFSETS] + f->lens[INDEX_OFFSETS] + 4, pos);
    f->lens[INDEX_OFFSETS] += 8;
}

static void put_time(struct fixture *f, int64_t ts, uint32_t delta)
{
    mr_put64(f->files[INDEX_TIMES] + f->lens[INDEX_TIMES], (uint64_t)ts);
    mr_put32(f->files[INDEX_TIMES] + f->lens[INDEX_TIMES] + 8, delta);
    f->lens[INDEX_TIMES] += 12;
}

/* An entry for every fourth batch, and the last time. Times grow. */
static struct fixture sound(size_t window)
{
    struct fixture f = {.window = window, .interval = INTERVAL, .hole = -1};
    for (int i = 0; i < BATCHES; i++)
        f.times[i] = 5000 + i;
    for (uint32_t i = 4; i < BATCHES; i += 4) {
        put_offset(&f, 2 * i + 1, i * BYTES);
        put_time(&f, f.times[i], 2 * i + 1);
    }
    put_time(&f, f.times[BATCHES - 1], 2 * (BATCHES - 1) + 1);
    return f;
}

static void move(struct fixture *f, enum index_kind k)
{
    struct index_view *v = &f->c.files[k];
    v->at = v->next;
    v->len = mr_min(f->window, f->lens[k] - v->next);
    v->ends = v->at + v->len == f->lens[k];
    v->bytes = f->files[k] + v->at;
}

static void pass(struct fixture *f)
{
    enum index_kind k;
    index_check_begin(&f->c, BASE, f->interval);
    f->c.files[INDEX_OFFSETS].off = f->c.files[INDEX_TIMES].off = false;
    for (int i = 0; i < BATCHES; i++) {
        struct kw_batch_header h = {.base_offset = BASE + 2 * i,
                                    .length = BYTES - BATCH_PREFIX_BYTES,
                                    .last_offset_delta = 1,
                                    .max_timestamp = f->times[i]};
        if (f->hole >= 0 && i >= f->hole && i < f->hole + 3) {
            index_check_hole(&f->c);
            continue;
        }
        while ((k = index_check_batch(&f->c, &h, (uint64_t)i * BYTES)) != INDEX_KINDS)
            move(f, k);
    }
    while ((k = index_check_end(&f->c)) != INDEX_KINDS)
        move(f, k);
}

static void finds_nothing(struct fixture *f)
{
    pass(f);
    assert_string_equal(f->c.files[INDEX_OFFSETS].why, "");
    assert_string_equal(f->c.files[INDEX_TIMES].why, "");
}

static void finds(struct fixture *f, enum index_kind k, uint64_t from, const char *why)
{
    pass(f);
    assert_true(f->c.files[k].wrong);
    assert_non_null(strstr(f->c.files[k].why, why));
    assert_int_equal(f->c.files[k].from, from);
    assert_false(f->c.files[1 - k].wrong);
}

static void sound_files_fit(void **state)
{
    (void)state;
    for (size_t window = INDEX_ENTRY_MAX; window < 200; window++) {
        struct fixture f = sound(window);
        finds_nothing(&f);
    }
}

static void an_entry_leads_elsewhere(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 9; i++) {
        struct fixture f = sound(20);
        mr_put32(f.files[INDEX_OFFSETS] + i * 8 + 4, (4 * i + 4) * BYTES + 1); /* inside a batch */
        finds(&f, INDEX_OFFSETS, i * 8, "leads to no such batch");
        f = sound(20);
        mr_put32(f.files[INDEX_OFFSETS] + i * 8 + 4, (4 * i + 5) * BYTES); /* one too late */
        finds(&f, INDEX_OFFSETS, i * 8, "leads to no such batch");
        f = sound(20);
        mr_put32(f.files[INDEX_OFFSETS] + i * 8, 2 * (4 * i + 4)); /* the middle of a batch */
        finds(&f, INDEX_OFFSETS, i * 8, "ends at its offset");
        f = sound(20);
        mr_put32(f.files[INDEX_TIMES] + i * 12 + 8, 2 * (4 * i + 6) + 1);
        f.times[4 * i + 6] = 5000 + 4 * i + 4; /* one of that time, and a later one before it */
        finds(&f, INDEX_TIMES, i * 12, "is later than the entry's time");
        f = sound(20);
        mr_put64(f.files[INDEX_TIMES] + i * 12, 5000 + 4 * i + 5);
        finds(&f, INDEX_TIMES, i * 12, "has the entry's time");
    }
}

static void kafka_before_4_1_had_one_entry_for_an_append(void **state)
{
    (void)state;
    struct fixture f = sound(64);
    for (uint32_t i = 0; i < 9; i++) /* of four batches: the first one's place, the last one's offset */
        mr_put32(f.files[INDEX_OFFSETS] + i * 8, 2 * (4 * i + 7) + 1);
    finds_nothing(&f);
    mr_put32(f.files[INDEX_OFFSETS] + 8, 2 * 10); /* no batch ends there */
    finds(&f, INDEX_OFFSETS, 8, "ends at its offset");
}

static void what_stands_behind(void **state)
{
    (void)state;
    for (size_t window = INDEX_ENTRY_MAX; window < 40; window += 5) {
        struct fixture f = sound(window);
        f.lens[INDEX_OFFSETS] += 16;
        finds(&f, INDEX_OFFSETS, 72, "zeros behind");
        f = sound(window);
        f.lens[INDEX_TIMES] -= 5;
        finds(&f, INDEX_TIMES, 108, "a piece of an entry");
        f = sound(window);
        put_offset(&f, 90, 4050);
        finds(&f, INDEX_OFFSETS, 72, "leads to no such batch");
    }
}

static void what_is_missing(void **state)
{
    (void)state;
    struct fixture f = sound(64);
    f.lens[INDEX_OFFSETS] = 0;
    finds(&f, INDEX_OFFSETS, 0, "9 entries are missing");
    f = sound(64);
    f.lens[INDEX_OFFSETS] = 8;
    finds_nothing(&f); /* eight */
    f = sound(64);
    f.interval = BYTES;
    f.lens[INDEX_OFFSETS] = 0;
    put_offset(&f, 2 * 20 + 1, 20 * BYTES);
    finds_nothing(&f); /* the file was written with a longer interval */
    f = sound(64);
    f.lens[INDEX_TIMES] -= 12;
    finds(&f, INDEX_TIMES, 108, "greatest time 5039 is missing");
    f = sound(64);
    for (int i = 30; i < BATCHES; i++)
        f.times[i] = 4000;
    f.lens[INDEX_TIMES] = 7 * 12; /* up to batch 28, */
    put_time(&f, 5029, 2 * 29 + 1);
    finds_nothing(&f); /* and the latest one is the one behind it */
}

/* Of what leads into damage nothing is said; of the rest all. */
static void damage_hides_its_entries(void **state)
{
    (void)state;
    for (int hole = 0; hole < BATCHES - 2; hole++) {
        struct fixture f = sound(24);
        f.hole = hole;
        finds_nothing(&f);
    }
    struct fixture f = sound(24);
    f.hole = 11; /* the entry of batch 12 */
    mr_put32(f.files[INDEX_OFFSETS] + 2 * 8 + 4, 12 * BYTES + 7);
    finds_nothing(&f);
    mr_put32(f.files[INDEX_OFFSETS] + 4 * 8 + 4, 20 * BYTES + 7);
    finds(&f, INDEX_OFFSETS, 4 * 8, "leads to no such batch");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_files_fit),
        cmocka_unit_test(an_entry_leads_elsewhere),
        cmocka_unit_test(kafka_before_4_1_had_one_entry_for_an_append),
        cmocka_unit_test(what_stands_behind),
        cmocka_unit_test(what_is_missing),
        cmocka_unit_test(damage_hides_its_entries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
