/* The quorum of controllers, which here is this broker alone, and what would change it. */
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/wire/gen/describe_quorum.h"
#include "net/wire/gen/raft_voters.h"
#include "net/wire/gen/unregister_broker.h"

#define METADATA_LOG "__cluster_metadata"

/* ---- DescribeQuorum ---- */

/* Nothing but the one partition that there is gets an answer, and only alone. */
static bool asks_for_metadata(const struct kw_describe_quorum_request *in)
{
    return in->topics_count == 1 && mr_str_is(in->topics[0].topic_name, METADATA_LOG) &&
           in->topics[0].partitions_count == 1 && in->topics[0].partitions[0].partition_index == 0;
}

static bool put_unknown(struct mr_req *req)
{
    const struct kw_describe_quorum_request *in = req->in;
    struct kw_describe_quorum_response *out = req->out;
    out->topics = req_array(req, struct kw_describe_quorum_response_topic, (size_t)in->topics_count);
    if (out->topics == NULL)
        return false;
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_describe_quorum_request_topic *it = &in->topics[t];
        struct kw_describe_quorum_response_topic *o = &out->topics[out->topics_count++];
        kw_describe_quorum_response_topic_init(o);
        o->topic_name = it->topic_name;
        o->partitions =
            req_array(req, struct kw_describe_quorum_response_partition, (size_t)it->partitions_count);
        if (o->partitions == NULL)
            return false;
        for (int32_t i = 0; i < it->partitions_count; i++) {
            struct kw_describe_quorum_response_partition *p = &o->partitions[o->partitions_count++];
            kw_describe_quorum_response_partition_init(p);
            p->partition_index = it->partitions[i].partition_index;
            p->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
            p->error_message = MR_STR_LIT(API_UNKNOWN_PARTITION);
        }
    }
    return true;
}

/* The endpoint is the one that the client came by: the controller has none of its own. */
static bool put_node(struct mr_req *req)
{
    struct kw_describe_quorum_response *out = req->out;
    const struct broker *b = broker_of(req->shard)->broker;
    struct kw_describe_quorum_response_listener *listener =
        req_new(req, struct kw_describe_quorum_response_listener);
    struct api_endpoint *ends;
    out->nodes = req_new(req, struct kw_describe_quorum_response_node);
    if (listener == NULL || out->nodes == NULL || api_brokers(req, &ends) < 1)
        return false;
    *listener =
        (struct kw_describe_quorum_response_listener){mr_str_of(b->config->listeners[req_listener(req)].name),
                                                      ends[0].host, (uint16_t)ends[0].port};
    *out->nodes = (struct kw_describe_quorum_response_node){b->node_id, listener, 1};
    out->nodes_count = 1;
    return true;
}

static bool put_quorum(struct mr_req *req)
{
    struct kw_describe_quorum_response *out = req->out;
    const struct image *img = broker_of(req->shard)->image;
    struct kw_describe_quorum_response_topic *topic = req_new(req, struct kw_describe_quorum_response_topic);
    struct kw_describe_quorum_response_partition *p =
        req_new(req, struct kw_describe_quorum_response_partition);
    struct kw_describe_quorum_response_replica *voter =
        req_new(req, struct kw_describe_quorum_response_replica);
    if (topic == NULL || p == NULL || voter == NULL || !put_node(req))
        return false;
    kw_describe_quorum_response_partition_init(p);
    p->error_message = MR_STR_LIT("");
    p->leader_id = img->node_id;
    p->leader_epoch = img->epoch;
    p->high_watermark =
        img->offset + 1; /* what is applied is on stable storage, and nobody else has to have it */
    kw_describe_quorum_response_replica_init(voter);
    voter->replica_id = img->node_id;
    voter->log_end_offset = p->high_watermark;
    voter->last_fetch_timestamp = voter->last_caught_up_timestamp = shard_wall_ms(req->shard);
    p->current_voters = voter;
    p->current_voters_count = 1;
    *topic = (struct kw_describe_quorum_response_topic){MR_STR_LIT(METADATA_LOG), p, 1};
    out->topics = topic;
    out->topics_count = 1;
    return true;
}

/* DescribeQuorum (key 55), v0-2, flexible (KIP-595). v1 times (KIP-836), v2 endpoints and directories
 * (KIP-853). Differs from Kafka: the controller's endpoint is the broker's, for there is no listener of its
 * own. */
static void describe_quorum_start(struct mr_req *req)
{
    const struct kw_describe_quorum_request *in = req->in;
    ((struct kw_describe_quorum_response *)req->out)->error_message = MR_STR_LIT("");
    if (asks_for_metadata(in) ? put_quorum(req) : put_unknown(req))
        req_finish(req);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_describe_quorum = {.key = 55,
                                              .name = "DescribeQuorum",
                                              .v_min = 0,
                                              .v_max = 2,
                                              .v_min_shown = 0,
                                              .start = describe_quorum_start};

/* ---- changes of the quorum ---- */

/* KW_NONE, or: the client means another cluster. */
static enum kw_error check_cluster(struct mr_req *req, struct mr_str id, struct mr_str *ret_message)
{
    const char *own = broker_of(req->shard)->broker->cluster_id;
    if (id.ptr == NULL || mr_str_is(id, own))
        return KW_NONE;
    *ret_message =
        api_text(req, "The given id \"%.*s\" doesn't match the cluster id \"%s\"", MR_STR(id), own);
    return KW_INCONSISTENT_CLUSTER_ID;
}

/* AddRaftVoter (key 80), v0, flexible (KIP-853).
 * Differs from Kafka: nowhere, for one whose kraft.version is 0, as it is by default. */
static void add_raft_voter_start(struct mr_req *req)
{
    const struct kw_add_raft_voter_request *in = req->in;
    struct kw_add_raft_voter_response *out = req->out;
    enum kw_error error = check_cluster(req, in->cluster_id, &out->error_message);
    if (error == KW_NONE && mr_uuid_is_zero(in->voter_directory_id)) {
        error = KW_INVALID_REQUEST;
        out->error_message = MR_STR_LIT("Add voter request didn't include a valid voter");
    } else if (error == KW_NONE) {
        error = KW_UNSUPPORTED_VERSION;
        out->error_message =
            MR_STR_LIT("Cluster doesn't support adding voter because the kraft.version feature is 0");
    }
    out->error_code = (int16_t)error;
    req_finish(req);
}

const struct mr_api mr_api_add_raft_voter = {.key = 80,
                                             .name = "AddRaftVoter",
                                             .v_min = 0,
                                             .v_max = 0,
                                             .v_min_shown = 0,
                                             .start = add_raft_voter_start};

/* RemoveRaftVoter (key 81), v0, flexible (KIP-853).
 * Differs from Kafka: as AddRaftVoter. */
static void remove_raft_voter_start(struct mr_req *req)
{
    const struct kw_remove_raft_voter_request *in = req->in;
    struct kw_remove_raft_voter_response *out = req->out;
    enum kw_error error = check_cluster(req, in->cluster_id, &out->error_message);
    if (error == KW_NONE && mr_uuid_is_zero(in->voter_directory_id)) {
        error = KW_INVALID_REQUEST;
        out->error_message = MR_STR_LIT("Remove voter request didn't include a valid voter");
    } else if (error == KW_NONE) {
        error = KW_UNSUPPORTED_VERSION;
        out->error_message =
            MR_STR_LIT("Cluster doesn't support removing voter because the kraft.version feature is 0");
    }
    out->error_code = (int16_t)error;
    req_finish(req);
}

const struct mr_api mr_api_remove_raft_voter = {.key = 81,
                                                .name = "RemoveRaftVoter",
                                                .v_min = 0,
                                                .v_max = 0,
                                                .v_min_shown = 0,
                                                .start = remove_raft_voter_start};

/* UnregisterBroker (key 64), v0, flexible (KIP-631).
 * Differs from Kafka: the broker that is asked cannot be unregistered; Kafka does it, and serves on half. */
static void unregister_broker_start(struct mr_req *req)
{
    const struct kw_unregister_broker_request *in = req->in;
    struct kw_unregister_broker_response *out = req->out;
    if (in->broker_id == broker_of(req->shard)->broker->node_id) {
        out->error_code = KW_INVALID_REQUEST;
        out->error_message = MR_STR_LIT("The only broker of its cluster cannot be unregistered.");
    } else {
        out->error_code = KW_BROKER_ID_NOT_REGISTERED;
        out->error_message = api_text(req, "Broker ID %d is not currently registered", in->broker_id);
    }
    req_finish(req);
}

const struct mr_api mr_api_unregister_broker = {.key = 64,
                                                .name = "UnregisterBroker",
                                                .v_min = 0,
                                                .v_max = 0,
                                                .v_min_shown = 0,
                                                .start = unregister_broker_start};
