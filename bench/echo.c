#include "bench/echo.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/loop.h"
#include "core/mem.h"
#include "net/client.h"

enum {
    IN_BYTES = 1 << 20,
    FRONT_BYTES = 12, /* length, API, version, correlation */
    ANSWER_MAX = 256 + OPTION_BATCHES_MAX * 40,
    ANSWERS_ONCE = 64,
};

struct echo_conn {
    struct loop_watch watch;
    struct echo_server *server;
    uint8_t front[FRONT_BYTES];
    uint32_t front_len;
    uint64_t left; /* of the request, behind its front */
};

struct echo_server {
    struct loop loop;
    struct loop_watch listen;
    uint8_t *in, *out;
    uint8_t answer[ANSWER_MAX];
    uint32_t answer_len;
};

static void answer_layout(struct echo_server *s, uint32_t batches)
{
    static const struct mr_uuid none;
    struct client_writer w = {.ptr = s->answer, .cap = sizeof(s->answer)};
    client_put32(&w, 0);
    client_put32(&w, 0); /* correlation: patched */
    client_put_uvarint(&w, 0);
    client_put_uvarint(&w, 2);
    client_put_uuid(&w, none);
    client_put_uvarint(&w, batches + 1u);
    for (uint32_t i = 0; i < batches; i++) {
        client_put32(&w, i);
        client_put16(&w, 0);
        client_put64(&w, 0);
        client_put64(&w, UINT64_MAX);
        client_put64(&w, 0);
        client_put_uvarint(&w, 1);
        client_put_text(&w, (struct mr_str){NULL, 0});
        client_put_uvarint(&w, 0);
    }
    client_put_uvarint(&w, 0);
    client_put32(&w, 0);
    client_put_uvarint(&w, 0);
    MR_ASSERT(client_end(&w, 0) == 0);
    s->answer_len = (uint32_t)w.len;
}

static void send_all(int fd, const uint8_t *p, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, p, len, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN)
            return;
        if (n < 0) {
            struct pollfd wait = {.fd = fd, .events = POLLOUT};
            poll(&wait, 1, -1);
            continue;
        }
        p += n;
        len -= (size_t)n;
    }
}

/* Goes through len received bytes; returns how many answers are due, at most ANSWERS_ONCE, and the bytes
 * used. */
static uint32_t take(struct echo_conn *c, const uint8_t *p, size_t len, size_t *used)
{
    struct echo_server *s = c->server;
    uint32_t answers = 0;
    size_t at = 0;
    while (at < len && answers < ANSWERS_ONCE) {
        if (c->front_len < FRONT_BYTES) {
            size_t n = mr_min(FRONT_BYTES - c->front_len, len - at);
            memcpy(c->front + c->front_len, p + at, n);
            c->front_len += (uint32_t)n;
            at += n;
            if (c->front_len == FRONT_BYTES)
                c->left = mr_get32(c->front) + 4ull - FRONT_BYTES;
            continue;
        }
        uint64_t n = mr_min(c->left, len - at);
        c->left -= n;
        at += n;
        if (c->left > 0)
            break;
        uint8_t *answer = s->out + (size_t)answers * s->answer_len;
        memcpy(answer, s->answer, s->answer_len);
        memcpy(answer + 4, c->front + 8, 4);
        c->front_len = 0;
        answers++;
    }
    *used = at;
    return answers;
}

static void conn_ready(struct loop_watch *w, uint32_t events)
{
    struct echo_conn *c = MR_CONTAINER(w, struct echo_conn, watch);
    struct echo_server *s = c->server;
    (void)events;
    ssize_t n = recv(w->fd, s->in, IN_BYTES, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        close(w->fd);
        mem_free(c);
        return;
    }
    for (size_t at = 0, used; at < (size_t)n; at += used) {
        uint32_t answers = take(c, s->in + at, (size_t)n - at, &used);
        send_all(w->fd, s->out, (size_t)answers * s->answer_len);
    }
}

static void listen_ready(struct loop_watch *w, uint32_t events)
{
    struct echo_server *s = MR_CONTAINER(w, struct echo_server, listen);
    (void)events;
    int fd = accept4(w->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    struct echo_conn *c = mem_zalloc(1, sizeof(*c));
    if (c == NULL) {
        close(fd);
        return;
    }
    c->server = s;
    c->watch = (struct loop_watch){.ready = conn_ready, .fd = fd};
    loop_add(&s->loop, &c->watch);
}

static _Noreturn void serve(int fd, const struct bench_options *o)
{
    struct echo_server *s = mem_zalloc(1, sizeof(*s));
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (s == NULL || getppid() == 1)
        _exit(1);
    answer_layout(s, (uint32_t)o->batches);
    s->in = mem_alloc(IN_BYTES);
    s->out = mem_alloc((size_t)ANSWERS_ONCE * s->answer_len);
    s->listen = (struct loop_watch){.ready = listen_ready, .fd = fd};
    if (s->in == NULL || s->out == NULL || loop_init(&s->loop, 0) != 0 || loop_add(&s->loop, &s->listen) != 0)
        _exit(1);
    for (;;)
        loop_wait(&s->loop, UINT64_MAX);
}

int echo_start(struct echo *e, const struct bench_options *o)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(a);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    if (bind(fd, (struct sockaddr *)&a, len) != 0 || listen(fd, 4096) != 0 ||
        getsockname(fd, (struct sockaddr *)&a, &len) != 0) {
        int err = -errno;
        close(fd);
        return err;
    }
    e->port = ntohs(a.sin_port);
    fflush(NULL);
    e->pid = fork();
    if (e->pid == 0)
        serve(fd, o);
    int err = e->pid < 0 ? -errno : 0;
    close(fd);
    return err;
}

void echo_stop(struct echo *e)
{
    kill(e->pid, SIGKILL);
    waitpid(e->pid, NULL, 0);
}
