#include "core/broker/quota_accounts.h"

#include "core/mem.h"

enum { PURGE_EACH = 2 }; /* idle accounts that go when one is made */

struct account {
    struct mr_list link; /* in q->accounts, not used for longest first */
    int64_t used_ms;
    struct mr_str key;
    struct quota_rate rate;
    struct quota_bucket bucket;
    struct quota_sample samples[]; /* and the key's text behind them */
};

struct quota_accounts {
    struct quota_window window, mutation_window;
    struct mr_smap by_key; /* type, user, client -> account */
    struct mr_list accounts;
    struct mr_scratch key; /* of the one that is looked for */
};

static struct quota_window window_of(const struct config_view *v, const char *num, const char *seconds)
{
    return (struct quota_window){
        .samples = (uint32_t)mr_imin(config_int(v, num), QUOTA_SAMPLES_MAX),
        .ms = (uint32_t)mr_imin(config_int(v, seconds), INT32_MAX / 1000) * 1000,
    };
}

struct quota_accounts *quota_accounts_new(const struct mr_config *config)
{
    struct config_view v = config_static(config);
    struct quota_accounts *q = mem_zalloc(1, sizeof(*q));
    if (q == NULL)
        return NULL;
    q->window = window_of(&v, "quota.window.num", "quota.window.size.seconds");
    q->mutation_window = window_of(&v, "controller.quota.window.num", "controller.quota.window.size.seconds");
    smap_init(&q->by_key);
    list_init(&q->accounts);
    scratch_init(&q->key, 128 << 10);
    return q;
}

static void account_free(struct quota_accounts *q, struct account *a)
{
    (void)smap_remove(&q->by_key, a->key);
    list_remove(&a->link);
    mem_free(a);
}

void quota_accounts_free(struct quota_accounts *q)
{
    if (q == NULL)
        return;
    LIST_FOR_SAFE(node, tmp, &q->accounts)
    account_free(q, MR_CONTAINER(node, struct account, link));
    smap_done(&q->by_key);
    scratch_done(&q->key);
    mem_free(q);
}

static int put_name(struct mr_scratch *key, struct mr_str name)
{
    uint8_t head[5] = {name.ptr != NULL};
    mr_put32(head + 1, (uint32_t)name.len);
    int err = scratch_put(key, head, sizeof(head));
    return err == 0 && name.len > 0 ? scratch_put(key, name.ptr, name.len) : err;
}

static bool key_of(struct quota_accounts *q, enum quota_type type, const struct quota_limit *limit,
                   struct mr_str *ret)
{
    uint8_t head = (uint8_t)type;
    scratch_reset(&q->key, 1024);
    if (scratch_put(&q->key, &head, 1) != 0 || put_name(&q->key, limit->user) != 0 ||
        put_name(&q->key, limit->client) != 0)
        return false;
    *ret = (struct mr_str){(const char *)q->key.data, q->key.len};
    return true;
}

/* Out of those that hold nothing any more, some; out of all, one when there are too many. */
static void purge(struct quota_accounts *q, int64_t now_ms)
{
    int64_t reach_ms = mr_imax((int64_t)q->window.samples * q->window.ms,
                               (int64_t)q->mutation_window.samples * q->mutation_window.ms);
    for (int i = 0; i < PURGE_EACH && !list_empty(&q->accounts); i++) {
        struct account *oldest = MR_CONTAINER(q->accounts.next, struct account, link);
        if (now_ms - oldest->used_ms <= 2 * reach_ms && smap_count(&q->by_key) < QUOTA_ACCOUNTS_MAX)
            return;
        account_free(q, oldest);
    }
}

static struct account *account_of(struct quota_accounts *q, enum quota_type type,
                                  const struct quota_limit *limit, int64_t now_ms)
{
    struct mr_str key;
    if (!key_of(q, type, limit, &key))
        return NULL;
    struct account *a = smap_get(&q->by_key, key);
    if (a == NULL) {
        size_t samples = type == QUOTA_MUTATION ? 0 : q->window.samples + 1;
        purge(q, now_ms);
        a = mem_zalloc(1, sizeof(*a) + samples * sizeof(a->samples[0]) + key.len);
        if (a == NULL)
            return NULL;
        char *text = (char *)(a->samples + samples);
        memcpy(text, key.ptr, key.len);
        a->key = (struct mr_str){text, key.len};
        a->rate.samples = a->samples;
        list_init(&a->link);
        if (smap_put(&q->by_key, a->key, a) != 0) {
            mem_free(a);
            return NULL;
        }
    }
    a->used_ms = now_ms;
    list_remove(&a->link);
    list_push(&q->accounts, &a->link);
    return a;
}

void quota_charge_all(struct quota_accounts *q, struct quota_ask *ask, int64_t now_ms)
{
    bool throttled = false;
    for (uint32_t i = 0; i < ask->count; i++) {
        struct quota_charge *c = &ask->charges[i];
        struct account *a = account_of(q, c->type, &c->limit, now_ms);
        c->throttle_ms = 0;
        if (a == NULL)
            continue;
        quota_rate_record(&a->rate, &q->window, c->amount, now_ms);
        if (c->how == QUOTA_RECORD_QUIETLY)
            continue;
        c->throttle_ms = quota_rate_throttle_ms(&a->rate, &q->window, c->limit.limit, now_ms);
        /* One window at a time, as Kafka; but a connection that is only delayed waits for its turn. */
        if (c->type == QUOTA_REQUEST || (c->type == QUOTA_CONNECTION && c->how == QUOTA_RECORD_UNLESS))
            c->throttle_ms = mr_imin(c->throttle_ms, q->window.ms);
        throttled = throttled || c->throttle_ms > 0;
    }
    for (uint32_t i = 0; throttled && i < ask->count; i++) {
        struct quota_charge *c = &ask->charges[i];
        struct account *a = c->how == QUOTA_RECORD_UNLESS ? account_of(q, c->type, &c->limit, now_ms) : NULL;
        if (a != NULL)
            quota_rate_record(&a->rate, &q->window, -c->amount, now_ms);
    }
}

int64_t quota_take(struct quota_accounts *q, const struct quota_limit *limit, bool strict, double partitions,
                   int64_t now_ms)
{
    struct account *a = account_of(q, QUOTA_MUTATION, limit, now_ms);
    if (a == NULL)
        return 0;
    int64_t debt_ms =
        strict ? quota_bucket_throttle_ms(&a->bucket, &q->mutation_window, limit->limit, now_ms) : 0;
    if (debt_ms > 0)
        return debt_ms;
    quota_bucket_take(&a->bucket, &q->mutation_window, limit->limit, partitions, now_ms);
    return strict ? 0 : quota_bucket_throttle_ms(&a->bucket, &q->mutation_window, limit->limit, now_ms);
}

/* ---- from other shards ---- */

static void answered(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    struct quota_ask *ask = MR_CONTAINER(msg, struct quota_ask, msg);
    ask->done(ask);
}

static int64_t now_ms(struct mr_shard *s)
{
    return (int64_t)(shard_now_ns(s) / 1000000);
}

static void asked(struct mr_shard *zero, struct mr_msg *msg)
{
    struct quota_ask *ask = MR_CONTAINER(msg, struct quota_ask, msg);
    quota_charge_all(broker_of(zero)->quota_accounts, ask, now_ms(zero));
    ask->msg.run = answered;
    shard_send(zero, ask->from->id, &ask->msg);
}

void quota_ask(struct mr_shard *from, struct quota_ask *ask)
{
    MR_ASSERT(ask->count <= QUOTA_CHARGES_MAX);
    ask->from = from;
    if (from->id == 0) {
        quota_charge_all(broker_of(from)->quota_accounts, ask, now_ms(from));
        ask->done(ask);
        return;
    }
    ask->msg.run = asked;
    shard_send(from, 0, &ask->msg);
}
