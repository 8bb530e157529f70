/* storage/index_check.h - .index and .timeindex of a closed segment, held against its batches as these pass:
 * every entry must lead where it says, and nothing may stand behind the last one, nor be missing there. For
 * verify and the scrubber.
 *
 * Both files are seen through windows, which the caller moves on: so it reads them as it likes, in little
 * memory. Nothing is said of entries that lead into damage: that is what is damaged. */
#ifndef MR_INDEX_CHECK_H
#define MR_INDEX_CHECK_H

#include "net/wire/batch.h"

enum index_kind { INDEX_OFFSETS, INDEX_TIMES, INDEX_KINDS };

enum {
    INDEX_MISSING_MAX = 8, /* entries that a file may lack at its end: look-ups read so much more */
    INDEX_ENTRY_MAX = 12,
};

struct index_view {
    /* The window, the caller's: bytes [at, at + len) of the file; at is `next` or before it. */
    const uint8_t *bytes;
    uint64_t at;
    size_t len;
    bool ends; /* the file ends with it */
    bool off;  /* the file is not looked at, or not any further */
    /* out: is it wrong? Its bytes [from, to) are. */
    bool wrong;
    uint64_t from, to;
    char why[128];
    uint64_t next; /* place behind the entry that is looked at: */
    /* private */
    bool have, any;
    int64_t timestamp; /* of a time entry */
    uint32_t delta, pos;
};

struct index_check {
    struct index_view files[INDEX_KINDS];
    /* private */
    int64_t base;
    bool hole;                    /* damage lies before the next batch; */
    bool holes;                   /* or lay anywhere */
    int64_t latest, filed_latest; /* timestamps: of the batches, of the last entry */
    int64_t owed;                 /* an entry's offset: a later batch than its own ends there; -1: none */
    uint64_t owed_at;             /* that entry's place */
    /* Entries that are missing behind the last one: by the interval of now, or by what the file itself shows
     * that its own one was. */
    uint64_t interval, quiet; /* bytes without an entry, since the last one */
    uint64_t filed_pos, due_pos;
    uint32_t missing;
    bool entered; /* the batch has an entry */
};

/* interval_bytes: between entries, as they are written now. No file is looked at before its `off` is taken
 * away; the windows are empty, at 0. */
void index_check_begin(struct index_check *c, int64_t base, uint64_t interval_bytes);

/* The next sound batch. INDEX_KINDS: done. Else that file's window must be moved on to its `next`, with at
 * least INDEX_ENTRY_MAX bytes from there on unless the file ends, and the same call comes again. */
enum index_kind index_check_batch(struct index_check *c, const struct kw_batch_header *h, uint64_t pos);
/* Damage before the next batch, or the end. */
void index_check_hole(struct index_check *c);
/* No more batches. Returns as index_check_batch() does. */
enum index_kind index_check_end(struct index_check *c);

#endif
