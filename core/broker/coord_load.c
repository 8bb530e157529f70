/* Reading a coordinator's log from its start to the high watermark. A few at a time, a piece per step. */
#include <stdio.h>

#include "core/broker/coord_priv.h"
#include "net/wire/batch_build.h"

enum { LOAD_AT_ONCE = 4, READ_BYTES = 256 << 10, UNPACKED_BYTES_MAX = 256 << 20 };

static void load_fail(struct coord *c, int64_t offset, int err)
{
    char why[160];
    snprintf(why, sizeof(why), "cannot be loaded at offset %lld: %s", (long long)offset, mr_err_text(err));
    coord_fail(c, KW_NOT_COORDINATOR, why);
}

static void loaded(struct coord *c)
{
    coord_load_end(c);
    c->state = COORD_SERVING;
    LIST_FOR_SAFE(node, tmp, &c->all)
    {
        struct coord_entity *e = MR_CONTAINER(node, struct coord_entity, link);
        if (c->type->is_empty(e))
            coord_entity_drop(e);
    }
    uint64_t ms = (shard_now_ns(c->home->shard) - c->load_began_ns) / 1000000;
    if (c->load_records > 0)
        log_debug(c->home->shard->log, "coord", "loaded part=%s-%d records=%llu names=%u ms=%llu",
                  c->p->topic, c->p->index, (unsigned long long)c->load_records, smap_count(&c->names),
                  (unsigned long long)ms);
    c->type->loaded(c);
}

/* Of the value's or the key's version that stopped a load: what an operator or the next version's author
 * wants to know. */
static int told(struct coord *c, const struct coord_record *r, int err)
{
    if (err == -MR_E_VERSION)
        log_error(c->home->shard->log, "coord",
                  "unknown version of a record part=%s-%d offset=%lld type=%d version=%d", c->p->topic,
                  c->p->index, (long long)r->offset, r->key.len >= 2 ? (int16_t)mr_get16(r->key.ptr) : -1,
                  r->value.len >= 2 ? (int16_t)mr_get16(r->value.ptr) : -1);
    return err;
}

static int replay_marker(struct coord *c, const struct kw_batch *b)
{
    struct control_record control;
    int more = control_read(b, &control);
    if (more == 1 && (control.type == CONTROL_COMMIT || control.type == CONTROL_ABORT))
        c->type->replay_marker(c, b->h.producer_id, control.type == CONTROL_COMMIT);
    return more < 0 ? more : 0;
}

static int replay_batch(struct coord *c, const struct kw_batch *b, int64_t *at)
{
    struct broker_shard *home = c->home;
    struct mr_slice records;
    *at = b->h.base_offset;
    int err = batch_check(b);
    if (err == 0 && batch_is_control(&b->h))
        return replay_marker(c, b);
    if (err == 0)
        err = batch_records(b, home->comp, &home->scratch, UNPACKED_BYTES_MAX, &records);
    if (err != 0)
        return err;
    struct record_iter it;
    struct kw_record r;
    int more;
    record_iter_init(&it, records, b->h.record_count);
    while ((more = record_next(&it, &r)) == 1) {
        struct coord_record one = {
            .offset = *at = b->h.base_offset + r.offset_delta,
            .timestamp = batch_record_timestamp(&b->h, r.timestamp_delta),
            .producer_id = batch_is_transactional(&b->h) ? b->h.producer_id : KW_NO_PRODUCER_ID,
            .producer_epoch = b->h.producer_epoch,
            .key = r.key,
            .value = r.value,
        };
        if (one.offset < c->load_at || one.key.ptr == NULL)
            continue;
        err = told(c, &one, c->type->replay(c, &one));
        if (err != 0)
            return err;
        c->load_records++;
    }
    return more;
}

static void take(struct coord *c)
{
    struct plog_read *r = &c->read;
    int64_t at = c->load_at, next = r->count == 0 ? r->limit : c->load_at;
    int err = r->err;
    if (err == -ERANGE) { /* the log's start has moved meanwhile */
        next = plog_start(c->p->log);
        err = 0;
    }
    for (uint32_t i = 0; err == 0 && i < r->count; i++) {
        struct mr_slice rest = r->parts[i].bytes;
        struct kw_batch b;
        int more;
        while (err == 0 && (more = batch_next(&rest, &b)) == 1) {
            err = replay_batch(c, &b, &at);
            next = batch_next_offset(&b.h);
        }
        if (err == 0 && (more < 0 || rest.len > 0))
            err = -MR_E_CORRUPT;
    }
    plog_read_done(r);
    if (err != 0) {
        load_fail(c, at, err);
        return;
    }
    c->load_at = next;
    shard_ready(c->home->shard, &c->load_work);
}

static void read_done(struct plog_read *r)
{
    struct coord *c = MR_CONTAINER(r, struct coord, read);
    c->reading = false;
    if (c->state == COORD_LOADING) {
        take(c);
    } else {
        plog_read_done(r);
        coord_maybe_free(c);
    }
}

static void load_go(struct mr_work *w)
{
    struct coord *c = MR_CONTAINER(w, struct coord, load_work);
    struct plog *log = c->p->log;
    if (c->load_at >= plog_stable_end(log)) {
        loaded(c);
        return;
    }
    if (!plog_open(log, &c->load_work))
        return;
    int err = plog_failed(log);
    if (err != 0) {
        load_fail(c, c->load_at, err);
        return;
    }
    c->read = (struct plog_read){.offset = c->load_at,
                                 .limit = plog_stable_end(log),
                                 .bytes_max = READ_BYTES,
                                 .one_at_least = true,
                                 .own_max = READ_BYTES,
                                 .done = read_done};
    c->reading = true;
    if (plog_read(log, &c->read))
        read_done(&c->read);
}

void coord_load_next(struct coords *cs)
{
    while (cs->loading < LOAD_AT_ONCE && !list_empty(&cs->to_load)) {
        struct coord *c = MR_CONTAINER(list_pop(&cs->to_load), struct coord, load_link);
        c->state = COORD_LOADING;
        c->load_at = plog_start(c->p->log);
        c->load_began_ns = shard_now_ns(cs->home->shard);
        c->load_begun = true;
        cs->loading++;
        shard_ready(cs->home->shard, &c->load_work);
    }
}

void coord_load_start(struct coord *c)
{
    work_init(&c->load_work, load_go);
    c->state = COORD_QUEUED;
    list_push(&c->all_of->to_load, &c->load_link);
    coord_load_next(c->all_of);
}

void coord_load_end(struct coord *c)
{
    list_remove(&c->load_link);
    list_remove(&c->load_work.link); /* it may have waited for the log to open */
    if (!c->load_begun || c->load_over)
        return;
    c->load_over = true;
    c->all_of->loading--;
    coord_load_next(c->all_of);
}
