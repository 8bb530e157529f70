/* bench/disk.h - what the device itself takes to write and flush: the floor of a durable acknowledgement.
 *
 * Writes blocks in order over a file whose blocks were all written before, O_DIRECT, each followed by
 * fdatasync() unless flush=0: the cheapest durable append that was measured. One writer, so it is latency.
 */
#ifndef BENCH_DISK_H
#define BENCH_DISK_H

#include "bench/options.h"
#include "bench/report.h"

/* Writes the result's fields into the open object of r. On error says so on stderr. */
int disk_run(const struct bench_options *o, struct report *r);

#endif
