#include "core/threads.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/mem.h"

struct seat {
    struct threads *t;
    uint32_t shard;
    pthread_t thread;
};

struct threads {
    struct threads_config cfg;
    struct mr_io **ios; /* [count], each written by its thread before the first gate */
    struct mr_shard **shards;
    struct seat *seats;
    uint32_t started;
    int signal_fd;
    int failed_fd; /* an eventfd: a shard stopped by itself */

    /* The gate that everyone passes together, or nobody. */
    pthread_mutex_t lock;
    pthread_cond_t opened;
    uint32_t members, arrived;
    uint64_t openings;
    int err;     /* the first one */
    int verdict; /* err when the gate last opened: one who leaves it late must not see what came after */
};

/* Waits until every member is here. Returns the first error that anyone brought, the same to all. */
static int gate(struct threads *t, int err)
{
    pthread_mutex_lock(&t->lock);
    if (t->err == 0)
        t->err = err;
    uint64_t opening = t->openings;
    if (++t->arrived == t->members) {
        t->arrived = 0;
        t->openings++;
        t->verdict = t->err;
        pthread_cond_broadcast(&t->opened);
    }
    while (t->openings == opening)
        pthread_cond_wait(&t->opened, &t->lock);
    err = t->verdict;
    pthread_mutex_unlock(&t->lock);
    return err;
}

static int pin(struct threads *t, uint32_t shard)
{
    char name[16];
    snprintf(name, sizeof(name), "shard-%u", shard);
    (void)pthread_setname_np(pthread_self(), name); /* for people who look with top -H */
    if (t->cfg.cpus == NULL)
        return 0;
    int cpu = t->cfg.cpus[shard];
    if (cpu < 0 || cpu >= CPU_SETSIZE)
        return -EINVAL;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((unsigned)cpu, &set);
    int err = -pthread_setaffinity_np(pthread_self(), sizeof(set), &set);
    if (err != 0)
        log_error(t->cfg.log, "threads", "shard=%u cpu=%d cannot be pinned: %s", shard, cpu,
                  mr_err_text(err));
    return err;
}

/* For threads_wait(): this shard will not run again although nobody asked it to stop. */
static void report_failure(struct threads *t, uint32_t shard, int err)
{
    log_error(t->cfg.log, "threads", "shard=%u stopped: %s", shard, mr_err_text(err));
    pthread_mutex_lock(&t->lock);
    if (t->err == 0)
        t->err = err;
    pthread_mutex_unlock(&t->lock);
    uint64_t one = 1;
    if (write(t->failed_fd, &one, sizeof(one)) < 0)
        return; /* full: threads_wait() knows already */
}

static void *shard_thread(void *arg)
{
    struct seat *seat = arg;
    struct threads *t = seat->t;
    const struct threads_config *cfg = &t->cfg;

    int err = pin(t, seat->shard);
    if (err == 0)
        err = cfg->make_io(cfg->ctx, seat->shard, &t->ios[seat->shard]);
    err = gate(t, err); /* every ring stands */
    if (err != 0)
        goto out_free_io;
    err = gate(t, 0); /* the caller has made the shards */
    if (err != 0)
        goto out_free_io;

    struct mr_shard *s = t->shards[seat->shard];
    int start_err = cfg->start(cfg->ctx, s);
    err = gate(t, start_err); /* every shard is ready to run */
    if (err == 0) {
        err = shard_run(s);
        if (err != 0)
            report_failure(t, seat->shard, err);
        (void)gate(t, 0); /* nobody runs any more */
    }
    if (start_err == 0)
        cfg->finish(cfg->ctx, s);
    (void)gate(t, 0); /* nobody wakes anybody any more */

out_free_io:
    if (t->ios[seat->shard] != NULL)
        io_free(t->ios[seat->shard]);
    return NULL;
}

static void threads_free(struct threads *t)
{
    if (t->shards != NULL)
        shards_free(t->shards, t->cfg.count);
    if (t->signal_fd >= 0)
        close(t->signal_fd);
    if (t->failed_fd >= 0)
        close(t->failed_fd);
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->opened);
    mem_free(t->ios);
    mem_free(t->seats);
    mem_free(t);
}

static int join_all(struct threads *t)
{
    for (uint32_t i = 0; i < t->started; i++)
        pthread_join(t->seats[i].thread, NULL);
    int err = t->err;
    threads_free(t);
    return err;
}

static int threads_new(const struct threads_config *cfg, struct threads **ret)
{
    struct threads *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return -ENOMEM;
    t->cfg = *cfg;
    t->members = cfg->count + 1; /* with the caller */
    t->signal_fd = t->failed_fd = -1;
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->opened, NULL);

    int err = -ENOMEM;
    t->ios = mem_zalloc(cfg->count, sizeof(struct mr_io *));
    t->seats = mem_zalloc(cfg->count, sizeof(*t->seats));
    if (t->ios == NULL || t->seats == NULL)
        goto out_free;

    sigset_t ending, blocked;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    blocked = ending;
    sigaddset(&blocked, SIGPIPE); /* a peer that went away is a return code */
    err = -pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    if (err != 0)
        goto out_free;
    t->signal_fd = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
    t->failed_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (t->signal_fd < 0 || t->failed_fd < 0) {
        err = -errno;
        goto out_free;
    }
    *ret = t;
    return 0;

out_free:
    threads_free(t);
    return err;
}

/* New threads inherit the mask, so a shard thread never runs with a signal open. */
static int spawn_all(struct threads *t)
{
    sigset_t all, before;
    sigfillset(&all);
    int err = -pthread_sigmask(SIG_SETMASK, &all, &before);
    while (err == 0 && t->started < t->cfg.count) {
        struct seat *seat = &t->seats[t->started];
        *seat = (struct seat){.t = t, .shard = t->started};
        err = -pthread_create(&seat->thread, NULL, shard_thread, seat);
        t->started += err == 0;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);

    pthread_mutex_lock(&t->lock);
    t->members = t->started + 1; /* those that never came are not waited for */
    pthread_mutex_unlock(&t->lock);
    return err;
}

int threads_start(const struct threads_config *cfg, struct threads **ret)
{
    MR_ASSERT(cfg->count > 0);
    struct threads *t = NULL;
    int err = threads_new(cfg, &t);
    if (err != 0)
        return err;

    err = gate(t, spawn_all(t));
    if (err != 0)
        return join_all(t);
    err = gate(t, shards_new(cfg->count, t->ios, cfg->log, cfg->mailbox_slots, &t->shards));
    if (err != 0)
        return join_all(t);
    err = gate(t, 0); /* all started, or all on their way out */
    if (err != 0) {
        (void)gate(t, 0); /* those that had started have finished */
        return join_all(t);
    }
    *ret = t;
    return 0;
}

struct mr_shard **threads_shards(struct threads *t)
{
    return t->shards;
}

int threads_wait(struct threads *t)
{
    for (;;) {
        struct pollfd fds[] = {{.fd = t->signal_fd, .events = POLLIN},
                               {.fd = t->failed_fd, .events = POLLIN}};
        if (poll(fds, MR_COUNT(fds), -1) < 0 && errno != EINTR)
            return -errno;
        struct signalfd_siginfo info;
        if (read(t->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
            return (int)info.ssi_signo;
        if (fds[1].revents != 0) {
            pthread_mutex_lock(&t->lock);
            int err = t->err;
            pthread_mutex_unlock(&t->lock);
            return err;
        }
    }
}

void threads_stop(struct threads *t)
{
    for (uint32_t i = 0; i < t->cfg.count; i++)
        shard_stop(t->shards[i]);
}

int threads_join(struct threads *t)
{
    (void)gate(t, 0); /* nobody runs any more */
    (void)gate(t, 0); /* nobody wakes anybody any more */
    return join_all(t);
}

int threads_cpus(int *cpus, uint32_t max)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) != 0)
        return -errno;
    uint32_t count = 0;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET((unsigned)cpu, &set))
            continue;
        if (count < max)
            cpus[count] = cpu;
        count++;
    }
    return (int)count;
}
