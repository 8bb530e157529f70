/* storage/cold.h - blocks of segment files in memory: reads from files that several readers share, and that
 * are ahead of them. One per store.
 *
 * A block is COLD_BLOCK_BYTES of a segment's file, read once however many wait for it. Answers point into it
 * and hold it (mr_buf); of the blocks that nobody holds the one not used for longest makes room. Their number
 * is bounded, held or not: who finds no room reads for itself alone (storage/read.c). Blocks belong to a
 * struct segment, not to its name: cold_forget_segment() before that is freed, and what replaces it has
 * blocks of its own. Every read of old data, shared or not, asks for a turn first (storage/cold_pace.h). */
#ifndef MR_COLD_H
#define MR_COLD_H

#include "core/map.h"
#include "storage/cold_pace.h"
#include "storage/cold_streams.h"
#include "storage/store_priv.h"

enum {
    COLD_BLOCK_BYTES = 256 * 1024,
    COLD_TURN_BYTES = 512 * 1024, /* looked at in one turn of the shard, by all readers together */
};

/* One read of the device. */
struct cold_turn {
    struct mr_list link;
    void (*go)(struct cold_turn *t);
    bool has;
};

/* Somebody who waits for a block, or for the next turn of the shard. */
struct cold_wait {
    struct mr_list link;
    void (*run)(struct cold_wait *w, int err); /* err: of the block's read */
    int err;
};

enum cold_block_state { COLD_QUEUED, COLD_READING, COLD_READY };

struct cold_block {
    struct cold *cold;
    struct plog *log;
    struct segment *seg; /* pinned until the block is ready; afterwards only seg_id counts */
    uint32_t seg_id, number;
    enum cold_block_state state;
    bool ahead;       /* nobody has asked for it yet */
    uint32_t valid;   /* bytes of it that the file had */
    uint32_t want;    /* bytes of it that the file had when it was asked for */
    uint32_t ok_from; /* [ok_from, ok_to) belong to batches whose checksums fit */
    uint32_t ok_to;
    uint32_t tries;
    struct mr_buf *buf;
    struct cold_turn turn;
    struct file_use file;
    struct mr_op op;
    struct mr_list waiters; /* of cold_wait */
    struct mr_list link;    /* in cold->ready, or cold->loading */
    uint64_t used_ns;
};

struct cold {
    struct store *store;
    struct cold_pace pace;
    struct cold_streams streams;
    uint32_t block_bytes;
    uint32_t blocks_max; /* 0: nothing is shared */
    uint32_t bufs;       /* out: of blocks, and of answers that hold what is no block any more */
    uint32_t ids;        /* of segments */
    struct mr_map blocks;
    struct mr_list ready; /* of cold_block, least recently used first */
    struct mr_list loading;
    struct mr_list demand, ahead; /* of cold_turn: who wait for the device */
    struct mr_list walkers;       /* of cold_wait: who wait for the shard */
    struct mr_work device_work, walk_work;
    struct mr_timer rest_timer, idle_timer;
    uint64_t acked_ns; /* when the journal was last written */
    uint64_t turn_ns;  /* the shard's turn that turn_bytes is of */
    uint64_t turn_bytes;
};

struct cold *cold_new(struct store *s); /* NULL: out of memory */
void cold_free(struct cold *c);         /* nothing in flight, no answer holds a block */

/* From now on nothing is read ahead, and nobody waits for the sake of others. */
void cold_stop(struct cold *c);

/* Something has been acknowledged. */
void cold_acked(struct cold *c);

/* t->go runs later, when it may read; then cold_turn_end(), once it has. */
void cold_turn_want(struct cold *c, struct cold_turn *t, bool ahead);
void cold_turn_end(struct cold *c, struct cold_turn *t);

/* w->run runs in a later turn, or in this one, when the shard may look at more bytes. */
void cold_walk_want(struct cold *c, struct cold_wait *w);
/* May it now? And: so many were looked at. */
bool cold_walk_may(struct cold *c);
void cold_walked(struct cold *c, uint64_t bytes);

/* Block `number` of a segment of log, which lies below what is certain to be in its file; if it is not there
 * its reading begins. NULL: no memory for it now. It stays at least until the shard's next call of any of
 * these, and while its buffer is held. */
struct cold_block *cold_block_get(struct cold *c, struct plog *log, struct segment *seg, uint32_t number,
                                  bool ahead);
void cold_block_wait(struct cold_block *b, struct cold_wait *w); /* not ready yet */
/* What it holds is not to be trusted: it goes, and is read again when it is asked for. */
void cold_block_distrust(struct cold *c, struct cold_block *b);

/* Where the bytes of seg that are in its file for certain end. */
uint64_t cold_file_end(const struct segment *seg);

/* Not another byte of this is served, and what is in memory of it goes. */
void cold_forget_segment(struct cold *c, struct segment *seg); /* nobody has it pinned */
void cold_forget_log(struct cold *c, struct plog *log);        /* it has been removed */

#endif
