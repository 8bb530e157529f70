#include "core/config_alter.h"
#include "net/api/apis.h"
#include "net/api/command.h"
#include "net/api/common.h"
#include "net/api/configs.h"
#include "net/api/loggers.h"
#include "net/wire/gen/alter_configs.h"
#include "net/wire/gen/incremental_alter_configs.h"

/* Where the answer to an item of the command belongs: the two APIs have structs of their own, with the same
 * fields. */
struct answer {
    int16_t *error_code;
    struct mr_str *error_message;
};

/* Loggers are this broker's alone and answered here; everything else goes to the controller. */
struct alter {
    struct api_command *command;
    struct answer *answers; /* [command.count] */
};

static void altered(struct ctl_command *cmd)
{
    const struct answer *answers = api_command_of(cmd)->own;
    for (int32_t i = 0; i < cmd->count; i++) {
        const struct ctl_alter *a = &cmd->u.alters[i];
        *answers[i].error_code = (int16_t)api_command_error(cmd, &a->result);
        *answers[i].error_message = mr_str_of(a->result.message);
    }
    req_finish(cmd->context);
}

/* False: no memory, and the request is closed. */
static bool alter_begin(struct mr_req *req, bool validate_only, int32_t count, struct alter *ret)
{
    struct api_command *a = api_command_new(req, CTL_ALTER_CONFIGS, validate_only, altered);
    if (a == NULL)
        return false;
    a->command.u.alters = req_array(req, struct ctl_alter, (size_t)count);
    a->own = ret->answers = req_array(req, struct answer, (size_t)count);
    ret->command = a;
    if (a->command.u.alters != NULL && a->own != NULL)
        return true;
    req_close(req, "request too large");
    return false;
}

static void alter_add(struct alter *alter, const struct ctl_alter *a, struct answer to)
{
    struct ctl_command *cmd = &alter->command->command;
    alter->answers[cmd->count] = to;
    cmd->u.alters[cmd->count++] = *a;
}

static void alter_submit(struct mr_req *req, struct alter *alter)
{
    if (alter->command->command.count == 0)
        req_finish(req); /* nothing was asked, or about loggers only */
    else
        controller_submit(req->shard, &alter->command->command);
}

/* ---- AlterConfigs ---- */

static bool put_resource(struct mr_req *req, const struct kw_alter_configs_request_resource *in,
                         struct alter *alter, struct kw_alter_configs_response_resource *o)
{
    struct ctl_alter a = {.resource_type = in->resource_type,
                          .resource_name = in->resource_name,
                          .configs = req_array(req, struct ctl_config, (size_t)in->configs_count),
                          .config_count = in->configs_count};
    kw_alter_configs_response_resource_init(o);
    o->resource_type = in->resource_type;
    o->resource_name = in->resource_name;
    if (a.configs == NULL)
        return false;
    for (int32_t i = 0; i < in->configs_count; i++)
        a.configs[i] = (struct ctl_config){.name = in->configs[i].name, .value = in->configs[i].value};
    alter_add(alter, &a, (struct answer){&o->error_code, &o->error_message});
    return true;
}

/* AlterConfigs (key 33), v0-2: replaces all of a resource's settings (KIP-133). v2 flexible.
 * Differs from Kafka: a resource named twice is answered, twice; Kafka 4.1 leaves the client waiting. */
static void alter_configs_start(struct mr_req *req)
{
    const struct kw_alter_configs_request *in = req->in;
    struct kw_alter_configs_response *out = req->out;
    struct alter alter;
    if (!alter_begin(req, in->validate_only, in->resources_count, &alter))
        return;
    out->responses = req_array(req, struct kw_alter_configs_response_resource, (size_t)in->resources_count);
    bool ok = out->responses != NULL;
    for (int32_t r = 0; ok && r < in->resources_count; r++)
        ok = put_resource(req, &in->resources[r], &alter, &out->responses[out->responses_count++]);
    if (ok)
        alter_submit(req, &alter);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_alter_configs = {.key = 33,
                                            .name = "AlterConfigs",
                                            .v_min = 0,
                                            .v_max = 2,
                                            .v_min_shown = 0,
                                            .start = alter_configs_start};

/* ---- IncrementalAlterConfigs ---- */

static const struct ctl_config *unknown_op(const struct ctl_alter *a)
{
    for (int32_t i = 0; i < a->config_count; i++) {
        if (a->configs[i].op < CONFIG_SET || a->configs[i].op > CONFIG_SUBTRACT)
            return &a->configs[i];
    }
    return NULL;
}

/* twice: the nodes whose loggers are named more than once. */
static bool put_incremental(struct mr_req *req,
                            const struct kw_incremental_alter_configs_request_resource *in,
                            struct alter *alter, const struct api_seen *twice,
                            struct kw_incremental_alter_configs_response_resource *o)
{
    const struct kw_incremental_alter_configs_request *whole = req->in;
    struct ctl_alter a = {.resource_type = in->resource_type,
                          .resource_name = in->resource_name,
                          .incremental = true,
                          .configs = req_array(req, struct ctl_config, (size_t)in->configs_count),
                          .config_count = in->configs_count};
    kw_incremental_alter_configs_response_resource_init(o);
    o->resource_type = in->resource_type;
    o->resource_name = in->resource_name;
    o->error_message = (struct mr_str){NULL, 0};
    if (a.configs == NULL)
        return false;
    for (int32_t i = 0; i < in->configs_count; i++)
        a.configs[i] = (struct ctl_config){.name = in->configs[i].name,
                                           .value = in->configs[i].value,
                                           .op = in->configs[i].config_operation};
    const struct ctl_config *odd = in->resource_type != RESOURCE_LOGGER ? unknown_op(&a) : NULL;
    if (odd != NULL && in->resource_type == RESOURCE_BROKER) {
        o->error_code = KW_INVALID_REQUEST;
        o->error_message = api_text(req, "Unknown operations type %d", odd->op);
        return true;
    }
    if (odd != NULL) {
        o->error_code = KW_UNKNOWN_SERVER_ERROR; /* so does Kafka 4.1 */
        return true;
    }
    if (in->resource_type != RESOURCE_LOGGER) {
        alter_add(alter, &a, (struct answer){&o->error_code, &o->error_message});
        return true;
    }
    struct logger_answer answer = {KW_INVALID_REQUEST, MR_STR_LIT("Each resource must appear at most once.")};
    if (!api_seen_has(twice, in->resource_name, -1))
        answer = logger_alter(req, in->resource_name, a.configs, a.config_count, whole->validate_only);
    o->error_code = (int16_t)answer.error;
    o->error_message = answer.message;
    return true;
}

/* Loggers of which node are named more than once. */
static void loggers_twice(const struct kw_incremental_alter_configs_request *in, struct api_seen *twice)
{
    struct api_seen once = {.ready = false};
    for (int32_t r = 0; r < in->resources_count; r++) {
        if (in->resources[r].resource_type == RESOURCE_LOGGER &&
            api_seen_before(&once, in->resources[r].resource_name, -1))
            (void)api_seen_before(twice, in->resources[r].resource_name, -1);
    }
    api_seen_done(&once);
}

/* IncrementalAlterConfigs (key 44), v0-1 (KIP-339). v1 flexible.
 * Differs from Kafka: one logger (net/api/loggers.h). */
static void incremental_alter_configs_start(struct mr_req *req)
{
    const struct kw_incremental_alter_configs_request *in = req->in;
    struct kw_incremental_alter_configs_response *out = req->out;
    struct api_seen twice = {.ready = false};
    struct alter alter;
    if (!alter_begin(req, in->validate_only, in->resources_count, &alter))
        return;
    loggers_twice(in, &twice);
    out->responses =
        req_array(req, struct kw_incremental_alter_configs_response_resource, (size_t)in->resources_count);
    bool ok = out->responses != NULL;
    for (int32_t r = 0; ok && r < in->resources_count; r++)
        ok = put_incremental(req, &in->resources[r], &alter, &twice, &out->responses[out->responses_count++]);
    api_seen_done(&twice);
    if (ok)
        alter_submit(req, &alter);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_incremental_alter_configs = {.key = 44,
                                                        .name = "IncrementalAlterConfigs",
                                                        .v_min = 0,
                                                        .v_max = 1,
                                                        .v_min_shown = 0,
                                                        .start = incremental_alter_configs_start};
