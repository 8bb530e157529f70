/* storage/index_load_priv.h - an index that is being loaded or built, shared by index_load.c (its files, who
 * waits for it) and index_walk.c (building it from the log). */
#ifndef MR_INDEX_LOAD_PRIV_H
#define MR_INDEX_LOAD_PRIV_H

#include "storage/index_load.h"

enum { INDEX_WALK_BYTES = 256 * 1024 };

enum task_state {
    TASK_QUEUED,
    TASK_OFFSETS,
    TASK_TIMES,
    TASK_FILE,
    TASK_FIRST,
    TASK_WALK,
    TASK_PUT,
    TASK_RENAME
};

/* QUEUED -> OFFSETS -> TIMES -> (more than offsets is wanted, or files that do not do: FILE -> (FIRST) ->
 * WALK, again until the end -> (built anew, of a closed segment: PUT -> RENAME, of both files)) -> over. */
struct index_task {
    struct store *store;
    struct plog *log;
    uint32_t number;
    uint32_t replacements; /* of the log: number counts as long as there are no more */
    struct segment *seg;   /* pinned */
    enum task_state state;
    bool anew; /* walked from the first byte on: no file counts */
    bool fallback;
    bool restart; /* somebody doubted what was loaded meanwhile: begin anew */
    bool pinned_file;
    bool times_put;
    bool damaged; /* it has stepped over bytes that hold no batch: what the files say of them stays */
    uint32_t skip, from, end, tries;
    uint32_t loaded_offsets, loaded_times; /* entries */
    int64_t next;                          /* no batch begins below it */
    uint32_t first_delta;                  /* the walk's first batch begins at or before it */
    /* Of the files: entries of what is walked over, made again by that, and how many of them it has tried. */
    struct offset_entry *ahead;
    struct time_entry *times;
    uint32_t ahead_count, ahead_at, times_count, times_at;
    struct mr_buf *buf;
    uint8_t *bytes;
    struct mr_op op;
    struct file_get get;
    struct file_put put;
    struct file_use file;
    struct mr_work work;
    struct mr_list wants; /* of struct index_want */
    struct mr_list link;  /* in store->index_queue */
};

/* ---- of index_load.c ---- */

void index_task_over(struct index_task *t);  /* t is gone */
void index_task_stuck(struct index_task *t); /* the log cannot be read further */
bool index_task_may(const struct index_task *t);
void index_task_say(const struct index_task *t, const char *what);
void index_begin_anew(struct index_task *t);
void index_serve_all(struct index_task *t);
/* One of the task's operations is over: its next step. */
void index_op_ready(struct mr_op *op);
void index_put_ready(struct file_put *p);
void index_file_ready(struct file_use *u);

/* ---- of index_walk.c ---- */

void index_open_file(struct index_task *t); /* of the segment, and walk on */
void index_file_open(struct index_task *t); /* it is, or cannot be */
void index_walk_next(struct index_task *t);
void index_first_read(struct index_task *t);
void index_walked(struct index_task *t);
/* What was built, into files: .index, then .timeindex, each beside and renamed. */
void index_put_next(struct index_task *t);
void index_rename_put(struct index_task *t);
void index_filed_both(struct index_task *t);

#endif
