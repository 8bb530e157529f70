/* A node's disk as a whole. */
#include "tests/sim/lib/disk_priv.h"

struct disk *disk_new(struct sim_node *n)
{
    struct disk *d = mem_zalloc(1, sizeof(*d));
    MR_ASSERT(d != NULL);
    d->node = n;
    d->capacity_bytes = n->w->opt.disk_bytes;
    list_init(&d->inodes);
    list_init(&d->dirty);
    list_init(&d->changes);
    list_init(&d->rules);
    d->root = inode_new(d, true);
    inode_use(d->root);
    return d;
}

void disk_free(struct disk *d)
{
    dir_sync_all(d, UINT64_MAX);
    faults_free(d);
    struct inode *root = d->root;
    dir_clear(root);
    inode_unuse(root);
    inode_unref(root);
    MR_ASSERT(list_empty(&d->inodes)); /* the simulator lost count of a file */
    mem_free(d);
}

static uint8_t draw_pct(struct rng *r, uint8_t pct)
{
    if (pct <= 100)
        return pct;
    switch (rng_below(r, 4)) { /* the extremes find more than the middle */
    case 0:
        return 0;
    case 1:
        return 100;
    default:
        return (uint8_t)rng_below(r, 101);
    }
}

void disk_power_loss(struct disk *d)
{
    struct world *w = d->node->w;
    uint8_t keep_pct = draw_pct(&w->rng_disk, w->opt.keep_pct);
    uint8_t torn_pct = draw_pct(&w->rng_disk, w->opt.torn_pct);
    MR_ASSERT(d->flushing == 0);
    LIST_FOR(at, &d->inodes)
    inode_power_loss(MR_CONTAINER(at, struct inode, link), keep_pct, torn_pct);
    dir_power_loss(d, draw_pct(&w->rng_disk, w->opt.keep_pct));
}

void disk_process_ends(struct disk *d, uint64_t process)
{
    LIST_FOR(at, &d->inodes)
    {
        struct inode *ino = MR_CONTAINER(at, struct inode, link);
        if (ino->lock_owner == process)
            ino->lock_owner = 0;
    }
}
