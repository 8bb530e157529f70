/* Three shards on three threads pass tokens around at random, through the real mailboxes, turns and sleep
 * protocol. Each hop is checked for order; a wake-up that is lost ends in a missed deadline, not in a hang.
 * Built with MR_SANITIZE=thread it also proves that a message's plain fields are handed over without a race.
 */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/shard.h"
#include "tests/unit/thread_io.h"

enum { SHARDS_MAX = 3, DEADLINE_S = 120, MEETINGS = 6000000 };
#define MEETINGS_NS 4000000000u

struct token;

struct stress {
    struct mr_shard **shards;
    struct mr_io *ios[SHARDS_MAX];
    struct token *tokens;
    uint64_t hops_per_token;
    uint64_t sent[SHARDS_MAX][SHARDS_MAX];     /* [from][to], each touched by its sender alone */
    uint64_t received[SHARDS_MAX][SHARDS_MAX]; /* and by its receiver alone */
    _Atomic uint32_t tokens_left;
    _Atomic uint64_t out_of_order;
    pthread_mutex_t lock;
    pthread_cond_t done;
    bool is_done;
};

struct token {
    struct mr_msg msg;
    struct stress *stress;
    uint64_t hops, random;
    uint32_t from;
    uint64_t number; /* of this message among those from `from` to where it goes */
};

static void token_send(struct mr_shard *at, struct token *t)
{
    t->random = t->random * 6364136223846793005u + 1442695040888963407u;
    uint32_t to = (uint32_t)((t->random >> 33) % at->count); /* itself, too */
    t->from = at->id;
    t->number = t->stress->sent[at->id][to]++;
    shard_send(at, to, &t->msg);
}

static void token_on(struct mr_shard *at, struct mr_msg *msg)
{
    struct token *t = MR_CONTAINER(msg, struct token, msg);
    struct stress *x = t->stress;
    if (t->number != x->received[t->from][at->id]++)
        atomic_fetch_add(&x->out_of_order, 1);
    if (++t->hops < x->hops_per_token) {
        token_send(at, t);
        return;
    }
    if (atomic_fetch_sub(&x->tokens_left, 1) != 1)
        return;
    pthread_mutex_lock(&x->lock);
    x->is_done = true;
    pthread_cond_signal(&x->done);
    pthread_mutex_unlock(&x->lock);
}

static void *run_shard(void *arg)
{
    return shard_run(arg) == 0 ? NULL : arg;
}

static bool wait_until_done(struct stress *x)
{
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += DEADLINE_S;
    pthread_mutex_lock(&x->lock);
    int err = 0;
    while (!x->is_done && err == 0)
        err = pthread_cond_timedwait(&x->done, &x->lock, &deadline);
    bool done = x->is_done;
    pthread_mutex_unlock(&x->lock);
    return done;
}

struct plan {
    uint32_t shards, tokens, slots, spin_ns;
    uint64_t hops;
};

static void stress(struct plan p)
{
    struct stress *x = calloc(1, sizeof(*x));
    pthread_mutex_init(&x->lock, NULL);
    pthread_cond_init(&x->done, NULL);
    x->hops_per_token = p.hops / p.tokens;
    x->tokens_left = p.tokens;
    x->tokens = calloc(p.tokens, sizeof(*x->tokens));
    for (uint32_t i = 0; i < p.shards; i++)
        x->ios[i] = thread_io_new();
    assert_int_equal(shards_new(p.shards, x->ios, NULL, p.slots, &x->shards), 0);
    for (uint32_t i = 0; i < p.shards; i++)
        x->shards[i]->spin_ns = p.spin_ns;
    for (uint32_t i = 0; i < p.tokens; i++) {
        x->tokens[i] = (struct token){.msg.run = token_on, .stress = x, .random = i};
        token_send(x->shards[i % p.shards], &x->tokens[i]); /* before the threads exist */
    }
    pthread_t threads[SHARDS_MAX];
    for (uint32_t i = 0; i < p.shards; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run_shard, x->shards[i]), 0);
    bool done = wait_until_done(x);
    uint64_t turns = 0, sleeps = 0;
    for (uint32_t i = 0; i < p.shards; i++)
        shard_stop(x->shards[i]);
    for (uint32_t i = 0; i < p.shards; i++) {
        void *failed = NULL;
        pthread_join(threads[i], &failed);
        assert_null(failed);
        turns += x->ios[i]->turns;
        sleeps += x->ios[i]->sleeps;
    }
    print_message("%u tokens, %u slots: %lu hops, %lu turns, %lu sleeps\n", p.tokens, p.slots,
                  (unsigned long)p.hops, (unsigned long)turns, (unsigned long)sleeps);
    assert_true(done);
    assert_int_equal(x->out_of_order, 0);
    for (uint32_t i = 0; i < p.shards; i++) {
        for (uint32_t j = 0; j < p.shards; j++)
            assert_int_equal(x->sent[i][j], x->received[i][j]);
    }
    if (p.spin_ns == 0 && p.tokens <= 2)
        assert_true(sleeps > p.hops / 10); /* or the protocol was never tried */

    shards_free(x->shards, p.shards);
    for (uint32_t i = 0; i < p.shards; i++)
        io_free(x->ios[i]);
    free(x->tokens);
    free(x);
}

/* Sanitized builds run a third of the hops, in about the same time. */
static uint64_t hops(uint64_t n)
{
    return MR_SANITIZED ? n / 3 : n;
}

static void one_token_so_that_everyone_sleeps_at_every_hop(void **state)
{
    (void)state;
    stress((struct plan){.shards = 3, .tokens = 1, .slots = 16, .hops = hops(150000)});
}

static void two_tokens_so_that_sends_meet_falling_asleep(void **state)
{
    (void)state;
    stress((struct plan){.shards = 3, .tokens = 2, .slots = 16, .hops = hops(250000)});
}

static void spinning_for_a_moment_before_sleeping(void **state)
{
    (void)state;
    stress((struct plan){.shards = 3, .tokens = 5, .slots = 16, .hops = hops(1000000), .spin_ns = 5000});
}

static void more_tokens_than_slots_so_that_rings_are_full(void **state)
{
    (void)state;
    stress((struct plan){.shards = 3, .tokens = 100, .slots = 4, .hops = hops(2000000)});
}

static void many_tokens_in_wide_rings(void **state)
{
    (void)state;
    stress((struct plan){.shards = 3, .tokens = 1000, .slots = 1024, .hops = hops(6000000)});
}

/* ---- the one dangerous moment, over and over: a store and a load on either side, and no barrier between
 * ---- */

struct meeting {
    struct mr_shard **shards;
    struct mr_io *ios[2];
    struct mr_msg msg;
    _Atomic uint64_t last_round; /* 0: not known yet */
    _Atomic uint64_t arrived;
    uint64_t slept, woken, late; /* how often each outcome occurred */
};

static void meet(struct meeting *m, uint64_t round)
{
    atomic_fetch_add(&m->arrived, 1);
    for (unsigned n = 1; atomic_load(&m->arrived) < 2 * round; n++) {
        if (n % 1024 == 0)
            sched_yield(); /* whom we wait for may need this CPU */
    }
}

static void dawdle(uint64_t *random, unsigned steps)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    for (unsigned n = (unsigned)(*random >> 33) % steps; n > 0; n--)
        __asm__ volatile("" ::: "memory");
}

static void *receiver(void *arg)
{
    struct meeting *m = arg;
    uint64_t random = 1;
    uint64_t round = 0;
    do {
        round++;
        meet(m, 2 * round - 1);
        dawdle(&random, 64);
        (void)shard_turn(m->shards[1], true);
        meet(m, 2 * round);
    } while (atomic_load(&m->last_round) != round);
    return NULL;
}

static void arrived(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    (void)msg;
}

static void a_send_that_meets_falling_asleep_is_seen_by_one_of_the_two(void **state)
{
    (void)state;
    struct meeting *m = calloc(1, sizeof(*m));
    m->msg.run = arrived;
    for (int i = 0; i < 2; i++) {
        m->ios[i] = thread_io_new();
        m->ios[i]->probes = true;
    }
    assert_int_equal(shards_new(2, m->ios, NULL, 16, &m->shards), 0);
    struct mailbox *box = m->shards[0]->out[1];
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, receiver, m), 0);
    uint64_t random = 2, slept_over = 0, rounds = 0;
    uint64_t end_ns = thread_io_clock_ns() + MEETINGS_NS; /* where CPUs are scarce there are fewer */
    while (atomic_load(&m->last_round) == 0) {
        uint64_t round = ++rounds;
        if (round == MEETINGS || (round % 1024 == 0 && thread_io_clock_ns() > end_ns))
            atomic_store(&m->last_round, round);
        meet(m, 2 * round - 1);
        dawdle(&random, 128);
        mailbox_send(box, &m->msg);
        bool wakes = mailbox_publish(box);
        meet(m, 2 * round);
        bool pending = mailbox_pending(box); /* it waits in the box, with the receiver between two turns */
        slept_over += pending && m->ios[1]->would_sleep && !wakes;
        m->slept += m->ios[1]->would_sleep;
        m->woken += wakes;
        m->late += pending && !m->ios[1]->would_sleep;
    }
    pthread_join(thread, NULL);
    print_message("%lu meetings: %lu slept, %lu woken, %lu noticed at the second look\n",
                  (unsigned long)rounds, (unsigned long)m->slept, (unsigned long)m->woken,
                  (unsigned long)m->late);
    assert_int_equal(slept_over, 0);
    assert_true(m->woken > 0);
    shards_free(m->shards, 2);
    io_free(m->ios[0]);
    io_free(m->ios[1]);
    free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_token_so_that_everyone_sleeps_at_every_hop),
        cmocka_unit_test(two_tokens_so_that_sends_meet_falling_asleep),
        cmocka_unit_test(a_send_that_meets_falling_asleep_is_seen_by_one_of_the_two),
        cmocka_unit_test(spinning_for_a_moment_before_sleeping),
        cmocka_unit_test(more_tokens_than_slots_so_that_rings_are_full),
        cmocka_unit_test(many_tokens_in_wide_rings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
