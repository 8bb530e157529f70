/* bench/producer.h - connections that send Produce requests on schedule, and what came back.
 *
 * A connection owns some partitions and a ring of `inflight` request slots that are laid out once; sending
 * one writes its numbers, times and checksum (about 200 bytes touched) and hands the kernel these bytes and
 * the shared batch tail. Nothing is allocated after the start.
 *
 * At a fixed rate a connection takes the arrivals of its own schedule in order. If all slots are in use,
 * arrivals wait; they keep the time at which they were due, and their latency counts from it. In a closed
 * loop (rate 0) a request is due when a slot is free, so its latency is only that of the service. */
#ifndef BENCH_PRODUCER_H
#define BENCH_PRODUCER_H

#include <stdio.h>

#include "bench/control.h"
#include "bench/hist.h"
#include "bench/loop.h"
#include "bench/options.h"
#include "bench/schedule.h"
#include "bench/stamped.h"

enum { PRODUCER_ERRORS_MAX = 160 }; /* Kafka's codes -1..158 at index code + 1 */

struct producer;

struct produced {
    uint64_t requests, batches, records, bytes, payload_bytes;
};

struct producers {
    struct loop *loop;
    const struct bench_options *o;
    const struct client_topic *topic;
    struct stamped_batch batch;
    int version;
    bool open;    /* a fixed rate */
    bool issuing; /* false: nothing new is sent */
    int failed;   /* a connection broke: the run is over */
    char why[256];

    /* where things stand in a slot, the same in each */
    uint32_t layout_len;
    uint32_t part_pos[OPTION_BATCHES_MAX], head_pos[OPTION_BATCHES_MAX];

    struct producer *conns; /* own */
    uint32_t count;
    struct producer **due; /* heap of connections that have a free slot, by the time of their next arrival */
    uint32_t due_count;
    int64_t wall_offset_ns; /* wall clock minus loop clock */

    uint64_t window_from, window_to;      /* arrivals in [from, to) are measured */
    uint64_t window_out;                  /* measured requests without an answer */
    uint64_t window_sent, window_blocked; /* measured; of them held up by a full ring of slots */
    uint64_t window_batches_acked;
    uint64_t number; /* of the next batch */
    struct produced sent, acked;
    uint64_t errors[PRODUCER_ERRORS_MAX]; /* partitions refused */
    struct hist ack;                      /* from due to answered */
    struct hist service;                  /* from sent to answered */
    FILE *trace;                          /* NULL: none */
    struct hist lag; /* from due (or from the slot that was waited for) to sent: the generator's own delay */
};

/* Connects, gets producer ids by c if asked for, and builds the slots. On error why is filled. */
int producers_init(struct producers *p, struct loop *loop, const struct bench_options *o, struct control *c,
                   const struct client_topic *topic, int version);
void producers_done(struct producers *p);

void producers_start(struct producers *p, uint64_t now);
/* Sends all that is due; returns when the next request will be (UINT64_MAX: when an answer frees a slot). */
uint64_t producers_turn(struct producers *p);
void producers_stop(struct producers *p);
/* Every arrival before window_to was sent and answered. */
bool producers_window_over(const struct producers *p);
uint64_t producers_outstanding(const struct producers *p);
/* Counts what is outstanding and measured as answered now: its latency is at least that. Returns how many. */
uint64_t producers_give_up(struct producers *p);

#endif
