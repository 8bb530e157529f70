#include <stdlib.h>

#include "core/broker/topic_name.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/wire/gen/describe_cluster.h"
#include "net/wire/gen/describe_topic_partitions.h"

enum { ENDPOINTS_BROKERS = 1, ENDPOINTS_CONTROLLERS = 2 };

/* DescribeCluster (key 60), v0-2. v1 endpoint type (KIP-919), v2 fenced brokers (KIP-1073).
 * Differs from Kafka: nowhere. */
static void describe_cluster_start(struct mr_req *req)
{
    const struct kw_describe_cluster_request *in = req->in;
    struct kw_describe_cluster_response *out = req->out;
    const struct broker *b = broker_of(req->shard)->broker;
    out->endpoint_type = in->endpoint_type;
    if (in->endpoint_type != ENDPOINTS_BROKERS) {
        bool known = in->endpoint_type == ENDPOINTS_CONTROLLERS;
        out->error_code = known ? KW_MISMATCHED_ENDPOINT_TYPE : KW_UNSUPPORTED_ENDPOINT_TYPE;
        out->error_message = known ? MR_STR_LIT("The request was sent to an endpoint of type BROKER, but we wanted an "
                                                "endpoint of type CONTROLLER")
                                   : MR_STR_LIT("Unsupported endpoint type");
        req_finish(req);
        return;
    }
    struct api_endpoint *ends;
    int32_t count = api_brokers(req, &ends);
    out->brokers = count < 0 ? NULL : req_array(req, struct kw_describe_cluster_response_broker, (size_t)count);
    if (out->brokers == NULL) {
        req_close(req, "out of memory");
        return;
    }
    for (int32_t i = 0; i < count; i++)
        out->brokers[i] = (struct kw_describe_cluster_response_broker){
            .broker_id = ends[i].node_id, .host = ends[i].host, .port = ends[i].port, .rack = ends[i].rack};
    out->brokers_count = count;
    out->cluster_id = mr_str_of(b->cluster_id);
    out->controller_id = b->node_id;
    req_finish(req);
}

const struct mr_api mr_api_describe_cluster = {
    .key = 60, .name = "DescribeCluster", .v_min = 0, .v_max = 2, .v_min_shown = 0, .start = describe_cluster_start};

/* ---- DescribeTopicPartitions: topics in order of name, page by page ---- */

static int by_name(const void *a, const void *b)
{
    const struct mr_str *x = a, *y = b;
    int c = memcmp(x->ptr, y->ptr, mr_min(x->len, y->len));
    return c != 0 ? c : (x->len > y->len) - (x->len < y->len);
}

/* The names to describe, sorted, without repeats; in req's arena. -1: out of memory. */
static int32_t wanted_names(struct mr_req *req, struct mr_str **ret)
{
    const struct kw_describe_topic_partitions_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    bool all = in->topics_count <= 0;
    uint32_t count = all ? smap_count(&img->topics) : (uint32_t)in->topics_count, used = 0;
    struct mr_str *names = req_array(req, struct mr_str, count);
    if (names == NULL)
        return -1;
    uint32_t at = 0;
    const struct image_topic *t;
    while (all && (t = image_next(img, &at)) != NULL)
        names[used++] = mr_str_of(t->name);
    for (int32_t i = 0; !all && i < in->topics_count; i++)
        names[used++] = in->topics[i].name;
    qsort(names, used, sizeof(*names), by_name);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < used; i++) {
        if (kept == 0 || !mr_str_eq(names[kept - 1], names[i]))
            names[kept++] = names[i];
    }
    *ret = names;
    return (int32_t)kept;
}

static void put_partition(const struct image_partition *p, int32_t index,
                          struct kw_describe_topic_partitions_response_partition *o)
{
    kw_describe_topic_partitions_response_partition_init(o);
    o->partition_index = index;
    o->error_code = p->leader < 0 ? KW_LEADER_NOT_AVAILABLE : KW_NONE;
    o->leader_id = p->leader;
    o->leader_epoch = p->leader_epoch;
    o->replica_nodes = p->replicas;
    o->replica_nodes_count = p->replica_count;
    o->isr_nodes = p->isr;
    o->isr_nodes_count = p->isr_count;
    o->eligible_leader_replicas = p->elr;
    o->eligible_leader_replicas_count = p->elr_count;
    o->last_known_elr = p->last_known_elr;
    o->last_known_elr_count = p->last_known_elr_count;
}

/* Kafka shows what an authorizer would allow when there is none: everything. */
enum { TOPIC_OPERATIONS_ALL = 0xdf8 };

/* DescribeTopicPartitions (key 75), v0 (KIP-966). At most max.request.partition.size.limit partitions a page.
 * Differs from Kafka: nowhere. */
static void describe_topic_partitions_start(struct mr_req *req)
{
    const struct kw_describe_topic_partitions_request *in = req->in;
    struct kw_describe_topic_partitions_response *out = req->out;
    struct broker_shard *b = broker_of(req->shard);
    struct config_view v = broker_config_view(b);
    int64_t limit = mr_imin(config_int(&v, "max.request.partition.size.limit"), mr_imax(in->response_partition_limit, 1));
    struct mr_str *names = NULL;
    int32_t count = wanted_names(req, &names);
    out->topics = count < 0 ? NULL : req_array(req, struct kw_describe_topic_partitions_response_topic, (size_t)count);
    if (out->topics == NULL) {
        req_close(req, "request too large");
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        int order = in->cursor == NULL ? 1 : by_name(&names[i], &in->cursor->topic_name);
        if (order < 0)
            continue;
        int32_t from = order == 0 ? in->cursor->partition_index : 0;
        struct kw_describe_topic_partitions_response_topic *o = &out->topics[out->topics_count++];
        kw_describe_topic_partitions_response_topic_init(o);
        o->name = names[i];
        const struct image_topic *t = image_topic(b->image, names[i]);
        if (t == NULL) {
            o->error_code = topic_name_check(names[i]) == NULL ? KW_UNKNOWN_TOPIC_OR_PARTITION : KW_INVALID_TOPIC_EXCEPTION;
            continue;
        }
        o->topic_id = t->id;
        o->is_internal = t->internal;
        o->topic_authorized_operations = TOPIC_OPERATIONS_ALL;
        int32_t take = (int32_t)mr_imax(mr_imin(limit, t->partition_count - from), 0);
        o->partitions = req_array(req, struct kw_describe_topic_partitions_response_partition, (size_t)take);
        if (o->partitions == NULL) {
            req_close(req, "response too large");
            return;
        }
        for (int32_t p = 0; p < take; p++)
            put_partition(&t->partitions[from + p], from + p, &o->partitions[p]);
        o->partitions_count = take;
        limit -= take;
        if (from + take < t->partition_count || (limit == 0 && i + 1 < count)) {
            bool same = from + take < t->partition_count;
            out->next_cursor = req_new(req, struct kw_describe_topic_partitions_response_next_cursor);
            if (out->next_cursor != NULL)
                *out->next_cursor = (struct kw_describe_topic_partitions_response_next_cursor){
                    same ? names[i] : names[i + 1], same ? from + take : 0};
            break;
        }
    }
    req_finish(req);
}

const struct mr_api mr_api_describe_topic_partitions = {.key = 75,
                                                        .name = "DescribeTopicPartitions",
                                                        .v_min = 0,
                                                        .v_max = 0,
                                                        .v_min_shown = 0,
                                                        .start = describe_topic_partitions_start};
