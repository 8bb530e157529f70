/* Records of events: put into batches, appended, waited for. */
#include "core/broker/coord_priv.h"
#include "core/mem.h"
#include "storage/producer_state.h"

enum { WAITING_BYTES_MAX = 8 << 20, OUT_KEEP_BYTES = 1 << 20 };

void coord_write_begin(struct coord_op *op)
{
    struct coords *cs = op->coord->all_of;
    scratch_reset(&cs->out, OUT_KEEP_BYTES);
    cs->building = false;
    op->error = KW_NONE;
    op->records = 0;
    op->base_offset = -1;
    op->marker = COORD_NO_MARKER;
}

static struct batch_build_how how_of(const struct coord_op *op)
{
    struct batch_build_how how = batch_build_how_plain();
    struct coord *c = op->coord;
    how.bytes_max = (size_t)mr_imin(c->p->cfg.max_message_bytes, c->p->cfg.segment_bytes);
    how.codec = op->coord->kind == COORD_GROUP ? c->all_of->codec : 0;
    how.level = comp_level_default(how.codec);
    if (op->producer_id != KW_NO_PRODUCER_ID) {
        how.producer_id = op->producer_id;
        how.producer_epoch = op->producer_epoch;
        how.attributes = BATCH_TRANSACTIONAL;
    }
    return how;
}

static int begin(struct coord_op *op)
{
    struct coords *cs = op->coord->all_of;
    struct batch_build_how how = how_of(op);
    int err = batch_build_begin(&cs->builder, &how, &cs->out, cs->home->comp, &cs->home->work);
    cs->building = err == 0;
    return err;
}

static int end(struct coords *cs)
{
    cs->building = false;
    return batch_build_end(&cs->builder);
}

static void put_failed(struct coord_op *op, int err)
{
    op->error = err == -MR_E_LIMIT ? KW_MESSAGE_TOO_LARGE : KW_COORDINATOR_NOT_AVAILABLE;
}

void coord_put(struct coord_op *op, struct mr_slice key, struct mr_slice value)
{
    struct coords *cs = op->coord->all_of;
    MR_ASSERT(cs->current == op && op->marker == COORD_NO_MARKER);
    if (op->error != KW_NONE)
        return;
    struct batch_record r = {.timestamp = coord_wall_ms(op->coord), .key = key, .value = value};
    int err = cs->building ? 0 : begin(op);
    if (err == 0)
        err = batch_build_add(&cs->builder, &r);
    if (err == -MR_E_LIMIT && op->several && cs->building && cs->builder.h.record_count > 0) {
        err = end(cs);
        if (err == 0)
            err = begin(op);
        if (err == 0)
            err = batch_build_add(&cs->builder, &r);
    }
    if (err != 0)
        put_failed(op, err);
    else
        op->records++;
}

void coord_put_message(struct coord_op *op, const struct kw_coord_kind *kind, const void *key,
                       int16_t version, const void *value)
{
    struct coords *cs = op->coord->all_of;
    struct kw_writer k, v;
    arena_reset(&cs->arena);
    kw_writer_init(&k, &cs->arena, 0, COORD_VALUE_BYTES_MAX, false);
    kw_writer_init(&v, &cs->arena, 0, COORD_VALUE_BYTES_MAX, false);
    kw_coord_key_encode(&k, kind, key);
    if (value != NULL)
        kw_coord_value_encode(&v, kind, version, value);
    if (k.err != 0 || v.err != 0)
        put_failed(op, k.err != 0 ? k.err : v.err);
    else
        coord_put(op, (struct mr_slice){k.buf, k.len},
                  (struct mr_slice){value != NULL ? v.buf : NULL, v.len});
}

void coord_put_marker(struct coord_op *op, bool commit, int32_t coordinator_epoch, int16_t txn_version)
{
    struct coord *c = op->coord;
    struct coords *cs = c->all_of;
    MR_ASSERT(cs->current == op && op->records == 0 && op->producer_id != KW_NO_PRODUCER_ID);
    struct batch_build_how how = how_of(op);
    how.codec = 0;
    int err = control_put_marker(&cs->out, &how, commit, coordinator_epoch, coord_wall_ms(c));
    op->marker_epoch = coordinator_epoch;
    op->marker_txn_version = txn_version;
    if (err != 0)
        put_failed(op, err);
    op->records = 1;
    op->marker = commit ? COORD_MARKER_COMMIT : COORD_MARKER_ABORT;
}

void coord_refuse(struct coord_op *op, enum kw_error error)
{
    MR_ASSERT(error != KW_NONE);
    op->error = error;
}

/* ---- appending ---- */

static void on_appended(struct plog_append *a)
{
    struct coord_op *op = MR_CONTAINER(a, struct coord_op, append);
    struct coord *c = op->coord;
    struct partition *p = op->pinned;
    c->in_flight--;
    if (a->err != 0)
        coord_fail(c, KW_NOT_COORDINATOR, mr_err_text(a->err));
    if (c->state == COORD_SERVING) {
        op->base_offset = a->base_offset;
        if (op->marker != COORD_NO_MARKER)
            c->type->replay_marker(c, op->producer_id, op->marker == COORD_MARKER_COMMIT);
        coord_finish(op, KW_NONE);
    } else {
        coord_finish(op, KW_NOT_COORDINATOR);
    }
    coord_maybe_free(c);
    partition_unpin(p);
}

/* Judged when it is its turn to be appended: what stands before it may have changed the producer. */
static enum kw_error check_producer(const struct coord_op *op, struct mr_slice batches)
{
    const struct producer_state *s = plog_producers(op->coord->p->log);
    struct kw_batch_header h;
    batch_header_read(batches.ptr, &h);
    if (!batch_has_producer(&h))
        return KW_NONE;
    if (op->guard != NULL && op->guard->voided)
        return KW_INVALID_TXN_STATE;
    if (op->marker != COORD_NO_MARKER)
        return producer_check_marker(s, &h, op->marker_epoch, op->marker_txn_version);
    struct producer_verdict v = producer_check(s, &h, PRODUCER_COORDINATOR);
    return v.action == PRODUCER_REFUSE ? v.error : KW_NONE;
}

void coord_guard_begin(struct coord *c, struct coord_guard *g, int64_t producer_id)
{
    *g = (struct coord_guard){.producer_id = producer_id};
    list_push(&c->guards, &g->link);
}

void coord_guard_end(struct coord_guard *g)
{
    list_remove(&g->link);
}

static void void_guards(struct coord *c, int64_t producer_id)
{
    LIST_FOR(node, &c->guards)
    {
        struct coord_guard *g = MR_CONTAINER(node, struct coord_guard, link);
        g->voided = g->voided || g->producer_id == producer_id;
    }
}

/* False: it waits, c->pump will be run. */
static bool try_append(struct coord *c, struct coord_op *op, struct mr_slice batches)
{
    struct plog *log = c->p->log;
    if (!plog_open(log, &c->pump))
        return false;
    int err = plog_failed(log);
    enum kw_error error = err == 0 ? check_producer(op, batches) : KW_NONE;
    if (error != KW_NONE) {
        coord_finish(op, error);
        return true;
    }
    op->append =
        (struct plog_append){.batches = batches, .leader_epoch = c->p->leader_epoch, .done = on_appended};
    if (err == 0 && !plog_has_room(log, batches.len))
        err = -EAGAIN;
    if (err == 0)
        err = plog_append(log, &op->append);
    if (err == -EAGAIN) {
        plog_wait_room(log, &c->pump);
        return false;
    }
    if (err == 0) {
        c->in_flight++;
        if (op->marker != COORD_NO_MARKER)
            void_guards(c, op->producer_id);
        op->pinned = c->p;
        partition_pin(c->p);
    } else if (err == -MR_E_LIMIT) {
        coord_finish(op, KW_MESSAGE_TOO_LARGE);
    } else if (err == -ENOSPC) { /* to be repeated: there may be room by then */
        coord_finish(op, KW_COORDINATOR_NOT_AVAILABLE);
    } else {
        coord_fail(c, KW_NOT_COORDINATOR, mr_err_text(err));
        coord_finish(op, KW_NOT_COORDINATOR);
    }
    return true;
}

void coord_write(struct coord_op *op)
{
    struct coord *c = op->coord;
    struct coords *cs = c->all_of;
    if (cs->building && end(cs) != 0) {
        coord_finish(op, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    struct mr_slice batches = {cs->out.data, cs->out.len};
    if (list_empty(&c->waiting) && try_append(c, op, batches))
        return;
    uint8_t *copy = c->waiting_bytes + batches.len <= WAITING_BYTES_MAX ? mem_alloc(batches.len) : NULL;
    if (copy == NULL) {
        coord_finish(op, KW_COORDINATOR_NOT_AVAILABLE);
        return;
    }
    memcpy(copy, batches.ptr, batches.len);
    op->waiting = (struct mr_slice){copy, batches.len};
    c->waiting_bytes += batches.len;
    list_push(&c->waiting, &op->link);
}

void coord_write_pump(struct mr_work *w)
{
    struct coord *c = MR_CONTAINER(w, struct coord, pump);
    while (!list_empty(&c->waiting)) {
        struct coord_op *op = MR_CONTAINER(c->waiting.next, struct coord_op, link);
        struct mr_slice batches = op->waiting;
        list_remove(&op->link);
        c->waiting_bytes -= batches.len;
        if (!try_append(c, op, batches)) {
            c->waiting_bytes += batches.len;
            list_push_front(&c->waiting, &op->link);
            return;
        }
        mem_free((uint8_t *)batches.ptr);
    }
}

void coord_write_fail(struct coord *c, enum kw_error error)
{
    list_remove(&c->pump.link); /* it may have waited for room: the log may go */
    while (!list_empty(&c->waiting)) {
        struct coord_op *op = MR_CONTAINER(list_pop(&c->waiting), struct coord_op, link);
        c->waiting_bytes -= op->waiting.len;
        mem_free((uint8_t *)op->waiting.ptr);
        coord_finish(op, error);
    }
}
