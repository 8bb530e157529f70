/* storage/salvage_priv.h - what the files of salvage share. */
#ifndef MR_SALVAGE_PRIV_H
#define MR_SALVAGE_PRIV_H

#include "core/map.h"
#include "core/scratch.h"
#include "storage/losses.h"
#include "storage/names.h"
#include "storage/salvage.h"
#include "storage/segment.h"
#include "storage/verify_bounds.h"
#include "storage/walk.h"

#define SALVAGE_METADATA "__cluster_metadata-0"

/* A batch that stands in a journal. */
struct salvage_extent {
    int64_t base, last;
    uint64_t pos;
    uint32_t file; /* of salvage->journals */
    uint32_t bytes;
};

/* What the journals hold of one log. */
struct salvage_tail {
    struct part_key key;
    char key_bytes[PART_KEY_BYTES];
    bool taken;                   /* its log has been copied */
    struct salvage_extent *items; /* by base, after salvage_journals() */
    uint32_t count, cap;
};

struct salvage {
    struct mr_shard *shard;
    struct mr_io *io;
    const char *from, *to;
    void (*say)(void *ctx, const char *line);
    void *ctx;
    bool crashed;
    uint64_t session;
    struct bounds bounds;
    struct source *journals; /* open as long as their batches may be wanted */
    uint32_t journal_count;
    bool journals_whole;                  /* every block and checkpoint that there should be was read */
    struct mr_smap tails;                 /* of struct salvage_tail, by key_bytes */
    struct offsets starts, ends, cleaned; /* of the old directory */
    struct offsets new_starts, new_ends;  /* of the new one */
    struct losses known, lost;
    struct salvage_report report;
};

void salvage_say(struct salvage *s, bool loss, const char *fmt, ...) MR_PRINTF(3, 4);
/* Offsets [first, last] of log name are lost, because of what `why` says. */
int salvage_lost(struct salvage *s, const char *name, int64_t first, int64_t last, const char *why);

/* Everything that checkpoints and journals say, into bounds and tails (storage/salvage_journal.c). 0,
 * -ENOMEM. */
int salvage_journals(struct salvage *s, const struct names *files);
struct salvage_tail *salvage_tail(struct salvage *s, struct part_key key); /* NULL: none */

/* One log (storage/salvage_log.c). id: its topic's. 0, or an error of the new directory. */
int salvage_log(struct salvage *s, const char *name, struct mr_uuid id, const struct bound *bound);

#endif
