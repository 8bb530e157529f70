#include "net/wire/gen/delete_records.h"
#include "core/broker/dirs.h"
#include "net/api/apis.h"
#include "net/api/pairs.h"
#include "net/api/walk.h"

enum { TO_HIGH_WATERMARK = -1 };

struct item {
    struct part_key key;
    int64_t offset;                                      /* delete what lies below it */
    struct kw_delete_records_response_partition *answer; /* in the request's arena: written at home only */
    /* out */
    enum kw_error error;
    int64_t low;
    /* on the shard */
    struct fan_part *part;
    struct plog_change change;
};

static void one_done(struct fan_part *part)
{
    if (--part->pending == 0)
        fan_back(part);
}

static void start_moved(struct plog_change *c)
{
    struct item *item = MR_CONTAINER(c, struct item, change);
    struct partition *p = partition_find(broker_of(item->part->at_shard), item->key);
    if (c->err != 0)
        item->error = KW_KAFKA_STORAGE_ERROR;
    else if (p == NULL)
        item->error = dirs_missing(broker_of(item->part->at_shard), item->key); /* gone meanwhile */
    else
        item->low = plog_start(p->log);
    one_done(item->part);
}

/* True: on to the next one. False: w->go runs when this one can go on. */
static bool begin(struct walk *w, struct item *item)
{
    struct partition *p = partition_find(broker_of(w->part->at_shard), item->key);
    if (p != NULL && (p->cfg.cleanup & TOPIC_CLEANUP_DELETE) == 0) {
        item->error = KW_POLICY_VIOLATION;
        return true;
    }
    if (!walk_usable(w, p, item->key, -1, &item->error))
        return false;
    if (item->error != KW_NONE)
        return true;
    int64_t high = partition_high_watermark(p), to = item->offset == TO_HIGH_WATERMARK ? high : item->offset;
    if (to < 0 || to > high) {
        item->error = KW_OFFSET_OUT_OF_RANGE;
        return true;
    }
    item->part = w->part;
    item->change = (struct plog_change){.done = start_moved};
    int err = plog_set_start(p->log, to, &item->change);
    if (err == -EAGAIN) {
        plog_wait_room(p->log, &w->again);
        return false;
    }
    if (err != 0)
        item->error = KW_KAFKA_STORAGE_ERROR;
    else
        w->part->pending++;
    return true;
}

/* Begun one after the other, because a log may have to be opened or the journal may be full; flushed
 * together. */
static void delete_go(struct walk *w)
{
    for (; w->next < w->part->count; w->next++) {
        if (!begin(w, &((struct item *)w->part->items)[w->next]))
            return;
    }
    one_done(w->part);
}

static void delete_at(struct fan_part *part)
{
    part->pending = 1; /* the walk itself */
    walk_start(part, delete_go);
}

static void delete_home(struct mr_req *req)
{
    struct fan *fan = req->state;
    for (uint32_t s = 0; s < fan->shards; s++) {
        struct fan_part *part = fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((struct item *)part->items)[i];
            item->answer->error_code = (int16_t)item->error;
            item->answer->low_watermark = item->error == KW_NONE ? item->low : -1;
        }
    }
    req_finish(req);
}

static bool send_one(struct fan *fan, const struct image_topic *topic, const struct api_pair *pair,
                     struct kw_delete_records_response_partition *answer)
{
    struct part_key key = {topic->id, pair->partition};
    struct fan_part *part = fan_part(fan, placement_shard(key, fan->shards));
    struct item *item = part == NULL ? NULL : fan_item(part, sizeof(*item));
    if (item == NULL)
        return false;
    item->key = key;
    item->offset = pair->value;
    item->answer = answer;
    return true;
}

static bool sort_topic(struct mr_req *req, const struct api_pair_topic *t,
                       struct kw_delete_records_response_topic *out)
{
    const struct image_topic *topic = image_topic(broker_of(req->shard)->image, t->name);
    kw_delete_records_response_topic_init(out);
    out->name = t->name;
    out->partitions = req_array(req, struct kw_delete_records_response_partition, (size_t)t->count);
    if (out->partitions == NULL)
        return false;
    for (const struct api_pair *pair = t->first; pair != NULL; pair = pair->next) {
        struct kw_delete_records_response_partition *o = &out->partitions[out->partitions_count++];
        kw_delete_records_response_partition_init(o);
        o->partition_index = pair->partition;
        o->low_watermark = -1;
        if (topic == NULL || pair->partition < 0 || pair->partition >= topic->partition_count)
            o->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
        else if (topic->internal)
            o->error_code =
                KW_INVALID_TOPIC_EXCEPTION; /* Kafka: their records are for their coordinators to delete */
        else if (!send_one(req->state, topic, pair, o))
            return false;
    }
    return true;
}

static bool sort(struct mr_req *req, struct api_pairs *pairs)
{
    const struct kw_delete_records_request *in = req->in;
    struct kw_delete_records_response *out = req->out;
    for (int32_t t = 0; t < in->topics_count; t++) {
        for (int32_t i = 0; i < in->topics[t].partitions_count; i++) {
            const struct kw_delete_records_request_partition *ip = &in->topics[t].partitions[i];
            struct api_pair *pair = api_pairs_add(pairs, req, in->topics[t].name, ip->partition_index);
            if (pair == NULL)
                return false;
            pair->value = ip->offset; /* the last one counts, as in Kafka */
        }
    }
    out->topics = req_array(req, struct kw_delete_records_response_topic, (size_t)pairs->count);
    if (out->topics == NULL)
        return false;
    for (const struct api_pair_topic *t = pairs->first; t != NULL; t = t->next) {
        if (!sort_topic(req, t, &out->topics[out->topics_count++]))
            return false;
    }
    return true;
}

/* DeleteRecords (key 21), v0-2. v2 flexible. KIP-107.
 * Differs from Kafka: the answer waits until the new start is on stable storage, whatever timeout_ms says. */
static void delete_records_start(struct mr_req *req)
{
    struct api_pairs pairs;
    api_pairs_init(&pairs);
    req->state = fan_begin(req, delete_at, NULL, delete_home);
    req->release = fan_release;
    bool ok = req->state != NULL && sort(req, &pairs);
    api_pairs_done(&pairs);
    if (ok)
        fan_send(req->state);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_delete_records = {.key = 21,
                                             .name = "DeleteRecords",
                                             .v_min = 0,
                                             .v_max = 2,
                                             .v_min_shown = 0,
                                             .start = delete_records_start};
