/* storage/flush_list.h - files and directories that were written and are to be flushed, some at a time.
 *
 * For a clean close: one flush after the other pays the device for each, several in flight share its commits.
 * Its user runs it when it is full and at the end; nothing that was added is durable before a
 * flush_list_run() has returned 0.
 *
 * Of very many, the file system is flushed as a whole instead: then nothing needs to be remembered, and what
 * is no file of the list (partition.metadata) comes along. */
#ifndef MR_FLUSH_LIST_H
#define MR_FLUSH_LIST_H

#include "core/io.h"
#include "core/scratch.h"
#include "storage/segment.h"

struct store;

/* Fewer than the kernel has workers for flushes (core/README.md). */
enum { FLUSH_LIST_AT_ONCE = 8, FLUSH_LIST_FULL = 4096, FLUSH_LIST_BYTES_MAX = 64 << 20 };

struct flush_list {
    struct store *store;
    struct mr_file fs;       /* a run flushes the file system that it stands on; MR_NO_FILE: each by itself */
    struct mr_scratch paths; /* of each: 'f' or 'd', the path, NUL */
    uint32_t count;
    size_t next; /* where in paths the next one to be flushed stands */
    uint32_t busy;
    int err; /* the first one; what was not begun then is left */
    struct flush_slot {
        struct mr_op op;
        struct flush_list *list;
        struct mr_file file;
        int step;
    } slots[FLUSH_LIST_AT_ONCE];
};

void flush_list_init(struct flush_list *l, struct store *s, struct mr_file fs);
/* The path is copied. 0, -ENOMEM or -MR_E_LIMIT. */
int flush_list_file(struct flush_list *l, const char *path);
int flush_list_dir(struct flush_list *l, const char *path); /* its entries */
bool flush_list_full(const struct flush_list *l);           /* to be run soon: more may still be added */
/* Flush what was added. What is added from then on is of the next run. 0, or the first error of any run. */
int flush_list_run(struct flush_list *l);
void flush_list_done(struct flush_list *l);

#endif
