/* core/broker/dirs.h - the log directories of a broker (log.dirs, KIP-112, KIP-858): which one a partition is
 * in, where a new one goes, and what happens when one of several fails.
 *
 * Each directory has a store on every shard. A partition is where the metadata say that its replica is; at
 * the start they are brought in line with where it was found. A directory that fails takes its own partitions
 * with it: they have no leader, and everything that asks for them gets KAFKA_STORAGE_ERROR until a start
 * finds the directory well again. The directory of the metadata is not one of several: without it there is no
 * broker. */
#ifndef MR_DIRS_H
#define MR_DIRS_H

#include "core/broker/broker.h"
#include "net/wire/kw_error.h"

/* A directory that partitions may be in: named by log.dirs and in order. */
static inline bool dir_online(const struct broker *b, uint32_t dir)
{
    return b->dirs[dir].dir != NULL && !atomic_load_explicit(&b->dirs[dir].failed, memory_order_relaxed);
}

/* The directory of that id, or -1: none of this start's, or one that had failed before it was read. */
int dirs_of_id(const struct broker *b, struct mr_uuid id);

/* Where the image has this partition: an index, also of a directory that has failed since; -1: in none of
 * this start's. */
int dirs_of(const struct broker *b, const struct image_partition *p);
bool dirs_offline(const struct broker *b, const struct image_partition *p);

/* The ids of those that partitions may be in and that work, for the registration: how many. */
int32_t dirs_ids(const struct broker *b, struct mr_uuid ret[BROKER_DIRS_MAX]);

/* What to answer when partition_find() has nothing on the shard that would own it: KW_KAFKA_STORAGE_ERROR
 * when the image knows it in a directory that is offline, else KW_UNKNOWN_TOPIC_OR_PARTITION. */
enum kw_error dirs_missing(const struct broker_shard *b, struct part_key key);

/* Where new partitions go, on shard 0, for the length of one command: to the directory with the most free
 * space for each partition that it would then have. */
struct dirs_placer {
    bool ready;
    uint64_t room[BROKER_DIRS_MAX];
    uint32_t count[BROKER_DIRS_MAX];
};
uint32_t dirs_place(struct dirs_placer *p, struct broker_shard *zero);

/* Start-up, shard 0, all stores open: where is partition i of t? An index; -1: in a directory that is
 * offline; -2: it is nowhere, and may be placed. -MR_E_STATE with a sentence in why: it is in two. */
int dirs_find(struct broker *b, const struct image_topic *t, int32_t i, int *ret, char *why,
              size_t why_bytes);

/* A store of directory dir has failed, on b's shard: the directory goes, on all shards. */
void dirs_failed(struct broker_shard *b, uint32_t dir);
/* For broker->news; mem_free() it behind the shards. NULL: out of memory. */
struct dir_news *dirs_news(uint32_t shards);

#endif
