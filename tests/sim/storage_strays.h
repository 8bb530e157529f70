/* tests/sim/storage_strays.h - directories of a rig (storage_rig.h) that are no log's: what a power loss
 * brings back of removed ones. */
#ifndef SIM_STORAGE_STRAYS_H
#define SIM_STORAGE_STRAYS_H

#include "storage/logdir_priv.h"
#include "tests/sim/storage_rig.h"

/* The topic id in the directory that a line of verify is about. False: nothing tells. */
static inline bool rig_owner(const struct rig *g, const struct mlog *m, struct mr_uuid *ret)
{
    char path[128];
    uint8_t text[128];
    snprintf(path, sizeof(path), RIG_DIR "/%s-%d/partition.metadata", m->name, m->key.partition);
    int64_t len = node_peek(g->n, path, 0, text, sizeof(text));
    return len > 0 && partition_metadata_parse((struct mr_slice){text, (size_t)len}, ret);
}

/* What a power loss brought back of a removed log, its directory without all its bytes: a broker sets that
 * aside at its start, as it is in no topic (seeds 1885 and 306657736500, where the name is another log's that
 * has no directory yet); before that verify cannot know. */
static inline bool rig_is_left_over(const struct rig *g, const char *line)
{
    bool of_removed = false, of_another = false;
    for (const struct mlog *m = g->logs; m != NULL; m = m->next) {
        char dir[64];
        struct mr_uuid id;
        int n = snprintf(dir, sizeof(dir), "/%s-%d", m->name, m->key.partition);
        const char *at = strstr(line, dir);
        if (at == NULL || (at[n] != '/' && at[n] != ':'))
            continue;
        bool owned = rig_owner(g, m, &id);
        if (owned && !mr_uuid_eq(id, m->key.topic))
            continue;
        of_removed |= m->removed;
        of_another |= !m->removed && (owned || m->acked > 0); /* whose it is may be lost, too */
    }
    return of_removed && !of_another;
}

enum { RIG_STRAYS_MAX = 64 };

struct rig_strays {
    struct rig *g;
    char names[RIG_STRAYS_MAX][64];
    uint32_t count;
};

/* As core/broker/boot_dir.c: the model is what a broker's metadata would say. */
static inline void rig_note_stray(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    struct rig_strays *x = ctx;
    const char *name = path + sizeof(RIG_DIR);
    (void)bytes;
    if (!is_dir || strchr(name, '/') != NULL || !logdir_is_partition(name) ||
        logdir_claimed(x->g->dir, mr_str_of(name)) || x->count == RIG_STRAYS_MAX)
        return;
    for (const struct mlog *m = x->g->logs; m != NULL; m = m->next) {
        char own[64];
        struct logdir_part part;
        snprintf(own, sizeof(own), "%s-%d", m->name, m->key.partition);
        if (m->removed || m->remove_asked || strcmp(own, name) != 0)
            continue;
        logdir_part(x->g->dir, m->name, m->key.partition, &part);
        if (mr_uuid_is_zero(part.topic) || mr_uuid_eq(part.topic, m->key.topic))
            return;
    }
    snprintf(x->names[x->count++], sizeof(x->names[0]), "%s", name);
}

/* A start sets aside what is no log's, before logs are made. What an error leaves is there at the next one.
 */
static inline void rig_set_strays_aside(struct rig *g)
{
    struct rig_strays x = {.g = g};
    node_walk(g->n, RIG_DIR, rig_note_stray, &x);
    for (uint32_t i = 0; i < x.count; i++) {
        char from[128], to[160];
        struct mr_op op;
        snprintf(from, sizeof(from), RIG_DIR "/%s", x.names[i]);
        snprintf(to, sizeof(to), "%s.%08x%u-stray", from, g->boots, i);
        op_init(&op, NULL);
        io_rename(g->ios[0], &op, from, to);
        if (io_wait(g->ios[0], &op) != 0)
            continue;
        char *dash = strrchr(x.names[i], '-');
        *dash = '\0';
        logdir_moved(g->dir, x.names[i], (int32_t)strtol(dash + 1, NULL, 10));
    }
}

#endif
