/* storage/checkpoint_priv.h - what the files of checkpoints share. */
#ifndef MR_CHECKPOINT_PRIV_H
#define MR_CHECKPOINT_PRIV_H

#include "storage/store_priv.h"

enum { CHECKPOINT_BODY_BYTES_MAX = 1 << 30 };

struct checkpoint_header {
    uint64_t counter;
    struct journal_mark mark;
    uint64_t flushed; /* sequence */
    uint32_t partitions;
    uint64_t body_bytes;
    uint32_t body_crc;
};
/* h has CHECKPOINT_BODY_AT bytes. */
void checkpoint_header_put(const struct store *s, uint8_t *h, const struct checkpoint_header *in);
/* dst has SEGMENT_PATH_MAX bytes. */
void checkpoint_slot_path(const struct store *s, char *dst, uint64_t counter);

/* Writes a checkpoint into the slot that does not count, piece by piece, over what stands there: blocks that
 * were written before need no change of metadata. OPEN -> WRITE (when told so: checkpoint_put_more()) ->
 * (CUT, when the slot is much longer) -> FLUSH -> CLOSE -> done(). Errors end it the same way. */
struct checkpoint_put {
    struct store *store;
    struct mr_op op;
    struct mr_file file;
    struct mr_buf *piece;
    const uint8_t *bytes;
    uint64_t len, written, slot;
    uint32_t flight;
    int step;
    int err;
    void (*done)(struct checkpoint_put *p);  /* p may go */
    void (*wants)(struct checkpoint_put *p); /* it could write the next piece */
};
enum { CHECKPOINT_PIECE = 256 * 1024 };
/* bytes[0, len) stay until done(); slot: counter & 1. */
void checkpoint_put_start(struct checkpoint_put *p, struct store *s, uint64_t counter, const uint8_t *bytes,
                          uint64_t len, void (*wants)(struct checkpoint_put *p),
                          void (*done)(struct checkpoint_put *p));
bool checkpoint_put_ready(const struct checkpoint_put *p);      /* it waits to be told */
void checkpoint_put_more(struct checkpoint_put *p);             /* the next piece, or the end */
void checkpoint_put_give_up(struct checkpoint_put *p, int err); /* it waits: close, and done() with err */

#endif
