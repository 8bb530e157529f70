/* The uniform assignor for seats that want the same, and the range assignor. */
#include "core/broker/cgroup_assign.h"

#include <stdlib.h>

#include "core/broker/cgroup_priv.h"

static void count_slots(struct cgroup_problem *p)
{
    for (uint32_t i = 0; i < p->seat_count; i++)
        p->seats[i].slots = 0;
    for (uint32_t s = 0; s < cgroup_slots(p); s++) {
        if (p->owner[s] != CGROUP_NOBODY)
            p->seats[p->owner[s]].slots++;
    }
}

/* One more than the quota is for as many as it takes, those first who have so many already. */
static void set_limits(struct cgroup_problem *p)
{
    uint32_t slots = cgroup_slots(p), quota = slots / p->seat_count, extra = slots % p->seat_count;
    for (uint32_t i = 0; i < p->seat_count; i++) {
        bool more = extra > 0 && p->seats[i].slots > quota;
        p->seats[i].limit = quota + more;
        extra -= more;
    }
    for (uint32_t i = 0; i < p->seat_count && extra > 0; i++) {
        if (p->seats[i].limit == quota) {
            p->seats[i].limit++;
            extra--;
        }
    }
}

int cgroup_assign_uniform(struct cgroup_problem *p, struct mr_arena *a)
{
    if (!p->same)
        return cgroup_assign_uniform_mixed(p, a);
    uint32_t seat = 0;
    count_slots(p);
    set_limits(p);
    for (uint32_t i = 0; i < p->seat_count; i++)
        p->seats[i].slots = 0;
    for (uint32_t s = 0; s < cgroup_slots(p); s++) { /* who has too many keeps the first ones */
        struct cgroup_seat *of = p->owner[s] != CGROUP_NOBODY ? &p->seats[p->owner[s]] : NULL;
        if (of != NULL && of->slots < of->limit)
            of->slots++;
        else
            p->owner[s] = CGROUP_NOBODY;
    }
    for (uint32_t s = 0; s < cgroup_slots(p); s++) {
        if (p->owner[s] != CGROUP_NOBODY)
            continue;
        while (p->seats[seat].slots == p->seats[seat].limit)
            seat++;
        p->seats[seat].slots++;
        p->owner[s] = seat;
    }
    return 0;
}

/* ---- range ---- */

static int place_cmp(const void *a, const void *b)
{
    const struct cgroup_seat *x = *(struct cgroup_seat *const *)a, *y = *(struct cgroup_seat *const *)b;
    bool sx = x->instance_id.ptr != NULL, sy = y->instance_id.ptr != NULL;
    if (sx != sy)
        return sx ? -1 : 1;
    return sx ? cgroup_str_cmp(x->instance_id, y->instance_id) : cgroup_str_cmp(x->member_id, y->member_id);
}

static bool wants(const struct cgroup_seat *s, uint32_t topic)
{
    uint32_t low = 0, high = s->topic_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->topics[mid] < topic)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->topic_count && s->topics[low] == topic;
}

static void give_ranges(struct cgroup_problem *p, struct cgroup_seat *const *order, uint32_t topic)
{
    uint32_t seats = 0, slot = p->first[topic], count = p->first[topic + 1] - slot;
    for (uint32_t i = 0; i < p->seat_count; i++)
        seats += wants(order[i], topic);
    if (seats == 0)
        return;
    uint32_t each = count / seats, extra = count % seats;
    for (uint32_t i = 0; i < p->seat_count; i++) {
        if (!wants(order[i], topic))
            continue;
        uint32_t share = each + (extra > 0);
        extra -= extra > 0;
        for (uint32_t k = 0; k < share; k++)
            p->owner[slot++] = (uint32_t)(order[i] - p->seats);
    }
}

int cgroup_assign_range(struct cgroup_problem *p, struct mr_arena *a)
{
    struct cgroup_seat **order = arena_array(a, struct cgroup_seat *, p->seat_count);
    if (order == NULL)
        return -MR_E_LIMIT;
    for (uint32_t i = 0; i < p->seat_count; i++)
        order[i] = &p->seats[i];
    qsort(order, p->seat_count, sizeof(struct cgroup_seat *), place_cmp);
    for (uint32_t s = 0; s < cgroup_slots(p); s++)
        p->owner[s] = CGROUP_NOBODY;
    for (uint32_t t = 0; t < p->topic_count; t++)
        give_ranges(p, order, t);
    return 0;
}
