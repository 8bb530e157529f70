/* Consumer groups on a whole broker that is killed, loses power, is stopped and comes back with another
 * number of shards, while members join, leave, hang, die and return under old ids, over a network that delays
 * and breaks: what client_member.h promises holds, and once all faults are over every group is whole again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/sim/broker_rig.h"
#include "tests/sim/client_admin.h"
#include "tests/sim/client_member.h"
#include "tests/sim/rng.h"

enum { TRIBES = 3, LIVES = 4 };
#define SECOND UINT64_C(1000000000)
#define MS UINT64_C(1000000)
/* A session, a rebalance, another one for whoever missed it, and loading. */
#define HEAL_NS (90 * SECOND)

struct scene {
    struct world *w;
    struct seed_result *res;
    struct rng rng;
    struct rig rig;
    struct rig_sizes sizes;
    struct khost host;
    struct kadmin admin;
    struct ktopic topic; /* what they commit for */
    struct ktribe tribes[TRIBES];
    struct kmember members[TRIBES][TRIBE_MEMBERS];
};

static bool ok(const struct scene *s)
{
    return s->res->err == 0;
}

static bool up_or_ended(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

static void start(struct scene *s)
{
    s->sizes = (struct rig_sizes){.shards = 1u << rng_below(&s->rng, 3), .grace_ms = 200};
    rig_start(&s->rig, &s->sizes);
    bool came = world_run_until(s->w, up_or_ended, &s->rig, 300 * SECOND);
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
        bool came = world_run_until(s->w, ended, &s->rig, 60 * SECOND);
        if (!seed_check(s->res, came, "the broker does not stop"))
            return;
    }
    int err = rig_reap(&s->rig, why, sizeof(why));
    seed_check(s->res, err == 0 || err == -ECANCELED, "the broker ended with %d: %s", err, why);
}

static bool found_something(void *ctx)
{
    return !ok(ctx);
}

static bool settled(void *ctx)
{
    struct scene *s = ctx;
    bool all = true;
    for (uint32_t t = 0; t < TRIBES; t++)
        all = all && ktribe_settled(&s->tribes[t]);
    return all || !ok(s);
}

static bool made_or_wrong(void *ctx)
{
    const struct scene *s = ctx;
    return s->admin.ready || !ok(s);
}

static bool quiet(void *ctx)
{
    struct scene *s = ctx;
    if (!kclient_over(&s->admin.client))
        return false;
    for (uint32_t t = 0; t < TRIBES; t++) {
        for (uint32_t i = 0; i < TRIBE_MEMBERS; i++) {
            if (!kclient_over(&s->members[t][i].client))
                return false;
        }
    }
    return true;
}

static void tell_stuck(struct scene *s)
{
    for (uint32_t t = 0; t < TRIBES; t++) {
        for (uint32_t i = 0; !ktribe_settled(&s->tribes[t]) && i < TRIBE_MEMBERS; i++) {
            const struct kmember *m = &s->members[t][i];
            fprintf(stderr, "%s %s: phase %d generation %d slots %x id %s%s\n", s->tribes[t].name,
                    m->client.name, m->phase, m->generation, m->slots, m->id, m->busy ? " waits" : "");
        }
    }
}

static void people(struct scene *s, uint64_t seed)
{
    khost_init(&s->host, world_node(s->w, "clients"), 1);
    s->topic = (struct ktopic){.name = "t", .partitions = TRIBE_SLOTS};
    kadmin_init(&s->admin, &s->host, "admin", "broker", RIG_PORT, s->res, seed);
    for (uint32_t t = 0; t < TRIBES; t++) {
        char name[24], instance[16];
        snprintf(name, sizeof(name), "tribe-%u", t);
        ktribe_init(&s->tribes[t], name, s->res);
        s->tribes[t].members = s->members[t];
        for (uint32_t i = 0; i < TRIBE_MEMBERS; i++) {
            /* The first group is dynamic, the second static, the third of both kinds. */
            bool is_static = t == 1 || (t == 2 && i % 2 == 0);
            snprintf(name, sizeof(name), "m%u.%u", t, i);
            snprintf(instance, sizeof(instance), "i%u", i);
            kmember_init(&s->members[t][i], &s->host, &s->tribes[t], name, is_static ? instance : "",
                         seed * 100 + t * 10 + i);
        }
    }
}

static void each(struct scene *s, void (*f)(struct kmember *m))
{
    for (uint32_t t = 0; t < TRIBES; t++) {
        for (uint32_t i = 0; i < TRIBE_MEMBERS; i++)
            f(&s->members[t][i]);
    }
}

static void check_client(struct kmember *m)
{
    seed_check(m->tribe->res, !m->client.wrong, "%s: %s", m->client.name, m->client.why);
}

static void healthy_end(struct scene *s)
{
    each(s, kmember_calm);
    world_heal(s->w);
    world_run_until(s->w, found_something, s, 10 * SECOND); /* ids that died own nothing any more */
    bool came = world_run_until(s->w, settled, s, HEAL_NS);
    if (!came)
        tell_stuck(s);
    seed_check(s->res, came, "a group is still stuck %d s after the last fault", (int)(HEAL_NS / SECOND));
    uint64_t joins = 0, after = 0;
    for (uint32_t t = 0; t < TRIBES; t++)
        joins += s->tribes[t].joins;
    world_run_until(s->w, found_something, s, 20 * SECOND);
    for (uint32_t t = 0; t < TRIBES; t++)
        after += s->tribes[t].joins;
    seed_check(s->res, joins == after && settled(s), "groups that were whole rebalance without a reason");
}

static void scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {"offsets.topic.num.partitions=3",
                                            "group.min.session.timeout.ms=1000",
                                            "group.initial.rebalance.delay.ms=300",
                                            "millrace.coordinator.rewrite.bytes=65536"};
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    o.disk_bytes = UINT64_C(4) << 30;
    struct scene *s = calloc(1, sizeof(*s));
    s->w = world_new(seed, &o);
    s->res = res;
    rng_seed(&s->rng, seed, 78);
    rig_init(&s->rig, s->w, overrides, MR_COUNT(overrides), res);
    people(s, seed);
    start(s);
    kadmin_make(&s->admin, &s->topic, 1);
    bool made = world_run_until(s->w, made_or_wrong, s, 100 * SECOND);
    seed_check(res, made, "the topic is not made");
    each(s, kmember_start);
    for (uint32_t life = 0; ok(s) && life < LIVES; life++) {
        world_run_until(s->w, found_something, s, rng_below(&s->rng, 15 * SECOND));
        if (ok(s))
            stop(s);
        if (ok(s))
            world_run_until(s->w, found_something, s, rng_below(&s->rng, 4) == 0 ? 5 * SECOND : 20 * MS);
        if (ok(s))
            start(s);
    }
    if (ok(s))
        healthy_end(s);
    each(s, check_client);
    uint64_t commits = 0, reads = 0;
    for (uint32_t t = 0; t < TRIBES; t++) {
        commits += s->tribes[t].commits;
        reads += s->tribes[t].reads;
    }
    seed_check(res, commits > 20 && reads > 20, "%llu commits, %llu reads", (unsigned long long)commits,
               (unsigned long long)reads);
    if (ok(s))
        stop(s);
    each(s, kmember_stop);
    kadmin_stop(&s->admin);
    bool over = world_run_until(s->w, quiet, s, 60 * SECOND);
    MR_ASSERT(over);
    each(s, kmember_done);
    kadmin_done(&s->admin);
    if (rig_running(&s->rig)) { /* something was found */
        rig_kill(&s->rig, false);
        (void)rig_reap(&s->rig, NULL, 0);
    }
    khost_done(&s->host);
    res->trace = world_trace_hash(s->w);
    rig_done(&s->rig);
    world_free(s->w);
    free(s);
}

static void groups_come_through(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_groups", 1, 40, scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(groups_come_through)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
