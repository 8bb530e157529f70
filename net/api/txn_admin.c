/* Looking at transactions. */
#include "core/broker/regex.h"
#include "core/broker/txn_coord.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/fan.h"
#include "net/wire/gen/describe_transactions.h"
#include "net/wire/gen/list_transactions.h"

/* ---- DescribeTransactions ---- */

struct described {
    struct part_key key;
    struct mr_str id;
    int32_t at;                                               /* in the answer */
    struct kw_describe_transactions_response_transaction out; /* in the part's arena */
    bool ok;
};

static bool put_parts(struct mr_arena *a, const struct txn *t, uint32_t count,
                      struct kw_describe_transactions_response_transaction *out)
{
    struct kw_describe_transactions_response_topic *topic = NULL;
    uint32_t topic_at = 0, part_at = 0, left = count;
    const char *last = NULL;
    struct txn_part p;
    bool ok = true;
    out->topics = arena_array(a, struct kw_describe_transactions_response_topic, count);
    int32_t *numbers = arena_array(a, int32_t, count);
    if (out->topics == NULL || numbers == NULL)
        return false;
    while (ok && left-- > 0 && txn_next_part(t, &topic_at, &part_at, &p)) {
        if (p.topic.ptr != last) {
            topic = &out->topics[out->topics_count++];
            kw_describe_transactions_response_topic_init(topic);
            topic->topic = arena_str(a, p.topic, &ok);
            topic->partitions = numbers;
            last = p.topic.ptr;
        }
        *numbers++ = p.partition;
        topic->partitions_count++;
    }
    return ok;
}

static void describe_one(struct fan_part *part, struct described *d)
{
    struct kw_describe_transactions_response_transaction *out = &d->out;
    struct coord *c;
    struct txn_view v;
    kw_describe_transactions_response_transaction_init(out);
    out->transactional_id = d->id;
    enum kw_error error = coord_find(broker_of(part->at_shard), COORD_TXN, d->key, &c);
    const struct txn *t = error == KW_NONE ? txn_find(c, d->id) : NULL;
    d->ok = true;
    if (t == NULL) {
        out->error_code = (int16_t)(error != KW_NONE ? error : KW_TRANSACTIONAL_ID_NOT_FOUND);
        return;
    }
    txn_describe(t, &v);
    out->transaction_state = mr_str_of(txn_state_name(v.state));
    out->transaction_timeout_ms = v.timeout_ms;
    out->transaction_start_time_ms = v.start_ms;
    out->producer_id = v.producer_id;
    out->producer_epoch = v.producer_epoch;
    d->ok = put_parts(&part->arena, t, v.partitions, out);
}

static void describe_at(struct fan_part *part)
{
    for (uint32_t i = 0; i < part->count; i++)
        describe_one(part, &((struct described *)part->items)[i]);
    fan_back(part);
}

static void describe_home(struct mr_req *req)
{
    struct kw_describe_transactions_response *out = req->out;
    const struct fan *fan = req->state;
    bool ok = true;
    for (uint32_t s = 0; s < fan->shards; s++) {
        const struct fan_part *part = fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct described *d = &((const struct described *)part->items)[i];
            out->transaction_states[d->at] = d->out;
            ok = ok && d->ok;
        }
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

static bool describe_send(struct mr_req *req, struct mr_str id, int32_t at)
{
    struct kw_describe_transactions_response *out = req->out;
    struct kw_describe_transactions_response_transaction *o = &out->transaction_states[at];
    struct fan *fan = req->state;
    struct part_key key;
    kw_describe_transactions_response_transaction_init(o);
    o->transactional_id = id;
    if (id.len == 0 || !coord_place(broker_of(req->shard), COORD_TXN, id, &key)) {
        o->error_code = (int16_t)(id.len == 0 ? KW_INVALID_REQUEST : KW_NOT_COORDINATOR);
        return true;
    }
    struct fan_part *part = fan_part(fan, placement_shard(key, fan->shards));
    struct described *d = part != NULL ? fan_item(part, sizeof(*d)) : NULL;
    if (d == NULL)
        return false;
    d->key = key;
    d->id = id;
    d->at = at;
    return true;
}

/* DescribeTransactions (key 65), v0, flexible. KIP-664.
 * Differs from Kafka: nowhere. */
static void describe_transactions_start(struct mr_req *req)
{
    const struct kw_describe_transactions_request *in = req->in;
    struct kw_describe_transactions_response *out = req->out;
    int32_t count = (int32_t)mr_imax(in->transactional_ids_count, 0);
    req->state = fan_begin(req, describe_at, NULL, describe_home);
    req->release = fan_release;
    out->transaction_states =
        req_array(req, struct kw_describe_transactions_response_transaction, (size_t)count);
    bool ok = req->state != NULL && out->transaction_states != NULL;
    for (int32_t i = 0; ok && i < count; i++)
        ok = describe_send(req, in->transactional_ids[i], i);
    out->transaction_states_count = count;
    if (ok)
        fan_send(req->state);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_describe_transactions = {.key = 65,
                                                    .name = "DescribeTransactions",
                                                    .v_min = 0,
                                                    .v_max = 0,
                                                    .v_min_shown = 0,
                                                    .start = describe_transactions_start};

/* ---- ListTransactions ---- */

enum { STATES = TXN_PREPARE_EPOCH_FENCE + 1 };

/* What one shard has; a list, for nobody knows before how many there are. */
struct listed {
    struct kw_list_transactions_response_transaction out;
    struct listed *next;
};

struct shard_list {
    struct fan_part *part;
    const struct kw_list_transactions_request *in;
    const struct regex *pattern; /* while the shard looks; NULL: any id */
    bool of_state[STATES];
    struct listed *first, **last;
    int32_t count;
    int64_t wall_ms;
    enum kw_error error;
    bool ok;
};

static bool wants(const struct shard_list *l, const struct txn_view *v)
{
    const struct kw_list_transactions_request *in = l->in;
    bool of_producer = in->producer_id_filters_count <= 0;
    for (int32_t i = 0; !of_producer && i < in->producer_id_filters_count; i++)
        of_producer = in->producer_id_filters[i] == v->producer_id;
    if (!of_producer || (in->state_filters_count > 0 && !l->of_state[v->state]))
        return false;
    if (in->duration_filter >= 0 && l->wall_ms - v->start_ms <= in->duration_filter)
        return false;
    return l->pattern == NULL || regex_matches(l->pattern, v->id.ptr, v->id.len);
}

static void list_txn(void *ctx, const struct txn *t)
{
    struct shard_list *l = ctx;
    struct txn_view v;
    txn_describe(t, &v);
    if (!l->ok || !wants(l, &v))
        return;
    struct listed *one = arena_new(&l->part->arena, struct listed);
    l->ok = one != NULL;
    if (one == NULL)
        return;
    one->out.transactional_id = arena_str(&l->part->arena, v.id, &l->ok);
    one->out.producer_id = v.producer_id;
    one->out.transaction_state = mr_str_of(txn_state_name(v.state));
    *l->last = one;
    l->last = &one->next;
    l->count++;
}

static void list_coord(void *ctx, struct coord *c, enum kw_error error)
{
    struct shard_list *l = ctx;
    if (error == KW_NONE)
        txn_each(c, list_txn, l);
    else if (error == KW_COORDINATOR_LOAD_IN_PROGRESS)
        l->error = error;
}

/* Does the request ask for ids of a pattern? An empty one is none. */
static bool has_pattern(const struct kw_list_transactions_request *in)
{
    return in->transactional_id_pattern.ptr != NULL && in->transactional_id_pattern.len > 0;
}

/* NULL: it is no expression. */
static struct regex *compiled(const struct kw_list_transactions_request *in)
{
    char why[REGEX_WHY_BYTES];
    return regex_new(in->transactional_id_pattern.ptr, in->transactional_id_pattern.len, why, sizeof(why));
}

/* Every shard compiles the pattern for itself: shards share nothing, and who lists transactions is in no
 * hurry. */
static void list_at(struct fan_part *part)
{
    struct shard_list *l = part->items;
    l->last = &l->first;
    l->wall_ms = shard_wall_ms(part->at_shard);
    struct regex *pattern = has_pattern(l->in) ? compiled(l->in) : NULL;
    l->pattern = pattern;
    l->ok = pattern != NULL || !has_pattern(l->in);
    if (l->ok)
        coords_each(broker_of(part->at_shard), COORD_TXN, list_coord, l);
    regex_free(pattern);
    l->pattern = NULL;
    fan_back(part);
}

static void list_home(struct mr_req *req)
{
    struct kw_list_transactions_response *out = req->out;
    struct fan *fan = req->state;
    size_t count = 0;
    bool ok = true;
    for (uint32_t s = 0; s < fan->shards; s++) {
        const struct shard_list *l = fan->parts[s]->items;
        ok = ok && l->ok;
        count += (size_t)l->count;
        if (l->error != KW_NONE)
            out->error_code = (int16_t)l->error;
    }
    if (out->error_code != KW_NONE) {
        req_finish(req);
        return;
    }
    out->transaction_states = req_array(req, struct kw_list_transactions_response_transaction, count);
    ok = ok && out->transaction_states != NULL;
    for (uint32_t s = 0; ok && s < fan->shards; s++) {
        const struct shard_list *l = fan->parts[s]->items;
        for (const struct listed *one = l->first; one != NULL; one = one->next)
            out->transaction_states[out->transaction_states_count++] = one->out;
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

/* Which states the request names; those that do not exist are told. */
static bool read_states(struct mr_req *req, bool *of_state)
{
    const struct kw_list_transactions_request *in = req->in;
    struct kw_list_transactions_response *out = req->out;
    struct api_seen seen = {.ready = false};
    enum txn_state state;
    out->unknown_state_filters = req_array(req, struct mr_str, (size_t)mr_imax(in->state_filters_count, 0));
    if (out->unknown_state_filters == NULL)
        return false;
    for (int32_t i = 0; i < in->state_filters_count; i++) {
        if (txn_state_of_name(in->state_filters[i], &state))
            of_state[state] = true;
        else if (!api_seen_before(&seen, in->state_filters[i], -1))
            out->unknown_state_filters[out->unknown_state_filters_count++] = in->state_filters[i];
    }
    api_seen_done(&seen);
    return true;
}

/* Is there no pattern, or one that can be compiled? */
static bool pattern_is_sound(const struct kw_list_transactions_request *in)
{
    if (!has_pattern(in))
        return true;
    struct regex *r = compiled(in);
    regex_free(r);
    return r != NULL;
}

/* ListTransactions (key 66), v0-2, flexible. KIP-664, v1 duration (KIP-994), v2 a pattern of ids (KIP-1152).
 * Differs from Kafka: nowhere. */
static void list_transactions_start(struct mr_req *req)
{
    bool of_state[STATES] = {false};
    if (!pattern_is_sound(req->in)) {
        struct kw_list_transactions_response *out = req->out;
        out->error_code = KW_INVALID_REGULAR_EXPRESSION;
        req_finish(req);
        return;
    }
    struct fan *fan = req->state = fan_begin(req, list_at, NULL, list_home);
    req->release = fan_release;
    bool ok = fan != NULL && read_states(req, of_state);
    for (uint32_t s = 0; ok && s < fan->shards; s++) {
        struct fan_part *part = fan_part(fan, s);
        struct shard_list *l = part != NULL ? arena_new(&part->arena, struct shard_list) : NULL;
        ok = l != NULL;
        if (!ok)
            break;
        part->items = l;
        l->part = part;
        l->in = req->in;
        l->ok = true;
        memcpy(l->of_state, of_state, sizeof(of_state));
    }
    if (ok)
        fan_send(fan);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_list_transactions = {.key = 66,
                                                .name = "ListTransactions",
                                                .v_min = 0,
                                                .v_max = 2,
                                                .v_min_shown = 0,
                                                .start = list_transactions_start};
