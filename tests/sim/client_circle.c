#include "tests/sim/client_circle.h"

#include <stdio.h>

#include "core/map.h"
#include "net/wire/gen/consumer_group_heartbeat.h"
#include "net/wire/gen/find_coordinator.h"
#include "net/wire/gen/offset_commit.h"
#include "net/wire/gen/offset_fetch.h"
#include "net/wire/kw_error.h"

#define MS UINT64_C(1000000)
enum { SESSION_MS = 3000, REBALANCE_MS = 1500, BEAT_MS = 300, AGAIN_MS = 40, BEAT_EVERY = 4 };

static void later(struct kfellow *f, uint64_t ms)
{
    khost_timer(f->client.host, &f->timer, ms * MS + 1);
}

static struct mr_str none_or(const char *text)
{
    return text[0] == '\0' ? (struct mr_str){NULL, 0} : mr_str_of(text);
}

static void new_id(struct kfellow *f)
{
    snprintf(f->id, sizeof(f->id), "%s-%u", f->client.name, ++f->ids);
}

/* It has nothing, and joins. */
static void begin_anew(struct kfellow *f)
{
    f->epoch = 0;
    f->slots = f->told = 0;
    f->giving = false;
}

static void go_away(struct kfellow *f, uint64_t after_ms)
{
    f->life++;
    f->busy = false;
    f->away = true;
    later(f, after_ms);
}

/* A commit that is still on its way may be heard after the next one: who might have one is somebody else from
 * now on, and waits for its place until its session has ended. */
static void disown(struct kfellow *f)
{
    new_id(f);
    begin_anew(f);
}

static bool mine(struct kcall *call, bool was_commit)
{
    struct kfellow *f = call->client->ctx;
    if (call->err == -ECANCELED || (uint64_t)(uintptr_t)call->ctx != f->life)
        return false;
    f->busy = false;
    if (call->err == 0)
        return true;
    f->full = true;
    if (was_commit)
        disown(f);
    later(f, AGAIN_MS);
    return false;
}

static struct kcall *ask(struct kfellow *f, int16_t key, int16_t version, void (*done)(struct kcall *))
{
    f->busy = true;
    return kcall_new(&f->client, key, version, done, (void *)(uintptr_t)f->life);
}

/* What every answer may say. True: it was such a thing, and is seen to. */
static bool common(struct kfellow *f, int16_t error)
{
    switch (error) {
    case KW_NONE:
        return false;
    case KW_NOT_COORDINATOR:
    case KW_COORDINATOR_NOT_AVAILABLE:
    case KW_COORDINATOR_LOAD_IN_PROGRESS:
    case KW_UNRELEASED_INSTANCE_ID: /* until the session of the one before has ended */
        f->full = true;
        later(f, AGAIN_MS * 5);
        return true;
    case KW_STALE_MEMBER_EPOCH: /* the next heartbeat tells */
        later(f, 0);
        return true;
    case KW_FENCED_INSTANCE_ID:
        new_id(f);
        break;
    case KW_UNKNOWN_MEMBER_ID:
    case KW_FENCED_MEMBER_EPOCH:
    case KW_GROUP_ID_NOT_FOUND:
        break;
    default:
        seed_check(f->circle->res, false, "%s %s: error %d", f->circle->name, f->client.name, error);
        return true;
    }
    f->circle->fenced++;
    begin_anew(f);
    later(f, AGAIN_MS);
    return true;
}

/* ---- heartbeats ---- */

static void own(struct kfellow *f)
{
    struct kcircle *c = f->circle;
    const char *who = f->instance[0] != '\0' ? f->instance : f->id;
    uint64_t hash = mr_hash_bytes(who, strlen(who)) | 1;
    if (!seed_check(c->res, f->epoch > 0 && f->epoch < CIRCLE_EPOCHS, "%s: epoch %d", c->name, f->epoch))
        return;
    for (uint32_t s = 0; s < CIRCLE_SLOTS; s++) {
        uint64_t *owner = &c->owners[f->epoch][s];
        if ((f->told & (1u << s)) == 0)
            continue;
        seed_check(c->res, *owner == 0 || *owner == hash, "%s: slot %u of epoch %d has two owners, %s",
                   c->name, s, f->epoch, who);
        c->moves += *owner == 0;
        *owner = hash;
        c->newest[s] = (int32_t)mr_imax(c->newest[s], f->epoch);
    }
}

static uint32_t slots_of(struct kfellow *f, const struct kw_consumer_group_heartbeat_response_assignment *a)
{
    uint32_t slots = 0;
    for (int32_t t = 0; t < a->topic_partitions_count; t++) {
        f->topic = a->topic_partitions[t].topic_id;
        for (int32_t i = 0; i < a->topic_partitions[t].partitions_count; i++)
            slots |= 1u << a->topic_partitions[t].partitions[i];
    }
    return slots;
}

static void beaten(struct kcall *call)
{
    struct kfellow *f = call->client->ctx;
    if (!mine(call, false))
        return;
    const struct kw_consumer_group_heartbeat_response *out = call->out;
    if (common(f, out->error_code))
        return;
    f->circle->beats++;
    f->epoch = out->member_epoch;
    f->full = false;
    if (out->assignment != NULL)
        f->told = slots_of(f, out->assignment);
    own(f);
    /* What is new is taken at once; what goes may take a while: longer than is allowed, sometimes. */
    bool gives = (f->slots & ~f->told) != 0;
    f->slots = gives ? f->slots | f->told : f->told;
    f->giving = gives;
    if (!gives)
        later(f, BEAT_MS);
    else
        later(f, rng_below(&f->rng, f->wild && rng_below(&f->rng, 8) == 0 ? 2 * REBALANCE_MS : 100));
}

static void put_owned(struct kfellow *f, struct kcall *call, struct kw_consumer_group_heartbeat_request *in)
{
    in->topic_partitions_count = 0;
    in->topic_partitions = kcall_new_array(call, struct kw_consumer_group_heartbeat_request_topic, 1);
    in->topic_partitions->topic_id = f->topic;
    in->topic_partitions->partitions = kcall_new_array(call, int32_t, CIRCLE_SLOTS);
    for (int32_t s = 0; s < CIRCLE_SLOTS; s++) {
        if ((f->slots & (1u << s)) != 0)
            in->topic_partitions->partitions[in->topic_partitions->partitions_count++] = s;
    }
    in->topic_partitions_count = f->slots != 0;
}

static void beat(struct kfellow *f)
{
    f->since_beat = 0;
    bool tells = f->giving || f->full || f->epoch == 0 || rng_below(&f->rng, 10) == 0;
    struct kcall *call = ask(f, 68, 1, beaten);
    struct kw_consumer_group_heartbeat_request *in = call->in;
    if (f->giving)
        f->slots = f->told; /* given back */
    f->giving = false;
    in->group_id = mr_str_of(f->circle->name);
    in->member_id = mr_str_of(f->id);
    in->member_epoch = f->epoch;
    in->instance_id = none_or(f->instance);
    in->topic_partitions_count = -1;
    in->subscribed_topic_names_count = -1;
    if (tells)
        put_owned(f, call, in);
    if (f->full || f->epoch == 0) {
        in->rebalance_timeout_ms = REBALANCE_MS;
        in->subscribed_topic_names = kcall_new_array(call, struct mr_str, 1);
        in->subscribed_topic_names[0] = MR_STR_LIT("t");
        in->subscribed_topic_names_count = 1;
    }
    kcall_send(call);
}

static void has_left(struct kcall *call)
{
    struct kfellow *f = call->client->ctx;
    if (!mine(call, false))
        return;
    if (!common(f, ((const struct kw_consumer_group_heartbeat_response *)call->out)->error_code))
        go_away(f, rng_below(&f->rng, 2 * SESSION_MS));
}

static void leave(struct kfellow *f)
{
    struct kcall *call = ask(f, 68, 1, has_left);
    struct kw_consumer_group_heartbeat_request *in = call->in;
    in->group_id = mr_str_of(f->circle->name);
    in->member_id = mr_str_of(f->id);
    in->instance_id = none_or(f->instance);
    in->member_epoch = f->instance[0] != '\0' && rng_below(&f->rng, 3) > 0 ? -2 : -1;
    in->topic_partitions_count = in->subscribed_topic_names_count = -1;
    disown(f);
    kcall_send(call);
}

/* ---- offsets ---- */

static void committed(struct kcall *call)
{
    struct kfellow *f = call->client->ctx;
    struct kcircle *c = f->circle;
    if (!mine(call, true))
        return;
    const struct kw_offset_commit_response *out = call->out;
    int16_t error = out->topics_count == 1 && out->topics->partitions_count == 1
                        ? out->topics->partitions->error_code
                        : KW_UNKNOWN_SERVER_ERROR;
    seed_check(c->res, error != KW_NONE || !f->stale, "%s: a commit of epoch %d for slot %u is taken at %d",
               c->name, f->epoch, f->slot, c->newest[f->slot]);
    if (common(f, error))
        return;
    c->acked[f->slot] = mr_imax(c->acked[f->slot], f->offset);
    c->commits++;
    later(f, rng_below(&f->rng, BEAT_MS));
}

static void commit(struct kfellow *f)
{
    struct kcircle *c = f->circle;
    f->slot = (uint32_t)__builtin_ctz(f->slots);
    for (uint32_t s = f->slot; s < CIRCLE_SLOTS; s++) {
        if ((f->slots & (1u << s)) != 0 && rng_below(&f->rng, 2) == 0)
            f->slot = s;
    }
    f->stale = f->epoch < c->newest[f->slot];
    struct kcall *call = ask(f, 8, 9, committed);
    struct kw_offset_commit_request *in = call->in;
    struct kw_offset_commit_request_topic *topic =
        kcall_new_array(call, struct kw_offset_commit_request_topic, 1);
    struct kw_offset_commit_request_partition *p =
        kcall_new_array(call, struct kw_offset_commit_request_partition, 1);
    kw_offset_commit_request_topic_init(topic);
    kw_offset_commit_request_partition_init(p);
    f->offset = c->tried[f->slot] = ++c->next;
    p->partition_index = (int32_t)f->slot;
    p->committed_offset = c->next;
    p->committed_metadata = MR_STR_LIT("");
    topic->name = MR_STR_LIT("t");
    topic->partitions = p;
    topic->partitions_count = 1;
    in->group_id = mr_str_of(c->name);
    in->generation_id_or_member_epoch = f->epoch;
    in->member_id = mr_str_of(f->id);
    in->group_instance_id = none_or(f->instance);
    in->topics = topic;
    in->topics_count = 1;
    kcall_send(call);
}

static void read_back(struct kcall *call)
{
    struct kfellow *f = call->client->ctx;
    struct kcircle *c = f->circle;
    if (!mine(call, false))
        return;
    const struct kw_offset_fetch_response *out = call->out;
    if (!seed_check(c->res, out->groups_count == 1, "%s: OffsetFetch answers %d groups", c->name,
                    out->groups_count) ||
        common(f, out->groups->error_code))
        return;
    for (int32_t i = 0; i < out->groups->topics->partitions_count; i++) {
        const struct kw_offset_fetch_response_group_partition *p = &out->groups->topics->partitions[i];
        int32_t s = p->partition_index;
        int64_t is = mr_imax(p->committed_offset, 0);
        seed_check(c->res, is >= f->floor[s] && is <= c->tried[s],
                   "%s: offset of slot %d is %lld, acknowledged %lld, asked for %lld", c->name, s,
                   (long long)is, (long long)f->floor[s], (long long)c->tried[s]);
        c->acked[s] = mr_imax(c->acked[s], is); /* who has seen it may count on it */
    }
    c->reads++;
    later(f, 0);
}

static void read_offsets(struct kfellow *f)
{
    struct kcall *call = ask(f, 9, 9, read_back);
    struct kw_offset_fetch_request *in = call->in;
    in->groups = kcall_new_array(call, struct kw_offset_fetch_request_group, 1);
    in->groups_count = 1;
    kw_offset_fetch_request_group_init(in->groups);
    in->groups->group_id = mr_str_of(f->circle->name);
    in->groups->member_id = mr_str_of(f->id);
    in->groups->member_epoch = f->epoch;
    in->groups->topics = kcall_new_array(call, struct kw_offset_fetch_request_group_topic, 1);
    in->groups->topics_count = 1;
    in->groups->topics->name = MR_STR_LIT("t");
    in->groups->topics->partition_indexes = kcall_new_array(call, int32_t, CIRCLE_SLOTS);
    in->groups->topics->partition_indexes_count = CIRCLE_SLOTS;
    for (int32_t s = 0; s < CIRCLE_SLOTS; s++) {
        in->groups->topics->partition_indexes[s] = s;
        f->floor[s] = f->circle->acked[s];
    }
    kcall_send(call);
}

/* ---- life ---- */

static void come_back(struct kfellow *f)
{
    f->away = false;
    f->full = true;
    switch (rng_below(&f->rng, 3)) {
    case 0: /* as if nothing had been */
        return;
    case 1: /* a client that was told that it is out */
        begin_anew(f);
        return;
    default:
        disown(f);
        return;
    }
}

static void found(struct kcall *call)
{
    struct kfellow *f = call->client->ctx;
    if (mine(call, false))
        later(f, AGAIN_MS);
}

/* Whose coordinator is not there: the internal topic is made by asking. */
static void find(struct kfellow *f)
{
    struct kcall *call = ask(f, 10, 4, found);
    struct kw_find_coordinator_request *in = call->in;
    in->coordinator_keys = kcall_new_array(call, struct mr_str, 1);
    in->coordinator_keys[0] = mr_str_of(f->circle->name);
    in->coordinator_keys_count = 1;
    kcall_send(call);
}

static void step(struct kfellow *f)
{
    uint64_t what = rng_below(&f->rng, 100);
    if (f->busy || f->client.stopping)
        return;
    if (f->away)
        come_back(f);
    bool due = ++f->since_beat > BEAT_EVERY; /* a session must not end by a run of other requests */
    if (f->epoch == 0 && what < 30) {
        find(f);
    } else if (f->epoch == 0 || f->giving || due) {
        beat(f);
    } else if (f->wild && what < 2) { /* hangs, and does not know that it did */
        later(f, rng_below(&f->rng, 3 * SESSION_MS));
    } else if (f->wild && what < 4) { /* dies */
        go_away(f, rng_below(&f->rng, 2 * SESSION_MS));
        kclient_hang_up(&f->client, -ECONNRESET, rng_below(&f->rng, 2) == 0);
    } else if (f->wild && what < 6) {
        leave(f);
    } else if (what < 30 && f->slots != 0) {
        commit(f);
    } else if (what < 45) {
        read_offsets(f);
    } else {
        beat(f);
    }
}

static void on_timer(struct mr_timer *timer)
{
    step(MR_CONTAINER(timer, struct kfellow, timer));
}

void kcircle_init(struct kcircle *c, const char *name, struct seed_result *res)
{
    *c = (struct kcircle){.res = res};
    snprintf(c->name, sizeof(c->name), "%s", name);
}

void kfellow_init(struct kfellow *f, struct khost *h, struct kcircle *c, const char *name,
                  const char *instance, uint64_t seed)
{
    *f = (struct kfellow){.circle = c, .wild = true};
    snprintf(f->instance, sizeof(f->instance), "%s", instance);
    kclient_init(&f->client, h, name, "broker", 9092);
    f->client.ctx = f;
    rng_seed(&f->rng, seed, 93);
    rng_seed(&f->client.rng, seed, 94);
    timer_init(&f->timer, on_timer);
    new_id(f);
}

void kfellow_start(struct kfellow *f)
{
    later(f, rng_below(&f->rng, 1000));
}

void kfellow_calm(struct kfellow *f)
{
    f->wild = false;
    if (!f->busy)
        later(f, rng_below(&f->rng, 100));
}

void kfellow_stop(struct kfellow *f)
{
    timer_cancel(&f->client.host->timers, &f->timer);
    kclient_stop(&f->client);
}

void kfellow_done(struct kfellow *f)
{
    kclient_done(&f->client);
}

bool kcircle_settled(const struct kcircle *c)
{
    uint32_t slots = 0;
    for (uint32_t i = 0; i < CIRCLE_FELLOWS; i++) {
        const struct kfellow *f = &c->fellows[i];
        if (f->away || f->epoch == 0 || f->epoch != c->fellows[0].epoch || (slots & f->slots) != 0)
            return false;
        slots |= f->slots;
    }
    return slots == (1u << CIRCLE_SLOTS) - 1;
}
