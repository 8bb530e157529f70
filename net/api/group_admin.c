/* What administrators ask of groups: describe, list, delete. */
#include <strings.h>

#include "core/broker/group_coord.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/fan.h"
#include "net/wire/gen/delete_groups.h"
#include "net/wire/gen/describe_groups.h"
#include "net/wire/gen/list_groups.h"

/* Begins a fan; false: the connection is being closed. */
static bool admin_begin(struct mr_req *req, void (*at)(struct fan_part *part),
                        void (*home)(struct mr_req *req))
{
    req->state = fan_begin(req, at, NULL, home);
    req->release = fan_release;
    if (req->state == NULL)
        req_close(req, "request too large");
    return req->state != NULL;
}

/* An item in the part of the group's coordinator. *ret_key is of no partition when there is none. NULL: no
 * room. */
static void *admin_item(struct mr_req *req, struct mr_str group, size_t bytes, struct part_key *ret_key)
{
    struct fan_part *part = api_coord_part(req, req->state, COORD_GROUP, group, ret_key);
    return part != NULL ? fan_item(part, bytes) : NULL;
}

/* As clients see it: a consumer group (KIP-848) is none of the classic ones. */
static const struct group_entity *find_classic(struct coord *c, struct mr_str name, bool *ret_other)
{
    const struct group_entity *g = group_find(c, name);
    *ret_other = g != NULL && g->cgroup != NULL;
    return *ret_other ? NULL : g;
}

/* As clients see it: a group without members is there for its offsets alone. */
static void view(const struct group_entity *g, struct group_view *ret)
{
    if (g->group != NULL)
        group_describe(g->group, ret);
    else
        *ret = (struct group_view){.id = g->e.name,
                                   .state = GROUP_EMPTY,
                                   .protocol_type = MR_STR_LIT(""),
                                   .protocol_name = MR_STR_LIT("")};
}

/* ---- DescribeGroups ---- */

struct describe_item {
    struct part_key key;
    struct mr_str name; /* of the request */
    int32_t at;         /* in the answer */
    struct kw_describe_groups_response_group out;
    bool ok;
    bool other; /* it is there, but not of this kind */
};

static bool put_member(struct mr_arena *a, const struct group_view *v, const struct group_member_view *m,
                       struct kw_describe_groups_response_member *out)
{
    bool ok = true;
    kw_describe_groups_response_member_init(out);
    out->member_id = arena_str(a, m->member_id, &ok);
    out->group_instance_id = arena_str(a, m->instance_id, &ok);
    out->client_id = arena_str(a, m->client_id, &ok);
    out->client_host = arena_str(a, m->client_host, &ok);
    out->member_assignment = arena_bytes(a, m->assignment, &ok);
    if (v->state == GROUP_STABLE)
        out->member_metadata = arena_bytes(a, m->metadata, &ok);
    return ok;
}

static bool put_group(struct mr_arena *a, const struct group_entity *g,
                      struct kw_describe_groups_response_group *out)
{
    struct group_view v;
    struct group_member_view m;
    uint32_t at = 0;
    bool ok = true;
    view(g, &v);
    out->group_state = mr_str_of(group_state_name(v.state));
    out->protocol_type = arena_str(a, v.protocol_type, &ok);
    out->protocol_data = arena_str(a, v.protocol_name, &ok);
    out->members = arena_array(a, struct kw_describe_groups_response_member, (size_t)v.member_count);
    if (out->members == NULL)
        return false;
    while (ok && out->members_count < v.member_count && group_next_member(g->group, &at, &m))
        ok = put_member(a, &v, &m, &out->members[out->members_count++]);
    return ok;
}

static void describe_one(struct fan_part *part, struct describe_item *item)
{
    struct coord *c;
    enum kw_error error = coord_find(broker_of(part->at_shard), COORD_GROUP, item->key, &c);
    kw_describe_groups_response_group_init(&item->out);
    item->out.group_id = item->name;
    item->out.error_code = (int16_t)error;
    item->ok = true;
    if (error != KW_NONE)
        return;
    const struct group_entity *g = find_classic(c, item->name, &item->other);
    if (g != NULL) {
        item->ok = put_group(&part->arena, g, &item->out);
        return;
    }
    item->out.group_state = mr_str_of(group_state_name(GROUP_DEAD));
    if (part->fan->req->version >= 6)
        item->out.error_code = KW_GROUP_ID_NOT_FOUND;
}

static void describe_at(struct fan_part *part)
{
    for (uint32_t i = 0; i < part->count; i++)
        describe_one(part, &((struct describe_item *)part->items)[i]);
    fan_back(part);
}

static void describe_home(struct mr_req *req)
{
    const struct kw_describe_groups_request *in = req->in;
    struct kw_describe_groups_response *out = req->out;
    const struct fan *fan = req->state;
    bool ok = true;
    for (uint32_t s = 0; s < fan->shards; s++) {
        const struct fan_part *part = fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct describe_item *item = &((const struct describe_item *)part->items)[i];
            struct kw_describe_groups_response_group *g = &out->groups[item->at];
            ok = ok && item->ok;
            *g = item->out;
            if (g->error_code == KW_NONE && in->include_authorized_operations)
                g->authorized_operations = API_OPERATIONS_GROUP;
            if (g->error_code == KW_GROUP_ID_NOT_FOUND)
                g->error_message =
                    api_text(req,
                             item->other ? "Group %.*s is not a classic group." : "Group %.*s not found.",
                             MR_STR(g->group_id));
        }
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

/* DescribeGroups (key 15), v0-6. v3 authorized operations (KIP-430), v4 static members (KIP-345), v5
 * flexible, v6 a group that is not there is an error (KIP-1043).
 * Differs from Kafka: the answer is in the request's order. */
static void describe_groups_start(struct mr_req *req)
{
    const struct kw_describe_groups_request *in = req->in;
    struct kw_describe_groups_response *out = req->out;
    if (!admin_begin(req, describe_at, describe_home))
        return;
    size_t count = (size_t)mr_imax(in->groups_count, 0);
    out->groups = req_array(req, struct kw_describe_groups_response_group, count);
    bool ok = out->groups != NULL;
    for (size_t i = 0; ok && i < count; i++) {
        struct part_key key;
        struct describe_item *item = admin_item(req, in->groups[i], sizeof(*item), &key);
        ok = item != NULL;
        if (ok)
            *item = (struct describe_item){.key = key, .name = in->groups[i], .at = out->groups_count++};
    }
    if (ok)
        fan_send(req->state);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_describe_groups = {.key = 15,
                                              .name = "DescribeGroups",
                                              .v_min = 0,
                                              .v_max = 6,
                                              .v_min_shown = 0,
                                              .start = describe_groups_start};

/* ---- ListGroups ---- */

struct listing {
    struct fan_part *part;
    const struct kw_list_groups_request *in; /* of the request */
    bool ok, loading;
};

/* Kafka compares without regard to case, and states without blanks around them. */
static bool matches(struct mr_str wanted, const char *name, bool trim)
{
    while (trim && wanted.len > 0 && wanted.ptr[0] <= ' ') {
        wanted.ptr++;
        wanted.len--;
    }
    while (trim && wanted.len > 0 && wanted.ptr[wanted.len - 1] <= ' ')
        wanted.len--;
    return wanted.len == strlen(name) && strncasecmp(wanted.ptr, name, wanted.len) == 0;
}

static bool wants(const struct kw_list_groups_request *in, const char *state, const char *type)
{
    bool by_state = in->states_filter_count <= 0, by_type = in->types_filter_count <= 0;
    for (int32_t i = 0; !by_state && i < in->states_filter_count; i++)
        by_state = matches(in->states_filter[i], state, true);
    for (int32_t i = 0; !by_type && i < in->types_filter_count; i++)
        by_type = matches(in->types_filter[i], type, false);
    return by_state && by_type;
}

static void kind(const struct group_entity *g, const char **ret_state, const char **ret_type,
                 struct mr_str *ret_protocol_type)
{
    struct group_view v;
    if (g->cgroup != NULL) {
        *ret_state = cgroup_state_name(cgroup_state_of(g->cgroup));
        *ret_type = "consumer";
        *ret_protocol_type = MR_STR_LIT("consumer");
        return;
    }
    view(g, &v);
    *ret_state = group_state_name(v.state);
    *ret_type = "classic";
    *ret_protocol_type = v.protocol_type;
}

static void list_group(void *ctx, struct coord_entity *e)
{
    struct listing *l = ctx;
    const struct group_entity *g = group_of(e);
    struct mr_str protocol_type;
    const char *state, *type;
    if (!l->ok || !group_exists(g))
        return;
    kind(g, &state, &type, &protocol_type);
    if (!wants(l->in, state, type))
        return;
    struct kw_list_groups_response_group *out = fan_item(l->part, sizeof(*out));
    l->ok = out != NULL;
    if (!l->ok)
        return;
    kw_list_groups_response_group_init(out);
    out->group_id = arena_str(&l->part->arena, e->name, &l->ok);
    out->protocol_type = arena_str(&l->part->arena, protocol_type, &l->ok);
    out->group_state = mr_str_of(state);
    out->group_type = mr_str_of(type);
}

static void list_coord(void *ctx, struct coord *c, enum kw_error error)
{
    struct listing *l = ctx;
    if (error == KW_NONE)
        coord_each(c, list_group, l);
    else
        l->loading = l->loading || error == KW_COORDINATOR_LOAD_IN_PROGRESS;
}

static void list_at(struct fan_part *part)
{
    struct listing *l = part->state;
    coords_each(broker_of(part->at_shard), COORD_GROUP, list_coord, l);
    fan_back(part);
}

static void list_home(struct mr_req *req)
{
    struct kw_list_groups_response *out = req->out;
    const struct fan *fan = req->state;
    size_t count = 0;
    bool ok = true;
    for (uint32_t s = 0; s < fan->shards; s++) {
        const struct listing *l = fan->parts[s]->state;
        ok = ok && l->ok;
        count += fan->parts[s]->count;
        if (l->loading)
            out->error_code = KW_COORDINATOR_LOAD_IN_PROGRESS;
    }
    if (ok && out->error_code == KW_NONE) {
        out->groups = req_array(req, struct kw_list_groups_response_group, count);
        ok = out->groups != NULL;
        for (uint32_t s = 0; ok && s < fan->shards; s++) {
            const struct kw_list_groups_response_group *groups = fan->parts[s]->items;
            for (uint32_t i = 0; i < fan->parts[s]->count; i++)
                out->groups[out->groups_count++] = groups[i];
        }
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

/* ListGroups (key 16), v0-5. v3 flexible, v4 states (KIP-518), v5 types (KIP-848).
 * Differs from Kafka: nowhere; the order is no one's promise. */
static void list_groups_start(struct mr_req *req)
{
    if (!admin_begin(req, list_at, list_home))
        return;
    struct fan *fan = req->state;
    bool ok = true;
    for (uint32_t s = 0; ok && s < fan->shards; s++) {
        struct fan_part *part = fan_part(fan, s);
        struct listing *l = part != NULL ? arena_new(&part->arena, struct listing) : NULL;
        ok = l != NULL;
        if (ok) {
            *l = (struct listing){.part = part, .in = req->in, .ok = true};
            part->state = l;
        }
    }
    if (ok)
        fan_send(fan);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_list_groups = {
    .key = 16, .name = "ListGroups", .v_min = 0, .v_max = 5, .v_min_shown = 0, .start = list_groups_start};

/* ---- DeleteGroups ---- */

struct delete_item {
    struct group_deletion deletion;
    struct fan_part *part;
    struct part_key key;
    struct mr_str name; /* of the request */
    int32_t at;         /* in the answer */
    enum kw_error error;
};

static void delete_ended(struct fan_part *part)
{
    if (--part->pending == 0)
        fan_back(part);
}

static void deleted(struct group_deletion *g, enum kw_error error)
{
    struct delete_item *item = MR_CONTAINER(g, struct delete_item, deletion);
    item->error = error;
    delete_ended(item->part);
}

/* All at once: they share flushes. */
static void delete_at(struct fan_part *part)
{
    part->pending = part->count + 1; /* so that it does not go home while it sends */
    for (uint32_t i = 0; i < part->count; i++) {
        struct delete_item *item = &((struct delete_item *)part->items)[i];
        item->part = part;
        item->deletion.done = deleted;
        if (item->key.partition >= 0) {
            group_delete_submit(broker_of(part->at_shard), item->key, item->name, &item->deletion);
        } else {
            item->error = KW_NOT_COORDINATOR;
            part->pending--;
        }
    }
    delete_ended(part);
}

static void delete_home(struct mr_req *req)
{
    struct kw_delete_groups_response *out = req->out;
    const struct fan *fan = req->state;
    for (uint32_t s = 0; s < fan->shards; s++) {
        const struct fan_part *part = fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct delete_item *item = &((const struct delete_item *)part->items)[i];
            out->results[item->at] =
                (struct kw_delete_groups_response_group){item->name, (int16_t)item->error};
        }
    }
    req_finish(req);
}

static bool put_deletions(struct mr_req *req, struct api_seen *seen)
{
    const struct kw_delete_groups_request *in = req->in;
    struct kw_delete_groups_response *out = req->out;
    size_t count = (size_t)mr_imax(in->groups_names_count, 0);
    out->results = req_array(req, struct kw_delete_groups_response_group, count);
    bool ok = out->results != NULL;
    for (size_t i = 0; ok && i < count; i++) {
        struct part_key key;
        if (api_seen_before(seen, in->groups_names[i], -1))
            continue; /* Kafka answers each once */
        struct delete_item *item = admin_item(req, in->groups_names[i], sizeof(*item), &key);
        ok = item != NULL;
        if (ok)
            *item = (struct delete_item){.key = key, .name = in->groups_names[i], .at = out->results_count++};
    }
    return ok;
}

/* DeleteGroups (key 42), v0-2. v2 flexible (KIP-229). The offsets go with the group.
 * Differs from Kafka: the answer is in the request's order. */
static void delete_groups_start(struct mr_req *req)
{
    struct api_seen seen = {.ready = false};
    if (!admin_begin(req, delete_at, delete_home))
        return;
    bool ok = put_deletions(req, &seen);
    api_seen_done(&seen);
    if (ok)
        fan_send(req->state);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_delete_groups = {.key = 42,
                                            .name = "DeleteGroups",
                                            .v_min = 0,
                                            .v_max = 2,
                                            .v_min_shown = 0,
                                            .start = delete_groups_start};
