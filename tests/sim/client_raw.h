/* tests/sim/client_raw.h - a peer that follows no protocol: sends bytes in pieces, reads or does not, hangs
 * up when it likes.
 *
 * A plan says what one connection does; when it is over, or broken by the other side, the raw client takes
 * the next plan. */
#ifndef SIM_CLIENT_RAW_H
#define SIM_CLIENT_RAW_H

#include "tests/sim/client.h"

struct raw_plan {
    uint8_t *bytes; /* from mem_alloc; the raw client's afterwards. NULL: nothing to send */
    size_t len;
    size_t piece_max;   /* of one send; 0: all at once */
    uint64_t pause_ns;  /* between pieces, at most */
    uint64_t linger_ns; /* with the connection open after the last byte */
    bool reads, resets;
};

enum raw_state { RAW_IDLE, RAW_CONNECT, RAW_TALK, RAW_CLOSE, RAW_CLOSED, RAW_OVER };

struct rawclient {
    struct khost *host;
    char address[32];
    uint16_t port;
    struct rng rng;
    /* The next plan; false: no more. */
    bool (*next)(struct rawclient *c, struct raw_plan *ret);
    void *ctx;
    enum raw_state state;
    struct raw_plan plan;
    size_t sent;
    bool stopping, said_all;
    struct mr_op op, send, recv;
    struct mr_sock sock;
    struct iovec iov;
    struct mr_timer timer;
    /* what happened */
    uint32_t connects, refused, closed_by_peer;
    uint64_t sent_bytes, read_bytes;
};

void raw_init(struct rawclient *c, struct khost *h, const char *address, uint16_t port, uint64_t seed,
              bool (*next)(struct rawclient *c, struct raw_plan *ret), void *ctx);
void raw_start(struct rawclient *c);
void raw_stop(struct rawclient *c); /* hangs up and takes no more plans */
static inline bool raw_over(const struct rawclient *c)
{
    return c->state == RAW_OVER;
}

#endif
