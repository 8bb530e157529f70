/* A reader of what is committed, and the checker. */
#include <stdio.h>
#include <stdlib.h>

#include "net/wire/batch.h"
#include "net/wire/batch_build.h"
#include "net/wire/gen/describe_transactions.h"
#include "net/wire/gen/fetch.h"
#include "net/wire/gen/offset_fetch.h"
#include "net/wire/kw_error.h"
#include "tests/sim/client_txn.h"

#define MS UINT64_C(1000000)

enum { FETCH_VERSION = 12, OFFSET_FETCH_VERSION = 8, ABORTED_MAX = 256 };

/* ---- what must hold ---- */

void txn_check_init(struct txn_check *k, struct seed_result *res)
{
    *k = (struct txn_check){.res = res};
    for (int i = 0; i < TXN_IDS_MAX; i++)
        k->offset_at[i] = -1;
}

void txn_leaver_id(char *dst, size_t bytes, uint32_t holder, uint32_t n)
{
    snprintf(dst, bytes, "leaver-%u-%u", holder, n);
}

static void saw_record(struct txn_check *k, uint32_t part, uint32_t n, int64_t offset)
{
    if (!seed_check(k->res, n < k->count, "a record of no transaction: %u", n))
        return;
    struct txn_facts *f = &k->txns[n];
    seed_check(k->res, f->fate == FATE_ASKED || f->fate == FATE_COMMITTED,
               "t-%u at %lld: a reader of what is committed sees transaction %u, which %s", part,
               (long long)offset, n, f->fate == FATE_OPEN ? "is open" : "was aborted");
    f->seen[part]++;
    seed_check(k->res, f->seen[part] <= f->wrote[part],
               "t-%u at %lld: record %u of transaction %u, which wrote %u there", part, (long long)offset,
               f->seen[part], n, f->wrote[part]);
}

static void saw_offset(struct txn_check *k, uint32_t id, int32_t place, int64_t offset)
{
    if (offset < 0 && place != TXN_PLACE)
        return;
    if (offset < 0) {
        seed_check(k->res, k->offset_at[id] < 0, "group %u: the offset %lld has gone", id,
                   (long long)k->offset_at[id]);
        return;
    }
    uint32_t n = (uint32_t)(offset - 1);
    if (!seed_check(k->res, offset > 0 && n < k->count, "group %u: offset %lld is nobody's", id,
                    (long long)offset))
        return;
    const struct txn_facts *f = &k->txns[n];
    seed_check(k->res, f->offset && f->id == id && (f->fate == FATE_ASKED || f->fate == FATE_COMMITTED),
               "group %u: offset of transaction %u, which %s", id, n,
               f->fate == FATE_OPEN ? "is open" : "was aborted");
    if (place != TXN_PLACE) /* of ids that do not wait for each other */
        return;
    seed_check(k->res, offset >= k->offset_at[id], "group %u: offset %lld after %lld", id, (long long)offset,
               (long long)k->offset_at[id]);
    k->offset_at[id] = offset;
}

static bool is_there(const struct txn_facts *f)
{
    for (int p = 0; p < TXN_PARTS; p++) {
        if (f->seen[p] > 0)
            return true;
    }
    return false;
}

void txn_check_end(struct txn_check *k)
{
    int64_t want[TXN_IDS_MAX] = {-1, -1, -1, -1};
    for (uint32_t n = 0; n < k->count; n++) {
        const struct txn_facts *f = &k->txns[n];
        bool there = is_there(f);
        for (int p = 0; there && p < TXN_PARTS; p++)
            seed_check(k->res, f->seen[p] == f->wrote[p], "transaction %u: %u of %u records of t-%d", n,
                       f->seen[p], f->wrote[p], p);
        seed_check(k->res, there || !f->records || f->fate != FATE_COMMITTED,
                   "transaction %u was committed and is not there", n);
        if (!f->records) /* nothing else tells what became of a commit that was not answered */
            there = f->fate == FATE_COMMITTED || k->offset_at[f->id] == (int64_t)n + 1;
        if (there && f->offset && !f->leaver)
            want[f->id] = (int64_t)n + 1;
    }
    for (int i = 0; i < TXN_IDS_MAX; i++)
        seed_check(k->res, k->offset_at[i] == want[i], "group %d: offset %lld, the records say %lld", i,
                   (long long)k->offset_at[i], (long long)want[i]);

    seed_check(k->res, k->commits > 10 && k->aborts > 2, "only %llu commits and %llu aborts",
               (unsigned long long)k->commits, (unsigned long long)k->aborts);
}

/* What a coordinator says of an id that had this one transaction, now that all is read. */
static bool ended_as(const struct txn_facts *f, bool unknown, struct mr_str state)
{
    bool there = f->records ? is_there(f) : f->fate == FATE_COMMITTED;
    if (!f->records && f->fate == FATE_ASKED)
        return true;
    if (there)
        return !unknown && mr_str_is(state, "CompleteCommit");
    if (f->answered)
        return !unknown && mr_str_is(state, "CompleteAbort");
    return unknown || mr_str_is(state, "CompleteAbort") || mr_str_is(state, "Empty");
}

/* ---- reading ---- */

static void next(struct txn_reader *r);

static void on_timer(struct mr_timer *t)
{
    next(MR_CONTAINER(t, struct txn_reader, timer));
}

static void later(struct txn_reader *r)
{
    if (!timer_armed(&r->timer))
        khost_timer(r->client.host, &r->timer, rng_between(&r->rng, 0, 10 * MS));
}

/* Transactions that the answer names as aborted, while the records are gone through. */
struct aborted {
    const struct kw_fetch_response_aborted_transaction *all;
    int32_t count;
    int64_t now[ABORTED_MAX]; /* producers whose aborted transaction has begun */
    uint32_t now_count;
};

static bool is_aborted(struct aborted *a, const struct kw_batch_header *h)
{
    for (int32_t i = 0; i < a->count; i++) {
        bool begins = a->all[i].producer_id == h->producer_id && a->all[i].first_offset == h->base_offset;
        if (begins && a->now_count < ABORTED_MAX)
            a->now[a->now_count++] = h->producer_id;
    }
    for (uint32_t i = 0; i < a->now_count; i++) {
        if (a->now[i] == h->producer_id)
            return true;
    }
    return false;
}

/* As clients do: it began below the fetch's offset, or within. */
static void begun_before(struct aborted *a, int64_t position)
{
    for (int32_t i = 0; i < a->count; i++) {
        if (a->all[i].first_offset < position && a->now_count < ABORTED_MAX)
            a->now[a->now_count++] = a->all[i].producer_id;
    }
}

static void marker(struct aborted *a, const struct kw_batch *b)
{
    struct control_record control;
    if (control_read(b, &control) != 1 || control.type != CONTROL_ABORT)
        return;
    for (uint32_t i = 0; i < a->now_count; i++) {
        if (a->now[i] == b->h.producer_id)
            a->now[i] = -1;
    }
}

static void take_batch(struct txn_reader *r, uint32_t part, struct aborted *a, const struct kw_batch *b)
{
    struct record_iter it;
    struct kw_record rec;
    struct mr_slice records;
    if (batch_is_control(&b->h)) {
        marker(a, b);
        return;
    }
    if (is_aborted(a, &b->h) || batch_next_offset(&b->h) <= r->position[part])
        return;
    if (!seed_check(r->check->res, batch_records(b, NULL, NULL, 0, &records) == 0, "records cannot be read"))
        return;
    record_iter_init(&it, records, b->h.record_count);
    while (record_next(&it, &rec) == 1) {
        char text[16] = "";
        memcpy(text, rec.value.ptr, mr_min(rec.value.len, sizeof(text) - 1));
        saw_record(r->check, part, (uint32_t)strtoul(text, NULL, 10), b->h.base_offset + rec.offset_delta);
    }
}

static void take(struct txn_reader *r, const struct kw_fetch_response_partition *in)
{
    uint32_t part = (uint32_t)in->partition_index;
    bool again = in->error_code == KW_NOT_LEADER_OR_FOLLOWER || in->error_code == KW_KAFKA_STORAGE_ERROR ||
                 in->error_code == KW_UNKNOWN_TOPIC_OR_PARTITION;
    if (!seed_check(r->check->res, in->error_code == KW_NONE || again, "t-%u: error %d", part,
                    in->error_code) ||
        in->error_code != KW_NONE)
        return;
    struct aborted a = {.all = in->aborted_transactions, .count = in->aborted_transactions_count};
    struct mr_slice rest = in->records.null ? (struct mr_slice){NULL, 0} : kw_records_part(&in->records, 0);
    struct kw_batch b;
    begun_before(&a, r->position[part]);
    while (batch_next(&rest, &b) == 1) {
        seed_check(r->check->res, batch_next_offset(&b.h) <= in->last_stable_offset,
                   "t-%u: a batch up to %lld, the last stable offset is %lld", part,
                   (long long)batch_next_offset(&b.h), (long long)in->last_stable_offset);
        take_batch(r, part, &a, &b);
        r->position[part] = mr_imax(r->position[part], batch_next_offset(&b.h));
    }
    r->high[part] = in->high_watermark;
    r->stable[part] = in->last_stable_offset;
    r->ended[part] = r->counts && r->position[part] == in->high_watermark;
}

static void fetched(struct kcall *call)
{
    struct txn_reader *r = call->ctx;
    const struct kw_fetch_response *out = call->out;
    r->busy = false;
    if (call->err == -ECANCELED)
        return;
    for (int32_t t = 0; call->err == 0 && t < out->responses_count; t++) {
        for (int32_t i = 0; i < out->responses[t].partitions_count; i++)
            take(r, &out->responses[t].partitions[i]);
    }
    later(r);
}

static void fetch(struct txn_reader *r)
{
    struct kcall *call = kcall_new(&r->client, 1, FETCH_VERSION, fetched, r);
    struct kw_fetch_request *in = call->in;
    struct kw_fetch_request_topic *t = kcall_new_array(call, struct kw_fetch_request_topic, 1);
    kw_fetch_request_topic_init(t);
    t->topic = mr_str_of(r->topic->name);
    t->partitions = kcall_new_array(call, struct kw_fetch_request_partition, TXN_PARTS);
    for (int32_t p = 0; p < TXN_PARTS; p++) {
        struct kw_fetch_request_partition *ip = &t->partitions[t->partitions_count++];
        kw_fetch_request_partition_init(ip);
        ip->partition = p;
        ip->fetch_offset = r->position[p];
        ip->partition_max_bytes = (int32_t)rng_between(&r->rng, 200, 4000);
    }
    in->max_wait_ms = 10;
    in->min_bytes = 1;
    in->isolation_level = 1;
    in->session_epoch = -1;
    in->topics = t;
    in->topics_count = 1;
    kcall_send(call);
}

static void offsets_told(struct kcall *call)
{
    struct txn_reader *r = call->ctx;
    const struct kw_offset_fetch_response *out = call->out;
    bool all = call->err == 0;
    r->busy = false;
    if (call->err == -ECANCELED)
        return;
    for (int32_t g = 0; call->err == 0 && g < out->groups_count; g++) {
        const struct kw_offset_fetch_response_group *og = &out->groups[g];
        if (og->error_code != KW_NONE) {
            all = false;
            continue;
        }
        for (int32_t i = 0; i < og->topics[0].partitions_count; i++) {
            const struct kw_offset_fetch_response_group_partition *p = &og->topics[0].partitions[i];
            all = all && p->error_code == KW_NONE;
            if (p->error_code == KW_NONE)
                saw_offset(r->check, (uint32_t)g, p->partition_index, p->committed_offset);
            else
                seed_check(r->check->res, p->error_code == KW_UNSTABLE_OFFSET_COMMIT,
                           "an offset of group %d gets %d", g, p->error_code);
        }
    }
    r->offsets_told = r->counts && all;
    later(r);
}

static void ask_offsets(struct txn_reader *r)
{
    struct kcall *call = kcall_new(&r->client, 9, OFFSET_FETCH_VERSION, offsets_told, r);
    struct kw_offset_fetch_request *in = call->in;
    in->require_stable = r->counts || rng_below(&r->rng, 2) == 0;
    in->groups = kcall_new_array(call, struct kw_offset_fetch_request_group, r->ids);
    in->groups_count = (int32_t)r->ids;
    for (uint32_t i = 0; i < r->ids; i++) {
        struct kw_offset_fetch_request_group *g = &in->groups[i];
        char name[16];
        bool ok = true;
        kw_offset_fetch_request_group_init(g);
        snprintf(name, sizeof(name), "group-%u", i);
        g->group_id = arena_str(&call->arena, mr_str_of(name), &ok);
        g->topics = kcall_new_array(call, struct kw_offset_fetch_request_group_topic, 1);
        g->topics_count = 1;
        kw_offset_fetch_request_group_topic_init(g->topics);
        g->topics->name = mr_str_of(r->topic->name);
        g->topics->partition_indexes = kcall_new_array(call, int32_t, TXN_PLACES);
        for (int32_t p = 0; p < TXN_PLACES; p++)
            g->topics->partition_indexes[g->topics->partition_indexes_count++] = p;
    }
    kcall_send(call);
}

/* ---- what the coordinators say ---- */

/* False: it is not decided yet. */
static bool described(struct txn_reader *r, const struct kw_describe_transactions_response_transaction *t,
                      const struct txn_facts *f)
{
    static const char *const ends[] = {"Empty", "CompleteCommit", "CompleteAbort"};
    bool unknown = t->error_code == KW_TRANSACTIONAL_ID_NOT_FOUND, ended = unknown;
    if (t->error_code != KW_NONE && !unknown)
        return false;
    for (size_t i = 0; i < MR_COUNT(ends); i++)
        ended = ended || mr_str_is(t->transaction_state, ends[i]);
    if (!ended)
        return false;
    seed_check(r->check->res, t->topics_count == 0, "%.*s is %.*s and has partitions",
               MR_STR(t->transactional_id), MR_STR(t->transaction_state));
    if (f != NULL)
        seed_check(r->check->res, ended_as(f, unknown, t->transaction_state),
                   "%.*s is %.*s; its transaction was %s and is %s", MR_STR(t->transactional_id),
                   MR_STR(t->transaction_state), f->answered ? "answered" : "not answered",
                   is_there(f) ? "there" : "not there");
    return true;
}

static void all_described(struct kcall *call)
{
    struct txn_reader *r = call->ctx;
    const struct kw_describe_transactions_response *out = call->out;
    int32_t at = 0;
    r->busy = false;
    if (call->err == -ECANCELED)
        return;
    bool all = call->err == 0;
    for (uint32_t i = 0; call->err == 0 && i < r->ids; i++)
        all = described(r, &out->transaction_states[at++], NULL) && all;
    for (uint32_t n = 0; call->err == 0 && n < r->check->count; n++) {
        if (r->check->txns[n].leaver)
            all = described(r, &out->transaction_states[at++], &r->check->txns[n]) && all;
    }
    seed_check(r->check->res, call->err != 0 || at == out->transaction_states_count,
               "%d transactional ids are described", out != NULL ? out->transaction_states_count : 0);
    r->described = all;
    later(r);
}

static struct mr_str id_in(struct kcall *call, const char *id)
{
    bool ok = true;
    struct mr_str s = arena_str(&call->arena, mr_str_of(id), &ok);
    MR_ASSERT(ok);
    return s;
}

static void describe(struct txn_reader *r)
{
    struct kcall *call = kcall_new(&r->client, 65, 0, all_described, r);
    struct kw_describe_transactions_request *in = call->in;
    char id[24];
    in->transactional_ids = kcall_new_array(call, struct mr_str, r->ids + r->check->count);
    for (uint32_t i = 0; i < r->ids; i++) {
        snprintf(id, sizeof(id), "id-%u", i);
        in->transactional_ids[in->transactional_ids_count++] = id_in(call, id);
    }
    for (uint32_t n = 0; n < r->check->count; n++) {
        if (!r->check->txns[n].leaver)
            continue;
        txn_leaver_id(id, sizeof(id), r->check->txns[n].holder, n);
        in->transactional_ids[in->transactional_ids_count++] = id_in(call, id);
    }
    kcall_send(call);
}

static bool all_read(const struct txn_reader *r)
{
    bool all = r->offsets_told;
    for (int p = 0; p < TXN_PARTS; p++)
        all = all && r->ended[p];
    return all;
}

static void next(struct txn_reader *r)
{
    if (r->busy || !r->started || txn_reader_finished(r))
        return;
    r->busy = true;
    r->counts = r->to_the_end;
    if (all_read(r))
        describe(r);
    else if (rng_below(&r->rng, 3) == 0)
        ask_offsets(r);
    else
        fetch(r);
}

/* ---- life ---- */

void txn_reader_init(struct txn_reader *r, struct khost *h, const char *address, uint16_t port,
                     struct txn_check *check, const struct ktopic *topic, uint32_t ids, uint64_t seed)
{
    *r = (struct txn_reader){.check = check, .topic = topic, .ids = ids};
    kclient_init(&r->client, h, "reader", address, port);
    rng_seed(&r->rng, seed, 400);
    rng_seed(&r->client.rng, seed, 401);
    timer_init(&r->timer, on_timer);
}

void txn_reader_start(struct txn_reader *r)
{
    r->started = true;
    later(r);
}

void txn_reader_to_the_end(struct txn_reader *r)
{
    r->to_the_end = true;
}

bool txn_reader_finished(const struct txn_reader *r)
{
    return r->described && all_read(r);
}

void txn_reader_stop(struct txn_reader *r)
{
    r->started = false;
    timer_cancel(&r->client.host->timers, &r->timer);
    kclient_stop(&r->client);
}

void txn_reader_done(struct txn_reader *r)
{
    kclient_done(&r->client);
}

const char *txn_reader_stuck(const struct txn_reader *r)
{
    if (!r->offsets_told)
        return "offsets";
    for (int p = 0; p < TXN_PARTS; p++) {
        if (!r->ended[p])
            return r->stable[p] < r->high[p] ? "a transaction is open for ever" : "the reader";
    }
    if (!r->described)
        return "what coordinators say";
    return "nothing";
}
