/* Telling partitions how a transaction ended. While it is Prepare*, all its partitions get a marker, each on
 * its own shard; what failed is sent again; when none is left, the transaction is Complete*.
 *
 * After a crash every partition of a Prepare* record is told again: a marker that stands there already does
 * no harm. A partition whose topic was deleted needs none. */
#include "core/broker/txn_coord_priv.h"

#include "core/broker/txn_mark.h"
#include "core/mem.h"

enum {
    AT_ONCE = 1000, /* markers of one transaction under way; the others follow */
    RETRY_MS = 100,
    RETRY_MS_MAX = 1000,
    RETRIES_TOLD = 20,
};

struct txn_sending {
    struct txn_entity *t; /* NULL: forgotten meanwhile */
    struct mr_shard *home;
    struct txn_marker marker;
    uint32_t out; /* batches */
    enum kw_error failed;
};

struct mark_item {
    struct txn_mark mark;
    struct mark_batch *batch;
    struct mr_str topic; /* of the transaction: for its own shard only */
};

/* What goes to one shard. */
struct mark_batch {
    struct mr_msg msg;
    struct txn_sending *sending;
    struct mr_shard *at;
    uint32_t count, pending;
    struct mark_item items[];
};

/* ---- on the partitions' shard ---- */

static void batch_home(struct mr_shard *home, struct mr_msg *msg);

static void item_done(struct txn_mark *m)
{
    struct mark_batch *b = MR_CONTAINER(m, struct mark_item, mark)->batch;
    if (--b->pending > 0)
        return;
    b->msg.run = batch_home;
    shard_send(b->at, b->sending->home->id, &b->msg);
}

static void batch_at(struct mr_shard *at, struct mr_msg *msg)
{
    struct mark_batch *b = MR_CONTAINER(msg, struct mark_batch, msg);
    uint32_t count = b->count;
    b->at = at;
    b->pending = count;
    for (uint32_t i = 0; i < count; i++) /* after the last one b may be on its way */
        txn_mark(broker_of(at), &b->items[i].mark);
}

/* ---- at home ---- */

static void retry_later(struct txn_entity *t, enum kw_error error)
{
    int64_t wait_ms = mr_imin((int64_t)RETRY_MS << mr_min(t->retries, 8u), RETRY_MS_MAX);
    t->retry_at_ms = coord_now_ms(t->e.coord) + wait_ms;
    if (++t->retries == RETRIES_TOLD)
        log_warn(coord_home(t->e.coord)->shard->log, "txn",
                 "a transaction cannot be ended yet, its markers are refused id=%.*s error=%s",
                 MR_STR(t->e.name), kw_error_name((int16_t)error));
}

/* What cannot be repeated with success. The partition has seen a newer epoch of this producer, so nothing of
 * this transaction is open there; or it has seen a newer coordinator, which is to end the transaction. */
static void refused(struct txn_entity *t, const struct mark_item *item)
{
    log_warn(coord_home(t->e.coord)->shard->log, "txn",
             "a marker is refused for good id=%.*s part=%.*s-%d producer=%lld epoch=%d error=%s",
             MR_STR(t->e.name), MR_STR(item->topic), item->mark.key.partition,
             (long long)item->mark.producer_id, item->mark.producer_epoch,
             kw_error_name((int16_t)item->mark.error));
}

static void item_home(struct txn_sending *s, const struct mark_item *item)
{
    struct txn_part part = {item->topic, item->mark.key.partition};
    switch ((int)item->mark.error) {
    case KW_INVALID_PRODUCER_EPOCH:
    case KW_TRANSACTION_COORDINATOR_FENCED:
        refused(s->t, item);
        break;
    case KW_NONE:
        break;
    default:
        s->failed = item->mark.error;
        return;
    }
    (void)txn_marked(s->t->txn, item->mark.producer_id, item->mark.producer_epoch, &part);
}

static void batch_home(struct mr_shard *home, struct mr_msg *msg)
{
    struct mark_batch *b = MR_CONTAINER(msg, struct mark_batch, msg);
    struct txn_sending *s = b->sending;
    struct txn_entity *t = s->t;
    (void)home;
    for (uint32_t i = 0; t != NULL && i < b->count; i++)
        item_home(s, &b->items[i]);
    mem_free(b);
    if (--s->out > 0)
        return;
    if (t != NULL) {
        t->sending = NULL;
        if (s->failed != KW_NONE)
            retry_later(t, s->failed);
        else
            t->retries = 0;
    }
    mem_free(s);
    if (t != NULL)
        txn_settle(t);
}

static bool find_part(const struct broker_shard *b, const struct txn_part *p, struct part_key *ret)
{
    const struct image_topic *topic = image_topic(b->image, p->topic);
    if (topic == NULL || p->partition >= topic->partition_count)
        return false;
    *ret = (struct part_key){topic->id, p->partition};
    return true;
}

/* counts[shard]: markers to be sent. Partitions that are no more are done with. */
static uint32_t count_up(struct txn_entity *t, const struct txn_marker *m, uint32_t *counts)
{
    struct broker_shard *b = coord_home(t->e.coord);
    uint32_t topic = 0, part = 0, count = 0;
    struct txn_part p;
    struct part_key key;
    while (count < AT_ONCE && txn_next_part(t->txn, &topic, &part, &p)) {
        if (find_part(b, &p, &key)) {
            counts[placement_shard(key, b->broker->shards)]++;
            count++;
        } else {
            (void)txn_marked(t->txn, m->producer_id, m->producer_epoch, &p);
        }
    }
    return count;
}

static void fill(struct txn_entity *t, struct txn_sending *s, struct mark_batch **batches, uint32_t count)
{
    struct coord *c = t->e.coord;
    struct broker_shard *b = coord_home(c);
    uint32_t topic = 0, part = 0;
    struct txn_part p;
    struct part_key key;
    while (count > 0 && txn_next_part(t->txn, &topic, &part, &p)) {
        bool found = find_part(b, &p, &key);
        MR_ASSERT(found); /* nothing has changed since count_up() */
        struct mark_batch *batch = batches[placement_shard(key, b->broker->shards)];
        struct mark_item *item = &batch->items[batch->count++];
        item->batch = batch;
        item->topic = p.topic;
        item->mark = (struct txn_mark){.key = key,
                                       .producer_id = s->marker.producer_id,
                                       .producer_epoch = s->marker.producer_epoch,
                                       .commit = s->marker.commit,
                                       .coordinator_epoch = coord_epoch(c),
                                       .txn_version = s->marker.version,
                                       .done = item_done};
        count--;
    }
}

static struct txn_sending *sending_new(struct txn_entity *t, const struct txn_marker *m)
{
    struct txn_sending *s = mem_alloc(sizeof(*s));
    if (s != NULL)
        *s = (struct txn_sending){.t = t, .home = coord_home(t->e.coord)->shard, .marker = *m};
    return s;
}

static void send_all(struct txn_entity *t, const struct txn_marker *m, uint32_t count, const uint32_t *counts,
                     struct mark_batch **batches)
{
    struct mr_shard *home = coord_home(t->e.coord)->shard;
    struct txn_sending *s = sending_new(t, m);
    bool ok = s != NULL;
    for (uint32_t i = 0; ok && i < home->count; i++) {
        if (counts[i] == 0)
            continue;
        batches[i] = mem_alloc(sizeof(*batches[i]) + counts[i] * sizeof(batches[i]->items[0]));
        ok = batches[i] != NULL;
        if (ok)
            *batches[i] = (struct mark_batch){.sending = s, .msg = {.run = batch_at}};
    }
    if (!ok) {
        for (uint32_t i = 0; i < home->count; i++)
            mem_free(batches[i]);
        mem_free(s);
        retry_later(t, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    fill(t, s, batches, count);
    t->sending = s;
    for (uint32_t i = 0; i < home->count; i++) {
        if (batches[i] == NULL)
            continue;
        s->out++;
        shard_send(home, i, &batches[i]->msg);
    }
}

void txn_marks_go(struct txn_entity *t)
{
    struct txn_own *own = txn_own_of(t);
    uint32_t shards = coord_home(t->e.coord)->broker->shards;
    struct txn_marker m;
    if (t->sending != NULL || t->completing || txn_changing(t->txn) || !txn_ending(t->txn, &m) ||
        coord_now_ms(t->e.coord) < t->retry_at_ms)
        return;
    arena_reset(&own->arena);
    uint32_t *counts = arena_array(&own->arena, uint32_t, shards);
    struct mark_batch **batches = arena_array(&own->arena, struct mark_batch *, shards);
    if (counts == NULL || batches == NULL) {
        retry_later(t, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    uint32_t count = count_up(t, &m, counts);
    if (count > 0)
        send_all(t, &m, count, counts, batches);
}

int64_t txn_marks_deadline_ms(const struct txn_entity *t)
{
    struct txn_marker unused;
    bool waits = t->sending == NULL && !t->completing && txn_ending(t->txn, &unused) &&
                 t->retry_at_ms > coord_now_ms(t->e.coord);
    return waits ? t->retry_at_ms : INT64_MAX;
}

void txn_marks_forget(struct txn_entity *t)
{
    if (t->sending != NULL)
        t->sending->t = NULL;
    t->sending = NULL;
}

/* ---- Complete* ---- */

static void complete_run(struct coord_op *op)
{
    struct txn_entity *t = MR_CONTAINER(op, struct txn_entity, complete_op);
    if (txn_complete(t->txn, coord_wall_ms(op->coord)))
        txn_put_change(op, t);
}

static void complete_done(struct coord_op *op, enum kw_error error)
{
    struct txn_entity *t = MR_CONTAINER(op, struct txn_entity, complete_op);
    t->completing = false;
    if (txn_changing(t->txn))
        txn_written(t->txn, error == KW_NONE);
    if (error != KW_NONE && !t->unloaded)
        retry_later(t, error);
    else
        t->retry_at_ms = 0;
    txn_settle(t);
}

bool txn_complete_go(struct txn_entity *t)
{
    struct txn_marker unused;
    struct txn_view v;
    if (t->sending != NULL || t->completing || txn_changing(t->txn) || !txn_ending(t->txn, &unused) ||
        coord_now_ms(t->e.coord) < t->retry_at_ms)
        return false;
    txn_describe(t->txn, &v);
    if (v.partitions > 0)
        return false;
    t->completing = true;
    coord_op_init(&t->complete_op, complete_run, complete_done);
    coord_submit_on(&t->e, &t->complete_op);
    return true;
}
