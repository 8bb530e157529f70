#include "net/api/commit_way.h"

#include "net/api/common.h"

/* On the coordinator's shard, in the part's arena. */
struct at_home {
    struct group_txn_commit g; /* or g.commit alone */
    struct part_key key;
    struct mr_str group;
    struct fan_part *part;
    enum kw_error error;
};

static void plain_committed(struct group_commit *g, enum kw_error error)
{
    struct at_home *a = MR_CONTAINER(g, struct at_home, g.commit);
    a->error = error;
    fan_back(a->part);
}

static void txn_committed(struct group_txn_commit *g, enum kw_error error)
{
    struct at_home *a = MR_CONTAINER(g, struct at_home, g);
    a->error = error;
    fan_back(a->part);
}

static void commit_at(struct fan_part *part)
{
    struct at_home *a = part->items;
    struct broker_shard *b = broker_of(part->at_shard);
    if (a->g.done != NULL)
        group_txn_commit_submit(b, a->key, a->group, &a->g);
    else
        group_commit_submit(b, a->key, a->group, &a->g.commit);
}

/* ---- at home ---- */

static void finish(struct mr_req *req, struct commit_way *w)
{
    if (w->answer(req, &w->pairs))
        req_finish(req);
    else
        req_close(req, "request too large");
}

static void commit_home(struct mr_req *req)
{
    struct commit_way *w = req->state;
    for (uint32_t s = 0; s < w->fan->shards; s++) {
        const struct at_home *a = w->fan->parts[s] != NULL ? w->fan->parts[s]->items : NULL;
        for (uint32_t i = 0; a != NULL && i < w->known; i++)
            w->of_item[i]->value = a->error != KW_NONE ? w->told(req, a->error) : a->g.commit.items[i].error;
    }
    finish(req, w);
}

static void commit_release(struct mr_req *req)
{
    struct commit_way *w = req->state;
    api_pairs_done(&w->pairs);
    if (w->fan != NULL)
        fan_end(w->fan);
}

struct commit_way *commit_way_new(struct mr_req *req, size_t places)
{
    struct commit_way *w = req_new(req, struct commit_way);
    struct commit_place *list = w != NULL ? req_array(req, struct commit_place, places) : NULL;
    if (list == NULL) {
        req_close(req, "request too large");
        return NULL;
    }
    w->places = list;
    w->place_cap = (uint32_t)places;
    api_pairs_init(&w->pairs);
    req->state = w;
    req->release = commit_release;
    return w;
}

void commit_way_add(struct commit_way *w, const struct commit_place *place)
{
    MR_ASSERT(w->place_count < w->place_cap);
    w->places[w->place_count++] = *place;
}

static bool is_known(const struct mr_req *req, const struct commit_place *p)
{
    const struct image_topic *t = image_topic(broker_of(req->shard)->image, p->topic);
    return t != NULL && p->partition >= 0 && p->partition < t->partition_count &&
           t->partitions[p->partition].replicas != NULL; /* with a leader or, on a failed disk, without */
}

/* Those that nobody knows first, as Kafka's answers have them; the others are moved to the front of the list.
 */
static bool put_unknown(struct mr_req *req, struct commit_way *w)
{
    for (uint32_t i = 0; i < w->place_count; i++) {
        const struct commit_place *p = &w->places[i];
        if (is_known(req, p)) {
            w->places[w->known++] = *p;
            continue;
        }
        struct api_pair *pair = api_pairs_append(&w->pairs, req, p->topic, p->partition);
        if (pair == NULL)
            return false;
        pair->value = KW_UNKNOWN_TOPIC_OR_PARTITION;
    }
    return true;
}

/* With something unknown before them Kafka's answer has each topic once, else as often as it was asked. */
static bool put_known(struct mr_req *req, struct commit_way *w, enum kw_error error)
{
    bool merged = w->pairs.count > 0;
    struct api_pair_topic *topic = NULL;
    w->of_item = req_array(req, struct api_pair *, w->known);
    for (uint32_t i = 0; w->of_item != NULL && i < w->known; i++) {
        const struct commit_place *p = &w->places[i];
        if (!merged && (i == 0 || p->mention != p[-1].mention))
            topic = api_pairs_topic(&w->pairs, req, p->topic);
        if (!merged && topic == NULL)
            return false;
        struct api_pair *pair = merged ? api_pairs_append(&w->pairs, req, p->topic, p->partition)
                                       : api_pairs_append_to(topic, req, p->partition);
        if (pair == NULL)
            return false;
        pair->value = error;
        w->of_item[i] = pair;
    }
    return w->of_item != NULL;
}

static bool put_items(const struct commit_way *w, struct at_home *a)
{
    struct group_commit *g = &a->g.commit;
    g->items = arena_array(&a->part->arena, struct group_commit_item, w->known);
    for (uint32_t i = 0; g->items != NULL && i < w->known; i++) {
        const struct commit_place *p = &w->places[i];
        g->items[g->count++] =
            (struct group_commit_item){.topic = p->topic,
                                       .partition = p->partition,
                                       .offset = p->offset,
                                       .leader_epoch = p->leader_epoch,
                                       .metadata = p->metadata.ptr != NULL ? p->metadata : MR_STR_LIT("")};
    }
    return g->items != NULL;
}

/* 1: ready to go. 0: the coordinator's topic does not stand. -1: no room. */
static int prepare(struct mr_req *req, struct commit_way *w)
{
    struct part_key key;
    w->fan = fan_begin(req, commit_at, NULL, commit_home);
    struct fan_part *part = api_coord_part(req, w->fan, COORD_GROUP, w->group, &key);
    struct at_home *a = part != NULL ? arena_new(&part->arena, struct at_home) : NULL;
    if (a == NULL)
        return -1;
    part->items = a;
    a->part = part;
    a->key = key;
    a->group = w->group;
    group_commit_init(&a->g.commit, plain_committed);
    w->ask(req, &a->g);
    if (w->in_txn)
        a->g.done = txn_committed;
    a->error = KW_NOT_COORDINATOR;
    return put_items(w, a) ? key.partition >= 0 : -1;
}

void commit_way_go(struct mr_req *req, struct commit_way *w, enum kw_error error)
{
    if (!put_unknown(req, w) || !put_known(req, w, error)) {
        req_close(req, "request too large");
        return;
    }
    if (error != KW_NONE || w->known == 0) {
        finish(req, w);
        return;
    }
    int ready = prepare(req, w);
    if (ready < 0)
        req_close(req, "request too large");
    else if (ready == 0)
        commit_home(req);
    else
        fan_send(w->fan);
}
