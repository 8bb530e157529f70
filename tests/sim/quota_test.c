/* Quotas with 1, 2 and 4 shards: one client's connections share what the whole broker gives it, wherever they
 * are; who is over is told for how long, and is not read for so long; quotas and credentials last over a stop
 * and kill -9. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "net/wire/batch_build.h"
#include "net/wire/gen/client_quotas.h"
#include "net/wire/gen/delete_topics.h"
#include "net/wire/gen/list_offsets.h"
#include "net/wire/gen/metadata.h"
#include "net/wire/gen/produce.h"
#include "net/wire/gen/scram_credentials.h"
#include "tests/sim/admin_script.h"
#include "tests/sim/client_raw.h"

enum { VALUE_BYTES = 60000, RATE = 10000 }; /* two of them pass ten seconds' worth */

struct asked {
    struct admin_script *s;
    int16_t error;
    int32_t throttle_ms, count;
    uint64_t took_ns;
};

/* ---- requests ---- */

static void altered(struct kcall *call)
{
    struct asked *a = call->ctx;
    const struct kw_alter_client_quotas_response *out = call->out;
    a->s->answered = true;
    a->error = out != NULL && out->entries_count == 1 ? out->entries[0].error_code : -1;
}

static void wait_for(struct asked *a, struct kcall *call)
{
    call->ctx = a;
    admin_script_wait(a->s, call);
}

static void set_quota(struct asked *a, const char *key, double value)
{
    struct kcall *call = kcall_new(admin_script_client(a->s), 49, 1, altered, a);
    struct kw_alter_client_quotas_request *in = call->in;
    in->entries = kcall_new_array(call, struct kw_alter_client_quotas_request_entry, 1);
    in->entries_count = 1;
    in->entries->entity = kcall_new_array(call, struct kw_alter_client_quotas_request_entity, 1);
    in->entries->entity_count = 1;
    in->entries->entity[0] =
        (struct kw_alter_client_quotas_request_entity){MR_STR_LIT("client-id"), MR_STR_LIT("admin")};
    in->entries->ops = kcall_new_array(call, struct kw_alter_client_quotas_request_op, 1);
    in->entries->ops_count = 1;
    in->entries->ops[0] = (struct kw_alter_client_quotas_request_op){mr_str_of(key), value, value == 0};
    wait_for(a, call);
    assert_int_equal(a->error, 0);
}

static void described(struct kcall *call)
{
    struct asked *a = call->ctx;
    const struct kw_describe_client_quotas_response *out = call->out;
    a->s->answered = true;
    a->count = out != NULL && out->error_code == 0 ? out->entries_count : -1;
}

static int32_t quotas_told(struct asked *a)
{
    wait_for(a, kcall_new(admin_script_client(a->s), 48, 1, described, a));
    return a->count;
}

static void produced(struct kcall *call)
{
    struct asked *a = call->ctx;
    const struct kw_produce_response *out = call->out;
    a->s->answered = true;
    a->error = out != NULL ? out->responses[0].partition_responses[0].error_code : -1;
    a->throttle_ms = out != NULL ? out->throttle_time_ms : -1;
}

static void produce(struct asked *a, int connection)
{
    static uint8_t value[VALUE_BYTES];
    struct kcall *call = kcall_new(&a->s->clients[connection], 0, 9, produced, a);
    struct kw_produce_request *in = call->in;
    struct mr_scratch bytes;
    struct batch_builder builder;
    struct batch_build_how how = batch_build_how_plain();
    struct batch_record record = {.timestamp = io_wall_ms(a->s->host.io), .value = {value, sizeof(value)}};
    bool ok = true;
    how.bytes_max = 2 * VALUE_BYTES;
    scratch_init(&bytes, 4 * VALUE_BYTES);
    assert_int_equal(batch_build_begin(&builder, &how, &bytes, NULL, NULL), 0);
    assert_int_equal(batch_build_add(&builder, &record), 0);
    assert_int_equal(batch_build_end(&builder), 0);
    struct mr_slice batch = arena_bytes(&call->arena, (struct mr_slice){bytes.data, bytes.len}, &ok);
    scratch_done(&bytes);
    in->acks = -1;
    in->timeout_ms = 30000;
    in->topic_data = kcall_new_array(call, struct kw_produce_request_topic, 1);
    in->topic_data_count = 1;
    in->topic_data->name = MR_STR_LIT("t");
    in->topic_data->partition_data = kcall_new_array(call, struct kw_produce_request_partition, 1);
    in->topic_data->partition_data_count = 1;
    in->topic_data->partition_data->index = connection;
    in->topic_data->partition_data->records = kw_records_of(batch);
    wait_for(a, call);
    assert_int_equal(a->error, 0);
}

static void listed(struct kcall *call)
{
    struct asked *a = call->ctx;
    a->s->answered = true;
    a->error = call->out != NULL ? 0 : -1;
    a->took_ns = call->answered_ns - call->sent_ns;
}

/* How long anything takes on that connection. */
static uint64_t ask_anything(struct asked *a, int connection)
{
    wait_for(a, kcall_new(&a->s->clients[connection], 48, 0, listed, a));
    assert_int_equal(a->error, 0);
    return a->took_ns;
}

/* ---- stories ---- */

static void connections_of_a_client_share_its_quota(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 9; seed++) {
        struct admin_script s;
        struct asked a = {.s = &s};
        admin_script_init(&s, seed, 1u << seed % 3, NULL, 0);
        admin_script_run(&s, "create t 4 -> ok\n");
        set_quota(&a, "producer_byte_rate", RATE);
        produce(&a, 0);
        assert_int_equal(a.throttle_ms, 0);
        produce(&a, 1); /* 120 kB in what counts as ten seconds */
        assert_in_range(a.throttle_ms, 1500, 3000);
        int32_t told_ms = a.throttle_ms;
        assert_in_range(ask_anything(&a, 1) / 1000000, (uint64_t)told_ms - 100, (uint64_t)told_ms + 500);
        assert_in_range(ask_anything(&a, 2) / 1000000, 0, 100); /* who has sent nothing is not kept waiting */
        produce(&a, 3);                                         /* but the quota is everybody's */
        assert_in_range(a.throttle_ms, 1, 60000);
        set_quota(&a, "producer_byte_rate", 0);
        produce(&a, 2);
        assert_int_equal(a.throttle_ms, 0);
        admin_script_done(&s);
    }
}

static void scram_altered(struct kcall *call)
{
    struct asked *a = call->ctx;
    const struct kw_alter_user_scram_credentials_response *out = call->out;
    a->s->answered = true;
    a->error = out != NULL && out->results_count == 1 ? out->results[0].error_code : -1;
}

static void scram_described(struct kcall *call)
{
    struct asked *a = call->ctx;
    const struct kw_describe_user_scram_credentials_response *out = call->out;
    a->s->answered = true;
    a->count = out != NULL && out->results_count == 1 ? out->results[0].credential_infos[0].iterations : -1;
}

static int32_t iterations_told(struct asked *a)
{
    wait_for(a, kcall_new(admin_script_client(a->s), 50, 0, scram_described, a));
    return a->count;
}

static void quotas_and_credentials_last(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct admin_script s;
        struct asked a = {.s = &s};
        admin_script_init(&s, seed, 1u << seed % 3, NULL, 0);
        set_quota(&a, "consumer_byte_rate", RATE);
        struct kcall *call = kcall_new(admin_script_client(&s), 51, 0, scram_altered, &a);
        struct kw_alter_user_scram_credentials_request *in = call->in;
        in->upsertions = kcall_new_array(call, struct kw_alter_user_scram_credentials_request_upsertion, 1);
        in->upsertions_count = 1;
        *in->upsertions = (struct kw_alter_user_scram_credentials_request_upsertion){
            MR_STR_LIT("alice"), 1, 4321, {(const uint8_t *)"salt", 4}, {(const uint8_t *)"salted", 6}};
        wait_for(&a, call);
        assert_int_equal(a.error, 0);
        for (int i = 0; i < 4; i++) { /* every shard knows it when the answer comes */
            assert_int_equal(quotas_told(&a), 1);
            assert_int_equal(iterations_told(&a), 4321);
        }
        admin_script_run(&s, "restart 2 -> up\n");
        assert_int_equal(quotas_told(&a), 1);
        assert_int_equal(iterations_told(&a), 4321);
        set_quota(&a, "consumer_byte_rate", 0);
        admin_script_run(&s, "kill 4 -> up\n");
        assert_int_equal(quotas_told(&a), 0);
        assert_int_equal(iterations_told(&a), 4321);
        admin_script_done(&s);
    }
}

/* A client that goes while it is muted, and a broker that stops meanwhile, leave nothing behind. */
static void a_muted_connection_ends_well(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct admin_script s;
        struct asked a = {.s = &s};
        admin_script_init(&s, seed, 1u << seed % 3, NULL, 0);
        admin_script_run(&s, "create t 4 -> ok\n");
        set_quota(&a, "producer_byte_rate", 1);
        produce(&a, 0);
        assert_true(a.throttle_ms > 1000000);
        produce(&a, 1);
        kclient_hang_up(&s.clients[0], -ECANCELED, seed % 2 == 0);
        admin_script_run(&s, "restart 2 -> up\n"); /* the other one is muted still */
        admin_script_done(&s);
    }
}

/* Answers name topics that stand in the image; while a quota is asked for on another shard the image goes on.
 */
#define PASSING "a-topic-that-comes-and-goes-all-the-time"
struct naming {
    struct admin_script *s;
    uint32_t out;
    bool deleted;
};

static void ask_names(struct naming *n, struct kclient *c);

static void named(struct kcall *call)
{
    struct naming *n = call->ctx;
    const struct kw_metadata_response *out = call->out;
    assert_non_null(out);
    for (int32_t i = 0; i < out->topics_count; i++) {
        assert_int_equal(out->topics[i].name.len, sizeof(PASSING) - 1);
        assert_memory_equal(out->topics[i].name.ptr, PASSING, sizeof(PASSING) - 1);
    }
    n->out--;
    if (!n->deleted)
        ask_names(n, call->client);
    n->s->answered = n->out == 0;
}

static void ask_names(struct naming *n, struct kclient *c)
{
    struct kcall *call = kcall_new(c, 3, 8, named, n);
    ((struct kw_metadata_request *)call->in)->topics_count = -1; /* all */
    n->out++;
    kcall_send(call);
}

static void gone(struct kcall *call)
{
    struct naming *n = call->ctx;
    const struct kw_delete_topics_response *out = call->out;
    n->deleted = true;
    assert_true(out != NULL && out->responses_count == 1 && out->responses[0].error_code == 0);
    n->s->answered = --n->out == 0;
}

static void answers_wait_for_quotas_without_the_image(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 12; seed++) {
        struct admin_script s;
        struct asked a = {.s = &s};
        struct naming n = {.s = &s};
        admin_script_init(&s, seed, 2u << seed % 2, NULL, 0);
        set_quota(&a, "request_percentage", 100000); /* nobody is throttled, but everybody is counted */
        admin_script_run(&s, "create " PASSING " 1 -> ok\n");
        for (int i = 0; i < SCRIPT_CLIENTS * 8; i++)
            ask_names(&n, &s.clients[i % SCRIPT_CLIENTS]);
        struct kcall *call = kcall_new(&s.clients[seed % SCRIPT_CLIENTS], 20, 5, gone, &n);
        struct kw_delete_topics_request *in = call->in;
        in->topic_names = kcall_new_array(call, struct mr_str, 1);
        in->topic_names[0] = MR_STR_LIT(PASSING);
        in->topic_names_count = 1;
        in->timeout_ms = 30000;
        n.out++;
        admin_script_wait(&s, call);
        assert_true(n.deleted && n.out == 0);
        admin_script_done(&s);
    }
}

/* ---- connections of one address ---- */

/* Comes so many times, one after the other, and stays for a second if it may. */
static bool knock_plan(struct rawclient *c, struct raw_plan *ret)
{
    int *left = c->ctx;
    *ret = (struct raw_plan){.linger_ns = 1000000000, .reads = true};
    return (*left)-- > 0;
}

static bool knocked(void *ctx)
{
    return raw_over(ctx);
}

/* How many of so many were closed by the broker. */
static uint32_t turned_away(struct admin_script *s, int times)
{
    struct rawclient c;
    raw_init(&c, &s->host, "broker", RIG_PORT, 1, knock_plan, &times);
    raw_start(&c);
    assert_true(world_run_until(s->w, knocked, &c, UINT64_C(60000000000)));
    world_run_for(s->w, 1000000000); /* the broker hears of the end of the last one */
    return c.closed_by_peer;
}

static void hang_up(struct admin_script *s, int connection)
{
    kclient_hang_up(&s->clients[connection], -ECANCELED, connection == 1);
    world_run_for(s->w, 50000000); /* the broker hears of it */
}

static void an_address_has_no_more_connections_than_it_may(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 9; seed++) {
        struct admin_script s;
        struct asked a = {.s = &s};
        admin_script_init(&s, seed, 1u << seed % 3, NULL, 0);
        for (int i = 0; i < SCRIPT_CLIENTS; i++)
            (void)ask_anything(&a, i);
        assert_int_equal(turned_away(&s, 3), 0);
        admin_script_run(&s, "set broker/ max.connections.per.ip=4 -> ok\n"); /* those that are there count */
        assert_int_equal(turned_away(&s, 3), 3);
        hang_up(&s, 1);
        assert_int_equal(turned_away(&s, 3), 0); /* one after the other in its place */
        admin_script_run(&s, "set broker/ max.connections.per.ip.overrides=10.0.0.2:5 -> ok\n");
        (void)ask_anything(&a, 1);
        assert_int_equal(turned_away(&s, 3), 0);
        admin_script_run(&s, "set broker/ max.connections.per.ip.overrides=10.0.0.8:5 -> ok\n");
        assert_int_equal(turned_away(&s, 1), 1);
        admin_script_run(&s, "restart 4 -> up\n"); /* the settings last, the count begins anew */
        for (int i = 0; i < SCRIPT_CLIENTS; i++)
            (void)ask_anything(&a, i);
        assert_int_equal(turned_away(&s, 2), 2);
        admin_script_done(&s);
    }
}

static void connections_beyond_the_rate_wait_for_their_turn(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct admin_script s;
        struct asked a = {.s = &s};
        admin_script_init(&s, seed, 1u << seed % 3, NULL, 0);
        admin_script_run(&s, "set broker/ max.connection.creation.rate=1 -> ok\n");
        uint64_t waited_ms = 0;
        for (int i = 0; i < 14; i++) { /* ten seconds' worth come at once */
            hang_up(&s, 0);
            waited_ms += ask_anything(&a, 0) / 1000000;
        }
        assert_in_range(waited_ms, 1000, 20000);
        admin_script_run(&s, "unset broker/ max.connection.creation.rate -> ok\n");
        hang_up(&s, 0);
        assert_in_range(ask_anything(&a, 0) / 1000000, 0, 100);
        admin_script_done(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(connections_of_a_client_share_its_quota),
        cmocka_unit_test(quotas_and_credentials_last),
        cmocka_unit_test(a_muted_connection_ends_well),
        cmocka_unit_test(answers_wait_for_quotas_without_the_image),
        cmocka_unit_test(an_address_has_no_more_connections_than_it_may),
        cmocka_unit_test(connections_beyond_the_rate_wait_for_their_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
