/* storage/walk.h - the batches of one segment file, from the first byte to the last, whatever is damaged
 * between them. For verify and salvage; waits (io_wait()). See storage/walk.c for how it tells sound from
 * damaged. */
#ifndef MR_WALK_H
#define MR_WALK_H

#include "net/wire/batch.h"
#include "storage/epoch.h"
#include "storage/source.h"

enum walk_kind {
    WALK_BATCH,  /* sound: b */
    WALK_DAMAGE, /* [pos, end) of the file holds no sound batch */
};

struct walk_piece {
    enum walk_kind kind;
    uint64_t pos, end; /* bytes of the file */
    struct kw_batch b; /* WALK_BATCH: until the next call */
    int64_t from,
        to; /* WALK_DAMAGE: offsets [from, to) that were there, at most; to -1: up to the end of the log */
    char what[96]; /* WALK_DAMAGE: what stands there instead */
};

struct walk {
    struct source src;
    struct mr_scratch big; /* a batch larger than the window */
    uint64_t pos;
    int64_t base, next, limit;
    int64_t known_end; /* of the log, as far as others say: what is found behind damage, or, in its last file,
                          behind a gap, lies below it; 0: not known */
    /* The log's history, right below epochs_end: what is found behind damage fits it. NULL: not known. */
    const struct epoch_cache *epochs;
    int64_t epochs_end;
};

/* The file at path holds offsets [base, limit); limit INT64_MAX: not known. 0, -ENOENT, -EISDIR, -EIO,
 * -ENOMEM. */
int walk_open(struct walk *w, struct mr_io *io, const char *path, int64_t base, int64_t limit);
/* Without a file: only what source_overlay() gives. */
int walk_open_none(struct walk *w, struct mr_io *io, int64_t base, int64_t limit);
void walk_close(struct walk *w); /* opened or all zero */
/* 1: a piece, 0: the end. w->next is the offset behind the last sound batch then. -ENOMEM, or the disk's
 * error when nothing behind pos can be read. */
int walk_next(struct walk *w, struct walk_piece *p);

/* Could these 61 bytes begin a batch of at most left bytes? The checksum settles it. */
bool batch_plausible(const struct kw_batch_header *h, uint64_t left);
/* Could it also stand in a segment that begins at offset least? No store has written another one. */
bool batch_likely(const struct kw_batch_header *h, uint64_t left, int64_t least);
/* The first place in [pos, end) where a batch stands whose checksum fits and whose offset is not below least;
 * end: none. *ret_gave_up: too much looked like one. */
uint64_t batch_search(struct source *src, uint64_t pos, uint64_t end, int64_t least, bool *ret_gave_up);

#endif
