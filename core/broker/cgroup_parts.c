#include "core/broker/cgroup_parts.h"

#include <errno.h>
#include <stdlib.h>

#include "core/mem.h"

int cgroup_part_cmp(const struct cgroup_part *a, const struct cgroup_part *b)
{
    int order = memcmp(a->topic.bytes, b->topic.bytes, sizeof(a->topic.bytes));
    if (order != 0)
        return order;
    return (a->partition > b->partition) - (a->partition < b->partition);
}

static int cmp(const void *a, const void *b)
{
    return cgroup_part_cmp(a, b);
}

uint32_t cgroup_parts_sort(struct cgroup_part *items, uint32_t count)
{
    uint32_t kept = 0;
    if (count == 0)
        return 0;
    qsort(items, count, sizeof(*items), cmp);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || cmp(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    }
    return kept;
}

bool cgroup_parts_eq(struct cgroup_parts a, struct cgroup_parts b)
{
    if (a.count != b.count)
        return false;
    for (uint32_t i = 0; i < a.count; i++) {
        if (cgroup_part_cmp(&a.items[i], &b.items[i]) != 0)
            return false;
    }
    return true;
}

bool cgroup_parts_has(struct cgroup_parts s, const struct cgroup_part *p)
{
    return s.count > 0 && bsearch(p, s.items, s.count, sizeof(*s.items), cmp) != NULL;
}

/* One walk over both: calls each item that only x has (-1), only y has (1), both have (0). */
struct walk {
    struct cgroup_parts x, y;
    uint32_t i, j;
    const struct cgroup_part *item;
    int where;
};

static bool walk(struct walk *w)
{
    if (w->i == w->x.count && w->j == w->y.count)
        return false;
    if (w->i == w->x.count)
        w->where = 1;
    else if (w->j == w->y.count)
        w->where = -1;
    else
        w->where = cgroup_part_cmp(&w->x.items[w->i], &w->y.items[w->j]);
    w->item = w->where <= 0 ? &w->x.items[w->i] : &w->y.items[w->j];
    w->i += w->where <= 0;
    w->j += w->where >= 0;
    return true;
}

bool cgroup_parts_within(struct cgroup_parts a, struct cgroup_parts b)
{
    struct walk w = {.x = a, .y = b};
    while (walk(&w)) {
        if (w.where < 0)
            return false;
    }
    return true;
}

bool cgroup_parts_meet(struct cgroup_parts a, struct cgroup_parts b)
{
    struct walk w = {.x = a, .y = b};
    while (walk(&w)) {
        if (w.where == 0)
            return true;
    }
    return false;
}

static struct cgroup_parts combine(struct mr_arena *a, struct cgroup_parts x, struct cgroup_parts y,
                                   bool only_x, bool only_y, bool both, bool *ok)
{
    struct walk w = {.x = x, .y = y};
    uint32_t count = 0;
    struct cgroup_part *items = arena_array(a, struct cgroup_part, (size_t)x.count + (only_y ? y.count : 0));
    if (items == NULL) {
        *ok = false;
        return (struct cgroup_parts){NULL, 0};
    }
    while (walk(&w)) {
        if (w.where == 0 ? both : w.where < 0 ? only_x : only_y)
            items[count++] = *w.item;
    }
    return (struct cgroup_parts){items, count};
}

struct cgroup_parts cgroup_parts_and(struct mr_arena *a, struct cgroup_parts x, struct cgroup_parts y,
                                     bool *ok)
{
    return combine(a, x, y, false, false, true, ok);
}

struct cgroup_parts cgroup_parts_minus(struct mr_arena *a, struct cgroup_parts x, struct cgroup_parts y,
                                       bool *ok)
{
    return combine(a, x, y, true, false, false, ok);
}

struct cgroup_parts cgroup_parts_or(struct mr_arena *a, struct cgroup_parts x, struct cgroup_parts y,
                                    bool *ok)
{
    return combine(a, x, y, true, true, true, ok);
}

struct cgroup_topic_parts *cgroup_parts_by_topic(struct mr_arena *a, struct cgroup_parts s,
                                                 int32_t *ret_count)
{
    uint32_t topics = 0;
    for (uint32_t i = 0; i < s.count; i++)
        topics += i == 0 || !mr_uuid_eq(s.items[i].topic, s.items[i - 1].topic);
    struct cgroup_topic_parts *all = arena_array(a, struct cgroup_topic_parts, topics);
    int32_t *numbers = arena_array(a, int32_t, s.count);
    if (all == NULL || numbers == NULL)
        return NULL;
    topics = 0;
    for (uint32_t i = 0; i < s.count; i++) {
        if (i == 0 || !mr_uuid_eq(s.items[i].topic, s.items[i - 1].topic))
            all[topics++] = (struct cgroup_topic_parts){s.items[i].topic, &numbers[i], 0};
        numbers[i] = s.items[i].partition;
        all[topics - 1].count++;
    }
    *ret_count = (int32_t)topics;
    return all;
}

int cgroup_parts_set(struct cgroup_parts *dst, struct cgroup_parts src)
{
    struct cgroup_part *copy = NULL;
    if (src.count > 0) {
        copy = mem_alloc(cgroup_parts_bytes(src));
        if (copy == NULL)
            return -ENOMEM;
        memcpy(copy, src.items, cgroup_parts_bytes(src));
    }
    mem_free((void *)dst->items);
    *dst = (struct cgroup_parts){copy, src.count};
    return 0;
}
