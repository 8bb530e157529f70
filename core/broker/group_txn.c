/* Offsets that a transaction commits. */
#include "core/broker/group_coord.h"

#include "storage/producer_state.h"

static void finish(struct group_txn_commit *g, enum kw_error error)
{
    coord_guard_end(&g->guard);
    g->done(g, error);
}

static void begin(struct group_txn_commit *g);

/* A marker that came meanwhile made the answer worthless: of the transaction before this one perhaps, so it
 * is asked anew. */
static void begin_anew(struct group_txn_commit *g)
{
    coord_guard_end(&g->guard);
    begin(g);
}

static void committed(struct group_commit *commit, enum kw_error error)
{
    struct group_txn_commit *g = MR_CONTAINER(commit, struct group_txn_commit, commit);
    if (error == KW_INVALID_TXN_STATE && g->guard.voided)
        begin_anew(g);
    else
        finish(g, error);
}

static void commit(struct group_txn_commit *g)
{
    g->commit.done = committed;
    group_commit_submit(g->home, g->key, g->group, &g->commit);
}

/* What old clients could not repeat rightly becomes an error after which they do. */
static enum kw_error as_committed(const struct group_txn_commit *g)
{
    switch ((int)g->ask.error) {
    case KW_PRODUCER_FENCED:
        return KW_INVALID_PRODUCER_EPOCH;
    case KW_TRANSACTION_ABORTABLE:
        return g->newest_errors ? KW_TRANSACTION_ABORTABLE : KW_INVALID_TXN_STATE;
    case KW_NETWORK_EXCEPTION:
        return KW_COORDINATOR_LOAD_IN_PROGRESS;
    case KW_UNKNOWN_TOPIC_OR_PARTITION:
    case KW_NOT_ENOUGH_REPLICAS:
    case KW_REQUEST_TIMED_OUT:
        return KW_COORDINATOR_NOT_AVAILABLE;
    case KW_NOT_LEADER_OR_FOLLOWER:
    case KW_KAFKA_STORAGE_ERROR:
        return KW_NOT_COORDINATOR;
    }
    return g->ask.error;
}

static void asked(struct txn_ask *ask)
{
    struct group_txn_commit *g = MR_CONTAINER(ask, struct group_txn_commit, ask);
    if (ask->error != KW_NONE)
        finish(g, as_committed(g));
    else if (g->guard.voided)
        begin_anew(g);
    else
        commit(g);
}

static bool is_ongoing(struct coord *c, const struct coord_op *op)
{
    struct plog *log = coord_partition(c)->log;
    if (!plog_open(log, NULL) || plog_failed(log) != 0)
        return false; /* not known; the coordinator does */
    const struct producer *have = producer_find(plog_producers(log), op->producer_id);
    return have != NULL && have->txn_first_offset >= 0 && have->epoch == op->producer_epoch;
}

static void begin(struct group_txn_commit *g)
{
    struct coord *c;
    struct coord_op *op = &g->commit.op;
    struct broker_shard *b = g->home;
    list_init(&g->guard.link);
    enum kw_error error = coord_find(b, COORD_GROUP, g->key, &c);
    if (error != KW_NONE) {
        finish(g, error);
        return;
    }
    coord_guard_begin(c, &g->guard, op->producer_id);
    op->guard = &g->guard;
    if (is_ongoing(c, op)) {
        commit(g);
        return;
    }
    g->ask = (struct txn_ask){.transactional_id = g->transactional_id,
                              .producer_id = op->producer_id,
                              .producer_epoch = op->producer_epoch,
                              .topic = mr_str_of(coord_topic(COORD_GROUP)),
                              .key = g->key,
                              .add = g->add,
                              .done = asked,
                              .error = KW_COORDINATOR_NOT_AVAILABLE};
    if (b->txn_ask != NULL)
        b->txn_ask(b, &g->ask);
    else
        asked(&g->ask);
}

void group_txn_commit_submit(struct broker_shard *b, struct part_key key, struct mr_str group,
                             struct group_txn_commit *g)
{
    g->home = b;
    g->key = key;
    g->group = group;
    begin(g);
}
