#include "net/wire/gen/metadata.h"
#include "core/broker/controller.h"
#include "core/broker/dirs.h"
#include "core/broker/internal_topic.h"
#include "core/broker/topic_name.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/quota.h"

struct metadata {
    struct ctl_command create; /* topics that the request brings into being */
    struct mr_arena arena;     /* the command's */
};

static bool put_topic(struct mr_req *req, const struct image_topic *t, struct kw_metadata_response_topic *out)
{
    kw_metadata_response_topic_init(out);
    out->name = (struct mr_str){t->name, strlen(t->name)};
    out->topic_id = t->id;
    out->is_internal = t->internal;
    if (((const struct kw_metadata_request *)req->in)->include_topic_authorized_operations)
        out->topic_authorized_operations = API_OPERATIONS_TOPIC;
    out->partitions = req_array(req, struct kw_metadata_response_partition, (size_t)t->partition_count);
    if (out->partitions == NULL)
        return false;
    out->partitions_count = t->partition_count;
    for (int32_t i = 0; i < t->partition_count; i++) {
        const struct image_partition *p = &t->partitions[i];
        struct kw_metadata_response_partition *o = &out->partitions[i];
        kw_metadata_response_partition_init(o);
        o->partition_index = i;
        o->error_code = p->leader < 0 ? KW_LEADER_NOT_AVAILABLE : KW_NONE;
        o->leader_id = p->leader;
        o->leader_epoch = p->leader_epoch;
        o->replica_nodes =
            p->replicas; /* the image stands still until this request is encoded, in this turn */
        o->replica_nodes_count = p->replica_count;
        o->isr_nodes = p->isr;
        o->isr_nodes_count = p->isr_count;
        if (dirs_offline(broker_of(req->shard)->broker, p)) { /* KIP-112 */
            o->offline_replicas = p->replicas;
            o->offline_replicas_count = p->replica_count;
        }
    }
    return true;
}

static bool put_brokers(struct mr_req *req)
{
    struct kw_metadata_response *out = req->out;
    const struct broker *b = broker_of(req->shard)->broker;
    struct api_endpoint *ends;
    int32_t count = api_brokers(req, &ends);
    out->brokers = count < 0 ? NULL : req_array(req, struct kw_metadata_response_broker, (size_t)count);
    if (out->brokers == NULL)
        return false;
    for (int32_t i = 0; i < count; i++)
        out->brokers[i] =
            (struct kw_metadata_response_broker){ends[i].node_id, ends[i].host, ends[i].port, ends[i].rack};
    out->brokers_count = count;
    out->controller_id = b->node_id;
    out->cluster_id = mr_str_of(b->cluster_id);
    if (((const struct kw_metadata_request *)req->in)->include_cluster_authorized_operations)
        out->cluster_authorized_operations = API_OPERATIONS_CLUSTER;
    return true;
}

/* Ids come first: a request that has any is about them alone. */
static bool asks_by_id(const struct mr_req *req)
{
    const struct kw_metadata_request *in = req->in;
    for (int32_t i = 0; i < in->topics_count; i++) {
        if (!mr_uuid_is_zero(in->topics[i].topic_id))
            return true;
    }
    return false;
}

static bool put_named(struct mr_req *req, const struct kw_metadata_request_topic *in,
                      struct kw_metadata_response_topic *out)
{
    const struct image *img = broker_of(req->shard)->image;
    bool by_id = !mr_uuid_is_zero(in->topic_id);
    const struct image_topic *t = by_id ? image_topic_by_id(img, in->topic_id) : image_topic(img, in->name);
    if (t != NULL)
        return put_topic(req, t, out);
    kw_metadata_response_topic_init(out);
    out->name = by_id ? (struct mr_str){NULL, 0} : in->name;
    out->topic_id = in->topic_id;
    if (by_id)
        out->error_code = KW_UNKNOWN_TOPIC_ID;
    else
        out->error_code =
            topic_name_check(in->name) == NULL ? KW_UNKNOWN_TOPIC_OR_PARTITION : KW_INVALID_TOPIC_EXCEPTION;
    return true;
}

static void answer(struct mr_req *req)
{
    const struct kw_metadata_request *in = req->in;
    struct kw_metadata_response *out = req->out;
    const struct image *img = broker_of(req->shard)->image;
    bool all = req->version == 0 ? in->topics_count == 0 : in->topics_count < 0;
    uint32_t count = all ? smap_count(&img->topics) : (uint32_t)in->topics_count;
    bool ok = put_brokers(req);
    out->topics = req_array(req, struct kw_metadata_response_topic, count);
    ok &= out->topics != NULL;
    if (ok && all) {
        uint32_t at = 0;
        for (struct image_topic *t; ok && (t = image_next(img, &at)) != NULL;)
            ok = put_topic(req, t, &out->topics[out->topics_count++]);
    } else if (ok) {
        struct api_seen seen = {.ready = false};
        bool by_id = asks_by_id(req);
        for (int32_t i = 0; ok && i < in->topics_count; i++) {
            const struct kw_metadata_request_topic *t = &in->topics[i];
            struct mr_str id = {(const char *)t->topic_id.bytes, sizeof(t->topic_id.bytes)};
            struct mr_str what = by_id ? id : t->name;
            if (by_id && mr_uuid_is_zero(t->topic_id))
                continue;
            if (what.ptr == NULL || !api_seen_before(&seen, what, -1)) /* each is answered once */
                ok = put_named(req, t, &out->topics[out->topics_count++]);
        }
        api_seen_done(&seen);
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

/* Kafka's rules for names and ids: before v12 there are no ids to ask by, and a name may not be null. */
static bool malformed(const struct mr_req *req)
{
    const struct kw_metadata_request *in = req->in;
    for (int32_t i = 0; i < in->topics_count; i++) {
        if (req->version < 12 && (in->topics[i].name.ptr == NULL || !mr_uuid_is_zero(in->topics[i].topic_id)))
            return true;
    }
    return false;
}

static void refuse_malformed(struct mr_req *req)
{
    const struct kw_metadata_request *in = req->in;
    struct kw_metadata_response *out = req->out;
    out->topics = req_array(req, struct kw_metadata_response_topic, (size_t)in->topics_count);
    if (out->topics == NULL) {
        req_close(req, "request too large");
        return;
    }
    for (int32_t i = 0; i < in->topics_count; i++) {
        struct kw_metadata_response_topic *o = &out->topics[out->topics_count++];
        kw_metadata_response_topic_init(o);
        o->error_code = KW_INVALID_REQUEST;
        o->name = in->topics[i].name.ptr != NULL ? in->topics[i].name : MR_STR_LIT("");
        o->topic_id = in->topics[i].topic_id;
    }
    req_finish(req);
}

static void created(struct ctl_command *c)
{
    struct metadata *m = MR_CONTAINER(c, struct metadata, create);
    struct mr_req *req = m->create.context;
    answer(req);
}

static void metadata_release(struct mr_req *req)
{
    struct metadata *m = req->state;
    arena_done(&m->arena);
}

/* Topics that are named, unknown and allowed to come into being; -1: no room. */
static int32_t missing_topics(struct mr_req *req, struct ctl_topic *dst)
{
    struct config_view v = broker_config_view(broker_of(req->shard));
    const struct kw_metadata_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    struct api_seen seen = {.ready = false};
    int32_t count = 0;
    bool ok = true;
    for (int32_t i = 0; i < in->topics_count; i++) {
        struct mr_str name = in->topics[i].name;
        if (name.ptr == NULL || !mr_uuid_is_zero(in->topics[i].topic_id) || image_topic(img, name) != NULL ||
            topic_name_check(name) != NULL)
            continue;
        if (api_seen_before(&seen, name, -1))
            continue;
        if (dst != NULL)
            dst[count] = (struct ctl_topic){.name = name, .partitions = -1, .replication = -1};
        if (dst != NULL && topic_name_internal(name))
            ok &= internal_topic_shape(&v, &req->arena, &dst[count]) == 0;
        count++;
    }
    api_seen_done(&seen);
    return ok ? count : -1;
}

/* Metadata (key 3), v0-13. v4 allow_auto_topic_creation, v7 leader epochs, v9 flexible, v10 topic ids, v12 by
 * id. Differs from Kafka: a topic that the request creates is in the answer at once; Kafka answers
 * UNKNOWN_TOPIC_OR_PARTITION first and lets the client ask again. */
static void metadata_start(struct mr_req *req)
{
    const struct kw_metadata_request *in = req->in;
    struct broker_shard *b = broker_of(req->shard);
    if (malformed(req)) {
        refuse_malformed(req);
        return;
    }
    bool may_create = b->settings.auto_create && (req->version < 4 || in->allow_auto_topic_creation);
    int32_t missing = may_create && in->topics_count > 0 ? missing_topics(req, NULL) : 0;
    struct metadata *m = missing > 0 ? req_new(req, struct metadata) : NULL;
    struct ctl_topic *topics = missing > 0 ? req_array(req, struct ctl_topic, (size_t)missing) : NULL;
    if (m == NULL || topics == NULL) {
        answer(req);
        return;
    }
    arena_init(&m->arena, 16 << 20);
    req->state = m;
    req->release = metadata_release;
    if (missing_topics(req, topics) < 0) {
        req_close(req, "out of memory");
        return;
    }
    m->create = (struct ctl_command){.kind = CTL_CREATE_TOPICS,
                                     .u.topics = topics,
                                     .count = missing,
                                     .arena = &m->arena,
                                     .context = req,
                                     .done = created,
                                     .user = quota_user(req), /* who is over its quota asks again later */
                                     .client = req->head.client_id,
                                     .strict = true};
    controller_submit(req->shard, &m->create);
}

const struct mr_api mr_api_metadata = {
    .key = 3, .name = "Metadata", .v_min = 0, .v_max = 13, .v_min_shown = 0, .start = metadata_start};
