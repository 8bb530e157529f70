/* core/broker/producer_ids.h - producer ids that nobody has, in blocks of 1,000 from the controller
 * (KIP-730).
 *
 * Each shard hands out its own block. What is left of it when the broker stops is never used. */
#ifndef MR_PRODUCER_IDS_H
#define MR_PRODUCER_IDS_H

#include "core/broker/broker.h"
#include "net/wire/kw_error.h"

/* The next id, which stays the next one until producer_ids_take(); -1: the shard has none at hand. */
int64_t producer_ids_peek(const struct broker_shard *b);
int64_t producer_ids_take(struct broker_shard *b); /* the same, used up */

/* Somebody who needs an id and found none. */
struct producer_ids_wait {
    void (*done)(struct producer_ids_wait *w, enum kw_error error); /* KW_NONE: look again */
    struct mr_list link;
};
/* A block is on its way; done() runs later. One block for all who wait. Whoever waits is not forgotten: the
 * controller answers every command. */
void producer_ids_want(struct broker_shard *b, struct producer_ids_wait *w);

struct producer_ids;                                                     /* of one shard */
int producer_ids_new(struct broker_shard *b, struct producer_ids **ret); /* -ENOMEM */
void producer_ids_free(struct producer_ids *p);

#endif
