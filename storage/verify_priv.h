/* storage/verify_priv.h - what the files of verify share. */
#ifndef MR_VERIFY_PRIV_H
#define MR_VERIFY_PRIV_H

#include "storage/index_check.h"
#include "storage/losses.h"
#include "storage/names.h"
#include "storage/segment.h"
#include "storage/store_priv.h"
#include "storage/verify.h"
#include "storage/verify_bounds.h"
#include "storage/verify_txns.h"
#include "storage/walk.h"

enum { VERIFY_FILE_BYTES_MAX = INT32_MAX };

struct verify {
    struct mr_shard *shard;
    struct mr_io *io;
    const char *path;
    bool crashed;
    uint64_t session; /* of a crashed directory: checkpoints of another one are void */
    void (*say)(void *ctx, const char *line);
    void *ctx;
    struct bounds bounds;   /* of a crashed directory */
    struct offsets starts;  /* where its logs begin, above their first segment */
    struct offsets ends;    /* of a closed one: where its logs end, as it says */
    struct offsets cleaned; /* logs that compaction has been at */
    struct losses known;    /* what millrace salvage wrote down */
    struct verify_report report;
};

/* Bytes of a file; to > 0: [from, to). */
struct verify_place {
    const char *file;
    uint64_t from, to;
};

/* One line for the operator: `FILE: bytes A to B: ...`, without the bytes when at->to is 0. */
void verify_find(struct verify *v, const struct verify_place *at, const char *fmt, ...) MR_PRINTF(3, 4);
/* "offsets 10 to 19"; [from, to), to -1: "offsets from 10 on"; "no offset". Into dst[64]; returns dst. */
const char *verify_offsets(char dst[64], int64_t from, int64_t to);

/* The directory NAME of a log (storage/verify_log.c). 0, -ENOMEM, -EIO. */
int verify_log(struct verify *v, const char *name);
/* .index and .timeindex of a segment (storage/verify_index.c), whose paths are set; its batches pass, and
 * damage between them (index_check_hole()), then what is wrong is said, unless they have not passed to the
 * end. */
struct verify_indexes {
    char paths[INDEX_KINDS][SEGMENT_PATH_MAX];
    struct index_check check;
    struct source src[INDEX_KINDS];
};
void verify_indexes_open(struct verify *v, struct verify_indexes *x, int64_t base);
void verify_indexes_batch(struct verify *v, struct verify_indexes *x, const struct kw_batch_header *h,
                          uint64_t pos);
void verify_indexes_close(struct verify *v, struct verify_indexes *x, bool walked);
/* Checkpoint and journal of one shard (storage/verify_journal.c). */
int verify_journal(struct verify *v, uint32_t shard);

#endif
