#include "net/api/configs.h"
#include "core/broker/client_metrics.h"
#include "core/broker/topic_name.h"
#include "core/config_describe.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/api/loggers.h"
#include "net/wire/gen/describe_configs.h"

/* Described one after the other, some per turn of the shard: kafka-topics asks for all topics at once.
 * Nothing in the answer points into an image, which may have moved on between two turns. */
struct describe {
    struct mr_req *req;
    struct mr_work again;
    int32_t next;            /* resource */
    struct mr_arena scratch; /* of one resource */
    /* Most topics have no overrides, and all of those have the same settings. */
    struct kw_describe_configs_response_config *plain;
    int32_t plain_count;
};

enum {
    SCRATCH_BYTES_MAX = 32 << 20,
    TURN_COST_MAX = 256, /* about 2 ms */
    COST_PLAIN = 1,
    COST_TOPIC = 4,
    COST_BROKER = 32,
};

/* What one resource's description came to. */
struct found {
    const struct config_entry *entries;
    size_t count;
    enum kw_error error;
    struct mr_str message;
    bool names_pass; /* the names of the entries may go with the image */
    int cost;
};

static void fail(struct found *f, enum kw_error error, struct mr_str message)
{
    f->error = error;
    f->message = message;
    f->count = 0;
}

/* ---- finding a resource ---- */

static int find_topic(struct describe *d, struct mr_str name, const struct config_view *v, struct found *f)
{
    const struct image_topic *t = image_topic(broker_of(d->req->shard)->image, name);
    f->cost = COST_TOPIC;
    if (t != NULL)
        return config_describe_topic(v, &t->configs, &d->scratch, &f->entries, &f->count);
    const char *refusal = topic_name_refusal(&d->req->arena, name);
    if (refusal != NULL)
        fail(f, KW_INVALID_TOPIC_EXCEPTION, mr_str_of(refusal));
    else
        fail(f, KW_UNKNOWN_TOPIC_OR_PARTITION, MR_STR_LIT(""));
    return 0;
}

static int find_broker(struct describe *d, struct mr_str name, const struct config_view *v, struct found *f)
{
    int32_t own = broker_of(d->req->shard)->broker->node_id, id;
    f->cost = COST_BROKER;
    f->names_pass = true;
    if (name.len == 0)
        return config_describe_cluster(v, &d->scratch, &f->entries, &f->count);
    if (!api_number(name, &id))
        fail(f, KW_INVALID_REQUEST,
             api_text(d->req, "Broker id must be an integer, but it is: %.*s", MR_STR(name)));
    else if (id != own)
        fail(f, KW_INVALID_REQUEST,
             api_text(d->req, "Unexpected broker id, expected %d or empty string, but received %.*s", own,
                      MR_STR(name)));
    else
        return config_describe_broker(v, &d->scratch, &f->entries, &f->count);
    return 0;
}

static int find_group(struct describe *d, struct mr_str name, const struct config_view *v, struct found *f)
{
    f->cost = COST_TOPIC;
    if (name.len > 0)
        return config_describe_group(v, image_configs(broker_of(d->req->shard)->image, RESOURCE_GROUP, name),
                                     &d->scratch, &f->entries, &f->count);
    fail(f, KW_INVALID_REQUEST, MR_STR_LIT("Group name must not be empty"));
    return 0;
}

static int find_metrics(struct describe *d, struct mr_str name, struct found *f)
{
    f->cost = COST_TOPIC;
    if (name.len > 0)
        return client_metrics_describe(image_configs(broker_of(d->req->shard)->image, RESOURCE_METRICS, name),
                                       &d->scratch, &f->entries, &f->count);
    fail(f, KW_INVALID_REQUEST, MR_STR_LIT("Client metrics subscription name must not be empty"));
    return 0;
}

static int find_logger(struct describe *d, struct mr_str name, struct found *f)
{
    int32_t own = broker_of(d->req->shard)->broker->node_id, id;
    f->cost = COST_TOPIC;
    if (name.len == 0) {
        fail(f, KW_INVALID_REQUEST, MR_STR_LIT("Broker id must not be empty"));
    } else if (!api_number(name, &id)) {
        fail(f, KW_INVALID_REQUEST,
             api_text(d->req, "Broker id must be an integer, but it is: %.*s", MR_STR(name)));
    } else if (id != own) {
        fail(f, KW_INVALID_REQUEST,
             api_text(d->req, "Unexpected broker id, expected %d but received %.*s", own, MR_STR(name)));
    } else {
        struct config_entry *e = arena_new(&d->scratch, struct config_entry);
        if (e == NULL)
            return -MR_E_LIMIT;
        *e = (struct config_entry){.name = LOGGER_ROOT,
                                   .value = logger_level(d->req),
                                   .source = CONFIG_FROM_LOGGER};
        f->entries = e;
        f->count = 1;
    }
    return 0;
}

static void find(struct describe *d, const struct kw_describe_configs_request_resource *in, struct found *f)
{
    struct config_view v = broker_config_view(broker_of(d->req->shard));
    int err = 0;
    switch ((enum api_resource)in->resource_type) {
    case RESOURCE_TOPIC:
        err = find_topic(d, in->resource_name, &v, f);
        break;
    case RESOURCE_BROKER:
        err = find_broker(d, in->resource_name, &v, f);
        break;
    case RESOURCE_LOGGER:
        err = find_logger(d, in->resource_name, f);
        break;
    case RESOURCE_METRICS:
        err = find_metrics(d, in->resource_name, f);
        break;
    case RESOURCE_GROUP:
        err = find_group(d, in->resource_name, &v, f);
        break;
    }
    if (err != 0)
        fail(f, KW_UNKNOWN_SERVER_ERROR, (struct mr_str){NULL, 0});
}

/* ---- answering ---- */

static struct mr_str keep(struct mr_req *req, const char *text, bool *ok)
{
    return arena_str(&req->arena, mr_str_of(text), ok);
}

static bool put_synonyms(struct mr_req *req, const struct config_entry *e,
                         struct kw_describe_configs_response_config *o)
{
    bool ok = true;
    o->synonyms = req_array(req, struct kw_describe_configs_response_synonym, e->synonyms_count);
    if (o->synonyms == NULL)
        return false;
    o->synonyms_count = (int32_t)e->synonyms_count;
    for (unsigned i = 0; i < e->synonyms_count; i++)
        o->synonyms[i] = (struct kw_describe_configs_response_synonym){keep(req, e->synonyms[i].name, &ok),
                                                                       keep(req, e->synonyms[i].value, &ok),
                                                                       (int8_t)e->synonyms[i].source};
    return ok;
}

static bool put_entry(struct mr_req *req, const struct found *f, const struct config_entry *e,
                      struct kw_describe_configs_response_config *o)
{
    const struct kw_describe_configs_request *in = req->in;
    bool ok = true;
    kw_describe_configs_response_config_init(o);
    o->name = f->names_pass ? keep(req, e->name, &ok) : mr_str_of(e->name);
    o->value = keep(req, e->value, &ok);
    o->read_only = e->read_only;
    o->config_source = (int8_t)e->source;
    o->is_sensitive = e->sensitive;
    o->config_type = (int8_t)e->type;
    o->documentation =
        e->source == CONFIG_FROM_LOGGER ? MR_STR_LIT("") : (struct mr_str){NULL, 0}; /* as Kafka */
    return ok && (!in->include_synonyms || put_synonyms(req, e, o));
}

static bool is_wanted(const struct api_seen *keys, bool all, const struct config_entry *e)
{
    return all || api_seen_has(keys, mr_str_of(e->name), -1);
}

static bool put_wanted(struct mr_req *req, const struct api_seen *keys, bool all, const struct found *f,
                       struct kw_describe_configs_response_result *o)
{
    size_t count = 0;
    for (size_t i = 0; i < f->count; i++)
        count += is_wanted(keys, all, &f->entries[i]);
    o->configs = req_array(req, struct kw_describe_configs_response_config, count);
    bool ok = o->configs != NULL;
    for (size_t i = 0; ok && i < f->count; i++) {
        if (is_wanted(keys, all, &f->entries[i]))
            ok = put_entry(req, f, &f->entries[i], &o->configs[o->configs_count++]);
    }
    return ok;
}

/* Null or empty: all keys. */
static bool put_entries(struct mr_req *req, const struct kw_describe_configs_request_resource *in,
                        const struct found *f, struct kw_describe_configs_response_result *o)
{
    struct api_seen keys = {.ready = false};
    for (int32_t i = 0; i < in->configuration_keys_count; i++)
        (void)api_seen_before(&keys, in->configuration_keys[i], -1);
    bool ok = put_wanted(req, &keys, in->configuration_keys_count <= 0, f, o);
    api_seen_done(&keys);
    return ok;
}

/* A topic of which nothing is set and everything wanted. */
static bool is_plain(const struct describe *d, const struct kw_describe_configs_request_resource *in)
{
    if (in->resource_type != RESOURCE_TOPIC || in->configuration_keys_count > 0)
        return false;
    const struct image_topic *t = image_topic(broker_of(d->req->shard)->image, in->resource_name);
    return t != NULL && t->configs.count == 0;
}

/* Its cost; negative: no room. */
static int describe_one(struct describe *d, const struct kw_describe_configs_request_resource *in,
                        struct kw_describe_configs_response_result *o)
{
    struct found f = {.error = KW_NONE, .message = MR_STR_LIT("")};
    bool plain = is_plain(d, in);
    kw_describe_configs_response_result_init(o);
    o->resource_type = in->resource_type;
    o->resource_name = in->resource_name;
    if (plain && d->plain != NULL) {
        o->error_message = f.message;
        o->configs = d->plain;
        o->configs_count = d->plain_count;
        return COST_PLAIN;
    }
    arena_reset(&d->scratch);
    find(d, in, &f);
    o->error_code = (int16_t)f.error;
    o->error_message = f.message;
    if (!put_entries(d->req, in, &f, o))
        return -1;
    if (plain && f.error == KW_NONE) {
        d->plain = o->configs;
        d->plain_count = o->configs_count;
    }
    return f.cost;
}

static void describe_some(struct mr_work *w)
{
    struct describe *d = MR_CONTAINER(w, struct describe, again);
    const struct kw_describe_configs_request *in = d->req->in;
    struct kw_describe_configs_response *out = d->req->out;
    for (int cost = 0; d->next < in->resources_count && cost < TURN_COST_MAX; d->next++) {
        int one = describe_one(d, &in->resources[d->next], &out->results[d->next]);
        if (one < 0) {
            req_close(d->req, "response too large");
            return;
        }
        cost += one;
    }
    if (d->next < in->resources_count) {
        shard_ready(d->req->shard, &d->again);
        return;
    }
    out->results_count = in->resources_count;
    req_finish(d->req);
}

/* A kind of resource that there is not spoils the whole request, as in Kafka. */
static bool any_unknown_type(const struct kw_describe_configs_request *in)
{
    for (int32_t i = 0; i < in->resources_count; i++) {
        switch ((enum api_resource)in->resources[i].resource_type) {
        case RESOURCE_TOPIC:
        case RESOURCE_BROKER:
        case RESOURCE_LOGGER:
        case RESOURCE_METRICS:
        case RESOURCE_GROUP:
            continue;
        }
        return true;
    }
    return false;
}

static void refuse_all(struct mr_req *req)
{
    const struct kw_describe_configs_request *in = req->in;
    struct kw_describe_configs_response *out = req->out;
    for (int32_t i = 0; i < in->resources_count; i++) {
        struct kw_describe_configs_response_result *o = &out->results[out->results_count++];
        kw_describe_configs_response_result_init(o);
        o->resource_type = in->resources[i].resource_type;
        o->resource_name = in->resources[i].resource_name;
        o->error_code = KW_INVALID_REQUEST;
        o->error_message = MR_STR_LIT(API_INVALID_REQUEST);
    }
    req_finish(req);
}

static void describe_release(struct mr_req *req)
{
    struct describe *d = req->state;
    arena_done(&d->scratch);
}

/* DescribeConfigs (key 32), v1-4. v3 types and documentation (KIP-569), v4 flexible.
 * Differs from Kafka: documentation is null whether asked for or not; one logger (net/api/loggers.h). */
static void describe_configs_start(struct mr_req *req)
{
    const struct kw_describe_configs_request *in = req->in;
    struct kw_describe_configs_response *out = req->out;
    struct describe *d = req_new(req, struct describe);
    out->results = req_array(req, struct kw_describe_configs_response_result, (size_t)in->resources_count);
    if (d == NULL || out->results == NULL) {
        req_close(req, "request too large");
        return;
    }
    if (any_unknown_type(in)) {
        refuse_all(req);
        return;
    }
    d->req = req;
    work_init(&d->again, describe_some);
    arena_init(&d->scratch, SCRATCH_BYTES_MAX);
    req->state = d;
    req->release = describe_release;
    describe_some(&d->again);
}

const struct mr_api mr_api_describe_configs = {.key = 32,
                                               .name = "DescribeConfigs",
                                               .v_min = 1,
                                               .v_max = 4,
                                               .v_min_shown = 1,
                                               .start = describe_configs_start};
