/* tests/sim/broker_witness.h - watches a broker's disk and network from outside: whatever leaves it was on
 * stable storage first.
 *
 * Records carry a mark and their number (tests/sim/broker_check.h). The witness sees them in what the broker
 * writes, knows from completed flushes when each is on stable storage, and looks into everything that the
 * broker hands to its sockets:
 *  - an acknowledgement, whatever acks asked for, names only records that were stable before it was sent;
 *  - no record is in a fetch's answer before it was stable, nor after a crash before somebody flushed what
 * was found. What is inside a compressed batch cannot be seen, and is left to the checker. */
#ifndef SIM_BROKER_WITNESS_H
#define SIM_BROKER_WITNESS_H

#include "tests/sim/broker_check.h"

enum { WITNESS_HOSTS_MAX = 4 };

struct witness {
    struct sim_node *broker;
    struct bcheck *check;
    struct seed_result *res;
    const struct khost *hosts[WITNESS_HOSTS_MAX];
    uint32_t host_count;
    struct mr_map ids;      /* record id -> enum stage */
    struct mr_smap files;   /* path -> witness_file */
    struct mr_list flights; /* writes and flushes under way */
    struct mr_map streams;  /* socket -> witness_stream */
    uint64_t completions;
    uint64_t acks_seen, records_seen; /* that were looked at */
};

void witness_init(struct witness *v, struct world *w, struct sim_node *broker, struct bcheck *check);
void witness_host(struct witness *v, const struct khost *host); /* hosts numbered from 0 on */
void witness_done(struct witness *v);

/* The broker's process has ended. power: what was written and survived it is stable. */
void witness_crash(struct witness *v, bool power);

#endif
