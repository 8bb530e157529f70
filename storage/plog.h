/* storage/plog.h - the log of one partition on the shard that owns it. See storage/README.md.
 *
 * Positions, never confused: log_start <= ... <= stable_end <= append_end. append_end is the next offset to
 * assign; stable_end is where stable storage ends, and so all that fetch, ListOffsets and duplicate answers
 * may see. High watermark and last stable offset are the broker's (core/broker/partition.h).
 *
 * A plog is made closed (no memory but its name and positions); the first append or read that needs more
 * opens it. */
#ifndef MR_PLOG_H
#define MR_PLOG_H

#include "core/arena.h"
#include "core/shard.h"
#include "net/wire/kw_error.h"
#include "storage/file_put.h"
#include "storage/index.h"
#include "storage/journal.h"
#include "storage/txn_index.h"

struct plog;
struct store;
struct producer_state;
struct epoch_cache;
struct comp;
struct mr_scratch;

/* What of a topic's configuration the log needs; kept by value, replaced at run time. */
struct plog_config {
    uint64_t segment_bytes;
    int64_t segment_ms;
    int64_t segment_jitter_ms; /* already drawn for this partition: subtracted from segment_ms */
    uint32_t index_interval_bytes;
    uint32_t index_bytes_max;
    uint32_t batch_bytes_max; /* max.message.bytes; for sizing reads only */
    int64_t file_delete_delay_ms;
    int64_t retention_ms, retention_bytes; /* -1: for ever */
    bool cleanup_delete, cleanup_compact;
};

/* ---- identity and positions ---- */
struct part_key plog_key(const struct plog *log);
const char *plog_key_bytes(const struct plog *log); /* PART_KEY_BYTES, for maps; live as long as the log */
const char *plog_topic(const struct plog *log);
int64_t plog_start(const struct plog *log);
int64_t plog_stable_end(const struct plog *log);
int64_t plog_append_end(const struct plog *log);
uint64_t plog_bytes(const struct plog *log); /* of all segments, as Kafka's log size */
void plog_configure(struct plog *log, const struct plog_config *cfg);

/* For the broker: one pointer of its own per log, and the store's stable callback finds it here. */
void plog_set_owner(struct plog *log, void *owner);
void *plog_owner(const struct plog *log);

/* ---- opening ---- */

/* Open the log if it is closed. True: it is open now. False: w runs when it is open or has failed (then
 * plog_failed() tells). Cheap to call before everything that says "must be open". */
bool plog_open(struct plog *log, struct mr_work *w);
int plog_failed(const struct plog *log); /* 0, or why it cannot be used: -EIO, -MR_E_CORRUPT, -MR_E_FENCED */

/* ---- appending (open logs) ---- */

/* The state of idempotent producers and leader epochs, for the checks before an append. plog_append() applies
 * what it appends to both. */
struct producer_state *plog_producers(struct plog *log);
struct epoch_cache *plog_epochs(struct plog *log);

struct plog_append {
    /* in */
    struct mr_slice batches; /* whole, validated batches; borrowed only during plog_append() */
    int32_t leader_epoch;
    bool client; /* leaves the disk's reserve alone */
    /* out, at return */
    int64_t base_offset; /* of the first batch */
    int64_t last_offset; /* of the last */
    /* out, when done runs */
    int err; /* 0: stable. -MR_E_FENCED: unknown, and the log takes nothing more */
    void (*done)(struct plog_append *a); /* runs later, never inside plog_append() */
    /* private */
    struct plog *log;
    struct jwait wait;
};

/* Assign offsets from append_end on, copy the batches into the journal's open group, patch base offsets and
 * leader epochs. 0; -EAGAIN: no room now: plog_wait_room() and try again, behind those who wait already;
 * -MR_E_FENCED; -MR_E_LIMIT: larger than the journal can take; -ENOSPC: no room on the disk
 * (storage/space.h).
 */
int plog_append(struct plog *log, struct plog_append *a);
/* Is a client's batch refused for want of room on the disk? Before it waits for room in the journal; counted.
 */
bool plog_disk_full(struct plog *log);
bool plog_has_room(struct plog *log, size_t bytes);       /* false also when someone waits already */
void plog_wait_room(struct plog *log, struct mr_work *w); /* first come, first served */

/* ---- reading ---- */

struct plog_part {
    struct mr_slice bytes;
    struct mr_buf *buf;   /* holds bytes, and the part holds it; NULL: */
    struct jchunk *chunk; /* does, for this part and others (journal_pin()) */
};

struct plog_read {
    /* in */
    int64_t offset;     /* log_start <= offset <= limit */
    int64_t limit;      /* batches that begin at or beyond it are not returned; at most stable_end */
    uint32_t bytes_max; /* stop before the batch that would pass it */
    bool one_at_least;  /* but return the first batch whatever its size */
    bool pieces; /* a batch may go on in the next part: then files are read for all who do so (cold.h) */
    /* Memory for this read alone: bytes from files that nobody shares, and copies where readers hold enough
     * of the tail already. With it, one_at_least holds for these bytes too. 0: none; what then cannot be read
     * gives -ENOBUFS. */
    uint32_t own_max;
    void (*done)(struct plog_read *r);
    /* out */
    int err; /* 0, -ENOENT (removed), -EIO, -MR_E_CORRUPT, -ENOMEM, -ENOBUFS (see own_max), -ERANGE (offset
                below log_start by now) */
    struct plog_part *parts; /* whole batches in order, the first one contains offset; from mem_alloc. Each
                                part has whole ones, unless pieces */
    uint32_t count;
    uint32_t bytes;
    uint64_t own_bytes; /* what it took for itself */
    int64_t end;        /* offset after the last batch; offset when there is none */
    /* private */
    struct plog *log;
    bool in_call, answered;
};

/* True: answered at once from memory, done does not run. False: done runs later. plog_read_done() gives
 * everything back (on the log's shard), also after errors. A read in flight when its log is removed may end
 * with -ENOENT. */
bool plog_read(struct plog *log, struct plog_read *r);
void plog_read_done(struct plog_read *r);

/* Where a read_committed reader stops (KIP-98): at the start of the oldest transaction that is open, or whose
 * marker the high watermark has not passed; else at the high watermark. Open logs. */
int64_t plog_last_stable(const struct plog *log, int64_t high_watermark);

/* The aborted transactions that concern batches in [offset, end), by the offsets of their markers: what a
 * read_committed reader leaves out of them. end is at most the last stable offset. True: answered at once,
 * done does not run. False: done runs later. plog_aborted_done() frees the items, also after errors. */
struct plog_aborted {
    /* in */
    int64_t offset, end;
    void (*done)(struct plog_aborted *q);
    /* out */
    int err; /* 0, -ENOENT (removed, or the file is missing), -ERANGE (offset below log_start by now, and what
                was known of it is gone), -EIO, -ENOMEM, -MR_E_CORRUPT, -MR_E_VERSION */
    struct txn_aborted *items;
    uint32_t count;
    /* private */
    uint32_t cap, seg, replacements;
    struct plog *log;
    struct file_get get;
};
bool plog_aborted(struct plog *log, struct plog_aborted *q);
void plog_aborted_done(struct plog_aborted *q);

/* The first record with a timestamp >= timestamp at or beyond log_start and below limit (ListOffsets by time,
 * KIP-33; compressed batches are unpacked), or the first one with the greatest timestamp (KIP-734). */
struct plog_find {
    /* in */
    bool max_timestamp;
    int64_t timestamp;
    int64_t limit;
    struct comp *comp; /* the shard's codecs and scratch space, used between waits only */
    struct mr_scratch *scratch;
    size_t unpacked_bytes_max;
    void (*done)(struct plog_find *f);
    /* out */
    int err;            /* 0, -ENOENT (removed), -EIO, -ENOMEM, -MR_E_CORRUPT, -MR_E_LIMIT */
    int64_t ret_offset; /* -1: none */
    int64_t ret_timestamp;
    /* private */
    struct plog *log;
    struct plog_read read;
    struct mr_work work;
    int64_t at;
    uint32_t seg;
    struct index_want index;
    bool asked, waits; /* for the index of segment */
    uint32_t asked_seg;
    uint32_t replacements; /* of the log: segment numbers are as of then */
    /* What seg's time index says, which is on probation: the entry that was followed, and the one by which
     * seg has the greatest timestamp. Looked at when their batches are met. */
    bool followed, claimed;
    struct time_entry entry, claim;
    bool best_known;
    int64_t best; /* the greatest timestamp, so far; of segment */
    uint32_t best_seg;
};
void plog_find(struct plog *log, struct plog_find *f); /* done runs later, always */

/* ---- changing ---- */

/* Move log_start up to offset (<= stable_end); journalled; done(w, err) when stable. Whole segments below it
 * go later. Returns 0, -EAGAIN as plog_append(), -MR_E_FENCED. Already there: 0, and done runs later all the
 * same. */
struct plog_change {
    void (*done)(struct plog_change *c);
    int err;
    struct plog *log;
    int64_t offset;
    struct jwait wait;
    struct mr_work work;
};
int plog_set_start(struct plog *log, int64_t offset, struct plog_change *c);

/* Cut the end of an open log off (Kafka's UnifiedLog.truncateTo): nothing at or beyond offset (>= log_start)
 * is there afterwards, nor is the rest of a batch that contains it; c->offset says where the log ends then,
 * at the end of what stays. Indexes, leader epochs, producers, transactions and a start beyond that end
 * follow. Until done the log is not open to others (plog_open() waits); what is under way on it ends first,
 * then a checkpoint, so this takes milliseconds, and it reads the segment that is cut; all of the log when a
 * marker is cut off or all that is known of a producer. When done has said 0 the shorter log is on stable
 * storage, whatever `flush`; after a crash before that it is one or the other.
 *
 * Returns 0; -MR_E_FENCED; -EAGAIN: one is under way, or out of memory. c->err: 0; -ENOENT (removed);
 * -ECANCELED (the store closes); -ENOSPC (the disk is full); -MR_E_FENCED; -EIO, -ENOMEM, -MR_E_CORRUPT:
 * nothing has changed; -MR_E_LIMIT: the record of what stays (44 bytes a segment, some 100 a producer) is
 * larger than a journal entry can be (journal_entry_max()). */
int plog_truncate(struct plog *log, int64_t offset, struct plog_change *c);

/* Where the start of an open log should be at now_ms (wall clock), by retention.bytes and retention.ms as its
 * topic has them now: behind the last of the oldest segments that go, wholly below high_watermark; log_start
 * when none goes. Sizes as Kafka's: a segment goes while the rest still has retention.bytes. Ages by each
 * segment's greatest timestamp; a segment without any never ages. *ret_untimed: that of the next segment is
 * not known before it has been read (plog_find() does), so more may go. */
int64_t plog_expired(const struct plog *log, int64_t now_ms, int64_t high_watermark, bool *ret_untimed);

/* Sizes for DescribeLogDirs and tests. */
struct plog_info {
    uint32_t segments;
    uint32_t tail_batches;
    uint64_t tail_bytes;
    uint64_t unmaterialised_bytes;
    bool open;
};
void plog_info(const struct plog *log, struct plog_info *ret);

#endif
