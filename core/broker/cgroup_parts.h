/* core/broker/cgroup_parts.h - sets of partitions: what a member of a consumer group has, shall have, gives
 * back.
 *
 * Sorted by topic id and number, each once. Plain values: the items are somebody's, an arena's or a block of
 * a member. Operations cost the length of what they read; their results lie in the arena, NULL items with
 * *ok false past its limit. */
#ifndef MR_BROKER_CGROUP_PARTS_H
#define MR_BROKER_CGROUP_PARTS_H

#include "core/arena.h"
#include "core/base.h"

struct cgroup_part {
    struct mr_uuid topic;
    int32_t partition;
};

struct cgroup_parts {
    const struct cgroup_part *items;
    uint32_t count;
};

int cgroup_part_cmp(const struct cgroup_part *a, const struct cgroup_part *b);

/* Puts items in order, drops what is there twice; returns how many are left. */
uint32_t cgroup_parts_sort(struct cgroup_part *items, uint32_t count);

bool cgroup_parts_eq(struct cgroup_parts a, struct cgroup_parts b);
bool cgroup_parts_has(struct cgroup_parts s, const struct cgroup_part *p);
bool cgroup_parts_within(struct cgroup_parts a, struct cgroup_parts b); /* all of a is in b */
bool cgroup_parts_meet(struct cgroup_parts a, struct cgroup_parts b);   /* something is in both */

struct cgroup_parts cgroup_parts_and(struct mr_arena *a, struct cgroup_parts x, struct cgroup_parts y,
                                     bool *ok);
struct cgroup_parts cgroup_parts_minus(struct mr_arena *a, struct cgroup_parts x, struct cgroup_parts y,
                                       bool *ok);
struct cgroup_parts cgroup_parts_or(struct mr_arena *a, struct cgroup_parts x, struct cgroup_parts y,
                                    bool *ok);

/* Topic by topic, as Kafka's messages have them. */
struct cgroup_topic_parts {
    struct mr_uuid topic;
    int32_t *partitions;
    int32_t count;
};
/* NULL past the limit; *ret_count of topics. */
struct cgroup_topic_parts *cgroup_parts_by_topic(struct mr_arena *a, struct cgroup_parts s,
                                                 int32_t *ret_count);

/* An owned copy of src in *dst, in the place of what was there; no items for an empty set. -ENOMEM: dst is as
 * before. cgroup_parts_set(dst, (struct cgroup_parts){0}) frees. */
int cgroup_parts_set(struct cgroup_parts *dst, struct cgroup_parts src);
static inline size_t cgroup_parts_bytes(struct cgroup_parts s)
{
    return (size_t)s.count * sizeof(*s.items);
}

#endif
