#include "core/broker/append.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/broker/append_shape.h"
#include "storage/producer_state.h"

/* Kafka 4.1 leaves the log's start out of the answer for these. */
static bool says_log_start(enum kw_error error)
{
    return error != KW_CORRUPT_MESSAGE && error != KW_UNKNOWN_TOPIC_OR_PARTITION &&
           error != KW_NOT_LEADER_OR_FOLLOWER && error != KW_MESSAGE_TOO_LARGE &&
           error != KW_RECORD_LIST_TOO_LARGE && error != KW_KAFKA_STORAGE_ERROR &&
           error != KW_NOT_ENOUGH_REPLICAS;
}

/* What Kafka 4.1 does not foresee it answers with UNKNOWN_SERVER_ERROR: a codec that nobody knows, a block
 * that does not unpack. */
static enum kw_error as_kafka(enum kw_error error, const struct batch_verdict *v)
{
    bool unknown_codec = v->fault == BATCH_FAULT_CODEC && batch_codec(&v->batch.h) >= COMP_CODECS;
    return unknown_codec || v->fault == BATCH_FAULT_PAYLOAD ? KW_UNKNOWN_SERVER_ERROR : error;
}

/* What Kafka refuses before it looks at the partition. */
static bool refused_early(enum batch_fault fault)
{
    return fault == BATCH_FAULT_NONE_WHOLE || fault == BATCH_FAULT_MAGIC_OLD || fault == BATCH_FAULT_SEVERAL;
}

void append_finish(struct part_append *a, enum kw_error error, const char *message)
{
    recode_forget(a->p->home->recode, a);
    a->error = error;
    a->message = message;
    a->log_start_offset = a->early || a->p->deleted || !says_log_start(error) ? -1 : plog_start(a->p->log);
    if (error != KW_NONE)
        a->base_offset = a->log_append_time_ms = -1;
    a->done(a);
}

static const char *say(struct part_append *a, const char *fmt, ...) MR_PRINTF(2, 3);

/* Text in the request's arena; NULL when that is full. */
static const char *say(struct part_append *a, const char *fmt, ...)
{
    enum { TEXT_BYTES_MAX = 1024 };
    char *text = arena_alloc(a->arena, TEXT_BYTES_MAX, 1);
    if (text == NULL)
        return NULL;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, TEXT_BYTES_MAX, fmt, args);
    va_end(args);
    return text;
}

static const char *say_fault(struct part_append *a, const struct record_fault *fault,
                             const struct batch_rules *rules)
{
    switch (fault->kind) {
    case RECORD_FAULT_KEY:
        return say(a, "Compacted topic cannot accept message without key in topic partition %s-%d",
                   a->p->topic, a->p->index);
    case RECORD_FAULT_TIMESTAMP:
        return say(a,
                   "Timestamp %lld of message with offset %d is out of range. The timestamp should be within "
                   "[%lld, %lld]",
                   (long long)fault->timestamp, fault->batch_index,
                   (long long)(rules->now_ms - rules->before_max_ms),
                   (long long)(rules->now_ms + rules->after_max_ms));
    case RECORD_FAULT_TIME_TYPE:
        return say(
            a,
            "Invalid timestamp type in message with offset %d. Producer should not set timestamp type to "
            "LogAppendTime.",
            fault->batch_index);
    }
    return NULL;
}

/* Clients show these texts, so they are worded as Kafka 4.1 does. Returns the one for the whole batch. */
static const char *name_records(struct part_append *a, const struct batch_verdict *v,
                                const struct batch_rules *rules)
{
    uint32_t n = (uint32_t)mr_min(v->record_fault_count, BATCH_RECORD_FAULTS_MAX);
    a->record_errors = n > 0 ? arena_array(a->arena, struct part_record_error, n) : NULL;
    if (a->record_errors == NULL)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        a->record_errors[i] = (struct part_record_error){v->record_faults[i].batch_index,
                                                         say_fault(a, &v->record_faults[i], rules)};
    a->record_error_count = (int32_t)n;
    if (v->record_faults[0].kind != RECORD_FAULT_KEY)
        return "One or more records have been rejected due to invalid timestamp";
    char list[700] = "";
    size_t at = 0;
    for (uint32_t i = 0; i < n && i < 3 && at < sizeof(list); i++)
        at +=
            (size_t)snprintf(list + at, sizeof(list) - at, "%sRecordError(batchIndex=%d, message='%s')",
                             i > 0 ? ", " : "", a->record_errors[i].batch_index, a->record_errors[i].message);
    return say(a,
               "One or more records have been rejected due to %u record errors in total, and only showing "
               "the first three "
               "errors at most: [%s]",
               v->record_fault_count, list);
}

static struct part_turn *turn_of(struct mr_list *node)
{
    return MR_CONTAINER(node, struct part_turn, link);
}

static void fail_list(struct mr_list *list, enum kw_error error)
{
    struct mr_list all;
    list_init(&all);
    list_splice(&all, list);
    while (!list_empty(&all)) {
        struct part_turn *turn = turn_of(list_pop(&all));
        if (turn->marker)
            marker_finish(MR_CONTAINER(turn, struct part_marker, turn), error);
        else
            append_finish(MR_CONTAINER(turn, struct part_append, turn), error, NULL);
    }
}

static void on_appended(struct plog_append *pa)
{
    struct part_append *a = MR_CONTAINER(pa, struct part_append, append);
    struct partition *p = a->p;
    bool failed = pa->err != 0; /* a is gone once it is finished */
    a->base_offset = pa->base_offset;
    append_finish(a, failed ? KW_KAFKA_STORAGE_ERROR : KW_NONE, NULL);
    if (failed) /* nothing of this log becomes stable any more: repeats would wait for ever */
        fail_list(&p->duplicates, KW_KAFKA_STORAGE_ERROR);
    partition_unpin(p);
}

bool append_usable(struct partition *p, int16_t acks, enum kw_error *ret)
{
    *ret = KW_NONE;
    if (p->deleted)
        *ret = p->gone;
    else if (p->leader != p->home->broker->node_id)
        *ret = KW_NOT_LEADER_OR_FOLLOWER;
    else if (acks == -1 && p->isr_count < mr_imin(p->cfg.min_insync_replicas, p->replica_count))
        *ret = KW_NOT_ENOUGH_REPLICAS;
    return *ret == KW_NONE;
}

static void refuse(struct part_append *a, const struct append_judged *j)
{
    const struct batch_verdict *v = &j->v;
    const char *why = v->fault == BATCH_FAULT_RECORDS ? name_records(a, v, &j->rules) : NULL;
    enum kw_error error = as_kafka(v->error, v);
    a->early = refused_early(v->fault) || v->error == KW_UNSUPPORTED_COMPRESSION_TYPE;
    if (error == KW_UNKNOWN_SERVER_ERROR)
        a->early = false;
    append_finish(a, error, why);
}

/* True: the batch needs nothing more now. It was refused, or is a repeat, or waits for its coordinator. */
static bool producer_decides(struct part_append *a, const struct kw_batch_header *h)
{
    struct partition *p = a->p;
    if (append_behind(a, h->producer_id)) {
        recode_forget(p->home->recode, a);
        return true;
    }
    bool txn_v2 = a->version >= 12 && batch_is_transactional(h);
    struct producer_verdict pv =
        producer_check(plog_producers(p->log), h, txn_v2 ? PRODUCER_CLIENT_TXN_V2 : PRODUCER_CLIENT);
    if (pv.action == PRODUCER_REFUSE) {
        append_finish(a, pv.error, NULL);
        return true;
    }
    if (pv.action == PRODUCER_DUPLICATE) {
        a->base_offset = pv.base_offset;
        a->log_append_time_ms = pv.timestamp;
        a->wait_offset = pv.last_offset;
        recode_forget(p->home->recode, a);
        if (pv.last_offset < plog_stable_end(p->log))
            append_finish(a, KW_NONE, NULL);
        else
            list_push(&p->duplicates, &a->turn.link);
        return true;
    }
    return append_ask(a, h);
}

bool append_try(struct part_append *a)
{
    struct partition *p = a->p;
    struct broker_shard *b = p->home;
    enum kw_error error;
    if (!append_usable(p, a->acks, &error)) {
        append_finish(a, error, NULL);
        return true;
    }
    if (!plog_open(p->log, &p->pump))
        return false;
    if (plog_failed(p->log) != 0) {
        append_finish(a, KW_KAFKA_STORAGE_ERROR, NULL);
        return true;
    }
    if (plog_disk_full(p->log)) {
        append_finish(a, KW_KAFKA_STORAGE_ERROR, NULL);
        return true;
    }
    /* Room first: what is validated is then appended in the same breath. */
    if (!plog_has_room(p->log, mr_max(a->records.len, a->room_bytes))) {
        plog_wait_room(p->log, &p->pump);
        return false;
    }
    struct append_judged j;
    if (!append_judge(a, &j))
        return false; /* it is being worked on */
    if (j.v.error != KW_NONE) {
        refuse(a, &j);
        return true;
    }
    if (batch_has_producer(&j.v.batch.h) && producer_decides(a, &j.v.batch.h))
        return true;
    if (j.slow) {
        append_judge_slowly(a, &j);
        return false;
    }
    struct mr_slice bytes;
    error = append_shape(a, &j, &bytes);
    if (error != KW_NONE) {
        append_finish(a, error, NULL);
        return true;
    }
    a->append = (struct plog_append){.batches = bytes,
                                     .leader_epoch = p->leader_epoch,
                                     .client = true,
                                     .done = on_appended};
    int err = plog_append(p->log, &a->append);
    if (err == -EAGAIN) {
        a->room_bytes = bytes.len;
        plog_wait_room(p->log, &p->pump);
        return false;
    }
    if (err == 0) {
        recode_forget(b->recode, a);
        partition_pin(p);
    } else {
        append_finish(a, err == -MR_E_LIMIT ? KW_MESSAGE_TOO_LARGE : KW_KAFKA_STORAGE_ERROR, NULL);
    }
    return true;
}

void partition_append(struct part_append *a)
{
    struct partition *p = a->p;
    a->turn = (struct part_turn){.marker = false};
    list_init(&a->turn.link);
    list_init(&a->recode_link);
    a->room_bytes = 0;
    if (!list_empty(&p->appends) || !append_try(a))
        list_push(&p->appends, &a->turn.link); /* appends of one partition keep their order */
}

void append_pump(struct partition *p)
{
    while (!list_empty(&p->appends)) {
        struct part_turn *turn = turn_of(p->appends.next);
        list_remove(&turn->link);
        bool over = turn->marker ? marker_try(MR_CONTAINER(turn, struct part_marker, turn))
                                 : append_try(MR_CONTAINER(turn, struct part_append, turn));
        if (!over) {
            list_push_front(&p->appends, &turn->link);
            return;
        }
    }
}

void append_on_stable(struct partition *p)
{
    int64_t stable = plog_stable_end(p->log);
    LIST_FOR_SAFE(node, tmp, &p->duplicates)
    {
        struct part_append *a = MR_CONTAINER(turn_of(node), struct part_append, turn);
        if (a->wait_offset >= stable)
            continue;
        list_remove(&a->turn.link);
        append_finish(a, KW_NONE, NULL);
    }
}

void append_fail_all(struct partition *p, enum kw_error error)
{
    fail_list(&p->appends, error);
    fail_list(&p->duplicates, error);
    append_fail_behind(p, error);
}
