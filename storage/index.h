/* storage/index.h - the sparse offset and time index of one segment, in memory, and its form in Kafka's
 * files.
 *
 * An entry every index.interval.bytes of log: (last offset of a batch, position of that batch), and
 * (greatest timestamp so far, offset of its batch's last record). Derived from the log, never evidence:
 * whoever follows an entry checks the batch that it finds. Source: Kafka's OffsetIndex and TimeIndex file
 * formats. */
#ifndef MR_INDEX_H
#define MR_INDEX_H

#include "core/list.h"

struct offset_entry {
    uint32_t delta; /* offset - segment base */
    uint32_t pos;
};

struct time_entry {
    int64_t timestamp;
    uint32_t delta;
};

/* Indexes of closed segments that are in memory, least recently used first, and their bytes. */
struct index_cache {
    struct mr_list lru;
    uint64_t bytes;
    uint64_t bytes_max;
};

struct seg_index {
    struct offset_entry *offsets;
    struct time_entry *times;
    uint32_t offset_count, offset_cap, time_count, time_cap;
    uint32_t scanned;      /* it reflects bytes [0, scanned) of the segment, */
    uint32_t next_delta;   /* and offsets below base + it */
    uint32_t max_ts_delta; /* of the batch with the greatest timestamp of those bytes; */
    int64_t max_ts;        /* -1: none */
    uint32_t since_entry;  /* bytes of log since the last offset entry */
    bool loaded;           /* from files: what it says of the log is to be checked */
    bool stuck;            /* built as far as the log can be read */
    struct mr_list lru;
    struct index_cache *cache; /* NULL: not in one */
    uint64_t cached_bytes;
};

struct plog;

/* Somebody who waits for an index: storage/index_load.h. */
struct index_want {
    struct mr_list link;
    struct plog *log;
    uint32_t seg;
    bool times;     /* the greatest timestamp and the time index; else the offset index up to */
    uint32_t delta; /* this offset, counted from the segment's base */
    void (*done)(struct index_want *w);
};

void index_init(struct seg_index *ix);
void index_done(struct seg_index *ix); /* empty, and in no cache */
uint64_t index_bytes(const struct seg_index *ix);
static inline bool index_empty(const struct seg_index *ix)
{
    return ix->offset_cap == 0 && ix->time_cap == 0 && ix->scanned == 0;
}

/* A batch of bytes at pos was appended: add entries when due. max_ts, max_ts_delta: of the segment so far,
 * this batch included. -ENOMEM: entries may be missing, which only makes look-ups slower. */
int index_add(struct seg_index *ix, uint32_t interval_bytes, uint32_t last_delta, uint32_t pos,
              uint32_t bytes, int64_t max_ts, uint32_t max_ts_delta);
/* The last time entry of a segment that is closed: its greatest timestamp (Kafka writes it on roll). */
int index_close(struct seg_index *ix, int64_t max_ts, uint32_t max_ts_delta);

/* A position at or before the batch that contains delta. */
uint32_t index_pos(const struct seg_index *ix, uint32_t delta);
/* A delta from which on to look for the first record with timestamp >= ts. */
uint32_t index_time_delta(const struct seg_index *ix, int64_t ts);
/* Forget entries at or beyond pos (truncation). */
void index_cut(struct seg_index *ix, uint32_t delta);

/* The entry that index_pos() would follow for delta, and the one of index_time_delta() for ts; NULL: none. */
const struct offset_entry *index_offset_entry(const struct seg_index *ix, uint32_t delta);
const struct time_entry *index_time_entry(const struct seg_index *ix, int64_t ts);
/* A time entry says that no batch before its own is later. Where to begin to see whether that is so: at the
 * first offset entry that stands at most INDEX_LOOK_BACK bytes before the one of delta, or at the segment's
 * first batch (NULL). */
enum { INDEX_LOOK_BACK = 64 * 1024 };
const struct offset_entry *index_look_back(const struct seg_index *ix, uint32_t delta);

/* File forms: 8 bytes (i32 relative offset, i32 position) and 12 bytes (i64 timestamp, i32 relative offset)
 * an entry. Encode into dst of count*8 or count*12. Decode: entries until the first that does not grow (a
 * preallocated file's zeros); -MR_E_CORRUPT when the first entries make no sense for a segment of size bytes.
 */
void index_encode_offsets(const struct seg_index *ix, uint8_t *dst);
void index_encode_times(const struct seg_index *ix, uint8_t *dst);
int index_decode_offsets(struct seg_index *ix, struct mr_slice file, uint64_t segment_bytes);
int index_decode_times(struct seg_index *ix, struct mr_slice file);
/* Is there nothing but zeros behind byte used of a file? Then its entries are all it ever had, or its end is
 * lost. Anything else is an entry that does not grow, or that others do not grow from: and an entry that was
 * led too far says something of batches that the entries behind it would have contradicted. */
bool index_ends_at(struct mr_slice file, uint64_t used);

#endif
