#include "net/wire/gen/txn_offset_commit.h"
#include "core/broker/group_coord.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/api/pairs.h"
#include "net/fan.h"

struct commit {
    struct api_pairs pairs; /* the answer; value: the error */
    struct api_pair **of_item;
    uint32_t count; /* of what goes to the coordinator */
    struct fan *fan;
};

/* On the group's shard. */
struct at_home {
    struct group_txn_commit g;
    struct part_key key;
    struct mr_str group;
    struct fan_part *part;
    enum kw_error error;
};

static void committed(struct group_txn_commit *g, enum kw_error error)
{
    struct at_home *a = MR_CONTAINER(g, struct at_home, g);
    a->error = error;
    fan_back(a->part);
}

static void commit_at(struct fan_part *part)
{
    struct at_home *a = part->items;
    group_txn_commit_submit(broker_of(part->at_shard), a->key, a->group, &a->g);
}

static void answer(struct mr_req *req)
{
    struct commit *c = req->state;
    struct kw_txn_offset_commit_response *out = req->out;
    out->topics = req_array(req, struct kw_txn_offset_commit_response_topic, (size_t)c->pairs.count);
    bool ok = out->topics != NULL;
    for (const struct api_pair_topic *t = c->pairs.first; ok && t != NULL; t = t->next) {
        struct kw_txn_offset_commit_response_topic *ot = &out->topics[out->topics_count++];
        kw_txn_offset_commit_response_topic_init(ot);
        ot->name = t->name;
        ot->partitions = req_array(req, struct kw_txn_offset_commit_response_partition, (size_t)t->count);
        ok = ot->partitions != NULL;
        for (const struct api_pair *p = t->first; ok && p != NULL; p = p->next)
            ot->partitions[ot->partitions_count++] =
                (struct kw_txn_offset_commit_response_partition){p->partition, (int16_t)p->value};
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "request too large");
}

/* Errors of the runtime as Kafka's coordinator tells them to clients. */
static enum kw_error told(const struct mr_req *req, enum kw_error error)
{
    if (error == KW_COORDINATOR_LOAD_IN_PROGRESS && req->version < 2)
        return KW_COORDINATOR_NOT_AVAILABLE; /* KAFKA-7296: they fall over the other */
    return error == KW_MESSAGE_TOO_LARGE ? KW_UNKNOWN_SERVER_ERROR : error;
}

static void commit_home(struct mr_req *req)
{
    struct commit *c = req->state;
    for (uint32_t s = 0; s < c->fan->shards; s++) {
        const struct at_home *a = c->fan->parts[s] != NULL ? c->fan->parts[s]->items : NULL;
        for (uint32_t i = 0; a != NULL && i < c->count; i++)
            c->of_item[i]->value = a->error != KW_NONE ? told(req, a->error) : a->g.commit.items[i].error;
    }
    answer(req);
}

static void commit_release(struct mr_req *req)
{
    struct commit *c = req->state;
    api_pairs_done(&c->pairs);
    if (c->fan != NULL)
        fan_end(c->fan);
}

static bool is_known(const struct image_topic *t, int32_t partition)
{
    return t != NULL && partition >= 0 && partition < t->partition_count &&
           t->partitions[partition].leader >= 0;
}

/* Those that nobody knows first, as Kafka's answers have them. */
static bool sort(struct mr_req *req, struct commit *c)
{
    const struct kw_txn_offset_commit_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_txn_offset_commit_request_topic *it = &in->topics[t];
        const struct image_topic *topic = image_topic(img, it->name);
        for (int32_t i = 0; i < it->partitions_count; i++) {
            if (is_known(topic, it->partitions[i].partition_index)) {
                c->count++;
                continue;
            }
            struct api_pair *p =
                api_pairs_append(&c->pairs, req, it->name, it->partitions[i].partition_index);
            if (p == NULL)
                return false;
            p->value = KW_UNKNOWN_TOPIC_OR_PARTITION;
        }
    }
    return true;
}

static bool put_items(struct mr_req *req, struct commit *c, struct at_home *a)
{
    const struct kw_txn_offset_commit_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    struct group_commit *g = &a->g.commit;
    g->items = arena_array(&a->part->arena, struct group_commit_item, c->count);
    c->of_item = req_array(req, struct api_pair *, c->count);
    if (g->items == NULL || c->of_item == NULL)
        return false;
    bool errors = c->pairs.count > 0; /* then Kafka's answer has each topic once, else as often as asked */
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_txn_offset_commit_request_topic *it = &in->topics[t];
        const struct image_topic *topic = image_topic(img, it->name);
        struct api_pair_topic *own = NULL;
        for (int32_t i = 0; i < it->partitions_count; i++) {
            const struct kw_txn_offset_commit_request_partition *ip = &it->partitions[i];
            if (!is_known(topic, ip->partition_index))
                continue;
            if (!errors && own == NULL)
                own = api_pairs_topic(&c->pairs, req, it->name);
            struct api_pair *p = own != NULL
                                     ? api_pairs_append_to(own, req, ip->partition_index)
                                     : api_pairs_append(&c->pairs, req, it->name, ip->partition_index);
            if (p == NULL)
                return false;
            c->of_item[g->count] = p;
            g->items[g->count++] = (struct group_commit_item){
                .topic = it->name,
                .partition = ip->partition_index,
                .offset = ip->committed_offset,
                .leader_epoch = ip->committed_leader_epoch,
                .metadata = ip->committed_metadata.ptr != NULL ? ip->committed_metadata : MR_STR_LIT(""),
            };
        }
    }
    return true;
}

/* 1: on its way. 0: the coordinator's topic does not stand. -1: no room. */
static int send_on(struct mr_req *req, struct commit *c)
{
    const struct kw_txn_offset_commit_request *in = req->in;
    struct part_key key;
    c->fan = fan_begin(req, commit_at, NULL, commit_home);
    struct fan_part *part = api_coord_part(req, c->fan, COORD_GROUP, in->group_id, &key);
    struct at_home *a = part != NULL ? arena_new(&part->arena, struct at_home) : NULL;
    if (a == NULL)
        return -1;
    part->items = a;
    a->part = part;
    group_commit_init(&a->g.commit, NULL);
    a->key = key;
    a->group = in->group_id;
    a->g.transactional_id = in->transactional_id;
    a->g.add = req->version >= 5;
    a->g.newest_errors = req->version >= 4;
    a->g.done = committed;
    a->g.commit.op.producer_id = in->producer_id;
    a->g.commit.op.producer_epoch = in->producer_epoch;
    a->g.commit.member_id = in->member_id;
    a->g.commit.instance_id = in->group_instance_id;
    a->g.commit.generation = in->generation_id;
    if (!put_items(req, c, a))
        return -1;
    a->error = KW_NOT_COORDINATOR;
    return key.partition >= 0;
}

/* Without a group: those that are known. */
static bool refuse_known(struct mr_req *req, struct commit *c, enum kw_error error)
{
    const struct kw_txn_offset_commit_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    bool errors = c->pairs.count > 0; /* as in put_items() */
    for (int32_t t = 0; t < in->topics_count; t++) {
        const struct kw_txn_offset_commit_request_topic *it = &in->topics[t];
        const struct image_topic *topic = image_topic(img, it->name);
        struct api_pair_topic *own = NULL;
        for (int32_t i = 0; i < it->partitions_count; i++) {
            int32_t index = it->partitions[i].partition_index;
            if (!is_known(topic, index))
                continue;
            if (!errors && own == NULL)
                own = api_pairs_topic(&c->pairs, req, it->name);
            struct api_pair *p = own != NULL ? api_pairs_append_to(own, req, index)
                                             : api_pairs_append(&c->pairs, req, it->name, index);
            if (p == NULL)
                return false;
            p->value = error;
        }
    }
    return true;
}

/* TxnOffsetCommit (key 28), v0-5. v2 leader epochs, v3 flexible, members (KIP-447), v4 TRANSACTION_ABORTABLE,
 * v5 the group's coordinator joins the transaction by itself (KIP-890). Differs from Kafka: nowhere. */
static void txn_offset_commit_start(struct mr_req *req)
{
    const struct kw_txn_offset_commit_request *in = req->in;
    struct commit *c = req_new(req, struct commit);
    if (c == NULL) {
        req_close(req, "request too large");
        return;
    }
    api_pairs_init(&c->pairs);
    req->state = c;
    req->release = commit_release;
    bool named = in->group_id.len > 0;
    if (!sort(req, c) || (!named && !refuse_known(req, c, KW_INVALID_GROUP_ID))) {
        req_close(req, "request too large");
        return;
    }
    if (!named || c->count == 0) {
        answer(req);
        return;
    }
    int sent = send_on(req, c);
    if (sent < 0)
        req_close(req, "request too large");
    else if (sent == 0)
        commit_home(req);
    else
        fan_send(c->fan);
}

const struct mr_api mr_api_txn_offset_commit = {.key = 28,
                                                .name = "TxnOffsetCommit",
                                                .v_min = 0,
                                                .v_max = 5,
                                                .v_min_shown = 0,
                                                .start = txn_offset_commit_start};
