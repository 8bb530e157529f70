/* What comes into a transaction: partitions, offsets of a group. */
#include "net/api/apis.h"
#include "net/api/coord_way.h"
#include "net/wire/gen/add_offsets_to_txn.h"
#include "net/wire/gen/add_partitions_to_txn.h"

/* ---- AddPartitionsToTxn ---- */

/* One transaction. */
struct item {
    struct txn_adding adding;
    struct fan_part *part;
    struct part_key key;
    const struct kw_add_partitions_to_txn_request_transaction *in; /* in the request's arena: read only */
    int32_t at;                                                    /* in the answer */
    uint32_t count;
    /* out */
    enum kw_error error;
    int16_t *verified; /* an error for each partition, if it was only looked at */
};

struct adding {
    struct fan *fan;
    struct kw_add_partitions_to_txn_response_transaction *results;
    int32_t count;
};

static void one_back(struct fan_part *part)
{
    if (--part->pending == 0)
        fan_back(part);
}

static void item_added(struct txn_adding *a, enum kw_error error)
{
    struct item *item = MR_CONTAINER(a, struct item, adding);
    item->error = error;
    one_back(item->part);
}

static void verify(struct item *item, struct broker_shard *b)
{
    const struct kw_add_partitions_to_txn_request_transaction *in = item->in;
    struct coord *c;
    uint32_t n = 0;
    item->error = coord_find(b, COORD_TXN, item->key, &c);
    if (item->error != KW_NONE)
        return;
    const struct txn *t = txn_find(c, in->transactional_id);
    if (t == NULL) {
        item->error = KW_INVALID_PRODUCER_ID_MAPPING;
        return;
    }
    item->verified = arena_array(&item->part->arena, int16_t, item->count);
    if (item->verified == NULL) {
        item->error = KW_UNKNOWN_SERVER_ERROR;
        return;
    }
    for (int32_t i = 0; i < in->topics_count; i++) {
        for (int32_t j = 0; j < in->topics[i].partitions_count; j++) {
            struct txn_part part = {in->topics[i].name, in->topics[i].partitions[j]};
            item->verified[n++] = txn_verify(t, in->producer_id, in->producer_epoch, &part);
        }
    }
}

static void add(struct item *item, struct broker_shard *b)
{
    const struct kw_add_partitions_to_txn_request_transaction *in = item->in;
    struct txn_part *parts = arena_array(&item->part->arena, struct txn_part, item->count);
    uint32_t n = 0;
    for (int32_t i = 0; parts != NULL && i < in->topics_count; i++) {
        for (int32_t j = 0; j < in->topics[i].partitions_count; j++)
            parts[n++] = (struct txn_part){in->topics[i].name, in->topics[i].partitions[j]};
    }
    item->adding = (struct txn_adding){.add = {.producer_id = in->producer_id,
                                               .producer_epoch = in->producer_epoch,
                                               .parts = parts,
                                               .count = item->count,
                                               .v2 = item->part->fan->req->version >= 4},
                                       .done = item_added};
    item->part->pending++;
    if (parts != NULL)
        txn_adding_submit(b, item->key, in->transactional_id, &item->adding);
    else
        item_added(&item->adding, KW_UNKNOWN_SERVER_ERROR);
}

static void add_at(struct fan_part *part)
{
    part->pending = 1; /* this walk */
    for (uint32_t i = 0; i < part->count; i++) {
        struct item *item = &((struct item *)part->items)[i];
        item->part = part;
        if (item->in->verify_only)
            verify(item, broker_of(part->at_shard));
        else
            add(item, broker_of(part->at_shard));
    }
    one_back(part);
}

/* ---- at home ---- */

/* Up to v3 clients ask, and what brokers keep is not theirs to write to; then other brokers do. */
static enum kw_error judge(const struct mr_req *req, struct mr_str name, int32_t partition)
{
    const struct image_topic *t = image_topic(broker_of(req->shard)->image, name);
    if (t != NULL && t->internal && req->version < 4)
        return KW_TOPIC_AUTHORIZATION_FAILED;
    return t != NULL && partition >= 0 && partition < t->partition_count ? KW_NONE
                                                                         : KW_UNKNOWN_TOPIC_OR_PARTITION;
}

/* The answer's shape, with error everywhere. */
static bool put_result(struct mr_req *req, const struct kw_add_partitions_to_txn_request_transaction *in,
                       struct kw_add_partitions_to_txn_response_transaction *out)
{
    kw_add_partitions_to_txn_response_transaction_init(out);
    out->transactional_id = in->transactional_id;
    out->topic_results =
        req_array(req, struct kw_add_partitions_to_txn_response_topic, (size_t)mr_imax(in->topics_count, 0));
    bool ok = out->topic_results != NULL;
    for (int32_t i = 0; ok && i < in->topics_count; i++) {
        struct kw_add_partitions_to_txn_response_topic *ot = &out->topic_results[out->topic_results_count++];
        size_t count = (size_t)mr_imax(in->topics[i].partitions_count, 0);
        kw_add_partitions_to_txn_response_topic_init(ot);
        ot->name = in->topics[i].name;
        ot->results_by_partition = req_array(req, struct kw_add_partitions_to_txn_response_partition, count);
        ok = ot->results_by_partition != NULL;
        for (size_t j = 0; ok && j < count; j++)
            ot->results_by_partition[ot->results_by_partition_count++] =
                (struct kw_add_partitions_to_txn_response_partition){in->topics[i].partitions[j], KW_NONE};
    }
    return ok;
}

static void set_errors(struct kw_add_partitions_to_txn_response_transaction *out, enum kw_error error,
                       const int16_t *each, bool old)
{
    uint32_t n = 0;
    for (int32_t i = 0; i < out->topic_results_count; i++) {
        struct kw_add_partitions_to_txn_response_topic *t = &out->topic_results[i];
        for (int32_t j = 0; j < t->results_by_partition_count; j++, n++)
            t->results_by_partition[j].partition_error_code =
                txn_old_error(each != NULL ? each[n] : (int16_t)error, old);
    }
}

/* A partition that cannot be added keeps all of its transaction's out. True: there is one. */
static bool set_refused(const struct mr_req *req, struct kw_add_partitions_to_txn_response_transaction *out,
                        uint32_t *ret_count)
{
    bool any = false;
    *ret_count = 0;
    for (int32_t i = 0; i < out->topic_results_count; i++) {
        struct kw_add_partitions_to_txn_response_topic *t = &out->topic_results[i];
        for (int32_t j = 0; j < t->results_by_partition_count; j++) {
            struct kw_add_partitions_to_txn_response_partition *p = &t->results_by_partition[j];
            enum kw_error error = judge(req, t->name, p->partition_index);
            p->partition_error_code = (int16_t)(error == KW_NONE ? KW_OPERATION_NOT_ATTEMPTED : error);
            any = any || error != KW_NONE;
            (*ret_count)++;
        }
    }
    return any;
}

static bool put_old(struct mr_req *req, const struct kw_add_partitions_to_txn_response_transaction *only)
{
    struct kw_add_partitions_to_txn_response *out = req->out;
    out->results_by_topic_v3_and_below =
        req_array(req, struct kw_add_partitions_to_txn_response_old_topic, (size_t)only->topic_results_count);
    bool ok = out->results_by_topic_v3_and_below != NULL;
    for (int32_t i = 0; ok && i < only->topic_results_count; i++) {
        const struct kw_add_partitions_to_txn_response_topic *t = &only->topic_results[i];
        struct kw_add_partitions_to_txn_response_old_topic *ot =
            &out->results_by_topic_v3_and_below[out->results_by_topic_v3_and_below_count++];
        kw_add_partitions_to_txn_response_old_topic_init(ot);
        ot->name = t->name;
        ot->results_by_partition = req_array(req, struct kw_add_partitions_to_txn_response_old_partition,
                                             (size_t)t->results_by_partition_count);
        ok = ot->results_by_partition != NULL;
        for (int32_t j = 0; ok && j < t->results_by_partition_count; j++)
            ot->results_by_partition[ot->results_by_partition_count++] =
                (struct kw_add_partitions_to_txn_response_old_partition){
                    t->results_by_partition[j].partition_index,
                    t->results_by_partition[j].partition_error_code};
    }
    return ok;
}

static void add_home(struct mr_req *req)
{
    struct adding *a = req->state;
    struct kw_add_partitions_to_txn_response *out = req->out;
    for (uint32_t s = 0; s < a->fan->shards; s++) {
        const struct fan_part *part = a->fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((const struct item *)part->items)[i];
            set_errors(&a->results[item->at], item->error, item->verified, req->version < 2);
        }
    }
    bool ok = true;
    if (req->version < 4) {
        ok = a->count == 0 || put_old(req, &a->results[0]);
    } else {
        out->results_by_transaction = a->results;
        out->results_by_transaction_count = a->count;
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

static void add_release(struct mr_req *req)
{
    fan_end(((struct adding *)req->state)->fan);
}

/* False: no room. */
static bool sort_one(struct mr_req *req, struct adding *a,
                     const struct kw_add_partitions_to_txn_request_transaction *in, int32_t at)
{
    struct kw_add_partitions_to_txn_response_transaction *out = &a->results[at];
    struct part_key key;
    uint32_t count;
    if (!put_result(req, in, out))
        return false;
    if (set_refused(req, out, &count))
        return true;
    if (in->transactional_id.len == 0 ||
        !coord_place(broker_of(req->shard), COORD_TXN, in->transactional_id, &key)) {
        set_errors(out, in->transactional_id.len == 0 ? KW_INVALID_REQUEST : KW_NOT_COORDINATOR, NULL, false);
        return true;
    }
    struct fan_part *part = fan_part(a->fan, placement_shard(key, req->shard->count));
    struct item *item = part != NULL ? fan_item(part, sizeof(*item)) : NULL;
    if (item == NULL)
        return false;
    item->key = key;
    item->in = in;
    item->at = at;
    item->count = count;
    return true;
}

/* The one transaction of an old request, in the form of the new ones. */
static const struct kw_add_partitions_to_txn_request_transaction *only_one(struct mr_req *req)
{
    const struct kw_add_partitions_to_txn_request *in = req->in;
    struct kw_add_partitions_to_txn_request_transaction *t =
        req_new(req, struct kw_add_partitions_to_txn_request_transaction);
    if (t == NULL)
        return NULL;
    kw_add_partitions_to_txn_request_transaction_init(t);
    t->transactional_id = in->v3_and_below_transactional_id;
    t->producer_id = in->v3_and_below_producer_id;
    t->producer_epoch = in->v3_and_below_producer_epoch;
    t->topics_count = in->v3_and_below_topics_count;
    t->topics = req_array(req, struct kw_add_partitions_to_txn_request_topic,
                          (size_t)mr_imax(in->v3_and_below_topics_count, 0));
    for (int32_t i = 0; t->topics != NULL && i < t->topics_count; i++) {
        const struct kw_add_partitions_to_txn_request_old_topic *old = &in->v3_and_below_topics[i];
        t->topics[i] = (struct kw_add_partitions_to_txn_request_topic){old->name, old->partitions,
                                                                       old->partitions_count};
    }
    return t->topics != NULL ? t : NULL;
}

/* AddPartitionsToTxn (key 24), v0-5. v2 PRODUCER_FENCED, v3 flexible, v4 many transactions, verify-only
 * (KIP-890; from brokers), v5 TRANSACTION_ABORTABLE.
 * Differs from Kafka: while the transaction before is being ended the answer waits for that, half a second at
 * most; then it is CONCURRENT_TRANSACTIONS, which Kafka says at once. */
static void add_partitions_to_txn_start(struct mr_req *req)
{
    const struct kw_add_partitions_to_txn_request *in = req->in;
    struct adding *a = req_new(req, struct adding);
    struct fan *fan = a != NULL ? fan_begin(req, add_at, NULL, add_home) : NULL;
    if (fan == NULL) {
        req_close(req, "request too large");
        return;
    }
    a->fan = fan;
    req->state = a;
    req->release = add_release;
    a->count = req->version >= 4 ? (int32_t)mr_imax(in->transactions_count, 0) : 1;
    a->results = req_array(req, struct kw_add_partitions_to_txn_response_transaction, (size_t)a->count);
    bool ok = a->results != NULL;
    for (int32_t i = 0; ok && i < a->count; i++) {
        const struct kw_add_partitions_to_txn_request_transaction *t =
            req->version >= 4 ? &in->transactions[i] : only_one(req);
        ok = t != NULL && sort_one(req, a, t, i);
    }
    if (ok)
        fan_send(fan);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_add_partitions_to_txn = {.key = 24,
                                                    .name = "AddPartitionsToTxn",
                                                    .v_min = 0,
                                                    .v_max = 5,
                                                    .v_min_shown = 0,
                                                    .start = add_partitions_to_txn_start};

/* ---- AddOffsetsToTxn ---- */

static void offsets_home(struct mr_req *req, struct coord_way *w)
{
    struct kw_add_offsets_to_txn_response *out = req->out;
    out->error_code = txn_old_error((int16_t)w->error, req->version < 2);
    req_finish(req);
}

/* AddOffsetsToTxn (key 25), v0-4. v2 PRODUCER_FENCED, v3 flexible, v4 TRANSACTION_ABORTABLE. The partition of
 * the group's coordinator comes into the transaction.
 * Differs from Kafka: as AddPartitionsToTxn; and COORDINATOR_NOT_AVAILABLE where the group has no coordinator
 * yet, because nobody has asked for one. */
static void add_offsets_to_txn_start(struct mr_req *req)
{
    const struct kw_add_offsets_to_txn_request *in = req->in;
    struct kw_add_offsets_to_txn_response *out = req->out;
    struct part_key key;
    if (in->transactional_id.len == 0 ||
        !coord_place(broker_of(req->shard), COORD_GROUP, in->group_id, &key)) {
        out->error_code =
            (int16_t)(in->transactional_id.len == 0 ? KW_INVALID_REQUEST : KW_COORDINATOR_NOT_AVAILABLE);
        req_finish(req);
        return;
    }
    struct coord_way *w = coord_way_new(req, COORD_TXN, in->transactional_id, coord_way_add, offsets_home);
    struct txn_part *part = w != NULL ? arena_new(&w->part->arena, struct txn_part) : NULL;
    if (part == NULL) {
        if (w != NULL)
            req_close(req, "request too large");
        return;
    }
    *part = (struct txn_part){mr_str_of(coord_topic(COORD_GROUP)), key.partition};
    w->u.adding.add = (struct txn_add){.producer_id = in->producer_id,
                                       .producer_epoch = in->producer_epoch,
                                       .parts = part,
                                       .count = 1};
    coord_way_send(req, w);
}

const struct mr_api mr_api_add_offsets_to_txn = {.key = 25,
                                                 .name = "AddOffsetsToTxn",
                                                 .v_min = 0,
                                                 .v_max = 4,
                                                 .v_min_shown = 0,
                                                 .start = add_offsets_to_txn_start};
