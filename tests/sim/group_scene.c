#include "tests/sim/group_scene.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/sim/lives.h"

#define SECOND UINT64_C(1000000000)

enum { LIVES = 4 };
/* A session, a rebalance, another one for whoever missed it, and loading. */
#define HEAL_NS (90 * SECOND)
#define STAYS_NS (8 * SECOND)
/* They leave, and come back; then a session and a rebalance that one of them does not take part in. */
#define AWAY_NS (3 * SECOND)
#define WITHOUT_NS (20 * SECOND)

struct scene {
    const struct group_cast *cast;
    struct lives l;
    uint8_t *groups, *members;
};

static struct kgroup *group_at(const struct scene *s, uint32_t g)
{
    return (struct kgroup *)(void *)(s->groups + g * s->cast->group_bytes);
}

static struct kseat *member_at(const struct scene *s, uint32_t g, uint32_t i)
{
    return (struct kseat *)(void *)(s->members + (g * KGROUP_SEATS + i) * s->cast->member_bytes);
}

static void each(struct scene *s, void (*f)(struct kseat *m))
{
    for (uint32_t i = 0; i < SCENE_GROUPS * KGROUP_SEATS; i++)
        f(member_at(s, 0, i));
}

static bool settled(void *ctx)
{
    const struct scene *s = ctx;
    bool all = true;
    for (uint32_t g = 0; g < SCENE_GROUPS; g++)
        all = all && s->cast->settled(member_at(s, g, 0));
    return all;
}

static bool quiet(void *ctx)
{
    const struct scene *s = ctx;
    bool all = kclient_over(&s->l.admin.client);
    for (uint32_t i = 0; i < SCENE_GROUPS * KGROUP_SEATS; i++)
        all = all && kclient_over(&member_at(s, 0, i)->client);
    return all;
}

static void tell_stuck(const struct scene *s)
{
    char how[200];
    for (uint32_t g = 0; g < SCENE_GROUPS; g++) {
        for (uint32_t i = 0; !s->cast->settled(member_at(s, g, 0)) && i < KGROUP_SEATS; i++) {
            const struct kseat *m = member_at(s, g, i);
            s->cast->tell(m, how, sizeof(how));
            static const char *const failing[] = {"", " is silent", " is stubborn"};
            fprintf(stderr, "%s %s: %s id %s%s%s%s\n", m->group->name, m->client.name, how, m->id,
                    m->busy ? " waits" : "", m->leaves ? " leaves" : "", failing[m->failing]);
        }
    }
}

static void people(struct scene *s, uint64_t seed)
{
    for (uint32_t g = 0; g < SCENE_GROUPS; g++) {
        char name[24], instance[16];
        snprintf(name, sizeof(name), "group-%u", g);
        s->cast->group_init(group_at(s, g), name, s->l.res);
        for (uint32_t i = 0; i < KGROUP_SEATS; i++) {
            /* The first group is dynamic, the second static, the third of both kinds. */
            bool is_static = g == 1 || (g == 2 && i % 2 == 0);
            snprintf(name, sizeof(name), "m%u.%u", g, i);
            snprintf(instance, sizeof(instance), "i%u", i);
            s->cast->member_init(member_at(s, g, i), &s->l.host, group_at(s, g), name,
                                 is_static ? instance : "", seed * 100 + g * 10 + i);
        }
    }
}

static void check_client(struct kseat *m)
{
    seed_check(m->group->res, !m->client.wrong, "%s: %s", m->client.name, m->client.why);
}

static uint64_t moves(const struct scene *s)
{
    uint64_t all = 0;
    for (uint32_t g = 0; g < SCENE_GROUPS; g++)
        all += s->cast->moves(group_at(s, g));
    return all;
}

static void healthy_end(struct scene *s)
{
    struct lives *l = &s->l;
    each(s, kseat_calm);
    world_heal(l->w);
    lives_run(l, s->cast->fade_ns);
    bool came = lives_run_until(l, settled, s, HEAL_NS);
    if (!came)
        tell_stuck(s);
    seed_check(l->res, came, "a group is still stuck %d s after the last fault", (int)(HEAL_NS / SECOND));
    uint64_t before = moves(s);
    lives_run(l, STAYS_NS);
    seed_check(l->res, before == moves(s) && settled(s), "groups that were whole rebalance without a reason");
}

/* One member of each group fails for good; the others have left for a while, or just go on. */
static void without_one(struct scene *s)
{
    struct lives *l = &s->l;
    for (uint32_t g = 0; g < SCENE_GROUPS; g++) {
        uint32_t out = (uint32_t)rng_below(&l->rng, KGROUP_SEATS);
        bool silent = rng_below(&l->rng, 2) == 0;
        for (uint32_t i = 0; i < KGROUP_SEATS; i++) {
            member_at(s, g, i)->leaves = !silent && i != out;
            if (i == out)
                member_at(s, g, i)->failing = silent ? SEAT_SILENT : SEAT_STUBBORN;
        }
    }
    lives_run(l, AWAY_NS);
    bool came = lives_run_until(l, settled, s, WITHOUT_NS);
    if (!came)
        tell_stuck(s);
    seed_check(l->res, came, "a group is not whole %d s after one member failed",
               (int)((AWAY_NS + WITHOUT_NS) / SECOND));
}

static void play(struct scene *s)
{
    struct lives *l = &s->l;
    each(s, s->cast->start);
    for (uint32_t life = 1; lives_ok(l) && life <= LIVES; life++) {
        lives_run(l, rng_below(&l->rng, 15 * SECOND));
        lives_next(l, life < LIVES);
    }
    if (lives_ok(l))
        healthy_end(s);
    if (lives_ok(l))
        without_one(s);
    each(s, check_client);
    uint64_t commits = 0, reads = 0;
    for (uint32_t g = 0; g < SCENE_GROUPS; g++) {
        commits += group_at(s, g)->commits;
        reads += group_at(s, g)->reads;
    }
    seed_check(l->res, commits > 20 && reads > 20, "%llu commits, %llu reads", (unsigned long long)commits,
               (unsigned long long)reads);
}

void group_scene(const struct group_cast *cast, uint64_t seed, struct seed_result *res)
{
    struct scene s = {.cast = cast};
    s.groups = calloc(SCENE_GROUPS, cast->group_bytes);
    s.members = calloc(SCENE_GROUPS * KGROUP_SEATS, cast->member_bytes);
    lives_init(&s.l, seed, res, cast->overrides, cast->override_count, KGROUP_SLOTS);
    people(&s, seed);
    lives_begin(&s.l, true);
    if (lives_ok(&s.l))
        play(&s);
    lives_end(&s.l);
    each(&s, kseat_stop);
    bool over = world_run_until(s.l.w, quiet, &s, 60 * SECOND);
    MR_ASSERT(over);
    each(&s, kseat_done);
    lives_done(&s.l);
    free(s.groups);
    free(s.members);
}
