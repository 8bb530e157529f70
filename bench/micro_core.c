#include <stdlib.h>

#include "bench/micro.h"
#include "core/crc32c.h"
#include "core/mailbox.h"
#include "core/mem.h"
#include "core/timer.h"

struct bytes {
    uint8_t *p, *copy;
    size_t len;
};

static void crc_loop(void *state, uint64_t n)
{
    struct bytes *b = state;
    for (uint64_t i = 0; i < n; i++)
        micro_use(crc32c(0, b->p, b->len));
}

static void crc_copy_loop(void *state, uint64_t n)
{
    struct bytes *b = state;
    for (uint64_t i = 0; i < n; i++)
        micro_use(crc32c_copy(0, b->copy, b->p, b->len));
}

static void crc_all(void)
{
    static const struct {
        const char *plain, *copy;
        size_t len;
    } sizes[] = {{"crc32c, 64 B", "crc32c with copy, 64 B", 64},
                 {"crc32c, 1 KiB", "crc32c with copy, 1 KiB", 1024},
                 {"crc32c, 64 KiB", "crc32c with copy, 64 KiB", 65536}};
    for (size_t i = 0; i < MR_COUNT(sizes); i++) {
        struct bytes b = {mem_zalloc(1, sizes[i].len), mem_zalloc(1, sizes[i].len), sizes[i].len};
        micro_run(&(struct micro){sizes[i].plain, crc_loop, &b, b.len});
        micro_run(&(struct micro){sizes[i].copy, crc_copy_loop, &b, b.len});
        mem_free(b.p);
        mem_free(b.copy);
    }
}

/* Sent, published and drained by one thread: the work without the wait for another core's cache line. */
struct letters {
    struct mailbox *box;
    struct mr_msg msg[64];
    unsigned at_once;
};

static void nothing(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    micro_use((uint64_t)(uintptr_t)msg);
}

static void mailbox_loop(void *state, uint64_t n)
{
    struct letters *l = state;
    for (uint64_t i = 0; i < n; i += l->at_once) {
        for (unsigned k = 0; k < l->at_once; k++)
            mailbox_send(l->box, &l->msg[k]);
        micro_use(mailbox_publish(l->box));
        micro_use(mailbox_drain(l->box, NULL, l->at_once));
    }
}

static void mailbox_all(void)
{
    static const struct {
        const char *name;
        unsigned at_once;
    } cases[] = {{"mailbox, 1 message a turn", 1},
                 {"mailbox, 8 messages a turn", 8},
                 {"mailbox, 64 messages a turn", 64}};
    _Atomic uint32_t asleep = 0;
    for (size_t i = 0; i < MR_COUNT(cases); i++) {
        struct letters l = {.box = mailbox_new(256), .at_once = cases[i].at_once};
        mailbox_set_sleeper(l.box, &asleep);
        for (size_t k = 0; k < MR_COUNT(l.msg); k++)
            l.msg[k].run = nothing;
        micro_run(&(struct micro){cases[i].name, mailbox_loop, &l, 0});
        mailbox_free(l.box);
    }
}

/* `armed` timers wait, spread over a second; one operation moves one of them. */
struct clocks {
    struct timer_heap heap;
    struct mr_timer *timer;
    uint32_t armed;
    uint64_t now, random;
};

static void fire(struct mr_timer *t)
{
    micro_use(t->at_ns);
}

static uint64_t next_random(struct clocks *c)
{
    c->random = c->random * 6364136223846793005ull + 1442695040888963407ull;
    return c->random >> 33;
}

static void timer_loop(void *state, uint64_t n)
{
    struct clocks *c = state;
    for (uint64_t i = 0; i < n; i++)
        timer_arm(&c->heap, &c->timer[next_random(c) % c->armed], c->now + next_random(c) % 1000000000);
}

/* One operation: the first is due, fires, and is armed anew. */
static void timer_turn_loop(void *state, uint64_t n)
{
    struct clocks *c = state;
    for (uint64_t i = 0; i < n; i++) {
        c->now = timers_next_ns(&c->heap);
        struct mr_timer *first = c->heap.items[0];
        timers_run(&c->heap, c->now, 1);
        timer_arm(&c->heap, first, c->now + next_random(c) % 1000000000);
    }
}

static void timer_all(void)
{
    static const struct {
        const char *move, *turn;
        uint32_t armed;
    } cases[] = {{"timer moved, 100 armed", "timer fired and armed, 100 armed", 100},
                 {"timer moved, 100,000 armed", "timer fired and armed, 100,000 armed", 100000}};
    for (size_t i = 0; i < MR_COUNT(cases); i++) {
        struct clocks c = {.armed = cases[i].armed, .random = 1};
        c.timer = mem_zalloc(c.armed, sizeof(*c.timer));
        timers_init(&c.heap);
        for (uint32_t k = 0; k < c.armed; k++) {
            timer_init(&c.timer[k], fire);
            timer_arm(&c.heap, &c.timer[k], next_random(&c) % 1000000000);
        }
        micro_run(&(struct micro){cases[i].move, timer_loop, &c, 0});
        micro_run(&(struct micro){cases[i].turn, timer_turn_loop, &c, 0});
        timers_done(&c.heap);
        mem_free(c.timer);
    }
}

void micro_core(void)
{
    crc_all();
    mailbox_all();
    timer_all();
}
