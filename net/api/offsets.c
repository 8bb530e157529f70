#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/api/walk.h"
#include "net/wire/gen/list_offsets.h"
#include "net/wire/gen/offset_for_leader_epoch.h"
#include "storage/epoch.h"

enum {
    OFFSETS_LATEST = -1,
    OFFSETS_EARLIEST = -2,
    OFFSETS_MAX_TIMESTAMP = -3,  /* v7, KIP-734 */
    OFFSETS_EARLIEST_LOCAL = -4, /* v8, KIP-405 */
    OFFSETS_TIERED = -5,         /* v9: there is no tier: none */
    UNPACKED_BYTES_MAX = 256 << 20,
};

struct item {
    struct part_key key;
    int64_t timestamp;
    int32_t leader_epoch; /* the client's idea */
    int32_t asked_epoch;  /* OffsetForLeaderEpoch */
    void *answer;         /* in the request's arena */
    /* out */
    enum kw_error error;
    int64_t offset, ret_timestamp;
    int32_t epoch;
    struct plog_find find;
    struct fan_part *part;
};

struct offsets {
    struct fan *fan;
};

static void release(struct mr_req *req)
{
    struct offsets *o = req->state;
    if (o != NULL && o->fan != NULL)
        fan_end(o->fan);
}

static struct offsets *begin(struct mr_req *req, void (*at)(struct fan_part *), void (*home)(struct mr_req *))
{
    struct offsets *o = req_new(req, struct offsets);
    req->state = o;
    req->release = release;
    if (o == NULL)
        return NULL;
    o->fan = fan_begin(req, at, NULL, home);
    return o->fan == NULL ? NULL : o;
}

static struct item *add_item(struct offsets *o, const struct image_topic *topic, int32_t partition)
{
    struct part_key key = {topic->id, partition};
    struct fan_part *part = fan_part(o->fan, placement_shard(key, o->fan->shards));
    struct item *item = part == NULL ? NULL : fan_item(part, sizeof(struct item));
    if (item != NULL)
        item->key = key;
    return item;
}

/* ---- ListOffsets ---- */

static void found(struct plog_find *f)
{
    struct item *item = MR_CONTAINER(f, struct item, find);
    struct walk *w = item->part->state;
    struct partition *p = partition_find(broker_of(w->part->at_shard), item->key);
    if (f->err != 0)
        item->error = f->err == -MR_E_CORRUPT ? KW_CORRUPT_MESSAGE : KW_KAFKA_STORAGE_ERROR;
    item->offset = f->ret_offset;
    item->ret_timestamp = f->ret_timestamp;
    item->epoch = p != NULL && f->ret_offset >= 0 ? epochs_at(plog_epochs(p->log), f->ret_offset) : -1;
    walk_on(w);
}

/* Each special timestamp came with a version of the request. */
static bool known_timestamp(int64_t timestamp, int16_t version)
{
    switch (timestamp) {
    case OFFSETS_LATEST:
    case OFFSETS_EARLIEST:
        return true;
    case OFFSETS_MAX_TIMESTAMP:
        return version >= 7;
    case OFFSETS_EARLIEST_LOCAL:
        return version >= 8;
    case OFFSETS_TIERED:
        return version >= 9;
    default:
        return timestamp >= 0;
    }
}

/* True: answered, on to the next. */
static bool list_one(struct walk *w, struct item *item, struct partition *p)
{
    struct broker_shard *b = p->home;
    const struct kw_list_offsets_request *in = w->part->fan->req->in;
    int64_t limit = in->isolation_level == 1 ? partition_last_stable(p) : partition_high_watermark(p);
    item->ret_timestamp = -1;
    if (in->isolation_level != 0 && in->isolation_level != 1) {
        item->error = KW_UNKNOWN_SERVER_ERROR;
        return true;
    }
    if (!known_timestamp(item->timestamp, w->part->fan->req->version)) {
        item->error = KW_UNSUPPORTED_VERSION;
        return true;
    }
    switch (item->timestamp) {
    case OFFSETS_LATEST:
        item->offset = limit;
        item->epoch = p->leader_epoch; /* the leader's own, as Kafka answers */
        return true;
    case OFFSETS_EARLIEST:
    case OFFSETS_EARLIEST_LOCAL:
        item->offset = plog_start(p->log);
        item->epoch = epochs_at(plog_epochs(p->log), item->offset);
        if (item->epoch < 0)
            item->epoch = p->leader_epoch; /* nothing written yet: the leader's own begins there */
        return true;
    case OFFSETS_TIERED:
        item->offset = -1;
        item->epoch = -1;
        return true;
    default:
        break;
    }
    item->part = w->part;
    item->find = (struct plog_find){.max_timestamp = item->timestamp == OFFSETS_MAX_TIMESTAMP,
                                    .timestamp = item->timestamp,
                                    .limit = limit,
                                    .comp = b->comp,
                                    .scratch = &b->scratch,
                                    .unpacked_bytes_max = UNPACKED_BYTES_MAX,
                                    .done = found};
    plog_find(p->log, &item->find);
    return false;
}

static void list_go(struct walk *w)
{
    struct broker_shard *b = broker_of(w->part->at_shard);
    for (; w->next < w->part->count; w->next++) {
        struct item *item = &((struct item *)w->part->items)[w->next];
        struct partition *p = partition_find(b, item->key);
        if (!walk_usable(w, p, item->key, item->leader_epoch, &item->error))
            return;
        if (item->error == KW_NONE && !list_one(w, item, p))
            return;
    }
    fan_back(w->part);
}

static void list_at(struct fan_part *part)
{
    walk_start(part, list_go);
}

static void list_home(struct mr_req *req)
{
    struct offsets *o = req->state;
    for (uint32_t s = 0; s < o->fan->shards; s++) {
        struct fan_part *part = o->fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((struct item *)part->items)[i];
            struct kw_list_offsets_response_partition *out = item->answer;
            out->error_code = (int16_t)item->error;
            if (item->error != KW_NONE)
                continue;
            out->offset = item->offset;
            out->timestamp = item->ret_timestamp;
            out->leader_epoch = item->epoch;
        }
    }
    req_finish(req);
}

/* A pair that is named twice is refused both times (as Kafka). */
static void count_pairs(const struct kw_list_offsets_request *in, struct api_seen *once,
                        struct api_seen *twice)
{
    for (int32_t t = 0; t < in->topics_count; t++) {
        for (int32_t i = 0; i < in->topics[t].partitions_count; i++) {
            int32_t partition = in->topics[t].partitions[i].partition_index;
            if (api_seen_before(once, in->topics[t].name, partition))
                (void)api_seen_before(twice, in->topics[t].name, partition);
        }
    }
}

static bool list_sort(struct mr_req *req, struct offsets *o, const struct api_seen *twice,
                      struct api_seen *said)
{
    const struct kw_list_offsets_request *in = req->in;
    struct kw_list_offsets_response *out = req->out;
    out->topics = req_array(req, struct kw_list_offsets_response_topic, (size_t)in->topics_count);
    if (out->topics == NULL)
        return false;
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_list_offsets_request_topic *it = &in->topics[t];
        struct kw_list_offsets_response_topic *ot = &out->topics[out->topics_count];
        const struct image_topic *topic = image_topic(broker_of(req->shard)->image, it->name);
        kw_list_offsets_response_topic_init(ot);
        ot->name = it->name;
        ot->partitions =
            req_array(req, struct kw_list_offsets_response_partition, (size_t)it->partitions_count);
        if (ot->partitions == NULL)
            return false;
        for (int32_t i = 0; i < it->partitions_count; i++) {
            const struct kw_list_offsets_request_partition *ip = &it->partitions[i];
            bool repeated = api_seen_has(twice, it->name, ip->partition_index);
            if (repeated && api_seen_before(said, it->name, ip->partition_index))
                continue; /* refused, once */
            struct kw_list_offsets_response_partition *op = &ot->partitions[ot->partitions_count++];
            kw_list_offsets_response_partition_init(op);
            op->partition_index = ip->partition_index;
            if (repeated) {
                op->error_code = KW_INVALID_REQUEST;
            } else if (topic == NULL || ip->partition_index < 0 ||
                       ip->partition_index >= topic->partition_count) {
                op->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
            } else {
                struct item *item = add_item(o, topic, ip->partition_index);
                if (item == NULL)
                    return false;
                item->timestamp = ip->timestamp;
                item->leader_epoch = ip->current_leader_epoch;
                item->answer = op;
            }
        }
        if (ot->partitions_count > 0)
            out->topics_count++; /* Kafka's answer has no topic without partitions */
    }
    return true;
}

/* ListOffsets (key 2), v1-10. v2 isolation level, v4 leader epochs, v6 flexible, v7 max timestamp, v8
 * earliest local, v9 last tiered (none here), v10 timeout. Differs from Kafka: nowhere. */
static void list_offsets_start(struct mr_req *req)
{
    struct offsets *o = begin(req, list_at, list_home);
    struct api_seen once = {.ready = false}, twice = {.ready = false}, said = {.ready = false};
    count_pairs(req->in, &once, &twice);
    bool ok = o != NULL && list_sort(req, o, &twice, &said);
    api_seen_done(&once);
    api_seen_done(&twice);
    api_seen_done(&said);
    if (ok)
        fan_send(o->fan);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_list_offsets = {
    .key = 2, .name = "ListOffsets", .v_min = 1, .v_max = 10, .v_min_shown = 1, .start = list_offsets_start};

/* ---- OffsetForLeaderEpoch ---- */

static void epoch_go(struct walk *w)
{
    struct broker_shard *b = broker_of(w->part->at_shard);
    for (; w->next < w->part->count; w->next++) {
        struct item *item = &((struct item *)w->part->items)[w->next];
        struct partition *p = partition_find(b, item->key);
        if (!walk_usable(w, p, item->key, item->leader_epoch, &item->error))
            return;
        item->epoch = -1;
        item->offset = -1;
        if (item->error == KW_NONE && item->asked_epoch == p->leader_epoch) {
            item->epoch = p->leader_epoch;
            item->offset = plog_append_end(p->log);
        } else if (item->error == KW_NONE && plog_append_end(p->log) == 0) {
            /* Nothing was written: the leader's epoch is the first one. */
            bool before = item->asked_epoch != -1 && item->asked_epoch < p->leader_epoch;
            item->epoch = before ? item->asked_epoch : -1;
            item->offset = before ? 0 : -1;
        } else if (item->error == KW_NONE) {
            (void)epochs_end(plog_epochs(p->log), item->asked_epoch, plog_append_end(p->log), &item->epoch,
                             &item->offset); /* unknown: -1, -1 */
        }
    }
    fan_back(w->part);
}

static void epoch_at(struct fan_part *part)
{
    walk_start(part, epoch_go);
}

static void epoch_home(struct mr_req *req)
{
    struct offsets *o = req->state;
    for (uint32_t s = 0; s < o->fan->shards; s++) {
        struct fan_part *part = o->fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((struct item *)part->items)[i];
            struct kw_offset_for_leader_epoch_response_partition *out = item->answer;
            out->error_code = (int16_t)item->error;
            out->leader_epoch = item->error == KW_NONE ? item->epoch : -1;
            out->end_offset = item->error == KW_NONE ? item->offset : -1;
        }
    }
    req_finish(req);
}

static bool epoch_sort(struct mr_req *req, struct offsets *o)
{
    const struct kw_offset_for_leader_epoch_request *in = req->in;
    struct kw_offset_for_leader_epoch_response *out = req->out;
    out->topics = req_array(req, struct kw_offset_for_leader_epoch_response_topic, (size_t)in->topics_count);
    if (out->topics == NULL)
        return false;
    out->topics_count = in->topics_count;
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_offset_for_leader_epoch_request_topic *it = &in->topics[t];
        struct kw_offset_for_leader_epoch_response_topic *ot = &out->topics[t];
        const struct image_topic *topic = image_topic(broker_of(req->shard)->image, it->topic);
        kw_offset_for_leader_epoch_response_topic_init(ot);
        ot->topic = it->topic;
        ot->partitions = req_array(req, struct kw_offset_for_leader_epoch_response_partition,
                                   (size_t)it->partitions_count);
        if (ot->partitions == NULL)
            return false;
        ot->partitions_count = it->partitions_count;
        for (int32_t i = 0; i < it->partitions_count; i++) {
            const struct kw_offset_for_leader_epoch_request_partition *ip = &it->partitions[i];
            struct kw_offset_for_leader_epoch_response_partition *op = &ot->partitions[i];
            kw_offset_for_leader_epoch_response_partition_init(op);
            op->partition = ip->partition;
            if (topic == NULL || ip->partition < 0 || ip->partition >= topic->partition_count) {
                op->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
                continue;
            }
            struct item *item = add_item(o, topic, ip->partition);
            if (item == NULL)
                return false;
            item->leader_epoch = ip->current_leader_epoch;
            item->asked_epoch = ip->leader_epoch;
            item->answer = op;
        }
    }
    return true;
}

/* OffsetForLeaderEpoch (key 23), v2-4. v3 replica id, v4 flexible. KIP-101, KIP-320.
 * Differs from Kafka: nowhere. */
static void offset_for_leader_epoch_start(struct mr_req *req)
{
    struct offsets *o = begin(req, epoch_at, epoch_home);
    if (o == NULL || !epoch_sort(req, o))
        req_close(req, "request too large");
    else
        fan_send(o->fan);
}

const struct mr_api mr_api_offset_for_leader_epoch = {.key = 23,
                                                      .name = "OffsetForLeaderEpoch",
                                                      .v_min = 2,
                                                      .v_max = 4,
                                                      .v_min_shown = 2,
                                                      .start = offset_for_leader_epoch_start};
