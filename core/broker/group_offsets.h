/* core/broker/group_offsets.h - the committed offsets of one group: what is committed, what open transactions
 * will commit, and what may be forgotten.
 *
 * Pure: no clock, no log, no requests. What a record of __consumer_offsets says is applied by
 * group_offsets_set() and _remove(), at loading and when one of our own is stable; which records to write is
 * for the callers, who ask group_offsets_get() and _due(). Partitions are found by name and number. Order
 * of everything: of first mention. Memory: about 120 bytes a partition, its metadata, 150 a topic; the owner
 * counts o->bytes. Source: KIP-98, KIP-211 (expiry), KIP-447 (unstable offsets). */
#ifndef MR_GROUP_OFFSETS_H
#define MR_GROUP_OFFSETS_H

#include "core/list.h"
#include "core/map.h"

struct group_offset {
    int64_t offset;
    int64_t commit_ms;     /* wall */
    int64_t expire_ms;     /* -1: none of its own; only what OffsetCommit v2-4 with a retention time wrote */
    int64_t record_offset; /* of the record that says so, in __consumer_offsets */
    int32_t leader_epoch;  /* -1: not known */
    struct mr_uuid topic_id; /* zero: not known */
    struct mr_str metadata;  /* never null; borrowed until the next change of this partition */
};

struct group_offsets {
    struct mr_smap topics;   /* name -> struct group_topic */
    struct mr_map producers; /* id -> struct group_txn: open transactions */
    uint64_t bytes;          /* beyond this struct */
    uint32_t count;          /* partitions with something committed */
    uint32_t gone;           /* partitions whose topic was deleted since */
};

void group_offsets_init(struct group_offsets *o);
void group_offsets_done(struct group_offsets *o);
/* Neither committed nor pending. */
bool group_offsets_empty(const struct group_offsets *o);

/* Committed by a record outside of a transaction (producer_id -1): replaces what was committed; or by one
 * inside: kept aside until the transaction ends. The metadata is copied. *ret_txn (may be NULL): the
 * producer's first one here, for group_offsets_end_txn() to be called. -ENOMEM. */
int group_offsets_set(struct group_offsets *o, struct mr_str topic, int32_t partition, int64_t producer_id,
                      const struct group_offset *value, bool *ret_txn);
/* A tombstone: what is committed and what is pending for the partition is forgotten. */
void group_offsets_remove(struct group_offsets *o, struct mr_str topic, int32_t partition);
/* The transaction of a producer ends. Commit: what it brought counts where no later record has been committed
 * meanwhile. Takes no memory: what is pending is moved. */
void group_offsets_end_txn(struct group_offsets *o, int64_t producer_id, bool commits);
bool group_offsets_has_txns(const struct group_offsets *o);

/* NULL: nothing is committed. */
const struct group_offset *group_offsets_get(const struct group_offsets *o, struct mr_str topic,
                                             int32_t partition);
/* An open transaction would change it: what is committed is not stable. */
bool group_offsets_pending(const struct group_offsets *o, struct mr_str topic, int32_t partition);

/* All partitions that have something committed or pending, topic by topic: zero-initialised *at, false at the
 * end. Not across changes. */
struct group_offsets_at {
    uint32_t topic, partition;
    const struct group_topic *in;
    /* out */
    struct mr_str name;
    int32_t index;
    const struct group_offset *committed; /* NULL: only pending */
    bool pending;
};
bool group_offsets_next(const struct group_offsets *o, struct group_offsets_at *at);
uint32_t group_offsets_topic_count(const struct group_offsets_at *at); /* partitions of the topic it is in */
/* Pending ones of all producers. */
struct group_offsets_pending_at {
    uint32_t producer;
    const void *in, *entry;
    /* out */
    int64_t producer_id;
    struct mr_str name;
    int32_t index;
    const struct group_offset *value;
};
bool group_offsets_next_pending(const struct group_offsets *o, struct group_offsets_pending_at *at);

/* What may expire, as the group's state says (KIP-211). */
struct group_expiry {
    enum group_expiry_rule {
        GROUP_EXPIRY_NEVER,
        GROUP_EXPIRY_SINCE_COMMIT, /* each its own commit: simple consumers; topics no longer subscribed */
        GROUP_EXPIRY_SINCE,        /* since_ms: all of a group that has been empty since */
    } rule;
    int64_t since_ms;
    /* Topics that members are subscribed to stay; NULL: none are. */
    bool (*subscribed)(const void *ctx, struct mr_str topic);
    const void *ctx;
    int64_t retention_ms;
    int64_t now_ms;
};
/* Calls expired() for at most max partitions that may go now (nothing is removed here); returns how many.
 * Those of topics that were deleted go first, whatever the rule. */
uint32_t group_offsets_due(const struct group_offsets *o, const struct group_expiry *how, uint32_t max,
                           void (*expired)(void *ctx, struct mr_str topic, int32_t partition), void *ctx);
/* The topic was deleted: what there is of its partitions may go from now on; what is committed later, for
 * another topic of this name, stays. False: nothing of it is here. */
bool group_offsets_topic_gone(struct group_offsets *o, struct mr_str topic);

#endif
