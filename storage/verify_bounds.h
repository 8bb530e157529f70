/* storage/verify_bounds.h - how far the files of a crashed directory's logs must be right: as far as the
 * partition records in its checkpoints and journals say that they are on stable storage. What lies beyond was
 * written ahead of them, and recovery writes it anew from the journal. */
#ifndef MR_VERIFY_BOUNDS_H
#define MR_VERIFY_BOUNDS_H

#include "core/map.h"
#include "storage/epoch.h"
#include "storage/format.h"
#include "storage/names.h"
#include "storage/segment.h"

struct bound;

struct bounds { /* all zero: empty */
    struct bound **items;
    uint32_t count, cap;
    struct mr_smap by_key;
};

void bounds_done(struct bounds *b);
/* A partition record (storage/record.c). An earlier one of the same log stays: it is from the checkpoint. 0,
 * -MR_E_CORRUPT, -ENOMEM. */
int bounds_add(struct bounds *b, struct mr_slice record);
/* A TRUNCATE entry's record (storage/truncate.c), at its place in the journal: it takes the place of what was
 * known. Nothing happens when that is later. Errors as bounds_add(). */
int bounds_truncate(struct bounds *b, uint64_t sequence, uint32_t entry, struct mr_slice record);
/* The log was deleted; a record of it need not be known. 0, -ENOMEM, -MR_E_CORRUPT. */
int bounds_remove(struct bounds *b, struct part_key key, struct mr_str topic);
/* The log's start moved: what ends below it is nobody's any more, though its files may still be there, or
 * half there. */
void bounds_start(struct bounds *b, struct part_key key, int64_t start);
/* And a new segment began. */
void bounds_rolled(struct bounds *b, struct part_key key, int64_t base);
/* A REPLACE entry's body (storage/compact_swap.h), at its place in the journal: what the record says of the
 * old segments is said of the new one from now on. Nothing happens when the record knows that. 0, -ENOMEM,
 * -MR_E_CORRUPT. */
int bounds_replace(struct bounds *b, struct part_key key, uint64_t sequence, uint32_t entry,
                   struct mr_slice body);
/* Is TOPIC-PARTITION, if it is still there, what a deleted log left? The next start deletes it. */
bool bounds_gone(const struct bounds *b, const char *dir);

struct bound_segment {
    int64_t base;
    uint64_t
        bytes;    /* from the beginning of the file; of the last segment with what the record itself holds */
    bool indexed; /* its index files count, too */
    bool txns;    /* and its .txnindex */
    /* Not 0: the number of the cleaning that made it. A file that still has that cleaning's name is the
     * segment's, and then what has the plain name is another, older one's (storage/compact_swap.h). */
    uint32_t cleaned;
};

/* What the records of a log say. */
struct bound {
    struct part_key key;
    char key_bytes[PART_KEY_BYTES];
    uint32_t at;   /* in items */
    char dir[280]; /* TOPIC-PARTITION */
    bool gone;
    int64_t log_start, append_end;
    int64_t next; /* base of the segment behind the last one here; INT64_MAX: there is none */
    struct epoch_cache epochs;
    uint64_t rest_at; /* of the last segment: from here on */
    uint8_t *rest;    /* these bytes count, whatever the file holds */
    size_t rest_bytes;
    int64_t clean_to;  /* below it compaction has been at work: what the files lack there is not missing */
    uint64_t sequence; /* what stands before (sequence, entry) in the journal is known to the record */
    uint32_t entry;
    uint32_t count;
    struct bound_segment *segments;
};

/* Of the directory TOPIC-PARTITION; NULL: no record names that log, so all must be right. A segment that the
 * record does not have may hold anything. (Logs of the same name come one after the other: the last one that
 * is not gone.) */
const struct bound *bounds_of(const struct bounds *b, const char *dir);
const struct bound_segment *bound_segment(const struct bound *one, int64_t base);
/* Does it end below the start of the log? Then it is nobody's any more, though its file may still be there,
 * or half there. */
bool bound_below(const struct bound *one, const struct bound_segment *seg);
/* The file with this suffix of the segment at base (seg NULL: of which nothing is known), by the name that it
 * has in the log's directory dir, whose names are files. */
void bound_file(char dst[SEGMENT_PATH_MAX], const char *dir, const struct names *files,
                const struct bound_segment *seg, int64_t base, const char *suffix);

/* Does an index of a segment with its base in [from, to) stand there without the segment? Then that is
 * missing: who deletes one, or replaces it, deletes both. (Where compaction has been, a gap of offsets says
 * nothing.) */
bool segment_missing(const struct names *files, int64_t from, int64_t to);

#endif
