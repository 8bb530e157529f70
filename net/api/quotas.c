#include "net/api/apis.h"
#include "net/api/command.h"
#include "net/api/common.h"
#include "net/wire/gen/client_quotas.h"

enum { MATCH_EXACT, MATCH_DEFAULT, MATCH_SPECIFIED };

/* ---- DescribeClientQuotas ---- */

struct part_filter {
    bool asked, any; /* any: with a name or the default, but there */
    struct mr_str name;
};
struct filter {
    struct part_filter user, client, ip;
    int32_t count;
};

static struct part_filter *filter_part(struct filter *f, struct mr_str type)
{
    return mr_str_is(type, "user")        ? &f->user
           : mr_str_is(type, "client-id") ? &f->client
           : mr_str_is(type, "ip")        ? &f->ip
                                          : NULL;
}

static enum kw_error refuse(struct kw_describe_client_quotas_response *out, struct mr_str text)
{
    out->error_message = text;
    return KW_INVALID_REQUEST;
}

/* One component of the filter. Texts are Apache Kafka 4.1.0's. */
static enum kw_error take_component(struct mr_req *req,
                                    const struct kw_describe_client_quotas_request_component *in,
                                    struct filter *f)
{
    struct kw_describe_client_quotas_response *out = req->out;
    struct part_filter *part = filter_part(f, in->entity_type);
    if (in->entity_type.len == 0)
        return refuse(out, MR_STR_LIT("Invalid empty entity type."));
    if (part == NULL) {
        out->error_message = api_text(req, "Unsupported entity type %.*s", MR_STR(in->entity_type));
        return KW_UNSUPPORTED_VERSION;
    }
    if (part->asked)
        return refuse(out, api_text(req, "Entity type %.*s cannot appear more than once in the filter.",
                                    MR_STR(in->entity_type)));
    *part = (struct part_filter){true, in->match_type == MATCH_SPECIFIED, in->match};
    f->count++;
    switch (in->match_type) {
    case MATCH_EXACT:
        return in->match.ptr != NULL
                   ? KW_NONE
                   : refuse(out,
                            MR_STR_LIT("Request specified MATCH_TYPE_EXACT, but set match string to null."));
    case MATCH_DEFAULT:
        return in->match.ptr == NULL
                   ? KW_NONE
                   : refuse(out,
                            MR_STR_LIT(
                                "Request specified MATCH_TYPE_DEFAULT, but also specified a match string."));
    case MATCH_SPECIFIED:
        return in->match.ptr == NULL
                   ? KW_NONE
                   : refuse(
                         out,
                         MR_STR_LIT(
                             "Request specified MATCH_TYPE_SPECIFIED, but also specified a match string."));
    default:
        return refuse(out, api_text(req, "Unknown match type %d", in->match_type));
    }
}

static enum kw_error take_filter(struct mr_req *req, struct filter *f)
{
    const struct kw_describe_client_quotas_request *in = req->in;
    *f = (struct filter){.count = 0};
    for (int32_t i = 0; i < in->components_count; i++) {
        enum kw_error error = take_component(req, &in->components[i], f);
        if (error != KW_NONE)
            return error;
    }
    if (f->ip.asked && (f->user.asked || f->client.asked))
        return refuse(
            req->out,
            MR_STR_LIT("Invalid entity filter component combination. IP filter component should not be used "
                       "with user or clientId filter component."));
    return KW_NONE;
}

static bool part_fits(const struct part_filter *f, const struct quota_part *p)
{
    if (!f->asked)
        return true;
    return p->is_set &&
           (f->any || ((f->name.ptr == NULL) == (p->name.ptr == NULL) && mr_str_eq(f->name, p->name)));
}

static bool fits(const struct filter *f, bool strict, const struct quota_entity *e)
{
    int32_t parts = e->user.is_set + e->client.is_set + e->ip.is_set;
    return (!strict || parts == f->count) && part_fits(&f->user, &e->user) &&
           part_fits(&f->client, &e->client) && part_fits(&f->ip, &e->ip);
}

static bool put_entry(struct mr_req *req, const struct image_quota *q,
                      struct kw_describe_client_quotas_response_entry *out)
{
    const struct quota_entity *e = &q->entity;
    kw_describe_client_quotas_response_entry_init(out);
    out->entity = req_array(req, struct kw_describe_client_quotas_response_entity, 3);
    out->values = req_array(req, struct kw_describe_client_quotas_response_value, QUOTA_TYPES);
    if (out->entity == NULL || out->values == NULL)
        return false;
    if (e->client.is_set)
        out->entity[out->entity_count++] =
            (struct kw_describe_client_quotas_response_entity){MR_STR_LIT("client-id"), e->client.name};
    if (e->user.is_set)
        out->entity[out->entity_count++] =
            (struct kw_describe_client_quotas_response_entity){MR_STR_LIT("user"), e->user.name};
    if (e->ip.is_set)
        out->entity[out->entity_count++] =
            (struct kw_describe_client_quotas_response_entity){MR_STR_LIT("ip"), e->ip.name};
    for (int type = 0; type < QUOTA_TYPES; type++) {
        if ((q->set & 1u << type) != 0)
            out->values[out->values_count++] =
                (struct kw_describe_client_quotas_response_value){mr_str_of(quota_key((enum quota_type)type)),
                                                                  q->values[type]};
    }
    return true;
}

static bool put_entries(struct mr_req *req, const struct filter *f)
{
    const struct kw_describe_client_quotas_request *in = req->in;
    struct kw_describe_client_quotas_response *out = req->out;
    const struct image_quotas *quotas = &broker_of(req->shard)->image->quotas;
    size_t count = 0;
    LIST_FOR(node, &quotas->all)
    count += fits(f, in->strict, &MR_CONTAINER(node, struct image_quota, link)->entity);
    out->entries = req_array(req, struct kw_describe_client_quotas_response_entry, count);
    if (out->entries == NULL)
        return false;
    out->entries_count = 0;
    LIST_FOR(node, &quotas->all)
    {
        const struct image_quota *q = MR_CONTAINER(node, struct image_quota, link);
        if (fits(f, in->strict, &q->entity) && !put_entry(req, q, &out->entries[out->entries_count++]))
            return false;
    }
    return true;
}

/* DescribeClientQuotas (key 48), v0-1 (KIP-546). v1 flexible. Every shard answers from its own image.
 * Differs from Kafka: nowhere. */
static void describe_client_quotas_start(struct mr_req *req)
{
    struct kw_describe_client_quotas_response *out = req->out;
    struct filter f;
    out->error_message = MR_STR_LIT("");
    enum kw_error error = take_filter(req, &f);
    out->error_code = (int16_t)error;
    out->entries_count = -1;
    if (error == KW_NONE && !put_entries(req, &f))
        req_close(req, "response too large");
    else
        req_finish(req); /* in the turn that read the image */
}

const struct mr_api mr_api_describe_client_quotas = {.key = 48,
                                                     .name = "DescribeClientQuotas",
                                                     .v_min = 0,
                                                     .v_max = 1,
                                                     .v_min_shown = 0,
                                                     .start = describe_client_quotas_start};

/* ---- AlterClientQuotas ---- */

static void quotas_altered(struct ctl_command *cmd)
{
    struct mr_req *req = cmd->context;
    struct kw_alter_client_quotas_response *out = req->out;
    for (int32_t i = 0; i < cmd->count; i++) {
        const struct ctl_quota *q = &cmd->u.quotas[i];
        if (q->repeats)
            continue; /* one entity, one answer */
        struct kw_alter_client_quotas_response_entry *o = &out->entries[out->entries_count++];
        kw_alter_client_quotas_response_entry_init(o);
        o->error_code = (int16_t)api_command_error(cmd, &q->result);
        o->error_message = mr_str_of(q->result.message);
        o->entity = req_array(req, struct kw_alter_client_quotas_response_entity, (size_t)q->part_count);
        if (o->entity == NULL) {
            req_close(req, "response too large");
            return;
        }
        for (int32_t p = 0; p < q->part_count; p++)
            o->entity[o->entity_count++] =
                (struct kw_alter_client_quotas_response_entity){q->parts[p].type, q->parts[p].name};
    }
    req_finish(req);
}

/* A type that stands there twice counts as it stands last, as in Kafka, where an entity is a map. */
static bool take_parts(struct mr_req *req, const struct kw_alter_client_quotas_request_entry *in,
                       struct ctl_quota *q)
{
    struct api_seen seen = {.ready = false};
    q->parts = req_array(req, struct ctl_quota_part, (size_t)in->entity_count);
    if (q->parts == NULL)
        return false;
    for (int32_t i = in->entity_count - 1; i >= 0; i--) {
        if (!api_seen_before(&seen, in->entity[i].entity_type, -1))
            q->parts[q->part_count++] =
                (struct ctl_quota_part){in->entity[i].entity_type, in->entity[i].entity_name};
    }
    api_seen_done(&seen);
    return true;
}

static bool take_entry(struct mr_req *req, const struct kw_alter_client_quotas_request_entry *in,
                       struct ctl_quota *q)
{
    *q = (struct ctl_quota){.op_count = in->ops_count};
    q->ops = req_array(req, struct ctl_quota_op, (size_t)in->ops_count);
    if (q->ops == NULL || !take_parts(req, in, q))
        return false;
    for (int32_t i = 0; i < in->ops_count; i++)
        q->ops[i] = (struct ctl_quota_op){in->ops[i].key, in->ops[i].value, in->ops[i].remove};
    return true;
}

/* AlterClientQuotas (key 49), v0-1 (KIP-546). v1 flexible.
 * Differs from Kafka: NaN is no value; a host name is no address of a client, but for localhost; every shard
 * knows the quota when the answer comes. */
static void alter_client_quotas_start(struct mr_req *req)
{
    const struct kw_alter_client_quotas_request *in = req->in;
    struct kw_alter_client_quotas_response *out = req->out;
    struct api_command *a = api_command_new(req, CTL_ALTER_QUOTAS, in->validate_only, quotas_altered);
    if (a == NULL)
        return;
    a->command.u.quotas = req_array(req, struct ctl_quota, (size_t)in->entries_count);
    out->entries = req_array(req, struct kw_alter_client_quotas_response_entry, (size_t)in->entries_count);
    bool ok = a->command.u.quotas != NULL && out->entries != NULL;
    for (int32_t i = 0; ok && i < in->entries_count; i++)
        ok = take_entry(req, &in->entries[i], &a->command.u.quotas[a->command.count++]);
    if (ok)
        controller_submit(req->shard, &a->command);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_alter_client_quotas = {.key = 49,
                                                  .name = "AlterClientQuotas",
                                                  .v_min = 0,
                                                  .v_max = 1,
                                                  .v_min_shown = 0,
                                                  .start = alter_client_quotas_start};
