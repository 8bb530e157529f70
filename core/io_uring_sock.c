/* core/io_uring_sock.c - ops on sockets, and the plain calls around them. Receiving into chunks is
 * io_uring_recv.c, finding addresses io_uring_name.c.
 *
 * Sockets are blocking ones: io_uring then waits for readiness itself, while O_NONBLOCK would give -EAGAIN.
 * In op->priv: h the socket. */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <unistd.h>

#include "core/io_uring_priv.h"
#include "core/mem.h"

enum { LISTEN_BACKLOG = 4096, SEND_BYTES_MAX = 1 << 30 };

static void begin(struct mr_io *io, struct mr_op *op, enum uring_kind_id kind, struct mr_sock s)
{
    uring_begin(io, op, kind);
    op->priv.h = s.h;
}

static void plain_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    uring_complete(io, op, cqe.res, false);
}

static void set_nodelay(int fd)
{
    int one = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)); /* fails on no TCP socket */
}

/* ---- listen ---- */

static bool reuse_port(int fd)
{
    int one = 1;
    return setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one)) == 0;
}

/* The first one shares its port only from when it listens on: until then the kernel refuses a port that
 * anyone listens on, also with SO_REUSEPORT, or there could be two first ones. Those that join make the
 * group. */
static int listen_on(const struct addrinfo *a, enum io_listen_how how, int *ret_fd)
{
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
    if (fd < 0)
        return -errno;
    int one = 1, zero = 0;
    bool ok = setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0 &&
              (how == IO_LISTEN_FIRST || reuse_port(fd)) &&
              (a->ai_family != AF_INET6 ||
               setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero)) == 0) && /* "": IPv4 as well */
              bind(fd, a->ai_addr, a->ai_addrlen) == 0 &&
              listen(fd, LISTEN_BACKLOG) == 0 && (how == IO_LISTEN_JOIN || reuse_port(fd));
    if (!ok) {
        int err = -errno;
        close(fd);
        return err;
    }
    set_nodelay(fd); /* accepted sockets inherit it */
    *ret_fd = fd;
    return 0;
}

static uint16_t port_of(int fd)
{
    struct sockaddr_storage addr;
    socklen_t len = sizeof(addr);
    if (getsockname(fd, (struct sockaddr *)&addr, &len) != 0)
        return 0;
    return ntohs(addr.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&addr)->sin6_port
                                            : ((struct sockaddr_in *)&addr)->sin_port);
}

int io_listen(struct mr_io *io, const char *host, uint16_t port, enum io_listen_how how, struct mr_sock *ret,
              uint16_t *ret_port)
{
    (void)io;
    char service[8];
    snprintf(service, sizeof(service), "%u", port);
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *found = NULL;
    if (getaddrinfo(host[0] != '\0' ? host : NULL, service, &hints, &found) != 0)
        return -EADDRNOTAVAIL;
    /* For "" IPv6 first, which takes IPv4 too; where the machine has no IPv6 the next try is IPv4. A name: in
     * the order of the system's resolver. */
    int err = -EADDRNOTAVAIL, fd = -1;
    for (int pass = 0; pass < 2 && fd < 0; pass++) {
        for (const struct addrinfo *a = found; a != NULL && fd < 0; a = a->ai_next) {
            bool now = host[0] != '\0' ? pass == 0 : (a->ai_family == AF_INET6) == (pass == 0);
            int e = now ? listen_on(a, how, &fd) : 0;
            if (e != 0)
                err = e;
        }
    }
    freeaddrinfo(found);
    if (fd < 0)
        return err;
    *ret = (struct mr_sock){fd};
    if (ret_port != NULL)
        *ret_port = port_of(fd);
    return 0;
}

/* ---- accept ---- */

void io_accept(struct mr_io *io, struct mr_op *op, struct mr_sock listener)
{
    begin(io, op, KIND_ACCEPT, listener);
    uring_push(io, op);
}

static void accept_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_multishot_accept(ring_sqe(io, op, TAG_MAIN), op->priv.h, NULL, NULL, SOCK_CLOEXEC);
}

static void accept_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    uring_complete(io, op, cqe.res, (cqe.flags & IORING_CQE_F_MORE) != 0);
}

/* ---- connect: LOOK UP -> one address after the other until one answers ----
 * p: struct addr_list. The lookup is skipped for a numeric host. */

static void connect_finish(struct mr_io *io, struct mr_op *op, int64_t result)
{
    mem_free(op->priv.p);
    op->priv.p = NULL;
    uring_complete(io, op, result, false);
}

void connect_next(struct mr_io *io, struct mr_op *op)
{
    const struct addr_list *list = op->priv.p;
    const struct sockaddr_storage *addr = &list->addrs[op->priv.step];
    op->priv.h = socket(addr->ss_family, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
    if (op->priv.h < 0) {
        uring_push_local(io, op, -errno);
        return;
    }
    set_nodelay(op->priv.h);
    uring_push(io, op);
}

void io_connect(struct mr_io *io, struct mr_op *op, const char *host, uint16_t port)
{
    begin(io, op, KIND_CONNECT, MR_NO_SOCK);
    struct addr_list *list = mem_zalloc(1, sizeof(*list));
    if (list == NULL) {
        uring_push_local(io, op, -ENOMEM);
        return;
    }
    op->priv.p = list;
    int err = 0;
    if (addr_parse(list, host, port))
        connect_next(io, op);
    else
        err = name_lookup(io, op, host, port);
    if (err != 0)
        uring_push_local(io, op, err);
}

static void connect_prep(struct mr_io *io, struct mr_op *op)
{
    struct addr_list *list = op->priv.p;
    const struct sockaddr_storage *addr = &list->addrs[op->priv.step];
    socklen_t len = addr->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    io_uring_prep_connect(ring_sqe(io, op, TAG_MAIN), op->priv.h, (const struct sockaddr *)addr, len);
}

static void connect_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    const struct addr_list *list = op->priv.p;
    if (cqe.res >= 0) {
        connect_finish(io, op, op->priv.h);
        return;
    }
    if (op->priv.h >= 0)
        close(op->priv.h);
    op->priv.h = -1;
    if (list != NULL && op->priv.step + 1u < list->count && !(op->priv.flags & OPF_CANCEL)) {
        op->priv.step++;
        connect_next(io, op);
        return;
    }
    connect_finish(io, op, cqe.res);
}

/* ---- receive in place, send ---- */

void io_recv_into(struct mr_io *io, struct mr_op *op, struct mr_sock s, void *dst, size_t len)
{
    begin(io, op, KIND_RECV_INTO, s);
    op->priv.p = dst;
    op->priv.a = mr_min(len, SEND_BYTES_MAX);
    uring_push(io, op);
}

static void recv_into_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_recv(ring_sqe(io, op, TAG_MAIN), op->priv.h, op->priv.p, op->priv.a, 0);
}

static void recv_into_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    if (cqe.res > 0)
        io->counters.received_bytes += (uint64_t)cqe.res;
    uring_complete(io, op, cqe.res, false);
}

/* p: the gather list, a: its count. */
void io_send(struct mr_io *io, struct mr_op *op, struct mr_sock s, const struct iovec *iov, unsigned count)
{
    MR_ASSERT(count <= IOV_COUNT_MAX);
    begin(io, op, KIND_SEND, s);
    op->priv.p = (void *)(uintptr_t)iov;
    op->priv.a = count;
    if (count == 0)
        uring_push_local(io, op, 0);
    else
        uring_push(io, op);
}

static void send_prep(struct mr_io *io, struct mr_op *op)
{
    /* MSG_WAITALL: a partial send goes on inside the kernel as the peer makes room. */
    const int flags = MSG_NOSIGNAL | MSG_WAITALL;
    struct io_uring_sqe *sqe = ring_sqe(io, op, TAG_MAIN);
    struct iovec *iov = op->priv.p;
    if (op->priv.a == 1) {
        io_uring_prep_send(sqe, op->priv.h, iov->iov_base, mr_min(iov->iov_len, SEND_BYTES_MAX), flags);
        return;
    }
    struct msghdr *msg = ring_msg(io, sqe);
    *msg = (struct msghdr){.msg_iov = iov, .msg_iovlen = op->priv.a};
    io_uring_prep_sendmsg(sqe, op->priv.h, msg, (unsigned)flags);
}

static void send_cqe(struct mr_io *io, struct mr_op *op, struct uring_cqe cqe)
{
    if (cqe.res > 0)
        io->counters.sent_bytes += (uint64_t)cqe.res;
    uring_complete(io, op, cqe.res, false);
}

/* ---- the end ---- */

void io_shutdown(struct mr_io *io, struct mr_op *op, struct mr_sock s)
{
    begin(io, op, KIND_SHUTDOWN, s);
    uring_push(io, op);
}

static void shutdown_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_shutdown(ring_sqe(io, op, TAG_MAIN), op->priv.h, SHUT_RDWR);
}

void io_close_sock(struct mr_io *io, struct mr_op *op, struct mr_sock s)
{
    begin(io, op, KIND_CLOSE_SOCK, s);
    uring_push(io, op);
}

static void close_sock_prep(struct mr_io *io, struct mr_op *op)
{
    io_uring_prep_close(ring_sqe(io, op, TAG_MAIN), op->priv.h);
}

const struct uring_kind uring_sock_kinds[KINDS] = {
    [KIND_ACCEPT] = {.prep = accept_prep, .cqe = accept_cqe},
    [KIND_CONNECT] = {.prep = connect_prep, .cqe = connect_cqe},
    [KIND_RECV] = {.prep = recv_prep, .cqe = recv_cqe},
    [KIND_RECV_INTO] = {.prep = recv_into_prep, .cqe = recv_into_cqe},
    [KIND_SEND] = {.prep = send_prep, .cqe = send_cqe},
    [KIND_SHUTDOWN] = {.prep = shutdown_prep, .cqe = plain_cqe},
    [KIND_CLOSE_SOCK] = {.prep = close_sock_prep, .cqe = plain_cqe},
};

void io_peer_name(struct mr_io *io, struct mr_sock s, char *dst, size_t bytes)
{
    (void)io;
    MR_ASSERT(bytes > 0);
    struct sockaddr_storage addr;
    socklen_t len = sizeof(addr);
    char text[INET6_ADDRSTRLEN] = "";
    if (getpeername(s.h, (struct sockaddr *)&addr, &len) != 0) {
        snprintf(dst, bytes, "?");
        return;
    }
    if (addr.ss_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)&addr;
        inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
        snprintf(dst, bytes, "%s:%u", text, ntohs(in->sin_port));
        return;
    }
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&addr;
    if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr)) {
        inet_ntop(AF_INET, &in6->sin6_addr.s6_addr[12], text, sizeof(text));
        snprintf(dst, bytes, "%s:%u", text, ntohs(in6->sin6_port));
    } else {
        inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
        snprintf(dst, bytes, "[%s]:%u", text, ntohs(in6->sin6_port));
    }
}
