/* tests/sim/storage_damaged.h - damage to the index files of a rig's logs (storage_rig.h), which nobody may
 * believe more than the log. */
#ifndef SIM_STORAGE_DAMAGED_H
#define SIM_STORAGE_DAMAGED_H

#include "tests/sim/storage_rig.h"

enum { RIG_INDEX_BYTES = 4096 };

struct rig_indexes {
    struct rig *g;
    uint8_t other[RIG_INDEX_BYTES]; /* an earlier one that was met */
    size_t other_bytes;
};

static inline void rig_damage_file(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    struct rig_indexes *x = ctx;
    struct rig *g = x->g;
    const char *dot = strrchr(path, '.');
    if (is_dir || dot == NULL || (strcmp(dot, ".index") != 0 && strcmp(dot, ".timeindex") != 0))
        return;
    size_t entry = strcmp(dot, ".index") == 0 ? 8 : 12;
    uint8_t now[RIG_INDEX_BYTES];
    size_t len = (size_t)mr_min(bytes, RIG_INDEX_BYTES);
    int64_t n = node_peek(g->n, path, 0, now, len);
    if (n != (int64_t)len || rng_below(g->rng, 3) != 0)
        return;
    g->damaged++;
    switch (rng_below(g->rng, 6)) {
    case 0:
        if (len > 0)
            (void)node_bit_rot(g->n, path, 0, len, (unsigned)rng_between(g->rng, 1, 6));
        break;
    case 1: /* whole entries, or a piece of one */
        node_put(g->n, path, now, rng_below(g->rng, len + 1));
        break;
    case 2:
        node_put(g->n, path, now, rng_below(g->rng, len / entry + 1) * entry);
        break;
    case 3: /* zeros, as of a file that was never written */
        memset(now, 0, len);
        node_put(g->n, path, now, len);
        break;
    case 4: /* somebody else's */
        node_put(g->n, path, x->other, x->other_bytes);
        break;
    case 5: /* sorted, and wrong */
        for (size_t at = 0; at + entry <= len; at += entry)
            mr_put32(now + at + entry - 4, mr_get32(now + at + entry - 4) + 1);
        node_put(g->n, path, now, len);
        break;
    }
    x->other_bytes = len;
    memcpy(x->other, now, len);
}

static inline void rig_damage_indexes(struct rig *g)
{
    struct rig_indexes x = {.g = g};
    node_walk(g->n, RIG_DIR, rig_damage_file, &x);
}

#endif
