/* net/req.h - one request, from its frame to its answer.
 *
 * A request belongs to the connection's shard (home). Handlers start there; what must run elsewhere goes with
 * req_fan() (net/fan.h). Responses leave in the order of the requests of a connection, work completes in any
 * order. */
#ifndef MR_REQ_H
#define MR_REQ_H

#include "core/arena.h"
#include "core/broker/broker.h"
#include "net/net.h"
#include "net/wire/header.h"
#include "net/wire/kw_error.h"

struct mr_conn;
struct mr_req;

struct mr_api {
    int16_t key;
    const char *name;
    int16_t v_min, v_max; /* what is served; Kafka 4.1's range */
    int16_t v_min_shown;  /* in ApiVersions; differs for Produce only (KAFKA-18659) */
    void (*start)(
        struct mr_req *req); /* on the home shard; ends in req_finish() or req_close(), now or later */
};

/* The only list of APIs: net/api/table.c. NULL: not served. */
const struct mr_api *mr_api_find(int16_t key);
const struct mr_api *mr_api_at(uint32_t i); /* by rising key; NULL past the last */

struct mr_req {
    struct mr_shard *shard; /* home */
    struct mr_conn *conn;
    const struct mr_api *api;
    struct kw_request_head head; /* client_id is a view into the frame */
    int16_t version;
    const void *in;        /* struct kw_x_request */
    void *out;             /* struct kw_x_response, initialised */
    struct mr_arena arena; /* of the home shard */
    uint64_t began_ns;
    size_t cost_bytes; /* of it in net->memory_bytes: */
    size_t held_bytes; /* the frame, when it was not copied, and */
    size_t part_bytes; /* the arenas of parts that came home, beside the arena */
    bool done, no_reply, close, unsupported_version;
    /* net/quota.h */
    bool settled;        /* its quotas were asked */
    bool timed;          /* thread_ns is measured */
    int64_t throttle_ms; /* of its client, > 0: over a quota. A handler may set it before req_finish(). */
    uint64_t thread_ns;
    size_t frame_bytes;      /* of the request, without its size */
    struct kw_writer writer; /* the encoded response */
    struct mr_list link;     /* in conn->requests, in order of arrival */
    /* Answer with what there is: the stop has begun, or nobody waits any more. May be NULL: soon done anyway.
     */
    void (*hurry)(struct mr_req *req);
    void (*release)(struct mr_req *req); /* after the response has left (or cannot any more); may be NULL */
    void *state;                         /* the handler's own */
};

/* The handler is done: encode req->out and send it when its turn comes. */
void req_finish(struct mr_req *req);
/* No answer: for acks=0. */
void req_finish_silently(struct mr_req *req);
/* Close the connection, as Kafka does on what it cannot parse; the reason is logged once. */
void req_close(struct mr_req *req, const char *reason);

/* Count again what the request holds: it has grown. */
void req_weigh(struct mr_req *req);

/* For handlers: the listener that the client used, whose advertised address it must be told. */
uint32_t req_listener(const struct mr_req *req);

#define req_new(req, type) arena_new(&(req)->arena, type)
#define req_array(req, type, count) arena_array(&(req)->arena, type, (count))

#endif
