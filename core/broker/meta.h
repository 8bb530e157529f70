/* core/broker/meta.h - how batches of the metadata log reach the image of every shard.
 *
 * At the start each shard applies the same history, before anything is served. Afterwards shard 0 publishes
 * what was committed: every shard applies it to its own image, brings its partitions in line and answers;
 * when all have, it is done. The image changes in one turn; making many partitions takes more of them, in
 * which the shard does not know those yet that are still to come. */
#ifndef MR_META_H
#define MR_META_H

#include "core/broker/broker.h"

/* Apply whole batches in a row. Errors as image_apply(); -MR_E_CORRUPT when bytes are left over. */
int meta_apply(struct image *img, struct mr_slice batches,
               void (*changed)(void *ctx, const struct image_change *c), void *ctx);

/* What a start has read: a snapshot perhaps, then the log. Written by shard 0, read by all afterwards. */
struct meta_history {
    struct meta_piece {
        uint8_t *bytes; /* whole batches */
        size_t len;
        int64_t snapshot_end; /* >= 0: these are a snapshot, and the log goes on at this offset */
        int32_t snapshot_epoch;
    } * pieces;
    uint32_t count;
};
int meta_history_add(struct meta_history *h,
                     struct meta_piece piece); /* takes piece.bytes, also after -ENOMEM */
void meta_history_done(struct meta_history *h);
int meta_history_apply(const struct meta_piece *piece, struct image *img);

/* One publication at a time. */
enum { META_SHARDS_MAX = 64 };
struct meta_publish {
    /* in */
    struct mr_slice batches;              /* borrowed until done() */
    void (*done)(struct meta_publish *p); /* on shard 0, later */
    /* out */
    int err; /* of the first shard that could not apply: its image is void and the broker must stop */
    /* private */
    struct broker *broker;
    uint32_t waiting;
    struct meta_note {
        struct mr_msg msg;
        struct meta_publish *publish;
        struct broker_shard *at;
        struct image_change *made; /* new partitions, to be made in line, some a turn */
        uint32_t made_count, made_cap, made_next;
        struct mr_work work; /* makes them; then waits until deleted partitions have freed their names */
        int err;
    } notes[META_SHARDS_MAX];
};
void meta_publish(struct broker_shard *zero, struct meta_publish *p);

#endif
