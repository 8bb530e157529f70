/* tests/sim/client_producer.h - a producer as real clients are: batches with sequences, several requests in
 * flight, and on any doubt the same bytes with the same sequence again, in order (KIP-98). */
#ifndef SIM_CLIENT_PRODUCER_H
#define SIM_CLIENT_PRODUCER_H

#include "tests/sim/broker_check.h"

enum { PRODUCER_PARTS_MAX = 16, PRODUCER_IN_FLIGHT_MAX = 5 };

struct kproducer_options {
    bool idempotent; /* false: never repeats, so a batch without an answer may be there or not */
    int16_t acks;
    uint32_t batches; /* to send in all */
    uint32_t records_max, record_bytes_max;
    uint64_t pace_ns;   /* between new batches, on average */
    uint32_t in_flight; /* requests */
    uint32_t compressed_pct;
    uint32_t hang_up_ppm; /* of new batches: the connection breaks, whatever is in flight */
};

struct kproducer_part {
    const struct ktopic *topic;
    int32_t partition;
    uint32_t part; /* the checker's number */
    uint32_t next_n;
    int32_t next_sequence;
    struct mr_list batches; /* of kbatch, in order: not acknowledged */
    uint32_t count, in_flight;
    bool given_up; /* when nothing is in flight any more, forget what is open */
    bool rewind;   /* something failed: when nothing is in flight any more, start again at the first */
};

struct kproducer {
    struct kclient client;
    struct kproducer_options o;
    struct bcheck *check;
    uint32_t number;
    int64_t producer_id;
    int16_t producer_epoch;
    bool asking_id, started;
    bool renew; /* a repeat was refused: another producer id, once nothing is open any more */
    struct kproducer_part parts[PRODUCER_PARTS_MAX];
    uint32_t part_count, requests;
    uint32_t left; /* batches not yet made */
    struct mr_timer pace, backoff;
    struct mr_scratch out, work;
    struct rng rng;
    uint64_t repeats, unknown, refused;
};

void kproducer_init(struct kproducer *p, struct khost *h, const char *name, const char *address,
                    uint16_t port, struct bcheck *check, const struct kproducer_options *o, uint64_t seed);
void kproducer_part(struct kproducer *p, uint32_t check_part);
void kproducer_start(struct kproducer *p);
void kproducer_hurry(struct kproducer *p);          /* no more pauses between batches, nor breaks */
bool kproducer_finished(const struct kproducer *p); /* everything was sent, and answered */
void kproducer_stop(struct kproducer *p);           /* kclient_over(&p->client) then */
void kproducer_done(struct kproducer *p);

#endif
