/* core/config_topic.h - a topic's settings as the broker uses them: typed, from the topic's overrides over
 * the broker's configuration. */
#ifndef MR_CONFIG_TOPIC_H
#define MR_CONFIG_TOPIC_H

#include "core/config.h"

enum topic_cleanup { TOPIC_CLEANUP_DELETE = 1, TOPIC_CLEANUP_COMPACT = 2 }; /* bits; none: keep everything */
enum topic_timestamp { TOPIC_CREATE_TIME = 0, TOPIC_LOG_APPEND_TIME = 1 };  /* as in a batch's attributes */
enum topic_durability { TOPIC_DURABILITY_FLUSH, TOPIC_DURABILITY_WRITE };
enum topic_compression {                                  /* a batch's codec numbers */
                         TOPIC_COMPRESSION_PRODUCER = -1, /* batches stay as they came */
                         TOPIC_COMPRESSION_NONE = 0,
                         TOPIC_COMPRESSION_GZIP = 1,
                         TOPIC_COMPRESSION_SNAPPY = 2,
                         TOPIC_COMPRESSION_LZ4 = 3,
                         TOPIC_COMPRESSION_ZSTD = 4,
};

struct topic_config {
    int64_t retention_ms;    /* -1: for ever */
    int64_t retention_bytes; /* per partition; below 0: no limit */
    int64_t segment_ms;
    int64_t segment_jitter_ms;
    int64_t delete_retention_ms; /* how long a tombstone stays in a compacted log */
    int64_t file_delete_delay_ms;
    int64_t min_compaction_lag_ms;
    int64_t max_compaction_lag_ms;
    int64_t timestamp_before_max_ms;
    int64_t timestamp_after_max_ms;
    int64_t flush_messages; /* shown to clients; what is acknowledged is flushed anyway */
    int64_t flush_ms;
    int32_t segment_bytes; /* internal.segment.bytes goes before segment.bytes */
    int32_t segment_index_bytes;
    int32_t index_interval_bytes;
    int32_t max_message_bytes; /* of one batch */
    int32_t min_insync_replicas;
    int32_t compression_gzip_level; /* -1: the library's own choice */
    int32_t compression_lz4_level;
    int32_t compression_zstd_level;
    double min_cleanable_dirty_ratio; /* 0..1 */
    uint8_t cleanup;                  /* bits of enum topic_cleanup */
    int8_t compression;               /* enum topic_compression */
    uint8_t timestamp;                /* enum topic_timestamp */
    uint8_t durability;               /* enum topic_durability */
    bool preallocate;
    bool unclean_leader_election;
};

/* The settings of a topic without overrides. Some tens of microseconds: make it once per change of the
 * broker's configuration and derive the topics from it. */
void topic_config_base(const struct config_view *v, struct topic_config *ret);

/* base with a topic's overrides (NULL: none) on top. An override that does not fit its key (written by
 * another broker version) is passed over. */
void topic_config_make(const struct topic_config *base, const struct config_map *overrides,
                       struct topic_config *ret);

/* The default of one topic key in this broker, as text in the topic key's unit: from the first broker key of
 * its link that has a value, else the key's own. NULL: it has none. The text is in dst or lives as long as
 * the view's maps. */
enum { TOPIC_DEFAULT_BYTES = 32 };
const char *topic_config_default(const struct config_view *v, const char *topic_key,
                                 char dst[TOPIC_DEFAULT_BYTES]);

#endif
