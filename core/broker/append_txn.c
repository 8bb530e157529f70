/* Transactions in one partition: asking the coordinator before the first batch of one, and the marker at its
 * end. */
#include <stdio.h>

#include "core/broker/append.h"
#include "core/broker/recode.h"
#include "net/wire/batch_build.h"
#include "storage/producer_state.h"

enum { MARKER_BYTES = 128 }; /* more than one is */

static struct part_append *append_of(struct mr_list *node)
{
    return MR_CONTAINER(MR_CONTAINER(node, struct part_turn, link), struct part_append, turn);
}

/* ---- asking ---- */

bool append_behind(struct part_append *a, int64_t producer_id)
{
    struct partition *p = a->p;
    LIST_FOR(node, &p->asking)
    {
        if (append_of(node)->producer_id != producer_id)
            continue;
        a->producer_id = producer_id;
        list_push(&p->asking, &a->turn.link);
        return true;
    }
    return false;
}

static const char *say_unable(struct mr_arena *arena, enum kw_error error)
{
    enum { TEXT_BYTES = 160 };
    char *text = arena_alloc(arena, TEXT_BYTES, 1);
    if (text != NULL)
        snprintf(text, TEXT_BYTES,
                 "Unable to verify the partition has been added to the transaction. Underlying error: %s",
                 kw_error_name((int16_t)error));
    return text;
}

/* Kafka 4.1: what older clients could not repeat rightly becomes an error after which they do. */
static enum kw_error as_produced(struct part_append *a, const char **ret_why)
{
    enum kw_error error = a->ask.error;
    bool unable = false;
    *ret_why = NULL;
    switch ((int)error) {
    case KW_PRODUCER_FENCED:
        return KW_INVALID_PRODUCER_EPOCH;
    case KW_TRANSACTION_ABORTABLE:
        if (a->version >= 11)
            return error;
        error = KW_INVALID_TXN_STATE;
        break;
    case KW_CONCURRENT_TRANSACTIONS: /* common while a transaction is ended; newer clients know it */
        unable = !a->ask.add;
        break;
    case KW_NETWORK_EXCEPTION:
    case KW_COORDINATOR_LOAD_IN_PROGRESS:
    case KW_COORDINATOR_NOT_AVAILABLE:
    case KW_NOT_COORDINATOR:
        unable = true;
        break;
    }
    if (error == KW_INVALID_TXN_STATE)
        *ret_why = "Partition was not added to the transaction";
    if (unable)
        *ret_why = say_unable(a->arena, error);
    return unable ? KW_NOT_ENOUGH_REPLICAS : error;
}

/* Those behind it go into line, in order; the first of them may have to ask again. */
static void release_behind(struct partition *p, int64_t producer_id)
{
    LIST_FOR_SAFE(node, tmp, &p->asking)
    {
        if (append_of(node)->producer_id != producer_id)
            continue;
        list_remove(node);
        list_push(&p->appends, node);
    }
}

static void on_asked(struct txn_ask *ask)
{
    struct part_append *a = MR_CONTAINER(ask, struct part_append, ask);
    struct partition *p = a->p;
    int64_t producer_id = a->producer_id;
    const char *why = NULL;
    enum kw_error error = as_produced(a, &why);
    list_remove(&a->turn.link);
    a->asked = false;
    if (p->deleted) {
        append_finish(a, p->gone, NULL);
    } else if (error != KW_NONE) {
        append_finish(a, error, why);
    } else { /* with a worthless answer it asks again when its turn comes */
        list_push(&p->appends, &a->turn.link);
    }
    release_behind(p, producer_id);
    append_pump(p);
    partition_unpin(p);
}

static bool is_ongoing(const struct partition *p, const struct kw_batch_header *h)
{
    const struct producer *have = producer_find(plog_producers(p->log), h->producer_id);
    return have != NULL && have->txn_first_offset >= 0 && have->epoch == h->producer_epoch;
}

bool append_ask(struct part_append *a, const struct kw_batch_header *h)
{
    struct partition *p = a->p;
    struct broker_shard *b = p->home;
    if (!batch_is_transactional(h) || a->verified || is_ongoing(p, h) ||
        (a->version < 12 && !b->settings.verify_txns))
        return false;
    a->producer_id = h->producer_id;
    a->ask = (struct txn_ask){.transactional_id = a->transactional_id,
                              .producer_id = h->producer_id,
                              .producer_epoch = h->producer_epoch,
                              .topic = mr_str_of(p->topic),
                              .key = {p->topic_id, p->index},
                              .add = a->version >= 12,
                              .done = on_asked,
                              .error = KW_COORDINATOR_NOT_AVAILABLE};
    recode_forget(b->recode, a);   /* nothing is held while others are waited for */
    a->asked = a->verified = true; /* until a marker says otherwise */
    list_push(&p->asking, &a->turn.link);
    partition_pin(p);
    if (b->txn_ask != NULL)
        b->txn_ask(b, &a->ask);
    else
        on_asked(&a->ask);
    return true;
}

void append_fail_behind(struct partition *p, enum kw_error error)
{
    LIST_FOR_SAFE(node, tmp, &p->asking)
    {
        struct part_append *a = append_of(node);
        if (a->asked)
            continue;
        list_remove(node);
        append_finish(a, error, NULL);
    }
}

/* A marker of the producer stands in the log: an answer from before it is worth nothing any more. Nor is one
 * that is on its way: it may be from before, or, if the marker ended the transaction before this one, not. */
static void void_answers(struct partition *p, int64_t producer_id)
{
    LIST_FOR(node, &p->asking)
    {
        if (append_of(node)->producer_id == producer_id)
            append_of(node)->verified = false;
    }
    LIST_FOR(node, &p->appends)
    {
        if (!MR_CONTAINER(node, struct part_turn, link)->marker &&
            append_of(node)->producer_id == producer_id)
            append_of(node)->verified = false;
    }
}

/* ---- markers ---- */

void marker_finish(struct part_marker *m, enum kw_error error)
{
    m->error = error;
    m->done(m);
}

static void on_marked(struct plog_append *pa)
{
    struct part_marker *m = MR_CONTAINER(pa, struct part_marker, append);
    struct partition *p = m->p;
    marker_finish(m, pa->err != 0 ? KW_KAFKA_STORAGE_ERROR : KW_NONE);
    partition_unpin(p);
}

/* The control batch, in the shard's scratch space. */
static int build(const struct part_marker *m, struct mr_scratch *out, struct kw_batch_header *ret)
{
    struct batch_build_how how = batch_build_how_plain();
    how.producer_id = m->producer_id;
    how.producer_epoch = m->producer_epoch;
    scratch_reset(out, 1 << 20);
    int err =
        control_put_marker(out, &how, m->commit, m->coordinator_epoch, shard_wall_ms(m->p->home->shard));
    if (err == 0)
        batch_header_read(out->data, ret);
    return err;
}

bool marker_try(struct part_marker *m)
{
    struct partition *p = m->p;
    struct broker_shard *b = p->home;
    struct kw_batch_header h;
    enum kw_error error;
    if (!append_usable(p, -1, &error)) {
        marker_finish(m, error);
        return true;
    }
    if (!plog_open(p->log, &p->pump))
        return false;
    if (plog_failed(p->log) != 0) {
        marker_finish(m, KW_KAFKA_STORAGE_ERROR);
        return true;
    }
    if (!plog_has_room(p->log, MARKER_BYTES)) {
        plog_wait_room(p->log, &p->pump);
        return false;
    }
    int err = build(m, &b->shaped, &h);
    if (err != 0) {
        marker_finish(m, KW_KAFKA_STORAGE_ERROR);
        return true;
    }
    error = producer_check_marker(plog_producers(p->log), &h, m->coordinator_epoch, m->txn_version);
    if (error != KW_NONE) {
        marker_finish(m, error);
        return true;
    }
    m->append = (struct plog_append){.batches = {b->shaped.data, b->shaped.len},
                                     .leader_epoch = p->leader_epoch,
                                     .done = on_marked};
    err = plog_append(p->log, &m->append);
    if (err == -EAGAIN) {
        plog_wait_room(p->log, &p->pump);
        return false;
    }
    if (err != 0) {
        marker_finish(m, KW_KAFKA_STORAGE_ERROR);
        return true;
    }
    void_answers(p, m->producer_id);
    partition_pin(p);
    return true;
}

void partition_append_marker(struct part_marker *m)
{
    struct partition *p = m->p;
    m->turn = (struct part_turn){.marker = true};
    list_init(&m->turn.link);
    if (!list_empty(&p->appends) || !marker_try(m))
        list_push(&p->appends, &m->turn.link);
}
