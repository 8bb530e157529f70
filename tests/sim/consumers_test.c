/* Consumer groups of the new protocol in the scene of group_scene.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/sim/client_circle.h"
#include "tests/sim/group_scene.h"
#include "tests/sim/lives.h"

static void group_init(struct kgroup *g, const char *name, struct seed_result *res)
{
    kcircle_init(MR_CONTAINER(g, struct kcircle, group), name, res);
}

static void member_init(struct kseat *s, struct khost *h, struct kgroup *g, const char *name,
                        const char *instance, uint64_t seed)
{
    kfellow_init(MR_CONTAINER(s, struct kfellow, seat), h, MR_CONTAINER(g, struct kcircle, group), name,
                 instance, seed);
}

static void start(struct kseat *s)
{
    kfellow_start(MR_CONTAINER(s, struct kfellow, seat));
}

static bool settled(const struct kseat *first)
{
    return kfellows_settled(MR_CONTAINER(first, const struct kfellow, seat));
}

static uint64_t moves(const struct kgroup *g)
{
    return MR_CONTAINER(g, const struct kcircle, group)->moves;
}

static void tell(const struct kseat *s, char *dst, size_t bytes)
{
    const struct kfellow *f = MR_CONTAINER(s, const struct kfellow, seat);
    snprintf(dst, bytes, "epoch %d slots %x told %x", f->epoch, f->slots, f->told);
}

static void scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {"offsets.topic.num.partitions=3",
                                            "group.consumer.min.session.timeout.ms=1000",
                                            "group.consumer.session.timeout.ms=3000",
                                            "group.consumer.min.heartbeat.interval.ms=100",
                                            "group.consumer.heartbeat.interval.ms=300",
                                            LIVES_COMPACTED("6000")};
    /* Whoever spoke into a broken connection has noticed after this while. */
    static const struct group_cast cast = {.overrides = overrides,
                                           .override_count = MR_COUNT(overrides),
                                           .group_bytes = sizeof(struct kcircle),
                                           .member_bytes = sizeof(struct kfellow),
                                           .fade_ns = UINT64_C(12000000000),
                                           .group_init = group_init,
                                           .member_init = member_init,
                                           .start = start,
                                           .settled = settled,
                                           .moves = moves,
                                           .tell = tell};
    group_scene(&cast, seed, res);
}

static void consumer_groups_come_through(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_consumers", 1, 40, scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(consumer_groups_come_through)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
