#include "tests/sim/client_seat.h"

#include <stdio.h>

#include "net/wire/gen/find_coordinator.h"
#include "net/wire/gen/offset_commit.h"
#include "net/wire/gen/offset_fetch.h"
#include "net/wire/kw_error.h"

#define MS UINT64_C(1000000)

enum {
    IN_GROUPS = 8, /* OffsetFetch from this version on is about several groups */
    METADATA_MAX = 4000,
    PATIENCE_MS = 8000, /* beyond a session and two rebalances, which a join may have to wait for */
};

/* ---- life ---- */

void kgroup_init(struct kgroup *g, const char *name, struct seed_result *res)
{
    *g = (struct kgroup){.res = res};
    snprintf(g->name, sizeof(g->name), "%s", name);
}

void kseat_init(struct kseat *s, struct khost *h, struct kgroup *g, const char *name, const char *instance,
                uint64_t seed, void (*step)(struct mr_timer *timer))
{
    *s = (struct kseat){.group = g, .wild = true};
    snprintf(s->instance, sizeof(s->instance), "%s", instance);
    kclient_init(&s->client, h, name, "broker", 9092);
    s->client.ctx = s;
    s->client.patience_ns = PATIENCE_MS * MS;
    rng_seed(&s->rng, seed, 91);
    rng_seed(&s->client.rng, seed, 92);
    timer_init(&s->timer, step);
}

void kseat_later(struct kseat *s, uint64_t ms)
{
    khost_timer(s->client.host, &s->timer, ms * MS + 1);
}

bool kseat_may_step(const struct kseat *s)
{
    return !s->busy && !s->client.stopping && s->failing != SEAT_SILENT;
}

void kseat_ends_life(struct kseat *s)
{
    s->life++;
    s->busy = false;
}

void kseat_calm(struct kseat *s)
{
    s->wild = false;
    if (!s->busy)
        kseat_later(s, rng_below(&s->rng, 100));
}

void kseat_stop(struct kseat *s)
{
    timer_cancel(&s->client.host->timers, &s->timer);
    kclient_stop(&s->client);
}

void kseat_done(struct kseat *s)
{
    kclient_done(&s->client);
}

/* ---- asking ---- */

struct kseat *kseat_of(const struct kcall *call)
{
    return call->client->ctx;
}

struct kcall *kseat_ask(struct kseat *s, int16_t key, int16_t v_min, int16_t v_max,
                        void (*done)(struct kcall *))
{
    s->busy = true;
    return kcall_new(&s->client, key, kclient_version(&s->client, key, v_min, v_max), done,
                     (void *)(uintptr_t)s->life);
}

enum seat_hears kseat_heard(struct kcall *call)
{
    struct kseat *s = kseat_of(call);
    if (call->err == -ECANCELED || (uint64_t)(uintptr_t)call->ctx != s->life)
        return SEAT_NOTHING;
    s->busy = false;
    return call->err == 0 ? SEAT_ANSWER : SEAT_BREAK;
}

void kseat_find(struct kseat *s, int16_t v_min, int16_t v_max, void (*done)(struct kcall *))
{
    struct kcall *call = kseat_ask(s, 10, v_min, v_max, done);
    struct kw_find_coordinator_request *in = call->in;
    in->key = mr_str_of(s->group->name);
    in->coordinator_keys = kcall_new_array(call, struct mr_str, 1);
    in->coordinator_keys[0] = in->key;
    in->coordinator_keys_count = 1;
    kcall_send(call);
}

/* ---- offsets ---- */

static uint32_t one_of(struct kseat *s, uint32_t slots)
{
    uint32_t slot = (uint32_t)__builtin_ctz(slots);
    for (uint32_t i = slot; i < KGROUP_SLOTS; i++) {
        if ((slots & (1u << i)) != 0 && rng_below(&s->rng, 2) == 0)
            slot = i;
    }
    return slot;
}

void kseat_commit(struct kseat *s, uint32_t slots, int32_t epoch, int16_t v_min, void (*done)(struct kcall *))
{
    struct kgroup *g = s->group;
    struct kcall *call = kseat_ask(s, 8, v_min, 9, done);
    struct kw_offset_commit_request *in = call->in;
    struct kw_offset_commit_request_topic *topic =
        kcall_new_array(call, struct kw_offset_commit_request_topic, 1);
    struct kw_offset_commit_request_partition *p =
        kcall_new_array(call, struct kw_offset_commit_request_partition, 1);
    kw_offset_commit_request_topic_init(topic);
    kw_offset_commit_request_partition_init(p);
    s->slot = one_of(s, slots);
    s->offset = g->tried[s->slot] = ++g->next;
    p->partition_index = (int32_t)s->slot;
    p->committed_offset = s->offset;
    if (rng_below(&s->rng, 8) == 0) { /* so that logs of coordinators grow until they are rewritten */
        size_t len = rng_below(&s->rng, METADATA_MAX);
        char *text = kcall_new_array(call, char, len + 1);
        memset(text, 'm', len);
        p->committed_metadata = (struct mr_str){text, len};
    } else {
        p->committed_metadata = MR_STR_LIT("");
    }
    topic->name = MR_STR_LIT("t");
    topic->partitions = p;
    topic->partitions_count = 1;
    in->group_id = mr_str_of(g->name);
    in->generation_id_or_member_epoch = epoch;
    in->member_id = mr_str_of(s->id);
    in->group_instance_id = str_or_none(s->instance);
    in->topics = topic;
    in->topics_count = 1;
    kcall_send(call);
}

int16_t kseat_committed(struct kseat *s, const struct kcall *call)
{
    struct kgroup *g = s->group;
    const struct kw_offset_commit_response *out = call->out;
    int16_t error = out->topics_count == 1 && out->topics->partitions_count == 1
                        ? out->topics->partitions->error_code
                        : KW_UNKNOWN_SERVER_ERROR;
    seed_check(g->res, error != KW_NONE || !s->stale,
               "%s %s: a commit for slot %u is taken, it is not its own", g->name, s->client.name, s->slot);
    if (error == KW_NONE) {
        g->acked[s->slot] = mr_imax(g->acked[s->slot], s->offset);
        g->commits++;
    }
    return error;
}

static int32_t *all_slots(struct kcall *call)
{
    int32_t *all = kcall_new_array(call, int32_t, KGROUP_SLOTS);
    for (int32_t i = 0; i < KGROUP_SLOTS; i++)
        all[i] = i;
    return all;
}

static void ask_for_one(struct kseat *s, struct kcall *call)
{
    struct kw_offset_fetch_request *in = call->in;
    in->group_id = mr_str_of(s->group->name);
    in->topics = kcall_new_array(call, struct kw_offset_fetch_request_topic, 1);
    in->topics_count = 1;
    in->topics->name = MR_STR_LIT("t");
    in->topics->partition_indexes = all_slots(call);
    in->topics->partition_indexes_count = KGROUP_SLOTS;
}

static void ask_for_many(struct kseat *s, struct kcall *call, int32_t epoch)
{
    struct kw_offset_fetch_request *in = call->in;
    in->groups = kcall_new_array(call, struct kw_offset_fetch_request_group, 1);
    in->groups_count = 1;
    kw_offset_fetch_request_group_init(in->groups);
    in->groups->group_id = mr_str_of(s->group->name);
    if (call->version >= 9) {
        in->groups->member_id = mr_str_of(s->id);
        in->groups->member_epoch = epoch;
    }
    in->groups->topics = kcall_new_array(call, struct kw_offset_fetch_request_group_topic, 1);
    in->groups->topics_count = 1;
    in->groups->topics->name = MR_STR_LIT("t");
    in->groups->topics->partition_indexes = all_slots(call);
    in->groups->topics->partition_indexes_count = KGROUP_SLOTS;
}

void kseat_read(struct kseat *s, int32_t epoch, int16_t v_min, int16_t v_max, void (*done)(struct kcall *))
{
    struct kcall *call = kseat_ask(s, 9, v_min, v_max, done);
    if (call->version < IN_GROUPS)
        ask_for_one(s, call);
    else
        ask_for_many(s, call, epoch);
    memcpy(s->floor, s->group->acked, sizeof(s->floor));
    kcall_send(call);
}

static void look(struct kseat *s, int32_t slot, int64_t offset)
{
    struct kgroup *g = s->group;
    int64_t is = mr_imax(offset, 0);
    seed_check(g->res, is >= s->floor[slot] && is <= g->tried[slot],
               "%s: offset of slot %d is %lld, acknowledged %lld, asked for %lld", g->name, slot,
               (long long)is, (long long)s->floor[slot], (long long)g->tried[slot]);
    g->acked[slot] = mr_imax(g->acked[slot], is); /* who has seen it may count on it */
}

static bool whole(struct kseat *s, bool is)
{
    return seed_check(s->group->res, is, "%s: OffsetFetch answers something else", s->group->name);
}

int16_t kseat_read_back(struct kseat *s, const struct kcall *call)
{
    const struct kw_offset_fetch_response *out = call->out;
    bool many = call->version >= IN_GROUPS;
    if (many && !whole(s, out->groups_count == 1))
        return KW_UNKNOWN_SERVER_ERROR;
    int16_t error = many ? out->groups->error_code : out->error_code;
    if (error != KW_NONE)
        return error;
    int32_t topics = many ? out->groups->topics_count : out->topics_count;
    if (!whole(s, topics == 1))
        return KW_UNKNOWN_SERVER_ERROR;
    int32_t count = many ? out->groups->topics->partitions_count : out->topics->partitions_count;
    whole(s, count == KGROUP_SLOTS);
    for (int32_t i = 0; i < count; i++) {
        if (many)
            look(s, out->groups->topics->partitions[i].partition_index,
                 out->groups->topics->partitions[i].committed_offset);
        else
            look(s, out->topics->partitions[i].partition_index, out->topics->partitions[i].committed_offset);
    }
    s->group->reads++;
    return KW_NONE;
}
