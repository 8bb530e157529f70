/* core/probe.h - which flush to begin with on this device, and what it costs. Asked once, at start.
 */
#ifndef MR_PROBE_H
#define MR_PROBE_H

#include "core/io.h"

struct probe_latency {
    uint32_t ops; /* measured; 0: none, then the rest is 0 */
    uint64_t p50_ns, p99_ns;
};

struct probe_result {
    enum io_flush_primitive primitive; /* the better one here; the io uses it from now on */
    struct probe_latency linked;       /* 4 KiB write + fdatasync, over blocks written before */
    struct probe_latency dsync;        /* the same with RWF_DSYNC */
    uint32_t unit_bytes;               /* pad commits to this: a power of two, 512 to IO_ALIGN */
    bool direct;                       /* the directory has direct I/O with units we can use */
    uint64_t took_ns;
};

/* Measure in the existing directory dir, with a small file of its own that is gone afterwards (one that a
 * killed process left behind is called millrace-probe-*, and is harmless). It sleeps while it waits: this is
 * the first word only, journals go on trying at work (core/flush_choice.h). Takes some 5 ms on a quick disk;
 * on a slow one it stops after 10 ms, but measures at least three ops of each. Waits with io_wait(): start-up
 * only. 0, or -errno of what went wrong (the directory, the disk, -ENOMEM); then nothing was chosen. */
int probe_flush(struct mr_io *io, const char *dir, struct probe_result *ret);

/* The choice alone: dsync only where it is clearly better, at the median and in the tail, by enough samples.
 */
enum io_flush_primitive probe_choose(const struct probe_latency *linked, const struct probe_latency *dsync);

/* Sorts the count samples and takes their percentiles (nearest rank). */
struct probe_latency probe_latency_of(uint64_t *samples_ns, uint32_t count);

#endif
