/* tests/unit/thread_io.h - an io for real threads that does nothing but sleep and be woken.
 *
 * It defines the few functions that core/shard.c and core/threads.c call, so the real shards, mailboxes and
 * their sleep protocol run on real threads without a ring. Nothing but io_wake() or a deadline ends a sleep,
 * so a lost wake-up stays lost. Include it in one file of a program. */
#ifndef THREAD_IO_H
#define THREAD_IO_H

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "core/io.h"

struct mr_io {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool woken;
    bool probes;      /* never waits: notes only that it would have */
    bool would_sleep; /* in the last turn */
    uint64_t now_ns;
    uint64_t turns, sleeps; /* sleeps: turns that really waited */
    int broken;             /* what the next io_turn() returns, when not 0 */
};

static uint64_t thread_io_clock_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static struct mr_io *thread_io_new(void)
{
    struct mr_io *io = calloc(1, sizeof(*io));
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&io->lock, NULL);
    pthread_cond_init(&io->changed, &attr);
    pthread_condattr_destroy(&attr);
    io->now_ns = thread_io_clock_ns();
    return io;
}

void io_free(struct mr_io *io)
{
    pthread_mutex_destroy(&io->lock);
    pthread_cond_destroy(&io->changed);
    free(io);
}

int io_turn(struct mr_io *io, uint64_t until_ns)
{
    if (io->probes) {
        io->would_sleep = until_ns != 0;
        return 0;
    }
    pthread_mutex_lock(&io->lock);
    io->turns++;
    if (until_ns != 0 && !io->woken && io->broken == 0)
        io->sleeps++;
    while (until_ns != 0 && !io->woken && io->broken == 0) {
        if (until_ns == UINT64_MAX) {
            pthread_cond_wait(&io->changed, &io->lock);
            continue;
        }
        struct timespec ts = {.tv_sec = (time_t)(until_ns / 1000000000u),
                              .tv_nsec = (long)(until_ns % 1000000000u)};
        if (pthread_cond_timedwait(&io->changed, &io->lock, &ts) == ETIMEDOUT)
            break;
    }
    io->woken = false;
    int result = io->broken;
    pthread_mutex_unlock(&io->lock);
    io->now_ns = thread_io_clock_ns();
    return result;
}

void io_wake(struct mr_io *io)
{
    pthread_mutex_lock(&io->lock);
    io->woken = true;
    pthread_cond_signal(&io->changed);
    pthread_mutex_unlock(&io->lock);
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

#endif
