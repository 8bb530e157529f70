/* bench/sample.h - what a process, the machine and a block device have used up so far, at one moment.
 *
 * Sources: proc(5) for /proc/PID/stat and status and /proc/stat; the kernel's Documentation/block/stat.rst.
 * CPU time of a process covers all its threads, io_uring's workers and threads that ended; it comes in clock
 * ticks (10 ms), so windows of seconds are needed. Kernel threads and softirqs are not in it: on loopback the
 * sender's thread does much of the receiver's protocol work. */
#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include "core/base.h"
#include "core/err.h"

struct sample {
    uint64_t at_ns;
    bool has_process, has_device;
    double process_cpu_s, self_cpu_s;
    uint64_t rss_kib, peak_kib;       /* VmRSS, VmHWM */
    double busy_s, steal_s;           /* of the machine, over all CPUs */
    uint64_t write_bytes, read_bytes; /* of the device */
    uint64_t writes, flushes;
};

/* pid 0 and device "" are left out; so is what cannot be read. */
void sample_take(struct sample *s, int64_t pid, const char *device);

#endif
