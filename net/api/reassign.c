/* What moves replicas and leaders. In a cluster of one broker there is nowhere to move them; what is asked
 * for is judged as Apache Kafka 4.1.0 judges it, in its words. */
#include "core/broker/dirs.h"
#include "core/broker/partition.h"
#include "net/api/apis.h"
#include "net/api/command.h"
#include "net/api/common.h"
#include "net/api/pairs.h"
#include "net/wire/gen/alter_replica_log_dirs.h"
#include "net/wire/gen/elect_leaders.h"
#include "net/wire/gen/partition_reassignments.h"
#include "storage/logdir.h"

/* ---- ElectLeaders ---- */

enum { PREFERRED, UNCLEAN };

static void judge_election(struct mr_req *req, struct mr_str topic, int32_t partition,
                           struct kw_elect_leaders_response_partition *out)
{
    const struct kw_elect_leaders_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    const struct image_topic *t = image_topic(img, topic);
    enum kw_error error = KW_ELECTION_NOT_NEEDED;
    struct mr_str text = MR_STR_LIT("Leader election not needed for topic partition.");
    if (in->election_type != PREFERRED && in->election_type != UNCLEAN) {
        error = KW_INVALID_REQUEST;
        text = api_text(req, "Unknown election type %d", in->election_type);
    } else if (api_out_of_time(in->timeout_ms)) {
        error = KW_REQUEST_TIMED_OUT;
        text = (struct mr_str){NULL, 0};
    } else if (t == NULL) {
        error = KW_UNKNOWN_TOPIC_OR_PARTITION;
        text = api_text(req, "No such topic as %.*s", MR_STR(topic));
    } else if (partition < 0 || partition >= t->partition_count ||
               t->partitions[partition].replicas == NULL) {
        error = KW_UNKNOWN_TOPIC_OR_PARTITION;
        text = api_text(req, "No such partition as %.*s-%d", MR_STR(topic), partition);
    }
    *out = (struct kw_elect_leaders_response_partition){partition, (int16_t)error, text};
}

/* For every partition those are told that have a leader to elect: there is none, the only replica leads. */
static bool elect_everywhere(struct mr_req *req)
{
    struct kw_elect_leaders_response *out = req->out;
    const struct image *img = broker_of(req->shard)->image;
    out->replica_election_results =
        req_array(req, struct kw_elect_leaders_response_topic, smap_count(&img->topics));
    if (out->replica_election_results == NULL)
        return false;
    uint32_t at = 0;
    for (const struct image_topic *t; (t = image_next(img, &at)) != NULL;) {
        struct kw_elect_leaders_response_topic *o =
            &out->replica_election_results[out->replica_election_results_count++];
        kw_elect_leaders_response_topic_init(o);
        o->topic = mr_str_of(t->name);
    }
    return true;
}

static bool elect_named(struct mr_req *req)
{
    const struct kw_elect_leaders_request *in = req->in;
    struct kw_elect_leaders_response *out = req->out;
    out->replica_election_results =
        req_array(req, struct kw_elect_leaders_response_topic, (size_t)in->topic_partitions_count);
    if (out->replica_election_results == NULL)
        return false;
    for (int32_t t = 0; t < in->topic_partitions_count; t++) {
        const struct kw_elect_leaders_request_topic *it = &in->topic_partitions[t];
        struct kw_elect_leaders_response_topic *o =
            &out->replica_election_results[out->replica_election_results_count++];
        kw_elect_leaders_response_topic_init(o);
        o->topic = it->topic;
        o->partition_result =
            req_array(req, struct kw_elect_leaders_response_partition, (size_t)it->partitions_count);
        if (o->partition_result == NULL)
            return false;
        for (int32_t i = 0; i < it->partitions_count; i++)
            judge_election(req, it->topic, it->partitions[i],
                           &o->partition_result[o->partition_result_count++]);
    }
    return true;
}

/* ElectLeaders (key 43), v0-2. v1 unclean elections (KIP-460) and an error for all, v2 flexible.
 * Differs from Kafka: nowhere; every partition has its one replica for a leader. */
static void elect_leaders_start(struct mr_req *req)
{
    const struct kw_elect_leaders_request *in = req->in;
    struct kw_elect_leaders_response *out = req->out;
    bool known = in->election_type == PREFERRED || in->election_type == UNCLEAN;
    if (!known)
        out->error_code = KW_INVALID_REQUEST;
    else if (api_out_of_time(in->timeout_ms))
        out->error_code = KW_REQUEST_TIMED_OUT;
    bool all = in->topic_partitions_count < 0;
    bool ok = !all ? elect_named(req) : out->error_code != KW_NONE || elect_everywhere(req);
    if (ok)
        req_finish(req);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_elect_leaders = {.key = 43,
                                            .name = "ElectLeaders",
                                            .v_min = 0,
                                            .v_max = 2,
                                            .v_min_shown = 0,
                                            .start = elect_leaders_start};

/* ---- AlterPartitionReassignments ---- */

static struct mr_str judge_replicas(struct mr_req *req, const int32_t *brokers, int32_t count)
{
    const struct broker_shard *b = broker_of(req->shard);
    if (count == 0)
        return MR_STR_LIT("The manual partition assignment includes an empty replica list.");
    /* In order of id, as Kafka looks at them: the first that is not this broker, or this one twice. */
    int32_t lowest = INT32_MAX, mine = 0;
    for (int32_t i = 0; i < count; i++) {
        if (brokers[i] == b->broker->node_id)
            mine++;
        else if (map_get(&b->image->brokers, (uint64_t)(uint32_t)brokers[i]) == NULL)
            lowest = (int32_t)mr_imin(lowest, brokers[i]);
    }
    if (lowest != INT32_MAX && (mine < 2 || lowest < b->broker->node_id))
        return api_text(
            req, "The manual partition assignment includes broker %d, but no such broker is registered.",
            lowest);
    if (mine > 1)
        return api_text(req, "The manual partition assignment includes the broker %d more than once.",
                        b->broker->node_id);
    return (struct mr_str){NULL, 0};
}

static void judge_move(struct mr_req *req, struct mr_str topic,
                       const struct kw_alter_partition_reassignments_request_partition *in,
                       struct kw_alter_partition_reassignments_response_partition *out)
{
    const struct image_topic *t = image_topic(broker_of(req->shard)->image, topic);
    kw_alter_partition_reassignments_response_partition_init(out);
    out->partition_index = in->partition_index;
    out->error_message = (struct mr_str){NULL, 0};
    if (t == NULL) {
        out->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
        out->error_message = api_text(req, "Unable to find a topic named %.*s.", MR_STR(topic));
    } else if (in->partition_index < 0 || in->partition_index >= t->partition_count) {
        out->error_code = KW_UNKNOWN_TOPIC_OR_PARTITION;
        out->error_message =
            api_text(req, "Unable to find partition %.*s:%d.", MR_STR(topic), in->partition_index);
    } else if (in->replicas_count < 0) { /* none is under way that could be called off */
        out->error_code = KW_NO_REASSIGNMENT_IN_PROGRESS;
    } else {
        out->error_message = judge_replicas(req, in->replicas, in->replicas_count);
        out->error_code = out->error_message.ptr != NULL ? KW_INVALID_REPLICA_ASSIGNMENT : KW_NONE;
    }
}

/* AlterPartitionReassignments (key 45), v0-1, flexible (KIP-455). v1 whether the number of replicas may
 * change. Differs from Kafka: nowhere; the only assignment that there can be is the one that is. */
static void alter_partition_reassignments_start(struct mr_req *req)
{
    const struct kw_alter_partition_reassignments_request *in = req->in;
    struct kw_alter_partition_reassignments_response *out = req->out;
    bool late = api_out_of_time(in->timeout_ms) && in->topics_count > 0;
    out->allow_replication_factor_change = in->allow_replication_factor_change;
    out->error_code = late ? KW_REQUEST_TIMED_OUT : KW_NONE;
    out->error_message = in->topics_count > 0 ? (struct mr_str){NULL, 0} : MR_STR_LIT("");
    out->responses =
        req_array(req, struct kw_alter_partition_reassignments_response_topic, (size_t)in->topics_count);
    bool ok = out->responses != NULL;
    for (int32_t t = 0; ok && t < in->topics_count; t++) {
        const struct kw_alter_partition_reassignments_request_topic *it = &in->topics[t];
        struct kw_alter_partition_reassignments_response_topic *o = &out->responses[out->responses_count++];
        kw_alter_partition_reassignments_response_topic_init(o);
        o->name = it->name;
        o->partitions = req_array(req, struct kw_alter_partition_reassignments_response_partition,
                                  (size_t)it->partitions_count);
        ok = o->partitions != NULL;
        for (int32_t i = 0; ok && i < it->partitions_count; i++) {
            struct kw_alter_partition_reassignments_response_partition *p =
                &o->partitions[o->partitions_count++];
            judge_move(req, it->name, &it->partitions[i], p);
            if (late)
                *p = (struct kw_alter_partition_reassignments_response_partition){
                    .partition_index = p->partition_index, .error_code = KW_REQUEST_TIMED_OUT};
        }
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_alter_partition_reassignments = {.key = 45,
                                                            .name = "AlterPartitionReassignments",
                                                            .v_min = 0,
                                                            .v_max = 1,
                                                            .v_min_shown = 0,
                                                            .start = alter_partition_reassignments_start};

/* ---- ListPartitionReassignments ---- */

/* ListPartitionReassignments (key 46), v0, flexible (KIP-455).
 * Differs from Kafka: nowhere; none is ever under way. */
static void list_partition_reassignments_start(struct mr_req *req)
{
    struct kw_list_partition_reassignments_response *out = req->out;
    out->error_message = (struct mr_str){NULL, 0};
    req_finish(req);
}

const struct mr_api mr_api_list_partition_reassignments = {.key = 46,
                                                           .name = "ListPartitionReassignments",
                                                           .v_min = 0,
                                                           .v_max = 0,
                                                           .v_min_shown = 0,
                                                           .start = list_partition_reassignments_start};

/* ---- AlterReplicaLogDirs ---- */

static enum kw_error judge_dir(const struct mr_req *req, struct mr_str path, struct mr_str topic,
                               int32_t partition)
{
    const struct broker_shard *b = broker_of(req->shard);
    uint32_t d = 0;
    while (d < b->broker->data_dirs && !mr_str_is(path, b->broker->dirs[d].path))
        d++;
    if (d == b->broker->data_dirs)
        return KW_LOG_DIR_NOT_FOUND;
    if (!dir_online(b->broker, d))
        return KW_KAFKA_STORAGE_ERROR;
    const struct image_topic *t = image_topic(b->image, topic);
    if (t == NULL || partition < 0 || partition >= t->partition_count)
        return KW_UNKNOWN_TOPIC_OR_PARTITION;
    if (dirs_offline(b->broker, &t->partitions[partition]))
        return KW_KAFKA_STORAGE_ERROR;
    return dirs_of(b->broker, &t->partitions[partition]) == (int)d ? KW_NONE : KW_INVALID_REPLICA_ASSIGNMENT;
}

static bool put_pairs(struct mr_req *req, const struct api_pairs *pairs)
{
    struct kw_alter_replica_log_dirs_response *out = req->out;
    out->results = req_array(req, struct kw_alter_replica_log_dirs_response_topic, (size_t)pairs->count);
    if (out->results == NULL)
        return false;
    for (const struct api_pair_topic *t = pairs->first; t != NULL; t = t->next) {
        struct kw_alter_replica_log_dirs_response_topic *o = &out->results[out->results_count++];
        kw_alter_replica_log_dirs_response_topic_init(o);
        o->topic_name = t->name;
        o->partitions = req_array(req, struct kw_alter_replica_log_dirs_response_partition, (size_t)t->count);
        if (o->partitions == NULL)
            return false;
        for (const struct api_pair *p = t->first; p != NULL; p = p->next)
            o->partitions[o->partitions_count++] =
                (struct kw_alter_replica_log_dirs_response_partition){p->partition, (int16_t)p->value};
    }
    return true;
}

/* AlterReplicaLogDirs (key 34), v1-2. v2 flexible. KIP-113.
 * Differs from Kafka: a replica is not moved; who asks for another directory than the one it is in gets
 * INVALID_REPLICA_ASSIGNMENT, which kafka-reassign-partitions shows. A partition that is named in several
 * directories gets the answer to the last one. */
static void alter_replica_log_dirs_start(struct mr_req *req)
{
    const struct kw_alter_replica_log_dirs_request *in = req->in;
    struct api_pairs pairs;
    bool ok = true;
    api_pairs_init(&pairs);
    for (int32_t d = 0; ok && d < in->dirs_count; d++) {
        for (int32_t t = 0; ok && t < in->dirs[d].topics_count; t++) {
            const struct kw_alter_replica_log_dirs_request_topic *it = &in->dirs[d].topics[t];
            for (int32_t i = 0; ok && i < it->partitions_count; i++) {
                struct api_pair *pair = api_pairs_add(&pairs, req, it->name, it->partitions[i]);
                ok = pair != NULL;
                if (ok)
                    pair->value = judge_dir(req, in->dirs[d].path, it->name, it->partitions[i]);
            }
        }
    }
    ok = ok && put_pairs(req, &pairs);
    api_pairs_done(&pairs);
    if (ok)
        req_finish(req);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_alter_replica_log_dirs = {.key = 34,
                                                     .name = "AlterReplicaLogDirs",
                                                     .v_min = 1,
                                                     .v_max = 2,
                                                     .v_min_shown = 1,
                                                     .start = alter_replica_log_dirs_start};
