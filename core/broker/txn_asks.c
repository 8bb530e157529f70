/* Questions of partitions on their way to the coordinator's shard and home. */
#include "core/broker/txn_coord.h"

#include "core/mem.h"

struct asking {
    struct mr_msg msg;
    struct txn_ask *ask;
    struct mr_shard *home;
    struct mr_shard *at;
    struct part_key key;
    struct txn_part part;
    struct txn_adding adding;
    enum kw_error error;
};

static void asked_home(struct mr_shard *home, struct mr_msg *msg)
{
    struct asking *g = MR_CONTAINER(msg, struct asking, msg);
    struct txn_ask *ask = g->ask;
    (void)home;
    ask->error = g->error;
    mem_free(g);
    ask->done(ask);
}

static void answer(struct asking *g, enum kw_error error)
{
    g->error = error;
    g->msg.run = asked_home;
    shard_send(g->at, g->home->id, &g->msg);
}

static void added(struct txn_adding *a, enum kw_error error)
{
    answer(MR_CONTAINER(a, struct asking, adding), error);
}

static enum kw_error verify(struct broker_shard *b, const struct asking *g)
{
    struct coord *c;
    enum kw_error error = coord_find(b, COORD_TXN, g->key, &c);
    if (error != KW_NONE)
        return error;
    const struct txn *t = txn_find(c, g->ask->transactional_id);
    if (t == NULL)
        return KW_INVALID_PRODUCER_ID_MAPPING;
    return (enum kw_error)txn_verify(t, g->ask->producer_id, g->ask->producer_epoch, &g->part);
}

static void ask_at(struct mr_shard *at, struct mr_msg *msg)
{
    struct asking *g = MR_CONTAINER(msg, struct asking, msg);
    struct broker_shard *b = broker_of(at);
    const struct txn_ask *ask = g->ask;
    g->at = at;
    g->part = (struct txn_part){ask->topic, ask->key.partition};
    if (!ask->add) {
        answer(g, verify(b, g));
        return;
    }
    g->adding = (struct txn_adding){.add = {.producer_id = ask->producer_id,
                                            .producer_epoch = ask->producer_epoch,
                                            .parts = &g->part,
                                            .count = 1,
                                            .v2 = true},
                                    .done = added};
    txn_adding_submit(b, g->key, ask->transactional_id, &g->adding);
}

void txn_ask_coordinator(struct broker_shard *b, struct txn_ask *ask)
{
    struct part_key key;
    if (ask->transactional_id.len == 0) {
        ask->error = KW_INVALID_REQUEST;
        ask->done(ask);
        return;
    }
    bool stand = coord_place(b, COORD_TXN, ask->transactional_id, &key);
    struct asking *g = stand ? mem_alloc(sizeof(*g)) : NULL;
    if (g == NULL) {
        ask->error = KW_COORDINATOR_NOT_AVAILABLE;
        ask->done(ask);
        return;
    }
    *g = (struct asking){.ask = ask, .home = b->shard, .key = key};
    g->msg.run = ask_at;
    shard_send(b->shard, placement_shard(key, b->broker->shards), &g->msg);
}
