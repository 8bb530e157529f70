#include "core/broker/dirs.h"
#include "core/config_describe.h"
#include "net/api/apis.h"
#include "net/api/command.h"
#include "net/api/common.h"
#include "net/wire/gen/create_partitions.h"
#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/delete_topics.h"

/* ---- CreateTopics ---- */

/* The configurations in one answer: most topics of a request have no overrides and share the defaults. */
struct configs {
    struct mr_arena scratch; /* of one description */
    struct kw_create_topics_response_config *defaults;
    int32_t defaults_count;
};

enum { DESCRIPTION_BYTES_MAX = 1 << 20 };

static bool describe(struct mr_req *req, struct configs *c, const struct config_map *overrides,
                     struct kw_create_topics_response_config **ret, int32_t *ret_count)
{
    struct config_view v = broker_config_view(broker_of(req->shard));
    const struct config_entry *entries;
    size_t count;
    arena_reset(&c->scratch);
    if (config_describe_topic(&v, overrides, &c->scratch, &entries, &count) != 0)
        return false;
    struct kw_create_topics_response_config *out =
        req_array(req, struct kw_create_topics_response_config, count);
    bool ok = out != NULL;
    for (size_t i = 0; ok && i < count; i++)
        out[i] =
            (struct kw_create_topics_response_config){.name = mr_str_of(entries[i].name),
                                                      .value = arena_str(&req->arena,
                                                                         mr_str_of(entries[i].value), &ok),
                                                      .read_only = entries[i].read_only,
                                                      .config_source = (int8_t)entries[i].source,
                                                      .is_sensitive = entries[i].sensitive};
    *ret = out;
    *ret_count = (int32_t)count;
    return ok;
}

/* v5+: what the topic's configuration is, or would be (KIP-525). */
static bool put_configs(struct mr_req *req, struct configs *c, const struct ctl_topic *t,
                        struct kw_create_topics_response_topic *out)
{
    struct config_map overrides = {.pairs = NULL};
    bool ok = true;
    if (t->config_count == 0) {
        if (c->defaults == NULL)
            ok = describe(req, c, NULL, &c->defaults, &c->defaults_count);
        out->configs = c->defaults;
        out->configs_count = c->defaults_count;
        return ok;
    }
    for (int32_t i = 0; ok && i < t->config_count; i++)
        ok = t->configs[i].value.ptr != NULL &&
             config_map_set(&overrides, t->configs[i].name, t->configs[i].value) == 0;
    ok = ok && describe(req, c, &overrides, &out->configs, &out->configs_count);
    config_map_done(&overrides);
    for (int32_t i = 0; ok && i < out->configs_count; i++) {
        for (int32_t k = 0; k < t->config_count; k++) {
            if (mr_str_eq(out->configs[i].name, t->configs[k].name))
                out->configs[i].value =
                    t->configs[k].value; /* as it was written; DescribeConfigs tidies it */
        }
    }
    return ok;
}

static void topics_created(struct ctl_command *cmd)
{
    struct mr_req *req = cmd->context;
    req->throttle_ms = cmd->throttle_ms;
    struct kw_create_topics_response *out = req->out;
    struct configs configs = {.defaults = NULL};
    struct api_seen seen = {.ready = false};
    bool ok = true;
    arena_init(&configs.scratch, DESCRIPTION_BYTES_MAX);
    for (int32_t i = 0; i < cmd->count && ok; i++) {
        const struct ctl_topic *t = &cmd->u.topics[i];
        if (api_seen_before(&seen, t->name, -1))
            continue; /* named twice: refused, and said once */
        struct kw_create_topics_response_topic *o = &out->topics[out->topics_count++];
        enum kw_error error = api_command_error(cmd, &t->result);
        o->name = t->name;
        o->error_code = (int16_t)error;
        o->error_message = mr_str_of(t->result.message);
        if (error != KW_NONE)
            continue;
        o->topic_id = t->id;
        o->num_partitions = t->ret_partitions;
        o->replication_factor = t->ret_replication;
        if (req->version >= 5)
            ok = put_configs(req, &configs, t, o);
    }
    api_seen_done(&seen);
    arena_done(&configs.scratch);
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

/* A key that stands there several times counts as it stands last (IncrementalAlterConfigs would refuse it):
 * as Kafka. */
static int32_t take_configs(const struct kw_create_topics_request_config *in, int32_t count,
                            struct ctl_config *out)
{
    struct api_seen seen = {.ready = false};
    int32_t kept = 0;
    for (int32_t i = count - 1; i >= 0; i--) {
        if (!api_seen_before(&seen, in[i].name, -1))
            out[kept++] = (struct ctl_config){.name = in[i].name, .value = in[i].value};
    }
    api_seen_done(&seen);
    for (int32_t i = 0; i < kept / 2;
         i++) { /* back in the order of the request: the first wrong one is told */
        struct ctl_config swap = out[i];
        out[i] = out[kept - 1 - i];
        out[kept - 1 - i] = swap;
    }
    return kept;
}

static bool take_topic(struct mr_req *req, const struct kw_create_topics_request_topic *in,
                       struct ctl_topic *t)
{
    *t = (struct ctl_topic){.name = in->name,
                            .partitions = in->num_partitions,
                            .replication = in->replication_factor};
    t->assignments = req_array(req, struct ctl_assignment, (size_t)in->assignments_count);
    t->configs = req_array(req, struct ctl_config, (size_t)in->configs_count);
    if (t->assignments == NULL || t->configs == NULL)
        return false;
    t->assignment_count = in->assignments_count;
    t->config_count = take_configs(in->configs, in->configs_count, t->configs);
    for (int32_t i = 0; i < in->assignments_count; i++)
        t->assignments[i] =
            (struct ctl_assignment){in->assignments[i].partition_index, in->assignments[i].broker_ids,
                                    in->assignments[i].broker_ids_count};
    return true;
}

/* CreateTopics (key 19), v2-7. v4 broker defaults (-1), v5 flexible, configs in the answer, v7 topic ids.
 * Differs from Kafka: every shard knows the topic when the answer comes; timeout_ms counts only when it is
 * over at the start. */
static void create_topics_start(struct mr_req *req)
{
    const struct kw_create_topics_request *in = req->in;
    struct kw_create_topics_response *out = req->out;
    struct api_command *a = api_command_new(req, CTL_CREATE_TOPICS, in->validate_only, topics_created);
    if (a == NULL)
        return;
    api_command_pays(req, a, 6);
    struct ctl_topic *topics = req_array(req, struct ctl_topic, (size_t)in->topics_count);
    out->topics = req_array(req, struct kw_create_topics_response_topic, (size_t)in->topics_count);
    bool ok = topics != NULL && out->topics != NULL;
    for (int32_t i = 0; ok && i < in->topics_count; i++) {
        kw_create_topics_response_topic_init(&out->topics[i]);
        out->topics[i].error_message = (struct mr_str){NULL, 0};
        ok = take_topic(req, &in->topics[i], &topics[i]);
    }
    if (!ok) {
        req_close(req, "request too large");
        return;
    }
    a->command.u.topics = topics;
    a->command.count = in->topics_count;
    if (!api_out_of_time(in->timeout_ms)) {
        controller_submit(req->shard, &a->command);
        return;
    }
    for (int32_t i = 0; i < in->topics_count; i++) {
        out->topics[i].name = in->topics[i].name;
        out->topics[i].error_code = KW_REQUEST_TIMED_OUT;
    }
    out->topics_count = in->topics_count;
    req_finish(req);
}

const struct mr_api mr_api_create_topics = {.key = 19,
                                            .name = "CreateTopics",
                                            .v_min = 2,
                                            .v_max = 7,
                                            .v_min_shown = 2,
                                            .start = create_topics_start};

/* ---- DeleteTopics ---- */

/* One topic named in several ways is one entry of the answer; what names nothing is one each. */
static bool told_before(struct api_seen *seen, const struct ctl_delete *d)
{
    if (!mr_uuid_is_zero(d->ret_id))
        return api_seen_before(seen, (struct mr_str){(const char *)d->ret_id.bytes, sizeof(d->ret_id.bytes)},
                               0);
    return d->ret_name.ptr != NULL && api_seen_before(seen, d->ret_name, -1);
}

static void topics_deleted(struct ctl_command *cmd)
{
    struct mr_req *req = cmd->context;
    req->throttle_ms = cmd->throttle_ms;
    struct kw_delete_topics_response *out = req->out;
    struct api_seen seen = {.ready = false};
    for (int32_t i = 0; i < cmd->count; i++) {
        const struct ctl_delete *d = &cmd->u.deletes[i];
        if (told_before(&seen, d))
            continue;
        struct kw_delete_topics_response_topic *o = &out->responses[out->responses_count++];
        o->name = d->ret_name;
        o->topic_id = d->ret_id;
        o->error_code = (int16_t)api_command_error(cmd, &d->result);
        o->error_message = mr_str_of(d->result.message);
    }
    api_seen_done(&seen);
    req_finish(req);
}

/* Nothing of the request is done; every topic gets the same answer. */
static void delete_nothing(struct mr_req *req, const struct ctl_delete *deletes, int32_t count,
                           enum kw_error error)
{
    struct kw_delete_topics_response *out = req->out;
    out->responses_count = count;
    for (int32_t i = 0; i < count; i++) {
        out->responses[i].name = deletes[i].name;
        out->responses[i].topic_id = deletes[i].id;
        out->responses[i].error_code = (int16_t)error;
    }
    req_finish(req);
}

/* DeleteTopics (key 20), v1-6. v3 error 73 for delete.topic.enable=false (before: 42), v4 flexible, v5
 * messages, v6 by id (KIP-516). Differs from Kafka: timeout_ms as in CreateTopics. */
static void delete_topics_start(struct mr_req *req)
{
    const struct kw_delete_topics_request *in = req->in;
    struct kw_delete_topics_response *out = req->out;
    int32_t count = req->version >= 6 ? in->topics_count : in->topic_names_count;
    struct api_command *a = api_command_new(req, CTL_DELETE_TOPICS, false, topics_deleted);
    if (a == NULL)
        return;
    api_command_pays(req, a, 5);
    struct ctl_delete *deletes = req_array(req, struct ctl_delete, (size_t)count);
    out->responses = req_array(req, struct kw_delete_topics_response_topic, (size_t)count);
    if (deletes == NULL || out->responses == NULL) {
        req_close(req, "request too large");
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        kw_delete_topics_response_topic_init(&out->responses[i]);
        out->responses[i].error_message = (struct mr_str){NULL, 0};
        if (req->version >= 6)
            deletes[i] = (struct ctl_delete){.name = in->topics[i].name, .id = in->topics[i].topic_id};
        else
            deletes[i] = (struct ctl_delete){.name = in->topic_names[i]};
    }
    if (!broker_of(req->shard)->settings.delete_topics) {
        delete_nothing(req, deletes, count,
                       req->version < 3 ? KW_INVALID_REQUEST : KW_TOPIC_DELETION_DISABLED);
    } else if (api_out_of_time(in->timeout_ms)) {
        delete_nothing(req, deletes, count, KW_REQUEST_TIMED_OUT);
    } else {
        a->command.u.deletes = deletes;
        a->command.count = count;
        controller_submit(req->shard, &a->command);
    }
}

const struct mr_api mr_api_delete_topics = {.key = 20,
                                            .name = "DeleteTopics",
                                            .v_min = 1,
                                            .v_max = 6,
                                            .v_min_shown = 1,
                                            .start = delete_topics_start};

/* ---- CreatePartitions ---- */

static void topics_grown(struct ctl_command *cmd)
{
    struct mr_req *req = cmd->context;
    req->throttle_ms = cmd->throttle_ms;
    struct kw_create_partitions_response *out = req->out;
    struct api_seen seen = {.ready = false};
    for (int32_t i = 0; i < cmd->count; i++) {
        const struct ctl_grow *g = &cmd->u.grows[i];
        if (api_seen_before(&seen, g->name, -1))
            continue; /* named twice: refused, and said once */
        out->results[out->results_count++] = (struct kw_create_partitions_response_topic){
            .name = g->name,
            .error_code = (int16_t)api_command_error(cmd, &g->result),
            .error_message = mr_str_of(g->result.message),
        };
    }
    api_seen_done(&seen);
    req_finish(req);
}

static bool take_growth(struct mr_req *req, const struct kw_create_partitions_request_topic *in,
                        struct ctl_grow *g)
{
    *g = (struct ctl_grow){.name = in->name, .count = in->count};
    if (in->assignments_count < 0)
        return true; /* the controller chooses */
    g->assignments = req_array(req, struct ctl_assignment, (size_t)in->assignments_count);
    g->assignment_count = in->assignments_count;
    for (int32_t i = 0; g->assignments != NULL && i < in->assignments_count; i++)
        g->assignments[i] =
            (struct ctl_assignment){-1, in->assignments[i].broker_ids, in->assignments[i].broker_ids_count};
    return g->assignments != NULL;
}

/* CreatePartitions (key 37), v0-3. v2 flexible. KIP-195.
 * Differs from Kafka: timeout_ms as in CreateTopics. */
static void create_partitions_start(struct mr_req *req)
{
    const struct kw_create_partitions_request *in = req->in;
    struct kw_create_partitions_response *out = req->out;
    struct api_command *a = api_command_new(req, CTL_CREATE_PARTITIONS, in->validate_only, topics_grown);
    if (a == NULL)
        return;
    api_command_pays(req, a, 3);
    struct ctl_grow *grows = req_array(req, struct ctl_grow, (size_t)in->topics_count);
    out->results = req_array(req, struct kw_create_partitions_response_topic, (size_t)in->topics_count);
    bool ok = grows != NULL && out->results != NULL;
    for (int32_t i = 0; ok && i < in->topics_count; i++)
        ok = take_growth(req, &in->topics[i], &grows[i]);
    if (!ok) {
        req_close(req, "request too large");
        return;
    }
    a->command.u.grows = grows;
    a->command.count = in->topics_count;
    if (!api_out_of_time(in->timeout_ms)) {
        controller_submit(req->shard, &a->command);
        return;
    }
    out->results_count = in->topics_count;
    for (int32_t i = 0; i < in->topics_count; i++)
        out->results[i] = (struct kw_create_partitions_response_topic){.name = in->topics[i].name,
                                                                       .error_code = KW_REQUEST_TIMED_OUT};
    req_finish(req);
}

const struct mr_api mr_api_create_partitions = {.key = 37,
                                                .name = "CreatePartitions",
                                                .v_min = 0,
                                                .v_max = 3,
                                                .v_min_shown = 0,
                                                .start = create_partitions_start};
