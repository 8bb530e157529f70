/* net/arrival.h - a connection that comes: may it, and when.
 *
 * RATE -> PLACE -> a connection, which keeps its place until it is gone. On the way it may be
 *   turned away after a pause   its address connects too often (connection_creation_rate, KIP-612)
 *   delayed                     all together connect too often (max.connection.creation.rate)
 *   turned away                 its address has too many (max.connections.per.ip and its overrides)
 * Rates and counts are the whole broker's and stand on shard 0. Who has no limit becomes a connection at once
 * and is counted meanwhile. Those on their way count as connections against max.connections. */
#ifndef MR_NET_ARRIVAL_H
#define MR_NET_ARRIVAL_H

#include "core/broker/conn_counts.h"
#include "net/conn.h"

/* A place in the count of its address, of a connection or of none any more. */
struct arrival_place {
    struct conn_place place;
    struct net_shard *n;
    struct arrival *waits; /* it is not let in before the answer; NULL: nobody waits */
    bool counted, gone;
};

void arrival_begin(struct net_shard *n, struct mr_sock sock, uint32_t listener);

/* The connection is gone, and gives up its place (NULL: it had none). */
void arrival_over(struct arrival_place *place);

/* At the stop: those that are held are closed at once; n->accepting and n->places tell what is left. */
void arrival_stop(struct net_shard *n);

#endif
