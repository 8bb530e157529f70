#include "net/wire/gen/consumer_group_heartbeat.h"
#include "core/broker/cgroup_coord.h"
#include "core/io.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/api/peer_host.h"
#include "net/fan.h"
#include "storage/uuid.h"

/* On the coordinator's shard, in the part's arena. */
struct beat {
    struct cgroup_call call;
    struct cgroup_heartbeat in;
    struct part_key key;
    struct mr_str group; /* of the request, which outlives this */
    struct fan_part *part;
    char fresh[UUID_TEXT_BYTES + 1]; /* the id of a member that has none */
    struct kw_consumer_group_heartbeat_response out;
    bool ok;
};

static bool put_assignment(struct beat *b, struct cgroup_parts parts)
{
    struct mr_arena *a = &b->part->arena;
    struct kw_consumer_group_heartbeat_response_assignment *out =
        arena_new(a, struct kw_consumer_group_heartbeat_response_assignment);
    int32_t count;
    const struct cgroup_topic_parts *topics = cgroup_parts_by_topic(a, parts, &count);
    if (out == NULL || topics == NULL)
        return false;
    out->topic_partitions = arena_array(a, struct kw_consumer_group_heartbeat_response_topic, (size_t)count);
    if (out->topic_partitions == NULL)
        return false;
    for (int32_t i = 0; i < count; i++)
        out->topic_partitions[out->topic_partitions_count++] =
            (struct kw_consumer_group_heartbeat_response_topic){topics[i].topic, topics[i].partitions,
                                                                topics[i].count};
    b->out.assignment = out;
    return true;
}

static void beat_run(struct cgroup_call *call, struct cgroup *g, struct cgroup_turn *t)
{
    struct beat *b = call->ctx;
    cgroup_heartbeat(g, t, &b->in, &call->reply);
}

static void beat_done(struct cgroup_call *call)
{
    struct beat *b = call->ctx;
    const struct cgroup_reply *r = &call->reply;
    struct mr_arena *a = &b->part->arena;
    b->out.error_code = r->error;
    b->out.error_message = arena_str(a, r->message, &b->ok);
    if (r->error == KW_NONE) {
        b->out.member_id = arena_str(a, r->member_id, &b->ok);
        b->out.member_epoch = r->member_epoch;
        b->out.heartbeat_interval_ms = r->heartbeat_interval_ms;
        if (r->with_assignment)
            b->ok = b->ok && put_assignment(b, r->assignment);
    }
    fan_back(b->part);
}

static void beat_at(struct fan_part *part)
{
    struct beat *b = part->items;
    cgroup_call_submit(broker_of(part->at_shard), b->key, b->group, &b->call);
}

static void beat_home(struct mr_req *req)
{
    const struct beat *b = req->state;
    struct kw_consumer_group_heartbeat_response *out = req->out;
    *out = b->out;
    if (b->ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

static void beat_release(struct mr_req *req)
{
    const struct beat *b = req->state;
    fan_end(b->part->fan); /* b lies in the part */
}

/* ---- what a request must hold ---- */

static bool is_blank(struct mr_str s)
{
    size_t i = 0;
    while (i < s.len && (unsigned char)s.ptr[i] <= ' ')
        i++;
    return s.ptr != NULL && i == s.len;
}

static const char *judge_joining(const struct kw_consumer_group_heartbeat_request *in)
{
    if (in->rebalance_timeout_ms == -1)
        return "RebalanceTimeoutMs must be provided in first request.";
    if (in->topic_partitions_count != 0)
        return "TopicPartitions must be empty when (re-)joining.";
    if (in->subscribed_topic_names_count < 0 && in->subscribed_topic_regex.ptr == NULL)
        return "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.";
    return NULL;
}

/* NULL: all is well. */
static const char *judge(const struct mr_req *req)
{
    const struct kw_consumer_group_heartbeat_request *in = req->in;
    bool id_due = req->version >= 1 || in->member_epoch > 0 || in->member_epoch == CGROUP_EPOCH_LEAVE;
    if (id_due && is_blank(in->member_id))
        return "MemberId can't be empty.";
    if (is_blank(in->group_id))
        return "GroupId can't be empty.";
    if (is_blank(in->instance_id))
        return "InstanceId can't be empty.";
    if (is_blank(in->rack_id))
        return "RackId can't be empty.";
    if (in->member_epoch == 0)
        return judge_joining(in);
    if (in->member_epoch == CGROUP_EPOCH_LEAVE_STATIC && in->instance_id.ptr == NULL)
        return "InstanceId can't be null.";
    if (in->member_epoch < CGROUP_EPOCH_LEAVE_STATIC)
        return "MemberEpoch is invalid.";
    return NULL;
}

static void refuse(struct mr_req *req, int16_t error, const char *why)
{
    struct kw_consumer_group_heartbeat_response *out = req->out;
    out->error_code = error;
    out->error_message = mr_str_of(why);
    req_finish(req);
}

/* ---- on its way ---- */

static bool put_owned(const struct kw_consumer_group_heartbeat_request *in, struct beat *b)
{
    size_t total = 0;
    uint32_t count = 0;
    b->in.owned_given = in->topic_partitions_count >= 0;
    for (int32_t i = 0; i < in->topic_partitions_count; i++)
        total += (size_t)mr_imax(in->topic_partitions[i].partitions_count, 0);
    struct cgroup_part *items = arena_array(&b->part->arena, struct cgroup_part, total);
    if (items == NULL)
        return false;
    for (int32_t i = 0; i < in->topic_partitions_count; i++) {
        for (int32_t k = 0; k < in->topic_partitions[i].partitions_count; k++)
            items[count++] =
                (struct cgroup_part){in->topic_partitions[i].topic_id, in->topic_partitions[i].partitions[k]};
    }
    b->in.owned = (struct cgroup_parts){items, cgroup_parts_sort(items, count)};
    return true;
}

static bool put(struct mr_req *req, struct beat *b)
{
    static const struct mr_str nothing[1];
    const struct kw_consumer_group_heartbeat_request *in = req->in;
    struct mr_arena *a = &b->part->arena;
    b->in = (struct cgroup_heartbeat){
        .member_id = in->member_id,
        .member_epoch = in->member_epoch,
        .instance_id = in->instance_id,
        .rack_id = in->rack_id,
        .rebalance_timeout_ms = in->rebalance_timeout_ms,
        .name_count = (int32_t)mr_imax(in->subscribed_topic_names_count, 0),
        .regex = in->subscribed_topic_regex,
        .assignor = in->server_assignor,
        .client_id = req->head.client_id.ptr != NULL ? req->head.client_id : MR_STR_LIT(""),
        .client_host = peer_host(req, a),
    };
    if (in->subscribed_topic_names_count > 0)
        b->in.names = in->subscribed_topic_names;
    else if (in->subscribed_topic_names_count == 0)
        b->in.names = nothing;
    if (in->member_id.len == 0 && in->member_epoch == 0) {
        struct mr_uuid id;
        io_random(req->shard->io, id.bytes, sizeof(id.bytes));
        uuid_text(id, b->fresh);
        b->in.member_id = (struct mr_str){b->fresh, UUID_TEXT_BYTES};
    }
    return b->in.client_host.ptr != NULL && put_owned(in, b);
}

/* NULL: no room. *ret_stands: there is a coordinator to ask. */
static struct beat *make(struct mr_req *req, bool *ret_stands)
{
    const struct kw_consumer_group_heartbeat_request *in = req->in;
    struct part_key key;
    struct fan *fan = fan_begin(req, beat_at, NULL, beat_home);
    struct fan_part *part = api_coord_part(req, fan, COORD_GROUP, in->group_id, &key);
    *ret_stands = key.partition >= 0;
    struct beat *b = part != NULL ? arena_new(&part->arena, struct beat) : NULL;
    if (b == NULL) {
        if (part != NULL)
            fan_end(fan);
        return NULL;
    }
    b->part = part;
    b->key = key;
    b->group = in->group_id;
    b->ok = true;
    b->call.run = beat_run;
    b->call.done = beat_done;
    b->call.beat = &b->in;
    b->call.create = in->member_epoch == 0;
    b->call.plain_words = in->member_epoch < 0;
    b->call.ctx = b;
    kw_consumer_group_heartbeat_response_init(&b->out);
    part->items = b;
    req->state = b;
    req->release = beat_release;
    return b;
}

/* ConsumerGroupHeartbeat (key 68), v0-1 (KIP-848). v1 expressions; the client makes its id (KIP-1082).
 * Differs from Kafka: core/broker/README.md. */
static void consumer_group_heartbeat_start(struct mr_req *req)
{
    bool stands;
    if (!cgroup_enabled(broker_of(req->shard))) {
        refuse(req, KW_UNSUPPORTED_VERSION, NULL);
        return;
    }
    const char *why = judge(req);
    if (why != NULL) {
        refuse(req, KW_INVALID_REQUEST, why);
        return;
    }
    struct beat *b = make(req, &stands);
    if (b == NULL || !put(req, b))
        req_close(req, "request too large");
    else if (!stands)
        refuse(req, KW_COORDINATOR_NOT_AVAILABLE, NULL);
    else
        fan_send(b->part->fan);
}

const struct mr_api mr_api_consumer_group_heartbeat = {.key = 68,
                                                       .name = "ConsumerGroupHeartbeat",
                                                       .v_min = 0,
                                                       .v_max = 1,
                                                       .v_min_shown = 0,
                                                       .start = consumer_group_heartbeat_start};
