/* bench/load.h - a run against a broker: set-up, warm-up, window, late answers, check, result. */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include "bench/options.h"
#include "bench/report.h"

enum {
    LOAD_FAILED = 1, /* could not be carried out; stderr says why */
    LOAD_WRONG = 3,  /* ran, but an answer was an error or the log does not hold what was acknowledged */
};

/* Modes produce, catchup, topic, echo. Writes fields into the open object of r. 0 or one of the above. */
int load_run(const struct bench_options *o, struct report *r);

#endif
