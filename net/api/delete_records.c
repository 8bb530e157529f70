#include "net/api/apis.h"
#include "net/api/walk.h"
#include "net/wire/gen/delete_records.h"

enum { TO_HIGH_WATERMARK = -1 };

struct item {
    struct part_key key;
    int64_t offset;
    struct kw_delete_records_response_partition *answer;
    /* out */
    enum kw_error error;
    int64_t low_watermark;
    struct plog_change change;
    struct walk *walk;
};

struct delete_records {
    struct fan *fan;
};

static void moved(struct plog_change *c)
{
    struct item *item = MR_CONTAINER(c, struct item, change);
    if (c->err != 0)
        item->error = KW_KAFKA_STORAGE_ERROR;
    walk_on(item->walk);
}

/* True: settled, on to the next. */
static bool delete_one(struct walk *w, struct item *item, struct partition *p)
{
    int64_t high = partition_high_watermark(p);
    int64_t offset = item->offset == TO_HIGH_WATERMARK ? high : item->offset;
    if ((p->cfg.cleanup & TOPIC_CLEANUP_DELETE) == 0 && (p->cfg.cleanup & TOPIC_CLEANUP_COMPACT) != 0) {
        item->error = KW_POLICY_VIOLATION;
        return true;
    }
    if (offset < 0 || offset > high) {
        item->error = KW_OFFSET_OUT_OF_RANGE;
        return true;
    }
    item->walk = w;
    item->low_watermark = mr_imax(offset, plog_start(p->log));
    item->change = (struct plog_change){.done = moved};
    int err = plog_set_start(p->log, offset, &item->change);
    if (err == -EAGAIN)
        plog_wait_room(p->log, &w->again);
    else if (err != 0)
        item->error = KW_KAFKA_STORAGE_ERROR;
    return err != 0 && err != -EAGAIN;
}

static void delete_go(struct walk *w)
{
    struct broker_shard *b = broker_of(w->part->at_shard);
    for (; w->next < w->part->count; w->next++) {
        struct item *item = &((struct item *)w->part->items)[w->next];
        struct partition *p = partition_find(b, item->key);
        if (!walk_usable(w, p, -1, &item->error))
            return;
        if (item->error == KW_NONE && !delete_one(w, item, p))
            return;
    }
    fan_back(w->part);
}

static void delete_at(struct fan_part *part) { walk_start(part, delete_go); }

static void delete_home(struct mr_req *req)
{
    struct delete_records *d = req->state;
    for (uint32_t s = 0; s < d->fan->shards; s++) {
        struct fan_part *part = d->fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((struct item *)part->items)[i];
            item->answer->error_code = (int16_t)item->error;
            item->answer->low_watermark = item->error == KW_NONE ? item->low_watermark : -1;
        }
    }
    req_finish(req);
}

static void delete_release(struct mr_req *req) { fan_end(((struct delete_records *)req->state)->fan); }

static bool sort_items(struct mr_req *req, struct delete_records *d)
{
    const struct kw_delete_records_request *in = req->in;
    struct kw_delete_records_response *out = req->out;
    out->topics = req_array(req, struct kw_delete_records_response_topic, (size_t)in->topics_count);
    if (out->topics == NULL)
        return false;
    out->topics_count = in->topics_count;
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_delete_records_request_topic *it = &in->topics[t];
        struct kw_delete_records_response_topic *ot = &out->topics[t];
        const struct image_topic *topic = image_topic(broker_of(req->shard)->image, it->name);
        kw_delete_records_response_topic_init(ot);
        ot->name = it->name;
        ot->partitions = req_array(req, struct kw_delete_records_response_partition, (size_t)it->partitions_count);
        if (ot->partitions == NULL)
            return false;
        ot->partitions_count = it->partitions_count;
        for (int32_t i = 0; i < it->partitions_count; i++) {
            struct kw_delete_records_response_partition *op = &ot->partitions[i];
            int32_t index = it->partitions[i].partition_index;
            kw_delete_records_response_partition_init(op);
            op->partition_index = index;
            op->low_watermark = -1;
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
            item->offset = it->partitions[i].offset;
            item->answer = op;
        }
    }
    return true;
}

/* DeleteRecords (key 21), v0-2 (KIP-107). v2 flexible.
 * Differs from Kafka: nowhere. */
static void delete_records_start(struct mr_req *req)
{
    struct delete_records *d = req_new(req, struct delete_records);
    struct fan *fan = d == NULL ? NULL : fan_begin(req, delete_at, NULL, delete_home);
    if (fan == NULL) {
        req_close(req, "out of memory");
        return;
    }
    d->fan = fan;
    req->state = d;
    req->release = delete_release;
    if (sort_items(req, d))
        fan_send(fan);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_delete_records = {
    .key = 21, .name = "DeleteRecords", .v_min = 0, .v_max = 2, .v_min_shown = 0, .start = delete_records_start};
