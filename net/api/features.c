#include "net/api/apis.h"
#include "net/api/command.h"
#include "net/api/common.h"
#include "net/wire/gen/update_features.h"

/* Before v2 every feature has an answer of its own, when none was refused. */
static bool put_results(struct mr_req *req, const struct ctl_command *cmd)
{
    struct kw_update_features_response *out = req->out;
    out->results = req_array(req, struct kw_update_features_response_result, (size_t)cmd->count);
    if (out->results == NULL)
        return false;
    for (int32_t i = 0; i < cmd->count; i++)
        out->results[out->results_count++] =
            (struct kw_update_features_response_result){cmd->u.features[i].name, KW_NONE, MR_STR_LIT("NONE")};
    return true;
}

static void features_updated(struct ctl_command *cmd)
{
    struct mr_req *req = cmd->context;
    struct kw_update_features_response *out = req->out;
    struct ctl_result none = {KW_NONE, NULL};
    const struct ctl_result *r = cmd->count > 0 ? &cmd->u.features[0].result : &none;
    enum kw_error error = api_command_error(cmd, r);
    out->error_code = (int16_t)error;
    out->error_message = mr_str_of(r->message);
    if (error != KW_NONE || put_results(req, cmd))
        req_finish(req);
    else
        req_close(req, "response too large");
}

/* UpdateFeatures (key 57), v0-2, flexible (KIP-584). v1 kinds of change instead of a permission, validate
 * only (KIP-778), v2 one error for all (KIP-1022). Differs from Kafka: levels that this broker does not have
 * (kraft.version 1, share.version 1) are refused. */
static void update_features_start(struct mr_req *req)
{
    const struct kw_update_features_request *in = req->in;
    struct api_command *a = api_command_new(req, CTL_UPDATE_FEATURES, in->validate_only, features_updated);
    if (a == NULL)
        return;
    struct api_seen seen = {.ready = false};
    struct ctl_feature *features = req_array(req, struct ctl_feature, (size_t)in->feature_updates_count);
    if (features == NULL) {
        req_close(req, "request too large");
        return;
    }
    for (int32_t i = in->feature_updates_count - 1; i >= 0; i--) {
        const struct kw_update_features_request_update *u = &in->feature_updates[i];
        int8_t kind = req->version > 0 ? u->upgrade_type : u->allow_downgrade ? 2 : 1;
        features[i] = (struct ctl_feature){.name = u->feature,
                                           .level = u->max_version_level,
                                           .how = kind,
                                           .repeated = api_seen_before(&seen, u->feature, -1)};
    }
    api_seen_done(&seen);
    a->command.u.features = features;
    a->command.count = in->feature_updates_count;
    controller_submit(req->shard, &a->command); /* whatever timeout_ms is, as Kafka */
}

const struct mr_api mr_api_update_features = {.key = 57,
                                              .name = "UpdateFeatures",
                                              .v_min = 0,
                                              .v_max = 2,
                                              .v_min_shown = 0,
                                              .start = update_features_start};
