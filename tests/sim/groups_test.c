/* Classic consumer groups in the scene of group_scene.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/sim/client_member.h"
#include "tests/sim/group_scene.h"
#include "tests/sim/lives.h"

static void group_init(struct kgroup *g, const char *name, struct seed_result *res)
{
    ktribe_init(MR_CONTAINER(g, struct ktribe, group), name, res);
}

static void member_init(struct kseat *s, struct khost *h, struct kgroup *g, const char *name,
                        const char *instance, uint64_t seed)
{
    kmember_init(MR_CONTAINER(s, struct kmember, seat), h, MR_CONTAINER(g, struct ktribe, group), name,
                 instance, seed);
}

static void start(struct kseat *s)
{
    kmember_start(MR_CONTAINER(s, struct kmember, seat));
}

static bool settled(const struct kseat *first)
{
    return kmembers_settled(MR_CONTAINER(first, const struct kmember, seat));
}

static uint64_t moves(const struct kgroup *g)
{
    return MR_CONTAINER(g, const struct ktribe, group)->joins;
}

static void tell(const struct kseat *s, char *dst, size_t bytes)
{
    const struct kmember *m = MR_CONTAINER(s, const struct kmember, seat);
    snprintf(dst, bytes, "phase %d generation %d slots %x", m->phase, m->generation, m->slots);
}

static void scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {"offsets.topic.num.partitions=3",
                                            "group.min.session.timeout.ms=1000",
                                            "group.initial.rebalance.delay.ms=300", LIVES_COMPACTED("6000")};
    static const struct group_cast cast = {.overrides = overrides,
                                           .override_count = MR_COUNT(overrides),
                                           .group_bytes = sizeof(struct ktribe),
                                           .member_bytes = sizeof(struct kmember),
                                           .fade_ns = UINT64_C(10000000000),
                                           .group_init = group_init,
                                           .member_init = member_init,
                                           .start = start,
                                           .settled = settled,
                                           .moves = moves,
                                           .tell = tell};
    group_scene(&cast, seed, res);
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
