/* storage/store_priv.h - the inside of a store, shared by the files of storage/. */
#ifndef MR_STORE_PRIV_H
#define MR_STORE_PRIV_H

#include "core/map.h"
#include "storage/file_put.h"
#include "storage/logdir.h"
#include "storage/segment.h"
#include "storage/store.h"

struct checkpoint_task;
struct reaper;
struct mat_task;

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

    struct mr_smap logs; /* by key_bytes */
    struct mr_list all;  /* of logs, in order of creation */
    struct mr_list touched;        /* logs whose stable_end moved in the group that just completed */
    struct mr_list to_materialise; /* logs with work, oldest first */
    struct mat_task *mat_tasks[MAT_TASKS];
    uint32_t mat_busy;
    struct mr_work mat_work;
    bool mat_force; /* everything down to the fragment: checkpoint, close */

    struct checkpoint_task *checkpoint; /* running, or NULL */
    bool checkpoint_wanted;
    struct mr_timer checkpoint_timer;

    struct mr_list files; /* of open segments, least recently used first */
    uint32_t files_open;
    struct mr_list openers; /* of file_use: waiting for a file that another one opens */
    bool root_dirty;        /* entries of the log directory itself that io_sync_dir() has not covered */

    struct reaper *reaper;
    bool recovering;
    struct mr_smap orphans; /* recovery: keys of logs that must turn out to be removed */
    struct store_recovery recovery;
    uint32_t tasks; /* anything in flight that points at the store */
    struct store_stats stats;
};

void store_fence(struct store *s, int err, const char *reason);
void store_changed(struct store *s); /* something to checkpoint: arms the timer */

/* Segment files, opened by need and closed by age. segment_use() calls back (later or now: returns true) with the file
 * open and pinned; segment_unuse() unpins. */
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
    struct mr_list link;
    void (*done)(struct file_use *u);
};
bool file_use_begin(struct file_use *u); /* true: ready at once, done will not run */
void file_use_end(struct file_use *u);
/* Close a segment's file now or when its last user ends; seg is freed then if drop. */
void segment_close_later(struct store *s, struct segment *seg); /* no pins; harmless when not open */
void segment_close_sync(struct store *s, struct segment *seg); /* start-up and shutdown */

/* Materialise (storage/materialise.c). */
void materialise_kick(struct store *s);
void materialise_run(struct mr_work *w); /* of store->mat_work */
void materialise_want(struct plog *log); /* put the log in line */
bool materialise_idle(const struct store *s);
/* True when nothing of log below these bytes of segment number seg is missing in the files. */
bool materialised_to(const struct plog *log, uint32_t seg, uint64_t pos);

/* Checkpoint (storage/checkpoint.c). */
void checkpoint_start(struct store *s);
void checkpoint_poke(struct store *s); /* look again: something it may wait for has happened */
bool checkpoint_running(const struct store *s);
struct checkpoint_image {
    uint64_t counter, generation;
    struct journal_mark mark;
    uint64_t flushed_sequence;
    uint32_t files, unit;
    uint64_t file_bytes;
    uint32_t partitions;
    struct mr_buf *body; /* records, each {u32 bytes, record} */
    uint64_t body_bytes;
};
/* Start-up and shutdown: write both slots, so that both directory entries exist and are durable, with the generation of the
 * store and the records of image (as loaded; NULL: none, which makes the journal void). */
int checkpoint_write_wait(struct store *s, const struct journal_mark *mark, const struct checkpoint_image *image);
/* The newest valid one. -ENOENT: none; -MR_E_CORRUPT: files are there, none is valid. */
int checkpoint_load(struct mr_io *io, const char *dir, uint32_t shard, struct checkpoint_image *ret);

#endif
