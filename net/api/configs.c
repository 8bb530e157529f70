#include <stdio.h>

#include "core/broker/controller.h"
#include "core/config_describe.h"
#include "net/api/apis.h"
#include "net/wire/gen/alter_configs.h"
#include "net/wire/gen/describe_configs.h"
#include "net/wire/gen/incremental_alter_configs.h"

enum resource_type { RESOURCE_TOPIC = 2, RESOURCE_BROKER = 4, RESOURCE_LOGGER = 8, RESOURCE_CLIENT_METRICS = 16, RESOURCE_GROUP = 32 };

enum { COMMAND_BYTES_MAX = 64 << 20 };

/* ---- DescribeConfigs ---- */

struct found {
    const struct config_entry *entries;
    size_t count;
    enum kw_error error;
    const char *message;
};

static const char *text_of(struct mr_req *req, const char *fmt, struct mr_str name)
{
    char *text = arena_alloc(&req->arena, strlen(fmt) + name.len + 1, 1);
    if (text != NULL)
        snprintf(text, strlen(fmt) + name.len + 1, fmt, MR_STR(name));
    return text;
}

static void find_broker(struct mr_req *req, struct mr_str name, const struct config_view *v, struct found *f)
{
    char mine[16];
    int n = snprintf(mine, sizeof(mine), "%d", broker_of(req->shard)->broker->node_id);
    int err = 0;
    if (name.len == 0) {
        err = config_describe_cluster(v, &req->arena, &f->entries, &f->count);
    } else if (mr_str_eq(name, (struct mr_str){mine, (size_t)n})) {
        err = config_describe_broker(v, &req->arena, &f->entries, &f->count);
    } else {
        f->error = KW_INVALID_REQUEST;
        f->message = text_of(req, "Unexpected broker id, expected this broker or empty string, but received %.*s", name);
    }
    if (err != 0)
        f->error = KW_UNKNOWN_SERVER_ERROR;
}

static void find_resource(struct mr_req *req, const struct kw_describe_configs_request_resource *in, struct found *f)
{
    struct broker_shard *b = broker_of(req->shard);
    struct config_view v = broker_config_view(b);
    int err = 0;
    switch (in->resource_type) {
    case RESOURCE_TOPIC: {
        const struct image_topic *t = image_topic(b->image, in->resource_name);
        if (t == NULL)
            f->error = KW_UNKNOWN_TOPIC_OR_PARTITION;
        else
            err = config_describe_topic(&v, &t->configs, &req->arena, &f->entries, &f->count);
        break;
    }
    case RESOURCE_BROKER:
        find_broker(req, in->resource_name, &v, f);
        break;
    case RESOURCE_GROUP: {
        char key[300];
        int n = snprintf(key, sizeof(key), "%d:%.*s", RESOURCE_GROUP, MR_STR(in->resource_name));
        const struct config_map *overrides =
            n < (int)sizeof(key) ? smap_get(&b->image->other_configs, (struct mr_str){key, (size_t)n}) : NULL;
        if (in->resource_name.len == 0) {
            f->error = KW_INVALID_REQUEST;
            f->message = "Group name must not be empty";
        } else {
            err = config_describe_group(&v, overrides, &req->arena, &f->entries, &f->count);
        }
        break;
    }
    case RESOURCE_LOGGER:
    case RESOURCE_CLIENT_METRICS:
        break; /* no loggers of their own and no client metrics here: an empty list */
    default:
        f->error = KW_INVALID_REQUEST;
        f->message = "Unsupported resource type";
        break;
    }
    if (err != 0)
        f->error = KW_UNKNOWN_SERVER_ERROR;
}

static bool asked_for(const struct kw_describe_configs_request_resource *in, const char *name)
{
    if (in->configuration_keys_count < 0)
        return true;
    for (int32_t i = 0; i < in->configuration_keys_count; i++) {
        if (mr_str_is(in->configuration_keys[i], name))
            return true;
    }
    return false;
}

static bool put_entry(struct mr_req *req, const struct config_entry *e, struct kw_describe_configs_response_config *o)
{
    const struct kw_describe_configs_request *in = req->in;
    kw_describe_configs_response_config_init(o);
    o->name = mr_str_of(e->name);
    o->value = mr_str_of(e->value);
    o->read_only = e->read_only;
    o->config_source = (int8_t)e->source;
    o->is_sensitive = e->sensitive;
    o->config_type = (int8_t)e->type;
    if (!in->include_synonyms || e->synonyms_count == 0)
        return true;
    o->synonyms = req_array(req, struct kw_describe_configs_response_synonym, e->synonyms_count);
    if (o->synonyms == NULL)
        return false;
    o->synonyms_count = (int32_t)e->synonyms_count;
    for (unsigned i = 0; i < e->synonyms_count; i++)
        o->synonyms[i] = (struct kw_describe_configs_response_synonym){
            mr_str_of(e->synonyms[i].name), mr_str_of(e->synonyms[i].value), (int8_t)e->synonyms[i].source};
    return true;
}

/* DescribeConfigs (key 32), v1-4. v3 types and documentation, v4 flexible.
 * Differs from Kafka: documentation is always null; there are no broker loggers. */
static void describe_configs_start(struct mr_req *req)
{
    const struct kw_describe_configs_request *in = req->in;
    struct kw_describe_configs_response *out = req->out;
    out->results = req_array(req, struct kw_describe_configs_response_result, (size_t)in->resources_count);
    bool ok = out->results != NULL;
    for (int32_t r = 0; ok && r < in->resources_count; r++) {
        const struct kw_describe_configs_request_resource *res = &in->resources[r];
        struct kw_describe_configs_response_result *o = &out->results[out->results_count++];
        struct found f = {.error = KW_NONE};
        kw_describe_configs_response_result_init(o);
        find_resource(req, res, &f);
        o->error_code = (int16_t)f.error;
        o->error_message = mr_str_of(f.message);
        if (f.error == KW_NONE)
            o->error_message = MR_STR_LIT("");
        else if (f.message == NULL && f.error == KW_UNKNOWN_TOPIC_OR_PARTITION)
            o->error_message = MR_STR_LIT("This server does not host this topic-partition.");
        o->resource_type = res->resource_type;
        o->resource_name = res->resource_name;
        o->configs = req_array(req, struct kw_describe_configs_response_config, f.count);
        ok = o->configs != NULL;
        for (size_t i = 0; ok && i < f.count; i++) {
            if (asked_for(res, f.entries[i].name))
                ok = put_entry(req, &f.entries[i], &o->configs[o->configs_count++]);
        }
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

const struct mr_api mr_api_describe_configs = {
    .key = 32, .name = "DescribeConfigs", .v_min = 1, .v_max = 4, .v_min_shown = 1, .start = describe_configs_start};

/* ---- AlterConfigs, IncrementalAlterConfigs ---- */

struct call {
    struct ctl_command command;
    struct mr_arena arena;
};

static void call_release(struct mr_req *req)
{
    if (req->state != NULL)
        arena_done(&((struct call *)req->state)->arena);
}

static struct call *call_new(struct mr_req *req, int32_t count, bool validate_only,
                             void (*done)(struct ctl_command *c))
{
    struct call *call = req_new(req, struct call);
    struct ctl_alter *alters = req_array(req, struct ctl_alter, (size_t)count);
    if (call == NULL || alters == NULL)
        return NULL;
    arena_init(&call->arena, COMMAND_BYTES_MAX);
    req->state = call;
    req->release = call_release;
    call->command = (struct ctl_command){.kind = CTL_ALTER_CONFIGS,
                                         .u.alters = alters,
                                         .count = count,
                                         .validate_only = validate_only,
                                         .arena = &call->arena,
                                         .context = req,
                                         .done = done};
    return call;
}

static enum kw_error outcome(const struct ctl_command *c, int32_t i)
{
    return c->error != KW_NONE ? c->error : c->u.alters[i].result.error;
}

static void altered(struct ctl_command *c)
{
    struct mr_req *req = c->context;
    struct kw_alter_configs_response *out = req->out;
    for (int32_t i = 0; i < c->count; i++) {
        out->responses[i].error_code = (int16_t)outcome(c, i);
        out->responses[i].error_message = mr_str_of(c->u.alters[i].result.message);
    }
    req_finish(req);
}

/* AlterConfigs (key 33), v0-2: replaces all of a resource's settings. v2 flexible.
 * Differs from Kafka: nowhere. */
static void alter_configs_start(struct mr_req *req)
{
    const struct kw_alter_configs_request *in = req->in;
    struct kw_alter_configs_response *out = req->out;
    struct call *call = call_new(req, in->resources_count, in->validate_only, altered);
    out->responses = req_array(req, struct kw_alter_configs_response_resource, (size_t)in->resources_count);
    bool ok = call != NULL && out->responses != NULL;
    for (int32_t r = 0; ok && r < in->resources_count; r++) {
        const struct kw_alter_configs_request_resource *res = &in->resources[r];
        struct ctl_alter *a = &call->command.u.alters[r];
        *a = (struct ctl_alter){.resource_type = res->resource_type,
                                .resource_name = res->resource_name,
                                .configs = req_array(req, struct ctl_config, (size_t)res->configs_count),
                                .config_count = res->configs_count};
        ok = a->configs != NULL;
        for (int32_t i = 0; ok && i < res->configs_count; i++)
            a->configs[i] = (struct ctl_config){.name = res->configs[i].name, .value = res->configs[i].value};
        kw_alter_configs_response_resource_init(&out->responses[r]);
        out->responses[r].resource_type = res->resource_type;
        out->responses[r].resource_name = res->resource_name;
    }
    if (!ok) {
        req_close(req, "request too large");
        return;
    }
    out->responses_count = in->resources_count;
    controller_submit(req->shard, &call->command);
}

const struct mr_api mr_api_alter_configs = {
    .key = 33, .name = "AlterConfigs", .v_min = 0, .v_max = 2, .v_min_shown = 0, .start = alter_configs_start};

static void altered_incrementally(struct ctl_command *c)
{
    struct mr_req *req = c->context;
    struct kw_incremental_alter_configs_response *out = req->out;
    for (int32_t i = 0; i < c->count; i++) {
        out->responses[i].error_code = (int16_t)outcome(c, i);
        out->responses[i].error_message = mr_str_of(c->u.alters[i].result.message);
    }
    req_finish(req);
}

/* IncrementalAlterConfigs (key 44), v0-1 (KIP-339). v1 flexible.
 * Differs from Kafka: nowhere. */
static void incremental_alter_configs_start(struct mr_req *req)
{
    const struct kw_incremental_alter_configs_request *in = req->in;
    struct kw_incremental_alter_configs_response *out = req->out;
    struct call *call = call_new(req, in->resources_count, in->validate_only, altered_incrementally);
    out->responses = req_array(req, struct kw_incremental_alter_configs_response_resource, (size_t)in->resources_count);
    bool ok = call != NULL && out->responses != NULL;
    for (int32_t r = 0; ok && r < in->resources_count; r++) {
        const struct kw_incremental_alter_configs_request_resource *res = &in->resources[r];
        struct ctl_alter *a = &call->command.u.alters[r];
        *a = (struct ctl_alter){.resource_type = res->resource_type,
                                .resource_name = res->resource_name,
                                .incremental = true,
                                .configs = req_array(req, struct ctl_config, (size_t)res->configs_count),
                                .config_count = res->configs_count};
        ok = a->configs != NULL;
        for (int32_t i = 0; ok && i < res->configs_count; i++)
            a->configs[i] = (struct ctl_config){
                .name = res->configs[i].name, .value = res->configs[i].value, .op = res->configs[i].config_operation};
        kw_incremental_alter_configs_response_resource_init(&out->responses[r]);
        out->responses[r].resource_type = res->resource_type;
        out->responses[r].resource_name = res->resource_name;
    }
    if (!ok) {
        req_close(req, "request too large");
        return;
    }
    out->responses_count = in->resources_count;
    controller_submit(req->shard, &call->command);
}

const struct mr_api mr_api_incremental_alter_configs = {.key = 44,
                                                        .name = "IncrementalAlterConfigs",
                                                        .v_min = 0,
                                                        .v_max = 1,
                                                        .v_min_shown = 0,
                                                        .start = incremental_alter_configs_start};
