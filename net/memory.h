/* net/memory.h - the memory of a shard's network side: counted where it lies, and what happens when it is
 * used up.
 *
 * Two sums, with bounds of a quarter and an eighth of millrace.memory.bytes (all shards together):
 *  - memory_bytes: of this shard's connections: frames that are still arriving, requests, answers until they
 *    have been taken.
 *  - read_bytes: what fetches read into memory of their own on this shard, whoever's connection they came
 *    from: from files that nobody shares (storage/cold.h), or copied because readers hold enough of the tail
 * (storage/journal.h). Who finds no room waits, first come first served. While there is none, those who hold
 * it and whose peer has not moved for slow_ns_max are closed, slowest first, so that nobody waits for them
 * for ever. */
#ifndef MR_NET_MEMORY_H
#define MR_NET_MEMORY_H

#include "net/net.h"

/* Both halves of a shard's memory; net_start() and net_stop(). */
int net_memory_new(struct net_shard *n); /* 0 or -ENOMEM */
void net_memory_done(struct net_shard *n);
/* Other shards have nothing of ours in hand any more: net_memory_done() may follow. */
bool net_memory_quiet(const struct net_shard *n);

/* ---- connections ---- */

void net_charge(struct net_shard *n, uint64_t bytes);
void net_release(struct net_shard *n, uint64_t bytes);
static inline bool net_memory_full(const struct net_shard *n)
{
    return n->memory_bytes >= n->limits.memory_bytes_max;
}

/* A frame of c wants that much more memory. False: there is none; c is to be muted, and is resumed in its
 * turn. One frame at a time may pass the bound, so that some frame always gets whole; net_frame_end() when it
 * is, or when c goes. */
bool net_frame_may_grow(struct net_shard *n, struct mr_conn *c, uint64_t bytes);
void net_frame_end(struct net_shard *n, struct mr_conn *c);

/* c waits for memory; or for a receive chunk: those are with requests, and come back with them. */
void net_wait_memory(struct net_shard *n, struct mr_conn *c);
void net_wait_chunk(struct net_shard *n, struct mr_conn *c);
/* A request has gone, and its receive chunk with it. */
void net_chunk_back(struct net_shard *n);

/* ---- reads; n: of the shard where the log is. NULL, when it does not serve any more: no bound. ---- */

/* How much one read may take for itself now: a quarter of what is left, so that one alone does not use it up.
 * 0: nothing is left, or others wait and this one has not waited yet. A read's first batch may pass it. */
uint32_t net_read_grant(struct net_shard *n, bool waited);
void net_read_charge(struct net_shard *n, uint64_t bytes);
void net_read_release(struct net_shard *n, uint64_t bytes);
/* w runs when there is room, and is first in line then. list_remove() ends the wait. */
void net_read_wait(struct net_shard *n, struct mr_work *w);

#endif
