#include "core/broker/coord.h"
#include "core/broker/internal_topic.h"
#include "net/api/apis.h"
#include "net/api/command.h"
#include "net/api/common.h"
#include "net/wire/gen/find_coordinator.h"

enum { KEY_GROUP = 0, KEY_TRANSACTION = 1, KEY_SHARE = 2, TOPIC_ID_CHARS = 22 };

/* A share partition's key is GROUP:TOPIC_ID:PARTITION (KIP-932). */
static bool is_share_key(struct mr_str key)
{
    int32_t partition;
    const char *colon = key.len > 0 ? memrchr(key.ptr, ':', key.len) : NULL;
    if (colon == NULL ||
        !api_number((struct mr_str){colon + 1, (size_t)(key.ptr + key.len - colon - 1)}, &partition))
        return false;
    size_t rest = (size_t)(colon - key.ptr);
    return rest > TOPIC_ID_CHARS + 1 && key.ptr[rest - TOPIC_ID_CHARS - 1] == ':';
}

/* The internal topic of such keys; NULL: this broker has no such coordinators. */
static const char *topic_of(int8_t key_type)
{
    if (key_type != KEY_GROUP && key_type != KEY_TRANSACTION)
        return NULL;
    return coord_topic(key_type == KEY_GROUP ? COORD_GROUP : COORD_TXN);
}

/* Kafka has no words for what is wrong with a share group's key. */
static enum kw_error judge(const struct mr_req *req, struct mr_str key, struct mr_str *ret_why)
{
    int8_t type = ((const struct kw_find_coordinator_request *)req->in)->key_type;
    *ret_why = MR_STR_LIT("");
    if (type == KEY_SHARE && req->version >= 4)
        return req->version >= 6 && is_share_key(key) ? KW_COORDINATOR_NOT_AVAILABLE : KW_INVALID_REQUEST;
    if (type != KEY_GROUP && type != KEY_TRANSACTION) {
        *ret_why = MR_STR_LIT(API_INVALID_REQUEST);
        return KW_INVALID_REQUEST;
    }
    return KW_NONE;
}

static bool put(struct mr_req *req, struct mr_str key, struct kw_find_coordinator_response_coordinator *out)
{
    const struct kw_find_coordinator_request *in = req->in;
    const struct broker_shard *b = broker_of(req->shard);
    struct part_key at;
    struct api_endpoint *ends;
    kw_find_coordinator_response_coordinator_init(out);
    out->key = key;
    out->node_id = out->port = -1;
    out->error_code = (int16_t)judge(req, key, &out->error_message);
    if (out->error_code != KW_NONE)
        return true;
    out->error_code = KW_COORDINATOR_NOT_AVAILABLE;
    out->error_message = MR_STR_LIT("The coordinator is not available.");
    if (topic_of(in->key_type) == NULL ||
        !coord_place(b, in->key_type == KEY_GROUP ? COORD_GROUP : COORD_TXN, key, &at))
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

/* FindCoordinator (key 10), v0-6. v1 kinds of keys, v3 flexible, v4 batched (KIP-699), v6 share groups.
 * The internal topic is made when somebody asks for the first time.
 * Differs from Kafka: the request that makes it waits for it, Kafka answers COORDINATOR_NOT_AVAILABLE and
 * lets the client ask again. Coordinators of share groups are not available. */
static void find_coordinator_start(struct mr_req *req)
{
    const struct kw_find_coordinator_request *in = req->in;
    const struct broker_shard *b = broker_of(req->shard);
    struct config_view v = broker_config_view(b);
    struct mr_str name = mr_str_of(topic_of(in->key_type));
    bool asked = req->version < 4 || in->coordinator_keys_count > 0;
    if (name.ptr == NULL || !asked || image_topic(b->image, name) != NULL) {
        answer(req);
        return;
    }
    struct api_command *a = api_command_new(req, CTL_CREATE_TOPICS, false, created);
    if (a == NULL)
        return;
    struct ctl_topic *t = req_new(req, struct ctl_topic);
    if (t != NULL)
        t->name = name;
    if (t == NULL || internal_topic_shape(&v, &req->arena, t) != 0) {
        req_close(req, "request too large");
        return;
    }
    a->command.u.topics = t;
    a->command.count = 1;
    controller_submit(req->shard, &a->command);
}

const struct mr_api mr_api_find_coordinator = {.key = 10,
                                               .name = "FindCoordinator",
                                               .v_min = 0,
                                               .v_max = 6,
                                               .v_min_shown = 0,
                                               .start = find_coordinator_start};
