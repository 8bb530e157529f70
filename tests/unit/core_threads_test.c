/* Threads for shards: the order of the callbacks, errors at every stage, signals and an orderly end. */
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/threads.h"
#include "tests/unit/thread_io.h"

enum { COUNT = 3 };

/* Counts what ran and fails where it is told to. */
struct broker {
    _Atomic unsigned ios, starts, finishes;
    int fail_io_of, fail_start_of; /* a shard, or -1 */
    _Atomic bool early;            /* something ran before its gate */
    pthread_t threads[COUNT];
    struct mr_io *io_of[COUNT];
    _Atomic unsigned hops;
    struct mr_msg token;
    struct threads *t;
};

static int make_io(void *ctx, uint32_t shard, struct mr_io **ret)
{
    struct broker *b = ctx;
    b->threads[shard] = pthread_self();
    atomic_fetch_add(&b->ios, 1);
    if ((int)shard == b->fail_io_of)
        return -ENOSYS;
    *ret = b->io_of[shard] = thread_io_new();
    return 0;
}

static int start(void *ctx, struct mr_shard *s)
{
    struct broker *b = ctx;
    if (atomic_load(&b->ios) != COUNT || !pthread_equal(pthread_self(), b->threads[s->id]))
        b->early = true;
    assert_ptr_equal(s->io, b->io_of[s->id]);
    if ((int)s->id == b->fail_start_of)
        return -ENOSPC;
    s->broker = b;
    atomic_fetch_add(&b->starts, 1);
    return 0;
}

static void finish(void *ctx, struct mr_shard *s)
{
    struct broker *b = ctx;
    if (!pthread_equal(pthread_self(), b->threads[s->id]))
        b->early = true;
    atomic_fetch_add(&b->finishes, 1);
}

static struct threads_config config(struct broker *b)
{
    *b = (struct broker){.fail_io_of = -1, .fail_start_of = -1};
    return (struct threads_config){
        .count = COUNT, .mailbox_slots = 16, .ctx = b, .make_io = make_io, .start = start, .finish = finish};
}

/* Goes round all shards a hundred times, then asks for the end as a user would. */
static void token_on(struct mr_shard *at, struct mr_msg *msg)
{
    struct broker *b = at->broker;
    if (atomic_fetch_add(&b->hops, 1) == 100 * COUNT)
        kill(getpid(), SIGTERM);
    else
        shard_send(at, (at->id + 1) % at->count, msg);
}

static int start_with_token(void *ctx, struct mr_shard *s)
{
    struct broker *b = ctx;
    if (s->id == 0) {
        b->token.run = token_on;
        shard_send(s, 0, &b->token);
    }
    return start(ctx, s);
}

static void a_broker_lives_and_ends_at_a_signal(void **state)
{
    (void)state;
    struct broker b;
    struct threads_config cfg = config(&b);
    cfg.start = start_with_token;
    struct threads *t = NULL;
    assert_int_equal(threads_start(&cfg, &t), 0);
    assert_int_equal(b.starts, COUNT);
    assert_int_equal(threads_wait(t), SIGTERM);
    assert_int_equal(b.finishes, 0);
    threads_stop(t);
    threads_stop(t);
    assert_int_equal(threads_join(t), 0);
    assert_int_equal(b.hops, 100 * COUNT + 1);
    assert_int_equal(b.finishes, COUNT);
    assert_false(b.early);
}

static void one_shard_is_enough(void **state)
{
    (void)state;
    struct broker b;
    struct threads_config cfg = config(&b);
    cfg.count = 1;
    b.ios = COUNT - 1; /* so that start() sees them all */
    struct threads *t = NULL;
    assert_int_equal(threads_start(&cfg, &t), 0);
    assert_int_equal(threads_shards(t)[0]->count, 1);
    threads_stop(t);
    assert_int_equal(threads_join(t), 0);
    assert_int_equal(b.finishes, 1);
}

static void a_ring_that_cannot_be_made_leaves_nothing_behind(void **state)
{
    (void)state;
    for (int shard = 0; shard < COUNT; shard++) {
        struct broker b;
        struct threads_config cfg = config(&b);
        b.fail_io_of = shard;
        struct threads *t = NULL;
        assert_int_equal(threads_start(&cfg, &t), -ENOSYS);
        assert_int_equal(b.starts + b.finishes, 0);
        assert_null(t);
    }
}

static void a_failed_start_finishes_those_that_had_started(void **state)
{
    (void)state;
    for (int shard = 0; shard < COUNT; shard++) {
        struct broker b;
        struct threads_config cfg = config(&b);
        b.fail_start_of = shard;
        struct threads *t = NULL;
        assert_int_equal(threads_start(&cfg, &t), -ENOSPC);
        assert_int_equal(b.starts, COUNT - 1);
        assert_int_equal(b.finishes, COUNT - 1);
        assert_null(t);
    }
}

static void a_broken_ring_ends_the_wait(void **state)
{
    (void)state;
    struct broker b;
    struct threads_config cfg = config(&b);
    struct threads *t = NULL;
    assert_int_equal(threads_start(&cfg, &t), 0);
    pthread_mutex_lock(&b.io_of[1]->lock);
    b.io_of[1]->broken = -EBADF;
    pthread_mutex_unlock(&b.io_of[1]->lock);
    io_wake(b.io_of[1]);
    assert_int_equal(threads_wait(t), -EBADF);
    threads_stop(t);
    assert_int_equal(threads_join(t), -EBADF);
    assert_int_equal(b.finishes, COUNT);
}

static int start_on_its_cpu(void *ctx, struct mr_shard *s)
{
    struct broker *b = ctx;
    int cpu = -1;
    cpu_set_t set;
    if (pthread_getaffinity_np(pthread_self(), sizeof(set), &set) == 0 && CPU_COUNT(&set) == 1)
        cpu = sched_getcpu();
    int allowed = -1;
    (void)threads_cpus(&allowed, 1);
    if (cpu != allowed)
        b->early = true;
    return start(ctx, s);
}

static void shards_are_pinned_where_the_list_says(void **state)
{
    (void)state;
    int first;
    assert_true(threads_cpus(&first, 1) >= 1);
    struct broker b;
    struct threads_config cfg = config(&b);
    cfg.cpus = (const int[]){first, first, first};
    cfg.start = start_on_its_cpu;
    struct threads *t = NULL;
    assert_int_equal(threads_start(&cfg, &t), 0);
    threads_stop(t);
    assert_int_equal(threads_join(t), 0);
    assert_false(b.early);

    cfg = config(&b);
    cfg.cpus = (const int[]){first, 1023, first}; /* few machines have that many */
    assert_int_equal(threads_start(&cfg, &t), -EINVAL);
    cfg.cpus = (const int[]){first, -1, first};
    assert_int_equal(threads_start(&cfg, &t), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broker_lives_and_ends_at_a_signal),
        cmocka_unit_test(one_shard_is_enough),
        cmocka_unit_test(a_ring_that_cannot_be_made_leaves_nothing_behind),
        cmocka_unit_test(a_failed_start_finishes_those_that_had_started),
        cmocka_unit_test(a_broken_ring_ends_the_wait),
        cmocka_unit_test(shards_are_pinned_where_the_list_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
