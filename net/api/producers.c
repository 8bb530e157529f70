#include "net/api/apis.h"
#include "net/api/walk.h"
#include "net/wire/gen/describe_producers.h"
#include "storage/producer_state.h"

struct item {
    struct part_key key;
    struct kw_describe_producers_response_partition *answer;
    /* out, in the part's arena */
    enum kw_error error;
    struct kw_describe_producers_response_active_producer *producers;
    uint32_t count;
};

struct describe {
    struct fan *fan;
};

static void list_producers(struct walk *w, struct item *item, struct partition *p)
{
    const struct producer_state *s = plog_producers(p->log);
    item->producers =
        arena_array(&w->part->arena, struct kw_describe_producers_response_active_producer, producer_count(s));
    if (item->producers == NULL) {
        item->error = KW_UNKNOWN_SERVER_ERROR;
        return;
    }
    for (const struct producer *q = producer_next(s, NULL); q != NULL; q = producer_next(s, q))
        item->producers[item->count++] = (struct kw_describe_producers_response_active_producer){
            .producer_id = q->id,
            .producer_epoch = q->epoch,
            .last_sequence = producer_last_sequence(q),
            .last_timestamp = q->last_timestamp,
            .coordinator_epoch = q->coordinator_epoch,
            .current_txn_start_offset = q->txn_first_offset,
        };
}

static void describe_go(struct walk *w)
{
    struct broker_shard *b = broker_of(w->part->at_shard);
    for (; w->next < w->part->count; w->next++) {
        struct item *item = &((struct item *)w->part->items)[w->next];
        struct partition *p = partition_find(b, item->key);
        if (!walk_usable(w, p, -1, &item->error))
            return;
        if (item->error == KW_NONE)
            list_producers(w, item, p);
    }
    fan_back(w->part);
}

static void describe_at(struct fan_part *part) { walk_start(part, describe_go); }

static void describe_home(struct mr_req *req)
{
    struct describe *d = req->state;
    for (uint32_t s = 0; s < d->fan->shards; s++) {
        struct fan_part *part = d->fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((struct item *)part->items)[i];
            item->answer->error_code = (int16_t)item->error;
            item->answer->active_producers = item->producers;
            item->answer->active_producers_count = (int32_t)item->count;
        }
    }
    req_finish(req);
}

static void describe_release(struct mr_req *req) { fan_end(((struct describe *)req->state)->fan); }

static bool sort_items(struct mr_req *req, struct describe *d)
{
    const struct kw_describe_producers_request *in = req->in;
    struct kw_describe_producers_response *out = req->out;
    out->topics = req_array(req, struct kw_describe_producers_response_topic, (size_t)in->topics_count);
    if (out->topics == NULL)
        return false;
    out->topics_count = in->topics_count;
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_describe_producers_request_topic *it = &in->topics[t];
        struct kw_describe_producers_response_topic *ot = &out->topics[t];
        const struct image_topic *topic = image_topic(broker_of(req->shard)->image, it->name);
        kw_describe_producers_response_topic_init(ot);
        ot->name = it->name;
        ot->partitions =
            req_array(req, struct kw_describe_producers_response_partition, (size_t)it->partition_indexes_count);
        if (ot->partitions == NULL)
            return false;
        ot->partitions_count = it->partition_indexes_count;
        for (int32_t i = 0; i < it->partition_indexes_count; i++) {
            struct kw_describe_producers_response_partition *op = &ot->partitions[i];
            int32_t index = it->partition_indexes[i];
            kw_describe_producers_response_partition_init(op);
            op->partition_index = index;
            if (topic == NULL || index < 0 || index >= topic->partition_count) {
                op->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
                continue;
            }
            struct part_key key = {topic->id, index};
            struct fan_part *part = fan_part(d->fan, placement_shard(key, d->fan->shards));
            struct item *item = part == NULL ? NULL : fan_item(part, sizeof(*item));
            if (item == NULL)
                return false;
            item->key = key;
            item->answer = op;
        }
    }
    return true;
}

/* DescribeProducers (key 61), v0 (KIP-664).
 * Differs from Kafka: nowhere. */
static void describe_producers_start(struct mr_req *req)
{
    struct describe *d = req_new(req, struct describe);
    struct fan *fan = d == NULL ? NULL : fan_begin(req, describe_at, NULL, describe_home);
    if (fan == NULL) {
        req_close(req, "out of memory");
        return;
    }
    d->fan = fan;
    req->state = d;
    req->release = describe_release;
    if (sort_items(req, d))
        fan_send(fan);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_describe_producers = {.key = 61,
                                                 .name = "DescribeProducers",
                                                 .v_min = 0,
                                                 .v_max = 0,
                                                 .v_min_shown = 0,
                                                 .start = describe_producers_start};
