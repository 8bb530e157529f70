#include "net/api/apis.h"
#include "net/wire/gen/find_coordinator.h"

/* FindCoordinator (key 10), v0-6. v3 flexible, v4 batched (KIP-699).
 * Differs from Kafka: there are no coordinators yet, so every key gets COORDINATOR_NOT_AVAILABLE, which
 * clients retry. */
static void find_coordinator_start(struct mr_req *req)
{
    const struct kw_find_coordinator_request *in = req->in;
    struct kw_find_coordinator_response *out = req->out;
    static const char why[] = "This broker has no group or transaction coordinator.";
    out->error_code = KW_COORDINATOR_NOT_AVAILABLE;
    out->error_message = MR_STR_LIT(why);
    out->node_id = out->port = -1;
    if (req->version >= 4 && in->coordinator_keys_count > 0) {
        out->coordinators = req_array(req, struct kw_find_coordinator_response_coordinator,
                                      (size_t)in->coordinator_keys_count);
        if (out->coordinators == NULL) {
            req_close(req, "request too large");
            return;
        }
        for (int32_t i = 0; i < in->coordinator_keys_count; i++) {
            struct kw_find_coordinator_response_coordinator *c =
                &out->coordinators[out->coordinators_count++];
            kw_find_coordinator_response_coordinator_init(c);
            c->key = in->coordinator_keys[i];
            c->node_id = c->port = -1;
            c->error_code = KW_COORDINATOR_NOT_AVAILABLE;
            c->error_message = MR_STR_LIT(why);
        }
    }
    req_finish(req);
}

const struct mr_api mr_api_find_coordinator = {.key = 10,
                                               .name = "FindCoordinator",
                                               .v_min = 0,
                                               .v_max = 6,
                                               .v_min_shown = 0,
                                               .start = find_coordinator_start};
