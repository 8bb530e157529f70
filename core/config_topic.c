#include "core/config_topic.h"

#include <stdio.h>

enum field_kind { FIELD_I64, FIELD_I32, FIELD_DOUBLE, FIELD_BOOL, FIELD_CLEANUP, FIELD_WORD };

struct word {
    const char *text;
    int8_t value;
};

struct field {
    const char *key;
    size_t at;
    enum field_kind kind;
    const struct word *words; /* FIELD_WORD, ends with a NULL text */
};

static const struct word compressions[] = {{"producer", TOPIC_COMPRESSION_PRODUCER},
                                           {"uncompressed", TOPIC_COMPRESSION_NONE},
                                           {"gzip", TOPIC_COMPRESSION_GZIP},
                                           {"snappy", TOPIC_COMPRESSION_SNAPPY},
                                           {"lz4", TOPIC_COMPRESSION_LZ4},
                                           {"zstd", TOPIC_COMPRESSION_ZSTD},
                                           {NULL, 0}};
static const struct word timestamps[] = {{"CreateTime", TOPIC_CREATE_TIME},
                                         {"LogAppendTime", TOPIC_LOG_APPEND_TIME},
                                         {NULL, 0}};
static const struct word durabilities[] = {{"flush", TOPIC_DURABILITY_FLUSH},
                                           {"write", TOPIC_DURABILITY_WRITE},
                                           {NULL, 0}};

#define FIELD(key, field, kind)                                                                              \
    {                                                                                                        \
        (key), offsetof(struct topic_config, field), (kind), NULL                                            \
    }
#define WORDS(key, field, words)                                                                             \
    {                                                                                                        \
        (key), offsetof(struct topic_config, field), FIELD_WORD, (words)                                     \
    }

static const struct field fields[] = {
    FIELD("cleanup.policy", cleanup, FIELD_CLEANUP),
    FIELD("compression.gzip.level", compression_gzip_level, FIELD_I32),
    FIELD("compression.lz4.level", compression_lz4_level, FIELD_I32),
    WORDS("compression.type", compression, compressions),
    FIELD("compression.zstd.level", compression_zstd_level, FIELD_I32),
    FIELD("delete.retention.ms", delete_retention_ms, FIELD_I64),
    FIELD("file.delete.delay.ms", file_delete_delay_ms, FIELD_I64),
    FIELD("flush.messages", flush_messages, FIELD_I64),
    FIELD("flush.ms", flush_ms, FIELD_I64),
    FIELD("index.interval.bytes", index_interval_bytes, FIELD_I32),
    FIELD("max.compaction.lag.ms", max_compaction_lag_ms, FIELD_I64),
    FIELD("max.message.bytes", max_message_bytes, FIELD_I32),
    FIELD("message.timestamp.after.max.ms", timestamp_after_max_ms, FIELD_I64),
    FIELD("message.timestamp.before.max.ms", timestamp_before_max_ms, FIELD_I64),
    WORDS("message.timestamp.type", timestamp, timestamps),
    WORDS("millrace.durability", durability, durabilities),
    FIELD("min.cleanable.dirty.ratio", min_cleanable_dirty_ratio, FIELD_DOUBLE),
    FIELD("min.compaction.lag.ms", min_compaction_lag_ms, FIELD_I64),
    FIELD("min.insync.replicas", min_insync_replicas, FIELD_I32),
    FIELD("preallocate", preallocate, FIELD_BOOL),
    FIELD("retention.bytes", retention_bytes, FIELD_I64),
    FIELD("retention.ms", retention_ms, FIELD_I64),
    FIELD("segment.bytes", segment_bytes, FIELD_I32),
    FIELD("segment.index.bytes", segment_index_bytes, FIELD_I32),
    FIELD("segment.jitter.ms", segment_jitter_ms, FIELD_I64),
    FIELD("segment.ms", segment_ms, FIELD_I64),
    FIELD("unclean.leader.election.enable", unclean_leader_election, FIELD_BOOL),
    FIELD("internal.segment.bytes", segment_bytes, FIELD_I32), /* last: it wins over segment.bytes */
};

static uint8_t cleanup_bits(struct mr_str raw)
{
    uint8_t bits = 0;
    struct mr_str item;
    struct config_list list = config_list_of(raw);
    while (config_list_next(&list, &item))
        bits |= mr_str_is(item, "delete") ? TOPIC_CLEANUP_DELETE : TOPIC_CLEANUP_COMPACT;
    return bits;
}

/* raw has passed config_value_check(). */
static void store(struct topic_config *t, const struct field *f, const char *raw)
{
    char *at = (char *)t + f->at;
    struct mr_str text = config_trim(mr_str_of(raw));
    int64_t n = 0;
    double d = 0;
    bool flag = false;
    switch (f->kind) {
    case FIELD_I64:
        config_parse_long(text, &n);
        memcpy(at, &n, sizeof(n));
        return;
    case FIELD_I32:
        config_parse_long(text, &n);
        memcpy(at, &(int32_t){(int32_t)n}, sizeof(int32_t));
        return;
    case FIELD_DOUBLE:
        config_parse_double(text, &d);
        memcpy(at, &d, sizeof(d));
        return;
    case FIELD_BOOL:
        config_parse_bool(text, &flag);
        memcpy(at, &flag, sizeof(flag));
        return;
    case FIELD_CLEANUP:
        *(uint8_t *)at = cleanup_bits(text);
        return;
    case FIELD_WORD:
        for (const struct word *w = f->words; w->text != NULL; w++) {
            if (mr_str_is(text, w->text))
                *(int8_t *)at = w->value;
        }
        return;
    }
}

const char *topic_config_default(const struct config_view *v, const char *topic_key,
                                 char dst[TOPIC_DEFAULT_BYTES])
{
    const struct config_key *key = config_key_find(&config_table_topic, mr_str_of(topic_key));
    MR_ASSERT(key != NULL);
    const struct config_link *link = config_link_of(topic_key);
    for (unsigned i = 0; link != NULL && i < CONFIG_SYNONYMS_MAX && link->broker[i].name != NULL; i++) {
        const char *raw = config_raw(v, link->broker[i].name, NULL);
        if (raw == NULL)
            continue;
        int64_t n;
        bool retention = strcmp(topic_key, "retention.ms") == 0;
        if ((link->broker[i].factor == 1 && !retention) || !config_parse_long(mr_str_of(raw), &n))
            return raw;
        if (__builtin_mul_overflow(n, link->broker[i].factor, &n))
            n = n < 0 ? -1 : INT64_MAX;
        if (retention && n < 0)
            n = -1; /* every negative retention means no limit */
        snprintf(dst, TOPIC_DEFAULT_BYTES, "%lld", (long long)n);
        return dst;
    }
    return config_key_default(key);
}

void topic_config_base(const struct config_view *v, struct topic_config *ret)
{
    *ret = (struct topic_config){0};
    for (size_t i = 0; i < MR_COUNT(fields); i++) {
        char text[TOPIC_DEFAULT_BYTES];
        const char *raw = topic_config_default(v, fields[i].key, text);
        if (raw != NULL)
            store(ret, &fields[i], raw);
    }
}

void topic_config_make(const struct topic_config *base, const struct config_map *overrides,
                       struct topic_config *ret)
{
    *ret = *base;
    if (overrides == NULL || overrides->count == 0)
        return;
    for (size_t i = 0; i < MR_COUNT(fields); i++) {
        char why[CONFIG_WHY_BYTES];
        const char *raw = config_map_get(overrides, fields[i].key);
        if (raw == NULL)
            continue;
        const struct config_key *key = config_key_find(&config_table_topic, mr_str_of(fields[i].key));
        if (config_value_check(key, mr_str_of(raw), why, sizeof(why)) == 0)
            store(ret, &fields[i], raw);
    }
}
