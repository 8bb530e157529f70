/* One mailbox, one thread: order, fullness, publishing and the receiver's flag. Threads:
 * core_mailbox_stress_test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/mailbox.h"

enum { LETTERS = 10 };

/* Ten letters and the order in which they arrived. */
struct fixture {
    struct mailbox *box;
    struct letter {
        struct mr_msg msg;
        struct fixture *to;
        char name;
    } letters[LETTERS];
    char read[64];
    size_t read_len;
    _Atomic uint32_t asleep;
};

static void on_letter(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    struct letter *l = MR_CONTAINER(msg, struct letter, msg);
    l->to->read[l->to->read_len++] = l->name;
}

static struct fixture *fixture_new(uint32_t slots)
{
    struct fixture *f = calloc(1, sizeof(*f));
    f->box = mailbox_new(slots);
    assert_non_null(f->box);
    for (int i = 0; i < LETTERS; i++)
        f->letters[i] = (struct letter){.msg.run = on_letter, .to = f, .name = (char)('0' + i)};
    return f;
}

static void fixture_free(struct fixture *f)
{
    mailbox_free(f->box);
    free(f);
}

static void post(struct fixture *f, int from, int to)
{
    for (int i = from; i <= to; i++)
        mailbox_send(f->box, &f->letters[i].msg);
}

static void reads(struct fixture *f, unsigned max, const char *expected)
{
    f->read_len = 0;
    unsigned n = mailbox_drain(f->box, NULL, max);
    f->read[f->read_len] = '\0';
    assert_string_equal(f->read, expected);
    assert_int_equal(n, strlen(expected));
}

static void nothing_is_seen_before_it_is_published(void **state)
{
    (void)state;
    struct fixture *f = fixture_new(8);
    post(f, 0, 2);
    assert_false(mailbox_pending(f->box));
    reads(f, 100, "");
    assert_false(mailbox_publish(f->box));
    assert_true(mailbox_pending(f->box));
    reads(f, 100, "012");
    assert_false(mailbox_pending(f->box));
    fixture_free(f);
}

static void a_drain_is_bounded_and_goes_on_where_it_stopped(void **state)
{
    (void)state;
    struct fixture *f = fixture_new(8);
    post(f, 0, 4);
    mailbox_publish(f->box);
    reads(f, 2, "01");
    assert_true(mailbox_pending(f->box));
    reads(f, 2, "23");
    reads(f, 2, "4");
    fixture_free(f);
}

static void what_does_not_fit_waits_and_keeps_its_order(void **state)
{
    (void)state;
    struct fixture *f = fixture_new(4);
    post(f, 0, 6);
    assert_true(mailbox_backlog(f->box));
    mailbox_publish(f->box);
    assert_true(mailbox_backlog(f->box)); /* still no room */
    reads(f, 3, "012");
    post(f, 7, 7); /* behind 4, 5 and 6, although there is room by now */
    mailbox_publish(f->box);
    assert_true(mailbox_backlog(f->box));
    reads(f, 100, "3"); /* the reader looks for news only when it has read all it knew of */
    reads(f, 100, "456");
    mailbox_publish(f->box);
    assert_false(mailbox_backlog(f->box));
    reads(f, 100, "7");
    fixture_free(f);
}

static void one_slot_is_enough(void **state)
{
    (void)state;
    struct fixture *f = fixture_new(1);
    post(f, 0, 2);
    for (int i = 0; i < 3; i++) {
        mailbox_publish(f->box);
        reads(f, 100, (const char *[]){"0", "1", "2"}[i]);
    }
    assert_false(mailbox_backlog(f->box));
    fixture_free(f);
}

static void only_a_sleeper_is_woken_and_only_once(void **state)
{
    (void)state;
    struct fixture *f = fixture_new(8);
    mailbox_set_sleeper(f->box, &f->asleep);
    post(f, 0, 0);
    assert_false(mailbox_publish(f->box)); /* awake */
    f->asleep = 1;
    assert_false(mailbox_publish(f->box)); /* nothing new */
    post(f, 1, 2);
    assert_true(mailbox_publish(f->box));
    assert_int_equal(f->asleep, 0);
    post(f, 3, 3);
    assert_false(mailbox_publish(f->box)); /* somebody is on the way already */
    reads(f, 100, "0123");
    fixture_free(f);
}

static void the_ring_goes_round_many_times(void **state)
{
    (void)state;
    struct fixture *f = fixture_new(2);
    for (int round = 0; round < 1000; round++) {
        post(f, round % LETTERS, round % LETTERS);
        mailbox_publish(f->box);
        reads(f, 1, (char[]){(char)('0' + round % LETTERS), '\0'});
    }
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_seen_before_it_is_published),
        cmocka_unit_test(a_drain_is_bounded_and_goes_on_where_it_stopped),
        cmocka_unit_test(what_does_not_fit_waits_and_keeps_its_order),
        cmocka_unit_test(one_slot_is_enough),
        cmocka_unit_test(only_a_sleeper_is_woken_and_only_once),
        cmocka_unit_test(the_ring_goes_round_many_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
