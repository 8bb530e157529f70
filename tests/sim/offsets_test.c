/* Committed offsets on whole brokers that are killed, lose power and change their number of shards: what was
 * answered is there again, nothing comes back that was never committed, and a log that is rewritten all the
 * time says the same as one that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/controller.h"
#include "core/broker/coord.h"
#include "core/broker/group_coord.h"
#include "core/broker/internal_topic.h"
#include "tests/sim/broker_rig.h"
#include "tests/sim/rng.h"

enum { GROUPS = 12, PLACES = 4, LIVES = 6, COMMITS_MAX = 60 };
#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)
#define TOPIC MR_STR_LIT("__consumer_offsets")

/* One client of one group: commits rising offsets for some of its partitions, one request after the other,
 * and now and then forgets one. */
struct client {
    struct scene *s;
    struct mr_work work;
    struct mr_shard *at; /* where its group lives now */
    char name[16];
    char metadata[3000];
    int64_t next;
    /* What the broker must say: one of these, for each partition. 0: nothing is committed. */
    int64_t acked[PLACES];
    int64_t tried[PLACES]; /* of a request whose answer never came; -1: none, -2: that it is forgotten */
    bool busy, forgetting;
    union {
        struct group_commit commit;
        struct group_forget forget;
    } u;
    struct group_commit_item items[PLACES];
    struct group_forget_item gone;
    uint32_t done;
};

struct scene {
    struct world *w;
    struct seed_result *res;
    struct rng rng;
    struct rig rig;
    struct rig_sizes sizes;
    struct client clients[GROUPS];
    bool checking;
    uint32_t to_check;
    uint64_t acks, refused, records;
};

static bool ok(const struct scene *s)
{
    return s->res->err == 0;
}

static bool place(struct client *c, struct part_key *ret)
{
    return coord_place(broker_of(c->s->rig.shards[0]), COORD_GROUP, mr_str_of(c->name), ret);
}

static void go_on(struct client *c)
{
    c->busy = false;
    if (c->done < COMMITS_MAX)
        shard_ready(c->at, &c->work);
}

static void committed(struct group_commit *g, enum kw_error error)
{
    struct client *c = MR_CONTAINER(g, struct client, u.commit);
    if (error == KW_NOT_COORDINATOR)
        return; /* the end of a life: nobody knows */
    for (uint32_t i = 0; i < g->count; i++) {
        int32_t p = g->items[i].partition;
        if (error == KW_NONE)
            c->acked[p] = g->items[i].offset;
        c->tried[p] = -1;
    }
    c->s->acks += error == KW_NONE;
    c->s->refused += error != KW_NONE;
    seed_check(c->s->res, error == KW_NONE || error == KW_COORDINATOR_LOAD_IN_PROGRESS, "a commit gets %d",
               error);
    go_on(c);
}

static void forgotten(struct group_forget *g, enum kw_error error)
{
    struct client *c = MR_CONTAINER(g, struct client, u.forget);
    if (error == KW_NOT_COORDINATOR)
        return;
    if (error == KW_NONE)
        c->acked[g->items[0].partition] = 0;
    c->tried[g->items[0].partition] = -1;
    seed_check(c->s->res,
               error == KW_NONE || error == KW_COORDINATOR_LOAD_IN_PROGRESS || error == KW_GROUP_ID_NOT_FOUND,
               "forgetting gets %d", error);
    go_on(c);
}

static void commit(struct client *c, struct part_key key)
{
    struct rng *r = &c->s->rng;
    group_commit_init(&c->u.commit, committed);
    c->u.commit.items = c->items;
    for (int32_t p = 0; p < PLACES; p++) {
        if (rng_below(r, 2) == 0 && c->u.commit.count + p + 1 < PLACES)
            continue;
        c->tried[p] = ++c->next;
        c->items[c->u.commit.count++] = (struct group_commit_item){
            .topic = MR_STR_LIT("t"),
            .partition = p,
            .offset = c->next,
            .leader_epoch = -1,
            .metadata = {c->metadata, rng_below(r, 4) == 0 ? rng_below(r, sizeof(c->metadata)) : 0},
        };
    }
    group_commit_submit(broker_of(c->at), key, mr_str_of(c->name), &c->u.commit);
}

static void forget(struct client *c, struct part_key key)
{
    int32_t p = (int32_t)rng_below(&c->s->rng, PLACES);
    c->tried[p] = -2;
    c->gone = (struct group_forget_item){.topic = MR_STR_LIT("t"), .partition = p};
    c->u.forget = (struct group_forget){.items = &c->gone, .count = 1, .done = forgotten};
    group_forget_submit(broker_of(c->at), key, mr_str_of(c->name), &c->u.forget);
}

/* Every answer is one that may be. */
static void look(struct client *c, struct part_key key)
{
    struct scene *s = c->s;
    struct coord *coord;
    enum kw_error error = coord_find(broker_of(c->at), COORD_GROUP, key, &coord);
    if (error == KW_COORDINATOR_LOAD_IN_PROGRESS) {
        shard_ready(c->at, &c->work);
        return;
    }
    s->to_check--;
    if (!seed_check(s->res, error == KW_NONE, "no coordinator after the start: %d", error))
        return;
    const struct group_entity *g = group_find(coord, mr_str_of(c->name));
    for (int32_t p = 0; p < PLACES; p++) {
        const struct group_offset *v = g != NULL ? group_offsets_get(&g->offsets, MR_STR_LIT("t"), p) : NULL;
        int64_t is = v != NULL ? v->offset : 0, tried = c->tried[p] == -2 ? 0 : c->tried[p];
        seed_check(s->res, is == c->acked[p] || is == tried,
                   "%s-%d is %lld, acknowledged was %lld, tried %lld", c->name, p, (long long)is,
                   (long long)c->acked[p], (long long)c->tried[p]);
        c->acked[p] = is;
        c->tried[p] = -1;
    }
}

static void client_run(struct mr_work *w)
{
    struct client *c = MR_CONTAINER(w, struct client, work);
    struct part_key key;
    if (!place(c, &key))
        return;
    if (c->s->checking) {
        look(c, key);
        return;
    }
    c->busy = true;
    c->done++;
    if (rng_below(&c->s->rng, 10) == 0)
        forget(c, key);
    else
        commit(c, key);
}

static void wake_clients(struct scene *s)
{
    for (uint32_t i = 0; i < GROUPS; i++) {
        struct client *c = &s->clients[i];
        struct part_key key;
        if (!seed_check(s->res, place(c, &key), "the topic does not stand"))
            return;
        c->at = s->rig.shards[placement_shard(key, s->sizes.shards)];
        c->done = 0;
        c->busy = false;
        work_init(&c->work, client_run);
        shard_ready(c->at, &c->work);
        io_wake(c->at->io);
    }
}

/* ---- the broker ---- */

static bool settled(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

static void start(struct scene *s)
{
    s->sizes = (struct rig_sizes){.shards = 1u << rng_below(&s->rng, 3)};
    rig_start(&s->rig, &s->sizes);
    bool came = world_run_until(s->w, settled, &s->rig, 300 * SECOND);
    seed_check(s->res, came && rig_up(&s->rig), "the broker does not come up");
}

static void stop(struct scene *s)
{
    char why[200] = "";
    uint64_t kind = rng_below(&s->rng, 3);
    if (kind < 2) {
        rig_kill(&s->rig, kind == 0);
    } else {
        rig_stop(&s->rig);
        bool came = world_run_until(s->w, ended, &s->rig, 300 * SECOND);
        if (!seed_check(s->res, came, "the broker does not stop"))
            return;
    }
    int err = rig_reap(&s->rig, why, sizeof(why));
    seed_check(s->res, err == 0 || err == -ECANCELED, "the broker ended with %d: %s", err, why);
}

struct making {
    struct ctl_command c;
    struct mr_arena arena;
    struct ctl_topic topic;
    bool done;
};

static void made(struct ctl_command *c)
{
    ((struct making *)c)->done = true;
}
static bool is_made(void *ctx)
{
    return ((struct making *)ctx)->done;
}

static void make_topic(struct scene *s)
{
    struct making m = {.done = false};
    arena_init(&m.arena, 1 << 20);
    m.c = (struct ctl_command){
        .kind = CTL_CREATE_TOPICS, .count = 1, .u.topics = &m.topic, .arena = &m.arena, .done = made};
    struct config_view v = broker_config_view(broker_of(s->rig.shards[0]));
    m.topic.name = TOPIC;
    seed_check(s->res, internal_topic_shape(&v, &m.arena, &m.topic) == 0, "no memory");
    controller_submit(s->rig.shards[0], &m.c);
    io_wake(s->rig.shards[0]->io);
    bool came = world_run_until(s->w, is_made, &m, 100 * SECOND);
    seed_check(s->res, came && m.c.error == KW_NONE && m.topic.result.error == KW_NONE,
               "the topic is not made");
    arena_done(&m.arena);
}

static bool checked(void *ctx)
{
    const struct scene *s = ctx;
    return s->to_check == 0 || !ok(s);
}

static bool all_done(void *ctx)
{
    const struct scene *s = ctx;
    for (uint32_t i = 0; i < GROUPS; i++) {
        if (s->clients[i].busy || s->clients[i].done < COMMITS_MAX)
            return !ok(s);
    }
    return true;
}

static void check(struct scene *s)
{
    s->checking = true;
    s->to_check = GROUPS;
    wake_clients(s);
    bool came = world_run_until(s->w, checked, s, 100 * SECOND);
    seed_check(s->res, came, "the coordinators do not load");
    s->checking = false;
}

/* Rewritten logs are short; without rewriting they would hold hundreds of KiB each. */
static void check_rewritten(struct scene *s)
{
    const struct image_topic *t = image_topic(broker_of(s->rig.shards[0])->image, TOPIC);
    bool moved = false;
    for (int32_t i = 0; t != NULL && i < t->partition_count; i++) {
        struct part_key key = {t->id, i};
        struct partition *p =
            partition_find(broker_of(s->rig.shards[placement_shard(key, s->sizes.shards)]), key);
        moved = moved || plog_start(p->log) > 0;
        s->records += (uint64_t)plog_append_end(p->log);
    }
    seed_check(s->res, moved, "no log was ever rewritten, %llu records", (unsigned long long)s->records);
}

static void scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {"offsets.topic.num.partitions=3",
                                            "millrace.coordinator.rewrite.bytes=65536"};
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    o.disk_bytes = UINT64_C(4) << 30;
    struct scene *s = calloc(1, sizeof(*s));
    s->w = world_new(seed, &o);
    s->res = res;
    rng_seed(&s->rng, seed, 77);
    rig_init(&s->rig, s->w, overrides, MR_COUNT(overrides), res);
    for (uint32_t i = 0; i < GROUPS; i++) {
        struct client *c = &s->clients[i];
        c->s = s;
        snprintf(c->name, sizeof(c->name), "group-%u", i);
        memset(c->metadata, 'm', sizeof(c->metadata));
        for (int32_t p = 0; p < PLACES; p++)
            c->tried[p] = -1;
    }
    start(s);
    if (ok(s))
        make_topic(s);
    for (uint32_t life = 0; ok(s) && life < LIVES; life++) {
        check(s);
        if (!ok(s))
            break;
        wake_clients(s);
        if (life + 1 == LIVES) {
            bool came = world_run_until(s->w, all_done, s, 100 * SECOND);
            seed_check(res, came, "the commits do not come to an end");
            check_rewritten(s);
        } else {
            world_run_for(s->w, rng_below(&s->rng, 400 * MS));
        }
        stop(s);
        if (ok(s))
            start(s);
    }
    if (ok(s)) {
        check(s);
        seed_check(res, s->acks > GROUPS * (COMMITS_MAX / 2), "only %llu commits",
                   (unsigned long long)s->acks);
        stop(s);
    }
    if (rig_running(&s->rig)) { /* something was found */
        rig_kill(&s->rig, false);
        (void)rig_reap(&s->rig, NULL, 0);
    }
    res->trace = world_trace_hash(s->w);
    rig_done(&s->rig);
    world_free(s->w);
    free(s);
}

static void committed_offsets_survive(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_offsets", 1, 25, scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(committed_offsets_survive)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
