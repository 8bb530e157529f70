/* bench/report.h - a run's result as one JSON object. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include <stdio.h>

#include "bench/hist.h"
#include "bench/options.h"
#include "bench/sample.h"

struct report {
    FILE *out;
    unsigned depth;
    bool more; /* a comma is due */
};

void report_open(struct report *r, const char *name); /* an object; name NULL: the outermost */
void report_close(struct report *r);
void report_int(struct report *r, const char *name, int64_t value);
void report_real(struct report *r, const char *name, double value);
void report_text(struct report *r, const char *name, const char *value);
void report_bool(struct report *r, const char *name, bool value);

/* Count, mean and quantiles in microseconds; with buckets also [[low_ns, count], ...] so that runs can be
 * merged. */
void report_hist(struct report *r, const char *name, const struct hist *h, bool buckets);

/* What the broker, the generator, the machine and the device used between two samples. gb: 1e9 bytes of
 * values moved; requests: answered. 0 leaves the ratio out. */
void report_use(struct report *r, const struct sample *from, const struct sample *to, double gb,
                uint64_t requests);

#endif
