/* core/broker/image.h - the cluster as the metadata log describes it: topics, partitions, configs, features,
 * brokers.
 *
 * Built by applying KRaft records in order and by nothing else, so it is the same whether they come from the
 * embedded controller or, later, from a quorum. Every shard has its own copy and applies the same batches
 * (core/broker/meta.h), so reading needs no lock and no reference. Pointers into an image live until its next
 * image_apply(). */
#ifndef MR_IMAGE_H
#define MR_IMAGE_H

#include "core/broker/image_quotas.h"
#include "core/broker/image_scram.h"
#include "core/config_map.h"
#include "core/map.h"
#include "core/scratch.h"
#include "storage/format.h"

/* Bounds against damage: a topic's greatest partition number, and what one KRaft transaction may hold. */
enum {
    TOPIC_NAME_MAX = 249,
    IMAGE_REPLICAS_MAX = 64,
    IMAGE_PARTITION_MAX = (1 << 20) - 1,
    IMAGE_TXN_BYTES_MAX = 256 << 20,
    IMAGE_RESOURCE_BYTES_MAX = 32767
};

struct image_partition {
    int32_t leader; /* node id, -1: none */
    int32_t leader_epoch;
    int32_t partition_epoch;
    int32_t *replicas; /* node ids; directories beside them */
    struct mr_uuid *directories;
    int32_t replica_count;
    int32_t *isr;
    int32_t isr_count;
    /* KIP-966, KIP-455: kept as the records say. */
    int32_t *elr, *last_known_elr, *adding, *removing;
    int32_t elr_count, last_known_elr_count, adding_count, removing_count;
    int8_t recovery_state;
};

struct image_topic {
    struct mr_uuid id;
    char *name; /* NUL-terminated */
    struct image_partition
        *partitions; /* dense: [0, partition_count); one without replicas is not there (yet) */
    int32_t partition_count;
    struct config_map configs; /* the overrides of the topic resource */
    bool internal;             /* __consumer_offsets, __transaction_state, __share_group_state */
    uint64_t version;          /* image->version at the last change of this topic or its configs */
};

struct image_endpoint {
    char *name, *host;
    uint16_t port;
    int16_t protocol; /* 0 PLAINTEXT, 1 SSL, 2 SASL_PLAINTEXT, 3 SASL_SSL */
};

struct image_broker {
    int32_t id;
    int64_t epoch;
    bool fenced;
    char *rack; /* NULL: none */
    struct image_endpoint *endpoints;
    uint32_t endpoint_count;
};

struct image_feature {
    char *name;
    int16_t level;
};

struct image {
    uint64_t version;                  /* counts applied batches */
    int64_t offset;                    /* of the last applied record; -1: none */
    int32_t epoch;                     /* controller epoch of the last applied batch */
    struct mr_smap topics;             /* name -> image_topic */
    struct mr_smap topics_by_id;       /* 16 bytes -> image_topic */
    struct mr_map brokers;             /* node id -> image_broker */
    struct config_map broker_configs;  /* of this broker's own resource */
    struct config_map cluster_configs; /* of the broker resource "" */
    struct mr_smap other_configs; /* further resources, "TYPE:NAME" -> config_map: groups, client metrics */
    struct image_quotas quotas;
    struct image_scram scram;
    struct image_feature *features;
    uint32_t feature_count;
    int64_t next_producer_id;
    int32_t node_id; /* whose image this is */
    int32_t partition_total;
    bool in_transaction;    /* KIP-868: records since BeginTransaction wait in held until EndTransaction */
    struct mr_scratch held; /* {u32 bytes, record} each */
};

int image_new(int32_t node_id, struct image **ret); /* -ENOMEM */
void image_free(struct image *img);

/* What one batch changed, for the shard that owns partitions: filled by image_apply(), pointers as the
 * image's. */
enum image_change_kind {
    IMAGE_TOPIC_ADDED,   /* its partitions are announced one by one behind it */
    IMAGE_TOPIC_REMOVED, /* removed: topic is the old one, gone after the callback */
    IMAGE_PARTITION_ADDED,
    IMAGE_PARTITION_CHANGED,
    IMAGE_TOPIC_CONFIG,
    IMAGE_BROKER_CONFIG, /* of this broker or of all: everything may be in force differently */
};
struct image_change {
    enum image_change_kind kind;
    struct image_topic *topic;
    int32_t partition;
};

/* Apply the records of one batch of the metadata log (uncompressed payload walked with net/wire/records.h;
 * control batches change nothing but offset and epoch). changed() is called for each change once the whole
 * batch is applied, removals before the memory goes. 0, -MR_E_CORRUPT, -MR_E_VERSION (an unknown record:
 * never skipped), -ENOMEM; after an error the image is unusable. */
int image_apply(struct image *img, struct mr_slice batch,
                void (*changed)(void *ctx, const struct image_change *c), void *ctx);

struct image_topic *image_topic(const struct image *img, struct mr_str name); /* NULL: none */
struct image_topic *image_topic_by_id(const struct image *img, struct mr_uuid id);
int16_t image_feature_level(const struct image *img, const char *name); /* 0: off */

/* The settings of a resource that is neither topic nor broker of this node (groups, client metrics); NULL:
 * none. */
const struct config_map *image_configs(const struct image *img, int8_t type, struct mr_str name);

/* Which of them have settings, as "TYPE:NAME": uint32_t at = 0; while (image_next_configs(img, &at, &key)).
 */
bool image_next_configs(const struct image *img, uint32_t *at, struct mr_str *ret_key);

/* All topics, in order of creation: uint32_t at = 0; while ((t = image_next(img, &at)) != NULL). */
struct image_topic *image_next(const struct image *img, uint32_t *at);

#endif
