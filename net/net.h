/* net/net.h - the network side of one shard: its listeners, its connections, what they may use. See
 * net/README.md. */
#ifndef MR_NET_H
#define MR_NET_H

#include "core/broker/broker.h"

struct mr_req;
struct mr_conn;
struct net_hint;

struct net_limits {
    uint32_t frame_bytes_max;       /* socket.request.max.bytes */
    uint32_t requests_per_conn_max; /* in flight on one connection; more is not read */
    uint64_t memory_bytes_max;      /* of what this shard's connections hold; more is not read */
    uint64_t read_bytes_max;        /* of what fetches hold here: net/memory.h */
    uint64_t idle_ns_max;           /* connections.max.idle.ms */
    uint64_t slow_ns_max;           /* the same for those who hold memory while it is short */
    uint32_t conns_max;             /* of this shard: accepted and closed beyond it */
    double quota_windows_s;         /* what a client may fetch at once is its rate times this */
};

struct net_stats {
    uint64_t accepted, closed, refused, requests, bad_requests, stalls, slow, throttled;
};

struct net_shard {
    struct mr_shard *shard;
    struct broker_shard *broker;
    struct net_limits limits;
    struct mr_list conns;   /* of struct mr_conn, least recently active first */
    struct mr_list sending; /* of struct mr_conn, with an answer under way; who has not taken any of it for
                               longest first */
    uint32_t conn_count;
    uint32_t request_count; /* of all connections */
    uint64_t conn_ids;
    /* net/memory.h */
    uint64_t memory_bytes, read_bytes;
    struct mr_list stalled, chunkless; /* connections that wait: for memory, for a receive chunk */
    struct mr_list readers;            /* of struct mr_work: fetches that wait for memory */
    struct mr_conn *large;             /* its frame may pass the bound; NULL: nobody's does */
    struct mr_work wake;
    struct mr_timer short_timer; /* while memory is short */
    uint64_t slow_want;          /* bytes that slow readers are still to give back */
    struct net_hint *hints;      /* [shards] */
    uint32_t hints_out;
    struct listener *listeners; /* one per config listener */
    uint32_t listener_count;
    struct mr_timer idle_timer;
    bool stopping;
    /* net/quota.h */
    struct mr_req *slice_req; /* whose time is being measured */
    uint64_t slice_ns;        /* since then */
    /* net/arrival.h */
    struct mr_list accepting; /* connections that are not let in yet */
    uint32_t accepting_count;
    uint32_t places; /* in the counts of addresses: of connections, and of those that are gone and not counted
                        out yet */
    struct fetch_sessions *sessions;
    struct net_stats stats;
};

static inline struct net_shard *net_of(struct mr_shard *s)
{
    return s->net;
}

/* Before anything else, on shard 0: take the ports of all listeners for this broker alone, which settles port
 * 0 (broker->bound_ports). Who connects from now on waits. -EADDRINUSE (after some seconds of trying) and the
 * like, why names the listener; then there is nothing to stop. */
int net_bind(struct mr_shard *zero, struct broker *broker, char *why, size_t why_bytes);

/* Listen, beside shard 0, and serve. Errors as net_bind(); then what shard 0 has bound is gone, too. */
int net_start(struct broker_shard *b, struct net_shard **ret, char *why, size_t why_bytes);
/* An accepted socket becomes a connection, or is refused (NULL). */
struct mr_conn *net_admit(struct net_shard *n, struct mr_sock sock, uint32_t listener);
/* Stop accepting and reading, let what is in flight answer for at most grace_ms (turning the shard), close
 * all, free. Also after net_bind() alone. */
void net_stop(struct net_shard *n, uint32_t grace_ms);

#endif
