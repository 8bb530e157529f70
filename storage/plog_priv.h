/* storage/plog_priv.h - the inside of a log, shared by the files of storage/ that work on one. */
#ifndef MR_PLOG_PRIV_H
#define MR_PLOG_PRIV_H

#include "storage/epoch.h"
#include "storage/plog.h"
#include "storage/producer_state.h"
#include "storage/segment.h"
#include "storage/store_priv.h"

/* One batch in memory. */
struct tail_entry {
    int64_t base;
    struct jchunk *chunk;
    uint32_t at; /* in the chunk's buffer */
    uint32_t bytes;
    uint32_t last_delta;
    uint32_t seg; /* the log's segment number, counted from the first ever in this process */
};

/* That this log has bytes in that chunk: the last of its bytes there end at end_pos of segment seg. */
struct tail_use {
    struct plog *log;
    struct jchunk *chunk;
    struct mr_list chunk_link; /* in chunk->uses */
    struct mr_list log_link;   /* in log->uses, oldest first */
    uint64_t entry_end;        /* number after the last tail entry in the chunk */
    uint64_t end_pos;
    uint32_t seg;
};

struct damages;

enum plog_state {
    PLOG_CLOSED,
    PLOG_OPENING,
    PLOG_OPEN,
    PLOG_FAILED,
    PLOG_CUTTING /* open, but not to others */
};

struct plog {
    struct store *store;
    uint8_t key_bytes[PART_KEY_BYTES]; /* the map's key */
    char *topic;
    enum plog_state state;
    int failed;
    bool removed;
    bool dir_made;    /* TOPIC-PARTITION/ with partition.metadata exists, and is this log's */
    bool dir_claimed; /* nobody else may make or use a directory of that name: logdir_claim() */
    bool claim_asked;
    bool dir_dirty;     /* it has entries that io_sync_dir() has not covered */
    bool journalled;    /* OPEN or a checkpoint record stands in the journal's window */
    bool recovered;     /* since a crash: files of what grows may be of another life, see task_begin() */
    bool record_wanted; /* its record is too large for an OPEN entry: the next checkpoint takes it in */
    bool changed; /* since the last checkpoint: positions, or something in files or directory to be flushed */
    bool touched; /* in store->touched */
    bool mat_force; /* a checkpoint waits for all its whole units */
    bool mat_again; /* wanted again while it was being materialised */
    void *owner;
    struct plog_config cfg;
    struct mr_list open_waiters; /* of mr_work */

    int64_t log_start, append_end, stable_end;
    int64_t stable_start;   /* log_start as it would be found after a crash, at least */
    uint64_t open_sequence; /* of the block with the OPEN entry: on stable storage before any file changes */

    /* Segments [0, seg_count), oldest first; seg_first is the number of segs[0]. */
    struct segment **segs;
    uint32_t seg_count, seg_cap, seg_first;
    uint64_t closed_bytes; /* of all but the last and those below the start */

    /* The tail: whole batches in memory, oldest first, numbered from tail_first. */
    struct tail_entry *tail;
    uint32_t tail_cap; /* a power of two */
    uint64_t tail_first, tail_end;
    struct mr_list uses;

    /* What the segment file lacks: frag, then tail bytes from (mat_entry, mat_skip) on. */
    uint8_t *frag;
    uint32_t frag_len;
    uint64_t mat_entry;
    uint32_t mat_skip;
    uint32_t mat_seg; /* number of the segment being materialised */
    bool materialising;
    uint32_t busy; /* operations in flight on its files: plog_busy(), plog_idle() */
    uint32_t pins; /* what else points at it: checkpoints */
    struct removal *removal;
    struct truncation *truncation; /* under way (storage/truncate.c) */

    struct producer_state producers;
    struct epoch_cache epochs;

    bool making_txns;        /* storage/aborted.c: a segment's aborted transactions are made anew */
    struct damages *damages; /* storage/damage.h; NULL: none is known */

    uint64_t replay_sequence; /* recovery: journal entries before this place are in the record */
    uint32_t replay_entry;

    struct mr_list all_link; /* in store->all */
    struct mr_list touched_link;
    struct mr_list work_link; /* in store->to_materialise */

    uint32_t seg_below;       /* of segs: end at or below stable_start, and leave (storage/trim.h) */
    int64_t trim_to;          /* those below it are due, */
    uint64_t trim_sequence;   /* once this block is flushed */
    struct mr_list trim_link; /* in store->trims */
    struct mr_timer trim_timer;

    /* Compaction (storage/compact.h). */
    int64_t settled_below; /* segments that begin below it are complete in every record that replay may begin
                              at */
    int64_t clean_to;      /* below it no key is twice */
    uint32_t cleanings;    /* the last number that names of files were made with */
    uint32_t replacements; /* grows when segments are replaced: numbers of complete ones have changed */
    bool cleaning;         /* a pass is under way */
    struct mr_work *clean_waits; /* that pass, for room in the journal: not beyond the log's removal */
    bool swept;                  /* no files of passes before this start are left */
    struct mr_list swaps;        /* of struct swap: names that replaced segments have to give up */

    struct mr_list ahead_link; /* in store->ahead_logs */
    int64_t ahead_seen;        /* how far its file was when it was looked at last */
};

static inline struct segment *plog_last(const struct plog *log)
{
    return log->segs[log->seg_count - 1];
}

static inline struct segment *plog_seg(const struct plog *log, uint32_t number)
{
    MR_ASSERT(number >= log->seg_first && number - log->seg_first < log->seg_count);
    return log->segs[number - log->seg_first];
}

static inline uint32_t plog_last_number(const struct plog *log)
{
    return log->seg_first + log->seg_count - 1;
}

static inline struct tail_entry *plog_tail(const struct plog *log, uint64_t number)
{
    return &log->tail[number & (log->tail_cap - 1)];
}

static inline uint64_t segment_unmaterialised(const struct segment *seg)
{
    return seg->size - seg->mat_pos;
}

/* Around everything that uses the log's files or positions across a wait. plog_idle() may free a log that was
 * removed. */
static inline void plog_busy(struct plog *log)
{
    log->busy++;
    log->store->tasks++;
}
void plog_idle(struct plog *log);
static inline void plog_pin(struct plog *log)
{
    log->pins++;
}
void plog_unpin(struct plog *log);

struct plog *plog_new(struct store *s, struct part_key key, const char *topic, const struct plog_config *cfg);
void plog_free(struct plog *log); /* no tail, no work in flight, files closed */

/* See plog.c: the OPEN entry, once. 0, -EAGAIN, -MR_E_FENCED, -MR_E_LIMIT. */
int plog_journal_open(struct plog *log);

/* A new last segment that begins at base. plog_attach() does the same with one made before (segment_new()),
 * and cannot fail after plog_attach_room(). */
int plog_roll(struct plog *log, int64_t base);
int plog_attach_room(struct plog *log);
void plog_attach(struct plog *log, struct segment *seg);
/* The segment that contains offset (the last one with base <= offset), or NULL. */
struct segment *plog_seg_of(const struct plog *log, int64_t offset, uint32_t *ret_number);

/* Note batches that lie at chunk[at, at+len) as the log's newest: tail entries, index, producers, epochs,
 * append_end. Offsets are those in the batches. Returns 0, -ENOMEM, -MR_E_CORRUPT (replay of a damaged
 * entry). */
int plog_note(struct plog *log, struct jchunk *chunk, uint32_t at, uint32_t len);

/* Drop the tail entries of use's chunk; what the file lacks of them moves to the fragment. False: more than a
 * fragment is missing, materialise first. */
bool plog_retire(struct tail_use *use);
/* Drop the whole tail and everything unmaterialised (removal). */
void plog_drop_tail(struct plog *log);

/* Directory of the log into dst[SEGMENT_PATH_MAX]. */
void plog_dir(const struct plog *log, char *dst);
/* The right to that directory. A log is open only when it has it, so a name has one journalled log at a time.
 * False: a log that is being removed still has it, and plog_open_claimed() will run when it has not. */
bool plog_claim(struct plog *log);
void plog_open_claimed(struct plog *log);         /* of a log that plog_open() left waiting */
void plog_open_failed(struct plog *log, int err); /* who waits for that right waits no longer */
void plog_wake_waiters(struct plog *log);         /* all who wait until it is open */

/* Does somebody still begin something that takes long? Not on a log that is going, or waits to be cut. */
static inline bool plog_in_peace(const struct plog *log)
{
    return !log->removed && log->truncation == NULL;
}

/* Aborted transactions (storage/aborted.c). The entries of seg are in its file, and in memory still. */
void segment_txns_filed(struct store *s, struct segment *seg);
/* They are these, which are taken; seg is live. No file counts. */
void segment_txns_set(struct store *s, struct segment *seg, struct txn_index *entries);
/* They are not wanted in memory any more, nor is anything else that is kept of seg elsewhere
 * (storage/cold.h): before segment_free(). */
void segment_txns_drop(struct store *s, struct segment *seg);

/* Copy what the last segment's file lacks (fewer than SEGMENT_UNIT bytes) to dst. */
void plog_copy_rest(const struct plog *log, uint8_t *dst);

/* Copy bytes of segment number from pos on (at or behind its mat_pos) that are in memory: how many, at most
 * room; 0 when pos is in the file by now. */
uint64_t plog_copy_memory(const struct plog *log, uint32_t number, uint64_t pos, uint8_t *dst, uint64_t room);

/* Bytes of the log that are in memory only. */
uint64_t plog_unmaterialised(const struct plog *log);

/* Partition records (storage/record.c): what checkpoint and OPEN entries carry. Describes the log as it is
 * now; needs the bytes of the last, incomplete unit in memory. Appends to out: 0, -MR_E_LIMIT, -ENOMEM. */
int precord_put(const struct plog *log, struct mr_scratch *out, uint64_t sequence, uint32_t entry);
/* Rebuild log (fresh, closed) from a record; the log is open afterwards. */
int precord_get(struct plog *log, struct mr_slice record, uint64_t *ret_sequence, uint32_t *ret_entry);
/* A TRUNCATE entry's record (storage/truncate.c), while the store starts: the log is what it says. 0,
 * -MR_E_CORRUPT, -ENOMEM, or the error of store_wait(). */
int truncate_replay(struct plog *log, struct mr_slice record);
/* Key and topic name of a record. */
int precord_peek(struct mr_slice record, struct part_key *ret_key, struct mr_str *ret_topic);

#endif
