#include "net/wire/gen/txn_offset_commit.h"
#include "net/api/apis.h"
#include "net/api/commit_way.h"

static void ask(const struct mr_req *req, struct group_txn_commit *g)
{
    const struct kw_txn_offset_commit_request *in = req->in;
    g->transactional_id = in->transactional_id;
    g->add = req->version >= 5;
    g->newest_errors = req->version >= 4;
    g->commit.op.producer_id = in->producer_id;
    g->commit.op.producer_epoch = in->producer_epoch;
    g->commit.member_id = in->member_id;
    g->commit.instance_id = in->group_instance_id;
    g->commit.generation = in->generation_id;
}

static enum kw_error told(const struct mr_req *req, enum kw_error error)
{
    if (error == KW_COORDINATOR_LOAD_IN_PROGRESS && req->version < 2)
        return KW_COORDINATOR_NOT_AVAILABLE; /* KAFKA-7296: they fall over the other */
    return error == KW_MESSAGE_TOO_LARGE ? KW_UNKNOWN_SERVER_ERROR : error;
}

static bool put_answer(struct mr_req *req, const struct api_pairs *pairs)
{
    struct kw_txn_offset_commit_response *out = req->out;
    out->topics = req_array(req, struct kw_txn_offset_commit_response_topic, (size_t)pairs->count);
    bool ok = out->topics != NULL;
    for (const struct api_pair_topic *t = pairs->first; ok && t != NULL; t = t->next) {
        struct kw_txn_offset_commit_response_topic *ot = &out->topics[out->topics_count++];
        kw_txn_offset_commit_response_topic_init(ot);
        ot->name = t->name;
        ot->partitions = req_array(req, struct kw_txn_offset_commit_response_partition, (size_t)t->count);
        ok = ot->partitions != NULL;
        for (const struct api_pair *p = t->first; ok && p != NULL; p = p->next)
            ot->partitions[ot->partitions_count++] =
                (struct kw_txn_offset_commit_response_partition){p->partition, (int16_t)p->value};
    }
    return ok;
}

static void add_topic(struct commit_way *w, const struct kw_txn_offset_commit_request_topic *in,
                      int32_t mention)
{
    for (int32_t i = 0; i < in->partitions_count; i++) {
        const struct kw_txn_offset_commit_request_partition *p = &in->partitions[i];
        commit_way_add(w, &(struct commit_place){in->name, mention, p->partition_index, p->committed_offset,
                                                 p->committed_leader_epoch, p->committed_metadata});
    }
}

/* TxnOffsetCommit (key 28), v0-5. v2 leader epochs, v3 flexible, members (KIP-447), v4 TRANSACTION_ABORTABLE,
 * v5 the group's coordinator joins the transaction by itself (KIP-890). Differs from Kafka: nowhere. */
static void txn_offset_commit_start(struct mr_req *req)
{
    const struct kw_txn_offset_commit_request *in = req->in;
    size_t places = 0;
    for (int32_t t = 0; t < in->topics_count; t++)
        places += (size_t)in->topics[t].partitions_count;
    struct commit_way *w = commit_way_new(req, places);
    if (w == NULL)
        return;
    w->group = in->group_id;
    w->in_txn = true;
    w->ask = ask;
    w->told = told;
    w->answer = put_answer;
    for (int32_t t = 0; t < in->topics_count; t++)
        add_topic(w, &in->topics[t], t);
    commit_way_go(req, w, in->group_id.len > 0 ? KW_NONE : KW_INVALID_GROUP_ID);
}

const struct mr_api mr_api_txn_offset_commit = {.key = 28,
                                                .name = "TxnOffsetCommit",
                                                .v_min = 0,
                                                .v_max = 5,
                                                .v_min_shown = 0,
                                                .start = txn_offset_commit_start};
