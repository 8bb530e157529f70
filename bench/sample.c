#include "bench/sample.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench/loop.h"

/* A small file as text; false if it cannot be read. */
static bool slurp(const char *path, char *text, size_t bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, text, bytes - 1);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    return n > 0;
}

static bool sample_process(struct sample *s, int64_t pid)
{
    char path[64], text[4096];
    snprintf(path, sizeof(path), "/proc/%" PRId64 "/stat", pid);
    if (!slurp(path, text, sizeof(text)))
        return false;
    const char *at = strrchr(text, ')'); /* a program's name may hold anything before it */
    unsigned long user = 0, system = 0;
    if (at == NULL ||
        sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        return false;
    s->process_cpu_s = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);

    snprintf(path, sizeof(path), "/proc/%" PRId64 "/status", pid);
    if (!slurp(path, text, sizeof(text)))
        return false;
    const char *rss = strstr(text, "VmRSS:"), *peak = strstr(text, "VmHWM:");
    s->rss_kib = rss == NULL ? 0 : strtoull(rss + 6, NULL, 10);
    s->peak_kib = peak == NULL ? 0 : strtoull(peak + 6, NULL, 10);
    return true;
}

static bool sample_device(struct sample *s, const char *path)
{
    char text[1024];
    unsigned long long v[17] = {0};
    if (!slurp(path, text, sizeof(text)))
        return false;
    char *at = text;
    for (size_t i = 0; i < MR_COUNT(v); i++)
        v[i] = strtoull(at, &at, 10);
    s->read_bytes = v[2] * 512;
    s->writes = v[4];
    s->write_bytes = v[6] * 512;
    s->flushes = v[15];
    return true;
}

static void sample_machine(struct sample *s)
{
    char text[1024];
    unsigned long long user, nice, system, idle, wait, irq, softirq, steal;
    if (!slurp("/proc/stat", text, sizeof(text)) ||
        sscanf(text, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &system, &idle, &wait, &irq,
               &softirq, &steal) != 8)
        return;
    double tick = (double)sysconf(_SC_CLK_TCK);
    s->busy_s = (double)(user + nice + system + irq + softirq) / tick;
    s->steal_s = (double)steal / tick;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

void sample_take(struct sample *s, int64_t pid, const char *device)
{
    struct rusage self;
    *s = (struct sample){0};
    s->has_process = pid != 0 && sample_process(s, pid);
    s->has_device = *device != '\0' && sample_device(s, device);
    sample_machine(s);
    getrusage(RUSAGE_SELF, &self);
    s->self_cpu_s = seconds(self.ru_utime) + seconds(self.ru_stime);
    s->at_ns = loop_now();
}
