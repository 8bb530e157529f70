#include "net/api/pairs.h"

void api_pairs_init(struct api_pairs *p)
{
    *p = (struct api_pairs){.count = 0};
    smap_init(&p->names);
    map_init(&p->pairs);
}

void api_pairs_done(struct api_pairs *p)
{
    smap_done(&p->names);
    map_done(&p->pairs);
}

struct api_pair_topic *api_pairs_topic(struct api_pairs *p, struct mr_req *req, struct mr_str name)
{
    struct api_pair_topic *t = req_new(req, struct api_pair_topic);
    if (t == NULL)
        return NULL;
    t->name = name;
    t->number = (uint32_t)++p->count;
    if (p->last != NULL)
        p->last->next = t;
    else
        p->first = t;
    p->last = t;
    return t;
}

static struct api_pair_topic *topic_of(struct api_pairs *p, struct mr_req *req, struct mr_str name)
{
    struct api_pair_topic *t = smap_get(&p->names, name);
    if (t != NULL)
        return t;
    t = api_pairs_topic(p, req, name);
    return t != NULL && smap_put(&p->names, name, t) == 0 ? t : NULL;
}

static struct api_pair *add_last(struct api_pair_topic *t, struct api_pair *pair, int32_t partition)
{
    pair->partition = partition;
    if (t->last != NULL)
        t->last->next = pair;
    else
        t->first = pair;
    t->last = pair;
    t->count++;
    return pair;
}

struct api_pair *api_pairs_add(struct api_pairs *p, struct mr_req *req, struct mr_str topic,
                               int32_t partition)
{
    struct api_pair_topic *t = topic_of(p, req, topic);
    if (t == NULL)
        return NULL;
    uint64_t key = (uint64_t)t->number << 32 | (uint32_t)partition;
    struct api_pair *pair = map_get(&p->pairs, key);
    if (pair != NULL)
        return pair;
    pair = req_new(req, struct api_pair);
    if (pair == NULL || map_put(&p->pairs, key, pair) != 0)
        return NULL;
    return add_last(t, pair, partition);
}

struct api_pair *api_pairs_append_to(struct api_pair_topic *t, struct mr_req *req, int32_t partition)
{
    struct api_pair *pair = req_new(req, struct api_pair);
    return pair != NULL ? add_last(t, pair, partition) : NULL;
}

struct api_pair *api_pairs_append(struct api_pairs *p, struct mr_req *req, struct mr_str topic,
                                  int32_t partition)
{
    struct api_pair_topic *t = topic_of(p, req, topic);
    return t != NULL ? api_pairs_append_to(t, req, partition) : NULL;
}
