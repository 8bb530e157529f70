#include "core/broker/coord.h"
#include "core/broker/internal_topic.h"
#include "net/api/apis.h"
#include "net/api/command.h"
#include "net/api/common.h"
#include "net/wire/gen/find_coordinator.h"

/* Kafka's words for the errors. */
#define NOT_AVAILABLE "The coordinator is not available."

enum { SHARE = 2 };

/* KeyType: 0 group, 1 transaction. False: this broker has no such coordinators. */
static bool kind_of(int8_t key_type, enum coord_kind *ret)
{
    *ret = key_type == 0 ? COORD_GROUP : COORD_TXN;
    return (key_type == 0 || key_type == 1) && coord_topic(*ret) != NULL;
}

static bool put(struct mr_req *req, struct mr_str key, struct kw_find_coordinator_response_coordinator *out)
{
    const struct kw_find_coordinator_request *in = req->in;
    const struct broker_shard *b = broker_of(req->shard);
    enum coord_kind kind;
    struct part_key at;
    struct api_endpoint *ends;
    kw_find_coordinator_response_coordinator_init(out);
    out->key = key;
    out->node_id = out->port = -1;
    out->error_code = KW_COORDINATOR_NOT_AVAILABLE;
    out->error_message = MR_STR_LIT(NOT_AVAILABLE);
    if (in->key_type < 0 || in->key_type > SHARE || (in->key_type == SHARE && req->version < 6)) {
        out->error_code = KW_INVALID_REQUEST;
        /* Kafka has no words for share groups in a batched request. */
        bool silent = in->key_type == SHARE && req->version >= 4;
        out->error_message = mr_str_of(silent ? "" : API_INVALID_REQUEST);
        return true;
    }
    if (!kind_of(in->key_type, &kind) || !coord_place(b, kind, key, &at))
        return true;
    int32_t leader = image_topic_by_id(b->image, at.topic)->partitions[at.partition].leader;
    int32_t count = api_brokers(req, &ends);
    for (int32_t i = 0; i < count; i++) {
        if (ends[i].node_id != leader)
            continue;
        out->error_code = KW_NONE;
        out->error_message = mr_str_of(req->version >= 4 ? "" : "NONE"); /* as Kafka says it */
        out->node_id = ends[i].node_id;
        out->host = ends[i].host;
        out->port = ends[i].port;
    }
    return count >= 0;
}

static void answer(struct mr_req *req)
{
    const struct kw_find_coordinator_request *in = req->in;
    struct kw_find_coordinator_response *out = req->out;
    bool ok = true;
    if (req->version >= 4) {
        size_t count = (size_t)mr_imax(in->coordinator_keys_count, 0);
        out->coordinators = req_array(req, struct kw_find_coordinator_response_coordinator, count);
        ok = out->coordinators != NULL;
        for (int32_t i = 0; ok && i < in->coordinator_keys_count; i++)
            ok = put(req, in->coordinator_keys[i], &out->coordinators[out->coordinators_count++]);
    } else {
        struct kw_find_coordinator_response_coordinator one;
        ok = put(req, in->key, &one);
        out->error_code = one.error_code;
        out->error_message = one.error_message;
        out->node_id = one.node_id;
        out->host = one.host;
        out->port = one.port;
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "request too large");
}

static void created(struct ctl_command *c)
{
    answer(c->context); /* whatever came of it: another request may have made the topic meanwhile */
}

/* FindCoordinator (key 10), v0-6. v1 transactional ids, v3 flexible, v4 batched (KIP-699).
 * The internal topic is made when somebody asks for the first time.
 * Differs from Kafka: the request that makes it waits for it, Kafka answers COORDINATOR_NOT_AVAILABLE and
 * lets the client ask again. Coordinators of share groups are not available. */
static void find_coordinator_start(struct mr_req *req)
{
    const struct kw_find_coordinator_request *in = req->in;
    const struct broker_shard *b = broker_of(req->shard);
    enum coord_kind kind;
    struct mr_str topic = mr_str_of(kind_of(in->key_type, &kind) ? coord_topic(kind) : NULL);
    bool asked = req->version < 4 || in->coordinator_keys_count > 0;
    if (topic.ptr == NULL || !asked || image_topic(b->image, topic) != NULL) {
        answer(req);
        return;
    }
    struct api_command *a = api_command_new(req, CTL_CREATE_TOPICS, false, created);
    if (a == NULL)
        return;
    struct internal_topic *t = req_new(req, struct internal_topic);
    if (t == NULL || !internal_topic_make(b, topic, t)) {
        req_close(req, "request too large");
        return;
    }
    a->command.u.topics = &t->topic;
    a->command.count = 1;
    controller_submit(req->shard, &a->command);
}

const struct mr_api mr_api_find_coordinator = {.key = 10,
                                               .name = "FindCoordinator",
                                               .v_min = 0,
                                               .v_max = 6,
                                               .v_min_shown = 0,
                                               .start = find_coordinator_start};
