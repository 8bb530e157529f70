/* The uniform assignor for seats that want different topics. */
#include "core/broker/cgroup_assign.h"

#include <stdlib.h>

#include "core/broker/cgroup_priv.h"

/* Who wants each topic: seats in one row. */
struct fans {
    uint32_t *first; /* [topics + 1] */
    uint32_t *seat;
};

static bool find_fans(const struct cgroup_problem *p, struct mr_arena *a, struct fans *f)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < p->seat_count; i++)
        total += p->seats[i].topic_count;
    f->first = arena_array(a, uint32_t, (size_t)p->topic_count + 1);
    f->seat = arena_array(a, uint32_t, total);
    uint32_t *at = arena_array(a, uint32_t, p->topic_count);
    if (f->first == NULL || f->seat == NULL || at == NULL)
        return false;
    for (uint32_t i = 0; i < p->seat_count; i++) {
        for (uint32_t k = 0; k < p->seats[i].topic_count; k++)
            f->first[p->seats[i].topics[k] + 1]++;
    }
    for (uint32_t t = 0; t < p->topic_count; t++) {
        f->first[t + 1] += f->first[t];
        at[t] = f->first[t];
    }
    for (uint32_t i = 0; i < p->seat_count; i++) {
        for (uint32_t k = 0; k < p->seats[i].topic_count; k++)
            f->seat[at[p->seats[i].topics[k]]++] = i;
    }
    return true;
}

struct queue_item {
    uint32_t topic, fans;
};

static int few_first(const void *a, const void *b)
{
    const struct queue_item *x = a, *y = b;
    if (x->fans != y->fans)
        return x->fans < y->fans ? -1 : 1;
    return (x->topic > y->topic) - (x->topic < y->topic);
}

static uint32_t least(const struct cgroup_problem *p, const struct fans *f, uint32_t topic)
{
    uint32_t best = f->seat[f->first[topic]];
    for (uint32_t i = f->first[topic]; i < f->first[topic + 1]; i++) {
        if (p->seats[f->seat[i]].slots < p->seats[best].slots)
            best = f->seat[i];
    }
    return best;
}

static void give(struct cgroup_problem *p, uint32_t slot, uint32_t seat)
{
    if (p->owner[slot] != CGROUP_NOBODY)
        p->seats[p->owner[slot]].slots--;
    p->owner[slot] = seat;
    p->seats[seat].slots++;
}

/* Each move makes two seats more even, so this ends. */
static bool even_out(struct cgroup_problem *p, const struct fans *f, uint32_t topic)
{
    bool moved = false;
    for (uint32_t s = p->first[topic]; s < p->first[topic + 1]; s++) {
        uint32_t to = least(p, f, topic);
        if (p->seats[p->owner[s]].slots > p->seats[to].slots + 1) {
            give(p, s, to);
            moved = true;
        }
    }
    return moved;
}

int cgroup_assign_uniform_mixed(struct cgroup_problem *p, struct mr_arena *a)
{
    struct fans f;
    struct queue_item *queue = arena_array(a, struct queue_item, p->topic_count);
    uint32_t count = 0;
    if (queue == NULL || !find_fans(p, a, &f))
        return -MR_E_LIMIT;
    for (uint32_t i = 0; i < p->seat_count; i++)
        p->seats[i].slots = 0;
    for (uint32_t s = 0; s < cgroup_slots(p); s++) {
        if (p->owner[s] != CGROUP_NOBODY)
            p->seats[p->owner[s]].slots++;
    }
    for (uint32_t t = 0; t < p->topic_count; t++) {
        if (f.first[t + 1] > f.first[t])
            queue[count++] = (struct queue_item){t, f.first[t + 1] - f.first[t]};
    }
    qsort(queue, count, sizeof(*queue), few_first);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t t = queue[i].topic;
        for (uint32_t s = p->first[t]; s < p->first[t + 1]; s++) {
            if (p->owner[s] == CGROUP_NOBODY)
                give(p, s, least(p, &f, t));
        }
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (uint32_t i = count; i-- > 0;) /* those that many want move most easily */
            moved = even_out(p, &f, queue[i].topic) || moved;
    }
    return 0;
}
