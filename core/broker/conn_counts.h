/* core/broker/conn_counts.h - how many connections each address has, for the whole broker.
 *
 * Connections of one address lie on several shards, so they are counted in one place, shard 0, as quotas are
 * (core/broker/quota_accounts.h). They are counted whether there is a limit or not: a limit that is set later
 * knows who is there. Source: max.connections.per.ip, max.connections.per.ip.overrides.
 *
 * There are no more addresses than connections, and those are bounded. */
#ifndef MR_CONN_COUNTS_H
#define MR_CONN_COUNTS_H

#include "core/broker/broker.h"
#include "core/broker/image_quotas.h"

/* One connection's place in the count. It belongs to the connection's shard, and is on its way to shard 0 and
 * back between a call and its done(), which may come within the call on shard 0. */
struct conn_place {
    char ip[QUOTA_IP_BYTES]; /* as quota_ip_text() writes it */
    uint32_t most;           /* that the address may have; UINT32_MAX: any number */
    bool refused;            /* out of conn_count_in(): that would be one too many, and is not counted */
    void (*done)(struct conn_place *p);
    /* private */
    struct mr_msg msg;
    struct mr_shard *from;
};
void conn_count_in(struct mr_shard *from, struct conn_place *p);
void conn_count_out(struct mr_shard *from, struct conn_place *p); /* of one that was not refused */

/* How many connections this address may have by the broker's settings of now. */
uint32_t conn_count_most(const struct config_view *v, const char *ip);

/* Shard 0's own. NULL: out of memory. */
struct conn_counts;
struct conn_counts *conn_counts_new(void);
void conn_counts_free(struct conn_counts *c);

/* At once, for shard 0 itself. Out of memory nobody is refused. */
bool conn_counts_in(struct conn_counts *c, const char *ip, uint32_t most);
void conn_counts_out(struct conn_counts *c, const char *ip);
uint32_t conn_counts_of(const struct conn_counts *c, const char *ip);

#endif
