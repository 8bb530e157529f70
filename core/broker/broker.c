#include "core/broker/broker.h"

struct config_view broker_config_view(const struct broker_shard *b)
{
    return (struct config_view){
        .config = b->broker->config,
        .broker = b->image != NULL ? &b->image->broker_configs : NULL,
        .cluster = b->image != NULL ? &b->image->cluster_configs : NULL,
    };
}

void broker_settings_update(struct broker_shard *b)
{
    struct config_view v = broker_config_view(b);
    topic_config_base(&v, &b->topic_base);
    b->settings = (struct broker_settings){
        .verify_txns = config_bool(&v, "transaction.partition.verification.enable"),
        .message_bytes_max = (int32_t)config_int(&v, "message.max.bytes"),
        .fetch_bytes_max = (int32_t)config_int(&v, "fetch.max.bytes"),
        .num_partitions = (int32_t)config_int(&v, "num.partitions"),
        .replication_factor = (int16_t)config_int(&v, "default.replication.factor"),
        .auto_create = config_bool(&v, "auto.create.topics.enable"),
        .delete_topics = config_bool(&v, "delete.topic.enable"),
        .producer_expiration_ms = config_int(&v, "producer.id.expiration.ms"),
        .unpack_inline_bytes = (size_t)config_int(&v, "millrace.unpack.inline.bytes"),
    };
}

void broker_topic_config(const struct broker_shard *b, const struct image_topic *topic,
                         struct topic_config *ret)
{
    topic_config_make(&b->topic_base, topic != NULL ? &topic->configs : NULL, ret);
}

/* Where in [0, max) a partition's segments roll early: the same at every start, spread over the partitions.
 */
static int64_t jitter_of(struct part_key key, int64_t max)
{
    return max > 0 ? (int64_t)(mr_hash_u64(part_key_hash(key)) % (uint64_t)max) : 0;
}

void broker_plog_config(const struct broker_shard *b, const struct image_topic *topic, int32_t partition,
                        struct plog_config *ret)
{
    struct topic_config t;
    broker_topic_config(b, topic, &t);
    if ((t.cleanup & TOPIC_CLEANUP_COMPACT) != 0) /* or the newest records would never be old enough to see */
        t.segment_ms = mr_imin(t.segment_ms, t.max_compaction_lag_ms);
    struct part_key key = {.partition = partition};
    if (topic != NULL)
        key.topic = topic->id;
    *ret = (struct plog_config){
        .segment_bytes = (uint64_t)t.segment_bytes,
        .segment_ms = t.segment_ms,
        .segment_jitter_ms = jitter_of(key, mr_imin(t.segment_jitter_ms, t.segment_ms)),
        .index_interval_bytes = (uint32_t)t.index_interval_bytes,
        .index_bytes_max = (uint32_t)t.segment_index_bytes,
        .batch_bytes_max = (uint32_t)t.max_message_bytes,
        .file_delete_delay_ms = t.file_delete_delay_ms,
        .retention_ms = t.retention_ms,
        .retention_bytes = t.retention_bytes < 0 ? -1 : t.retention_bytes,
        .cleanup_delete = (t.cleanup & TOPIC_CLEANUP_DELETE) != 0,
        .cleanup_compact = (t.cleanup & TOPIC_CLEANUP_COMPACT) != 0,
    };
}
