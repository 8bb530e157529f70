/* net/conn.h - one client connection: frames in, responses out in order, bounded on both sides. */
#ifndef MR_CONN_H
#define MR_CONN_H

#include "net/req.h"

/* How much of a send has been taken shows only when it ends. A probe ends it, looks, and begins it anew; or
 * closes the connection. */
struct conn_probe {
    const char *why;      /* static; NULL: no probe */
    size_t bytes_min;     /* so many taken since the look before are a sign of life */
    uint64_t patience_ns; /* without one for so long, it is to be closed: */
    uint64_t
        *want; /* if there are any left of these bytes to be had, less what this one holds; NULL: anyway */
};

struct arrival_place;

struct mr_conn {
    struct net_shard *net;
    uint64_t id;
    struct mr_sock sock;
    uint32_t listener; /* index in config->listeners */
    char peer[64];
    struct arrival_place *place;              /* in the count of its address; NULL: none */
    char client_name[64], client_version[32]; /* KIP-511, from ApiVersions */

    /* In. */
    struct mr_op recv_op, cancel_op;
    bool receiving, muted, eof;
    struct mr_buf *frame; /* an incomplete frame, gathered */
    uint32_t frame_bytes; /* of the whole frame with its size; 0: the size is not known yet */
    uint32_t frame_got;
    uint8_t size_bytes[4];
    struct mr_buf *backlog; /* bytes that arrived while reading was to stop */
    size_t backlog_at, backlog_len;
    uint64_t mute_until_ns; /* not read before: its client is over a quota */
    struct mr_timer mute_timer;

    /* Out. */
    struct mr_list requests; /* in order of arrival */
    uint32_t request_count;
    struct mr_op send_op;
    struct iovec *iov; /* while sending */
    uint32_t iov_count, iov_at;
    uint32_t sending;         /* requests whose responses are in the list */
    uint64_t sent_ns;         /* when what is under way was sent off */
    uint64_t took_ns;         /* when its peer was last seen to take some */
    struct mr_list send_link; /* in net->sending */
    struct conn_probe probe;
    struct mr_work send_work;

    bool closing, closed;
    struct mr_op close_op;
    struct mr_list link;       /* in net->conns */
    struct mr_list stall_link; /* in net->stalled or net->chunkless */
    uint64_t active_ns;
};

enum {
    CONN_IOV_MAX = 512,
    CONN_PROBES = 4,
    CONN_FRAME_BYTES_FREE = 4096, /* of a frame that is arriving: so much has room in any case */
};

/* Takes the socket. NULL: out of memory (the caller closes it). */
struct mr_conn *conn_new(struct net_shard *net, struct mr_sock sock, uint32_t listener);
/* Close once nothing refers to it: what is in flight completes first. Harmless when closing already. */
void conn_close(struct mr_conn *c, const char *reason);
/* The stop has begun (net->stopping): nothing more is read, who may wait long is answered with what there is.
 */
void conn_quit(struct mr_conn *c);
/* The same for a peer that does not move, with a warning. Returns the bytes that will come back. */
uint64_t conn_close_slow(struct mr_conn *c, const char *why);
/* Look whether the peer of one with an answer under way takes it. To be called CONN_PROBES times in the
 * probe's patience. */
void conn_look(struct mr_conn *c, const struct conn_probe *probe);
/* Has it half a frame, and waits for its peer alone? */
bool conn_waits_for_frame(const struct mr_conn *c);
/* A response of this connection is complete, or gone. */
void conn_ready(struct mr_conn *c);
/* Do not read for so long: the client is over a quota (KIP-219). What has been read goes on. */
void conn_throttle(struct mr_conn *c, uint64_t ms);
/* Memory or slots are free again: go on reading. */
void conn_resume(struct mr_conn *c);

#endif
