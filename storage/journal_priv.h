/* storage/journal_priv.h - what the journal's files share. */
#ifndef MR_JOURNAL_PRIV_H
#define MR_JOURNAL_PRIV_H

#include "core/flush_choice.h"
#include "storage/journal.h"

enum { JOURNAL_PATH_MAX = 1024, JOURNAL_FILES_MAX = 64 };

/* One group: built, sealed (its place is fixed then), written and flushed with one operation. */
struct jblock {
    struct jchunk *chunk;
    uint32_t start;  /* in the chunk; a multiple of the unit */
    uint32_t length; /* header and entries so far */
    uint32_t entries;
    uint64_t payload;
    uint64_t file, pos, sequence; /* once sealed */
    struct mr_list waiters;       /* of struct jwait */
    struct mr_list link;          /* in journal->sealed or journal->spare */
};

/* A block on its way to the disk. */
struct jflight {
    struct mr_op op;
    struct journal *journal;
    struct jblock *block; /* NULL: none */
    uint32_t flown;       /* bytes of it that a short write took already */
    bool over;            /* it has arrived, well or not; the one before it perhaps not yet */
    bool alone;           /* no other one was in flight beside it */
    enum io_flush_primitive used;
    uint64_t flown_ns; /* when it was submitted */
};
enum { JOURNAL_FLIGHTS_MAX = 2, FLIGHT_ENTRIES_MIN = 64 };

/* storage/journal_kept.c: a second copy of blocks that replay found and nobody had said were flushed. */
struct kept_block {
    uint64_t sequence, pos;
    uint32_t length, prev_crc;
};
struct journal_kept {
    struct mr_file file;
    bool open;
    uint64_t bytes; /* of the file */
    struct kept_block *blocks;
    uint32_t count;  /* in order of position and sequence */
    uint32_t good;   /* of them: flushed, or added since journal_kept_begin() */
    uint8_t *gather; /* added and not written yet: gathered bytes from gather_pos on; NULL: none */
    uint64_t gather_pos, gathered;
    uint64_t last; /* the highest sequence that was in the file when it was opened for replay; 0: none */
};

struct journal {
    struct journal_config cfg;
    char dir[JOURNAL_PATH_MAX];
    struct mr_io *io;
    struct buf_pool *pool;
    uint64_t generation;
    struct mr_file files[JOURNAL_FILES_MAX];
    uint32_t files_open;

    struct journal_kept kept;

    struct mr_list chunks; /* oldest first */
    uint64_t chunk_ids;
    uint32_t units_out;                   /* of all chunks, also of those that only readers hold; */
    uint32_t units_extra;                 /* beyond the budget, for as long as those chunks last */
    uint32_t aside;                       /* chunks of them that are no replay's; */
    bool aside_refused;                   /* somebody waits for one */
    uint32_t units_pinned, units_retired; /* of those that readers hold; that only readers hold */
    struct jchunk *filling;
    struct jblock *building; /* NULL: nothing since the last seal */
    struct mr_list sealed;   /* of jblock, in order, waiting for the flight before */
    struct mr_list spare;    /* of jblock, to be used again */
    struct jflight flights[JOURNAL_FLIGHTS_MAX];
    uint32_t flight_first, flights_out; /* the oldest, and how many; they follow each other round */
    struct flush_choice choice;
    struct mr_work commit;       /* at the end of a turn: seal and submit */
    struct mr_list room_waiters; /* of mr_work */
    struct mr_work room_check;
    bool wake_all;

    struct mr_timer slow_timer; /* the gate opens */
    uint64_t slow_until;        /* it is closed until then when nothing is left */
    uint64_t slow_left;         /* bytes that may still be let in before that */
    uint64_t slow_said;         /* when the last line about it was written */

    /* The head: behind everything that is sealed. */
    uint64_t head_file, head_pos, head_sequence;
    uint32_t prev_crc; /* of the last block that was submitted */
    /* The tail: the oldest place that replay may still need. */
    uint64_t tail_file, tail_pos;
    bool space_short;

    uint64_t stable_sequence, stable_file; /* the file of the last stable block */
    uint64_t flushed_sequence,
        flushed_file; /* all before that file is flushed, and that file up to the sequence */
    struct mr_op sync_op;
    uint64_t sync_sequence, sync_file, sync_last;
    struct mr_list sync_waiters, sync_next; /* of jwait: of the sync under way, of the one after it */

    int failed; /* 0, or the error that fenced the journal */

    /* Zeroing: everything of logical file zero_file below zero_pos is written at least once. */
    struct mr_op zero_op;
    struct mr_timer zero_timer; /* the next step */
    bool zero_needed;
    uint64_t zero_file, zero_pos, zero_flight_bytes;
    struct mr_buf *zero_buf;

    struct journal_stats stats;
};

int journal_open_files(struct journal *j); /* start-up: makes those that are missing */
void journal_close_files(struct journal *j);
struct mr_file journal_file(const struct journal *j, uint64_t logical);

/* Start-up (io_wait). The file of kept blocks: *ret_fresh when its directory entry may not be durable yet. */
int journal_kept_open(struct journal *j, bool *ret_fresh);
void journal_kept_close(struct journal *j);
/* See what is in it. Replay starts at the sequence from: when all blocks are older a mark has passed them,
 * for they are kept at a start and marks are made later, and the file begins anew. So it never holds more
 * than the ring does. */
int journal_kept_load(struct journal *j, uint64_t from);
const struct kept_block *journal_kept_find(const struct journal *j, uint64_t sequence, uint32_t prev_crc);
/* Keep blocks: begin (those up to the flushed sequence stay), add each in order, flush. -ENOSPC, -EIO. */
void journal_kept_begin(struct journal *j, uint64_t flushed);
int journal_kept_add(struct journal *j, const uint8_t *block, uint32_t length);
int journal_kept_flush(struct journal *j);

static inline uint64_t journal_padded(const struct journal *j, uint64_t length)
{
    return mr_round_up(length, j->cfg.unit);
}
void journal_seal(struct journal *j); /* the block being built gets its place; harmless when there is none */
void journal_commit_init(struct journal *j);
void journal_slow_init(struct journal *j);
void journal_slow_end(struct journal *j); /* the ring has become emptier */
bool journal_gate_closed(const struct journal *j);
void journal_sync_init(struct journal *j);
void journal_sync_fail(struct journal *j); /* the journal is fenced: those who wait for a flush hear it */
/* A chunk for bytes; the caller has seen to the budget. */
struct jchunk *journal_chunk_new(struct journal *j, size_t bytes);
/* The same for what replay found: half of the budget is left for what is appended, and as much as all of it
 * may be had beyond. NULL: no more of that, or out of memory. */
struct jchunk *journal_chunk_replayed(struct journal *j, size_t bytes);
uint32_t journal_units_of(const struct journal *j, size_t bytes);
/* Is there memory for a chunk of bytes, when the oldest that can go are retired? */
bool journal_memory(struct journal *j, size_t bytes);

#endif
