/* The target: what each member shall have at the group's epoch. */
#include <stdlib.h>

#include "core/broker/cgroup_assign.h"
#include "core/broker/cgroup_priv.h"

const char *cgroup_assignor_name(enum cgroup_assignor a)
{
    return a == CGROUP_RANGE ? "range" : "uniform";
}

bool cgroup_assignor_find(const struct cgroup_settings *s, struct mr_str name, enum cgroup_assignor *ret)
{
    for (int32_t i = 0; name.ptr != NULL && i < s->assignor_count; i++) {
        if (mr_str_is(name, cgroup_assignor_name(s->assignors[i]))) {
            *ret = s->assignors[i];
            return true;
        }
    }
    return false;
}

/* The one that most members ask for. */
enum cgroup_assignor cgroup_assignor_of(const struct cgroup_settings *s, const struct cgroup_member **members,
                                        uint32_t count)
{
    uint32_t votes[CGROUP_ASSIGNORS] = {0};
    enum cgroup_assignor best = s->assignors[0];
    for (uint32_t i = 0; i < count; i++) {
        enum cgroup_assignor a;
        if (cgroup_assignor_find(s, members[i]->d->assignor, &a))
            votes[a]++;
    }
    for (int32_t i = 0; i < s->assignor_count; i++) {
        if (votes[s->assignors[i]] > votes[best])
            best = s->assignors[i];
    }
    return best;
}

/* ---- the problem ---- */

struct target {
    struct cgroup_problem p;
    const struct cgroup_topic **topics; /* in order of id */
};

static int id_cmp(const void *a, const void *b)
{
    const struct cgroup_topic *x = *(const struct cgroup_topic *const *)a;
    const struct cgroup_topic *y = *(const struct cgroup_topic *const *)b;
    return memcmp(x->id.bytes, y->id.bytes, sizeof(x->id.bytes));
}

static int index_of(const struct target *x, struct mr_uuid id)
{
    struct cgroup_topic key = {.id = id};
    const struct cgroup_topic *k = &key;
    const struct cgroup_topic **at =
        x->p.topic_count > 0 ? bsearch(&k, x->topics, x->p.topic_count, sizeof(*x->topics), id_cmp) : NULL;
    return at != NULL ? (int)(at - x->topics) : -1;
}

static bool put_topics(struct target *x, struct mr_arena *a, const struct cgroup_wants **wants,
                       uint32_t count)
{
    size_t total = 0;
    uint32_t kept = 0, slots = 0;
    for (uint32_t i = 0; i < count; i++)
        total += i == 0 || wants[i] != wants[i - 1] ? wants[i]->count : 0;
    x->topics = arena_array(a, const struct cgroup_topic *, total);
    uint32_t *first = arena_array(a, uint32_t, total + 1);
    if (x->topics == NULL || first == NULL)
        return false;
    total = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; (i == 0 || wants[i] != wants[i - 1]) && k < wants[i]->count; k++)
            x->topics[total++] = &wants[i]->topics[k];
    }
    qsort(x->topics, total, sizeof(*x->topics), id_cmp);
    for (size_t i = 0; i < total; i++) {
        if (kept > 0 && mr_uuid_eq(x->topics[kept - 1]->id, x->topics[i]->id))
            continue;
        x->topics[kept] = x->topics[i];
        first[kept++] = slots;
        slots += (uint32_t)x->topics[i]->partitions;
    }
    first[kept] = slots;
    x->p.topic_count = kept;
    x->p.first = first;
    x->p.owner = arena_alloc(a, (size_t)slots * sizeof(uint32_t), _Alignof(uint32_t));
    for (uint32_t s = 0; x->p.owner != NULL && s < slots; s++)
        x->p.owner[s] = CGROUP_NOBODY;
    return x->p.owner != NULL;
}

static int index_cmp(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool put_seats(struct target *x, struct cgroup_draft *d, const struct cgroup_wants **wants)
{
    struct mr_arena *a = d->t->arena;
    x->p.seats = arena_array(a, struct cgroup_seat, d->member_count);
    x->p.seat_count = d->member_count;
    x->p.same = true;
    if (x->p.seats == NULL)
        return false;
    for (uint32_t i = 0; i < d->member_count; i++) {
        struct cgroup_seat *seat = &x->p.seats[i];
        *seat = (struct cgroup_seat){.member_id = d->members[i]->id,
                                     .instance_id = d->members[i]->d->instance_id};
        if (i > 0 && wants[i] == wants[i - 1]) {
            seat->topics = seat[-1].topics;
            seat->topic_count = seat[-1].topic_count;
            continue;
        }
        uint32_t *topics = arena_array(a, uint32_t, wants[i]->count);
        if (topics == NULL)
            return false;
        for (uint32_t k = 0; k < wants[i]->count; k++)
            topics[k] = (uint32_t)index_of(x, wants[i]->topics[k].id);
        qsort(topics, wants[i]->count, sizeof(*topics), index_cmp);
        seat->topics = topics;
        seat->topic_count = wants[i]->count;
    }
    /* Everything there is was put by some seat: who wants as many wants all. */
    for (uint32_t i = 0; i < d->member_count; i++)
        x->p.same = x->p.same && x->p.seats[i].topic_count == x->p.topic_count;
    return true;
}

static bool seat_wants(const struct cgroup_seat *seat, uint32_t topic)
{
    return bsearch(&topic, seat->topics, seat->topic_count, sizeof(topic), index_cmp) != NULL;
}

/* What members shall have already stays with them where it can. */
static void put_owners(struct target *x, const struct cgroup_draft *d)
{
    for (uint32_t i = 0; i < d->member_count; i++) {
        struct cgroup_parts target = d->members[i]->target;
        int topic = -1;
        for (uint32_t k = 0; k < target.count; k++) {
            const struct cgroup_part *part = &target.items[k];
            if (k == 0 || !mr_uuid_eq(part->topic, part[-1].topic)) {
                topic = index_of(x, part->topic);
                if (topic >= 0 && !seat_wants(&x->p.seats[i], (uint32_t)topic))
                    topic = -1;
            }
            if (topic >= 0 && part->partition < x->topics[topic]->partitions)
                x->p.owner[x->p.first[topic] + (uint32_t)part->partition] = i;
        }
    }
}

/* ---- the result ---- */

/* Slots stand in the order of ids and numbers, so each member's come out sorted. */
static struct cgroup_parts *results(const struct target *x, struct mr_arena *a)
{
    const struct cgroup_problem *p = &x->p;
    struct cgroup_parts *all = arena_array(a, struct cgroup_parts, p->seat_count);
    struct cgroup_part *items = arena_array(a, struct cgroup_part, cgroup_slots(p));
    if (all == NULL || items == NULL)
        return NULL;
    for (uint32_t i = 0; i < p->seat_count; i++)
        p->seats[i].slots = 0;
    for (uint32_t s = 0; s < cgroup_slots(p); s++) {
        if (p->owner[s] != CGROUP_NOBODY)
            p->seats[p->owner[s]].slots++;
    }
    for (uint32_t i = 0; i < p->seat_count; i++) {
        all[i].items = items;
        items += p->seats[i].slots;
    }
    for (uint32_t t = 0; t < p->topic_count; t++) {
        for (uint32_t s = p->first[t]; s < p->first[t + 1]; s++) {
            struct cgroup_parts *of = p->owner[s] != CGROUP_NOBODY ? &all[p->owner[s]] : NULL;
            if (of != NULL)
                ((struct cgroup_part *)of->items)[of->count++] =
                    (struct cgroup_part){x->topics[t]->id, (int32_t)(s - p->first[t])};
        }
    }
    return all;
}

static void put_results(struct cgroup_draft *d, const struct cgroup_parts *all)
{
    for (uint32_t i = 0; i < d->member_count; i++) {
        const struct cgroup_member *m = d->members[i];
        if (!m->has_target || !cgroup_parts_eq(m->target, all[i]))
            cgroup_put_target(d->t, d->g->id, m->id, all[i]);
        if (m == d->now) {
            d->now->target = all[i];
            d->now->has_target = true;
        }
    }
    cgroup_put_target_epoch(d->t, d->g->id, d->epoch);
    d->assignment_epoch = d->epoch;
}

int cgroup_target(struct cgroup_draft *d)
{
    struct mr_arena *a = d->t->arena;
    struct target x = {.topics = NULL};
    const struct cgroup_wants **wants = NULL;
    const struct cgroup_parts *all = NULL;
    int err = cgroup_draft_members(d);
    if (err == 0 && (wants = cgroup_all_wants(d)) != NULL && put_topics(&x, a, wants, d->member_count) &&
        put_seats(&x, d, wants)) {
        put_owners(&x, d);
        enum cgroup_assignor by = cgroup_assignor_of(d->t->settings, d->members, d->member_count);
        if (d->member_count == 0)
            err = 0;
        else if (by == CGROUP_RANGE)
            err = cgroup_assign_range(&x.p, a);
        else
            err = cgroup_assign_uniform(&x.p, a);
        all = err == 0 ? results(&x, a) : NULL;
    }
    if (all == NULL) {
        d->t->failed = true;
        return -MR_E_LIMIT;
    }
    put_results(d, all);
    return 0;
}
