/* net/api/walk.h - going through a part's items one after the other on their shard, where each may have to
 * wait. */
#ifndef MR_WALK_H
#define MR_WALK_H

#include "core/broker/partition.h"
#include "net/fan.h"

/* part->state. again runs walk->go: at the start, and whenever what an item waited for has happened. */
struct walk {
    struct fan_part *part;
    struct mr_work again;
    void (*go)(struct walk *w);
    uint32_t next; /* item */
};

void walk_start(struct fan_part *part, void (*go)(struct walk *w));

/* An item that was waited for is done: on with the next, in a later step. */
void walk_on(struct walk *w);

/* Open the log of p and check that it can be used. False: it is being opened, w->go runs again later.
 * *ret_error: KW_NONE, KW_UNKNOWN_TOPIC_OR_PARTITION (p is NULL), KW_KAFKA_STORAGE_ERROR, or what the leader
 * epoch says. */
bool walk_usable(struct walk *w, struct partition *p, struct part_key key, int32_t leader_epoch,
                 enum kw_error *ret_error);

#endif
