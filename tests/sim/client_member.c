#include "tests/sim/client_member.h"

#include <stdio.h>

#include "core/map.h"
#include "net/wire/gen/find_coordinator.h"
#include "net/wire/gen/heartbeat.h"
#include "net/wire/gen/join_group.h"
#include "net/wire/gen/leave_group.h"
#include "net/wire/gen/sync_group.h"
#include "net/wire/kw_error.h"

enum { SESSION_MS = 3000, REBALANCE_MS = 1500, BEAT_MS = 400, AGAIN_MS = 40 };

static struct ktribe *tribe_of(struct kmember *m)
{
    return MR_CONTAINER(m->seat.group, struct ktribe, group);
}

static bool wrong(struct kmember *m, int16_t error, const char *what)
{
    return seed_check(m->seat.group->res, false, "%s %s: %s gets error %d", m->seat.group->name,
                      m->seat.client.name, what, error);
}

static void forget_id(struct kmember *m)
{
    if (m->seat.id[0] != '\0')
        memcpy(m->old_id, m->seat.id, sizeof(m->seat.id));
    m->seat.id[0] = '\0';
}

static void go(struct kmember *m, enum member_phase phase, uint64_t after_ms)
{
    m->phase = phase;
    if (phase != MEMBER_STABLE)
        m->slots = 0;
    kseat_later(&m->seat, after_ms);
}

/* Gone for a while, without a word. */
static void vanish(struct kmember *m, uint64_t after_ms)
{
    kseat_ends_life(&m->seat);
    go(m, MEMBER_AWAY, after_ms);
    kclient_hang_up(&m->seat.client, -ECONNRESET, rng_below(&m->seat.rng, 2) == 0);
}

/* What every answer may say. True: it was such a thing, and is seen to. */
static bool common(struct kmember *m, int16_t error)
{
    switch (error) {
    case KW_NONE:
        return false;
    case KW_NOT_COORDINATOR:
    case KW_COORDINATOR_NOT_AVAILABLE:
        go(m, MEMBER_FIND, AGAIN_MS);
        return true;
    case KW_COORDINATOR_LOAD_IN_PROGRESS:
        go(m, m->phase, AGAIN_MS);
        return true;
    case KW_REBALANCE_IN_PROGRESS:
    case KW_ILLEGAL_GENERATION:
        go(m, MEMBER_JOIN, 0);
        return true;
    case KW_UNKNOWN_MEMBER_ID:
        tribe_of(m)->unknown++;
        forget_id(m);
        go(m, MEMBER_JOIN, 0);
        return true;
    case KW_FENCED_INSTANCE_ID: /* an older connection's join was heard after this one's: it starts anew */
        m->seat.group->fenced++;
        forget_id(m);
        go(m, MEMBER_JOIN, AGAIN_MS);
        return true;
    default:
        return false;
    }
}

/* Whose answer it is; NULL: nobody's, or there is none. */
static struct kmember *heard(struct kcall *call, bool was_commit)
{
    struct kmember *m = MR_CONTAINER(kseat_of(call), struct kmember, seat);
    switch (kseat_heard(call)) {
    case SEAT_NOTHING:
        return NULL;
    case SEAT_ANSWER:
        return m;
    case SEAT_BREAK:
        break;
    }
    /* A commit that is still on its way may be heard after the next one: nobody who might have one goes on
     * under the same id and generation. */
    if (was_commit)
        forget_id(m);
    go(m, MEMBER_FIND, AGAIN_MS);
    return NULL;
}

/* Static members have their names said from the version static on. */
static struct kcall *ask(struct kmember *m, int16_t key, int16_t v_static, int16_t v_max,
                         void (*done)(struct kcall *))
{
    return kseat_ask(&m->seat, key, m->seat.instance[0] != '\0' ? v_static : 0, v_max, done);
}

/* ---- find ---- */

static void found(struct kcall *call)
{
    struct kmember *m = heard(call, false);
    if (m == NULL)
        return;
    const struct kw_find_coordinator_response *out = call->out;
    int16_t error = call->version >= 4 && out->coordinators_count == 1 ? out->coordinators[0].error_code
                                                                       : out->error_code;
    m->unsure = m->generation >= 0 && m->seat.id[0] != '\0' && rng_below(&m->seat.rng, 2) == 0;
    if (error == KW_NONE)
        go(m, m->unsure ? MEMBER_STABLE : MEMBER_JOIN, 0);
    else if (error == KW_COORDINATOR_NOT_AVAILABLE)
        go(m, MEMBER_FIND, AGAIN_MS);
    else
        wrong(m, error, "FindCoordinator");
}

/* ---- join ---- */

static void copy_id(char *dst, struct mr_str id)
{
    MR_ASSERT(id.len < SEAT_ID_BYTES);
    memcpy(dst, id.ptr, id.len);
    dst[id.len] = '\0';
}

static void joined(struct kcall *call)
{
    struct kmember *m = heard(call, false);
    if (m == NULL)
        return;
    struct ktribe *t = tribe_of(m);
    const struct kw_join_group_response *out = call->out;
    if (out->error_code == KW_MEMBER_ID_REQUIRED) {
        copy_id(m->seat.id, out->member_id);
        go(m, MEMBER_JOIN, 0);
        return;
    }
    if (common(m, out->error_code))
        return;
    if (out->error_code != KW_NONE) {
        wrong(m, out->error_code, "JoinGroup");
        return;
    }
    t->joins++;
    copy_id(m->seat.id, out->member_id);
    m->generation = out->generation_id;
    m->leads = mr_str_eq(out->leader, out->member_id);
    m->skips = out->skip_assignment;
    m->listed = (uint32_t)out->members_count;
    seed_check(t->group.res, m->leads || m->listed == 0 || m->skips, "%s: a follower is told who is there",
               t->group.name);
    seed_check(t->group.res, !m->leads || m->listed > 0 || call->version < 9, "%s: a leader of nobody",
               t->group.name);
    if (!seed_check(t->group.res, m->listed <= MR_COUNT(m->list), "%s: %u members", t->group.name, m->listed))
        return;
    for (uint32_t i = 0; i < m->listed; i++)
        copy_id(m->list[i], out->members[i].member_id);
    go(m, MEMBER_SYNC, rng_below(&m->seat.rng, 8) == 0 ? rng_below(&m->seat.rng, 500) : 0);
}

static void join(struct kmember *m)
{
    struct kcall *call = ask(m, 11, 5, 9, joined);
    struct kw_join_group_request *in = call->in;
    in->group_id = mr_str_of(m->seat.group->name);
    in->session_timeout_ms = SESSION_MS;
    in->rebalance_timeout_ms = REBALANCE_MS;
    in->member_id = mr_str_of(m->seat.id);
    in->group_instance_id = str_or_none(m->seat.instance);
    in->protocol_type = MR_STR_LIT("consumer");
    in->protocols = kcall_new_array(call, struct kw_join_group_request_protocol, 1);
    in->protocols->name = MR_STR_LIT("range");
    in->protocols->metadata = (struct mr_slice){(const uint8_t *)"m", 1};
    in->protocols_count = 1;
    kcall_send(call);
}

/* ---- sync ---- */

/* What it is told must be nobody else's in this generation. */
static void own(struct kmember *m, uint32_t slots)
{
    struct ktribe *t = tribe_of(m);
    const char *who = m->seat.instance[0] != '\0' ? m->seat.instance : m->seat.id;
    uint64_t hash = mr_hash_bytes(who, strlen(who)) | 1;
    if (!seed_check(t->group.res, m->generation >= 0 && m->generation < TRIBE_GENERATIONS,
                    "%s: generation %d", t->group.name, m->generation))
        return;
    t->newest = mr_imax(t->newest, m->generation);
    for (uint32_t s = 0; s < KGROUP_SLOTS; s++) {
        uint64_t *owner = &t->owners[m->generation][s];
        if ((slots & (1u << s)) == 0)
            continue;
        seed_check(t->group.res, *owner == 0 || *owner == hash,
                   "%s: slot %u of generation %d has two owners, %s", t->group.name, s, m->generation, who);
        *owner = hash;
    }
    m->slots = slots;
}

static void synced(struct kcall *call)
{
    struct kmember *m = heard(call, false);
    if (m == NULL)
        return;
    const struct kw_sync_group_response *out = call->out;
    if (common(m, out->error_code))
        return;
    if (out->error_code != KW_NONE) {
        wrong(m, out->error_code, "SyncGroup");
        return;
    }
    m->unsure = false;
    own(m, out->assignment.len == 1 ? out->assignment.ptr[0] : 0);
    go(m, MEMBER_STABLE, 0);
}

static void sync(struct kmember *m)
{
    struct kcall *call = ask(m, 14, 3, 5, synced);
    struct kw_sync_group_request *in = call->in;
    in->group_id = mr_str_of(m->seat.group->name);
    in->generation_id = m->generation;
    in->member_id = mr_str_of(m->seat.id);
    in->group_instance_id = str_or_none(m->seat.instance);
    in->protocol_type = MR_STR_LIT("consumer");
    in->protocol_name = MR_STR_LIT("range");
    if (m->leads && !m->skips && m->listed > 0) {
        uint32_t first = (uint32_t)rng_below(&m->seat.rng, m->listed);
        in->assignments = kcall_new_array(call, struct kw_sync_group_request_assignment, m->listed);
        in->assignments_count = (int32_t)m->listed;
        for (uint32_t i = 0; i < m->listed; i++) {
            uint8_t *slots = kcall_new_array(call, uint8_t, 1);
            *slots = 0;
            for (uint32_t s = 0; s < KGROUP_SLOTS; s++) {
                if ((first + s) % m->listed == i)
                    *slots |= (uint8_t)(1u << s);
            }
            in->assignments[i].member_id = mr_str_of(m->list[i]);
            in->assignments[i].assignment = (struct mr_slice){slots, 1};
        }
    }
    kcall_send(call);
}

/* ---- a stable life ---- */

static void beaten(struct kcall *call)
{
    struct kmember *m = heard(call, false);
    if (m == NULL)
        return;
    int16_t error = ((const struct kw_heartbeat_response *)call->out)->error_code;
    if (common(m, error))
        return;
    if (error != KW_NONE)
        wrong(m, error, "Heartbeat");
    else
        go(m, m->unsure ? MEMBER_SYNC : MEMBER_STABLE, BEAT_MS);
}

static void beat(struct kmember *m)
{
    struct kcall *call = ask(m, 12, 3, 4, beaten);
    struct kw_heartbeat_request *in = call->in;
    in->group_id = mr_str_of(m->seat.group->name);
    in->generation_id = m->generation;
    in->member_id = mr_str_of(m->seat.id);
    in->group_instance_id = str_or_none(m->seat.instance);
    kcall_send(call);
}

static void committed(struct kcall *call)
{
    struct kmember *m = heard(call, true);
    if (m == NULL)
        return;
    int16_t error = kseat_committed(&m->seat, call);
    if (error == KW_NONE) {
        go(m, MEMBER_STABLE, rng_below(&m->seat.rng, BEAT_MS));
    } else if (common(m, error)) {
        return;
    } else if (error == KW_GROUP_ID_NOT_FOUND) {
        forget_id(m);
        go(m, MEMBER_JOIN, 0);
    } else {
        wrong(m, error, "OffsetCommit");
    }
}

static void commit(struct kmember *m)
{
    m->seat.stale = m->generation < tribe_of(m)->newest;
    kseat_commit(&m->seat, m->slots, m->generation, m->seat.instance[0] != '\0' ? 7 : 2, committed);
}

static void read_back(struct kcall *call)
{
    struct kmember *m = heard(call, false);
    if (m == NULL)
        return;
    int16_t error = kseat_read_back(&m->seat, call);
    if (common(m, error))
        return;
    if (error != KW_NONE)
        wrong(m, error, "OffsetFetch");
    else
        go(m, MEMBER_STABLE, 0);
}

static void has_left(struct kcall *call)
{
    struct kmember *m = heard(call, false);
    if (m != NULL)
        go(m, MEMBER_AWAY, rng_below(&m->seat.rng, 3000));
}

static void leave(struct kmember *m)
{
    struct kcall *call = ask(m, 13, 3, 5, has_left);
    struct kw_leave_group_request *in = call->in;
    in->group_id = mr_str_of(m->seat.group->name);
    in->member_id = mr_str_of(m->seat.id);
    in->members = kcall_new_array(call, struct kw_leave_group_request_member, 1);
    kw_leave_group_request_member_init(in->members);
    in->members->member_id = in->member_id;
    in->members->group_instance_id = str_or_none(m->seat.instance);
    in->members_count = 1;
    kcall_send(call); /* it points at the id until then */
    forget_id(m);
    m->slots = 0;
}

static void live(struct kmember *m)
{
    uint64_t what = rng_below(&m->seat.rng, 100);
    if (m->seat.leaves) {
        m->seat.leaves = false;
        leave(m);
    } else if (m->seat.wild && what < 2) { /* hangs, and does not know that it did */
        kseat_later(&m->seat, rng_below(&m->seat.rng, 3 * SESSION_MS));
    } else if (m->seat.wild && what < 4) {
        vanish(m, rng_below(&m->seat.rng, 2 * SESSION_MS));
    } else if (m->seat.wild && what < 6) {
        leave(m);
    } else if (what < 30 && m->slots != 0) {
        commit(m);
    } else if (what < 45) {
        kseat_read(&m->seat, m->generation, 5, 7, read_back);
    } else {
        beat(m);
    }
}

/* ---- life ---- */

/* Under the id of before, under the one before that, or as a new member. */
static void come_back(struct kmember *m)
{
    uint64_t how = rng_below(&m->seat.rng, 3);
    if (m->seat.instance[0] != '\0' || how == 0)
        forget_id(m);
    else if (how == 1 && m->old_id[0] != '\0')
        memcpy(m->seat.id, m->old_id, sizeof(m->seat.id));
    m->generation = -1;
    m->slots = 0;
    m->phase = MEMBER_FIND;
}

/* Its heart goes on beating, whatever it should do. Who is told that nobody knows it falls silent. */
static void be_stubborn(struct kmember *m)
{
    if (m->seat.id[0] == '\0' || m->generation < 0) {
        m->seat.failing = SEAT_SILENT;
        return;
    }
    m->waited = !m->waited;
    if (m->waited)
        kseat_later(&m->seat, BEAT_MS);
    else
        beat(m);
}

static void step(struct mr_timer *timer)
{
    struct kmember *m = MR_CONTAINER(MR_CONTAINER(timer, struct kseat, timer), struct kmember, seat);
    if (!kseat_may_step(&m->seat))
        return;
    if (m->phase == MEMBER_AWAY)
        come_back(m);
    if (m->seat.failing == SEAT_STUBBORN && !(m->joins && m->phase == MEMBER_JOIN && m->seat.id[0] != '\0')) {
        be_stubborn(m);
        return;
    }
    switch (m->phase) {
    case MEMBER_AWAY:
    case MEMBER_FIND:
        kseat_find(&m->seat, 0, 5, found);
        return;
    case MEMBER_JOIN:
        join(m);
        return;
    case MEMBER_SYNC:
        sync(m);
        return;
    case MEMBER_STABLE:
        live(m);
        return;
    }
}

void ktribe_init(struct ktribe *t, const char *name, struct seed_result *res)
{
    kgroup_init(&t->group, name, res);
    t->newest = -1;
}

void kmember_init(struct kmember *m, struct khost *h, struct ktribe *t, const char *name,
                  const char *instance, uint64_t seed)
{
    kseat_init(&m->seat, h, &t->group, name, instance, seed, step);
    m->generation = -1;
    m->joins = rng_below(&m->seat.rng, 2) == 0;
}

void kmember_start(struct kmember *m)
{
    go(m, MEMBER_AWAY, rng_below(&m->seat.rng, 1000));
}

bool kmembers_settled(const struct kmember *members)
{
    uint32_t slots = 0;
    int32_t generation = -1;
    for (uint32_t i = 0; i < KGROUP_SEATS; i++) {
        const struct kmember *m = &members[i];
        if (m->seat.failing != SEAT_WELL)
            continue;
        if (generation < 0)
            generation = m->generation;
        if (m->phase != MEMBER_STABLE || m->generation != generation || (slots & m->slots) != 0)
            return false;
        slots |= m->slots;
    }
    return slots == (1u << KGROUP_SLOTS) - 1;
}
