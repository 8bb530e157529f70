#include <stdlib.h>

#include "core/broker/dirs.h"
#include "core/broker/topic_name.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/wire/gen/describe_cluster.h"
#include "net/wire/gen/describe_topic_partitions.h"

/* ---- DescribeCluster ---- */

enum { ENDPOINT_BROKERS = 1, ENDPOINT_CONTROLLERS = 2 };

static bool put_brokers(struct mr_req *req, struct kw_describe_cluster_response *out)
{
    struct api_endpoint *ends;
    int32_t count = api_brokers(req, &ends);
    out->brokers =
        count < 0 ? NULL : req_array(req, struct kw_describe_cluster_response_broker, (size_t)count);
    if (out->brokers == NULL)
        return false;
    for (int32_t i = 0; i < count; i++)
        out->brokers[i] = (struct kw_describe_cluster_response_broker){.broker_id = ends[i].node_id,
                                                                       .host = ends[i].host,
                                                                       .port = ends[i].port,
                                                                       .rack = ends[i].rack};
    out->brokers_count = count;
    return true;
}

/* DescribeCluster (key 60), v0-2, flexible. v1 endpoint type (KIP-919), v2 fenced brokers.
 * Differs from Kafka: brokers that are fenced are never listed; a single broker that answers is not. */
static void describe_cluster_start(struct mr_req *req)
{
    const struct kw_describe_cluster_request *in = req->in;
    struct kw_describe_cluster_response *out = req->out;
    const struct broker *b = broker_of(req->shard)->broker;
    if (in->endpoint_type == ENDPOINT_CONTROLLERS) {
        out->error_code = KW_MISMATCHED_ENDPOINT_TYPE;
        out->error_message =
            MR_STR_LIT("The request was sent to an endpoint of type BROKER, but we wanted an endpoint of "
                       "type CONTROLLER");
    } else if (in->endpoint_type != ENDPOINT_BROKERS) {
        out->error_code = KW_UNSUPPORTED_ENDPOINT_TYPE;
        out->error_message = api_text(req, "Unsupported endpoint type %d", in->endpoint_type);
    } else if (!put_brokers(req, out)) {
        req_close(req, "out of memory");
        return;
    } else {
        out->cluster_id = mr_str_of(b->cluster_id);
        out->controller_id = b->node_id;
        if (in->include_cluster_authorized_operations)
            out->cluster_authorized_operations = API_OPERATIONS_CLUSTER;
    }
    req_finish(req);
}

const struct mr_api mr_api_describe_cluster = {.key = 60,
                                               .name = "DescribeCluster",
                                               .v_min = 0,
                                               .v_max = 2,
                                               .v_min_shown = 0,
                                               .start = describe_cluster_start};

/* ---- DescribeTopicPartitions ---- */

/* Topics go by name, so that a cursor means the same to the next request. Shorter names first, as in Java. */
static int name_order(struct mr_str a, struct mr_str b)
{
    int order = memcmp(a.ptr, b.ptr, mr_min(a.len, b.len));
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare(const void *a, const void *b)
{
    return name_order(*(const struct mr_str *)a, *(const struct mr_str *)b);
}

/* The topics of the whole answer from the cursor on, sorted, each once; in req's arena. False: no room. */
static bool list_topics(struct mr_req *req, struct mr_str **ret, int32_t *ret_count)
{
    const struct kw_describe_topic_partitions_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    uint32_t room = in->topics_count > 0 ? (uint32_t)in->topics_count : smap_count(&img->topics);
    struct mr_str *names = req_array(req, struct mr_str, room);
    if (names == NULL)
        return false;
    uint32_t found = 0, kept = 0, at = 0;
    if (in->topics_count > 0) {
        for (; found < room; found++)
            names[found] = in->topics[found].name;
    } else {
        for (const struct image_topic *t; (t = image_next(img, &at)) != NULL;)
            names[found++] = mr_str_of(t->name);
    }
    if (found > 0)
        qsort(names, found, sizeof(*names), compare);
    for (uint32_t i = 0; i < found; i++) {
        bool before = in->cursor != NULL && name_order(names[i], in->cursor->topic_name) < 0;
        if (!before && (kept == 0 || name_order(names[kept - 1], names[i]) != 0))
            names[kept++] = names[i];
    }
    *ret = names;
    *ret_count = (int32_t)kept;
    return true;
}

static bool contains(const struct mr_str *names, int32_t count, struct mr_str name)
{
    return bsearch(&name, names, (size_t)count, sizeof(name), compare) != NULL;
}

static void put_partition(const struct mr_req *req, const struct image_partition *p, int32_t index,
                          struct kw_describe_topic_partitions_response_partition *o)
{
    kw_describe_topic_partitions_response_partition_init(o);
    o->partition_index = index;
    o->error_code = p->leader < 0 ? KW_LEADER_NOT_AVAILABLE : KW_NONE;
    o->leader_id = p->leader;
    o->leader_epoch = p->leader_epoch;
    o->replica_nodes = p->replicas; /* the image stands still until this request is encoded, in this turn */
    o->replica_nodes_count = p->replica_count;
    o->isr_nodes = p->isr;
    o->isr_nodes_count = p->isr_count;
    o->eligible_leader_replicas = p->elr;
    o->eligible_leader_replicas_count = p->elr_count;
    o->last_known_elr = p->last_known_elr;
    o->last_known_elr_count = p->last_known_elr_count;
    if (dirs_offline(broker_of(req->shard)->broker, p)) {
        o->offline_replicas = p->replicas;
        o->offline_replicas_count = p->replica_count;
    }
}

/* Partitions [first, first + room) of a topic. False: no memory. */
static bool put_topic(struct mr_req *req, const struct image_topic *t, int32_t first, int32_t room,
                      struct kw_describe_topic_partitions_response_topic *out)
{
    int32_t count = (int32_t)mr_imax(0, mr_imin(room, (int64_t)t->partition_count - first));
    out->topic_id = t->id;
    out->is_internal = t->internal;
    out->partitions = req_array(req, struct kw_describe_topic_partitions_response_partition, (size_t)count);
    if (out->partitions == NULL)
        return false;
    out->partitions_count = count;
    for (int32_t i = 0; i < count; i++)
        put_partition(req, &t->partitions[first + i], first + i, &out->partitions[i]);
    return true;
}

static bool put_cursor(struct mr_req *req, struct mr_str topic, int32_t partition)
{
    struct kw_describe_topic_partitions_response *out = req->out;
    out->next_cursor = req_new(req, struct kw_describe_topic_partitions_response_next_cursor);
    if (out->next_cursor == NULL)
        return false;
    *out->next_cursor = (struct kw_describe_topic_partitions_response_next_cursor){topic, partition};
    return true;
}

static bool put_page(struct mr_req *req, const struct mr_str *names, int32_t count, int32_t room)
{
    const struct kw_describe_topic_partitions_request *in = req->in;
    struct kw_describe_topic_partitions_response *out = req->out;
    const struct image *img = broker_of(req->shard)->image;
    out->topics = req_array(req, struct kw_describe_topic_partitions_response_topic, (size_t)count);
    if (out->topics == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        if (room == 0)
            return put_cursor(req, names[i], 0);
        const struct image_topic *t = image_topic(img, names[i]);
        struct kw_describe_topic_partitions_response_topic *o = &out->topics[out->topics_count++];
        kw_describe_topic_partitions_response_topic_init(o);
        o->name = names[i];
        o->topic_authorized_operations = API_OPERATIONS_TOPIC;
        if (t == NULL) {
            o->error_code = topic_name_check(names[i]) == NULL ? KW_UNKNOWN_TOPIC_OR_PARTITION
                                                               : KW_INVALID_TOPIC_EXCEPTION;
            continue;
        }
        bool resumed = in->cursor != NULL && mr_str_eq(in->cursor->topic_name, names[i]);
        int32_t first = resumed ? in->cursor->partition_index : 0;
        if (!put_topic(req, t, first, room, o))
            return false;
        room -= o->partitions_count;
        if (first + o->partitions_count < t->partition_count)
            return put_cursor(req, names[i], first + o->partitions_count);
    }
    return true;
}

/* The request as a whole is refused: every topic gets the error. */
static bool refuse(struct mr_req *req, enum kw_error error)
{
    const struct kw_describe_topic_partitions_request *in = req->in;
    struct kw_describe_topic_partitions_response *out = req->out;
    out->topics =
        req_array(req, struct kw_describe_topic_partitions_response_topic, (size_t)in->topics_count);
    if (out->topics == NULL)
        return false;
    out->topics_count = in->topics_count;
    for (int32_t i = 0; i < in->topics_count; i++) {
        kw_describe_topic_partitions_response_topic_init(&out->topics[i]);
        out->topics[i].name = in->topics[i].name;
        out->topics[i].error_code = (int16_t)error;
    }
    return true;
}

/* DescribeTopicPartitions (key 75), v0, flexible. KIP-966: pages of at most max.request.partition.size.limit
 * partitions. Differs from Kafka: nowhere. */
static void describe_topic_partitions_start(struct mr_req *req)
{
    const struct kw_describe_topic_partitions_request *in = req->in;
    struct config_view v = broker_config_view(broker_of(req->shard));
    struct mr_str *names;
    int32_t count;
    bool ok = list_topics(req, &names, &count);
    if (ok && in->cursor != NULL && in->cursor->partition_index < 0)
        ok = refuse(req, KW_INVALID_REQUEST);
    else if (ok && in->cursor != NULL && in->topics_count > 0 &&
             !contains(names, count, in->cursor->topic_name))
        ok = refuse(req, KW_INVALID_REQUEST); /* the list must name the topic that the cursor is in */
    else if (ok && count > 0 && names[0].len == 0)
        ok = refuse(req, KW_UNKNOWN_SERVER_ERROR); /* so does Kafka 4.1 */
    else if (ok)
        ok = put_page(req, names, count,
                      (int32_t)mr_imax(1, mr_imin(in->response_partition_limit,
                                                  config_int(&v, "max.request.partition.size.limit"))));
    if (ok)
        req_finish(req);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_describe_topic_partitions = {.key = 75,
                                                        .name = "DescribeTopicPartitions",
                                                        .v_min = 0,
                                                        .v_max = 0,
                                                        .v_min_shown = 0,
                                                        .start = describe_topic_partitions_start};
