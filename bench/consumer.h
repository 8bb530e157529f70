/* bench/consumer.h - connections that fetch, one request at a time each, as a consumer does.
 *
 * From the tail: long polls over all of its partitions, with an incremental fetch session (KIP-227) unless
 * session=0. The age of each batch is taken from its stamp when its last byte arrives. Catch-up: full fetches
 * from the log's beginning to its end as it was at the start. */
#ifndef BENCH_CONSUMER_H
#define BENCH_CONSUMER_H

#include "bench/control.h"
#include "bench/fetch_stream.h"
#include "bench/hist.h"
#include "bench/loop.h"
#include "bench/options.h"

struct consumer;

struct consumed {
    uint64_t answers, empty, batches, records, bytes;
};

struct consumers {
    struct loop *loop;
    const struct bench_options *o;
    const struct client_topic *topic;
    int version;
    int failed; /* a connection broke or an answer was wrong: the run is over */
    char why[256];

    struct consumer *conns; /* own */
    uint32_t count;
    bool asking;       /* false: an answer is not followed by another fetch */
    uint32_t catching; /* catch-up: connections that have not reached the end */

    uint64_t window_from, window_to; /* stamps in [from, to) are measured */
    uint64_t window_batches;
    struct consumed got;
    uint64_t gaps;   /* offsets that were skipped */
    uint64_t errors; /* partitions answered with an error */
    int16_t error;   /* the first of them */
    struct hist age; /* from the intended send of a batch to its arrival here */
};

/* from[p], to[p] of each partition: where to begin; and where catch-up ends (NULL: never). */
int consumers_init(struct consumers *c, struct loop *loop, const struct bench_options *o,
                   const struct client_topic *topic, int version, const int64_t *from, const int64_t *to);
void consumers_done(struct consumers *c);

/* Sends the first fetches. In catch-up also starts another pass, from the beginning. */
void consumers_start(struct consumers *c);
void consumers_stop(struct consumers *c);
/* How many consumers read each partition. */
uint32_t consumers_readers(const struct consumers *c);

#endif
