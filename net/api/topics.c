#include "core/broker/controller.h"
#include "core/config_describe.h"
#include "net/api/apis.h"
#include "net/wire/gen/create_partitions.h"
#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/delete_topics.h"

enum { COMMAND_BYTES_MAX = 64 << 20 };

/* A command to the controller on behalf of a request. */
struct call {
    struct ctl_command command;
    struct mr_arena arena;
};

static void call_release(struct mr_req *req) { arena_done(&((struct call *)req->state)->arena); }

/* NULL: out of memory, and the request is closed. */
static struct call *call_new(struct mr_req *req, enum ctl_kind kind, int32_t count, bool validate_only,
                             void (*done)(struct ctl_command *c))
{
    struct call *call = req_new(req, struct call);
    if (call == NULL) {
        req_close(req, "request too large");
        return NULL;
    }
    arena_init(&call->arena, COMMAND_BYTES_MAX);
    req->state = call;
    req->release = call_release;
    call->command = (struct ctl_command){.kind = kind,
                                         .count = count,
                                         .validate_only = validate_only,
                                         .arena = &call->arena,
                                         .context = req,
                                         .done = done};
    return call;
}

static enum kw_error outcome(const struct ctl_command *c, const struct ctl_result *r)
{
    return c->error != KW_NONE ? c->error : r->error;
}

/* ---- CreateTopics ---- */

/* v5+: what the topic's configuration is, or would be (KIP-525). */
static bool put_configs(struct mr_req *req, const struct ctl_topic *t, struct kw_create_topics_response_topic *out)
{
    struct broker_shard *b = broker_of(req->shard);
    struct config_map overrides = {.pairs = NULL};
    bool ok = true;
    for (int32_t i = 0; i < t->config_count && ok; i++)
        ok = t->configs[i].value.ptr == NULL || config_map_set(&overrides, t->configs[i].name, t->configs[i].value) == 0;
    struct config_view v = broker_config_view(b);
    const struct config_entry *entries;
    size_t count = 0;
    ok = ok && config_describe_topic(&v, &overrides, &req->arena, &entries, &count) == 0;
    out->configs = ok ? req_array(req, struct kw_create_topics_response_config, count) : NULL;
    for (size_t i = 0; out->configs != NULL && ok && i < count; i++) {
        struct mr_str value = arena_str(&req->arena, mr_str_of(entries[i].value), &ok);
        out->configs[i] = (struct kw_create_topics_response_config){.name = mr_str_of(entries[i].name),
                                                                    .value = value,
                                                                    .read_only = entries[i].read_only,
                                                                    .config_source = (int8_t)entries[i].source,
                                                                    .is_sensitive = entries[i].sensitive};
    }
    out->configs_count = (int32_t)count;
    config_map_done(&overrides);
    return ok && out->configs != NULL;
}

static void topics_created(struct ctl_command *c)
{
    struct mr_req *req = c->context;
    struct kw_create_topics_response *out = req->out;
    bool ok = true;
    for (int32_t i = 0; i < c->count && ok; i++) {
        const struct ctl_topic *t = &c->u.topics[i];
        struct kw_create_topics_response_topic *o = &out->topics[i];
        enum kw_error error = outcome(c, &t->result);
        o->error_code = (int16_t)error;
        o->error_message = mr_str_of(t->result.message);
        if (error != KW_NONE)
            continue;
        o->topic_id = t->id;
        o->num_partitions = t->ret_partitions;
        o->replication_factor = t->ret_replication;
        if (req->version >= 5)
            ok = put_configs(req, t, o);
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

static bool take_topic(struct mr_req *req, const struct kw_create_topics_request_topic *in, struct ctl_topic *t)
{
    *t = (struct ctl_topic){.name = in->name, .partitions = in->num_partitions, .replication = in->replication_factor};
    t->assignments = req_array(req, struct ctl_assignment, (size_t)in->assignments_count);
    t->configs = req_array(req, struct ctl_config, (size_t)in->configs_count);
    if (t->assignments == NULL || t->configs == NULL)
        return false;
    t->assignment_count = in->assignments_count;
    t->config_count = in->configs_count;
    for (int32_t i = 0; i < in->assignments_count; i++)
        t->assignments[i] = (struct ctl_assignment){in->assignments[i].partition_index, in->assignments[i].broker_ids,
                                                    in->assignments[i].broker_ids_count};
    for (int32_t i = 0; i < in->configs_count; i++)
        t->configs[i] = (struct ctl_config){.name = in->configs[i].name, .value = in->configs[i].value};
    return true;
}

/* CreateTopics (key 19), v2-7. v4 broker defaults (-1), v5 flexible, configs in the answer, v7 topic ids.
 * Differs from Kafka: the answer comes when every shard knows the topic, whatever timeout_ms says. */
static void create_topics_start(struct mr_req *req)
{
    const struct kw_create_topics_request *in = req->in;
    struct kw_create_topics_response *out = req->out;
    struct call *call = call_new(req, CTL_CREATE_TOPICS, in->topics_count, in->validate_only, topics_created);
    if (call == NULL)
        return;
    struct ctl_topic *topics = req_array(req, struct ctl_topic, (size_t)in->topics_count);
    out->topics = req_array(req, struct kw_create_topics_response_topic, (size_t)in->topics_count);
    bool ok = topics != NULL && out->topics != NULL;
    for (int32_t i = 0; ok && i < in->topics_count; i++) {
        kw_create_topics_response_topic_init(&out->topics[i]);
        out->topics[i].name = in->topics[i].name;
        ok = take_topic(req, &in->topics[i], &topics[i]);
    }
    if (!ok) {
        req_close(req, "request too large");
        return;
    }
    out->topics_count = in->topics_count;
    call->command.u.topics = topics;
    controller_submit(req->shard, &call->command);
}

const struct mr_api mr_api_create_topics = {
    .key = 19, .name = "CreateTopics", .v_min = 2, .v_max = 7, .v_min_shown = 2, .start = create_topics_start};

/* ---- DeleteTopics ---- */

static void topics_deleted(struct ctl_command *c)
{
    struct mr_req *req = c->context;
    struct kw_delete_topics_response *out = req->out;
    for (int32_t i = 0; i < c->count; i++) {
        const struct ctl_delete *d = &c->u.deletes[i];
        struct kw_delete_topics_response_topic *o = &out->responses[i];
        o->error_code = (int16_t)outcome(c, &d->result);
        o->error_message = mr_str_of(d->result.message);
        o->name = d->ret_name.ptr != NULL ? d->ret_name : d->name;
        o->topic_id = mr_uuid_is_zero(d->ret_id) ? d->id : d->ret_id;
    }
    req_finish(req);
}

/* DeleteTopics (key 20), v1-6. v4 flexible, v5 messages, v6 by id (KIP-516).
 * Differs from Kafka: nowhere. */
static void delete_topics_start(struct mr_req *req)
{
    const struct kw_delete_topics_request *in = req->in;
    struct kw_delete_topics_response *out = req->out;
    int32_t count = req->version >= 6 ? in->topics_count : in->topic_names_count;
    struct call *call = call_new(req, CTL_DELETE_TOPICS, count, false, topics_deleted);
    if (call == NULL)
        return;
    struct ctl_delete *deletes = req_array(req, struct ctl_delete, (size_t)count);
    out->responses = req_array(req, struct kw_delete_topics_response_topic, (size_t)count);
    if (deletes == NULL || out->responses == NULL) {
        req_close(req, "request too large");
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        kw_delete_topics_response_topic_init(&out->responses[i]);
        if (req->version >= 6)
            deletes[i] = (struct ctl_delete){.name = in->topics[i].name, .id = in->topics[i].topic_id};
        else
            deletes[i] = (struct ctl_delete){.name = in->topic_names[i]};
    }
    out->responses_count = count;
    call->command.u.deletes = deletes;
    controller_submit(req->shard, &call->command);
}

const struct mr_api mr_api_delete_topics = {
    .key = 20, .name = "DeleteTopics", .v_min = 1, .v_max = 6, .v_min_shown = 1, .start = delete_topics_start};

/* ---- CreatePartitions ---- */

static void topics_grown(struct ctl_command *c)
{
    struct mr_req *req = c->context;
    struct kw_create_partitions_response *out = req->out;
    for (int32_t i = 0; i < c->count; i++) {
        const struct ctl_grow *g = &c->u.grows[i];
        out->results[i].error_code = (int16_t)outcome(c, &g->result);
        out->results[i].error_message = mr_str_of(g->result.message);
    }
    req_finish(req);
}

/* CreatePartitions (key 37), v0-3. v2 flexible.
 * Differs from Kafka: nowhere. */
static void create_partitions_start(struct mr_req *req)
{
    const struct kw_create_partitions_request *in = req->in;
    struct kw_create_partitions_response *out = req->out;
    struct call *call = call_new(req, CTL_CREATE_PARTITIONS, in->topics_count, in->validate_only, topics_grown);
    if (call == NULL)
        return;
    struct ctl_grow *grows = req_array(req, struct ctl_grow, (size_t)in->topics_count);
    out->results = req_array(req, struct kw_create_partitions_response_topic, (size_t)in->topics_count);
    bool ok = grows != NULL && out->results != NULL;
    for (int32_t i = 0; ok && i < in->topics_count; i++) {
        const struct kw_create_partitions_request_topic *t = &in->topics[i];
        kw_create_partitions_response_topic_init(&out->results[i]);
        out->results[i].name = t->name;
        grows[i] = (struct ctl_grow){.name = t->name, .count = t->count};
        if (t->assignments_count < 0)
            continue;
        grows[i].assignments = req_array(req, struct ctl_assignment, (size_t)t->assignments_count);
        ok = grows[i].assignments != NULL;
        grows[i].assignment_count = t->assignments_count;
        for (int32_t a = 0; ok && a < t->assignments_count; a++)
            grows[i].assignments[a] =
                (struct ctl_assignment){-1, t->assignments[a].broker_ids, t->assignments[a].broker_ids_count};
    }
    if (!ok) {
        req_close(req, "request too large");
        return;
    }
    out->results_count = in->topics_count;
    call->command.u.grows = grows;
    controller_submit(req->shard, &call->command);
}

const struct mr_api mr_api_create_partitions = {.key = 37,
                                                .name = "CreatePartitions",
                                                .v_min = 0,
                                                .v_max = 3,
                                                .v_min_shown = 0,
                                                .start = create_partitions_start};
