#include "core/broker/txn_mark.h"
#include "net/api/apis.h"
#include "net/fan.h"
#include "net/wire/gen/write_txn_markers.h"

struct item {
    struct txn_mark mark;
    struct fan_part *part;
    struct kw_write_txn_markers_response_partition *answer; /* in the request's arena: written at home only */
};

static void one_back(struct fan_part *part)
{
    if (--part->pending == 0)
        fan_back(part);
}

static void marked(struct txn_mark *m)
{
    one_back(MR_CONTAINER(m, struct item, mark)->part);
}

static void markers_at(struct fan_part *part)
{
    part->pending = part->count + 1;
    for (uint32_t i = 0; i < part->count; i++) {
        struct item *item = &((struct item *)part->items)[i];
        item->part = part;
        item->mark.done = marked;
        txn_mark(broker_of(part->at_shard), &item->mark);
    }
    one_back(part);
}

/* Transaction coordinators do not expect what coordinators of groups say. */
static int16_t told(enum kw_error error)
{
    bool coordinators = error == KW_COORDINATOR_NOT_AVAILABLE || error == KW_COORDINATOR_LOAD_IN_PROGRESS ||
                        error == KW_NOT_COORDINATOR;
    return (int16_t)(coordinators ? KW_NOT_LEADER_OR_FOLLOWER : error);
}

static void markers_home(struct mr_req *req)
{
    struct fan *fan = req->state;
    for (uint32_t s = 0; s < fan->shards; s++) {
        const struct fan_part *part = fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((const struct item *)part->items)[i];
            item->answer->error_code = told(item->mark.error);
        }
    }
    req_finish(req);
}

static bool put_one(struct mr_req *req, const struct kw_write_txn_markers_request_marker *in,
                    const struct image_topic *topic, struct kw_write_txn_markers_response_partition *answer)
{
    struct fan *fan = req->state;
    if (topic == NULL || answer->partition_index < 0 || answer->partition_index >= topic->partition_count) {
        answer->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
        return true;
    }
    if (in->producer_id == KW_NO_PRODUCER_ID || in->producer_epoch < 0) { /* no marker can be made of these */
        bool none = in->producer_id == KW_NO_PRODUCER_ID || in->producer_epoch == KW_NO_PRODUCER_EPOCH;
        answer->error_code = (int16_t)(none ? KW_UNKNOWN_SERVER_ERROR : KW_INVALID_PRODUCER_EPOCH);
        return true;
    }
    struct part_key key = {topic->id, answer->partition_index};
    struct fan_part *part = fan_part(fan, placement_shard(key, fan->shards));
    struct item *item = part != NULL ? fan_item(part, sizeof(*item)) : NULL;
    if (item == NULL)
        return false;
    item->answer = answer;
    item->mark = (struct txn_mark){.key = key,
                                   .producer_id = in->producer_id,
                                   .producer_epoch = in->producer_epoch,
                                   .commit = in->transaction_result,
                                   .coordinator_epoch = in->coordinator_epoch};
    return true;
}

/* Kafka's answer does not mention a marker for nobody. */
static bool is_for_some(const struct kw_write_txn_markers_request_marker *in)
{
    for (int32_t t = 0; t < in->topics_count; t++) {
        if (in->topics[t].partition_indexes_count > 0)
            return true;
    }
    return false;
}

static bool put_marker(struct mr_req *req, const struct kw_write_txn_markers_request_marker *in,
                       struct kw_write_txn_markers_response_marker *out)
{
    kw_write_txn_markers_response_marker_init(out);
    out->producer_id = in->producer_id;
    out->topics =
        req_array(req, struct kw_write_txn_markers_response_topic, (size_t)mr_imax(in->topics_count, 0));
    bool ok = out->topics != NULL;
    for (int32_t t = 0; ok && t < in->topics_count; t++) {
        const struct kw_write_txn_markers_request_topic *it = &in->topics[t];
        struct kw_write_txn_markers_response_topic *ot = &out->topics[out->topics_count++];
        const struct image_topic *topic = image_topic(broker_of(req->shard)->image, it->name);
        size_t count = (size_t)mr_imax(it->partition_indexes_count, 0);
        kw_write_txn_markers_response_topic_init(ot);
        ot->name = it->name;
        ot->partitions = req_array(req, struct kw_write_txn_markers_response_partition, count);
        ok = ot->partitions != NULL;
        for (size_t i = 0; ok && i < count; i++) {
            struct kw_write_txn_markers_response_partition *answer = &ot->partitions[ot->partitions_count++];
            *answer = (struct kw_write_txn_markers_response_partition){it->partition_indexes[i], KW_NONE};
            ok = put_one(req, in, topic, answer);
        }
    }
    return ok;
}

/* WriteTxnMarkers (key 27), v1, flexible. From coordinators of other brokers, and from kafka-transactions.sh
 * abort (KIP-664). v2 (the transaction's version) is not stable in Kafka 4.1.
 * Differs from Kafka: two markers of one producer id get an answer each. */
static void write_txn_markers_start(struct mr_req *req)
{
    const struct kw_write_txn_markers_request *in = req->in;
    struct kw_write_txn_markers_response *out = req->out;
    req->state = fan_begin(req, markers_at, NULL, markers_home);
    req->release = fan_release;
    out->markers =
        req_array(req, struct kw_write_txn_markers_response_marker, (size_t)mr_imax(in->markers_count, 0));
    bool ok = req->state != NULL && out->markers != NULL;
    for (int32_t i = 0; ok && i < in->markers_count; i++)
        ok = !is_for_some(&in->markers[i]) ||
             put_marker(req, &in->markers[i], &out->markers[out->markers_count++]);
    if (ok)
        fan_send(req->state);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_write_txn_markers = {.key = 27,
                                                .name = "WriteTxnMarkers",
                                                .v_min = 1,
                                                .v_max = 1,
                                                .v_min_shown = 1,
                                                .start = write_txn_markers_start};
