#include "net/api/walk.h"
#include "core/broker/dirs.h"

static void again(struct mr_work *work)
{
    struct walk *w = MR_CONTAINER(work, struct walk, again);
    w->go(w);
}

void walk_start(struct fan_part *part, void (*go)(struct walk *w))
{
    struct walk *w = arena_new(&part->arena, struct walk);
    MR_ASSERT(w != NULL); /* the first bytes of an arena that has room for megabytes */
    w->part = part;
    w->go = go;
    part->state = w;
    work_init(&w->again, again);
    go(w);
}

void walk_on(struct walk *w)
{
    w->next++;
    shard_ready(w->part->at_shard, &w->again);
}

bool walk_usable(struct walk *w, struct partition *p, struct part_key key, int32_t leader_epoch,
                 enum kw_error *ret_error)
{
    *ret_error =
        p == NULL ? dirs_missing(broker_of(w->part->at_shard), key) : partition_check_epoch(p, leader_epoch);
    if (*ret_error != KW_NONE)
        return true;
    if (!plog_open(p->log, &w->again))
        return false;
    if (plog_failed(p->log) != 0)
        *ret_error = KW_KAFKA_STORAGE_ERROR;
    return true;
}
