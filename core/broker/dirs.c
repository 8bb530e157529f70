#include "core/broker/dirs.h"

#include <stdio.h>

#include "core/broker/controller.h"
#include "core/broker/partition.h"
#include "core/mem.h"
#include "storage/logdir.h"
#include "storage/space.h"

int dirs_of_id(const struct broker *b, struct mr_uuid id)
{
    for (uint32_t d = 0; d < b->dir_count; d++) {
        if (b->dirs[d].dir != NULL && mr_uuid_eq(b->dirs[d].id, id))
            return (int)d;
    }
    return -1;
}

int dirs_of(const struct broker *b, const struct image_partition *p)
{
    for (int32_t i = 0; i < p->replica_count; i++) {
        if (p->replicas[i] == b->node_id)
            return dirs_of_id(b, p->directories[i]);
    }
    return -1;
}

bool dirs_offline(const struct broker *b, const struct image_partition *p)
{
    int dir = dirs_of(b, p);
    return p->replicas != NULL && (dir < 0 || !dir_online(b, (uint32_t)dir));
}

enum kw_error dirs_missing(const struct broker_shard *b, struct part_key key)
{
    const struct image_topic *t = image_topic_by_id(b->image, key.topic);
    bool offline = t != NULL && key.partition >= 0 && key.partition < t->partition_count &&
                   dirs_offline(b->broker, &t->partitions[key.partition]);
    return offline ? KW_KAFKA_STORAGE_ERROR : KW_UNKNOWN_TOPIC_OR_PARTITION;
}

int32_t dirs_ids(const struct broker *b, struct mr_uuid ret[BROKER_DIRS_MAX])
{
    int32_t n = 0;
    for (uint32_t d = 0; d < b->data_dirs; d++) {
        if (dir_online(b, d))
            ret[n++] = b->dirs[d].id;
    }
    return n;
}

/* ---- placing ---- */

static void look(struct dirs_placer *p, struct broker_shard *zero)
{
    const struct broker *b = zero->broker;
    struct config_view v = config_static(b->config);
    int64_t reserve = config_int(&v, "millrace.disk.reserve.bytes");
    uint32_t at = 0;
    for (uint32_t d = 0; d < b->dir_count; d++) {
        uint64_t total = 0, room = 0;
        p->count[d] = 0;
        p->room[d] = 0;
        if (dir_online(b, d) && io_space(zero->shard->io, b->dirs[d].path, &total, &room) == 0)
            p->room[d] = room - mr_min(room, space_reserve(reserve, total));
    }
    for (const struct image_topic *t; (t = image_next(zero->image, &at)) != NULL;) {
        for (int32_t i = 0; i < t->partition_count; i++) {
            int dir = t->partitions[i].replicas != NULL ? dirs_of(b, &t->partitions[i]) : -1;
            if (dir >= 0)
                p->count[dir]++;
        }
    }
    p->ready = true;
}

/* Is a better than c, by free space for each partition, and then by their number? */
static bool better(const struct dirs_placer *p, uint32_t a, uint32_t c)
{
    uint64_t mine = p->room[a] / (p->count[a] + 1), its = p->room[c] / (p->count[c] + 1);
    return mine != its ? mine > its : p->count[a] < p->count[c];
}

uint32_t dirs_place(struct dirs_placer *p, struct broker_shard *zero)
{
    const struct broker *b = zero->broker;
    int best = -1;
    if (b->data_dirs == 1 && dir_online(b, 0))
        return 0;
    if (!p->ready)
        look(p, zero);
    for (uint32_t d = 0; d < b->data_dirs; d++) {
        if (dir_online(b, d) && (best < 0 || better(p, d, (uint32_t)best)))
            best = (int)d;
    }
    if (best < 0)
        best = (int)b->metadata_dir; /* all others have failed */
    p->count[best]++;
    return (uint32_t)best;
}

/* ---- where they are ---- */

static bool lies_in(struct broker *b, uint32_t dir, const struct image_topic *t, struct part_key key)
{
    struct broker_shard *home = b->by_shard[placement_shard(key, b->shards)];
    struct logdir_part part;
    if (home->stores[dir] != NULL && store_find(home->stores[dir], key) != NULL)
        return true;
    logdir_part(b->dirs[dir].dir, t->name, key.partition, &part);
    return part.exists &&
           (mr_uuid_eq(part.topic, key.topic) || (mr_uuid_is_zero(part.topic) && part.end >= 0));
}

int dirs_find(struct broker *b, const struct image_topic *t, int32_t i, int *ret, char *why, size_t why_bytes)
{
    struct part_key key = {t->id, i};
    int found = -1;
    for (uint32_t d = 0; d < b->dir_count; d++) {
        if (!dir_online(b, d) || !lies_in(b, d, t, key))
            continue;
        if (found >= 0) {
            snprintf(why, why_bytes,
                     "%s-%d is in two log directories, %s and %s: move the one that is not wanted away",
                     t->name, i, b->dirs[found].path, b->dirs[d].path);
            return -MR_E_STATE;
        }
        found = (int)d;
    }
    if (found < 0 && !dirs_offline(b, &t->partitions[i]))
        found = dirs_of(b, &t->partitions[i]);
    struct mr_uuid said = t->partitions[i].directories[0];
    static const struct mr_uuid lost = {{[15] = 3}}; /* KIP-858: below are MIGRATING, UNASSIGNED, LOST */
    if (found < 0 && memcmp(said.bytes, lost.bytes, sizeof(lost.bytes)) < 0)
        found = -2;
    *ret = found;
    return 0;
}

/* ---- failing ---- */

/* What one shard's store of one directory has to tell. Both are sent at most once: a store fails once, and so
 * does a directory. They live as long as the broker: a shard that goes down may leave one undelivered. */
struct dir_news {
    struct mr_msg up;   /* from the shard to shard 0 */
    struct mr_msg down; /* back: the directory has failed somewhere */
    uint32_t dir;
};

struct dir_news *dirs_news(uint32_t shards)
{
    struct dir_news *all = mem_zalloc((size_t)shards * BROKER_DIRS_MAX, sizeof(*all));
    for (uint32_t i = 0; all != NULL && i < shards * BROKER_DIRS_MAX; i++)
        all[i].dir = i % BROKER_DIRS_MAX;
    return all;
}

static struct dir_news *news_of(const struct broker *b, uint32_t shard, uint32_t dir)
{
    return &b->news[shard * BROKER_DIRS_MAX + dir];
}

static void fail_here(struct broker_shard *b, uint32_t dir)
{
    if (b == NULL || b->stores[dir] == NULL)
        return;
    store_fail(b->stores[dir], -EIO, "another shard's part of this directory failed");
    partition_dir_gone(b, dir);
}

static void went_down(struct mr_shard *at, struct mr_msg *msg)
{
    fail_here(broker_of(at), MR_CONTAINER(msg, struct dir_news, down)->dir);
}

static void came_up(struct mr_shard *zero, struct mr_msg *msg)
{
    uint32_t dir = MR_CONTAINER(msg, struct dir_news, up)->dir;
    struct broker_shard *b = broker_of(zero);
    if (b == NULL || atomic_exchange(&b->broker->dirs[dir].failed, true))
        return;
    log_error(b->broker->log, "broker",
              "log directory is offline, and its partitions with it, until a start finds it well dir=%s",
              b->broker->dirs[dir].path);
    for (uint32_t s = 1; s < b->broker->shards; s++) {
        struct dir_news *n = news_of(b->broker, s, dir);
        n->down.run = went_down;
        shard_send(zero, s, &n->down);
    }
    if (b->controller != NULL)
        controller_dir_failed(b->controller);
    fail_here(b, dir);
}

void dirs_failed(struct broker_shard *b, uint32_t dir)
{
    struct dir_news *n = news_of(b->broker, b->shard->id, dir);
    n->up.run = came_up;
    shard_send(b->shard, 0, &n->up);
}
