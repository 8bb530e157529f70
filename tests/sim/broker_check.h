/* tests/sim/broker_check.h - what a broker has promised so far, and whether it keeps it.
 *
 * Every record of a scenario has a number of its own: producer, partition, and a count without gaps. Its
 * bytes follow from the number, so that whoever reads it can tell that nothing was changed. The model then
 * knows for each partition
 *  - what was acknowledged, and at which offset;
 *  - what anyone was ever served at an offset: from then on that offset carries this record and no other, for
 * ever;
 *  - how far the log was known to reach: no answer to a question asked later may say less.
 * Failures go to the seed_result. */
#ifndef SIM_BROKER_CHECK_H
#define SIM_BROKER_CHECK_H

#include "core/compress.h"
#include "core/scratch.h"
#include "tests/sim/client.h"
#include "tests/sim/seeds.h"

enum { CHECK_PARTS_MAX = 64, CHECK_PRODUCERS_MAX = 24 };

/* ---- records ---- */

enum { RECORD_BYTES_MIN = 24 };
#define RECORD_MAGIC UINT64_C(0x8c5d36a9f2e1b407) /* first in every value; big-endian */

static inline uint64_t record_id(uint32_t producer, uint32_t part, uint32_t n)
{
    return (uint64_t)(producer + 1) << 48 | (uint64_t)part << 32 | n;
}
static inline uint32_t record_producer(uint64_t id)
{
    return (uint32_t)(id >> 48) - 1;
}
static inline uint32_t record_part(uint64_t id)
{
    return (uint32_t)(id >> 32) & 0xffff;
}
static inline uint32_t record_n(uint64_t id)
{
    return (uint32_t)id;
}

void record_fill(uint64_t id, uint8_t *dst, size_t bytes); /* at least RECORD_BYTES_MIN */
bool record_mark(struct mr_slice value, uint64_t *ret_id); /* its first RECORD_BYTES_MIN only */
bool record_read(struct mr_slice value, uint64_t *ret_id); /* false: no value that record_fill() makes */

/* ---- the model ---- */

struct check_seen {
    uint64_t id; /* 0: nobody has seen this offset */
    uint64_t digest;
};

struct check_line { /* what one producer wrote to one partition */
    int64_t *at;    /* [cap] by n: its offset; -1: not acknowledged, -2: acknowledged without an offset */
    uint32_t cap, sent, acked;
};

struct check_part {
    const struct ktopic *topic;
    int32_t partition;
    struct check_seen *seen;
    int64_t seen_cap;
    int64_t floor; /* the log reaches at least here */
    struct check_line lines[CHECK_PRODUCERS_MAX];
};

struct bcheck {
    struct seed_result *res;
    struct check_part parts[CHECK_PARTS_MAX];
    uint32_t part_count;
    bool in_order[CHECK_PRODUCERS_MAX]; /* idempotent producers */
    /* How often logs were (perhaps) put into Kafka's files alone. Its producer snapshots know the last batch
     * of a producer only, so a repeat of an older one is refused afterwards, as Kafka does. */
    uint32_t settled;
    uint32_t producer_count;
    struct comp *comp;
    struct mr_scratch unpacked;
    uint64_t acked, served;
};

void bcheck_init(struct bcheck *ck, struct seed_result *res);
void bcheck_done(struct bcheck *ck);
void bcheck_topic(struct bcheck *ck,
                  const struct ktopic *topic);              /* its partitions; topic lives as long as ck */
uint32_t bcheck_producer(struct bcheck *ck, bool in_order); /* its number */

/* Producers tell. base_offset -1: acknowledged as a repeat, the offset is not known any more. */
void bcheck_sent(struct bcheck *ck, uint64_t first_id, uint32_t count);
void bcheck_acked(struct bcheck *ck, uint64_t first_id, uint32_t count, int64_t base_offset);

/* Readers tell. bcheck_floor() when they ask, bcheck_end() with the answer. */
int64_t bcheck_floor(const struct bcheck *ck, uint32_t part);
void bcheck_end(struct bcheck *ck, uint32_t part, int64_t floor_then, int64_t end, const char *who);

/* Records as they were served, from position on. Checks the batches, whole and dense, all below end. Returns
 * the next position; on a failure the old one. */
int64_t bcheck_served(struct bcheck *ck, uint32_t part, int64_t position, struct mr_slice records,
                      int64_t end, const char *who);

/* At the end, when readers have seen all of [0, floor) of every partition. */
void bcheck_final(struct bcheck *ck);

#endif
