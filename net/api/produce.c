#include "net/wire/gen/produce.h"
#include "core/broker/dirs.h"
#include "core/broker/partition.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/fan.h"
#include "net/wire/batch.h"

/* One partition of the request, on its way to its shard and back. */
struct item {
    struct part_key key;
    struct mr_slice records;
    struct kw_produce_response_partition *answer; /* in the request's arena: written at home only */
    struct part_append append;
    enum kw_error error; /* found before any append */
    int32_t leader_id, leader_epoch;
    struct fan_part *part;
};

struct produce {
    struct fan *fan;
    bool moved; /* some partition is led elsewhere: endpoints are told (v10) */
};

static void answered(struct part_append *a)
{
    struct item *item = MR_CONTAINER(a, struct item, append);
    struct fan_part *part = item->part;
    if (--part->pending == 0)
        fan_back(part);
}

static void produce_at(struct fan_part *part)
{
    struct broker_shard *b = broker_of(part->at_shard);
    const struct kw_produce_request *in = part->fan->req->in;
    struct item *items = part->items;
    int16_t version = part->fan->req->version;
    part->pending = part->count + 1; /* one for this loop: an append may be answered at once */
    for (uint32_t i = 0; i < part->count; i++) {
        struct item *item = &items[i];
        item->part = part;
        struct partition *p = partition_find(b, item->key);
        if (p == NULL) {
            item->error = dirs_missing(b, item->key);
            part->pending--;
            continue;
        }
        item->leader_id = p->leader;
        item->leader_epoch = p->leader_epoch;
        item->append = (struct part_append){.p = p,
                                            .records = item->records,
                                            .version = version,
                                            .acks = in->acks,
                                            .transactional_id = in->transactional_id,
                                            .arena = &part->arena,
                                            .done = answered};
        partition_append(&item->append);
    }
    if (--part->pending == 0)
        fan_back(part);
}

static bool put_item(struct mr_req *req, const struct item *item)
{
    struct kw_produce_response_partition *out = item->answer;
    const struct part_append *a = &item->append;
    enum kw_error error = item->error != KW_NONE ? item->error : a->error;
    out->error_code = (int16_t)error;
    if (item->error != KW_NONE || error != KW_NONE)
        out->base_offset = -1;
    if (item->error != KW_NONE)
        return true;
    out->base_offset = a->base_offset;
    out->log_append_time_ms = a->log_append_time_ms;
    out->log_start_offset = a->log_start_offset;
    out->error_message = mr_str_of(a->message);
    if (a->record_error_count > 0) {
        out->record_errors =
            req_array(req, struct kw_produce_response_record_error, (size_t)a->record_error_count);
        if (out->record_errors == NULL)
            return false;
        out->record_errors_count = a->record_error_count;
        for (int32_t i = 0; i < a->record_error_count; i++)
            out->record_errors[i] =
                (struct kw_produce_response_record_error){a->record_errors[i].batch_index,
                                                          mr_str_of(a->record_errors[i].message)};
    }
    if (error == KW_NOT_LEADER_OR_FOLLOWER)
        out->current_leader =
            (struct kw_produce_response_current_leader){item->leader_id, item->leader_epoch};
    return true;
}

static void produce_home(struct mr_req *req)
{
    struct produce *state = req->state;
    const struct kw_produce_request *in = req->in;
    bool failed = false, ok = true;
    for (uint32_t s = 0; s < state->fan->shards; s++) {
        struct fan_part *part = state->fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            struct item *item = &((struct item *)part->items)[i];
            ok &= put_item(req, item);
            failed |= item->answer->error_code != KW_NONE;
        }
    }
    const struct kw_produce_response *out = req->out;
    for (int32_t t = 0; t < out->responses_count && !failed; t++) {
        for (int32_t i = 0; i < out->responses[t].partition_responses_count; i++)
            failed |= out->responses[t].partition_responses[i].error_code != KW_NONE;
    }
    if (in->acks == 0) {
        if (failed)
            req_close(req, "produce with acks=0 failed"); /* the only way to tell the client (as Kafka) */
        else
            req_finish_silently(req);
        return;
    }
    if (!ok)
        req_close(req, "out of memory");
    else
        req_finish(req);
}

static void produce_release(struct mr_req *req)
{
    fan_end(((struct produce *)req->state)->fan);
}

/* Everything gets the same error. */
static void refuse_all(struct mr_req *req, enum kw_error error)
{
    struct kw_produce_response *out = req->out;
    for (int32_t t = 0; t < out->responses_count; t++) {
        for (int32_t i = 0; i < out->responses[t].partition_responses_count; i++) {
            out->responses[t].partition_responses[i].error_code = (int16_t)error;
            out->responses[t].partition_responses[i].base_offset = -1;
        }
    }
}

/* What clients may not write to: what brokers keep there is theirs. Kafka lets its own admin client do it, by
 * name. */
static bool is_closed_to(const struct mr_req *req, const struct image_topic *topic)
{
    return topic->internal && !mr_str_is(req->head.client_id, "__admin_client");
}

/* The response's skeleton, and an item for each partition that exists. False: out of memory. */
static bool sort_items(struct mr_req *req, struct produce *state)
{
    const struct kw_produce_request *in = req->in;
    struct kw_produce_response *out = req->out;
    struct broker_shard *b = broker_of(req->shard);
    out->responses = req_array(req, struct kw_produce_response_topic, (size_t)in->topic_data_count);
    if (out->responses == NULL)
        return false;
    for (int32_t t = 0; t < in->topic_data_count; t++) {
        const struct kw_produce_request_topic *it = &in->topic_data[t];
        if (it->partition_data_count <= 0)
            continue; /* Kafka's answer has no topic without partitions */
        struct kw_produce_response_topic *ot = &out->responses[out->responses_count++];
        kw_produce_response_topic_init(ot);
        bool by_id = req->version >= 13;
        const struct image_topic *topic =
            by_id ? image_topic_by_id(b->image, it->topic_id) : image_topic(b->image, it->name);
        ot->name = it->name;
        ot->topic_id = it->topic_id;
        ot->partition_responses =
            req_array(req, struct kw_produce_response_partition, (size_t)it->partition_data_count);
        if (ot->partition_responses == NULL)
            return false;
        ot->partition_responses_count = it->partition_data_count;
        for (int32_t i = 0; i < it->partition_data_count; i++) {
            const struct kw_produce_request_partition *ip = &it->partition_data[i];
            struct kw_produce_response_partition *op = &ot->partition_responses[i];
            kw_produce_response_partition_init(op);
            op->index = ip->index;
            op->base_offset = -1;
            if (topic == NULL || ip->index < 0 || ip->index >= topic->partition_count) {
                op->error_code = topic == NULL && by_id ? KW_UNKNOWN_TOPIC_ID : KW_UNKNOWN_TOPIC_OR_PARTITION;
                continue;
            }
            if (is_closed_to(req, topic)) {
                op->error_code = KW_INVALID_TOPIC_EXCEPTION;
                continue;
            }
            struct part_key key = {topic->id, ip->index};
            struct fan_part *part = fan_part(state->fan, placement_shard(key, req->shard->count));
            struct item *item = part == NULL ? NULL : fan_item(part, sizeof(*item));
            if (item == NULL)
                return false;
            item->key = key;
            item->answer = op;
            item->records = ip->records.null ? (struct mr_slice){NULL, 0} : kw_records_part(&ip->records, 0);
        }
    }
    return true;
}

/* What the transactional batches of a request have in common is judged before any of them. */
static enum kw_error check_transactional(const struct mr_req *req)
{
    const struct kw_produce_request *in = req->in;
    int64_t producer_id = KW_NO_PRODUCER_ID;
    bool any = false;
    for (int32_t t = 0; t < in->topic_data_count; t++) {
        for (int32_t i = 0; i < in->topic_data[t].partition_data_count; i++) {
            const struct kw_records *r = &in->topic_data[t].partition_data[i].records;
            struct mr_slice bytes = r->null ? (struct mr_slice){NULL, 0} : kw_records_part(r, 0);
            if (bytes.len < BATCH_HEADER_BYTES || bytes.ptr[BATCH_AT_MAGIC] != BATCH_MAGIC ||
                (mr_get16(bytes.ptr + BATCH_AT_ATTRIBUTES) & BATCH_TRANSACTIONAL) == 0)
                continue;
            if (in->transactional_id.ptr == NULL || broker_of(req->shard)->txn_ask == NULL)
                return KW_TRANSACTIONAL_ID_AUTHORIZATION_FAILED; /* nobody's, or none is served */
            int64_t id = (int64_t)mr_get64(bytes.ptr + BATCH_AT_PRODUCER_ID);
            if (any && id != producer_id)
                return KW_INVALID_PRODUCER_ID_MAPPING;
            producer_id = id;
            any = true;
        }
    }
    return KW_NONE;
}

/* Produce (key 0), v3-13; 0-2 are shown to clients but refused (KAFKA-18659: librdkafka decides on codecs by
 * them). v8 record errors. v9 flexible. v10 current leader. v13 topic ids. Differs from Kafka: an
 * acknowledgement, whatever acks asks for, and visibility wait for stable storage; the coordinator is asked
 * about the partitions of a transaction one by one, each by its leader's shard. */
static void produce_start(struct mr_req *req)
{
    const struct kw_produce_request *in = req->in;
    struct produce *state = req_new(req, struct produce);
    struct fan *fan = state == NULL ? NULL : fan_begin(req, produce_at, NULL, produce_home);
    if (fan == NULL) {
        req_close(req, "out of memory");
        return;
    }
    state->fan = fan;
    req->state = state;
    req->release = produce_release;
    if (!sort_items(req, state)) {
        req_close(req, "request too large");
        return;
    }
    enum kw_error error = KW_NONE;
    if (in->acks != 0 && in->acks != 1 && in->acks != -1)
        error = KW_INVALID_REQUIRED_ACKS;
    else
        error = check_transactional(req);
    if (error != KW_NONE) {
        refuse_all(req, error);
        for (uint32_t s = 0; s < fan->shards; s++) {
            if (fan->parts[s] != NULL)
                fan->parts[s]->count = 0;
        }
        produce_home(req);
        return;
    }
    fan_send(fan);
}

const struct mr_api mr_api_produce = {
    .key = 0, .name = "Produce", .v_min = 3, .v_max = 13, .v_min_shown = 0, .start = produce_start};
