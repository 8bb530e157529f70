/* storage/journal_priv.h - what journal.c, journal_replay.c and journal_zero.c share. */
#ifndef MR_JOURNAL_PRIV_H
#define MR_JOURNAL_PRIV_H

#include "storage/journal.h"

enum { JOURNAL_PATH_MAX = 1024, JOURNAL_FILES_MAX = 64 };

/* One group: built, then written and flushed with one operation. */
struct jblock {
    struct jchunk *chunk;
    uint32_t start;  /* in the chunk; a multiple of the unit */
    uint32_t length; /* header and entries so far */
    uint32_t entries;
    uint64_t payload;
    struct mr_list waiters; /* of struct jwait */
    struct mr_list link;    /* in journal->sealed */
};

struct journal {
    struct journal_config cfg;
    char dir[JOURNAL_PATH_MAX];
    struct mr_io *io;
    struct buf_pool *pool;
    uint64_t generation;
    struct mr_file files[JOURNAL_FILES_MAX];
    uint32_t files_open;

    struct mr_list chunks; /* oldest first */
    uint64_t chunk_ids;
    struct jchunk *filling;
    struct jblock *building; /* NULL: nothing since the last seal */
    struct mr_list sealed;   /* of jblock, in order, waiting for the flight before */
    struct jblock *flying;
    struct mr_op op;
    struct mr_work commit;    /* at the end of a turn: seal and submit */
    struct mr_list room_waiters; /* of mr_work */
    struct mr_work room_check;

    /* The head: where the next block goes. */
    uint64_t head_file, head_pos, head_sequence;
    uint32_t head_prev_crc;
    uint64_t flight_file, flight_pos, flight_bytes;
    uint64_t stable_sequence;
    /* The tail: the oldest place that replay may still need. */
    uint64_t tail_file, tail_pos;
    bool full;   /* the next sealed block waits for recycling */
    int failed;  /* 0, or the error that fenced the journal */

    /* Zeroing: everything of logical file zero_file below zero_pos is written at least once. */
    struct mr_op zero_op;
    bool zero_needed;
    uint64_t zero_file, zero_pos, zero_flight_bytes;
    struct mr_buf *zero_buf;

    struct journal_stats stats;
};

struct mr_file journal_file(const struct journal *j, uint64_t logical);
struct jchunk *journal_chunk_new(struct journal *j, size_t bytes);
void journal_fence(struct journal *j, int err);

#endif
