#include "tests/sim/client_admin.h"

#include <stdio.h>

#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/delete_topics.h"
#include "net/wire/gen/metadata.h"
#include "net/wire/kw_error.h"

#define AGAIN_NS UINT64_C(20000000)

static void step(struct kadmin *a);

static void on_timer(struct mr_timer *t)
{
    step(MR_CONTAINER(t, struct kadmin, timer));
}

static void later(struct kadmin *a, uint64_t after_ns)
{
    khost_timer(a->client.host, &a->timer, after_ns);
}

static bool again_later(int16_t error)
{
    return error == KW_KAFKA_STORAGE_ERROR || error == KW_NOT_CONTROLLER;
}

/* ---- the topics of the scenario ---- */

static void made(struct kcall *call)
{
    struct kadmin *a = call->ctx;
    a->busy = false;
    if (call->err == -ECANCELED)
        return;
    if (call->err == 0) {
        const struct kw_create_topics_response *out = call->out;
        int16_t error = out->topics_count == 1 ? out->topics[0].error_code : KW_UNKNOWN_SERVER_ERROR;
        if (error == KW_NONE || error == KW_TOPIC_ALREADY_EXISTS)
            a->made++;
        else
            seed_check(a->res, again_later(error), "CreateTopics %s: error %d %.*s", a->topics[a->made].name,
                       error, MR_STR(out->topics[0].error_message));
    }
    later(a, call->err == 0 ? 0 : AGAIN_NS);
}

static void learned(struct kcall *call)
{
    struct kadmin *a = call->ctx;
    const struct kw_metadata_response *out = call->out;
    a->busy = false;
    if (call->err == -ECANCELED)
        return;
    if (call->err == 0) {
        seed_check(a->res, out->topics_count == (int32_t)a->count, "Metadata: %d topics", out->topics_count);
        for (uint32_t i = 0; i < a->count && a->res->err == 0; i++) {
            const struct kw_metadata_response_topic *t = &out->topics[i];
            seed_check(a->res, t->error_code == KW_NONE, "Metadata: %s: error %d", a->topics[i].name,
                       t->error_code);
            seed_check(a->res,
                       mr_str_is(t->name, a->topics[i].name) &&
                           t->partitions_count == a->topics[i].partitions,
                       "Metadata: %s: %d partitions", a->topics[i].name, t->partitions_count);
            a->topics[i].id = t->topic_id;
        }
        a->ready = true;
        return;
    }
    later(a, AGAIN_NS);
}

/* ---- churn ---- */

static struct ktopic churn_topic(const struct kadmin *a)
{
    struct ktopic t = {.partitions = 1 + (int32_t)a->picked};
    snprintf(t.name, sizeof(t.name), "churn-%s-%u.%u", a->client.name, a->picked, a->generations[a->picked]);
    return t;
}

static void churned(struct kcall *call)
{
    struct kadmin *a = call->ctx;
    enum churn_state *state = &a->states[a->picked], was = *state;
    a->busy = false;
    if (call->err == -ECANCELED)
        return;
    int16_t error = KW_UNKNOWN_SERVER_ERROR;
    if (call->err == 0) {
        if (a->asked_to_make)
            error = ((const struct kw_create_topics_response *)call->out)->topics[0].error_code;
        else
            error = ((const struct kw_delete_topics_response *)call->out)->responses[0].error_code;
        bool exists = error == KW_TOPIC_ALREADY_EXISTS, unknown = error == KW_UNKNOWN_TOPIC_OR_PARTITION;
        seed_check(a->res, error == KW_NONE || exists || unknown || again_later(error), "churn: error %d",
                   error);
        seed_check(a->res, !(exists && was == CHURN_ABSENT),
                   "a topic that was deleted or never made is there");
        seed_check(a->res, !(unknown && was == CHURN_THERE),
                   "a topic whose making was confirmed is not there");
        seed_check(a->res, !(error == KW_NONE && was == (a->asked_to_make ? CHURN_THERE : CHURN_ABSENT)),
                   "a topic was %s a second time", a->asked_to_make ? "made" : "deleted");
    }
    if (error == KW_NONE || error == KW_TOPIC_ALREADY_EXISTS || error == KW_UNKNOWN_TOPIC_OR_PARTITION) {
        *state = a->asked_to_make ? CHURN_THERE : CHURN_ABSENT;
        a->changes++;
    } else { /* nobody knows: another name from now on */
        a->generations[a->picked]++;
        *state = CHURN_ABSENT;
    }
    later(a, call->err == 0 ? rng_between(&a->rng, 0, 2 * a->pace_ns) : AGAIN_NS);
}

static void churn(struct kadmin *a)
{
    a->picked = (uint32_t)rng_below(&a->rng, CHURN_NAMES);
    a->asked_to_make = rng_below(&a->rng, 2) == 0;
    struct ktopic t = churn_topic(a);
    a->busy = true;
    kcall_send(a->asked_to_make ? kcall_create_topic(&a->client, &t, NULL, 0, churned, a)
                                : kcall_delete_topic(&a->client, &t, churned, a));
}

/* ---- life ---- */

static void step(struct kadmin *a)
{
    if (a->busy || a->client.stopping)
        return;
    if (a->ready) {
        if (a->pace_ns > 0)
            churn(a);
        return;
    }
    a->busy = true;
    if (a->made < a->count)
        kcall_send(kcall_create_topic(&a->client, &a->topics[a->made], a->configs, a->config_count, made, a));
    else
        kcall_send(kcall_metadata(&a->client, a->topics, (int32_t)a->count, learned, a));
}

void kadmin_init(struct kadmin *a, struct khost *h, const char *name, const char *address, uint16_t port,
                 struct seed_result *res, uint64_t seed)
{
    *a = (struct kadmin){.res = res};
    kclient_init(&a->client, h, name, address, port);
    rng_seed(&a->client.rng, seed, 41);
    rng_seed(&a->rng, seed, 42);
    timer_init(&a->timer, on_timer);
}

void kadmin_make(struct kadmin *a, struct ktopic *topics, uint32_t count)
{
    a->topics = topics;
    a->count = count;
    later(a, 0);
}

void kadmin_churn(struct kadmin *a, uint64_t pace_ns)
{
    MR_ASSERT(a->ready);
    a->pace_ns = pace_ns;
    later(a, pace_ns);
}

void kadmin_stop(struct kadmin *a)
{
    timer_cancel(&a->client.host->timers, &a->timer);
    kclient_stop(&a->client);
}

void kadmin_done(struct kadmin *a)
{
    kclient_done(&a->client);
}
