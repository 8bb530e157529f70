/* Events on a transactional id: a producer comes, partitions come in, the transaction ends. */
#include "core/broker/txn_coord_priv.h"

#include "core/mem.h"

/* ---- InitProducerId, EndTxn ---- */

static void call_finish(struct txn_call *call, enum kw_error error)
{
    call->answer = (struct txn_answer){.error = txn_write_error((int16_t)error),
                                       .producer_id = -1,
                                       .producer_epoch = -1};
    call->done(call);
}

static struct txn_answer judge(struct txn_call *call, struct txn_entity *t)
{
    struct coord *c = t->e.coord;
    const struct txn_limits *limits = txn_limits_now(c);
    int64_t fresh_id = producer_ids_peek(coord_home(c));
    int64_t now_ms = coord_wall_ms(c);
    switch (call->kind) {
    case TXN_CALL_INIT:
        call->u.init.fresh_id = fresh_id;
        call->u.init.now_ms = now_ms;
        return txn_init(t->txn, limits, &call->u.init);
    case TXN_CALL_END:
        break;
    }
    call->u.end.fresh_id = fresh_id;
    call->u.end.now_ms = now_ms;
    return txn_end(t->txn, limits, &call->u.end);
}

static void call_run(struct coord_op *op)
{
    struct txn_call *call = MR_CONTAINER(op, struct txn_call, op);
    struct txn_entity *t = txn_entity_of(op->entity);
    if (t->txn == NULL && txn_new(t->e.name, &t->txn) != 0) {
        coord_refuse(op, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    call->answer = judge(call, t);
    if (call->answer.took_id)
        (void)producer_ids_take(coord_home(op->coord));
    if (call->answer.write)
        txn_put_change(op, t);
}

static void call_done(struct coord_op *op, enum kw_error error)
{
    struct txn_call *call = MR_CONTAINER(op, struct txn_call, op);
    struct txn_entity *t = op->entity != NULL ? txn_entity_of(op->entity) : NULL;
    if (t != NULL && t->txn != NULL && call->answer.write && txn_changing(t->txn))
        txn_written(t->txn, error == KW_NONE);
    if (error == KW_NONE && call->answer.need_id && !call->waited) {
        call->waited = true;
        producer_ids_want(call->home, &call->wait);
        return;
    }
    if (error == KW_NONE)
        call->done(call);
    else
        call_finish(call, error);
    if (t != NULL)
        txn_settle(t);
}

static void call_go(struct txn_call *call)
{
    coord_op_init(&call->op, call_run, call_done);
    call->answer = (struct txn_answer){.error = KW_NONE};
    coord_submit(call->home, COORD_TXN, call->key, call->id, &call->op);
}

static void ids_came(struct producer_ids_wait *w, enum kw_error error)
{
    struct txn_call *call = MR_CONTAINER(w, struct txn_call, wait);
    if (error == KW_NONE)
        call_go(call);
    else
        call_finish(call, KW_COORDINATOR_NOT_AVAILABLE);
}

void txn_call_submit(struct broker_shard *b, struct part_key key, struct mr_str id, struct txn_call *call)
{
    struct coord *c;
    call->home = b;
    call->key = key;
    call->id = id;
    call->waited = false;
    call->wait.done = ids_came;
    list_init(&call->wait.link);
    if (call->kind == TXN_CALL_END && coord_find(b, COORD_TXN, key, &c) == KW_NONE &&
        coord_entity(c, id) == NULL) /* so that nothing is made for it */
        call_finish(call, KW_INVALID_PRODUCER_ID_MAPPING);
    else
        call_go(call);
}

/* ---- partitions come in ---- */

static bool same_producer(const struct txn_adding *a, const struct txn_adding *b)
{
    return a->add.producer_id == b->add.producer_id && a->add.producer_epoch == b->add.producer_epoch &&
           a->add.v2 == b->add.v2;
}

/* The first that waits, and all others of the same producer: one record for them. */
static uint32_t gather(struct txn_entity *t, bool alone)
{
    struct txn_adding *first = MR_CONTAINER(t->adds.next, struct txn_adding, link);
    uint32_t count = 0;
    LIST_FOR_SAFE(node, tmp, &t->adds)
    {
        struct txn_adding *a = MR_CONTAINER(node, struct txn_adding, link);
        if (a != first && (alone || !same_producer(first, a)))
            continue;
        list_remove(node);
        list_push(&t->now, node);
        count += a->add.count;
    }
    return count;
}

static struct txn_part *all_parts(struct txn_entity *t, uint32_t count)
{
    struct txn_own *own = txn_own_of(t);
    uint32_t n = 0;
    arena_reset(&own->arena);
    struct txn_part *parts = arena_array(&own->arena, struct txn_part, count);
    LIST_FOR(node, &t->now)
    {
        const struct txn_adding *a = MR_CONTAINER(node, struct txn_adding, link);
        for (uint32_t i = 0; parts != NULL && i < a->add.count; i++)
            parts[n++] = a->add.parts[i];
    }
    return parts;
}

static struct txn_answer add_now(struct txn_entity *t, uint32_t count)
{
    struct coord *c = t->e.coord;
    struct txn_add add = MR_CONTAINER(t->now.next, struct txn_adding, link)->add;
    add.parts = all_parts(t, count);
    add.count = count;
    add.now_ms = coord_wall_ms(c);
    if (add.parts == NULL)
        return (struct txn_answer){.error = KW_COORDINATOR_NOT_AVAILABLE};
    return txn_add(t->txn, txn_limits_now(c), &add);
}

static void add_run(struct coord_op *op)
{
    struct txn_entity *t = txn_entity_of(op->entity);
    if (list_empty(&t->adds))
        return;
    struct txn_answer a = add_now(t, gather(t, false));
    if (a.error == KW_INVALID_REQUEST && t->now.next->next != &t->now) { /* too many together */
        list_splice(&t->now, &t->adds);
        list_splice(&t->adds, &t->now);
        a = add_now(t, gather(t, true));
    }
    t->add_error = (enum kw_error)a.error;
    if (a.write && coord_full(op->coord)) {
        txn_written(t->txn, false);
        t->add_error = KW_COORDINATOR_NOT_AVAILABLE;
    } else if (a.write) {
        txn_put_change(op, t);
    }
}

static void answer_all(struct mr_list *list, enum kw_error error)
{
    struct mr_list all;
    list_init(&all);
    list_splice(&all, list);
    while (!list_empty(&all)) {
        struct txn_adding *a = MR_CONTAINER(list_pop(&all), struct txn_adding, link);
        a->done(a, (enum kw_error)txn_write_error((int16_t)error));
    }
}

static void add_done(struct coord_op *op, enum kw_error error)
{
    struct txn_entity *t = MR_CONTAINER(op, struct txn_entity, add_op);
    bool began = !list_empty(&t->now);
    t->adding = false;
    if (t->txn != NULL && txn_changing(t->txn))
        txn_written(t->txn, error == KW_NONE);
    if (!began && error != KW_NONE) /* it never ran: the queue is full, or the coordinator has ended */
        answer_all(&t->adds, error);
    answer_all(&t->now, error != KW_NONE ? error : t->add_error);
    txn_settle(t);
}

/* Those whose patience is at an end. */
static void give_up(struct txn_entity *t)
{
    int64_t now_ms = coord_now_ms(t->e.coord);
    struct mr_list over;
    list_init(&over);
    while (!list_empty(&t->adds)) { /* in order of arrival, which is that of their ends */
        struct txn_adding *a = MR_CONTAINER(t->adds.next, struct txn_adding, link);
        if (a->until_ms > now_ms)
            break;
        list_remove(&a->link);
        list_push(&over, &a->link);
    }
    answer_all(&over, KW_CONCURRENT_TRANSACTIONS);
}

void txn_adds_go(struct txn_entity *t)
{
    struct txn_marker unused;
    if (t->adding || list_empty(&t->adds))
        return;
    if (txn_ending(t->txn, &unused)) {
        give_up(t);
        return;
    }
    t->adding = true;
    coord_op_init(&t->add_op, add_run, add_done);
    coord_submit_on(&t->e, &t->add_op);
}

int64_t txn_adds_deadline_ms(const struct txn_entity *t)
{
    struct txn_marker unused;
    if (list_empty(&t->adds) || !txn_ending(t->txn, &unused))
        return INT64_MAX;
    return MR_CONTAINER(t->adds.next, struct txn_adding, link)->until_ms;
}

void txn_adds_fail(struct txn_entity *t, enum kw_error error)
{
    answer_all(&t->adds, error);
}

static bool stands(const struct broker_shard *b, const struct txn_add *add)
{
    for (uint32_t i = 0; i < add->count; i++) {
        const struct image_topic *topic = image_topic(b->image, add->parts[i].topic);
        if (topic == NULL || add->parts[i].partition >= topic->partition_count)
            return false;
    }
    return true;
}

void txn_adding_submit(struct broker_shard *b, struct part_key key, struct mr_str id, struct txn_adding *a)
{
    struct coord *c;
    enum kw_error error = coord_find(b, COORD_TXN, key, &c);
    struct coord_entity *e = error == KW_NONE ? coord_entity(c, id) : NULL;
    list_init(&a->link);
    if (error == KW_NONE && (e == NULL || txn_entity_of(e)->txn == NULL))
        error = KW_INVALID_PRODUCER_ID_MAPPING;
    /* A partition that this shard does not know yet would get no marker if the transaction ended now. */
    if (error == KW_NONE && !stands(b, &a->add))
        error = KW_COORDINATOR_NOT_AVAILABLE;
    if (error != KW_NONE) {
        a->done(a, error);
        return;
    }
    struct txn_entity *t = txn_entity_of(e);
    a->until_ms = coord_now_ms(c) + TXN_PATIENCE_MS;
    list_push(&t->adds, &a->link);
    txn_settle(t);
}
