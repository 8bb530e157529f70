/* tests/contract/backend_uring.c - the contract on io_uring, in a new directory under $TMPDIR or /tmp.
 *
 * MR_CONTRACT_WITHOUT=N runs the tests on an io that leaves out some of what the kernel has (enum
 * uring_without). */
#include "tests/contract/backend.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/io_uring_priv.h"
#include "core/log.h"

static const uint64_t deadline_ns = 60ull * 1000 * 1000 * 1000;
static const uint64_t turn_ns = 100ull * 1000 * 1000;

struct backend {
    struct mr_io *io;
    struct mr_log log;
    char dir[200];
    pid_t locker;
    int locker_pipe;
};

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "contract backend: %s: %s\n", what, why);
    abort();
}

struct backend *backend_new(const struct io_config *cfg)
{
    struct backend *b = calloc(1, sizeof(*b));
    if (b == NULL)
        fail("new", "out of memory");
    log_to_stderr(&b->log, LOG_WARN);
    const char *tmp = getenv("TMPDIR");
    snprintf(b->dir, sizeof(b->dir), "%s/mr-contract-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(b->dir) == NULL)
        fail(b->dir, strerror(errno));
    struct io_config c = cfg != NULL ? *cfg : (struct io_config){0};
    c.log = &b->log;
    const char *without = getenv("MR_CONTRACT_WITHOUT");
    char why[512];
    if (uring_new(&c, without != NULL ? (unsigned)atoi(without) : 0, &b->io, why, sizeof(why)) != 0)
        fail("io", why);
    return b;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void backend_free(struct backend *b)
{
    backend_unlock_elsewhere(b);
    io_free(b->io);
    nftw(b->dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(b);
}

struct mr_io *backend_io(struct backend *b)
{
    return b->io;
}

const char *backend_dir(struct backend *b)
{
    return b->dir;
}

int backend_turn(struct backend *b)
{
    return io_turn(b->io, io_clock_ns(b->io) + turn_ns);
}

bool backend_until(struct backend *b, bool (*cond)(void *ctx), void *ctx)
{
    uint64_t end_ns = io_clock_ns(b->io) + deadline_ns;
    while (!cond(ctx)) {
        if (io_clock_ns(b->io) >= end_ns || backend_turn(b) < 0)
            return false;
    }
    return true;
}

static bool op_is_idle(void *ctx)
{
    return !((struct mr_op *)ctx)->busy;
}

bool backend_finish(struct backend *b, struct mr_op *op)
{
    return backend_until(b, op_is_idle, op);
}

void backend_reset_on_close(struct backend *b, struct mr_sock s)
{
    (void)b;
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    if (setsockopt(s.h, SOL_SOCKET, SO_LINGER, &now, sizeof(now)) != 0)
        fail("linger", strerror(errno));
}

/* The child holds the lock until its pipe is closed. */
static _Noreturn void lock_and_hold(const char *path, int told, int hold)
{
    int fd = open(path, O_RDWR | O_CREAT, 0644);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = INT64_MAX};
    int err = fd < 0 || fcntl(fd, F_SETLK, &lock) != 0 ? -errno : 0; /* as Java does it */
    char end;
    if (write(told, &err, sizeof(err)) == sizeof(err) && err == 0)
        while (read(hold, &end, 1) < 0 && errno == EINTR)
            ;
    _exit(0);
}

int backend_lock_elsewhere(struct backend *b, const char *path)
{
    int told[2], hold[2];
    if (pipe2(told, O_CLOEXEC) != 0 || pipe2(hold, O_CLOEXEC) != 0)
        fail("pipe", strerror(errno));
    b->locker = fork();
    if (b->locker < 0)
        fail("fork", strerror(errno));
    if (b->locker == 0) {
        close(hold[1]);
        lock_and_hold(path, told[1], hold[0]);
    }
    close(told[1]);
    close(hold[0]);
    b->locker_pipe = hold[1];
    int err = -EIO;
    if (read(told[0], &err, sizeof(err)) != sizeof(err))
        err = -EIO;
    close(told[0]);
    return err;
}

void backend_unlock_elsewhere(struct backend *b)
{
    if (b->locker <= 0)
        return;
    close(b->locker_pipe);
    waitpid(b->locker, NULL, 0);
    b->locker = 0;
}

bool backend_has_threads(void)
{
    return true;
}

bool backend_has_direct_io(struct backend *b)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/direct-io-check", b->dir);
    int fd = open(path, O_RDWR | O_CREAT | O_DIRECT | O_CLOEXEC, 0644);
    bool has = false;
    if (fd >= 0) {
        char byte = 0;
        has = pwrite(fd, &byte, 1, 1) < 0 && errno == EINVAL;
        close(fd);
    }
    unlink(path);
    return has;
}
