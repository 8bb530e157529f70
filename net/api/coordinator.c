#include "net/api/apis.h"
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

/* The same answer for one key, in the form of either half of the versions. */
struct verdict {
    enum kw_error error;
    struct mr_str message;
};

static struct verdict judge(const struct mr_req *req, struct mr_str key)
{
    int8_t kind = ((const struct kw_find_coordinator_request *)req->in)->key_type;
    if (kind == KEY_SHARE && req->version >= 4)
        return (struct verdict){req->version >= 6 && is_share_key(key) ? KW_COORDINATOR_NOT_AVAILABLE
                                                                       : KW_INVALID_REQUEST,
                                MR_STR_LIT("")};
    if (kind != KEY_GROUP && kind != KEY_TRANSACTION)
        return (struct verdict){KW_INVALID_REQUEST, MR_STR_LIT(API_INVALID_REQUEST)};
    return (struct verdict){KW_COORDINATOR_NOT_AVAILABLE,
                            MR_STR_LIT("This broker has no group or transaction coordinator.")};
}

/* FindCoordinator (key 10), v0-6. v1 kinds of keys, v3 flexible, v4 batched (KIP-699), v6 share groups.
 * Differs from Kafka: there are no coordinators yet, so every good key gets COORDINATOR_NOT_AVAILABLE, which
 * clients retry. */
static void find_coordinator_start(struct mr_req *req)
{
    const struct kw_find_coordinator_request *in = req->in;
    struct kw_find_coordinator_response *out = req->out;
    if (req->version < 4) {
        struct verdict v = judge(req, in->key);
        out->error_code = (int16_t)v.error;
        out->error_message = v.message;
        out->node_id = out->port = -1;
        req_finish(req);
        return;
    }
    out->coordinators =
        req_array(req, struct kw_find_coordinator_response_coordinator, (size_t)in->coordinator_keys_count);
    if (out->coordinators == NULL) {
        req_close(req, "request too large");
        return;
    }
    for (int32_t i = 0; i < in->coordinator_keys_count; i++) {
        struct kw_find_coordinator_response_coordinator *c = &out->coordinators[out->coordinators_count++];
        struct verdict v = judge(req, in->coordinator_keys[i]);
        kw_find_coordinator_response_coordinator_init(c);
        c->key = in->coordinator_keys[i];
        c->node_id = c->port = -1;
        c->error_code = (int16_t)v.error;
        c->error_message = v.message;
    }
    req_finish(req);
}

const struct mr_api mr_api_find_coordinator = {.key = 10,
                                               .name = "FindCoordinator",
                                               .v_min = 0,
                                               .v_max = 6,
                                               .v_min_shown = 0,
                                               .start = find_coordinator_start};
