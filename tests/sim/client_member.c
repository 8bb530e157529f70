#include "tests/sim/client_member.h"

#include <stdio.h>

#include "core/map.h"
#include "net/wire/gen/find_coordinator.h"
#include "net/wire/gen/heartbeat.h"
#include "net/wire/gen/join_group.h"
#include "net/wire/gen/leave_group.h"
#include "net/wire/gen/offset_commit.h"
#include "net/wire/gen/offset_fetch.h"
#include "net/wire/gen/sync_group.h"
#include "net/wire/kw_error.h"

#define MS UINT64_C(1000000)
enum { SESSION_MS = 3000, REBALANCE_MS = 1500, BEAT_MS = 400, AGAIN_MS = 40 };

static void step(struct kmember *m);

static void later(struct kmember *m, uint64_t ms)
{
    khost_timer(m->client.host, &m->timer, ms * MS + 1);
}

static struct mr_str none_or(const char *text)
{
    return text[0] == '\0' ? (struct mr_str){NULL, 0} : mr_str_of(text);
}

static bool wrong(struct kmember *m, int16_t error, const char *what)
{
    return seed_check(m->tribe->res, false, "%s %s: %s gets error %d", m->tribe->name, m->client.name, what,
                      error);
}

static void forget_id(struct kmember *m)
{
    if (m->id[0] != '\0')
        memcpy(m->old_id, m->id, sizeof(m->id));
    m->id[0] = '\0';
}

static void go(struct kmember *m, enum member_phase phase, uint64_t after_ms)
{
    m->phase = phase;
    if (phase != MEMBER_STABLE)
        m->slots = 0;
    later(m, after_ms);
}

/* Gone for a while, without a word. */
static void vanish(struct kmember *m, uint64_t after_ms)
{
    m->life++;
    m->busy = false;
    go(m, MEMBER_AWAY, after_ms);
    kclient_hang_up(&m->client, -ECONNRESET, rng_below(&m->rng, 2) == 0);
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
        m->tribe->unknown++;
        forget_id(m);
        go(m, MEMBER_JOIN, 0);
        return true;
    case KW_FENCED_INSTANCE_ID: /* an older connection's join was heard after this one's: it starts anew */
        m->tribe->fenced++;
        forget_id(m);
        go(m, MEMBER_JOIN, AGAIN_MS);
        return true;
    default:
        return false;
    }
}

/* False: the answer is nobody's, or there is none. */
static bool mine(struct kcall *call, bool was_commit)
{
    struct kmember *m = call->client->ctx;
    if (call->err == -ECANCELED || (uint64_t)(uintptr_t)call->ctx != m->life)
        return false;
    m->busy = false;
    if (call->err == 0)
        return true;
    /* A commit that is still on its way may be heard after the next one: nobody who might have one goes on
     * under the same id and generation. */
    if (was_commit)
        forget_id(m);
    go(m, MEMBER_FIND, AGAIN_MS);
    return false;
}

static struct kcall *ask(struct kmember *m, int16_t key, int16_t v_min, int16_t v_max,
                         void (*done)(struct kcall *))
{
    m->busy = true;
    return kcall_new(&m->client, key, kclient_version(&m->client, key, v_min, v_max), done,
                     (void *)(uintptr_t)m->life);
}

/* ---- find ---- */

static void found(struct kcall *call)
{
    struct kmember *m = call->client->ctx;
    if (!mine(call, false))
        return;
    const struct kw_find_coordinator_response *out = call->out;
    int16_t error = call->version >= 4 && out->coordinators_count == 1 ? out->coordinators[0].error_code
                                                                       : out->error_code;
    m->unsure = m->generation >= 0 && m->id[0] != '\0' && rng_below(&m->rng, 2) == 0;
    if (error == KW_NONE)
        go(m, m->unsure ? MEMBER_STABLE : MEMBER_JOIN, 0);
    else if (error == KW_COORDINATOR_NOT_AVAILABLE)
        go(m, MEMBER_FIND, AGAIN_MS);
    else
        wrong(m, error, "FindCoordinator");
}

static void find(struct kmember *m)
{
    struct kcall *call = ask(m, 10, 0, 5, found);
    struct kw_find_coordinator_request *in = call->in;
    in->key = mr_str_of(m->tribe->name);
    in->coordinator_keys = kcall_new_array(call, struct mr_str, 1);
    in->coordinator_keys[0] = in->key;
    in->coordinator_keys_count = 1;
    kcall_send(call);
}

/* ---- join ---- */

static void copy_id(char *dst, struct mr_str id)
{
    MR_ASSERT(id.len < MEMBER_ID_BYTES);
    memcpy(dst, id.ptr, id.len);
    dst[id.len] = '\0';
}

static void joined(struct kcall *call)
{
    struct kmember *m = call->client->ctx;
    struct ktribe *t = m->tribe;
    if (!mine(call, false))
        return;
    const struct kw_join_group_response *out = call->out;
    if (out->error_code == KW_MEMBER_ID_REQUIRED) {
        copy_id(m->id, out->member_id);
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
    copy_id(m->id, out->member_id);
    m->generation = out->generation_id;
    m->leads = mr_str_eq(out->leader, out->member_id);
    m->skips = out->skip_assignment;
    m->listed = (uint32_t)out->members_count;
    seed_check(t->res, m->leads || m->listed == 0 || m->skips, "%s: a follower is told who is there",
               t->name);
    seed_check(t->res, !m->leads || m->listed > 0 || call->version < 9, "%s: a leader of nobody", t->name);
    if (!seed_check(t->res, m->listed <= MR_COUNT(m->list), "%s: %u members", t->name, m->listed))
        return;
    for (uint32_t i = 0; i < m->listed; i++)
        copy_id(m->list[i], out->members[i].member_id);
    go(m, MEMBER_SYNC, rng_below(&m->rng, 8) == 0 ? rng_below(&m->rng, 500) : 0);
}

static void join(struct kmember *m)
{
    struct kcall *call = ask(m, 11, m->instance[0] != '\0' ? 5 : 0, 9, joined);
    struct kw_join_group_request *in = call->in;
    in->group_id = mr_str_of(m->tribe->name);
    in->session_timeout_ms = SESSION_MS;
    in->rebalance_timeout_ms = REBALANCE_MS;
    in->member_id = mr_str_of(m->id);
    in->group_instance_id = none_or(m->instance);
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
    struct ktribe *t = m->tribe;
    const char *who = m->instance[0] != '\0' ? m->instance : m->id;
    uint64_t hash = mr_hash_bytes(who, strlen(who)) | 1;
    if (!seed_check(t->res, m->generation >= 0 && m->generation < TRIBE_GENERATIONS, "%s: generation %d",
                    t->name, m->generation))
        return;
    t->newest = mr_imax(t->newest, m->generation);
    for (uint32_t s = 0; s < TRIBE_SLOTS; s++) {
        uint64_t *owner = &t->owners[m->generation][s];
        if ((slots & (1u << s)) == 0)
            continue;
        seed_check(t->res, *owner == 0 || *owner == hash, "%s: slot %u of generation %d has two owners, %s",
                   t->name, s, m->generation, who);
        *owner = hash;
    }
    m->slots = slots;
}

static void synced(struct kcall *call)
{
    struct kmember *m = call->client->ctx;
    if (!mine(call, false))
        return;
    const struct kw_sync_group_response *out = call->out;
    if (common(m, out->error_code))
        return;
    if (out->error_code != KW_NONE) {
        wrong(m, out->error_code, "SyncGroup");
        return;
    }
    m->tribe->syncs++;
    m->unsure = false;
    own(m, out->assignment.len == 1 ? out->assignment.ptr[0] : 0);
    go(m, MEMBER_STABLE, 0);
}

static void sync(struct kmember *m)
{
    struct kcall *call = ask(m, 14, m->instance[0] != '\0' ? 3 : 0, 5, synced);
    struct kw_sync_group_request *in = call->in;
    in->group_id = mr_str_of(m->tribe->name);
    in->generation_id = m->generation;
    in->member_id = mr_str_of(m->id);
    in->group_instance_id = none_or(m->instance);
    in->protocol_type = MR_STR_LIT("consumer");
    in->protocol_name = MR_STR_LIT("range");
    if (m->leads && !m->skips && m->listed > 0) {
        uint32_t first = (uint32_t)rng_below(&m->rng, m->listed);
        in->assignments = kcall_new_array(call, struct kw_sync_group_request_assignment, m->listed);
        in->assignments_count = (int32_t)m->listed;
        for (uint32_t i = 0; i < m->listed; i++) {
            uint8_t *slots = kcall_new_array(call, uint8_t, 1);
            *slots = 0;
            for (uint32_t s = 0; s < TRIBE_SLOTS; s++) {
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
    struct kmember *m = call->client->ctx;
    if (!mine(call, false))
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
    struct kcall *call = ask(m, 12, m->instance[0] != '\0' ? 3 : 0, 4, beaten);
    struct kw_heartbeat_request *in = call->in;
    in->group_id = mr_str_of(m->tribe->name);
    in->generation_id = m->generation;
    in->member_id = mr_str_of(m->id);
    in->group_instance_id = none_or(m->instance);
    kcall_send(call);
}

static void committed(struct kcall *call)
{
    struct kmember *m = call->client->ctx;
    struct ktribe *t = m->tribe;
    if (!mine(call, true))
        return;
    const struct kw_offset_commit_response *out = call->out;
    int16_t error = out->topics_count == 1 && out->topics->partitions_count == 1
                        ? out->topics->partitions->error_code
                        : KW_UNKNOWN_SERVER_ERROR;
    seed_check(t->res, error != KW_NONE || !m->stale, "%s: a commit of generation %d is taken in %d", t->name,
               m->generation, t->newest);
    if (error == KW_NONE) {
        int32_t slot = out->topics->partitions->partition_index;
        t->acked[slot] = mr_imax(t->acked[slot], m->floor[slot]);
        t->commits++;
    } else if (common(m, error)) {
        return;
    } else if (error != KW_GROUP_ID_NOT_FOUND) {
        wrong(m, error, "OffsetCommit");
        return;
    } else {
        forget_id(m);
        go(m, MEMBER_JOIN, 0);
        return;
    }
    go(m, MEMBER_STABLE, rng_below(&m->rng, BEAT_MS));
}

static void commit(struct kmember *m)
{
    struct ktribe *t = m->tribe;
    uint32_t slot = (uint32_t)__builtin_ctz(m->slots);
    for (uint32_t s = slot; s < TRIBE_SLOTS; s++) {
        if ((m->slots & (1u << s)) != 0 && rng_below(&m->rng, 2) == 0)
            slot = s;
    }
    m->stale = m->generation < t->newest;
    struct kcall *call = ask(m, 8, m->instance[0] != '\0' ? 7 : 2, 9, committed);
    struct kw_offset_commit_request *in = call->in;
    struct kw_offset_commit_request_topic *topic =
        kcall_new_array(call, struct kw_offset_commit_request_topic, 1);
    struct kw_offset_commit_request_partition *p =
        kcall_new_array(call, struct kw_offset_commit_request_partition, 1);
    kw_offset_commit_request_topic_init(topic);
    kw_offset_commit_request_partition_init(p);
    m->floor[slot] = t->tried[slot] = ++t->next;
    p->partition_index = (int32_t)slot;
    p->committed_offset = t->next;
    p->committed_metadata = MR_STR_LIT("");
    topic->name = MR_STR_LIT("t");
    topic->partitions = p;
    topic->partitions_count = 1;
    in->group_id = mr_str_of(t->name);
    in->generation_id_or_member_epoch = m->generation;
    in->member_id = mr_str_of(m->id);
    in->group_instance_id = none_or(m->instance);
    in->topics = topic;
    in->topics_count = 1;
    kcall_send(call);
}

static void read_back(struct kcall *call)
{
    struct kmember *m = call->client->ctx;
    struct ktribe *t = m->tribe;
    if (!mine(call, false))
        return;
    const struct kw_offset_fetch_response *out = call->out;
    if (common(m, out->error_code))
        return;
    if (!seed_check(t->res, out->error_code == KW_NONE && out->topics_count == 1, "%s: OffsetFetch gets %d",
                    t->name, out->error_code))
        return;
    for (int32_t i = 0; i < out->topics->partitions_count; i++) {
        const struct kw_offset_fetch_response_partition *p = &out->topics->partitions[i];
        int32_t s = p->partition_index;
        int64_t is = mr_imax(p->committed_offset, 0);
        seed_check(t->res, is >= m->floor[s] && is <= t->tried[s],
                   "%s: offset of slot %d is %lld, acknowledged %lld, asked for %lld", t->name, s,
                   (long long)is, (long long)m->floor[s], (long long)t->tried[s]);
        t->acked[s] = mr_imax(t->acked[s], is); /* who has seen it may count on it */
    }
    t->reads++;
    go(m, MEMBER_STABLE, 0);
}

static void read_offsets(struct kmember *m)
{
    struct kcall *call = ask(m, 9, 5, 7, read_back);
    struct kw_offset_fetch_request *in = call->in;
    in->group_id = mr_str_of(m->tribe->name);
    in->topics = kcall_new_array(call, struct kw_offset_fetch_request_topic, 1);
    in->topics_count = 1;
    in->topics->name = MR_STR_LIT("t");
    in->topics->partition_indexes = kcall_new_array(call, int32_t, TRIBE_SLOTS);
    in->topics->partition_indexes_count = TRIBE_SLOTS;
    for (int32_t s = 0; s < TRIBE_SLOTS; s++) {
        in->topics->partition_indexes[s] = s;
        m->floor[s] = m->tribe->acked[s];
    }
    kcall_send(call);
}

static void has_left(struct kcall *call)
{
    struct kmember *m = call->client->ctx;
    if (mine(call, false))
        go(m, MEMBER_AWAY, rng_below(&m->rng, 3000));
}

static void leave(struct kmember *m)
{
    struct kcall *call = ask(m, 13, m->instance[0] != '\0' ? 3 : 0, 5, has_left);
    struct kw_leave_group_request *in = call->in;
    in->group_id = mr_str_of(m->tribe->name);
    in->member_id = mr_str_of(m->id);
    in->members = kcall_new_array(call, struct kw_leave_group_request_member, 1);
    kw_leave_group_request_member_init(in->members);
    in->members->member_id = in->member_id;
    in->members->group_instance_id = none_or(m->instance);
    in->members_count = 1;
    forget_id(m);
    m->slots = 0;
    kcall_send(call);
}

static void live(struct kmember *m)
{
    uint64_t what = rng_below(&m->rng, 100);
    if (m->wild && what < 2) { /* hangs, and does not know that it did */
        later(m, rng_below(&m->rng, 3 * SESSION_MS));
    } else if (m->wild && what < 4) {
        vanish(m, rng_below(&m->rng, 2 * SESSION_MS));
    } else if (m->wild && what < 6) {
        leave(m);
    } else if (what < 30 && m->slots != 0) {
        commit(m);
    } else if (what < 45) {
        read_offsets(m);
    } else {
        beat(m);
    }
}

/* ---- life ---- */

/* Under the id of before, under the one before that, or as a new member. */
static void come_back(struct kmember *m)
{
    uint64_t how = rng_below(&m->rng, 3);
    if (m->instance[0] != '\0' || how == 0)
        forget_id(m);
    else if (how == 1 && m->old_id[0] != '\0')
        memcpy(m->id, m->old_id, sizeof(m->id));
    m->generation = -1;
    m->slots = 0;
    m->phase = MEMBER_FIND;
}

static void step(struct kmember *m)
{
    if (m->busy || m->client.stopping)
        return;
    if (m->phase == MEMBER_AWAY)
        come_back(m);
    switch (m->phase) {
    case MEMBER_AWAY:
    case MEMBER_FIND:
        find(m);
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

static void on_timer(struct mr_timer *timer)
{
    step(MR_CONTAINER(timer, struct kmember, timer));
}

void ktribe_init(struct ktribe *t, const char *name, struct seed_result *res)
{
    *t = (struct ktribe){.res = res, .newest = -1};
    snprintf(t->name, sizeof(t->name), "%s", name);
}

void kmember_init(struct kmember *m, struct khost *h, struct ktribe *t, const char *name,
                  const char *instance, uint64_t seed)
{
    *m = (struct kmember){.tribe = t, .generation = -1, .wild = true};
    snprintf(m->instance, sizeof(m->instance), "%s", instance);
    kclient_init(&m->client, h, name, "broker", 9092);
    m->client.ctx = m;
    rng_seed(&m->rng, seed, 91);
    rng_seed(&m->client.rng, seed, 92);
    timer_init(&m->timer, on_timer);
}

void kmember_start(struct kmember *m)
{
    go(m, MEMBER_AWAY, rng_below(&m->rng, 1000));
}

void kmember_calm(struct kmember *m)
{
    m->wild = false;
    if (!m->busy)
        later(m, rng_below(&m->rng, 100));
}

void kmember_stop(struct kmember *m)
{
    timer_cancel(&m->client.host->timers, &m->timer);
    kclient_stop(&m->client);
}

void kmember_done(struct kmember *m)
{
    kclient_done(&m->client);
}

bool ktribe_settled(const struct ktribe *t)
{
    uint32_t slots = 0;
    for (uint32_t i = 0; i < TRIBE_MEMBERS; i++) {
        const struct kmember *m = &t->members[i];
        if (m->phase != MEMBER_STABLE || m->generation != t->members[0].generation || (slots & m->slots) != 0)
            return false;
        slots |= m->slots;
    }
    return slots == (1u << TRIBE_SLOTS) - 1;
}
