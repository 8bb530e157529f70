/* tests/sim/client.h - scripted Kafka clients on the simulator's sockets: connections, calls, answers in
 * order.
 *
 * A khost is a client program: one io, its timers and any number of kclients. A kclient is one connection to
 * a broker that is made anew whenever it breaks. A kcall is one request: filled in by its owner, sent, and
 * ended by exactly one done(), from a turn of the host, with the decoded answer or the reason why there is
 * none. Nothing is repeated by itself: what a real client would repeat is up to the owner
 * (tests/sim/client_producer.h and its neighbours).
 *
 * Answers are checked here: they come in the order of the requests, with their correlation ids, decode whole
 * and leave nothing over. What breaks that sets client->wrong, and says in client->why what it was. */
#ifndef SIM_CLIENT_H
#define SIM_CLIENT_H

#include "core/arena.h"
#include "core/map.h"
#include "core/scratch.h"
#include "core/timer.h"
#include "net/wire/message.h"
#include "tests/sim/world.h"

struct kclient;

struct khost {
    struct mr_io *io;
    struct sim_node *node;
    struct timer_heap timers;
    struct mr_list clients;
    struct mr_map calls; /* correlation id -> kcall: those sent and not answered */
    int32_t correlation; /* the last one given; hosts start 2^24 apart, so that ids are unique in a world */
    uint32_t calls_alive;
};

/* An attached io on node. number: of this host in its world. */
void khost_init(struct khost *h, struct sim_node *node, uint32_t number);
void khost_done(struct khost *h);                                     /* all clients are closed */
struct kcall *khost_call(const struct khost *h, int32_t correlation); /* in flight, or NULL */

struct kcall {
    struct kclient *client;
    int16_t key, version;
    bool no_answer; /* Produce with acks=0: done when it has been handed over whole */
    void *in;       /* struct kw_x_request, initialised; what it points at must live until kcall_send() */
    void *out;      /* in done(), when err is 0: struct kw_x_response; NULL without an answer */
    int err;        /* 0, -ECONNRESET: the connection broke, -ETIMEDOUT: no answer for long enough */
    uint64_t sent_ns, answered_ns;    /* first byte out; all of the answer in */
    struct mr_arena arena;            /* lives as long as the call */
    void (*done)(struct kcall *call); /* the call is freed afterwards */
    void *ctx;                        /* the owner's */
    /* private */
    int32_t correlation;
    uint8_t *frame;
    size_t frame_bytes, frame_sent;
    struct mr_list link;
};

/* KCLIENT_IDLE until retry -> CONNECT (op) -> TALK (send and recv) -> CLOSE (both ending) -> CLOSED (op) ->
 * IDLE or OVER */
enum kclient_state {
    KCLIENT_IDLE,
    KCLIENT_CONNECT,
    KCLIENT_TALK,
    KCLIENT_CLOSE,
    KCLIENT_CLOSED,
    KCLIENT_OVER,
};

struct kclient {
    struct khost *host;
    char address[32];
    uint16_t port;
    char name[32]; /* the client id */
    struct rng rng;
    uint64_t patience_ns; /* without an answer to the oldest call, nor a byte either way: hang up */
    uint64_t retry_ns;    /* between connections */
    void (*connected)(struct kclient *c); /* may be NULL */
    void (*broken)(struct kclient *c);    /* all calls of a connection that is over have ended; may be NULL */
    bool failing; /* they are being ended: not the time for others, which would overtake what must be repeated
                   */
    void *ctx;
    /* what happened */
    enum kclient_state state;
    bool wrong;
    char why[200];
    uint32_t connects, breaks;
    uint64_t answers, sent_bytes;
    /* private */
    int16_t versions[128]; /* drawn once per API: a client speaks one; -1: not drawn yet */
    bool stopping, reset_on_close, deaf;
    int break_err;
    uint64_t moved_ns;
    struct mr_op op, send, recv;
    struct mr_sock sock;
    struct mr_list calls; /* queued and in flight, in order */
    struct mr_timer timer;
    struct iovec iov[16];
    struct mr_scratch in;
    struct mr_list link;
};

void kclient_init(struct kclient *c, struct khost *h, const char *name, const char *address, uint16_t port);
/* Connect when there is something to say; idempotent. */
void kclient_kick(struct kclient *c);
/* Break the connection now, by a reset or an orderly end; calls end with err. */
void kclient_hang_up(struct kclient *c, int err, bool reset);
/* The same for good: afterwards the state is KCLIENT_OVER and nothing refers to c. Calls end with -ECANCELED.
 */
void kclient_stop(struct kclient *c);
static inline bool kclient_over(const struct kclient *c)
{
    return c->state == KCLIENT_OVER;
}
void kclient_done(struct kclient *c); /* KCLIENT_OVER */
/* Stop reading answers (the peer that never reads), or go on. */
void kclient_deaf(struct kclient *c, bool on);

/* The version of an API that this client speaks: drawn from [v_min, v_max], which are cut to what the codec
 * knows. */
int16_t kclient_version(struct kclient *c, int16_t key, int16_t v_min, int16_t v_max);

struct kcall *kcall_new(struct kclient *c, int16_t key, int16_t version, void (*done)(struct kcall *call),
                        void *ctx);
void kcall_send(struct kcall *call);
/* Send bytes instead that are no request of ours; there is no answer to wait for. Takes a copy. */
void kcall_send_raw(struct kclient *c, const void *bytes, size_t len, void (*done)(struct kcall *call),
                    void *ctx);

void khost_timer(struct khost *h, struct mr_timer *t, uint64_t after_ns);

#define kcall_new_array(call, type, count) arena_array(&(call)->arena, type, (count))

/* A topic as clients know it: its id is learned from Metadata or CreateTopics. */
struct ktopic {
    char name[64];
    struct mr_uuid id;
    int32_t partitions;
};

/* Requests that need no more than this; the answer is read by the owner. */
struct kcall *kcall_metadata(struct kclient *c, const struct ktopic *topics, int32_t count,
                             void (*done)(struct kcall *), void *ctx);
struct kconfig {
    const char *name, *value;
};
struct kcall *kcall_create_topic(struct kclient *c, const struct ktopic *topic, const struct kconfig *configs,
                                 int32_t config_count, void (*done)(struct kcall *), void *ctx);
struct kcall *kcall_delete_topic(struct kclient *c, const struct ktopic *topic, void (*done)(struct kcall *),
                                 void *ctx);
struct kcall *kcall_init_producer_id(struct kclient *c, void (*done)(struct kcall *), void *ctx);
/* One partition each time. timestamp: -1 latest, -2 earliest, -3 the greatest, else ms. */
struct kcall *kcall_list_offsets(struct kclient *c, const struct ktopic *topic, int32_t partition,
                                 int64_t timestamp, void (*done)(struct kcall *), void *ctx);

#endif
