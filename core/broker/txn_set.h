/* core/broker/txn_set.h - the partitions of a transaction, by topic, in the order in which topics came. */
#ifndef MR_TXN_SET_H
#define MR_TXN_SET_H

#include "core/base.h"
#include "core/map.h"

struct txn_topic {
    struct mr_str name;       /* text behind this struct */
    struct mr_map partitions; /* number -> number + 1, as a pointer */
};

struct txn_set {
    struct mr_smap topics; /* name -> txn_topic */
    uint32_t count;        /* partitions */
    uint64_t bytes;        /* about what it holds */
};

void txn_set_init(struct txn_set *s);
void txn_set_done(struct txn_set *s); /* may be used again */

/* Harmless when it is there. -ENOMEM: nothing changed, but the topic may be there without a partition. */
int txn_set_add(struct txn_set *s, struct mr_str topic, int32_t partition);
int txn_set_copy(struct txn_set *dst, const struct txn_set *src); /* into an empty one; -ENOMEM */
bool txn_set_has(const struct txn_set *s, struct mr_str topic, int32_t partition);
bool txn_set_remove(struct txn_set *s, struct mr_str topic, int32_t partition); /* false: it was not there */

/* `uint32_t at = 0; while ((topic = txn_set_next(s, &at)) != NULL)`, and within it the same with
 * txn_topic_next(), -1: no more. Partitions may be removed meanwhile; a topic stays when its last one goes.
 */
const struct txn_topic *txn_set_next(const struct txn_set *s, uint32_t *at);
int32_t txn_topic_next(const struct txn_topic *topic, uint32_t *at);

#endif
