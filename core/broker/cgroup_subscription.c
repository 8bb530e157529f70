/* Who wants what: the topics of each member, and whether those of the group have changed. */
#include <stdlib.h>

#include "core/broker/cgroup_priv.h"

static int topic_cmp(const void *a, const void *b)
{
    return cgroup_str_cmp(((const struct cgroup_topic *)a)->name, ((const struct cgroup_topic *)b)->name);
}

static uint32_t put_topics(const struct cgroup_draft *d, const struct mr_str *names, uint32_t count,
                           struct cgroup_topic *dst)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        kept += d->t->topics->find(d->t->topics, names[i], &dst[kept]);
    return kept;
}

static bool said_the_same(const struct cgroup_wants *w, const struct cgroup_details *d)
{
    if (!mr_str_eq(w->regex, d->regex) || w->name_count != d->name_count)
        return false;
    for (uint32_t i = 0; w->names != d->names && i < w->name_count; i++) {
        if (!mr_str_eq(w->names[i], d->names[i]))
            return false;
    }
    return true;
}

static struct cgroup_wants *make_wants(struct cgroup_draft *d, const struct cgroup_details *of)
{
    const struct cgroup_regex *r = of->regex.len > 0 ? cgroup_draft_regex(d, of->regex) : NULL;
    struct cgroup_wants *w = arena_new(d->t->arena, struct cgroup_wants);
    struct cgroup_topic *topics =
        arena_array(d->t->arena, struct cgroup_topic, of->name_count + (r != NULL ? r->topic_count : 0));
    if (w == NULL || topics == NULL)
        return NULL;
    uint32_t count = put_topics(d, of->names, of->name_count, topics), kept = 0;
    if (r != NULL)
        count += put_topics(d, r->topics, r->topic_count, topics + count);
    qsort(topics, count, sizeof(*topics), topic_cmp);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || !mr_uuid_eq(topics[kept - 1].id, topics[i].id))
            topics[kept++] = topics[i];
    }
    *w = (struct cgroup_wants){topics, kept, of->regex, of->names, of->name_count};
    return w;
}

/* Members mostly say the same as one before them: those few are kept at hand. */
const struct cgroup_wants **cgroup_all_wants(struct cgroup_draft *d)
{
    const struct cgroup_wants **all = arena_array(d->t->arena, const struct cgroup_wants *, d->member_count);
    const struct cgroup_wants *recent[8] = {NULL};
    uint32_t turn = 0;
    for (uint32_t i = 0; all != NULL && i < d->member_count; i++) {
        const struct cgroup_details *of = d->members[i]->d;
        for (uint32_t k = 0; k < MR_COUNT(recent) && all[i] == NULL; k++) {
            if (recent[k] != NULL && said_the_same(recent[k], of))
                all[i] = recent[k];
        }
        if (all[i] != NULL)
            continue;
        all[i] = recent[turn++ % MR_COUNT(recent)] = make_wants(d, of);
        if (all[i] == NULL)
            all = NULL;
    }
    if (all == NULL)
        d->t->failed = true;
    return all;
}

/* Of all topics that the group subscribes to: their names, ids and sizes. Ours: Kafka's is another function
 * of the same, so a group that moves over gets one new epoch, and keeps what it has. */
static int hash_of(struct cgroup_draft *d, int64_t *ret)
{
    const struct cgroup_wants **wants = cgroup_all_wants(d);
    size_t count = 0, kept = 0;
    if (wants == NULL)
        return -MR_E_LIMIT;
    for (uint32_t i = 0; i < d->member_count; i++) {
        if (i == 0 || wants[i] != wants[i - 1])
            count += wants[i]->count;
    }
    struct cgroup_topic *topics = arena_array(d->t->arena, struct cgroup_topic, count);
    if (topics == NULL) {
        d->t->failed = true;
        return -MR_E_LIMIT;
    }
    count = 0;
    for (uint32_t i = 0; i < d->member_count; i++) {
        for (uint32_t k = 0; (i == 0 || wants[i] != wants[i - 1]) && k < wants[i]->count; k++)
            topics[count++] = wants[i]->topics[k];
    }
    qsort(topics, count, sizeof(*topics), topic_cmp);
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && mr_uuid_eq(topics[i].id, topics[i - 1].id))
            continue;
        hash = mr_hash_u64(hash ^ mr_hash_bytes(topics[i].name.ptr, topics[i].name.len));
        hash = mr_hash_u64(hash ^ mr_hash_bytes(topics[i].id.bytes, sizeof(topics[i].id.bytes)));
        hash = mr_hash_u64(hash ^ (uint64_t)topics[i].partitions);
        kept++;
    }
    *ret = kept == 0 ? 0 : (int64_t)hash;
    return 0;
}

int cgroup_refresh(struct cgroup_draft *d, bool bump)
{
    int64_t hash;
    int err = cgroup_draft_members(d);
    if (err == 0)
        err = hash_of(d, &hash);
    if (err != 0)
        return err;
    d->ret->refreshed = true;
    d->ret->topics_version = d->t->topics->version;
    if (bump || hash != d->g->metadata_hash) {
        d->epoch = d->g->epoch + 1;
        cgroup_put_group(d, d->epoch, hash);
    }
    return 0;
}
