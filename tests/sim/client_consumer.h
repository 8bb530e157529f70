/* tests/sim/client_consumer.h - a consumer with partitions assigned to it: fetches from its positions on,
 * with a session (KIP-227) or without, and hands what it is served to the checker. */
#ifndef SIM_CLIENT_CONSUMER_H
#define SIM_CLIENT_CONSUMER_H

#include "tests/sim/broker_check.h"

enum { CONSUMER_PARTS_MAX = 64 };

struct kconsumer_options {
    bool sessions;
    int32_t wait_ms, min_bytes, max_bytes, part_bytes;
    uint32_t seek_ppm; /* of answers: go to some offset seen before */
    uint64_t pace_ns;  /* between fetches; 0: at once */
};

struct kconsumer_part {
    const struct ktopic *topic;
    int32_t partition;
    uint32_t part; /* the checker's number */
    int64_t position;
    int64_t floor;   /* when the fetch under way was sent */
    bool in_session; /* the broker knows position */
};

struct kconsumer {
    struct kclient client;
    struct kconsumer_options o;
    struct bcheck *check;
    struct kconsumer_part parts[CONSUMER_PARTS_MAX];
    uint32_t part_count;
    int32_t session_id, session_epoch;
    bool busy, started, to_the_end;
    struct mr_timer timer;
    struct rng rng;
    uint64_t fetches, records_bytes;
};

void kconsumer_init(struct kconsumer *c, struct khost *h, const char *name, const char *address,
                    uint16_t port, struct bcheck *check, const struct kconsumer_options *o, uint64_t seed);
void kconsumer_part(struct kconsumer *c, uint32_t check_part, int64_t position);
void kconsumer_start(struct kconsumer *c);
/* No more seeks; long polls become short: read to where the logs are known to reach. */
void kconsumer_to_the_end(struct kconsumer *c);
bool kconsumer_finished(const struct kconsumer *c); /* every position is at the floor */
void kconsumer_stop(struct kconsumer *c);
void kconsumer_done(struct kconsumer *c);

/* Asks for offsets of random partitions, one after the other: they must never go back. */
struct kpoller {
    struct kclient client;
    struct bcheck *check;
    uint32_t part;
    int64_t floor, timestamp;
    bool busy, stopped;
    uint64_t pace_ns, answers;
    struct mr_timer timer;
    struct rng rng;
};
void kpoller_init(struct kpoller *p, struct khost *h, const char *name, const char *address, uint16_t port,
                  struct bcheck *check, uint64_t pace_ns, uint64_t seed);
void kpoller_stop(struct kpoller *p);
void kpoller_done(struct kpoller *p);

#endif
