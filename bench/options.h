/* bench/options.h - what one run of the generator shall do, as key=value words.
 *
 * The table in options.c is the only list of keys, with defaults, ranges and help; scenario files use the
 * same. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include "core/base.h"

enum {
    OPTION_TEXT_MAX = 512,
    OPTION_BATCHES_MAX = 64,
};

enum bench_mode {
    MODE_PRODUCE, /* producers, and consumers beside them if asked for */
    MODE_CATCHUP, /* consumers alone, from the beginning to the end */
    MODE_ECHO,    /* produce requests to a child that only answers: the floor, and the generator's ceiling */
    MODE_DISK,    /* write and flush in a directory: the other floor */
    MODE_TOPIC,   /* create the topic, wait for its leaders, say how long it took */
};

struct bench_options {
    int64_t mode;
    char host[OPTION_TEXT_MAX], topic[OPTION_TEXT_MAX], config[OPTION_TEXT_MAX];
    char device[OPTION_TEXT_MAX], dir[OPTION_TEXT_MAX], json[OPTION_TEXT_MAX], trace[OPTION_TEXT_MAX];
    int64_t port, pid;
    int64_t partitions, replication, create, remove, check;
    int64_t connections, inflight, acks, idempotent;
    double rate;
    int64_t arrival;
    int64_t records, record_bytes, batches;
    int64_t consumers, split, wait_ms, min_bytes, max_bytes, partition_bytes, session, verify;
    int64_t produce_version, fetch_version;
    double warmup_s, duration_s, timeout_s;
    int64_t bytes_max, passes, warmup_passes;
    int64_t cpu, spin_us, seed, buckets;
    int64_t block, flush, disk_bytes;
};

/* Starts from the defaults. On a bad word writes a sentence to ret_why and returns -EINVAL. */
int options_parse(struct bench_options *o, int count, char **words, char *ret_why, size_t why_bytes);

/* One line a key, to stdout. */
void options_help(void);

#endif
