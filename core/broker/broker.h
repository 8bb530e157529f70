/* core/broker/broker.h - a broker: what all its shards share read-only, and what each shard has of its own.
 */
#ifndef MR_BROKER_H
#define MR_BROKER_H

#include <stdatomic.h>

#include "core/broker/image.h"
#include "core/compress.h"
#include "core/config.h"
#include "core/config_topic.h"
#include "core/shard.h"
#include "storage/store.h"

struct controller;
struct coords;
struct producer_ids;
struct txn_ask;
struct broker_shard;
struct partition;
struct conn_counts;
struct quota_accounts;
struct cleaner;
struct retention;
struct recode;
struct scrub;

/* The offset of a topic's partition 0 on shards by its id, then round the shards: every shard gets its part
 * of a topic. */
static inline uint32_t placement_shard(struct part_key key, uint32_t shards)
{
    uint32_t h;
    memcpy(&h, key.topic.bytes, sizeof(h));
    return (h + (uint32_t)key.partition) % shards;
}

enum { BROKER_DIRS_MAX = 64 };

/* One entry of log.dirs (core/broker/dirs.h). */
struct broker_dir {
    const char *path;
    struct logdir *dir; /* NULL: it had failed before it could be read */
    struct mr_uuid id;
    atomic_bool failed;  /* since then */
    atomic_bool unclean; /* the next start recovers it as after a crash */
};

struct dir_news;

/* Written before the shards start, read by all afterwards. */
struct broker {
    const struct mr_config *config;
    int32_t node_id;
    char cluster_id[32];
    struct broker_dir dirs[BROKER_DIRS_MAX];
    uint32_t dir_count;
    uint32_t data_dirs;    /* of them: those behind are not for partitions */
    uint32_t metadata_dir; /* index */
    uint32_t shards;
    struct broker_shard **by_shard; /* [shards] */
    struct dir_news *news;          /* core/broker/dirs.c */
    struct mr_log *log;
    uint16_t *bound_ports; /* per config listener, once listening */
};

struct broker_shard {
    struct broker *broker;
    struct mr_shard *shard;
    struct store *stores[BROKER_DIRS_MAX]; /* by directory; NULL: it has failed */
    struct image *image;
    struct mr_smap partitions; /* part key bytes -> struct partition: those that live here */
    struct comp *comp;         /* codecs, and scratch for unpacking: used between waits only */
    struct mr_scratch scratch; /* what a batch unpacks to */
    struct mr_scratch shaped;  /* a batch as it will be stored */
    struct mr_scratch work;
    struct controller *controller;         /* shard 0 only */
    struct coords *coords;                 /* groups and transactions whose partitions live here */
    struct quota_accounts *quota_accounts; /* likewise */
    struct conn_counts *conn_counts;       /* shard 0 only */
    /* Effective values that requests need, recomputed when configs change. */
    struct topic_config topic_base; /* of a topic without overrides */
    struct broker_settings {
        int32_t message_bytes_max, fetch_bytes_max, num_partitions;
        int16_t replication_factor;
        bool auto_create, delete_topics;
        bool verify_txns; /* of clients of the first version of transactions */
        int64_t producer_expiration_ms;
        size_t unpack_inline_bytes; /* what a batch may unpack to without going through struct recode */
    } settings;
    /* The transaction coordinator's ear, from any shard (core/broker/txn_ask.h). NULL: there is none, and no
     * transactional batch is taken. */
    void (*txn_ask)(struct broker_shard *b, struct txn_ask *ask);
    void (*image_changed)(void *ctx,
                          const struct image_change *c); /* the net layer's interest; may be NULL */
    void *image_changed_ctx;
    uint32_t ending;                   /* deleted partitions whose files still have their names */
    struct mr_list gone_waiters;       /* of mr_work: see partition_when_gone() */
    struct retention *retention;       /* looks for what has expired */
    struct recode *recode;             /* batches that take long */
    struct scrub *scrub;               /* reads everything again, slowly */
    struct cleaner *cleaner;           /* and for what has to be compacted */
    struct producer_ids *producer_ids; /* those that this shard hands out */
};

static inline struct broker_shard *broker_of(struct mr_shard *s)
{
    return s->broker;
}

/* Effective topic configuration (dynamic layers included). */
void broker_topic_config(const struct broker_shard *b, const struct image_topic *topic,
                         struct topic_config *ret);
void broker_plog_config(const struct broker_shard *b, const struct image_topic *topic, int32_t partition,
                        struct plog_config *ret); /* the jitter is the partition's own */
struct config_view broker_config_view(const struct broker_shard *b);
void broker_settings_update(struct broker_shard *b);

#endif
