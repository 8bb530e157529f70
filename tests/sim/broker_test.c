/* A whole broker in the simulator, without faults: what a client asks for happens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/metadata.h"
#include "tests/sim/broker_rig.h"
#include "tests/sim/client.h"

#define SECOND UINT64_C(1000000000)

static bool up(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

static void created(struct kcall *call)
{
    struct kw_create_topics_response *out = call->out;
    assert_int_equal(call->err, 0);
    assert_int_equal(out->topics[0].error_code, 0);
    *(bool *)call->ctx = true;
}

static bool flag(void *ctx)
{
    return *(bool *)ctx;
}
static bool over(void *ctx)
{
    return kclient_over(ctx);
}

static void a_broker_starts_serves_and_stops(void **state)
{
    (void)state;
    for (uint32_t shards = 1; shards <= 4; shards *= 2) {
        struct seed_result res = {0};
        struct world *w = world_new(shards, NULL);
        struct rig rig;
        rig_init(&rig, w, NULL, 0, &res);
        rig_start(&rig, &(struct rig_sizes){.shards = shards});
        assert_true(world_run_until(w, up, &rig, 60 * SECOND));
        assert_true(rig_up(&rig));
        struct khost host;
        struct kclient c;
        khost_init(&host, world_node(w, "client"), 0);
        kclient_init(&c, &host, "admin", "broker", RIG_PORT);
        struct ktopic topic = {.name = "t", .partitions = 3};
        bool done = false;
        kcall_send(kcall_create_topic(&c, &topic, NULL, 0, created, &done));
        assert_true(world_run_until(w, flag, &done, 60 * SECOND));
        kclient_stop(&c);
        assert_true(world_run_until(w, over, &c, 60 * SECOND));
        kclient_done(&c);
        rig_stop(&rig);
        assert_true(world_run_until(w, ended, &rig, 60 * SECOND));
        char why[200];
        int err = rig_reap(&rig, why, sizeof(why));
        assert_string_equal(why, "");
        assert_int_equal(err, 0);
        assert_string_equal(res.why, "");
        khost_done(&host);
        rig_done(&rig);
        world_free(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broker_starts_serves_and_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
