/* storage/journal.h - the write-ahead log of one shard in one log directory: group commit on a ring of files.
 *
 * Entries are built in place in chunks of memory, which afterwards are the tail cache: the chunk that was
 * written is the one that fetches are answered from (storage/plog.h). One block is one group: what arrives
 * while a write+flush is in flight makes the next block; there is no timer. On-disk layout:
 * storage/README.md.
 *
 * An entry is admitted (journal_room()) only when there is a place in the ring for the block that will carry
 * it, so everything that was admitted can be written without waiting for a checkpoint, and a checkpoint can
 * always wait for what was admitted before it. */
#ifndef MR_JOURNAL_H
#define MR_JOURNAL_H

#include "core/shard.h"
#include "storage/format.h"

struct journal;

/* Memory for one or more consecutive blocks. Freed (its buffer goes back) when nobody refers to it: the
 * journal while it is building or writing in it, one reference for each partition that has tail entries in
 * it, and readers whose answers point into it. */
struct jchunk {
    struct journal *journal;
    struct mr_buf *buf;
    uint64_t id;         /* 1, 2, ...: the order of filling */
    uint32_t units;      /* of the memory budget: 1, or more for a chunk larger than usual; */
    bool extra;          /* and beyond it: from replay, or: */
    bool aside;          /* for entries that leave nothing in memory */
    uint32_t used;       /* bytes laid out */
    uint32_t blocks_out; /* blocks in here that are not stable yet, and 1 while it is being filled */
    struct mr_list link; /* in journal->chunks, oldest first */
    struct mr_list uses; /* of struct tail_use: the partitions with bytes in here */
    uint32_t readers;    /* journal_pin() less journal_unpin() */
    bool retired;        /* in no list: the last reader frees it */
};

struct journal_config {
    const char *dir; /* copied */
    struct mr_shard *shard;
    uint32_t files;          /* at least 2 */
    uint64_t file_bytes;     /* a multiple of 4096; also bounds one block */
    uint32_t unit;           /* 512 or 4096; 4096 without flush */
    uint32_t chunk_bytes;    /* a multiple of 4096 */
    uint32_t chunks_max;     /* at least 2; see also journal_room() */
    bool flush;              /* false: millrace.durability=write, acknowledged without the flush */
    uint32_t flights;        /* blocks in flight at once: 1 (as 0 says) or 2 */
    uint32_t flight_entries; /* a second one for that many; 0: 64 */
    enum io_flush_primitive flush_first;
    bool flush_fixed;     /* no trials (core/flush_choice.h) */
    uint32_t slow_max_us; /* see journal_slowed(); 0: never */
    bool anew;            /* what the files hold is void: cut them to nothing and reserve them again */
    bool unsure;          /* no checkpoint that counts says that they are there, and so long: flush that */
    /* Told when a write or flush failed; the journal is fenced from then on. */
    void (*failed)(void *owner, int err);
    /* Told when memory or journal space run short (the store materialises and checkpoints). */
    void (*pressed)(void *owner);
    /* Replay is about to write (storage/journal_kept.c), and from then on needs the checkpoint that it began
     * at: 0 when a power failure cannot bring back the one before. NULL: replay only reads. */
    int (*keep)(void *owner);
    /* Told after the waiters of a block have run. */
    void (*stable)(void *owner);
    /* A chunk must give up its memory: drop every use of it, without waiting. False when it cannot yet. */
    bool (*retire)(void *owner, struct jchunk *chunk);
    void *owner;
};

/* Where replay starts, as the last checkpoint recorded it. */
struct journal_mark {
    uint64_t file; /* logical */
    uint64_t pos;
    uint64_t sequence; /* of the first block at or after that place */
    uint64_t
        generation;    /* that block's and all later ones' are at least this; what says less is from before */
    uint32_t prev_crc; /* of the block before it */
};

/* The highest sequence that the file of kept blocks had when replay began, counting or not; 0: none. */
uint64_t journal_kept_last(const struct journal *j);
/* Start-up only (io_wait). Makes missing files (reserved, and zeroed in the background later); errors:
 * -ENOSPC, -EIO, ... The journal then stands at mark (file 0, pos 0, sequence 1 for a new one), empty. */
int journal_new(const struct journal_config *cfg, uint64_t generation, struct journal **ret);
void journal_free(struct journal *j); /* nothing in flight, nobody waits, all chunks without uses */

/* Before that, when a checkpoint says that there is a journal: are its files there, and as long as it says?
 * 0, -MR_E_CORRUPT with which is not in why, -EIO. Changes nothing. */
int journal_files_check(struct mr_io *io, const char *dir, uint32_t shard, uint32_t files,
                        uint64_t file_bytes, char *why, size_t why_bytes);

/* Read every block from mark on, in order, check it, and hand its entries to each(); then stand behind the
 * last one, ready to append. e->chunk holds the body for as long as each() makes uses of it. With
 * cfg->keep all of it is on stable storage then, where no flush that failed before can take it away.
 * Returns 0, -EIO, the handler's own error, or -MR_E_CORRUPT for damage below what was known to be
 * flushed (why says where). */
struct journal_entry {
    enum jentry_type type;
    uint8_t flags; /* JENTRY_ROLL */
    struct part_key key;
    struct mr_slice body; /* with the key */
    struct jchunk *chunk; /* NULL when looking ahead */
    uint64_t sequence;
    uint32_t number; /* of the entry in its block */
};
struct journal_handler {
    int (*each)(void *ctx, const struct journal_entry *e);
    /* The memory is full. Once, before the first reclaim(): every entry from the one that comes next to the
     * last. */
    int (*ahead)(void *ctx, const struct journal_entry *e);
    /* Make it possible to retire the oldest chunk, and wait for some progress. -ENOMEM, or the error. */
    int (*reclaim)(void *ctx);
    void *ctx;
};
int journal_replay(struct journal *j, const struct journal_mark *mark, uint64_t flushed_sequence,
                   const struct journal_handler *handler, char *why, size_t why_bytes);

/* Instead of replay, for a void journal: go on behind mark, so that old blocks never look new. */
void journal_start_at(struct journal *j, const struct journal_mark *mark);

/* Room for an entry of body_bytes now? False: wait with journal_wait_room(). Entries above
 * journal_entry_max() never fit: callers refuse them first. True when the journal is fenced: the add then
 * says so. Of appends the memory stays in use; all other entries leave nothing in memory, and most of them
 * make room, here or on the disk: when the budget is used up, for as long as a full disk takes no segments,
 * those that fit have up to JOURNAL_ASIDE_MAX chunks aside of it, of JOURNAL_ASIDE_BYTES at least, each until
 * it is stable. */
enum { JOURNAL_ASIDE_MAX = 2, JOURNAL_ASIDE_BYTES = 64 * 1024 };
bool journal_room(struct journal *j, enum jentry_type type, size_t body_bytes);
size_t journal_entry_max(const struct journal *j);

/* Above half of the ring appends are slowed (storage/pace.h): true when one has to wait for a while, with
 * journal_wait_room() as for room, in the same line. Who was let in says so: journal_took(). */
bool journal_slowed(struct journal *j);
void journal_took(struct journal *j, size_t body_bytes);
/* Somebody waits, and not only because he is slowed. */
bool journal_starved(const struct journal *j);

/* Add an entry to the block being built: returns its body (body_bytes, to be filled before the turn ends),
 * and the chunk that holds it. journal_room() must hold. NULL: fenced, or out of memory; nothing was added
 * then. */
uint8_t *journal_add(struct journal *j, enum jentry_type type, uint8_t flags, struct part_key key,
                     size_t body_bytes, struct jchunk **ret_chunk);

/* Run w->done when the block being built is stable (err 0) or has failed (-MR_E_FENCED), in order of asking.
 */
struct jwait {
    void (*done)(struct jwait *w, int err);
    struct mr_list link;
};
void journal_wait(struct journal *j, struct jwait *w);

/* Run w when there may be room again, first come first served; also when the journal is fenced. */
void journal_wait_room(struct journal *j, struct mr_work *w);
bool journal_someone_waits(const struct journal *j);
/* Memory or space may be free again: let those who wait try. */
void journal_nudge(struct journal *j);
/* Let all try, once, room or not: what they asked for may be refused now. */
void journal_wake_all(struct journal *j);

/* The place where the next entry will go, as (block sequence, entry number): entries before it are older. */
void journal_here(const struct journal *j, uint64_t *ret_sequence, uint32_t *ret_entry);
/* The oldest block that is not stable yet, or the next one: replay from here sees everything that is not
 * stable now. */
void journal_mark_here(const struct journal *j, struct journal_mark *ret);
/* Everything before mark may be overwritten from now on. */
void journal_recycle(struct journal *j, const struct journal_mark *mark);

/* Blocks up to and with this one are acknowledged; and on stable storage, which differs without flush only.
 */
uint64_t journal_stable_sequence(const struct journal *j);
uint64_t journal_flushed_sequence(const struct journal *j);
/* Flush what is acknowledged now; w->done runs later. Without flush only; else it is flushed already. */
void journal_sync(struct journal *j, struct jwait *w);

/* Nothing more is written; everyone who waits gets -MR_E_FENCED, later. */
void journal_fence(struct journal *j, int err);
bool journal_fenced(const struct journal *j);
bool journal_idle(const struct journal *j); /* nothing built, nothing in flight */

uint64_t journal_head_bytes(const struct journal *j); /* where the head is, counted on over all rounds */
uint64_t journal_bytes_used(const struct journal *j); /* between the recycle mark and the head */
uint64_t journal_bytes_max(const struct journal *j);
/* As much of that as can be used before the tail moves: the head never enters the file that the tail is in.
 */
uint64_t journal_capacity(const struct journal *j);
bool journal_space_short(const struct journal *j);   /* someone was refused for want of space in the ring */
uint32_t journal_units_out(const struct journal *j); /* of the memory budget */
uint32_t journal_units_max(const struct journal *j);
struct mr_list *journal_chunks(struct journal *j); /* of struct jchunk, oldest first */

/* A use of chunk went away: give its memory back when it was the last. */
void journal_chunk_put(struct journal *j, struct jchunk *chunk);

/* Keep chunk's bytes for a reader, for as long as that takes: until its client has taken the answer. False:
 * readers keep a quarter of the memory already, and not this chunk; then they copy, so that whoever reads
 * slowly never holds what appends need. Of the journal's shard, like everything here; chunk may have been
 * given up when the last reader goes. */
bool journal_pin(struct jchunk *chunk);
void journal_unpin(struct jchunk *chunk);
uint32_t journal_units_pinned(const struct journal *j);

/* Zero files ahead of the head, in the background, if that is still needed: begins in a while and goes on by
 * itself. */
void journal_zero_ahead(struct journal *j);

struct journal_stats {
    uint64_t blocks, bytes, payload_bytes, stalls;
    uint64_t full;              /* times that the ring had no place for an entry */
    uint64_t slowed, slowed_ns; /* times that appends were held back, and for how long */
};
void journal_stats(const struct journal *j, struct journal_stats *ret);

#endif
