#include "tests/sim/client_circle.h"

#include <stdio.h>

#include "core/map.h"
#include "net/wire/gen/consumer_group_heartbeat.h"
#include "net/wire/kw_error.h"

enum { SESSION_MS = 3000, REBALANCE_MS = 1500, BEAT_MS = 300, AGAIN_MS = 40, BEAT_EVERY = 4 };

static struct kcircle *circle_of(struct kfellow *f)
{
    return MR_CONTAINER(f->seat.group, struct kcircle, group);
}

static void new_id(struct kfellow *f)
{
    snprintf(f->seat.id, sizeof(f->seat.id), "%s-%u", f->seat.client.name, ++f->ids);
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
    kseat_ends_life(&f->seat);
    f->away = true;
    kseat_later(&f->seat, after_ms);
}

/* A commit that is still on its way may be heard after the next one: who might have one is somebody else from
 * now on, and waits for its place until its session has ended. */
static void disown(struct kfellow *f)
{
    f->old_epoch = 0;
    new_id(f);
    begin_anew(f);
}

/* Whose answer it is; NULL: nobody's, or there is none. */
static struct kfellow *heard(struct kcall *call, bool was_commit)
{
    struct kfellow *f = MR_CONTAINER(kseat_of(call), struct kfellow, seat);
    switch (kseat_heard(call)) {
    case SEAT_NOTHING:
        return NULL;
    case SEAT_ANSWER:
        return f;
    case SEAT_BREAK:
        break;
    }
    f->full = true;
    if (was_commit)
        disown(f);
    kseat_later(&f->seat, AGAIN_MS);
    return NULL;
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
        kseat_later(&f->seat, AGAIN_MS * 5);
        return true;
    case KW_STALE_MEMBER_EPOCH: /* the next heartbeat tells */
        kseat_later(&f->seat, 0);
        return true;
    case KW_FENCED_INSTANCE_ID:
        new_id(f);
        break;
    case KW_UNKNOWN_MEMBER_ID:
    case KW_FENCED_MEMBER_EPOCH:
    case KW_GROUP_ID_NOT_FOUND:
        break;
    default:
        seed_check(f->seat.group->res, false, "%s %s: error %d", f->seat.group->name, f->seat.client.name,
                   error);
        return true;
    }
    f->seat.group->fenced++;
    begin_anew(f);
    kseat_later(&f->seat, AGAIN_MS);
    return true;
}

/* ---- heartbeats ---- */

static const char *who_is(const struct kfellow *f)
{
    return f->seat.instance[0] != '\0' ? f->seat.instance : f->seat.id;
}

static uint64_t hash_of(const struct kfellow *f)
{
    return mr_hash_bytes(who_is(f), strlen(who_is(f))) | 1;
}

static void own(struct kfellow *f)
{
    struct kcircle *c = circle_of(f);
    uint64_t hash = hash_of(f);
    if (!seed_check(c->group.res, f->epoch > 0 && f->epoch < CIRCLE_EPOCHS, "%s: epoch %d", c->group.name,
                    f->epoch))
        return;
    for (uint32_t s = 0; s < KGROUP_SLOTS; s++) {
        uint64_t *owner = &c->owners[f->epoch][s];
        if ((f->told & (1u << s)) == 0)
            continue;
        seed_check(c->group.res, *owner == 0 || *owner == hash, "%s: slot %u of epoch %d has two owners, %s",
                   c->group.name, s, f->epoch, who_is(f));
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
    struct kfellow *f = heard(call, false);
    if (f == NULL)
        return;
    const struct kw_consumer_group_heartbeat_response *out = call->out;
    if (common(f, out->error_code))
        return;
    circle_of(f)->beats++;
    f->epoch = out->member_epoch;
    f->full = f->unheard;
    f->unheard = false;
    if (out->assignment != NULL)
        f->told = slots_of(f, out->assignment);
    own(f);
    /* What is new is taken at once; what goes may take a while: longer than is allowed, sometimes. */
    bool gives = (f->slots & ~f->told) != 0;
    f->slots = gives ? f->slots | f->told : f->told;
    f->giving = gives;
    if (!gives)
        kseat_later(&f->seat, BEAT_MS);
    else
        kseat_later(&f->seat,
                    rng_below(&f->seat.rng,
                              f->seat.wild && rng_below(&f->seat.rng, 8) == 0 ? 2 * REBALANCE_MS : 100));
}

static void put_owned(struct kfellow *f, struct kcall *call, struct kw_consumer_group_heartbeat_request *in)
{
    in->topic_partitions_count = 0;
    in->topic_partitions = kcall_new_array(call, struct kw_consumer_group_heartbeat_request_topic, 1);
    in->topic_partitions->topic_id = f->topic;
    in->topic_partitions->partitions = kcall_new_array(call, int32_t, KGROUP_SLOTS);
    for (int32_t s = 0; s < KGROUP_SLOTS; s++) {
        if ((f->slots & (1u << s)) != 0)
            in->topic_partitions->partitions[in->topic_partitions->partitions_count++] = s;
    }
    in->topic_partitions_count = f->slots != 0;
}

/* It may have told of a new assignment. */
static void not_heard(struct kcall *call)
{
    struct kfellow *f = MR_CONTAINER(kseat_of(call), struct kfellow, seat);
    if (call->err != -ECANCELED)
        f->full = f->unheard = true;
}

/* Some ask twice at once, as who has lost a connection and asks again on the next one. */
static void beat_twice(struct kfellow *f, const struct kcall *call)
{
    struct kcall *twin = kcall_new(&f->seat.client, 68, call->version, not_heard, NULL);
    *(struct kw_consumer_group_heartbeat_request *)twin->in =
        *(const struct kw_consumer_group_heartbeat_request *)call->in;
    kcall_send(twin);
}

static void beat(struct kfellow *f)
{
    f->since_beat = 0;
    bool tells = f->giving || f->full || f->epoch == 0 || rng_below(&f->seat.rng, 10) == 0;
    struct kcall *call = kseat_ask(&f->seat, 68, 1, 1, beaten);
    struct kw_consumer_group_heartbeat_request *in = call->in;
    uint32_t back = f->giving && f->seat.failing == SEAT_WELL ? f->slots & ~f->told : 0;
    if (back != 0) {
        f->old_slot = (uint32_t)__builtin_ctz(back);
        f->old_epoch = f->epoch;
        f->slots = f->told;
    }
    f->giving = false;
    in->group_id = mr_str_of(f->seat.group->name);
    in->member_id = mr_str_of(f->seat.id);
    in->member_epoch = f->epoch;
    in->instance_id = str_or_none(f->seat.instance);
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
    if (f->seat.wild && rng_below(&f->seat.rng, 6) == 0)
        beat_twice(f, call);
    kcall_send(call);
}

static void has_left(struct kcall *call)
{
    struct kfellow *f = heard(call, false);
    if (f == NULL)
        return;
    if (!common(f, ((const struct kw_consumer_group_heartbeat_response *)call->out)->error_code))
        go_away(f, rng_below(&f->seat.rng, 2 * SESSION_MS));
}

static void leave(struct kfellow *f)
{
    struct kcall *call = kseat_ask(&f->seat, 68, 1, 1, has_left);
    struct kw_consumer_group_heartbeat_request *in = call->in;
    in->group_id = mr_str_of(f->seat.group->name);
    in->member_id = mr_str_of(f->seat.id);
    in->instance_id = str_or_none(f->seat.instance);
    in->member_epoch = f->seat.instance[0] != '\0' && rng_below(&f->seat.rng, 3) > 0 ? -2 : -1;
    in->topic_partitions_count = in->subscribed_topic_names_count = -1;
    kcall_send(call); /* it points at the id until then */
    disown(f);
}

/* ---- offsets ---- */

static void committed(struct kcall *call)
{
    struct kfellow *f = heard(call, true);
    if (f != NULL && !common(f, kseat_committed(&f->seat, call)))
        kseat_later(&f->seat, rng_below(&f->seat.rng, BEAT_MS));
}

static void read_back(struct kcall *call)
{
    struct kfellow *f = heard(call, false);
    if (f != NULL && !common(f, kseat_read_back(&f->seat, call)))
        kseat_later(&f->seat, 0);
}

/* What somebody else was told at this epoch, or anybody at a later one, is not its own any more, whatever it
 * knows. */
static void commit(struct kfellow *f, uint32_t slots)
{
    const struct kcircle *c = circle_of(f);
    kseat_commit(&f->seat, slots, f->epoch, 9, committed);
    uint64_t owner = c->owners[f->epoch][f->seat.slot];
    f->seat.stale = f->epoch < c->newest[f->seat.slot] || (owner != 0 && owner != hash_of(f));
}

/* What was sent before the slot was given back, and is late: it is somebody else's now. */
static void commit_late(struct kfellow *f)
{
    kseat_commit(&f->seat, 1u << f->old_slot, f->old_epoch, 9, committed);
    f->seat.stale = true;
    f->old_epoch = 0;
}

/* ---- life ---- */

static void come_back(struct kfellow *f)
{
    f->away = false;
    f->full = true;
    switch (rng_below(&f->seat.rng, 3)) {
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
    struct kfellow *f = heard(call, false);
    if (f != NULL)
        kseat_later(&f->seat, AGAIN_MS);
}

static void step(struct mr_timer *timer)
{
    struct kfellow *f = MR_CONTAINER(MR_CONTAINER(timer, struct kseat, timer), struct kfellow, seat);
    uint64_t what = rng_below(&f->seat.rng, 100);
    if (!kseat_may_step(&f->seat))
        return;
    if (f->away)
        come_back(f);
    if (f->seat.failing == SEAT_STUBBORN && f->epoch == 0) /* it was thrown out */
        return;
    bool due = ++f->since_beat > BEAT_EVERY; /* a session must not end by a run of other requests */
    if (f->epoch == 0 && what < 30) {
        kseat_find(&f->seat, 4, 4, found); /* the internal topic is made by asking */
    } else if (f->epoch != 0 && f->giving && (f->slots & ~f->told) != 0 && what < 50) {
        commit(f, f->slots & ~f->told); /* how far it has come, before it gives them back */
    } else if (f->epoch == 0 || f->giving || due) {
        beat(f);
    } else if (f->old_epoch > 0 && circle_of(f)->newest[f->old_slot] > f->old_epoch) {
        commit_late(f);
    } else if (f->seat.leaves) {
        f->seat.leaves = false;
        leave(f);
    } else if (f->seat.wild && what < 2) { /* hangs, and does not know that it did */
        kseat_later(&f->seat, rng_below(&f->seat.rng, 3 * SESSION_MS));
    } else if (f->seat.wild && what < 4) { /* dies */
        go_away(f, rng_below(&f->seat.rng, 2 * SESSION_MS));
        kclient_hang_up(&f->seat.client, -ECONNRESET, rng_below(&f->seat.rng, 2) == 0);
    } else if (f->seat.wild && what < 6) {
        leave(f);
    } else if (what < 30 && f->slots != 0) {
        commit(f, f->slots);
    } else if (what < 45) {
        kseat_read(&f->seat, f->epoch, 9, 9, read_back);
    } else {
        beat(f);
    }
}

void kcircle_init(struct kcircle *c, const char *name, struct seed_result *res)
{
    kgroup_init(&c->group, name, res);
}

void kfellow_init(struct kfellow *f, struct khost *h, struct kcircle *c, const char *name,
                  const char *instance, uint64_t seed)
{
    kseat_init(&f->seat, h, &c->group, name, instance, seed, step);
    new_id(f);
}

void kfellow_start(struct kfellow *f)
{
    kseat_later(&f->seat, rng_below(&f->seat.rng, 1000));
}

bool kfellows_settled(const struct kfellow *fellows)
{
    uint32_t slots = 0, mine = 0;
    int32_t epoch = 0;
    for (uint32_t i = 0; i < KGROUP_SEATS; i++) {
        const struct kfellow *f = &fellows[i];
        if (f->seat.failing != SEAT_WELL) { /* while it is a member, what it shall have is its own */
            slots |= f->seat.failing == SEAT_STUBBORN && f->epoch != 0 ? f->told : 0;
            continue;
        }
        if (epoch == 0)
            epoch = f->epoch;
        if (f->away || f->epoch == 0 || f->epoch != epoch || (mine & f->slots) != 0)
            return false;
        mine |= f->slots;
    }
    return (slots & mine) == 0 && (slots | mine) == (1u << KGROUP_SLOTS) - 1;
}
