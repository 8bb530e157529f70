/* What one turn of a shard does, in which order, and how long it is ready to sleep afterwards. Time and the
 * io are scripted: the io below only writes down until when it was allowed to sleep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/shard.h"

struct mr_io {
    uint64_t now_ns;
    uint64_t until_ns; /* of the last turn */
    unsigned wakes;
    int result; /* of the next turns */
};

int io_turn(struct mr_io *io, uint64_t until_ns)
{
    io->until_ns = until_ns;
    return io->result;
}

void io_wake(struct mr_io *io)
{
    io->wakes++;
}

void io_wake_from(struct mr_io *from, struct mr_io *io)
{
    (void)from;
    io_wake(io);
}

uint64_t io_now_ns(const struct mr_io *io)
{
    return io->now_ns;
}

#define FOREVER UINT64_MAX

struct pair {
    struct mr_io ios[2];
    struct mr_shard **shards;
    struct mr_shard *a, *b;
    char log[1024]; /* names of what ran */
};

struct named_work {
    struct mr_work work;
    struct pair *p;
    char name;
    bool again;           /* asks for the end of a turn once more */
    struct mr_work *then; /* makes this one ready */
    struct mr_list *drop; /* takes this one out of its queue */
};

struct named_msg {
    struct mr_msg msg;
    struct pair *p;
    char name;
    bool again; /* sends itself once more */
};

static struct pair *pair_new(uint32_t slots)
{
    struct pair *p = calloc(1, sizeof(*p));
    struct mr_io *ios[] = {&p->ios[0], &p->ios[1]};
    p->ios[0].now_ns = p->ios[1].now_ns = 1000000;
    assert_int_equal(shards_new(2, ios, NULL, slots, &p->shards), 0);
    p->a = p->shards[0];
    p->b = p->shards[1];
    return p;
}

static void pair_free(struct pair *p)
{
    shards_free(p->shards, 2);
    free(p);
}

static void note(struct pair *p, char name)
{
    size_t n = strlen(p->log);
    assert_true(n + 1 < sizeof(p->log));
    p->log[n] = name;
    p->log[n + 1] = '\0';
}

static void on_work(struct mr_work *w)
{
    struct named_work *n = MR_CONTAINER(w, struct named_work, work);
    note(n->p, n->name);
    if (n->then != NULL)
        shard_ready(n->p->a, n->then);
    if (n->drop != NULL)
        list_remove(n->drop);
    if (n->again)
        shard_turn_end(n->p->a, w);
}

static struct named_work named_work(struct pair *p, char name)
{
    return (struct named_work){.work = {.run = on_work}, .p = p, .name = name};
}

static void on_msg(struct mr_shard *at, struct mr_msg *msg)
{
    struct named_msg *n = MR_CONTAINER(msg, struct named_msg, msg);
    note(n->p, n->name);
    if (n->again)
        shard_send(at, at->id, msg);
}

static struct named_msg named_msg(struct pair *p, char name)
{
    return (struct named_msg){.msg.run = on_msg, .p = p, .name = name};
}

static void ran(struct pair *p, const char *expected)
{
    assert_string_equal(p->log, expected);
    p->log[0] = '\0';
}

/* One turn of s that may sleep; checks what ran and until when the io was allowed to sleep. */
static void turn(struct pair *p, struct mr_shard *s, const char *expected, uint64_t until_ns)
{
    assert_int_equal(shard_turn(s, true), 0);
    ran(p, expected);
    assert_true(s->io->until_ns == until_ns);
}

struct named_timer {
    struct mr_timer timer;
    struct pair *p;
};

static void on_timer(struct mr_timer *t)
{
    note(MR_CONTAINER(t, struct named_timer, timer)->p, 't');
}

static void an_idle_shard_sleeps_without_a_limit(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    turn(p, p->a, "", FOREVER);
    assert_int_equal(p->a->asleep, 1);
    assert_int_equal(shard_turn(p->a, false), 0); /* told not to */
    assert_int_equal(p->a->io->until_ns, 0);
    assert_int_equal(p->a->asleep, 0);
    pair_free(p);
}

static void a_turn_runs_messages_then_timers_then_ready_then_its_end(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_work ready = named_work(p, 'r'), end = named_work(p, 'e');
    work_init(&ready.work, on_work);
    work_init(&end.work, on_work);
    struct named_msg msg = named_msg(p, 'm'), self = named_msg(p, 's');
    struct named_timer timer = {.p = p};
    timer_init(&timer.timer, on_timer);

    shard_turn_end(p->a, &end.work);
    shard_ready(p->a, &ready.work);
    shard_timer(p->a, &timer.timer, 0);
    shard_send(p->a, 0, &self.msg);
    shard_send(p->b, 0, &msg.msg);
    turn(p, p->b, "", FOREVER);
    turn(p, p->a, "mstre", FOREVER);
    pair_free(p);
}

static void queueing_twice_runs_once(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_work w = named_work(p, 'w'), e = named_work(p, 'e');
    work_init(&w.work, on_work);
    work_init(&e.work, on_work);
    shard_ready(p->a, &w.work);
    shard_ready(p->a, &w.work);
    shard_turn_end(p->a, &e.work);
    shard_turn_end(p->a, &e.work);
    turn(p, p->a, "we", FOREVER);
    pair_free(p);
}

static void work_that_a_turn_leaves_behind_keeps_it_awake(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_work end = named_work(p, 'e'), ready = named_work(p, 'r');
    work_init(&end.work, on_work);
    work_init(&ready.work, on_work);
    end.again = true;
    shard_turn_end(p->a, &end.work);
    turn(p, p->a, "e", 0); /* once a turn, however often it asks */
    turn(p, p->a, "e", 0);
    end.again = false;
    end.then = &ready.work;
    turn(p, p->a, "e", 0);
    turn(p, p->a, "r", FOREVER);
    pair_free(p);
}

static void a_timer_bounds_the_sleep_and_fires_when_time_comes(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_timer timer = {.p = p};
    timer_init(&timer.timer, on_timer);
    shard_timer(p->a, &timer.timer, 500);
    turn(p, p->a, "", 1000500);
    p->ios[0].now_ns = 1000499;
    turn(p, p->a, "", 1000500);
    p->ios[0].now_ns = 1000500;
    turn(p, p->a, "t", FOREVER);

    shard_timer(p->a, &timer.timer, FOREVER); /* saturates instead of firing at once */
    turn(p, p->a, "", FOREVER);
    shard_timer(p->a, &timer.timer, 100);
    shard_timer_cancel(p->a, &timer.timer);
    turn(p, p->a, "", FOREVER);
    pair_free(p);
}

static void a_sleeper_is_woken_once_and_one_awake_is_not(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_msg m[] = {named_msg(p, '1'), named_msg(p, '2'), named_msg(p, '3')};
    shard_send(p->a, 1, &m[0].msg);
    turn(p, p->a, "", FOREVER);
    assert_int_equal(p->ios[1].wakes, 0); /* it has never slept yet */
    turn(p, p->b, "1", FOREVER);
    shard_send(p->a, 1, &m[1].msg);
    assert_int_equal(p->ios[1].wakes, 0); /* not before the end of the turn */
    turn(p, p->a, "", FOREVER);
    assert_int_equal(p->ios[1].wakes, 1);
    shard_send(p->a, 1, &m[2].msg);
    turn(p, p->a, "", FOREVER);
    assert_int_equal(p->ios[1].wakes, 1); /* on its way already */
    turn(p, p->b, "23", FOREVER);
    pair_free(p);
}

static void with_a_full_mailbox_ahead_it_looks_again_soon(void **state)
{
    (void)state;
    struct pair *p = pair_new(2);
    struct named_msg m[] = {named_msg(p, '1'), named_msg(p, '2'), named_msg(p, '3')};
    for (int i = 0; i < 3; i++)
        shard_send(p->a, 1, &m[i].msg);
    turn(p, p->a, "", 1000000 + 50 * 1000);
    turn(p, p->b, "12", FOREVER);
    turn(p, p->a, "", FOREVER);
    turn(p, p->b, "3", FOREVER);
    pair_free(p);
}

static void after_work_it_polls_for_a_while(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    p->a->spin_ns = 1000;
    struct named_work w = named_work(p, 'w');
    work_init(&w.work, on_work);
    shard_ready(p->a, &w.work);
    turn(p, p->a, "w", 0);
    p->ios[0].now_ns += 999;
    p->ios[0].result = 1; /* something completes: the while begins anew */
    turn(p, p->a, "", 0);
    p->ios[0].result = 0;
    p->ios[0].now_ns += 999;
    turn(p, p->a, "", 0);
    p->ios[0].now_ns += 1;
    turn(p, p->a, "", FOREVER);
    pair_free(p);
}

enum { FLOOD = 1000 };

static void a_flood_of_ready_work_is_spread_over_turns(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_work *flood = calloc(FLOOD, sizeof(*flood));
    for (int i = 0; i < FLOOD; i++) {
        flood[i] = named_work(p, 'w');
        work_init(&flood[i].work, on_work);
        shard_ready(p->a, &flood[i].work);
    }
    size_t left = FLOOD;
    for (int turns = 0; left > 0; turns++) {
        assert_int_equal(shard_turn(p->a, true), 0);
        assert_in_range(strlen(p->log), 1, 300);
        left -= strlen(p->log);
        p->log[0] = '\0';
        assert_int_equal(p->ios[0].until_ns, left > 0 ? 0 : FOREVER);
    }
    free(flood);
    pair_free(p);
}

/* Two jobs that queue themselves, and what they make ready, take turns with everything else. */
static void ready_work_that_queues_itself_runs_once_a_turn(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_work x = named_work(p, 'x'), y = named_work(p, 'y'), z = named_work(p, 'z');
    work_init(&x.work, on_work);
    work_init(&y.work, on_work);
    work_init(&z.work, on_work);
    x.then = &x.work;
    y.then = &z.work;
    shard_ready(p->a, &x.work);
    shard_ready(p->a, &y.work);
    turn(p, p->a, "xy", 0);
    struct named_msg m = named_msg(p, 'm');
    shard_send(p->b, 0, &m.msg);
    turn(p, p->b, "", FOREVER);
    turn(p, p->a, "mxz", 0);
    x.drop = &y.work.link;
    shard_ready(p->a, &y.work);
    turn(p, p->a, "x", 0); /* y was behind it, and is gone */
    x.then = NULL;
    turn(p, p->a, "x", FOREVER);
    pair_free(p);
}

static void a_message_to_itself_that_is_sent_again_runs_once_a_turn(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_msg m = named_msg(p, 'm'), n = named_msg(p, 'n');
    m.again = true;
    shard_send(p->a, 0, &m.msg);
    shard_send(p->a, 0, &n.msg);
    turn(p, p->a, "mn", 0);
    turn(p, p->a, "m", 0);
    m.again = false;
    turn(p, p->a, "m", FOREVER);
    pair_free(p);
}

static void on_nested(struct mr_work *w)
{
    struct named_work *n = MR_CONTAINER(w, struct named_work, work);
    note(n->p, '(');
    assert_int_equal(shard_turn(n->p->a, false), 0);
    note(n->p, ')');
}

/* Start-up code may turn the shard inside a turn: it is not kept from what stands behind it. */
static void a_turn_inside_a_turn_runs_what_is_queued(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    struct named_work outer = named_work(p, 'o'), w = named_work(p, 'w');
    work_init(&outer.work, on_nested);
    work_init(&w.work, on_work);
    shard_ready(p->a, &outer.work);
    shard_ready(p->a, &w.work);
    turn(p, p->a, "(w)", FOREVER);
    pair_free(p);
}

static void a_broken_ring_ends_the_loop_and_stop_does(void **state)
{
    (void)state;
    struct pair *p = pair_new(8);
    p->ios[0].result = -EBADF;
    assert_int_equal(shard_run(p->a), -EBADF);
    shard_stop(p->b);
    assert_int_equal(p->ios[1].wakes, 1);
    assert_int_equal(shard_run(p->b), 0);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_idle_shard_sleeps_without_a_limit),
        cmocka_unit_test(a_turn_runs_messages_then_timers_then_ready_then_its_end),
        cmocka_unit_test(queueing_twice_runs_once),
        cmocka_unit_test(work_that_a_turn_leaves_behind_keeps_it_awake),
        cmocka_unit_test(a_timer_bounds_the_sleep_and_fires_when_time_comes),
        cmocka_unit_test(a_sleeper_is_woken_once_and_one_awake_is_not),
        cmocka_unit_test(with_a_full_mailbox_ahead_it_looks_again_soon),
        cmocka_unit_test(after_work_it_polls_for_a_while),
        cmocka_unit_test(a_flood_of_ready_work_is_spread_over_turns),
        cmocka_unit_test(ready_work_that_queues_itself_runs_once_a_turn),
        cmocka_unit_test(a_message_to_itself_that_is_sent_again_runs_once_a_turn),
        cmocka_unit_test(a_turn_inside_a_turn_runs_what_is_queued),
        cmocka_unit_test(a_broken_ring_ends_the_loop_and_stop_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
