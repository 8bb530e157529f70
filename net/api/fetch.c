#include "net/wire/gen/fetch.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/api/fetch_part.h"
#include "net/quota.h"
#include "net/sessions.h"
#include "net/wire/batch.h"

/* One partition to be answered for, in the order of the request or the session. */
struct entry {
    struct mr_str topic;
    struct mr_uuid topic_id;
    int32_t partition, leader_epoch, last_fetched_epoch, bytes_max;
    int64_t offset;
    struct session_part *session; /* NULL without a session */
    enum kw_error error;          /* found without asking a shard */
    uint32_t shard, item;         /* where its answer is */
    bool asked;
};

struct fetch {
    struct fan *fan;
    struct fetch_session *session; /* busy while this request has it */
    bool incremental;
    struct entry *entries;
    uint32_t count;
    uint32_t bytes_max;
    bool hurried;
    struct mr_timer deadline;
    struct mr_req *req;
};

/* ---- what to fetch ---- */

static bool take_request(struct mr_req *req, struct fetch *f)
{
    const struct kw_fetch_request *in = req->in;
    uint32_t total = 0;
    for (int32_t t = 0; t < in->topics_count; t++)
        total += (uint32_t)mr_imax(in->topics[t].partitions_count, 0);
    f->entries = req_array(req, struct entry, total);
    if (f->entries == NULL)
        return false;
    for (int32_t t = 0; t < in->topics_count; t++) {
        for (int32_t i = 0; i < in->topics[t].partitions_count; i++) {
            const struct kw_fetch_request_partition *p = &in->topics[t].partitions[i];
            f->entries[f->count++] = (struct entry){.topic = in->topics[t].topic,
                                                    .topic_id = in->topics[t].topic_id,
                                                    .partition = p->partition,
                                                    .leader_epoch = p->current_leader_epoch,
                                                    .last_fetched_epoch = p->last_fetched_epoch,
                                                    .bytes_max = p->partition_max_bytes,
                                                    .offset = p->fetch_offset};
        }
    }
    return true;
}

/* Bring the session up to date with what the request says of it. False: out of memory. */
static bool update_session(struct mr_req *req, struct fetch_session *session)
{
    const struct kw_fetch_request *in = req->in;
    for (int32_t t = 0; t < in->topics_count; t++) {
        for (int32_t i = 0; i < in->topics[t].partitions_count; i++) {
            const struct kw_fetch_request_partition *p = &in->topics[t].partitions[i];
            bool fresh;
            struct session_part *sp =
                session_part(session, in->topics[t].topic, in->topics[t].topic_id, p->partition, &fresh);
            if (sp == NULL)
                return false;
            sp->fetch_offset = p->fetch_offset;
            sp->log_start = p->log_start_offset;
            sp->leader_epoch = p->current_leader_epoch;
            sp->last_fetched_epoch = p->last_fetched_epoch;
            sp->bytes_max = p->partition_max_bytes;
        }
    }
    if (in->session_epoch == 0)
        return true; /* a new session has nothing to forget */
    for (int32_t t = 0; t < in->forgotten_topics_data_count; t++) {
        const struct kw_fetch_request_forgotten_topic *ft = &in->forgotten_topics_data[t];
        for (int32_t i = 0; i < ft->partitions_count; i++)
            session_forget(session, ft->topic, ft->topic_id, ft->partitions[i]);
    }
    return true;
}

static bool take_session(struct mr_req *req, struct fetch *f)
{
    f->entries = req_array(req, struct entry, f->session->count);
    if (f->entries == NULL)
        return false;
    LIST_FOR(node, &f->session->parts)
    {
        struct session_part *sp = MR_CONTAINER(node, struct session_part, link);
        f->entries[f->count++] = (struct entry){.topic = mr_str_of(sp->topic),
                                                .topic_id = sp->topic_id,
                                                .partition = sp->partition,
                                                .leader_epoch = sp->leader_epoch,
                                                .last_fetched_epoch = sp->last_fetched_epoch,
                                                .bytes_max = sp->bytes_max,
                                                .offset = sp->fetch_offset,
                                                .session = sp};
    }
    return true;
}

/* KIP-227. KW_NONE, or the error that answers the whole request. */
static enum kw_error open_session(struct mr_req *req, struct fetch *f, bool *ret_ok)
{
    const struct kw_fetch_request *in = req->in;
    struct fetch_sessions *all = net_of(req->shard)->sessions;
    bool uses_ids = req->version >= 13;
    if (req->version < 7 || in->session_epoch == FETCH_SESSION_EPOCH_CLOSE || in->session_epoch == 0) {
        struct fetch_session *old =
            req->version >= 7 && in->session_id != 0 ? session_find(all, in->session_id) : NULL;
        if (old != NULL)
            session_close(all, old);
        /* A full fetch. Only with epoch 0 a session is wanted; it may begin with nothing. */
        if (req->version >= 7 && in->session_epoch == 0) {
            f->session = session_make(all, uses_ids);
            if (f->session != NULL && !update_session(req, f->session)) {
                session_close(all, f->session);
                session_used(all, f->session);
                f->session = NULL;
            }
        }
        *ret_ok = f->session != NULL ? take_session(req, f) : take_request(req, f);
        return KW_NONE;
    }
    struct fetch_session *session = session_find(all, in->session_id);
    if (session == NULL)
        return KW_FETCH_SESSION_ID_NOT_FOUND;
    if (session->busy || in->session_epoch != session->epoch)
        return KW_INVALID_FETCH_SESSION_EPOCH;
    if (session->uses_ids != uses_ids)
        return KW_FETCH_SESSION_TOPIC_ID_ERROR;
    session->busy = true;
    session->epoch = session_next_epoch(session->epoch);
    *ret_ok = update_session(req, session);
    if (session->count == 0) { /* one that has forgotten everything is over; this request is still answered */
        session_close(all, session);
        session_used(all, session);
        *ret_ok = *ret_ok && take_request(req, f);
        return KW_NONE;
    }
    f->session = session;
    f->incremental = true;
    *ret_ok = *ret_ok && take_session(req, f);
    return KW_NONE;
}

/* ---- asking the shards ---- */

static bool known_level(const struct kw_fetch_request *in)
{
    return in->isolation_level == 0 || in->isolation_level == 1;
}

static bool as_replica(const struct kw_fetch_request *in)
{
    return in->replica_id >= 0 || in->replica_state.replica_id >= 0; /* the latter from v15 on */
}

static void find_topics(struct mr_req *req, struct fetch *f)
{
    struct broker_shard *b = broker_of(req->shard);
    const struct kw_fetch_request *in = req->in;
    bool wrong = !known_level(in) || in->max_bytes < 0;
    const struct image_topic *topic = NULL;
    for (uint32_t i = 0; i < f->count; i++) {
        struct entry *e = &f->entries[i];
        bool by_id = req->version >= 13;
        bool same =
            i > 0 && (by_id ? mr_uuid_eq(e->topic_id, e[-1].topic_id) : mr_str_eq(e->topic, e[-1].topic));
        if (!same)
            topic = by_id ? image_topic_by_id(b->image, e->topic_id) : image_topic(b->image, e->topic);
        if (topic == NULL) /* a session goes on knowing the name of a topic that was deleted */
            e->error = by_id && (e->session == NULL || !e->session->was_there)
                           ? KW_UNKNOWN_TOPIC_ID
                           : KW_UNKNOWN_TOPIC_OR_PARTITION;
        else if (e->partition < 0 || e->partition >= topic->partition_count)
            e->error = KW_UNKNOWN_TOPIC_OR_PARTITION;
        else if (as_replica(in)) /* a client's guess: followers there are none yet */
            e->error = KW_NOT_LEADER_OR_FOLLOWER;
        else if (wrong || e->bytes_max < 0)
            e->error = KW_UNKNOWN_SERVER_ERROR; /* as Kafka, which fails on them half way */
        else
            e->topic_id = topic->id;
        if (topic != NULL && e->session != NULL)
            e->session->was_there = true;
    }
}

static bool make_items(struct mr_req *req, struct fetch *f)
{
    for (uint32_t i = 0; i < f->count; i++) {
        struct entry *e = &f->entries[i];
        if (e->error != KW_NONE)
            continue;
        struct part_key key = {e->topic_id, e->partition};
        e->shard = placement_shard(key, req->shard->count);
        struct fan_part *part = fan_part(f->fan, e->shard);
        struct fetch_item *item = part == NULL ? NULL : fan_item(part, sizeof(*item));
        if (item == NULL)
            return false;
        e->item = part->count - 1;
        e->asked = true;
        item->key = key;
        item->entry = i;
        item->offset = e->offset;
        item->bytes_max = e->bytes_max;
        item->leader_epoch =
            e->leader_epoch < 0 ? -1 : e->leader_epoch; /* here Kafka takes any of them for none */
        item->last_fetched_epoch = e->last_fetched_epoch;
    }
    return true;
}

static void hurry_all(struct fetch *f)
{
    if (f->hurried)
        return;
    f->hurried = true;
    shard_timer_cancel(f->req->shard, &f->deadline);
    for (uint32_t i = 0; i < f->fan->shards; i++) {
        if (f->fan->parts[i] != NULL)
            fetch_part_hurry(f->fan->parts[i]);
    }
}

static void fetch_hurry(struct mr_req *req)
{
    hurry_all(req->state);
}

static void deadline_fired(struct mr_timer *t)
{
    hurry_all(MR_CONTAINER(t, struct fetch, deadline));
}

/* One shard has something to say: the others need not wait longer. */
static void one_home(struct mr_req *req, struct fan_part *part)
{
    struct fetch *f = req->state;
    (void)part;
    if (f->fan->out > 1)
        hurry_all(f);
}

/* ---- the answer ---- */

static struct fetch_item *item_of(const struct fetch *f, const struct entry *e)
{
    return e->asked ? &((struct fetch_item *)f->fan->parts[e->shard]->items)[e->item] : NULL;
}

/* Is this partition left out of an incremental answer? Remembers what is said. */
static bool unchanged(struct entry *e, const struct kw_fetch_response_partition *p)
{
    struct session_part *sp = e->session;
    bool same = p->records.bytes == 0 && p->error_code == KW_NONE && !sp->said_error &&
                p->high_watermark == sp->said_high_watermark && p->log_start_offset == sp->said_log_start &&
                p->diverging_epoch.epoch < 0;
    sp->said_high_watermark = p->high_watermark;
    sp->said_log_start = p->log_start_offset;
    sp->said_error = p->error_code != KW_NONE;
    return same;
}

/* A place in what was read. */
struct place {
    const struct plog_read *read;
    uint32_t part;
    size_t at; /* in it */
};

/* On by n bytes, which are copied unless dst is NULL. False: there are not so many. */
static bool go_on(struct place *p, uint8_t *dst, size_t n)
{
    while (n > 0 && p->part < p->read->count) {
        struct mr_slice s = p->read->parts[p->part].bytes;
        size_t step = mr_min(s.len - p->at, n);
        if (dst != NULL) {
            memcpy(dst, s.ptr + p->at, step);
            dst += step;
        }
        n -= step;
        p->at += step;
        if (p->at == s.len) {
            p->part++;
            p->at = 0;
        }
    }
    return n == 0;
}

/* The bytes of as many whole batches as fit room bytes. */
static uint64_t fitting(const struct plog_read *read, uint64_t room)
{
    if (read->bytes <= room)
        return read->bytes;
    uint64_t fit = 0;
    struct place p = {.read = read};
    for (;;) {
        uint8_t prefix[BATCH_PREFIX_BYTES];
        struct place ahead = p;
        int64_t bytes = go_on(&ahead, prefix, sizeof(prefix)) ? batch_bytes_peek(prefix, sizeof(prefix)) : 0;
        if (bytes <= 0 || fit + (uint64_t)bytes > room || !go_on(&p, NULL, (size_t)bytes))
            return fit;
        fit += (uint64_t)bytes;
    }
}

static bool put_records(struct mr_req *req, const struct fetch_item *item, uint64_t room,
                        struct kw_fetch_response_partition *out)
{
    struct mr_slice *parts = req_array(req, struct mr_slice, item->read.count);
    if (parts == NULL)
        return false;
    uint64_t left = fitting(&item->read, room);
    uint32_t count = 0;
    for (; count < item->read.count && left > 0; count++) {
        parts[count] = item->read.parts[count].bytes;
        parts[count].len = mr_min(parts[count].len, left);
        left -= parts[count].len;
    }
    out->records = kw_records_of_parts(parts, count);
    return true;
}

static bool put_aborted(struct mr_req *req, const struct plog_aborted *aborted,
                        struct kw_fetch_response_partition *out)
{
    out->aborted_transactions = req_array(req, struct kw_fetch_response_aborted_transaction, aborted->count);
    if (out->aborted_transactions == NULL)
        return false;
    for (uint32_t i = 0; i < aborted->count; i++) {
        struct kw_fetch_response_aborted_transaction *t = &out->aborted_transactions[i];
        kw_fetch_response_aborted_transaction_init(t);
        t->producer_id = aborted->items[i].producer_id;
        t->first_offset = aborted->items[i].first_offset;
    }
    out->aborted_transactions_count = (int32_t)aborted->count;
    return true;
}

static bool put_partition(struct mr_req *req, struct fetch *f, struct entry *e, uint32_t *bytes,
                          struct kw_fetch_response_partition *out)
{
    const struct kw_fetch_request *in = req->in;
    const struct fetch_item *item = item_of(f, e);
    kw_fetch_response_partition_init(out);
    out->partition_index = e->partition;
    out->high_watermark = out->last_stable_offset = out->log_start_offset = -1;
    enum kw_error error = item == NULL ? e->error : item->error;
    if (error == KW_KAFKA_STORAGE_ERROR && req->version < 6)
        error = KW_NOT_LEADER_OR_FOLLOWER;
    out->error_code = (int16_t)error;
    bool read = item != NULL || error == KW_UNKNOWN_SERVER_ERROR || error == KW_NOT_LEADER_OR_FOLLOWER;
    if (in->isolation_level == 0 && read)
        out->aborted_transactions_count = -1;
    if (item == NULL)
        return true;
    if (error == KW_NOT_LEADER_OR_FOLLOWER || error == KW_FENCED_LEADER_EPOCH)
        out->current_leader = (struct kw_fetch_response_current_leader){item->leader_id, item->current_epoch};
    if (error == KW_NONE || error == KW_OFFSET_OUT_OF_RANGE) {
        out->high_watermark = error == KW_NONE ? item->high_watermark : -1;
        out->last_stable_offset = error == KW_NONE ? item->last_stable : -1;
        out->log_start_offset = error == KW_NONE ? item->log_start : -1;
    }
    if (item->diverges)
        out->diverging_epoch =
            (struct kw_fetch_response_diverging_epoch){item->diverging_epoch, item->diverging_end};
    if (error != KW_NONE || !item->has_parts || item->read.count == 0)
        return true;
    /* Shards read up to the whole limit each, and each its first batch whatever its size; in order, only the
     * first of all keeps that right, and what no longer fits is left for the next request (KIP-74). */
    uint64_t room =
        mr_min((uint32_t)mr_imax(item->bytes_max, 0), f->bytes_max - mr_min(*bytes, f->bytes_max));
    bool ok = put_records(req, item, *bytes == 0 ? UINT64_MAX : room, out);
    *bytes += (uint32_t)out->records.bytes;
    if (ok && item->aborted.count > 0 && out->records.bytes > 0)
        ok = put_aborted(req, &item->aborted, out);
    return ok;
}

static bool same_topic(const struct entry *a, const struct entry *b)
{
    return mr_uuid_eq(a->topic_id, b->topic_id) && mr_str_eq(a->topic, b->topic);
}

/* Partitions in order, neighbours of one topic together. */
static bool put_all(struct mr_req *req, struct fetch *f)
{
    struct kw_fetch_response *out = req->out;
    struct kw_fetch_response_partition *flat = req_array(req, struct kw_fetch_response_partition, f->count);
    out->responses = req_array(req, struct kw_fetch_response_topic, f->count);
    if (flat == NULL || out->responses == NULL)
        return false;
    struct mr_list moved;
    list_init(&moved);
    const struct entry *last = NULL;
    uint32_t bytes = 0, used = 0;
    bool ok = true;
    for (uint32_t i = 0; i < f->count; i++) {
        struct entry *e = &f->entries[i];
        struct kw_fetch_response_partition *p = &flat[used];
        ok &= put_partition(req, f, e, &bytes, p);
        if (e->session != NULL && unchanged(e, p) && f->incremental)
            continue;
        if (e->session != NULL &&
            p->records.bytes > 0) { /* fairness: those that got data go behind the others */
            list_remove(&e->session->link);
            list_push(&moved, &e->session->link);
        }
        if (last == NULL || !same_topic(last, e)) {
            struct kw_fetch_response_topic *t = &out->responses[out->responses_count++];
            kw_fetch_response_topic_init(t);
            t->topic = e->topic;
            t->topic_id = e->topic_id;
            t->partitions = p;
        }
        out->responses[out->responses_count - 1].partitions_count++;
        last = e;
        used++;
    }
    if (f->session != NULL)
        list_splice(&f->session->parts, &moved);
    return ok;
}

static void fetch_release(struct mr_req *req)
{
    struct fetch *f = req->state;
    if (f->fan != NULL)
        fan_end(f->fan);
}

/* Over its quota, a client gets nothing of what was read, and no session. */
static void answer_throttled(struct mr_req *req, struct fetch *f)
{
    struct fetch_sessions *all = net_of(req->shard)->sessions;
    if (f->session != NULL && !f->incremental)
        session_close(all, f->session);
    else if (f->session != NULL)
        ((struct kw_fetch_response *)req->out)->session_id = f->session->id;
    if (f->session != NULL)
        session_used(all, f->session);
    req_finish(req);
}

static void answer_records(struct mr_req *req)
{
    struct fetch *f = req->state;
    struct kw_fetch_response *out = req->out;
    if (req->throttle_ms > 0) {
        answer_throttled(req, f);
        return;
    }
    bool ok = put_all(req, f);
    if (f->session != NULL) {
        out->session_id = f->session->id;
        session_used(net_of(req->shard)->sessions, f->session);
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "out of memory");
}

enum { ANSWER_BYTES = 24, ANSWER_PARTITION_BYTES = 48 }; /* of an answer without its records, about */

/* What the answer would be, without making it. */
static uint64_t weigh_answer(struct mr_req *req, struct fetch *f)
{
    struct kw_fetch_response_partition scratch;
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < f->count; i++)
        (void)put_partition(req, f, &f->entries[i], &bytes, &scratch);
    return ANSWER_BYTES + (uint64_t)f->count * ANSWER_PARTITION_BYTES + bytes;
}

static void fetch_home(struct mr_req *req)
{
    struct fetch *f = req->state;
    const struct image_quotas *quotas = &broker_of(req->shard)->image->quotas;
    shard_timer_cancel(req->shard, &f->deadline);
    if (quotas->total[QUOTA_FETCH] + quotas->total[QUOTA_REQUEST] == 0)
        answer_records(req);
    else
        quota_settle_fetch(req, weigh_answer(req, f), answer_records);
}

static void answer_error(struct mr_req *req, enum kw_error error)
{
    ((struct kw_fetch_response *)req->out)->error_code = (int16_t)error;
    req_finish(req);
}

/* Fetch (key 1), v4-18. v4 isolation level, v7 sessions (KIP-227), v9 leader epochs (KIP-320), v12 flexible
 * and diverging epochs (KIP-595), v13 topic ids, v15 replica state, v18 the follower's high watermark.
 * Differs from Kafka: with several shards a fetch that asks for many bytes at once (fetch.min.bytes) may be
 * answered as soon as one shard has its share of them; visibility ends at what is on stable storage. */
static void fetch_start(struct mr_req *req)
{
    const struct kw_fetch_request *in = req->in;
    struct fetch *f = req_new(req, struct fetch);
    bool ok = true;
    if (f == NULL) {
        req_close(req, "out of memory");
        return;
    }
    req->state = f;
    req->release = fetch_release;
    f->req = req;
    timer_init(&f->deadline, deadline_fired);
    enum kw_error error = KW_NONE;
    if (req->version >= 13 && !known_level(in))
        error = KW_UNKNOWN_SERVER_ERROR; /* older versions say it of each partition */
    else
        error = open_session(req, f, &ok);
    if (error != KW_NONE) {
        answer_error(req, error);
        return;
    }
    f->fan = fan_begin(req, fetch_part_at, fetch_part_release, fetch_home);
    uint32_t broker_max = (uint32_t)broker_of(req->shard)->settings.fetch_bytes_max;
    f->bytes_max =
        (uint32_t)mr_min(mr_min((uint32_t)mr_imax(in->max_bytes, 0), broker_max), quota_fetch_bytes_max(req));
    find_topics(req, f);
    ok = ok && f->fan != NULL && make_items(req, f);
    bool any_error = false;
    uint32_t parts = 0;
    for (uint32_t i = 0; i < f->count; i++)
        any_error |= f->entries[i].error != KW_NONE;
    for (uint32_t i = 0; ok && i < f->fan->shards; i++)
        parts += f->fan->parts[i] != NULL;
    bool may_wait = in->max_wait_ms > 0 && in->min_bytes > 0 && !any_error && parts > 0;
    uint32_t wanted = (uint32_t)mr_min((uint32_t)mr_imax(in->min_bytes, 1), mr_max(f->bytes_max, 1u));
    uint32_t share = parts == 0 ? 1 : (wanted + parts - 1) / parts;
    for (uint32_t i = 0; ok && i < f->fan->shards; i++) {
        if (f->fan->parts[i] != NULL)
            ok =
                fetch_part_prepare(f->fan->parts[i], may_wait, in->isolation_level == 1, share, f->bytes_max);
    }
    if (!ok) {
        if (f->session != NULL)
            session_used(net_of(req->shard)->sessions, f->session);
        req_close(req, "request too large");
        return;
    }
    if (may_wait) {
        f->fan->one_home = one_home;
        req->hurry = fetch_hurry;
        shard_timer(req->shard, &f->deadline, (uint64_t)in->max_wait_ms * 1000000);
    }
    fan_send(f->fan);
}

const struct mr_api mr_api_fetch = {
    .key = 1, .name = "Fetch", .v_min = 4, .v_max = 18, .v_min_shown = 4, .start = fetch_start};
