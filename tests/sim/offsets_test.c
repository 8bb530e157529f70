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
#include "tests/sim/lives.h"

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
    struct lives l;
    struct client clients[GROUPS];
    bool checking;
    uint32_t to_check;
    uint64_t acks, refused, records;
};

static bool place(struct client *c, struct part_key *ret)
{
    return coord_place(broker_of(c->s->l.rig.shards[0]), COORD_GROUP, mr_str_of(c->name), ret);
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
    seed_check(c->s->l.res, error == KW_NONE || error == KW_COORDINATOR_LOAD_IN_PROGRESS, "a commit gets %d",
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
    seed_check(c->s->l.res,
               error == KW_NONE || error == KW_COORDINATOR_LOAD_IN_PROGRESS || error == KW_GROUP_ID_NOT_FOUND,
               "forgetting gets %d", error);
    go_on(c);
}

static void commit(struct client *c, struct part_key key)
{
    struct rng *r = &c->s->l.rng;
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
    int32_t p = (int32_t)rng_below(&c->s->l.rng, PLACES);
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
    if (!seed_check(s->l.res, error == KW_NONE, "no coordinator after the start: %d", error))
        return;
    const struct group_entity *g = group_find(coord, mr_str_of(c->name));
    for (int32_t p = 0; p < PLACES; p++) {
        const struct group_offset *v = g != NULL ? group_offsets_get(&g->offsets, MR_STR_LIT("t"), p) : NULL;
        int64_t is = v != NULL ? v->offset : 0, tried = c->tried[p] == -2 ? 0 : c->tried[p];
        seed_check(s->l.res, is == c->acked[p] || is == tried,
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
    if (rng_below(&c->s->l.rng, 10) == 0)
        forget(c, key);
    else
        commit(c, key);
}

static void wake_clients(struct scene *s)
{
    for (uint32_t i = 0; i < GROUPS; i++) {
        struct client *c = &s->clients[i];
        struct part_key key;
        if (!seed_check(s->l.res, place(c, &key), "the topic does not stand"))
            return;
        c->at = s->l.rig.shards[placement_shard(key, s->l.sizes.shards)];
        c->done = 0;
        c->busy = false;
        work_init(&c->work, client_run);
        shard_ready(c->at, &c->work);
        io_wake(c->at->io);
    }
}

/* ---- the broker ---- */

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
    struct config_view v = broker_config_view(broker_of(s->l.rig.shards[0]));
    m.topic.name = TOPIC;
    seed_check(s->l.res, internal_topic_shape(&v, &m.arena, &m.topic) == 0, "no memory");
    controller_submit(s->l.rig.shards[0], &m.c);
    io_wake(s->l.rig.shards[0]->io);
    bool came = lives_run_until(&s->l, is_made, &m, 100 * SECOND);
    seed_check(s->l.res, came && m.c.error == KW_NONE && m.topic.result.error == KW_NONE,
               "the topic is not made");
    arena_done(&m.arena);
}

static bool checked(void *ctx)
{
    const struct scene *s = ctx;
    return s->to_check == 0;
}

static bool all_done(void *ctx)
{
    const struct scene *s = ctx;
    for (uint32_t i = 0; i < GROUPS; i++) {
        if (s->clients[i].busy || s->clients[i].done < COMMITS_MAX)
            return false;
    }
    return true;
}

static void check(struct scene *s)
{
    s->checking = true;
    s->to_check = GROUPS;
    wake_clients(s);
    bool came = lives_run_until(&s->l, checked, s, 100 * SECOND);
    seed_check(s->l.res, came, "the coordinators do not load");
    s->checking = false;
}

/* Rewritten logs are short; without rewriting they would hold hundreds of KiB each. */
static void check_rewritten(struct scene *s)
{
    const struct image_topic *t = image_topic(broker_of(s->l.rig.shards[0])->image, TOPIC);
    bool moved = false;
    for (int32_t i = 0; t != NULL && i < t->partition_count; i++) {
        struct part_key key = {t->id, i};
        struct partition *p =
            partition_find(broker_of(s->l.rig.shards[placement_shard(key, s->l.sizes.shards)]), key);
        moved = moved || plog_start(p->log) > 0;
        s->records += (uint64_t)plog_append_end(p->log);
    }
    seed_check(s->l.res, moved, "no log was ever rewritten, %llu records", (unsigned long long)s->records);
}

static bool admin_over(void *ctx)
{
    return kclient_over(&((const struct scene *)ctx)->l.admin.client);
}

static void scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {"offsets.topic.num.partitions=3",
                                            "millrace.coordinator.rewrite.bytes=65536"};
    struct scene *s = calloc(1, sizeof(*s));
    lives_init(&s->l, seed, res, overrides, MR_COUNT(overrides), 1);
    for (uint32_t i = 0; i < GROUPS; i++) {
        struct client *c = &s->clients[i];
        c->s = s;
        snprintf(c->name, sizeof(c->name), "group-%u", i);
        memset(c->metadata, 'm', sizeof(c->metadata));
        for (int32_t p = 0; p < PLACES; p++)
            c->tried[p] = -1;
    }
    lives_begin(&s->l, false); /* who asks here cannot tell that a coordinator has failed */
    if (lives_ok(&s->l))
        make_topic(s);
    for (uint32_t life = 1; lives_ok(&s->l) && life <= LIVES; life++) {
        check(s);
        if (!lives_ok(&s->l))
            break;
        wake_clients(s);
        if (life == LIVES) {
            bool came = lives_run_until(&s->l, all_done, s, 100 * SECOND);
            seed_check(res, came, "the commits do not come to an end");
            check_rewritten(s);
        } else {
            lives_run(&s->l, rng_below(&s->l.rng, 400 * MS));
        }
        lives_next(&s->l, false);
    }
    if (lives_ok(&s->l)) {
        check(s);
        seed_check(res, s->acks > GROUPS * (COMMITS_MAX / 2), "only %llu commits",
                   (unsigned long long)s->acks);
    }
    lives_end(&s->l);
    bool over = world_run_until(s->l.w, admin_over, s, 60 * SECOND);
    MR_ASSERT(over);
    lives_done(&s->l);
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
