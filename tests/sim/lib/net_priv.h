/* tests/sim/lib/net_priv.h - simulated TCP: a connection has two ends, and each end has the stream that comes
 * to it.
 *
 * Sending copies bytes into the receiver's ring (as many as the window has room for) and schedules segments,
 * each of which makes some of these bytes readable when it arrives. Segments of one direction arrive in
 * order. A segment that meets a partition or a dead machine is held and tried again after healing, or until
 * the sender gives up. */
#ifndef SIM_NET_PRIV_H
#define SIM_NET_PRIV_H

#include "tests/sim/lib/sim_priv.h"

enum { SEND_FRAGMENTS_MAX = 64, IOV_MAX_COUNT = 1024 };

enum seg_kind {
    SEG_DATA,
    SEG_FIN,
    SEG_RST,
    SEG_WINDOW, /* the receiver has read: the sender may go on */
};

struct seg {
    struct sim_event ev; /* first */
    struct mr_list link; /* conn.segs, or end.held while it waits for healing */
    struct conn *c;
    uint8_t to; /* the side it goes to */
    enum seg_kind kind;
    uint64_t bytes;
};

/* Positions count bytes since the start: head <= arrived <= tail <= credit + window. */
struct stream {
    uint8_t *ring; /* window_bytes, from the first byte sent */
    uint64_t head, arrived, tail;
    uint64_t credit;  /* head as the sender knows it */
    uint64_t last_ns; /* arrival of the last segment */
    bool window_on_the_way;
    bool fin_sent, fin_arrived;
    struct mr_list held; /* seg, in order */
};

struct end {
    struct conn *c;
    uint8_t side;
    struct sim_node *node;
    struct sock *sock;         /* NULL: in a backlog, connecting, or closed */
    struct listener *listener; /* in its backlog */
    struct mr_list backlog_link;
    uint16_t port;
    bool closed;
    bool shut;           /* io_shutdown() */
    bool send_shut;      /* or only this direction */
    bool reset_on_close; /* SO_LINGER 0 */
    int err;             /* what became of the connection */
    bool err_told;
    struct sim_op *recv, *send; /* armed */
    struct stream in;
    struct sim_event giving_up; /* of what this end sent */
};

struct conn {
    struct world *w;
    struct mr_list link; /* world.conns */
    struct end end[2];   /* 0: who connected */
    struct mr_list segs;
    bool reset; /* data and ends on the way are lost */
};

struct listener {
    struct mr_list link; /* sim_node.listeners */
    struct sim_node *node;
    struct sock *sock;
    uint16_t port;
    bool local_only;
    struct mr_list backlog; /* end */
    uint32_t backlog_count;
    struct sim_op *accept; /* armed */
};

struct sock {
    struct mr_io *io;
    uint32_t refs; /* the handle and operations */
    uint32_t ops;  /* whose final completion was not delivered */
    int32_t handle;
    struct end *end;           /* or */
    struct listener *listener; /* one of both until it is closed */
};

/* ---- net.c: names, links, partitions ---- */
struct sim_node *net_find(struct sim_node *from, const char *host); /* NULL: no such name */
bool net_is_loopback_name(const char *host);
bool net_blocked(const struct sim_node *from, const struct sim_node *to);
uint64_t net_delay_ns(struct world *w, const struct sim_node *a, const struct sim_node *b);
struct listener *net_listener(struct sim_node *from, struct sim_node *to,
                              uint16_t port); /* by seeded choice */
bool net_port_taken(const struct sim_node *n, uint16_t port);

/* ---- conn.c ---- */
struct conn *net_conn_new(struct world *w, struct sim_node *from, struct sim_node *to, uint16_t port);
void conn_free(struct conn *c);
void conn_release_held(struct conn *c, uint8_t to); /* the way is open again */
void conn_reset(struct conn *c);
static inline struct end *end_peer(struct end *e)
{
    return &e->c->end[1 - e->side];
}
void end_pump_send(struct end *e);
void end_pump_recv(struct end *e);
void end_close(struct end *e);              /* as close(2); the connection may be gone after this */
void end_vanish(struct end *e, bool power); /* nobody is told */
void end_shutdown(struct end *e, bool both);

/* ---- sock.c ---- */
void sock_op_end(struct sim_op *s, int64_t result); /* also disarms it */
void listener_pump(struct listener *l);

#endif
