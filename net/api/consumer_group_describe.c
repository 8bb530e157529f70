#include "net/wire/gen/consumer_group_describe.h"
#include "core/broker/group_coord.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/fan.h"

enum { MEMBER_CLASSIC = 0, MEMBER_CONSUMER = 1 };

struct item {
    struct part_key key;
    struct mr_str name; /* of the request */
    int32_t at;         /* in the answer */
    struct kw_consumer_group_describe_response_group out;
    bool ok, other;
};

/* Topics that are not there any more are left out. */
static bool put_assignment(struct mr_arena *a, const struct cgroup_topics *topics, struct cgroup_parts parts,
                           struct kw_consumer_group_describe_response_assignment *out)
{
    int32_t count;
    bool ok = true;
    const struct cgroup_topic_parts *by = cgroup_parts_by_topic(a, parts, &count);
    out->topic_partitions =
        arena_array(a, struct kw_consumer_group_describe_response_topic, by != NULL ? (size_t)count : 0);
    if (by == NULL || out->topic_partitions == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        struct cgroup_topic topic;
        if (!topics->find_id(topics, by[i].topic, &topic))
            continue;
        out->topic_partitions[out->topic_partitions_count++] =
            (struct kw_consumer_group_describe_response_topic){topic.id, arena_str(a, topic.name, &ok),
                                                               by[i].partitions, by[i].count};
    }
    return ok;
}

static bool put_member(struct mr_arena *a, const struct cgroup_topics *topics,
                       const struct cgroup_member_view *m,
                       struct kw_consumer_group_describe_response_member *out)
{
    bool ok = true;
    kw_consumer_group_describe_response_member_init(out);
    out->member_id = arena_str(a, m->member_id, &ok);
    out->instance_id = arena_str(a, m->instance_id, &ok);
    out->rack_id = arena_str(a, m->rack_id, &ok);
    out->member_epoch = m->epoch;
    out->client_id = arena_str(a, m->client_id, &ok);
    out->client_host = arena_str(a, m->client_host, &ok);
    out->subscribed_topic_regex = arena_str(a, m->regex, &ok);
    out->subscribed_topic_names = arena_array(a, struct mr_str, (size_t)m->name_count);
    out->member_type = m->classic ? MEMBER_CLASSIC : MEMBER_CONSUMER;
    if (out->subscribed_topic_names == NULL)
        return false;
    for (int32_t i = 0; i < m->name_count; i++)
        out->subscribed_topic_names[out->subscribed_topic_names_count++] = arena_str(a, m->names[i], &ok);
    return ok && put_assignment(a, topics, m->assigned, &out->assignment) &&
           put_assignment(a, topics, m->target, &out->target_assignment);
}

static bool put_group(struct mr_arena *a, struct group_entity *g,
                      struct kw_consumer_group_describe_response_group *out)
{
    struct cgroup_scene s;
    struct cgroup_view v;
    struct cgroup_member_view m;
    uint32_t at = 0;
    bool ok = true;
    cgroup_scene_begin(&s, g, a);
    cgroup_describe(g->cgroup, &s.settings, &v);
    out->group_state = mr_str_of(cgroup_state_name(v.state));
    out->group_epoch = v.epoch;
    out->assignment_epoch = v.assignment_epoch;
    out->assignor_name = mr_str_of(v.assignor);
    out->members = arena_array(a, struct kw_consumer_group_describe_response_member, (size_t)v.member_count);
    if (out->members == NULL)
        return false;
    while (ok && out->members_count < v.member_count && cgroup_next_member(g->cgroup, &at, &m))
        ok = put_member(a, &s.topics, &m, &out->members[out->members_count++]);
    return ok;
}

static void describe_one(struct fan_part *part, struct item *item)
{
    struct coord *c;
    enum kw_error error = item->name.len == 0
                              ? KW_INVALID_GROUP_ID
                              : coord_find(broker_of(part->at_shard), COORD_GROUP, item->key, &c);
    kw_consumer_group_describe_response_group_init(&item->out);
    item->out.group_id = item->name;
    item->out.error_code = (int16_t)error;
    item->ok = true;
    if (error != KW_NONE)
        return;
    struct group_entity *g = group_find(c, item->name);
    item->other = g != NULL && g->cgroup == NULL;
    if (g == NULL || g->cgroup == NULL)
        item->out.error_code = KW_GROUP_ID_NOT_FOUND;
    else
        item->ok = put_group(&part->arena, g, &item->out);
}

static void describe_at(struct fan_part *part)
{
    for (uint32_t i = 0; i < part->count; i++)
        describe_one(part, &((struct item *)part->items)[i]);
    fan_back(part);
}

static void describe_home(struct mr_req *req)
{
    const struct kw_consumer_group_describe_request *in = req->in;
    struct kw_consumer_group_describe_response *out = req->out;
    const struct fan *fan = req->state;
    bool ok = true;
    for (uint32_t s = 0; s < fan->shards; s++) {
        const struct fan_part *part = fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((const struct item *)part->items)[i];
            struct kw_consumer_group_describe_response_group *g = &out->groups[item->at];
            ok = ok && item->ok;
            *g = item->out;
            if (g->error_code == KW_NONE && in->include_authorized_operations)
                g->authorized_operations = API_OPERATIONS_GROUP;
            if (g->error_code == KW_GROUP_ID_NOT_FOUND)
                g->error_message =
                    api_text(req,
                             item->other ? "Group %.*s is not a consumer group." : "Group %.*s not found.",
                             MR_STR(g->group_id));
        }
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

static bool add(struct mr_req *req, struct mr_str group, int32_t at)
{
    struct part_key key;
    struct fan_part *part = api_coord_part(req, req->state, COORD_GROUP, group, &key);
    struct item *item = part != NULL ? fan_item(part, sizeof(*item)) : NULL;
    if (item != NULL)
        *item = (struct item){.key = key, .name = group, .at = at};
    return item != NULL;
}

/* ConsumerGroupDescribe (key 69), v0-1 (KIP-848). v1 kinds of members (KIP-1099).
 * Differs from Kafka: the answer is in the request's order. */
static void consumer_group_describe_start(struct mr_req *req)
{
    const struct kw_consumer_group_describe_request *in = req->in;
    struct kw_consumer_group_describe_response *out = req->out;
    size_t count = (size_t)mr_imax(in->group_ids_count, 0);
    out->groups = req_array(req, struct kw_consumer_group_describe_response_group, count);
    bool ok = out->groups != NULL;
    if (ok && !cgroup_enabled(broker_of(req->shard))) {
        for (size_t i = 0; i < count; i++) {
            struct kw_consumer_group_describe_response_group *g = &out->groups[out->groups_count++];
            kw_consumer_group_describe_response_group_init(g);
            g->group_id = in->group_ids[i];
            g->error_code = KW_UNSUPPORTED_VERSION;
        }
        req_finish(req);
        return;
    }
    req->state = fan_begin(req, describe_at, NULL, describe_home);
    req->release = fan_release;
    ok = ok && req->state != NULL;
    for (size_t i = 0; ok && i < count; i++) {
        int32_t at = out->groups_count++;
        kw_consumer_group_describe_response_group_init(&out->groups[at]);
        if (in->group_ids[i].len == 0)
            out->groups[at].error_code = KW_INVALID_GROUP_ID;
        else
            ok = add(req, in->group_ids[i], at);
    }
    if (ok)
        fan_send(req->state);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_consumer_group_describe = {.key = 69,
                                                      .name = "ConsumerGroupDescribe",
                                                      .v_min = 0,
                                                      .v_max = 1,
                                                      .v_min_shown = 0,
                                                      .start = consumer_group_describe_start};
