/* A whole broker in the simulator, without faults: what a client asks for happens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/metadata.h"
#include "tests/sim/broker_rig.h"
#include "tests/sim/client.h"
#include "tests/sim/disk.h"

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

/* Port 0: one for all shards, and the one that the broker is registered with. */
static void a_port_that_the_system_chose_is_registered(void **state)
{
    (void)state;
    static const char *const any[] = {"listeners=PLAINTEXT://:0", "advertised.listeners="};
    struct seed_result res = {0};
    struct world *w = world_new(1, NULL);
    struct rig rig;
    rig_init(&rig, w, any, 2, &res);
    rig_start(&rig, &(struct rig_sizes){.shards = 3});
    assert_true(world_run_until(w, up, &rig, 60 * SECOND));
    assert_true(rig_up(&rig));
    const struct broker *b = boot_broker(rig.boot);
    assert_int_not_equal(b->bound_ports[0], 0);
    for (uint32_t i = 0; i < 3; i++) {
        const struct image_broker *ib = map_get(&broker_of(rig.shards[i])->image->brokers, 1);
        assert_non_null(ib);
        assert_int_equal(ib->endpoint_count, 1);
        assert_int_equal(ib->endpoints[0].port, b->bound_ports[0]);
    }
    rig_stop(&rig);
    assert_true(world_run_until(w, ended, &rig, 60 * SECOND));
    assert_int_equal(rig_reap(&rig, NULL, 0), 0);
    assert_string_equal(res.why, "");
    rig_done(&rig);
    world_free(w);
}

static void a_port_in_use_stops_the_start_before_anything_is_made(void **state)
{
    (void)state;
    struct seed_result res = {0};
    struct world *w = world_new(1, NULL);
    struct rig rig;
    char why[200];
    rig_init(&rig, w, NULL, 0, &res);
    node_occupy_port(rig.node, RIG_PORT, true);
    rig_start(&rig, &(struct rig_sizes){.shards = 2});
    assert_true(world_run_until(w, ended, &rig, 60 * SECOND));
    assert_int_equal(rig_reap(&rig, why, sizeof(why)), -EADDRINUSE);
    assert_non_null(strstr(why, "cannot listen on PLAINTEXT://:9092: "));
    assert_false(node_exists(rig.node, "/data/meta.properties"));
    rig_start(&rig, &(struct rig_sizes){.shards = 2});
    world_run_for(w, SECOND); /* as long as what a killed broker leaves may take to go */
    assert_false(rig_ended(&rig));
    node_occupy_port(rig.node, RIG_PORT, false);
    assert_true(world_run_until(w, up, &rig, 60 * SECOND));
    assert_true(rig_up(&rig));
    rig_stop(&rig);
    assert_true(world_run_until(w, ended, &rig, 60 * SECOND));
    assert_int_equal(rig_reap(&rig, NULL, 0), 0);
    assert_string_equal(res.why, "");
    rig_done(&rig);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broker_starts_serves_and_stops),
        cmocka_unit_test(a_port_that_the_system_chose_is_registered),
        cmocka_unit_test(a_port_in_use_stops_the_start_before_anything_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
