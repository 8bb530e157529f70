/* Shards on real threads with real rings: messages wake a sleeping ring, and a shard without work does not
 * turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/threads.h"

enum { COUNT = 3, HOPS = 30000, ROUNDS = 5, ROUND_NS = 20 * 1000 * 1000, TURNS_PER_ROUND_MAX = 4 };

/* First a token goes round, every shard asleep but the one that has it. Then shard 0 asks the others, once a
 * round, how often they have turned: nothing else wakes them. */
struct broker {
    struct mr_msg token;
    uint32_t hops;
    struct mr_timer timer;
    struct mr_shard *first;
    uint32_t round;
    struct question {
        struct mr_msg msg;
        struct broker *broker;
        uint64_t turns[ROUNDS]; /* of the shard that was asked, by round */
        uint32_t answers;
    } questions[COUNT]; /* [0] is not asked */
    uint32_t finished;
};

static void on_answer(struct mr_shard *at, struct mr_msg *msg)
{
    struct broker *b = MR_CONTAINER(msg, struct question, msg)->broker;
    if (++b->finished < (COUNT - 1) * ROUNDS)
        return;
    for (uint32_t i = 0; i < COUNT; i++)
        shard_stop(at->peers[i]);
}

static void on_question(struct mr_shard *at, struct mr_msg *msg)
{
    struct question *q = MR_CONTAINER(msg, struct question, msg);
    struct io_counters counters;
    io_counters(at->io, &counters);
    q->turns[q->answers++] = counters.turns;
    msg->run = on_answer;
    shard_send(at, 0, msg);
}

static void on_timer(struct mr_timer *t)
{
    struct broker *b = MR_CONTAINER(t, struct broker, timer);
    for (uint32_t i = 1; i < COUNT; i++) {
        b->questions[i].msg.run = on_question;
        shard_send(b->first, i, &b->questions[i].msg);
    }
    if (++b->round < ROUNDS)
        shard_timer(b->first, t, ROUND_NS);
}

static void on_token(struct mr_shard *at, struct mr_msg *msg)
{
    struct broker *b = MR_CONTAINER(msg, struct broker, token);
    if (++b->hops % COUNT != 0 || b->hops < HOPS)
        shard_send(at, (at->id + 1) % COUNT, msg);
    else
        shard_timer(b->first, &b->timer, ROUND_NS);
}

static int make_io(void *ctx, uint32_t shard, struct mr_io **ret)
{
    (void)ctx;
    char why[256];
    return io_new(&(struct io_config){.shard = shard, .recv_chunks_max = 2}, ret, why, sizeof(why));
}

static int start(void *ctx, struct mr_shard *s)
{
    struct broker *b = ctx;
    if (s->id == 0) {
        b->first = s;
        shard_send(s, 1, &b->token); /* it comes to shard 0 with every third hop */
    }
    return 0;
}

static void finish(void *ctx, struct mr_shard *s)
{
    (void)ctx;
    (void)s;
}

static void messages_wake_and_nothing_else_does(void **state)
{
    (void)state;
    struct broker *b = calloc(1, sizeof(*b));
    b->token.run = on_token;
    timer_init(&b->timer, on_timer);
    for (int i = 0; i < COUNT; i++)
        b->questions[i].broker = b;
    struct threads_config cfg = {
        .count = COUNT, .mailbox_slots = 64, .ctx = b, .make_io = make_io, .start = start, .finish = finish};
    struct threads *t = NULL;
    assert_int_equal(threads_start(&cfg, &t), 0);
    assert_int_equal(threads_join(t), 0);
    assert_int_equal(b->finished, (COUNT - 1) * ROUNDS);
    for (int i = 1; i < COUNT; i++) {
        for (int round = 1; round < ROUNDS; round++)
            assert_in_range(b->questions[i].turns[round] - b->questions[i].turns[round - 1], 1,
                            TURNS_PER_ROUND_MAX);
    }
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(messages_wake_and_nothing_else_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
