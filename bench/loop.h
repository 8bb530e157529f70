/* bench/loop.h - one epoll set, and the clock.
 *
 * bench/ is no broker: it calls the kernel directly, and level-triggered epoll costs it one wait and one read
 * for an answer, which is as little as it gets at low rates and is shared by many answers at high ones. */
#ifndef BENCH_LOOP_H
#define BENCH_LOOP_H

#include <time.h>

#include "core/base.h"
#include "core/err.h"

struct loop_watch {
    void (*ready)(struct loop_watch *w, uint32_t events); /* EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP */
    int fd;
    bool writing; /* EPOLLOUT is asked for */
};

struct loop {
    int epoll;
    uint64_t spin_ns;
    uint64_t turns;
};

static inline uint64_t loop_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

/* Also asks the kernel for exact timers. -errno. */
int loop_init(struct loop *l, uint64_t spin_us);
void loop_done(struct loop *l);

int loop_add(struct loop *l, struct loop_watch *w);
void loop_want_write(struct loop *l, struct loop_watch *w, bool wanted);

/* Waits until something is ready or the clock reaches deadline_ns, and calls what is ready. */
void loop_wait(struct loop *l, uint64_t deadline_ns);

/* A TCP connection to host:port, TCP_NODELAY, blocking; >= 0 the descriptor, or -errno (-ENOENT: no such
 * host). */
int loop_connect(const char *host, int port);
int loop_nonblocking(int fd);

#endif
