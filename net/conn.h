/* net/conn.h - one client connection: frames in, responses out in order, bounded on both sides. */
#ifndef MR_CONN_H
#define MR_CONN_H

#include "net/req.h"

struct mr_conn {
    struct net_shard *net;
    uint64_t id;
    struct mr_sock sock;
    uint32_t listener; /* index in config->listeners */
    char peer[64];
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
    uint64_t mute_until_ns; /* quotas: not before */

    /* Out. */
    struct mr_list requests; /* in order of arrival */
    uint32_t request_count;
    struct mr_op send_op;
    struct iovec *iov; /* [CONN_IOV_MAX], while sending */
    uint32_t iov_count, iov_at;
    uint32_t sending; /* requests whose responses are in the list */
    struct mr_work send_work;

    bool closing, closed;
    struct mr_op close_op;
    struct mr_list link;       /* in net->conns */
    struct mr_list stall_link; /* in net->stalled */
    uint64_t active_ns;
};

enum { CONN_IOV_MAX = 512 };

/* Takes the socket. NULL: out of memory (the caller closes it). */
struct mr_conn *conn_new(struct net_shard *net, struct mr_sock sock, uint32_t listener);
/* Close once nothing refers to it: what is in flight completes first. Harmless when closing already. */
void conn_close(struct mr_conn *c, const char *reason);
/* A response of this connection is complete, or gone. */
void conn_ready(struct mr_conn *c);
/* Memory or slots are free again: go on reading. */
void conn_resume(struct mr_conn *c);

#endif
