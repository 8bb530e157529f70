/* A coordinator of transactions: its entities, their records, their time. */
#include "core/broker/txn_coord.h"

#include "core/broker/txn_coord_priv.h"
#include "core/mem.h"
#include "net/wire/gen/txn_log.h"

enum {
    ARENA_BYTES_MAX = 64 << 20,
    PARTITIONS_MAX = 100000, /* of one transaction */
    CLOCK_STEP_MS = 60000,   /* the wall clock may be set: deadlines are looked at again after so long */
};

static bool is_known(const struct txn_entity *t)
{
    return t->txn != NULL && !txn_void(t->txn);
}

const struct txn *txn_find(struct coord *c, struct mr_str id)
{
    struct coord_entity *e = coord_entity(c, id);
    return e != NULL && is_known(txn_entity_of(e)) ? txn_entity_of(e)->txn : NULL;
}

struct walk {
    void (*each)(void *ctx, const struct txn *t);
    void *ctx;
};

static void visit(void *ctx, struct coord_entity *e)
{
    const struct walk *w = ctx;
    if (is_known(txn_entity_of(e)))
        w->each(w->ctx, txn_entity_of(e)->txn);
}

void txn_each(struct coord *c, void (*each)(void *ctx, const struct txn *t), void *ctx)
{
    struct walk w = {each, ctx};
    coord_each(c, visit, &w);
}

const struct txn_limits *txn_limits_now(struct coord *c)
{
    struct txn_own *own = coord_own(c);
    own->limits.version = image_feature_level(coord_home(c)->image, "transaction.version");
    return &own->limits;
}

/* ---- life ---- */

static struct coord_entity *make(struct coord *c)
{
    struct txn_entity *t = mem_zalloc(1, sizeof(*t));
    (void)c;
    if (t == NULL)
        return NULL;
    list_init(&t->adds);
    list_init(&t->now);
    return &t->e;
}

static void free_txn(struct coord_entity *e)
{
    struct txn_entity *t = txn_entity_of(e);
    txn_marks_forget(t);
    txn_free(t->txn);
    mem_free(t);
}

static bool is_empty(const struct coord_entity *e)
{
    const struct txn_entity *t = MR_CONTAINER(e, const struct txn_entity, e);
    return !is_known(t) && list_empty(&t->adds) && list_empty(&t->now);
}

static int open_own(struct coord *c, void **ret)
{
    struct config_view v = broker_config_view(coord_home(c));
    struct txn_own *own = mem_zalloc(1, sizeof(*own));
    if (own == NULL)
        return -ENOMEM;
    arena_init(&own->arena, ARENA_BYTES_MAX);
    own->limits = (struct txn_limits){
        .timeout_ms_max = (int32_t)config_int(&v, "transaction.max.timeout.ms"),
        .expiration_ms = config_int(&v, "transactional.id.expiration.ms"),
        .two_phase = config_bool(&v, "transaction.two.phase.commit.enable"),
        .partitions_max = PARTITIONS_MAX,
    };
    *ret = own;
    return 0;
}

static void close_own(struct coord *c, void *ctx)
{
    struct txn_own *own = ctx;
    (void)c;
    arena_done(&own->arena);
    mem_free(own);
}

static void unload(struct coord_entity *e)
{
    struct txn_entity *t = txn_entity_of(e);
    t->unloaded = true;
    txn_marks_forget(t);
    txn_adds_fail(t, KW_NOT_COORDINATOR);
}

/* ---- records ---- */

static int16_t value_version(struct coord *c)
{
    return txn_limits_now(c)->version > 0 ? 1 : 0;
}

/* A record that only just fits would leave no room for those that end the transaction. */
enum { RECORD_SLACK_BYTES = 512 };

void txn_put_change(struct coord_op *op, struct txn_entity *t)
{
    struct txn_own *own = txn_own_of(t);
    struct mr_slice key, value;
    struct txn_marker unused;
    arena_reset(&own->arena);
    int err = txn_record(t->txn, &own->arena, value_version(op->coord), &key, &value);
    if (err != 0) {
        coord_refuse(op, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    bool growing = t->adding && op == &t->add_op && !txn_ending(t->txn, &unused);
    if (growing &&
        key.len + value.len + RECORD_SLACK_BYTES > (size_t)coord_partition(op->coord)->cfg.max_message_bytes)
        coord_refuse(op, KW_MESSAGE_TOO_LARGE);
    else
        coord_put(op, key, value);
}

static void recharge(struct txn_entity *t)
{
    uint64_t bytes = sizeof(*t) - sizeof(t->e) + (t->txn != NULL ? txn_bytes(t->txn) : 0);
    coord_charge(&t->e, (int64_t)bytes - (int64_t)t->charged);
    t->charged = bytes;
}

static int replay(struct coord *c, const struct coord_record *r)
{
    struct txn_own *own = coord_own(c);
    struct kw_reader in = kw_reader_of(r->key);
    struct kw_transaction_log_key k;
    int16_t type;
    int err = kw_coord_head_decode(&in, &type);
    if (err != 0)
        return err;
    if (type != KW_TXN_LOG) {
        log_warn(coord_home(c)->shard->log, "coord",
                 "a record of unknown type is passed over part=%s-%d offset=%lld type=%d",
                 coord_partition(c)->topic, coord_partition(c)->index, (long long)r->offset, type);
        return 0;
    }
    arena_reset(&own->arena);
    err = kw_transaction_log_key_decode(&in, KW_COORD_KEY_VERSION, &own->arena, &k);
    if (err != 0)
        return err;
    struct coord_entity *e = coord_entity_make(c, k.transactional_id);
    struct txn_entity *t = e != NULL ? txn_entity_of(e) : NULL;
    if (t == NULL)
        return -ENOMEM;
    if (r->value.ptr == NULL) {
        txn_free(t->txn);
        t->txn = NULL;
    }
    if (t->txn == NULL)
        err = txn_new(t->e.name, &t->txn);
    if (err == 0 && r->value.ptr != NULL)
        err = txn_load(t->txn, r->value);
    if (err == 0)
        recharge(t);
    return err;
}

/* Nothing here belongs to a transaction. */
static void replay_marker(struct coord *c, int64_t producer_id, bool commit)
{
    (void)c;
    (void)producer_id;
    (void)commit;
}

static void start(void *ctx, struct coord_entity *e)
{
    (void)ctx;
    txn_settle(txn_entity_of(e));
}

static void loaded(struct coord *c)
{
    arena_done(&((struct txn_own *)coord_own(c))->arena);
    coord_each(c, start, NULL);
}

/* ---- time ---- */

static int64_t next_ms(const struct txn_entity *t)
{
    int64_t at = mr_imin(txn_adds_deadline_ms(t), txn_marks_deadline_ms(t));
    int64_t wall = txn_deadline(t->txn);
    if (wall == TXN_NEVER)
        return at;
    int64_t wait = mr_imax(wall - coord_wall_ms(t->e.coord), 0);
    return mr_imin(at, coord_now_ms(t->e.coord) + mr_imin(wait, CLOCK_STEP_MS));
}

void txn_settle(struct txn_entity *t)
{
    if (t->unloaded || t->txn == NULL)
        return;
    recharge(t);
    txn_marks_go(t);
    coord_wake_at(&t->e, next_ms(t));
    if (!txn_complete_go(t)) /* from here on t may go with a failing coordinator */
        txn_adds_go(t);
}

static void wake_run(struct coord_entity *e, struct coord_op *op)
{
    struct txn_entity *t = txn_entity_of(e);
    if (txn_tick(t->txn, txn_limits_now(e->coord), coord_wall_ms(e->coord)).write) {
        struct txn_view v;
        txn_describe(t->txn, &v);
        log_info(coord_home(e->coord)->shard->log, "txn",
                 "time is up, the transaction is aborted id=%.*s producer=%lld timeout_ms=%d", MR_STR(v.id),
                 (long long)v.producer_id, v.timeout_ms);
        txn_put_change(op, t);
    }
}

static void wake_done(struct coord_entity *e, struct coord_op *op, enum kw_error error)
{
    struct txn_entity *t = txn_entity_of(e);
    (void)op;
    if (t->txn == NULL)
        return;
    if (txn_changing(t->txn))
        txn_written(t->txn, error == KW_NONE);
    txn_settle(t);
}

/* ---- expiry ---- */

static bool wants_expiry(struct coord_entity *e, int64_t wall_ms)
{
    const struct txn_entity *t = txn_entity_of(e);
    return t->txn != NULL && txn_expires(t->txn, txn_limits_now(e->coord), wall_ms);
}

static void expire_run(struct coord_entity *e, struct coord_op *op, int64_t wall_ms)
{
    struct txn_entity *t = txn_entity_of(e);
    if (!wants_expiry(e, wall_ms))
        return;
    txn_expire(t->txn);
    txn_put_change(op, t);
}

static void expire_done(struct coord_entity *e, struct coord_op *op, enum kw_error error)
{
    struct txn_entity *t = txn_entity_of(e);
    (void)op;
    if (t->txn == NULL || !txn_changing(t->txn))
        return;
    txn_written(t->txn, error == KW_NONE);
    struct txn *fresh;
    if (error == KW_NONE && txn_new(e->name, &fresh) == 0) { /* events may wait for it: blank again */
        txn_free(t->txn);
        t->txn = fresh;
    }
    txn_settle(t);
}

const struct coord_type txn_coord_type = {
    .topic = "__transaction_state",
    .replay = replay,
    .replay_marker = replay_marker,
    .loaded = loaded,
    .make = make,
    .free = free_txn,
    .is_empty = is_empty,
    .wake_run = wake_run,
    .wake_done = wake_done,
    .unload = unload,
    .wants_expiry = wants_expiry,
    .expire_run = expire_run,
    .expire_done = expire_done,
    .open = open_own,
    .close = close_own,
};
