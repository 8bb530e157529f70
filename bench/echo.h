/* bench/echo.h - a child process that answers every Produce request and does nothing else.
 *
 * The floor under a broker: loopback, one receive that copies, one send. Against it the generator's own
 * ceiling and delay show. It speaks Produce 13 only, and does not look into requests. */
#ifndef BENCH_ECHO_H
#define BENCH_ECHO_H

#include <sys/types.h>

#include "bench/options.h"

struct echo {
    pid_t pid;
    int port;
};

/* Forks. The child ends with its parent. -errno. */
int echo_start(struct echo *e, const struct bench_options *o);
void echo_stop(struct echo *e);

#endif
