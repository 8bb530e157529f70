/* storage/store_priv.h - the inside of a store, shared by the files of storage/. */
#ifndef MR_STORE_PRIV_H
#define MR_STORE_PRIV_H

#include "core/map.h"
#include "storage/file_put.h"
#include "storage/logdir.h"
#include "storage/segment.h"
#include "storage/store.h"

struct checkpoint_task;
struct cold;
struct reaper;

enum { MAT_TASKS = 4, MAT_BYTES_MAX = 1 << 20 };

struct store {
    struct store_config cfg;
    struct mr_shard *shard;
    struct mr_io *io;
    const char *dir;
    struct journal *journal;
    uint32_t journal_files;
    uint64_t journal_file_bytes;
    uint64_t generation;
    uint64_t checkpoint_counter;
    int fenced; /* 0 or why */
    bool closing;
    bool syncs_fs; /* a clean close that flushes the file system as a whole: nothing is flushed by itself */

    struct mr_smap logs;           /* by key_bytes */
    struct mr_list all;            /* of logs, in order of creation */
    struct mr_list touched;        /* logs whose stable_end moved in the group that just completed */
    struct mr_list to_materialise; /* logs with work, oldest first */
    uint32_t mat_busy;
    struct jwait mat_sync;
    bool mat_syncing;
    struct mr_work mat_work;
    bool mat_force;            /* everything down to the fragment: a clean close */
    uint64_t mat_ns_per_mib;   /* what the device takes for a large write; 0: not known yet */
    uint64_t mat_rest_until;   /* nothing is begun before, unless there is a hurry */
    struct mr_timer mat_timer; /* then */
    uint64_t asked_chunk;      /* chunks up to this one were looked through for what to write */

    struct mr_list ahead_logs; /* logs that may have blocks ahead (storage/ahead.h) */
    struct mr_timer ahead_timer;
    bool no_ahead; /* the file system cannot do that */

    struct store_space { /* storage/space.h */
        struct mr_timer timer;
        uint64_t looked_ns; /* 0: never */
        uint64_t reserve;
        int64_t room;       /* of all shards, beyond the reserve and what is not in files yet, when looked */
        uint64_t taken;     /* since then, by this one */
        uint64_t published; /* its part of logdir_unwritten() */
        bool active;        /* clients appended since */
        bool is_short;      /* they are refused */
        bool starved;       /* a file could not be written, and none could since */
        bool waiting;       /* nothing is written before the next look */
        bool checkpoint_wanted;
        uint32_t unnamed; /* removed partitions whose directories keep others of that name waiting */
    } space;

    struct mr_list trims; /* logs with segments to let go (storage/trim.h) */
    bool trimming;

    struct checkpoint_task *checkpoint; /* running, or NULL */
    struct mr_list *capture_next; /* in all: the next log that it captures; behind the last one: all itself */
    bool checkpoint_wanted;       /* one more after it */
    bool checkpoint_hurry;        /* somebody waits for it */
    uint64_t slot_bytes[2];       /* of the checkpoint's files, at most */
    bool changed_meanwhile;       /* while it was running */
    struct mr_timer checkpoint_timer;

    struct cold *cold; /* storage/cold.h */

    struct mr_list files; /* of struct segment_live: open, least recently used first */
    uint32_t files_open;
    struct mr_list opens;   /* of struct open_task: logs to be opened, not begun */
    uint32_t opening;       /* begun */
    struct mr_list openers; /* of file_use: waiting for a file that another one opens */
    bool root_dirty;        /* entries of the log directory itself that io_sync_dir() has not covered */

    struct index_cache indexes; /* storage/index_load.h */
    struct mr_list index_queue; /* of struct index_task: not begun */
    uint32_t index_busy;

    struct reaper *reaper;
    struct mr_list truncations; /* of struct truncation */
    struct mr_list removals; /* of struct removal: whose directory has not been renamed yet, oldest first */
    uint64_t removal_numbers;
    uint64_t removals_sequence; /* of the block with the last REMOVE entry */
    struct mr_list spare_uses;  /* of struct tail_use */
    struct mr_list txn_cached;  /* of struct segment_live, by txn_lru: least recently used first */
    uint64_t txn_cached_count;  /* entries in them */
    bool recovering;
    const struct checkpoint_image *image; /* recovery: replay began at it */
    bool image_renewed;                   /* and it is certain: checkpoint_renew_wait() */
    struct mr_list removed; /* recovery: of struct removed_name, whose directory may still be there */
    struct mr_smap orphans; /* recovery: keys of logs that must turn out to be removed */
    struct mr_smap doomed;  /* recovery: keys of logs that do, with the place of the last such entry */
    struct store_recovery recovery;
    uint32_t tasks; /* anything in flight that points at the store */
    struct store_stats stats;
};

void store_fence(struct store *s, int err, const char *reason);
struct plog *store_log_new(struct store *s, struct part_key key, const char *topic,
                           const struct plog_config *cfg);
struct journal_config store_journal_config(struct store *s, bool anew);

/* Start-up and shutdown: a turn of the shard, then wait a little for what is in flight. What is waited for
 * may have come in that turn, so there is no sleeping without a bound. 0 or -errno. */
int store_wait(struct store *s);

/* Start-up: replay has filled the memory. Make the oldest chunks retirable, and wait for a step of that. */
int store_reclaim(struct store *s);

/* Start-up (storage/recover.c): the journal, the logs that it and the last checkpoint know, and a durable new
 * generation. */
int store_recover(struct store *s, char *why, size_t why_bytes);
void store_recover_done(struct store *s); /* frees what only that needed */

uint64_t store_checkpoint_ns(const struct store *s); /* between two checkpoints at most */
uint32_t store_fill(const struct store *s);          /* of the journal, in thousandths */
void store_changed(struct store *s);                 /* something to checkpoint: arms the timer */

/* Segment files, opened by need and closed by age. segment_use() calls back (later or now: returns true) with
 * the file open and pinned; segment_unuse() unpins. */
struct file_use {
    struct mr_op op;
    struct store *store;
    struct plog *log;
    struct segment *seg;
    int step;
    int err;
    bool create; /* make the file, and the directory with its partition.metadata */
    struct file_put put;
    char meta[64];
    char *away;
    struct mr_list link;
    void (*done)(struct file_use *u);
};
bool file_use_begin(struct file_use *u); /* true: ready at once (or u->err), done will not run */
void file_use_end(struct file_use *u);
/* Close a segment's file now or when its last user ends; seg is freed then if drop. */
void segment_close_later(struct store *s, struct segment *seg);      /* no pins; harmless when not open */
void segment_close_sync(struct store *s, struct segment *seg);       /* start-up and shutdown */
void segment_leave(struct store *s, struct segment *seg, bool sync); /* closed so or so, and freed */

/* Materialise (storage/materialise.c). */
void materialise_kick(struct store *s);
void materialise_run(struct store *s);
void materialise_want(struct plog *log); /* put the log in line */
/* True when nothing of log below these bytes of segment number seg is missing in the files. */
bool materialised_to(const struct plog *log, uint32_t seg, uint64_t pos);

/* Something that a truncation may wait for has happened (storage/truncate.c). */
void truncate_poke(struct store *s);

/* Is this block of the journal on stable storage? Without flush it is asked for, and the materialiser and the
 * trimming look again when it is. */
bool store_flushed(struct store *s, uint64_t sequence);

/* Removal (storage/remove.c). Has every removal with a number below this one renamed its directory? */
bool removals_renamed(const struct store *s, uint64_t number);

/* Checkpoint (storage/checkpoint.c). */
void checkpoint_start(struct store *s);
void checkpoint_poke(struct store *s);      /* look again: something it may wait for has happened */
void checkpoint_start_now(struct store *s); /* the same, for somebody who waits: without pace */
bool checkpoint_running(const struct store *s);
struct checkpoint_image {
    uint64_t counter, generation;
    uint64_t session;
    struct journal_mark mark;
    uint64_t flushed_sequence;
    uint32_t files, unit;
    uint64_t file_bytes;
    uint32_t partitions;
    struct mr_buf *whole; /* the file: room for a header, then records, each {u32 bytes, record} */
    uint64_t body_bytes;
    uint32_t body_crc;
    uint64_t older_sequence; /* the other slot's mark: replay could begin there; 0: it is not valid */
    uint64_t slot_bytes[2];  /* of both files */
};
/* The image's next record, from *at on (first 0), which moves behind it: 1; 0: there are no more.
 * -MR_E_CORRUPT: it does not end within the body. *number counts them. */
int checkpoint_record(const struct checkpoint_image *image, uint64_t *at, uint32_t *number,
                      struct mr_slice *ret);
/* Start-up and shutdown: with generation and session of now and the records of image (as loaded), written in
 * one step over the slot that does not count; image NULL: without records, which makes the journal void, to
 * both slots. What was written, and the directory entries, are durable then. */
int checkpoint_write_wait(struct store *s, const struct journal_mark *mark,
                          const struct checkpoint_image *image);
/* Start-up: nobody knows whether the flush of what checkpoint_load() found had succeeded. Write it again, in
 * one step and not in its own place; from then on nothing but it counts. */
int checkpoint_renew_wait(struct store *s, const struct checkpoint_image *image);
/* The newest valid one. -ENOENT: none was ever complete (one of both slots is missing: the first start did
 * not get further); -MR_E_CORRUPT: both are there, none is valid. */
int checkpoint_load(struct mr_io *io, const char *dir, uint32_t shard, struct checkpoint_image *ret);

#endif
