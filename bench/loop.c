#include "bench/loop.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

int loop_init(struct loop *l, uint64_t spin_us)
{
    *l = (struct loop){.spin_ns = spin_us * 1000};
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (l->epoll < 0)
        return -errno;
    prctl(PR_SET_TIMERSLACK, 1ul); /* the default of 50 us would be part of every latency */
    return 0;
}

void loop_done(struct loop *l)
{
    close(l->epoll);
}

int loop_add(struct loop *l, struct loop_watch *w)
{
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = w};
    w->writing = false;
    return epoll_ctl(l->epoll, EPOLL_CTL_ADD, w->fd, &e) == 0 ? 0 : -errno;
}

void loop_want_write(struct loop *l, struct loop_watch *w, bool wanted)
{
    if (w->writing == wanted)
        return;
    struct epoll_event e = {.events = EPOLLIN | (wanted ? (uint32_t)EPOLLOUT : 0), .data.ptr = w};
    MR_ASSERT(epoll_ctl(l->epoll, EPOLL_CTL_MOD, w->fd, &e) == 0);
    w->writing = wanted;
}

void loop_wait(struct loop *l, uint64_t deadline_ns)
{
    struct epoll_event events[64];
    int count;
    uint64_t now = loop_now();
    l->turns++;
    do {
        uint64_t left = deadline_ns > now ? deadline_ns - now : 0;
        uint64_t sleep = left > l->spin_ns ? left - l->spin_ns : 0;
        struct timespec t = {.tv_sec = (time_t)(sleep / 1000000000u), .tv_nsec = (long)(sleep % 1000000000u)};
        count = epoll_pwait2(l->epoll, events, MR_COUNT(events), &t, NULL);
        now = loop_now();
    } while (count <= 0 && now < deadline_ns);
    for (int i = 0; i < count; i++) {
        struct loop_watch *w = events[i].data.ptr;
        w->ready(w, events[i].events);
    }
}

int loop_connect(const char *host, int port)
{
    char service[16];
    struct addrinfo *found = NULL, hints = {.ai_socktype = SOCK_STREAM};
    snprintf(service, sizeof(service), "%d", port);
    if (getaddrinfo(host, service, &hints, &found) != 0)
        return -ENOENT;
    int err = -ENOENT, fd = -1;
    for (struct addrinfo *a = found; a != NULL; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
        if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) == 0)
            break;
        err = -errno;
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    int on = 1;
    if (fd >= 0)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return fd >= 0 ? fd : err;
}

int loop_nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 ? 0 : -errno;
}
