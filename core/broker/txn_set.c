/* The partitions of a transaction. */
#include "core/broker/txn_set.h"
#include "core/err.h"
#include "core/mem.h"

enum { PARTITION_BYTES = 40 }; /* what a key of a map costs, about */

void txn_set_init(struct txn_set *s)
{
    smap_init(&s->topics);
    s->count = 0;
    s->bytes = 0;
}

void txn_set_done(struct txn_set *s)
{
    uint32_t at = 0;
    for (struct txn_topic *t; (t = smap_next(&s->topics, &at)) != NULL;) {
        smap_remove(&s->topics, t->name);
        map_done(&t->partitions);
        mem_free(t);
    }
    smap_done(&s->topics);
    txn_set_init(s);
}

static struct txn_topic *topic_make(struct txn_set *s, struct mr_str name)
{
    struct txn_topic *t = smap_get(&s->topics, name);
    if (t != NULL)
        return t;
    t = mem_zalloc(1, sizeof(*t) + name.len);
    if (t == NULL)
        return NULL;
    char *text = (char *)(t + 1);
    memcpy(text, name.ptr, name.len);
    t->name = (struct mr_str){text, name.len};
    map_init(&t->partitions);
    if (smap_put(&s->topics, t->name, t) != 0) {
        mem_free(t);
        return NULL;
    }
    s->bytes += sizeof(*t) + name.len + PARTITION_BYTES;
    return t;
}

int txn_set_add(struct txn_set *s, struct mr_str topic, int32_t partition)
{
    MR_ASSERT(partition >= 0);
    struct txn_topic *t = topic_make(s, topic);
    if (t == NULL)
        return -ENOMEM;
    int err = map_put(&t->partitions, (uint64_t)partition, (void *)((uintptr_t)partition + 1));
    if (err == -EEXIST)
        return 0;
    if (err != 0)
        return err;
    s->count++;
    s->bytes += PARTITION_BYTES;
    return 0;
}

int txn_set_copy(struct txn_set *dst, const struct txn_set *src)
{
    uint32_t at = 0;
    for (const struct txn_topic *t; (t = txn_set_next(src, &at)) != NULL;) {
        uint32_t in = 0;
        for (int32_t p; (p = txn_topic_next(t, &in)) >= 0;) {
            int err = txn_set_add(dst, t->name, p);
            if (err != 0)
                return err;
        }
    }
    return 0;
}

bool txn_set_has(const struct txn_set *s, struct mr_str topic, int32_t partition)
{
    const struct txn_topic *t = smap_get(&s->topics, topic);
    return t != NULL && partition >= 0 && map_get(&t->partitions, (uint64_t)partition) != NULL;
}

bool txn_set_remove(struct txn_set *s, struct mr_str topic, int32_t partition)
{
    struct txn_topic *t = smap_get(&s->topics, topic);
    if (t == NULL || partition < 0 || map_remove(&t->partitions, (uint64_t)partition) == NULL)
        return false;
    s->count--;
    s->bytes -= PARTITION_BYTES;
    return true;
}

const struct txn_topic *txn_set_next(const struct txn_set *s, uint32_t *at)
{
    return smap_next(&s->topics, at);
}

int32_t txn_topic_next(const struct txn_topic *topic, uint32_t *at)
{
    void *value = map_next(&topic->partitions, at);
    return (int32_t)((intptr_t)value - 1);
}
