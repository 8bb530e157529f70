/* Timers fire by (deadline, order of arming), whatever is armed, moved and cancelled in between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/timer.h"

enum { LOG_MAX = 256 };

/* Named timers that write down what fired: "a b c". */
struct bench;
struct named {
    struct mr_timer timer;
    struct bench *bench;
    char name;
    uint64_t again_at_ns; /* re-arms itself for then when not 0 */
    struct named *cancels;
};

struct bench {
    struct timer_heap heap;
    struct named timers[26];
    char log[LOG_MAX];
    size_t log_len;
};

static void on_fire(struct mr_timer *t)
{
    struct named *n = MR_CONTAINER(t, struct named, timer);
    struct bench *b = n->bench;
    assert_false(timer_armed(t));
    b->log[b->log_len++] = n->name;
    if (n->again_at_ns != 0)
        timer_arm(&b->heap, t, n->again_at_ns);
    if (n->cancels != NULL)
        timer_cancel(&b->heap, &n->cancels->timer);
}

static struct named *at(struct bench *b, char name)
{
    return &b->timers[name - 'a'];
}

static struct bench *bench_new(void)
{
    struct bench *b = calloc(1, sizeof(*b));
    timers_init(&b->heap);
    for (int i = 0; i < 26; i++) {
        b->timers[i].bench = b;
        b->timers[i].name = (char)('a' + i);
        timer_init(&b->timers[i].timer, on_fire);
    }
    return b;
}

static void bench_free(struct bench *b)
{
    timers_done(&b->heap);
    free(b);
}

/* Runs everything due at now_ns and compares what fired. */
static void fires(struct bench *b, uint64_t now_ns, unsigned max, const char *expected)
{
    b->log_len = 0;
    unsigned fired = timers_run(&b->heap, now_ns, max);
    b->log[b->log_len] = '\0';
    assert_string_equal(b->log, expected);
    assert_int_equal(fired, strlen(expected));
}

static void they_fire_by_deadline_and_then_by_order_of_arming(void **state)
{
    (void)state;
    struct bench *b = bench_new();
    assert_true(timers_next_ns(&b->heap) == UINT64_MAX);
    timer_arm(&b->heap, &at(b, 'c')->timer, 30);
    timer_arm(&b->heap, &at(b, 'a')->timer, 10);
    timer_arm(&b->heap, &at(b, 'd')->timer, 30);
    timer_arm(&b->heap, &at(b, 'b')->timer, 20);
    assert_int_equal(timers_next_ns(&b->heap), 10);
    fires(b, 9, 100, "");
    fires(b, 10, 100, "a");
    fires(b, 30, 100, "bcd");
    assert_true(timers_next_ns(&b->heap) == UINT64_MAX);
    bench_free(b);
}

static void arming_again_moves_and_goes_behind_its_equals(void **state)
{
    (void)state;
    struct bench *b = bench_new();
    timer_arm(&b->heap, &at(b, 'a')->timer, 10);
    timer_arm(&b->heap, &at(b, 'b')->timer, 20);
    timer_arm(&b->heap, &at(b, 'a')->timer, 20);
    timer_arm(&b->heap, &at(b, 'c')->timer, 50);
    timer_arm(&b->heap, &at(b, 'c')->timer, 5);
    fires(b, 20, 100, "cba");
    bench_free(b);
}

static void a_cancelled_timer_never_fires_and_cancelling_twice_is_harmless(void **state)
{
    (void)state;
    struct bench *b = bench_new();
    timer_arm(&b->heap, &at(b, 'a')->timer, 10);
    timer_arm(&b->heap, &at(b, 'b')->timer, 11);
    timer_cancel(&b->heap, &at(b, 'a')->timer);
    timer_cancel(&b->heap, &at(b, 'a')->timer);
    assert_false(timer_armed(&at(b, 'a')->timer));
    fires(b, 99, 100, "b");
    bench_free(b);
}

static void max_bounds_a_run_and_the_rest_waits(void **state)
{
    (void)state;
    struct bench *b = bench_new();
    for (char c = 'a'; c <= 'e'; c++)
        timer_arm(&b->heap, &at(b, c)->timer, 10);
    fires(b, 10, 2, "ab");
    fires(b, 10, 2, "cd");
    fires(b, 10, 2, "e");
    bench_free(b);
}

static void one_that_rearms_itself_at_once_waits_for_the_next_run(void **state)
{
    (void)state;
    struct bench *b = bench_new();
    at(b, 'a')->again_at_ns = 10;
    timer_arm(&b->heap, &at(b, 'a')->timer, 10);
    timer_arm(&b->heap, &at(b, 'b')->timer, 10);
    fires(b, 10, 100, "ab");
    assert_int_equal(timers_next_ns(&b->heap), 10);
    fires(b, 10, 100, "a");
    bench_free(b);
}

static void one_may_cancel_another_that_is_due(void **state)
{
    (void)state;
    struct bench *b = bench_new();
    at(b, 'a')->cancels = at(b, 'b');
    timer_arm(&b->heap, &at(b, 'a')->timer, 10);
    timer_arm(&b->heap, &at(b, 'b')->timer, 10);
    timer_arm(&b->heap, &at(b, 'c')->timer, 10);
    fires(b, 10, 100, "ac");
    bench_free(b);
}

/* ---- a thousand timers against the plainest model: an array that is searched ---- */

enum { MODEL_TIMERS = 1000, MODEL_STEPS = 20000 };

struct modelled {
    struct mr_timer timer;
    bool armed; /* the model's */
    uint64_t at_ns, order;
};

struct model {
    struct timer_heap heap;
    struct modelled timers[MODEL_TIMERS];
    uint64_t orders;
};

static struct modelled *model_first(struct model *m)
{
    struct modelled *first = NULL;
    for (int i = 0; i < MODEL_TIMERS; i++) {
        struct modelled *t = &m->timers[i];
        if (t->armed && (first == NULL || t->at_ns < first->at_ns ||
                         (t->at_ns == first->at_ns && t->order < first->order)))
            first = t;
    }
    return first;
}

static void model_on_fire(struct mr_timer *timer)
{
    struct modelled *t = MR_CONTAINER(timer, struct modelled, timer);
    t->armed = false;
}

static uint32_t step_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void a_thousand_behave_like_a_searched_array(void **state)
{
    (void)state;
    struct model *m = calloc(1, sizeof(*m));
    timers_init(&m->heap);
    for (int i = 0; i < MODEL_TIMERS; i++)
        timer_init(&m->timers[i].timer, model_on_fire);
    uint64_t seed = 1, now_ns = 0;
    for (int step = 0; step < MODEL_STEPS; step++) {
        struct modelled *t = &m->timers[step_random(&seed) % MODEL_TIMERS];
        uint32_t what = step_random(&seed) % 10;
        if (what < 7) {
            t->armed = true;
            t->at_ns = now_ns + step_random(&seed) % 500;
            t->order = m->orders++;
            timer_arm(&m->heap, &t->timer, t->at_ns);
        } else if (what < 9) {
            t->armed = false;
            timer_cancel(&m->heap, &t->timer);
        } else {
            now_ns += step_random(&seed) % 20;
            struct modelled *first = model_first(m);
            while (first != NULL && first->at_ns <= now_ns) {
                assert_int_equal(timers_run(&m->heap, now_ns, 1), 1);
                assert_false(first->armed); /* it was this one */
                first = model_first(m);
            }
            assert_int_equal(timers_run(&m->heap, now_ns, 1), 0);
        }
        struct modelled *first = step % 50 == 0 ? model_first(m) : NULL;
        if (first != NULL)
            assert_true(timers_next_ns(&m->heap) == first->at_ns);
        assert_int_equal(t->armed, timer_armed(&t->timer));
    }
    timers_done(&m->heap);
    for (int i = 0; i < MODEL_TIMERS; i++)
        assert_false(timer_armed(&m->timers[i].timer));
    free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_fire_by_deadline_and_then_by_order_of_arming),
        cmocka_unit_test(arming_again_moves_and_goes_behind_its_equals),
        cmocka_unit_test(a_cancelled_timer_never_fires_and_cancelling_twice_is_harmless),
        cmocka_unit_test(max_bounds_a_run_and_the_rest_waits),
        cmocka_unit_test(one_that_rearms_itself_at_once_waits_for_the_next_run),
        cmocka_unit_test(one_may_cancel_another_that_is_due),
        cmocka_unit_test(a_thousand_behave_like_a_searched_array),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
