#include "core/broker/topic_name.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/api/walk.h"
#include "net/wire/gen/describe_producers.h"
#include "storage/producer_state.h"

struct item {
    struct part_key key;
    struct kw_describe_producers_response_partition
        *answer; /* in the request's arena: written at home only */
    /* out */
    enum kw_error error;
    struct kw_describe_producers_response_active_producer *producers; /* in the part's arena */
    int32_t count;
};

static enum kw_error collect(struct fan_part *part, struct item *item, const struct producer_state *s)
{
    uint32_t count = producer_count(s);
    item->producers = arena_array(&part->arena, struct kw_describe_producers_response_active_producer, count);
    if (item->producers == NULL)
        return KW_UNKNOWN_SERVER_ERROR; /* more than an answer can hold */
    for (const struct producer *p = producer_next(s, NULL); p != NULL; p = producer_next(s, p)) {
        item->producers[item->count++] = (struct kw_describe_producers_response_active_producer){
            .producer_id = p->id,
            .producer_epoch = p->epoch,
            .last_sequence = producer_last_sequence(p),
            .last_timestamp = p->last_timestamp,
            .coordinator_epoch = p->coordinator_epoch,
            .current_txn_start_offset = p->txn_first_offset,
        };
    }
    return KW_NONE;
}

static void describe_go(struct walk *w)
{
    for (; w->next < w->part->count; w->next++) {
        struct item *item = &((struct item *)w->part->items)[w->next];
        struct partition *p = partition_find(broker_of(w->part->at_shard), item->key);
        if (!walk_usable(w, p, item->key, -1, &item->error))
            return;
        if (item->error == KW_NONE)
            item->error = collect(w->part, item, plog_producers(p->log));
    }
    fan_back(w->part);
}

static void producers_at(struct fan_part *part)
{
    walk_start(part, describe_go);
}

static void producers_home(struct mr_req *req)
{
    struct fan *fan = req->state;
    for (uint32_t s = 0; s < fan->shards; s++) {
        struct fan_part *part = fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((struct item *)part->items)[i];
            item->answer->error_code = (int16_t)item->error;
            item->answer->active_producers = item->producers; /* until fan_end() */
            item->answer->active_producers_count = item->error == KW_NONE ? item->count : 0;
        }
    }
    req_finish(req);
}

static bool send_one(struct fan *fan, const struct image_topic *topic, int32_t partition,
                     struct kw_describe_producers_response_partition *answer)
{
    struct part_key key = {topic->id, partition};
    struct fan_part *part = fan_part(fan, placement_shard(key, fan->shards));
    struct item *item = part == NULL ? NULL : fan_item(part, sizeof(*item));
    if (item == NULL)
        return false;
    item->key = key;
    item->answer = answer;
    return true;
}

static bool sort_topic(struct mr_req *req, const struct kw_describe_producers_request_topic *in,
                       struct kw_describe_producers_response_topic *out)
{
    const struct image_topic *topic = image_topic(broker_of(req->shard)->image, in->name);
    const char *refusal = topic == NULL ? topic_name_refusal(&req->arena, in->name) : NULL;
    kw_describe_producers_response_topic_init(out);
    out->name = in->name;
    out->partitions =
        req_array(req, struct kw_describe_producers_response_partition, (size_t)in->partition_indexes_count);
    bool ok = out->partitions != NULL;
    for (int32_t i = 0; ok && i < in->partition_indexes_count; i++) {
        struct kw_describe_producers_response_partition *o = &out->partitions[out->partitions_count++];
        int32_t index = in->partition_indexes[i];
        kw_describe_producers_response_partition_init(o);
        o->partition_index = index;
        o->error_message = (struct mr_str){NULL, 0};
        if (refusal != NULL) {
            o->error_code = KW_INVALID_TOPIC_EXCEPTION;
            o->error_message = mr_str_of(refusal);
        } else if (topic == NULL) {
            o->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
            o->error_message = MR_STR_LIT(API_UNKNOWN_PARTITION);
        } else if (index < 0 || index >= topic->partition_count) {
            o->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION; /* without a message: as Kafka */
        } else {
            ok = send_one(req->state, topic, index, o);
        }
    }
    return ok;
}

static bool sort(struct mr_req *req)
{
    const struct kw_describe_producers_request *in = req->in;
    struct kw_describe_producers_response *out = req->out;
    out->topics = req_array(req, struct kw_describe_producers_response_topic, (size_t)in->topics_count);
    bool ok = out->topics != NULL;
    for (int32_t t = 0; ok && t < in->topics_count; t++)
        ok = sort_topic(req, &in->topics[t], &out->topics[out->topics_count++]);
    return ok;
}

/* DescribeProducers (key 61), v0, flexible. KIP-664.
 * Differs from Kafka: nowhere. */
static void describe_producers_start(struct mr_req *req)
{
    req->state = fan_begin(req, producers_at, NULL, producers_home);
    req->release = fan_release;
    if (req->state != NULL && sort(req))
        fan_send(req->state);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_describe_producers = {.key = 61,
                                                 .name = "DescribeProducers",
                                                 .v_min = 0,
                                                 .v_max = 0,
                                                 .v_min_shown = 0,
                                                 .start = describe_producers_start};
