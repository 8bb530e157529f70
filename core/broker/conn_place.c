/* A connection's place in the count, from its shard. */
#include "core/broker/conn_counts.h"

static void answered(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    struct conn_place *p = MR_CONTAINER(msg, struct conn_place, msg);
    p->done(p);
}

static void in_at_zero(struct mr_shard *zero, struct mr_msg *msg)
{
    struct conn_place *p = MR_CONTAINER(msg, struct conn_place, msg);
    p->refused = !conn_counts_in(broker_of(zero)->conn_counts, p->ip, p->most);
    p->msg.run = answered;
    shard_send(zero, p->from->id, &p->msg);
}

static void out_at_zero(struct mr_shard *zero, struct mr_msg *msg)
{
    struct conn_place *p = MR_CONTAINER(msg, struct conn_place, msg);
    conn_counts_out(broker_of(zero)->conn_counts, p->ip);
    p->msg.run = answered;
    shard_send(zero, p->from->id, &p->msg);
}

void conn_count_in(struct mr_shard *from, struct conn_place *p)
{
    p->from = from;
    if (from->id == 0) {
        p->refused = !conn_counts_in(broker_of(from)->conn_counts, p->ip, p->most);
        p->done(p);
        return;
    }
    p->msg.run = in_at_zero;
    shard_send(from, 0, &p->msg);
}

void conn_count_out(struct mr_shard *from, struct conn_place *p)
{
    if (from->id == 0) {
        conn_counts_out(broker_of(from)->conn_counts, p->ip);
        p->done(p);
        return;
    }
    p->msg.run = out_at_zero;
    shard_send(from, 0, &p->msg);
}
