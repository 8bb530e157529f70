/* storage/format.h - millrace's own files. They stand byte by byte in storage/README.md ("Formats"); here are
 * the names of their numbers. All integers are big endian, CRCs are CRC-32C. Everything else in a log
 * directory is Kafka's format. */
#ifndef MR_STORAGE_FORMAT_H
#define MR_STORAGE_FORMAT_H

#include "core/base.h"

enum {
    JBLOCK_MAGIC = 0x4d524a31,
    JBLOCK_FORMAT = 1,
    JBLOCK_HEAD = 64,
    JENTRY_HEAD = 8,
    CHECKPOINT_MAGIC = 0x4d524331,
    CHECKPOINT_FORMAT = 1,
    CHECKPOINT_HEAD = 112,
    CHECKPOINT_BODY_AT = 4096,
    SEGMENT_UNIT = 4096, /* segment files are written in whole multiples of this, each once */
};

enum jentry_type {
    JENTRY_APPEND = 1,
    JENTRY_OPEN = 2,
    JENTRY_LOG_START = 3,
    JENTRY_REMOVE = 4,
    JENTRY_TRUNCATE = 5,
    JENTRY_REPLACE = 9,
};

enum { JENTRY_ROLL = 1 }; /* APPEND: begins a segment; LOG_START: the log goes on in a new one */

/* No log gets there (a thousand million records a second would take 146 years), so whatever says so is
 * damaged; and what is added to an offset below it fits. */
#define OFFSET_MAX (INT64_MAX / 2)

/* The identity of a partition in every entry and record. */
enum { PART_KEY_BYTES = 20 };

struct part_key {
    struct mr_uuid topic;
    int32_t partition;
};

static inline bool part_key_eq(struct part_key a, struct part_key b)
{
    return a.partition == b.partition && mr_uuid_eq(a.topic, b.topic);
}

static inline void part_key_put(uint8_t *dst, struct part_key k)
{
    memcpy(dst, k.topic.bytes, 16);
    mr_put32(dst + 16, (uint32_t)k.partition);
}

static inline struct part_key part_key_get(const uint8_t *src)
{
    struct part_key k;
    memcpy(k.topic.bytes, src, 16);
    k.partition = (int32_t)mr_get32(src + 16);
    return k;
}

/* Topic ids are random, so any eight bytes of one are a hash already. */
static inline uint64_t part_key_hash(struct part_key k)
{
    uint64_t h;
    memcpy(&h, k.topic.bytes + 4, 8);
    return (h ^ ((uint64_t)(uint32_t)k.partition * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
}

#endif
