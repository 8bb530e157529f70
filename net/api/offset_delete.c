#include "net/wire/gen/offset_delete.h"
#include "core/broker/group_coord.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/api/pairs.h"
#include "net/fan.h"

struct deletion {
    struct api_pairs pairs; /* the answer; value: the error */
    struct api_pair **of_item;
    uint32_t count; /* of what goes to the coordinator */
    struct fan *fan;
};

/* On the coordinator's shard. */
struct at_home {
    struct group_forget g;
    struct part_key key;
    struct mr_str group;
    struct fan_part *part;
    enum kw_error error;
};

static void forgotten(struct group_forget *g, enum kw_error error)
{
    struct at_home *a = MR_CONTAINER(g, struct at_home, g);
    a->error = error;
    fan_back(a->part);
}

static void delete_at(struct fan_part *part)
{
    struct at_home *a = part->items;
    group_forget_submit(broker_of(part->at_shard), a->key, a->group, &a->g);
}

static bool put_topics(struct mr_req *req, const struct deletion *d)
{
    struct kw_offset_delete_response *out = req->out;
    out->topics = req_array(req, struct kw_offset_delete_response_topic, (size_t)d->pairs.count);
    bool ok = out->topics != NULL;
    for (const struct api_pair_topic *t = d->pairs.first; ok && t != NULL; t = t->next) {
        struct kw_offset_delete_response_topic *ot = &out->topics[out->topics_count++];
        kw_offset_delete_response_topic_init(ot);
        ot->name = t->name;
        ot->partitions = req_array(req, struct kw_offset_delete_response_partition, (size_t)t->count);
        ok = ot->partitions != NULL;
        for (const struct api_pair *p = t->first; ok && p != NULL; p = p->next)
            ot->partitions[ot->partitions_count++] =
                (struct kw_offset_delete_response_partition){p->partition, (int16_t)p->value};
    }
    return ok;
}

static void delete_home(struct mr_req *req)
{
    struct deletion *d = req->state;
    struct kw_offset_delete_response *out = req->out;
    bool ok = true;
    for (uint32_t s = 0; s < d->fan->shards; s++) {
        const struct at_home *a = d->fan->parts[s] != NULL ? d->fan->parts[s]->items : NULL;
        if (a == NULL)
            continue;
        out->error_code = (int16_t)a->error;
        for (uint32_t i = 0; i < d->count; i++)
            d->of_item[i]->value = a->g.items[i].error;
    }
    if (out->error_code == KW_NONE) /* an error of the whole stands alone */
        ok = put_topics(req, d);
    if (ok)
        req_finish(req);
    else
        req_close(req, "request too large");
}

static void delete_release(struct mr_req *req)
{
    struct deletion *d = req->state;
    api_pairs_done(&d->pairs);
    if (d->fan != NULL)
        fan_end(d->fan);
}

/* Those that nobody knows first, as Kafka's answers have them; with a != NULL those that somebody does. */
static bool sort(struct mr_req *req, struct deletion *d, struct at_home *a)
{
    const struct kw_offset_delete_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_offset_delete_request_topic *it = &in->topics[t];
        const struct image_topic *topic = image_topic(img, it->name);
        for (int32_t i = 0; i < it->partitions_count; i++) {
            int32_t index = it->partitions[i].partition_index;
            bool known = topic != NULL && index >= 0 && index < topic->partition_count;
            if (known && a == NULL)
                d->count++;
            if (known != (a != NULL))
                continue;
            struct api_pair *p = api_pairs_append(&d->pairs, req, it->name, index);
            if (p == NULL)
                return false;
            p->value = known ? KW_NONE : KW_UNKNOWN_TOPIC_OR_PARTITION;
            if (known) {
                d->of_item[a->g.count] = p;
                a->g.items[a->g.count++] = (struct group_forget_item){.topic = it->name, .partition = index};
            }
        }
    }
    return true;
}

static bool prepare(struct mr_req *req, struct deletion *d, bool *ret_stands)
{
    const struct kw_offset_delete_request *in = req->in;
    struct part_key key;
    d->fan = fan_begin(req, delete_at, NULL, delete_home);
    struct fan_part *part = api_coord_part(req, d->fan, COORD_GROUP, in->group_id, &key);
    *ret_stands = key.partition >= 0;
    struct at_home *a = part != NULL ? arena_new(&part->arena, struct at_home) : NULL;
    if (a == NULL || !sort(req, d, NULL))
        return false;
    part->items = a;
    a->part = part;
    a->key = key;
    a->group = in->group_id;
    a->error = KW_NOT_COORDINATOR;
    a->g.done = forgotten;
    a->g.items = arena_array(&part->arena, struct group_forget_item, d->count);
    d->of_item = req_array(req, struct api_pair *, d->count);
    return a->g.items != NULL && d->of_item != NULL && sort(req, d, a);
}

/* OffsetDelete (key 47), v0. KIP-496.
 * Differs from Kafka: nowhere. */
static void offset_delete_start(struct mr_req *req)
{
    struct deletion *d = req_new(req, struct deletion);
    bool stands = false;
    if (((const struct kw_offset_delete_request *)req->in)->group_id.len == 0) {
        ((struct kw_offset_delete_response *)req->out)->error_code = KW_INVALID_GROUP_ID;
        req_finish(req);
        return;
    }
    if (d == NULL) {
        req_close(req, "request too large");
        return;
    }
    api_pairs_init(&d->pairs);
    req->state = d;
    req->release = delete_release;
    if (!prepare(req, d, &stands))
        req_close(req, "request too large");
    else if (!stands)
        delete_home(req);
    else
        fan_send(d->fan);
}

const struct mr_api mr_api_offset_delete = {.key = 47,
                                            .name = "OffsetDelete",
                                            .v_min = 0,
                                            .v_max = 0,
                                            .v_min_shown = 0,
                                            .start = offset_delete_start};
