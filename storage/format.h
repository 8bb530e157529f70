/* storage/format.h - millrace's own files, byte by byte. Everything else in a log directory is Kafka's
 * format.
 *
 * All integers are big endian. CRCs are CRC-32C.
 *
 * `millrace-journal-SHARD-N`, N in [0, files): a ring. Logical file L lives in physical file L % files. A
 * file is a row of blocks from byte 0; a block starts on a multiple of the journal's unit and never spans
 * files.
 *
 * Block:  0 u32 magic "MRJ1"     4 u16 format (1)        6 u16 shard
 *         8 u64 generation      16 u64 sequence         24 u32 length, header and entries, without padding
 *        28 u32 crc of [0, length) with these 4 bytes 0  32 u32 crc of the block before
 *        36 u32 entries         40 u64 flushed sequence (0: unflushed)  48 u64 logical file    56 u64
 * reserved, 0 64 entries; zeros up to the next multiple of the unit Entry:  0 u8 type   1 u8 flags   2 u16 0
 * 4 u32 body bytes   8 body; zeros to a multiple of 8 Bodies begin with {16 topic id, i32 partition}: APPEND
 * 20 i32 leader epoch   24 batches as they are in the segment (base offset and epoch patched); flag 1: they
 * begin a new segment OPEN       20 the partition record, as in the checkpoint: the first touch since it was
 * clean on disk LOG_START  20 i64 log start offset REMOVE     20 topic name: whose directory is to go
 *   TRUNCATE   20 i64 new end offset
 *   REPLACE    segments have been compacted into one (storage/compact_swap.h): 20 i64 base of the first old
 * one and of the new one, 28 i64 base of the last old one, 36 u32 number of the cleaning, 40 u32 flags (1:
 * its index files are complete and flushed, 2: its .txnindex), 44 u64 bytes, 52 i64 first timestamp, 60 i64
 * greatest timestamp, 68 i64 its offset, 76 u64 0
 *
 * `millrace-journal-SHARD-kept`: whole blocks of the ring as they are there, in order of their sequences,
 * each on a multiple of 4096; then zeros (storage/journal_kept.c).
 *
 * `millrace-checkpoint-SHARD-K`, K in {0, 1}: the valid one with the higher counter counts.
 *         0 u32 magic "MRC1"   4 u16 format (1)   6 u16 shard   8 u64 counter   16 u64 generation
 *        24 u64 replay from this logical file   32 u64 at this byte of it   40 u64 and this sequence
 *        48 u64 of this generation or later     56 u32 crc of the block before it   60 u32 journal files
 *        64 u64 bytes of one journal file       72 u64 flushed sequence   80 u64 session of the directory
 *        88 u32 partitions   92 u32 unit        96 u64 body bytes   104 u32 crc of the body   108 u32 crc of
 * [0, 108) then padding to 4096, then the body: partition records, each {u32 bytes, record}. One with another
 * session than meta.properties is void: its place in the journal counts, its records do not. Partition
 * record: see storage/record.c. */
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
