#include "bench/disk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "bench/loop.h"
#include "bench/schedule.h"
#include "core/mem.h"

enum { FILL_BYTES = 1 << 20 };

struct disk {
    const struct bench_options *o;
    int fd;
    bool direct;
    uint8_t *block;
    struct hist ack, write;
    uint64_t count;
    struct sample from, to;
};

static int fill_file(struct disk *d)
{
    for (int64_t pos = 0; pos < d->o->disk_bytes;) {
        size_t n = (size_t)mr_imin(FILL_BYTES, d->o->disk_bytes - pos);
        ssize_t done = pwrite(d->fd, d->block, n, pos);
        if (done <= 0)
            return done == 0 ? -EIO : -errno;
        pos += done;
    }
    return fdatasync(d->fd) == 0 ? 0 : -errno;
}

/* Sleeps until spin_ns before at_ns and polls from there, as the load's own loop does. */
static void wait_until(uint64_t at_ns, uint64_t spin_ns)
{
    uint64_t wake = at_ns > spin_ns ? at_ns - spin_ns : 0;
    struct timespec t = {.tv_sec = (time_t)(wake / 1000000000u), .tv_nsec = (long)(wake % 1000000000u)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
        continue;
    while (loop_now() < at_ns)
        continue;
}

static int write_blocks(struct disk *d)
{
    const struct bench_options *o = d->o;
    struct schedule schedule;
    uint64_t start = loop_now(), from = start + (uint64_t)(o->warmup_s * 1e9);
    uint64_t to = from + (uint64_t)(o->duration_s * 1e9);
    bool open = o->rate > 0, measuring = false;
    if (open)
        schedule_init(&schedule, (enum arrival)o->arrival, start, o->rate, 0, 1, (uint64_t)o->seed);
    int64_t pos = 0;
    for (;;) {
        uint64_t due = open ? schedule_next(&schedule) : loop_now();
        if (due >= to)
            break;
        if (due >= from && !measuring) {
            sample_take(&d->from, 0, o->device);
            measuring = true;
        }
        if (open)
            wait_until(due, (uint64_t)o->spin_us * 1000);
        uint64_t begin = loop_now();
        mr_put64(d->block, d->count); /* no two writes alike */
        if (pwrite(d->fd, d->block, (size_t)o->block, pos) != (ssize_t)o->block)
            return errno != 0 ? -errno : -EIO;
        uint64_t written = loop_now();
        if (o->flush != 0 && fdatasync(d->fd) != 0)
            return -errno;
        uint64_t now = loop_now();
        if (measuring) {
            hist_add(&d->ack, now - due);
            hist_add(&d->write, written - begin);
            d->count++;
        }
        pos = pos + 2 * o->block > o->disk_bytes ? 0 : pos + o->block;
    }
    sample_take(&d->to, 0, o->device);
    return measuring ? 0 : -EINVAL;
}

static int disk_open(struct disk *d, char *path, size_t path_bytes)
{
    snprintf(path, path_bytes, "%s/bench-disk.%d", d->o->dir, (int)getpid());
    d->direct = true;
    d->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_DIRECT, 0600);
    if (d->fd < 0 && errno == EINVAL) { /* tmpfs: no direct I/O */
        d->direct = false;
        d->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    }
    return d->fd >= 0 ? 0 : -errno;
}

int disk_run(const struct bench_options *o, struct report *r)
{
    char path[OPTION_TEXT_MAX + 64];
    struct disk *d = mem_zalloc(1, sizeof(*d));
    if (d == NULL)
        return -ENOMEM;
    size_t block = (size_t)mr_imax(o->block, FILL_BYTES);
    prctl(PR_SET_TIMERSLACK, 1ul); /* as loop_init() */
    d->o = o;
    d->fd = -1;
    d->block = mem_aligned(block, 4096);
    int err = d->block == NULL ? -ENOMEM : 0;
    if (err == 0) {
        uint64_t random = (uint64_t)o->seed;
        for (size_t at = 0; at < block; at += 8)
            mr_put64(d->block + at, schedule_random(&random));
        err = disk_open(d, path, sizeof(path));
    }
    if (err == 0)
        err = fill_file(d);
    if (err == 0)
        err = write_blocks(d);
    if (err == 0) {
        double s = (double)(d->to.at_ns - d->from.at_ns) / 1e9;
        report_bool(r, "direct", d->direct);
        report_real(r, "writes_per_s", (double)d->count / s);
        report_real(r, "mb_per_s", (double)d->count * (double)o->block / 1e6 / s);
        report_hist(r, "ack", &d->ack, o->buckets != 0);
        report_hist(r, "write", &d->write, false);
        report_use(r, &d->from, &d->to, 0, d->count);
    } else {
        fprintf(stderr, "bench: disk in %s: %s\n", o->dir, mr_err_text(err));
    }
    if (d->fd >= 0) {
        close(d->fd);
        unlink(path);
    }
    mem_free(d->block);
    mem_free(d);
    return err;
}
