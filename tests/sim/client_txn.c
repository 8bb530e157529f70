#include "tests/sim/client_txn.h"

#include <stdio.h>

#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "net/wire/gen/add_offsets_to_txn.h"
#include "net/wire/gen/add_partitions_to_txn.h"
#include "net/wire/gen/end_txn.h"
#include "net/wire/gen/find_coordinator.h"
#include "net/wire/gen/init_producer_id.h"
#include "net/wire/gen/produce.h"
#include "net/wire/gen/txn_offset_commit.h"
#include "net/wire/kw_error.h"

#define MS UINT64_C(1000000)
#define BACKOFF_NS (10 * MS)

enum {
    TIMEOUT_MS = 1500,
    SILENT_MS = 4000,
    TXNS_EACH = 400,
    TXNS_IN_A_HURRY = 12,
    FENCED_MS = 1500,
    LATE_PCT = 15,
    TWICE_PCT = 15
};

static void go(struct ktxn *t);

static void later(struct ktxn *t, uint64_t after_ns)
{
    if (!timer_armed(&t->timer))
        khost_timer(t->client.host, &t->timer, after_ns);
}

static void on_timer(struct mr_timer *timer)
{
    go(MR_CONTAINER(timer, struct ktxn, timer));
}

static struct txn_facts *facts(struct ktxn *t)
{
    return &t->check->txns[t->n];
}

static void move(struct ktxn *t, enum ktxn_step step)
{
    t->step = step;
    t->tries = 0;
}

/* The transaction will never be asked to commit, or it is not known what became of the commit. */
static void give_up(struct ktxn *t)
{
    if (t->step > KTXN_BEGIN && t->step < KTXN_FINISHED && facts(t)->fate == FATE_OPEN)
        facts(t)->fate = FATE_ABORTED;
    else if (t->step == KTXN_END && facts(t)->fate == FATE_ASKED)
        t->check->unknown++;
    t->fenced++;
    move(t, t->leaver ? KTXN_BEGIN : KTXN_INIT);
}

/* ---- answers ---- */

static bool again_later(int16_t error)
{
    switch ((int)error) {
    case KW_COORDINATOR_LOAD_IN_PROGRESS:
    case KW_COORDINATOR_NOT_AVAILABLE:
    case KW_NOT_COORDINATOR:
    case KW_CONCURRENT_TRANSACTIONS:
    case KW_NOT_ENOUGH_REPLICAS:
    case KW_NOT_LEADER_OR_FOLLOWER:
    case KW_UNKNOWN_TOPIC_OR_PARTITION:
    case KW_KAFKA_STORAGE_ERROR:
    case KW_REQUEST_TIMED_OUT:
        return true;
    }
    return false;
}

static bool over_for_us(int16_t error)
{
    return error == KW_PRODUCER_FENCED || error == KW_INVALID_PRODUCER_EPOCH ||
           error == KW_INVALID_TXN_STATE || error == KW_INVALID_PRODUCER_ID_MAPPING ||
           error == KW_TRANSACTION_ABORTABLE;
}

static int16_t error_of(struct ktxn *t, const struct kcall *call)
{
    switch (t->step) {
    case KTXN_FIND: {
        const struct kw_find_coordinator_response *out = call->out;
        return out->error_code;
    }
    case KTXN_INIT: {
        const struct kw_init_producer_id_response *out = call->out;
        if (out->error_code == KW_NONE) {
            t->producer_id = out->producer_id;
            t->epoch = out->producer_epoch;
            memset(t->sequence, 0, sizeof(t->sequence));
        }
        return out->error_code;
    }
    case KTXN_ADD: {
        const struct kw_add_partitions_to_txn_response *out = call->out;
        return out->results_by_topic_v3_and_below[0].results_by_partition[0].partition_error_code;
    }
    case KTXN_WRITE: {
        const struct kw_produce_response *out = call->out;
        return out->responses[0].partition_responses[0].error_code;
    }
    case KTXN_JOIN: {
        const struct kw_add_offsets_to_txn_response *out = call->out;
        return out->error_code;
    }
    case KTXN_OFFSET: {
        const struct kw_txn_offset_commit_response *out = call->out;
        return out->topics[0].partitions[0].error_code;
    }
    case KTXN_END: {
        const struct kw_end_txn_response *out = call->out;
        if (out->error_code == KW_NONE && t->second) {
            t->producer_id = out->producer_id;
            t->epoch = out->producer_epoch;
            memset(t->sequence, 0, sizeof(t->sequence));
        }
        return out->error_code;
    }
    case KTXN_BEGIN:
    case KTXN_FINISHED:
        break;
    }
    return KW_NONE;
}

static void ended(struct ktxn *t)
{
    struct txn_facts *f = facts(t);
    f->fate = t->commit ? FATE_COMMITTED : FATE_ABORTED;
    f->answered = true;
    t->check->moments++;
    t->check->commits += t->commit;
    t->check->aborts += !t->commit;
    move(t, KTXN_BEGIN);
}

static enum ktxn_step first_step(const struct ktxn *t)
{
    if (t->parts == 0)
        return t->second ? KTXN_OFFSET : KTXN_JOIN;
    return t->second ? KTXN_WRITE : KTXN_ADD;
}

static void succeeded(struct ktxn *t)
{
    switch (t->step) {
    case KTXN_FIND:
        if (t->asked)
            move(t, t->leaver ? KTXN_BEGIN : KTXN_INIT);
        t->asked = true;
        return;
    case KTXN_INIT:
        move(t, t->leaver ? first_step(t) : KTXN_BEGIN);
        return;
    case KTXN_ADD:
        move(t, KTXN_WRITE);
        return;
    case KTXN_WRITE:
        facts(t)->wrote[t->part] += t->records;
        t->sequence[t->part] += (int32_t)t->records;
        t->parts &= ~(1u << t->part);
        if (t->parts == 0)
            move(t, t->offset ? (t->second ? KTXN_OFFSET : KTXN_JOIN) : KTXN_END);
        t->records = 0;
        return;
    case KTXN_JOIN:
        move(t, KTXN_OFFSET);
        return;
    case KTXN_OFFSET:
        move(t, KTXN_END);
        return;
    case KTXN_END:
        ended(t);
        return;
    case KTXN_BEGIN:
    case KTXN_FINISHED:
        return;
    }
}

static void answered(struct kcall *call)
{
    struct ktxn *t = call->ctx;
    if (--t->waiting > 0) { /* the first of two decides; the second only has to be over */
        t->last_error = call->err == 0 ? error_of(t, call) : -1000;
        return;
    }
    if (call->err == -ECANCELED)
        return;
    bool twice = t->last_error != INT16_MIN;
    int16_t error = twice ? t->last_error : call->err == 0 ? error_of(t, call) : -1000;
    t->last_error = INT16_MIN;
    if (error == KW_NONE) {
        succeeded(t);
        go(t);
        return;
    }
    if (error == -1000) { /* nobody knows. In the first version it could come too late: a new epoch is safe */
        if ((!t->second || t->leaver) && t->step > KTXN_BEGIN)
            give_up(t);
    } else if (over_for_us(error)) { /* the other one is to get something done, too */
        bool in_time = io_now_ns(t->client.host->io) - t->begun_ns < TIMEOUT_MS * MS / 2;
        seed_check(t->check->res, !(t->alone && in_time), "holder %u is alone and gets %d in transaction %u",
                   t->number, error, t->n);
        give_up(t);
        later(t, rng_between(&t->rng, 0, FENCED_MS * MS));
    } else {
        seed_check(t->check->res, again_later(error), "holder %u at step %d: error %d", t->number, t->step,
                   error);
    }
    t->tries++;
    later(t, rng_between(&t->rng, 1, 2 * BACKOFF_NS));
}

/* ---- requests ---- */

struct late {
    struct mr_timer timer;
    struct kcall *call;
    struct mr_list link;
};

static void send_late(struct mr_timer *timer)
{
    struct late *l = MR_CONTAINER(timer, struct late, timer);
    list_remove(&l->link);
    kcall_send(l->call);
}

static void late_done(struct kcall *call)
{
    (void)call;
}

static struct mr_str text_in(struct kcall *call, const char *text)
{
    bool ok = true;
    struct mr_str s = arena_str(&call->arena, mr_str_of(text), &ok);
    MR_ASSERT(ok);
    return s;
}

static void fill_find(struct ktxn *t, struct kcall *call)
{
    struct kw_find_coordinator_request *in = call->in;
    in->key = text_in(call, t->asked ? t->group : t->txn_id);
    in->key_type = t->asked ? 0 : 1;
}

static void fill_init(struct ktxn *t, struct kcall *call)
{
    struct kw_init_producer_id_request *in = call->in;
    in->transactional_id = text_in(call, t->txn_id);
    in->transaction_timeout_ms = TIMEOUT_MS;
    in->producer_id = -1;
    in->producer_epoch = -1;
}

static void fill_add(struct ktxn *t, struct kcall *call)
{
    struct kw_add_partitions_to_txn_request *in = call->in;
    struct kw_add_partitions_to_txn_request_old_topic *topic =
        kcall_new_array(call, struct kw_add_partitions_to_txn_request_old_topic, 1);
    kw_add_partitions_to_txn_request_old_topic_init(topic);
    topic->name = mr_str_of(t->topic->name);
    topic->partitions = kcall_new_array(call, int32_t, TXN_PARTS);
    for (int32_t p = 0; p < TXN_PARTS; p++) {
        if ((t->parts & (1u << p)) != 0)
            topic->partitions[topic->partitions_count++] = p;
    }
    in->v3_and_below_transactional_id = text_in(call, t->txn_id);
    in->v3_and_below_producer_id = t->producer_id;
    in->v3_and_below_producer_epoch = t->epoch;
    in->v3_and_below_topics = topic;
    in->v3_and_below_topics_count = 1;
}

static struct mr_slice batch_in(struct ktxn *t, struct kcall *call)
{
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    char value[32];
    bool ok = true;
    how.attributes = BATCH_TRANSACTIONAL;
    how.producer_id = t->producer_id;
    how.producer_epoch = t->epoch;
    how.base_sequence = t->sequence[t->part];
    scratch_reset(&t->out, 1 << 20);
    int err = batch_build_begin(&b, &how, &t->out, NULL, NULL);
    MR_ASSERT(err == 0);
    for (uint32_t i = 0; i < t->records; i++) {
        int len = snprintf(value, sizeof(value), "%u", t->n);
        struct batch_record r = {.timestamp = io_wall_ms(t->client.host->io),
                                 .value = {(const uint8_t *)value, (size_t)len}};
        err = batch_build_add(&b, &r);
        MR_ASSERT(err == 0);
    }
    err = batch_build_end(&b);
    MR_ASSERT(err == 0);
    struct mr_slice bytes = arena_bytes(&call->arena, (struct mr_slice){t->out.data, t->out.len}, &ok);
    MR_ASSERT(ok);
    return bytes;
}

static void fill_write(struct ktxn *t, struct kcall *call)
{
    struct kw_produce_request *in = call->in;
    struct kw_produce_request_topic *topic = kcall_new_array(call, struct kw_produce_request_topic, 1);
    kw_produce_request_topic_init(topic);
    topic->name = mr_str_of(t->topic->name);
    topic->topic_id = t->topic->id;
    topic->partition_data = kcall_new_array(call, struct kw_produce_request_partition, 1);
    topic->partition_data_count = 1;
    kw_produce_request_partition_init(topic->partition_data);
    topic->partition_data->index = (int32_t)t->part;
    topic->partition_data->records = kw_records_of(batch_in(t, call));
    in->transactional_id = text_in(call, t->txn_id);
    in->acks = -1;
    in->timeout_ms = 30000;
    in->topic_data = topic;
    in->topic_data_count = 1;
}

static void fill_join(struct ktxn *t, struct kcall *call)
{
    struct kw_add_offsets_to_txn_request *in = call->in;
    in->transactional_id = text_in(call, t->txn_id);
    in->producer_id = t->producer_id;
    in->producer_epoch = t->epoch;
    in->group_id = text_in(call, t->group);
}

static void fill_offset(struct ktxn *t, struct kcall *call)
{
    struct kw_txn_offset_commit_request *in = call->in;
    struct kw_txn_offset_commit_request_topic *topic =
        kcall_new_array(call, struct kw_txn_offset_commit_request_topic, 1);
    kw_txn_offset_commit_request_topic_init(topic);
    topic->name = mr_str_of(t->topic->name);
    topic->partitions = kcall_new_array(call, struct kw_txn_offset_commit_request_partition, 1);
    topic->partitions_count = 1;
    kw_txn_offset_commit_request_partition_init(topic->partitions);
    topic->partitions->partition_index = t->leaver ? TXN_LEAVERS_PLACE : TXN_PLACE;
    topic->partitions->committed_offset = (int64_t)t->n + 1;
    topic->partitions->committed_metadata = MR_STR_LIT("");
    in->transactional_id = text_in(call, t->txn_id);
    in->group_id = text_in(call, t->group);
    in->producer_id = t->producer_id;
    in->producer_epoch = t->epoch;
    in->topics = topic;
    in->topics_count = 1;
}

static void fill_end(struct ktxn *t, struct kcall *call)
{
    struct kw_end_txn_request *in = call->in;
    in->transactional_id = text_in(call, t->txn_id);
    in->producer_id = t->producer_id;
    in->producer_epoch = t->epoch;
    in->committed = t->commit;
}

struct shape {
    int16_t key, first_min, first_max, second_min, second_max;
    void (*fill)(struct ktxn *t, struct kcall *call);
};

static const struct shape shapes[] = {
    [KTXN_FIND] = {10, 1, 3, 1, 3, fill_find}, [KTXN_INIT] = {22, 0, 5, 0, 5, fill_init},
    [KTXN_ADD] = {24, 0, 3, 0, 3, fill_add},   [KTXN_WRITE] = {0, 3, 11, 12, 13, fill_write},
    [KTXN_JOIN] = {25, 0, 4, 0, 4, fill_join}, [KTXN_OFFSET] = {28, 0, 4, 5, 5, fill_offset},
    [KTXN_END] = {26, 0, 4, 5, 5, fill_end},
};

static struct kcall *make(struct ktxn *t, struct kclient *c, void (*done)(struct kcall *call))
{
    const struct shape *s = &shapes[t->step];
    int16_t version = kclient_version(&t->client, s->key, t->second ? s->second_min : s->first_min,
                                      t->second ? s->second_max : s->first_max);
    struct kcall *call = kcall_new(c, s->key, version, done, t);
    s->fill(t, call);
    return call;
}

/* In the first version what is late could get into the next transaction, if there is one; and what opens one
 * would open another. */
static bool may_be_late(const struct ktxn *t)
{
    return t->second ? t->step >= KTXN_ADD : t->leaver && (t->step == KTXN_WRITE || t->step == KTXN_OFFSET);
}

static void ask(struct ktxn *t)
{
    bool changing = t->step >= KTXN_ADD;
    bool twice = changing && rng_below(&t->rng, 100) < TWICE_PCT;
    t->waiting = twice ? 2 : 1;
    t->last_error = INT16_MIN;
    struct kcall *one = make(t, &t->client, answered), *two = twice ? make(t, &t->client, answered) : NULL;
    if (may_be_late(t) && !t->hurry && rng_below(&t->rng, 100) < LATE_PCT) {
        struct kcall *call = make(t, &t->ghost, late_done);
        struct late *l = arena_new(&call->arena, struct late);
        l->call = call;
        list_init(&l->link);
        list_push(&t->lates, &l->link);
        timer_init(&l->timer, send_late);
        khost_timer(t->client.host, &l->timer, rng_between(&t->rng, 0, 400 * MS >> rng_below(&t->rng, 6)));
    }
    kcall_send(one);
    if (two != NULL)
        kcall_send(two);
}

static void begin(struct ktxn *t)
{
    struct txn_check *k = t->check;
    if (t->left == 0 || k->count == TXNS_MAX) {
        move(t, KTXN_FINISHED);
        return;
    }
    t->left--;
    t->n = k->count++;
    t->commit = rng_below(&t->rng, 4) != 0;
    t->offset = rng_below(&t->rng, 2) == 0;
    bool records = !t->offset || rng_below(&t->rng, 3) != 0;
    t->parts = records ? (uint32_t)rng_between(&t->rng, 1, (1 << TXN_PARTS) - 1) : 0;
    t->records = 0;
    k->txns[t->n] = (struct txn_facts){.fate = FATE_OPEN,
                                       .id = t->id,
                                       .offset = t->offset,
                                       .records = records,
                                       .leaver = t->leaver,
                                       .holder = t->number};
    t->begun_ns = io_now_ns(t->client.host->io);
    move(t, first_step(t));
    if (!t->leaver)
        return;
    txn_leaver_id(t->txn_id, sizeof(t->txn_id), t->number, t->n);
    move(t, KTXN_INIT);
}

static void go(struct ktxn *t)
{
    if (t->stopping || t->waiting > 0 || timer_armed(&t->timer))
        return;
    if (t->step == KTXN_BEGIN)
        begin(t);
    if (t->step == KTXN_FINISHED)
        return;
    if (t->step == KTXN_WRITE && t->records == 0) {
        while ((t->parts & (1u << (t->part = (uint32_t)rng_below(&t->rng, TXN_PARTS)))) == 0)
            ;
        t->records = (uint32_t)rng_between(&t->rng, 1, TXN_RECORDS_MAX);
    }
    if (t->step == KTXN_END && t->tries == 0) {
        if (!t->hurry && rng_below(&t->rng, 12) == 0) { /* falls silent; its time will be up */
            give_up(t);
            later(t, rng_between(&t->rng, 0, SILENT_MS * MS));
            return;
        }
        if (t->commit)
            facts(t)->fate = FATE_ASKED;
        t->check->moments++;
    }
    ask(t);
}

/* ---- life ---- */

void ktxn_init(struct ktxn *t, struct khost *h, const char *address, uint16_t port, struct txn_check *check,
               const struct ktopic *topic, uint32_t id, uint32_t number, uint64_t seed)
{
    char name[32];
    *t = (struct ktxn){.check = check, .topic = topic, .id = id, .number = number, .last_error = INT16_MIN};
    snprintf(name, sizeof(name), "holder-%u", number);
    kclient_init(&t->client, h, name, address, port);
    snprintf(name, sizeof(name), "ghost-%u", number);
    kclient_init(&t->ghost, h, name, address, port);
    rng_seed(&t->rng, seed, 100 + number);
    rng_seed(&t->client.rng, seed, 200 + number);
    rng_seed(&t->ghost.rng, seed, 300 + number);
    snprintf(t->txn_id, sizeof(t->txn_id), "id-%u", id);
    snprintf(t->group, sizeof(t->group), "group-%u", id);
    t->second = rng_below(&t->rng, 3) != 0;
    t->left = TXNS_EACH;
    timer_init(&t->timer, on_timer);
    scratch_init(&t->out, 1 << 20);
    list_init(&t->lates);
}

void ktxn_start(struct ktxn *t)
{
    t->started = true;
    later(t, rng_between(&t->rng, 0, 200 * MS));
}

void ktxn_hurry(struct ktxn *t)
{
    t->hurry = true;
    t->left = (uint32_t)mr_min(t->left, (uint32_t)TXNS_IN_A_HURRY);
}

bool ktxn_finished(const struct ktxn *t)
{
    return t->step == KTXN_FINISHED;
}

void ktxn_stop(struct ktxn *t)
{
    t->stopping = true;
    timer_cancel(&t->client.host->timers, &t->timer);
    while (!list_empty(&t->lates)) {
        struct late *l = MR_CONTAINER(list_pop(&t->lates), struct late, link);
        timer_cancel(&t->client.host->timers, &l->timer);
        kcall_send(l->call);
    }
    kclient_stop(&t->client);
    kclient_stop(&t->ghost);
}

void ktxn_done(struct ktxn *t)
{
    kclient_done(&t->client);
    kclient_done(&t->ghost);
    scratch_done(&t->out);
}

const char *ktxn_stuck(const struct ktxn *all, uint32_t count)
{
    static const char *const names[] = {"looking for the coordinator",
                                        "InitProducerId",
                                        "beginning",
                                        "AddPartitionsToTxn",
                                        "Produce",
                                        "AddOffsetsToTxn",
                                        "TxnOffsetCommit",
                                        "EndTxn",
                                        "none"};
    for (uint32_t i = 0; i < count; i++) {
        if (!ktxn_finished(&all[i]))
            return names[all[i].step];
    }
    return "none";
}
